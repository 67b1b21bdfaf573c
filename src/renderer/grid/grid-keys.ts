/** The keys of a grid while no cell is written in: where they go, what they select and change. */
import { clearCells } from './grid-edits.ts';
import type { GridEditing } from './grid-editing.svelte.ts';
import type { GridModel } from './grid-model.svelte.ts';
import { moveSelection, nextCell, selectCell, type Cell, type Selection } from './selection.ts';
import { ValueSteps } from './value-drag.ts';

export interface KeysHost {
  select(selection: Selection, follow: Cell): void;
  /** Rows in sight. */
  page(): number;
  scrollRows(rows: number): void;
  openMenu(): void;
}

export class GridKeys {
  readonly #model: GridModel;
  readonly #editing: GridEditing;
  readonly #host: KeysHost;
  readonly #steps: ValueSteps;

  constructor(model: GridModel, editing: GridEditing, host: KeysHost) {
    this.#model = model;
    this.#editing = editing;
    this.#host = host;
    this.#steps = new ValueSteps(model);
  }

  press(event: KeyboardEvent): void {
    const handled = event.altKey ? this.#step(event) : this.#act(event);
    if (handled) event.preventDefault();
  }

  #step({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
    if (ctrlKey || metaKey || (key !== 'ArrowUp' && key !== 'ArrowDown')) return false;
    return this.#steps.take(key === 'ArrowUp' ? 1 : -1, shiftKey);
  }

  #act(event: KeyboardEvent): boolean {
    const model = this.#model;
    const { key, shiftKey: shift } = event;
    const { extent, selection, region } = model;
    const control = event.ctrlKey || event.metaKey;
    const page = this.#host.page();
    const moved = moveSelection(selection, { key, shift, control }, extent, page);
    // A page moves what is seen, not only the cell.
    if (key === 'PageDown') this.#host.scrollRows(page);
    if (key === 'PageUp') this.#host.scrollRows(-page);
    const lastRow = extent.rows - 1;
    const lastColumn = extent.columns - 1;
    if (moved !== null) this.#host.select(moved, shift ? moved.reach : moved.active);
    else if (key === ' ' && control) {
      const { col0, col1 } = region;
      model.select({ active: { row: 0, column: col0 }, reach: { row: lastRow, column: col1 - 1 } });
    } else if (key === ' ' && shift) {
      const { row0, row1 } = region;
      model.select({ active: { row: row0, column: 0 }, reach: { row: row1 - 1, column: lastColumn } });
    } else if (control && key.toLowerCase() === 'a') {
      model.select({ active: { row: 0, column: 0 }, reach: { row: lastRow, column: lastColumn } });
    } else if (key === 'Enter' || key === 'F2') this.#editing.edit(selection.active, null);
    else if (key === 'Tab') {
      const next = nextCell(selection, 'column', shift ? -1 : 1, extent);
      // At the end of the matrix Tab leaves the grid, as it must for people without a mouse.
      const { row, column } = selection.active;
      if (next.active.row === row && next.active.column === column) return false;
      this.#host.select(next, next.active);
    } else if (key === 'Delete' || key === 'Backspace') {
      clearCells(model).catch((error: unknown) => model.fail(error));
    } else if (key === 'Escape') {
      if (model.note !== null) model.hush();
      else model.select(selectCell(selection.active));
    } else if (key === 'ContextMenu' || (key === 'F10' && shift)) this.#host.openMenu();
    else if (!control && key.length === 1 && key !== ' ') this.#editing.edit(selection.active, key);
    else return false;
    return true;
  }
}
