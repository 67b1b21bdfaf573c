/** Jupyter's keys of command mode. */
import type { NotebookModel } from './notebook-model.svelte.ts';

export interface NotebookActions {
  notebook: () => NotebookModel;
  runSelected: (then: 'stay' | 'advance' | 'insert') => void;
  runAll: () => void;
  runAbove: () => void;
  runBelow: () => void;
  focusActive: () => void;
  editActive: () => void;
  interrupt: () => Promise<void>;
  restart: () => Promise<void>;
  restartAndRun: () => Promise<void>;
  find: () => void;
}

/** Keys that count when pressed twice in a row, and how long the second may take. */
let lastKey = '';
let lastAt = 0;
const twiceMs = 600;

/** Does what a key means while no cell is being written; true when it meant something. */
export function pressCellKey(event: KeyboardEvent, actions: NotebookActions): boolean {
  const { key } = event;
  const command = event.ctrlKey || event.metaKey;
  const now = performance.now();
  const twice = key === lastKey && now - lastAt < twiceMs;
  lastKey = twice ? '' : key;
  lastAt = now;
  const meant = command ? withCommand(event, actions) : plain(key, event, twice, actions);
  if (meant) {
    event.preventDefault();
    event.stopPropagation();
  }
  return meant;
}

function withCommand({ key, altKey }: KeyboardEvent, { runSelected }: NotebookActions): boolean {
  if (key !== 'Enter' || altKey) return false;
  runSelected('stay');
  return true;
}

function plain(key: string, event: KeyboardEvent, twice: boolean, actions: NotebookActions): boolean {
  const notebook = actions.notebook();
  const { shiftKey, altKey } = event;
  const act = (action: () => void): boolean => {
    action();
    actions.focusActive();
    return true;
  };
  if (altKey) {
    if (key === 'Enter') return act(() => actions.runSelected('insert'));
    if (key === 'ArrowUp') return act(() => notebook.shift(-1));
    if (key === 'ArrowDown') return act(() => notebook.shift(1));
    return false;
  }
  switch (key) {
    case 'Enter':
      if (shiftKey) actions.runSelected('advance');
      else actions.editActive();
      return true;
    case 'ArrowUp':
    case 'k':
      return act(() => notebook.move(-1, shiftKey));
    case 'ArrowDown':
    case 'j':
      return act(() => notebook.move(1, shiftKey));
    case 'K':
      return act(() => notebook.move(-1, true));
    case 'J':
      return act(() => notebook.move(1, true));
    case 'Home':
      return act(() => notebook.move(-notebook.cells.length));
    case 'End':
      return act(() => notebook.move(notebook.cells.length));
    case 'a':
      return act(() => notebook.insert('above'));
    case 'b':
      return act(() => notebook.insert('below'));
    case 'd':
      return twice ? act(() => notebook.remove()) : true;
    case 'i':
      if (twice) void actions.interrupt().catch(() => undefined);
      return true;
    case '0':
      if (twice) void actions.restart().catch(() => undefined);
      return true;
    case 'm':
      return act(() => notebook.setType('markdown'));
    case 'y':
      return act(() => notebook.setType('code'));
    case 'r':
      return act(() => notebook.setType('raw'));
    case 'M':
      return act(() => notebook.merge());
    case 'c':
      return act(() => notebook.copy());
    case 'x':
      return act(() => notebook.cut());
    case 'v':
      return act(() => notebook.paste('below'));
    case 'V':
      return act(() => notebook.paste('above'));
    case 'z':
      return act(() => notebook.undo());
    case 'Z':
      return act(() => notebook.redo());
    case 'o':
      return act(() => {
        for (const cell of notebook.selected) {
          cell.outputsHidden = !cell.outputsHidden;
          cell.touch();
        }
      });
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
      return act(() => notebook.setHeading(Number(key)));
    default:
      return false;
  }
}
