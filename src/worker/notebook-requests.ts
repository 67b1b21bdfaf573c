import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { AppError } from '#shared/errors.ts';
import type { Saved } from '#shared/contract.ts';
import type { Desk } from './desk.ts';
import { fileError } from './files.ts';
import { type NotebookContent, parseIpynb } from './notebook-ipynb.ts';
import { parsePercent, serialisePercent } from './notebook-percent.ts';
import { checkCells } from './notebook-document.ts';
import type { NotebookStore } from './notebook-store.ts';
import type { Group } from './serve.ts';

type Names =
  | 'notebook.list'
  | 'notebook.read'
  | 'notebook.create'
  | 'notebook.write'
  | 'notebook.changes'
  | 'notebook.rename'
  | 'notebook.close'
  | 'notebook.reopen'
  | 'notebook.import'
  | 'notebook.save'
  | 'io.save_text';

const mostBytes = 200 * 1024 * 1024;

/** Notebooks: kept in the session, opened from files and saved into them. */
export function notebookRequests(desk: Desk, store: NotebookStore): Group<Names> {
  return {
    'notebook.list': () => store.list(),
    'notebook.read': ({ id }) => store.read(id),
    'notebook.create': ({ name, cells }) =>
      store.create({
        name: typeof name === 'string' && name.trim() !== '' ? name.trim().slice(0, 200) : 'Untitled',
        cells: checkCells(cells ?? []),
        metadata: {},
      }),
    'notebook.write': (given, { page }) => store.write(given, page),
    'notebook.changes': ({ id, since }) => store.changes(id, since),
    'notebook.rename': ({ id, name }) => store.rename(id, name),
    'notebook.close': async ({ id }) => {
      await store.close(id);
      return null;
    },
    'notebook.reopen': ({ id }) => store.reopen(id),

    async 'notebook.import'({ file }) {
      const { path, name, size } = await desk.files.readable(file);
      if (size > mostBytes) {
        throw new AppError('memory', `${name} has ${Math.round(size / 1e6)} MB; a notebook may have 200`, {
          argument: 'file',
          hint: 'Clear its outputs in Jupyter and save it again.',
        });
      }
      const bytes = await readFile(path).catch((error: unknown) => {
        throw fileError(error, name, 'read');
      });
      const { cells, metadata, notes } = contentOf(textOf(bytes, name), name);
      const notebook = await store.create({ name: name.replace(/\.(?:ipynb|py)$/i, '') || name, cells, metadata });
      return { ...notebook, notes };
    },

    async 'notebook.save'({ id, target, format }) {
      if (format !== 'ipynb' && format !== 'py') {
        throw new AppError('value', `Expected ipynb or py but received ${String(format)}`, { argument: 'format' });
      }
      const text = format === 'py' ? serialisePercent(store.read(id).cells) : store.ipynb(id);
      return saveText(desk, target, text);
    },

    'io.save_text': ({ target, text }) => {
      if (typeof text !== 'string') throw new AppError('value', 'Expected text', { argument: 'text' });
      return saveText(desk, target, text);
    },
  };
}

function contentOf(text: string, name: string): NotebookContent {
  if (/\.py$/i.test(name)) return { cells: parsePercent(text), metadata: {}, notes: [] };
  return parseIpynb(text, name);
}

function textOf(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new AppError('parse', `${name} is not text in UTF-8`, {
      argument: 'file',
      hint: 'Notebooks and Python files are UTF-8; this file is something else, or damaged.',
    });
  }
}

async function saveText(desk: Desk, target: unknown, text: string): Promise<Saved> {
  const { file, path, name } = await desk.files.writable(target);
  const bytes = new TextEncoder().encode(text);
  const temporary = `${path}.part`;
  try {
    await writeFile(temporary, bytes);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw fileError(error, name, 'write');
  }
  return { file, name, size: bytes.length };
}
