import { afterEach, describe, expect, test } from 'vitest';
import { array, ones } from '#engine/create.ts';
import { decodeNpy } from '#engine/io/npy.ts';
import { format_float_positional, format_float_scientific, scalarRepr, scalarText } from '#engine/print-number.ts';
import {
  array2string,
  array_repr,
  array_str,
  type PrintOptions,
  reset_printoptions,
  set_printoptions,
} from '#engine/printing.ts';
import { recordedCases } from './recorded-file.ts';

afterEach(reset_printoptions);

interface Printed {
  file: string;
  str: string;
  repr: string;
  options?: Partial<PrintOptions>;
  scalar?: [string, string];
}

describe('recorded from NumPy', () => {
  test.each(recordedCases<Printed[]>('printing').map((c, k) => [k, c] as const))('case %i', (_, c) => {
    const a = decodeNpy(new Uint8Array(Buffer.from(c.file, 'base64')));
    if (c.scalar !== undefined) {
      expect([scalarText(a.item(), a.dtype), scalarRepr(a.item(), a.dtype)]).toEqual(c.scalar);
      return;
    }
    set_printoptions(c.options ?? {});
    expect(array_str(a)).toBe(c.str);
    expect(array_repr(a)).toBe(c.repr);
  });
});

describe('options', () => {
  test('separator and prefix', () => {
    expect(
      array2string(
        array([
          [1, 2],
          [3, 4],
        ]),
        { separator: ',', prefix: 'x=' },
      ),
    ).toBe('[[1,2],\n   [3,4]]');
    expect(array2string(ones(3), { floatmode: 'fixed', precision: 1 })).toBe('[1.0 1.0 1.0]');
  });

  test('single numbers', () => {
    expect(format_float_positional(1e23)).toBe('100000000000000000000000.');
    expect(format_float_positional(2.5, { precision: 0, trim: '-' })).toBe('2');
    expect(format_float_scientific(0.125, { precision: 1, unique: false })).toBe('1.2e-01');
  });

  test('what NumPy does not know is refused', () => {
    expect(() => set_printoptions({ floatmode: 'wild' as 'fixed' })).toThrow('floatmode option must be one of');
    expect(() => set_printoptions({ sign: 'x' as '+' })).toThrow("sign option must be one of ' ', '+', or '-'");
    expect(() => set_printoptions({ threshold: NaN })).toThrow('threshold must be non-NAN');
  });
});
