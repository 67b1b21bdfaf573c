/**
 * How a quick function reads its arguments: by position and by name, from where they lie in CPython's memory. What is
 * out of the ordinary is left to the function of Python that stands behind.
 */
import { dtypes } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import type { Index } from '#engine/index-plan.ts';
import type { NDArray } from '#engine/ndarray.ts';
import type { PyFloat } from '#engine/scalar.ts';
import type { Operand } from '#engine/ufuncs/definition.ts';

/** Something that only Python's own side can read. */
export const unknown: unique symbol = Symbol('unknown');

/**
 * How a result reaches Python: one without axes as a scalar, or always as an array, or as a view of the first argument
 * when it shows that one's memory, or as a list of such views, or as one of Python's own bools, or several in a tuple, or
 * as None after the first argument was changed.
 */
export type Gives = 'scalar' | 'array' | 'view' | 'views' | 'truth' | 'tuple' | 'none';

export interface Quick {
  /**
   * Parameters in NumPy's order, each with the letter of what is read:
   * Q array · A array, or a list of numbers or a number as one · P array or None · B array, number or None · M arrays one by one to the last · V lengths, also one by one · O array or number · L list of arrays · K tuple of arrays · X axis
   * or None · U where the result goes, or None · Z a mask of bools, or True · J index · Y an integer or several · S shape · I integer · R real number · W word · G word, real number or None · F True or False · D dtype ·
   * N must be None · T must be True · y True or False, which is forgotten · h integer or word · e pair of an array and True or
   * False · q array or pair of arrays · _ anything, which is forgotten. A bar stands before those given by keyword only, `?` behind what may be missing, a
   * slash before names that nobody may use.
   */
  parameters: string;
  gives: Gives;
  /** The work; null leaves it to Python. */
  run: (...values: never[]) => unknown;
  /** Python says in words of its own that a matrix cannot be factored. */
  again?: boolean;
  /** Doubts about the result are told as warnings. */
  doubts?: boolean;
}

/** Errors that a second try would only repeat. */
const final: ReadonlySet<string> = new Set(['cancelled', 'linalg', 'memory']);

/** What reads the objects of Python. */
export interface ObjectReader {
  /** An array, or a list of numbers or a number as one. */
  array: (object: number) => NDArray | typeof unknown;
  /** An array that takes the result. */
  target: (object: number) => NDArray | typeof unknown;
  index: (object: number) => Index[] | typeof unknown;
  /** Whether it is an array by itself, whose memory can be shown. */
  isArray: (object: number) => boolean;
  operand: (object: number) => Operand | typeof unknown;
  list: (object: number) => NDArray[] | typeof unknown;
  /** An int, or a tuple or list of ints. */
  lengths: (object: number) => number | number[] | typeof unknown;
  /** The parts of a tuple of so many. */
  parts: (object: number, count: number) => number[] | typeof unknown;
  integer: (object: number) => number | typeof unknown;
  real: (object: number) => number | PyFloat | typeof unknown;
  word: (object: number) => string | typeof unknown;
  isNone: (object: number) => boolean;
  isList: (object: number) => boolean;
  truth: (object: number) => boolean | typeof unknown;
  dtype: (object: number) => number | undefined;
}

/** A quick function: its parameters are read by position and name, its work done, null when Python must do it. */
export interface QuickFunction {
  gives: Gives;
  doubts: boolean;
  call: (object: (k: number) => number, count: number, names: readonly string[]) => unknown;
}

/** How each letter of a parameter is read. */
type Readers = Readonly<Record<string, (object: number) => unknown>>;

const made = new WeakMap<ObjectReader, Readers>();

/** The readers of all letters, made once for all functions. */
function readersOf(read: ObjectReader): Readers {
  let known = made.get(read);
  if (known === undefined) made.set(read, (known = makeReaders(read)));
  return known;
}

function makeReaders(read: ObjectReader): Readers {
  const lengths = (object: number): unknown => {
    const given = read.lengths(object);
    return typeof given === 'number' ? [given] : given;
  };
  return {
    A: read.array,
    O: read.operand,
    B: (object) => (read.isNone(object) ? null : read.operand(object)),
    P: (object) => (read.isNone(object) ? null : read.array(object)),
    L: read.list,
    K: (object) => (read.isList(object) ? unknown : read.list(object)),
    U: (object) => (read.isNone(object) ? undefined : read.target(object)),
    Z: (object) => {
      if (read.truth(object) === true) return undefined;
      const mask = read.isArray(object) ? read.array(object) : unknown;
      return mask !== unknown && mask.dtype === 'bool' ? mask : unknown;
    },
    Q: (object) => (read.isArray(object) ? read.array(object) : unknown),
    Y: read.lengths,
    J: read.index,
    // NumPy refuses lists of axes for most functions.
    X: (object) => (read.isNone(object) ? null : read.isList(object) ? unknown : read.lengths(object)),
    S: lengths,
    V: lengths,
    M: (object) => {
      const a = read.array(object);
      return a === unknown ? a : [a];
    },
    I: read.integer,
    R: (object) => (read.isNone(object) ? undefined : read.real(object)),
    W: read.word,
    G: (object) => {
      if (read.isNone(object)) return undefined;
      const real = read.real(object);
      return real === unknown ? read.word(object) : real;
    },
    F: read.truth,
    D: (object) => {
      if (read.isNone(object)) return undefined;
      const code = read.dtype(object);
      return code === undefined ? unknown : dtypes[code];
    },
    T: (object) => (read.truth(object) === true ? true : unknown),
    y: (object) => (read.truth(object) === unknown ? unknown : undefined),
    h: (object) => {
      const whole = read.integer(object);
      return whole === unknown ? read.word(object) : whole;
    },
    e: (object) => {
      const pair = read.parts(object, 2);
      if (pair === unknown) return unknown;
      const both = [read.array(pair[0]), read.truth(pair[1])];
      return both.includes(unknown) ? unknown : both;
    },
    q: (object) => {
      const pair = read.parts(object, 2);
      if (pair === unknown) return read.isArray(object) || read.isList(object) ? read.array(object) : unknown;
      const both = pair.map((part) => read.array(part));
      return both.includes(unknown) ? unknown : both;
    },
    N: (object) => (read.isNone(object) ? undefined : unknown),
    _: () => undefined,
  };
}

export function quickFunction(
  { parameters, gives, run, again = false, doubts = false }: Quick,
  read: ObjectReader,
): QuickFunction {
  const words = parameters.split(' ');
  const positional = words.findIndex((word) => word.startsWith('|'));
  const readers = readersOf(read);
  const parts = words.map((word) => {
    const [kind, label] = word.replace('|', '').split(':');
    return { kind, of: readers[kind], name: label.replace('?', ''), needed: !label.endsWith('?') };
  });
  const last = parts[parts.length - 1].kind;
  const open = last === 'V' || last === 'M';
  const most = open ? Infinity : positional < 0 ? parts.length : positional;
  const needed = parts.findLastIndex((part) => part.needed) + 1;
  const onArray = gives === 'none';
  const least = gives === 'view' || onArray ? 1 : 0;
  const work = run as unknown as (...values: unknown[]) => unknown;
  const isFinal = (code: string): boolean => final.has(code) && !(again && code === 'linalg');

  return {
    gives,
    doubts,
    call: (object, count, names) => {
      if (count > most || count < least || (onArray && !read.isArray(object(0)))) return null;
      const values = new Array<unknown>(parts.length).fill(undefined);
      let one = count;
      if (count > parts.length) {
        // `a.reshape(2, 3)`: the lengths stand one by one.
        one = parts.length - 1;
        const rest: unknown[] = [];
        for (let k = one; k < count; k++) {
          const part = last === 'M' ? read.array(object(k)) : read.integer(object(k));
          if (part === unknown) return null;
          rest.push(part);
        }
        values[one] = rest;
      }
      for (let k = 0; k < one; k++) {
        const given = parts[k].of(object(k));
        if (given === unknown) return null;
        values[k] = given;
      }
      for (let k = 0; k < names.length; k++) {
        const at = parts.findIndex((part) => part.name === names[k]);
        if (at < count) return null;
        const given = parts[at].of(object(count + k));
        if (given === unknown) return null;
        values[at] = given;
      }
      for (let k = count; k < needed; k++) if (parts[k].needed && values[k] === undefined) return null;
      try {
        return work(...values);
      } catch (error) {
        // Python's own side says in NumPy's words what was wrong with the arguments.
        if (error instanceof AppError && !isFinal(error.code)) return null;
        throw error;
      }
    },
  };
}
