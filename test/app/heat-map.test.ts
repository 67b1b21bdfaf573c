/** The heat map: the whole matrix at once, the value under the pointer, zoom and pan. */
import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { type Locator, type Page } from 'playwright-core';
import { browserEndsAfterwards, journey } from './journey.ts';
import { canvasColours, generate, openSample, showView, variable } from './steps.ts';

browserEndsAfterwards();

const map = (page: Page): Locator => page.locator('main canvas').first();

async function drawn(page: Page): Promise<string> {
  await expect.poll(() => canvasColours(map(page))).toBeGreaterThan(3);
  return map(page).evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
}

describe('the heat map', () => {
  journey('shows the whole of a matrix and the value under the pointer', async ({ page }) => {
    await openSample(page, 'Hilbert matrix');
    await variable(page, /^hilbert,/).waitFor();
    await showView(page, 'Heat map');
    await drawn(page);
    const box = (await map(page).boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page
      .getByText(/hilbert\[\d, \d\]/)
      .first()
      .waitFor();
    const text = (await page
      .getByText(/hilbert\[\d, \d\]/)
      .first()
      .textContent())!;
    const [, row, column] = /\[(\d), (\d)\]/.exec(text)!;
    const readout = page
      .locator('main')
      .getByText(/hilbert\[\d, \d\]/)
      .first()
      .locator('xpath=..');
    const value = (await readout.textContent())!.replace(/.*\]/s, '');
    expect(Number.parseFloat(value.replace(/[^\d.e-]/g, ''))).toBeCloseTo(1 / (Number(row) + Number(column) + 1), 3);
  });

  journey('is zoomed with the wheel, moved, and fitted again', async ({ page }) => {
    await openSample(page, 'Handwritten digits');
    await variable(page, /^digits,/).waitFor();
    await showView(page, 'Heat map');
    const whole = await drawn(page);
    const box = (await map(page).boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    for (let i = 0; i < 6; i += 1) await page.mouse.wheel(0, -240);
    await expect.poll(() => drawn(page)).not.toBe(whole);
    await page.waitForTimeout(300);
    const zoomed = await drawn(page);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 + 80, box.y + box.height / 2 + 60, { steps: 8 });
    await page.mouse.up();
    await expect.poll(() => drawn(page)).not.toBe(zoomed);
    await page.getByRole('button', { name: /^fit/i }).click();
    await expect.poll(() => drawn(page)).toBe(whole);
  });

  journey('of nine million cells is drawn from down-sampled tiles', async ({ page }) => {
    await generate(page, 'Identity', 3000, 3000, 'I');
    await variable(page, /^I, float64 3000 × 3000/).waitFor();
    await showView(page, 'Heat map');
    await expect.poll(() => canvasColours(map(page))).toBeGreaterThan(1);
  });

  journey('is saved as a picture of what is shown', async (app) => {
    const { page } = app;
    await openSample(page, 'Film ratings');
    await variable(page, /^ratings,/).waitFor();
    await showView(page, 'Heat map');
    await drawn(page);
    const path = await app.save(() => page.getByRole('button', { name: 'Save PNG' }).click());
    const png = readFileSync(path);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    const box = (await map(page).boundingBox())!;
    expect(png.readUInt32BE(16)).toBeGreaterThan(box.width);
    expect(png.readUInt32BE(20)).toBeGreaterThan(box.height);
  });
});
