import { expect, test } from 'vitest';
import { knownNames } from '#engine/names/call.ts';
import blocks from '../conformance/blocks.json' with { type: 'json' };
import pencils from '../conformance/pencils.json' with { type: 'json' };
import { type Recorded, renamed } from './recorded-calls.ts';
import { recordedCases } from './recorded-file.ts';

const lists = ['engine', 'linalg', 'listed', 'names', 'scipy_names', 'sweep'].map((name) =>
  recordedCases<Recorded>(name),
);

/** Cases that a name needs: what it gives, what else it gives, and what it refuses. */
const enough = 3;

/** Names that are not called for what they give back, or of which no recorded answer can say it. */
const elsewhere: Readonly<Record<string, string>> = {
  empty: 'its elements are arbitrary: create.test.ts asks for shape, dtype and order',
  empty_like: 'its elements are arbitrary: create.test.ts asks for shape, dtype and order',
  einsum_path: 'the Python cases of corners have its paths and tables',
  'random.Generator': 'a class; its methods are recorded by their names',
  'random.PCG64': 'a class; streams.json has its states',
  'random.PCG64DXSM': 'a class; the Python cases of random have its numbers, states and leaps',
  'random.Philox': 'a class; the Python cases of random have its numbers, states and leaps',
  'random.SFC64': 'a class; the Python cases of random have its numbers and states',
  'random.RandomState': 'a class; its methods are recorded by their names',
  'random.SeedSequence': 'a class; random.json has what it generates and spawns',
  'scipy.sparse.linalg.LinearOperator': 'a class; sparse-properties.test.ts multiplies with it',
  'scipy.sparse.linalg.aslinearoperator': 'makes that class; sparse-properties.test.ts multiplies with it',
  'scipy.sparse.linalg.qmr': 'the Python cases of scipy_further have its answers',
  'scipy.sparse.linalg.tfqmr': 'the Python cases of scipy_further have its answers',
  'scipy.sparse.linalg.lgmres': 'the Python cases of scipy_further have its answers',
  'scipy.sparse.linalg.gcrotmk': 'the Python cases of scipy_further have its answers',
};

/** The same function under two names of which the older is recorded. */
const aliases: Readonly<Record<string, string>> = {
  'random.default_rng': 'random.Generator.integers',
  'random.multivariate_normal': 'random.multivariate_normal',
};

function counts(): Map<string, number> {
  const found = new Map<string, number>();
  const add = (name: string, by = 1): void => {
    found.set(name, (found.get(name) ?? 0) + by);
  };
  for (const { calls } of lists) for (const { call } of calls) add(renamed[call] ?? call);
  const inner = new Set(['eigsh', 'eigs', 'svds', 'splu', 'factorized']);
  for (const { do: action } of recordedCases<{ calls: { do: string }[] }>('sparse').calls) {
    const [head] = action.split('.');
    add(`scipy.sparse.${inner.has(head) ? `linalg.${head}` : action}`);
  }
  for (const cases of [blocks.cases, pencils.cases]) {
    for (const [name, list] of Object.entries(cases as Record<string, object>)) {
      if (name === 'structure')
        for (const one of ['is_sptriangular', 'spbandwidth'])
          add(`scipy.sparse.linalg.${one}`, Object.keys(list).length);
      else add(`scipy.sparse.linalg.${name}`, Object.keys(list).length);
    }
  }
  for (const [kind, second, third] of recordedCases<string[][]>('random')) {
    if (kind === 'legacy') add(`random.${third}`);
    if (kind === 'generator') add(`random.Generator.${third}`);
    if (kind === 'refusal' && second === 'legacy') add(`random.${third}`);
  }
  for (const { kind, steps } of recordedCases<{ kind: string; steps: [string][] }[]>('streams'))
    for (const [name] of steps) add(kind === 'legacy' ? `random.${name}` : `random.Generator.${name}`);
  return found;
}

test('every name has cases that NumPy or SciPy answered', () => {
  const found = counts();
  const few = knownNames().flatMap((name) => {
    const count = found.get(aliases[name] ?? name) ?? 0;
    return Object.hasOwn(elsewhere, name) || count >= enough ? [] : [`${name}: ${count}`];
  });
  expect(few).toEqual([]);
});

test('what is excused is there', () => {
  const known = new Set(knownNames());
  expect([...Object.keys(elsewhere), ...Object.keys(aliases)].filter((name) => !known.has(name))).toEqual([]);
});
