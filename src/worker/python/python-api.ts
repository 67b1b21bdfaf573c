/** CPython's own interface, as the WebAssembly module exports it: objects are addresses in its memory. */
export interface PythonApi {
  HEAPU8: Uint8Array;
  HEAP32: Int32Array;
  HEAPF64: Float64Array;
  addFunction(fn: (...args: number[]) => number, signature: string): number;
  _free(address: number): void;
  _malloc(bytes: number): number;
  _PyBuffer_Release(view: number): void;
  _PyCFunction_NewEx(definition: number, self: number, module: number): number;
  _PyComplex_FromDoubles(real: number, imaginary: number): number;
  _PyDict_Next(dict: number, position: number, key: number, value: number): number;
  _PyDict_SetItemString(dict: number, name: number, value: number): number;
  _PyErr_Clear(): void;
  _PyErr_Occurred(): number;
  _PyErr_SetString(kind: number, text: number): void;
  _PyFloat_AsDouble(object: number): number;
  _PyFloat_FromDouble(value: number): number;
  _PyInstanceMethod_New(callable: number): number;
  _PyList_GetItem(list: number, index: number): number;
  _PyList_New(count: number): number;
  _PyList_SetItem(list: number, index: number, item: number): number;
  _PyList_Size(list: number): number;
  _PyLong_AsDouble(object: number): number;
  _PyLong_AsLong(object: number): number;
  _PyLong_FromDouble(value: number): number;
  _PyLong_FromLong(value: number): number;
  _PyLong_FromLongLong(value: bigint): number;
  _PyModule_NewObject(name: number): number;
  _PyObject_GetBuffer(object: number, view: number, flags: number): number;
  _PyObject_Vectorcall(callable: number, args: number, count: number, names: number): number;
  _PySeqIter_New(sequence: number): number;
  _PyTuple_GetItem(tuple: number, index: number): number;
  _PyTuple_SetItem(tuple: number, index: number, item: number): number;
  _PyTuple_Size(tuple: number): number;
  _PyType_GenericAlloc(type: number, items: number): number;
  _PyUnicode_AsUTF8(object: number): number;
  _PyUnicode_FromString(text: number): number;
  _Py_DecRef(object: number): void;
  _Py_IncRef(object: number): void;
}

/** Offsets in objects of 32-bit CPython: the type in every object, the value in a float. */
export const typeOffset = 4;
export const floatOffset = 8;
/** Start, stop and step of a slice stand one after another. */
export const sliceOffset = 8;
/** The hash that a tuple keeps of itself, behind its length. */
export const hashOffset = 12;
