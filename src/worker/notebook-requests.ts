import { readFile } from 'node:fs/promises';
import { AppError } from '#shared/errors.ts';
import type { Saved } from '#shared/contract.ts';
import type { NotebookFormat } from '#shared/notebook.ts';
import type { Desk } from './desk.ts';
import { fileError } from './files.ts';
import { type NotebookContent, parseIpynb } from './notebook-ipynb.ts';
import { parsePercent, serialisePercent } from './notebook-percent.ts';
import { checkCells } from './notebook-document.ts';
import type { NotebookStore } from './notebook-store.ts';
import { fateOf, ownFile, writeWhole } from './own-files.ts';
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
  | 'notebook.save_own'
  | 'notebook.file_state'
  | 'notebook.reload'
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
      const { path, name, size, own } = await desk.files.readable(file);
      const { cells, metadata, notes } = await contentAt(path, name, size);
      const notebook = await store.create({
        name: name.replace(/\.(?:ipynb|py)$/i, '') || name,
        cells,
        metadata,
        // A file of another kind is not written over with a notebook.
        file: own && /\.(?:ipynb|py)$/i.test(name) ? await ownFile(path, name) : null,
      });
      return { ...notebook, notes };
    },

    async 'notebook.save'({ id, target, format }) {
      if (format !== 'ipynb' && format !== 'py') {
        throw new AppError('value', `Expected ipynb or py but received ${String(format)}`, { argument: 'format' });
      }
      const saved = await saveText(desk, target, textFor(store, id, format));
      const { path, name, own } = await desk.files.writable(target);
      if (own && format === 'ipynb') await store.setFile(id, await ownFile(path, name));
      return saved;
    },

    async 'notebook.save_own'({ id, force }) {
      const file = store.fileOf(id);
      if (file === null) return { state: 'none', name: '' };
      const state = await fateOf(file);
      if (state === 'changed' && force !== true) return { state, name: file.name };
      const text = textFor(store, id, /\.py$/i.test(file.name) ? 'py' : 'ipynb');
      await writeWhole(file.path, file.name, new TextEncoder().encode(text));
      await store.setFile(id, await ownFile(file.path, file.name));
      return { state: state === 'gone' ? 'gone' : 'same', name: file.name };
    },

    async 'notebook.file_state'({ id }) {
      const file = store.fileOf(id);
      return file === null ? { state: 'none', name: '' } : { state: await fateOf(file), name: file.name };
    },

    async 'notebook.reload'({ id }) {
      const file = store.fileOf(id);
      if (file === null) throw new AppError('value', 'This notebook has no file', { argument: 'id' });
      const now = await ownFile(file.path, file.name);
      const { cells, metadata, notes } = await contentAt(file.path, file.name, Number(now.stamp.split(' ')[1]));
      await store.replace(id, cells, metadata);
      await store.setFile(id, now);
      return { name: file.name, notes };
    },

    'io.save_text': ({ target, text }) => {
      if (typeof text !== 'string') throw new AppError('value', 'Expected text', { argument: 'text' });
      return saveText(desk, target, text);
    },
  };
}

async function contentAt(path: string, name: string, size: number): Promise<NotebookContent> {
  if (size > mostBytes) {
    throw new AppError('memory', `${name} has ${Math.round(size / 1e6)} MB; a notebook may have 200`, {
      argument: 'file',
      hint: 'Clear its outputs in Jupyter and save it again.',
    });
  }
  const bytes = await readFile(path).catch((error: unknown) => {
    throw fileError(error, name, 'read');
  });
  return contentOf(textOf(bytes, name), name);
}

const textFor = (store: NotebookStore, id: string, format: NotebookFormat): string =>
  format === 'py' ? serialisePercent(store.read(id).cells) : store.ipynb(id);

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
  await writeWhole(path, name, bytes);
  return { file, name, size: bytes.length };
}
