/** A notebook as one page that needs nothing else: plots as drawings, mathematics as MathML, no scripts. */
import { classHighlighter, highlightCode } from '@lezer/highlight';
import { pythonLanguage } from '@codemirror/lang-python';
import katex from 'katex';
import { hasWebGL, loadPlotly, loadSpatialPlotly } from '../components/plotly.ts';
import { coloured } from './ansi.ts';
import { drawDense, imagesOf } from './dense-drawing.ts';
import { standIns } from './dense-traces.ts';
import { arrayMediaType, type NotebookOutput, plotlyMediaType } from '#shared/notebook.ts';
import type { CellModel } from './cell-model.svelte.ts';
import { isSpatial, readFigure, sizeOf, themed, undrawable } from './figure.ts';
import { isRecord, textOf } from '#shared/json.ts';
import { drawMarkdown } from './markdown.ts';
import { dataPicture, safeHtml } from './safe-html.ts';
import { readArray, shapeOf } from './array-output.ts';

const pageWidth = 800;

/** The page's whole text. */
export async function exportHtml(title: string, cells: readonly CellModel[]): Promise<string> {
  const parts: string[] = [];
  for (const cell of cells) if (cell.source.trim() !== '' || cell.outputs.length > 0) parts.push(await cellHtml(cell));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${parts.join('\n')}
</main>
</body>
</html>
`;
}

/** Puts a page in the place of the window's own content on paper, and only there; gives the way to take it back. */
export async function layOut(html: string): Promise<() => void> {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  const sheet = document.createElement('div');
  sheet.className = 'print-sheet';
  const inside = sheet.attachShadow({ mode: 'open' });
  for (const node of [parsed.querySelector('style'), parsed.querySelector('main')]) {
    if (node !== null) inside.append(document.adoptNode(node));
  }
  document.body.append(sheet);
  // Drawings that are not decoded yet would leave white places.
  await Promise.all([...inside.querySelectorAll('img')].map((picture) => picture.decode().catch(() => undefined)));
  return () => sheet.remove();
}

async function cellHtml(cell: CellModel): Promise<string> {
  if (cell.type === 'markdown') {
    const element = document.createElement('div');
    // What is drawn for the window is drawn once more as MathML: the page has no fonts of KaTeX.
    await drawMarkdown(element, cell.source, cell.attachments);
    for (const place of element.querySelectorAll<HTMLElement>('span[data-tex]')) {
      const tex = place.dataset['tex'] ?? '';
      const displayMode = place.dataset['display'] !== undefined;
      katex.render(tex, place, { output: 'mathml', displayMode, throwOnError: false, trust: false, strict: false });
      delete place.dataset['tex'];
    }
    for (const table of element.querySelectorAll('table')) keepWide(table);
    return `<section class="markdown">${element.innerHTML}</section>`;
  }
  if (cell.type === 'raw') return `<section><pre>${escaped(cell.source)}</pre></section>`;
  const outputs = cell.outputsHidden ? [] : await Promise.all(cell.outputs.map(outputHtml));
  const source = cell.sourceHidden
    ? ''
    : `<pre class="source"><span class="count">[${cell.executionCount ?? ' '}]</span><code>${codeHtml(cell.source)}</code></pre>`;
  return `<section class="code">${source}${outputs.map((output) => `<div class="output">${output}</div>`).join('')}</section>`;
}

/** A table of many columns is scrolled in a window, and has small words on paper, where nothing can be. */
function keepWide(table: HTMLTableElement): void {
  const columns = Math.max(0, ...[...table.rows].map(({ cells }) => cells.length));
  if (columns <= 12) return;
  const frame = document.createElement('div');
  frame.className = 'wide';
  frame.style.setProperty('--fit', Math.max(0.35, 14 / (columns + 2)).toFixed(2));
  table.replaceWith(frame);
  frame.append(table);
}

function codeHtml(source: string): string {
  let html = '';
  highlightCode(
    source,
    pythonLanguage.parser.parse(source),
    classHighlighter,
    (text, classes) => (html += classes === '' ? escaped(text) : `<span class="${classes}">${escaped(text)}</span>`),
    () => (html += '\n'),
  );
  return html;
}

async function outputHtml(output: NotebookOutput): Promise<string> {
  if (output.output_type === 'stream') return textHtml(textOf(output['text']));
  if (output.output_type === 'error') {
    const lines = Array.isArray(output['traceback']) ? output['traceback'].map(String) : [];
    const head = [textOf(output['ename']), textOf(output['evalue'])].filter((part) => part !== '').join(': ');
    // A traceback ends with what stands above it already.
    if (lines.at(-1) === head) lines.pop();
    return `<div class="error"><b>${escaped(head)}</b>${textHtml(lines.join('\n'))}</div>`;
  }
  const data = isRecord(output['data']) ? output['data'] : {};
  const figure = readFigure(data[plotlyMediaType]);
  const svg = textOf(data['image/svg+xml']);
  const turns = figure !== null && isSpatial(figure);
  // What was drawn in space prints sharper from its flat drawing.
  if (figure !== null && undrawable(figure).length === 0 && !(turns && (svg !== '' || !hasWebGL()))) {
    const library = await (turns ? loadSpatialPlotly() : loadPlotly());
    const { width, height } = sizeOf(figure, pageWidth);
    const { figure: lighter, dense } = turns ? { figure, dense: [] } : standIns(figure);
    const { data: traces, layout } = themed(lighter, paper, width, height);
    const format = { format: 'svg', width, height } as const;
    let drawn: string;
    if (dense.length === 0) drawn = await library.toImage({ data: traces, layout }, format);
    else {
      const plot = await library.newPlot(document.createElement('div'), traces, layout, { staticPlot: true });
      await drawDense(library, plot, dense, imagesOf(layout));
      drawn = await library.toImage(plot, format);
      library.purge(plot);
    }
    return `<img alt="Plot" width="${width}" height="${height}" src="${escaped(drawn)}">`;
  }
  for (const type of ['image/png', 'image/jpeg', 'image/gif', 'image/webp']) {
    const source = dataPicture(`data:${type};base64,${textOf(data[type]).replace(/\s/g, '')}`);
    if (source !== null) return `<img alt="Picture" src="${source}">`;
  }
  if (svg !== '') return `<img alt="Drawing" src="data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}">`;
  const html = textOf(data['text/html']);
  if (html !== '' && data[arrayMediaType] === undefined) {
    const element = document.createElement('div');
    element.append(safeHtml(html));
    for (const table of element.querySelectorAll('table')) keepWide(table);
    return element.innerHTML;
  }
  const array = readArray(data[arrayMediaType]);
  const about = array === null ? '' : `<p class="about">${escaped(`${array.dtype} ${shapeOf(array)}`)}</p>`;
  return textHtml(textOf(data['text/plain'])) + about;
}

function textHtml(text: string): string {
  const lines = coloured(text.replace(/\n$/, '')).map((pieces) =>
    pieces
      .map(({ text: piece, look }) => (look === '' ? escaped(piece) : `<span class="${look}">${escaped(piece)}</span>`))
      .join(''),
  );
  return `<pre>${lines.join('\n')}</pre>`;
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

const paper = {
  ink: '#1c1d21',
  quiet: '#666871',
  line: '#e3e1db',
  panel: '#ffffff',
  strong: '#cfccc4',
  face: 'Inter, system-ui, sans-serif',
  series: ['#2f6fb8', '#b9700b', '#28703f', '#b3382c', '#7a48cf', '#0a7672', '#666871'],
};

const style = `
body,:host{margin:0;background:#fff;color:#1c1d21;color-scheme:light;font:14px/1.6 Inter,'Inter Variable',system-ui,sans-serif}
main{max-width:${pageWidth + 60}px;margin:0 auto;padding:32px 24px}
section{margin:0 0 14px}
pre{margin:0;font:12px/1.55 'JetBrains Mono','JetBrains Mono Variable',ui-monospace,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
.source{position:relative;padding:8px 12px;border:1px solid #e3e1db;border-radius:8px;background:#fbfaf8}
.count{position:absolute;right:100%;margin-right:8px;color:#666871;white-space:nowrap}
.output{padding:8px 12px}
.error{padding:8px 12px;border-radius:8px;background:#fbe9e6}.error b{color:#b3382c;font:600 12px monospace}
.about{margin:2px 0 0;color:#666871;font-size:11px}
img{max-width:100%;height:auto}
table{border-collapse:collapse;font-size:12px}.wide{overflow-x:auto}td,th{padding:3px 10px;border:1px solid #e3e1db;text-align:right}
.markdown code{padding:1px 4px;border-radius:4px;background:#f1f0ec;font:.88em monospace}
.markdown pre{padding:8px 12px;border:1px solid #e3e1db;border-radius:8px;background:#fbfaf8}.markdown pre code{padding:0;background:none}
blockquote{margin:8px 0;padding-left:12px;border-left:3px solid #cfccc4;color:#4d4f57}
h1,h2,h3{line-height:1.3;letter-spacing:-.01em}
.tok-keyword{color:#3a55c9}.tok-string,.tok-string2{color:#28703f}.tok-number,.tok-bool{color:#985a05}.tok-comment{color:#666871;font-style:italic}
.bold{font-weight:700}.italic{font-style:italic}.underline{text-decoration:underline}.faint{opacity:.7}
.fg-0,.fg-7{color:#666871}.fg-1{color:#b3382c}.fg-2{color:#28703f}.fg-3{color:#855b00}.fg-4{color:#3a55c9}.fg-5{color:#7a48cf}.fg-6{color:#0a7672}
@page{margin:16mm 14mm}
@media print{.wide{overflow:visible}.wide table{font-size:calc(12px*var(--fit))}.wide :is(td,th){padding:2px calc(10px*var(--fit));overflow-wrap:anywhere}main{max-width:none;padding:0 0 0 34px}pre{orphans:4;widows:4}h1,h2,h3,.source:not(:last-child){break-after:avoid}.source,.error,img,tr,blockquote{break-inside:avoid}.output img{max-height:235mm;object-fit:contain}}
`;
