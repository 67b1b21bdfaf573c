import { describe, expect, test } from 'vitest';
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { array } from '#engine/create.ts';
import { genfromtxt, loadtxt, savetxt } from '#engine/io/text.ts';
import { NDArray } from '#engine/ndarray.ts';
import { ravel } from '#engine/shape.ts';
import older from '../conformance/io.json' with { type: 'json' };
import recorded from '../conformance/text.json' with { type: 'json' };

type Stored = [string, number[], string];
interface Case {
  call: 'loadtxt' | 'genfromtxt' | 'savetxt';
  text?: string;
  array?: Stored;
  options: Record<string, unknown>;
  want: { array?: Stored; text?: string; error?: string; message?: string };
}

const stored = ([dtype, shape, bytes]: Stored): NDArray => {
  const raw = Buffer.from(bytes, 'base64');
  const buffer = new SharedArrayBuffer(Math.max(16, Math.ceil(raw.length / 16) * 16));
  new Uint8Array(buffer).set(raw);
  return new NDArray({ dtype: dtype as DType, shape, buffer });
};

const plain = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'columns' in value ? value.columns : value;

const run = (c: Case): NDArray | string => {
  const options = Object.fromEntries(Object.entries(c.options).map(([key, value]) => [key, plain(value)]));
  if (c.call === 'savetxt') return savetxt(stored(c.array!), options);
  return (c.call === 'loadtxt' ? loadtxt : genfromtxt)(c.text!, options);
};

describe('texts as NumPy reads and writes them', () => {
  const cases = recorded.cases as unknown as Case[];
  test.each(
    cases.map((c) => [`${c.call} ${JSON.stringify(c.text ?? c.array?.[1])} ${JSON.stringify(c.options)}`, c] as const),
  )('%s', (_, c) => {
    if (c.want.error !== undefined) {
      expect(() => run(c)).toThrow(AppError);
      try {
        run(c);
      } catch (error) {
        const said = (error as AppError).message;
        expect(c.want.message?.startsWith(said.slice(0, 40)), `${said} for ${c.want.message ?? ''}`).toBe(true);
      }
      return;
    }
    const got = run(c);
    if (typeof got === 'string') {
      expect(got).toBe(c.want.text);
      return;
    }
    const want = stored(c.want.array!);
    expect([got.dtype, got.shape]).toEqual([want.dtype, want.shape]);
    expect(ravel(got).tolist()).toEqual(ravel(want).tolist());
  });

  test('what was recorded beside the archives', () => {
    for (const { text, delimiter, values } of older.tables) {
      const a = loadtxt(text, { delimiter });
      expect([a.dtype, a.shape]).toEqual([values.dtype, values.shape]);
      expect((ravel(a).tolist() as number[]).map(String)).toEqual(
        values.values.map((x) => String(Number(x.replace('inf', 'Infinity')))),
      );
    }
    expect(
      savetxt(
        array([
          [1.5, -2e-300],
          [NaN, 1e22],
        ]),
      ),
    ).toBe(older.savetxt);
  });

  test('converters make numbers of words', () => {
    const size: Record<string, number> = { small: 1, large: 2 };
    expect(loadtxt('small 5\nlarge 6', { converters: { 0: (word) => size[word] } }).tolist()).toEqual([
      [1, 5],
      [2, 6],
    ]);
    expect(genfromtxt('10%\n5%', { converters: (word) => Number(word.replace('%', '')) / 100 }).tolist()).toEqual([
      0.1, 0.05,
    ]);
    expect(loadtxt(new TextEncoder().encode('1 2'), { unpack: true }).tolist()).toEqual([1, 2]);
    expect(loadtxt(['1 2\n', '3 4']).tolist()).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });
});
