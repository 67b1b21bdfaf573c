/** The grid: any cell at once, editing with undo, large matrices that are never in the page as a whole. */
import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { browserEndsAfterwards, journey } from './journey.ts';
import { cell, generate, inspected, openSample, showView, typeMatrix, valueAt, variable } from './steps.ts';

browserEndsAfterwards();

describe('the grid', () => {
  journey('shows the values and the column names of a table', async ({ page }) => {
    await openSample(page, 'Iris flowers');
    await showView(page, 'Grid');
    const grid = page.getByRole('grid', { name: 'Values of iris' });
    await grid.getByText('petal length (cm)').waitFor();
    await expect.poll(async () => Number(await cell(page, 0, 0).textContent())).toBe(5.1);
    expect(await valueAt(page, 'iris', 149, 3)).toBe('1.8');
    await expect.poll(async () => Number(await cell(page, 149, 3).textContent())).toBe(1.8);
  });

  journey('is walked through with the keyboard', async ({ page }) => {
    await openSample(page, 'Wines');
    await showView(page, 'Grid');
    await cell(page, 0, 0).click();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('textbox', { name: 'Value of wine[1, 1]' }).waitFor();
    await page.keyboard.press('Control+End');
    await page.getByRole('textbox', { name: 'Value of wine[177, 12]' }).waitFor();
    await expect.poll(async () => Number(await cell(page, 177, 12).textContent())).toBe(560);
    await page.keyboard.press('Control+Home');
    await page.getByRole('textbox', { name: 'Value of wine[0, 0]' }).waitFor();
    await page.keyboard.press('PageDown');
    await expect.poll(() => cell(page, 0, 0).count()).toBe(0);
  });

  journey('takes edits, and undo and redo bring values back', async ({ page }) => {
    await typeMatrix(page, '1 2; 3 4', 'A');
    await showView(page, 'Grid');
    await cell(page, 0, 1).click();
    await page.keyboard.type('2.5');
    await page.keyboard.press('Enter');
    await expect.poll(() => cell(page, 0, 1).textContent()).toMatch(/^2\.50*$/);
    await expect.poll(() => inspected(page, 'Determinant')).toMatch(/^[-−]3\.5/);

    await page.keyboard.press('Control+z');
    await expect.poll(async () => Number(await cell(page, 0, 1).textContent())).toBe(2);
    await expect.poll(() => inspected(page, 'Determinant')).toMatch(/^[-−]2/);
    await page.keyboard.press('Control+Shift+Z');
    await expect.poll(async () => Number(await cell(page, 0, 1).textContent())).toBe(2.5);

    await cell(page, 1, 1).click();
    await page.keyboard.type('word');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').first().waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(async () => Number(await cell(page, 1, 1).textContent())).toBe(4);
  });

  journey('takes a block pasted from a spreadsheet, in one step of undo', async ({ page }) => {
    await typeMatrix(page, '0 0 0; 0 0 0; 0 0 0', 'Z');
    await showView(page, 'Grid');
    await cell(page, 1, 1).click();
    await page.evaluate(() => navigator.clipboard.writeText('1.5\t2\n3\t-4e-3\n'));
    await page.keyboard.press('Control+v');
    await expect.poll(() => valueAt(page, 'Z', 2, 2)).toMatch(/^[-−]0\.004$/);
    expect(await valueAt(page, 'Z', 1, 1)).toBe('1.5');
    await cell(page, 0, 0).click();
    await page.keyboard.press('Control+z');
    await expect.poll(async () => Number(await valueAt(page, 'Z', 2, 2))).toBe(0);
    expect(Number(await valueAt(page, 'Z', 1, 1))).toBe(0);
  });

  journey('changes how numbers are written, not what they are', async ({ page }) => {
    await typeMatrix(page, '0.123456789012345 1; 2 3', 'P');
    await showView(page, 'Grid');
    await page.getByRole('radio', { name: '1.23', exact: true }).click();
    await expect.poll(() => cell(page, 0, 0).textContent()).toBe('0.12');
    await page.getByRole('radio', { name: 'Full' }).click();
    await expect.poll(() => cell(page, 0, 0).textContent()).toBe('0.123456789012345');
    expect(await valueAt(page, 'P', 0, 0)).toBe('0.123456789012345');
  });

  journey('is saved as CSV with every digit and read back the same', async (app) => {
    const { page } = app;
    await typeMatrix(page, '0.1 2/3; -1e-300 123456789.12345679', 'D');
    const path = await app.save(async () => {
      await page.keyboard.press('Control+s');
      const dialog = page.getByRole('dialog', { name: 'Save D as' });
      await dialog.getByRole('radio', { name: 'CSV' }).click();
      await dialog.getByRole('button', { name: 'Save' }).click();
    });
    const rows = readFileSync(path, 'utf8')
      .trim()
      .split(/\r?\n/)
      .map((line) => line.split(',').map(Number));
    expect(rows.slice(-2)).toEqual([
      [0.1, 2 / 3],
      [-1e-300, 123456789.12345679],
    ]);
  });
});

describe('a large matrix', () => {
  // Its numbers can be foretold everywhere: entry (i, j) is 1 / (i + j + 1).
  for (const [rows, columns] of [
    [10_000, 10_000],
    [1_000_000, 50],
  ] as const) {
    journey(
      `of ${rows} × ${columns} shows its last cell at once, and the page stays small`,
      async ({ page }) => {
        await generate(page, 'Hilbert', rows, columns, 'H');
        await variable(page, new RegExp(`^H, float64 ${rows} × ${columns}`)).waitFor({ timeout: 60_000 });
        await showView(page, 'Grid');
        await expect.poll(async () => Number(await cell(page, 0, 1).textContent())).toBe(0.5);
        for (const [row, column] of [
          [rows - 1, columns - 1],
          [Math.floor(rows / 2), Math.floor(columns / 3)],
          [0, 0],
          [rows - 1, 0],
        ] as const) {
          expect(Number(await valueAt(page, 'H', row, column))).toBe(1 / (row + column + 1));
          await cell(page, row, column).waitFor();
        }
        expect(await page.getByRole('gridcell').count()).toBeLessThan(5000);
        const heap = await page.evaluate(
          () => (performance as unknown as { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize ?? 0,
        );
        expect(heap).toBeLessThan(150e6);
      },
      { timeout: 120_000 },
    );
  }
});
