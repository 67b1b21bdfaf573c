/** What a matrix is, and what it only nearly is: one cell, or one unit in the last place, away. */
import { describe, expect, test } from 'vitest';
import { astype } from '#engine/cast.ts';
import { array, eye, zeros } from '#engine/create.ts';
import { setitem } from '#engine/indexing.ts';
import { cond, norm } from '#engine/linalg/norms.ts';
import { qr } from '#engine/linalg/orthogonal.ts';
import { matmul } from '#engine/linalg/products.ts';
import { solveFlops, structure, type StructureName } from '#engine/linalg/structure.ts';
import type { NDArray } from '#engine/ndarray.ts';
import type { Scalar } from '#engine/scalar.ts';
import { solve_structured } from '#engine/scipy/structured.ts';
import { add, conj, multiply, subtract } from '#engine/ufuncs/arithmetic.ts';
import { complexRandom, fromFunction, random } from './linalg-cases.ts';

const n = 12;
const ulp = 2 ** -52;
const full = add(random(n, n, 3), multiply(eye(n), 6));
const kept = (keep: (i: number, j: number) => boolean, size = n): NDArray =>
  fromFunction(size, size, (i, j) => (keep(i, j) ? 1 + 1 / (i + 2 * j + 1) : 0));
/** With one cell changed. */
const but = (a: NDArray, at: [number, number], value: Scalar): NDArray => {
  const made = astype(a, typeof value === 'object' ? 'complex128' : a.dtype);
  setitem(made, at, value);
  return made;
};
const complex = complexRandom(n, n, 5);
const orthogonal = qr(random(n, n, 7)).Q;
const shuffle = fromFunction(n, n, (i, j) => Number(j === (5 * i + 3) % n));
const lowRank = matmul(random(n, 5, 1), random(5, n, 2));
const symmetric = add(random(n, n, 8), random(n, n, 8).T);
const definite = matmul(full, full.T);
const hermitian = add(complex, conj(complex.T));
const sparse = fromFunction(20, 20, (i, j) => Number(i === j || (j === 19 && i < 19)));

/** The matrix, the name in question, and how `solve` goes. */
const cases: [what: string, a: NDArray, name: StructureName, is: boolean, method: string][] = [
  ['a diagonal', kept((i, j) => i === j), 'diagonal', true, 'diagonal'],
  [
    'a diagonal and the smallest number',
    but(
      kept((i, j) => i === j),
      [7, 2],
      5e-324,
    ),
    'diagonal',
    false,
    'triangular',
  ],
  [
    'a diagonal and a zero of the other sign',
    but(
      kept((i, j) => i === j),
      [7, 2],
      -0,
    ),
    'diagonal',
    true,
    'diagonal',
  ],
  [
    'a diagonal and NaN',
    but(
      kept((i, j) => i === j),
      [7, 2],
      NaN,
    ),
    'diagonal',
    false,
    'triangular',
  ],
  ['a wide diagonal', fromFunction(3, 5, (i, j) => Number(i === j)), 'diagonal', true, 'least squares'],
  ['an upper triangle', kept((i, j) => i <= j), 'upper triangular', true, 'triangular'],
  [
    'an upper triangle and one below',
    but(
      kept((i, j) => i <= j),
      [11, 0],
      ulp,
    ),
    'upper triangular',
    false,
    'lu',
  ],
  ['a lower triangle', kept((i, j) => i >= j), 'lower triangular', true, 'triangular'],
  [
    'a lower triangle and one above',
    but(
      kept((i, j) => i >= j),
      [0, 11],
      ulp,
    ),
    'lower triangular',
    false,
    'lu',
  ],
  ['three diagonals', kept((i, j) => Math.abs(i - j) <= 1), 'tridiagonal', true, 'tridiagonal'],
  [
    'three diagonals and one',
    but(
      kept((i, j) => Math.abs(i - j) <= 1),
      [2, 0],
      1,
    ),
    'tridiagonal',
    false,
    'lu',
  ],
  ['a band', kept((i, j) => i - j <= 1 && j - i <= 2, 16), 'banded', true, 'banded'],
  [
    'a band and a corner',
    but(
      kept((i, j) => i - j <= 1 && j - i <= 2, 16),
      [15, 0],
      1,
    ),
    'banded',
    false,
    'lu',
  ],
  ['a band too wide for its order', kept((i, j) => i - j <= 1 && j - i <= 2, 15), 'banded', false, 'lu'],
  ['a symmetric matrix', symmetric, 'symmetric', true, 'ldl'],
  [
    'a symmetric matrix, one ulp off',
    but(symmetric, [2, 9], Number(symmetric.get([2, 9])) * (1 + ulp)),
    'symmetric',
    false,
    'lu',
  ],
  ['a symmetric matrix with NaN on its diagonal', but(symmetric, [3, 3], NaN), 'symmetric', false, 'lu'],
  [
    'a symmetric matrix with NaN in both places',
    but(but(symmetric, [3, 1], NaN), [1, 3], NaN),
    'symmetric',
    false,
    'lu',
  ],
  ['a Hermitian matrix', hermitian, 'hermitian', true, 'ldl'],
  ['a Hermitian matrix is not symmetric', hermitian, 'symmetric', false, 'ldl'],
  ['a complex symmetric matrix', add(complex, complex.T), 'symmetric', true, 'ldl'],
  ['a complex symmetric matrix is not Hermitian', add(complex, complex.T), 'hermitian', false, 'ldl'],
  [
    'a Hermitian matrix whose diagonal is not quite real',
    but(hermitian, [4, 4], { re: 1, im: 5e-324 }),
    'hermitian',
    false,
    'lu',
  ],
  ['a definite matrix', definite, 'positive definite', true, 'cholesky'],
  ['a definite Hermitian matrix', add(hermitian, multiply(eye(n), 99)), 'positive definite', true, 'cholesky'],
  ['a definite matrix with one sign turned', but(definite, [6, 6], -1), 'positive definite', false, 'ldl'],
  [
    'ones everywhere',
    array([
      [1.5, 1.5],
      [1.5, 1.5],
    ]),
    'positive definite',
    false,
    'ldl',
  ],
  [
    'ones and an ulp',
    array([
      [1 + ulp, 1],
      [1, 1 + ulp],
    ]),
    'positive definite',
    true,
    'cholesky',
  ],
  [
    'ones less an ulp',
    array([
      [1, 1],
      [1, 1 - ulp],
    ]),
    'positive definite',
    false,
    'ldl',
  ],
  ['a definite matrix that is not symmetric', but(definite, [0, 1], 99), 'positive definite', false, 'lu'],
  ['an orthogonal matrix', orthogonal, 'orthogonal', true, 'lu'],
  ['an orthogonal matrix, 1e-9 off', add(orthogonal, 1e-9), 'orthogonal', false, 'lu'],
  ['orthogonal columns of another length', multiply(orthogonal, 1 + 1e-12), 'orthogonal', false, 'lu'],
  ['a unitary matrix', qr(complex).Q, 'orthogonal', true, 'lu'],
  ['an orthogonal matrix of singles', qr(astype(full, 'float32')).Q, 'orthogonal', true, 'lu'],
  ['orthonormal columns, fewer than rows', qr(random(n, 5, 1)).Q, 'orthogonal', false, 'least squares'],
  ['a permutation', shuffle, 'permutation', true, 'permutation'],
  ['two ones in a column', but(shuffle, [0, 8], 1), 'permutation', false, 'lu'],
  ['a one moved in its row', but(but(shuffle, [0, 3], 0), [0, 8], 1), 'permutation', false, 'lu'],
  ['a one and an ulp', but(shuffle, [0, 3], 1 + ulp), 'permutation', false, 'lu'],
  ['a one of the other sign', but(shuffle, [0, 3], -1), 'permutation', false, 'lu'],
  ['few entries', sparse, 'sparse', true, 'triangular'],
  ['a tenth of the entries', fromFunction(20, 20, (i, j) => Number((i + 3 * j) % 10 === 0)), 'sparse', false, 'lu'],
  ['less than half the rank', lowRank, 'low rank', true, 'lu'],
  ['half the rank', matmul(random(n, 6, 1), random(6, n, 2)), 'low rank', false, 'lu'],
  ['less than half the rank, and noise', add(lowRank, multiply(full, 1e-9)), 'low rank', false, 'lu'],
  ['zeros', zeros([3, 3]), 'zero', true, 'diagonal'],
  ['zeros but the smallest number', but(zeros([3, 3]), [1, 1], 5e-324), 'zero', false, 'diagonal'],
  ['no entries', zeros([0, 0]), 'zero', false, 'lu'],
  ['no rows', zeros([0, 3]), 'diagonal', false, 'least squares'],
  ['one number', array([[2.5]]), 'positive definite', true, 'diagonal'],
  ['one negative number', array([[-2.5]]), 'positive definite', false, 'diagonal'],
  ['one number that is none', array([[NaN]]), 'symmetric', false, 'diagonal'],
];

const size = (a: NDArray): number => Number(norm(a).item());
/** Square, finite, and regular in single precision too. */
const solvable = (a: NDArray): boolean => {
  const [rows, columns] = a.shape;
  return rows === columns && rows > 0 && Number.isFinite(size(a)) && Number(cond(a).item()) < 1e6;
};

describe.each(cases)('%s', (_, a, name, is, method) => {
  test(`is ${is ? '' : 'not '}${name}, and solved so`, () => {
    const found = structure(a);
    expect(found.names.includes(name)).toBe(is);
    expect(found.method).toBe(method);
    const [rows, columns] = a.shape;
    const bands = { m: rows, n: columns, below: found.lower_bandwidth, above: found.upper_bandwidth };
    expect(found.flops).toBe(solveFlops(found.method, /^complex/.test(a.dtype) ? 'complex128' : 'float64', bands));
  });
  const single = astype(a, /^complex/.test(a.dtype) ? 'complex64' : 'float32');
  test('solve says what it found, and is right', () => {
    if (!solvable(a)) return;
    for (const one of [a, single]) {
      const b = matmul(
        one,
        astype(random(a.shape[1], 2, 9), single.dtype.startsWith('complex') ? 'complex64' : 'float32'),
      );
      const { structure: kind, x } = solve_structured(one, b);
      if (one === a) expect(ways[kind]).toBe(method);
      const scale = size(one) * size(x) + size(b);
      expect(size(subtract(matmul(one, x), b)) / scale).toBeLessThan(1e-5);
    }
  });
});

const ways: Record<string, string> = {
  general: 'lu',
  symmetric: 'ldl',
  hermitian: 'ldl',
  'positive definite': 'cholesky',
  'upper triangular': 'triangular',
  'lower triangular': 'triangular',
  diagonal: 'diagonal',
  permutation: 'permutation',
  tridiagonal: 'tridiagonal',
  banded: 'banded',
};

test('three axes are no matrix', () => {
  expect(() => structure(zeros([2, 3, 3]))).toThrow('3-dimensional array given. Array must be two-dimensional');
  expect(() => structure(zeros([3]))).toThrow('1-dimensional array given. Array must be two-dimensional');
});
