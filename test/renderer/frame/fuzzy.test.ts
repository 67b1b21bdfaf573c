import { describe, expect, it } from 'vitest';
import { fuzzy } from '#renderer/frame/fuzzy.ts';

const rank = (query: string, texts: string[]): string[] =>
  texts
    .flatMap((text) => {
      const match = fuzzy(query, text);
      return match === null ? [] : [{ text, score: match.score }];
    })
    .sort((a, b) => b.score - a.score)
    .map(({ text }) => text);

describe('fuzzy', () => {
  it('finds letters in their order and nothing else', () => {
    expect(fuzzy('com pal', 'Command palette')).not.toBeNull();
    expect(fuzzy('lap', 'Command palette')).toBeNull();
    expect(fuzzy('zz', 'puzzle')).not.toBeNull();
    expect(fuzzy('zzz', 'puzzle')).toBeNull();
    expect(fuzzy('', 'anything')).toEqual({ score: 0, at: [] });
    expect(fuzzy('long query', 'short')).toBeNull();
  });

  it('asks for no accents', () => {
    expect(fuzzy('durer', 'Dürer’s magic square')?.at).toEqual([0, 1, 2, 3, 4]);
    expect(fuzzy('Dür', 'Durer')).not.toBeNull();
  });

  it('says which letters matched', () => {
    const match = fuzzy('tdk', 'Theme: dark');
    expect(match?.at.map((i) => 'Theme: dark'[i])).toEqual(['T', 'd', 'k']);
    for (const query of ['dark', 'thda', 'ek']) {
      const at = fuzzy(query, 'Theme: dark')?.at ?? [];
      expect(at.map((i) => 'Theme: dark'[i]?.toLowerCase()).join('')).toBe(query);
      expect([...at].sort((a, b) => a - b)).toEqual(at);
    }
  });

  it('prefers runs and beginnings of words', () => {
    expect(rank('open', ['Reopen the panel', 'Drop an e-mail near', 'Open…'])[0]).toBe('Open…');
    expect(rank('gc', ['Magic', 'Go to cell…'])[0]).toBe('Go to cell…');
    expect(rank('theme', ['The method of moments', 'Theme: dark'])[0]).toBe('Theme: dark');
    expect(rank('svd', ['Save … as dvd', 'SVD'])[0]).toBe('SVD');
  });

  it('places the letters as well as they can be placed, not at their first occurrence', () => {
    expect(fuzzy('pal', 'apple palette')?.at).toEqual([6, 7, 8]);
  });
});
