import { mkdir, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npyHeader } from '#engine/io/npy-header.ts';
import { readNpy } from '#engine/io/npy.ts';
import type { CellData } from './cells.ts';
import { cOrdered } from './copies.ts';
import { Held } from './held.ts';
import type { Change, History, Step } from './history.ts';
import { type Disk, realDisk } from './journal.ts';
import { type Entry, nbytesOf, type Workspace } from './workspace.ts';

/** What the steps kept on disk may take: arrays that only they hold, and cells. */
const mostBytes = 64 * 1024 * 1024;
const mostSteps = 100;
/** After the journal, which is written behind every change. */
const afterMs = 400;
const fileName = 'history.json';

type KeptEntry = Omit<Entry, 'held'> & {
  /** A file beside the list, or null: the bytes of the entry that the workspace has. */
  file: string | null;
};
type KeptCells = { type: string; bytes: string };
type KeptChange =
  | { kind: 'entry'; id: string; before: KeptEntry | null; after: KeptEntry | null }
  | (Omit<Extract<Change, { kind: 'cells' }>, 'before' | 'after'> & { before: KeptCells; after: KeptCells });
type KeptStep = Omit<Step, 'changes'> & { changes: KeptChange[] };
interface KeptHistory {
  format: 1;
  /** Versions of what the steps speak of, null for what is not there: they only fit this workspace. */
  versions: Record<string, number | null>;
  done: KeptStep[];
  undone: KeptStep[];
}

/**
 * The newest steps of Undo and Redo in the session folder's `history`, so that they outlive the process. The arrays of
 * the workspace lie in the journal; here are those that only a step holds. Steps that do not fit the workspace the
 * journal gives back, because the process ended between the two, are dropped as a whole.
 */
export class HistoryFile {
  readonly #folder: string;
  readonly #history: History;
  readonly #workspace: Workspace;
  readonly #disk: Disk;
  /** Where arrays lie that the workspace does not have now. */
  readonly #files = new Map<Held, string>();
  #serial = Date.now();
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();
  #dirty = false;

  constructor(session: string, history: History, workspace: Workspace, disk: Disk = realDisk) {
    this.#folder = join(session, 'history');
    this.#history = history;
    this.#workspace = workspace;
    this.#disk = disk;
  }

  /** The workspace or its steps are others now. */
  changed(): void {
    this.#dirty = true;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      // Undo is a comfort: where it cannot be written, the journal has already said so.
      this.flush().catch(() => undefined);
    }, afterMs).unref();
  }

  /** An array was written in place: a file with what it held is of no use. */
  forget(held: Held): void {
    this.#files.delete(held);
  }

  /** Resolves when the disk holds the steps as they are now. */
  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#writing = this.#writing.catch(() => undefined).then(() => this.#write());
    await this.#writing;
  }

  /** Gives the history what the last process left, where it fits the workspace. */
  async restore(): Promise<void> {
    let kept: KeptHistory;
    try {
      kept = JSON.parse(await readFile(join(this.#folder, fileName), 'utf8')) as KeptHistory;
      if (kept.format !== 1) return;
      for (const [id, version] of Object.entries(kept.versions))
        if ((this.#workspace.find(id)?.version ?? null) !== version) return;
      const loaded = new Map<string, Held>();
      const [done, undone] = [kept.done, kept.undone].map((steps) => steps.map((step) => this.#step(step, loaded)));
      this.#history.restore(done, undone);
      for (const [file, held] of loaded) this.#files.set(held, file);
    } catch {
      // None yet, or damaged: the arrays are all there, only the way back is not.
    }
  }

  async #write(): Promise<void> {
    if (!this.#dirty) return;
    this.#dirty = false;
    const { done, undone } = this.#history.steps;
    for (const entry of this.#workspace.all()) this.#files.delete(entry.held);
    const kept = this.#newest(done, undone);
    await mkdir(this.#folder, { recursive: true });
    const used = new Set<string>();
    for (const step of [...kept.done, ...kept.undone]) {
      for (const held of this.#onlyHere(step)) {
        let file = this.#files.get(held);
        if (file === undefined) {
          file = `h${(this.#serial++).toString(36)}.npy`;
          const array = cOrdered(await held.get());
          const bytes = new Uint8Array(array.buffer, array.offset, array.nbytes);
          this.#files.set(held, file);
          await this.#disk.write(join(this.#folder, file), [npyHeader(array.dtype, array.shape, false), bytes], false);
          // Meanwhile it may have come back and been written in: then this is done again.
          if (this.#files.get(held) !== file || this.#dirty) {
            this.changed();
            return;
          }
        }
        used.add(file);
      }
    }
    const versions: KeptHistory['versions'] = {};
    for (const { changes } of [...kept.done, ...kept.undone])
      for (const { id } of changes) versions[id] = this.#workspace.find(id)?.version ?? null;
    const whole: KeptHistory = {
      format: 1,
      versions,
      done: kept.done.map((step) => this.#kept(step)),
      undone: kept.undone.map((step) => this.#kept(step)),
    };
    await this.#disk.write(join(this.#folder, fileName), [new TextEncoder().encode(JSON.stringify(whole))], false);
    for (const file of await readdir(this.#folder))
      if (/\.npy$/.test(file) && !used.has(file)) await this.#disk.remove(join(this.#folder, file));
    for (const [held, file] of this.#files) if (!used.has(file)) this.#files.delete(held);
  }

  /** As many steps next to the present as there is room for: what was undone comes first, being the nearer to lose. */
  #newest(done: readonly Step[], undone: readonly Step[]): { done: Step[]; undone: Step[] } {
    let bytes = 0;
    const counted = new Set<Held>();
    const fits = (step: Step): boolean => {
      for (const change of step.changes)
        if (change.kind === 'cells') bytes += change.before.byteLength + change.after.byteLength;
      for (const held of this.#onlyHere(step)) {
        if (counted.has(held)) continue;
        counted.add(held);
        bytes += this.#bytesOf(step, held);
      }
      return bytes <= mostBytes;
    };
    const take = (steps: readonly Step[]): Step[] => {
      let from = steps.length;
      while (from > 0 && steps.length - from < mostSteps && fits(steps[from - 1])) from--;
      return steps.slice(from);
    };
    return { undone: take(undone), done: take(done) };
  }

  #bytesOf(step: Step, held: Held): number {
    for (const change of step.changes) {
      if (change.kind !== 'entry') continue;
      for (const entry of [change.before, change.after]) if (entry?.held === held) return nbytesOf(entry);
    }
    return 0;
  }

  /** The arrays of a step that the workspace does not have. */
  #onlyHere(step: Step): Held[] {
    return step.changes.flatMap((change) =>
      change.kind === 'cells'
        ? []
        : [change.before, change.after].flatMap((entry) =>
            entry === null || entry.held === this.#workspace.find(entry.id)?.held ? [] : [entry.held],
          ),
    );
  }

  #kept({ label, code, changes }: Step): KeptStep {
    const entryOf = (entry: Entry | null): KeptEntry | null => {
      if (entry === null) return null;
      const { held, ...rest } = entry;
      return { ...rest, file: held === this.#workspace.find(entry.id)?.held ? null : this.#files.get(held)! };
    };
    return {
      label,
      code,
      changes: changes.map((change) =>
        change.kind === 'cells'
          ? { ...change, before: cellsAsText(change.before), after: cellsAsText(change.after) }
          : { ...change, before: entryOf(change.before), after: entryOf(change.after) },
      ),
    };
  }

  #step({ label, code, changes }: KeptStep, loaded: Map<string, Held>): Step {
    const entryOf = (entry: KeptEntry | null): Entry | null => {
      if (entry === null) return null;
      const { file, ...rest } = entry;
      if (file !== null) return { ...rest, held: this.#onDisk(file, loaded) };
      return { ...rest, held: this.#workspace.get(entry.id).held };
    };
    return {
      label: String(label),
      code: code.map(String),
      changes: changes.map((change) =>
        change.kind === 'cells'
          ? { ...change, before: cellsOfText(change.before), after: cellsOfText(change.after) }
          : { ...change, before: entryOf(change.before), after: entryOf(change.after) },
      ),
    };
  }

  #onDisk(file: string, loaded: Map<string, Held>): Held {
    if (!/^h\w+\.npy$/.test(file)) throw new Error('not a file of the history');
    const known = loaded.get(file);
    if (known !== undefined) return known;
    const held = Held.onDisk(async () => {
      const handle = await open(join(this.#folder, file), 'r');
      try {
        return cOrdered(await readNpy(handle));
      } finally {
        await handle.close();
      }
    });
    loaded.set(file, held);
    return held;
  }
}

const classes = {
  Int8Array,
  Int16Array,
  Int32Array,
  BigInt64Array,
  Uint8Array,
  Uint16Array,
  Uint32Array,
  BigUint64Array,
  Float32Array,
  Float64Array,
};

function cellsAsText(cells: CellData): KeptCells {
  const bytes = Buffer.from(cells.buffer, cells.byteOffset, cells.byteLength).toString('base64');
  return { type: cells.constructor.name, bytes };
}

function cellsOfText({ type, bytes }: KeptCells): CellData {
  const { buffer } = Uint8Array.from(Buffer.from(bytes, 'base64'));
  return new classes[type as keyof typeof classes](buffer);
}
