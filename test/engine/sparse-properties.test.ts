import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { array, empty, eye, ones, zeros } from '#engine/create.ts';
import { norm as normOfArray } from '#engine/linalg/norms.ts';
import { matmul as matmulArrays } from '#engine/linalg/products.ts';
import { svdvals } from '#engine/linalg/svd.ts';
import { eigvals, eigvalsh } from '#engine/linalg/eigenvalues.ts';
import { sparseLinalgNames, sparseMethods, sparseNames } from '#engine/names/sparse-names.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { default_rng } from '#engine/random/generator.ts';
import { type Complex, isComplex } from '#engine/scalar.ts';
import { slice } from '#engine/slicing.ts';
import { add as addArrays, multiply as multiplyArrays, subtract as subtractArrays } from '#engine/ufuncs/arithmetic.ts';
import { add, multiply, subtract } from '#engine/sparse/arithmetic.ts';
import { diags, kronsum } from '#engine/sparse/build.ts';
import { coo_matrix, csc_matrix, csr_matrix, makeSparse } from '#engine/sparse/construct.ts';
import { asformat, astype, toarray, transpose } from '#engine/sparse/convert.ts';
import { getitem } from '#engine/sparse/indexing.ts';
import { eigs, eigsh } from '#engine/sparse/linalg/eigen.ts';
import { splu, spilu } from '#engine/sparse/linalg/factors.ts';
import { bicgstab, cg, gmres, minres } from '#engine/sparse/linalg/iterative.ts';
import { LinearOperator } from '#engine/sparse/linalg/operators.ts';
import { svds } from '#engine/sparse/linalg/svds.ts';
import { matmul } from '#engine/sparse/products.ts';
import { random } from '#engine/sparse/random.ts';
import { sum } from '#engine/sparse/reduce.ts';
import type { Sparse } from '#engine/sparse/sparse-array.ts';

const flat = (a: NDArray): number[] =>
  (a.tolist() as unknown[]).flat(2).flatMap((x) => (isComplex(x) ? [x.re, x.im] : [Number(x)]));
const dense = (a: Sparse | NDArray): NDArray => ('format' in a ? toarray(a) : a);
const size = (a: NDArray): number => (a.size === 0 ? 0 : Number(normOfArray(a).item()));

const formats = ['csr', 'csc', 'coo', 'dia'] as const;

/** Small matrices of whole numbers by their entries, duplicates included. */
const triplets = fc
  .integer({ min: 1, max: 6 })
  .chain((m) =>
    fc
      .integer({ min: 1, max: 6 })
      .chain((n) =>
        fc
          .array(fc.tuple(fc.nat(m - 1), fc.nat(n - 1), fc.integer({ min: -3, max: 3 })), { maxLength: 14 })
          .map((entries) => ({ m, n, entries })),
      ),
  );

const built = ({
  m,
  n,
  entries,
}: {
  m: number;
  n: number;
  entries: [number, number, number][];
}): { sparse: Sparse; full: NDArray } => {
  const full = zeros([m, n]);
  for (const [i, j, v] of entries) full.set([i, j], Number(full.get([i, j])) + v);
  const parts = {
    data: array(
      entries.map((e) => e[2]),
      'float64',
    ),
    row: entries.map((e) => e[0]),
    col: entries.map((e) => e[1]),
  };
  return { sparse: coo_matrix(parts, { shape: [m, n] }), full };
};

describe('a sparse matrix is its dense one', () => {
  test('in every format, transposed, summed, sliced', () => {
    fc.assert(
      fc.property(triplets, fc.constantFrom(...formats), fc.constantFrom(...formats), (t, first, second) => {
        const { sparse, full } = built(t);
        const a = asformat(asformat(sparse, first), second);
        expect(flat(toarray(a))).toEqual(flat(full));
        expect(flat(toarray(transpose(a)))).toEqual(flat(full.T));
        expect(Number(sum(a).item())).toBe(t.entries.reduce((s, e) => s + e[2], 0));
        const part = [slice(null, null, 2), slice(t.n > 1 ? 1 : 0)];
        if (second === 'csr' || second === 'csc') {
          const rows = full.tolist() as number[][];
          expect(flat(dense(getitem(a, part)))).toEqual(
            rows.filter((_, i) => i % 2 === 0).flatMap((r) => r.slice(t.n > 1 ? 1 : 0)),
          );
        }
      }),
      { numRuns: 150 },
    );
  });

  test('in sums and products', () => {
    fc.assert(
      fc.property(triplets, triplets, fc.constantFrom(...formats), fc.constantFrom(...formats), (t, u, f, g) => {
        const a = built(t);
        const same = built({ ...u, m: t.m, n: t.n, entries: u.entries.filter(([i, j]) => i < t.m && j < t.n) });
        const [x, y] = [asformat(a.sparse, f), asformat(same.sparse, g)];
        expect(flat(dense(add(x, y)))).toEqual(flat(addArrays(a.full, same.full)));
        expect(flat(dense(subtract(x, y)))).toEqual(flat(subtractArrays(a.full, same.full)));
        expect(flat(dense(multiply(x, y))).map(Math.abs)).toEqual(
          flat(multiplyArrays(a.full, same.full)).map(Math.abs),
        );
        expect(flat(dense(matmul(x, transpose(y))))).toEqual(flat(matmulArrays(a.full, same.full.T)));
        expect(flat(dense(matmul(x, same.full.T)))).toEqual(flat(matmulArrays(a.full, same.full.T)));
      }),
      { numRuns: 150 },
    );
  });
});

const grid = (n: number): Sparse => {
  const line = diags([array([-1]), array([2]), array([-1])], [-1, 0, 1], [n, n], { dtype: 'float64' });
  return kronsum(line, line, 'csr');
};

describe('systems', () => {
  const dtypes = ['float32', 'float64', 'complex64', 'complex128'] as const;
  const well = (dtype: (typeof dtypes)[number], n = 60): Sparse => {
    const rng = default_rng(4);
    const a = random(n, n, { density: 0.1, rng, dtype: dtype.startsWith('complex') ? 'complex128' : 'float64' });
    return astype(add(a, diags(array([3]), 0, [n, n], { dtype: 'float64' })) as Sparse, dtype);
  };

  test.each(dtypes)('splu and spilu of %s: Pr · A · Pc = L · U, and its solutions', (dtype) => {
    const a = asformat(well(dtype), 'csc');
    const eps = dtype === 'float32' || dtype === 'complex64' ? 2 ** -23 : 2 ** -52;
    const lu = splu(a);
    const full = toarray(a);
    const product = matmulArrays(toarray(lu.L), toarray(lu.U));
    const [pr, pc] = [lu.perm_r.tolist() as number[], lu.perm_c.tolist() as number[]];
    let worst = 0;
    pr.forEach((to, i) => {
      pc.forEach((at, j) => {
        const [x, y] = [product.get([to, at]), full.get([i, j])];
        worst = Math.max(
          worst,
          isComplex(x) && isComplex(y) ? Math.hypot(x.re - y.re, x.im - y.im) : Math.abs(Number(x) - Number(y)),
        );
      });
    });
    expect(worst).toBeLessThan(60 * 60 * eps);
    const b = array(
      Array.from({ length: 60 }, (_, i) => i - 20),
      dtype,
    );
    for (const trans of ['N', 'T', 'H'] as const) {
      const turned = trans === 'N' ? full : full.T;
      const x = lu.solve(b, trans);
      const back = trans === 'H' && dtype.startsWith('complex') ? null : subtractArrays(matmulArrays(turned, x), b);
      if (back !== null) expect(size(back)).toBeLessThan(30 * 60 * eps * size(b));
    }
    const rough = spilu(a, { drop_tol: 1e-6, fill_factor: 30 });
    expect(size(subtractArrays(matmulArrays(full, rough.solve(b)), b))).toBeLessThan(1e-2 * size(b));
  });

  test.each(dtypes)('iterative methods reach the tolerance in %s', (dtype) => {
    const a = well(dtype);
    const b = array(
      Array.from({ length: 60 }, (_, i) => i - 20),
      dtype,
    );
    const rtol = 1e-4;
    for (const method of [bicgstab, gmres]) {
      const { x, info, residuals } = method(a, b, { rtol });
      expect(info).toBe(0);
      expect(x.dtype).toBe(dtype);
      expect(size(subtractArrays(matmul(a, x) as NDArray, b))).toBeLessThanOrEqual(1.01 * rtol * size(b));
      expect(residuals.length).toBeGreaterThan(2);
    }
  });

  test('a function, a dense matrix and a sparse one are solved alike; callbacks see every iteration', () => {
    const a = grid(12);
    const b = ones(144);
    const operator = new LinearOperator([144, 144], { matvec: (x) => matmul(a, x) as NDArray });
    for (const method of [cg, bicgstab, minres]) {
      const seen: number[] = [];
      const plain = method(a, b, { rtol: 1e-9 });
      const told = method(operator, b, { rtol: 1e-9, callback: (x) => seen.push(Number(x.get([0]))) });
      const full = method(toarray(a), b, { rtol: 1e-9 });
      for (const other of [told, full])
        expect(size(subtractArrays(plain.x, other.x))).toBeLessThan(1e-7 * size(plain.x));
      expect(Math.abs(seen.length - plain.iterations)).toBeLessThanOrEqual(1);
    }
    const preconditioned = cg(a, b, { M: splu(asformat(a, 'csc')) });
    expect([preconditioned.info, preconditioned.iterations]).toEqual([0, 1]);
    expect(() =>
      cg(operator, b, {
        callback: () => {
          throw new AppError('cancelled', 'stop');
        },
      }),
    ).toThrow('stop');
  });

  test('large systems take the shared path to the same answer', () => {
    const a = grid(80);
    const b = ones(6400);
    const { x, info } = cg(a, b, { rtol: 1e-10 });
    expect(info).toBe(0);
    expect(size(subtractArrays(matmul(a, x) as NDArray, b))).toBeLessThan(1e-9 * size(b));
  });
});

describe('partial eigenvalues and singular values', () => {
  test.each(['float32', 'float64', 'complex64', 'complex128'] as const)('%s', (dtype) => {
    const single = dtype === 'float32' || dtype === 'complex64';
    const tolerance = single ? 1e-4 : 1e-9;
    const complex = dtype.startsWith('complex');
    const n = 50;
    const g = random(n, n, { density: 0.2, rng: 6, dtype: complex ? 'complex128' : 'float64' });
    const general = astype(g, dtype);
    const h = toarray(g);
    const symmetric = csr_matrix(addArrays(h, complex ? conjugate(h.T) : h.T), { dtype });
    const all = flat(eigvalsh(toarray(astype(symmetric, complex ? 'complex128' : 'float64')))).sort((x, y) => x - y);
    const { w, v } = eigsh(symmetric, 4, { which: 'LA' });
    flat(w).forEach((x, i) => {
      expect(Math.abs(x - all[n - 4 + i])).toBeLessThan(tolerance * Math.abs(all[n - 1]));
    });
    if (v === null) throw new Error('no vectors');
    expect(size(subtractArrays(matmul(symmetric, v) as NDArray, multiplyArrays(v, w)))).toBeLessThan(100 * tolerance);
    const found = eigs(general, 3);
    if (found.v === null) throw new Error('no vectors');
    expect(size(subtractArrays(matmul(general, found.v) as NDArray, multiplyArrays(found.v, found.w)))).toBeLessThan(
      100 * tolerance,
    );
    const magnitudes = (eigvals(h).tolist() as unknown[]).map((x) =>
      isComplex(x) ? Math.hypot(x.re, x.im) : Math.abs(Number(x)),
    );
    const top = (found.w.tolist() as { re: number; im: number }[])[0];
    expect(Math.abs(Math.hypot(top.re, top.im) - Math.max(...magnitudes))).toBeLessThan(10 * tolerance);
    const { u, s, vh } = svds(general, 3);
    const want = flat(svdvals(h)).slice(0, 3).reverse();
    flat(s).forEach((x, i) => {
      expect(Math.abs(x - want[i])).toBeLessThan(10 * tolerance * want[2]);
    });
    if (u === null || vh === null) throw new Error('no vectors');
    expect(size(subtractArrays(matmul(general, conjugate(vh.T)) as NDArray, multiplyArrays(u, s)))).toBeLessThan(
      100 * tolerance,
    );
  });

  test('small matrices of every kind give the wanted ones of all eigenvalues', () => {
    const sizeOf = (x: unknown): number => (isComplex(x) ? Math.hypot(x.re, x.im) : Math.abs(Number(x)));
    for (let seed = 0; seed < 24; seed++) {
      const n = 4 + (seed % 9);
      const complex = seed % 2 === 1;
      const a = random(n, n, { density: 0.4, rng: seed, dtype: complex ? 'complex128' : 'float64' });
      const full = toarray(a);
      const hermitian = addArrays(full, complex ? conjugate(full.T) : full.T);
      const all = flat(eigvalsh(hermitian));
      const scale = Math.max(1, ...all.map(Math.abs));
      for (let k = 1; k < n; k += 2) {
        const { w, v } = eigsh(csr_matrix(hermitian), k, { which: 'SA' });
        flat(w).forEach((x, i) => {
          expect(Math.abs(x - all[i])).toBeLessThan(1e-12 * scale * n);
        });
        if (v === null) throw new Error('no vectors');
        expect(size(subtractArrays(matmulArrays(conjugate(v.T), v), eye(k)))).toBeLessThan(1e-12 * n);
        if (complex || k === 1) continue;
        // Both ends: one more of the upper end where k is odd.
        const low = Math.floor(k / 2);
        const ends = [...all.slice(0, low), ...all.slice(n - (k - low))];
        flat(eigsh(csr_matrix(hermitian), k, { which: 'BE' }).w).forEach((x, i) => {
          expect(Math.abs(x - ends[i])).toBeLessThan(1e-12 * scale * n);
        });
      }
      const each = (eigvals(full).tolist() as unknown[]).map((x) => (isComplex(x) ? x : { re: Number(x), im: 0 }));
      const rank = {
        LM: sizeOf,
        SM: (x: Complex) => -sizeOf(x),
        LR: (x: Complex) => x.re,
        SR: (x: Complex) => -x.re,
        LI: (x: Complex) => Math.abs(x.im),
        SI: (x: Complex) => -Math.abs(x.im),
      };
      for (const which of ['LM', 'SM', 'LR', 'SR', 'LI', 'SI'] as const) {
        const ranks = each.map(rank[which]).sort((x, y) => y - x);
        for (let k = 1; k < n - 1; k++) {
          const { w, v } = eigs(a, k, { which });
          // Defective eigenvalues move by the root of the rounding.
          (w.tolist() as Complex[]).forEach((x, i) => {
            expect(Math.abs(rank[which](x) - ranks[i])).toBeLessThan(1e-4);
          });
          if (v === null) throw new Error('no vectors');
          expect(size(subtractArrays(matmul(a, v) as NDArray, multiplyArrays(v, w)))).toBeLessThan(1e-10 * n);
        }
      }
    }
  });

  test('what does not converge says so and keeps what it has', () => {
    const a = diags([Array.from({ length: 100 }, (_, i) => i ** 3)]);
    expect(() => eigsh(a, 3, { which: 'SM', maxiter: 2 })).toThrow(
      /ARPACK error -1: No convergence \(3 iterations, \d\/3/,
    );
  });
});

const conjugate = (a: NDArray): NDArray => {
  const made = empty(a.shape, a.dtype);
  const walk = (index: number[]): void => {
    if (index.length < a.ndim) {
      for (let i = 0; i < a.shape[index.length]; i++) walk([...index, i]);
      return;
    }
    const x = a.get(index);
    made.set(index, isComplex(x) ? { re: x.re, im: -x.im } : x);
  };
  walk([]);
  return made;
};

describe('hostile input', () => {
  const numbers = fc.oneof(fc.integer({ min: -3, max: 9 }), fc.constantFrom(NaN, Infinity, 2 ** 31, -1, 0.5));
  const list = fc.array(numbers, { maxLength: 6 });
  const shapes = fc.array(fc.integer({ min: -1, max: 5 }), { minLength: 1, maxLength: 3 });

  test('is refused with a code or gives a matrix that can be used', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...formats),
        list,
        list,
        list,
        shapes,
        fc.boolean(),
        (format, data, p, q, shape, compressed) => {
          let a: Sparse;
          try {
            const parts = compressed
              ? { data, indices: p, indptr: q }
              : format === 'dia'
                ? { data: [data], offsets: p }
                : { data, row: p, col: q };
            a = makeSparse(format, 'matrix', parts, { shape });
          } catch (error) {
            expect(error).toBeInstanceOf(AppError);
            return;
          }
          // Whatever was accepted survives every method.
          for (const [name, method] of Object.entries(sparseMethods)) {
            if (method.required > 1 || name === '__iter__') continue;
            try {
              method.call([a]);
            } catch (error) {
              expect(error, name).toBeInstanceOf(AppError);
            }
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  test('never reaches a solver unchecked', () => {
    const cases: Sparse[] = [
      csr_matrix(zeros([0, 0])),
      csr_matrix(zeros([0, 3])),
      csr_matrix(zeros([4, 4])),
      csr_matrix([
        [Number.NaN, 1],
        [1, 2],
      ]),
      csr_matrix([
        [Infinity, 1],
        [1, 2],
      ]),
      csr_matrix([
        [1e308, 1e308],
        [1e308, -1e308],
      ]),
      csr_matrix([
        [0, 1],
        [0, 1],
      ]),
      csr_matrix([[5]]),
      csc_matrix({ data: [1, 2, 3, 4], indices: [1, 0, 1, 1], indptr: [0, 2, 4] }, { shape: [2, 2] }),
      random(30, 30, { density: 0.05, rng: 3 }),
      random(5, 9, { density: 0.5, rng: 3 }),
    ];
    const solvers = Object.entries(sparseLinalgNames).filter(([name]) => name !== 'LinearOperator');
    for (const a of cases) {
      for (const [name, { call, parameters, required }] of solvers) {
        for (const b of [ones(a.shape[0]), zeros(a.shape[0]), ones(a.shape[0] + 1), array([[Number.NaN]])]) {
          const values = parameters.map((p, k) =>
            p === 'A' || p === 'x' ? a : p === 'b' ? b : p === 'k' ? 1 : k < required ? 2 : undefined,
          );
          try {
            call(values);
          } catch (error) {
            expect(error, `${name} ${(error as Error).stack}`).toBeInstanceOf(AppError);
          }
        }
      }
    }
    expect(Object.keys(sparseNames).length).toBeGreaterThan(30);
  }, 90_000);

  /** Rows of none, few and very many entries in turns, more than are looked at together. */
  const uneven = (rows: number, cols: number): { a: Sparse; full: Float64Array } => {
    const [i, j, v]: number[][] = [[], [], []];
    const full = new Float64Array(rows * cols);
    for (let row = 0; row < rows; row++) {
      const count = row % 97 === 5 ? cols : row % 11 === 0 ? 0 : row % 13;
      for (let k = 0; k < count; k++) {
        const [col, value] = [(row * 7 + k) % cols, ((row + 3 * k) % 9) - 4.5];
        i.push(row);
        j.push(col);
        v.push(value);
        full[row * cols + col] += value;
      }
    }
    const made = coo_matrix({ data: array(v, 'float64'), row: i, col: j }, { shape: [rows, cols] });
    return { a: asformat(made, 'csr'), full };
  };

  test.each([
    [900, 3000],
    [3000, 40],
    [1, 5000],
  ])('%i uneven rows of %i columns times a vector', (rows, cols) => {
    const { a, full } = uneven(rows, cols);
    const x = default_rng(1).standard_normal(cols);
    const y = flat(matmul(a, x) as NDArray);
    for (let row = 0; row < rows; row++) {
      let [sum, size] = [0, 0];
      for (let col = 0; col < cols; col++) {
        const term = full[row * cols + col] * (x.data[x.start + col] as number);
        sum += term;
        size += Math.abs(term);
      }
      if (!(Math.abs(y[row] - sum) <= 8 * 2 ** -52 * size)) throw new Error(`row ${row}: ${y[row]} for ${sum}`);
    }
  });

  test('what was changed far behind the first rows is noticed', () => {
    const { a } = uneven(3000, 40);
    const { indices, indptr } = a as ReturnType<typeof csr_matrix>;
    const x = ones(40);
    for (const [list, at, wrong] of [
      [indices, indices.size - 1, 40],
      [indices, 9000, -1],
      [indptr, 2999, 1],
      [indptr, 700, 2_000_000_000],
      [indptr, 129, -5],
    ] as const) {
      const right = list.get([at]);
      list.set([at], wrong);
      expect(() => matmul(a, x)).toThrow('column index exceeds matrix dimensions');
      list.set([at], right);
    }
    expect(matmul(a, x).shape).toEqual([3000]);
  });

  test('indices changed behind its back are noticed', () => {
    const a = csr_matrix([
      [1, 2],
      [3, 4.5],
    ]);
    const { indices, indptr } = a;
    indices.set([1], 1_000_000);
    expect(() => matmul(a, ones(2))).toThrow('column index exceeds matrix dimensions');
    expect(() => cg(a, ones(2))).toThrow();
    expect(toarray(a).shape).toEqual([2, 2]);
    indices.set([1], 1);
    indptr.set([1], 2_000_000_000);
    expect(() => matmul(a, ones(2))).toThrow();
    expect(() => splu(a)).toThrow();
    expect(() => eigsh(a, 1)).toThrow();
  });
});
