/** Arrays of whatever `np.array` is given, and what arrays say of themselves. */
import type { DType } from '#shared/dtype.ts';
import { dtypes } from '#shared/dtype.ts';
import { astype, copy } from '#engine/cast.ts';
import { type NDArray } from '#engine/ndarray.ts';
import { isComplex } from '#engine/scalar.ts';
import { loses } from './float-checks.ts';
import { readList } from './list-reading.ts';
import { ObjectMaking } from './object-making.ts';
import { typeOffset } from './python-api.ts';
import { unknown } from './quick-function.ts';
import { rowsAsArray } from './quick-functions.ts';

/** The work of a function: addresses of its arguments, how many stand by position, the tuple of the others' names; 0 leaves it to Python. */
export type Body = (args: number, count: number, names: number) => number;

export class ArrayCalls extends ObjectMaking {
  protected type(object: number): number {
    return this.api.HEAP32[(object + typeOffset) >>> 2];
  }

  protected argument(args: number, k: number): number {
    return this.api.HEAP32[(args >>> 2) + k];
  }

  /**
   * `array(object, dtype, copy=…)` and its kin.
   *
   * @param copies Whether an array is copied unless `copy` says otherwise.
   */
  protected arrayFrom(args: number, count: number, names: number, copies: boolean): number {
    const { api, known } = this;
    if (count === 0 || count > 2) return 0;
    let want: DType | undefined;
    let copied = copies;
    const given = names === 0 ? count : count + api._PyTuple_Size(names);
    for (let k = 1; k < given; k++) {
      const value = this.argument(args, k);
      const name = k < count ? 'dtype' : this.words.word(api._PyTuple_GetItem(names, k - count));
      if (name === 'dtype' && (k < count || count < 2)) {
        if (value === known.none) continue;
        const code = this.dtypeCodes.get(value) ?? this.dtypeNamed(value);
        if (code === undefined) return 0;
        want = dtypes[code];
      } else if (name === 'copy' && (value === known.true || value === known.none)) copied = value === known.true;
      else return 0;
    }
    const object = this.argument(args, 0);
    if (this.type(object) !== known.ndarray) {
      const made = this.newArray(object);
      if (made === null) return 0;
      if (want === undefined || want === made.dtype) return this.hold(made);
      return loses(made, want) ? 0 : this.hold(astype(made, want));
    }
    const a = this.array(object);
    if (want !== undefined && want !== a.dtype) return loses(a, want) ? 0 : this.hold(astype(a, want));
    if (copied) return this.hold(copy(a, 'K'));
    api._Py_IncRef(object);
    return object;
  }

  /** A list of numbers or of arrays, or a number, as an array; null for everything else. */
  protected newArray(object: number): NDArray | null {
    const { known } = this;
    const type = this.type(object);
    if (type !== known.list && type !== known.tuple) return this.number(object);
    const list = readList(this.api, known, this.scalars, object);
    if (list !== null) return list;
    const rows = this.arrays(object);
    return rows === unknown ? null : rowsAsArray(rows);
  }

  /** The arrays of a list or tuple, which may also stand there as lists of numbers, or numbers. */
  protected parts(object: number): NDArray[] | typeof unknown {
    const { api, known } = this;
    const type = this.type(object);
    if (type !== known.list && type !== known.tuple) return unknown;
    const tuple = type === known.tuple;
    const count = tuple ? api._PyTuple_Size(object) : api._PyList_Size(object);
    if (count === 0) return unknown;
    const parts: NDArray[] = [];
    for (let k = 0; k < count; k++) {
      const part = tuple ? api._PyTuple_GetItem(object, k) : api._PyList_GetItem(object, k);
      const made = this.type(part) === known.ndarray ? this.array(part) : this.newArray(part);
      if (made === null) return unknown;
      parts.push(made);
    }
    return parts;
  }

  /** An attribute of an array. */
  protected attribute(name: string): Body {
    const { api } = this;
    const of = (tell: (a: NDArray) => number): Body => {
      return (args) => {
        const self = this.argument(args, 0);
        return this.type(self) === this.known.ndarray ? tell(this.array(self)) : 0;
      };
    };
    switch (name) {
      case 'size':
        return of((a) => api._PyLong_FromDouble(a.size));
      case 'nbytes':
        return of((a) => api._PyLong_FromDouble(a.nbytes));
      case 'strides':
        return of((a) => this.lengths(a.strides));
      default:
        return of((a) => this.lengths(a.shape));
    }
  }

  /** Integers as a tuple. */
  private lengths(values: readonly number[]): number {
    const { api } = this;
    const made = this.emptyTuple(values.length, 0);
    for (let k = 0; k < values.length; k++) api._PyTuple_SetItem(made, k, api._PyLong_FromDouble(values[k]));
    return made;
  }

  /** `a.item(…)`: an element as one of Python's own numbers. */
  protected item(args: number, count: number): number {
    const self = this.argument(args, 0);
    if (this.type(self) !== this.known.ndarray) return 0;
    const a = this.array(self);
    const { ndim, shape, strides } = a;
    let bytes = a.offset;
    if (count === 1) {
      if (a.size !== 1) return 0;
    } else if (count - 1 === ndim) {
      for (let k = 0; k < ndim; k++) {
        const i = this.whole(this.argument(args, k + 1));
        if (i === null || i < -shape[k] || i >= shape[k]) return 0;
        bytes += (i < 0 ? i + shape[k] : i) * strides[k];
      }
    } else return 0;
    return this.ownNumber(a, bytes);
  }

  /** The number at a place of an array, as Python's own. */
  private ownNumber(a: NDArray, bytes: number): number {
    const { api, known } = this;
    const value = a.read(bytes / a.data.BYTES_PER_ELEMENT);
    if (typeof value === 'boolean') {
      const truth = value ? known.true : known.false;
      api._Py_IncRef(truth);
      return truth;
    }
    if (typeof value === 'bigint') return a.dtype === 'int64' ? api._PyLong_FromLongLong(value) : 0;
    if (isComplex(value)) return api._PyComplex_FromDoubles(value.re, value.im);
    const number = Number(value);
    return a.dtype.startsWith('float') ? api._PyFloat_FromDouble(number) : api._PyLong_FromDouble(number);
  }

  /** Whether `fill` is called for an array and a number. */
  protected fills(self: number, value: number): boolean {
    const { known } = this;
    const type = this.type(value);
    return this.type(self) === known.ndarray && (type === known.int || type === known.float || type === known.float64);
  }
}
