import { expect, test } from 'vitest';
import { copy } from '#engine/cast.ts';
import { array, eye, zeros } from '#engine/create.ts';
import { listen, unlisten } from '#engine/doubts.ts';
import { stack } from '#engine/joining.ts';
import { structure } from '#engine/linalg/structure.ts';
import { matmul } from '#engine/linalg/products.ts';
import { solve } from '#engine/linalg/systems.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { solve_stacked, solve_structured } from '#engine/scipy/structured.ts';
import { add, multiply } from '#engine/ufuncs/arithmetic.ts';
import { fromFunction, random } from './linalg-cases.ts';

const n = 12;
const dense = add(random(n, n, 3), multiply(eye(n), 6));
const kept = (keep: (i: number, j: number) => boolean): NDArray =>
  fromFunction(n, n, (i, j) => (keep(i, j) ? Number(dense.get([i, j])) : 0));
const b = random(n, 2, 4);

const cases: [string, NDArray][] = [
  ['diagonal', kept((i, j) => i === j)],
  ['upper triangular', kept((i, j) => i <= j)],
  ['lower triangular', kept((i, j) => i >= j)],
  ['tridiagonal', kept((i, j) => Math.abs(i - j) <= 1)],
  ['positive definite', matmul(dense, dense.T)],
  ['symmetric', add(random(n, n, 8), random(n, n, 8).T)],
  ['permutation', fromFunction(n, n, (i, j) => Number(j === (5 * i + 3) % n))],
  ['general', dense],
];

test.each(cases)('a %s matrix is solved by what it is, and the answer says so', (name, a) => {
  const { x, structure: kind, said } = solve_structured(a, b);
  expect(kind).toBe(name);
  const { flops, general_flops } = structure(a, { thorough: 0 });
  expect(said).toBe(
    name === 'general'
      ? 'general: LU with row exchanges'
      : `${name}: ${flops.toPrecision(2)} instead of ${general_flops.toPrecision(2)} operations`,
  );
  if (name !== 'general') expect(flops).toBeLessThan(general_flops);
  const direct = (solve(a, b).tolist() as number[][]).flat();
  (x.tolist() as number[][]).flat().forEach((value, k) => expect(value).toBeCloseTo(direct[k], 10));
});

test('what is assumed is what is solved: of a full matrix, its triangle', () => {
  const { x, structure: kind, said } = solve_structured(dense, b, { assume_a: 'lower triangular' });
  expect(kind).toBe('lower triangular');
  expect(said).toBe('lower triangular: 1.4e+2 instead of 1.4e+3 operations');
  expect(solve_structured(dense, b, { assume_a: 'banded' }).said).toBe('banded: no fewer operations than by LU');
  const direct = (
    solve(
      kept((i, j) => i >= j),
      b,
    ).tolist() as number[][]
  ).flat();
  (x.tolist() as number[][]).flat().forEach((value, k) => expect(value).toBeCloseTo(direct[k], 10));
  expect(() => solve_structured(array([[1]]), array([1]), { assume_a: 'round' })).toThrow(
    'round is not a recognized matrix structure',
  );
});

test.each([12, 130])('what cannot be trusted is said of each structure of order %i, and of nothing else', (order) => {
  const full = add(random(order, order, 3), multiply(eye(order), order));
  const part = (keep: (i: number, j: number) => boolean, small: number): NDArray =>
    fromFunction(order, order, (i, j) => (i === j && i === 4 ? small : keep(i, j) ? Number(full.get([i, j])) : 0));
  const side = random(order, 1, 4);
  const said = (a: NDArray, assume_a: string | null = null): readonly string[] => {
    listen();
    solve_stacked(a, side, { assume_a });
    return unlisten();
  };
  const kinds: [string, (i: number, j: number) => boolean][] = [
    ['diagonal', (i, j) => i === j],
    ['upper triangular', (i, j) => i <= j],
    ['lower triangular', (i, j) => i >= j],
  ];
  for (const [kind, keep] of kinds)
    for (const assumed of [null, kind]) {
      expect(said(part(keep, 1), assumed)).toEqual([]);
      expect(said(part(keep, 1e-18), assumed)).toEqual([
        expect.stringMatching(/^An ill-conditioned matrix detected: slice 0 has rcond = \d.*e-\d+\.$/),
      ]);
    }
  // Two rows that are all but the same; of bands two within a band.
  const doubled = (a: NDArray): NDArray => {
    const made = copy(a);
    for (let j = 0; j < order; j++) made.set([5, j], Number(made.get([4, j])) * (1 + (j === 5 ? 4e-16 : 0)));
    return made;
  };
  const band = (width: number): NDArray => part((i, j) => Math.abs(i - j) <= width, 1);
  const gram = matmul(full, full.T);
  const sum = add(full, full.T);
  for (const [a, names] of [
    [full, [null, 'general']],
    [band(1), ['tridiagonal']],
    [band(2), ['banded']],
    [gram, ['positive definite', null]],
    [sum, ['symmetric']],
  ] as [NDArray, (string | null)[]][])
    for (const name of names) expect(said(a, name)).toEqual([]);
  expect(said(doubled(full))).toHaveLength(1);
  const bent = doubled(band(2));
  for (const name of ['general', 'banded']) expect(said(bent, name)).toHaveLength(1);
  const thin = band(1);
  for (const j of [3, 4, 5, 6]) thin.set([5, j], j === 4 ? 3 : j === 5 ? 6 : 0);
  for (const j of [3, 4, 5, 6]) thin.set([4, j], j === 4 ? 1 : j === 5 ? 2 + 4e-16 : 0);
  expect(said(thin, 'tridiagonal')).toHaveLength(1);
  const halved = copy(gram);
  for (let j = 0; j < order; j++)
    for (const place of [
      [4, j],
      [j, 4],
    ])
      halved.set(place, 0);
  halved.set([4, 4], 1e-18);
  for (const name of [null, 'positive definite', 'symmetric']) expect(said(halved, name)).toHaveLength(1);
});

test('nobody is told who does not listen, and members of a stack are named', () => {
  const ill = array([
    [1, 1],
    [1, 1 + 3e-16],
  ]);
  solve_stacked(ill, array([1, 2]));
  expect(unlisten()).toEqual([]);
  const pair = stack([eye(2), ill]);
  listen();
  solve_stacked(pair, array([[1], [2]]));
  expect(unlisten()).toEqual([expect.stringMatching(/: slice 1 has rcond = 5\.55\d+e-17\.$/)]);
  expect(() => solve_stacked(stack([eye(2), zeros([2, 2]), zeros([2, 2])]), array([1, 2]))).toThrow(
    'A singular matrix detected: slice(s) [1, 2] are singular.',
  );
});
