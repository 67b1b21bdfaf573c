/** The grid as a place to work: clipboard, fill, rows and columns, names, what a dtype cannot hold. */
import { type Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { browserEndsAfterwards, journey } from './journey.ts';
import { cell, showView, typeMatrix } from './steps.ts';

browserEndsAfterwards();

const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
const put = (page: Page, text: string): Promise<void> => page.evaluate((t) => navigator.clipboard.writeText(t), text);
const number = (page: Page, row: number, column: number) => async (): Promise<number> =>
  Number(await cell(page, row, column).textContent({ timeout: 2000 }));
const size = (page: Page) => async (): Promise<string> => {
  const grid = page.getByRole('grid');
  const [rows, columns] = [await grid.getAttribute('aria-rowcount'), await grid.getAttribute('aria-colcount')];
  return `${Number(rows) - 1} × ${Number(columns) - 1}`;
};

describe('working in the grid', () => {
  journey('typing goes on from cell to cell, with expressions', async ({ page }) => {
    await typeMatrix(page, '0 0 0; 0 0 0', 'A');
    await showView(page, 'Grid');
    await cell(page, 0, 0).click();
    for (const text of ['1', '2/3', '-1e-3']) {
      await page.keyboard.type(text);
      await page.keyboard.press('Tab');
    }
    await cell(page, 1, 0).click();
    await page.keyboard.type('sqrt(2)');
    await page.keyboard.press('Enter');
    await expect.poll(number(page, 0, 0)).toBe(1);
    await expect.poll(number(page, 0, 1)).toBe(0.6667);
    await expect.poll(number(page, 0, 2)).toBe(-0.001);
    await expect.poll(number(page, 1, 0)).toBe(1.4142);
    await cell(page, 1, 0).click();
    await page.keyboard.press('F2');
    await page.keyboard.type('9');
    await page.keyboard.press('Escape');
    expect(await number(page, 1, 0)()).toBe(1.4142);
    await page.keyboard.press('Delete');
    await expect.poll(number(page, 1, 0)).toBe(0);
  });

  journey('cells are copied for spreadsheets and for code, cut, filled and cleared', async ({ page }) => {
    await typeMatrix(page, '1 2.5; 3 4; 5 6', 'B');
    await showView(page, 'Grid');
    await cell(page, 0, 0).click();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    await expect.poll(() => clipboard(page)).toBe('1\t2.5\n3\t4\n5\t6');
    await page.getByRole('button', { name: 'Copy as' }).click();
    await page.getByRole('menuitem', { name: 'NumPy array' }).click();
    await expect
      .poll(() => clipboard(page))
      .toBe('np.array([[1.0, 2.5],\n          [3.0, 4.0],\n          [5.0, 6.0]])');

    await cell(page, 0, 1).click();
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Control+d');
    await expect.poll(number(page, 2, 1)).toBe(2.5);
    await page.keyboard.press('Control+x');
    await expect.poll(number(page, 1, 1)).toBe(0);
    expect(await clipboard(page)).toBe('2.5\n2.5\n2.5');
    await page.keyboard.type('7');
    await page.keyboard.press('Control+Enter');
    await expect.poll(number(page, 2, 1)).toBe(7);
    await page.keyboard.press('Control+z');
    await expect.poll(number(page, 2, 1)).toBe(0);
  });

  journey('a paste beyond the edge asks, and nothing is pasted that is no number', async ({ page }) => {
    await typeMatrix(page, '1 2; 3 4', 'C');
    await showView(page, 'Grid');
    await cell(page, 1, 1).click();
    await put(page, '5\t6\n7\t8');
    await page.keyboard.press('Control+v');
    await page.getByRole('button', { name: 'Paste what fits' }).click();
    await expect.poll(number(page, 1, 1)).toBe(5);
    expect(await size(page)()).toBe('2 × 2');
    await page.keyboard.press('Control+v');
    await page.getByRole('button', { name: 'Make the matrix larger' }).click();
    await expect.poll(number(page, 2, 2)).toBe(8);
    expect(await size(page)()).toBe('3 × 3');
    await put(page, '1\tx');
    await page.keyboard.press('Control+v');
    expect(await page.getByRole('alert').first().textContent()).toContain('Row 1, column 2 of the clipboard');
    expect(await number(page, 1, 1)()).toBe(5);
  });

  journey('rows and columns are inserted, deleted and named', async ({ page }) => {
    await typeMatrix(page, '1 2; 3 4', 'D');
    await showView(page, 'Grid');
    await cell(page, 0, 0).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Insert row above' }).click();
    await expect.poll(size(page)).toBe('3 × 2');
    await expect.poll(number(page, 1, 0)).toBe(1);
    await page.keyboard.press('Control+z');
    await expect.poll(size(page)).toBe('2 × 2');
    await page.getByRole('button', { name: 'Insert' }).click();
    await page.getByRole('menuitem', { name: 'Delete column' }).click();
    await expect.poll(size(page)).toBe('2 × 1');
    await page.getByRole('grid').getByRole('columnheader').first().dblclick();
    await page.getByRole('textbox', { name: 'Name of column 0' }).fill('height');
    await page.keyboard.press('Enter');
    await page.getByRole('columnheader', { name: 'height' }).waitFor();
    await page.keyboard.press('Control+g');
    await page.getByRole('textbox', { name: 'Go to cell' }).fill('1, height');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Value of D[1, 0]' }).waitFor();
  });

  journey('whole numbers stay whole, and what does not fit is refused beside the cell', async ({ page }) => {
    await page.keyboard.press('Alt+n');
    const dialog = page.getByRole('dialog', { name: 'New matrix' });
    await dialog.getByLabel('Numbers').fill('1 2; 3 4');
    await dialog.getByLabel('Name').fill('I');
    await dialog.getByLabel('dtype').selectOption('uint8');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await showView(page, 'Grid');
    await cell(page, 0, 0).click();
    await page.keyboard.type('2.7');
    await page.keyboard.press('Enter');
    await expect.poll(number(page, 0, 0)).toBe(2);
    await page.getByText('2.7 is stored as 2').waitFor();
    await page.keyboard.type('300');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'Python integer 300 out of bounds for uint8' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await number(page, 1, 0)()).toBe(3);
  });
});
