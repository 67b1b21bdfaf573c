#!/usr/bin/env node
/**
 * Looks at the docstrings of the engine.
 *
 * Every function that a module exports has one, and it names under `@throws` each code of error that the function throws
 * itself. Functions of linear algebra that are given arrays tell the shapes, in letters, and those that call LAPACK name
 * the routine or the paper.
 *
 * The public ones (what that is, `public-names.mjs` says), constants that are functions and methods of classes among
 * them, begin with a sentence; where arrays come in or go out they tell the shapes in letters, or that shapes broadcast,
 * and the dtypes; and they have an `@example`, which the tests run. Another name of a function (`abs`) needs no more than
 * to say so.
 *
 *   node scripts/docstrings.mjs [--root DIR]   exit code 1 and `path:line: what is missing`, where something is
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { declarationsOf, publicDeclarations } from './public-names.mjs';

const rootAt = process.argv.indexOf('--root');
const root = rootAt < 0 ? resolve(import.meta.dirname, '..') : resolve(process.argv[rootAt + 1]);
const engine = join(root, 'src/engine');

/** Ours alone, or said elsewhere: a fault in our own code, and memory, which everything that allocates may lack. */
const unsaid = new Set(['bug', 'memory']);

/** Where the functions of linear algebra lie that NumPy and SciPy have too; not what they have in common. */
const ofMatrices = /^(?:linalg|scipy|fourier)\b(?!\/(?:matrices|axes|inputs|batches)\.)/;

/** A shape in letters, `(n, n)`, `(…, m, k)`, `(n,)`, `(…)`, or that of a number, `()`. */
const shape = /\((?:…, )?[a-zA-Z0-9](?:[^()]*,[^()]*| [+−·] [^()]*)?\)|\(…[^()]*\)|\(\)/u;

/** Operands of which each element meets its own, or whose shape is the caller's. */
const otherShapes = /\bbroadcasts?\b|\bof `?shape`?\b|\bany shape\b|\bof `size`|\bshape `size`/;

/** A dtype by its name, or the word itself. */
const dtype = /\b(?:bool|u?int(?:8|16|32|64)|intp|float(?:32|64)|complex(?:64|128)|dtypes?)\b/i;

/** LAPACK, BLAS or another library by its name, or the author and year of a paper. */
const origin = /LAPACK|BLAS|FFT|\b(?:1[89]|20)\d\d\b/u;

/** Types of TypeScript that hold arrays, or lists that become some. */
const arrays = /\b(?:NDArray|Operand|ArrayLike|Sparse|SparseLike|Compressed|Coordinates|Diagonals|Matrix)\b/;

/** The codes of `throw new AppError('code', …)`, and Python's classes of `SparseError`. */
function thrownIn(body) {
  const found = new Set();
  const visit = (node) => {
    if (ts.isThrowStatement(node) && ts.isNewExpression(node.expression)) {
      const { expression, arguments: given } = node.expression;
      const text = given?.[0]?.getText() ?? '';
      if (['AppError', 'SparseError'].includes(expression.getText()))
        for (const [, code] of text.matchAll(/'([\w-]+)'/g)) found.add(code);
    }
    // In the definition of a ufunc: the words with which it refuses booleans.
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'refuseBool') found.add('dtype');
    ts.forEachChild(node, visit);
  };
  visit(body);
  return [...found].filter((code) => !unsaid.has(code));
}

/** The routines of the addon that a body calls itself. */
function routinesIn(body) {
  const found = [...body.getText().matchAll(/\bnative\(\)\s*\.(\w+)\(/g)].map(([, routine]) => routine);
  return [...new Set(found)];
}

/** A docstring as it is read: without stars, and without its tags. */
const wordsOf = (doc) =>
  doc
    .replaceAll(/^\s*\/?\*+\/? ?|\*\/$/gm, '')
    .replaceAll(/@(?:throws|example)[^@]*/g, '')
    .trim();

/** The types of what goes in and what comes out. */
function typesOf(node) {
  const texts = (node.parameters ?? []).map((parameter) => parameter.type?.getText().replaceAll(/=> \w+/g, '') ?? '');
  return { taken: texts.join(' '), given: node.type?.getText() ?? '' };
}

/** What any exported function lacks. */
function lacks({ name, doc, nodes }, path) {
  if (doc === '') return ['has no docstring'];
  const node = nodes.at(-1);
  const body = node.body ?? node.initializer;
  if (body === undefined) return [];
  const throws = doc.includes('@throws') ? doc.slice(doc.indexOf('@throws')) : '';
  const missing = thrownIn(body).filter((code) => !new RegExp(`\\b${code}\\b`).test(throws));
  const found = missing.length === 0 ? [] : [`throws ${missing.join(', ')}, which its docstring does not say`];
  if (!ofMatrices.test(path) || name.includes('.')) return found;
  const { taken, given } = typesOf(node);
  const ofArrays = /\b(?:Operand|NDArray)\b/.test(taken) && /\bNDArray\b|Result/.test(given);
  const routines = routinesIn(body);
  if (ofArrays && !shape.test(wordsOf(doc))) found.push('tells no shapes');
  if (routines.length > 0 && !origin.test(wordsOf(doc)))
    found.push(`does not name the source of ${routines.join(', ')}`);
  return found;
}

/** What a public one lacks beyond that. */
function lacksInPublic({ kind, doc, nodes }) {
  if (doc === '' || kind === 'alias' || kind === 'class') return [];
  const words = wordsOf(doc);
  const found = /^[^.:]*\S[.:]|^\S[^]*?[.:](?:\s|$)/.test(words) ? [] : ['begins with no sentence'];
  if (kind === 'accessor') return found;
  const types = nodes.map((node) => typesOf(node.initializer ?? node));
  // Whatever makes functions makes them of arrays.
  const isMade = kind === 'constant' && !ts.isArrowFunction(nodes[0].initializer);
  const ofArrays = isMade || types.some(({ taken, given }) => arrays.test(`${taken} ${given}`));
  if (ofArrays && !shape.test(words) && !otherShapes.test(words)) found.push('tells no shapes');
  if (ofArrays && !dtype.test(words)) found.push('tells no dtypes');
  if (!doc.includes('@example')) found.push('has no example');
  return found;
}

const paths = readdirSync(engine, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts') && !/^(native|kernels|names)/.test(path))
  .sort();
const problems = new Set();
const report = (path, { line, name }, lack) => problems.add(`src/engine/${path}:${line}: ${name} ${lack}`);
for (const path of paths) {
  const text = readFileSync(join(engine, path), 'utf8');
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  for (const found of declarationsOf(source, text).values())
    if (found.kind === 'function') for (const lack of lacks(found, path)) report(path, found, lack);
}
for (const found of publicDeclarations(root)) {
  const members = [...(found.members?.values() ?? [])].map((member) => ({
    ...member,
    name: `${found.name}.${member.name}`,
  }));
  for (const each of [found, ...members])
    for (const lack of [...lacks(each, found.path), ...lacksInPublic(each)]) report(found.path, each, lack);
}
for (const problem of problems) console.log(problem);
if (problems.size > 0) process.exitCode = 1;
