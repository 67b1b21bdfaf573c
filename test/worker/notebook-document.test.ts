/** One notebook under two windows: what each writes is kept, whatever the other did meanwhile. */
import { describe, expect, it } from 'vitest';
import type { NotebookCell } from '#shared/notebook.ts';
import { NotebookDocument } from '#worker/notebook-document.ts';

const cell = (id: string, source = id): NotebookCell => ({
  id,
  type: 'code',
  source,
  execution_count: null,
  outputs: [],
  metadata: {},
  attachments: null,
});
const of = (...ids: string[]) =>
  new NotebookDocument(
    ids.map((id) => cell(id)),
    1000,
  );
const sources = (document: NotebookDocument) => document.cells.map(({ source }) => source);

describe('a notebook in two windows', () => {
  it('takes only the fields that are given', () => {
    const document = of('a', 'b');
    document.put('a', { outputs: [{ output_type: 'stream', name: 'stdout', text: 'hi' }], execution_count: 3 });
    const { change, differs } = document.write(1000, ['a', 'b'], [{ id: 'a', source: 'new' }]);
    expect(differs).toBe(false);
    expect(change.cells).toMatchObject([{ id: 'a', source: 'new', execution_count: 3, outputs: [{ text: 'hi' }] }]);
    expect(change.revision).toBe(1002);
  });

  it('keeps cells that the other window added, in their place', () => {
    const document = of('a', 'b');
    document.write(1000, ['a', 'one', 'b'], [cell('one')]);
    // The second window has not seen `one`; it adds its own and deletes b.
    const { change, differs } = document.write(1000, ['a', 'two'], [cell('two')]);
    expect(differs).toBe(true);
    expect(change.order).toEqual(['a', 'one', 'two']);
    expect(change.cells.map(({ id }) => id)).toEqual(['two']);
    // Once it has, leaving it out is deleting it.
    expect(document.write(change.revision, ['a', 'two'], []).change.order).toEqual(['a', 'two']);
  });

  it('keeps both texts when both windows wrote in one cell', () => {
    const document = of('a', 'b');
    document.write(1000, ['a', 'b'], [{ id: 'a', source: 'first' }]);
    const { change, differs } = document.write(1000, ['a', 'b'], [{ id: 'a', source: 'second' }]);
    expect(differs).toBe(true);
    expect(sources(document)).toEqual(['second', 'first', 'b']);
    expect(change.cells).toHaveLength(2);
    // One after the other is no conflict.
    document.write(change.revision, change.order, [{ id: 'a', source: 'third' }]);
    expect(sources(document)).toEqual(['third', 'first', 'b']);
  });

  it('brings a cell back that one window deleted while the other wrote in it', () => {
    const document = of('a', 'b');
    document.write(1000, ['a'], []);
    expect(sources(document)).toEqual(['a']);
    expect(document.write(1000, ['a', 'b'], [{ id: 'b', source: 'precious' }]).differs).toBe(false);
    expect(sources(document)).toEqual(['a', 'precious']);
    // Where nothing was written it stays deleted.
    document.write(1002, ['a'], []);
    expect(document.write(1002, ['a', 'b'], []).change.order).toEqual(['a']);
  });

  it('tells what happened since a revision, and whether it lived then', () => {
    const document = of('a', 'b');
    document.write(1000, ['b', 'a'], [{ id: 'a', source: 'new' }]);
    expect(document.changes(1000)).toMatchObject({
      revision: 1001,
      order: ['b', 'a'],
      cells: [{ id: 'a', source: 'new' }],
      restarted: false,
    });
    expect(document.changes(1001).cells).toEqual([]);
    expect(document.changes(999).restarted).toBe(true);
  });

  it('has nowhere to put the outputs of a cell that is gone', () => {
    const document = of('a');
    expect(document.put('gone', { outputs: [] })).toBeNull();
  });
});
