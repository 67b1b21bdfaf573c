/** What is drawn over a heat map's tiles: numbers in cells, rows and columns along the sides, crosshair, legend. */
import type { DType } from '#shared/dtype.ts';
import { colourOf, cssOf, rgbOfWord, textOn, valueAt, type ColourScale } from '../colour-map.ts';
import type { CellBlocks } from '../grid/cell-blocks.ts';
import type { Cell } from '../grid/selection.ts';
import { decimalsOf, formatBrief, formatNumber, type NumberFormat } from '../number-format.ts';
import { ticksOf } from './map-axes.ts';
import type { MapSize, MapView } from './map-view.ts';

/** A heat map as it stands: everything here is drawn from this. Lengths in CSS pixels. */
export interface Scene {
  view: MapView;
  size: MapSize;
  /** Room left and above for the numbers of rows and columns. */
  gutter: { left: number; top: number };
  /** Device pixels per CSS pixel. */
  density: number;
  names: readonly string[] | null;
  base: 0 | 1;
  dtype: DType;
  absmax: number;
  format: NumberFormat;
}

/** Smallest cells that carry a number. */
const numberCell = { width: 46, height: 18 };

const token = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** The matrix' own rectangle on the map. */
function bounds({ view, size }: Scene): { left: number; top: number; right: number; bottom: number } {
  return {
    left: Math.max(0, -view.x * view.sx),
    top: Math.max(0, -view.y * view.sy),
    right: Math.min(size.width, (size.columns - view.x) * view.sx),
    bottom: Math.min(size.height, (size.rows - view.y) * view.sy),
  };
}

/** The values of cells that are large enough, on the map's own canvas; asks for those that are not here. */
export function drawNumbers(
  context: CanvasRenderingContext2D,
  scene: Scene,
  blocks: CellBlocks,
  colours: ColourScale,
): void {
  const { view, size, density, dtype, absmax, format } = scene;
  if (view.sx < numberCell.width || view.sy < numberCell.height) return;
  const region = {
    row0: Math.max(0, Math.floor(view.y)),
    row1: Math.min(size.rows, Math.ceil(view.y + size.height / view.sy)),
    col0: Math.max(0, Math.floor(view.x)),
    col1: Math.min(size.columns, Math.ceil(view.x + size.width / view.sx)),
  };
  if (region.row1 <= region.row0 || region.col1 <= region.col0) return;
  blocks.see(region);
  const seen: { row: number; column: number; value: number; imag: number | undefined; text: string | undefined }[] = [];
  let decimals = 0;
  for (let row = region.row0; row < region.row1; row++) {
    for (let column = region.col0; column < region.col1; column++) {
      const cell = blocks.cell(row, column);
      if (cell === null) continue;
      decimals = Math.max(decimals, decimalsOf(cell.value, dtype), decimalsOf(cell.imag ?? 0, dtype));
      seen.push({ row, column, ...cell });
    }
  }
  context.save();
  context.setTransform(density, 0, 0, density, 0, 0);
  context.font = `11px ${token('--font-mono')}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const room = Math.floor((view.sx - 8) / 6.7);
  const shown = { dtype, absmax, decimals };
  for (const { row, column, value, imag, text } of seen) {
    const full = text ?? formatNumber(value, format, shown, imag);
    const short = full.length <= room ? full : formatNumber(value, { kind: 'significant', digits: 2 }, shown, imag);
    if (short.length > room) continue;
    const magnitude = imag === undefined ? value : Math.hypot(value, imag);
    const [r, g, b] = textOn(rgbOfWord(colourOf(magnitude, colours)));
    context.fillStyle = `rgb(${r} ${g} ${b})`;
    context.fillText(short, (column + 0.5 - view.x) * view.sx, (row + 0.5 - view.y) * view.sy + 0.5);
  }
  context.restore();
}

function shortened(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (context.measureText(`${text.slice(0, middle)}…`).width <= room) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : `${text.slice(0, low)}…`;
}

/** The frame of the matrix, column names or numbers above it, row numbers beside it. */
export function drawSides(context: CanvasRenderingContext2D, scene: Scene): void {
  const { view, size, gutter, density, names, base } = scene;
  const box = bounds(scene);
  context.save();
  context.setTransform(density, 0, 0, density, 0, 0);
  context.strokeStyle = token('--line-strong');
  context.lineWidth = 1;
  context.strokeRect(
    gutter.left + box.left - 0.5,
    gutter.top + box.top - 0.5,
    box.right - box.left + 1,
    box.bottom - box.top + 1,
  );
  context.font = `11px ${token('--font-ui')}`;
  context.fillStyle = token('--ink-3');
  const named = names !== null && view.sx >= 40;
  const wide = named ? view.sx : 8 + 7 * String(size.columns).length;
  context.textBaseline = 'alphabetic';
  context.textAlign = 'center';
  const label = (index: number): string => (named ? (names[index] ?? '') : String(index + base));
  for (const tick of ticksOf(view.x, view.sx, size.width, size.columns, Math.max(24, wide), label)) {
    const text = named ? shortened(context, tick.text, view.sx - 8) : tick.text;
    context.fillText(text, gutter.left + tick.at, gutter.top + box.top - 6);
  }
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const tick of ticksOf(view.y, view.sy, size.height, size.rows, 22, (index) => String(index + base))) {
    context.fillText(tick.text, gutter.left + box.left - 6, gutter.top + tick.at + 0.5);
  }
  context.restore();
}

/** Lines to the cell and a frame around it. */
export function drawCrosshair(context: CanvasRenderingContext2D, scene: Scene, cursor: Cell): void {
  const { view, size, gutter, density } = scene;
  if (cursor.row >= size.rows || cursor.column >= size.columns) return;
  const box = bounds(scene);
  const x0 = (cursor.column - view.x) * view.sx;
  const y0 = (cursor.row - view.y) * view.sy;
  const w = Math.max(1, view.sx);
  const h = Math.max(1, view.sy);
  context.save();
  context.setTransform(density, 0, 0, density, gutter.left * density, gutter.top * density);
  context.beginPath();
  context.rect(0, 0, size.width, size.height);
  context.clip();
  context.strokeStyle = token('--accent');
  // Over numbers the frame alone says where one is.
  if (Math.min(w, h) < numberCell.height) {
    context.globalAlpha = 0.55;
    context.lineWidth = 1;
    context.beginPath();
    const cx = Math.round(x0 + w / 2) + 0.5;
    const cy = Math.round(y0 + h / 2) + 0.5;
    context.moveTo(cx, box.top);
    context.lineTo(cx, y0);
    context.moveTo(cx, y0 + h);
    context.lineTo(cx, box.bottom);
    context.moveTo(box.left, cy);
    context.lineTo(x0, cy);
    context.moveTo(x0 + w, cy);
    context.lineTo(box.right, cy);
    context.stroke();
  }
  context.globalAlpha = 1;
  context.lineWidth = 2;
  // Small cells get a frame around them, not over them.
  const grow = Math.min(w, h) < 8 ? 3 : 0;
  context.strokeRect(x0 - grow, y0 - grow, w + 2 * grow, h + 2 * grow);
  context.restore();
}

const margin = 14;
const legendWidth = 84;

/** The map with its sides and its legend as a picture of its own, for a file. */
export function pictureOf(map: HTMLCanvasElement, scene: Scene, colours: ColourScale): HTMLCanvasElement {
  const { size, gutter, density } = scene;
  const width = gutter.left + size.width + legendWidth + margin;
  const height = gutter.top + size.height + 2 * margin;
  const whole = document.createElement('canvas');
  whole.width = Math.round(width * density);
  whole.height = Math.round(height * density);
  const context = whole.getContext('2d');
  if (context === null) return whole;
  context.fillStyle = token('--panel');
  context.fillRect(0, 0, whole.width, whole.height);
  context.drawImage(map, gutter.left * density, (gutter.top + margin) * density);
  drawSides(context, { ...scene, gutter: { left: gutter.left, top: gutter.top + margin } });
  context.setTransform(
    density,
    0,
    0,
    density,
    (gutter.left + size.width + 16) * density,
    (gutter.top + margin) * density,
  );
  const length = Math.min(180, size.height);
  const { lut } = colours.map;
  for (let i = 0; i < length; i++) {
    context.fillStyle = cssOf(lut[Math.round((1 - i / (length - 1)) * (lut.length - 1))]);
    context.fillRect(0, i, 12, 1.5);
  }
  context.font = `11px ${token('--font-mono')}`;
  context.fillStyle = token('--ink-2');
  context.textBaseline = 'middle';
  for (const position of [0, 0.5, 1]) {
    const value = valueAt(position, colours);
    const size0 = Math.max(Math.abs(colours.low), Math.abs(colours.high));
    context.fillText(formatBrief(Math.abs(value) < 1e-12 * size0 ? 0 : value, 3), 18, (1 - position) * length);
  }
  return whole;
}
