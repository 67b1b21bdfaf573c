import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { loadPyodide as load, PyodideAPI } from 'pyodide';
import type { PyCallable, PyProxy } from 'pyodide/ffi';
import { createBridge } from './bridge.ts';
import type { PythonApi } from './python-api.ts';
import { closeInPython, lockConstructors, withoutDoors } from './doors.ts';
import { outsideArchive, roomFolder } from './room.ts';

/** What Python's side of the app calls: the module `_eigenscope_host`. */
export interface Host {
  write(stream: 'stdout' | 'stderr', text: string): void;
  /** A value to show, as JSON of its forms. */
  show(kind: 'display' | 'result', forms: string): void;
  clear(wait: boolean): void;
  /** The line a person types; undefined, Python's None, at the end of input. */
  input(prompt: string, secret: boolean): string | undefined;
  sleep(seconds: number): void;
}

/** Where the room lies in Python's file system. */
const roomPath = '/lib/eigenscope.zip';

/** The one operation of Emscripten's files that is needed here. */
interface Files {
  writeFile(path: string, data: Uint8Array): void;
}

/** CPython on this thread, with our `numpy` beside its own library. */
export interface Interpreter {
  readonly pyodide: PyodideAPI;
  /** A function of a module of the room: `('eigenscope.cell', 'run')`. */
  function(module: string, name: string): PyCallable;
  /** Where Stop is heard: 2 in the first cell is Ctrl-C. */
  listen(interrupts: Int32Array): void;
  /** Throws Python's KeyboardInterrupt when Stop was asked for; for code of ours that waits. */
  checkInterrupt(): void;
}

export interface InterpreterOptions {
  host: Host;
  /** Bytes of standard input, output and error, for scripts that have real ones. */
  terminal?: {
    stdin: () => Uint8Array | null;
    stdout: (bytes: Uint8Array) => number;
    stderr: (bytes: Uint8Array) => number;
    isatty: boolean;
  };
  env?: Record<string, string>;
}

/**
 * Loads CPython; about half a second from the memory image that the build made, two without.
 *
 * The image holds Python as it stands after its start, with the parts of its library that every cell needs. What it
 * does not hold is chance: random's state is made anew.
 */
export async function loadInterpreter(options: InterpreterOptions): Promise<Interpreter> {
  const room = roomFolder();
  const folder = dirname(outsideArchive(fileURLToPath(import.meta.resolve('pyodide'))));
  const from = (name: string) => import(pathToFileURL(join(folder, name)).href) as Promise<Record<string, unknown>>;
  const { loadPyodide } = (await from('pyodide.mjs')) as unknown as { loadPyodide: typeof load };
  const create = (await from('pyodide.asm.mjs'))['default'] as Parameters<typeof withoutDoors>[0];
  const snapshot = image(room);
  const pyodide = await loadPyodide({
    indexURL: folder,
    createPyodideModule: withoutDoors(create) as never,
    env: { HOME: '/home/pyodide', ...options.env },
    ...(snapshot === null ? {} : { _loadSnapshot: snapshot }),
  });
  (pyodide as unknown as { FS: Files }).FS.writeFile(roomPath, readFileSync(join(room, 'room.zip')));
  pyodide.registerJsModule(
    '_eigenscope',
    createBridge(() => memoryOf(pyodide), apiOf(pyodide)),
  );
  pyodide.registerJsModule('_eigenscope_host', options.host);
  if (options.terminal !== undefined) {
    const { stdin, stdout, stderr, isatty } = options.terminal;
    pyodide.setStdin({ stdin, isatty });
    pyodide.setStdout({ write: stdout, isatty });
    pyodide.setStderr({ write: stderr, isatty });
  }
  pyodide.runPython(`
import sys
sys.path.insert(0, '${roomPath}')
sys.path[:] = [path for at, path in enumerate(sys.path) if path not in sys.path[:at]]
import random
random.seed()
${closeInPython}`);
  lockConstructors();

  const modules = new Map<string, PyProxy>();
  return {
    pyodide,
    function(module, name) {
      let found = modules.get(module);
      if (found === undefined) {
        found = pyodide.pyimport(module) as PyProxy;
        modules.set(module, found);
      }
      return (found as unknown as Record<string, PyCallable>)[name];
    },
    listen: (interrupts) => pyodide.setInterruptBuffer(interrupts),
    checkInterrupt: () => pyodide.checkInterrupt(),
  };
}

/** The status of code that ended Python at once, by `os._exit`; null for anything else that is thrown. */
export function exitStatus(thrown: unknown): number | null {
  const code = /exit\((-?\d+)\)/.exec(String((thrown as Error).message))?.[1];
  return code === undefined ? null : Number(code);
}

/** CPython's C interface, which the bridge calls. */
function apiOf(pyodide: PyodideAPI): PythonApi {
  return (pyodide as unknown as { _module: PythonApi })._module;
}

/** Memory can grow and is then another array. */
function memoryOf(pyodide: PyodideAPI): Uint8Array {
  return (pyodide as unknown as { _module: { HEAPU8: Uint8Array } })._module.HEAPU8;
}

function image(room: string): Uint8Array | null {
  try {
    return readFileSync(join(room, 'start.image'));
  } catch {
    return null;
  }
}
