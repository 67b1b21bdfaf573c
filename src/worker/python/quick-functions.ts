/**
 * NumPy's commonest functions as CPython calls its own: arguments are read where they lie and the engine's function is
 * called at once. What is out of the ordinary (an `out`, a list where an array is usual, an error to be raised) is left
 * to the function of Python that stands behind.
 */
import type { DType } from '#shared/dtype.ts';
import { diag, diagonal, meshgrid, tril, triu } from '#engine/building.ts';
import { astype, copy, mayExceed, mayOverlap, type Order } from '#engine/cast.ts';
import { corrcoef, cov } from '#engine/correlation.ts';
import * as create from '#engine/create.ts';
import { diff, gradient, trapezoid } from '#engine/differences.ts';
import { einsum } from '#engine/einsum.ts';
import * as elementwise from '#engine/elementwise.ts';
import { histogram } from '#engine/histogram.ts';
import { nonzero } from '#engine/index-plan.ts';
import * as joining from '#engine/joining.ts';
import * as products from '#engine/linalg/products.ts';
import { NDArray } from '#engine/ndarray.ts';
import { polyfit, polyval } from '#engine/polynomials.ts';
import { cross, kron, tensordot } from '#engine/products.ts';
import { median, nanmedian, nanpercentile, nanquantile, percentile, quantile } from '#engine/quantiles.ts';
import { arange, linspace } from '#engine/ranges.ts';
import type { ReduceOptions } from '#engine/reduce.ts';
import * as reductions from '#engine/reductions.ts';
import { PyFloat } from '#engine/scalar.ts';
import { argmax, argmin, searchsorted } from '#engine/searching.ts';
import { bincount, unique, uniqueAll } from '#engine/sets.ts';
import * as shape from '#engine/shape.ts';
import { convolve, correlate, interp } from '#engine/signals.ts';
import { argsort, sort, sortInPlace } from '#engine/sorting.ts';
import * as statistics from '#engine/statistics.ts';
import { take } from '#engine/taking.ts';
import type { Operand } from '#engine/ufuncs/definition.ts';
import { commonType } from '#engine/ufuncs/resolution.ts';
import { allFinite, isInexact, loses } from './float-checks.ts';
import type { Quick } from './quick-function.ts';

type Axis = number | number[] | null;
type Real = number | PyFloat;
type Bound = Operand | null | undefined;
type Reduce = (a: NDArray, options: ReduceOptions) => NDArray;

/** Nothing to reduce is a matter of warnings and refusals, as are the axes of a number, and a result over its operand. */
const reduce =
  (fn: Reduce) =>
  (a: NDArray, axis: Axis | undefined, keepdims?: boolean, more?: ReduceOptions): NDArray | null => {
    if (a.size === 0 || (a.ndim === 0 && axis !== undefined && axis !== null)) return null;
    if (more?.out !== undefined && mayOverlap(a, more.out)) return null;
    return fn(a, axis === undefined && keepdims === undefined ? (more ?? {}) : { ...options(axis, keepdims), ...more });
  };

function options(axis: Axis | undefined, keepdims?: boolean): { axis: Axis; keepdims: boolean } {
  return { axis: axis ?? null, keepdims: keepdims ?? false };
}

/** What few calls of a reduction say; undefined where nothing is said. */
function further(dtype?: DType, out?: NDArray, initial?: number | PyFloat, where?: NDArray): ReduceOptions | undefined {
  if (dtype === undefined && out === undefined && initial === undefined && where === undefined) return undefined;
  return {
    ...(dtype === undefined ? {} : { dtype }),
    ...(out === undefined ? {} : { out }),
    ...(initial === undefined ? {} : { initial: plain(initial) ?? null }),
    ...(where === undefined ? {} : { where }),
  };
}

const sums = 'A:a X:axis? D:dtype? U:out? F:keepdims? R:initial? Z:where?';
const extremes = 'A:a X:axis? U:out? F:keepdims? R:initial? Z:where?';
const truths = 'A:a X:axis? U:out? F:keepdims? |T:where?';
const spreads = 'A:a X:axis? N:dtype? N:out? I:ddof? F:keepdims? |T:where?';
const places = 'A:a X:axis? N:out? |F:keepdims?';

const sumLike = (fn: Reduce) => {
  const work = reduce(fn);
  return (a: NDArray, axis?: Axis, dtype?: DType, out?: NDArray, keepdims?: boolean, initial?: Real, where?: NDArray) =>
    work(a, axis, keepdims, further(dtype, out, initial, where));
};
const maxLike = (fn: Reduce) => {
  const work = reduce(fn);
  return (a: NDArray, axis?: Axis, out?: NDArray, keepdims?: boolean, initial?: Real, where?: NDArray) =>
    work(a, axis, keepdims, further(undefined, out, initial, where));
};
const means = sumLike(statistics.mean);
const spread =
  (fn: (a: NDArray, options: object) => NDArray) =>
  (a: NDArray, axis: Axis | undefined, _dtype: null, _out: null, ddof = 0, keepdims = false): NDArray | null => {
    const axes =
      axis === null || axis === undefined
        ? a.shape
        : (typeof axis === 'number' ? [axis] : axis).map((k) => a.shape.at(k));
    const count = axes.reduce((n: number, length) => n * (length ?? 0), 1);
    return (a.ndim === 0 && axis !== null && axis !== undefined) || a.size === 0 || count <= ddof
      ? null
      : fn(a, { axis: axis ?? null, ddof, keepdims });
  };
const place =
  (fn: (a: NDArray, options: object) => NDArray) =>
  (a: NDArray, axis: Axis | undefined, _out: null, keepdims = false): NDArray | null =>
    a.ndim === 0 || a.size === 0 || Array.isArray(axis) ? null : fn(a, { axis: axis ?? null, keepdims });
const running =
  (fn: (a: NDArray, options: { axis: number | null; dtype?: DType; out?: NDArray }) => NDArray) =>
  (a: NDArray, axis?: number, dtype?: DType, out?: NDArray): NDArray | null =>
    a.ndim === 0 || (out !== undefined && mayOverlap(a, out))
      ? null
      : fn(a, {
          axis: axis ?? null,
          ...(dtype === undefined ? {} : { dtype }),
          ...(out === undefined ? {} : { out }),
        });
const shares = 'A:a O:q X:axis? N:out? F:overwrite_input? W:method? F:keepdims?';
type Shares = (
  a: NDArray,
  q: Operand,
  axis?: Axis,
  out?: null,
  overwrite?: boolean,
  method?: string,
  keepdims?: boolean,
) => NDArray | null;
const quantiles =
  (fn: (a: NDArray, q: Operand, options: object) => NDArray): Shares =>
  (a, q, axis, _out, _overwrite, method = 'linear', keepdims = false) =>
    a.size === 0 || a.ndim === 0 || (a.dtype === 'float32' && q instanceof NDArray)
      ? null
      : fn(a, q, { axis: axis ?? null, method, keepdims });
/** Where nothing but NaN is left there is something to warn of. */
const existing =
  (fn: Shares): Shares =>
  (a, ...rest) => {
    const made = a.dtype === 'float64' ? fn(a, ...rest) : null;
    return made === null ? null : finite(made);
  };
/** Python warns of other bounds. */
const finiteBounds = (...bounds: (Real | undefined)[]): boolean =>
  bounds.every((bound) => bound === undefined || Number.isFinite(plain(bound)));

const clipped = (a: NDArray, low: Operand | null, high: Operand | null, out?: NDArray): NDArray | null =>
  (low === null && high === null) || a.dtype === 'bool'
    ? null
    : elementwise.clip(a, low, high, out === undefined ? {} : { out });
const finite = (a: NDArray): NDArray | null => (allFinite(a) ? a : null);
const withoutNaN = (fn: (a: NDArray, options: { axis: Axis }) => NDArray) => (a: NDArray, axis?: Axis) =>
  a.size === 0 || a.ndim === 0 || a.dtype !== 'float64' ? null : finite(fn(a, { axis: axis ?? null }));
const sorts = new Set(['quicksort', 'heapsort', 'mergesort', 'stable']);
const isSort = (kind: string | undefined): boolean => kind === undefined || sorts.has(kind);
const isSequence = (a: NDArray): boolean => a.ndim === 1 && a.size > 0 && a.dtype === 'float64';
/** Of a dtype that Python's own numbers have as well, so that it does not matter which of both it was. */
const isPlain = ({ dtype }: NDArray): boolean =>
  dtype === 'float64' || dtype === 'int64' || dtype === 'bool' || dtype === 'complex128';

/** What Python gives as an order is one; other words are told by its façade. */
const isOrder = (order: string): boolean => order === 'K' || order === 'C' || order === 'F' || order === 'A';

/** The commonest functions by their names; those of `numpy.linalg` stand in `quick-linalg.ts`. */
export const quickFunctions: Readonly<Record<string, Quick>> = {
  sum: { parameters: sums, gives: 'scalar', run: sumLike(reductions.sum) },
  prod: { parameters: sums, gives: 'scalar', run: sumLike(reductions.prod) },
  mean: {
    parameters: 'A:a X:axis? D:dtype? U:out? F:keepdims? |Z:where?',
    gives: 'scalar',
    run: (a: NDArray, axis?: Axis, dtype?: DType, out?: NDArray, keepdims?: boolean, where?: NDArray) =>
      means(a, axis, dtype, out, keepdims, undefined, where),
  },
  max: { parameters: extremes, gives: 'scalar', run: maxLike(reductions.max) },
  min: { parameters: extremes, gives: 'scalar', run: maxLike(reductions.min) },
  any: { parameters: truths, gives: 'scalar', run: maxLike(reductions.any) },
  all: { parameters: truths, gives: 'scalar', run: maxLike(reductions.all) },
  std: { parameters: spreads, gives: 'scalar', run: spread(statistics.std) },
  var: { parameters: spreads, gives: 'scalar', run: spread(statistics.variance) },
  argmax: { parameters: places, gives: 'scalar', run: place(argmax) },
  argmin: { parameters: places, gives: 'scalar', run: place(argmin) },
  median: {
    parameters: 'A:a X:axis? N:out? F:overwrite_input? F:keepdims?',
    gives: 'scalar',
    run: (a: NDArray, axis: Axis | undefined, _out: null, _overwrite?: boolean, keepdims = false) =>
      a.size === 0 || a.ndim === 0 || a.entries === 2 ? null : median(a, { axis: axis ?? null, keepdims }),
  },
  percentile: { parameters: shares, gives: 'scalar', run: quantiles(percentile) },
  quantile: { parameters: shares, gives: 'scalar', run: quantiles(quantile) },
  nanpercentile: { parameters: shares, gives: 'scalar', run: existing(quantiles(nanpercentile)) },
  nanquantile: { parameters: shares, gives: 'scalar', run: existing(quantiles(nanquantile)) },
  nanmedian: { parameters: 'A:a X:axis?', gives: 'scalar', run: withoutNaN(nanmedian) },
  nanvar: { parameters: 'A:a X:axis?', gives: 'scalar', run: withoutNaN(statistics.nanvar) },
  nanprod: { parameters: 'A:a X:axis?', gives: 'scalar', run: withoutNaN(reductions.nanprod) },
  average: {
    parameters: 'A:a X:axis? P:weights?',
    gives: 'scalar',
    run: (a: NDArray, axis?: Axis, weights?: NDArray | null) =>
      a.size === 0 || a.ndim === 0
        ? null
        : finite(statistics.average(a, { axis: axis ?? null, ...(weights ? { weights } : {}) })),
  },
  // Of too few observations there is something to warn of.
  cov: {
    parameters: 'A:m A:y? F:rowvar? F:bias? I:ddof?',
    gives: 'array',
    run: (m: NDArray, y?: NDArray, rowvar = true, bias = false, ddof = bias ? 0 : 1) => {
      const count = !rowvar && m.ndim > 1 ? m.shape[0] : (m.shape.at(-1) ?? 1);
      return m.ndim > 2 || count <= ddof ? null : cov(m, { rowvar, ddof, ...(y === undefined ? {} : { y }) });
    },
  },
  histogram: {
    parameters: 'A:a O:bins? A:range? F:density? P:weights?',
    gives: 'tuple',
    run: (a: NDArray, bins: Operand = 10, range?: NDArray, density = false, weights: NDArray | null = null) => {
      if (!(bins instanceof NDArray ? bins.ndim === 1 : typeof bins === 'number')) return null;
      if (range !== undefined && range.size !== 2) return null;
      const { hist, bin_edges } = histogram(a, {
        bins,
        density,
        ...(range === undefined ? {} : { range: range.tolist() as [number, number] }),
        ...(weights === null ? {} : { weights }),
      });
      return density && !allFinite(hist) ? null : [hist, bin_edges];
    },
  },
  // Where variables do not vary there is something to warn of, as where nothing but NaN is left.
  corrcoef: {
    parameters: 'A:x A:y? F:rowvar?',
    gives: 'scalar',
    run: (x: NDArray, y?: NDArray, rowvar = true) =>
      x.ndim > 2 || x.size === 0 ? null : finite(corrcoef(x, { rowvar, ...(y === undefined ? {} : { y }) })),
  },
  nansum: { parameters: 'A:a X:axis?', gives: 'scalar', run: withoutNaN(reductions.nansum) },
  nanmean: { parameters: 'A:a X:axis?', gives: 'scalar', run: withoutNaN(statistics.nanmean) },
  nanstd: { parameters: 'A:a X:axis?', gives: 'scalar', run: withoutNaN(statistics.nanstd) },
  nanmax: { parameters: 'A:a X:axis?', gives: 'scalar', run: withoutNaN(reductions.nanmax) },
  nanmin: { parameters: 'A:a X:axis?', gives: 'scalar', run: withoutNaN(reductions.nanmin) },
  count_nonzero: {
    parameters: 'A:a X:axis? |F:keepdims?',
    gives: 'scalar',
    run: reduce(reductions.count_nonzero),
  },
  cumsum: {
    parameters: 'A:a I:axis? D:dtype? U:out?',
    gives: 'array',
    run: running(reductions.cumsum),
  },
  cumprod: {
    parameters: 'A:a I:axis? D:dtype? U:out?',
    gives: 'array',
    run: running(reductions.cumprod),
  },
  sort: {
    parameters: 'A:a I:axis? W:kind?',
    gives: 'array',
    run: (a: NDArray, axis?: number, kind?: string) => (isSort(kind) ? sort(a, axis) : null),
  },
  argsort: {
    parameters: 'A:a I:axis? W:kind?',
    gives: 'array',
    run: (a: NDArray, axis?: number, kind?: string) => (isSort(kind) ? argsort(a, axis) : null),
  },
  searchsorted: {
    parameters: 'A:a O:v W:side?',
    gives: 'scalar',
    run: (a: NDArray, v: Operand, side?: 'left' | 'right') => searchsorted(a, v, side),
  },
  unique: {
    parameters: 'A:ar F:return_index? F:return_inverse? F:return_counts?',
    gives: 'tuple',
    run: (a: NDArray, return_index = false, return_inverse = false, return_counts = false) => {
      if (!return_index && !return_inverse && !return_counts) return unique(a);
      const { values, index, inverse, counts } = uniqueAll(a);
      return [
        values,
        ...(return_index ? [index] : []),
        ...(return_inverse ? [shape.reshape(inverse, a.shape)] : []),
        ...(return_counts ? [counts] : []),
      ];
    },
  },
  nonzero: { parameters: 'A:a', gives: 'tuple', run: (a: NDArray) => (a.ndim === 0 ? null : nonzero(a)) },
  bincount: {
    parameters: 'A:/x P:weights? I:minlength?',
    gives: 'array',
    run: (x: NDArray, weights?: NDArray | null, minlength?: number) =>
      x.size === 0 ? null : bincount(x, weights ?? undefined, minlength),
  },
  gradient: {
    parameters: 'A:f O:/spacing?',
    gives: 'tuple',
    run: (f: NDArray, spacing?: Operand) => {
      const made = gradient(f, spacing === undefined ? [] : [spacing]);
      return made.length === 1 ? made[0] : made;
    },
  },
  convolve: {
    parameters: 'A:a A:v W:mode?',
    gives: 'array',
    run: (a: NDArray, v: NDArray, mode?: 'full' | 'same' | 'valid') => {
      return isSequence(a) && isSequence(v) ? finite(convolve(a, v, mode)) : null;
    },
  },
  correlate: {
    parameters: 'A:a A:v W:mode?',
    gives: 'array',
    run: (a: NDArray, v: NDArray, mode?: 'full' | 'same' | 'valid') => {
      return isSequence(a) && isSequence(v) ? finite(correlate(a, v, mode)) : null;
    },
  },
  trapezoid: {
    parameters: 'A:y A:x? R:dx? I:axis?',
    gives: 'scalar',
    run: (y: NDArray, x?: NDArray, dx?: number | PyFloat, axis?: number) => trapezoid(y, x, dx, axis),
  },
  diff: {
    parameters: 'A:a I:n? I:axis?',
    gives: 'array',
    run: (a: NDArray, n?: number, axis?: number) => diff(a, n, axis),
  },

  zeros: {
    parameters: 'S:shape D:dtype?',
    gives: 'array',
    run: (n: number[], dtype?: DType) => create.zeros(n, dtype),
  },
  ones: { parameters: 'S:shape D:dtype?', gives: 'array', run: (n: number[], dtype?: DType) => create.ones(n, dtype) },
  empty: {
    parameters: 'S:shape D:dtype?',
    gives: 'array',
    run: (n: number[], dtype?: DType) => create.empty(n, dtype),
  },
  full: {
    parameters: 'S:shape A:fill_value D:dtype?',
    gives: 'array',
    run: (n: number[], value: NDArray, dtype: DType = value.dtype) =>
      value.ndim > 0 || loses(value, dtype) ? null : create.full(n, value, dtype),
  },
  zeros_like: {
    parameters: 'A:a D:dtype?',
    gives: 'array',
    run: (a: NDArray, dtype?: DType) => create.zeros_like(a, dtype),
  },
  empty_like: {
    parameters: 'A:prototype D:dtype?',
    gives: 'array',
    run: (a: NDArray, dtype?: DType) => create.empty_like(a, dtype),
  },
  full_like: {
    parameters: 'A:a O:fill_value D:dtype?',
    gives: 'array',
    run: (a: NDArray, value: Operand, dtype: DType = a.dtype) =>
      // What cannot be cast without a word is said in Python.
      (typeof value === 'number' || value instanceof PyFloat) &&
      (isInexact(dtype) || (typeof value === 'number' && dtype !== 'bool')) &&
      !(value instanceof PyFloat && mayExceed('float64', dtype))
        ? create.full_like(a, value, dtype)
        : null,
  },
  ones_like: {
    parameters: 'A:a D:dtype?',
    gives: 'array',
    run: (a: NDArray, dtype?: DType) => create.ones_like(a, dtype),
  },
  eye: {
    parameters: 'I:N I:M? I:k? D:dtype?',
    gives: 'array',
    run: (n: number, m?: number, k?: number, dtype?: DType) => create.eye(n, m ?? n, k ?? 0, dtype),
  },
  arange: {
    parameters: 'R:start R:stop? R:step? D:dtype?',
    gives: 'array',
    run: (start: number | PyFloat, stop?: number | PyFloat, step?: number | PyFloat, wanted?: DType) => {
      const given = [start, stop, step].filter((part) => part !== undefined);
      const values = given.map((part) => (part instanceof PyFloat ? part.value : part));
      if (!values.every(Number.isFinite) || step === 0 || (stop === undefined && step !== undefined)) return null;
      const whole = given.every((part) => Number.isInteger(part));
      const dtype: DType = whole && wanted !== 'float64' ? 'int64' : 'float64';
      if (wanted !== undefined && wanted !== dtype && !whole) return null;
      const [from, to, by] = values.length === 1 ? [0, values[0], 1] : [values[0], values[1], values[2] ?? 1];
      const made = arange(from, to, by, dtype);
      if (wanted === undefined || wanted === dtype) return made;
      return loses(made, wanted) ? null : astype(made, wanted);
    },
  },
  linspace: {
    parameters: 'O:start O:stop I:num? F:endpoint?',
    gives: 'array',
    run: (start: Operand, stop: Operand, num?: number, endpoint?: boolean) => {
      const [from, to] = [start, stop].map((part) => (part instanceof PyFloat ? part.value : part));
      return num !== undefined && num < 0 ? null : linspace(from, to, num ?? 50, endpoint ?? true);
    },
  },

  dot: {
    parameters: 'A:a A:b N:out?',
    gives: 'scalar',
    run: (a: NDArray, b: NDArray) => products.dot(a, b),
  },
  matmul: { parameters: 'A:x1 A:x2', gives: 'scalar', run: (a: NDArray, b: NDArray) => products.matmul(a, b) },
  vdot: { parameters: 'A:/a A:/b', gives: 'scalar', run: (a: NDArray, b: NDArray) => products.vdot(a, b) },
  tensordot: {
    parameters: 'A:a A:b I:axes?',
    gives: 'array',
    run: (a: NDArray, b: NDArray, axes?: number) => tensordot(a, b, axes),
  },
  inner: { parameters: 'A:a A:b', gives: 'scalar', run: (a: NDArray, b: NDArray) => products.inner(a, b) },
  outer: { parameters: 'A:a A:b N:out?', gives: 'array', run: (a: NDArray, b: NDArray) => products.outer(a, b) },
  kron: { parameters: 'A:a A:b', gives: 'scalar', run: (a: NDArray, b: NDArray) => kron(a, b) },
  einsum: {
    parameters: 'W:/subscripts M:/operands',
    gives: 'scalar',
    run: (subscripts: string, operands: NDArray[]) => einsum(subscripts, ...operands),
  },
  trace: {
    parameters: 'A:a I:offset? I:axis1? I:axis2?',
    gives: 'scalar',
    run: (a: NDArray, offset?: number, axis1?: number, axis2?: number) => products.trace(a, offset, axis1, axis2),
  },
  where: {
    parameters: 'A:/condition O:/x? O:/y?',
    gives: 'array',
    run: (c: NDArray, x?: Operand, y?: Operand) => {
      if (x === undefined) return c.ndim === 0 ? null : nonzero(c);
      if (y === undefined) return null;
      // Two Python numbers stand alone.
      const dtype = x instanceof NDArray || y instanceof NDArray ? undefined : commonType([x, y]);
      return elementwise.where(
        c,
        dtype === undefined ? x : create.asarray(x, dtype),
        dtype === undefined ? y : create.asarray(y, dtype),
      );
    },
  },
  clip: {
    parameters: 'A:a B:a_min? B:a_max? U:out? |B:min? B:max?',
    gives: 'scalar',
    run: (a: NDArray, low: Bound, high: Bound, out?: NDArray, min?: Bound, max?: Bound) => {
      if ((low === undefined) !== (high === undefined)) return null;
      if (low !== undefined && (min !== undefined || max !== undefined)) return null;
      return low === undefined ? clipped(a, min ?? null, max ?? null, out) : clipped(a, low, high ?? null, out);
    },
  },
  'ndarray.clip': {
    parameters: 'A:a B:min? B:max? U:out?',
    gives: 'scalar',
    run: (a: NDArray, low: Bound, high: Bound, out?: NDArray) => clipped(a, low ?? null, high ?? null, out),
  },
  round: {
    parameters: 'O:a I:decimals? N:out?',
    gives: 'scalar',
    run: (a: Operand, decimals?: number) => {
      const source = create.asarray(a);
      return source.dtype === 'float64' || source.dtype === 'int64' ? elementwise.round(source, decimals ?? 0) : null;
    },
  },
  isclose: {
    parameters: 'O:a O:b R:rtol? R:atol? F:equal_nan?',
    gives: 'scalar',
    run: (a: Operand, b: Operand, rtol?: Real, atol?: Real, equal_nan?: boolean) =>
      finiteBounds(rtol, atol) ? elementwise.isclose(a, b, plain(rtol), plain(atol), equal_nan) : null,
  },
  allclose: {
    parameters: 'O:a O:b R:rtol? R:atol? F:equal_nan?',
    gives: 'truth',
    run: (a: Operand, b: Operand, rtol?: Real, atol?: Real, equal_nan?: boolean) =>
      finiteBounds(rtol, atol) ? elementwise.allclose(a, b, plain(rtol), plain(atol), equal_nan) : null,
  },
  array_equal: {
    parameters: 'A:a1 A:a2 F:equal_nan?',
    gives: 'truth',
    run: (a: NDArray, b: NDArray, equal_nan?: boolean) => elementwise.array_equal(a, b, equal_nan),
  },
  concatenate: {
    parameters: 'L:arrays I:axis?',
    gives: 'array',
    run: (arrays: NDArray[], axis?: number) => joining.concatenate(arrays, axis ?? 0),
  },
  // What is cut out of ranges, said in words or of other dtypes is put together in Python.
  r_: {
    parameters: '_:self K:key',
    gives: 'array',
    run: (_self: undefined, parts: NDArray[]) =>
      parts.every(isPlain) ? joining.concatenate(parts.map((part) => shape.atleast_1d(part))) : null,
  },
  c_: {
    parameters: '_:self K:key',
    gives: 'array',
    run: (_self: undefined, parts: NDArray[]) =>
      parts.every((part) => isPlain(part) && (part.ndim === 1 || part.ndim === 2)) ? joining.column_stack(parts) : null,
  },
  append: {
    parameters: 'A:arr A:values I:axis?',
    gives: 'array',
    run: (a: NDArray, values: NDArray, axis?: number) => joining.append(a, values, axis),
  },
  insert: {
    parameters: 'A:arr I:obj O:values I:axis?',
    gives: 'array',
    run: (a: NDArray, obj: number, values: Operand, axis?: number) => joining.insert(a, obj, values, axis),
  },
  delete: {
    parameters: 'A:arr Y:obj I:axis?',
    gives: 'array',
    run: (a: NDArray, obj: number | number[], axis?: number) => joining.delete_(a, obj, axis),
  },
  take: {
    parameters: 'A:a O:indices X:axis? N:out? W:mode?',
    gives: 'scalar',
    run: (a: NDArray, indices: Operand, axis?: Axis, _out?: null, mode: 'raise' | 'wrap' | 'clip' = 'raise') =>
      (typeof indices === 'number' || (indices instanceof NDArray && indices.dtype === 'int64')) && !Array.isArray(axis)
        ? take(a, indices, axis ?? null, mode)
        : null,
  },
  cross: {
    parameters: 'A:a A:b',
    gives: 'array',
    run: (a: NDArray, b: NDArray) => (a.ndim > 0 && a.shape.at(-1) === 3 && b.shape.at(-1) === 3 ? cross(a, b) : null),
  },
  stack: {
    parameters: 'L:arrays I:axis?',
    gives: 'array',
    run: (arrays: NDArray[], axis?: number) => joining.stack(arrays, axis ?? 0),
  },
  vstack: { parameters: 'L:tup', gives: 'array', run: (arrays: NDArray[]) => joining.vstack(arrays) },
  hstack: { parameters: 'L:tup', gives: 'array', run: (arrays: NDArray[]) => joining.hstack(arrays) },
  column_stack: { parameters: 'L:tup', gives: 'array', run: (arrays: NDArray[]) => joining.column_stack(arrays) },
  repeat: {
    parameters: 'A:a A:repeats I:axis?',
    gives: 'array',
    run: (a: NDArray, repeats: NDArray, axis?: number) => {
      if (repeats.dtype !== 'int64' || repeats.ndim > 1) return null;
      const counts = repeats.ndim === 0 ? Number(repeats.item()) : (repeats.tolist() as bigint[]).map(Number);
      return joining.repeat(a, counts, axis);
    },
  },
  roll: {
    parameters: 'A:a Y:shift X:axis?',
    gives: 'array',
    run: (a: NDArray, shift: number | number[], axis: Axis = null) => joining.roll(a, shift, axis),
  },
  tile: { parameters: 'A:A S:reps', gives: 'array', run: (a: NDArray, reps: number[]) => joining.tile(a, reps) },
  'ndarray.reshape': {
    parameters: 'A:a V:shape',
    gives: 'view',
    run: (a: NDArray, to: number[]) => shape.reshape(a, to),
  },
  reshape: {
    parameters: 'A:a S:shape W:order?',
    gives: 'view',
    run: (a: NDArray, to: number[], order: 'C' | 'F' | 'A' = 'C') => shape.reshape(a, to, order),
  },
  'ndarray.real': {
    parameters: 'A:a',
    gives: 'view',
    run: (a: NDArray) => (a.entries === 2 ? elementwise.real(a) : a),
  },
  ravel: {
    parameters: 'A:a W:order?',
    gives: 'view',
    run: (a: NDArray, order: 'C' | 'F' | 'A' | 'K' = 'C') => (order === 'K' ? null : shape.ravel(a, order)),
  },
  transpose: {
    parameters: 'A:a S:axes?',
    gives: 'view',
    run: (a: NDArray, axes?: number[]) => shape.transpose(a, axes),
  },
  'ndarray.transpose': {
    parameters: 'A:a V:axes?',
    gives: 'view',
    run: (a: NDArray, axes?: number[]) => shape.transpose(a, axes),
  },
  'ndarray.mT': {
    parameters: 'A:a',
    gives: 'view',
    run: (a: NDArray) => (a.ndim < 2 ? null : shape.swapaxes(a, -1, -2)),
  },
  'ndarray.view': {
    parameters: 'A:a',
    gives: 'view',
    run: (a: NDArray) => a.view(a.shape, a.strides, a.offset),
  },
  expand_dims: {
    parameters: 'A:a I:axis',
    gives: 'view',
    run: (a: NDArray, axis: number) => shape.expand_dims(a, axis),
  },
  flip: {
    parameters: 'A:m X:axis?',
    gives: 'view',
    run: (m: NDArray, axis?: Axis) => (m.ndim === 0 ? null : shape.flip(m, axis)),
  },
  squeeze: { parameters: 'A:a X:axis?', gives: 'view', run: (a: NDArray, axis?: Axis) => shape.squeeze(a, axis) },
  tril: { parameters: 'A:m I:k?', gives: 'array', run: (m: NDArray, k?: number) => tril(m, k) },
  triu: { parameters: 'A:m I:k?', gives: 'array', run: (m: NDArray, k?: number) => triu(m, k) },
  copy: {
    parameters: 'A:a W:order? F:subok?',
    gives: 'array',
    run: (a: NDArray, order: Order = 'K') => (isOrder(order) ? copy(a, order) : null),
  },
  'ndarray.copy': {
    parameters: 'A:a W:order?',
    gives: 'array',
    run: (a: NDArray, order: Order = 'C') => (isOrder(order) ? copy(a, order) : null),
  },
  flatten: {
    parameters: 'A:a W:order?',
    gives: 'array',
    run: (a: NDArray, order = 'C') => {
      if (order !== 'C' && order !== 'F') return null;
      const { dtype, size, offset, buffer, data } = copy(order === 'C' ? a : a.T);
      return new NDArray({ dtype, shape: [size], offset, buffer, data });
    },
  },
  // Between real numbers of one kind or to wider ones nothing is lost that wants a word.
  'generic.astype': {
    parameters: 'A:a D:dtype',
    gives: 'scalar',
    run: (a: NDArray, dtype: DType) => (loses(a, dtype) ? null : astype(a, dtype)),
  },
  astype: {
    parameters: 'A:a D:dtype',
    gives: 'array',
    run: (a: NDArray, dtype: DType) => (loses(a, dtype) ? null : astype(a, dtype)),
  },
  diag: {
    parameters: 'A:v I:k?',
    gives: 'view',
    run: (v: NDArray, k = 0) => (v.ndim === 1 ? diag(v, k) : v.ndim === 2 ? diagonal(v, k) : null),
  },
  diagonal: {
    parameters: 'A:a I:offset? I:axis1? I:axis2?',
    gives: 'view',
    run: (a: NDArray, offset?: number, axis1?: number, axis2?: number) => diagonal(a, offset, axis1, axis2),
  },
  meshgrid: {
    parameters: 'A:/x A:/y |W:indexing? F:sparse? T:copy?',
    gives: 'tuple',
    run: (x: NDArray, y: NDArray, indexing: 'xy' | 'ij' = 'xy', sparse = false) =>
      meshgrid([x, y], { indexing, sparse }),
  },
  interp: {
    parameters: 'O:x A:xp A:fp N:left? N:right? N:period?',
    gives: 'scalar',
    run: (x: Operand, xp: NDArray, fp: NDArray) => interp(x, xp, fp),
  },
  polyval: { parameters: 'A:p O:x', gives: 'scalar', run: (p: NDArray, x: Operand) => polyval(p, x) },
  // Points that do not tell the polynomial are a matter of a warning.
  polyfit: {
    parameters: 'A:x A:y I:deg N:rcond?',
    gives: 'array',
    run: (x: NDArray, y: NDArray, deg: number) => {
      const { c, rank } = polyfit(x, y, deg);
      return rank === deg + 1 ? c : null;
    },
  },
  'ndarray.sort': {
    parameters: 'A:a I:axis?',
    gives: 'none',
    run: (a: NDArray, axis?: number) => (a.writeable ? (sortInPlace(a, axis), true) : null),
  },
};

/** Rows of one shape and dtype as `np.array([a, b])` puts one under another; null for others. */
export function rowsAsArray(arrays: NDArray[]): NDArray | null {
  const [first] = arrays;
  const { dtype, ndim, size, entries } = first;
  if (size === 0) return null;
  for (const a of arrays)
    if (a.dtype !== dtype || a.ndim !== ndim || a.shape.some((n, k) => n !== first.shape[k])) return null;
  if (size > fewInRow || arrays.some((a) => !a.cContiguous)) return joining.stack(arrays, 0);
  const made = create.unset([arrays.length, ...first.shape], dtype);
  let to = made.start;
  for (const { data, start } of arrays) for (let k = 0; k < size * entries; k++) made.data[to++] = data[start + k];
  return made;
}

/** Elements of a row that are copied one by one. */
const fewInRow = 64;

/** A real number without what tells a whole float from an int. */
export function plain(value: number | PyFloat | undefined): number | undefined {
  return value instanceof PyFloat ? value.value : value;
}
