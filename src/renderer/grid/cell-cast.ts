/** What NumPy's assignment makes of a typed value in an array of a dtype, said before it is done. */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { isComplex, isInteger, repr } from '../number-format.ts';

export interface ComplexValue {
  re: number;
  im: number;
}

const ranges: Partial<Record<DType, readonly [number, number]>> = {
  int8: [-128, 127],
  int16: [-32768, 32767],
  int32: [-2147483648, 2147483647],
  int64: [-(2 ** 63), 2 ** 63],
  uint8: [0, 255],
  uint16: [0, 65535],
  uint32: [0, 4294967295],
  uint64: [0, 2 ** 64],
};

export interface Cast {
  value: ComplexValue;
  /** Said beside the cell when the value stored is not the value typed. */
  note: string | null;
}

/**
 * The value as it will be stored.
 * @throws AppError 'dtype' or 'value' where NumPy refuses: NaN or infinity as an integer, an integer out of bounds,
 * an imaginary part in a real array
 */
export function castValue(value: ComplexValue, dtype: DType): Cast {
  if (isComplex(dtype)) return { value, note: null };
  if (value.im !== 0) {
    throw new AppError('dtype', "can't convert complex to float", {
      hint: `This matrix is ${dtype}; it holds real numbers`,
    });
  }
  if (dtype === 'bool') {
    const stored = value.re === 0 ? 0 : 1;
    return {
      value: { re: stored, im: 0 },
      note: stored === value.re ? null : `bool holds True or False: ${repr(value.re)} is stored as True`,
    };
  }
  if (!isInteger(dtype)) return { value, note: null };
  if (Number.isNaN(value.re))
    throw new AppError('value', 'cannot convert float NaN to integer', { hint: `This matrix is ${dtype}` });
  if (!Number.isFinite(value.re)) {
    throw new AppError('value', 'cannot convert float infinity to integer', { hint: `This matrix is ${dtype}` });
  }
  const stored = Math.trunc(value.re);
  const [low, high] = ranges[dtype] ?? [-Infinity, Infinity];
  if (stored < low || stored > high) {
    throw new AppError('value', `Python integer ${repr(stored, 'int64')} out of bounds for ${dtype}`, {
      hint: `${dtype} holds ${repr(low, 'int64')} to ${repr(high, 'uint64')}`,
    });
  }
  return {
    value: { re: stored + 0, im: 0 },
    note: stored === value.re ? null : `${dtype} holds whole numbers: ${repr(value.re)} is stored as ${stored}`,
  };
}
