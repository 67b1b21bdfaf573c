/** Points by the ten thousand as one picture, in the order and the looks in which Plotly would draw each. */
import { isRecord, textOf } from '#shared/json.ts';
import type { JsonObject } from '#shared/notebook.ts';
import { type Numbers, numbersOf } from './dense-traces.ts';
import { drawSymbol, type Look } from './point-symbols.ts';

/** From numbers of an axis to pixels of the picture. */
export interface Ruler {
  range: readonly [number, number];
  /** In pixels of the page. */
  length: number;
  isLogarithmic: boolean;
  isUpward: boolean;
}

/** A sharp picture on a sharp screen, in a file and on paper. */
export const fineness = 2;

function placer({ range: [start, end], length, isLogarithmic, isUpward }: Ruler): (value: number) => number {
  const per = (length * fineness) / (end - start || 1);
  const bottom = length * fineness;
  return (value) => {
    const along = ((isLogarithmic ? Math.log10(value) : value) - start) * per;
    return isUpward ? bottom - along : along;
  };
}

/** Adds the points of a trace to a picture of its axes. */
export function paintPoints(
  to: CanvasRenderingContext2D,
  { x, y }: { x: Numbers; y: Numbers },
  trace: JsonObject,
  across: Ruler,
  up: Ruler,
): void {
  const marker = isRecord(trace['marker']) ? trace['marker'] : {};
  const sizes = typeof marker['size'] === 'object' ? numbersOf(marker['size']) : null;
  const size = typeof marker['size'] === 'number' ? marker['size'] : 6;
  const colours = colourTable(marker);
  const edge = isRecord(marker['line']) ? marker['line'] : {};
  const width = typeof edge['width'] === 'number' ? edge['width'] : 0;
  const look = (at: number): Look => ({
    symbol: textOf(marker['symbol']) || 'circle',
    size: (sizes?.[at] ?? size) * fineness,
    fill: colours.css(at),
    edge: width > 0 ? { color: textOf(edge['color']) || '#444', width: width * fineness } : null,
  });
  const number = (value: unknown) => (typeof value === 'number' ? value : 1);
  const opacity = number(marker['opacity']) * number(trace['opacity']);
  const { width: wide, height: tall } = to.canvas;
  const count = Math.min(x.length, y.length);
  const toX = placer(across);
  const toY = placer(up);
  const greatest =
    sizes === null ? size : Array.from(sizes).reduce<number>((most, each) => Math.max(most, each ?? 0), 0);
  const margin = greatest * fineness;
  to.globalAlpha = opacity;

  /** How often a place may be drawn at before another one there changes nothing. */
  const enough = enoughOf(opacity * alphaOf(colours.css(0)));
  const alike = colours.isOne && sizes === null;
  const taken = alike && count > 20_000 ? new Uint8Array(wide * tall) : null;
  const sprites = new Map<string | number, HTMLCanvasElement>();
  for (let at = 0; at < count; at++) {
    const px = toX(x[at] ?? NaN);
    const py = toY(y[at] ?? NaN);
    if (!(px >= -margin && py >= -margin && px <= wide + margin && py <= tall + margin)) continue;
    if (taken !== null && px >= 0 && py >= 0 && px < wide && py < tall) {
      const place = Math.floor(py) * wide + Math.floor(px);
      const drawn = taken[place] ?? 0;
      if (drawn >= enough) continue;
      taken[place] = drawn + 1;
    }
    const key = alike ? 0 : `${colours.key(at)} ${sizes?.[at] ?? ''}`;
    let sprite = sprites.get(key);
    if (sprite === undefined && sprites.size < 2000) sprites.set(key, (sprite = spriteOf(look(at))));
    if (sprite === undefined) drawSymbol(to, px, py, look(at));
    else to.drawImage(sprite, px - sprite.width / 2, py - sprite.height / 2);
  }
  to.globalAlpha = 1;
}

const enoughOf = (alpha: number): number =>
  alpha >= 0.99 ? 1 : Math.min(250, Math.ceil(Math.log(0.01) / Math.log(1 - Math.max(0.001, alpha))));

const alphaOf = (css: string): number => Number(/^rgba\(.*,\s*([\d.]+)\)$/.exec(css)?.[1] ?? 1);

function spriteOf(look: Look): HTMLCanvasElement {
  const sprite = document.createElement('canvas');
  const side = Math.ceil(look.size * 1.5 + 2 * (look.edge?.width ?? 2)) + 2;
  sprite.width = sprite.height = side;
  const to = sprite.getContext('2d');
  if (to !== null) drawSymbol(to, side / 2, side / 2, look);
  return sprite;
}

interface Colours {
  isOne: boolean;
  key(at: number): string | number;
  css(at: number): string;
}

function colourTable(marker: JsonObject): Colours {
  const { color, colorscale, reversescale } = marker;
  const numbers = typeof color === 'object' ? numbersOf(color) : null;
  if (numbers === null && Array.isArray(color)) {
    const css = (at: number) => textOf(color[at]) || '#444';
    return { isOne: false, key: css, css };
  }
  if (numbers === null) {
    const css = textOf(color) || '#444';
    return { isOne: true, key: () => 0, css: () => css };
  }
  const limit = (key: string, otherwise: number) => (typeof marker[key] === 'number' ? marker[key] : otherwise);
  let [low, high] = [Infinity, -Infinity];
  for (let at = 0; at < numbers.length; at++) {
    const value = numbers[at];
    if (typeof value === 'number' && Number.isFinite(value))
      [low, high] = [Math.min(low, value), Math.max(high, value)];
  }
  [low, high] = [limit('cmin', low), limit('cmax', high)];
  const table = scaleTable(Array.isArray(colorscale) ? colorscale : []);
  const share = (at: number) => {
    const value = numbers[at];
    if (value === null || value === undefined || Number.isNaN(value)) return -1;
    const place = Math.max(0, Math.min(255, Math.round(((value - low) / (high - low || 1)) * 255)));
    return reversescale === true ? 255 - place : place;
  };
  return { isOne: false, key: share, css: (at) => table[share(at)] ?? 'rgba(0,0,0,0)' };
}

/** 256 colours of a scale, as a canvas blends between its stops. */
function scaleTable(stops: JsonObject[string][]): string[] {
  const strip = document.createElement('canvas');
  [strip.width, strip.height] = [256, 1];
  const to = strip.getContext('2d', { willReadFrequently: true });
  if (to === null) return [];
  const blend = to.createLinearGradient(0.5, 0, 255.5, 0);
  for (const stop of stops) {
    if (!Array.isArray(stop) || typeof stop[0] !== 'number' || typeof stop[1] !== 'string') continue;
    try {
      blend.addColorStop(Math.max(0, Math.min(1, stop[0])), stop[1]);
    } catch {
      // A colour that is none.
    }
  }
  to.fillStyle = blend;
  to.fillRect(0, 0, 256, 1);
  const { data } = to.getImageData(0, 0, 256, 1);
  return Array.from({ length: 256 }, (_, at) => `rgb(${data[4 * at]}, ${data[4 * at + 1]}, ${data[4 * at + 2]})`);
}
