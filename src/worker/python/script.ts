/** A thread that runs one script, or the entries of a prompt, with the terminal's own streams; started by `terminal.ts`. */
import { readSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { parentPort, workerData } from 'node:worker_threads';
import { native } from '#engine/native.ts';
import { toErrorValue } from '#shared/errors.ts';
import { Folders } from './folders.ts';
import { exitStatus, type Host, type Interpreter, loadInterpreter } from './interpreter.ts';
import { answer } from './python-session.ts';
import type { FromScript, ScriptPlan, ToScript } from './terminal.ts';

if (parentPort === null) throw new Error('script.js is a thread of the command line and cannot run by itself');
const main = parentPort;
const plan = workerData as ScriptPlan;
const tell = (message: FromScript) => main.postMessage(message);
const still = new Int32Array(new SharedArrayBuffer(4));

/** Writes all of it; a full pipe is waited for. */
function write(fd: 1 | 2, bytes: Uint8Array): number {
  let done = 0;
  while (done < bytes.length) {
    try {
      done += writeSync(fd, bytes, done);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(still, 0, 0, 2);
    }
  }
  return done;
}

const block = new Uint8Array(65_536);

/** What can be read now, or null at the end. */
function read(): Uint8Array | null {
  for (;;) {
    try {
      const count = readSync(0, block);
      return count === 0 ? null : block.slice(0, count);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return null;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(still, 0, 0, 10);
      python?.checkInterrupt();
    }
  }
}

let python: Interpreter | null = null;
let folders: Folders | null = null;
/** When the script's own code begins, in milliseconds. */
let begun = 0;

const host: Host = {
  write: (stream, text) => void write(stream === 'stdout' ? 1 : 2, new TextEncoder().encode(text)),
  show(_kind, forms) {
    const { text, plotly } = JSON.parse(forms) as { text: string; plotly?: unknown };
    const note =
      plotly === undefined ? text : `${text}: a terminal shows no figures; savefig("figure.html") keeps them`;
    write(1, new TextEncoder().encode(`${note}\n`));
  },
  clear: () => undefined,
  input(prompt) {
    const line = new Int32Array(plan.answers);
    Atomics.store(line, 0, answer.waiting);
    tell({ kind: 'ask', prompt });
    while (Atomics.load(line, 0) === answer.waiting) {
      Atomics.wait(line, 0, answer.waiting, 50);
      python?.checkInterrupt();
    }
    if (Atomics.load(line, 0) === answer.ended) return undefined;
    return Buffer.from(new Uint8Array(plan.answers, answer.header, Atomics.load(line, 1))).toString('utf8');
  },
  sleep(seconds) {
    Atomics.wait(still, 0, 0, seconds * 1000);
    python?.checkInterrupt();
  },
};

async function start(): Promise<Interpreter> {
  const loaded = await loadInterpreter({
    host,
    terminal: {
      stdin: read,
      stdout: (bytes) => write(1, bytes),
      stderr: (bytes) => write(2, bytes),
      isatty: isatty(1),
    },
  });
  python = loaded;
  const interrupts = new Int32Array(plan.interrupts);
  loaded.listen(interrupts);
  // What can be stopped of the long routines ends within milliseconds, as Python's own code does.
  native().watchStop(interrupts);
  folders = new Folders(loaded.pyodide);
  for (const folder of plan.folders) folders.mount(folder, folder);
  for (const file of plan.files) folders.one(file, file, true);
  folders.chdir(plan.working);
  loaded.function('eigenscope.script', 'begin')(JSON.stringify(plan.environment), isatty(1));
  begun = Date.now();
  return loaded;
}

try {
  const loaded = await start();
  const script = (name: string) => loaded.function('eigenscope.script', name);
  const rest = JSON.stringify(plan.arguments);
  switch (plan.kind) {
    case 'file':
      end(script('run_file')(plan.target, plan.beside, rest) as number);
      break;
    case 'code':
      end(script('run_code')(plan.target, rest) as number);
      break;
    case 'module':
      end(script('run_module')(plan.target, rest) as number);
      break;
    case 'input':
      end(script('run_input')(rest) as number);
      break;
    case 'prompt':
      script('begin_prompt')();
      // A prompt's streams belong to the line editor.
      loaded.pyodide.runPython(
        'import builtins, sys, eigenscope.streams as s; builtins.input = s.ask; sys.stdin = s.Input(); del s',
      );
      main.on('message', (message: ToScript) => {
        try {
          heed(message);
        } catch (error) {
          fail(error);
        }
      });
      tell({
        kind: 'ready',
        banner: `Python ${loaded.pyodide.runPython('import sys; sys.version.split()[0]') as string}`,
      });
      break;
  }

  function heed(message: ToScript): void {
    if (message.kind === 'enter') tell({ kind: 'entered', status: script('enter')(message.code) as number });
    else if (message.kind === 'whole') {
      const whole = loaded.function('eigenscope.cell', 'whole')(message.code) as string;
      tell({ kind: 'whole', state: (JSON.parse(whole) as { state: 'complete' | 'incomplete' | 'invalid' }).state });
    } else if (message.kind === 'complete') {
      const told = loaded.function('eigenscope.completion', 'complete')(message.code, '') as string;
      const { length, matches } = JSON.parse(told) as { length: number; matches: [string][] };
      tell({ kind: 'matches', length, matches: matches.map(([text]) => text) });
    } else end(script('end')() as number);
  }
} catch (error) {
  fail(error);
}

/** The script's end. What it wrote where the disk is not seen would be missed in silence. */
function end(status: number): void {
  const [first, ...more] = folders?.writtenToMemory(begun) ?? [];
  if (first !== undefined) {
    const others =
      more.length === 0 ? 'was' : more.length === 1 ? 'and one more file were' : `and ${more.length} more files were`;
    write(
      2,
      new TextEncoder().encode(
        `note: ${first} ${others} written in memory alone and ended with the script; ` +
          'it writes to the disk in its own folder, the working folder and files named as arguments\n',
      ),
    );
  }
  tell({ kind: 'exit', status });
}

/** What is thrown past Python itself ends the program. */
function fail(error: unknown): void {
  const status = exitStatus(error);
  if (status !== null) end(status & 0xff);
  else if ((error as Error).name === 'RuntimeError') {
    write(2, new TextEncoder().encode(`Python broke down (${(error as Error).message})\n`));
    tell({ kind: 'exit', status: 134 });
  } else tell({ kind: 'failed', error: toErrorValue(error) });
}
