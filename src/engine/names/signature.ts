import { AppError } from '#shared/errors.ts';
import { sameShape } from '../broadcast.ts';
import { copyInto } from '../cast.ts';
import { type ArrayLike, asarray, scalarArray } from '../create.ts';
import { shapeText } from '../memory.ts';
import { NDArray } from '../ndarray.ts';
import { can_cast, NoNumber } from '../promotion.ts';
import { PyFloat } from '../scalar.ts';
import { changesItsArgument, kindsOf, shown } from './kinds.ts';

/** A function under its NumPy name: its parameters in NumPy's order, and how to call it with their values. */
export interface Named {
  parameters: readonly string[];
  /** Parameters without a default. */
  required: number;
  /** The place of the parameter that takes all further positional arguments, as a list; −1 without one. */
  rest: number;
  /** So many parameters at the beginning have no name for a caller. */
  nameless?: number;
  call: (values: readonly unknown[]) => unknown;
}

type Callable = (...values: never[]) => unknown;

/** Parameters where Python's None means "not given". */
const noneIsAbsent = new Set(
  'dtype out range where weights fweights aweights ddof y p w sorter N mean correction'.split(' '),
);

/**
 * A function whose TypeScript parameters stand in NumPy's order. Optional names end in `?`, one that collects the rest
 * begins with `*`; what stands behind that one is a keyword; what stands before `/` is no keyword. A name that ends in `~` is a permission that the engine need not use, as `overwrite_a` is: the
 * function is not given it. Into one that ends in `>` the result is written, as into `out`.
 */
export function direct(fn: Callable, signature: string): Named {
  const named = described(parse(signature));
  const words = parse(signature).filter((word) => word !== '/');
  return settled(words, named, (values) => (fn as (...all: unknown[]) => unknown)(...spread(named, values)));
}

/**
 * A function of some operands and one object of options; the options are the parameters after the bar. Operands that are
 * collected come as one list.
 */
export function optional(fn: Callable, signature: string): Named {
  const [first, second = ''] = signature.split('|');
  const words = [parse(first), parse(second)];
  const count = words[0].filter(passed).length;
  const names = words[1].filter(passed).map(nameOf);
  return settled(words.flat(), described(words.flat()), (values) => {
    const given: Record<string, unknown> = {};
    for (let k = 0; k < names.length; k++) if (values[count + k] !== undefined) given[names[k]] = values[count + k];
    return (fn as (...all: unknown[]) => unknown)(...values.slice(0, count), given);
  });
}

const parse = (signature: string): string[] =>
  signature
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');

const nameOf = (word: string): string => word.replace(/[?*~>]/g, '');

const passed = (word: string): boolean => !/[~>]$/.test(word);

function described(all: readonly string[]): Omit<Named, 'call'> {
  const bar = all.indexOf('/');
  const words = all.filter((word) => word !== '/');
  return {
    ...(bar < 0 ? {} : { nameless: bar }),
    parameters: words.map(nameOf),
    required: words.filter((word) => !/[?*~>]/.test(word)).length,
    rest: words.findIndex((word) => word.startsWith('*')),
  };
}

/** The call without what the function is not given, and with its result where `out` says. */
function settled(words: readonly string[], named: Omit<Named, 'call'>, call: Named['call']): Named {
  if (words.every(passed)) return { ...named, call };
  const kept = words.flatMap((word, k) => (passed(word) ? [k] : []));
  const into = words.findIndex((word) => word.endsWith('>'));
  const device = words.indexOf('device~');
  return {
    ...named,
    call: (values) => {
      if (device >= 0) requireProcessor(values[device]);
      const result = call(kept.map((k) => values[k]));
      const out = into < 0 ? undefined : values[into];
      return out === undefined || out === null ? result : written(result, out);
    },
  };
}

function requireProcessor(device: unknown): void {
  if (device === undefined || device === null || device === 'cpu') return;
  const words = shown(device);
  throw new AppError('value', `Device not understood. Only "cpu" is allowed, but received: ${words}`, {
    argument: 'device',
  });
}

/** @throws AppError 'value' for another shape, 'dtype' for a dtype that cannot hold the result. */
function written(result: unknown, out: unknown): NDArray {
  if (!(out instanceof NDArray)) throw new AppError('dtype', 'return arrays must be of ArrayType', { argument: 'out' });
  const made = asarray(result as ArrayLike);
  if (!sameShape(made.shape, out.shape)) {
    throw new AppError(
      'value',
      `output array has wrong shape: expected ${shapeText(made.shape)}, got ${shapeText(out.shape)}`,
      {
        argument: 'out',
      },
    );
  }
  if (!can_cast(made.dtype, out.dtype, 'same_kind')) {
    throw new AppError(
      'dtype',
      `Cannot cast array data from dtype('${made.dtype}') to dtype('${out.dtype}') according to the rule 'same_kind'`,
      { argument: 'out' },
    );
  }
  copyInto(out, made);
  return out;
}

/** What the rest collected as further values; as one list when keywords stand behind it. */
function spread({ rest, parameters }: Omit<Named, 'call'>, values: readonly unknown[]): readonly unknown[] {
  if (rest < 0 || rest < parameters.length - 1) return values;
  const collected: unknown = values[rest] ?? [];
  return [...values.slice(0, rest), ...(Array.isArray(collected) ? (collected as unknown[]) : [collected])];
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
  const fixed = rest < 0 ? parameters.length : rest;
  if (args.length > fixed && rest < 0) {
    throw new AppError(
      'dtype',
      `${name}() takes ${required === fixed ? fixed : `from ${required} to ${fixed}`} positional arguments but ${args.length} were given`,
    );
  }
  const kinds = kindsOf(name, parameters);
  /** The value as the function takes it; undefined where Python's None means "not given". */
  const given = (at: number, value: unknown): unknown => {
    const parameter = parameters[at];
    if (value === undefined || (value === null && at >= required && noneIsAbsent.has(parameter))) return undefined;
    const kind = kinds[at];
    return kind === null ? value : kind(value, parameter);
  };
  requireNames(name, named, kwargs);
  const values = new Array<unknown>(parameters.length).fill(undefined);
  args.slice(0, fixed).forEach((value, k) => {
    values[k] = given(k, value);
  });
  if (rest >= 0) values[fixed] = args.slice(fixed);
  for (const [key, value] of Object.entries(kwargs)) {
    const at = parameters.indexOf(key);
    if (at < 0) throw new AppError('dtype', `${name}() got an unexpected keyword argument '${key}'`);
    if (at < Math.min(args.length, fixed))
      throw new AppError('dtype', `${name}() got multiple values for argument '${key}'`);
    values[at] = given(at, value);
  }
  const missing = parameters.slice(0, required).filter((_, k) => values[k] === undefined);
  if (missing.length > 0) {
    throw new AppError(
      'dtype',
      `${name}() missing ${missing.length} required positional argument${missing.length > 1 ? 's' : ''}: ${missing.map((p) => `'${p}'`).join(' and ')}`,
    );
  }
  try {
    return named.call(values);
  } catch (error) {
    throw error instanceof NoNumber ? explained(error, name, named, values) : error;
  }
}

/** @throws AppError 'dtype' for keywords that stand for arguments without a name. */
function requireNames(
  name: string,
  { nameless = 0, parameters }: Named,
  kwargs: Readonly<Record<string, unknown>>,
): void {
  const named = nameless === 0 ? [] : parameters.slice(0, nameless).filter((one) => Object.hasOwn(kwargs, one));
  if (named.length === 0) return;
  throw new AppError(
    'dtype',
    `${name}() got some positional-only arguments passed as keyword arguments: '${named.join(', ')}'`,
    { argument: named[0] },
  );
}

/** Optional arguments that are arrays. */
const secondOperands: ReadonlySet<string> = new Set(['b', 'r', 'y']);

const isText = (value: unknown): boolean => value === null || typeof value === 'string';

const holdsText = (value: unknown): boolean => isText(value) || (Array.isArray(value) && value.some(holdsText));

/**
 * What is said of text and None among the operands. To NumPy they are arrays without axes: when their shape does not fit,
 * that is the error; else it is that they are no numbers, and which argument they are.
 */
function explained(error: NoNumber, name: string, named: Named, values: readonly unknown[]): AppError {
  const isOperand = (k: number): boolean =>
    k < named.required || k === named.rest || secondOperands.has(named.parameters[k]);
  const at = values.findIndex((value, k) => isOperand(k) && holdsText(value));
  if (at < 0) return error;
  const own = new NoNumber(`${error.message} (argument '${named.parameters[at]}' of ${name})`, named.parameters[at]);
  // A second call must change nothing, neither an array nor the state of a generator.
  const written = named.parameters.some((parameter, k) => parameter === 'out' && values[k] !== undefined);
  if (written || name.startsWith('random.') || changesItsArgument(name, named.parameters)) return own;
  const numbers = values.map((value, k) => (isOperand(k) && isText(value) ? scalarArray(new PyFloat(1)) : value));
  try {
    named.call(numbers);
    return own;
  } catch (other) {
    if (!(other instanceof AppError) || other.code === 'dtype' || other.code === 'bug') return own;
    // A generalised ufunc looks for its loop before it looks at lengths.
    return /^\w+: Input operand/.test(other.message) ? own : other;
  }
}
