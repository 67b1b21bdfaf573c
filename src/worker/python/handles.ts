/**
 * The arrays and objects that Python holds, by number. A handle says what Python needs to know most often without a
 * call: `place · 2048 + large · 1024 + ndim · 16 + dtype`. Places begin at 1; a number below 16 is a scalar that lies in
 * the cell (see `cell.ts`). Large arrays are given back at once, small ones by the dozen.
 */
import { type DType, dtypes } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { NDArray } from '#engine/ndarray.ts';

/** The dtype nibble of what is not an array: a generator, a factorization. */
const opaque = 15;

/** Elements of an array that is worth giving back at once. */
const largeSize = 1 << 16;

const codes = new Map<DType, number>(dtypes.map((dtype, code) => [dtype, code]));

const held: (object | undefined)[] = [undefined];
const free: number[] = [];

/** The number by which Python knows a dtype. */
export function dtypeCode(dtype: DType): number {
  return codes.get(dtype) ?? opaque;
}

/** Holds an array for Python and gives its handle; each call gives a new one. */
export function putArray(array: NDArray): number {
  const large = array.size > largeSize ? 1024 : 0;
  return place(array) * 2048 + large + array.shape.length * 16 + dtypeCode(array.dtype);
}

/** Holds something that is not an array. */
export function putObject(object: object): number {
  return place(object) * 2048 + opaque;
}

/** The array of a handle. @throws AppError 'bug' for a handle that was released. */
export function getArray(handle: number): NDArray {
  const found = held[Math.floor(handle / 2048)];
  if (found instanceof NDArray) return found;
  throw new AppError('bug', `no array has the handle ${handle}`);
}

/** What is not an array, of a handle. */
export function getObject(handle: number): object {
  const found = held[Math.floor(handle / 2048)];
  if (found === undefined) throw new AppError('bug', `no object has the handle ${handle}`);
  return found;
}

/** Lets go of what Python no longer has. */
export function release(...handles: number[]): void {
  for (const handle of handles) {
    const at = Math.floor(handle / 2048);
    if (held[at] === undefined) continue;
    held[at] = undefined;
    free.push(at);
  }
}

/** How many arrays and objects Python holds. */
export function liveHandles(): number {
  return held.length - 1 - free.length;
}

function place(object: object): number {
  const at = free.pop();
  if (at === undefined) return held.push(object) - 1;
  held[at] = object;
  return at;
}
