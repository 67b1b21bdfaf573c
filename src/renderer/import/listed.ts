/** A reply can overtake the event that lists its variable; a dialog closes when what it made is there. */
import type { ArrayId } from '#shared/contract.ts';
import { workspace } from '../state/workspace.svelte.ts';

const patienceMs = 1500;

/** Waits until the workspace lists a variable, but not long: the selection follows in any case. */
export async function listed(id: ArrayId): Promise<void> {
  const until = performance.now() + patienceMs;
  while (!workspace.variables.some((variable) => variable.id === id) && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
