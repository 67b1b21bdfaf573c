/** Widths of texts as the grid sets them, measured once per face. */
import type { TextMeasure } from './column-widths.ts';

let context: CanvasRenderingContext2D | null = null;

/** Measures in the page's own faces; call after they are loaded for exact widths. */
export function textMeasure(): TextMeasure {
  context ??= document.createElement('canvas').getContext('2d');
  const style = getComputedStyle(document.documentElement);
  const face = (token: string, otherwise: string): string => style.getPropertyValue(token).trim() || otherwise;
  const numbers = `12px ${face('--font-mono', 'monospace')}`;
  const names = `500 12px ${face('--font-ui', 'sans-serif')}`;
  const width = (font: string, text: string): number => {
    if (context === null) return text.length * 7.2;
    context.font = font;
    return context.measureText(text).width;
  };
  return { digit: width(numbers, '0000000000') / 10, name: (text) => width(names, text) };
}
