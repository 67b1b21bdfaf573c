/** The recorded cases of Python run on our numpy: how many of each module agree with NumPy, and which do not. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPyodide } from 'pyodide';
import { named } from '#engine/names/call.ts';
import { createBridge } from '#worker/python/bridge.ts';
import type { PythonApi } from '#worker/python/python-api.ts';

export interface Answer {
  case: string;
  out: string;
  error?: string;
  warnings?: string[];
}

export interface Outcome {
  case: string;
  agrees: boolean;
  want: Answer;
  got: Omit<Answer, 'case'>;
}

export interface ModuleReport {
  module: string;
  outcomes: Outcome[];
}

/** The modules that have recorded answers; those of sparse matrices once the engine has these. */
export function modulesIn(root: string): string[] {
  const sparse = named('scipy.sparse.eye') !== null;
  return readdirSync(join(root, 'test/conformance/python/answers'))
    .map((name) => name.replace(/\.json$/, ''))
    .filter((name) => sparse || name !== 'scipy_sparse')
    .sort();
}

/** Python with our numpy from its sources, and the runner of cases. */
export async function loadRunner(root: string): Promise<(module: string) => ModuleReport> {
  const python = await loadPyodide();
  const memory = (): Uint8Array => (python as unknown as { _module: { HEAPU8: Uint8Array } })._module.HEAPU8;
  const api = (python as unknown as { _module: PythonApi })._module;
  python.registerJsModule('_eigenscope', createBridge(memory, api));
  const folders = { '/numpy-room': join(root, 'python'), '/cases': join(root, 'test/conformance/python') };
  for (const [at, folder] of Object.entries(folders)) {
    python.mountNodeFS(at, folder);
  }
  python.runPython(`
import sys
sys.dont_write_bytecode = True
sys.path[:0] = ['/numpy-room', '/cases']
import json
import case_runner
import runpy
runpy.run_path('/numpy-room/eigenscope/numbers.py')['install']()

def report(module):
    with open(f'/cases/cases/{module}.py') as file:
        text = file.read()
    with open(f'/cases/answers/{module}.json') as file:
        wanted = json.load(file)['cases']
    return json.dumps(case_runner.run_file(text, wanted))

def compile_all(folder):
    import pathlib
    for path in pathlib.Path(folder).rglob('*.py'):
        compile(path.read_text(), str(path), 'exec')
`);
  const named = (name: string): ((text: string) => unknown) =>
    (python.globals as unknown as { get: (name: string) => unknown }).get(name) as (text: string) => unknown;
  named('compile_all')('/numpy-room');
  const report = named('report') as (module: string) => string;
  return (module) => ({ module, outcomes: JSON.parse(report(module)) as Outcome[] });
}

/** Cases whose answers differ from NumPy's on purpose, with the reason: "module / case". */
export function meantDifferences(root: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(root, 'test/conformance/python/differences.json'), 'utf8')) as Record<
    string,
    string
  >;
}

/** What a person reads about a case that does not agree. */
export function describe({ want, got }: Outcome): string {
  const lines: string[] = [];
  const line = (what: string, a: string | undefined, b: string | undefined): void => {
    if (a !== b)
      lines.push(
        `    ${what} of NumPy: ${JSON.stringify(a ?? '')}`,
        `    ${what} of ours:  ${JSON.stringify(b ?? '')}`,
      );
  };
  line('output', want.out, got.out);
  line('error', want.error, got.error);
  line('warnings', want.warnings?.join('; '), got.warnings?.join('; '));
  return lines.join('\n');
}

/** Runs the modules and prints the report; true when only differences that are meant are left. */
export async function printReport(
  root: string,
  chosen: readonly string[],
  print: (line: string) => void,
): Promise<boolean> {
  const known = modulesIn(root);
  const modules = chosen.length === 0 ? known : chosen;
  const unknown = modules.find((module) => !known.includes(module));
  if (unknown !== undefined) {
    print(`conformance has no module "${unknown}"; it has ${known.join(', ')}`);
    return false;
  }
  const run = await loadRunner(root);
  const meant = meantDifferences(root);
  let [agreed, total, unexpected] = [0, 0, 0];
  for (const module of modules) {
    const { outcomes } = run(module);
    const good = outcomes.filter((outcome) => outcome.agrees).length;
    agreed += good;
    total += outcomes.length;
    print(`${module.padEnd(14)} ${String(good).padStart(4)} of ${String(outcomes.length).padStart(4)} agree`);
    for (const outcome of outcomes.filter(({ agrees }) => !agrees)) {
      const reason = meant[`${module} / ${outcome.case}`];
      if (reason === undefined) unexpected++;
      print(
        `  ${reason === undefined ? 'differs' : 'differs on purpose'}: ${outcome.case}${reason === undefined ? '' : ` (${reason})`}`,
      );
      print(describe(outcome));
    }
  }
  print(`${agreed} of ${total} cases agree with NumPy (${((100 * agreed) / total).toFixed(1)} %)`);
  return unexpected === 0;
}
