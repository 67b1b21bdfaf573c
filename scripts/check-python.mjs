/** The check of python/: every module compiles, and imports only Python's library, the room itself and the worker's modules. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadPyodide } from 'pyodide';
import { repositoryFiles } from './repository-rules.mjs';

/** What the worker registers, and Pyodide's own way to see JavaScript's errors. */
const registered = ['_eigenscope', '_eigenscope_host', 'pyodide'];

const rules = `
import ast, sys
def problems(path, source, own):
    try:
        tree = ast.parse(source, path)
    except SyntaxError as error:
        return f'{path}:{error.lineno}: {error.msg}'
    found = []
    for node in ast.walk(tree):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module] if isinstance(node, ast.ImportFrom) and not node.level else []
        for name in names:
            if name.split('.')[0] not in sys.stdlib_module_names | set(own.split()):
                found.append(f'{path}:{node.lineno}: imports {name}, which is neither Python\\'s nor ours')
    return '\\n'.join(found)
problems
`;

/** Every violation as `path:line: what is wrong`. */
export async function pythonProblems(root) {
  const files = repositoryFiles(root).filter((path) => /^python\/.*\.py$/.test(path));
  if (files.length === 0) return [];
  const own = new Set(files.map((path) => path.split('/')[1].replace(/\.py$/, '')));
  const pyodide = await loadPyodide();
  const problems = pyodide.runPython(rules);
  const names = [...own, ...registered].join(' ');
  return files
    .map((path) => problems(path, readFileSync(join(root, path), 'utf8'), names))
    .filter((text) => text !== '');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const found = await pythonProblems(resolve(process.argv[2] ?? '.'));
  for (const line of found) console.log(line);
  process.exitCode = found.length > 0 ? 1 : 0;
}
