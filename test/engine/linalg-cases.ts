/** Matrices that the tests of linear algebra share: random ones and the classic gallery. */
import { zeros } from '#engine/create.ts';
import type { NDArray } from '#engine/ndarray.ts';

/** Numbers between −1 and 1, the same for a seed. */
export function random(m: number, n: number, seed: number): NDArray {
  const a = zeros([m, n]);
  let state = seed * 2654435761 + 1;
  for (let i = 0; i < a.size; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    a.data[a.start + i] = state / 2147483648 - 1;
  }
  return a;
}

export function complexRandom(m: number, n: number, seed: number): NDArray {
  const a = zeros([m, n], 'complex128');
  const parts = random(m, 2 * n, seed);
  for (let i = 0; i < parts.size; i++) a.data[a.start + i] = parts.data[parts.start + i];
  return a;
}

export function fromFunction(m: number, n: number, f: (i: number, j: number) => number): NDArray {
  const a = zeros([m, n]);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) a.set([i, j], f(i, j));
  return a;
}

const n = 24;
const kahanSine = Math.sin(1.2);
const kahanCosine = Math.cos(1.2);

export const gallery: Record<string, NDArray> = {
  hilb: fromFunction(n, n, (i, j) => 1 / (i + j + 1)),
  frank: fromFunction(n, n, (i, j) => (j < i - 1 ? 0 : j === i - 1 ? n - i : n - Math.max(i, j))),
  kahan: fromFunction(n, n, (i, j) => (j < i ? 0 : kahanSine ** i * (i === j ? 1 : -kahanCosine))),
  wilkinson: fromFunction(21, 21, (i, j) => (i === j ? Math.abs(i - 10) : Math.abs(i - j) === 1 ? 1 : 0)),
  rosser: fromRows([
    [611, 196, -192, 407, -8, -52, -49, 29],
    [196, 899, 113, -192, -71, -43, -8, -44],
    [-192, 113, 899, 196, 61, 49, 8, 52],
    [407, -192, 196, 611, 8, 44, 59, -23],
    [-8, -71, 61, 8, 411, -599, 208, 208],
    [-52, -43, 49, 44, -599, 411, 208, 208],
    [-49, -8, 8, 59, 208, 208, 99, -911],
    [29, -44, 52, -23, 208, 208, -911, 99],
  ]),
  grcar: fromFunction(n, n, (i, j) => (j === i - 1 ? -1 : j >= i && j <= i + 3 ? 1 : 0)),
};

function fromRows(rows: number[][]): NDArray {
  return fromFunction(rows.length, rows[0].length, (i, j) => rows[i][j]);
}
