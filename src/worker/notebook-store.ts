import { mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#shared/errors.ts';
import type { JsonObject, Notebook, NotebookCell, NotebookInfo } from '#shared/notebook.ts';
import { realDisk } from './journal.ts';
import { isObject, newCellId, parseIpynb, serialiseCell, serialiseIpynb } from './notebook-ipynb.ts';

interface Kept {
  id: string;
  name: string;
  order: number;
  cells: NotebookCell[];
  metadata: JsonObject;
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
        const { name, order } = isObject(ours) ? ours : {};
        this.#keep({
          id,
          name: typeof name === 'string' && name !== '' ? name : id,
          order: typeof order === 'number' ? order : Number(id.slice(1)),
          cells,
          metadata: rest,
        });
      } catch {
        damaged.push(file);
        await rename(path, `${path}.damaged`).catch(() => undefined);
      }
    }
    return damaged;
  }

  list(): NotebookInfo[] {
    return [...this.#open.values()].sort((a, b) => a.order - b.order).map(({ id, name }) => ({ id, name }));
  }

  read(id: unknown): Notebook {
    return asNotebook(this.#get(id));
  }

  /** A new notebook; the name gets a number when it is taken. */
  async create(given: { name: string; cells: NotebookCell[]; metadata: JsonObject }): Promise<Notebook> {
    const id = `n${this.#next++}`;
    const order = Math.max(0, ...[...this.#open.values()].map((kept) => kept.order)) + 1;
    const kept = this.#keep({ ...given, id, order, name: this.#freeName(given.name, id) });
    await this.#changed(kept);
    return asNotebook(kept);
  }

  /** Takes the cells that changed, and the order of all of them. */
  async write(id: unknown, order: unknown, changed: unknown): Promise<void> {
    const kept = this.#get(id);
    const known = new Map(kept.cells.map((cell) => [cell.id, cell]));
    for (const cell of checkCells(changed)) known.set(cell.id, cell);
    if (!Array.isArray(order) || new Set(order).size !== order.length)
      throw new AppError('value', 'Expected a list of different cells', { argument: 'order' });
    const cells = (order as unknown[]).map((each) => {
      const cell = known.get(String(each));
      if (cell === undefined) throw new AppError('value', `There is no cell ${String(each)}`, { argument: 'order' });
      return cell;
    });
    kept.cells = cells;
    await this.#save(kept);
  }

  async rename(id: unknown, name: unknown): Promise<NotebookInfo> {
    const kept = this.#get(id);
    if (typeof name !== 'string' || name.trim() === '' || name.length > 200) {
      throw new AppError('value', 'A notebook needs a name', { argument: 'name' });
    }
    kept.name = this.#freeName(name.trim(), kept.id);
    await this.#changed(kept);
    return { id: kept.id, name: kept.name };
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

  #keep(given: Omit<Kept, 'json'>): Kept {
    const kept = { ...given, json: new WeakMap<NotebookCell, string>() };
    this.#open.set(kept.id, kept);
    return kept;
  }

  #path(id: string): string {
    return join(this.#folder, `${id}.ipynb`);
  }

  #cells({ cells, json }: Kept): string[] {
    return cells.map((cell) => {
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
      const { name, order, metadata } = kept;
      const text = serialiseIpynb(this.#cells(kept), { ...metadata, [ourKey]: { name, order } });
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

function asNotebook({ id, name, cells, metadata }: Kept): Notebook {
  return { id, name, cells, metadata, notes: [] };
}

function missing(): AppError {
  return new AppError('value', 'This notebook is no longer open', { argument: 'id' });
}

/** What a page sends is checked as little as is needed for a file that can be read back. */
export function checkCells(given: unknown): NotebookCell[] {
  const fail = () => new AppError('value', 'Expected cells of a notebook', { argument: 'cells' });
  if (!Array.isArray(given)) throw fail();
  return (given as Partial<NotebookCell>[]).map((cell) => {
    const { id, type, source, outputs, metadata } = cell;
    if (typeof source !== 'string' || !['code', 'markdown', 'raw'].includes(String(type))) throw fail();
    return {
      id: typeof id === 'string' && /^[\w-]{1,64}$/.test(id) ? id : newCellId(),
      type: type as NotebookCell['type'],
      source,
      execution_count: typeof cell.execution_count === 'number' ? cell.execution_count : null,
      outputs: Array.isArray(outputs) ? outputs.filter(isObject) : [],
      metadata: isObject(metadata) ? metadata : {},
      attachments: isObject(cell.attachments) ? cell.attachments : null,
    };
  });
}
