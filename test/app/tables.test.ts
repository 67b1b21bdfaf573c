/** Tables: every common dialect is detected, can be corrected before the import, and becomes a matrix with names. */
import { describe, expect } from 'vitest';
import { browserEndsAfterwards, journey } from './journey.ts';
import { bigTable, write } from './sample-files.ts';
import { cell, confirmImport, dropFile, importDialog, openFiles, showView, valueAt, variable } from './steps.ts';

browserEndsAfterwards();

const dialects: { what: string; file: string; text: string | Uint8Array; columns: string[]; first: number[] }[] = [
  {
    what: 'a comma-separated table with a header',
    file: 'plain.csv',
    text: 'a,b,c\n1,2.5,-3\n4,5,6e-2\n7,8,9\n',
    columns: ['a', 'b', 'c'],
    first: [1, 2.5, -3],
  },
  {
    what: 'a tab-separated table',
    file: 'tabs.tsv',
    text: 'width\theight\n1.5\t2\n3\t4\n5\t6\n',
    columns: ['width', 'height'],
    first: [1.5, 2],
  },
  {
    what: 'a table with semicolons and decimal commas',
    file: 'europe.csv',
    text: 'Länge;Breite\n1,5;2,25\n3,75;-4,5\n0,5;1\n',
    columns: ['Länge', 'Breite'],
    first: [1.5, 2.25],
  },
  {
    what: 'quoted fields with separators and quotes inside',
    file: 'quoted.csv',
    text: '"x, in ""mm""","y"\r\n"1.5","2"\r\n"3","4"\r\n"5","6"\r\n',
    columns: ['x, in "mm"', 'y'],
    first: [1.5, 2],
  },
  {
    what: 'a byte order mark',
    file: 'bom.csv',
    text: Buffer.from('\uFEFFα,β\n1,2\n3,4\n5,6\n', 'utf8'),
    columns: ['α', 'β'],
    first: [1, 2],
  },
  {
    what: 'UTF-16 from a spreadsheet',
    file: 'utf16.csv',
    text: Buffer.from('\uFEFFp\tq\r\n1\t2\r\n3\t4\r\n', 'utf16le'),
    columns: ['p', 'q'],
    first: [1, 2],
  },
];

describe('a table', () => {
  for (const { what, file, text, columns, first } of dialects) {
    journey(`with ${what} is understood as it stands`, async (app) => {
      const { page, home } = app;
      await openFiles(app, write(home, file, text));
      const dialog = importDialog(page);
      await dialog.waitFor();
      for (const name of columns) await dialog.getByText(name, { exact: true }).first().waitFor();
      await confirmImport(page);
      const name = file.replace(/\..*/, '');
      await variable(
        page,
        new RegExp(`^${name}, float64 \\d+ × ${columns.length}, ${file.replace('.', '\\.')}`),
      ).waitFor();
      const grid = page.getByRole('grid');
      for (const column of columns) await grid.getByText(column, { exact: true }).waitFor();
      for (const [i, value] of first.entries()) expect(Number(await valueAt(page, name, 0, i))).toBe(value);
    });
  }

  journey('without a header keeps its first row as numbers', async (app) => {
    const { page, home } = app;
    await openFiles(app, write(home, 'bare.csv', '1,2\n3,4\n5,6\n'));
    await confirmImport(page);
    await variable(page, /^bare, float64 3 × 2/).waitFor();
    expect(await valueAt(page, 'bare', 0, 0)).toMatch(/^1(\.0)?$/);
  });

  journey('can be corrected in the preview before it is imported', async (app) => {
    const { page, home } = app;
    // Semicolons and decimal commas are found; the person tries another reading, and comes back.
    await openFiles(app, write(home, 'ambiguous.csv', '1,5;2,5\n3,5;4,5\n5,5;6,5\n'));
    const dialog = importDialog(page);
    await dialog.waitFor();
    const table = dialog.getByRole('region', { name: 'First rows of the table' });
    expect(await dialog.getByLabel('Delimiter').inputValue()).toBe(';');
    expect(await dialog.getByLabel('Decimal sign').inputValue()).toBe(',');
    expect(await dialog.getByLabel('First row', { exact: true }).inputValue()).toBe('values');
    await dialog.getByLabel('Decimal sign').selectOption('.');
    await dialog.getByText('0 of 2 columns').waitFor();
    await dialog.getByLabel('Delimiter').selectOption(',');
    await dialog.getByText(/of 3 columns/).waitFor();
    await dialog.getByLabel('Delimiter').selectOption(';');
    await dialog.getByLabel('Decimal sign').selectOption(',');
    await dialog.getByText('2 of 2 columns').waitFor();
    await dialog.getByLabel('First row', { exact: true }).selectOption('names');
    await table.getByRole('columnheader', { name: /1,5/ }).waitFor();
    await dialog.getByLabel('First row', { exact: true }).selectOption('values');
    await dialog.getByLabel('Skip lines').fill('1');
    await expect.poll(() => table.getByText('1,5').count()).toBe(0);
    await confirmImport(page);
    await variable(page, /^ambiguous, float64 2 × 2/).waitFor();
    expect(await valueAt(page, 'ambiguous', 0, 0)).toBe('3.5');
  });

  journey('with words and missing values imports its numbers and counts what is missing', async (app) => {
    const { page, home } = app;
    await openFiles(app, write(home, 'mixed.csv', 'name,height,weight\nAnn,1.7,60\nBob,,80\nCem,1.8,NA\nDee,1.6,55\n'));
    const dialog = importDialog(page);
    await dialog.waitFor();
    await dialog.getByText(/text/i).first().waitFor();
    await dialog
      .getByText(/missing/i)
      .first()
      .waitFor();
    await confirmImport(page);
    await variable(page, /^mixed, float64 4 × 2/).waitFor();
    expect(await valueAt(page, 'mixed', 1, 0)).toBe('nan');
    expect(await valueAt(page, 'mixed', 2, 1)).toBe('nan');
    expect(Number(await valueAt(page, 'mixed', 3, 1))).toBe(55);
  });

  journey('is dropped onto the window, and backing out leaves nothing behind', async (app) => {
    const { page, home } = app;
    await dropFile(page, write(home, 'dropped.csv', 'a,b\n1,2\n3,4\n'), 'text/csv');
    await importDialog(page).waitFor();
    await page.keyboard.press('Escape');
    await importDialog(page).waitFor({ state: 'hidden' });
    await page.getByRole('heading', { name: 'Open something, and look inside it' }).waitFor();
    await dropFile(page, write(home, 'again.csv', 'a,b\n1,2\n3,4\n'), 'text/csv');
    await confirmImport(page);
    await variable(page, /^again, float64 2 × 2/).waitFor();
  });

  journey(
    'named on the command line is opened at the start',
    async ({ page }) => {
      await importDialog(page).waitFor();
      await confirmImport(page);
      await variable(page, /^iris, float64 150 × 5/).waitFor();
    },
    { files: ['samples/iris.csv'] },
  );
});

describe('a large table', () => {
  journey(
    'of 40 MB is previewed at once, imported with progress, and every cell is right',
    async (app) => {
      const { page, home } = app;
      const table = await bigTable(home, 'large.csv', 40e6);
      await openFiles(app, table.path);
      const dialog = importDialog(page);
      await dialog.waitFor({ timeout: 10_000 });
      await dialog.getByRole('button', { name: 'Import', exact: true }).click();
      await page.getByRole('progressbar').first().waitFor();
      await variable(page, new RegExp(`^large, float64 ${table.rows} × 20`)).waitFor({ timeout: 60_000 });
      await showView(page, 'Grid');
      for (const [row, column] of [
        [table.rows - 1, 0],
        [table.rows - 1, 19],
        [Math.floor(table.rows / 3), 7],
      ] as const) {
        expect(Number(await valueAt(page, 'large', row, column))).toBe(table.cell(row, column));
      }
      await cell(page, Math.floor(table.rows / 3), 7).waitFor();
    },
    { timeout: 120_000 },
  );

  journey(
    'is cancelled in the middle of its import, and what was open stays',
    async (app) => {
      const { page, home } = app;
      const table = await bigTable(home, 'large.csv', 100e6);
      await openFiles(app, write(home, 'small.csv', 'a,b\n1,2\n3,4\n'));
      await confirmImport(page);
      await variable(page, /^small,/).waitFor();
      await openFiles(app, table.path);
      const dialog = importDialog(page);
      await dialog.waitFor({ timeout: 20_000 });
      // Two keys at once: a click waits for the button to stand still, and the import might be over by then.
      await dialog.getByRole('button', { name: 'Import', exact: true }).focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Escape');
      await expect.poll(() => page.getByRole('status').allTextContents(), { timeout: 10_000 }).toContain('Ready');
      if (await dialog.isVisible()) await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      await variable(page, /^small, float64 2 × 2/).waitFor();
      expect(await variable(page, /^large/).count()).toBe(0);
    },
    { timeout: 120_000 },
  );
});
