import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { astype } from '../cast.ts';
import { empty } from '../create.ts';
import { type NDArray } from '../ndarray.ts';
import { isBlank, Reader, type Value } from './expression.ts';

/** A value and where it was typed. */
interface Cell {
  value: Value;
  at: number;
}

/** Lists as typed: values at the leaves. */
type Tree = Cell | { items: Tree[]; at: number };

const missing: Value = { kind: 'float', value: NaN };
const deepestBrackets = 32;

/**
 * What a person types or pastes, as an array of the dtype NumPy would choose.
 *
 * Rows stand on lines or between semicolons, values between blanks, commas or tabs: `1 2; 3 4` is always a matrix.
 * Brackets are read as Python (and NumPy's own printing) means them: `[1, 2, 3]` has one dimension. A value may be an
 * expression: `-2/3`, `sqrt(2)`, `2^10`, `pi`, `1+2j`, `nan`, `inf`, `true`. Empty cells between tabs, as spreadsheets
 * copy them, are nan.
 *
 * @throws AppError 'parse' with line and column and what was expected; rows of unequal length are named; 'dtype'
 * "complex values cannot become …".
 * @example parseMatrix('1 2; 3 4').tolist() // [[1n, 2n], [3n, 4n]]
 */
export function parseMatrix(text: string, dtype?: DType): NDArray {
  const reader = new Reader(withoutComments(text));
  skipSpace(reader);
  if (reader.ended) {
    throw new AppError('parse', 'There is nothing to read yet', {
      argument: 'text',
      hint: 'Type numbers with rows between semicolons, such as 1 2; 3 4.',
    });
  }
  const call = /(?:(?:np|numpy)\.)?(?:array|asarray|matrix)\s*\(/y;
  call.lastIndex = reader.pos;
  const wrapped = call.exec(reader.text)?.[0];
  const bracketed = wrapped !== undefined || reader.peek() === '[' || startsTuple(reader);
  const tree = bracketed ? readBracketed(reader, wrapped ?? '') : readRows(reader);
  const made = build(reader, tree, bracketed);
  if (dtype === undefined || dtype === made.dtype) return made;
  if (made.entries === 2 && !dtype.startsWith('complex')) {
    throw new AppError('dtype', `complex values cannot become ${dtype}`, {
      argument: 'dtype',
      hint: 'Choose complex128.',
    });
  }
  return astype(made, dtype);
}

/** `((1, 2), (3, 4))` and `(1, 2)` are lists; `(1+2)*3 4` is not. */
function startsTuple(reader: Reader): boolean {
  if (reader.peek() !== '(') return false;
  let depth = 0;
  let comma = false;
  for (let at = reader.pos; at < reader.text.length; at++) {
    const char = reader.text[at];
    if (char === '(' || char === '[') depth++;
    else if (char === ',' && depth >= 1) comma = true;
    else if ((char === ')' || char === ']') && --depth === 0) return comma && reader.text.slice(at + 1).trim() === '';
  }
  return false;
}

function withoutComments(text: string): string {
  // Blanks instead of nothing, so that columns stay what they were.
  const plain = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  return plain.includes('#') ? plain.replace(/#[^\n]*/g, (comment) => ' '.repeat(comment.length)) : plain;
}

function skipSpace(reader: Reader): void {
  while (isBlank(reader.peek()) || reader.peek() === '\n') reader.pos++;
}

// ---------------------------------------------------------------- brackets

function readBracketed(reader: Reader, wrapper: string): Tree {
  reader.pos += wrapper.length;
  skipSpace(reader);
  if (wrapper !== '' && reader.peek() !== '[' && reader.peek() !== '(') throw reader.error('"["');
  const tree = readList(reader, 1);
  skipSpace(reader);
  if (wrapper !== '') {
    const dtype = /,\s*(?:dtype\s*=\s*[\w.'"]+)?\s*/y;
    dtype.lastIndex = reader.pos;
    reader.pos += dtype.exec(reader.text)?.[0].length ?? 0;
    if (reader.peek() !== ')') throw reader.error('")"');
    reader.pos++;
    skipSpace(reader);
  }
  while (reader.peek() === ';' || reader.peek() === ',') {
    reader.pos++;
    skipSpace(reader);
  }
  if (!reader.ended) throw reader.error('the end after the closing bracket');
  return tree;
}

function readList(reader: Reader, depth: number): Tree {
  const at = reader.pos;
  const close = reader.peek() === '[' ? ']' : ')';
  if (depth > deepestBrackets) throw reader.fault('too many nested brackets');
  reader.pos++;
  const rows: Tree[][] = [[]];
  const starts = [reader.pos];
  let row = rows[0];
  let semicolons = false;
  let lines = false;
  let comma = true;
  const nextRow = (): void => {
    row = [];
    rows.push(row);
    starts.push(reader.pos);
  };
  for (;;) {
    reader.skipBlanks();
    const char = reader.peek();
    if (char === close) {
      reader.pos++;
      break;
    }
    if (char === ']' || char === ')') throw reader.error(`"${close}"`);
    if (reader.ended) throw reader.fault(`this "${close === ']' ? '[' : '('}" is never closed`, at);
    if (char === '\n') {
      // A line ends a row, MATLAB's way, in a list of numbers that stands alone and has no comma before the break.
      reader.pos++;
      if (depth === 1 && !comma && row.length > 0 && !('items' in row[0])) {
        lines = true;
        nextRow();
        comma = true;
      }
      continue;
    }
    if (char === ';') {
      if (row.length === 0 && rows.length === 1) throw reader.error('a number');
      reader.pos++;
      semicolons = true;
      if (row.length > 0) nextRow();
      comma = true;
      continue;
    }
    if (char === ',') {
      if (comma)
        throw reader.fault('a value is missing before this comma', reader.pos, 'Write nan for a missing value.');
      comma = true;
      reader.pos++;
      continue;
    }
    if (reader.text.startsWith('...', reader.pos) || char === '…') {
      throw reader.fault(
        'the values behind "..." are missing',
        reader.pos,
        'Print the array with threshold=inf, or save it as .npy.',
      );
    }
    const nested =
      char === '[' || (char === '(' && close === ')') || (char === '(' && row.length > 0 && 'items' in row[0]);
    row.push(nested || (char === '(' && isTupleHere(reader)) ? readList(reader, depth + 1) : readCell(reader));
    comma = false;
  }
  if (rows.length > 1 && row.length === 0) {
    rows.pop();
    starts.pop();
  }
  if (!semicolons && !lines) return { items: rows[0], at };
  return { items: rows.map((items, k) => ({ items, at: items[0]?.at ?? starts[k] })), at };
}

/** Whether the parenthesis here holds a tuple rather than an expression. */
function isTupleHere(reader: Reader): boolean {
  let depth = 0;
  for (let at = reader.pos; at < reader.text.length; at++) {
    const char = reader.text[at];
    if (char === '(') depth++;
    else if (char === ')' && --depth === 0) return false;
    else if (char === ',' && depth === 1) return true;
  }
  return false;
}

function readCell(reader: Reader): Cell {
  const at = reader.pos;
  return { value: reader.expression(true), at };
}

// ---------------------------------------------------------------- rows

function readRows(reader: Reader): Tree {
  const { text } = reader;
  const items: Tree[] = [];
  const lines = text.split('\n');
  const filled = lines.filter((line) => line.trim() !== '');
  // Tabs that only indent every line say nothing about columns.
  const tabs =
    filled.some((line) => line.trim().includes('\t')) ||
    (text.includes('\t') && !filled.every((line) => line.startsWith('\t')));
  reader.tabsSeparate = tabs;
  const semicolonColumns = !tabs && separatesColumnsBySemicolon(lines);
  let at = 0;
  for (const line of lines) {
    const end = at + line.length;
    if (line.trim() === '' && !(tabs && line.includes('\t') && items.length > 0 && end < text.trimEnd().length)) {
      at = end + 1;
      continue;
    }
    if (tabs) items.push(readTabbed(reader, line, at));
    else {
      reader.pos = at;
      readLine(reader, end, semicolonColumns, items);
    }
    at = end + 1;
  }
  return { items, at: 0 };
}

/** `1;2;3` on every one of several lines: semicolons between columns, as some spreadsheets export. */
function separatesColumnsBySemicolon(lines: readonly string[]): boolean {
  const used = lines.filter((line) => line.trim() !== '').map((line) => line.trim().replace(/;$/, ''));
  return used.length > 1 && used.every((line) => line.includes(';') && !/[,\s]/.test(line.replaceAll(/\s*;\s*/g, ';')));
}

function readTabbed(reader: Reader, line: string, from: number): Tree {
  const items: Cell[] = [];
  let at = from;
  for (const cell of line.split('\t')) {
    const lead = cell.length - cell.trimStart().length;
    if (cell.trim() === '') items.push({ value: missing, at });
    else {
      reader.pos = at + lead;
      const value = reader.expression(false);
      reader.skipBlanks();
      if (reader.pos < at + cell.length) throw reader.error('a tab or the end of the line');
      items.push({ value, at: at + lead });
    }
    at += cell.length + 1;
  }
  return { items, at: from };
}

function readLine(reader: Reader, end: number, semicolonColumns: boolean, rows: Tree[]): void {
  let items: Cell[] = [];
  let start = reader.pos;
  let comma = true;
  for (;;) {
    reader.skipBlanks();
    if (reader.pos >= end) break;
    const char = reader.peek();
    if (char === ';') {
      if (items.length === 0) throw reader.error('a number');
      reader.pos++;
      comma = true;
      if (semicolonColumns) continue;
      rows.push({ items, at: start });
      items = [];
      reader.skipBlanks();
      start = reader.pos;
    } else if (char === ',') {
      if (comma)
        throw reader.fault('a value is missing before this comma', reader.pos, 'Write nan for a missing value.');
      comma = true;
      reader.pos++;
    } else {
      items.push(readCell(reader));
      comma = false;
      if (!isBlank(reader.peek()) && !',;\n'.includes(reader.peek())) {
        throw reader.error('a blank, a comma or the end of the row');
      }
    }
  }
  if (items.length > 0) rows.push({ items, at: start });
}

// ---------------------------------------------------------------- to an array

function build(reader: Reader, tree: Tree, bracketed: boolean): NDArray {
  const shape: number[] = [];
  for (let level: Tree | undefined = tree; level !== undefined && 'items' in level; level = level.items[0]) {
    shape.push(level.items.length);
  }
  const cells: Cell[] = [];
  const collect = (part: Tree, depth: number, row: number): void => {
    if (!('items' in part)) {
      if (depth !== shape.length) throw reader.fault('a list was expected here, like the ones before it', part.at);
      cells.push(part);
      return;
    }
    if (depth >= shape.length) throw reader.fault('a number was expected here, like the values before it', part.at);
    if (part.items.length !== shape[depth]) {
      const place = depth === 1 ? `row ${row + 1}` : 'this list';
      const first = depth === 1 ? 'row 1' : 'the first';
      throw reader.fault(
        `${place} has ${count(part.items.length)}, but ${first} has ${shape[depth]}`,
        part.items[shape[depth]]?.at ?? part.at,
        'Every row needs the same number of values; write nan for a missing one.',
      );
    }
    part.items.forEach((item, k) => {
      collect(item, depth + 1, k);
    });
  };
  collect(tree, 0, 0);
  if (!bracketed && cells.length === 0) throw reader.error('a number');
  return fill(reader, cells, shape);
}

function count(n: number): string {
  return n === 1 ? '1 value' : `${n} values`;
}

function fill(reader: Reader, cells: readonly Cell[], shape: readonly number[]): NDArray {
  const kinds = new Set(cells.map((cell) => cell.value.kind));
  const dtype = chooseType(reader, cells, kinds);
  const made = empty(shape, dtype);
  let entry = made.start;
  for (const { value } of cells) {
    if (dtype === 'bool') made.data[entry] = Number(value.value);
    else made.write(entry, value.value);
    entry += made.entries;
  }
  return made;
}

function chooseType(reader: Reader, cells: readonly Cell[], kinds: ReadonlySet<Value['kind']>): DType {
  if (cells.length === 0) return 'float64';
  if (kinds.has('complex')) return 'complex128';
  if (kinds.has('float')) return 'float64';
  if (!kinds.has('int')) return 'bool';
  let dtype: DType = 'int64';
  for (const { value } of cells) if (value.kind === 'int' && value.value >= 2n ** 63n) dtype = 'uint64';
  const [low, high] = dtype === 'int64' ? [-(2n ** 63n), 2n ** 63n] : [0n, 2n ** 64n];
  for (const { value, at } of cells) {
    if (value.kind === 'int' && (value.value < low || value.value >= high)) {
      throw reader.fault(
        'the whole number is too large for 64 bits',
        at,
        'Write it with a decimal point to make it a float64.',
      );
    }
  }
  return dtype;
}
