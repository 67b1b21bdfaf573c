/** One notebook as it is worked on: its cells, which of them are selected, and what can be done with them. */
import type { CellType, Notebook, NotebookChange } from '#shared/notebook.ts';
import { compute } from '../compute-client.ts';
import { notices } from '../state/notices.svelte.ts';
import { CellModel } from './cell-model.svelte.ts';
import { NotebookSync } from './notebook-sync.ts';
import { withoutPrompts } from './pasted-code.ts';

const saveAfterMs = 400;
const retryAfterMs = 3000;

interface Snapshot {
  label: string;
  cells: readonly CellModel[];
  active: string | null;
  /** Of the cells that the step changed. */
  texts: { cell: CellModel; type: CellType; source: string }[];
}

/** What was cut or copied; it is pasted into any notebook. */
let clipboard: CellModel[] = [];

export class NotebookModel {
  readonly id: string;
  name = $state('');
  cells = $state.raw<readonly CellModel[]>([]);
  activeId = $state<string | null>(null);
  /** The other end of the selection. */
  #anchorId = $state<string | null>(null);
  mode = $state<'command' | 'edit'>('command');
  #undo = $state.raw<readonly Snapshot[]>([]);
  #redo: Snapshot[] = [];
  readonly #dirty = new Set<CellModel>();
  #orderChanged = false;
  readonly #sync: NotebookSync;
  /** Texts of another window that stand beside what was written here at the same time. */
  readonly #theirs = new Map<string, CellModel>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> | null = null;
  /** False while the disk is behind what is shown. */
  saved = $state(true);

  constructor(notebook: Notebook) {
    this.id = notebook.id;
    this.name = notebook.name;
    this.#sync = new NotebookSync(notebook);
    this.cells = notebook.cells.map((cell) => this.#adopt(new CellModel(cell)));
    this.activeId = this.#anchorId = this.cells[0]?.id ?? null;
  }

  get active(): CellModel | null {
    return this.cells.find((cell) => cell.id === this.activeId) ?? null;
  }

  get activeIndex(): number {
    return this.cells.findIndex((cell) => cell.id === this.activeId);
  }

  /** The selected cells: the active one, or all from it to where Shift began. */
  get selected(): CellModel[] {
    const [from, to] = this.#range();
    return this.cells.slice(from, to + 1);
  }

  isSelected(cell: CellModel): boolean {
    const [from, to] = this.#range();
    const at = this.cells.indexOf(cell);
    return at >= from && at <= to;
  }

  get undoLabel(): string | null {
    return this.#undo.at(-1)?.label ?? null;
  }

  #range(): [number, number] {
    const at = this.activeIndex;
    const anchor = this.cells.findIndex((cell) => cell.id === this.#anchorId);
    return anchor < 0 ? [at, at] : [Math.min(at, anchor), Math.max(at, anchor)];
  }

  activate(cell: CellModel, mode: 'command' | 'edit' = this.mode, extend = false): void {
    this.activeId = cell.id;
    if (!extend) this.#anchorId = cell.id;
    this.mode = mode;
    if (mode === 'edit' && cell.type === 'markdown') cell.writing = true;
  }

  move(step: number, extend = false): void {
    const next = this.cells[Math.max(0, Math.min(this.cells.length - 1, this.activeIndex + step))];
    if (next !== undefined) this.activate(next, 'command', extend);
  }

  /** A new cell above or below the active one, at the end when there is none. */
  insert(where: 'above' | 'below', type: CellType = 'code', source = ''): CellModel {
    const cell = CellModel.of(type, source);
    const at = this.activeIndex < 0 ? this.cells.length : this.activeIndex + (where === 'below' ? 1 : 0);
    this.#step('Insert cell', [...this.cells.slice(0, at), cell, ...this.cells.slice(at)]);
    this.activate(cell, this.mode);
    return cell;
  }

  /** A starter's cells in the place of an empty notebook's one. */
  startWith(cells: readonly { type: CellType; source: string }[]): void {
    const kept = this.cells.filter((cell) => cell.source.trim() !== '');
    const made = cells.map(({ type, source }) => CellModel.of(type, source));
    this.#step('Begin with an example', [...kept, ...made]);
    const first = made.find((cell) => cell.type === 'code') ?? made[0];
    if (first !== undefined) this.activate(first, 'command');
  }

  /** Pasted text as a cell below; an empty one takes it. */
  insertPasted(text: string): void {
    const source = withoutPrompts(text).replace(/\r\n?/g, '\n').trimEnd();
    const cell = this.active;
    if (cell !== null && cell.source.trim() === '') cell.setSource(source);
    else this.insert('below', 'code', source);
  }

  /** Deletes the selected cells; an empty one takes the place of the last. */
  remove(): void {
    const gone = new Set(this.selected);
    if (gone.size === 0) return;
    const [from] = this.#range();
    const rest = this.cells.filter((cell) => !gone.has(cell));
    this.#step(gone.size === 1 ? 'Delete cell' : `Delete ${gone.size} cells`, rest);
    const next = rest[Math.min(from, rest.length - 1)];
    if (next !== undefined) this.activate(next, 'command');
    else this.activeId = this.#anchorId = null;
  }

  copy(): void {
    clipboard = this.selected.map((cell) => cell.copy());
  }

  cut(): void {
    this.copy();
    this.remove();
  }

  get canPaste(): boolean {
    return clipboard.length > 0;
  }

  paste(where: 'above' | 'below' = 'below'): void {
    this.#insertAll('Paste cells', clipboard, where);
  }

  duplicate(): void {
    this.#insertAll('Duplicate', this.selected, 'below');
  }

  #insertAll(label: string, given: readonly CellModel[], where: 'above' | 'below'): void {
    if (given.length === 0) return;
    const copies = given.map((cell) => cell.copy());
    const [from, to] = this.#range();
    const at = where === 'below' ? to + 1 : Math.max(0, from);
    this.#step(label, [...this.cells.slice(0, at), ...copies, ...this.cells.slice(at)]);
    const last = copies.at(-1);
    if (last !== undefined) this.activate(last, 'command');
  }

  /** Moves the selected cells by one place. */
  shift(step: -1 | 1): void {
    const [from, to] = this.#range();
    if (from < 0) return;
    this.moveTo(this.selected, step < 0 ? from - 1 : to + 2);
  }

  /** Moves cells before the one that is at `index` now. */
  moveTo(moving: readonly CellModel[], index: number): void {
    if (index < 0 || index > this.cells.length) return;
    const before = this.cells.slice(0, index).filter((cell) => !moving.includes(cell));
    const after = this.cells.slice(index).filter((cell) => !moving.includes(cell));
    const cells = [...before, ...moving, ...after];
    if (cells.every((cell, at) => cell === this.cells[at])) return;
    this.#step('Move cell', cells);
  }

  setType(type: CellType): void {
    const changing = this.selected.filter((cell) => cell.type !== type);
    if (changing.length === 0) return;
    this.#step('Change the kind of a cell', this.cells, changing);
    for (const cell of changing) {
      cell.type = type;
      cell.writing = type === 'markdown';
      cell.touch();
    }
  }

  /** Makes a heading of `level` of the active cell. */
  setHeading(level: number): void {
    this.setType('markdown');
    const cell = this.active;
    if (cell === null) return;
    cell.setSource(`${'#'.repeat(level)} ${cell.source.replace(/^#+\s*/, '')}`);
  }

  /** Two cells of one, parted where the cursor is. */
  split(): void {
    const cell = this.active;
    if (cell === null) return;
    const at = cell.cursor?.() ?? cell.source.length;
    const second = CellModel.of(cell.type, cell.source.slice(at).replace(/^\n/, ''));
    const index = this.activeIndex;
    this.#step('Split cell', [...this.cells.slice(0, index + 1), second, ...this.cells.slice(index + 1)], [cell]);
    cell.setSource(cell.source.slice(0, at).replace(/\n$/, ''));
    this.activate(second, 'edit');
  }

  /** The selected cells as one; a single one takes the next one in. */
  merge(): void {
    let merging = this.selected;
    if (merging.length === 1) merging = this.cells.slice(this.activeIndex, this.activeIndex + 2);
    const [first, ...rest] = merging;
    if (first === undefined || rest.length === 0) return;
    const source = merging.map((cell) => cell.source).join('\n\n');
    this.#step(
      'Merge cells',
      this.cells.filter((cell) => !rest.includes(cell)),
      [first],
    );
    first.setSource(source);
    this.activate(first, 'command');
  }

  /** Other texts for some cells, as one step. */
  rewrite(label: string, texts: ReadonlyMap<CellModel, string>): void {
    this.#step(label, this.cells, [...texts.keys()]);
    for (const [cell, text] of texts) cell.setSource(text);
  }

  clearOutputs(cells: readonly CellModel[] = this.cells): void {
    for (const cell of cells) if (cell.outputs.length > 0 || cell.executionCount !== null) cell.clearOutputs();
  }

  undo(): string | null {
    const step = this.#undo.at(-1);
    if (step === undefined) return null;
    this.#undo = this.#undo.slice(0, -1);
    this.#redo.push(this.#restore(step));
    return step.label;
  }

  redo(): string | null {
    const step = this.#redo.pop();
    if (step === undefined) return null;
    this.#undo = [...this.#undo, this.#restore(step)];
    return step.label;
  }

  /** Puts a step's cells in place and gives what was there. */
  #restore({ label, cells, active, texts }: Snapshot): Snapshot {
    const now = this.#snapshot(
      label,
      texts.map((text) => text.cell),
    );
    this.cells = cells;
    for (const { cell, type, source } of texts) {
      cell.type = type;
      cell.source = source;
    }
    for (const cell of cells) this.#dirty.add(this.#adopt(cell));
    this.#ordered();
    const shown = cells.find((cell) => cell.id === active) ?? cells[0];
    if (shown !== undefined) this.activate(shown, 'command');
    return now;
  }

  #snapshot(label: string, changing: readonly CellModel[]): Snapshot {
    const texts = changing.map((cell) => ({ cell, type: cell.type, source: cell.source }));
    return { label, cells: this.cells, active: this.activeId, texts };
  }

  #step(label: string, cells: readonly CellModel[], changing: readonly CellModel[] = []): void {
    this.#undo = [...this.#undo.slice(-99), this.#snapshot(label, changing)];
    this.#redo = [];
    const known = new Set(this.cells);
    this.cells = cells;
    for (const cell of cells) if (!known.has(cell)) this.#dirty.add(this.#adopt(cell));
    this.#ordered();
  }

  #adopt(cell: CellModel): CellModel {
    cell.ontouch = (touched) => {
      this.#dirty.add(touched);
      this.#schedule(saveAfterMs);
    };
    return cell;
  }

  #ordered(): void {
    this.#orderChanged = true;
    this.#schedule(saveAfterMs);
  }

  #schedule(after: number): void {
    this.saved = false;
    this.#timer ??= setTimeout(() => void this.flush(), after);
  }

  /** The notebook holds a run's outputs already; they need not be sent. */
  holds(cell: CellModel): void {
    const { id, outputs, execution_count } = cell.data();
    this.#sync.holds(id, { outputs, execution_count });
  }

  /**
   * Takes over what another window, or a cell that runs, changed; what was changed here and not sent yet stays. Where
   * both wrote in one cell, the other's text becomes a cell of its own below.
   */
  accept(change: NotebookChange): void {
    if (change.revision <= this.#sync.revision) return;
    const known = new Map(this.cells.map((cell) => [cell.id, cell]));
    const before = this.cells.map((cell) => cell.id);
    const beside: [CellModel, string][] = [];
    for (const cell of change.cells) {
      const model = known.get(cell.id);
      if (model === undefined) {
        known.set(cell.id, this.#adopt(new CellModel(cell)));
        continue;
      }
      // Where it runs is where its outputs are known first.
      const { outputs: _outputs, execution_count: _count, ...rest } = cell;
      const fields = model.run !== 'idle' && !model.elsewhere ? rest : cell;
      const mine = model.data();
      if (this.#sync.contradicts(mine, cell)) beside.push([model, cell.source]);
      model.take(this.#sync.untouched(mine, fields));
    }
    const order = this.#sync.order(change.order, before, new Set([...this.#dirty].map((cell) => cell.id)));
    this.#sync.took(change);
    for (const [model, theirs] of beside) {
      const copy = this.#theirs.get(model.id);
      if (copy !== undefined && order.includes(copy.id)) {
        copy.setSource(theirs);
        continue;
      }
      const made = this.#adopt(CellModel.of(model.type, theirs));
      this.#theirs.set(model.id, made);
      known.set(made.id, made);
      order.splice(order.indexOf(model.id) + 1, 0, made.id);
      made.touch();
    }
    if (order.join() === before.join()) return;
    const { activeIndex } = this;
    this.cells = order.flatMap((id) => known.get(id) ?? []);
    // Steps back would take the other window's cells away.
    this.#undo = [];
    this.#redo = [];
    if (this.active === null) {
      const next = this.cells[Math.max(0, Math.min(activeIndex, this.cells.length - 1))];
      this.activeId = this.#anchorId = next?.id ?? null;
    }
  }

  /** After the line was down: what happened meanwhile, or, to a process that began anew, all there is here. */
  async catchUp(): Promise<void> {
    const { restarted, ...change } = await compute('notebook.changes', { id: this.id, since: this.#sync.revision });
    if (!restarted) {
      this.accept(change);
      return;
    }
    this.#sync.begin(change.revision);
    for (const cell of this.cells) this.#dirty.add(cell);
    this.#ordered();
  }

  /** Sends what changed to the session; resolves when its disk holds it. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#saving !== null) await this.#saving;
    if (this.#dirty.size === 0 && !this.#orderChanged) return;
    this.#saving = this.#write().finally(() => (this.#saving = null));
    await this.#saving;
  }

  async #write(): Promise<void> {
    const changed = [...this.#dirty];
    this.#dirty.clear();
    this.#orderChanged = false;
    const inNotebook = new Set(this.cells);
    const order = this.cells.map((cell) => cell.id);
    const cells = changed
      .filter((cell) => inNotebook.has(cell))
      .flatMap((cell) => this.#sync.patch(cell.data(), cell.run === 'idle') ?? []);
    const base = this.#sync.revision;
    this.#sync.sent(order, cells);
    try {
      this.#sync.reached((await compute('notebook.write', { id: this.id, base, order, cells })).revision);
      notices.dismissSubject(`notebook-${this.id}`);
      this.saved = this.#dirty.size === 0 && !this.#orderChanged;
    } catch (error) {
      this.#sync.forget(cells.map((cell) => cell.id));
      for (const cell of changed) this.#dirty.add(cell);
      this.#orderChanged = true;
      this.#schedule(retryAfterMs);
      notices.failAbout(`notebook-${this.id}`, `${this.name} is not saved yet`, error);
    }
  }
}
