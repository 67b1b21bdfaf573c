/** Thumbnails as the compute process gives them, onto a canvas. */
import { colourMap, linearScale, paint, symmetricScale, type ColourScale, type MapTheme } from '../colour-map.ts';

export interface ThumbnailValues {
  width: number;
  height: number;
  values: Float32Array | null;
  limit: number;
  rgba: Uint8Array | null;
}

function scaleOf(values: Float32Array, limit: number, theme: MapTheme): ColourScale {
  if (values.some((value) => value < 0)) return symmetricScale(colourMap('diverging', theme), limit);
  return linearScale(colourMap('sequential', theme), 0, limit);
}

/** Draws it one pixel per value; CSS makes it larger. */
export function drawThumbnail(canvas: HTMLCanvasElement, thumbnail: ThumbnailValues, theme: MapTheme): void {
  const { width, height, values, limit, rgba } = thumbnail;
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null || width === 0 || height === 0) return;
  if (rgba !== null) context.putImageData(new ImageData(new Uint8ClampedArray(rgba), width, height), 0, 0);
  else if (values !== null) context.putImageData(paint(values, width, height, scaleOf(values, limit, theme)), 0, 0);
}
