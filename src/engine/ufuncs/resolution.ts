/** Which loop an elementwise function takes, and what it refuses: the decisions of NumPy's type resolvers, in its words. */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { kindOf } from '../compile.ts';
import { asarray } from '../create.ts';
import { NDArray } from '../ndarray.ts';
import {
  type Casting,
  can_cast,
  kindCode,
  promote_types,
  result_type,
  scalarType,
  type Weak,
  weakKind,
} from '../promotion.ts';
import { type Definition, floatType, isWeak, type Operand } from './definition.ts';

/**
 * The dtype NumPy computes in for these operands, of any shapes (…): Python numbers adapt to the arrays.
 * @example commonType([ones([2], 'float32'), 3]) // 'float32'
 */
export function commonType(operands: readonly Operand[]): DType {
  const strong: DType[] = [];
  const weak: Weak[] = [];
  for (const operand of operands) {
    if (isWeak(operand)) weak.push(operand);
    else strong.push(asarray(operand).dtype);
  }
  if (strong.length === 0) return result_type(weak.map((value) => scalarType(value)));
  return result_type(strong, weak);
}

/** Refuses input types in NumPy's words. */
export function unsupported(name: string): AppError {
  return new AppError(
    'dtype',
    `ufunc '${name}' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''`,
  );
}

const noLoop = (name: string): AppError =>
  new AppError('dtype', `No loop matching the specified signature and casting was found for ufunc ${name}`);

/** Functions whose resolver gives all operands one dtype before it looks for a loop. */
const uniform: ReadonlySet<string> = new Set(['gcd', 'lcm', 'sign', 'positive']);

const className = (dtype: DType): string =>
  `<class 'numpy.dtypes.${dtype.startsWith('u') ? 'UInt' + dtype.slice(4) : dtype[0].toUpperCase() + dtype.slice(1)}DType'>`;

const weakClasses = { i: '_PyLongDType', f: '_PyFloatDType', c: '_PyComplexDType' } as const;

function classOf(operand: Given): string {
  if (operand instanceof NDArray) return className(operand.dtype);
  const kind = weakKind(operand);
  return kind === 'b' ? className('bool') : `<class 'numpy.dtypes.${weakClasses[kind]}'>`;
}

type Given = NDArray | Weak;

function missing(definition: Definition, given: readonly Given[], dtype: DType | undefined): AppError {
  const { name, says = name } = definition;
  if (!uniform.has(name)) return dtype === undefined ? unsupported(says) : noLoop(says);
  return unmatched(says, given, dtype);
}

function unmatched(says: string, given: readonly Given[], dtype: DType | undefined): AppError {
  const types = given.map(classOf).join(', ');
  const from = given.length === 1 ? types : `(${types})`;
  return new AppError(
    'dtype',
    `ufunc '${says}' did not contain a loop with signature matching types ${from} -> ${dtype === undefined ? 'None' : className(dtype)}`,
  );
}

const has = (definition: Definition, loop: DType): boolean => definition[kindOf(loop)] !== undefined;

/**
 * The dtype of the loop; `dtype` is what the caller asks for, NumPy's dtype of the output.
 * @throws AppError 'dtype'.
 */
export function loopFor(definition: Definition, given: readonly Given[], dtype: DType | undefined): DType {
  const { name, says = name } = definition;
  if (dtype !== undefined && definition.result === 'bool') {
    if (dtype !== 'bool') throw noLoop(says);
    return loopFor(definition, given, undefined);
  }
  if (dtype === undefined) {
    const common = commonType(given);
    if (common === 'bool' && definition.refuseBool !== undefined) throw new AppError('dtype', definition.refuseBool);
    const [a, b] = given;
    // Each operand finds its own float: int8 beside uint16 is float32, though their common integer needs float64.
    const apart = definition.rule === floatType && a instanceof NDArray && b instanceof NDArray;
    const loop = apart ? promote_types(floatType(a.dtype), floatType(b.dtype)) : definition.rule(common);
    if (!has(definition, loop)) throw missing(definition, given, dtype);
    return loop;
  }
  if (dtype === 'bool' && definition.refuseBool !== undefined && !uniform.has(name))
    throw new AppError('dtype', definition.refuseBool);
  if (definition.result === 'real') {
    const complex = given.some((operand) => operand instanceof NDArray && operand.entries === 2);
    if (kindCode(dtype) === 'c') throw complex ? noLoop(says) : unmatched(says, given, dtype);
    if (complex && kindCode(dtype) === 'f') return dtype === 'float32' ? 'complex64' : 'complex128';
  }
  if (definition.rule(dtype) !== dtype || !has(definition, dtype)) throw missing(definition, given, dtype);
  return dtype;
}

const rank = (kind: 'b' | 'u' | 'i' | 'f' | 'c'): number => 'bifc'.indexOf(kind === 'u' ? 'i' : kind);
/** A Python number takes the dtype of the loop unless it is of a higher kind; a Python bool is a bool. */
const adapts = (kind: 'b' | 'i' | 'f' | 'c', loop: DType): boolean =>
  kind !== 'b' && rank(kind) <= rank(kindCode(loop));
const words = { b: 'bool', i: 'int', f: 'float', c: 'complex' } as const;

/** @throws AppError 'dtype' where `casting` does not let an operand become what the loop takes. */
export function requireCasts(definition: Definition, given: readonly Given[], loop: DType, casting: Casting): void {
  const { name, says = name } = definition;
  // Truth is asked of anything.
  if (name.startsWith('logical_')) return;
  given.forEach((operand) => {
    // Python's numbers are looked at first; Python ints compare as they are.
    if (operand instanceof NDArray || casting !== 'equiv' || weakKind(operand) === 'b') return;
    const kind = weakKind(operand);
    if (scalarType(operand) === loop || !adapts(kind, loop) || (definition.comparison === true && kind === 'i')) return;
    throw new AppError('dtype', `cannot cast Python ${words[kind]} to ${loop} under the casting rule 'equiv'`);
  });
  given.forEach((operand, k) => {
    if (!(operand instanceof NDArray) && adapts(weakKind(operand), loop)) return;
    const from = operand instanceof NDArray ? operand.dtype : scalarType(operand);
    if (can_cast(from, loop, casting)) return;
    throw new AppError(
      'dtype',
      `Cannot cast ufunc '${says}' input ${given.length === 1 ? '' : `${k} `}from dtype('${from}') to dtype('${loop}') with casting rule '${casting}'`,
    );
  });
}
