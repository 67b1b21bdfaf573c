/** Cuts a line of Python into pieces for colouring: enough for the few lines the app writes itself. */

export interface Piece {
  text: string;
  kind: 'keyword' | 'string' | 'number' | 'comment' | 'plain';
}

const keywords = /^(?:import|from|as|for|in|if|else|not|and|or|is|lambda|def|return|with|None|True|False)$/;
const token =
  /(#.*$)|([rbf]?"(?:[^"\\]|\\.)*"|[rbf]?'(?:[^'\\]|\\.)*')|((?:\b\d[\d_]*\.?\d*|\.\d+)(?:e[+-]?\d+)?j?\b)|([A-Za-z_]\w*)/gi;

/**
 * The line in pieces; joined they are the line again.
 * @example
 * coloured('import numpy as np')[0]; // { text: 'import', kind: 'keyword' }
 */
export function coloured(line: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of line.matchAll(token)) {
    const [text, comment, string, number] = match;
    const kind = comment
      ? 'comment'
      : string
        ? 'string'
        : number
          ? 'number'
          : keywords.test(text)
            ? 'keyword'
            : 'plain';
    if (kind === 'plain') continue;
    if (match.index > at) pieces.push({ text: line.slice(at, match.index), kind: 'plain' });
    pieces.push({ text, kind });
    at = match.index + text.length;
  }
  if (at < line.length) pieces.push({ text: line.slice(at), kind: 'plain' });
  return pieces;
}
