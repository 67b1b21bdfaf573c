import { AppError } from '#shared/errors.ts';
import { astype } from '../cast.ts';
import { unset } from '../create.ts';
import { native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { isInteger } from '../promotion.ts';
import { crossover } from './crossover.ts';
import { layoutOf } from './layout.ts';

const bytesOf = (a: NDArray): Uint8Array => new Uint8Array(a.buffer, a.offset, a.nbytes);
const product = (shape: readonly number[]): number => shape.reduce((n, m) => n * m, 1);

/** Places as the addon reads them, or null where it does not gain or knows no such integers. */
function placesOf(a: NDArray, list: NDArray): BigInt64Array | null {
  if (!a.cContiguous || a.ndim === 0 || list.size + a.size < crossover.costly) return null;
  if (!isInteger(list.dtype) || list.dtype === 'uint64') return null;
  const plain = list.dtype === 'int64' && list.cContiguous ? list : astype(list, 'int64', { order: 'C' });
  return new BigInt64Array(plain.buffer, plain.offset, plain.size);
}

function requireInside(bad: number, places: BigInt64Array, axis: number, length: number): void {
  if (bad < 0) return;
  throw new AppError('index', `index ${places[bad]} is out of bounds for axis ${axis} with size ${length}`);
}

/**
 * Items along an axis at places that may count from the end; null where JavaScript is as quick.
 * @throws AppError 'index' "index 9 is out of bounds for axis 0 with size 3".
 */
export function takeNatively(a: NDArray, along: number, list: NDArray): NDArray | null {
  const places = placesOf(a, list);
  if (places === null) return null;
  const [before, length, behind] = [a.shape.slice(0, along), a.shape[along], a.shape.slice(along + 1)];
  const made = unset([...before, ...list.shape, ...behind], a.dtype);
  const width = product(behind) * a.itemsize;
  if (width === 0 || product(before) === 0) return null;
  requireInside(
    native().takeItems(bytesOf(a), product(before), length, width, places, bytesOf(made)),
    places,
    along,
    length,
  );
  return made;
}

/** a[list] = part along the first axis, `part` gapless and of a's dtype; false where JavaScript is as quick. */
export function putNatively(a: NDArray, list: NDArray, part: () => NDArray): boolean {
  const places = placesOf(a, list);
  if (places === null || a.size === 0) return false;
  const [length, ...behind] = a.shape;
  const values = part();
  requireInside(
    native().putItems(bytesOf(a), 1, length, product(behind) * a.itemsize, places, bytesOf(values)),
    places,
    0,
    length,
  );
  return true;
}

/** True where the addon takes a mask over the leading axes of a gapless array. */
export function masksNatively(a: NDArray, mask: NDArray): boolean {
  if (a.size < crossover.costly || !a.cContiguous || !mask.cContiguous || mask.ndim === 0 || mask.ndim > a.ndim) {
    return false;
  }
  return mask.shape.every((n, axis) => n === a.shape[axis]);
}

/** The items whose flag is set, in C order. */
export function keepFlagged(a: NDArray, mask: NDArray): NDArray {
  const flags = bytesOf(mask);
  const rest = a.shape.slice(mask.ndim);
  const made = unset([native().countFlags(flags), ...rest], a.dtype);
  native().keepFlagged(bytesOf(a), flags, product(rest) * a.itemsize, bytesOf(made));
  return made;
}

/** The indices of set flags in a gapless array, one list per axis. */
export function placesOfFlags(flags: NDArray): NDArray[] {
  const found = native().countFlags(bytesOf(flags));
  const lists = flags.shape.map(() => unset([found], 'int64'));
  const room = lists.map((list) => new BigInt64Array(list.buffer, list.offset, list.size));
  native().placesOfFlags(bytesOf(flags), [...flags.shape], ...room);
  return lists;
}

/** a[mask] = one value of a's dtype, the mask of a's shape. */
export function fillFlagged(a: NDArray, mask: NDArray, value: NDArray): void {
  const number = native().ufuncLoop('where', a.dtype);
  native().ufunc(number, false, layoutOf(a.shape, [mask, value, a, a]), mask.data, value.data, a.data, a.data);
}
