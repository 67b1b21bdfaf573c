/** The commands of the notebook that is looked at. */
import type { Command } from '../commands.svelte.ts';
import type { NotebookActions } from './cell-keys.ts';
import { notebooks } from '../state/notebooks.svelte.ts';
import { kernel } from './kernel.svelte.ts';
import { printNotebook, saveAgain, saveNotebook } from './notebook-file.ts';

const fileOf = (id: string): string | null => notebooks.list.find((info) => info.id === id)?.file ?? null;

export function notebookCommands(actions: NotebookActions): Command[] {
  const { notebook } = actions;
  const filled = (): boolean => notebook().cells.length > 0;
  /** What is done to a cell leaves the focus there. */
  const on =
    (action: () => unknown): (() => void) =>
    () => {
      action();
      actions.focusActive();
    };
  return [
    {
      id: 'notebook.run',
      title: 'Run cell',
      menu: 'Python',
      group: 20,
      keys: 'Ctrl+Enter',
      enabled: filled,
      run: () => actions.runSelected('stay'),
    },
    {
      id: 'notebook.run_advance',
      title: 'Run cell and go on',
      menu: 'Python',
      group: 20,
      keys: 'Shift+Enter',
      enabled: filled,
      run: () => actions.runSelected('advance'),
    },
    { id: 'notebook.run_all', title: 'Run all cells', menu: 'Python', group: 20, enabled: filled, run: actions.runAll },
    {
      id: 'notebook.run_above',
      title: 'Run all above',
      menu: 'Python',
      group: 20,
      enabled: filled,
      run: actions.runAbove,
    },
    {
      id: 'notebook.run_below',
      title: 'Run this and all below',
      menu: 'Python',
      group: 20,
      enabled: filled,
      run: actions.runBelow,
    },
    {
      id: 'notebook.insert_above',
      title: 'Insert cell above',
      menu: 'Python',
      group: 40,
      run: on(() => notebook().insert('above')),
    },
    {
      id: 'notebook.insert_below',
      title: 'Insert cell below',
      menu: 'Python',
      group: 40,
      run: on(() => notebook().insert('below')),
    },
    {
      id: 'notebook.duplicate',
      title: 'Duplicate cell',
      menu: 'Python',
      group: 40,
      enabled: filled,
      run: on(() => notebook().duplicate()),
    },
    {
      id: 'notebook.split',
      title: 'Split cell at the cursor',
      menu: 'Python',
      group: 40,
      keys: 'Ctrl+Shift+-',
      whileTyping: true,
      enabled: filled,
      run: () => notebook().split(),
    },
    {
      id: 'notebook.merge',
      title: 'Merge cells',
      menu: 'Python',
      group: 40,
      enabled: filled,
      run: on(() => notebook().merge()),
    },
    {
      id: 'notebook.move_up',
      title: 'Move cell up',
      menu: 'Python',
      group: 40,
      enabled: filled,
      run: on(() => notebook().shift(-1)),
    },
    {
      id: 'notebook.move_down',
      title: 'Move cell down',
      menu: 'Python',
      group: 40,
      enabled: filled,
      run: on(() => notebook().shift(1)),
    },
    {
      id: 'notebook.delete_cell',
      title: 'Delete cell',
      menu: 'Python',
      group: 40,
      enabled: filled,
      run: on(() => notebook().remove()),
    },
    {
      id: 'notebook.clear_outputs',
      title: 'Clear all outputs',
      menu: 'Python',
      group: 41,
      enabled: filled,
      run: () => notebook().clearOutputs(),
    },
    {
      id: 'notebook.undo',
      title: () => `Undo: ${notebook().undoLabel ?? 'change of cells'}`,
      keys: 'Ctrl+Z',
      enabled: () => notebook().undoLabel !== null,
      run: on(() => notebook().undo()),
    },
    {
      id: 'notebook.find',
      title: 'Find and replace in the notebook…',
      menu: 'Edit',
      group: 40,
      keys: 'Ctrl+F',
      whileTyping: true,
      enabled: filled,
      run: actions.find,
    },
    {
      id: 'notebook.save',
      title: () => (fileOf(notebook().id) === null ? 'Save notebook…' : `Save ${fileOf(notebook().id)}`),
      menu: 'File',
      group: 20,
      keys: 'Ctrl+S',
      whileTyping: true,
      run: () => saveAgain(notebook()),
    },
    {
      id: 'notebook.save_as',
      title: 'Save notebook as…',
      menu: 'File',
      group: 20,
      run: () => saveNotebook(notebook(), 'ipynb'),
    },
    {
      id: 'notebook.save_py',
      title: 'Save notebook as Python script…',
      menu: 'File',
      group: 20,
      run: () => saveNotebook(notebook(), 'py'),
    },
    {
      id: 'notebook.export_html',
      title: 'Export notebook as web page…',
      menu: 'File',
      group: 20,
      run: () => saveNotebook(notebook(), 'html'),
    },
    {
      id: 'notebook.print',
      title: 'Print notebook, or save as PDF…',
      menu: 'File',
      group: 20,
      keys: 'Ctrl+P',
      whileTyping: true,
      run: () => printNotebook(notebook()),
    },
    {
      id: 'python.interrupt',
      title: 'Stop Python',
      menu: 'Python',
      group: 30,
      enabled: () => kernel.busy,
      run: actions.interrupt,
    },
    { id: 'python.restart', title: 'Restart Python', menu: 'Python', group: 30, run: actions.restart },
    {
      id: 'python.restart_run_all',
      title: 'Restart Python and run all cells',
      menu: 'Python',
      group: 30,
      enabled: filled,
      run: actions.restartAndRun,
    },
  ];
}
