/** Plotly's JSON as the notebook draws it: checked, in the faces and colours of the app where the figure names none. */
import type { Data, Layout } from 'plotly.js';
import type { Json, JsonObject } from '#shared/notebook.ts';
import { isRecord, textOf } from '#shared/json.ts';
import { numbersOf } from './dense-traces.ts';

export interface Figure {
  data: JsonObject[];
  layout: JsonObject;
}

/** What the builds of Plotly in the app can draw: flat, and in space. */
const drawable = new Set(
  'scatter bar box heatmap histogram histogram2d histogram2dcontour contour image pie scatterternary violin'.split(' '),
);

export function readFigure(value: Json | undefined): Figure | null {
  if (!isRecord(value) || !Array.isArray(value['data'])) return null;
  return { data: value['data'].filter(isRecord), layout: isRecord(value['layout']) ? value['layout'] : {} };
}

const spatial = new Set('scatter3d surface mesh3d isosurface volume cone streamtube'.split(' '));

const kindsOf = ({ data }: Figure): string[] =>
  data.map((trace) => textOf(trace['type']) || 'scatter').map((kind) => kind.replace(/^scattergl$/, 'scatter'));

/** Whether a figure has plots in space, which another build of Plotly draws, with WebGL. */
export const isSpatial = (figure: Figure): boolean => kindsOf(figure).some((kind) => spatial.has(kind));

/** Whether plots in space are drawn flat in it, because others stand beside them. */
export const isFlattened = ({ layout }: Figure): boolean =>
  isRecord(layout['meta']) && layout['meta']['drawn'] === 'flat';

/** Kinds of plots in a figure that cannot be drawn here. */
export function undrawable(figure: Figure): string[] {
  const inSpace = isSpatial(figure);
  const can = (kind: string): boolean => (inSpace ? spatial.has(kind) || kind === 'scatter' : drawable.has(kind));
  return [...new Set(kindsOf(figure).filter((kind) => !can(kind)))];
}

/** Points that are each an element of the drawing. */
export const pointsOf = ({ data }: Figure): number =>
  data.reduce((count, { mode, x }) => count + (textOf(mode).includes('markers') && Array.isArray(x) ? x.length : 0), 0);

export interface FigureColours {
  ink: string;
  quiet: string;
  line: string;
  panel: string;
  strong: string;
  face: string;
  /** Of curves, in order. */
  series: string[];
}

/** Whatever the figure asks for in colours of a page that is not ours gives way; its colours of curves stay. */
export function themed(
  { data, layout }: Figure,
  colours: FigureColours,
  width: number,
  height: number,
): { data: Data[]; layout: Partial<Layout> } {
  const axis = {
    gridcolor: colours.line,
    linecolor: colours.strong,
    zerolinecolor: colours.strong,
    tickcolor: colours.strong,
    automargin: true,
  };
  const axes = new Set([
    ...(Object.keys(layout).some((key) => key.startsWith('scene')) ? [] : ['xaxis', 'yaxis']),
    ...Object.keys(layout).filter((key) => /^[xy]axis\d*$/.test(key)),
  ]);
  const withAxes = Object.fromEntries(
    [...axes].map((key) => {
      const given = layout[key];
      const own = isRecord(given) ? given : {};
      return [key, { ...axis, ...decadeTicks(data, key, own), ...own }];
    }),
  );
  const scenes = Object.fromEntries(
    Object.entries(layout).flatMap(([key, own]) =>
      /^scene\d*$/.test(key) && isRecord(own) ? [[key, themedScene(own, colours)]] : [],
    ),
  );
  const font = isRecord(layout['font']) ? layout['font'] : {};
  // Several plots that were made smaller to fit keep out of each other's way when their words shrink with them.
  const wanted = layout['width'];
  const scale = axes.size > 2 && typeof wanted === 'number' ? Math.max(0.7, Math.min(1, width / wanted)) : 1;
  const legends = Object.fromEntries(
    Object.entries({ legend: {}, ...layout }).flatMap(([key, own]) =>
      /^legend\d*$/.test(key) && isRecord(own) ? [[key, themedLegend(own, colours)]] : [],
    ),
  );
  // Templates of Plotly's Python library are whole themes for a white page.
  const { template: _, ...rest } = layout;
  const merged = {
    margin: { l: 56, r: 20, t: layout['title'] === undefined ? 20 : 44, b: 44 },
    colorway: colours.series,
    hoverlabel: { bgcolor: colours.panel, bordercolor: colours.strong, font: { color: colours.ink } },
    ...rest,
    ...withAxes,
    ...scenes,
    ...legends,
    font: { ...font, size: scale * (numberOf(font['size']) ?? 12), family: colours.face, color: colours.ink },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    width,
    height,
    autosize: false,
  };
  const traces = data.map((trace) => (trace['type'] === 'scattergl' ? { ...trace, type: 'scatter' } : trace));
  const drawn = { data: structuredClone(traces), layout: structuredClone<JsonObject>(merged) };
  if (scale < 1) shrinkWords(drawn.layout, scale);
  // On colours of its own black stays black; another plot of the figure has none.
  const coloured = new Set(
    data
      .filter(({ type }) => ['heatmap', 'image', 'contour', 'histogram2d'].includes(textOf(type)))
      .map((trace) => axisOf(trace, 'xaxis')),
  );
  if (isDark(colours.panel)) {
    const light = (each: JsonObject, axis: 'xaxis' | 'xref') => {
      // Areas that meet are edged in their own colour, so that no gap shows.
      const isSeam = isRecord(each['line']) && each['line']['color'] === each['fillcolor'];
      if (!coloured.has(axisOf(each, axis)) && !isSeam) for (const part of inked) lighten(each, part, colours.ink);
    };
    for (const trace of drawn.data) light(trace, 'xaxis');
    for (const each of partsOf(drawn.layout, 'shapes')) light(each, 'xref');
    // What is written on a colour of its own keeps its ink, too.
    for (const each of partsOf(drawn.layout, 'annotations')) if (!isLight(each['bgcolor'])) light(each, 'xref');
  }
  for (const each of partsOf(drawn.layout, 'shapes')) if (each['name'] === 'page') each['fillcolor'] = colours.panel;
  return drawn;
}

const partsOf = (layout: JsonObject, key: 'shapes' | 'annotations'): JsonObject[] => {
  const parts = layout[key];
  return Array.isArray(parts) ? parts.filter(isRecord) : [];
};

/** A legend without a frame has no ground either. */
const themedLegend = (legend: JsonObject, { panel, line }: FigureColours): JsonObject => ({
  ...legend,
  bgcolor: legend['borderwidth'] === 0 ? 'rgba(0,0,0,0)' : panel,
  bordercolor: line,
});

const isLight = (colour: Json | undefined): boolean => {
  const parts = channels(textOf(colour));
  return parts !== null && parts[3] > 0.4 && luminance(parts) > 0.25;
};

const numberOf = (value: Json | undefined): number | null => (typeof value === 'number' ? value : null);

/** Sizes of letters, and the room around them, that the figure gives by itself. */
function shrinkWords(layout: JsonObject, scale: number): void {
  const legends = Object.entries(layout).flatMap(([key, own]) => (/^legend\d*$/.test(key) ? [own] : []));
  const written = [...partsOf(layout, 'annotations'), ...legends.filter(isRecord)];
  const fonts = written.map(({ font }) => font).filter(isRecord);
  for (const part of [...fonts, ...(isRecord(layout['margin']) ? [layout['margin']] : [])])
    for (const [key, value] of Object.entries(part)) if (typeof value === 'number') part[key] = value * scale;
  for (const [key, axis] of Object.entries(layout)) {
    const title = /^[xy]axis\d*$/.test(key) && isRecord(axis) ? axis['title'] : undefined;
    // Behind the numbers, not where numbers of the usual size would end.
    if (isRecord(title)) title['standoff'] ??= 5;
  }
}

/** The horizontal axis that a trace, a shape or a note belongs to: `x`, `x2` … */
const axisOf = (of: JsonObject, key: 'xaxis' | 'xref'): string => textOf(of[key]).split(' ')[0] || 'x';

/** Where a trace, a shape or a note has its ink: lines, points, arrows, letters. */
const inked = [
  ['line', 'color'],
  ['marker', 'color'],
  ['marker', 'line', 'color'],
  ['marker', 'pattern', 'fgcolor'],
  ['fillpattern', 'fgcolor'],
  ['error_x', 'color'],
  ['error_y', 'color'],
  ['font', 'color'],
  ['textfont', 'color'],
  ['arrowcolor'],
] as const;

/** Black ink could not be seen on a dark page: there it is the page's ink, and dark colours are lightened. */
function lighten(of: JsonObject, [key, ...rest]: readonly string[], ink: string): void {
  const value = of[key];
  if (rest.length > 0) {
    if (isRecord(value)) lighten(value, rest, ink);
  } else if (typeof value === 'string') of[key] = lit(value, ink);
  else if (Array.isArray(value)) of[key] = value.map((each) => (typeof each === 'string' ? lit(each, ink) : each));
}

function lit(colour: string, ink: string): string {
  const parts = channels(colour);
  if (parts === null) return colour;
  const [red, green, blue, alpha] = parts;
  if (luminance(parts) >= leastLuminance) return colour;
  const isGrey = Math.max(red, green, blue) - Math.min(red, green, blue) <= 12;
  const white = channels(ink) ?? parts;
  // A colour keeps its hue: as little of the ink as is needed to see it.
  let share = isGrey ? 1 : 0.1;
  const mixed = (): Channels => [
    ...([0, 1, 2].map((at) => Math.round(parts[at] + share * (white[at] - parts[at]))) as [number, number, number]),
    alpha,
  ];
  while (share < 1 && luminance(mixed()) < leastLuminance) share += 0.05;
  return `rgba(${mixed().join(', ')})`;
}

/** That of the least light colour with a contrast of 3 on the dark page. */
const leastLuminance = 0.13;

/** Relative luminance as WCAG 2 defines it. */
function luminance(parts: Channels): number {
  const [red, green, blue] = parts.slice(0, 3).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

type Channels = [number, number, number, number];

/** Of the ways in which figures name greys: #rgb, #rrggbb, rgb(), rgba(), black. */
function channels(colour: string): Channels | null {
  const text = colour.trim().toLowerCase();
  if (text === 'black') return [0, 0, 0, 1];
  const hex = /^#([\da-f]{3}|[\da-f]{6})$/.exec(text)?.[1];
  if (hex !== undefined) {
    const wide = hex.length === 3 ? hex.replace(/./g, '$&$&') : hex;
    const [red, green, blue] = [0, 2, 4].map((at) => Number.parseInt(wide.slice(at, at + 2), 16));
    return [red, green, blue, 1];
  }
  const numbers = /^rgba?\(([\d.,\s]+)\)$/.exec(text)?.[1]?.split(',').map(Number);
  if (numbers === undefined || numbers.length < 3 || numbers.some(Number.isNaN)) return null;
  const [red, green, blue, alpha = 1] = numbers;
  return [red, green, blue, alpha];
}

const isDark = (colour: string): boolean => {
  const parts = channels(colour);
  return parts !== null && parts[0] + parts[1] + parts[2] < 300;
};

function themedScene(scene: JsonObject, colours: FigureColours): JsonObject {
  const axis = {
    gridcolor: colours.strong,
    linecolor: colours.strong,
    zerolinecolor: colours.strong,
    tickfont: { size: 11, color: colours.quiet },
  };
  const axes = ['xaxis', 'yaxis', 'zaxis'].map((key) => {
    const own = scene[key];
    return [key, { ...axis, ...(isRecord(own) ? own : {}), backgroundcolor: 'rgba(0,0,0,0)' }];
  });
  return { ...scene, ...(Object.fromEntries(axes) as JsonObject), bgcolor: 'rgba(0,0,0,0)' };
}

/** Few enough ticks on a logarithmic axis that each is a power of ten, as long as it spans two of them or more. */
function decadeTicks(
  data: readonly JsonObject[],
  key: string,
  axis: JsonObject,
): { nticks?: number; tickfont?: { size: number } } {
  if (axis['type'] !== 'log') return {};
  const [letter = 'y', number = ''] = [key[0], key.slice('xaxis'.length)];
  let low = Infinity;
  let high = -Infinity;
  for (const trace of data) {
    const values = numbersOf(trace[letter]);
    if ((textOf(trace[`${letter}axis`]) || letter) !== letter + number || values === null) continue;
    for (let at = 0; at < values.length; at++) {
      const value = values[at];
      if (typeof value !== 'number' || !(value > 0)) continue;
      low = Math.min(low, Math.log10(value));
      high = Math.max(high, Math.log10(value));
    }
  }
  // Plotly takes whole decades from 0.7 of one between two ticks.
  if (high - low < 1.5) return {};
  // Plotly writes powers of ten a quarter larger than other numbers.
  return { nticks: Math.max(2, Math.min(10, Math.floor((high - low) / 0.75))), tickfont: { size: 9.6 } };
}

/** The size a figure asks for, within what there is. */
export function sizeOf({ layout }: Figure, available: number): { width: number; height: number } {
  const number = (value: Json | undefined, otherwise: number) =>
    typeof value === 'number' && value >= 60 && value <= 4000 ? value : otherwise;
  const wanted = number(layout['width'], Math.min(available, 760));
  const width = Math.max(160, Math.min(available, wanted));
  const height = number(layout['height'], Math.round(wanted * 0.56));
  // A picture made smaller to fit keeps its proportions.
  return { width, height: Math.max(120, Math.round(width < wanted ? (height * width) / wanted : height)) };
}
