# %% setup

# %% regression with diagnostics
from __future__ import annotations
import numpy as np
from dataclasses import dataclass, field
from typing import NamedTuple, Optional

np.set_printoptions(precision=4, suppress=True)

@dataclass
class Fit:
    beta: np.ndarray
    resid: np.ndarray
    names: list[str] = field(default_factory=list)
    sigma: float = 0.0
    def summary(self) -> str:
        out = [f"{'name':<10}|{'coef':>10}|{'se':>10}|{'t':>8}"]
        out.append("-" * 42)
        for n, b, s in zip(self.names, self.beta, self.se):
            out.append(f"{n:<10}|{b:>10.4f}|{s:>10.4f}|{b / s:>8.2f}")
        return "\n".join(out)

def ols(X, y, names: Optional[list[str]] = None) -> Fit:
    n, p = X.shape
    beta, rss, rank, sv = np.linalg.lstsq(X, y, rcond=None)
    print("rss", rss, "rank", rank, "sv", sv)
    r = y - X @ beta
    s2 = r @ r / (n - p)
    cov = s2 * np.linalg.inv(X.T @ X)
    f = Fit(beta, r, names or [f"x{i}" for i in range(p)], np.sqrt(s2))
    f.se = np.sqrt(np.diag(cov))
    return f

if __name__ == "__main__":
    rng = np.random.default_rng(7)
    n = 30
    x1 = rng.normal(10, 2, n); x2 = rng.uniform(-1, 1, size=n)
    X = np.column_stack([np.ones(n), x1, x2])
    y = X @ [1.5, -0.7, 3.0] + rng.normal(scale=.3, size=n)
    fit = ols(X, y, ["const", "x1", "x2"])
    print(fit.summary())
    H = X @ np.linalg.inv(X.T @ X) @ X.T
    lev = np.diag(H)
    print(f"trace(H) = {np.trace(H):.6f}, max leverage = {lev.max():.3f} at {lev.argmax()}")
    stud = fit.resid / (fit.sigma * np.sqrt(1 - lev))
    print("outliers:", np.flatnonzero(np.abs(stud) > 2))
    dw = np.sum(np.diff(fit.resid)**2) / np.sum(fit.resid**2)
    print("Durbin-Watson %.4f" % dw)
    cook = stud**2 * lev / (1 - lev) / 3
    for i, (c, l) in enumerate(zip(cook, lev)):
        if c > 4 / n:
            print(f"obs {i:2d}: cook={c:.3f}, lev={l:.3f}")
    R2 = 1 - fit.resid @ fit.resid / ((y - y.mean())**2).sum()
    print(f"{R2=:.5f} {type(R2).__name__}")
    print(np.corrcoef(X[:, 1:], rowvar=False))
    vif = np.diag(np.linalg.inv(np.corrcoef(X[:, 1:].T)))
    print(f"{vif}")
    print(fit.beta.round(3).tolist(), fit)

# %% PageRank with dictionaries
import numpy as np
import itertools
from collections import defaultdict, Counter
links = {"home": ["about", "prod", "links"], "about": ["home"], "prod": ["home"],
         "links": ["home", "A", "B", "C", "D"], "A": ["home"], "B": ["home"], "C": ["home"], "D": []}
pages = sorted(links)
idx = {p: i for i, p in enumerate(pages)}
n = len(pages)
M = np.zeros((n, n))
for src, dsts in links.items():
    if dsts:
        M[[idx[d] for d in dsts], idx[src]] = 1 / len(dsts)
    else:
        M[:, idx[src]] = 1 / n
assert np.allclose(M.sum(axis=0), 1), "not stochastic"
def pagerank(M, d=0.85, tol=1e-12, maxit=1000):
    n = M.shape[0]
    r = np.full(n, 1/n)
    for k in itertools.count(1):
        new = d * M @ r + (1 - d) / n
        delta = np.linalg.norm(new - r, ord=1)
        r = new
        if delta < tol or k >= maxit:
            return r, k
r, k = pagerank(M)
print(f"{k} iterations")
for rank, i in enumerate(np.argsort(-r.round(9), kind="stable"), start=1):
    print(f"{rank:>2}. {pages[i]:<6} {r[i]:.6f} {'#' * int(round(r[i] * 60))}")
G = .85 * M + .15 / n * np.ones_like(M)
w, V = np.linalg.eig(G)
i = np.argmax(w.real)
v = np.real(V[:, i]); v /= v.sum()
print("dominant:", np.round(w[i].real, 10), w.shape)
print("agrees:", np.allclose(v, r))
print(np.sort(np.abs(w))[::-1].round(4))
with np.printoptions(precision=3, linewidth=120):
    print(M)
    print(repr(r))
c = Counter(x for d in links.values() for x in d)
print(c.most_common(3))
names = np.array(pages)
print(names[np.argsort(r.round(9))[::-1]][:3], names.dtype)
print(dict(zip(names, r.round(3))))

# %% Markov chains, walks and absorption
import numpy as np
from functools import reduce
states = ["sun", "cloud", "rain"]
P = np.array([[.7, .2, .1],
              [.3, .4, .3],
              [.2, .3, .5]])
print(P.sum(1))
print(np.linalg.matrix_power(P, 5))
print(reduce(np.matmul, [P] * 5) - np.linalg.matrix_power(P, 5) < 1e-15)
A = np.vstack([P.T - np.eye(3), np.ones(3)])
b = np.append(np.zeros(3), 1)
pi, *rest = np.linalg.lstsq(A, b)
print("stationary", pi, rest)
w, v = np.linalg.eig(P.T)
k = np.argmin(abs(w - 1))
s = v[:, k].real
print("via eig", s / s.sum())
np.random.seed(0)
def walk(P, n, start=0):
    x = start
    out = np.empty(n, dtype=int)
    for t in range(n):
        out[t] = x
        x = np.random.choice(len(P), p=P[x])
    return out
path = walk(P, 2000)
print(path[:20], np.bincount(path, minlength=3) / path.size)
u, c = np.unique(path, return_counts=True)
print(dict(zip([states[i] for i in u], c)))
T = np.zeros((3, 3), int)
np.add.at(T, (path[:-1], path[1:]), 1)
print(T, T / T.sum(axis=1, keepdims=True), sep="\n\n")
# absorbing
Q = np.array([[0, .5, 0], [.5, 0, .5], [0, .5, 0]]); R = np.array([[.5, 0], [0, 0], [0, .5]])
N = np.linalg.inv(np.eye(3) - Q)
print("fundamental\n", N, "\nsteps", N @ np.ones(3), "\nB", (N @ R))
print("%s" % N[0], "%r" % N[0, 0], f"{N[0,1]:.3e}", str(N[0, 2]), repr(N.sum()))
ent = -np.sum(np.where(P > 0, P * np.log2(P), 0), axis=1)
print(ent, ent.mean())
print(np.array2string(P, formatter={"float_kind": lambda x: f"{x:5.0%}"}))

# %% PCA of flowers typed in
import numpy as np, sys
data = """5.1,3.5,1.4,0.2,setosa
4.9,3.0,1.4,0.2,setosa
4.7,3.2,1.3,0.2,setosa
7.0,3.2,4.7,1.4,versicolor
6.4,3.2,4.5,1.5,versicolor
6.9,3.1,4.9,1.5,versicolor
6.3,3.3,6.0,2.5,virginica
5.8,2.7,5.1,1.9,virginica
7.1,3.0,5.9,2.1,virginica"""
rows = [l.split(",") for l in data.splitlines()]
X = np.array([r[:4] for r in rows], dtype=float)
y = np.array([r[-1] for r in rows])
print(X.shape, y.dtype, X.mean(0), X.std(0, ddof=1))
classes, codes = np.unique(y, return_inverse=True)
print(classes, codes)
Z = (X - X.mean(axis=0)) / X.std(axis=0)
C = np.cov(Z.T)
w, V = np.linalg.eigh(C)
order = w.argsort()[::-1]
w, V = w[order], V[:, order]
V *= np.sign(V[0])
print("eigenvalues", w)
ratio = w / w.sum()
for i, (r, c) in enumerate(zip(ratio, ratio.cumsum())):
    print(f"PC{i+1}: {r:7.2%} (cum {c:.1%})")
U, S, Vt = np.linalg.svd(Z, full_matrices=False)
print(np.allclose(S**2 / (len(Z) - 1), w))
scores = Z @ V[:, :2]
for name, (a, b) in zip(y, scores):
    print("{:>12s} {:+.3f} {:+.3f}".format(name, a, b))
for c in classes:
    m = y == c
    print(c, m.sum(), scores[m].mean(axis=0).round(3))
rec = scores @ V[:, :2].T
print("error", np.linalg.norm(Z - rec, 'fro') ** 2, (S[2:] ** 2).sum())
arr = np.loadtxt(data.splitlines(), delimiter=",", usecols=range(4))
print(np.array_equal(arr, X))
rec = np.genfromtxt(data.splitlines(), delimiter=",", dtype=None, encoding=None, names="sl,sw,pl,pw,cls")
print(rec.dtype)
print(rec[:2], rec["sl"].mean(), sep="\n")
print(rec[rec["cls"] == "virginica"]["pl"].max())
np.savetxt(sys.stdout, scores, fmt="%8.3f", header="pc1 pc2")
rec.sort(order=["sw", "sl"])
print(rec[["cls", "sw"]][:3])

# %% Gram-Schmidt and its loss of orthogonality
import numpy as np
def gram_schmidt(A, modified=False):
    """Orthonormalise the columns of A."""
    A = np.array(A, dtype=float)
    m, n = A.shape
    Q, R = np.zeros((m, n)), np.zeros((n, n))
    for j in range(n):
        v = A[:, j].copy()
        for i in range(j):
            R[i, j] = Q[:, i] @ (v if modified else A[:, j])
            v -= R[i, j] * Q[:, i]
        R[j, j] = np.linalg.norm(v)
        if np.isclose(R[j, j], 0):
            raise np.linalg.LinAlgError(f"column {j} is dependent")
        Q[:, j] = v / R[j, j]
    return Q, R
Q, R = gram_schmidt([[1, 1, 0], [1, 0, 1], [0, 1, 1]])
print(Q, R, Q @ R, sep="\n")
print(np.round(Q.T @ Q, 12) + 0.)
H = 1 / (np.arange(1, 9)[:, None] + np.arange(8))
for mod in (False, True):
    Q, R = gram_schmidt(H, mod)
    e = np.abs(Q.T @ Q - np.eye(8)).max()
    print(f"{mod!s:>6}: 1e{int(np.floor(np.log10(e)))}", e > 1e-6)
try:
    gram_schmidt(np.arange(9).reshape(3, 3))
except np.linalg.LinAlgError as e:
    print("caught:", e, type(e), e.args)
def proj(u, v): return (u @ v) / (u @ u) * u
u, v = np.array([3, 4]), np.array([1, 2])
print(proj(u, v), v - proj(u, v), np.cross([1, 2, 3], [4, 5, 6]))
theta = np.degrees(np.arccos(np.clip(u @ v / np.linalg.norm(u) / np.linalg.norm(v), -1, 1)))
print(f"{theta:.3f}°")
print(np.dot(u, v), type(np.dot(u, v)), (u @ v).__class__.__name__, np.vdot(u, 1j * v))
gram_schmidt(np.zeros((2, 2)))

# %% power iteration as a class
import numpy as np
import warnings
class PowerIteration:
    """A small class students write."""
    instances = 0
    def __init__(self, A, *, tol=1e-10, maxiter=500, seed=None):
        self.A = np.asarray(A, dtype=float)
        self.tol, self.maxiter = tol, maxiter
        self.rng = np.random.default_rng(seed)
        self.history = []
        type(self).instances += 1
    def __repr__(self):
        return f"<{self.__class__.__name__} on {self.A.shape[0]}x{self.A.shape[1]}>"
    def __call__(self):
        v = self.rng.standard_normal(self.A.shape[1])
        v /= np.linalg.norm(v)
        lam = 0
        for it in range(self.maxiter):
            w = self.A @ v
            new = v @ w
            v = w / np.linalg.norm(w)
            self.history.append(new)
            if abs(new - lam) < self.tol:
                break
            lam = new
        else:
            warnings.warn("no convergence", RuntimeWarning)
        return new, v
    @property
    def rate(self):
        h = np.array(self.history)
        d = np.abs(np.diff(h))
        return d[1:] / d[:-1]
    @staticmethod
    def deflate(A, lam, v): return A - lam * np.outer(v, v)
A = np.array([[6, 2, 1], [2, 3, 1], [1, 1, 1]])
p = PowerIteration(A, seed=3)
lam, v = p()
print(p, lam, v * np.sign(v[0]), len(p.history))
print(p.rate[:5].round(4), (np.linalg.eigvalsh(A)[-2] / lam) ** 2)
B = p.deflate(A, lam, v)
q = PowerIteration(B, seed=4); mu, u = q()
print(mu, np.linalg.eigvalsh(A)[::-1])
rot = PowerIteration([[0, -1], [1, 0]], maxiter=5, seed=0)
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    print(rot()[0])
    print(len(w), w[0].category.__name__, w[0].message)
def rayleigh(A, x, n=6):
    I = np.eye(len(A))
    for _ in range(n):
        m = x @ A @ x / (x @ x)
        yield m
        try:
            x = np.linalg.solve(A - m * I, x)
        except np.linalg.LinAlgError:
            return
        x /= np.linalg.norm(x)
for k, m in enumerate(rayleigh(A.astype(float), np.ones(3))):
    print(k, f"{m:.12f}")
inv = np.linalg.inv(A); print(1 / PowerIteration(inv, seed=1)()[0])
print(PowerIteration.instances, isinstance(lam, float), isinstance(lam, np.floating))

# %% the QR algorithm by hand
import numpy as np
np.set_printoptions(precision=5, suppress=True, linewidth=100)
def hess(A):
    A = A.copy(); n = A.shape[0]
    for k in range(n - 2):
        x = A[k+1:, k]
        e = np.zeros_like(x); e[0] = np.copysign(np.linalg.norm(x), x[0])
        v = x + e
        v = v / np.linalg.norm(v)
        A[k+1:, k:] -= 2 * np.outer(v, v @ A[k+1:, k:])
        A[:, k+1:] -= 2 * np.outer(A[:, k+1:] @ v, v)
    return A
def qr_eig(A, tol=1e-12):
    H = hess(A); n = len(H); out = []; its = 0
    while n > 1:
        mu = H[n-1, n-1]
        Q, R = np.linalg.qr(H[:n, :n] - mu * np.eye(n))
        H[:n, :n] = R @ Q + mu * np.eye(n)
        its += 1
        if abs(H[n-1, n-2]) < tol * (abs(H[n-1, n-1]) + abs(H[n-2, n-2])):
            out.append(H[n-1, n-1]); n -= 1
    out.append(H[0, 0])
    return np.array(sorted(out, reverse=True)), its
S = np.array([[4., 1, -2, 2], [1, 2, 0, 1], [-2, 0, 3, -2], [2, 1, -2, -1]])
T = hess(S)
print(T)
print(np.triu(T, -1) - T)
w, its = qr_eig(S)
print(w, its < 40, np.linalg.eigvalsh(S)[::-1])
print(np.allclose(w, np.linalg.eigvalsh(S)[::-1]))
C = np.array([[0, 0, -6], [1, 0, 11], [0, 1, -6]], dtype=np.float64)
print(np.roots([1, 6, -11, 6]), np.linalg.eigvals(C))
print(np.poly(S), np.poly1d(np.poly(S)))
p = np.poly1d([1, -3, 2])
print(p, p.r, p(3), p.deriv(), p * p, p.integ(k=1), sep="\n")
w, v = np.linalg.eig(np.array([[2, -1], [1, 2]]))
print(w, v, w.conj() * w, np.angle(w, deg=True), sep="\n")
res = np.linalg.eigh(S)
print(type(res).__name__, res.eigenvalues, res._fields)
print(res)
J = np.array([[2, 1], [0, 2]]); w, v = np.linalg.eig(J); print(w, v, np.linalg.matrix_rank(v), sep='\n')
print(np.trace(S), w.sum(), np.linalg.det(S), np.linalg.slogdet(S))

# %% Jacobi, Gauss-Seidel and SOR
import numpy as np
from typing import Callable, Dict, Tuple
from functools import partial
def split(A): return np.diag(np.diag(A)), np.tril(A, -1), np.triu(A, 1)
def jacobi(A, b, x, n):
    D, L, U = split(A)
    d = np.diagonal(A)
    hist = []
    for _ in range(n):
        x = (b - (L + U) @ x) / d
        hist.append(np.linalg.norm(A @ x - b, np.inf))
    return x, np.array(hist)
def sor(A, b, x, n, omega=1.0):
    x = x.copy(); hist = []
    for _ in range(n):
        for i in range(len(b)):
            sigma = A[i, :i] @ x[:i] + A[i, i+1:] @ x[i+1:]
            x[i] += omega * ((b[i] - sigma) / A[i, i] - x[i])
        hist.append(np.abs(A @ x - b).max())
    return x, np.array(hist)
methods: Dict[str, Callable] = {"Jacobi": jacobi, "Gauss-Seidel": sor, "SOR(1.2)": partial(sor, omega=1.2)}
n = 10
A = 4 * np.eye(n) - np.eye(n, k=1) - np.eye(n, k=-1)
b = A @ np.arange(1, n + 1)
print(f"{'method':<14}{'it=5':>12}{'it=10':>12}{'it=20':>12}")
for name, f in methods.items():
    x, h = f(A, b, np.zeros(n), 20)
    print(f"{name:<14}" + "".join(f"{h[k-1]:12.2e}" for k in (5, 10, 20)), np.allclose(x, np.arange(1, n+1), atol=1e-4))
D, L, U = split(A)
rho = lambda M: max(abs(np.linalg.eigvals(M)))
print("rho J  %.6f" % rho(-np.linalg.solve(D, L + U)))
print("rho GS %.6f" % rho(-np.linalg.solve(D + L, U)))
omegas = np.arange(1, 2, .1)
r = [rho(np.linalg.inv(D + w * L) @ ((1 - w) * D - w * U)) for w in omegas]
best = np.argmin(r)
print(f"best omega {omegas[best]:.1f}: {r[best]:.4f}", type(r[0]))
x, h = jacobi(np.array([[1., 2], [3, 1]]), np.array([1., 1]), np.zeros(2), 8)
print("diverges", h, x)
dominant = np.all(2 * np.abs(np.diag(A)) > np.abs(A).sum(axis=1)); print(dominant, type(dominant), not dominant)
print(f"{np.linalg.cond(A):.3f} {np.linalg.cond(A, 1):.3f} {np.linalg.cond(A, 'fro'):g}")

# %% conjugate gradients on a sparse grid
import numpy as np
import scipy.sparse as sp
import scipy.sparse.linalg as spla
from scipy import linalg as sla
def cg(A, b, x0=None, tol=1e-10, callback=None):
    x = np.zeros_like(b) if x0 is None else x0.copy()
    r = b - A @ x; p = r.copy(); rs = r @ r; k = 0
    while np.sqrt(rs) > tol * np.linalg.norm(b):
        Ap = A @ p
        alpha = rs / (p @ Ap)
        x += alpha * p; r -= alpha * Ap
        rs_new = r @ r
        p = r + (rs_new / rs) * p
        rs = rs_new; k += 1
        if callback is not None: callback(k, rs)
    return x, k
n = 8
T = sp.diags([-1.0, 2.0, -1.0], [-1, 0, 1], shape=(n, n), format="csr")
I = sp.identity(n, format='csr')
A = sp.kron(T, I) + sp.kron(I, T)
A = A.tocsr()
print(A.shape, A.nnz, A.format, A.dtype, A.has_sorted_indices)
b = np.ones(n * n)
seen = []
x, k = cg(A, b, callback=lambda k, r: seen.append(r))
print(k, len(seen), np.allclose(A @ x, b), x.reshape(n, n)[0].round(5))
y, info = spla.cg(A, b, rtol=1e-10)
print(info, np.allclose(x, y))
z = spla.spsolve(A.tocsc(), b); print(np.linalg.norm(z - x) < 1e-8)
lu = spla.splu(A.tocsc()); print(np.allclose(lu.solve(b), z))
w = spla.eigsh(A, k=3, which="SA", return_eigenvectors=False); print(np.sort(w).round(6))
M = spla.LinearOperator(A.shape, matvec=lambda v: v / 4.0)
y, info = spla.cg(A, b, M=M); print(info, np.abs(y - x).max() < 1e-4)
print(A[:3, :3].toarray(), A[0], sep="\n")
D = A.toarray(); c = sla.cho_factor(D); print(np.allclose(sla.cho_solve(c, b), z))
P, L, U = sla.lu(D[:3, :3]); print(P, L.round(4), U.round(4), sep="\n")
print(np.linalg.cond(D).round(4), sp.linalg.norm(A).round(4), A.diagonal()[:4], A.sum(), A.max(), (A != A.T).nnz)
coo = A.tocoo(); print(coo.row[:5], coo.col[:5], coo.data[:5])
print(repr(A))
print(sp.issparse(A), sp.random(4, 4, density=.3, random_state=1).nnz)

# %% the heat equation in five ways
import numpy as np
from scipy.linalg import solve_banded, expm
L, nx, T, alpha = 1.0, 11, 0.1, 1.0
dx = L / (nx - 1)
x = np.linspace(0, L, nx)
u0 = np.sin(np.pi * x)
dt = 0.4 * dx**2 / alpha
nt = int(np.ceil(T / dt))
u = u0.copy()
for n in range(nt):
    u[1:-1] = u[1:-1] + alpha * dt / dx**2 * (u[2:] - 2 * u[1:-1] + u[:-2])
exact = np.exp(-np.pi**2 * nt * dt) * np.sin(np.pi * x)
print(f"{nt=} {dt=:.4g} max err {np.abs(u - exact).max():.3e}")
print(u)
r = alpha * dt / dx**2
ab = np.zeros((3, nx)); ab[0, 2:] = -r / 2; ab[1] = 1 + r; ab[2, :-2] = -r / 2
ab[1, 0] = ab[1, -1] = 1
u = u0.copy()
for _ in range(nt):
    rhs = u.copy()
    rhs[1:-1] = u[1:-1] + r / 2 * (u[2:] - 2 * u[1:-1] + u[:-2]); rhs[[0, -1]] = 0
    u = solve_banded((1, 1), ab, rhs)
print("CN", np.abs(u - exact).max(), u[nx // 2])
A = (np.diag(-2 * np.ones(nx - 2)) + np.diag(np.ones(nx - 3), 1) + np.diag(np.ones(nx - 3), -1)) / dx**2
print("expm", (expm(A * nt * dt) @ u0[1:-1])[4])
U = np.zeros((6, 6)); U[0] = 100
for it in range(200):
    new = U.copy()
    new[1:-1, 1:-1] = .25 * (U[:-2, 1:-1] + U[2:, 1:-1] + U[1:-1, :-2] + U[1:-1, 2:])
    if (d := np.abs(new - U).max()) < 1e-6: break
    U = new
print(it, f"{d:.2e}"); print(np.round(U, 2))
w = np.linalg.eigvalsh(A); print("stiffness", w[0] / w[-1], w[-1], -np.pi**2)
def rk4(f, y, t, h):
    k1 = f(t, y); k2 = f(t + h/2, y + h/2*k1); k3 = f(t + h/2, y + h/2*k2); k4 = f(t + h, y + h*k3)
    return y + h / 6 * (k1 + 2*k2 + 2*k3 + k4)
y = np.array([1.0, 0.0]); ys = [y]
for k in range(100):
    y = rk4(lambda t, y: np.array([y[1], -y[0]]), y, k * .1, .1); ys.append(y)
ys = np.array(ys); print(ys.shape, ys[-1], (ys**2).sum(1)[[0, 50, -1]])
print(np.trapezoid(ys[:, 0], dx=.1), np.gradient(ys[:5, 0], .1))

# %% filters, windows and transforms
import numpy as np
fs = 100
t = np.arange(0, 1, 1 / fs)
rng = np.random.default_rng(2024)
clean = np.sin(2 * np.pi * 5 * t) + .5 * np.cos(2 * np.pi * 12 * t)
x = clean + rng.normal(0, .4, t.size)
F = np.fft.rfft(x); f = np.fft.rfftfreq(x.size, d=1 / fs)
P = np.abs(F) ** 2 / x.size
top = np.argsort(P)[::-1][:3]
print("peaks", f[top], P[top])
mask = P > .2 * P.max()
y = np.fft.irfft(F * mask, n=x.size)
print("rms before %.4f after %.4f" % (np.sqrt(np.mean((x - clean)**2)), np.sqrt(np.mean((y - clean)**2))))
print(np.fft.fftfreq(8), np.fft.fftshift(np.fft.fftfreq(8, .1)))
n = 4; W = np.exp(-2j * np.pi * np.outer(np.arange(n), np.arange(n)) / n)
print(np.allclose(W @ W.conj().T, n * np.eye(n)), np.allclose(W @ x[:4], np.fft.fft(x[:4])))
k = np.ones(5) / 5
print(np.convolve(x, k, mode="valid")[:3], np.convolve([1, 2, 3], [0, 1, .5]), np.correlate([1, 2, 3], [0, 1, .5], "full"))
z = np.fft.ifft(np.fft.fft([1, 2, 3, 0, 0]) * np.fft.fft([0, 1, .5, 0, 0]))
print(z.real.round(9) + 0., np.real_if_close(z).round(9) + 0.)
win = np.hanning(8); print(win.round(4), np.hamming(4), np.blackman(5).round(8))
im = np.outer(np.arange(4), [1, 0, 1, 0]).astype(float); G = np.fft.fft2(im); print(G, np.fft.ifft2(G).real, sep="\n")
ph = np.unwrap(np.angle(np.exp(1j * np.linspace(0, 12, 6)))); print(ph)
c = 3 + 4j; print(abs(c), np.abs(c), np.angle(c), np.conj(c), np.exp(1j * np.pi), np.iscomplex([1, 1j]))
C = np.lib.stride_tricks.sliding_window_view(x, 10); print(C.shape, C.mean(axis=-1)[:2])
s = np.sinc(np.linspace(-2, 2, 5)); print(s, np.interp(1.5, [1, 2], [10, 20]), np.sign(s))
print(*(f"{v.real:+.2f}{v.imag:+.2f}j" for v in F[:4]))

# %% k-means with silhouettes
import numpy as np
np.random.seed(42)
centers = np.array([[0, 0], [5, 5], [0, 5]])
X = np.concatenate([np.random.randn(20, 2) * .6 + c for c in centers])
idx = np.random.permutation(len(X)); X = X[idx]
def kmeans(X, k, iters=100):
    C = X[np.random.choice(X.shape[0], k, replace=False)]
    for i in range(iters):
        d = np.linalg.norm(X[:, None, :] - C[None, :, :], axis=2)
        lab = d.argmin(axis=1)
        new = np.array([X[lab == j].mean(axis=0) if np.any(lab == j) else C[j] for j in range(k)])
        if np.allclose(C, new): break
        C = new
    return C, lab, i, (d.min(axis=1) ** 2).sum()
for k in range(1, 5):
    C, lab, it, inertia = kmeans(X, k)
    print(k, it, f"{inertia:9.4f}", np.bincount(lab))
C, lab, *_ = kmeans(X, 3)
order = np.lexsort((C[:, 1], C[:, 0].round()))
print(C[order])
sil = []
D = np.sqrt(((X[:, None] - X) ** 2).sum(-1))
for i in range(len(X)):
    same = (lab == lab[i]); same[i] = False
    a = D[i, same].mean(); b = min(D[i, lab == j].mean() for j in set(lab) - {lab[i]})
    sil.append((b - a) / max(a, b))
print("silhouette", np.mean(sil), type(np.mean(sil)))
print(set(lab.tolist()), lab[:10], lab.dtype)
grid = np.full((8, 16), "."); 
gx = np.digitize(X[:, 0], np.linspace(-2, 7, 15)); gy = np.digitize(X[:, 1], np.linspace(-2, 7, 7))
grid[gy, gx] = lab.astype(str)
print("\n".join("".join(r) for r in grid[::-1]))
np.random.shuffle(lab); print(lab[:8]); print(np.random.randint(1, 7, size=(2, 5)), np.random.rand(), np.random.uniform(1, 2, 3), np.random.normal(5, 2))

# %% a network of layers from scratch
import numpy as np
class Layer:
    def forward(self, x): raise NotImplementedError
    def backward(self, g): raise NotImplementedError
    def params(self): return []
class Dense(Layer):
    def __init__(self, n_in, n_out, rng):
        self.W = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out)); self.b = np.zeros((1, n_out))
    def forward(self, x): self.x = x; return x @ self.W + self.b
    def backward(self, g):
        self.dW = self.x.T @ g; self.db = g.sum(axis=0, keepdims=True)
        return g @ self.W.T
    def params(self): return [(self.W, self.dW), (self.b, self.db)]
class Tanh(Layer):
    def forward(self, x): self.y = np.tanh(x); return self.y
    def backward(self, g): return g * (1 - self.y ** 2)
def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True)); return e / e.sum(1, keepdims=True)
def ce(p, y): return -np.log(p[np.arange(len(y)), y] + 1e-12).mean()
rng = np.random.default_rng(0)
X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.float64); y = np.array([0, 1, 1, 0])
net = [Dense(2, 8, rng), Tanh(), Dense(8, 2, rng)]
for epoch in range(501):
    h = X
    for l in net: h = l.forward(h)
    p = softmax(h)
    g = p.copy(); g[range(4), y] -= 1; g /= 4
    for l in reversed(net): g = l.backward(g)
    for l in net:
        for w, d in l.params(): w -= .5 * d
    if epoch % 100 == 0:
        print(f"epoch {epoch:4d} loss {ce(p, y):.6f} acc {(p.argmax(1) == y).mean():.0%}")
print(p.round(3)); print(np.eye(2, dtype=int)[y])
relu = lambda z: np.maximum(0, z); sigmoid = np.vectorize(lambda z: 1 / (1 + np.exp(-z)), otypes=[float], doc="logistic")
print(relu(np.array([-1, 2.])), sigmoid([0, 2, -2]), sigmoid.__doc__)
cm = np.zeros((2, 2), dtype=int)
for t, q in zip(y, p.argmax(1)): cm[t, q] += 1
print(cm, sum(w.size for l in net for w, _ in l.params()))
def numgrad(f, w, h=1e-5):
    g = np.zeros_like(w); it = np.nditer(w, flags=["multi_index"])
    for _ in it:
        i = it.multi_index; o = w[i]; w[i] = o + h; a = f(); w[i] = o - h; b = f(); w[i] = o; g[i] = (a - b) / 2 / h
    return g
def loss():
    h = X
    for l in net: h = l.forward(h)
    return ce(softmax(h), y)
print(np.abs(numgrad(loss, net[0].b) - net[0].db).max() < 1e-2)
b = rng.choice(10, 5, replace=False); print(b, rng.permutation(5), rng.integers(0, 10, (2, 3)), rng.random(2))
print(np.log(0.0), np.array([1, 0]) / 0, np.exp(1000.))

# %% a Kalman filter of matrices
import numpy as np
from numpy.linalg import inv, norm, multi_dot
from numpy import newaxis as NA
dt = 1.; F = np.array([[1, dt], [0, 1]]); H = np.array([[1., 0.]]); Q = .01 * np.array([[dt**4 / 4, dt**3 / 2], [dt**3 / 2, dt**2]])
R = np.array([[.5]]); x = np.array([[0.], [0.]]); P = np.eye(2) * 10
rs = np.random.RandomState(12)
truth = np.cumsum(np.r_[0, np.full(14, .8)]); z = truth + rs.normal(0, np.sqrt(.5), truth.shape)
print("  k |   true |   meas |    est |  gain")
for k, (tr, zk) in enumerate(zip(truth, z)):
    x = F @ x; P = F @ P @ F.T + Q
    S = H @ P @ H.T + R; K = P @ H.T @ inv(S)
    x = x + K @ (zk - H @ x); P = (np.eye(2) - K @ H) @ P
    print(f"{k:3d} |{tr:7.3f} |{zk:7.3f} |{x[0, 0]:7.3f} |{K[0].item():7.3f}")
print("x =", x.ravel(), "\nP =\n", P)
print(x.T, x.flatten().tolist(), float(x[0, 0]), x.item(0), norm(x))
print(multi_dot([H, F, P, H.T]), z[NA, :3], z[:3, NA].shape)
try: print(float(x))
except TypeError as e: print("TypeError:", e)
print(float(S[0, 0]), int(truth[3]), round(z[2], 2), round(float(z[2]), 3), np.round(z[2], 1))
mu = np.array([1., 2]); Sig = np.array([[2, .5], [.5, 1]])
L = np.linalg.cholesky(Sig); s = (L @ rs.randn(2, 5000)).T + mu
print(s.mean(0), np.cov(s, rowvar=False))
m = rs.multivariate_normal(mu, Sig, size=3); print(m.shape)
d = s[:4] - mu; print(np.sqrt(np.einsum("ij,jk,ik->i", d, inv(Sig), d)))
print(np.block([[F, Q], [np.zeros((2, 2)), F.T]]))

# %% Monte Carlo: pi, dice, options
import numpy as np, math, statistics
rng = np.random.default_rng(seed=123)
for n in (10**2, 10**4, 10**6):
    p = rng.random((n, 2)); inside = (p ** 2).sum(axis=1) <= 1
    est = 4 * inside.mean(); se = 4 * inside.std() / math.sqrt(n)
    print(f"n={n:>9,d}: pi~{est:.6f} +- {se:.6f}  err={abs(est - np.pi):.1e}")
dice = rng.integers(1, 7, size=(10000, 2)).sum(axis=1)
v, c = np.unique(dice, return_counts=True)
for a, b in zip(v, c / dice.size): print(f"{a:2d} {'*' * round(b * 100)} {b:.4f}")
walks = rng.choice([-1, 1], size=(1000, 100)).cumsum(axis=1)
print(walks[:, -1].var(), np.percentile(walks[:, -1], [5, 25, 50, 75, 95]), (walks.max(axis=1) >= 10).mean())
S0, K, r, s, T = 100, 105, .05, .2, 1
ST = S0 * np.exp((r - s**2/2) * T + s * np.sqrt(T) * rng.standard_normal(200_000))
pay = np.exp(-r * T) * np.maximum(ST - K, 0)
print(f"call {pay.mean():.4f} [{pay.mean() - 1.96 * pay.std(ddof=1) / len(pay)**.5:.4f}]")
boot = rng.choice(dice, (200, dice.size // 10)).mean(axis=1); print(np.quantile(boot, [.025, .975]), boot.std())
e = rng.exponential(2, 5); po = rng.poisson(3, 8); bi = rng.binomial(10, .3, 6); print(e, po, bi, sep="\n")
print(rng.gamma(2, 1, 3), rng.beta(2, 3, 2), rng.dirichlet([1, 2, 3]), rng.geometric(.3, 4), rng.multinomial(10, [.2, .3, .5]))
print(statistics.mean(map(float, dice[:10])), np.median(dice), np.ptp(dice), math.comb(5, 2), math.isclose(np.float64(.1) + .2, .3))
h = np.histogram2d(*p[:1000].T, bins=3)[0]; print(h)
x = np.arange(1, 5); print(np.cumprod(x), np.prod(x), math.prod(x), x.prod(dtype=float), sum(x), max(x), min(x), sorted(-x))

# %% the game of life with argparse
import numpy as np
import argparse, sys
def step(g):
    n = sum(np.roll(np.roll(g, i, 0), j, 1) for i in (-1, 0, 1) for j in (-1, 0, 1) if (i, j) != (0, 0))
    return ((n == 3) | (g & (n == 2))).astype(g.dtype)
def show(g, on="█", off="·"): print("\n".join("".join(on if c else off for c in row) for row in g), end="\n\n")
def main(argv=None):
    ap = argparse.ArgumentParser(description="Life", prog="life")
    ap.add_argument("-n", "--size", type=int, default=8); ap.add_argument("--steps", type=int, default=4, help="how many")
    ap.add_argument("--dtype", choices=["int8", "bool"], default="int8"); ap.add_argument("--verbose", action="store_true")
    a = ap.parse_args(argv)
    g = np.zeros((a.size, a.size), dtype=a.dtype)
    g[1:4, 1:4] = [[0, 1, 0], [0, 0, 1], [1, 1, 1]]
    start = g.copy(); show(g)
    for _ in range(a.steps): g = step(g)
    show(g); print(g.sum(), np.array_equal(np.roll(start, (1, 1), (0, 1)), g), a)
    print(np.argwhere(g)[:3], np.count_nonzero(g, axis=1), np.nonzero(g), sep="\n")
    return 0
if __name__ == "__main__":
    main(["--steps", "4"]); main(["-n", "6", "--dtype", "bool", "--steps=1"])
    rng = np.random.default_rng(5); g = (rng.random((5, 5)) < .4).astype(int); print(g, step(g), sep="\n")
    print(np.where(g, "#", " ").tolist()[0], np.packbits(g.astype(bool), axis=1).ravel(), bin(int("".join(map(str, g[0])), 2)))
    sys.exit(main([]))

# %% Leontief's input and output
import numpy as np
sectors = ("agri", "manu", "serv")
A = np.array([[0.4, 0.03, 0.02], [0.06, 0.37, 0.1], [0.12, 0.15, 0.19]])
d = np.array([33, 44, 98]) * 1e3
I = np.identity(3)
x = np.linalg.solve(I - A, d)
print("output:", {s: round(v) for s, v in zip(sectors, x)})
print("output:", {s: np.round(v, 1) for s, v in zip(sectors, x)})
Linv = np.linalg.inv(I - A); print("multipliers", Linv.sum(axis=0))
approx = np.zeros_like(A); term = I.copy()
for k in range(50): approx += term; term = term @ A
print(np.abs(approx - Linv).max() < 1e-10, f"rho={np.abs(np.linalg.eigvals(A)).max():.4f}")
flow = A * x; print(flow.astype(int)); tot = np.c_[flow, d]; print(tot.sum(axis=1) / x)
print("{:,.2f}".format(x.sum()), f"{x.sum():,.0f}", f"{x[0]:>15,.2f}|{x[0]:<15.1e}|{x[0]:^+15.1f}")
names = np.array(sectors, dtype=object); print(names[x > 1e5], np.char.upper(np.array(sectors)), np.char.title(sectors))
t = np.array(list(zip(sectors, d, x)), dtype=[("name", "U6"), ("demand", "f8"), ("output", "f8")])
print(t, t.dtype.names, t["output"] / t["demand"], sep="\n")
for row in t: print(f"{row['name']:>5} {row['demand']:10.1f} {row['output']:10.1f} {type(row).__name__}")
print(t[t["output"].argmax()], t[["name", "demand"]][0], np.sort(t, order="demand")["name"])
r = t.view(np.recarray); print(r.name, r.output.sum(), r[0].demand)
dd = np.array([1000, 0, 0]); print(Linv @ dd, (Linv @ dd).sum() / dd.sum())
print(np.linalg.solve(I - A, np.column_stack([d, dd])).round(1))
np.linalg.solve(I - A, np.ones(4))

# %% Hill's cipher modulo 26
import numpy as np
from math import gcd
import string
ALPH = string.ascii_uppercase
def to_num(s): return np.array([ALPH.index(c) for c in s if c in ALPH])
def to_txt(a): return "".join(ALPH[i] for i in a.astype(int))
def egcd(a, b):
    if a == 0: return b, 0, 1
    g, x, y = egcd(b % a, a); return g, y - (b // a) * x, x
def inv_mod(K, m=26):
    det = int(round(np.linalg.det(K))) % m
    if gcd(det, m) != 1: raise ValueError(f"det {det} has no inverse mod {m}")
    adj = np.round(np.linalg.det(K) * np.linalg.inv(K)).astype(int)
    return (pow(det, -1, m) * adj) % m
def crypt(text, K):
    n = len(K); v = to_num(text.upper()); v = np.append(v, [23] * (-len(v) % n))
    return to_txt((v.reshape(-1, n) @ K.T % 26).ravel())
K = np.array([[6, 24, 1], [13, 16, 10], [20, 17, 15]])
Ki = inv_mod(K); print(Ki, K @ Ki % 26, sep="\n")
c = crypt("Act now, attack at dawn", K); print(c, crypt(c, Ki))
M = np.frombuffer(b"HELLO", dtype=np.uint8); print(M, M - 65, (M - ord("A") + 3) % 26, bytes(M ^ 42), (M ^ 42 ^ 42).tobytes().decode())
print(np.array(list("hello")), np.array([ord(c) for c in "héllo"], dtype=np.uint16), "".join(map(chr, M[::-1])))
p = 101; print(pow(7, -1, p), [pow(int(g), 5, p) for g in np.arange(3)], np.gcd(12, [8, 9]), np.lcm.reduce([2, 3, 4]), np.mod(-7, 26), np.fmod(-7, 26), divmod(-7, 26), np.divmod(-7, 26))
print(egcd(26, 15), np.uint8(250) + np.uint8(10), np.array([250], np.uint8) + 10, np.int64(2)**62, np.array([2**62]) * 4)
print(np.bitwise_xor.reduce([1, 2, 3]), np.left_shift(1, [1, 2]), np.binary_repr(10, 8), np.base_repr(255, 16), hex(np.int64(255)), f"{np.int64(10):08b}", f"{np.uint8(200):#x}")
freq = np.bincount(to_num("THEQUICKBROWNFOX"), minlength=26); print(freq, ALPH[freq.argmax()])
inv_mod(np.array([[2, 4], [6, 8]]))

# %% splines by hand and interpolation
import numpy as np
from bisect import bisect_right
class CubicSpline:
    def __init__(self, x, y):
        self.x, self.y = map(np.asarray, (x, y)); n = len(x) - 1; h = np.diff(self.x)
        A = np.zeros((n + 1, n + 1)); r = np.zeros(n + 1); A[0, 0] = A[n, n] = 1
        for i in range(1, n):
            A[i, i-1:i+2] = h[i-1], 2 * (h[i-1] + h[i]), h[i]
            r[i] = 3 * ((self.y[i+1] - self.y[i]) / h[i] - (self.y[i] - self.y[i-1]) / h[i-1])
        c = np.linalg.solve(A, r); self.a = self.y[:-1]; self.c = c[:-1]
        self.d = np.diff(c) / (3 * h); self.b = np.diff(self.y) / h - h * (2 * c[:-1] + c[1:]) / 3
    def __call__(self, t):
        t = np.atleast_1d(t); k = np.clip(np.searchsorted(self.x, t, side="right") - 1, 0, len(self.a) - 1); s = t - self.x[k]
        return self.a[k] + s * (self.b[k] + s * (self.c[k] + s * self.d[k]))
    def __getitem__(self, i): return np.array([self.a[i], self.b[i], self.c[i], self.d[i]])
    def __len__(self): return len(self.a)
x = np.linspace(0, np.pi, 6); s = CubicSpline(x, np.sin(x)); t = np.array([.3, 1.1, 2.7])
print(s(t), np.sin(t), len(s), s[0], sep="\n"); print(np.abs(s(x) - np.sin(x)).max(), s(1.0))
V = np.vander(x[:4], increasing=True); c = np.linalg.solve(V, np.sin(x[:4])); print(V.round(3), c, np.polynomial.polynomial.polyval(1., c))
p = np.polyfit(x, np.sin(x), 3); print(p, np.polyval(p, t)); q, res, rk, sv, rc = np.polyfit(x, np.sin(x), 2, full=True); print(q, res, rk, sv, rc)
p, cov = np.polyfit(x, np.sin(x), 1, cov=True); print(p, cov)
P = np.polynomial.Polynomial.fit(x, np.sin(2 * x - 1), 3); print(P, P.convert().coef, P.domain, P(1.)); 
C = np.polynomial.chebyshev.Chebyshev([1, 2, 3]); print(C, C.deriv(), C(0.5), C.roots(), C.convert(kind=np.polynomial.Polynomial))
def lagrange(xs, ys, t): return sum(yj * np.prod([(t - xm) / (xj - xm) for m, xm in enumerate(xs) if m != j]) for j, (xj, yj) in enumerate(zip(xs, ys)))
print(lagrange(x, np.sin(x), 1.0), np.interp(t, x, np.sin(x)), bisect_right(x, 1.0), x.searchsorted(1.0))
cheb = np.cos((2 * np.arange(5) + 1) * np.pi / 10); print(cheb)
f = lambda z: 1 / (1 + 25 * z**2); e = np.linspace(-1, 1, 101)
for nodes, name in ((np.linspace(-1, 1, 11), "equi"), (np.cos(np.pi * (np.arange(11) + .5) / 11), "cheb")):
    co = np.polyfit(nodes, f(nodes), 10); print(name, f"{np.abs(np.polyval(co, e) - f(e)).max():.4f}")
xg, wg = np.polynomial.legendre.leggauss(4); print(xg, wg, wg @ np.exp(xg), np.e - 1 / np.e)

# %% texts, tables and formats
import numpy as np, re, io, csv, json, textwrap
from collections import Counter
docs = ["the cat sat on the mat", "the dog sat on the log", "cats and dogs are animals"]
vocab = sorted({w for d in docs for w in d.split()}); ix = {w: i for i, w in enumerate(vocab)}
tf = np.zeros((len(docs), len(vocab)), dtype=np.int32)
for r, d in enumerate(docs):
    for w, c in Counter(d.split()).items(): tf[r, ix[w]] = c
print(tf, vocab)
idf = np.log(len(docs) / (tf > 0).sum(axis=0)); T = tf * idf
n = np.linalg.norm(T, axis=1, keepdims=True); S = (T / n) @ (T / n).T; print(np.round(S, 3))
U, s, Vt = np.linalg.svd(T, full_matrices=False); print(s)
w = np.array(docs[0].split()); print(np.char.capitalize(w), np.char.count(w, "t"), np.char.replace(w, "t", "T"), np.char.find(w, "a"), np.char.startswith(w, "m"))
u, i, inv, c = np.unique(w, return_index=True, return_inverse=True, return_counts=True); print(u, i, inv, c)
print(np.char.join("-", ["ab", "cd"]), np.char.center("x", 5, "*"), np.char.multiply(w, 2), np.char.zfill(["1", "22"], 3), np.char.split(["a b", "c"]), np.char.strip(["  a "]))
print(np.strings.upper(w), np.char.isalpha(w), np.char.equal(w, "the"), np.array(["1.5", "2"]).astype(float), np.array([1.5, 2]).astype(str), np.array([1, 22]).astype("U1"))
buf = io.StringIO("x,y\n1,2\n3,\n5,6\n"); a = np.genfromtxt(buf, delimiter=",", skip_header=1); print(a, np.nanmean(a, axis=0), np.isnan(a).any(1))
buf = io.StringIO(); np.savetxt(buf, np.eye(2), fmt=["%d", "%.2f"], delimiter=",", header="a,b", comments=""); print(buf.getvalue())
for r in csv.DictReader(io.StringIO("k,v\na,1\nb,2")): print(r)
print(json.dumps({"A": np.eye(2).tolist(), "n": int(np.int64(3))})); 
try: json.dumps(np.int64(3))
except TypeError as e: print(e)
try: json.dumps(np.eye(2))
except TypeError as e: print(e)
print(textwrap.indent(str(np.eye(2)), "  | ")); print(re.sub(r"\s+", " ", repr(np.arange(12).reshape(3, 4))))

# %% idioms of Python's own
import numpy as np, itertools, functools, operator, copy, pickle, sys, os
from enum import Enum, auto
from abc import ABC, abstractmethod
from contextlib import contextmanager
class Kind(Enum): LU = auto(); QR = auto(); CHOL = auto()
class Solver(ABC):
    registry = {}
    def __init_subclass__(cls, kind, **kw): super().__init_subclass__(**kw); Solver.registry[kind] = cls
    def __init__(self, A): self.A = A
    @abstractmethod
    def solve(self, b): ...
class LU(Solver, kind=Kind.LU):
    def solve(self, b): return np.linalg.solve(self.A, b)
class QR(Solver, kind=Kind.QR):
    def solve(self, b): Q, R = np.linalg.qr(self.A); return np.linalg.solve(R, Q.T @ b)
class Chol(Solver, kind=Kind.CHOL):
    def solve(self, b):
        L = np.linalg.cholesky(self.A); return np.linalg.solve(L.T, np.linalg.solve(L, b))
A = np.array([[4., 1], [1, 3]]); b = np.array([1., 2])
for k, c in Solver.registry.items(): print(k, k.name, c(A).solve(b))
@functools.lru_cache(maxsize=None)
def legendre(n): return np.array([1.]) if n == 0 else np.array([0., 1]) if n == 1 else np.polynomial.polynomial.polysub((2*n-1)/n * np.append(0, legendre(n-1)), (n-1)/n * legendre(n-2))
print(legendre(5), legendre.cache_info())
class Vec:
    def __init__(self, *c): self.c = np.array(c, float)
    def __add__(s, o): return Vec(*(s.c + o.c))
    def __mul__(s, k): return Vec(*(s.c * k))
    __rmul__ = __mul__
    def __eq__(s, o): return np.array_equal(s.c, o.c)
    def __repr__(s): return f"Vec({', '.join(f'{x:g}' for x in s.c)})"
    def __iter__(s): return iter(s.c)
    def __array__(s, dtype=None, copy=None): return np.array(s.c, dtype=dtype)
v = 2 * Vec(1, 2) + Vec(0, 1); print(v, np.asarray(v), np.linalg.norm(v), list(v), v == Vec(2, 5), np.float64(3) * Vec(1, 1) if False else "-")
print(list(itertools.product([0, 1], repeat=2)), [tuple(map(int, p)) for p in itertools.permutations(np.arange(3), 2)][:3], list(itertools.accumulate(np.arange(4), operator.mul)))
@contextmanager
def opts(**k):
    old = np.get_printoptions(); np.set_printoptions(**k)
    try: yield
    finally: np.set_printoptions(**old)
with opts(precision=2): print(np.array([np.pi]))
print(np.array([np.pi])); c = copy.deepcopy(A); c[0, 0] = 9; print(A[0, 0], pickle.loads(pickle.dumps(A)).shape)
match A.shape:
    case (n, m) if n == m: print(f"square {n}")
    case _: print("no")
first, *mid, last = np.arange(5); print(first, mid, last); (a, b2), (c2, d) = A; print(a, d)
print(any(x > 3 for x in A.flat), all(np.isfinite(A).ravel()), sum(A), [*map(sum, A)], {**{"k": A.shape}}, *A[0], sep=" | ")
print(np.fromiter((x * x for x in range(4)), dtype=float), np.array([*zip(range(3), "abc")]), np.array(range(3)), list(enumerate(A[0])), dict(enumerate(A.diagonal())))
print(f"{A!r:>30}", f"{A}", f"{A[0]!s}", "%s %5.2f" % (A[0], A[0, 0]), "{:.2f} {:>6}".format(A[0, 1], A[1, 1]), f"{np.float64(2.5):08.3f} {np.True_} {np.int32(7):>4}")
print(A.__class__, A.__class__.__name__, isinstance(A, np.ndarray), callable(np.sum), np.sum.__name__, A.sum.__name__, hasattr(A, "foo"), np.add, sys.getsizeof(1) > 0, id(A) == id(A))
print(np.ndarray.__doc__ is not None, np.linalg.norm.__doc__ is not None, np.__version__[0], bool(A.any()), A.size and "yes")
def f(x: np.ndarray, /, *, k: int = 2) -> np.ndarray: return x ** k
print(f.__annotations__, f(A, k=3), np.vectorize(lambda a, b: a if a > b else b)([1, 5], [3, 2]), np.apply_along_axis(np.sort, 1, A[:, ::-1]), np.frompyfunc(lambda a: a + 1, 1, 1)(A))
if A == A: print("never")

# %% what the SVD is good for
import numpy as np
from numpy.linalg import *
rng = np.random.default_rng(99)
A = rng.integers(-5, 6, (4, 3)); print(A); U, s, Vh = svd(A); print(U.shape, s, Vh.shape)
S = np.zeros(A.shape); S[:3, :3] = np.diag(s); print(np.allclose(U @ S @ Vh, A), matrix_rank(A), norm(A, 2), norm(A, "nuc"), cond(A))
print(np.round(pinv(A) @ A, 12) + 0.); b = rng.random(4); print(lstsq(A, b, rcond=-1)[0] - pinv(A) @ b < 1e-12)
P = A @ inv(A.T @ A) @ A.T; print(np.allclose(P @ P, P), np.trace(P).round(10))
null = Vh[matrix_rank(np.vstack([A[:2], A[0] + A[1]])):]; print(null.shape)
src = rng.random((3, 5)); th = .7; R = np.array([[np.cos(th), -np.sin(th), 0], [np.sin(th), np.cos(th), 0], [0, 0, 1]]); dst = R @ src
u, _, vt = svd(dst @ src.T); Rk = u @ np.diag([1, 1, det(u @ vt)]) @ vt; print(np.allclose(Rk, R), det(Rk))
ratings = np.array([[5, 4, np.nan, 1], [4, np.nan, 1, 1], [1, 1, 5, np.nan], [np.nan, 1, 4, 5]]); m = ~np.isnan(ratings); X = np.where(m, ratings, np.nanmean(ratings))
for _ in range(100): u, s, v = svd(X, full_matrices=False); X = np.where(m, ratings, (u[:, :2] * s[:2]) @ v[:2])
print(X.round(2)); print(np.nanmax(ratings), np.nansum(ratings, axis=0), np.isnan(ratings).sum())
H = 1. / np.add.outer(np.arange(1, 7), np.arange(6)); 
for n in (2, 4, 6): print(n, f"{cond(H[:n, :n]):.4e}", matrix_rank(H[:n, :n]), f"{det(H[:n, :n]):.3e}")
for lam in np.logspace(-3, 0, 4): x = solve(A.T @ A + lam * np.eye(3), A.T @ b); print(f"lambda={lam:<6g} |x|={norm(x):.5f} res={norm(A @ x - b):.5f}")
print(tensorsolve(np.eye(6).reshape(2, 3, 2, 3), np.arange(6.).reshape(2, 3)), np.kron(np.eye(2), [[1, 2]]), np.linalg.vecdot([1, 2], [3, 4]), np.linalg.matrix_norm(A.astype(float)))
st = rng.random((3, 2, 2)); print(det(st).shape, inv(st) @ st @ [[1], [2]], eigvals(st).dtype, sep="\n"); w, q = eigh(A.T @ A); print(w, np.abs(q))
try: cholesky(np.array([[1, 2], [2, 1]]))
except LinAlgError as e: print(e)
try: inv(A)
except LinAlgError as e: print(e)
try: solve(np.ones((2, 2)), [1, 2])
except LinAlgError as e: print(type(e).__mro__, e)
print(eig(np.array([[0, 1], [-1, 0]])))
