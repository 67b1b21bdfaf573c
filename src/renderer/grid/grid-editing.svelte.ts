/** What is being typed in a grid: into a cell, or as the name of a column. */
import { type AppError, fromErrorValue, toErrorValue } from '#shared/errors.ts';
import { compute } from '../compute-client.ts';
import { enterText } from './grid-edits.ts';
import type { GridModel } from './grid-model.svelte.ts';
import { moveSelection, nextCell, regionOf, selectCell, type Cell, type Selection } from './selection.ts';

export type Editing =
  | { kind: 'cell'; cell: Cell; quick: boolean; error: AppError | null; opened: number }
  | { kind: 'name'; column: number; error: AppError | null; opened: number };

export interface EditingHost {
  bringIntoSight(cell: Cell): void;
  select(selection: Selection, follow: Cell): void;
  /** The grid gets the focus; called when the field that closes had it. */
  focus(): void;
  fieldHasFocus(): boolean;
  /** The person is typing somewhere else on the page. */
  isElsewhere(): boolean;
}

export class GridEditing {
  now = $state.raw<Editing | null>(null);
  draft = $state('');
  readonly #model: GridModel;
  readonly #host: EditingHost;
  /** Counts openings: every one is a field of its own. */
  #opened = 0;

  constructor(model: GridModel, host: EditingHost) {
    this.#model = model;
    this.#host = host;
  }

  /** Opens the field on a cell: with its value, or with the first character typed. */
  edit(cell: Cell, typed: string | null, error: AppError | null = null): void {
    if (this.#model.isEmpty) return;
    this.#host.bringIntoSight(cell);
    this.draft = typed ?? this.#model.fullText(cell) ?? '';
    this.now = { kind: 'cell', cell, quick: typed !== null, error, opened: this.#opened++ };
  }

  renameColumn(column: number): void {
    const { variable, selection } = this.#model;
    if (variable.shape.length !== 2) return;
    this.#host.bringIntoSight({ row: selection.active.row, column });
    this.draft = variable.columns?.[column] ?? '';
    this.now = { kind: 'name', column, error: null, opened: this.#opened++ };
  }

  /** Typing goes on after an error: the error is gone. */
  typed(): void {
    if (this.now !== null && this.now.error !== null) this.now = { ...this.now, error: null };
  }

  /**
   * Ends editing: moves on at once, so that the next cell can be typed into, and stores the draft. If it cannot be
   * stored the field opens again with the reason, unless the person is already typing elsewhere.
   */
  commit(then: Selection | null, everywhere = false): void {
    const { now, draft: text } = this;
    const model = this.#model;
    if (now === null) return;
    this.close();
    if (now.kind === 'name') {
      const name = text.trim();
      if (name === (model.variable.columns?.[now.column] ?? '')) return;
      compute('array.rename_column', { id: model.id, column: now.column, name }).catch((error: unknown) =>
        model.fail(error),
      );
      return;
    }
    const region = everywhere ? model.region : regionOf(selectCell(now.cell));
    const unchanged = text === (model.fullText(now.cell) ?? '') && !everywhere;
    if (then !== null) this.#host.select(then, then.active);
    if (unchanged) return;
    enterText(model, region, text).catch((thrown: unknown) => {
      const error = fromErrorValue(toErrorValue(thrown));
      if (this.now !== null || this.#host.isElsewhere()) {
        model.fail(error);
        return;
      }
      if (!everywhere) model.select(selectCell(now.cell));
      this.edit(now.cell, text, error);
    });
  }

  close(): void {
    const hadFocus = this.#host.fieldHasFocus();
    this.now = null;
    if (hadFocus) this.#host.focus();
  }

  onkeydown(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.isComposing) return;
    const { key } = event;
    const { selection, extent } = this.#model;
    const step = event.shiftKey ? -1 : 1;
    if (key === 'Escape') {
      event.preventDefault();
      this.close();
    } else if (key === 'Enter') {
      event.preventDefault();
      const everywhere = event.ctrlKey || event.metaKey;
      this.commit(everywhere ? null : nextCell(selection, 'row', step, extent), everywhere);
    } else if (key === 'Tab') {
      event.preventDefault();
      this.commit(nextCell(selection, 'column', step, extent));
    } else if (this.now?.kind === 'cell' && this.now.quick && key.startsWith('Arrow')) {
      event.preventDefault();
      this.commit(moveSelection(selectCell(selection.active), { key, shift: false, control: false }, extent, 1));
    }
  }

  onblur(): void {
    // Leaving the window keeps the draft; going elsewhere on the page stores it.
    if (document.hasFocus() && this.now !== null && this.now.error === null) this.commit(null);
  }
}
