"""Lines of equal height on a grid, and pictures of the areas between them: what a drawing of contours is made of."""

import math


def chosen(trace):
    """The heights of a contour trace."""
    contours = trace.get('contours', {})
    if 'levels' in trace:
        return trace['levels']
    if 'start' in contours:
        count = round((contours['end'] - contours['start']) / contours['size'])
        return [contours['start'] + k * contours['size'] for k in range(count + 1)]
    low, high = trace['zmin'], trace['zmax']
    return [level for level in automatic(low, high, trace.get('ncontours', 8) - 1) if low <= level <= high]


def automatic(low, high, count):
    """Round heights from below the lowest to above the highest, in at most `count` + 1 steps."""
    low, high = float(low), float(high)
    rough = (high - low) / (count + 1) or 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(nice * power for nice in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if nice * power >= rough * (1 - 1e-9))
    return [float(f'{k * step:.12g}') for k in range(math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9) + 1)] or [low]


def lines(z, x, y, level):
    """Segments ((x, y), (x, y)) where the surface has a height: each cell is cut along its edges."""
    made = []
    for i in range(len(z) - 1):
        for j in range(len(z[0]) - 1):
            corners = ((x[j], y[i], z[i][j]), (x[j + 1], y[i], z[i][j + 1]), (x[j + 1], y[i + 1], z[i + 1][j + 1]), (x[j], y[i + 1], z[i + 1][j]))
            if any(c[2] is None or c[2] != c[2] for c in corners):
                continue
            cuts = []
            for (x0, y0, a), (x1, y1, b) in zip(corners, (*corners[1:], corners[0])):
                if (a >= level) != (b >= level):
                    t = (level - a) / (b - a)
                    cuts.append((x0 + t * (x1 - x0), y0 + t * (y1 - y0)))
            if len(cuts) == 2:
                made.append((cuts[0], cuts[1]))
            elif len(cuts) == 4:
                # A saddle: the mean says which corners belong together.
                high = sum(c[2] for c in corners) / 4 >= level
                if high == (corners[0][2] >= level):
                    made += [(cuts[0], cuts[1]), (cuts[2], cuts[3])]
                else:
                    made += [(cuts[0], cuts[3]), (cuts[1], cuts[2])]
    return made


def _place(axis, count, at):
    """Where a share of a picture's side falls between the lines of a grid: below which line, and how far above it."""
    value = axis[0] + (axis[-1] - axis[0]) * (at + 0.5) / count
    rising = axis[-1] >= axis[0]
    low = 0
    while low < len(axis) - 2 and (axis[low + 1] <= value if rising else axis[low + 1] >= value):
        low += 1
    return low, (value - axis[low]) / ((axis[low + 1] - axis[low]) or 1)


def areas(z, x, y, levels, rgb, side=240):
    """Rows of (red, green, blue, opacity), from the first line of the grid on: each area has one colour."""
    columns = [_place(x, side, at) for at in range(side)]
    made = []
    for r in range(side):
        i, t = _place(y, side, r)
        low, high = z[i], z[i + 1]
        line = []
        for j, s in columns:
            four = low[j], low[j + 1], high[j], high[j + 1]
            if any(v is None or v != v for v in four):
                line.append((0, 0, 0, 0))
                continue
            value = (four[0] * (1 - s) + four[1] * s) * (1 - t) + (four[2] * (1 - s) + four[3] * s) * t
            band = sum(value >= level for level in levels)
            line.append((*rgb(band, len(levels)), 255))
        made.append(line)
    return made
