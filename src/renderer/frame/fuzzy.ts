/** Finding by a few letters, as command palettes do. */

export interface Match {
  score: number;
  /** Positions in the text of the letters that matched, for emphasis. */
  at: number[];
}

/** Lower case without accents, letter for letter, so that positions stay. */
const fold = (text: string): string =>
  Array.from({ length: text.length }, (_, i) => text.charAt(i).normalize('NFD').charAt(0).toLowerCase()).join('');

const isStart = (text: string, index: number): boolean => {
  if (index === 0) return true;
  const before = text[index - 1];
  const here = text[index];
  return /[\s._\-–:/()[\]]/.test(before) || (/[a-z0-9]/.test(before) && /[A-Z]/.test(here));
};

/**
 * How well the letters of a query occur, in order, in a text; null when they do not. Whole words, beginnings of
 * words and runs of letters count most; the best way to place the letters is found by dynamic programming.
 *
 * @example
 * fuzzy('com pal', 'Command palette') !== null; // true
 */
export function fuzzy(query: string, text: string): Match | null {
  const letters = [...fold(query)].filter((letter) => letter !== ' ');
  if (letters.length === 0) return { score: 0, at: [] };
  const lower = fold(text);
  if (letters.length > lower.length) return null;
  // best[i]: score with the present letter at i; from[q][i]: where the letter before it stands.
  let best = new Float64Array(lower.length).fill(-Infinity);
  const from: Int32Array[] = [];
  letters.forEach((letter, q) => {
    const next = new Float64Array(lower.length).fill(-Infinity);
    const back = new Int32Array(lower.length).fill(-1);
    let reach = -Infinity;
    let reachAt = -1;
    for (let i = 0; i < lower.length; i++) {
      if (q > 0 && i > 1 && best[i - 2] > reach) {
        reach = best[i - 2];
        reachAt = i - 2;
      }
      if (lower[i] !== letter) continue;
      const own = isStart(text, i) ? 10 : 1;
      const run = q > 0 && i > 0 ? best[i - 1] + 8 : -Infinity;
      const jump = q === 0 ? -Math.min(i, 8) * 0.3 : reach - 2;
      if (run >= jump) {
        next[i] = run + own;
        back[i] = i - 1;
      } else {
        next[i] = jump + own;
        back[i] = q === 0 ? -1 : reachAt;
      }
    }
    best = next;
    from.push(back);
  });
  let end = -1;
  for (let i = 0; i < best.length; i++) if (end < 0 || best[i] > best[end]) end = i;
  const score = best[end] ?? -Infinity;
  if (score === -Infinity) return null;
  const at: number[] = [];
  for (let q = letters.length - 1, i = end; q >= 0; q--) {
    at.unshift(i);
    i = from[q][i];
  }
  // Of equal matches the shorter text is the closer one.
  return { score: score - text.length * 0.05, at };
}
