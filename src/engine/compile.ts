/**
 * Inner loops made to measure: the text of one loop per operation and dtypes, compiled once, so that every loop
 * reads and writes typed arrays of one kind and the JIT sees plain arithmetic.
 */
import type { DType } from '#shared/dtype.ts';
import * as arithmetic from './arithmetic.ts';
import * as complexArithmetic from './complex-arithmetic.ts';
import * as pairwise from './pairwise.ts';
import type { Kernel } from './strided.ts';
import type { Data } from './typed-views.ts';

export type Kind = 'bool' | 'int' | 'bigint' | 'float' | 'complex';

/** How elements of a dtype appear inside a loop: 0/1 or integer numbers, bigints, doubles, or pairs of doubles. */
export function kindOf(dtype: DType): Kind {
  if (dtype === 'bool') return 'bool';
  if (dtype === 'int64' || dtype === 'uint64') return 'bigint';
  if (dtype === 'float32' || dtype === 'float64') return 'float';
  if (dtype === 'complex64' || dtype === 'complex128') return 'complex';
  return 'int';
}

/**
 * The expression that turns `value` of one dtype into another, as C casts; real dtypes only.
 * @example convert('x', 'int32', 'bool') // '(x !== 0 ? 1 : 0)'
 */
export function convert(value: string, from: DType, to: DType): string {
  if (from === to) return value;
  const source = kindOf(from);
  const target = kindOf(to);
  const zero = source === 'bigint' ? '0n' : '0';
  if (target === 'bool') return source === 'bool' ? value : `(${value} !== ${zero} ? 1 : 0)`;
  if (target === 'bigint') {
    if (source === 'bigint') return to === 'int64' ? `BigInt.asIntN(64, ${value})` : `BigInt.asUintN(64, ${value})`;
    if (source === 'float' || source === 'complex')
      return to === 'int64' ? `h.floatToInt64(${value})` : `h.floatToUint64(${value})`;
    return to === 'int64' ? `BigInt(${value})` : `BigInt.asUintN(64, BigInt(${value}))`;
  }
  if (target === 'float' || target === 'complex') {
    const number = source === 'bigint' ? `Number(${value})` : value;
    return to === 'float32' || to === 'complex64' ? `Math.fround(${number})` : number;
  }
  const integer =
    source === 'bigint'
      ? `Number(BigInt.asIntN(32, ${value}))`
      : source === 'float' || source === 'complex'
        ? to === 'uint32'
          ? `h.floatToUint32(${value})`
          : `h.floatToInt32(${value})`
        : value;
  return wrap(integer, to);
}

/** The expression that brings a number into the range of a small integer dtype, as C arithmetic wraps. */
export function wrap(value: string, dtype: DType): string {
  switch (dtype) {
    case 'int8':
      return `((${value}) << 24 >> 24)`;
    case 'int16':
      return `((${value}) << 16 >> 16)`;
    case 'int32':
      return `((${value}) | 0)`;
    case 'uint8':
      return `((${value}) & 255)`;
    case 'uint16':
      return `((${value}) & 65535)`;
    case 'uint32':
      return `((${value}) >>> 0)`;
    default:
      return `(${value})`;
  }
}

/** Statements that load operand `k` of dtype `from` as a variable of dtype `as`: `a`, or `ar` and `ai` if complex. */
export function load(name: string, k: number, from: DType, as: DType): string {
  const source = `d${k}[i${k}]`;
  if (kindOf(as) !== 'complex') return `const ${name} = ${convert(source, realOf(from), as)};`;
  const imaginary = kindOf(from) === 'complex' ? convert(`d${k}[i${k} + 1]`, realOf(from), realOf(as)) : '0';
  return `const ${name}r = ${convert(source, realOf(from), realOf(as))}, ${name}i = ${imaginary};`;
}

/** Statements that store variable `name` of dtype `as` into operand `k` of dtype `to`. */
export function store(name: string, k: number, as: DType, to: DType): string {
  if (kindOf(as) !== 'complex') {
    const real = `d${k}[i${k}] = ${convert(name, as, realOf(to))};`;
    return kindOf(to) === 'complex' ? `${real} d${k}[i${k} + 1] = 0;` : real;
  }
  if (to === 'bool') return `d${k}[i${k}] = ${name}r !== 0 || ${name}i !== 0 ? 1 : 0;`;
  const real = `d${k}[i${k}] = ${convert(`${name}r`, realOf(as), realOf(to))};`;
  return kindOf(to) === 'complex' ? `${real} d${k}[i${k} + 1] = ${name}i;` : real;
}

/** The dtype of one part of a number. */
export function realOf(dtype: DType): DType {
  return dtype === 'complex128' ? 'float64' : dtype === 'complex64' ? 'float32' : dtype;
}

const kernels = new Map<string, Kernel>();

/**
 * The kernel over `count` operands whose body is `body()`; operand k is `d${k}[i${k}]`. Compiled once per `key`.
 * Every text comes from this program, never from a person's input.
 */
export function kernel(key: string, count: number, body: () => string): Kernel {
  let made = kernels.get(key);
  if (made === undefined) {
    made = compile(count, body());
    kernels.set(key, made);
  }
  return made;
}

function compile(count: number, body: string): Kernel {
  const all = Array.from({ length: count }, (_, k) => k);
  return rowKernel(
    count,
    `let ${all.map((k) => `i${k} = o${k}`).join(', ')};
    for (let col = 0; col < n; col++) {
      ${body}
      ${all.map((k) => `i${k} += s${k};`).join(' ')}
    }`,
  );
}

/** As `kernel`, with a body that does a whole row: operand k begins at `o${k}` and steps by `s${k}`, `n` times. */
export function kernelOfRows(key: string, count: number, body: () => string): Kernel {
  let made = kernels.get(key);
  if (made === undefined) {
    made = rowKernel(count, body());
    kernels.set(key, made);
  }
  return made;
}

/** A loop over one line of memory, without lists to be made for a call: per operand its data, start and step. */
export type Line = (n: number, ...operands: readonly (Data | number)[]) => void;

const lines = new Map<string, Line>();

/** As `kernel`, for one line: `(n, d0, i0, s0, d1, i1, s1, …)`. */
export function lineKernel(key: string, count: number, body: () => string): Line {
  let made = lines.get(key);
  if (made === undefined) {
    const all = Array.from({ length: count }, (_, k) => k);
    // Text of this program alone, never of a person: see `kernel`.
    const source = `'use strict';
return function (n, ${all.map((k) => `d${k}, i${k}, s${k}`).join(', ')}) {
  for (let col = 0; col < n; col++) {
    ${body()}
    ${all.map((k) => `i${k} += s${k};`).join(' ')}
  }
};`;
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- only text of this program
    const build = new Function('h', source) as (h: object) => Line;
    made = build({ ...arithmetic, ...complexArithmetic, ...pairwise });
    lines.set(key, made);
  }
  return made;
}

function rowKernel(count: number, row: string): Kernel {
  const all = Array.from({ length: count }, (_, k) => k);
  const source = `'use strict';
return function (m, n, data, start, outer, inner) {
  const ${all.map((k) => `d${k} = data[${k}], p${k} = outer[${k}], s${k} = inner[${k}]`).join(', ')};
  let ${all.map((k) => `o${k} = start[${k}]`).join(', ')};
  for (let row = 0; row < m; row++) {
    ${row}
    ${all.map((k) => `o${k} += p${k};`).join(' ')}
  }
};`;
  // Text of this program alone, never of a person: see `kernel`.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- only text of this program
  const build = new Function('h', source) as (h: object) => Kernel;
  return build({ ...arithmetic, ...complexArithmetic, ...pairwise });
}
