import { describe, expect, it } from 'vitest';
import type { NotebookCell } from '#shared/notebook.ts';
import { NotebookSync } from '#renderer/notebook/notebook-sync.ts';

const cell = (id: string, source = id): NotebookCell => ({
  id,
  type: 'code',
  source,
  execution_count: null,
  outputs: [],
  metadata: { tags: ['x'] },
  attachments: null,
});
const stream = { output_type: 'stream', name: 'stdout', text: 'hi' };

describe('what a page sends of a notebook', () => {
  it('is the fields that changed', () => {
    const sync = new NotebookSync({ revision: 1, cells: [cell('a'), cell('b')] });
    expect(sync.patch(cell('a'))).toBeNull();
    expect(sync.patch(cell('a', 'new'))).toEqual({ id: 'a', source: 'new' });
    expect(sync.patch(cell('c'))).toEqual(cell('c'));
    sync.sent(['a', 'b', 'c'], [{ id: 'a', source: 'new' }, cell('c')]);
    expect(sync.patch(cell('a', 'new'))).toBeNull();
    expect(sync.patch(cell('c', 'more'))).toEqual({ id: 'c', source: 'more' });
    sync.forget(['a']);
    expect(sync.patch(cell('a', 'new'))).toEqual(cell('a', 'new'));
  });

  it('leaves out the outputs of a cell that runs, and those the notebook holds', () => {
    const sync = new NotebookSync({ revision: 1, cells: [cell('a')] });
    const ran = { ...cell('a'), outputs: [stream], execution_count: 1 };
    expect(sync.patch(ran, false)).toBeNull();
    expect(sync.patch(ran)).toEqual({ id: 'a', outputs: [stream], execution_count: 1 });
    sync.holds('a', { outputs: ran.outputs, execution_count: 1 });
    expect(sync.patch(ran)).toBeNull();
  });
});

describe('what a page takes from another window', () => {
  const sync = () => new NotebookSync({ revision: 1, cells: ['a', 'b', 'c'].map((id) => cell(id)) });

  it('is what it did not change itself', () => {
    const theirs = { ...cell('a', 'theirs'), outputs: [stream] };
    expect(sync().untouched(cell('a'), theirs)).toMatchObject({ source: 'theirs', outputs: [stream] });
    expect(sync().untouched(cell('a', 'mine'), theirs)).not.toHaveProperty('source');
    expect(sync().untouched(cell('a', 'mine'), theirs)).toHaveProperty('outputs', [stream]);
  });

  it('contradicts what was written here at the same time, not what was only read', () => {
    expect(sync().contradicts(cell('a', 'mine'), cell('a', 'theirs'))).toBe(true);
    expect(sync().contradicts(cell('a'), cell('a', 'theirs'))).toBe(false);
    expect(sync().contradicts(cell('a', 'mine'), cell('a'))).toBe(false);
    expect(sync().contradicts(cell('a', 'same'), cell('a', 'same'))).toBe(false);
  });

  it.each([
    ['a new cell', ['a', 'new', 'b', 'c'], ['a', 'b', 'c'], ['a', 'new', 'b', 'c']],
    ['beside one made here', ['a', 'new', 'b', 'c'], ['a', 'b', 'mine', 'c'], ['a', 'new', 'b', 'mine', 'c']],
    ['a deletion', ['a', 'c'], ['a', 'b', 'c'], ['a', 'c']],
    ['but not one deleted here', ['a', 'b', 'c', 'new'], ['a', 'c'], ['a', 'c', 'new']],
    ['with what was moved here', ['a', 'b', 'new', 'c'], ['c', 'a', 'b'], ['c', 'a', 'b', 'new']],
    ['moved there', ['c', 'b', 'a'], ['a', 'b', 'c', 'mine'], ['c', 'mine', 'b', 'a']],
  ])('%s', (_, theirs, mine, expected) => {
    expect(sync().order(theirs, mine)).toEqual(expected);
  });

  it('a cell that was deleted there stays while it has unsent words', () => {
    expect(sync().order(['a', 'c'], ['a', 'b', 'c'], new Set(['b']))).toEqual(['a', 'b', 'c']);
  });
});
