/** What every function of `scipy.linalg` does with its arguments: finiteness, stacks, plain numbers. */
import { AppError } from '#shared/errors.ts';
import { type ArrayLike, asarray } from '../create.ts';
import { requireFinite } from '../linalg/matrices.ts';
import { NDArray } from '../ndarray.ts';
import { PyFloat } from '../scalar.ts';
import { atleast_1d, atleast_2d } from '../shape.ts';
import { type CoreAxes, overBatch } from '../scipy/batches.ts';
import { inSingle } from '../scipy/inputs.ts';
import { typeName } from './kinds.ts';
import { direct, type Named, optional } from './signature.ts';

/** What a function does with its matrices before it looks at their numbers. */
export interface Habits {
  /** Booleans and integers of 8 and 16 bits are computed in single precision, or booleans alone. */
  single?: boolean | 'bool';
  /** The array is looked at with its leading axes; else each of its members, which an empty stack has none of. */
  whole?: boolean;
  /** Arrays with fewer axes than this get them in front. */
  least?: 0 | 1 | 2;
  /** Refuses what is not a stack of square matrices. */
  square?: (a: NDArray) => AppError;
  /** Refuses arrays with fewer than two axes. */
  deep?: (a: NDArray) => AppError | null;
  /** NaN and infinity are refused though there is no `check_finite`; 'linalg' where SciPy has LinAlgError for them. */
  finite?: boolean | 'linalg';
  /** A stack without members gives one without results. */
  empties?: boolean;
}

const plain = (value: unknown): unknown => (value instanceof PyFloat ? value.value : value);

function habitual(a: NDArray, { single = false, least = 1, square, deep }: Habits): NDArray {
  const shallow = a.ndim < 2 ? (deep?.(a) ?? null) : null;
  if (shallow !== null) throw shallow;
  const whole = a.ndim < least ? (least === 2 ? atleast_2d(a) : atleast_1d(a)) : a;
  if (square !== undefined && (whole.ndim < 2 || whole.shape.at(-1) !== whole.shape.at(-2))) throw square(whole);
  return single === true || (single === 'bool' && whole.dtype === 'bool') ? inSingle(whole) : whole;
}

/**
 * A function of SciPy. `core` names the arguments that are matrices or right-hand sides, with the axes of one problem:
 * they may come in stacks, and `habits` what becomes of them. Where the signature has `check_finite`, they are looked through unless it is false. Orders
 * and tolerances reach the function as plain numbers.
 */
export function scipyEntry(
  signature: string,
  fn: (...values: never[]) => unknown,
  core: Readonly<Record<string, CoreAxes>> = {},
  habits: Readonly<Record<string, Habits>> = {},
): Named {
  const entry = signature.includes('|') ? optional(fn, signature) : direct(fn, signature);
  const names = Object.keys(core);
  const at = names.map((name) => entry.parameters.indexOf(name));
  const checks = entry.parameters.indexOf('check_finite');
  const own = names.map((name) => habits[name] as Habits | undefined);
  const axes = names.map((name) => core[name]);
  const empties = own.some((habit) => habit?.empties === true);
  const call: Named['call'] = (given) => {
    const values = new Array<unknown>(given.length);
    for (let k = 0; k < given.length; k++) {
      const value = given[k];
      values[k] = Array.isArray(value) ? value.map(plain) : plain(value);
    }
    if (names.length === 0) return entry.call(values);
    const arrays: (NDArray | null)[] = [];
    let single = true;
    for (let j = 0; j < at.length; j++) {
      const value = values[at[j]];
      const a =
        value === undefined || value === null
          ? null
          : value instanceof NDArray
            ? value
            : asarray(given[at[j]] as ArrayLike);
      arrays.push(a);
      const most = axes[j];
      if (a !== null && a.ndim > (most === '1|2' ? 2 : most)) single = false;
    }
    if (checks >= 0 && values[checks] !== false)
      for (let j = 0; j < at.length; j++)
        if (arrays[j] !== null) requireFinite(arrays[j] as NDArray, names[j], 'value');
    for (let j = 0; j < at.length; j++) {
      const a = arrays[j];
      if (a === null) continue;
      const finite = own[j]?.finite ?? false;
      if (finite !== false) requireFinite(a, names[j], finite === 'linalg' ? finite : 'value');
      if (own[j]?.whole === true) arrays[j] = habitual(a, own[j] as Habits);
    }
    const one = (...members: (NDArray | null)[]): unknown => {
      for (let j = 0; j < at.length; j++) {
        const member = members[j];
        const habit = own[j];
        if (member !== null)
          values[at[j]] = habit === undefined || habit.whole === true ? member : habitual(member, habit);
      }
      return entry.call(values);
    };
    return single ? one(...arrays) : overBatch(arrays, axes, one, empties);
  };
  return { ...entry, call };
}

/** Two values as Python unpacks them. @throws AppError 'dtype' for what cannot be unpacked, 'value' for another count. */
export function unpacked(pair: unknown, argument: string): readonly unknown[] {
  const list = Array.isArray(pair) ? (pair as unknown[]) : pair instanceof NDArray && pair.ndim > 0 ? [...pair] : null;
  if (list === null) {
    const words =
      pair instanceof NDArray ? 'iteration over a 0-d array' : `cannot unpack non-iterable ${typeName(pair)} object`;
    throw new AppError('dtype', words, { argument, hint: `${argument} is a pair.` });
  }
  if (list.length === 2) return list;
  const words =
    list.length > 2
      ? 'too many values to unpack (expected 2)'
      : `not enough values to unpack (expected 2, got ${list.length})`;
  throw new AppError('value', words, { argument });
}
