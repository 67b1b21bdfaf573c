/** numpy's functions of order, search and sets by their names there. */
import { AppError } from '#shared/errors.ts';
import { asarray } from '../create.ts';
import * as searching from '../searching.ts';
import * as sets from '../sets.ts';
import * as sorting from '../sorting.ts';
import { normalizeAxis } from '../shape.ts';
import type { SortKind } from '../sorting.ts';
import type { Operand } from '../ufuncs/definition.ts';
import { direct, type Named, optional } from './signature.ts';

/** Only arrays of records have an order of fields. */
function requireNoFields(order: unknown): void {
  if (order !== null && order !== undefined)
    throw new AppError('value', 'Cannot specify order when the array has no fields.', { argument: 'order' });
}

const sorter =
  (fn: typeof sorting.sort) =>
  (a: Operand, axis?: number | null, kind?: SortKind, order?: unknown, stable?: boolean | null): unknown => {
    if (kind !== null && kind !== undefined && stable !== null && stable !== undefined) {
      throw new AppError(
        'value',
        "`kind` and keyword parameters can't be provided at the same time. Use only one of them.",
        {
          argument: 'stable',
        },
      );
    }
    sorting.requireKind(kind);
    requireNoFields(order);
    return fn(a, axis, kind);
  };

const parted =
  (fn: typeof sorting.partition) =>
  (a: Operand, kth: number | number[], axis?: number | null, kind = 'introselect', order?: unknown): unknown => {
    if (!/^introselect/i.test(kind))
      throw new AppError('value', `select kind must be 'introselect' (got '${kind}')`, { argument: 'kind' });
    requireNoFields(order);
    return fn(a, kth, axis);
  };

/** NumPy's unique gives a tuple as soon as one of the extras is asked for. */
function unique(
  ar: Operand,
  return_index = false,
  return_inverse = false,
  return_counts = false,
  axis: number | null = null,
  equal_nan = true,
): unknown {
  const source = asarray(ar);
  if (axis !== null && source.ndim === 1) normalizeAxis(axis, 1);
  if (!return_index && !return_inverse && !return_counts)
    return sets.unique(source, source.ndim === 1 ? null : axis, equal_nan);
  const all = axis === null || source.ndim === 1 ? sets.uniqueAll(source, equal_nan) : sets.uniqueAlong(source, axis);
  const extras = [
    return_index ? all.index : false,
    return_inverse ? all.inverse : false,
    return_counts ? all.counts : false,
  ].filter((part) => part !== false);
  return [all.values, ...extras];
}

function intersect1d(ar1: Operand, ar2: Operand, assume_unique = false, return_indices = false): unknown {
  const { values, first, second } = sets.intersection(ar1, ar2, assume_unique);
  return return_indices ? [values, first, second] : values;
}

export const orderingNames: Readonly<Record<string, Named>> = {
  sort: direct(sorter(sorting.sort), 'a axis? kind? order? stable?'),
  argsort: direct(sorter(sorting.argsort), 'a axis? kind? order? stable?'),
  sort_complex: direct((a: Operand) => sorting.sort_complex(a), 'a'),
  lexsort: direct(sorting.lexsort, 'keys axis?'),
  partition: direct(parted(sorting.partition), 'a kth axis? kind? order?'),
  argpartition: direct(parted(sorting.argpartition), 'a kth axis? kind? order?'),
  argmax: optional(searching.argmax, 'a | axis? out> keepdims?'),
  argmin: optional(searching.argmin, 'a | axis? out> keepdims?'),
  nanargmax: optional(searching.nanargmax, 'a | axis? out> keepdims?'),
  nanargmin: optional(searching.nanargmin, 'a | axis? out> keepdims?'),
  searchsorted: direct(searching.searchsorted, 'a v side? sorter?'),
  digitize: direct(searching.digitize, 'x bins right?'),
  unique: direct(unique, 'ar return_index? return_inverse? return_counts? axis? equal_nan? sorted~'),
  unique_values: direct((x: Operand) => sets.unique(x, null, false), 'x'),
  unique_counts: direct((x: Operand) => {
    const { values, counts } = sets.uniqueAll(x, false);
    return [values, counts];
  }, 'x'),
  unique_inverse: direct((x: Operand) => {
    const { values, inverse } = sets.uniqueAll(x, false);
    return [values, inverse];
  }, 'x'),
  unique_all: direct((x: Operand) => {
    const { values, index, inverse, counts } = sets.uniqueAll(x, false);
    return [values, index, inverse, counts];
  }, 'x'),
  intersect1d: direct(intersect1d, 'ar1 ar2 assume_unique? return_indices?'),
  union1d: direct(sets.union1d, 'ar1 ar2'),
  setdiff1d: direct(sets.setdiff1d, 'ar1 ar2 assume_unique?'),
  setxor1d: direct(sets.setxor1d, 'ar1 ar2 assume_unique?'),
  isin: direct(
    (element: Operand, test: Operand, invert?: boolean, kind?: 'sort' | null) => sets.isin(element, test, invert, kind),
    'element test_elements assume_unique~ invert? kind?',
  ),
};
