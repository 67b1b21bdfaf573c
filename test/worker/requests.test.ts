import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { array } from '#engine/create.ts';
import { encodeNpz } from '#engine/io/npz.ts';
import type { ComplexNumber, Args, ComplexPart, RequestName, TablePreview } from '#shared/contract.ts';
import { Compute, type Page } from './compute.ts';

const whole = (rows: number, cols: number) => ({ row0: 0, row1: rows, col0: 0, col1: cols });

describe('requests of a page', () => {
  let compute: Compute;
  let page: Page;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'eigenscope-files-'));
    compute = await Compute.start();
    page = await compute.page();
  });
  afterAll(async () => {
    await compute.close();
    await rm(folder, { recursive: true, force: true });
  });

  const file = async (name: string, content: string | Uint8Array) => {
    await writeFile(join(folder, name), content);
    return compute.grant(join(folder, name));
  };
  const create = (text: string, name: string) => page.ask('workspace.create', { text, name });
  const values = async (id: string, rows: number, cols: number) => [
    ...(await page.ask('array.cells', { id, region: whole(rows, cols) })).values,
  ];
  const state = () => page.ask('workspace.state', {});
  const preview = async (name: string, content: string | Uint8Array): Promise<TablePreview> => {
    const opened = await page.ask('io.open', { file: await file(name, content) });
    if (opened.kind !== 'table') throw new Error('not a table');
    return opened.preview;
  };

  it('greets with the session and tells what it runs on', async () => {
    expect(page.hello).toMatchObject({ kind: 'hello', restart: null, opened: [] });
    const info = await page.ask('system.info', {});
    expect(info.blas.name).toMatch(/openblas/i);
    expect(info.memory_limit).toBeGreaterThan(0);
    expect(info.memory_limit).toBeLessThan(info.memory_total);
  });

  describe('errors', () => {
    const cases: [code: string, name: RequestName, args: () => unknown][] = [
      ['value', 'nonsense' as RequestName, () => ({})],
      ['value', 'workspace.rename', () => ({ id: 'a999', name: 'x' })],
      ['value', 'workspace.rename', () => undefined],
      ['parse', 'workspace.create', () => ({ text: '1 2 x' })],
      ['parse', 'workspace.create', () => ({ text: '' })],
      ['dtype', 'workspace.create', () => ({ text: '1', dtype: 'float128' })],
      ['shape', 'workspace.generate', () => ({ what: 'ones', shape: [0, 5] })],
      ['memory', 'workspace.generate', () => ({ what: 'ones', shape: [2_000_000, 2_000_000] })],
      ['io', 'io.open', () => ({ file: 'never granted' })],
      [
        'value',
        'svd.preview',
        () => ({ factor: 'f99', k: 1, region: whole(1, 1), width: 1, height: 1, residual: false }),
      ],
      ['value', 'samples.open', () => ({ name: 'none' })],
    ];
    it.each(cases)('%s from %s', async (code, name, args) => {
      await expect(page.ask(name, args() as Args<RequestName>)).rejects.toMatchObject({ code });
    });

    it('index, shape and value of cells', async () => {
      const { id } = await create('1 2; 3 4', 'errors');
      await expect(page.ask('array.cells', { id, region: whole(3, 2) })).rejects.toMatchObject({
        code: 'index',
        argument: 'region',
      });
      await expect(
        page.ask('array.cells', { id, region: { row0: 0.5, row1: 1, col0: 0, col1: 1 } }),
      ).rejects.toMatchObject({ code: 'index' });
      await expect(
        page.ask('array.set_cells', { id, region: whole(2, 2), values: Float64Array.of(1) }),
      ).rejects.toMatchObject({ code: 'shape' });
      const bytes = await page.ask('workspace.create', { text: '1 2', dtype: 'uint8', name: 'small' });
      const cell = { row0: 0, row1: 1, col0: 0, col1: 1 };
      await expect(
        page.ask('array.set_cells', { id: bytes.id, region: cell, values: Float64Array.of(300) }),
      ).rejects.toMatchObject({
        code: 'value',
        message: 'Python integer 300 out of bounds for uint8',
      });
      await expect(
        page.ask('array.set_cells', { id: bytes.id, region: cell, values: Float64Array.of(NaN) }),
      ).rejects.toMatchObject({
        message: 'cannot convert float NaN to integer',
      });
      await expect(page.ask('array.insert', { id, axis: 0, index: 9, count: 1 })).rejects.toMatchObject({
        code: 'index',
      });
      await expect(page.ask('array.delete', { id, axis: 1, index: 0, count: 2 })).rejects.toMatchObject({
        code: 'value',
      });
      await expect(page.ask('array.thumbnail', { id, width: 0, height: 5 })).rejects.toMatchObject({ code: 'value' });
    });

    it('linalg for NaN, naming the cell, and for what is no matrix', async () => {
      const { id } = await create('1 2; 3 nan', 'holes');
      await expect(page.ask('linalg.svd', { a: id })).rejects.toMatchObject({
        code: 'linalg',
        message: 'holes has NaN at [1, 1], so it cannot be factored',
        argument: 'a',
      });
      const vector = await create('[1, 2, 3]', 'vector');
      await expect(page.ask('linalg.svd', { a: vector.id })).rejects.toMatchObject({
        code: 'linalg',
        message: '1-dimensional array given. Array must be at least two-dimensional',
      });
    });

    it('closes on a page that speaks nonsense and serves the others', async () => {
      const rude = await compute.page();
      rude.sendRaw('text');
      await rude.closed;
      const garbled = await compute.page();
      garbled.sendRaw(Uint8Array.of(0xc1, 1, 2, 3));
      await garbled.closed;
      expect(await state()).toHaveProperty('saved');
    });
  });

  describe('workspace', () => {
    it('creates, renames, duplicates, deletes, clears, and takes everything back', async () => {
      const other = await Compute.start();
      const own = await other.page();
      try {
        const a = await own.ask('workspace.create', { text: '1 2; 3 4' });
        expect(a).toMatchObject({ name: 'A', shape: [2, 2], dtype: 'float64', origin: 'typed' });
        await own.ask('workspace.rename', { id: a.id, name: 'M' });
        const copy = await own.ask('workspace.duplicate', { id: a.id });
        expect(copy.name).toBe('M_copy');
        await own.ask('array.set_cells', { id: a.id, region: whole(1, 1), values: Float64Array.of(50) });
        const cells = async (id: string) => [...(await own.ask('array.cells', { id, region: whole(2, 2) })).values];
        expect([await cells(a.id), await cells(copy.id)]).toEqual([
          [50, 2, 3, 4],
          [1, 2, 3, 4],
        ]);
        await own.ask('array.insert', { id: a.id, axis: 0, index: 1, count: 2 });
        await own.ask('array.delete', { id: a.id, axis: 1, index: 0, count: 1 });
        expect([...(await own.ask('array.cells', { id: a.id, region: whole(4, 1) })).values]).toEqual([2, 0, 0, 4]);
        await own.ask('workspace.clear', {});
        const labels: (string | null)[] = [];
        for (;;) {
          const { label } = await own.ask('workspace.undo', {});
          if (label === null) break;
          labels.push(label);
        }
        expect(labels).toEqual([
          'Clear the workspace',
          'Delete a column of M',
          'Insert 2 rows into M',
          'Edit M[0, 0]',
          'Duplicate M',
          'Rename A to M',
          'New A',
        ]);
        expect((await own.ask('workspace.state', {})).variables).toEqual([]);
        while ((await own.ask('workspace.redo', {})).label !== null);
        expect((await own.ask('workspace.state', {})).variables).toEqual([]);
        await own.ask('workspace.undo', {});
        expect((await own.ask('workspace.state', {})).variables.map(({ name, shape }) => [name, shape])).toEqual([
          ['M', [4, 1]],
          ['M_copy', [2, 2]],
        ]);
      } finally {
        await other.close();
      }
    });

    it('tells every page of every change', async () => {
      const second = await compute.page();
      const made = await create('7', 'announced');
      await second.until(() => second.last('workspace.changed')?.variables.some(({ id }) => id === made.id) === true);
      second.close();
    });

    it('generates what NumPy generates', async () => {
      const random = await page.ask('workspace.generate', { what: 'randn', shape: [3, 3], seed: 42, name: 'R' });
      expect((await values(random.id, 3, 3)).slice(0, 3)).toEqual([
        0.4967141530112327, -0.13826430117118466, 0.6476885381006925,
      ]);
      expect((await state()).code).toEqual(['import numpy as np', 'np.random.seed(42)', 'R = np.random.randn(3, 3)']);
      const hilbert = await page.ask('workspace.generate', { what: 'hilbert', shape: [2, 3], name: 'H' });
      expect(await values(hilbert.id, 2, 3)).toEqual([1, 1 / 2, 1 / 3, 1 / 2, 1 / 3, 1 / 4]);
    });

    it('keeps int64 beyond float64 as text, and complex numbers in two parts', async () => {
      const big = await page.ask('workspace.create', { text: '9007199254740993', dtype: 'int64', name: 'big' });
      expect((await page.ask('array.cells', { id: big.id, region: whole(1, 1) })).text).toEqual(['9007199254740993']);
      const complex = await create('1+2j 3', 'complex');
      const cells = await page.ask('array.cells', { id: complex.id, region: whole(1, 2) });
      expect([[...cells.values], [...cells.imag!]]).toEqual([
        [1, 3],
        [2, 0],
      ]);
    });
  });

  describe('looking at an array', () => {
    it('gives tiles, ranges, statistics and thumbnails of one version', async () => {
      const a = await create('1 -2 3 4; 5 6 7 nan', 'shown');
      const z = await page.ask('workspace.create', { text: '3+4j 1-2j', name: 'z' });
      for (const [part, expected] of [
        [undefined, [5, Math.sqrt(5)]],
        ['magnitude', [5, Math.sqrt(5)]],
        ['real', [3, 1]],
        ['imaginary', [4, -2]],
      ] as const) {
        const asked = { id: z.id, region: whole(1, 2), width: 2, height: 1, reduce: 'mean' as const };
        const { values } = await page.ask('array.tile', part === undefined ? asked : { ...asked, part });
        expect([...values]).toEqual(expected.map((value) => Math.fround(value)));
      }
      await page.ask('workspace.delete', { id: z.id });
      // Answers on their way at once, whose memory is used again, keep apart.
      const one = (i: number) => {
        const region = { row0: 1, row1: 2, col0: i % 3, col1: (i % 3) + 1 };
        return page.ask('array.tile', { id: a.id, region, width: 4 << (i % 2), height: 4, reduce: 'mean' });
      };
      await one(0);
      await one(1);
      const cells = await Promise.all(Array.from({ length: 24 }, (_, i) => one(i)));
      const single = (j: number) =>
        page.ask('array.cells', { id: a.id, region: { ...whole(2, 4), row0: 1, col0: j, col1: j + 1 } });
      for (let j = 0; j < 3; j++) {
        const [value] = (await single(j)).values;
        for (let i = j; i < 24; i += 3) expect(new Set(cells[i].values)).toEqual(new Set([Math.fround(value)]));
      }
      for (const [width, height] of [
        [0, 1],
        [1.5, 1],
        [1e9, 1],
        [-1, 2],
      ]) {
        const asked = { id: a.id, region: whole(2, 4), width, height, reduce: 'mean' as const };
        await expect(page.ask('array.tile', asked)).rejects.toMatchObject({ code: 'value' });
      }
      const tile = await page.ask('array.tile', { id: a.id, region: whole(2, 4), width: 2, height: 1, reduce: 'mean' });
      expect(tile).toMatchObject({ version: 1, exact: true, width: 2, height: 1 });
      expect([...tile.values]).toEqual([2.5, Math.fround(14 / 3)]);
      expect(await page.ask('array.range', { id: a.id })).toMatchObject({
        min: -2,
        max: 7,
        absmax: 7,
        nan: 1,
        inf: 0,
        exact: true,
      });
      expect(await page.ask('array.statistics', { id: a.id, region: whole(2, 4) })).toMatchObject({
        count: 8,
        nan: 1,
        sum: 24,
        min: -2,
        max: 7,
      });
      const thumbnail = await page.ask('array.thumbnail', { id: a.id, width: 4, height: 2 });
      expect(thumbnail.values).toHaveLength(8);
      expect(thumbnail.limit).toBe(7);
    });

    it('answers a large array from a sample first and exactly when asked again', async () => {
      const { id } = await page.ask('workspace.generate', { what: 'random', shape: [3000, 4100], name: 'large' });
      const args = { id, region: whole(3000, 4100), width: 100, height: 100, reduce: 'mean' } as const;
      expect((await page.ask('array.tile', args)).exact).toBe(false);
      const exact = await page.ask('array.tile', args);
      expect(exact.exact).toBe(true);
      expect(exact.values[0]).toBeGreaterThan(0.4);
      expect((await page.ask('array.range', { id })).exact).toBe(false);
      expect((await page.ask('array.range', { id })).exact).toBe(true);
      await page.ask('workspace.delete', { id });
    });

    it('inspects in parts and says what is true', async () => {
      const a = await create('1 2 3; 4 5 6; 7 8 9', 'counting');
      const parts: number[] = [];
      const found = await page.ask('array.inspect', { id: a.id }, (part) => parts.push(Object.keys(part).length));
      expect(parts.length).toBeGreaterThanOrEqual(2);
      expect([...parts]).toEqual(parts.toSorted((p, q) => p - q));
      expect(found).toMatchObject({
        rank: 2,
        trace: 15,
        symmetric: false,
        nan_count: 0,
        norm_1: 18,
        norm_inf: 24,
        triangular: null,
      });
      expect(found.findings![0]).toMatchObject({ tone: 'bad', title: 'Rank 2 of 3, so no inverse' });
      const spd = await create('4 2 1; 2 5 3; 1 3 6', 'spd');
      const good = await page.ask('array.inspect', { id: spd.id });
      expect(good).toMatchObject({ symmetric: true, positive_definite: true, rank: 3 });
      expect(good.determinant).toBeCloseTo(67, 10);
      expect(good.findings).toMatchObject([{ tone: 'good', title: 'Symmetric positive definite' }]);
      const one = await create('1 2 3; 4 5 6; 7 8 10', 'one');
      const example = await page.ask('array.inspect', { id: one.id });
      expect(example.determinant).toBeCloseTo(-3, 10);
      expect(example.norm_fro).toBeCloseTo(17.4356, 4);
      expect(example.norm_2).toBeCloseTo(17.4125, 4);
      expect(example.norm_nuc).toBeCloseTo(18.4845, 4);
      expect(example.condition).toBeCloseTo(88.4483, 4);
      expect(example).toMatchObject({ norm_1: 19, norm_inf: 25, trace: 16, rank: 3 });
      // numpy.trace, linalg.det and mean of [[1+2j, 3], [1j, 4-1j]]
      const complex = await create('1+2j 3; 1j 4-1j', 'whole');
      const seen = await page.ask('array.inspect', { id: complex.id });
      expect(seen.trace).toEqual({ re: 5, im: 1 });
      expect(seen.mean).toEqual({ re: 2, im: 0.5 });
      const { re, im } = seen.determinant as ComplexNumber;
      expect(re).toBeCloseTo(6, 12);
      expect(im).toBeCloseTo(4, 12);
      expect(seen.slogdet?.[1]).toBeCloseTo(Math.log(Math.hypot(6, 4)), 12);
      const hermitian = await create('2 1j; -1j 2', 'mirrored');
      expect((await page.ask('array.inspect', { id: hermitian.id })).findings).toMatchObject([
        { tone: 'good', title: 'Hermitian positive definite' },
      ]);
      const holes = await create('1 nan; inf 2', 'unfinished');
      const bad = await page.ask('array.inspect', { id: holes.id });
      expect(bad).toMatchObject({ nan_count: 1, inf_count: 1, first_nonfinite: [0, 1], rank: null, determinant: null });
      expect(bad.findings![0]).toMatchObject({ tone: 'bad', title: 'NaN at [0, 1]' });
    });
  });

  describe('SVD', () => {
    it('factors, previews, rebuilds and keeps', async () => {
      const a = await create('5 4 0 0; 4 5 0 0; 0 0 4 5; 0 0 5 4', 'ratings');
      const parts: (number | null)[] = [];
      const svd = await page.ask('linalg.svd', { a: a.id }, (part) => parts.push(part.certificate?.residual ?? null));
      expect(parts).toEqual([null]);
      expect([...svd.singular_values].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([9, 9, 1, 1]);
      expect(svd).toMatchObject({ exact: true, m: 4, n: 4, rank: 4, energy_total: expect.closeTo(164, 9) as number });
      expect(svd.certificate!.residual).toBeLessThan(1e-14);
      expect((await state()).code).toEqual([
        'import numpy as np',
        'U, s, Vh = np.linalg.svd(ratings, full_matrices=False)',
      ]);
      const rank2 = await page.ask('svd.rebuild', { factor: svd.factor, k: 2, residual: false, name: 'rank2' });
      expect((await values(rank2.id, 4, 4)).map((value) => Math.round(value * 1e9) / 1e9 + 0)).toEqual([
        4.5, 4.5, 0, 0, 4.5, 4.5, 0, 0, 0, 0, 4.5, 4.5, 0, 0, 4.5, 4.5,
      ]);
      const seen = await page.ask('svd.preview', {
        factor: svd.factor,
        k: 2,
        region: whole(4, 4),
        width: 4,
        height: 4,
        residual: true,
      });
      expect(seen.absmax).toBeCloseTo(0.5, 6);
      const kept = await page.ask('workspace.keep', {
        items: [
          { id: svd.u, name: 'U' },
          { id: svd.s, name: 's' },
        ],
        origin: 'svd(ratings)',
      });
      expect(kept.map(({ name, shape }) => [name, shape])).toEqual([
        ['U', [4, 4]],
        ['s', [4]],
      ]);
      expect((await state()).code).toEqual([
        'import numpy as np',
        'U, s, _ = np.linalg.svd(ratings, full_matrices=False)',
      ]);
      await expect(
        page.ask('array.set_cells', { id: svd.s, region: whole(1, 1), values: Float64Array.of(0) }),
      ).rejects.toMatchObject({ code: 'value' });
      // Editing what was kept leaves the factorisation as it was.
      await page.ask('array.set_cells', { id: kept[1].id, region: whole(1, 1), values: Float64Array.of(0) });
      expect((await page.ask('linalg.svd', { a: a.id })).singular_values[0]).toBeCloseTo(9, 12);
      // Editing the matrix leaves it too, and a new one is computed for the new values.
      await page.ask('array.set_cells', { id: a.id, region: whole(1, 1), values: Float64Array.of(50) });
      expect(
        (
          await page.ask('svd.preview', {
            factor: svd.factor,
            k: 4,
            region: whole(4, 4),
            width: 4,
            height: 4,
            residual: true,
          })
        ).absmax,
      ).toBeLessThan(1e-6);
      const fresh = await page.ask('linalg.svd', { a: a.id });
      expect(fresh.singular_values[0]).toBeGreaterThan(50);
      expect(fresh.version).toBe(2);
    });

    it('answers a large matrix first approximately, then exactly', async () => {
      const { id } = await page.ask('workspace.generate', {
        what: 'randn',
        shape: [1000, 900],
        seed: 3,
        name: 'wide',
      });
      const parts: { exact: boolean; rank: number }[] = [];
      const svd = await page.ask('linalg.svd', { a: id }, ({ exact, rank }) => parts.push({ exact, rank }));
      expect(parts.at(-1)).toEqual({ exact: true, rank: 900 });
      if (parts.length > 1) expect(parts[0].exact).toBe(false);
      expect(svd.certificate!.backward_error).toBeLessThan(50);
      await page.ask('workspace.delete', { id });
    });

    it('previews the parts and the magnitude of complex matrices', async () => {
      const a = await create('1+2j 3; 0 1j; 2 2', 'z');
      const svd = await page.ask('linalg.svd', { a: a.id, full_matrices: true });
      const kept = await page.ask('svd.rebuild', { factor: svd.factor, k: 1, residual: false, name: 'z1' });
      const { values: re, imag: im } = await page.ask('array.cells', { id: kept.id, region: whole(3, 2) });
      const see = async (k: number, residual: boolean, part?: ComplexPart, width = 2, height = 3) => {
        const args = { factor: svd.factor, k, region: whole(3, 2), width, height, residual };
        return page.ask('svd.preview', { ...args, ...(part === undefined ? {} : { part }) });
      };
      const near = (seen: ArrayLike<number>, expected: number[]) => {
        expect(seen).toHaveLength(expected.length);
        expected.forEach((value, i) => expect(seen[i]).toBeCloseTo(value, 5));
      };
      near((await see(1, false, 'real')).values, [...re]);
      near((await see(1, false, 'imaginary')).values, [...im!]);
      const sizes = [...re].map((value, i) => Math.hypot(value, im![i]));
      near((await see(1, false, 'magnitude')).values, sizes);
      near((await see(1, false)).values, sizes);
      near([(await see(1, false)).absmax], [Math.max(...sizes)]);
      // What rank 0 misses is the matrix; a pixel averages magnitudes, as the heat map's tiles do.
      near((await see(0, true, 'imaginary')).values, [2, 0, 0, 1, 0, 0]);
      near((await see(0, true, 'magnitude', 1, 1)).values, [(Math.sqrt(5) + 3 + 0 + 1 + 2 + 2) / 6]);
      near((await see(2, true)).values, [0, 0, 0, 0, 0, 0]);
      await expect(see(1, false, 'phase' as ComplexPart)).rejects.toMatchObject({ code: 'value', argument: 'part' });
      const real = await page.ask('linalg.svd', { a: (await create('1 2; 3 4', 'plain')).id });
      const args = { factor: real.factor, k: 1, region: whole(2, 2), width: 2, height: 2, residual: false };
      await expect(page.ask('svd.preview', { ...args, part: 'real' })).rejects.toMatchObject({ code: 'dtype' });
    });

    it('factors complex and full', async () => {
      const a = await create('1+2j 3; 0 1j; 2 2', 'c');
      const svd = await page.ask('linalg.svd', { a: a.id, full_matrices: true });
      const { u, vh } = svd;
      expect((await page.ask('array.cells', { id: u, region: whole(3, 3) })).imag).not.toBeNull();
      expect((await page.ask('array.cells', { id: vh, region: whole(2, 2) })).values).toHaveLength(4);
    });
  });

  describe('tables', () => {
    it('previews, lets options be corrected, and imports with names', async () => {
      const table = await preview('data.txt', 'x;y;who\n1,5;2,5;"A; B"\n-3,25;NA;C\n');
      expect(table).toMatchObject({
        options: { delimiter: ';', decimal: ',', header: true, skip: 0, encoding: 'utf-8' },
        total_rows: 2,
        problem: null,
      });
      expect(table.columns.map(({ name, type, missing }) => [name, type, missing])).toEqual([
        ['x', 'number', 0],
        ['y', 'number', 1],
        ['who', 'text', 0],
      ]);
      const wrong = await page.ask('io.preview', { file: table.file, options: { ...table.options, decimal: '.' } });
      expect(wrong.problem).toMatchObject({ code: 'parse', message: 'No column holds numbers' });
      const imported = await page.ask('io.import', { file: table.file, options: table.options, name: 'xy' });
      expect(imported).toMatchObject({ shape: [2, 2], columns: ['x', 'y'], origin: 'data.txt' });
      expect(await values(imported.id, 2, 2)).toEqual([1.5, 2.5, -3.25, NaN]);
      const dropped = await page.ask('io.import', {
        file: table.file,
        options: { ...table.options, missing: 'drop-row' },
        name: 'xy2',
      });
      expect(await values(dropped.id, 1, 2)).toEqual([1.5, 2.5]);
      const zero = await page.ask('io.import', {
        file: table.file,
        options: { ...table.options, missing: 'zero', columns: [1] },
        name: 'xy3',
      });
      expect(await values(zero.id, 2, 1)).toEqual([2.5, 0]);
    });

    it.each([
      ['empty.csv', '', /is empty/],
      ['garbage.csv', Uint8Array.from({ length: 500 }, (_, i) => (i * 37) % 256), /looks binary/],
    ])('refuses %s', async (name, content, message) => {
      await expect(page.ask('io.open', { file: await file(name, content) })).rejects.toMatchObject({
        code: 'parse',
        message: expect.stringMatching(message) as string,
        argument: 'file',
      });
    });

    it('shows a table without numbers with its problem', async () => {
      expect((await preview('words.csv', 'a,b\nx,y\n')).problem).toMatchObject({
        code: 'parse',
        message: 'No column holds numbers',
      });
      expect((await preview('header.csv', 'a,b\n')).problem).not.toBeNull();
    });

    it('names ragged lines and imports them all the same', async () => {
      const table = await preview('ragged.csv', 'a,b,c\n1,2,3\n4,5\n6,7,8,9\n1,1,1\n');
      expect(table.warnings).toEqual([
        'Line 3 has 2 fields, the others 3: what is not there counts as missing.',
        'Line 4 has 4 fields, the others 3: what is too much is left out.',
      ]);
      const imported = await page.ask('io.import', { file: table.file, options: table.options, name: 'ragged' });
      expect(await values(imported.id, 4, 3)).toEqual([1, 2, 3, 4, 5, NaN, 6, 7, 8, 1, 1, 1]);
      await page.until(() => page.last('notice')?.title === 'ragged was imported');
      expect(page.last('notice')?.text).toContain('2 lines differ in the number of fields. Line 3 has 2 fields');
    });

    it('reads lines that end with a carriage return alone', async () => {
      const table = await preview('mac.csv', 'a,b\r1,2\r3,4\r');
      expect(table).toMatchObject({ total_rows: 2, problem: null });
      const imported = await page.ask('io.import', { file: table.file, options: table.options, name: 'mac' });
      expect(await values(imported.id, 2, 2)).toEqual([1, 2, 3, 4]);
    });

    it('reads UTF-16, marks and Latin letters', async () => {
      const utf16 = Buffer.from('\ufeffgröße\twert\n1\t2\n3\t4\n', 'utf16le');
      const table = await preview('u16.csv', utf16);
      expect(table.options).toMatchObject({ encoding: 'utf-16le', delimiter: '\t' });
      const imported = await page.ask('io.import', { file: table.file, options: table.options, name: 'u16' });
      expect(imported.columns).toEqual(['größe', 'wert']);
      expect(await values(imported.id, 2, 2)).toEqual([1, 2, 3, 4]);
      const latin = await preview('latin.csv', Buffer.from('größe,b\n1,2\n', 'latin1'));
      expect(latin.columns[0].name).toBe('größe');
      const marked = await preview('bom.csv', '\ufeffa,b\n1,2\n');
      expect(marked.columns[0].name).toBe('a');
      expect(
        await values(
          (await page.ask('io.import', { file: marked.file, options: marked.options, name: 'marked' })).id,
          1,
          2,
        ),
      ).toEqual([1, 2]);
    });

    it('opens the samples', async () => {
      for (const sample of await page.ask('samples.list', {})) {
        // Drawing the scenes is tested where they are drawn.
        if (sample.name === 'valley' || sample.name === 'studio') continue;
        const variable = await page.ask('samples.open', { name: sample.name });
        expect([sample.name, variable.shape]).toEqual([sample.name, sample.shape]);
        expect(variable.kind).toBe(sample.kind === 'image' ? 'image' : 'matrix');
        await page.ask('workspace.delete', { id: variable.id });
      }
    }, 60_000);
  });

  describe('saving', () => {
    it.each(['csv', 'tsv', 'npy', 'npz', 'mtx'] as const)(
      'writes %s that reads back to the same numbers',
      async (format) => {
        const source = await create('0.1 -1e-300 12345678.9; 2/3 0 1e22', `saved_${format}`);
        const target = compute.target(join(folder, `out.${format}`));
        const saved = await page.ask('io.save', { id: source.id, target, format });
        expect(saved.size).toBeGreaterThan(10);
        const opened = await page.ask('io.open', { file: await compute.grant(join(folder, `out.${format}`)) });
        const back =
          opened.kind === 'variable'
            ? opened.variable
            : await page.ask('io.import', {
                file: opened.preview.file,
                options: opened.preview.options,
                name: `back_${format}`,
              });
        expect(await values(back.id, 2, 3)).toEqual([0.1, -1e-300, 12345678.9, 2 / 3, 0, 1e22]);
      },
    );

    it('opens every array of an .npz archive under its own name, and says which', async () => {
      const content = encodeNpz({ left: array([[1, 2]]), right: array([[3], [4]]), none: array([]) }, true);
      const opened = await page.ask('io.open', { file: await file('two.npz', content) });
      if (opened.kind !== 'variable') throw new Error('not a variable');
      expect(opened.variable).toMatchObject({ name: 'left', shape: [1, 2], dtype: 'int64' });
      expect(opened.notes.join(' ')).toMatch(/holds 2 arrays: left, right.*none holds an empty array/);
      const right = (await state()).variables.find((v) => v.name === 'right');
      expect(await values(right!.id, 2, 1)).toEqual([3, 4]);
    });

    it('opens a sparse Matrix Market file written out, and refuses a broken one by its line', async () => {
      const head = '%%MatrixMarket matrix coordinate real symmetric\n2 2 2\n1 1 5\n';
      const opened = await page.ask('io.open', { file: await file('s.mtx', `${head}2 1 -1\n`) });
      if (opened.kind !== 'variable') throw new Error('not a variable');
      expect(await values(opened.variable.id, 2, 2)).toEqual([5, -1, -1, 0]);
      await expect(page.ask('io.open', { file: await file('b.mtx', `${head}3 1 x\n`) })).rejects.toMatchObject({
        code: 'parse',
        message: expect.stringContaining('line 4') as string,
      });
    });

    it('writes a picture the page drew, and nothing that is none', async () => {
      const target = compute.target(join(folder, 'map.png'));
      const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
      expect(await page.ask('io.save_picture', { target, png })).toMatchObject({ file: target, size: 11 });
      expect(new Uint8Array(await readFile(join(folder, 'map.png')))).toEqual(png);
      const other = compute.target(join(folder, 'other.png'));
      await expect(
        page.ask('io.save_picture', { target: other, png: new TextEncoder().encode('#!/bin/sh') }),
      ).rejects.toMatchObject({ code: 'value', argument: 'png' });
    });

    it('writes column names, and refuses a file granted for reading', async () => {
      const table = await preview('named.csv', 'a b,"c ""d"""\n1,2\n');
      const imported = await page.ask('io.import', { file: table.file, options: table.options, name: 'named' });
      const target = compute.target(join(folder, 'named-out.csv'));
      await page.ask('io.save', { id: imported.id, target, format: 'csv' });
      expect(await readFile(join(folder, 'named-out.csv'), 'utf8')).toBe('a b,"c ""d"""\n1,2\n');
      await expect(page.ask('io.save', { id: imported.id, target: table.file, format: 'csv' })).rejects.toMatchObject({
        code: 'io',
      });
      const nowhere = compute.target(join(folder, 'no', 'such', 'folder.csv'));
      await expect(page.ask('io.save', { id: imported.id, target: nowhere, format: 'csv' })).rejects.toMatchObject({
        code: 'io',
        argument: 'target',
      });
    });
  });

  describe('pictures', () => {
    const gradient = (width: number, height: number, channels: 3 | 4 = 3) => {
      const data = new Uint8Array(width * height * channels);
      for (let i = 0; i < data.length; i++) data[i] = (i * 7 + Math.floor(i / (width * channels)) * 3) % 256;
      return sharp(data, { raw: { width, height, channels } });
    };

    it('opens PNG, JPEG, WebP and GIF by content', async () => {
      for (const format of ['png', 'jpeg', 'webp', 'gif'] as const) {
        const bytes = await gradient(20, 10).toFormat(format).toBuffer();
        const opened = await page.ask('io.open', { file: await file(`picture-${format}.dat`, bytes) });
        expect(opened).toMatchObject({
          kind: 'variable',
          variable: { kind: 'image', shape: [10, 20, 3], dtype: 'uint8' },
        });
      }
    });

    it('tells what it did to alpha, depth, orientation and grey', async () => {
      const open = async (name: string, bytes: Buffer) => {
        const opened = await page.ask('io.open', { file: await file(name, bytes) });
        if (opened.kind !== 'variable') throw new Error('no picture');
        return { shape: opened.variable.shape, notes: opened.notes };
      };
      expect(await open('alpha.png', await gradient(8, 4, 4).png().toBuffer())).toEqual({
        shape: [4, 8, 3],
        notes: ['Transparent parts were laid on white.'],
      });
      expect(await open('deep.png', await gradient(8, 4).toColourspace('rgb16').png().toBuffer())).toEqual({
        shape: [4, 8, 3],
        notes: ['16 bits per channel were rounded to 8.'],
      });
      expect(await open('turned.jpg', await gradient(8, 4).withMetadata({ orientation: 6 }).jpeg().toBuffer())).toEqual(
        {
          shape: [8, 4, 3],
          notes: ['Turned upright as the camera noted.'],
        },
      );
      expect(await open('grey.png', await gradient(8, 4).greyscale().toColourspace('b-w').png().toBuffer())).toEqual({
        shape: [4, 8],
        notes: [],
      });
    });

    it('refuses a truncated picture and a huge one, and opens the huge one reduced', async () => {
      const jpeg = await gradient(400, 300).jpeg().toBuffer();
      await expect(
        page.ask('io.open', { file: await file('cut.jpg', jpeg.subarray(0, jpeg.length / 2)) }),
      ).rejects.toMatchObject({
        code: 'parse',
        message: 'cut.jpg is damaged: the file ends before the picture does',
      });
      // A header that claims more than any machine here holds.
      const header = Buffer.alloc(54);
      header.write('BM');
      header.writeUInt32LE(54, 10);
      header.writeUInt32LE(40, 14);
      header.writeInt32LE(100_000, 18);
      header.writeInt32LE(100_000, 22);
      header.writeUInt16LE(24, 28);
      await expect(page.ask('io.open', { file: await file('huge.bmp', header) })).rejects.toMatchObject({
        code: 'memory',
        argument: 'max_pixels',
        message: expect.stringContaining('100,000 × 100,000 pixels') as string,
      });
      const reduced = await page.ask('io.open', { file: await file('whole.jpg', jpeg), max_pixels: 30_000 });
      expect(reduced).toMatchObject({
        kind: 'variable',
        variable: { shape: [150, 200, 3] },
        notes: ['Reduced from 400 × 300 pixels.'],
      });
    });

    it.each(['rgb', 'ycbcr', 'grey'] as const)('factors in %s, previews, measures and saves', async (mode) => {
      const plaid = await page.ask('samples.open', { name: 'plaid' });
      const factor = await page.ask('image.factor', { id: plaid.id, mode });
      expect(factor).toMatchObject({ exact: true, m: 720, n: 960, rank: 720, excess_error: null, mode });
      expect(factor.channels).toHaveLength(mode === 'grey' ? 1 : 3);
      const exact = await page.ask('image.quality', { factor: factor.factor, k: 720 });
      expect(exact.mse).toBeLessThan(0.01);
      const low = await page.ask('image.quality', { factor: factor.factor, k: 1 });
      expect(low.psnr).toBeLessThan(40);
      const region = whole(720, 960);
      const full = await page.ask('image.preview', {
        factor: factor.factor,
        k: 720,
        region,
        width: 96,
        height: 72,
        difference: false,
      });
      const difference = await page.ask('image.preview', {
        factor: factor.factor,
        k: 720,
        region,
        width: 96,
        height: 72,
        difference: true,
      });
      expect(difference.rgba.filter((value, i) => i % 4 < 3 && Math.abs(value - 128) > 4)).toHaveLength(0);
      if (mode !== 'grey') {
        const view = await page.ask('image.view', { id: plaid.id, region, width: 96, height: 72 });
        expect(full.rgba.filter((value, i) => Math.abs(value - view.rgba[i]) > 1)).toHaveLength(0);
      }
      const target = compute.target(join(folder, `${mode}.png`));
      const saved = await page.ask('image.save', { factor: factor.factor, k: 720, target, format: 'png' });
      expect(saved.size).toBeGreaterThan(100);
      const meta = await sharp(join(folder, `${mode}.png`)).metadata();
      expect([meta.width, meta.height, meta.channels]).toEqual([960, 720, mode === 'grey' ? 1 : 3]);
      const rebuilt = await page.ask('image.rebuild', { factor: factor.factor, k: 3, name: `rank3_${mode}` });
      expect(rebuilt).toMatchObject({ kind: 'image', shape: mode === 'grey' ? [720, 960] : [720, 960, 3] });
      // One step of quality is many bytes: what lies between two of them is told apart nevertheless.
      const [less, more] = await Promise.all(
        [40_000, 40_100].map((bytes) => page.ask('image.jpeg_of_size', { id: plaid.id, bytes })),
      );
      expect(less.bytes).toBe(40_000);
      expect(less.qualities[1] - less.qualities[0]).toBe(1);
      expect(more.psnr).toBeGreaterThan(less.psnr);
      const largest = await page.ask('image.jpeg_of_size', { id: plaid.id, bytes: 1e9 });
      expect(largest.qualities).toEqual([100, 100]);
      expect(largest.bytes).toBeLessThan(960 * 720 * 3);
      await page.ask('workspace.delete', { id: plaid.id });
    });

    it('answers a large picture first approximately', async () => {
      const bytes = await sharp({
        create: {
          width: 2000,
          height: 1600,
          channels: 3,
          noise: { type: 'gaussian', mean: 128, sigma: 30 },
          background: '#888',
        },
      })
        .jpeg()
        .toBuffer();
      const opened = await page.ask('io.open', { file: await file('noise.jpg', bytes) });
      if (opened.kind !== 'variable') throw new Error('no picture');
      const parts: { exact: boolean; excess: number | null }[] = [];
      const factor = await page.ask(
        'image.factor',
        { id: opened.variable.id, mode: 'grey' },
        ({ exact, excess_error }) => parts.push({ exact, excess: excess_error }),
      );
      expect(factor.exact).toBe(true);
      expect(parts[0].exact).toBe(false);
      expect(parts[0].excess).toBeGreaterThan(0);
    }, 60_000);
  });

  it('lets a job somebody started go before background ones', async () => {
    const { id } = await page.ask('workspace.generate', { what: 'randn', shape: [900, 900], seed: 5, name: 'waiting' });
    const inspected = page.ask('array.inspect', { id });
    const svd = page.ask('linalg.svd', { a: id });
    const order: string[] = [];
    await Promise.all([inspected.then(() => order.push('inspect')), svd.then(() => order.push('svd'))]);
    expect(order).toHaveLength(2);
    expect(page.last('jobs.changed')?.jobs).toEqual([]);
  });
});
