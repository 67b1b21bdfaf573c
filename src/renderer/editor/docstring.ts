/**
 * A NumPy docstring as it is meant to be read: headings, names with their kinds, prose, and examples letter by letter.
 */
type Block =
  | { kind: 'heading' | 'entry' | 'code'; text: string; indent: number }
  | { kind: 'prose'; text: string; indent: number };

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** @example docstringBlocks('Parameters\n----------\na : array\n    One.') // a heading, an entry, prose indented by one */
export function docstringBlocks(text: string): Block[] {
  const lines = text.replace(/\s+$/, '').split('\n');
  const blocks: Block[] = [];
  let prose: Block | null = null;
  let section = '';
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    const trimmed = line.trim();
    const indent = Math.floor(indentOf(line) / 4);
    if (trimmed === '') {
      prose = null;
      continue;
    }
    if (/^-{3,}$|^={3,}$/.test((lines[at + 1] ?? '').trim()) && indentOf(line) === indentOf(lines[at + 1])) {
      blocks.push({ kind: 'heading', text: trimmed, indent: 0 });
      section = trimmed;
      prose = null;
      at++;
      continue;
    }
    const last = blocks.at(-1);
    const goesOn = last?.kind === 'code' && prose === null && lines[at - 1]?.trim() !== '';
    if (trimmed.startsWith('>>> ') || trimmed === '>>>' || goesOn) {
      if (goesOn) last.text += `\n${line.slice(Math.min(indentOf(line), last.indent * 4))}`;
      else blocks.push({ kind: 'code', text: trimmed, indent });
      prose = null;
      continue;
    }
    const names = /^(Parameters|Returns|Yields|Raises|Attributes|Other Parameters|Warns)$/.test(section);
    if (names && indent === 0) {
      blocks.push({ kind: 'entry', text: trimmed, indent });
      prose = null;
      continue;
    }
    if (prose !== null && prose.indent === indent && !/^[-*•] /.test(trimmed)) {
      prose.text += ` ${trimmed}`;
      continue;
    }
    prose = { kind: 'prose', text: trimmed, indent };
    blocks.push(prose);
  }
  return blocks;
}

/** Words between one or two backquotes are names. */
function withNames(element: HTMLElement, text: string): void {
  text.split(/(``[^`]+``|:\w+:`[^`]+`|`[^`]+`)/).forEach((piece, index) => {
    if (index % 2 === 0) {
      element.append(piece);
      return;
    }
    const code = document.createElement('code');
    code.textContent = piece.replace(/^:\w+:/, '').replace(/^`+|`+$/g, '');
    element.append(code);
  });
}

export function drawDocstring(text: string): HTMLElement {
  const box = document.createElement('div');
  box.className = 'cm-doc-text';
  for (const { kind, text: words, indent } of docstringBlocks(text)) {
    const element = document.createElement(kind === 'code' ? 'pre' : 'div');
    element.className = `cm-doc-${kind}`;
    if (indent > 0) element.style.marginLeft = `${indent * 14}px`;
    if (kind === 'code' || kind === 'heading') element.textContent = words;
    else if (kind === 'prose') withNames(element, words);
    else {
      const [, name, rest] = /^(.*?)(\s*:\s.*)?$/.exec(words) ?? [];
      const code = document.createElement('code');
      code.textContent = name;
      element.append(code);
      if (rest !== undefined) withNames(element, rest.replace(/^\s*:\s*/, '  '));
    }
    box.append(element);
  }
  return box;
}
