/** Steps of a person in a notebook. */
import type { Locator, Page } from 'playwright-core';

/** Python's first start and a busy machine. */
export const python = { timeout: 60_000 };

export const cellAt = (page: Page, number: number): Locator =>
  page.getByRole('group', { name: new RegExp(`cell ${number}(?:,|$)`) });

export const outputOf = (page: Page, number: number): Locator =>
  page.getByRole('region', { name: `Output of cell ${number}` });

export const cells = (page: Page): Locator => page.getByRole('group', { name: / cell \d/ });

export async function newNotebook(page: Page): Promise<void> {
  await page.keyboard.press('Alt+m');
  await page.getByRole('heading', { name: 'Paste any NumPy tutorial' }).waitFor();
}

/** A code cell at the end, with the cursor behind its text; its number. */
export async function addCell(page: Page, code: string): Promise<number> {
  const number = (await cells(page).count()) + 1;
  await page.getByRole('button', { name: number === 1 ? '+ Code' : '+ Code cell', exact: true }).click();
  await cellAt(page, number).getByRole('textbox').waitFor();
  await page.keyboard.insertText(code);
  return number;
}

/** Runs a new cell at the end; its number. `done` is what its count shows then. */
export async function runCell(page: Page, code: string, done: RegExp = /\[\d+\]/): Promise<number> {
  const number = await addCell(page, code);
  await page.keyboard.press('Control+Enter');
  await cellAt(page, number)
    .getByRole('button', { name: `Run cell ${number}` })
    .getByText(done)
    .waitFor(python);
  return number;
}
