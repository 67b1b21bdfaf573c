# %% setup
import numpy as np
from io import StringIO as S
import scipy.linalg as sl

# %%% options of functions, each heeded
np.histogram2d([1,2,3],[1,2,2],bins=2)
np.histogram2d([1,2,3],[1,2],bins=2)
np.histogram2d([1,2,3],[1,2,2],bins=[[0,2,4],[0,1,3]],weights=[1,2,3])
np.histogram2d([1,2,3],[1,2,2],bins=[0,2,4],range=None,density=True)
np.histogram2d(np.arange(5),np.arange(5),bins=(2,3),range=[[0,4],[0,2]])
np.convolve([1,2,3],[0,1,.5],'same')
np.convolve([1,2,3],[0,1,.5,4,5],'valid')
np.convolve([],[1])
np.convolve(np.eye(2),[1])
np.convolve([1,2],[1],mode='q')
np.convolve([1,2],[1],mode=1)
np.correlate([1,2,3],[0,1,.5])
np.correlate([1,2],[0,1,.5,3],'same')
np.correlate([1,2],[0,1,.5,3],'full')
np.correlate([1,2j],[0,1,.5j],'full')
np.correlate([1,2],[0,1,.5,3])
np.correlate([],[1])
np.partition([3,1,2],1,kind='quicksort')
np.argpartition([3,1,2],1,order='a')
np.array([3,1,2]).argpartition(1,kind='stable')
np.partition([3,1,2],1,kind=None)
np.nanargmax([1,np.nan,3],out=np.array(0))
np.nanargmax([[1,np.nan,3]],axis=1,keepdims=1)
np.intersect1d([1,2,3],[2,3,4],assume_unique=True)
np.intersect1d([1,2,2,3],[2,3,4],return_indices=True)
np.intersect1d([3,1,2],[2,3,4],True,True)
np.setdiff1d([3,1,2,2],[2],assume_unique=True)
np.setdiff1d([3,1,2,2],[2])
np.setxor1d([3,1,2],[2,5],assume_unique=True)
np.setxor1d(np.eye(3),np.array(2.5),assume_unique=True)
np.isin([1,2],[2],kind='stable')
np.isin([1,2],[2],kind='table')
np.isin([1.,2],[2],kind='table')
np.lexsort([1,2,3])
np.lexsort(([1,2,3],[3,1,1]))
np.unique_all(3.)
np.unique_inverse(3.)
np.diag_indices_from(np.zeros((2,3)))
np.diag_indices_from(np.zeros(2))
np.diag_indices_from(np.zeros((2,2)))
np.eye(2,order='A')
np.eye(2,order='F').flags.f_contiguous
np.broadcast_arrays(np.int8(5))
np.broadcast_arrays([1,2],[[1],[2]])
np.flip(np.array(2.5))
np.split(np.arange(4),0)
np.split(np.arange(4),2)
np.nanmean([1,np.nan,3],where=[True,True,False])
np.nanmean([1,2,3],dtype='f4')
np.nanmean([1,np.nan],dtype=int)
np.nanvar([1,2,3],dtype=int)
np.nanvar([1.,np.nan,3],mean=2.)
np.nanvar([1.,np.nan,3],correction=1)
np.nanvar([1.,np.nan,3],correction=1,ddof=1)
np.nanstd([1.,np.nan,3,4],where=[True,True,True,False])
np.nanmean([np.nan,1],where=[True,False])
np.var([1.,2,4],mean=2.)
np.std(np.arange(6.).reshape(2,3),axis=1,mean=np.array([[1.],[4.]]))
np.std([1.,2,4],ddof=1,correction=1)
np.array([1.,2,4]).var(ddof=1)
np.array([1.,2,4]).std(mean=2.)
np.cumulative_sum([1,2],out=np.zeros(2,int))
np.cumulative_sum([1,2],out=np.zeros(3,int),include_initial=True)
np.cumulative_sum([[1,2]])
np.cumulative_sum([True,True])
np.cumulative_prod([1,2],dtype='f4',include_initial=True)
np.cumulative_sum([[1,2],[3,4]],axis=1,include_initial=True)
np.fft.fftfreq(0)
np.linalg.trace(np.zeros((0,0)),dtype=bool)
np.linalg.trace(np.ones((2,2,2)),dtype='f4',offset=1)
np.float64(2.5).squeeze(1)
np.clip([1,2,3.],0,2,dtype="f4")
np.clip([1,2,3],0,2,dtype="f4")
np.clip([1,2,3.],0,2,casting="unsafe")
np.clip([1,2,3.],0,2,out=np.zeros(3),where=[True,False,True])
np.clip([1,2,3.],0,2,foo=1)
np.ndarray((2,2),dtype="f8",buffer=np.arange(8.),strides=(8,16))
np.ndarray((2,2),dtype="f8",buffer=np.arange(3.))
np.ndarray((2,2),dtype="f8",buffer=np.arange(8.),order="F")
np.ndarray((2,),strides=(16,))
np.ndarray(3,buffer=b'abc',dtype='u1')
np.ndarray((2,),float,np.arange(4.),8)
np.ndarray((2,),'i4',np.arange(4.),4)
np.frombuffer(np.arange(4.),'i4',3,8)
np.frombuffer(np.arange(4.),'u1',offset=3)[:5]
np.frombuffer(b'abcdefgh','i4')
np.frombuffer(np.arange(3,dtype='i4'),'f8')
np.histogram_bin_edges([1,2,3],bins=2,weights=[1,2,3])
np.histogram_bin_edges([1,2,3],bins='auto',weights=[1,2,3])
np.genfromtxt(S("a, b\n c ,d"),delimiter=',',encoding='utf8',dtype=None)
np.genfromtxt(S("a, b\n c ,d"),delimiter=',',encoding='utf8',dtype=None,autostrip=True)
np.genfromtxt(S("a, b\n c ,d"),delimiter=',',encoding='utf8',dtype='U5')
np.genfromtxt(S("a, 1\n c , N/A"),delimiter=',',encoding='utf8',dtype=None,missing_values='N/A')
np.genfromtxt(S("1, 2\n 3 , "),delimiter=',')
np.genfromtxt(S("1, 2.5\n 3 , 4"),delimiter=',',dtype=None)
np.genfromtxt(S(" 1  2\n 3  4"),delimiter=(3,2))
np.genfromtxt(S("x, y\n1, 2\n3, 4"),delimiter=',',names=True)
np.arange(3).ptp()

# %% a frame over given memory
b = np.arange(4.)
v = np.ndarray((2,), buffer=b)
v[0] = 9
f = np.frombuffer(b)
f[1] = 7
print(b, f.flags.writeable)

# %% bytes read from anywhere
a = np.arange(16, dtype='u1')
v = a[1:9].view('f8')
print(v, v[0].hex(), v.tobytes(), v.copy().tobytes(), np.frombuffer(a, 'c8', 1, 4), a[4:12].view('c8'))
from numpy.lib.stride_tricks import as_strided
print(as_strided(np.arange(3, dtype='i4'), (2, 2), (4, 4)), as_strided(np.arange(3.), (3,), (0,)), as_strided(np.arange(3.), writeable=False).flags.writeable)

# %% a table of texts
for d in ('U5', None, 'S3'):
    print(repr(np.genfromtxt(S('a,\nb,cdefghi'), delimiter=',', dtype=d, encoding='utf8')))

# %%% orders of memory and masks
np.add([[1.,2],[3,4]],1,order='F').flags.f_contiguous
np.add([[1.,2],[3,4]],1,order='z')
np.exp([[1.,2],[3,4]],order=None)
np.add(np.ones((2,3)).T,1,order='C').flags.c_contiguous
np.add(np.ones((2,3)).T,1,order='A').flags.f_contiguous
np.add(np.ones((2,3)).T,1).flags.f_contiguous
np.add([1.,2],1,where=[True,False])[0]
np.add([1.,2],1,where=[True,False],out=None)[0]
np.add([1.,2],1,where=[True,False],out=np.zeros(2))
np.add([1.,2],1,np.zeros(2),where=[True,False])
np.sqrt([1.,2],where=np.array([True,False]))[0]
np.add(1,1,where=True)
np.add([1],[2],where=True,order='F')
np.add([1],[2],dtype='f4',order='F')
np.sum([1.,2],where=[True,False])
np.divide([1.,2],[0,1],out=np.zeros(2),where=[False,True])
np.copy([1,2],order='z')
np.array([[1,2]],order='z')
np.zeros(2,order='z')
np.ones(2,order='A')
np.full(2,1,order='q')
np.empty(2,order=None).shape
np.asarray([1],order='z')
np.array([1.]).astype(int,order='z')
np.ravel([1],order='z')
np.reshape([1],1,order='z')
np.array([1]).copy('z')
np.array([1]).flatten('z')
np.zeros_like([1],order='z')
np.arange(3).tobytes('z')

# %% what solvers tell at each step, and what sparse matrices are asked for
import warnings
import scipy.sparse as ss, scipy.sparse.linalg as sla
A=ss.diags([-1,4,-1.5],[-1,0,1],shape=(12,12)).tocsr().astype(float); b=np.arange(12.)
for name,kw in (('gmres',{}),('gmres',dict(callback_type='pr_norm')),('gmres',dict(callback_type='x')),('gmres',dict(callback_type='x',restart=3)),('gmres',dict(restart=3,callback_type='legacy')),('cg',{}),('bicgstab',{}),('cgs',{}),('bicg',{}),('minres',{}),('gmres',dict(callback_type='q'))):
    got=[]
    with warnings.catch_warnings(record=True) as w:
        warnings.simplefilter('always')
        try: x,info=getattr(sla,name)(A@A.T if name in('cg','minres') else A,b,callback=lambda v: got.append(round(float(np.linalg.norm(v)),5)),**kw)
        except Exception as e: print(name,kw,repr(e)); continue
    print(name,kw,info,len(got),got[:5],[str(x.message)[:90] for x in w])
r=sla.lsqr(A,b,calc_var=True); print(r[1:3], r[-1].round(6))
print(sla.lsqr(A,b,show=False)[-1])
w=sla.eigsh(A+A.T,k=2,sigma=0,OPinv=sla.splu((A+A.T).tocsc()).solve and sla.LinearOperator((12,12),sla.splu((A+A.T).tocsc()).solve),return_eigenvectors=False); print(w)
print(sla.eigsh(A+A.T,k=2,sigma=1.,mode='cayley',return_eigenvectors=False).round(8))
C=ss.csr_array(np.array([[1,0,np.nan],[0,2,3]]))
for f in ('C.sum(axis=0,out=np.zeros(3))','C.max(axis=0,explicit=True)','C.nanmax(axis=0,explicit=True)','C.nanmin(explicit=True)','C.power(2,dtype="f4").dtype','C.transpose((0,1))','C.transpose((1,0)).shape','C.astype("i4",casting="safe")','C.mean(axis=1,out=np.zeros(2))','C.conj(copy=False) is C','C.toarray(out=np.ones((2,3)))','C.reshape((3,2),order="F").toarray()'):
    try: print(f,'->',' '.join(repr(eval(f)).split()))
    except Exception as e: print(f,'->',repr(e))

# %%% functions of matrices with their options
sl.logm(np.array([[4., 1], [2, 3]]),disp=False)[0]
sl.sqrtm(np.array([[4., 1], [2, 3]]),disp=False)[0]
sl.sqrtm(np.array([[4., 1], [2, 3]]),disp=True)
sl.sqrtm(np.array([[4., 1], [2, 3]]),blocksize=3)
sl.signm(np.array([[4., 1], [2, 3]]),disp=False).round(9)+0.
sl.null_space(np.array([[4., 1], [2, 3]]),lapack_driver="x")
sl.null_space(np.array([[4., 1], [2, 3]]),lapack_driver="gesvd")
sl.eigvalsh(np.array([[4., 1], [2, 3]]),np.eye(2)*2,type=2)
sl.eigvalsh(np.array([[4., 1], [2, 3]]),type=2)
sl.eigvalsh(np.array([[4., 1], [2, 3]]),driver="x")
sl.eigvalsh(np.array([[4., 1], [2, 3]]),driver="ev")
sl.eigvalsh(np.array([[4., 1], [2, 3]]),lower=False)
sl.lstsq(np.array([[4., 1], [2, 3]]),[1,2.],lapack_driver="x")
sl.lstsq(np.array([[4., 1], [2, 3]]),[1,2.],lapack_driver="gelsy")
np.abs(np.linalg.svd(np.array([[4., 1], [2, 3]]),hermitian=True)[0])
np.linalg.svd([[1,2],[2,-3.]],hermitian=True)[1]
np.linalg.svd([[1,2],[5,-3.]],hermitian=True,compute_uv=False)
np.linalg.svd(np.ones((2,3)),hermitian=True)

# %%% answers of unusual questions
np.bincount((1.,2.))
np.bincount([1.5])
np.isposinf([1j])
np.isposinf([np.inf,1])
np.isneginf([-np.inf,1])
np.isneginf("a")
np.median(np.zeros((0,3)),axis=1)
np.median(np.zeros((0,3)),axis=0)
np.median(np.zeros((0,3)),axis=2)
np.median([])
np.median(np.zeros((0,3)),axis=1,keepdims=True)
np.sin(np.array([1],dtype="u1"),casting="safe")
np.sin([1],casting="same_kind")
np.add([1],[2.],casting="unsafe")
np.expm1([True],casting="unsafe")
np.intersect1d(np.array([1,2,None],dtype=object)[:2],np.array([2,3],dtype=object))
np.intersect1d(['a','b','b'],['b','c'],return_indices=True)
np.setdiff1d(['a','b','c'],['b'],assume_unique=True)
np.setxor1d(['a','b'],['b','c'])
np.union1d(['a','b'],['b','c'])
np.spacing([1,2])
np.spacing(np.array([1,7],dtype="u2"))
np.spacing(np.array([1,7],dtype="i1"))
np.spacing(True)
np.spacing(1j)
np.spacing([np.inf,-1.,0,-0.,np.nan,1e-320])
np.spacing(np.float32([1,-3]))
np.spacing(np.float16(3))
np.spacing(2.5)
np.spacing([[1.,2]],dtype='f4')

# %% weights of histograms keep their dtype
for w in ([1, 2, 3], np.float32([1, 2, 3]), [1j, 2, 3], np.array([100, 200, 100], 'u1'), [1.5, 2, 3]):
    for more in ({'bins': 2}, {'bins': [0, 2.5, 4]}, {'bins': 2, 'density': True}):
        h, e = np.histogram([1, 2, 3.], weights=w, **more)
        print(repr(h), h.dtype, e)
