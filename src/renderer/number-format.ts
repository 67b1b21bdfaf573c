/** Numbers as text for cells, legends and the formula bar: the same in every locale, as NumPy writes them. */
import type { DType } from '#shared/dtype.ts';

/** How cells show numbers. Precision behind the display is never lost. */
export type NumberFormat =
  | { kind: 'auto' }
  | { kind: 'fixed'; digits: number }
  | { kind: 'significant'; digits: number }
  | { kind: 'scientific'; digits: number }
  | { kind: 'fraction' }
  | { kind: 'full' };

/** What `auto` needs to know of the array to align its cells. */
export interface FormatContext {
  dtype: DType;
  /** Largest magnitude shown; 0 when unknown. */
  absmax: number;
  /** Decimals that the values of this column need, where they are known; `auto` shows no more. */
  decimals?: number;
}

export const isInteger = (dtype: DType): boolean =>
  dtype === 'bool' || dtype.startsWith('int') || dtype.startsWith('uint');
export const isComplex = (dtype: DType): boolean => dtype.startsWith('complex');

function nonFinite(value: number): string | null {
  if (Number.isNaN(value)) return 'nan';
  if (value === Infinity) return 'inf';
  if (value === -Infinity) return '-inf';
  return null;
}

/** An exponent of at least two digits, as C and NumPy write it: 1e-05. */
const exponent = (text: string): string => text.replace(/e([+-])(\d)$/, 'e$10$2');

/** The shortest text that reads back as the same float64 (or float32), in Python's form: 5.0, 1e-05, 1e+16. */
export function repr(value: number, dtype: DType = 'float64'): string {
  const special = nonFinite(value);
  if (special !== null) return special;
  if (dtype === 'bool') return value === 0 ? 'False' : 'True';
  if (isInteger(dtype)) return Object.is(value, -0) ? '0' : BigInt(Math.trunc(value)).toString();
  if (Object.is(value, -0)) return '-0.0';
  let text = String(value);
  const single = dtype === 'float32' || dtype === 'complex64';
  if (single && Math.fround(value) === value) {
    for (let digits = 1; digits <= 9; digits++) {
      const candidate = Number(value.toPrecision(digits));
      if (Math.fround(candidate) === value) {
        text = String(candidate);
        break;
      }
    }
  }
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude >= 1e16 || magnitude < 1e-4)) return exponent(Number(text).toExponential());
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/**
 * The fraction p/q with q ≤ 9999 that a number is, to within rounding; null when there is none.
 * Continued fraction expansion (Euclid).
 */
export function fractionOf(value: number): [number, number] | null {
  if (!Number.isFinite(value)) return null;
  const magnitude = Math.abs(value);
  if (magnitude > 1e9) return Number.isInteger(value) ? [value, 1] : null;
  let [p0, q0, p1, q1] = [0, 1, 1, 0];
  let x = magnitude;
  for (let step = 0; step < 32; step++) {
    const whole = Math.floor(x);
    [p0, q0, p1, q1] = [p1, q1, whole * p1 + p0, whole * q1 + q0];
    if (q1 > 9999) return null;
    if (Math.abs(p1 / q1 - magnitude) <= 1e-12 * Math.max(magnitude, 1e-3)) return [value < 0 ? -p1 : p1, q1];
    const rest = x - whole;
    if (rest < 1e-13) return null;
    x = 1 / rest;
  }
  return null;
}

/** Digits after the point at which `auto` shows about six significant ones of the largest value. */
export function autoDigits(absmax: number): number {
  if (!(absmax > 0) || !Number.isFinite(absmax)) return 4;
  const whole = Math.floor(Math.log10(absmax)) + 1;
  return Math.min(6, Math.max(0, whole > 0 ? 6 - whole : 5 - whole));
}

const mostAutoDecimals = 4;

/** How many decimals (at most four) a value has: 2.50 has one. */
export function decimalsOf(value: number, dtype: DType): number {
  if (value - value !== 0 || Number.isInteger(value)) return 0;
  const exact = dtype === 'float32' || dtype === 'complex64' ? Number(value.toPrecision(7)) : value;
  for (let digits = 1; digits < mostAutoDecimals; digits++) {
    const scaled = exact * 10 ** digits;
    if (Math.abs(scaled - Math.round(scaled)) <= 1e-9 * Math.max(1, Math.abs(scaled))) return digits;
  }
  return mostAutoDecimals;
}

function formatAuto(value: number, context: FormatContext): string {
  const { absmax } = context;
  if (absmax >= 1e7 || (absmax > 0 && absmax < 1e-4)) return exponent(value.toExponential(3));
  const digits = Math.min(autoDigits(absmax), mostAutoDecimals, context.decimals ?? mostAutoDecimals);
  const text = value.toFixed(digits);
  // A value that is not zero never reads as zero.
  return value !== 0 && Number(text) === 0 ? exponent(value.toExponential(1)) : text;
}

function formatReal(value: number, format: NumberFormat, context: FormatContext): string {
  const special = nonFinite(value);
  if (special !== null) return special;
  if (isInteger(context.dtype)) {
    if (format.kind === 'scientific' && context.dtype !== 'bool') return exponent(value.toExponential(format.digits));
    return repr(value, context.dtype);
  }
  switch (format.kind) {
    case 'auto':
      return formatAuto(value, context);
    case 'fixed':
      return Math.abs(value) >= 1e15 ? exponent(value.toExponential(format.digits)) : value.toFixed(format.digits);
    case 'significant': {
      const text = value.toPrecision(Math.max(1, format.digits));
      return exponent(text);
    }
    case 'scientific':
      return exponent(value.toExponential(format.digits));
    case 'fraction': {
      const found = fractionOf(value);
      if (found === null) return exponent(String(Number(value.toPrecision(6))));
      return found[1] === 1 ? String(found[0] + 0) : `${found[0]}/${found[1]}`;
    }
    case 'full':
      return repr(value, context.dtype);
  }
}

/** One cell as text; `imag` for complex arrays, written as NumPy does: 1.00-2.00j. */
export function formatNumber(value: number, format: NumberFormat, context: FormatContext, imag?: number): string {
  const real = formatReal(value, format, context);
  if (imag === undefined) return real;
  const part = formatReal(imag, format, context);
  return `${real}${part.startsWith('-') ? '' : '+'}${part}j`;
}

/** The full-precision text of a value, as the formula bar shows it and the editor reads it back. */
export function formatFull(value: number, dtype: DType, imag?: number): string {
  return formatNumber(value, { kind: 'full' }, { dtype, absmax: 0 }, imag);
}

/** A number for a sentence or a legend: few significant digits, no trailing zeros. */
export function formatBrief(value: number, digits = 4): string {
  const special = nonFinite(value);
  if (special !== null) return special;
  if (value === 0) return '0';
  const magnitude = Math.abs(value);
  if (magnitude >= 1e6 || magnitude < 1e-4) {
    return value
      .toExponential(digits - 1)
      .replace(/\.?0+e/, 'e')
      .replace('e+', 'e');
  }
  // All digits before the point: 30896 rounded to four would read as an exact 30900.
  if (magnitude >= 10 ** digits) return String(Math.round(value));
  return String(Number(value.toPrecision(digits)));
}

/** A whole count with thin grouping: 1,000,000. */
export function formatCount(count: number): string {
  return String(Math.trunc(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A size in bytes with decimal units, as the workspace shows it: 4.8 kB. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let size = bytes;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  const text = unit === 0 ? String(Math.round(size)) : size < 99.95 ? size.toFixed(1) : String(Math.round(size));
  return `${text} ${units[unit]}`;
}
