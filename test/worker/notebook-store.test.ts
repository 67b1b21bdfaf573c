/** Notebooks in the session folder: they survive the process, damage is set aside, and Jupyter could read the files. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NotebookCell } from '#shared/notebook.ts';
import { NotebookStore } from '#worker/notebook-store.ts';

let session: string;
beforeEach(() => {
  session = mkdtempSync(join(tmpdir(), 'eigenscope-notebooks-'));
});
afterEach(() => rmSync(session, { recursive: true, force: true }));

const code = (id: string, source: string): NotebookCell => ({
  id,
  type: 'code',
  source,
  execution_count: 1,
  outputs: [{ output_type: 'stream', name: 'stdout', text: `${source}\n` }],
  metadata: {},
  attachments: null,
});

async function reopened(): Promise<NotebookStore> {
  const store = new NotebookStore(session);
  expect(await store.load()).toEqual([]);
  return store;
}

describe('the notebooks of a session', () => {
  it('are there again with name, order, cells and outputs', async () => {
    const store = new NotebookStore(session);
    const first = await store.create({ name: 'One', cells: [code('a', '1')], metadata: { theirs: 1 } });
    const second = await store.create({ name: 'One', cells: [], metadata: {} });
    expect(second.name).toBe('One 2');
    await store.write({
      id: second.id,
      base: second.revision,
      order: ['x', 'y'],
      cells: [code('x', 'x'), code('y', 'y')],
    });
    await store.write({ id: second.id, base: second.revision + 1, order: ['y', 'x'], cells: [code('x', 'changed')] });
    await store.rename(first.id, 'Eins');
    await store.setFile(first.id, { path: '/theirs/one.ipynb', name: 'one.ipynb', stamp: '1 2' });

    const again = await reopened();
    expect(again.list()).toEqual([
      { id: first.id, name: 'Eins', file: 'one.ipynb' },
      { id: second.id, name: 'One 2', file: null },
    ]);
    expect(again.fileOf(first.id)?.path).toBe('/theirs/one.ipynb');
    expect(again.ipynb(first.id)).not.toContain('/theirs');
    expect(again.read(second.id).cells).toEqual([code('y', 'y'), code('x', 'changed')]);
    expect(again.read(first.id).metadata).toMatchObject({ theirs: 1 });
    expect(again.ipynb(first.id)).not.toContain('eigenscope"');
    expect((await again.create({ name: 'Three', cells: [], metadata: {} })).id).not.toBe(second.id);
  });

  it('closing one takes its file away, reopening brings it back', async () => {
    const store = new NotebookStore(session);
    const { id } = await store.create({ name: 'N', cells: [code('a', '1')], metadata: {} });
    await store.close(id);
    expect(readdirSync(join(session, 'notebooks'))).toEqual([]);
    expect(() => store.read(id)).toThrowError('no longer open');
    expect((await store.reopen(id)).cells).toEqual([code('a', '1')]);
    expect((await reopened()).list()).toHaveLength(1);
  });

  it('a damaged file is set aside and named, and the others open', async () => {
    const store = new NotebookStore(session);
    const bad = await store.create({ name: 'Bad', cells: [], metadata: {} });
    const good = await store.create({ name: 'Good', cells: [], metadata: {} });
    const path = join(session, 'notebooks', `${bad.id}.ipynb`);
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, 40));
    const again = new NotebookStore(session);
    expect(await again.load()).toEqual([`${bad.id}.ipynb`]);
    expect(again.list().map(({ id }) => id)).toEqual([good.id]);
    expect(readdirSync(join(session, 'notebooks')).sort()).toEqual([`${bad.id}.ipynb.damaged`, `${good.id}.ipynb`]);
  });

  it('refuses what would lose or double a cell', async () => {
    const store = new NotebookStore(session);
    const { id } = await store.create({ name: 'N', cells: [code('a', '1')], metadata: {} });
    const write = (order: unknown, cells: unknown, which = id) => store.write({ id: which, base: 0, order, cells });
    await expect(write(['a', 'a'], [])).rejects.toThrowError('different cells');
    await expect(write([3], [])).rejects.toThrowError('different cells');
    for (const cells of [[{ source: 3 }], [null], [{ id: 'new', source: 'x' }], {}])
      await expect(write(['a'], cells)).rejects.toThrowError('cells of a notebook');
    await expect(write([], [], 'n99')).rejects.toThrowError('no longer open');
    await expect(store.rename(id, ' ')).rejects.toThrowError('needs a name');
    expect(store.read(id).cells).toEqual([code('a', '1')]);
  });
});
