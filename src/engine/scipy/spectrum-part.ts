/** Which eigenvalues scipy.linalg's functions of bands are asked for. */
import { AppError } from '#shared/errors.ts';
import { asarray } from '../create.ts';
import type { NDArray } from '../ndarray.ts';
import type { Operand } from '../ufuncs/definition.ts';

export interface SpectrumPart {
  /** All eigenvalues, those in (low, high], or from the first-th to the last-th, counted from 1. */
  range: 'A' | 'V' | 'I';
  low: number;
  high: number;
  first: number;
  last: number;
}

export type Select = 'a' | 'v' | 'i' | 'all' | 'value' | 'index' | 0 | 1 | 2;

const ranges: ReadonlyMap<unknown, SpectrumPart['range']> = new Map<unknown, SpectrumPart['range']>([
  ...[0, 'a', 'all'].map((word) => [word, 'A'] as const),
  ...[1, 'v', 'value'].map((word) => [word, 'V'] as const),
  ...[2, 'i', 'index'].map((word) => [word, 'I'] as const),
]);

const letters: Readonly<Record<string, string>> = { float64: 'd', float32: 'f', bool: '?', uint64: 'L', uint32: 'I' };

/**
 * What `select` and `select_range` ask of n eigenvalues.
 *
 * `select_range` (2,): bounds (low, high] for 'v', the first and the last place, counted from 0, for 'i'.
 * @throws AppError 'value' "invalid argument for select", "select_range must be a 2-element array-like in nondecreasing
 * order", "when using select="i", select_range must contain integers, got dtype …", "select_range out of bounds".
 * @example spectrumPart('i', [0, 1], 3).last // 2
 */
export function spectrumPart(select: unknown, select_range: Operand | null, n: number): SpectrumPart {
  const range = ranges.get(typeof select === 'string' ? select.toLowerCase() : select);
  if (range === undefined) throw new AppError('value', 'invalid argument for select', { argument: 'select' });
  const part: SpectrumPart = { range, low: 0, high: 1, first: 1, last: 1 };
  if (range === 'A') return part;
  const given: NDArray | null = select_range === null ? null : asarray(select_range);
  const [low, high] = given?.ndim === 1 && given.size === 2 ? [...given].map(Number) : [NaN, NaN];
  if (given === null || !(low <= high)) {
    throw new AppError('value', 'select_range must be a 2-element array-like in nondecreasing order', {
      argument: 'select_range',
    });
  }
  if (range === 'V') return { ...part, low, high };
  if (!/^u?int(16|32|64)$/.test(given.dtype)) {
    const letter = letters[given.dtype] ?? given.dtype[0];
    throw new AppError(
      'value',
      `when using select="i", select_range must contain integers, got dtype ${given.dtype} (${letter})`,
      { argument: 'select_range' },
    );
  }
  if (low < 0 || high >= n) throw new AppError('value', 'select_range out of bounds', { argument: 'select_range' });
  return { ...part, first: low + 1, last: high + 1 };
}

/** How many eigenvalues there are at most. */
export const mostOf = ({ range, first, last }: SpectrumPart, n: number): number =>
  range === 'I' ? last - first + 1 : n;

/**
 * @throws AppError 'value' "illegal value in argument … of internal …" for what LAPACK refuses, 'linalg' "… did not
 * converge (LAPACK info=…)".
 */
export function requireConverged(info: number, driver: string, failed?: (info: number) => string): void {
  if (info === 0) return;
  if (info < 0) throw new AppError('value', `illegal value in argument ${-info} of internal ${driver}`);
  throw new AppError('linalg', `${driver} ${failed?.(info) ?? `did not converge (LAPACK info=${info})`}`);
}
