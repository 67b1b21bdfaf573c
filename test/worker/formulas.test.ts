import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Variable } from '#shared/contract.ts';
import { built, Compute, type Page } from './compute.ts';

describe.runIf(built)('formulas', () => {
  let compute: Compute;
  let page: Page;

  beforeAll(async () => {
    compute = await Compute.start();
    page = await compute.page();
    await page.ask('python.start', {});
  }, 60_000);

  afterAll(() => compute.close());

  beforeEach(async () => {
    await page.ask('workspace.clear', {});
    await page.ask('workspace.create', { text: '1 2; 3 4', name: 'A', dtype: 'float64' });
  });

  const now = async (name: string) =>
    (await page.ask('workspace.state', {})).variables.find((variable) => variable.name === name);

  async function values(name: string): Promise<number[]> {
    const { id, shape } = (await now(name))!;
    const region = { row0: 0, row1: shape[0], col0: 0, col1: shape[1] ?? 1 };
    return [...(await page.ask('array.cells', { id, region })).values];
  }

  /** Waits until a variable is as wanted; looked at after every message of the process. */
  async function becomes(name: string, wanted: (variable: Variable | undefined) => boolean): Promise<void> {
    if (wanted(await now(name))) return;
    await page.until(() => {
      const variables = page.last('workspace.changed')?.variables ?? [];
      return wanted(variables.find((variable) => variable.name === name));
    }, 20_000);
  }

  const edit = async (name: string, value: number) =>
    page.ask('array.set_cells', {
      id: (await now(name))!.id,
      region: { row0: 0, row1: 1, col0: 0, col1: 1 },
      values: new Float64Array([value]),
    });

  it('follow their inputs, in the order of dependency', async () => {
    const made = await page.ask('formula.set', { name: 'B', code: 'A.T @ A' });
    expect(made.formula).toEqual({ code: 'A.T @ A', inputs: ['A'], error: null, pending: false });
    await page.ask('formula.set', { name: 't', code: '= np.trace(B) + len(B)' });
    expect([await values('B'), await values('t')]).toEqual([[10, 14, 14, 20], [32]]);
    const before = (await now('t'))!.version;
    await edit('A', 5);
    await becomes('t', (variable) => variable!.version > before);
    expect([await values('B'), await values('t')]).toEqual([[34, 22, 22, 20], [56]]);
    await page.ask('workspace.undo', {});
    await becomes('t', (variable) => variable!.version > before + 1);
    expect(await values('B')).toEqual([10, 14, 14, 20]);
    const cell = await page.ask('python.run', { code: 'A[0, 0] = 5', mode: 'cell' });
    expect(cell.changed).toEqual(['A']);
    await becomes('t', (variable) => variable!.version > before + 2);
    expect(await values('t')).toEqual([56]);
  });

  it('refuse circles by their names, and what is no expression', async () => {
    await page.ask('formula.set', { name: 'B', code: 'A + 1' });
    await page.ask('formula.set', { name: 'C', code: 'B + 1' });
    await expect(page.ask('formula.set', { name: 'B', code: 'C * 2' })).rejects.toMatchObject({
      code: 'value',
      message: 'B would be computed from itself: B ← C ← B',
    });
    await expect(page.ask('formula.set', { name: 'A', code: 'A + 1' })).rejects.toThrow('A ← A');
    await expect(page.ask('formula.set', { name: 'D', code: 'x = 1' })).rejects.toMatchObject({ code: 'parse' });
    await expect(page.ask('formula.set', { name: 'D', code: 'nothing + 1' })).rejects.toThrow(
      "name 'nothing' is not defined",
    );
    await expect(page.ask('formula.set', { name: 'D', code: 'A @ np.ones(5)' })).rejects.toThrow(/ValueError: matmul/);
    expect(await now('D')).toBeUndefined();
  });

  it('keep an error on the variable, beside its last value', async () => {
    await page.ask('formula.set', { name: 'x', code: 'np.linalg.inv(A)' });
    const last = await values('x');
    await edit('A', 1.5);
    await becomes('x', (variable) => variable!.formula!.error !== null);
    expect((await now('x'))!.formula!.error?.message).toBe('LinAlgError: Singular matrix');
    expect(await values('x')).toEqual(last);
    await edit('A', 1);
    await becomes('x', (variable) => variable!.formula!.error === null);
    const { id } = (await now('A'))!;
    await page.ask('workspace.delete', { id });
    await becomes('x', (variable) => variable!.formula!.error !== null);
    expect((await now('x'))!.formula!.error?.message).toContain("'A' is not defined");
    await page.ask('workspace.undo', {});
    await becomes('x', (variable) => variable!.formula!.error === null);
  });

  it('stay where they are empty when a cell runs', async () => {
    await page.ask('formula.set', { name: 'e', code: 'A[:0]' });
    const cell = await page.ask('python.run', { code: 'e.shape', mode: 'cell' });
    expect([cell.deleted, cell.apart, cell.changed]).toEqual([[], [], []]);
    expect(await now('e')).toMatchObject({ shape: [0, 2], formula: { code: 'A[:0]', error: null } });
  });

  it('are computed all the same when something else is stopped meanwhile', async () => {
    await page.ask('formula.set', { name: 'B', code: "(__import__('time').sleep(0.3), A * 3)[1]" });
    const { version } = (await now('B'))!;
    await edit('A', 2);
    await page.until(() => page.last('jobs.changed')?.jobs.some(({ phase }) => phase !== 'waiting') === true);
    // As when a person goes on to look at another matrix.
    const asked = page.start('linalg.svd', { a: (await now('A'))!.id });
    await page.until(() => page.last('jobs.changed')?.jobs.length === 2);
    asked.cancel();
    await asked.reply.catch(() => undefined);
    await becomes('B', (variable) => variable!.version > version || variable!.formula!.error !== null);
    expect((await now('B'))!.formula!.error).toBeNull();
    expect((await values('B'))[0]).toBe(6);
  });

  it('follow a new name of their inputs', async () => {
    await page.ask('formula.set', { name: 'B', code: 'A + A.T * len("A")' });
    await page.ask('workspace.rename', { id: (await now('A'))!.id, name: 'M' });
    expect((await now('B'))!.formula).toMatchObject({ code: 'M + M.T * len("A")', inputs: ['M'] });
    await becomes('B', (variable) => variable!.formula!.error === null);
    expect(await values('B')).toEqual([2, 5, 5, 8]);
  });

  it('are not written over by hand until they are cleared', async () => {
    const { id } = await page.ask('formula.set', { name: 'B', code: 'A * 2' });
    await expect(edit('B', 1)).rejects.toMatchObject({ code: 'value', message: 'B is computed: A * 2' });
    expect((await page.ask('formula.clear', { id })).formula).toBeUndefined();
    await edit('B', 1);
    expect(await values('B')).toEqual([1, 4, 6, 8]);
    await page.ask('workspace.undo', {});
    await page.ask('workspace.undo', {});
    expect((await now('B'))!.formula?.code).toBe('A * 2');
  });

  it('come back after a kill', async () => {
    await page.ask('formula.set', { name: 'B', code: 'A * 3' });
    await page.until(() => page.last('workspace.changed')?.saved === true);
    compute.kill();
    await compute.exited;
    await compute.restart({ reason: 'killed', job: null });
    page = await compute.page();
    await page.ask('python.start', {});
    expect((await now('B'))!.formula).toMatchObject({ code: 'A * 3', inputs: ['A'], error: null });
    const { version } = (await now('B'))!;
    await edit('A', 2);
    await becomes('B', (variable) => variable!.version > version);
    expect((await values('B'))[0]).toBe(6);
  }, 60_000);
});
