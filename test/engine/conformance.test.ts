import { describe, expect, test } from 'vitest';
import { named } from '#engine/names/call.ts';
import { type Call, defaultOf, difference, type Recorded, renamed, special } from './recorded-calls.ts';
import { recordedCases } from './recorded-file.ts';

const engine = recordedCases<Recorded>('engine');
const linalg = recordedCases<Recorded>('linalg');
const scipy = recordedCases<Recorded>('scipy_names');
const names = recordedCases<Recorded>('names');
const sweep = recordedCases<Recorded>('sweep');
const listed = recordedCases<Recorded>('listed');
const signatures = recordedCases<Record<string, [string, string, string | null][] | null>>('signatures');
const arrays = {
  ...engine.arrays,
  ...linalg.arrays,
  ...scipy.arrays,
  ...names.arrays,
  ...sweep.arrays,
  ...listed.arrays,
};

/** The call with one of NumPy's own defaults said aloud, for every parameter that it leaves out. */
const spelledOut = (c: Call): Call[] => {
  const name = renamed[c.call] ?? c.call;
  const found = named(name);
  const theirs = signatures[name];
  if (found === null || !theirs || special[c.call] !== undefined || found.rest >= 0) return [];
  return theirs.flatMap(([parameter, , text]) => {
    const at = found.parameters.indexOf(parameter);
    const value = defaultOf(text);
    if (at < c.args.length || Object.hasOwn(c.kwargs, parameter) || value === undefined) return [];
    return [{ ...c, kwargs: { ...c.kwargs, [parameter]: value } }];
  });
};

describe('NumPy’s defaults are the engine’s: said aloud, they change nothing', () => {
  const calls = [...engine.calls, ...linalg.calls, ...scipy.calls, ...names.calls, ...listed.calls].filter(
    (c) => c.want.error === undefined,
  );
  const groups = new Map<string, Call[]>();
  for (const c of calls) groups.set(c.call, [...(groups.get(c.call) ?? []), c]);
  test.each([...groups])('%s', (_, list) => {
    const some = [...list.slice(0, 2), ...list.slice(-1)].flatMap(spelledOut);
    const differing = some.flatMap((c) => {
      const d = difference(c, arrays);
      return d === '' ? [] : [`${JSON.stringify(c.args).slice(0, 120)} ${JSON.stringify(c.kwargs)}: ${d}`];
    });
    expect(differing).toEqual([]);
  });
});

describe.each([
  ['numpy', engine.calls],
  ['numpy.linalg', linalg.calls],
  ['scipy.linalg', scipy.calls],
  ['further names and arguments', names.calls],
  ['calls drawn at random', sweep.calls],
  ['cases chosen by hand', listed.calls],
])('every call answers as %s did', (_, calls) => {
  const groups = new Map<string, Call[]>();
  for (const c of calls) groups.set(c.call, [...(groups.get(c.call) ?? []), c]);
  test.each([...groups])('%s', (_, list) => {
    const differences = list.flatMap((c) => {
      const d = difference(c, arrays);
      return d === '' ? [] : [`${JSON.stringify(c.args).slice(0, 160)} ${JSON.stringify(c.kwargs)}: ${d}`];
    });
    expect(differences).toEqual([]);
  });
});
