import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { npyHeader } from '#engine/io/npy-header.ts';
import type { ArrayId, Region } from '#shared/contract.ts';
import type { CellData } from './cells.ts';
import { cOrdered } from './copies.ts';
import type { Held } from './held.ts';
import { type ArrayRecord, type Edit, type JournalFile, journalName, type Restored } from './journal-reading.ts';
import { type Entry, nbytesOf, type Workspace } from './workspace.ts';

/** What is on disk for one array: a file and the edits since. */
interface FileState {
  held: Held;
  /** The newest entry with these bytes: its name, columns and version go into the JSON. */
  entry: Entry;
  file: string;
  edits: Edit[];
  editBytes: number;
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
    const done = this.#rest(until);
    // Results nobody kept are not worth the cores that a cancelled job still holds.
    const named = this.#workspace.all().some((entry) => !entry.hidden && this.#needsFile(entry));
    if (hurry === null || named) await done;
    else await Promise.race([done, new Promise<void>((resolve) => setTimeout(resolve, hurry))]);
  }

  async #rest(until: number): Promise<void> {
    if (this.#running !== null) await this.#running.catch(() => undefined);
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
  const { id, name, hidden, kind, origin, columns, dtype, shape, version, formula, order } = state.entry;
  const edits = state.edits.map(({ region, plane, cells }) => ({
    region,
    plane,
    cells: Buffer.from(cells.buffer, cells.byteOffset, cells.byteLength).toString('base64'),
  }));
  const kept = formula === null ? {} : { formula };
  return { id, name, hidden, kind, origin, columns, dtype, shape, version, order, ...kept, file: state.file, edits };
}

/** A file name people recognise and every system takes. */
function safeFileName(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]+/g, '_').slice(0, 40) || 'a';
}
