import { join } from 'node:path';
import type { PythonOutput, PythonRun, PythonStatus, WaitingInput } from '#shared/contract.ts';
import { AppError, type ErrorValue, toErrorValue } from '#shared/errors.ts';
import type { CellPlace } from '#shared/notebook.ts';
import { CellOutputs } from './cell-outputs.ts';
import type { Desk } from './desk.ts';
import type { Requester } from './jobs.ts';
import type { NotebookStore } from './notebook-store.ts';
import { answer, type CellResult } from './python/python-session.ts';
import { PythonWorkspace } from './python-workspace.ts';
import type { Group } from './serve.ts';

type Names =
  | 'python.start'
  | 'python.run'
  | 'python.interrupt'
  | 'python.input_reply'
  | 'python.reset'
  | 'python.complete_code'
  | 'python.complete'
  | 'python.inspect'
  | 'python.status';

/** How long Python may take to end a cell by itself before its process is ended. */
const patienceMs = 900;
const mostCode = 5_000_000;

/** Cells, and what a person typing one wants to know. */
export function pythonRequests(desk: Desk, notebooks: NotebookStore): Group<Names> {
  const shared = new PythonWorkspace(desk);
  let started = false;
  let count = 0;
  let error: ErrorValue | null = null;
  let state: PythonStatus['state'] = 'off';
  /** What was asked and has not ended, in order; the first runs. */
  const running: Running[] = [];
  /** Settled when the last of them has ended, with all that it changed. */
  let turn: Promise<void> = Promise.resolve();

  const status = (): PythonStatus => ({
    state,
    execution_count: count,
    error,
    running: shownOf(running[0]),
    waiting: running.slice(1).flatMap(({ place }) => (place === null ? [] : [place])),
  });
  const tell = () => desk.broadcast('python.changed', status());
  const enter = (next: PythonStatus['state'], failure: ErrorValue | null = null) => {
    if (state === next && error === failure) return;
    state = next;
    error = failure;
    tell();
  };

  const start = async (requester: Requester) => {
    if (started) return;
    enter('starting');
    try {
      await desk.jobs.run(
        { task: 'python-start', input: null, title: 'Starting Python', lane: 'crunch', background: true },
        requester,
      );
      started = true;
      enter('idle');
    } catch (thrown) {
      const failure = toErrorValue(thrown);
      enter(failure.code === 'cancelled' ? 'off' : 'failed', failure.code === 'cancelled' ? null : failure);
      throw thrown;
    }
  };

  /** A short look at the interpreter; null while a cell runs. */
  const peek = async <T>(requester: Requester, work: () => Promise<T>): Promise<T | null> => {
    if (running.length > 0 || desk.jobs.occupied('crunch')) return null;
    await start(requester);
    return work();
  };

  return {
    async 'python.start'(_args, call) {
      await start(call);
      return status();
    },

    'python.status': status,

    async 'python.run'({ code, mode, cell: place, row }, call): Promise<PythonRun> {
      checkCode(code);
      if (mode !== 'cell' && mode !== 'console') {
        throw new AppError('value', `Expected cell or console for mode but received ${String(mode)}`, {
          argument: 'mode',
        });
      }
      const stop = new AbortController();
      // A page that goes away leaves its cell running, as it would find it in Jupyter.
      call.signal.addEventListener('abort', () => {
        if (call.signal.reason !== 'disconnected') stop.abort(call.signal.reason);
      });
      const answers = new SharedArrayBuffer(answer.header + answer.most);
      let outputs: CellOutputs | null = null;
      const show = (batch: PythonOutput[]): void => {
        outputs?.add(batch);
        call.partial(batch);
      };
      const cell: Running = {
        stop,
        answers: new Int32Array(answers),
        input: null,
        place: isPlace(place) ? place : null,
        row: typeof row === 'string' ? row : null,
        show,
        began: performance.now(),
      };
      running.push(cell);
      const before = turn;
      let ended = (): void => undefined;
      turn = new Promise((resume) => (ended = () => void before.then(resume)));
      const leave = (completed: boolean): void => {
        running.splice(running.indexOf(cell), 1);
        if (!completed && cell.row !== null)
          for (const other of running) if (other.row === cell.row) other.stop.abort('cancelled');
        ended();
      };
      if (running.length > 1) {
        tell();
        try {
          await Promise.race([before, aborted(stop.signal)]);
        } catch (thrown) {
          leave(false);
          tell();
          throw thrown;
        }
      }
      const number = ++count;
      const title = mode === 'console' ? `Console line ${number}` : `Cell ${number}`;
      call.partial([]);
      let result: CellResult;
      try {
        if (cell.place !== null) outputs = new CellOutputs(notebooks, cell.place, call.page);
        cell.began = performance.now();
        if (!started) enter('starting');
        tell();
        await shared.load();
        result = await desk.jobs.run(
          {
            task: 'python-run',
            input: () => {
              return {
                code,
                mode,
                count: number,
                variables: shared.variables(),
                folder: join(desk.session, 'files'),
                picked: desk.files.all(),
                answers,
              };
            },
            title,
            lane: 'crunch',
            patience: patienceMs,
            onPartial: (batch) => {
              if (batch.length === 0) {
                started = true;
                cell.began = performance.now();
                enter('busy');
                if (outputs !== null) tell();
                return;
              }
              const asked = batch.findLast((output) => output.kind === 'input');
              if (asked !== undefined) {
                cell.input = asked;
                tell();
              }
              show(batch);
            },
          },
          { ...call, signal: stop.signal },
        );
        started = true;
      } catch (thrown) {
        const failure = toErrorValue(thrown);
        outputs?.fail(failure);
        leave(false);
        enter(started ? 'idle' : failure.code === 'cancelled' ? 'off' : 'failed', started ? null : failure);
        tell();
        throw thrown;
      }
      let names;
      try {
        names = await shared.take(result.changes, title, code);
        if (result.ended) {
          // The arrays stay; who holds which was known to the Python that is gone.
          shared.forget();
          count = 0;
        }
      } finally {
        leave(result.status === 'ok');
      }
      const run = {
        status: result.status,
        execution_count: number,
        elapsed_ms: result.elapsed,
        error: result.error,
        apart: result.changes.apart,
        ...names,
      };
      const kept = outputs?.finish(run, code) ?? false;
      enter(running.length > 0 ? 'busy' : 'idle');
      tell();
      return { ...run, kept };
    },

    'python.interrupt'() {
      const [cell, ...waiting] = running;
      for (const each of waiting) if (each.place !== null) each.stop.abort('cancelled');
      cell?.stop.abort('interrupted');
      return { interrupted: cell !== undefined };
    },

    'python.input_reply'({ input, value }) {
      const cell = running.find((candidate) => candidate.input?.input === input);
      if (cell === undefined)
        throw new AppError('value', 'Nothing waits for this line any more', { argument: 'input' });
      const { prompt, secret } = cell.input!;
      cell.input = null;
      tell();
      if (typeof value !== 'string') {
        Atomics.store(cell.answers, 0, answer.ended);
      } else {
        const line = value.replace(/\r?\n$/, '');
        // As in a terminal, and in Jupyter: question and answer stay in sight.
        cell.show([{ kind: 'stream', stream: 'stdout', text: `${prompt}${secret ? '········' : line}\n` }]);
        const bytes = Buffer.from(line, 'utf8').subarray(0, answer.most);
        new Uint8Array(cell.answers.buffer, answer.header).set(bytes);
        Atomics.store(cell.answers, 1, bytes.length);
        Atomics.store(cell.answers, 0, answer.given);
      }
      Atomics.notify(cell.answers, 0);
      return null;
    },

    async 'python.reset'(_args, call) {
      for (const { stop } of running) stop.abort('interrupted');
      if (started) {
        await desk.jobs.run({ task: 'python-reset', input: null, title: 'Resetting Python', lane: 'crunch' }, call);
        shared.forget();
      }
      count = 0;
      tell();
      return status();
    },

    async 'python.complete_code'({ code }, call) {
      checkCode(code);
      if (state === 'starting') return guessed(code);
      const found = await peek(call, () =>
        desk.jobs.run(
          { task: 'python-whole', input: { code }, title: 'Reading', lane: 'crunch', background: true },
          call,
        ),
      );
      return found ?? guessed(code);
    },

    async 'python.complete'({ code, cursor }, call) {
      const at = checkCursor(code, cursor);
      const found = await peek(call, () =>
        desk.jobs.run(
          {
            task: 'python-complete',
            input: () => ({ code, cursor: at, variables: shared.variables() }),
            title: 'Completing',
            lane: 'crunch',
            background: true,
          },
          call,
        ),
      );
      return found === null ? { start: at, end: at, matches: [], busy: true } : { ...found, busy: false };
    },

    async 'python.inspect'({ code, cursor }, call) {
      const at = checkCursor(code, cursor);
      const found = await peek(call, () =>
        desk.jobs.run(
          {
            task: 'python-inspect',
            input: () => ({ code, cursor: at, variables: shared.variables() }),
            title: 'Looking up',
            lane: 'crunch',
            background: true,
          },
          call,
        ),
      );
      if (found !== null) return { ...found, busy: false };
      const nothing = { name: '', signature: null, parameters: [], active: null, docstring: '', value: '' };
      return { found: false, ...nothing, busy: true };
    },
  };
}

/** While a cell runs or Python starts nobody can ask it; a line that opens a block, and one inside, are known without. */
function guessed(code: string): { state: 'complete' | 'incomplete'; indent: string } {
  const lines = code.split('\n');
  const last = lines.at(-1)!;
  const opens = /:\s*$/;
  const within = lines.length > 1 && last.trim() !== '' && lines.some((line) => opens.test(line));
  const indent = /^\s*/.exec(last)![0] + (opens.test(last) ? '    ' : '');
  return { state: within || /[:\\([{,]\s*$/.test(code) ? 'incomplete' : 'complete', indent };
}

interface Running {
  stop: AbortController;
  answers: Int32Array;
  /** What it waits for. */
  input: WaitingInput | null;
  /** The cell in whose notebook its outputs are kept; null for the console. */
  place: CellPlace | null;
  /** What it was run together with. */
  row: string | null;
  /** Shows more of what it puts out. */
  show: (batch: PythonOutput[]) => void;
  began: number;
}

function shownOf(cell: Running | undefined): PythonStatus['running'] {
  if (cell === undefined || cell.place === null) return null;
  const { input, place, began } = cell;
  const waiting = input === null ? null : { input: input.input, prompt: input.prompt, secret: input.secret };
  return { ...place, elapsed_ms: performance.now() - began, input: waiting };
}

/** Fails when a signal says so. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, fail) => {
    const end = (): void => {
      fail(new AppError('cancelled', 'It had not begun yet'));
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

function isPlace(place: unknown): place is CellPlace {
  if (typeof place !== 'object' || place === null) return false;
  const { notebook, cell } = place as Partial<CellPlace>;
  return typeof notebook === 'string' && typeof cell === 'string';
}

function checkCode(code: unknown): asserts code is string {
  if (typeof code !== 'string') throw new AppError('value', 'Expected text for code', { argument: 'code' });
  if (code.length > mostCode) {
    throw new AppError('value', `A cell of ${code.length} characters is too long; ${mostCode} is the most`, {
      argument: 'code',
    });
  }
}

function checkCursor(code: unknown, cursor: unknown): number {
  checkCode(code);
  if (!Number.isInteger(cursor) || (cursor as number) < 0 || (cursor as number) > code.length) {
    throw new AppError('index', `cursor ${String(cursor)} is out of bounds for code of length ${code.length}`, {
      argument: 'cursor',
    });
  }
  return cursor as number;
}
