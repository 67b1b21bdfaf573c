/** Operations on two patterns, place by place: the union of the places, and a ufunc on the values there. */
import type { DType } from '#shared/dtype.ts';
import { promote_types } from '../promotion.ts';
import { astype as castArray } from '../cast.ts';
import type { NDArray } from '../ndarray.ts';
import { has_canonical_format, keepPlaces } from './canonical.ts';
import { asformat, canonicalOf, withKind } from './convert.ts';
import { int32Max, type Ints, newFrom, newInts, pickInts } from './index-lists.ts';
import { Compressed, type Sparse } from './sparse-array.ts';
import { head, nonzeroPlaces, pick } from './values.ts';

/** For every place of either: where its value lies in each, −1 where it has none. */
interface Union {
  pointers: Ints;
  minor: Ints;
  left: Ints;
  right: Ints;
}

function union(a: Compressed, b: Compressed): Union {
  const most = a.nnz + b.nnz;
  const wide = a.minor instanceof Float64Array || b.minor instanceof Float64Array;
  // Places are counted up to the number of values, columns up to the width.
  const places = (): Ints => newInts(most, most > int32Max);
  const [minor, left, right] = [newInts(most, wide), places(), places()];
  const rows = a.pointers.length - 1;
  const pointers = newInts(rows + 1, wide);
  let n = 0;
  for (let i = 0; i < rows; i++) {
    let p = a.pointers[i];
    let q = b.pointers[i];
    const [endP, endQ] = [a.pointers[i + 1], b.pointers[i + 1]];
    while (p < endP || q < endQ) {
      const gap = p < endP ? (q < endQ ? a.minor[p] - b.minor[q] : -1) : 1;
      minor[n] = gap <= 0 ? a.minor[p] : b.minor[q];
      left[n] = gap <= 0 ? p++ : -1;
      right[n] = gap >= 0 ? q++ : -1;
      n++;
    }
    pointers[i + 1] = n;
  }
  return { pointers, minor: minor.subarray(0, n), left: left.subarray(0, n), right: right.subarray(0, n) };
}

/** Where the rows of a result lie when an operand was not in order: SciPy leaves them last found first. */
function discoveryOrder(a: Compressed, b: Compressed, { pointers, minor }: Union): Ints {
  const order = new Float64Array(minor.length);
  const place = new Map<number, number>();
  for (let i = 0; i + 1 < pointers.length; i++) {
    place.clear();
    for (let p = pointers[i]; p < pointers[i + 1]; p++) place.set(minor[p], p);
    let at = pointers[i + 1];
    for (const m of [a, b]) {
      for (let p = m.pointers[i]; p < m.pointers[i + 1]; p++) {
        const found = place.get(m.minor[p]);
        if (found === undefined) continue;
        order[--at] = found;
        place.delete(m.minor[p]);
      }
    }
  }
  return order;
}

/**
 * `op` on the values of every place that either matrix stores; results that are zero are left out. The second is
 * brought into the format of the first.
 */
export function atEveryPlace(
  a: Compressed,
  other: Sparse,
  op: (x: NDArray, y: NDArray) => NDArray,
  dtype: DType = promote_types(a.dtype, other.dtype),
): Compressed {
  const b = withKind(asformat(other, a.format), a.kind) as Compressed;
  const inOrder = has_canonical_format(a) && has_canonical_format(b);
  const [x, y] = [canonicalOf(a), canonicalOf(b)];
  const places = union(x, y);
  const on = (m: Compressed, at: Ints): NDArray => {
    const values = pick(head(m.data, m.nnz), at);
    return values.dtype === dtype ? values : castArray(values, dtype);
  };
  let values = op(on(x, places.left), on(y, places.right));
  let { minor } = places;
  if (!inOrder) {
    const order = discoveryOrder(a, b, places);
    values = pick(values, order);
    minor = pickInts(minor, order);
  }
  const made = new Compressed(
    a.format,
    a.kind,
    a.shape,
    places.pointers,
    minor,
    values,
    inOrder ? { canonical: true } : {},
  );
  const kept = nonzeroPlaces(values);
  if (kept.length === values.size) made.minor = newFrom(minor);
  else keepPlaces(made, kept);
  return made;
}
