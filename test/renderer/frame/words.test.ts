import { describe, expect, it } from 'vitest';
import type { Inspection, Variable } from '#shared/contract.ts';
import { duration } from '#renderer/frame/duration.ts';
import { sectionsOf } from '#renderer/frame/inspector-rows.ts';
import { coloured } from '#renderer/frame/python-colours.ts';
import { restartWords } from '#renderer/frame/restart-words.ts';

describe('duration', () => {
  it('speaks of seconds, minutes and hours', () => {
    expect([300, 4200, 89_000, 120_000, 4_800_000, 7_200_000].map(duration)).toEqual([
      'now',
      '4 s',
      '89 s',
      '2 min',
      '1 h 20 min',
      '2 h',
    ]);
  });
});

describe('coloured', () => {
  const kinds = (line: string) => coloured(line).map((piece) => [piece.text, piece.kind]);

  it('is the line again when joined', () => {
    for (const line of ['', 'x', "a['b # c'] = 1e-3  # why", 'for c in range(3):', '    U, s, Vh = np.linalg.svd(A)'])
      expect(
        coloured(line)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(line);
  });

  it('knows keywords, strings, numbers and comments', () => {
    expect(kinds('import numpy as np')).toEqual([
      ['import', 'keyword'],
      [' numpy ', 'plain'],
      ['as', 'keyword'],
      [' np', 'plain'],
    ]);
    expect(kinds("f('in') # if")).toEqual([
      ['f(', 'plain'],
      ["'in'", 'string'],
      [') ', 'plain'],
      ['# if', 'comment'],
    ]);
    expect(kinds('A[12, -0.5e-3]').filter(([, kind]) => kind === 'number')).toEqual([
      ['12', 'number'],
      ['0.5e-3', 'number'],
    ]);
    expect(kinds('info2 = 1')[0]).toEqual(['info2 = ', 'plain']);
  });
});

describe('restartWords', () => {
  it('says what happened and what came back', () => {
    expect(restartWords({ reason: 'cancelled', job: 'SVD of iris', restored: 3, lost: [] })).toEqual({
      tone: 'info',
      title: 'SVD of iris was cancelled',
      text: 'Everything that was open is back.',
    });
    const killed = restartWords({ reason: 'killed', job: 'SVD of iris', restored: 3, lost: [] });
    expect(killed.title).toBe('The compute process was killed while working on “SVD of iris”');
    expect(killed.text).toContain('all 3 matrices are back');
  });

  it('names what is lost, also after a cancellation', () => {
    const words = restartWords({ reason: 'cancelled', job: null, restored: 1, lost: ['U', 's'] });
    expect(words.tone).toBe('warn');
    expect(words.text).toBe('1 matrix came back. Not restored: U, s.');
  });
});

describe('sectionsOf', () => {
  const variable: Variable = {
    id: 'a',
    name: 'A',
    dtype: 'float64',
    shape: [3, 3],
    nbytes: 72,
    kind: 'matrix',
    origin: 'typed',
    columns: null,
    version: 1,
  };
  const known: Inspection = { id: 'a', version: 1 };
  const textOf = (label: string, value: Inspection, complete: boolean, of = variable) =>
    sectionsOf(of, value, complete)
      .flatMap((section) => section.rows)
      .find((row) => row.label === label)?.text;

  it('leaves open what is on its way, and says so when nothing more comes', () => {
    expect(textOf('Rank', known, false)).toBeNull();
    expect(textOf('Rank', known, true)).toBe('—');
    expect(textOf('Rank', { ...known, rank: 2 }, false)).toBe('2');
  });

  it('says why something does not apply', () => {
    const tall = { ...variable, shape: [4, 3] };
    expect(textOf('Determinant', known, false, tall)).toBe('not square');
    expect(textOf('Symmetric', { ...known, symmetric: null }, false, tall)).toBe('not square');
    expect(textOf('Condition number', { ...known, nan_count: 1, condition: null }, true)).toBe('not finite');
    expect(textOf('Condition number', { ...known, condition: Infinity }, true)).toBe('∞');
  });

  it('shows determinants that overflow by their logarithm', () => {
    const value = {
      ...known,
      determinant: -Infinity,
      slogdet: [-1, 1000 * Math.LN10 + Math.log(2.5)] as [number, number],
    };
    expect(textOf('Determinant', value, true)).toBe('−2.50 × 10^1000');
    expect(textOf('Determinant', { ...known, determinant: 0, slogdet: [0, -Infinity] }, true)).toBe('0');
    expect(textOf('Determinant', { ...known, determinant: -2, slogdet: [-1, Math.LN2] }, true)).toBe('-2');
  });

  it('shows what complex matrices have', () => {
    const complex: Variable = { ...variable, dtype: 'complex128' };
    const value = { ...known, trace: { re: 5, im: -1 }, determinant: { re: 6, im: 4 }, symmetric: true };
    expect(textOf('Trace', value, true, complex)).toBe('5-1j');
    expect(textOf('Determinant', value, true, complex)).toBe('6+4j');
    expect(textOf('Hermitian', value, true, complex)).toBe('yes');
    expect(textOf('Symmetric', value, true, complex)).toBeUndefined();
    expect(textOf('Range', value, true, complex)).toBeUndefined();
    const huge = { ...value, determinant: { re: Infinity, im: NaN }, slogdet: [{ re: 0, im: 1 }, 1000 * Math.LN10] };
    expect(textOf('Determinant', huge as Inspection, true, complex)).toBe('(0+1j) × 1.00 × 10^1000');
  });

  it('never rounds a share to all or none', () => {
    expect(textOf('Non-zeros', { ...known, nonzero_share: 1 }, true)).toBe('100 %');
    expect(textOf('Non-zeros', { ...known, nonzero_share: 0.99999 }, true)).toBe('> 99.9 %');
    expect(textOf('Non-zeros', { ...known, nonzero_share: 0.00001 }, true)).toBe('< 0.1 %');
    expect(textOf('Non-zeros', { ...known, nonzero_share: 0.5 }, true)).toBe('50 %');
  });

  it('speaks of pictures as pictures', () => {
    const picture: Variable = { ...variable, kind: 'image', dtype: 'uint8', shape: [800, 1200, 3], nbytes: 2_880_000 };
    expect(textOf('Size', known, false, picture)).toBe('1200 × 800');
    expect(textOf('Channels', known, false, picture)).toBe('3 × uint8');
    expect(textOf('Rank', known, false, picture)).toBeUndefined();
  });
});
