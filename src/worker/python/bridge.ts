/** What Python's `numpy` calls: the module `_eigenscope`. Its functions take and give plain numbers and strings. */
import { dtypes } from '#shared/dtype.ts';
import { AppError, toErrorValue } from '#shared/errors.ts';
import { astype, copy, mayOverlap } from '#engine/cast.ts';
import { as_strided } from '#engine/looks.ts';
import { native } from '#engine/native.ts';
import { matmul } from '#engine/linalg/products.ts';
import { ravel } from '#engine/shape.ts';
import { knownNames, named } from '#engine/names/call.ts';
import { callNamed } from '#engine/names/signature.ts';
import { NDArray } from '#engine/ndarray.ts';
import { get_printoptions, set_printoptions } from '#engine/printing.ts';
import { scalarText } from '#engine/print-number.ts';
import { numpyScalar, readArguments } from './arguments.ts';
import { Cell, type Memory } from './cell.ts';
import { allFinite, fits, raisedBy, watchUnderflow } from './float-checks.ts';
import { FastCalls } from './fast-calls.ts';
import type { PythonApi } from './python-api.ts';
import { elementCalls } from './elements.ts';
import { halfCalls } from './half-floats.ts';
import { getArray, getObject, lookAt, putArray, release } from './handles.ts';
import { picture } from './drawing.ts';
import { memoryCalls } from './memory-calls.ts';
import { callMethod } from './methods.ts';
import { warningsOnly } from './object-making.ts';
import { paintPoints } from './point-painting.ts';
import { giveResult, type Result } from './results.ts';
import { ufuncCalls } from './ufunc-calls.ts';

export { getArray, liveHandles, putArray } from './handles.ts';

/**
 * The module for `pyodide.registerJsModule('_eigenscope', …)`.
 *
 * @param memory Python's memory: `() => pyodide._module.HEAPU8`.
 * @param api CPython's own interface: `pyodide._module`.
 */
export function createBridge(memory: Memory, api: PythonApi): Record<string, unknown> {
  const cell = new Cell(memory);
  const ufuncs = ufuncCalls(cell);
  const fast = new FastCalls(api, cell, ufuncs);

  const call = (name: string, kinds: string, ...values: unknown[]): Result => {
    const found = named(name);
    if (found === null) throw new AppError('value', `module 'numpy' has no attribute '${name}'`, { argument: name });
    const { args, kwargs } = readArguments(kinds, values);
    const { made, up: cast } = ufuncs.calling(name, () => callNamed(name, found, args, kwargs));
    if (cast) return made instanceof NDArray ? -1 - cell.give(made) : warningsOnly;
    const { up, loop } = raisedBy(name, args, made);
    if (up === 0 || !(made instanceof NDArray)) return giveResult(cell, made);
    ufuncs.raise(loop, up);
    return -1 - cell.give(made);
  };

  return {
    attach: (address: number) => {
      cell.attach(address);
    },
    release,
    dtypeNames: (): string => dtypes.join(' '),
    names: (): string => knownNames().join(' '),
    call,
    /** As `call`, but a result without axes stays an array. */
    callKeeping: (name: string, kinds: string, ...values: unknown[]): Result => {
      const found = named(name);
      if (found === null) throw new AppError('value', `module 'numpy' has no attribute '${name}'`, { argument: name });
      const { args, kwargs } = readArguments(kinds, values);
      const { made, up } = ufuncs.calling(name, () => callNamed(name, found, args, kwargs));
      if (!(made instanceof NDArray)) return up ? warningsOnly : giveResult(cell, made);
      return up ? -1 - putArray(made) : putArray(made);
    },
    /** A method of an object that the engine made. */
    method: (handle: number, name: string, kinds: string, ...values: unknown[]): Result => {
      const { args, kwargs } = readArguments(kinds, values);
      return giveResult(cell, callMethod(getObject(handle), name, args, kwargs));
    },
    /** A property of an object that the engine made. */
    attribute: (handle: number, name: string): Result =>
      giveResult(cell, (getObject(handle) as Record<string, unknown>)[name]),
    /** "csr_matrix" for a sparse matrix, nothing for other objects. */
    sparseKind: (handle: number): string => {
      const { format, kind } = getObject(handle) as { format?: unknown; kind?: unknown };
      return typeof format === 'string' && typeof kind === 'string' ? `${format}_${kind}` : '';
    },
    /** Shape and strides of an array as text, parted by blanks and a bar. */
    layout: (handle: number): string => {
      const a = lookAt(handle);
      const flags =
        (a.cContiguous ? 1 : 0) + (a.fContiguous ? 2 : 0) + (a.writeable ? 4 : 0) + (a.base === null ? 8 : 0);
      return `${a.shape.join(' ')}|${a.strides.join(' ')}|${flags}`;
    },
    /** `a @ b`, without the way through names. */
    matmul: (a: number, b: number): number => {
      const operands = [lookAt(a), lookAt(b)] as const;
      const made = matmul(...operands);
      const { up, loop } = raisedBy('matmul', operands, made);
      if (up === 0) return cell.give(made);
      ufuncs.raise(loop, up);
      return -1 - cell.give(made);
    },
    /** A copy in one dimension that owns its memory. */
    flatten: (handle: number, order: 'C'): number => {
      const a = lookAt(handle);
      const { dtype, size, offset, buffer, data } = copy(order === 'C' ? a : ravel(a, order));
      return putArray(new NDArray({ dtype, shape: [size], offset, buffer, data }));
    },
    watchUnderflow,
    size: (handle: number): number => lookAt(handle).size,
    length: (handle: number): number => lookAt(handle).shape[0],
    allFinite: (handle: number): boolean => allFinite(lookAt(handle)),
    /** True when every element can be cast to an integer dtype. */
    fits: (handle: number, code: number): boolean => fits(lookAt(handle), dtypes[code]),
    astype: (handle: number, code: number, order: 'K'): number => {
      const { made, up } = ufuncs.casting(() => putArray(astype(lookAt(handle), dtypes[code], { order })));
      return up ? -1 - made : made;
    },
    offset: (handle: number): number => lookAt(handle).offset,
    shares: (a: number, b: number): boolean => lookAt(a).buffer === lookAt(b).buffer && lookAt(a).base !== null,
    overlap: (a: number, b: number): boolean => mayOverlap(lookAt(a), lookAt(b)),
    /** The handle of the array that this one is a view of, or 0. */
    base: (handle: number): number => {
      const { base } = getArray(handle);
      return base === null ? 0 : putArray(base);
    },
    /** The same memory without permission to write, or with it. */
    writeable: (handle: number, writeable: boolean): number => {
      const a = getArray(handle);
      return putArray(a.view(a.shape, a.strides, a.offset, writeable));
    },
    /** Another look at memory with strides of the caller's own, as `as_strided`. */
    strided: (handle: number, kinds: string, ...values: unknown[]): number => {
      const [shape, strides] = readArguments(kinds, values).args as [number[], number[]];
      return putArray(as_strided(getArray(handle), shape, strides));
    },
    keepScalar: (code: number, value: number | bigint | boolean): number => putArray(numpyScalar(code, value)),
    keepComplex: (code: number, re: number, im: number): number => putArray(numpyScalar(code, { re, im })),
    scalarText: (code: number, value: number): string => scalarText(value, dtypes[code]),
    complexText: (code: number, re: number, im: number): string => scalarText({ re, im }, dtypes[code]),
    fround: (value: number): number => {
      cell.put(Math.fround(value));
      return 0;
    },
    printoptions: (): Result => {
      const options = get_printoptions();
      return giveResult(cell, Object.entries(options));
    },
    setPrintoptions: (kinds: string, ...values: unknown[]): void => {
      set_printoptions(readArguments(kinds, values).kwargs);
    },
    picture,
    paintPoints,
    /** What the engine runs on, as JSON. */
    facts: (): string => {
      const { version, config, core, threads } = native().blas();
      return JSON.stringify({ version, config, core, threads, path: '', cpu: process.arch, system: process.platform });
    },
    setThreads: (threads: number): void => {
      native().setThreads(threads);
    },
    ...elementCalls(cell, ufuncs),
    ...memoryCalls(memory, api, ufuncs),
    ...halfCalls(),
    ...ufuncs.functions,
    fastAttach: (words: string): void => {
      fast.attach(words);
    },
    fastSlot: (which: string, object: number, value: number): boolean => fast.slot(which, object, value),
    fastDtypes: (words: string): void => {
      fast.attachDtypes(words);
    },
    fastUfuncs: (words: string): void => {
      fast.attachUfuncs(words);
    },
    fastScalars: (words: string): void => {
      fast.scalars.attach(words, fast.valueOffset);
    },
    fastInstall: (...all: Parameters<FastCalls['install']>): void => {
      fast.install(...all);
    },
    /** What the last quick call threw: code, message and hint. */
    thrown: (): string => JSON.stringify(toErrorValue(fast.lastError)),
    pendingText: (): Result => {
      const { result } = fast.pending ?? { result: undefined };
      fast.pending = null;
      return giveResult(cell, result);
    },
  };
}
