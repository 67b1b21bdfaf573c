import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { broadcast_shapes, sameShape } from '../broadcast.ts';
import { astype, broadcast_to, copy, mayOverlap, sameLayout } from '../cast.ts';
import { type Kind, kindOf, realOf } from '../compile.ts';
import { type ArrayLike, asarray, scalarArray, unsetLike } from '../create.ts';
import { crossover } from '../kernels/crossover.ts';
import { computeNatively, forgetFaults, lineNatively, pairNatively } from '../kernels/ufunc.ts';
import { shapeCode } from '../memory.ts';
import { NDArray } from '../ndarray.ts';
import {
  type Casting,
  can_cast,
  integerRange,
  requireCasting,
  requireInRange,
  type Weak,
  weakKind,
} from '../promotion.ts';
import { run, runFew } from '../strided.ts';
import { type Definition, isWeak, type Operand } from './definition.ts';
import { besides, binaryIntoFew, binaryOfFew, outputLike, Plans, unaryIntoFew, unaryOfFew } from './few.ts';
import { bodyOf, loopOf } from './loops.ts';
import { binaryIntoMany, binaryOfMany, unaryIntoMany, unaryOfMany } from './many.ts';
import { loopFor, requireCasts } from './resolution.ts';

export interface UfuncOptions {
  /** Where the result goes; it is returned. */
  out?: NDArray;
  /** Elements to compute; the others keep what `out` holds (zeros without one). */
  where?: ArrayLike;
  casting?: Casting;
  /** The dtype to compute in. */
  dtype?: DType;
}

export type Unary = (a: Operand, options?: UfuncOptions) => NDArray;

/** A function of two arguments; its definition also drives reductions and accumulations. */
export interface Binary {
  (a: Operand, b: Operand, options?: UfuncOptions): NDArray;
  readonly definition: Definition;
}

/** True where nothing but the place of the result is given, and perhaps a mask of it. */
function isInto({ out, casting, dtype }: UfuncOptions): boolean {
  return out !== undefined && casting === undefined && dtype === undefined;
}

/** Makes the function of one argument. */
export function unary(definition: Omit<Definition, 'inputs'>): Unary {
  const whole: Definition = { ...definition, inputs: 1 };
  const plans = new Plans(whole);
  return (a, options) => {
    forgetFaults();
    // A number alone adapts to nothing.
    if (options?.dtype !== undefined) return apply(whole, [asarray(a)], options);
    const known = a instanceof NDArray ? plans.of(a) : null;
    if (!(a instanceof NDArray) || known === null) return apply(whole, [a], options ?? {});
    if (options !== undefined) {
      const into =
        options.out instanceof NDArray && options.where === undefined && isInto(options) ? options.out : null;
      const quick = into === null ? null : (unaryIntoFew(known, a, into) ?? unaryIntoMany(known, a, into));
      return quick ?? apply(whole, [a], options);
    }
    if (!a.cContiguous) return unaryOfFew(known, a) ?? unaryOfMany(known, a) ?? apply(whole, [a], {});
    const inJavaScript = a.size < known.most;
    if (!inJavaScript && known.native < 0) return apply(whole, [a], {});
    const made = unsetLike(a, known.made);
    if (!inJavaScript) lineNatively(known.native, a, made);
    else known.line(a.size, a.data, a.start, known.entries[0], made.data, made.start, known.madeEntries);
    return made;
  };
}

/** Makes the function of two arguments. */
export function binary(definition: Omit<Definition, 'inputs'>): Binary {
  const whole: Definition = { ...definition, inputs: 2 };
  const plans = new Plans(whole);
  const call = (a: Operand, b: Operand, options?: UfuncOptions): NDArray => {
    forgetFaults();
    const x = a instanceof NDArray ? a : b instanceof NDArray ? besides(a, b) : null;
    const y = b instanceof NDArray ? b : x === null ? null : besides(b, x);
    const known = x === null || y === null ? null : plans.of(x, y);
    if (x === null || y === null || known === null) return apply(whole, [a, b], options ?? {});
    if (options !== undefined) {
      const { out, where } = options;
      const into = out instanceof NDArray && isInto(options) ? out : null;
      if (into !== null && where instanceof NDArray) {
        const quick = binaryIntoFew(known, x, y, into, where);
        if (quick !== null) return quick;
      }
      const quick =
        into === null || where !== undefined
          ? null
          : (binaryIntoFew(known, x, y, into) ?? binaryIntoMany(known, x, y, into));
      return quick ?? apply(whole, [a, b], options);
    }
    if (!alike(x, y)) return binaryOfFew(known, x, y) ?? binaryOfMany(known, x, y) ?? apply(whole, [a, b], {});
    const like = x.ndim === 0 ? y : x;
    const inJavaScript = like.size < known.most;
    if (!inJavaScript && known.native < 0) return apply(whole, [a, b], {});
    const made = unsetLike(like, known.made);
    if (inJavaScript) {
      const p = x.ndim === 0 ? 0 : known.entries[0];
      const q = y.ndim === 0 ? 0 : known.entries[1];
      known.line(like.size, x.data, x.start, p, y.data, y.start, q, made.data, made.start, known.madeEntries);
    } else pairNatively(known.native, x, y, made);
    return made;
  };
  return Object.assign(call, { definition: whole });
}

/** Two arrays without gaps, of one shape or one of them a single number. */
function alike(a: NDArray, b: NDArray): boolean {
  if (a.ndim === 0) return b.cContiguous;
  if (b.ndim === 0) return a.cContiguous;
  return sameShape(a.shape, b.shape) && a.cContiguous && b.cContiguous;
}

function apply(definition: Definition, operands: readonly Operand[], options: UfuncOptions): NDArray {
  const { name, says = name } = definition;
  const given = operands.map((operand) => (isWeak(operand) ? operand : asarray(operand)));
  const { casting = 'same_kind' } = options;
  if (options.casting !== undefined) requireCasting(options.casting);
  const found = loopFor(definition, given, options.dtype);
  const loop = definition.comparison === true ? wideEnough(name, found, given) : found;
  const body = bodyOf(definition, loop);
  const inputs = given.map((operand) => (operand instanceof NDArray ? operand : scalarArray(operand, loop)));
  // Two 64-bit integers of different sign compare exactly as they are.
  const exact = definition.comparison === true && inputs.every((input) => kindOf(input.dtype) === 'bigint');
  if ((options.dtype !== undefined || options.casting !== undefined) && !exact && loop === found)
    requireCasts(definition, given, loop, casting);
  const made = definition.result === 'bool' ? 'bool' : definition.result === 'real' ? realOf(loop) : loop;
  if (options.out !== undefined) checkCast(says, options.out, made, casting);
  return execute(
    name,
    inputs,
    exact ? 'bigint' : kindOf(loop),
    exact ? inputs.map((input) => input.dtype) : inputs.map(() => loop),
    exact && definition.bigint !== undefined ? definition.bigint : body,
    made,
    options,
  );
}

/** For comparisons: a dtype that holds the Python int as well. */
function wideEnough(name: string, loop: DType, given: readonly (NDArray | Weak)[]): DType {
  const range = integerRange(loop);
  for (const value of given) {
    if (value instanceof NDArray || weakKind(value) !== 'i') continue;
    const integer = BigInt(value as number | bigint);
    // Logic, and comparisons of booleans, want the integer itself.
    if (name.startsWith('logical_') || given.some((one) => one instanceof NDArray && one.dtype === 'bool'))
      requireInRange(value, 'int64');
    if (range === undefined) continue;
    if (integer >= range[0] && integer <= range[1]) continue;
    return integer >= -(2n ** 63n) && integer < 2n ** 63n && loop !== 'uint64' ? 'int64' : 'float64';
  }
  return loop;
}

/**
 * Runs a body over broadcast inputs, each loaded as the dtype named for it.
 * @throws AppError 'dtype' "Cannot cast array data from dtype('…') to dtype('bool') according to the rule 'safe'".
 */
export function execute(
  name: string,
  inputs: readonly NDArray[],
  kind: Kind,
  loops: readonly DType[],
  body: string,
  made: DType,
  { out, where, casting = 'same_kind' }: UfuncOptions,
): NDArray {
  let mask = where === undefined || where === true ? null : asarray(where);
  if (mask !== null && mask.dtype !== 'bool') {
    throw new AppError(
      'dtype',
      `Cannot cast array data from dtype('${mask.dtype}') to dtype('bool') according to the rule 'safe'`,
      { argument: 'where' },
    );
  }
  const shape = oneShape(inputs, mask) ?? commonShape(inputs, out, mask);
  const target = out ?? outputLike(inputs, shape, made, mask === null ? 'any' : 'zero');
  if (out !== undefined) checkOut(name, out, inputs, mask, shape, made, casting);
  if (out !== undefined && mask !== null && mayOverlap(mask, out)) mask = copy(mask);
  const sources =
    out === undefined
      ? inputs
      : inputs.map((input) => (mayOverlap(input, out) && !sameLayout(input, out) ? copy(input) : input));
  if (computeNatively(name, sources, loops, mask, target)) return target;
  const loop = loopOf(name, kind, inputs, loops, body, made, target.dtype, mask !== null);
  if (target.size < crossover.plain && target.size > 0) {
    runFew(loop, target, mask === null ? [...sources, target] : [...sources, mask, target]);
    return target;
  }
  const gapless = (a: NDArray): boolean => a.size === 1 || (sameShape(a.shape, target.shape) && a.cContiguous);
  if (mask === null && target.cContiguous && sources.every(gapless)) {
    // Most calls: one run through memory, without working out how the axes lie.
    const all = [...sources, target];
    const step = all.map((a) => (a.size === 1 ? 0 : a.entries));
    loop(
      1,
      target.size,
      all.map((a) => a.data),
      all.map((a) => a.start),
      step,
      step,
    );
    return target;
  }
  const operands = sources.map((a) => (sameShape(a.shape, target.shape) ? a : broadcast_to(a, target.shape)));
  if (mask !== null) operands.push(broadcast_to(mask, target.shape));
  run(loop, target.shape, [...operands, target]);
  return target;
}

/** The shape that all have but those without axes; null where they have several. */
function oneShape(inputs: readonly NDArray[], mask: NDArray | null): readonly number[] | null {
  let { shape } = mask ?? inputs[0];
  for (const input of inputs) {
    if (input.shape.length === 0) continue;
    if (shape.length === 0) shape = input.shape;
    else if (!sameShape(input.shape, shape)) return null;
  }
  return shape;
}

/** The shape of inputs and mask; NumPy names `out` among them where they do not fit each other. */
function commonShape(inputs: readonly NDArray[], out: NDArray | undefined, mask: NDArray | null): number[] {
  const masks = mask === null ? [] : [mask];
  try {
    return broadcast_shapes(...[...inputs, ...masks].map((a) => a.shape));
  } catch (error) {
    if (out === undefined || !(error instanceof AppError)) throw error;
    const all = [...inputs, out, ...masks].map((a) => shapeCode(a.shape)).join(' ');
    throw new AppError('shape', `operands could not be broadcast together with shapes ${all}`);
  }
}

function checkCast(name: string, out: NDArray, made: DType, casting: Casting): void {
  if (can_cast(made, out.dtype, casting)) return;
  throw new AppError(
    'dtype',
    `Cannot cast ufunc '${name}' output from dtype('${made}') to dtype('${out.dtype}') with casting rule '${casting}'`,
    { argument: 'out' },
  );
}

function checkOut(
  name: string,
  out: NDArray,
  inputs: readonly NDArray[],
  mask: NDArray | null,
  shape: readonly number[],
  made: DType,
  casting: Casting,
): void {
  if (!out.writeable) throw new AppError('value', 'output array is read-only', { argument: 'out' });
  checkCast(name, out, made, casting);
  const lead = out.ndim - shape.length;
  const fits = lead >= 0 && shape.every((n, axis) => n === out.shape[lead + axis] || n === 1);
  // Inputs may be repeated to the output's shape, but never the other way.
  if (fits) return;
  const apart =
    lead >= 0 && !shape.every((n, axis) => n === out.shape[lead + axis] || n === 1 || out.shape[lead + axis] === 1);
  const all = [...inputs, out, ...(mask === null ? [] : [mask])].map((a) => shapeCode(a.shape)).join(' ');
  throw new AppError(
    'shape',
    apart
      ? `operands could not be broadcast together with shapes ${all}`
      : `non-broadcastable output operand with shape ${shapeCode(out.shape)} doesn't match the broadcast shape ${shapeCode(shape)}`,
    { argument: 'out' },
  );
}

/** The array as booleans: what is not zero is true. */
export function truth(a: Operand): NDArray {
  return astype(asarray(a), 'bool', { copy: false });
}
