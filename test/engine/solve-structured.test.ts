import { expect, test } from 'vitest';
import { array, eye } from '#engine/create.ts';
import { structure } from '#engine/linalg/structure.ts';
import { matmul } from '#engine/linalg/products.ts';
import { solve } from '#engine/linalg/systems.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { solve_structured } from '#engine/scipy/solving.ts';
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
