import { describe, expect, it } from 'vitest';
import type { ColumnType, TablePreview } from '#shared/contract.ts';
import { chosenColumns, importSentence } from '#renderer/import/import-plan.ts';
import { freeName, isPythonName, nameOfFile, nameProblem } from '#renderer/import/python-name.ts';

const preview = (types: ColumnType[], more: Partial<TablePreview> = {}): TablePreview => ({
  file: 'f',
  name: 'iris.csv',
  size: 2734,
  options: { delimiter: ',', decimal: '.', header: true, skip: 0, encoding: 'utf-8', columns: null, missing: 'nan' },
  columns: types.map((type, i) => ({ name: `c${i}`, type, missing: 0, invalid: 0 })),
  rows: Array.from({ length: 100 }, () => []),
  total_rows: 150,
  warnings: [],
  problem: null,
  ...more,
});

describe('what an import makes', () => {
  it('takes every numeric column unless told otherwise', () => {
    const table = preview(['number', 'text', 'number', 'empty']);
    expect(chosenColumns(table, null)).toEqual([0, 2]);
    expect(chosenColumns(table, [2, 9])).toEqual([2]);
  });

  it('says shape, dtype, size and what is left out', () => {
    const table = preview(['number', 'number', 'number', 'number', 'text']);
    expect(importSentence(table, null, 'nan')).toBe('150 × 4 float64, 4.8 kB. Left out: c4 (text).');
    expect(importSentence(table, [0], 'nan')).toBe(
      '150 × 1 float64, 1.2 kB. Left out: c1 (not chosen), c2 (not chosen), c3 (not chosen) and 1 more.',
    );
    expect(importSentence(table, [], 'nan')).toBe('No column is chosen.');
  });

  it('speaks of missing cells only where there are some, and of what it has not seen', () => {
    const table = preview(['number']);
    (table.columns[0] as { missing: number }).missing = 1;
    expect(importSentence(table, null, 'nan')).toBe('150 × 1 float64, 1.2 kB. 1 missing cell becomes nan so far.');
    expect(importSentence(table, null, 'drop-row')).toBe(
      'At most 150 × 1 float64, 1.2 kB. Rows with a missing cell are left out.',
    );
    expect(importSentence({ ...table, total_rows: null }, null, 'zero')).toBe(
      '1 column of float64. 1 missing cell becomes 0 so far.',
    );
  });
});

describe('names', () => {
  it.each([
    ['iris.csv', 'iris'],
    ['2024 sales (final).csv', '_2024_sales_final'],
    ['class.csv', 'class_'],
    ['größe.tsv', 'größe'],
    ['---.csv', 'table'],
    ['wine.csv', 'wine2'],
  ])('%s suggests %s', (file, name) => {
    expect(nameOfFile(file, ['wine'])).toBe(name);
    expect(isPythonName(name)).toBe(true);
  });

  it('says what is wrong with one', () => {
    expect(nameProblem('x1', [])).toBeNull();
    expect(nameProblem('1x', [])).toBe('A name cannot begin with a digit');
    expect(nameProblem('for', [])).toBe("for is a word of Python's own");
    expect(nameProblem('a b', [])).toBe('Letters, digits and _ make a name');
    expect(nameProblem('A', ['A'])).toBe('The name A is taken');
    expect(freeName('A', ['A', 'A2'])).toBe('A3');
  });
});
