/** NumPy's `pad`. */
import { AppError } from '#shared/errors.ts';
import { astype, broadcast_to, copy, copyInto } from './cast.ts';
import { asarray, broadcastFor, empty, zeros } from './create.ts';
import { round } from './elementwise.ts';
import { concatenate } from './joining.ts';
import type { NDArray } from './ndarray.ts';
import { isInteger, kindCode } from './promotion.ts';
import { median } from './quantiles.ts';
import { linspace } from './ranges.ts';
import { max, min } from './reductions.ts';
import { reshape } from './shape.ts';
import { slice, sliced } from './slicing.ts';
import { mean } from './statistics.ts';
import { take } from './taking.ts';
import { add, multiply, subtract } from './ufuncs/arithmetic.ts';
import type { Operand } from './ufuncs/definition.ts';

export type PadMode =
  | 'constant'
  | 'edge'
  | 'empty'
  | 'linear_ramp'
  | 'maximum'
  | 'mean'
  | 'median'
  | 'minimum'
  | 'reflect'
  | 'symmetric'
  | 'wrap';

export interface PadOptions {
  constant_values?: Operand;
  end_values?: Operand;
  stat_length?: Operand | null;
  reflect_type?: 'even' | 'odd';
}

const understood: Readonly<Record<PadMode, readonly (keyof PadOptions)[]>> = {
  constant: ['constant_values'],
  edge: [],
  empty: [],
  linear_ramp: ['end_values'],
  maximum: ['stat_length'],
  mean: ['stat_length'],
  median: ['stat_length'],
  minimum: ['stat_length'],
  reflect: ['reflect_type'],
  symmetric: ['reflect_type'],
  wrap: [],
};

/**
 * The array with more elements before and behind along each axis.
 *
 * `pad_width` is a number, [before, after] for every axis, or a pair for each; what the new elements are says `mode`.
 *
 * a (m, n) → (m + before + behind, n + before + behind), of a's dtype.
 *
 * @throws AppError 'value' for negative widths and unknown modes, 'dtype' for widths that are no integers.
 * @example pad(array([1, 2]), 1).tolist() // [0n, 1n, 2n, 0n]
 */
export function pad(array: Operand, pad_width: Operand, mode: PadMode = 'constant', options: PadOptions = {}): NDArray {
  const source = asarray(array);
  const width = asarray(pad_width);
  if (!isInteger(width.dtype))
    throw new AppError('dtype', '`pad_width` must be of integral type.', { argument: 'pad_width' });
  const counts = width.ndim === 0 ? [width.item()] : (reshape(width, -1).tolist() as unknown[]);
  if (counts.some((count) => Number(count) < 0)) throw new AppError('value', "index can't contain negative values");
  const widths = pairs(width, source.ndim).map((pair) => pair.map(Number));
  if (!Object.hasOwn(understood, mode))
    throw new AppError('value', `mode '${mode}' is not supported`, { argument: 'mode' });
  const strange = Object.keys(options).filter((name) => !understood[mode].includes(name as keyof PadOptions));
  if (strange.length > 0) {
    const list = strange.map((name) => `'${name}'`).join(', ');
    throw new AppError('value', `unsupported keyword arguments for mode '${mode}': {${list}}`);
  }
  if (mode === 'constant' && options.constant_values === undefined) return amongZeros(source, widths);
  let made = source;
  widths.forEach(([before, after], axis) => {
    if (before === 0 && after === 0) return;
    if (made.shape[axis] === 0 && mode !== 'constant' && mode !== 'empty') {
      throw new AppError('value', `can't extend empty axis ${axis} using modes other than 'constant' or 'empty'`);
    }
    made = padded(made, axis, before, after, mode, options);
  });
  return made === source ? copy(source) : made;
}

function amongZeros(a: NDArray, widths: readonly number[][]): NDArray {
  const made = zeros(
    a.shape.map((n, axis) => n + widths[axis][0] + widths[axis][1]),
    a.dtype,
  );
  const offset = widths.reduce((at, [before], axis) => at + before * made.strides[axis], made.offset);
  if (a.size > 0) copyInto(made.view(a.shape, made.strides, offset), a);
  return made;
}

/** A value, a pair, or a pair for each axis. */
function pairs(values: NDArray, ndim: number): unknown[][] {
  return broadcast_to(values, [ndim, 2]).tolist() as unknown[][];
}

function padded(a: NDArray, axis: number, before: number, after: number, mode: PadMode, options: PadOptions): NDArray {
  const n = a.shape[axis];
  if (mode === 'constant' || mode === 'empty') {
    const values = pairs(asarray(mode === 'empty' ? 0 : (options.constant_values ?? 0)), a.ndim)[axis];
    return joined(
      a,
      axis,
      [before, after].map((count, k) => filled(a, axis, count, asarray(values[k] as Operand))),
    );
  }
  if (mode === 'edge') {
    return at(a, axis, before, after, (k) => Math.min(n - 1, Math.max(0, k)));
  }
  if (mode === 'wrap') return at(a, axis, before, after, (k) => ((k % n) + n) % n);
  if (mode === 'reflect' || mode === 'symmetric') {
    if (mode === 'reflect' && n === 1) return at(a, axis, before, after, () => 0);
    return mirrored(a, axis, before, after, mode === 'symmetric', options.reflect_type ?? 'even');
  }
  const edges = [sliced(a, ...whole(axis), slice(0, 1)), sliced(a, ...whole(axis), slice(n - 1, n))];
  if (mode === 'linear_ramp') {
    const ends = pairs(asarray(options.end_values ?? 0), a.ndim)[axis];
    const ramps = edges.map((edge, k) => {
      const flat = sliced(edge, ...whole(axis), 0);
      const line = linspace(asarray(ends[k] as Operand), flat, [before, after][k], false, a.dtype, axis);
      return k === 0 ? line : sliced(line, ...whole(axis), slice(null, null, -1));
    });
    return joined(a, axis, ramps);
  }
  const lengths = options.stat_length ?? null;
  const counts = lengths === null ? [n, n] : pairs(asarray(lengths), a.ndim)[axis].map((k) => Math.min(n, Number(k)));
  if (counts.some((k) => k === 0) && (mode === 'maximum' || mode === 'minimum'))
    throw new AppError('value', 'stat_length of 0 yields no value for padding');
  const statistic = { maximum: max, minimum: min, mean, median }[mode];
  const parts = [sliced(a, ...whole(axis), slice(0, counts[0])), sliced(a, ...whole(axis), slice(n - counts[1], n))];
  return joined(
    a,
    axis,
    parts.map((part, k) => {
      const value = statistic(part, { axis, keepdims: true });
      const fitting = 'iu'.includes(kindCode(a.dtype)) && value.dtype !== a.dtype ? round(value) : value;
      return filled(a, axis, [before, after][k], fitting);
    }),
  );
}

const whole = (axis: number): ReturnType<typeof slice>[] => new Array<ReturnType<typeof slice>>(axis).fill(slice());

function filled(a: NDArray, axis: number, count: number, value: NDArray): NDArray {
  const made = empty(
    a.shape.map((n, k) => (k === axis ? count : n)),
    a.dtype,
  );
  copyInto(made, broadcastFor(value, made.shape));
  return made;
}

function joined(a: NDArray, axis: number, [before, after]: readonly NDArray[]): NDArray {
  return concatenate([before, a, after], axis, a.dtype);
}

/** Every element from another place along the axis; places are counted from the first old element. */
function at(a: NDArray, axis: number, before: number, after: number, place: (k: number) => number): NDArray {
  const length = before + a.shape[axis] + after;
  return take(
    a,
    asarray(
      Array.from({ length }, (_, k) => place(k - before)),
      'int64',
    ),
    axis,
  );
}

/** Mirrored at the edges again and again, the edge itself repeated or not; 'odd' mirrors the values at the edge's too. */
function mirrored(
  a: NDArray,
  axis: number,
  before: number,
  after: number,
  repeats: boolean,
  type: 'even' | 'odd',
): NDArray {
  const n = a.shape[axis];
  const period = repeats ? 2 * n : 2 * (n - 1);
  const place = (k: number): number => {
    const within = ((k % period) + period) % period;
    return within < n ? within : repeats ? period - 1 - within : period - within;
  };
  const even = at(a, axis, before, after, place);
  if (type === 'even') return even;
  const line = (values: readonly number[]): NDArray =>
    astype(asarray([...values]), a.dtype).view(
      a.shape.map((_, k) => (k === axis ? values.length : 1)),
      a.shape.map((_, k) => (k === axis ? a.itemsize : 0)),
    );
  const places = Array.from({ length: before + n + after }, (_, k) => k - before);
  const turned = places.map((k) => ((k % period) + period) % period >= n);
  const rounds = places.map((k) => Math.floor(k / period));
  const [first, last] = [sliced(a, ...whole(axis), slice(0, 1)), sliced(a, ...whole(axis), slice(n - 1, n))];
  const twice = multiply(line([2]), subtract(last, first));
  const signs = line(turned.map((t) => (t ? -1 : 1)));
  const edge = multiply(multiply(line([2]), last), line(turned.map(Number)));
  return astype(add(add(multiply(signs, even), edge), multiply(twice, line(rounds))), a.dtype, { copy: false });
}
