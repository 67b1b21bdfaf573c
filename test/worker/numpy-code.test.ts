import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Compute, type Page } from './compute.ts';

function hasNumpy(): boolean {
  try {
    execFileSync('python3', ['-c', 'import numpy'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The code the app shows after every action is run by Python, in order; both must hold the same numbers in the end. */
describe.skipIf(!hasNumpy())('the NumPy code of every action', () => {
  let compute: Compute;
  let page: Page;
  let folder: string;
  const script: string[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'eigenscope-code-'));
    compute = await Compute.start();
    page = await compute.page();
  });
  afterAll(async () => {
    await compute.close();
    await rm(folder, { recursive: true, force: true });
  });

  const noted = async <T>(action: Promise<T>): Promise<T> => {
    const done = await action;
    script.push(...(await page.ask('workspace.state', {})).code);
    return done;
  };

  it('does the same in Python', async () => {
    const table = async (
      name: string,
      content: string | Buffer,
      missing: 'nan' | 'zero' | 'drop-row' = 'nan',
      columns: number[] | null = null,
    ) => {
      const path = join(folder, `${name}.csv`);
      await writeFile(path, content);
      const opened = await page.ask('io.open', { file: await compute.grant(path) });
      if (opened.kind !== 'table') throw new Error('not a table');
      await noted(
        page.ask('io.import', {
          file: opened.preview.file,
          options: { ...opened.preview.options, missing, columns },
          name,
        }),
      );
    };
    await table('plain', '1,2,3\n4,5,6\n');
    await table('header', 'a,b\n1,2\n3.5,-4e-3\n');
    await table('one_row', 'a,b\n1,2\n');
    await table('german', 'x;y\n1,5;2,25\n-3,5;4,0\n');
    await table('german_holes', 'x;y\n1,5;\n-3,5;4,0\n');
    await table('tabs', 'a\tb\n1\t2\n3\t4\n');
    await table('blanks', 'Chins Situps\n   5    162\n  12     60\n');
    await table('holes', 'a,b\n1,NA\n,2\n3,4\n');
    await table('zeros', 'a,b\n1,NA\n,2\n3,4\n', 'zero');
    await table('dropped', 'a,b\n1,NA\n,2\n3,4\n', 'drop-row');
    await table('quoted', '"name, full",v,w\n"Smith, J",1,2\n"Doe, A",3,4\n');
    await table('some', 'a,b,c\n1,2,3\n4,5,6\n', 'nan', [0, 2]);
    await table('ragged', 'a,b,c\n1,2,3\n4,5\n6,7,8,9\n1,1,1\n');
    await table('titled', 'Measured in May\n\na,b\n1,2\n3,4\n');
    await table('counts', '3,2,one,two\n1,2,0\n3,4,0\n5,6,1\n');
    await table('utf16', Buffer.from('\ufeffa\tb\n1\t2\n3\t4\n', 'utf16le'));
    await table('latin', Buffer.from('größe,b\n1,2\n3,4\n', 'latin1'));
    await table('marked', '\ufeffa,b\n1,2\n3,4\n');
    await table('commented', '# one\n# two\n1 2\n3 4\n');

    const typed = await noted(page.ask('workspace.create', { text: '1 2/3 -inf; nan 1e22 -0', name: 'typed' }));
    await noted(page.ask('workspace.create', { text: '1+2j 3', name: 'complex_' }));
    await noted(page.ask('workspace.create', { text: '[1, 2, 3]', dtype: 'int32', name: 'whole' }));
    const edit = (id: string, row0: number, row1: number, col0: number, col1: number, ...values: number[]) =>
      noted(page.ask('array.set_cells', { id, region: { row0, row1, col0, col1 }, values: Float64Array.from(values) }));
    await edit(typed.id, 0, 1, 1, 2, 5);
    await edit(typed.id, 0, 2, 0, 1, 7, 8);
    await edit(typed.id, 0, 2, 1, 3, 1, 2.5, NaN, 4);
    await noted(page.ask('array.insert', { id: typed.id, axis: 0, index: 1, count: 1 }));
    await noted(page.ask('array.insert', { id: typed.id, axis: 1, index: 3, count: 2 }));
    await noted(page.ask('array.delete', { id: typed.id, axis: 1, index: 0, count: 2 }));
    await noted(page.ask('array.delete', { id: typed.id, axis: 0, index: 2, count: 1 }));
    await noted(page.ask('workspace.duplicate', { id: typed.id }));
    await noted(page.ask('workspace.rename', { id: typed.id, name: 'renamed' }));
    for (const what of ['zeros', 'ones', 'eye', 'random', 'randn', 'hilbert'] as const) {
      await noted(page.ask('workspace.generate', { what, shape: [4, 3], seed: 7, name: `g_${what}` }));
    }
    const square = await noted(page.ask('workspace.create', { text: '4 0 1; 0 3 0; 0 0 2; 1 1 1', name: 'M' }));
    const svd = await noted(page.ask('linalg.svd', { a: square.id }));
    await noted(page.ask('workspace.keep', { items: [{ id: svd.s, name: 's' }], origin: 'svd(M)' }));
    await noted(page.ask('svd.rebuild', { factor: svd.factor, k: 2, residual: false, name: 'low' }));
    await noted(page.ask('svd.rebuild', { factor: svd.factor, k: 2, residual: true, name: 'rest' }));
    const pixels = Uint8Array.from({ length: 60 * 40 * 3 }, (_, i) => (i * i * 7 + (i >> 5) * 13) % 256);
    const png = await sharp(pixels, { raw: { width: 60, height: 40, channels: 3 } })
      .png()
      .toBuffer();
    await writeFile(join(folder, 'photo.png'), png);
    const opened = await page.ask('io.open', { file: await compute.grant(join(folder, 'photo.png')) });
    if (opened.kind !== 'variable') throw new Error('not a picture');
    const photo = opened.variable;
    // Python may have no library for pictures: it gets the same bytes as an array.
    await page.ask('io.save', { id: photo.id, target: compute.target(join(folder, 'photo.npy')), format: 'npy' });
    script.push('photo = np.load("photo.npy")');
    for (const mode of ['rgb', 'ycbcr', 'grey'] as const) {
      const factor = await noted(page.ask('image.factor', { id: photo.id, mode }));
      await noted(page.ask('image.rebuild', { factor: factor.factor, k: 3, name: `photo_${mode}` }));
    }
    await noted(
      page.ask('io.save', { id: square.id, target: compute.target(join(folder, 'saved.csv')), format: 'csv' }),
    );

    const { variables } = await page.ask('workspace.state', {});
    const compared = variables.map(({ name }) => name);
    script.push(
      'import json',
      `out = {name: [list(np.shape(globals()[name])), np.asarray(globals()[name]).real.astype(float).ravel().tolist()[:4000]] for name in ${JSON.stringify(compared)}}`,
      'print(json.dumps(out))',
    );
    await writeFile(join(folder, 'all.py'), script.join('\n'));
    const printed = execFileSync('python3', ['all.py'], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: { ...process.env, OPENBLAS_NUM_THREADS: '1' },
    });
    const python = JSON.parse(printed.replace(/-?(NaN|Infinity)/g, '"$&"')) as Record<
      string,
      [number[], (number | string)[]]
    >;
    for (const { id, name, shape } of variables) {
      const [rows, cols = 1, planes = 1] = shape;
      const [theirShape, theirs] = python[name];
      expect([name, theirShape]).toEqual([name, shape]);
      const taken = Math.min(rows, Math.ceil(4000 / (cols * planes)));
      const cells = await Promise.all(
        Array.from({ length: planes }, (_, plane) =>
          page.ask('array.cells', { id, region: { row0: 0, row1: taken, col0: 0, col1: cols }, plane }),
        ),
      );
      const ours = Array.from(
        { length: taken * cols * planes },
        (_, i) => cells[i % planes].values[Math.floor(i / planes)],
      ).slice(0, 4000);
      const near = ours.every((value, i) => {
        const other = Number(theirs[i]);
        // Pictures may round to the neighbouring level, where the factors differ in the last bit.
        const tolerance = planes === 3 || name.startsWith('photo') ? 1 : 1e-12 * Math.max(1, Math.abs(value));
        return Object.is(value, other) || Math.abs(value - other) <= tolerance;
      });
      expect([name, near ? 'same' : [ours.slice(0, 12), theirs.slice(0, 12)]]).toEqual([name, 'same']);
    }
  }, 120_000);
});
