/** Nested Python lists of plain numbers as an array, read where they lie. */
import type { DType } from '#shared/dtype.ts';
import { empty } from '#engine/create.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { promote_types } from '#engine/promotion.ts';
import type { Known } from './object-reading.ts';
import { floatOffset, type PythonApi, typeOffset } from './python-api.ts';
import type { ScalarObjects } from './scalar-objects.ts';

/** Lists in lists past this are no array: Python refuses them. */
export const deepest = 64;

/** The array of a list, or null when it holds something else than equal lists of numbers of Python's or real ones of NumPy's. */
export function readList(api: PythonApi, known: Known, scalars: ScalarObjects, object: number): NDArray | null {
  const shape: number[] = [];
  const values: number[] = [];
  const imaginary: number[] = [];
  let kind = 0;
  // What NumPy's scalars among them have in common.
  let own: DType | null = null;
  const typeOf = (at: number): number => api.HEAP32[(at + typeOffset) >>> 2];
  const isList = (type: number): boolean => type === known.list || type === known.tuple;
  const walk = (at: number, depth: number): boolean => {
    const type = typeOf(at);
    if (!isList(type)) {
      if (depth !== shape.length) return false;
      if (type === known.float || type === known.float64) {
        kind = Math.max(kind, 2);
        values.push(api.HEAPF64[(at + floatOffset) >>> 3]);
      } else if (type === known.complex) {
        kind = 3;
        const place = (at + floatOffset) >>> 3;
        imaginary[values.push(api.HEAPF64[place]) - 1] = api.HEAPF64[place + 1];
      } else if (type === known.int) {
        const value = api._PyLong_AsDouble(at);
        if (!Number.isSafeInteger(value)) {
          if (value === -1) api._PyErr_Clear();
          return false;
        }
        if (kind === 0) kind = 1;
        values.push(value);
        ints = true;
      } else if (at === known.true || at === known.false) {
        values.push(at === known.true ? 1 : 0);
      } else {
        const scalar = scalars.real(at, type);
        if (scalar === null) return false;
        values.push(scalar.value);
        own = own === null || own === scalar.dtype ? scalar.dtype : promote_types(own, scalar.dtype);
      }
      return true;
    }
    if (depth >= deepest) return false;
    const tuple = type === known.tuple;
    const count = tuple ? api._PyTuple_Size(at) : api._PyList_Size(at);
    // The first way down sets the shape; nothing may be deeper or of another length.
    if (depth === shape.length) {
      if (values.length > 0 || count === 0) return false;
      shape.push(count);
    } else if (shape[depth] !== count) return false;
    for (let k = 0; k < count; k++)
      if (!walk(tuple ? api._PyTuple_GetItem(at, k) : api._PyList_GetItem(at, k), depth + 1)) return false;
    return true;
  };
  let ints = false;
  if (!isList(typeOf(object)) || !walk(object, 0)) return null;
  const others: DType = kind === 3 ? 'complex128' : kind === 2 ? 'float64' : ints ? 'int64' : 'bool';
  const dtype = own === null ? others : promote_types(own, others);
  const made = empty(shape, dtype);
  const { data, start } = made;
  if (data instanceof BigInt64Array || data instanceof BigUint64Array)
    for (let i = 0; i < values.length; i++) data[start + i] = BigInt(values[i]);
  else if (made.entries === 2)
    for (let i = 0; i < values.length; i++) {
      data[start + 2 * i] = values[i];
      data[start + 2 * i + 1] = imaginary[i] ?? 0;
    }
  else (data as Float64Array).set(values, start);
  return made;
}
