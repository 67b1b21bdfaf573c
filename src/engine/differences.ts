/** Differences, slopes and integrals of sampled functions. */
import { AppError } from '#shared/errors.ts';
import { astype, broadcast_to } from './cast.ts';
import { asarray, empty, unset } from './create.ts';
import { where } from './elementwise.ts';
import { setitem } from './indexing.ts';
import { concatenate } from './joining.ts';
import type { NDArray } from './ndarray.ts';
import { can_cast, kindCode, result_type } from './promotion.ts';
import { PyFloat } from './scalar.ts';
import { any, cumsum, sum } from './reductions.ts';
import { normalizeAxes, normalizeAxis, ravel, reshape } from './shape.ts';
import { slice, sliced } from './slicing.ts';
import { negative, floor_divide, absolute, add, divide, multiply, remainder, subtract } from './ufuncs/arithmetic.ts';
import { equal, greater, less, logical_and, not_equal } from './ufuncs/comparison.ts';
import { isWeak, type Operand } from './ufuncs/definition.ts';

/** The part of an array from one index to another along an axis. */
function part(a: NDArray, axis: number, from: number | null, to: number | null): NDArray {
  return sliced(a, ...new Array<ReturnType<typeof slice>>(axis).fill(slice()), slice(from, to));
}

/**
 * Differences of neighbours along an axis, `n` times over; values may be put before and behind first.
 *
 * a (…, m, …) → (…, m − n, …), of a's dtype; of bool: where neighbours differ.
 *
 * @throws AppError 'value' for a negative n and for arrays without axes.
 * @example diff(array([1, 4, 9])).tolist() // [3n, 5n]
 */
export function diff(a: Operand, n = 1, axis = -1, prepend?: Operand, append?: Operand): NDArray {
  let source = asarray(a);
  if (n === 0) return source;
  if (n < 0) throw new AppError('value', `order must be non-negative but got ${n}`);
  if (source.ndim === 0) throw new AppError('value', 'diff requires input that is at least one dimensional');
  const along = normalizeAxis(axis, source.ndim);
  const around = (value: Operand | undefined): NDArray[] => {
    if (value === undefined) return [];
    const added = asarray(value);
    if (added.ndim > 0) return [added];
    return [
      broadcast_to(
        added,
        source.shape.map((length, k) => (k === along ? 1 : length)),
      ),
    ];
  };
  const all = [...around(prepend), source, ...around(append)];
  if (all.length > 1) source = concatenate(all, along);
  for (let k = 0; k < n; k++) {
    const [after, before] = [part(source, along, 1, null), part(source, along, null, -1)];
    source = source.dtype === 'bool' ? not_equal(after, before) : subtract(after, before);
  }
  return source;
}

/**
 * Differences of neighbours of the flattened array, with values put before and behind.
 *
 * ary (…) with n elements → (n − 1,) and those put before and behind; of ary's dtype.
 *
 * @throws AppError 'dtype' when those do not fit the array's dtype.
 * @example ediff1d(array([1, 4, 9]), null, [0]).tolist() // [0n, 3n, 5n]
 */
export function ediff1d(ary: Operand, to_end: Operand | null = null, to_begin: Operand | null = null): NDArray {
  const flat = ravel(asarray(ary));
  const ends = Object.entries({ to_begin, to_end }).map(([argument, value]) => {
    const added = value === null ? empty(0, flat.dtype) : ravel(asarray(value));
    if (!can_cast(added.dtype, flat.dtype, 'same_kind')) {
      throw new AppError(
        'dtype',
        `dtype of \`${argument}\` must be compatible with input \`ary\` under the \`same_kind\` rule.`,
        { argument },
      );
    }
    return astype(added, flat.dtype, { copy: false });
  });
  if (flat.dtype === 'bool') subtract(flat, flat);
  const inner = flat.size < 2 ? empty(0, flat.dtype) : diff(flat);
  return concatenate([ends[0], inner, ends[1]], 0, flat.dtype);
}

/**
 * Slopes along the axes (all, or those given), by central differences inside and one-sided ones at the ends of order
 * `edge_order`. A spacing is one number, or the places of the samples along the axis; one for all axes or one each.
 *
 * f (…) → one (…) for each axis; float32 and complex64 stay single, integers become float64.
 *
 * @throws AppError 'value' for too few samples, 'dtype' for another count of spacings.
 * @example gradient(array([1, 4, 9])).map((g) => g.tolist()) // [[3, 4, 5]]
 */
export function gradient(
  f: Operand,
  spacings: readonly Operand[] = [],
  { axis = null, edge_order = 1 }: { axis?: number | readonly number[] | null; edge_order?: number } = {},
): NDArray[] {
  const given = asarray(f);
  const source = 'biu'.includes(kindCode(given.dtype)) ? astype(given, 'float64') : given;
  const axes = axis === null ? source.shape.map((_, k) => k) : normalizeAxes(axis, source.ndim);
  const one = spacings.length === 0 || (spacings.length === 1 && asarray(spacings[0]).ndim === 0);
  if (!one && spacings.length !== axes.length) throw new AppError('dtype', 'invalid number of arguments');
  // NumPy's own words.
  if (given.dtype === 'bool' && given.size > 0) subtract(given, given);
  if (edge_order > 2)
    throw new AppError('value', "'edge_order' greater than 2 not supported", { argument: 'edge_order' });
  const steps = axes.map((along, k) =>
    stepsOf(spacings.length === 0 ? 1 : spacings[k % spacings.length], source, along),
  );
  return axes.map((along, k) => slope(source, along, steps[k], edge_order));
}

/** One step for all, or the step behind each sample but the last. */
function stepsOf(spacing: Operand, f: NDArray, axis: number): number | number[] {
  if (typeof spacing === 'number') return spacing;
  if (spacing instanceof PyFloat) return spacing.value;
  const places = asarray(spacing);
  if (places.ndim === 0) return Number(places.item());
  if (places.ndim !== 1) throw new AppError('value', 'distances must be either scalars or 1d');
  if (places.size !== f.shape[axis])
    throw new AppError('value', 'when 1d, distances must match the length of the corresponding dimension');
  const list = diff(astype(places, 'float64')).tolist() as number[];
  return list.every((step) => step === list[0]) ? list[0] : list;
}

/** Elements that are gone through one by one sooner than arrays are made of them. */
const mostFew = 64;

/** `slope` of a few doubles without gaps. */
function slopeOfFew(f: NDArray, axis: number, steps: number | number[], order: number): NDArray {
  const out = unset(f.shape, f.dtype);
  const [from, to] = [f.data as Float64Array, out.data as Float64Array];
  const n = f.shape[axis];
  const step = f.strides[axis] / f.itemsize;
  const last = n - 1;
  const [first, end] = typeof steps === 'number' ? [steps, steps] : [steps[0], steps[last - 1]];
  for (let lane = 0; lane < f.size / n; lane++) {
    const begin = (lane - (lane % step)) * n + (lane % step);
    const value = (k: number): number => from[f.start + begin + k * step];
    const put = (k: number, x: number): void => {
      to[out.start + begin + k * step] = x;
    };
    for (let k = 1; k < last; k++) {
      if (typeof steps === 'number') put(k, (value(k + 1) - value(k - 1)) / (2 * steps));
      else {
        const [p, q] = [steps[k - 1], steps[k]];
        put(
          k,
          (-q / (p * (p + q))) * value(k - 1) + ((q - p) / (p * q)) * value(k) + (p / (q * (p + q))) * value(k + 1),
        );
      }
    }
    if (order === 1) {
      put(0, (value(1) - value(0)) / first);
      put(last, (value(last) - value(last - 1)) / end);
    } else {
      const [head, tail] = edgeTerms(steps);
      put(0, head[0] * value(0) + head[1] * value(1) + head[2] * value(2));
      put(last, tail[0] * value(last - 2) + tail[1] * value(last - 1) + tail[2] * value(last));
    }
  }
  return out;
}

/** The factors of the first three samples, and of the last three, in a slope of second order at the end. */
function edgeTerms(steps: number | number[]): [number[], number[]] {
  if (typeof steps === 'number') {
    return [
      [-1.5 / steps, 2 / steps, -0.5 / steps],
      [0.5 / steps, -2 / steps, 1.5 / steps],
    ];
  }
  const [p, q] = [steps[0], steps[1]];
  const [r, s] = [steps[steps.length - 2], steps[steps.length - 1]];
  return [
    [-(2 * p + q) / (p * (p + q)), (p + q) / (p * q), -p / (q * (p + q))],
    [s / (r * (r + s)), -(s + r) / (r * s), (2 * s + r) / (s * (r + s))],
  ];
}

function slope(f: NDArray, axis: number, steps: number | number[], order: number): NDArray {
  const n = f.shape[axis];
  if (n < (order === 1 ? 2 : 3)) {
    throw new AppError(
      'value',
      'Shape of array too small to calculate a numerical gradient, at least (edge_order + 1) elements are required.',
    );
  }
  if (f.dtype === 'float64' && f.size <= mostFew && f.size > 0 && f.cContiguous)
    return slopeOfFew(f, axis, steps, order);
  const out = empty(f.shape, f.dtype);
  const shape = f.shape.map((_, k) => (k === axis ? -1 : 1));
  const real = f.dtype === 'float32' || f.dtype === 'complex64' ? 'float32' : 'float64';
  const factors = (list: readonly number[]): NDArray =>
    reshape(
      asarray(
        [...list].map((x) => new PyFloat(x)),
        real,
      ),
      shape,
    );
  const at = (k: number): NDArray => part(f, axis, k < 0 ? n + k : k, k < 0 ? n + k + 1 : k + 1);
  const [first, second, third] = [part(f, axis, null, -2), part(f, axis, 1, -1), part(f, axis, 2, null)];
  const inner = part(out, axis, 1, -1);
  const uniform = typeof steps === 'number';
  if (uniform) {
    divide(subtract(third, first), new PyFloat(2 * steps), { out: inner });
  } else {
    const [before, after] = [steps.slice(0, -1), steps.slice(1)];
    const a = factors(before.map((h, k) => -after[k] / (h * (h + after[k]))));
    const b = factors(before.map((h, k) => (after[k] - h) / (h * after[k])));
    const c = factors(before.map((h, k) => h / (after[k] * (h + after[k]))));
    add(add(multiply(a, first), multiply(b, second)), multiply(c, third), { out: inner, casting: 'unsafe' });
  }
  const edge = (place: number, terms: readonly (readonly [number, number])[]): void => {
    const sumOf = terms
      .map(([k, factor]) => multiply(at(k), new PyFloat(factor)))
      .reduce((total, term) => add(total, term));
    const to = place < 0 ? part(out, axis, n - 1, n) : part(out, axis, 0, 1);
    add(sumOf, new PyFloat(0), { out: to });
  };
  const [head, tail] = uniform ? [steps, steps] : [steps[0], steps[steps.length - 1]];
  if (order === 1) {
    divide(subtract(at(1), at(0)), new PyFloat(head), { out: part(out, axis, 0, 1) });
    divide(subtract(at(-1), at(-2)), new PyFloat(tail), { out: part(out, axis, n - 1, n) });
  } else {
    const [first, last] = edgeTerms(steps);
    edge(
      0,
      first.map((factor, k) => [k, factor]),
    );
    edge(
      -1,
      last.map((factor, k) => [k - 3, factor]),
    );
  }
  return out;
}

/**
 * The integral along an axis by the trapezoidal rule, the samples `dx` apart or at the places `x`.
 *
 * y (…, n, …) → (…) without the axis; float32 and complex64 stay single where `dx` is a number, integers and bool
 * become float64.
 *
 * @throws AppError 'value' "diff requires input that is at least one dimensional".
 * @example trapezoid(array([1, 2, 3])).item() // 4
 */
export function trapezoid(y: Operand, x: Operand | null = null, dx: Operand = 1, axis = -1): NDArray {
  const values = asarray(y);
  if (x !== null && asarray(x).ndim === 0)
    throw new AppError('value', 'diff requires input that is at least one dimensional', { argument: 'x' });
  const along = normalizeAxis(axis, values.ndim);
  let width: Operand = typeof dx === 'number' ? new PyFloat(dx) : dx;
  if (x !== null) {
    const places = asarray(x);
    width =
      places.ndim === 1
        ? reshape(
            diff(places),
            values.shape.map((_, k) => (k === along ? -1 : 1)),
          )
        : diff(places, 1, axis);
  }
  const pairs = add(part(values, along, 1, null), part(values, along, null, -1));
  // Places with more axes than the samples make more of them; the axis is counted as it was given.
  return sum(divide(multiply(width, pairs), new PyFloat(2)), { axis });
}

/**
 * Angles (or what else comes round after a `period`) without jumps of more than `discont` between neighbours.
 *
 * p (…) → (…); float32 stays, integers become float64.
 *
 * @throws AppError 'value' "diff requires input that is at least one dimensional".
 * @example unwrap(array([0, 0.75, -0.75]), null, -1, 1).tolist() // [0, -0.25, -0.75]
 */
export function unwrap(
  p: Operand,
  discont: Operand | null = null,
  axis = -1,
  period: Operand = new PyFloat(2 * Math.PI),
): NDArray {
  const source = asarray(p);
  if (source.ndim === 0) throw new AppError('value', 'diff requires input that is at least one dimensional');
  const along = normalizeAxis(axis, source.ndim);
  const steps = diff(source, 1, along);
  const common = isWeak(period)
    ? result_type([steps.dtype], [period])
    : result_type([steps.dtype, asarray(period).dtype]);
  const whole = 'biu'.includes(kindCode(common));
  const high = whole ? floor_divide(period, 2) : divide(period, 2);
  const low = negative(high);
  let near = add(remainder(subtract(steps, low), period), low);
  // Half a round may be taken either way; of an odd one there is no half.
  const ambiguous = !whole || any(equal(remainder(period, 2), 0)).item() === true;
  if (ambiguous) near = where(logical_and(equal(near, low), greater(steps, 0)), high, near);
  const jumps = where(less(absolute(steps), discont ?? divide(period, 2)), 0, subtract(near, steps));
  const made = astype(source, common);
  setitem(
    made,
    [...new Array<ReturnType<typeof slice>>(along).fill(slice()), slice(1)],
    add(part(source, along, 1, null), cumsum(jumps, { axis: along })),
  );
  return made;
}
