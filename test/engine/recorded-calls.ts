/** Calls recorded from NumPy and SciPy: how they are read, made again and compared. */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { astype, copy } from '#engine/cast.ts';
import { asarray } from '#engine/create.ts';
import { getitem, setitem } from '#engine/indexing.ts';
import { call } from '#engine/names/call.ts';
import { NDArray } from '#engine/ndarray.ts';
import { isComplex, PyFloat } from '#engine/scalar.ts';
import { flatten, ravel } from '#engine/shape.ts';
import { type BasicIndex, ellipsis, slice, sliced } from '#engine/slicing.ts';

export type Stored = [string, number[], string];
export interface Want {
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
export interface Call {
  call: string;
  args: unknown[];
  kwargs: Record<string, unknown>;
  want: Want;
  exact?: boolean;
}

export const stored = ([dtype, size, bytes]: Stored): NDArray => {
  const raw = Buffer.from(bytes, 'base64');
  const buffer = new SharedArrayBuffer(Math.ceil(raw.length / 16) * 16 || 16);
  new Uint8Array(buffer).set(raw);
  return new NDArray({ dtype: dtype as DType, shape: size, buffer });
};

export interface Recorded {
  arrays: Record<string, Stored>;
  calls: Call[];
}

const part = (p: unknown): BasicIndex =>
  Array.isArray(p) ? slice(...(p as [number | null, number | null, number | null])) : (p as BasicIndex);

/** A recorded argument as the engine takes it; `arrays` are those that calls name. */
const decode = (x: unknown, arrays: Recorded['arrays']): unknown => {
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
  if ('list' in tagged) return (tagged['list'] as unknown[]).map((one) => decode(one, arrays));
  if ('slice' in tagged) return part(tagged['slice']);
  if ('ellipsis' in tagged) return ellipsis;
  if ('function' in tagged) return (...given: unknown[]) => call(tagged['function'] as string, given);
  if ('int' in tagged) return BigInt(tagged['int'] as string);
  if ('float' in tagged) return new PyFloat(Number(String(tagged['float']).replace('inf', 'Infinity')));
  if ('complex' in tagged) return { re: (tagged['complex'] as number[])[0], im: (tagged['complex'] as number[])[1] };
  return stored(tagged['array'] as Stored);
};

const plain = (x: unknown): unknown => (x instanceof PyFloat ? x.value : x);

/** What is no function of numpy's own: operators and methods, and names that are words of TypeScript. */
export const special: Record<string, (args: unknown[]) => unknown> = {
  getitem: ([a, ...index]) => getitem(a as NDArray, index.map(plain) as never),
  setitem: ([a, value, ...index]) => {
    const made = copy(a as NDArray);
    setitem(made, index.map(plain) as never, value as never);
    return made;
  },
  flatten: ([a]) => flatten(a as NDArray),
  astype: ([a, dtype]) => astype(a as NDArray, dtype as DType),
};
export const renamed: Record<string, string> = { var_: 'var', delete_: 'delete' };

/** Functions that change their first argument: it is what was recorded. */
const inPlace = new Set('put place putmask copyto fill_diagonal put_along_axis'.split(' '));

const run = ({ call: name, args, kwargs }: Call, arrays: Recorded['arrays']): unknown => {
  const a = args.map((one) => decode(one, arrays));
  const k = Object.fromEntries(Object.entries(kwargs).map(([key, value]) => [key, plain(decode(value, arrays))]));
  if (inPlace.has(name)) {
    const changed = copy(a[0] as NDArray);
    call(name, [changed, ...a.slice(1)], k);
    return changed;
  }
  return special[name] === undefined ? call(renamed[name] ?? name, a, k) : special[name](a);
};

/** Defaults by their text in Python; null stands for None, undefined for what has no counterpart. */
export const defaultOf = (text: string | null): unknown => {
  if (text === null) return undefined;
  if (text === 'None') return null;
  if (text === 'True' || text === 'False') return text === 'True';
  if (/^'.*'$/.test(text)) return text.slice(1, -1);
  return /^-?[\d.e-]+$/.test(text) ? Number(text) : undefined;
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
  RuntimeError: ['value'],
  LinAlgError: ['linalg'],
};

const norm = (a: NDArray): number =>
  Math.hypot(...numbers(a).flatMap((x) => (isComplex(x) ? [x.re, x.im] : [Number(x)])));

/**
 * How far two good answers of linear algebra may lie apart, in units of their own largest entry: 30 · eps times the
 * condition, which the recorded answer tells. Two BLAS kernels round differently, and what is ill-conditioned shows it.
 */
const conditioned = (c: Call, arrays: Recorded['arrays']): number => {
  const given = c.args.map((one) => decode(one, arrays)).filter((one) => one instanceof NDArray);
  const want = c.want.array ?? c.want.many?.[0].array;
  if (want === undefined || given.every((one) => one.size === 0)) return 0;
  const answer = stored(want);
  const eps = /32|64$/.test(answer.dtype) && answer.dtype !== 'float64' ? 2 ** -23 : 2 ** -52;
  const size = norm(given[0]);
  if (/pinvh?$/.test(c.call)) return 30 * eps * size * norm(answer);
  if (/lstsq$/.test(c.call))
    return 30 * eps * Math.max(...numbers(asarray(call('linalg.cond', [given[0]]) as NDArray)).map(Number)) ** 2;
  // Small angles are what is left of a cosine near one.
  if (/subspace_angles$/.test(c.call)) return Math.sqrt(30 * eps);
  if (/svdvals$/.test(c.call)) return (30 * eps * size) / Math.max(1, norm(answer));
  return 0;
};

/** Sums, transforms and fits, where a result near zero is what is left of larger numbers. */
const mixes =
  /^fft\.|^(convolve|correlate|poly|roots|interp|gradient|trapezoid|corrcoef|nan|logspace|geomspace|sinc|linspace|pad)/;

/** A description of the difference, empty when there is none. */
export const difference = (c: Call, arrays: Recorded['arrays']): string => {
  let got: unknown;
  try {
    got = run(c, arrays);
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
  // Nothing is known of a condition number past 1 / eps but that it is past it.
  if (c.call === 'linalg.cond' && c.want.array?.[1].length === 0 && Number(numbers(stored(c.want.array))[0]) > 1e15)
    return Number(got instanceof NDArray ? got.item() : got) > 1e15 ? '' : `${show(got)} instead of more than 1e15`;
  return compare(
    got,
    c.want,
    c.exact === true,
    /linalg\./.test(c.call) ? Math.max(floor, conditioned(c, arrays)) : floor,
  );
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
  if (want.text !== undefined) {
    const text: unknown = Array.isArray(got) ? got.at(-1) : got;
    return text === want.text ? '' : `${JSON.stringify(text)} instead of ${JSON.stringify(want.text)}`;
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
