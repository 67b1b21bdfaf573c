import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { astype } from '#engine/cast.ts';
import { array, zeros } from '#engine/create.ts';
import { decodeNpy, encodeNpy, readNpy, writeNpy } from '#engine/io/npy.ts';
import { npyHeader, parseNpyHeader } from '#engine/io/npy-header.ts';
import { arange } from '#engine/ranges.ts';
import { ravel, reshape, transpose } from '#engine/shape.ts';
import { slice, sliced } from '#engine/slicing.ts';
import recorded from '../conformance/npy.json' with { type: 'json' };

const text = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value === Infinity || value === -Infinity) return value > 0 ? 'inf' : '-inf';
  return String(value).replace('NaN', 'nan');
};

/** Values of recorded cases are Python's repr; numbers are compared as numbers. */
const sameNumber = (ours: unknown, theirs: string): boolean =>
  text(ours) === theirs || Number(text(ours)) === Number(theirs);

const file = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));

const thrown = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return `${error.code}: ${error.message}`;
  }
  return 'nothing thrown';
};

describe('recorded from numpy.save', () => {
  test.each(recorded.cases.map((c, k) => [`${k} ${c.dtype} (${c.shape.join(', ')})`, c] as const))('%s', (_, c) => {
    const a = decodeNpy(file(c.file));
    expect(a.dtype).toBe(c.dtype === 'float16' ? 'float32' : c.dtype);
    expect(a.shape).toEqual(c.shape);
    const values = ravel(a).tolist() as unknown[];
    values.forEach((value, k) => {
      const theirs = c.values[k];
      if (typeof theirs === 'string') expect(sameNumber(value, theirs), `${text(value)} is ${theirs}`).toBe(true);
      else {
        const z = value as { re: number; im: number };
        expect(sameNumber(z.re, theirs[0]) && sameNumber(z.im, theirs[1])).toBe(true);
      }
    });
    if (c.same) expect(Buffer.from(encodeNpy(a)).toString('base64')).toBe(c.file);
  });
});

describe('hostile files', () => {
  const header = (dictionary: string, version = 1): Uint8Array => {
    const body = new TextEncoder().encode(dictionary);
    const bytes = new Uint8Array(10 + body.length + 64);
    bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0, body.length & 255, body.length >> 8]);
    bytes.set(body, 10);
    return bytes;
  };
  const cases: [string, Uint8Array, RegExp][] = [
    ['empty', new Uint8Array(0), /^parse: .*ends after 0 bytes/],
    ['not npy', new TextEncoder().encode('PK archive, not numbers'), /^parse: .*signature/],
    ['version 9', header('', 9), /^parse: .*format version/],
    ['objects', header("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }"), /^dtype: Object arrays.*pickles/],
    ['text', header("{'descr': '<U5', 'fortran_order': False, 'shape': (1,), }"), /^dtype: .*text/],
    ['records', header("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }"), /^dtype: .*records/],
    ['long double', header("{'descr': '<f16', 'fortran_order': False, 'shape': (1,), }"), /^dtype: .*<f16/],
    ['negative', header("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }"), /^parse: .*-1/],
    ['huge', header("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,), }"), /^parse: .*shape/],
    [
      'promise',
      header("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000,), }"),
      /^parse: .*truncated.*7\.45 GiB/,
    ],
    ['code', header("__import__('os').system('true')"), /^parse: .*dictionary/],
    ['deep', header(`{'descr': ${'['.repeat(500)}`), /^parse: .*deeply/],
    ['missing key', header("{'descr': '<f8', 'shape': (1,), }"), /^parse: .*keys/],
    ['extra key', header("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'x': 1}"), /^parse: .*keys/],
    ['__proto__', header("{'descr': 'toString', 'fortran_order': False, 'shape': (1,), }"), /^dtype: /],
  ];
  test.each(cases)('%s', (_, bytes, message) => {
    expect(thrown(() => decodeNpy(bytes))).toMatch(message);
  });

  test('truncated and mutated files give an array or an expected error, never anything else', () => {
    const whole = encodeNpy(reshape(arange(12), [3, 4]));
    fc.assert(
      fc.property(
        fc.nat(whole.length),
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 }),
        (end, edits) => {
          const bytes = whole.slice();
          for (const [at, byte] of edits) bytes[at] = byte;
          thrown(() => decodeNpy(bytes.subarray(0, end)));
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('files on disk', () => {
  test('any layout is written and read back, in slices, with progress', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'npy-'));
    try {
      const big = reshape(arange(0, 3_000_000, 1, 'float64'), [1000, 3000]);
      const layouts = [
        big,
        transpose(big),
        sliced(big, slice(null, null, -2), slice(1, null, 3)),
        zeros([0, 3]),
        array(5),
      ];
      for (const a of layouts) {
        const path = join(folder, 'a.npy');
        const seen: number[] = [];
        const out = await open(path, 'w');
        await writeNpy(out, a, { onProgress: (fraction) => seen.push(fraction) });
        await out.close();
        if (a.nbytes > 1e7) expect(seen.length).toBeGreaterThan(1);
        const back = await open(path, 'r');
        const b = await readNpy(back);
        await back.close();
        expect(b.shape).toEqual(a.shape);
        expect(Buffer.from(encodeNpy(b)).equals(Buffer.from(encodeNpy(a)))).toBe(true);
        expect((await readFile(path)).equals(Buffer.from(encodeNpy(a)))).toBe(true);
      }
      const swapped = join(folder, 'big-endian.npy');
      const raw = Buffer.from(encodeNpy(astype(big, 'complex64')));
      const start = parseNpyHeader(raw).dataOffset;
      raw.write(raw.toString('latin1').includes('<c8') ? '>c8' : '', raw.toString('latin1').indexOf('<c8'), 'latin1');
      raw.subarray(start).swap32();
      const out = await open(swapped, 'w+');
      await out.write(raw);
      expect((await readNpy(out)).get([999, 2999])).toEqual({ re: 2_999_999, im: 0 });
      const stopped = new AbortController();
      stopped.abort();
      await expect(readNpy(out, { signal: stopped.signal })).rejects.toMatchObject({ code: 'cancelled' });
      await out.truncate(1_000_000);
      await expect(readNpy(out)).rejects.toMatchObject({ code: 'parse' });
      await out.close();
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('headers are 64-byte aligned', () => {
    for (const dtype of ['bool', 'float64'] as DType[])
      for (let n = 1; n < 1e9; n *= 10) expect(npyHeader(dtype, [n, n, n], false).length % 64).toBe(0);
  });
});
