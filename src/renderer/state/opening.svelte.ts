/**
 * The way of a file into the workspace: chosen, dropped or pasted, then granted, then opened by its content.
 * Several are opened one after another, in their order; a table stops for its import dialog.
 */
import type { TablePreview, Variable } from '#shared/contract.ts';
import { type AppError, fromErrorValue, toErrorValue } from '#shared/errors.ts';
import type { FileFilter, GrantedFile } from '#shared/shell.ts';
import { compute } from '../compute-client.ts';
import { shell } from '../shell.ts';
import { naturalView } from '../views.ts';
import { layout } from './layout.svelte.ts';
import { notebooks } from './notebooks.svelte.ts';
import { notices } from './notices.svelte.ts';
import { workspace } from './workspace.svelte.ts';

export const pictureExtensions = ['png', 'jpg', 'jpeg', 'webp', 'gif', 'bmp'];
export const notebookExtensions = ['ipynb', 'py'];
export const tableExtensions = ['csv', 'tsv', 'tab', 'txt', 'dat', 'npy', 'npz', 'mtx'];
const filters: FileFilter[] = [
  {
    name: 'Tables, pictures and notebooks',
    extensions: [...tableExtensions, ...pictureExtensions, ...notebookExtensions],
  },
  { name: 'Tables', extensions: tableExtensions },
  { name: 'Pictures', extensions: pictureExtensions },
  { name: 'Notebooks and Python', extensions: notebookExtensions },
];
/** A picture that is too large is offered in the size of a large photograph. */
const smallerPixels = 24_000_000;

export interface Problem {
  id: number;
  name: string;
  error: AppError;
  file: GrantedFile | null;
}

interface Item {
  name: string;
  source: { kind: 'page'; file: File } | { kind: 'granted'; file: GrantedFile };
  maxPixels?: number;
}

/** Can it be opened with fewer pixels? */
export const couldBeSmaller = ({ error, file }: Problem): boolean =>
  file !== null && error.code === 'memory' && error.argument === 'max_pixels';

class Opening {
  /** The file on its way: being carried over (with how far), then read. */
  current = $state.raw<{ name: string; phase: 'carrying' | 'reading'; fraction: number | null } | null>(null);
  waiting = $state.raw<Item[]>([]);
  /** A table whose import the person has to confirm. */
  preview = $state.raw<TablePreview | null>(null);
  problems = $state.raw<Problem[]>([]);

  #abort: AbortController | null = null;
  #answered: ((variable: Variable | null) => void) | null = null;
  #nextProblem = 1;

  /** Lets the person choose files with the system's dialog. */
  async choose(what: 'anything' | 'notebooks' = 'anything'): Promise<void> {
    const kinds = what === 'notebooks' ? filters.slice(-1) : filters;
    try {
      this.#add((await shell.openFiles(kinds, true)).map(granted));
    } catch (thrown) {
      this.#report('The file', thrown, null);
    }
  }

  /** Opens dropped or pasted files. */
  take(files: readonly File[]): void {
    this.#add(files.map((file) => ({ name: file.name, source: { kind: 'page', file } })));
  }

  /** Opens files the shell has granted already (named at start, recent ones). */
  takeGranted(files: readonly GrantedFile[]): void {
    this.#add(files.map(granted));
  }

  /** Opens a picture that was too large again, with fewer pixels. */
  openSmaller(problem: Problem): void {
    this.dismiss(problem);
    if (problem.file !== null) this.#add([{ ...granted(problem.file), maxPixels: smallerPixels }]);
  }

  retry(problem: Problem): void {
    this.dismiss(problem);
    if (problem.file !== null) this.#add([granted(problem.file)]);
  }

  dismiss(problem: Problem): void {
    this.problems = this.problems.filter((other) => other !== problem);
  }

  /** Stops what is on its way and forgets what waits. */
  cancel(): void {
    this.waiting = [];
    this.#abort?.abort();
  }

  /** The import dialog's answer: the variable it made, or null when the person backed out. */
  answer(variable: Variable | null): void {
    this.#answered?.(variable);
  }

  #add(items: Item[]): void {
    if (items.length === 0) return;
    this.waiting = [...this.waiting, ...items];
    if (this.current === null && this.preview === null) void this.#work();
  }

  async #work(): Promise<void> {
    for (;;) {
      const [item, ...rest] = this.waiting;
      if (item === undefined) break;
      this.waiting = rest;
      await this.#open(item);
    }
  }

  async #open(item: Item): Promise<void> {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    let file: GrantedFile | null = null;
    try {
      file = await this.#grant(item, signal);
      this.current = { name: item.name, phase: 'reading', fraction: null };
      if (notebookExtensions.includes(item.name.split('.').at(-1)?.toLowerCase() ?? '')) {
        await notebooks.import(file.file);
        return;
      }
      const args = { file: file.file, ...(item.maxPixels === undefined ? {} : { max_pixels: item.maxPixels }) };
      const opened = await compute('io.open', args, { signal });
      this.current = null;
      if (opened.kind === 'variable') this.#show(opened.variable, opened.notes);
      else await this.#confirm(opened.preview);
    } catch (thrown) {
      if (!signal.aborted) this.#report(item.name, thrown, file);
    } finally {
      this.current = null;
      this.#abort = null;
    }
  }

  async #grant(item: Item, signal: AbortSignal): Promise<GrantedFile> {
    if (item.source.kind === 'granted') return item.source.file;
    this.current = { name: item.name, phase: 'carrying', fraction: 0 };
    return shell.grantFile(
      item.source.file,
      (fraction) => (this.current = { name: item.name, phase: 'carrying', fraction }),
      signal,
    );
  }

  async #confirm(preview: TablePreview): Promise<void> {
    this.preview = preview;
    const variable = await new Promise<Variable | null>((resolve) => {
      this.#answered = resolve;
    });
    this.#answered = null;
    this.preview = null;
    if (variable !== null) this.#show(variable, []);
  }

  #show(variable: Variable, notes: string[]): void {
    workspace.select(variable.id);
    layout.showView(variable, naturalView(variable));
    for (const text of notes) notices.say({ title: variable.name, text });
  }

  #report(name: string, thrown: unknown, file: GrantedFile | null): void {
    const error = fromErrorValue(toErrorValue(thrown));
    if (error.code === 'cancelled') return;
    const problem: Problem = { id: this.#nextProblem++, name, error, file };
    this.problems = [...this.problems.filter((other) => other.name !== name), problem];
  }
}

function granted(file: GrantedFile): Item {
  return { name: file.name, source: { kind: 'granted', file } };
}

export const opening = new Opening();
