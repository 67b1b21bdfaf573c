/**
 * What this page knows of a notebook as the compute process holds it: so that it sends only what it changed, and keeps
 * what it changed when another window changed something else.
 */
import type { CellPatch, Json, Notebook, NotebookCell, NotebookChange } from '#shared/notebook.ts';

type Field = Exclude<keyof NotebookCell, 'id'>;
const fields: Field[] = ['type', 'source', 'execution_count', 'outputs', 'metadata', 'attachments'];
const ofARun: ReadonlySet<Field> = new Set<Field>(['execution_count', 'outputs']);

export class NotebookSync {
  revision: number;
  #order: readonly string[];
  readonly #cells = new Map<string, NotebookCell>();

  constructor({ revision, cells }: Pick<Notebook, 'revision' | 'cells'>) {
    this.revision = revision;
    this.#order = cells.map((cell) => cell.id);
    for (const cell of cells) this.#cells.set(cell.id, cell);
  }

  /**
   * The fields of a cell that are not as the compute process has them; null when there is none.
   * @param outputs false while it runs: its outputs are kept where it runs.
   */
  patch(cell: NotebookCell, outputs = true): CellPatch | null {
    const known = this.#cells.get(cell.id);
    if (known === undefined) return cell;
    const changed = fields.filter((field) => (outputs || !ofARun.has(field)) && !same(cell[field], known[field]));
    if (changed.length === 0) return null;
    return { id: cell.id, ...Object.fromEntries(changed.map((field) => [field, cell[field]])) };
  }

  sent(order: readonly string[], cells: readonly CellPatch[]): void {
    this.#order = order;
    for (const cell of cells) this.holds(cell.id, cell);
  }

  /** The compute process has these fields now. */
  holds(id: string, cell: Partial<NotebookCell>): void {
    const known = this.#cells.get(id);
    if (known !== undefined || isWhole(cell)) this.#cells.set(id, { ...(known as NotebookCell), ...cell });
  }

  /** It is not known whether these arrived. */
  forget(ids: readonly string[]): void {
    for (const id of ids) this.#cells.delete(id);
  }

  reached(revision: number): void {
    this.revision = Math.max(this.revision, revision);
  }

  /** A process that began anew holds what its disk held: nothing is taken for granted. */
  begin(revision: number): void {
    this.revision = revision;
    this.#cells.clear();
  }

  /** Of another window's cell the fields that were not changed here meanwhile; none when that is not known. */
  untouched(mine: NotebookCell, theirs: Partial<NotebookCell>): Partial<NotebookCell> {
    const known = this.#cells.get(mine.id);
    if (known === undefined) return {};
    return Object.fromEntries(
      Object.entries(theirs).filter(([field]) => field !== 'id' && same(mine[field as Field], known[field as Field])),
    );
  }

  /** Both have written in the cell since they agreed, and not the same. */
  contradicts(mine: NotebookCell, theirs: NotebookCell): boolean {
    const known = this.#cells.get(mine.id)?.source;
    if (known === undefined || theirs.source.trim() === '') return false;
    return known !== mine.source && known !== theirs.source && mine.source !== theirs.source;
  }

  took({ revision, order, cells }: NotebookChange): void {
    this.reached(revision);
    this.#order = order;
    for (const cell of cells) this.#cells.set(cell.id, cell);
  }

  /**
   * The other's order with what was moved, made or deleted here and not sent yet. What it deleted goes, unless it is
   * among the `unsent`.
   * @example sync.order(['a', 'new', 'b'], ['a', 'b', 'mine']); // where a and b are known: ['a', 'new', 'b', 'mine']
   */
  order(theirs: readonly string[], mine: readonly string[], unsent: ReadonlySet<string> = new Set()): string[] {
    const stillThere = new Set(theirs);
    const known = new Set(this.#order.filter((id) => stillThere.has(id) || !unsent.has(id)));
    const has = new Set(mine);
    const moved = this.#order.filter((id) => has.has(id)).join() !== mine.filter((id) => known.has(id)).join();
    // What was deleted here, and not sent yet, stays away.
    const base = moved
      ? merged(
          mine.filter((id) => !known.has(id) || stillThere.has(id)),
          theirs.filter((id) => !known.has(id)),
          theirs,
        )
      : theirs.filter((id) => has.has(id) || !known.has(id));
    return merged(
      base,
      mine.filter((id) => !known.has(id)),
      mine,
    );
  }
}

/** `base` with more, each behind what it is behind in `places`. */
function merged(base: readonly string[], more: readonly string[], places: readonly string[]): string[] {
  const result = [...base];
  const has = new Set(base);
  for (const id of more) {
    if (has.has(id)) continue;
    let at = places.indexOf(id) - 1;
    while (at >= 0 && !has.has(places[at])) at--;
    result.splice(at < 0 ? 0 : result.indexOf(places[at]) + 1, 0, id);
    has.add(id);
  }
  return result;
}

const isWhole = (cell: Partial<NotebookCell>): cell is NotebookCell => fields.every((field) => field in cell);

/** Lists of outputs are made anew with every change; the small rest is compared by what it holds. */
function same(a: NotebookCell[Field], b: NotebookCell[Field]): boolean {
  if (a === b) return true;
  if (Array.isArray(a) || Array.isArray(b) || typeof a !== 'object' || typeof b !== 'object') {
    return Array.isArray(a) && Array.isArray(b) && a.length === 0 && b.length === 0;
  }
  return JSON.stringify(a) === JSON.stringify(b satisfies Json);
}
