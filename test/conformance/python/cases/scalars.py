# %% setup
import numpy as np
import operator
import pickle

# %%% operators of scalars of every kind
[(np.int64(7) // 2, np.int64(-7) % 3, np.int64(2) ** 10, np.int64(6) & 3, np.int64(1) << 4, divmod(np.int64(-7), 2))]
[type(np.float32(1.5) + x).__name__ for x in (1, 2.5, 1j, True, np.int8(1), np.int32(1), np.float64(1), np.complex64(1), np.True_)]
[type(x + np.uint8(3)).__name__ for x in (1, 2.5, 1j, True, np.int8(1), np.uint16(1), np.int64(1), np.uint64(1), np.float32(1))]
[np.float32(1) / 3, np.float32(7.5) // 2, np.float32(-7.5) % 2, np.float32(3) ** 2, -np.float32(2), abs(np.float32(-2))]
[np.complex64(2 - 3j) / np.complex64(1 + 1j), np.complex64(1 + 2j) * 1.1, np.complex128(2 - 3j) / (1 + 1j), np.complex128(1j) * np.float64(2)]
[np.int8(-128) // -7, abs(np.int8(-5)), ~np.uint8(3), ~np.int8(3), -np.int16(4), np.uint8(200) + 55]
[np.int64(3) / 2, np.int64(2**53 + 1) / 3, np.uint64(2**63) / np.uint64(7), np.int32(5) / np.float32(2)]
[np.float64(2.675).round(2), round(np.float64(-0.0004), 2), round(np.float32(2.675), 2), round(np.float64(2.5)), np.float64(1234.5).round(-2)]
[np.int32(-5) >> np.int32(2147483647), np.int8(-1) >> 100, np.int8(1) << 100]
[np.True_ + 1, 2 - np.True_, np.True_ / 2, np.int64(3) + np.True_, True + np.int8(1)]
np.uint8(200) + 300
np.int64(5) + 10**30
np.float64(5) + 10**30
np.int32(5) / 10**30
np.complex64(1) % 2
divmod(1.5, np.complex128(1j))
np.int64(2) ** -1
np.int8(100) + np.int8(100)
np.uint8(1) - np.uint8(2)
np.float32(3e38) * 10
np.float32(1) + 1e300
np.int64(1) / 0
np.float64(1) // 0
divmod(np.int64(1), np.int64(0))
np.float64(1.0) / np.int64(0)

# %% arrays and lists beside scalars
print(np.array([np.float32(1), 2]).dtype, np.array([np.int8(3), np.int16(4)]).dtype, np.array([[np.uint8(3), True], [False, np.True_]]).dtype)
print(np.array([np.uint64(5), np.int64(1)]).dtype, np.array([np.float32(1.5), np.float32(2)]))
print((np.ones(2, 'f4') * np.float64(2)).dtype, (np.ones(2, 'u1') * np.uint8(255) * np.uint8(2)), (np.arange(3) * np.float32(2)).dtype)
print(np.multiply(np.uint8(200), 2), np.minimum(np.float32(1), 2.5), np.power(2, 3), np.hypot(3, 4), np.maximum(1.5, 2), np.arctan2(1, 1))
print(np.sqrt(np.float32(2)), np.exp(0), np.abs(np.int8(-3)), np.isnan(np.float32('nan')), np.square(10**20))
for kind in '?bhilBHILfdFD':
    a = np.array([1, 0, 3]).astype(kind)
    a[1] = a[0]
    a[2] = np.float32(1)
    print(repr(a[0]), repr(a[2]), a.tolist())

# %% functions know how they are called
print(pickle.loads(pickle.dumps(np.sum)) is np.sum, np.eye.__qualname__, np.linalg.svd.__module__)
