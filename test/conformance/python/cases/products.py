# %% setup
import numpy as np
v, w = np.array([1, 2, 3]), np.array([4, 5, 6])
A = np.arange(1, 10).reshape(3, 3)
B = np.arange(11, 20).reshape(3, 3)
C = np.array([[1.0, 2], [3, 4]])
T = np.arange(24).reshape(2, 3, 4)
z = np.array([1 + 2j, 3 - 1j])

# %%% products
v @ w
np.dot(v, w)
v.dot(w)
np.vdot(v, w)
np.inner(v, w)
np.outer(v, w)
np.cross(v, w)
np.cross([1, 0, 0], [0, 1, 0])
np.cross([[1, 0, 0], [0, 1, 0]], [0, 0, 1])
np.cross([1, 2], [3, 4])
np.cross([1, 2, 3, 4], [1, 2, 3, 4])
A @ B
B @ A
np.matmul(A, B)
np.dot(A, B)
A.dot(v)
A @ v
v @ A
np.dot(3, 4)
np.dot(A, 2)
np.matmul(A, 2)
A @ np.ones((2, 2))
np.dot(A, [1, 2])
np.dot(v, [1, 2])
np.matmul(np.ones((10, 3, 4)), np.ones((10, 4, 5))).shape
(np.ones((2, 1, 3, 4)) @ np.ones((5, 4, 2))).shape
np.matmul(v, v)
np.matmul(T, np.ones(4))
np.dot(T, np.ones((4, 2))).shape
np.inner(A, B)
np.inner(T, np.ones(4)).shape
np.outer(A, v).shape
np.outer(v, w, out=np.zeros((3, 3), int))
np.vdot(z, z)
np.dot(z, z)
np.inner(z, z)
np.outer(z, z)
np.vecdot(z, z)
np.vecdot(A, A)
np.matvec(A, v)
np.vecmat(v, A)
np.tensordot(A, B)
np.tensordot(A, B, axes=1)
np.tensordot(A, B, axes=([0], [1]))
np.tensordot(T, T, axes=([0, 1], [0, 1])).shape
np.tensordot(v, w, axes=0)
np.tensordot(A, np.ones((2, 2)))
np.kron(v, [1, 10])
np.kron(np.eye(2), C)
np.einsum('i,i', v, w)
np.einsum('i,i->', v, w)
np.einsum('ij,jk->ik', A, B)
np.einsum('ij,jk', A, B)
np.einsum('ii', A)
np.einsum('ii->i', A)
np.einsum('ij->ji', A)
np.einsum('ij->j', A)
np.einsum('ij->', A)
np.einsum('i,j->ij', v, w)
np.einsum('ij,ij->i', A, B)
np.einsum('ijk->kji', T).shape
np.einsum('bij,bjk->bik', np.ones((2, 2, 3)), np.ones((2, 3, 2)))
np.einsum('...j,j->...', T, [1, 0, 0, 1])
np.einsum(A, [0, 1], v, [1], [0])
np.einsum('ij,j', A, [1, 2])
np.einsum('ij,jk->iz', A, B)
np.einsum('ij', v)
np.einsum('i,ij,j', v, A, w)
np.einsum('ij,kj->ik', A, B, optimize=True)
np.trace(A)
A.trace()
np.matmul(A, B, dtype=float)
np.matmul([[1, 2]], [[3], [4]])
np.matmul(C, C, out=np.zeros((2, 2)))
np.dot(np.float64(2), v)
np.linalg.multi_dot([A, B, v])
np.linalg.matrix_power(A, 3)
np.linalg.matrix_power(C, -1)
np.linalg.matrix_power(A, 0)
np.linalg.matrix_power(np.ones((2, 3)), 2)
np.linalg.matrix_power(A, 1.5)
np.array([True, False]) @ np.array([True, True])
np.ones((2, 2), np.float32) @ np.ones((2, 2), np.float32)
(np.ones((2, 2), np.int8) @ np.ones((2, 2), np.int8)).dtype
(np.ones((2, 2)) @ np.ones((2, 2), complex)).dtype

# %% worked examples
print(v + w, v - w, v @ w)
print(np.outer(v, w), np.cross(v, w))
print(np.linalg.norm(v), np.sqrt(v @ v), np.linalg.norm(v, 1), np.linalg.norm(v, np.inf))
x, y = np.array([2, -1, 4]), np.array([1, 3, 2])
print(x @ y, np.linalg.norm(x), np.abs(x).sum(), round(x @ y / (np.linalg.norm(x) * np.linalg.norm(y)), 4))
print(A @ B, B @ A, np.array_equal(A @ B, B @ A), np.linalg.matrix_rank(A))
print(np.array([[1, 2], [3, 4]]) * np.array([[5, 6], [7, 8]]), np.array([[1, 2], [3, 4]]) @ np.array([[5, 6], [7, 8]]))

# %% projection of a on b
a, b = np.array([3.0, 4.0]), np.array([1.0, 0.0])
p = (a @ b) / (b @ b) * b
print(p, a - p, (a - p) @ b)
print(np.degrees(np.arccos(a @ b / np.linalg.norm(a) / np.linalg.norm(b))))

# %% warnings of products
M = np.array([[np.inf, 1], [0, 1]])
Z = np.array([[0.0, 1], [1, 1]])
print(M @ Z)
print(np.dot(np.full((2, 2), 1e308), np.full((2, 2), 10.0)))
print(np.outer([np.inf], [0.0]), np.array([np.inf, 1.0]) @ np.array([0.0, 1.0]))

# %% products of nan give no warning
print(np.full((2, 2), np.nan) @ np.ones((2, 2)))

# %% products that errstate raises
with np.errstate(all='raise'):
    try:
        np.array([[np.inf]]) @ np.array([[0.0]])
    except FloatingPointError as e:
        print(e)

# %% einsum's options and subscripts in lists
p, q = np.ones((2, 3)), np.ones((3, 4))
print(np.einsum(p, [0, 51], q, [51, 2]).shape, np.einsum(p, [30, 0], q, [0, 2]).shape, np.einsum('ij,jk->ik', p, q, order='F').flags.f_contiguous)
print(np.einsum('...ft,mf->...mt', np.ones((2, 3, 5), order='F'), np.ones((4, 3), order='F'), order='a').flags.f_contiguous)
for wrong in (lambda: np.einsum(p, [0, 52], q, [52, 2]), lambda: np.einsum(p, [-1, 5], q, [5, 2]), lambda: np.einsum('ij', p, order='W'), lambda: np.einsum('ij', p, casting='any'), lambda: np.einsum(p, ['x', 0]), lambda: np.einsum(p, 3), lambda: np.einsum('ij,jk', p, q, dtype=int)):
    try:
        print(wrong())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
