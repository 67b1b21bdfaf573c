/** What every function of `scipy.linalg` does with its arguments: finiteness, stacks, plain numbers. */
import { type AppError } from '#shared/errors.ts';
import { type ArrayLike, asarray } from '../create.ts';
import { requireFinite } from '../linalg/matrices.ts';
import { NDArray } from '../ndarray.ts';
import { PyFloat } from '../scalar.ts';
import { atleast_1d, atleast_2d } from '../shape.ts';
import { type CoreAxes, overBatch } from '../scipy/batches.ts';
import { inSingle } from '../scipy/inputs.ts';
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
  const call: Named['call'] = (given) => {
    const values = given.map((value) => (Array.isArray(value) ? value.map(plain) : plain(value)));
    if (names.length === 0) return entry.call(values);
    const arrays = at.map((k) =>
      values[k] === undefined || values[k] === null
        ? null
        : values[k] instanceof NDArray
          ? values[k]
          : asarray(given[k] as ArrayLike),
    );
    if (checks >= 0 && values[checks] !== false) {
      arrays.forEach((a, k) => {
        if (a !== null) requireFinite(a, names[k], 'value');
      });
    }
    const taken = arrays.map((a, k) => {
      const habit = habits[names[k]];
      const finite = habit?.finite ?? false;
      if (a !== null && finite !== false) requireFinite(a, names[k], finite === 'linalg' ? finite : 'value');
      return a === null || habit?.whole !== true ? a : habitual(a, habit);
    });
    return overBatch(
      taken,
      names.map((name) => core[name]),
      (...members) => {
        const own = [...values];
        at.forEach((k, j) => {
          const member = members[j];
          const habit = habits[names[j]];
          if (member !== null) own[k] = habit === undefined || habit.whole === true ? member : habitual(member, habit);
        });
        return entry.call(own);
      },
      Object.values(habits).some((habit) => habit.empties === true),
    );
  };
  return { ...entry, call };
}
