/**
 * The functions of `scipy.sparse` and `scipy.sparse.linalg` by their names there, and the methods of sparse matrices
 * with the matrix as first argument. Python's tuples of a constructor are objects here: `{ data, row, col }`,
 * `{ data, indices, indptr }`, `{ data, offsets }`, `{ shape }`.
 */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import type { ArrayLike } from '../create.ts';
import type { NDArray } from '../ndarray.ts';
import * as arithmetic from '../sparse/arithmetic.ts';
import * as assignment from '../sparse/assignment.ts';
import * as blocks from '../sparse/blocks.ts';
import * as build from '../sparse/build.ts';
import * as canonical from '../sparse/canonical.ts';
import * as comparison from '../sparse/comparison.ts';
import * as construct from '../sparse/construct.ts';
import * as convert from '../sparse/convert.ts';
import * as diagonal from '../sparse/diagonal.ts';
import * as indexing from '../sparse/indexing.ts';
import * as augmented from '../sparse/linalg/augmented.ts';
import * as eigen from '../sparse/linalg/eigen.ts';
import * as factors from '../sparse/linalg/factors.ts';
import * as iterative from '../sparse/linalg/iterative.ts';
import { norm } from '../sparse/linalg/norm.ts';
import { aslinearoperator, LinearOperator, type Matrix } from '../sparse/linalg/operators.ts';
import { expm_multiply } from '../sparse/linalg/exponential.ts';
import { lobpcg, type LobpcgOptions } from '../sparse/linalg/lobpcg.ts';
import { lsmr } from '../sparse/linalg/lsmr.ts';
import { expm } from '../sparse/linalg/matrix-exponential.ts';
import { onenormest } from '../sparse/linalg/one-norm.ts';
import { is_sptriangular, spbandwidth } from '../sparse/linalg/structure.ts';
import * as krylov from '../sparse/linalg/krylov.ts';
import * as quasi from '../sparse/linalg/quasi-minimal.ts';
import { svds, type SvdsOptions } from '../sparse/linalg/svds.ts';
import { spsolve_triangular } from '../sparse/linalg/triangular.ts';
import * as products from '../sparse/products.ts';
import { matrix_power } from '../sparse/matmul.ts';
import { sparse_repr, sparse_str } from '../sparse/print.ts';
import * as random from '../sparse/random.ts';
import * as reduce from '../sparse/reduce.ts';
import { Compressed, type Format, issparse, isspmatrix, type Kind, type Sparse } from '../sparse/sparse-array.ts';
import { direct, type Named, optional } from './signature.ts';

const formats = ['csr', 'csc', 'coo', 'dia'] as const;

/** Dropped where Python gives None. */
const given = <T extends object>(options: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null && value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

const constructors = Object.fromEntries(
  formats.flatMap((format) =>
    (['matrix', 'array'] as const).map((kind: Kind): [string, Named] => [
      `${format}_${kind}`,
      direct(
        (arg1: construct.SparseLike, shape?: number[], dtype?: DType, copy?: boolean) =>
          construct.makeSparse(format, kind, arg1, given({ shape, dtype, copy })),
        'arg1 shape? dtype? copy?',
      ),
    ]),
  ),
);

const isFormat =
  (format: Format) =>
  (x: unknown): boolean =>
    isspmatrix(x) && x.format === format;

/** Named options of a builder as its last argument. */
const withOptions = (f: (...values: never[]) => unknown, count: number) =>
  ((...values: unknown[]) => {
    const [first, [format, dtype]] = [values.slice(0, count), values.slice(count)];
    return (f as (...all: unknown[]) => unknown)(...first, given({ format, dtype }));
  }) as (...values: never[]) => unknown;

const diags =
  (f: typeof build.diags) =>
  (diagonals: ArrayLike, offsets?: number | number[], shape?: number[], format?: string, dtype?: DType): Sparse =>
    f(diagonals, offsets ?? 0, shape ?? null, given({ format, dtype }));

const eye =
  (f: typeof build.eye) =>
  (m: number, n?: number, k?: number, dtype?: DType, format?: string): Sparse =>
    f(m, n ?? null, k ?? 0, given({ format, dtype }));

const randomly =
  (f: typeof random.random) =>
  (
    m: number,
    n: number,
    density?: number,
    format?: string,
    dtype?: DType,
    rng?: never,
    data_rvs?: never,
    random_state?: never,
  ): Sparse =>
    f(m, n, given({ density, format, dtype, rng, data_rvs, random_state }));

export const sparseNames: Readonly<Record<string, Named>> = {
  ...constructors,
  eye: direct(eye(build.eye), 'm n? k? dtype? format?'),
  eye_array: direct(eye(build.eye_array), 'm n? k? dtype? format?'),
  identity: direct(
    (n: number, dtype?: DType, format?: string) => eye(build.eye)(n, n, 0, dtype, format),
    'n dtype? format?',
  ),
  diags: direct(diags(build.diags), 'diagonals offsets? shape? format? dtype?'),
  diags_array: direct(diags(build.diags_array), 'diagonals offsets? shape? format? dtype?'),
  spdiags: direct(build.spdiags, 'data diags m? n? format?'),
  kron: direct(build.kron, 'A B format?'),
  kronsum: direct(build.kronsum, 'A B format?'),
  hstack: direct(withOptions(blocks.hstack, 1), 'blocks format? dtype?'),
  vstack: direct(withOptions(blocks.vstack, 1), 'blocks format? dtype?'),
  bmat: direct(withOptions(blocks.bmat, 1), 'blocks format? dtype?'),
  block_array: direct(withOptions(blocks.block_array, 1), 'blocks format? dtype?'),
  block_diag: direct(withOptions(blocks.block_diag, 1), 'mats format? dtype?'),
  tril: direct(build.tril, 'A k? format?'),
  triu: direct(build.triu, 'A k? format?'),
  find: direct(build.find, 'A'),
  random: direct(randomly(random.random), 'm n density? format? dtype? rng? data_rvs? random_state?'),
  rand: direct(
    (m: number, n: number, density?: number, format?: string, dtype?: DType, rng?: never, random_state?: never) =>
      randomly(random.random)(m, n, density, format, dtype, rng, undefined, random_state),
    'm n density? format? dtype? rng? random_state?',
  ),
  random_array: direct(
    (
      [m, n]: [number, number],
      density?: number,
      format?: string,
      dtype?: DType,
      rng?: never,
      data_sampler?: never,
      random_state?: never,
    ) => random.random_array([m, n], given({ density, format, dtype, rng, data_rvs: data_sampler, random_state })),
    'shape density? format? dtype? rng? data_sampler? random_state?',
  ),
  issparse: direct(issparse, 'x'),
  isspmatrix: direct(isspmatrix, 'x'),
  ...Object.fromEntries(formats.map((format) => [`isspmatrix_${format}`, direct(isFormat(format), 'x')])),
};

/** x and info, as Python unpacks them. */
const solved = ({ x, info }: iterative.Solution): [NDArray, number] => [x, info];

/** A list that a method changes comes back beside the solution: Python's own lists are copied on their way here. */
const withList = (found: [NDArray, number], list: unknown): unknown[] =>
  Array.isArray(list) ? [...found, list] : found;

const solver = (f: typeof iterative.cg): Named =>
  optional(
    (A: Matrix, b: ArrayLike, options: iterative.CallbackOptions) => solved(f(A, b, given(options))),
    'A b | x0? rtol? atol? maxiter? M? callback?',
  );

const pair = ({ w, v }: eigen.PartialEigen): NDArray | [NDArray, NDArray] => (v === null ? w : [w, v]);

export const sparseLinalgNames: Readonly<Record<string, Named>> = {
  spsolve: direct((A: Sparse, b: Sparse | ArrayLike) => factors.spsolve(A, b), 'A b permc_spec~ use_umfpack~'),
  splu: optional(
    (A: Sparse, options: factors.FactorOptions) => factors.splu(A, given(options)),
    'A | permc_spec? diag_pivot_thresh?',
  ),
  spilu: optional((A: Sparse, options: object) => factors.spilu(A, given(options)), 'A | drop_tol? fill_factor?'),
  factorized: direct(factors.factorized, 'A'),
  spsolve_triangular: optional(spsolve_triangular, 'A b | lower? overwrite_A~ overwrite_b~ unit_diagonal?'),
  inv: direct(factors.inv, 'A'),
  norm: direct(norm, 'x ord? axis?'),
  matrix_power: direct(matrix_power, 'A power'),
  cg: solver(iterative.cg),
  bicgstab: solver(iterative.bicgstab),
  gmres: optional(
    (A: Matrix, b: ArrayLike, options: iterative.GmresOptions) => solved(iterative.gmres(A, b, given(options))),
    'A b | x0? rtol? atol? restart? maxiter? M? callback? callback_type?',
  ),
  minres: optional(
    (A: Matrix, b: ArrayLike, options: object) => solved(iterative.minres(A, b, given(options))),
    'A b | x0? rtol? shift? maxiter? M? callback?',
  ),
  eigsh: optional(
    (A: Matrix, k: number | undefined, options: object) => pair(eigen.eigsh(A, k, given(options))),
    'A k? | M? sigma? which? v0? ncv? maxiter? tol? return_eigenvectors? Minv? OPinv? mode? rng?',
  ),
  eigs: optional(
    (A: Matrix, k: number | undefined, options: object) => pair(eigen.eigs(A, k, given(options))),
    'A k? | M? sigma? which? v0? ncv? maxiter? tol? return_eigenvectors? Minv? OPinv? rng?',
  ),
  svds: optional((A: Matrix, k: number | undefined, options: SvdsOptions & { random_state?: SvdsOptions['rng'] }) => {
    const { random_state, ...rest } = options;
    const { u, s, vh } = svds(A, k, given(random_state === undefined ? rest : { rng: random_state, ...rest }));
    return options.return_singular_vectors === false ? s : [u, s, vh];
  }, 'A k? | ncv? tol? which? v0? maxiter? return_singular_vectors? solver? rng? options~ random_state?'),
  expm_multiply: optional(expm_multiply, 'A B | start? stop? num? endpoint? traceA?'),
  expm: direct(expm, 'A'),
  onenormest: direct((A: Matrix, t?: number, itmax?: number, compute_v = false, compute_w = false) => {
    const { est, v, w } = onenormest(A, given({ t, itmax }));
    return compute_v || compute_w ? [est, ...(compute_v ? [v] : []), ...(compute_w ? [w] : [])] : est;
  }, 'A t? itmax? compute_v? compute_w?'),
  spbandwidth: direct(spbandwidth, 'A'),
  is_sptriangular: direct(is_sptriangular, 'A'),
  qmr: optional(
    (A: Matrix, b: ArrayLike, options: quasi.QmrOptions) => solved(quasi.qmr(A, b, given(options))),
    'A b | x0? rtol? atol? maxiter? M1? M2? callback?',
  ),
  tfqmr: optional(
    (A: Matrix, b: ArrayLike, options: iterative.CallbackOptions) => solved(quasi.tfqmr(A, b, given(options))),
    'A b | x0? rtol? atol? maxiter? M? callback? show~',
  ),
  lgmres: optional((A: Matrix, b: ArrayLike, options: augmented.LgmresOptions) => {
    const found = solved(augmented.lgmres(A, b, given(options)));
    return withList(found, options.outer_v);
  }, 'A b | x0? rtol? atol? maxiter? M? callback? inner_m? outer_k? outer_v? store_outer_Av? prepend_outer_v?'),
  gcrotmk: optional((A: Matrix, b: ArrayLike, options: augmented.GcrotmkOptions) => {
    const found = solved(augmented.gcrotmk(A, b, given(options)));
    return withList(found, options.CU);
  }, 'A b | x0? rtol? atol? maxiter? M? callback? m? k? CU? discard_C? truncate?'),
  cgs: solver(krylov.cgs),
  bicg: solver(krylov.bicg),
  lsqr: optional((A: Matrix, b: ArrayLike, options: object) => {
    const f = krylov.lsqr(A, b, given(options));
    return [f.x, f.istop, f.itn, f.r1norm, f.r2norm, f.anorm, f.acond, f.arnorm, f.xnorm, f.var];
  }, 'A b | damp? atol? btol? conlim? iter_lim? show~ calc_var? x0?'),
  lsmr: optional((A: Matrix, b: ArrayLike, options: object) => {
    const f = lsmr(A, b, given(options));
    return [f.x, f.istop, f.itn, f.normr, f.normar, f.norma, f.conda, f.normx];
  }, 'A b | damp? atol? btol? conlim? maxiter? show~ x0?'),
  lobpcg: optional(
    (
      A: Matrix,
      X: ArrayLike,
      options: LobpcgOptions & { retLambdaHistory?: boolean; retResidualNormsHistory?: boolean },
    ) => {
      const { w, v, lambdaHistory, residualNormsHistory } = lobpcg(A, X, given(options));
      return [
        w,
        v,
        ...(options.retLambdaHistory === true ? [lambdaHistory] : []),
        ...(options.retResidualNormsHistory === true ? [residualNormsHistory] : []),
      ];
    },
    'A X | B? M? Y? tol? maxiter? largest? verbosityLevel~ retLambdaHistory? retResidualNormsHistory? restartControl~',
  ),
  aslinearoperator: direct(aslinearoperator, 'A'),
  LinearOperator: direct(
    (shape: number[], matvec: (x: NDArray) => NDArray, rmatvec?: (x: NDArray) => NDArray, dtype?: DType) =>
      new LinearOperator(shape, given({ matvec, rmatvec, dtype })),
    'shape matvec rmatvec? dtype?',
  ),
};

const { absolute, add, divide, negative, power, subtract } = arithmetic;

/** A method that csr and csc alone have. */
const ofCompressed = (name: string, f: (a: Compressed) => unknown): Named =>
  direct((a: Sparse) => {
    if (a instanceof Compressed) return f(a);
    throw new AppError('dtype', `'${a.format}_${a.kind}' object has no attribute '${name}'`);
  }, 'self');

/** The methods and operators of a sparse matrix; the first argument is the matrix. */
export const sparseMethods: Readonly<Record<string, Named>> = {
  toarray: direct(convert.toarray, 'self order?'),
  todense: direct(convert.toarray, 'self order?'),
  tocsr: direct((a: Sparse, copy?: boolean) => convert.asformat(a, 'csr', copy), 'self copy?'),
  tocsc: direct((a: Sparse, copy?: boolean) => convert.asformat(a, 'csc', copy), 'self copy?'),
  tocoo: direct((a: Sparse, copy?: boolean) => convert.asformat(a, 'coo', copy), 'self copy?'),
  todia: direct((a: Sparse, copy?: boolean) => convert.asformat(a, 'dia', copy), 'self copy?'),
  asformat: direct(convert.asformat, 'self format copy?'),
  copy: direct(convert.copy, 'self'),
  astype: optional(convert.astype, 'self dtype | casting? copy?'),
  conj: direct(convert.conj, 'self'),
  conjugate: direct(convert.conj, 'self'),
  transpose: direct(convert.transpose, 'self'),
  reshape: direct(convert.reshape, 'self shape order?'),
  sum_duplicates: direct(canonical.sum_duplicates, 'self'),
  eliminate_zeros: direct(canonical.eliminate_zeros, 'self'),
  sort_indices: ofCompressed('sort_indices', canonical.sort_indices),
  has_sorted_indices: ofCompressed('has_sorted_indices', canonical.has_sorted_indices),
  has_canonical_format: ofCompressed('has_canonical_format', canonical.has_canonical_format),
  diagonal: direct(diagonal.diagonal, 'self k?'),
  trace: direct(diagonal.trace, 'self offset?'),
  setdiag: direct(diagonal.setdiag, 'self values k?'),
  sum: direct(reduce.sum, 'self axis? dtype?'),
  mean: direct(reduce.mean, 'self axis? dtype?'),
  max: direct(reduce.max, 'self axis? explicit?'),
  min: direct(reduce.min, 'self axis? explicit?'),
  nanmax: direct(reduce.nanmax, 'self axis? explicit?'),
  nanmin: direct(reduce.nanmin, 'self axis? explicit?'),
  argmax: direct(reduce.argmax, 'self axis? explicit?'),
  argmin: direct(reduce.argmin, 'self axis? explicit?'),
  count_nonzero: direct(reduce.count_nonzero, 'self axis?'),
  getnnz: direct(reduce.getnnz, 'self axis?'),
  nonzero: direct(indexing.sparse_nonzero, 'self'),
  getrow: direct(indexing.getrow, 'self i'),
  getcol: direct(indexing.getcol, 'self j'),
  multiply: direct(arithmetic.multiply, 'self other'),
  power: direct(power, 'self n dtype?'),
  maximum: direct(comparison.maximum, 'self other'),
  minimum: direct(comparison.minimum, 'self other'),
  dot: direct(products.dot, 'self other'),
  __getitem__: direct(indexing.getitem, 'self index'),
  __setitem__: direct(assignment.setitem, 'self index value'),
  __add__: direct(add, 'self other'),
  __radd__: direct(add, 'self other'),
  __sub__: direct(subtract, 'self other'),
  __rsub__: direct(arithmetic.rsubtract, 'self other'),
  __mul__: direct(products.times, 'self other'),
  __rmul__: direct(products.rtimes, 'self other'),
  __matmul__: direct(products.matmul, 'self other'),
  __rmatmul__: direct(products.rmatmul, 'self other'),
  __truediv__: direct(divide, 'self other'),
  __rtruediv__: direct(arithmetic.rdivide, 'self other'),
  __pow__: direct(products.toPower, 'self n'),
  __neg__: direct(negative, 'self'),
  __abs__: direct(absolute, 'self'),
  __eq__: direct(comparison.equal, 'self other'),
  __ne__: direct(comparison.not_equal, 'self other'),
  __lt__: direct(comparison.less, 'self other'),
  __le__: direct(comparison.less_equal, 'self other'),
  __gt__: direct(comparison.greater, 'self other'),
  __ge__: direct(comparison.greater_equal, 'self other'),
  __repr__: direct(sparse_repr, 'self'),
  __str__: direct(sparse_str, 'self maxprint?'),
};
