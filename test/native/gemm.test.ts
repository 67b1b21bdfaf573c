import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Floats, type LapackType, native, type Transpose } from '#engine/native.ts';

/** Our own matrix product against the definition, within the bound of its rounding errors: k · eps · |A| · |B|. */
const letters = ['s', 'd', 'c', 'z'] as const;
const operations = ['N', 'T', 'C'] as const;
const partsOf = (letter: LapackType): number => (letter === 'c' || letter === 'z' ? 2 : 1);
const epsOf = (letter: LapackType): number => (letter === 's' || letter === 'c' ? 2 ** -23 : 2 ** -52);

let state = 7;
const random = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
const upTo = (n: number): number => Math.floor(random() * (n + 1));

function filled(letter: LapackType, count: number, value: () => number): Floats {
  const out = new (letter === 's' || letter === 'c' ? Float32Array : Float64Array)(count * partsOf(letter));
  for (let i = 0; i < out.length; i++) out[i] = value();
  return out;
}

const bytesOf = (data: Floats): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

interface Operand {
  data: Floats;
  ld: number;
  turned: Transpose;
}

/** A matrix whose op is rows × cols, with rows of memory to spare. */
function operand(letter: LapackType, turned: Transpose, rows: number, cols: number, spare: number): Operand {
  const [height, width] = turned === 'N' ? [rows, cols] : [cols, rows];
  const ld = Math.max(1, height) + spare;
  return { data: filled(letter, ld * width, () => random() - 0.5), ld, turned };
}

/** Entry (i, j) of op of the matrix: its real and imaginary part. */
function at({ data, ld, turned }: Operand, parts: number, i: number, j: number): [number, number] {
  const index = (turned === 'N' ? i + j * ld : j + i * ld) * parts;
  if (parts === 1) return [data[index], 0];
  return [data[index], turned === 'C' ? -data[index + 1] : data[index + 1]];
}

/** Multiplies and compares: the largest error in units of its bound, and whether C's other memory was left alone. */
function worst(
  letter: LapackType,
  [ta, tb]: readonly [Transpose, Transpose],
  [m, n, k]: readonly [number, number, number],
  alpha = 1,
  beta = 0,
): { error: number; untouched: boolean } {
  const parts = partsOf(letter);
  const a = operand(letter, ta, m, k, upTo(2));
  const b = operand(letter, tb, k, n, upTo(2));
  const ldc = Math.max(1, m) + upTo(2);
  // What lies in C must not matter where beta is zero.
  const c = filled(letter, ldc * n, () => (beta === 0 ? NaN : random() - 0.5));
  const before = c.slice();
  native().gemm(letter, ta, tb, m, n, k, alpha, a.data, a.ld, b.data, b.ld, beta, c, ldc);
  let error = 0;
  let untouched = true;
  const [left, right] = [new Float64Array(2 * k), new Float64Array(2 * k)];
  // Of a large matrix some columns, but those at tiles' edges among them.
  const step = n > 70 && m > 70 ? 13 : 1;
  for (let j = 0; j < n; j = j < n - 4 ? Math.min(j + step, n - 4) : j + 1) {
    for (let p = 0; p < k; p++) right.set(at(b, parts, p, j), 2 * p);
    for (let i = 0; i < ldc; i++) {
      const cell = (i + j * ldc) * parts;
      if (i >= m) {
        for (let q = 0; q < parts; q++) untouched &&= Object.is(c[cell + q], before[cell + q]);
        continue;
      }
      for (let p = 0; p < k; p++) left.set(at(a, parts, i, p), 2 * p);
      let [re, im, size] = [0, 0, 0];
      for (let p = 0; p < 2 * k; p += 2) {
        re += left[p] * right[p] - left[p + 1] * right[p + 1];
        im += left[p] * right[p + 1] + left[p + 1] * right[p];
        size += (Math.abs(left[p]) + Math.abs(left[p + 1])) * (Math.abs(right[p]) + Math.abs(right[p + 1]));
      }
      const kept = beta === 0 ? [0, 0] : [before[cell], parts === 2 ? before[cell + 1] : 0];
      const bound = (k + 2) * epsOf(letter) * (Math.abs(alpha) * size + Math.abs(beta) * (Math.abs(kept[0]) + Math.abs(kept[1])));
      const off = Math.max(
        Math.abs(c[cell] - (alpha * re + beta * kept[0])),
        parts === 2 ? Math.abs(c[cell + 1] - (alpha * im + beta * kept[1])) : 0,
      );
      // NaN counts as wrong.
      if (!(off <= bound)) error = Infinity;
      else if (bound > 0) error = Math.max(error, off / bound);
    }
  }
  return { error, untouched };
}

const right = { error: expect.toSatisfy((x: number) => x <= 1) as number, untouched: true };
const threadsBefore = native().blas().threads;
beforeAll(() => native().setThreads(3));
afterAll(() => native().setThreads(threadsBefore));

describe.each(letters)('gemm of type %s', (letter) => {
  describe.each(operations.flatMap((ta) => operations.map((tb) => [ta, tb] as const)))('%s%s', (ta, tb) => {
    test('matrices of 0 … 70 rows and columns', () => {
      for (let round = 0; round < 36; round++) {
        const most = [4, 20, 70][round % 3];
        const shape = [upTo(most), upTo(most), upTo(most)] as const;
        const [alpha, beta] = [
          [1, 0],
          [-0.5, 1],
          [2, -0.75],
          [0, 0.5],
        ][upTo(3)];
        expect({ shape, ...worst(letter, [ta, tb], shape, alpha, beta) }).toMatchObject(right);
      }
    });

    test.each([
      [97, 130, 85],
      [26, 500, 40],
      [310, 33, 90],
      [9, 10, 1500],
    ])('on several threads and in several steps of depth: %i × %i × %i', (...shape) => {
      expect(worst(letter, [ta, tb], shape)).toMatchObject(right);
      expect(worst(letter, [ta, tb], shape, -1, 1)).toMatchObject(right);
    });
  });

  test.each([
    [1, 1, 1000],
    [1, 700, 300],
    [700, 1, 300],
    [2100, 3, 2],
    [3, 2100, 2],
    [500, 450, 410],
  ])('long and large ones: %i × %i × %i', (...shape) => {
    expect(worst(letter, ['N', 'N'], shape)).toMatchObject(right);
    expect(worst(letter, ['T', 'N'], shape, 1, 1)).toMatchObject(right);
  });

  test.each([16, 101, 300])('the same bits again, on any number of threads, order %i', (n) => {
    const a = operand(letter, 'N', n, n, 0);
    const b = operand(letter, 'N', n, n, 0);
    const once = (threads: number): Floats => {
      native().setThreads(threads);
      const c = filled(letter, n * n, () => 0);
      native().gemm(letter, 'N', 'T', n, n, n, 1, a.data, n, b.data, n, 0, c, n);
      return c;
    };
    const first = once(1);
    for (const threads of [1, 2, 3, 3]) expect(Buffer.compare(bytesOf(once(threads)), bytesOf(first))).toBe(0);
  });

  test.each([1, 2, 8, 45, 130, 333])('a matrix and its own transpose give what is exactly symmetric, order %i', (n) => {
    const parts = partsOf(letter);
    const k = 50;
    for (const turned of ['T', 'C'] as const) {
      for (const outer of [true, false]) {
        const a = operand(letter, outer ? 'N' : 'T', n, k, 1);
        const c = filled(letter, n * n, () => NaN);
        const [ta, tb] = outer ? (['N', turned] as const) : ([turned, 'N'] as const);
        native().gemm(letter, ta, tb, n, n, k, 1, a.data, a.ld, a.data, a.ld, 0, c, n);
        const sign = turned === 'C' ? -1 : 1;
        let same = true;
        for (let j = 0; j < n; j++) {
          for (let i = 0; i <= j; i++) {
            same &&= c[(i + j * n) * parts] === c[(j + i * n) * parts];
            if (parts === 2) same &&= c[(i + j * n) * 2 + 1] === sign * c[(j + i * n) * 2 + 1];
          }
        }
        expect(same).toBe(true);
        // And it is the product, as a copy of the matrix gives it.
        const other = filled(letter, n * n, () => NaN);
        native().gemm(letter, ta, tb, n, n, k, 1, a.data, a.ld, a.data.slice(), a.ld, 0, other, n);
        let off = 0;
        for (let i = 0; i < c.length; i++) off = Math.max(off, Math.abs(c[i] - other[i]));
        expect(off).toBeLessThanOrEqual(k * parts * epsOf(letter) * k * 0.5);
      }
    }
  });

  test.each([6, 60, 200])('NaN and infinity reach their row and column and nothing else, order %i', (n) => {
    const parts = partsOf(letter);
    const a = operand(letter, 'N', n, n, 0);
    const b = operand(letter, 'N', n, n, 0);
    const [i, j] = [upTo(n - 1), upTo(n - 1)];
    a.data[(i + 2 * n) * parts] = NaN;
    b.data[(3 + j * n) * parts] = Infinity;
    const c = filled(letter, n * n, () => 0);
    native().gemm(letter, 'N', 'N', n, n, n, 1, a.data, n, b.data, n, 0, c, n);
    let wrong = 0;
    for (let y = 0; y < n; y++) {
      for (let x = 0; x < n; x++) {
        const value = c[(x + y * n) * parts];
        const expected = x === i ? Number.isNaN(value) : y === j ? !Number.isFinite(value) : Number.isFinite(value);
        if (!expected) wrong++;
      }
    }
    expect(wrong).toBe(0);
  });
});
