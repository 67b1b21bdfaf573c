/** Find and replace in the texts of all cells of a notebook, also of those far from the window. */
import type { CellModel } from './cell-model.svelte.ts';
import type { NotebookModel } from './notebook-model.svelte.ts';

export interface Match {
  cell: CellModel;
  from: number;
  to: number;
}

const nothing: readonly never[] = [];
/** More are counted by nobody. */
const most = 10_000;

/**
 * What a person searches for, as a pattern; null when nothing is searched for.
 * @throws SyntaxError for a regular expression that is none.
 * @example
 * patternOf('a.b', { regular: false, matchCase: false })?.test('xA.B'); // true
 */
export function patternOf(
  query: string,
  { regular, matchCase }: { regular: boolean; matchCase: boolean },
): RegExp | null {
  if (query === '') return null;
  const source = regular ? query : query.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(source, matchCase ? 'gmu' : 'gimu');
}

export class Find {
  open = $state(false);
  query = $state('');
  replacement = $state('');
  matchCase = $state(false);
  regular = $state(false);
  /** Which of the matches is looked at. */
  at = $state(0);
  readonly #notebook: () => NotebookModel;

  constructor(notebook: () => NotebookModel) {
    this.#notebook = notebook;
  }

  readonly #pattern = $derived.by((): RegExp | null | 'invalid' => {
    try {
      return patternOf(this.query, this);
    } catch {
      return 'invalid';
    }
  });
  readonly matches = $derived.by((): readonly Match[] => {
    const pattern = this.#pattern;
    if (!this.open || pattern === null || pattern === 'invalid') return [];
    const found: Match[] = [];
    for (const cell of this.#notebook().cells) {
      for (const { index, 0: text } of cell.source.matchAll(pattern)) {
        if (text !== '') found.push({ cell, from: index, to: index + text.length });
        if (found.length === most) return found;
      }
    }
    return found;
  });
  readonly #byCell = $derived.by(() => {
    const cells = new Map<CellModel, Match[]>();
    for (const match of this.matches) {
      const places = cells.get(match.cell);
      if (places === undefined) cells.set(match.cell, [match]);
      else places.push(match);
    }
    return cells;
  });
  readonly current = $derived(this.matches[Math.min(this.at, this.matches.length - 1)] ?? null);
  readonly told = $derived(
    this.query === ''
      ? ''
      : this.#pattern === 'invalid'
        ? 'Not a regular expression'
        : this.matches.length === 0
          ? 'No results'
          : `${Math.min(this.at, this.matches.length - 1) + 1} of ${this.matches.length}${this.matches.length === most ? '+' : ''}`,
  );

  /** The places in one cell. */
  in(cell: CellModel): readonly { from: number; to: number; current: boolean }[] {
    const { current } = this;
    return this.#byCell.get(cell)?.map((match) => ({ ...match, current: match === current })) ?? nothing;
  }

  /** Goes to the first place at or after a cell, as a person types. */
  from(index: number): void {
    const { cells } = this.#notebook();
    const at = this.matches.findIndex(({ cell }) => cells.indexOf(cell) >= index);
    this.at = Math.max(0, at);
  }

  step(by: 1 | -1): void {
    const count = this.matches.length;
    if (count > 0) this.at = (Math.min(this.at, count - 1) + by + count) % count;
  }

  /** Replaces the place that is looked at; the next one takes its place. */
  replace(): void {
    const { current } = this;
    if (current === null) return;
    const { cell, from, to } = current;
    const text = cell.source.slice(0, from) + this.#instead(cell, from, to) + cell.source.slice(to);
    this.#notebook().rewrite('Replace', new Map([[cell, text]]));
    const after = from + text.length - cell.source.length;
    this.at = Math.max(
      0,
      this.matches.findIndex((match) => match.cell === cell && match.from >= after),
    );
  }

  /** @returns how many were replaced. */
  replaceAll(): number {
    const { matches } = this;
    const texts = new Map<CellModel, string>();
    for (const [cell, places] of this.#byCell) {
      let text = '';
      let end = 0;
      for (const { from, to } of places) {
        text += cell.source.slice(end, from) + this.#instead(cell, from, to);
        end = to;
      }
      texts.set(cell, text + cell.source.slice(end));
    }
    if (texts.size > 0) this.#notebook().rewrite(`Replace ${matches.length}`, texts);
    return matches.length;
  }

  /** A regular expression's groups are at hand as $1, $2 … */
  #instead(cell: CellModel, from: number, to: number): string {
    const pattern = this.#pattern;
    if (!this.regular || pattern === null || pattern === 'invalid') return this.replacement;
    // Matched where it stands, so that what it looks behind and ahead at is there.
    const once = new RegExp(pattern.source, `${pattern.flags.replace('g', '')}y`);
    once.lastIndex = from;
    const match = once.exec(cell.source);
    if (match === null || match[0].length !== to - from) return this.replacement;
    return this.replacement.replace(/\$(\$|&|\d{1,2})/g, (whole, what: string) =>
      what === '$' ? '$' : what === '&' ? match[0] : (match[Number(what)] ?? whole),
    );
  }
}
