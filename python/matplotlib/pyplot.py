"""Plotting by matplotlib's names: the current figure and axes, drawn by the page when they are shown."""


from cycler import cycler as cycler

from . import cm, rc, rc_context, rcParams, style
from .cm import get_cmap
from .figure import Figure

__all__ = ['Figure', 'cm', 'style', 'get_cmap', 'rc', 'rc_context', 'rcParams', 'figure', 'subplots', 'show', 'savefig', 'imread', 'cycler']

_figures = {}
_current = None


def figure(num=None, figsize=None, clear=False, **options):
    """A new figure, or the one of that number, which becomes the current one."""
    global _current
    if isinstance(num, Figure):
        _current = num
        return num
    if num is None:
        num = max([key for key in _figures if isinstance(key, int)], default=0) + 1
    if num not in _figures:
        _figures[num] = Figure(figsize, num)
    elif clear:
        _figures[num].clf()
    _current = _figures[num]
    return _current


def gcf():
    """The current figure."""
    return _current if _current is not None else figure()


def gca(**kind):
    """The current axes."""
    return gcf().gca(**kind)


def sca(ax):
    """Makes axes the current ones."""
    figure(ax.figure)
    ax.figure._sca(ax)


def subplots(nrows=1, ncols=1, *, sharex=False, sharey=False, squeeze=True, gridspec_kw=None, figsize=None, num=None,
             subplot_kw=None, **options):  # fmt: skip
    """A new figure and a grid of axes in it."""
    made = figure(num, figsize)
    grid = made.subplots(nrows, ncols, sharex=sharex, sharey=sharey, squeeze=squeeze, gridspec_kw=gridspec_kw, subplot_kw=subplot_kw)
    return made, grid


def subplot(*args, **kwargs):
    """The axes at a place of a grid of the current figure."""
    return gcf().add_subplot(*(args or (1, 1, 1)), **kwargs)


def subplot2grid(shape, loc, rowspan=1, colspan=1, fig=None, **kwargs):
    """Axes over cells of a grid: from a row and column on, so many rows and columns."""
    rows, columns = shape
    row, column = loc
    target = gcf() if fig is None else fig
    return target.add_subplot(target.add_gridspec(rows, columns)[row : row + rowspan, column : column + colspan], **kwargs)


def subplot_mosaic(mosaic, figsize=None, **options):
    """Axes named by letters: 'AB;CC'."""
    made = figure(figsize=figsize)
    return made, made.subplot_mosaic(mosaic, **options)


def axes(arg=None, **kwargs):
    """New axes in the current figure, at a rectangle of shares of it."""
    return gcf().add_subplot(**kwargs) if arg is None else gcf().add_axes(arg, **kwargs)


def imread(fname, format=None):
    """A PNG picture as an array of numbers from 0 to 1."""
    from .image import imread as read

    return read(fname, format)


def show(*args, **kwargs):
    """Shows all open figures below the cell and closes them."""
    from eigenscope.show import display

    for made in list(_figures.values()):
        if made.axes:
            display(made)
    close('all')


def close(fig=None):
    """Forgets a figure, or all of them."""
    global _current
    if fig == 'all':
        _figures.clear()
        _current = None
        return
    target = _current if fig is None else _figures.get(fig) if not isinstance(fig, Figure) else fig
    for number, made in list(_figures.items()):
        if made is target:
            del _figures[number]
    if target is _current:
        _current = next(reversed(_figures.values()), None)


def fignum_exists(num):
    """Whether there is a figure of this number."""
    return num in _figures


def get_fignums():
    """The numbers of the figures, ascending."""
    return sorted(key for key in _figures if isinstance(key, int))


def clf():
    """Empties the current figure."""
    gcf().clf()


def cla():
    """Empties the current axes."""
    gca().cla()


def savefig(fname, **kwargs):
    """Writes the current figure: .svg, .html or .json."""
    gcf().savefig(fname, **kwargs)


def suptitle(t, **kwargs):
    """Writes a title over the current figure."""
    gcf().suptitle(t, **kwargs)


def colorbar(mappable=None, cax=None, ax=None, **kwargs):
    """The scale of what was last coloured by values."""
    chosen = mappable if mappable is not None else gca()._current
    return gcf().colorbar(chosen, ax=ax, **kwargs)


def clim(vmin=None, vmax=None):
    """Sets which values have the ends of the colour map, of what was last coloured by values."""
    gca()._current.set_clim(vmin, vmax)


def gci():
    """What was last coloured by values, or None."""
    return gca()._current


def imsave(fname, arr, *, vmin=None, vmax=None, cmap=None, format=None, origin='upper', **_options):
    """Writes an array as a picture, a pixel for each element: .png."""
    from .pictures import save

    save(fname, arr, vmin, vmax, get_cmap(cmap or rcParams['image.cmap']), format, origin)


def set_cmap(cmap):
    """Sets the colour map from now on."""
    rcParams['image.cmap'] = get_cmap(cmap).name


def tight_layout(*args, **kwargs):
    """The page lays figures out."""


def subplots_adjust(*args, **kwargs):
    """The page lays figures out."""


def ion():
    """Figures are shown at the end of a cell in any case."""


def ioff():
    """Figures are shown at the end of a cell in any case."""


def isinteractive():
    """False: figures are shown at the end of a cell."""
    return False


def draw():
    """Figures are drawn when they are shown."""


def pause(interval):
    """Shows the figures so far and waits."""
    import time

    show()
    time.sleep(interval)


def xlim(*args, **kwargs):
    """Where the current axes begin and end from left to right; sets it where it is given."""
    return gca().set_xlim(*args, **kwargs) if args or kwargs else gca().get_xlim()


def ylim(*args, **kwargs):
    """Where the current axes begin and end upwards; sets it where it is given."""
    return gca().set_ylim(*args, **kwargs) if args or kwargs else gca().get_ylim()


def xticks(ticks=None, labels=None, **look):
    """Where ticks stand, what stands at them and how it is written; the ticks and labels that are set."""
    return _ticks('x', ticks, labels, look)


def yticks(ticks=None, labels=None, **look):
    """Where ticks stand, what stands at them and how it is written; the ticks and labels that are set."""
    return _ticks('y', ticks, labels, look)


def _ticks(letter, ticks, labels, look):
    target = gca()
    if ticks is not None:
        target._ticks(letter, ticks, labels)
    target._tick_look(letter, f'{letter}ticks', look)
    axis = target.xaxis if letter == 'x' else target.yaxis
    return axis.get_ticklocs(), axis.get_ticklabels()


def setp(obj, *args, **kwargs):
    """Changes properties of drawn things: `plt.setp(line, linewidth=2)`."""
    from .artists import change

    for one in obj if isinstance(obj, (list, tuple)) else [obj]:
        change(one, kwargs)


def rcdefaults():
    """The settings as they were at the start."""
    from . import rcParamsDefault

    rcParams.clear()
    rcParams.update(rcParamsDefault)


def figtext(x, y, s, **kwargs):
    """A text at shares of the figure."""
    return gcf().text(x, y, s, **kwargs)


def box(on=None):
    """The frame around the axes stays: it is the page's."""


def polar(*args, **kwargs):
    """Lines of angles and distances, on polar axes."""
    return gcf().add_subplot(projection='polar').plot(*args, **kwargs)


def rgrids(radii=None, labels=None, **kwargs):
    """Where circles of polar axes stand."""
    gca().set_rgrids(radii, labels)


def thetagrids(angles=None, labels=None, **kwargs):
    """Where rays of polar axes stand, in degrees."""
    gca().set_thetagrids(angles, labels)


def delaxes(ax=None):
    """Takes axes out of the current figure, the current ones by default."""
    gcf().delaxes(ax or gca())


def _of_axes(name, target=None):
    def draw_it(*args, **kwargs):
        return getattr(gca(), target or name)(*args, **kwargs)

    from .axes import Axes

    method = getattr(Axes, target or name)
    draw_it.__name__ = draw_it.__qualname__ = name
    draw_it.__doc__ = method.__doc__
    try:
        import inspect

        signature = inspect.signature(method)
        draw_it.__signature__ = signature.replace(parameters=list(signature.parameters.values())[1:])
    except (TypeError, ValueError):
        pass
    return draw_it


for _name in (
    'plot scatter bar barh bar_label hist boxplot pie imshow matshow spy pcolormesh pcolor contour contourf clabel '
    'semilogx semilogy loglog step errorbar stem fill_between fill_betweenx fill stairs ticklabel_format hlines vlines quiver arrow axhline axvline axhspan '
    'axvspan axline text annotate legend grid axis margins twinx twiny tick_params violinplot hist2d hexbin stackplot streamplot eventplot triplot tripcolor tricontour tricontourf '
    'table broken_barh ecdf locator_params minorticks_on minorticks_off autoscale'
).split():
    globals()[_name] = _of_axes(_name)
    __all__.append(_name)
for _name, _target in (
    ('title', 'set_title'),
    ('xlabel', 'set_xlabel'),
    ('ylabel', 'set_ylabel'),
    ('xscale', 'set_xscale'),
    ('yscale', 'set_yscale'),
):
    globals()[_name] = _of_axes(_name, _target)
    __all__.append(_name)


def _chosen(name):
    def choose():
        set_cmap(name)
        if gcf().axes and gci() is not None:
            gci().set_cmap(name)

    choose.__name__ = choose.__qualname__ = name
    choose.__doc__ = f'The colour map {name!r} from now on.'
    return choose


for _name in 'autumn bone cool copper gray hot hsv inferno jet magma plasma spring summer viridis winter'.split():
    globals()[_name] = _chosen(_name)
    __all__.append(_name)
del _name, _target


colormaps = cm.colormaps


def __getattr__(name):
    # Classes that pyplot has besides its own functions.
    places = {'Line2D': 'lines', 'Circle': 'patches', 'Rectangle': 'patches', 'Polygon': 'patches', 'Ellipse': 'patches', 'Arrow': 'patches', 'Normalize': 'colors', 'GridSpec': 'gridspec',
              'MaxNLocator': 'ticker', 'MultipleLocator': 'ticker', 'FuncFormatter': 'ticker', 'FixedLocator': 'ticker', 'NullFormatter': 'ticker', 'NullLocator': 'ticker',
              'AutoLocator': 'ticker', 'ScalarFormatter': 'ticker', 'FormatStrFormatter': 'ticker', 'LogLocator': 'ticker', 'Axes': 'axes'}
    place = places.get(name)
    if place is None:
        from .reading import absent

        raise AttributeError(absent("module 'matplotlib.pyplot'", name))
    import importlib

    return getattr(importlib.import_module(f'matplotlib.{place}'), name)
