# %% setup
import numpy as np
x = np.array([0.0, 1, 2, 3])
y = np.array([1.0, 3, 5, 7.2])
p = np.poly1d([1, 2, 3])
q = np.poly1d([1, -1])

# %%% functions
np.polyfit(x, y, 1)
np.polyfit(x, y, 2).round(8)
np.polyfit(x, y, 0)
np.polyfit(x, np.column_stack([y, 2 * y]), 1)
np.polyfit(x, y, 1, w=[1, 1, 1, 2])
np.polyfit(x, y, 1, full=True)[1].round(8)
np.polyfit(x, y, 1, cov=True)[1].round(6)
np.polyfit(x, y[:3], 1)
np.polyfit(x, y, -1)
np.polyfit([1, 2], [3, 4], 5).shape
np.polyval([1, 2, 3], 2)
np.polyval([1, 2, 3], [0, 1, 2])
np.polyval([1.5, 0], 4)
np.roots([1, -3, 2])
np.roots([1, 0, 1])
np.roots([2, 0])
np.roots([0, 0, 1, -1])
np.roots([5])
np.poly([1, 2, 3])
np.poly([[1, 0], [0, 2]])
np.polyadd([1, 2], [3, 4, 5])
np.polysub([1, 2], [1, 0])
np.polymul([1, 1], [1, -1])
np.polydiv([1, 0, -1], [1, 1])
np.polydiv([1, 2, 3], [2, 1])
np.polyder([1, 2, 3])
np.polyder([1, 2, 3], 2)
np.polyint([3, 2, 1])
np.polyint([2, 0], k=5)
p(2)
p([0, 1])
p.order
p.coeffs
p.c
p.r
p.roots
p.deriv()
p.integ()
p + q
p - q
p * q
p / q
p * 2
2 * p
p + 1
p ** 2
-p
p[0]
p[2]
p[7]
p == np.poly1d([1, 2, 3])
p != q
len(p)
repr(p)
str(p)
print(p)
print(np.poly1d([1, 0, -2.5, 0]))
print(np.poly1d([-1, 1]))
print(np.poly1d([3]))
np.poly1d([1, 2], True)
np.poly1d([1, 2], variable='z')
str(np.poly1d([1, 2], variable='z'))
np.poly1d([0, 0, 1])
np.poly1d(np.polyfit(x, y, 1))(4)
list(p)
np.asarray(p)
p(q)

# %% coefficients are set by their powers
p = np.poly1d([1, 2, 3])
p[0] = 7
p[4] = 5
print(p.coeffs, p.order, p(2))
try:
    p[-1] = 3
except ValueError as e:
    print(e)

# %% series along axes, and what is refused in derivatives, integrals, fits and powers
import numpy as np
from numpy.polynomial import polynomial as P, chebyshev as C, legendre as L, Polynomial
c2 = np.arange(6.0).reshape(3, 2)
for M, n in ((P, 'poly'), (C, 'cheb'), (L, 'leg')):
    print(getattr(M, n + 'der')(c2).tolist(), getattr(M, n + 'der')(c2, axis=1).tolist(), getattr(M, n + 'int')(c2, 1, [1]).round(4).tolist(), getattr(M, n + 'int')(c2, axis=1, lbnd=1).round(4).tolist())
    for bad in (lambda f: f('int')([0], 0.5), lambda f: f('int')([0], -1), lambda f: f('int')([0], 1, [0, 0]), lambda f: f('int')([0], lbnd=[0]), lambda f: f('int')([0], scl=[0]),
                lambda f: f('der')([0], -1), lambda f: f('der')([1, 2, 3], axis=0.5), lambda f: f('der')([1, 2], axis=1), lambda f: f('vander')([1, 2], -1), lambda f: f('pow')([1, 2], 1.5),
                lambda f: f('fit')([1], [[[1]]], 0), lambda f: f('fit')([1], [1], 0, w=[[1]]), lambda f: f('fit')([1], [1], 0, w=[1, 1]), lambda f: f('fit')([1], [1], [])):
        try:
            print(bad(lambda name: getattr(M, n + name)))
        except Exception as e:
            print(type(e).__name__, e)
print(P.polyvalfromroots([1, 2, 3], [[1, 2, 3], [4, 5, 6]]), P.polyvalfromroots([1.0, 2], [1, 3]), Polynomial([1, 2, 3]).mapparms())
print(np.polynomial.polyutils.getdomain([1, 1j]), np.polynomial.polyutils.getdomain([1, 5, 3]))
for bad in (lambda: [1] / Polynomial([1, 2]), lambda: 2 / Polynomial([1, 2])):
    try:
        print(bad())
    except TypeError as e:
        print(e)
