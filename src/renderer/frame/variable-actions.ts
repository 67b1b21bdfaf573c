/** What can be done with a variable as a whole. Failures are told in the frame. */
import type { Variable } from '#shared/contract.ts';
import type { FileFilter } from '#shared/shell.ts';
import { compute } from '../compute-client.ts';
import { shell } from '../shell.ts';
import { notices } from '../state/notices.svelte.ts';
import { workspace } from '../state/workspace.svelte.ts';

export type SaveFormat = 'csv' | 'tsv' | 'npy' | 'npz' | 'mtx' | 'png';

const filterOf: Record<SaveFormat, FileFilter> = {
  csv: { name: 'Comma-separated values', extensions: ['csv'] },
  tsv: { name: 'Tab-separated values', extensions: ['tsv'] },
  npy: { name: 'NumPy array', extensions: ['npy'] },
  npz: { name: 'NumPy archive', extensions: ['npz'] },
  mtx: { name: 'Matrix Market', extensions: ['mtx'] },
  png: { name: 'PNG picture', extensions: ['png'] },
};

/** The formats a variable can be saved in, the natural one first. */
export function saveFormats(variable: Variable): SaveFormat[] {
  if (variable.kind === 'image') return ['png', 'npy', 'npz'];
  return variable.shape.length <= 2 ? ['csv', 'tsv', 'npy', 'npz', 'mtx'] : ['npy', 'npz'];
}

/** Asks where to, writes the file and hands it over; says so at the end. False when the person backed out. */
export async function saveVariable(variable: Variable, format: SaveFormat): Promise<boolean> {
  const chosen = await shell.chooseSave(`${variable.name}.${format}`, [filterOf[format]]);
  if (chosen === null) return false;
  const saved = await compute('io.save', { id: variable.id, target: chosen.target, format });
  await shell.finishSave(chosen.target, saved.name);
  notices.say({ title: `Saved ${saved.name}`, text: '' });
  return true;
}

export async function duplicateVariable(variable: Variable): Promise<void> {
  const copy = await compute('workspace.duplicate', { id: variable.id });
  workspace.select(copy.id);
}

/** Deletes at once; Undo brings it back, and the message offers it. */
export async function deleteVariable(variable: Variable): Promise<void> {
  await compute('workspace.delete', { id: variable.id });
  notices.say({
    subject: 'undo',
    title: `${variable.name} deleted`,
    action: { label: 'Undo', run: undoAtOnce },
  });
}

/** Closes all variables as one step; Undo brings them back, and the message offers it. */
export async function clearWorkspace(): Promise<void> {
  await compute('workspace.clear', {});
  notices.say({ subject: 'undo', title: 'Everything closed', action: { label: 'Undo', run: undoAtOnce } });
}

function undoAtOnce(): void {
  undo().catch((error: unknown) => notices.fail('Undo', error));
}

/** Takes the last step back; what comes back with it is selected. */
export async function undo(): Promise<void> {
  const before = ids();
  const { label } = await compute('workspace.undo', {});
  if (label !== null) await tellStep('Undone', label, before);
}

/** Does again what was undone. */
export async function redo(): Promise<void> {
  const before = ids();
  const { label } = await compute('workspace.redo', {});
  if (label !== null) await tellStep('Redone', label, before);
}

const ids = (): ReadonlySet<string> => new Set(workspace.variables.map((variable) => variable.id));

async function tellStep(what: string, label: string, before: ReadonlySet<string>): Promise<void> {
  // The event with the new state may still be on its way.
  const state = await compute('workspace.state', {});
  const [returned] = state.variables.filter((variable) => !before.has(variable.id));
  workspace.accept(state);
  if (returned !== undefined) workspace.select(returned.id);
  notices.say({ subject: 'undo', title: `${what}: ${label}` });
}

export function shapeText(shape: readonly number[]): string {
  return shape.length === 0 ? 'a number' : shape.join(' × ');
}
