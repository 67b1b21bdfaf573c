/** The pointer over the grid: selects cells, rows and columns, widens columns, scrolls on when dragged outside. */
import type { Axis } from './axis.ts';
import { headHeight } from './grid-surface.ts';
import {
  clampCell,
  selectCell,
  selectColumns,
  selectRows,
  type Cell,
  type Extent,
  type Selection,
} from './selection.ts';

export interface PointerLayout {
  x: number;
  y: number;
  width: number;
  height: number;
  headWidth: number;
  rows: Axis;
  columns: Axis;
  extent: Extent;
}

export interface PointerHost {
  layout(): PointerLayout;
  selection(): Selection;
  select(selection: Selection): void;
  scrollBy(dx: number, dy: number): void;
  setWidth(column: number, size: number | null): void;
  /** What moves the value of a cell; null where it has none to move. */
  dragValue(cell: Cell): { move(pixels: number, fine: boolean): void } | null;
  /** Called at every press, before it acts. */
  before(): void;
}

export type Hit =
  | { kind: 'corner' }
  /** The right edge of a column's head, which is dragged to widen it. */
  | { kind: 'edge'; column: number }
  | { kind: 'column'; column: number }
  | { kind: 'row'; row: number }
  | { kind: 'cell'; cell: Cell }
  | { kind: 'outside' };

interface At {
  clientX: number;
  clientY: number;
  shiftKey?: boolean;
}

const edgeReach = 4;

export class GridPointer {
  readonly #host: PointerHost;
  #frame = 0;
  #release: (() => void) | null = null;

  constructor(host: PointerHost) {
    this.#host = host;
  }

  /** What lies under the pointer. */
  hit(at: At, viewport: HTMLElement): Hit {
    const box = viewport.getBoundingClientRect();
    const px = at.clientX - box.left;
    const py = at.clientY - box.top;
    const { x, y, headWidth, rows, columns } = this.#host.layout();
    if (py < headHeight && px < headWidth) return { kind: 'corner' };
    const across = px - headWidth + x;
    const along = py - headHeight + y;
    if (py < headHeight) {
      const column = columns.indexAt(Math.min(across, columns.total - 1));
      const start = columns.offset(column);
      const end = start + columns.size(column);
      if (Math.abs(across - end) <= edgeReach) return { kind: 'edge', column };
      if (column > 0 && across - start <= edgeReach && across > start - edgeReach) {
        return { kind: 'edge', column: column - 1 };
      }
      return across <= end ? { kind: 'column', column } : { kind: 'outside' };
    }
    if (along >= rows.total) return { kind: 'outside' };
    if (px < headWidth) return { kind: 'row', row: rows.indexAt(along) };
    if (across >= columns.total) return { kind: 'outside' };
    return { kind: 'cell', cell: { row: rows.indexAt(along), column: columns.indexAt(across) } };
  }

  cellAt(at: At, viewport: HTMLElement): Cell | null {
    const hit = this.hit(at, viewport);
    return hit.kind === 'cell' ? hit.cell : null;
  }

  hover(event: PointerEvent, viewport: HTMLElement): void {
    if (this.#release !== null) return;
    const { kind } = this.hit(event, viewport);
    const cursor = {
      corner: 'default',
      edge: 'col-resize',
      column: 's-resize',
      row: 'e-resize',
      cell: event.altKey ? 'ew-resize' : 'cell',
      outside: 'default',
    };
    viewport.style.cursor = kind === 'column' || kind === 'row' ? 'default' : cursor[kind];
  }

  press(event: PointerEvent, viewport: HTMLElement): void {
    if (event.button !== 0 || event.pointerType === 'touch') {
      if (event.button === 2) this.#host.before();
      if (event.pointerType !== 'touch') return;
    }
    const hit = this.hit(event, viewport);
    this.#host.before();
    event.preventDefault();
    const { extent, columns } = this.#host.layout();
    const now = this.#host.selection();
    if (hit.kind === 'corner') {
      this.#host.select(selectColumns(0, extent.columns - 1, extent));
    } else if (hit.kind === 'edge') {
      const start = event.clientX;
      const size = columns.size(hit.column);
      this.#drag(event, viewport, false, (at) => this.#host.setWidth(hit.column, size + at.clientX - start));
    } else if (hit.kind === 'column') {
      const from = event.shiftKey ? now.active.column : hit.column;
      this.#host.select(selectColumns(from, hit.column, extent));
      this.#drag(event, viewport, true, (at) =>
        this.#host.select(selectColumns(from, this.#nearest(at, viewport).column, extent)),
      );
    } else if (hit.kind === 'row') {
      const from = event.shiftKey ? now.active.row : hit.row;
      this.#host.select(selectRows(from, hit.row, extent));
      this.#drag(event, viewport, true, (at) =>
        this.#host.select(selectRows(from, this.#nearest(at, viewport).row, extent)),
      );
    } else if (hit.kind === 'cell' && event.altKey) {
      this.#host.select(selectCell(hit.cell));
      const value = this.#host.dragValue(hit.cell);
      const start = event.clientX;
      if (value !== null)
        this.#drag(event, viewport, false, (at) => value.move(at.clientX - start, at.shiftKey === true));
    } else if (hit.kind === 'cell') {
      const active = event.shiftKey ? now.active : hit.cell;
      this.#host.select(event.shiftKey ? { active, reach: hit.cell } : selectCell(hit.cell));
      if (event.pointerType !== 'touch') {
        this.#drag(event, viewport, true, (at) => this.#host.select({ active, reach: this.#nearest(at, viewport) }));
      }
    }
  }

  /** Ends whatever the pointer does. */
  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#release?.();
    this.#release = null;
  }

  /** The cell under the pointer, or the nearest one on screen. */
  #nearest(at: At, viewport: HTMLElement): Cell {
    const box = viewport.getBoundingClientRect();
    const { x, y, width, height, headWidth, rows, columns, extent } = this.#host.layout();
    const px = Math.max(headWidth, Math.min(width - 1, at.clientX - box.left));
    const py = Math.max(headHeight, Math.min(height - 1, at.clientY - box.top));
    return clampCell({ row: rows.indexAt(py - headHeight + y), column: columns.indexAt(px - headWidth + x) }, extent);
  }

  #drag(event: PointerEvent, viewport: HTMLElement, scrolls: boolean, act: (at: At) => void): void {
    viewport.setPointerCapture(event.pointerId);
    let at: At = event;
    const move = (next: PointerEvent): void => {
      at = next;
      act(next);
    };
    const pull = (): void => {
      const box = viewport.getBoundingClientRect();
      const { headWidth } = this.#host.layout();
      // The further outside, the faster; per frame.
      const speed = (over: number): number =>
        Math.sign(over) * Math.min(400, Math.abs(over) * 0.4 + over * over * 0.004);
      const beyond = (value: number, low: number, high: number): number =>
        value < low ? value - low : value > high ? value - high : 0;
      const dx = beyond(at.clientX, box.left + headWidth, box.right);
      const dy = beyond(at.clientY, box.top + headHeight, box.bottom);
      if (dx !== 0 || dy !== 0) {
        this.#host.scrollBy(speed(dx), speed(dy));
        act(at);
      }
      this.#frame = requestAnimationFrame(pull);
    };
    const end = (): void => this.stop();
    viewport.addEventListener('pointermove', move);
    viewport.addEventListener('pointerup', end);
    viewport.addEventListener('pointercancel', end);
    this.#release = () => {
      viewport.removeEventListener('pointermove', move);
      viewport.removeEventListener('pointerup', end);
      viewport.removeEventListener('pointercancel', end);
    };
    if (scrolls) this.#frame = requestAnimationFrame(pull);
  }
}
