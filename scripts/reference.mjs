#!/usr/bin/env node
/**
 * Writes docs/reference.md: every public function of the engine (what that is, `public-names.mjs` says) with its
 * docstring, under the room of NumPy or SciPy that it belongs to, and the names under which NumPy's and SciPy's are called.
 *
 *   node scripts/reference.mjs                     write
 *   node scripts/reference.mjs --check [--root D]  exit code 1 when the page is not what the sources say
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { format } from 'prettier';
import ts from 'typescript';
import { ours, publicDeclarations, rooms } from './public-names.mjs';

const args = process.argv.slice(2);
const rootAt = args.indexOf('--root');
const root = rootAt < 0 ? resolve(import.meta.dirname, '..') : resolve(args[rootAt + 1]);
const page = join(root, 'docs/reference.md');
const engine = join(root, 'src/engine');

const spaced = (text) => text.replaceAll(/\s+/g, ' ').trim();

/** `name(parameters): result` as it stands in the source; of overloads the first, of `f = binary(…)` its type. */
function signatureOf({ name, kind, nodes }) {
  const [node] = nodes;
  if (kind === 'class') {
    const made = node.members.find((member) => ts.isConstructorDeclaration(member));
    return made === undefined ? `class ${name}` : `new ${name}(${parametersOf(made)})`;
  }
  if (kind === 'accessor') return `${name}: ${node.type?.getText() ?? 'unknown'}`;
  if (kind === 'alias') return `${name} = ${node.initializer.getText()}`;
  const made = kind === 'constant' ? plain(node.initializer) : node;
  if (ts.isCallExpression(made)) return `${name}: ${asserted(node.initializer) ?? resultOf(made)}`;
  const result = made.type === undefined ? '' : `: ${spaced(made.type.getText())}`;
  return `${name}(${parametersOf(made)})${result}`;
}

const plain = (expression) => (ts.isAsExpression(expression) ? plain(expression.expression) : expression);

const asserted = (expression) => (ts.isAsExpression(expression) ? spaced(expression.type.getText()) : null);

const parametersOf = (node) =>
  spaced(node.parameters.map((parameter) => parameter.getText()).join(', ')).replaceAll(/, ?\}/g, ' }');

/** What a call of a function of the same module gives, by the type it declares or the call that it is in turn. */
function resultOf(call) {
  const name = call.expression.getText();
  if (name === 'unary' || name === 'binary')
    return `(${name === 'unary' ? 'a: Operand' : 'a: Operand, b: Operand'}, options?: UfuncOptions) => NDArray`;
  const { statements } = call.getSourceFile();
  const made =
    statements.find((statement) => ts.isFunctionDeclaration(statement) && statement.name?.text === name) ??
    statements
      .filter((statement) => ts.isVariableStatement(statement))
      .flatMap((statement) => [...statement.declarationList.declarations])
      .find((declaration) => declaration.name.getText() === name)?.initializer;
  if (made?.type !== undefined && !ts.isTypeReferenceNode(made.type)) return spaced(made.type.getText());
  const body = made?.body !== undefined && ts.isBlock(made.body) ? made.body.statements.at(-1)?.expression : made?.body;
  if (body !== undefined && ts.isCallExpression(body)) return resultOf(body);
  if (made?.type !== undefined) return spaced(made.type.getText());
  if (body === undefined || !ts.isArrowFunction(body)) throw new Error(`what ${name} makes is not read here`);
  return `(${parametersOf(body)}) => ${body.type?.getText() ?? 'unknown'}`;
}

const quoted = (text) => text.replaceAll('<', '&lt;').replaceAll('*', '\\*').replaceAll('_', '\\_');

/** A declaration under a heading of so many signs, with what it says of itself. */
function entry(found, level = 4) {
  const text = found.doc
    .replaceAll(/\*\/\s*\/\*\*/g, '\n')
    .replaceAll(/^\s*\/?\*+\/? ?|\s*\*\/$/gm, '')
    .trim();
  const examples = [...text.matchAll(/@example (.+)$/gm)].map(([, code]) => code);
  const throws = [...text.matchAll(/@throws ([\s\S]*?)(?=\s@(?:example|throws|param)|$(?![\s\S]))/g)].map(([, words]) =>
    spaced(words),
  );
  const prose = text
    .replaceAll(/@(throws|example|param|returns)[\s\S]*?(?=\s@(?:example|throws|param)|$(?![\s\S]))/g, '')
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => quoted(spaced(paragraph)));
  const own = [
    `${'#'.repeat(level)} ${quoted(found.name)}`,
    `\`\`\`ts\n${signatureOf(found)}\n\`\`\``,
    ...prose.filter((paragraph) => paragraph !== ''),
    ...throws.map((words) => `Errors: ${quoted(words)}`),
    ...examples.map((code) => `\`\`\`ts\n${code}\n\`\`\``),
  ];
  const members = [...(found.members?.values() ?? [])].map((member) =>
    entry({ ...member, name: `${found.name}.${member.name}` }, level + 1),
  );
  return [...own, ...members].join('\n\n');
}

/** The public declarations room by room, each room module by module. */
function sections() {
  const found = publicDeclarations(root);
  const order = [...rooms.map(([room]) => room), 'scipy.sparse.linalg', ours];
  return order
    .filter((room) => found.some((one) => one.room === room))
    .map((room) => {
      const here = found.filter((one) => one.room === room);
      const modules = [...new Set(here.map(({ path }) => path))].map((path) => {
        const entries = here.filter((one) => one.path === path).map((one) => entry(one));
        return `### ${path}\n\n${entries.join('\n\n')}`;
      });
      return `## ${titles[room] ?? room}\n\n${modules.join('\n\n')}`;
    });
}

const titles = { [ours]: "Eigenscope's own" };

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

/** The lists of names, by the constants that hold them. */
function tables() {
  const titled = [...rooms, ['scipy.sparse.linalg', ['sparse']], ['Methods of sparse matrices', ['sparse']]];
  const constants = { 'scipy.sparse': 'sparseNames', 'scipy.sparse.linalg': 'sparseLinalgNames' };
  return titled.flatMap(([title, files]) => {
    const constant = files[0] === 'sparse' ? (constants[title] ?? 'sparseMethods') : null;
    const names = files
      .map((file) => join(engine, 'names', `${file}-names.ts`))
      .filter((path) => existsSync(path))
      .flatMap((path) => {
        const text = readFileSync(path, 'utf8');
        return namesOf(
          constant === null
            ? text
            : (text.split(/^(?=export const )/m).find((part) => part.startsWith(`export const ${constant}`)) ?? ''),
        );
      });
    if (names.length === 0) return [];
    const lines = names.map(({ name, signature }) => {
      const parameters = signature
        .trim()
        .split(/\s+/)
        .filter((word) => word !== '' && word !== '/' && word !== 'self');
      return `- \`${name}(${parameters.join(', ')})\``;
    });
    return [
      `### Names of ${title === 'Methods of sparse matrices' ? 'the methods of sparse matrices' : title}\n\n${lines.join('\n')}`,
    ];
  });
}

async function reference() {
  const text = [
    '# Reference',
    'Made by `node scripts/reference.mjs` from the docstrings in `src/engine`; `npm run check` fails when it is out of date. The examples are run by the tests.',
    "Here stands what is public: what has a name of NumPy's or SciPy's, what other rooms of the program call, and what is meant for callers from outside; of classes, their methods. What one module of the engine lends another is inner: its docstrings are in the sources alone. Shapes are written in letters, `(…)` for any number of axes; a tuple behind an arrow is the shape of the result.",
    ...sections(),
    '## Names for Python and formulas',
    'A parameter with a question mark may be left out; ufuncs of one and two operands, which all take `out`, `where`, `casting` and `dtype`, stand above under their modules.',
    ...tables(),
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
