/** The workspace as the compute process tells it, and which variable the person is looking at. */
import type { ArrayId, Variable, WorkspaceState } from '#shared/contract.ts';
import { compute, connection, on } from '../compute-client.ts';
import { place } from './place.svelte.ts';
import { store, stored } from './stored.ts';

const empty: WorkspaceState = { variables: [], undo: null, redo: null, saved: true, code: [] };
const isString = (value: unknown): value is string => typeof value === 'string';

class Workspace {
  /** Null until the compute process told it the first time. */
  #state = $state.raw<WorkspaceState | null>(null);
  #selectedId = $state<ArrayId | null>(null);
  /** Chosen before it arrived: a reply can overtake the event that lists its variable. */
  #wanted: ArrayId | null = stored(
    'selected',
    null as string | null,
    (v): v is string | null => v === null || isString(v),
  );

  readonly #selected = $derived(this.variables.find((variable) => variable.id === this.#selectedId) ?? null);

  get state(): WorkspaceState {
    return this.#state ?? empty;
  }

  /** False until the first answer: nothing can be said about the workspace, not even that it is empty. */
  get known(): boolean {
    return this.#state !== null;
  }

  get variables(): Variable[] {
    return this.state.variables;
  }

  get selected(): Variable | null {
    return this.#selected;
  }

  /** Looks at a variable; null for none. One that has not been listed yet is selected once it is. */
  select(id: ArrayId | null): void {
    if (id !== null) place.showVariable();
    store('selected', id);
    if (id === null || this.variables.some((variable) => variable.id === id)) {
      this.#selectedId = id;
      this.#wanted = null;
    } else {
      this.#wanted = id;
    }
  }

  /** Selects the neighbour `step` places below (or above, if negative). */
  selectNeighbour(step: number): void {
    const at = this.variables.findIndex((variable) => variable.id === this.#selectedId);
    const next = this.variables[Math.max(0, Math.min(this.variables.length - 1, at + step))];
    if (next !== undefined) this.select(next.id);
  }

  /** Takes what the compute process says. */
  accept(state: WorkspaceState): void {
    const before = this.variables.findIndex((variable) => variable.id === this.#selectedId);
    this.#state = state;
    const has = (id: ArrayId | null) => id !== null && state.variables.some((variable) => variable.id === id);
    if (has(this.#wanted)) {
      this.#selectedId = this.#wanted;
      this.#wanted = null;
    } else if (!has(this.#selectedId)) {
      // Its neighbour, so that deleting one after another goes on in place.
      const next = state.variables[Math.min(Math.max(before, 0), state.variables.length - 1)];
      this.#selectedId = next?.id ?? null;
    }
  }

  /** Follows the compute process from now on. */
  follow(): void {
    on('workspace.changed', (state) => this.accept(state));
    connection.onHello(() => {
      // A restart comes on top of this line, which says so; there is nothing to add here.
      compute('workspace.state', {}).then(
        (state) => this.accept(state),
        () => undefined,
      );
    });
  }
}

export const workspace = new Workspace();
