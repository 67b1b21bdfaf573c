/** What kind of argument a parameter takes, told by the name it has all over NumPy; messages are CPython's and NumPy's. */
import { type DType, dtypes } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { scalarArray } from '../create.ts';
import { NDArray } from '../ndarray.ts';
import { isComplex, PyFloat } from '../scalar.ts';
import { Slice } from '../slicing.ts';

type Kind = (value: unknown, parameter: string) => unknown;

const known: ReadonlySet<unknown> = new Set<DType>(dtypes);

/** A value in a message: itself where it is short, else what it is. */
export const shown = (value: unknown): string =>
  typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' || typeof value === 'string'
    ? String(value)
    : value instanceof PyFloat
      ? String(value.value)
      : typeName(value);

/** Python's name for what a value is. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (value instanceof PyFloat) return 'float';
  if (value instanceof NDArray) return 'numpy.ndarray';
  if (Array.isArray(value)) return 'list';
  if (isComplex(value)) return 'complex';
  return typeof value === 'function' ? 'function' : 'object';
}

/** An integer, as `operator.index` gives it. */
function index(value: unknown, parameter: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value))) {
    if (Math.abs(Number(value)) <= Number.MAX_SAFE_INTEGER) return Number(value);
    throw new AppError('value', 'Python int too large to convert to C long', { argument: parameter });
  }
  if (value instanceof NDArray) {
    if (value.ndim === 0 && /int|bool/.test(value.dtype)) return index(value.item(), parameter);
    throw new AppError('dtype', 'only integer scalar arrays can be converted to a scalar index', {
      argument: parameter,
    });
  }
  throw new AppError('dtype', `'${typeName(value)}' object cannot be interpreted as an integer`, {
    argument: parameter,
  });
}

/** A list as Python iterates it, or null for what it does not iterate; an array is a list of its rows. */
function listed(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value as unknown[];
  return value instanceof NDArray && value.ndim > 0 ? [...value] : null;
}

function unstacked(a: NDArray): NDArray[] {
  const { shape, strides } = a;
  return Array.from({ length: shape[0] }, (_, k) =>
    a.view(shape.slice(1), strides.slice(1), a.offset + k * strides[0]),
  );
}

const indexOrNone: Kind = (value, parameter) => (value === null ? null : index(value, parameter));

const indices: Kind = (value, parameter) => {
  const list = listed(value);
  return list === null ? index(value, parameter) : list.map((one) => index(one, parameter));
};

const indicesOrNone: Kind = (value, parameter) => (value === null ? null : indices(value, parameter));

const dtype: Kind = (value, parameter) => {
  if (value === null || known.has(value)) return value;
  const message =
    typeof value === 'string'
      ? `data type '${value}' not understood`
      : `Cannot interpret '${shown(value)}' as a data type`;
  throw new AppError('dtype', message, { argument: parameter });
};

const arrays: Kind = (value, parameter) => {
  // The rows of an array stay arrays, of its dtype, when they are numbers too.
  if (value instanceof NDArray && value.ndim > 0) return unstacked(value);
  const list = listed(value);
  if (list !== null) return list;
  const message =
    value instanceof NDArray
      ? 'iteration over a 0-d array'
      : 'arrays to stack must be passed as a "sequence" type such as list or tuple.';
  throw new AppError('dtype', message, { argument: parameter });
};

/** What has a length: not a number, nor an array without axes. */
const sized: Kind = (value, parameter) => {
  const array = value instanceof NDArray;
  if (array ? value.ndim > 0 : Array.isArray(value) || value === null || typeof value === 'string') return value;
  const words = array ? 'len() of unsized object' : `object of type '${typeName(value)}' has no len()`;
  throw new AppError('dtype', words, { argument: parameter });
};

/** What is iterated over, told as Python tells it. */
const iterated: Kind = (value, parameter) => {
  if (listed(value) !== null) return arrays(value, parameter);
  const words = value instanceof NDArray ? 'iteration over a 0-d array' : `'${typeName(value)}' object is not iterable`;
  throw new AppError('dtype', words, { argument: parameter });
};

const called: Kind = (value, parameter) => {
  if (typeof value === 'function') return value;
  throw new AppError('dtype', `'${typeName(value)}' object is not callable`, { argument: parameter });
};

const calledOrNone: Kind = (value, parameter) => (value === null ? null : called(value, parameter));

const text: Kind = (value, parameter) => {
  if (value === null || typeof value === 'string') return value;
  throw new AppError('dtype', `${parameter} must be str, not ${typeName(value)}`, { argument: parameter });
};

/** The letter of an order of elements, of which NumPy takes the small ones too. */
const layout: Kind = (value, parameter) => {
  const word = text(value, parameter);
  return typeof word === 'string' && /^[cfak]$/.test(word) ? word.toUpperCase() : word;
};

/** Places of elements: integers, a slice, or a mask of the elements themselves; the latter two need the array's length. */
const places: Kind = (value, parameter) => {
  if (value instanceof Slice) return value;
  if (value instanceof NDArray) return value;
  if (typeof value === 'boolean') return scalarArray(value, 'bool');
  if (Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'boolean')) return value;
  if (parameter === 'obj') requireWhole(value, parameter);
  return indices(value, parameter);
};

/** @throws AppError 'index' for places that are no integers. */
function requireWhole(value: unknown, parameter: string): void {
  const list = listed(value) ?? [value];
  if (
    list.every(
      (one) => !(one instanceof PyFloat) && !isComplex(one) && !(typeof one === 'number' && !Number.isInteger(one)),
    )
  )
    return;
  throw new AppError('index', 'arrays used as indices must be of integer (or boolean) type', { argument: parameter });
}

/** One axis; a tuple of them is what most functions of one axis refuse so. */
const oneAxis: Kind = (value, parameter) => {
  if (!Array.isArray(value)) return indexOrNone(value, parameter);
  throw new AppError('dtype', "'tuple' object cannot be interpreted as an integer", { argument: parameter });
};

/** One axis, which must be said. */
const neededAxis: Kind = (value, parameter) => {
  if (Array.isArray(value)) return oneAxis(value, parameter);
  return index(value, parameter);
};

/** One axis whose length is looked up in the shape before anything else. */
const placeInShape: Kind = (value, parameter) => {
  if (value !== null && !Array.isArray(value)) return index(value, parameter);
  const what = value === null ? 'NoneType' : 'tuple';
  throw new AppError('dtype', `tuple indices must be integers or slices, not ${what}`, { argument: parameter });
};

/** One axis of an accumulation. */
const accumulated: Kind = (value, parameter) => {
  if (!Array.isArray(value) || value.length === 1)
    return indexOrNone(Array.isArray(value) ? value[0] : value, parameter);
  throw new AppError('value', 'accumulate does not allow multiple axes', { argument: parameter });
};

/** A number that is compared, which an array of several has no truth for. */
const compared: Kind = (value, parameter) => {
  if (!(value instanceof NDArray)) return value;
  requireTruth(value, parameter);
  return value.ndim === 0 && /int|bool/.test(value.dtype) ? Number(value.item()) : value;
};

/** What Python takes for an integer that says whether: no text and no list. */
const flag: Kind = (value, parameter) => (typeof value === 'boolean' ? value : index(value, parameter) !== 0);

/** Degrees of freedom, which are compared before they are numbers. */
const freedom: Kind = (value, parameter) => {
  if (value instanceof NDArray) requireTruth(value, parameter);
  if (Array.isArray(value)) requireTruth({ size: value.flat(Infinity).length }, parameter);
  return real(value, parameter);
};

/** A shape that is multiplied up, dimension by dimension. */
const dimensions: Kind = (value, parameter) => {
  const list = value instanceof NDArray || typeof value !== 'number' ? listed(value) : [value];
  if (list === null) {
    if (typeof value === 'bigint' || typeof value === 'boolean') return index(value, parameter);
    return iterated(value, parameter);
  }
  for (const one of list) {
    if (one instanceof NDArray) requireTruth(one, parameter);
    const number = one instanceof NDArray ? one.item() : one;
    const size = number instanceof PyFloat ? number.value : isComplex(number) ? number.re : number;
    if (typeof size === 'number' ? size < 0 : typeof size === 'bigint' && size < 0n)
      throw new AppError('value', 'all elements of `new_shape` must be non-negative', { argument: parameter });
  }
  if (value instanceof NDArray && value.size > 0 && !/int/.test(value.dtype))
    throw new AppError('dtype', `can't multiply sequence by non-int of type 'numpy.${value.dtype}'`, {
      argument: parameter,
    });
  return list.map((one) => index(one, parameter));
};

/** Kaiser's form, which stands among numbers in one list. */
const amongNumbers: Kind = (value, parameter) => {
  const many = Array.isArray(value) || (value instanceof NDArray && value.ndim > 0);
  if (!many) return real(value, parameter);
  throw new AppError(
    'value',
    'setting an array element with a sequence. The requested array has an inhomogeneous shape after 1 dimensions. The detected shape was (3,) + inhomogeneous part.',
    { argument: parameter, hint: `${parameter} is one number.` },
  );
};

/** An end or a step, which is a number and no array. */
const oneNumber: Kind = (value, parameter) => {
  if (!(value instanceof NDArray)) return value;
  requireTruth(value, parameter);
  if (value.ndim === 0) return value.dtype.startsWith('float') ? new PyFloat(Number(value.item())) : value.item();
  throw new AppError('dtype', 'only 0-dimensional arrays can be converted to Python scalars', { argument: parameter });
};

const selectKind: Kind = (value, parameter) => {
  if (typeof value === 'string') return value;
  throw new AppError('dtype', `select kind must be str, not ${typeName(value)}`, { argument: parameter });
};

/** An axis of a norm, of which Python's `int` is taken. */
const truncated: Kind = (value, parameter) => {
  const number = value instanceof PyFloat ? value.value : value;
  return typeof number === 'number' && Number.isFinite(number) ? Math.trunc(number) : indicesOrNone(value, parameter);
};

/** Axes, or one for arrays of one. */
const orderOfAxes: Kind = (value, parameter) => {
  const list = indicesOrNone(value, parameter);
  return typeof list === 'number' ? [list] : list;
};

/** Lengths, or the only one. */
const lengths: Kind = (value, parameter) => {
  const list = listed(value);
  if (list !== null) return list.map((one) => index(one, parameter));
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw new AppError('dtype', `expected a sequence of integers or a single integer, got '${shown(value)}'`, {
    argument: parameter,
  });
};

/** A key that an array cannot be. */
export const hashed: Kind = (value, parameter) => {
  if (!(value instanceof NDArray) || value.ndim === 0) return value;
  throw new AppError('dtype', "unhashable type: 'numpy.ndarray'", { argument: parameter });
};

const integers: Kind = (value, parameter) => {
  if (value === null || listed(value) !== null) return indicesOrNone(value, parameter);
  throw new AppError('dtype', `'${typeName(value)}' object is not iterable`, { argument: parameter });
};

const twoAxes: Kind = (value, parameter) => {
  const list = integers(value, parameter) as readonly number[] | null;
  if (list?.length === 2) return list;
  throw new AppError('value', 'len(axes) must be 2.', { argument: parameter });
};

const pair: Kind = (value, parameter) => {
  const list = listed(value);
  if (list?.length === 2) return list.map((one) => (one instanceof PyFloat ? one.value : one));
  if (list !== null) {
    const many = list.length > 2 ? 'too many values to unpack (expected 2)' : null;
    throw new AppError('value', many ?? `not enough values to unpack (expected 2, got ${list.length})`, {
      argument: parameter,
    });
  }
  throw new AppError('dtype', `cannot unpack non-iterable ${typeName(value)} object`, { argument: parameter });
};

/** A pair for each axis, or None where the data decide. */
export const ranges: Kind = (value, parameter) => {
  const list = listed(value);
  if (list === null)
    throw new AppError('dtype', `'${typeName(value)}' object is not iterable`, { argument: parameter });
  return list.map((one) => (one === null ? null : pair(one, parameter)));
};

const written: Kind = (value, parameter) => {
  if (value instanceof NDArray) return value;
  if (Array.isArray(value) && value.length === 1 && (value[0] instanceof NDArray || value[0] === null))
    return (value[0] as NDArray | null) ?? undefined;
  throw new AppError('dtype', 'return arrays must be of ArrayType', { argument: parameter });
};

/** `out` of functions with several results. */
const writtenSeveral: Kind = (value, parameter) => {
  if (Array.isArray(value) && value.every((one) => one instanceof NDArray || one === null)) return value as unknown[];
  if (!(value instanceof NDArray)) return written(value, parameter);
  throw new AppError('dtype', "'out' must be a tuple of arrays", { argument: parameter });
};

const owned: Kind = (value, parameter) => {
  if (value instanceof NDArray) return value;
  throw new AppError('dtype', `an array is expected, not ${typeName(value)}`, { argument: parameter });
};

const real: Kind = (value, parameter) => {
  const number = value instanceof NDArray && value.size === 1 ? value.item() : value;
  if (number instanceof PyFloat) return number.value;
  if (typeof number === 'number' || typeof number === 'bigint' || typeof number === 'boolean') return Number(number);
  throw new AppError('dtype', `must be real number, not ${typeName(value)}`, { argument: parameter });
};

/** As `real`, where a whole number that is a float counts as one. */
const intOrFloat: Kind = (value, parameter) => (value instanceof PyFloat ? value : real(value, parameter));

const realOrNone: Kind = (value, parameter) => (value === null ? null : real(value, parameter));

const sparse: Kind = (value, parameter) => {
  if (typeof value === 'object' && value !== null && 'format' in value) return value;
  throw new AppError('dtype', `a sparse array is expected, not ${typeName(value)}`, { argument: parameter });
};

/** Entropy: integers of any length, or a generator that is used as it is. */
const seed: Kind = (value, parameter) => {
  const isInteger = (one: unknown): boolean =>
    typeof one === 'bigint' || Number.isInteger(one) || typeof one === 'boolean';
  if (value === null || isInteger(value)) return value;
  const list = value instanceof NDArray && value.ndim === 0 ? [value.item()] : listed(value);
  if (list?.every(isInteger)) return list;
  if (list === null && typeof value === 'object') return value;
  const words = listed(value) === null ? shown(value) : 'a list of other values';
  throw new AppError('dtype', `SeedSequence expects int or sequence of ints for entropy not ${words}`, {
    argument: parameter,
  });
};

/** An integer of 64 bits. */
const wide: Kind = (value, parameter) => {
  const integer = typeof value === 'bigint' ? value : index(value, parameter);
  if (-(2n ** 63n) <= integer && integer < 2n ** 64n) return integer;
  throw new AppError('value', `${parameter} is out of bounds for int64`, { argument: parameter });
};

const wideOrNone: Kind = (value, parameter) => (value === null ? null : wide(value, parameter));

const lists: Kind = (value, parameter) => {
  const rows = listed(value)?.map(listed);
  if (rows === undefined) throw new AppError('dtype', 'blocks must be a list of lists', { argument: parameter });
  if (rows.every((row) => row !== null)) return rows;
  throw new AppError('value', 'blocks must be 2-D', { argument: parameter });
};

const listOfIntegers: Kind = (value, parameter) => {
  if (value !== null) return integers(value, parameter);
  throw new AppError('dtype', "'NoneType' object is not iterable", { argument: parameter });
};

const present: Kind = (value, parameter) => {
  if (value !== null) return value;
  throw new AppError('dtype', `${parameter} must not be None`, { argument: parameter });
};

const texts: Kind = (value, parameter) => {
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  return text(value, parameter);
};

/** @throws AppError 'value' for arrays of none or several elements, of which Python knows no truth. */
function requireTruth({ size }: { size: number }, parameter: string): void {
  if (size === 1) return;
  const words =
    size === 0
      ? 'The truth value of an empty array is ambiguous. Use `array.size > 0` to check that an array is not empty.'
      : 'The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()';
  throw new AppError('value', words, { argument: parameter });
}

/** What Python takes for true: numbers that are not zero, what is not empty, and not None. */
export const truth: Kind = (value, parameter) => {
  if (typeof value === 'boolean' || value === undefined) return value;
  if (value === null) return false;
  if (value instanceof PyFloat) return value.value !== 0;
  if (value instanceof NDArray) {
    requireTruth(value, parameter);
    return truth(value.item(), parameter);
  }
  if (isComplex(value)) return value.re !== 0 || value.im !== 0;
  if (typeof value === 'string' || Array.isArray(value)) return value.length > 0;
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) !== 0 : value;
};

const truthOrNone: Kind = (value, parameter) => (value === null ? null : truth(value, parameter));

const kinds: Readonly<Record<string, Kind>> = {
  ...Object.fromEntries(
    'assume_unique invert return_index return_inverse return_counts equal_nan endpoint retstep full_matrices compute_uv hermitian rowvar bias increasing sparse lower calc_q permute_l p_indices pivoting unit_diagonal return_rank eigvals_only homogeneous_eigvals check_finite full exact replace return_indices'
      .split(' ')
      .map((name) => [name, truth]),
  ),
  axis: indicesOrNone,
  axes: indicesOrNone,
  axis1: index,
  axis2: index,
  source: indices,
  destination: indices,
  dtype,
  shape: indices,
  size: indicesOrNone,
  ndmin: index,
  ndim: index,
  offset: indexOrNone,
  indices_or_sections: indices,
  tup: arrays,
  arrays,
  choices: iterated,
  choicelist: iterated,
  condlist: iterated,
  keys: arrays,
  func: called,
  callback: calledOrNone,
  data_rvs: calledOrNone,
  data_sampler: calledOrNone,
  func1d: called,
  function: called,
  mask_func: called,
  seed,
  random_state: seed,
  rng: seed,
  reps: indices,
  repeats: present,
  new_shape: indices,
  multi_index: arrays,
  trim: text,
  requirements: texts,
  diag_pivot_thresh: real,
  drop_tol: realOrNone,
  fill_factor: realOrNone,
  ddof: freedom,
  correction: freedom,
  stable: truthOrNone,
  dims: indices,
  minlength: index,
  n: indexOrNone,
  k: index,
  N: indexOrNone,
  num: index,
  decimals: index,
  kth: indices,
  shift: indices,
  precision: indexOrNone,
  max_line_width: indexOrNone,
  order: layout,
  casting: text,
  separator: text,
  out: written,
  range: pair,
};

/** Where a parameter of one function means something of its own; null for anything. */
const own: Readonly<Record<string, Kind | null>> = {
  ...Object.fromEntries(
    'cumsum cumprod nancumsum nancumprod argmax argmin nanargmax nanargmin sort argsort partition argpartition repeat take compress concatenate concat stack append delete insert take_along_axis unique unstack trapezoid'
      .split(' ')
      .map((name) => [`${name}.axis`, oneAxis]),
  ),
  // Of sparse matrices it is a number.
  ...Object.fromEntries(['histogram', 'histogram2d', 'histogramdd'].map((name) => [`${name}.density`, truth])),
  'cumulative_sum.axis': accumulated,
  'cumulative_prod.axis': accumulated,
  'partition.kth': null,
  'argpartition.kth': null,
  ...Object.fromEntries(
    'split array_split fft.fft fft.ifft fft.rfft fft.irfft fft.hfft fft.ihfft'
      .split(' ')
      .map((name) => [`${name}.axis`, placeInShape]),
  ),
  'diff.axis': neededAxis,
  'rollaxis.axis': neededAxis,
  ...Object.fromEntries(
    'sum prod max min amax amin any all mean std var ptp nansum nanprod nanmax nanmin nanmean nanstd nanvar'
      .split(' ')
      .map((name) => [`${name}.keepdims`, flag]),
  ),
  ...Object.fromEntries(
    ['tril_indices', 'triu_indices', 'tri', 'eye', 'identity'].flatMap((name) =>
      ['n', 'N'].map((parameter) => [`${name}.${parameter}`, index]),
    ),
  ),
  'transpose.axes': orderOfAxes,
  'permute_dims.axes': orderOfAxes,
  'resize.new_shape': dimensions,
  'ravel_multi_index.dims': lengths,
  'ravel_multi_index.multi_index': iterated,
  'arange.start': oneNumber,
  'arange.stop': oneNumber,
  'arange.step': oneNumber,
  'bincount.minlength': indexOrNone,
  'partition.kind': selectKind,
  'argpartition.kind': selectKind,
  'meshgrid.indexing': compared,
  'interp.period': compared,
  'lexsort.keys': (value, parameter) => {
    if (listed(value) !== null) return arrays(value, parameter);
    throw new AppError('dtype', 'need sequence of keys with len > 0 in lexsort', { argument: parameter });
  },
  ...Object.fromEntries(['axisa', 'axisb', 'axisc', 'axis'].map((name) => [`cross.${name}`, null])),
  'linalg.cross.axis': index,
  'lexsort.axis': index,
  'rot90.axes': twoAxes,
  'trim_zeros.trim': (value, parameter) => present(text(value, parameter), parameter),
  'histogram2d.x': sized,
  'histogram2d.y': sized,
  // Of how many they are is looked at first.
  'histogram2d.range': null,
  'histogramdd.range': null,
  ...Object.fromEntries(['median'].map((name) => [`${name}.overwrite_input`, truth])),
  'unstack.axis': (value, parameter) =>
    oneAxis(Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value, parameter),
  ...Object.fromEntries(
    ['split', 'array_split'].map((name): [string, Kind] => [
      `${name}.ary`,
      (value, parameter) => (value instanceof NDArray ? value : sized(value, parameter)),
    ]),
  ),
  ...Object.fromEntries(['damp', 'atol', 'btol', 'conlim'].map((name) => [`scipy.sparse.linalg.lsqr.${name}`, real])),
  ...Object.fromEntries(['damp', 'atol', 'btol', 'conlim'].map((name) => [`scipy.sparse.linalg.lsmr.${name}`, real])),
  'scipy.sparse.linalg.lsqr.iter_lim': indexOrNone,
  'scipy.sparse.linalg.lsmr.maxiter': indexOrNone,
  'tril_indices.m': indexOrNone,
  'triu_indices.m': indexOrNone,
  'block.arrays': null,
  ...Object.fromEntries(
    ['hilbert', 'invhilbert', 'pascal', 'invpascal', 'helmert', 'hadamard', 'dft'].map((name) => [
      `scipy.linalg.${name}.n`,
      index,
    ]),
  ),
  'scipy.linalg.dft.scale': compared,
  ...Object.fromEntries(['linalg.norm.axis', 'scipy.linalg.norm.axis'].map((name) => [name, truncated])),
  'linalg.tensorinv.ind': (value, parameter) => {
    if (!Array.isArray(value)) return compared(value, parameter);
    throw new AppError('dtype', "'>' not supported between instances of 'list' and 'int'", { argument: parameter });
  },
  'linalg.tensorsolve.axes': integers,
  'linalg.tensordot.axes': null,
  'tensordot.axes': null,
  'einsum.out': null,
  'broadcast_to.shape': indices,
  'indices.dimensions': listOfIntegers,
  'piecewise.funclist': arrays,
  'scipy.linalg.fractional_matrix_power.t': real,
  'scipy.sparse.diags.offsets': indices,
  'scipy.sparse.diags_array.offsets': indices,
  'fromfunction.shape': integers,
  'delete.obj': places,
  'insert.obj': places,
  'polyder.m': index,
  'polyint.m': index,
  'polyint.k': null,
  // Of sparse arrays, whose method this is.
  'power.n': null,
  'scipy.sparse.linalg.matrix_power.A': sparse,
  'diag_indices.n': index,
  'divmod.out': writtenSeveral,
  'frexp.out': writtenSeveral,
  'modf.out': writtenSeveral,
  'expand_dims.axis': indices,
  'polyfit.deg': indices,
  'put.a': owned,
  'put_along_axis.arr': owned,
  'put_along_axis.indices': present,
  'put_along_axis.axis': indexOrNone,
  'random.shuffle.x': owned,
  'random.SeedSequence.entropy': seed,
  'random.SeedSequence.spawn_key': listOfIntegers,
  'random.Generator.bit_generator': seed,
  'random.random_integers.low': wide,
  'random.random_integers.high': wideOrNone,
  'place.arr': owned,
  'putmask.a': owned,
  'unwrap.discont': (value, parameter) => (listed(value) === null ? realOrNone(value, parameter) : value),
  'unwrap.period': (value, parameter) => (listed(value) === null ? intOrFloat(value, parameter) : value),
  'random.bytes.length': index,
  'random.set_state.state': present,
  'random.randint.low': wide,
  'random.randint.high': wideOrNone,
  'scipy.sparse.block_array.blocks': lists,
  'scipy.sparse.bmat.blocks': lists,
  'scipy.sparse.hstack.blocks': arrays,
  'scipy.sparse.vstack.blocks': arrays,
  'scipy.sparse.block_diag.mats': arrays,
  'scipy.sparse.spdiags.data': present,
  'scipy.sparse.spdiags.diags': indices,
  'scipy.sparse.spdiags.m': indicesOrNone,
  'random.rand.dims': null,
  'random.randn.dims': null,
  'scipy.sparse.random_array.shape': listOfIntegers,
  'scipy.sparse.linalg.LinearOperator.shape': listOfIntegers,

  'eye.M': indexOrNone,
  'kaiser.beta': amongNumbers,
  'rollaxis.start': index,
  'tri.M': indexOrNone,
  ...Object.fromEntries(
    ['eigs', 'eigsh', 'svds', 'lobpcg'].flatMap((name) => [
      [`scipy.sparse.linalg.${name}.ncv`, indexOrNone],
      [`scipy.sparse.linalg.${name}.maxiter`, indexOrNone],
      [`scipy.sparse.linalg.${name}.tol`, realOrNone],
    ]),
  ),
  'scipy.sparse.linalg.minres.shift': null,
  'scipy.sparse.linalg.gcrotmk.k': indexOrNone,
  'copyto.dst': owned,
  'diag_indices_from.arr': owned,
  'fill_diagonal.a': owned,
  'isfortran.a': owned,
  'tril_indices_from.arr': owned,
  'triu_indices_from.arr': owned,
  'array_repr.arr': owned,
  'array_str.a': owned,
  'array2string.a': owned,
  ...Object.fromEntries(
    ['bicg', 'bicgstab', 'cg', 'cgs', 'gcrotmk', 'gmres', 'lgmres', 'minres', 'qmr', 'tfqmr'].flatMap((name) => [
      [`scipy.sparse.linalg.${name}.rtol`, real],
      [`scipy.sparse.linalg.${name}.atol`, realOrNone],
      [`scipy.sparse.linalg.${name}.maxiter`, indexOrNone],
    ]),
  ),
  ...Object.fromEntries(['bartlett', 'blackman', 'hamming', 'hanning', 'kaiser'].map((name) => [`${name}.M`, real])),
  ...Object.fromEntries(
    ['fft2', 'fftn', 'ifft2', 'ifftn', 'irfft2', 'irfftn', 'rfft2', 'rfftn'].flatMap((name) => [
      [`fft.${name}.s`, integers],
      [`fft.${name}.axes`, integers],
    ]),
  ),
};

/** The shapes of `broadcast_shapes`: integers, or lists of them. */
export function shapeOf(value: unknown): readonly number[] {
  const list = (listed(value) ?? [value]).map((n) => index(n, 'args'));
  if (list.some((n) => n < 0)) throw new AppError('value', 'negative dimensions are not allowed', { argument: 'args' });
  return list;
}

const ofDistributions: ReadonlySet<string> = new Set(['shape', 'n', 'k', 'N']);

function kindOf(name: string, parameter: string, parameters: readonly string[]): Kind | null {
  const key = `${name}.${parameter}`;
  if (Object.hasOwn(own, key)) return own[key];
  // What a draw depends on may be anything between two numbers and an array of them.
  if (ofDistributions.has(parameter) && parameters.includes('size')) return null;
  if (parameter === 'shape' && name.endsWith('_like')) return indicesOrNone;
  if (parameter === 'shape' && name.startsWith('scipy.sparse.')) return integers;
  return Object.hasOwn(kinds, parameter) ? kinds[parameter] : null;
}

/** Whether a function writes into an array that it is given. */
export function changesItsArgument(name: string, parameters: readonly string[]): boolean {
  return kindsOf(name, parameters).includes(owned);
}

/** By the list of parameters, which every function has for itself; a method may go by another name than its function. */
const found = new WeakMap<readonly string[], { name: string; kinds: readonly (Kind | null)[] }>();

/** The checks of a function's parameters; null where any value may come. */
export function kindsOf(name: string, parameters: readonly string[]): readonly (Kind | null)[] {
  const known = found.get(parameters);
  if (known?.name === name) return known.kinds;
  const made = { name, kinds: parameters.map((parameter) => kindOf(name, parameter, parameters)) };
  found.set(parameters, made);
  return made.kinds;
}
