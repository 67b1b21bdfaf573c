"""Styles by matplotlib's names: what they say of the ground of axes, of their grid and of colours."""

import contextlib

from cycler import cycler

from . import rcParams, rcParamsDefault


def _style(colors, ground=None, grid=None, framed=True, **more):
    return {'axes.prop_cycle': cycler(color=colors.split()), 'axes.facecolor': ground, 'axes.grid': grid is not None, 'grid.color': grid, 'axes.spines': framed, **more}


_deep = '#4C72B0 #55A868 #C44E52 #8172B2 #CCB974 #64B5CD'
_known = {
    'ggplot': _style('#E24A33 #348ABD #988ED5 #777777 #FBC15E #8EBA42 #FFB5B8', '#E5E5E5', '#ffffff', False),
    'bmh': _style('#348ABD #A60628 #7A68A6 #467821 #D55E00 #CC79A7 #56B4E9 #009E73 #F0E442 #0072B2', '#eeeeee', '#b2b2b2'),
    'fivethirtyeight': _style('#008fd5 #fc4f30 #e5ae38 #6d904f #8b8b8b #810f7c', '#f0f0f0', '#cbcbcb', False, **{'lines.linewidth': 4.0}),
    'grayscale': _style('0.00 0.40 0.60 0.70', **{'image.cmap': 'gray'}),
    'dark_background': _style('#8dd3c7 #feffb3 #bfbbd9 #fa8174 #81b1d2 #fdb462 #b3de69 #bc82bd #ccebc4 #ffed6f', '#000000'),
    'tableau-colorblind10': _style('#006BA4 #FF800E #ABABAB #595959 #5F9ED1 #C85200 #898989 #A2C8EC #FFBC79 #CFCFCF'),
    'seaborn-v0_8': _style(_deep, '#EAEAF2', '#ffffff', False),
    'seaborn-v0_8-darkgrid': _style(_deep, '#EAEAF2', '#ffffff', False),
    'seaborn-v0_8-whitegrid': _style(_deep, None, '#cccccc'),
    'seaborn-v0_8-white': _style(_deep),
    'seaborn-v0_8-ticks': _style(_deep),
    'seaborn-v0_8-colorblind': _style('#0072B2 #009E73 #D55E00 #CC79A7 #F0E442 #56B4E9'),
    'seaborn-v0_8-deep': _style(_deep),
    'seaborn-v0_8-muted': _style('#4878CF #6ACC65 #D65F5F #B47CC7 #C4AD66 #77BEDB'),
    'seaborn-v0_8-pastel': _style('#92C6FF #97F0AA #FF9F9A #D0BBFF #FFFEA3 #B0E0E6'),
}
# Sizes of letters are the page's.
_nothing = ('classic', 'fast', 'seaborn-v0_8-paper', 'seaborn-v0_8-notebook', 'seaborn-v0_8-talk', 'seaborn-v0_8-poster', '_mpl-gallery')
available = sorted((*_known, *_nothing))


def use(style):
    """Draws axes that are made from now on in a style, in several one after the other, or by settings of `rcParams`."""
    for one in style if isinstance(style, (list, tuple)) else [style]:
        if isinstance(one, dict):
            rcParams.update(one)
        elif one == 'default':
            rcParams.clear()
            rcParams.update(rcParamsDefault)
        elif one.replace('seaborn-', 'seaborn-v0_8-').replace('v0_8-v0_8', 'v0_8') in _known or one in _known:
            rcParams.update(_known.get(one) or _known[one.replace('seaborn-', 'seaborn-v0_8-')])
        elif one not in _nothing:
            raise OSError(f'{one!r} is not a valid package style, path of style file, URL of style file, or library style name (library styles are listed in `style.available`)')


@contextlib.contextmanager
def context(style, after_reset=False):
    """A style for a while."""
    before = dict(rcParams)
    try:
        use(['default', style] if after_reset else style)
        yield
    finally:
        rcParams.clear()
        rcParams.update(before)
