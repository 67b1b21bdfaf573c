/** LAPACK's letters: single, double, complex, double complex. */
export type LapackType = 's' | 'd' | 'c' | 'z';
/** Float32Array for s and c, Float64Array for d and z; complex numbers as (re, im) pairs. */
export type Floats = Float32Array | Float64Array;
export type Transpose = 'N' | 'T' | 'C';
export type Triangle = 'U' | 'L';
