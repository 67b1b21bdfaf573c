# %% setup
import io
import os
import tempfile
import numpy as np
d = tempfile.mkdtemp()
a = np.array([[1.5, 2.0], [3.25, -4.0]])
k = np.arange(6).reshape(2, 3)

# %% npy round trip | t=bool,int8,int32,int64,uint16,float32,float64,complex128
p = os.path.join(d, 'x.npy')
x = np.array([[1, 0, 2], [3, 4, 5]]).astype('$t')
np.save(p, x)
y = np.load(p)
print(y, y.dtype, np.array_equal(x, y), os.path.getsize(p))
np.save(os.path.join(d, 'noext'), x.T)
print(np.load(os.path.join(d, 'noext.npy')).shape)

# %% npz
p = os.path.join(d, 'x.npz')
np.savez(p, a, k=k)
with np.load(p) as z:
    print(sorted(z.files), z['k'], z['arr_0'])
    try:
        z['nope']
    except KeyError as e:
        print('KeyError', e)
np.savez_compressed(p, u=a)
print(np.load(p)['u'])

# %% npy in memory
f = io.BytesIO()
np.save(f, a)
f.seek(0)
print(f.read(8), np.load(io.BytesIO(f.getvalue())))

# %% savetxt | o=,fmt='%d',fmt='%.2f',delimiter=';'
f = io.StringIO()
np.savetxt(f, k, $o)
print(f.getvalue())

# %% savetxt header
f = io.StringIO()
np.savetxt(f, a, fmt='%.1f', delimiter=',', header='x,y', footer='end', comments='')
print(f.getvalue())
np.savetxt(f, np.array([1.0, 2.0]))
np.savetxt(f, k, fmt='%d-%d-%d')
print(f.getvalue())

# %% savetxt file
p = os.path.join(d, 't.csv')
np.savetxt(p, a, delimiter=',')
with open(p) as f:
    print(f.read())
print(np.loadtxt(p, delimiter=','))

# %%% loadtxt
np.loadtxt(io.StringIO('1 2\n3 4'))
np.loadtxt(io.StringIO('1,2\n3,4'), delimiter=',')
np.loadtxt(io.StringIO('1,2\n3,4'), delimiter=',', dtype=int)
np.loadtxt(io.StringIO('# c\n1 2\n3 4 # d'))
np.loadtxt(io.StringIO('x y\n1 2'), skiprows=1)
np.loadtxt(io.StringIO('1 2 3\n4 5 6'), usecols=(0, 2))
np.loadtxt(io.StringIO('1 2 3\n4 5 6'), usecols=1)
np.loadtxt(io.StringIO('1 2\n3 4'), unpack=True)
np.loadtxt(io.StringIO('1\n2\n3'))
np.loadtxt(io.StringIO('1 2 3'))
np.loadtxt(io.StringIO('5'))
np.loadtxt(io.StringIO('1 2'), ndmin=2)
np.loadtxt(io.StringIO('1 2\n3 4\n5 6'), max_rows=2)
np.loadtxt(io.StringIO('1 a'))
np.loadtxt(io.StringIO('1 2\n3'))
np.loadtxt('nothing.txt')
np.loadtxt(['1 2', '3 4'])
np.genfromtxt(io.StringIO('1,2\n3,'), delimiter=',')
np.genfromtxt(io.StringIO('1,x\n3,4'), delimiter=',')
np.genfromtxt(io.StringIO('a,b\n1,2\n3,4'), delimiter=',', skip_header=1)
np.genfromtxt(io.StringIO('1,,3'), delimiter=',', filling_values=0)
np.genfromtxt(io.StringIO('1,2,3\n4,5,6'), delimiter=',', usecols=(0, 2))
np.genfromtxt(io.StringIO('1,2\n3'), delimiter=',')
np.load(io.BytesIO(b'junk'))
np.fromstring('1 2', sep=' ')

# %% tofile
p = os.path.join(d, 'raw')
a.tofile(p)
print(np.fromfile(p), os.path.getsize(p))
print(np.fromfile(p, dtype=np.int64).shape)
