/** Python's prompt in a terminal: a line editor with history, completion and pasted blocks around the interpreter's thread. */
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline/promises';
import type { Worker } from 'node:worker_threads';
import { fromErrorValue } from '#shared/errors.ts';
import { answer } from './python-session.ts';
import { endNow, type FromScript, Interrupts, planOf, type ScriptPlan, thread, type ToScript } from './terminal.ts';

const historyFile = join(homedir(), '.eigenscope_history');
const mostHistory = 2000;
/** Terminals that are told so put pasted text between two marks. */
const marksOn = '\u001b[?2004h';
const marksOff = '\u001b[?2004l';

/** Python's prompt; resolves to its exit status. */
export async function prompt(threadFile: string): Promise<number> {
  const plan = planOf('prompt', '', process.cwd(), []);
  const worker = thread(threadFile, plan);
  const heard = replies(worker);
  const ended = heard.next('exit');
  const ready = await heard.next('ready');
  const complete = async (line: string): Promise<[string[], string]> => {
    if (!/\S/.test(line)) return [['    '], ''];
    worker.postMessage({ kind: 'complete', code: line } satisfies ToScript);
    const { length, matches } = await heard.next('matches');
    return [matches, line.slice(line.length - length)];
  };
  const editor = new Editor(plan, await oldEntries(), complete);
  worker.on('message', (message: FromScript) => {
    if (message.kind === 'ask') editor.ask(message.prompt);
  });
  if (editor.terminal) process.stdout.write(`${ready.banner}, the arrays of Eigenscope. Ctrl-D ends.\n`);

  let entry: string[] = [];
  editor.onDropped = () => {
    entry = [];
    editor.show('>>> ');
  };
  editor.show('>>> ');
  for (let given = await editor.next(); given !== null; given = await editor.next()) {
    entry.push(given);
    const code = entry.join('\n');
    if (!/\S/.test(code)) {
      entry = [];
      editor.show('>>> ');
      continue;
    }
    worker.postMessage({ kind: 'whole', code } satisfies ToScript);
    if ((await heard.next('whole')).state === 'incomplete') {
      editor.show('... ');
      continue;
    }
    const status = await enter(code);
    if (status >= 0) return finish(status);
    editor.show('>>> ');
  }
  if (entry.length > 0) {
    const status = await enter(entry.join('\n'));
    if (status >= 0) return finish(status);
  }
  if (editor.terminal) process.stdout.write('\n');
  worker.postMessage({ kind: 'end' } satisfies ToScript);
  return finish((await ended).status);

  async function enter(code: string): Promise<number> {
    entry = [];
    editor.work();
    worker.postMessage({ kind: 'enter', code } satisfies ToScript);
    // os._exit ends the thread's Python without an answer.
    const { status } = await Promise.race([heard.next('entered'), ended]);
    editor.rest();
    if (editor.terminal) await appendFile(historyFile, `${code}\n`, { mode: 0o600 }).catch(() => undefined);
    return status;
  }

  function finish(status: number): number {
    editor.close();
    return status;
  }
}

/** The lines of earlier days, the latest first. The file is cut back when it has grown to twice of what is read. */
async function oldEntries(): Promise<string[]> {
  const lines = (await readFile(historyFile, 'utf8').catch(() => '')).split('\n').filter(Boolean);
  const latest = lines.slice(-mostHistory);
  if (lines.length > 2 * mostHistory) {
    await writeFile(historyFile, `${latest.join('\n')}\n`, { mode: 0o600 }).catch(() => undefined);
  }
  return latest.reverse();
}

/** Lines of a terminal, edited by the person, or of whatever else is at standard input. */
class Editor {
  readonly terminal = process.stdin.isTTY && process.stdout.isTTY;
  /** Called when Ctrl-C took back what was typed. */
  onDropped: () => void = () => undefined;
  readonly #plan: ScriptPlan;
  readonly #interrupts: Interrupts;
  readonly #complete: (line: string) => Promise<[string[], string]>;
  readonly #queue: string[] = [];
  #history: string[];
  #lines: Interface;
  #wake: () => void = () => undefined;
  #open = true;
  #busy = false;
  #asked = false;
  #deaf = false;
  #pasted: string[] | null = null;
  /** Pasted lines whose last one is still in the editor. */
  #begun: string[] = [];

  constructor(plan: ScriptPlan, history: string[], complete: (line: string) => Promise<[string[], string]>) {
    this.#plan = plan;
    this.#interrupts = new Interrupts(plan, () => this.#ignored());
    this.#history = this.terminal ? history : [];
    this.#complete = complete;
    this.#lines = this.#edit();
    if (!this.terminal) return;
    process.stdout.write(marksOn);
    process.on('exit', () => process.stdout.write(marksOff));
    process.stdin.on('keypress', (_text, key: { name?: string } | undefined) => {
      if (key?.name === 'paste-start') this.#pasted = [];
      else if (key?.name === 'paste-end') this.#endPaste();
    });
  }

  #edit(): Interface {
    const lines = createInterface({
      input: process.stdin,
      ...(this.terminal ? { output: process.stdout, terminal: true } : {}),
      history: this.#history,
      historySize: mostHistory,
      completer: this.#complete,
    });
    lines.on('history', (history) => (this.#history = [...history]));
    lines.on('line', (line) => this.#take(line));
    lines.on('SIGINT', () => this.#interrupted());
    lines.on('close', () => {
      if (lines !== this.#lines) return;
      if (this.#asked && this.terminal) {
        // Ctrl-D where input() asks is the end of that input, not of the prompt.
        this.#answer(null);
        this.#lines = this.#edit();
        return;
      }
      this.#open = false;
      if (this.#asked) this.#answer(null);
      this.#wake();
    });
    return lines;
  }

  show(text: string): void {
    if (!this.terminal) return;
    this.#lines.setPrompt(text);
    this.#lines.prompt(true);
  }

  /** An entry runs from here on: Ctrl-C is for Python. */
  work(): void {
    this.#busy = true;
    this.#deaf = false;
    this.#lines.setPrompt('');
  }

  /** It has ended. */
  rest(): void {
    this.#busy = false;
    this.#asked = false;
    this.#interrupts.forget();
  }

  /** Answers input(), with what was typed ahead or with the line to come. */
  ask(text: string): void {
    if (!this.terminal) process.stdout.write(text);
    else this.show(text);
    this.#asked = true;
    const early = this.#queue.shift();
    if (early !== undefined) this.#answer(early);
    else if (!this.#open) this.#answer(null);
  }

  /** The next line or pasted block; null at the end. */
  async next(): Promise<string | null> {
    while (this.#queue.length === 0 && this.#open) await new Promise<void>((resume) => (this.#wake = resume));
    return this.#queue.shift() ?? null;
  }

  close(): void {
    this.#open = false;
    this.#lines.close();
  }

  #take(line: string): void {
    if (this.#asked) this.#answer(line);
    else if (this.#pasted !== null) this.#pasted.push(line);
    else {
      this.#give([...this.#begun, line].join('\n'));
      this.#begun = [];
    }
  }

  /** What was pasted is one entry; a last line without its end waits for Enter. */
  #endPaste(): void {
    const block = this.#pasted ?? [];
    this.#pasted = null;
    if (block.length === 0) return;
    if (this.#lines.line === '') this.#give(block.join('\n'));
    else this.#begun = block;
  }

  #give(text: string): void {
    this.#queue.push(text);
    this.#wake();
  }

  #answer(line: string | null): void {
    this.#asked = false;
    const state = new Int32Array(this.#plan.answers);
    const bytes = Buffer.from(line ?? '', 'utf8').subarray(0, answer.most);
    new Uint8Array(this.#plan.answers, answer.header).set(bytes);
    Atomics.store(state, 1, bytes.length);
    Atomics.store(state, 0, line === null ? answer.ended : answer.given);
    Atomics.notify(state, 0);
  }

  #interrupted(): void {
    this.#queue.length = 0;
    this.#pasted = null;
    this.#begun = [];
    const typed = this.#lines.line;
    if (typed !== '') {
      this.#lines.write(null, { ctrl: true, name: 'e' });
      this.#lines.write(null, { ctrl: true, name: 'u' });
    }
    if (!this.#busy) {
      process.stdout.write(`${typed}\nKeyboardInterrupt\n`);
      this.onDropped();
      return;
    }
    process.stdout.write(`${typed}\n`);
    this.#asked = false;
    if (this.#deaf) this.#end();
    else this.#interrupts.tell();
  }

  #ignored(): void {
    this.#deaf = true;
    process.stdout.write('Python does not heed Ctrl-C now. Ctrl-C again ends the prompt.\n');
  }

  /** Ends the prompt at once, and leaves the terminal as it was. */
  #end(): void {
    if (this.terminal) process.stdout.write(marksOff);
    this.close();
    endNow();
  }
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
