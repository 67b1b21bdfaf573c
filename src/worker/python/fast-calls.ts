/**
 * The quickest way from Python to the engine: functions that CPython calls as it calls its own C functions, with the
 * addresses of its objects, several times quicker than through proxies. What they do not know they leave to the Python
 * function that stands behind each of them.
 */
import { type DType, dtypes } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import type { Index } from '#engine/index-plan.ts';
import { getitem, setitem } from '#engine/indexing.ts';
import { matmul } from '#engine/linalg/products.ts';
import { named } from '#engine/names/call.ts';
import { callNamed } from '#engine/names/signature.ts';
import { NDArray, normalizeIndex } from '#engine/ndarray.ts';
import { Generator } from '#engine/random/generator.ts';
import { PyFloat } from '#engine/scalar.ts';
import { ellipsis, Slice } from '#engine/slicing.ts';
import type { Operand } from '#engine/ufuncs/definition.ts';
import type { Binary, Unary } from '#engine/ufuncs/ufunc.ts';
import { numpyScalar } from './arguments.ts';
import type { Cell } from './cell.ts';
import { assign } from './elements.ts';
import { noticedBy, raised, raisedBy, suspicious } from './float-checks.ts';
import { dtypeCode, getArray, getObject, lookAt, putArray, putMade, release } from './handles.ts';
import { callMethod } from './methods.ts';
import { floatOffset, hashOffset, type PythonApi, sliceOffset, typeOffset } from './python-api.ts';
import { readList } from './list-reading.ts';
import { quickFunction, unknown } from './quick-function.ts';
import { quickFunctions, rowsAsArray } from './quick-functions.ts';
import { quickLinalg } from './quick-linalg.ts';
import type { UfuncCalls } from './ufunc-calls.ts';
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
  float64: number;
  int32: number;
  int64: number;
  npTrue: number;
  npFalse: number;
  finish: number;
  fail: number;
  indexError: number;
}

/** The work of a function: addresses of its arguments, how many stand by position, the tuple of the others' names. */
type Body = (args: number, count: number, names: number) => number;

export class FastCalls {
  /** What the last call threw; Python asks for it. */
  lastError: unknown = null;
  private readonly api: PythonApi;
  private readonly cell: Cell;
  private readonly ufuncs: UfuncCalls;
  private known: Known = {} as Known;
  private handleOffset = 0;
  private baseOffset = 0;
  private valueOffset = 0;
  private readonly bodies: Body[] = [];
  /** Which body a function of Python's has, by the object it is bound to. */
  private readonly numbers = new Map<number, number>();
  private readonly slow: number[] = [];
  private readonly takesNames: boolean[] = [];
  private readonly dtypeCodes = new Map<number, number>();
  private dispatcher = 0;
  private readonly words: Words;
  private readonly scratch: number;
  /** The arrays among the arguments of the call that is on, by their handles. */
  private readonly given: number[] = [];
  private count = 0;
  /** Whether the object that is called may keep what it gives. */
  private keeps = false;

  constructor(api: PythonApi, cell: Cell, ufuncs: UfuncCalls) {
    this.api = api;
    this.cell = cell;
    this.ufuncs = ufuncs;
    this.words = new Words(api);
    this.scratch = api._malloc(32);
    this.dispatcher = api.addFunction((self, args, count, names) => this.dispatch(self, args, count, names), 'iiiii');
  }

  /**
   * Learns where Python's classes lie; `words` are names and addresses by turns.
   * The places of slots are found by looking for the address of what Python put there.
   */
  attach(words: string): void {
    const parts = words.split(' ');
    for (let k = 0; k < parts.length; k += 2)
      (this.known as unknown as Record<string, number>)[parts[k]] = Number(parts[k + 1]);
  }

  /** Finds a slot: the place in an object where the address of a value stands. */
  slot(which: string, object: number, value: number): boolean {
    for (let at = 8; at < 64; at += 4) {
      if (this.api.HEAP32[(object + at) >>> 2] !== value) continue;
      if (which === 'handle') this.handleOffset = at;
      else if (which === 'base') this.baseOffset = at;
      else this.valueOffset = at;
      return true;
    }
    return false;
  }

  /** Learns which objects of Python mean a dtype: addresses and codes by turns. */
  attachDtypes(words: string): void {
    const parts = words.split(' ').map(Number);
    for (let k = 0; k < parts.length; k += 2) this.dtypeCodes.set(parts[k], parts[k + 1]);
  }

  /**
   * Puts a function into a Python dictionary; as a method it is bound to its first argument.
   *
   * @param slow The function behind, which does what this one cannot.
   * @param module The name of its module, or 0.
   * @param about Signature and documentation, as CPython keeps them for its own functions.
   * @param record The class of tuples with names that it gives, or 0.
   */
  install(
    dict: number,
    name: string,
    kind: string,
    operation: string,
    slow: number,
    method: boolean,
    module = 0,
    about = '',
    record = 0,
  ): void {
    const { api } = this;
    const id = this.bodies.push(this.body(kind, operation, record)) - 1;
    this.slow.push(slow);
    this.takesNames.push(kind === 'function' || kind === 'ufunc' || (kind === 'unary' && !method));
    if (slow !== 0) api._Py_IncRef(slow);
    if (module !== 0) api._Py_IncRef(module);
    const definition = api._malloc(16);
    const title = this.words.text(name);
    // PyMethodDef: name, function, METH_FASTCALL | METH_KEYWORDS, documentation.
    api.HEAP32.set([title, this.dispatcher, 0x82, about === '' ? 0 : this.words.text(about)], definition >>> 2);
    // A function whose own object is a module is shown as a function, and named by its name alone.
    const self = method ? api._PyLong_FromLong(id) : api._PyModule_NewObject(api._PyUnicode_FromString(title));
    this.numbers.set(self, id);
    const made = api._PyCFunction_NewEx(definition, self, module);
    api._PyDict_SetItemString(dict, title, method ? api._PyInstanceMethod_New(made) : made);
  }

  private dispatch(self: number, args: number, count: number, names: number): number {
    const { api } = this;
    const id = this.numbers.get(self)!;
    this.count = 0;
    this.keeps = false;
    if (names === 0 || this.takesNames[id]) {
      try {
        const result = this.bodies[id](args, count, names);
        if (result !== 0) return result;
      } catch (error) {
        this.lastError = error;
        return api._PyObject_Vectorcall(this.known.fail, 0, 0, 0);
      }
      if (api._PyErr_Occurred() !== 0) return 0;
    }
    if (this.slow[id] === 0) return this.known.notImplemented;
    return api._PyObject_Vectorcall(this.slow[id], args, count, names);
  }

  /** The work of a function; 0 leaves it to Python. */
  private body(kind: string, operation: string, record: number): Body {
    const { api } = this;
    const type = (object: number): number => api.HEAP32[(object + typeOffset) >>> 2];
    const argument = (args: number, k: number): number => api.HEAP32[(args >>> 2) + k];
    switch (kind) {
      case 'getitem':
        return (args) => this.getitem(argument(args, 0), argument(args, 1));
      case 'setitem':
        return (args) => this.setitem(argument(args, 0), argument(args, 1), argument(args, 2));
      case 'len':
        return (args) => {
          const a = this.array(argument(args, 0));
          return a.shape.length === 0 ? 0 : api._PyLong_FromLong(a.shape[0]);
        };
      case 'matmul':
        return (args) => {
          const [x, y] = [argument(args, 0), argument(args, 1)];
          if (type(x) !== this.known.ndarray || type(y) !== this.known.ndarray) return 0;
          const [a, b] = [this.array(x), this.array(y)];
          // What is to be warned of is Python's to do; of large ones it is not worth finding that out twice.
          if (a.size + b.size > mostForFast) return 0;
          const made = matmul(a, b);
          return suspicious('matmul', made) ? 0 : this.give(made);
        };
      case 'binary':
      case 'reflected': {
        const fn = this.ufuncs.find(operation) as Binary;
        const quiet = fn.definition.result === 'bool';
        const back = kind === 'reflected';
        return (args) => {
          const a = this.array(argument(args, 0));
          const b = this.operand(argument(args, 1), a);
          if (b === unknown) return 0;
          const loop = operation === 'power' && !back ? powerLoop(a, b) : operation;
          const result = loop !== operation ? (this.ufuncs.find(loop) as Unary)(a) : back ? fn(b, a) : fn(a, b);
          if (quiet) return this.give(result);
          return this.checked(loop, loop === operation ? (back ? [b, a] : [a, b]) : [a], result);
        };
      }
      case 'inplace': {
        const fn = this.ufuncs.inPlace(operation);
        return (args) => {
          const self = argument(args, 0);
          const a = this.array(self);
          const b = this.operand(argument(args, 1), a);
          if (b === unknown) return 0;
          if (fn(a, b) < 0 && this.finish(warningsOnly) === 0) return 0;
          api._Py_IncRef(self);
          return self;
        };
      }
      case 'unary': {
        const fn = this.ufuncs.find(operation) as Unary;
        return (args, count, names) => {
          const x = argument(args, 0);
          if (names !== 0) {
            const out = this.outOf(argument(args, 1), count, 1, names);
            if (out === null || type(x) !== this.known.ndarray) return 0;
            const a = this.array(x);
            return this.into(operation, [a], fn(a, { out }), argument(args, 1));
          }
          const a = type(x) === this.known.ndarray ? this.array(x) : this.number(x);
          return a === null ? 0 : this.checked(operation, [a], fn(a));
        };
      }
      case 'ufunc': {
        const fn = this.ufuncs.find(operation) as Binary;
        return (args, count, names) => {
          if (count !== 2) return 0;
          const [x, y] = [argument(args, 0), argument(args, 1)];
          if (names !== 0) {
            const out = this.outOf(argument(args, 2), count, 2, names);
            if (out === null || type(x) !== this.known.ndarray) return 0;
            const a = this.array(x);
            const b = this.operand(y, a);
            return b === unknown ? 0 : this.into(operation, [a, b], fn(a, b, { out }), argument(args, 2));
          }
          if (type(x) !== this.known.ndarray) {
            if (type(y) !== this.known.ndarray) return 0;
            const b = this.array(y);
            const a = this.operand(x, b);
            return a === unknown ? 0 : this.checked(operation, [a, b], fn(a, b));
          }
          const a = this.array(x);
          const b = this.operand(y, a);
          if (b === unknown) return 0;
          return this.checked(operation, [a, b], fn(a, b));
        };
      }
      case 'array':
        return (args) => {
          const object = argument(args, 0);
          const list = readList(api, this.known, object);
          if (list !== null) return this.hold(list);
          const rows = this.arrays(object);
          const made = rows === unknown ? null : rowsAsArray(rows);
          return made === null ? 0 : this.hold(made);
        };
      case 'function':
        return this.function(operation, record);
      case 'iter':
        return (args) => {
          const self = argument(args, 0);
          return this.array(self).ndim === 0 ? 0 : api._PySeqIter_New(self);
        };
      case 'drop':
        return (args) => {
          const handle = api.HEAP32[(argument(args, 0) + this.handleOffset) >>> 2];
          if (handle !== 0) release(api._PyLong_AsDouble(handle));
          return this.known.none;
        };
      case 'tolist':
        return (args) => this.nested(this.array(argument(args, 0)), 0, 0);
      case 'method':
        return (args) => this.callMethod(argument(args, 0), argument(args, 1), argument(args, 2), argument(args, 3));
      case 'call':
        return (args) => this.callByName(argument(args, 0), argument(args, 1), argument(args, 2), false);
      case 'callKeeping':
        return (args) => this.callByName(argument(args, 0), argument(args, 1), argument(args, 2), true);
      default:
        throw new AppError('bug', `no quick function of kind ${kind}`);
    }
  }

  /** A function of NumPy that reads its arguments itself. */
  private function(name: string, record: number): Body {
    const { api, known } = this;
    const quick = [quickFunctions, quickLinalg].find((table) => Object.hasOwn(table, name))?.[name];
    if (quick === undefined) throw new AppError('bug', `no quick function ${name}`);
    const type = (object: number): number => api.HEAP32[(object + typeOffset) >>> 2];
    const { gives, call } = quickFunction(quick, {
      array: (object) => (type(object) === known.ndarray ? this.array(object) : this.listed(object)),
      isArray: (object) => type(object) === known.ndarray,
      operand: (object) => this.operand(object, null),
      list: (object) => this.arrays(object),
      lengths: (object) => {
        const whole = this.whole(object);
        if (whole !== null) return whole;
        const tuple = type(object) === known.tuple;
        if (!tuple && type(object) !== known.list) return unknown;
        const lengths: number[] = [];
        const count = tuple ? api._PyTuple_Size(object) : api._PyList_Size(object);
        for (let k = 0; k < count; k++) {
          const part = tuple ? api._PyTuple_GetItem(object, k) : api._PyList_GetItem(object, k);
          const length = this.whole(part);
          if (length === null) return unknown;
          lengths.push(length);
        }
        return lengths;
      },
      integer: (object) => this.whole(object) ?? unknown,
      real: (object) => {
        if (type(object) === known.int) return this.integer(object) ?? unknown;
        return type(object) === known.float || type(object) === known.float64
          ? new PyFloat(api.HEAPF64[(object + floatOffset) >>> 3])
          : unknown;
      },
      word: (object) => (type(object) === known.str ? this.words.read(object) : unknown),
      isNone: (object) => object === known.none,
      truth: (object) => (object === known.true ? true : object === known.false ? false : unknown),
      dtype: (object) => this.dtypeCodes.get(object) ?? this.dtypeNamed(object),
    });
    return (args, count, namesTuple) => {
      const base = args >>> 2;
      const names: string[] = [];
      if (namesTuple !== 0)
        for (let k = 0; k < api._PyTuple_Size(namesTuple); k++)
          names.push(this.words.word(api._PyTuple_GetItem(namesTuple, k)));
      const made = call((k) => api.HEAP32[base + k], count, names);
      if (made === null || suspicious(name, made)) return 0;
      if (gives === 'none') {
        api._Py_IncRef(known.none);
        return known.none;
      }
      if (typeof made === 'boolean') {
        const truth = made ? known.true : known.false;
        api._Py_IncRef(truth);
        return truth;
      }
      if (Array.isArray(made)) return this.tuple(made as NDArray[], record);
      const result = made as NDArray;
      if (gives === 'scalar') return this.give(result);
      if (gives === 'array' || gives === 'tuple') return this.hold(result);
      const self = api.HEAP32[base];
      const source = this.array(self);
      if (result === source) {
        api._Py_IncRef(self);
        return self;
      }
      return result.buffer === source.buffer && result.base !== null
        ? this.view(self, source, result)
        : this.hold(result);
    };
  }

  /** The arrays of a list or tuple that holds nothing else. */
  private arrays(object: number): NDArray[] | typeof unknown {
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

  /** The code of a dtype that is given by its whole name. */
  private dtypeNamed(object: number): number | undefined {
    if (this.api.HEAP32[(object + typeOffset) >>> 2] !== this.known.str) return undefined;
    const code = dtypes.indexOf(this.words.read(object) as DType);
    return code < 0 ? undefined : code;
  }

  private array(object: number): NDArray {
    const handle = this.api._PyLong_AsDouble(this.api.HEAP32[(object + this.handleOffset) >>> 2]);
    this.given[this.count++] = handle;
    return lookAt(handle);
  }

  /** The other operand of an operator, or an operand by itself. */
  private operand(object: number, a: NDArray | null): Operand | typeof unknown {
    const { api, known } = this;
    const type = api.HEAP32[(object + typeOffset) >>> 2];
    if (type === known.ndarray) return this.array(object);
    if (type === known.float || (type === known.float64 && a?.dtype === 'float64'))
      return new PyFloat(api.HEAPF64[(object + floatOffset) >>> 3]);
    if (type === known.float64) return numpyScalar(10, api.HEAPF64[(object + floatOffset) >>> 3]);
    if (type === known.int) return this.integer(object) ?? unknown;
    if (a !== null && (object === known.true || object === known.false)) return object === known.true;
    if (a !== null && type === known.int64) return this.number(object) ?? unknown;
    if (a !== null && type === known.complex) {
      const at = (object + floatOffset) >>> 3;
      return { re: api.HEAPF64[at], im: api.HEAPF64[at + 1] };
    }
    return this.listed(object);
  }

  /** A list or tuple of plain numbers as an array. */
  private listed(object: number): NDArray | typeof unknown {
    const { api, known } = this;
    const type = api.HEAP32[(object + typeOffset) >>> 2];
    return type === known.list || type === known.tuple ? (readList(api, known, object) ?? unknown) : unknown;
  }

  /** A Python int that a double holds exactly. */
  private integer(object: number): number | null {
    const value = this.api._PyLong_AsDouble(object);
    if (Number.isSafeInteger(value)) return value;
    if (value === -1) this.api._PyErr_Clear();
    return null;
  }

  /** An index: a Python int or an int64. */
  private whole(object: number): number | null {
    const { api, known } = this;
    const type = api.HEAP32[(object + typeOffset) >>> 2];
    if (type === known.int) return this.integer(object);
    return type === known.int64 ? this.integer(api.HEAP32[(object + this.valueOffset) >>> 2]) : null;
  }

  /** True when an index is outside; Python then has the error, without the cost of one of ours. */
  private outside(i: number, length: number, axis: number): boolean {
    if (i >= -length && i < length) return false;
    const { api, known } = this;
    const text = this.words.text(`index ${i} is out of bounds for axis ${axis} with size ${length}`);
    api._PyErr_SetString(known.indexError, text);
    api._free(text);
    return true;
  }

  private getitem(self: number, key: number): number {
    const { api, known } = this;
    const a = this.array(self);
    const type = api.HEAP32[(key + typeOffset) >>> 2];
    const { ndim } = a;
    if ((type === known.int || type === known.int64) && ndim > 0) {
      const i = this.whole(key);
      if (i === null || this.outside(i, a.shape[0], 0)) return 0;
      const offset = a.offset + normalizeIndex(i, a.shape[0], 0) * a.strides[0];
      if (ndim === 1) return this.element(a, offset);
      return this.view(self, a, a.view(a.shape.slice(1), a.strides.slice(1), offset));
    }
    if (type === known.tuple && ndim === 2 && api._PyTuple_Size(key) === 2) {
      const i = this.whole(api._PyTuple_GetItem(key, 0));
      const j = i === null ? null : this.whole(api._PyTuple_GetItem(key, 1));
      if (i !== null && j !== null) {
        const row = a.offset + normalizeIndex(i, a.shape[0], 0) * a.strides[0];
        return this.element(a, row + normalizeIndex(j, a.shape[1], 1) * a.strides[1]);
      }
    }
    const index = this.index(key, type);
    if (index === null || ndim === 0) return 0;
    const made = getitem(a, index);
    if (index.some((part) => part instanceof NDArray)) return this.give(made);
    if (made.ndim === 0) return index.includes(ellipsis) ? 0 : this.element(made, made.offset);
    return this.view(self, a, made);
  }

  /** An index of integers, slices, None, Ellipsis and arrays; null when there is something else in it. */
  private index(key: number, type: number): Index[] | null {
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

  private indexPart(object: number): Index | typeof unknown {
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
      const list = readList(api, known, object);
      return list !== null && list.size > 0 && list.dtype !== 'float64' ? list : unknown;
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

  private setitem(self: number, key: number, value: number): number {
    const { api, known } = this;
    const valueType = api.HEAP32[(value + typeOffset) >>> 2];
    const isFloat = valueType === known.float || valueType === known.float64;
    if (valueType === known.ndarray) return this.setPart(self, key, this.array(value));
    if (!isFloat && valueType !== known.int) return 0;
    const scalar = isFloat ? api.HEAPF64[(value + floatOffset) >>> 3] : this.integer(value);
    if (scalar === null) return 0;
    const a = this.array(self);
    const type = api.HEAP32[(key + typeOffset) >>> 2];
    let offset: number;
    if ((type === known.int || type === known.int64) && a.ndim === 1) {
      const i = this.whole(key);
      if (i === null) return 0;
      offset = a.offset + normalizeIndex(i, a.shape[0], 0) * a.strides[0];
    } else if (type === known.tuple && a.ndim === 2 && api._PyTuple_Size(key) === 2) {
      const i = this.whole(api._PyTuple_GetItem(key, 0));
      const j = this.whole(api._PyTuple_GetItem(key, 1));
      if (i === null || j === null) return this.setPart(self, key, isFloat ? new PyFloat(scalar) : scalar);
      offset =
        a.offset + normalizeIndex(i, a.shape[0], 0) * a.strides[0] + normalizeIndex(j, a.shape[1], 1) * a.strides[1];
    } else if (isFloat && !Number.isFinite(scalar) && a.dtype !== 'float64' && a.dtype !== 'float32') {
      return 0;
    } else {
      return this.setPart(self, key, isFloat ? new PyFloat(scalar) : scalar);
    }
    assign(a, offset, scalar, isFloat);
    return known.none;
  }

  /** `a[index] = value` for a value that needs no word of warning. */
  private setPart(self: number, key: number, value: Operand): number {
    const a = this.array(self);
    const index = this.index(key, this.api.HEAP32[(key + typeOffset) >>> 2]);
    if (
      index === null ||
      a.ndim === 0 ||
      (value instanceof NDArray && (value.ndim === 0 || (value.entries === 2 && a.entries === 1)))
    )
      return 0;
    setitem(a, index, value);
    return this.known.none;
  }

  /** One element as a NumPy scalar. */
  private element(a: NDArray, bytes: number): number {
    const { known } = this;
    const entry = bytes / a.data.BYTES_PER_ELEMENT;
    if (a.dtype === 'float64') return this.float64(a.data[entry] as number);
    if (a.dtype === 'int64') {
      const value = Number(a.data[entry]);
      if (Number.isSafeInteger(value)) return this.integerOf(known.int64, value);
    }
    if (a.dtype === 'int32') return this.integerOf(known.int32, a.data[entry] as number);
    if (a.dtype === 'bool') return this.boolean(a.data[entry] !== 0);
    this.cell.put(a.read(entry));
    return this.finish(dtypeCode(a.dtype));
  }

  /** A result as a Python object. */
  private give(a: NDArray): number {
    if (a.shape.length === 0) return this.element(a, a.offset);
    return this.hold(a);
  }

  private hold(a: NDArray): number {
    return this.object(this.keeps ? putArray(a) : putMade(a, this.given, this.count));
  }

  /**
   * The handles of several results, 0 of what has no axes: before Python runs again, which may call for more. Each of
   * them counts as given to the next.
   */
  private holdAll(parts: readonly unknown[]): number[] {
    return parts.map((part) => {
      if (!(part instanceof NDArray) || part.ndim === 0) return 0;
      if (this.keeps) return putArray(part);
      const handle = putMade(part, this.given, this.count);
      this.given[this.count++] = handle;
      return handle;
    });
  }

  /** The arguments may be kept by what the call gives. */
  private letOut(): void {
    for (let k = 0; k < this.count; k++) getArray(this.given[k]);
  }

  /** The object of Python's that has a handle. */
  private object(handle: number): number {
    const { api } = this;
    const made = api._PyType_GenericAlloc(this.known.ndarray, 0);
    api.HEAP32[(made + this.handleOffset) >>> 2] = api._PyLong_FromDouble(handle);
    return made;
  }

  /** A view, which says whose memory it shows. */
  private view(self: number, a: NDArray, view: NDArray): number {
    const { api } = this;
    const made = this.hold(view);
    const owner = api.HEAP32[(self + this.baseOffset) >>> 2];
    const base = owner === 0 || owner === this.known.none ? (a.base === null ? self : 0) : owner;
    if (base !== 0) {
      api._Py_IncRef(base);
      api.HEAP32[(made + this.baseOffset) >>> 2] = base;
    }
    return made;
  }

  /** A number of Python's or NumPy's as an array without axes; null for everything else. */
  private number(object: number): NDArray | null {
    const { api, known } = this;
    const type = api.HEAP32[(object + typeOffset) >>> 2];
    if (type === known.float || type === known.float64)
      return numpyScalar(10, api.HEAPF64[(object + floatOffset) >>> 3]);
    const whole = this.whole(object);
    return whole === null ? null : numpyScalar(4, BigInt(whole));
  }

  private checked(name: string, inputs: readonly Operand[], result: NDArray): number {
    // NumPy makes float16 of numbers of 8 bits; Python's side rounds to it.
    if (result.dtype === 'float32' && inputs.every(narrow)) return 0;
    const up = raised(name, inputs, result);
    if (up === 0) return this.give(result);
    this.ufuncs.raise(name, up);
    return this.finish(-1 - this.cell.give(result));
  }

  /** The array that stands behind the operands as `out=`; null where there is something else. */
  private outOf(object: number, count: number, operands: number, names: number): NDArray | null {
    const { api, known } = this;
    if (count !== operands || api._PyTuple_Size(names) !== 1) return null;
    if (this.words.word(api._PyTuple_GetItem(names, 0)) !== 'out') return null;
    return api.HEAP32[(object + typeOffset) >>> 2] === known.ndarray ? this.array(object) : null;
  }

  /** The object whose array took the result. */
  private into(name: string, inputs: readonly Operand[], result: NDArray, object: number): number {
    const up = inputs.includes(result) ? Math.max(0, noticedBy(name, result)) : raised(name, inputs, result);
    if (up !== 0) {
      this.ufuncs.raise(name, up);
      if (this.finish(warningsOnly) === 0) return 0;
    }
    this.api._Py_IncRef(object);
    return object;
  }

  /** Python's own way of taking a result, with its warnings. */
  private finish(given: number): number {
    const { api } = this;
    const number = api._PyLong_FromDouble(given);
    api.HEAP32[this.scratch >>> 2] = number;
    const made = api._PyObject_Vectorcall(this.known.finish, this.scratch, 1, 0);
    api._Py_DecRef(number);
    return made;
  }

  private float64(value: number): number {
    const { api } = this;
    const made = api._PyType_GenericAlloc(this.known.float64, 0);
    api.HEAPF64[(made + floatOffset) >>> 3] = value;
    return made;
  }

  /** A scalar of one of NumPy's integer types. */
  private integerOf(type: number, value: number): number {
    const { api } = this;
    const made = api._PyType_GenericAlloc(type, 0);
    api.HEAP32[(made + this.valueOffset) >>> 2] = api._PyLong_FromDouble(value);
    return made;
  }

  private boolean(value: boolean): number {
    const made = value ? this.known.npTrue : this.known.npFalse;
    this.api._Py_IncRef(made);
    return made;
  }

  /** Arguments by position and by name as the engine takes them, or null. */
  private arguments(
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

  /** `call(name, args, kwargs)`; arguments that are not plain leave it to Python. */
  private callByName(nameObject: number, argsTuple: number, kwargsDict: number, keep: boolean): number {
    const given = this.arguments(argsTuple, kwargsDict);
    if (given === null) return 0;
    const { args, kwargs } = given;
    const name = this.words.word(nameObject);
    const found = named(name);
    if (found === null) return 0;
    const made = callNamed(name, found, args, kwargs);
    const { up, loop } = raisedBy(name, args, made);
    if (up === 0 || !(made instanceof NDArray) || (keep && made.ndim === 0)) return this.answer(made, keep);
    this.ufuncs.raise(loop, up);
    return this.finish(-1 - this.cell.give(made));
  }

  /** `method(handle, name, args, kwargs)` of an object of the engine. */
  private callMethod(handle: number, nameObject: number, argsTuple: number, kwargsDict: number): number {
    const at = this.integer(handle);
    const given = at === null ? null : this.arguments(argsTuple, kwargsDict);
    if (at === null || given === null) return 0;
    const object = getObject(at);
    // Other objects keep what they are given, and show what they keep.
    this.keeps = !(object instanceof Generator);
    if (this.keeps) this.letOut();
    const result = callMethod(object, this.words.word(nameObject), given.args, given.kwargs);
    if (result !== undefined && result !== null) return this.answer(result, false);
    this.api._Py_IncRef(this.known.none);
    return this.known.none;
  }

  private answer(result: unknown, keep: boolean): number {
    if (result instanceof NDArray) return keep ? this.hold(result) : this.give(result);
    if (Array.isArray(result) && result.every((part) => part instanceof NDArray || typeof part === 'number'))
      return this.list(result);
    this.letOut();
    this.pending = { result };
    return this.finish(asText);
  }

  private list(parts: readonly (NDArray | number)[]): number {
    const { api } = this;
    const held = this.holdAll(parts);
    const made = api._PyList_New(parts.length);
    for (let k = 0; k < parts.length; k++) {
      const given = parts[k];
      const part =
        given instanceof NDArray
          ? held[k] === 0
            ? this.give(given)
            : this.object(held[k])
          : Number.isInteger(given) && !Object.is(given, -0)
            ? api._PyLong_FromDouble(given)
            : api._PyFloat_FromDouble(given);
      if (part === 0) return 0;
      api._PyList_SetItem(made, k, part);
    }
    return made;
  }

  /** Arrays as a tuple, or as one of a class of tuples with names. */
  private tuple(parts: readonly NDArray[], record: number): number {
    const { api } = this;
    const held = this.holdAll(parts);
    const made = api._PyType_GenericAlloc(record === 0 ? this.known.tuple : record, parts.length);
    // CPython keeps a tuple's hash in it once it was asked for.
    api.HEAP32[(made + hashOffset) >>> 2] = -1;
    for (let k = 0; k < parts.length; k++) {
      const part = held[k] === 0 ? this.give(parts[k]) : this.object(held[k]);
      if (part === 0) {
        api._Py_DecRef(made);
        return 0;
      }
      api._PyTuple_SetItem(made, k, part);
    }
    return made;
  }

  /** The elements of an array as nested lists of Python's own numbers; 0 for kinds that Python reads itself. */
  private nested(a: NDArray, axis: number, from: number): number {
    const { api, known } = this;
    if (a.ndim === 0 || a.size > mostListed) return 0;
    const { data, dtype } = a;
    if (dtype !== 'float64' && dtype !== 'int64' && dtype !== 'bool') return 0;
    const bytes = data.BYTES_PER_ELEMENT;
    const made = api._PyList_New(a.shape[axis]);
    for (let k = 0; k < a.shape[axis]; k++) {
      const at = from + k * a.strides[axis];
      let part: number;
      if (axis < a.ndim - 1) part = this.nested(a, axis + 1, at);
      else {
        const value = data[(a.offset + at) / bytes];
        if (dtype === 'float64') part = api._PyFloat_FromDouble(value as number);
        else if (dtype === 'int64') part = api._PyLong_FromLongLong(value as bigint);
        else {
          part = value === 0 ? known.false : known.true;
          api._Py_IncRef(part);
        }
      }
      api._PyList_SetItem(made, k, part);
    }
    return made;
  }

  /** A result that is no array, on its way to Python as text. */
  pending: { result: unknown } | null = null;

  private plain(object: number, operand: boolean, depth = 0): unknown {
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
    if (type === known.float64) return numpyScalar(10, api.HEAPF64[(object + floatOffset) >>> 3]);
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

/** The function that NumPy takes for `a ** b` of floats and a plain number, and names when it warns. */
function powerLoop(a: NDArray, b: Operand): string {
  if (a.dtype !== 'float64' && a.dtype !== 'float32') return 'power';
  if (b instanceof PyFloat) return b.value === 0.5 ? 'sqrt' : 'power';
  return b === 2 ? 'square' : b === -1 ? 'reciprocal' : 'power';
}

/** True for numbers that float16 holds, and for Python's own. */
function narrow(input: Operand): boolean {
  return !(input instanceof NDArray) || input.itemsize === 1;
}

/** Elements that become a list one by one; longer ones go through memory at once. */
const mostListed = 512;
/** Elements of two factors whose product is quick enough to be made twice. */
const mostForFast = 1 << 14;

/** Lists in lists past this are left to Python, which refuses them. */
const deepest = 64;

/** Tells Python that the result waits as text. */
const asText = 15;

/** Tells Python that there is no result, but warnings. */
const warningsOnly = -16;
