/** Where the rows or columns of a grid lie, in pixels: exact for every one of them, seen or not. */

/** One direction of the grid: sizes of its lines and the way between index and offset. */
export interface Axis {
  readonly count: number;
  /** Sum of all sizes. */
  readonly total: number;
  size(index: number): number;
  /** Where a line begins; `offset(count)` is the end of the last. */
  offset(index: number): number;
  /** The line at an offset, held within 0 … count − 1. */
  indexAt(offset: number): number;
}

/** Lines of one size, however many. */
export function uniformAxis(count: number, size: number): Axis {
  return {
    count,
    total: count * size,
    size: () => size,
    offset: (index) => index * size,
    indexAt: (offset) => Math.max(0, Math.min(count - 1, Math.floor(offset / size))),
  };
}

/** Lines of different sizes; found again by bisection. */
export function variableAxis(sizes: ArrayLike<number>): Axis {
  const count = sizes.length;
  const offsets = new Float64Array(count + 1);
  for (let i = 0; i < count; i++) offsets[i + 1] = offsets[i] + sizes[i];
  return {
    count,
    total: offsets[count],
    size: (index) => sizes[index] ?? 0,
    offset: (index) => offsets[Math.max(0, Math.min(count, index))],
    indexAt: (offset) => {
      let low = 0;
      let high = count - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (offsets[middle] <= offset) low = middle;
        else high = middle - 1;
      }
      return Math.max(0, low);
    },
  };
}

/**
 * The tallest element asked of a browser. Chromium stops at about 33.5 million pixels and Firefox at 17.8;
 * positions inside become inexact well before.
 */
export const longestElement = 8_000_000;

/** One direction of scrolling: the element's scroll position against the offset in the grid. */
export class ScrollRange {
  readonly total: number;
  readonly viewport: number;

  constructor(total: number, viewport: number) {
    this.total = total;
    this.viewport = viewport;
  }

  /** Length of the element inside the scroller. */
  get element(): number {
    return Math.min(this.total, longestElement);
  }

  /** True where a pixel of the scroll bar is more than a pixel of the grid: wheels then need our own hand. */
  get compressed(): boolean {
    return this.total > longestElement;
  }

  /** Largest offset that can stand at the top. */
  get last(): number {
    return Math.max(0, this.total - this.viewport);
  }

  clamp(offset: number): number {
    return Math.max(0, Math.min(this.last, offset));
  }

  offsetOf(scroll: number): number {
    if (!this.compressed) return this.clamp(scroll);
    return this.clamp((scroll / (this.element - this.viewport)) * this.last);
  }

  scrollOf(offset: number): number {
    if (!this.compressed) return this.clamp(offset);
    return (this.clamp(offset) / this.last) * (this.element - this.viewport);
  }
}
