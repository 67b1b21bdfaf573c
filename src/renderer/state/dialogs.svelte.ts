/** Which of the frame's own dialogs is open; one at a time. */
import type { Variable } from '#shared/contract.ts';

export type OpenDialog =
  | { kind: 'new-matrix' }
  | { kind: 'samples' }
  | { kind: 'shortcuts' }
  | { kind: 'about' }
  /** A new formula, or the one of that variable. */
  | { kind: 'formula'; name: string | null }
  | { kind: 'save'; variable: Variable };

class Dialogs {
  open = $state.raw<OpenDialog | null>(null);
  palette = $state(false);
  /** Id of the variable whose name is being edited in the workspace panel. */
  renaming = $state<string | null>(null);

  close(): void {
    this.open = null;
  }
}

export const dialogs = new Dialogs();
