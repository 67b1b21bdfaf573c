import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArrayId, Region, Variable } from '#shared/contract.ts';
import type { DType } from '#shared/dtype.ts';
import { type NpyHeader, npyDataBytes, npyHeader, parseNpyHeader } from '#engine/io/npy-header.ts';
import { readNpy } from '#engine/io/npy.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { type CellData, writeCells } from './cells.ts';
import { cOrdered } from './copies.ts';
import { Held } from './held.ts';
import { type Entry, nbytesOf, type Workspace } from './workspace.ts';

/** Cells written after the array's file: absolute values, so that replaying them twice does no harm. */
interface Edit {
  region: Region;
  plane: number;
  cells: CellData;
}

/** What is on disk for one array: a file and the edits since. */
interface FileState {
  held: Held;
  /** The newest entry with these bytes: its name, columns and version go into the JSON. */
  entry: Entry;
  file: string;
  edits: Edit[];
  editBytes: number;
}

interface ArrayRecord {
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
  file: string;
  edits: { region: Region; plane: number; cells: string }[];
}

interface JournalFile {
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

/** The file operations the journal needs; tests put failing ones here. */
export interface Disk {
  write(path: string, parts: readonly Uint8Array[], sync: boolean): Promise<void>;
  remove(path: string): Promise<void>;
}

const chunkBytes = 8 * 1024 * 1024;

export const realDisk: Disk = {
  /** Whole or not at all: a temporary file beside it, flushed, then renamed. */
  async write(path, parts, sync) {
    const temporary = `${path}.part`;
    const file = await open(temporary, 'w', 0o600);
    try {
      for (const part of parts) {
        for (let done = 0; done < part.length;) {
          done += (await file.write(part, done, Math.min(chunkBytes, part.length - done))).bytesWritten;
        }
      }
      if (sync) await file.sync();
    } catch (error) {
      await file.close().catch(() => undefined);
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
    await file.close();
    await rename(temporary, path);
  },
  remove: (path) => rm(path, { force: true }),
};

const journalName = 'journal.json';
/** Arrays up to this size are written anew on every change: their file is then always the truth. */
const smallBytes = 256 * 1024;
/** Past these an array's file is written anew. */
const mostEdits = 1000;
const mostEditBytes = 512 * 1024;
/** Edited arrays up to this size are written anew once nothing has happened for a while. */
const tidyBytes = 64 * 1024 * 1024;

/**
 * The session folder: each array as one `.npy` that NumPy reads, and `journal.json` with names, order, columns and
 * the edits since. Written behind every change; the desk never waits for it.
 */
export class Journal {
  readonly #folder: string;
  readonly #workspace: Workspace;
  readonly #disk: Disk;
  readonly #current = new Map<ArrayId, FileState>();
  /** The array being written now. */
  #next: FileState | null = null;
  #garbage: string[] = [];
  #dirty = false;
  #timer: NodeJS.Timeout | null = null;
  #tidyTimer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #failures = 0;
  #fast = false;
  #serial = Date.now();
  /** Gives what is to be kept besides arrays. */
  extra: () => unknown = () => null;
  /** Called when `saved` changed. */
  onsaved: (() => void) | null = null;
  /** Called at the first failure of a series, and with null when writing works again. */
  onfailure: ((error: Error | null) => void) | null = null;

  constructor(folder: string, workspace: Workspace, disk: Disk = realDisk) {
    this.#folder = folder;
    this.#workspace = workspace;
    this.#disk = disk;
  }

  /** True when the disk holds everything. */
  get saved(): boolean {
    return !this.#dirty && this.#running === null && this.#failures === 0;
  }

  /** Takes note of a change of an entry; hear `Workspace.onchange`. */
  entryChanged(before: Entry | null, after: Entry | null): void {
    if (after === null) {
      const state = this.#current.get(before!.id);
      if (state !== undefined) this.#garbage.push(state.file);
      this.#current.delete(before!.id);
    } else {
      const current = this.#current.get(after.id);
      if (current?.held === after.held) current.entry = after;
      if (this.#next?.held === after.held && this.#next.entry.id === after.id) this.#next.entry = after;
    }
    this.changed();
  }

  /** Takes note of cells written in place. */
  cellsWritten(entry: Entry, region: Region, plane: number, cells: CellData): void {
    for (const state of [this.#current.get(entry.id), this.#next]) {
      if (state === null || state === undefined || state.held !== entry.held || state.entry.id !== entry.id) continue;
      state.edits.push({ region, plane, cells });
      state.editBytes += cells.byteLength + 80;
    }
    this.changed();
  }

  /** Something in `extra` or elsewhere changed. */
  changed(): void {
    const wasSaved = this.saved;
    this.#dirty = true;
    if (wasSaved) this.onsaved?.();
    this.#schedule(this.#failures === 0 ? 150 : Math.min(60_000, 2500 * 2 ** this.#failures));
  }

  /** Takes over the arrays that `openJournal` found, so that they are not written again. */
  adopt(restored: Restored, files: ReadonlyMap<ArrayId, { file: string; edits: Edit[] }>): void {
    for (const entry of restored.entries) {
      const known = files.get(entry.id);
      if (known === undefined) continue;
      this.#current.set(entry.id, {
        held: entry.held,
        entry,
        file: known.file,
        edits: known.edits,
        editBytes: known.edits.reduce((sum, edit) => sum + edit.cells.byteLength + 80, 0),
      });
    }
  }

  /**
   * Writes what is not on disk yet and resolves when all of it is. `hurry`: without fsync (a kill does not lose what
   * the system holds), and without results nobody kept once `hurry` milliseconds have passed.
   */
  async safe(hurry: number | null = null): Promise<void> {
    this.#fast = hurry !== null;
    const until = hurry === null ? Infinity : performance.now() + hurry;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#running !== null) await this.#running;
    if (this.#dirty) await this.#flush(until);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#tidyTimer !== null) clearTimeout(this.#tidyTimer);
    this.#timer = null;
    this.#tidyTimer = null;
  }

  #schedule(after: number): void {
    if (this.#timer !== null || this.#running !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#flush(Infinity);
    }, after);
    this.#timer.unref();
  }

  async #flush(until: number): Promise<void> {
    this.#running = this.#writeAll(until);
    try {
      await this.#running;
      if (this.#failures > 0) this.onfailure?.(null);
      this.#failures = 0;
    } catch (error) {
      if (this.#failures++ === 0) this.onfailure?.(error as Error);
      this.#dirty = true;
    } finally {
      this.#running = null;
    }
    if (this.#dirty) this.#schedule(this.#failures === 0 ? 50 : Math.min(60_000, 2500 * 2 ** this.#failures));
    else this.#scheduleTidying();
    this.onsaved?.();
  }

  async #writeAll(until: number): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    while (this.#dirty) {
      this.#dirty = false;
      const waiting = this.#workspace.all().filter((entry) => this.#needsFile(entry));
      // What a person named comes before what they may not keep; small before large.
      waiting.sort((a, b) => Number(a.hidden) - Number(b.hidden) || nbytesOf(a) - nbytesOf(b));
      if (waiting.length === 0 || nbytesOf(waiting[0]) > smallBytes) await this.#writeJson();
      let unwritten = 0;
      for (const { id } of waiting) {
        const entry = this.#workspace.find(id);
        if (entry === undefined || !this.#needsFile(entry)) continue;
        if (entry.hidden && performance.now() > until) continue;
        await this.#writeArray(entry);
        unwritten += nbytesOf(entry);
        if (unwritten > smallBytes) {
          await this.#writeJson();
          unwritten = 0;
        }
      }
      if (unwritten > 0) await this.#writeJson();
    }
  }

  #needsFile(entry: Entry): boolean {
    const state = this.#current.get(entry.id);
    if (state === undefined || state.held !== entry.held) return true;
    if (state.edits.length === 0) return false;
    return nbytesOf(entry) <= smallBytes || state.edits.length > mostEdits || state.editBytes > mostEditBytes;
  }

  async #writeArray(entry: Entry): Promise<void> {
    const array = cOrdered(await entry.held.get());
    const file = `${safeFileName(entry.name)}.${entry.id}.${(this.#serial++).toString(36)}.npy`;
    // Edits from now on may or may not be in the bytes written: they are kept, and replaying them is harmless.
    const next: FileState = { held: entry.held, entry, file, edits: [], editBytes: 0 };
    this.#next = next;
    try {
      const bytes = new Uint8Array(array.buffer, array.offset, array.nbytes);
      await this.#disk.write(
        join(this.#folder, file),
        [npyHeader(array.dtype, array.shape, false), bytes],
        !this.#fast,
      );
    } finally {
      this.#next = null;
    }
    const now = this.#workspace.find(entry.id);
    if (now === undefined) {
      this.#garbage.push(file);
      return;
    }
    const old = this.#current.get(entry.id);
    if (old !== undefined) this.#garbage.push(old.file);
    if (now.held === next.held) next.entry = now;
    this.#current.set(entry.id, next);
  }

  async #writeJson(): Promise<void> {
    const arrays = [...this.#current.values()].map(asRecord).sort((a, b) => a.order - b.order);
    const journal: JournalFile = { format: 1, arrays, extra: this.extra() };
    const garbage = this.#garbage;
    this.#garbage = [];
    const text = new TextEncoder().encode(`${JSON.stringify(journal, null, 1)}\n`);
    try {
      await this.#disk.write(join(this.#folder, journalName), [text], !this.#fast);
    } catch (error) {
      this.#garbage.push(...garbage);
      throw error;
    }
    for (const file of garbage) await this.#disk.remove(join(this.#folder, file)).catch(() => undefined);
  }

  /** Once nothing happens any more, arrays with edits get files that hold them. */
  #scheduleTidying(): void {
    if (this.#tidyTimer !== null) clearTimeout(this.#tidyTimer);
    const edited = [...this.#current.values()].some(
      (state) => state.edits.length > 0 && nbytesOf(state.entry) <= tidyBytes,
    );
    if (!edited) return;
    this.#tidyTimer = setTimeout(() => {
      this.#tidyTimer = null;
      if (this.#dirty || this.#running !== null) return;
      this.#running = this.#tidy().catch(() => undefined);
      void this.#running.then(() => {
        this.#running = null;
        if (this.#dirty) this.#schedule(50);
      });
    }, 3000);
    this.#tidyTimer.unref();
  }

  async #tidy(): Promise<void> {
    for (const state of [...this.#current.values()]) {
      const entry = this.#workspace.find(state.entry.id);
      if (entry === undefined || state.edits.length === 0 || nbytesOf(entry) > tidyBytes) continue;
      await this.#writeArray(entry);
    }
    await this.#writeJson();
  }
}

function asRecord(state: FileState): ArrayRecord {
  const { id, name, hidden, kind, origin, columns, dtype, shape, version, order } = state.entry;
  const edits = state.edits.map(({ region, plane, cells }) => ({
    region,
    plane,
    cells: Buffer.from(cells.buffer, cells.byteOffset, cells.byteLength).toString('base64'),
  }));
  return { id, name, hidden, kind, origin, columns, dtype, shape, version, order, file: state.file, edits };
}

/** A file name people recognise and every system takes. */
function safeFileName(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]+/g, '_').slice(0, 40) || 'a';
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
    order: Number.isFinite(record.order) ? record.order : 0,
    held: Held.onDisk(() => readWithEdits(path, edits)),
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

const cellClass = {
  bool: Uint8Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
  complex64: Float32Array,
  complex128: Float64Array,
} as const;

function cellsOf(dtype: DType, base64: string): CellData {
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
  return new cellClass[dtype](bytes.buffer);
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
