"""Colour maps: a few colours each, and what lies between them."""

import copy
import math

_anchors = {
    'viridis': '440154 482878 3e4989 31688e 26828e 1f9e89 35b779 6ece58 b5de2b fde725',
    'plasma': '0d0887 46039f 7201a8 9c179e bd3786 d8576b ed7953 fb9f3a fdca26 f0f921',
    'inferno': '000004 1b0c41 4a0c6b 781c6d a52c60 cf4446 ed6925 fb9b06 f7d13d fcffa4',
    'magma': '000004 180f3d 440f76 721f81 9e2f7f cd4071 f1605d fd9668 feca8d fcfdbf',
    'cividis': '00224e 123570 3b496c 575d6d 707173 8a8678 a59c74 c3b369 e1cc55 fee838',
    'gray': '000000 ffffff',
    'binary': 'ffffff 000000',
    'hot': '0b0000 850000 ff0000 ff7b00 fff600 ffffff',
    'bone': '000000 2d2d3e 5a5a7c 859fa7 c2d7d7 ffffff',
    'cool': '00ffff ff00ff',
    'jet': '000080 0000ff 0080ff 00ffff 80ff80 ffff00 ff8000 ff0000 800000',
    'coolwarm': '3b4cc0 6788ee 9abbff c9d7f0 dddddd f2cab5 f7a889 e26952 b40426',
    'bwr': '0000ff ffffff ff0000',
    'seismic': '00004d 0000ff ffffff ff0000 800000',
    'RdBu': '67001f b2182b d6604d f4a582 fddbc7 f7f7f7 d1e5f0 92c5de 4393c3 2166ac 053061',
    'RdYlBu': 'a50026 d73027 f46d43 fdae61 fee090 ffffbf e0f3f8 abd9e9 74add1 4575b4 313695',
    'PuOr': '7f3b08 b35806 e08214 fdb863 fee0b6 f7f7f7 d8daeb b2abd2 8073ac 542788 2d004b',
    'Spectral': '9e0142 d53e4f f46d43 fdae61 fee08b ffffbf e6f598 abdda4 66c2a5 3288bd 5e4fa2',
    'Blues': 'f7fbff deebf7 c6dbef 9ecae1 6baed6 4292c6 2171b5 08519c 08306b',
    'Reds': 'fff5f0 fee0d2 fcbba1 fc9272 fb6a4a ef3b2c cb181d a50f15 67000d',
    'Greens': 'f7fcf5 e5f5e0 c7e9c0 a1d99b 74c476 41ab5d 238b45 006d2c 00441b',
    'Greys': 'ffffff f0f0f0 d9d9d9 bdbdbd 969696 737373 525252 252525 000000',
    'YlGnBu': 'ffffd9 edf8b1 c7e9b4 7fcdbb 41b6c4 1d91c0 225ea8 253494 081d58',
    'Oranges': 'fff5eb fee6ce fdd0a2 fdae6b fd8d3c f16913 d94801 a63603 7f2704',
    'Purples': 'fcfbfd efedf5 dadaeb bcbddc 9e9ac8 807dba 6a51a3 54278f 3f007d',
    'YlOrRd': 'ffffcc ffeda0 fed976 feb24c fd8d3c fc4e2a e31a1c bd0026 800026',
    'RdYlGn': 'a50026 d73027 f46d43 fdae61 fee08b ffffbf d9ef8b a6d96a 66bd63 1a9850 006837',
    'PiYG': '8e0152 c51b7d de77ae f1b6da fde0ef f7f7f7 e6f5d0 b8e186 7fbc41 4d9221 276419',
    'BrBG': '543005 8c510a bf812d dfc27d f6e8c3 f5f5f5 c7eae5 80cdc1 35978f 01665e 003c30',
    'PRGn': '40004b 762a83 9970ab c2a5cf e7d4e8 f7f7f7 d9f0d3 a6dba0 5aae61 1b7837 00441b',
    'PuBu': 'fff7fb ece7f2 d0d1e6 a6bddb 74a9cf 3690c0 0570b0 045a8d 023858',
    'hsv': 'ff0000 ffff00 00ff00 00ffff 0000ff ff00ff ff0000',
    'brg': '0000ff ff0000 00ff00',
    'CMRmap': '000000 262680 4d26bf 993380 ff4026 e68000 e6bf1a e6e680 ffffff',
    'autumn': 'ff0000 ffff00',
    'winter': '0000ff 00ff80',
    'spring': 'ff00ff ffff00',
    'summer': '008066 80b366 ffff66',
    'copper': '000000 9e643f ff9f65 ffc77f',
    'RdGy': '67001f b2182b d6604d f4a582 fddbc7 ffffff e0e0e0 bababa 878787 4d4d4d 1a1a1a',
    'BuPu': 'f7fcfd e0ecf4 bfd3e6 9ebcda 8c96c6 8c6bb1 88419d 810f7c 4d004b',
    'BuGn': 'f7fcfd e5f5f9 ccece6 99d8c9 66c2a4 41ae76 238b45 006d2c 00441b',
    'GnBu': 'f7fcf0 e0f3db ccebc5 a8ddb5 7bccc4 4eb3d3 2b8cbe 0868ac 084081',
    'OrRd': 'fff7ec fee8c8 fdd49e fdbb84 fc8d59 ef6548 d7301f b30000 7f0000',
    'PuBuGn': 'fff7fb ece2f0 d0d1e6 a6bddb 67a9cf 3690c0 02818a 016c59 014636',
    'PuRd': 'f7f4f9 e7e1ef d4b9da c994c7 df65b0 e7298a ce1256 980043 67001f',
    'RdPu': 'fff7f3 fde0dd fcc5c0 fa9fb5 f768a1 dd3497 ae017e 7a0177 49006a',
    'YlGn': 'ffffe5 f7fcb9 d9f0a3 addd8e 78c679 41ab5d 238443 006837 004529',
    'YlOrBr': 'ffffe5 fff7bc fee391 fec44f fe9929 ec7014 cc4c02 993404 662506',
    'turbo': '30123b 4662d7 36aaf9 1ae4b6 72fe5e c7ef34 faba39 f66b19 cb2a04 7a0403',
    'tab10': '1f77b4 ff7f0e 2ca02c d62728 9467bd 8c564b e377c2 7f7f7f bcbd22 17becf',
    'tab20': '1f77b4 aec7e8 ff7f0e ffbb78 2ca02c 98df8a d62728 ff9896 9467bd c5b0d5 8c564b c49c94 e377c2 f7b6d2 7f7f7f c7c7c7 bcbd22 dbdb8d 17becf 9edae5',
    'Set1': 'e41a1c 377eb8 4daf4a 984ea3 ff7f00 ffff33 a65628 f781bf 999999',
    'Set2': '66c2a5 fc8d62 8da0cb e78ac3 a6d854 ffd92f e5c494 b3b3b3',
    'Set3': '8dd3c7 ffffb3 bebada fb8072 80b1d3 fdb462 b3de69 fccde5 d9d9d9 bc80bd ccebc5 ffed6f',
    'Paired': 'a6cee3 1f78b4 b2df8a 33a02c fb9a99 e31a1c fdbf6f ff7f00 cab2d6 6a3d9a ffff99 b15928',
    'Dark2': '1b9e77 d95f02 7570b3 e7298a 66a61e e6ab02 a6761d 666666',
    'Accent': '7fc97f beaed4 fdc086 ffff99 386cb0 f0027f bf5b17 666666',
    'Pastel1': 'fbb4ae b3cde3 ccebc5 decbe4 fed9a6 ffffcc e5d8bd fddaec f2f2f2',
}
# Maps of kinds, with nothing between their colours.
_of_kinds = {'tab10', 'tab20', 'Set1', 'Set2', 'Set3', 'Paired', 'Dark2', 'Accent', 'Pastel1'}
# Maps that are formulas of a share of 0…1.
_formulas = {
    'gnuplot': lambda x: (math.sqrt(x), x**3, math.sin(2 * math.pi * x)),
    'rainbow': lambda x: (abs(2 * x - 0.5), math.sin(math.pi * x), math.cos(math.pi * x / 2)),
    'ocean': lambda x: (3 * x - 2, abs((3 * x - 1) / 2), x),
    'afmhot': lambda x: (2 * x, 2 * x - 0.5, 2 * x - 1),
    'gist_heat': lambda x: (1.5 * x, 2 * x - 1, 4 * x - 3),
    'terrain': lambda x: _between(x, (0, 0.2, 0.2, 0.6), (0.15, 0, 0.6, 1), (0.25, 0, 0.8, 0.4), (0.5, 1, 1, 0.6), (0.75, 0.5, 0.36, 0.33), (1, 1, 1, 1)),
    'gist_stern': lambda x: (
        _between(x, (0, 0), (0.0547, 1), (0.25, 0.027), (0.2501, 0.25), (1, 1))[0],
        x,
        _between(x, (0, 0), (0.5, 1), (0.735, 0), (1, 1))[0],
    ),
}


def _between(x, *stops):
    """What lies at a place between stops, each a place and its values."""
    for low, high in zip(stops, stops[1:]):
        if x <= high[0]:
            t = (x - low[0]) / (high[0] - low[0])
            return [a + (b - a) * t for a, b in zip(low[1:], high[1:])]
    return list(stops[-1][1:])
_other_names = {'grey': 'gray', 'Gray': 'gray', 'gist_gray': 'gray', 'gist_grey': 'gray', 'gist_yarg': 'binary', 'gist_rainbow': 'hsv'}


class Colormap:
    """Colours of 0…1 as tuples of 0…1, and as Plotly's scale."""

    N = 256

    def __init__(self, name):
        self.name = name
        plain = name[:-2] if name.endswith('_r') else name
        plain = _other_names.get(plain, plain)
        if plain in _formulas:
            shares = (_formulas[plain](at / 64) for at in range(65))
            self._colors = [tuple(round(255 * min(1, max(0, part))) for part in parts) for parts in shares]
        elif plain not in _anchors:
            raise ValueError(f'{name!r} is not a valid value for cmap; supported values are {", ".join(sorted([*_anchors, *_formulas]))}')
        else:
            self._colors = [tuple(int(c[at : at + 2], 16) for at in (0, 2, 4)) for c in _anchors[plain].split()]
        if name.endswith('_r'):
            self._colors.reverse()

    def rgb(self, share):
        """Red, green and blue of 0…255 at a share of 0…1."""
        last = len(self._colors) - 1
        place = min(1.0, max(0.0, share)) * last
        below = min(int(place), last - 1)
        t = place - below
        return tuple(round(a + (b - a) * t) for a, b in zip(self._colors[below], self._colors[below + 1]))

    def __call__(self, x, alpha=1.0):
        if isinstance(x, int) and not isinstance(x, bool):
            x = x / 255
        if hasattr(x, '__len__'):
            import numpy as np

            values = np.asarray(x)
            return np.array([self(value, alpha) for value in values.ravel().tolist()]).reshape(*values.shape, 4)
        return (*(part / 255 for part in self.rgb(float(x))), alpha)

    def resampled(self, lutsize):
        """As many of its colours, each for an equal part."""
        last = max(1, lutsize - 1)
        return ListedColormap([tuple(part / 255 for part in self.rgb(at / last)) for at in range(lutsize)], self.name)

    def reversed(self):
        """The same colours from the other end."""
        made = copy.copy(self)
        made.name = self.name[:-2] if self.name.endswith('_r') else f'{self.name}_r'
        made._colors = self._colors[::-1]
        return made

    def scale(self):
        last = len(self._colors) - 1
        return [[at / last, f'rgb({r}, {g}, {b})'] for at, (r, g, b) in enumerate(self._colors)]


class ListedColormap(Colormap):
    """Given colours, each for an equal part."""

    def __init__(self, colors, name='from_list', N=None):
        from .colors import color, rgba

        self.name = name
        self.colors = list(colors)
        self.N = len(self.colors)
        self._colors = [rgba(color(c))[:3] for c in self.colors]

    def rgb(self, share):
        """Red, green and blue of 0…255 at a share of 0…1."""
        return self._colors[min(self.N - 1, max(0, int(share * self.N)))]

    def __call__(self, x, alpha=1.0):
        if isinstance(x, int) and not isinstance(x, bool):
            x = (x + 0.5) / self.N
        return super().__call__(x, alpha)

    def scale(self):
        made = []
        for at, (r, g, b) in enumerate(self._colors):
            made += [[at / self.N, f'rgb({r}, {g}, {b})'], [(at + 1) / self.N, f'rgb({r}, {g}, {b})']]
        return made


class LinearSegmentedColormap(Colormap):
    """Given colours and what lies between them."""

    def __init__(self, name, colors):
        from .colors import color, rgba

        self.name = name
        self._colors = [rgba(color(c))[:3] for c in colors]

    @staticmethod
    def from_list(name, colors, N=256):
        """A colour map through colours at equal distances."""
        return LinearSegmentedColormap(name, colors)


def _named(name):
    made = Colormap(name)
    if name.removesuffix('_r') not in _of_kinds:
        return made
    return ListedColormap([tuple(part / 255 for part in color) for color in made._colors], name)


def get_cmap(name=None, lut=None):
    """The colour map of a name."""
    found = name if isinstance(name, Colormap) else _named(name or 'viridis')
    return found if lut is None else found.resampled(lut)


class _Colormaps(dict):
    """The colour maps by their names; called, a list of the names."""

    def __call__(self):
        return sorted(self)

    def __missing__(self, name):
        return _named(name)


colormaps = _Colormaps({name: _named(name) for name in (*_anchors, *_formulas)})


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    try:
        return _named(name)
    except ValueError:
        raise AttributeError(f"module 'matplotlib.cm' has no attribute '{name}'") from None
