import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dtypes, type DType } from '#shared/dtype.ts';
import { astype } from '#engine/cast.ts';
import { array, zeros } from '#engine/create.ts';
import { copyInto } from '#engine/kernels/copy.ts';
import { FactorPreview } from '#engine/kernels/factor-preview.ts';
import { pictureView } from '#engine/kernels/picture.ts';
import { cells, firstNonfinite, range, statistics } from '#engine/kernels/statistics.ts';
import { tile } from '#engine/kernels/tile.ts';
import { svd } from '#engine/linalg/svd.ts';
import type { NDArray } from '#engine/ndarray.ts';

const wave = (m: number, n: number, dtype: DType = 'float64'): NDArray => {
  const a = zeros([m, n]);
  for (let i = 0; i < a.size; i++) a.data[a.start + i] = Math.round(50 * Math.sin(i * 1.7) + 60);
  return astype(a, dtype);
};
const whole = (a: NDArray) => ({ row0: 0, row1: a.shape[0], col0: 0, col1: a.shape[1] });
const sizeOf = (x: unknown): number => (typeof x === 'object' ? Math.hypot((x as { re: number }).re, (x as { im: number }).im) : Number(x));

/** The tile by its definition. */
const plainTile = (a: NDArray, width: number, height: number, reduce: 'mean' | 'absmax'): number[] => {
  const [m, n] = a.shape;
  const out: number[] = [];
  for (let i = 0; i < height; i++) {
    const r0 = Math.floor((i * m) / height);
    const r1 = Math.max(r0 + 1, Math.floor(((i + 1) * m) / height));
    for (let j = 0; j < width; j++) {
      const c0 = Math.floor((j * n) / width);
      const c1 = Math.max(c0 + 1, Math.floor(((j + 1) * n) / width));
      const seen: number[] = [];
      for (let r = r0; r < r1; r++) {
        for (let c = c0; c < c1; c++) {
          const x = a.entries === 2 ? sizeOf(a.get([r, c])) : Number(a.get([r, c]));
          if (!Number.isNaN(x)) seen.push(x);
        }
      }
      if (seen.length === 0) out.push(NaN);
      else if (reduce === 'mean') out.push(seen.reduce((x, y) => x + y, 0) / seen.length);
      else out.push(seen.reduce((x, y) => (Math.abs(y) > Math.abs(x) ? y : x)));
    }
  }
  return out;
};

const close = (ours: ArrayLike<number>, theirs: ArrayLike<number>, tolerance = 1e-5): void => {
  expect(ours.length).toBe(theirs.length);
  for (let i = 0; i < ours.length; i++) {
    if (Number.isNaN(theirs[i])) expect(ours[i]).toBeNaN();
    else expect(Math.abs(ours[i] - theirs[i])).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(theirs[i])));
  }
};

describe('tile', () => {
  test.each(dtypes.map((dtype) => [dtype]))('of %s, shrinking and enlarging, any strides', async (dtype) => {
    const a = wave(37, 53, dtype);
    const turned = astype(a.T, dtype, { order: 'C' }).T;
    const part = a.view([18, 26], [a.strides[0] * 2, a.strides[1] * 2]);
    const backwards = a.view([37, 53], [-a.strides[0], a.strides[1]], a.offset + 36 * a.strides[0]);
    for (const x of [a, a.T, turned, part, backwards]) {
      for (const [width, height] of [
        [7, 5],
        [60, 80],
        [1, 1],
        [53, 37],
      ]) {
        for (const reduce of ['mean', 'absmax'] as const) {
          const { values, exact } = await tile(x, whole(x), width, height, reduce);
          expect(exact).toBe(true);
          close(values, plainTile(x, width, height, reduce));
        }
      }
    }
  });

  test('passes over NaN, and shows it where nothing else is', async () => {
    const a = wave(12, 12);
    for (let i = 0; i < 6; i++) for (let j = 0; j < 4; j++) a.set([i, j], NaN);
    a.set([7, 7], NaN);
    for (const reduce of ['mean', 'absmax'] as const) {
      close((await tile(a, whole(a), 3, 2, reduce)).values, plainTile(a, 3, 2, reduce));
    }
    expect((await tile(a, whole(a), 3, 2, 'mean')).values[0]).toBeNaN();
  });

  test('of a sample is near the whole, and says so', async () => {
    const a = zeros([900, 1100]);
    for (let i = 0; i < 900; i++) for (let j = 0; j < 1100; j++) a.set([i, j], i + j);
    const sampled = await tile(a, whole(a), 20, 10, 'mean', { sample: true });
    const full = await tile(a, whole(a), 20, 10, 'mean');
    expect([sampled.exact, full.exact]).toEqual([false, true]);
    sampled.values.forEach((x, i) => expect(Math.abs(x - full.values[i])).toBeLessThan(80));
    expect((await tile(a, { row0: 0, row1: 9, col0: 0, col1: 9 }, 9, 9, 'mean', { sample: true })).exact).toBe(true);
  });

  test('takes planes, vectors and empty regions, and refuses the rest', async () => {
    const image = zeros([4, 6, 3], 'uint8');
    image.set([1, 2, 1], 9);
    expect((await tile(image, whole(image), 6, 4, 'mean', { plane: 1 })).values[8]).toBe(9);
    const v = array([1, 2, 3.0]);
    expect([...(await tile(v, { row0: 0, row1: 3, col0: 0, col1: 1 }, 1, 3, 'mean')).values]).toEqual([1, 2, 3]);
    expect((await tile(v, { row0: 1, row1: 1, col0: 0, col1: 1 }, 1, 1, 'mean')).values[0]).toBeNaN();
    await expect(tile(v, { row0: 0, row1: 4, col0: 0, col1: 1 }, 1, 1, 'mean')).rejects.toMatchObject({ code: 'index' });
    await expect(tile(v, whole(image), 1e9, 1, 'mean')).rejects.toMatchObject({ code: 'index' });
    await expect(tile(image, whole(image), 0, 1, 'mean')).rejects.toMatchObject({ code: 'value' });
    await expect(tile(image, whole(image), 1, 1, 'mean', { plane: 3 })).rejects.toMatchObject({ code: 'index' });
  });
});

describe('statistics', () => {
  test.each(dtypes.map((dtype) => [dtype]))('range and moments of %s', async (dtype) => {
    const a = wave(41, 23, dtype);
    for (const x of [a, a.T]) {
      const all = (x.tolist() as unknown[][]).flat().map(sizeOf);
      const found = await range(x);
      const [min, max] = [Math.min(...all), Math.max(...all)];
      expect(found).toEqual({ min, max, absmax: Math.max(Math.abs(min), Math.abs(max)), nan: 0, inf: 0, exact: true });
      const mean = all.reduce((s, v) => s + v, 0) / all.length;
      const s = await statistics(x, whole(x));
      expect([s.count, s.nan, s.min, s.max]).toEqual([all.length, 0, min, max]);
      expect(s.mean).toBeCloseTo(mean, 10);
      expect(s.std).toBeCloseTo(Math.sqrt(all.reduce((t, v) => t + (v - mean) ** 2, 0) / all.length), 8);
    }
  });

  test('counts what is not finite', async () => {
    const a = array([[NaN, 1, -3], [Infinity, -Infinity, 2]]);
    expect(await range(a)).toEqual({ min: -3, max: 2, absmax: 3, nan: 1, inf: 2, exact: true });
    expect(await statistics(a, { row0: 0, row1: 1, col0: 0, col1: 3 })).toEqual({ count: 3, nan: 1, sum: -2, mean: -1, std: 2, min: -3, max: 1 });
    const none = await range(array([[NaN]]));
    expect([none.min, none.max, none.nan]).toEqual([NaN, NaN, 1]);
    expect(await statistics(a, { row0: 0, row1: 0, col0: 0, col1: 3 })).toMatchObject({ count: 0, sum: 0, mean: NaN });
  });

  test('does not lose small numbers beside large ones', async () => {
    const a = zeros([100000]);
    for (let i = 0; i < a.size; i++) a.data[a.start + i] = 1e9 + (i % 2);
    const s = await statistics(a, { row0: 0, row1: 100000, col0: 0, col1: 1 });
    expect(s.mean).toBe(1e9 + 0.5);
    expect(s.std).toBeCloseTo(0.5, 12);
  });

  test('of a sample', async () => {
    const a = zeros([3000, 1000]);
    for (let i = 0; i < a.size; i++) a.data[a.start + i] = i / a.size;
    const found = await range(a, { sample: true });
    expect(found.exact).toBe(false);
    expect(found.max).toBeGreaterThan(0.9);
    expect((await range(array([1, 2]), { sample: true })).exact).toBe(true);
  });

  test('cells, with imaginary parts where there are some', () => {
    const a = wave(5, 4, 'int16');
    expect([...cells(a, { row0: 1, row1: 3, col0: 2, col1: 4 }).values]).toEqual([[1, 2], [1, 3], [2, 2], [2, 3]].map((i) => Number(a.get(i))));
    const c = array([{ re: 1, im: -2 }]);
    const found = cells(c, { row0: 0, row1: 1, col0: 0, col1: 1 });
    expect([found.values[0], found.imag?.[0]]).toEqual([1, -2]);
  });
});

describe('firstNonfinite', () => {
  test('names the first in the order of the rows, whatever the strides', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.tuple(fc.nat(8), fc.nat(39), fc.constantFrom(NaN, Infinity, -Infinity)), { maxLength: 4 }),
        fc.boolean(),
        fc.constantFrom<DType>('float32', 'float64', 'complex64', 'complex128'),
        (m, n, bad, turned, dtype) => {
          const base = zeros(turned ? [n, m] : [m, n], dtype);
          const a = turned ? base.T : base;
          let first = Infinity;
          for (const [i, j, value] of bad) {
            if (i >= m || j >= n) continue;
            a.set([i, j], dtype.startsWith('complex') ? { re: 0, im: value } : value);
            first = Math.min(first, i * n + j);
          }
          expect(firstNonfinite(a)).toEqual(first === Infinity ? null : [Math.floor(first / n), first % n]);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('takes the largest finite numbers for what they are', () => {
    expect(firstNonfinite(array([Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324]))).toBeNull();
    expect(firstNonfinite(zeros([0, 4]))).toBeNull();
    expect(firstNonfinite(zeros([2, 2], 'int32'))).toBeNull();
  });
});

test('copyInto converts and turns like a loop over the elements', () => {
  for (const from of dtypes) {
    for (const to of dtypes) {
      const a = wave(45, 38, from);
      const out = zeros([45, 38], to);
      const turned = zeros([38, 45], to);
      copyInto(a, out);
      copyInto(a.T, turned);
      const expected = astype(a, to);
      expect(out.tolist()).toEqual(expected.tolist());
      expect(turned.T.tolist()).toEqual(expected.tolist());
    }
  }
});

describe('pictureView', () => {
  const picture = zeros([12, 16, 3], 'uint8');
  for (let i = 0; i < picture.size; i++) picture.data[picture.start + i] = (i * 37) % 256;

  test('at its own size is the picture', async () => {
    const rgba = await pictureView(picture, whole(picture), 16, 12);
    for (const [i, j] of [[0, 0], [5, 9], [11, 15]]) {
      const expected = [0, 1, 2].map((c) => Number(picture.get([i, j, c])));
      expect([...rgba.subarray((i * 16 + j) * 4, (i * 16 + j) * 4 + 4)]).toEqual([...expected, 255]);
    }
  });

  test('averages by area, with parts of pixels', async () => {
    const grey = array([[0, 90, 180]]);
    const rgba = await pictureView(astype(grey, 'uint8'), { row0: 0, row1: 1, col0: 0, col1: 3 }, 2, 1);
    expect([...rgba]).toEqual([30, 30, 30, 255, 150, 150, 150, 255]);
  });

  test('takes turned and reversed pictures, enlarges to squares', async () => {
    const turned = picture.view([16, 12, 3], [picture.strides[1], picture.strides[0], 1]);
    const rgba = await pictureView(turned, whole(turned), 12, 16);
    expect(rgba[(9 * 12 + 5) * 4]).toBe(Number(picture.get([5, 9, 0])));
    const one = await pictureView(picture, { row0: 3, row1: 4, col0: 3, col1: 5 }, 4, 2);
    expect([one[0], one[4], one[8], one[16]]).toEqual([[3, 3], [3, 3], [3, 4], [3, 3]].map(([i, j]) => Number(picture.get([i, j, 0]))));
    await expect(pictureView(zeros([2, 2]), whole(picture), 1, 1)).rejects.toMatchObject({ code: 'dtype' });
  });
});

describe('FactorPreview', () => {
  const a = wave(90, 130);
  const { U, S, Vh } = svd(a, { full_matrices: false });
  const factor = (dtype: DType) => ({ u: astype(U, dtype), s: astype(S, dtype), vh: astype(Vh, dtype), a });
  const rebuilt = (k: number): NDArray => {
    const out = zeros([90, 130]);
    for (let i = 0; i < 90; i++) {
      for (let j = 0; j < 130; j++) {
        let sum = 0;
        for (let r = 0; r < k; r++) sum += Number(U.get([i, r])) * Number(S.get([r])) * Number(Vh.get([r, j]));
        out.set([i, j], sum);
      }
    }
    return out;
  };

  test.each<[DType]>([['float32'], ['float64']])('shows the tile of A_k, wherever the slider comes from (%s)', async (dtype) => {
    const preview = new FactorPreview([factor(dtype)], { sampling: 'cells' });
    const region = { row0: 10, row1: 80, col0: 5, col1: 125 };
    for (const k of [3, 4, 90, 0, 65, 64, 30, 89, 200]) {
      const { values, absmax } = await preview.values(region, 37, 29, k, false);
      const expected = await tile(rebuilt(Math.min(90, k)), region, 37, 29, 'mean');
      close(values, expected.values, 2e-5 * 100);
      expect(absmax).toBeCloseTo(Math.max(...values.map(Math.abs)), 4);
    }
    const { values } = await preview.values(region, 37, 29, 20, true);
    const original = await tile(a, region, 37, 29, 'mean');
    const shown = await preview.values(region, 37, 29, 20, false);
    close(values, original.values.map((x, i) => x - shown.values[i]), 1e-3);
    preview.close();
  });

  test('takes factors of any strides', async () => {
    const f = factor('float32');
    const turn = (x: NDArray): NDArray => astype(x.T, x.dtype, { order: 'C' }).T;
    const one = new FactorPreview([f], { sampling: 'area' });
    const two = new FactorPreview([{ ...f, u: turn(f.u), vh: turn(f.vh) }], { sampling: 'area' });
    const x = await one.values(whole(a), 31, 17, 12, false);
    const y = await two.values(whole(a), 31, 17, 12, false);
    close(x.values, y.values, 1e-5);
  });

  test('draws grey, rgb, ycbcr and differences', async () => {
    const f = factor('float32');
    const grey = new FactorPreview([f], { sampling: 'area' });
    const full = await grey.rgba(whole(a), 130, 90, 90, 'grey', false);
    expect([full[0], full[1], full[2], full[3]]).toEqual([Number(a.get([0, 0])), Number(a.get([0, 0])), Number(a.get([0, 0])), 255]);
    const difference = await grey.rgba(whole(a), 130, 90, 90, 'grey', true);
    expect(Math.max(...difference.filter((_, i) => i % 4 === 0))).toBeLessThanOrEqual(129);
    const rgb = new FactorPreview([f, f, f], { sampling: 'area' });
    expect([...(await rgb.rgba(whole(a), 130, 90, 90, 'rgb', false))]).toEqual([...full]);
    // Y = Cb = Cr = x, by JFIF.
    const ycbcr = await rgb.rgba(whole(a), 130, 90, 90, 'ycbcr', false);
    const x = Number(a.get([0, 0]));
    const clamp = (v: number): number => Math.round(Math.min(255, Math.max(0, v)));
    expect(Math.abs(ycbcr[0] - clamp(x + 1.402 * (x - 128)))).toBeLessThanOrEqual(1);
    expect(Math.abs(ycbcr[1] - clamp(x - 0.344136 * (x - 128) - 0.714136 * (x - 128)))).toBeLessThanOrEqual(1);
    expect(Math.abs(ycbcr[2] - clamp(x + 1.772 * (x - 128)))).toBeLessThanOrEqual(1);
    await expect(grey.rgba(whole(a), 10, 10, 5, 'rgb', false)).rejects.toMatchObject({ code: 'value' });
    const bare = new FactorPreview([{ ...f, a: null }], { sampling: 'area' });
    await expect(bare.values(whole(a), 10, 10, 5, true)).rejects.toMatchObject({ code: 'value' });
  });

  test('answers calls in order, also when many come at once', async () => {
    const preview = new FactorPreview([factor('float32')], { sampling: 'cells' });
    const answers = await Promise.all([5, 40, 2, 80].map((k) => preview.values(whole(a), 20, 20, k, false)));
    for (const [i, k] of [5, 40, 2, 80].entries()) {
      const again = await new FactorPreview([factor('float32')], { sampling: 'cells' }).values(whole(a), 20, 20, k, false);
      close(answers[i].values, again.values, 1e-4);
    }
  });

  test('refuses factors that do not fit', () => {
    const f = factor('float32');
    expect(() => new FactorPreview([{ ...f, s: zeros([3], 'float32') }], { sampling: 'cells' })).toThrow(/do not fit/);
    expect(() => new FactorPreview([{ ...f, u: zeros([90, 90], 'int32') }], { sampling: 'cells' })).toThrow(/unsupported/);
    expect(() => new FactorPreview([], { sampling: 'cells' })).toThrow(/at least one/);
  });
});

test('a worker thread fills an array that this thread reads', async () => {
  const a = zeros([64, 64]);
  for (let i = 0; i < 64; i++) a.set([i, i], i + 1);
  const path = new URL('../../build/native/eigenscope.node', import.meta.url).pathname;
  const worker = new Worker(
    `const { workerData: w, parentPort } = require('node:worker_threads');
     const native = require(w.path);
     const a = new Float64Array(w.buffer, w.offset, 64 * 64);
     const s = new Float64Array(w.out);
     parentPort.postMessage(native.gesdd('d', 'N', 64, 64, a, 64, s, a.subarray(0, 0), 1, a.subarray(0, 0), 1));`,
    { eval: true, workerData: { path, buffer: a.buffer, offset: a.offset, out: new SharedArrayBuffer(512) } },
  );
  expect(await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject))).toBe(0);
  await worker.terminate();
});
