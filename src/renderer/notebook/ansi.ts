/** Terminal text as lines of coloured pieces. */
import { formatCount } from '../number-format.ts';

export interface Piece {
  text: string;
  /** Space-separated classes: "bold fg-1". */
  look: string;
}

// eslint-disable-next-line no-control-regex -- escapes of a terminal begin with one
const escapes = /\u001b\[([\d;]*)([A-Za-z])|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[()][AB0]|\u001b[=>]/g;

/** Longer lines are cut for the eye: no browser lays out a megabyte in one line in time. */
const longestLine = 4000;

/**
 * Colours of a text's lines; each begins with the look the one before ended with.
 * @example
 * coloured('\u001b[31mred\u001b[0m plain')[0]; // [{ text: 'red', look: 'fg-1' }, { text: ' plain', look: '' }]
 */
export function coloured(text: string): Piece[][] {
  const state = { bold: false, faint: false, italic: false, underline: false, colour: '' };
  const look = () =>
    [
      state.bold ? 'bold' : '',
      state.faint ? 'faint' : '',
      state.italic ? 'italic' : '',
      state.underline ? 'underline' : '',
      state.colour,
    ]
      .filter((word) => word !== '')
      .join(' ');
  return text.split('\n').map((raw) => {
    const line = overwritten(raw);
    const pieces: Piece[] = [];
    let at = 0;
    const put = (until: number) => {
      if (until > at) pieces.push({ text: line.slice(at, until), look: look() });
    };
    for (const match of line.matchAll(escapes)) {
      put(match.index);
      at = match.index + match[0].length;
      if (match[2] === 'm') apply(state, match[1] ?? '');
    }
    put(line.length);
    return pieces;
  });
}

/** What a terminal shows of a line with carriage returns: a progress bar's last state. */
function overwritten(line: string): string {
  let shown = line;
  if (line.includes('\r')) {
    shown = '';
    for (const part of line.replace(/\r+$/, '').split('\r')) shown = part + shown.slice(part.length);
  }
  return shown.length > longestLine
    ? `${shown.slice(0, longestLine)} … ${formatCount(shown.length - longestLine)} more characters`
    : shown;
}

function apply(
  state: { bold: boolean; faint: boolean; italic: boolean; underline: boolean; colour: string },
  codes: string,
): void {
  const numbers = codes === '' ? [0] : codes.split(';').map(Number);
  for (let i = 0; i < numbers.length; i++) {
    const code = numbers[i] ?? 0;
    if (code === 0) Object.assign(state, { bold: false, faint: false, italic: false, underline: false, colour: '' });
    else if (code === 1) state.bold = true;
    else if (code === 2) state.faint = true;
    else if (code === 3) state.italic = true;
    else if (code === 4) state.underline = true;
    else if (code === 22) state.bold = state.faint = false;
    else if (code === 23) state.italic = false;
    else if (code === 24) state.underline = false;
    else if (code >= 30 && code <= 37) state.colour = `fg-${code - 30}`;
    else if (code >= 90 && code <= 97) state.colour = `fg-${code - 90}`;
    else if (code === 39) state.colour = '';
    else if (code === 38 || code === 48) {
      // Of the 256 colours the first sixteen have a name; others are near enough to plain text.
      if (numbers[i + 1] === 5) {
        const colour = numbers[i + 2] ?? 0;
        if (code === 38) state.colour = colour < 16 ? `fg-${colour % 8}` : '';
        i += 2;
      } else if (numbers[i + 1] === 2) i += 4;
    }
  }
}
