"""Drawings as pictures of pixels, and PDF around them."""

import base64
import zlib

from numpy._core.link import engine, invoke

_drawn_dpi = 100
_most = 16384


def picture(svg, kind, dpi, inches):
    """The bytes of a .png, .jpg or .pdf of a drawing; a PDF holds the picture at 200 dots per inch unless told."""
    dpi = dpi or (200.0 if kind == 'pdf' else float(_drawn_dpi))
    if not 0 < dpi * max(inches) <= _most:
        raise ValueError(f'a picture of {dpi * max(inches):.0f} pixels is too large: {_most} at most')
    form = {'png': 'png', 'pdf': 'raw'}.get(kind, 'jpeg')
    width, height, data = invoke(engine.picture, svg, form, dpi / _drawn_dpi).split(' ')
    content = base64.b64decode(data)
    return content if kind != 'pdf' else _pdf(content, int(width), int(height), inches)


def _pdf(pixels, width, height, inches):
    """A page of the figure's size with the picture on it."""
    wide, tall = (72 * part for part in inches)
    packed = zlib.compress(pixels)
    drawing = f'{wide:g} 0 0 {tall:g} 0 0 cm /Picture Do'.encode()
    objects = [
        b'<< /Type /Catalog /Pages 2 0 R >>',
        b'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        f'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {wide:g} {tall:g}] /Resources << /XObject << /Picture 4 0 R >> >> /Contents 5 0 R >>'.encode(),
        f'<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode '
        f'/Length {len(packed)} >>\nstream\n'.encode() + packed + b'\nendstream',
        f'<< /Length {len(drawing)} >>\nstream\n'.encode() + drawing + b'\nendstream',
    ]
    made = bytearray(b'%PDF-1.5\n%\xe2\xe3\xcf\xd3\n')
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += f'{number} 0 obj\n'.encode() + content + b'\nendobj\n'
    table = len(made)
    made += f'xref\n0 {len(objects) + 1}\n0000000000 65535 f \n'.encode()
    made += b''.join(f'{place:010d} 00000 n \n'.encode() for place in places)
    made += f'trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n'.encode()
    return bytes(made)
