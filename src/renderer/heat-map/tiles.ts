/** Down-sampled pieces of arrays, asked for once and kept while they are of use. */
import type { ArrayId, ComplexPart, Region } from '#shared/contract.ts';
import { compute } from '../compute-client.ts';

export type Reduce = 'mean' | 'absmax';

export interface TileQuery {
  id: ArrayId;
  version: number;
  region: Region;
  width: number;
  height: number;
  reduce: Reduce;
  plane?: number;
  /** Of complex numbers; their magnitude when it is not given. */
  part?: ComplexPart;
}

export interface Tile {
  width: number;
  height: number;
  values: Float32Array;
  exact: boolean;
}

/** Values kept over all arrays: 12 million, 48 MB. */
const budget = 12_000_000;
const kept = new Map<string, Tile>();
let held = 0;

const keyOf = (query: TileQuery): string => {
  const { row0, row1, col0, col1 } = query.region;
  return `${query.id}|${query.version}|${query.plane ?? 0}|${row0},${row1},${col0},${col1}|${query.width}x${query.height}|${query.reduce}|${query.part ?? ''}`;
};

function keep(key: string, tile: Tile): void {
  held -= kept.get(key)?.values.length ?? 0;
  kept.delete(key);
  kept.set(key, tile);
  held += tile.values.length;
  for (const [oldest, old] of kept) {
    if (held <= budget) break;
    kept.delete(oldest);
    held -= old.values.length;
  }
}

/** A tile that is already here, or undefined; using it keeps it from being forgotten. */
export function keptTile(query: TileQuery): Tile | undefined {
  const key = keyOf(query);
  const tile = kept.get(key);
  if (tile !== undefined) {
    kept.delete(key);
    kept.set(key, tile);
  }
  return tile;
}

/**
 * The tile of a query. One of another version than asked for is given back but not kept, so that a picture never
 * mixes versions from here.
 */
export async function fetchTile(query: TileQuery, signal?: AbortSignal): Promise<Tile> {
  const here = keptTile(query);
  if (here?.exact === true) return here;
  const { id, region, width, height, reduce, plane, part } = query;
  const reply = await compute(
    'array.tile',
    {
      ...{ id, region, width, height, reduce },
      ...(plane === undefined ? {} : { plane }),
      ...(part === undefined ? {} : { part }),
    },
    signal === undefined ? {} : { signal },
  );
  const tile: Tile = { width: reply.width, height: reply.height, values: reply.values, exact: reply.exact };
  if (reply.version === query.version) keep(keyOf(query), tile);
  return tile;
}
