/** The functions of `numpy` by their names there, callable with Python's arguments (see `callNamed`). */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { astype, copy, copyInto, type Order } from '../cast.ts';
import * as create from '../create.ts';
import * as einsum from '../einsum.ts';
import type { Optimize } from '../einsum-path.ts';
import * as elementwise from '../elementwise.ts';
import { piecewise } from '../functional.ts';
import * as linalg from '../linalg/products.ts';
import type { NDArray } from '../ndarray.ts';
import { array2string, array_repr, array_str, type PrintOptions } from '../printing.ts';
import * as products from '../products.ts';
import { can_cast, promote_types } from '../promotion.ts';
import * as arithmetic from '../ufuncs/arithmetic.ts';
import * as comparison from '../ufuncs/comparison.ts';
import * as mathematics from '../ufuncs/mathematics.ts';
import type { Operand } from '../ufuncs/definition.ts';
import type { UfuncOptions } from '../ufuncs/ufunc.ts';
import { creationNames } from './creation-names.ts';
import { manipulationNames } from './manipulation-names.ts';
import { orderingNames } from './ordering-names.ts';
import { direct, type Named, optional } from './signature.ts';
import { statisticsNames } from './statistics-names.ts';

/** Functions of linear algebra take arrays only; NumPy also takes lists there. */
const asArrays =
  <T extends NDArray[]>(fn: (...arrays: T) => unknown) =>
  (...operands: Operand[]): unknown =>
    fn(...(operands.map((a) => create.asarray(a)) as T));

type Elementwise = (...operands: unknown[]) => NDArray;

const ufunc = (fn: (...operands: never[]) => unknown, operands: string): Named => {
  const count = operands.split(' ').length;
  const whole = (...values: unknown[]): NDArray => {
    const { order: asked, ...options } = (values[count] ?? {}) as UfuncOptions & { order?: Order | null };
    const order = asked ?? undefined;
    if (order !== undefined && !['C', 'F', 'A', 'K'].includes(order)) {
      throw new AppError('value', `order must be one of 'C', 'F', 'A', or 'K' (got '${String(order)}')`, {
        argument: 'order',
      });
    }
    const given = Object.keys(options).length === 0 ? [] : [options];
    const made = (fn as Elementwise)(...values.slice(0, count), ...given);
    return order === undefined || order === 'K' || options.out !== undefined ? made : laid(made, order);
  };
  return optional(whole, `${operands} | out? where? casting? order? dtype? subok~`);
};

/** The array in the order of memory that is asked for. */
const laid = (a: NDArray, order: Order): NDArray =>
  (order === 'F' && a.fContiguous) || (order !== 'F' && a.cContiguous) ? a : copy(a, order);

const ufuncs = (module: object): Record<string, Named> =>
  Object.fromEntries(
    Object.entries(module).map(([name, fn]) => {
      const call = fn as (...operands: never[]) => unknown;
      return [name, ufunc(call, 'definition' in call ? 'x1 x2' : 'x')];
    }),
  );

/** A function of two arrays with a dtype to compute in, as the generalised ufuncs take one. */
const product =
  (name: string, fn: (a: NDArray, b: NDArray) => NDArray) =>
  (
    x1: Operand,
    x2: Operand,
    { casting = 'same_kind', order, dtype }: { casting?: 'same_kind'; order?: Order; dtype?: DType },
  ): NDArray => {
    const operands = [x1, x2].map((x) => create.asarray(x));
    if (dtype !== undefined) {
      operands.forEach((x, k) => {
        if (can_cast(x.dtype, dtype, casting)) return;
        throw new AppError(
          'dtype',
          `Cannot cast ufunc '${name}' input ${k} from dtype('${x.dtype}') to dtype('${dtype}') with casting rule '${casting}'`,
          { argument: 'dtype' },
        );
      });
    }
    const [a, b] = dtype === undefined ? operands : operands.map((x) => astype(x, dtype, { copy: false }));
    const made = fn(a, b);
    return order === undefined || order === 'K' ? made : laid(made, order);
  };

const generalised = (name: string, fn: (a: NDArray, b: NDArray) => NDArray): Named =>
  optional(product(name, fn), 'x1 x2 | out> casting? order? dtype? subok~');

function vecdot(
  x1: Operand,
  x2: Operand,
  { axis = -1, keepdims = false, ...options }: { axis?: number; keepdims?: boolean; dtype?: DType },
): NDArray {
  const made = product('vecdot', (a, b) => products.vecdot(a, b, axis))(x1, x2, options);
  if (!keepdims) return made;
  const at = axis < 0 ? axis + made.ndim + 1 : axis;
  return made.view(
    [...made.shape.slice(0, at), 1, ...made.shape.slice(at)],
    [...made.strides.slice(0, at), 0, ...made.strides.slice(at)],
  );
}

/** Text of the subscripts, which NumPy also takes as lists of numbers behind each operand. */
function subscripted(operands: readonly unknown[]): [string, Operand[]] {
  if (typeof operands[0] === 'string') return [operands[0], operands.slice(1) as Operand[]];
  const letters = (list: unknown): string => {
    if (!Array.isArray(list))
      throw new AppError('dtype', 'each subscript must be either an integer or an ellipsis', {
        argument: 'operands',
        hint: 'Subscripts are a string, or a list behind each operand.',
      });
    const label = (one: unknown): string => {
      if (typeof one === 'symbol') return '...';
      const k = Number(one);
      if (!(k >= 0 && k < 52)) throw new AppError('value', 'subscript is not within the valid range [0, 52)');
      return String.fromCharCode(k < 26 ? 65 + k : 71 + k);
    };
    return list.map(label).join('');
  };
  if (operands.length < 2)
    throw new AppError('value', 'must provide at least an operand and a subscripts list to einsum', {
      argument: 'operands',
    });
  const pairs = Math.floor(operands.length / 2);
  const inputs = Array.from({ length: pairs }, (_, k) => letters(operands[2 * k + 1]));
  const output = operands.length % 2 === 1 ? `->${letters(operands[2 * pairs])}` : '';
  return [inputs.join(',') + output, Array.from({ length: pairs }, (_, k) => operands[2 * k] as Operand)];
}

function summed(operands: unknown[], dtype?: DType, order: Order = 'K', casting: 'safe' = 'safe'): NDArray {
  const [text, arrays] = subscripted(operands);
  einsum.requireSubscripts(text, ...arrays);
  const typed = arrays.map((a, k) => {
    if (dtype === undefined) return a;
    const source = create.asarray(a);
    if (can_cast(source.dtype, dtype, casting)) return astype(source, dtype, { copy: false });
    throw new AppError(
      'dtype',
      `Iterator operand ${k} dtype could not be cast from dtype('${source.dtype}') to dtype('${dtype}') according to the rule '${casting}'`,
      { argument: 'dtype' },
    );
  });
  const made = einsum.einsum(text, ...typed);
  return order === 'K' ? made : laid(made, order);
}

/** NumPy's names of the bounds, of which the older ones are positional. */
function clip(
  a: Operand,
  a_min?: Operand | null,
  a_max?: Operand | null,
  { min, max, ...options }: UfuncOptions & { min?: Operand | null; max?: Operand | null } = {},
): NDArray {
  if (a_min === undefined && a_max === undefined) {
    const bounds = [min ?? null, max ?? null] as const;
    return bounds[0] === null && bounds[1] === null
      ? arithmetic.positive(a, options)
      : elementwise.clip(a, ...bounds, options);
  }
  for (const [argument, bound] of Object.entries({ a_min, a_max })) {
    if (bound === undefined)
      throw new AppError('dtype', `clip() missing 1 required positional argument: '${argument}'`, { argument });
  }
  if (min !== undefined || max !== undefined) {
    throw new AppError(
      'value',
      'Passing `min` or `max` keyword argument when `a_min` and `a_max` are provided is forbidden.',
      { argument: min === undefined ? 'max' : 'min' },
    );
  }
  return elementwise.clip(a, a_min ?? null, a_max ?? null, options);
}

interface TextOptions {
  max_line_width?: number | null;
  suppress_small?: boolean | null;
}

/** Print options under the names that the functions of printing have for them. */
function worded({ max_line_width, suppress_small, ...rest }: TextOptions): Partial<PrintOptions> {
  const options: Record<string, unknown> = Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value !== null && value !== undefined),
  );
  if (max_line_width !== undefined && max_line_width !== null) options['linewidth'] = max_line_width;
  if (suppress_small !== undefined && suppress_small !== null) options['suppress'] = suppress_small;
  return options;
}

/** Two results into two arrays, when they are given. */
const twofold =
  (fn: (...operands: Operand[]) => [NDArray, NDArray], count: number) =>
  (...values: unknown[]): NDArray[] => {
    const made = fn(...(values.slice(0, count) as Operand[]));
    const out = values[count] as readonly (NDArray | null)[] | undefined;
    return made.map((part, k) => (out?.[k] ? arithmetic.add(part, 0, { out: out[k] }) : part));
  };

export const numpyNames: Readonly<Record<string, Named>> = {
  ...ufuncs(arithmetic),
  ...ufuncs(comparison),
  ...ufuncs(mathematics),
  ...creationNames,
  ...manipulationNames,
  ...statisticsNames,
  ...orderingNames,

  // The array API's names of ufuncs
  acos: ufunc(mathematics.arccos, 'x'),
  acosh: ufunc(mathematics.arccosh, 'x'),
  asin: ufunc(mathematics.arcsin, 'x'),
  asinh: ufunc(mathematics.arcsinh, 'x'),
  atan: ufunc(mathematics.arctan, 'x'),
  atanh: ufunc(mathematics.arctanh, 'x'),
  atan2: ufunc(mathematics.arctan2, 'x1 x2'),
  pow: ufunc(arithmetic.power, 'x1 x2'),
  bitwise_invert: ufunc(comparison.invert, 'x'),
  bitwise_left_shift: ufunc(comparison.left_shift, 'x1 x2'),
  bitwise_right_shift: ufunc(comparison.right_shift, 'x1 x2'),

  // Elementwise, made of ufuncs
  where: direct(elementwise.where, 'condition x? y? /'),
  select: direct(elementwise.select, 'condlist choicelist default?'),
  piecewise: direct(piecewise, 'x condlist funclist'),
  clip: optional(clip, 'a a_min? a_max? | out? min? max? where? casting? dtype?'),
  round: direct(
    (a: Operand, decimals?: number, out?: NDArray) => elementwise.round(a, decimals, out === undefined ? {} : { out }),
    'a decimals? out?',
  ),
  around: direct(
    (a: Operand, decimals?: number, out?: NDArray) => elementwise.round(a, decimals, out === undefined ? {} : { out }),
    'a decimals? out?',
  ),
  fix: direct(elementwise.fix, 'x out>'),
  divmod: direct(twofold(elementwise.divmod, 2), 'x1 x2 out?'),
  modf: direct(twofold(elementwise.modf, 1), 'x out?'),
  frexp: direct(twofold(elementwise.frexp, 1), 'x out?'),
  ldexp: direct(elementwise.ldexp, 'x1 x2 out>'),
  sinc: direct(elementwise.sinc, 'x'),
  real: direct(elementwise.real, 'val'),
  imag: direct(elementwise.imag, 'val'),
  real_if_close: direct(elementwise.real_if_close, 'a tol?'),
  angle: direct(elementwise.angle, 'z deg?'),
  isreal: direct(elementwise.isreal, 'x'),
  iscomplex: direct(elementwise.iscomplex, 'x'),
  isrealobj: direct((x: Operand) => !elementwise.iscomplexobj(x), 'x'),
  iscomplexobj: direct(elementwise.iscomplexobj, 'x'),
  isposinf: direct((x: Operand) => elementwise.infinite(x, 1), 'x out>'),
  isneginf: direct((x: Operand) => elementwise.infinite(x, -1), 'x out>'),
  isfortran: direct((a: NDArray) => a.fContiguous && !a.cContiguous, 'a'),
  isscalar: direct(
    (element: unknown) =>
      typeof element !== 'object' || (element !== null && !Array.isArray(element) && !('dtype' in element)),
    'element',
  ),
  nan_to_num: direct((x: Operand, copies = true, nan?: Operand, posinf?: Operand, neginf?: Operand): NDArray => {
    const made = elementwise.nan_to_num(x, nan, posinf, neginf);
    if (copies || !(typeof x === 'object' && 'dtype' in x)) return made;
    copyInto(x, made);
    return x;
  }, 'x copy? nan? posinf? neginf?'),
  isclose: direct(elementwise.isclose, 'a b rtol? atol? equal_nan?'),
  allclose: direct(elementwise.allclose, 'a b rtol? atol? equal_nan?'),
  array_equal: direct(elementwise.array_equal, 'a1 a2 equal_nan?'),
  array_equiv: direct(elementwise.array_equiv, 'a1 a2'),

  // Products
  dot: direct(asArrays(linalg.dot), 'a b out>'),
  vdot: direct(asArrays(linalg.vdot), 'a b'),
  inner: direct(asArrays(linalg.inner), 'a b'),
  outer: direct(asArrays(linalg.outer), 'a b out>'),
  matmul: generalised('matmul', linalg.matmul),
  matvec: generalised('matvec', products.matvec),
  vecmat: generalised('vecmat', products.vecmat),
  vecdot: optional(vecdot, 'x1 x2 | out> axis? keepdims? casting? order? dtype? subok~'),
  trace: direct(
    (a: Operand, ...rest: [number?, number?, number?, DType?]) => linalg.trace(create.asarray(a), ...rest),
    'a offset? axis1? axis2? dtype? out>',
  ),
  tensordot: direct(products.tensordot, 'a b axes?'),
  kron: direct(products.kron, 'a b'),
  cross: optional(
    (a: Operand, b: Operand, { axis = null, ...axes }: { axis?: number | null; axisa?: number }) =>
      products.cross(a, b, axis, axes),
    'a b | axisa? axisb? axisc? axis?',
  ),
  einsum: direct(summed, '*operands out> optimize~ dtype? order? casting?'),
  einsum_path: direct((operands: unknown[], optimize?: Optimize) => {
    const [text, arrays] = subscripted(operands);
    return einsum.einsum_path(text, arrays, optimize);
  }, '*operands optimize?'),

  // Types and printing
  promote_types: direct(promote_types, 'type1 type2'),
  can_cast: direct(can_cast, 'from_ to casting?'),
  array2string: optional(
    (a: NDArray, given: TextOptions) => array2string(a, worded(given)),
    'a | max_line_width? precision? suppress_small? separator? prefix? threshold? edgeitems? sign? floatmode? suffix?',
  ),
  array_repr: optional(
    (a: NDArray, given: TextOptions) => array_repr(a, worded(given)),
    'arr | max_line_width? precision? suppress_small?',
  ),
  array_str: optional(
    (a: NDArray, given: TextOptions) => array_str(a, worded(given)),
    'a | max_line_width? precision? suppress_small?',
  ),
};
