import { AppError, type ErrorCode } from '#shared/errors.ts';
import type { NDArray } from '../ndarray.ts';

/** Python's classes of errors that our codes do not name. */
export type PythonError =
  'RuntimeError' | 'NotImplementedError' | 'ZeroDivisionError' | 'ArpackError' | 'ArpackNoConvergence';

/** An error of scipy.sparse with the Python class it has there; no convergence keeps what was found. */
export class SparseError extends AppError {
  readonly python: PythonError;
  readonly eigenvalues: NDArray | undefined;
  readonly eigenvectors: NDArray | undefined;

  constructor(
    python: PythonError,
    message: string,
    more: { argument?: string; hint?: string; eigenvalues?: NDArray; eigenvectors?: NDArray } = {},
  ) {
    const code: ErrorCode = python === 'NotImplementedError' || python === 'ZeroDivisionError' ? 'value' : 'linalg';
    super(code, message, more);
    this.python = python;
    this.eigenvalues = more.eigenvalues;
    this.eigenvectors = more.eigenvectors;
  }
}

/** SciPy's error for what its formats cannot do. */
export function notImplemented(message: string): SparseError {
  return new SparseError('NotImplementedError', message);
}
