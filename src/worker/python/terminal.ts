/** Python in a terminal: a script, a module, the text after -c or of standard input. The interpreter runs on a thread of its own. */
import { existsSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { chooseBlasCore } from '#engine/blas-core.ts';
import { AppError, type ErrorValue, fromErrorValue } from '#shared/errors.ts';
import { answer } from './python-session.ts';

export interface ScriptPlan {
  kind: 'file' | 'code' | 'module' | 'input' | 'prompt';
  /** The script as it was named, the code, or the module's name. */
  target: string;
  /** The script's folder, absolute. */
  beside: string;
  arguments: string[];
  working: string;
  /** Folders of the disk that the code may read and write, none inside another. */
  folders: string[];
  /** Files outside of them that were named as arguments. */
  files: string[];
  environment: Record<string, string>;
  interrupts: SharedArrayBuffer;
  answers: SharedArrayBuffer;
}

export type ToScript =
  | { kind: 'enter'; code: string }
  | { kind: 'whole'; code: string }
  | { kind: 'complete'; code: string }
  | { kind: 'end' };

export type FromScript =
  | { kind: 'exit'; status: number }
  | { kind: 'failed'; error: ErrorValue }
  | { kind: 'ask'; prompt: string }
  | { kind: 'ready'; banner: string }
  | { kind: 'entered'; status: number }
  | { kind: 'whole'; state: 'complete' | 'incomplete' | 'invalid' }
  | { kind: 'matches'; length: number; matches: string[] };

/** How long code may take to heed Ctrl-C before the program ends. */
const patienceMs = 1000;
/** Three Ctrl-C within this end what swallows them. */
const stubbornMs = 3000;

/** Runs the script at `path` as `python path` would; resolves to its exit status. */
export function runFile(threadFile: string, path: string, args: readonly string[]): Promise<number> {
  const absolute = resolve(path);
  if (!existsSync(absolute) || statSync(absolute).isDirectory()) {
    throw new AppError('io', `can't open file '${absolute}': [Errno 2] No such file or directory`, {
      argument: 'FILE',
    });
  }
  return run(threadFile, planOf('file', path, dirname(absolute), args));
}

/** Runs the code that follows `-c`. */
export function runCode(threadFile: string, code: string, args: readonly string[]): Promise<number> {
  return run(threadFile, planOf('code', code, process.cwd(), args));
}

/** Runs the module `name` as `python -m name` would. */
export function runModule(threadFile: string, name: string, args: readonly string[]): Promise<number> {
  return run(threadFile, planOf('module', name, process.cwd(), args));
}

/** Runs the script that comes by standard input. */
export function runInput(threadFile: string, args: readonly string[]): Promise<number> {
  return run(threadFile, planOf('input', '-', process.cwd(), args));
}

export function planOf(kind: ScriptPlan['kind'], target: string, beside: string, args: readonly string[]): ScriptPlan {
  const working = process.cwd();
  const folders = outermost([working, beside]);
  const files = args
    .filter((argument) => existsSync(argument) && statSync(argument).isFile())
    .map((argument) => resolve(argument))
    .filter((file) => !folders.some((folder) => inside(file, folder)));
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value === undefined) continue;
    // Of the settings of a Python that may be installed, only this one is meant for whoever prints.
    if (!name.startsWith('PYTHON') || name === 'PYTHONUNBUFFERED') environment[name] = value;
  }
  return {
    kind,
    target,
    beside,
    arguments: [...args],
    working,
    folders,
    files: [...new Set(files)],
    environment,
    interrupts: new SharedArrayBuffer(4),
    answers: new SharedArrayBuffer(answer.header + answer.most),
  };
}

function inside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith('../') && !isAbsolute(way);
}

function outermost(folders: readonly string[]): string[] {
  const different = [...new Set(folders)];
  return different.filter((folder) => !different.some((other) => other !== folder && inside(folder, other)));
}

export function thread(threadFile: string, plan: ScriptPlan): Worker {
  // A thread cannot set what OpenBLAS reads when it is loaded.
  chooseBlasCore();
  return new Worker(threadFile, { workerData: plan, resourceLimits: { stackSizeMb: 256 } });
}

/**
 * Ctrl-C for Python; `deaf` is called when Python does not heed it, or when code that goes on after every Ctrl-C is told
 * a third time within three seconds.
 */
export class Interrupts {
  readonly #cell: Int32Array;
  readonly #deaf: () => void;
  #times: number[] = [];

  constructor(plan: ScriptPlan, deaf: () => void) {
    this.#cell = new Int32Array(plan.interrupts);
    this.#deaf = deaf;
  }

  tell(): void {
    const now = performance.now();
    this.#times = [...this.#times.filter((time) => now - time < stubbornMs), now];
    if (this.#times.length > 2) {
      this.#deaf();
      return;
    }
    Atomics.store(this.#cell, 0, 2);
    setTimeout(() => {
      if (Atomics.load(this.#cell, 0) === 2) this.#deaf();
    }, patienceMs).unref();
  }

  /** What ran has ended; the next code has heard nothing yet. */
  forget(): void {
    this.#times = [];
    Atomics.store(this.#cell, 0, 0);
  }
}

/**
 * Ends the program over Ctrl-C at once, as a program without a handler ends. `process.exit` would wait for the routine of
 * LAPACK that Python's thread is in.
 */
export function endNow(): void {
  process.removeAllListeners('SIGINT');
  process.kill(process.pid, 'SIGINT');
  // Where the signal is ignored, as in the background of some shells.
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 100);
}

function run(threadFile: string, plan: ScriptPlan): Promise<number> {
  return new Promise((done, fail) => {
    const worker = thread(threadFile, plan);
    const interrupts = new Interrupts(plan, endNow);
    process.on('SIGINT', () => interrupts.tell());
    worker.on('message', (message: FromScript) => {
      if (message.kind === 'exit') done(message.status);
      else if (message.kind === 'failed') fail(fromErrorValue(message.error));
    });
    worker.on('error', fail);
    worker.on('exit', () => fail(new Error('Python ended')));
  });
}
