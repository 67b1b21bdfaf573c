# %% setup
import numpy as np
from numpy.testing import (assert_allclose, assert_almost_equal, assert_array_almost_equal, assert_array_equal, assert_array_less,
                           assert_equal, assert_raises, assert_)

# %%% passes
assert_allclose([1, 2], [1, 2 + 1e-9])
assert_array_equal([1, 2], [1, 2])
assert_array_equal([1, np.nan], [1, np.nan])
assert_almost_equal(1.0, 1.00000001)
assert_array_almost_equal([1.0], [1.0000001])
assert_equal([1, [2, 3]], [1, [2, 3]])
assert_equal({'a': 1}, {'a': 1})
assert_array_less([1, 2], [2, 3])
assert_raises(ValueError, int, 'x')
assert_(True)
assert_array_equal(np.ones((2, 2)), 1)
assert_allclose(np.eye(2), np.eye(2))

# %%% fails
assert_allclose([1.0, 2.0], [1.0, 2.1])
assert_allclose([1.0, 2.0], [1.0, 2.0, 3.0])
assert_allclose(1.0, 1.1)
assert_array_equal([1, 2], [1, 3])
assert_array_equal([1.0, 2.5], [1.0, 3.0])
assert_array_equal([1.0, np.nan], [1.0, 2.0])
assert_almost_equal(1.0, 1.1)
assert_almost_equal(1.0, 1.1, decimal=3)
assert_array_almost_equal([1.0], [1.1])
assert_equal(1, 2)
assert_equal([1, 2], [1, 3])
assert_equal({'a': 1}, {'a': 2})
assert_array_less([1, 5], [2, 3])
assert_(False)
assert_(False, 'wrong')
assert_allclose([1.0, 2.0], [1.0, 2.1], err_msg='here')

# %% context
with assert_raises(np.linalg.LinAlgError):
    np.linalg.inv(np.zeros((2, 2)))
try:
    with assert_raises(ValueError):
        pass
except AssertionError as e:
    print(e)

# %% differences are those of the elements that are wrong
try:
    np.testing.assert_array_less([1, 2], [2, 2])
except AssertionError as error:
    print(error)
import warnings
with warnings.catch_warnings():
    warnings.simplefilter('ignore')
    with np.testing.suppress_warnings() as quiet:
        quiet.filter(RuntimeWarning)
        print(np.ones(1) / 0)
