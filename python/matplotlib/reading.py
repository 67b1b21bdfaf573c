"""How arguments of matplotlib are read: options under several names, colours' numbers, fonts, text with a little TeX."""

from . import colors
from .values import flat, rows, shape

# A point of print in pixels of a screen.
px = 96 / 72


class Options:
    """Keyword arguments under their long and short names."""

    def __init__(self, given):
        self._given = given

    def __call__(self, *names):
        for name in names:
            if self._given.get(name) is not None:
                return self._given[name]
        return None

    def seen(self, name):
        return self._given.get(name) is not None


def numbers(values, count):
    values = flat(values) if len(shape(values)) == 1 else ()
    return len(values) == count and all(value is None or isinstance(value, (int, float)) for value in values)


def grid_lines(x, y):
    """The coordinates of columns and rows, of vectors or of what meshgrid made of them."""
    across = rows(x)[0] if len(shape(x)) == 2 else flat(x)
    down = [row[0] for row in rows(y)] if len(shape(y)) == 2 else flat(y)
    return across, down


def scale(value):
    return 'log' if value in ('log', 'symlog') else 'linear'


def font(size, color):
    font = {}
    if isinstance(size, (int, float)):
        font['size'] = float(size) * px
    if color is not None:
        font['color'] = colors.color(color)
    return font


_greek = dict(zip(
    'alpha beta gamma delta epsilon theta kappa lambda mu nu pi rho sigma tau phi chi psi omega Sigma Delta Omega Gamma Lambda'.split(),
    'αβγδεθκλμνπρστφχψωΣΔΩΓΛ'))  # fmt: skip


def written(text):
    """Text with the commonest of TeX between dollar signs: Greek letters, indices, exponents."""
    import re

    text = str(text)
    if '$' not in text:
        return text.replace('\n', '<br>')

    def formula(found):
        inner = found[1]
        for name, letter in sorted(_greek.items(), key=lambda item: -len(item[0])):
            inner = inner.replace('\\' + name, letter)
        inner = inner.replace('\\cdot', '·').replace('\\times', '×').replace('\\leq', '≤').replace('\\|', '‖')
        inner = re.sub(r'\\(?:mathrm|mathbf|mathit|text|operatorname)\{([^}]*)\}', r'\1', inner)
        inner = re.sub(r'\^\{([^}]*)\}|\^(.)', lambda m: f'<sup>{m[1] or m[2]}</sup>', inner)
        inner = re.sub(r'_\{([^}]*)\}|_(.)', lambda m: f'<sub>{m[1] or m[2]}</sub>', inner)
        return inner.replace('\\', '')

    return re.sub(r'\$([^$]*)\$', formula, text).replace('\n', '<br>')
