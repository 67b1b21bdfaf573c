/** One notebook in two windows and across reloads: each sees what the other does, and nothing is lost. */
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { browserEndsAfterwards, journey } from './journey.ts';
import { interactive } from './launch.ts';
import { addCell, cellAt, cells, newNotebook, outputOf, python } from './notebook-steps.ts';

browserEndsAfterwards();

async function secondWindow(page: Page): Promise<Page> {
  const second = await page.context().newPage();
  // A page that is not in front draws nothing, and says nothing of being drawn.
  await second.bringToFront();
  const token = await page.evaluate(() => sessionStorage.getItem('eigenscope-token'));
  await second.goto(`${new URL(page.url()).origin}/?token=${token}`);
  await interactive(second);
  await second.getByRole('tab', { name: 'Untitled' }).click();
  await second.getByRole('region', { name: /^Notebook/ }).waitFor();
  return second;
}

// Electron has one window for each session.
describe.skipIf(process.env['EIGENSCOPE_TEST_WINDOW'] === 'electron')('a notebook in two windows', () => {
  journey(
    'follows what is typed, run, added and deleted in the other one',
    async ({ page }) => {
      await newNotebook(page);
      await addCell(page, 'a = 1');
      const second = await secondWindow(page);
      await cellAt(second, 1).getByText('a = 1').waitFor();

      // Text and outputs.
      await page.keyboard.insertText('\nprint(a + 41)');
      await cellAt(second, 1).getByText('print(a + 41)').waitFor();
      await page.keyboard.press('Control+Enter');
      await outputOf(second, 1).getByText('42').waitFor(python);
      await cellAt(second, 1).getByText('[1]').waitFor();

      // A cell of each: both have both.
      await addCell(second, 'from_second = 2');
      await cellAt(page, 2).getByText('from_second').waitFor();
      await addCell(page, 'from_first = 3');
      await expect.poll(() => cells(second).count()).toBe(3);
      await expect.poll(() => cells(page).count()).toBe(3);

      // The run of one is seen running in the other, and can be stopped and answered there.
      await addCell(page, 'name = input("Who? ")\nprint("hello", name)');
      await page.keyboard.press('Control+Enter');
      await cellAt(second, 4).getByText('[*]').waitFor();
      await cellAt(second, 4).getByRole('textbox', { name: 'Who?' }).fill('Ada');
      await second.keyboard.press('Enter');
      await outputOf(page, 4).getByText('hello Ada').waitFor();
      await outputOf(second, 4).getByText('hello Ada').waitFor();

      // Deleted here, gone there; and a reload of either shows the same.
      await cellAt(second, 2).focus();
      await second.keyboard.press('d');
      await second.keyboard.press('d');
      await expect.poll(() => cells(page).count()).toBe(3);
      await page.reload();
      await outputOf(page, 3).getByText('hello Ada').waitFor();
      expect(await cells(page).count()).toBe(3);

      // One console: what is said in one window is read in the other, and can be brought back there.
      const prompt = (window: Page) => window.getByRole('textbox', { name: /^Console/ });
      await second.keyboard.press('Control+Backquote');
      await prompt(second).waitFor();
      await page.keyboard.press('Control+Backquote');
      await page.keyboard.type('6 * 70');
      await page.keyboard.press('Enter');
      await second.getByRole('log').getByText('420').waitFor();
      await prompt(second).press('ArrowUp');
      await expect.poll(() => prompt(second).textContent()).toBe('6 * 70');

      // Lines that both windows run at once are all kept.
      await prompt(second).press('Control+a');
      await second.keyboard.type('1000 + 1');
      await page.keyboard.type('2000 + 2');
      await Promise.all([page.keyboard.press('Enter'), second.keyboard.press('Enter')]);
      const told = (window: Page) =>
        window.evaluate(() => JSON.stringify(Object.entries(localStorage).filter(([key]) => key.includes('console.'))));
      for (const window of [page, second])
        for (const value of ['1001', '2002']) {
          await window.getByRole('log').getByText(value, { exact: true }).waitFor();
          await expect.poll(() => told(window)).toContain(value);
        }
      await second.close();
    },
    { timeout: 180_000 },
  );

  journey(
    'loses no word when both write in one cell at the same time',
    async ({ page }) => {
      await newNotebook(page);
      await addCell(page, 'start');
      const second = await secondWindow(page);
      await cellAt(second, 1).getByText('start').waitFor();
      await cellAt(second, 1).getByRole('textbox').click();
      await cellAt(page, 1).getByRole('textbox').click();
      await Promise.all([page.keyboard.insertText(' first'), second.keyboard.insertText(' second')]);
      // In one cell when one came first, as a cell of its own when both came at once: in both windows the same.
      const texts = async (window: Page) => (await window.locator('.cells .cm-content').allTextContents()).join('\n');
      for (const window of [page, second])
        for (const word of ['first', 'second']) await expect.poll(() => texts(window)).toContain(word);
      await expect.poll(async () => (await texts(second)) === (await texts(page))).toBe(true);
      await second.close();
    },
    { timeout: 120_000 },
  );
});

describe('a reload', () => {
  journey(
    'in the middle of a run loses none of its output, and takes it up again',
    async ({ page }) => {
      await newNotebook(page);
      await addCell(
        page,
        "import time\nfor i in range(40):\n    print('step', i)\n    time.sleep(0.1)\nprint('the end')",
      );
      await page.keyboard.press('Control+Enter');
      await outputOf(page, 1).getByText('step 3').waitFor(python);
      await page.reload();
      await interactive(page);
      await outputOf(page, 1).getByText('step 3').waitFor();
      await cellAt(page, 1).getByText('[*]').waitFor();
      await outputOf(page, 1).getByText('the end').waitFor(python);
      expect(await outputOf(page, 1).textContent()).toMatch(
        /step 0\s*step 1\s*step 2[\s\S]*step 38\s*step 39\s*the end/,
      );
      await cellAt(page, 1).getByText('[1]').waitFor();
      await page.reload();
      await outputOf(page, 1).getByText('the end').waitFor();
    },
    { timeout: 120_000 },
  );

  journey(
    'while cells wait shows them waiting; they run in their turn, and Stop forgets them',
    async ({ page }) => {
      await newNotebook(page);
      await addCell(page, "import time\nfor i in range(60):\n    print('step', i)\n    time.sleep(0.1)");
      await addCell(page, "print('second')");
      await addCell(page, 'while True:\n    time.sleep(0.1)');
      await addCell(page, "print('never')");
      await page.getByRole('button', { name: 'Run all', exact: true }).click();
      await outputOf(page, 1).getByText('step 1').first().waitFor(python);
      await cellAt(page, 4).getByText('[…]').waitFor();
      await page.reload();
      await interactive(page);
      await cellAt(page, 1).getByText('[*]').waitFor();
      await cellAt(page, 2).getByText('[…]').waitFor();
      await outputOf(page, 2).getByText('second').waitFor(python);
      await cellAt(page, 3).getByText('[*]').waitFor();
      await cellAt(page, 4).getByText('[…]').waitFor();
      await page.getByRole('button', { name: 'Stop', exact: true }).click();
      await outputOf(page, 3).getByText('KeyboardInterrupt').first().waitFor(python);
      await cellAt(page, 4).getByText('[ ]').waitFor();
      expect(await outputOf(page, 4).count()).toBe(0);
    },
    { timeout: 120_000 },
  );
});
