import { describe, expect, test } from 'vitest';
import { call, knownNames, named } from '#engine/names/call.ts';
import { NDArray } from '#engine/ndarray.ts';
import { defaultOf, type Recorded, renamed } from './recorded-calls.ts';
import { recordedCases } from './recorded-file.ts';

type Parameter = [name: string, kind: string, fallback: string | null];
const signatures = recordedCases<Record<string, Parameter[] | null>>('signatures');

/** NumPy's defaults that have a value here, by function and parameter; those of ufuncs' `subok` and the like say nothing. */
function defaults(name: string): [string, unknown][] {
  const entry = named(name);
  if (entry === null || entry.rest >= 0) return [];
  return (signatures[name] ?? []).flatMap(([parameter, , text]): [string, unknown][] =>
    text !== null && defaultOf(text) !== undefined && entry.parameters.includes(parameter)
      ? [[parameter, defaultOf(text)]]
      : [],
  );
}

describe('NumPy’s defaults', () => {
  /** Names whose default cannot change what they give, or whose answer is no recorded one. */
  const unsaid = /^(empty(_like)?|einsum_path|isscalar|divmod|frexp|modf|fft\.\w+2)$/;

  test('each is left out by a recorded call, which conformance.test.ts makes again with the default said', () => {
    const left = new Set<string>();
    for (const list of ['engine', 'linalg', 'listed', 'names', 'scipy_names']) {
      for (const c of recordedCases<Recorded>(list).calls) {
        const name = renamed[c.call] ?? c.call;
        if ('error' in c.want) continue;
        const parameters = named(name)?.parameters ?? [];
        for (const [parameter] of defaults(name))
          if (parameters.indexOf(parameter) >= c.args.length && !Object.hasOwn(c.kwargs, parameter))
            left.add(`${name}.${parameter}`);
      }
    }
    const never = knownNames()
      .filter((name) => !/^(random|scipy\.sparse)\./.test(name) && !unsaid.test(name))
      .flatMap((name) => defaults(name).map(([parameter]) => `${name}.${parameter}`))
      .filter((one) => !left.has(one));
    expect(never).toEqual([]);
  });

  const drawn = recordedCases<unknown[][]>('random')
    .filter(([kind, , , args]) => kind === 'legacy' && !JSON.stringify(args).includes('"int"'))
    .map(([, , name, args]) => [`random.${name as string}`, args as unknown[]] as const);

  test.each([...new Map(drawn)])('%s draws the same with its defaults said', (name, args) => {
    const draw = (kwargs: Record<string, unknown>, given: unknown[]): unknown => {
      call('random.seed', [3]);
      const made = call(name, given, kwargs);
      return made instanceof NDArray ? made.tolist() : made;
    };
    const needed = named(name)?.required ?? 0;
    // An upper bound alone, 0, leaves nothing to draw.
    for (const given of name === 'random.randint' ? [args] : [args, args.slice(0, needed)]) {
      const plain = draw({}, given);
      const parameters = named(name)?.parameters ?? [];
      for (const [parameter, value] of defaults(name)) {
        if (parameters.indexOf(parameter) < given.length || given.length < needed) continue;
        expect([parameter, draw({ [parameter]: value }, given)]).toEqual([parameter, plain]);
      }
    }
  });
});
