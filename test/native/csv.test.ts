import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { countRows, type NumbersOptions, ParseControl, parseNumbers } from '#engine/kernels/csv.ts';

const folder = mkdtempSync(join(tmpdir(), 'eigenscope-csv-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

async function parse(text: string | Uint8Array, options: Partial<NumbersOptions> & { fields: number }, start = 0) {
  const path = join(folder, `${files++}.csv`);
  writeFileSync(path, text);
  const size = Buffer.byteLength(text);
  const full: NumbersOptions = { delimiter: ',', decimal: '.', columns: [...Array(options.fields).keys()], ...options };
  const { rows } = await countRows(path, start, size, full.delimiter);
  const out = new Float64Array(new SharedArrayBuffer(8 * rows * full.columns.length));
  const control = new ParseControl();
  const result = await parseNumbers(path, start, size, 1, full, out, control);
  expect(result.rows).toBe(rows);
  expect(control.done).toBe(size - start);
  return { out: [...out], ...result };
}

describe('parseNumbers', () => {
  test('reads rows, with and without a last line end, CRLF and blank lines', async () => {
    for (const text of ['1,2\n3,4\n', '1,2\n3,4', '1,2\r\n3,4\r\n', '\n1,2\n\n\r\n3,4\n\n']) {
      expect((await parse(text, { fields: 2 })).out).toEqual([1, 2, 3, 4]);
    }
  });

  test('keeps the columns asked for, in their order', async () => {
    expect((await parse('1,a,3\n4,b,6\n', { fields: 3, columns: [2, 0] })).out).toEqual([3, 1, 6, 4]);
  });

  test('understands decimal commas, tabs, bars and blanks', async () => {
    expect((await parse('1,5;-2,25\n', { fields: 2, delimiter: ';', decimal: ',' })).out).toEqual([1.5, -2.25]);
    expect((await parse('1\t2\n', { fields: 2, delimiter: '\t' })).out).toEqual([1, 2]);
    expect((await parse('1|2\n', { fields: 2, delimiter: '|' })).out).toEqual([1, 2]);
    expect((await parse('  1   2 \r\n3 4\n', { fields: 2, delimiter: ' ' })).out).toEqual([1, 2, 3, 4]);
  });

  test('quoted fields, doubled quotes, delimiters and line ends within', async () => {
    const found = await parse('"1","x,y",2\n"3","say ""hi""\nthere",4\n5,"",6\n', { fields: 3, columns: [0, 2] });
    expect(found.out).toEqual([1, 2, 3, 4, 5, 6]);
    expect((await parse('"1,5";2\n', { fields: 2, delimiter: ';', decimal: ',' })).out).toEqual([1.5, 2]);
    expect((await parse('5" pipe,1\n6" pipe,2\n', { fields: 2, columns: [1] })).out).toEqual([1, 2]);
  });

  test('missing cells, words for them, and what is no number', async () => {
    const found = await parse('1,,NA\nnan,x1,  3 \ninf,-Infinity,1e5\n', { fields: 3 });
    expect(found.out).toEqual([1, NaN, NaN, NaN, NaN, 3, Infinity, -Infinity, 1e5]);
    expect(found.missing).toEqual([1, 1, 1]);
    expect(found.invalid).toEqual([0, 1, 0]);
    expect(found.invalid_cells).toEqual([{ line: 2, column: 1, text: 'x1' }]);
  });

  test('reports ragged lines with their number', async () => {
    const found = await parse('1,2\n3\n\n4,5,6\n7,8\n', { fields: 2 });
    expect(found.out).toEqual([1, 2, 3, NaN, 4, 5, 7, 8]);
    expect(found.ragged).toEqual([
      { line: 2, fields: 1 },
      { line: 4, fields: 3 },
    ]);
    expect(found.ragged_total).toBe(2);
  });

  test('reads numbers to the last bit', async () => {
    const hard = [
      '0.1', '1e23', '9007199254740993', '123456789012345678901234567890', '2.2250738585072011e-308', '4.9e-324', '1e-400',
      '1.7976931348623157e308', '1e400', '-0.0', '+7', '.5', '5.', '1E+2', '0.000000000000000000000000000000000001',
      '179769313486231580793728971405301e276', '6.02214076e23', '0.30000000000000004', '8.41e21', '9.5e-23',
    ];
    const found = await parse(`${hard.join('\n')}\n`, { fields: 1 });
    expect(found.out).toEqual(hard.map(Number));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 200 }), async (numbers) => {
        expect((await parse(`${numbers.map((x) => (Object.is(x, -0) ? '-0' : String(x))).join('\n')}\n`, { fields: 1 })).out).toEqual(numbers);
      }),
      { numRuns: 30 },
    );
  });

  test('many segments, quoted or not, give every row its place', async () => {
    const lines: string[] = [];
    for (let i = 0; i < 400_000; i++) lines.push(`${i},${i / 8},text ${i},${-i}`);
    const plain = await parse(`${lines.join('\n')}\n`, { fields: 4, columns: [0, 3, 1] });
    const quoted = await parse(`${lines.map((line, i) => (i % 1000 === 7 ? line.replace(/text \d+/, '"a\n\nb"') : line)).join('\r\n')}`, { fields: 4, columns: [0, 3, 1] });
    for (const { out } of [plain, quoted]) {
      let wrong = 0;
      for (let i = 0; i < 400_000; i++) if (out[3 * i] !== i || out[3 * i + 1] !== 0 - i || out[3 * i + 2] !== i / 8) wrong++;
      expect(wrong).toBe(0);
    }
  });

  test('starts where it is told', async () => {
    expect((await parse('a,b\n1,2\n', { fields: 2 }, 4)).out).toEqual([1, 2]);
  });

  test('never fails on mutated bytes', async () => {
    const base = Buffer.from('1,2,3\n"4",5,6\r\n7,,x\n'.repeat(20));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(base.length - 1), fc.constantFrom(0, 10, 13, 34, 44, 255, 49)), { maxLength: 30 }),
        fc.nat(base.length),
        async (changes, length) => {
          const bytes = Buffer.from(base);
          for (const [at, byte] of changes) bytes[at] = byte;
          await parse(bytes.subarray(0, length), { fields: 3 });
        },
      ),
      { numRuns: 200 },
    );
  });

  test('can be cancelled, and says why it cannot read', async () => {
    const path = join(folder, 'large.csv');
    writeFileSync(path, '1,2\n'.repeat(1_000_000));
    const control = new ParseControl();
    control.cancel();
    const options: NumbersOptions = { delimiter: ',', decimal: '.', fields: 2, columns: [0, 1] };
    await expect(parseNumbers(path, 0, 4_000_000, 1, options, new Float64Array(10), control)).rejects.toMatchObject({ code: 'cancelled' });
    await expect(parseNumbers(path, 0, 4_000_000, 1, options, new Float64Array(10))).rejects.toMatchObject({ code: 'memory' });
    await expect(parseNumbers(path, 0, 5_000_000, 1, options, new Float64Array(10))).rejects.toMatchObject({ code: 'io' });
    await expect(countRows(join(folder, 'none.csv'), 0, 10, ',')).rejects.toMatchObject({ code: 'io' });
    await expect(parseNumbers(path, 0, 10, 1, { ...options, columns: [2] }, new Float64Array(10))).rejects.toMatchObject({ code: 'index' });
  });
});
