/** numpy's functions that make arrays, by their names there. */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import * as building from '../building.ts';
import { astype, ascontiguousarray, asfortranarray, copy, emptyLike, type Order } from '../cast.ts';
import * as create from '../create.ts';
import type { ArrayLike, ShapeLike } from '../create.ts';
import { fromfunction } from '../functional.ts';
import * as grids from '../grids.ts';
import { NDArray } from '../ndarray.ts';
import * as ranges from '../ranges.ts';
import type { PyFloat } from '../scalar.ts';
import { reshape } from '../shape.ts';
import { sum } from '../reductions.ts';
import { isfinite } from '../ufuncs/comparison.ts';
import type { Operand } from '../ufuncs/definition.ts';
import { direct, type Named } from './signature.ts';

/** NumPy's words, with its advice. */
const unableToAvoid =
  'Unable to avoid copy while creating an array as requested.\nIf using `np.array(obj, copy=False)` replace it with `np.asarray(obj)` to allow a copy when needed (no behavior change in NumPy 1.x).\nFor more details, see https://numpy.org/devdocs/numpy_2_0_migration_guide.html#adapting-to-changes-in-the-copy-keyword.';

/** An array of any kind of argument, copied or not, in the order that is asked for. */
function made(
  object: ArrayLike,
  dtype: DType | undefined,
  { copy: copies, order, ndmin = 0 }: { copy: boolean | null; order: Order; ndmin?: number },
): NDArray {
  const given = object instanceof NDArray ? object : null;
  const typed = given === null ? create.array(object, dtype) : astype(given, dtype ?? given.dtype, { copy: false });
  const laid =
    (order === 'C' && !typed.cContiguous) || (order === 'F' && !typed.fContiguous) ? copy(typed, order) : typed;
  if (copies === false && laid !== given) throw new AppError('value', unableToAvoid, { argument: 'copy' });
  const own = copies === true && laid === given ? copy(laid, order) : laid;
  return own.ndim >= ndmin ? own : reshape(own, [...new Array<number>(ndmin - own.ndim).fill(1), ...own.shape]);
}

/** `*_like` with another shape: NumPy keeps the order of the axes if their number stays. */
const like =
  (fill: ArrayLike | null) =>
  (prototype: Operand, dtype?: DType, order: Order = 'K', shape: ShapeLike | null = null): NDArray => {
    const a = create.asarray(prototype);
    if (!['C', 'F', 'A', 'K'].includes(order))
      throw new AppError('value', `order must be one of 'C', 'F', 'A', or 'K' (got '${String(order)}')`, {
        argument: 'order',
      });
    const target = emptyLike(a, dtype ?? a.dtype, order, shape === null ? a.shape : create.asShape(shape));
    if (fill !== null) create.fillWith(target, create.asarray(fill).item());
    return target;
  };

const finite = (a: ArrayLike, dtype?: DType, order: Order | null = null): NDArray => {
  const array = made(a, dtype, { copy: null, order: order ?? 'K' });
  if (!/int|bool/.test(array.dtype) && Number(sum(isfinite(array)).item()) !== array.size)
    throw new AppError('value', 'array must not contain infs or NaNs', { argument: 'a' });
  return array;
};

const require_ = (a: ArrayLike, dtype?: DType, requirements: string | readonly string[] | null = null): NDArray => {
  const letters: Record<string, string> = {
    C_CONTIGUOUS: 'C',
    CONTIGUOUS: 'C',
    F_CONTIGUOUS: 'F',
    FORTRAN: 'F',
    ALIGNED: 'A',
    WRITEABLE: 'W',
    OWNDATA: 'O',
    ENSUREARRAY: 'E',
  };
  const words = typeof requirements === 'string' ? [requirements] : (requirements ?? []);
  const wanted = new Set(words.map((word) => letters[word.toUpperCase()] ?? word.toUpperCase()));
  for (const letter of wanted)
    if (!'CFAWOE'.includes(letter)) throw new AppError('value', `KeyError: '${letter}'`, { argument: 'requirements' });
  if (wanted.has('C') && wanted.has('F')) throw new AppError('value', 'Cannot specify both "C" and "F" order');
  const order = wanted.has('F') ? 'F' : wanted.has('C') ? 'C' : 'K';
  const array = made(a, dtype, { copy: null, order });
  const lacks = (wanted.has('O') && array.base !== null) || (wanted.has('W') && !array.writeable);
  return lacks ? copy(array, order) : array;
};

const asArray = (a: ArrayLike, dtype?: DType, order: Order | null = null, copies: boolean | null = null): NDArray =>
  made(a, dtype, { copy: copies, order: order ?? 'K' });

/** What is new can lie in memory in two ways only; `at` is the place of the order among the arguments. */
const inOrder =
  (make: (...values: never[]) => NDArray, at: number) =>
  (...values: unknown[]): NDArray => {
    const order = values[at];
    if (order !== undefined && order !== null && !(typeof order === 'string' && /^[cf]$/i.test(order)))
      throw new AppError('value', "only 'C' or 'F' order is permitted", { argument: 'order' });
    return (make as (...all: unknown[]) => NDArray)(...values);
  };

export const creationNames: Readonly<Record<string, Named>> = {
  array: direct(
    (object: ArrayLike, dtype?: DType, copies: boolean | null = true, order: Order = 'K', ndmin?: number) =>
      made(object, dtype, { copy: copies, order, ...(ndmin === undefined ? {} : { ndmin }) }),
    'object dtype? copy? order? subok~ ndmin?',
  ),
  asarray: direct(asArray, 'a dtype? order? device~ copy?'),
  asanyarray: direct(asArray, 'a dtype? order? device~ copy?'),
  asarray_chkfinite: direct(finite, 'a dtype? order?'),
  require: direct(require_, 'a dtype? requirements?'),
  empty: direct(inOrder(create.empty, 2), 'shape dtype? order? device~'),
  zeros: direct(inOrder(create.zeros, 2), 'shape dtype? order? device~'),
  ones: direct(inOrder(create.ones, 2), 'shape dtype? order? device~'),
  full: direct(inOrder(create.full, 3), 'shape fill_value dtype? order? device~'),
  empty_like: direct(like(null), 'prototype dtype? order? subok~ shape? device~'),
  zeros_like: direct(like(0), 'a dtype? order? subok~ shape? device~'),
  ones_like: direct(like(1), 'a dtype? order? subok~ shape? device~'),
  full_like: direct((a: Operand, fill: ArrayLike, dtype?: DType, order?: Order, shape?: ShapeLike | null) => {
    const target = like(null)(a, dtype, order, shape);
    return create.fullOf(target, fill);
  }, 'a fill_value dtype? order? subok~ shape? device~'),
  eye: direct(
    inOrder((n: number, m?: number | null, k?: number, dtype?: DType, order: Order = 'C') => {
      const square = create.eye(n, m ?? n, k, dtype);
      return order === 'C' ? square : copy(square, order);
    }, 4),
    'N M? k? dtype? order? device~',
  ),
  identity: direct(create.identity, 'n dtype?'),
  arange: direct(ranges.arange, 'start stop? step? dtype? device~'),
  linspace: direct(
    (
      start: Operand,
      stop: Operand,
      num?: number,
      endpoint?: boolean,
      retstep = false,
      dtype?: DType,
      axis?: number,
    ) => {
      const values = ranges.linspace(start, stop, num, endpoint, dtype, axis);
      return retstep ? [values, ranges.linspaceStep(start, stop, num, endpoint)] : values;
    },
    'start stop num? endpoint? retstep? dtype? axis? device~',
  ),
  logspace: direct(ranges.logspace, 'start stop num? endpoint? base? dtype? axis?'),
  geomspace: direct(ranges.geomspace, 'start stop num? endpoint? dtype? axis?'),
  diag: direct(building.diag, 'v k?'),
  diagflat: direct(building.diagflat, 'v k?'),
  diagonal: direct(building.diagonal, 'a offset? axis1? axis2?'),
  tri: direct(
    (n: number, m?: number | null, k?: number, dtype?: DType) => building.tri(n, m ?? n, k, dtype),
    'N M? k? dtype?',
  ),
  tril: direct(building.tril, 'm k?'),
  triu: direct(building.triu, 'm k?'),
  tril_indices: direct((n: number, k?: number, m?: number | null) => building.tril_indices(n, k, m ?? n), 'n k? m?'),
  triu_indices: direct((n: number, k?: number, m?: number | null) => building.triu_indices(n, k, m ?? n), 'n k? m?'),
  tril_indices_from: direct(grids.tril_indices_from, 'arr k?'),
  triu_indices_from: direct(grids.triu_indices_from, 'arr k?'),
  diag_indices: direct(grids.diag_indices, 'n ndim?'),
  diag_indices_from: direct(grids.diag_indices_from, 'arr'),
  mask_indices: direct(
    (n: number, mask: (m: NDArray, k: number) => NDArray, k?: number | PyFloat) =>
      grids.mask_indices(n, mask, Number(k ?? 0)),
    'n mask_func k?',
  ),
  ix_: direct(grids.ix_, '*args'),
  indices: direct((dimensions: number[], dtype: DType = 'int64', sparse = false) => {
    if (sparse) return building.openIndices(dimensions, dtype);
    const grid = building.indices(dimensions);
    return dtype === 'int64' ? grid : astype(grid, dtype);
  }, 'dimensions dtype? sparse?'),
  ravel_multi_index: direct(grids.ravel_multi_index, 'multi_index dims mode? order?'),
  unravel_index: direct(grids.unravel_index, 'indices shape order?'),
  vander: direct(building.vander, 'x N? increasing?'),
  meshgrid: direct((...values: unknown[]) => {
    const [lists, copies, sparse, indexing] = values as [Operand[], boolean?, boolean?, 'xy'?];
    return building.meshgrid(lists, { copy: copies ?? true, sparse: sparse ?? false, indexing: indexing ?? 'xy' });
  }, '*xi copy? sparse? indexing?'),
  fromfunction: direct(fromfunction, 'function shape dtype?'),
  copy: direct((a: Operand, order: Order = 'K') => copy(create.asarray(a), order), 'a order? subok~'),
  astype: direct(
    (x: Operand, dtype: DType, copies = true) => astype(create.asarray(x), dtype, { copy: copies }),
    'x dtype copy? device~',
  ),
  ascontiguousarray: direct((a: Operand, dtype?: DType) => ascontiguousarray(create.asarray(a), dtype), 'a dtype?'),
  asfortranarray: direct((a: Operand, dtype?: DType) => asfortranarray(create.asarray(a), dtype), 'a dtype?'),
};
