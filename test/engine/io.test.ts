import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { array } from '#engine/create.ts';
import {
  decodeMatrixMarket,
  denseOf,
  encodeMatrixMarket,
  isMatrixMarket,
  type MatrixMarket,
} from '#engine/io/matrix-market.ts';
import { encodeNpy, readNpy } from '#engine/io/npy.ts';
import { decodeNpz, encodeNpz } from '#engine/io/npz.ts';
import { setMemoryLimit } from '#engine/memory.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { default_rng } from '#engine/random/generator.ts';
import { isComplex } from '#engine/scalar.ts';
import { toarray } from '#engine/sparse/convert.ts';
import { decodeSparseNpz, encodeSparseNpz } from '#engine/sparse/npz.ts';
import { reshape } from '#engine/shape.ts';
import recorded from '../conformance/io.json' with { type: 'json' };

interface Plain {
  dtype: string;
  shape: number[];
  values: (string | string[])[];
}

const folder = mkdtempSync(join(tmpdir(), 'eigenscope-io-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const numberOf = (text: string): number => (/inf/.test(text) ? Number(text.replace('inf', 'Infinity')) : Number(text));

const check = (a: NDArray, want: Plain): void => {
  expect(a.dtype).toBe(want.dtype);
  expect(a.shape).toEqual(want.shape);
  const flat = reshape(a, [-1]).tolist() as unknown[];
  const got = flat.map((x) => (isComplex(x as never) ? Object.values(x as object).map(Number) : Number(x)));
  expect(got).toEqual(want.values.map((v) => (Array.isArray(v) ? v.map(numberOf) : numberOf(v))));
};

const bytesOf = (text: string): Uint8Array => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
const dense = (read: MatrixMarket): NDArray => (read.format === 'array' ? read.array : denseOf(read));

/** Whatever is done to the bytes, a parser answers or says what is wrong; nothing else escapes. */
const bears = (good: Uint8Array, parse: (bytes: Uint8Array) => unknown): void => {
  const tried = (bytes: Uint8Array): void => {
    try {
      parse(bytes);
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'bug') throw error;
    }
  };
  for (let length = 0; length < good.length; length += Math.max(1, Math.floor(good.length / 150))) {
    tried(good.slice(0, length));
  }
  const change = fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
      const bytes = good.slice();
      for (const [at, value] of changes) bytes[at] = value;
      tried(bytes);
    }),
    { numRuns: 300 },
  );
};

describe('.npz', () => {
  test.each(recorded.npz.map((c) => [c.name, c] as const))('of NumPy: %s', (_, { bytes, arrays, refused }) => {
    const read = decodeNpz(bytesOf(bytes));
    expect([...read.arrays.keys()]).toEqual(Object.keys(arrays));
    for (const [name, want] of Object.entries(arrays)) check(read.arrays.get(name)!, want);
    expect([...read.refused.keys()]).toEqual(refused);
    expect(refused.length === 0 || /pickles/.test(read.refused.get('bad')?.message ?? '')).toBe(true);
  });

  test('what is written is read back, compressed or not', () => {
    const x = default_rng(1).integers(0, 3, [200, 300]);
    for (const compressed of [false, true]) {
      const bytes = encodeNpz({ x, 'in a folder/y': array([1.5]) }, compressed);
      expect(bytes.length < x.nbytes).toBe(compressed);
      const { arrays } = decodeNpz(bytes);
      expect(arrays.get('x')!.tolist()).toEqual(x.tolist());
      expect(arrays.get('in a folder/y')!.tolist()).toEqual([1.5]);
    }
    expect(() => encodeNpz({ '../x': x })).toThrow('cannot name an array');
  });

  test('truncated and changed archives', () => {
    for (const { bytes } of recorded.npz) bears(bytesOf(bytes), decodeNpz);
  });

  test('bytes that are not those that were written', () => {
    const x = default_rng(4).random(50);
    const bytes = encodeNpz({ x });
    const at = bytes.length - 300;
    bytes[at] ^= 1;
    expect(() => decodeNpz(bytes)).toThrow(/their checksum differs/);
    bytes[at] ^= 1;
    expect(decodeNpz(bytes).arrays.get('x')!.tolist()).toEqual(x.tolist());
  });

  test.each(recorded.sparse.map((c, k) => [`${c.format}_${c.kind} ${k}`, c] as const))(
    'a sparse matrix of SciPy: %s',
    (_, { kind, format, bytes, dense: want }) => {
      const read = decodeSparseNpz(bytesOf(bytes));
      expect([read.kind, read.format]).toEqual([kind, format]);
      check(toarray(read), want);
      for (const compressed of [true, false]) {
        const again = decodeSparseNpz(encodeSparseNpz(read, compressed));
        expect([again.kind, again.format, again.nnz]).toEqual([kind, format, read.nnz]);
        check(toarray(again), want);
      }
      bears(bytesOf(bytes), decodeSparseNpz);
    },
  );

  test('other arrays are no sparse matrix', () => {
    expect(() => decodeSparseNpz(encodeNpz({ x: array([1]) }))).toThrow('does not contain a sparse array or matrix');
  });

  test('bombs are refused before they are unpacked', () => {
    const zip = zipSync({ 'a.npy': encodeNpy(default_rng(1).integers(0, 1, 40_000_000 / 8)) });
    setMemoryLimit(30e6);
    try {
      expect(() => decodeNpz(zip)).toThrow(/unpacks to at least 38.1 MiB/);
    } finally {
      setMemoryLimit(Infinity);
    }
    // The central directory's promise: 1 TiB-like sizes out of a few bytes.
    const liar = zip.slice();
    const look = new DataView(liar.buffer);
    for (let at = 0; at + 4 < liar.length; at++) {
      if (look.getUint32(at, true) === 0x02014b50) look.setUint32(at + 24, 0xf0000000, true);
    }
    expect(() => decodeNpz(liar)).toThrow(/promises 3.75 GiB out of/);
  });
});

describe('Matrix Market', () => {
  test.each(recorded.mtx.map((c) => [c.name, c] as const))('of SciPy: %s', (name, { text, dense: want }) => {
    const bytes = new TextEncoder().encode(text);
    expect(isMatrixMarket(bytes)).toBe(true);
    const read = decodeMatrixMarket(bytes);
    const a = dense(read);
    // Entries are kept as float64, whatever their field.
    check(a, read.format === 'coordinate' && !read.complex ? { ...want, dtype: 'float64' } : want);
    expect(read.comment.trim()).toBe('made by SciPy');
    expect(`${read.format} ${read.field} ${read.symmetry}`).toBe(name);
    const again = decodeMatrixMarket(
      new TextEncoder().encode(encodeMatrixMarket(read.format === 'array' ? read.array : read, 'two\nlines')),
    );
    expect(again.comment).toBe('two\nlines');
    expect(dense(again).tolist()).toEqual(a.tolist());
  });

  test('symmetric matrices are written by halves, integers and patterns as such', () => {
    const a = array([
      [1, 2],
      [2, 5],
    ]);
    const back = (text: string): unknown => dense(decodeMatrixMarket(new TextEncoder().encode(text))).tolist();
    const half = encodeMatrixMarket(a, '', { symmetry: 'symmetric' });
    expect(half).toBe('%%MatrixMarket matrix array integer symmetric\n2 2\n1\n2\n5\n');
    expect(back(half)).toEqual(a.tolist());
    const z = array([
      [
        { re: 1, im: 0 },
        { re: 2, im: -3 },
      ],
      [
        { re: 2, im: 3 },
        { re: 4, im: 0 },
      ],
    ]);
    expect(back(encodeMatrixMarket(z, '', { symmetry: 'hermitian' }))).toEqual(z.tolist());
    const k = array([
      [0, -2.5],
      [2.5, 0],
    ]);
    expect(back(encodeMatrixMarket(k, '', { symmetry: 'skew-symmetric', precision: 3 }))).toEqual(k.tolist());
    const entries = {
      shape: [2, 2] as [number, number],
      row: Int32Array.of(1, 0),
      col: Int32Array.of(0, 1),
      data: Float64Array.of(7, 7),
      complex: false,
    };
    expect(encodeMatrixMarket({ ...entries, integer: true }, '', { symmetry: 'symmetric' })).toBe(
      '%%MatrixMarket matrix coordinate integer symmetric\n2 2 1\n2 1 7\n',
    );
    expect(encodeMatrixMarket(entries, '', { field: 'pattern' })).toBe(
      '%%MatrixMarket matrix coordinate pattern general\n2 2 2\n2 1\n1 2\n',
    );
    expect(() => encodeMatrixMarket(z, '', { field: 'real' })).toThrow('complex numbers cannot be written as real');
    expect(() => encodeMatrixMarket(a, '', { field: 'pattern' })).toThrow('an array cannot be a pattern');
  });

  test('truncated and changed files', () => {
    for (const { text } of recorded.mtx) bears(new TextEncoder().encode(text), decodeMatrixMarket);
  });

  test.each([
    ['%%MatrixMarket matrix array real general\n2 2\n1\n2\n3\n', 'do not fit|not a number'],
    ['%%MatrixMarket matrix array real general\n1 1\n1\n2\n', 'more numbers than the sizes say'],
    ['%%MatrixMarket matrix array real symmetric\n2 1\n1\n1\n', 'must be square'],
    ['%%MatrixMarket matrix coordinate real general\n2 2 1\n3 1 5\n', 'line 3: row 3 is not in 1 … 2'],
    ['%%MatrixMarket matrix coordinate real general\n2 2 999999999\n1 1 5\n', 'do not fit in the file'],
    ['%%MatrixMarket matrix coordinate real symmetric\n2 2 1\n1 2 5\n', 'lower triangle'],
    ['%%MatrixMarket vector array real general\n1 1\n1\n', 'not a matrix'],
    ['%%MatrixMarket matrix array real general\n1 1\nhello\n', 'line 3: "hello" is not a number'],
  ])('refuses %j', (text, message) => {
    expect(() => decodeMatrixMarket(new TextEncoder().encode(text))).toThrow(new RegExp(message));
  });
});

test('an .npy file of several slices is read whole, whatever its byte order', async () => {
  const x = default_rng(2).random([3, 1_000_001]);
  const good = encodeNpy(x);
  const swapped = good.slice();
  swapped[good.indexOf(0x3c, 10)] = 0x3e;
  Buffer.from(swapped.buffer, good.length - x.nbytes, x.nbytes).swap64();
  for (const [name, bytes] of [
    ['little.npy', good],
    ['big.npy', swapped],
  ] as const) {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    const file = await open(path, 'r');
    try {
      const read = await readNpy(file);
      expect(Buffer.from(read.buffer, read.offset, read.nbytes).equals(Buffer.from(x.buffer, x.offset, x.nbytes))).toBe(
        true,
      );
    } finally {
      await file.close();
    }
  }
});
