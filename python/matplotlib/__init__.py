"""The plotting that Eigenscope has under matplotlib's names: `pyplot` and the axes and figures it makes."""

import contextlib

from cycler import cycler

__version__ = '3.10.0'

rcParams = {
    'figure.figsize': [6.4, 4.8],
    'figure.dpi': 100.0,
    'lines.linewidth': 1.5,
    'lines.markersize': 6.0,
    'image.cmap': 'viridis',
    'axes.grid': False,
    'font.size': 10.0,
    'axes.prop_cycle': cycler(color=['#1f77b4', '#ff7f0e', '#2ca02c', '#d62728', '#9467bd', '#8c564b', '#e377c2', '#7f7f7f', '#bcbd22', '#17becf']),
}


# The settings as they are at the start.
rcParamsDefault = dict(rcParams)


def rc(group, **settings):
    """Sets defaults of a group: `rc('lines', linewidth=2)`."""
    rcParams.update({f'{group}.{name}': value for name, value in settings.items()})


@contextlib.contextmanager
def rc_context(rc=None, fname=None):
    """Other defaults for a while."""
    before = dict(rcParams)
    rcParams.update(rc or {})
    try:
        yield
    finally:
        rcParams.clear()
        rcParams.update(before)


def use(backend, *, force=True):
    """Figures are always drawn by the page; any backend is accepted."""


def get_backend():
    return 'eigenscope'


from . import cm as cm  # noqa: E402

colormaps = cm.colormaps


def __getattr__(name):
    import importlib

    try:
        return importlib.import_module(f'matplotlib.{name}')
    except ModuleNotFoundError:
        raise AttributeError(f"module 'matplotlib' has no attribute '{name}'") from None
