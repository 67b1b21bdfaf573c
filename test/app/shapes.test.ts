/** Arrays of every shape and kind in every view. */
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { browserEndsAfterwards, journey } from './journey.ts';
import { temporaryFolder } from './launch.ts';
import { newNotebook, python, runCell } from './notebook-steps.ts';
import { npy, write } from './sample-files.ts';
import {
  canvasColours,
  cell,
  dropFile,
  errorNote,
  openFiles,
  openSample,
  showView,
  valueAt,
  variable,
} from './steps.ts';

browserEndsAfterwards();

const drawn = (page: Page): Promise<string> =>
  map(page).evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
const map = (page: Page) => page.locator('.sheet canvas').first();

describe('an array', () => {
  journey('of many planes is looked at one plane after the other, counted from 0 or from 1', async (app) => {
    const { page } = app;
    const values = new Float64Array(3 * 4 * 40).map((_, index) => index);
    await openFiles(app, npy(temporaryFolder(), 'stack.npy', [3, 4, 40], values));
    await variable(page, /^stack, float64 3 × 4 × 40/).waitFor();
    await showView(page, 'Grid');
    expect(await valueAt(page, 'stack', 1, 2, 0)).toBe('240.0');
    const plane = page.getByRole('spinbutton', { name: 'Plane' });
    await plane.fill('39');
    await plane.press('Enter');
    await expect.poll(() => cell(page, 1, 2).textContent()).toBe('279');
    await plane.press('ArrowDown');
    await expect.poll(() => cell(page, 1, 2).textContent()).toBe('278');
    await plane.fill('900');
    await plane.press('Enter');
    await expect.poll(() => plane.inputValue()).toBe('39');
    await showView(page, 'Heat map');
    expect(await page.getByRole('spinbutton', { name: 'Plane' }).inputValue()).toBe('39');

    await page.getByRole('menuitem', { name: 'View' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Count rows and columns from 1' }).click();
    await showView(page, 'Grid');
    await expect.poll(() => page.getByRole('spinbutton', { name: 'Plane' }).inputValue()).toBe('40');
    await page.getByRole('textbox', { name: 'Value of stack[2, 3, 40]' }).waitFor();
    // A few planes are a switch.
    await openFiles(app, npy(temporaryFolder(), 'pair.npy', [2, 2, 2], Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8)));
    await variable(page, /^pair,/).waitFor();
    await page.getByRole('radiogroup', { name: 'Plane' }).getByRole('radio', { name: '2' }).click();
    await expect.poll(() => cell(page, 0, 0).textContent()).toBe('2');
  });

  journey('without cells is refused by its shape, and a single number is a matrix of one', async (app) => {
    const { page } = app;
    const folder = temporaryFolder();
    await dropFile(page, npy(folder, 'none.npy', [0, 3], new Float64Array(0)), 'application/octet-stream');
    expect(await errorNote(page, /none\.npy/)).toMatch(/empty array, shape \(0, 3\)/);
    await dropFile(page, npy(folder, 'wide.npy', [3, 0], new Float64Array(0)), 'application/octet-stream');
    expect(await errorNote(page, /wide\.npy/)).toMatch(/shape \(3, 0\)/);
    await dropFile(page, npy(folder, 'number.npy', [], Float64Array.of(3.5)), 'application/octet-stream');
    await variable(page, /^number, float64 1 × 1/).waitFor();
    await showView(page, 'Grid');
    expect(await valueAt(page, 'number', 0, 0)).toBe('3.5');
    await dropFile(page, npy(folder, 'line.npy', [5], Float64Array.of(1, 2, 3, 4, 5)), 'application/octet-stream');
    await variable(page, /^line, float64 5/).waitFor();
    expect(await valueAt(page, 'line', 4)).toBe('5.0');
    await showView(page, 'Heat map');
    await expect.poll(() => canvasColours(map(page))).toBeGreaterThan(4);
    await showView(page, 'Factor');
    await page.getByText('A vector has no factors of its own').waitFor();
  });

  journey('of true and false, of complex numbers, of a million rows or columns is shown in every view', async (app) => {
    const { page } = app;
    await newNotebook(page);
    await runCell(
      page,
      [
        'import numpy as np',
        'truth = np.eye(3, dtype=bool)',
        'waves = np.exp(2j * np.pi * np.outer(np.arange(4), np.arange(4)) / 4)',
        'long = np.zeros((10**6, 3)); long[:, 0] = np.arange(10**6)',
        'wide = long.T.copy()',
        'words = np.array(["ab", "cde"])',
      ].join('\n'),
    );
    await variable(page, /^truth, bool 3 × 3/).click();
    await showView(page, 'Grid');
    expect(await valueAt(page, 'truth', 1, 1)).toBe('True');
    await variable(page, /^waves, complex128 4 × 4/).click();
    await showView(page, 'Grid');
    expect(await valueAt(page, 'waves', 1, 2)).toMatch(/^-1\.0[+-].*j$/);
    await showView(page, 'Factor');
    await page
      .getByText(/multiple of an orthogonal matrix|All values are equal/)
      .first()
      .waitFor(python);
    await variable(page, /^long, float64 1000000 × 3/).click();
    await showView(page, 'Grid');
    expect(await valueAt(page, 'long', 999_999, 0)).toBe('999999.0');
    await variable(page, /^wide, float64 3 × 1000000/).click();
    await showView(page, 'Grid');
    expect(await valueAt(page, 'wide', 0, 999_999)).toBe('999999.0');
    await showView(page, 'Heat map');
    await expect.poll(() => canvasColours(map(page)), python).toBeGreaterThan(50);
    // Text is Python's alone; a file of it says what to do.
    expect(await variable(page, /^words,/).count()).toBe(0);
    const strings = Buffer.concat([
      Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]),
      Buffer.from(`${"{'descr': '<U2', 'fortran_order': False, 'shape': (1,), }".padEnd(117)}\n`, 'latin1'),
      Buffer.alloc(8),
    ]);
    await openFiles(app, write(temporaryFolder(), 'words.npy', strings));
    expect(await errorNote(page, /words\.npy/)).toMatch(/holds text/);
  });
});

describe('Ctrl and the wheel, and a pinch', () => {
  const wheel = (page: Page, selector: string, deltaY: number, times: number): Promise<boolean> =>
    page
      .locator(selector)
      .first()
      .evaluate(
        (element, { deltaY, times }) => {
          const { left, top, width, height } = element.getBoundingClientRect();
          const place = { clientX: left + width / 2, clientY: top + height / 2 };
          let taken = true;
          for (let i = 0; i < times; i++) {
            const turn = new WheelEvent('wheel', { ...place, deltaY, ctrlKey: true, bubbles: true, cancelable: true });
            taken &&= !element.dispatchEvent(turn);
          }
          return taken;
        },
        { deltaY, times },
      );

  journey('zoom the heat map by a bearable step, and not the page', async ({ page }) => {
    await openSample(page, 'Handwritten digits');
    await variable(page, /^digits,/).waitFor();
    await showView(page, 'Heat map');
    await expect.poll(() => canvasColours(map(page))).toBeGreaterThan(10);
    // Exact tiles follow the first ones.
    let whole = '';
    await expect.poll(async () => whole === (whole = await drawn(page)), { interval: 400 }).toBe(true);
    expect(await wheel(page, '.sheet canvas', -120, 1)).toBe(true);
    await expect.poll(() => drawn(page)).not.toBe(whole);
    expect(await wheel(page, '.sheet canvas', -8, 40)).toBe(true);
    await page.getByRole('button', { name: /^fit/i }).click();
    await expect.poll(() => drawn(page)).toBe(whole);
    expect(await page.evaluate(() => visualViewport?.scale)).toBe(1);
  });

  journey('zoom a picture', async ({ page }) => {
    await openSample(page, 'Valley');
    await variable(page, /^valley,/).waitFor();
    const stage = page.locator('.stage').first();
    await stage.waitFor();
    await expect.poll(() => canvasColours(page.locator('.stage canvas').first()), python).toBeGreaterThan(50);
    const before = await page.locator('.stage canvas').first().screenshot();
    expect(await wheel(page, '.stage', -8, 30)).toBe(true);
    await expect
      .poll(async () => (await page.locator('.stage canvas').first().screenshot()).equals(before), python)
      .toBe(false);
  });
});
