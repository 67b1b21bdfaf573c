import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { AppError } from '#shared/errors.ts';
import { Compute } from './compute.ts';

const whole = (rows: number, cols: number) => ({ row0: 0, row1: rows, col0: 0, col1: cols });

describe('a compute process that ends', () => {
  const running: Compute[] = [];
  const folders: string[] = [];
  const start = async (options: Parameters<typeof Compute.start>[0] = {}) => {
    const compute = await Compute.start(options);
    running.push(compute);
    return compute;
  };
  const folder = async () => {
    const made = await mkdtemp(join(tmpdir(), 'eigenscope-test-'));
    folders.push(made);
    return made;
  };
  afterEach(async () => {
    await Promise.all(running.splice(0).map((compute) => compute.close()));
    await Promise.all(folders.splice(0).map((path) => rm(path, { recursive: true, force: true })));
  });

  it('comes back with every array after SIGKILL in the middle of an SVD', async () => {
    const starting = performance.now();
    const compute = await start();
    let page = await compute.page();
    // A busy machine, on which a start takes longer, may take that long again.
    const limit = Math.max(2000, 2 * (performance.now() - starting));
    const big = await page.ask('workspace.generate', { what: 'randn', shape: [1500, 1500], seed: 1, name: 'big' });
    const typed = await page.ask('workspace.create', { text: '1 2; 3 4', name: 'typed' });
    await page.ask('array.set_cells', {
      id: typed.id,
      region: { row0: 1, row1: 2, col0: 0, col1: 1 },
      values: Float64Array.of(7),
    });
    await page.ask('workspace.rename', { id: typed.id, name: 'renamed' });
    await page.until(() => page.last('workspace.changed')?.saved === true);
    const factoring = page.ask('linalg.svd', { a: big.id }).catch((error: Error) => error.message);
    await page.until(() => compute.replies.some((reply) => reply.kind === 'busy' && reply.job === 'SVD of big'));
    await new Promise((done) => setTimeout(done, 150));
    compute.kill();
    expect(await factoring).toBe('worker-lost');
    await compute.exited;

    const began = performance.now();
    await compute.restart({ reason: 'killed', job: 'SVD of big' });
    page = await compute.page();
    const state = await page.ask('workspace.state', {});
    expect(performance.now() - began).toBeLessThan(limit);
    expect(page.hello?.restart).toEqual({ reason: 'killed', job: 'SVD of big', restored: 2, lost: [] });
    expect(state.variables.map(({ name, shape }) => [name, shape])).toEqual([
      ['big', [1500, 1500]],
      ['renamed', [2, 2]],
    ]);
    const cells = await page.ask('array.cells', { id: typed.id, region: whole(2, 2) });
    expect([...cells.values]).toEqual([1, 2, 7, 4]);
    // The same random numbers as NumPy's RandomState(1).
    const first = await page.ask('array.cells', { id: big.id, region: whole(1, 2) });
    expect([...first.values]).toEqual([1.6243453636632417, -0.6117564136500754]);
  });

  it('ends an SVD within a second of Cancel without dying, and what runs by itself with it', async () => {
    const compute = await start();
    const page = await compute.page();
    const big = await page.ask('workspace.generate', { what: 'randn', shape: [2500, 2500], seed: 1, name: 'big' });
    const small = await page.ask('workspace.create', { text: '3 0; 0 4', name: 'small' });
    // The inspector has begun with the singular values when the person asks for the SVD.
    const inspection = page.ask('array.inspect', { id: big.id }).catch((error: Error) => error);
    const busy = () => compute.replies.findLast((reply) => reply.kind === 'busy')?.job ?? null;
    for (let waited = 0; busy() !== 'Inspecting big' && waited < 20_000; waited += 20) {
      await new Promise((done) => setTimeout(done, 20));
    }
    for (const phase of ['', 'factoring']) {
      const job = page.start('linalg.svd', { a: big.id });
      const ended = job.reply.catch((error: Error) => error);
      const listed = () =>
        page.last('jobs.changed')?.jobs.some((one) => one.name === 'linalg.svd' && one.phase.includes(phase));
      await page.until(() => listed() === true, 20_000);
      const before = compute.processorSeconds;
      job.cancel();
      expect(await ended).toMatchObject({ code: 'cancelled' } satisfies Partial<AppError>);
      // Whatever still ran would keep this one waiting.
      await page.ask('linalg.svd', { a: small.id, full_matrices: phase === '' });
      expect(compute.processorSeconds - before).toBeLessThan(availableParallelism());
      for (let waited = 0; busy() !== null && waited < 5000; waited += 20) {
        await new Promise((done) => setTimeout(done, 20));
      }
      expect(busy()).toBeNull();
    }
    expect(await inspection).toMatchObject({ code: 'cancelled' } satisfies Partial<AppError>);
    expect(compute.replies.some((reply) => reply.kind === 'cancelling')).toBe(false);
  });

  it('gives the cores back within a second of Cancel where LAPACK cannot be stopped, and keeps what was open', async () => {
    const compute = await start();
    const page = await compute.page();
    // All of U for more rows than columns is left to LAPACK.
    const big = await page.ask('workspace.generate', { what: 'randn', shape: [2500, 2400], seed: 1, name: 'big' });
    const small = await page.ask('workspace.create', { text: '3 0; 0 4', name: 'small' });
    const svd = await page.ask('linalg.svd', { a: small.id });
    const job = page.start('linalg.svd', { a: big.id, full_matrices: true });
    const ended = job.reply.catch((error: Error) => error);
    await page.until(() => page.last('jobs.changed')?.jobs.some(({ phase }) => phase === 'factoring') === true, 20_000);
    // Before the routine begins it could still be stopped: half a processor second later it is in the midst of it.
    const factoring = compute.processorSeconds;
    for (let waited = 0; compute.processorSeconds - factoring < 0.5 && waited < 10_000; waited += 50) {
      await new Promise((done) => setTimeout(done, 50));
    }
    const before = compute.processorSeconds;
    let used = 0;
    const look = () => {
      try {
        used = compute.processorSeconds - before;
      } catch {
        // It is gone.
      }
    };
    const watch = setInterval(look, 10);
    job.cancel();
    const { signal } = await compute.exited;
    clearInterval(watch);
    // In the processor's own time: a busy machine takes nothing away from it.
    expect(used).toBeLessThan(availableParallelism());
    expect(signal).toBe('SIGKILL');
    expect(compute.replies.at(-1)).toEqual({ kind: 'cancelling', job: 'SVD of big' });
    expect(((await ended) as Error).message).toBe('worker-lost');

    await compute.restart({ reason: 'cancelled', job: 'SVD of big' });
    const again = await compute.page();
    expect(again.hello?.restart).toMatchObject({ reason: 'cancelled', restored: 2, lost: [] });
    // The SVD that was open is still there, slider and all.
    const preview = await again.ask('svd.preview', {
      factor: svd.factor,
      k: 1,
      region: whole(2, 2),
      width: 2,
      height: 2,
      residual: true,
    });
    expect([...preview.values].map((value) => Math.round(value))).toEqual([3, 0, 0, 0]);
    expect((await again.ask('linalg.svd', { a: small.id })).factor).toBe(svd.factor);
  });

  it('has stack enough for an LU on several threads of BLAS', async () => {
    const compute = await start({ env: { OPENBLAS_NUM_THREADS: '2' } });
    const page = await compute.page();
    const big = await page.ask('workspace.generate', { what: 'randn', shape: [1200, 1200], seed: 1, name: 'big' });
    const { slogdet } = await page.ask('array.inspect', { id: big.id });
    // np.linalg.slogdet(np.random.RandomState(1).randn(1200, 1200))
    expect(slogdet?.[0]).toBe(-1);
    expect(slogdet?.[1]).toBeCloseTo(3653.967823243332, 6);
  });

  it('ends a job at its next checkpoint without dying when it can', async () => {
    const compute = await start();
    const page = await compute.page();
    const job = page.start('workspace.generate', { what: 'randn', shape: [8000, 8000], seed: 1 });
    await page.until(() => (page.last('jobs.changed')?.jobs[0]?.fraction ?? 0) > 0.02);
    job.cancel();
    await expect(job.reply).rejects.toMatchObject({ code: 'cancelled' } satisfies Partial<AppError>);
    expect((await page.ask('workspace.state', {})).variables).toEqual([]);
  });

  it('names what its journal lost and keeps the rest', async () => {
    const session = await folder();
    let compute = await start({ session });
    let page = await compute.page();
    for (const name of ['whole', 'cut', 'gone', 'garbled']) {
      await page.ask('workspace.create', { text: '1 2 3; 4 5 6', name });
    }
    await page.until(() => page.last('workspace.changed')?.saved === true);
    expect(await compute.shutdown()).toEqual({ code: 0, signal: null });

    const file = async (name: string) =>
      join(
        session,
        (await readdir(session)).find((one) => one.startsWith(`${name}.`))!,
      );
    await truncate(await file('cut'), 140);
    await rm(await file('gone'));
    await writeFile(await file('garbled'), 'no array at all');
    compute = await start({ session });
    page = await compute.page();
    await page.until(() => page.last('notice') !== null);
    expect(page.last('notice')).toMatchObject({ tone: 'warn', title: '3 variables could not be restored' });
    const { variables } = await page.ask('workspace.state', {});
    expect(variables.map(({ name }) => name)).toEqual(['whole']);
    await compute.shutdown();

    // What was lost is told once.
    compute = await start({ session, restart: { reason: 'crashed', job: null } });
    page = await compute.page();
    expect(page.hello?.restart).toEqual({ reason: 'crashed', job: null, restored: 1, lost: [] });
  });

  it('finds the arrays again when the list itself is damaged', async () => {
    const session = await folder();
    let compute = await start({ session });
    let page = await compute.page();
    await page.ask('workspace.create', { text: '1 2 3; 4 5 6', name: 'first' });
    await page.ask('workspace.create', { text: '5', name: 'second' });
    await compute.shutdown();
    await truncate(join(session, 'journal.json'), 100);
    compute = await start({ session });
    page = await compute.page();
    await page.until(() => page.last('notice') !== null);
    expect(page.last('notice')?.title).toBe('The list of variables was damaged');
    const { variables } = await page.ask('workspace.state', {});
    expect(variables.map(({ name, shape }) => [name, shape])).toEqual([
      ['first', [2, 3]],
      ['second', [1, 1]],
    ]);
  });

  it('keeps every array as a file that NumPy reads', async () => {
    const session = await folder();
    const compute = await start({ session });
    const page = await compute.page();
    await page.ask('workspace.create', { text: '1 2.5; -3 nan', name: 'plain' });
    await page.ask('workspace.create', { text: '1+2j 3', name: 'complex' });
    await compute.shutdown();
    const files = await readdir(session);
    expect(files.filter((name) => name.endsWith('.npy'))).toHaveLength(2);
    let numpy = true;
    try {
      execFileSync('python3', ['-c', 'import numpy'], { stdio: 'ignore' });
    } catch {
      numpy = false;
    }
    if (!numpy) return;
    const read = (name: string) =>
      execFileSync(
        'python3',
        [
          '-c',
          'import sys, numpy as np; print(np.load(sys.argv[1]).tolist())',
          join(
            session,
            files.find((one) => one.startsWith(name))!,
          ),
        ],
        { encoding: 'utf8' },
      ).trim();
    expect(read('plain')).toBe('[[1.0, 2.5], [-3.0, nan]]');
    expect(read('complex')).toBe('[[(1+2j), (3+0j)]]');
  });

  it('does not write a large array again for every cell', async () => {
    const session = await folder();
    let compute = await start({ session });
    let page = await compute.page();
    const { id } = await page.ask('workspace.generate', { what: 'zeros', shape: [3000, 3000], name: 'large' });
    await page.until(() => page.last('workspace.changed')?.saved === true, 20_000);
    const file = join(
      session,
      (await readdir(session)).find((name) => name.endsWith('.npy'))!,
    );
    const before = (await stat(file)).mtimeMs;
    for (let step = 0; step < 20; step++) {
      await page.ask('array.set_cells', {
        id,
        region: { row0: step, row1: step + 1, col0: 5, col1: 7 },
        values: Float64Array.of(step, -step),
      });
    }
    await page.ask('workspace.undo', {});
    await page.until(() => page.last('workspace.changed')?.saved === true, 20_000);
    expect((await stat(file)).mtimeMs).toBe(before);
    const journal = await readFile(join(session, 'journal.json'), 'utf8');
    expect(journal.length).toBeLessThan(20_000);
    compute.kill();
    await compute.exited;
    compute = await start({ session });
    page = await compute.page();
    const { values } = await page.ask('array.cells', { id, region: { row0: 0, row1: 21, col0: 5, col1: 7 } });
    expect([...values]).toEqual(
      Array.from({ length: 42 }, (_, i) => (i < 38 ? (i % 2 === 0 ? 1 : -1) * Math.floor(i / 2) : 0)),
    );
  });

  it(
    'keeps the steps of Undo and Redo, also over a kill, and drops those that do not fit',
    { timeout: 60_000 },
    async () => {
      const session = await folder();
      let compute = await start({ session });
      let page = await compute.page();
      const cell = { row0: 0, row1: 1, col0: 0, col1: 1 };
      const a = await page.ask('workspace.create', { text: '1 2; 3 4', name: 'A' });
      await page.ask('array.set_cells', { id: a.id, region: cell, values: Float64Array.of(7) });
      await page.ask('array.delete', { id: a.id, axis: 0, index: 1, count: 1 });
      await page.ask('workspace.delete', { id: a.id });
      const b = await page.ask('workspace.create', { text: '5', name: 'B' });
      await page.ask('workspace.undo', {});
      const list = join(session, 'history/history.json');
      const holds = async (text: string) => expect.poll(() => readFile(list, 'utf8').catch(() => '')).toContain(text);
      const again = async () => {
        compute.kill();
        await compute.exited;
        compute = await start({ session });
        page = await compute.page();
      };
      await holds('New B');
      await page.until(() => page.last('workspace.changed')?.saved === true, 20_000);
      await again();

      const values = async () => [
        ...(await page.ask('array.cells', { id: a.id, region: { ...cell, col1: 2 } })).values,
      ];
      expect(await page.ask('workspace.state', {})).toMatchObject({ undo: 'Delete A', redo: 'New B' });
      expect((await page.ask('workspace.undo', {})).label).toBe('Delete A');
      expect(await values()).toEqual([7, 2]);
      await page.ask('workspace.undo', {});
      await page.ask('workspace.undo', {});
      expect(await values()).toEqual([1, 2]);
      expect((await page.ask('workspace.state', {})).variables[0]?.shape).toEqual([2, 2]);
      await page.ask('workspace.redo', {});
      expect(await values()).toEqual([7, 2]);
      // What is new gets no identity that a step may bring back.
      const c = await page.ask('workspace.create', { text: '9', name: 'C' });
      expect([a.id, b.id]).not.toContain(c.id);

      await holds('New C');
      await page.until(() => page.last('workspace.changed')?.saved === true, 20_000);
      await writeFile(list, (await readFile(list, 'utf8')).replace(/"versions":\{"(\w+)":\d+/, '"versions":{"$1":99'));
      await again();
      expect(await page.ask('workspace.state', {})).toMatchObject({ undo: null, redo: null });
      expect(await values()).toEqual([7, 2]);
      // Damage is no reason not to start.
      await writeFile(list, '{"format":1,');
      await again();
      expect((await page.ask('workspace.state', {})).variables.map(({ name }) => name)).toEqual(['A', 'C']);
    },
  );
});
