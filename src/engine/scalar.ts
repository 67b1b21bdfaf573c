/** A complex number as plain data. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** One element of an array: bool → boolean, int64 and uint64 → bigint, complex → Complex, the rest → number. */
export type Scalar = boolean | number | bigint | Complex;

/** Nested lists of scalars, as `array` takes them and `tolist` gives them. */
export type Nested = Scalar | readonly Nested[];

/** A Python float given where a JavaScript integer would be taken for a Python int: `new PyFloat(2)` is `2.0`. */
export class PyFloat {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/**
 * True for a complex scalar.
 * @example [isComplex({ re: 1, im: 2 }), isComplex(1)] // [true, false]
 */
export function isComplex(value: unknown): value is Complex {
  return typeof value === 'object' && value !== null && 're' in value && 'im' in value;
}

/**
 * The real number nearest a scalar; a complex one loses its imaginary part.
 * @example toNumber({ re: 1.5, im: 2 }) // 1.5
 */
export function toNumber(value: Scalar): number {
  return isComplex(value) ? value.re : Number(value);
}
