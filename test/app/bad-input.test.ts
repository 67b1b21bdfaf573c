/** What people open by mistake: each time a clear message where it belongs, and the rest of the app untouched. */
import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { type App } from './launch.ts';
import { browserEndsAfterwards, journey } from './journey.ts';
import { hugePng, picture, sequence, write } from './sample-files.ts';
import {
  confirmImport,
  errorNote,
  importDialog,
  newMatrix,
  openFiles,
  showView,
  typeMatrix,
  valueAt,
  variable,
} from './steps.ts';

browserEndsAfterwards();

/** Something was open before, and it still answers. */
async function before({ page }: App): Promise<void> {
  await typeMatrix(page, '1 2; 3 4', 'before');
  await variable(page, /^before,/).waitFor();
}

async function untouched({ page }: App): Promise<void> {
  await stillThere(page);
  await page.getByRole('contentinfo', { name: 'Status' }).getByText('Ready').waitFor();
}

async function stillThere(page: App['page']): Promise<void> {
  await variable(page, /^before, float64 2 × 2/).click();
  await showView(page, 'Grid');
  expect(Number(await valueAt(page, 'before', 1, 0))).toBe(3);
}

function isPlain(text: string): void {
  expect(text).not.toMatch(/undefined|\[object|Error:|ENOENT|stack|Something went wrong inside/);
}

function refused(name: string, file: (home: string) => string | Promise<string>, says: RegExp): void {
  journey(name, async (app) => {
    await before(app);
    const path = await file(app.home);
    await openFiles(app, path);
    const text = await errorNote(app.page, /could not be opened/);
    expect(text).toMatch(says);
    isPlain(text);
    await app.page.getByRole('button', { name: 'Dismiss' }).first().click();
    await untouched(app);
  });
}

const garbage = (length: number): Uint8Array => {
  const next = sequence(3);
  return Uint8Array.from({ length }, () => Math.floor(256 * next()));
};

describe('bad input', () => {
  refused('an empty file is called empty', (home) => write(home, 'empty.csv', ''), /empty/i);
  refused(
    'binary garbage named .csv is not taken for a table',
    (home) => write(home, 'garbage.csv', garbage(40_000)),
    /not a table|not text|binary|neither/i,
  );
  refused(
    'a truncated JPEG is called incomplete',
    async (home) => {
      const whole = readFileSync(await picture(home, 'whole.jpg', 'valley', 600, 400, 'jpeg'));
      return write(home, 'torn.jpg', whole.subarray(0, Math.floor(whole.length / 3)));
    },
    /incomplete|truncated|ends|damaged|cut/i,
  );
  refused(
    'a truncated PNG likewise',
    async (home) => {
      const whole = readFileSync(await picture(home, 'whole.png', 'valley', 300, 200));
      return write(home, 'torn.png', whole.subarray(0, Math.floor(whole.length / 2)));
    },
    /incomplete|truncated|ends|damaged|cut/i,
  );
  refused(
    'garbage named .png is not taken for a picture',
    (home) => write(home, 'garbage.png', garbage(5000)),
    /not a picture|not text|binary|neither|PNG/i,
  );
  refused(
    'a truncated .npy says how much is missing',
    (home) =>
      write(
        home,
        'torn.npy',
        Buffer.concat([
          Buffer.from([0x93]),
          Buffer.from(
            "NUMPY\x01\x00\x76\x00{'descr': '<f8', 'fortran_order': False, 'shape': (100, 100), }".padEnd(127) + '\n',
            'latin1',
          ),
          Buffer.alloc(80),
        ]),
      ),
    /byte|truncated|incomplete|ends|short/i,
  );

  journey('a picture of 20,000 × 20,000 is refused with numbers, and a smaller version is offered', async (app) => {
    const { page, home } = app;
    await before(app);
    await openFiles(app, hugePng(home, 'huge.png', 20_000, 20_000));
    const note = page.getByRole('alert', { name: /huge\.png could not be opened/ });
    await note.waitFor({ timeout: 30_000 });
    const text = (await note.textContent())!;
    expect(text).toMatch(/20[,.\s ]?000/);
    expect(text).toMatch(/GB|megapixel|pixels/i);
    isPlain(text);
    await note.getByRole('button', { name: 'Open a smaller version' }).click();
    await variable(page, /^huge, uint8/).waitFor({ timeout: 60_000 });
    // Its exact SVD takes a minute or more and goes on behind what the person looks at.
    await stillThere(page);
  });

  journey('ragged rows are named by their line, and can be imported all the same', async (app) => {
    const { page, home } = app;
    await before(app);
    await openFiles(app, write(home, 'ragged.csv', 'a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11,12\n'));
    const dialog = importDialog(page);
    await dialog.waitFor();
    await dialog
      .getByText(/line 3/i)
      .first()
      .waitFor();
    await confirmImport(page);
    await variable(page, /^ragged, float64 4 × 3/).waitFor();
    expect(await valueAt(page, 'ragged', 1, 2)).toBe('nan');
    await untouched(app);
  });

  journey('a table without a numeric column says so beside its preview', async (app) => {
    const { page, home } = app;
    await before(app);
    await openFiles(app, write(home, 'words.csv', 'name,town\nAnn,Bonn\nBob,Linz\nCem,Bern\n'));
    const dialog = importDialog(page);
    await dialog.waitFor();
    await dialog
      .getByText(/no (numeric )?column|no numbers/i)
      .first()
      .waitFor();
    expect(await dialog.getByRole('button', { name: 'Import', exact: true }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await untouched(app);
  });

  for (const [text, word, at] of [
    ['1 2 3; 4 nan 6; 7 8 9', 'NaN', '[1, 1]'],
    ['1 2 3; 4 5 6; 7 -inf 9', 'Inf', '[2, 1]'],
  ] as const) {
    journey(`${word} in the matrix given to SVD is refused, naming the cell`, async (app) => {
      const { page } = app;
      await before(app);
      await typeMatrix(page, text, 'bad');
      await variable(page, /^bad,/).waitFor();
      await showView(page, 'Factor');
      const note = page.getByRole('alert', { name: 'No SVD of bad' });
      await note.waitFor({ timeout: 30_000 });
      const said = (await note.textContent())!;
      expect(said).toMatch(new RegExp(word, 'i'));
      expect(said.replaceAll(' ', '')).toContain(at.replaceAll(' ', ''));
      isPlain(said);
      await untouched(app);
    });
  }

  journey('a matrix too large for memory is refused with numbers before anything is computed', async (app) => {
    const { page } = app;
    await before(app);
    const dialog = await newMatrix(page);
    await dialog.getByRole('radio', { name: 'Zeros' }).click();
    await dialog.getByLabel('Rows').fill('2000000');
    await dialog.getByLabel('Columns').fill('100000');
    await dialog.getByRole('button', { name: 'Create' }).click();
    const note = dialog.getByRole('alert', { name: 'The matrix was not made' });
    await note.waitFor();
    const said = (await note.textContent())!;
    expect(said).toMatch(/1[.,]6 TB|1[,.]?600 GB|1\.4[56] TiB|1[,.]?490 GiB/);
    isPlain(said);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await untouched(app);
  });

  journey('nonsense typed as a matrix is answered beside the text', async (app) => {
    const { page } = app;
    await before(app);
    const dialog = await newMatrix(page);
    await dialog.getByLabel('Numbers').fill('1 2; 3');
    const said = dialog.getByRole('alert');
    await said.waitFor();
    expect(await said.textContent()).toMatch(/row|line/i);
    expect(await dialog.getByRole('button', { name: 'Create' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await untouched(app);
  });
});
