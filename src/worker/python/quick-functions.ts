/**
 * NumPy's commonest functions as CPython calls its own: arguments are read where they lie and the engine's function is
 * called at once. What is out of the ordinary (an `out`, a list where an array is usual, an error to be raised) is left
 * to the function of Python that stands behind.
 */
import { type DType, dtypes } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { diag, diagonal, meshgrid } from '#engine/building.ts';
import { astype, copy } from '#engine/cast.ts';
import * as create from '#engine/create.ts';
import * as elementwise from '#engine/elementwise.ts';
import * as joining from '#engine/joining.ts';
import * as products from '#engine/linalg/products.ts';
import { NDArray } from '#engine/ndarray.ts';
import { norm } from '#engine/linalg/norms.ts';
import { det, inv, solve } from '#engine/linalg/systems.ts';
import { polyfit, polyval } from '#engine/polynomials.ts';
import { cross } from '#engine/products.ts';
import { arange, linspace } from '#engine/ranges.ts';
import * as reductions from '#engine/reductions.ts';
import { PyFloat } from '#engine/scalar.ts';
import { argmax, argmin } from '#engine/searching.ts';
import * as shape from '#engine/shape.ts';
import { interp } from '#engine/signals.ts';
import { argsort, sort, sortInPlace } from '#engine/sorting.ts';
import * as statistics from '#engine/statistics.ts';
import type { Operand } from '#engine/ufuncs/definition.ts';
import { fits } from './float-checks.ts';

/** Something that only Python's own side can read. */
export const unknown: unique symbol = Symbol('unknown');

/**
 * How a result reaches Python: one without axes as a scalar, or always as an array, or as a view of the first argument
 * when it shows that one's memory, or as one of Python's own bools, or several in a tuple, or as None.
 */
type Gives = 'scalar' | 'array' | 'view' | 'truth' | 'tuple' | 'none';

interface Quick {
  /**
   * Parameters in NumPy's order, each with the letter of what is read:
   * A array · V lengths, also one by one · O array or number · L list of arrays · X axis or None · S shape · I integer · R real number · F True or
   * False · D dtype · N must be None · T must be True. A bar stands before those given by keyword only, `?` behind what
   * may be missing.
   */
  parameters: string;
  gives: Gives;
  /** The work; null leaves it to Python. */
  run: (...values: never[]) => unknown;
}

type Axis = number | number[] | null;
type Reduce = (a: NDArray, options: { axis?: Axis; keepdims?: boolean }) => NDArray;

/** Nothing to reduce is a matter of warnings and refusals. */
const reduce =
  (fn: Reduce) =>
  (a: NDArray, axis: Axis | undefined, keepdims?: boolean): NDArray | null =>
    a.size === 0 || a.ndim === 0
      ? null
      : fn(a, axis === undefined && keepdims === undefined ? {} : options(axis, keepdims));

function options(axis: Axis | undefined, keepdims?: boolean): { axis: Axis; keepdims: boolean } {
  return { axis: axis ?? null, keepdims: keepdims ?? false };
}

const sums = 'A:a X:axis? N:dtype? N:out? F:keepdims? N:initial? T:where?';
const extremes = 'A:a X:axis? N:out? F:keepdims? N:initial? T:where?';
const truths = 'A:a X:axis? N:out? F:keepdims? |T:where?';
const spreads = 'A:a X:axis? N:dtype? N:out? I:ddof? F:keepdims? |T:where?';
const places = 'A:a X:axis? N:out? |F:keepdims?';

const sumLike = (fn: Reduce) => {
  const work = reduce(fn);
  return (a: NDArray, axis: Axis | undefined, _dtype: null, _out: null, keepdims?: boolean) => work(a, axis, keepdims);
};
const maxLike = (fn: Reduce) => {
  const work = reduce(fn);
  return (a: NDArray, axis: Axis | undefined, _out: null, keepdims?: boolean) => work(a, axis, keepdims);
};
const spread =
  (fn: (a: NDArray, options: object) => NDArray) =>
  (a: NDArray, axis: Axis | undefined, _dtype: null, _out: null, ddof = 0, keepdims = false): NDArray | null => {
    const axes =
      axis === null || axis === undefined
        ? a.shape
        : (typeof axis === 'number' ? [axis] : axis).map((k) => a.shape.at(k));
    const count = axes.reduce((n: number, length) => n * (length ?? 0), 1);
    return a.ndim === 0 || a.size === 0 || count <= ddof ? null : fn(a, { axis: axis ?? null, ddof, keepdims });
  };
const place =
  (fn: (a: NDArray, options: object) => NDArray) =>
  (a: NDArray, axis: Axis | undefined, _out: null, keepdims = false): NDArray | null =>
    a.ndim === 0 || a.size === 0 || Array.isArray(axis) ? null : fn(a, { axis: axis ?? null, keepdims });
const onlyFloats = (a: NDArray): boolean => a.dtype === 'float64' && a.ndim > 0;

const table: Readonly<Record<string, Quick>> = {
  sum: { parameters: sums, gives: 'scalar', run: sumLike(reductions.sum) },
  prod: { parameters: sums, gives: 'scalar', run: sumLike(reductions.prod) },
  mean: {
    parameters: 'A:a X:axis? N:dtype? N:out? F:keepdims? |T:where?',
    gives: 'scalar',
    run: sumLike(statistics.mean),
  },
  max: { parameters: extremes, gives: 'scalar', run: maxLike(reductions.max) },
  min: { parameters: extremes, gives: 'scalar', run: maxLike(reductions.min) },
  any: { parameters: truths, gives: 'scalar', run: maxLike(reductions.any) },
  all: { parameters: truths, gives: 'scalar', run: maxLike(reductions.all) },
  std: { parameters: spreads, gives: 'scalar', run: spread(statistics.std) },
  var: { parameters: spreads, gives: 'scalar', run: spread(statistics.variance) },
  argmax: { parameters: places, gives: 'scalar', run: place(argmax) },
  argmin: { parameters: places, gives: 'scalar', run: place(argmin) },
  cumsum: {
    parameters: 'A:a I:axis? N:dtype? N:out?',
    gives: 'array',
    run: (a: NDArray, axis?: number) => (a.ndim === 0 ? null : reductions.cumsum(a, { axis: axis ?? null })),
  },
  sort: { parameters: 'A:a I:axis?', gives: 'array', run: (a: NDArray, axis?: number) => sort(a, axis) },
  argsort: { parameters: 'A:a I:axis?', gives: 'array', run: (a: NDArray, axis?: number) => argsort(a, axis) },

  zeros: {
    parameters: 'S:shape D:dtype?',
    gives: 'array',
    run: (n: number[], dtype?: DType) => create.zeros(n, dtype),
  },
  ones: { parameters: 'S:shape D:dtype?', gives: 'array', run: (n: number[], dtype?: DType) => create.ones(n, dtype) },
  empty: {
    parameters: 'S:shape D:dtype?',
    gives: 'array',
    run: (n: number[], dtype?: DType) => create.empty(n, dtype),
  },
  full: {
    parameters: 'S:shape R:fill_value',
    gives: 'array',
    run: (n: number[], value: number | PyFloat) => create.full(n, value),
  },
  zeros_like: {
    parameters: 'A:a D:dtype?',
    gives: 'array',
    run: (a: NDArray, dtype?: DType) => create.zeros_like(a, dtype),
  },
  ones_like: {
    parameters: 'A:a D:dtype?',
    gives: 'array',
    run: (a: NDArray, dtype?: DType) => create.ones_like(a, dtype),
  },
  eye: {
    parameters: 'I:N I:M? I:k? D:dtype?',
    gives: 'array',
    run: (n: number, m?: number, k?: number, dtype?: DType) => create.eye(n, m ?? n, k ?? 0, dtype),
  },
  arange: {
    parameters: 'R:start R:stop? R:step?',
    gives: 'array',
    run: (start: number | PyFloat, stop?: number | PyFloat, step?: number | PyFloat) => {
      const given = [start, stop, step].filter((part) => part !== undefined);
      const values = given.map((part) => (part instanceof PyFloat ? part.value : part));
      if (!values.every(Number.isFinite) || step === 0 || (stop === undefined && step !== undefined)) return null;
      const dtype: DType = given.every((part) => Number.isInteger(part)) ? 'int64' : 'float64';
      return values.length === 1 ? arange(0, values[0], 1, dtype) : arange(values[0], values[1], values[2] ?? 1, dtype);
    },
  },
  linspace: {
    parameters: 'R:start R:stop I:num? F:endpoint?',
    gives: 'array',
    run: (start: number | PyFloat, stop: number | PyFloat, num?: number, endpoint?: boolean) => {
      const [from, to] = [start, stop].map((part) => (part instanceof PyFloat ? part.value : part));
      return num !== undefined && num < 0 ? null : linspace(from, to, num ?? 50, endpoint ?? true);
    },
  },

  dot: {
    parameters: 'A:a A:b N:out?',
    gives: 'scalar',
    run: (a: NDArray, b: NDArray) => products.dot(a, b),
  },
  matmul: { parameters: 'A:x1 A:x2', gives: 'scalar', run: (a: NDArray, b: NDArray) => products.matmul(a, b) },
  inner: { parameters: 'A:a A:b', gives: 'scalar', run: (a: NDArray, b: NDArray) => products.inner(a, b) },
  outer: { parameters: 'A:a A:b N:out?', gives: 'array', run: (a: NDArray, b: NDArray) => products.outer(a, b) },
  trace: { parameters: 'A:a', gives: 'scalar', run: (a: NDArray) => products.trace(a) },
  where: {
    parameters: 'A:condition O:x O:y',
    gives: 'array',
    run: (c: NDArray, x: Operand, y: Operand) =>
      c.dtype === 'bool' && (x instanceof NDArray || y instanceof NDArray) ? elementwise.where(c, x, y) : null,
  },
  clip: {
    parameters: 'A:a O:a_min O:a_max N:out?',
    gives: 'scalar',
    run: (a: NDArray, low: Operand, high: Operand) => (onlyFloats(a) ? elementwise.clip(a, low, high, {}) : null),
  },
  round: {
    parameters: 'A:a I:decimals? N:out?',
    gives: 'scalar',
    run: (a: NDArray, decimals?: number) => (onlyFloats(a) ? elementwise.round(a, decimals ?? 0) : null),
  },
  isclose: {
    parameters: 'A:a O:b R:rtol? R:atol?',
    gives: 'scalar',
    run: (a: NDArray, b: Operand, rtol?: number | PyFloat, atol?: number | PyFloat) =>
      onlyFloats(a) ? elementwise.isclose(a, b, plain(rtol), plain(atol)) : null,
  },
  allclose: {
    parameters: 'A:a O:b R:rtol? R:atol?',
    gives: 'truth',
    run: (a: NDArray, b: Operand, rtol?: number | PyFloat, atol?: number | PyFloat) =>
      onlyFloats(a) ? elementwise.allclose(a, b, plain(rtol), plain(atol)) : null,
  },
  array_equal: {
    parameters: 'A:a1 A:a2',
    gives: 'truth',
    run: (a: NDArray, b: NDArray) => elementwise.array_equal(a, b),
  },
  concatenate: {
    parameters: 'L:arrays I:axis?',
    gives: 'array',
    run: (arrays: NDArray[], axis?: number) => joining.concatenate(arrays, axis ?? 0),
  },
  append: {
    parameters: 'A:arr O:values',
    gives: 'array',
    run: (a: NDArray, values: Operand) =>
      values instanceof NDArray || a.dtype === 'float64' || (a.dtype === 'int64' && typeof values === 'number')
        ? joining.append(a, values instanceof NDArray ? values : create.full([1], values, a.dtype))
        : null,
  },
  cross: {
    parameters: 'A:a A:b',
    gives: 'array',
    run: (a: NDArray, b: NDArray) => (a.ndim > 0 && a.shape.at(-1) === 3 && b.shape.at(-1) === 3 ? cross(a, b) : null),
  },
  stack: {
    parameters: 'L:arrays I:axis?',
    gives: 'array',
    run: (arrays: NDArray[], axis?: number) => joining.stack(arrays, axis ?? 0),
  },
  vstack: { parameters: 'L:tup', gives: 'array', run: (arrays: NDArray[]) => joining.vstack(arrays) },
  hstack: { parameters: 'L:tup', gives: 'array', run: (arrays: NDArray[]) => joining.hstack(arrays) },
  column_stack: { parameters: 'L:tup', gives: 'array', run: (arrays: NDArray[]) => joining.column_stack(arrays) },
  tile: { parameters: 'A:A S:reps', gives: 'array', run: (a: NDArray, reps: number[]) => joining.tile(a, reps) },
  'ndarray.reshape': {
    parameters: 'A:a V:shape',
    gives: 'view',
    run: (a: NDArray, to: number[]) => shape.reshape(a, to),
  },
  reshape: {
    parameters: 'A:a S:shape',
    gives: 'view',
    run: (a: NDArray, to: number[]) => shape.reshape(a, to),
  },
  ravel: { parameters: 'A:a', gives: 'view', run: (a: NDArray) => shape.ravel(a) },
  transpose: { parameters: 'A:a', gives: 'view', run: (a: NDArray) => shape.transpose(a) },
  expand_dims: {
    parameters: 'A:a I:axis',
    gives: 'view',
    run: (a: NDArray, axis: number) => shape.expand_dims(a, axis),
  },
  copy: { parameters: 'A:a', gives: 'array', run: (a: NDArray) => copy(a) },
  flatten: {
    parameters: 'A:a',
    gives: 'array',
    run: (a: NDArray) => {
      const { dtype, size, offset, buffer, data } = copy(a);
      return new NDArray({ dtype, shape: [size], offset, buffer, data });
    },
  },
  // Between real numbers of one kind or to wider ones nothing is lost that wants a word.
  astype: {
    parameters: 'A:a D:dtype',
    gives: 'array',
    run: (a: NDArray, dtype: DType) => (loses(a, dtype) ? null : astype(a, dtype)),
  },
  diag: {
    parameters: 'A:v',
    gives: 'view',
    run: (v: NDArray) => (v.ndim === 1 ? diag(v) : v.ndim === 2 ? diagonal(v) : null),
  },
  meshgrid: { parameters: 'A:x A:y', gives: 'tuple', run: (x: NDArray, y: NDArray) => meshgrid([x, y]) },
  interp: {
    parameters: 'O:x A:xp A:fp N:left? N:right? N:period?',
    gives: 'scalar',
    run: (x: Operand, xp: NDArray, fp: NDArray) => interp(x, xp, fp),
  },
  polyval: { parameters: 'A:p O:x', gives: 'scalar', run: (p: NDArray, x: Operand) => polyval(p, x) },
  // Points that do not tell the polynomial are a matter of a warning.
  polyfit: {
    parameters: 'A:x A:y I:deg N:rcond?',
    gives: 'array',
    run: (x: NDArray, y: NDArray, deg: number) => {
      const { c, rank } = polyfit(x, y, deg);
      return rank === deg + 1 ? c : null;
    },
  },
  'ndarray.sort': {
    parameters: 'A:a I:axis?',
    gives: 'none',
    run: (a: NDArray, axis?: number) => (a.writeable ? (sortInPlace(a, axis), true) : null),
  },

  'linalg.norm': { parameters: 'A:x', gives: 'scalar', run: (x: NDArray) => (x.size === 0 ? null : norm(x)) },
  'linalg.solve': { parameters: 'A:a A:b', gives: 'array', run: (a: NDArray, b: NDArray) => solve(a, b) },
  'linalg.inv': { parameters: 'A:a', gives: 'array', run: (a: NDArray) => inv(a) },
  'linalg.det': { parameters: 'A:a', gives: 'scalar', run: (a: NDArray) => det(a) },
};

/** Rows of one shape and dtype as `np.array([a, b])` puts one under another; null for others. */
export function rowsAsArray(arrays: NDArray[]): NDArray | null {
  const [first] = arrays;
  const { dtype, ndim, size, entries } = first;
  if (size === 0) return null;
  for (const a of arrays)
    if (a.dtype !== dtype || a.ndim !== ndim || a.shape.some((n, k) => n !== first.shape[k])) return null;
  if (size > fewInRow || arrays.some((a) => !a.cContiguous)) return joining.stack(arrays, 0);
  const made = create.unset([arrays.length, ...first.shape], dtype);
  let to = made.start;
  for (const { data, start } of arrays) for (let k = 0; k < size * entries; k++) made.data[to++] = data[start + k];
  return made;
}

/** Elements of a row that are copied one by one. */
const fewInRow = 64;

function plain(value: number | PyFloat | undefined): number | undefined {
  return value instanceof PyFloat ? value.value : value;
}

/** True for casts that come with a word: of numbers out of range, of imaginary parts. */
function loses(a: NDArray, to: DType): boolean {
  if (a.entries === 2) return to !== a.dtype;
  if (to === 'float64' || to === 'bool' || a.dtype === 'bool') return false;
  return !(to === 'int64' && a.dtype === 'float64' && fits(a, to));
}

/** Errors that a second try would only repeat. */
const final: ReadonlySet<string> = new Set(['cancelled', 'linalg', 'memory']);

/** What reads the objects of Python. */
export interface ObjectReader {
  array(object: number): NDArray | typeof unknown;
  operand(object: number): Operand | typeof unknown;
  list(object: number): NDArray[] | typeof unknown;
  /** An int, or a tuple or list of ints. */
  lengths(object: number): number | number[] | typeof unknown;
  integer(object: number): number | typeof unknown;
  real(object: number): number | PyFloat | typeof unknown;
  isNone(object: number): boolean;
  truth(object: number): boolean | typeof unknown;
  dtype(object: number): number | undefined;
}

/** A quick function: its parameters are read by position and name, its work done, null when Python must do it. */
export interface QuickFunction {
  gives: Gives;
  call: (object: (k: number) => number, count: number, names: readonly string[]) => unknown;
}

export function quickFunction(name: string, read: ObjectReader): QuickFunction {
  if (!Object.hasOwn(table, name)) throw new AppError('bug', `no quick function ${name}`);
  const { parameters, gives, run } = table[name];
  const words = parameters.split(' ');
  const positional = words.findIndex((word) => word.startsWith('|'));
  const parts = words.map((word) => {
    const [kind, label] = word.replace('|', '').split(':');
    return { kind, name: label.replace('?', ''), needed: !label.endsWith('?') };
  });
  const open = parts.some(({ kind }) => kind === 'V');
  const most = open ? Infinity : positional < 0 ? parts.length : positional;
  const work = run as unknown as (...values: unknown[]) => unknown;

  const value = (kind: string, object: number): unknown => {
    switch (kind) {
      case 'A':
        return read.array(object);
      case 'O':
        return read.operand(object);
      case 'L':
        return read.list(object);
      case 'X':
        return read.isNone(object) ? null : read.lengths(object);
      case 'S':
      case 'V': {
        const lengths = read.lengths(object);
        return typeof lengths === 'number' ? [lengths] : lengths;
      }
      case 'I':
        return read.integer(object);
      case 'R':
        return read.isNone(object) ? undefined : read.real(object);
      case 'F':
        return read.truth(object);
      case 'D': {
        if (read.isNone(object)) return undefined;
        const code = read.dtype(object);
        return code === undefined ? unknown : dtypes[code];
      }
      case 'T':
        return read.truth(object) === true ? true : unknown;
      default:
        return read.isNone(object) ? undefined : unknown;
    }
  };

  return {
    gives,
    call: (object, count, names) => {
      if (count > most) return null;
      const values = new Array<unknown>(parts.length).fill(undefined);
      if (count > parts.length) {
        // `a.reshape(2, 3)`: the lengths stand one by one.
        const lengths: number[] = [];
        for (let k = parts.length - 1; k < count; k++) {
          const length = read.integer(object(k));
          if (length === unknown) return null;
          lengths.push(length);
        }
        values[parts.length - 1] = lengths;
      }
      for (let k = 0; k < Math.min(count, parts.length); k++) {
        if (values[k] !== undefined) continue;
        const given = value(parts[k].kind, object(k));
        if (given === unknown) return null;
        values[k] = given;
      }
      for (let k = 0; k < names.length; k++) {
        const at = parts.findIndex((part) => part.name === names[k]);
        if (at < count) return null;
        const given = value(parts[at].kind, object(count + k));
        if (given === unknown) return null;
        values[at] = given;
      }
      for (let k = count; k < parts.length; k++) if (parts[k].needed && values[k] === undefined) return null;
      try {
        return work(...values);
      } catch (error) {
        // Python's own side says in NumPy's words what was wrong with the arguments.
        if (error instanceof AppError && !final.has(error.code)) return null;
        throw error;
      }
    },
  };
}
