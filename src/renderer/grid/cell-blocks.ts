/**
 * The cells of one array that are here: blocks asked for as they come into sight, kept while there is room.
 * Values of an older version stay in sight until those of the new one arrive.
 */
import type { Args, Region, Reply } from '#shared/contract.ts';

export const blockRows = 64;
export const blockColumns = 16;
/** About 3 million cells. */
const mostBlocks = 3000;
/** Requests under way at once; more would only queue behind each other. */
const mostRequests = 2;

export interface Block {
  version: number;
  values: Float64Array;
  imag: Float64Array | null;
  text: string[] | null;
  rows: number;
  columns: number;
}

/** One cell as it lies in its block. */
export interface CellValue {
  value: number;
  imag: number | undefined;
  text: string | undefined;
}

type CellsReply = Reply<'array.cells'>;
export type FetchCells = (args: Pick<Args<'array.cells'>, 'region'>) => Promise<CellsReply>;

interface Extent {
  rows: number;
  columns: number;
}

const keyOf = (blockRow: number, blockColumn: number): number => blockRow * 0x200000 + blockColumn;

/** A rectangle in blocks, half-open. */
interface BlockRange {
  row0: number;
  row1: number;
  col0: number;
  col1: number;
}

export class CellBlocks {
  readonly extent: Extent;
  #version: number;
  readonly #fetch: FetchCells;
  readonly #arrived: (region: Region, reply: CellsReply) => void;
  readonly #failed: (error: unknown) => void;
  readonly #blocks = new Map<number, Block>();
  readonly #asked = new Set<number>();
  #visible: Region | null = null;
  #direction = { rows: 0, columns: 0 };
  #running = 0;
  #closed = false;
  #pausedUntil = 0;
  /** Requests made, for measuring. */
  requests = 0;

  constructor(
    extent: Extent,
    version: number,
    fetch: FetchCells,
    arrived: (region: Region, reply: CellsReply) => void,
    failed: (error: unknown) => void,
  ) {
    this.extent = extent;
    this.#version = version;
    this.#fetch = fetch;
    this.#arrived = arrived;
    this.#failed = failed;
  }

  /** A newer version of the values: what is here is shown until it is replaced. */
  setVersion(version: number): void {
    if (version === this.#version) return;
    this.#version = version;
    this.#asked.clear();
    this.#pump();
  }

  close(): void {
    this.#closed = true;
    this.#blocks.clear();
  }

  /** The cell, possibly of an older version; null while it is not here. */
  cell(row: number, column: number): CellValue | null {
    const block = this.#blocks.get(keyOf(Math.floor(row / blockRows), Math.floor(column / blockColumns)));
    if (block === undefined) return null;
    const at = (row % blockRows) * block.columns + (column % blockColumns);
    return { value: block.values[at], imag: block.imag?.[at], text: block.text?.[at] };
  }

  /** Shows a value before the compute process has confirmed it; the next version replaces it. */
  put(row: number, column: number, value: number, imag: number | undefined): void {
    const block = this.#blocks.get(keyOf(Math.floor(row / blockRows), Math.floor(column / blockColumns)));
    if (block === undefined) return;
    const at = (row % blockRows) * block.columns + (column % blockColumns);
    block.values[at] = value;
    if (block.imag !== null) block.imag[at] = imag ?? 0;
    if (block.text !== null) block.text[at] = String(value);
  }

  /** True when every cell of the region is here, in whichever version. */
  has(region: Region): boolean {
    return !this.#some(rangeOf(region), (key) => !this.#blocks.has(key));
  }

  /** What is in sight now: fetched first; then what the person is moving towards, then the other sides. */
  see(region: Region): void {
    const before = this.#visible;
    if (before !== null) {
      const rows = Math.sign(region.row0 - before.row0);
      const columns = Math.sign(region.col0 - before.col0);
      if (rows !== 0 || columns !== 0) this.#direction = { rows, columns };
    }
    this.#visible = region;
    this.#pump();
  }

  #fresh(key: number): boolean {
    const block = this.#blocks.get(key);
    return block !== undefined && block.version >= this.#version;
  }

  #some(range: BlockRange, test: (key: number) => boolean): boolean {
    for (let r = range.row0; r < range.row1; r++) {
      for (let c = range.col0; c < range.col1; c++) if (test(keyOf(r, c))) return true;
    }
    return false;
  }

  /** The smallest range around the blocks of `range` that are neither here nor on their way. */
  #missing(range: BlockRange): BlockRange | null {
    let found: BlockRange | null = null;
    for (let r = range.row0; r < range.row1; r++) {
      for (let c = range.col0; c < range.col1; c++) {
        const key = keyOf(r, c);
        if (this.#fresh(key) || this.#asked.has(key)) continue;
        found =
          found === null
            ? { row0: r, row1: r + 1, col0: c, col1: c + 1 }
            : {
                row0: Math.min(found.row0, r),
                row1: Math.max(found.row1, r + 1),
                col0: Math.min(found.col0, c),
                col1: Math.max(found.col1, c + 1),
              };
      }
    }
    return found;
  }

  #pump(): void {
    if (this.#closed || this.#visible === null || performance.now() < this.#pausedUntil) return;
    const seen = rangeOf(this.#visible);
    while (this.#running < mostRequests) {
      const next = this.#missing(seen) ?? (this.#running === 0 ? this.#ahead(seen) : null);
      if (next === null) return;
      void this.#request(next);
    }
  }

  /** The next strip worth having before it is seen: first in the direction of movement. */
  #ahead(seen: BlockRange): BlockRange | null {
    const bottom = Math.ceil(this.extent.rows / blockRows);
    const right = Math.ceil(this.extent.columns / blockColumns);
    const strips = {
      down: { ...seen, row0: seen.row1, row1: Math.min(bottom, seen.row1 + 2) },
      up: { ...seen, row0: Math.max(0, seen.row0 - 2), row1: seen.row0 },
      right: { ...seen, col0: seen.col1, col1: Math.min(right, seen.col1 + 2) },
      left: { ...seen, col0: Math.max(0, seen.col0 - 2), col1: seen.col0 },
    };
    const { rows, columns } = this.#direction;
    const order = [
      ...(rows > 0 ? [strips.down] : rows < 0 ? [strips.up] : []),
      ...(columns > 0 ? [strips.right] : columns < 0 ? [strips.left] : []),
      strips.down,
      strips.right,
      strips.up,
      strips.left,
    ];
    for (const strip of order) {
      const missing = this.#missing(strip);
      if (missing !== null) return missing;
    }
    return null;
  }

  async #request(range: BlockRange): Promise<void> {
    const { rows, columns } = this.extent;
    const region: Region = {
      row0: range.row0 * blockRows,
      row1: Math.min(rows, range.row1 * blockRows),
      col0: range.col0 * blockColumns,
      col1: Math.min(columns, range.col1 * blockColumns),
    };
    const keys: number[] = [];
    this.#some(range, (key) => {
      keys.push(key);
      this.#asked.add(key);
      return false;
    });
    this.#running++;
    this.requests++;
    try {
      const reply = await this.#fetch({ region });
      if (this.#closed) return;
      this.#store(range, region, reply);
    } catch (error) {
      if (this.#closed) return;
      // Not at once again: what failed now is likely to fail in the next frame, too.
      this.#pausedUntil = performance.now() + 1000;
      setTimeout(() => this.#pump(), 1050);
      this.#failed(error);
    } finally {
      this.#running--;
      for (const key of keys) this.#asked.delete(key);
    }
    this.#pump();
  }

  #store(range: BlockRange, region: Region, reply: CellsReply): void {
    const width = region.col1 - region.col0;
    if (reply.values.length !== width * (region.row1 - region.row0)) return;
    for (let r = range.row0; r < range.row1; r++) {
      for (let c = range.col0; c < range.col1; c++) {
        const row0 = r * blockRows - region.row0;
        const col0 = c * blockColumns - region.col0;
        const rows = Math.min(blockRows, region.row1 - region.row0 - row0);
        const columns = Math.min(blockColumns, width - col0);
        const size = rows * columns;
        const values = new Float64Array(size);
        const imag = reply.imag === null ? null : new Float64Array(size);
        const text = reply.text === null ? null : new Array<string>(size);
        for (let i = 0; i < rows; i++) {
          const from = (row0 + i) * width + col0;
          values.set(reply.values.subarray(from, from + columns), i * columns);
          if (imag !== null && reply.imag !== null) imag.set(reply.imag.subarray(from, from + columns), i * columns);
          if (text !== null && reply.text !== null) {
            for (let j = 0; j < columns; j++) text[i * columns + j] = reply.text[from + j];
          }
        }
        const key = keyOf(r, c);
        const here = this.#blocks.get(key);
        // An answer that was under way while the values changed must not replace a newer one.
        if (here !== undefined && here.version > reply.version) continue;
        this.#blocks.delete(key);
        this.#blocks.set(key, { version: reply.version, values, imag, text, rows, columns });
      }
    }
    this.#forget();
    this.#arrived(region, reply);
  }

  #forget(): void {
    if (this.#blocks.size <= mostBlocks || this.#visible === null) return;
    const seen = rangeOf(this.#visible);
    const inSight = new Set<number>();
    this.#some(seen, (key) => {
      inSight.add(key);
      return false;
    });
    for (const key of this.#blocks.keys()) {
      if (this.#blocks.size <= mostBlocks) return;
      if (!inSight.has(key)) this.#blocks.delete(key);
    }
  }
}

function rangeOf(region: Region): BlockRange {
  return {
    row0: Math.floor(region.row0 / blockRows),
    row1: Math.ceil(region.row1 / blockRows),
    col0: Math.floor(region.col0 / blockColumns),
    col1: Math.ceil(region.col1 / blockColumns),
  };
}
