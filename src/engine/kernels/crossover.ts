/**
 * Elements from which the addon does the work. Measured by setting both numbers to 1 and to Infinity in turns, over
 * lengths of 16 to 8192, the fastest of seven runs each (AMD EPYC of four generations, Node 20), in µs JavaScript / addon:
 * maximum of float64 0.38/0.67 at 128, 0.70/0.66 at 256, 1.33/0.77 at 512; square root 0.69/0.75 at 256, 1.32/0.93 at
 * 512; exp 0.56/0.62 at 64, 1.09/0.69 at 128; int64 sums of two arrays 0.58/0.71 at 16, 1.01/0.69 at 32; float64 to int64
 * 1.09/1.06 at 32, 1.68/1.04 at 64; a[list] 0.93/0.62 at 16. Rows that are repeated pay later (3.5/4.6 at 512).
 */
export const crossover = {
  /** Where the JavaScript loop is plain arithmetic on numbers. */
  plain: 512,
  /** Where it calls a function for each element, or makes a bigint of it. */
  costly: 64,
};

/**
 * By how much more elements a reduction must have, whose result is one number: sums of float64 1.13/2.41 at 2048,
 * 2.20/2.59 at 4096, 4.34/2.87 at 8192; of int64 1.78/2.17 at 256, 2.27/2.18 at 512.
 */
export const reductionFactor = 8;
