/** Where the engine's signatures differ from NumPy's and SciPy's, and why. Whatever is not named here must agree. */

/** Parameters that no function has, by their names. */
export const absentEverywhere: Readonly<Record<string, string>> = {
  like: 'hands the call to another library of arrays; there is none here',
  signature: 'chooses a C loop by its type letters; `dtype` chooses it here',
};

interface Difference {
  /** NumPy's parameters that are not there. */
  absent?: string;
  /** Parameters of our own, in the place of such as `**kwargs`. */
  added?: string;
  reason: string;
}

const callbacks = 'a function of TypeScript closes over what else it needs';
const two = 'has two results; `out` is a pair of arrays, the other options of ufuncs are not read';
const options = 'SuperLU’s own tuning, for which Eigen’s factorisation has no counterpart';

const printing = 'how many entries are printed is said where they are: `__str__(maxprint)`';

/** Differences of single functions. */
export const differences: Readonly<Record<string, Difference>> = {
  apply_along_axis: { absent: 'args kwargs', reason: callbacks },
  fromfunction: { absent: 'kwargs', reason: callbacks },
  piecewise: { absent: 'args kw', reason: callbacks },
  arange: { absent: 'start_or_stop', added: 'start', reason: 'the name that its documentation gives it' },
  array: { absent: 'ndmax', reason: 'limits the depth of arrays of objects, which do not exist here' },
  array2string: {
    absent: 'formatter legacy',
    reason: 'formatting functions and the printing of old versions: not planned',
  },
  clip: { absent: 'kwargs', added: 'where casting dtype', reason: 'what NumPy hands on to its ufunc, by name' },
  pad: {
    absent: 'kwargs',
    added: 'constant_values end_values stat_length reflect_type',
    reason: 'what the modes take, by name',
  },
  einsum: { absent: 'kwargs', added: 'dtype order casting', reason: 'what the keywords may be, by name' },
  einsum_path: { absent: 'einsum_call', reason: 'internal to NumPy' },
  divmod: { absent: 'where casting order dtype subok', reason: two },
  frexp: { absent: 'where casting order dtype subok', reason: two },
  modf: { absent: 'where casting order dtype subok', reason: two },
  ldexp: { absent: 'where casting order dtype subok', reason: 'made of ufuncs' },
  matmul: { absent: 'axes axis keepdims', reason: 'move the axes first' },
  matvec: { absent: 'axes axis keepdims', reason: 'move the axes first' },
  vecmat: { absent: 'axes axis keepdims', reason: 'move the axes first' },
  vecdot: { absent: 'axes', reason: 'move the axes first' },
  'random.rand': { absent: 'args', added: 'dims', reason: 'the name that its documentation gives them' },
  'random.randn': { absent: 'args', added: 'dims', reason: 'the name that its documentation gives them' },
  'random.ranf': {
    absent: 'args kwargs',
    added: 'size',
    reason: 'the arguments of `random_sample`, whose older name it is',
  },
  'random.sample': {
    absent: 'args kwargs',
    added: 'size',
    reason: 'the arguments of `random_sample`, whose older name it is',
  },
  'scipy.linalg.logm': { absent: 'disp', reason: 'deprecated' },
  'scipy.linalg.signm': { absent: 'disp', reason: 'deprecated' },
  'scipy.linalg.sqrtm': { absent: 'disp blocksize', reason: 'deprecated' },
  ...Object.fromEntries(
    ['coo', 'csc', 'csr', 'dia']
      .flatMap((format) => [`scipy.sparse.${format}_array`, `scipy.sparse.${format}_matrix`])
      .map((name) => [name, { absent: 'maxprint', reason: printing }]),
  ),
  'scipy.sparse.linalg.eigs': {
    absent: 'OPpart',
    reason: 'ARPACK’s real arithmetic for complex shifts; the arithmetic is complex here',
  },
  'scipy.sparse.linalg.LinearOperator': {
    absent: 'args kwargs',
    added: 'shape matvec rmatvec dtype',
    reason: 'the arguments of its constructor, by name',
  },
  'scipy.sparse.linalg.minres': { absent: 'show check', reason: 'print and test while iterating: not planned' },
  'scipy.sparse.linalg.spilu': {
    absent: 'drop_rule permc_spec diag_pivot_thresh relax panel_size options',
    reason: options,
  },
  'scipy.sparse.linalg.splu': { absent: 'relax panel_size options', reason: options },
};
