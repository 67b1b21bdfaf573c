/** The commands of the frame itself: files, undo, variables, views, panels, theme, help. */
import type { Variable } from '#shared/contract.ts';
import { registerCommands, type Command } from '../commands.svelte.ts';
import { shell } from '../shell.ts';
import { dialogs } from '../state/dialogs.svelte.ts';
import { layout } from '../state/layout.svelte.ts';
import { place } from '../state/place.svelte.ts';
import { opening } from '../state/opening.svelte.ts';
import { settings } from '../state/settings.svelte.ts';
import { workspace } from '../state/workspace.svelte.ts';
import { views, viewsOf } from '../views.ts';
import { pasteToFocus, sendToFocus } from './clipboard.ts';
import { clearWorkspace, deleteVariable, duplicateVariable, redo, undo } from './variable-actions.ts';

/** The view that factors: of a picture its channels, of a matrix itself. */
const svdView = (variable: Variable) => viewsOf(variable).find((view) => view.id === 'image' || view.id === 'factor');

const hasSelection = () => workspace.selected !== null;

/** For what needs a variable; menus disable it otherwise. */
function withSelected(run: (variable: NonNullable<typeof workspace.selected>) => void | Promise<void>) {
  return () => (workspace.selected === null ? undefined : run(workspace.selected));
}

const fileCommands: Command[] = [
  {
    id: 'file.new',
    title: 'New matrix…',
    menu: 'File',
    group: 10,
    // Browsers keep Ctrl+N for themselves.
    keys: shell.kind === 'electron' ? ['Ctrl+N', 'Alt+N'] : ['Alt+N', 'Ctrl+N'],
    run: () => {
      dialogs.open = { kind: 'new-matrix' };
    },
  },
  {
    id: 'file.open',
    title: 'Open…',
    menu: 'File',
    group: 10,
    keys: 'Ctrl+O',
    whileTyping: true,
    run: () => opening.choose(),
  },
  {
    id: 'file.open-sample',
    title: 'Open sample…',
    menu: 'File',
    group: 10,
    keys: 'Alt+O',
    run: () => {
      dialogs.open = { kind: 'samples' };
    },
  },
  {
    id: 'file.save',
    title: 'Save as…',
    menu: 'File',
    group: 20,
    keys: ['Ctrl+S', 'Ctrl+Shift+S'],
    whileTyping: true,
    enabled: hasSelection,
    run: withSelected((variable) => {
      dialogs.open = { kind: 'save', variable };
    }),
  },
  {
    id: 'file.clear',
    title: 'Close everything',
    menu: 'File',
    group: 30,
    enabled: () => workspace.variables.length > 0,
    run: clearWorkspace,
  },
];

const editCommands: Command[] = [
  {
    id: 'edit.undo',
    title: () => (workspace.state.undo === null ? 'Undo' : `Undo: ${workspace.state.undo}`),
    menu: 'Edit',
    group: 10,
    keys: 'Ctrl+Z',
    enabled: () => workspace.state.undo !== null,
    run: undo,
  },
  {
    id: 'edit.redo',
    title: () => (workspace.state.redo === null ? 'Redo' : `Redo: ${workspace.state.redo}`),
    menu: 'Edit',
    group: 10,
    keys: ['Ctrl+Shift+Z', 'Ctrl+Y'],
    enabled: () => workspace.state.redo !== null,
    run: redo,
  },
  {
    id: 'edit.cut',
    title: 'Cut',
    menu: 'Edit',
    group: 20,
    keys: 'Ctrl+X',
    native: true,
    hidden: true,
    run: () => sendToFocus('cut'),
  },
  {
    id: 'edit.copy',
    title: 'Copy',
    menu: 'Edit',
    group: 20,
    keys: 'Ctrl+C',
    native: true,
    hidden: true,
    run: () => sendToFocus('copy'),
  },
  { id: 'edit.paste', title: 'Paste', menu: 'Edit', group: 20, keys: 'Ctrl+V', native: true, run: pasteToFocus },
];

const variableCommands: Command[] = [
  {
    id: 'linalg.svd',
    title: 'SVD',
    menu: 'Matrix',
    group: 10,
    keys: 'Alt+S',
    whileTyping: true,
    enabled: () => workspace.selected !== null && svdView(workspace.selected) !== undefined,
    run: withSelected((variable) => {
      const view = svdView(variable);
      place.showVariable();
      if (view !== undefined) layout.showView(variable, view.id);
    }),
  },
  {
    id: 'variable.rename',
    title: 'Rename',
    menu: 'Matrix',
    group: 80,
    keys: 'F2',
    enabled: hasSelection,
    run: withSelected((variable) => {
      if (!layout.isOpen('workspace')) layout.toggle('workspace');
      dialogs.renaming = variable.id;
    }),
  },
  {
    id: 'variable.duplicate',
    title: 'Duplicate',
    menu: 'Matrix',
    group: 80,
    keys: 'Ctrl+Shift+D',
    enabled: hasSelection,
    run: withSelected(duplicateVariable),
  },
  {
    id: 'variable.delete',
    title: 'Delete',
    menu: 'Matrix',
    group: 80,
    // Plain Delete empties cells in the grid; the workspace panel takes it for itself.
    keys: 'Ctrl+Shift+Delete',
    enabled: hasSelection,
    run: withSelected(deleteVariable),
  },
];

const tabKeys = (index: number): string[] => [`Alt+${index + 1}`, `Ctrl+${index + 1}`];

const viewCommands: Command[] = [
  ...views.map((view): Command => ({
    id: `view.${view.id}`,
    title: view.title,
    menu: 'View',
    group: 10,
    keys: () => {
      const at = workspace.selected === null ? -1 : viewsOf(workspace.selected).indexOf(view);
      return at < 0 ? undefined : tabKeys(at);
    },
    whileTyping: true,
    enabled: () => workspace.selected !== null && view.applies(workspace.selected),
    checked: () =>
      place.notebook === null && workspace.selected !== null && layout.viewFor(workspace.selected) === view.id,
    run: withSelected((variable) => {
      place.showVariable();
      layout.showView(variable, view.id);
    }),
  })),
  {
    id: 'view.workspace',
    title: 'Workspace panel',
    menu: 'View',
    group: 20,
    keys: 'Ctrl+B',
    whileTyping: true,
    checked: () => layout.isOpen('workspace'),
    run: () => layout.toggle('workspace'),
  },
  {
    id: 'view.inspector',
    title: 'Inspector panel',
    menu: 'View',
    group: 20,
    keys: 'Ctrl+I',
    whileTyping: true,
    checked: () => layout.isOpen('inspector'),
    run: () => layout.toggle('inspector'),
  },
  ...(['system', 'light', 'dark'] as const).map((theme): Command => ({
    id: `view.theme-${theme}`,
    title: theme === 'system' ? 'Theme: as the system' : `Theme: ${theme}`,
    menu: 'View',
    group: 30,
    checked: () => settings.theme === theme,
    run: () => {
      settings.theme = theme;
    },
  })),
  {
    id: 'view.theme-toggle',
    title: 'Switch between light and dark',
    keys: 'Alt+T',
    run: () => {
      settings.theme = settings.shownTheme === 'dark' ? 'light' : 'dark';
    },
  },
  ...([0, 1] as const).map((base): Command => ({
    id: `view.index-${base}`,
    title: base === 0 ? 'Count rows and columns from 0' : 'Count rows and columns from 1',
    menu: 'View',
    group: 40,
    checked: () => settings.indexBase === base,
    run: () => {
      settings.indexBase = base;
    },
  })),
];

const helpCommands: Command[] = [
  {
    id: 'help.palette',
    title: 'Command palette',
    menu: 'Help',
    group: 10,
    keys: ['Ctrl+K', 'Ctrl+Shift+P'],
    whileTyping: true,
    hidden: true,
    run: () => {
      dialogs.palette = true;
    },
  },
  {
    id: 'help.shortcuts',
    title: 'Keyboard shortcuts',
    menu: 'Help',
    group: 10,
    keys: 'F1',
    run: () => {
      dialogs.open = { kind: 'shortcuts' };
    },
  },
  {
    id: 'help.about',
    title: 'About Eigenscope',
    menu: 'Help',
    group: 20,
    run: () => {
      dialogs.open = { kind: 'about' };
    },
  },
];

/** Registers them; returns the way to take them back. */
export function registerStandardCommands(): () => void {
  return registerCommands([...fileCommands, ...editCommands, ...variableCommands, ...viewCommands, ...helpCommands]);
}
