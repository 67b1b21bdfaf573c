import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { isComplex, type Scalar } from './scalar.ts';

/** What becomes of trailing zeros: kept, trimmed to the point, to one zero, or with the point. */
export type Trim = 'k' | '.' | '0' | '-';

export interface NumberFormat {
  /** Digits after the point, null for as many as make the number unique. */
  precision?: number | null;
  /** The fewest digits that tell the number from its neighbours, where `precision` allows; else exactly `precision`. */
  unique?: boolean;
  trim?: Trim;
  /** Shows the sign of positive numbers too. */
  sign?: boolean;
  /** Characters before the point, filled with blanks. */
  padLeft?: number;
  minDigits?: number;
  /** Spacing of the number's dtype: decides which digits are needed. */
  single?: boolean;
}

/** Shortest decimal digits d₁d₂… of a positive number, the point standing after the first `point` of them. */
function shortest(x: number, single: boolean): { digits: string; point: number } {
  let text = x.toExponential();
  if (single) {
    for (let p = 0; p < 9; p++) {
      text = exponential(x, p);
      if (Math.fround(Number(text)) === x) break;
    }
  }
  const [mantissa, exponent] = text.split('e');
  const digits = mantissa.replace('.', '').replace(/0+$/, '');
  return { digits: digits === '' ? '0' : digits, point: Number(exponent) + 1 };
}

/** The exact value rounded to `count` digits after the point, ties to even; "12.50". */
function fixed(x: number, count: number): string {
  if (x >= 1e21) return count === 0 ? String(BigInt(x)) : `${BigInt(x)}.${'0'.repeat(count)}`;
  return tieToEven(x.toFixed(Math.min(100, count)), () => x.toFixed(Math.min(100, count + 40)));
}

/**
 * The exact value rounded to `count` digits after the first, ties to even; "1.25e+1".
 * @example exponential(12.5, 2) // '1.25e+1'
 */
export function exponential(x: number, count: number): string {
  const [mantissa, exponent] = x.toExponential(Math.min(100, count)).split('e');
  const rounded = tieToEven(mantissa, () => {
    const [longer, e] = x.toExponential(Math.min(100, count + 40)).split('e');
    return e === exponent ? longer : '';
  });
  return `${rounded}e${exponent}`;
}

/** JavaScript rounds exact ties up; IEEE, and NumPy, to the even digit. */
function tieToEven(rounded: string, longer: () => string): string {
  const last = Number(rounded.at(-1));
  if (last % 2 === 0) return rounded;
  const exact = longer();
  const length = rounded.includes('.') ? rounded.length : rounded.length + 1;
  if (exact.length <= length || !/^50*$/.test(exact.slice(length))) return rounded;
  return exact.slice(0, rounded.length);
}

/**
 * A number without exponent, as numpy.format_float_positional.
 *
 * @throws AppError 'value' "precision must be specified if unique is false".
 * @example format_float_positional(0.1, { trim: '0' }) // '0.1'
 */
export function format_float_positional(x: number, format: NumberFormat & { padRight?: number } = {}): string {
  const { precision = null, unique = true, trim = 'k', padLeft = 0, padRight = 0, minDigits = 0 } = format;
  if (!Number.isFinite(x)) return nonFinite(x, format);
  if (!unique && precision === null) throw new AppError('value', 'precision must be specified if unique is false');
  const magnitude = Math.abs(x);
  let text: string;
  if (unique) {
    const { digits, point } = shortest(magnitude, format.single ?? false);
    const have = Math.max(0, magnitude === 0 ? 0 : digits.length - point);
    const want = Math.max(minDigits, precision === null ? have : Math.min(have, precision));
    text = have === want ? plain(digits, point) : fixed(magnitude, want);
  } else {
    text = fixed(magnitude, precision ?? 0);
  }
  const [whole, rest = ''] = text.split('.');
  const fraction = trimmed(rest, trim, unique ? minDigits : (precision ?? 0));
  const signed = (x < 0 || Object.is(x, -0) ? '-' : format.sign === true ? '+' : '') + whole;
  const point = trim === '-' && fraction === '' ? (padRight > 0 ? ' ' : '') : '.';
  return signed.padStart(padLeft) + point + fraction.padEnd(padRight);
}

/**
 * A number with exponent, as numpy.format_float_scientific.
 *
 * @throws AppError 'value' "precision must be specified if unique is false".
 * @example format_float_scientific(1234.5, { trim: 'k' }) // '1.2345e+03'
 */
export function format_float_scientific(x: number, format: NumberFormat & { expDigits?: number } = {}): string {
  const { precision = null, unique = true, trim = 'k', padLeft = 0, minDigits = 0, expDigits = 2 } = format;
  if (!Number.isFinite(x)) return nonFinite(x, format);
  if (!unique && precision === null) throw new AppError('value', 'precision must be specified if unique is false');
  const magnitude = Math.abs(x);
  let text: string;
  if (unique) {
    const { digits, point } = shortest(magnitude, format.single ?? false);
    const have = digits.length - 1;
    const want = Math.max(minDigits, precision === null ? have : Math.min(have, precision));
    text =
      have === want
        ? `${digits[0]}.${digits.slice(1)}e${magnitude === 0 ? 0 : point - 1}`
        : exponential(magnitude, want);
  } else {
    text = exponential(magnitude, precision ?? 0);
  }
  const [mantissa, exponent] = text.split('e');
  const [whole, rest = ''] = mantissa.split('.');
  const fraction = trimmed(rest, trim, unique ? minDigits : (precision ?? 0));
  const signed = (x < 0 || Object.is(x, -0) ? '-' : format.sign === true ? '+' : '') + whole;
  const point = trim === '-' && fraction === '' ? '' : '.';
  const power = Number(exponent);
  const tail = `e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(expDigits, '0')}`;
  return signed.padStart(padLeft) + point + fraction + tail;
}

function plain(digits: string, point: number): string {
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}`;
  if (digits.length <= point) return digits.padEnd(point, '0');
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}

function trimmed(fraction: string, trim: Trim, atLeast: number): string {
  if (trim === 'k') return fraction.padEnd(atLeast, '0');
  const short = fraction.replace(/0+$/, '');
  return short === '' && trim === '0' ? '0' : short;
}

function nonFinite(x: number, { sign = false, padLeft = 0 }: NumberFormat): string {
  const text = Number.isNaN(x) ? 'nan' : x < 0 ? '-inf' : sign ? '+inf' : 'inf';
  return text.padStart(padLeft);
}

/**
 * A float as `str` of a NumPy scalar: shortest digits, an exponent below 1e-4 and from 1e16 (float32: 1e6) on.
 * @example [floatText(1e16), floatText(0.1)] // ['1e+16', '0.1']
 */
export function floatText(x: number, single = false): string {
  const magnitude = Math.abs(x);
  if (magnitude === 0 || (magnitude >= 1e-4 && magnitude < (single ? 1e6 : 1e16)) || !Number.isFinite(x)) {
    return format_float_positional(x, { trim: '0', single });
  }
  return format_float_scientific(x, { trim: '-', single });
}

/** One part of a complex number as its `str` shows it: as `floatText`, but "1" instead of "1.0". */
function partText(x: number, single: boolean): string {
  return floatText(x, single).replace(/\.0$/, '');
}

/**
 * One element as Python's `str` shows the NumPy scalar.
 *
 * @example scalarText({ re: 1, im: -2 }, 'complex128') // '(1-2j)'
 */
export function scalarText(value: Scalar, dtype: DType): string {
  const single = dtype === 'float32' || dtype === 'complex64';
  if (isComplex(value)) {
    const imaginary = partText(value.im, single);
    if (value.re === 0 && !Object.is(value.re, -0)) return `${imaginary}j`;
    return `(${partText(value.re, single)}${/^[-]/.test(imaginary) ? '' : '+'}${imaginary}j)`;
  }
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number' && dtype.startsWith('float')) return floatText(value, single);
  return String(value);
}

/**
 * One element as Python's `repr` shows the NumPy scalar.
 *
 * @example scalarRepr(0.5, 'float64') // 'np.float64(0.5)'
 */
export function scalarRepr(value: Scalar, dtype: DType): string {
  const text = scalarText(value, dtype);
  if (dtype === 'bool') return `np.${text}_`;
  return isComplex(value) && text.startsWith('(') ? `np.${dtype}${text}` : `np.${dtype}(${text})`;
}
