import { describe, expect, test } from 'vitest';
import { astype, broadcast_to, copy, copyInto } from '#engine/cast.ts';
import { array, empty, eye, full, ones, zeros } from '#engine/create.ts';
import { hilbert } from '#engine/gallery.ts';
import { arange, linspace } from '#engine/ranges.ts';
import { expand_dims, flip, ravel, reshape, squeeze, transpose } from '#engine/shape.ts';
import { newaxis, slice, sliced } from '#engine/slicing.ts';

const thrown = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return `${(error as { code?: string }).code}: ${(error as Error).message}`;
  }
  return 'nothing thrown';
};

describe('creation', () => {
  test('dtypes are the ones NumPy chooses', () => {
    expect(
      array([
        [1, 2],
        [3, 4],
      ]).dtype,
    ).toBe('int64');
    expect(array([1, 2.5]).dtype).toBe('float64');
    expect(array([true, false]).dtype).toBe('bool');
    expect(array([1, { re: 0, im: 1 }]).dtype).toBe('complex128');
    expect(array([]).dtype).toBe('float64');
    expect(array([array([1, 2], 'float32'), array([3, 4], 'float32')]).tolist()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(full([2], 7).dtype).toBe('int64');
    expect(array([[[]]]).shape).toEqual([1, 1, 0]);
  });

  test('ragged lists are refused with the shape found', () => {
    expect(thrown(() => array([[1, 2], [3]]))).toBe(
      'value: setting an array element with a sequence. The requested array has an inhomogeneous shape after 1 dimensions. The detected shape was (2,) + inhomogeneous part.',
    );
    expect(thrown(() => array([1, [2]]))).toContain('inhomogeneous shape after 1 dimensions');
    expect(thrown(() => array([[1], 2]))).toContain('inhomogeneous shape after 1 dimensions');
  });

  test('eye, ones, hilbert, ranges', () => {
    expect(eye(2, 3, 1).tolist()).toEqual([
      [0, 1, 0],
      [0, 0, 1],
    ]);
    expect(eye(3, 2, -1).tolist()).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
    ]);
    expect(ones([2], 'complex64').tolist()).toEqual([
      { re: 1, im: 0 },
      { re: 1, im: 0 },
    ]);
    expect(hilbert(2).tolist()).toEqual([
      [1, 1 / 2],
      [1 / 2, 1 / 3],
    ]);
    expect(arange(0, 1, 0.25).tolist()).toEqual([0, 0.25, 0.5, 0.75]);
    expect(arange(5, 0, -2).tolist()).toEqual([5n, 3n, 1n]);
    expect(linspace(0, 1, 5).tolist()).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });

  test('memory is refused with numbers before it is allocated', () => {
    expect(thrown(() => empty([1e6, 1e6]))).toBe(
      'memory: Unable to allocate 7.28 TiB for an array with shape (1000000, 1000000) and data type float64',
    );
    expect(thrown(() => zeros([-1]))).toBe('value: negative dimensions are not allowed');
  });
});

describe('views', () => {
  test('share memory; copies do not', () => {
    const a = reshape(arange(6), [2, 3]);
    const row = sliced(a, 1);
    row.set([0], 9n);
    expect(a.get([1, 0])).toBe(9n);
    const c = copy(a);
    c.set([0, 0], 5);
    expect(a.get([0, 0])).toBe(0n);
    expect(sliced(a, slice(null, null, -1), slice(1)).tolist()).toEqual([
      [4n, 5n],
      [1n, 2n],
    ]);
    expect(sliced(a, newaxis, 0).shape).toEqual([1, 3]);
    expect(transpose(a).tolist()).toEqual([
      [0n, 9n],
      [1n, 4n],
      [2n, 5n],
    ]);
    expect(ravel(transpose(a)).tolist()).toEqual([0n, 9n, 1n, 4n, 2n, 5n]);
    expect(flip(a).tolist()).toEqual([
      [5n, 4n, 9n],
      [2n, 1n, 0n],
    ]);
    expect(squeeze(expand_dims(a, [0, 3])).shape).toEqual([2, 3]);
  });

  test('overlapping assignment behaves as if the source were copied first', () => {
    const a = arange(6);
    copyInto(sliced(a, slice(1)), sliced(a, slice(0, -1)));
    expect(a.tolist()).toEqual([0n, 0n, 1n, 2n, 3n, 4n]);
  });

  test('casts are those of C', () => {
    const wild = array([1.9, -1.9, NaN, Infinity, 300, -1]);
    expect(astype(wild, 'int8').tolist()).toEqual([1, -1, 0, 0, 44, -1]);
    expect(astype(wild, 'int32').tolist()).toEqual([1, -1, -2147483648, -2147483648, 300, -1]);
    expect(astype(wild, 'int64').tolist()).toEqual([1n, -1n, -(2n ** 63n), -(2n ** 63n), 300n, -1n]);
    expect(astype(wild, 'bool').tolist()).toEqual([true, true, true, true, true, true]);
    expect(astype(wild, 'complex64').get([1])).toEqual({ re: Math.fround(-1.9), im: 0 });
    expect(broadcast_to(array([1, 2]), [2, 2]).tolist()).toEqual([
      [1n, 2n],
      [1n, 2n],
    ]);
  });

  test('errors are NumPy’s', () => {
    const a = zeros([2, 3]);
    expect(thrown(() => a.get([2, 0]))).toBe('index: index 2 is out of bounds for axis 0 with size 2');
    expect(thrown(() => sliced(a, 0, 0, 0))).toBe(
      'index: too many indices for array: array is 2-dimensional, but 3 were indexed',
    );
    expect(thrown(() => reshape(a, [4]))).toBe('shape: cannot reshape array of size 6 into shape (4,)');
    expect(thrown(() => transpose(a, [0]))).toBe("value: axes don't match array");
  });
});
