/** The vocabulary of everything that can go wrong. Errors cross every process boundary as these values. */
export type ErrorCode =
  'shape' | 'dtype' | 'value' | 'index' | 'linalg' | 'memory' | 'cancelled' | 'worker-lost' | 'parse' | 'io' | 'bug';

/** An error as it travels: plain data, safe for structured clone and for the wire. */
export interface ErrorValue {
  code: ErrorCode;
  message: string;
  /** The argument or file at fault, by its name in the contract. */
  argument?: string;
  /** What the person can do about it. */
  hint?: string;
  /** Only for `bug`: the stack, for the panel that can be copied. */
  stack?: string;
}

/** An expected error with its code; `hint` says what to do. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly argument: string | undefined;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, more: { argument?: string; hint?: string; cause?: unknown } = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'AppError';
    this.code = code;
    this.argument = more.argument;
    this.hint = more.hint;
  }
}

/** How a native routine ends without being at fault: there is no memory, LAPACK counts no further, it was asked to stop. */
const nativeCodes = ['memory', 'linalg', 'cancelled'] as const;

function isNativeCode(code: unknown): code is (typeof nativeCodes)[number] {
  return (nativeCodes as readonly unknown[]).includes(code);
}

/** Turns anything thrown into an `ErrorValue`; what is not an `AppError` is a `bug` and keeps its stack. */
export function toErrorValue(thrown: unknown): ErrorValue {
  if (thrown instanceof AppError) {
    const value: ErrorValue = { code: thrown.code, message: thrown.message };
    if (thrown.argument !== undefined) value.argument = thrown.argument;
    if (thrown.hint !== undefined) value.hint = thrown.hint;
    return value;
  }
  if (thrown instanceof Error && 'code' in thrown && isNativeCode(thrown.code))
    return { code: thrown.code, message: thrown.message };
  if (thrown instanceof Error) {
    return { code: 'bug', message: thrown.message, stack: thrown.stack ?? String(thrown) };
  }
  return { code: 'bug', message: String(thrown) };
}

/** The inverse of `toErrorValue`: an `AppError` on this side of the boundary. */
export function fromErrorValue(value: ErrorValue): AppError {
  const error = new AppError(value.code, value.message, {
    ...(value.argument === undefined ? {} : { argument: value.argument }),
    ...(value.hint === undefined ? {} : { hint: value.hint }),
  });
  if (value.stack !== undefined) error.stack = value.stack;
  return error;
}
