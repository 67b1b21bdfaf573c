import { AppError } from '#shared/errors.ts';

/** A function under its NumPy name: its parameters in NumPy's order, and how to call it with their values. */
export interface Named {
  parameters: readonly string[];
  /** Parameters without a default. */
  required: number;
  /** The last parameter takes all further positional arguments, as a list. */
  rest: boolean;
  call: (values: readonly unknown[]) => unknown;
}

type Callable = (...values: never[]) => unknown;

/** Parameters where Python's None means "not given". */
const noneIsAbsent = new Set(['dtype', 'out', 'where', 'initial', 'weights', 'y', 'p', 'sorter', 'N']);

/**
 * A function whose TypeScript parameters stand in NumPy's order. Optional names end in `?`, one that collects the rest
 * begins with `*`.
 */
export function direct(fn: Callable, signature: string): Named {
  const named = parse(signature);
  return { ...named, call: (values) => (fn as (...all: unknown[]) => unknown)(...spread(named, values)) };
}

/** A function of some operands and one object of options; the options are the parameters after the bar. */
export function optional(fn: Callable, signature: string): Named {
  const [first, second = ''] = signature.split('|');
  const operands = parse(first);
  const options = parse(second);
  const count = operands.parameters.length;
  return {
    parameters: [...operands.parameters, ...options.parameters],
    required: operands.required,
    rest: false,
    call: (values) => {
      const given = options.parameters.flatMap((name, k) =>
        values[count + k] === undefined ? [] : [[name, values[count + k]]],
      );
      return (fn as (...all: unknown[]) => unknown)(...values.slice(0, count), Object.fromEntries(given));
    },
  };
}

function parse(signature: string): Omit<Named, 'call'> {
  const words = signature
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  return {
    parameters: words.map((word) => word.replace(/[?*]/g, '')),
    required: words.filter((word) => !/[?*]/.test(word)).length,
    rest: words.at(-1)?.startsWith('*') ?? false,
  };
}

function spread(named: Omit<Named, 'call'>, values: readonly unknown[]): readonly unknown[] {
  if (!named.rest) return values;
  return [...values.slice(0, -1), ...((values.at(-1) as unknown[] | undefined) ?? [])];
}

/**
 * Calls a named function with positional and keyword arguments, as Python binds them.
 *
 * @throws AppError 'dtype' (Python's TypeError) for arguments that do not fit the signature.
 */
export function callNamed(
  name: string,
  named: Named,
  args: readonly unknown[],
  kwargs: Readonly<Record<string, unknown>> = {},
): unknown {
  const { parameters, required, rest } = named;
  const fixed = rest ? parameters.length - 1 : parameters.length;
  if (args.length > fixed && !rest) {
    throw new AppError(
      'dtype',
      `${name}() takes ${required === fixed ? fixed : `from ${required} to ${fixed}`} positional arguments but ${args.length} were given`,
    );
  }
  const values = new Array<unknown>(parameters.length).fill(undefined);
  args.slice(0, fixed).forEach((value, k) => {
    values[k] = absent(parameters[k], value);
  });
  if (rest) values[fixed] = args.slice(fixed);
  for (const [key, value] of Object.entries(kwargs)) {
    const at = parameters.indexOf(key);
    if (at < 0) throw new AppError('dtype', `${name}() got an unexpected keyword argument '${key}'`);
    if (at < args.length) throw new AppError('dtype', `${name}() got multiple values for argument '${key}'`);
    values[at] = absent(key, value);
  }
  const missing = parameters.slice(0, required).filter((_, k) => values[k] === undefined);
  if (missing.length > 0) {
    throw new AppError(
      'dtype',
      `${name}() missing ${missing.length} required positional argument${missing.length > 1 ? 's' : ''}: ${missing.map((p) => `'${p}'`).join(' and ')}`,
    );
  }
  return named.call(values);
}

function absent(name: string, value: unknown): unknown {
  return value === null && noneIsAbsent.has(name) ? undefined : value;
}
