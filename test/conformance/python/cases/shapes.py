# %% setup
import numpy as np
a = np.arange(6)
m = np.arange(6).reshape(2, 3)
t = np.arange(24).reshape(2, 3, 4)
x, y = np.array([1, 2, 3]), np.array([4, 5, 6])

# %%% shape
a.shape
m.shape
t.shape
m.ndim
t.size
np.ndim([[1]])
np.shape([[1, 2]])
np.size(m, 1)
a.reshape(2, 3)
a.reshape((3, 2))
a.reshape(-1, 2)
a.reshape(3, -1)
a.reshape(2, -1, 1).shape
a.reshape(4, 2)
a.reshape(-1, -1)
a.reshape(-1, 4)
a.reshape(2, 3, order='F')
a.reshape([2, 3])
a.reshape(())
np.array(5).reshape(1, 1)
np.reshape(m, 6)
np.reshape(m, (3, 2), order='F')
m.reshape(-1)
m.ravel()
m.ravel('F')
m.T.ravel()
m.flatten()
m.flatten('F')
np.ravel([[1, 2], [3, 4]])
m.T
t.T.shape
x.T
m.transpose()
t.transpose(1, 0, 2).shape
t.transpose((2, 0, 1)).shape
np.transpose(m)
np.transpose(t, (0, 2, 1)).shape
np.transpose(t, (0, 0, 1))
np.transpose(t, (0, 1))
t.swapaxes(0, 2).shape
np.swapaxes(m, 0, 1)
np.moveaxis(t, 0, -1).shape
np.moveaxis(t, [0, 1], [-1, -2]).shape
np.rollaxis(t, 2).shape
np.matrix_transpose(m)
t.mT.shape
x.mT
np.squeeze(np.ones((1, 3, 1)))
np.ones((1, 3, 1)).squeeze(0).shape
np.squeeze(m, axis=0)
np.expand_dims(x, 0)
np.expand_dims(x, 1)
np.expand_dims(x, (0, 2)).shape
np.expand_dims(x, 5)
x[:, None]
x[np.newaxis].shape
np.atleast_1d(3)
np.atleast_2d([1, 2])
np.atleast_3d([1, 2]).shape
np.atleast_1d(1, [2])
np.flip(x)
np.flip(m)
np.flip(m, 0)
np.flip(m, axis=1)
np.fliplr(m)
np.flipud(m)
np.rot90(m)
np.rot90(m, 2)
np.rot90(m, -1)
np.roll(x, 1)
np.roll(m, 1)
np.roll(m, 1, axis=1)
np.roll(m, -1, axis=0)
np.broadcast_to(x, (2, 3))
np.broadcast_to(x, (3, 2))
np.broadcast_arrays(x, [[1], [2]])
np.broadcast_shapes((2, 1), (3,))
np.broadcast_shapes((2, 3), (4,))
np.broadcast(x, [[1], [2]]).shape
np.resize(x, (2, 4))
np.resize(x, 2)
x.repeat(2)
np.repeat(3, 4)
np.repeat(m, 2, axis=0)
np.repeat(m, [1, 2], axis=0)
np.repeat(x, [1, 0, 2])
np.tile(x, 2)
np.tile(x, (2, 2))
np.tile(m, (1, 2))
np.tile(0, 3)
np.pad(x, 1)
np.pad(x, (1, 2), constant_values=9)
np.pad(x, (1, 2), 'constant', constant_values=(7, 8))
np.pad(m, ((1, 0), (0, 1)))
np.pad(x, 2, mode='edge')
np.pad(x, 2, mode='reflect')
np.pad(x, 2, mode='symmetric')
np.pad(x, 2, mode='wrap')
np.pad(x, 2, mode='mean')
np.pad(x, 2, mode='maximum')
np.pad(x.astype(float), 2, mode='linear_ramp', end_values=0)
np.pad(m, 1, mode='foo')
np.trim_zeros([0, 0, 1, 2, 0])
np.unstack(m)
np.iterable(m)
np.isscalar(3.0)
np.isscalar(x)
np.isscalar(np.float64(1))

# %%% join and split
np.concatenate([x, y])
np.concatenate((m, m))
np.concatenate((m, m), axis=1)
np.concatenate((m, [[7, 8, 9]]))
np.concatenate((m, m), axis=None)
np.concatenate([x, [1.5]])
np.concatenate([x, m])
np.concatenate((m, [[1], [2], [3]]), axis=1)
np.concatenate([])
np.concatenate(x)
np.concatenate((m, m), axis=2)
np.concatenate([x, y], dtype=float)
np.concat([x, y])
np.vstack([x, y])
np.vstack((m, x))
np.vstack([x, [1, 2]])
np.hstack([x, y])
np.hstack((m, m))
np.hstack([1, 2])
np.dstack([x, y])
np.column_stack([x, y])
np.column_stack((x, m.T))
np.stack([x, y])
np.stack([x, y], axis=1)
np.stack([x, y], axis=-1)
np.stack([x, [1, 2]])
np.stack([m, m]).shape
np.block([[np.eye(2), np.zeros((2, 1))], [np.ones((1, 2)), 5]])
np.block([x, y])
np.append(x, 4)
np.append(x, [4, 5])
np.append(m, [[7, 8, 9]], axis=0)
np.append(m, [7, 8], axis=0)
np.insert(x, 1, 99)
np.insert(m, 1, 9, axis=1)
np.insert(x, [0, 2], [7, 8])
np.delete(x, 1)
np.delete(x, [0, 2])
np.delete(m, 0, axis=0)
np.delete(m, 1, axis=1)
np.delete(a, slice(1, 4))
np.delete(x, 7)
np.split(a, 3)
np.split(a, [2, 5])
np.split(a, 4)
np.split(m, 2)
np.split(m, 3, axis=1)
np.split(np.arange(9).reshape(3, 3), 2, axis=1)
np.array_split(a, 4)
np.array_split(np.arange(7), 3)
np.hsplit(m, 3)
np.vsplit(m, 2)
np.hsplit(m, 2)
np.dsplit(t, 2)[0].shape
np.unstack(t, axis=1)[0].shape

# %% ravel is a view and flatten is not
r = m.ravel()
f = m.flatten()
r[0] = 100
f[1] = 200
print(m, r.base is not None, f.base is None)

# %% resize in place
b = np.array([1, 2, 3])
b.resize((2, 3))
print(b)

# %% shape set
b = np.arange(6)
b.shape = (2, 3)
print(b)
b.shape = -1
print(b)

# %% split unpacks
left, right = np.hsplit(np.arange(8).reshape(2, 4), 2)
print(left, right)
(p, q, r) = np.split(np.arange(6), 3)
print(p, q, r)

# %% broadcasting
print(x[:, None] + y)
print(m + x)
print(m * [[10], [20]])
print(np.ones((3, 1)) + np.ones(4))
try:
    m + [1, 2]
except ValueError as e:
    print(e)
try:
    np.ones((2, 3)) * np.ones((3, 2))
except ValueError as e:
    print(e)
points = np.array([[0, 0], [3, 4], [6, 8]])
diff = points[:, None, :] - points[None, :, :]
print(np.sqrt((diff ** 2).sum(-1)))

# %% sliding windows
from numpy.lib.stride_tricks import as_strided, sliding_window_view
print(sliding_window_view(np.arange(6), 3))
print(as_strided(np.arange(5), (3, 2), (8, 8)))
print(sliding_window_view(m, (2, 2)).shape)

# %% members, triangles and masks of all dtypes
for d in (np.int64,np.float64,np.float32,np.uint8,bool,complex,np.uint64):
    a=np.array([3,1,2,0,7,7,2]).astype(d); b=np.array([7,2,9]).astype(d)
    print(np.isin(a,b).tolist(), np.isin(a,b,invert=True).tolist(), np.isin(a,[]).tolist(), np.isin(a.reshape(7,1),b).shape, np.isin([], b).tolist())
print(np.isin([1.0,np.nan],[np.nan,1]), np.isin([1.0,np.nan],[np.nan,1],invert=True), np.isin(np.array([1+2j,2j]),[2j]), np.isin(np.int64(3),[3]), np.isin(np.array([2**63],'u8'),np.array([-1,5])))
m=np.arange(24).reshape(2,3,4)
for k in (-3,-1,0,1,3,9):
    for x in (m,m.astype(float)[0],m[0].T,m.astype(bool)[0],m.astype(complex)[1],np.arange(3)): print(np.triu(x,k).tolist(),np.tril(x,k).tolist())
o=np.arange(600.); o[o>5]=0.0; print(o[:8], o.sum())
i=np.arange(600); i[i>5]=2.7; print(i[:8]); 
try: i[i>1]=float('nan')
except Exception as e: print(type(e).__name__, e)
z=np.arange(600)*1j; z[z.imag>4]=1.5; print(z[:6]); print(np.vdot(z,z), np.vdot(o,o), np.vdot(i.reshape(20,30).T,i.reshape(30,20)), z[1])
print(np.triu(np.zeros((0,3))).shape, np.tril(np.zeros((3,0))).shape)
