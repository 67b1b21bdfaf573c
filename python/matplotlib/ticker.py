"""Where ticks stand and how their numbers are written."""


class FuncFormatter:
    """Numbers written by a function of value and place."""

    def __init__(self, func):
        self._function = func

    def __call__(self, value, pos=None):
        return self._function(value, pos)


class StrMethodFormatter(FuncFormatter):
    """'{x:.2f}'"""

    def __init__(self, fmt):
        super().__init__(lambda x, pos: fmt.format(x=x, pos=pos))


class FormatStrFormatter(FuncFormatter):
    """'%.2f'"""

    def __init__(self, fmt):
        super().__init__(lambda x, pos: fmt % x)


class PercentFormatter(FuncFormatter):
    """Shares of `xmax` in per cent."""

    def __init__(self, xmax=100, decimals=None, symbol='%'):
        super().__init__(lambda x, pos: f'{100 * x / xmax:.{0 if decimals is None else decimals}f}{symbol}')


class NullFormatter(FuncFormatter):
    """No numbers."""

    def __init__(self):
        super().__init__(lambda x, pos: '')


class ScalarFormatter:
    """The page's own numbers."""


class MaxNLocator:
    """At most so many steps."""

    def __init__(self, nbins=10, integer=False, **_options):
        self.settings = {'nticks': int(nbins) + 1} if nbins != 'auto' else {}
        if integer:
            self.settings['_whole'] = True


class MultipleLocator:
    """Multiples of a number."""

    def __init__(self, base=1.0, offset=0.0):
        self.settings = {'dtick': float(base), 'tick0': float(offset)}


class FixedLocator:
    """Given places."""

    def __init__(self, locs):
        self.settings = {'tickmode': 'array', 'tickvals': [float(x) for x in locs]}


class NullLocator:
    """No ticks."""

    def __init__(self):
        self.settings = {'tickmode': 'array', 'tickvals': []}


class AutoLocator:
    """The page's own places."""

    settings = {}


LogLocator = AutoMinorLocator = AutoLocator
