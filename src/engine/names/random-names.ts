/** The functions of `numpy.random` by their names there; the legacy ones share one stream, as in NumPy. */
import { default_rng, type Generator } from '../random/generator.ts';
import { type LegacySeed, RandomState } from '../random/random-state.ts';
import type { Seed } from '../random/seed-sequence.ts';
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

const legacy = bound(stream, {
  rand: '*dims',
  randn: '*dims',
  random_sample: 'size?',
  standard_normal: 'size?',
  normal: 'loc? scale? size?',
  uniform: 'low? high? size?',
  randint: 'low high? size? dtype?',
  choice: 'a size? replace? p?',
  permutation: 'x',
  shuffle: 'x',
});

export const randomNames: Readonly<Record<string, Named>> = {
  ...legacy,
  random: legacy['random_sample'],
  seed: direct((seed?: LegacySeed) => {
    stream.seed(seed ?? null);
    return null;
  }, 'seed?'),
  default_rng: direct((seed?: Seed | Generator | null) => default_rng(seed ?? undefined), 'seed?'),
  RandomState: direct((seed?: LegacySeed) => new RandomState(seed ?? null), 'seed?'),
};

/** The methods of a Generator by NumPy's names, for whoever holds one. */
export function generatorNames(generator: Generator): Readonly<Record<string, Named>> {
  return bound(generator, {
    random: 'size? dtype?',
    standard_normal: 'size?',
    normal: 'loc? scale? size?',
    uniform: 'low? high? size?',
    integers: 'low high? size? dtype? endpoint?',
    permutation: 'x axis?',
    shuffle: 'x axis?',
  });
}
