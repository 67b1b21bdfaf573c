import { AppError } from '#shared/errors.ts';

export interface BmpHeader {
  width: number;
  height: number;
  topDown: boolean;
  bits: 1 | 4 | 8 | 16 | 24 | 32;
  masks: readonly [red: number, green: number, blue: number] | null;
  /** RGB bytes of the palette, for up to 8 bits. */
  palette: Uint8Array;
  dataOffset: number;
}

/**
 * Reads the headers of a Windows bitmap (BITMAPCOREHEADER to BITMAPV5HEADER) and its palette.
 * @throws AppError 'parse' for damaged or run-length coded ones.
 */
export function parseBmpHeader(bytes: Uint8Array): BmpHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 26 || view.getUint16(0, true) !== 0x4d42) throw bad('its header is cut off');
  const dataOffset = view.getUint32(10, true);
  const size = view.getUint32(14, true);
  const core = size === 12;
  if (!core && (size < 40 || bytes.length < 14 + 40)) throw bad('its header is cut off');
  const width = core ? view.getUint16(18, true) : view.getInt32(18, true);
  const signedHeight = core ? view.getUint16(20, true) : view.getInt32(22, true);
  const bits = view.getUint16(core ? 24 : 28, true);
  const compression = core ? 0 : view.getUint32(30, true);
  const height = Math.abs(signedHeight);
  if (width < 1 || height < 1) throw bad('it has no pixels');
  if (bits !== 1 && bits !== 4 && bits !== 8 && bits !== 16 && bits !== 24 && bits !== 32)
    throw bad(`${bits} bits per pixel are not known`);
  if (compression !== 0 && compression !== 3 && compression !== 6) {
    throw new AppError('parse', 'This bitmap is compressed, which cannot be read', {
      argument: 'file',
      hint: 'Save it as PNG and open that.',
    });
  }
  let masks: BmpHeader['masks'] = null;
  let paletteAt = 14 + size;
  if (compression !== 0 && bits >= 16) {
    if (bytes.length < 66) throw bad('its header is cut off');
    masks = [view.getUint32(54, true), view.getUint32(58, true), view.getUint32(62, true)];
    if (masks.includes(0)) throw bad('its colour masks are empty');
    if (size === 40) paletteAt += 12;
  } else if (bits === 16) masks = [0x7c00, 0x03e0, 0x001f];
  else if (bits === 32) masks = [0xff0000, 0xff00, 0xff];
  return {
    width,
    height,
    topDown: signedHeight < 0,
    bits,
    masks,
    palette: readPalette(view, paletteAt, dataOffset, bits, core),
    dataOffset,
  };
}

function readPalette(view: DataView, at: number, end: number, bits: number, core: boolean): Uint8Array {
  if (bits > 8) return new Uint8Array(0);
  const step = core ? 3 : 4;
  const room = Math.max(0, Math.min(end, view.byteLength) - at);
  const colours = Math.min(2 ** bits, Math.floor(room / step));
  const palette = new Uint8Array(3 * 2 ** bits);
  for (let colour = 0; colour < colours; colour++) {
    for (let part = 0; part < 3; part++) palette[3 * colour + part] = view.getUint8(at + colour * step + 2 - part);
  }
  return palette;
}

/** The pixels as RGB bytes, top row first; `bytes` is the whole file. */
export function decodeBmp(bytes: Uint8Array): { width: number; height: number; rgb: Uint8Array; grey: boolean } {
  const header = parseBmpHeader(bytes);
  const { width, height, bits, masks, palette } = header;
  const stride = Math.ceil((width * bits) / 32) * 4;
  if (bytes.length < header.dataOffset + stride * (height - 1) + Math.ceil((width * bits) / 8))
    throw bad('the file ends before the picture does');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rgb = new Uint8Array(width * height * 3);
  const fields = masks?.map(fieldOf) ?? [];
  let at = 0;
  for (let row = 0; row < height; row++) {
    const line = header.dataOffset + stride * (header.topDown ? row : height - 1 - row);
    for (let col = 0; col < width; col++, at += 3) {
      if (bits <= 8) {
        const byte = bytes[line + ((col * bits) >> 3)];
        const colour = 3 * ((byte >> (8 - bits - ((col * bits) & 7))) & (2 ** bits - 1));
        rgb[at] = palette[colour]!;
        rgb[at + 1] = palette[colour + 1]!;
        rgb[at + 2] = palette[colour + 2]!;
      } else if (bits === 24) {
        const from = line + 3 * col;
        rgb[at] = bytes[from + 2]!;
        rgb[at + 1] = bytes[from + 1]!;
        rgb[at + 2] = bytes[from]!;
      } else {
        const value = bits === 16 ? view.getUint16(line + 2 * col, true) : view.getUint32(line + 4 * col, true);
        for (let part = 0; part < 3; part++) {
          const { mask, shift, most } = fields[part];
          rgb[at + part] = Math.round((((value & mask) >>> shift) * 255) / most);
        }
      }
    }
  }
  return { width, height, rgb, grey: bits <= 8 && isGrey(palette) };
}

function fieldOf(mask: number): { mask: number; shift: number; most: number } {
  const shift = 31 - Math.clz32(mask & -mask);
  return { mask, shift, most: mask >>> shift };
}

function isGrey(palette: Uint8Array): boolean {
  for (let at = 0; at < palette.length; at += 3) {
    if (palette[at] !== palette[at + 1] || palette[at] !== palette[at + 2]) return false;
  }
  return true;
}

function bad(why: string): AppError {
  return new AppError('parse', `This bitmap is damaged: ${why}`, {
    argument: 'file',
    hint: 'Get it again, or save it as PNG.',
  });
}
