/** Python's `%` formats of numbers, as `numpy.savetxt` uses them. */
import { AppError } from '#shared/errors.ts';

const pattern = /%([-+ #0]*)(\d+)?(?:\.(\d+))?([diufFeEgGsr%])/g;

/** How many values a format takes. */
export function placesOf(format: string): number {
  return [...format.matchAll(pattern)].filter(([, , , , kind]) => kind !== '%').length;
}

/**
 * The format with the values in its places, as Python's `%` makes it.
 *
 * @throws AppError 'dtype' when there are not as many values as places.
 * @example percent('%5.2f|%-4d|', [1, 2n]) // ' 1.00|2   |'
 */
export function percent(format: string, values: readonly (number | bigint | boolean)[]): string {
  let next = 0;
  const text = format.replaceAll(
    pattern,
    (_, flags: string, width: string | undefined, digits: string | undefined, kind: string) => {
      if (kind === '%') return '%';
      if (next >= values.length) throw new AppError('dtype', 'not enough arguments for format string');
      const value = values[next++];
      return padded(body(value, flags, digits === undefined ? null : Number(digits), kind), flags, Number(width ?? 0));
    },
  );
  if (next < values.length) throw new AppError('dtype', 'not all arguments converted during string formatting');
  return text;
}

function padded(text: string, flags: string, width: number): string {
  if (text.length >= width) return text;
  if (flags.includes('-')) return text.padEnd(width);
  if (!flags.includes('0') || !/\d/.test(text)) return text.padStart(width);
  const sign = /^[-+ ]/.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}

function body(value: number | bigint | boolean, flags: string, digits: number | null, kind: string): string {
  const whole = typeof value === 'bigint' ? value : typeof value === 'boolean' ? BigInt(value) : null;
  const negative = whole === null ? (value as number) < 0 || Object.is(value, -0) : whole < 0n;
  const sign = negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  if ('diu'.includes(kind)) {
    const integer = whole ?? truncated(value as number);
    const shown = String(integer < 0n ? -integer : integer).padStart(digits ?? 0, '0');
    return (integer < 0n ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '') + shown;
  }
  if (kind === 's' || kind === 'r') {
    const text =
      typeof value === 'boolean' ? (value ? 'True' : 'False') : whole !== null ? String(whole) : repr(value as number);
    return digits === null ? text : text.slice(0, digits);
  }
  const x = Math.abs(whole === null ? (value as number) : Number(whole));
  if (!Number.isFinite(x)) {
    const name = Number.isNaN(x) ? 'nan' : 'inf';
    const signed = Number.isNaN(x) ? (flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '') : sign;
    return signed + (/[A-Z]/.test(kind) ? name.toUpperCase() : name);
  }
  const shown = /f/i.test(kind)
    ? fixed(x, Math.min(100, digits ?? 6))
    : /e/i.test(kind)
      ? exponential(x, digits ?? 6)
      : general(x, digits ?? 6, flags.includes('#'));
  return sign + (/[A-Z]/.test(kind) ? shown.toUpperCase() : shown);
}

function truncated(x: number): bigint {
  if (!Number.isFinite(x)) {
    throw new AppError('value', `cannot convert float ${Number.isNaN(x) ? 'NaN' : 'infinity'} to integer`);
  }
  return BigInt(Math.trunc(x));
}

/** All digits; numbers from 10²¹ upwards are whole and are written out as well. */
function fixed(x: number, digits: number): string {
  if (x < 1e21) return x.toFixed(digits);
  return digits === 0 ? String(BigInt(x)) : `${String(BigInt(x))}.${'0'.repeat(digits)}`;
}

/** At least two digits of the exponent. */
function exponential(x: number, digits: number): string {
  const [mantissa, exponent] = x.toExponential(Math.min(100, digits)).split('e');
  const power = Number(exponent);
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

function general(x: number, digits: number, keep: boolean): string {
  const precision = Math.max(1, digits);
  const power = x === 0 ? 0 : Number(x.toExponential(precision - 1).split('e')[1]);
  const text = power < -4 || power >= precision ? exponential(x, precision - 1) : x.toFixed(precision - 1 - power);
  if (keep || !text.includes('.')) return text;
  const [mantissa, exponent] = text.split('e');
  const short = mantissa.replace(/\.?0+$/, '');
  return exponent === undefined ? short : `${short}e${exponent}`;
}

/** As Python writes a float. */
function repr(x: number): string {
  if (Number.isNaN(x)) return 'nan';
  if (!Number.isFinite(x)) return x > 0 ? 'inf' : '-inf';
  const size = Math.abs(x);
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) {
    const [mantissa, exponent] = x.toExponential().split('e');
    const power = Number(exponent);
    return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  const text = Object.is(x, -0) ? '-0' : String(x);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
