/**
 * Memory whose owner is known to be dead, for the next array of its size. What V8's collector finds dead it finds late:
 * until then a program that computes `x * y + z` walks through megabytes that no near cache holds. Where somebody knows
 * at once (Python counts the references to its arrays), the next result lies where the last one lay.
 */
import type { DType } from '#shared/dtype.ts';
import type { Data } from './typed-views.ts';

interface Shelved {
  buffer: SharedArrayBuffer;
  offset: number;
  dtype: DType;
  data: Data;
}

/** Below this, memory from the collector's hands is as near. */
export const shelvedBytes = 1 << 11;
/** What is kept at most. Small pieces keep the slab that they lie in, so their number is bounded too. */
const mostBytes = 1 << 27;
const mostPieces = 48;

const shelf = new Map<number, Shelved[]>();
let bytesHere = 0;
let pieces = 0;

/**
 * Gives back the bytes of an array. Whoever calls it answers for it that nobody reads or writes them any more: no view,
 * no other thread, nothing that waits.
 *
 * @example const { buffer, offset, dtype, data } = zeros([1000]); giveBack(buffer, offset, 8000, dtype, data); fromShelf(8000).offset === offset // true
 */
export function giveBack(buffer: SharedArrayBuffer, offset: number, bytes: number, dtype: DType, data: Data): void {
  // Elements of every dtype must fit there.
  if (bytes < shelvedBytes || bytes > mostBytes / 2 || offset % 16 !== 0) return;
  while (pieces >= mostPieces || bytesHere + bytes > mostBytes) dropOldest();
  const piece = { buffer, offset, dtype, data };
  const same = shelf.get(bytes);
  if (same === undefined) shelf.set(bytes, [piece]);
  else same.push(piece);
  bytesHere += bytes;
  pieces++;
}

/** The place of as many bytes that was given back last, whatever they hold now. */
export function fromShelf(bytes: number): Shelved | undefined {
  if (pieces === 0) return undefined;
  const same = shelf.get(bytes);
  if (same === undefined) return undefined;
  const piece = same.pop();
  if (same.length === 0) shelf.delete(bytes);
  bytesHere -= bytes;
  pieces--;
  return piece;
}

/** Leaves everything here to the collector. */
export function clearShelf(): void {
  shelf.clear();
  bytesHere = 0;
  pieces = 0;
}

/** Of the size that has been here longest. */
function dropOldest(): void {
  for (const [bytes, same] of shelf) {
    same.shift();
    if (same.length === 0) shelf.delete(bytes);
    bytesHere -= bytes;
    pieces--;
    return;
  }
}
