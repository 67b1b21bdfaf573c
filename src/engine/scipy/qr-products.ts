/** scipy.linalg's product with the orthonormal factor of a QR factorisation, which is never made. One matrix at a time. */
import { AppError } from '#shared/errors.ts';
import { astype, copyInto } from '../cast.ts';
import { asarray, empty, zeros } from '../create.ts';
import { commonType, complexType, letterOf, requireFinite } from '../linalg/matrices.ts';
import { shapeText } from '../memory.ts';
import { native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { atleast_2d, expand_dims, ravel } from '../shape.ts';
import { slice, sliced } from '../slicing.ts';
import { conj } from '../ufuncs/arithmetic.ts';
import type { Operand } from '../ufuncs/definition.ts';
import { qr_pivoted } from './forms.ts';
import { columnMajor, inSingle, memoryOf } from './inputs.ts';

export interface QrMultiplyOptions {
  mode?: 'left' | 'right';
  pivoting?: boolean;
  /** Q's complex conjugate is meant. */
  conjugate?: boolean;
  /** With 'left' c has as many rows as Q has when it is square. */
  overwrite_c?: boolean;
}

const flipped = (a: NDArray, really: boolean): NDArray => (really && a.entries === 2 ? conj(a) : a);

/**
 * `c · Q` ('right') or `Q · c` ('left') with the Q of `a = Q · R`, or of `a[:, P] = Q · R` with `pivoting`.
 *
 * a (m, n), k = min(m, n); c (…, m) for 'right' → (…, k), c (k, …) for 'left' → (m, …); R (k, n), P (n,) int32. LAPACK
 * geqrf or geqp3, ormqr (unmqr).
 * @throws AppError 'value' "Mode argument can only be 'left' or 'right' but not '…'", "Array shapes are not compatible for
 * Q @ c operation: … vs …", and for NaN and infinity.
 * @example qr_multiply(array([[0, 1], [1, 0]]), eye(2)).product.tolist().flat().map(Math.abs) // [0, 1, 1, 0]
 */
export function qr_multiply(
  a: Operand,
  c: Operand,
  { mode = 'right', pivoting = false, conjugate = false, overwrite_c = false }: QrMultiplyOptions = {},
): { product: NDArray; R: NDArray; P?: NDArray } {
  if (mode !== 'left' && mode !== 'right') {
    throw new AppError('value', `Mode argument can only be 'left' or 'right' but not '${String(mode)}'`, {
      argument: 'mode',
    });
  }
  const left = mode === 'left';
  const given = asarray(c);
  requireFinite(given, 'c', 'value');
  const wide = given.ndim < 2 ? (left ? expand_dims(ravel(given), 1) : atleast_2d(given)) : given;
  const matrix = atleast_2d(asarray(a));
  const [m, n] = matrix.shape;
  const k = Math.min(m, n);
  if (wide.shape[left ? 0 : 1] !== (left && !overwrite_c ? k : m)) {
    const [first, second] = left ? [matrix, wide] : [wide, matrix];
    throw new AppError(
      'value',
      `Array shapes are not compatible for ${left ? 'Q @ c' : 'c @ Q'} operation: ${shapeText(first.shape)} vs ${shapeText(second.shape)}`,
      { argument: 'c' },
    );
  }
  const { raw, R, P } = qr_pivoted(inSingle(matrix), 'raw', pivoting);
  if (raw === undefined) throw new AppError('bug', 'qr made no reflectors');
  const order = P === undefined ? {} : { P };
  if (wide.size === 0) return { product: empty(wide.shape, given.dtype), R, ...order };
  const own = commonType(raw[0]);
  const dtype = wide.entries === 2 ? complexType(own) : own;
  const [reflectors, tau] = [columnMajor(raw[0], dtype), astype(raw[1], dtype, { order: 'C' })];
  const rows = left ? m : wide.shape[0];
  const columns = left ? wide.shape[1] : m;
  const room = zeros([rows, columns], dtype, 'F');
  // Q̄ · c is the conjugate of Q · c̄.
  copyInto(sliced(room, slice(0, wide.shape[0])), astype(flipped(wide, conjugate), dtype));
  native().ormqr(
    letterOf(dtype),
    left ? 'L' : 'R',
    rows,
    columns,
    k,
    memoryOf(reflectors),
    memoryOf(tau),
    memoryOf(room),
  );
  const whole = flipped(room, conjugate);
  const product = left ? whole : sliced(whole, slice(), slice(0, k));
  return { product: given.ndim < 2 ? ravel(product) : product, R, ...order };
}
