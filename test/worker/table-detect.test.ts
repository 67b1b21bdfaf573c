import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { parseBmpHeader, decodeBmp } from '#worker/bmp.ts';
import { detectEncoding, sniff } from '#worker/sniff.ts';
import {
  columnNames,
  describeColumns,
  detectTable,
  isMissing,
  isNumber,
  splitRows,
  toNumber,
} from '#worker/table-detect.ts';

const detect = (text: string) => detectTable(text, 'utf-8', true).options;

describe('detectTable', () => {
  const cases: [name: string, text: string, expected: Partial<ReturnType<typeof detect>>][] = [
    ['plain numbers', '1,2,3\n4,5,6\n', { delimiter: ',', decimal: '.', header: false, skip: 0 }],
    ['a header', 'a,b\n1,2\n3,4\n', { delimiter: ',', header: true, skip: 0 }],
    ['semicolons and decimal commas', 'x;y\n1,5;2,25\n-3,5;4,0\n', { delimiter: ';', decimal: ',', header: true }],
    ['tabs', 'a\tb\n1\t2\n', { delimiter: '\t', header: true }],
    ['bars', '1|2\n3|4\n', { delimiter: '|', header: false }],
    ['columns aligned by blanks', 'Chins Situps\n    5    162\n   12     60\n', { delimiter: ' ', header: true }],
    ['counts instead of names', '3,2,one,two\n1,2,0\n3,4,0\n5,6,1\n', { delimiter: ',', header: false, skip: 1 }],
    ['counts as wide as the table', '3,4,a,b,c\n1,2,3,4,0\n1,2,3,4,1\n1,2,3,4,2\n', { header: false, skip: 1 }],
    ['comments', '# made by\n# an instrument\n1 2\n3 4\n', { delimiter: ' ', skip: 2, header: false }],
    ['a title', 'Measurements of May\n\na,b,c\n1,2,3\n4,5,6\n', { skip: 2, header: true, delimiter: ',' }],
    ['quoted fields with delimiters', '"name, full",v\n"Smith, J",1\n"Doe, A",2\n', { delimiter: ',', header: true }],
    ['years as names', 'city,2019,2020\nA,1,2\nB,3,4\n', { delimiter: ',', header: true }],
    ['missing cells', 'a,b\n1,NA\n,2\n-,?\n', { delimiter: ',', header: true }],
    ['one column', 'v\n1\n2\n', { header: true }],
    ['a decimal point with tabs and text', 'a\tb\nhello, world\t1.5\n', { delimiter: '\t', decimal: '.' }],
    ['windows line ends', 'a,b\r\n1,2\r\n', { delimiter: ',', header: true, skip: 0 }],
  ];
  it.each(cases)('sees %s', (_, text, expected) => {
    expect(detect(text)).toMatchObject(expected);
  });

  it('never fails and never skips more than there is, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('1', '2', '.', ',', ';', '\t', ' ', '\n', '\r', '"', 'a', '-', '#', '|'),
          maxLength: 200,
        }),
        (text) => {
          const { options } = detectTable(text, 'utf-8', true);
          expect(options.skip).toBeLessThanOrEqual(text.split(/\r\n|\n|\r/).length);
          describeColumns(splitRows(text, options.delimiter, 100), options, 1);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('finds the delimiter of any table of numbers that was written with it', () => {
    const number = fc
      .double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })
      .map((value) => value.toFixed(3));
    fc.assert(
      fc.property(
        fc.constantFrom(',', ';', '\t', '|', ' '),
        fc
          .integer({ min: 2, max: 6 })
          .chain((cols) =>
            fc.array(fc.array(number, { minLength: cols, maxLength: cols }), { minLength: 3, maxLength: 12 }),
          ),
        (delimiter, rows) => {
          const text = rows.map((row) => row.join(delimiter)).join('\n');
          expect(detect(text)).toMatchObject({ delimiter, decimal: '.', header: false, skip: 0 });
        },
      ),
    );
  });
});

describe('splitRows', () => {
  it('keeps quoted delimiters, quotes and line ends, and knows the lines', () => {
    const rows = splitRows('a,b\n"x, ""y""\nz",2\n\n3,4\n', ',', 10);
    expect(rows).toEqual([
      { fields: ['a', 'b'], line: 0 },
      { fields: ['x, "y"\nz', '2'], line: 1 },
      { fields: ['3', '4'], line: 4 },
    ]);
  });

  it('gives back what was written', () => {
    const field = fc
      .string({ unit: fc.constantFrom('a', '1', ',', '"', '\n', ' ', 'é'), maxLength: 8 })
      .map((text) => text.trim());
    fc.assert(
      fc.property(fc.array(fc.array(field, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 6 }), (rows) => {
        const kept = rows.filter((row) => row.some((cell) => cell !== ''));
        const text = Papa.unparse(kept, { newline: '\n', quotes: true });
        expect(splitRows(text, ',', 100).map(({ fields }) => fields)).toEqual(kept);
      }),
    );
  });
});

describe('cells', () => {
  it.each(['', ' ', 'NA', 'n/a', 'NaN', 'null', '-', '?'])('takes %j as missing', (cell) =>
    expect(isMissing(cell)).toBe(true),
  );
  it.each([
    ['1.5', '.', 1.5],
    ['-1e3', '.', -1000],
    ['.5', '.', 0.5],
    ['5.', '.', 5],
    ['+2', '.', 2],
    ['1,5', ',', 1.5],
    ['inf', '.', Infinity],
    ['-Infinity', '.', -Infinity],
    ['1D3', '.', 1000],
  ] as const)('reads %s with decimal %s as %d', (cell, decimal, value) => {
    expect(isNumber(cell, decimal)).toBe(true);
    expect(toNumber(cell, decimal)).toBe(value);
  });
  it.each(['1.2.3', '1,234.5', 'abc', '0x10', '--1', '1 2', 'e5'])('refuses %s', (cell) =>
    expect(isNumber(cell, '.')).toBe(false),
  );

  it('names thousands separators, ragged lines and types', () => {
    const text = 'id,price,when,note\n1,"1,234.50",2024-01-02,a\n2,"2,000",2024-01-03,b\n3,5\n';
    const { columns, warnings } = describeColumns(splitRows(text, ',', 10), { header: true, decimal: '.' }, 1);
    expect(columns.map(({ type }) => type)).toEqual(['number', 'text', 'date', 'text']);
    expect(warnings).toEqual([
      'Line 4 has 2 fields, the others 4: what is not there counts as missing.',
      'Line 2, price: “1,234.50” has thousands separators and does not count as a number.',
    ]);
  });

  it('makes names unique', () => {
    expect(columnNames(['a', '', 'a', 'a'], 5)).toEqual(['a', 'column 1', 'a 2', 'a 3', 'column 4']);
  });
});

describe('sniff', () => {
  const bytes = (...values: number[]) => Uint8Array.from(values);
  const text = (value: string) => new TextEncoder().encode(value);

  it('goes by content', () => {
    expect(sniff(bytes(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), 'a.csv')).toEqual({ kind: 'picture', format: 'png' });
    expect(sniff(bytes(0xff, 0xd8, 0xff, 0xe0), 'a.txt')).toEqual({ kind: 'picture', format: 'jpeg' });
    expect(sniff(text('1,2\n'), 'a.png')).toEqual({ kind: 'text' });
    expect(sniff(text('BMW,Audi,Opel,Fiat,Seat\n1,2,3,4,5\n'), 'cars.csv')).toEqual({ kind: 'text' });
  });

  it.each([
    [text(''), /is empty/],
    [bytes(0x50, 0x4b, 3, 4, 0, 0), /Excel workbook/],
    [text('%PDF-1.7'), /a PDF/],
    [bytes(1, 2, 3, 0, 5, 0, 200, 201, 7), /looks binary/],
  ])('refuses what it cannot open, in words', (head, message) => {
    expect(() => sniff(head, 'file')).toThrow(message);
  });

  it('tells encodings apart', () => {
    expect(detectEncoding(text('é,ü\n'), 'f')).toEqual({ encoding: 'utf-8', mark: 0 });
    expect(detectEncoding(bytes(0xef, 0xbb, 0xbf, 0x61), 'f')).toEqual({ encoding: 'utf-8', mark: 3 });
    expect(detectEncoding(bytes(0x61, 0xe9, 0x2c, 0x31), 'f')).toEqual({ encoding: 'windows-1252', mark: 0 });
    expect(detectEncoding(bytes(0xff, 0xfe, 0x61, 0), 'f')).toEqual({ encoding: 'utf-16le', mark: 2 });
    expect(detectEncoding(bytes(0x31, 0, 0x2c, 0, 0x32, 0, 0x0a, 0), 'f')).toEqual({ encoding: 'utf-16le', mark: 0 });
    expect(detectEncoding(bytes(0, 0x31, 0, 0x2c, 0, 0x32, 0, 0x0a), 'f')).toEqual({ encoding: 'utf-16be', mark: 0 });
  });

  it('answers any bytes with a kind or an expected error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (head) => {
        try {
          sniff(head, 'file');
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('bitmaps', () => {
  const bmp = (width: number, height: number, bits: number, pixels: number[], palette: number[] = []) => {
    const offset = 54 + palette.length;
    const file = new Uint8Array(offset + pixels.length);
    const view = new DataView(file.buffer);
    file.set([0x42, 0x4d]);
    view.setUint32(2, file.length, true);
    view.setUint32(10, offset, true);
    view.setUint32(14, 40, true);
    view.setInt32(18, width, true);
    view.setInt32(22, height, true);
    view.setUint16(26, 1, true);
    view.setUint16(28, bits, true);
    file.set(palette, 54);
    file.set(pixels, offset);
    return file;
  };

  it('decodes 24 bits, bottom row first', () => {
    const { rgb, width, height } = decodeBmp(bmp(1, 2, 24, [1, 2, 3, 0, 4, 5, 6, 0]));
    expect([width, height, ...rgb]).toEqual([1, 2, 6, 5, 4, 3, 2, 1]);
  });
  it('decodes top-down pictures and palettes', () => {
    const { rgb, grey } = decodeBmp(bmp(2, -1, 8, [1, 0, 0, 0], [10, 20, 30, 0, 40, 50, 60, 0]));
    expect([...rgb]).toEqual([60, 50, 40, 30, 20, 10]);
    expect(grey).toBe(false);
  });
  it('decodes one bit per pixel as grey', () => {
    const { rgb, grey } = decodeBmp(bmp(3, 1, 1, [0b10100000, 0, 0, 0], [0, 0, 0, 0, 255, 255, 255, 0]));
    expect([...rgb].filter((_, i) => i % 3 === 0)).toEqual([255, 0, 255]);
    expect(grey).toBe(true);
  });
  it('refuses damaged ones with an expected error only', () => {
    const good = bmp(
      3,
      2,
      24,
      Array.from({ length: 24 }, (_, i) => i),
    );
    fc.assert(
      fc.property(
        fc.nat(good.length),
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 4 }),
        (length, changes) => {
          const file = good.slice(0, length);
          for (const [at, value] of changes) if (at < file.length) file[at] = value;
          try {
            const { width, height } = parseBmpHeader(file);
            if (width * height < 1e6) decodeBmp(file);
          } catch (error) {
            expect(error).toBeInstanceOf(AppError);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
