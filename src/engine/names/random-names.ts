/** The functions of `numpy.random` by their names there; the legacy ones share one stream, as in NumPy. */
import { AppError } from '#shared/errors.ts';
import { type BitSource, default_rng, Generator, twisterGenerator } from '../random/generator.ts';
import { PCG64, PCG64DXSM } from '../random/pcg64.ts';
import { Philox } from '../random/philox.ts';
import { SFC64 } from '../random/sfc64.ts';
import { type LegacySeed, RandomState } from '../random/random-state.ts';
import { type Seed, SeedSequence } from '../random/seed-sequence.ts';
import { asarray } from '../create.ts';
import { NDArray } from '../ndarray.ts';
import { direct, type Named } from './signature.ts';

/** Every program begins with a stream of its own until it calls `seed`. */
const stream = new RandomState();

/** The methods of a stream by name, bound to it. */
const bound = (source: RandomState | Generator, signatures: Readonly<Record<string, string>>): Record<string, Named> =>
  Object.fromEntries(
    Object.entries(signatures).map(([name, signature]) => {
      const method = (source as unknown as Record<string, (...values: never[]) => unknown>)[name];
      return [name, direct(method.bind(source), signature)];
    }),
  );

/** Distributions that both kinds of streams have, with NumPy's parameters. */
const distributions: Readonly<Record<string, string>> = {
  standard_exponential: 'size?',
  exponential: 'scale? size?',
  standard_gamma: 'shape size?',
  gamma: 'shape scale? size?',
  beta: 'a b size?',
  chisquare: 'df size?',
  noncentral_chisquare: 'df nonc size?',
  f: 'dfnum dfden size?',
  noncentral_f: 'dfnum dfden nonc size?',
  standard_cauchy: 'size?',
  standard_t: 'df size?',
  vonmises: 'mu kappa size?',
  pareto: 'a size?',
  weibull: 'a size?',
  power: 'a size?',
  laplace: 'loc? scale? size?',
  gumbel: 'loc? scale? size?',
  logistic: 'loc? scale? size?',
  lognormal: 'mean? sigma? size?',
  rayleigh: 'scale? size?',
  wald: 'mean scale size?',
  triangular: 'left mode right size?',
  binomial: 'n p size?',
  negative_binomial: 'n p size?',
  poisson: 'lam? size?',
  zipf: 'a size?',
  geometric: 'p size?',
  logseries: 'p size?',
  hypergeometric: 'ngood nbad nsample size?',
  multinomial: 'n pvals size?',
  dirichlet: 'alpha size?',
  multivariate_normal: 'mean cov size? check_valid? tol?',
  bytes: 'length',
};

const legacy = bound(stream, {
  rand: '*dims',
  randn: '*dims',
  random_sample: 'size?',
  standard_normal: 'size?',
  normal: 'loc? scale? size?',
  uniform: 'low? high? size?',
  randint: 'low high? size? dtype?',
  random_integers: 'low high? size?',
  choice: 'a size? replace? p?',
  permutation: 'x',
  shuffle: 'x',
  ...distributions,
});

export const randomNames: Readonly<Record<string, Named>> = {
  ...legacy,
  random: legacy['random_sample'],
  ranf: legacy['random_sample'],
  sample: legacy['random_sample'],
  seed: direct((seed?: LegacySeed) => {
    stream.seed(seed ?? null);
    return null;
  }, 'seed?'),
  get_state: direct((as_tuple = true) => {
    const { bit_generator, key, pos, has_gauss, gauss } = stream.get_state();
    return as_tuple
      ? [bit_generator, key, pos, has_gauss, gauss]
      : { bit_generator, state: { key, pos }, has_gauss, gauss };
  }, 'legacy?'),
  set_state: direct((state: unknown[] | { bit_generator: string; state: object; has_gauss: number; gauss: number }) => {
    if (Array.isArray(state)) {
      const [bit_generator, key, pos, has_gauss, gauss] = state as [string, NDArray, number, number?, number?];
      stream.set_state({ bit_generator, key, pos, has_gauss: has_gauss ?? 0, gauss: gauss ?? 0 });
    } else {
      stream.set_state({ ...state, ...(state.state as { key: NDArray; pos: number }) });
    }
    return null;
  }, 'state'),
  default_rng: direct((seed?: Seed | Generator | null) => default_rng(seed ?? undefined), 'seed?'),
  RandomState: direct((seed?: LegacySeed) => new RandomState(seed ?? null), 'seed?'),
  SeedSequence: direct((entropy?: Seed | null, spawn_key?: number[], pool_size = 4, n_children_spawned?: number) => {
    if (pool_size !== 4)
      throw new AppError('value', 'a pool of 4 words is the only one here', { argument: 'pool_size' });
    return new SeedSequence(entropy ?? undefined, spawn_key, n_children_spawned);
  }, 'entropy? spawn_key? pool_size? n_children_spawned?'),
  PCG64: direct((seed?: Seed | SeedSequence | null) => new PCG64(seed ?? undefined), 'seed?'),
  PCG64DXSM: direct((seed?: Seed | SeedSequence | null) => new PCG64DXSM(seed ?? undefined), 'seed?'),
  SFC64: direct((seed?: Seed | SeedSequence | null) => new SFC64(seed ?? undefined), 'seed?'),
  Philox: direct(
    (seed?: Seed | SeedSequence | null, counter?: number | bigint | null, key?: number | bigint | null) =>
      new Philox(
        seed,
        wholeNumber(counter ?? 0, 'counter'),
        key === undefined || key === null ? null : wholeNumber(key, 'key'),
      ),
    'seed? counter? key?',
  ),
  Generator: direct((bits: BitSource | NDArray | number[]) => {
    if (typeof bits === 'object' && (bits as BitSource | null) !== null) {
      if ('state' in bits) return new Generator(bits);
      if (bits instanceof NDArray || Array.isArray(bits)) return twisterGenerator(asarray(bits));
    }
    throw new AppError('dtype', 'bit_generator must be a source of random bits', { argument: 'bit_generator' });
  }, 'bit_generator'),
};

function wholeNumber(value: unknown, argument: string): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value);
  throw new AppError('dtype', `${argument} must be an integer`, { argument });
}

/** The methods of a Generator by NumPy's names, for whoever holds one. */
export function generatorNames(generator: Generator): Readonly<Record<string, Named>> {
  return bound(generator, generatorSignatures);
}

/** NumPy's parameters of the methods of a Generator. */
export const generatorSignatures: Readonly<Record<string, string>> = {
  ...distributions,
  random: 'size? dtype? out?',
  standard_normal: 'size? dtype? out?',
  standard_exponential: 'size? dtype? method? out?',
  standard_gamma: 'shape size? dtype? out?',
  normal: 'loc? scale? size?',
  uniform: 'low? high? size?',
  integers: 'low high? size? dtype? endpoint?',
  permutation: 'x axis?',
  permuted: 'x axis? out?',
  shuffle: 'x axis?',
  spawn: 'n_children',
  multivariate_normal: 'mean cov size? check_valid? tol? method?',
  multivariate_hypergeometric: 'colors nsample size? method?',
};
