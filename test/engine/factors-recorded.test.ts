/**
 * Factors beside NumPy's and SciPy's: unique up to a sign (a phase) of each column and to the order of eigenvalues, so
 * both sides are brought to one form first. What they multiply to is compared as well.
 */
import { describe, expect, test } from 'vitest';
import type { DType } from '#shared/dtype.ts';
import { astype } from '#engine/cast.ts';
import { array } from '#engine/create.ts';
import { eig, eigh } from '#engine/linalg/eigenvalues.ts';
import { epsOf, type FloatDType } from '#engine/linalg/matrices.ts';
import { norm } from '#engine/linalg/norms.ts';
import { qr } from '#engine/linalg/orthogonal.ts';
import { matmul } from '#engine/linalg/products.ts';
import { svd } from '#engine/linalg/svd.ts';
import { NDArray } from '#engine/ndarray.ts';
import { isComplex, type Scalar } from '#engine/scalar.ts';
import { hessenberg, ldl, qr_pivoted, schur } from '#engine/scipy/forms.ts';
import { conj, multiply, subtract } from '#engine/ufuncs/arithmetic.ts';
import { take } from '#engine/taking.ts';
import recorded from '../conformance/factors.json' with { type: 'json' };

type Stored = [string, number[], string];
interface Case {
  what: string;
  name: string;
  a: Stored;
  parts: Stored[];
}
interface C {
  re: number;
  im: number;
}

const cases = recorded.cases as unknown as Case[];

const stored = ([dtype, shape, bytes]: Stored): NDArray => {
  const raw = Buffer.from(bytes, 'base64');
  const buffer = new SharedArrayBuffer(Math.ceil(raw.length / 16) * 16 || 16);
  new Uint8Array(buffer).set(raw);
  return new NDArray({ dtype: dtype as DType, shape, buffer });
};

const number = (x: Scalar): C => (isComplex(x) ? x : { re: Number(x), im: 0 });
const list = (a: NDArray): C[] => (a.tolist() as Scalar[]).map(number);
const columnsOf = (a: NDArray): C[][] => (a.T.tolist() as Scalar[][]).map((column) => column.map(number));
const times = (x: C, y: C): C => ({ re: x.re * y.re - x.im * y.im, im: x.re * y.im + x.im * y.re });
const conjugate = ({ re, im }: C): C => ({ re, im: -im });
const size = ({ re, im }: C): number => Math.hypot(re, im);
/** What turns x into a positive number. */
const phase = (x: C): C => (size(x) === 0 ? { re: 1, im: 0 } : { re: x.re / size(x), im: -x.im / size(x) });
const largest = (column: C[]): C => column.reduce((most, x) => (size(x) > size(most) * (1 + 1e-6) ? x : most));

/** x[i][j] · left[i] · right[j], columns in and out. */
const scaled = (columns: C[][], left: C[] | null, right: C[] | null): C[][] =>
  columns.map((column, j) =>
    column.map((x, i) => times(right === null ? x : times(x, right[j]), left === null ? { re: 1, im: 0 } : left[i])),
  );

/** One form for all that are equally right. */
function normal(what: string, parts: NDArray[]): C[][][] {
  if (what === 'svd') {
    const [U, S, Vh] = parts;
    const turn = columnsOf(U).map((column) => phase(largest(column)));
    return [scaled(columnsOf(U), null, turn), [list(S)], scaled(columnsOf(Vh), turn.map(conjugate), null)];
  }
  if (what === 'qr' || what === 'qr-pivoted') {
    const [Q, R, P] = parts;
    const turn = columnsOf(R.T).map((row, k) => phase(row[k] ?? { re: 1, im: 0 }));
    const made = [scaled(columnsOf(Q), null, turn.map(conjugate)), scaled(columnsOf(R), turn, null)];
    return what === 'qr' ? made : [...made, [list(P)]];
  }
  if (what === 'eig' || what === 'eigh') {
    const [w, v] = parts;
    const values = list(w);
    const order = [...values.keys()].sort((i, j) => {
      const real = values[i].re - values[j].re;
      return Math.abs(real) > 1e-5 ? real : values[i].im - values[j].im;
    });
    const columns = columnsOf(v);
    const sorted = order.map((k) => columns[k]);
    return [
      [order.map((k) => values[k])],
      scaled(
        sorted,
        null,
        sorted.map((column) => phase(largest(column))),
      ),
    ];
  }
  if (what === 'ldl') return parts.map(columnsOf);
  // Schur and Hessenberg: a = Z · T · Zᴴ.
  const [T, Z] = parts;
  const turn = columnsOf(Z).map((column) => phase(largest(column)));
  return [scaled(columnsOf(T), turn.map(conjugate), turn), scaled(columnsOf(Z), null, turn)];
}

const adjoint = (x: NDArray): NDArray => (x.entries === 2 ? conj(x.T) : x.T);
const column = (x: NDArray): NDArray => x.view([1, x.size], [0, x.itemsize]);

/** The matrix that the factors make, and what it is to be. */
function product(what: string, a: NDArray, parts: NDArray[]): [NDArray, NDArray] {
  const [x, y, z] = parts;
  if (what === 'svd') return [matmul(multiply(x, column(y)), z), a];
  if (what === 'qr') return [matmul(x, y), a];
  if (what === 'qr-pivoted') return [matmul(x, y), take(a, z, 1)];
  if (what === 'eig' || what === 'eigh') return [multiply(y, column(x)), matmul(a, y)];
  if (what === 'ldl') return [matmul(matmul(x, y), adjoint(x)), a];
  return [matmul(matmul(y, x), adjoint(y)), a];
}

function ours(what: string, a: NDArray): NDArray[] {
  if (what === 'svd') {
    const { U, S, Vh } = svd(a, { full_matrices: false });
    return [U, S, Vh];
  }
  if (what === 'qr') {
    const { Q, R } = qr(a);
    return [Q, R];
  }
  if (what === 'qr-pivoted') {
    const { Q, R, P } = qr_pivoted(a, 'economic');
    return [Q as NDArray, R, P as NDArray];
  }
  if (what === 'eig' || what === 'eigh') {
    const { eigenvalues, eigenvectors } = (what === 'eig' ? eig : eigh)(a);
    return [eigenvalues, eigenvectors];
  }
  if (what === 'ldl') {
    const { lu, d } = ldl(a);
    return [lu, d];
  }
  if (what === 'hessenberg') {
    const { H, Q } = hessenberg(a, true);
    return [H, Q as NDArray];
  }
  const { T, Z } = schur(a, what === 'schur' ? 'real' : 'complex');
  return [T, Z];
}

const length = (x: NDArray): number =>
  Number(norm(astype(x, x.dtype, { order: 'C' }).view([x.size], [x.itemsize])).item());

describe('factors as recorded from NumPy and SciPy', () => {
  test.each(cases.map((c) => [c.what, c.name, c] as const))('%s of %s', (what, _, c) => {
    const a = stored(c.a);
    const eps = epsOf(a.dtype as FloatDType);
    const got = ours(what, a);
    const want = c.parts.map(stored);
    expect(got.map((x) => `${x.dtype} (${x.shape.join()})`)).toEqual(
      want.map((x) => `${x.dtype === 'int32' && what === 'qr-pivoted' ? got[2].dtype : x.dtype} (${x.shape.join()})`),
    );
    const [made, meant] = product(what, a, got);
    expect(length(subtract(made, meant))).toBeLessThan(30 * a.shape[0] * eps * length(a));
    const [mine, theirs] = [normal(what, got), normal(what, want)];
    const scale = length(a);
    mine.forEach((part, k) =>
      part.forEach((entries, j) =>
        entries.forEach((x, i) => {
          const y = theirs[k][j][i];
          // Vectors of eigenvalues that lie close answer to more than eps.
          expect(Math.hypot(x.re - y.re, x.im - y.im), `part ${k}, [${i}, ${j}]`).toBeLessThan(2e3 * eps * scale);
        }),
      ),
    );
  });

  test('the comparison sees another vector', () => {
    const { eigenvalues, eigenvectors } = eigh(
      array([
        [2, 1],
        [1, 3],
      ]),
    );
    const [, right] = normal('eigh', [eigenvalues, eigenvectors]);
    const [, swapped] = normal('eigh', [eigenvalues, eigenvectors.view([2, 2], [8, -16], eigenvectors.offset + 8)]);
    expect(right).not.toEqual(swapped);
  });
});
