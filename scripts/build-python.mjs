/**
 * Python's part of the build, in out/python: `room.zip`, the modules of python/ with their compiled forms, and
 * `start.image`, CPython's memory just after its start, from which it stands in a quarter of the time.
 */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadPyodide } from 'pyodide';

/** What every cell or script needs, and nothing that draws from chance. */
const ready =
  'ast, base64, builtins, codeop, collections, contextlib, copy, datetime, enum, functools, inspect, io, itertools, json, ' +
  'keyword, linecache, math, numbers, operator, os, pkgutil, re, struct, symtable, sys, time, timeit, tokenize, ' +
  'traceback, types, typing, warnings, weakref, zipimport, array, cmath, fractions, decimal, statistics, csv, string';

function sources(folder) {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) return name === '__pycache__' ? [] : sources(path);
      return name.endsWith('.py') ? [path] : [];
    });
}

/** CPython that does not know where it is built: sys.executable and the image name no path of this machine. */
async function loadUnnamed() {
  const program = process.argv[1];
  process.argv[1] = 'python';
  try {
    return await loadPyodide({ _makeSnapshot: true });
  } finally {
    process.argv[1] = program;
  }
}

/** Builds both in the tree at `root`. @throws when a module of the room does not compile. */
export async function buildPython(root) {
  const from = join(root, 'python');
  const out = join(root, 'out/python');
  mkdirSync(out, { recursive: true });
  const pyodide = await loadUnnamed();
  const names = sources(from).map((path) => relative(from, path).split(sep).join('/'));
  for (const name of names) {
    pyodide.FS.mkdirTree(`/room/${name.split('/').slice(0, -1).join('/')}`);
    pyodide.FS.writeFile(`/room/${name}`, readFileSync(join(from, name)));
  }
  pyodide.globals.set('names', names.join('\n'));
  pyodide.runPython(`
import py_compile, zipfile
with zipfile.ZipFile('/room.zip', 'w', zipfile.ZIP_STORED) as room:
    def add(name, path):
        # The same sources give the same bytes, whenever they are built.
        with open(path, 'rb') as file:
            room.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), file.read())
    for name in names.split():
        compiled = py_compile.compile(
            '/room/' + name, '/compiled', '/lib/eigenscope.zip/' + name, doraise=True,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
        add(name, '/room/' + name)
        add(name + 'c', compiled)
del names, add, room, name, compiled, py_compile, zipfile
`);
  writeFileSync(join(out, 'room.zip'), pyodide.FS.readFile('/room.zip'));

  // An error told once brings in all that telling errors needs.
  pyodide.runPython(`
import ${ready}
for code in ('def f(:', '1 / 0', 'undefined_name'):
    try:
        exec(compile(code, '<start>', 'exec'))
    except Exception as error:
        ''.join(traceback.TracebackException.from_exception(error, compact=True).format())
del code, ${ready}
import sys
sys.executable = 'python'
del sys`);
  writeFileSync(join(out, 'start.image'), pyodide.makeMemorySnapshot());
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await buildPython(resolve(import.meta.dirname, '..'));
}
