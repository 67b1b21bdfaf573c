/** Ufuncs for Python: the quick forms of two operands, and the whole form with `out`, `where` and the rest. */
import { AppError } from '#shared/errors.ts';
import { copy, hearingCasts } from '#engine/cast.ts';
import { asarray, empty } from '#engine/create.ts';
import { crossover } from '#engine/kernels/crossover.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { accumulate, reduce, type ReduceOptions } from '#engine/reduce.ts';
import { PyFloat } from '#engine/scalar.ts';
import * as arithmetic from '#engine/ufuncs/arithmetic.ts';
import * as comparison from '#engine/ufuncs/comparison.ts';
import * as mathematics from '#engine/ufuncs/mathematics.ts';
import type { Operand } from '#engine/ufuncs/definition.ts';
import type { Binary, UfuncOptions, Unary } from '#engine/ufuncs/ufunc.ts';
import { readArguments } from './arguments.ts';
import type { Cell } from './cell.ts';
import { castFaults, loopNamed, noticedBy, overflow, noticesAll, raised } from './float-checks.ts';
import { lookAt } from './handles.ts';
import type { Result } from './results.ts';
import { reductionOf } from './ufunc-methods.ts';

const ufuncs = { ...arithmetic, ...comparison, ...mathematics } as unknown as Record<string, Unary | Binary>;

export interface UfuncCalls {
  find(name: string): Unary | Binary;
  /** `a ⊕= b`; below 0 when there is something to warn of. */
  inPlace(name: string): (a: NDArray, b: Operand) => number;
  /** Remembers what an operation met, for Python to ask. */
  raise(name: string, up: number): void;
  /** Does some work; whether it cast a float to what does not hold it is remembered, and told. */
  casting<T>(work: () => T): { made: T; up: boolean };
  /** As `casting` for the functions, by their names, that put values into arrays. */
  calling<T>(name: string, work: () => T): { made: T; up: boolean };
  /** What Python calls. */
  functions: Record<string, unknown>;
}

export function ufuncCalls(cell: Cell): UfuncCalls {
  let flags = 0;
  let flagged = '';

  /** Hands a result over; a negative number says that the processor's flags would be up. */
  const give = (name: string, inputs: readonly Operand[], result: NDArray): number => {
    const up = raised(name, inputs, result);
    const given = cell.give(result);
    if (up === 0) return given;
    flags = up;
    flagged = loopNamed(name, inputs, result);
    return -1 - given;
  };

  const find = (name: string): Unary | Binary => {
    if (!Object.hasOwn(ufuncs, name)) throw new AppError('bug', `the engine has no ufunc ${name}`);
    return ufuncs[name];
  };

  const inPlace = (name: string): ((a: NDArray, b: Operand) => number) => {
    const fn = find(name) as Binary;
    const looked = !cheapInPlace.has(name);
    return (a, b) => {
      const notices = noticesAll(name) && a.size >= crossover.plain;
      const before = looked && !notices && a.size <= watchedSize ? copy(a) : null;
      const result = fn(a, b, { out: a });
      if (b instanceof PyFloat && loopNamed('', [b], a) !== '') {
        flags = overflow;
        flagged = 'cast';
        return -1;
      }
      const up = before === null ? Math.max(0, noticedBy(name, result)) : raised(name, [before, b], result);
      if (up === 0) return 0;
      flags = up;
      flagged = name;
      return -1;
    };
  };

  const functions = {
    flags: (): number => flags,
    flagged: (): string => flagged,

    /** A function of two operands; `form` says what each is: a(rray), f(loat) or i(nt). */
    binary: (name: string, form: string): ((x: number, y: number) => number) => {
      const fn = find(name) as Binary;
      const quiet = 'result' in fn.definition && fn.definition.result === 'bool';
      const read = (kind: string): ((value: number) => Operand) =>
        kind === 'a' ? lookAt : kind === 'f' ? (value) => new PyFloat(value) : (value) => value;
      const [first, second] = [read(form[0]), read(form[1])];
      if (quiet) return (x, y) => cell.give(fn(first(x), second(y)));
      return (x, y) => {
        const [a, b] = [first(x), second(y)];
        const result = fn(a, b);
        return give(name, [a, b], result);
      };
    },

    /** `a ⊕= b`: the result goes into the first operand. */
    inplace: (name: string, form: string): ((x: number, y: number) => number) => {
      const fn = inPlace(name);
      return (x, y) => fn(lookAt(x), form === 'a' ? lookAt(y) : form === 'f' ? new PyFloat(y) : y);
    },

    unary: (name: string): ((x: number) => number) => {
      const fn = find(name) as Unary;
      return (x) => {
        const a = lookAt(x);
        return give(name, [a], fn(a));
      };
    },

    /** A float64 scalar through a function of one argument. */
    scalarUnary: (name: string): ((x: number) => number) => {
      const fn = find(name) as Unary;
      const one = empty([], 'float64');
      return (x) => {
        one.data[one.start] = x;
        return give(name, [one], fn(one));
      };
    },

    /** The whole form: operands, then options by keyword. */
    ufunc: (name: string, kinds: string, ...values: unknown[]): Result => {
      const { args, kwargs } = readArguments(kinds, values);
      const options = given(kwargs) as UfuncOptions;
      const operands = args as Operand[];
      const result =
        operands.length === 1
          ? (find(name) as Unary)(operands[0], options)
          : (find(name) as Binary)(operands[0], operands[1], options);
      if (options.out === undefined) return give(name, operands, result);
      const up = operands.includes(options.out) ? Math.max(0, noticedBy(name, result)) : raised(name, operands, result);
      if (up === 0) return 0;
      flags = up;
      flagged = loopNamed(name, operands, result);
      return -1;
    },

    reduce: (name: string, kinds: string, ...values: unknown[]): Result => {
      const { args, kwargs } = readArguments(kinds, values);
      return cell.give(reduce(reductionOf(name, find(name) as Binary), args[0] as Operand, given(kwargs)));
    },

    accumulate: (name: string, kinds: string, ...values: unknown[]): Result => {
      const { args, kwargs } = readArguments(kinds, values);
      const { step, type } = reductionOf(name, find(name) as Binary);
      const a = asarray(args[0] as Operand);
      const options = given(kwargs) as ReduceOptions;
      const { axis = null } = kwargs as { axis?: number | null };
      return cell.give(accumulate(step, a, axis, options.dtype ?? type(a.dtype), options.out));
    },
  };

  const casting = <T>(work: () => T): { made: T; up: boolean } => {
    let up = 0;
    const made = hearingCasts((source, target) => {
      up |= castFaults(source, target);
    }, work);
    if (up !== 0) {
      flagged = 'cast';
      flags = up;
    }
    return { made, up: up !== 0 };
  };

  return {
    find,
    inPlace,
    raise: (name, up) => {
      flagged = name;
      flags = up;
    },
    calling: (name, work) => (putting.has(name) ? casting(work) : { made: work(), up: false }),
    casting,
    functions,
  };
}

/** Functions that put values of any dtype into arrays of another. */
const putting = new Set(['copyto', 'full', 'full_like', 'put', 'place', 'putmask', 'fill_diagonal']);

/** In place, the first operand is kept for a look at what went wrong only while that costs little. */
const watchedSize = 1 << 16;

const cheapInPlace = new Set([
  'add',
  'subtract',
  'multiply',
  'bitwise_and',
  'bitwise_or',
  'bitwise_xor',
  'left_shift',
  'right_shift',
]);

/** Options without those that are None. */
function given(kwargs: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(kwargs).filter(([, value]) => value !== null));
}
