#!/usr/bin/env node
/**
 * Looks at the docstrings of the engine: every function that a module exports has one, and it names under `@throws` each
 * code of error that the function throws itself. Functions of linear algebra that are given arrays tell the shapes, in
 * letters, and those that call LAPACK name the routine or the paper.
 *
 *   node scripts/docstrings.mjs [--root DIR]   exit code 1 and `path:line: what is missing`, where something is
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

const rootAt = process.argv.indexOf('--root');
const root = rootAt < 0 ? resolve(import.meta.dirname, '..') : resolve(process.argv[rootAt + 1]);
const engine = join(root, 'src/engine');

/** Ours alone, or said elsewhere: a fault in our own code, and memory, which everything that allocates may lack. */
const unsaid = new Set(['bug', 'memory']);

/** Where the functions of linear algebra lie that NumPy and SciPy have too; not what they have in common. */
const ofMatrices = /^(?:linalg|scipy|fourier)\b(?!\/(?:matrices|axes|inputs|batches)\.)/;

/** A shape in letters, `(n, n)`, `(…, m, k)`, `(n,)`, or that of a number, `()`. */
const shape = /\((?:…, )?[a-zA-Z0-9](?:[^()]*,[^()]*| [+−·] [^()]*)?\)|\(…[^()]*\)|\(\)/u;

/** LAPACK, BLAS or another library by its name, or the author and year of a paper. */
const origin = /LAPACK|BLAS|FFT|\b(?:1[89]|20)\d\d\b/u;

/** The functions that a source exports: where, with all docstrings of their overloads, and what their bodies throw. */
function functionsOf(source, text) {
  const docs = new Map();
  return source.statements.flatMap((statement) => {
    if (!ts.isFunctionDeclaration(statement) || statement.name === undefined) return [];
    if (!statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    const name = statement.name.text;
    const comments = (ts.getLeadingCommentRanges(text, statement.pos) ?? []).map(({ pos, end }) =>
      text.slice(pos, end),
    );
    const own = comments.filter((comment) => comment.startsWith('/**')).at(-1) ?? '';
    docs.set(name, (docs.get(name) ?? '') + own);
    if (statement.body === undefined) return [];
    const { line } = source.getLineAndCharacterOfPosition(statement.name.pos);
    const types = statement.parameters
      .map((parameter) => parameter.type?.getText().replaceAll(/=> \w+/g, '') ?? '')
      .join(' ');
    return [
      {
        name,
        line: line + 1,
        doc: docs.get(name),
        thrown: thrownIn(statement.body),
        ofArrays: /\b(?:Operand|NDArray)\b/.test(types) && /\bNDArray\b|Result/.test(statement.type?.getText() ?? ''),
        routines: routinesIn(statement.body),
      },
    ];
  });
}

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

/** What a docstring of linear algebra lacks, of shapes and of sources. */
function untold({ doc, ofArrays, routines }) {
  const text = doc.replaceAll(/@(?:throws|example)[^@]*/g, '');
  return [
    ...(ofArrays && !shape.test(text) ? ['tells no shapes'] : []),
    ...(routines.length > 0 && !origin.test(text) ? [`does not name the source of ${routines.join(', ')}`] : []),
  ];
}

const problems = readdirSync(engine, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts') && !/^(native|kernels|names)/.test(path))
  .sort()
  .flatMap((path) => {
    const text = readFileSync(join(engine, path), 'utf8');
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    return functionsOf(source, text).flatMap((found) => {
      const { name, line, doc, thrown } = found;
      const at = `src/engine/${path}:${line}: ${name}`;
      if (doc === '') return [`${at} has no docstring`];
      const throws = doc.includes('@throws') ? doc.slice(doc.indexOf('@throws')) : '';
      const missing = thrown.filter((code) => !new RegExp(`\\b${code}\\b`).test(throws));
      return [
        ...(missing.length === 0 ? [] : [`${at} throws ${missing.join(', ')}, which its docstring does not say`]),
        ...(ofMatrices.test(path) ? untold(found).map((lack) => `${at} ${lack}`) : []),
      ];
    });
  });
for (const problem of problems) console.log(problem);
if (problems.length > 0) process.exitCode = 1;
