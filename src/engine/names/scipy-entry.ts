/** What every function of `scipy.linalg` does with its arguments: finiteness, stacks, plain numbers. */
import { AppError } from '#shared/errors.ts';
import { type ArrayLike, asarray } from '../create.ts';
import { firstNonfinite } from '../kernels/statistics.ts';
import { NDArray } from '../ndarray.ts';
import { PyFloat } from '../scalar.ts';
import { type CoreAxes, overBatch } from '../scipy/batches.ts';
import { direct, type Named, optional } from './signature.ts';

/** @throws AppError 'value' in SciPy's words, naming the first cell that is no number. */
function requireFinite(a: NDArray, argument: string): void {
  const index = firstNonfinite(a);
  if (index === null) return;
  throw new AppError('value', 'array must not contain infs or NaNs', {
    argument,
    hint: `The first such cell is [${index.join(', ')}].`,
  });
}

/**
 * A function of SciPy. `core` names the arguments that are matrices or right-hand sides, with the axes of one problem:
 * they may come in stacks. Where the signature has `check_finite`, they are looked through unless it is false. Orders
 * and tolerances reach the function as plain numbers.
 */
export function scipyEntry(
  signature: string,
  fn: (...values: never[]) => unknown,
  core: Readonly<Record<string, CoreAxes>> = {},
): Named {
  const entry = signature.includes('|') ? optional(fn, signature) : direct(fn, signature);
  const names = Object.keys(core);
  const at = names.map((name) => entry.parameters.indexOf(name));
  const checks = entry.parameters.indexOf('check_finite');
  const call: Named['call'] = (given) => {
    const values = given.map((value) => (value instanceof PyFloat ? value.value : value));
    if (names.length === 0) {
      if (checks >= 0 && values[checks] !== false) requireFinite(asarray(given[0] as ArrayLike), entry.parameters[0]);
      return entry.call(values);
    }
    const arrays = at.map((k) =>
      values[k] === undefined || values[k] === null
        ? null
        : values[k] instanceof NDArray
          ? values[k]
          : asarray(given[k] as ArrayLike),
    );
    if (checks >= 0 && values[checks] !== false) {
      arrays.forEach((a, k) => {
        if (a !== null) requireFinite(a, names[k]);
      });
    }
    return overBatch(
      arrays,
      names.map((name) => core[name]),
      (...members) => {
        const own = [...values];
        at.forEach((k, j) => {
          if (members[j] !== null) own[k] = members[j];
        });
        return entry.call(own);
      },
    );
  };
  return { ...entry, call };
}
