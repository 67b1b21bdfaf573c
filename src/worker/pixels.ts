/**
 * Memory for the pictures of answers, used again. A slider asks for thirty pictures of megabytes a second: made anew
 * each time, they have the collector at work for a quarter of it, and every answer meanwhile waits.
 */

const kept: Uint8Array<ArrayBuffer>[] = [];
const mostKept = 8;
const largestKept = 16 * 2 ** 20;

/** So many bytes of any contents. */
export function takePixels(bytes: number): Uint8Array<ArrayBuffer> {
  const at = kept.findIndex(({ byteLength }) => byteLength === bytes);
  return (at < 0 ? undefined : kept.splice(at, 1)[0]) ?? new Uint8Array(bytes);
}

/** Nobody looks at these any more. Sizes change with the window: the one that waited longest goes. */
export function givePixels(pixels: Uint8Array<ArrayBuffer>): void {
  if (pixels.byteLength > largestKept) return;
  kept.push(pixels);
  if (kept.length > mostKept) kept.shift();
}
