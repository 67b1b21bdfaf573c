/** The values of entries: 1-d arrays without gaps, in any dtype. */
import { ascontiguousarray, astype } from '../cast.ts';
import { empty } from '../create.ts';
import { type NDArray } from '../ndarray.ts';
import type { Ints } from './index-lists.ts';

/** 64-bit integers move as numbers do, but TypeScript keeps them apart. */
export type Numbers = Float64Array;

/** The elements of a contiguous array (complex: pairs). */
export function entries(a: NDArray): Numbers {
  return a.data.subarray(a.start, a.start + a.size * a.entries) as Numbers;
}

/** The part of a contiguous array's memory as bytes. */
export function bytesOf(a: NDArray): Uint8Array {
  return new Uint8Array(a.buffer, a.offset, a.nbytes);
}

/** The values at these places; a negative place gives zero. */
export function pick(from: NDArray, at: Ints): NDArray {
  const made = empty(at.length, from.dtype);
  const source = entries(from);
  const target = entries(made);
  if (from.entries === 1) {
    for (let k = 0; k < at.length; k++) if (at[k] >= 0) target[k] = source[at[k]];
  } else {
    for (let k = 0; k < at.length; k++) {
      const p = 2 * at[k];
      if (p < 0) continue;
      target[2 * k] = source[p];
      target[2 * k + 1] = source[p + 1];
    }
  }
  return made;
}

/** Sums of the runs of values that begin at these places; bool: any. Integers wrap around. */
export function runSums(values: NDArray, starts: Ints, end = values.size): NDArray {
  const made = empty(starts.length, values.dtype);
  const source = entries(values);
  const target = entries(made);
  const parts = values.entries;
  const bool = values.dtype === 'bool';
  for (let k = 0; k < starts.length; k++) {
    const stop = k + 1 < starts.length ? starts[k + 1] : end;
    for (let p = starts[k]; p < stop; p++) {
      if (bool) target[k] |= source[p];
      else if (parts === 1) target[k] += source[p];
      else {
        target[2 * k] += source[2 * p];
        target[2 * k + 1] += source[2 * p + 1];
      }
    }
  }
  return made;
}

/** Places of the values that are not zero; NaN counts. */
export function nonzeroPlaces(values: NDArray): Int32Array {
  const source = entries(values);
  const found = new Int32Array(values.size);
  let n = 0;
  if (values.entries === 1) {
    // Works for numbers and for bigints.
    for (let k = 0; k < values.size; k++) if (Boolean(source[k]) || source[k] !== source[k]) found[n++] = k;
  } else {
    for (let k = 0; k < values.size; k++) if (source[2 * k] !== 0 || source[2 * k + 1] !== 0) found[n++] = k;
  }
  return found.subarray(0, n);
}

/** The array itself when it is 1-d without gaps and of the dtype, else a copy that is. */
export function flatValues(a: NDArray, dtype = a.dtype): NDArray {
  return ascontiguousarray(a.dtype === dtype ? a : astype(a, dtype));
}

/** The first n values, over the same memory. */
export function head(a: NDArray, n: number): NDArray {
  return n === a.size ? a : a.view([n], [a.itemsize]);
}
