/** Traces of very many points: what Plotly draws in their place, and how much of a line a picture can show. */
import type { Json, JsonObject } from '#shared/notebook.ts';
import { isRecord, textOf } from '#shared/json.ts';
import type { Figure } from './figure.ts';
import { isSymbol } from './point-symbols.ts';

export type Numbers = ArrayLike<number | null>;

const readers: Record<string, (bytes: ArrayBuffer) => Numbers> = {
  f8: (bytes) => new Float64Array(bytes),
  f4: (bytes) => new Float32Array(bytes),
  i4: (bytes) => new Int32Array(bytes),
  u4: (bytes) => new Uint32Array(bytes),
  i2: (bytes) => new Int16Array(bytes),
  u2: (bytes) => new Uint16Array(bytes),
  i1: (bytes) => new Int8Array(bytes),
  u1: (bytes) => new Uint8Array(bytes),
};
const read = new WeakMap<object, Numbers | null>();

/** Numbers of a trace, from a list or from bytes as Plotly writes them; null where there are others. */
export function numbersOf(value: Json | undefined): Numbers | null {
  if (ArrayBuffer.isView(value)) return value as unknown as Numbers;
  if (typeof value !== 'object' || value === null) return null;
  let found = read.get(value);
  if (found === undefined) {
    found = Array.isArray(value)
      ? value.every((each) => each === null || typeof each === 'number')
        ? value
        : null
      : fromBytes(value);
    read.set(value, found);
  }
  return found;
}

function fromBytes({ dtype, bdata, shape }: JsonObject): Numbers | null {
  const reader = readers[textOf(dtype)];
  if (reader === undefined || typeof bdata !== 'string' || (typeof shape === 'string' && shape.includes(',')))
    return null;
  try {
    const letters = atob(bdata);
    const bytes = new Uint8Array(letters.length);
    for (let at = 0; at < letters.length; at++) bytes[at] = letters.charCodeAt(at);
    return reader(bytes.buffer);
  } catch {
    return null;
  }
}

/** A trace that is drawn by other means, and where its stand-ins are in the figure. */
export interface Dense {
  x: Numbers;
  y: Numbers;
  isLogarithmic: boolean;
  /** The trace whose line is thinned out to what can be seen. */
  line: number | null;
  /** The trace that answers the pointer for points that are painted. */
  points: number | null;
  /** What its line was thinned out for, in units of the axis. */
  seen: [number, number] | null;
}

/** From here on points of a figure are painted: each one would be an element of the page. */
export const mostPoints = 2000;
const mostOfLine = 10_000;
/** So many points answer the pointer at once; where more are in sight, some of them do. */
const mostAnswering = 50_000;

/** The figure with stand-ins in the place of traces of very many points. */
export function standIns(figure: Figure): { figure: Figure; dense: Dense[] } {
  const points = figure.data.map((trace) => pointsIn(figure, trace));
  const marked = points.reduce((count, of) => count + (of?.marks === true ? of.count : 0), 0);
  const dense: Dense[] = [];
  const data: JsonObject[] = [];
  figure.data.forEach((trace, at) => {
    const of = points[at] ?? null;
    const paints = of !== null && of.marks && marked > mostPoints && of.count > 100 && canPaint(trace);
    const thins = of !== null && of.lines && of.count > mostOfLine && (paints || !of.marks) && canThin(trace);
    if (of === null || (!paints && !thins)) {
      data.push(trace);
      return;
    }
    const { x, y, isLogarithmic } = of;
    const made: Dense = { x, y, isLogarithmic, line: null, points: null, seen: null };
    const { x0: _, dx: _dx, ...rest } = trace;
    const group = `dense-${at}`;
    // Its key in the legend and its scale of colours, when it is not there itself.
    const alone = !paints;
    if (thins) {
      made.line = data.length;
      made.seen = extent(x, isLogarithmic);
      const thinned = thinLine(x, y, made.seen, 1600, isLogarithmic);
      data.push({
        ...rest,
        ...(thinned as unknown as JsonObject),
        mode: 'lines',
        ...(alone ? {} : { legendgroup: group, showlegend: false }),
      });
    } else if (of.lines) data.push({ ...trace, mode: 'lines', legendgroup: group, showlegend: false });
    if (paints) {
      made.points = data.length;
      const answering = answeringPoints(made, null) as unknown as JsonObject;
      data.push({ ...rest, ...answering, mode: 'none', legendgroup: group, showlegend: false });
      data.push(keyOf(rest, of, group));
    }
    dense.push(made);
  });
  return { figure: dense.length === 0 ? figure : { ...figure, data }, dense };
}

interface Points {
  x: Numbers;
  y: Numbers;
  count: number;
  marks: boolean;
  lines: boolean;
  isLogarithmic: boolean;
}

/** The points of a flat trace on axes of numbers. */
function pointsIn({ layout }: Figure, trace: JsonObject): Points | null {
  if (!['scatter', 'scattergl', ''].includes(textOf(trace['type'])) || trace['visible'] === false) return null;
  const y = numbersOf(trace['y']);
  if (y === null) return null;
  const { x0, dx } = trace;
  const x =
    numbersOf(trace['x']) ??
    (trace['x'] === undefined
      ? Float64Array.from({ length: y.length }, (_, at) => at * numberOr(dx, 1) + numberOr(x0, 0))
      : null);
  if (x === null) return null;
  for (const [letter, name] of [
    ['x', trace['xaxis']],
    ['y', trace['yaxis']],
  ] as const) {
    const axis = layout[`${letter}axis${textOf(name).slice(1)}`];
    const type = isRecord(axis) ? textOf(axis['type']) : '';
    if (!['', '-', 'linear', 'log'].includes(type)) return null;
  }
  const count = Math.min(x.length, y.length);
  const mode = textOf(trace['mode']) || (count < 20 ? 'lines+markers' : 'lines');
  const axis = layout[`xaxis${textOf(trace['xaxis']).slice(1)}`];
  return {
    ...{ x, y, count },
    marks: mode.includes('markers'),
    lines: mode.includes('lines'),
    isLogarithmic: isRecord(axis) && axis['type'] === 'log',
  };
}

const numberOr = (value: Json | undefined, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise;

/** Whatever else each point has of its own stays with Plotly. */
const ofPoints = ['text', 'hovertext', 'customdata', 'ids', 'selectedpoints', 'texttemplate', 'error_x', 'error_y'];

function canPaint(trace: JsonObject): boolean {
  const marker = isRecord(trace['marker']) ? trace['marker'] : {};
  const edge = isRecord(marker['line']) ? marker['line'] : {};
  const { symbol, opacity, color, colorscale } = marker;
  const isPlain = (value: Json | undefined) => typeof value !== 'object';
  const mapped = numbersOf(color) !== null && color !== undefined && typeof color === 'object';
  return (
    ['', 'none'].includes(textOf(trace['fill'])) &&
    ofPoints.every((key) => isPlain(trace[key])) &&
    [opacity, edge['width'], edge['color'], marker['angle'], marker['gradient']].every(isPlain) &&
    (symbol === undefined || isSymbol(symbol)) &&
    (isPlain(color) || (mapped ? Array.isArray(colorscale) : Array.isArray(color))) &&
    (isPlain(marker['size']) ||
      (numbersOf(marker['size']) !== null && marker['sizemode'] === undefined && marker['sizeref'] === undefined))
  );
}

const canThin = (trace: JsonObject): boolean =>
  ofPoints.every((key) => typeof trace[key] !== 'object') &&
  trace['stackgroup'] === undefined &&
  !['tonextx', 'tonexty', 'tonext'].includes(textOf(trace['fill']));

/** A trace without points that has the name and the scale of colours of another. */
function keyOf(trace: JsonObject, { lines }: Points, group: string): JsonObject {
  const marker = isRecord(trace['marker']) ? trace['marker'] : {};
  const { color, size } = marker;
  const colours = numbersOf(color);
  const limits = colours === null || typeof color !== 'object' ? null : extent(colours, false);
  const first = (value: Json | undefined): Json | undefined => {
    const numbers = typeof value === 'object' ? numbersOf(value) : null;
    return numbers !== null ? (numbers[0] ?? 6) : Array.isArray(value) ? value[0] : value;
  };
  const own: JsonObject = { ...marker };
  if (limits !== null) own['color'] = limits;
  else if (typeof color === 'object') own['color'] = first(color) ?? null;
  if (typeof size === 'object') own['size'] = first(size) ?? null;
  const shared = { ...trace, x: [null], y: [null], mode: lines ? 'lines+markers' : 'markers', legendgroup: group };
  return { ...shared, marker: own };
}

/** The least and the greatest number; of a logarithmic axis the exponents. */
export function extent(values: Numbers, isLogarithmic: boolean): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (value === null || value === undefined || !Number.isFinite(value) || (isLogarithmic && value <= 0)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return [0, 1];
  return isLogarithmic ? [Math.log10(low), Math.log10(high)] : [low, high];
}

/**
 * Fewer points whose line looks the same in a picture of so many columns: of neighbours in one column the first, the
 * lowest, the highest and the last. All of them are points that were given; what is out of sight is kept roughly.
 */
export function thinLine(
  x: Numbers,
  y: Numbers,
  [low, high]: readonly [number, number],
  columns: number,
  isLogarithmic = false,
): { x: Float64Array; y: Float64Array } {
  const count = Math.min(x.length, y.length);
  const perUnit = columns / (high - low || 1);
  const kept: number[] = [];
  let begin = -1;
  let column = NaN;
  let lowest = -1;
  let highest = -1;
  const leave = (end: number) => {
    if (begin < 0) return;
    const [a, b] = lowest < highest ? [lowest, highest] : [highest, lowest];
    kept.push(begin);
    if (a > begin) kept.push(a);
    if (b > a && b < end) kept.push(b);
    if (end > begin) kept.push(end);
    begin = -1;
  };
  let isGap = false;
  for (let at = 0; at < count; at++) {
    const across = x[at] ?? NaN;
    const up = y[at] ?? NaN;
    const place = (isLogarithmic ? Math.log10(across) : across) - low;
    if (!Number.isFinite(place) || !Number.isFinite(up)) {
      leave(at - 1);
      column = NaN;
      if (!isGap) kept.push(-1);
      isGap = true;
      continue;
    }
    isGap = false;
    const now = Math.max(-1, Math.min(columns + 1, Math.floor(place * perUnit)));
    if (now !== column) {
      leave(at - 1);
      column = now;
      begin = lowest = highest = at;
    } else {
      if (up < (y[lowest] ?? NaN)) lowest = at;
      if (up > (y[highest] ?? NaN)) highest = at;
    }
  }
  leave(count - 1);
  const made = { x: new Float64Array(kept.length), y: new Float64Array(kept.length) };
  kept.forEach((at, place) => {
    made.x[place] = at < 0 ? NaN : (x[at] ?? NaN);
    made.y[place] = at < 0 ? NaN : (y[at] ?? NaN);
  });
  return made;
}

/** Whether all points of a trace answer the pointer at once. */
export const allAnswer = ({ x, y }: Dense): boolean => Math.min(x.length, y.length) <= mostAnswering;

/** Points that answer the pointer: of very many those in sight, of too many of them every so-manieth. */
export function answeringPoints(
  { x, y }: Dense,
  view: { x: readonly [number, number]; y: readonly [number, number] } | null,
): { x: Numbers; y: Numbers } {
  const count = Math.min(x.length, y.length);
  if (count <= mostAnswering) return { x, y };
  const isSeen = (at: number): boolean => {
    const across = x[at] ?? NaN;
    const up = y[at] ?? NaN;
    if (view === null) return across === across && up === up;
    return across >= view.x[0] && across <= view.x[1] && up >= view.y[0] && up <= view.y[1];
  };
  let seen = 0;
  for (let at = 0; at < count; at++) if (isSeen(at)) seen++;
  const step = Math.max(1, Math.ceil(seen / mostAnswering));
  const [across, up]: [number[], number[]] = [[], []];
  for (let at = 0, number = 0; at < count; at++) {
    if (!isSeen(at) || number++ % step !== 0) continue;
    across.push(x[at] ?? NaN);
    up.push(y[at] ?? NaN);
  }
  return { x: Float64Array.from(across), y: Float64Array.from(up) };
}
