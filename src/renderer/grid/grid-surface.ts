/**
 * The cells on screen: a pool of elements, as many as fit, each given another cell when the grid moves. Only what
 * changed is written, so that a frame costs what came into sight.
 */
import type { Region } from '#shared/contract.ts';
import type { Axis } from './axis.ts';
import type { Cell } from './selection.ts';

export const rowHeight = 26;
export const headHeight = 26;

/** How one cell looks; the surface asks for it whenever the cell may have changed. */
export interface CellLook {
  text: string;
  /** CSS colour of the cell, empty for none. */
  back: string;
  tone: 'plain' | 'dim' | 'nan' | 'waiting';
}

/** What the surface shows besides the cells themselves. */
export interface SurfaceSource {
  rows: Axis;
  columns: Axis;
  headWidth: number;
  /** First row and column number as shown. */
  base: 0 | 1;
  look(row: number, column: number): CellLook;
  columnName(column: number): string;
  rowName(row: number): string;
}

interface CellPart {
  element: HTMLElement;
  text: Text;
  column: number;
  shown: string;
  back: string;
  tone: CellLook['tone'];
  left: number;
  width: number;
  filled: number;
}

interface RowPart {
  element: HTMLElement;
  head: HTMLElement;
  headText: Text;
  strip: HTMLElement;
  cells: CellPart[];
  row: number;
  top: number;
  marked: boolean;
}

interface HeadPart {
  element: HTMLElement;
  text: Text;
  column: number;
  left: number;
  width: number;
  name: string;
  marked: boolean;
}

/** Columns are placed from the offset of every 64th one, so that positions stay small and exact. */
const anchorEvery = 64;

const make = (className: string, role: string | null): HTMLElement => {
  const element = document.createElement('div');
  element.className = className;
  if (role !== null) element.setAttribute('role', role);
  return element;
};

export class GridSurface {
  readonly #head: HTMLElement;
  readonly #headStrip: HTMLElement;
  readonly #body: HTMLElement;
  readonly #range: HTMLElement;
  readonly #cursor: HTMLElement;
  readonly #uid: string;
  #rows: RowPart[] = [];
  #heads: HeadPart[] = [];
  #source: SurfaceSource;
  #width = 0;
  #height = 0;
  #anchor = -1;
  #fill = 1;
  #active: Cell | null = null;
  #activeElement: HTMLElement | null = null;

  /** @param parts the elements of the grid, made by the component that owns them */
  constructor(
    parts: { head: HTMLElement; body: HTMLElement; range: HTMLElement; cursor: HTMLElement },
    uid: string,
    source: SurfaceSource,
  ) {
    this.#head = parts.head;
    this.#body = parts.body;
    this.#range = parts.range;
    this.#cursor = parts.cursor;
    this.#uid = uid;
    this.#source = source;
    this.#headStrip = make('strip', 'presentation');
    this.#head.append(this.#headStrip);
  }

  /** Other rows, columns or widths: everything is placed anew at the next draw. */
  setSource(source: SurfaceSource): void {
    this.#source = source;
    this.#body.style.setProperty('--head-width', `${source.headWidth}px`);
    this.#head.style.setProperty('--head-width', `${source.headWidth}px`);
    this.#anchor = -1;
    this.#rebuild();
  }

  /** Values, format or colours may have changed: every cell is looked at again. */
  refresh(): void {
    this.#fill++;
  }

  resize(width: number, height: number): void {
    if (width === this.#width && height === this.#height) return;
    this.#width = width;
    this.#height = height;
    this.#rebuild();
  }

  /** Element of the active cell while it is on screen, for `aria-activedescendant`. */
  get activeId(): string | null {
    return this.#activeElement?.id ?? null;
  }

  /** The cells that are on screen, wholly or in part. */
  visible(x: number, y: number): Region {
    const { rows, columns, headWidth } = this.#source;
    if (rows.count === 0 || columns.count === 0) return { row0: 0, row1: 0, col0: 0, col1: 0 };
    const bottom = y + Math.max(1, this.#height - headHeight) - 0.5;
    const right = x + Math.max(1, this.#width - headWidth) - 0.5;
    return {
      row0: rows.indexAt(y),
      row1: rows.indexAt(bottom) + 1,
      col0: columns.indexAt(x),
      col1: columns.indexAt(right) + 1,
    };
  }

  /** Shows the grid scrolled to an offset. */
  draw(x: number, y: number, selected: Region | null, active: Cell | null): void {
    const { rows, columns } = this.#source;
    const seen = this.visible(x, y);
    const anchorColumn = Math.floor(seen.col0 / anchorEvery) * anchorEvery;
    if (anchorColumn !== this.#anchor) {
      this.#anchor = anchorColumn;
      this.#forgetPlaces();
    }
    const base = columns.offset(anchorColumn);
    const shift = `translateX(${base - x}px)`;
    if (this.#headStrip.style.transform !== shift) this.#headStrip.style.transform = shift;
    this.#drawHeads(seen, base, selected);
    this.#active = active;
    this.#activeElement?.removeAttribute('id');
    this.#activeElement = null;
    for (let row = seen.row0; row < seen.row1; row++) {
      const part = this.#rows[row % this.#rows.length];
      if (part === undefined) continue;
      const fresh = part.row !== row;
      if (fresh) this.#nameRow(part, row);
      const top = rows.offset(row) - y;
      if (part.top !== top) {
        part.top = top;
        part.element.style.transform = `translateY(${top}px)`;
      }
      if (part.strip.style.transform !== shift) part.strip.style.transform = shift;
      const marked = selected !== null && row >= selected.row0 && row < selected.row1;
      if (marked !== part.marked) {
        part.marked = marked;
        part.head.classList.toggle('marked', marked);
      }
      this.#drawCells(part, row, seen, base, fresh);
    }
    for (const part of this.#rows) {
      if (part.row >= 0 && (part.row < seen.row0 || part.row >= seen.row1)) {
        part.row = -1;
        part.element.style.visibility = 'hidden';
        part.element.removeAttribute('aria-rowindex');
      }
    }
    this.#drawMarks(x, y, selected, active);
  }

  #rebuild(): void {
    const rows = Math.min(this.#source.rows.count, Math.ceil(Math.max(0, this.#height - headHeight) / rowHeight) + 2);
    const columns = this.#mostColumns();
    if (rows !== this.#rows.length || columns !== this.#heads.length) {
      this.#body.replaceChildren();
      this.#headStrip.replaceChildren();
      this.#heads = Array.from({ length: columns }, () => this.#makeHead());
      this.#rows = Array.from({ length: rows }, () => this.#makeRow(columns));
    }
    this.#forgetPlaces();
    for (const part of this.#rows) part.row = -1;
    this.#fill++;
  }

  /** The most columns that can be on screen at once, wherever the grid stands. */
  #mostColumns(): number {
    const { columns, headWidth } = this.#source;
    const room = Math.max(0, this.#width - headWidth);
    let most = 0;
    let end = 0;
    for (let start = 0; start < columns.count; start++) {
      end = Math.max(end, start);
      while (end < columns.count && columns.offset(end) < columns.offset(start) + columns.size(start) + room) end++;
      most = Math.max(most, end - start);
    }
    return Math.min(columns.count, most + 1);
  }

  #forgetPlaces(): void {
    for (const head of this.#heads) {
      head.column = -1;
      head.left = NaN;
    }
    for (const part of this.#rows) {
      for (const cell of part.cells) {
        cell.column = -1;
        cell.left = NaN;
      }
    }
  }

  #makeHead(): HeadPart {
    const element = make('column-head', 'columnheader');
    const text = document.createTextNode('');
    element.append(text);
    this.#headStrip.append(element);
    return { element, text, column: -1, left: NaN, width: NaN, name: '', marked: false };
  }

  #makeRow(columns: number): RowPart {
    const element = make('row', 'row');
    const head = make('row-head', 'rowheader');
    head.setAttribute('aria-colindex', '1');
    const headText = document.createTextNode('');
    head.append(headText);
    const strip = make('strip', 'presentation');
    const cells = Array.from({ length: columns }, (): CellPart => {
      const cell = make('cell', 'gridcell');
      const text = document.createTextNode('');
      cell.append(text);
      strip.append(cell);
      return {
        element: cell,
        text,
        column: -1,
        shown: '',
        back: '',
        tone: 'plain',
        left: NaN,
        width: NaN,
        filled: 0,
      };
    });
    element.append(head, strip);
    element.style.visibility = 'hidden';
    this.#body.append(element);
    return { element, head, headText, strip, cells, row: -1, top: NaN, marked: false };
  }

  #nameRow(part: RowPart, row: number): void {
    if (part.row === -1) part.element.style.visibility = '';
    part.row = row;
    // The row of names is the first one.
    part.element.setAttribute('aria-rowindex', String(row + 2));
    part.headText.data = this.#source.rowName(row);
  }

  #drawHeads(seen: Region, base: number, selected: Region | null): void {
    const { columns } = this.#source;
    for (let column = seen.col0; column < seen.col1; column++) {
      const part = this.#heads[column % this.#heads.length];
      if (part === undefined) continue;
      if (part.column !== column) {
        part.column = column;
        part.element.style.display = '';
        part.element.setAttribute('aria-colindex', String(column + 2));
        const left = columns.offset(column) - base;
        if (part.left !== left) {
          part.left = left;
          part.element.style.left = `${left}px`;
        }
        const width = columns.size(column);
        if (part.width !== width) {
          part.width = width;
          part.element.style.width = `${width}px`;
        }
        const name = this.#source.columnName(column);
        if (part.name !== name) {
          part.name = name;
          part.text.data = name;
          part.element.title = name;
        }
      }
      const marked = selected !== null && column >= selected.col0 && column < selected.col1;
      if (marked !== part.marked) {
        part.marked = marked;
        part.element.classList.toggle('marked', marked);
      }
    }
    for (const part of this.#heads) {
      if (part.column < seen.col0 || part.column >= seen.col1) {
        part.column = -1;
        part.element.style.display = 'none';
      }
    }
  }

  #drawCells(part: RowPart, row: number, seen: Region, base: number, fresh: boolean): void {
    const { columns } = this.#source;
    const count = part.cells.length;
    for (let column = seen.col0; column < seen.col1; column++) {
      const cell = part.cells[column % count];
      if (cell === undefined) continue;
      const moved = cell.column !== column;
      if (moved) {
        if (cell.column === -1) cell.element.style.display = '';
        cell.column = column;
        cell.element.setAttribute('aria-colindex', String(column + 2));
        const left = columns.offset(column) - base;
        if (cell.left !== left) {
          cell.left = left;
          cell.element.style.left = `${left}px`;
        }
        const width = columns.size(column);
        if (cell.width !== width) {
          cell.width = width;
          cell.element.style.width = `${width}px`;
        }
      }
      if (moved || fresh || cell.filled !== this.#fill) this.#fillCell(cell, this.#source.look(row, column));
      if (this.#active !== null && this.#active.row === row && this.#active.column === column) {
        cell.element.id = `${this.#uid}-active`;
        this.#activeElement = cell.element;
      }
    }
    for (const cell of part.cells) {
      if (cell.column !== -1 && (cell.column < seen.col0 || cell.column >= seen.col1)) {
        cell.column = -1;
        cell.element.style.display = 'none';
        cell.element.removeAttribute('aria-colindex');
      } else if (cell.column === -1 && Number.isNaN(cell.left)) {
        cell.element.style.display = 'none';
        cell.element.removeAttribute('aria-colindex');
      }
    }
  }

  #fillCell(cell: CellPart, look: CellLook): void {
    cell.filled = this.#fill;
    if (cell.shown !== look.text) {
      cell.shown = look.text;
      cell.text.data = look.text;
    }
    if (cell.back !== look.back) {
      cell.back = look.back;
      cell.element.style.backgroundColor = look.back;
    }
    if (cell.tone !== look.tone) {
      cell.tone = look.tone;
      cell.element.className = look.tone === 'plain' ? 'cell' : `cell ${look.tone}`;
    }
  }

  #drawMarks(x: number, y: number, selected: Region | null, active: Cell | null): void {
    const { rows, columns, headWidth } = this.#source;
    const place = (element: HTMLElement, region: Region | null): void => {
      if (region === null || rows.count === 0 || columns.count === 0) {
        element.style.display = 'none';
        return;
      }
      // Held close to what is on screen: an element of millions of pixels would not be exact.
      const reach = 100;
      const left = Math.max(-reach, columns.offset(region.col0) - x);
      const top = Math.max(-reach, rows.offset(region.row0) - y);
      const right = Math.min(this.#width - headWidth + reach, columns.offset(region.col1) - x);
      const bottom = Math.min(this.#height + reach, rows.offset(region.row1) - y);
      if (right <= left || bottom <= top) {
        element.style.display = 'none';
        return;
      }
      element.style.display = '';
      element.style.transform = `translate(${left}px, ${top}px)`;
      element.style.width = `${right - left}px`;
      element.style.height = `${bottom - top}px`;
    };
    const single =
      selected !== null && selected.row1 - selected.row0 === 1 && selected.col1 - selected.col0 === 1 ? null : selected;
    place(this.#range, single);
    place(
      this.#cursor,
      active === null ? null : { row0: active.row, row1: active.row + 1, col0: active.column, col1: active.column + 1 },
    );
  }
}
