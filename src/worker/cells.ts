import type { Region } from '#shared/contract.ts';
import { AppError } from '#shared/errors.ts';
import type { DType } from '#shared/dtype.ts';
import type { NDArray } from '#engine/ndarray.ts';

/** Element values of a rectangle, row-major, in the array's own dtype (complex: re, im pairs). */
export type CellData = NDArray['data'];

/** The extent of an array as the grid sees it: 1-d is one column, 3-d its first two axes. */
export function extent(shape: readonly number[]): { rows: number; cols: number; planes: number } {
  const [rows = 1, cols = 1, planes = 1] = shape;
  return { rows, cols, planes };
}

/**
 * A region known to be made of integers inside the array.
 * @throws AppError 'index'
 */
export function checkRegion(
  shape: readonly number[],
  region: unknown,
  plane: unknown,
): { region: Region; plane: number } {
  const { rows, cols, planes } = extent(shape);
  const { row0, row1, col0, col1 } = (region ?? {}) as Region;
  const whole = [row0, row1, col0, col1].every(Number.isInteger);
  if (!whole || row0 < 0 || col0 < 0 || row0 > row1 || col0 > col1 || row1 > rows || col1 > cols) {
    throw new AppError(
      'index',
      `region [${row0}:${row1}, ${col0}:${col1}] is out of bounds for shape (${shape.join(', ')})`,
      { argument: 'region' },
    );
  }
  const chosen = plane ?? 0;
  if (!Number.isInteger(chosen) || (chosen as number) < 0 || (chosen as number) >= planes) {
    throw new AppError('index', `index ${String(plane)} is out of bounds for axis 2 with size ${planes}`, {
      argument: 'plane',
    });
  }
  return { region: { row0, row1, col0, col1 }, plane: chosen as number };
}

/** Entries per element of `data`: complex numbers lie as pairs. */
export function parts(dtype: DType): 1 | 2 {
  return dtype === 'complex64' || dtype === 'complex128' ? 2 : 1;
}

/** Visits the runs of a region: index into `data` of each row's first cell, and the step between its cells. */
function rowsOf(
  array: NDArray,
  region: Region,
  plane: number,
  visit: (start: number, step: number, row: number) => void,
): void {
  const bytes = array.data.BYTES_PER_ELEMENT;
  const [rowStride = 0, colStride = 0, planeStride = 0] = array.strides;
  const begin = array.offset + region.col0 * colStride + (array.ndim > 2 ? plane * planeStride : 0);
  const step = colStride / bytes || parts(array.dtype);
  for (let row = region.row0; row < region.row1; row++) {
    visit((begin + row * rowStride) / bytes, step, row - region.row0);
  }
}

/** The cells of a region, copied out in the array's dtype. */
export function readCells(array: NDArray, region: Region, plane: number): CellData {
  const width = region.col1 - region.col0;
  const per = parts(array.dtype);
  const from = array.data;
  const out = new (from.constructor as new (length: number) => CellData)((region.row1 - region.row0) * width * per);
  rowsOf(array, region, plane, (start, step, row) => {
    for (let col = 0; col < width; col++) {
      for (let part = 0; part < per; part++) out[(row * width + col) * per + part] = from[start + col * step + part];
    }
  });
  return out;
}

/** Writes cells that `readCells` or `castCells` gave. */
export function writeCells(array: NDArray, region: Region, plane: number, cells: CellData): void {
  const width = region.col1 - region.col0;
  const per = parts(array.dtype);
  const to = array.data;
  rowsOf(array, region, plane, (start, step, row) => {
    for (let col = 0; col < width; col++) {
      for (let part = 0; part < per; part++) to[start + col * step + part] = cells[(row * width + col) * per + part];
    }
  });
}

const integerLimits: Partial<Record<DType, [number, number]>> = {
  int8: [-128, 127],
  int16: [-32768, 32767],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int64: [-(2 ** 63), 2 ** 63],
  uint8: [0, 255],
  uint16: [0, 65535],
  uint32: [0, 2 ** 32 - 1],
  uint64: [0, 2 ** 64],
};

/**
 * Numbers as cells of a dtype, as NumPy assigns them: integers drop the fraction and refuse what does not fit.
 * @throws AppError 'value' for NaN or an out-of-range number in an integer array, 'dtype' for complex into real.
 */
export function castCells(dtype: DType, values: Float64Array, imag: Float64Array | undefined): CellData {
  const count = values.length;
  if (imag !== undefined && imag.length !== count) throw new AppError('shape', 'values and imag differ in length');
  if (dtype === 'complex64' || dtype === 'complex128') {
    const out = dtype === 'complex64' ? new Float32Array(2 * count) : new Float64Array(2 * count);
    for (let i = 0; i < count; i++) {
      out[2 * i] = values[i];
      out[2 * i + 1] = imag?.[i] ?? 0;
    }
    return out;
  }
  if (imag?.some((part) => part !== 0)) {
    throw new AppError('dtype', `A complex number does not fit into an array of ${dtype}`, {
      argument: 'values',
      hint: 'Make the array complex128 first, or enter a real number.',
    });
  }
  if (dtype === 'float64') return values.slice();
  if (dtype === 'float32') return Float32Array.from(values);
  if (dtype === 'bool') return Uint8Array.from(values, (value) => (value === 0 ? 0 : 1));
  const [low, high] = integerLimits[dtype]!;
  const big = dtype === 'int64' || dtype === 'uint64';
  for (const value of values) {
    if (Number.isNaN(value)) {
      throw new AppError('value', 'cannot convert float NaN to integer', {
        argument: 'values',
        hint: `This array holds ${dtype}; NaN needs a float64 array.`,
      });
    }
    const whole = Math.trunc(value);
    if (whole < low || whole > high || (big && whole === high)) {
      throw new AppError('value', `Python integer ${whole} out of bounds for ${dtype}`, {
        argument: 'values',
        hint: `${dtype} holds whole numbers from ${low} to ${big ? `${high} - 1` : high}.`,
      });
    }
  }
  switch (dtype) {
    case 'int8':
      return Int8Array.from(values, Math.trunc);
    case 'int16':
      return Int16Array.from(values, Math.trunc);
    case 'int32':
      return Int32Array.from(values, Math.trunc);
    case 'uint8':
      return Uint8Array.from(values, Math.trunc);
    case 'uint16':
      return Uint16Array.from(values, Math.trunc);
    case 'uint32':
      return Uint32Array.from(values, Math.trunc);
    case 'int64': {
      const out = new BigInt64Array(count);
      for (let i = 0; i < count; i++) out[i] = BigInt(Math.trunc(values[i]));
      return out;
    }
    case 'uint64': {
      const out = new BigUint64Array(count);
      for (let i = 0; i < count; i++) out[i] = BigInt(Math.trunc(values[i]));
      return out;
    }
  }
}
