/** NumPy's `fft`: discrete Fourier transforms along axes, with their frequencies and shifts. */
import { PyFloat } from './scalar.ts';
import { AppError } from '#shared/errors.ts';
import { astype, copy, copyInto } from './cast.ts';
import { asarray, empty, zeros } from './create.ts';
import { inverseReal, transform, transformReal, worthHalving } from './fourier-kernel.ts';
import { roll } from './joining.ts';
import { NDArray } from './ndarray.ts';
import { moveaxis, normalizeAxis } from './shape.ts';
import { slice, sliced } from './slicing.ts';
import { divide, multiply, conj } from './ufuncs/arithmetic.ts';
import type { Operand } from './ufuncs/definition.ts';

/** Who is scaled by 1/n: the inverse ('backward'), the transform ('forward'), or both by 1/√n ('ortho'). */
export type Norm = 'backward' | 'ortho' | 'forward' | null;

type Direction = 'forward' | 'inverse';

const single = (a: NDArray): boolean => a.dtype === 'float32' || a.dtype === 'complex64';

function scaleOf(norm: Norm, n: number, direction: Direction): number {
  const name: unknown = norm ?? 'backward';
  if (name === 'ortho') return 1 / Math.sqrt(n);
  if (name !== 'backward' && name !== 'forward') {
    throw new AppError('value', `Invalid norm value ${String(name)}; should be "backward", "ortho" or "forward".`, {
      argument: 'norm',
    });
  }
  return (name === 'forward') === (direction === 'forward') ? 1 / n : 1;
}

function requirePoints(n: number): void {
  if (!(n >= 1)) throw new AppError('value', `Invalid number of FFT data points (${n}) specified.`, { argument: 'n' });
}

/** The axis counted from 0 and the length of the transform along it: what can be wrong is looked at in NumPy's order. */
function axisAndPoints(
  a: NDArray,
  axis: number,
  n: number | null,
  norm: Norm,
  lengthOf = (n: number) => n,
): [number, number] {
  if (n === null && !(axis >= -a.ndim && axis < a.ndim))
    throw new AppError('index', 'tuple index out of range', {
      argument: 'axis',
      hint: `The array has ${a.ndim} axes, there is no axis ${axis}.`,
    });
  const points = n ?? lengthOf(a.shape.at(axis) ?? 0);
  requirePoints(points);
  scaleOf(norm, points, 'forward');
  return [normalizeAxis(axis, a.ndim), points];
}

/** The array with the axis cut, or filled up with zeros, to n. */
function fitted(a: NDArray, n: number, axis: number): NDArray {
  const length = a.shape[axis];
  if (length === n) return a;
  const whole = new Array<ReturnType<typeof slice>>(axis).fill(slice());
  if (length > n) return sliced(a, ...whole, slice(0, n));
  const made = zeros(
    a.shape.map((m, k) => (k === axis ? n : m)),
    a.dtype,
  );
  copyInto(sliced(made, ...whole, slice(0, length)), a);
  return made;
}

/** One transform of every row along an axis, scaled; complex128, or complex64 for single precision. */
function along(a: NDArray, axis: number, direction: Direction, scale: number): NDArray {
  const rows = astype(moveaxis(a, axis, -1), 'complex128', { order: 'C' });
  const n = a.shape[axis];
  const data = rows.data as Float64Array;
  const out = new Float64Array(2 * n);
  for (let at = rows.start; at < rows.start + 2 * rows.size; at += 2 * n) {
    const row = data.subarray(at, at + 2 * n);
    transform(row, out, n, direction === 'inverse');
    for (let k = 0; k < 2 * n; k++) row[k] = out[k] * scale;
  }
  const made = moveaxis(rows, -1, axis);
  return copy(single(a) ? astype(made, 'complex64') : made);
}

function one(a: Operand, n: number | null, axis: number, norm: Norm, direction: Direction): NDArray {
  const source = asarray(a);
  const [at, points] = axisAndPoints(source, axis, n, norm);
  const scale = scaleOf(norm, points, direction);
  const given = fitted(source, points, at);
  if (source.entries === 1 && points % 2 === 0 && points >= worthHalving) return mirrored(given, at, direction, scale);
  return along(given, at, direction, scale);
}

/** The transform of real numbers: one half computed, the other its mirror image. */
function mirrored(a: NDArray, axis: number, direction: Direction, scale: number): NDArray {
  const n = a.shape[axis];
  const halves = halved(a, axis, scale);
  const made = empty([...halves.shape.slice(0, -1), n], 'complex128');
  const [from, to] = [halves.data as Float64Array, made.data as Float64Array];
  const sign = direction === 'forward' ? 1 : -1;
  for (let row = 0; row < made.size / n; row++) {
    const [source, target] = [halves.start + row * (n + 2), made.start + row * 2 * n];
    for (let k = 0; 2 * k <= n; k++) {
      to[target + 2 * k] = from[source + 2 * k];
      to[target + 2 * k + 1] = sign * from[source + 2 * k + 1];
      if (k === 0 || 2 * k === n) continue;
      to[target + 2 * (n - k)] = from[source + 2 * k];
      to[target + 2 * (n - k) + 1] = -sign * from[source + 2 * k + 1];
    }
  }
  const back = moveaxis(made, -1, axis);
  return copy(single(a) ? astype(back, 'complex64') : back);
}

/** The first n/2 + 1 values of the transforms of real rows along an axis, which comes last; complex128. */
function halved(a: NDArray, axis: number, scale: number): NDArray {
  const rows = astype(moveaxis(a, axis, -1), 'float64', { order: 'C' });
  const n = a.shape[axis];
  const width = 2 * (Math.floor(n / 2) + 1);
  const made = empty([...rows.shape.slice(0, -1), width / 2], 'complex128');
  const [from, to] = [rows.data as Float64Array, made.data as Float64Array];
  const used = new Float64Array(n);
  for (let row = 0; row < rows.size / n; row++) {
    const start = made.start + row * width;
    const out = to.subarray(start, start + width);
    used.set(from.subarray(rows.start + row * n, rows.start + (row + 1) * n));
    transformReal(used, out, n);
    if (scale !== 1) for (let k = 0; k < width; k++) out[k] *= scale;
  }
  return made;
}

/**
 * The transform along one axis: `X[k] = Σⱼ x[j] · e^(−2πijk/n)`.
 *
 * a (…, m, …) real or complex, cut or filled with zeros to n; complex128 (complex64 for single precision) of the same shape.
 * Cooley and Tukey, 1965; lengths with large prime factors after Bluestein, 1970.
 * @throws AppError 'value' "Invalid number of FFT data points (0) specified." and for another norm.
 * @example fft(array([1, 2, 3, 4])).tolist().map((z) => [z.re, z.im]) // [[10, 0], [-2, 2], [-2, 0], [-2, -2]]
 */
export function fft(a: Operand, n: number | null = null, axis = -1, norm: Norm = null): NDArray {
  return one(a, n, axis, norm, 'forward');
}

/**
 * The inverse of `fft`: `x[j] = (1/n) Σₖ X[k] · e^(2πijk/n)`.
 *
 * a (…, m, …) → (…, n, …), n = m when left out; complex128 (complex64 for single precision).
 * @example ifft(array([2, 0])).tolist().map((z) => z.re) // [1, 1]
 */
export function ifft(a: Operand, n: number | null = null, axis = -1, norm: Norm = null): NDArray {
  return one(a, n, axis, norm, 'inverse');
}

/**
 * The transform of real numbers: its first n/2 + 1 values, whose conjugates the others are.
 *
 * a (…, m, …) → (…, n/2 + 1, …), n = m when left out; complex128 (complex64 for float32).
 * @throws AppError 'dtype' for complex numbers.
 * @example rfft(array([1, 2, 3, 4])).shape // [3]
 */
export function rfft(a: Operand, n: number | null = null, axis = -1, norm: Norm = null): NDArray {
  const source = asarray(a);
  const [at, points] = axisAndPoints(source, axis, n, norm);
  if (source.entries === 2) {
    throw new AppError(
      'dtype',
      `ufunc 'rfft_n_${points % 2 === 0 ? 'even' : 'odd'}' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''`,
      {
        argument: 'a',
        hint: 'The numbers are complex: use fft.',
      },
    );
  }
  const made = moveaxis(halved(fitted(source, points, at), at, scaleOf(norm, points, 'forward')), -1, at);
  return copy(single(source) ? astype(made, 'complex64') : made);
}

/**
 * The real numbers whose `rfft` it is; n of them (2 · (m − 1) if not given).
 *
 * a (…, m, …) → (…, n, …); float64 (float32 for single precision).
 *
 * @example irfft(array([2, 0])).tolist() // [1, 1]
 */
export function irfft(a: Operand, n: number | null = null, axis = -1, norm: Norm = null): NDArray {
  const source = asarray(a);
  const [at, points] = axisAndPoints(source, axis, n, norm, (m) => 2 * (m - 1));
  const scale = scaleOf(norm, points, 'inverse');
  const half = Math.floor(points / 2) + 1;
  const given = astype(moveaxis(fitted(source, half, at), at, -1), 'complex128', { order: 'C' });
  const made = empty([...given.shape.slice(0, -1), points], 'float64');
  const [from, to] = [given.data as Float64Array, made.data as Float64Array];
  const row = new Float64Array(2 * half);
  for (let i = 0; i < made.size / points; i++) {
    const start = given.start + 2 * i * half;
    row.set(from.subarray(start, start + 2 * half));
    const out = to.subarray(made.start + i * points, made.start + (i + 1) * points);
    inverseReal(row, out, points);
    if (scale !== 1) for (let k = 0; k < points; k++) out[k] *= scale;
  }
  const back = moveaxis(made, -1, at);
  return copy(single(source) ? astype(back, 'float32') : back);
}

const swapped = (norm: Norm): Norm => (norm === 'ortho' ? norm : norm === 'forward' ? 'backward' : 'forward');

/**
 * The real transform of a signal with Hermitian symmetry, of which one half is given.
 *
 * a (…, m, …) → (…, n, …), n = 2 · (m − 1) when left out; float64 (float32 for single precision).
 *
 * @example hfft(array([1, 2, 1])).tolist() // [6, 0, -2, 0]
 */
export function hfft(a: Operand, n: number | null = null, axis = -1, norm: Norm = null): NDArray {
  scaleOf(norm, 1, 'forward');
  return irfft(conj(asarray(a)), n, axis, swapped(norm));
}

/**
 * The inverse of `hfft`.
 *
 * a (…, m, …) real → (…, n/2 + 1, …), n = m when left out; complex128 (complex64 for float32).
 *
 * @example real(ihfft(array([8, 0, 0, 0]))).tolist() // [2, 2, 2]
 */
export function ihfft(a: Operand, n: number | null = null, axis = -1, norm: Norm = null): NDArray {
  scaleOf(norm, 1, 'forward');
  return conj(rfft(a, n, axis, swapped(norm)));
}

/** The axes and lengths of a transform over several axes. */
function places(a: NDArray, s: readonly number[] | null, axes: readonly number[] | null): [number[], number[]] {
  const count = s?.length ?? a.ndim;
  const list = axes === null ? Array.from({ length: count }, (_, k) => k - count) : [...axes];
  if (s !== null && s.length !== list.length)
    throw new AppError('value', 'Shape and axes have different lengths.', { argument: 'axes' });
  if (s === null && axes !== null) requireTaken(a, list);
  const at = list.map((axis) => normalizeAxis(axis, a.ndim));
  const lengths = s === null ? at.map((axis) => a.shape[axis]) : s.map((n, k) => (n === -1 ? a.shape[at[k]] : n));
  return [at, lengths];
}

/** @throws AppError 'index' as NumPy's `take`, which it gives the shape: the axes are its indices. */
function requireTaken(a: NDArray, axes: readonly number[]): void {
  if (axes.length > 0 && a.ndim === 0)
    throw new AppError('index', 'cannot do a non-empty take from an empty axes.', { argument: 'axes' });
  const strange = axes.find((axis) => axis < -a.ndim || axis >= a.ndim);
  if (strange !== undefined)
    throw new AppError('index', `index ${strange} is out of bounds for axis 0 with size ${a.ndim}`, {
      argument: 'axes',
    });
}

/** @throws AppError 'index' when a real transform has no axis to halve. */
function requireLast(at: readonly number[]): void {
  if (at.length === 0) throw new AppError('index', 'list index out of range', { argument: 'axes' });
}

function several(
  a: Operand,
  s: readonly number[] | null,
  axes: readonly number[] | null,
  norm: Norm,
  direction: Direction,
): NDArray {
  const source = asarray(a);
  const [at, lengths] = places(source, s, axes);
  let made = source;
  for (let k = at.length - 1; k >= 0; k--) made = one(made, lengths[k], at[k], norm, direction);
  return at.length === 0 ? copy(source) : made;
}

/**
 * The transform over several axes, all by default; `s` are their lengths.
 *
 * a (…, m, …) → of a's shape with the lengths s; complex128 (complex64 for single precision).
 * @example fftn(array([[1, 0], [0, 0]])).shape // [2, 2]
 */
export function fftn(
  a: Operand,
  s: readonly number[] | null = null,
  axes: readonly number[] | null = null,
  norm: Norm = null,
): NDArray {
  return several(a, s, axes, norm, 'forward');
}

/**
 * The inverse of `fftn`.
 *
 * a (…, m, …) → of a's shape with the lengths s; complex128 (complex64 for single precision).
 *
 * @example real(ifftn(array([[4, 0], [0, 0]]))).tolist() // [[1, 1], [1, 1]]
 */
export function ifftn(
  a: Operand,
  s: readonly number[] | null = null,
  axes: readonly number[] | null = null,
  norm: Norm = null,
): NDArray {
  return several(a, s, axes, norm, 'inverse');
}

/**
 * The transform over the last two axes.
 *
 * a (…, m, n) → (…, m, n), or with the lengths s; complex128 (complex64 for single precision).
 *
 * @example real(fft2(array([[1, 1], [1, 1]]))).tolist() // [[4, 0], [0, 0]]
 */
export function fft2(
  a: Operand,
  s: readonly number[] | null = null,
  axes: readonly number[] | null = [-2, -1],
  norm: Norm = null,
): NDArray {
  return several(a, s, axes, norm, 'forward');
}

/**
 * The inverse of `fft2`.
 *
 * a (…, m, n) → (…, m, n), or with the lengths s; complex128 (complex64 for single precision).
 *
 * @example real(ifft2(array([[4, 0], [0, 0]]))).tolist() // [[1, 1], [1, 1]]
 */
export function ifft2(
  a: Operand,
  s: readonly number[] | null = null,
  axes: readonly number[] | null = [-2, -1],
  norm: Norm = null,
): NDArray {
  return several(a, s, axes, norm, 'inverse');
}

/**
 * The transform of real numbers over several axes, halved along the last of them.
 *
 * a (…, m, n) real → (…, m, n/2 + 1); complex128 (complex64 for float32).
 *
 * @example rfftn(ones([2, 4])).shape // [2, 3]
 */
export function rfftn(
  a: Operand,
  s: readonly number[] | null = null,
  axes: readonly number[] | null = null,
  norm: Norm = null,
): NDArray {
  const source = asarray(a);
  // The last axis is the first that is looked at.
  const final = axes === null ? (s === null ? undefined : -1) : axes.at(-1);
  if (final !== undefined) normalizeAxis(final, source.ndim);
  const [at, lengths] = places(source, s, axes);
  requireLast(at);
  const last = at.length - 1;
  let made = rfft(source, lengths[last], at[last], norm);
  for (let k = last - 1; k >= 0; k--) made = one(made, lengths[k], at[k], norm, 'forward');
  return made;
}

/**
 * The inverse of `rfftn`.
 *
 * a (…, m, k) → (…, m, n) real, n = 2 · (k − 1) when s leaves it out; float64 (float32 for single precision).
 *
 * @example irfftn(array([[4, 0], [0, 0]])).tolist() // [[1, 1], [1, 1]]
 */
export function irfftn(
  a: Operand,
  s: readonly number[] | null = null,
  axes: readonly number[] | null = null,
  norm: Norm = null,
): NDArray {
  const source = asarray(a);
  const [at, lengths] = places(source, s, axes);
  requireLast(at);
  const last = at.length - 1;
  let made = source;
  for (let k = 0; k < last; k++) made = one(made, lengths[k], at[k], norm, 'inverse');
  return irfft(made, s === null || s[last] === -1 ? null : lengths[last], at[last], norm);
}

/**
 * `rfftn` over the last two axes.
 *
 * a (…, m, n) real → (…, m, n/2 + 1); complex128 (complex64 for float32).
 *
 * @example rfft2(ones([3, 2, 4])).shape // [3, 2, 3]
 */
export function rfft2(
  a: Operand,
  s: readonly number[] | null = null,
  axes: readonly number[] | null = [-2, -1],
  norm: Norm = null,
): NDArray {
  return rfftn(a, s, axes, norm);
}

/**
 * The inverse of `rfft2`.
 *
 * a (…, m, k) → (…, m, n) real, n = 2 · (k − 1) when s leaves it out; float64 (float32 for single precision).
 *
 * @example irfft2(array([[4, 0], [0, 0]])).tolist() // [[1, 1], [1, 1]]
 */
export function irfft2(
  a: Operand,
  s: readonly number[] | null = null,
  axes: readonly number[] | null = [-2, -1],
  norm: Norm = null,
): NDArray {
  return irfftn(a, s, axes, norm);
}

function requireWhole(n: number): void {
  if (!Number.isInteger(n)) throw new AppError('value', 'n should be an integer', { argument: 'n' });
}

/** @throws AppError 'value' for a distance between no samples. */
function requireSome(n: number, d: Operand): void {
  const plain = d instanceof PyFloat ? d.value : d;
  if ((n === 0 && !(d instanceof NDArray)) || plain === 0)
    throw new AppError('value', 'float division by zero', { argument: 'n' });
}

/**
 * The frequencies of the values of an `fft` of n samples, `d` apart.
 *
 * (n,) float64, in cycles per unit of d; distances that are arrays broadcast.
 * @example fftfreq(4).tolist() // [0, 0.25, -0.5, -0.25]
 */
export function fftfreq(n: number, d: Operand = 1): NDArray {
  requireWhole(n);
  requireSome(n, d);
  const half = Math.floor((n - 1) / 2) + 1;
  return spaced(n, n, (k) => (k < half ? k : k - n), d);
}

/** Whole numbers over n · d, which may be numbers of any kind. */
function spaced(length: number, n: number, number: (k: number) => number, d: Operand): NDArray {
  const made = empty(length, 'float64');
  const plain = d instanceof PyFloat ? d.value : d;
  const unit = typeof plain === 'number' ? 1 / (n * plain) : 1;
  for (let k = 0; k < length; k++) made.data[made.start + k] = number(k) * unit;
  return typeof plain === 'number' ? made : multiply(made, divide(new PyFloat(1), multiply(d, n)));
}

/**
 * The frequencies of the values of an `rfft` of n samples, `d` apart.
 *
 * (n/2 + 1,) float64, in cycles per unit of d; distances that are arrays broadcast.
 * @example rfftfreq(4).tolist() // [0, 0.25, 0.5]
 */
export function rfftfreq(n: number, d: Operand = 1): NDArray {
  requireWhole(n);
  requireSome(n, d);
  return spaced(Math.floor(n / 2) + 1, n, (k) => k, d);
}

function shifted(x: Operand, axes: number | readonly number[] | null, by: (n: number) => number): NDArray {
  let made = asarray(x);
  if (axes === null && made.ndim === 0)
    throw new AppError('value', 'not enough values to unpack (expected 2, got 0)', {
      argument: 'x',
      hint: 'A number without axes has nothing to shift.',
    });
  for (const axis of axes === null ? made.shape.map((_, k) => k) : typeof axes === 'number' ? [axes] : axes) {
    const n = axis >= -made.ndim && axis < made.ndim ? made.shape.at(axis) : undefined;
    if (n === undefined) throw new AppError('index', 'tuple index out of range', { argument: 'axes' });
    made = roll(made, by(n), axis);
  }
  return made;
}

/**
 * The zero frequency moved to the middle, along all axes or those given.
 *
 * x (…, n, …) → a copy of its shape and dtype, rolled by n/2.
 * @example fftshift(array([0, 1, -1])).tolist() // [-1n, 0n, 1n]
 */
export function fftshift(x: Operand, axes: number | readonly number[] | null = null): NDArray {
  return shifted(x, axes, (n) => Math.floor(n / 2));
}

/**
 * The inverse of `fftshift`.
 *
 * x (…, n, …) → a copy of its shape and dtype, rolled by −n/2.
 * @example ifftshift(array([-1, 0, 1])).tolist() // [0n, 1n, -1n]
 */
export function ifftshift(x: Operand, axes: number | readonly number[] | null = null): NDArray {
  return shifted(x, axes, (n) => -Math.floor(n / 2));
}
