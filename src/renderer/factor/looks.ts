/** How each variable was last looked at (rank, chart, mode): it opens the same way again. */
import type { ArrayId } from '#shared/contract.ts';
import { store, stored } from '../state/stored.ts';

type Look = Record<string, number | string>;
type Looks = Record<string, Look>;

const most = 60;
const isLooks = (value: unknown): value is Looks => typeof value === 'object' && value !== null;

/** What was kept for a variable in a view; empty at first. */
export function lookAt(view: string, id: ArrayId): Look {
  return stored<Looks>(`looks.${view}`, {}, isLooks)[id] ?? {};
}

/** Keeps it; the variables looked at longest ago are forgotten. */
export function keepLook(view: string, id: ArrayId, look: Look): void {
  const { [id]: before, ...others } = stored<Looks>(`looks.${view}`, {}, isLooks);
  const entries = Object.entries(others).slice(-(most - 1));
  store(`looks.${view}`, { ...Object.fromEntries(entries), [id]: { ...before, ...look } });
}
