/** Markdown with mathematics, as nodes of the page: raw HTML is text, links only lead to the web, pictures come along. */
import MarkdownIt from 'markdown-it';
import type { JsonObject } from '#shared/notebook.ts';
import { textOf } from '#shared/json.ts';
import { dataPicture, safeHtml } from './safe-html.ts';

const markdown = new MarkdownIt({ html: false, linkify: true, typographer: false });
// Bare words such as "np.dot" are no addresses.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
const validate = markdown.validateLink.bind(markdown);
markdown.validateLink = (address) => address.startsWith('attachment:') || validate(address);

const place = (tex: string, display: boolean): string =>
  `<span data-tex="${markdown.utils.escapeHtml(tex)}"${display ? ' data-display=""' : ''}></span>`;

// Before emphasis and escapes, which would take the underscores and backslashes of TeX apart.
markdown.inline.ruler.before('escape', 'math', (state, silent) => {
  const { src, pos } = state;
  const open = ['$$', '$', '\\(', '\\['].find((mark) => src.startsWith(mark, pos));
  if (open === undefined) return false;
  const close = open === '\\(' ? '\\)' : open === '\\[' ? '\\]' : open;
  const start = pos + open.length;
  let end = src.indexOf(close, start);
  while (end > 0 && close.startsWith('$') && src[end - 1] === '\\') end = src.indexOf(close, end + 1);
  if (end < 0 || end >= state.posMax + 1 || end === start) return false;
  const tex = src.slice(start, end);
  // "$5 and $6" is money: TeX between single dollars begins and ends tight, and no digit follows.
  if (open === '$' && (/^\s|\s$/.test(tex) || /\d/.test(src[end + 1] ?? ''))) return false;
  if (!silent) {
    const token = state.push('math', '', 0);
    token.content = tex;
    token.markup = open;
  }
  state.pos = end + close.length;
  return true;
});
markdown.block.ruler.before(
  'fence',
  'math_block',
  (state, startLine, endLine, silent) => {
    const lineAt = (line: number) => state.src.slice(state.bMarks[line] + state.tShift[line], state.eMarks[line]);
    const first = lineAt(startLine).trim();
    const environment = /^\\begin\{(\w+\*?)\}/.exec(first)?.[1];
    const open = first.startsWith('$$') ? '$$' : first.startsWith('\\[') ? '\\[' : null;
    if (open === null && environment === undefined) return false;
    const close = open === null ? `\\end{${environment}}` : open === '$$' ? '$$' : '\\]';
    let content = open === null ? first : first.slice(2);
    let line = startLine;
    if (open !== null && content.endsWith(close) && content.length > 1) content = content.slice(0, -2);
    else if (!(open === null && content.endsWith(close))) {
      if (open !== null && content.includes(close)) return false;
      for (line = startLine + 1; ; line++) {
        if (line >= endLine) return false;
        const text = lineAt(line).trimEnd();
        if (text.endsWith(close)) {
          content += `\n${open === null ? text : text.slice(0, -close.length)}`;
          break;
        }
        content += `\n${text}`;
      }
    }
    if (silent) return true;
    const token = state.push('math', '', 0);
    token.block = true;
    token.content = content.trim();
    token.markup = '$$';
    state.line = line + 1;
    return true;
  },
  { alt: ['paragraph', 'reference', 'blockquote', 'list'] },
);
markdown.renderer.rules['math'] = (tokens, index) => {
  const token = tokens[index];
  const display = token.markup === '$$' || token.markup === '\\[';
  return token.block ? `<p>${place(token.content, true)}</p>\n` : place(token.content, display);
};

/** The HTML of a text, with places for mathematics; only for `safeHtml`. */
export const markdownHtml = (text: string): string => markdown.render(text);

/** Draws a text of Markdown into an element, its mathematics by KaTeX. */
export async function drawMarkdown(
  element: HTMLElement,
  text: string,
  attachments: JsonObject | null = null,
): Promise<void> {
  const pictures = (address: string) =>
    address.startsWith('attachment:') ? attached(attachments, address.slice(11)) : dataPicture(address);
  element.replaceChildren(safeHtml(markdownHtml(text), pictures));
  await drawMath(element);
}

/** Sets the mathematics of places that `markdownHtml` left. */
export async function drawMath(element: HTMLElement): Promise<void> {
  const places = [...element.querySelectorAll<HTMLElement>('span[data-tex]')];
  // Something to read until KaTeX is there.
  for (const each of places) each.textContent = each.dataset['tex'] ?? '';
  if (places.length === 0) return;
  const [katex] = await Promise.all([import('katex'), import('katex/dist/katex-swap.min.css')]);
  for (const each of places) {
    const displayMode = each.dataset['display'] !== undefined;
    const options = { displayMode, throwOnError: false, trust: false, maxSize: 50, maxExpand: 500, strict: false };
    katex.default.render(each.dataset['tex'] ?? '', each, options);
  }
}

function attached(attachments: JsonObject | null, name: string): string | null {
  const found = attachments?.[decodeURIComponent(name)] ?? attachments?.[name];
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return null;
  for (const [type, value] of Object.entries(found)) {
    const bytes = Array.isArray(value) ? value.map(textOf).join('') : textOf(value);
    if (bytes !== '') return dataPicture(`data:${type};base64,${bytes}`);
  }
  return null;
}
