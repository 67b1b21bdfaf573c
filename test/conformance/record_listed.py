"""Cases chosen by hand, a line for each name: what nobody draws at random, at least three for every name, and what was once
answered otherwise. Arrays have names of one letter or two; in-place functions give their first argument."""

import ast
import warnings

import numpy as np
import scipy.linalg

import record_engine as engine
from record_engine import Ref

warnings.simplefilter("ignore")
inf, nan = float("inf"), float("nan")
EDGES = [0.0, -0.0, 1.5, -1.5, inf, -inf, nan]
FIX = {
    "V": np.array([3.0, -1.0, 2.5]),
    "W": np.array([1.0, 2.0, 4.0]),
    "I": np.array([3, -1, 2]),
    "J": np.array([[1, 2, 3], [4, 5, 6]]),
    "K": np.array([0, 2, 1, 2], "int32"),
    "M": np.array([[1.5, -2.0], [0.25, 4.0]]),
    "N": np.array([[2.0, 1.0, 0.5], [1.0, 3.0, -1.0], [0.5, -1.0, 4.0]]),
    "Q": np.array([[1.0, nan], [inf, -2.0]]),
    "F": np.array([0.5, 1.25, -2.0], "float32"),
    "Z": np.array([1 + 2j, -1.5 - 0.5j, 3j]),
    "C": np.array([[1 + 1j, 2], [3, 4 - 2j]]),
    "B": np.array([True, False, True]),
    "D": np.array([[True, False], [False, True]]),
    "U": np.array([[3, 200], [1, 255]], "uint8"),
    "S": np.array(2.5),
    "T": np.arange(24.0).reshape(2, 3, 4),
    "P": np.array([[0.25, 1.0, -3.0, 2.0], [0.0, 5.0, 2.0, 1.0]]),
    "E": np.zeros(0),
    "EM": np.zeros((0, 3)),
    "EN": np.zeros((3, 0)),
    "ES": np.zeros((0, 2, 2)),
    "EB": np.zeros(0, bool),
    "R": np.array([0, 1, 2, -1]),
    "RS": np.array([0, 1, 5], "int32"),
    "RB": np.array([0, 1, 255], "uint8"),
    "X": np.array([complex(a, b) for a in EDGES for b in EDGES]),
    "Y": np.array([complex(a, b) for a in EDGES for b in EDGES]).astype("complex64"),
    "LU": np.array([[4.0, 3.0], [0.5, 2.5]]),
    "PV": np.array([1, 1], "int32"),
    "L": np.array([[2.0, 0.0], [1.0, 3.0]]),
    "AX": np.array([[0, 1]]),
    "AV": np.array([0, 2]),
}
engine.FIX.update({f"l_{k}": v for k, v in FIX.items()})
ENV = {"np": np, **{k: Ref(f"l_{k}") for k in FIX}, **{f"{k}t": Ref(f"l_{k}", "T") for k in ("M", "N", "J", "C", "P")}, "inf": inf, "nan": nan}
IN_PLACE = "put place putmask copyto fill_diagonal put_along_axis".split()


class Function:
    """A function of numpy's, by its name, as an argument."""

    def __init__(self, name):
        self.name = name


ENV["fn"] = Function

CASES = """
# Calls drawn at random that found faults: stacks, empty arrays, options that are arrays, misuse
where(B, x=1) | where(B, y=V) | where(S) | where(True)
clip(V, a_min=0) | clip(V, a_max=1) | clip(V, 0, 1, min=0) | clip(B) | clip(I, 1, 3)
block([M, V]) | block([S, M]) | block([[M, M], [M, M]]) | block([T, V])
delete(V, np.array([0.5])) | delete(M, np.array([[0, 1]])) | delete(V, np.array([9, 1])) | delete(V, np.array([[True]])) | delete(V, True) | delete(V, B)
insert(V, np.array([[0, 1]]), 1) | insert(V, np.array([[True]]), 1) | insert(V, np.array([0.5, 1.5]), 1) | insert(V, np.zeros(0), 1)
choose([1, 0, 1], np.array([[1, 2, 3], [4, 5, 6]], "int32")) | choose(0, np.array([5, 6], "int32")) | choose(I, []) | choose(I, 3)
arange(0, V) | arange(3, step=V) | arange(np.zeros((0, 2))) | arange(np.array(3)) | arange(np.array([3]))
array_split(3, 2) | array_split(S, 2) | array_split(V, 2, axis=None)
transpose(V, 0) | transpose(V, 1) | transpose(M, 0)
resize(V, [2, -1]) | resize(V, S) | resize(V, M) | resize(V, -3)
repeat(EM, -1) | repeat(V, -1)
bincount(np.zeros(0, int), V, 4) | bincount(3) | bincount([1, 2], minlength=None)
cov(V, fweights=[0.5, 1, 1]) | cov(V, fweights=[[1, 2]]) | cov(V, aweights=[1.0]) | cov(V, aweights=2.0) | cov(M, dtype="int64") | corrcoef(M, dtype="uint8")
gradient(M, V) | gradient(S, V) | gradient(V, 2.0, 3.0)
trapezoid([1.0, 2.0], x=np.arange(24.0).reshape(3, 4, 2)) | trapezoid(M, x=M, axis=0)
unwrap([0, 4, 9], discont=[1.0, 9.0]) | unwrap([0.0, 4.0, 9.0], period=np.array([3.0])) | unwrap([0, 5, 10], period=4) | unwrap([1, 5, 9], period=5)
nan_to_num(Q, nan=np.array([1.0, 2.0])) | nan_to_num(Q, posinf=E) | nan_to_num(Q, neginf=Z) | nan_to_num(Q, nan=9)
logspace(0, 2, 3, base=[2.0, 3.0]) | logspace(0, [1, 2], 3, base=[2.0, 3.0], axis=-1)
fft.fftfreq(4, d=np.array([[1.0], [2.0]])) | fft.rfftfreq(4, d=1 + 2j) | fft.fftfreq(0) | fft.rfftfreq(0, d=V) | fft.fft(V, axis=None) | fft.rfftn(S, s=[2, 3])
sum(EM, initial=None) | prod(EB, initial=None) | sum(V, initial=None) | max(V, initial=None) | max(V, keepdims="x") | nanmean(V, keepdims=[1])
std(M, dtype="uint8") | std(C, dtype="float64") | nanstd(I, ddof=9) | nanstd(F, mean=np.array(0.5)) | nanstd(C, dtype="float64") | var(V, ddof=[1, 2]) | var(V, correction=M)
average(V, weights=[1.0, 2.0], returned=M) | average(V, returned=M) | cumulative_sum(V, include_initial=M) | cumulative_sum(M, include_initial=M)
sort(V, stable=M) | sort(V, kind="x", order="C") | argsort(V, kind="stable", stable=E) | partition(V, 0, kind="stable", order="K") | partition(V, 0, kind=[1])
histogram2d(3, V) | histogram2d(S, V) | histogram2d(V, V, range=[0, 1]) | histogramdd(F) | histogramdd(V, bins="auto") | histogramdd(V, range=[0, 1]) | histogram(B, bins="auto")
searchsorted(V, 0.5, sorter=M) | searchsorted(V, 0.5, sorter=V) | lexsort(3) | lexsort([1.5, 2.0], axis=-7)
unravel_index([True, False], [2, 2]) | unravel_index([0, 1], [-1]) | ravel_multi_index([1, 2], [3], order="A") | ravel_multi_index([1, 2], 3) | ravel_multi_index([[1]], 2.5)
cross(1, V) | cross(V, 1, axisa=[0]) | convolve(M, V, mode="x") | einsum(V) | einsum(V, V) | kaiser(3, [1.0]) | kaiser(3, V)
nanquantile(E, [0.1, 0.9]) | nanquantile(E, 1.5) | nanpercentile(np.zeros((0, 3), "uint8"), 50) | histogram_bin_edges(EN) | meshgrid(V, indexing=V) | interp(0.5, V, V, period=0)
absolute(1, dtype="uint8") | add(1, 2, dtype="uint8") | conjugate(-1, dtype="uint16") | ones_like(V, order="x") | greater(V, 1, order=None)
histogram2d(np.zeros((3, 1)), np.zeros((1, 3))) | fft.rfftfreq(1, d=0) | ix_(np.zeros(0, "complex64")) | median(np.zeros((0, 3), complex)) | linalg.norm(M, axis=1.5)
ediff1d(B, to_begin=V) | intersect1d(V, V, return_indices=V) | unstack(M, axis=(0,)) | rollaxis(M, None) | diff(V, axis=None) | count_nonzero(S)
# Elementwise by their other names
abs(V) | abs(Z) | abs(U) | abs(B)
acos(W) | acos([0.5, 2.0]) | acos(Z)
acosh(W) | acosh(I) | acosh(Z)
asin(V) | asin([0.5, 2.0]) | asin(Z)
asinh(V) | asinh(U) | asinh(Z)
atan(V) | atan(Z) | atan(F)
atan2(V, W) | atan2(I, 2) | atan2(Z, 1)
atanh([0.5, 1.0, -1.0]) | atanh(F) | atanh(Z)
bitwise_invert(I) | bitwise_invert(B) | bitwise_invert(V)
bitwise_not(U) | bitwise_not(D) | bitwise_not(Z)
bitwise_left_shift(I, 2) | bitwise_left_shift(U, 1) | bitwise_left_shift(V, 1)
bitwise_right_shift(I, 1) | bitwise_right_shift(U, 3) | bitwise_right_shift(B, 1)
conj(Z) | conj(V) | conj(B)
pow(V, 2) | pow(I, 2) | pow(I, -1) | pow(W, 0.5)
mod(V, 2) | mod(I, 0) | mod(I, -2) | mod(Z, 1)
true_divide(I, 2) | true_divide(V, 0) | true_divide(B, B)
around(V, 0) | around(I, -1) | around(Z, 1) | around(V, 1, E)
round(I, 0, E) | round(V, decimals=-1) | round(B)
reciprocal(R) | reciprocal(RS) | reciprocal(RB) | reciprocal(V) | reciprocal(Z) | reciprocal(E)
fix(V) | fix(Z) | fix(I)
divmod(V, 2) | divmod(I, -2) | divmod(Z, 2)
modf(V) | modf(I) | modf(Z)
frexp(V) | frexp([0.0, inf, nan]) | frexp(Z)
ldexp(V, I) | ldexp(F, 2) | ldexp(V, 1.5) | ldexp(V, U)
sinc(V) | sinc([0, 1]) | sinc(Z)
i0(V) | i0(I) | i0(Z)
angle(Z) | angle(V) | angle(Z, deg=True) | angle([-1.0, 1.0])
real(Z) | real(V) | real(2 + 1j)
imag(Z) | imag(V) | imag(2 + 1j)
isreal(Z) | isreal(V) | isreal([1, 2 + 0j])
iscomplex(Z) | iscomplex(I) | iscomplex([1, 2 + 0j])
iscomplexobj(Z) | iscomplexobj(V) | iscomplexobj(1)
isrealobj(Z) | isrealobj(V) | isrealobj([1, 2j])
real_if_close(Z) | real_if_close([1 + 0j, 2]) | real_if_close([1 + 1e-14j], tol=1000)
isposinf([inf, -inf, nan, 1.0]) | isposinf(I) | isposinf(Z)
isneginf([inf, -inf, nan, 1.0]) | isneginf(I) | isneginf(Z)
isfortran(M) | isfortran(Mt) | isfortran(V)
isscalar(1) | isscalar(2.5) | isscalar([1])
nan_to_num(Q) | nan_to_num(Q, nan=1.0, posinf=9.0, neginf=-9.0) | nan_to_num(D, copy=False) | nan_to_num(I)
isclose(V, V) | isclose(Q, Q, equal_nan=True) | isclose(V, M)
allclose(V, V) | allclose(V, W) | allclose(Q, Q, equal_nan=True)
array_equal(V, V) | array_equal(V, M) | array_equal(Q, Q, equal_nan=True)
array_equiv(V, V) | array_equiv(V, [V, V]) | array_equiv(V, M)
clip(V, 0, 2) | clip(I, None, 1) | clip(V, W, 3) | clip(V, M, 1)
select([B, B], [V, W], 9) | select([B], [V]) | select([D, B], [V, W]) | select([I], [V]) | select([], [])
where(B) | where(B, V, W) | where(S, 1, 2) | where(B, M, 1)
positive(V) | positive(B) | positive(Z)
degrees(V) | fabs(V) | fabs(Z) | radians(V) | float_power(V, 2) | float_power(I, I) | heaviside(V, 0.5) | heaviside(Z, 1)
logaddexp(V, W) | logaddexp2(V, W) | logaddexp(Z, 1) | nextafter(V, W) | nextafter(F, 0) | nextafter(Z, 1) | around(V) | argsort(V)
flip(M) | cumulative_sum(V) | cumulative_prod(V) | nancumsum(V) | nanargmax(V) | nanargmin(V) | logspace(0, 1) | geomspace(1, 8)
# Infinities and NaN among complex numbers
exp(X) | exp(Y) | exp2(X)
expm1(X) | log(X) | log2(X) | log10(X) | log1p(X) | sqrt(X) | square(X)
sin(X) | sin(Y) | cos(X) | cos(Y) | tan(X)
sinh(X) | cosh(X) | tanh(X) | tanh(Y)
arcsin(X) | arccos(X) | arctan(X) | arctan(Y)
arcsinh(X) | arccosh(X) | arctanh(X)
sign(X) | absolute(X) | reciprocal(X) | conjugate(X)
# Casting
arcsinh(V, casting='x') | exp(V, casting='no', dtype='float32') | add(V, 1, casting='x') | floor(F, dtype='float64', casting='equiv')
add(V, 1, casting='equiv') | greater(V, W, casting='x') | matmul(V, Z, dtype='float64') | vecdot(V, Z, dtype='float64') | matvec(M, [1j, 0], dtype='float64')
vecmat([1j, 0], M, dtype='float64') | multiply(I, 1.5, dtype='int64')
# Reductions
sum(P, where=[True, False, True]) | sum(V, where=B) | max(P, axis=3) | min(E) | amax(V) | amax(P, axis=0) | amax(E)
amin(V) | amin(P, axis=1) | amin(E, initial=2.0)
mean(EM, axis=0) | mean(E) | std(E) | nanmin(E) | nanmax(Q, axis=0) | nanmean(U, axis=(0, 0))
mean(P, out=E) | nanmean(P, out=E)
any(P, where=[True, False, True]) | ptp(E) | median(E) | median(D)
percentile(EB, 50) | percentile(E, 50) | percentile(B, 50) | percentile(B, 50, method='lower') | percentile([1.0, 2.0, inf], 100)
quantile(E, 0.5) | quantile(E, 0.5, method='lower') | quantile(EM, 0.5, axis=1) | quantile(EM, 0.5, axis=0) | quantile(I, 1) | quantile(I, 1.0)
quantile(EB, 0.5) | quantile(B, 0) | quantile([-inf, 1.0], 0.0) | quantile([-inf, 1.0], 0) | quantile(Z, 0.5) | quantile(V, 2)
nanpercentile(Q, 50) | nanpercentile(Q, 50, axis=1) | nanpercentile(V, -1)
nanquantile(Q, 0.5) | nanquantile(B, 0) | nanquantile(Q, [0.1, 0.9], axis=0)
# Creation
array([1, 2.5]) | array([[1, 2], [3]]) | array(3, ndmin=2) | array(V, dtype='complex64')
asarray([1, 2]) | asarray(V, dtype='int32') | asarray(M, order='F')
asanyarray([1, 2]) | asanyarray(V, dtype='float32') | asanyarray([[1], [2, 3]])
asarray_chkfinite(V) | asarray_chkfinite(Q) | asarray_chkfinite(I)
ascontiguousarray(Mt) | ascontiguousarray(S) | ascontiguousarray(V, dtype='int64')
asfortranarray(M) | asfortranarray(S) | asfortranarray(V, dtype='float32')
require(M, requirements='F') | require(V, 'float32') | require(V, 'int8')
copy(M) | copy(Mt, order='C') | copy([1, 2])
zeros(3) | zeros((2, 0), 'int8') | zeros(-1) | zeros((2, 2), order='F') | zeros(2, order='A')
ones(3) | ones((2, 2), 'bool') | ones((2, -1)) | ones((), order='A')
full(3, 2.5) | full((2, 2), [1, 2]) | full(2, 300, 'uint8') | full((2, 3), [1, 2]) | full((0,), 1, order='A')
identity(3) | identity(2, 'int32') | identity(-1)
eye(2, 3) | eye(3, k=1) | eye(-1) | eye(2, order='A')
zeros_like(M) | zeros_like(V, dtype='int8') | zeros_like(V, shape=(2, 2))
ones_like(M) | ones_like(I, dtype='complex64') | ones_like(V, shape=(0,))
full_like(M, 7) | full_like(I, 2.5) | full_like(U, 300)
diag(V) | diag(N, k=1) | diag(T) | diagflat(J) | diagonal(T) | diagonal(N, 1) | diagonal(V)
tri(2, 3) | tri(3, k=-1) | tri(-1)
tril_indices(3) | tril_indices(2, 1) | tril_indices(2, 0, 3)
triu_indices(3) | triu_indices(2, -1) | triu_indices(2, 0, 3)
tril_indices_from(N) | tril_indices_from(J, 1) | tril_indices_from(V)
triu_indices_from(N) | triu_indices_from(J, -1) | triu_indices_from(T)
diag_indices(3) | diag_indices(2, 3) | diag_indices(-2)
diag_indices_from(N) | diag_indices_from(V) | diag_indices_from(J)
mask_indices(3, fn('triu')) | mask_indices(3, fn('tril'), -1) | mask_indices(2, fn('triu'), 1)
indices((2, 3)) | indices((2, 2), sparse=True) | indices((-1,), sparse=True) | indices((-1,))
ix_([0, 2], [1]) | ix_(B, [0]) | ix_(M, [0])
vander(V) | vander(I, 2) | vander(V, increasing=True) | vander(M)
meshgrid(V, I, indexing='x') | meshgrid(V, W, sparse=True) | meshgrid(V, W, indexing='ij')
fromfunction(fn('add'), (2, 3)) | fromfunction(fn('equal'), (2, 2), dtype='int64') | fromfunction(fn('add'), (2, -1))
promote_types('int8', 'uint8') | promote_types('float32', 'int32') | promote_types('bool', 'complex64')
can_cast('int8', 'int16') | can_cast('float64', 'int8') | can_cast('float64', 'float32', 'same_kind') | can_cast('int8', 'int16', 'x')
ndim(M) | ndim(3) | ndim([[1]])
shape(M) | shape(3) | shape([[1, 2]])
size(M) | size(M, 1) | size(M, 2)
# Shapes
concat([V, W]) | concat([M, Mt], axis=1) | concat([M, V]) | concat([M, S]) | concat([])
concatenate([I, F]) | concatenate([F, V], casting='no') | concatenate([S, S]) | concatenate([M, S]) | concatenate([V, V], axis=1)
permute_dims(T, (2, 0, 1)) | permute_dims(M) | permute_dims(T, (0, 0, 1))
matrix_transpose(M) | matrix_transpose(T) | matrix_transpose(V)
block([[M, M], [M, M]]) | block([V, W]) | block([])
broadcast_arrays(V, [[1], [2]]) | broadcast_arrays(M, N) | broadcast_arrays(E, V)
broadcast_shapes((2, 1), (3,)) | broadcast_shapes((2, 3), (3, 2)) | broadcast_shapes(3, (1, 3))
broadcast_to(V, (2, 3)) | broadcast_to(V, ()) | broadcast_to(S, (-1,)) | broadcast_to(M, (2,)) | broadcast_to(V, (3, 2))
dsplit(T, 2) | dsplit(T, [1]) | dsplit(M, 1)
hsplit(M, 2) | hsplit(V, 3) | hsplit(S, 1)
vsplit(M, 2) | vsplit(N, [1]) | vsplit(V, 1)
split(M, 2) | squeeze(AX) | transpose(T) | tril(N) | triu(N) | take_along_axis(M, AX) | split(S, 2) | split(V, 2) | split(V, 0) | split(V, 3, axis=1) | array_split(V, 2) | array_split(S, []) | array_split(V, 0)
unstack(M) | unstack(T, axis=2) | unstack(S)
fliplr(M) | fliplr(J) | fliplr(V)
flipud(M) | flipud(V) | flipud(S)
rot90(J) | rot90(J, 2) | rot90(V) | rot90(T, axes=(0, 0))
moveaxis(T, 0, 2) | moveaxis(T, [0, 1], [1, 0]) | moveaxis(T, 3, 0) | moveaxis(T, [0, 0], [1, 2])
rollaxis(T, 2) | rollaxis(T, 0, 3) | rollaxis(T, 0, 5)
resize(V, (2, 2)) | resize(E, 3) | resize(V, (-1,))
append(V, 1) | append(M, [[1, 2]], axis=0) | append(M, V, axis=0)
insert(V, 1, 9) | insert(M, 1, [[9, 8]], axis=1) | insert(M, [1], [[9], [8]], axis=1) | insert(V, 1, M) | insert(V, [0, 9], 1) | insert(V, [0, 1], [1, 2, 3])
insert(S, [], V) | insert(V, 9, 1) | insert(V, [0, 2], [7, 8]) | insert(M, 0, 5, axis=0)
delete(V, 1) | delete(V, 1.5) | delete(V, [0.5]) | delete(M, 2, axis=0) | delete(V, [True, False, True]) | delete(V, [True])
tile(V, 2) | tile(M, (2, 1, 2)) | tile(V, -1) | repeat(V, 2) | repeat(V, [1, 2]) | repeat(V, 1.5) | repeat(V, -1) | repeat(M, 2, axis=1)
trim_zeros(R) | trim_zeros(R, 'b') | trim_zeros(E) | trim_zeros([0, 1], 'x')
pad(V, 1) | pad(V, -1) | pad(V, (1, -2)) | pad(S, -1) | pad(V, 1.5) | pad(V, 1, mode='x') | pad(E, 1, mode='edge') | pad(V, 1, mode='mean', stat_length=0)
# Taking and putting
take(S, 0) | take(S, [0, 1], axis=-2) | take(E, 0) | take(E, []) | take(EM, [0], axis=0) | take(V, [5], mode='wrap') | take(V, [5], mode='x') | take(V, 1.5)
compress([True], S) | compress([True], S, axis=-2) | compress([1, 0, 1], V) | compress(B, M, axis=5) | compress(D, V)
extract(B, V) | extract(D, M) | extract(B, E)
take_along_axis(M, AX, axis=0) | take_along_axis(V, AV, axis=None) | take_along_axis(V, I, axis=None) | take_along_axis(M, I, axis=0)
choose([0, 1], [[1, 2], [3, 4]]) | choose(V, [V]) | choose([0, 5], [V, W]) | choose([0, 1], [M, T]) | choose([0, 5], [V, V], mode='x')
put(V, [0, 5], [1, 2]) | put(V, [0, 2], [9, 8]) | put(V, [4], [1], 'wrap') | put(V, 1.5, 1)
place(V, B, [7, 8]) | place(V, B, []) | place(V, D, [1])
putmask(V, B, W) | putmask(V, B, [1]) | putmask(V, D, 1)
copyto(V, W) | copyto(V, Z) | copyto(V, 1, where=B) | copyto(V, M)
fill_diagonal(N, 7) | fill_diagonal(M, [1, 2]) | fill_diagonal(V, 1)
put_along_axis(M, AX, 9, axis=0) | put_along_axis(V, AV, [5, 6], axis=None) | put_along_axis(M, I, 9, axis=0)
nonzero(V) | nonzero(M) | nonzero(E)
flatnonzero(V) | flatnonzero(M) | flatnonzero(S)
argwhere(V) | argwhere(D) | argwhere(S)
apply_along_axis(fn('sum'), 0, J) | apply_along_axis(fn('sort'), 1, N) | apply_along_axis(fn('sum'), 2, J)
apply_over_axes(fn('sum'), T, [0, 2]) | apply_over_axes(fn('max'), J, 0) | apply_over_axes(fn('sum'), J, 5)
piecewise(V, [[True, False, True]], [fn('negative'), 5]) | piecewise(V, [B], [1]) | piecewise(V, [B], [1, 2, 3])
ravel_multi_index([[0, 1], [1, 2]], (2, 3)) | ravel_multi_index([[5], [0]], (2, 3)) | ravel_multi_index([[5], [0]], (2, 3), mode='clip')
unravel_index([1, 5], (2, 3)) | unravel_index(6, (2, 3)) | unravel_index(V, (2, 3))
# Order and sets
searchsorted(W, 2) | searchsorted(M, 1) | searchsorted(S, 1) | searchsorted(W, V, side='right') | searchsorted(W, 1, side='x')
digitize(V, W) | digitize(V, [3, 1, 2]) | digitize(Z, W) | digitize(V, M)
partition(V, 1) | partition(V, 5) | partition(V, 1.5) | partition(V, True) | partition(E, 3) | partition(S, 0)
argpartition([3, 3, 3], 0) | argpartition(V, 9) | argpartition(S, [0, 1]) | argpartition(V, 0, kind='stable')
sort_complex(V) | sort_complex(Z) | sort_complex(F)
lexsort([V, W]) | lexsort([V, M]) | lexsort([])
unique(V) | unique(I, axis=0) | unique(V, axis=-4) | unique(M, axis=0) | unique(Q)
unique_all(I) | unique_all(Q) | unique_all(E)
unique_counts(K) | unique_counts(Q) | unique_counts(E)
unique_inverse(K) | unique_inverse(M) | unique_inverse(E)
unique_values([1]) | unique_values(E) | unique_values([nan])
union1d(V, W) | union1d(-3, U) | union1d(E, I)
setdiff1d(V, W) | setdiff1d(I, [2]) | setdiff1d(E, V)
setxor1d(V, W) | setxor1d(I, [2, 9]) | setxor1d(K, [2], assume_unique=True)
intersect1d(V, W) | intersect1d(K, [2, 0]) | intersect1d(K, [2, 0], return_indices=True)
isin(V, W) | isin(I, [2], invert=True) | isin(I, [2], kind='x') | isin(V, W, kind='table')
bincount(K) | bincount(M) | bincount(V) | bincount(K, minlength=-1) | bincount([-1])
histogram(V, range=(1, 0)) | histogram(V, range=(0,)) | histogram(V, range=(-1, inf)) | histogram(V, weights=M) | histogram(E) | histogram(V, bins=0)
histogram(F, bins=4) | histogram_bin_edges(F) | histogram_bin_edges(V, weights=M, bins=2) | histogram_bin_edges(V, bins=[2, 1])
histogram2d(V, W) | histogram2d(V, W, bins=2) | histogram2d(V, M) | histogram2d(V, W, bins=[[0, 2, 4], [0, 5]])
histogramdd(V) | histogramdd(J, bins=2) | histogramdd(V, bins=3) | histogramdd(J, bins=[1, 2]) | histogramdd(T)
# Samples
ediff1d(V) | ediff1d(V, 9) | ediff1d(I, 1.5) | ediff1d(V, to_begin=[1, 2])
diff(S) | diff(V, -1) | diff(V, 5) | gradient(V) | gradient(V, W) | gradient([1.0]) | gradient(V, edge_order=3)
trapezoid(V) | trapezoid(V, dx=S) | trapezoid(V, x=W) | trapezoid(M, axis=0)
unwrap(V) | unwrap(V, period=4) | unwrap(S)
convolve(V, W) | convolve(E, V) | convolve(V, E) | convolve(M, V) | convolve(V, W, mode='x')
correlate(V, W) | correlate(1, V) | correlate(E, V) | correlate(V, M) | correlate(V, W, mode='x')
interp(1.5, W, V) | interp(V, M, V) | interp(V, S, S) | interp(V, W, V, period=0) | interp(Z, W, V) | interp(V, [], [])
bartlett(4) | bartlett(1.5) | bartlett(0)
blackman(4) | blackman(2.5) | blackman(-1)
hamming(4) | hamming(1.5) | hamming(1)
hanning(4) | hanning(2.5) | hanning(0)
kaiser(4, 2.0) | kaiser(1.5, 1.0) | kaiser(3, 0)
polyadd(V, [1]) | polyadd(M, V) | polyadd(E, V)
polysub(V, [1]) | polysub(V, W) | polysub(M, [[1, 2]])
polymul(V, W) | polymul(M, V) | polymul([0], V)
polydiv(V, [1, 2]) | polydiv(V, []) | polydiv([1.0], V) | polydiv(V, W)
polyder(V) | polyder(S) | polyder(V, 5) | polyder(V, -1)
polyint(V) | polyint(S) | polyint(V, 2, [1, 2]) | polyint(V, 2, [1, 2, 3])
polyval(V, 2) | polyval(S, 2) | polyval(V, M) | polyval(M, 2.0)
roots(V) | roots([0, 0]) | roots(M)
cov(V) | cov(J) | cov(V, aweights=[0, 0, 0])
corrcoef(V, W) | corrcoef(J) | corrcoef(Z)
# Products
vdot(V, W) | vdot(Z, Z) | vdot(V, I) | vdot(V, M)
trace(N) | trace(U) | trace(U, dtype='uint8') | trace(J, offset=1) | trace(V)
kron(V, W) | kron(M, V) | kron(S, V)
outer(V, W) | outer(M, V) | outer(S, Z)
cross(V, W) | cross(V, S) | cross([1, 2], V) | cross(M, M) | cross(M, N, axis=1) | cross(J, V, axis=5) | cross(N, T) | cross(V, [1, 2, 3, 4])
vecdot(V, W) | vecdot(V, S) | vecdot(Z, V) | vecdot(V, M) | vecdot(M, M, axis=0) | vecdot(V, W, axis=1)
matvec(N, V) | matvec(M, V) | matvec(M, S)
vecmat(V, N) | vecmat(V, M) | vecmat(S, M)
tensordot(M, M) | tensordot(V, S) | tensordot(M, V, axes=1) | tensordot(M, M, axes=-1) | tensordot(V, W, axes=3) | tensordot(M, M, axes=([0, 0], [0, 1])) | tensordot(T, T, axes=([0, 1], [0, 1])) | tensordot(M, J, axes=([0], [1]))
einsum('ij-jk', M, M) | einsum('ij-jk', M) | einsum('ij->->', M) | einsum('ij!', M) | einsum('1j', M) | einsum('i.j', M) | einsum('ii', J) | einsum('ii->i', J) | einsum('ij,ij', M, N)
einsum('ij->ii', M) | einsum('ij->k', M) | einsum('i', M) | einsum('ijk', M) | einsum('ij,jk', M) | einsum('ij', M, M) | einsum('...ii->...i', T) | einsum('ij,j->i', M, [1, 2], dtype='int64')
einsum('...ij,...jk->...ik', M, M) | einsum('b a->ab', M) | einsum('i...->...', T) | einsum('ij,jk,kl->il', M, M, M, optimize=True) | einsum('i,j', V, W) | einsum('ba', J) | einsum('...,...', V, S)
# numpy.linalg
linalg.cond(ES) | linalg.cond(E) | linalg.cond(EM) | linalg.cond(ES, 1) | linalg.cond(M, 'x')
linalg.det(ES) | linalg.det([[]]) | linalg.det(E) | linalg.slogdet(ES) | linalg.inv(ES) | linalg.solve(ES, ES) | linalg.cholesky(ES)
linalg.eigvals(ES) | linalg.eigvalsh(ES) | linalg.svdvals(ES) | linalg.matrix_rank(ES) | linalg.pinv(ES) | linalg.pinv(EM) | linalg.lstsq(EM, E)
linalg.eigvalsh(N, 'l') | linalg.eigvalsh(N, 'u') | linalg.eigvalsh(N, 'X') | linalg.eigvalsh(V, 'u')
linalg.matrix_rank(N, tol=S) | linalg.matrix_rank([N, N], tol=[1.0, 3.0]) | linalg.matrix_rank(N, rtol=S) | linalg.matrix_rank(N, tol=1, rtol=1)
linalg.pinv(N, S) | linalg.pinv(N, rtol=0.5) | linalg.pinv(N, 0.1, rtol=0.5)
linalg.norm(E, inf) | linalg.norm(E, -inf) | linalg.norm(E, -1) | linalg.norm(EM, 2) | linalg.norm(EN, -2) | linalg.norm(EM, 1) | linalg.norm(EN, -1) | linalg.norm(EN, inf, axis=1) | linalg.norm(ES, 3, axis=(1, 2)) | linalg.norm(M, 'x') | linalg.norm(V, 'fro')
linalg.vector_norm(V) | linalg.vector_norm(J, axis=(0, 1)) | linalg.vector_norm(T, axis=(0, 2), ord=1) | linalg.vector_norm(T, axis=(0, 2), keepdims=True) | linalg.vector_norm(V, ord='nuc') | linalg.vector_norm(E, ord=-inf) | linalg.vector_norm(J, axis=()) | linalg.vector_norm(J, axis=5)
linalg.matrix_norm(M) | linalg.matrix_norm(T, ord=1) | linalg.matrix_norm(ES, ord=3) | linalg.matrix_norm(V)
linalg.cross(V, W) | linalg.cross([1, 2], [3, 4]) | linalg.cross(V, S) | linalg.cross(V, W, axis=2)
linalg.outer(V, W) | linalg.outer(M, V) | linalg.outer(Z, V)
linalg.vecdot(V, W) | linalg.vecdot(Z, Z) | linalg.vecdot(V, M)
linalg.matmul(M, M) | linalg.matmul(M, V) | linalg.matmul(V, S)
linalg.tensordot(M, M) | linalg.tensordot(M, M, axes=1) | linalg.tensordot(V, W, axes=1) | linalg.tensordot(V, S)
linalg.trace(T) | linalg.trace(U, dtype='uint8') | linalg.trace(V)
linalg.diagonal(T) | linalg.diagonal(N, offset=1) | linalg.diagonal(V)
linalg.matrix_transpose(T) | linalg.matrix_transpose(V) | linalg.matrix_transpose(M)
linalg.multi_dot([M, M, [1, 2]]) | linalg.multi_dot([M, V]) | linalg.multi_dot([V])
linalg.tensorsolve(N, V) | linalg.tensorsolve(M, V) | linalg.tensorsolve(T, M)
linalg.tensorinv(N, ind=1) | linalg.tensorinv(M, ind=0) | linalg.tensorinv(T)
linalg.matrix_power(M, 3) | linalg.matrix_power(M, -1) | linalg.matrix_power(ES, 0) | linalg.matrix_power(V, 2)
# numpy.fft
fft.fft(S) | fft.fft(V, 0) | fft.fft(V, axis=3) | fft.fft(V, norm='x') | fft.ifft(S) | fft.ifft(V, 2)
fft.fft2(M) | fft.fft2(V) | fft.fft2(S) | fft.fft2(M, s=[1]) | fft.fft2(M, axes=())
fft.ifft2(M) | fft.ifft2(V) | fft.ifft2(J, axes=(0, 1))
fft.fftn(M) | fft.fftn(S) | fft.fftn(M, axes=(0, 5)) | fft.fftn(M, s=[2, 2, 2])
fft.ifftn(M) | fft.ifftn(V, s=[-5], axes=[0]) | fft.ifftn(M, axes=())
fft.rfft(Z) | fft.rfft([1j, 2]) | fft.rfft(S) | fft.irfft(V) | fft.irfft(S)
fft.rfft2(M) | fft.rfft2(V) | fft.rfft2(C)
fft.irfft2(C) | fft.irfft2(M) | fft.irfft2(V)
fft.rfftn(M) | fft.rfftn(S) | fft.rfftn(M, s=[2, 3], axes=[0, 1])
fft.irfftn(C) | fft.irfftn(S) | fft.irfftn(M, axes=[0, 1])
fft.hfft(V) | fft.hfft(S) | fft.hfft(Z, 4) | fft.ihfft(V) | fft.ihfft(S) | fft.ihfft(Z)
fft.fftshift(V) | fft.fftshift(S) | fft.fftshift(M, axes=1) | fft.fftshift(M, axes=(0, 0)) | fft.fftshift(M, axes=5)
fft.ifftshift(V) | fft.ifftshift(S) | fft.ifftshift(M, axes=(0, 0))
fft.fftfreq(4) | fft.fftfreq(0) | fft.fftfreq(3, 0.5) | fft.rfftfreq(4) | fft.rfftfreq(0) | fft.rfftfreq(5, d=2)
# scipy.linalg
scipy.linalg.bandwidth(N) | scipy.linalg.bandwidth(L) | scipy.linalg.bandwidth(V)
scipy.linalg.block_diag(M, V) | scipy.linalg.block_diag(T, M) | scipy.linalg.block_diag(1, E) | scipy.linalg.block_diag()
scipy.linalg.cho_factor(V) | scipy.linalg.cho_factor(J) | scipy.linalg.cho_factor(ES) | scipy.linalg.cho_factor(9.0) | scipy.linalg.cho_factor(U)
scipy.linalg.cho_solve([L, True], [1, 2]) | scipy.linalg.cho_solve([L, False], M) | scipy.linalg.cho_solve([J, True], V) | scipy.linalg.cho_solve([L, True], V) | scipy.linalg.cho_solve([L], V)
scipy.linalg.cholesky(N) | scipy.linalg.cholesky(-1.0) | scipy.linalg.cholesky(J) | scipy.linalg.cholesky(ES) | scipy.linalg.cholesky([[2, 0], [0, 3]])
scipy.linalg.circulant(V) | scipy.linalg.circulant(S) | scipy.linalg.circulant(Z)
scipy.linalg.companion(V) | scipy.linalg.companion(Z) | scipy.linalg.companion(I) | scipy.linalg.companion([0, 1]) | scipy.linalg.companion([1]) | scipy.linalg.companion(J)
scipy.linalg.convolution_matrix(V, 2) | scipy.linalg.convolution_matrix(V, 0) | scipy.linalg.convolution_matrix(V, 3, mode='same')
scipy.linalg.cosm(M) | scipy.linalg.cosm(J) | scipy.linalg.cosm([[0.0]])
scipy.linalg.sinm(M) | scipy.linalg.sinm(V) | scipy.linalg.sinm([[0.5]])
scipy.linalg.tanm(M) | scipy.linalg.tanm(J) | scipy.linalg.tanm([[0.5]])
scipy.linalg.coshm([[0.5, 1], [0, 0.25]]) | scipy.linalg.coshm(S) | scipy.linalg.coshm([[0.5]])
scipy.linalg.sinhm([[0.5, 1], [0, 0.25]]) | scipy.linalg.sinhm(J) | scipy.linalg.sinhm([[0.5]])
scipy.linalg.tanhm(M) | scipy.linalg.tanhm(J) | scipy.linalg.tanhm([[0.5]])
scipy.linalg.signm(N) | scipy.linalg.signm(J) | scipy.linalg.signm([[-2.0]])
scipy.linalg.det(M) | scipy.linalg.det(V) | scipy.linalg.det(J) | scipy.linalg.det(ES)
scipy.linalg.dft(3) | scipy.linalg.dft(2, scale='n') | scipy.linalg.dft(-2)
scipy.linalg.diagsvd(V, 3, 4) | scipy.linalg.diagsvd(V, 4, 3) | scipy.linalg.diagsvd(V, 2, 2)
scipy.linalg.eigvals(ES) | scipy.linalg.eigvals([[2]]) | scipy.linalg.eigvals(M, J)
scipy.linalg.eigvalsh(U) | scipy.linalg.eigvalsh(N, subset_by_value=[1, 0]) | scipy.linalg.eigvalsh(N, subset_by_value=[3, inf]) | scipy.linalg.eigvalsh(J)
scipy.linalg.expm([[0.5, 1], [0, 0.25]]) | scipy.linalg.expm(1) | scipy.linalg.expm(V) | scipy.linalg.expm(J) | scipy.linalg.expm(ES)
scipy.linalg.fiedler(V) | scipy.linalg.fiedler(S) | scipy.linalg.fiedler(E)
scipy.linalg.fractional_matrix_power(N, 0.5) | scipy.linalg.fractional_matrix_power(J, 0.5) | scipy.linalg.fractional_matrix_power(N, 2)
scipy.linalg.hadamard(4) | scipy.linalg.hadamard(3) | scipy.linalg.hadamard(2, 'float64')
scipy.linalg.hankel(V) | scipy.linalg.hankel(V, I) | scipy.linalg.hankel([1, 2], [2, 3, 4])
scipy.linalg.hilbert(3) | scipy.linalg.hilbert(0) | scipy.linalg.hilbert(-2)
scipy.linalg.helmert(3) | scipy.linalg.helmert(2, full=True) | scipy.linalg.helmert(1)
scipy.linalg.inv(M) | scipy.linalg.inv(S) | scipy.linalg.inv(J) | scipy.linalg.inv(ES) | scipy.linalg.inv(U)
scipy.linalg.invhilbert(3) | scipy.linalg.invhilbert(2, exact=True) | scipy.linalg.invhilbert(0)
scipy.linalg.invpascal(3) | scipy.linalg.invpascal(2, kind='lower') | scipy.linalg.invpascal(2, kind='x')
scipy.linalg.ishermitian(N) | scipy.linalg.ishermitian(J) | scipy.linalg.ishermitian(C)
scipy.linalg.issymmetric(N) | scipy.linalg.issymmetric(J) | scipy.linalg.issymmetric(M, atol=3.0)
scipy.linalg.khatri_rao(M, M) | scipy.linalg.khatri_rao(M, N) | scipy.linalg.khatri_rao(V, M)
scipy.linalg.ldl(U) | scipy.linalg.ldl(J) | scipy.linalg.ldl(2.0)
scipy.linalg.leslie(V, [1, 2]) | scipy.linalg.leslie(V, V) | scipy.linalg.leslie([1.0], [])
scipy.linalg.logm(N) | scipy.linalg.logm([[2.0]]) | scipy.linalg.logm(J)
scipy.linalg.lstsq(N, V) | scipy.linalg.lstsq(N, [1, 2]) | scipy.linalg.lstsq(V, V)
scipy.linalg.lu(M) | scipy.linalg.lu(V) | scipy.linalg.lu(J) | scipy.linalg.lu(U)
scipy.linalg.lu_factor(M) | scipy.linalg.lu_factor(U) | scipy.linalg.lu_factor(J)
scipy.linalg.lu_solve([LU, PV], [1, 2]) | scipy.linalg.lu_solve([LU, PV], M) | scipy.linalg.lu_solve([LU, PV], [1, 2], 1) | scipy.linalg.lu_solve([LU, PV], V) | scipy.linalg.lu_solve([LU], V)
scipy.linalg.matmul_toeplitz(V, W) | scipy.linalg.matmul_toeplitz(V, N)
scipy.linalg.norm(V) | scipy.linalg.norm(N, 1) | scipy.linalg.norm(Q)
scipy.linalg.null_space(V) | scipy.linalg.null_space(Q) | scipy.linalg.null_space(S)
scipy.linalg.orth(V) | scipy.linalg.orth(Q) | scipy.linalg.orth(S)
scipy.linalg.orthogonal_procrustes(N, N) | scipy.linalg.orthogonal_procrustes(N, M) | scipy.linalg.orthogonal_procrustes(V, V)
scipy.linalg.pascal(3) | scipy.linalg.pascal(3, kind='x') | scipy.linalg.pascal(2, kind='upper', exact=False)
scipy.linalg.pinv(N) | scipy.linalg.pinv(U) | scipy.linalg.pinv(V)
scipy.linalg.pinvh(N) | scipy.linalg.pinvh(J) | scipy.linalg.pinvh(U)
scipy.linalg.polar(N) | scipy.linalg.polar(N, side='left') | scipy.linalg.polar(V) | scipy.linalg.polar(N, side='x')
scipy.linalg.solve(M, [1, 2]) | scipy.linalg.solve(J, V) | scipy.linalg.solve(M, V) | scipy.linalg.solve(S, S) | scipy.linalg.solve(U, [1, 2])
scipy.linalg.solve_banded([0, 1], M, [1, 2]) | scipy.linalg.solve_banded([1, 1], M, [1, 2]) | scipy.linalg.solve_banded([0, 1], M, V)
scipy.linalg.solve_circulant(V, W) | scipy.linalg.solve_circulant(V, [1, 2]) | scipy.linalg.solve_circulant([1, 1], [1, 2])
scipy.linalg.solve_continuous_lyapunov(N, N) | scipy.linalg.solve_continuous_lyapunov(J, N) | scipy.linalg.solve_continuous_lyapunov(N, M) | scipy.linalg.solve_continuous_lyapunov(N, J)
scipy.linalg.solve_sylvester(N, N, N) | scipy.linalg.solve_sylvester(J, N, N) | scipy.linalg.solve_sylvester(N, J, N)
scipy.linalg.solve_toeplitz(V, W) | scipy.linalg.solve_toeplitz(V, N) | scipy.linalg.solve_toeplitz([1, 0.5], [1, 2])
scipy.linalg.solve_triangular(M, [1, 2]) | scipy.linalg.solve_triangular(L, [1, 2], lower=True) | scipy.linalg.solve_triangular(L, [1, 2], trans='T', lower=True) | scipy.linalg.solve_triangular([[0, 1], [0, 0]], [1, 2]) | scipy.linalg.solve_triangular(J, V)
scipy.linalg.sqrtm(N) | scipy.linalg.sqrtm([[4.0]]) | scipy.linalg.sqrtm(V)
scipy.linalg.subspace_angles(N, N) | scipy.linalg.subspace_angles(N, M) | scipy.linalg.subspace_angles([[1], [0]], [[0], [1]])
scipy.linalg.svdvals(N) | scipy.linalg.svdvals(V) | scipy.linalg.svdvals(U)
scipy.linalg.toeplitz(V) | scipy.linalg.toeplitz(V, I) | scipy.linalg.toeplitz(Z)
# Printing
array2string(V) | array2string(M, precision=2, separator=', ') | array2string(Z, max_line_width=12) | array2string(T, threshold=5, edgeitems=1) | array2string(V, sign='+') | array2string(V, floatmode='x')
array_repr(V) | array_repr(M, precision=1) | array_repr(E) | array_repr(U) | array_repr(S)
array_str(V) | array_str(M, suppress_small=True) | array_str(EM) | array_str(B) | array_str(Q)
"""


def function_of(name):
    found = scipy if name.startswith("scipy.") else np
    for part in name.removeprefix("scipy.").split("."):
        found = getattr(found, part)
    return found


def resolve(x):
    if isinstance(x, Function):
        return getattr(np, x.name)
    if isinstance(x, (list, tuple)):
        return type(x)(resolve(y) for y in x)
    return engine.resolve(x)


def encode(x):
    if isinstance(x, Function):
        return {"function": x.name}
    if isinstance(x, (list, tuple)):
        return {"list": [encode(y) for y in x]}
    return engine.encode(x)


def answer(name, args, kwargs):
    given = [resolve(a) for a in args]
    if name in IN_PLACE:
        given[0] = given[0].copy()
    try:
        got = function_of(name)(*given, **{k: resolve(v) for k, v in kwargs.items()})
    except Exception as error:  # noqa: BLE001
        return {"error": type(error).__name__, "message": str(error)}
    if name in IN_PLACE:
        got = given[0]
    if isinstance(got, np.dtype):
        return {"text": str(got)}
    if isinstance(got, tuple):
        got = tuple(np.int64(p) if isinstance(p, (int, np.integer)) and not isinstance(p, bool) else p for p in got)
    return engine.outcome(got)


def calls():
    for line in CASES.strip().split("\n"):
        if line.startswith("#"):
            continue
        for text in line.split(" | "):
            call = ast.parse(text.strip(), mode="eval").body
            name = ast.unparse(call.func)
            args = [eval(ast.unparse(a), ENV) for a in call.args]  # noqa: S307
            kwargs = {k.arg: eval(ast.unparse(k.value), ENV) for k in call.keywords}  # noqa: S307
            yield {"call": name, "args": [encode(a) for a in args], "kwargs": {k: encode(v) for k, v in kwargs.items()}, "want": answer(name, args, kwargs)}


def cases():
    return {"arrays": {f"l_{k}": engine.saved(v) for k, v in FIX.items()}, "calls": list(calls())}
