/** What was typed at the prompt and what came of it, and the lines to bring back. */
import type { PythonOutput } from '#shared/contract.ts';
import { isRecord, textOf } from '#shared/json.ts';
import type { NotebookOutput } from '#shared/notebook.ts';
import { fromErrorValue, toErrorValue } from '#shared/errors.ts';
import { compute, connection } from '../compute-client.ts';
import { OutputCollector } from '#shared/notebook-output.ts';
import { onStored, store, stored } from '../state/stored.ts';

export interface Entry {
  id: number;
  code: string;
  outputs: NotebookOutput[];
  running: boolean;
  /** By which windows tell what they have from each other; what was kept before there were names has none. */
  key?: string;
  /** When it ended here; null for what another window, or this one before a reload, has kept. */
  ended?: number | null;
}

const mostHistory = 500;
const mostEntries = 300;
const isHistory = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((line) => typeof line === 'string');

/** What is kept of what was said, in characters; of more, the newest. */
const mostKept = 400_000;
const keepAfterMs = 500;
/** Windows hear of each other's writing late: what was written over meanwhile is written once more. */
const overwrittenMs = 5000;
const isTold = (value: unknown): value is Pick<Entry, 'code' | 'outputs' | 'key'>[] =>
  Array.isArray(value) &&
  value.every(
    (entry) =>
      isRecord(entry) &&
      typeof entry['code'] === 'string' &&
      Array.isArray(entry['outputs']) &&
      entry['outputs'].every((output) => isRecord(output) && textOf(output['output_type']) !== ''),
  );

class Console {
  entries = $state.raw<readonly Entry[]>([]);
  waiting = $state.raw<Extract<PythonOutput, { kind: 'input' }> | null>(null);
  #history = stored('console-history', [] as string[], isHistory);
  #next = 1;
  #cleared = 0;
  #keeping: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    // What is typed in another window can be brought back here, too.
    onStored(
      () => 'console-history',
      () => (this.#history = stored('console-history', this.#history, isHistory)),
    );
    onStored(
      () => this.#place,
      () => {
        // Another window cleared it: what ended before is not to come back from here.
        if (stored(this.#place, [], isTold).length === 0) this.#cleared = Date.now();
        this.#bringBack();
      },
    );
    if (connection.session !== '') this.#bringBack();
    connection.onHello(() => this.entries.length === 0 && this.#bringBack());
    addEventListener('pagehide', () => this.#keep());
  }

  get history(): readonly string[] {
    return this.#history;
  }

  get running(): boolean {
    return this.entries.some((entry) => entry.running);
  }

  clear(): void {
    this.entries = this.entries.filter((entry) => entry.running);
    this.#cleared = Date.now();
    store(this.#place, []);
  }

  /** What the session's console said is there again after a reload, and in other windows. */
  #bringBack(): void {
    const told = stored(this.#place, [], isTold).map((each) => ({ ...each, id: this.#next++, running: false }));
    const mine = this.#untold(told);
    this.entries = [...told, ...mine];
    if (mine.some((entry) => !entry.running)) this.#keeping ??= setTimeout(() => this.#keep(), keepAfterMs);
  }

  /** What this window has to tell: what runs, and what has ended just now and is not among what is told. */
  #untold(told: readonly Pick<Entry, 'key'>[]): Entry[] {
    const known = new Set(told.map(({ key }) => key));
    const since = Date.now() - overwrittenMs;
    return this.entries.filter(
      ({ running, ended, key }) => running || ((ended ?? 0) > Math.max(since, this.#cleared) && !known.has(key)),
    );
  }

  get #place(): string {
    return `console.${connection.session}`;
  }

  #keep(): void {
    clearTimeout(this.#keeping);
    this.#keeping = undefined;
    if (connection.session === '') return;
    const kept: string[] = [];
    let room = mostKept;
    const told = stored(this.#place, [], isTold);
    const all = [...told, ...this.#untold(told).filter((entry) => !entry.running)];
    for (const { code, outputs, key } of all.toReversed()) {
      const text = JSON.stringify({ code, outputs, key });
      room -= text.length;
      if (room < 0) break;
      kept.unshift(text);
    }
    store(this.#place, JSON.parse(`[${kept.join()}]`));
  }

  /** Runs what was typed; `import numpy as np` goes without saying. */
  async run(code: string): Promise<void> {
    const entry: Entry = { id: this.#next++, code, outputs: [], running: true, key: crypto.randomUUID() };
    this.entries = [...this.entries.slice(-mostEntries), entry];
    this.#remember(code);
    const collector = new OutputCollector();
    let frame = 0;
    const show = (running: boolean) => {
      frame = 0;
      this.entries = this.entries.map((each) =>
        each.id === entry.id
          ? { ...each, outputs: collector.outputs, running, ended: running ? null : Date.now() }
          : each,
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
      this.#keeping ??= setTimeout(() => this.#keep(), keepAfterMs);
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
