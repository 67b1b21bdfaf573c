"""Axes beside axes: where scales of colours are put in many tutorials."""

from matplotlib.axes import Axes


class Divider:
    """Parts the place of axes among them and others."""

    def __init__(self, axes):
        self._axes = axes

    def append_axes(self, position, size='5%', pad=0.1, **_options):
        """New axes at a side: 'right', 'left', 'top' or 'bottom'; sizes are shares ('5%') or inches."""
        (x0, x1), (y0, y1) = self._axes.domain
        upright = position in ('left', 'right')
        whole = x1 - x0 if upright else y1 - y0
        inches = self._axes.figure.get_size_inches()[0 if upright else 1]
        part, gap = (min(0.4 * whole, whole * float(given[:-1]) / 100 if isinstance(given, str) else float(given) / inches) for given in (size, pad))
        # Numbers beside a scale of colours need room.
        gap = max(gap, 0.02) + (0.09 * whole if position == 'right' else 0)
        if position == 'right':
            own, other = ((x0, x1 - part - gap), (y0, y1)), ((x1 - part - gap + 0.02, x1), (y0, y1))
        elif position == 'left':
            own, other = ((x0 + part + gap, x1), (y0, y1)), ((x0, x0 + part), (y0, y1))
        elif position == 'top':
            own, other = ((x0, x1), (y0, y1 - part - gap)), ((x0, x1), (y1 - part, y1))
        elif position == 'bottom':
            own, other = ((x0, x1), (y0 + part + gap, y1)), ((x0, x1), (y0, y0 + part))
        else:
            raise ValueError(f"'position' must be one of 'left', 'right', 'bottom', or 'top', not {position!r}")
        self._axes.domain = own
        made = Axes(self._axes.figure, other)
        self._axes.figure.axes.append(made)
        return made


def make_axes_locatable(axes):
    """What puts axes beside others."""
    return Divider(axes)
