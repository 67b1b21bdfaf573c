import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { array } from '#engine/create.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { readCells } from '#worker/cells.ts';
import { History } from '#worker/history.ts';
import { asVariable, type Entry, identifier, nameFromFile, Workspace } from '#worker/workspace.ts';

const region = (row0: number, row1: number, col0: number, col1: number) => ({ row0, row1, col0, col1 });

function setup(budget = 1e9) {
  const workspace = new Workspace();
  const history = new History(workspace, () => budget);
  const add = async (name: string, values: number[][]) => {
    const entry = workspace.make({ name, array: array(values, 'float64'), origin: 'typed' });
    await history.perform({
      label: `New ${name}`,
      changes: [{ kind: 'entry', id: entry.id, before: null, after: entry }],
      code: [],
    });
    return entry.id;
  };
  const edit = (id: string, row: number, col: number, value: number, gesture?: string) => {
    const where = region(row, row + 1, col, col + 1);
    const before = readCells(workspace.get(id).held.array!, where, 0);
    return history.perform({
      label: `Edit ${id}`,
      changes: [{ kind: 'cells', id, region: where, plane: 0, before, after: Float64Array.of(value) }],
      code: [],
      ...(gesture === undefined ? {} : { gesture }),
    });
  };
  const replace = (id: string, values: number[][]) => {
    const before = workspace.get(id);
    const after: Entry = { ...workspace.revise(before, array(values, 'float64')), version: before.version + 1 };
    return history.perform({ label: `Replace ${id}`, changes: [{ kind: 'entry', id, before, after }], code: [] });
  };
  const remove = (id: string) =>
    history.perform({
      label: `Delete ${id}`,
      changes: [{ kind: 'entry', id, before: workspace.get(id), after: null }],
      code: [],
    });
  const look = () =>
    workspace.named().map((entry) => ({ name: entry.name, values: (entry.held.array as NDArray).tolist() }));
  return { workspace, history, add, edit, replace, remove, look };
}

describe('History', () => {
  it('takes back a value that was dragged in one step, and what came before and after by itself', async () => {
    const { history, add, edit, look } = setup();
    const id = await add('a', [[1, 2]]);
    await edit(id, 0, 0, 3);
    for (const value of [4, 5, 6]) await edit(id, 0, 0, value, 'first');
    for (const value of [7, 8]) await edit(id, 0, 0, value, 'second');
    await edit(id, 0, 1, 9, 'second');
    const seen = [look()[0].values];
    for (let step = 0; step < 4; step++) {
      await history.undo();
      seen.push(look()[0].values);
    }
    expect(seen).toEqual([[[8, 9]], [[8, 2]], [[6, 2]], [[3, 2]], [[1, 2]]]);
    await history.redo();
    await history.redo();
    expect(look()[0].values).toEqual([[6, 2]]);
  });

  it('takes back and repeats edits, replacements and deletions in order', async () => {
    const { history, add, edit, replace, remove, look } = setup();
    const id = await add('a', [[1, 2]]);
    await edit(id, 0, 1, 5);
    await replace(id, [[9], [8]]);
    await edit(id, 1, 0, 7);
    await remove(id);
    const steps = [look()];
    expect(history.undoLabel).toBe(`Delete ${id}`);
    while (await history.undo()) steps.push(look());
    expect(steps).toEqual([
      [],
      [{ name: 'a', values: [[9], [7]] }],
      [{ name: 'a', values: [[9], [8]] }],
      [{ name: 'a', values: [[1, 5]] }],
      [{ name: 'a', values: [[1, 2]] }],
      [],
    ]);
    const again = [look()];
    while (await history.redo()) again.push(look());
    expect(again).toEqual(steps.reverse());
  });

  it('copies before it edits what a job or a copy reads', async () => {
    const { workspace, add, edit, look, history } = setup();
    const id = await add('a', [[1, 2]]);
    const shown = workspace.get(id).held.array!;
    const release = workspace.get(id).held.share();
    await edit(id, 0, 0, 100);
    expect(shown.tolist()).toEqual([[1, 2]]);
    expect(look()).toEqual([{ name: 'a', values: [[100, 2]] }]);
    release();
    await history.undo();
    expect(look()).toEqual([{ name: 'a', values: [[1, 2]] }]);
  });

  it('gives every content its own version', async () => {
    const { workspace, add, edit, history, remove } = setup();
    const id = await add('a', [[1]]);
    const seen = new Map<number, string>();
    const note = () => {
      const entry = workspace.find(id);
      if (entry === undefined) return;
      const values = JSON.stringify(entry.held.array!.tolist());
      expect(seen.get(entry.version) ?? values).toBe(values);
      seen.set(entry.version, values);
    };
    note();
    for (const step of [
      () => edit(id, 0, 0, 2),
      () => history.undo(),
      () => edit(id, 0, 0, 3),
      () => remove(id),
      () => history.undo(),
      () => history.undo(),
      () => history.redo(),
    ]) {
      await step();
      note();
    }
  });

  it('forgets the oldest steps past its budget, never the newest', async () => {
    const { history, add, replace, workspace } = setup(50 * 8);
    const id = await add('a', [[0]]);
    for (let step = 0; step < 10; step++) await replace(id, [Array.from({ length: 20 }, () => step)]);
    let undone = 0;
    while (await history.undo()) undone++;
    expect(undone).toBe(2);
    expect(workspace.get(id).shape).toEqual([1, 20]);
    await replace(id, [Array.from({ length: 500 }, () => 1)]);
    await replace(id, [Array.from({ length: 500 }, () => 2)]);
    expect(history.undoLabel).not.toBeNull();
  });

  it('is undone to the beginning and redone to the end after any walk', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('edit', 'replace', 'remove', 'add', 'undo', 'redo'), fc.nat(9)), {
          maxLength: 30,
        }),
        async (walk) => {
          const { workspace, history, add, edit, replace, remove, look } = setup();
          for (const [what, n] of walk) {
            const ids = workspace.named().map(({ id }) => id);
            const id = ids[n % Math.max(1, ids.length)];
            if (what === 'add') await add(workspace.freeName('a'), [[n, n + 1]]);
            else if (what === 'undo') await history.undo();
            else if (what === 'redo') await history.redo();
            else if (id === undefined) continue;
            else if (what === 'edit') await edit(id, 0, n % workspace.get(id).shape[1], n + 0.5);
            else if (what === 'replace') await replace(id, [Array.from({ length: 1 + (n % 3) }, () => n)]);
            else await remove(id);
          }
          while (await history.redo());
          const end = JSON.stringify(look());
          while (await history.undo());
          expect(look()).toEqual([]);
          while (await history.redo());
          expect(JSON.stringify(look())).toBe(end);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('names', () => {
  it.each([
    ['My data (2).csv', 'My_data_2'],
    ['2024.csv', 'a2024'],
    ['class.csv', 'class_'],
    ['...', 'a'],
    ['größe.tsv', 'größe'],
    ['np.npy', 'np_'],
  ])('%s becomes %s', (file, name) => expect(nameFromFile(file)).toBe(name));

  it('finds a free one', () => {
    const workspace = new Workspace();
    for (const name of ['U', 'U2', 'b9']) {
      const entry = workspace.make({ name, array: array([1]), origin: '' });
      workspace.set(entry.id, entry);
    }
    expect(workspace.freeName('U')).toBe('U3');
    expect(workspace.freeName('b9')).toBe('b10');
    expect(workspace.freeName('V')).toBe('V');
    expect(() => workspace.checkName('U')).toThrow('There is already a variable U');
    expect(() => workspace.checkName('2x')).toThrow('cannot name a variable');
    expect(() => workspace.checkName('lambda')).toThrow('cannot name a variable');
  });

  it('always makes a Python identifier', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(identifier(text)).toMatch(/^[\p{L}_][\p{L}\p{Nd}_]*$/u);
      }),
    );
  });

  it('tells the page plain data', () => {
    const workspace = new Workspace();
    const entry = workspace.make({
      name: 'a',
      array: array([[1, 2]], 'float32'),
      origin: 'typed',
      columns: ['x', 'y'],
    });
    expect(asVariable(entry)).toEqual({
      id: 'a1',
      name: 'a',
      dtype: 'float32',
      shape: [1, 2],
      nbytes: 8,
      kind: 'matrix',
      origin: 'typed',
      columns: ['x', 'y'],
      version: 1,
    });
  });
});
