# %% setup
import numpy as np
a = np.arange(10)
m = np.arange(12).reshape(3, 4)
t = np.arange(24).reshape(2, 3, 4)
f = np.array([[1.5, 2.5], [3.5, 4.5]])

# %%% basic
a[3]
a[-1]
a[2:5]
a[:3]
a[7:]
a[::2]
a[::-1]
a[-3:]
a[5:2:-1]
a[8:2:-2]
a[20:]
a[10]
a[-11]
a[1.5]
a['x']
a[None]
a[...]
a[()]
a[np.newaxis, :].shape
a[:, np.newaxis].shape
m[0]
m[1, 2]
m[-1, -1]
m[1][2]
m[:, 1]
m[1:, :2]
m[::2, ::-1]
m[..., 0]
m[1, ...]
m[0:1]
m[:, 1:2]
m[3]
m[0, 4]
m[0, 0, 0]
m[1, :, np.newaxis]
m[:, None, :].shape
t[0]
t[0, 1]
t[0, 1, 2]
t[:, 0]
t[..., -1]
t[1, :, 2]
t[::-1, ::2, 1:3]
t[..., None].shape
t[0, ..., 1]
t[..., ...]
m[slice(None), slice(0, 2)]
m[np.int64(1), np.int64(2)]
m[np.int64(1)]
m[True]
m[False].shape
a[np.array(3)]
f[0, 1]
f[1]
f[0][1]
type(f[0, 1])
type(f[0])
m.item(5)
m.item(1, 2)
m.item((0, 3))
m.item()
np.array([7]).item()
m.flat[5]
m.flat[2:5]
list(m.flat)[:3]
m.T[1]
m.T.flat[1]

# %%% advanced
a[[1, 3, 5]]
a[[-1, 0]]
a[np.array([[1, 2], [3, 4]])]
a[[True, False] * 5]
a[a > 5]
a[(a > 2) & (a < 7)]
a[~(a > 2)]
a[a % 2 == 0]
a[[]]
a[[10]]
a[[1.0, 2.0]]
a[[True, False]]
m[[0, 2]]
m[[0, 2], [1, 3]]
m[[0, 2], 1:3]
m[:, [0, 3]]
m[1, [0, 2]]
m[[0, 1], :][:, [1, 2]]
m[np.ix_([0, 2], [1, 3])]
m[m > 5]
m[m[:, 0] > 3]
m[:, m[0] > 1]
m[np.array([True, False, True])]
m[[True, False, True], [True, False, True, False]]
m[[0, 1], [0, 1, 2]]
m[[[0, 1], [2, 0]]]
m[[[0], [2]], [[1, 3]]]
m[np.arange(3), [1, 2, 0]]
m[..., [0, 1]]
t[[0, 1], :, [1, 2]]
t[:, [0, 2], 1]
t[[0, 1], [1, 2]]
t[:, :, [1, 1]]
t[0, [1, 2], :]
t[t > 20]
t[np.array([True, False])]
m[np.nonzero(m > 8)]
m[np.where(m % 5 == 0)]
np.nonzero(m > 8)
np.where(m > 8)
np.where(m > 5, m, -1)
np.where(m > 5, 1.0, 0)
np.where([True, False], [1, 2], [3, 4])
np.where(a > 4, 'x', 'y') if False else 0
np.where(True, 1, 2)
np.argwhere(m > 8)
np.flatnonzero(a > 6)
np.take(a, [1, 2])
np.take(m, [0, 2], axis=1)
np.take(m, 5)
np.take(a, [11], mode='clip')
np.take(a, [11], mode='wrap')
np.take(a, [11])
m.take([0, 1], axis=0)
np.take_along_axis(m, np.argsort(-m, axis=1), axis=1)
np.compress([True, False, True], m, axis=0)
np.extract(m > 5, m)
np.choose([0, 1, 2], [[1, 2, 3], [4, 5, 6], [7, 8, 9]])
np.select([a < 3, a > 6], [a, a * 10], default=-1)
np.piecewise(np.array([-2.0, 0, 3]), [np.array([True, False, False]), np.array([False, True, True])], [-1, 1])
np.unravel_index(7, (3, 4))
np.unravel_index([1, 7], (3, 4))
np.ravel_multi_index(([1, 2], [3, 0]), (3, 4))
np.diagonal(m)
m.diagonal(1)
np.trace(m)
np.argmax(m)
np.unravel_index(np.argmax(m), m.shape)

# %% assignment
a[2] = 99
a[-1] = -5
a[3:6] = 0
a[::3] += 100
print(a)

# %% assignment of rows and columns
m[0] = 1
m[:, 1] = [7, 8, 9]
m[1, 2] = -3
m[2, ::2] = m[0, ::2] * 10
m[..., 3] = 5
print(m)

# %% assignment through lists and masks
a[[1, 1, 2]] = [5, 6, 7]
a[a > 7] = 0
m[[0, 2], [1, 3]] = 77
m[m % 2 == 1] = -1
m[:, [0, 2]] = 4
print(a)
print(m)

# %% assignment broadcasts
m[:] = np.array([[1], [2], [3]])
print(m)
m[1:] = [9, 8, 7, 6]
print(m)
m[...] = 0
print(m)

# %%% refused assignments
a[20] = 1
a[2:5] = [1, 2]
m[0] = [1, 2, 3]
m[:, 0] = [1, 2]
a[0] = [1, 2]
a[0] = 'x'
a[0] = None
a[0] = 1j
a[0] = np.nan
a[[0, 1]] = [1, 2, 3]
a[a > 5] = [1, 2]
m[0, 5] = 1
m[0, 0, 0] = 1
a[1.5] = 2
np.broadcast_to([1, 2], (2, 2))[0, 0] = 5
np.eye(2).diagonal()[0] = 3
np.arange(3, dtype=np.int8).__setitem__(0, 300)
np.arange(3, dtype=np.uint8).__setitem__(0, -1)
del a[0]

# %% ints truncate floats
a[0] = 3.9
a[1] = -3.9
a[2:4] = [1.5, 2.7]
print(a)
b = np.zeros(2, dtype=np.float32)
b[0] = 0.1
print(b, b[0])
c = np.zeros(2, bool)
c[0] = 5
print(c)
d = np.zeros(2, complex)
d[0] = 1 + 2j
d[1] = 3
print(d)

# %% views share memory
v = a[2:5]
v[0] = 50
print(a)
w = m[:, 1]
w += 100
print(m)
c = m[[0, 1]]
c[:] = -1
print(m)
r = m.reshape(4, 3)
r[0, 0] = 42
print(m[0, 0])
x = m.ravel()
x[1] = 43
print(m[0])
y = m.flatten()
y[2] = 44
print(m[0])
tt = m.T
tt[0, 2] = 45
print(m[2, 0])

# %% loops over elements
total = 0
for i in range(m.shape[0]):
    for j in range(m.shape[1]):
        total += m[i, j]
        m[i, j] = m[i, j] ** 2
print(total, m)
for row in m:
    print(row, row.sum())
for x in a[:3]:
    print(x, type(x).__name__)
for i, x in enumerate(f):
    print(i, x)
for (i, j), x in np.ndenumerate(f):
    print(i, j, x)
for index in np.ndindex(2, 2):
    print(index)
for x, y in zip(a[:2], a[2:4]):
    print(x, y)

# %% unpacking
x, y, z = np.array([1, 2, 3])
print(x, y, z)
(p, q), (r, s) = f
print(p, q, r, s)
first, *rest = a[:4]
print(first, rest)

# %% put and friends
np.put(a, [0, 2], [-44, -55])
print(a)
np.place(a, a > 5, [1, 2])
print(a)
np.putmask(a, a < 0, 7)
print(a)
np.copyto(a, 3)
print(a)
b = np.zeros((3, 3), int)
np.fill_diagonal(b, 4)
print(b)
np.put_along_axis(b, np.array([[0], [1], [2]]), 9, axis=1)
print(b)
b.fill(2)
print(b)
b.flat = 7
b.flat[3] = 1
print(b)

# %% nditer
for x in np.nditer(f):
    print(x, end=' ')
it = np.nditer(f, flags=['multi_index'])
for x in it:
    print(it.multi_index, x)
with np.nditer(f, op_flags=['readwrite']) as it:
    for x in it:
        x[...] = 2 * x
print(f)

# %% conditions
print((a > 3).sum(), np.any(a > 8), np.all(a >= 0), np.count_nonzero(a % 2))
print(np.logical_and(a > 2, a < 5))
print(a[np.logical_or(a < 2, a > 7)])
if (a == a).all():
    print('same')
try:
    if a > 3:
        print('no')
except ValueError as e:
    print(e)
