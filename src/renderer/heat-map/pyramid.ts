/** The tiles of a heat map: squares of 256 values at every power of two of rows and columns under one value. */
import type { Region } from '#shared/contract.ts';
import type { MapSize, MapView } from './map-view.ts';

export const tileSide = 256;

/** Level (lx, ly): one value stands for 2^lx columns and 2^ly rows. */
export interface TileAt {
  lx: number;
  ly: number;
  tx: number;
  ty: number;
}

export const tileKey = ({ lx, ly, tx, ty }: TileAt): string => `${lx},${ly},${tx},${ty}`;

/** The level whose values are just as dense as the screen, or denser. */
export function levelOf(view: MapView, density: number): { lx: number; ly: number } {
  const level = (scale: number): number => Math.max(0, Math.floor(Math.log2(1 / (scale * density)) + 1e-9));
  return { lx: level(view.sx), ly: level(view.sy) };
}

/** The level that holds the whole matrix in one tile. */
export function topLevel(size: Pick<MapSize, 'rows' | 'columns'>): { lx: number; ly: number } {
  const level = (count: number): number => Math.max(0, Math.ceil(Math.log2(Math.max(1, count) / tileSide) - 1e-9));
  return { lx: level(size.columns), ly: level(size.rows) };
}

/** Rows and columns of a tile, and how many values it has. */
export function regionOfTile(
  at: TileAt,
  size: Pick<MapSize, 'rows' | 'columns'>,
): { region: Region; width: number; height: number } {
  const stepX = tileSide * 2 ** at.lx;
  const stepY = tileSide * 2 ** at.ly;
  const region = {
    row0: at.ty * stepY,
    row1: Math.min(size.rows, (at.ty + 1) * stepY),
    col0: at.tx * stepX,
    col1: Math.min(size.columns, (at.tx + 1) * stepX),
  };
  return {
    region,
    width: Math.ceil((region.col1 - region.col0) / 2 ** at.lx),
    height: Math.ceil((region.row1 - region.row0) / 2 ** at.ly),
  };
}

/** The tiles of a level that are in sight, those nearest to the middle first. */
export function tilesInSight(view: MapView, size: MapSize, level: { lx: number; ly: number }): TileAt[] {
  const stepX = tileSide * 2 ** level.lx;
  const stepY = tileSide * 2 ** level.ly;
  const x0 = Math.max(0, Math.floor(view.x / stepX));
  const y0 = Math.max(0, Math.floor(view.y / stepY));
  const x1 = Math.min(Math.ceil(size.columns / stepX), Math.ceil((view.x + size.width / view.sx) / stepX));
  const y1 = Math.min(Math.ceil(size.rows / stepY), Math.ceil((view.y + size.height / view.sy) / stepY));
  const tiles: TileAt[] = [];
  for (let ty = y0; ty < y1; ty++) for (let tx = x0; tx < x1; tx++) tiles.push({ ...level, tx, ty });
  const middle = { x: (x0 + x1 - 1) / 2, y: (y0 + y1 - 1) / 2 };
  const away = (tile: TileAt): number => Math.hypot(tile.tx - middle.x, tile.ty - middle.y);
  return tiles.sort((a, b) => away(a) - away(b));
}

/** The tiles above one, each covering it with coarser values, the finest first. */
export function coarser(at: TileAt, top: { lx: number; ly: number }): TileAt[] {
  const found: TileAt[] = [];
  let { lx, ly, tx, ty } = at;
  while (lx < top.lx || ly < top.ly) {
    if (lx < top.lx) {
      lx++;
      tx = Math.floor(tx / 2);
    }
    if (ly < top.ly) {
      ly++;
      ty = Math.floor(ty / 2);
    }
    found.push({ lx, ly, tx, ty });
  }
  return found;
}
