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
import { clearShelf } from './shelf.ts';

/** Buffers from this size on are lent. */
export const lentBytes = 1 << 13;

/** Memory of a size class; the numbers begin where the processor's vectors like them to. */
interface Memory {
  buffer: SharedArrayBuffer;
  offset: number;
  size: number;
}

interface Loan {
  /** Keeps the memory. */
  own: Memory;
  watch: Watch;
}

/** Bytes by which the loans may grow before it is worth looking everywhere for those that were dropped. */
const patience = Math.min(256 * 2 ** 20, totalmem() / 32);
/**
 * Bytes lent after which to look among the youngest: that costs far less than the fresh pages that it saves, and what
 * comes back soon is still in the caches.
 */
const youngPatience = Math.min(4 * 2 ** 20, patience / 16);
/** At least so many buffers share the costs of a look, as long as they are not large together. */
const sharing = 4;
const sharedBytes = Math.min(16 * 2 ** 20, patience / 4);
/**
 * A look costs a tenth of filling 32 MB: where large buffers came back often, it waits until several can come back at
 * once. Not at first, since each of them begins with fresh pages.
 */
const largePatience = Math.min(128 * 2 ** 20, patience / 2);
const mostTogether = 4;
const looksUntilMore = 6;
/** Bytes kept for later at most. */
const reserve = Math.min(512 * 2 ** 20, totalmem() / 16);
const idleMs = 10_000;

/** Pages can be as large where memory begins at a multiple of it; a fresh page of 4 KB costs more than filling it. */
const largePage = 2 * 2 ** 20;
/** Memory up to this size is cut from arenas. */
const pieceBytes = largePage;
const arenaBytes = 16 * 2 ** 20;
/** Buffers that begin alike would fall on the same places of the caches. */
const apart = 129 * 64;
const beginnings = 8;
let begun = 0;

/**
 * A system gives a process so many pieces of memory and no more (65,530 on Linux, two for each buffer); past them V8 ends
 * the thread without a word. Untouched zeros take addresses alone, which nothing else counts.
 */
const mostBuffers = 20_000;
const mostAddresses = 4 * totalmem();
let mapped: { watch: Watch; bytes: number }[] = [];
let addresses = 0;

let arena: { buffer: SharedArrayBuffer; next: number; end: number } | null = null;
let loans: Loan[] = [];
const free = new Map<number, Memory[]>();
let freeBytes = 0;
/** Bytes of all loans, and of those that outlived the last look everywhere. */
let lentOut = 0;
let lived = 0;
let sinceYoung = 0;
let limit = patience;
let youngLimit = youngPatience;
/** How often buffers came back from a look among the young. */
let rewarded = 0;
let collect: ((options?: { type: 'minor' }) => void) | null | undefined;
let idle: NodeJS.Timeout | null = null;
/** Something nobody holds: once it is gone, V8 has collected, and loans may have come back. */
let canary: Watch | null = null;
const loanOf = new WeakMap<SharedArrayBuffer, Loan>();

/**
 * A place of at least `bytes`, at a multiple of 64 in memory, contents arbitrary if `anyContents`, else zero.
 * @throws RangeError as `new SharedArrayBuffer` does.
 */
export function lend(bytes: number, anyContents: boolean): { buffer: SharedArrayBuffer; offset: number } {
  const size = sizeClass(bytes);
  if (canary === null || !native().isHeld(canary)) takeBack();
  restWhenIdle();
  let own = free.get(size)?.pop();
  if (own === undefined && sinceYoung >= worthLooking(size)) {
    lookForDropped();
    own = free.get(size)?.pop();
  }
  sinceYoung += size;
  if (own !== undefined) {
    freeBytes -= size;
    const whole = Math.ceil(bytes / 8) * 8;
    if (!anyContents) clear(own.buffer, own.offset, whole);
  } else {
    own = fresh(size);
  }
  const lent = structuredClone(own.buffer);
  const loan = { own, watch: native().watch(lent) };
  loans.push(loan);
  lentOut += size;
  loanOf.set(lent, loan);
  return { buffer: lent, offset: own.offset };
}

const zero = new Uint8Array(8);

/** Zeros `bytes`, a multiple of 8. V8 goes through shared memory element by element: 5.6 µs for 80 KB, the addon takes 0.9. */
export function clear(buffer: ArrayBufferLike, offset: number, bytes: number): void {
  native().fill(new Uint8Array(buffer, offset, bytes), zero);
}

/** Memory nobody has used: zero. */
function fresh(size: number): Memory {
  if (size > pieceBytes) {
    const buffer = map(size + largePage + apart * beginnings);
    const first = native().useLargePages(new Uint8Array(buffer));
    return { buffer, offset: first + apart * (begun++ % beginnings), size };
  }
  if (arena === null || arena.next + size > arena.end) {
    const buffer = map(arenaBytes + largePage);
    const next = native().useLargePages(new Uint8Array(buffer));
    arena = { buffer, next, end: next + arenaBytes };
  }
  const offset = arena.next;
  arena.next += size;
  return { buffer: arena.buffer, offset, size };
}

/** A buffer of the system's. */
function map(bytes: number): SharedArrayBuffer {
  const full = () => mapped.length >= mostBuffers || addresses + bytes > mostAddresses;
  if (full()) {
    releaseUnused();
    mapped = mapped.filter(({ watch }) => native().isHeld(watch));
    addresses = mapped.reduce((sum, one) => sum + one.bytes, 0);
    if (full()) throw new RangeError('the arrays that are kept have taken all places in memory');
  }
  const buffer = new SharedArrayBuffer(bytes);
  mapped.push({ watch: native().watch(buffer), bytes });
  addresses += bytes;
  return buffer;
}

/** Bytes to be lent before it is worth looking for buffers that were dropped. */
function worthLooking(size: number): number {
  const shared = Math.min(sharing * size, sharedBytes);
  return Math.max(youngLimit * together(), shared, Math.min(together() * size, largePatience));
}

/** Another thread may come to see this buffer: it is not used again. */
export function surrender(buffer: SharedArrayBuffer): void {
  const loan = loanOf.get(buffer);
  if (loan === undefined) return;
  loanOf.delete(buffer);
  loans = loans.filter((other) => other !== loan);
  lentOut -= loan.own.size;
}

/** Gives everything back to the system that is not in use. */
export function releaseUnused(): void {
  clearShelf();
  collector()?.();
  takeBack();
  drop(freeBytes);
  arena = null;
  collector()?.();
}

/** Eight sizes per power of two, so that buffers fit again; all are multiples of 64. */
function sizeClass(bytes: number): number {
  const step = Math.max(lentBytes, 2 ** Math.floor(Math.log2(bytes))) / 8;
  return Math.ceil(bytes / step) * step;
}

function takeBack(): void {
  const addon = native();
  loans = loans.filter((loan) => {
    if (addon.isHeld(loan.watch)) return true;
    const { size } = loan.own;
    const shelf = free.get(size);
    if (shelf === undefined) free.set(size, [loan.own]);
    else shelf.push(loan.own);
    freeBytes += size;
    lentOut -= size;
    return false;
  });
  canary = addon.watch({});
  if (freeBytes > reserve) drop(freeBytes - reserve);
}

/** The sizes that have been there longest first. */
function drop(bytes: number): void {
  let dropped = 0;
  for (const [size, shelf] of free) {
    while (shelf.length > 0 && dropped < bytes) {
      shelf.shift();
      dropped += size;
    }
    if (shelf.length === 0) free.delete(size);
    if (dropped >= bytes) break;
  }
  freeBytes -= dropped;
}

/** How much longer than at first to wait: for large buffers, or for as many smaller ones. */
function together(): number {
  return Math.min(mostTogether, 1 + Math.floor(rewarded / looksUntilMore));
}

function lookForDropped(): void {
  const before = lentOut;
  collector()?.({ type: 'minor' });
  takeBack();
  // Where arrays are kept, looking among the young is in vain.
  const repaid = before - lentOut >= sinceYoung / 2;
  youngLimit = repaid ? youngPatience : Math.min(2 * youngLimit, 4 * sharedBytes);
  if (repaid) rewarded++;
  sinceYoung = 0;
  lived = Math.min(lived, lentOut);
  if (lentOut - lived < limit) return;
  // What outlived several looks among the young may still be dropped.
  collector()?.();
  takeBack();
  lived = lentOut;
  limit = Math.max(patience, lived / 2);
}

/** V8's own collector, which cannot be had without this detour; null where it cannot be had at all. */
function collector(): ((options?: { type: 'minor' }) => void) | null {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    const found: unknown = runInNewContext("typeof gc === 'function' ? gc : null");
    setFlagsFromString('--no-expose-gc');
    // Few things are young where this is asked for: threads that helped would only take the place of those that compute.
    setFlagsFromString('--no-parallel-scavenge');
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
    clearShelf();
    takeBack();
    drop(freeBytes);
    arena = null;
    rewarded = 0;
  }, idleMs);
  idle.unref();
}
