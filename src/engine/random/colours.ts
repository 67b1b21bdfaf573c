/** Draws from an urn of several colours: NumPy's multivariate hypergeometric distribution. */
import { AppError } from '#shared/errors.ts';
import { astype } from '../cast.ts';
import { type ArrayLike, asarray, zeros } from '../create.ts';
import { native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { isInteger } from '../promotion.ts';
import { bytesOf, indicesOf } from '../sorting.ts';
import type { BitGenerator } from './bit-generator.ts';
import { type Size, sizeOf } from './sampling.ts';

const largest = 2n ** 63n - 1n;

/** The numbers of balls. @throws AppError 'value' in NumPy's words. */
function balls(colors: ArrayLike): { counts: bigint[]; total: bigint } {
  const given = asarray(colors);
  const wrong = (): AppError =>
    new AppError(
      'value',
      `colors must be a one-dimensional sequence of nonnegative integers not exceeding ${largest}.`,
      { argument: 'colors' },
    );
  if (given.ndim !== 1 || (given.size > 0 && !isInteger(given.dtype))) throw wrong();
  const counts = astype(given, given.dtype === 'uint64' ? 'uint64' : 'int64').tolist() as bigint[];
  if (counts.some((count) => count < 0n || count > largest)) throw wrong();
  const total = counts.reduce((sum, count) => sum + count, 0n);
  if (total > largest) {
    const message = `sum(colors) must not exceed the maximum value of a 64 bit signed integer (${largest})`;
    throw new AppError('value', message, { argument: 'colors' });
  }
  return { counts, total };
}

/**
 * Rows of counts, each for one draw of `nsample` balls.
 * @throws AppError 'value' "method must be "count" or "marginals".", "nsample must be an integer", "nsample must be
 * nonnegative.".
 */
export function coloured(
  bits: BitGenerator,
  colors: ArrayLike,
  nsample: number | bigint,
  size: Size,
  method: string,
): NDArray {
  if (method !== 'count' && method !== 'marginals')
    throw new AppError('value', 'method must be "count" or "marginals".', { argument: 'method' });
  if (typeof nsample !== 'bigint' && !Number.isInteger(nsample))
    throw new AppError('value', 'nsample must be an integer', { argument: 'nsample' });
  if (nsample < 0) throw new AppError('value', 'nsample must be nonnegative.', { argument: 'nsample' });
  const { counts, total } = balls(colors);
  if (method === 'marginals' && total >= 1_000_000_000n) {
    throw new AppError('value', 'When method is "marginals", sum(colors) must be less than 1000000000.', {
      argument: 'colors',
    });
  }
  if (BigInt(nsample) > total) throw new AppError('value', 'nsample > sum(colors)', { argument: 'nsample' });
  if (method === 'count' && total >= 2n ** 30n)
    throw new AppError('memory', `by 'count' all ${total} balls are laid out one by one`, { argument: 'colors' });
  const lead = sizeOf(size);
  const made = zeros([...lead, counts.length], 'int64');
  if (total === 0n || BigInt(nsample) === 0n || made.size === 0) return made;
  // What is left behind is drawn where that is less.
  const most = Number(total);
  const inverted = Number(nsample) > Math.floor(most / 2);
  const wanted = inverted ? most - Number(nsample) : Number(nsample);
  const row = method === 'count' ? countedRow(bits, counts, wanted) : marginalRow(bits, counts, most, wanted);
  const out = indicesOf(made);
  for (let at = 0; at < out.length; at += counts.length) {
    row().forEach((count, k) => {
      out[at + k] = inverted ? counts[k] - BigInt(count) : BigInt(count);
    });
  }
  return made;
}

/** One colour after the other, each by the distribution of two colours. */
function marginalRow(bits: BitGenerator, counts: readonly bigint[], total: number, wanted: number): () => number[] {
  const numbers = counts.map(Number);
  const drawn = new BigInt64Array(1);
  const [good, bad, sample] = [new Float64Array(1), new Float64Array(1), new Float64Array(1)];
  return () => {
    const row = numbers.map(() => 0);
    let [left, others] = [wanted, total];
    for (let k = 0; left > 0 && k + 1 < numbers.length; k++) {
      others -= numbers[k];
      [good[0], bad[0], sample[0]] = [numbers[k], others, left];
      native().randomCounts(bits.state, 'hypergeometric', drawn, good, bad, sample);
      row[k] = Number(drawn[0]);
      left -= row[k];
    }
    if (left > 0) row[row.length - 1] = left;
    return row;
  };
}

/** The first balls of a shuffle; the next row begins with the balls as this one left them. */
function countedRow(bits: BitGenerator, counts: readonly bigint[], wanted: number): () => number[] {
  const urn = new Int32Array(counts.reduce((sum, count) => sum + Number(count), 0));
  let end = 0;
  counts.forEach((count, k) => urn.fill(k, end, (end += Number(count))));
  const step = zeros([1], 'int64');
  return () => {
    const row = counts.map(() => 0);
    for (let j = 0; j < wanted; j++) {
      const most = urn.length - j - 1;
      native().randomIntegers(bits.state, 'int64', bytesOf(step), 0, 1, 0n, BigInt(most), false);
      const at = j + Number(indicesOf(step)[0]);
      [urn[j], urn[at]] = [urn[at], urn[j]];
      row[urn[j]]++;
    }
    return row;
  };
}
