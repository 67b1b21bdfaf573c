/** NumPy's scalars as objects of Python: their values read, and new ones made, without a call of Python's. */
import { type DType, dtypes } from '#shared/dtype.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { type Complex, isComplex, type Scalar } from '#engine/scalar.ts';
import { numpyScalar } from './arguments.ts';
import { floatOffset, type PythonApi } from './python-api.ts';

export class ScalarObjects {
  private readonly api: PythonApi;
  /** Codes of dtypes by the addresses of scalars' classes, and back. */
  private readonly codes = new Map<number, number>();
  private readonly classes: number[] = [];
  private valueOffset = 0;
  private truth = 0;
  private falsehood = 0;

  constructor(api: PythonApi) {
    this.api = api;
  }

  /**
   * Learns where the classes lie.
   *
   * @param words Addresses of the classes in the order of the dtypes' codes, then True_ and False_, parted by blanks.
   * @param valueOffset The slot of an object in which its value stands.
   */
  attach(words: string, valueOffset: number): void {
    const addresses = words.split(' ').map(Number);
    [this.truth, this.falsehood] = addresses.splice(-2);
    for (const [code, address] of addresses.entries()) {
      this.codes.set(address, code);
      this.classes[code] = address;
    }
    this.valueOffset = valueOffset;
  }

  /** A scalar as an array without axes; null for an object of another class, or of more digits than a double has. */
  read(object: number, type: number): NDArray | null {
    const code = this.codes.get(type);
    if (code === undefined) return null;
    const value = this.value(object, code);
    return value === null ? null : numpyScalar(code, value);
  }

  /** The value of a real scalar as a double; null for other objects, and where a double does not hold it. */
  real(object: number, type: number): { value: number; isFloat: boolean; dtype: DType } | null {
    const code = this.codes.get(type);
    if (code === undefined || code > 10) return null;
    const value = this.value(object, code);
    return value === null ? null : { value: Number(value), isFloat: code > 8, dtype: dtypes[code] };
  }

  private value(object: number, code: number): Scalar | null {
    const { HEAP32, HEAPF64 } = this.api;
    if (code === 0) return object === this.truth;
    if (code === 10) return HEAPF64[(object + floatOffset) >>> 3];
    const held = code === 12 ? object : HEAP32[(object + this.valueOffset) >>> 2];
    const place = (held + floatOffset) >>> 3;
    if (code === 9) return HEAPF64[place];
    if (code > 10) return { re: HEAPF64[place], im: HEAPF64[place + 1] };
    const whole = this.api._PyLong_AsDouble(held);
    return Number.isSafeInteger(whole) ? whole : null;
  }

  /** A new scalar; 0 for an integer of more digits than a double has. */
  make(code: number, value: Scalar): number {
    const { api } = this;
    if (code === 0) {
      const made = value === true ? this.truth : this.falsehood;
      api._Py_IncRef(made);
      return made;
    }
    if (isComplex(value)) return this.complex(code, value);
    const number = Number(value);
    if (code < 9 && !Number.isSafeInteger(number)) return 0;
    if (code === 10) return this.float64(number);
    const made = api._PyType_GenericAlloc(this.classes[code], 0);
    api.HEAP32[(made + this.valueOffset) >>> 2] =
      code === 9 ? api._PyFloat_FromDouble(number) : api._PyLong_FromDouble(number);
    return made;
  }

  /** A new float64, the commonest. */
  float64(value: number): number {
    const { api } = this;
    const made = api._PyType_GenericAlloc(this.classes[10], 0);
    api.HEAPF64[(made + floatOffset) >>> 3] = value;
    return made;
  }

  private complex(code: number, { re, im }: Complex): number {
    const { api } = this;
    const made = api._PyType_GenericAlloc(this.classes[code], 0);
    if (dtypes[code] === 'complex64') {
      api.HEAP32[(made + this.valueOffset) >>> 2] = api._PyComplex_FromDoubles(re, im);
      return made;
    }
    const place = (made + floatOffset) >>> 3;
    api.HEAPF64[place] = re;
    api.HEAPF64[place + 1] = im;
    return made;
  }
}
