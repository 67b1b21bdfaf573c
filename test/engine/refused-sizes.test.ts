/** What does not fit is refused with numbers before anything is allocated. Large arrays repeat one element: they take no memory. */
import { expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { broadcast_to } from '#engine/cast.ts';
import { ones } from '#engine/create.ts';
import { call } from '#engine/names/call.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { toarray } from '#engine/sparse/convert.ts';
import type { Sparse } from '#engine/sparse/sparse-array.ts';

const repeated = (...shape: number[]): NDArray => broadcast_to(ones([]), shape);
const wide = 3e6;

/** The error of a call, or what it gave. */
function refusal(run: () => unknown): AppError {
  const before = process.memoryUsage().rss;
  try {
    run();
  } catch (error) {
    expect(process.memoryUsage().rss - before).toBeLessThan(2 ** 29);
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

test.each<[string, () => unknown]>([
  ['zeros', () => call('zeros', [[wide, wide]])],
  ['ones', () => call('ones', [[wide, wide]])],
  ['full', () => call('full', [[wide, wide], 2])],
  ['empty', () => call('empty', [[wide, wide]])],
  ['eye', () => call('eye', [wide])],
  ['arange', () => call('arange', [1e13])],
  ['linspace', () => call('linspace', [0, 1, 1e13])],
  ['outer', () => call('outer', [repeated(wide), repeated(wide)])],
  ['kron', () => call('kron', [repeated(wide), repeated(wide)])],
  ['matmul', () => call('matmul', [repeated(wide, 1), repeated(1, wide)])],
  ['tensordot', () => call('tensordot', [repeated(wide), repeated(wide), 0])],
  ['einsum', () => call('einsum', ['i,j', repeated(wide), repeated(wide)])],
  ['add', () => call('add', [repeated(wide, 1), repeated(wide)])],
  ['tile', () => call('tile', [ones(3), 1e13])],
  ['repeat', () => call('repeat', [ones(3), 1e13])],
  ['resize', () => call('resize', [ones(3), [wide, wide]])],
  ['meshgrid', () => call('meshgrid', [repeated(wide), repeated(wide)])],
  ['diag', () => call('diag', [repeated(wide)])],
  ['tri', () => call('tri', [wide])],
  ['vander', () => call('vander', [repeated(wide), wide])],
  ['indices', () => call('indices', [[wide, wide]])],
  ['pad', () => call('pad', [ones(3), 1e13])],
  ['concatenate', () => call('concatenate', [[repeated(wide, wide), repeated(1, wide)]])],
  ['random.rand', () => call('random.rand', [wide, wide])],
  ['random.standard_normal', () => call('random.standard_normal', [[wide, wide]])],
  ['random.randint', () => call('random.randint', [0, 9, [wide, wide]])],
  ['random.permutation', () => call('random.permutation', [1e13])],
  ['scipy.linalg.hilbert', () => call('scipy.linalg.hilbert', [wide])],
  ['scipy.linalg.toeplitz', () => call('scipy.linalg.toeplitz', [repeated(wide)])],
  ['linalg.svd', () => call('linalg.svd', [repeated(wide, 20000)])],
  ['linalg.qr', () => call('linalg.qr', [repeated(wide, wide)])],
  ['linalg.eigh', () => call('linalg.eigh', [repeated(wide, wide)])],
  ['linalg.inv', () => call('linalg.inv', [repeated(wide, wide)])],
  ['linalg.solve', () => call('linalg.solve', [repeated(wide, wide), repeated(wide)])],
  ['linalg.cholesky', () => call('linalg.cholesky', [repeated(wide, wide)])],
  ['linalg.lstsq', () => call('linalg.lstsq', [repeated(wide, wide), repeated(wide)])],
  ['a sparse matrix as an array', () => toarray(call('scipy.sparse.identity', [wide]) as Sparse)],
])('%s', { timeout: 20_000 }, (_, run) => {
  const error = refusal(run);
  expect(error.code).toBe('memory');
  expect(`${error.message} ${error.hint ?? ''}`).toMatch(/\d+(\.\d+)? [KMGTPE]i?B/);
});
