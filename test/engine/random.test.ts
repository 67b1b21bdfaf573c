import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { array } from '#engine/create.ts';
import { SeedSequence } from '#engine/random/seed-sequence.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { arange } from '#engine/ranges.ts';
import { default_rng, Generator } from '#engine/random/generator.ts';
import type { PCG64 } from '#engine/random/pcg64.ts';
import { RandomState } from '#engine/random/random-state.ts';
import { reshape } from '#engine/shape.ts';
import { recordedCases } from './recorded-file.ts';

/** Python's float.hex() as a number. */
const fromHex = (text: string): number => {
  const match = /^(-?)0x([01])\.?([0-9a-f]*)p([+-]\d+)$/.exec(text);
  if (match === null) throw new Error(text);
  const fraction = match[3].padEnd(14, '0');
  const magnitude = (Number(match[2]) + parseInt(fraction, 16) / 2 ** 56) * 2 ** Number(match[4]);
  return match[1] === '-' ? -magnitude : magnitude;
};

interface States {
  generated: Recorded[];
  wide: Recorded;
  spawned: Recorded[];
  pcg64: Record<string, unknown>;
  twister: { pos: number; has_gauss: number; gauss: string; key: Recorded };
  next: Recorded;
}
type Recorded = { dtype: string; shape: number[]; values: string[] };

const check = (a: NDArray, want: Recorded): void => {
  expect(a.dtype).toBe(want.dtype);
  expect(a.shape).toEqual(want.shape);
  const flat = reshape(a, [-1]).tolist() as unknown[];
  const ours = flat.map((x) => (typeof x === 'boolean' ? String(Number(x)) : String(x)));
  const theirs = want.dtype.startsWith('float') ? want.values.map((x) => String(fromHex(x))) : want.values;
  expect(ours).toEqual(theirs);
};

const restore = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(restore);
  if (value !== null && typeof value === 'object' && 'int' in value) return BigInt(value.int as string);
  return value;
};

const seedOf = (seed: string | number[]): bigint | number[] => (typeof seed === 'string' ? BigInt(seed) : seed);

const call = (
  rng: Generator | RandomState,
  name: string,
  args: unknown[],
  kwargs: Record<string, unknown>,
): NDArray => {
  const modern = rng instanceof Generator;
  const method = (rng as unknown as Record<string, (...args: unknown[]) => NDArray>)[name].bind(rng);
  if (name === 'choice') {
    return modern ? method(args[0], args[1], kwargs) : method(args[0], args[1], kwargs['replace'] ?? true, kwargs['p']);
  }
  if (name === 'integers') return method(args[0], args[1], args[2], kwargs['dtype'], kwargs['endpoint']);
  if (kwargs['after'] === 'bytes') {
    const whole = [...rng.bytes(7)].map(BigInt);
    const next = (modern ? rng.integers(0, 9, 3) : rng.randint(0, 9, 3)).tolist() as bigint[];
    return array([...whole, ...next], 'int64');
  }
  if (name === 'permuted') return method(args[0], kwargs['axis']);
  if (name === 'standard_exponential' || name === 'standard_gamma') {
    if (!modern) return method(...args);
    const size = name === 'standard_gamma' ? args : [args[0]];
    return method(...size, kwargs['dtype'], ...(kwargs['method'] === undefined ? [] : [kwargs['method']]));
  }
  if (kwargs['method'] !== undefined) return method(...args, kwargs['method']);
  if (kwargs['dtype'] !== undefined) return method(...args, kwargs['dtype']);
  if (name === 'permutation' && Array.isArray(args[0])) return method(array(args[0]));
  return method(...args);
};

describe('streams equal NumPy’s to the last bit', () => {
  const cases = recordedCases<unknown[]>('random').map((c) => restore(c) as unknown[]);
  test.each(
    cases
      .filter((c) => c[0] === 'generator' || c[0] === 'legacy')
      .map(
        (c) =>
          [
            c
              .slice(0, 4)
              .map((part) => JSON.stringify(part, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v)))
              .join(' '),
            c,
          ] as const,
      ),
  )('%s', (_, [kind, seed, name, args, kwargs, want]) => {
    const rng = kind === 'generator' ? default_rng(seedOf(seed as string)) : new RandomState(seedOf(seed as string));
    check(call(rng, name as string, args as unknown[], kwargs as Record<string, unknown>), want as Recorded);
  });

  test.each(cases.filter((c) => String(c[0]).endsWith('shuffle')).map((c) => [String(c[0]), c] as const))(
    '%s',
    (_, [kind, seed, flat, rows]) => {
      const make = () =>
        kind === 'generator-shuffle' ? default_rng(seedOf(seed as string)) : new RandomState(seedOf(seed as string));
      const a = arange(12);
      make().shuffle(a);
      check(a, flat as Recorded);
      const b = reshape(arange(12), [6, 2]);
      make().shuffle(b);
      check(b, rows as Recorded);
    },
  );

  test.each(cases.filter((c) => c[0] === 'digest').map((c) => [`${String(c[2])} seed ${String(c[1])}`, c] as const))(
    'many draws: %s',
    (_, [, seed, name, want]) => {
      const s = Number(seed);
      const draws = {
        random: () => default_rng(s).random(100000),
        standard_normal: () => default_rng(s).standard_normal(200000),
        rand: () => new RandomState(s).rand(100000),
        randn: () => new RandomState(s).randn(100001),
      }[name as 'rand']();
      const bits = new BigUint64Array(draws.buffer, draws.offset, draws.size);
      let total = 0n;
      for (const x of bits) total = BigInt.asUintN(64, total * 1099511628211n + x);
      expect(String(total)).toBe(want);
    },
  );

  test.each(cases.filter((c) => c[0] === 'refusal').map((c) => [c.slice(1, 4).map(String).join(' '), c] as const))(
    'refuses %s',
    (_, [, kind, name, args, error, message]) => {
      const rng = kind === 'generator' ? default_rng(1) : new RandomState(1);
      const run = (): NDArray => call(rng, name as string, args as unknown[], {});
      if (error === '') {
        run();
        return;
      }
      try {
        run();
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(AppError);
        expect((thrown as AppError).message).toBe(message);
        return;
      }
      expect.unreachable(`${String(error)}: ${String(message)}`);
    },
  );

  test('seeds give birth to others; streams go on from a state', () => {
    const want = (cases.find((c) => c[0] === 'states') as [string, States])[1];
    const sequence = new SeedSequence(7);
    const children = [...sequence.spawn(2), ...sequence.spawn(1)];
    children.forEach((child, k) => {
      check(child.generate_state(3), want.generated[k]);
    });
    check(children[1].generate_state(2, 'uint64'), want.wide);
    const rng = default_rng(7);
    rng.integers(0, 5, 3);
    rng.spawn(2).forEach((child, k) => {
      check(child.integers(0, 100, 4), want.spawned[k]);
    });
    const bits = rng.bit_generator as PCG64;
    const state = bits.get_state();
    expect(
      Object.fromEntries(Object.entries(state).map(([k, v]) => [k, typeof v === 'bigint' ? String(v) : v])),
    ).toEqual(want.pcg64);
    const again = default_rng(0);
    (again.bit_generator as PCG64).set_state(state);
    again.set_words(rng.words());
    expect(again.random(4).tolist()).toEqual(rng.random(4).tolist());
    const old = new RandomState(7);
    old.standard_normal(3);
    const kept = old.get_state();
    expect([kept.pos, kept.has_gauss, kept.gauss]).toEqual([
      want.twister.pos,
      want.twister.has_gauss,
      fromHex(want.twister.gauss),
    ]);
    expect((kept.key.tolist() as number[]).slice(0, 5).map(String)).toEqual(want.twister.key.values);
    const other = new RandomState(1);
    other.set_state(kept);
    check(old.standard_normal(3), want.next);
    check(other.standard_normal(3), want.next);
  });

  test('correlated normals have the mean and covariance that were asked for', () => {
    const cov = array([
      [2, 1.2],
      [1.2, 1],
    ]);
    for (const rng of [default_rng(3), new RandomState(3)]) {
      const x = rng.multivariate_normal([1, -1], cov, 20000);
      const mean = (k: number): number => (x.tolist() as number[][]).reduce((sum, row) => sum + row[k], 0) / 20000;
      expect(mean(0)).toBeCloseTo(1, 1);
      expect(mean(1)).toBeCloseTo(-1, 1);
    }
    for (const method of ['svd', 'eigh', 'cholesky'] as const)
      expect(default_rng(3).multivariate_normal([0, 0], cov, 3, 'warn', 1e-8, method).shape).toEqual([3, 2]);
    expect(() =>
      default_rng(3).multivariate_normal(
        [0, 0],
        [
          [1, 2],
          [2, 1],
        ],
        3,
        'raise',
      ),
    ).toThrow('covariance is not symmetric positive-semidefinite.');
  });

  test('refusals', () => {
    expect(() => new RandomState(-1)).toThrow('Seed must be between 0 and 2**32 - 1');
    expect(() => default_rng(-1)).toThrow('expected non-negative integer');
    expect(() => default_rng(1).integers(5, 5, 2)).toThrow('low >= high');
    expect(() => default_rng(1).choice(3, 4, { replace: false })).toThrow('Cannot take a larger sample');
    expect(() => default_rng(1).choice(2, 4, { p: [0.5, 0.4] })).toThrow('Probabilities do not sum to 1');
    expect(() => default_rng(1).normal(0, -1, 2)).toThrow('scale < 0');
    expect(default_rng().random(2).tolist()).not.toEqual(default_rng().random(2).tolist());
  });
});
