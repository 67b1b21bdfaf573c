/** Which part of a matrix a heat map shows: cells on screen as a window over rows and columns. */

/** `x`, `y`: the column and row (in fractions of a cell) at the upper left corner; `sx`, `sy`: pixels per cell. */
export interface MapView {
  x: number;
  y: number;
  sx: number;
  sy: number;
}

export interface MapSize {
  rows: number;
  columns: number;
  /** CSS pixels. */
  width: number;
  height: number;
}

/** A cell is never drawn wider than this. */
export const largestCell = 160;

const centred = (size: MapSize, sx: number, sy: number): MapView => ({
  sx,
  sy,
  x: -(size.width / sx - size.columns) / 2,
  y: -(size.height / sy - size.rows) / 2,
});

/**
 * The whole matrix. Cells are square while both sides stay worth looking at; a long thin matrix is stretched to fill
 * the window instead.
 */
export function fit(size: MapSize): MapView {
  const { rows, columns, width, height } = size;
  const square = Math.min(width / columns, height / rows);
  const isThin = square * columns < 0.3 * width || square * rows < 0.3 * height;
  const limit = Math.min(largestCell, width, height);
  if (!isThin || square >= 60) return centred(size, Math.min(square, limit), Math.min(square, limit));
  return centred(size, Math.min(width / columns, 120), Math.min(height / rows, 60));
}

/** One pixel per cell, around the middle of what is shown. */
export function oneToOne(view: MapView, size: MapSize): MapView {
  const column = view.x + size.width / view.sx / 2;
  const row = view.y + size.height / view.sy / 2;
  return clampView({ sx: 1, sy: 1, x: column - size.width / 2, y: row - size.height / 2 }, size);
}

/** Smallest scale: the whole matrix, with a little air. */
function smallest(size: MapSize): { sx: number; sy: number } {
  const whole = fit(size);
  return { sx: whole.sx, sy: whole.sy };
}

/** Keeps the matrix in the window: no empty space beside it that could show cells. */
export function clampView(view: MapView, size: MapSize): MapView {
  const least = smallest(size);
  const sx = Math.max(Math.min(least.sx, 1), Math.min(Math.max(largestCell, least.sx), view.sx));
  const sy = Math.max(Math.min(least.sy, 1), Math.min(Math.max(largestCell, least.sy), view.sy));
  const hold = (at: number, count: number, room: number): number =>
    count <= room ? (count - room) / 2 : Math.max(0, Math.min(count - room, at));
  return {
    sx,
    sy,
    x: hold(view.x, size.columns, size.width / sx),
    y: hold(view.y, size.rows, size.height / sy),
  };
}

/** Larger or smaller by `factor`, the cell under (px, py) staying where it is. */
export function zoomAt(view: MapView, size: MapSize, factor: number, px: number, py: number): MapView {
  const least = smallest(size);
  const bound = (s: number, low: number): number => Math.max(low, Math.min(Math.max(largestCell, low), s));
  // A stretched matrix becomes square as it is enlarged: both sides end at the same size of cell.
  const sx = bound(view.sx * factor, Math.min(least.sx, view.sx));
  const sy = bound(view.sy * factor, Math.min(least.sy, view.sy));
  const column = view.x + px / view.sx;
  const row = view.y + py / view.sy;
  return clampView({ sx, sy, x: column - px / sx, y: row - py / sy }, size);
}

export function panBy(view: MapView, size: MapSize, dx: number, dy: number): MapView {
  return clampView({ ...view, x: view.x + dx / view.sx, y: view.y + dy / view.sy }, size);
}

/** The cell under a point, or null beside the matrix. */
export function cellAt(view: MapView, size: MapSize, px: number, py: number): { row: number; column: number } | null {
  const column = Math.floor(view.x + px / view.sx);
  const row = Math.floor(view.y + py / view.sy);
  return row >= 0 && row < size.rows && column >= 0 && column < size.columns ? { row, column } : null;
}

/** Moves just so far that a cell is inside the window. */
export function revealCell(view: MapView, size: MapSize, cell: { row: number; column: number }): MapView {
  const into = (at: number, room: number, index: number): number =>
    index < at ? index : index + 1 > at + room ? index + 1 - room : at;
  return clampView(
    {
      ...view,
      x: into(view.x, size.width / view.sx, cell.column),
      y: into(view.y, size.height / view.sy, cell.row),
    },
    size,
  );
}

/** True when everything is in sight. */
export function showsAll(view: MapView, size: MapSize): boolean {
  return view.sx * size.columns <= size.width + 0.5 && view.sy * size.rows <= size.height + 0.5;
}
