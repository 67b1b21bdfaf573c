/**
 * Functions of NumPy that the engine has under the same name with the same parameters: what stands here is how Python's
 * objects are read, see `quick-function.ts`, and how the result goes back. Their façade in Python does the rest: what is
 * out of the ordinary, errors in NumPy's words, warnings.
 */
import { AppError } from '#shared/errors.ts';
import { named } from '#engine/names/call.ts';
import { NDArray } from '#engine/ndarray.ts';
import { PyFloat } from '#engine/scalar.ts';
import { allFinite, isInexact, loses } from './float-checks.ts';
import type { Gives, Quick } from './quick-function.ts';

/** The function of this name; results for which `keep` says no are Python's to look at. */
function forward(name: string, gives: Gives, parameters: string, keep: (made: unknown) => boolean = any): Quick {
  const found = named(name);
  if (found === null) throw new AppError('bug', `the engine has no function ${name}`);
  return {
    parameters,
    gives,
    run: (...values: unknown[]) => {
      const made = found.call(values);
      if (gives === 'none') return true;
      return keep(made) ? made : null;
    },
  };
}

const any = (): boolean => true;

/** Where infinities and NaN come from, there may be a warning. */
const finite = (made: unknown): boolean =>
  made instanceof NDArray ? !isInexact(made.dtype) || allFinite(made) : Array.isArray(made) && made.every(finite);

/** Refuses what the façade looks at first. */
function unless(refused: (...values: never[]) => boolean, quick: Quick): Quick {
  const run = quick.run as (...values: unknown[]) => unknown;
  return {
    ...quick,
    run: (...values: unknown[]) => ((refused as (...all: unknown[]) => boolean)(...values) ? null : run(...values)),
  };
}

/** A value that cannot be put into an array without a word. */
const unfit = (a: NDArray, value: unknown): boolean =>
  value instanceof NDArray
    ? loses(value, a.dtype)
    : !(/^(float64|complex128)$/.test(a.dtype) || (a.dtype === 'int64' && !(value instanceof PyFloat)));

const number = (a: NDArray): boolean => a.ndim === 0;
const isWhole = (a: NDArray): boolean => a.dtype === 'int64';
const complex = (a: NDArray): boolean => a.entries === 2;
const flat = (...all: NDArray[]): boolean => all.every((a) => a.ndim === 1);
const square = (a: NDArray): boolean => a.ndim === 2;

export const quickForwards: Readonly<Record<string, Quick>> = {
  swapaxes: forward('swapaxes', 'view', 'A:a I:axis1 I:axis2'),
  moveaxis: forward('moveaxis', 'view', 'A:a S:source S:destination'),
  rollaxis: forward('rollaxis', 'view', 'Q:a I:axis I:start?'),
  fliplr: forward('fliplr', 'view', 'A:m'),
  flipud: forward('flipud', 'view', 'A:m'),
  rot90: forward('rot90', 'view', 'A:m I:k? S:axes?'),
  broadcast_to: unless(
    (a: NDArray, to: number[]) => to.length === a.ndim && a.shape.every((n, k) => n === to[k]),
    forward('broadcast_to', 'view', 'A:array S:shape'),
  ),
  broadcast_arrays: unless((args: NDArray[]) => args.every(number), forward('broadcast_arrays', 'tuple', 'M:/args')),
  atleast_1d: forward('atleast_1d', 'view', 'A:/arys'),
  atleast_2d: forward('atleast_2d', 'view', 'A:/arys'),
  atleast_3d: forward('atleast_3d', 'view', 'A:/arys'),
  matrix_transpose: forward('matrix_transpose', 'view', 'A:/x'),
  split: forward('split', 'views', 'A:ary Y:indices_or_sections I:axis?'),
  array_split: forward('array_split', 'views', 'A:ary Y:indices_or_sections I:axis?'),
  hsplit: forward('hsplit', 'views', 'A:ary Y:indices_or_sections'),
  vsplit: forward('vsplit', 'views', 'A:ary Y:indices_or_sections'),
  dsplit: forward('dsplit', 'views', 'A:ary Y:indices_or_sections'),
  dstack: forward('dstack', 'array', 'L:tup'),
  pad: unless(
    (_a: NDArray, width: NDArray) => !isWhole(width),
    forward(
      'pad',
      'array',
      'A:array A:pad_width W:mode? |O:constant_values? O:end_values? N:stat_length? N:reflect_type?',
    ),
  ),
  resize: forward('resize', 'array', 'A:a S:new_shape'),

  take_along_axis: unless(
    (_a: NDArray, places: NDArray) => !isWhole(places),
    forward('take_along_axis', 'array', 'A:arr A:indices I:axis?'),
  ),
  put_along_axis: unless(
    (a: NDArray, places: NDArray, values: NDArray) => !isWhole(places) || unfit(a, values),
    forward('put_along_axis', 'none', 'A:arr A:indices A:values I:axis'),
  ),
  put: unless(
    (a: NDArray, places: NDArray, values: NDArray) => !isWhole(places) || unfit(a, values),
    forward('put', 'none', 'A:a A:ind A:v W:mode?'),
  ),
  place: unless(
    (a: NDArray, mask: NDArray, values: NDArray) => mask.dtype !== 'bool' || unfit(a, values),
    forward('place', 'none', 'A:arr A:mask A:vals'),
  ),
  putmask: unless(
    (a: NDArray, mask: NDArray, values: NDArray) => mask.dtype !== 'bool' || unfit(a, values),
    forward('putmask', 'none', 'A:a A:mask A:values'),
  ),
  copyto: unless(
    (a: NDArray, value: unknown) => unfit(a, value),
    forward('copyto', 'none', 'A:dst O:src N:casting? Z:where?'),
  ),
  fill_diagonal: unless(
    (a: NDArray, value: unknown) => unfit(a, value),
    forward('fill_diagonal', 'none', 'A:a O:val F:wrap?'),
  ),
  compress: forward('compress', 'array', 'A:condition A:a X:axis?'),
  extract: forward('extract', 'array', 'A:condition A:arr'),
  choose: forward('choose', 'scalar', 'A:a L:choices N:out? W:mode?'),
  select: unless(
    (conditions: NDArray[], choices: NDArray[]) => conditions.some((c) => c.dtype !== 'bool') || choices.some(number),
    forward('select', 'array', 'L:condlist L:choicelist O:default?'),
  ),
  flatnonzero: forward('flatnonzero', 'array', 'A:a'),
  argwhere: forward('argwhere', 'array', 'A:a'),
  unravel_index: unless(
    (places: NDArray) => !isWhole(places),
    forward('unravel_index', 'tuple', 'A:indices S:shape W:order?'),
  ),
  ravel_multi_index: unless(
    (places: NDArray[]) => !places.every(isWhole),
    forward('ravel_multi_index', 'scalar', 'L:multi_index S:dims W:mode? W:order?'),
  ),

  identity: forward('identity', 'array', 'I:n D:dtype?'),
  tri: forward('tri', 'array', 'I:N I:M? I:k? D:dtype?'),
  indices: forward('indices', 'tuple', 'S:dimensions D:dtype? F:sparse?'),
  diagflat: forward('diagflat', 'array', 'A:v I:k?'),
  vander: forward('vander', 'array', 'A:x I:N? F:increasing?'),
  diag_indices: forward('diag_indices', 'tuple', 'I:n I:ndim?'),
  tril_indices: forward('tril_indices', 'tuple', 'I:n I:k? I:m?'),
  triu_indices: forward('triu_indices', 'tuple', 'I:n I:k? I:m?'),
  ix_: forward('ix_', 'tuple', 'M:/args'),
  ascontiguousarray: forward('ascontiguousarray', 'view', 'A:a D:dtype?'),
  asfortranarray: forward('asfortranarray', 'view', 'A:a D:dtype?'),

  real: forward('real', 'view', 'Q:val'),
  // The zeros of a real array are not for writing, as the façade says.
  imag: unless((a: NDArray) => !complex(a), forward('imag', 'view', 'Q:val')),
  isreal: forward('isreal', 'scalar', 'Q:x'),
  iscomplex: forward('iscomplex', 'scalar', 'Q:x'),
  iscomplexobj: forward('iscomplexobj', 'truth', 'Q:x'),
  isrealobj: forward('isrealobj', 'truth', 'Q:x'),
  angle: forward('angle', 'scalar', 'A:z F:deg?'),
  nan_to_num: forward('nan_to_num', 'scalar', 'A:x T:copy? O:nan? O:posinf? O:neginf?'),
  isposinf: unless(complex, forward('isposinf', 'scalar', 'A:x N:out?')),
  isneginf: unless(complex, forward('isneginf', 'scalar', 'A:x N:out?')),
  fix: forward('fix', 'scalar', 'A:x N:out?'),
  array_equiv: forward('array_equiv', 'truth', 'A:a1 A:a2'),

  ptp: unless(
    (a: NDArray) => a.ndim === 0 || a.size === 0,
    forward('ptp', 'scalar', 'A:a X:axis? N:out? F:keepdims?', finite),
  ),
  digitize: forward('digitize', 'scalar', 'A:x A:bins F:right?'),
  isin: forward('isin', 'array', 'A:element A:test_elements F:assume_unique? F:invert?'),
  union1d: forward('union1d', 'array', 'A:ar1 A:ar2'),
  intersect1d: forward('intersect1d', 'array', 'A:ar1 A:ar2'),
  setdiff1d: forward('setdiff1d', 'array', 'A:ar1 A:ar2'),
  setxor1d: forward('setxor1d', 'array', 'A:ar1 A:ar2'),
  lexsort: unless((keys: NDArray[]) => keys.every(number), forward('lexsort', 'array', 'L:keys')),
  partition: unless(number, forward('partition', 'array', 'A:a I:kth I:axis?')),
  argpartition: unless(number, forward('argpartition', 'array', 'A:a I:kth I:axis?')),
  nanargmax: unless(number, forward('nanargmax', 'scalar', 'A:a X:axis?')),
  nanargmin: unless(number, forward('nanargmin', 'scalar', 'A:a X:axis?')),
  nancumsum: unless(number, forward('nancumsum', 'array', 'A:a I:axis?', finite)),
  nancumprod: unless(number, forward('nancumprod', 'array', 'A:a I:axis?', finite)),
  ediff1d: forward('ediff1d', 'array', 'A:ary'),
  histogram_bin_edges: forward('histogram_bin_edges', 'array', 'A:a I:bins?', finite),

  matvec: unless(
    (a: NDArray, x: NDArray) => a.ndim < 2 || x.ndim < 1,
    forward('matvec', 'scalar', 'A:/x1 A:/x2', finite),
  ),
  vecmat: unless(
    (x: NDArray, a: NDArray) => a.ndim < 2 || x.ndim < 1,
    forward('vecmat', 'scalar', 'A:/x1 A:/x2', finite),
  ),
  vecdot: unless(
    (a: NDArray, b: NDArray) => number(a) || number(b),
    forward('vecdot', 'scalar', 'A:/x1 A:/x2', finite),
  ),
  polyadd: unless((a: NDArray, b: NDArray) => !flat(a, b), forward('polyadd', 'array', 'A:a1 A:a2', finite)),
  polysub: unless((a: NDArray, b: NDArray) => !flat(a, b), forward('polysub', 'array', 'A:a1 A:a2', finite)),
  polymul: unless((a: NDArray, b: NDArray) => !flat(a, b), forward('polymul', 'array', 'A:a1 A:a2', finite)),
  polydiv: unless((a: NDArray, b: NDArray) => !flat(a, b), forward('polydiv', 'tuple', 'A:u A:v', finite)),
  polyder: unless((p: NDArray) => !flat(p), forward('polyder', 'array', 'A:p I:m?', finite)),
  polyint: unless((p: NDArray) => !flat(p), forward('polyint', 'array', 'A:p I:m?', finite)),
  roots: unless((p: NDArray) => !flat(p), forward('roots', 'array', 'A:p', finite)),
  poly: unless((p: NDArray) => !flat(p) || p.size === 0, forward('poly', 'array', 'A:seq_of_zeros', finite)),

  'linalg.outer': forward('linalg.outer', 'array', 'A:/x1 A:/x2', finite),
  'linalg.cross': forward('linalg.cross', 'array', 'A:/x1 A:/x2', finite),
  'linalg.trace': unless((a: NDArray) => !square(a), forward('linalg.trace', 'scalar', 'A:/x |I:offset?', finite)),
  'linalg.diagonal': unless((a: NDArray) => !square(a), forward('linalg.diagonal', 'view', 'A:/x |I:offset?')),
  'linalg.matrix_norm': unless(
    (a: NDArray) => !square(a) || a.size === 0,
    forward('linalg.matrix_norm', 'scalar', 'A:/x |F:keepdims? G:ord?', finite),
  ),
  'linalg.vector_norm': unless(
    (a: NDArray) => number(a) || a.size === 0,
    forward('linalg.vector_norm', 'scalar', 'A:/x |X:axis? F:keepdims? R:ord?', finite),
  ),
  'linalg.matrix_transpose': forward('linalg.matrix_transpose', 'view', 'A:/x'),
  'linalg.matmul': unless(
    (a: NDArray, b: NDArray) => number(a) || number(b),
    forward('linalg.matmul', 'scalar', 'A:/x1 A:/x2', finite),
  ),
  'linalg.vecdot': unless(
    (a: NDArray, b: NDArray) => number(a) || number(b),
    forward('linalg.vecdot', 'scalar', 'A:/x1 A:/x2', finite),
  ),
  'linalg.multi_dot': forward('linalg.multi_dot', 'scalar', 'L:arrays', finite),
  'linalg.svdvals': forward('linalg.svdvals', 'array', 'A:/x'),
  'fft.fft': unless(number, forward('fft.fft', 'array', 'A:a I:n? I:axis? W:norm?', finite)),
  'fft.ifft': unless(number, forward('fft.ifft', 'array', 'A:a I:n? I:axis? W:norm?', finite)),
  'fft.rfft': unless(
    (a: NDArray) => number(a) || complex(a),
    forward('fft.rfft', 'array', 'A:a I:n? I:axis? W:norm?', finite),
  ),
  'fft.irfft': unless(number, forward('fft.irfft', 'array', 'A:a I:n? I:axis? W:norm?', finite)),
  'fft.fft2': forward('fft.fft2', 'array', 'A:a', finite),
  'fft.ifft2': forward('fft.ifft2', 'array', 'A:a', finite),
  'fft.fftn': forward('fft.fftn', 'array', 'A:a', finite),
  'fft.ifftn': forward('fft.ifftn', 'array', 'A:a', finite),
  'fft.fftfreq': forward('fft.fftfreq', 'array', 'I:n R:d?', finite),
  'fft.rfftfreq': forward('fft.rfftfreq', 'array', 'I:n R:d?', finite),
  'fft.fftshift': forward('fft.fftshift', 'array', 'A:x X:axes?'),
  'fft.ifftshift': forward('fft.ifftshift', 'array', 'A:x X:axes?'),
};
