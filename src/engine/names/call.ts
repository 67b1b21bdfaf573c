import { AppError } from '#shared/errors.ts';
import { fourierNames } from './fourier-names.ts';
import { linalgNames } from './linalg-names.ts';
import { numpyNames } from './numpy-names.ts';
import { randomNames } from './random-names.ts';
import { scipyNames } from './scipy-names.ts';
import { sparseLinalgNames, sparseNames } from './sparse-names.ts';
import { callNamed, type Named } from './signature.ts';

const tables: readonly (readonly [string, Readonly<Record<string, Named>>])[] = [
  ['scipy.linalg.', scipyNames],
  ['scipy.sparse.linalg.', sparseLinalgNames],
  ['scipy.sparse.', sparseNames],
  ['linalg.', linalgNames],
  ['fft.', fourierNames],
  ['random.', randomNames],
  ['', numpyNames],
];

/** The function under a dotted name of NumPy ("sum", "linalg.svd", "random.randn") or SciPy ("scipy.linalg.lu"), or null. */
export function named(name: string): Named | null {
  for (const [prefix, table] of tables) {
    const key = name.slice(prefix.length);
    if (name.startsWith(prefix) && Object.hasOwn(table, key)) return table[key];
  }
  return null;
}

/** Every name that `call` knows, in order. */
export function knownNames(): string[] {
  return tables.flatMap(([prefix, table]) => Object.keys(table).map((key) => prefix + key)).sort();
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
