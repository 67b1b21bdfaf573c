import { type DType, dtypes, itemsize } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { type Complex, isComplex, PyFloat } from './scalar.ts';

export type Casting = 'no' | 'equiv' | 'safe' | 'same_kind' | 'unsafe';

/** A Python scalar: it takes part in promotion by its kind only (NEP 50). */
export type Weak = boolean | number | bigint | Complex | PyFloat;

/** Kinds in the order of promotion: bool, unsigned, signed, float, complex. */
const kinds: Readonly<Record<DType, 'b' | 'u' | 'i' | 'f' | 'c'>> = {
  bool: 'b',
  uint8: 'u',
  uint16: 'u',
  uint32: 'u',
  uint64: 'u',
  int8: 'i',
  int16: 'i',
  int32: 'i',
  int64: 'i',
  float32: 'f',
  float64: 'f',
  complex64: 'c',
  complex128: 'c',
};

/** NumPy's one-letter kind: b, u, i, f or c. */
export function kindCode(dtype: DType): 'b' | 'u' | 'i' | 'f' | 'c' {
  return kinds[dtype];
}

/**
 * True for int8 … uint64.
 * @example [isInteger('uint8'), isInteger('bool')] // [true, false]
 */
export function isInteger(dtype: DType): boolean {
  return kinds[dtype] === 'i' || kinds[dtype] === 'u';
}

const table = new Map(dtypes.map((a) => [a, new Map(dtypes.map((b) => [b, promotePair(a, b)]))]));

function promotePair(a: DType, b: DType): DType {
  if (a === b) return a;
  const [ka, kb] = [kinds[a], kinds[b]];
  if (ka === 'b') return b;
  if (kb === 'b') return a;
  if (ka === 'c' || kb === 'c') return needsDouble(a) || needsDouble(b) ? 'complex128' : 'complex64';
  if (ka === 'f' || kb === 'f') return needsDouble(a) || needsDouble(b) ? 'float64' : 'float32';
  if (ka === kb) return itemsize[a] >= itemsize[b] ? a : b;
  const [signed, unsigned] = ka === 'i' ? [a, b] : [b, a];
  if (itemsize[signed] > itemsize[unsigned]) return signed;
  if (unsigned === 'uint64') return 'float64';
  return unsigned === 'uint8' ? 'int16' : unsigned === 'uint16' ? 'int32' : 'int64';
}

/** True when float32 cannot hold every value of the dtype to its precision, by NumPy's table. */
function needsDouble(dtype: DType): boolean {
  const kind = kinds[dtype];
  if (kind === 'i' || kind === 'u') return itemsize[dtype] > 2;
  return dtype === 'float64' || dtype === 'complex128';
}

/**
 * The smallest dtype to which both can be cast safely.
 *
 * @example promote_types('int32', 'float32') // 'float64'
 */
export function promote_types(a: DType, b: DType): DType {
  return table.get(a)?.get(b) ?? 'complex128';
}

/**
 * The kind of a Python scalar; a JavaScript number that is a whole number counts as a Python int.
 *
 * @throws AppError 'dtype' for what is no number, as text and None.
 */
export function weakKind(value: Weak): 'b' | 'i' | 'f' | 'c' {
  if (typeof value === 'boolean') return 'b';
  if (typeof value === 'bigint') return 'i';
  if (value instanceof PyFloat) return 'f';
  if (isComplex(value)) return 'c';
  // Whoever calls by name may give anything.
  if (typeof (value as unknown) !== 'number') throw noNumber(value);
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? 'i' : 'f';
}

/** What would be an array of text or of objects. */
export class NoNumber extends AppError {
  constructor(message: string, argument?: string) {
    super('dtype', message, {
      hint: 'Give numbers, or arrays and lists of them.',
      ...(argument === undefined ? {} : { argument }),
    });
  }
}

function noNumber(value: unknown): NoNumber {
  const what =
    value === null || value === undefined ? 'None' : typeof value === 'string' ? `'${value}'` : 'this object';
  return new NoNumber(`${what} is not a number, and the engine has arrays of numbers alone`);
}

/**
 * The dtype of an operation on arrays of these dtypes and Python scalars, after NumPy 2: a Python int, float or
 * complex adapts to the arrays unless it is of a higher kind.
 *
 * @example result_type(['float32'], [2.5]) // 'float32'
 */
export function result_type(strong: readonly DType[], weak: readonly Weak[] = []): DType {
  let result: DType | null = null;
  for (const dtype of strong.length > 2 && strong.some((one) => one !== strong[0]) ? floatsFirst(strong) : strong)
    result = result === null ? dtype : promote_types(result, dtype);
  for (const value of weak) {
    const kind = weakKind(value);
    if (result === null)
      result = kind === 'b' ? 'bool' : kind === 'i' ? 'int64' : kind === 'f' ? 'float64' : 'complex128';
    else if (kind === 'i' && kinds[result] === 'b') result = 'int64';
    else if (kind === 'f' && 'bui'.includes(kinds[result])) result = 'float64';
    else if (kind === 'c' && kinds[result] !== 'c') result = result === 'float32' ? 'complex64' : 'complex128';
  }
  return result ?? 'float64';
}

/** Complex, then float, then the rest: int8 and uint16 beside float32 never meet as int32, whatever their order. */
function floatsFirst(dtypes: readonly DType[]): DType[] {
  const rank = (dtype: DType): number => 'fc'.indexOf(kinds[dtype]);
  return [...dtypes].sort((a, b) => rank(b) - rank(a));
}

/** The dtype NumPy gives a Python scalar that stands alone; an int past int64 becomes uint64. */
export function scalarType(value: Weak): DType {
  const kind = weakKind(value);
  if (kind === 'i' && BigInt(value as number | bigint) >= 2n ** 63n) return 'uint64';
  return kind === 'b' ? 'bool' : kind === 'i' ? 'int64' : kind === 'f' ? 'float64' : 'complex128';
}

const castings: readonly unknown[] = ['no', 'equiv', 'safe', 'same_kind', 'unsafe'];

/** @throws AppError 'value' for a rule of casting that NumPy does not know. */
export function requireCasting(casting: unknown): void {
  if (castings.includes(casting)) return;
  throw new AppError(
    'value',
    `casting must be one of 'no', 'equiv', 'safe', 'same_kind', 'unsafe' (got '${String(casting)}')`,
    { argument: 'casting' },
  );
}

/**
 * Whether a cast is allowed under a rule: 'safe' keeps every value, 'same_kind' may lose precision within a kind.
 *
 * @example can_cast('int64', 'float64', 'safe') // true
 */
export function can_cast(from: DType, to: DType, casting: Casting = 'safe'): boolean {
  if (casting === 'unsafe' || from === to) return true;
  requireCasting(casting);
  if (casting === 'no' || casting === 'equiv') return false;
  if (isSafe(from, to)) return true;
  if (casting === 'safe') return false;
  const order = 'buifc';
  return order.indexOf(kinds[from]) <= order.indexOf(kinds[to]);
}

function isSafe(from: DType, to: DType): boolean {
  // NumPy counts int64 → float64 as safe though large integers are rounded.
  return promote_types(from, to) === to;
}

const ranges: Partial<Record<DType, readonly [bigint, bigint]>> = {};
for (const dtype of dtypes) {
  const bits = BigInt(itemsize[dtype] * 8);
  if (kinds[dtype] === 'u') ranges[dtype] = [0n, 2n ** bits - 1n];
  if (kinds[dtype] === 'i') ranges[dtype] = [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
}

/**
 * Smallest and largest value of an integer dtype, undefined for the others.
 * @example integerRange('int8') // [-128n, 127n]
 */
export function integerRange(dtype: DType): readonly [bigint, bigint] | undefined {
  return ranges[dtype];
}

const longest = 2n ** 63n;

/**
 * Refuses a Python int that its dtype cannot hold.
 * @throws AppError 'value' "Python integer 300 out of bounds for int8", or CPython's words where C has no such integer.
 * @example requireInRange(127, 'int8') // undefined
 */
export function requireInRange(value: Weak, dtype: DType): void {
  if (weakKind(value) !== 'i' || (dtype === 'int64' && typeof value === 'number' && Number.isSafeInteger(value)))
    return;
  const range = ranges[dtype];
  if (range === undefined) {
    if (typeof value === 'bigint' && dtype !== 'bool' && !Number.isFinite(Number(value)))
      throw new AppError('value', 'int too large to convert to float');
    return;
  }
  const integer = BigInt(value as number | bigint);
  if (integer >= range[0] && integer <= range[1]) return;
  throw new AppError(
    'value',
    integer < -longest || integer >= (dtype === 'uint32' || dtype === 'uint64' ? 2n * longest : longest)
      ? 'Python int too large to convert to C long'
      : `Python integer ${integer} out of bounds for ${dtype}`,
  );
}

/**
 * Refuses a Python number that an array of this dtype does not take: what `int()` and `float()` refuse as well.
 * @throws AppError 'value' "cannot convert float NaN to integer"; 'dtype' for a complex number among real ones.
 */
export function requireHeld(value: Weak, dtype: DType): void {
  const kind = weakKind(value);
  const target = kinds[dtype];
  if (kind === 'i') requireInRange(value, dtype);
  else if (kind === 'c' && target !== 'c' && target !== 'b') {
    throw new AppError(
      'dtype',
      target === 'f'
        ? "float() argument must be a string or a real number, not 'complex'"
        : "int() argument must be a string, a bytes-like object or a real number, not 'complex'",
    );
  } else if (kind === 'f' && (target === 'i' || target === 'u')) {
    const number = value instanceof PyFloat ? value.value : (value as number);
    if (!Number.isFinite(number))
      throw new AppError('value', `cannot convert float ${Number.isNaN(number) ? 'NaN' : 'infinity'} to integer`);
    requireInRange(BigInt(Math.trunc(number)), dtype);
  }
}
