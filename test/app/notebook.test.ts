/** Python in the window: a notebook over the open arrays, the console, formulas, notebook files. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { unnamedControls } from './accessibility.ts';
import { browserEndsAfterwards, journey } from './journey.ts';
import { temporaryFolder } from './launch.ts';
import { cellAt, newNotebook, outputOf, python } from './notebook-steps.ts';
import { cell as gridCell, errorNote, openFiles, showView, typeMatrix, valueAt, variable } from './steps.ts';

browserEndsAfterwards();

/** Types a new code cell at the end and runs it; `then` is what its number shows when it is done. */
async function runCell(page: Page, code: string, done: RegExp = /\[\d+\]/): Promise<Locator> {
  await page.getByRole('region', { name: /^Notebook/ }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '+ Code', exact: true }).click();
  const number = await page.getByRole('group', { name: / cell \d/ }).count();
  const cell = cellAt(page, number);
  await cell.getByRole('textbox').waitFor();
  await page.keyboard.insertText(code);
  await page.keyboard.press('Control+Enter');
  await cell
    .getByRole('button', { name: `Run cell ${number}` })
    .getByText(done)
    .waitFor(python);
  return cell;
}

describe('a notebook', () => {
  journey(
    'computes on the open arrays, plots, is saved, and is there again after a reload',
    async (app) => {
      const { page } = app;
      await typeMatrix(page, '1 2; 3 4', 'M');
      await newNotebook(page);
      expect(await unnamedControls(page)).toEqual([]);

      await runCell(page, 'import numpy as np\nA = M * 10\nprint(A.sum())\nA');
      await outputOf(page, 1).getByText('100.0').waitFor();
      await outputOf(page, 1).getByText('array([[10., 20.],').waitFor();
      await variable(page, /^A, float64 2 × 2/).waitFor();

      // From the output into the grid, an edit there, and the next cell sees it.
      await outputOf(page, 1).getByRole('button', { name: 'Open A in the grid' }).click();
      expect(await valueAt(page, 'A', 1, 1)).toBe('40.0');
      await page.keyboard.type('7');
      await page.keyboard.press('Enter');
      await expect.poll(() => gridCell(page, 1, 1).textContent()).toMatch(/^7/);
      await page.getByRole('tab', { name: 'Untitled' }).click();
      await runCell(page, 'A[1, 1]');
      await outputOf(page, 2).getByText('np.float64(7.0)').waitFor();

      // In place, and the grid shows it.
      await runCell(page, 'A[0] = -1');
      await variable(page, /^A, /).click();
      await showView(page, 'Grid');
      await expect.poll(() => gridCell(page, 0, 1).textContent()).toMatch(/^-1/);
      await page.getByRole('tab', { name: 'Untitled' }).click();

      await runCell(
        page,
        "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3], [1, 4, 9], 'o-', label='squares')\nplt.legend()\nplt.show()",
      );
      const plot = outputOf(page, 4).getByRole('figure', { name: 'Plot' });
      await expect.poll(() => plot.locator('.scatterlayer .points path').count(), python).toBe(3);
      expect(await plot.locator('.scatterlayer .points path').first().boundingBox()).toMatchObject({
        width: expect.any(Number) as number,
      });

      // Points by the thousand are one picture, below the line among them; it is painted anew after a zoom.
      await runCell(page, 'x = np.random.randn(2, 5000)\nplt.scatter(*x)\nplt.plot([-2, 2], [-2, 2])\nplt.show()');
      const dense = outputOf(page, 5).getByRole('figure', { name: 'Plot' });
      const painted = () => dense.locator('.imagelayer image').getAttribute('href', python);
      const first = await painted();
      expect(first).toMatch(/^data:image\/png/);
      expect(await dense.locator('.scatterlayer path').count()).toBeLessThan(10);
      const place = (await dense.locator('.nsewdrag').boundingBox())!;
      await page.mouse.move(place.x + 100, place.y + 100);
      await page.mouse.down();
      await page.mouse.move(place.x + 250, place.y + 200, { steps: 3 });
      await page.mouse.up();
      await expect.poll(painted).not.toBe(first);

      const file = await app.save(() => page.keyboard.press('Control+s'));
      expect(file).toMatch(/Untitled\.ipynb$/);
      const saved = JSON.parse(readFileSync(file, 'utf8')) as {
        nbformat: number;
        cells: { source: string[]; outputs: { output_type: string; data?: Record<string, unknown> }[] }[];
      };
      expect(saved.nbformat).toBe(4);
      expect(saved.cells.map(({ outputs }) => outputs.map((output) => output.output_type))).toEqual([
        ['stream', 'execute_result'],
        ['execute_result'],
        [],
        ['display_data'],
        ['display_data'],
      ]);
      expect(saved.cells[3]?.outputs[0]?.data).toHaveProperty(['application/vnd.plotly.v1+json', 'data']);

      const page2 = await app.save(async () => {
        await page.getByRole('button', { name: 'Save as' }).click();
        await page.getByRole('menuitem', { name: /Web page/ }).click();
      });
      const html = readFileSync(page2, 'utf8');
      expect(html).toContain('100.0');
      expect(html).toMatch(/<img alt="Plot"[^>]*src="data:image\/svg/);
      expect(html).not.toMatch(/<script|(?:src|href)="https?:/);

      await expect.poll(() => page.getByText('Saved', { exact: true }).count()).toBeGreaterThan(0);
      await page.waitForTimeout(600);
      await page.reload();
      await outputOf(page, 1).getByText('100.0').waitFor(python);
      await outputOf(page, 2).getByText('np.float64(7.0)').waitFor();
      await expect.poll(() => outputOf(page, 4).locator('.scatterlayer .points path').count(), python).toBe(3);
    },
    { timeout: 240_000 },
  );

  journey(
    'stops an endless loop, leads from an error to its line, asks for input, and obeys the keys of Jupyter',
    async ({ page }) => {
      await newNotebook(page);
      await page.getByText('Python is ready').waitFor(python);
      const loop = await runCell(page, "n = 0\nprint('begun')\nwhile True:\n    n += 1", /\[\*\]/);
      await outputOf(page, 1).getByText('begun').waitFor(python);
      await page.getByRole('button', { name: 'Stop', exact: true }).click();
      await loop.getByText('KeyboardInterrupt').first().waitFor(python);
      await runCell(page, 'n > 0');
      await outputOf(page, 2).getByText('True').waitFor();

      const failing = await runCell(page, 'def f(x):\n    return 1 / x\n\nf(0)');
      await failing.getByText('ZeroDivisionError').first().waitFor();
      await failing.getByRole('button', { name: /line 2/ }).click();
      await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toBe('    return 1 / x');

      const asking = await runCell(page, "name = input('Who? ')\nprint('hello', name)", /\[\*\]/);
      await asking.getByRole('textbox', { name: 'Who?' }).waitFor();
      // The keys are the answer's, and none of them a command of the cell's; afterwards they are again.
      await page.keyboard.type('Adda dd');
      await page.keyboard.press('Enter');
      await outputOf(page, 4).getByText('hello Adda dd').waitFor(python);
      await expect.poll(() => page.evaluate(() => document.activeElement?.hasAttribute('data-cell'))).toBe(true);

      // Command mode: above, text, delete twice, undo.
      const cells = page.getByRole('group', { name: / cell \d/ });
      await cellAt(page, 4).focus();
      await page.keyboard.press('a');
      await page.keyboard.press('m');
      await page.keyboard.press('Enter');
      await page.keyboard.insertText('# On squares\n\n$x^2$ and **bold**');
      await page.keyboard.press('Shift+Enter');
      await page.getByRole('heading', { name: 'On squares' }).waitFor();
      await expect.poll(() => page.locator('.markdown .katex').count()).toBeGreaterThan(0);
      expect(await cells.count()).toBe(5);
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('d');
      await page.keyboard.press('d');
      await expect.poll(() => cells.count()).toBe(4);
      await page.keyboard.press('z');
      await page.getByRole('heading', { name: 'On squares' }).waitFor();
      await page.keyboard.press('x');
      await expect.poll(() => cells.count()).toBe(4);
      await page.keyboard.press('Home');
      await page.keyboard.press('v');
      await expect.poll(() => cellAt(page, 2).getByRole('heading', { name: 'On squares' }).count()).toBe(1);

      // A long output is folded, and opened it holds only the lines in sight.
      await page.keyboard.press('End');
      await runCell(page, "for i in range(10_000):\n    print('line', i)");
      const long = outputOf(page, 6);
      await long.getByText('line 9999').waitFor(python);
      await long.getByRole('button', { name: /more lines/ }).click();
      await long.getByRole('region', { name: 'Output, 10000 lines' }).waitFor();
      expect(await long.locator('.line').count()).toBeLessThan(200);
    },
    { timeout: 240_000 },
  );

  journey('opens from files of others, and says what is wrong with those that are none', async (app) => {
    const { page } = app;
    const folder = temporaryFolder();
    const theirs = {
      cells: [
        { cell_type: 'markdown', id: 'a', metadata: {}, source: ['## Theirs <img src=x onerror=alert(1)>\n'] },
        {
          cell_type: 'code',
          execution_count: 7,
          id: 'b',
          metadata: { vendor: { kept: true } },
          source: ['1 + 1'],
          outputs: [
            {
              output_type: 'execute_result',
              execution_count: 7,
              metadata: {},
              data: {
                'text/plain': ['table'],
                'text/html': ['<table onclick="x()"><tr><td>42</td></tr></table><script>document.title="no"</script>'],
              },
            },
          ],
        },
      ],
      metadata: { their: 'own' },
      nbformat: 4,
      nbformat_minor: 5,
    };
    const good = join(folder, 'course.ipynb');
    const bad = join(folder, 'broken.ipynb');
    const script = join(folder, 'script.py');
    writeFileSync(good, JSON.stringify(theirs));
    writeFileSync(bad, JSON.stringify(theirs).slice(0, 200));
    writeFileSync(script, '# %% [markdown]\n# # From a script\n\n# %%\nprint("hello")\n');

    await openFiles(app, good);
    await page.getByRole('tab', { name: 'course', selected: true }).waitFor();
    await page.getByRole('heading', { name: /Theirs/ }).waitFor();
    await outputOf(page, 2).getByRole('cell', { name: '42' }).waitFor();
    expect(await page.locator('.view :is(script, [onclick], [onerror])').count()).toBe(0);
    await cellAt(page, 2).getByText('[7]').waitFor();

    const file = await app.save(() => page.keyboard.press('Control+s'));
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      metadata: { their: 'own' },
      cells: [{ source: theirs.cells[0]?.source }, { metadata: { vendor: { kept: true } } }],
    });

    await openFiles(app, script);
    await page.getByRole('heading', { name: 'From a script' }).waitFor();
    await openFiles(app, bad);
    expect(await errorNote(page, /broken\.ipynb/)).toMatch(/is not a notebook/);
  });
});

describe('the console and formulas', () => {
  journey(
    'one line at a time, with history; a formula follows what is edited in the grid',
    async ({ page }) => {
      await typeMatrix(page, '1 2; 3 4', 'A');
      await page.keyboard.press('Control+Backquote');
      const panel = page.getByRole('region', { name: 'Console' });
      const log = panel.getByRole('log');
      // What is typed at once, and asked for while Python still starts, is not lost, and numpy is at hand.
      await page.keyboard.type('np.trace(A) * 3');
      await page.keyboard.press('Enter');
      await page.keyboard.insertText('A.sum()');
      await page.keyboard.press('Enter');
      await log.getByText('np.float64(15.0)').waitFor(python);
      await log.getByText('np.float64(10.0)').waitFor(python);
      await page.keyboard.insertText('_ + 1');
      await page.keyboard.press('Enter');
      await log.getByText('np.float64(11.0)').waitFor();
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowUp');
      await expect.poll(() => panel.getByRole('textbox').textContent()).toBe('A.sum()');
      await page.keyboard.press('Control+a');
      await page.keyboard.press('Delete');
      // A reload keeps what was said, and the prompt.
      await page.reload();
      await log.getByText('np.float64(11.0)').waitFor();
      await page.keyboard.type('_ - 1');
      await page.keyboard.press('Enter');
      await expect.poll(() => log.getByText('np.float64(10.0)').count()).toBe(2);

      // The code of the last action goes to the prompt, or into a notebook.
      const last = page.getByRole('region', { name: 'NumPy code of the last action' });
      await last.hover();
      await last.getByRole('button', { name: 'Run', exact: true }).click();
      await log.getByText('A = np.array(', { exact: false }).waitFor(python);
      await panel.getByRole('button', { name: 'Close the console' }).click();
      await last.hover();
      await last.getByRole('button', { name: 'To notebook' }).click();
      await cellAt(page, 1).getByText('A = np.array(').waitFor();
      await variable(page, /^A, /).click();

      const formula = async (name: string, code: string): Promise<void> => {
        await page.keyboard.press('Alt+f');
        const dialog = page.getByRole('dialog', { name: 'New formula' });
        await dialog.getByLabel('Name').fill(name);
        await dialog.getByLabel('Expression').fill(code);
        await page.keyboard.press('Enter');
        await dialog.waitFor({ state: 'hidden', ...python });
      };
      await formula('B', 'A.T @ A');
      await variable(page, /^B, float64 2 × 2, = A\.T @ A/).waitFor();
      await formula('C', 'B + 100');
      expect(await valueAt(page, 'C', 0, 0)).toBe('110.0');

      // An edit of A goes through B into C.
      await variable(page, /^A, /).click();
      await valueAt(page, 'A', 0, 0);
      await page.keyboard.type('5');
      await page.keyboard.press('Enter');
      await variable(page, /^C, /).click();
      await expect.poll(() => valueAt(page, 'C', 0, 0), python).toBe('134.0');

      // A value that is dragged takes the chain along, and goes back in one step.
      await variable(page, /^A, /).click();
      const corner = (await gridCell(page, 0, 0).boundingBox())!;
      const [x, y] = [corner.x + corner.width / 2, corner.y + corner.height / 2];
      await page.keyboard.down('Alt');
      await page.mouse.move(x, y);
      await page.mouse.down();
      for (let moved = 3; moved <= 60; moved += 3) await page.mouse.move(x + moved, y);
      await page.mouse.up();
      await page.keyboard.up('Alt');
      const knob = page.getByRole('slider', { name: 'Value of A[0, 0], to drag' });
      await expect.poll(() => knob.getAttribute('aria-valuenow')).toBe('6');
      await variable(page, /^C, /).click();
      await expect.poll(() => valueAt(page, 'C', 0, 0), python).toBe('145.0');
      await page.keyboard.press('Control+z');
      await expect.poll(() => valueAt(page, 'C', 0, 0), python).toBe('134.0');
      await variable(page, /^A, /).click();
      await knob.press('ArrowUp');
      await expect.poll(() => valueAt(page, 'A', 0, 0)).toBe('5.05');
      await page.keyboard.press('Control+z');
      await variable(page, /^C, /).click();
      await expect.poll(() => valueAt(page, 'C', 0, 0), python).toBe('134.0');

      // A formula that cannot be computed says why, beside itself, and the value stays.
      const strip = page.getByRole('region', { name: 'Formula of C' });
      await strip.getByRole('textbox').fill('C + 1');
      await page.keyboard.press('Enter');
      await strip.getByRole('alert').waitFor();
      await strip.getByRole('textbox').fill('np.linalg.inv(B)[0]');
      await page.keyboard.press('Enter');
      await variable(page, /^C, float64 2, = np\.linalg\.inv\(B\)\[0\]/).waitFor(python);
      await strip.getByRole('button', { name: 'Keep value' }).click();
      await strip.waitFor({ state: 'hidden' });
    },
    { timeout: 180_000 },
  );
});
