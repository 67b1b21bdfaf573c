import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { sameShape } from './broadcast.ts';
import { astype, broadcast_to, copy, copyInto, mayOverlap, sameLayout } from './cast.ts';
import { kernel, kernelOfRows, kindOf, load, store } from './compile.ts';
import { asarray, empty, fillWith, unset } from './create.ts';
import { crossover, reductionFactor } from './kernels/crossover.ts';
import { accumulateInto as accumulateNatively, reduceInto, reducesNatively } from './kernels/reduce.ts';
import { shapeCode, shapeText } from './memory.ts';
import { NDArray } from './ndarray.ts';
import { kindCode, requireHeld } from './promotion.ts';
import { reduceFew } from './reduce-few.ts';
import type { Scalar } from './scalar.ts';
import { normalizeAxis } from './shape.ts';
import { entryStrides, type Kernel } from './strided.ts';
import type { Definition, Operand } from './ufuncs/definition.ts';
import { bodyOf, settled } from './ufuncs/loops.ts';

/** Axes to reduce over; null is all of them. */
export type Axis = number | readonly number[] | null;

export interface ReduceOptions {
  axis?: Axis;
  keepdims?: boolean;
  dtype?: DType;
  out?: NDArray;
  where?: Operand;
  /** null for none at all: then there must be elements. */
  initial?: Scalar | null;
}

/** A reduction: the ufunc it repeats, what it begins with, and the dtype it works in. */
export interface Reduction {
  step: Definition;
  /** Null when there is none: the first element begins, and an empty array is refused. */
  identity: number | null;
  type: (dtype: DType) => DType;
}

/**
 * Axes of a reduction, in ascending order.
 * @throws AppError 'value' "duplicate value in 'axis'".
 */
export function reducedAxes(a: NDArray, axis: Axis | undefined): number[] {
  if (axis === null || axis === undefined) return a.shape.map((_, k) => k);
  if (typeof axis === 'number' && a.ndim > 0) return [normalizeAxis(axis, a.ndim)];
  const given = typeof axis === 'number' ? [axis] : axis;
  // A single number has a first and a last axis to NumPy's reductions.
  if (a.ndim === 0 && given.length === 1 && (given[0] === 0 || given[0] === -1)) return [];
  const axes = given.map((k) => normalizeAxis(k, a.ndim));
  if (new Set(axes).size !== axes.length)
    throw new AppError('value', "duplicate value in 'axis'", { argument: 'axis' });
  return axes.sort((i, j) => i - j);
}

/** The shape after a reduction. */
export function reducedShape(shape: readonly number[], axes: readonly number[], keepdims: boolean): number[] {
  return keepdims ? shape.map((n, k) => (axes.includes(k) ? 1 : n)) : shape.filter((_, k) => !axes.includes(k));
}

/**
 * Repeats a binary function along axes: the engine of sum, prod, max, any and their kin.
 *
 * (…, n, …) → (…) without the axes, () by default; in the dtype that the reduction says, unless one is given.
 *
 * @throws AppError 'value' "zero-size array to reduction operation … which has no identity".
 * @example reduce({ step: add.definition, identity: 0, type: sumType }, array([1, 2, 3])).item() // 6n
 */
export function reduce(reduction: Reduction, operand: Operand, options: ReduceOptions = {}): NDArray {
  const a = asarray(operand);
  const few = reduceFew(reduction.step.name, a, options, reductionFactor * crossover.plain);
  if (few !== null) return few;
  const { step, identity } = reduction;
  const axes = reducedAxes(a, options.axis);
  const keepdims = options.keepdims ?? false;
  // As in NumPy, `out` says what is computed in unless `dtype` does, and takes what that gives as C casts it.
  const dtype = options.dtype ?? (step.result === 'bool' ? undefined : options.out?.dtype) ?? reduction.type(a.dtype);
  const loop = step.rule(dtype);
  const made = step.result === 'bool' ? 'bool' : loop;
  if (options.out !== undefined) requireShape(step.name, options.out, reducedShape(a.shape, axes, keepdims), keepdims);
  const mask =
    options.where === undefined || options.where === true ? null : maskFor(asarray(options.where, 'bool'), a);
  if (mask !== null && identity === null && (options.initial ?? null) === null) {
    throw new AppError(
      'value',
      `reduction operation '${step.name}' does not have an identity, so to use a where mask one has to specify 'initial'`,
    );
  }
  const whole = empty(reducedShape(a.shape, axes, true), made);
  const initial = options.initial ?? identity;
  if (options.initial !== undefined && options.initial !== null) requireHeld(options.initial, whole.dtype);
  const needsSome = initial === null || options.initial === null;
  if (needsSome && axes.some((k) => a.shape[k] === 0))
    throw new AppError('value', `zero-size array to reduction operation ${step.name} which has no identity`);
  if (initial !== null)
    fillWith(whole, typeof initial === 'number' && /int/.test(whole.dtype) ? Math.trunc(initial) : initial);
  else {
    const first = a.view(whole.shape, a.strides);
    if (whole.size > 0) copyInto(whole, first);
  }
  if (a.size > 0) accumulateInto(step, a, whole, axes, loop, mask);
  return finish(whole, axes, keepdims, options.out);
}

/** @throws AppError 'shape' when the mask does not broadcast to the array's shape, in the words of NumPy's iterator. */
function maskFor(where: NDArray, a: NDArray): NDArray {
  const lead = a.ndim - where.ndim;
  if (lead >= 0 && where.shape.some((n, k) => n !== 1 && n !== a.shape[lead + k])) {
    throw new AppError(
      'shape',
      `operands could not be broadcast together with remapped shapes [original->remapped]: ${shapeCode(a.shape)} ${shapeCode(where.shape)} `,
      { argument: 'where' },
    );
  }
  return broadcast_to(where, a.shape);
}

function requireShape(name: string, out: NDArray, shape: readonly number[], keepdims: boolean): void {
  if (out.ndim === shape.length) return;
  const kept = keepdims ? " (must match the operand's when keepdims=True)" : '';
  throw new AppError(
    'value',
    `output parameter for reduction operation ${name} has the wrong number of dimensions: Found ${out.ndim} but expected ${shape.length}${kept}`,
    { argument: 'out' },
  );
}

/**
 * Refuses an `out` that does not have the shape of the reduction.
 * @throws AppError 'value' and 'shape' in NumPy's words.
 */
export function requireOut(a: NDArray, { out, axis, keepdims = false }: ReduceOptions): void {
  if (out === undefined) return;
  const shape = reducedShape(a.shape, reducedAxes(a, axis), keepdims);
  requireShape('add', out, shape, keepdims);
  if (!sameShape(out.shape, shape)) throw wrongShape(out, shape);
}

function wrongShape(out: NDArray, shape: readonly number[]): AppError {
  return new AppError(
    'shape',
    `output parameter has the wrong shape ${shapeText(out.shape)}, expected ${shapeText(shape)}`,
    { argument: 'out' },
  );
}

/** Drops the reduced axes, or writes into `out`. */
export function finish(whole: NDArray, axes: readonly number[], keepdims: boolean, out?: NDArray): NDArray {
  const shape = reducedShape(whole.shape, axes, keepdims);
  const strides = keepdims ? whole.strides : whole.strides.filter((_, k) => !axes.includes(k));
  const result = new NDArray(whole.dtype, shape, strides, whole.offset, whole.buffer, whole.data);
  if (out === undefined) return result;
  if (!sameShape(out.shape, shape)) throw wrongShape(out, shape);
  copyInto(out, result);
  return out;
}

function accumulateInto(
  step: Definition,
  input: NDArray,
  whole: NDArray,
  axes: readonly number[],
  loop: DType,
  mask: NDArray | null,
): void {
  // Sums of other dtypes are taken after a cast, as NumPy's buffered loops do; float loops need their own dtype for bits.
  const sum = step.name === 'add' && mask === null && (kindOf(loop) === 'float' || kindOf(loop) === 'complex');
  const cast = input.dtype !== loop;
  const needsCast = (sum || (step.name === 'multiply' && mask === null)) && cast;
  const a = needsCast ? astype(input, loop) : input;
  const plan = planAxes(a, whole, axes);
  // Where NumPy adds in portions of its buffer, so does the loop below.
  const portioned = sum && whole.size === 1 && (cast || !isGapless(plan));
  if (mask === null && !portioned && reducesNatively(step.name, a, whole.dtype)) {
    reduceWalked(step.name, a, whole, plan);
    return;
  }
  if (sum && whole.size === 1) {
    sumAll(a, whole, plan, loop, cast);
    return;
  }
  const operands = mask === null ? [a, whole] : [a, whole, mask];
  const strides = [plan.input, plan.output];
  const starts = [a.start, whole.start];
  if (mask !== null) {
    const m = entryStrides(mask);
    strides.push(plan.axes.map((k) => m[k]));
    starts.push(mask.start);
  }
  const rowWise = plan.output.length > 0 && plan.output[plan.output.length - 1] === 0;
  const key = `${step.name} ${loop} ${a.dtype} ${whole.dtype} ${mask !== null}`;
  const body = bodyOf(step, loop);
  const guard = (work: string): string => (mask === null ? work : `if (d2[i2]) { ${work} }`);
  let made: Kernel;
  if (sum && rowWise) made = sumKernel(loop);
  else if (step.name === 'add' && loop === 'int64' && mask === null && rowWise && kindCode(a.dtype) !== 'f')
    made = int64Sum(a.dtype);
  else if (rowWise && kindOf(loop) !== 'complex' && mask === null) {
    made = kernelOfRows(`reduce row ${key}`, operands.length, () => {
      const first = `let i1 = o1; ${load('start', 1, whole.dtype, loop)}`;
      return `${first} let a = start; let i0 = o0;
      for (let col = 0; col < n; col++, i0 += s0) { ${load('b', 0, a.dtype, loop)} let r; ${body} ${settledFor(loop, step)} a = r; }
      ${store('a', 1, step.result === 'bool' ? 'bool' : loop, whole.dtype)}`;
    });
  } else {
    made = kernel(`reduce ${key}`, operands.length, () => {
      const declare = kindOf(loop) === 'complex' && step.result !== 'bool' ? 'let rr, ri;' : 'let r;';
      const result = step.result === 'bool' ? 'bool' : loop;
      return guard(
        `${load('a', 1, whole.dtype, loop)} ${load('b', 0, a.dtype, loop)} ${declare} ${body} ${store('r', 1, result, whole.dtype)}`,
      );
    });
  }
  walk(made, plan.lengths, operands, starts, strides);
}

function settledFor(loop: DType, step: Definition): string {
  return step.result === 'bool' ? '' : settled(loop);
}

function sumKernel(loop: DType): Kernel {
  return kernelOfRows(`sum ${loop}`, 2, () => {
    if (loop === 'float64') return 'd1[o1] += h.pairwise64(d0, o0, n, s0);';
    if (loop === 'float32') return 'd1[o1] += h.pairwise32(d0, o0, n, s0);';
    return `h.pairwiseComplex(d0, o0, n, s0, ${loop === 'complex64'}); d1[o1] += h.z[0]; d1[o1 + 1] += h.z[1];`;
  });
}

/** Sums in 64 bits without a bigint for every element: small integers as doubles, int64 by 32-bit halves. */
function int64Sum(dtype: DType): Kernel {
  const halves = kindOf(dtype) === 'bigint';
  return kernelOfRows(`sum into int64 ${dtype}`, 2, () => {
    const each = halves ? 'lows += low[k]; highs += high[k + 1]; k += 2 * s0;' : 'lows += d0[k]; k += s0;';
    return `${halves ? 'const low = new Uint32Array(d0.buffer), high = new Int32Array(d0.buffer);' : ''}
    let total = 0n, k = ${halves ? 2 : 1} * o0;
    for (let left = n; left > 0; left -= 1048576) {
      const part = Math.min(left, 1048576);
      let lows = 0, highs = 0;
      for (let i = 0; i < part; i++) { ${each} }
      total += (BigInt(highs) << 32n) + BigInt(lows);
    }
    d1[o1] += total;`;
  });
}

/** Elements that NumPy's iterator gathers in a buffer when they do not lie at one stride, or must be cast. */
const bufferSize = 8192;

/** The sum of all elements, in the order and the portions in which NumPy adds them. */
function sumAll(a: NDArray, whole: NDArray, plan: AxisPlan, loop: DType, cast: boolean): void {
  const step = plan.input.at(-1) ?? 0;
  const gapless = isGapless(plan);
  let flat = { data: a.data, start: a.start, step };
  if (!gapless) {
    const bytes = a.data.BYTES_PER_ELEMENT;
    const view = a.view(
      plan.lengths,
      plan.input.map((s) => s * bytes),
      a.start * bytes,
    );
    const packed = copy(view);
    flat = { data: packed.data, start: packed.start, step: packed.entries };
  }
  const portion = gapless && !cast ? a.size : bufferSize;
  const kernelOfSum = sumKernel(loop);
  for (let at = 0; at < a.size; at += portion) {
    const n = Math.min(portion, a.size - at);
    kernelOfSum(1, n, [flat.data, whole.data], [flat.start + at * flat.step, whole.start], [0, 0], [flat.step, 0]);
  }
}

/** All elements lie at one stride. */
function isGapless({ input, lengths }: AxisPlan): boolean {
  return input.every((s, k) => k === input.length - 1 || s === input[k + 1] * lengths[k + 1]);
}

/** By the addon, which wants rows without gaps. */
function reduceWalked(name: string, a: NDArray, whole: NDArray, plan: AxisPlan): void {
  const last = plan.input.length - 1;
  if (last < 0 || plan.output[last] !== 0 || plan.input[last] === a.entries) {
    reduceInto(name, a, whole, plan);
    return;
  }
  const bytes = a.data.BYTES_PER_ELEMENT;
  const packed = copy(
    a.view(
      plan.lengths,
      plan.input.map((s) => s * bytes),
    ),
  );
  reduceInto(name, packed, whole, { ...plan, input: entryStrides(packed) });
}

/**
 * Σ (a − centre)² along axes, kept with length 1, as NumPy takes it: squares of a temporary array, summed in its order.
 * Null where the addon does not gain or NumPy's temporary would lie otherwise.
 */
export function squaredDistances(a: NDArray, centre: NDArray, axes: readonly number[]): NDArray | null {
  if (!reducesNatively('away', a, a.dtype) || centre.dtype !== a.dtype) return null;
  if (!(a.cContiguous || a.fContiguous) || !centre.cContiguous) return null;
  const whole = empty(reducedShape(a.shape, axes, true), a.dtype);
  if (centre.size !== whole.size) return null;
  reduceInto('away', a, whole, planAxes(a, whole, axes), centre);
  return whole;
}

interface AxisPlan {
  lengths: number[];
  axes: number[];
  input: number[];
  output: number[];
}

/** Axes in the order NumPy walks them: the largest stride of the input first, neighbours merged where they can be. */
function planAxes(a: NDArray, whole: NDArray, reduced: readonly number[]): AxisPlan {
  const input = entryStrides(a);
  const output = entryStrides(whole).map((s, k) => (reduced.includes(k) ? 0 : s));
  const axes = a.shape.map((_, k) => k).filter((k) => a.shape[k] !== 1);
  axes.sort((i, j) => Math.abs(input[j]) - Math.abs(input[i]) || i - j);
  return {
    lengths: axes.map((k) => a.shape[k]),
    axes,
    input: axes.map((k) => input[k]),
    output: axes.map((k) => output[k]),
  };
}

/** Runs a kernel over axes in the given order, the last one innermost. */
function walk(
  loop: Kernel,
  shape: readonly number[],
  operands: readonly NDArray[],
  starts: readonly number[],
  strides: readonly (readonly number[])[],
): void {
  const data = operands.map((a) => a.data);
  const lengths: number[] = [];
  const steps: number[][] = [];
  shape.forEach((n, axis) => {
    const step = strides.map((s) => s[axis]);
    const last = steps.at(-1);
    if (last !== undefined && step.every((s, k) => last[k] === s * n)) {
      lengths[lengths.length - 1] *= n;
      steps[steps.length - 1] = step;
    } else {
      lengths.push(n);
      steps.push(step);
    }
  });
  const none = starts.map(() => 0);
  const n = lengths.pop() ?? 1;
  const inner = steps.pop() ?? none;
  const m = lengths.pop() ?? 1;
  const outer = steps.pop() ?? none;
  const at = [...starts];
  const index = lengths.map(() => 0);
  for (;;) {
    loop(m, n, data, at, outer, inner);
    let axis = lengths.length - 1;
    for (; axis >= 0; axis--) {
      const back = ++index[axis] < lengths[axis] ? 0 : lengths[axis];
      for (let k = 0; k < at.length; k++) at[k] += steps[axis][k] * (1 - back);
      if (back === 0) break;
      index[axis] = 0;
    }
    if (axis < 0) return;
  }
}

/** Calls `work(starts, steps)` for every row along an axis of arrays that agree on all others. */
export function eachRow(
  arrays: readonly NDArray[],
  axis: number,
  work: (start: number[], step: number[]) => void,
): void {
  const strides = arrays.map(entryStrides);
  const steps = strides.map((s) => s[axis] ?? 0);
  const others = arrays[0].shape.map((_, k) => k).filter((k) => k !== axis);
  const lengths = others.map((k) => arrays[0].shape[k]);
  if (lengths.includes(0)) return;
  const at = arrays.map((a) => a.start);
  const index = lengths.map(() => 0);
  for (;;) {
    work(at, steps);
    let k = lengths.length - 1;
    for (; k >= 0; k--) {
      const back = ++index[k] < lengths[k] ? 0 : lengths[k];
      for (let j = 0; j < at.length; j++) at[j] += (strides[j][others[k]] ?? 0) * (1 - back);
      if (back === 0) break;
      index[k] = 0;
    }
    if (k < 0) return;
  }
}

/**
 * Repeats a binary function along one axis and keeps every step: cumsum, cumprod, running maxima.
 *
 * (…, n, …) → the same shape, (n,) where the axis is null; of the given dtype.
 *
 * @throws AppError 'value' "provided out is the wrong size for the accumulation.".
 * @example accumulate(maximum.definition, array([1, 3, 2]), 0, 'int64').tolist() // [1n, 3n, 3n]
 */
export function accumulate(
  step: Definition,
  operand: Operand,
  axis: number | null,
  dtype: DType,
  out?: NDArray,
): NDArray {
  const whole = asarray(operand);
  const given = whole.ndim === 0 ? whole.view([1], [whole.itemsize]) : whole;
  const source = given.dtype === step.rule(dtype) ? given : astype(given, step.rule(dtype));
  const a =
    axis === null ? (source.cContiguous ? source : copy(source)).view([source.size], [source.itemsize]) : source;
  const along = normalizeAxis(axis ?? 0, a.ndim);
  const loop = step.rule(dtype);
  if (out !== undefined && !sameShape(out.shape, a.shape)) {
    throw new AppError('value', 'provided out is the wrong size for the accumulation.', {
      argument: 'out',
      hint: `It has the shape ${shapeText(out.shape)}, the result ${shapeText(a.shape)}.`,
    });
  }
  const made = out ?? unset(a.shape, loop);
  if (a.size === 0) return made;
  const apart = out === undefined || !mayOverlap(a, out) || sameLayout(a, out);
  if (apart && accumulateNatively(step.name, a, made, along)) return made;
  const complex = kindOf(loop) === 'complex';
  const body = bodyOf(step, loop);
  const run = kernelOfRows(`accumulate ${step.name} ${loop} ${a.dtype} ${made.dtype}`, 2, () => {
    const first = `let i0 = o0, i1 = o1;`;
    const next = complex
      ? `{ ${load('b', 0, a.dtype, loop)} const ar = pr, ai = pi; let rr, ri; ${body} pr = rr; pi = ri; ${store('r', 1, loop, made.dtype)} }`
      : `{ ${load('b', 0, a.dtype, loop)} const a = p; let r; ${body} ${settled(loop)} p = r; ${store('r', 1, loop, made.dtype)} }`;
    const begin = complex
      ? `${load('f', 0, a.dtype, loop)} let pr = fr, pi = fi; ${store('f', 1, loop, made.dtype)}`
      : `${load('f', 0, a.dtype, loop)} let p = f; ${store('f', 1, loop, made.dtype)}`;
    return `${first} ${begin} for (let col = 1; col < n; col++) { i0 += s0; i1 += s1; ${next} }`;
  });
  const n = a.shape[along];
  const data = [a.data, made.data];
  eachRow([a, made], along, (start, steps) => {
    run(1, n, data, start, steps, steps);
  });
  return made;
}
