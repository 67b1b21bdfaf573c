"""How many threads the linear algebra library uses."""

import contextlib as _contextlib
import json as _json

import _eigenscope as _engine

__version__ = '3.6.0'
__all__ = ['threadpool_limits', 'threadpool_info', 'ThreadpoolController']


def threadpool_info():
    """A list with one dictionary: the OpenBLAS in use, its version, processor core and number of threads."""
    facts = _json.loads(_engine.facts())
    return [{'user_api': 'blas', 'internal_api': 'openblas', 'num_threads': facts['threads'], 'prefix': 'libopenblas', 'filepath': facts['path'],
             'version': facts['version'], 'threading_layer': 'pthreads', 'architecture': facts['core']}]


class threadpool_limits(_contextlib.ContextDecorator):
    """
    threadpool_limits(limits=None, user_api=None)

    Change the number of threads that BLAS uses, for a while (`with`) or from now on.
    """

    def __init__(self, limits=None, user_api=None):
        if user_api not in (None, 'blas', 'openmp'):
            raise ValueError(f"user_api must be either in ['blas', 'openmp'] or None. Got {user_api} instead.")
        if isinstance(limits, dict):
            limits = limits.get('blas')
        elif isinstance(limits, list):
            limits = next((part['num_threads'] for part in limits if part['user_api'] == 'blas'), None)
        self._before = threadpool_info()[0]['num_threads']
        if limits is not None and user_api != 'openmp':
            if not isinstance(limits, int):
                raise TypeError('limits must either be an int, a list, a dict, or None')
            _engine.setThreads(max(1, limits))

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.restore_original_limits()

    def restore_original_limits(self):
        """Set the limits back to what they were."""
        _engine.setThreads(self._before)

    unregister = restore_original_limits

    def get_original_num_threads(self):
        """The number of threads before, by library."""
        return {'blas': self._before, 'openmp': None}


class ThreadpoolController:
    """The libraries in use and a way to limit them."""

    def info(self):
        """As `threadpool_info`."""
        return threadpool_info()

    def limit(self, *, limits=None, user_api=None):
        """As `threadpool_limits`."""
        return threadpool_limits(limits, user_api)

    def select(self, **kwargs):
        """The controller itself: there is one library."""
        return self
