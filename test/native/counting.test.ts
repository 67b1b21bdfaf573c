/** Counting, places of extremes, copies and fills that take several threads, against plain loops. */
import { expect, test } from 'vitest';
import { astype, copy } from '#engine/cast.ts';
import { array, full } from '#engine/create.ts';
import { clip } from '#engine/elementwise.ts';
import { histogram } from '#engine/histogram.ts';
import { nonzero } from '#engine/index-plan.ts';
import { getitem, setitem } from '#engine/indexing.ts';
import { repeat, tile } from '#engine/joining.ts';
import { native } from '#engine/native.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { default_rng } from '#engine/random/generator.ts';
import { arange } from '#engine/ranges.ts';
import { all, any, prod } from '#engine/reductions.ts';
import { argmax, argmin } from '#engine/searching.ts';
import { bincount } from '#engine/sets.ts';
import { reshape, transpose } from '#engine/shape.ts';
import { floor_divide, remainder } from '#engine/ufuncs/arithmetic.ts';

const n = 300_001;
const rng = default_rng(11);
const normal = rng.standard_normal(n);
const values = normal.tolist() as number[];

const whole = (a: NDArray): number[] => (a.tolist() as (number | bigint)[]).map(Number);

test('bincount counts and weighs like a loop, of every integer dtype', () => {
  for (const dtype of ['uint8', 'int16', 'int32', 'int64', 'uint64', 'bool'] as const) {
    const list = astype(rng.integers(0, dtype === 'bool' ? 2 : 100, n), dtype);
    const counts = new Array<number>(dtype === 'bool' ? 2 : 100).fill(0);
    const sums = counts.map(() => 0);
    const numbers = list.tolist() as (number | bigint | boolean)[];
    numbers.forEach((k, i) => {
      counts[Number(k)]++;
      sums[Number(k)] += values[i];
    });
    expect(whole(bincount(list))).toEqual(counts);
    expect(bincount(list, normal).tolist()).toEqual(sums);
    expect(whole(bincount(list, undefined, 120))).toEqual([...counts, ...new Array<number>(120 - counts.length).fill(0)]);
  }
  // So many bins that they are not worth a list for each thread.
  const spread = rng.integers(0, n, n);
  const counts = new Array<number>(whole(spread).reduce((a, b) => Math.max(a, b)) + 1).fill(0);
  whole(spread).forEach((k) => counts[k]++);
  expect(whole(bincount(spread))).toEqual(counts);
});

test('numbers without a total, and wrong lengths, are refused or skipped', () => {
  const list = new Int32Array([5, -1, 2, 1_000_000]);
  const totals = new BigInt64Array(3);
  native().countNumbers('int32', new Uint8Array(list.buffer), null, totals);
  expect([...totals]).toEqual([0n, 0n, 1n]);
  expect(() =>
    native().countNumbers('int32', new Uint8Array(list.buffer), new Float64Array(3), new Float64Array(3)),
  ).toThrow(RangeError);
  expect(() => native().countNumbers('float64', new Uint8Array(8), null, totals)).toThrow(RangeError);
  expect(() => native().countInBins(new Float64Array(4), new Float64Array(3), true, null, totals)).toThrow(RangeError);
});

test('histograms put every value where the edges say', () => {
  for (const bins of [1, 7, 100, 700, [-3, -1, -0.5, 0, 0, 2.5]]) {
    const { hist, bin_edges } = histogram(normal, { bins });
    const edges = bin_edges.tolist() as number[];
    const last = edges.length - 2;
    const counts = new Array<number>(last + 1).fill(0);
    for (const x of values) {
      if (x < edges[0] || x > edges[last + 1]) continue;
      let k = last;
      while (k > 0 && x < edges[k]) k--;
      counts[k]++;
    }
    expect(whole(hist)).toEqual(counts);
  }
  const on = array([0, 1, 2, 3, 3, NaN, -1, 4]);
  expect(whole(histogram(on, { bins: 3, range: [0, 3] }).hist)).toEqual([1, 1, 3]);
  expect(() => histogram(on)).toThrow('autodetected range of [nan, nan] is not finite');
  // Weights are added in blocks of 65536, as NumPy adds them.
  const blocks = [0, 65536, 131072, 196608, 262144].map((from) =>
    values.slice(from, from + 65536).reduce((sum, x) => sum + Math.abs(x), 0),
  );
  const weighed = histogram(full(n, 0.5), { bins: 1, range: [0, 1], weights: array(values.map(Math.abs)) }).hist;
  expect(weighed.tolist()).toEqual([blocks.reduce((sum, x) => sum + x, 0)]);
});

test('places of extremes down columns are those of the rows of the transpose', () => {
  const table = copy(reshape(getitem(normal, [arange(0, 299_000)]), [460, 650]));
  for (const a of [table, astype(table, 'int64'), reshape(table, [2, 230, 650]), reshape(table, [23, 20, 650])]) {
    for (const [axis] of a.shape.entries()) {
      const others = a.shape.map((_, k) => k).filter((k) => k !== axis);
      const rows = copy(transpose(a, [...others, axis]));
      for (const find of [argmax, argmin]) {
        expect(find(a, { axis }).tolist()).toEqual(find(rows, { axis: rows.ndim - 1 }).tolist());
      }
    }
  }
  setitem(table, [5, 3], NaN);
  setitem(table, [9, 3], NaN);
  expect((argmax(table, { axis: 0 }).tolist() as bigint[])[3]).toBe(5n);
  expect((argmin(table, { axis: 0 }).tolist() as bigint[])[3]).toBe(5n);
  const same = full([50, 3], 0.5);
  setitem(same, [7], -0);
  expect(argmax(same, { axis: 0 }).tolist()).toEqual([0n, 0n, 0n]);
});

test('truth of columns and rows', () => {
  for (const dtype of ['float64', 'float32', 'int16', 'complex128'] as const) {
    const table = astype(full([300, 211], 1), dtype);
    setitem(table, [17, 200], 0);
    const nothing = astype(full([300, 211], 0), dtype);
    setitem(nothing, [299, 210], 2);
    for (const axis of [0, 1]) {
      const length = table.shape[1 - axis];
      const flags = (at: number, value: boolean): boolean[] =>
        Array.from({ length }, (_, k) => (k === at ? value : !value));
      expect(all(table, { axis }).tolist()).toEqual(flags(axis === 0 ? 200 : 17, false));
      expect(any(nothing, { axis }).tolist()).toEqual(flags(axis === 0 ? 210 : 299, true));
    }
  }
});

test('products that left the range know their sign, and what makes them NaN', () => {
  const large = full(n, 3.5);
  expect(prod(large).item()).toBe(Infinity);
  setitem(large, [n - 2], -1);
  expect(prod(large).item()).toBe(-Infinity);
  setitem(large, [n - 5], 0);
  expect(prod(large).item()).toBeNaN();
  const small = full(n, 0.1);
  setitem(small, [n - 2], -1);
  expect(Object.is(prod(small).item(), -0)).toBe(true);
  setitem(small, [n - 1], Infinity);
  expect(prod(small).item()).toBeNaN();
});

test('of equal places the last one counts, whoever writes', () => {
  const places = rng.integers(0, 40_000, n);
  const target = full(40_000, -0.5);
  setitem(target, [places], normal);
  const expected = new Array<number>(40_000).fill(-0.5);
  whole(places).forEach((k, i) => (expected[k] = values[i]));
  expect(target.tolist()).toEqual(expected);
});

test('flags of every kind of run are found', () => {
  for (const step of [1, 2, 3, 7, 64, 1000]) {
    const flags = array(Array.from({ length: 100_003 }, (_, i) => i % step === 0 || (i > 5000 && i < 5100)));
    const places = (flags.tolist() as boolean[]).flatMap((set, i) => (set ? [i] : []));
    expect(whole(nonzero(flags)[0])).toEqual(places);
    for (const dtype of ['int16', 'float32', 'int64'] as const) {
      const list = astype(remainder(arange(100_003), 30_000), dtype);
      expect(whole(getitem(list, [flags]))).toEqual(places.map((k) => k % 30_000));
    }
  }
});

test('large copies, tiles, repeats, ranges and fills are whole, wherever they begin', () => {
  const long = arange(2_000_003);
  for (const from of [0, 1, 5]) {
    const part = long.view([2_000_003 - from], [8], long.offset + 8 * from);
    const made = copy(part);
    expect(Number(made.item(0))).toBe(from);
    expect(Number(floor_divide(made, 1).item(made.size - 1))).toBe(2_000_002);
    expect(astype(part, 'float64').item(1_234_567)).toBe(1_234_567 + from);
  }
  const row = arange(999);
  const tiled = whole(tile(row, 2100));
  expect(tiled.every((x, i) => x === i % 999)).toBe(true);
  expect(whole(repeat(row, 2100)).every((x, i) => x === Math.floor(i / 2100))).toBe(true);
  expect(whole(long).every((x, i) => x === i)).toBe(true);
  expect((arange(0, 500_000.5, 0.25).tolist() as number[]).every((x, i) => x === i * 0.25)).toBe(true);
  expect((full(2_000_003, 2.5).tolist() as number[]).every((x) => x === 2.5)).toBe(true);
  expect((full(2_000_003, { re: 1, im: 2 }).item(2_000_002) as { im: number }).im).toBe(2);
});

test('clip keeps −0 and NaN as NumPy does', () => {
  const x = array([...new Array<number>(600).fill(-0), NaN, -5, 5, ...new Array<number>(600).fill(1)]);
  const cut = clip(x, 0, 2).tolist() as number[];
  expect(Object.is(cut[0], -0)).toBe(true);
  expect(cut.slice(600, 604)).toEqual([NaN, 0, 2, 1]);
  expect((clip(x, NaN, 2).tolist() as number[]).every(Number.isNaN)).toBe(true);
  expect(clip(x, 3, 2).item(0)).toBe(2);
});

test('integers divide by one number exactly, near and past what float64 holds', () => {
  const near = 2n ** 52n;
  for (const edge of [7n, near - 1n, near, 2n ** 62n]) {
    const list = Array.from({ length: 600 }, (_, i) => (i % 2 === 0 ? 1n : -1n) * (edge - BigInt(i)));
    const x = array(list, 'int64');
    for (const by of [1, 3, 7, 1000, 2 ** 51]) {
      const b = BigInt(by);
      const floor = (a: bigint): bigint => (a < 0n ? -((b - 1n - a) / b) : a / b);
      expect(floor_divide(x, by).tolist()).toEqual(list.map(floor));
      expect(remainder(x, by).tolist()).toEqual(list.map((a) => a - floor(a) * b));
    }
  }
});
