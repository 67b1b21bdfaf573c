import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Compute, type Page } from './compute.ts';

describe('requests of a page', () => {
  let compute: Compute;
  let page: Page;
  beforeAll(async () => {
    compute = await Compute.start();
    page = await compute.page();
  });
  afterAll(() => compute.close());

  it('greets with the session', () => {
    expect(page.hello).toMatchObject({ kind: 'hello', restart: null, opened: [] });
  });

  it('tells what it runs on', async () => {
    const info = await page.ask('system.info', {});
    expect(info.blas.name).toMatch(/openblas/i);
    expect(info.memory_limit).toBeGreaterThan(0);
    expect(info.memory_limit).toBeLessThan(info.memory_total);
  });

  it('factors a typed matrix', async () => {
    const a = await page.ask('workspace.create', { text: '1 2 3; 4 5 6; 7 8 10', name: 'M' });
    expect(a).toMatchObject({ name: 'M', dtype: 'float64', shape: [3, 3] });
    const svd = await page.ask('linalg.svd', { a: a.id });
    expect(svd.exact).toBe(true);
    expect(svd.singular_values[0]).toBeCloseTo(17.4125, 4);
    expect(svd.certificate!.residual).toBeLessThan(1e-14);
    const state = await page.ask('workspace.state', {});
    expect(state.code).toEqual(['import numpy as np', 'U, s, Vh = np.linalg.svd(M, full_matrices=False)']);
  });
});
