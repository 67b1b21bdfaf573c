import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatBrief,
  formatBytes,
  formatCount,
  formatFull,
  formatNumber,
  fractionOf,
  repr,
  type NumberFormat,
} from '#renderer/number-format.ts';

const float = { dtype: 'float64', absmax: 10 } as const;
const show = (value: number, format: NumberFormat) => formatNumber(value, format, float);

describe('repr', () => {
  it.each([
    [5, '5.0'],
    [-0, '-0.0'],
    [0.1, '0.1'],
    [2 / 3, '0.6666666666666666'],
    [1e-5, '1e-05'],
    [1.5e-7, '1.5e-07'],
    [0.0001, '0.0001'],
    [1e16, '1e+16'],
    [123456789012345680, '1.2345678901234568e+17'],
    [1e15, '1000000000000000.0'],
    [5e-324, '5e-324'],
    [NaN, 'nan'],
    [-Infinity, '-inf'],
  ])('%s is %s, as Python writes it', (value, text) => expect(repr(value)).toBe(text));

  it('float32 values show their own digits', () => {
    expect(repr(Math.fround(0.1), 'float32')).toBe('0.1');
    expect(repr(Math.fround(3.1415927), 'float32')).toBe('3.1415927');
  });

  it('integers and booleans', () => {
    expect(repr(7, 'int32')).toBe('7');
    expect(repr(1e20, 'uint64')).toBe('100000000000000000000');
    expect(repr(1, 'bool')).toBe('True');
  });

  it('reads back as the same number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(repr(value))).toBe(value);
      }),
    );
  });
});

describe('formats', () => {
  it.each([
    [2.746, { kind: 'fixed', digits: 2 }, '2.75'],
    [-0.001, { kind: 'fixed', digits: 2 }, '-0.00'],
    [1234.5, { kind: 'scientific', digits: 2 }, '1.23e+03'],
    [0.00012345, { kind: 'significant', digits: 3 }, '0.000123'],
    [2 / 3, { kind: 'fraction' }, '2/3'],
    [-7, { kind: 'fraction' }, '-7'],
    [Math.PI, { kind: 'fraction' }, '3.14159'],
    [3.14159, { kind: 'auto' }, '3.1416'],
    [1e-9, { kind: 'auto' }, '1.0e-09'],
    [NaN, { kind: 'fixed', digits: 2 }, 'nan'],
    [Infinity, { kind: 'fraction' }, 'inf'],
    [0.1, { kind: 'full' }, '0.1'],
  ] satisfies [number, NumberFormat, string][])('%s in %o is %s', (value, format, text) =>
    expect(show(value, format)).toBe(text),
  );

  it('complex numbers as NumPy writes them', () => {
    expect(formatNumber(1, { kind: 'fixed', digits: 2 }, { dtype: 'complex128', absmax: 2 }, -2)).toBe('1.00-2.00j');
    expect(formatFull(0.5, 'complex128', 3)).toBe('0.5+3.0j');
  });

  it('auto keeps decimals of one array aligned', () => {
    const texts = [0.5, 1.25, -3.75, 100].map((v) =>
      formatNumber(v, { kind: 'auto' }, { dtype: 'float64', absmax: 100 }),
    );
    expect(new Set(texts.map((t) => t.split('.')[1]?.length)).size).toBe(1);
  });
});

describe('fractions', () => {
  it.each([
    [0.1, [1, 10]],
    [1 / 3 + 1 / 7, [10, 21]],
    [-22 / 7, [-22, 7]],
    [0, [0, 1]],
    [12, [12, 1]],
    [5001 / 9998, [5001, 9998]],
  ])('%s', (value, fraction) => expect(fractionOf(value)).toEqual(fraction));

  it('refuses what is none', () => {
    for (const value of [Math.PI, Math.SQRT2, Math.E, 0.123456789, NaN]) expect(fractionOf(value)).toBeNull();
  });
});

describe('small texts', () => {
  it('brief', () => {
    expect([0, 271.74, 1e-16, 2.5e9, 0.5, -12, 30896.4].map((v) => formatBrief(v))).toEqual([
      '0',
      '271.7',
      '1e-16',
      '2.5e9',
      '0.5',
      '-12',
      '30896',
    ]);
  });
  it('counts and bytes', () => {
    expect(formatCount(1000000)).toBe('1,000,000');
    expect([0, 4800, 40_500_000, 999_999].map(formatBytes)).toEqual(['0 B', '4.8 kB', '40.5 MB', '1.0 MB']);
  });
});
