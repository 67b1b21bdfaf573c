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


def save(target, values, vmin, vmax, cmap, kind, origin):
    """Writes an array as a .png of a pixel for each element; numbers without colours by a colour map."""
    import os

    import numpy as np

    path = None if hasattr(target, 'write') else os.fspath(target)
    kind = (kind or (os.path.splitext(path)[1][1:] if path else '') or 'png').lower()
    if kind != 'png':
        raise ValueError(f"Format '{kind}' is not supported by imsave (supported formats: png); savefig writes others")
    values = np.asarray(values)
    if values.ndim == 2:
        values = values.astype(float)
        low = np.nanmin(values) if vmin is None else float(vmin)
        high = np.nanmax(values) if vmax is None else float(vmax)
        steps = np.nan_to_num(255 * np.clip((values - low) / ((high - low) or 1), 0, 1)).round().astype(np.uint8)
        values = np.array([cmap.rgb(k / 255) for k in range(256)], dtype=np.uint8)[steps]
    elif values.ndim != 3 or values.shape[2] not in (3, 4):
        raise ValueError(f'a picture has rows × columns, or these × 3 or 4, not {values.shape}')
    elif values.dtype.kind == 'f':
        values = (255 * np.clip(values, 0, 1)).round().astype(np.uint8)
    values = np.ascontiguousarray(values[::-1] if origin == 'lower' else values, dtype=np.uint8)
    height, width, parts = values.shape
    lines = np.zeros((height, 1 + width * parts), np.uint8)
    lines[:, 1:] = values.reshape(height, -1)
    content = b'\x89PNG\r\n\x1a\n' + b''.join(
        _part(name, data)
        for name, data in (
            (b'IHDR', width.to_bytes(4) + height.to_bytes(4) + bytes([8, 2 if parts == 3 else 6, 0, 0, 0])),
            (b'IDAT', zlib.compress(lines.tobytes())),
            (b'IEND', b''),
        )
    )
    if path is None:
        target.write(content)
        return
    with open(path, 'wb') as file:
        file.write(content)


def _part(name, data):
    return len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4)
