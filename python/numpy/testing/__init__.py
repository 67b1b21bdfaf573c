"""Comparisons that raise AssertionError, as numpy.testing."""

import contextlib as _contextlib
import unittest as _unittest
import warnings as _warnings

from .. import _core  # noqa: F401
from .._core import link as _link
from .._core.creation import array as _array, asarray as _asarray
from .._core.dtypes import common_type as _common_type
from .._core.elementwise import iscomplexobj as _iscomplexobj, isclose as _isclose, where as _where
from .._core.composed import spacing as _spacing
from .._core.generic import complexfloating as _complexfloating
from .._core.shaping import broadcast_arrays as _broadcast
from .._core.ufuncs import absolute as _absolute, maximum as _maximum

__all__ = ['assert_', 'assert_allclose', 'assert_almost_equal', 'assert_approx_equal', 'assert_array_almost_equal', 'assert_array_equal', 'assert_array_less',
           'assert_equal', 'assert_raises', 'assert_raises_regex', 'assert_warns', 'assert_no_warnings', 'assert_array_max_ulp', 'assert_array_almost_equal_nulp', 'assert_string_equal', 'print_assert_equal', 'suppress_warnings', 'IgnoreException',
           'SkipTest', 'TestCase', 'build_err_msg', 'clear_and_catch_warnings', 'tempdir', 'temppath', 'IS_PYPY', 'IS_WASM', 'HAS_REFCOUNT', 'verbose']

_ndarray = _link.ndarray


def assert_(val, msg=''):
    """Assert that works in release mode."""
    if not val:
        raise AssertionError(msg() if callable(msg) else msg)


def _message(x, y, header, notes, err_msg, names=('ACTUAL', 'DESIRED'), verbose=True):
    lines = ['\n' + header]
    if err_msg:
        if '\n' not in err_msg and '\n' not in header and len(err_msg) < 79 - len(header):
            lines[0] = f'\n{header} {err_msg}'
        else:
            lines = ['\n' + header.rstrip('\n'), err_msg]
    lines += notes
    if verbose:
        for name, value in zip(names, (x, y)):
            text = repr(value)
            if text.count('\n') > 2:
                text = '\n'.join(text.splitlines()[:3]) + '...'
            lines.append(f' {name}: {text}')
    return '\n'.join(lines)


def _compare(matches, x, y, header, err_msg, verbose=True, equal_nan=True, strict=False, names=('ACTUAL', 'DESIRED')):
    a, b = _asarray(x), _asarray(y)
    if (a.shape != b.shape and a.ndim and b.ndim) or (strict and (a.shape != b.shape or a.dtype != b.dtype)):
        note = f'(shapes {a.shape}, {b.shape} mismatch)' if a.shape != b.shape else f'(dtypes {a.dtype}, {b.dtype} mismatch)'
        raise AssertionError(_message(x if not isinstance(x, (list, tuple)) else a, y if not isinstance(y, (list, tuple)) else b, header, [note], err_msg, verbose=verbose))
    p, q = _broadcast(a, b)
    flagged = None
    if equal_nan and a.dtype.kind in 'fc' and b.dtype.kind in 'biufc':
        from .._core.ufuncs import isnan

        nan_p, nan_q = isnan(p), isnan(q) if b.dtype.kind in 'fc' else isnan(q.astype(float))
        if not bool((nan_p == nan_q).all()):
            raise AssertionError(_message(a, b, header, ['nan location mismatch:'], err_msg, verbose=verbose))
        flagged = nan_p
    same = _asarray(matches(p, q))
    if flagged is not None:
        same = same | flagged
    if bool(same.all()):
        return
    n = same.size if flagged is None else same.size - int(flagged.sum())
    wrong = int((~same).sum())
    notes = [f'Mismatched elements: {wrong} / {n} ({100 * wrong / n:.3g}%)']
    if a.dtype.kind in 'biufc' and b.dtype.kind in 'biufc':
        with _link_errors():
            import numpy as np

            pp, qq = (v.astype(float) if v.dtype.kind in 'biu' else v for v in (p, q))
            shown = ~same
            error = np.abs(pp - qq)
            error_at = error[shown] if error.ndim else error.reshape(1)
            places = np.argwhere(shown)[:5] if same.ndim else []
            if same.ndim:
                first = 'First 5 mismatches are at indices:' if wrong > 5 else 'Mismatch at index:' if wrong == 1 else 'Mismatch at indices:'
                rows = [f' [{", ".join(map(str, place.tolist()))}]: {p[tuple(place.tolist())]} ({names[0]}), {q[tuple(place.tolist())]} ({names[1]})' for place in places]
                notes.append('\n'.join([first, *rows]))
            worst = error_at.max()
            if a.dtype.kind in 'biu' and b.dtype.kind in 'biu':
                worst = type(a.max() if a.ndim else a[()])(int(worst)) if a.dtype == b.dtype else np.int64(int(worst))
            notes.append(f'Max absolute difference among violations: {_text(error_at.max() if error_at.size and a.dtype.kind in "fc" or b.dtype.kind in "fc" else worst)}')
            nonzero = (qq != 0) & shown
            if bool(nonzero.all() if nonzero.ndim == 0 else nonzero.any()):
                relative = (error[nonzero] / np.abs(qq[nonzero])) if error.ndim else error / np.abs(qq)
                notes.append(f'Max relative difference among violations: {_text(np.max(relative) if bool(nonzero[shown].all() if nonzero.ndim else True) else np.max(relative))}')
            else:
                notes.append('Max relative difference among violations: inf')
    raise AssertionError(_message(x if isinstance(x, _ndarray) else a, y if isinstance(y, _ndarray) else b, header, notes, err_msg, names, verbose=verbose))


def _text(x):
    text = str(x)
    if isinstance(x, float):
        import numpy as np

        return np.array2string(np.asarray([x]))[1:-1].strip()
    return text


def _link_errors():
    from .._core.errors import errstate

    return errstate(all='ignore')


def assert_allclose(actual, desired, rtol=1e-07, atol=0, equal_nan=True, err_msg='', verbose=True, *, strict=False):
    """Raises an AssertionError if two objects are not equal up to desired tolerance."""
    _compare(lambda x, y: _isclose(x, y, rtol, atol, equal_nan), actual, desired, f'Not equal to tolerance rtol={rtol:g}, atol={atol:g}\n', err_msg, verbose,
             equal_nan, strict)


def assert_array_equal(actual, desired, err_msg='', verbose=True, *, strict=False):
    """Raises an AssertionError if two array_like objects are not equal."""
    _compare(lambda x, y: x == y, actual, desired, 'Arrays are not equal\n', err_msg, verbose, True, strict)


def assert_array_almost_equal(actual, desired, decimal=6, err_msg='', verbose=True):
    """Raises an AssertionError if two objects are not equal up to desired precision."""
    _compare(lambda x, y: abs(x * 1.0 - y) < 1.5 * 10.0 ** (-decimal), actual, desired, f'Arrays are not almost equal to {decimal} decimals\n', err_msg, verbose)


def assert_almost_equal(actual, desired, decimal=7, err_msg='', verbose=True):
    """Raises an AssertionError if two items are not equal up to desired precision."""
    if isinstance(actual, (_ndarray, tuple, list)) or isinstance(desired, (_ndarray, tuple, list)):
        assert_array_almost_equal(actual, desired, decimal, err_msg)
        return
    both_nan = actual != actual and desired != desired
    if both_nan or actual == desired:
        return
    if abs(desired - actual) >= 1.5 * 10.0 ** (-decimal) or actual != actual or desired != desired:
        raise AssertionError(_message(actual, desired, f'Arrays are not almost equal to {decimal} decimals', [], err_msg, verbose=verbose))


def assert_approx_equal(actual, desired, significant=7, err_msg='', verbose=True):
    """Raises an AssertionError if two items are not equal up to significant digits."""
    import math

    if actual == desired:
        return
    scale = 10 ** math.floor(math.log10(0.5 * (abs(desired) + abs(actual))))
    if abs(desired / scale - actual / scale) >= 10.0 ** -(significant - 1):
        raise AssertionError(_message(actual, desired, f'Items are not equal to {significant} significant digits:', [], err_msg, verbose=verbose))


def assert_array_less(x, y, err_msg='', verbose=True, *, strict=False):
    """Raises an AssertionError if two array_like objects are not ordered by less than."""
    _compare(lambda a, b: a < b, x, y, 'Arrays are not strictly ordered `x < y`\n', err_msg, verbose, True, strict, ('x', 'y'))


def assert_equal(actual, desired, err_msg='', verbose=True, *, strict=False):
    """Raises an AssertionError if two objects are not equal."""
    if isinstance(desired, dict):
        if not isinstance(actual, dict):
            raise AssertionError(repr(type(actual)))
        assert_equal(len(actual), len(desired), err_msg)
        for k in desired:
            if k not in actual:
                raise AssertionError(repr(k))
            assert_equal(actual[k], desired[k], f'key={k!r}\n{err_msg}')
        return
    if isinstance(desired, (list, tuple)) and isinstance(actual, (list, tuple)):
        assert_equal(len(actual), len(desired), err_msg)
        for k in range(len(desired)):
            assert_equal(actual[k], desired[k], f'item={k!r}\n{err_msg}')
        return
    if isinstance(actual, _ndarray) or isinstance(desired, _ndarray):
        assert_array_equal(actual, desired, err_msg, verbose, strict=strict)
        return
    if actual != actual and desired != desired:
        return
    if not actual == desired:
        raise AssertionError(_message(actual, desired, 'Items are not equal:', [], err_msg, verbose=verbose))


def _ulps(x, y, dtype=None):
    """How many numbers of their dtype lie between elements: the difference of their bits, read as integers."""
    x, y = (_asarray(v, dtype) for v in (x, y))
    t = _common_type(x, y)
    if issubclass(t, _complexfloating):
        raise NotImplementedError('_nulp not implemented for complex array')
    if x.shape != y.shape:
        raise ValueError(f'Arrays do not have the same shape: {x.shape} - {y.shape}')
    steps = []
    for v in (x, y):
        v = _array([v], dtype=t)
        bits = v.view({2: 'int16', 4: 'int32', 8: 'int64'}[v.itemsize])
        lowest = -(1 << (8 * v.itemsize - 1))
        steps.append(_where(bits < 0, lowest - bits, bits))
    return _absolute((steps[0] - steps[1]).astype('float64'))


def assert_array_max_ulp(a, b, maxulp=1, dtype=None):
    """Check that all items of arrays differ in at most N Units in the Last Place."""
    apart = _ulps(a, b, dtype)
    if not (apart <= maxulp).all():
        raise AssertionError(f'Arrays are not almost equal up to {maxulp:g} ULP (max difference is {apart.max():g} ULP)')
    return apart


def assert_array_almost_equal_nulp(x, y, nulp=1):
    """Compare two arrays relatively to their spacing."""
    reference = nulp * _spacing(_maximum(_absolute(x), _absolute(y)))
    if (_absolute(x - y) <= reference).all():
        return
    if _iscomplexobj(x) or _iscomplexobj(y):
        raise AssertionError(f'Arrays are not equal to {nulp} ULP')
    raise AssertionError(f'Arrays are not equal to {nulp} ULP (max is {_ulps(x, y).max():g})')


def assert_string_equal(actual, desired):
    """Test if two strings are equal."""
    import difflib
    import re

    for value in (actual, desired):
        if not isinstance(value, str):
            raise AssertionError(repr(type(value)))
    if desired == actual:
        return
    lines = list(difflib.Differ().compare(actual.splitlines(True), desired.splitlines(True)))
    differing = []
    for k, line in enumerate(lines):
        following = lines[k + 1] if k + 1 < len(lines) else ''
        if line.startswith('- ') and following.startswith('+ ') and not re.match(r'\A' + following[2:] + r'\Z', line[2:]):
            differing += [line, following] + ([lines[k + 2]] if k + 2 < len(lines) and lines[k + 2].startswith('? ') else [])
        elif line.startswith('- ') and not following.startswith('+ '):
            differing.append(line)
        elif line.startswith('+ ') and not (k and lines[k - 1].startswith('- ')):
            differing.append(line)
    if differing:
        raise AssertionError(f"Differences in strings:\n{''.join(differing).rstrip()}")


def print_assert_equal(test_string, actual, desired):
    """Test if two objects are equal, and print an error message if the test fails."""
    import pprint

    if not actual == desired:
        raise AssertionError(f'{test_string} failed\nACTUAL: \n{pprint.pformat(actual)}\nDESIRED: \n{pprint.pformat(desired)}\n')


def build_err_msg(arrays, err_msg, header='Items are not equal:', verbose=True, names=('ACTUAL', 'DESIRED'), precision=8):
    """The message of a comparison that failed."""
    return _message(*arrays, header, [], str(err_msg), names, verbose)


class IgnoreException(Exception):
    """Ignoring this exception due to disabled feature."""


SkipTest = _unittest.SkipTest
TestCase = _unittest.TestCase
IS_PYPY, IS_WASM, HAS_REFCOUNT, verbose = False, False, True, 0


class clear_and_catch_warnings(_warnings.catch_warnings):
    """Context manager that catches warnings anew."""

    def __init__(self, record=False, modules=()):
        super().__init__(record=record)


@_contextlib.contextmanager
def tempdir(*args, **kwargs):
    """A folder that is gone afterwards."""
    import tempfile

    with tempfile.TemporaryDirectory(*args, **kwargs) as folder:
        yield folder


@_contextlib.contextmanager
def temppath(*args, **kwargs):
    """The path of a file that is gone afterwards."""
    import os
    import tempfile

    number, path = tempfile.mkstemp(*args, **kwargs)
    os.close(number)
    try:
        yield path
    finally:
        os.remove(path)


_case = _unittest.TestCase()


def assert_raises(*args, **kwargs):
    """Fail unless an exception of class exception_class is thrown."""
    return _case.assertRaises(*args, **kwargs)


def assert_raises_regex(*args, **kwargs):
    """Fail unless an exception of class exception_class and with message that matches is thrown."""
    return _case.assertRaisesRegex(*args, **kwargs)


@_contextlib.contextmanager
def _warns(category):
    with _warnings.catch_warnings(record=True) as found:
        _warnings.simplefilter('always')
        yield
    if not any(issubclass(w.category, category) for w in found):
        raise AssertionError(f'{category.__name__} not raised')


def assert_warns(warning_class, *args, **kwargs):
    """Fail unless the given callable throws the specified warning."""
    if not args:
        return _warns(warning_class)
    with _warns(warning_class):
        return args[0](*args[1:], **kwargs)


@_contextlib.contextmanager
def _no_warnings():
    with _warnings.catch_warnings(record=True) as found:
        _warnings.simplefilter('always')
        yield
    if found:
        raise AssertionError(f'Got warnings: {found}')


def assert_no_warnings(*args, **kwargs):
    """Fail if the given callable produces any warnings."""
    if not args:
        return _no_warnings()
    with _no_warnings():
        return args[0](*args[1:], **kwargs)


class suppress_warnings(_warnings.catch_warnings):
    """Context manager that suppresses warnings."""

    def __enter__(self):
        super().__enter__()
        return self

    def filter(self, category=Warning, message='', module=None):
        """Ignore warnings of a category."""
        _warnings.filterwarnings('ignore', message, category)
