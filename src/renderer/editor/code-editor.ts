/** A CodeMirror editor for Python or Markdown as notebook, console and formulas use it. */
import {
  acceptCompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
  completionStatus,
  moveCompletionSelection,
  selectedCompletionIndex,
  startCompletion,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentLess, insertNewlineAndIndent } from '@codemirror/commands';
import { python } from '@codemirror/lang-python';
import { markdown } from '@codemirror/lang-markdown';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Extension, Prec } from '@codemirror/state';
import {
  crosshairCursor,
  drawSelection,
  EditorView,
  type KeyBinding,
  keymap,
  placeholder,
  rectangularSelection,
} from '@codemirror/view';
import { withoutPrompts } from '../notebook/pasted-code.ts';
import { editorLook } from './editor-look.ts';
import { mark, marks, type Marks } from './marks.ts';
import { hideHelp, pythonAssist, showDocumentation } from './python-assist.ts';

export type Language = 'python' | 'markdown' | 'text';

export interface EditorOptions {
  text: string;
  language: Language;
  /** What it edits, for screen readers. */
  label: string;
  hint?: string;
  /** One line: Tab leaves it, and lines that are pasted become one. */
  single?: boolean;
  /** Enter runs what is typed, also while names to complete are listed; Tab indents only where a block goes on. */
  enterRuns?: boolean;
  /** The Tab key comes here; where it does not, something around it has the focus and leads in. */
  tabStop?: boolean;
  /** Before CodeMirror's own keys. */
  keys: readonly KeyBinding[];
  onchange: (text: string) => void;
  onfocus?: () => void;
  onblur?: () => void;
}

export interface CodeEditor {
  readonly view: EditorView;
  /** Puts another text in place if it differs; the cursor stays as near as it can. */
  setText(text: string): void;
  setLanguage(language: Language): void;
  mark(what: Marks): void;
  focus(where?: 'start' | 'end'): void;
  destroy(): void;
}

/** More cursors at the same word; finding is the notebook's, over all cells. */
const selectionKeys = searchKeymap.filter(({ key }) => key === 'Mod-d' || key === 'Mod-Shift-l');

const languageOf = (language: Language, enterRuns = false): Extension => {
  if (language === 'python') return [python(), pythonAssist(!enterRuns)];
  return language === 'markdown' ? [markdown(), EditorView.lineWrapping] : EditorView.lineWrapping;
};

/** Takes the completion gone to, or the first. */
const acceptFirst = (view: EditorView): boolean => {
  if (selectedCompletionIndex(view.state) === null) moveCompletionSelection(true)(view);
  return acceptCompletion(view);
};

/** Takes away what may be listed or asked for, unless a name was gone to; never the whole of what a key does. */
const leaveNames = (view: EditorView): boolean => {
  if (selectedCompletionIndex(view.state) === null) closeCompletion(view);
  return false;
};

/** Tab takes a completion, or goes to the next stop of four columns. */
const tab = (view: EditorView): boolean => {
  if (completionStatus(view.state) === 'active') return acceptFirst(view);
  const { state } = view;
  if (!state.selection.main.empty) {
    const changes = state.changeByRange((range) => {
      const inserts = [];
      for (let at = state.doc.lineAt(range.from); ; at = state.doc.line(at.number + 1)) {
        inserts.push({ from: at.from, insert: '    ' });
        if (at.to >= range.to) break;
      }
      const set = state.changes(inserts);
      return { changes: set, range: range.map(set, 1) };
    });
    view.dispatch(changes, { userEvent: 'input.indent' });
    return true;
  }
  const { head } = state.selection.main;
  const column = head - state.doc.lineAt(head).from;
  view.dispatch(state.replaceSelection(' '.repeat(4 - (column % 4))), { userEvent: 'input.indent' });
  return true;
};

const textKeys: readonly KeyBinding[] = [
  { key: 'Tab', run: tab },
  { key: 'Shift-Tab', run: (view) => showDocumentation(view) || indentLess(view) },
  { key: 'Enter', run: insertNewlineAndIndent },
];
/** At a prompt Tab lists names behind a word, and from an empty prompt it goes on to what comes next on the page. */
const promptTab = (view: EditorView): boolean => {
  if (completionStatus(view.state) === 'active') return acceptFirst(view);
  if (view.state.doc.length === 0) return false;
  const { head } = view.state.selection.main;
  const line = view.state.doc.lineAt(head);
  return line.text.slice(0, head - line.from).trim() === '' ? tab(view) : startCompletion(view);
};
const promptKeys: readonly KeyBinding[] = [
  { key: 'Tab', run: promptTab },
  { key: 'Shift-Tab', run: (view) => view.state.doc.length > 0 && (showDocumentation(view) || indentLess(view)) },
  { key: 'Enter', run: insertNewlineAndIndent },
];
const lineKeys: readonly KeyBinding[] = [
  { key: 'Tab', run: (view) => completionStatus(view.state) === 'active' && acceptFirst(view) },
];

export function createEditor(parent: HTMLElement, options: EditorOptions): CodeEditor {
  const language = new Compartment();
  let fromOutside = false;
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        Prec.highest(
          keymap.of([
            { key: 'Escape', run: hideHelp },
            // The names that would still come are of no use to a line that runs.
            ...(options.enterRuns === true ? [{ key: 'Enter', run: leaveNames }] : []),
          ]),
        ),
        Prec.high(keymap.of([...completionKeymap, ...options.keys])),
        keymap.of([
          ...(options.single === true ? lineKeys : options.enterRuns === true ? promptKeys : textKeys),
          ...closeBracketsKeymap,
          ...selectionKeys,
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        history(),
        drawSelection(),
        indentUnit.of('    '),
        EditorState.tabSize.of(4),
        EditorState.allowMultipleSelections.of(true),
        rectangularSelection(),
        crosshairCursor(),
        marks,
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        highlightSelectionMatches({ minSelectionLength: 2 }),
        language.of(languageOf(options.language, options.enterRuns)),
        ...(options.hint === undefined ? [] : [placeholder(options.hint)]),
        editorLook,
        EditorView.contentAttributes.of({
          'aria-label': options.label,
          spellcheck: 'false',
          ...(options.tabStop === false ? { tabindex: '-1' } : {}),
        }),
        EditorView.clipboardInputFilter.of((text) =>
          options.single === true
            ? withoutPrompts(text)
                .trim()
                .replace(/\s*\n\s*/g, ' ')
            : withoutPrompts(text),
        ),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !fromOutside) options.onchange(update.state.doc.toString());
          // A list of names is of no use to who went elsewhere.
          if (update.focusChanged && !update.view.hasFocus)
            setTimeout(() => {
              closeCompletion(update.view);
              // Left behind, a long line shows its beginning.
              update.view.scrollDOM.scrollLeft = 0;
            });
          if (update.focusChanged) (update.view.hasFocus ? options.onfocus : options.onblur)?.();
        }),
      ],
    }),
  });
  return {
    view,
    setText(text) {
      const before = view.state.doc.toString();
      if (before === text) return;
      // Only what differs is replaced: the cursor stays at the words it was at.
      const most = Math.min(before.length, text.length);
      let same = 0;
      while (same < most && before[same] === text[same]) same++;
      let after = 0;
      while (after < most - same && before.at(-1 - after) === text.at(-1 - after)) after++;
      fromOutside = true;
      view.dispatch({
        changes: { from: same, to: before.length - after, insert: text.slice(same, text.length - after) },
      });
      fromOutside = false;
    },
    setLanguage(next) {
      view.dispatch({ effects: language.reconfigure(languageOf(next, options.enterRuns)) });
    },
    mark: (what) => mark(view, what),
    focus(where) {
      if (where !== undefined) view.dispatch({ selection: { anchor: where === 'start' ? 0 : view.state.doc.length } });
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}
