import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DType, dtypes } from '#shared/dtype.ts';
import { astype, copy } from '#engine/cast.ts';
import { array, empty } from '#engine/create.ts';
import { matmul } from '#engine/linalg/products.ts';
import { native } from '#engine/native.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { default_rng } from '#engine/random/generator.ts';
import { searchsorted } from '#engine/searching.ts';
import { uniqueAll } from '#engine/sets.ts';
import { reshape, transpose } from '#engine/shape.ts';
import {
  argpartition,
  argsort,
  compareComplex,
  compareNumbers,
  partition,
  sort,
  sortInPlace,
} from '#engine/sorting.ts';
import { broadcast_to } from '#engine/cast.ts';

const reals: DType[] = dtypes.filter((dtype) => !dtype.startsWith('complex'));

type Plain = number | bigint;
const plain = (value: unknown): Plain => (typeof value === 'boolean' ? Number(value) : (value as Plain));
const list = (a: NDArray): Plain[] => (reshape(a, [-1]).tolist() as unknown[]).map(plain);

/** Numbers with ties, both zeros, infinities and NaN. */
const awkward = (n: number, dtype: DType): NDArray => {
  const x = default_rng(n).standard_normal(n);
  const data = x.data as Float64Array;
  for (let i = 0; i < n; i++) {
    const k = i % 11;
    if (k === 1) data[x.start + i] = 0;
    if (k === 2) data[x.start + i] = -0;
    if (k === 3) data[x.start + i] = i % 3;
    else if (!dtype.startsWith('float')) data[x.start + i] *= 50;
    if (k === 4 && dtype.startsWith('float')) data[x.start + i] = i % 2 === 0 ? NaN : Infinity;
    if (dtype.startsWith('u') || dtype === 'bool') data[x.start + i] = Math.abs(data[x.start + i]);
  }
  return astype(x, dtype);
};

describe('sorting', () => {
  // The longest is past the length from which several threads share the work.
  for (const n of [0, 1, 2, 17, 1000, 140_000]) {
    test.each(reals)(`${n} of %s`, (dtype) => {
      const x = awkward(n, dtype);
      const values = list(x);
      const order = list(argsort(x)).map(Number);
      expect(new Set(order).size).toBe(n);
      const wrong = order.findIndex((i, k) => {
        if (k === 0) return false;
        const step = compareNumbers(values[order[k - 1]], values[i]);
        return step > 0 || (step === 0 && order[k - 1] > i);
      });
      expect(wrong).toBe(-1);
      const sorted = list(sort(x));
      sortInPlace(x);
      const inPlace = list(x);
      const differs = (got: Plain[]): number => got.findIndex((v, k) => compareNumbers(v, values[order[k]]) !== 0);
      expect([sorted.length, differs(sorted), differs(inPlace)]).toEqual([n, -1, -1]);
    });
  }

  test.each([30, 140_000])('%d complex numbers, NaN by their parts', (n) => {
    const z = empty(n, 'complex128');
    const data = z.data as Float64Array;
    for (let i = 0; i < n; i++) {
      data[z.start + 2 * i] = i % 13 === 5 ? NaN : (i * 7919) % 10;
      data[z.start + 2 * i + 1] = i % 17 === 3 ? NaN : (i * 104729) % 101;
    }
    const at = (i: number): [number, number] => [data[z.start + 2 * i], data[z.start + 2 * i + 1]];
    const order = [...Array(n).keys()].sort((i, j) => compareComplex(...at(i), ...at(j)) || i - j);
    const got = list(argsort(z)).map(Number);
    expect(got.findIndex((i, k) => i !== order[k])).toBe(-1);
    const sorted = sort(z);
    const parts = sorted.data as Float64Array;
    order.forEach((i, k) => {
      if (k % 997 !== 0) return;
      expect([parts[sorted.start + 2 * k], parts[sorted.start + 2 * k + 1]]).toEqual(at(i));
    });
  });

  test.each(reals.filter((dtype) => dtype !== 'bool'))('places in lists of %s', (dtype) => {
    const n = 140_000;
    const level = astype(empty(n, 'float64'), dtype);
    level.data.fill((level.data instanceof BigInt64Array || level.data instanceof BigUint64Array ? 7n : 7) as never);
    for (const x of [awkward(n, dtype), sort(awkward(n, dtype)), level]) {
      const sorted = list(sort(x));
      for (const k of [0, 1, 70_000, n - 1]) {
        const got = list(partition(x, k));
        const before = got.slice(0, k).findIndex((v) => compareNumbers(v, sorted[k]) > 0);
        const behind = got.slice(k).findIndex((v) => compareNumbers(v, sorted[k]) < 0);
        expect([compareNumbers(got[k], sorted[k]), before, behind]).toEqual([0, -1, -1]);
        const again = list(sort(array(got, dtype)));
        expect(again.findIndex((v, i) => compareNumbers(v, sorted[i]) !== 0)).toBe(-1);
      }
    }
  });

  test.each([7, 1000, 140_000])('stable kinds keep the zeros of %d numbers in their order', (n) => {
    const x = empty(n, 'float64');
    const data = x.data as Float64Array;
    for (let i = 0; i < n; i++) data[x.start + i] = i % 5 === 0 ? 1 : i % 3 === 0 ? -0 : 0;
    const wanted = list(x).filter((v) => v === 0);
    const inPlace = copy(x);
    sortInPlace(inPlace, 0, 'mergesort');
    for (const sorted of [sort(x, 0, 'stable'), inPlace]) {
      expect(list(sorted).findIndex((v, i) => !Object.is(v, i < wanted.length ? wanted[i] : 1))).toBe(-1);
    }
  });

  test('along every axis, whatever the memory looks like', () => {
    const x = default_rng(3).integers(0, 50, [7, 40, 9]);
    const turned = transpose(x, [2, 0, 1]);
    for (const a of [x, transpose(x), turned, x.view([4, 20, 9], [x.strides[0], 2 * x.strides[1], x.strides[2]])]) {
      for (let axis = 0; axis < 3; axis++) {
        const sorted = sort(a, axis);
        const order = argsort(a, axis);
        expect(sorted.shape).toEqual(a.shape);
        const lead = a.shape.map((n, k) => (k === axis ? 1 : n));
        for (let flat = 0; flat < lead[0] * lead[1] * lead[2]; flat++) {
          const index = [Math.floor(flat / (lead[1] * lead[2])), Math.floor(flat / lead[2]) % lead[1], flat % lead[2]];
          const along = (from: NDArray): Plain[] =>
            Array.from({ length: a.shape[axis] }, (_, i) => plain(from.get(index.map((p, k) => (k === axis ? i : p)))));
          const row = along(a);
          const wanted = [...row.keys()].sort((i, j) => compareNumbers(row[i], row[j]) || i - j);
          expect(along(order).map(Number)).toEqual(wanted);
          expect(along(sorted)).toEqual(wanted.map((i) => row[i]));
        }
      }
    }
  });

  test('refusals', () => {
    expect(() => sort(array([1, 2]), 1)).toThrow('axis 1 is out of bounds for array of dimension 1');
    expect(() => sort(array([1]), 0, 'bogo' as never)).toThrow("sort kind must be one of 'quick', 'heap', or 'stable'");
    expect(() => sortInPlace(broadcast_to(array([2]), [3]))).toThrow('read-only');
    expect(() => argpartition(array([1, 2, 3]), 3)).toThrow('kth(=3) out of bounds (3)');
    expect(() => searchsorted(array([1]), 1, 'middle' as never)).toThrow("got 'middle'");
    const bytes = new Uint8Array(64);
    expect(() => native().sortAxis('float64', bytes, 0, bytes, 0, 1, 9, 1)).toThrow('outside its buffer');
    expect(() => native().argsortAxis('float64', bytes, 0, 1, 8, 1, new BigInt64Array(7))).toThrow('are needed');
    expect(() => native().selectPair('float64', bytes, 0, 8, 8, bytes)).toThrow('out of range');
    const twice = new BigInt64Array([5n, 0n]);
    expect(() => native().runOfEach(twice, new BigInt64Array(2), 2, new BigInt64Array(2))).toThrow('out of range');
  });
});

describe('searching', () => {
  test('searchsorted and unique against plain loops', () => {
    const numbers = fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constantFrom(NaN, Infinity)), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(numbers, numbers, fc.constantFrom('left' as const, 'right' as const), (held, wanted, side) => {
        const sorted = [...held].sort(compareNumbers);
        const found = list(searchsorted(array(sorted, 'float64'), array(wanted, 'float64'), side)).map(Number);
        expect(found).toEqual(
          wanted.map((v) => sorted.filter((x) => compareNumbers(x, v) < (side === 'right' ? 1 : 0)).length),
        );
        const all = uniqueAll(array(held, 'float64'));
        const values = list(all.values) as number[];
        expect(values).toEqual([...new Set(held.map((x) => x + 0))].sort(compareNumbers));
        expect(list(all.inverse).map((k) => values[Number(k)])).toEqual(held.map((x) => x + 0));
        expect(list(all.index).map(Number)).toEqual(values.map((v) => held.findIndex((x) => Object.is(x + 0, v))));
        expect(list(all.counts).map(Number)).toEqual(values.map((v) => held.filter((x) => Object.is(x + 0, v)).length));
      }),
    );
  });

  test.each(['float64', 'float32', 'int64', 'int8', 'uint32'] as const)('the k-th smallest of %s', (dtype) => {
    for (const n of [1, 10, 50_000, 140_000]) {
      const x = awkward(n, dtype);
      const sorted = list(sort(x));
      const out = new Uint8Array(2 * x.itemsize);
      for (const k of [0, n >> 1, n - 1, (n * 9) >> 4]) {
        native().selectPair(dtype, new Uint8Array(x.buffer, x.offset, x.nbytes), 0, n, k, out);
        const read = new (x.data.constructor as Float64ArrayConstructor)(out.buffer);
        expect(compareNumbers(plain(read[0]), plain(sorted[k]))).toBe(0);
        if (k + 1 < n) expect(compareNumbers(plain(read[1]), plain(sorted[k + 1]))).toBe(0);
      }
    }
  });
});

describe('stacks of small products', () => {
  test.each(['float32', 'float64', 'complex64', 'complex128'] as const)('%s equals product by product', (dtype) => {
    const rng = default_rng(5);
    const of = (...shape: number[]): NDArray => astype(rng.integers(-9, 9, shape), dtype);
    for (const [n, k, m] of [
      [8, 8, 8],
      [1, 1, 1],
      [3, 5, 2],
      [13, 7, 19],
      [2, 40, 33],
    ] as const) {
      const a = of(6, n, k);
      const b = of(6, k, m);
      const cases: [NDArray, NDArray, (i: number) => [number, number]][] = [
        [a, b, (i) => [i, i]],
        [a, of(k, m), (i) => [i, 0]],
        [reshape(a, [3, 2, n, k]), of(3, 1, k, m), (i) => [i, i >> 1]],
        [transpose(of(6, k, n), [0, 2, 1]), b, (i) => [i, i]],
      ];
      for (const [x, y, which] of cases) {
        const whole = reshape(matmul(x, y), [6, n, m]);
        const one = (s: NDArray, i: number): NDArray => {
          const flat = reshape(s, [-1, ...s.shape.slice(-2)]);
          return flat.view(flat.shape.slice(1), flat.strides.slice(1), flat.offset + i * flat.strides[0]);
        };
        for (let i = 0; i < 6; i++) {
          const [p, q] = which(i);
          expect(one(whole, i).tolist()).toEqual(matmul(one(x, p), one(y, q)).tolist());
        }
      }
    }
  });
});
