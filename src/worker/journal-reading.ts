import { open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type NpyHeader, npyDataBytes, parseNpyHeader } from '#engine/io/npy-header.ts';
import { readNpy } from '#engine/io/npy.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { dataClass } from '#engine/typed-views.ts';
import type { ArrayId, Region, Variable } from '#shared/contract.ts';
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { type CellData, writeCells } from './cells.ts';
import { cOrdered } from './copies.ts';
import { Held } from './held.ts';
import type { Entry, FormulaState } from './workspace.ts';

export const journalName = 'journal.json';

/** Cells written after the array's file: absolute values, so that replaying them twice does no harm. */
export interface Edit {
  region: Region;
  plane: number;
  cells: CellData;
}

export interface ArrayRecord {
  id: ArrayId;
  name: string;
  hidden: boolean;
  kind: Variable['kind'];
  origin: string;
  columns: readonly string[] | null;
  dtype: DType;
  shape: readonly number[];
  version: number;
  order: number;
  formula?: FormulaState;
  file: string;
  edits: { region: Region; plane: number; cells: string }[];
}

export interface JournalFile {
  format: 1;
  arrays: ArrayRecord[];
  /** What the session keeps besides arrays: factorisations by the ids of their arrays. */
  extra: unknown;
}

export interface Restored {
  entries: Entry[];
  extra: unknown;
  /** Names of variables that could not be brought back. */
  lost: string[];
  /** True when the JSON was unreadable and only the arrays' own files were found. */
  damaged: boolean;
}

/**
 * Reads a session folder. What is damaged or missing is named in `lost`, never thrown; bytes are read when
 * they are first needed.
 */
export async function openJournal(
  folder: string,
): Promise<{ restored: Restored; files: Map<ArrayId, { file: string; edits: Edit[] }> }> {
  const files = new Map<ArrayId, { file: string; edits: Edit[] }>();
  const restored: Restored = { entries: [], extra: null, lost: [], damaged: false };
  let text: string;
  try {
    text = await readFile(join(folder, journalName), 'utf8');
  } catch {
    // A new session, unless arrays lie about without their journal.
    await salvage(folder, restored, files);
    restored.damaged = restored.entries.length + restored.lost.length > 0;
    return { restored, files };
  }
  let journal: JournalFile;
  try {
    journal = JSON.parse(text) as JournalFile;
    if (journal.format !== 1 || !Array.isArray(journal.arrays)) throw new Error('not a journal');
  } catch {
    restored.damaged = true;
    await salvage(folder, restored, files);
    return { restored, files };
  }
  restored.extra = journal.extra;
  for (const record of journal.arrays) {
    try {
      const { entry, edits } = await readRecord(folder, record);
      restored.entries.push(entry);
      files.set(entry.id, { file: record.file, edits });
    } catch {
      if (record.hidden !== true) restored.lost.push(String(record.name ?? record.file ?? 'unnamed'));
    }
  }
  await sweep(folder, new Set(journal.arrays.map((record) => record.file)));
  return { restored, files };
}

/** What the journal says of a formula, when it is one; its value is asked for again after a restart. */
function formulaOf(kept: Partial<FormulaState> | undefined): FormulaState | null {
  if (typeof kept?.code !== 'string' || !Array.isArray(kept.inputs)) return null;
  return { code: kept.code, inputs: kept.inputs.map(String), error: kept.error ?? null, pending: false };
}

async function readRecord(folder: string, record: ArrayRecord): Promise<{ entry: Entry; edits: Edit[] }> {
  if (!/^[\w.-]+\.npy$/.test(record.file) || !/^a\d+$/.test(record.id)) throw new Error('not a record');
  const path = join(folder, record.file);
  const header = await checkedHeader(path);
  const edits = record.edits.map(({ region, plane, cells }) => ({
    region,
    plane,
    cells: cellsOf(header.dtype, cells),
  }));
  const columns =
    Array.isArray(record.columns) && record.columns.length === header.shape[1] ? record.columns.map(String) : null;
  const entry: Entry = {
    id: record.id,
    name: String(record.name),
    hidden: record.hidden === true,
    kind: record.kind === 'image' ? 'image' : 'matrix',
    origin: String(record.origin),
    columns,
    dtype: header.dtype,
    shape: header.shape,
    version: Number.isSafeInteger(record.version) ? record.version : 1,
    formula: formulaOf(record.formula),
    order: Number.isFinite(record.order) ? record.order : 0,
    held: Held.onDisk(() =>
      readWithEdits(path, edits).catch((cause: unknown) => {
        if (cause instanceof AppError && cause.code === 'memory') throw cause;
        throw new AppError('io', `${record.name} could not be read back from the session folder`, {
          hint: 'Its file is damaged or gone. Open or type it again.',
          cause,
        });
      }),
    ),
  };
  return { entry, edits };
}

async function checkedHeader(path: string): Promise<NpyHeader> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const head = new Uint8Array(Math.min(size, 16_384));
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    const header = parseNpyHeader(head.subarray(0, bytesRead));
    if (size < header.dataOffset + npyDataBytes(header)) throw new Error('cut off');
    return header;
  } finally {
    await file.close();
  }
}

async function readWithEdits(path: string, edits: readonly Edit[]): Promise<NDArray> {
  const file = await open(path, 'r');
  try {
    const array = cOrdered(await readNpy(file));
    for (const { region, plane, cells } of edits) writeCells(array, region, plane, cells);
    return array;
  } finally {
    await file.close();
  }
}

function cellsOf(dtype: DType, base64: string): CellData {
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
  return new dataClass[dtype](bytes.buffer);
}

/** Arrays whose journal is gone: the files' own names say what they were called. */
async function salvage(
  folder: string,
  restored: Restored,
  files: Map<ArrayId, { file: string; edits: Edit[] }>,
): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const newest = new Map<ArrayId, { file: string; name: string; time: number }>();
  for (const file of names) {
    const match = /^([\w-]+)\.(a\d+)\.(\w+)\.npy$/.exec(file);
    if (match === null) continue;
    const [, name = 'a', id = 'a1'] = match;
    const { mtimeMs } = await stat(join(folder, file)).catch(() => ({ mtimeMs: 0 }));
    const known = newest.get(id);
    if (known === undefined || known.time < mtimeMs) newest.set(id, { file, name, time: mtimeMs });
  }
  const taken = new Set<string>();
  for (const [id, { file, name }] of [...newest].sort(([a], [b]) => Number(a.slice(1)) - Number(b.slice(1)))) {
    try {
      let free = name;
      for (let number = 2; taken.has(free); number++) free = `${name}${number}`;
      taken.add(free);
      const order = Number(id.slice(1));
      const { entry, edits } = await readRecord(folder, {
        id,
        name: free,
        hidden: false,
        kind: 'matrix',
        origin: 'recovered',
        columns: null,
        dtype: 'float64',
        shape: [],
        version: 1,
        order,
        file,
        edits: [],
      });
      restored.entries.push(entry);
      files.set(id, { file, edits });
    } catch {
      restored.lost.push(name);
    }
  }
}

/** Removes what an interrupted write left behind. */
async function sweep(folder: string, used: ReadonlySet<string>): Promise<void> {
  for (const file of await readdir(folder).catch(() => [])) {
    const leftover =
      file.endsWith('.npy.part') ||
      file === `${journalName}.part` ||
      (/\.a\d+\.\w+\.npy$/.test(file) && !used.has(file));
    if (leftover) await rm(join(folder, file), { force: true }).catch(() => undefined);
  }
}
