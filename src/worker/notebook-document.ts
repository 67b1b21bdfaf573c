import { AppError } from '#shared/errors.ts';
import type { CellPatch, NotebookCell, NotebookChange } from '#shared/notebook.ts';
import { isObject, newCellId } from './notebook-ipynb.ts';

/** At which revision a cell came, its text was written last, and anything of it changed last. */
interface Stamp {
  added: number;
  source: number;
  changed: number;
}

/** Deleted cells that are remembered, for a window that still writes in one. */
const mostRemoved = 200;

export type Merged = Omit<NotebookChange, 'id'>;

/**
 * The cells of one notebook, which several windows write: each change says against which revision it was made, and
 * nothing that another window did since is undone by it.
 */
export class NotebookDocument {
  cells: readonly NotebookCell[];
  /** Begins with the time, so that a page sees whether its own is of an earlier process. */
  revision: number;
  readonly #begun: number;
  readonly #stamps = new Map<string, Stamp>();
  readonly #removed = new Map<string, NotebookCell>();

  constructor(cells: readonly NotebookCell[], begun = Date.now()) {
    this.cells = cells;
    this.revision = begun;
    this.#begun = begun;
  }

  get order(): string[] {
    return this.cells.map((cell) => cell.id);
  }

  /**
   * Takes what a window changed since `base`.
   * @returns what other windows are told, and whether the result differs from what the window that wrote has.
   * @throws AppError `value` for what is no change of cells.
   */
  write(base: number, order: readonly string[], patches: readonly unknown[]): { change: Merged; differs: boolean } {
    const checked = patches.map((patch) => this.#checked(patch));
    const revision = this.revision + 1;
    const known = new Map(this.cells.map((cell) => [cell.id, cell]));
    const changed = new Set<string>();
    const beside = new Map<string, NotebookCell>();
    for (const patch of checked) {
      const before = known.get(patch.id) ?? this.#removed.get(patch.id);
      const stamp = this.#stamp(patch.id);
      const after = before === undefined ? (patch as NotebookCell) : { ...before, ...patch };
      if (before !== undefined && after.source !== before.source && stamp.source > base && before.source.trim() !== '')
        beside.set(patch.id, { ...before, id: newCellId(), outputs: [], execution_count: null });
      if (!known.has(patch.id)) stamp.added = revision;
      if (after.source !== before?.source) stamp.source = revision;
      stamp.changed = revision;
      known.set(patch.id, after);
      changed.add(patch.id);
    }
    const mine = order.filter((id) => known.has(id));
    const wanted = [...mine];
    const has = new Set(wanted);
    // Cells that came since the window looked stand where they stood: behind the one they were behind.
    let previous = -1;
    for (const { id } of this.cells) {
      if (has.has(id)) previous = wanted.indexOf(id);
      else if (this.#stamp(id).added > base) {
        wanted.splice(++previous, 0, id);
        has.add(id);
      }
    }
    for (const [id, copy] of beside) {
      known.set(copy.id, copy);
      this.#stamps.set(copy.id, { added: revision, source: revision, changed: revision });
      changed.add(copy.id);
      wanted.splice(wanted.indexOf(id) + 1, 0, copy.id);
    }
    this.#keep(wanted.map((id) => known.get(id)!));
    this.revision = revision;
    const cells = this.cells.filter((cell) => changed.has(cell.id));
    return {
      change: { revision, order: wanted, cells },
      differs: beside.size > 0 || wanted.length !== order.length || wanted.some((id, at) => id !== order[at]),
    };
  }

  /** What a run puts into a cell; null when the cell is not there (any more). */
  put(id: string, fields: Partial<Pick<NotebookCell, 'outputs' | 'execution_count'>>): Merged | null {
    const at = this.cells.findIndex((cell) => cell.id === id);
    const before = this.cells[at];
    if (before === undefined) return null;
    const after = { ...before, ...fields };
    this.cells = this.cells.with(at, after);
    this.#stamp(id).changed = ++this.revision;
    return { revision: this.revision, order: this.order, cells: [after] };
  }

  /** What happened after `since`; all that a page of this process does not know. */
  changes(since: number): Merged & { restarted: boolean } {
    return {
      revision: this.revision,
      order: this.order,
      cells: this.cells.filter((cell) => this.#stamp(cell.id).changed > since),
      restarted: since < this.#begun,
    };
  }

  #keep(cells: readonly NotebookCell[]): void {
    const kept = new Set(cells.map((cell) => cell.id));
    for (const cell of this.cells) if (!kept.has(cell.id)) this.#removed.set(cell.id, cell);
    for (const id of kept) this.#removed.delete(id);
    for (const id of this.#removed.keys()) {
      if (this.#removed.size <= mostRemoved) break;
      this.#removed.delete(id);
    }
    this.cells = cells;
  }

  #stamp(id: string): Stamp {
    let stamp = this.#stamps.get(id);
    if (stamp === undefined) {
      stamp = { added: 0, source: 0, changed: 0 };
      this.#stamps.set(id, stamp);
    }
    return stamp;
  }

  /** Of a cell that is known the fields that are given; of any other a whole one. */
  #checked(given: unknown): CellPatch {
    const patch = isPatch(given) ? given : {};
    const id = typeof patch.id === 'string' ? patch.id : '';
    const before = this.cells.find((cell) => cell.id === id) ?? this.#removed.get(id);
    const [cell] = checkCells([{ ...before, ...patch }]);
    if (before === undefined) return cell;
    const fields = Object.entries(cell).filter(([key]) => Object.hasOwn(patch, key));
    return { ...Object.fromEntries(fields), id };
  }
}

const isPatch = (given: unknown): given is Partial<NotebookCell> =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

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
