/** numpy's reductions, statistics and signals by their names there. */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import * as correlation from '../correlation.ts';
import { asarray } from '../create.ts';
import * as differences from '../differences.ts';
import { histogram, histogram_bin_edges, histogramdd, type HistogramOptions } from '../histogram.ts';
import { NDArray } from '../ndarray.ts';
import * as polynomials from '../polynomials.ts';
import * as quantiles from '../quantiles.ts';
import type { QuantileMethod, QuantileOptions } from '../quantiles.ts';
import type { Axis } from '../reduce.ts';
import * as reductions from '../reductions.ts';
import { concatenate } from '../joining.ts';
import { zeros } from '../create.ts';
import { PyFloat } from '../scalar.ts';
import * as sets from '../sets.ts';
import { atleast_2d } from '../shape.ts';
import * as signals from '../signals.ts';
import * as statistics from '../statistics.ts';
import { matrix_transpose } from '../linalg/tensors.ts';
import { ones } from '../create.ts';
import type { Operand } from '../ufuncs/definition.ts';
import { ranges, truth } from './kinds.ts';
import { direct, type Named, optional } from './signature.ts';

const reduction = 'a | axis? dtype? out? keepdims? initial? where?';
const extreme = 'a | axis? out? keepdims? initial? where?';
const spread = 'a | axis? dtype? out? ddof? keepdims? where? mean? correction?';

const plain = (value: number | PyFloat): number => (value instanceof PyFloat ? value.value : value);

type Quantile = (a: Operand, q: Operand, options: QuantileOptions) => NDArray;

/** `interpolation` is the name that `method` had; NumPy takes it still where it stands in the signature. */
const ofQuantiles = (fn: Quantile): Named =>
  optional(
    (a: Operand, q: Operand, options: QuantileOptions & { method?: QuantileMethod }) => fn(a, q, options),
    'a q | axis? out> overwrite_input~ method? keepdims? weights?',
  );

/** The array API's running sums: of one axis only, perhaps with the beginning before them. */
const cumulative =
  (fn: typeof reductions.cumsum, name: string, first: 0 | 1) =>
  (
    x: Operand,
    {
      axis = null,
      include_initial = false,
      ...rest
    }: { axis?: number | null; include_initial?: unknown; dtype?: DType },
  ): NDArray => {
    const given = asarray(x);
    const source = given.ndim === 0 ? given.view([1], [given.itemsize]) : given;
    if (axis === null && source.ndim !== 1) {
      throw new AppError('value', 'For arrays which have more than one dimension ``axis`` argument is required.', {
        argument: name,
      });
    }
    const along = axis ?? 0;
    const made = fn(source, { axis: along, ...rest });
    if (truth(include_initial, 'include_initial') !== true) return made;
    const shape = made.shape.map((n, k) => (k === (along < 0 ? along + made.ndim : along) ? 1 : n));
    return concatenate([(first === 0 ? zeros : ones)(shape, made.dtype), made], along);
  };

/** NumPy gives one array for one axis, else a list. */
function gradient(f: Operand, spacings: Operand[], axis?: number | number[] | null, edge_order?: number): unknown {
  const made = differences.gradient(f, spacings, {
    axis: axis ?? null,
    ...(edge_order === undefined ? {} : { edge_order }),
  });
  return made.length === 1 ? made[0] : made;
}

function polyfit(
  x: Operand,
  y: Operand,
  deg: number,
  rcond: number | null = null,
  full = false,
  w?: Operand,
  cov: boolean | 'unscaled' = false,
): unknown {
  const fit = polynomials.polyfit(x, y, deg, { rcond, ...(w === undefined ? {} : { w }) });
  if (full) return [fit.c, fit.residuals, asarray(fit.rank, 'int32'), fit.s, fit.rcond];
  return cov === false ? fit.c : [fit.c, fit.covariance(cov !== 'unscaled')];
}

type Ranges = NonNullable<NonNullable<Parameters<typeof histogramdd>[1]>['range']>;

/** The options with ranges that are pairs, one for each dimension. */
function ranged<T extends { range?: unknown }>(
  { range, ...rest }: T,
  dimensions: number,
): Omit<T, 'range'> & { range?: Ranges } {
  if (range === undefined || range === null) return rest;
  const count = Array.isArray(range) ? range.length : range instanceof NDArray && range.ndim > 0 ? range.shape[0] : -1;
  if (count >= 0 && count !== dimensions)
    throw new AppError('value', 'range argument must have one entry per dimension', { argument: 'range' });
  return { ...rest, range: ranges(range, 'range') as Ranges };
}

export const statisticsNames: Readonly<Record<string, Named>> = {
  sum: optional(reductions.sum, reduction),
  prod: optional(reductions.prod, reduction),
  max: optional(reductions.max, extreme),
  min: optional(reductions.min, extreme),
  amax: optional(reductions.max, extreme),
  amin: optional(reductions.min, extreme),
  any: optional(reductions.any, 'a | axis? out? keepdims? where?'),
  all: optional(reductions.all, 'a | axis? out? keepdims? where?'),
  ptp: optional(reductions.ptp, 'a | axis? out> keepdims?'),
  count_nonzero: optional(reductions.count_nonzero, 'a | axis? keepdims?'),
  cumsum: optional(reductions.cumsum, 'a | axis? dtype? out?'),
  cumprod: optional(reductions.cumprod, 'a | axis? dtype? out?'),
  cumulative_sum: optional(cumulative(reductions.cumsum, 'axis', 0), 'x | axis? dtype? out> include_initial?'),
  cumulative_prod: optional(cumulative(reductions.cumprod, 'axis', 1), 'x | axis? dtype? out> include_initial?'),
  nansum: optional(reductions.nansum, reduction),
  nanprod: optional(reductions.nanprod, reduction),
  nanmax: optional(reductions.nanmax, extreme),
  nanmin: optional(reductions.nanmin, extreme),
  nancumsum: optional(reductions.nancumsum, 'a | axis? dtype? out?'),
  nancumprod: optional(reductions.nancumprod, 'a | axis? dtype? out?'),
  mean: optional(statistics.mean, 'a | axis? dtype? out? keepdims? where?'),
  var: optional(statistics.variance, spread),
  std: optional(statistics.std, spread),
  nanmean: optional(statistics.nanmean, 'a | axis? dtype? out? keepdims? where?'),
  nanvar: optional(statistics.nanvar, spread),
  nanstd: optional(statistics.nanstd, spread),
  average: optional(
    (
      a: Operand,
      { returned = false, ...options }: { axis?: Axis; weights?: Operand; keepdims?: boolean; returned?: unknown },
    ) => {
      const { average, scale } = statistics.averageAndScale(a, options);
      return truth(returned, 'returned') === true ? [average, scale] : average;
    },
    'a | axis? weights? returned? keepdims?',
  ),
  median: optional(quantiles.median, 'a | axis? out> overwrite_input~ keepdims?'),
  nanmedian: optional(quantiles.nanmedian, 'a | axis? out> overwrite_input~ keepdims?'),
  percentile: ofQuantiles(quantiles.percentile),
  quantile: ofQuantiles(quantiles.quantile),
  nanpercentile: ofQuantiles(quantiles.nanpercentile),
  nanquantile: ofQuantiles(quantiles.nanquantile),
  cov: optional(correlation.cov, 'm | y? rowvar? bias? ddof? fweights? aweights? dtype?'),
  corrcoef: optional(correlation.corrcoef, 'x | y? rowvar? dtype?'),
  histogram: optional((a: Operand, options: HistogramOptions) => {
    const { hist, bin_edges } = histogram(a, options);
    return [hist, bin_edges];
  }, 'a | bins? range? density? weights?'),
  histogram_bin_edges: optional(histogram_bin_edges, 'a | bins? range? weights?'),
  histogram2d: optional(
    (x: Operand, y: Operand, options: { bins?: number | (number | Operand)[]; range?: unknown }) => {
      const { bins } = options;
      const edges = Array.isArray(bins) && bins.length !== 2 ? [asarray(bins), asarray(bins)] : bins;
      if (asarray(x).shape[0] !== asarray(y).shape[0] || asarray(x).size !== asarray(y).size)
        throw new AppError('value', 'x and y must have the same length.', { argument: 'y' });
      const made = histogramdd([x, y], { ...ranged(options, 2), ...(edges === undefined ? {} : { bins: edges }) });
      return [made.hist, made.edges[0], made.edges[1]];
    },
    'x y | bins? range? density? weights?',
  ),
  histogramdd: optional((sample: Operand, options: { range?: unknown }) => {
    const given = asarray(sample);
    if (given.ndim > 2) throw new AppError('value', 'too many values to unpack (expected 2)', { argument: 'sample' });
    const listed = Array.isArray(sample) || given.ndim < 2;
    const columns = listed ? [...(given.ndim < 2 ? atleast_2d(given) : given)] : [...matrix_transpose(given)];
    const made = histogramdd(columns, ranged(options, columns.length));
    return [made.hist, made.edges];
  }, 'sample | bins? range? density? weights?'),
  bincount: direct(sets.bincount, 'x weights? minlength?'),

  // Samples of functions
  diff: direct(differences.diff, 'a n? axis? prepend? append?'),
  ediff1d: direct(differences.ediff1d, 'ary to_end? to_begin?'),
  gradient: direct(gradient, 'f *varargs axis? edge_order?'),
  trapezoid: direct(differences.trapezoid, 'y x? dx? axis?'),
  unwrap: direct(differences.unwrap, 'p discont? axis? period?'),
  interp: direct(signals.interp, 'x xp fp left? right? period?'),
  convolve: direct(signals.convolve, 'a v mode?'),
  correlate: direct(signals.correlate, 'a v mode?'),
  bartlett: direct(signals.bartlett, 'M'),
  blackman: direct(signals.blackman, 'M'),
  hamming: direct(signals.hamming, 'M'),
  hanning: direct(signals.hanning, 'M'),
  kaiser: direct((m: number, beta: number | PyFloat) => signals.kaiser(m, plain(beta)), 'M beta'),
  i0: direct(signals.i0, 'x'),

  // Polynomials
  poly: direct(polynomials.poly, 'seq_of_zeros'),
  roots: direct(polynomials.roots, 'p'),
  polyval: direct(polynomials.polyval, 'p x'),
  polyadd: direct(polynomials.polyadd, 'a1 a2'),
  polysub: direct(polynomials.polysub, 'a1 a2'),
  polymul: direct(polynomials.polymul, 'a1 a2'),
  polydiv: direct(polynomials.polydiv, 'u v'),
  polyder: direct(polynomials.polyder, 'p m?'),
  polyint: direct(polynomials.polyint, 'p m? k?'),
  polyfit: direct(polyfit, 'x y deg rcond? full? w? cov?'),
};
