/** Objects of Python made for what the engine gives: arrays, scalars, lists and tuples of them. */
import { dtypes } from '#shared/dtype.ts';
import { NDArray } from '#engine/ndarray.ts';
import { PyFloat } from '#engine/scalar.ts';
import type { Operand } from '#engine/ufuncs/definition.ts';
import type { UfuncOptions } from '#engine/ufuncs/ufunc.ts';
import type { Cell } from './cell.ts';
import { loopNamed, noticedBy, raised } from './float-checks.ts';
import { dtypeCode, getArray, putArray, putMade } from './handles.ts';
import { hashOffset, type PythonApi, typeOffset } from './python-api.ts';
import type { UfuncCalls } from './ufunc-calls.ts';
import { ObjectReading } from './object-reading.ts';

/** What stands in a tuple or list of results. */
export type Part = NDArray | PyFloat | number | boolean | null;

/** Makes objects of Python, and hands over what only Python's own side can make. */
export class ObjectMaking extends ObjectReading {
  protected readonly cell: Cell;
  protected readonly ufuncs: UfuncCalls;
  protected baseOffset = 0;
  /** The object whose array takes the result of the call that is on, or 0. */
  protected target = 0;
  /** Whether the object that is called may keep what it gives. */
  protected keeps = false;
  /** A result that is no array, on its way to Python as text. */
  pending: { result: unknown } | null = null;

  constructor(api: PythonApi, cell: Cell, ufuncs: UfuncCalls) {
    super(api);
    this.cell = cell;
    this.ufuncs = ufuncs;
  }

  /** One element as a NumPy scalar. */
  protected element(a: NDArray, bytes: number): number {
    const entry = bytes / a.data.BYTES_PER_ELEMENT;
    if (a.dtype === 'float64') return this.scalars.float64(a.data[entry] as number);
    const value = a.read(entry);
    const made = this.scalars.make(dtypeCode(a.dtype), value);
    if (made !== 0) return made;
    this.cell.put(value);
    return this.finish(dtypeCode(a.dtype));
  }

  /** A result as a Python object. */
  protected give(a: NDArray): number {
    if (a.shape.length === 0) return this.element(a, a.offset);
    return this.hold(a);
  }

  protected hold(a: NDArray): number {
    return this.object(this.keeps ? putArray(a) : putMade(a, this.given, this.count));
  }

  /**
   * The handles of several results, 0 of what has no axes: before Python runs again, which may call for more. Each of
   * them counts as given to the next.
   */
  protected holdAll(parts: readonly unknown[]): number[] {
    return parts.map((part) => {
      if (!(part instanceof NDArray) || part.ndim === 0) return 0;
      if (this.keeps) return putArray(part);
      const handle = putMade(part, this.given, this.count);
      this.given[this.count++] = handle;
      return handle;
    });
  }

  /** The arguments may be kept by what the call gives. */
  protected letOut(): void {
    for (let k = 0; k < this.count; k++) getArray(this.given[k]);
  }

  /** The object of Python's that has a handle. */
  protected object(handle: number): number {
    const { api } = this;
    const made = api._PyType_GenericAlloc(this.known.ndarray, 0);
    api.HEAP32[(made + this.handleOffset) >>> 2] = api._PyLong_FromDouble(handle);
    return made;
  }

  /** A view, which says whose memory it shows. */
  protected view(self: number, a: NDArray, view: NDArray): number {
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

  protected checked(name: string, inputs: readonly Operand[], result: NDArray): number {
    // NumPy makes float16 of numbers of 8 bits; Python's side rounds to it.
    if (result.dtype === 'float32' && inputs.every(narrow)) return 0;
    const up = raised(name, inputs, result);
    if (up === 0) return this.give(result);
    this.ufuncs.raise(loopNamed(name, inputs, result), up);
    return this.finish(-1 - this.cell.give(result));
  }

  /** `out`, `where` and `dtype` of a ufunc; null where there is something else. */
  protected options(args: number, count: number, names: number): UfuncOptions | null {
    const { api, known } = this;
    const options: UfuncOptions = {};
    this.target = 0;
    for (let k = 0; k < api._PyTuple_Size(names); k++) {
      const value = api.HEAP32[(args >>> 2) + count + k];
      const isArray = api.HEAP32[(value + typeOffset) >>> 2] === known.ndarray;
      const name = this.words.word(api._PyTuple_GetItem(names, k));
      if (name === 'out' && isArray) {
        options.out = this.array(value);
        this.target = value;
      } else if (name === 'where' && isArray) {
        options.where = this.array(value);
        if (options.where.dtype !== 'bool') return null;
      } else if (name === 'dtype') {
        const code = this.dtypeCodes.get(value);
        // Casts to narrower ones may come with a word.
        if (code === undefined || !/^(float64|complex128)$/.test(dtypes[code])) return null;
        options.dtype = dtypes[code];
      } else return null;
    }
    // Without a place to write to, elements that are left out have no values: there is something to warn of.
    return options.where !== undefined && options.out === undefined ? null : options;
  }

  /** A result of a ufunc, in the object whose array took it if there is one. */
  protected computed(name: string, inputs: readonly Operand[], result: NDArray): number {
    if (this.target === 0) return this.checked(name, inputs, result);
    const up = inputs.includes(result) ? Math.max(0, noticedBy(name, result)) : raised(name, inputs, result);
    if (up !== 0) {
      this.ufuncs.raise(loopNamed(name, inputs, result), up);
      const { target } = this;
      if (this.finish(warningsOnly) === 0) return 0;
      this.target = target;
    }
    this.api._Py_IncRef(this.target);
    return this.target;
  }

  /** Python's own way of taking a result, with its warnings. */
  protected finish(given: number): number {
    const { api } = this;
    const number = api._PyLong_FromDouble(given);
    api.HEAP32[this.scratch >>> 2] = number;
    const made = api._PyObject_Vectorcall(this.known.finish, this.scratch, 1, 0);
    api._Py_DecRef(number);
    return made;
  }

  protected answer(result: unknown, keep: boolean): number {
    if (result instanceof NDArray) return keep ? this.hold(result) : this.give(result);
    if (Array.isArray(result) && result.every((part) => part instanceof NDArray || typeof part === 'number'))
      return this.list(result);
    this.letOut();
    this.pending = { result };
    return this.finish(asText);
  }

  protected list(parts: readonly (NDArray | number)[]): number {
    const { api } = this;
    const held = this.holdAll(parts);
    const made = api._PyList_New(parts.length);
    for (let k = 0; k < parts.length; k++) {
      const part = this.part(parts[k], held[k]);
      if (part === 0) return 0;
      api._PyList_SetItem(made, k, part);
    }
    return made;
  }

  /** One of several results, an array by its handle. */
  private part(given: Part, handle: number): number {
    if (handle !== 0) return this.object(handle);
    return given instanceof NDArray ? this.give(given) : this.plainObject(given);
  }

  /** A number, a truth or None as Python's own. */
  protected plainObject(value: Exclude<Part, NDArray>): number {
    const { api, known } = this;
    if (value instanceof PyFloat) return api._PyFloat_FromDouble(value.value);
    if (typeof value === 'number')
      return Number.isInteger(value) && !Object.is(value, -0)
        ? api._PyLong_FromDouble(value)
        : api._PyFloat_FromDouble(value);
    const made = value === null ? known.none : value ? known.true : known.false;
    api._Py_IncRef(made);
    return made;
  }

  /** Warns of doubts about a result; false where a warning is an error. */
  protected warned(doubts: readonly string[]): boolean {
    const { api } = this;
    for (const words of doubts) {
      const text = this.words.text(words);
      const object = api._PyUnicode_FromString(text);
      api._free(text);
      api.HEAP32[this.scratch >>> 2] = object;
      const done = api._PyObject_Vectorcall(this.known.doubt, this.scratch, 1, 0);
      api._Py_DecRef(object);
      if (done === 0) return false;
      api._Py_DecRef(done);
    }
    return true;
  }

  /** Arrays as a tuple, or as one of a class of tuples with names. */
  protected tuple(parts: readonly Part[], record: number): number {
    const { api } = this;
    const held = this.holdAll(parts);
    const made = this.emptyTuple(parts.length, record);
    for (let k = 0; k < parts.length; k++) {
      const part = this.part(parts[k], held[k]);
      if (part === 0) {
        api._Py_DecRef(made);
        return 0;
      }
      api._PyTuple_SetItem(made, k, part);
    }
    return made;
  }

  /** A tuple whose places are still to be filled; there is one empty tuple only. */
  protected emptyTuple(count: number, record: number): number {
    const { api } = this;
    if (count === 0) {
      api._Py_IncRef(this.known.noItems);
      return this.known.noItems;
    }
    const made = api._PyType_GenericAlloc(record === 0 ? this.known.tuple : record, count);
    // CPython keeps a tuple's hash in it once it was asked for.
    api.HEAP32[(made + hashOffset) >>> 2] = -1;
    return made;
  }

  /** The elements of an array as nested lists of Python's own numbers; 0 for kinds that Python reads itself. */
  protected nested(a: NDArray, axis: number, from: number): number {
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
}

/** True for numbers that float16 holds, and for Python's own. */
function narrow(input: Operand): boolean {
  return !(input instanceof NDArray) || input.itemsize === 1;
}

/** Elements that become a list one by one; longer ones go through memory at once. */
const mostListed = 512;

/** Tells Python that the result waits as text. */
const asText = 15;

/** Tells Python that there is no result, but warnings. */
export const warningsOnly = -16;
