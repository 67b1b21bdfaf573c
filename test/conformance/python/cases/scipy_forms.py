# %% setup
import numpy as np
import scipy.linalg as sl
A = np.array([[4.0, 1, 2], [0, 3, 1], [1, 0, 2]])
ab = np.array([[0, 0, 1, 2], [0, 1.0, 2, 1], [6, 7, 8, 9]])
E = np.array([[1.0, 2, 0], [0, 1, 1], [3, 0, 1]])
low = np.array([[6, 7, 8, 9], [1.0, 2, 1, 0], [1, 2, 0, 0]])
herm = np.array([[0, 1j, 2 - 1j, 1], [5, 6, 7, 8]])

def tell(f, *args, **kw):
    try:
        return f(*args, **kw)
    except Exception as e:
        return type(e).__name__, str(e)

def same(x, y):
    return bool(np.allclose(x, y))

def whole(band, lower=False):
    u, n = band.shape[0] - 1, band.shape[1]
    full = np.zeros((n, n), band.dtype)
    for k in range(u + 1):
        d = band[k, :n - k] if lower else band[u - k, k:]
        full += np.diag(d, -k if lower else k)
        if k:
            full += np.diag(d.conj(), k if lower else -k)
    return full

# %% fiedler companion
print(sl.fiedler_companion([1, -16, 86, -176, 105]), sl.fiedler_companion([2.0, 4]), sl.fiedler_companion([3]), sl.fiedler_companion([]))
print(sl.fiedler_companion(np.array([[1, 2, 3], [2, 4, 8]])), sl.fiedler_companion(np.array([1, 2, 3, 4, 5, 6], np.float32)).dtype)
print(sl.fiedler_companion([1j, 2, 3]), tell(sl.fiedler_companion, [0, 1, 2]), sl.fiedler_companion(np.ones((2, 3, 4))).shape)

# %% balancing
x = np.array([[1, 2, 0], [9, 1, 0.01], [1, 2, 10 * np.pi]])
B, T = sl.matrix_balance(x)
print(B.round(9), T, same(np.linalg.solve(T, x) @ T, B))
B, (scale, perm) = sl.matrix_balance([[1, 0, 3], [0, 2, 0], [4, 1000, 5]], separate=True)
print(B, scale, perm, scale.dtype, perm.dtype)
print(sl.matrix_balance(x, permute=False)[1], sl.matrix_balance(x, scale=False)[1], sl.matrix_balance(x, 0, 0)[0])
print([m.dtype for m in sl.matrix_balance(x.astype(np.float32))], [m.dtype for m in sl.matrix_balance(np.eye(2, dtype=np.int8))], sl.matrix_balance(x * 1j)[0].dtype)
print(tell(sl.matrix_balance, np.ones((2, 3))), tell(sl.matrix_balance, [[np.nan]]), sl.matrix_balance(np.stack([x, x]))[0].shape)
print([m.shape for m in sl.matrix_balance(np.zeros((0, 0)))], sl.matrix_balance(np.zeros((0, 0)), separate=1))
far = np.triu(np.ones((4, 4)), 1) + np.diag([1.0, 2, 3, 4]); far[1, 2] = 1e6; far[2, 1] = 1e-6
print(sl.matrix_balance(far)[1], sl.matrix_balance(far.T, separate=True)[1])

# %% real Schur forms as complex ones
m = np.array([[0, 2, 2], [0, 1, 2], [1.0, 0, 1]])
T, Z = sl.schur(m)
t, z = sl.rsf2csf(T, Z)
print(t.dtype, same(z @ t @ z.conj().T, m), same(np.tril(t, -1), 0), same(z.conj().T @ z, np.eye(3)))
print([x.dtype for x in sl.rsf2csf(T.astype('f'), Z.astype('f'))], [x.shape for x in sl.rsf2csf(np.stack([T, T]), Z)])
print(tell(sl.rsf2csf, T, np.ones((2, 3))), tell(sl.rsf2csf, np.ones(3), Z), tell(sl.rsf2csf, np.eye(2), Z), tell(sl.rsf2csf, T * np.nan, Z))

# %% complex pairs as real blocks
w, v = np.linalg.eig(np.array([[1, 2, 3], [0, 4, 5], [0, -5, 4.0]]))
wr, vr = sl.cdf2rdf(w, v)
print(wr.round(9), wr.dtype, vr.dtype, same(vr @ wr, np.array([[1, 2, 3], [0, 4, 5], [0, -5, 4]]) @ vr))
print([x.shape for x in sl.cdf2rdf(np.stack([w, w]), np.stack([v, v]))], [x.dtype for x in sl.cdf2rdf([1, 2], np.eye(2))])
for wrong in ((1.0, v), (w, w), (w, np.ones((1, 3, 3))), (w, np.ones((3, 2))), (w[:2], v), ([1j, 1, 2], v)):
    print(tell(sl.cdf2rdf, *wrong))

# %% derivative of the exponential
for size in (1e-3, 0.01, 0.1, 0.5, 1, 3, 40):
    F, L = sl.expm_frechet(A * size / 5, E)
    G, K = sl.expm_frechet(A * size / 5, E, method='blockEnlarge')
    print(size, same(F, sl.expm(A * size / 5)), same(L, K), same(F, G))
print(sl.expm_frechet(A / 4, E)[1].round(9), sl.expm_frechet(A / 4, 1j * E, compute_expm=False).round(9))
print([x.dtype for x in sl.expm_frechet(A.astype('f'), E)], [x.dtype for x in sl.expm_frechet(A.astype(int), E * 1j)], [x.shape for x in sl.expm_frechet(np.stack([A, A]), E)])
print(tell(sl.expm_frechet, np.ones((2, 3)), E), tell(sl.expm_frechet, A, np.ones(3)), tell(sl.expm_frechet, A, np.eye(2)), tell(sl.expm_frechet, A, E, 'x'))
print(np.round(sl.expm_cond(A), 7), np.round(sl.expm_cond(np.array([[1, 2], [3, 4]])), 7), type(sl.expm_cond(A)).__name__, sl.expm_cond(np.stack([A, A])).shape, tell(sl.expm_cond, np.ones((2, 3))))

# %% products with Q
for a in (A, A[:, :2], A[:2], A * 1j + 1, A[:, :2] * 1j + E[:, :2]):
    for pivoting in (False, True):
        Q, R, *p = sl.qr(a, mode='economic', pivoting=pivoting)
        c = np.arange(1.0, 1 + 2 * a.shape[0]).reshape(2, -1)
        right = sl.qr_multiply(a, c, pivoting=pivoting)
        d = np.arange(1.0, 1 + 2 * Q.shape[1]).reshape(-1, 2)
        left = sl.qr_multiply(a, d, 'left', pivoting=pivoting)
        print(a.shape, same(right[0], c @ Q), same(left[0], Q @ d), same(right[1], R), len(right), right[0].dtype,
              same(sl.qr_multiply(a, c, pivoting=pivoting, conjugate=True)[0], c @ Q.conj()), same(sl.qr_multiply(a, d, 'left', pivoting=pivoting, conjugate=True)[0], Q.conj() @ d))
print(sl.qr_multiply(A, [1.0, 2, 3])[0].shape, sl.qr_multiply(A[:, :2], [1.0, 2], 'left')[0].shape, tell(sl.qr_multiply, A, np.ones((2, 2))), tell(sl.qr_multiply, A, np.ones((2, 2)), 'left'), tell(sl.qr_multiply, A, A, 'up'))
print(sl.qr_multiply(np.stack([A, A]), np.ones(3))[0].shape)

# %% Cholesky of bands
print(sl.cholesky_banded(ab).round(9), sl.cholesky_banded(low, lower=True).round(9), sl.cholesky_banded(herm).round(9))
c = sl.cholesky_banded(ab)
print(sl.cho_solve_banded((c, False), [1.0, 2, 3, 4]).round(9), same(whole(ab) @ sl.cho_solve_banded((c, False), np.eye(4)), np.eye(4)))
print(same(whole(herm) @ sl.cho_solve_banded((sl.cholesky_banded(herm), False), np.ones(4)), 1), sl.cho_solve_banded((sl.cholesky_banded(low, lower=True), True), np.ones((4, 0))).shape)
print(tell(sl.cholesky_banded, -ab), tell(sl.cho_solve_banded, (c, False), np.ones(3)), tell(sl.cholesky_banded, ab * np.nan), sl.cholesky_banded(np.zeros((2, 0))).shape)
print(sl.cholesky_banded(ab.astype('f')).dtype, sl.cholesky_banded(ab.astype(int)).dtype, sl.cholesky_banded(ab.astype(np.int8)).dtype, sl.cholesky_banded(np.stack([ab, ab])).shape, sl.cho_solve_banded((np.stack([c, c]), False), np.ones(4)).shape)

# %% solutions of Hermitian bands
for band, lower in ((ab, False), (low, True), (herm, False), (ab[1:], False), (low[:2], True), (ab[2:], False)):
    for b in (np.arange(1.0, 5), np.arange(8.0).reshape(4, 2), np.arange(4) * 1j):
        x = sl.solveh_banded(band, b, lower=lower)
        print(x.shape, x.dtype, same(whole(band, lower) @ x, b))
print(tell(sl.solveh_banded, -ab, np.ones(4)), tell(sl.solveh_banded, -ab[1:], np.ones(4)), tell(sl.solveh_banded, ab, np.ones(3)), sl.solveh_banded(ab, np.ones((4, 0))).shape)
print(sl.solveh_banded(ab.astype('f'), np.ones(4, 'f')).dtype, sl.solveh_banded(ab.astype(np.int16), np.ones(4, int)).dtype, sl.solveh_banded(np.stack([ab, ab]), np.ones(4)).shape)

# %% eigenvalues of bands
for band, lower in ((ab, False), (low, True), (herm, False), (ab[2:], False)):
    w, v = sl.eig_banded(band, lower=lower)
    print(w.round(9), v.dtype, same(whole(band, lower) @ v, v * w), same(v.conj().T @ v, np.eye(4)), same(sl.eigvals_banded(band, lower), w))
    w, v = sl.eig_banded(band, lower, select='i', select_range=(1, 2))
    print(w.round(9), v.shape, same(whole(band, lower) @ v, v * w), sl.eigvals_banded(band, lower, select='v', select_range=(5.5, 8)).round(9), sl.eig_banded(band, lower, select='value', select_range=[100, 101])[1].shape)
print(sl.eig_banded(ab, eigvals_only=True, select=2, select_range=[3, 3]).round(9), sl.eig_banded(ab.astype('f'))[0].dtype, sl.eigvals_banded(np.stack([ab, ab])).shape, [x.shape for x in sl.eig_banded(np.zeros((2, 0)))])
for k in ({'select': 'x'}, {'select': 'i'}, {'select': 'v', 'select_range': (2, 1)}, {'select': 'i', 'select_range': (0, 4)}, {'select': 'i', 'select_range': (0.0, 1)}, {'select': 'i', 'select_range': (-1, 1)}):
    print(tell(sl.eig_banded, ab, **k))
print(tell(sl.eig_banded, np.ones(3)), tell(sl.eig_banded, ab * np.inf), sl.eigvals_banded(ab, select='v', select_range=(-np.inf, np.inf)).round(9))

# %% tridiagonal matrices
d, e = np.array([3.0, 1, 4, 1, 5]), np.array([1.0, 2, 0, 3])
M = np.diag(d) + np.diag(e, 1) + np.diag(e, -1)
for driver in ('auto', 'stemr', 'stev', 'stevd', 'stebz'):
    w, v = sl.eigh_tridiagonal(d, e, lapack_driver=driver)
    print(driver, w.round(9), same(M @ v, v * w), same(v.T @ v, np.eye(5)), sl.eigvalsh_tridiagonal(d, e, lapack_driver=driver).round(9))
for driver in ('auto', 'stemr', 'stebz'):
    for select, bounds in (('i', (1, 3)), ('v', (0, 4.5)), ('v', (100, 101))):
        w, v = sl.eigh_tridiagonal(d, e, select=select, select_range=bounds, lapack_driver=driver)
        print(driver, w.round(9), v.shape, same(M @ v, v * w), sl.eigvalsh_tridiagonal(d, e, select, bounds, lapack_driver=driver).round(9))
print(sl.eigvalsh_tridiagonal(d, e, lapack_driver='sterf').round(9), sl.eigvalsh_tridiagonal(d.astype('f'), e.astype('f')).dtype, sl.eigvalsh_tridiagonal([1, 2], [3]).round(9), sl.eigvalsh_tridiagonal(np.stack([d, d]), e).shape)
print(sl.eigh_tridiagonal([3], []), sl.eigh_tridiagonal([3.0], [], select='v', select_range=(5, 6)), sl.eigh_tridiagonal([3.0], [], True, select='v', select_range=(2, 6)))
for args, k in (((d, d), {}), ((d * 1j, e), {}), ((d, e), {'lapack_driver': 'x'}), ((d, e), {'lapack_driver': 1}), ((d, e), {'lapack_driver': 'sterf'}), ((d, e), {'lapack_driver': 'stev', 'select': 'i', 'select_range': (0, 1)}), ((d * np.nan, e), {}), ((d, e), {'select': 'q'}), ((d, e), {'select': 'i', 'select_range': (1.5, 2)})):
    print(tell(sl.eigh_tridiagonal, *args, **k))

# %% pairs of matrices
B = np.array([[1.0, 2, 0], [0, 1, 3], [2, 0, 1]])
C = np.array([[0.0, 1, 0], [-2, 0, 1], [0, 1, 3]])
for a, b in ((A, B), (C, B), (C, A), (C * 1j, B), (A, np.diag([1.0, 0, 2]))):
    for output in ('real', 'complex'):
        AA, BB, Q, Z = sl.qz(a, b, output=output)
        print(AA.dtype, same(Q @ AA @ Z.conj().T, a), same(Q @ BB @ Z.conj().T, b), same(np.tril(BB, -1), 0), same(Q @ Q.conj().T, np.eye(3)))
        for sort in ('lhp', 'rhp', 'iuc', 'ouc', lambda x, y: abs(x) > 2 * abs(y)):
            AA, BB, alpha, beta, Q, Z = sl.ordqz(a, b, sort=sort, output=output)
            with np.errstate(all='ignore'):
                r = alpha / beta
            inside = {'lhp': r.real < 0, 'rhp': r.real > 0, 'iuc': abs(r) < 1, 'ouc': abs(r) > 1}.get(sort, abs(r) > 2) if np.isfinite(r).all() else np.zeros(3, bool)
            print(alpha.dtype, beta.dtype, same(Q @ AA @ Z.conj().T, a), same(Q @ BB @ Z.conj().T, b), int(inside.sum()), bool((np.diff(inside.astype(int)) <= 0).all()))
print(tell(sl.qz, A, B, sort='lhp'), tell(sl.qz, A, np.eye(2)), tell(sl.qz, A, B, 'x'), tell(sl.ordqz, A, B, 'x'), tell(sl.qz, A * np.nan, B))
print([m.dtype for m in sl.qz(A.astype('f'), B.astype('f'))], [m.dtype for m in sl.qz(A.astype(int), B.astype('f'), 'c')], [m.shape for m in sl.qz(np.stack([A, A]), B)])

# %% Riccati equations
a = np.array([[4.0, 3], [-4.5, -3.5]])
b = np.array([[1.0], [-1]])
q = np.array([[9.0, 6], [6, 4]])
r = np.array([[1.0]])
e = np.array([[2.0, 1], [0, 3]])
s = np.array([[0.5], [0.25]])
inv = np.linalg.inv
for E, S in ((None, None), (e, None), (None, s), (e, s)):
    for balanced in (True, False):
        x = sl.solve_continuous_are(a, b, q, r, E, S, balanced)
        o, z = np.eye(2) if E is None else E, np.zeros((2, 1)) if S is None else S
        k = o.T @ x @ b + z
        print(x.round(7), same(a.T @ x @ o + o.T @ x @ a - k @ inv(r) @ k.T + q, 0))
        x = sl.solve_discrete_are(a, b, q, r, E, S, balanced)
        k = a.T @ x @ b + z
        print(x.round(7), same(a.T @ x @ a - o.T @ x @ o - k @ inv(r + b.T @ x @ b) @ k.T + q, 0))
x = sl.solve_continuous_are(a + 1j * np.eye(2), b, q, r)
print(x.round(7), x.dtype, sl.solve_discrete_are(1, 1, 4, 1).round(9), sl.solve_continuous_are(np.stack([a, a]), b, q, r).shape)
big = sl.solve_continuous_are(np.diag([1.0, 1e4]), np.array([[1.0], [1e-3]]), np.diag([1e6, 1.0]), r)
print((big / 1e3).round(3))
for args in ((np.ones((2, 3)), b, q, r), (a, np.ones((3, 1)), q, r), (a, b, np.eye(3), r), (a, b, q, np.eye(2)), (a, b, q + [[0, 1], [0, 0]], r), (a, b, q, 0 * r), (a, b, q, r, np.ones((2, 3))), (a, b, q, r, np.eye(3)), (a, b, q, r, np.zeros((2, 2))), (a, b, q, r, None, np.ones((2, 2)))):
    print(tell(sl.solve_continuous_are, *args), tell(sl.solve_discrete_are, *args))
print(tell(sl.solve_continuous_are, [[0, 1], [-1, 0]], [[0], [0]], np.zeros((2, 2)), r))
