/** Arrays of few elements go ways of their own; what they give is what the same elements give among many. */
import { describe, expect, test } from 'vitest';
import type { DType } from '#shared/dtype.ts';
import { astype, broadcast_to, copy } from '#engine/cast.ts';
import { array, empty } from '#engine/create.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { PyFloat } from '#engine/scalar.ts';
import { slice, sliced } from '#engine/slicing.ts';
import { add, floor_divide, multiply, negative, subtract } from '#engine/ufuncs/arithmetic.ts';
import { greater, less_equal } from '#engine/ufuncs/comparison.ts';
import type { Operand } from '#engine/ufuncs/definition.ts';
import type { Binary } from '#engine/ufuncs/ufunc.ts';

const dtypes: readonly DType[] = ['int8', 'uint8', 'int64', 'uint64', 'float32', 'float64', 'complex64', 'complex128'];
const numbers = array([
  [7, 2, 5],
  [1, 3, 4],
]);

/** So many that the addon, or the loop over strides, does the work. */
const many = 700;
const repeated = (a: NDArray): NDArray => copy(broadcast_to(a, [many, ...a.shape]));
const first = (a: NDArray): unknown => sliced(a, 0).tolist();

describe('functions of two arrays', () => {
  const functions: Record<string, Binary> = { add, subtract, multiply, greater, less_equal };
  for (const [name, fn] of Object.entries(functions)) {
    test(`${name} of every two dtypes, turned, repeated and in place`, () => {
      for (const p of dtypes) {
        for (const q of dtypes) {
          const [a, b] = [astype(numbers, p), astype(numbers.T, q)];
          for (const [x, y] of [
            [a, b.T],
            [a.T, b],
            [a, sliced(b.T, 1)],
            [sliced(b.T, slice(), slice(1, 2)), a],
            [sliced(a, slice(null, null, -1)), sliced(a, slice(), slice(null, null, -1))],
          ] as const) {
            const made = fn(x, y);
            const among = fn(repeated(copy(broadcast_to(x, made.shape))), repeated(copy(broadcast_to(y, made.shape))));
            expect(made.dtype, `${p} ${q}`).toBe(among.dtype);
            expect(made.tolist(), `${p} ${q}`).toEqual(first(among));
            const out = empty(made.shape, made.dtype, 'F');
            expect(fn(x, y, { out })).toBe(out);
            expect(out.tolist()).toEqual(made.tolist());
          }
        }
      }
    });
  }

  test('Python numbers take the dtype that they take beside many', () => {
    const weak: readonly Operand[] = [3, -1, new PyFloat(1.5), true, { re: 1, im: 2 }, 1000];
    for (const dtype of ['bool', ...dtypes] as const) {
      const a = astype(numbers, dtype);
      for (const value of weak) {
        const both = [a, repeated(a)].map((one) => {
          try {
            return add(one, value);
          } catch (error) {
            return (error as Error).message;
          }
        });
        const [few, among] = both;
        if (typeof few === 'string' || typeof among === 'string') expect(few).toBe(among);
        else expect([few.dtype, few.tolist()], dtype).toEqual([among.dtype, first(among)]);
      }
    }
  });
});

test('what is written is not read again', () => {
  const a = array([1, 2, 3, 4, 5]);
  add(sliced(a, slice(1)), sliced(a, slice(null, -1)), { out: sliced(a, slice(1)) });
  expect(a.tolist()).toEqual([1n, 3n, 5n, 7n, 9n]);
  const m = array([
    [1.5, 2],
    [3, 4],
  ]);
  negative(m.T, { out: m });
  expect(m.tolist()).toEqual([
    [-1.5, -3],
    [-2, -4],
  ]);
});

test('a result is laid out as its operands are', () => {
  expect(add(numbers.T, numbers.T).strides).toEqual(numbers.T.strides);
  expect(negative(numbers.T).strides).toEqual(numbers.T.strides);
  expect(floor_divide(numbers.T, 2).strides).toEqual(numbers.T.strides);
});
