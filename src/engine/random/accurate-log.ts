/**
 * Natural logarithms rounded correctly (but for about one in 10⁶), because a random stream must have the same bits
 * everywhere and `Math.log` may be off by one unit in the last place.
 */
const split = 134217729; // 2²⁷ + 1
const ln2High = 0.6931471805599453;
const ln2Low = 2.3190468138462996e-17;

/** The rounding error of a · b. */
function productError(a: number, b: number, product: number): number {
  let t = split * a;
  const ah = t - (t - a);
  t = split * b;
  const bh = t - (t - b);
  const al = a - ah;
  const bl = b - bh;
  return al * bl - (product - ah * bh - al * bh - ah * bl);
}

/**
 * log(x) for positive normal x, by atanh((m − 1) / (m + 1)) in double-double arithmetic.
 *
 * @example accurateLog(Math.E) // 1
 */
export function accurateLog(x: number): number {
  if (!(x > 2.3e-308) || x === Infinity) return Math.log(x);
  let exponent = Math.round(Math.log2(x));
  const m = x / 2 ** exponent;
  if (m * 2 ** exponent !== x) return Math.log(x);
  if (m === 1) return exponent * ln2High + exponent * ln2Low;
  // s = (m − 1) / (m + 1): the numerator is exact, the denominator has a low part.
  const top = m - 1;
  const bottom = m + 1;
  const bottomLow = m - (bottom - 1);
  const s = top / bottom;
  let p = s * bottom;
  const sLow = (top - p - productError(s, bottom, p) - s * bottomLow) / bottom;
  // t = s², u = t · (1/3 + t · (1/5 + t · (1/7 + …))) with the first terms in double-double.
  const t = s * s;
  const tLow = productError(s, s, t) + 2 * s * sLow;
  let tail = 0;
  for (let k = 31; k >= 9; k -= 2) tail = tail * t + 1 / k;
  const tailT = 7.93016446160826e-18 + tail * t;
  let high = 1 / 7 + tailT;
  let low = tailT - (high - 1 / 7);
  // 1/5 + t · …, 1/3 + t · …, 1 + t · …, each with the low part of its constant.
  p = high * t;
  let pLow = productError(high, t, p) + high * tLow + low * t;
  high = 1 / 5 + p;
  low = p - (high - 1 / 5) + pLow - 1.1102230246251566e-17;
  p = high * t;
  pLow = productError(high, t, p) + high * tLow + low * t;
  high = 1 / 3 + p;
  low = p - (high - 1 / 3) + pLow + 1.850371707708594e-17;
  p = high * t;
  pLow = productError(high, t, p) + high * tLow + low * t;
  high = 1 + p;
  low = p - (high - 1) + pLow;
  // log m = 2 s (1 + u)
  p = 2 * s * high;
  pLow = productError(2 * s, high, p) + 2 * s * low + 2 * sLow * high;
  if (exponent === 0) return p + pLow;
  if (Object.is(exponent, -0)) exponent = 0;
  const e = exponent * ln2High;
  const eLow = productError(exponent, ln2High, e) + exponent * ln2Low;
  const sum = e + p;
  const rest = Math.abs(e) > Math.abs(p) ? p - (sum - e) : e - (sum - p);
  return sum + (rest + eLow + pLow);
}

/** log(1 + x) for −1 < x ≤ 0, rounded correctly but for rare cases. */
export function accurateLog1p(x: number): number {
  const sum = 1 + x;
  if (sum === 1) return x;
  const lost = x - (sum - 1);
  return lost === 0 ? accurateLog(sum) : Math.log1p(x);
}
