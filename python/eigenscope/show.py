"""Values as a page shows them: text always, and richer forms where a value has them."""

import base64
import json
import sys

import _eigenscope_host as host

# Methods by which values tell their richer forms, as in Jupyter.
_forms = (
    ('html', '_repr_html_'),
    ('markdown', '_repr_markdown_'),
    ('latex', '_repr_latex_'),
    ('svg', '_repr_svg_'),
    ('png', '_repr_png_'),
    ('jpeg', '_repr_jpeg_'),
    ('plotly', '_repr_plotly_'),
)
_mime = {
    'text/plain': 'text',
    'text/html': 'html',
    'text/markdown': 'markdown',
    'text/latex': 'latex',
    'image/svg+xml': 'svg',
    'image/png': 'png',
    'image/jpeg': 'jpeg',
}


def describe(value):
    """All forms of a value, as plain data that JSON takes."""
    shown = {}
    bundle = _asked(value, '_repr_mimebundle_')
    if isinstance(bundle, tuple):
        bundle = bundle[0]
    if isinstance(bundle, dict):
        for mime, content in bundle.items():
            if mime in _mime:
                shown[_mime[mime]] = content
    for form, method in _forms:
        if form not in shown:
            content = _asked(value, method)
            if content is not None:
                shown[form] = content
    for form in ('png', 'jpeg'):
        if isinstance(shown.get(form), (bytes, bytearray)):
            shown[form] = base64.b64encode(shown[form]).decode('ascii')
    handle = _handle(value)
    if handle:
        shown['handle'] = handle
    if 'text' not in shown:
        shown['text'] = repr(value)
    return shown


def _asked(value, method):
    # A class has the methods of its instances, unbound.
    if isinstance(value, type):
        return None
    found = getattr(type(value), method, None)
    if found is None:
        return None
    try:
        return found(value)
    except NotImplementedError:
        return None


def _handle(value):
    numpy = sys.modules.get('numpy')
    array = getattr(numpy, 'ndarray', None)
    return value._h if array is not None and isinstance(value, array) and not value._boxed else 0


def send(kind, value):
    flush()
    host.show(kind, json.dumps(describe(value), default=plain))


def plain(value):
    """For JSON: NumPy's numbers and arrays as Python's own."""
    if hasattr(value, 'tolist'):
        return value.tolist()
    raise TypeError(f'Object of type {type(value).__name__} is not JSON serializable')


def flush():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, ValueError):
            pass


def display(*values, **_options):
    """Shows values below the cell, each in its richest form."""
    for value in values:
        send('display', value)


def clear_output(wait=False):
    """Takes away what the cell has shown so far; with `wait` only when the next output comes."""
    flush()
    host.clear(bool(wait))


class _Text:
    def __init__(self, data=None, filename=None):
        if data is None and filename is not None:
            with open(filename, encoding='utf-8') as file:
                data = file.read()
        self.data = data

    def __repr__(self):
        return f'<{type(self).__name__}>'


class HTML(_Text):
    """HTML to show."""

    def _repr_html_(self):
        return self.data


class Markdown(_Text):
    """Markdown to show."""

    def _repr_markdown_(self):
        return self.data


class Latex(_Text):
    """TeX to show, its dollar signs included."""

    def _repr_latex_(self):
        return self.data


class Math(Latex):
    """A formula in TeX, without dollar signs."""

    def _repr_latex_(self):
        return f'$\\displaystyle {self.data.strip("$")}$'


class SVG(_Text):
    """A drawing to show."""

    def _repr_svg_(self):
        return self.data


class Image:
    """A picture to show: PNG or JPEG, from its bytes or a file."""

    def __init__(self, data=None, filename=None, **_options):
        if isinstance(data, str) and filename is None:
            data, filename = None, data
        if data is None:
            with open(filename, 'rb') as file:
                data = file.read()
        self.data = bytes(data)

    def _repr_png_(self):
        return self.data if self.data[:4] == b'\x89PNG' else None

    def _repr_jpeg_(self):
        return self.data if self.data[:2] == b'\xff\xd8' else None

    def __repr__(self):
        return '<Image>'
