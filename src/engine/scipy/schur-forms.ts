/** scipy.linalg's forms of one matrix turned into others: complex and real triangles, balanced matrices. */
import { AppError } from '#shared/errors.ts';
import { astype, copy, copyInto } from '../cast.ts';
import { asarray, empty, ones, zeros } from '../create.ts';
import { diag } from '../building.ts';
import { real } from '../elementwise.ts';
import { eigvals } from '../linalg/eigenvalues.ts';
import { commonType, complexType, letterOf, realType } from '../linalg/matrices.ts';
import { matmul } from '../linalg/products.ts';
import { shapeText } from '../memory.ts';
import { native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { type Complex, isComplex } from '../scalar.ts';
import { slice, sliced } from '../slicing.ts';
import { take } from '../taking.ts';
import { conj } from '../ufuncs/arithmetic.ts';
import type { Operand } from '../ufuncs/definition.ts';
import { overBatch } from './batches.ts';
import { columnMajor, memoryOf, squareMatrix } from './inputs.ts';

/**
 * The real Schur form `a = Z · T · Zᵀ` as a complex one, whose T is a triangle.
 *
 * T, Z (n, n) → [T, Z], (n, n) complex. Givens rotations (Golub, Van Loan, 1996, 7.4).
 * @throws AppError 'value' "Input 'Z' must be square.", "Input array shapes must match: Z: (2, 2) vs. T: (3, 3)".
 * @example rsf2csf(array([[0, 1], [-1, 0]]), eye(2))[0].get([1, 0]).re // 0
 */
export function rsf2csf(T: Operand, Z: Operand): [NDArray, NDArray] {
  const [form, basis] = [asarray(T), asarray(Z)];
  for (const [name, x] of Object.entries({ Z: basis, T: form })) {
    if (x.ndim !== 2 || x.shape[0] !== x.shape[1])
      throw new AppError('value', `Input '${name}' must be square.`, { argument: name });
  }
  if (form.shape[0] !== basis.shape[0]) {
    const [z, t] = [basis, form].map(({ shape }) => shapeText(shape));
    throw new AppError('value', `Input array shapes must match: Z: ${z} vs. T: ${t}`, { argument: 'T' });
  }
  const dtype = complexType(commonType(form, basis));
  const [t, z] = [astype(form, dtype, { order: 'C' }), astype(basis, dtype, { order: 'C' })];
  const n = t.shape[0];
  const at = (i: number, j: number): Complex => t.get([i, j]) as Complex;
  const size = (x: Complex): number => Math.hypot(x.re, x.im);
  for (let m = n - 1; m > 0; m--) {
    const [below, corner] = [at(m, m - 1), at(m, m)];
    if (size(below) > 2 ** -52 * (size(at(m - 1, m - 1)) + size(corner))) {
      const block = sliced(t, slice(m - 1, m + 1), slice(m - 1, m + 1));
      const first = (eigvals(block).get([0]) ?? 0) as Complex | number;
      const mu = {
        re: (isComplex(first) ? first.re : first) - corner.re,
        im: isComplex(first) ? first.im - corner.im : -corner.im,
      };
      const r = Math.hypot(mu.re, mu.im, below.re, below.im);
      const [c, s] = [
        { re: mu.re / r, im: mu.im / r },
        { re: below.re / r, im: below.im / r },
      ];
      const G = asarray(
        [
          [{ re: c.re, im: -c.im }, s],
          [{ re: -s.re, im: -s.im }, c],
        ],
        dtype,
      );
      const back = conj(G.T);
      const rows = sliced(t, slice(m - 1, m + 1), slice(m - 1));
      copyInto(rows, matmul(G, rows));
      for (const whole of [sliced(t, slice(0, m + 1), slice(m - 1, m + 1)), sliced(z, slice(), slice(m - 1, m + 1))])
        copyInto(whole, matmul(whole, back));
    }
    t.set([m, m - 1], 0);
  }
  return [t, z];
}

/**
 * Complex eigenvalues and eigenvectors in conjugate pairs as real ones: `a · vr = vr · wr`, wr with 2 × 2 blocks.
 *
 * w (…, n), v (…, n, n) → [wr, vr], (…, n, n), vr float64; the two of a pair stand one after the other.
 * @throws AppError 'value' "expected w to be at least 1D", "expected v to be at least 2D", for shapes that do not fit, and
 * "expected complex-conjugate pairs of eigenvalues".
 * @example cdf2rdf(array([{ re: 0, im: 1 }, { re: 0, im: -1 }]), eye(2))[0].tolist() // [[0, 1], [-1, 0]]
 */
export function cdf2rdf(w: Operand, v: Operand): [NDArray, NDArray] {
  const [values, vectors] = [asarray(w), asarray(v)];
  const refused = (message: string, argument: string): AppError => new AppError('value', message, { argument });
  if (values.ndim < 1) throw refused('expected w to be at least 1D', 'w');
  if (vectors.ndim < 2) throw refused('expected v to be at least 2D', 'v');
  if (vectors.ndim !== values.ndim + 1)
    throw refused('expected eigenvectors array to have exactly one dimension more than eigenvalues array', 'v');
  const n = values.shape.at(-1);
  const [rows, columns] = vectors.shape.slice(-2);
  if (rows !== columns)
    throw refused('expected v to be a square matrix or stacked square matrices: v.shape[-2] = v.shape[-1]', 'v');
  if (columns !== n) throw refused('expected the same number of eigenvalues as eigenvectors', 'v');
  return overBatch([values, vectors], [1, 2], (one, of) => realPairs(one as NDArray, of as NDArray), true) as [
    NDArray,
    NDArray,
  ];
}

function realPairs(w: NDArray, v: NDArray): [NDArray, NDArray] {
  const n = w.size;
  const wr = zeros([n, n], w.dtype === 'complex64' ? 'float32' : w.entries === 2 ? 'float64' : w.dtype);
  const vr = astype(real(v), 'float64', { order: 'C' });
  const values = Array.from({ length: n }, (_, k) => w.get([k]));
  const places = values.flatMap((x, k) => (isComplex(x) && x.im !== 0 ? [k] : []));
  if (places.length % 2 !== 0)
    throw new AppError('value', 'expected complex-conjugate pairs of eigenvalues', { argument: 'w' });
  values.forEach((x, k) => {
    wr.set([k, k], isComplex(x) ? x.re : x);
  });
  for (let p = 0; p < places.length; p += 2) {
    const [j, k] = [places[p], places[p + 1]];
    wr.set([j, k], (values[j] as Complex).im);
    wr.set([k, j], (values[k] as Complex).im);
    for (let i = 0; i < n; i++) {
      const parts = [v.get([i, j]), v.get([i, k])].map((x) => (isComplex(x) ? x : { re: Number(x), im: 0 }));
      vr.set([i, j], (parts[1].im - parts[0].im) / 2);
      vr.set([i, k], (parts[0].re + parts[1].re) / 2);
    }
  }
  return [wr, vr];
}

/**
 * A matrix with rows and columns of like norms: `B = T⁻¹ · A · T`, T a permutation and powers of 2.
 *
 * A (n, n) → B (n, n), scaling (n,) float64, perm (n,) int64 with `B = A[perm][:, perm] · scaling / scaling[:, None]`,
 * and T (n, n) float64. LAPACK gebal.
 * @throws AppError 'value' "The data matrix for balancing should be square.", and for NaN and infinity.
 * @example matrix_balance(array([[1, 1024], [0.0009765625, 1]])).B.tolist() // [[1, 2], [0.5, 1]]
 */
export function matrix_balance(
  A: Operand,
  permute = true,
  scale = true,
): { B: NDArray; scaling: NDArray; perm: NDArray; T: NDArray } {
  const matrix = squareMatrix(A, 'The data matrix for balancing should be square.');
  const dtype = commonType(matrix);
  const n = matrix.shape[0];
  const B = columnMajor(matrix, dtype);
  const order = Array.from({ length: n }, (_, k) => k);
  const permutation = (): NDArray => asarray(order.map(BigInt), 'int64');
  if (n === 0) return { B, scaling: ones([0], matrix.dtype), perm: permutation(), T: empty([0, 0]) };
  const ends = new Int32Array(2);
  const found = empty([n], realType(dtype));
  native().gebal(
    letterOf(dtype),
    permute ? (scale ? 'B' : 'P') : scale ? 'S' : 'N',
    n,
    memoryOf(B),
    ends,
    memoryOf(found),
  );
  const [low, high] = [ends[0] - 1, ends[1] - 1];
  const factors = found.tolist() as number[];
  const exchange = (k: number): void => {
    const other = factors[k] - 1;
    [order[k], order[other]] = [order[other], order[k]];
  };
  // LAPACK exchanges from the last row down, then from the first up.
  for (let k = n - 1; k > high; k--) exchange(k);
  for (let k = 0; k < low; k++) exchange(k);
  const scaling = asarray(
    factors.map((factor, k) => (k < low || k > high ? 1 : factor)),
    'float64',
  );
  const inverse = new Array<bigint>(n);
  order.forEach((row, k) => {
    inverse[row] = BigInt(k);
  });
  const T = copy(take(diag(scaling), asarray(inverse, 'int64'), 0));
  return { B, scaling, perm: permutation(), T };
}
