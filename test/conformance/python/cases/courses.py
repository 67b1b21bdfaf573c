# %% setup

# %% quickstart attributes
import numpy as np
a = np.arange(15).reshape(3, 5)
print(a)
print(a.shape, a.ndim, a.dtype.name, a.itemsize, a.size, type(a))
b = np.array([6, 7, 8])
print(b, type(b), b.dtype)
c = np.array([[1, 2], [3, 4]], dtype=complex)
print(c)
print(np.zeros((3, 4)))
print(np.ones((2, 3, 4), dtype=np.int16))
print(np.arange(10, 30, 5), np.arange(0, 2, 0.3))
x = np.linspace(0, 2 * np.pi, 100)
f = np.sin(x)
print(f.shape, f[:4], f.max())
print(np.arange(10000))
print(np.arange(10000).reshape(100, 100))
print(np.array([(1.5, 2, 3), (4, 5, 6)]))

# %% quickstart operations
import numpy as np
a = np.array([20, 30, 40, 50])
b = np.arange(4)
print(a - b, b**2, 10 * np.sin(a), a < 35)
A = np.array([[1, 1], [0, 1]])
B = np.array([[2, 0], [3, 4]])
print(A * B, A @ B, A.dot(B), sep='\n')
rg = np.random.default_rng(1)
a = np.ones((2, 3), dtype=int)
b = rg.random((2, 3))
a *= 3
print(a)
b += a
print(b)
try:
    a += b
except Exception as e:
    print(type(e).__name__, e)
a = np.ones(3, dtype=np.int32)
b = np.linspace(0, np.pi, 3)
print(b.dtype.name)
c = a + b
print(c, c.dtype.name)
d = np.exp(c * 1j)
print(d, d.dtype.name)
a = rg.random((2, 3))
print(a.sum(), a.min(), a.max())
b = np.arange(12).reshape(3, 4)
print(b.sum(axis=0), b.min(axis=1), b.cumsum(axis=1), sep='\n')

# %% quickstart indexing and iterating
import numpy as np
a = np.arange(10)**3
print(a[2], a[2:5])
a[:6:2] = 1000
print(a, a[::-1])
for i in a[:4]:
    print(i**(1 / 3.))
def f(x, y):
    return 10 * x + y
b = np.fromfunction(f, (5, 4), dtype=int)
print(b, b[2, 3], b[0:5, 1], b[:, 1], b[1:3, :], b[-1], sep='\n')
c = np.array([[[0, 1, 2], [10, 12, 13]], [[100, 101, 102], [110, 112, 113]]])
print(c.shape, c[1, ...], c[..., 2], sep='\n')
for row in b:
    print(row)
for element in b.flat:
    print(element, end=' ')
print()
for index, value in np.ndenumerate(b[:2]):
    print(index, value)

# %% quickstart shapes
import numpy as np
rg = np.random.default_rng(1)
a = np.floor(10 * rg.random((3, 4)))
print(a, a.shape)
print(a.ravel(), a.reshape(6, 2), a.T, a.T.shape, sep='\n')
a.resize((2, 6))
print(a, a.reshape(3, -1), sep='\n')
a = np.floor(10 * rg.random((2, 2)))
b = np.floor(10 * rg.random((2, 2)))
print(np.vstack((a, b)), np.hstack((a, b)), np.column_stack((a, b)), sep='\n')
a, b = np.array([4., 2.]), np.array([3., 8.])
print(np.column_stack((a, b)), np.hstack((a, b)), a[:, np.newaxis], sep='\n')
print(np.r_[1:4, 0, 4], np.c_[a, b])
a = np.floor(10 * rg.random((2, 12)))
for part in np.hsplit(a, 3):
    print(part)
print([p.shape for p in np.hsplit(a, (3, 4))])

# %% quickstart copies and views
import numpy as np
a = np.array([[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]])
b = a
print(b is a)
c = a.view()
print(c is a, c.base is a, c.flags.owndata)
c = c.reshape((2, 6))
print(a.shape)
c[0, 4] = 1234
print(a)
s = a[:, 1:3]
s[:] = 10
print(a)
d = a.copy()
print(d is a, d.base is a)
d[0, 0] = 9999
print(a)
print(a.flags)

# %% quickstart fancy indexing
import numpy as np
a = np.arange(12)**2
i = np.array([1, 1, 3, 8, 5])
print(a[i])
j = np.array([[3, 4], [9, 7]])
print(a[j])
palette = np.array([[0, 0, 0], [255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]])
image = np.array([[0, 1, 2, 0], [0, 3, 4, 0]])
print(palette[image])
a = np.arange(12).reshape(3, 4)
i = np.array([[0, 1], [1, 2]])
j = np.array([[2, 1], [3, 3]])
print(a[i, j], a[i, 2], a[:, j], sep='\n')
time = np.linspace(20, 145, 5)
data = np.sin(np.arange(20)).reshape(5, 4)
ind = data.argmax(axis=0)
print(time, data, ind, time[ind], data[ind, range(data.shape[1])], sep='\n')
a = np.arange(5)
a[[1, 3, 4]] = 0
print(a)
a = np.arange(5)
a[[0, 0, 2]] += 1
print(a)
a = np.arange(12).reshape(3, 4)
b = a > 4
print(b, a[b])
a[b] = 0
print(a)
b1 = np.array([False, True, True])
b2 = np.array([True, False, True, False])
print(a[b1, :], a[b1], a[:, b2], a[b1, b2], sep='\n')
a = np.array([2, 3, 4, 5])
b = np.array([8, 5, 4])
c = np.array([5, 4, 6, 8, 3])
ax, bx, cx = np.ix_(a, b, c)
print(ax.shape, bx.shape, cx.shape)
result = ax + bx * cx
print(result[3, 2, 4], a[3] + b[2] * c[4])

# %% mandelbrot
import numpy as np
def mandelbrot(h, w, maxit=20, r=2):
    x = np.linspace(-2.5, 1.5, 4 * h + 1)
    y = np.linspace(-1.5, 1.5, 3 * w + 1)
    A, B = np.meshgrid(x, y)
    C = A + B * 1j
    z = np.zeros_like(C)
    divtime = maxit + np.zeros(z.shape, dtype=int)
    for i in range(maxit):
        z = z**2 + C
        diverge = abs(z) > r
        div_now = diverge & (divtime == maxit)
        divtime[div_now] = i
        z[diverge] = r
    return divtime
m = mandelbrot(8, 8)
print(m.shape, m.sum())
for row in m[::4]:
    print(''.join('#' if v == 20 else '.' for v in row))

# %% statistics of the iris kind with labels
import numpy as np
X = np.array([[5.1, 3.5, 1.4, 0.2], [4.9, 3.0, 1.4, 0.2], [7.0, 3.2, 4.7, 1.4], [6.4, 3.2, 4.5, 1.5], [6.3, 3.3, 6.0, 2.5], [5.8, 2.7, 5.1, 1.9]])
labels = np.array(['setosa', 'setosa', 'versicolor', 'versicolor', 'virginica', 'virginica'])
print(labels, labels.dtype, labels.shape)
classes, counts = np.unique(labels, return_counts=True)
print(classes, counts)
for name in classes:
    mean = X[labels == name].mean(axis=0)
    print(f'{name:<12} {mean}')
print(dict(zip(classes.tolist(), counts.tolist())))
classes, y = np.unique(labels, return_inverse=True)
print(y, classes[y])
onehot = np.eye(len(classes))[y]
print(onehot)
print(labels[::-1], labels[0], repr(labels[0]), type(labels[0]))
print(np.where(labels == 'setosa', 1, 0), (labels != 'setosa').sum())
print(repr(labels))
order = np.argsort(labels)
print(order, np.sort(np.array(['pear', 'apple', 'fig'])))
print('setosa' in labels, labels.tolist())
print(np.isin(labels, ['setosa', 'virginica']))

# %% string arrays
import numpy as np
names = np.array(['Alice', 'Bob', 'Charlie', 'Dan'])
ages = np.array([25, 32, 37, 29])
print(names[ages > 28], names[np.argmax(ages)], len(names))
for name, age in zip(names, ages):
    print(name, age, f'{name:>10}|{age:5d}')
print(np.char.upper(names), np.char.str_len(names), np.char.add(names, '!'))
names[1] = 'Benjamin'
print(names, names.dtype)
grid = np.array([['a', 'bb'], ['ccc', 'd']])
print(grid, grid.shape, grid.T, grid.ravel(), sep='\n')
print(np.concatenate([names, ['Eve']]), names == 'Dan', names < 'C')
numbers = np.array(['1', '2', '3.5'])
print(numbers.astype(float), numbers.astype(float).sum())
print(np.array([1, 2, 3]).astype(str), np.array([1.5, 2.0]).astype(str))
mixed = np.array([1, 'two', 3.0])
print(mixed, mixed.dtype)
print(np.array(['x'] * 3), np.full(3, 'ab'), np.zeros(2, dtype='U3'), np.empty((0,), dtype=str))
print(np.char.replace(names, 'a', 'A'), np.char.title(np.array(['hello world'])), np.char.split(np.array(['a b c'])))
print(sorted(set(names.tolist())), max(names), ' '.join(names))

# %% object arrays
import numpy as np
a = np.array([1, 'a', None, [1, 2]], dtype=object)
print(a, a.dtype, a.shape)
print(repr(a), type(a[0]), a[3])
b = np.array([{'x': 1}, {'x': 2}])
print(b, [d['x'] for d in b])
c = np.array([1, 2, 3], dtype=object)
print(c + 1, c * c, c.sum(), (c > 1))
d = np.empty(2, dtype=object)
d[0] = [1, 2, 3]
d[1] = 'text'
print(d, d[0])
print(np.array([10**30, 1], dtype=object) * 2)
from fractions import Fraction
A = np.array([[Fraction(1, 2), Fraction(1, 3)], [Fraction(1, 4), Fraction(1, 5)]])
print(A.dtype, A.sum(), A * 2, A[0] + A[1], sep='\n')
print(A @ A)

# %% structured arrays
import numpy as np
people = np.array([('Rex', 9, 81.0), ('Fido', 3, 27.0)], dtype=[('name', 'U10'), ('age', 'i4'), ('weight', 'f4')])
print(people)
print(people['name'], people['age'].mean(), people[0], people[1]['name'])
people['age'] = 5
print(people)
print(people.dtype, people.dtype.names, len(people), people.shape)
print(repr(people))
print(np.sort(people, order='weight'))
print(people[people['weight'] > 30]['name'])
x = np.zeros(3, dtype=[('id', int), ('value', float)])
x['id'] = [1, 2, 3]
x['value'] = x['id'] * 0.5
print(x, x['value'].sum())
for row in x:
    print(row, row['id'], row[1])

# %% covariance, correlation and standardisation
import numpy as np
np.random.seed(7)
X = np.random.normal([1, 2, 3], [1, 2, 0.5], size=(50, 3))
mu, sigma = X.mean(axis=0), X.std(axis=0, ddof=1)
Z = (X - mu) / sigma
print('mean:', mu)
print('std :', sigma)
print('z-mean ~ 0:', np.allclose(Z.mean(axis=0), 0), ' z-std = 1:', np.allclose(Z.std(axis=0, ddof=1), 1))
C = np.cov(X.T)
R = np.corrcoef(X, rowvar=False)
print('C =\n', C)
print('R =\n', np.round(R, 3))
print(np.allclose(R, (Z.T @ Z) / (len(X) - 1)))
print(np.percentile(X[:, 0], [5, 25, 50, 75, 95]), np.median(X, axis=0))

# %% logistic regression
import numpy as np
rng = np.random.default_rng(0)
n = 200
X = rng.normal(size=(n, 2))
y = (X[:, 0] + 2 * X[:, 1] > 0.5).astype(int)
Xb = np.hstack([np.ones((n, 1)), X])
w = np.zeros(3)
sigmoid = lambda z: 1 / (1 + np.exp(-z))
for epoch in range(301):
    p = sigmoid(Xb @ w)
    grad = Xb.T @ (p - y) / n
    w -= 1.0 * grad
    if epoch % 100 == 0:
        loss = -np.mean(y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12))
        acc = np.mean((p > 0.5) == y)
        print(f'epoch {epoch:3d} loss {loss:.4f} acc {acc:.2%}')
print('weights:', w.round(3))
cm = np.zeros((2, 2), dtype=int)
np.add.at(cm, (y, (sigmoid(Xb @ w) > 0.5).astype(int)), 1)
print(cm)

# %% softmax classifier with a class
import numpy as np
class Softmax:
    def __init__(self, n_in, n_out, seed=0):
        rng = np.random.RandomState(seed)
        self.W = rng.randn(n_in, n_out) * 0.01
        self.b = np.zeros((1, n_out))
    def forward(self, X):
        z = X @ self.W + self.b
        z -= z.max(axis=1, keepdims=True)
        e = np.exp(z)
        return e / np.sum(e, axis=1, keepdims=True)
    def step(self, X, y, lr=0.5):
        P = self.forward(X)
        n = X.shape[0]
        loss = -np.log(P[np.arange(n), y]).mean()
        P[range(n), y] -= 1
        P /= n
        self.W -= lr * X.T.dot(P)
        self.b -= lr * P.sum(axis=0, keepdims=True)
        return loss
rng = np.random.RandomState(1)
X = np.vstack([rng.randn(20, 2) + c for c in ([0, 0], [4, 4], [0, 5])])
y = np.repeat([0, 1, 2], 20)
model = Softmax(2, 3)
losses = [model.step(X, y) for _ in range(100)]
print(f'{losses[0]:.6f} -> {losses[-1]:.6f}')
pred = model.forward(X).argmax(axis=1)
print((pred == y).mean(), np.bincount(pred))

# %% k-nearest neighbours
import numpy as np
from collections import Counter
train = np.array([[1, 2], [2, 3], [3, 1], [6, 5], [7, 7], [8, 6]], dtype=float)
labels = np.array(['red', 'red', 'red', 'blue', 'blue', 'blue'])
def knn(q, k=3):
    d = np.sqrt(((train - q)**2).sum(axis=1))
    nearest = np.argsort(d)[:k]
    return Counter(labels[nearest]).most_common(1)[0], d[nearest]
print(knn(np.array([2, 2])))
print(knn([7, 6], k=2)[0])
D = np.linalg.norm(train[:, None, :] - train[None, :, :], axis=-1)
np.set_printoptions(precision=2, suppress=True)
print(D)
np.fill_diagonal(D, np.inf)
print(D.argmin(axis=1), labels[D.argmin(axis=1)])

# %% QR algorithm
import numpy as np
A = np.array([[4., 1., 2.], [1., 3., 0.], [2., 0., 1.]])
Ak = A.copy()
Q_total = np.eye(3)
for k in range(60):
    Q, R = np.linalg.qr(Ak)
    Ak = R @ Q
    Q_total = Q_total @ Q
print(np.round(Ak, 6) + 0.0)
print(np.sort(np.diag(Ak))[::-1], np.linalg.eigvalsh(A)[::-1])
print(np.allclose(Q_total @ Ak @ Q_total.T, A))
print(f'off-diagonal: {np.abs(np.tril(Ak, -1)).max():.1e}')

# %% Gauss-Seidel and Jacobi
import numpy as np
A = np.array([[10., -1., 2., 0.], [-1., 11., -1., 3.], [2., -1., 10., -1.], [0., 3., -1., 8.]])
b = np.array([6., 25., -11., 15.])
x = np.zeros_like(b)
for it in range(1, 100):
    x_new = np.zeros_like(x)
    for i in range(A.shape[0]):
        s1 = np.dot(A[i, :i], x_new[:i])
        s2 = np.dot(A[i, i + 1:], x[i + 1:])
        x_new[i] = (b[i] - s1 - s2) / A[i, i]
    if np.allclose(x, x_new, rtol=1e-8):
        break
    x = x_new
print(f'Solution: {x} after {it} iterations')
print('Error:', np.dot(A, x) - b < 1e-6)
D = np.diag(np.diag(A))
LU = A - D
x = np.zeros(4)
for i in range(25):
    x = np.dot(np.linalg.inv(D), b - np.dot(LU, x))
print(x.round(6), np.linalg.norm(A @ x - b) < 1e-6)
rho = max(abs(np.linalg.eigvals(np.linalg.inv(D) @ LU)))
print('spectral radius %.4f' % rho)

# %% Newton for systems
import numpy as np
def F(v):
    x, y = v
    return np.array([x**2 + y**2 - 4, x * y - 1])
def J(v):
    x, y = v
    return np.array([[2 * x, 2 * y], [y, x]])
v = np.array([2.0, 0.5])
for k in range(6):
    delta = np.linalg.solve(J(v), -F(v))
    v = v + delta
    print(k, v, f'{np.linalg.norm(F(v)):.3e}' if np.linalg.norm(F(v)) > 1e-12 else 'converged')
print(np.sqrt(2), 2**0.5 == np.sqrt(2.0))

# %% Monte Carlo
import numpy as np
np.random.seed(123)
for n in [100, 10_000, 1_000_000]:
    pts = np.random.uniform(-1, 1, size=(n, 2))
    inside = (pts**2).sum(axis=1) <= 1
    est = 4 * inside.mean()
    print(f'n={n:>9,d}  pi ~ {est:.5f}  error {abs(est - np.pi):.5f}')
walk = np.cumsum(np.random.choice([-1, 1], size=(1000, 200)), axis=1)
print(walk[:, -1].mean(), walk[:, -1].std().round(3), np.abs(walk).max(axis=1).mean())
rolls = np.random.randint(1, 7, size=(5, 2))
print(rolls, rolls.sum(axis=1))
print(np.random.permutation(10), np.random.rand(2, 2))

# %% Markov chain and its stationary distribution
import numpy as np
states = ['Sunny', 'Cloudy', 'Rainy']
P = np.array([[0.7, 0.2, 0.1], [0.3, 0.4, 0.3], [0.2, 0.3, 0.5]])
assert np.allclose(P.sum(axis=1), 1)
pi = np.array([1.0, 0, 0])
for step in range(50):
    pi = pi @ P
print(dict(zip(states, pi.round(4))))
vals, vecs = np.linalg.eig(P.T)
k = np.argmin(np.abs(vals - 1))
v = np.real(vecs[:, k])
v = v / v.sum()
print(v, np.allclose(v, pi))
print(np.linalg.matrix_power(P, 20).round(4))
A = np.vstack([(P.T - np.eye(3)), np.ones(3)])
sol, res, rank, sv = np.linalg.lstsq(A, np.array([0, 0, 0, 1]), rcond=None)
print(sol.round(6), rank)

# %% PageRank with a dangling node
import numpy as np
links = {0: [1, 2], 1: [2], 2: [0], 3: [0, 2], 4: []}
n = len(links)
M = np.zeros((n, n))
for j, outs in links.items():
    if outs:
        M[outs, j] = 1 / len(outs)
    else:
        M[:, j] = 1 / n
d = 0.85
r = np.full(n, 1 / n)
for k in range(100):
    new = d * M @ r + (1 - d) / n
    if np.linalg.norm(new - r, 1) < 1e-10:
        break
    r = new
print(k, r.round(5), r.sum())
print('ranking:', np.argsort(-r))

# %% image compression by SVD
import numpy as np
x, y = np.meshgrid(np.linspace(-1, 1, 64), np.linspace(-1, 1, 48))
img = np.exp(-(x**2 + y**2) * 3) + 0.3 * (np.abs(x) < 0.2) * (np.abs(y) < 0.5)
U, s, Vt = np.linalg.svd(img, full_matrices=False)
print(U.shape, s.shape, Vt.shape, s[:4].round(4))
for k in (1, 2, 3):
    approx = U[:, :k] @ np.diag(s[:k]) @ Vt[:k, :]
    err = np.linalg.norm(img - approx) / np.linalg.norm(img)
    ratio = k * (sum(img.shape) + 1) / img.size
    print(f'k={k:2d}: error={err:.6f}, storage={ratio:.1%}')
energy = np.cumsum(s**2) / np.sum(s**2)
print('rank for 99%:', np.searchsorted(energy, 0.99) + 1)
img8 = (255 * img / img.max()).astype(np.uint8)
print(img8.dtype, img8.min(), img8.max(), img8[24, 30:34], img8.nbytes)

# %% Gram-Schmidt, classical and modified
import numpy as np
def gram_schmidt(A):
    Q = np.zeros_like(A, dtype=float)
    for j in range(A.shape[1]):
        v = A[:, j].astype(float)
        for i in range(j):
            v -= (Q[:, i] @ A[:, j]) * Q[:, i]
        Q[:, j] = v / np.linalg.norm(v)
    return Q
A = np.array([[1, 1, 0], [1, 0, 1], [0, 1, 1]])
Q = gram_schmidt(A)
print(Q)
print(np.round(Q.T @ Q, 10) + 0.0)
R = Q.T @ A
print(R.round(4) + 0.0)
q, r = np.linalg.qr(A)
print(np.abs(np.abs(q) - np.abs(Q)).max() < 1e-12, type(q).__name__)
res = np.linalg.qr(A)
print(res.Q.shape, res.R.shape, type(res).__name__)

# %% least squares with polynomials
import numpy as np
x = np.array([0.0, 1.0, 2.0, 3.0, 4.0, 5.0])
y = np.array([0.0, 0.8, 0.9, 0.1, -0.8, -1.0])
z = np.polyfit(x, y, 3)
print(z)
p = np.poly1d(z)
print(p)
print(p(0.5), p(3.5), p([1, 2]))
print(np.roots([1, -6, 11, -6]), np.polyval([3, 0, 1], 5))
V = np.vander(x, 4)
c, residual, rank, s = np.linalg.lstsq(V, y, rcond=None)
print(np.allclose(c, z), rank, residual.round(6))
p30 = np.polyfit(x, y, 1, full=True)
print(p30[0], p30[1])
print(np.poly1d([1, 2, 3]) * np.poly1d([1, -1]), np.polyder(p), np.polyint(np.poly1d([2, 0])))
coef, cov = np.polyfit(x, y, 2, cov=True)
print(coef, np.sqrt(np.diag(cov)))

# %% polynomial module
import numpy as np
from numpy.polynomial import Polynomial
p = Polynomial([1, 2, 3])
print(p, p(2), p.coef, p.degree())
q = Polynomial.fit([0, 1, 2, 3], [1, 3, 7, 13], 2)
print(q.convert().coef.round(6))
print((p + q.convert()).coef.round(4), (p * p).coef, p.deriv(), p.integ(), p.roots())
import numpy.polynomial.polynomial as P
print(P.polyval(2, [1, 2, 3]), P.polyfit([0, 1, 2], [1, 2, 5], 2).round(6) + 0.0, P.polymul([1, 1], [1, -1]))

# %% game of life
import numpy as np
def step(Z):
    N = sum(np.roll(np.roll(Z, i, 0), j, 1) for i in (-1, 0, 1) for j in (-1, 0, 1) if (i, j) != (0, 0))
    return ((N == 3) | ((Z == 1) & (N == 2))).astype(int)
Z = np.zeros((6, 6), dtype=int)
Z[1:4, 1:4] = [[0, 1, 0], [0, 0, 1], [1, 1, 1]]
for _ in range(4):
    print('\n'.join(''.join('█' if c else '·' for c in row) for row in Z), Z.sum(), sep='\n')
    Z = step(Z)
def neighbours(Z):
    N = np.zeros(Z.shape, int)
    N[1:-1, 1:-1] += (Z[:-2, :-2] + Z[:-2, 1:-1] + Z[:-2, 2:] + Z[1:-1, :-2] + Z[1:-1, 2:] + Z[2:, :-2] + Z[2:, 1:-1] + Z[2:, 2:])
    return N
print(neighbours(Z))

# %% broadcasting tricks
import numpy as np
a = np.array([0.0, 10.0, 20.0, 30.0])
b = np.array([1.0, 2.0, 3.0])
print(a[:, np.newaxis] + b)
table = np.arange(1, 10)[:, None] * np.arange(1, 10)
print(table)
observation = np.array([111.0, 188.0])
codes = np.array([[102.0, 203.0], [132.0, 193.0], [45.0, 155.0], [57.0, 173.0]])
diff = codes - observation
dist = np.sqrt(np.sum(diff**2, axis=-1))
print(np.argmin(dist), dist)
try:
    np.ones((3, 4)) + np.ones((2, 4))
except ValueError as e:
    print('ValueError:', e)
print(np.broadcast_shapes((6, 7), (5, 6, 1), (7,)), np.broadcast_to([1, 2, 3], (2, 3)))
x, y = np.ogrid[0:3, 0:4]
print(x * 10 + y, np.mgrid[0:2, 0:3])
print(np.add.outer([1, 2], [10, 20, 30]), np.multiply.outer(np.arange(3), np.arange(3)).trace())
u = np.arange(6).reshape(2, 3)
print(u / u.sum(axis=1, keepdims=True), u - u.mean(axis=1)[:, None])

# %% boolean masks and where
import numpy as np
data = np.array([3, -1, 4, -1, 5, -9, 2, 6])
mask = data < 0
print(mask, mask.sum(), data[~mask], np.where(mask)[0])
print(np.where(data > 3, 'big', 'small'))
clean = np.where(mask, 0, data)
print(clean, np.count_nonzero(clean), np.flatnonzero(mask), np.argwhere(data > 4).ravel())
x = np.arange(10)
print(np.select([x < 3, x > 6], [x, x**2], default=-1))
print(np.piecewise(x.astype(float), [x < 5, x >= 5], [lambda v: -v, lambda v: v]))
m = np.array([[1, np.nan], [np.nan, 4]])
print(np.isnan(m), np.nan_to_num(m), np.nanmean(m, axis=0), m[~np.isnan(m)])
print((x > 2) & (x < 8), np.logical_or(x < 2, x > 8), np.any(x > 8), np.all(x >= 0), x[(x % 2 == 0) | (x > 7)])
grades = np.array([88, 92, 79, 65, 95])
print(np.digitize(grades, [70, 80, 90]), np.array(list('DCBA'))[np.digitize(grades, [70, 80, 90])])
try:
    if data > 0:
        pass
except ValueError as e:
    print(e)

# %% sorting rows and unique
import numpy as np
a = np.array([[3, 2, 1], [1, 5, 2], [2, 1, 9], [1, 5, 1]])
print(a[a[:, 0].argsort()])
print(a[np.lexsort((a[:, 2], a[:, 1], a[:, 0]))])
print(np.sort(a, axis=0), np.sort(a, axis=None), sep='\n')
v = np.array([3, 1, 2, 3, 1, 3])
vals, idx, inv, cnt = np.unique(v, return_index=True, return_inverse=True, return_counts=True)
print(vals, idx, inv, cnt, vals[cnt.argmax()])
print(np.unique(a, axis=0))
print(np.argsort(-v, kind='stable'), np.sort(v)[::-1], np.argpartition(v, 2)[:2].shape)
print(np.intersect1d([1, 2, 3], [2, 3, 4]), np.union1d([1, 2], [2, 3]), np.setdiff1d([1, 2, 3], [2]), np.isin([1, 5], v))
print(np.searchsorted([1, 3, 5], [0, 3, 6]), np.cumsum(v), np.diff(v), np.bincount(v), np.histogram(v, bins=3))

# %% meshgrid and contour values
import numpy as np
x = np.linspace(-2, 2, 5)
y = np.linspace(-1, 1, 3)
X, Y = np.meshgrid(x, y)
print(X, Y, sep='\n')
Z = X**2 - Y**2
print(Z, Z.shape, np.unravel_index(Z.argmax(), Z.shape))
gy, gx = np.gradient(Z, y, x)
print(gx, gy, sep='\n')
XX, YY = np.meshgrid(x, y, indexing='ij')
print(XX.shape, np.allclose(XX.T, X))
points = np.c_[X.ravel(), Y.ravel()]
print(points[:4], points.shape)

# %% einsum
import numpy as np
A = np.arange(25).reshape(5, 5)
b = np.arange(5)
c = np.arange(6).reshape(2, 3)
print(np.einsum('ii', A), np.einsum('ii->i', A), np.einsum('ij->i', A), np.einsum('ij,j', A, b), np.einsum('ji', c), sep='\n')
print(np.einsum('i,i', b, b), np.einsum('i,j', np.arange(2) + 1, b), np.einsum('ij->', c))
a3 = np.arange(60.).reshape(3, 4, 5)
b3 = np.arange(24.).reshape(4, 3, 2)
print(np.einsum('ijk,jil->kl', a3, b3), np.tensordot(a3, b3, axes=([1, 0], [0, 1])), sep='\n')
batch = np.random.default_rng(3).normal(size=(4, 2, 3))
print(np.allclose(np.einsum('bij,bkj->bik', batch, batch), batch @ batch.transpose(0, 2, 1)))
print(np.trace(A), np.kron([[1, 2]], [[0, 1]]), np.outer(b, b)[-1])

# %% vectorize
import numpy as np
def my_func(a, b):
    "Return a-b if a>b, otherwise return a+b"
    return a - b if a > b else a + b
vfunc = np.vectorize(my_func)
print(vfunc([1, 2, 3, 4], 2), vfunc.__doc__)
collatz = np.vectorize(lambda n: n // 2 if n % 2 == 0 else 3 * n + 1, otypes=[int])
print(collatz(np.arange(1, 8)))
print(np.vectorize(len)(np.array(['a', 'bb', 'ccc'])))
print(np.apply_along_axis(lambda r: r.max() - r.min(), 1, np.array([[1, 5, 2], [9, 3, 3]])))
print(np.frompyfunc(lambda x, y: x + y, 2, 1)(np.arange(3), 10))
print(np.array(list(map(lambda t: t**2, range(4)))), np.fromiter((i * i for i in range(5)), dtype=float))

# %% fft basics
import numpy as np
t = np.arange(8)
x = np.sin(2 * np.pi * t / 8) + 0.5
X = np.fft.fft(x)
print(np.round(X, 6) + 0.0)
print(np.fft.fftfreq(8, d=1 / 8), np.fft.rfftfreq(8))
print(np.allclose(np.fft.ifft(X).real, x))
R = np.fft.rfft(x)
print(np.abs(R).round(6), R.shape)
print(np.fft.fftshift(np.arange(6)), np.fft.irfft(R).round(6))
print(np.abs(np.fft.fft2(np.eye(4))).round(3))

# %% np.testing
import numpy as np
from numpy.testing import assert_allclose, assert_array_equal, assert_array_almost_equal
assert_array_equal([1, 2], np.array([1, 2]))
assert_allclose(0.1 + 0.2, 0.3)
assert_array_almost_equal([1.0, 2.33333], [1.0, 2.33334], decimal=4)
try:
    assert_allclose([1.0, 2.0, 3.0], [1.0, 2.1, 3.0], rtol=1e-3)
except AssertionError as e:
    print(e)
try:
    np.testing.assert_array_equal(np.arange(3), np.array([0, 1, 5]))
except AssertionError as e:
    print(e)
try:
    np.testing.assert_equal(np.array([1, 2]), np.array([1, 2, 3]))
except AssertionError as e:
    print(e)

# %% save, load, savetxt, loadtxt
import numpy as np, os, pathlib, tempfile
folder = tempfile.mkdtemp()
path = lambda name: os.path.join(folder, name)
a = np.arange(6).reshape(2, 3) * 1.5
np.save(path('a.npy'), a)
print(np.load(path('a.npy')))
np.savez(path('many.npz'), first=a, second=np.arange(3))
with np.load(path('many.npz')) as data:
    print(sorted(data.files), data['second'], data['first'].shape)
np.savetxt(path('a.csv'), a, delimiter=',', fmt='%.2f', header='x,y,z', comments='')
print(pathlib.Path(path('a.csv')).read_text())
print(np.loadtxt(path('a.csv'), delimiter=',', skiprows=1))
x, y, z = np.loadtxt(path('a.csv'), delimiter=',', skiprows=1, unpack=True)
print(x, z)
np.savetxt(path('b.txt'), a)
print(pathlib.Path(path('b.txt')).read_text(), end='')
from io import StringIO
print(np.genfromtxt(StringIO('1,2,\n4,,6'), delimiter=','), np.genfromtxt(StringIO('a b\n1 2\n3 4'), names=True)['b'])
a.tofile(path('raw'))
print(np.fromfile(path('raw')).reshape(2, 3), os.path.getsize(path('raw')))
try:
    np.load(path('missing.npy'))
except FileNotFoundError as e:
    print('no file:', os.path.basename(e.filename))

# %% warnings and errstate
import numpy as np, warnings
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    print(np.array([1.0, 0.0, -1.0]) / 0)
    print(np.log(0), np.sqrt(-1), np.float64(1) / 0, np.exp(1000))
    print(np.mean([]), np.array([200], dtype=np.uint8) + np.uint8(100), np.int32(2147483647) + np.int32(1))
    for w in caught:
        print(w.category.__name__, w.message)
with np.errstate(divide='ignore', invalid='ignore'):
    print(np.array([0.0, 1.0]) / 0)
try:
    with np.errstate(all='raise'):
        np.array([1.0]) / 0
except FloatingPointError as e:
    print('FloatingPointError:', e)
old = np.seterr(over='ignore')
print(old, np.geterr()['over'])
np.seterr(**old)
x = np.array([1, 2, 0, 4.0])
print(np.divide(1, x, out=np.zeros_like(x), where=x != 0))

# %% LinAlgError
import numpy as np
from numpy.linalg import LinAlgError
for M in (np.array([[1, 2], [2, 4]]), np.zeros((2, 2)), np.ones((2, 3))):
    try:
        print(np.linalg.inv(M))
    except LinAlgError as e:
        print('LinAlgError:', e)
try:
    np.linalg.cholesky(np.array([[1, 2], [2, 1]]))
except np.linalg.LinAlgError as err:
    print(err)
try:
    np.linalg.solve(np.eye(3), np.ones(2))
except ValueError as e:
    print(type(e).__name__, e)
try:
    np.array([[1, 2], [3, 4]]) @ np.array([1, 2, 3])
except ValueError as e:
    print(e)
for bad in (lambda: np.arange(3)[5], lambda: np.zeros((2, 2)).reshape(3), lambda: np.array([1, 2]).foo, lambda: np.concatenate([np.zeros((2, 2)), np.zeros(3)])):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e, sep=': ')

# %% timing
import numpy as np, time, timeit
x = np.random.rand(1000)
t0 = time.perf_counter()
s = 0
for v in x:
    s += v
t1 = time.perf_counter()
total = np.sum(x)
t2 = time.perf_counter()
print(np.isclose(s, total), t1 - t0 > t2 - t1, type(t1 - t0).__name__)
t = timeit.timeit('np.sum(x)', globals=globals(), number=100)
print(t > 0, len(timeit.repeat(lambda: x.sum(), number=10, repeat=3)))

# %% dataclasses with arrays
import numpy as np
from dataclasses import dataclass, field
from typing import Optional
@dataclass
class Layer:
    weights: np.ndarray
    bias: np.ndarray = field(default_factory=lambda: np.zeros(2))
    name: Optional[str] = None
    def __call__(self, x: np.ndarray) -> np.ndarray:
        return self.weights @ x + self.bias
layer = Layer(np.array([[1., 2.], [3., 4.]]), name='dense')
print(layer)
print(layer(np.array([1, 1])))
print(isinstance(layer.weights, np.ndarray))

# %% typing
import numpy as np
import numpy.typing as npt
from numpy.typing import NDArray, ArrayLike
def normalise(x: ArrayLike) -> NDArray[np.float64]:
    a = np.asarray(x, dtype=np.float64)
    return a / np.linalg.norm(a)
print(normalise([3, 4]), normalise.__annotations__['return'])
Vector = npt.NDArray[np.floating]
print(Vector)

# %% printing and f-strings
import numpy as np
x = np.array([1.123456789, 22.5, 333.0])
print(f'{x}', f'{x[0]:.3f}', f'{x.mean():8.2f}|', '{:.2e}'.format(x[2]), '%d items' % len(x), '%.1f' % x[1])
print(f'{x[0]!r} {x[0]!s}', str(x[1]), repr(x))
np.set_printoptions(precision=3)
print(x, np.pi * np.eye(2))
np.set_printoptions(suppress=True)
print(np.array([1e-10, 1.0]), np.array([1e10, 1.0]))
with np.printoptions(formatter={'float': '{:6.2f}'.format}):
    print(x)
print(np.array2string(np.arange(4), separator=', '), np.array_str(np.array([1.0, 2.0]), precision=1))
print(np.array([True, False]), np.array([1 + 2j, 3 - 0.5j]), np.array([]), np.array(5), np.array([[]]))
print(np.float32(0.1), np.float64(0.1), np.int8(5), np.bool_(True), np.complex64(1j), [np.float64(1.5), np.int64(2)], (np.float32(0.1),))
print(np.array([1, 2, 3]), np.array([1.0, 2.0, 3.0]), np.array([0.1, 0.25]), np.array([1e-5, 1]), np.array([123456789.0, 0.1]), np.array([np.nan, np.inf, -np.inf]), sep='\n')
print('Matrix:\n%s' % np.array([[1, 2], [3, 4]]))
print(np.random.default_rng(0).random(3).tolist(), max(x), min(x), sum(x), round(x[0], 2), abs(-x), len(x))

# %% power iteration and deflation
import numpy as np
A = np.array([[2, -1, 0], [-1, 2, -1], [0, -1, 2]], dtype=float)
def power(A, n=500):
    v = np.ones(A.shape[0]) / np.sqrt(A.shape[0])
    v = v + np.arange(A.shape[0]) * 0.01
    for _ in range(n):
        w = A @ v
        v = w / np.linalg.norm(w)
    return v @ A @ v, v
lams = []
B = A.copy()
for i in range(3):
    lam, v = power(B)
    lams.append(lam)
    B -= lam * np.outer(v, v)
    print(f'lambda_{i + 1} = {lam:.6f}, v = {np.abs(v).round(4)}')
print(np.allclose(sorted(lams), np.linalg.eigvalsh(A)))
print(np.linalg.eigh(A))

# %% gradient checking and backpropagation
import numpy as np
rng = np.random.default_rng(42)
X = rng.standard_normal((8, 3))
Y = np.tanh(X @ np.array([[1.0], [-2.0], [0.5]]))
W1, b1 = rng.standard_normal((3, 4)) * 0.5, np.zeros((1, 4))
W2, b2 = rng.standard_normal((4, 1)) * 0.5, np.zeros((1, 1))
def loss_and_grads(W1, b1, W2, b2):
    Z = X @ W1 + b1
    H = np.maximum(Z, 0)
    P = H @ W2 + b2
    L = np.mean((P - Y)**2)
    dP = 2 * (P - Y) / len(X)
    dW2, db2 = H.T @ dP, dP.sum(0, keepdims=True)
    dH = dP @ W2.T
    dZ = dH * (Z > 0)
    return L, (X.T @ dZ, dZ.sum(0, keepdims=True), dW2, db2)
L, grads = loss_and_grads(W1, b1, W2, b2)
eps = 1e-6
num = np.zeros_like(W1)
for i in np.ndindex(W1.shape):
    old = W1[i]
    W1[i] = old + eps
    up = loss_and_grads(W1, b1, W2, b2)[0]
    W1[i] = old - eps
    down = loss_and_grads(W1, b1, W2, b2)[0]
    W1[i] = old
    num[i] = (up - down) / (2 * eps)
print(f'{L:.6f}', np.allclose(num, grads[0], atol=1e-6))
params = [W1, b1, W2, b2]
for epoch in range(300):
    L, grads = loss_and_grads(*params)
    for p, g in zip(params, grads):
        p -= 0.1 * g
print(f'final loss {L:.5f}')

# %% Euler and Runge-Kutta
import numpy as np
def rk4(f, y0, t):
    y = np.empty((len(t), len(y0)))
    y[0] = y0
    for i in range(len(t) - 1):
        h = t[i + 1] - t[i]
        k1 = f(t[i], y[i])
        k2 = f(t[i] + h / 2, y[i] + h / 2 * k1)
        k3 = f(t[i] + h / 2, y[i] + h / 2 * k2)
        k4 = f(t[i] + h, y[i] + h * k3)
        y[i + 1] = y[i] + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    return y
t = np.linspace(0, 10, 101)
sol = rk4(lambda t, y: np.array([y[1], -y[0]]), [1.0, 0.0], t)
print(np.abs(sol[:, 0] - np.cos(t)).max() < 1e-5, sol[::25].round(5))
print(np.trapezoid(sol[:, 0]**2, t).round(5), np.interp(2.55, t, sol[:, 0]).round(6))

# %% 2-D convolution and filters
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
img = np.arange(25, dtype=float).reshape(5, 5)
kernel = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]])
windows = sliding_window_view(img, (3, 3))
print(windows.shape)
print((windows * kernel).sum(axis=(2, 3)))
padded = np.pad(img, 1, mode='edge')
print(padded)
out = np.zeros_like(img)
for i in range(5):
    for j in range(5):
        out[i, j] = np.sum(padded[i:i + 3, j:j + 3] * kernel)
print(out)
print(np.convolve([1, 2, 3, 4], [0.5, 0.5], mode='valid'), np.pad([1, 2], (1, 2), constant_values=(0, 9)))
pooled = img[:4, :4].reshape(2, 2, 2, 2).max(axis=(1, 3))
print(pooled)
print(sliding_window_view(np.arange(6), 3).mean(axis=1))
print(np.lib.stride_tricks.as_strided(np.arange(5), shape=(3, 3), strides=(8, 8)))

# %% determinants, rank and null space
import numpy as np
A = np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
print(np.linalg.matrix_rank(A), np.isclose(np.linalg.det(A), 0), np.trace(A))
U, s, Vt = np.linalg.svd(A)
null = Vt[s < 1e-12] if (s < 1e-12).any() else Vt[-1:]
print(np.round(A @ null.T, 10) + 0.0, s > 1e-10)
print(np.linalg.cond(np.array([[1, 2], [3, 4]])), np.linalg.norm(A), np.linalg.norm(A, 1), np.linalg.norm(A, np.inf), np.linalg.norm(A, 'nuc').round(4))
sign, logdet = np.linalg.slogdet(np.array([[3.0, 1], [2, 4]]))
print(sign, logdet, np.exp(logdet))
def cofactor_det(M):
    M = np.asarray(M)
    if M.shape == (1, 1):
        return M[0, 0]
    return sum((-1)**j * M[0, j] * cofactor_det(np.delete(M[1:], j, axis=1)) for j in range(M.shape[1]))
print(cofactor_det([[2, 0, 1], [1, 3, 2], [1, 1, 4]]), round(np.linalg.det([[2, 0, 1], [1, 3, 2], [1, 1, 4]]), 6))
print(np.linalg.pinv(A).round(4), np.triu(A), np.tril(A, -1), sep='\n')

# %% LU by hand
import numpy as np
def lu(A):
    n = len(A)
    L, U = np.eye(n), A.astype(float).copy()
    P = np.arange(n)
    for k in range(n - 1):
        p = k + np.argmax(np.abs(U[k:, k]))
        if p != k:
            U[[k, p]] = U[[p, k]]
            P[[k, p]] = P[[p, k]]
            L[[k, p], :k] = L[[p, k], :k]
        for i in range(k + 1, n):
            L[i, k] = U[i, k] / U[k, k]
            U[i, k:] -= L[i, k] * U[k, k:]
    return P, L, U
A = np.array([[2, 1, 1], [4, 3, 3], [8, 7, 9]])
P, L, U = lu(A)
print(P, L, U, sep='\n')
print(np.allclose(A[P], L @ U), np.prod(np.diag(U)))
b = np.array([4, 10, 24])
y = np.zeros(3)
for i in range(3):
    y[i] = b[P][i] - L[i, :i] @ y[:i]
x = np.zeros(3)
for i in reversed(range(3)):
    x[i] = (y[i] - U[i, i + 1:] @ x[i + 1:]) / U[i, i]
print(x, np.linalg.solve(A, b))

# %% recommender by alternating least squares
import numpy as np
R = np.array([[5, 3, 0, 1], [4, 0, 0, 1], [1, 1, 0, 5], [1, 0, 0, 4], [0, 1, 5, 4]], dtype=float)
mask = R > 0
rng = np.random.RandomState(0)
k, lam = 2, 0.1
U, V = rng.rand(5, k), rng.rand(4, k)
for it in range(20):
    for i in range(5):
        Vi = V[mask[i]]
        U[i] = np.linalg.solve(Vi.T @ Vi + lam * np.eye(k), Vi.T @ R[i, mask[i]])
    for j in range(4):
        Uj = U[mask[:, j]]
        V[j] = np.linalg.solve(Uj.T @ Uj + lam * np.eye(k), Uj.T @ R[mask[:, j], j])
pred = U @ V.T
print(np.round(pred, 1))
print(f'RMSE: {np.sqrt(((R - pred)[mask]**2).mean()):.4f}')

# %% dates, dictionaries and json of arrays
import numpy as np, json, csv, io, collections, itertools, math, statistics
a = np.array([[1, 2], [3, 4]])
print(json.dumps({'a': a.tolist(), 'mean': float(a.mean())}))
try:
    json.dumps({'x': np.int64(3)})
except TypeError as e:
    print(e)
print(json.dumps({'x': np.float64(1.5)}))
rows = list(csv.reader(io.StringIO('x,y\n1,2\n3,4')))
data = np.array(rows[1:], dtype=float)
print(rows[0], data, data.mean(axis=0))
print(collections.Counter(np.array([1, 2, 2, 3]).tolist()), math.sqrt(np.float64(2)), statistics.mean([1, 2, 4]))
print(list(itertools.product(a[0], a[1])), sorted(a.ravel(), reverse=True), dict(enumerate(a[0])))
d = {np.int64(1): 'one'}
print(d[1], hash(np.float64(1.5)) == hash(1.5), np.int64(3) in [1, 2, 3], range(np.int64(3)), [10, 20, 30][np.int64(1)])

# %% special matrices and functions
import numpy as np
n = 4
hilbert = 1 / (np.arange(1, n + 1)[:, None] + np.arange(n))
print(hilbert, np.linalg.cond(hilbert))
T = 2 * np.eye(n) - np.eye(n, k=1) - np.eye(n, k=-1)
print(T, np.linalg.eigvalsh(T))
theta = np.radians(30)
rot = np.array([[np.cos(theta), -np.sin(theta)], [np.sin(theta), np.cos(theta)]])
print(rot, np.allclose(rot @ rot.T, np.eye(2)), np.linalg.det(rot).round(10), np.degrees(theta))
print(np.diag([1, 2, 3], k=1), np.identity(2), np.block([[np.eye(2), np.zeros((2, 1))], [np.ones((1, 2)), 5]]))
v = np.array([3.0, 4.0])
H = np.eye(2) - 2 * np.outer(v, v) / (v @ v)
print(H, np.cross([1, 0, 0], [0, 1, 0]), np.vdot([1j, 2], [1j, 2]))
print(np.rot90(np.arange(4).reshape(2, 2)), np.flip([1, 2, 3]), np.tile([1, 2], (2, 2)), np.repeat([1, 2], [2, 3]), np.roll(np.arange(5), 2))
print(np.cumprod([1, 2, 3, 4]), np.floor_divide(7, 2), np.mod(-7, 3), divmod(-7, 3), np.sign([-2, 0, 3]), np.hypot(3, 4), np.exp2(3), np.cbrt(27), np.log1p(0), np.arctan2(1, 1))

# %% integers, overflow and dtypes
import numpy as np
a = np.array([1, 2, 3])
print(a.dtype, (a / 2).dtype, (a // 2).dtype, (a * 1.0).dtype, (a > 1).dtype, np.array([1, 2.5]).dtype, np.array([True, 2]).dtype)
u = np.array([250, 255], dtype=np.uint8)
print(u + np.array([10], dtype=np.uint8), u.astype(int) + 10, u.astype(np.int8))
print(np.iinfo(np.int32).max, np.finfo(np.float64).eps, np.finfo(np.float32).max, 0.1 + 0.2 == 0.3, np.isclose(0.1 + 0.2, 0.3))
print(np.array([1.7, -1.7]).astype(int), np.array([0, 1, 2]).astype(bool), np.float64(3).is_integer(), int(np.float64(3.7)))
try:
    np.array([300], dtype=np.uint8)
except OverflowError as e:
    print(e)
print(np.result_type(np.int8, np.float32), np.can_cast(np.int64, np.int32), np.promote_types('i4', 'f4'), np.array([1], dtype='float32') + 1)
print(np.int64(7) / 2, np.int64(7) // 2, 2**np.int64(3), np.float32(1) / 3, 1 / np.float32(3), type(np.int64(1) + 1.0), type(np.float32(1) + 1))

# %% memory order and strides
import numpy as np
a = np.arange(12, dtype=np.int32).reshape(3, 4)
print(a.strides, a.T.strides, a[:, ::2].strides, a.flags['C_CONTIGUOUS'], a.T.flags['F_CONTIGUOUS'], a.nbytes)
f = np.asfortranarray(a)
print(f.strides, f.ravel(), f.ravel(order='K'), np.array_equal(a, f))
print(np.shares_memory(a, a.T), np.may_share_memory(a, a.copy()), a[1:].base is a.base, np.ascontiguousarray(a.T).strides)
b = a.reshape(2, 6)
b[0, 0] = 100
print(a[0, 0], a.reshape(-1, order='F'), np.ravel(a, 'F')[:3], a.swapaxes(0, 1).shape, np.moveaxis(np.zeros((2, 3, 4)), 0, -1).shape)
print(np.squeeze(np.zeros((1, 3, 1))).shape, np.expand_dims(a, 0).shape, a[None, :, :, None].shape, np.atleast_2d([1, 2]).shape)

# %% iteration and generators
import numpy as np
m = np.arange(6).reshape(2, 3)
for x in np.nditer(m):
    print(x, end=' ')
print()
for i, row in enumerate(m):
    for j, v in enumerate(row):
        print((i, j), v, end='; ')
print()
with np.nditer(m, op_flags=['readwrite']) as it:
    for x in it:
        x[...] = 2 * x
print(m)
a, b, c = m[0]
print(a, b, c, [int(v) for v in m.ravel()], {int(v) for v in m[0]}, [*m[1]], list(m), sum(m), max(m[0], key=lambda v: -v))
first, *rest = np.arange(4)
print(first, rest, any(m[0]), all(m[1]), list(reversed(m[0])), list(zip(*m)))
