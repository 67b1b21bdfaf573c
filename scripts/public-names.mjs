/**
 * What of the engine is public, read from the sources.
 *
 * Public is what somebody outside calls: an exported function, class or constant that is a function (`add = binary(…)`)
 * which a table of NumPy's and SciPy's names (`src/engine/names/*-names.ts`) or another room (`#engine/…`) imports; one
 * whose name has an underscore, as only theirs have (`csr_matrix`); and one that nobody imports, so that it can only be
 * meant for callers outside. Of `import * as` the members that are named count, and all of them where the module is
 * handed on as a whole. With a class come its public methods and those it inherits, and a class that a public function
 * returns is public too. The rest is what one module of the engine lends another: inner.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

/** The tables of names of each room; a function is listed under the first that has it, the others of its module with it. */
export const rooms = [
  ['numpy', ['creation', 'manipulation', 'statistics', 'ordering', 'numpy']],
  ['numpy.linalg', ['linalg']],
  ['numpy.fft', ['fourier']],
  ['numpy.random', ['random']],
  ['scipy.linalg', ['scipy']],
  ['scipy.sparse', ['sparse']],
];

/** Where a module stands of which no table has anything. */
export const ours = 'eigenscope';

const roomOfTable = new Map(
  rooms.flatMap(([room, tables]) => tables.map((table) => [`names/${table}-names.ts`, room])),
);

const listed = (folder) =>
  !existsSync(folder)
    ? []
    : readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .map((path) => path.replaceAll('\\', '/'))
        .filter((path) => path.endsWith('.ts'))
        .sort();

const isExported = (node) => node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;

const isHidden = (member) =>
  ts.isPrivateIdentifier(member.name) ||
  (member.modifiers?.some(({ kind }) =>
    [ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword].includes(kind),
  ) ??
    false);

/** The last docstring that stands before a node. */
function docstring(node, text) {
  const comments = ts.getLeadingCommentRanges(text, node.pos) ?? [];
  return (
    comments
      .map(({ pos, end }) => text.slice(pos, end))
      .filter((comment) => comment.startsWith('/**'))
      .at(-1) ?? ''
  );
}

const plain = (expression) => (ts.isAsExpression(expression) ? plain(expression.expression) : expression);

/** A constant that is a function: an arrow, another name of one, or made by one of the engine's. */
function isFunction(initializer) {
  const made = plain(initializer);
  return (
    ts.isArrowFunction(made) ||
    ts.isIdentifier(made) ||
    (ts.isCallExpression(made) && ts.isIdentifier(made.expression) && made.expression.text !== 'Symbol')
  );
}

/**
 * The exported functions, classes and functional constants of a module, by name, with the docstrings of all overloads:
 * `kind` is 'function', 'constant', 'alias' or 'class', whose `members` are its public ones.
 */
export function declarationsOf(source, text) {
  const found = new Map();
  const at = (node) => source.getLineAndCharacterOfPosition(node.name.getStart()).line + 1;
  const add = (into, name, node, kind, more = {}) => {
    const earlier = into.get(name);
    const doc = (earlier?.doc ?? '') + docstring(more.carrier ?? node, text);
    into.set(name, { name, kind, nodes: [...(earlier?.nodes ?? []), node], line: at(node), doc, ...more });
  };
  for (const statement of source.statements) {
    if (!isExported(statement)) continue;
    if (ts.isFunctionDeclaration(statement)) add(found, statement.name.text, statement, 'function');
    if (ts.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) {
        if (declaration.initializer === undefined || !isFunction(declaration.initializer)) continue;
        const kind = ts.isIdentifier(plain(declaration.initializer)) ? 'alias' : 'constant';
        add(found, declaration.name.text, declaration, kind, { carrier: statement });
      }
    }
    if (ts.isClassDeclaration(statement)) {
      const members = new Map();
      for (const member of statement.members) {
        const isMethod = ts.isMethodDeclaration(member);
        if (!(isMethod || ts.isGetAccessorDeclaration(member)) || isHidden(member)) continue;
        const name = member.name.getText();
        // What the language calls by itself.
        if (!name.startsWith('[')) add(members, name, member, isMethod ? 'method' : 'accessor');
      }
      const parent = statement.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
      add(found, statement.name.text, statement, 'class', {
        members,
        parent: parent?.types[0].expression.getText() ?? null,
      });
    }
  }
  return found;
}

/** The values that a source imports: `{ specifier, names }`, where `names` is null for a module handed on as a whole. */
function importsOf(source) {
  return source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) || statement.importClause === undefined) return [];
    const { importClause, moduleSpecifier } = statement;
    const bindings = importClause.namedBindings;
    if (importClause.isTypeOnly || bindings === undefined) return [];
    const specifier = moduleSpecifier.text;
    if (ts.isNamedImports(bindings)) {
      const names = bindings.elements.filter(({ isTypeOnly }) => !isTypeOnly);
      return [{ specifier, names: names.map(({ name, propertyName }) => (propertyName ?? name).text) }];
    }
    const members = new Set();
    let whole = false;
    const visit = (node) => {
      if (ts.isTypeNode(node)) return;
      const isModule = (other) => other !== undefined && ts.isIdentifier(other) && other.text === bindings.name.text;
      if (ts.isPropertyAccessExpression(node) && isModule(node.expression)) {
        members.add(node.name.text);
        return;
      }
      if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name) && isModule(node.initializer)) {
        for (const { name, propertyName } of node.name.elements) members.add((propertyName ?? name).getText());
        return;
      }
      const isKey =
        'name' in node.parent && node.parent.name === node && !ts.isShorthandPropertyAssignment(node.parent);
      if (isModule(node) && !isKey) whole = true;
      ts.forEachChild(node, visit);
    };
    for (const other of source.statements) if (other !== statement) visit(other);
    return [{ specifier, names: whole ? null : [...members] }];
  });
}

/**
 * The public declarations, in the order of the paths: each as `declarationsOf` has it, with `path` below `src/engine`,
 * its `room`, and `source` and `text` of its module.
 */
export function publicDeclarations(root) {
  const engine = join(root, 'src/engine');
  const parse = (path) => {
    const text = readFileSync(path, 'utf8');
    return { text, source: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) };
  };
  const modules = new Map(
    listed(engine)
      .filter((path) => !/^(?:names\/|native)/.test(path))
      .map((path) => {
        const { source, text } = parse(join(engine, path));
        return [path, { path, source, text, declarations: declarationsOf(source, text) }];
      }),
  );
  const lent = new Set();
  for (const { path, source } of modules.values()) {
    for (const { specifier, names } of importsOf(source)) {
      const from = posix.join(posix.dirname(path), specifier);
      for (const name of names ?? modules.get(from)?.declarations.keys() ?? []) lent.add(`${from} ${name}`);
    }
  }
  const asked = new Map();
  /** The room of a module: of the first of its functions that a table has. */
  const home = new Map();
  const ask = (path, names, room) => {
    const module = modules.get(path);
    if (room !== undefined && !home.has(path)) home.set(path, room);
    for (const name of names ?? module?.declarations.keys() ?? []) {
      const key = `${path} ${name}`;
      if (module?.declarations.has(name) && !asked.has(key)) asked.set(key, { module, name, room });
    }
  };

  for (const [table, room] of roomOfTable) {
    if (!existsSync(join(engine, table))) continue;
    for (const { specifier, names } of importsOf(parse(join(engine, table)).source)) {
      if (!specifier.startsWith('.')) continue;
      const path = posix.join('names', specifier);
      ask(path, names, path.startsWith('sparse/linalg/') ? 'scipy.sparse.linalg' : room);
    }
  }
  for (const room of readdirSync(join(root, 'src')).sort()) {
    if (room === 'engine') continue;
    for (const path of listed(join(root, 'src', room))) {
      for (const { specifier, names } of importsOf(parse(join(root, 'src', room, path)).source))
        if (specifier.startsWith('#engine/')) ask(specifier.slice('#engine/'.length), names);
    }
  }
  for (const { path, declarations } of modules.values())
    ask(
      path,
      [...declarations.keys()].filter((name) => /\w_\w/.test(name) || !lent.has(`${path} ${name}`)),
    );
  // Classes come with their parents and with the functions that return them; both may bring more.
  const classes = new Map();
  for (const module of modules.values())
    for (const { name, kind } of module.declarations.values()) if (kind === 'class') classes.set(name, module.path);
  for (const { module, name, room } of asked.values()) {
    const { kind, parent, nodes } = module.declarations.get(name);
    const returned = kind === 'function' ? nodes.map(({ type }) => type?.getText() ?? '').join(' ') : '';
    for (const word of [parent, ...returned.split(/\W+/)]) if (classes.has(word)) ask(classes.get(word), [word], room);
  }
  return [...asked.values()]
    .map(({ module, name, room = home.get(module.path) ?? ours }) => {
      const { path, source, text } = module;
      return { ...module.declarations.get(name), path, source, text, room };
    })
    .sort((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1));
}
