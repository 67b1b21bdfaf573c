/** Jupyter's notebook files (nbformat 4): read as the hostile input they are, written as JupyterLab writes them. */
import { randomUUID } from 'node:crypto';
import { AppError } from '#shared/errors.ts';
import { textOf, withoutPrototypes } from '#shared/json.ts';
import type { CellType, Json, JsonObject, NotebookCell, NotebookOutput } from '#shared/notebook.ts';

export interface NotebookContent {
  cells: NotebookCell[];
  metadata: JsonObject;
  notes: string[];
}

/** Deeper than any notebook, shallower than what the wire or a recursive reader can take. */
const deepest = 80;
const mostCells = 20_000;

/**
 * A notebook file's text as cells.
 * @throws AppError 'parse' for what is no notebook of format 4, in words.
 * @example
 * parseIpynb('{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}', 'a.ipynb').cells; // []
 */
export function parseIpynb(text: string, name: string): NotebookContent {
  const fail = (message: string, hint: string): never => {
    throw new AppError('parse', `${name} ${message}`, { argument: 'file', hint });
  };
  let parsed: unknown;
  try {
    parsed = withoutPrototypes(JSON.parse(text.replace(/^\uFEFF/, '')) as unknown);
  } catch (error) {
    const hint = `A notebook is JSON, and this text ends or breaks before it is complete (${(error as Error).message}).`;
    return fail('is not a notebook', hint);
  }
  if (!isObject(parsed)) return fail('is not a notebook', 'It is JSON, but not an object with cells.');
  if (isTooDeep(parsed)) return fail('is nested too deeply', `No notebook has more than ${deepest} levels.`);
  const { nbformat, cells } = parsed;
  if (typeof nbformat === 'number' && nbformat < 4) {
    return fail(`is a notebook of format ${nbformat}`, 'Open it in Jupyter once and save it: that makes it format 4.');
  }
  if (nbformat !== 4 || !Array.isArray(cells)) {
    return fail('is not a notebook', 'It has no nbformat 4 and no list of cells.');
  }
  if (cells.length > mostCells) return fail(`has ${cells.length} cells`, `At most ${mostCells} can be opened.`);

  const taken = new Set<string>();
  let strange = 0;
  const read = cells.map((cell) => {
    const known = isObject(cell) ? readCell(cell, taken) : null;
    if (known === null) strange++;
    return known;
  });
  const metadata = isObject(parsed['metadata']) ? parsed['metadata'] : {};
  const notes = strange === 0 ? [] : [`${strange === 1 ? 'One cell' : `${strange} cells`} could not be read.`];
  const language = languageOf(metadata);
  if (language !== null && !/^i?python\d*$/i.test(language)) {
    notes.push(
      `Its cells are ${language[0]?.toUpperCase()}${language.slice(1)}, and Eigenscope runs Python. All of it is kept when you save.`,
    );
  }
  return { cells: read.filter((cell) => cell !== null), metadata, notes };
}

const ourLanguage = {
  kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
  language_info: { name: 'python', file_extension: '.py', mimetype: 'text/x-python' },
};

/** The language a notebook says it is written in; null where it says nothing. */
function languageOf({ language_info, kernelspec }: JsonObject): string | null {
  const info = isObject(language_info) ? textOf(language_info['name']) : '';
  const kernel = isObject(kernelspec) ? textOf(kernelspec['language']) : '';
  return info || kernel || null;
}

/** The cells as nbformat 4.5. `extra` goes into the notebook's metadata beside what it came with. */
export function serialiseIpynb(cells: readonly string[], metadata: JsonObject): string {
  const whole = JSON.stringify(
    {
      metadata: {
        ...(languageOf(metadata) === null ? ourLanguage : {}),
        ...metadata,
      },
      nbformat: 4,
      nbformat_minor: 5,
    },
    null,
    1,
  );
  const body = cells.length === 0 ? '' : `\n${cells.map(indented).join(',\n')}\n `;
  return `{\n "cells": [${body}],${whole.slice(1)}\n`;
}

// Not ^ with the m flag, which also begins a line after U+2028 inside a string.
const indented = (cell: string): string => `  ${cell.replaceAll('\n', '\n  ')}`;

/** One cell as the file holds it: keys in alphabetical order, texts as lists of lines. */
export function serialiseCell(cell: NotebookCell): string {
  const { id, type, source, execution_count, outputs, metadata, attachments } = cell;
  return JSON.stringify(
    {
      ...(attachments === null ? {} : { attachments }),
      cell_type: type,
      ...(type === 'code' ? { execution_count } : {}),
      id,
      metadata,
      ...(type === 'code' ? { outputs: outputs.map(splitOutput) } : {}),
      source: lines(source),
    },
    null,
    1,
  );
}

/** A short random identity that nbformat accepts. */
export const newCellId = (): string => randomUUID().slice(0, 8);

function readCell(cell: JsonObject, taken: Set<string>): NotebookCell | null {
  const source = joined(cell['source'] ?? '');
  if (source === null || typeof cell['cell_type'] !== 'string') return null;
  const kinds: Record<string, CellType> = { code: 'code', markdown: 'markdown', raw: 'raw' };
  const type = kinds[cell['cell_type']] ?? 'raw';
  const wanted = cell['id'];
  let id = typeof wanted === 'string' && /^[\w-]{1,64}$/.test(wanted) ? wanted : newCellId();
  while (taken.has(id)) id = newCellId();
  taken.add(id);
  const count = cell['execution_count'];
  return {
    id,
    type,
    source,
    execution_count: type === 'code' && Number.isSafeInteger(count) ? (count as number) : null,
    outputs: type === 'code' && Array.isArray(cell['outputs']) ? cell['outputs'].flatMap(readOutput) : [],
    metadata: isObject(cell['metadata']) ? cell['metadata'] : {},
    attachments: type !== 'code' && isObject(cell['attachments']) ? cell['attachments'] : null,
  };
}

function readOutput(output: Json): NotebookOutput[] {
  if (!isObject(output) || typeof output['output_type'] !== 'string') return [];
  const read: NotebookOutput = { ...output, output_type: output['output_type'] };
  switch (read.output_type) {
    case 'stream':
      return [{ ...read, name: read['name'] === 'stderr' ? 'stderr' : 'stdout', text: joined(read['text']) ?? '' }];
    case 'display_data':
    case 'execute_result':
      return [
        {
          ...read,
          data: isObject(read['data']) ? mapBundle(read['data'], (value) => joined(value) ?? value) : {},
          metadata: isObject(read['metadata']) ? read['metadata'] : {},
        },
      ];
    case 'error': {
      const traceback = Array.isArray(read['traceback']) ? read['traceback'].map(String) : [];
      return [{ ...read, ename: textOr(read['ename']), evalue: textOr(read['evalue']), traceback }];
    }
    default:
      return [read];
  }
}

const textOr = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

function splitOutput(output: NotebookOutput): JsonObject {
  const { text, data } = output;
  if (output.output_type === 'stream' && typeof text === 'string') return { ...output, text: lines(text) };
  if (!isObject(data)) return output;
  // Jupyter writes encoded pictures in one piece.
  const split = (value: Json, type: string) =>
    typeof value !== 'string' || /^(?:image\/(?!svg)|application\/pdf)/.test(type) ? value : lines(value);
  return { ...output, data: mapBundle(data, split) };
}

/** Media types of JSON keep their value as it is. */
function mapBundle(data: JsonObject, change: (value: Json, type: string) => Json): JsonObject {
  return Object.fromEntries(
    Object.entries(data).map(([type, value]) => [type, /[/+]json$/.test(type) ? value : change(value, type)]),
  );
}

/** nbformat's multi-line strings: a text, or a list of lines with their ends. */
function joined(value: Json | undefined): string | null {
  if (typeof value === 'string') return value;
  return Array.isArray(value) && value.every((line) => typeof line === 'string') ? value.join('') : null;
}

const lines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Level by level, because a recursion over hostile input may not end well. */
function isTooDeep(value: unknown): boolean {
  let level: object[] = [value as object];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return true;
    level = level.flatMap((each) =>
      Object.values(each).filter((inner): inner is object => typeof inner === 'object' && inner !== null),
    );
  }
  return false;
}
