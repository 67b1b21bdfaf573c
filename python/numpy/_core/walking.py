"""`nditer`: the elements of one or several arrays, in the order in which they lie in memory or in another."""

import builtins

from . import link
from .creation import asarray, empty
from .dtypes import _find, can_cast, result_type
from .shaping import broadcast_shapes

ndarray = link.ndarray
_known = {'multi_index', 'c_index', 'f_index', 'external_loop', 'buffered', 'reduce_ok', 'zerosize_ok', 'refs_ok', 'common_dtype', 'delay_bufalloc', 'ranged', 'grow_inner',
          'copy_if_overlap'}
_ways = {'readonly', 'readwrite', 'writeonly', 'copy', 'updateifcopy', 'allocate', 'no_broadcast', 'no_subtype', 'nbo', 'aligned', 'contig', 'arraymask', 'writemasked',
         'overlap_assume_elementwise', 'virtual'}


class nditer:
    """
    nditer(op, flags=None, op_flags=None, op_dtypes=None, order='K', casting='safe', op_axes=None, itershape=None, buffersize=0)

    Efficient multi-dimensional iterator object to iterate over arrays.
    """

    __module__ = 'numpy'

    def __init__(self, op, flags=None, op_flags=None, op_dtypes=None, order='K', casting='safe', op_axes=None, itershape=None, buffersize=0):
        given = list(op) if isinstance(op, (list, tuple)) and builtins.any(isinstance(x, ndarray) or x is None for x in op) else [op]
        self._several = given and (len(given) > 1 or (isinstance(op, (list, tuple)) and len(given) == len(op) and given[0] is op[0]))
        self._flags = frozenset(flags or ())
        if wrong := [f for f in self._flags if f not in _known]:
            raise ValueError(f'Unexpected iterator global flag "{wrong[0]}"')
        tracked = {'multi_index', 'c_index', 'f_index'} & self._flags
        if 'external_loop' in self._flags and tracked:
            raise ValueError('Iterator flag EXTERNAL_LOOP cannot be used if an index or multi-index is being tracked')
        if order not in ('C', 'F', 'A', 'K'):
            raise ValueError(f"order must be one of 'C', 'F', 'A', or 'K' (got {order!r})")
        if not given or isinstance(op, (list, tuple)) and not op:
            raise ValueError('Must provide at least one operand')
        self._ways = self._ways_of(op_flags, given)
        self._axes = op_axes or [None] * len(given)
        self._shape = self._shape_of(given, itershape)
        self._operands = self._prepared(given, op_dtypes, casting, order)
        if not self.itersize and 'zerosize_ok' not in self._flags and not self._several_empty():
            raise ValueError('Iteration of zero-sized operands is not enabled')
        self._plan(order, buffersize)
        self.reset()

    def _several_empty(self):
        return False

    # What is walked over ---------------------------------------------------------------

    def _ways_of(self, op_flags, given):
        if not op_flags:
            return [{'writeonly', 'allocate'} if x is None else {'readonly'} for x in given]
        nested = [op_flags] * len(given) if isinstance(op_flags[0], str) else op_flags
        if len(nested) != len(given):
            raise ValueError('op_flags must be a tuple or array of per-op flag-tuples')
        ways = [{*way} for way in nested]
        for way in ways:
            if wrong := [f for f in way if f not in _ways]:
                raise ValueError(f'Unexpected per-op iterator flag "{wrong[0]}"')
            if not way & {'readonly', 'readwrite', 'writeonly'}:
                way.add('readonly')
        return ways

    def _placed(self, x, axes):
        """The array with its axes where the walk has them, those that it lacks of length 1."""
        if axes is None:
            return x if x.ndim == len(self._shape) else x[(None,) * (len(self._shape) - x.ndim) + (Ellipsis,)]
        kept = [a for a in axes if a not in (-1, None)]
        made = x.transpose(kept) if len(kept) == x.ndim else x
        key = tuple(None if a in (-1, None) else slice(None) for a in axes)
        return made[key]

    def _shape_of(self, given, itershape):
        shapes = []
        for x, axes in zip(given, self._axes):
            if x is None:
                continue
            x = asarray(x)
            shapes.append(x.shape if axes is None else tuple(1 if a in (-1, None) else x.shape[a] for a in axes))
        if itershape is not None:
            shapes.append(tuple(1 if n == -1 else n for n in itershape))
        try:
            shape = broadcast_shapes(*shapes) if shapes else ()
        except ValueError:
            shown = ' '.join('(' + ','.join(map(str, s)) + (',)' if len(s) == 1 else ')') for s in shapes)
            raise ValueError(f'operands could not be broadcast together with shapes {shown} ') from None
        for x, way, s in zip((g for g in given if g is not None), (w for g, w in zip(given, self._ways) if g is not None), shapes):
            small = tuple(s) != tuple(shape)
            if small and 'no_broadcast' in way:
                raise ValueError(f'non-broadcastable operand with shape {_worded(s)} doesn\'t match the broadcast shape {_worded(shape)}')
            if small and 'writeonly' in way or (small and 'readwrite' in way and 'reduce_ok' not in self._flags):
                raise ValueError(f'non-broadcastable output operand with shape {_worded(s)} doesn\'t match the broadcast shape {_worded(shape)}')
        return tuple(shape)

    def _prepared(self, given, op_dtypes, casting, order):
        wanted = [None] * len(given)
        if op_dtypes is not None:
            listed = list(op_dtypes) if isinstance(op_dtypes, (list, tuple)) else [op_dtypes] * len(given)
            wanted = [None if d is None else _find(d) for d in listed] if len(listed) == len(given) else [_find(listed[0])] * len(given)
        arrays = [None if x is None else asarray(x) for x in given]
        if 'common_dtype' in self._flags:
            common = result_type(*(a for a in arrays if a is not None))
            wanted = [common if w is None else w for w in wanted]
        self._casts = [None] * len(given)
        for k, (a, want, way) in enumerate(zip(arrays, wanted, self._ways)):
            if a is None:
                if 'allocate' not in way:
                    raise ValueError('At least one iterator operand must be non-NULL')
                kind = want or result_type(*(b for b in arrays if b is not None))
                axes = self._axes[k]
                shape = self._shape if axes is None else tuple(n for n, at in zip(self._shape, axes) if at not in (-1, None))
                fortran = order == 'F' or (order == 'K' and all(b is None or b.flags.fnc for b in arrays) and builtins.any(b is not None for b in arrays))
                arrays[k] = empty(shape, kind, 'F' if fortran else 'C')
                continue
            writes = not way & {'readonly'}
            if writes and not a.flags.writeable:
                raise ValueError('output array is read-only')
            if want is None or want == a.dtype:
                continue
            if 'writeonly' not in way and not can_cast(a.dtype, want, casting):
                raise TypeError(f"Iterator operand {k} dtype could not be cast from {a.dtype!r} to {want!r} according to the rule '{casting}'")
            if writes and not can_cast(want, a.dtype, casting):
                raise TypeError(f"Iterator requested dtype could not be cast from {want!r} to {a.dtype!r}, the operand {k} dtype, according to the rule '{casting}'")
            if 'buffered' in self._flags:
                self._casts[k] = want
            elif 'copy' in way:
                arrays[k] = a.astype(want)
            else:
                raise TypeError('Iterator operand required copying or buffering, but neither copying nor buffering was enabled')
        return arrays

    def _plan(self, order, buffersize):
        """The order of the axes, the arrays turned so that the walk is plain, and the pieces it hands out."""
        placed = [self._placed(a, axes) for a, axes in zip(self._operands, self._axes)]
        n = len(self._shape)
        turn = list(range(n))
        flips = [False] * n
        if order == 'F' or (order == 'A' and all(a.flags.f_contiguous for a in self._operands)):
            turn.reverse()
        elif order == 'K':
            steps = [[abs(s) if m > 1 else 0 for s, m in zip(p.strides, p.shape)] for p in placed]

            def inside(i, j):
                """Whether axis i lies within axis j."""
                for s in steps:
                    if s[i] and s[j]:
                        return s[i] < s[j]
                return False

            made = []
            for axis in turn:
                at = len(made)
                while at > 0 and inside(made[at - 1], axis):
                    at -= 1
                made.insert(at, axis)
            turn = made
            for axis in range(n):
                signs = [p.strides[axis] for p in placed if p.shape[axis] > 1]
                flips[axis] = bool(signs) and all(s <= 0 for s in signs) and builtins.any(s < 0 for s in signs)
        key = tuple(slice(None, None, -1) if f else slice(None) for f in flips)
        self._turn, self._flips = turn, flips
        self._walked = tuple(self._shape[axis] for axis in turn)
        self._views = []
        self._buffers = [None] * len(placed)
        for k, (p, way) in enumerate(zip(placed, self._ways)):
            v = p[(*key, Ellipsis)].transpose(turn) if n else p
            if 'readonly' in way:
                v = v.view()
                v.setflags(write=False)
            self._views.append(v)
        self._inner = 0
        if 'external_loop' in self._flags:
            self._inner = self._joined() if 'buffered' not in self._flags else n
        for k, v in enumerate(self._views):
            if self._casts[k] is not None or ('external_loop' in self._flags and 'buffered' in self._flags):
                whole = self._spread(v)
                self._buffers[k] = (whole if 'writeonly' not in self._ways[k] else whole.copy()).astype(self._casts[k] or v.dtype).reshape(-1)
        self._chunk = (buffersize or 8192) if 'buffered' in self._flags and 'external_loop' in self._flags else 0

    def _spread(self, v):
        from .shaping import broadcast_to

        return v if v.shape == self._walked else broadcast_to(v, self._walked)

    def _joined(self):
        """How many of the innermost axes lie one behind the other in every array."""
        n = len(self._walked)
        count = min(1, n)
        while count < n:
            outer, inner = n - count - 1, n - count
            for v in self._views:
                s = [0 if m == 1 else s for s, m in zip(v.strides, v.shape)]
                if self._walked[outer] != 1 and self._walked[inner] != 1 and s[outer] != s[inner] * self._walked[inner]:
                    return count
            count += 1
        return count

    # Walking ------------------------------------------------------------------------------

    @property
    def itersize(self):
        """How many elements there are."""
        size = 1
        for m in self._shape:
            size *= m
        return size

    def reset(self):
        """Back to the first element."""
        self._at = 0
        self.finished = self.itersize == 0
        self._fresh = True

    def _length(self):
        if self._chunk:
            return min(self._chunk, self.itersize - self._at)
        size = 1
        for m in self._walked[len(self._walked) - self._inner:]:
            size *= m
        return size if 'external_loop' in self._flags else 1

    def _places(self):
        places, rest = [], self._at
        for m in reversed(self._walked):
            rest, place = divmod(rest, m)
            places.append(place)
        return places[::-1]

    def _value(self, k):
        v, buffer = self._views[k], self._buffers[k]
        loop = 'external_loop' in self._flags
        if buffer is not None:
            return buffer[self._at:self._at + self._length()] if loop else buffer[self._at:self._at + 1].reshape(())
        places = self._places()
        outer = places[:len(places) - self._inner] if loop else places
        key = tuple(0 if m == 1 else i for i, m in zip(outer, v.shape))
        piece = v[(*key, Ellipsis)]
        if not loop:
            return piece
        whole = self._walked[len(self._walked) - self._inner:]
        if piece.shape != whole:
            from .shaping import broadcast_to

            piece = broadcast_to(piece, whole)
        return piece.reshape(-1)

    def _values(self):
        if self.finished:
            raise ValueError('Iterator is past the end')
        made = tuple(self._value(k) for k in range(len(self._views)))
        return made if self._several else made[0]

    value = property(_values)

    def iternext(self):
        """Whether there is another element, after a step to it."""
        if self.finished:
            return False
        self._at += self._length()
        self.finished = self._at >= self.itersize
        if self.finished:
            self._write_back()
        return not self.finished

    def _write_back(self):
        for v, buffer, way in zip(self._views, self._buffers, self._ways):
            if buffer is not None and 'readonly' not in way:
                v[...] = buffer.reshape(self._walked)

    def __iter__(self):
        return self

    def __next__(self):
        if not self._fresh and not self.finished:
            self.iternext()
        self._fresh = False
        if self.finished:
            raise StopIteration
        return self._values()

    def __getitem__(self, k):
        if self.finished:
            raise ValueError('Iterator is past the end')
        if isinstance(k, slice):
            return tuple(self._value(i) for i in range(len(self._views))[k])
        if not -len(self._views) <= k < len(self._views):
            raise IndexError(f'Iterator operand index {k} is out of bounds')
        return self._value(range(len(self._views))[k])

    def __setitem__(self, k, value):
        self[k][...] = value

    def __len__(self):
        return len(self._views)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def close(self):
        """Writes what is held back."""
        self._write_back()

    def copy(self):
        """Another walk, from the same place."""
        import copy

        return copy.copy(self)

    __copy__ = None

    # Where it stands -------------------------------------------------------------------------

    def _index(self):
        found = [0] * len(self._shape)
        for axis, place in zip(self._turn, self._places()):
            found[axis] = self._shape[axis] - 1 - place if self._flips[axis] else place
        return tuple(found)

    @property
    def multi_index(self):
        """The index of the element along each axis."""
        if 'multi_index' not in self._flags:
            raise ValueError('Iterator is not tracking a multi-index')
        if self.finished:
            raise ValueError('Iterator is past the end')
        return self._index()

    @multi_index.setter
    def multi_index(self, index):
        if 'multi_index' not in self._flags:
            raise ValueError('Iterator is not tracking a multi-index')
        at = 0
        for axis in self._turn:
            if not 0 <= index[axis] < self._shape[axis]:
                raise IndexError('Iterator GotoMultiIndex called with an out-of-bounds multi-index.')
            at = at * self._shape[axis] + (self._shape[axis] - 1 - index[axis] if self._flips[axis] else index[axis])
        self._at, self.finished, self._fresh = at, False, True

    @property
    def index(self):
        """The number of the element, counted in C or Fortran order."""
        if not self._flags & {'c_index', 'f_index'}:
            raise ValueError('Iterator does not have an index')
        if self.finished:
            raise ValueError('Iterator is past the end')
        made = 0
        pairs = list(zip(self._index(), self._shape))
        for place, m in pairs if 'c_index' in self._flags else reversed(pairs):
            made = made * m + place
        return made

    @property
    def iterindex(self):
        """How many elements lie behind."""
        return self._at

    @iterindex.setter
    def iterindex(self, at):
        self._at, self.finished, self._fresh = at, at >= self.itersize, True

    def remove_multi_index(self):
        """No index is told any more, so that axes may be joined."""
        self._flags -= {'multi_index'}

    def enable_external_loop(self):
        """Whole runs are handed out from now on."""
        if self._flags & {'multi_index', 'c_index', 'f_index'}:
            raise ValueError('Iterator flag EXTERNAL_LOOP cannot be used if an index or multi-index is being tracked')
        self._flags |= {'external_loop'}
        self._inner = self._joined()

    operands = property(lambda self: tuple(self._operands), doc='The arrays.')
    itviews = property(lambda self: tuple(self._views), doc='The arrays as they are walked over.')
    shape = property(lambda self: self._shape, doc='The shape of the walk.')
    ndim = property(lambda self: len(self._shape), doc='The number of its axes.')
    nop = property(lambda self: len(self._views), doc='The number of arrays.')
    dtypes = property(lambda self: tuple(want or a.dtype for want, a in zip(self._casts, self._operands)), doc='The dtypes of the values.')
    has_multi_index = property(lambda self: 'multi_index' in self._flags, doc='Whether an index is told.')
    has_index = property(lambda self: bool(self._flags & {'c_index', 'f_index'}), doc='Whether a number is told.')
    has_delayed_bufalloc = property(lambda self: False, doc='Whether buffers are made later.')
    iterationneedsapi = property(lambda self: False, doc='Whether Python is needed to walk.')
    iterrange = property(lambda self: (0, self.itersize), doc='The first and the last place.')


def _worded(shape):
    return '(' + ','.join(map(str, shape)) + (',)' if len(shape) == 1 else ')')


def nested_iters(op, axes, flags=None, op_flags=None, op_dtypes=None, order='K', casting='safe', buffersize=0):
    """Walks for use in nested loops: each over some of the axes, the inner over what the outer stands at."""
    arrays = list(op) if isinstance(op, (list, tuple)) else [op]
    if sorted(a for group in axes for a in group) != list(range(len([a for group in axes for a in group]))):
        raise ValueError('an axis is used more than once')
    made = []
    for level, group in enumerate(axes):
        made.append(_Nested(arrays, group, axes[:level], made, level, flags, op_flags, op_dtypes, order, casting, buffersize))
    return tuple(made)


class _Nested(nditer):
    def __init__(self, arrays, group, before, outer, level, flags, op_flags, op_dtypes, order, casting, buffersize):
        self._made = (arrays, group, before, outer, flags, op_flags, op_dtypes, order, casting, buffersize)
        self._point()

    def _point(self):
        arrays, group, before, outer, flags, op_flags, op_dtypes, order, casting, buffersize = self._made
        chosen = []
        for a in map(asarray, arrays):
            key = [slice(None)] * a.ndim
            rest = [*range(a.ndim)]
            for axes, walk in zip(before, outer):
                for axis, place in zip(axes, walk._index()):
                    key[axis] = place
                    rest.remove(axis)
            inner = a[(*key, Ellipsis)]
            places = [rest.index(axis) for axis in group]
            others = [k for k in range(len(rest)) if k not in places]
            inner = inner.transpose(places + others)[(Ellipsis, *[0] * len(others))] if rest else inner
            chosen.append(inner)
        # Indices of the outer walks are asked for, whether they are told or not.
        nditer.__init__(self, chosen if len(arrays) > 1 else chosen[0], flags, op_flags, op_dtypes, order, casting, buffersize=buffersize)

    def __iter__(self):
        self._point()
        return self
