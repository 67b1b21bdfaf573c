import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellsAsText, parsePasted, type Cells, type ReadText } from '#renderer/grid/clipboard-text.ts';
import { parseMatrix } from '#engine/text/parse-matrix.ts';

const cells = (rows: number[][], more: Partial<Cells> = {}): Cells => ({
  rows: rows.length,
  columns: rows[0]?.length ?? 0,
  values: Float64Array.from(rows.flat()),
  imag: null,
  text: null,
  dtype: 'float64',
  names: null,
  ...more,
});
const show = (value: number): string => value.toFixed(2);

/** The reader of the compute process, without the process. */
const read: ReadText = (text) => {
  const array = parseMatrix(text, 'float64');
  return Promise.resolve({
    shape: [...array.shape],
    values: Float64Array.from([array.tolist()].flat(9) as number[]),
    imag: null,
  });
};

describe('copied cells', () => {
  const a = cells([
    [5.1, 3],
    [1e-7, NaN],
  ]);
  it('TSV for spreadsheets', () => expect(cellsAsText(a, 'tsv', show)).toBe('5.1\t3\n1e-07\tnan'));
  it('CSV with names', () =>
    expect(cellsAsText({ ...a, names: ['x', 'a, "b"'] }, 'csv', show)).toBe('x,"a, ""b"""\n5.1,3\n1e-07,nan'));
  it('NumPy', () => {
    expect(cellsAsText(a, 'numpy', show)).toBe('np.array([[5.1, 3.0],\n          [1e-07, np.nan]])');
    expect(cellsAsText(cells([[1, 255]], { dtype: 'uint8' }), 'numpy', show)).toBe(
      'np.array([[1, 255]], dtype=np.uint8)',
    );
    const z = cells([[1, 2]], { dtype: 'complex128', imag: Float64Array.of(-1, 0) });
    expect(cellsAsText(z, 'numpy', show)).toBe('np.array([[1-1j, 2+0j]])');
  });
  it('MATLAB', () => expect(cellsAsText(a, 'matlab', show)).toBe('[5.1 3;\n 1e-07 NaN]'));
  it('LaTeX as shown', () => {
    const shown = (x: number): string => (x === 3 ? '1/3' : x === 5.1 ? '1.2e-05' : Number.isNaN(x) ? 'nan' : '-inf');
    expect(cellsAsText(a, 'latex', shown)).toBe(
      '\\begin{bmatrix}\n  1.2 \\times 10^{-5} & \\frac{1}{3} \\\\\n  -\\infty & \\mathrm{NaN}\n\\end{bmatrix}',
    );
  });
  it('Markdown as shown', () =>
    expect(cellsAsText(cells([[1, 2]], { names: ['a', 'b|c'] }), 'markdown', show)).toBe(
      '| a | b\\|c |\n| ---: | ---: |\n| 1.00 | 2.00 |',
    ));
  it('exact integers stay exact', () =>
    expect(cellsAsText(cells([[2 ** 53]], { dtype: 'int64', text: ['9007199254740993'] }), 'tsv', show)).toBe(
      '9007199254740993',
    ));
});

describe('pasted text', () => {
  const rowsOf = async (text: string): Promise<number[][]> => {
    const { rows, columns, values } = await parsePasted(text, read);
    return Array.from({ length: rows }, (_, r) => [...values.subarray(r * columns, (r + 1) * columns)]);
  };

  it.each([
    [
      '1\t2\n3\t4\n',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      '1,2\r\n3,4',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      '1;2\n3;4',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      '1 2\n3 4',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['1,5\t2,25', [[1.5, 2.25]]],
    ['"1,234.5"\t2', [[1234.5, 2]]],
    ['2/3', [[2 / 3]]],
    ['1 + 1', [[2]]],
    [
      '[[1, 2], [3, 4]]',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      'np.array([[1., 2.],\n       [3., 4.]])',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      '[1 2; 3 4]',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      '[1 2;\n 3 4]',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['\uFEFF7', [[7]]],
  ])('%j', async (text, rows) => expect(await rowsOf(text)).toEqual(rows));

  it('empty cells become nan and are counted; a row of names is passed over', async () => {
    const pasted = await parsePasted('height\twidth\n1\t\n\t4', read);
    expect(pasted.names).toEqual(['height', 'width']);
    expect([...pasted.values]).toEqual([1, NaN, NaN, 4]);
    expect(pasted.empty).toBe(2);
  });

  it('says which cell is no number, and when rows differ', async () => {
    await expect(parsePasted('1\t2\n3\tabc', read)).rejects.toThrow(
      'Row 2, column 2 of the clipboard is no number: "abc"',
    );
    await expect(parsePasted('1\t2\n3', read)).rejects.toThrow('Row 2 of the clipboard has 1 cells');
    await expect(parsePasted('  ', read)).rejects.toThrow('nothing in the clipboard');
    await expect(parsePasted('1\t2\n3\t4', read, 3)).rejects.toThrow('3 can be pasted at once');
  });

  it('reads back what it copied, in every exact format', async () => {
    const number = fc.double({ noNaN: true });
    const table = fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
      .chain(([m, n]) => fc.array(fc.array(number, { minLength: n, maxLength: n }), { minLength: m, maxLength: m }));
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom('tsv' as const, 'csv' as const, 'numpy' as const, 'matlab' as const),
        async (rows, as) => {
          const back = await rowsOf(cellsAsText(cells(rows), as, show));
          expect(back.flat().map((x) => x + 0)).toEqual(rows.flat().map((x) => x + 0));
        },
      ),
    );
  });
});
