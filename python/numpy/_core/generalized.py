"""Functions of whole vectors and matrices as objects: `np.matmul`, `np.vecdot`, `np.matvec` and `np.vecmat`."""

import operator

from ..exceptions import AxisError
from . import link
from .creation import asanyarray as asarray
from .derived import derived, overridden, plain, wrapped
from .dtypes import as_dtype, can_cast
from .link import call
from .shaping import moveaxis
from .ufuncs import _single, ufunc

ndarray = link.ndarray
_keywords = "/, out=None, *, casting='same_kind', order='K', dtype=None, subok=True[, signature, axes, axis]"


class product(ufunc):
    """A function whose loop is over the axes before those that it works on itself, its core."""

    __module__ = 'numpy'

    def __init__(self, name, signature, doc):
        super().__init__(name, 2, f'{name}(x1, x2, {_keywords})\n\n{doc}')
        self.signature = signature
        ins, _, outs = signature.partition('->')
        self._cores = [part.split(',') if part else [] for part in (*ins[1:-1].split('),('), outs[1:-1])]

    def __call__(self, *args, **kwargs):
        return self._plain(*args, **kwargs) if kwargs or len(args) != 2 else self._quick(*args)

    def _plain(self, *args, **kwargs):
        """The call when an operand is not plain, or something is asked for."""
        name = self.__name__
        if not 2 <= len(args) <= 3:
            raise TypeError(f"{name}() takes from 2 to 3 positional arguments but {len(args)} {'was' if len(args) == 1 else 'were'} given")
        for word in kwargs:
            if word not in _known:
                raise TypeError(f"{name}() got an unexpected keyword argument '{word}'")
        if len(args) == 3:
            if kwargs.get('out') is not None:
                raise TypeError("cannot specify 'out' as both a positional and keyword argument")
            *args, kwargs['out'] = args
        if isinstance(kwargs.get('out'), tuple) and len(kwargs['out']) != 1:
            raise ValueError("The 'out' tuple must have exactly one entry per ufunc output")
        made = overridden(self, '__call__', args, {word: value for word, value in kwargs.items() if value is not None})
        return self._compute(args, **kwargs) if made is NotImplemented else made

    def _compute(self, given, out=None, casting=None, order='K', dtype=None, subok=True, signature=None, sig=None, axes=None, axis=None, keepdims=False):
        out = _single(out)
        if casting is not None:
            link.require_casting(casting)
        if out is not None and out is not Ellipsis and not isinstance(out, ndarray):
            raise TypeError('return arrays must be of ArrayType')
        operands = [asarray(x) for x in given]
        if signature is not None or sig is not None:
            operands = self._signed(operands, signature if sig is None else sig, casting or 'same_kind')
        ways = self._ways(operands, axes, axis, keepdims)
        if ways is not None:
            operands = [moveaxis(a, way, range(-len(way), 0)) for a, way in zip(operands, ways)]
        options = {} if casting is None and dtype is None else {'casting': casting or 'same_kind', 'dtype': as_dtype(dtype)}
        made = call(self.__name__, *(plain(a) for a in operands), **options)
        if keepdims:
            made = asarray(made)[..., None]
        if ways is not None and ways[2]:
            made = moveaxis(asarray(made), range(-len(ways[2]), 0), ways[2])
        if out is not None and out is not Ellipsis:
            return self._put(asarray(made), out, casting or 'same_kind')
        made = self._laid(made, link.order_of(order), operands)
        if out is Ellipsis:
            return asarray(made)
        return wrapped(given, made, (self, (*given,), 0)) if subok and any(isinstance(a, derived) for a in given) else made

    def _core(self, k, ndim):
        """How many axes of an operand of so many are its core."""
        core = self._cores[k]
        return len(core) - (ndim < len(core) and any(axis.endswith('?') for axis in core))

    def _ways(self, operands, axes, axis, keepdims):
        """The axes of the operands and of the result that are their cores, or None when these are the last ones."""
        name, signature = self.__name__, self.signature
        distinct = {letter for core in self._cores for letter in core}
        if keepdims and (self._cores[2] or len(self._cores[0]) != len(self._cores[1])):
            k = 1 if len(self._cores[0]) != len(self._cores[1]) else 2
            raise TypeError(f"{name} does not support keepdims: its signature {signature} requires {'output 0' if k == 2 else f'input {k}'} to have {len(self._cores[k])} core dimensions, but "
                            'keepdims can only be used when all inputs have the same number of core dimensions and all outputs have no core dimensions.')
        if axis is not None:
            if axes is not None:
                raise TypeError("cannot specify both 'axis' and 'axes'")
            if len(distinct) != 1:
                raise TypeError(f'{name}: axis can only be used with a single shared core dimension, not with the {len(distinct)} distinct ones implied by signature {signature}.')
            axis = operator.index(axis)
            return [(axis,), (axis,), (axis,) if keepdims else ()]
        if axes is None:
            return None
        if not isinstance(axes, list):
            raise TypeError('axes should be a list.')
        if len(axes) != 3 and (len(axes) != 2 or self._cores[2]):
            raise ValueError('axes should be a list with an entry for all 3 inputs and outputs; entries for outputs can only be omitted if none of them has core axes.')
        cores = [self._core(k, a.ndim) for k, a in enumerate(operands)]
        # An axis that an operand lacks is not in the result either.
        cores.append(1 if keepdims else len(self._cores[2]) - sum(len(self._cores[k]) - core for k, core in enumerate(cores)))
        ways = []
        for k, core in enumerate(cores):
            way = axes[k] if k < len(axes) else (-1,) * core
            if not isinstance(way, tuple):
                if core != 1 and hasattr(way, '__index__'):
                    raise AxisError(f'{name}: operand {k} has {core} core dimensions, but the axes item is a single integer.')
                way = (way,)
            if len(way) != core:
                raise AxisError(f'{name}: operand {k} has {core} core dimensions, but {len(way)} dimensions are specified by axes tuple.')
            way = (*map(operator.index, way),)
            for i in way:
                if way.count(i) > 1:
                    raise ValueError(f'axes item {k} has value {i} repeated')
            ways.append(way)
        return ways

    def _put(self, made, out, casting):
        """A result, in the array given for it."""
        name, core = self.__name__, min(len(self._cores[2]), made.ndim)
        for k in range(core):
            if out.ndim >= core and out.shape[out.ndim - core + k] != made.shape[made.ndim - core + k]:
                raise ValueError(f'{name}: Output operand 0 has a mismatch in its core dimension {k}, with gufunc signature {self.signature} '
                                 f'(size {out.shape[out.ndim - core + k]} is different from {made.shape[made.ndim - core + k]})')
        if not can_cast(made.dtype, out.dtype, casting):
            raise link._UFuncOutputCastingError(f"Cannot cast ufunc '{name}' output from {made.dtype!r} to {out.dtype!r} with casting rule '{casting}'")
        if made.ndim > out.ndim:
            raise ValueError('output operand requires a reduction along dimension -1, but the reduction is not enabled. The dimension size of 1 does not match the expected output shape.')
        out[...] = made
        return out

    def reduce(self, *args, **kwargs):
        """Not there: the function is not of one element with one."""
        raise RuntimeError('Reduction not defined on ufunc with signature')

    accumulate = reduceat = reduce

    def outer(self, A, B, /, **kwargs):
        """Not there: the function works on whole vectors."""
        raise TypeError('method outer is not allowed in ufunc with non-trivial signature')

    def at(self, a, indices, b=None, /):
        """Not there: the function works on whole vectors."""
        raise TypeError(f'{self.__name__}.at does not support ufunc with non-trivial signature: {self.__name__} has signature {self.signature}.')


product.__name__ = product.__qualname__ = 'ufunc'
_known = {'out', 'casting', 'order', 'dtype', 'subok', 'signature', 'sig', 'axes', 'axis', 'keepdims'}
matmul = product('matmul', '(n?,k),(k,m?)->(n?,m?)', 'Matrix product of two arrays; leading axes are broadcast.')
vecdot = product('vecdot', '(n),(n)->()', 'Vector dot product of two arrays; the first is conjugated.')
matvec = product('matvec', '(m,n),(n)->(m)', 'Matrix-vector dot product of two arrays.')
vecmat = product('vecmat', '(n),(n,m)->(m)', 'Vector-matrix dot product of two arrays; the vector is conjugated.')
