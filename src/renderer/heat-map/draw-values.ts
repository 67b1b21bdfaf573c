/** Values onto a canvas at device resolution, each cell a sharp rectangle. */
import { cssOf, paint, type ColourScale } from '../colour-map.ts';
import type { Tile } from './tiles.ts';

let scratch: HTMLCanvasElement | null = null;

/** A canvas holding the tile one pixel per value; reused by the next call. */
export function rasterOf(tile: Tile, scale: ColourScale): HTMLCanvasElement {
  scratch ??= document.createElement('canvas');
  scratch.width = tile.width;
  scratch.height = tile.height;
  scratch.getContext('2d')?.putImageData(paint(tile.values, tile.width, tile.height, scale), 0, 0);
  return scratch;
}

/** Hatches the NaN cells and crosses the infinite ones of a tile that is drawn large enough to show it. */
export function markNonFinite(
  context: CanvasRenderingContext2D,
  tile: Tile,
  scale: ColourScale,
  at: { x: number; y: number; width: number; height: number },
): void {
  const w = at.width / tile.width;
  const h = at.height / tile.height;
  if (Math.min(w, h) < 5) return;
  const { values } = tile;
  context.save();
  context.lineWidth = Math.max(1, Math.min(3, Math.min(w, h) / 12));
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value - value === 0) continue;
    const x = at.x + (i % tile.width) * w;
    const y = at.y + Math.floor(i / tile.width) * h;
    context.save();
    context.beginPath();
    context.rect(x, y, w, h);
    context.clip();
    if (Number.isNaN(value)) {
      context.fillStyle = cssOf(scale.map.nan[1]);
      context.fillRect(x, y, w, h);
      context.strokeStyle = cssOf(scale.map.nan[0]);
      context.beginPath();
      const gap = Math.max(4, Math.min(12, Math.min(w, h) / 4));
      for (let d = -h; d < w; d += gap) {
        context.moveTo(x + d, y + h);
        context.lineTo(x + d + h, y);
      }
      context.stroke();
    } else {
      context.fillStyle = cssOf(scale.map.lut[value > 0 ? scale.map.lut.length - 1 : 0]);
      context.fillRect(x, y, w, h);
      context.strokeStyle = cssOf(scale.map.infinite);
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(x + w, y + h);
      context.moveTo(x + w, y);
      context.lineTo(x, y + h);
      context.stroke();
    }
    context.restore();
  }
  context.restore();
}

/** Draws a whole tile over a whole canvas of `width` × `height` device pixels. */
export function drawValues(
  canvas: HTMLCanvasElement,
  tile: Tile,
  scale: ColourScale,
  width: number,
  height: number,
): void {
  canvas.width = Math.max(1, Math.round(width));
  canvas.height = Math.max(1, Math.round(height));
  const context = canvas.getContext('2d');
  if (context === null || tile.width < 1 || tile.height < 1) return;
  context.imageSmoothingEnabled = false;
  context.drawImage(rasterOf(tile, scale), 0, 0, canvas.width, canvas.height);
  markNonFinite(context, tile, scale, { x: 0, y: 0, width: canvas.width, height: canvas.height });
}
