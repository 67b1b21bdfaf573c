/** The native kernels against the engine's own JavaScript loops: the crossovers are moved, so that both run. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { dtypes, type DType, itemsize } from '#shared/dtype.ts';
import { astype, broadcast_to, copy } from '#engine/cast.ts';
import { array, zeros } from '#engine/create.ts';
import { clip, where } from '#engine/elementwise.ts';
import { crossover } from '#engine/kernels/crossover.ts';
import { native } from '#engine/native.ts';
import type { NDArray } from '#engine/ndarray.ts';
import * as reductions from '#engine/reductions.ts';
import { argmax, argmin } from '#engine/searching.ts';
import { transpose } from '#engine/shape.ts';
import { std, variance } from '#engine/statistics.ts';
import * as arithmetic from '#engine/ufuncs/arithmetic.ts';
import * as comparison from '#engine/ufuncs/comparison.ts';
import * as mathematics from '#engine/ufuncs/mathematics.ts';
import type { Binary, Unary } from '#engine/ufuncs/ufunc.ts';

const measured = { ...crossover };
afterEach(() => Object.assign(crossover, measured));

function natively<T>(work: () => T): T {
  Object.assign(crossover, { plain: 1, costly: 1 });
  return work();
}
function inJavaScript<T>(work: () => T): T {
  Object.assign(crossover, { plain: Infinity, costly: Infinity });
  return work();
}

/** The entries in C order; −0 is not 0. */
const entries = (a: NDArray): ArrayLike<unknown> => {
  const plain = copy(a);
  return plain.data.subarray(plain.start, plain.start + plain.size * plain.entries);
};

function equal(ours: ArrayLike<unknown>, theirs: ArrayLike<unknown>): void {
  expect(ours.length).toBe(theirs.length);
  for (let i = 0; i < ours.length; i++) {
    if (!Object.is(ours[i], theirs[i])) throw new Error(`entry ${i}: ${String(ours[i])} for ${String(theirs[i])}`);
  }
}

function same(work: () => NDArray): void {
  const ours = natively(work);
  const theirs = inJavaScript(work);
  expect(ours.dtype).toBe(theirs.dtype);
  expect(ours.shape).toEqual(theirs.shape);
  equal(entries(ours), entries(theirs));
}

/** Numbers of all kinds, also NaN, infinities and −0 where the dtype has them. */
function sample(dtype: DType, count: number, seed = 1): NDArray {
  const special = [0, -0, 1, -1, NaN, Infinity, -Infinity, 0.5, -2.5, 1e300, 127, -128, 3, 2, -3, 255, 1e-310];
  let state = seed;
  const a = zeros([count]);
  for (let i = 0; i < count; i++) {
    state = (state * 1103515245 + 12345) % 2147483648;
    a.data[i + a.start] = state % 3 === 0 ? special[state % special.length] : (state % 2000) / 8 - 100;
  }
  if (dtype === 'float64') return a;
  const made = astype(a, dtype);
  if (made.entries === 2) for (let i = 0; i < count; i++) made.data[made.start + 2 * i + 1] = Math.fround((i % 17) - 8);
  return made;
}

const exactBinary: [string, Binary][] = [
  ...Object.entries(arithmetic),
  ...Object.entries(comparison),
  ['copysign', mathematics.copysign],
  ['heaviside', mathematics.heaviside],
  ['nextafter', mathematics.nextafter],
].filter(
  (entry): entry is [string, Binary] =>
    typeof entry[1] === 'function' && 'definition' in entry[1] && !/^(power|float_power)$/.test(entry[0] as string),
);
const exactUnary = [
  ...['negative', 'positive', 'fabs', 'square', 'reciprocal', 'sign', 'conjugate'].map((name) => [name, arithmetic]),
  ...['logical_not', 'invert', 'isnan', 'isinf', 'isfinite', 'signbit'].map((name) => [name, comparison]),
  ...['sqrt', 'floor', 'ceil', 'trunc', 'rint'].map((name) => [name, mathematics]),
].map(([name, module]) => [name, (module as unknown as Record<string, Unary>)[name as string]] as [string, Unary]);

/** What the definitions refuse for a dtype is refused by both. */
function runs(work: () => NDArray): boolean {
  try {
    inJavaScript(work);
    return true;
  } catch {
    return false;
  }
}

describe('elementwise functions', () => {
  test.each(dtypes.map((dtype) => [dtype]))('of %s have the bits of the JavaScript loops', (dtype) => {
    const a = sample(dtype, 1500);
    const b = sample(dtype, 1500, 77);
    let compared = 0;
    // NumPy's arithmetic of complex64 is in single precision, JavaScript's is rounded from double.
    const rounded = dtype === 'complex64' ? /divide|multiply|reciprocal|square/ : /^$/;
    for (const [name, f] of exactBinary) {
      const work = (): NDArray => f(a, b, {});
      if (rounded.test(name) || !runs(work)) continue;
      same(work);
      compared++;
    }
    for (const [name, f] of exactUnary) {
      // Complex roots are JavaScript's in both.
      if ((name === 'sqrt' && a.entries === 2) || rounded.test(name)) continue;
      const work = (): NDArray => f(a);
      if (!runs(work)) continue;
      same(work);
      compared++;
    }
    expect(compared).toBeGreaterThan(15);
    same(() => where(sample('bool', 1500), a, b));
    if (a.entries === 1 && dtype !== 'bool') same(() => clip(a, b, sample(dtype, 1500, 5)));
  });

  test('convert between all dtypes', () => {
    for (const from of dtypes) {
      const a = sample(from, 300);
      for (const to of dtypes) {
        const out = zeros([300], to);
        same(() => arithmetic.positive(from === 'bool' ? astype(a, 'int8') : a, { out: zeros([300], to), casting: 'unsafe' }));
        expect(out.dtype).toBe(to);
      }
    }
  });

  const axis = fc.record({ n: fc.integer({ min: 1, max: 40 }), step: fc.constantFrom(1, -1, 2, -3) });
  const seen = (dtype: DType, axes: { n: number; step: number }[], turn: boolean, repeat: boolean[]): NDArray => {
    const lengths = axes.map(({ n, step }, k) => (repeat[k] ? 1 : n * Math.abs(step)));
    const base = sample(dtype, lengths.reduce((p, n) => p * n, 1), 9);
    const strides: number[] = [];
    let bytes = itemsize[dtype];
    const order = axes.map((_, k) => k);
    if (!turn) order.reverse();
    for (const k of order) {
      strides[k] = bytes;
      bytes *= lengths[k];
    }
    let offset = base.offset;
    const shape = axes.map(({ n, step }, k) => {
      if (repeat[k]) return 1;
      if (step < 0) offset += (lengths[k] - 1) * strides[k];
      strides[k] *= step;
      return n;
    });
    return base.view(shape, strides, offset);
  };

  test('of any strides, broadcasting, masks and outputs', () => {
    fc.assert(
      fc.property(
        fc.array(axis, { minLength: 1, maxLength: 4 }),
        fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
        fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
        fc.constantFrom(...dtypes.filter((dtype) => dtype !== 'bool')),
        fc.constantFrom(...dtypes.filter((dtype) => dtype !== 'bool')),
        fc.boolean(),
        (axes, turns, repeat, first, second, masked) => {
          if (axes.reduce((p, { n }) => p * n, 1) > 6000) return;
          const none = axes.map(() => false);
          const a = seen(first, axes, turns[0], none);
          const b = seen(second, axes, turns[1], repeat);
          const mask = masked ? { where: seen('bool', axes, turns[2], none) } : {};
          same(() => arithmetic.add(a, b, mask));
          same(() => comparison.less(a, b, mask));
          same(() => {
            const out = seen('complex128', axes, turns[2], none);
            return arithmetic.multiply(a, b, { ...mask, out, casting: 'unsafe' });
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  test('in place and onto an overlapping part, as if the input had been read before', () => {
    same(() => {
      const a = sample('float64', 3000);
      return arithmetic.multiply(a, 2, { out: a });
    });
    same(() => {
      const a = sample('float64', 3001);
      const tail = a.view([3000], [8], a.offset + 8);
      const head = a.view([3000], [8], a.offset);
      return arithmetic.add(head, tail, { out: tail });
    });
    same(() => {
      const a = sample('float64', 3000);
      return arithmetic.add(a.view([3000], [-8], a.offset + 2999 * 8), a, { out: a });
    });
  });

  test('on several threads, every element once', () => {
    const n = 500_003;
    const a = zeros([n]);
    for (let i = 0; i < n; i++) a.data[a.start + i] = i;
    const twice = arithmetic.add(a, a);
    for (let i = 0; i < n; i += 1) if (twice.data[twice.start + i] !== 2 * i) throw new Error(`element ${i}`);
    expect(twice.size).toBe(n);
  });
});

describe('mathematical functions', () => {
  const recorded = JSON.parse(
    readFileSync(new URL('../conformance/kernels.json', import.meta.url), 'utf8'),
  ) as Record<string, { x: string[]; second?: string[]; y: string[] }>;
  const doubles = (bits: string[]): Float64Array => new Float64Array(BigInt64Array.from(bits.map(BigInt)).buffer);
  const order = (x: number): bigint => {
    const bits = new BigInt64Array(new Float64Array([x]).buffer)[0];
    return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
  };
  const within: Record<string, bigint> = { expm1: 2n, sinh: 2n, cosh: 2n, tanh: 2n, sin: 2n, cos: 2n, tan: 2n, sqrt: 0n,
    arctan: 2n, arctan2: 2n, arcsinh: 2n, arccosh: 2n, arctanh: 2n };

  test.each(Object.keys(recorded).map((name) => [name]))('%s is as near the true value as promised', (name) => {
    const x = doubles(recorded[name].x);
    const y = doubles(recorded[name].y);
    const a = zeros([x.length]);
    (a.data as Float64Array).set(x, a.start);
    const { second } = recorded[name];
    const b = second === undefined ? null : zeros([x.length]);
    b?.data.set(doubles(second ?? []) as never, b.start);
    const functions = { ...mathematics, ...arithmetic } as unknown as Record<string, Unary & Binary>;
    const call = (n: number): NDArray => {
      const part = a.view([n], [8]);
      return b === null ? functions[name](part) : functions[name](part, b.view([n], [8]));
    };
    const r = natively(() => call(x.length));
    for (let i = 0; i < x.length; i++) {
      const value = Number(r.data[r.start + i]);
      const where = `${name}(${x[i]}${b === null ? '' : `, ${b.data[b.start + i]}`}) = ${value} for ${y[i]}`;
      if (Number.isNaN(y[i]) || !Number.isFinite(y[i]) || y[i] === 0) {
        expect(Object.is(value, y[i]), where).toBe(true);
        continue;
      }
      const ulps = order(value) - order(y[i]);
      expect(ulps <= (within[name] ?? 1n) && -ulps <= (within[name] ?? 1n), where).toBe(true);
    }
    // The last elements of an array go another way than full vectors.
    for (let n = 1; n < 9; n++) {
      const part = natively(() => call(n));
      equal(entries(part), entries(r.view([n], [8])));
    }
  });
});

describe('reductions', () => {
  const shapes = [[2500], [1, 700], [40, 30], [5, 300], [300, 5], [6, 7, 20]];

  test.each(dtypes.map((dtype) => [dtype]))('of %s over any axes have the bits of the JavaScript loops', (dtype) => {
    for (const shape of shapes) {
      const whole = sample(dtype, shape.reduce((p, n) => p * n, 1)).view(
        shape,
        shape.map((_, k) => itemsize[dtype] * shape.slice(k + 1).reduce((p, n) => p * n, 1)),
      );
      for (const a of [whole, transpose(whole)]) {
        for (const axis of [null, ...a.shape.keys()]) {
          for (const name of ['sum', 'max', 'min', 'nanmax', 'any', 'all'] as const) {
            if (name === 'nanmax' && a.entries === 2) continue;
            same(() => reductions[name](a, { axis }));
          }
          if (a.entries === 1) same(() => argmax(a, { axis }));
          if (a.entries === 1) same(() => argmin(a, { axis }));
          same(() => reductions.cumsum(a, { axis }));
        }
      }
    }
  });

  test('spreads have the bits of the plain way', () => {
    const base = sample('float64', 40 * 3 * 50);
    for (let i = 0; i < base.size; i++) if (!(Math.abs(Number(base.data[base.start + i])) < 1e100)) base.data[base.start + i] = i;
    for (const dtype of ['float64', 'float32', 'int32'] as const) {
      const a = astype(base, dtype).view([40, 3, 50], [150, 50, 1].map((s) => s * itemsize[dtype]));
      for (const x of [a, transpose(a)]) {
        for (const axis of [null, 0, 1, 2, [0, 2]]) {
          same(() => variance(x, { axis, ddof: 1 }));
          same(() => std(x, { axis, keepdims: true }));
        }
      }
    }
  });

  test('products of what leaves the range come out as in NumPy', () => {
    const a = zeros([3000]);
    for (let i = 0; i < 3000; i++) a.data[a.start + i] = i < 1500 ? 1e3 : 1e-3;
    expect(natively(() => reductions.prod(a).item())).toBe(Infinity);
    for (let i = 0; i < 3000; i++) a.data[a.start + i] = 1 + i * 1e-7;
    const product = natively(() => reductions.prod(a).item()) as number;
    expect(Math.abs(product / (inJavaScript(() => reductions.prod(a).item()) as number) - 1)).toBeLessThan(1e-12);
  });

  test('large sums on several threads have the bits of one', () => {
    const a = zeros([700_001]);
    for (let i = 0; i < a.size; i++) a.data[a.start + i] = Math.sin(i) * 10 ** (i % 9);
    same(() => reductions.sum(a));
    same(() => reductions.max(a));
    same(() => argmin(a));
    a.data[a.start + 650_000] = NaN;
    a.data[a.start + 300_000] = NaN;
    expect(natively(() => argmax(a).item())).toBe(300_000n);
  });
});

describe('hostile calls', () => {
  test('layouts outside their buffers are refused, never followed', () => {
    const add = native().ufuncLoop('add', 'float64');
    const number = fc.oneof(
      fc.integer({ min: -3, max: 70 }),
      fc.constantFrom(8, -8, 16, 0, 1, 2 ** 31, -(2 ** 31), 2 ** 53, -(2 ** 53), 2 ** 60, NaN, 0.5, Infinity),
    );
    let refused = 0;
    fc.assert(
      fc.property(fc.array(number, { maxLength: 24 }), fc.boolean(), fc.boolean(), (numbers, typical, reduces) => {
        const buffers = [1, 2, 3].map(() => {
          const words = new Float64Array(new SharedArrayBuffer(3 * 512));
          words.fill(7);
          return words;
        });
        const middle = buffers.map((words) => new Float64Array(words.buffer, 512, 64));
        const layout = typical ? [1, reduces ? 2 : 3, numbers[0] ?? 4, 10, ...numbers.slice(1)] : numbers;
        try {
          if (reduces) native().reduce('add', Float64Array.from(layout), middle[0], middle[1]);
          else native().ufunc(add, false, Float64Array.from(layout), middle[0], middle[1], middle[2]);
        } catch {
          refused++;
        }
        for (const words of buffers) {
          for (let i = 0; i < 64; i++) if (words[i] !== 7 || words[128 + i] !== 7) throw new Error('written outside');
        }
      }),
      { numRuns: 3000 },
    );
    expect(refused).toBeGreaterThan(100);
  });

  test('wrong operands are refused', () => {
    const a = zeros([4]);
    expect(() => native().ufunc(1e6, false, new Float64Array(), a.data)).toThrow(RangeError);
    expect(() => native().ufunc(0, true, new Float64Array([1, 1, 4, 10, 0, 8]), a.data)).toThrow(RangeError);
    expect(() => native().reduce('add', new Float64Array([1, 2, 4, 10, 0, 8, 9, 0, 0]), a.data, a.data)).toThrow(RangeError);
    expect(() => native().reduce('nothing', new Float64Array([1, 2, 4, 10, 0, 8, 10, 0, 0]), a.data, a.data)).toThrow(RangeError);
    const bytes = new Uint8Array(32);
    expect(() => native().accumulate(false, 'float64', 2, 2, 2, bytes, bytes)).toThrow(RangeError);
    expect(() => native().argExtreme(1, 'float64', 5, 1, 1, bytes, new BigInt64Array(5))).toThrow(RangeError);
    expect(native().ufuncLoop('nothing', 'float64')).toBe(-1);
  });

  test('divisions that a processor would trap', () => {
    for (const dtype of ['int8', 'int16', 'int32', 'int64'] as const) {
      const low = astype(array([-128, -128, 5, 0]), 'int64');
      const smallest = comparison.left_shift(astype(low, dtype), itemsize[dtype] * 8 - 8);
      const by = astype(array([-1, 0, 0, -1]), dtype);
      for (const name of ['floor_divide', 'remainder', 'fmod'] as const) same(() => arithmetic[name](smallest, by, {}));
    }
  });

  test('a mask that is also the output', () => {
    same(() => {
      const flags = sample('bool', 2000);
      return comparison.logical_not(broadcast_to(array(false), [2000]), { out: flags, where: flags });
    });
  });
});
