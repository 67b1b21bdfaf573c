"""What this numpy runs on."""

import json
import sys

from . import link


def _facts():
    return json.loads(link.engine.facts())


def show_config(mode='stdout'):
    """Show the libraries and the processor that this numpy uses."""
    facts = _facts()
    blas = {'name': 'openblas', 'found': True, 'version': facts['version'], 'detection method': 'Eigenscope', 'openblas configuration': facts['config'],
            'core': facts['core'], 'threads': facts['threads']}
    config = {'Compilers': {}, 'Machine Information': {'host': {'cpu': facts['cpu'], 'endian': 'little', 'system': facts['system']}},
              'Build Dependencies': {'blas': blas, 'lapack': dict(blas)}, 'Python Information': {'version': sys.version.split()[0]}}
    if mode == 'dicts':
        return config
    if mode != 'stdout':
        raise AttributeError(f"Invalid `mode`, use one of: 'stdout', 'dicts'")
    _show(config, 0)
    return None


def _show(part, depth):
    for key, value in part.items():
        if isinstance(value, dict):
            print(f"{'  ' * depth}{key}:")
            _show(value, depth + 1)
        else:
            print(f"{'  ' * depth}{key}: {str(value).lower() if isinstance(value, bool) else value}")


def show_runtime():
    """Print information about the resources of the system and the libraries in use."""
    facts = _facts()
    print([{'numpy_version': '2.4.6', 'python': sys.version, 'engine': 'Eigenscope'},
           {'architecture': facts['core'], 'internal_api': 'openblas', 'num_threads': facts['threads'], 'version': facts['version']}])


def get_include():
    """There are no headers: C extensions cannot be compiled here."""
    raise OSError('there are no C headers here')


def _info_of_name(name, maxwidth, out):
    """What is known of a name, wherever in numpy it is."""
    import importlib

    seen = []
    for place in ('numpy', 'numpy.fft', 'numpy.linalg', 'numpy.ma', 'numpy.polynomial', 'numpy.random', 'numpy.testing'):
        found = getattr(importlib.import_module(place), name, None) if name in dir(importlib.import_module(place)) else None
        if found is None or isinstance(found, type(sys)):
            continue
        if any(found is other for other in seen):
            print(f'\n     *** Repeat reference found in {place} *** ', file=out)
            continue
        seen.append(found)
        print(f'     *** Found in {place} ***', file=out)
        info(found, maxwidth, out)
        print('-' * maxwidth, file=out)
    if not seen:
        print(f'Help for {name} not found.', file=out)
    elif len(seen) > 1:
        print(f'\n     *** Total of {len(seen)} references found. ***', file=out)


def info(object=None, maxwidth=76, output=None, toplevel='numpy'):
    """Get help information for an array, function, class, or module."""
    out = output or sys.stdout
    if isinstance(object, link.ndarray):
        f = object.flags
        print(f'class:  ndarray\nshape:  {object.shape}\nstrides:  {object.strides}\nitemsize:  {object.itemsize}\naligned:  True\ncontiguous:  {f.contiguous}\n'
              f"fortran:  {f.f_contiguous}\ndata pointer: {object.__array_interface__['data'][0]:#x}\nbyteorder:  little\nbyteswap:  False\ntype: {object.dtype}", file=out)
    elif isinstance(object, str):
        _info_of_name(object, maxwidth, out)
    else:
        import inspect

        print(inspect.getdoc(object) or '', file=out)
