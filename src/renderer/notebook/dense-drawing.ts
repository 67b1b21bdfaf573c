/** Draws what stands behind a figure's stand-ins: points as a picture below its lines, lines as fine as the view needs. */
import type { Data, Layout, PlotlyHTMLElement } from 'plotly.js';
import type { JsonObject } from '#shared/notebook.ts';
import type { Plotly } from '../components/plotly.ts';
import { allAnswer, answeringPoints, type Dense, thinLine } from './dense-traces.ts';
import { fineness, paintPoints, type Ruler } from './point-painter.ts';

/** Of Plotly's own description of a plot: an axis as it is drawn. */
interface DrawnAxis {
  range: [number, number];
  type: string;
  _length: number;
}

type Drawn = PlotlyHTMLElement & {
  data: JsonObject[];
  _fullLayout: Record<string, unknown>;
  _fullData: { visible: boolean | string; xaxis: string; yaxis: string; uid: string }[];
};

/** Brings points and lines of a drawn plot up to date with what its axes show now. */
export async function drawDense(
  library: Plotly,
  plot: PlotlyHTMLElement,
  dense: readonly Dense[],
  images: readonly JsonObject[],
): Promise<void> {
  const drawn = plot as Drawn;
  const pictures = new Map<
    string,
    { to: CanvasRenderingContext2D; across: Ruler; up: Ruler; refs: [string, string] }
  >();
  const lines: { at: number; x: ArrayLike<number | null>; y: ArrayLike<number | null> }[] = [];
  for (const one of dense) {
    const at = one.points ?? one.line;
    const full = at === null ? undefined : drawn._fullData[at];
    if (full === undefined || full.visible !== true) continue;
    const [xAxis, yAxis] = [axisOf(drawn, full.xaxis), axisOf(drawn, full.yaxis)];
    if (xAxis === null || yAxis === null) continue;
    if (one.line !== null && (one.seen === null || differs(one.seen, xAxis.range))) {
      const [a, b] = xAxis.range;
      one.seen = [Math.min(a, b), Math.max(a, b)];
      const columns = Math.round(xAxis._length * fineness);
      lines.push({ at: one.line, ...thinLine(one.x, one.y, one.seen, columns, one.isLogarithmic) });
    }
    if (one.points === null) continue;
    if (!allAnswer(one)) lines.push({ at: one.points, ...answeringPoints(one, { x: seen(xAxis), y: seen(yAxis) }) });
    const key = `${full.xaxis} ${full.yaxis}`;
    let picture = pictures.get(key);
    if (picture === undefined) {
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.round(xAxis._length * fineness));
      canvas.height = Math.max(1, Math.round(yAxis._length * fineness));
      const to = canvas.getContext('2d');
      if (to === null) continue;
      picture = { to, across: ruler(xAxis, false), up: ruler(yAxis, true), refs: [full.xaxis, full.yaxis] };
      pictures.set(key, picture);
    }
    const trace = drawn.data[one.points];
    if (trace !== undefined) paintPoints(picture.to, one, trace, picture.across, picture.up);
  }
  const made = [...pictures.values()].map(({ to, across, up, refs: [xref, yref] }) => ({
    source: to.canvas.toDataURL('image/png'),
    ...{ xref, yref, x: across.range[0], y: up.range[1], xanchor: 'left', yanchor: 'top' },
    sizex: Math.abs(across.range[1] - across.range[0]),
    sizey: Math.abs(up.range[1] - up.range[0]),
    ...{ sizing: 'stretch', layer: 'below' },
  }));
  const layout = { images: [...images, ...made] } as unknown as Partial<Layout>;
  if (lines.length === 0) await library.relayout(plot, layout);
  else {
    const data = { x: lines.map(({ x }) => x), y: lines.map(({ y }) => y) } as unknown as Data;
    await library.update(
      plot,
      data,
      layout,
      lines.map(({ at }) => at),
    );
  }
}

/** The pictures that a figure has of its own. */
export const imagesOf = ({ images }: Partial<Layout>): JsonObject[] => (Array.isArray(images) ? images : []);

/** Whether a change of the layout is one that `drawDense` made. */
export const isOwnChange = (change: object): boolean => 'images' in change;

function axisOf({ _fullLayout: layout }: Drawn, name: string): DrawnAxis | null {
  const axis = layout[`${name[0]}axis${name.slice(1)}`] as DrawnAxis | undefined;
  return axis !== undefined && ['linear', 'log'].includes(axis.type) && axis._length > 0 ? axis : null;
}

const ruler = ({ range, _length: length, type }: DrawnAxis, isUpward: boolean): Ruler => ({
  range: [Number(range[0]), Number(range[1])],
  ...{ length, isUpward, isLogarithmic: type === 'log' },
});

/** What an axis shows, in its values. */
function seen({ range, type }: DrawnAxis): [number, number] {
  const ends = range.map((end) => (type === 'log' ? 10 ** end : Number(end)));
  return [Math.min(...ends), Math.max(...ends)];
}

/** A view that is nearly the one a line was thinned out for shows nothing else. */
function differs([low, high]: readonly [number, number], [a, b]: readonly [number, number]): boolean {
  const [from, to] = [Math.min(a, b), Math.max(a, b)];
  const slack = 0.15 * (to - from);
  return Math.abs(from - low) > slack || Math.abs(to - high) > slack;
}
