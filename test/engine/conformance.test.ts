import { describe, expect, test } from 'vitest';
import { named } from '#engine/names/call.ts';
import recorded from '../conformance/engine.json' with { type: 'json' };
import recordedListed from '../conformance/listed.json' with { type: 'json' };
import recordedLinalg from '../conformance/linalg.json' with { type: 'json' };
import recordedNames from '../conformance/names.json' with { type: 'json' };
import recordedSignatures from '../conformance/signatures.json' with { type: 'json' };
import recordedSweep from '../conformance/sweep.json' with { type: 'json' };
import recordedScipy from '../conformance/scipy_names.json' with { type: 'json' };
import { type Call, defaultOf, difference, type Recorded, renamed, special } from './recorded-calls.ts';

const engine = recorded.cases as unknown as Recorded;
const linalg = recordedLinalg.cases as unknown as Recorded;
const scipy = recordedScipy.cases as unknown as Recorded;
const names = recordedNames.cases as unknown as Recorded;
const sweep = recordedSweep.cases as unknown as Recorded;
const listed = recordedListed.cases as unknown as Recorded;
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
  const theirs = (recordedSignatures.cases as unknown as Record<string, [string, string, string | null][] | null>)[
    name
  ];
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
