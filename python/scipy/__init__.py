"""SciPy's linear algebra over Eigenscope's engine: `scipy.linalg`, `scipy.sparse`, and Matrix Market files in `scipy.io`."""

__version__ = '1.17.1'
_here = ('io', 'linalg', 'sparse', 'version')
_elsewhere = {'cluster', 'constants', 'datasets', 'differentiate', 'fft', 'fftpack', 'integrate', 'interpolate', 'misc', 'ndimage', 'odr', 'optimize',
              'signal', 'spatial', 'special', 'stats'}


def __getattr__(name):
    if name in _here:
        import importlib

        return importlib.import_module(f'scipy.{name}')
    if name in _elsewhere:
        raise AttributeError(f"module 'scipy' has no attribute '{name}' here: Eigenscope has scipy.io, scipy.linalg and scipy.sparse")
    raise AttributeError(f"module 'scipy' has no attribute '{name}'")


def __dir__():
    return [*_here, '__version__']
