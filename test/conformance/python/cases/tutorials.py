# %% setup
import numpy as np

# %% PCA from scratch
np.random.seed(42)
X = np.random.randn(100, 10)
Xc = X - X.mean(axis=0)
C = np.cov(Xc, rowvar=False)
vals, vecs = np.linalg.eigh(C)
order = np.argsort(vals)[::-1]
vals, vecs = vals[order], vecs[:, order]
ratio = vals / vals.sum()
print('explained', ratio[:3].round(4), f'total {ratio[:3].sum():.2%}')
Z = Xc @ vecs[:, :3]
print(Z.shape, np.allclose(np.cov(Z.T), np.diag(vals[:3])))
U, s, Vt = np.linalg.svd(Xc, full_matrices=False)
print(np.allclose(s**2 / (len(X) - 1), vals))
back = Z @ vecs[:, :3].T + X.mean(axis=0)
print(f'reconstruction error {np.linalg.norm(X - back):.4f}')

# %% linear regression
np.random.seed(42)
n = 100
X = np.random.randn(n, 3)
true_b, true_w = 5, np.array([2, 3, -1])
y = true_b + X @ true_w + 0.5 * np.random.randn(n)
A = np.column_stack([np.ones(n), X])
w = np.linalg.inv(A.T @ A) @ A.T @ y
print('intercept', round(w[0], 4), 'weights', w[1:].round(4))
pred = A @ w
rmse = np.sqrt(np.mean((y - pred) ** 2))
r2 = 1 - np.sum((y - pred) ** 2) / np.sum((y - y.mean()) ** 2)
print(f'RMSE: {rmse:.4f}, R2: {r2:.4f}')
print(np.allclose(w, np.linalg.lstsq(A, y, rcond=None)[0]), np.allclose(w, np.linalg.solve(A.T @ A, A.T @ y)))
ridge = np.linalg.solve(A.T @ A + 1.0 * np.eye(4), A.T @ y)
print('ridge', ridge.round(4))

# %% gradient descent
np.random.seed(0)
X = np.c_[np.ones(50), np.linspace(-1, 1, 50)]
y = X @ [1.5, -2.0] + np.random.normal(0, 0.1, 50)
theta = np.zeros(2)
history = []
for step in range(200):
    error = X @ theta - y
    theta -= 0.1 * X.T @ error / len(y) * 2
    history.append((error**2).mean())
print(theta.round(4), np.round(history[::50], 5), history[-1] < history[0])

# %% small network
np.random.seed(42)
W1, b1 = np.random.randn(4, 8) * 0.1, np.zeros(8)
W2, b2 = np.random.randn(8, 3) * 0.1, np.zeros(3)
X = np.random.randn(5, 4)
def relu(z):
    return np.maximum(0, z)
def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
P = softmax(relu(X @ W1 + b1) @ W2 + b2)
print(P.shape, P.sum(axis=1), np.argmax(P, axis=1))
print(P.round(4))

# %% deep network
np.random.seed(42)
sizes = [784, 128, 64, 10]
params = [(np.random.randn(i, o) * np.sqrt(2 / i), np.zeros((1, o))) for i, o in zip(sizes[:-1], sizes[1:])]
a = np.random.randn(32, 784)
for k, (W, b) in enumerate(params):
    z = a @ W + b
    a = np.maximum(0, z) if k < len(params) - 1 else z
e = np.exp(a - a.max(axis=1, keepdims=True))
p = e / e.sum(axis=1, keepdims=True)
print(p.shape, np.allclose(p.sum(axis=1), 1), p.argmax(axis=1)[0])

# %% xor by backpropagation
rng = np.random.default_rng(1)
X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
Y = np.array([[0], [1], [1], [0]], dtype=float)
W1, b1, W2, b2 = rng.normal(size=(2, 4)), np.zeros((1, 4)), rng.normal(size=(4, 1)), np.zeros((1, 1))
sigmoid = lambda t: 1 / (1 + np.exp(-t))
for epoch in range(2000):
    h = np.tanh(X @ W1 + b1)
    out = sigmoid(h @ W2 + b2)
    d2 = out - Y
    d1 = (d2 @ W2.T) * (1 - h**2)
    W2 -= 0.5 * h.T @ d2
    b2 -= 0.5 * d2.sum(axis=0, keepdims=True)
    W1 -= 0.5 * X.T @ d1
    b1 -= 0.5 * d1.sum(axis=0, keepdims=True)
print((out > 0.5).astype(int).ravel(), bool(np.abs(out - Y).max() < 0.1))

# %% image compression
x, y = np.meshgrid(np.linspace(0, 1, 100), np.linspace(0, 1, 100))
image = np.sin(6 * x) * np.cos(4 * y) + 0.3 * (x > 0.5) + 0.05 * np.sin(40 * x * y)
U, s, Vt = np.linalg.svd(image, full_matrices=False)
m, n = image.shape
for k in (5, 10, 20, 50):
    approx = (U[:, :k] * s[:k]) @ Vt[:k, :]
    stored = k * (m + n + 1) / (m * n)
    print(f'k={k:2d} stored {stored:.2%} energy {np.sum(s[:k]**2) / np.sum(s**2):.6f} error {np.linalg.norm(image - approx) / np.linalg.norm(image):.2e}')

# %% ratings
R = np.array([[5, 4, 0, 0], [4, 5, 0, 0], [0, 0, 4, 5], [0, 0, 5, 4]])
U, s, Vt = np.linalg.svd(R)
print(s)
R2 = U[:, :2] @ np.diag(s[:2]) @ Vt[:2]
print(R2.round(1) + 0.0, round(np.linalg.norm(R - R2), 4), f'{(s[:2]**2).sum() / (s**2).sum():.1%}')

# %% Markov chain
P = np.array([[0.9, 0.1, 0.0], [0.2, 0.7, 0.1], [0.1, 0.3, 0.6]])
p = np.array([1.0, 0, 0])
for day in range(50):
    p = p @ P
print(p.round(4), np.linalg.matrix_power(P, 50)[0].round(4))
w, v = np.linalg.eig(P.T)
stationary = np.real(v[:, np.argmax(np.real(w))])
print((stationary / stationary.sum()).round(4), np.isclose(max(np.abs(w)), 1))

# %% power iteration
A = np.array([[4.0, 1, 0], [1, 3, 1], [0, 1, 2]])
v = np.ones(3)
for i in range(100):
    v = A @ v
    v /= np.linalg.norm(v)
value = v @ A @ v
print(f'{value:.6f}', np.isclose(value, np.linalg.eigvalsh(A)[-1]), np.abs(v).round(4))

# %% page rank
links = {0: [1, 2], 1: [2], 2: [0], 3: [0, 2]}
n = 4
M = np.zeros((n, n))
for j, targets in links.items():
    for i in targets:
        M[i, j] = 1 / len(targets)
G = 0.85 * M + 0.15 / n * np.ones((n, n))
r = np.full(n, 1 / n)
for step in range(100):
    new = G @ r
    if np.abs(new - r).sum() < 1e-10:
        break
    r = new
print(r.round(4), r.sum().round(6), np.argsort(-r))

# %% Gram-Schmidt
A = np.array([[1.0, 1, 0], [1, 0, 1], [0, 1, 1]])
Q = np.zeros_like(A)
for j in range(3):
    v = A[:, j].copy()
    for i in range(j):
        v -= (Q[:, i] @ A[:, j]) * Q[:, i]
    Q[:, j] = v / np.linalg.norm(v)
print(Q.round(4))
print((Q.T @ Q).round(10) + 0.0)

# %% Gaussian elimination
A = np.array([[2.0, 1, -1], [-3, -1, 2], [-2, 1, 2]])
b = np.array([8.0, -11, -3])
M = np.hstack([A, b[:, None]])
n = len(b)
for i in range(n):
    p = i + np.argmax(np.abs(M[i:, i]))
    M[[i, p]] = M[[p, i]]
    M[i] = M[i] / M[i, i]
    for j in range(n):
        if j != i:
            M[j] -= M[j, i] * M[i]
print(M[:, -1].round(6), np.allclose(M[:, -1], np.linalg.solve(A, b)))

# %% k means
rng = np.random.default_rng(0)
points = np.vstack([rng.normal(c, 0.3, size=(30, 2)) for c in ([0, 0], [3, 3], [0, 4])])
centres = points[[0, 30, 60]].copy()
for step in range(10):
    d = np.linalg.norm(points[:, None] - centres[None], axis=2)
    label = d.argmin(axis=1)
    centres = np.array([points[label == k].mean(axis=0) for k in range(3)])
print(centres.round(3), np.bincount(label))

# %% pairwise distances three ways
rng = np.random.default_rng(5)
X = rng.random((40, 10))
loop = np.zeros((40, 40))
for i in range(40):
    for j in range(40):
        loop[i, j] = np.sqrt(((X[i] - X[j]) ** 2).sum())
wide = np.sqrt(((X[:, None, :] - X[None, :, :]) ** 2).sum(axis=-1))
G = np.einsum('ij,kj->ik', X, X)
sq = np.diag(G)[:, None] + np.diag(G)[None, :] - 2 * G
fast = np.sqrt(np.maximum(sq, 0))
print(np.allclose(loop, wide), np.allclose(loop, fast, atol=1e-7), loop[0, 1].round(6))

# %% transformations of the plane
t = np.pi / 6
R = np.array([[np.cos(t), -np.sin(t)], [np.sin(t), np.cos(t)]])
S = np.diag([2, 0.5])
H = np.array([[1, 1], [0, 1]])
square = np.array([[0, 1, 1, 0], [0, 0, 1, 1]])
print((R @ square).round(4))
print((R @ S).round(4), (S @ R).round(4), np.allclose(R @ S, S @ R))
for name, T in [('rotate', R), ('scale', S), ('shear', H), ('flat', np.array([[1, 2], [2, 4]]))]:
    print(name, round(np.linalg.det(T), 4), np.linalg.matrix_rank(T))

# %% conditioning
def hilbert(n):
    i = np.arange(1, n + 1)
    return 1.0 / (i[:, None] + i - 1)
for n in (3, 6, 9):
    H = hilbert(n)
    x = np.ones(n)
    b = H @ x
    found = np.linalg.solve(H, b)
    print(n, f'{np.linalg.cond(H):.1e}', np.linalg.norm(found - x) < 1e-3)

# %% game of life
board = np.zeros((8, 8), int)
board[1:4, 2] = 1
board[5, 3:6] = 1
for step in range(3):
    near = sum(np.roll(np.roll(board, i, 0), j, 1) for i in (-1, 0, 1) for j in (-1, 0, 1) if (i, j) != (0, 0))
    board = ((near == 3) | ((board == 1) & (near == 2))).astype(int)
    print(board.sum())
print('\n'.join(''.join('#' if c else '.' for c in row) for row in board))

# %% Fibonacci, matrix power, sieve
F = np.array([[1, 1], [1, 0]])
print([int(np.linalg.matrix_power(F, k)[0, 1]) for k in range(15)])
sieve = np.ones(60, dtype=bool)
sieve[:2] = False
for i in range(2, 8):
    if sieve[i]:
        sieve[i * i::i] = False
print(np.flatnonzero(sieve))

# %% statistics of a table
data = np.array([[23, 175.0, 70], [31, 168, 62], [27, 180, 85], [45, 172, 78]])
names = ['age', 'height', 'weight']
for name, column in zip(names, data.T):
    print(f'{name:>8}: mean {column.mean():7.2f} std {column.std(ddof=1):6.2f} min {column.min():6.1f} max {column.max():6.1f} median {np.median(column):6.1f}')
print(np.corrcoef(data, rowvar=False).round(3))
z = (data - data.mean(axis=0)) / data.std(axis=0)
print(z.round(3))
print(data[data[:, 0] > 25][:, 1:], data[np.argsort(data[:, 2])][:, 2])

# %% numerical integration and derivatives
x = np.linspace(0, np.pi, 101)
y = np.sin(x)
print(round(np.trapezoid(y, x), 6), np.abs(np.gradient(y, x) - np.cos(x)).max() < 0.02)
h = 10.0 ** -np.arange(1, 6)
print(np.abs((np.sin(1 + h) - np.sin(1)) / h - np.cos(1)).round(7))

# %% memory and views
big = np.ones((1000, 100))
view = big[::2, ::2]
print(big.nbytes, view.base is big, view.flags['C_CONTIGUOUS'], view.strides, np.ascontiguousarray(view).strides)
f = np.asfortranarray(big)
print(f.flags['F_CONTIGUOUS'], f.strides, big.astype(np.float32).nbytes)
view[:] = 0
print(big.sum())

# %% exercises with strings and formats
scores = {'ann': [90, 85], 'bob': [70, 95]}
for who, marks in scores.items():
    print(f'{who}: {np.mean(marks):.1f} ± {np.std(marks):.2f}')
A = np.arange(4).reshape(2, 2)
print(f'A =\n{A}\nA^T =\n{A.T}\ndet = {np.linalg.det(A):.1f}')
print('norm: %.3f, trace: %d' % (np.linalg.norm(A), np.trace(A)))

# %% convolution of images
img = np.arange(25, dtype=float).reshape(5, 5)
k = np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]])
out = np.zeros((3, 3))
for i in range(3):
    for j in range(3):
        out[i, j] = np.sum(img[i:i + 3, j:j + 3] * k)
print(out)
w = np.lib.stride_tricks.sliding_window_view(img, (3, 3))
print(np.allclose(np.einsum('ijkl,kl->ij', w, k), out), w.mean(axis=(2, 3)))

# %% least squares by normal equations
x = np.array([1, 2, 3, 4])
y = np.array([2.1, 3.9, 6.2, 7.8])
A = np.vstack([x, np.ones(len(x))]).T
m, c = np.linalg.lstsq(A, y, rcond=None)[0]
print(m.round(4), c.round(4), np.polyfit(x, y, 1).round(4))
P = A @ np.linalg.inv(A.T @ A) @ A.T
print(np.allclose(P @ P, P), np.allclose(P, P.T), np.trace(P).round(6), (y - P @ y).round(4))

# %% Newton and Jacobi
def f(v):
    x, y = v
    return np.array([x**2 + y**2 - 4, x - y])
def J(v):
    x, y = v
    return np.array([[2 * x, 2 * y], [1, -1]])
v = np.array([1.0, 2.0])
for i in range(6):
    v = v - np.linalg.solve(J(v), f(v))
print(v)
A = np.array([[10.0, -1, 2], [-1, 11, -1], [2, -1, 10]])
b = np.array([6.0, 25, -11])
x = np.zeros(3)
D = np.diag(A)
for i in range(30):
    x = (b - (A @ x - D * x)) / D
print(x.round(6), np.allclose(A @ x, b))
