/** Random sparse matrices: the same entries as SciPy's for the same stream. */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { astype as castArray } from '../cast.ts';
import { empty } from '../create.ts';
import { type NDArray } from '../ndarray.ts';
import { integerRange, kindCode } from '../promotion.ts';
import { default_rng, Generator } from '../random/generator.ts';
import { RandomState } from '../random/random-state.ts';
import type { Seed } from '../random/seed-sequence.ts';
import { asformat } from './convert.ts';
import { int32Max, newInts } from './index-lists.ts';
import { Coordinates, type Kind, type Sparse } from './sparse-array.ts';

export interface RandomOptions {
  /** Share of the elements that are stored. */
  density?: number;
  format?: string | null;
  dtype?: DType;
  /** A stream, or the seed of a new Generator. */
  rng?: Generator | RandomState | Seed | null;
  /** The older name: an integer seeds a RandomState. */
  random_state?: Generator | RandomState | Seed | null;
  /** Draws the values in place of uniform ones. */
  data_rvs?: ((size: number) => NDArray) | null;
}

function streamOf({ rng, random_state }: RandomOptions): Generator | RandomState {
  for (const given of [rng, random_state]) if (given instanceof Generator || given instanceof RandomState) return given;
  if (rng !== undefined && rng !== null) return default_rng(rng as Seed);
  if (random_state !== undefined && random_state !== null) return new RandomState(random_state as Seed);
  return default_rng();
}

function sample(m: number, n: number, kind: Kind, options: RandomOptions): Sparse {
  const { density = 0.01, format = 'coo', dtype = 'float64', data_rvs } = options;
  if (!(density >= 0 && density <= 1))
    throw new AppError('value', 'density expected to be 0 <= density <= 1', { argument: 'density' });
  for (const count of [m, n]) {
    if (!Number.isInteger(count) || count < 0)
      throw new AppError('value', "'shape' elements cannot be negative", { argument: 'shape' });
  }
  const total = m * n;
  if (total > Number.MAX_SAFE_INTEGER) throw new AppError('value', 'the matrix has more than 2**53 elements');
  const size = roundHalfEven(density * total);
  const stream = streamOf(options);
  const chosen =
    stream instanceof Generator ? stream.choice(total, size, { replace: false }) : stream.choice(total, size, false);
  const wide = Math.max(m, n) > int32Max;
  const [rows, cols] = [newInts(size, wide), newInts(size, wide)];
  for (let p = 0; p < size; p++) {
    const flat = Number(chosen.data[chosen.start + p]);
    rows[p] = flat % m;
    cols[p] = Math.floor(flat / m);
  }
  const drawn = data_rvs === undefined || data_rvs === null ? draw(stream, size, dtype) : data_rvs(size);
  const values = drawn.dtype === dtype ? drawn : castArray(drawn, dtype);
  return asformat(new Coordinates(kind, [m, n], [rows, cols], values, false), format);
}

/** As Python's `round`. */
function roundHalfEven(x: number): number {
  const low = Math.floor(x);
  if (x - low !== 0.5) return Math.round(x);
  return low % 2 === 0 ? low : low + 1;
}

function draw(stream: Generator | RandomState, size: number, dtype: DType): NDArray {
  const range = integerRange(dtype);
  if (range !== undefined) {
    return stream instanceof Generator
      ? stream.integers(range[0], range[1], size, dtype)
      : stream.randint(range[0], range[1], size, dtype);
  }
  if (kindCode(dtype) !== 'c') return stream.uniform(0, 1, size);
  const [re, im] = [stream.uniform(0, 1, size), stream.uniform(0, 1, size)];
  const made = empty(size, 'complex128');
  for (let p = 0; p < size; p++) {
    made.data[made.start + 2 * p] = re.data[re.start + p];
    made.data[made.start + 2 * p + 1] = im.data[im.start + p];
  }
  return made;
}

/**
 * An m × n matrix with `density` of its elements uniform in [0, 1), in random places: bit by bit SciPy's for the same
 * `rng` or `random_state`.
 *
 * (m, n), in coo unless a format is given; float64 unless another dtype is.
 *
 * @throws AppError 'value' "density expected to be 0 <= density <= 1".
 * @example random(100, 100, { density: 0.05, rng: 1 }).nnz // 500
 */
export function random(m: number, n: number | null = null, options: RandomOptions = {}): Sparse {
  return sample(m, n ?? m, 'matrix', options);
}

/**
 * `random` without a choice of values. (m, n), float64 unless another dtype is given.
 * @example rand(10, 10, { density: 0.2, rng: 1 }).nnz // 20
 */
export function rand(m: number, n: number | null = null, options: Omit<RandomOptions, 'data_rvs'> = {}): Sparse {
  return sample(m, n ?? m, 'matrix', options);
}

/**
 * As `random`, a sparse array. `shape` (m, n), float64 unless another dtype is given.
 * @example random_array([10, 10], { density: 0.2, rng: 1 }).nnz // 20
 */
export function random_array(shape: readonly [number, number], options: RandomOptions = {}): Sparse {
  return sample(shape[0], shape[1], 'array', options);
}
