/** Everyday statements on small arrays, each beside what the engine does for it. */
import { diag, diagonal, indices, meshgrid, tril, tril_indices } from '#engine/building.ts';
import { astype, broadcast_to, copy } from '#engine/cast.ts';
import { corrcoef, cov } from '#engine/correlation.ts';
import { array, asarray, empty, eye, full, ones, zeros, zeros_like } from '#engine/create.ts';
import { diff, gradient, trapezoid } from '#engine/differences.ts';
import { einsum } from '#engine/einsum.ts';
import { allclose, array_equal, clip, isclose, nan_to_num, round, select, where } from '#engine/elementwise.ts';
import { fft } from '#engine/fourier.ts';
import { unravel_index } from '#engine/grids.ts';
import { histogram } from '#engine/histogram.ts';
import { nonzero } from '#engine/index-plan.ts';
import { getitem, setitem } from '#engine/indexing.ts';
import { append, column_stack, concatenate, repeat, roll, split, stack, tile, vstack } from '#engine/joining.ts';
import { eig, eigh } from '#engine/linalg/eigenvalues.ts';
import { lstsq, pinv } from '#engine/linalg/least-squares.ts';
import { matrix_rank, norm } from '#engine/linalg/norms.ts';
import { qr } from '#engine/linalg/orthogonal.ts';
import { dot, inner, matmul, outer, trace } from '#engine/linalg/products.ts';
import { svd } from '#engine/linalg/svd.ts';
import { cholesky, det, inv, slogdet, solve } from '#engine/linalg/systems.ts';
import { pad } from '#engine/padding.ts';
import { choose, copyto, put } from '#engine/placing.ts';
import { poly, polyfit, polyval, roots } from '#engine/polynomials.ts';
import { cross, kron } from '#engine/products.ts';
import { median, nanmedian, percentile } from '#engine/quantiles.ts';
import { arange, linspace } from '#engine/ranges.ts';
import { accumulate, reduce } from '#engine/reduce.ts';
import { any, count_nonzero, cumsum, max, sum, sumType } from '#engine/reductions.ts';
import { PyFloat } from '#engine/scalar.ts';
import { argmax, argwhere, searchsorted } from '#engine/searching.ts';
import { isin, unique, uniqueAll } from '#engine/sets.ts';
import { atleast_1d, atleast_2d, expand_dims, flip, ravel, reshape, swapaxes, transpose } from '#engine/shape.ts';
import { convolve, interp } from '#engine/signals.ts';
import { ellipsis, Slice } from '#engine/slicing.ts';
import { argsort, sort } from '#engine/sorting.ts';
import { average, mean, nanmean, std } from '#engine/statistics.ts';
import { take } from '#engine/taking.ts';
import * as arithmetic from '#engine/ufuncs/arithmetic.ts';
import * as comparison from '#engine/ufuncs/comparison.ts';
import { at, reduceat } from '#engine/ufuncs/at.ts';
import * as mathematics from '#engine/ufuncs/mathematics.ts';

const { add, subtract, multiply, divide, power, negative, absolute } = arithmetic;
const { less, greater, logical_and, maximum, isnan } = {
  ...arithmetic,
  ...comparison,
  ...mathematics,
} as typeof arithmetic & typeof comparison & typeof mathematics;
const { exp, sqrt } = mathematics;

/** What stands under these names in every statement, in Python and here. */
export const setUp = `
a, b, m, n = np.array([1., 2., 3.]), np.array([4., 5., 6.]), np.arange(9.).reshape(3, 3), np.eye(3)
s = np.array([[4., 2., 1.], [2., 5., 3.], [1., 3., 6.]])
mask, i = a > 1.5, np.array([2, 0])
x, k = a[0], np.array([1, 2, 3])
o = np.zeros(3)
`;
/** The operands of the engine: of the same shapes, with other numbers. */
export const operands = {
  a: array([1.5, 2.5, 3.5]),
  b: array([4.5, 5.5, 6.5]),
  m: reshape(arange(0, 9, 1, 'float64'), [3, 3]),
  n: eye(3, 3),
  s: array([
    [4.5, 2.5, 1.5],
    [2.5, 5.5, 3.5],
    [1.5, 3.5, 6.5],
  ]),
};
const { a, b, m, n, s } = operands;
const mask = greater(a, new PyFloat(2));
const i = array([2, 0], 'int64');
const k = array([4, 5, 6], 'int64');
const o = zeros([3]);
const two = new PyFloat(2);
const all = new Slice(null, null, null);
const adding = { step: add.definition, identity: 0, type: sumType };

/** Nothing of the engine: Python's side reads or makes the number by itself. */
const nothing = (): void => undefined;

export const statements: Readonly<Record<string, () => unknown>> = {
  'a[1]': nothing,
  'a[1] = 2.0': nothing,
  'm[1, 2]': nothing,
  'm[1]': () => getitem(m, [1]),
  'm[1] = a': () => {
    setitem(m, [1], a);
  },
  'a[1:3]': () => getitem(a, [new Slice(1, 3, null)]),
  'a[1:3] = 0': () => {
    setitem(a, [new Slice(1, 3, null)], 0);
  },
  'm[:, 1]': () => getitem(m, [all, 1]),
  'a[:, None]': () => getitem(a, [all, null]),
  'a[mask]': () => getitem(a, [mask]),
  'a[mask] = 0.0': () => {
    setitem(a, [mask], new PyFloat(0));
  },
  'a[i]': () => getitem(a, [i]),
  'a + b': () => add(a, b),
  'a * 2': () => multiply(a, 2),
  '1 / a': () => divide(1, a),
  'a ** 2': () => power(a, 2),
  'a += 1.0': () => add(a, two, { out: a }),
  'a[1:] += 1.0': () =>
    add(getitem(a, [new Slice(1, null, null)]), two, { out: getitem(o, [new Slice(1, null, null)]) }),
  'm[1] -= 2.0 * m[0]': () => {
    setitem(m, [1], subtract(getitem(m, [1]), multiply(two, getitem(m, [0]))));
  },
  'm[m > 3] += 1.0': () => {
    const picked = [greater(m, 3)];
    setitem(m, picked, add(getitem(m, picked), two));
  },
  'm[0] = [1., 2., 3.]': () => {
    setitem(m, [0], array([1.5, 2.5, 3.5]));
  },
  'm[[0, 1], [1, 2]] = 0.0': () => {
    setitem(m, [array([0, 1], 'int64'), array([1, 2], 'int64')], new PyFloat(0));
  },
  'm[mask, 1]': () => getitem(m, [mask, 1]),
  '-a': () => negative(a),
  'a < 2': () => less(a, 2),
  '(a > 1) & (a < 3)': () => logical_and(greater(a, 1), less(a, 3)),
  'm + a': () => add(m, a),
  'k * 0.5': () => multiply(k, new PyFloat(0.5)),
  'k + a': () => add(k, a),
  'x * a': () => multiply(two, a),
  'm[m > 3]': () => getitem(m, [greater(m, 3)]),
  'np.add(a, b, out=o)': () => add(a, b, { out: o }),
  'm @ a': () => matmul(m, a),
  'm @ n': () => matmul(m, n),
  'x + 1': nothing,
  'float(x)': nothing,
  'a[1].item()': nothing,
  'np.exp(a)': () => exp(a),
  'np.abs(a)': () => absolute(a),
  'np.sqrt(2.0)': () => sqrt(two),
  'np.maximum(a, 0)': () => maximum(a, 0),
  'np.isnan(a)': () => isnan(a),
  'np.zeros(3)': () => zeros([3]),
  'np.zeros((3, 3))': () => zeros([3, 3]),
  'np.ones(3)': () => ones([3]),
  'np.empty(3)': () => empty([3]),
  'np.full(3, 7.0)': () => full([3], 7),
  'np.zeros_like(a)': () => zeros_like(a),
  'np.eye(3)': () => eye(3, 3),
  'np.arange(3)': () => arange(0, 3, 1, 'int64'),
  'np.linspace(0, 1, 5)': () => linspace(0, 1, 5),
  'np.array([1., 2., 3.])': () => array([1.5, 2.5, 3.5]),
  'np.array([[1., 2., 3.], [4., 5., 6.], [7., 8., 9.]])': () =>
    array([
      [1.5, 2.5, 3.5],
      [4.5, 5.5, 6.5],
      [7.5, 8.5, 9.5],
    ]),
  'np.array([a, b])': () => stack([a, b]),
  'np.asarray(a)': () => asarray(a),
  'np.diag(a)': () => diag(a),
  'np.diag(m)': () => diag(m),
  'np.tril(m)': () => tril(m),
  'np.meshgrid(a, b)': () => meshgrid([a, b]),
  'np.sum(a)': () => sum(a),
  'a.sum()': () => sum(a),
  'm.sum(axis=0)': () => sum(m, { axis: 0 }),
  'a.mean()': () => mean(a),
  'm.mean(axis=0)': () => mean(m, { axis: 0 }),
  'np.std(a)': () => std(a),
  'np.std(k)': () => std(k),
  'np.nanmean(a)': () => nanmean(a),
  'np.average(a, weights=b)': () => average(a, { weights: b }),
  'm.std(axis=0)': () => std(m, { axis: 0 }),
  'a.max()': () => max(a),
  'np.argmax(a)': () => argmax(a),
  'np.cumsum(a)': () => cumsum(a),
  'np.median(a)': () => median(a),
  'np.percentile(a, 50)': () => percentile(a, 50),
  'np.percentile(a, [25, 50, 75])': () => percentile(a, array([25, 50, 75])),
  'np.any(mask)': () => any(mask),
  'np.count_nonzero(a)': () => count_nonzero(a),
  'np.average(a)': () => average(a),
  'np.cov(m)': () => cov(m),
  'np.corrcoef(m)': () => corrcoef(s),
  'np.gradient(a)': () => gradient(a),
  'np.trapezoid(a)': () => trapezoid(a),
  'np.take(a, i)': () => take(a, i),
  'm[:, i]': () => getitem(m, [all, i]),
  'm.diagonal()': () => diagonal(m),
  'np.dot([1., 2.], [3., 4.])': () => dot(array([1.5, 2.5]), array([3.5, 4.5])),
  'np.dot(a, b)': () => dot(a, b),
  'np.inner(a, b)': () => inner(a, b),
  'np.outer(a, b)': () => outer(a, b),
  'np.cross(a, b)': () => cross(a, b),
  'np.kron(a, b)': () => kron(a, b),
  'np.trace(m)': () => trace(m),
  "np.einsum('i,i->', a, b)": () => einsum('i,i->', a, b),
  "np.einsum('ij,j->i', m, a)": () => einsum('ij,j->i', m, a),
  'np.linalg.norm(a)': () => norm(a),
  'np.linalg.norm(m, axis=1)': () => norm(m, { axis: 1 }),
  'np.linalg.solve(n, a)': () => solve(n, a),
  'np.linalg.inv(n)': () => inv(n),
  'np.convolve(a, b)': () => convolve(a, b),
  'np.linalg.det(n)': () => det(n),
  'np.linalg.eigh(s)': () => eigh(s),
  'np.linalg.eig(s)': () => eig(s),
  'np.linalg.svd(s)': () => svd(s),
  'np.linalg.qr(s)': () => qr(s),
  'np.linalg.cholesky(s)': () => cholesky(s),
  'np.linalg.matrix_rank(s)': () => matrix_rank(s),
  'np.linalg.pinv(s)': () => pinv(s),
  'np.linalg.slogdet(s)': () => slogdet(s),
  'np.linalg.lstsq(s, a, rcond=None)': () => lstsq(s, a),
  'np.where(mask, a, 0)': () => where(mask, a, 0),
  'np.where(m > 3, 1, 0)': () => where(greater(m, 3), 1, 0),
  'np.nonzero(mask)': () => nonzero(mask),
  'np.clip(a, 0, 1)': () => clip(a, 0, 1, {}),
  'np.clip(k, 0, 2)': () => clip(k, 0, 2, {}),
  'np.round(a, 2)': () => round(a, 2),
  'np.allclose(a, b)': () => allclose(a, b),
  'np.isclose(a, b)': () => isclose(a, b),
  'np.array_equal(a, b)': () => array_equal(a, b),
  'np.concatenate([a, b])': () => concatenate([a, b], 0),
  'np.vstack([a, b])': () => vstack([a, b]),
  'np.column_stack([a, b])': () => column_stack([a, b]),
  'np.append(a, b)': () => append(a, b),
  'np.tile(a, 2)': () => tile(a, [2]),
  'np.repeat(a, 2)': () => repeat(a, 2),
  'np.roll(a, 1)': () => roll(a, 1),
  'np.flip(a)': () => flip(a),
  'np.expand_dims(a, 0)': () => expand_dims(a, 0),
  'np.unique(a)': () => unique(a),
  'np.sort(a)': () => sort(a),
  'a.sort()': () => sort(a),
  'np.argsort(a)': () => argsort(a),
  'np.searchsorted(a, 2.0)': () => searchsorted(a, two),
  'np.diff(a)': () => diff(a),
  'np.histogram(a)': () => histogram(a),
  'np.interp(1.5, a, b)': () => interp(new PyFloat(1.5), a, b),
  'np.polyfit(a, b, 1)': () => polyfit(a, b, 1),
  'np.polyval(a, 2.0)': () => polyval(a, two),
  'np.array([1, 2, 3], dtype=float)': () => astype(array([4, 5, 6], 'int64'), 'float64'),
  'np.array(2.0)': () => asarray(two),
  'np.asarray(k, dtype=float)': () => astype(k, 'float64'),
  'np.atleast_1d(2.0)': () => atleast_1d(asarray(two)),
  'np.atleast_2d(a)': () => atleast_2d(a),
  'np.copyto(o, a)': () => {
    copyto(o, a);
  },
  'np.pad(a, 1)': () => pad(a, 1),
  'np.unique(k, return_counts=True)': () => uniqueAll(k),
  'np.add.reduce(a)': () => reduce(adding, a, { axis: 0 }),
  'np.add.accumulate(a)': () => accumulate(add.definition, a, 0, 'float64'),
  'np.add.outer(a, b)': () => add(reshape(a, [3, 1]), b),
  'np.add.reduceat(a, [0, 2])': () => reduceat(adding, a, [0, 2]),
  'np.add.at(o, [0, 2], 1.0)': () => at(add, o, [i], new PyFloat(1)),
  'np.add([1., 2., 3.], 1.0)': () => add(array([1.5, 2.5, 3.5]), new PyFloat(1)),
  'np.sqrt([1., 2., 3.])': () => sqrt(array([1.5, 2.5, 3.5])),
  'np.divide(a, b, out=o, where=mask)': () => divide(a, b, { out: o, where: mask }),
  'np.sum(a, dtype=float)': () => sum(a, { dtype: 'float64' }),
  'np.sum(m, axis=0, out=o)': () => sum(m, { axis: 0, out: o }),
  'np.nanmedian(a)': () => nanmedian(a),
  'np.percentile([1., 2., 3.], 50)': () => percentile(array([1.5, 2.5, 3.5]), 50),
  'np.clip(2.5, 0, 1)': () => clip(two, 0, 1),
  'np.nan_to_num(a)': () => nan_to_num(a),
  'np.select([a > 1], [a], 0.0)': () => select([greater(a, 1)], [a], new PyFloat(0)),
  'np.choose([0, 1, 0], [a, b])': () => choose(array([0, 1, 0], 'int64'), [a, b]),
  'np.put(o, [0, 1], [1., 2.])': () => {
    put(o, array([0, 1], 'int64'), array([1.5, 2.5]));
  },
  'np.argwhere(mask)': () => argwhere(mask),
  'np.tril_indices(3)': () => tril_indices(3),
  'np.unravel_index(4, (3, 3))': () => unravel_index(4, [3, 3]),
  'np.isin(k, [1, 2])': () => isin(k, array([1, 2], 'int64')),
  'np.vstack([[1., 2., 3.], [4., 5., 6.]])': () => vstack([array([1.5, 2.5, 3.5]), array([4.5, 5.5, 6.5])]),
  'np.split(a, 3)': () => split(a, 3),
  'np.swapaxes(m, 0, 1)': () => swapaxes(m, 0, 1),
  'm.transpose(1, 0)': () => transpose(m, [1, 0]),
  'np.broadcast_to(a, (3, 3))': () => broadcast_to(a, [3, 3]),
  'np.c_[a, b]': () => column_stack([a, b]),
  'np.r_[a, b]': () => concatenate([a, b], 0),
  'np.poly(a)': () => poly(a),
  'np.roots(a)': () => roots(a),
  'np.mgrid[0:3, 0:3]': () => indices([3, 3]),
  'np.fft.fft(a)': () => fft(a),
  'np.linalg.multi_dot([m, n])': () => matmul(m, n),
  'a.size': nothing,
  'a.shape': nothing,
  'a.item(0)': nothing,
  'a.fill(1.0)': () => {
    setitem(a, [ellipsis], new PyFloat(1.5));
  },
  'x.sum()': () => sum(two),
  'x.astype(int)': () => astype(asarray(two), 'int64'),
  'a.reshape(3, 1)': () => reshape(a, [3, 1]),
  'm.ravel()': () => ravel(m),
  'm.T': () => transpose(m),
  'a.copy()': () => copy(a),
  'a.astype(int)': () => astype(a, 'int64'),
  'a.tolist()': () => a.tolist(),
  'for v in a: pass': nothing,
  'for row in m: pass': () => [getitem(m, [0]), getitem(m, [1]), getitem(m, [2])],
};
