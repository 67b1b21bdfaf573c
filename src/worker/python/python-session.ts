import { mkdirSync } from 'node:fs';
import type { PythonCompletion, PythonDisplay, PythonError, PythonInspection, PythonOutput } from '#shared/contract.ts';
import type { Grant } from '#shared/control.ts';
import { withoutPrototypes } from '#shared/json.ts';
import { type ArrayDescriptor, NDArray } from '#engine/ndarray.ts';
import { getArray, putArray } from './bridge.ts';
import { Folders } from './folders.ts';
import { exitStatus, type Host, type Interpreter, loadInterpreter } from './interpreter.ts';
import { type NameChanges, Names, type SharedVariable } from './names.ts';
import { Outlet } from './outlet.ts';
import { preview } from './preview.ts';

/** Shared memory through which a person's typed line comes while this thread waits: state, bytes, then UTF-8. */
export const answer = { waiting: 0, given: 1, ended: 2, header: 8, most: 65_536 } as const;

export interface CellInput {
  code: string;
  mode: 'cell' | 'console';
  count: number;
  variables: SharedVariable[];
  /** The working folder, and the files the person picked. */
  folder: string;
  picked: Grant[];
  answers: SharedArrayBuffer;
}

export interface CellResult {
  status: 'ok' | 'error' | 'interrupted';
  error: PythonError | null;
  elapsed: number;
  changes: NameChanges;
  /** Python is gone with it, by `os._exit` or by a fault of its own: the next use begins a new one. */
  ended: boolean;
}

/** What the desk is told while a cell runs. */
export type CellEvents = PythonOutput[];

export interface FormulaInput {
  code: string;
  inputs: { name: string; array: ArrayDescriptor }[];
}

/** The one Python of a session, on the crunch thread. */
export class PythonSession {
  readonly #python: Interpreter;
  readonly #names: Names;
  readonly #folders: Folders;
  readonly #host: CellHost;

  private constructor(python: Interpreter, host: CellHost) {
    this.#python = python;
    this.#host = host;
    this.#names = new Names(python);
    this.#folders = new Folders(python.pyodide);
    host.array = (handle) => {
      const array = getArray(handle);
      const known = this.#names.variableOf(array);
      return { id: known?.id ?? null, name: known?.name ?? null, ...preview(array) };
    };
    host.checkInterrupt = () => python.checkInterrupt();
  }

  static async start(): Promise<PythonSession> {
    const host = new CellHost();
    const python = await loadInterpreter({ host });
    python.function('eigenscope.cell', 'begin')();
    return new PythonSession(python, host);
  }

  run(input: CellInput, interrupts: Int32Array, post: (outputs: CellEvents) => void): CellResult {
    const { code, mode, count } = input;
    mkdirSync(input.folder, { recursive: true });
    this.#folders.workIn(input.folder);
    this.#folders.pick(input.picked);
    this.#names.sync(input.variables);
    this.#names.prepare(code);
    this.#python.listen(interrupts);
    const outlet = new Outlet(post);
    this.#host.begin(outlet, input.answers);
    const started = performance.now();
    const { status, error, ended } = this.#execute(code, `<${mode} ${count}>`, mode);
    const elapsed = performance.now() - started;
    if (ended) {
      if (error !== null) outlet.put({ kind: 'error', error });
      outlet.end();
      this.#host.end();
      return { status, error, elapsed, changes: { assigned: [], written: [], deleted: [], apart: [] }, ended };
    }
    // A Stop that comes after the last line of the code is not meant for what follows.
    this.#python.listen(new Int32Array(1));
    if (error !== null) outlet.put({ kind: 'error', error });
    outlet.end();
    this.#host.end();
    return { status, error, elapsed, changes: this.#names.changes(), ended };
  }

  #execute(code: string, filename: string, mode: string): Pick<CellResult, 'status' | 'error' | 'ended'> {
    try {
      const told = this.#python.function('eigenscope.cell', 'run')(code, filename, mode) as string;
      return { ...(JSON.parse(told) as Pick<CellResult, 'status' | 'error'>), ended: false };
    } catch (thrown) {
      const text = String((thrown as Error).message);
      if (!this.#lives()) {
        const code = exitStatus(thrown);
        const message = code === null ? `Python broke down (${text})` : `the code ended Python, with status ${code}`;
        const traceback =
          'Python starts afresh. The arrays of the workspace are still there; run the cells above for the other names.\n';
        const error = { type: code === null ? 'Python ended' : 'SystemExit', message, traceback, line: null };
        return { status: 'error', error, ended: true };
      }
      // Stop can be heard between two steps of ours, too.
      if (!text.includes('KeyboardInterrupt')) throw thrown;
      const error = { type: 'KeyboardInterrupt', message: '', traceback: 'KeyboardInterrupt\n', line: null };
      return { status: 'interrupted', error, ended: false };
    }
  }

  #lives(): boolean {
    try {
      this.#python.listen(new Int32Array(1));
      this.#python.pyodide.runPython('0');
      return true;
    } catch {
      return false;
    }
  }

  reset(): void {
    this.#python.function('eigenscope.cell', 'reset')();
    this.#names.reset();
  }

  whole(code: string): { state: 'complete' | 'incomplete' | 'invalid'; indent: string } {
    return JSON.parse(this.#python.function('eigenscope.cell', 'whole')(code) as string) as never;
  }

  complete(code: string, cursor: number, variables: readonly SharedVariable[]) {
    this.#names.sync(variables);
    const complete = this.#python.function('eigenscope.completion', 'complete');
    const told = complete(code.slice(0, cursor), code.slice(cursor)) as string;
    const { length, matches } = JSON.parse(told) as {
      length: number;
      matches: [text: string, kind: PythonCompletion['kind'], detail: string][];
    };
    return {
      start: cursor - length,
      end: cursor,
      matches: matches.map(([text, kind, detail]) => ({ text, kind, detail })),
    };
  }

  inspect(code: string, cursor: number, variables: readonly SharedVariable[]): PythonInspection {
    this.#names.sync(variables);
    const look = this.#python.function('eigenscope.completion', 'look');
    return JSON.parse(look(code.slice(0, cursor), code.slice(cursor)) as string) as PythonInspection;
  }

  /** Names that an expression reads, or what is wrong with it. */
  read(code: string): { names: [name: string, known: boolean][]; problem: string | null } {
    return JSON.parse(this.#python.function('eigenscope.formula', 'read')(code) as string) as never;
  }

  /** The value of an expression, in memory of its own. */
  evaluate(
    { code, inputs }: FormulaInput,
    interrupts: Int32Array,
  ): { array: ArrayDescriptor | null; error: string | null; hint: string | null } {
    this.#python.listen(interrupts);
    const handles = inputs.map(({ array }) => putArray(NDArray.from(array)));
    const evaluate = this.#python.function('eigenscope.formula', 'evaluate');
    let told: string;
    try {
      told = evaluate(code, JSON.stringify(inputs.map(({ name }, at) => [name, handles[at]]))) as string;
    } finally {
      // A Stop that was not heard any more must not meet what comes next.
      this.#python.listen(new Int32Array(1));
    }
    const { handle, error, hint } = JSON.parse(told) as { handle: number; error: string | null; hint: string | null };
    return { array: error === null ? getArray(handle).descriptor() : null, error, hint };
  }
}

/** The page, as Python's side of a running cell sees it. */
class CellHost implements Host {
  #outlet: Outlet | null = null;
  #answers = new Int32Array(new SharedArrayBuffer(answer.header));
  #input = 0;
  readonly #still = new Int32Array(new SharedArrayBuffer(4));
  array: (handle: number) => PythonDisplay['array'] = () => undefined;
  checkInterrupt: () => void = () => undefined;

  begin(outlet: Outlet, answers: SharedArrayBuffer): void {
    this.#outlet = outlet;
    this.#answers = new Int32Array(answers);
  }

  end(): void {
    this.#outlet = null;
  }

  write(stream: 'stdout' | 'stderr', text: string): void {
    this.#outlet?.write(stream, text);
  }

  show(kind: 'display' | 'result', forms: string): void {
    const { handle, png, jpeg, ...plain } = withoutPrototypes(JSON.parse(forms)) as PythonDisplay & {
      handle?: number;
      png?: string;
      jpeg?: string;
    };
    const data: PythonDisplay = plain;
    if (png !== undefined) data.png = bytes(png);
    if (jpeg !== undefined) data.jpeg = bytes(jpeg);
    const array = handle === undefined ? undefined : this.array(handle);
    if (array !== undefined) data.array = array;
    this.#outlet?.put({ kind, data });
  }

  clear(wait: boolean): void {
    this.#outlet?.put({ kind: 'clear', wait });
  }

  input(prompt: string, secret: boolean): string | undefined {
    if (this.#outlet === null) return undefined;
    const cell = this.#answers;
    Atomics.store(cell, 0, answer.waiting);
    this.#outlet.put({ kind: 'input', input: ++this.#input, prompt, secret });
    while (Atomics.load(cell, 0) === answer.waiting) {
      Atomics.wait(cell, 0, answer.waiting, 50);
      this.checkInterrupt();
    }
    if (Atomics.load(cell, 0) === answer.ended) return undefined;
    return Buffer.from(new Uint8Array(cell.buffer, answer.header, Atomics.load(cell, 1))).toString('utf8');
  }

  sleep(seconds: number): void {
    Atomics.wait(this.#still, 0, 0, seconds * 1000);
    this.#outlet?.flush();
    this.checkInterrupt();
  }
}

function bytes(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}
