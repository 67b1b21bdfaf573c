/** Nothing is lost: not by a kill, a cancel, a reload, a restart, or a second window. */
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { describe, expect } from 'vitest';
import { type Page } from 'playwright-core';
import { interactive, launch, temporaryFolder } from './launch.ts';
import { browserEndsAfterwards, journey } from './journey.ts';
import { slowness } from './slowness.ts';
import { cell, generate, openSample, showView, typeMatrix, valueAt, variable } from './steps.ts';

browserEndsAfterwards();

/** What the browser itself says when a connection goes away on purpose. */
const lostConnection = /WebSocket connection to|ERR_CONNECTION|Failed to load resource/;

const status = (page: Page) => page.getByRole('contentinfo', { name: 'Status' });

async function saved(page: Page): Promise<void> {
  await status(page).getByText('Saved', { exact: true }).waitFor({ timeout: 30_000 });
}

/** Starts an SVD that takes long, and waits until it computes. */
async function longSvd(page: Page): Promise<void> {
  await generate(page, 'Normal', 3000, 3000, 'R');
  await variable(page, /^R, float64 3000 × 3000/).waitFor({ timeout: 60_000 });
  await saved(page);
  await showView(page, 'Factor');
  // So long a computation is asked about first.
  await page.getByRole('button', { name: 'Compute the SVD' }).click();
  await status(page)
    .getByText(/SVD of R/)
    .waitFor({ timeout: 30_000 });
}

describe('the compute process', () => {
  journey(
    'killed in the middle of an SVD is back within two seconds with every array, and the page says so',
    async (app) => {
      const { page } = app;
      await typeMatrix(page, '1 2; 3 4', 'A');
      await openSample(page, 'Iris flowers');
      await variable(page, /^iris,/).waitFor();
      await longSvd(page);
      await page.waitForTimeout(700);
      const pid = app.computePid();
      const before = slowness();
      process.kill(pid, 'SIGKILL');
      const killed = performance.now();
      await page.getByText(/The compute process was killed/).waitFor({ timeout: 10_000 });
      const took = performance.now() - killed;
      expect(took).toBeLessThan(2000 * Math.max(before, slowness()));
      expect(app.computePid()).not.toBe(pid);
      await page.getByText(/all 3 matrices are back/).waitFor();
      await variable(page, /^A,/).click();
      await showView(page, 'Grid');
      expect(Number(await valueAt(page, 'A', 1, 0))).toBe(3);
      await variable(page, /^iris,/).click();
      await showView(page, 'Grid');
      expect(await valueAt(page, 'iris', 149, 3)).toBe('1.8');
      await variable(page, /^R, float64 3000 × 3000/).waitFor();
    },
    { timeout: 120_000, expects: lostConnection },
  );

  journey(
    'gives the processor back within a second of Cancel, and everything is still there',
    async (app) => {
      const { page } = app;
      await typeMatrix(page, '5 6; 7 8', 'B');
      await longSvd(page);
      await page.waitForTimeout(700);
      const pid = app.computePid();
      await status(page)
        .getByRole('button', { name: /^Cancel/ })
        .click();
      const before = ticks(pid);
      let used = 0;
      const idle = async (): Promise<boolean> => {
        const was = ticks(pid);
        if (!Number.isNaN(was)) used = was - before;
        await new Promise((next) => setTimeout(next, 120));
        const now = ticks(pid);
        return Number.isNaN(now) || now - was <= 2;
      };
      await expect.poll(idle, { timeout: 8000, interval: 20 }).toBe(true);
      // A second on every core, in the processor's own time: a busy machine must not fail it.
      expect(used / 100).toBeLessThan(availableParallelism());
      await status(page).getByText('Ready').waitFor({ timeout: 10_000 });
      await variable(page, /^R, float64 3000 × 3000/).waitFor();
      await variable(page, /^B,/).click();
      await showView(page, 'Grid');
      expect(Number(await valueAt(page, 'B', 1, 1))).toBe(8);
    },
    { timeout: 120_000, expects: lostConnection },
  );

  journey(
    'answers the grid and the heat map while an SVD runs',
    async ({ page }) => {
      await openSample(page, 'Iris flowers');
      await variable(page, /^iris,/).waitFor();
      await longSvd(page);
      await variable(page, /^iris,/).click();
      await showView(page, 'Grid');
      expect(await valueAt(page, 'iris', 149, 3)).toBe('1.8');
      await status(page)
        .getByText(/SVD of R/)
        .waitFor();
      await status(page)
        .getByRole('button', { name: /^Cancel/ })
        .click();
      await status(page).getByText('Ready').waitFor({ timeout: 10_000 });
    },
    { timeout: 120_000, expects: lostConnection },
  );
});

/** Hundredths of a second of processor time a process has used; NaN when it is gone, 0 where that is not told. */
function ticks(pid: number): number {
  if (!existsSync('/proc/self/stat')) return 0;
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return NaN;
  }
}

describe('the workspace', () => {
  journey('comes back after a reload, with what was looked at', async ({ page }) => {
    await typeMatrix(page, '1 2; 3 4.5', 'A');
    await openSample(page, 'Hilbert matrix');
    await variable(page, /^hilbert,/).waitFor();
    await page.reload();
    await interactive(page);
    await variable(page, /^hilbert, float64 8 × 8/).waitFor();
    await variable(page, /^A,/).click();
    await showView(page, 'Grid');
    await expect.poll(async () => Number(await cell(page, 1, 1).textContent())).toBe(4.5);
  });

  journey(
    'comes back after the compute process was killed with nothing to do',
    async (app) => {
      const { page } = app;
      await openSample(page, 'Iris flowers');
      await typeMatrix(page, 'pi 2; 3 4', 'A');
      await variable(page, /^A,/).waitFor();
      await saved(page);
      process.kill(app.computePid(), 'SIGKILL');
      await page.getByText(/The compute process was killed/).waitFor({ timeout: 10_000 });
      await variable(page, /^A,/).click();
      await showView(page, 'Grid');
      expect(await valueAt(page, 'A', 0, 0)).toBe('3.141592653589793');
    },
    { expects: lostConnection },
  );

  journey('of one window is not touched by a second started beside it', async ({ page, home }) => {
    await typeMatrix(page, '1 2; 3 4', 'first');
    await saved(page);
    const second = await launch({ home });
    try {
      await second.page.getByRole('heading', { name: 'Open something, and look inside it' }).waitFor();
      await typeMatrix(second.page, '5 6', 'second');
      await variable(second.page, /^second,/).waitFor();
      await page.reload();
      await interactive(page);
      await variable(page, /^first,/).waitFor();
      expect(await variable(page, /^second/).count()).toBe(0);
    } finally {
      await second.close();
    }
    expect(second.complaints).toEqual([]);
  });
});

describe('a later start', () => {
  journey('finds the session as it was left', async () => {
    const home = temporaryFolder();
    const before = await launch({ home });
    await typeMatrix(before.page, '1 2; 3 -0.5', 'kept');
    await variable(before.page, /^kept,/).waitFor();
    await saved(before.page);
    await before.close();
    const after = await launch({ home });
    try {
      await variable(after.page, /^kept, float64 2 × 2/).click();
      await showView(after.page, 'Grid');
      expect(Number(await valueAt(after.page, 'kept', 1, 1))).toBe(-0.5);
      expect(after.complaints).toEqual([]);
    } finally {
      await after.close();
    }
  });
});
