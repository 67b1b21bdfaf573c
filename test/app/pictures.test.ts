/** Photographs: opened from every format, compressed by rank, judged, saved and read back. */
import { statSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { type Page } from 'playwright-core';
import { scene } from '#worker/sample-scenes.ts';
import { browserEndsAfterwards, journey } from './journey.ts';
import { bmp, picture, psnr, readPicture } from './sample-files.ts';
import { canvasColours, chartNumbers, dropFile, openFiles, openSample, showView, variable } from './steps.ts';

browserEndsAfterwards();

const rank = (page: Page) => page.getByRole('slider', { name: 'Rank of the approximation' });

async function setRank(page: Page, k: number): Promise<void> {
  const typed = page.getByRole('textbox', { name: 'Rank of the approximation, typed' });
  await typed.fill(String(k));
  await typed.press('Enter');
  await expect.poll(() => rank(page).getAttribute('aria-valuenow')).toBe(String(k));
}

async function exact(page: Page): Promise<void> {
  await page.getByText(/^Exact, in /).waitFor({ timeout: 60_000 });
}

/** A value of the card "What it costs". */
async function cost(page: Page, label: string | RegExp): Promise<string> {
  const card = page.getByRole('region', { name: 'What it costs' });
  const line = card.locator('dl > div').filter({ hasText: label }).locator('dd:not(.estimate)');
  await line.waitFor({ timeout: 30_000 });
  return (await line.textContent())!.trim();
}

describe('a picture', () => {
  journey('is factored per channel and rebuilt while the slider moves', async ({ page }) => {
    await openSample(page, 'Valley');
    await variable(page, /^valley, uint8 800 × 1200 × 3/).waitFor({ timeout: 30_000 });
    await page.getByRole('tab', { name: 'Image', selected: true }).waitFor();
    await exact(page);

    const original = page.getByRole('img', { name: 'valley, original' });
    expect(await canvasColours(original)).toBeGreaterThan(1000);
    const pictures = new Set<string>();
    for (const k of [1, 5, 40, 300]) {
      await setRank(page, k);
      const layer = page.getByRole('img', { name: `rank ${k}`, exact: true });
      await layer.waitFor();
      pictures.add(await layer.evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL()));
    }
    expect(pictures.size).toBe(4);

    for (const name of ['Side by side', 'Difference', 'Divider']) {
      await page.getByRole('radio', { name }).click();
      await page
        .getByRole('img', { name: name === 'Difference' ? /Eight times the difference/ : 'valley, original' })
        .waitFor();
    }
    const curves = await chartNumbers(page, 'Singular values per channel');
    expect(curves).toHaveLength(3);
    for (const curve of curves) {
      expect(curve.length).toBeGreaterThanOrEqual(100);
      curve.slice(1).forEach((value, i) => expect(value).toBeLessThanOrEqual(curve[i]));
    }
  });

  journey('says what a rank costs, and warns where nothing is saved', async (app) => {
    const { page, home } = app;
    await openFiles(app, await picture(home, 'small.png', 'valley', 450, 300));
    await variable(page, /^small, uint8 300 × 450 × 3/).waitFor();
    await exact(page);
    await setRank(page, 40);
    // k(m + n + 1) / (m n) = 40 · 751 / 135,000
    expect(await cost(page, 'Stored size')).toMatch(/^22\.3/);
    expect(await cost(page, 'Nothing saved past rank')).toBe('179');
    const at40 = Number.parseFloat(await cost(page, 'PSNR'));
    expect(at40).toBeGreaterThan(15);
    await setRank(page, 150);
    await expect.poll(async () => Number.parseFloat(await cost(page, 'PSNR'))).toBeGreaterThan(at40 + 3);
    await setRank(page, 250);
    await page.getByRole('region', { name: 'What it costs' }).locator('p.warn').waitFor();
    expect(Number.parseFloat(await cost(page, 'Stored size'))).toBeGreaterThan(100);
  });

  journey('woven with rank 6 comes back whole from six singular values, in the saved file too', async (app) => {
    const { page } = app;
    await openSample(page, 'Woven plaid');
    await variable(page, /^plaid, uint8 720 × 960 × 3/).waitFor();
    await exact(page);
    await setRank(page, 6);
    await page.getByRole('img', { name: 'rank 6', exact: true }).waitFor();
    const path = await app.save(async () => {
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByRole('menuitem', { name: /PNG/ }).click();
    });
    expect(path).toMatch(/plaid-rank-6\.png$/);
    const saved = await readPicture(path);
    expect([saved.width, saved.height]).toEqual([960, 720]);
    expect(saved.rgb).toEqual(scene('plaid', 960, 720));

    await setRank(page, 3);
    await page.getByRole('img', { name: 'rank 3', exact: true }).waitFor();
    const shown = Number.parseFloat(await cost(page, 'PSNR'));
    const worse = await app.save(async () => {
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByRole('menuitem', { name: /PNG/ }).click();
    });
    // The PSNR shown is that of the file, as any other program measures it.
    expect(psnr((await readPicture(worse)).rgb, scene('plaid', 960, 720))).toBeCloseTo(shown, 0);
    const jpeg = await app.save(async () => {
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByRole('menuitem', { name: /JPEG/ }).click();
    });
    expect(statSync(jpeg).size).toBeGreaterThan(1000);
    expect((await readPicture(jpeg)).width).toBe(960);
  });

  journey('opens from PNG, JPEG, WebP, GIF and BMP, and is kept at a rank', async (app) => {
    const { page, home } = app;
    const paths = [
      await picture(home, 'small.png', 'studio', 150, 100, 'png'),
      await picture(home, 'photo.jpg', 'studio', 150, 100, 'jpeg'),
      await picture(home, 'web.webp', 'studio', 150, 100, 'webp'),
      await picture(home, 'anim.gif', 'studio', 150, 100, 'gif'),
      bmp(home, 'bitmap.bmp', 'studio', 150, 100),
    ];
    await openFiles(app, ...paths);
    for (const name of ['small', 'photo', 'web', 'anim', 'bitmap']) {
      await variable(page, new RegExp(`^${name}, uint8 100 × 150 × 3`)).waitFor({ timeout: 30_000 });
    }
    await variable(page, /^bitmap,/).click();
    await showView(page, 'Image');
    await exact(page);
    await setRank(page, 10);
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    await variable(page, /^bitmap_rank10, uint8 100 × 150 × 3/).waitFor();
  });

  journey('is dropped onto the window', async (app) => {
    const { page, home } = app;
    const path = await picture(home, 'dropped.png', 'valley', 120, 80);
    await dropFile(page, path, 'image/png');
    await variable(page, /^dropped, uint8 80 × 120 × 3/).waitFor();
    await page.getByRole('tab', { name: 'Image', selected: true }).waitFor();
  });

  journey('of 12 megapixels is looked at and dragged within seconds', async (app) => {
    const { page, home } = app;
    const path = await picture(home, 'large.jpg', 'plaid', 4243, 2829, 'jpeg');
    await openFiles(app, path);
    await variable(page, /^large, uint8 2829 × 4243 × 3/).waitFor({ timeout: 60_000 });
    await page.getByRole('img', { name: 'large, original' }).waitFor({ timeout: 30_000 });
    const layer = page.getByRole('img', { name: /^rank \d+$/ });
    await layer.waitFor({ timeout: 60_000 });
    const before = await rank(page).getAttribute('aria-valuenow');
    const box = (await rank(page).boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.7, box.y + box.height / 2, { steps: 20 });
    await page.mouse.up();
    const k = await rank(page).getAttribute('aria-valuenow');
    expect(k).not.toBe(before);
    await page.getByRole('img', { name: `rank ${k}`, exact: true }).waitFor();
    expect(await canvasColours(page.getByRole('img', { name: `rank ${k}`, exact: true }))).toBeGreaterThan(100);
  });
});
