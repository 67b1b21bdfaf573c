/** Python scripts with `# %%` cells, as Jupytext, VS Code and Spyder read and write them. */
import type { CellType, NotebookCell } from '#shared/notebook.ts';
import { newCellId } from './notebook-ipynb.ts';

const marker = /^#\s*%%(?!%)(.*)$/;
const commentedMagic = /^#\s?([%!][A-Za-z].*)$/;

/**
 * A script as cells; what stands before the first marker is a cell of its own.
 * @example
 * parsePercent('# %% [markdown]\n# Hello\n\n# %%\nprint(1)\n').map((cell) => cell.source); // ['Hello', 'print(1)']
 */
export function parsePercent(text: string): NotebookCell[] {
  const cells: NotebookCell[] = [];
  let type: CellType = 'code';
  let body: string[] = [];
  let begun = false;
  const close = (): void => {
    const source = trimmed(type === 'code' ? body.map(uncommentedMagic) : body.map(uncommented));
    if (begun || source !== '') cells.push(cellOf(type, source));
  };
  for (const line of withoutHeader(text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/))) {
    const found = marker.exec(line);
    if (found === null) {
      body.push(line);
      continue;
    }
    close();
    begun = true;
    body = [];
    const kind = /\[(markdown|md|raw)\]/i.exec(found[1] ?? '')?.[1]?.toLowerCase();
    type = kind === undefined ? 'code' : kind === 'raw' ? 'raw' : 'markdown';
  }
  close();
  return cells;
}

/** The cells as a script that Python runs from top to bottom. */
export function serialisePercent(cells: readonly Pick<NotebookCell, 'type' | 'source'>[]): string {
  return cells
    .map(({ type, source }) => {
      const lines = source.split('\n');
      if (type === 'code') return ['# %%', ...lines.map(commented)].join('\n').trimEnd() + '\n';
      return [`# %% [${type}]`, ...lines.map((line) => (line === '' ? '#' : `# ${line}`))].join('\n') + '\n';
    })
    .join('\n');
}

function cellOf(type: CellType, source: string): NotebookCell {
  return { id: newCellId(), type, source, execution_count: null, outputs: [], metadata: {}, attachments: null };
}

/** Jupytext's own header says which kernel it was; nothing of it is code. */
function withoutHeader(lines: string[]): string[] {
  if (lines[0]?.trim() !== '# ---') return lines;
  const end = lines.findIndex((line, index) => index > 0 && line.trim() === '# ---');
  const isHeader = end > 0 && lines.slice(1, end).every((line) => line.startsWith('#'));
  return isHeader ? lines.slice(end + 1) : lines;
}

function trimmed(lines: string[]): string {
  const isText = (line: string) => line.trim() !== '';
  const first = lines.findIndex(isText);
  return first < 0 ? '' : lines.slice(first, lines.findLastIndex(isText) + 1).join('\n');
}

const uncommented = (line: string): string => line.replace(/^#(?: |$)/, '');
const uncommentedMagic = (line: string): string => commentedMagic.exec(line)?.[1] ?? line;
/** Magics of IPython are no Python: in a script they are comments. */
const commented = (line: string): string => (/^[%!][A-Za-z]/.test(line) ? `# ${line}` : line);
