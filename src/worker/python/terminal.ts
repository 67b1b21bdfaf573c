/** Python in a terminal: a script, the text after -c, or a prompt. The interpreter runs on a thread of its own. */
import { existsSync, statSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { createInterface, type Interface } from 'node:readline/promises';
import { Worker } from 'node:worker_threads';
import { chooseBlasCore } from '#engine/blas-core.ts';
import { AppError, type ErrorValue, fromErrorValue } from '#shared/errors.ts';
import { answer } from './python-session.ts';

export interface ScriptPlan {
  kind: 'file' | 'code' | 'prompt';
  /** The script as it was named, or the code. */
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

function planOf(kind: ScriptPlan['kind'], target: string, beside: string, args: readonly string[]): ScriptPlan {
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

function thread(threadFile: string, plan: ScriptPlan): Worker {
  // A thread cannot set what OpenBLAS reads when it is loaded.
  chooseBlasCore();
  return new Worker(threadFile, { workerData: plan, resourceLimits: { stackSizeMb: 256 } });
}

/** Ctrl-C for Python, and for the whole program when Python does not heed it. */
function interrupt(plan: ScriptPlan): NodeJS.Timeout {
  const cell = new Int32Array(plan.interrupts);
  Atomics.store(cell, 0, 2);
  return setTimeout(() => {
    if (Atomics.load(cell, 0) === 2) process.exit(130);
  }, patienceMs);
}

function run(threadFile: string, plan: ScriptPlan): Promise<number> {
  return new Promise((done, fail) => {
    const worker = thread(threadFile, plan);
    process.on('SIGINT', () => void interrupt(plan));
    worker.on('message', (message: FromScript) => {
      if (message.kind === 'exit') done(message.status);
      else if (message.kind === 'failed') fail(fromErrorValue(message.error));
    });
    worker.on('error', fail);
    worker.on('exit', () => fail(new Error('Python ended')));
  });
}

const historyFile = join(homedir(), '.eigenscope_history');
const mostHistory = 2000;

/** Python's prompt, with history and completion in a terminal. */
export async function prompt(threadFile: string): Promise<number> {
  const plan = planOf('prompt', '', process.cwd(), []);
  const worker = thread(threadFile, plan);
  const terminal = process.stdin.isTTY && process.stdout.isTTY;
  const heard = replies(worker);
  const ready = await heard.next('ready');
  const history = terminal ? await readFile(historyFile, 'utf8').catch(() => '') : '';
  const lines: Interface = createInterface({
    input: process.stdin,
    ...(terminal ? { output: process.stdout, terminal } : {}),
    history: history.split('\n').filter(Boolean).slice(-mostHistory).reverse(),
    historySize: mostHistory,
    completer: async (line: string): Promise<[string[], string]> => {
      if (!/\S/.test(line)) return [['    '], ''];
      worker.postMessage({ kind: 'complete', code: line } satisfies ToScript);
      const { length, matches } = await heard.next('matches');
      return [matches, line.slice(line.length - length)];
    },
  });
  if (terminal) process.stdout.write(`${ready.banner}, the arrays of Eigenscope. Ctrl-D ends.\n`);
  const queue: string[] = [];
  let wake: () => void = () => undefined;
  let open = true;
  let entry: string[] = [];
  let busy = false;
  const show = (text: string) => {
    if (!terminal) return;
    lines.setPrompt(text);
    lines.prompt();
  };
  lines.on('line', (line) => {
    queue.push(line);
    wake();
  });
  lines.on('close', () => {
    open = false;
    wake();
  });
  lines.on('SIGINT', () => {
    if (busy) {
      interrupt(plan);
      return;
    }
    entry = [];
    process.stdout.write('\nKeyboardInterrupt\n');
    show('>>> ');
  });
  const line = async (): Promise<string | null> => {
    while (queue.length === 0 && open) await new Promise<void>((resume) => (wake = resume));
    return queue.shift() ?? null;
  };
  worker.on('message', (message: FromScript) => {
    if (message.kind !== 'ask') return;
    if (terminal) {
      lines.setPrompt(message.prompt);
      lines.prompt();
    } else process.stdout.write(message.prompt);
    void line().then((given) => give(plan.answers, given));
  });

  show('>>> ');
  for (let given = await line(); given !== null; given = await line()) {
    entry.push(given);
    const code = entry.join('\n');
    if (!/\S/.test(code)) {
      entry = [];
      show('>>> ');
      continue;
    }
    worker.postMessage({ kind: 'whole', code } satisfies ToScript);
    if ((await heard.next('whole')).state === 'incomplete') {
      show('... ');
      continue;
    }
    const status = await enter(code);
    if (status >= 0) return finish(status);
    show('>>> ');
  }
  if (entry.length > 0) {
    const status = await enter(entry.join('\n'));
    if (status >= 0) return finish(status);
  }
  if (terminal) process.stdout.write('\n');
  worker.postMessage({ kind: 'end' } satisfies ToScript);
  return finish((await heard.next('exit')).status);

  async function enter(code: string): Promise<number> {
    entry = [];
    busy = true;
    worker.postMessage({ kind: 'enter', code } satisfies ToScript);
    const { status } = await heard.next('entered');
    busy = false;
    Atomics.store(new Int32Array(plan.interrupts), 0, 0);
    if (terminal) await appendFile(historyFile, `${code}\n`, { mode: 0o600 }).catch(() => undefined);
    return status;
  }

  function finish(status: number): number {
    lines.close();
    return status;
  }
}

function give(answers: SharedArrayBuffer, line: string | null): void {
  const state = new Int32Array(answers);
  const bytes = Buffer.from(line ?? '', 'utf8').subarray(0, answer.most);
  new Uint8Array(answers, answer.header).set(bytes);
  Atomics.store(state, 1, bytes.length);
  Atomics.store(state, 0, line === null ? answer.ended : answer.given);
  Atomics.notify(state, 0);
}

type Reply<K extends FromScript['kind']> = Extract<FromScript, { kind: K }>;

/** Waits for messages of a kind; a thread that fails fails them all. */
function replies(worker: Worker): { next: <K extends FromScript['kind']>(kind: K) => Promise<Reply<K>> } {
  const waiting: { kind: string; done: (message: never) => void; fail: (error: unknown) => void }[] = [];
  const fail = (error: unknown) => {
    for (const { fail: refuse } of waiting.splice(0)) refuse(error);
  };
  worker.on('message', (message: FromScript) => {
    if (message.kind === 'failed') {
      fail(fromErrorValue(message.error));
      return;
    }
    const at = waiting.findIndex(({ kind }) => kind === message.kind);
    if (at >= 0) waiting.splice(at, 1)[0].done(message as never);
  });
  worker.on('error', fail);
  return {
    next: (kind) => new Promise((done, refuse) => waiting.push({ kind, done, fail: refuse })),
  };
}
