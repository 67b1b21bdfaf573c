#!/usr/bin/env node
/**
 * Writes docs/reference.md: every function of the engine with its docstring, and the names under which NumPy's and
 * SciPy's are called.
 *
 *   node scripts/reference.mjs                     write
 *   node scripts/reference.mjs --check [--root D]  exit code 1 when the page is not what the sources say
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { format } from 'prettier';

const args = process.argv.slice(2);
const rootAt = args.indexOf('--root');
const root = rootAt < 0 ? resolve(import.meta.dirname, '..') : resolve(args[rootAt + 1]);
const page = join(root, 'docs/reference.md');
const engine = join(root, 'src/engine');

/** The functions of a module with their signatures and docstrings, overloads once. */
function functionsOf(source) {
  const found = new Map();
  const pattern =
    /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n(?:\/\/[^\n]*\n)*export function (\w+)(?:<[^(]*>)?\(([\s\S]*?)\)(?:: ([^\n]*?))?(?: \{|;)\n/g;
  for (const [, comment, name, parameters, result] of source.matchAll(pattern)) {
    if (found.has(name)) continue;
    const text = comment.replaceAll(/^\s*\* ?/gm, '').trim();
    const signature = `${name}(${parameters.replaceAll(/\s+/g, ' ').replaceAll(/,? $/g, '').trim()})${result ? `: ${result}` : ''}`;
    found.set(name, { signature, text });
  }
  return found;
}

const quoted = (text) => text.replaceAll('<', '&lt;').replaceAll('*', '\\*').replaceAll('_', '\\_');

function entry(name, { signature, text }) {
  const examples = [...text.matchAll(/@example (.+)$/gm)].map(([, code]) => code);
  const throws = [...text.matchAll(/@throws ([\s\S]*?)(?=\n@|$)/g)].map(([, words]) =>
    words.replaceAll(/\s+/g, ' ').trim(),
  );
  const prose = text
    .replaceAll(/@(throws|example|param|returns)[\s\S]*?(?=\n@|$)/g, '')
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => quoted(paragraph.replaceAll(/\s+/g, ' ')));
  return [
    `### ${quoted(name)}`,
    `\`\`\`ts\n${signature}\n\`\`\``,
    ...prose.filter((paragraph) => paragraph !== ''),
    ...throws.map((words) => `Errors: ${quoted(words)}`),
    ...examples.map((code) => `\`\`\`ts\n${code}\n\`\`\``),
  ].join('\n\n');
}

/** Names of a table with their parameters: `name: direct(fn, 'a b?')`. */
function namesOf(source) {
  return source
    .split(/^ {2}(?=\w+: (?:direct|optional|plain|ufunc|scipyEntry|pairEntry|ofQuantiles|generalised)\()/m)
    .slice(1)
    .flatMap((part) => {
      const [, name] = /^(\w+):/.exec(part) ?? [];
      const signature = [...part.matchAll(/'([\w\s?*|~>]+)'/g)]
        .map(([, text]) => text)
        .find((text) => /^[\w*?~>]+(\s|$)/.test(text));
      return name === undefined || signature === undefined
        ? []
        : [{ name, signature: signature.replaceAll(/\s*\|\s*/g, ' ').replaceAll(/[~>]/g, '?') }];
    });
}

async function reference() {
  const modules = readdirSync(engine, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !/^(native|lapack|kernels|names|blas-core)/.test(path))
    .sort();
  const sections = modules.flatMap((path) => {
    const functions = functionsOf(readFileSync(join(engine, path), 'utf8'));
    if (functions.size === 0) return [];
    return [`## ${path}\n\n${[...functions].map(([name, found]) => entry(name, found)).join('\n\n')}`];
  });
  const tables = [
    ['numpy', 'creation-names', 'manipulation-names', 'statistics-names', 'ordering-names', 'numpy-names'],
    ['numpy.linalg', 'linalg-names'],
    ['numpy.fft', 'fourier-names'],
    ['numpy.random', 'random-names'],
    ['scipy.linalg', 'scipy-names'],
  ].flatMap(([title, ...files]) => {
    const paths = files.map((file) => join(engine, 'names', `${file}.ts`)).filter((path) => existsSync(path));
    if (paths.length === 0) return [];
    const names = paths.flatMap((path) => namesOf(readFileSync(path, 'utf8')));
    const lines = names.map(({ name, signature }) => `- \`${name}(${signature.trim().split(/\s+/).join(', ')})\``);
    return [`### ${title}\n\n${lines.join('\n')}`];
  });
  const text = [
    '# Reference',
    'Made by `node scripts/reference.mjs` from the docstrings in `src/engine`; `npm run check` fails when it is out of date. The examples are run by the tests.',
    ...sections,
    '## Names for Python and formulas',
    'A parameter with a question mark may be left out; ufuncs of one and two operands, which all take `out`, `where`, `casting` and `dtype`, stand above under their modules.',
    ...tables,
  ].join('\n\n');
  return format(text, { parser: 'markdown', printWidth: 120, singleQuote: true, embeddedLanguageFormatting: 'off' });
}

const wanted = await reference();
if (args.includes('--check')) {
  const there = existsSync(page) ? readFileSync(page, 'utf8') : '';
  if (there !== wanted) {
    console.log('docs/reference.md is not what the docstrings say: node scripts/reference.mjs');
    process.exitCode = 1;
  }
} else {
  writeFileSync(page, wanted);
}
