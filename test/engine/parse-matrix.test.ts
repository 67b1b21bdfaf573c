import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { array } from '#engine/create.ts';
import { parseMatrix } from '#engine/text/parse-matrix.ts';

const thrown = (text: string): string => {
  try {
    parseMatrix(text);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.message;
  }
  return 'nothing thrown';
};

const c = (re: number, im: number) => ({ re, im });

describe('what people type', () => {
  const cases: [string, unknown, string][] = [
    [
      '1 2; 3 4',
      [
        [1n, 2n],
        [3n, 4n],
      ],
      'int64',
    ],
    [
      '1, 2\n3, 4\n',
      [
        [1n, 2n],
        [3n, 4n],
      ],
      'int64',
    ],
    [
      '[[1, 2], [3, 4]]',
      [
        [1n, 2n],
        [3n, 4n],
      ],
      'int64',
    ],
    [
      '[[1, 2],\n [3, 4.]]',
      [
        [1, 2],
        [3, 4],
      ],
      'float64',
    ],
    [
      'np.array([[1, 2], [3, 4]], dtype=float)',
      [
        [1n, 2n],
        [3n, 4n],
      ],
      'int64',
    ],
    ['array([1., 2.])', [1, 2], 'float64'],
    [
      '[1 2; 3 4]',
      [
        [1n, 2n],
        [3n, 4n],
      ],
      'int64',
    ],
    [
      '[1 2\n3 4]',
      [
        [1n, 2n],
        [3n, 4n],
      ],
      'int64',
    ],
    [
      '[[1. 2.]\n [3. 4.]]',
      [
        [1, 2],
        [3, 4],
      ],
      'float64',
    ],
    ['[1, 2,\n 3, 4]', [1n, 2n, 3n, 4n], 'int64'],
    [
      '((1, 2), (3, 4))',
      [
        [1n, 2n],
        [3n, 4n],
      ],
      'int64',
    ],
    ['(1+2)*3 4', [[9n, 4n]], 'int64'],
    [
      '[(1, 2), (3, 4)]',
      [
        [1n, 2n],
        [3n, 4n],
      ],
      'int64',
    ],
    ['5', [[5n]], 'int64'],
    ['[5]', [5n], 'int64'],
    ['[]', [], 'float64'],
    [
      '1\t2\n3\t4',
      [
        [1n, 2n],
        [3n, 4n],
      ],
      'int64',
    ],
    [
      '1.5\t\n\t2',
      [
        [1.5, NaN],
        [NaN, 2],
      ],
      'float64',
    ],
    ['1 2 3;', [[1n, 2n, 3n]], 'int64'],
    [
      '1;2;3\n4;5;6',
      [
        [1n, 2n, 3n],
        [4n, 5n, 6n],
      ],
      'int64',
    ],
    ['1;2;3', [[1n], [2n], [3n]], 'int64'],
    ['1e3 -2/3 sqrt(2) pi', [[1000, -2 / 3, Math.SQRT2, Math.PI]], 'float64'],
    ['1+2j 3', [[c(1, 2), c(3, 0)]], 'complex128'],
    ['1 -2j', [[c(1, 0), c(-0, -2)]], 'complex128'],
    ['1 - 2', [[-1n]], 'int64'],
    ['1 -2', [[1n, -2n]], 'int64'],
    ['1, -2', [[1n, -2n]], 'int64'],
    ['1 / 2 3', [[0.5, 3]], 'float64'],
    ['nan inf -inf Infinity NaN', [[NaN, Infinity, -Infinity, Infinity, NaN]], 'float64'],
    ['true false', [[true, false]], 'bool'],
    ['True 2', [[1n, 2n]], 'int64'],
    ['2^10 2**3 -2^2', [[1024n, 8n, -4n]], 'int64'],
    ['2^-1', [[0.5]], 'float64'],
    ['1_000 0x10 .5', [[1000, 16, 0.5]], 'float64'],
    ['np.sqrt(4) math.pi √9', [[2, Math.PI, 3]], 'float64'],
    ['−1 2·3', [[-1n, 6n]], 'int64'],
    ['1\u00a02', [[1n, 2n]], 'int64'],
    [
      '# a comment\n1 2 # more\n3 4',
      [
        [1n, 2n],
        [3n, 4n],
      ],
      'int64',
    ],
    [
      '\r\n1 2\r\n3 4\r\n',
      [
        [1n, 2n],
        [3n, 4n],
      ],
      'int64',
    ],
    ['9223372036854775807', [[9223372036854775807n]], 'int64'],
    ['18446744073709551615 0', [[18446744073709551615n, 0n]], 'uint64'],
    ['abs(-3) abs(3+4j)', [[3, 5]], 'float64'],
    ['(1+2j)*(1-2j) 1/(1j)', [[c(5, 0), c(0, -1)]], 'complex128'],
    ['[[[1, 2]], [[3, 4]]]', [[[1n, 2n]], [[3n, 4n]]], 'int64'],
  ];
  test.each(cases)('%j', (text, values, dtype) => {
    const made = parseMatrix(text);
    expect(made.dtype).toBe(dtype);
    expect(made.tolist()).toEqual(values);
  });

  test('a dtype is obeyed', () => {
    expect(parseMatrix('1.7 2', 'int32').tolist()).toEqual([[1, 2]]);
    expect(() => parseMatrix('1j', 'float64')).toThrow('complex values cannot become float64');
  });
});

describe('what goes wrong is said with its place', () => {
  const cases: [string, string][] = [
    ['', 'There is nothing to read yet'],
    ['   \n ', 'There is nothing to read yet'],
    ['1 2\n3 abc', 'Line 2, column 3: expected a number, found "abc"'],
    ['1 2; 3', 'Line 1, column 6: row 2 has 1 value, but row 1 has 2'],
    ['1 2\n3 4 5', 'Line 2, column 5: row 2 has 3 values, but row 1 has 2'],
    ['[[1, 2], [3]]', 'Line 1, column 10: row 2 has 1 value, but row 1 has 2'],
    ['[[1, 2], 3]', 'Line 1, column 10: a list was expected here, like the ones before it'],
    ['[1, [2]]', 'Line 1, column 5: a number was expected here, like the values before it'],
    ['[1, 2', 'Line 1, column 1: this "[" is never closed'],
    ['[1, 2) 3', 'Line 1, column 6: expected "]", found ")"'],
    ['1,,2', 'Line 1, column 3: a value is missing before this comma'],
    ['sqrt 2', 'Line 1, column 5: expected "(" after sqrt, found "2"'],
    ['sqrt(2', 'Line 1, column 5: this "(" is never closed'],
    ['1/0', 'Line 1, column 2: division by zero'],
    ['1 +', 'Line 1, column 4: expected a number, found the end'],
    ['1.2.3', 'Line 1, column 1: expected a number, found "1.2.3"'],
    ['12abc', 'Line 1, column 1: expected a number, found "12abc"'],
    ['1)', 'Line 1, column 2: expected a blank, a comma or the end of the row, found ")"'],
    ['[1 2 ... 5]', 'Line 1, column 6: the values behind "..." are missing'],
    ['9223372036854775808 -1', 'Line 1, column 21: the whole number is too large for 64 bits'],
    ['2^9999999999', 'Line 1, column 2: the whole number is too large for 64 bits'],
    ['[1] 2', 'Line 1, column 5: expected the end after the closing bracket, found "2"'],
    ['x\ty\n1\t2', 'Line 1, column 1: expected a number, found "x"'],
    ['constructor', 'Line 1, column 1: expected a number, found "constructor"'],
  ];
  test.each(cases)('%j', (text, message) => {
    expect(thrown(text)).toBe(message);
  });

  test('deep nesting is refused, not a crash', () => {
    for (const text of [
      '['.repeat(1e5),
      '('.repeat(1e5),
      '-'.repeat(1e5),
      '2^'.repeat(1e5),
      '√'.repeat(200),
      'sqrt('.repeat(1e4),
    ])
      expect(thrown(text)).toMatch(/^Line 1, column \d+: /);
  });
});

describe('properties', () => {
  const cell = fc.oneof(fc.double(), fc.integer());
  const matrix = fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
    .chain(([m, n]) => fc.array(fc.array(cell, { minLength: n, maxLength: n }), { minLength: m, maxLength: m }));
  // JavaScript writes 1e20 as a whole number, which 64 bits do not hold; Python writes a float.
  const number = (x: number): string =>
    Object.is(x, -0) ? '-0.0' : Number.isInteger(x) && Math.abs(x) >= 2 ** 63 ? x.toExponential() : String(x);

  test('what is printed in any style is read back the same', () => {
    fc.assert(
      fc.property(
        matrix,
        fc.constantFrom(' ', ', ', '\t', '  '),
        fc.constantFrom('\n', ';\n', ' \n'),
        (rows, column, row) => {
          const text = rows.map((r) => r.map(number).join(column)).join(column === '\t' ? '\n' : row);
          const floats = rows.map((r) => r.map((x) => (Object.is(x, -0) ? -0 : x)));
          expect(parseMatrix(text, 'float64').tolist()).toEqual(array(floats, 'float64').tolist());
          const python = `[${rows.map((r) => `[${r.map(number).join(', ')}]`).join(', ')}]`;
          expect(parseMatrix(python, 'float64').tolist()).toEqual(array(floats, 'float64').tolist());
        },
      ),
    );
  });

  test('any text gives an array or a parse error', () => {
    const piece = fc.constantFrom(
      '1',
      '2.5',
      '-',
      '+',
      ' ',
      ',',
      ';',
      '\n',
      '\t',
      '[',
      ']',
      '(',
      ')',
      'j',
      'e',
      'pi',
      'nan',
      '/',
      '*',
      '^',
      '.',
      'sqrt',
      '√',
      '#',
      'x',
      '−',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 30 }).map((p) => p.join('')),
        ),
        (text) => {
          thrown(text);
        },
      ),
      { numRuns: 5000 },
    );
  });
});
