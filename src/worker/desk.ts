import type { EventName, Events, Variable, WorkspaceState } from '#shared/contract.ts';
import { type ArrayDescriptor, NDArray } from '#engine/ndarray.ts';
import { cOrdered } from './copies.ts';
import { Files } from './files.ts';
import { Factors } from './factors.ts';
import { Formulas } from './formulas.ts';
import { History, type Step } from './history.ts';
import { HistoryFile } from './history-file.ts';
import { Journal } from './journal.ts';
import { Jobs } from './jobs.ts';
import { memoryLimit, memoryTotal } from './memory.ts';
import { Speed } from './speed.ts';
import { asVariable, type Entry, type NewEntry, Workspace } from './workspace.ts';

export type Broadcast = <E extends EventName>(name: E, data: Events[E]) => void;

/**
 * What the compute process holds for one session: the workspace and all that keeps it safe, the queue of jobs, the
 * files a person gave. Requests act on it; it tells every page what changed.
 */
export class Desk {
  readonly workspace = new Workspace();
  readonly history: History;
  readonly historyFile: HistoryFile;
  readonly journal: Journal;
  readonly jobs: Jobs;
  readonly files = new Files();
  readonly factors: Factors;
  readonly formulas: Formulas;
  readonly speed = new Speed();
  readonly session: string;
  readonly app: string;
  broadcast: Broadcast = () => undefined;
  #code: string[] = [];
  #changes: Promise<unknown> = Promise.resolve();
  #announced = false;

  constructor(given: { session: string; app: string; crunchFile: string }) {
    this.session = given.session;
    this.app = given.app;
    this.jobs = new Jobs(given.crunchFile);
    this.journal = new Journal(given.session, this.workspace);
    this.history = new History(this.workspace, () => Math.min(2e9, Math.max(256e6, memoryTotal() * 0.1)));
    this.historyFile = new HistoryFile(given.session, this.history, this.workspace);
    this.history.onchange = () => this.historyFile.changed();
    this.factors = new Factors(this.workspace, () => memoryLimit() * 0.3);
    this.formulas = new Formulas(this);
    this.journal.extra = () => ({ code: this.#code, factors: this.factors.toJSON() });
    this.factors.onchange = () => this.journal.changed();
    this.workspace.onchange = (before, after) => {
      this.journal.entryChanged(before, after);
      this.historyFile.changed();
      this.formulas.changed(before, after);
      this.announce();
    };
    this.history.onCells = (entry, region, plane, cells) => {
      this.historyFile.forget(entry.held);
      this.journal.cellsWritten(entry, region, plane, cells);
    };
    this.journal.onsaved = () => this.announce();
    this.journal.onfailure = (error) => this.broadcast('notice', journalNotice(error));
  }

  state(): WorkspaceState {
    return {
      variables: this.workspace.named().map(asVariable),
      undo: this.history.undoLabel,
      redo: this.history.redoLabel,
      saved: this.journal.saved,
      code: this.#code,
    };
  }

  /** Tells the pages of the workspace's state, once per turn of the event loop. */
  announce(): void {
    if (this.#announced) return;
    this.#announced = true;
    setImmediate(() => {
      this.#announced = false;
      this.broadcast('workspace.changed', this.state());
    });
  }

  /** Changes of the workspace happen one after the other, in the order they were asked for. */
  change<T>(work: () => T | Promise<T>): Promise<T> {
    const result = this.#changes.then(work);
    this.#changes = result.catch(() => undefined);
    return result;
  }

  /** Makes one step of Undo and shows its code. Inside `change`. */
  async perform(step: Step): Promise<void> {
    await this.history.perform(step);
    this.setCode(step.code);
  }

  /** A new variable as one step of Undo; the name gets a number when it was taken meanwhile. */
  addVariable(
    given: Omit<NewEntry, 'array'> & { array: ArrayDescriptor; label?: string },
    code: (name: string) => string[],
  ): Promise<Variable> {
    return this.change(async () => {
      const name = this.workspace.freeName(given.name);
      const entry = this.workspace.make({ ...given, name, array: cOrdered(NDArray.from(given.array)) });
      await this.perform({
        label: given.label ?? `New ${name}`,
        changes: [{ kind: 'entry', id: entry.id, before: null, after: entry }],
        code: code(name),
      });
      return asVariable(this.workspace.get(entry.id));
    });
  }

  /** The code of the last action. */
  setCode(code: string[]): void {
    this.#code = code;
    this.journal.changed();
    this.announce();
  }

  /** Undo or redo, and the code that then belongs to the workspace. */
  async step(direction: 'undo' | 'redo'): Promise<string | null> {
    return this.change(async () => {
      const label = await this.history[direction]();
      if (label !== null) this.setCode(this.history.code);
      return label;
    });
  }

  /**
   * An entry's array for a job on another thread, safe from edits while it runs.
   * Give `release` a call when the job has ended.
   */
  async borrow(entry: Entry): Promise<{ array: ArrayDescriptor; release: () => void }> {
    const array = await entry.held.get();
    return { array: array.descriptor(), release: entry.held.share() };
  }

  /** Takes over the code of the last action from the journal. */
  restoreCode(code: unknown): void {
    if (Array.isArray(code) && code.every((line) => typeof line === 'string')) this.#code = code;
  }
}

function journalNotice(error: Error | null): Events['notice'] {
  if (error === null) {
    return {
      tone: 'info',
      title: 'Saved again',
      text: 'The session folder can be written again; everything is on disk.',
    };
  }
  const full = ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');
  return {
    tone: 'warn',
    title: full ? 'The disk is full' : 'The session cannot be saved',
    text: full
      ? 'You can go on working, but what you change now would be lost in a crash. It is saved as soon as there is room again.'
      : `You can go on working, but what you change now would be lost in a crash (${error.message}). Saving is tried again by itself.`,
  };
}
