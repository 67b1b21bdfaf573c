/**
 * The quickest way from Python to the engine: functions that CPython calls as it calls its own C functions, with the
 * addresses of its objects, several times quicker than through proxies. What they do not know they leave to the Python
 * function that stands behind each of them.
 */
import { AppError } from '#shared/errors.ts';
import type { Index } from '#engine/index-plan.ts';
import { getitem, setitem } from '#engine/indexing.ts';
import { matmul } from '#engine/linalg/products.ts';
import { named } from '#engine/names/call.ts';
import { callNamed } from '#engine/names/signature.ts';
import { NDArray, normalizeIndex } from '#engine/ndarray.ts';
import { PyFloat } from '#engine/scalar.ts';
import { ellipsis, Slice } from '#engine/slicing.ts';
import type { Binary, Operand, Unary } from '#engine/ufuncs/ufunc.ts';
import { numpyScalar } from './arguments.ts';
import type { Cell } from './cell.ts';
import { assign } from './elements.ts';
import { raised } from './float-checks.ts';
import { dtypeCode, getArray, putArray } from './handles.ts';
import { floatOffset, type PythonApi, sliceOffset, typeOffset } from './python-api.ts';
import { readList } from './list-reading.ts';
import type { UfuncCalls } from './ufunc-calls.ts';

/** Addresses that Python tells at the start. */
export interface Known {
  ndarray: number;
  int: number;
  float: number;
  bool: number;
  str: number;
  tuple: number;
  list: number;
  slice: number;
  ellipsis: number;
  none: number;
  true: number;
  false: number;
  notImplemented: number;
  float64: number;
  int64: number;
  npTrue: number;
  npFalse: number;
  finish: number;
  fail: number;
}

/** Something in the arguments that only Python's own side can turn into numbers. */
const unknown: unique symbol = Symbol('unknown');

type Body = (args: number, count: number) => number;

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
  private readonly slow: number[] = [];
  private definition = 0;
  private dispatcher = 0;
  private readonly names = new Map<number, string>();
  private readonly scratch: number;

  constructor(api: PythonApi, cell: Cell, ufuncs: UfuncCalls) {
    this.api = api;
    this.cell = cell;
    this.ufuncs = ufuncs;
    this.scratch = api._malloc(32);
    this.dispatcher = api.addFunction((self, args, count) => this.dispatch(self, args, count), 'iiii');
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

  /** Puts a function into a Python dictionary; as a method it is bound to its first argument. */
  install(dict: number, name: string, kind: string, operation: string, slow: number, method: boolean): void {
    const { api } = this;
    const id = this.bodies.push(this.body(kind, operation)) - 1;
    this.slow.push(slow);
    if (slow !== 0) api._Py_IncRef(slow);
    if (this.definition === 0) {
      this.definition = api._malloc(16);
      const text = this.text('engine');
      // PyMethodDef: name, function, METH_FASTCALL, no documentation.
      api.HEAP32.set([text, this.dispatcher, 0x80, 0], this.definition >>> 2);
    }
    const made = api._PyCFunction_NewEx(this.definition, api._PyLong_FromLong(id), 0);
    api._PyDict_SetItemString(dict, this.text(name), method ? api._PyInstanceMethod_New(made) : made);
  }

  private dispatch(self: number, args: number, count: number): number {
    const { api } = this;
    const id = api._PyLong_AsLong(self);
    try {
      const result = this.bodies[id](args, count);
      if (result !== 0) return result;
    } catch (error) {
      this.lastError = error;
      return api._PyObject_Vectorcall(this.known.fail, 0, 0, 0);
    }
    if (api._PyErr_Occurred() !== 0) return 0;
    if (this.slow[id] === 0) return this.known.notImplemented;
    return api._PyObject_Vectorcall(this.slow[id], args, count, 0);
  }

  /** The work of a function; 0 leaves it to Python. */
  private body(kind: string, operation: string): Body {
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
          return this.give(matmul(this.array(x), this.array(y)));
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
          const result = back ? fn(b, a) : fn(a, b);
          if (quiet) return this.give(result);
          return this.checked(operation, back ? [b, a] : [a, b], result);
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
        return (args) => {
          const x = argument(args, 0);
          const a =
            type(x) === this.known.ndarray
              ? this.array(x)
              : type(x) === this.known.float || type(x) === this.known.float64
                ? numpyScalar(10, api.HEAPF64[(x + floatOffset) >>> 3])
                : null;
          return a === null ? 0 : this.checked(operation, [a], fn(a));
        };
      }
      case 'ufunc': {
        const fn = this.ufuncs.find(operation) as Binary;
        return (args) => {
          const [x, y] = [argument(args, 0), argument(args, 1)];
          if (type(x) !== this.known.ndarray) return 0;
          const a = this.array(x);
          const b = this.operand(y, a);
          if (b === unknown) return 0;
          return this.checked(operation, [a, b], fn(a, b));
        };
      }
      case 'array':
        return (args) => {
          const list = readList(api, this.known, argument(args, 0));
          return list === null ? 0 : this.hold(list);
        };
      case 'call':
        return (args) => this.callByName(argument(args, 0), argument(args, 1), argument(args, 2), false);
      case 'callKeeping':
        return (args) => this.callByName(argument(args, 0), argument(args, 1), argument(args, 2), true);
      default:
        throw new AppError('bug', `no quick function of kind ${kind}`);
    }
  }

  private array(object: number): NDArray {
    return getArray(this.api._PyLong_AsDouble(this.api.HEAP32[(object + this.handleOffset) >>> 2]));
  }

  /** The other operand of an operator. */
  private operand(object: number, a: NDArray): Operand | typeof unknown {
    const { api, known } = this;
    const type = api.HEAP32[(object + typeOffset) >>> 2];
    if (type === known.ndarray) return this.array(object);
    if (type === known.float || (type === known.float64 && a.dtype === 'float64'))
      return new PyFloat(api.HEAPF64[(object + floatOffset) >>> 3]);
    if (type === known.float64) return numpyScalar(10, api.HEAPF64[(object + floatOffset) >>> 3]);
    if (type === known.int) return this.integer(object) ?? unknown;
    return unknown;
  }

  /** A Python int that a double holds exactly. */
  private integer(object: number): number | null {
    const value = this.api._PyLong_AsDouble(object);
    if (Number.isSafeInteger(value)) return value;
    if (value === -1) this.api._PyErr_Clear();
    return null;
  }

  private getitem(self: number, key: number): number {
    const { api, known } = this;
    const a = this.array(self);
    const type = api.HEAP32[(key + typeOffset) >>> 2];
    const { ndim } = a;
    if (type === known.int && ndim > 0) {
      const i = this.integer(key);
      if (i === null) return 0;
      const offset = a.offset + normalizeIndex(i, a.shape[0], 0) * a.strides[0];
      if (ndim === 1) return this.element(a, offset);
      return this.view(self, a, a.view(a.shape.slice(1), a.strides.slice(1), offset));
    }
    if (type === known.tuple && ndim === 2 && api._PyTuple_Size(key) === 2) {
      const [p, q] = [api._PyTuple_GetItem(key, 0), api._PyTuple_GetItem(key, 1)];
      if (api.HEAP32[(p + typeOffset) >>> 2] !== known.int || api.HEAP32[(q + typeOffset) >>> 2] !== known.int)
        return 0;
      const [i, j] = [this.integer(p), this.integer(q)];
      if (i === null || j === null) return 0;
      return this.element(
        a,
        a.offset + normalizeIndex(i, a.shape[0], 0) * a.strides[0] + normalizeIndex(j, a.shape[1], 1) * a.strides[1],
      );
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
    if (type === known.int) return this.integer(object) ?? unknown;
    if (object === known.none) return null;
    if (object === known.ellipsis) return ellipsis;
    if (type === known.ndarray) {
      const a = this.array(object);
      return a.ndim === 0 ? unknown : a;
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
    if (type === known.int && a.ndim === 1) {
      const i = this.integer(key);
      if (i === null) return 0;
      offset = a.offset + normalizeIndex(i, a.shape[0], 0) * a.strides[0];
    } else if (type === known.tuple && a.ndim === 2 && api._PyTuple_Size(key) === 2) {
      const [p, q] = [api._PyTuple_GetItem(key, 0), api._PyTuple_GetItem(key, 1)];
      if (api.HEAP32[(p + typeOffset) >>> 2] !== known.int || api.HEAP32[(q + typeOffset) >>> 2] !== known.int)
        return 0;
      const [i, j] = [this.integer(p), this.integer(q)];
      if (i === null || j === null) return 0;
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
    const entry = bytes / a.data.BYTES_PER_ELEMENT;
    if (a.dtype === 'float64') return this.float64(a.data[entry] as number);
    if (a.dtype === 'int64') {
      const value = Number(a.data[entry]);
      if (Number.isSafeInteger(value)) return this.int64(value);
    }
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
    const { api } = this;
    const made = api._PyType_GenericAlloc(this.known.ndarray, 0);
    api.HEAP32[(made + this.handleOffset) >>> 2] = api._PyLong_FromDouble(putArray(a));
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

  private checked(name: string, inputs: readonly Operand[], result: NDArray): number {
    const up = raised(name, inputs, result);
    if (up === 0) return this.give(result);
    this.ufuncs.raise(name, up);
    return this.finish(-1 - this.cell.give(result));
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

  private int64(value: number): number {
    const { api } = this;
    const made = api._PyType_GenericAlloc(this.known.int64, 0);
    api.HEAP32[(made + this.valueOffset) >>> 2] = api._PyLong_FromDouble(value);
    return made;
  }

  private boolean(value: boolean): number {
    const made = value ? this.known.npTrue : this.known.npFalse;
    this.api._Py_IncRef(made);
    return made;
  }

  /** `call(name, args, kwargs)`; arguments that are not plain leave it to Python. */
  private callByName(nameObject: number, argsTuple: number, kwargsDict: number, keep: boolean): number {
    const { api } = this;
    const args: unknown[] = [];
    const count = api._PyTuple_Size(argsTuple);
    for (let k = 0; k < count; k++) {
      const value = this.plain(api._PyTuple_GetItem(argsTuple, k), true);
      if (value === unknown) return 0;
      args.push(value);
    }
    const kwargs: Record<string, unknown> = {};
    const at = this.scratch;
    api.HEAP32[at >>> 2] = 0;
    while (api._PyDict_Next(kwargsDict, at, at + 4, at + 8) !== 0) {
      const object = api.HEAP32[(at >>> 2) + 2];
      if (object === this.known.none) continue;
      const value = this.plain(object, false);
      if (value === unknown) return 0;
      kwargs[this.word(api.HEAP32[(at >>> 2) + 1])] = value;
    }
    const name = this.word(nameObject);
    const found = named(name);
    if (found === null) return 0;
    const result = callNamed(name, found, args, kwargs);
    if (!(result instanceof NDArray)) {
      this.pending = { result };
      return this.finish(asText);
    }
    return keep ? this.hold(result) : this.give(result);
  }

  /** A result that is no array, on its way to Python as text. */
  pending: { result: unknown } | null = null;

  private plain(object: number, operand: boolean, depth = 0): unknown {
    const { api, known } = this;
    const type = api.HEAP32[(object + typeOffset) >>> 2];
    if (type === known.ndarray) return this.array(object);
    if (type === known.int) return this.integer(object) ?? unknown;
    if (object === known.none) return null;
    if (type === known.float) {
      const value = api.HEAPF64[(object + floatOffset) >>> 3];
      return operand && Number.isInteger(value) ? new PyFloat(value) : value;
    }
    if (object === known.true) return true;
    if (object === known.false) return false;
    if (type === known.str) return this.read(object);
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

  /** A constant of our own Python code, which lives as long as the interpreter. */
  private word(object: number): string {
    let found = this.names.get(object);
    if (found === undefined) {
      found = this.read(object);
      this.names.set(object, found);
      this.api._Py_IncRef(object);
    }
    return found;
  }

  private read(object: number): string {
    const from = this.api._PyUnicode_AsUTF8(object);
    const { HEAPU8 } = this.api;
    let to = from;
    while (HEAPU8[to] !== 0) to++;
    return new TextDecoder().decode(HEAPU8.slice(from, to));
  }

  private text(value: string): number {
    const bytes = new TextEncoder().encode(value);
    const at = this.api._malloc(bytes.length + 1);
    this.api.HEAPU8.set(bytes, at);
    this.api.HEAPU8[at + bytes.length] = 0;
    return at;
  }
}

/** Lists in lists past this are left to Python, which refuses them. */
const deepest = 64;

/** Tells Python that the result waits as text. */
const asText = 15;

/** Tells Python that there is no result, but warnings. */
const warningsOnly = -16;
