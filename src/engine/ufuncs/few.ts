/**
 * The quick way of elementwise functions: what is decided once for the dtypes of the operands, and loops over so few
 * elements that making lists of their axes would take longer than they do.
 */
import { type DType, itemsize } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { sameShape } from '../broadcast.ts';
import { emptyLike, mayOverlap, sameLayout } from '../cast.ts';
import { kindOf, type Line, realOf } from '../compile.ts';
import { empty, unset } from '../create.ts';
import { crossover } from '../kernels/crossover.ts';
import { isCostly, lineNumber } from '../kernels/ufunc.ts';
import { type NDArray } from '../ndarray.ts';
import { integerRange, isInteger } from '../promotion.ts';
import { isComplex, PyFloat } from '../scalar.ts';
import { type Kernel, runFew } from '../strided.ts';
import type { Definition, Operand } from './definition.ts';
import { bodyOf, lineOf, loopOf } from './loops.ts';
import { loopFor } from './resolution.ts';

/** What is known of a function once the dtypes of its operands are. */
export interface Quick {
  /** Over one line of memory. */
  line: Line;
  /** Over rows and columns of any strides; made when it is first needed. */
  rows: () => Kernel;
  /** The same where a mask allows it. */
  masked: () => Kernel;
  made: DType;
  /** Entries from one element to the next. */
  entries: readonly number[];
  madeEntries: number;
  /** Elements from which the addon is the quicker one. */
  most: number;
  /** The addon's loop over gapless arrays, or −1. */
  native: number;
}

function entriesOf(dtype: DType): number {
  return kindOf(dtype) === 'complex' ? 2 : 1;
}

/** @throws AppError 'dtype' where the function has no loop for these operands. */
function quickOf(definition: Definition, inputs: readonly NDArray[]): Quick {
  const { name, comparison } = definition;
  const loop = loopFor(definition, inputs, undefined);
  const dtypes = inputs.map((input) => input.dtype);
  // Two 64-bit integers of different sign compare exactly as they are.
  const exact = comparison === true && dtypes.every((dtype) => kindOf(dtype) === 'bigint');
  const body = exact && definition.bigint !== undefined ? definition.bigint : bodyOf(definition, loop);
  const kind = exact ? 'bigint' : kindOf(loop);
  const loops = exact ? dtypes : dtypes.map(() => loop);
  const made = definition.result === 'bool' ? 'bool' : definition.result === 'real' ? realOf(loop) : loop;
  let rows: Kernel | undefined;
  let masked: Kernel | undefined;
  return {
    line: lineOf(name, kind, dtypes, loops, body, made),
    rows: () => (rows ??= loopOf(name, kind, inputs, loops, body, made, made, false)),
    masked: () => (masked ??= loopOf(name, kind, inputs, loops, body, made, made, true)),
    made,
    entries: dtypes.map(entriesOf),
    madeEntries: entriesOf(made),
    most: isCostly(name, loop, [...dtypes, made]) ? crossover.costly : crossover.plain,
    native: lineNumber(name, loops),
  };
}

/** What is known of one function by the dtypes of its operands. */
export class Plans {
  readonly #definition: Definition;
  readonly #known = new Map<DType, Map<DType, Quick>>();

  constructor(definition: Definition) {
    this.#definition = definition;
  }

  /** Null where the function has no loop for these operands; the whole way says so in NumPy's words. */
  of(a: NDArray, b?: NDArray): Quick | null {
    const second = b ?? a;
    const known = this.#known.get(a.dtype)?.get(second.dtype);
    if (known !== undefined) return known;
    let made: Quick;
    try {
      made = quickOf(this.#definition, b === undefined ? [a] : [a, b]);
    } catch (error) {
      if (error instanceof AppError) return null;
      throw error;
    }
    const row = this.#known.get(a.dtype);
    if (row === undefined) this.#known.set(a.dtype, new Map([[second.dtype, made]]));
    else row.set(second.dtype, made);
    return made;
  }
}

/** The common shape of two arrays of fewer than `most` elements; null where they do not fit, have more or none. */
export function shapeOfFew(a: NDArray, b: NDArray, most: number): readonly number[] | null {
  const [long, short] = a.ndim >= b.ndim ? [a.shape, b.shape] : [b.shape, a.shape];
  const lead = long.length - short.length;
  let own: number[] | null = null;
  let size = 1;
  for (let axis = 0; axis < long.length; axis++) {
    let n = long[axis];
    const m = axis < lead ? n : short[axis - lead];
    if (m !== n && m !== 1) {
      if (n !== 1) return null;
      own ??= [...long];
      own[axis] = n = m;
    }
    size *= n;
  }
  return size < most && size > 0 ? (own ?? long) : null;
}

/** One operand of a few elements, whatever its strides; null where the whole way is to be gone. */
export function unaryOfFew(known: Quick, a: NDArray): NDArray | null {
  if (a.size >= known.most || a.size === 0) return null;
  const made = emptyLike(a, known.made, 'K', a.shape, 'any');
  runFew(known.rows(), made, [a, made]);
  return made;
}

/** Two operands of a few elements that are repeated, or lie in memory, in any way; null where the whole way is to be gone. */
export function binaryOfFew(known: Quick, a: NDArray, b: NDArray): NDArray | null {
  const shape = shapeOfFew(a, b, known.most);
  if (shape === null) return null;
  const made = outputLike([a, b], shape, known.made, 'any');
  runFew(known.rows(), made, [a, b, made]);
  return made;
}

/** As `binaryOfFew`, into an array that has the result's shape and dtype, where a mask of it allows it. */
export function binaryIntoFew(
  known: Quick,
  a: NDArray,
  b: NDArray,
  out: NDArray,
  mask: NDArray | null = null,
): NDArray | null {
  if (!out.writeable || out.dtype !== known.made) return null;
  const shape = shapeOfFew(a, b, known.most);
  if (shape === null || !sameShape(shape, out.shape) || !isApart(a, out) || !isApart(b, out)) return null;
  if (mask === null) runFew(known.rows(), out, [a, b, out]);
  else if (mask.dtype !== 'bool' || !sameShape(mask.shape, shape) || mayOverlap(mask, out)) return null;
  else runFew(known.masked(), out, [a, b, mask, out]);
  return out;
}

/** As `unaryOfFew`, into an array that has the result's shape and dtype. */
export function unaryIntoFew(known: Quick, a: NDArray, out: NDArray): NDArray | null {
  if (!out.writeable || out.dtype !== known.made || a.size >= known.most || a.size === 0) return null;
  if (!sameShape(a.shape, out.shape) || !isApart(a, out)) return null;
  runFew(known.rows(), out, [a, out]);
  return out;
}

/** True where writing elements of `out` one by one changes none that is still to be read. */
export function isApart(a: NDArray, out: NDArray): boolean {
  return a === out || !mayOverlap(a, out) || sameLayout(a, out);
}

/** A new array for a result, laid out as NumPy lays it out. */
export function outputLike(
  inputs: readonly NDArray[],
  shape: readonly number[],
  dtype: DType,
  contents: 'zero' | 'any',
): NDArray {
  const model = inputs.find((a) => sameShape(a.shape, shape));
  if (model !== undefined && !model.cContiguous) return emptyLike(model, dtype, 'K', shape, contents);
  return contents === 'any' ? unset(shape, dtype) : empty(shape, dtype);
}

const spare: Partial<Record<DType, NDArray>> = {};

/** A place for one element of a dtype. */
function spareOf(dtype: DType): NDArray {
  return (spare[dtype] ??= empty([], dtype));
}

/** What Python's numbers become beside arrays of lower kinds. */
const wider = { bool: 'bool', int: 'int64', float: 'float64', complex: 'complex128' } as const;

/**
 * A Python number as an array of the dtype that it takes beside the other operand, so that the dtypes of both tell all;
 * null where that takes a look at its value. It lives until the next call.
 */
export function besides(value: Exclude<Operand, NDArray>, other: NDArray): NDArray | null {
  const { dtype } = other;
  if (typeof value === 'boolean') {
    const made = spareOf(wider.bool);
    made.data[made.start] = Number(value);
    return made;
  }
  if (value instanceof PyFloat || typeof value === 'number') {
    const plain = value instanceof PyFloat ? value.value : value;
    const whole = typeof value === 'number' && Number.isSafeInteger(plain) && !Object.is(plain, -0);
    const own =
      isInteger(dtype) || dtype === 'bool' ? (whole ? (dtype === 'bool' ? wider.int : dtype) : wider.float) : dtype;
    if (whole && isInteger(own) && !holds(own, plain)) return null;
    const made = spareOf(own);
    made.data[made.start] = own === 'int64' || own === 'uint64' ? BigInt(plain) : plain;
    if (made.entries === 2) made.data[made.start + 1] = 0;
    return made;
  }
  if (!isComplex(value)) return null;
  const own = dtype === 'complex64' || dtype === 'float32' ? 'complex64' : wider.complex;
  const made = spareOf(own);
  made.data[made.start] = value.re;
  made.data[made.start + 1] = value.im;
  return made;
}

/** True where an integer dtype has this number. */
function holds(dtype: DType, value: number): boolean {
  if (itemsize[dtype] === 8) return dtype === 'int64' || value >= 0;
  const range = integerRange(dtype);
  return range !== undefined && value >= Number(range[0]) && value <= Number(range[1]);
}
