import { AppError } from '#shared/errors.ts';
import type { NDArray } from './ndarray.ts';

/** NumPy's words for an array that should have one axis and has none or several. */
export function wrongDepth(a: NDArray, argument: string): AppError {
  const message = a.ndim === 0 ? 'object of too small depth for desired array' : 'object too deep for desired array';
  return new AppError('value', message, { argument, hint: `It has ${a.ndim} axes.` });
}
