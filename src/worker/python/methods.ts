/** Methods of what the engine made: streams of random numbers, sparse matrices, factorizations. */
import { AppError } from '#shared/errors.ts';
import { generatorNames } from '#engine/names/random-names.ts';
import type { Named } from '#engine/names/signature.ts';
import { callNamed } from '#engine/names/signature.ts';
import { sparseMethods } from '#engine/names/sparse-names.ts';
import { Generator } from '#engine/random/generator.ts';
import { issparse } from '#engine/sparse/sparse-array.ts';

const generators = new WeakMap<Generator, Readonly<Record<string, Named>>>();

/** Calls a method by NumPy's name with Python's arguments. */
export function callMethod(
  object: object,
  name: string,
  args: readonly unknown[],
  kwargs: Readonly<Record<string, unknown>>,
): unknown {
  if (object instanceof Generator) {
    let names = generators.get(object);
    if (names === undefined) generators.set(object, (names = generatorNames(object)));
    if (Object.hasOwn(names, name)) return callNamed(name, names[name], args, kwargs);
  }
  if (issparse(object) && Object.hasOwn(sparseMethods, name))
    return callNamed(name, sparseMethods[name], [object, ...args], kwargs);
  const found = (object as Record<string, unknown>)[name];
  if (typeof found !== 'function') throw new AppError('bug', `the object has no method ${name}`);
  // Further parameters of our methods stand in one object of options.
  const all = Object.keys(kwargs).length === 0 ? args : [...args, kwargs];
  return (found as (...all: unknown[]) => unknown).apply(object, [...all]);
}
