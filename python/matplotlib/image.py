"""Pictures in files: `imread` and `imsave`."""

import os
import struct
import zlib

import numpy as np

from .pyplot import imsave as imsave

_channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def imread(fname, format=None):
    """
    A PNG picture as an array: rows × columns, with a third axis of 3 or 4 channels where it has colours.

    Numbers are float32 from 0 to 1. Raises NotImplementedError for other kinds of pictures.
    """
    if hasattr(fname, 'read'):
        raw = fname.read()
    else:
        with open(fname, 'rb') as file:
            raw = file.read()
    if raw[:8] != b'\x89PNG\r\n\x1a\n':
        name = getattr(fname, 'name', fname)
        raise NotImplementedError(f'imread reads PNG here, which {os.path.basename(str(name))!r} is not: the page opens JPEG and others as arrays')
    at, packed, palette, clear = 8, b'', b'', b''
    width = height = depth = kind = interlaced = 0
    while at + 8 <= len(raw):
        length, name = struct.unpack_from('>I4s', raw, at)
        part = raw[at + 8:at + 8 + length]
        if name == b'IHDR':
            width, height, depth, kind, _, _, interlaced = struct.unpack('>IIBBBBB', part)
        elif name == b'PLTE':
            palette = part
        elif name == b'tRNS':
            clear = part
        elif name == b'IDAT':
            packed += part
        at += 12 + length
    if interlaced:
        raise NotImplementedError('imread reads no interlaced PNG here: the page opens them as arrays')
    channels = _channels[kind]
    rows = _rows(zlib.decompress(packed), height, (width * channels * depth + 7) // 8, max(1, channels * depth // 8))
    if depth == 16:
        values = rows.astype('uint16').reshape(height, -1, 2)
        values = values[:, :, 0] * 256 + values[:, :, 1]
    elif depth < 8:
        bits = np.unpackbits(rows, axis=1).reshape(height, -1, depth)[:, :width * channels]
        values = (bits * (1 << np.arange(depth)[::-1])).sum(axis=2)
    else:
        values = rows
    values = values.reshape(height, width, channels)
    if kind == 3:
        table = np.frombuffer(palette, 'uint8').reshape(-1, 3)
        if clear:
            alpha = np.full((len(table), 1), 255, 'uint8')
            alpha[:len(clear), 0] = list(clear)
            table = np.hstack([table, alpha])
        values, depth = table[values[:, :, 0]], 8
    made = values.astype('float32') / np.float32((1 << depth) - 1)
    return made[:, :, 0] if made.shape[2] == 1 else made


def _rows(data, height, length, unit):
    """The bytes of the rows: each was written as its difference from what stands beside and above it."""
    made = np.zeros((height, length), 'uint8')
    above = bytearray(length)
    for row in range(height):
        start = row * (length + 1)
        how, line = data[start], bytearray(data[start + 1:start + 1 + length])
        if how == 1:
            for i in range(unit, length):
                line[i] = (line[i] + line[i - unit]) & 255
        elif how == 2:
            for i in range(length):
                line[i] = (line[i] + above[i]) & 255
        elif how == 3:
            for i in range(length):
                line[i] = (line[i] + ((line[i - unit] if i >= unit else 0) + above[i]) // 2) & 255
        elif how == 4:
            for i in range(length):
                a, b, c = (line[i - unit], above[i], above[i - unit]) if i >= unit else (0, above[i], 0)
                p, q, r = abs(b - c), abs(a - c), abs(a + b - 2 * c)
                line[i] = (line[i] + (a if p <= q and p <= r else b if q <= r else c)) & 255
        made[row] = np.frombuffer(line, 'uint8')
        above = line
    return made
