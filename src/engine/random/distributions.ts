/** Distributions over a stream of random bits, the same names for NumPy's Generator and its legacy RandomState. */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { broadcast_shapes, sameShape } from '../broadcast.ts';
import { astype, broadcast_to, copy } from '../cast.ts';
import { type ArrayLike, asarray, asShape, unset } from '../create.ts';
import { eigh } from '../linalg/eigenvalues.ts';
import { matmul } from '../linalg/products.ts';
import { svd } from '../linalg/svd.ts';
import { cholesky } from '../linalg/systems.ts';
import { native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { expand_dims, ravel, reshape } from '../shape.ts';
import { indicesOf } from '../sorting.ts';
import { add, multiply } from '../ufuncs/arithmetic.ts';
import { sqrt } from '../ufuncs/mathematics.ts';
import type { BitGenerator } from './bit-generator.ts';
import { normals, type Parameter, type Size, sizeOf } from './sampling.ts';

/** What a parameter must be; the words are NumPy's. */
type Rule = 'any' | 'not negative' | 'positive' | 'share' | 'share above 0' | 'share below 1' | 'above 1' | 'rate';

const broken: Readonly<Record<Exclude<Rule, 'any'>, (x: number) => boolean>> = {
  'not negative': (x) => x < 0 || Object.is(x, -0),
  positive: (x) => !(x > 0) && x === x,
  share: (x) => !(x >= 0 && x <= 1),
  'share above 0': (x) => !(x > 0 && x <= 1),
  'share below 1': (x) => !(x >= 0 && x < 1),
  'above 1': (x) => !(x > 1),
  rate: (x) => !(x >= 0),
};

const words: Readonly<Record<Exclude<Rule, 'any'>, string>> = {
  'not negative': '_ < 0',
  positive: '_ <= 0',
  share: '_ < 0, _ > 1 or _ NaN',
  'share above 0': '_ <= 0, _ > 1 or _ NaN',
  'share below 1': '_ < 0, _ >= 1 or _ NaN',
  'above 1': '_ <= 1 or _ NaN',
  rate: '_ < 0 or _ NaN',
};

/** The largest rate whose Poisson draws fit in 64 bits, as NumPy has it. */
const largestRate = 9223372006484771000;

type Given = readonly [name: string, value: Parameter | ArrayLike, rule: Rule];

/** A parameter as float64, checked. @throws AppError 'value' in NumPy's words. */
function checked([name, value, rule]: Given): NDArray {
  const a = asarray(value, 'float64');
  if (rule === 'any') return a;
  const list = (a.ndim === 0 ? [a.item()] : ravel(a).tolist()) as number[];
  if (list.some(broken[rule])) {
    const nan = a.ndim === 0 && rule !== 'share above 0' ? 'is NaN' : 'contains NaNs';
    throw new AppError('value', words[rule].replaceAll('_', name).replace('NaN', nan), { argument: name });
  }
  if (rule === 'rate' && list.some((x) => x > largestRate))
    throw new AppError('value', `${name} value too large`, { argument: name });
  return a;
}

/** The shape of the draws: what is asked for, or what the parameters make together. */
function drawnShape(parameters: readonly NDArray[], size: Size): readonly number[] {
  const shapes = parameters.map((p) => p.shape).filter((shape) => shape.length > 0);
  const asked = size === null ? null : asShape(size);
  const all = asked === null ? shapes : [asked, ...shapes];
  let together: number[] = [];
  all.forEach((shape, k) => {
    try {
      together = broadcast_shapes(together, shape);
    } catch {
      const text = (s: readonly number[]): string => (s.length === 1 ? `(${s[0]},)` : `(${s.join(', ')})`);
      throw new AppError(
        'value',
        `shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg ${k - 1} with shape ${text(all[k - 1])} and arg ${k} with shape ${text(shape)}.`,
        { argument: 'size' },
      );
    }
  });
  if (asked !== null && !sameShape(together, asked)) {
    throw new AppError(
      'value',
      `Output size (${asked.join(', ')}${asked.length === 1 ? ',' : ''}) is not compatible with broadcast dimensions of inputs (${broadcast_shapes(...shapes).join(', ')}${shapes.length === 1 ? ',' : ''}).`,
      { argument: 'size' },
    );
  }
  return together;
}

/** One value, or one for each draw. */
function values(p: NDArray, shape: readonly number[]): Float64Array {
  if (p.size === 1) return Float64Array.of(Number(ravel(p).item(0)));
  const spread = copy(broadcast_to(p, shape));
  return new Float64Array(spread.buffer, spread.offset, spread.size);
}

const doublesOf = (a: NDArray): Float64Array => new Float64Array(a.buffer, a.offset, a.size);
const floatsOf = (a: NDArray): Float32Array => new Float32Array(a.buffer, a.offset, a.size);

/** Where draws go: a new array of the dtype, or an array of the caller's. */
export interface Target {
  dtype: 'float64' | 'float32';
  out: NDArray | null;
}

/**
 * The array that draws of a shape fill in the order of its memory.
 *
 * @throws AppError 'dtype'; 'value' "Supplied output array must be contiguous, writable, aligned, and in machine
 * byte-order.", "size must match out.shape when used together".
 */
export function targetOf({ dtype, out }: Target, shape: readonly number[]): NDArray {
  if (out === null) return unset(shape, dtype);
  if (out.dtype !== dtype) {
    const message = `Supplied output array has the wrong type. Expected ${dtype}, got ${out.dtype}`;
    throw new AppError('dtype', message, { argument: 'out' });
  }
  if (!out.writeable || !(out.cContiguous || out.T.cContiguous)) {
    throw new AppError(
      'value',
      'Supplied output array must be contiguous, writable, aligned, and in machine byte-order.',
      { argument: 'out' },
    );
  }
  if (!sameShape(out.shape, shape))
    throw new AppError('value', 'size must match out.shape when used together', { argument: 'size' });
  return out;
}

/** @throws AppError 'dtype' "Unsupported dtype dtype('int32') for random". */
export function requireFloat(dtype: DType, name: string): asserts dtype is 'float64' | 'float32' {
  if (dtype !== 'float64' && dtype !== 'float32')
    throw new AppError('dtype', `Unsupported dtype dtype('${dtype}') for ${name}`, { argument: 'dtype' });
}

/** The distributions that NumPy's two kinds of streams have in common. */
/** Parameters at the end of what doubles hold can make a method by rejection refuse for ever. */
function accepting(name: string, draw: () => void): void {
  try {
    draw();
  } catch (error) {
    if (!(error instanceof RangeError) || !error.message.endsWith('no draw is accepted')) throw error;
    throw new AppError('value', `${name}: no draw is accepted for these parameters`, {
      hint: 'they are too large or too small for doubles',
    });
  }
}

/** The distributions that NumPy's two kinds of streams have in common. */
export abstract class Distributions {
  protected abstract stream(): BitGenerator;
  /** True for the streams that NumPy keeps as they were in version 1.16. */
  protected abstract readonly legacy: boolean;

  protected reals(name: string, given: readonly Given[], size: Size, target: Target | null = null): NDArray {
    const parameters = given.map(checked);
    const shape = drawnShape(parameters, size ?? target?.out?.shape ?? null);
    const made = target === null ? unset(shape, 'float64') : targetOf(target, shape);
    const [a = null, b = null, c = null] = parameters.map((p) => values(p, made.shape));
    const { state } = this.stream();
    accepting(name, () => {
      if (made.dtype === 'float32') native().randomSingles(state, name, floatsOf(made), a);
      else native().randomReals(state, name, doublesOf(made), a, b, c);
    });
    return made;
  }

  private counts(name: string, given: readonly Given[], size: Size): NDArray {
    const parameters = given.map(checked);
    const made = unset(drawnShape(parameters, size), 'int64');
    const [a, b = null, c = null] = parameters.map((p) => values(p, made.shape));
    accepting(name, () => native().randomCounts(this.stream().state, name, indicesOf(made), a, b, c));
    return made;
  }

  /**
   * Exponential draws with mean 1. Of shape `size`, () without one; float64.
   * @example default_rng(1).standard_exponential(2).tolist() // [1.0730290263725388, 0.30845314412528435]
   */
  standard_exponential(size: Size = null): NDArray {
    return this.reals('exponential', [], size);
  }

  /**
   * Exponential draws with mean `scale`.
   *
   * Of shape `size`, or the one that the parameters broadcast to; float64.
   *
   * @throws AppError 'value' "scale < 0".
   * @example default_rng(1).exponential(2, 2).tolist() // [2.1460580527450777, 0.6169062882505687]
   */
  exponential(scale: Parameter = 1, size: Size = null): NDArray {
    const factor = checked(['scale', scale, 'not negative']);
    return multiply(factor, this.reals('exponential', [], drawnShape([factor], size)));
  }

  /**
   * Gamma draws of shape `shape` and scale 1.
   *
   * Of shape `size`, or the one that the parameters broadcast to; float64.
   *
   * @throws AppError 'value' "shape < 0".
   * @example default_rng(1).standard_gamma(2, 2).tolist() // [2.153807477464259, 2.130690408258556]
   */
  standard_gamma(shape: Parameter, size: Size = null): NDArray {
    return this.reals('gamma', [['shape', shape, 'not negative']], size);
  }

  /**
   * Gamma draws of shape `shape` and scale `scale`.
   *
   * Of shape `size`, or the one that the parameters broadcast to; float64.
   *
   * @throws AppError 'value' "shape < 0", "scale < 0".
   * @example default_rng(1).gamma(2, 3, 2).tolist() // [6.4614224323927765, 6.392071224775668]
   */
  gamma(shape: Parameter, scale: Parameter = 1, size: Size = null): NDArray {
    const factor = checked(['scale', scale, 'not negative']);
    const k = checked(['shape', shape, 'not negative']);
    return multiply(factor, this.reals('gamma', [['shape', k, 'any']], drawnShape([k, factor], size)));
  }

  /**
   * Beta draws.
   *
   * Of shape `size`, or the one that the parameters broadcast to; float64. In [0, 1].
   *
   * @throws AppError 'value' "a <= 0", "b <= 0".
   * @example default_rng(1).beta(2, 3, 2).tolist() // [0.39905349040213767, 0.6244479449096443]
   */
  beta(a: Parameter, b: Parameter, size: Size = null): NDArray {
    return this.reals(
      'beta',
      [
        ['a', a, 'positive'],
        ['b', b, 'positive'],
      ],
      size,
    );
  }

  /**
   * Draws of the chi-square distribution with `df` degrees of freedom.
   *
   * Of shape `size`, or the one that the parameters broadcast to; float64.
   *
   * @throws AppError 'value' "df <= 0".
   * @example default_rng(1).chisquare(3, 2).tolist() // [3.1623299118042008, 3.1224257822120935]
   */
  chisquare(df: Parameter, size: Size = null): NDArray {
    return this.reals('chisquare', [['df', df, 'positive']], size);
  }

  /**
   * Draws of the noncentral chi-square distribution. `df` degrees of freedom, noncentrality `nonc`.
   *
   * Of shape `size`, or the one that the parameters broadcast to; float64.
   *
   * @throws AppError 'value' "df <= 0", "nonc < 0".
   * @example default_rng(1).noncentral_chisquare(3, 1, 2).tolist() // [5.464350713477685, 0.23871991143656857]
   */
  noncentral_chisquare(df: Parameter, nonc: Parameter, size: Size = null): NDArray {
    return this.reals(
      'noncentral_chisquare',
      [
        ['df', df, 'positive'],
        ['nonc', nonc, 'not negative'],
      ],
      size,
    );
  }

  /**
   * Draws of Fisher's F distribution. `dfnum` and `dfden` degrees of freedom above and below.
   *
   * Of shape `size`, or the one that the parameters broadcast to; float64.
   *
   * @throws AppError 'value' "dfnum <= 0", "dfden <= 0".
   * @example default_rng(1).f(2, 3, 2).tolist() // [0.700364012105223, 3.300200535773851]
   */
  f(dfnum: Parameter, dfden: Parameter, size: Size = null): NDArray {
    return this.reals(
      'f',
      [
        ['dfnum', dfnum, 'positive'],
        ['dfden', dfden, 'positive'],
      ],
      size,
    );
  }

  /**
   * Draws of the noncentral F distribution. `dfnum` and `dfden` degrees of freedom above and below, noncentrality
   * `nonc`.
   *
   * Of shape `size`, or the one that the parameters broadcast to; float64.
   *
   * @throws AppError 'value' "dfnum <= 0", "dfden <= 0", "nonc < 0".
   * @example default_rng(1).noncentral_f(2, 3, 1, 2).tolist() // [0.18912995729446624, 1.9789128416335642]
   */
  noncentral_f(dfnum: Parameter, dfden: Parameter, nonc: Parameter, size: Size = null): NDArray {
    return this.reals(
      'noncentral_f',
      [
        ['dfnum', dfnum, 'positive'],
        ['dfden', dfden, 'positive'],
        ['nonc', nonc, 'not negative'],
      ],
      size,
    );
  }

  /**
   * Cauchy draws with mode 0. Of shape `size`, () without one; float64.
   * @example default_rng(1).standard_cauchy(2).tolist() // [0.42061411958619777, -0.25356654451940147]
   */
  standard_cauchy(size: Size = null): NDArray {
    return this.reals('standard_cauchy', [], size);
  }

  /**
   * Draws of Student's t distribution with `df` degrees of freedom.
   *
   * Of shape `size`, or the one that the parameters broadcast to; float64.
   *
   * @throws AppError 'value' "df <= 0".
   * @example default_rng(1).standard_t(3, 2).tolist() // [0.2791965480189002, -1.0210807780327564]
   */
  standard_t(df: Parameter, size: Size = null): NDArray {
    return this.reals('standard_t', [['df', df, 'positive']], size);
  }

  /**
   * Angles of the von Mises distribution, in [−π, π]. Around `mu`, the closer the larger `kappa`.
   *
   * Of shape `size`, or the one that the parameters broadcast to; float64.
   *
   * @throws AppError 'value' "kappa < 0".
   * @example default_rng(1).vonmises(0, 2, 2).tolist() // [-0.6984365562680024, -0.5369304024865769]
   */
  vonmises(mu: Parameter, kappa: Parameter, size: Size = null): NDArray {
    return this.reals(
      'vonmises',
      [
        ['mu', mu, 'any'],
        ['kappa', kappa, 'not negative'],
      ],
      size,
    );
  }

  /**
   * Draws of the Pareto II (Lomax) distribution with shape `a`.
   *
   * Of shape `size`, or the one that the parameters broadcast to; float64.
   *
   * @throws AppError 'value' "a <= 0".
   * @example default_rng(1).pareto(3, 2).tolist() // [0.4300027139314554, 0.10828936581161601]
   */
  pareto(a: Parameter, size: Size = null): NDArray {
    return this.reals('pareto', [['a', a, 'positive']], size);
  }

  /**
   * Weibull draws with shape `a`.
   *
   * Of shape `size`, or the one that the parameters broadcast to; float64.
   *
   * @throws AppError 'value' "a < 0".
   * @example default_rng(1).weibull(3, 2).tolist() // [1.023773357577454, 0.6756623724858704]
   */
  weibull(a: Parameter, size: Size = null): NDArray {
    return this.reals('weibull', [['a', a, 'not negative']], size);
  }

  /**
   * Draws in [0, 1] with density a · x^(a − 1).
   *
   * Of shape `size`, or the one that the parameters broadcast to; float64.
   *
   * @throws AppError 'value' "a <= 0".
   * @example default_rng(1).power(3, 2).tolist() // [0.8697911563106514, 0.6426530728723469]
   */
  power(a: Parameter, size: Size = null): NDArray {
    return this.reals('power', [['a', a, 'positive']], size);
  }

  private located(name: string, loc: Given, scale: Given, size: Size): NDArray {
    return this.reals(name, [loc, scale], size);
  }

  /**
   * Laplace draws with mean `loc`.
   *
   * Of shape `size`, or the one that the parameters broadcast to; float64.
   *
   * @throws AppError 'value' "scale < 0".
   * @example default_rng(1).laplace(0, 1, 2).tolist() // [0.02392723620114704, 2.3119022901025814]
   */
  laplace(loc: Parameter = 0, scale: Parameter = 1, size: Size = null): NDArray {
    return this.located('laplace', ['loc', loc, 'any'], ['scale', scale, 'not negative'], size);
  }

  /**
   * Gumbel draws with mode `loc`.
   *
   * Of shape `size`, or the one that the parameters broadcast to; float64.
   *
   * @throws AppError 'value' "scale < 0".
   * @example default_rng(1).gumbel(0, 1, 2).tolist() // [0.3325756547011548, -1.100294030634532]
   */
  gumbel(loc: Parameter = 0, scale: Parameter = 1, size: Size = null): NDArray {
    return this.located('gumbel', ['loc', loc, 'any'], ['scale', scale, 'not negative'], size);
  }

  /**
   * Logistic draws with mean `loc`.
   *
   * Of shape `size`, or the one that the parameters broadcast to; float64.
   *
   * @throws AppError 'value' "scale < 0".
   * @example default_rng(1).logistic(0, 1, 2).tolist() // [0.047295312859515756, 2.95424415858796]
   */
  logistic(loc: Parameter = 0, scale: Parameter = 1, size: Size = null): NDArray {
    return this.located('logistic', ['loc', loc, 'any'], ['scale', scale, 'not negative'], size);
  }

  /**
   * Exponentials of normal draws. With mean `mean` and deviation `sigma`.
   *
   * Of shape `size`, or the one that the parameters broadcast to; float64.
   *
   * @throws AppError 'value' "sigma < 0".
   * @example default_rng(1).lognormal(0, 1, 2).tolist() // [1.4128150339634327, 2.2741768062180703]
   */
  lognormal(mean: Parameter = 0, sigma: Parameter = 1, size: Size = null): NDArray {
    return this.located('lognormal', ['mean', mean, 'any'], ['sigma', sigma, 'not negative'], size);
  }

  /**
   * Rayleigh draws with mode `scale`.
   *
   * Of shape `size`, or the one that the parameters broadcast to; float64.
   *
   * @throws AppError 'value' "scale < 0".
   * @example default_rng(1).rayleigh(2, 2).tolist() // [2.929886040613237, 1.57086764337492]
   */
  rayleigh(scale: Parameter = 1, size: Size = null): NDArray {
    return this.reals('rayleigh', [['scale', scale, 'not negative']], size);
  }

  /**
   * Draws of the Wald (inverse Gaussian) distribution.
   *
   * Of shape `size`, or the one that the parameters broadcast to; float64.
   *
   * @throws AppError 'value' "mean <= 0", "scale <= 0".
   * @example default_rng(1).wald(1, 2, 2).tolist() // [1.276039284547764, 1.2625405837138588]
   */
  wald(mean: Parameter, scale: Parameter, size: Size = null): NDArray {
    return this.reals(
      'wald',
      [
        ['mean', mean, 'positive'],
        ['scale', scale, 'positive'],
      ],
      size,
    );
  }

  /**
   * Draws of the triangular distribution over [left, right].
   *
   * Of shape `size`, or the one that the parameters broadcast to; float64.
   *
   * @throws AppError 'value' "left > mode", "mode > right", "left == right".
   * @example default_rng(1).triangular(0, 1, 3, 2).tolist() // [1.2885473270351704, 2.4548231277425754]
   */
  triangular(left: Parameter, mode: Parameter, right: Parameter, size: Size = null): NDArray {
    const [a, m, b] = [left, mode, right].map((p) => asarray(p, 'float64'));
    const shape = broadcast_shapes(a.shape, m.shape, b.shape);
    const [x, y, z] = [a, m, b].map((p) => doublesOf(copy(broadcast_to(p, shape))));
    const somewhere = (test: (k: number) => boolean): boolean => x.some((_, k) => test(k));
    if (somewhere((k) => x[k] > y[k])) throw new AppError('value', 'left > mode', { argument: 'left' });
    if (somewhere((k) => y[k] > z[k])) throw new AppError('value', 'mode > right', { argument: 'mode' });
    if (somewhere((k) => x[k] === z[k])) throw new AppError('value', 'left == right', { argument: 'left' });
    return this.reals(
      'triangular',
      [
        ['left', a, 'any'],
        ['mode', m, 'any'],
        ['right', b, 'any'],
      ],
      size,
    );
  }

  /**
   * How many of n trials succeed, each with probability p.
   *
   * Of shape `size`, or the one that the parameters broadcast to; int64.
   *
   * @throws AppError 'value' "n < 0", "p < 0, p > 1 or p is NaN".
   * @example default_rng(1).binomial(10, 0.5, 3).tolist() // [5n, 8n, 3n]
   */
  binomial(n: Parameter, p: Parameter, size: Size = null): NDArray {
    return this.counts(
      'binomial',
      [
        ['n', n, 'not negative'],
        ['p', p, 'share'],
      ],
      size,
    );
  }

  /**
   * How many trials fail before the n-th success.
   *
   * Of shape `size`, or the one that the parameters broadcast to; int64.
   *
   * @throws AppError 'value' "n <= 0", "p <= 0, p > 1 or p contains NaNs".
   * @example default_rng(1).negative_binomial(3, 0.5, 3).tolist() // [3n, 1n, 3n]
   */
  negative_binomial(n: Parameter, p: Parameter, size: Size = null): NDArray {
    return this.counts(
      'negative_binomial',
      [
        ['n', n, 'positive'],
        ['p', p, 'share above 0'],
      ],
      size,
    );
  }

  /**
   * Poisson draws with mean `lam`.
   *
   * Of shape `size`, or the one that the parameters broadcast to; int64.
   *
   * @throws AppError 'value' "lam < 0 or lam is NaN", "lam value too large".
   * @example default_rng(1).poisson(4, 3).tolist() // [5n, 3n, 5n]
   */
  poisson(lam: Parameter = 1, size: Size = null): NDArray {
    return this.counts('poisson', [['lam', lam, 'rate']], size);
  }

  /**
   * Zipf draws with exponent `a` above 1.
   *
   * Of shape `size`, or the one that the parameters broadcast to; int64.
   *
   * @throws AppError 'value' "a <= 1 or a is NaN".
   * @example default_rng(1).zipf(2, 3).tolist() // [1n, 1n, 5n]
   */
  zipf(a: Parameter, size: Size = null): NDArray {
    return this.counts('zipf', [['a', a, 'above 1']], size);
  }

  /**
   * How many trials up to the first success.
   *
   * Of shape `size`, or the one that the parameters broadcast to; int64.
   *
   * @throws AppError 'value' "p <= 0, p > 1 or p contains NaNs".
   * @example default_rng(1).geometric(0.3, 3).tolist() // [4n, 1n, 16n]
   */
  geometric(p: Parameter, size: Size = null): NDArray {
    return this.counts('geometric', [['p', p, 'share above 0']], size);
  }

  /**
   * Draws of the logarithmic series distribution.
   *
   * Of shape `size`, or the one that the parameters broadcast to; int64.
   *
   * @throws AppError 'value' "p < 0, p >= 1 or p is NaN".
   * @example default_rng(1).logseries(0.6, 3).tolist() // [2n, 4n, 2n]
   */
  logseries(p: Parameter, size: Size = null): NDArray {
    return this.counts('logseries', [['p', p, 'share below 1']], size);
  }

  /**
   * How many good ones are among `nsample` drawn from an urn.
   *
   * Of shape `size`, or the one that the parameters broadcast to; int64.
   *
   * @throws AppError 'value' "ngood + nbad < nsample" and for negative numbers.
   * @example default_rng(1).hypergeometric(5, 5, 4, 3).tolist() // [2n, 2n, 1n]
   */
  hypergeometric(ngood: Parameter, nbad: Parameter, nsample: Parameter, size: Size = null): NDArray {
    const [good, bad, drawn] = (
      [
        ['ngood', ngood, 'not negative'],
        ['nbad', nbad, 'not negative'],
        ['nsample', nsample, 'not negative'],
      ] as const
    ).map(checked);
    const shape = broadcast_shapes(good.shape, bad.shape, drawn.shape);
    const [g, b, s] = [good, bad, drawn].map((p) => doublesOf(copy(broadcast_to(p, shape))));
    if (!this.legacy && [...g, ...b].some((x) => x >= 1e9))
      throw new AppError('value', 'both ngood and nbad must be less than 1000000000');
    if (g.some((x, k) => x + b[k] < s[k])) throw new AppError('value', 'ngood + nbad < nsample');
    return this.counts(
      'hypergeometric',
      [
        ['ngood', good, 'any'],
        ['nbad', bad, 'any'],
        ['nsample', drawn, 'any'],
      ],
      size,
    );
  }

  /**
   * How often each outcome occurs in n trials; the outcomes are the last axis.
   *
   * pvals (k,), of shape `size` → (…size, k), int64.
   *
   * @throws AppError 'value' "sum(pvals[:-1]) > 1.0", "n < 0".
   * @example default_rng(1).multinomial(10, [0.2, 0.3, 0.5]).tolist() // [2n, 5n, 3n]
   */
  multinomial(n: Parameter, pvals: ArrayLike, size: Size = null): NDArray {
    const shares = asarray(pvals, 'float64');
    const d = shares.shape.at(-1) ?? 0;
    if (shares.ndim === 0 || d === 0) {
      const message = 'pvals must have at least 1 dimension and the last dimension of pvals must be greater than 0.';
      throw new AppError('value', message, { argument: 'pvals' });
    }
    if (shares.ndim > 1) return this.multinomials(n, shares, size);
    const p = doublesOf(copy(shares));
    if (p.some((x) => !(x >= 0 && x <= 1)))
      throw new AppError('value', 'pvals < 0, pvals > 1 or pvals contains NaNs', { argument: 'pvals' });
    let sum = 0;
    for (let k = 0; k < d - 1; k++) sum += p[k];
    if (sum > 1 + 1e-12) {
      const named =
        asarray(pvals).dtype === 'float32' ? 'sum(pvals[:-1].astype(np.float64)) > 1.0' : 'sum(pvals[:-1]) > 1.0';
      throw new AppError('value', named, { argument: 'pvals' });
    }
    const trials = checked(['n', n, 'not negative']);
    const shape = drawnShape([trials], size);
    const made = unset([...shape, d], 'int64');
    native().randomMultinomial(this.stream().state, indicesOf(made), values(trials, shape), p);
    return made;
  }

  /** Several lists of shares: one row of counts after the other. */
  private multinomials(n: Parameter, shares: NDArray, size: Size): NDArray {
    const trials = checked(['n', n, 'not negative']);
    const lead = broadcast_shapes(trials.shape, shares.shape.slice(0, -1));
    const shape = size === null ? lead : asShape(size);
    const d = shares.shape[shares.ndim - 1];
    const all = reshape(copy(broadcast_to(shares, [...shape, d])), [-1, d]);
    const counts = values(trials, shape);
    const rows = Array.from({ length: all.shape[0] }, (_, k) =>
      this.multinomial(counts[counts.length === 1 ? 0 : k], all.view([d], [8], all.offset + 8 * d * k)),
    );
    const made = unset([...shape, d], 'int64');
    rows.forEach((row, k) => {
      indicesOf(made).set(indicesOf(row), k * d);
    });
    return made;
  }

  /**
   * Shares that add up to 1, of the Dirichlet distribution; they are the last axis.
   *
   * alpha (k,), of shape `size` → (…size, k), float64.
   *
   * @throws AppError 'value' "alpha < 0", of the legacy streams "alpha <= 0".
   * @example default_rng(1).dirichlet([1, 2]).tolist() // [0.26551377955834343, 0.7344862204416566]
   */
  dirichlet(alpha: ArrayLike, size: Size = null): NDArray {
    const a = asarray(alpha, 'float64');
    if (a.ndim !== 1) throw new AppError('value', 'object too deep for desired array', { argument: 'alpha' });
    const list = a.tolist() as number[];
    if (list.some((x) => (this.legacy ? x <= 0 : x < 0)))
      throw new AppError('value', this.legacy ? 'alpha <= 0' : 'alpha < 0', { argument: 'alpha' });
    const k = list.length;
    const lead = sizeOf(size);
    const rows = lead.reduce((product, n) => product * n, 1);
    const made = unset([...lead, k], 'float64');
    if (made.size === 0) return made;
    const out = doublesOf(made);
    if (!this.legacy && k > 0 && Math.max(...list) < 0.1) return this.broken(list, rows, made);
    const draws = Float64Array.from({ length: rows * k }, (_, i) => list[i % k]);
    native().randomReals(this.stream().state, 'gamma', out, draws, null, null);
    for (let row = 0; row < rows; row++) {
      let total = 0;
      for (let j = 0; j < k; j++) total += out[row * k + j];
      const inverse = 1 / total;
      for (let j = 0; j < k; j++) out[row * k + j] *= inverse;
    }
    return made;
  }

  /** Small shapes, whose gammas might all be 0: a stick is broken again and again, by beta draws. */
  private broken(alpha: readonly number[], rows: number, made: NDArray): NDArray {
    const k = alpha.length;
    const out = doublesOf(made).fill(0);
    const rest = new Array<number>(k).fill(0);
    for (let j = k - 1, sum = 0; j >= 0; j--) rest[j] = sum += alpha[j];
    if (rest[0] === 0) return made;
    const one = new Float64Array(1);
    for (let row = 0; row < rows; row++) {
      let left = 1;
      for (let j = 0; j < k - 1; j++) {
        const shapes = [Float64Array.of(alpha[j]), Float64Array.of(rest[j + 1])] as const;
        native().randomReals(this.stream().state, 'beta', one, ...shapes, null);
        out[row * k + j] = left * one[0];
        left *= 1 - one[0];
        if (rest[j + 1] === 0) break;
      }
      out[row * k + k - 1] = left;
    }
    return made;
  }

  /**
   * Normal draws of several variables with the given means and covariance; they are the last axis.
   *
   * mean (d,), cov (d, d) symmetric and positive semidefinite, of which a root is taken by `method`.
   *
   * Of shape `size` → (…size, d), float64.
   *
   * @throws AppError 'value' for other shapes, and for cov when `check_valid` is 'raise'.
   * @example default_rng(1).multivariate_normal([0, 10], [[1, 0], [0, 4]]).shape // [2]
   */
  multivariate_normal(
    mean: ArrayLike,
    cov: ArrayLike,
    size: Size = null,
    check_valid: 'warn' | 'raise' | 'ignore' = 'warn',
    tol = 1e-8,
    method: 'svd' | 'eigh' | 'cholesky' = 'svd',
  ): NDArray {
    const [centre, spread] = [asarray(mean), asarray(cov, 'float64')];
    if (!['svd', 'eigh', 'cholesky'].includes(method))
      throw new AppError('value', "method must be one of {'eigh', 'svd', 'cholesky'}", { argument: 'method' });
    if (centre.ndim !== 1) throw new AppError('value', 'mean must be 1 dimensional', { argument: 'mean' });
    if (spread.ndim !== 2 || spread.shape[0] !== spread.shape[1])
      throw new AppError('value', 'cov must be 2 dimensional and square', { argument: 'cov' });
    const d = centre.shape[0];
    if (d !== spread.shape[0]) throw new AppError('value', 'mean and cov must have same length');
    const shape = [...sizeOf(size), d];
    const x = reshape(normals(this.stream(), shape), [-1, d]);
    if (check_valid === 'raise') requireSemidefinite(spread, tol);
    const made = matmul(x, this.legacy ? legacyRoot(spread) : rootOf(spread, method).T);
    return reshape(add(made, astype(centre, 'float64')), shape);
  }

  /**
   * A number from [0, 256) for each byte.
   * @throws AppError 'value' "length must be non-negative".
   * @example [...default_rng(1).bytes(3)] // [255, 228, 34]
   */
  bytes(length: number): Uint8Array {
    if (length < 0) throw new AppError('value', 'length must be non-negative', { argument: 'length' });
    // Of none, too, NumPy draws a word.
    const count = Math.max(1, Math.ceil(length / 4));
    const made = unset([count], 'uint32');
    const all = new Uint8Array(made.buffer, made.offset, made.nbytes);
    native().randomIntegers(this.stream().state, 'uint32', all, 0, count, 0n, 0xffffffffn, !this.legacy);
    return all.slice(0, length);
  }
}

/** L with L · Lᵀ the matrix: U · √s, V · √w, or Cholesky's. */
function rootOf(cov: NDArray, method: 'svd' | 'eigh' | 'cholesky'): NDArray {
  if (method === 'cholesky') return cholesky(cov);
  if (method === 'svd') {
    const { U, S } = svd(cov);
    return multiply(U, sqrt(S));
  }
  const { eigenvalues, eigenvectors } = eigh(cov);
  return multiply(eigenvectors, sqrt(eigenvalues));
}

function legacyRoot(cov: NDArray): NDArray {
  const { S, Vh } = svd(cov);
  return multiply(expand_dims(sqrt(S), 1), Vh);
}

function requireSemidefinite(cov: NDArray, tol: number): void {
  const { S, Vh } = svd(cov);
  const again = ravel(matmul(multiply(Vh.T, S), Vh)).tolist() as number[];
  const given = ravel(cov).tolist() as number[];
  if (given.some((x, k) => Math.abs(again[k] - x) > tol + tol * Math.abs(x)))
    throw new AppError('value', 'covariance is not symmetric positive-semidefinite.', { argument: 'cov' });
}
