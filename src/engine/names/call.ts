import { AppError } from '#shared/errors.ts';
import { linalgNames } from './linalg-names.ts';
import { numpyNames } from './numpy-names.ts';
import { callNamed, type Named } from './signature.ts';

/** The function under a dotted name of NumPy ("sum", "linalg.svd"), or null. */
export function named(name: string): Named | null {
  const [table, key] = name.startsWith('linalg.') ? [linalgNames, name.slice(7)] : [numpyNames, name];
  return Object.hasOwn(table, key) ? table[key] : null;
}

/**
 * Calls a function of NumPy by its name, with arguments as Python would give them.
 *
 * @throws AppError 'value' when the engine has no such name, 'dtype' when the arguments do not fit its signature.
 * @example call('sum', [[[1, 2], [3, 4]]], { axis: 0 }).tolist() // [4n, 6n]
 */
export function call(name: string, args: readonly unknown[], kwargs: Readonly<Record<string, unknown>> = {}): unknown {
  const found = named(name);
  if (found === null) throw new AppError('value', `module 'numpy' has no attribute '${name}'`, { argument: name });
  return callNamed(name, found, args, kwargs);
}
