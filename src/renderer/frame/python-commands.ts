/** The commands of Python that are there wherever one looks: notebooks, the console, formulas. */
import { registerCommands, type Command } from '../commands.svelte.ts';
import { consoleState } from '../state/console.svelte.ts';
import { dialogs } from '../state/dialogs.svelte.ts';
import { notebooks } from '../state/notebooks.svelte.ts';
import { opening } from '../state/opening.svelte.ts';
import { place } from '../state/place.svelte.ts';
import { workspace } from '../state/workspace.svelte.ts';

const commands: Command[] = [
  {
    id: 'notebook.new',
    title: 'New notebook',
    menu: 'Python',
    group: 10,
    keys: 'Alt+M',
    whileTyping: true,
    run: async () => {
      await notebooks.create();
    },
  },
  {
    id: 'notebook.open',
    title: 'Open notebook or script…',
    menu: 'Python',
    group: 10,
    run: () => opening.choose('notebooks'),
  },
  {
    id: 'notebook.rename',
    title: 'Rename notebook',
    menu: 'Python',
    group: 10,
    enabled: () => place.notebook !== null,
    run: () => {
      notebooks.renaming = place.notebook;
    },
  },
  {
    id: 'notebook.close',
    title: 'Close notebook',
    menu: 'Python',
    group: 10,
    enabled: () => place.notebook !== null,
    run: () => (place.notebook === null ? undefined : notebooks.close(place.notebook)),
  },
  {
    id: 'view.notebook',
    title: 'Notebook',
    menu: 'View',
    group: 11,
    keys: 'Alt+0',
    whileTyping: true,
    checked: () => place.notebook !== null,
    run: async () => {
      const [first] = notebooks.list;
      if (place.notebook !== null) place.showVariable();
      else if (first === undefined) await notebooks.create();
      else place.showNotebook(notebooks.last ?? first.id);
    },
  },
  {
    id: 'view.console',
    title: 'Console',
    menu: 'View',
    group: 20,
    keys: 'Ctrl+`',
    whileTyping: true,
    checked: () => consoleState.open,
    run: () => consoleState.toggle(),
  },
  {
    id: 'formula.new',
    title: 'New formula…',
    menu: 'Matrix',
    group: 20,
    keys: 'Alt+F',
    run: () => {
      dialogs.open = { kind: 'formula', name: null };
    },
  },
  {
    id: 'formula.edit',
    title: () => (workspace.selected?.formula === undefined ? 'Make it a formula…' : 'Edit formula…'),
    menu: 'Matrix',
    group: 20,
    enabled: () => workspace.selected !== null,
    run: () => {
      dialogs.open = { kind: 'formula', name: workspace.selected?.name ?? null };
    },
  },
];

/** Registers them; returns the way to take them back. */
export function registerPythonCommands(): () => void {
  return registerCommands(commands);
}
