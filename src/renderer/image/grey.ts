/** Turns RGBA pixels grey in place, with the weights the grey factorisation uses (Rec. 601 luma, rounded). */
export function turnGrey(rgba: Uint8Array): void {
  for (let i = 0; i < rgba.length; i += 4) {
    const luma = Math.round(0.299 * rgba[i] + 0.587 * rgba[i + 1] + 0.114 * rgba[i + 2]);
    rgba[i] = luma;
    rgba[i + 1] = luma;
    rgba[i + 2] = luma;
  }
}
