/**
 * Large buffers used again. V8 does not count shared memory when it decides to collect: a loop that makes and drops
 * arrays of 32 MB would fill the machine, and every fresh buffer costs page faults that take longer than the
 * arithmetic. So large buffers are lent: what an array gets is a second object over the buffer's memory, and once that
 * object was collected, nobody in this thread can see the memory any more. Memory that other threads may see
 * (`surrender`) is never used again.
 */
import { totalmem } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { native } from './native.ts';
import type { Watch } from './native-kernels.ts';

/** Buffers from this size on are lent. */
export const lentBytes = 1 << 20;

interface Loan {
  /** Keeps the memory. */
  own: SharedArrayBuffer;
  watch: Watch;
}

/** Bytes lent after which it is worth looking for those that were dropped. */
const patience = Math.min(256 * 2 ** 20, totalmem() / 32);
/** Bytes kept for later at most. */
const reserve = Math.min(512 * 2 ** 20, totalmem() / 16);
const idleMs = 10_000;

let loans: Loan[] = [];
const free: SharedArrayBuffer[] = [];
let freeBytes = 0;
let sinceCollection = 0;
let limit = patience;
let collect: ((options?: { type: 'minor' }) => void) | null | undefined;
let idle: NodeJS.Timeout | null = null;
const loanOf = new WeakMap<SharedArrayBuffer, Loan>();

/**
 * A buffer of at least `bytes`, contents arbitrary if `anyContents`, else zero.
 * @throws RangeError as `new SharedArrayBuffer` does.
 */
export function lend(bytes: number, anyContents: boolean): SharedArrayBuffer {
  const size = sizeClass(bytes);
  takeBack();
  if (sinceCollection >= limit) lookForDropped();
  sinceCollection += size;
  restWhenIdle();
  const at = anyContents ? free.findIndex((buffer) => buffer.byteLength === size) : -1;
  let own: SharedArrayBuffer;
  if (at >= 0) {
    [own] = free.splice(at, 1);
    freeBytes -= size;
  } else {
    own = new SharedArrayBuffer(size);
    native().useLargePages(new Uint8Array(own));
  }
  const lent = structuredClone(own);
  const loan = { own, watch: native().watch(lent) };
  loans.push(loan);
  loanOf.set(lent, loan);
  return lent;
}

/** Another thread may come to see this buffer: it is not used again. */
export function surrender(buffer: SharedArrayBuffer): void {
  const loan = loanOf.get(buffer);
  if (loan === undefined) return;
  loanOf.delete(buffer);
  loans = loans.filter((other) => other !== loan);
}

/** Gives everything back to the system that is not in use. */
export function releaseUnused(): void {
  collector()?.();
  takeBack();
  drop(freeBytes);
  collector()?.();
}

/** Eight sizes per power of two, so that buffers fit again. */
function sizeClass(bytes: number): number {
  const step = Math.max(lentBytes, 2 ** Math.floor(Math.log2(bytes))) / 8;
  return Math.ceil(bytes / step) * step;
}

function takeBack(): void {
  const addon = native();
  let back = 0;
  loans = loans.filter((loan) => {
    if (addon.isHeld(loan.watch)) return true;
    free.push(loan.own);
    back += loan.own.byteLength;
    return false;
  });
  freeBytes += back;
  if (freeBytes > reserve) drop(freeBytes - reserve);
}

/** The oldest first. */
function drop(bytes: number): void {
  let dropped = 0;
  while (free.length > 0 && dropped < bytes) dropped += free.shift()?.byteLength ?? 0;
  freeBytes -= dropped;
}

function lookForDropped(): void {
  const inUse = (): number => loans.reduce((sum, loan) => sum + loan.own.byteLength, 0);
  const before = inUse();
  collector()?.({ type: 'minor' });
  takeBack();
  // What outlived a look among the young may still be dropped.
  if (before - inUse() < sinceCollection / 2) {
    collector()?.();
    takeBack();
  }
  limit = Math.max(patience, inUse() / 2);
  sinceCollection = 0;
}

/** V8's own collector, which cannot be had without this detour; null where it cannot be had at all. */
function collector(): ((options?: { type: 'minor' }) => void) | null {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    const found: unknown = runInNewContext("typeof gc === 'function' ? gc : null");
    setFlagsFromString('--no-expose-gc');
    collect = typeof found === 'function' ? (found as (options?: { type: 'minor' }) => void) : null;
  }
  return collect;
}

function restWhenIdle(): void {
  if (idle !== null) {
    idle.refresh();
    return;
  }
  idle = setTimeout(() => {
    idle = null;
    takeBack();
    drop(freeBytes);
  }, idleMs);
  idle.unref();
}
