"""Showing things below a cell, by IPython's names."""

import json

from eigenscope.show import HTML, SVG, Image, Latex, Markdown, Math, clear_output, display

__all__ = [
    'HTML', 'JSON', 'SVG', 'Audio', 'Code', 'DisplayHandle', 'FileLink', 'IFrame', 'Image', 'Latex', 'Markdown', 'Math', 'Pretty',
    'Video', 'VimeoVideo', 'YouTubeVideo', 'clear_output', 'display', 'display_html', 'display_latex', 'display_markdown',
    'display_svg', 'set_matplotlib_formats', 'update_display',
]  # fmt: skip


class Pretty:
    """Text as it is."""

    def __init__(self, data):
        self.data = data

    def __repr__(self):
        return self.data


class Code(Pretty):
    """Source code, from text or a file."""

    def __init__(self, data=None, filename=None, language=None):
        if data is None:
            with open(filename, encoding='utf-8') as file:
                data = file.read()
        super().__init__(data)
        self.language = language

    def _repr_markdown_(self):
        return f'````{self.language or ""}\n{self.data}\n````'


class JSON(Pretty):
    """Plain data as JSON."""

    def __init__(self, data, **_options):
        super().__init__(data if isinstance(data, str) else json.dumps(data, indent=2))


class IFrame:
    """A page of the web: Eigenscope has no network, and shows the address."""

    _what = 'A page of the web'

    def __init__(self, src, width=None, height=None, **_options):
        self.src = src

    def __repr__(self):
        return f'{self._what}, which is not shown without a network: {self.src}'

    def _repr_markdown_(self):
        return f'*{self._what}, which is not shown without a network:* <{self.src}>'


class YouTubeVideo(IFrame):
    """A film on YouTube: its address."""

    _what = 'A film on YouTube'

    def __init__(self, id, width=400, height=300, **_options):  # noqa: A002
        super().__init__(f'https://www.youtube.com/watch?v={id}')


class VimeoVideo(IFrame):
    """A film on Vimeo: its address."""

    _what = 'A film on Vimeo'

    def __init__(self, id, width=400, height=300, **_options):  # noqa: A002
        super().__init__(f'https://vimeo.com/{id}')


class FileLink(Pretty):
    """The path of a file."""

    def __init__(self, path, **_options):
        super().__init__(str(path))


class _Played:
    def __init__(self, data=None, filename=None, url=None, **options):
        self.data, self.filename, self.url, self.options = data, filename, url, options

    def __repr__(self):
        told = self.filename or self.url or (self.data if isinstance(self.data, str) else None)
        rate = self.options.get('rate')
        if told is None and rate and self.data is not None:
            told = f'{len(self.data) / rate:.3g} s at {rate} Hz'
        return f'<{type(self).__name__}{"" if told is None else f": {told}"}; it is not played here>'


class Audio(_Played):
    """A sound: what it is; nothing is played here."""


class Video(_Played):
    """A film: what it is; nothing is played here."""


class DisplayHandle:
    """What is shown again by `update`, below what was shown before."""

    def display(self, obj, **_options):
        display(obj)

    update = display


def update_display(obj, *, display_id=None, **_options):
    """Shows a value once more."""
    display(obj)


def _as(form):
    def shown(*objs, raw=False, **_options):
        for obj in objs:
            display(form(obj) if raw else obj)

    return shown


display_html = _as(HTML)
display_markdown = _as(Markdown)
display_latex = _as(Latex)
display_svg = _as(SVG)


def set_matplotlib_formats(*_formats, **_options):
    """Plots are drawn by the page, sharp at every size, whatever the format."""
