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


class EngFormatter(FuncFormatter):
    """Numbers with the prefixes of units: 1.5 k, 20 m."""

    def __init__(self, unit='', places=None, sep=' '):
        self._unit, self._places, self._sep = unit, places, sep
        super().__init__(lambda x, pos: self.format_eng(x))

    def format_eng(self, value):
        """A number, its prefix and the unit."""
        import math

        power = 0 if value == 0 else max(-30, min(30, 3 * math.floor(math.log10(abs(value)) / 3)))
        shown = value / 10.0**power
        if abs(float(f'{shown:.{3 if self._places is None else self._places}f}')) >= 1000 and power < 30:
            shown, power = shown / 1000, power + 3
        number = f'{shown:g}' if self._places is None else f'{shown:.{self._places}f}'
        words = f'{number.replace("-", "−")}{self._sep}{"qryzafpnµm kMGTPEZYRQ"[power // 3 + 10].strip()}{self._unit}'
        return words.removesuffix(self._sep) if self._sep else words


class LogFormatter(FuncFormatter):
    """Powers of a base: 10² and what lies between them as it is."""

    def __init__(self, base=10.0, **_options):
        import math

        def write(value, pos):
            power = math.log(value, base) if value > 0 else 0.5
            return f'{base:g}<sup>{round(power)}</sup>'.replace('-', '−') if abs(power - round(power)) < 1e-9 else f'{value:g}'

        super().__init__(write)


LogFormatterMathtext = LogFormatterSciNotation = LogFormatterExponent = LogFormatter


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
