import { mkdtemp, open, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { npyHeader, readNpy } from '#engine/io/npy.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { sum } from '#engine/reductions.ts';

const [rows, cols] = [1100, 8192];
const total = rows * cols;
let folder = '';

/** rows × cols numbers counted up from 0, in C or Fortran order of the file. */
async function written(name: string, fortran = false): Promise<string> {
  const path = join(folder, name);
  const file = await open(path, 'w');
  await file.write(npyHeader('float64', [rows, cols], fortran));
  for (let row = 0; row < rows; row++) await file.write(Float64Array.from({ length: cols }, (_, k) => row * cols + k));
  await file.close();
  return path;
}

async function read(path: string): Promise<NDArray> {
  const file = await open(path, 'r');
  try {
    return await readNpy(file, { mapped: true });
  } finally {
    await file.close();
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eigenscope-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a large .npy file as memory', () => {
  test('has the file’s numbers, also after the file is closed', async () => {
    const a = await read(await written('plain.npy'));
    expect(a.shape).toEqual([rows, cols]);
    expect([a.get([0, 0]), a.get([3, 17]), a.get([rows - 1, cols - 1])]).toEqual([0, 3 * cols + 17, total - 1]);
    expect(sum(a).item()).toBe((total * (total - 1)) / 2);
  });

  test('column after column, where the file is', async () => {
    const a = await read(await written('columns.npy', true));
    expect(a.fContiguous).toBe(true);
    expect([a.get([1, 0]), a.get([0, 1]), a.get([rows - 1, cols - 1])]).toEqual([1, rows, total - 1]);
  });

  test('what is written to the array stays out of the file', async () => {
    const path = await written('written.npy');
    const a = await read(path);
    a.set([5, 5], -1);
    expect(a.get([5, 5])).toBe(-1);
    expect((await read(path)).get([5, 5])).toBe(5 * cols + 5);
  });

  test.runIf(process.platform === 'linux')('a file that is cut off leaves zeros, and the process lives', async () => {
    const path = await written('cut.npy');
    const a = await read(path);
    expect(a.get([rows - 1, 3])).toBe((rows - 1) * cols + 3);
    await truncate(path, 1 << 20);
    expect(a.get([rows - 2, 3])).toBe(0);
    expect(a.get([0, 3])).toBe(3);
    expect(Number.isFinite(sum(a).item())).toBe(true);
  });
});
