import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { asarray } from '#engine/create.ts';
import { named } from '#engine/names/call.ts';
import { callNamed } from '#engine/names/signature.ts';
import { sparseMethods } from '#engine/names/sparse-names.ts';
import { NDArray } from '#engine/ndarray.ts';
import { isComplex, PyFloat } from '#engine/scalar.ts';
import { ravel } from '#engine/shape.ts';
import { sort } from '#engine/sorting.ts';
import { around } from '#engine/elementwise.ts';
import { toarray } from '#engine/sparse/convert.ts';
import { Compressed, Coordinates, type Diagonals, issparse, type Sparse } from '#engine/sparse/sparse-array.ts';
import { eigs, eigsh } from '#engine/sparse/linalg/eigen.ts';
import { factorized, splu } from '#engine/sparse/linalg/factors.ts';
import { svds } from '#engine/sparse/linalg/svds.ts';
import { SparseError } from '#engine/sparse/sparse-error.ts';
import { recordedCases } from './recorded-file.ts';
import { type Call, decode, stored, type StoredSparse, type Want } from './sparse-recorded.ts';

const { matrices, calls } = recordedCases<{ matrices: Record<string, StoredSparse>; calls: Call[] }>('sparse');

/** What has no name of its own. */
const special: Record<string, (args: never[]) => unknown> = {
  'splu.solve': ([a, b, trans]) => splu(a).solve(b, trans),
  'factorized.solve': ([a, b]) => factorized(a)(b),
  'eigsh.w': ([a, k, which]) => sort(eigsh(a, k, { which }).w),
  'eigsh.values': ([a, k, which]) => eigsh(a, k, { which, return_eigenvectors: false }).w,
  'eigsh.sigma': ([a, k, sigma]) => eigsh(a, k, { sigma: (sigma as PyFloat).value }).w,
  'eigs.w': ([a, k, which]) => sort(around(eigs(a, k, { which }).w, 8)),
  'svds.s': ([a, k, which]) => svds(a, k, { which }).s,
};

const plain = (x: unknown): unknown => (x instanceof PyFloat ? x.value : x);
/** Values keep Python's int and float apart; parameters are numbers. */
const keepsFloats = new Set(['multiply', 'power', 'maximum', 'minimum', 'setdiag!', '__setitem__!']);

const run = (c: Call): unknown => {
  const args = c.args.map((x) => decode(x, matrices));
  if (c.tag !== undefined) return construct(c, args);
  if (special[c.do] !== undefined) return special[c.do](args as never[]);
  const name = c.do.replace(/!$/, '').replace('_getnnz', 'getnnz');
  const method = sparseMethods[name];
  const numbers = c.do.startsWith('__') || keepsFloats.has(c.do) ? args : args.map(plain);
  if (method !== undefined && !c.do.startsWith('linalg.')) {
    const result = callNamed(name, method, numbers, c.kwargs);
    return c.do.endsWith('!') ? args[0] : result;
  }
  const found = named(`scipy.sparse.${name}`);
  if (found === null) throw new Error(`no ${name}`);
  const kwargs = Object.fromEntries(Object.entries(c.kwargs).map(([k, v]) => [k, plain(listOf(decode(v, matrices)))]));
  return callNamed(name, found, numbers.map(listOf), kwargs);
};

const listOf = (x: unknown): unknown => (Array.isArray(x) ? x.map((y) => plain(listOf(y))) : x);

const construct = ({ do: name, tag, kwargs }: Call, args: unknown[]): unknown => {
  const parts =
    tag === 'ij'
      ? { data: args[0], row: args[1], col: args[2] }
      : tag === 'compressed'
        ? { data: args[0], indices: args[1], indptr: args[2] }
        : tag === 'offsets'
          ? { data: args[0], offsets: args[1] }
          : tag === 'shape'
            ? { shape: args[0] }
            : args[0];
  const found = named(`scipy.sparse.${name}`);
  if (found === null) throw new Error(`no ${name}`);
  return callNamed(
    name,
    found,
    [parts],
    Object.fromEntries(Object.entries(kwargs).map(([k, v]) => [k, decode(v, matrices)])),
  );
};

const codes: Record<string, readonly string[]> = {
  ValueError: ['value', 'shape'],
  TypeError: ['dtype'],
  UFuncTypeError: ['dtype'],
  _UFuncOutputCastingError: ['dtype'],
  IndexError: ['index'],
  OverflowError: ['value'],
  LinAlgError: ['linalg'],
};

const squeeze = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/np\.(u?int\d+|float\d+)\((.*?)\)/g, '$2')
    .replaceAll(/[\s'"`.]+/g, ' ')
    .trim();

const difference = (c: Call): string => {
  let got: unknown;
  try {
    got = run(c);
  } catch (error) {
    if (!(error instanceof AppError))
      return `threw ${String(error)}\n${(error as Error).stack?.split('\n').slice(1, 4).join('\n')}`;
    if (c.want.error === undefined) return `refused: ${error.code}: ${error.message}`;
    const name = error instanceof SparseError ? error.python : null;
    if (name === null ? !(codes[c.want.error] ?? []).includes(error.code) : name !== c.want.error)
      return `${name ?? error.code} "${error.message}" for ${c.want.error}: ${c.want.message}`;
    return squeeze(error.message) === squeeze(c.want.message ?? '')
      ? ''
      : `message "${error.message}" instead of "${c.want.message}"`;
  }
  if (c.want.error !== undefined) return `gave a result instead of ${c.want.error}: ${c.want.message}`;
  const loose = /^(linalg|splu|factorized|eigs|svds)/.test(c.do);
  return compare(got, c.want, loose ? (/gmres|cg|minres/.test(c.do) ? 1e-5 : 1e-8) : 1e-14, c.do);
};

const compare = (got: unknown, want: Want, tolerance: number, name: string): string => {
  // Matrices out of order keep another order when they change: there their elements count.
  const inPlace = name.endsWith('!');
  if (want.many !== undefined) {
    if (!Array.isArray(got) || got.length !== want.many.length) return `not ${want.many.length} results`;
    return want.many.map((w, k) => compare(got[k], w, tolerance, name)).find((d) => d !== '') ?? '';
  }
  if (want.text !== undefined)
    return got === want.text ? '' : `${JSON.stringify(got)} instead of ${JSON.stringify(want.text)}`;
  if (want.plain !== undefined)
    return ((got instanceof NDArray ? got.item() : got) ?? null) === want.plain
      ? ''
      : `${String(got)} instead of ${want.plain}`;
  if (want.sparse !== undefined) return issparse(got) ? compareSparse(got, want.sparse, tolerance) : 'not sparse';
  if (want.array === undefined) return '';
  if (issparse(got) && !inPlace) return 'sparse instead of an array';
  const ours = issparse(got) ? toarray(got) : got instanceof NDArray ? got : asarray(got as never);
  return compareArrays(ours, stored(want.array), tolerance, /^(nonzero|find)/.test(name) && ours.dtype === 'int32');
};

const compareSparse = (got: Sparse, want: StoredSparse, tolerance: number): string => {
  const about = (m: { format: string; kind: string; shape: readonly number[] }): string =>
    `${m.format}_${m.kind} (${m.shape.join()})`;
  if (about(got) !== about(want)) return `${about(got)} instead of ${about(want)}`;
  const parts: [string, NDArray, NDArray][] = [['data', got.data, stored(want.data)]];
  if (got instanceof Compressed) {
    parts.unshift(
      ['indptr', got.indptr, stored(want.indptr as never)],
      ['indices', got.indices, stored(want.indices as never)],
    );
  } else if (got instanceof Coordinates) {
    (want.coords ?? []).forEach((list, axis) =>
      parts.unshift([`coords[${axis}]`, axis === 0 && got.coords.length > 1 ? got.row : got.col, stored(list)]),
    );
  } else parts.unshift(['offsets', (got as Diagonals).offsets, stored(want.offsets as never)]);
  for (const [name, ours, theirs] of parts) {
    // Index lists of 64 bits that would fit into 32 are no difference a person sees.
    const d = compareArrays(ours, theirs, tolerance, name !== 'data');
    if (d !== '') return `${name}: ${d}`;
  }
  return '';
};

const show = (x: unknown): string => (isComplex(x) ? `${x.re}+${x.im}j` : String(x));

const compareArrays = (ours: NDArray, theirs: NDArray, tolerance: number, anyInteger = false): string => {
  if (ours.dtype !== theirs.dtype && !anyInteger) return `dtype ${ours.dtype} instead of ${theirs.dtype}`;
  if (ours.shape.join() !== theirs.shape.join())
    return `shape (${ours.shape.join()}) instead of (${theirs.shape.join()})`;
  const [p, q] = [ours, theirs].map((a) =>
    (ravel(a).tolist() as unknown[]).flatMap((x) => (isComplex(x) ? [x.re, x.im] : [Number(x)])),
  );
  const scale = Math.max(1e-300, ...q.filter((x) => Number.isFinite(x)).map(Math.abs));
  const single = theirs.dtype === 'float32' || theirs.dtype === 'complex64';
  const allowed = (single ? Math.max(tolerance, 1e-6) : tolerance) * scale;
  const at = p.findIndex((x, k) => !(Object.is(x, q[k]) || x === q[k] || Math.abs(x - q[k]) <= allowed));
  return at < 0
    ? ''
    : `[${at}] ${show(p[at])} instead of ${show(q[at])} in ${JSON.stringify(p)} for ${JSON.stringify(q)}`.slice(0, 300);
};

describe('every call answers as SciPy did', () => {
  const groups = new Map<string, Call[]>();
  for (const c of calls) groups.set(c.do, [...(groups.get(c.do) ?? []), c]);

  test('there are many', () => {
    expect(calls.length).toBeGreaterThan(3000);
  });

  test.each([...groups])('%s', (_, list) => {
    const differences = list.flatMap((c) => {
      const d = difference(c);
      return d === '' ? [] : [`${JSON.stringify(c.args).slice(0, 160)} ${JSON.stringify(c.kwargs)}: ${d}`];
    });
    expect(differences).toEqual([]);
  });
});
