/** Recorded sparse matrices and calls as the engine's own objects. */
import type { DType } from '#shared/dtype.ts';
import { NDArray } from '#engine/ndarray.ts';
import { PyFloat } from '#engine/scalar.ts';
import { ellipsis, slice } from '#engine/slicing.ts';
import { makeSparse } from '#engine/sparse/construct.ts';
import type { Format, Kind, Sparse } from '#engine/sparse/sparse-array.ts';

export type Stored = [string, number[], string];

export interface StoredSparse {
  format: Format;
  kind: Kind;
  shape: number[];
  data: Stored;
  indices?: Stored;
  indptr?: Stored;
  coords?: Stored[];
  offsets?: Stored;
}

export interface Want {
  sparse?: StoredSparse;
  array?: Stored;
  many?: Want[];
  text?: string;
  plain?: boolean | null;
  error?: string;
  message?: string;
}

export interface Call {
  do: string;
  args: unknown[];
  kwargs: Record<string, unknown>;
  want: Want;
  tag?: string;
}

export const stored = ([dtype, shape, bytes]: Stored): NDArray => {
  const raw = Buffer.from(bytes, 'base64');
  const buffer = new SharedArrayBuffer(Math.ceil(raw.length / 16) * 16 || 16);
  new Uint8Array(buffer).set(raw);
  return new NDArray({ dtype: dtype as DType, shape, buffer });
};

export const storedSparse = (m: StoredSparse): Sparse => {
  const data = stored(m.data);
  if (m.coords !== undefined)
    return makeSparse(m.format, m.kind, { data, coords: m.coords.map(stored) }, { shape: m.shape });
  if (m.offsets !== undefined)
    return makeSparse(m.format, m.kind, { data, offsets: stored(m.offsets) }, { shape: m.shape });
  if (m.indices === undefined || m.indptr === undefined) throw new Error('no such format');
  return makeSparse(
    m.format,
    m.kind,
    { data, indices: stored(m.indices), indptr: stored(m.indptr) },
    { shape: m.shape },
  );
};

/** An argument; `matrices` by name. */
export const decode = (x: unknown, matrices: Record<string, StoredSparse>): unknown => {
  if (x === null || typeof x !== 'object') return x;
  const t = x as Record<string, unknown>;
  if ('m' in t) return storedSparse(matrices[t['m'] as string]);
  if ('a' in t) return stored(t['a'] as Stored);
  if ('list' in t) return (t['list'] as unknown[]).map((y) => decode(y, matrices));
  if ('slice' in t) return slice(...(t['slice'] as [number | null, number | null, number | null]));
  if ('ellipsis' in t) return ellipsis;
  if ('complex' in t) return { re: (t['complex'] as number[])[0], im: (t['complex'] as number[])[1] };
  return new PyFloat(Number(String(t['float']).replace('inf', 'Infinity').replace('nan', 'NaN')));
};
