/** The quick way of elementwise functions over more elements than `few.ts` takes: one loop of the addon, whatever the strides. */
import { sameShape } from '../broadcast.ts';
import { emptyLike } from '../cast.ts';
import { spreadNatively } from '../kernels/ufunc.ts';
import type { NDArray } from '../ndarray.ts';
import { isApart, outputLike, type Quick, shapeOfFew } from './few.ts';

/** Null where the whole way is to be gone. */
export function unaryOfMany(known: Quick, a: NDArray): NDArray | null {
  if (known.native < 0 || a.size === 0) return null;
  const made = emptyLike(a, known.made, 'K', a.shape, 'any');
  spreadNatively(known.native, [a], made);
  return made;
}

/** Two operands that are repeated, or lie in memory, in any way; null where the whole way is to be gone. */
export function binaryOfMany(known: Quick, a: NDArray, b: NDArray): NDArray | null {
  const shape = known.native < 0 ? null : shapeOfFew(a, b, Infinity);
  if (shape === null) return null;
  const made = outputLike([a, b], shape, known.made, 'any');
  spreadNatively(known.native, [a, b], made);
  return made;
}

/** As `binaryOfMany`, into an array that has the result's shape and dtype. */
export function binaryIntoMany(known: Quick, a: NDArray, b: NDArray, out: NDArray): NDArray | null {
  if (known.native < 0 || !out.writeable || out.dtype !== known.made) return null;
  const shape = shapeOfFew(a, b, Infinity);
  if (shape === null || !sameShape(shape, out.shape) || !isApart(a, out) || !isApart(b, out)) return null;
  spreadNatively(known.native, [a, b], out);
  return out;
}

/** As `unaryOfMany`, into an array that has the result's shape and dtype. */
export function unaryIntoMany(known: Quick, a: NDArray, out: NDArray): NDArray | null {
  if (known.native < 0 || !out.writeable || out.dtype !== known.made || a.size === 0) return null;
  if (!sameShape(a.shape, out.shape) || !isApart(a, out)) return null;
  spreadNatively(known.native, [a], out);
  return out;
}
