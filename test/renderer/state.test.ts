import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Variable, WorkspaceState } from '#shared/contract.ts';
import { AppError } from '#shared/errors.ts';

const compute = vi.hoisted(() => vi.fn());
const grantFile = vi.hoisted(() => vi.fn());
vi.mock('#renderer/compute-client.ts', () => ({
  compute,
  on: () => () => undefined,
  connection: { onHello: () => () => undefined, owns: () => true, cancel: () => undefined },
}));
vi.mock('#renderer/shell.ts', () => ({ shell: { kind: 'browser', grantFile, openFiles: () => Promise.resolve([]) } }));

// Node has no elements; nothing is typed into here.
vi.stubGlobal('HTMLElement', class {});

const { workspace } = await import('#renderer/state/workspace.svelte.ts');
const { opening, couldBeSmaller } = await import('#renderer/state/opening.svelte.ts');
const { registerCommand, pressCommand, runCommand, menuGroups, onCommandError } =
  await import('#renderer/commands.svelte.ts');

const variable = (id: string, more: Partial<Variable> = {}): Variable => ({
  id,
  name: id,
  dtype: 'float64',
  shape: [2, 2],
  nbytes: 32,
  kind: 'matrix',
  origin: 'typed',
  columns: null,
  version: 1,
  ...more,
});
const state = (...ids: string[]): WorkspaceState => ({
  variables: ids.map((id) => variable(id)),
  undo: null,
  redo: null,
  saved: true,
  code: [],
});

describe('workspace', () => {
  it('selects the neighbour of what was deleted', () => {
    workspace.accept(state('a', 'b', 'c'));
    workspace.select('b');
    workspace.accept(state('a', 'c'));
    expect(workspace.selected?.id).toBe('c');
    workspace.accept(state('a'));
    expect(workspace.selected?.id).toBe('a');
    workspace.accept(state());
    expect(workspace.selected).toBeNull();
  });

  it('selects what a reply named before the list has it', () => {
    workspace.accept(state('a'));
    workspace.select('new');
    expect(workspace.selected?.id).toBe('a');
    workspace.accept(state('a', 'new'));
    expect(workspace.selected?.id).toBe('new');
  });

  it('moves to neighbours and stops at the ends', () => {
    workspace.accept(state('a', 'b'));
    workspace.select('a');
    workspace.selectNeighbour(-1);
    expect(workspace.selected?.id).toBe('a');
    workspace.selectNeighbour(1);
    workspace.selectNeighbour(1);
    expect(workspace.selected?.id).toBe('b');
  });
});

describe('opening', () => {
  const file = (name: string) => new File(['1,2'], name);
  const settle = () => vi.waitFor(() => expect(opening.current).toBeNull());

  beforeEach(() => {
    compute.mockReset();
    grantFile.mockReset();
    grantFile.mockImplementation((given: File) =>
      Promise.resolve({ file: `id ${given.name}`, name: given.name, size: 3 }),
    );
    for (const problem of [...opening.problems]) opening.dismiss(problem);
  });
  afterEach(() => opening.cancel());

  it('opens files in their order, and a table waits for its answer', async () => {
    const asked: string[] = [];
    compute.mockImplementation((_: string, args: { file: string }) => {
      asked.push(args.file);
      return Promise.resolve(
        args.file.endsWith('.csv')
          ? { kind: 'table', preview: { name: args.file } }
          : { kind: 'variable', variable: variable(args.file, { kind: 'image' }), notes: [] },
      );
    });
    opening.take([file('one.csv'), file('two.png'), file('three.csv')]);
    await vi.waitFor(() => expect(opening.preview?.name).toBe('id one.csv'));
    expect(asked).toEqual(['id one.csv']);
    // What is dropped meanwhile waits as well.
    opening.take([file('four.png')]);
    opening.answer(variable('one'));
    await vi.waitFor(() => expect(opening.preview?.name).toBe('id three.csv'));
    opening.answer(null);
    await vi.waitFor(() => expect(asked).toHaveLength(4));
    expect(asked).toEqual(['id one.csv', 'id two.png', 'id three.csv', 'id four.png']);
    await settle();
    expect(opening.preview).toBeNull();
    expect(opening.problems).toEqual([]);
  });

  it('names the file that failed and goes on with the next', async () => {
    const tooLarge = new AppError('memory', 'too large', { argument: 'max_pixels' });
    compute.mockImplementation((_: string, args: { file: string; max_pixels?: number }) =>
      args.file === 'id huge.png' && args.max_pixels === undefined
        ? Promise.reject(tooLarge)
        : Promise.resolve({ kind: 'variable', variable: variable(args.file), notes: [] }),
    );
    opening.take([file('huge.png'), file('small.png')]);
    await vi.waitFor(() => expect(compute).toHaveBeenCalledTimes(2));
    await settle();
    const [problem] = opening.problems;
    expect(problem).toMatchObject({ name: 'huge.png', error: { code: 'memory' } });
    expect(problem && couldBeSmaller(problem)).toBe(true);
    if (problem) opening.openSmaller(problem);
    await vi.waitFor(() => expect(compute).toHaveBeenCalledTimes(3));
    expect(compute.mock.calls[2]?.[1]).toEqual({ file: 'id huge.png', max_pixels: 24_000_000 });
    await settle();
    expect(opening.problems).toEqual([]);
  });

  it('says nothing of what was cancelled, and forgets what waited', async () => {
    compute.mockImplementation(
      (_: string, __: unknown, { signal }: { signal: AbortSignal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new AppError('cancelled', 'Cancelled')));
        }),
    );
    opening.take([file('a.csv'), file('b.csv')]);
    await vi.waitFor(() => expect(compute).toHaveBeenCalledTimes(1));
    opening.cancel();
    await settle();
    expect(compute).toHaveBeenCalledTimes(1);
    expect(opening.problems).toEqual([]);
    expect(opening.waiting).toEqual([]);
  });
});

describe('commands', () => {
  const event = (key: string) => {
    const preventDefault = vi.fn();
    return {
      key,
      code: '',
      ctrlKey: true,
      metaKey: false,
      altKey: false,
      shiftKey: false,
      target: null,
      preventDefault,
    };
  };
  const press = (key: string) => {
    const pressed = event(key);
    return [pressCommand(pressed as unknown as KeyboardEvent), pressed.preventDefault.mock.calls.length] as const;
  };

  it('gives keys to what was registered last and can be done', () => {
    const ran: string[] = [];
    let able = true;
    const undoFrame = registerCommand({ id: 'f', title: 'F', keys: 'Ctrl+J', run: () => void ran.push('frame') });
    const undoView = registerCommand({
      id: 'v',
      title: 'V',
      keys: 'Ctrl+J',
      enabled: () => able,
      run: () => void ran.push('view'),
    });
    expect(press('j')).toEqual([true, 1]);
    able = false;
    press('j');
    undoView();
    press('j');
    expect(ran).toEqual(['view', 'frame', 'frame']);
    undoFrame();
    expect(press('j')).toEqual([false, 0]);
  });

  it('keeps the browser from its own meaning of a key that can do nothing now', () => {
    const undo = registerCommand({ id: 's', title: 'S', keys: 'Ctrl+J', enabled: () => false, run: () => undefined });
    expect(press('j')).toEqual([true, 1]);
    undo();
  });

  it('hands errors on, thrown or rejected', async () => {
    const failed: string[] = [];
    onCommandError((command, error) => failed.push(`${command.id} ${String((error as Error).message)}`));
    const undo = registerCommand({ id: 'r', title: 'R', run: () => Promise.reject(new Error('later')) });
    registerCommand({
      id: 't',
      title: 'T',
      run: () => {
        throw new Error('now');
      },
    });
    runCommand('r');
    runCommand('t');
    await vi.waitFor(() => expect(failed).toEqual(['t now', 'r later']));
    undo();
  });

  it('orders menus by group', () => {
    registerCommand({ id: 'm2', title: 'B', menu: 'Help', group: 2, run: () => undefined });
    registerCommand({ id: 'm1', title: 'A', menu: 'Help', group: 1, run: () => undefined });
    registerCommand({ id: 'm3', title: 'C', menu: 'Help', group: 2, run: () => undefined });
    expect(menuGroups('Help').map((group) => group.map((command) => command.id))).toEqual([['m1'], ['m2', 'm3']]);
  });
});
