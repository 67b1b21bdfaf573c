/** What people do in many journeys, by the names they see. */
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

/** Types a matrix in the dialog for it. */
export async function typeMatrix(page: Page, text: string, name: string): Promise<void> {
  await page.keyboard.press('Alt+n');
  const dialog = page.getByRole('dialog', { name: /New matrix/i });
  await dialog
    .getByRole('textbox', { name: /values|entries|matrix/i })
    .first()
    .fill(text);
  await dialog.getByRole('textbox', { name: /^name/i }).fill(name);
  await dialog.getByRole('button', { name: /^(create|add)/i }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Opens files through the File menu's dialog. */
export async function openFiles(app: App, ...paths: string[]): Promise<void> {
  await app.chooseFiles(paths, () => app.page.keyboard.press('Control+o'));
}

export function importDialog(page: Page): Locator {
  return page.getByRole('dialog', { name: /import/i });
}

export async function confirmImport(page: Page): Promise<void> {
  const dialog = importDialog(page);
  await dialog.getByRole('button', { name: /^Import/ }).click();
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
