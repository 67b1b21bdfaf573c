/** Functions of one matrix over stacks of them, as SciPy has them since 1.17: the leading axes of all arguments broadcast. */
import { AppError } from '#shared/errors.ts';
import { commonShape } from '../broadcast.ts';
import { astype, broadcast_to } from '../cast.ts';
import { type ArrayLike, asarray, empty, eye, ones } from '../create.ts';
import { stack } from '../joining.ts';
import { shapeText } from '../memory.ts';
import type { NDArray } from '../ndarray.ts';
import { reshape } from '../shape.ts';
import { sliced } from '../slicing.ts';

/** Axes that belong to one problem: of a right-hand side one when it has no more, else two. */
export type CoreAxes = number | '1|2';

const coreOf = (a: NDArray, axes: CoreAxes): number => (axes === '1|2' ? (a.ndim < 2 ? 1 : 2) : axes);

/** A stack without members, of a function that does not say what comes of none. */
export class EmptyStack extends AppError {
  constructor(lead: readonly number[]) {
    super('value', `the stack of matrices is empty: its leading axes are ${shapeText(lead)}`, { argument: 'a' });
  }
}

/** A member as a stack without any would have it: of full rank, so that every function takes it. */
function sample(a: NDArray, shape: readonly number[]): NDArray {
  const made = shape.length === 2 ? eye(shape[0], shape[1]) : ones(shape);
  return astype(made, a.dtype);
}

/**
 * The results of a function for every member of a stack, stacked in turn.
 *
 * `arrays` are the arguments that are stacked (null where there is none), with the axes of one problem; results that
 * are lists are stacked part by part, and a list of one is that one.
 *
 * Of (…, m, n) with 2 core axes each (m, n); the dtypes are the results'.
 *
 * @throws AppError 'value' when the leading axes do not fit each other, or hold nothing.
 * @example overBatch([array([[[2]], [[3]]])], [2], (m) => m).shape // [2, 1, 1]
 */
export function overBatch(
  arrays: readonly (NDArray | null)[],
  core: readonly CoreAxes[],
  call: (...members: (NDArray | null)[]) => unknown,
  empties = false,
): unknown {
  if (arrays.every((a, k) => a === null || a.ndim <= (core[k] === '1|2' ? 2 : core[k]))) return call(...arrays);
  const leads = arrays.map((a, k) => (a === null ? [] : a.shape.slice(0, Math.max(0, a.ndim - coreOf(a, core[k])))));
  const lead = commonShape(leads);
  const count = lead.reduce((product, n) => product * n, 1);
  if (count === 0) {
    if (!empties) throw new EmptyStack(lead);
    const one = call(...arrays.map((a, k) => (a === null ? null : sample(a, a.shape.slice(leads[k].length)))));
    const none = (part: unknown): NDArray => {
      const { dtype, shape } = asarray(part as ArrayLike);
      return empty([...lead, ...shape], dtype);
    };
    return Array.isArray(one) ? one.map(none) : none(one);
  }
  const spread = arrays.map((a, k) =>
    a === null ? null : broadcast_to(a, [...lead, ...a.shape.slice(leads[k].length)]),
  );
  const results = Array.from({ length: count }, (_, i) => {
    const index = new Array<number>(lead.length);
    let rest = i;
    for (let k = lead.length - 1; k >= 0; k--) {
      index[k] = rest % lead[k];
      rest = Math.floor(rest / lead[k]);
    }
    return call(...spread.map((a) => (a === null ? null : sliced(a, ...index))));
  });
  const joined = (parts: readonly unknown[]): NDArray => {
    const made = stack(parts.map((part) => asarray(part as ArrayLike)));
    return reshape(made, [...lead, ...made.shape.slice(1)]);
  };
  const [first] = results;
  if (!Array.isArray(first)) return joined(results);
  const parts = first.map((_, part) => joined(results.map((result) => (result as unknown[])[part])));
  return parts.length === 1 ? parts[0] : parts;
}
