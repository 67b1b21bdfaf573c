/** Which cells are selected and how keys move that: one rectangle with an active cell in it. */
import type { Region } from '#shared/contract.ts';

export interface Cell {
  row: number;
  column: number;
}

export interface Selection {
  /** The cell that is edited and announced; a corner of the rectangle. */
  active: Cell;
  /** The opposite corner, which Shift moves. */
  reach: Cell;
}

export interface Extent {
  rows: number;
  columns: number;
}

const within = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));

/** A cell held inside the matrix. */
export const clampCell = (cell: Cell, extent: Extent): Cell => ({
  row: within(cell.row, extent.rows),
  column: within(cell.column, extent.columns),
});

export const selectCell = (cell: Cell): Selection => ({ active: cell, reach: cell });

/** The rectangle of a selection, half-open. */
export function regionOf({ active, reach }: Selection): Region {
  return {
    row0: Math.min(active.row, reach.row),
    row1: Math.max(active.row, reach.row) + 1,
    col0: Math.min(active.column, reach.column),
    col1: Math.max(active.column, reach.column) + 1,
  };
}

export const rowsOf = (region: Region): number => region.row1 - region.row0;
export const columnsOf = (region: Region): number => region.col1 - region.col0;
export const cellsOf = (region: Region): number => rowsOf(region) * columnsOf(region);

/** The selection of a rectangle, active at its top left. */
export const selectRegion = (region: Region): Selection => ({
  active: { row: region.row0, column: region.col0 },
  reach: { row: region.row1 - 1, column: region.col1 - 1 },
});

export const contains = (region: Region, cell: Cell): boolean =>
  cell.row >= region.row0 && cell.row < region.row1 && cell.column >= region.col0 && cell.column < region.col1;

/** Whole rows from one to another. */
export const selectRows = (from: number, to: number, extent: Extent): Selection => ({
  active: { row: from, column: 0 },
  reach: { row: to, column: extent.columns - 1 },
});

/** Whole columns from one to another. */
export const selectColumns = (from: number, to: number, extent: Extent): Selection => ({
  active: { row: 0, column: from },
  reach: { row: extent.rows - 1, column: to },
});

export interface MoveKey {
  key: string;
  shift: boolean;
  /** Ctrl, or Cmd on a Mac. */
  control: boolean;
}

const steps: Record<string, readonly [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/**
 * The selection after a movement key, or null when the key is none: arrows, Ctrl+arrows to the edge, Page up and
 * down by `page` rows, Home and End of the row, Ctrl+Home and Ctrl+End of the matrix; Shift extends.
 */
export function moveSelection(selection: Selection, press: MoveKey, extent: Extent, page: number): Selection | null {
  const from = press.shift ? selection.reach : selection.active;
  let to: Cell;
  const step = steps[press.key];
  if (step !== undefined) {
    const reach = press.control ? Infinity : 1;
    to = { row: from.row + (step[0] && step[0] * reach), column: from.column + (step[1] && step[1] * reach) };
  } else if (press.key === 'PageDown' || press.key === 'PageUp') {
    const rows = Math.max(1, page) * (press.key === 'PageDown' ? 1 : -1);
    to = { row: from.row + rows, column: from.column };
  } else if (press.key === 'Home') {
    to = { row: press.control ? 0 : from.row, column: 0 };
  } else if (press.key === 'End') {
    to = { row: press.control ? Infinity : from.row, column: Infinity };
  } else {
    return null;
  }
  const cell = clampCell(to, extent);
  return press.shift ? { active: selection.active, reach: cell } : selectCell(cell);
}

/**
 * The next cell of Tab and Enter: through a selected rectangle, turning at its sides, or plainly onwards.
 * @param step −1 with Shift
 */
export function nextCell(selection: Selection, by: 'row' | 'column', step: 1 | -1, extent: Extent): Selection {
  const region = regionOf(selection);
  if (cellsOf(region) === 1) {
    const { row, column } = selection.active;
    return selectCell(clampCell(by === 'row' ? { row: row + step, column } : { row, column: column + step }, extent));
  }
  const rows = rowsOf(region);
  const columns = columnsOf(region);
  const row = selection.active.row - region.row0;
  const column = selection.active.column - region.col0;
  const at = by === 'row' ? column * rows + row : row * columns + column;
  const next = (at + step + rows * columns) % (rows * columns);
  const cell =
    by === 'row'
      ? { row: region.row0 + (next % rows), column: region.col0 + Math.floor(next / rows) }
      : { row: region.row0 + Math.floor(next / columns), column: region.col0 + (next % columns) };
  return { active: cell, reach: selection.reach };
}

/**
 * The cell a person means by "4,3", "[4, 3]", "4", "-1,-1" or a column's name; null when it is none.
 * Negative indices count from the end, as in NumPy.
 */
export function parseCell(
  text: string,
  extent: Extent,
  columns: readonly string[] | null,
  base: 0 | 1,
  current: Cell,
): Cell | null {
  const plain = text.trim();
  if (plain === '') return null;
  const named = (name: string): number => {
    if (columns === null) return -1;
    const exact = columns.indexOf(name);
    return exact >= 0 ? exact : columns.findIndex((each) => each.toLowerCase() === name.toLowerCase());
  };
  const index = (part: string, count: number): number | null => {
    if (!/^-?\d+$/.test(part)) return null;
    const number = Number(part);
    const found = number < 0 ? count + number : number - base;
    return found >= 0 && found < count ? found : null;
  };
  const whole = named(plain);
  if (whole >= 0) return { row: current.row, column: whole };
  const match = /^[[(]?\s*([^,\s]+)(?:\s*[,\s]\s*(.+?))?\s*[\])]?$/.exec(plain);
  if (match === null) return null;
  const row = index(match[1], extent.rows);
  if (row === null) return null;
  if (match[2] === undefined) return { row, column: extent.columns === 1 ? 0 : current.column };
  const byName = named(match[2]);
  const column = byName >= 0 ? byName : index(match[2], extent.columns);
  return column === null ? null : { row, column };
}
