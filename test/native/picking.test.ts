/** Picking, selecting and sorting by digits in the addon, against the engine's own JavaScript and plain arithmetic. */
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { dtypes } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { astype, copy } from '#engine/cast.ts';
import { array, zeros } from '#engine/create.ts';
import { nonzero } from '#engine/index-plan.ts';
import { getitem, setitem } from '#engine/indexing.ts';
import { repeat } from '#engine/joining.ts';
import { crossover } from '#engine/kernels/crossover.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { default_rng } from '#engine/random/generator.ts';
import { arange, linspace } from '#engine/ranges.ts';
import { reshape, transpose } from '#engine/shape.ts';
import { argpartition, argsort, partition, sort } from '#engine/sorting.ts';
import { median, nanmedian, percentile } from '#engine/quantiles.ts';
import { take } from '#engine/taking.ts';
import { floor_divide, remainder } from '#engine/ufuncs/arithmetic.ts';

const measured = { ...crossover };
afterEach(() => Object.assign(crossover, measured));

/** What both ways give: a list, or the error's words. */
function both(work: () => unknown): unknown {
  const outcome = (at: number): unknown => {
    Object.assign(crossover, { plain: at, costly: at });
    try {
      return work();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return [error.code, error.message];
    }
  };
  const ours = outcome(1);
  expect(ours).toEqual(outcome(Infinity));
  return ours;
}

const numbers = (shape: number[], dtype: (typeof dtypes)[number]): NDArray =>
  reshape(astype(arange(shape.reduce((p, n) => p * n, 1)), dtype), shape);

test('lists and masks pick and assign like the loops in JavaScript, of every dtype', () => {
  for (const dtype of dtypes) {
    for (const shape of [[300], [40, 11], [7, 8, 9]]) {
      const a = numbers(shape, dtype);
      const list = array([2, -1, 0, 2, 5, -shape[0]], 'int64');
      const mask = reshape(
        array(Array.from({ length: a.size }, (_, i) => i % 3 === 1 || i % 7 === 0)),
        shape,
      );
      both(() => getitem(a, [list]).tolist());
      both(() => getitem(a, [astype(list, 'int16')]).tolist());
      both(() => getitem(a, [mask]).tolist());
      both(() => nonzero(mask).map((part) => part.tolist()));
      shape.forEach((_, axis) => both(() => take(a, array([[1, 0], [-2, 3]], 'int64'), axis).tolist()));
      both(() => {
        const made = copy(a);
        setitem(made, [list], 1);
        setitem(made, [mask], 0);
        setitem(made, [list], getitem(a, [array([0, 1, 2, 3, 4, 5], 'int64')]));
        return made.tolist();
      });
      both(() => getitem(a, [array([0, shape[0]], 'int64')]));
      both(() => setitem(copy(a), [array([-shape[0] - 1, 0], 'int64')], 1));
    }
  }
});

test('repeats along every axis', () => {
  const a = numbers([3, 4, 2], 'float64');
  for (const axis of [null, 0, 1, 2]) {
    const each = repeat(a, new Array<number>(axis === null ? 24 : a.shape[axis]).fill(3), axis);
    expect(repeat(a, 3, axis).tolist()).toEqual(each.tolist());
  }
  expect(repeat(a, 0, 1).shape).toEqual([3, 0, 2]);
});

const value = fc.oneof(
  fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 1, -1, 2.5),
  fc.float({ noNaN: true }).map(Math.fround),
  fc.integer({ min: -50, max: 50 }),
);

/** Long lists of few or many different values. */
function long(values: readonly number[], n: number, dtype: 'float32' | 'float64' | 'int32' | 'uint32' | 'int64'): NDArray {
  const made = zeros([n], 'float64');
  let state = 12345;
  for (let i = 0; i < n; i++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    made.data[made.start + i] = values[state % values.length];
  }
  return astype(made, dtype);
}

const key = (x: number): string => (Object.is(x, -0) ? '-0' : String(x));
const plain = (a: NDArray): number[] => (a.tolist() as (number | bigint)[]).map(Number);

test('places all over a large array are written in their order: of equal ones the last counts', () => {
  for (const dtype of ['float64', 'int16', 'complex128'] as const) {
    const length = 700_000;
    const count = 40_000;
    const places = default_rng(3).integers(-length, length, count);
    const values = astype(arange(count), dtype);
    const made = zeros([length], dtype);
    setitem(made, [places], values);
    const expected = zeros([length], dtype);
    for (let i = 0; i < count; i++) expected.set([Number(places.item(i))], values.item(i));
    const bytes = (a: NDArray): Buffer => Buffer.from(a.buffer, a.offset, a.nbytes);
    expect(bytes(made).equals(bytes(expected))).toBe(true);
  }
});

test('the element at a place is where sorting puts it, the rest on its sides, nothing lost', () => {
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 40 }),
      fc.constantFrom('float64', 'float32', 'int32', 'uint32', 'int64'),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (values, dtype, share) => {
        const n = 20_011;
        const k = Math.floor(share * (n - 1));
        const a = long(values, n, dtype);
        const made = plain(partition(a, k));
        const places = plain(argpartition(a, k));
        const given = plain(a);
        const counts = (list: number[]): Map<string, number> => {
          const found = new Map<string, number>();
          for (const x of list) found.set(key(x), (found.get(key(x)) ?? 0) + 1);
          return found;
        };
        expect(counts(made)).toEqual(counts(given));
        expect(new Set(places).size).toBe(n);
        const sorted = plain(sort(a));
        for (const list of [made, places.map((i) => given[i])]) {
          const middle = list[k];
          expect(middle === sorted[k] || (Number.isNaN(middle) && Number.isNaN(sorted[k]))).toBe(true);
          const behind = (x: number, y: number): boolean => (Number.isNaN(y) ? false : Number.isNaN(x) || x > y);
          for (let i = 0; i < n; i++) {
            if (i < k ? behind(list[i], middle) : behind(middle, list[i])) throw new Error(`${list[i]} at ${i}`);
          }
        }
      },
    ),
    { numRuns: 40 },
  );
});

test('numbers of 32 bits are sorted, NaN last; places of equals keep their order', () => {
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 60 }),
      fc.constantFrom('float32', 'int32', 'uint32'),
      fc.constantFrom(5000, 140_000),
      (values, dtype, n) => {
        const a = long(values, n, dtype);
        const given = plain(a);
        const expected = [...given].sort((x, y) =>
          Number.isNaN(x) ? (Number.isNaN(y) ? 0 : 1) : Number.isNaN(y) ? -1 : x - y,
        );
        const made = plain(sort(a));
        for (let i = 0; i < n; i++) {
          if (made[i] !== expected[i] && !(Number.isNaN(made[i]) && Number.isNaN(expected[i]))) {
            throw new Error(`${made[i]} for ${expected[i]} at ${i}`);
          }
        }
        const places = plain(argsort(a));
        for (let i = 1; i < n; i++) {
          const [x, y] = [given[places[i - 1]], given[places[i]]];
          const level = x === y || (Number.isNaN(x) && Number.isNaN(y));
          if (level && places[i - 1] > places[i]) throw new Error(`order of equals at ${i}`);
        }
      },
    ),
    { numRuns: 30 },
  );
});

test('medians and percentiles of long lists are those of the sorted ones', () => {
  for (const n of [40_000, 40_001]) {
    const a = default_rng(n).standard_normal(n);
    const sorted = plain(sort(a));
    const half = n >> 1;
    expect(median(a).item()).toBe(n % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2);
    const place = 0.05 * (n - 1);
    const below = Math.floor(place);
    const gap = sorted[below + 1] - sorted[below];
    expect(Math.abs(Number(percentile(a, 5).item()) - (sorted[below] + gap * (place - below)))).toBeLessThan(1e-12);
    expect(percentile(a, 100).item()).toBe(sorted[n - 1]);
    a.data[a.start + 77] = NaN;
    expect(median(a).item()).toBeNaN();
    expect(nanmedian(a).item()).toBe(nanmedian(getitem(a, [array(plain(a).map((x) => !Number.isNaN(x)))])).item());
  }
});

test('many numbers divided by one', () => {
  const edges = [0n, 1n, -1n, 6n, -7n, 100n, 2n ** 62n, -(2n ** 62n) - 5n, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n + 1n];
  for (const divisor of [1n, 2n, 3n, 7n, 10n, 641n, 2n ** 32n + 1n, 2n ** 62n, 2n ** 63n - 1n, -3n, 0n]) {
    const a = zeros([400], 'int64');
    for (let i = 0; i < a.size; i++) a.data[a.start + i] = BigInt.asIntN(64, edges[i % 11] + BigInt(i - 200));
    both(() => floor_divide(a, array(divisor)).tolist());
    both(() => remainder(a, array(divisor)).tolist());
  }
});

test('ranges have the same numbers from both', () => {
  both(() => arange(3, 5000, 7).tolist());
  both(() => arange(-3, 400, 0.1).tolist());
  both(() => arange(0, 300, 0.1, 'float32').tolist());
  both(() => arange(100, -100, -1, 'int8').tolist());
  both(() => linspace(-1, 3, 3001).tolist());
});

test('a transposed table is no gapless one', () => {
  const a = transpose(numbers([30, 20], 'int32'));
  both(() => take(a, array([3, 1], 'int64'), 1).tolist());
  both(() => getitem(a, [array([3, -1], 'int64')]).tolist());
});
