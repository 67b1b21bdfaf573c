import { describe, expect, test } from 'vitest';
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import * as gallery from '#engine/gallery.ts';
import { eigvals } from '#engine/linalg/eigenvalues.ts';
import { matmul } from '#engine/linalg/products.ts';
import { det } from '#engine/linalg/systems.ts';
import { NDArray } from '#engine/ndarray.ts';
import { sum } from '#engine/reductions.ts';
import { isComplex } from '#engine/scalar.ts';
import { cho_factor, cho_solve, lu, lu_factor, lu_solve, solve_triangular } from '#engine/scipy/factors.ts';
import { expm, null_space, orth, polar } from '#engine/scipy/matrix-functions.ts';
import { ravel } from '#engine/shape.ts';
import { sort } from '#engine/sorting.ts';
import { conj } from '#engine/ufuncs/arithmetic.ts';
import recorded from '../conformance/scipy.json' with { type: 'json' };

type Stored = [string, number[], string];
interface Want {
  array?: Stored;
  many?: Want[];
  error?: string;
  message?: string;
}
interface Call {
  call: string;
  args: (string | number)[];
  kwargs: Record<string, never>;
  want: Want;
}
const { arrays, calls } = recorded.cases as unknown as { arrays: Record<string, Stored>; calls: Call[] };

const stored = ([dtype, shape, bytes]: Stored): NDArray => {
  const raw = Buffer.from(bytes, 'base64');
  const buffer = new SharedArrayBuffer(Math.ceil(raw.length / 16) * 16 || 16);
  new Uint8Array(buffer).set(raw);
  return new NDArray({ dtype: dtype as DType, shape, buffer });
};

const projector = (q: NDArray): NDArray => matmul(q, conj(q.T));
const functions: Record<string, (a: never[], k: Record<string, never>) => unknown> = {
  lu: ([a]) => Object.values(lu(a)),
  lu_solve: ([a, b], { trans }) => lu_solve(lu_factor(a), b, trans),
  cho_solve: ([a, b], { lower }) => cho_solve(cho_factor(a, lower), b),
  solve_triangular: ([a, b], k) => solve_triangular(a, b, k),
  expm: ([a]) => expm(a),
  polar: ([a], { side }) => Object.values(polar(a, side)),
  null_projector: ([a]) => projector(null_space(a)),
  orth_projector: ([a]) => projector(orth(a)),
  pascal: ([n], { kind }) => gallery.pascal(n, kind),
};

const flat = (a: NDArray): number[] =>
  (ravel(a).tolist() as unknown[]).flatMap((x) => (isComplex(x) ? [x.re, x.im] : [Number(x)]));

const compare = (got: unknown, want: Want): void => {
  if (want.many !== undefined) {
    want.many.forEach((w, k) => {
      compare((got as unknown[])[k], w);
    });
    return;
  }
  if (want.array === undefined) return;
  const [ours, theirs] = [got as NDArray, stored(want.array)];
  expect([ours.dtype, ours.shape]).toEqual([theirs.dtype, theirs.shape]);
  const q = flat(theirs);
  const scale = Math.max(1e-300, ...q.map(Math.abs));
  const tolerance = (theirs.dtype === 'float32' ? 1e-5 : 1e-12) * scale;
  flat(ours).forEach((x, k) => {
    expect(Math.abs(x - q[k]), `[${k}] ${x} for ${q[k]}`).toBeLessThanOrEqual(tolerance);
  });
};

describe('as recorded from SciPy', () => {
  test.each(calls.map((c) => [`${c.call}(${c.args.join(', ')}) ${JSON.stringify(c.kwargs)}`, c] as const))(
    '%s',
    (_, c) => {
      const args = c.args.map((a) => (typeof a === 'string' ? stored(arrays[a]) : a)) as never[];
      const call =
        functions[c.call] ??
        ((a: never[]) => (gallery as unknown as Record<string, (...a: never[]) => unknown>)[c.call](...a));
      if (c.want.error === undefined) {
        compare(call(args, c.kwargs), c.want);
        return;
      }
      try {
        call(args, c.kwargs);
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
        expect((error as AppError).code).toBe(c.want.error === 'LinAlgError' ? 'linalg' : 'value');
        return;
      }
      expect.unreachable(`${c.want.error}: ${c.want.message ?? ''}`);
    },
  );
});

describe('the gallery is what it is famous for', () => {
  test('magic squares', () => {
    for (const n of [1, 3, 4, 5, 6, 8, 10]) {
      const m = gallery.magic(n);
      const want = (n * (n * n + 1)) / 2;
      for (const axis of [0, 1]) expect(flat(sum(m, { axis }))).toEqual(new Array(n).fill(want));
      expect(flat(sort(ravel(m)))).toEqual(Array.from({ length: n * n }, (_, i) => i + 1));
      const diagonal = Array.from({ length: n }, (_, i) => Number(m.get([i, i]))).reduce((p, x) => p + x, 0);
      expect(diagonal).toBe(want);
    }
    expect(() => gallery.magic(2)).toThrow('there is no magic square of 2');
  });

  test('determinants and eigenvalues', () => {
    expect(Number(det(gallery.frank(6)).item())).toBeCloseTo(1, 9);
    const rosser = flat(sort(eigvals(gallery.rosser())));
    expect(rosser[0]).toBeCloseTo(-1020.049, 3);
    expect(rosser[7]).toBeCloseTo(1020.049, 3);
    const w = flat(sort(eigvals(gallery.wilkinson(21))));
    expect(w[20] - w[19]).toBeLessThan(1e-12);
    expect(flat(gallery.minij(2))).toEqual([1, 1, 1, 2]);
    expect(flat(gallery.lehmer(2))).toEqual([1, 0.5, 0.5, 1]);
    expect(flat(gallery.grcar(2))).toEqual([1, 1, -1, 1]);
    expect(gallery.kahan(3).get([0, 1])).toBeCloseTo(-Math.cos(1.2), 15);
  });
});
