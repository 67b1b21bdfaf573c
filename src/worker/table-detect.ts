import Papa from 'papaparse';
import type { ColumnType, Delimiter, TableColumn, TableOptions } from '#shared/contract.ts';

/** What a table looks like, from its beginning. */
export interface Detected {
  options: TableOptions;
  /** In words, for the dialog. */
  notes: string[];
}

const delimiters: readonly Delimiter[] = ['\t', ';', ',', '|', ' '];
const sampleLines = 400;

const missingMark = /^(?:|na|n\/a|#n\/a|nan|null|none|-|\?)$/i;
const pointNumber = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eEdD][-+]?\d+)?$/;
const commaNumber = /^[-+]?(?:\d+,?\d*|,\d+)(?:[eEdD][-+]?\d+)?$/;
const infinity = /^[-+]?inf(?:inity)?$/i;
const thousandsPoint = /^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const thousandsComma = /^[-+]?\d{1,3}(?:[.\u00a0\u202f ]\d{3})+(?:,\d+)?$/;
const dates =
  /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[-+]\d{2}:?\d{2})?)?$/;

/** True for cells that say that there is nothing: empty, NA, N/A, NaN, null, -, ?. */
export function isMissing(cell: string): boolean {
  return missingMark.test(cell.trim());
}

export function isNumber(cell: string, decimal: '.' | ','): boolean {
  const text = cell.trim();
  return (decimal === '.' ? pointNumber : commaNumber).test(text) || infinity.test(text);
}

/** A cell's number; NaN when it is missing or none. */
export function toNumber(cell: string, decimal: '.' | ','): number {
  const text = cell.trim();
  if (!isNumber(text, decimal)) return NaN;
  if (infinity.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return Number((decimal === ',' ? text.replace(',', '.') : text).replace(/[dD]/, 'e'));
}

/** The first rows of a text as fields, each with the line it begins on (0-based); empty lines are passed over. */
export function splitRows(text: string, delimiter: Delimiter, most: number): { fields: string[]; line: number }[] {
  const rows: { fields: string[]; line: number }[] = [];
  if (delimiter === ' ') {
    const lines = text.split(/\r\n|\n|\r/);
    for (let line = 0; line < lines.length && rows.length < most; line++) {
      const trimmed = lines[line].trim();
      if (trimmed !== '') rows.push({ fields: splitBlanks(trimmed), line });
    }
    return rows;
  }
  let line = 0;
  let cursor = 0;
  Papa.parse<string[]>(text, {
    delimiter,
    quoteChar: '"',
    step: ({ data, meta }, parser) => {
      const begins = line;
      const end = meta.cursor ?? text.length;
      line += countLines(text, cursor, end);
      cursor = end;
      const empty = data.length === 1 && data[0].trim() === '';
      if (!empty) rows.push({ fields: data.map((field) => field.trim()), line: begins });
      if (rows.length >= most) parser.abort();
    },
  });
  return rows;
}

function countLines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) count++;
  }
  return count;
}

/** Fields between runs of blanks; quotes hold a field together. */
function splitBlanks(line: string): string[] {
  if (!line.includes('"')) return line.split(/\s+/);
  return (line.match(/"(?:[^"]|"")*"|\S+/g) ?? []).map((field) =>
    field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field,
  );
}

interface Guess {
  delimiter: Delimiter;
  decimal: '.' | ',';
  rows: { fields: string[]; line: number }[];
  width: number;
  score: number;
}

/** Delimiter, decimal sign, header and lines to skip, from the beginning of a text that ends with a whole line. */
export function detectTable(text: string, encoding: TableOptions['encoding'], whole: boolean): Detected {
  const notes: string[] = [];
  const comments = leadingComments(text);
  const body = text
    .split(/\r\n|\n|\r/)
    .slice(comments)
    .join('\n');
  const guesses = delimiters.map((delimiter) => judge(body, delimiter)).sort((a, b) => b.score - a.score);
  const best = guesses[0];
  const { delimiter, decimal, width } = best;
  let { rows } = best;

  // Lines before the table: a title, counts, units.
  let skip = comments;
  const first = rows.findIndex(({ fields }) => fields.length === width);
  if (first > 0 && first < 20) {
    notes.push(
      first === 1
        ? `Line ${rows[0].line + comments + 1} has ${fieldsText(rows[0].fields.length)}, the table ${width}: it is passed over.`
        : `The table begins on line ${rows[first].line + comments + 1}; the lines before it are passed over.`,
    );
    rows = rows.slice(first);
    skip = comments + rows[0].line;
  }
  const [head, ...rest] = rows;
  if (head !== undefined && namesCounts(head.fields, rest.length, width, whole, decimal)) {
    notes.push(
      `Line ${head.line + comments + 1} gives counts (${head.fields.slice(0, 2).join(', ')}), not column names: it is passed over.`,
    );
    rows = rest;
    skip = comments + (rest[0]?.line ?? head.line + 1);
  }
  const header = hasHeader(
    rows.map(({ fields }) => fields),
    decimal,
  );
  return { options: { delimiter, decimal, header, skip, encoding, columns: null, missing: 'nan' }, notes };
}

function fieldsText(count: number): string {
  return count === 1 ? '1 field' : `${count} fields`;
}

function leadingComments(text: string): number {
  const lines = text.split(/\r\n|\n|\r/, 200);
  let count = 0;
  while (count < lines.length && /^\s*(?:[#%]|\/\/)/.test(lines[count])) count++;
  return count < lines.length ? count : 0;
}

function judge(body: string, delimiter: Delimiter): Guess {
  const rows = splitRows(body, delimiter, sampleLines);
  const widths = new Map<number, number>();
  // Titles stand at the beginning: what the later rows have counts.
  for (const { fields } of rows) widths.set(fields.length, (widths.get(fields.length) ?? 0) + 1);
  const [width = 1, agreeing = 0] = [...widths].sort(([w1, c1], [w2, c2]) => c2 - c1 || w2 - w1)[0] ?? [];
  const sample = rows.filter(({ fields }) => fields.length === width).slice(0, 100);
  const decimal = delimiter === ',' ? '.' : detectDecimal(sample.map(({ fields }) => fields));
  let numbers = 0;
  let cells = 0;
  for (const { fields } of sample.slice(sample.length > 1 ? 1 : 0)) {
    for (const field of fields) {
      cells++;
      if (isNumber(field, decimal) || isMissing(field)) numbers++;
    }
  }
  const share = cells === 0 ? 0 : numbers / cells;
  const agreement = rows.length === 0 ? 0 : agreeing / rows.length;
  // One column is what every wrong delimiter sees.
  const several = width > 1 ? 1 : 0;
  const score = several * 2 * agreement + share * 1.5 + (several && delimiter !== ' ' ? 0.2 : 0);
  return { delimiter, decimal, rows, width, score: width === 1 ? score + (delimiter === ',' ? 0.05 : 0) : score };
}

function detectDecimal(rows: readonly string[][]): '.' | ',' {
  let points = 0;
  let commas = 0;
  for (const fields of rows) {
    for (const field of fields) {
      if (/^[-+]?\d*\.\d+(?:[eE][-+]?\d+)?$/.test(field)) points++;
      else if (/^[-+]?\d*,\d+(?:[eE][-+]?\d+)?$/.test(field)) commas++;
    }
  }
  return commas > points ? ',' : '.';
}

/** A first line such as "150,4,setosa,versicolor,virginica": how many rows and columns follow, then class names. */
function namesCounts(
  fields: readonly string[],
  following: number,
  width: number,
  whole: boolean,
  decimal: '.' | ',',
): boolean {
  const [rows, columns, third] = fields;
  if (rows === undefined || columns === undefined || third === undefined) return false;
  if (!/^\d+$/.test(rows) || !/^\d+$/.test(columns) || isNumber(third, decimal)) return false;
  const matchesColumns = Number(columns) === width - 1 || Number(columns) === width;
  const matchesRows = following < sampleLines - 1 && whole ? Number(rows) === following : Number(rows) >= following;
  return matchesColumns && matchesRows;
}

/** The first row names the columns when it has words where numbers follow. */
export function hasHeader(rows: readonly (readonly string[])[], decimal: '.' | ','): boolean {
  const [head, ...rest] = rows;
  if (head === undefined) return false;
  const words = head.map(
    (cell) => cell.trim() !== '' && !isNumber(cell, decimal) && !isMissing(cell) && !dates.test(cell.trim()),
  );
  if (rest.length === 0) return words.every(Boolean);
  let named = 0;
  for (const [column, word] of words.entries()) {
    if (!word) continue;
    const below = rest
      .slice(0, 50)
      .map((row) => row[column] ?? '')
      .filter((cell) => !isMissing(cell));
    if (below.length > 0 && below.filter((cell) => isNumber(cell, decimal)).length > below.length / 2) named++;
    else if (below.length === 0) named += 0.5;
  }
  if (named >= 1) return true;
  if (words.some(Boolean) && areYears(head.filter((_, column) => !words[column]))) return true;
  // A table of words throughout: names differ from one another and from what stands below.
  return (
    words.every(Boolean) &&
    new Set(head).size === head.length &&
    head.every((name, column) => !rest.some((row) => row[column] === name))
  );
}

/** 2019, 2020, 2021: numbers that name columns. */
function areYears(cells: readonly string[]): boolean {
  const years = cells.map((cell) => (/^(?:1[89]|20|21)\d\d$/.test(cell.trim()) ? Number(cell) : NaN));
  return years.length > 1 && years.every((year, at) => at === 0 || year - years[at - 1] === years[1] - years[0]);
}

/** Names and types of the columns, from rows that were looked at. */
export function describeColumns(
  rows: readonly { fields: string[]; line: number }[],
  options: Pick<TableOptions, 'header' | 'decimal'>,
  firstLine: number,
): { columns: TableColumn[]; width: number; warnings: string[] } {
  const [head] = rows;
  const body = options.header ? rows.slice(1) : rows;
  const width = commonWidth(body.length > 0 ? body : rows);
  const warnings: string[] = [];
  const ragged = body.filter(({ fields }) => fields.length !== width);
  for (const { fields, line } of ragged.slice(0, 3)) {
    const then = fields.length > width ? 'what is too much is left out' : 'what is not there counts as missing';
    warnings.push(`Line ${line + firstLine} has ${fieldsText(fields.length)}, the others ${width}: ${then}.`);
  }
  if (ragged.length > 3) warnings.push(`${ragged.length - 3} more lines differ in their number of fields.`);
  if (options.header && head !== undefined && head.fields.length !== width) {
    warnings.push(`The header names ${head.fields.length} columns, the rows have ${width}.`);
  }
  const names = columnNames(options.header ? (head?.fields ?? []) : [], width);
  const columns: TableColumn[] = [];
  for (let column = 0; column < width; column++) {
    const found = describe(body, column, options.decimal);
    columns.push({ name: names[column], type: found.type, missing: found.missing, invalid: found.invalid });
    if (found.thousands !== null && warnings.length < 8) {
      warnings.push(
        `Line ${found.thousands.line + firstLine}, ${names[column]}: “${found.thousands.text}” has thousands separators and does not count as a number.`,
      );
    }
  }
  return { columns, width, warnings };
}

function commonWidth(rows: readonly { fields: string[] }[]): number {
  const widths = new Map<number, number>();
  for (const { fields } of rows) widths.set(fields.length, (widths.get(fields.length) ?? 0) + 1);
  return [...widths].sort(([w1, c1], [w2, c2]) => c2 - c1 || w2 - w1)[0]?.[0] ?? 0;
}

/** A name for every column; empty ones are numbered, repeated ones told apart. */
export function columnNames(given: readonly string[], width: number): string[] {
  const taken = new Set<string>();
  return Array.from({ length: width }, (_, column) => {
    const wanted = given[column]?.trim().slice(0, 200) || `column ${column}`;
    let name = wanted;
    for (let number = 2; taken.has(name); number++) name = `${wanted} ${number}`;
    taken.add(name);
    return name;
  });
}

function describe(rows: readonly { fields: string[]; line: number }[], column: number, decimal: '.' | ',') {
  let numbers = 0;
  let datesSeen = 0;
  let words = 0;
  let missing = 0;
  let thousands: { text: string; line: number } | null = null;
  for (const { fields, line } of rows) {
    const cell = (fields[column] ?? '').trim();
    if (isMissing(cell)) missing++;
    else if (isNumber(cell, decimal)) numbers++;
    else if (dates.test(cell)) datesSeen++;
    else {
      words++;
      if ((decimal === '.' ? thousandsPoint : thousandsComma).test(cell)) thousands ??= { text: cell, line };
    }
  }
  const present = numbers + datesSeen + words;
  let type: ColumnType = 'text';
  if (present === 0) type = 'empty';
  else if (numbers > 0 && numbers >= present * 0.5) type = 'number';
  else if (datesSeen >= present * 0.8) type = 'date';
  return { type, missing, invalid: type === 'number' ? datesSeen + words : 0, thousands };
}
