/** A cell that another view wants shown: the grid goes to it when it is next on screen. */
import type { ArrayId, Variable } from '#shared/contract.ts';
import { layout } from './layout.svelte.ts';

class Reveal {
  #wanted = $state.raw<{ id: ArrayId; row: number; column: number } | null>(null);

  /** Opens the grid of a variable at a cell. */
  cell(variable: Variable, row: number, column: number): void {
    this.#wanted = { id: variable.id, row, column };
    layout.showView(variable, 'grid');
  }

  /** The cell wanted of that array, null when none is; a rune, so the grid may read it in an effect. */
  wantedOf(id: ArrayId): { row: number; column: number } | null {
    return this.#wanted?.id === id ? this.#wanted : null;
  }

  /** Says that the grid went there. */
  done(): void {
    this.#wanted = null;
  }
}

export const reveal = new Reveal();
