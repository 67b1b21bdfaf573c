/** What Python itself knows about the code that is typed: names to complete, signatures, docstrings. */
import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  completionStatus,
} from '@codemirror/autocomplete';
import { localCompletionSource } from '@codemirror/lang-python';
import { EditorState, type Extension, StateEffect, StateField } from '@codemirror/state';
import { type Command, EditorView, hoverTooltip, showTooltip, type Tooltip, ViewPlugin } from '@codemirror/view';
import type { PythonInspection } from '#shared/contract.ts';
import { compute } from '../compute-client.ts';
import { drawDocstring } from './docstring.ts';

const kinds: Record<string, string> = {
  array: 'variable',
  variable: 'variable',
  function: 'function',
  class: 'class',
  module: 'namespace',
  attribute: 'property',
  keyword: 'keyword',
  file: 'text',
  argument: 'property',
};

async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const before = context.matchBefore(/[\w.]+|["'][^"'\n]*/);
  const afterOpening = /[([,=]\s*$/.test(context.state.sliceDoc(Math.max(0, context.pos - 20), context.pos));
  if (!context.explicit && (before === null || afterOpening || /^\d/.test(before.text))) return null;
  try {
    const code = context.state.doc.toString();
    const found = await compute('python.complete', { code, cursor: context.pos });
    if (context.aborted) return null;
    if (found.busy) return localCompletionSource(context);
    const before = code.slice(0, found.start);
    const options = found.matches.map(({ text, kind, detail }, index): Completion => ({
      label: text,
      type: kinds[kind] ?? 'text',
      detail,
      ...(kind === 'keyword' || kind === 'file' ? {} : { info: () => describe(before + text) }),
      // In the order Python gave.
      boost: -Math.min(99, index / 50),
    }));
    return options.length === 0 ? null : { from: found.start, to: found.end, options, validFor: /^\w*$/ };
  } catch {
    // Python may be missing or away; what stands in the cell itself can still be offered.
    return localCompletionSource(context);
  }
}

async function inspect(code: string, cursor: number): Promise<PythonInspection | null> {
  try {
    const found = await compute('python.inspect', { code, cursor });
    return found.found && !found.busy ? found : null;
  } catch {
    return null;
  }
}

/** Beside the list of names: what the one that is looked at does. */
async function describe(code: string): Promise<HTMLElement | null> {
  const found = await inspect(code, code.length);
  return found === null || found.docstring.trim() === '' ? null : drawInspection(found, false);
}

const longestSummary = 360;

function drawInspection(found: PythonInspection, whole: boolean): HTMLElement {
  const box = document.createElement('div');
  box.className = 'cm-doc';
  const add = (tag: string, className: string, text: string): HTMLElement => {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    box.append(element);
    return element;
  };
  if (found.signature !== null) {
    const line = add('div', 'cm-doc-signature', '');
    const active = found.active === null ? undefined : found.parameters[found.active];
    const at = active === undefined ? -1 : found.signature.search(new RegExp(`\\b${escaped(active)}\\b`));
    if (active === undefined || at < 0) line.textContent = found.signature;
    else {
      const marked = document.createElement('b');
      marked.textContent = active;
      line.append(found.signature.slice(0, at), marked, found.signature.slice(at + active.length));
    }
  } else if (found.value !== '') add('div', 'cm-doc-signature', `${found.name}: ${found.value}`);
  const text = found.docstring.trim();
  if (text !== '') {
    const end = text.indexOf('\n\n');
    const summary = whole ? text : (end < 0 ? text : text.slice(0, end)).slice(0, longestSummary);
    box.append(drawDocstring(summary));
  }
  return box;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const setHelp = StateEffect.define<Tooltip | null>();
const help = StateField.define<Tooltip | null>({
  create: () => null,
  update(shown, transaction) {
    for (const effect of transaction.effects) if (effect.is(setHelp)) return effect.value;
    if (shown === null) return null;
    return transaction.docChanged ? { ...shown, pos: transaction.changes.mapPos(shown.pos) } : shown;
  },
  provide: (field) => showTooltip.from(field),
});

/** The last question of an editor: Escape, and a newer question, make an answer that is on its way unwanted. */
const asked = new WeakMap<EditorView, object>();

async function showHelp(view: EditorView, whole: boolean): Promise<void> {
  const pos = view.state.selection.main.head;
  const question = {};
  asked.set(view, question);
  const found = await inspect(view.state.doc.toString(), pos);
  if (asked.get(view) !== question) return;
  const isThere = view.dom.isConnected && view.hasFocus && view.state.selection.main.head === pos;
  if (!isThere) return;
  // Only the call help gives way by itself; a list of names to choose from matters more.
  if (!whole && ((found?.signature ?? null) === null || completionStatus(view.state) === 'active')) {
    view.dispatch({ effects: setHelp.of(null) });
    return;
  }
  const tooltip: Tooltip | null =
    found === null ? null : { pos, above: true, create: () => ({ dom: drawInspection(found, whole) }) };
  view.dispatch({ effects: setHelp.of(tooltip) });
}

/** Shift-Tab after a name or inside a call: its signature and the whole docstring. */
export const showDocumentation: Command = (view) => {
  const { main } = view.state.selection;
  const line = view.state.doc.lineAt(main.head);
  if (!main.empty || line.text.slice(0, main.head - line.from).trim() === '') return false;
  void showHelp(view, true);
  return true;
};

/** Closes what is shown; false when nothing was. */
export const hideHelp: Command = (view) => {
  asked.delete(view);
  if ((view.state.field(help, false) ?? null) === null) return false;
  view.dispatch({ effects: setHelp.of(null) });
  return true;
};

/** Signature help follows the typing inside a call's parentheses. */
const follow = ViewPlugin.define((view) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    update(update) {
      const typed = update.transactions.some((transaction) => transaction.isUserEvent('input'));
      const shown = (update.state.field(help, false) ?? null) !== null;
      if (update.focusChanged && !view.hasFocus && shown) {
        setTimeout(() => hideHelp(view));
        return;
      }
      if (!update.docChanged && !update.selectionSet) return;
      const head = update.state.selection.main.head;
      const before = update.state.sliceDoc(Math.max(0, head - 1), head);
      if ((typed && (before === '(' || before === ',')) || (shown && (update.docChanged || update.selectionSet))) {
        clearTimeout(timer);
        timer = setTimeout(() => void showHelp(view, false), 120);
      }
    },
    destroy: () => clearTimeout(timer),
  };
});

const hover = hoverTooltip(
  async (view, pos) => {
    const word = view.state.wordAt(pos);
    if (word === null) return null;
    const found = await inspect(view.state.doc.toString(), word.to);
    if (found === null) return null;
    return { pos: word.from, end: word.to, above: true, create: () => ({ dom: drawInspection(found, false) }) };
  },
  { hoverTime: 450 },
);

const looks = EditorView.baseTheme({
  '.cm-doc': { maxWidth: 'min(620px, 80vw)', maxHeight: '320px', overflow: 'auto', padding: '8px 12px' },
  '.cm-doc-signature': { font: '12px/1.5 var(--font-mono)', whiteSpace: 'pre-wrap', color: 'var(--ink)' },
  '.cm-doc-signature b': { color: 'var(--accent)' },
  '.cm-doc-text': {
    marginTop: '4px',
    font: '12px/1.5 var(--font-ui)',
    whiteSpace: 'pre-wrap',
    color: 'var(--ink-2)',
    userSelect: 'text',
  },
  '.cm-doc-text code': { font: '11.5px var(--font-mono)', color: 'var(--ink)' },
  '.cm-doc-heading': { marginTop: '10px', fontWeight: '600', color: 'var(--ink)' },
  '.cm-doc-entry': { marginTop: '4px' },
  '.cm-doc-prose + .cm-doc-prose, .cm-doc-code + .cm-doc-prose, .cm-doc-code': { marginTop: '6px' },
  '.cm-doc-code': { font: '11.5px/1.5 var(--font-mono)', whiteSpace: 'pre', overflowX: 'auto' },
  '.cm-completionInfo': { padding: '0', maxWidth: '360px' },
  '.cm-completionInfo .cm-doc': { maxWidth: '360px', maxHeight: '232px' },
});

/** `selectOnOpen` false: Enter belongs to the line until a name was gone to with an arrow. */
export const pythonAssist = (selectOnOpen: boolean): Extension => [
  autocompletion({
    override: [complete],
    icons: false,
    activateOnTypingDelay: 80,
    maxRenderedOptions: 200,
    selectOnOpen,
  }),
  help,
  follow,
  hover,
  looks,
  EditorState.languageData.of(() => [{ closeBrackets: { brackets: ['(', '[', '{', "'", '"', '"""', "'''"] } }]),
];
