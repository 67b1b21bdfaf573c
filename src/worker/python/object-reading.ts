/** What the objects of Python hold, read from where they lie in CPython's memory. */
import { type DType, dtypes } from '#shared/dtype.ts';
import type { Index } from '#engine/index-plan.ts';
import { type NDArray } from '#engine/ndarray.ts';
import { PyFloat } from '#engine/scalar.ts';
import { ellipsis, Slice } from '#engine/slicing.ts';
import type { Operand } from '#engine/ufuncs/definition.ts';
import { numpyScalar } from './arguments.ts';
import { isInexact } from './float-checks.ts';
import { lookAt } from './handles.ts';
import { floatOffset, type PythonApi, sliceOffset, typeOffset } from './python-api.ts';
import { deepest, readList } from './list-reading.ts';
import { unknown } from './quick-function.ts';
import { ScalarObjects } from './scalar-objects.ts';
import { Words } from './words.ts';

/** Addresses that Python tells at the start. */
export interface Known {
  ndarray: number;
  int: number;
  float: number;
  bool: number;
  str: number;
  complex: number;
  tuple: number;
  list: number;
  slice: number;
  ellipsis: number;
  none: number;
  true: number;
  false: number;
  notImplemented: number;
  /** The class whose instances stand behind methods. */
  owner: number;
  float64: number;
  int64: number;
  finish: number;
  fail: number;
  /** The function that warns of a doubtful result. */
  doubt: number;
  indexError: number;
  noItems: number;
}

/** Reads arguments by their addresses; what only Python can read is `unknown`, or null. */
export class ObjectReading {
  protected readonly api: PythonApi;
  protected known: Known = {} as Known;
  protected handleOffset = 0;
  /** NumPy's scalars. */
  readonly scalars: ScalarObjects;
  valueOffset = 0;
  protected readonly dtypeCodes = new Map<number, number>();
  protected readonly words: Words;
  protected readonly scratch: number;
  /** The arrays among the arguments of the call that is on, by their handles. */
  protected readonly given: number[] = [];
  protected count = 0;

  constructor(api: PythonApi) {
    this.api = api;
    this.words = new Words(api);
    this.scalars = new ScalarObjects(api);
    this.scratch = api._malloc(32);
  }

  protected array(object: number): NDArray {
    const handle = this.api._PyLong_AsDouble(this.api.HEAP32[(object + this.handleOffset) >>> 2]);
    this.given[this.count++] = handle;
    return lookAt(handle);
  }

  /** A number of Python's or NumPy's as an array without axes; null for everything else. */
  protected number(object: number): NDArray | null {
    const { api, known } = this;
    const type = api.HEAP32[(object + typeOffset) >>> 2];
    if (type === known.float) return numpyScalar(10, api.HEAPF64[(object + floatOffset) >>> 3]);
    if (type === known.int) {
      const whole = this.integer(object);
      return whole === null ? null : numpyScalar(4, BigInt(whole));
    }
    if (type === known.bool) return numpyScalar(0, object === known.true);
    if (type !== known.complex) return this.scalars.read(object, type);
    const at = (object + floatOffset) >>> 3;
    return numpyScalar(12, { re: api.HEAPF64[at], im: api.HEAPF64[at + 1] });
  }

  /** The other operand of an operator, or an operand by itself. */
  protected operand(object: number, a: NDArray | null): Operand | typeof unknown {
    const { api, known } = this;
    const type = api.HEAP32[(object + typeOffset) >>> 2];
    if (type === known.ndarray) return this.array(object);
    if (type === known.float || (type === known.float64 && a?.dtype === 'float64'))
      return new PyFloat(api.HEAPF64[(object + floatOffset) >>> 3]);
    if (type === known.int) return this.integer(object) ?? unknown;
    if (a !== null && (object === known.true || object === known.false)) return object === known.true;
    if (a !== null && type === known.complex) {
      const at = (object + floatOffset) >>> 3;
      return { re: api.HEAPF64[at], im: api.HEAPF64[at + 1] };
    }
    return this.scalars.read(object, type) ?? this.listed(object);
  }

  /** Operands of which the first is no array. Of two numbers of Python one has a dtype, so that the plan for arrays serves them. */
  protected bothNumbers(x: number, y: number): [Operand | typeof unknown, Operand | typeof unknown] {
    const type = (object: number): number => this.api.HEAP32[(object + typeOffset) >>> 2];
    const own = this.scalars.read(x, type(x));
    if (own !== null) return [own, this.operand(y, own)];
    const list = this.listed(x);
    if (list !== unknown) return [list, this.operand(y, list)];
    const b = type(y) === this.known.ndarray ? this.array(y) : (this.number(y) ?? this.listed(y));
    return b === unknown ? [unknown, unknown] : [this.operand(x, b), b];
  }

  /** A list or tuple of plain numbers as an array. */
  protected listed(object: number): NDArray | typeof unknown {
    const { api, known } = this;
    const type = api.HEAP32[(object + typeOffset) >>> 2];
    return type === known.list || type === known.tuple
      ? (readList(api, known, this.scalars, object) ?? unknown)
      : unknown;
  }

  /** The arrays of a list or tuple that holds nothing else. */
  protected arrays(object: number): NDArray[] | typeof unknown {
    const { api, known } = this;
    const type = api.HEAP32[(object + typeOffset) >>> 2];
    if (type !== known.list && type !== known.tuple) return unknown;
    const tuple = type === known.tuple;
    const count = tuple ? api._PyTuple_Size(object) : api._PyList_Size(object);
    if (count === 0) return unknown;
    const arrays: NDArray[] = [];
    for (let k = 0; k < count; k++) {
      const part = tuple ? api._PyTuple_GetItem(object, k) : api._PyList_GetItem(object, k);
      if (api.HEAP32[(part + typeOffset) >>> 2] !== known.ndarray) return unknown;
      arrays.push(this.array(part));
    }
    return arrays;
  }

  /** A Python int that a double holds exactly. */
  protected integer(object: number): number | null {
    const value = this.api._PyLong_AsDouble(object);
    if (Number.isSafeInteger(value)) return value;
    if (value === -1) this.api._PyErr_Clear();
    return null;
  }

  /** An index: a Python int or an int64. */
  protected whole(object: number): number | null {
    const { api, known } = this;
    const type = api.HEAP32[(object + typeOffset) >>> 2];
    if (type === known.int) return this.integer(object);
    return type === known.int64 ? this.integer(api.HEAP32[(object + this.valueOffset) >>> 2]) : null;
  }

  /** The code of a dtype that is given by its whole name. */
  protected dtypeNamed(object: number): number | undefined {
    if (this.api.HEAP32[(object + typeOffset) >>> 2] !== this.known.str) return undefined;
    const word = this.words.read(object);
    const code = dtypes.indexOf(plainNames[word] ?? word);
    return code < 0 ? undefined : code;
  }

  /** An index of integers, slices, None, Ellipsis and arrays; null when there is something else in it. */
  protected index(key: number, type: number): Index[] | null {
    const { api } = this;
    const parts: Index[] = [];
    const count = type === this.known.tuple ? api._PyTuple_Size(key) : 1;
    for (let k = 0; k < count; k++) {
      const part = this.indexPart(type === this.known.tuple ? api._PyTuple_GetItem(key, k) : key);
      if (part === unknown) return null;
      parts.push(part);
    }
    return count === 0 ? null : parts;
  }

  protected indexPart(object: number): Index | typeof unknown {
    const { api, known } = this;
    const type = api.HEAP32[(object + typeOffset) >>> 2];
    if (type === known.int || type === known.int64) return this.whole(object) ?? unknown;
    if (object === known.none) return null;
    if (object === known.ellipsis) return ellipsis;
    if (type === known.ndarray) {
      const a = this.array(object);
      return a.ndim === 0 ? unknown : a;
    }
    if (type === known.list) {
      const list = readList(api, known, this.scalars, object);
      return list !== null && list.size > 0 && !isInexact(list.dtype) ? list : unknown;
    }
    if (type !== known.slice) return unknown;
    const bounds: (number | null)[] = [];
    for (let k = 0; k < 3; k++) {
      const bound = api.HEAP32[(object + sliceOffset + 4 * k) >>> 2];
      if (bound === known.none) bounds.push(null);
      else if (api.HEAP32[(bound + typeOffset) >>> 2] === known.int) {
        const whole = this.integer(bound);
        if (whole === null) return unknown;
        bounds.push(whole);
      } else return unknown;
    }
    return new Slice(...bounds);
  }

  /** Arguments by position and by name as the engine takes them, or null. */
  protected arguments(
    argsTuple: number,
    kwargsDict: number,
  ): { args: unknown[]; kwargs: Record<string, unknown> } | null {
    const { api } = this;
    const args: unknown[] = [];
    const count = api._PyTuple_Size(argsTuple);
    for (let k = 0; k < count; k++) {
      const value = this.plain(api._PyTuple_GetItem(argsTuple, k), true);
      if (value === unknown) return null;
      args.push(value);
    }
    const kwargs: Record<string, unknown> = {};
    const at = this.scratch;
    api.HEAP32[at >>> 2] = 0;
    while (api._PyDict_Next(kwargsDict, at, at + 4, at + 8) !== 0) {
      const object = api.HEAP32[(at >>> 2) + 2];
      if (object === this.known.none) continue;
      const value = this.plain(object, false);
      if (value === unknown) return null;
      kwargs[this.words.word(api.HEAP32[(at >>> 2) + 1])] = value;
    }
    return { args, kwargs };
  }

  protected plain(object: number, operand: boolean, depth = 0): unknown {
    const { api, known } = this;
    const type = api.HEAP32[(object + typeOffset) >>> 2];
    if (type === known.ndarray) return this.array(object);
    if (type === known.int || type === known.int64) return this.whole(object) ?? unknown;
    if (object === known.none) return null;
    if (type === known.float) {
      const value = api.HEAPF64[(object + floatOffset) >>> 3];
      return operand && Number.isInteger(value) ? new PyFloat(value) : value;
    }
    if (object === known.true) return true;
    if (object === known.false) return false;
    if (type === known.str) return this.words.read(object);
    const scalar = operand || type === known.float64 ? this.scalars.read(object, type) : null;
    if (scalar !== null) return scalar;
    if ((type !== known.tuple && type !== known.list) || depth > deepest) return unknown;
    const list: unknown[] = [];
    const isTuple = type === known.tuple;
    const count = isTuple ? api._PyTuple_Size(object) : api._PyList_Size(object);
    for (let k = 0; k < count; k++) {
      const value = this.plain(
        isTuple ? api._PyTuple_GetItem(object, k) : api._PyList_GetItem(object, k),
        false,
        depth + 1,
      );
      if (value === unknown) return unknown;
      list.push(value);
    }
    return list;
  }
}

/** Other names of dtypes that are in use. */
const plainNames: Readonly<Record<string, DType>> = {
  int: 'int64',
  i4: 'int32',
  i8: 'int64',
  float: 'float64',
  f4: 'float32',
  f8: 'float64',
  complex: 'complex128',
};
