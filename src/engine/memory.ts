import { freemem, totalmem } from 'node:os';
import { type DType, itemsize } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { type Data, viewOf } from './typed-views.ts';
import { clear, lend, releaseUnused } from './recycling.ts';
import { fromShelf, shelvedBytes } from './shelf.ts';

/** A place in shared memory; its bytes are zero. */
export interface Place {
  buffer: SharedArrayBuffer;
  offset: number;
  /** The whole buffer as elements, where there is one already. */
  data?: Data;
}

const alignment = 64;
/** Below this an allocation is made without looking at the machine's free memory. */
const carelessBytes = 1 << 26;

/**
 * Arrays that lie together in one lent buffer, because a buffer each is slow. Small and medium ones apart, so that a few
 * numbers that are kept do not keep a megabyte.
 */
class Slabs {
  /** Bytes of an array at most. */
  readonly most: number;
  readonly #bytes: number;
  #slab: SharedArrayBuffer | null = null;
  #used = 0;
  #end = 0;
  #words = new Float64Array(0) as Float64Array;
  /** The slab as elements of each dtype: its arrays share one typed array, which takes longer to make than they do. */
  #views: Partial<Record<DType, Data>> = {};

  constructor(most: number, bytes: number) {
    this.most = most;
    this.#bytes = bytes;
  }

  place(bytes: number, dtype: DType, contents: 'zero' | 'any'): Place {
    if (this.#slab === null || this.#used + bytes > this.#end) {
      const lent = borrow(this.#bytes, true);
      this.#slab = lent.buffer;
      this.#views = {};
      this.#words = new Float64Array(lent.buffer);
      this.#used = lent.offset;
      this.#end = lent.offset + this.#bytes;
    }
    const offset = this.#used;
    this.#used += bytes <= alignment ? alignment : Math.ceil(bytes / alignment) * alignment;
    if (contents === 'zero') {
      const count = Math.ceil(bytes / 8);
      // The addon is called for more than takes the call.
      if (count < 128) this.#words.fill(0, offset / 8, offset / 8 + count);
      else clear(this.#slab, offset, 8 * count);
    }
    return { buffer: this.#slab, offset, data: (this.#views[dtype] ??= viewOf(this.#slab, dtype)) };
  }
}

/** Many arrays fill the machine as one does: after so many bytes of any size it is looked at again. */
const lookBytes = 1 << 28;
let sinceLook = 0;

class Exhausted extends Error {
  readonly available: number;

  constructor(available: number) {
    super('memory is full');
    this.available = available;
  }
}

function borrow(bytes: number, anyContents: boolean): Place {
  sinceLook += bytes;
  if (sinceLook >= lookBytes) {
    if (nearlyFull()) releaseUnused();
    if (nearlyFull()) throw new Exhausted(memoryFree());
    sinceLook = 0;
  }
  return lend(bytes, anyContents);
}

/** True when what is free would not last until the next look. */
function nearlyFull(): boolean {
  // Elsewhere the free memory that is told leaves out what the system would give back.
  if (process.platform !== 'linux') return process.memoryUsage.rss() > 0.9 * totalmem();
  return memoryFree() < Math.min(lookBytes, totalmem() / 64);
}

const small = new Slabs(1 << 13, 1 << 18);
const medium = new Slabs(1 << 18, 1 << 20);

let limit = Number.POSITIVE_INFINITY;

/**
 * Refuses single arrays of more than `bytes`, whatever the machine has free.
 * @example setMemoryLimit(Infinity) // undefined
 */
export function setMemoryLimit(bytes: number): void {
  limit = bytes;
}

/**
 * Bytes that new arrays may take now: what the machine has free, less a reserve so that it stays usable.
 * @example memoryAvailable() > 0 // true
 */
export function memoryAvailable(): number {
  return Math.min(limit, memoryFree());
}

function memoryFree(): number {
  // A container may have less than its machine; 0 or an absurd number means that it has no limit of its own.
  const granted = process.constrainedMemory();
  const own = granted > 0 && granted < totalmem() ? granted - process.memoryUsage.rss() : Number.POSITIVE_INFINITY;
  const free = Math.max(0, Math.min(freemem(), own));
  return Math.max(0, free - Math.min(free * 0.1, 512 * 2 ** 20));
}

function isCareless(bytes: number): boolean {
  return bytes < carelessBytes && bytes <= limit;
}

/**
 * Refuses a need of memory that the machine cannot meet, before anything is allocated.
 * @throws AppError 'memory' with both numbers.
 */
export function requireMemory(bytes: number, message: () => string): void {
  if (isCareless(bytes)) return;
  let available = memoryAvailable();
  if (bytes > available && bytes <= limit) {
    releaseUnused();
    available = memoryAvailable();
  }
  if (bytes <= available) return;
  throw new AppError('memory', message(), {
    hint: `It needs ${sizeInWords(bytes)}; ${sizeInWords(available)} can be used now.`,
  });
}

/**
 * Shared memory for an array, zeroed unless the caller overwrites all of it.
 * @example new Float64Array(allocate([2], 'float64').buffer)[0] // 0
 */
export function allocate(shape: readonly number[], dtype: DType, contents: 'zero' | 'any' = 'zero'): Place {
  let count = 1;
  for (const n of shape) count *= n;
  const bytes = count * itemsize[dtype];
  if (bytes >= shelvedBytes && bytes <= limit) {
    const again = fromShelf(bytes);
    if (again !== undefined) {
      const { buffer, offset } = again;
      if (contents === 'zero') {
        const whole = bytes - (bytes % 8);
        clear(buffer, offset, whole);
        new Uint8Array(buffer, offset + whole, bytes - whole).fill(0);
      }
      return { buffer, offset, data: again.dtype === dtype ? again.data : viewOf(buffer, dtype) };
    }
  }
  if (bytes <= small.most) return small.place(bytes, dtype, contents);
  // Said only when it is needed: the words take longer than a medium array.
  const message = (): string =>
    `Unable to allocate ${sizeInWords(bytes)} for an array with shape ${shapeText(shape)} and data type ${dtype}`;
  if (!isCareless(bytes)) requireMemory(bytes, message);
  try {
    return bytes <= medium.most ? medium.place(bytes, dtype, contents) : borrow(bytes, contents === 'any');
  } catch (cause) {
    const hint =
      cause instanceof Exhausted
        ? `The arrays that are kept have filled the memory; ${sizeInWords(cause.available)} can be used now.`
        : 'This is more, or these are more arrays, than one program can hold.';
    throw new AppError('memory', message(), { hint, cause });
  }
}

/** Bytes as NumPy words them in its MemoryError: "7.45 GiB". */
export function sizeInWords(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB'];
  let unit = Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  let count = bytes / 1024 ** unit;
  if (Math.round(count) === 1024) {
    unit += 1;
    count /= 1024;
  }
  if (unit === 0) return `${count.toFixed(0)} bytes`;
  let text = count < 999.5 ? count.toPrecision(3) : `${count.toFixed(0)}`;
  if (!text.includes('.')) text += '.';
  return `${text} ${units[unit] ?? 'ZiB'}`;
}

/** A shape as NumPy's C code writes it, without blanks: `(2,3)`. */
export function shapeCode(shape: readonly number[]): string {
  return shapeText(shape).replaceAll(' ', '');
}

/**
 * A shape as Python writes a tuple: `(3,)`, `(2, 3)`, `()`.
 * @example shapeText([3]) // '(3,)'
 */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
}
