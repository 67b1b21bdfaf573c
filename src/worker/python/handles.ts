/**
 * The arrays and objects that Python holds, by number. A handle says what Python needs to know most often without a
 * call: `place · 2048 + large · 1024 + ndim · 16 + dtype`. Places begin at 1; a number below 16 is a scalar that lies in
 * the cell (see `cell.ts`). Large arrays are given back at once, small ones by the dozen.
 */
import { type DType, dtypes } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { NDArray } from '#engine/ndarray.ts';
import { giveBack, shelvedBytes } from '#engine/shelf.ts';

/** The dtype nibble of what is not an array: a generator, a factorization. */
const opaque = 15;

/** Elements of an array that is worth giving back at once. */
const largeSize = 1 << 16;

const codes = new Map<DType, number>(dtypes.map((dtype, code) => [dtype, code]));

const held: (object | undefined)[] = [undefined];
const free: number[] = [];

/** Memory that nobody but Python knows of: who owns it, and how many handles lead to it. */
interface Sole {
  owner: NDArray;
  handles: number;
}

/** By place, for arrays whose memory is such; it can be used again as soon as the last of their handles was released. */
const soles: (Sole | undefined)[] = [undefined];

/** The number by which Python knows a dtype. */
export function dtypeCode(dtype: DType): number {
  return codes.get(dtype) ?? opaque;
}

/** Holds an array for Python and gives its handle; each call gives a new one. */
export function putArray(array: NDArray): number {
  const large = array.size > largeSize ? 1024 : 0;
  return place(array) * 2048 + large + array.shape.length * 16 + dtypeCode(array.dtype);
}

/**
 * Holds what a call gave that keeps neither its arguments nor its results: a function of NumPy, a draw. Python alone
 * then knows of memory that is new, and of views of such memory.
 *
 * @param given The arrays among the arguments of the call, by their handles, and what else it gave.
 */
export function putMade(array: NDArray, given: readonly number[], count: number): number {
  const handle = putArray(array);
  const owner = array.base ?? array;
  let sole: Sole | undefined;
  let isNew = array.base === null && array.nbytes >= shelvedBytes;
  for (let k = 0; k < count; k++) {
    const at = Math.floor(given[k] / 2048);
    const known = soles[at];
    if (known === undefined && !isNew) continue;
    const other = held[at] as NDArray;
    if (!mayShare(owner, other.base ?? other)) continue;
    isNew = false;
    if (known === undefined) continue;
    if (known.owner === owner) sole = known;
    // Two arrays own one memory: nobody can tell when it is free.
    else forget(at);
  }
  if (isNew && (array.cContiguous || array.fContiguous)) sole = { owner: array, handles: 0 };
  if (sole !== undefined) {
    sole.handles++;
    soles[Math.floor(handle / 2048)] = sole;
  }
  return handle;
}

/** True when two arrays that own their memory have bytes in common. */
function mayShare(a: NDArray, b: NDArray): boolean {
  return a === b || (a.buffer === b.buffer && a.offset < b.offset + b.nbytes && b.offset < a.offset + a.nbytes);
}

/** From now on somebody else may hold the memory too. */
function forget(at: number): void {
  const sole = soles[at];
  if (sole === undefined) return;
  sole.handles = NaN;
  soles[at] = undefined;
}

/** Holds something that is not an array. */
export function putObject(object: object): number {
  return place(object) * 2048 + opaque;
}

/**
 * The array of a handle, for whoever may keep it or show it to others.
 * @throws AppError 'bug' for a handle that was released.
 */
export function getArray(handle: number): NDArray {
  forget(Math.floor(handle / 2048));
  return lookAt(handle);
}

/**
 * The array of a handle for one call, after which nobody has it or a view of it but `putMade`.
 * @throws AppError 'bug' for a handle that was released.
 */
export function lookAt(handle: number): NDArray {
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
    const sole = soles[at];
    if (sole === undefined) continue;
    soles[at] = undefined;
    if (--sole.handles === 0) reuse(sole.owner);
  }
}

function reuse({ buffer, offset, nbytes, dtype, data }: NDArray): void {
  giveBack(buffer, offset, nbytes, dtype, data);
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
