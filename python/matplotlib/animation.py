"""Animations: a page of results shows pictures that stand, so what is kept is the last of the frames."""

import itertools
import os
import warnings

_here = os.path.dirname(__file__)
_most = 500


class FuncAnimation:
    """Calls `func` for each frame, as an animation does; the figure then shows the last one."""

    def __init__(self, fig, func, frames=None, init_func=None, fargs=None, save_count=None, *, interval=200, repeat=True, blit=False, **_options):
        self._fig, self._func, self._init, self._args = fig, func, init_func, fargs or ()
        if frames is None:
            frames = range(100 if save_count is None else save_count)
        elif callable(frames):
            frames = frames()
        elif isinstance(frames, int):
            frames = range(frames)
        self._frames = list(itertools.islice(frames, _most))
        self._run()

    def _run(self):
        if self._init is not None:
            self._init()
        for frame in self._frames:
            self._func(frame, *self._args)
        warnings.warn(f'FuncAnimation: nothing moves here; the figure shows the last of its {len(self._frames)} frames', stacklevel=3, skip_file_prefixes=(_here,))

    def save(self, filename, *args, **kwargs):
        """Films cannot be written here; the last frame can, by `fig.savefig`."""
        raise NotImplementedError(f'{os.fspath(filename)}: Eigenscope writes no films; fig.savefig writes the last frame')

    def to_jshtml(self, *args, **kwargs):
        """The last frame as a drawing in HTML."""
        return self._fig._repr_svg_()

    to_html5_video = to_jshtml

    def pause(self):
        """Nothing moves."""

    resume = pause
