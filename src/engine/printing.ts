import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { copy } from './cast.ts';
import { shapeText } from './memory.ts';
import { contiguousStrides, NDArray } from './ndarray.ts';
import { kindCode } from './promotion.ts';
import { format_float_positional, format_float_scientific, scalarText } from './print-number.ts';
import type { Complex, Scalar } from './scalar.ts';

export type FloatMode = 'fixed' | 'unique' | 'maxprec' | 'maxprec_equal';

/** NumPy's print options with their names and defaults. */
export interface PrintOptions {
  /** Digits after the point at most. */
  precision: number | null;
  /** More elements than this are summarised. */
  threshold: number;
  /** Elements shown at each end of a summarised axis. */
  edgeitems: number;
  /** Characters of a line. */
  linewidth: number;
  /** Never uses an exponent because numbers are small or of different size. */
  suppress: boolean;
  nanstr: string;
  infstr: string;
  sign: '-' | '+' | ' ';
  floatmode: FloatMode;
}

const defaults: PrintOptions = {
  precision: 8,
  threshold: 1000,
  edgeitems: 3,
  linewidth: 75,
  suppress: false,
  nanstr: 'nan',
  infstr: 'inf',
  sign: '-',
  floatmode: 'maxprec',
};

let current: PrintOptions = { ...defaults };

/**
 * Changes how arrays are printed from now on.
 *
 * @throws AppError 'value' for an option NumPy does not know.
 * @example set_printoptions({ precision: 3 }); const text = array2string(array([2 / 3])); reset_printoptions(); text // '[0.667]'
 */
export function set_printoptions(options: Partial<PrintOptions>): void {
  current = { ...current, ...checked(options) };
}

/**
 * The options in force.
 * @example get_printoptions().precision // 8
 */
export function get_printoptions(): PrintOptions {
  return { ...current };
}

/**
 * Back to NumPy's own defaults.
 * @example set_printoptions({ precision: 3 }); reset_printoptions(); get_printoptions().precision // 8
 */
export function reset_printoptions(): void {
  current = { ...defaults };
}

function checked(options: Partial<PrintOptions>): Partial<PrintOptions> {
  const { floatmode, sign, threshold, precision } = options;
  if (floatmode !== undefined && !['fixed', 'unique', 'maxprec', 'maxprec_equal'].includes(floatmode)) {
    throw new AppError('value', 'floatmode option must be one of "fixed", "unique", "maxprec", "maxprec_equal"', {
      argument: 'floatmode',
    });
  }
  if (sign !== undefined && !['-', '+', ' '].includes(sign)) {
    throw new AppError('value', "sign option must be one of ' ', '+', or '-'", { argument: 'sign' });
  }
  if (threshold !== undefined && Number.isNaN(threshold)) {
    throw new AppError('value', 'threshold must be non-NAN, try sys.maxsize for untruncated representation', {
      argument: 'threshold',
    });
  }
  if (precision !== undefined && precision !== null && (precision < 0 || !Number.isInteger(precision))) {
    throw new AppError('value', 'precision must be >= 0', { argument: 'precision' });
  }
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/**
 * An array as text in brackets, as numpy.array2string.
 *
 * (…) of any dtype; past 1000 elements the middle of each axis is left out.
 *
 * @example array2string(array([1.5, 2])) // '[1.5 2. ]'
 */
export function array2string(
  a: NDArray,
  options: Partial<PrintOptions> & {
    separator?: string;
    prefix?: string;
    suffix?: string;
    /** Numbers from here on have an exponent; what the dtype says when it is not given. */
    exponentFrom?: number;
  } = {},
): string {
  const { separator = ' ', prefix = '', suffix = '', exponentFrom, ...rest } = options;
  const all = { ...current, ...checked(rest) };
  all.linewidth -= suffix.length;
  if (a.size === 0) return '[]';
  const summarise = a.size > all.threshold;
  const data = summarise ? ends(a, all.edgeitems) : a;
  const format = formatter(data, all, exponentFrom);
  const lines = new Layout(a, format, all, separator, summarise ? '...' : '');
  return lines.render(' '.repeat(1 + prefix.length));
}

/**
 * `str` of an array; a 0-d one prints like its scalar. (…) of any dtype.
 * @example array_str(array([[1, 2], [3, 4]])) // '[[1 2]\n [3 4]]'
 */
export function array_str(a: NDArray, options: Partial<PrintOptions> = {}): string {
  return a.ndim === 0 ? scalarText(a.item(), a.dtype) : array2string(a, options);
}

/**
 * `repr` of an array: the text that makes it again.
 *
 * (…) of any dtype, which is named unless it is the one that the text would make.
 *
 * @example array_repr(array([1, 2], 'float32')) // 'array([1., 2.], dtype=float32)'
 */
export function array_repr(a: NDArray, options: Partial<PrintOptions> = {}): string {
  const prefix = 'array(';
  const text = array2string(a, { ...options, separator: ', ', prefix, suffix: ')' });
  const extras: string[] = [];
  if ((a.size === 0 && !(a.ndim === 1 && a.shape[0] === 0)) || a.size > current.threshold) {
    extras.push(`shape=${shapeText(a.shape)}`);
  }
  const implied = ['int64', 'float64', 'complex128', 'bool'].includes(a.dtype);
  if (!implied || a.size === 0) extras.push(`dtype=${a.dtype}`);
  if (extras.length === 0) return `${prefix}${text})`;
  const start = `${prefix}${text},`;
  const end = `${extras.join(', ')})`;
  const lastLine = start.length - (start.lastIndexOf('\n') + 1);
  const spacer =
    lastLine + end.length + 1 > (options.linewidth ?? current.linewidth) ? `\n${' '.repeat(prefix.length)}` : ' ';
  return start + spacer + end;
}

type Format = (value: Scalar) => string;

/** The elements that a summary shows. */
function ends(a: NDArray, edge: number): NDArray {
  const pick = (axis: number, part: NDArray): NDArray[] => {
    if (axis === a.ndim) return [part];
    const n = part.shape[0];
    const shown =
      n > 2 * edge
        ? [...Array(edge).keys(), ...Array.from({ length: edge }, (_, k) => n - edge + k)]
        : [...Array(n).keys()];
    return shown.flatMap((i) =>
      pick(axis + 1, part.view(part.shape.slice(1), part.strides.slice(1), part.offset + i * part.strides[0])),
    );
  };
  const cells = pick(0, a);
  const made = copy(a.view([0], [a.itemsize]));
  const flat = new NDArray({
    dtype: a.dtype,
    shape: [cells.length],
    strides: contiguousStrides([cells.length], a.itemsize),
    buffer: new SharedArrayBuffer(Math.max(16, cells.length * a.itemsize)),
  });
  cells.forEach((cell, i) => {
    flat.write(i * made.entries, cell.item());
  });
  return flat;
}

function scalars(a: NDArray): Scalar[] {
  const flat = a.tolist();
  return a.ndim === 0 ? [flat as Scalar] : ((flat as unknown[]).flat(Infinity) as Scalar[]);
}

function formatter(a: NDArray, options: PrintOptions, exponentFrom?: number): Format {
  const values = scalars(a);
  const kind = kindCode(a.dtype);
  if (kind === 'b') return (value) => (value ? (a.ndim === 0 ? 'True' : ' True') : 'False');
  if (kind === 'i' || kind === 'u') return integerFormat(values as (number | bigint)[], options.sign);
  if (kind === 'f') return floatFormat(values as number[], options, options.sign, a.dtype, exponentFrom) as Format;
  const numbers = values as Complex[];
  const part = a.dtype === 'complex64' ? 'float32' : 'float64';
  const real = floatFormat(
    numbers.map((z) => z.re),
    options,
    options.sign,
    part,
  );
  const imaginary = floatFormat(
    numbers.map((z) => z.im),
    options,
    '+',
    part,
  );
  return (value) => {
    const z = value as Complex;
    const text = imaginary(z.im);
    const end = text.trimEnd().length;
    return `${real(z.re)}${text.slice(0, end)}j${text.slice(end)}`;
  };
}

function integerFormat(values: readonly (number | bigint)[], wanted: PrintOptions['sign']): Format {
  let max = values[0];
  let min = values[0];
  for (const value of values) {
    if (value > max) max = value;
    if (value < min) min = value;
  }
  const sign = wanted === ' ' && min < 0 ? '-' : wanted;
  const width = Math.max(String(max).length + (max >= 0 && sign !== '-' ? 1 : 0), String(min).length);
  return (value) => {
    const integer = value as number | bigint;
    return `${integer >= 0 && sign !== '-' ? sign : ''}${String(integer)}`.padStart(width);
  };
}

function floatFormat(
  values: readonly number[],
  options: PrintOptions,
  sign: PrintOptions['sign'],
  dtype: DType,
  exponentFrom = dtype === 'float32' ? 1e6 : 1e8,
): (value: number) => string {
  const single = dtype === 'float32';
  const cast = single ? Math.fround : (x: number) => x;
  const finite = values.filter((x) => Number.isFinite(x));
  const { floatmode, nanstr, infstr } = options;
  let precision = floatmode === 'unique' ? null : options.precision;
  let scientific = false;
  let [max, min] = [0, Infinity];
  for (const x of finite) {
    const magnitude = Math.abs(x);
    if (magnitude === 0) continue;
    max = Math.max(max, magnitude);
    min = Math.min(min, magnitude);
  }
  if (max > 0) {
    const unlike = !options.suppress && (min < cast(0.0001) || cast(max / min) > 1000);
    scientific = max >= exponentFrom || unlike;
  }
  const exact = floatmode === 'fixed';
  const common = { unique: !exact, sign: sign === '+', single } as const;
  const first = { ...common, precision, trim: exact ? 'k' : '.' } as const;
  let padLeft = 0;
  let padRight = 0;
  let expDigits = 2;
  let trim: 'k' | '.' = '.';
  let minDigits = 0;
  if (finite.length > 0 && scientific) {
    let digits = 0;
    for (const x of finite) {
      const [mantissa, exponent] = format_float_scientific(x, first).split('e');
      const [whole, fraction] = mantissa.split('.');
      padLeft = Math.max(padLeft, whole.length);
      digits = Math.max(digits, fraction.length);
      expDigits = Math.max(expDigits, exponent.length - 1);
    }
    trim = 'k';
    precision = digits;
    minDigits = digits;
    padRight = expDigits + 2 + digits;
  } else if (finite.length > 0) {
    for (const x of finite) {
      const [whole, fraction] = format_float_positional(x, first).split('.');
      padLeft = Math.max(padLeft, whole.length);
      padRight = Math.max(padRight, fraction.length);
    }
    if (exact || floatmode === 'maxprec_equal') {
      precision = padRight;
      minDigits = padRight;
      trim = 'k';
    }
  }
  if (sign === ' ' && !finite.some((x) => x < 0 || Object.is(x, -0))) padLeft += 1;
  if (finite.length < values.length) {
    const signed = sign !== '-' || values.includes(-Infinity) ? 1 : 0;
    padLeft = Math.max(padLeft, nanstr.length - padRight - 1, infstr.length + signed - padRight - 1);
  }
  const format = { ...common, precision, trim, padLeft, minDigits };
  return (x) => {
    if (!Number.isFinite(x)) {
      const plus = sign === '+' ? '+' : '';
      const text = Number.isNaN(x) ? plus + nanstr : (x < 0 ? '-' : plus) + infstr;
      return text.padStart(padLeft + padRight + 1);
    }
    return scientific
      ? format_float_scientific(x, { ...format, expDigits })
      : format_float_positional(x, { ...format, padRight });
  };
}

/** Lays formatted elements out in lines and brackets. */
class Layout {
  private readonly a: NDArray;
  private readonly format: Format;
  private readonly options: PrintOptions;
  private readonly separator: string;
  private readonly summary: string;

  constructor(a: NDArray, format: Format, options: PrintOptions, separator: string, summary: string) {
    this.a = a;
    this.format = format;
    this.options = options;
    this.separator = separator;
    this.summary = summary;
  }

  render(indent: string): string {
    return this.block(0, this.a.offset, indent, this.options.linewidth);
  }

  private block(axis: number, offset: number, indent: string, width: number): string {
    const { a, separator, summary } = this;
    const left = a.ndim - axis;
    if (left === 0) return this.format(a.read(offset / a.data.BYTES_PER_ELEMENT));
    const n = a.shape[axis];
    const edge = this.options.edgeitems;
    const summarised = summary !== '' && 2 * edge < n;
    const shown = summarised
      ? [...Array.from({ length: edge }, (_, i) => i), -1, ...Array.from({ length: edge }, (_, i) => n - edge + i)]
      : Array.from({ length: n }, (_, i) => i);
    const nested = (i: number): string =>
      i < 0 ? summary : this.block(axis + 1, offset + i * a.strides[axis], `${indent} `, width - 1);
    if (left > 1) {
      const between = separator.trimEnd() + '\n'.repeat(left - 1);
      return `[${shown
        .map((i) => indent + nested(i))
        .join(between)
        .slice(indent.length)}]`;
    }
    const room = width - Math.max(separator.trimEnd().length, 1);
    let text = '';
    let line = indent;
    shown.forEach((i, k) => {
      const word = nested(i);
      if (line.length + word.length > room && line.length > indent.length) {
        text += `${line.trimEnd()}\n`;
        line = indent;
      }
      line += k < shown.length - 1 ? word + separator : word;
    });
    return `[${(text + line).slice(indent.length)}]`;
  }
}
