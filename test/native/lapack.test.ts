import { describe, expect, test } from 'vitest';
import { native } from '#engine/native.ts';

const f64 = (...values: number[]): Float64Array => Float64Array.from(values);

describe('the addon', () => {
  test('says what was linked', () => {
    const blas = native().blas();
    expect(blas.name).toBe('OpenBLAS');
    expect(blas.version).toMatch(/^\d+\.\d+/);
    expect(blas.threads).toBeGreaterThan(0);
    expect(blas.integerMax).toBe(blas.ilp64 ? 2 ** 53 - 1 : 2 ** 31 - 1);
  });

  test('computes work space beyond 32 bits', () => {
    expect(native().gesddWorkspace('d', 'A', 40000, 40000).work).toBeGreaterThan(2 ** 32);
    expect(native().syevdWorkspace('d', 'V', 40000).work).toBeGreaterThan(2 ** 31);
    expect(native().gelsdWorkspace('d', 10, 5, 1).iwork).toBeGreaterThan(0);
  });
});

describe('misuse throws before LAPACK is called', () => {
  const a = f64(1, 2, 3, 4);
  const s = f64(0, 0);
  const calls: [string, () => unknown][] = [
    ['a matrix too short', () => native().gesdd('d', 'N', 3, 2, a, 3, s, a, 1, a, 1)],
    ['a leading dimension too small', () => native().gesdd('d', 'N', 2, 2, a, 1, s, a, 1, a, 1)],
    ['another element type', () => native().gesdd('s', 'N', 2, 2, a, 2, s, a, 1, a, 1)],
    ['no array', () => native().gesdd('d', 'N', 2, 2, null as unknown as Float64Array, 2, s, a, 1, a, 1)],
    ['an unknown job', () => native().gesdd('d', 'X' as 'N', 2, 2, a, 2, s, a, 1, a, 1)],
    ['factors too short', () => native().gesdd('d', 'A', 2, 2, a, 2, s, f64(0), 2, a, 2)],
    ['a negative dimension', () => native().potrf('d', 'U', -2, a, 2)],
    ['half a dimension', () => native().potrf('d', 'U', 1.5, a, 2)],
    ['NaN for a dimension', () => native().potrf('d', 'U', NaN, a, 2)],
    ['pivots out of range', () => native().getrs('d', 'N', 2, 1, a, 2, Int32Array.of(1, 7), f64(1, 2), 2)],
    ['pivots that are missing', () => native().getri('d', 2, a, 2, Int32Array.of(1))],
    ['complex numbers cut in half', () => native().potrf('z', 'U', 2, a, 2)],
    ['gemm with a short result', () => native().gemm('d', 'N', 'N', 2, 2, 2, 1, a, 2, a, 2, 0, f64(0), 2)],
    ['orgqr with more columns than rows', () => native().orgqr('d', 1, 2, 1, a, 2, s)],
    ['a stride out of the buffer', () => native().cells(matrix({ rowStride: 800 }), region(2, 2), new Float64Array(4), null)],
    ['a negative stride out of the buffer', () => native().cells(matrix({ colStride: -8 }), region(2, 2), new Float64Array(4), null)],
    ['a region out of the matrix', () => native().cells(matrix({}), region(3, 2), new Float64Array(6), null)],
    ['an offset that is not aligned', () => native().cells(matrix({ offset: 3, rows: 1 }), region(1, 1), new Float64Array(1), null)],
    ['cells with a short result', () => native().cells(matrix({}), region(2, 2), new Float64Array(3), null)],
    ['an unknown dtype', () => native().cells(matrix({ dtype: 'float16' as 'float32' }), region(2, 2), new Float64Array(4), null)],
    ['shapes that multiply past 64 bits', () => native().firstNonfinite(new Uint8Array(8), 'float64', 0, [2 ** 40, 2 ** 40], [2 ** 50, 8])],
    ['a tile out of bounds', () => native().tile(matrix({ rows: 9 }), region(9, 2), 1, 1, 'mean', false, new Float32Array(1))],
    ['a tile with a short result', () => native().tile(matrix({}), region(2, 2), 2, 2, 'mean', false, new Float32Array(3))],
    ['a band too short', () => native().pbtrf('d', 'U', 3, 1, a)],
    ['an eigenvalue too many', () => native().sbevx('d', 'U', 'I', 0, 1, 1, 3, 2, 1, a, s, null, Int32Array.of(0))],
    ['a diagonal too short', () => native().tridiagonal('d', 'D', 'A', 0, 1, 1, 1, 0, 4, s, a, a, null, Int32Array.of(0, 0))],
    ['tridiagonal vectors too short', () => native().tridiagonal('d', 'D', 'A', 0, 1, 1, 1, 0, 2, s, a, s, s, Int32Array.of(0, 0))],
    ['a pencil without room', () => native().gges('d', 2, a, a, a, s, a, s)],
    ['more reflectors than rows', () => native().ormqr('d', 'L', 2, 2, 3, a, s, a)],
    ['balancing without room', () => native().gebal('d', 'B', 3, a, Int32Array.of(0, 0), a)],
    ['a preview of nothing', () => new (native().Preview)([], false)],
    ['no arguments', () => (native().gemm as () => void)()],
  ];
  test.each(calls)('%s', (_, call) => {
    expect(call).toThrow(/native/);
  });
});

describe('what is too large', () => {
  const { ilp64, integerMax } = native().blas();
  const none = new Float64Array(0);
  /** Its square, and what LAPACK wants beside it, is past LAPACK's integers. */
  const n = ilp64 ? 1e8 : 5e4;
  const addon = native() as unknown as Record<string, (...args: unknown[]) => unknown>;

  // What each routine is told before its first dimension.
  const dimensions: [string, ...unknown[]][] = [
    ['gemm', 'd', 'N', 'N'],
    ['syrk', 'd', 'U', 'N'],
    ['nrm2', 'd'],
    ['getrf', 'd'],
    ['getrs', 'd', 'N'],
    ['getri', 'd'],
    ['gesv', 'd'],
    ['gecon', 'd', '1'],
    ['potrf', 'd', 'U'],
    ['trtrs', 'd', 'U', 'N', 'N'],
    ['determinant', 'd'],
    ['lange', 'd', 'M'],
    ['geqrf', 'd'],
    ['orgqr', 'd'],
    ['gelsd', 'd'],
    ['qr', 'd'],
    ['eigh', 'd', 'U'],
    ['syevd', 'd', 'V', 'U'],
    ['geev', 'd', 'N', 'V'],
    ['gesdd', 'd', 'S'],
    ['gesvd', 'd', 'S', 'S'],
    ['gees', 'd'],
    ['trsen', 'd'],
    ['hessenberg', 'd'],
    ['sytrf', 'd', 'U'],
    ['sytrs', 'd', 'U'],
    ['geqp3', 'd'],
    ['sygvd', 'd', 1, 'V', 'U'],
    ['ggev', 'd'],
    ['gtsv', 'd'],
    ['gbsv', 'd'],
    ['solveStack', 'd', 1],
    ['determinantStack', 'd', 1],
    ['choleskyStack', 'd', false, 1],
    ['eighStack', 'd', 'U', 1],
    ['svdStack', 'd', 'S', 1],
    ['qrStack', 'd', 1],
  ];
  // Dimensions that fit, work space that does not.
  const workSpace: [string, ...unknown[]][] = [
    ['eigh', 'd', 'U', n, none, none, none],
    ['syevd', 'd', 'V', 'U', n, none, n, none],
    ['syevd', 'z', 'V', 'U', n, none, n, none],
    ['gesdd', 'd', 'S', n, n, none, n, none, none, n, none, n],
    ['gesdd', 'z', 'S', n, n, none, n, none, none, n, none, n],
    ['gesvd', 'd', 'S', 'S', n, n, none, n, none, none, n, none, n],
    ['gelsd', 'd', n, n, n, none, n, none, n, none, -1, new Int32Array(1)],
    ['gelsd', 'd', n, 2 * n, 1, none, n, none, 2 * n, none, -1, new Int32Array(1)],
    ['gelsd', 'z', n, n, n, none, n, none, n, none, -1, new Int32Array(1)],
    ['sygvd', 'd', 1, 'V', 'U', n, none, none, none],
    ['eighStack', 'd', 'U', 1, n, none, none, none],
    ['svdStack', 'd', 'S', 1, n, n, none, none, none, none],
    ['svdStack', 'z', 'S', 1, n, n, none, none, none, none],
    ['gbsv', 'd', 1, integerMax, 1, 1, none, none],
    ...(ilp64 ? [] : [['partialEigen', 'd', true, { kind: 'identity', rows: n }, new Float64Array(n), 6, n, 1, 0, 'LM'] as [string, ...unknown[]]]),
  ];

  function thrownBy(call: () => unknown): { code?: string; message?: string } {
    try {
      call();
    } catch (thrown) {
      return thrown as { code: string };
    }
    return {};
  }

  test.each([...dimensions.map((call) => [...call, integerMax + 1]), ...workSpace])('%s names the limit of LAPACK', (name, ...args) => {
    const { code, message } = thrownBy(() => addon[name as string](...args));
    expect(message).toContain(`end at ${integerMax.toLocaleString('en-US')}`);
    expect(code).toBe('linalg');
  });

  test('work space that no machine has is named with its size', () => {
    const all = 2 ** 23;
    const identity = { kind: 'identity', rows: all };
    const { code, message } = thrownBy(() => addon['partialEigen']('d', false, identity, new Float64Array(all), 6, all, 1, 0, 'LM'));
    expect(message).toBe('Unable to allocate 512 TiB of work space');
    expect(code).toBe('memory');
  });
});

function matrix(change: Partial<Parameters<ReturnType<typeof native>['cells']>[0]>) {
  return { bytes: new Uint8Array(32), dtype: 'float64' as const, offset: 0, rows: 2, cols: 2, rowStride: 16, colStride: 8, ...change };
}

function region(rows: number, cols: number) {
  return { row0: 0, row1: rows, col0: 0, col1: cols };
}
