/** Draws a heat map from tiles: what is here at once, coarser values where the right ones are still on their way. */
import type { ArrayId } from '#shared/contract.ts';
import type { ColourScale } from '../colour-map.ts';
import { markNonFinite, rasterOf } from './draw-values.ts';
import type { MapSize, MapView } from './map-view.ts';
import { coarser, levelOf, regionOfTile, tileKey, tilesInSight, topLevel, type TileAt } from './pyramid.ts';
import { fetchTile, keptTile, type Reduce, type Tile, type TileQuery } from './tiles.ts';

export interface MapSource {
  id: ArrayId;
  version: number;
  rows: number;
  columns: number;
  reduce: Reduce;
  plane?: number;
}

/** Tiles under way at once. */
const mostRequests = 3;
/** Painted tiles kept, 256 KiB each. */
const mostPictures = 240;
const askAgainMs = 180;

interface Picture {
  tile: Tile;
  scale: string;
  canvas: HTMLCanvasElement;
}

export class MapPainter {
  #source: MapSource;
  #scale: ColourScale | null = null;
  #scaleKey = '';
  readonly #pictures = new Map<string, Picture>();
  /** Tiles of the version before, drawn until their successors are here. */
  #before: MapSource | null = null;
  readonly #running = new Set<string>();
  readonly #again = new Set<ReturnType<typeof setTimeout>>();
  #wanted: TileAt[] = [];
  #closed = false;
  readonly #arrived: () => void;
  readonly #failed: (error: unknown) => void;
  /** What the last drawing was made of. */
  state: 'exact' | 'sampled' | 'waiting' = 'waiting';

  constructor(source: MapSource, arrived: () => void, failed: (error: unknown) => void) {
    this.#source = source;
    this.#arrived = arrived;
    this.#failed = failed;
  }

  setSource(source: MapSource): void {
    const same =
      source.id === this.#source.id &&
      source.version === this.#source.version &&
      source.reduce === this.#source.reduce &&
      source.plane === this.#source.plane;
    if (same) return;
    const sameShape = source.rows === this.#source.rows && source.columns === this.#source.columns;
    this.#before = sameShape && source.plane === this.#source.plane ? this.#source : null;
    this.#source = source;
    this.#pictures.clear();
  }

  setScale(scale: ColourScale): void {
    this.#scale = scale;
    const { map, low, high, transform, threshold } = scale;
    this.#scaleKey = `${map.name} ${map.theme} ${low} ${high} ${transform} ${threshold}`;
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#again) clearTimeout(timer);
    this.#pictures.clear();
  }

  /** The whole matrix in one tile, once it is here. */
  overview(): Tile | undefined {
    const top = topLevel(this.#source);
    return keptTile(this.#query({ ...top, tx: 0, ty: 0 }, this.#source));
  }

  #query(at: TileAt, source: MapSource): TileQuery {
    const { region, width, height } = regionOfTile(at, source);
    const { id, version, reduce, plane } = source;
    return { id, version, region, width, height, reduce, ...(plane === undefined ? {} : { plane }) };
  }

  #picture(at: TileAt): Picture | null {
    const tile =
      keptTile(this.#query(at, this.#source)) ??
      (this.#before === null ? undefined : keptTile(this.#query(at, this.#before)));
    if (tile === undefined || this.#scale === null) return null;
    const key = tileKey(at);
    const here = this.#pictures.get(key);
    if (here !== undefined && here.tile === tile && here.scale === this.#scaleKey) {
      this.#pictures.delete(key);
      this.#pictures.set(key, here);
      return here;
    }
    const canvas = here?.canvas ?? document.createElement('canvas');
    canvas.width = tile.width;
    canvas.height = tile.height;
    canvas.getContext('2d')?.drawImage(rasterOf(tile, this.#scale), 0, 0);
    const picture = { tile, scale: this.#scaleKey, canvas };
    this.#pictures.delete(key);
    this.#pictures.set(key, picture);
    for (const oldest of this.#pictures.keys()) {
      if (this.#pictures.size <= mostPictures) break;
      this.#pictures.delete(oldest);
    }
    return picture;
  }

  /** Draws what is in sight onto a canvas of `density` device pixels per CSS pixel, and asks for what is missing. */
  draw(context: CanvasRenderingContext2D, view: MapView, size: MapSize, density: number): void {
    const { canvas } = context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingEnabled = false;
    const level = levelOf(view, density);
    const top = topLevel(size);
    const clamped = { lx: Math.min(level.lx, top.lx), ly: Math.min(level.ly, top.ly) };
    const inSight = tilesInSight(view, size, clamped);
    const missing: TileAt[] = [];
    let exact = true;
    let complete = true;
    for (const at of inSight) {
      const picture = this.#picture(at);
      const right = keptTile(this.#query(at, this.#source));
      if (right === undefined) missing.push(at);
      else if (!right.exact) this.#askAgain(at);
      if (right?.exact !== true) exact = false;
      if (picture !== null) {
        this.#place(context, picture, at, at, view, density);
        continue;
      }
      complete = false;
      const stand = coarser(at, top).find((each) => this.#picture(each) !== null);
      const coarse = stand === undefined ? null : this.#picture(stand);
      if (stand !== undefined && coarse !== null) this.#place(context, coarse, stand, at, view, density);
    }
    this.state = !complete ? 'waiting' : exact ? 'exact' : 'sampled';
    const overview = { ...top, tx: 0, ty: 0 };
    const first = keptTile(this.#query(overview, this.#source)) === undefined ? [overview] : [];
    this.#wanted = [...first, ...missing];
    this.#pump();
  }

  /** Draws the part of tile `from` that lies under tile `under`. */
  #place(
    context: CanvasRenderingContext2D,
    picture: Picture,
    from: TileAt,
    under: TileAt,
    view: MapView,
    density: number,
  ): void {
    const source = regionOfTile(from, this.#source);
    const { region } = regionOfTile(under, this.#source);
    const { tile, canvas } = picture;
    const perColumn = tile.width / (source.region.col1 - source.region.col0);
    const perRow = tile.height / (source.region.row1 - source.region.row0);
    const left = Math.round((region.col0 - view.x) * view.sx * density);
    const top = Math.round((region.row0 - view.y) * view.sy * density);
    const right = Math.round((region.col1 - view.x) * view.sx * density);
    const bottom = Math.round((region.row1 - view.y) * view.sy * density);
    context.drawImage(
      canvas,
      (region.col0 - source.region.col0) * perColumn,
      (region.row0 - source.region.row0) * perRow,
      (region.col1 - region.col0) * perColumn,
      (region.row1 - region.row0) * perRow,
      left,
      top,
      right - left,
      bottom - top,
    );
    if (from === under && this.#scale !== null && Math.min(view.sx, view.sy) * density >= 5) {
      markNonFinite(context, tile, this.#scale, { x: left, y: top, width: right - left, height: bottom - top });
    }
  }

  #pump(): void {
    for (const at of this.#wanted) {
      if (this.#running.size >= mostRequests) return;
      void this.#request(at);
    }
  }

  async #request(at: TileAt): Promise<void> {
    const source = this.#source;
    const query = this.#query(at, source);
    const key = `${tileKey(at)} ${source.version} ${source.reduce} ${source.plane ?? ''}`;
    if (this.#running.has(key)) return;
    this.#running.add(key);
    try {
      await fetchTile(query);
      if (!this.#closed) this.#arrived();
    } catch (error) {
      if (!this.#closed) this.#failed(error);
    } finally {
      this.#running.delete(key);
    }
  }

  #askAgain(at: TileAt): void {
    const key = `again ${tileKey(at)}`;
    if (this.#running.has(key) || this.#running.size >= mostRequests + 2) return;
    this.#running.add(key);
    const timer = setTimeout(() => {
      this.#again.delete(timer);
      this.#running.delete(key);
      if (!this.#closed) void this.#request(at);
    }, askAgainMs);
    this.#again.add(timer);
  }
}
