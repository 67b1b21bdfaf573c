/**
 * Roots of one as pocketfft (Reinecke) computes them: the product of one of √n coarse and one of √n fine roots, each from an
 * angle of the first eighth of the circle. So the transforms of few points have NumPy's very bits.
 */

/** π/4 and what a double leaves of it. */
const quarter = [Math.PI / 4, 3.061616997868383e-17] as const;

/** π / (4n), correctly rounded. */
function eighthOver(n: number): number {
  const q = quarter[0] / n;
  // What the division left, by Dekker's exact product (1971).
  const x = 134217729 * q;
  const high = x - (x - q);
  const rest = quarter[0] - high * n - (q - high) * n;
  return q + (rest + quarter[1]) / n;
}

/** A function that puts e^(2πik/n), 0 ≤ k ≤ n, as a pair (re, im) at a place of an array. */
export function unitRoots(n: number): (k: number, into: Float64Array, to: number) => void {
  const angle = eighthOver(n);
  const count = Math.floor((n + 2) / 2);
  let shift = 1;
  while (4 ** shift < count) shift++;
  const width = 2 ** shift;
  const exact = (k: number): readonly [number, number] => {
    const eighths = 8 * k;
    const octant = Math.floor(eighths / n);
    const over = eighths - octant * n;
    const within = (octant % 2 === 0 ? over : n - over) * angle;
    const [c, s] = [Math.cos(within), Math.sin(within)];
    const [re, im] = [
      [c, s],
      [s, c],
      [-s, c],
      [-c, s],
    ][octant % 4];
    return octant % 8 < 4 ? [re, im] : [-re, -im];
  };
  const table = (length: number, step: number): Float64Array =>
    Float64Array.from(Array.from({ length }, (_, k) => (k === 0 ? [1, 0] : exact(k * step))).flat());
  const fine = table(width, 1);
  const coarse = table(Math.ceil(count / width), width);
  return (k, into, to) => {
    const low = 2 * k <= n;
    const at = low ? k : n - k;
    const x = 2 * (at % width);
    const y = 2 * Math.floor(at / width);
    const im = fine[x] * coarse[y + 1] + fine[x + 1] * coarse[y];
    into[to] = fine[x] * coarse[y] - fine[x + 1] * coarse[y + 1];
    into[to + 1] = low ? im : -im;
  };
}
