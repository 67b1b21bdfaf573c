import type { PythonOutput, PythonRun } from '#shared/contract.ts';
import type { ErrorValue } from '#shared/errors.ts';
import { OutputCollector } from '#shared/notebook-output.ts';
import type { CellPlace } from '#shared/notebook.ts';
import type { NotebookStore } from './notebook-store.ts';

/** How often other windows see what a cell puts out, and how often it goes to the disk. */
const tellEveryMs = 300;
const saveEveryMs = 3000;

/** Keeps what a running cell puts out in its notebook, whether the page that asked is still there or not. */
export class CellOutputs {
  readonly place: CellPlace;
  readonly #store: NotebookStore;
  readonly #page: object;
  readonly #collector = new OutputCollector();
  #timer: NodeJS.Timeout | null = null;
  #saved = performance.now();

  constructor(store: NotebookStore, place: CellPlace, page: object) {
    this.#store = store;
    this.place = place;
    this.#page = page;
    this.#put(null, true);
  }

  add(batch: readonly PythonOutput[]): void {
    this.#collector.add(batch);
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#put(null, performance.now() - this.#saved >= saveEveryMs);
    }, tellEveryMs);
  }

  /** @returns true when the notebook holds the outputs. */
  finish(run: Omit<PythonRun, 'kept'>, code: string): boolean {
    this.#collector.finish(run.execution_count, code, [...run.created, ...run.changed]);
    if (run.error !== null && !this.#collector.outputs.some((output) => output.output_type === 'error'))
      this.#collector.add([{ kind: 'error', error: run.error }]);
    return this.#put(run.execution_count, true);
  }

  /** For a run that did not come to its end. */
  fail({ message, hint }: ErrorValue): void {
    this.#collector.add([{ kind: 'error', error: { type: 'Not run', message, traceback: hint ?? '', line: null } }]);
    this.#put(null, true);
  }

  #put(count: number | null, save: boolean): boolean {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (save) this.#saved = performance.now();
    const fields = { outputs: this.#collector.outputs, execution_count: count };
    return this.#store.put(this.place, fields, { except: this.#page, save });
  }
}
