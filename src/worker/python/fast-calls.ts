/**
 * The quickest way from Python to the engine: functions that CPython calls as it calls its own C functions, with the
 * addresses of its objects, several times quicker than through proxies. What they do not know they leave to the Python
 * function that stands behind each of them.
 */
import { AppError } from '#shared/errors.ts';
import { mayExceed } from '#engine/cast.ts';
import { listen, unlisten } from '#engine/doubts.ts';
import { getitem, setitem } from '#engine/indexing.ts';
import { matmul } from '#engine/linalg/products.ts';
import { named } from '#engine/names/call.ts';
import { callNamed } from '#engine/names/signature.ts';
import { NDArray, normalizeIndex } from '#engine/ndarray.ts';
import { Generator } from '#engine/random/generator.ts';
import { PyFloat } from '#engine/scalar.ts';
import { ellipsis } from '#engine/slicing.ts';
import type { Operand } from '#engine/ufuncs/definition.ts';
import type { Binary, Unary } from '#engine/ufuncs/ufunc.ts';
import { ArrayCalls, type Body } from './array-calls.ts';
import type { Cell } from './cell.ts';
import { assign } from './elements.ts';
import { mayRaise, overflow, raisedBy, suspicious } from './float-checks.ts';
import { getObject, putArray, release } from './handles.ts';
import { callMethod } from './methods.ts';
import { floatOffset, type PythonApi, typeOffset } from './python-api.ts';
import { type ObjectReader, quickFunction, type QuickFunction, unknown } from './quick-function.ts';
import { quickForwards } from './quick-forwards.ts';
import { quickFunctions } from './quick-functions.ts';
import { quickLinalg } from './quick-linalg.ts';
import { quickScipy } from './quick-scipy.ts';
import { type Part, warningsOnly } from './object-making.ts';
import type { UfuncCalls } from './ufunc-calls.ts';
import { ufuncMethods } from './ufunc-methods.ts';

export class FastCalls extends ArrayCalls {
  /** What the last call threw; Python asks for it. */
  lastError: unknown = null;
  private readonly bodies: Body[] = [];
  /** Which body a function of Python's has, by the object it is bound to. */
  private readonly numbers = new Map<number, number>();
  private readonly slow: number[] = [];
  private readonly takesNames: boolean[] = [];
  private dispatcher = 0;
  /** Names of ufuncs by the addresses of their objects. */
  private readonly ufuncNames = new Map<number, string>();

  constructor(api: PythonApi, cell: Cell, ufuncs: UfuncCalls) {
    super(api, cell, ufuncs);
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

  /** Learns where the objects of ufuncs lie: addresses and names by turns. */
  attachUfuncs(words: string): void {
    const parts = words.split(' ');
    for (let k = 0; k < parts.length; k += 2) this.ufuncNames.set(Number(parts[k]), parts[k + 1]);
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
    this.takesNames.push(['array', 'function', 'ufunc', 'ufuncMethod'].includes(kind) || (kind === 'unary' && !method));
    if (slow !== 0) api._Py_IncRef(slow);
    if (module !== 0) api._Py_IncRef(module);
    const definition = api._malloc(16);
    const title = this.words.text(name);
    // PyMethodDef: name, function, METH_FASTCALL | METH_KEYWORDS, documentation.
    api.HEAP32.set([title, this.dispatcher, 0x82, about === '' ? 0 : this.words.text(about)], definition >>> 2);
    // A function whose own object is a module is shown as a function, and named by its name alone.
    const self = method
      ? api._PyObject_Vectorcall(this.known.owner, 0, 0, 0)
      : api._PyModule_NewObject(api._PyUnicode_FromString(title));
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
    const type = (object: number): number => this.type(object);
    const argument = (args: number, k: number): number => this.argument(args, k);
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
          const a = type(x) === this.known.ndarray ? this.array(x) : this.newArray(x);
          if (a === null) return 0;
          if (names === 0) return this.checked(operation, [a], fn(a));
          const options = count === 1 ? this.options(args, count, names) : null;
          return options === null ? 0 : this.computed(operation, [a], fn(a, options));
        };
      }
      case 'ufunc': {
        const fn = this.ufuncs.find(operation) as Binary;
        return (args, count, names) => {
          if (count !== 2) return 0;
          const [x, y] = [argument(args, 0), argument(args, 1)];
          let a: Operand | typeof unknown;
          let b: Operand | typeof unknown;
          if (type(x) === this.known.ndarray) {
            a = this.array(x);
            b = this.operand(y, a);
          } else [a, b] = this.bothNumbers(x, y);
          if (a === unknown || b === unknown) return 0;
          if (names === 0) return this.checked(operation, [a, b], fn(a, b));
          const options = this.options(args, count, names);
          return options === null ? 0 : this.computed(operation, [a, b], fn(a, b, options));
        };
      }
      case 'array':
        return (args, count, names) => this.arrayFrom(args, count, names, operation === 'copy');
      case 'attribute':
        return this.attribute(operation);
      case 'item':
        return (args, count) => this.item(args, count);
      case 'fill':
        return (args, count) =>
          count === 2 && this.fills(argument(args, 0), argument(args, 1))
            ? this.setitem(argument(args, 0), this.known.ellipsis, argument(args, 1))
            : 0;
      case 'ufuncMethod':
        return this.ufuncMethod(operation);
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
    const quick = [quickFunctions, quickLinalg, quickForwards, quickScipy].find((table) =>
      Object.hasOwn(table, name),
    )?.[name];
    if (quick === undefined) throw new AppError('bug', `no quick function ${name}`);
    const made = quickFunction(quick, this.reader());
    const watched = mayRaise(name) ? name : '';
    return (args, count, names) => this.callQuick(watched, made, record, args, count, names);
  }

  /** A method of ufuncs, whose first argument is the ufunc. */
  private ufuncMethod(method: string): Body {
    const made = new Map<number, QuickFunction>();
    return (args, count, names) => {
      const self = this.argument(args, 0);
      const name = this.ufuncNames.get(self);
      if (name === undefined) return 0;
      let own = made.get(self);
      if (own === undefined) {
        own = quickFunction(ufuncMethods(name, this.ufuncs.find(name) as Binary)[method], this.reader());
        made.set(self, own);
      }
      // These look at their results themselves.
      return this.callQuick('', own, 0, args + 4, count - 1, names);
    };
  }

  private shared: ObjectReader | null = null;

  private reader(): ObjectReader {
    return (this.shared ??= this.makeReader());
  }

  private makeReader(): ObjectReader {
    const { api, known } = this;
    const type = (object: number): number => this.type(object);
    return {
      array: (object) => (type(object) === known.ndarray ? this.array(object) : (this.newArray(object) ?? unknown)),
      target: (object) => {
        if (type(object) !== known.ndarray) return unknown;
        this.target = object;
        return this.array(object);
      },
      index: (object) => this.index(object, type(object)) ?? unknown,
      isArray: (object) => type(object) === known.ndarray,
      operand: (object) => this.operand(object, null),
      list: (object) => this.parts(object),
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
      parts: (object, count) =>
        type(object) === known.tuple && api._PyTuple_Size(object) === count
          ? Array.from({ length: count }, (_, k) => api._PyTuple_GetItem(object, k))
          : unknown,
      integer: (object) => this.whole(object) ?? unknown,
      real: (object) => {
        if (type(object) === known.int) return this.integer(object) ?? unknown;
        return type(object) === known.float || type(object) === known.float64
          ? new PyFloat(api.HEAPF64[(object + floatOffset) >>> 3])
          : unknown;
      },
      word: (object) => (type(object) === known.str ? this.words.read(object) : unknown),
      isNone: (object) => object === known.none,
      isList: (object) => type(object) === known.list,
      truth: (object) => (object === known.true ? true : object === known.false ? false : unknown),
      dtype: (object) => this.dtypeCodes.get(object) ?? this.dtypeNamed(object),
    };
  }

  /** @param watched The name of a function whose results may have to be warned of, else nothing. */
  private callQuick(
    watched: string,
    { gives, call, doubts }: QuickFunction,
    record: number,
    args: number,
    count: number,
    namesTuple: number,
  ): number {
    const { api, known } = this;
    const base = args >>> 2;
    let names = noNames;
    if (namesTuple !== 0) {
      names = [];
      for (let k = 0; k < api._PyTuple_Size(namesTuple); k++)
        names.push(this.words.word(api._PyTuple_GetItem(namesTuple, k)));
    }
    this.target = 0;
    if (doubts) listen();
    const made = call((k) => api.HEAP32[base + k], count, names);
    const said = doubts ? unlisten() : noNames;
    if (made === null || (watched !== '' && suspicious(watched, made)) || !this.warned(said)) return 0;
    if (gives === 'none') return this.again(known.none);
    if (this.target !== 0) return this.again(this.target);
    if (gives === 'views') return this.views(api.HEAP32[base], made as NDArray[]);
    if (Array.isArray(made)) return this.tuple(made as Part[], record);
    if (!(made instanceof NDArray)) return this.plainObject(made as Exclude<Part, NDArray>);
    const result = made;
    if (gives === 'scalar') return this.give(result);
    return gives === 'view' ? this.shown(api.HEAP32[base], result) : this.hold(result);
  }

  /** An argument itself, a view of it, or a new array. */
  private shown(self: number, result: NDArray): number {
    if (this.type(self) !== this.known.ndarray) return this.hold(result);
    const source = this.array(self);
    if (result === source) return this.again(self);
    return result.base !== null && result.base === (source.base ?? source)
      ? this.view(self, source, result)
      : this.hold(result);
  }

  /** Parts of an argument as a list. */
  private views(self: number, parts: readonly NDArray[]): number {
    const { api } = this;
    const made = api._PyList_New(parts.length);
    for (let k = 0; k < parts.length; k++) api._PyList_SetItem(made, k, this.shown(self, parts[k]));
    return made;
  }

  /** An object that is there already. */
  private again(object: number): number {
    this.api._Py_IncRef(object);
    return object;
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

  private setitem(self: number, key: number, value: number): number {
    const { api, known } = this;
    const valueType = api.HEAP32[(value + typeOffset) >>> 2];
    let isFloat = valueType === known.float || valueType === known.float64;
    if (valueType === known.ndarray) return this.setPart(self, key, this.array(value));
    const a = this.array(self);
    if (valueType === known.list || valueType === known.tuple) {
      // Into other dtypes numbers of a list are cast one by one, and may be refused.
      const list = this.listed(value);
      const index = this.index(key, api.HEAP32[(key + typeOffset) >>> 2]);
      // One element takes no list, as Python says in words for each dtype.
      const one = index !== null && index.length === a.ndim && index.every((part) => typeof part === 'number');
      if (list === unknown || one || (list.dtype !== a.dtype && a.dtype !== 'float64')) return 0;
      return this.setPart(self, key, list);
    }
    let scalar: number | null;
    if (isFloat) scalar = api.HEAPF64[(value + floatOffset) >>> 3];
    else if (valueType === known.int) scalar = this.integer(value);
    else {
      const own = this.scalars.real(value, valueType);
      if (own === null) return 0;
      // NumPy's own scalars are counted round where no number is below 0; Python does that.
      const unsigned = a.dtype.startsWith('uint');
      if (unsigned && (own.isFloat || own.value < 0 || own.value >= 256 ** a.itemsize)) return 0;
      scalar = own.value;
      ({ isFloat } = own);
    }
    if (scalar === null) return 0;
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
    return this.told(assign(a, offset, scalar, isFloat));
  }

  /** Nothing, perhaps after a warning of a cast; 0 where that is an error. */
  private told(up: boolean): number {
    if (!up) return this.known.none;
    this.ufuncs.raise('cast', overflow);
    return this.finish(warningsOnly) === 0 ? 0 : this.known.none;
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
    const from = value instanceof NDArray ? value.dtype : value instanceof PyFloat ? 'float64' : a.dtype;
    if (from === a.dtype || !mayExceed(from, a.dtype)) {
      setitem(a, index, value);
      return this.known.none;
    }
    const { up } = this.ufuncs.casting(() => {
      setitem(a, index, value);
    });
    return up && this.finish(warningsOnly) === 0 ? 0 : this.known.none;
  }

  /** `call(name, args, kwargs)`; arguments that are not plain leave it to Python. */
  private callByName(nameObject: number, argsTuple: number, kwargsDict: number, keep: boolean): number {
    const given = this.arguments(argsTuple, kwargsDict);
    if (given === null) return 0;
    const { args, kwargs } = given;
    const name = this.words.word(nameObject);
    const found = named(name);
    if (found === null) return 0;
    const doubtful = name.startsWith('scipy.linalg.');
    if (doubtful) listen();
    const { made, up: cast } = this.ufuncs.calling(name, () => callNamed(name, found, args, kwargs));
    if (doubtful && !this.warned(unlisten())) return 0;
    if (cast) {
      const given = made instanceof NDArray ? -1 - (keep ? putArray(made) : this.cell.give(made)) : warningsOnly;
      return this.finish(given);
    }
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
}

const noNames: string[] = [];

/** Elements of two factors whose product is quick enough to be made twice. */
const mostForFast = 1 << 14;

/** The function that NumPy takes for `a ** b` of floats and a plain number, and names when it warns. */
function powerLoop(a: NDArray, b: Operand): string {
  if (a.dtype !== 'float64' && a.dtype !== 'float32') return 'power';
  if (b instanceof PyFloat) return b.value === 0.5 ? 'sqrt' : 'power';
  return b === 2 ? 'square' : b === -1 ? 'reciprocal' : 'power';
}
