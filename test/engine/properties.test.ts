import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dtypes, type DType, itemsize } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { broadcast_shapes } from '#engine/broadcast.ts';
import { astype, copy, copyInto, emptyLike } from '#engine/cast.ts';
import { array, empty } from '#engine/create.ts';
import { getitem, setitem } from '#engine/indexing.ts';
import { type Index } from '#engine/index-plan.ts';
import { concatenate } from '#engine/joining.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { array_repr } from '#engine/printing.ts';
import { arange } from '#engine/ranges.ts';
import { cumsum, max, sum } from '#engine/reductions.ts';
import type { Scalar } from '#engine/scalar.ts';
import { flip, reshape, transpose } from '#engine/shape.ts';
import { ellipsis, newaxis, slice, Slice, sliced } from '#engine/slicing.ts';
import { argsort, sort } from '#engine/sorting.ts';
import { take } from '#engine/taking.ts';
import { add, multiply, subtract } from '#engine/ufuncs/arithmetic.ts';

/** An array of doubles 0, 1, 2, … seen through random transpositions and slices. */
const layout = fc
  .tuple(
    fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }),
    fc.infiniteStream(fc.integer({ min: -3, max: 3 })),
    fc.boolean(),
  )
  .map(([shape, stream, turn]) => {
    let a = reshape(
      arange(
        0,
        shape.reduce((p, n) => p * n, 1),
        1,
        'float64',
      ),
      shape,
    );
    const draws = stream[Symbol.iterator]();
    const next = (): number => draws.next().value as number;
    if (turn && a.ndim > 1) a = transpose(a);
    return sliced(a, ...a.shape.map(() => slice(null, null, next() || 1)));
  });

/** Every index of a shape, in C order. */
function* cells(shape: readonly number[]): Generator<number[]> {
  if (shape.length === 0) {
    yield [];
    return;
  }
  for (let i = 0; i < shape[0]; i++) for (const rest of cells(shape.slice(1))) yield [i, ...rest];
}

const values = (a: NDArray): Scalar[] => [...cells(a.shape)].map((index) => a.get(index));

describe('against a naive reference', () => {
  test('what is empty stays within its memory, however it is turned', () => {
    const none = empty([0, 4]);
    const turned = [sliced(none, slice(null, null, -1), slice(null, null, -1)), flip(none), flip(none.T)];
    expect(turned.map((a) => a.offset)).toEqual([none.offset, none.offset, none.offset]);
  });

  test('broadcast arithmetic', () => {
    fc.assert(
      fc.property(layout, layout, (a, b) => {
        let shape: number[];
        try {
          shape = broadcast_shapes(a.shape, b.shape);
        } catch {
          expect(() => add(a, b)).toThrow(AppError);
          return;
        }
        const pick = (x: NDArray, index: number[]): number =>
          x.get(index.slice(index.length - x.ndim).map((i, k) => (x.shape[k] === 1 ? 0 : i))) as number;
        const want = [...cells(shape)].map((index) => 3 * pick(a, index) - pick(b, index));
        expect(values(subtract(multiply(a, 3), b))).toEqual(want.map((x) => x));
      }),
      { numRuns: 500 },
    );
  });

  test('copies, casts and reshapes of any layout', () => {
    fc.assert(
      fc.property(layout, fc.constantFrom(...dtypes), (a, dtype) => {
        const back = astype(a, dtype);
        expect(back.shape).toEqual(a.shape);
        if (dtype !== 'bool') {
          const plain = values(a).map(Number);
          // Large arrays count past what one byte holds.
          if (itemsize[dtype] > 1 || Math.max(...plain) < 128) expect(values(astype(back, 'float64'))).toEqual(plain);
          expect(
            values(reshape(copy(a, 'F'), [-1].slice(a.size === 0 ? 1 : 0).concat(a.size === 0 ? [0] : []))).map(Number),
          ).toEqual(plain);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('sums along every axis', () => {
    fc.assert(
      fc.property(layout, fc.integer({ min: 0, max: 3 }), (a, axis) => {
        if (axis >= a.ndim) return;
        const want = new Map<string, number[]>();
        const rest = a.shape.filter((_, k) => k !== axis);
        for (const index of cells(rest)) want.set(index.join(), []);
        for (const index of cells(a.shape))
          want.get(index.filter((_, k) => k !== axis).join())?.push(a.get(index) as number);
        const lists = [...want.values()];
        expect(values(sum(a, { axis }))).toEqual(lists.map((list) => list.reduce((p, x) => p + x, 0)));
        if (a.shape[axis] > 0) expect(values(max(a, { axis }))).toEqual(lists.map((list) => Math.max(...list)));
        const running = cumsum(a, { axis });
        const ends = sliced(running, ...a.shape.map((_, k) => (k === axis ? slice(-1) : slice())));
        if (a.shape[axis] > 0) expect(values(ends)).toEqual(values(sum(a, { axis })));
      }),
      { numRuns: 300 },
    );
  });

  test('sorting', () => {
    const number = fc.oneof(fc.double(), fc.constantFrom(0, -0, NaN, Infinity, 1, 2));
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 60 }), (list) => {
        const a = array(list, 'float64');
        const order = argsort(a);
        const want = list
          .map((_, i) => i)
          .sort(
            (i, j) =>
              (Number.isNaN(list[i]) ? 1 : 0) - (Number.isNaN(list[j]) ? 1 : 0) ||
              (list[i] < list[j] ? -1 : list[i] > list[j] ? 1 : i - j),
          );
        expect(order.tolist()).toEqual(want.map(BigInt));
        const same = (x: unknown, y: unknown): boolean => x === y || (x !== x && y !== y);
        const sorted = sort(a).tolist() as number[];
        expect(sorted.every((x, k) => same(x, take(a, order).item(k)))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('indexing against a naive reference', () => {
  const part = (n: number): fc.Arbitrary<Index> =>
    fc.oneof(
      fc.integer({ min: -n, max: Math.max(0, n - 1) }),
      fc
        .tuple(
          fc.option(fc.integer({ min: -6, max: 6 })),
          fc.option(fc.integer({ min: -6, max: 6 })),
          fc.constantFrom(1, 2, -1, -2, null),
        )
        .map(([i, j, k]) => slice(i, j, k)),
      fc
        .array(fc.integer({ min: -n, max: Math.max(0, n - 1) }), { minLength: 2, maxLength: 2 })
        .map((list) => array(list)),
    );

  test('one part per axis: elements are those that the parts name', () => {
    fc.assert(
      fc.property(fc.tuple(part(3), part(4), part(2)), (index) => {
        const a = reshape(arange(0, 24, 1, 'float64'), [3, 4, 2]);
        const lists = index.map((p, k): number[] => {
          const n = a.shape[k];
          if (typeof p === 'number') return [p < 0 ? p + n : p];
          if (p instanceof Slice) {
            const { start, step, count } = p.over(n);
            return Array.from({ length: count }, (_, i) => start + i * step);
          }
          return ((p as NDArray).tolist() as bigint[]).map((i) => Number(i < 0n ? i + BigInt(n) : i));
        });
        const arrays = index
          .map((p, k) => (typeof p === 'object' && p !== null && !(p instanceof Slice) ? k : -1))
          .filter((k) => k >= 0);
        // Index arrays go together; all else is a product.
        const want: number[] = [];
        const go = (k: number, at: number[], pair: number): void => {
          if (k === 3) {
            want.push(a.get(at) as number);
            return;
          }
          const list = arrays.includes(k) ? [lists[k][pair]] : lists[k];
          for (const i of list) go(k + 1, [...at, i], pair);
        };
        if (arrays.length === 0) go(0, [], 0);
        else for (const pair of [0, 1]) go(0, [], pair);
        const got = getitem(a, index);
        expect((values(got) as number[]).sort((x, y) => x - y)).toEqual(want.sort((x, y) => x - y));
        // Assignment writes exactly the elements that reading gives.
        const b = copy(a);
        setitem(b, index, -1);
        const written = values(a).filter((_, i) => values(b)[i] === -1);
        expect(new Set(written)).toEqual(new Set(want));
      }),
      { numRuns: 500 },
    );
  });

  test('a view writes through to its base, a copy does not', () => {
    fc.assert(
      fc.property(layout, (a) => {
        if (a.size === 0) return;
        const target = emptyLike(a);
        copyInto(target, a);
        const view = transpose(target);
        const index = view.shape.map((n) => n - 1);
        view.set(index, 99);
        expect(target.get([...index].reverse())).toBe(99);
        const c = copy(target);
        c.set([...index].reverse(), 5);
        expect(target.get([...index].reverse())).toBe(99);
      }),
    );
  });
});

describe('misuse is refused, nothing crashes', () => {
  const wild = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      true,
      false,
      NaN,
      Infinity,
      -1,
      0,
      1.5,
      2 ** 31,
      2 ** 53,
      'x',
      [],
      [[]],
      [[1], [2, 3]],
      newaxis,
      ellipsis,
    ),
    fc.integer(),
    layout,
    fc.constantFrom<DType>(...dtypes).map((d) => empty([2, 0, 3], d)),
    fc.constantFrom<DType>(...dtypes).map((d) => array([1, 0, 1], d)),
  );
  const calls: Record<string, (x: never, y: never, z: never) => unknown> = {
    add: (x, y) => add(x, y),
    sum: (x, y) => sum(x, { axis: y }),
    reshape: (x, y) => reshape(array(x), y),
    getitem: (x, y, z) => getitem(array(x), [y, z]),
    setitem: (x, y, z) => {
      setitem(array(x), [y], z);
    },
    concatenate: (x, y, z) => concatenate([x, y], z),
    take: (x, y, z) => take(array(x), y, z),
    sort: (x, y) => sort(x, y),
    empty: (x, y) => empty([x, y]),
    repr: (x) => array_repr(array(x)),
    transpose: (x, y) => transpose(array(x), y),
  };
  test.each(Object.keys(calls))('%s', (name) => {
    fc.assert(
      fc.property(wild, wild, wild, (x, y, z) => {
        try {
          calls[name](x as never, y as never, z as never);
        } catch (error) {
          // Wrong JavaScript types may be a TypeError; nothing else may come out, and nothing may hang.
          if (
            !(error instanceof AppError) &&
            !(error instanceof TypeError) &&
            !(error instanceof SyntaxError) &&
            !(error instanceof RangeError)
          )
            throw error;
        }
      }),
      { numRuns: 300 },
    );
  });

  test('nested lists come back as they were', () => {
    const tree = fc.array(fc.array(fc.double({ noNaN: true }), { minLength: 3, maxLength: 3 }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(tree, (lists) => {
        expect(array(lists, 'float64').tolist()).toEqual(lists);
      }),
    );
  });
});
