import { describe, expect, test } from 'vitest';
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { astype, copy } from '#engine/cast.ts';
import { asarray } from '#engine/create.ts';
import { getitem, setitem } from '#engine/indexing.ts';
import { call, named } from '#engine/names/call.ts';
import { NDArray } from '#engine/ndarray.ts';
import { isComplex, PyFloat } from '#engine/scalar.ts';
import { flatten, ravel } from '#engine/shape.ts';
import { type BasicIndex, ellipsis, slice, sliced } from '#engine/slicing.ts';
import recorded from '../conformance/engine.json' with { type: 'json' };
import recordedLinalg from '../conformance/linalg.json' with { type: 'json' };
import recordedNames from '../conformance/names.json' with { type: 'json' };
import recordedSignatures from '../conformance/signatures.json' with { type: 'json' };
import recordedScipy from '../conformance/scipy_names.json' with { type: 'json' };

type Stored = [string, number[], string];
interface Want {
  array?: Stored;
  many?: Want[];
  text?: string;
  /** Where numbers are not unique: dtype and shape of each result. */
  shapes?: [string, number[]][];
  /** NumPy computed in float16, which the engine does not have: it answers in float32. */
  half?: boolean;
  error?: string;
  message?: string;
}
interface Call {
  call: string;
  args: unknown[];
  kwargs: Record<string, unknown>;
  want: Want;
  exact?: boolean;
}

const stored = ([dtype, size, bytes]: Stored): NDArray => {
  const raw = Buffer.from(bytes, 'base64');
  const buffer = new SharedArrayBuffer(Math.ceil(raw.length / 16) * 16 || 16);
  new Uint8Array(buffer).set(raw);
  return new NDArray({ dtype: dtype as DType, shape: size, buffer });
};

interface Recorded {
  arrays: Record<string, Stored>;
  calls: Call[];
}
const engine = recorded.cases as unknown as Recorded;
const linalg = recordedLinalg.cases as unknown as Recorded;
const scipy = recordedScipy.cases as unknown as Recorded;
const names = recordedNames.cases as unknown as Recorded;
const arrays = { ...engine.arrays, ...linalg.arrays, ...scipy.arrays, ...names.arrays };

const part = (p: unknown): BasicIndex =>
  Array.isArray(p) ? slice(...(p as [number | null, number | null, number | null])) : (p as BasicIndex);

const decode = (x: unknown): unknown => {
  if (x === null || typeof x !== 'object') return x;
  const tagged = x as Record<string, unknown>;
  if ('ref' in tagged) {
    let a = stored(arrays[tagged['ref'] as string]);
    for (const step of tagged['view'] as unknown[])
      a =
        step === 'T'
          ? a.T
          : sliced(
              a,
              ...(step as unknown[]).map((p) =>
                Array.isArray(p) && p.length < 3 ? slice(...(p as [number | null])) : part(p),
              ),
            );
    return a;
  }
  if ('list' in tagged) return (tagged['list'] as unknown[]).map(decode);
  if ('slice' in tagged) return part(tagged['slice']);
  if ('ellipsis' in tagged) return ellipsis;
  if ('int' in tagged) return BigInt(tagged['int'] as string);
  if ('float' in tagged) return new PyFloat(Number(String(tagged['float']).replace('inf', 'Infinity')));
  if ('complex' in tagged) return { re: (tagged['complex'] as number[])[0], im: (tagged['complex'] as number[])[1] };
  return stored(tagged['array'] as Stored);
};

const plain = (x: unknown): unknown => (x instanceof PyFloat ? x.value : x);

/** What is no function of numpy's own: operators and methods, and names that are words of TypeScript. */
const special: Record<string, (args: unknown[]) => unknown> = {
  getitem: ([a, ...index]) => getitem(a as NDArray, index.map(plain) as never),
  setitem: ([a, value, ...index]) => {
    const made = copy(a as NDArray);
    setitem(made, index.map(plain) as never, value as never);
    return made;
  },
  flatten: ([a]) => flatten(a as NDArray),
  astype: ([a, dtype]) => astype(a as NDArray, dtype as DType),
};
const renamed: Record<string, string> = { var_: 'var', delete_: 'delete' };

const run = ({ call: name, args, kwargs }: Call): unknown => {
  const a = args.map(decode);
  const k = Object.fromEntries(Object.entries(kwargs).map(([key, value]) => [key, plain(decode(value))]));
  return special[name] === undefined ? call(renamed[name] ?? name, a, k) : special[name](a);
};

const numbers = (a: NDArray): unknown[] => ravel(a).tolist() as unknown[];

const show = (x: unknown): string => (isComplex(x) ? `${x.re}${x.im < 0 ? '' : '+'}${x.im}j` : String(x));

const close = (x: unknown, y: unknown, tolerance: number, floor: number): boolean => {
  if (isComplex(x) && isComplex(y)) {
    const size = Math.hypot(y.re, y.im);
    const near = (p: number, q: number): boolean =>
      close(p, q, tolerance, floor) || (Number.isFinite(size) && Math.abs(p - q) <= 2 * tolerance * size);
    return near(x.re, y.re) && near(x.im, y.im);
  }
  if (Object.is(x, y) || x === y) return true;
  if (typeof x !== 'number' || typeof y !== 'number') return false;
  return Math.abs(x - y) <= tolerance * Math.abs(y) + floor;
};

/** Errors of Python by our codes. */
const codes: Record<string, readonly string[]> = {
  ValueError: ['value', 'shape'],
  TypeError: ['dtype'],
  UFuncTypeError: ['dtype'],
  UFuncNoLoopError: ['dtype'],
  _UFuncNoLoopError: ['dtype'],
  IndexError: ['index'],
  AxisError: ['index'],
  OverflowError: ['value'],
  ZeroDivisionError: ['value'],
  LinAlgError: ['linalg'],
};

/** How far two good inverses may lie apart: LAPACK's 30 · eps · ‖A‖ · ‖A⁺‖², the condition being ‖A‖ · ‖A⁺‖. */
const inverseError = (c: Call): number => {
  const size = (a: NDArray): number =>
    Math.sqrt(numbers(a).reduce((sum: number, x) => sum + (isComplex(x) ? x.re ** 2 + x.im ** 2 : Number(x) ** 2), 0));
  if (c.want.array === undefined) return 0;
  const inverse = stored(c.want.array);
  const eps = inverse.dtype === 'float32' || inverse.dtype === 'complex64' ? 2 ** -23 : 2 ** -52;
  return 30 * eps * size(decode(c.args[0]) as NDArray) * size(inverse) ** 2;
};

/** Sums, transforms and fits, where a result near zero is what is left of larger numbers. */
const mixes =
  /^fft\.|^(convolve|correlate|poly|roots|interp|gradient|trapezoid|corrcoef|nan|logspace|geomspace|sinc|linspace|pad)/;

/** A description of the difference, empty when there is none. */
const difference = (c: Call): string => {
  let got: unknown;
  try {
    got = run(c);
  } catch (error) {
    if (!(error instanceof AppError))
      return `threw ${String(error)}\n${(error as Error).stack?.split('\n').slice(1, 3).join('\n')}`;
    if (c.want.error === undefined) return `refused: ${error.code}: ${error.message}`;
    if (!(codes[c.want.error] ?? []).includes(error.code))
      return `code ${error.code} for ${c.want.error}: ${c.want.message}`;
    return messagesAgree(error.message, c.want.message ?? '')
      ? ''
      : `message "${error.message}" instead of "${c.want.message}"`;
  }
  if (c.want.error !== undefined) return `gave a result instead of ${c.want.error}: ${c.want.message}`;
  // Sums of products are added in another order: what cancels leaves a rounding error.
  const sums = ['einsum', 'tensordot', 'matmul', 'dot', 'cov', 'linalg.inv', 'linalg.solve', 'linalg.matrix_power'];
  const floor = c.call.startsWith('scipy.') ? 2e-13 : mixes.test(c.call) ? 2e-14 : sums.includes(c.call) ? 1e-14 : 0;
  if (c.call === 'scipy.linalg.pinvh') return compare(got, c.want, false, Math.max(floor, inverseError(c)));
  return compare(got, c.want, c.exact === true, floor);
};

const squeeze = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[\s'"`.]+/g, ' ')
    .trim();
const messagesAgree = (ours: string, theirs: string): boolean => squeeze(ours) === squeeze(theirs);

const compare = (got: unknown, want: Want, exact: boolean, floor: number): string => {
  if (want.many !== undefined) {
    if (!Array.isArray(got)) return 'not several results';
    if (got.length !== want.many.length) return `${got.length} results instead of ${want.many.length}`;
    return want.many.map((w, k) => compare(got[k], w, exact, floor)).find((d) => d !== '') ?? '';
  }
  if (want.shapes !== undefined) {
    const parts = (Array.isArray(got) ? got : [got]).map((a: unknown) =>
      a instanceof NDArray ? a : asarray(a as never),
    );
    const ours = parts.map((a) => `${a.dtype} (${a.shape.join()})`).join(', ');
    const theirs = want.shapes.map(([dtype, size]) => `${dtype} (${size.join()})`).join(', ');
    return ours === theirs ? '' : `${ours} instead of ${theirs}`;
  }
  if (want.array === undefined) return '';
  const theirs = stored(want.array);
  const ours = got instanceof NDArray ? got : asarray(got as never);
  if (ours.dtype !== theirs.dtype) return `dtype ${ours.dtype} instead of ${theirs.dtype}`;
  if (ours.shape.join() !== theirs.shape.join())
    return `shape (${ours.shape.join()}) instead of (${theirs.shape.join()})`;
  const single = theirs.dtype === 'float32' || theirs.dtype === 'complex64';
  const tolerance = exact ? 0 : want.half === true ? 1e-3 : single ? 1e-6 : 1e-14;
  const [p, q] = [numbers(ours), numbers(theirs)];
  const size = q.reduce((most: number, x) => {
    const magnitude = isComplex(x) ? Math.hypot(x.re, x.im) : Math.abs(Number(x));
    return Number.isFinite(magnitude) ? Math.max(most, magnitude) : most;
  }, 1);
  const at = p.findIndex((x, k) => !close(x, q[k], tolerance, floor * size));
  return at < 0 ? '' : `[${at}] ${show(p[at])} instead of ${show(q[at])}`;
};

/** Defaults by their text in Python; null stands for None, undefined for what has no counterpart. */
const defaultOf = (text: string | null): unknown => {
  if (text === null) return undefined;
  if (text === 'None') return null;
  if (text === 'True' || text === 'False') return text === 'True';
  if (/^'.*'$/.test(text)) return text.slice(1, -1);
  return /^-?[\d.e-]+$/.test(text) ? Number(text) : undefined;
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
  const calls = [...engine.calls, ...linalg.calls, ...scipy.calls, ...names.calls].filter(
    (c) => c.want.error === undefined,
  );
  const groups = new Map<string, Call[]>();
  for (const c of calls) groups.set(c.call, [...(groups.get(c.call) ?? []), c]);
  test.each([...groups])('%s', (_, list) => {
    const some = [...list.slice(0, 2), ...list.slice(-1)].flatMap(spelledOut);
    const differing = some.flatMap((c) => {
      const d = difference(c);
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
])('every call answers as %s did', (_, calls) => {
  const groups = new Map<string, Call[]>();
  for (const c of calls) groups.set(c.call, [...(groups.get(c.call) ?? []), c]);
  test.each([...groups])('%s', (_, list) => {
    const differences = list.flatMap((c) => {
      const d = difference(c);
      return d === '' ? [] : [`${JSON.stringify(c.args).slice(0, 160)} ${JSON.stringify(c.kwargs)}: ${d}`];
    });
    expect(differences).toEqual([]);
  });
});
