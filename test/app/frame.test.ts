/** The window itself: first run, menus, shortcuts, palette, theme, small screens. */
import { describe, expect } from 'vitest';
import { type Page } from 'playwright-core';
import { brokenStructure, fitsAcross, unnamedControls } from './accessibility.ts';
import { browserEndsAfterwards, journey } from './journey.ts';
import { openSample, typeMatrix, variable } from './steps.ts';

browserEndsAfterwards();

describe('the first run', () => {
  journey('invites to open, type, drop or try, and a sample is two clicks away', async ({ page }) => {
    await page.getByRole('heading', { name: 'Open something, and look inside it' }).waitFor();
    for (const name of [/Open a file/, /Type a matrix/]) await page.getByRole('button', { name }).waitFor();
    await page.getByText('Drop a file anywhere').waitFor();
    expect(await unnamedControls(page)).toEqual([]);
    await page.getByRole('button', { name: /Iris flowers/ }).click();
    await variable(page, /^iris, float64 150 × 5/).waitFor();
    await page.getByRole('tab', { name: 'Grid', selected: true }).waitFor();
    expect(await page.title()).toBe('iris – Eigenscope');
  });

  journey('says which BLAS computes, with its core and threads', async ({ page }) => {
    const blas = page.getByRole('contentinfo', { name: 'Status' }).getByRole('button', { name: /BLAS/ });
    expect(await blas.textContent()).toMatch(/^\s*OpenBLAS\s+\d+\.\d+\.\d+, \S+, \d+ threads?\s*$/);
    await blas.click();
    const about = page.getByRole('dialog', { name: 'About' });
    await about.getByText(/-bit integers/).waitFor();
    await about.getByText(/one job may take/).waitFor();
    await page.keyboard.press('Escape');
    await about.waitFor({ state: 'hidden' });
  });
});

describe('menus, shortcuts and the palette', () => {
  journey('the menus open with the mouse and with the keyboard', async ({ page }) => {
    await page.getByRole('menuitem', { name: 'File' }).click();
    const file = page.getByRole('menu', { name: 'File' });
    for (const name of [/^New matrix…/, /^Open…/, /^Open sample…/, /^Save as…/]) {
      await file.getByRole('menuitem', { name }).waitFor();
    }
    await page.keyboard.press('ArrowRight');
    const edit = page.getByRole('menu', { name: 'Edit' });
    for (const name of [/^Undo/, /^Redo/]) await edit.getByRole('menuitem', { name }).waitFor();
    await page.keyboard.press('Escape');
    await edit.waitFor({ state: 'hidden' });
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('F10');
    await page.keyboard.press('ArrowDown');
    await file.getByRole('menuitem', { name: /^New matrix…/ }).waitFor();
    await page.keyboard.press('Escape');
  });

  journey('the palette finds an action, a sample and a variable by a few letters', async ({ page }) => {
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Command palette' });
    const search = palette.getByRole('combobox');
    await search.fill('dürer');
    await palette.getByRole('option', { name: /magic square/ }).waitFor();
    await page.keyboard.press('Enter');
    await variable(page, /^magic, float64 4 × 4/).waitFor();

    await page.keyboard.press('Control+k');
    await search.fill('dupl');
    await palette.getByRole('option', { name: /^Duplicate/ }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => variable(page, /^magic.*4 × 4/).count()).toBe(2);

    await page.keyboard.press('Control+k');
    await search.fill('magic');
    await palette
      .getByRole('option', { name: /^magic/ })
      .first()
      .waitFor();
    await search.fill('zzzz');
    await palette.getByText('Nothing is called that').waitFor();
    expect(await unnamedControls(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await palette.waitFor({ state: 'hidden' });
  });

  journey('rename, duplicate, delete and undo from the keyboard', async ({ page }) => {
    await typeMatrix(page, '1 2; 3 4', 'A');
    await variable(page, /^A, float64 2 × 2/).click();
    await page.keyboard.press('F2');
    await page.getByRole('textbox', { name: 'New name of A' }).fill('rotation');
    await page.keyboard.press('Enter');
    await variable(page, /^rotation,/).waitFor();
    await page.keyboard.press('Delete');
    await variable(page, /^rotation,/).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await variable(page, /^rotation, float64 2 × 2/).waitFor();
    await page.keyboard.press('Control+z');
    await variable(page, /^A, float64 2 × 2/).waitFor();
    await page.keyboard.press('Control+Shift+Z');
    await variable(page, /^rotation,/).waitFor();
  });

  journey('the list of shortcuts names those of every menu', async ({ page }) => {
    await page.keyboard.press('F1');
    const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    for (const text of ['Open…', 'Undo', 'Command palette', 'Inspector panel']) {
      await list.getByText(text, { exact: true }).first().waitFor();
    }
  });
});

describe('the theme', () => {
  const background = (page: Page): Promise<string> =>
    page.evaluate(() => getComputedStyle(document.body).backgroundColor);

  journey('follows the system, can be chosen, and the choice survives a reload', async ({ page }) => {
    const light = await background(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(() => background(page)).not.toBe(light);
    const dark = await background(page);

    await page.getByRole('menuitem', { name: 'View' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Theme: light' }).click();
    await expect.poll(() => background(page)).toBe(light);
    await page.reload();
    await page.getByRole('menubar').waitFor();
    await expect.poll(() => background(page)).toBe(light);
    await page.keyboard.press('Alt+t');
    await expect.poll(() => background(page)).toBe(dark);
  });
});

describe('a small screen', () => {
  journey(
    'of 1024 × 700 has no horizontal clutter, and the inspector can be folded',
    async ({ page }) => {
      expect(await fitsAcross(page)).toBe(true);
      await openSample(page, 'Wines');
      for (const tab of ['Grid', 'Heat map', 'Factor']) {
        await page.getByRole('tab', { name: tab }).click();
        await page.getByRole('tab', { name: tab, selected: true }).waitFor();
        expect(await fitsAcross(page), tab).toBe(true);
        expect(await brokenStructure(page), tab).toEqual([]);
        const beyond = await page.evaluate(() =>
          [...document.querySelectorAll('main button, main [role=tab], footer button, header button')]
            .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
            .map((element) => element.outerHTML.slice(0, 120)),
        );
        expect(beyond, tab).toEqual([]);
      }
      await page.getByRole('button', { name: 'Inspector panel' }).click();
      await page.getByRole('button', { name: 'Workspace panel' }).click();
      expect(await fitsAcross(page)).toBe(true);
    },
    { size: { width: 1024, height: 700 } },
  );
});
