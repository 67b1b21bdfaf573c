/** scipy.linalg's algebraic Riccati equations, by the stable part of an extended pencil. One equation at a time. */
import { AppError } from '#shared/errors.ts';
import { sameShape } from '../broadcast.ts';
import { astype, copyInto } from '../cast.ts';
import { asarray, eye, zeros } from '../create.ts';
import { vstack } from '../joining.ts';
import { norm } from '../linalg/norms.ts';
import { qr } from '../linalg/orthogonal.ts';
import { matmul } from '../linalg/products.ts';
import { svdvals } from '../linalg/svd.ts';
import { solve } from '../linalg/systems.ts';
import { atleast_2d, expand_dims } from '../shape.ts';
import type { NDArray } from '../ndarray.ts';
import { PyFloat } from '../scalar.ts';
import { slice, sliced } from '../slicing.ts';
import { absolute, add, conj, divide, multiply, negative, subtract } from '../ufuncs/arithmetic.ts';
import { spacing } from '../ufuncs/mathematics.ts';
import type { Operand } from '../ufuncs/definition.ts';
import { lu } from './factors.ts';
import { ordqz } from './pencils.ts';
import { matrix_balance } from './schur-forms.ts';

const adjoint = (a: NDArray): NDArray => (a.entries === 2 ? conj(a.T) : a.T);
const size = (a: NDArray): number => Number(norm(a, { ord: 1 }).item());
const eps = 2 ** -52;

interface Equation {
  a: NDArray;
  b: NDArray;
  q: NDArray;
  r: NDArray;
  e: NDArray | null;
  s: NDArray | null;
  dtype: 'float64' | 'complex128';
}

const refused = (message: string, argument: string): AppError => new AppError('value', message, { argument });

const isSquare = ({ shape }: NDArray): boolean => shape[0] === shape[1];

function requireRegular(m: NDArray, name: string): void {
  const least = Number(svdvals(m).item(-1));
  if (least === 0 || least < eps * size(m)) throw refused(`Matrix ${name} is numerically singular.`, name);
}

function equation(
  [a, b, q, r]: readonly NDArray[],
  e: NDArray | null,
  s: NDArray | null,
  continuous: boolean,
): Equation {
  for (const [name, m] of Object.entries({ a, q, r }))
    if (!isSquare(m)) throw refused(`Matrix ${name} should be square.`, name);
  const [m, n] = b.shape;
  if (a.shape[0] !== m) throw refused('Matrix a and b should have the same number of rows.', 'b');
  if (q.shape[0] !== m) throw refused('Matrix a and q should have the same shape.', 'q');
  if (r.shape[0] !== n) throw refused('Matrix b and r should have the same number of cols.', 'r');
  for (const [name, x] of Object.entries({ q, r })) {
    if (size(subtract(x, adjoint(x))) > 100 * Number(spacing(new PyFloat(size(x))).item()))
      throw refused(`Matrix ${name} should be symmetric/hermitian.`, name);
  }
  if (continuous) requireRegular(r, 'r');
  if (e !== null) {
    if (!isSquare(e)) throw refused('Matrix e should be square.', 'e');
    if (e.shape[0] !== m) throw refused('Matrix a and e should have the same shape.', 'e');
    requireRegular(e, 'e');
  }
  if (s !== null && !sameShape(s.shape, b.shape)) throw refused('Matrix b and s should have the same shape.', 's');
  const dtype = [a, b, q, r, e, s].some((x) => x?.entries === 2) ? 'complex128' : 'float64';
  return { a, b, q, r, e, s, dtype };
}

/** A matrix of (m, m, n) × (m, m, n) blocks; null for zeros. */
function blocks(
  rows: readonly (readonly (NDArray | null)[])[],
  lengths: readonly number[],
  dtype: Equation['dtype'],
): NDArray {
  const starts = lengths.map((_, k) => lengths.slice(0, k).reduce((sum, n) => sum + n, 0));
  const total = lengths.reduce((sum, n) => sum + n, 0);
  const made = zeros([total, total], dtype);
  rows.forEach((row, i) => {
    row.forEach((part, j) => {
      if (part === null) return;
      const place = sliced(made, slice(starts[i], starts[i] + lengths[i]), slice(starts[j], starts[j] + lengths[j]));
      copyInto(place, part);
    });
  });
  return made;
}

/** The pencils H − λ·J whose stable part holds the solution (Lancaster, Rodman, 1995). */
function pencil({ a, b, q, r, e, s, dtype }: Equation, continuous: boolean): [NDArray, NDArray] {
  const [m, n] = b.shape;
  const lengths = [m, m, n];
  const one = e ?? eye(m);
  const [minusS, sH] = s === null ? [null, null] : [negative(s), adjoint(s)];
  if (continuous) {
    return [
      blocks(
        [
          [a, null, b],
          [negative(q), negative(adjoint(a)), minusS],
          [sH, adjoint(b), r],
        ],
        lengths,
        dtype,
      ),
      blocks([[one], [null, adjoint(one)]], lengths, dtype),
    ];
  }
  return [
    blocks(
      [
        [a, null, b],
        [negative(q), adjoint(one), minusS],
        [sH, null, r],
      ],
      lengths,
      dtype,
    ),
    blocks([[one], [null, adjoint(a)], [null, negative(adjoint(b))]], lengths, dtype),
  ];
}

/** To the nearest integer, halves to the even one. */
function rounded(x: number): number {
  const nearest = Math.round(x);
  return nearest - x === 0.5 && nearest % 2 !== 0 ? nearest - 1 : nearest;
}

/** Powers of 2 that balance the pencil and keep its symmetry (Benner, 2001). */
function scales([H, J]: readonly [NDArray, NDArray], m: number): NDArray {
  const sizes = add(absolute(H), absolute(J));
  const total = sizes.shape[0];
  for (let k = 0; k < total; k++) sizes.set([k, k], 0);
  const powers = (matrix_balance(sizes, false).scaling.tolist() as number[]).map(Math.log2);
  const halves = Array.from({ length: m }, (_, k) => rounded((powers[m + k] - powers[k]) / 2));
  return asarray(
    [...halves, ...halves.map((x) => -x), ...powers.slice(2 * m)].map((x) => 2 ** x),
    'float64',
  );
}

function solved(given: Equation, continuous: boolean, balanced: boolean): NDArray {
  const [m, n] = given.b.shape;
  let [H, J] = pencil(given, continuous);
  const scale = balanced ? scales([H, J], m) : null;
  if (scale !== null) {
    const ratio = divide(expand_dims(scale, 1), scale);
    [H, J] = [multiply(H, ratio), multiply(J, ratio)];
  }
  // Without the columns of r the pencil has 2m rows.
  const { Q } = qr(sliced(H, slice(), slice(2 * m)), 'complete');
  const rest = adjoint(sliced(Q, slice(), slice(n)));
  const [left, right] = [H, J].map((x) => matmul(rest, sliced(x, slice(), slice(0, 2 * m))));
  let U = ordqz(left, right, continuous ? 'lhp' : 'iuc', given.dtype === 'float64' ? 'real' : 'complex').Z;
  const [above, below] = [slice(0, m), slice(m)];
  if (given.e !== null) {
    U = qr(vstack([matmul(given.e, sliced(U, above, above)), sliced(U, below, above)]), 'complete').Q;
  }
  const [u00, u10] = [sliced(U, above, above), sliced(U, below, above)];
  const values = svdvals(lu(u00).U);
  if (!(Number(values.item(-1)) / Number(values.item(0)) >= eps))
    throw new AppError('linalg', 'Failed to find a finite solution.', { argument: 'a' });
  let x = solve(u00.T, u10.T).T;
  if (scale !== null) {
    const own = sliced(scale, above);
    x = multiply(x, multiply(expand_dims(own, 1), own));
  }
  const symmetric = matmul(adjoint(u00), u10);
  if (size(subtract(symmetric, adjoint(symmetric))) > Math.max(2 ** -43, 0.1 * size(symmetric))) {
    const where = continuous
      ? 'Hamiltonian pencil has eigenvalues too close to the imaginary axis'
      : 'symplectic pencil has eigenvalues too close to the unit circle';
    throw new AppError('linalg', `The associated ${where}`, { argument: 'a' });
  }
  return astype(multiply(add(x, adjoint(x)), new PyFloat(0.5)), given.dtype, { copy: false });
}

const matrixOf = (a: Operand): NDArray => {
  const matrix = atleast_2d(asarray(a));
  return astype(matrix, matrix.entries === 2 ? 'complex128' : 'float64', { copy: false });
};

const maybe = (a: Operand | null): NDArray | null => (a === null ? null : matrixOf(a));

/**
 * X with `aᴴ·X·e + eᴴ·X·a − (eᴴ·X·b + s)·r⁻¹·(bᴴ·X·e + sᴴ) + q = 0` (Riccati's equation in continuous time), for which
 * all eigenvalues of the closed loop lie in the left half plane.
 *
 * a, q, e (m, m), b, s (m, n), r (n, n) → (m, m), float64 or complex128; e the identity and s 0 when left out. QZ of the
 * extended pencil (van Dooren, SIAM J. Sci. Stat. Comput. 2, 1981), balanced (Benner, 2001). LAPACK gges, tgsen.
 * @throws AppError 'value' for shapes that do not fit, "Matrix q should be symmetric/hermitian.", "Matrix r is numerically
 * singular."; 'linalg' "Failed to find a finite solution.", "The associated Hamiltonian pencil has eigenvalues too close
 * to the imaginary axis".
 * @example solve_continuous_are(array([[0]]), array([[1]]), array([[4]]), array([[1]])).tolist().flat().map(Math.round) // [2]
 */
export function solve_continuous_are(
  a: Operand,
  b: Operand,
  q: Operand,
  r: Operand,
  e: Operand | null = null,
  s: Operand | null = null,
  balanced = true,
): NDArray {
  return solved(equation([a, b, q, r].map(matrixOf), maybe(e), maybe(s), true), true, balanced);
}

/**
 * X with `aᴴ·X·a − eᴴ·X·e − (aᴴ·X·b + s)·(r + bᴴ·X·b)⁻¹·(bᴴ·X·a + sᴴ) + q = 0` (Riccati's equation in discrete time), for
 * which all eigenvalues of the closed loop lie inside of the unit circle.
 *
 * a, q, e (m, m), b, s (m, n), r (n, n) → (m, m), float64 or complex128. As `solve_continuous_are`; r may be singular.
 * @throws AppError 'value' for shapes that do not fit, "Matrix q should be symmetric/hermitian."; 'linalg' "Failed to
 * find a finite solution.", "The associated symplectic pencil has eigenvalues too close to the unit circle".
 * @example solve_discrete_are(array([[0]]), array([[1]]), array([[4]]), array([[1]])).tolist().flat().map(Math.round) // [4]
 */
export function solve_discrete_are(
  a: Operand,
  b: Operand,
  q: Operand,
  r: Operand,
  e: Operand | null = null,
  s: Operand | null = null,
  balanced = true,
): NDArray {
  return solved(equation([a, b, q, r].map(matrixOf), maybe(e), maybe(s), false), false, balanced);
}
