/** What was typed at the prompt and what came of it, and the lines to bring back. */
import type { PythonOutput } from '#shared/contract.ts';
import type { NotebookOutput } from '#shared/notebook.ts';
import { fromErrorValue, toErrorValue } from '#shared/errors.ts';
import { compute } from '../compute-client.ts';
import { OutputCollector } from '#shared/notebook-output.ts';
import { store, stored } from '../state/stored.ts';

export interface Entry {
  id: number;
  code: string;
  outputs: NotebookOutput[];
  running: boolean;
}

const mostHistory = 500;
const mostEntries = 300;
const isHistory = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((line) => typeof line === 'string');

class Console {
  entries = $state.raw<readonly Entry[]>([]);
  waiting = $state.raw<Extract<PythonOutput, { kind: 'input' }> | null>(null);
  #history = stored('console-history', [] as string[], isHistory);
  #next = 1;

  get history(): readonly string[] {
    return this.#history;
  }

  get running(): boolean {
    return this.entries.some((entry) => entry.running);
  }

  clear(): void {
    this.entries = this.entries.filter((entry) => entry.running);
  }

  /** Runs what was typed; `import numpy as np` goes without saying. */
  async run(code: string): Promise<void> {
    const entry: Entry = { id: this.#next++, code, outputs: [], running: true };
    this.entries = [...this.entries.slice(-mostEntries), entry];
    this.#remember(code);
    const collector = new OutputCollector();
    let frame = 0;
    const show = (running: boolean) => {
      frame = 0;
      this.entries = this.entries.map((each) =>
        each.id === entry.id ? { ...each, outputs: collector.outputs, running } : each,
      );
    };
    try {
      const done = await compute(
        'python.run',
        { code, mode: 'console' },
        {
          onPartial: (batch) => {
            collector.add(batch);
            this.waiting = batch.findLast((each) => each.kind === 'input') ?? this.waiting;
            frame ||= requestAnimationFrame(() => show(true));
          },
        },
      );
      if (done.error !== null && !collector.outputs.some((output) => output.output_type === 'error')) {
        collector.add([{ kind: 'error', error: done.error }]);
      }
    } catch (thrown) {
      const error = fromErrorValue(toErrorValue(thrown));
      const ended = error.code === 'worker-lost';
      const stopped = error.code === 'cancelled';
      const told = {
        type: ended ? 'Python ended' : stopped ? 'Stopped' : 'Not run',
        message: ended || stopped ? '' : error.message,
        traceback: ended
          ? 'Python was started again. The arrays of the workspace are back; other names are to be made anew.'
          : (error.hint ?? ''),
        line: null,
      };
      collector.add([{ kind: 'error', error: told }]);
    } finally {
      cancelAnimationFrame(frame);
      this.waiting = null;
      show(false);
    }
  }

  async answer(value: string | null): Promise<void> {
    const { waiting } = this;
    if (waiting === null) return;
    this.waiting = null;
    await compute('python.input_reply', { input: waiting.input, value });
  }

  #remember(code: string): void {
    if (code.trim() === '' || code === this.#history.at(-1)) return;
    this.#history = [...this.#history, code].slice(-mostHistory);
    store('console-history', this.#history);
  }
}

export const pythonConsole = new Console();
