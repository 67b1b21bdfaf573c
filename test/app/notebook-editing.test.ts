/** A notebook as a person works in it: cells moved and parted, help while typing, plots, Python stopped and restarted, files. */
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect } from 'vitest';
import { browserEndsAfterwards, journey } from './journey.ts';
import { interactive, temporaryFolder } from './launch.ts';
import { addCell, cellAt, newNotebook, outputOf, python, runCell } from './notebook-steps.ts';
import { openFiles, variable } from './steps.ts';

browserEndsAfterwards();

const lostConnection = /WebSocket connection to|ERR_CONNECTION|Failed to load resource/;
const fixtures = join(import.meta.dirname, '../worker/fixtures/notebooks');

/** A notebook of the person's own, where it lies. */
const ownFile = join(temporaryFolder(), 'course.ipynb');
const notebookOf = (code: string): string =>
  JSON.stringify({
    cells: [{ cell_type: 'code', id: 'a', metadata: {}, execution_count: null, source: [code], outputs: [] }],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });
writeFileSync(ownFile, notebookOf('theirs = 1'));
afterAll(() => rmSync(join(ownFile, '..'), { recursive: true, force: true }));

/** The texts of all code cells, in order. */
const sources = (page: Page): Promise<string[]> =>
  page
    .locator('.cells .source')
    .evaluateAll((boxes) =>
      boxes.map((box) =>
        [...box.querySelectorAll('.cm-line')].length > 0
          ? [...box.querySelectorAll('.cm-line')].map((line) => line.textContent).join('\n')
          : (box.textContent ?? ''),
      ),
    );

/** Escape closes a list of names first, if one is open, and then leaves the text. */
async function commandMode(page: Page): Promise<void> {
  await expect
    .poll(async () => {
      await page.keyboard.press('Escape');
      return page.evaluate(() => document.activeElement?.hasAttribute('data-cell'));
    })
    .toBe(true);
}

async function fromCellMenu(page: Page, number: number, entry: RegExp): Promise<void> {
  await cellAt(page, number).hover();
  await page.getByRole('button', { name: `Actions for cell ${number}` }).click();
  await page.getByRole('menuitem', { name: entry }).click();
}

describe('cells', () => {
  journey(
    'are dragged, split, merged, run from above, and all of it is taken back',
    async ({ page }) => {
      await newNotebook(page);
      await addCell(page, 'a = 20');
      await addCell(page, 'b = a + 1');
      await addCell(page, 'print(2 * b)');
      const whole = ['a = 20', 'b = a + 1', 'print(2 * b)'];
      expect(await sources(page)).toEqual(whole);

      // Found in all cells, replaced in all, taken back at once.
      await page.keyboard.press('Control+f');
      const find = page.getByRole('search', { name: 'Find in the notebook' });
      await page.keyboard.type('\\bb\\b');
      await find.getByText('No results').waitFor();
      await find.getByRole('button', { name: '.*' }).click();
      await find.getByText('2 of 2').waitFor();
      await find.getByRole('textbox', { name: 'Find', exact: true }).press('Enter');
      await find.getByText('1 of 2').waitFor();
      expect(await page.locator('.cm-searchMatch-selected').allTextContents()).toEqual(['b']);
      await find.getByRole('textbox', { name: 'Replace with' }).fill('<$&>');
      await find.getByRole('button', { name: 'Replace all' }).click();
      await expect.poll(() => sources(page)).toEqual(['a = 20', '<b> = a + 1', 'print(2 * <b>)']);
      await find.getByRole('textbox', { name: 'Find', exact: true }).press('Escape');
      await page.keyboard.press('z');
      await expect.poll(() => sources(page)).toEqual(whole);
      await cellAt(page, 3).getByRole('textbox').click();

      await page.keyboard.press('Escape');
      await cellAt(page, 3).hover();
      const to = { targetPosition: { x: 60, y: 3 } };
      await cellAt(page, 3).locator('.grip').dragTo(cellAt(page, 1), to);
      await expect.poll(() => sources(page)).toEqual(['print(2 * b)', 'a = 20', 'b = a + 1']);
      await page.keyboard.press('z');
      await expect.poll(() => sources(page)).toEqual(whole);

      // Parted where the cursor is, and joined again.
      await cellAt(page, 2).getByRole('textbox').click();
      await page.keyboard.press('Control+Home');
      await page.keyboard.insertText('one = 1\n');
      await page.keyboard.press('Control+Shift+Minus');
      await expect.poll(() => sources(page)).toEqual(['a = 20', 'one = 1', 'b = a + 1', 'print(2 * b)']);
      await commandMode(page);
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Shift+M');
      await expect.poll(() => sources(page)).toEqual(['a = 20', 'one = 1\n\nb = a + 1', 'print(2 * b)']);

      await fromCellMenu(page, 3, /^Run all above/);
      await cellAt(page, 2).getByText('[2]').waitFor(python);
      expect(await outputOf(page, 3).count()).toBe(0);
      await cellAt(page, 3).focus();
      await page.keyboard.press('Control+Enter');
      await outputOf(page, 3).getByText('42').waitFor();
    },
    { timeout: 150_000 },
  );

  journey(
    'help while they are typed: names, signatures, docstrings; and plots answer the pointer',
    async ({ page }) => {
      await newNotebook(page);
      await page.getByText('Python is ready').waitFor(python);
      await addCell(page, 'import numpy as np\n');
      await page.keyboard.type('np.linalg.ei', { delay: 30 });
      await page.getByRole('option', { name: /^eigh/ }).first().waitFor();
      // What the name that is looked at does stands beside the list.
      await page
        .locator('.cm-completionInfo .cm-doc-text')
        .getByText(/eigenvalues/)
        .first()
        .waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.type('gh(', { delay: 30 });
      await page.locator('.cm-doc-signature').getByText("eigh(a, UPLO='L')").waitFor();
      expect(await page.locator('.cm-doc-signature b').textContent()).toBe('a');
      await page.keyboard.type('np.eye(2), ');
      await expect.poll(() => page.locator('.cm-doc-signature b').textContent()).toBe('UPLO');
      await page.keyboard.press('Shift+Tab');
      const documentation = page.locator('.cm-doc-text');
      await documentation.getByText(/Only the triangle/).waitFor();
      expect(await documentation.textContent()).not.toMatch(/`|-----/);
      await page.keyboard.press('Escape');
      await page.locator('.cm-doc-signature').waitFor({ state: 'hidden' });

      const number = await runCell(
        page,
        'import matplotlib.pyplot as plt\nplt.plot([1, 2, 3], [10, 40, 90], "o-")\nplt.show()',
      );
      const plot = outputOf(page, number).getByRole('figure', { name: 'Plot' });
      const point = plot.locator('.scatterlayer path.js-line');
      await point.waitFor(python);
      const box = (await plot.locator('.nsewdrag').first().boundingBox())!;
      const middle = (await plot.locator('.points path').nth(1).boundingBox())!;
      await page.mouse.move(middle.x + middle.width / 2, middle.y + middle.height / 2);
      await expect.poll(() => plot.locator('.hoverlayer .hovertext').count()).toBeGreaterThan(0);
      expect(await plot.locator('.hoverlayer').textContent()).toContain('40');
      const ticks = () => plot.locator('.xaxislayer-above .xtick').allTextContents();
      const before = await ticks();
      await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.3);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.45, box.y + box.height * 0.6, { steps: 5 });
      await page.mouse.up();
      await expect.poll(ticks).not.toEqual(before);
      // Nothing of a plot goes anywhere.
      expect(await plot.locator('.modebar-btn[data-title*="hare"]').count()).toBe(0);
    },
    { timeout: 150_000 },
  );
});

describe('Python', () => {
  journey(
    'starts afresh without the names, and with the arrays',
    async ({ page }) => {
      await newNotebook(page);
      await runCell(page, 'import numpy as np\nk = 5\nA = np.eye(2)');
      await variable(page, /^A, float64 2 × 2/).waitFor();
      await page.getByRole('button', { name: 'Restart', exact: true }).click();
      await page.getByText('Python starts afresh').waitFor(python);
      // What ran before says so; the line that fails is marked until it is written anew.
      const forgotten = cellAt(page, 1).locator('.count.past');
      await forgotten.waitFor();
      const failing = await runCell(page, 'j = 1\nk');
      await cellAt(page, failing).getByText('NameError').first().waitFor();
      expect(await cellAt(page, failing).locator('.cm-failed').textContent()).toBe('k');
      await page.keyboard.insertText('=2');
      await expect.poll(() => cellAt(page, failing).locator('.cm-failed').count()).toBe(0);
      expect(await page.locator('.count.past').count()).toBe(1);
      await runCell(page, 'A.sum()');
      await outputOf(page, 3).getByText('np.float64(2.0)').waitFor();
      await cellAt(page, 3).getByText('[2]').waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill('restart python and run all');
      await page.keyboard.press('Enter');
      await cellAt(page, 3).getByText('[3]').waitFor(python);
      expect(await page.locator('.count.past').count()).toBe(0);
    },
    { timeout: 150_000 },
  );

  journey(
    'stopped inside a long routine, or killed while it runs, leaves everything else where it was',
    async (app) => {
      const { page } = app;
      await newNotebook(page);
      await runCell(page, 'import numpy as np\nA = np.arange(6.0).reshape(2, 3)\nprint("before")');
      await page.getByText('Saved', { exact: true }).waitFor();
      // One call that takes minutes: it listens, or costs the process.
      const stuck = await addCell(page, 'B = np.random.rand(6000, 6000)\nprint("begun")\nnp.linalg.eigvals(B)');
      await page.keyboard.press('Control+Enter');
      await outputOf(page, stuck).getByText('begun').waitFor(python);
      await page.getByRole('button', { name: 'Stop', exact: true }).click();
      await cellAt(page, stuck)
        .getByText(/Python was started again|KeyboardInterrupt/)
        .first()
        .waitFor(python);
      await interactive(page);
      const sleeping = await runCell(page, 'import time\nprint("asleep")\ntime.sleep(100)', /\[\*\]/);
      await outputOf(page, sleeping).getByText('asleep').waitFor(python);
      const pid = app.computePid();
      process.kill(pid, 'SIGKILL');
      await cellAt(page, sleeping)
        .getByText(/Python was started again/)
        .waitFor(python);
      await expect.poll(() => app.computePid()).not.toBe(pid);
      await interactive(page);
      await variable(page, /^A, float64 2 × 3/).waitFor();
      const after = await runCell(page, 'A.sum()');
      await page.reload();
      await outputOf(page, 1).getByText('before').waitFor(python);
      await outputOf(page, stuck).getByText('begun').waitFor();
      await outputOf(page, sleeping).getByText('asleep').waitFor();
      await outputOf(page, after).getByText('np.float64(15.0)').waitFor();
    },
    { timeout: 240_000, expects: lostConnection },
  );
});

describe('a long notebook', () => {
  journey(
    'holds only the cells near the window, and the Tab key leads through them and out',
    async (app) => {
      const { page } = app;
      const cells = Array.from({ length: 1000 }, (_, at) => ({
        cell_type: 'code',
        id: `c${at}`,
        metadata: {},
        execution_count: at,
        source: [`x = ${at}`],
        outputs: [{ output_type: 'stream', name: 'stdout', text: [`out ${at}\n`] }],
      }));
      const path = join(app.home, 'long.ipynb');
      writeFileSync(path, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }));
      await openFiles(app, path);
      await outputOf(page, 1).getByText('out 0').waitFor(python);
      expect(await page.locator('.cells [data-cell]').count()).toBe(1000);
      expect(await page.locator('.cells .source').count()).toBeLessThan(100);
      await cellAt(page, 1).focus();
      await page.keyboard.press('End');
      await outputOf(page, 1000).getByText('out 999').waitFor();
      expect(await page.locator('.cells .source').count()).toBeLessThan(100);
      // Also what is far away is found.
      await page.keyboard.press('Control+f');
      await page.keyboard.type('x = 500');
      await cellAt(page, 501).locator('.cm-searchMatch-selected').waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('End');
      // From the cell over its buttons to what comes after it; not into the text, where Tab indents.
      const seen: string[] = [];
      for (let press = 0; press < 4; press++) {
        await page.keyboard.press('Tab');
        seen.push(
          await page.evaluate(
            () =>
              document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim() ?? '',
          ),
        );
      }
      expect(seen.slice(0, 3)).toEqual(['Run cell 1000', 'Actions for cell 1000', '+ Code cell']);
    },
    { timeout: 180_000 },
  );
});

describe('files', () => {
  journey(
    'a notebook goes out as .ipynb, .py and a web page, and comes back',
    async (app) => {
      const { page } = app;
      await newNotebook(page);
      await runCell(page, 'import numpy as np\nprint("printed", 6 * 7)\nnp.eye(2)');
      await page.keyboard.press('Escape');
      await page.keyboard.press('b');
      await page.keyboard.press('m');
      await page.keyboard.press('Enter');
      await page.keyboard.insertText('## Words with $x^2$');
      await page.keyboard.press('Shift+Enter');
      await page.getByRole('heading', { name: /Words with/ }).waitFor();

      const saveAs = (entry: RegExp): Promise<string> =>
        app.save(async () => {
          await page.getByRole('button', { name: 'Save as' }).click();
          await page.getByRole('menuitem', { name: entry }).click();
        });
      const ipynb = await saveAs(/Jupyter/);
      const py = await saveAs(/Python script/);
      const html = await saveAs(/Web page/);
      expect(readFileSync(py, 'utf8')).toMatch(/# %%\nimport numpy as np[\s\S]*# %% \[markdown\]\n# ## Words with/);

      await openFiles(app, ipynb);
      await page.getByRole('tab', { name: 'Untitled 2', selected: true }).waitFor();
      await outputOf(page, 1).getByText('printed 42').waitFor();
      await page.getByRole('heading', { name: /Words with/ }).waitFor();
      await openFiles(app, py);
      await page.getByRole('tab', { name: 'Untitled 3', selected: true }).waitFor();
      await page.getByRole('heading', { name: /Words with/ }).waitFor();
      expect((await sources(page))[0]).toContain('print("printed", 6 * 7)');

      // The page opens by itself, in a browser that knows nothing of the app.
      const alone = await page.context().newPage();
      await alone.setContent(readFileSync(html, 'utf8'));
      await alone.getByText('printed 42').waitFor();
      await alone.getByText('array([[1., 0.],').waitFor();
      expect(await alone.locator('math').count()).toBe(1);
      await alone.close();
    },
    { timeout: 150_000 },
  );

  journey(
    'what others do to an open file is told, and every kind of cell and output that Jupyter writes is shown or named, and kept',
    async (app) => {
      const { page } = app;
      const look = () => page.evaluate(() => dispatchEvent(new Event('focus')));
      const told = (words: RegExp) => page.getByRole('status').or(page.getByRole('alert')).getByText(words).first();
      const source = () =>
        (JSON.parse(readFileSync(ownFile, 'utf8')) as { cells: { source: string[] }[] }).cells[0]?.source;
      await page.getByRole('tab', { name: 'course', selected: true }).waitFor(python);
      await cellAt(page, 1).getByRole('textbox').click();
      await page.keyboard.press('Control+End');
      await page.keyboard.type('  # mine');
      await page.keyboard.press('Control+s');
      await told(/Saved course\.ipynb/).waitFor();
      expect(source()).toEqual(['theirs = 1  # mine']);
      writeFileSync(ownFile, notebookOf('theirs = 2'));
      await look();
      await told(/changed by another program/).waitFor();
      await page.getByRole('button', { name: 'Reload', exact: true }).click();
      await expect.poll(() => sources(page)).toEqual(['theirs = 2']);
      writeFileSync(ownFile, notebookOf('theirs = 33'));
      await cellAt(page, 1).getByRole('textbox').click();
      await page.keyboard.press('Control+s');
      await told(/was not saved/).waitFor();
      expect(source()).toEqual(['theirs = 33']);
      await page.getByRole('button', { name: 'Save over it' }).click();
      await expect.poll(source).toEqual(['theirs = 2']);
      await page.waitForTimeout(500);
      rmSync(ownFile);
      await look();
      await told(/is not there any more/).waitFor();
      await page.keyboard.press('Control+s');
      await expect.poll(() => existsSync(ownFile)).toBe(true);
      chmodSync(ownFile, 0o444);
      await page.keyboard.press('Control+s');
      await told(/is read-only/).waitFor();
      for (const name of ['outputs', 'widgets', 'attachments']) {
        await openFiles(app, join(fixtures, `${name}.ipynb`));
        await page.getByRole('tab', { name, selected: true }).waitFor();
        if (name === 'outputs') {
          await outputOf(page, 2).getByText('err').waitFor();
          await outputOf(page, 3).getByRole('cell', { name: '1.5' }).waitFor();
          await expect.poll(() => outputOf(page, 4).getByRole('img').count()).toBe(2);
          const failed = cellAt(page, 5);
          await failed.getByText('ZeroDivisionError').first().waitFor();
          expect(await failed.textContent()).not.toContain('\u001b');
          await expect.poll(() => outputOf(page, 6).locator('.katex').count()).toBeGreaterThan(0);
        }
        if (name === 'widgets')
          await outputOf(page, 1)
            .getByText(/interactive\(children/)
            .waitFor();
        if (name === 'attachments') await page.locator('.read img').first().waitFor();
        const file = await app.save(() => page.keyboard.press('Control+s'));
        const theirs: unknown = JSON.parse(readFileSync(join(fixtures, `${name}.ipynb`), 'utf8'));
        expect(JSON.parse(readFileSync(file, 'utf8')), name).toEqual(theirs);
      }
    },
    { timeout: 150_000, files: [ownFile] },
  );
});

describe('a plot in space', () => {
  journey(
    'is turned by the mouse, stays turned, and is printed flat',
    async (app) => {
      const { page } = app;
      await newNotebook(page);
      await runCell(
        page,
        "import numpy as np, matplotlib.pyplot as plt\nX, Y = np.meshgrid(np.linspace(-1, 1, 20), np.linspace(-1, 1, 20))\nax = plt.figure().add_subplot(projection='3d')\nax.plot_surface(X, Y, X * Y, cmap='viridis')\nplt.show()",
      );
      const plot = outputOf(page, 1).getByRole('figure', { name: 'Plot in space' });
      const canvas = plot.locator('canvas').first();
      await canvas.waitFor(python);
      await plot.getByText('Drag to turn it').waitFor();
      const looks = async (): Promise<string> => (await canvas.screenshot()).toString('base64');
      // Drawn, and at rest.
      let before = '';
      await expect
        .poll(async () => {
          const last = before;
          before = await looks();
          return before.length > 5000 && before === last;
        }, python)
        .toBe(true);
      const { x, y, width, height } = (await canvas.boundingBox())!;
      await page.mouse.move(x + width / 2, y + height / 2);
      await page.mouse.down();
      await page.mouse.move(x + width / 2 + 90, y + height / 2, { steps: 6 });
      await page.mouse.up();
      await expect.poll(async () => (await looks()) !== before, python).toBe(true);
      const saved = await app.save(async () => {
        await page.getByRole('button', { name: 'Save as' }).click();
        await page.getByRole('menuitem', { name: /Web page/ }).click();
      });
      expect(readFileSync(saved, 'utf8')).toMatch(/<img alt="Drawing" src="data:image\/svg\+xml/);
      // Paper is light, its margins too, whatever the window's theme is.
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
      await expect.poll(paper).toBe('light');
      await page.emulateMedia({ media: null });
      await expect.poll(paper).toBe('dark');
    },
    { timeout: 180_000 },
  );
});
