/** `np.add.reduce` and the other methods of ufuncs, as `quick-functions.ts` has functions. */
import type { DType } from '#shared/dtype.ts';
import { mayOverlap } from '#engine/cast.ts';
import type { Index } from '#engine/index-plan.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { accumulate, reduce, type Reduction } from '#engine/reduce.ts';
import { sumType } from '#engine/reductions.ts';
import { type PyFloat } from '#engine/scalar.ts';
import { reshape } from '#engine/shape.ts';
import { at, reduceat } from '#engine/ufuncs/at.ts';
import type { Operand } from '#engine/ufuncs/definition.ts';
import type { Binary } from '#engine/ufuncs/ufunc.ts';
import { allFinite, isInexact, raised } from './float-checks.ts';
import type { Quick } from './quick-function.ts';
import { plain } from './quick-functions.ts';

/** What a reduction begins with; ufuncs that are not here begin with the first element. */
const identities: Readonly<Record<string, number>> = {
  add: 0,
  multiply: 1,
  logical_and: 1,
  logical_or: 0,
  logical_xor: 0,
  bitwise_or: 0,
  bitwise_xor: 0,
  bitwise_and: -1,
  logaddexp: -Infinity,
  logaddexp2: -Infinity,
  hypot: 0,
  gcd: 0,
};

/** The order of their operands matters. */
const ordered = new Set(
  'subtract divide floor_divide remainder fmod power float_power arctan2 left_shift right_shift copysign'.split(' '),
);

/** What a ufunc does when it is repeated along an axis. */
export function reductionOf(name: string, { definition }: Binary): Reduction {
  return {
    step: definition,
    identity: Object.hasOwn(identities, name) ? identities[name] : null,
    type: name === 'add' || name === 'multiply' ? sumType : (dtype) => dtype,
  };
}

/** Results of which there may be something to warn of are Python's. */
const quiet = (made: NDArray): NDArray | null => (!isInexact(made.dtype) || allFinite(made) ? made : null);

/** The methods of a ufunc of two operands by their names. */
export function ufuncMethods(name: string, fn: Binary): Readonly<Record<string, Quick>> {
  const reduction = reductionOf(name, fn);
  const { definition } = fn;
  const apart = (a: NDArray, out: NDArray | undefined): boolean => out === undefined || !mayOverlap(a, out);
  return {
    reduce: {
      parameters: 'A:array X:axis? D:dtype? U:out? F:keepdims? R:initial? Z:where?',
      gives: 'scalar',
      run: (
        a: NDArray,
        axis: number | number[] | null = 0,
        dtype: DType | undefined,
        out: NDArray | undefined,
        keepdims = false,
        initial: number | PyFloat | undefined = undefined,
        where: NDArray | undefined = undefined,
      ) => {
        if (a.ndim === 0 || a.size === 0 || ordered.has(name) || !apart(a, out)) return null;
        return quiet(
          reduce(reduction, a, {
            axis,
            keepdims,
            ...(dtype === undefined ? {} : { dtype }),
            ...(out === undefined ? {} : { out }),
            ...(initial === undefined ? {} : { initial: plain(initial) ?? null }),
            ...(where === undefined ? {} : { where }),
          }),
        );
      },
    },
    accumulate: {
      parameters: 'A:array I:axis? D:dtype? U:out?',
      gives: 'array',
      run: (a: NDArray, axis = 0, dtype: DType | undefined, out: NDArray | undefined) =>
        a.ndim === 0 || !apart(a, out)
          ? null
          : quiet(accumulate(definition, a, axis, dtype ?? reduction.type(a.dtype), out)),
    },
    outer: {
      parameters: 'A:/A A:/B',
      gives: 'scalar',
      run: (a: NDArray, b: NDArray) => {
        const x = b.ndim === 0 ? a : reshape(a, [...a.shape, ...b.shape.map(() => 1)]);
        const made = fn(x, b);
        return raised(name, [x, b], made) === 0 ? made : null;
      },
    },
    reduceat: {
      parameters: 'A:array A:indices I:axis? D:dtype? N:out?',
      gives: 'array',
      run: (a: NDArray, indices: NDArray, axis = 0, dtype?: DType) =>
        indices.dtype !== 'int64' || indices.ndim !== 1 || indices.size === 0 || a.ndim === 0 || ordered.has(name)
          ? null
          : quiet(reduceat(reduction, a, (indices.tolist() as bigint[]).map(Number), axis, dtype)),
    },
    at: {
      parameters: 'A:/a J:/indices O:/b',
      gives: 'none',
      run: (a: NDArray, index: Index[], b: Operand) => at(fn, a, index, b),
    },
  };
}
