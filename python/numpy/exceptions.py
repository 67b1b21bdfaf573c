"""Exceptions and warnings of NumPy."""

__all__ = ['AxisError', 'ComplexWarning', 'DTypePromotionError', 'RankWarning', 'TooHardError', 'VisibleDeprecationWarning']


class AxisError(ValueError, IndexError):
    """Axis supplied was invalid."""

    def __init__(self, axis, ndim=None, msg_prefix=None):
        if ndim is None and msg_prefix is None:
            self._msg = axis
        else:
            self._msg = f'axis {axis} is out of bounds for array of dimension {ndim}'
            if msg_prefix is not None:
                self._msg = f'{msg_prefix}: {self._msg}'
        super().__init__(self._msg)

    def __str__(self):
        return str(self._msg)


class ComplexWarning(RuntimeWarning):
    """A complex dtype was cast to a real one, which discards its imaginary part."""


class VisibleDeprecationWarning(UserWarning):
    """A deprecation that users should see."""


class RankWarning(RuntimeWarning):
    """The matrix of a polynomial fit is rank-deficient."""


class TooHardError(RuntimeError):
    """The problem would take too long."""


class DTypePromotionError(TypeError):
    """DTypes have no common one."""


class LinAlgError(ValueError):
    """Raised by functions of linear algebra when something is wrong with the matrix."""

    __module__ = 'numpy.linalg'


class UFuncTypeError(TypeError):
    __module__ = 'numpy._core._exceptions'


class _UFuncNoLoopError(UFuncTypeError):
    __module__ = 'numpy._core._exceptions'


_UFuncNoLoopError.__name__ = 'UFuncTypeError'


class _UFuncCastingError(UFuncTypeError):
    __module__ = 'numpy._core._exceptions'


class _UFuncOutputCastingError(_UFuncCastingError):
    __module__ = 'numpy._core._exceptions'


_UFuncCastingError.__name__ = _UFuncOutputCastingError.__name__ = 'UFuncTypeError'


class _ArrayMemoryError(MemoryError):
    __module__ = 'numpy._core._exceptions'


_ArrayMemoryError.__name__ = 'MemoryError'
