import { mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#shared/errors.ts';
import type { JsonObject, Notebook, NotebookCell, NotebookChange, NotebookInfo } from '#shared/notebook.ts';
import { realDisk } from './journal.ts';
import { type Merged, NotebookDocument } from './notebook-document.ts';
import type { OwnFile } from './own-files.ts';
import { isObject, parseIpynb, serialiseCell, serialiseIpynb } from './notebook-ipynb.ts';

interface Kept {
  id: string;
  name: string;
  order: number;
  document: NotebookDocument;
  metadata: JsonObject;
  /** The person's file that it was opened from or saved to last. */
  file: OwnFile | null;
  /** Each cell as the file holds it: a change of one cell does not write the outputs of all others anew. */
  json: WeakMap<NotebookCell, string>;
}

/** What this application keeps in a notebook's metadata while it lies in the session. */
const ourKey = 'eigenscope';

/**
 * The notebooks of a session: each an `.ipynb` in the session folder's `notebooks`, which Jupyter opens. Written
 * behind every change, whole or not at all.
 */
export class NotebookStore {
  readonly #folder: string;
  readonly #open = new Map<string, Kept>();
  /** Closed ones, so that closing can be undone while the process lives. */
  readonly #closed = new Map<string, Kept>();
  readonly #dirty = new Set<string>();
  #writing: Promise<void> | null = null;
  #next = 1;
  onchange: (() => void) | null = null;
  /** Called with what all pages but one are to be told of a notebook's cells. */
  onedit: ((change: NotebookChange, except: object | null) => void) | null = null;

  constructor(session: string) {
    this.#folder = join(session, 'notebooks');
  }

  /** Reads what the session folder holds; names of files that are damaged (they are set aside, never removed). */
  async load(): Promise<string[]> {
    const damaged: string[] = [];
    for (const file of (await readdir(this.#folder).catch(() => [])).sort()) {
      const id = /^(n\d+)\.ipynb$/.exec(file)?.[1];
      if (id === undefined) continue;
      this.#next = Math.max(this.#next, Number(id.slice(1)) + 1);
      const path = join(this.#folder, file);
      try {
        const { cells, metadata } = parseIpynb(await readFile(path, 'utf8'), file);
        const { [ourKey]: ours, ...rest } = metadata;
        const { name, order, file: own } = isObject(ours) ? ours : {};
        this.#keep({
          id,
          name: typeof name === 'string' && name !== '' ? name : id,
          order: typeof order === 'number' ? order : Number(id.slice(1)),
          cells,
          metadata: rest,
          file: ownFileOf(own),
        });
      } catch {
        damaged.push(file);
        await rename(path, `${path}.damaged`).catch(() => undefined);
      }
    }
    return damaged;
  }

  list(): NotebookInfo[] {
    return [...this.#open.values()].sort((a, b) => a.order - b.order).map(infoOf);
  }

  read(id: unknown): Notebook {
    return asNotebook(this.#get(id));
  }

  /** A new notebook; the name gets a number when it is taken. */
  async create(given: {
    name: string;
    cells: NotebookCell[];
    metadata: JsonObject;
    file?: OwnFile | null;
  }): Promise<Notebook> {
    const id = `n${this.#next++}`;
    const order = Math.max(0, ...[...this.#open.values()].map((kept) => kept.order)) + 1;
    const kept = this.#keep({ file: null, ...given, id, order, name: this.#freeName(given.name, id) });
    await this.#changed(kept);
    return asNotebook(kept);
  }

  /** Takes the cells that `page` changed since `base`, and the order it has them in; see `NotebookDocument`. */
  async write(
    given: { id: unknown; base: unknown; order: unknown; cells: unknown },
    page: object | null = null,
  ): Promise<{ revision: number }> {
    const kept = this.#get(given.id);
    const { base, order, cells } = given;
    if (
      !Array.isArray(order) ||
      !order.every((each) => typeof each === 'string') ||
      new Set(order).size !== order.length
    )
      throw new AppError('value', 'Expected a list of different cells', { argument: 'order' });
    if (!Array.isArray(cells)) throw new AppError('value', 'Expected cells of a notebook', { argument: 'cells' });
    const { change, differs } = kept.document.write(typeof base === 'number' ? base : 0, order, cells);
    this.#tell(kept, change, differs ? null : page);
    await this.#save(kept);
    return { revision: change.revision };
  }

  /**
   * Puts what a run gives into a cell and tells all pages but the one that hears it from the run itself.
   * @returns false when the cell is not there (any more).
   */
  put(
    place: { notebook: string; cell: string },
    fields: Partial<Pick<NotebookCell, 'outputs' | 'execution_count'>>,
    options: { except: object | null; save: boolean },
  ): boolean {
    const kept = this.#open.get(place.notebook);
    const change = kept?.document.put(place.cell, fields) ?? null;
    if (kept === undefined || change === null) return false;
    this.#tell(kept, change, options.except);
    // A failure to write is told by the next change of a page; the outputs are not lost from here.
    if (options.save) this.#save(kept).catch(() => undefined);
    return true;
  }

  /** What happened to a notebook since a revision. */
  changes(id: unknown, since: unknown): NotebookChange & { restarted: boolean } {
    const kept = this.#get(id);
    return { id: kept.id, ...kept.document.changes(typeof since === 'number' ? since : 0) };
  }

  #tell(kept: Kept, change: Merged, except: object | null): void {
    this.onedit?.({ id: kept.id, ...change }, except);
  }

  async rename(id: unknown, name: unknown): Promise<NotebookInfo> {
    const kept = this.#get(id);
    if (typeof name !== 'string' || name.trim() === '' || name.length > 200) {
      throw new AppError('value', 'A notebook needs a name', { argument: 'name' });
    }
    kept.name = this.#freeName(name.trim(), kept.id);
    await this.#changed(kept);
    return infoOf(kept);
  }

  async close(id: unknown): Promise<void> {
    const kept = this.#get(id);
    this.#open.delete(kept.id);
    this.#closed.set(kept.id, kept);
    this.onchange?.();
    await this.flush();
    await realDisk.remove(this.#path(kept.id));
  }

  async reopen(id: unknown): Promise<Notebook> {
    const kept = this.#closed.get(String(id));
    if (kept === undefined) throw missing();
    this.#closed.delete(kept.id);
    this.#open.set(kept.id, kept);
    await this.#changed(kept);
    return asNotebook(kept);
  }

  /** The person's file of a notebook. */
  fileOf(id: unknown): OwnFile | null {
    return this.#get(id).file;
  }

  /** From now on the notebook is that file. */
  async setFile(id: unknown, file: OwnFile): Promise<void> {
    const kept = this.#get(id);
    kept.file = file;
    await this.#changed(kept);
  }

  /** Other cells in the place of all there are; every page is told. */
  async replace(id: unknown, cells: NotebookCell[], metadata: JsonObject): Promise<void> {
    const kept = this.#get(id);
    kept.metadata = metadata;
    const { revision } = kept.document;
    await this.write({ id, base: revision, order: cells.map((cell) => cell.id), cells });
  }

  /** The notebook as a file for elsewhere: without what only this session knows. */
  ipynb(id: unknown): string {
    const kept = this.#get(id);
    return serialiseIpynb(this.#cells(kept), kept.metadata);
  }

  /** Resolves when the disk holds everything. */
  async flush(): Promise<void> {
    while (this.#writing !== null) await this.#writing.catch(() => undefined);
  }

  #get(id: unknown): Kept {
    const kept = typeof id === 'string' ? this.#open.get(id) : undefined;
    if (kept === undefined) throw missing();
    return kept;
  }

  #keep({ cells, ...given }: Omit<Kept, 'json' | 'document'> & { cells: NotebookCell[] }): Kept {
    const kept = { ...given, document: new NotebookDocument(cells), json: new WeakMap<NotebookCell, string>() };
    this.#open.set(kept.id, kept);
    return kept;
  }

  #path(id: string): string {
    return join(this.#folder, `${id}.ipynb`);
  }

  #cells({ document, json }: Kept): string[] {
    return document.cells.map((cell) => {
      const text = json.get(cell) ?? serialiseCell(cell);
      json.set(cell, text);
      return text;
    });
  }

  #freeName(wanted: string, except: string): string {
    const taken = new Set([...this.#open.values()].filter((kept) => kept.id !== except).map((kept) => kept.name));
    if (!taken.has(wanted)) return wanted;
    const stem = wanted.replace(/ \d+$/, '');
    for (let number = 2; ; number++) if (!taken.has(`${stem} ${number}`)) return `${stem} ${number}`;
  }

  /** The list changed, which every page shows. */
  async #changed(kept: Kept): Promise<void> {
    this.onchange?.();
    await this.#save(kept);
  }

  async #save(kept: Kept): Promise<void> {
    this.#dirty.add(kept.id);
    // Those that come while a file is written share the next one.
    while (this.#dirty.has(kept.id)) {
      this.#writing ??= this.#writeDirty().finally(() => (this.#writing = null));
      await this.#writing;
    }
  }

  async #writeDirty(): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    for (const id of [...this.#dirty]) {
      const kept = this.#open.get(id);
      this.#dirty.delete(id);
      if (kept === undefined) continue;
      const { name, order, metadata, file } = kept;
      const text = serialiseIpynb(this.#cells(kept), {
        ...metadata,
        [ourKey]: { name, order, ...(file === null ? {} : { file: { ...file } }) },
      });
      try {
        await realDisk.write(this.#path(id), [new TextEncoder().encode(text)], true);
      } catch (error) {
        throw new AppError('io', `The notebook ${name} could not be saved`, {
          hint: 'Its session folder cannot be written. Saving is tried again with the next change.',
          cause: error,
        });
      }
    }
  }
}

const infoOf = ({ id, name, file }: Kept): NotebookInfo => ({ id, name, file: file?.name ?? null });

function ownFileOf(value: unknown): OwnFile | null {
  if (!isObject(value)) return null;
  const { path, name, stamp } = value;
  return typeof path === 'string' && typeof name === 'string' && typeof stamp === 'string'
    ? { path, name, stamp }
    : null;
}

function asNotebook(kept: Kept): Notebook {
  const { document, metadata } = kept;
  return { ...infoOf(kept), revision: document.revision, cells: [...document.cells], metadata, notes: [] };
}

function missing(): AppError {
  return new AppError('value', 'This notebook is no longer open', { argument: 'id' });
}
