/** Sorting in the addon against the sort of typed arrays: numbers of every kind in the orders that sorts are known to fear. */
import { describe, expect, test } from 'vitest';
import { native } from '#engine/native.ts';

const kinds = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;
type Kind = keyof typeof kinds;
type List = InstanceType<(typeof kinds)[Kind]>;

let state = 1;
const random = (): number => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};

const special = [NaN, 0, -0, Infinity, -Infinity, 1e-310, -1e-310, 3];

/** Element i of n; `most` is about the largest number of the kind. */
const orders: Record<string, (i: number, n: number, most: number) => number> = {
  random: (_, __, most) => (random() - 0.5) * 2 * most,
  rising: (i) => i,
  falling: (i, n) => n - i,
  equal: () => 5,
  'of three values': () => Math.floor(random() * 3),
  'organ pipe': (i, n) => Math.min(i, n - i),
  'mostly equal': (_, __, most) => (random() < 0.9 ? 7 : random() * most),
  'of the ends': (i, _, most) => (i % 2 === 0 ? most : -most),
  'of halves': () => Math.floor(-Math.log2(random() + 1e-9)),
  'a saw': (i) => i % 17,
  'a wave': (i, _, most) => Math.sin(i) * most,
  'a stride': (i, n) => (i * 7919) % n,
  'what has no order': () => special[Math.floor(random() * special.length)],
};

/** Around the lengths of networks, of vectors, of what is split aside and of what several threads share. */
const lengths = [2, 3, 7, 16, 17, 31, 64, 65, 100, 127, 128, 129, 255, 256, 257, 300, 511, 512, 513, 600, 1023, 1025, 1100];
const long = [4096, 8193, 32_767, 32_769, 150_001];

function made(kind: Kind, n: number, order: string): List {
  const list = new kinds[kind](n);
  const wide = list instanceof BigInt64Array || list instanceof BigUint64Array;
  const most = wide ? 2 ** 62 : kind.startsWith('float') ? 1 : 2 ** (8 * list.BYTES_PER_ELEMENT - 1) - 1;
  for (let i = 0; i < n; i++) {
    const value = orders[order](i, n, most);
    if (wide) list[i] = BigInt(Number.isFinite(value) ? Math.trunc(value) : 0);
    else list[i] = value;
  }
  return list;
}

const bytes = (list: List, from = 0): Uint8Array =>
  new Uint8Array(list.buffer, from * list.BYTES_PER_ELEMENT, list.byteLength - from * list.BYTES_PER_ELEMENT);

/** Where two lists differ first, a zero from a negative one too; −1 if they do not. */
const differs = (a: List, b: List): number => {
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return i;
  return -1;
};

describe.each(Object.keys(kinds) as Kind[])('%s', (kind) => {
  test.each(Object.keys(orders))('%s', (order) => {
    for (const n of [...lengths, ...long]) {
      const list = made(kind, n, order);
      const expected = list.slice().sort();
      const copy = new kinds[kind](n);
      native().sortAxis(kind, bytes(list), 0, bytes(copy), 0, 1, n, 1);
      native().sortAxis(kind, bytes(list), 0, bytes(list), 0, 1, n, 1);
      expect([n, differs(copy, expected), differs(list, expected)]).toEqual([n, -1, -1]);
    }
  });

  test('nothing around a row is touched, and every row and column is sorted', () => {
    for (const [rows, n] of [
      [3, 70],
      [50, 1000],
      [3, 33_000],
    ]) {
      const list = made(kind, rows * n + 2, 'random');
      const expected = list.slice();
      for (let r = 0; r < rows; r++) expected.subarray(1 + r * n, 1 + (r + 1) * n).sort();
      const across = made(kind, rows * n + 2, 'equal');
      for (let i = 0; i < rows * n; i++) across[1 + (i % n) * rows + Math.floor(i / n)] = list[1 + i];
      native().sortAxis(kind, bytes(list, 1), 0, bytes(list, 1), 0, rows, n, 1);
      expect(differs(list, expected)).toBe(-1);
      native().sortAxis(kind, bytes(across, 1), 0, bytes(across, 1), 0, 1, n, rows);
      let wrong = 0;
      for (let i = 0; i < rows * n; i++) {
        if (!Object.is(across[1 + (i % n) * rows + Math.floor(i / n)], expected[1 + i])) wrong++;
      }
      expect(wrong).toBe(0);
    }
  });
});
