/** What stands out in a text for a while: what was searched for, the line that failed. */
import { type Range, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';

export interface Marks {
  /** Places of what is searched for, in order and apart. */
  found: readonly { from: number; to: number; current: boolean }[];
  /** The line that failed, from 1. */
  failed: number | null;
}

const setMarks = StateEffect.define<Marks>();
const found = Decoration.mark({ class: 'cm-searchMatch' });
const current = Decoration.mark({ class: 'cm-searchMatch cm-searchMatch-selected' });
const failed = Decoration.line({ class: 'cm-failed' });

export const marks = [
  StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update(shown, { changes, effects, newDoc, docChanged }) {
      let next = shown.map(changes);
      // What was changed is no longer what failed.
      if (docChanged) next = next.update({ filter: (_from, _to, mark) => mark !== failed });
      for (const effect of effects) {
        if (!effect.is(setMarks)) continue;
        const ranges: Range<Decoration>[] = effect.value.found
          .filter(({ from, to }) => from < to && to <= newDoc.length)
          .map((range) => (range.current ? current : found).range(range.from, range.to));
        const line = effect.value.failed;
        if (line !== null && line >= 1 && line <= newDoc.lines) ranges.push(failed.range(newDoc.line(line).from));
        next = Decoration.set(ranges, true);
      }
      return next;
    },
    provide: (field) => EditorView.decorations.from(field),
  }),
  EditorView.theme({
    '.cm-failed': { backgroundColor: 'var(--bad-soft)', boxShadow: 'inset 3px 0 0 var(--bad)' },
  }),
];

export function mark(view: EditorView, what: Marks): void {
  view.dispatch({ effects: setMarks.of(what) });
}
