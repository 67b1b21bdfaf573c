"""Colours by matplotlib's names, and the short codes of `plot`'s format strings."""

cycle = ('#1f77b4', '#ff7f0e', '#2ca02c', '#d62728', '#9467bd', '#8c564b', '#e377c2', '#7f7f7f', '#bcbd22', '#17becf')
_letters = {
    'b': '#0000ff',
    'g': '#008000',
    'r': '#ff0000',
    'c': '#00bfbf',
    'm': '#bf00bf',
    'y': '#bfbf00',
    'k': '#000000',
    'w': '#ffffff',
}
_tableau = dict(zip(('blue', 'orange', 'green', 'red', 'purple', 'brown', 'pink', 'gray', 'olive', 'cyan'), cycle))

markers = {
    '.': ('circle', 0.5),
    ',': ('circle', 0.2),
    'o': ('circle', 1),
    'v': ('triangle-down', 1),
    '^': ('triangle-up', 1),
    '<': ('triangle-left', 1),
    '>': ('triangle-right', 1),
    '1': ('y-down-open', 1),
    '2': ('y-up-open', 1),
    '3': ('y-left-open', 1),
    '4': ('y-right-open', 1),
    '8': ('octagon', 1),
    's': ('square', 1),
    'p': ('pentagon', 1),
    '*': ('star', 1.3),
    'h': ('hexagon', 1),
    'H': ('hexagon2', 1),
    '+': ('cross-thin-open', 1),
    'x': ('x-thin-open', 1),
    'P': ('cross', 1),
    'X': ('x', 1),
    'D': ('diamond', 1),
    'd': ('diamond-tall', 1),
    '|': ('line-ns-open', 1),
    '_': ('line-ew-open', 1),
}
dashes = {
    '-': 'solid',
    'solid': 'solid',
    '--': 'dash',
    'dashed': 'dash',
    '-.': 'dashdot',
    'dashdot': 'dashdot',
    ':': 'dot',
    'dotted': 'dot',
}
_none = ('', ' ', 'none', 'None', None)


def color(value, alpha=None):
    """A colour as CSS takes it: a name, a letter, 'C0', a grey '0.5', hex, or a tuple of 0…1."""
    if value is None:
        return None
    css = _css(value)
    if alpha is None:
        return css
    r, g, b, a = rgba(css)
    return f'rgba({r}, {g}, {b}, {a * float(alpha):.4g})'


def _css(value):
    if isinstance(value, str):
        if value in _none:
            return 'rgba(0, 0, 0, 0)'
        if value in _letters:
            return _letters[value]
        if len(value) > 1 and value[0] == 'C' and value[1:].isdigit():
            return cycle[int(value[1:]) % len(cycle)]
        if value.startswith('tab:') and value[4:] in _tableau:
            return _tableau[value[4:]]
        name = value.removeprefix('xkcd:').replace(' ', '')
        if name in _names:
            # As numbers: a page makes dark ones lighter where its own ground is dark.
            return _names[name]
        try:
            grey = round(255 * min(1.0, max(0.0, float(value))))
        except ValueError:
            return value
        return f'rgb({grey}, {grey}, {grey})'
    parts = [float(part) for part in value]
    if len(parts) not in (3, 4):
        raise ValueError(f'{value!r} is not a valid value for color')
    red, green, blue = (round(255 * part) for part in parts[:3])
    return f'rgb({red}, {green}, {blue})' if len(parts) == 3 else f'rgba({red}, {green}, {blue}, {parts[3]:.4g})'


def to_rgba(c, alpha=None):
    """Red, green, blue and opacity of 0…1."""
    r, g, b, a = rgba(color(c))
    return (r / 255, g / 255, b / 255, a if alpha is None else float(alpha))


def to_rgb(c):
    """Red, green and blue of 0…1."""
    return to_rgba(c)[:3]


def to_hex(c, keep_alpha=False):
    """'#rrggbb'"""
    r, g, b, a = rgba(color(c))
    return f'#{r:02x}{g:02x}{b:02x}' + (f'{round(255 * a):02x}' if keep_alpha else '')


class Normalize:
    """Values brought to 0…1 between two limits."""

    log = False

    def __init__(self, vmin=None, vmax=None, clip=False):
        self.vmin, self.vmax = vmin, vmax

    def __call__(self, value):
        low, high = self.vmin, self.vmax
        values = value if hasattr(value, '__len__') else [value]
        low = min(values) if low is None else low
        high = max(values) if high is None else high
        if hasattr(value, '__truediv__'):
            return (value - low) / ((high - low) or 1)
        return [(v - low) / ((high - low) or 1) for v in value]


class LogNorm(Normalize):
    """Values brought to 0…1 by their logarithms."""

    log = True

    def __call__(self, value):
        import math

        low, high = math.log10(self.vmin), math.log10(self.vmax)
        return (math.log10(value) - low) / ((high - low) or 1)


class TwoSlopeNorm(Normalize):
    """Values brought to 0…1 with `vcenter` at one half."""

    def __init__(self, vcenter, vmin=None, vmax=None):
        super().__init__(vmin, vmax)
        self.vcenter = vcenter

    def limits(self, low, high):
        """Limits around the centre, as far on one side as on the other: colours are drawn in equal steps."""
        reach = max(abs(float(high) - self.vcenter), abs(self.vcenter - float(low)))
        return self.vcenter - reach, self.vcenter + reach


class CenteredNorm(TwoSlopeNorm):
    """Values brought to 0…1 with `vcenter` at one half, `halfrange` on both sides."""

    def __init__(self, vcenter=0, halfrange=None, clip=False):
        super().__init__(vcenter, *((None, None) if halfrange is None else (vcenter - halfrange, vcenter + halfrange)))


class BoundaryNorm(Normalize):
    """Values brought to whole numbers of colours: one colour between each two boundaries."""

    def __init__(self, boundaries, ncolors, clip=False, *, extend='neither'):
        self.boundaries = [float(b) for b in boundaries]
        if len(self.boundaries) < 2:
            raise ValueError(f'You must provide at least 2 boundaries (1 region) but you passed in {boundaries!r}')
        if extend != 'neither':
            raise NotImplementedError("BoundaryNorm: extend other than 'neither' is not drawn here")
        regions = len(self.boundaries) - 1
        if ncolors < regions:
            raise ValueError(f'There are {regions} color bins including extensions, but ncolors = {ncolors}; ncolors must equal or exceed the number of bins')
        super().__init__(self.boundaries[0], self.boundaries[-1])
        self.Ncmap = self.N = ncolors
        self.clip = clip

    def _index(self, value):
        regions = len(self.boundaries) - 1
        region = sum(value >= b for b in self.boundaries) - 1
        if self.clip:
            region = min(max(region, 0), regions - 1)
        if region < 0 or region >= regions:
            return -1 if region < 0 else self.Ncmap
        return region if self.Ncmap == regions else int((self.Ncmap - 1) / max(1, regions - 1) * region)

    def __call__(self, value, clip=None):
        if hasattr(value, 'ravel'):
            import numpy

            return numpy.array([self._index(v) for v in value.ravel().tolist()]).reshape(value.shape)
        return [self._index(v) for v in value] if hasattr(value, '__len__') else self._index(value)

    def stepped(self, cmap):
        """A scale of colours for Plotly that changes at the boundaries and nowhere else."""
        low, high = self.boundaries[0], self.boundaries[-1]
        regions = len(self.boundaries) - 1
        made = []
        for k in range(regions):
            r, g, b = cmap.rgb((k + 0.5) / regions if regions == 1 or self.Ncmap == regions else k / (regions - 1))
            made += [[(end - low) / (high - low), f'rgb({r}, {g}, {b})'] for end in self.boundaries[k:k + 2]]
        return made


def __getattr__(name):
    if name in ('Colormap', 'ListedColormap', 'LinearSegmentedColormap'):
        from . import cm

        return getattr(cm, name)
    if name == 'TABLEAU_COLORS':
        return {f'tab:{key}': value for key, value in _tableau.items()}
    if name == 'CSS4_COLORS':
        return dict(_names)
    raise AttributeError(f"module 'matplotlib.colors' has no attribute '{name}'")


_css4 = (
    'aliceblue f0f8ff antiquewhite faebd7 aqua 00ffff aquamarine 7fffd4 azure f0ffff beige f5f5dc bisque ffe4c4 black 000000 blanchedalmond ffebcd blue '
    '0000ff blueviolet 8a2be2 brown a52a2a burlywood deb887 cadetblue 5f9ea0 chartreuse 7fff00 chocolate d2691e coral ff7f50 cornflowerblue 6495ed cornsilk '
    'fff8dc crimson dc143c cyan 00ffff darkblue 00008b darkcyan 008b8b darkgoldenrod b8860b darkgray a9a9a9 darkgreen 006400 darkgrey a9a9a9 darkkhaki '
    'bdb76b darkmagenta 8b008b darkolivegreen 556b2f darkorange ff8c00 darkorchid 9932cc darkred 8b0000 darksalmon e9967a darkseagreen 8fbc8f darkslateblue '
    '483d8b darkslategray 2f4f4f darkslategrey 2f4f4f darkturquoise 00ced1 darkviolet 9400d3 deeppink ff1493 deepskyblue 00bfff dimgray 696969 dimgrey '
    '696969 dodgerblue 1e90ff firebrick b22222 floralwhite fffaf0 forestgreen 228b22 fuchsia ff00ff gainsboro dcdcdc ghostwhite f8f8ff gold ffd700 '
    'goldenrod daa520 gray 808080 green 008000 greenyellow adff2f grey 808080 honeydew f0fff0 hotpink ff69b4 indianred cd5c5c indigo 4b0082 ivory fffff0 '
    'khaki f0e68c lavender e6e6fa lavenderblush fff0f5 lawngreen 7cfc00 lemonchiffon fffacd lightblue add8e6 lightcoral f08080 lightcyan e0ffff '
    'lightgoldenrodyellow fafad2 lightgray d3d3d3 lightgreen 90ee90 lightgrey d3d3d3 lightpink ffb6c1 lightsalmon ffa07a lightseagreen 20b2aa lightskyblue '
    '87cefa lightslategray 778899 lightslategrey 778899 lightsteelblue b0c4de lightyellow ffffe0 lime 00ff00 limegreen 32cd32 linen faf0e6 magenta ff00ff '
    'maroon 800000 mediumaquamarine 66cdaa mediumblue 0000cd mediumorchid ba55d3 mediumpurple 9370db mediumseagreen 3cb371 mediumslateblue 7b68ee '
    'mediumspringgreen 00fa9a mediumturquoise 48d1cc mediumvioletred c71585 midnightblue 191970 mintcream f5fffa mistyrose ffe4e1 moccasin ffe4b5 '
    'navajowhite ffdead navy 000080 oldlace fdf5e6 olive 808000 olivedrab 6b8e23 orange ffa500 orangered ff4500 orchid da70d6 palegoldenrod eee8aa '
    'palegreen 98fb98 paleturquoise afeeee palevioletred db7093 papayawhip ffefd5 peachpuff ffdab9 peru cd853f pink ffc0cb plum dda0dd powderblue b0e0e6 '
    'purple 800080 rebeccapurple 663399 red ff0000 rosybrown bc8f8f royalblue 4169e1 saddlebrown 8b4513 salmon fa8072 sandybrown f4a460 seagreen 2e8b57 '
    'seashell fff5ee sienna a0522d silver c0c0c0 skyblue 87ceeb slateblue 6a5acd slategray 708090 slategrey 708090 snow fffafa springgreen 00ff7f steelblue '
    '4682b4 tan d2b48c teal 008080 thistle d8bfd8 tomato ff6347 turquoise 40e0d0 violet ee82ee wheat f5deb3 white ffffff whitesmoke f5f5f5 yellow ffff00 '
    'yellowgreen 9acd32 '
).split()
_names = {name: f'#{digits}' for name, digits in zip(_css4[::2], _css4[1::2])}


def rgba(css):
    """Red, green, blue of 0…255 and opacity of a colour; names that are not known here count as black."""
    css = _names.get(css, css)
    if css.startswith('#'):
        digits = css[1:]
        if len(digits) < 6:
            digits = ''.join(digit * 2 for digit in digits)
        values = [int(digits[at : at + 2], 16) for at in range(0, len(digits), 2)]
        return (*values[:3], values[3] / 255 if len(values) > 3 else 1.0)
    if css.startswith('rgb'):
        parts = [float(part) for part in css[css.index('(') + 1 : -1].split(',')]
        return (*(int(part) for part in parts[:3]), parts[3] if len(parts) > 3 else 1.0)
    return 0, 0, 0, 1.0


def read_format(text):
    """The colour, marker and line style of a format string such as 'r--o'."""
    found = {'color': None, 'marker': None, 'linestyle': None}
    if text in _names or text.startswith(('tab:', '#')):
        return {**found, 'color': text}
    rest = text
    while rest:
        for length in (2, 1):
            part = rest[:length]
            if len(part) < length:
                continue
            if part in ('--', '-.', '-', ':') and found['linestyle'] is None:
                found['linestyle'] = part
            elif length == 2 and part[0] == 'C' and part[1].isdigit() and found['color'] is None:
                found['color'] = part
            elif length == 1 and part in _letters and found['color'] is None:
                found['color'] = part
            elif length == 1 and part in markers and found['marker'] is None:
                found['marker'] = part
            else:
                continue
            rest = rest[length:]
            break
        else:
            raise ValueError(f"'{text}' is not a valid format string (unrecognized character '{rest[0]}')")
    return found


def is_none(value):
    return isinstance(value, str) and value in _none
