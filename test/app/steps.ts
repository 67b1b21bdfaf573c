/** What people do in many journeys, by the names they see. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect } from 'vitest';
import { type Locator, type Page } from 'playwright-core';
import { type App } from './launch.ts';

/** An entry of the workspace by the name a screen reader says: "iris, float64 150 × 5, iris.csv". */
export function variable(page: Page, name: RegExp): Locator {
  return page.getByRole('listbox', { name: 'Variables' }).getByRole('option', { name });
}

/** Opens a sample by its title through the palette. */
export async function openSample(page: Page, title: string): Promise<void> {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await palette.getByRole('combobox').fill(`sample ${title}`);
  await palette
    .getByRole('option', { name: new RegExp(title) })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await palette.waitFor({ state: 'hidden' });
}

export async function newMatrix(page: Page): Promise<Locator> {
  await page.keyboard.press('Alt+n');
  const dialog = page.getByRole('dialog', { name: 'New matrix' });
  await dialog.waitFor();
  return dialog;
}

/** Types a matrix in the dialog for it. */
export async function typeMatrix(page: Page, text: string, name: string): Promise<void> {
  const dialog = await newMatrix(page);
  await dialog.getByLabel('Numbers').fill(text);
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** A matrix of a kind and size, through the same dialog. */
export async function generate(page: Page, kind: string, rows: number, columns: number, name: string): Promise<void> {
  const dialog = await newMatrix(page);
  await dialog.getByRole('radio', { name: kind }).click();
  await dialog.getByLabel('Rows').fill(String(rows));
  await dialog.getByLabel('Columns').fill(String(columns));
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog.waitFor({ state: 'hidden', timeout: 60_000 });
}

/** Opens files through the File menu's dialog. */
export async function openFiles(app: App, ...paths: string[]): Promise<void> {
  await app.chooseFiles(paths, () => app.page.keyboard.press('Control+o'));
}

export function importDialog(page: Page): Locator {
  return page.getByRole('dialog', { name: /^Import / });
}

export async function confirmImport(page: Page): Promise<void> {
  const dialog = importDialog(page);
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await dialog.waitFor({ state: 'hidden', timeout: 60_000 });
}

export async function showView(page: Page, title: 'Grid' | 'Heat map' | 'Factor' | 'Image'): Promise<void> {
  await page.getByRole('tab', { name: title }).click();
  await page.getByRole('tab', { name: title, selected: true }).waitFor();
}

/** A value of the inspector by its label, once it is known. */
export async function inspected(page: Page, label: string): Promise<string> {
  const value = page
    .getByRole('complementary', { name: 'Inspector' })
    .getByRole('button', { name: new RegExp(`^${label}: `) });
  await value.waitFor({ timeout: 30_000 });
  return (await value.getAttribute('aria-label'))!.slice(label.length + 2);
}

/** The grid's cell at (row, column), counted from 0, while it is on screen. */
export function cell(page: Page, row: number, column: number): Locator {
  return page.getByRole('grid').locator(`[aria-rowindex="${row + 2}"] [aria-colindex="${column + 2}"]`);
}

/** Goes to a cell by its indices, one for each axis, and returns its full value from the formula bar. */
export async function valueAt(page: Page, name: string, ...indices: number[]): Promise<string> {
  await page.getByRole('grid', { name: `Values of ${name}` }).waitFor();
  await page.keyboard.press('Control+g');
  const target = page.getByRole('textbox', { name: 'Go to cell' });
  await target.fill(indices.join(', '));
  await target.press('Enter');
  await target.waitFor({ state: 'hidden' });
  const value = page.getByRole('textbox', { name: `Value of ${name}[${indices.join(', ')}]` });
  let text = '';
  // Empty until the cell has come from the compute process.
  await expect.poll(async () => (text = await value.inputValue()), { timeout: 10_000 }).not.toBe('');
  return text;
}

/** The numbers a chart shows, from its own table: one list per curve. */
export async function chartNumbers(page: Page, card: string): Promise<number[][]> {
  const section = page.getByRole('region', { name: card });
  // The switch is for the keyboard and screen readers; it shows itself when it has the focus.
  const swap = async (name: string): Promise<void> => {
    await section.getByRole('button', { name }).focus();
    await page.keyboard.press('Enter');
  };
  await swap('Show as table');
  const table = section.getByRole('table');
  await table.waitFor();
  const rows = await table
    .locator('tbody tr')
    .evaluateAll((elements) =>
      elements.map((row) => [...row.querySelectorAll('td')].map((td) => Number.parseFloat(td.textContent))),
    );
  await swap('Show as chart');
  return (rows[0] ?? []).map((_, curve) => rows.map((row) => row[curve]));
}

/** How many distinct colours a canvas shows, and its size: an empty or uniform one has drawn nothing. */
export async function canvasColours(canvas: Locator): Promise<number> {
  return canvas.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const context = (element as HTMLCanvasElement).getContext('2d');
    if (context === null || width === 0 || height === 0) return 0;
    const { data } = context.getImageData(0, 0, width, height);
    const colours = new Set<number>();
    for (let i = 0; i < data.length; i += 4) colours.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
    return colours.size;
  });
}

/** An error beside its cause: the note's text. */
export async function errorNote(page: Page, title: RegExp): Promise<string> {
  const note = page.getByRole('alert', { name: title });
  await note.waitFor({ timeout: 30_000 });
  return (await note.textContent()) ?? '';
}

/** Drops a file onto the window, as from the desktop. */
export async function dropFile(page: Page, path: string, type: string): Promise<void> {
  const name = basename(path);
  const data = readFileSync(path).toString('base64');
  const transfer = await page.evaluateHandle(
    ({ data, name, type }) => {
      const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
      const dropped = new DataTransfer();
      dropped.items.add(new File([bytes], name, { type }));
      return dropped;
    },
    { data, name, type },
  );
  const target = page.locator('main');
  await target.dispatchEvent('dragenter', { dataTransfer: transfer });
  await target.dispatchEvent('dragover', { dataTransfer: transfer });
  await target.dispatchEvent('drop', { dataTransfer: transfer });
}
