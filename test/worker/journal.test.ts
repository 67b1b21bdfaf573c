import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { array } from '#engine/create.ts';
import { History } from '#worker/history.ts';
import { readCells } from '#worker/cells.ts';
import { openJournal } from '#worker/journal-reading.ts';
import { type Disk, Journal, realDisk } from '#worker/journal.ts';
import { type NewEntry, Workspace } from '#worker/workspace.ts';

describe('Journal', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'eigenscope-journal-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  function session(disk: Disk = realDisk) {
    const workspace = new Workspace();
    const journal = new Journal(folder, workspace, disk);
    const history = new History(workspace, () => 1e9);
    workspace.onchange = (before, after) => journal.entryChanged(before, after);
    history.onCells = (...args) => journal.cellsWritten(...args);
    const add = (given: Omit<NewEntry, 'origin'>) => {
      const entry = workspace.make({ origin: 'typed', ...given });
      return workspace.set(entry.id, entry)!;
    };
    const edit = (id: string, row: number, col: number, value: number) => {
      const region = { row0: row, row1: row + 1, col0: col, col1: col + 1 };
      const before = readCells(workspace.get(id).held.array!, region, 0);
      return history.perform({
        label: 'Edit',
        changes: [{ kind: 'cells', id, region, plane: 0, before, after: Float64Array.of(value) }],
        code: [],
      });
    };
    return { workspace, journal, history, add, edit };
  }

  async function reopened() {
    const { restored, files } = await openJournal(folder);
    const values = await Promise.all(
      restored.entries.map(async (entry) => [entry.name, (await entry.held.get()).tolist()]),
    );
    return { restored, files, values: Object.fromEntries(values) as Record<string, unknown> };
  }

  it('brings back names, columns, order, versions, kinds and what is kept besides', async () => {
    const { workspace, journal, add } = session();
    journal.extra = () => ({ note: 'kept' });
    const a = add({ name: 'a', array: array([[1, 2]], 'float64'), columns: ['x', 'y'] });
    add({ name: 'b', array: array([[1, 0]], 'uint8'), kind: 'image' });
    workspace.set(a.id, { ...a, name: 'renamed' });
    await journal.safe();
    expect(journal.saved).toBe(true);
    const { restored, values } = await reopened();
    expect(restored).toMatchObject({ extra: { note: 'kept' }, lost: [], damaged: false });
    expect(restored.entries).toMatchObject([
      { id: 'a1', name: 'renamed', columns: ['x', 'y'], kind: 'matrix', version: 1, order: 1, dtype: 'float64' },
      { id: 'a2', name: 'b', columns: null, kind: 'image', version: 1, order: 2, dtype: 'uint8' },
    ]);
    expect(values).toEqual({ renamed: [[1, 2]], b: [[1, 0]] });
  });

  it('removes the files of what was deleted', async () => {
    const { workspace, journal, add } = session();
    const a = add({ name: 'a', array: array([1], 'float64') });
    await journal.safe();
    workspace.set(a.id, null);
    await journal.safe();
    expect(await readdir(folder)).toEqual(['journal.json']);
    expect((await reopened()).restored.entries).toEqual([]);
  });

  it('replays edits over the file they came after', async () => {
    const { journal, add, edit } = session();
    // Large enough to be kept by edits.
    const a = add({
      name: 'a',
      array: array(
        Array.from({ length: 200 }, () => Array.from({ length: 200 }, () => 0)),
        'float64',
      ),
    });
    await journal.safe();
    const [file] = (await readdir(folder)).filter((name) => name.endsWith('.npy'));
    await edit(a.id, 3, 4, 5);
    await edit(a.id, 3, 4, 6);
    await edit(a.id, 199, 199, 7);
    await journal.safe();
    expect((await readdir(folder)).filter((name) => name.endsWith('.npy'))).toEqual([file]);
    const { restored } = await reopened();
    const back = await restored.entries[0].held.get();
    expect([back.get([3, 4]), back.get([199, 199]), back.get([0, 0])]).toEqual([6, 7, 0]);
    expect(restored.entries[0].version).toBe(4);
  });

  it('goes on where an earlier process ended', async () => {
    const first = session();
    first.add({ name: 'a', array: array([[1, 2]], 'float64') });
    await first.journal.safe();
    const second = session();
    const { restored, files } = await openJournal(folder);
    second.workspace.restore(restored.entries);
    second.journal.adopt(restored, files);
    const [a] = second.workspace.all();
    await a.held.get();
    await second.edit(a.id, 0, 1, 9);
    second.add({ name: 'b', array: array([3], 'float64') });
    await second.journal.safe();
    expect((await reopened()).values).toEqual({ a: [[1, 9]], b: [3] });
  });

  it('says once that the disk is full, goes on, and saves when there is room again', async () => {
    let full = true;
    const disk: Disk = {
      ...realDisk,
      write: (...args) =>
        full
          ? Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }))
          : realDisk.write(...args),
    };
    const { journal, add } = session(disk);
    const told: (string | null)[] = [];
    journal.onfailure = (error) => told.push(error === null ? null : ((error as NodeJS.ErrnoException).code ?? ''));
    add({ name: 'a', array: array([1], 'float64') });
    await journal.safe();
    add({ name: 'b', array: array([2], 'float64') });
    await journal.safe();
    expect(told).toEqual(['ENOSPC']);
    expect(journal.saved).toBe(false);
    full = false;
    await journal.safe();
    expect(told).toEqual(['ENOSPC', null]);
    expect(journal.saved).toBe(true);
    expect((await reopened()).values).toEqual({ a: [1], b: [2] });
    journal.close();
  });

  it('keeps the old state when writing the new one fails half way', async () => {
    let fails = false;
    const disk: Disk = {
      ...realDisk,
      write: (path, ...rest) =>
        fails && path.endsWith('.npy') ? Promise.reject(new Error('broken')) : realDisk.write(path, ...rest),
    };
    const { workspace, journal, add } = session(disk);
    const a = add({ name: 'a', array: array([[1, 2]], 'float64') });
    await journal.safe();
    fails = true;
    workspace.set(a.id, { ...workspace.revise(a, array([[7]], 'float64')), version: 2 });
    await journal.safe();
    expect((await reopened()).values).toEqual({ a: [[1, 2]] });
    journal.close();
  });

  it('takes a record that points outside its folder for lost', async () => {
    const { journal, add } = session();
    add({ name: 'a', array: array([1], 'float64') });
    await journal.safe();
    const path = join(folder, 'journal.json');
    const text = await readFile(path, 'utf8');
    await realDisk.write(
      path,
      [new TextEncoder().encode(text.replace(/"file": "[^"]*"/, '"file": "../../etc/passwd.npy"'))],
      false,
    );
    expect((await openJournal(folder)).restored).toMatchObject({ entries: [], lost: ['a'] });
  });
});
