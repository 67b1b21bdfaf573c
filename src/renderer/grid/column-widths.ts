/** How wide columns want to be: room for the widest number of the array and for the column's name. */
import type { DType } from '#shared/dtype.ts';
import { formatNumber, isComplex, isInteger, type NumberFormat } from '../number-format.ts';

/** What is known of the values. */
export interface ValueRange {
  min: number;
  max: number;
  absmax: number;
  nan: number;
  inf: number;
}

/** Widths of texts in pixels: numbers are monospaced, names are not. */
export interface TextMeasure {
  digit: number;
  name(text: string): number;
}

const padding = 20;
const least = 48;
const mostForName = 190;
/** What a stretched column may gain to fill the window. */
const mostExtra = 56;

/** Characters of the widest cell in a format, from the limits of the values. */
export function widestNumber(range: ValueRange | null, dtype: DType, format: NumberFormat): number {
  if (range === null) return 8;
  const context = { dtype, absmax: range.absmax };
  const samples = [range.min, range.max, -range.absmax].filter((_, i) => i < 2 || range.min < 0);
  let widest = Math.max(...samples.map((value) => formatNumber(value, format, context).length));
  if (range.nan > 0) widest = Math.max(widest, 3);
  if (range.inf > 0) widest = Math.max(widest, 4);
  if (!isInteger(dtype)) {
    if (format.kind === 'fraction') widest = Math.max(widest, 9);
    if (format.kind === 'full') widest = Math.max(widest, dtype === 'float32' ? 13 : 21);
    // Small values beside large ones fall back to exponents.
    if (format.kind === 'auto') widest = Math.max(widest, range.min < 0 ? 8 : 7);
    if (format.kind === 'significant') widest = Math.max(widest, format.digits + 7);
  }
  return isComplex(dtype) ? 2 * widest + 2 : widest;
}

/**
 * Sizes of all columns. Those the person set stay as they are; the others share what is left of `room`, up to a
 * point.
 */
export function columnSizes(
  names: readonly string[] | null,
  count: number,
  base: 0 | 1,
  numberChars: number,
  chosen: ReadonlyMap<number, number>,
  measure: TextMeasure,
  room: number,
): Float64Array {
  const sizes = new Float64Array(count);
  const numbers = Math.max(least, Math.ceil(numberChars * measure.digit) + padding);
  const indexWidth = Math.ceil(String(count - 1 + base).length * measure.digit) + padding;
  let total = 0;
  for (let column = 0; column < count; column++) {
    const name = names?.[column];
    const nameWidth = name === undefined ? indexWidth : Math.min(mostForName, Math.ceil(measure.name(name)) + padding);
    const size = chosen.get(column) ?? Math.max(numbers, nameWidth);
    sizes[column] = size;
    total += size;
  }
  const free = count - chosen.size;
  if (total < room && free > 0) {
    const extra = Math.min(mostExtra, Math.floor((room - total) / free));
    // Fewer pixels than columns are left over; the last ones take them.
    let over = extra < mostExtra ? room - total - extra * free : 0;
    for (let column = count - 1; column >= 0; column--) {
      if (!chosen.has(column)) sizes[column] = sizes[column] + extra + (over-- > 0 ? 1 : 0);
    }
  }
  return sizes;
}
