/**
 * One stage of a Fourier transform after Stockham: `l1` transforms of the stages before, each of `ido` points apart, are
 * joined by a factor of the length. The operations and their order are those of pocketfft (Reinecke), which NumPy computes
 * with, so that small transforms have NumPy's very bits: what should be zero is, and with its sign.
 */

/** What a stage reads and writes: pairs (re, im). `sign` is 1 for the inverse, −1 for the transform. */
export interface Stage {
  readonly ido: number;
  readonly l1: number;
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** e^(2πi·j·l1·k/n) for j = 1 … factor − 1 and k = 1 … ido − 1, pairs. */
  readonly turns: Float64Array;
  readonly sign: number;
}

/** to[at] = (re, im) turned by the pair of `turns` at w, or by its conjugate. */
function turned(
  to: Float64Array,
  turns: Float64Array,
  sign: number,
  at: number,
  re: number,
  im: number,
  w: number,
): void {
  const c = turns[w];
  const s = sign < 0 ? -turns[w + 1] : turns[w + 1];
  to[at] = re * c - im * s;
  to[at + 1] = im * c + re * s;
}

/** The stage of a transform that joins 2 shorter ones. */
export function stage2(stage: Stage): void {
  const { ido, l1, from, to, turns, sign } = stage;
  for (let k = 0; k < l1; k++) {
    for (let i = 0; i < ido; i++) {
      const a = 2 * (i + ido * 2 * k);
      const b = a + 2 * ido;
      const at = 2 * (i + ido * k);
      const other = at + 2 * ido * l1;
      to[at] = from[a] + from[b];
      to[at + 1] = from[a + 1] + from[b + 1];
      const re = from[a] - from[b];
      const im = from[a + 1] - from[b + 1];
      if (i === 0) {
        to[other] = re;
        to[other + 1] = im;
      } else turned(to, turns, sign, other, re, im, 2 * (i - 1));
    }
  }
}

/** The stage of a transform that joins 4 shorter ones. */
export function stage4(stage: Stage): void {
  const { ido, l1, from, to, turns, sign } = stage;
  for (let k = 0; k < l1; k++) {
    for (let i = 0; i < ido; i++) {
      const a = 2 * (i + ido * 4 * k);
      const [b, c, d] = [a + 2 * ido, a + 4 * ido, a + 6 * ido];
      const t2r = from[a] + from[c];
      const t2i = from[a + 1] + from[c + 1];
      const t1r = from[a] - from[c];
      const t1i = from[a + 1] - from[c + 1];
      const t3r = from[b] + from[d];
      const t3i = from[b + 1] + from[d + 1];
      const xr = from[b] - from[d];
      const xi = from[b + 1] - from[d + 1];
      const t4r = sign < 0 ? xi : -xi;
      const t4i = sign < 0 ? -xr : xr;
      const at = 2 * (i + ido * k);
      const step = 2 * ido * l1;
      to[at] = t2r + t3r;
      to[at + 1] = t2i + t3i;
      if (i === 0) {
        to[at + step] = t1r + t4r;
        to[at + step + 1] = t1i + t4i;
        to[at + 2 * step] = t2r - t3r;
        to[at + 2 * step + 1] = t2i - t3i;
        to[at + 3 * step] = t1r - t4r;
        to[at + 3 * step + 1] = t1i - t4i;
      } else {
        const w = 2 * (i - 1);
        const next = 2 * (ido - 1);
        turned(to, turns, sign, at + step, t1r + t4r, t1i + t4i, w);
        turned(to, turns, sign, at + 2 * step, t2r - t3r, t2i - t3i, w + next);
        turned(to, turns, sign, at + 3 * step, t1r - t4r, t1i - t4i, w + 2 * next);
      }
    }
  }
}

const half = Math.SQRT1_2;

/** The stage of a transform that joins 8 shorter ones. */
export function stage8(stage: Stage): void {
  const { ido, l1, from, to, turns, sign } = stage;
  const step = 2 * ido * l1;
  const next = 2 * (ido - 1);
  for (let k = 0; k < l1; k++) {
    for (let i = 0; i < ido; i++) {
      const c0 = 2 * (i + ido * 8 * k);
      const c1 = c0 + 2 * ido;
      const c2 = c1 + 2 * ido;
      const c3 = c2 + 2 * ido;
      const c4 = c3 + 2 * ido;
      const c5 = c4 + 2 * ido;
      const c6 = c5 + 2 * ido;
      const c7 = c6 + 2 * ido;
      const pr = from[c1] + from[c5];
      const pi = from[c1 + 1] + from[c5 + 1];
      const qr = from[c1] - from[c5];
      const qi = from[c1 + 1] - from[c5 + 1];
      const rr = from[c3] + from[c7];
      const ri = from[c3 + 1] + from[c7 + 1];
      // The difference of 3 and 7, and that of the sums, by a quarter turn.
      const sr = sign * (from[c7 + 1] - from[c3 + 1]);
      const si = sign * (from[c3] - from[c7]);
      const a1r = pr + rr;
      const a1i = pi + ri;
      const a3r = sign * (ri - pi);
      const a3i = sign * (pr - rr);
      const ur = qr + sr;
      const ui = qi + si;
      const vr = qr - sr;
      const vi = qi - si;
      // An eighth turn, and three.
      const a5r = half * (ur - sign * ui);
      const a5i = half * (ui + sign * ur);
      const a7r = half * (-sign * vi - vr);
      const a7i = half * (sign * vr - vi);
      const a0r = from[c0] + from[c4];
      const a0i = from[c0 + 1] + from[c4 + 1];
      const a4r = from[c0] - from[c4];
      const a4i = from[c0 + 1] - from[c4 + 1];
      const a2r = from[c2] + from[c6];
      const a2i = from[c2 + 1] + from[c6 + 1];
      const a6r = sign * (from[c6 + 1] - from[c2 + 1]);
      const a6i = sign * (from[c2] - from[c6]);
      const sumR = a0r + a2r;
      const sumI = a0i + a2i;
      const gapR = a0r - a2r;
      const gapI = a0i - a2i;
      const onR = a4r + a6r;
      const onI = a4i + a6i;
      const offR = a4r - a6r;
      const offI = a4i - a6i;
      const at = 2 * (i + ido * k);
      to[at] = sumR + a1r;
      to[at + 1] = sumI + a1i;
      if (i === 0) {
        to[at + step] = onR + a5r;
        to[at + step + 1] = onI + a5i;
        to[at + 2 * step] = gapR + a3r;
        to[at + 2 * step + 1] = gapI + a3i;
        to[at + 3 * step] = offR + a7r;
        to[at + 3 * step + 1] = offI + a7i;
        to[at + 4 * step] = sumR - a1r;
        to[at + 4 * step + 1] = sumI - a1i;
        to[at + 5 * step] = onR - a5r;
        to[at + 5 * step + 1] = onI - a5i;
        to[at + 6 * step] = gapR - a3r;
        to[at + 6 * step + 1] = gapI - a3i;
        to[at + 7 * step] = offR - a7r;
        to[at + 7 * step + 1] = offI - a7i;
      } else {
        const w = 2 * (i - 1);
        turned(to, turns, sign, at + step, onR + a5r, onI + a5i, w);
        turned(to, turns, sign, at + 2 * step, gapR + a3r, gapI + a3i, w + next);
        turned(to, turns, sign, at + 3 * step, offR + a7r, offI + a7i, w + 2 * next);
        turned(to, turns, sign, at + 4 * step, sumR - a1r, sumI - a1i, w + 3 * next);
        turned(to, turns, sign, at + 5 * step, onR - a5r, onI - a5i, w + 4 * next);
        turned(to, turns, sign, at + 6 * step, gapR - a3r, gapI - a3i, w + 5 * next);
        turned(to, turns, sign, at + 7 * step, offR - a7r, offI - a7i, w + 6 * next);
      }
    }
  }
}

/** cos and sin of 2πj/p for j = 1 … (p − 1) / 2. */
const circles: Readonly<Record<number, readonly (readonly [number, number])[]>> = {
  3: [[-0.5, 0.8660254037844386]],
  5: [
    [0.30901699437494745, 0.9510565162951535],
    [-0.8090169943749475, 0.5877852522924731],
  ],
  7: [
    [0.6234898018587335, 0.7818314824680298],
    [-0.2225209339563144, 0.9749279121818236],
    [-0.9009688679024191, 0.4338837391175581],
  ],
  11: [
    [0.8412535328311812, 0.5406408174555976],
    [0.41541501300188644, 0.9096319953545183],
    [-0.14231483827328514, 0.9898214418809327],
    [-0.6548607339452851, 0.7557495743542583],
    [-0.9594929736144974, 0.28173255684142967],
  ],
};

/** The stage of a transform that joins 3 shorter ones. */
export function stage3(stage: Stage): void {
  const { ido, l1, from, to, turns, sign } = stage;
  const [[x, height]] = circles[3];
  const y = sign * height;
  const step = 2 * ido * l1;
  for (let k = 0; k < l1; k++) {
    for (let i = 0; i < ido; i++) {
      const a = 2 * (i + ido * 3 * k);
      const b = a + 2 * ido;
      const c = b + 2 * ido;
      const t1r = from[b] + from[c];
      const t1i = from[b + 1] + from[c + 1];
      const cbi = y * (from[b] - from[c]);
      const cbr = -(y * (from[b + 1] - from[c + 1]));
      const car = from[a] + x * t1r;
      const cai = from[a + 1] + x * t1i;
      const at = 2 * (i + ido * k);
      to[at] = from[a] + t1r;
      to[at + 1] = from[a + 1] + t1i;
      if (i === 0) {
        to[at + step] = car + cbr;
        to[at + step + 1] = cai + cbi;
        to[at + 2 * step] = car - cbr;
        to[at + 2 * step + 1] = cai - cbi;
      } else {
        const w = 2 * (i - 1);
        turned(to, turns, sign, at + step, car + cbr, cai + cbi, w);
        turned(to, turns, sign, at + 2 * step, car - cbr, cai - cbi, w + 2 * (ido - 1));
      }
    }
  }
}

/** The stage of a transform that joins 5 shorter ones. */
export function stage5(stage: Stage): void {
  const { ido, l1, from, to, turns, sign } = stage;
  const [[x1, height1], [x2, height2]] = circles[5];
  const y1 = sign * height1;
  const y2 = sign * height2;
  const step = 2 * ido * l1;
  const next = 2 * (ido - 1);
  for (let k = 0; k < l1; k++) {
    for (let i = 0; i < ido; i++) {
      const a = 2 * (i + ido * 5 * k);
      const b = a + 2 * ido;
      const c = b + 2 * ido;
      const d = c + 2 * ido;
      const e = d + 2 * ido;
      const t1r = from[b] + from[e];
      const t1i = from[b + 1] + from[e + 1];
      const t4r = from[b] - from[e];
      const t4i = from[b + 1] - from[e + 1];
      const t2r = from[c] + from[d];
      const t2i = from[c + 1] + from[d + 1];
      const t3r = from[c] - from[d];
      const t3i = from[c + 1] - from[d + 1];
      const at = 2 * (i + ido * k);
      to[at] = from[a] + t1r + t2r;
      to[at + 1] = from[a + 1] + t1i + t2i;
      const car = from[a] + x1 * t1r + x2 * t2r;
      const cai = from[a + 1] + x1 * t1i + x2 * t2i;
      const cbi = y1 * t4r + y2 * t3r;
      const cbr = -(y1 * t4i + y2 * t3i);
      const dar = from[a] + x2 * t1r + x1 * t2r;
      const dai = from[a + 1] + x2 * t1i + x1 * t2i;
      const dbi = y2 * t4r - y1 * t3r;
      const dbr = -(y2 * t4i - y1 * t3i);
      if (i === 0) {
        to[at + step] = car + cbr;
        to[at + step + 1] = cai + cbi;
        to[at + 4 * step] = car - cbr;
        to[at + 4 * step + 1] = cai - cbi;
        to[at + 2 * step] = dar + dbr;
        to[at + 2 * step + 1] = dai + dbi;
        to[at + 3 * step] = dar - dbr;
        to[at + 3 * step + 1] = dai - dbi;
      } else {
        const w = 2 * (i - 1);
        turned(to, turns, sign, at + step, car + cbr, cai + cbi, w);
        turned(to, turns, sign, at + 2 * step, dar + dbr, dai + dbi, w + next);
        turned(to, turns, sign, at + 3 * step, dar - dbr, dai - dbi, w + 2 * next);
        turned(to, turns, sign, at + 4 * step, car - cbr, cai - cbi, w + 3 * next);
      }
    }
  }
}

/** A stage of an odd factor: pairs of points that lie opposite are added and taken from each other first. */
export function stageOdd(p: number, stage: Stage, roots: readonly (readonly [number, number])[] = circles[p]): void {
  const { ido, l1, from, to, turns, sign } = stage;
  const m = (p - 1) / 2;
  const [sumR, sumI, gapR, gapI] = [0, 0, 0, 0].map(() => new Float64Array(m + 1));
  const step = 2 * ido * l1;
  for (let k = 0; k < l1; k++) {
    for (let i = 0; i < ido; i++) {
      const a = 2 * (i + ido * p * k);
      const at = 2 * (i + ido * k);
      let re = from[a];
      let im = from[a + 1];
      for (let j = 1; j <= m; j++) {
        const [b, c] = [a + 2 * ido * j, a + 2 * ido * (p - j)];
        sumR[j] = from[b] + from[c];
        sumI[j] = from[b + 1] + from[c + 1];
        gapR[j] = from[b] - from[c];
        gapI[j] = from[b + 1] - from[c + 1];
        re += sumR[j];
        im += sumI[j];
      }
      to[at] = re;
      to[at + 1] = im;
      for (let u = 1; u <= m; u++) {
        let ar = from[a];
        let ai = from[a + 1];
        let br = 0;
        let bi = 0;
        for (let j = 1; j <= m; j++) {
          const place = (u * j) % p;
          const near = place <= m;
          const [c, s] = roots[(near ? place : p - place) - 1];
          const y = near === sign > 0 ? s : -s;
          ar += c * sumR[j];
          ai += c * sumI[j];
          if (j === 1) {
            bi = y * gapR[j];
            br = y * gapI[j];
          } else {
            bi += y * gapR[j];
            br += y * gapI[j];
          }
        }
        br = -br;
        const [one, other] = [at + u * step, at + (p - u) * step];
        if (i === 0) {
          to[one] = ar + br;
          to[one + 1] = ai + bi;
          to[other] = ar - br;
          to[other + 1] = ai - bi;
        } else {
          turned(to, turns, sign, one, ar + br, ai + bi, 2 * (i - 1 + (u - 1) * (ido - 1)));
          turned(to, turns, sign, other, ar - br, ai - bi, 2 * (i - 1 + (p - u - 1) * (ido - 1)));
        }
      }
    }
  }
}
