/**
 * Functions of a complex number for the loops: each leaves its result in `z[0]` (real) and `z[1]` (imaginary), because
 * a pair of numbers cannot be returned without making an object.
 */
export const z = new Float64Array(2);

function give(re: number, im: number): void {
  z[0] = re;
  z[1] = im;
}

/** (a + bi) / (c + di) by Smith's method, as NumPy divides. */
export function cdivide(a: number, b: number, c: number, d: number): void {
  const [cc, dd] = [Math.abs(c), Math.abs(d)];
  if (cc >= dd) {
    if (cc === 0 && dd === 0) {
      give(a / cc, b / cc);
      return;
    }
    const ratio = d / c;
    const scale = 1 / (c + d * ratio);
    give((a + b * ratio) * scale, (b - a * ratio) * scale);
  } else {
    const ratio = c / d;
    const scale = 1 / (d + c * ratio);
    give((a * ratio + b) * scale, (b * ratio - a) * scale);
  }
}

/** 1 / (a + bi), with NumPy's signs of zeros. */
export function creciprocal(a: number, b: number): void {
  if (Math.abs(b) <= Math.abs(a)) {
    const ratio = b / a;
    const size = a + b * ratio;
    give(1 / size, -ratio / size);
  } else {
    const ratio = a / b;
    const size = a * ratio + b;
    give(ratio / size, -1 / size);
  }
}

const withSignOf = (size: number, x: number): number => (x < 0 || Object.is(x, -0) ? -size : size);

// Infinities and NaN follow Annex G of the C standard, and glibc where it leaves a sign open.

/** Principal square root. */
export function csqrt(a: number, b: number): void {
  if (a === 0 && b === 0) give(0, b);
  else if (Math.abs(b) === Infinity) give(Infinity, b);
  else if (a === Infinity) give(Infinity, b === b ? (b < 0 || Object.is(b, -0) ? -0 : 0) : b);
  else if (a === -Infinity) give(b === b ? 0 : b, b < 0 || Object.is(b, -0) ? -Infinity : Infinity);
  else {
    const big = Math.abs(a) > 1e300 || Math.abs(b) > 1e300 ? 0.25 : 1;
    const t = Math.sqrt((Math.abs(a * big) + Math.hypot(a * big, b * big)) / 2);
    const scale = big === 1 ? 1 : 2;
    const other = (Math.abs(b * big) / (2 * t)) * scale;
    if (a >= 0) give(t * scale, b < 0 || Object.is(b, -0) ? -other : other);
    else give(other, b < 0 || Object.is(b, -0) ? -t * scale : t * scale);
  }
}

/** e^(a + bi), with zeros, infinities and NaN as annex G of C99 has them. */
export function cexp(a: number, b: number): void {
  if (b === 0) give(Math.exp(a), b);
  else if (a === -Infinity && !Number.isFinite(b)) give(0, withSignOf(0, b));
  else if (a === Infinity && !Number.isFinite(b)) give(Infinity, NaN);
  else {
    const r = Math.exp(a);
    give(r * Math.cos(b), r * Math.sin(b));
  }
}

/** log(a + bi), its cut along the negative real axis. */
export function clog(a: number, b: number): void {
  const r = Math.hypot(a, b);
  // Near the unit circle the logarithm of the modulus needs the square's distance from 1.
  const real = r > 0.5 && r < 2 ? Math.log1p((Math.abs(a) - 1) * (Math.abs(a) + 1) + b * b) / 2 : Math.log(r);
  give(real, Math.atan2(b, a));
}

/** sinh(a + bi), the ends as annex G of C99 has them. */
export function csinh(a: number, b: number): void {
  if (!Number.isFinite(b)) give(a === 0 ? a : Math.abs(a) === Infinity ? Infinity : NaN, NaN);
  else give(b === 0 ? Math.sinh(a) : Math.sinh(a) * Math.cos(b), b === 0 ? b : Math.cosh(a) * Math.sin(b));
}

/** cosh(a + bi), the ends as annex G of C99 has them. */
export function ccosh(a: number, b: number): void {
  if (!Number.isFinite(b)) give(Math.abs(a) === Infinity ? Infinity : NaN, a === 0 ? 0 : NaN);
  else if (b === 0 && !Number.isFinite(a)) give(Math.abs(a), a < 0 ? -b : b);
  else give(Math.cosh(a) * Math.cos(b), a === 0 || b === 0 ? a * b : Math.sinh(a) * Math.sin(b));
}

/** tanh(a + bi) by Kahan's formula. */
export function ctanh(a: number, b: number): void {
  if (Math.abs(a) > 20) {
    give(
      Math.sign(a),
      Number.isFinite(b) ? 4 * Math.sin(b) * Math.cos(b) * Math.exp(-2 * Math.abs(a)) : withSignOf(0, b),
    );
    return;
  }
  if (!Number.isFinite(b)) {
    give(a === 0 ? a : NaN, NaN);
    return;
  }
  if (b === 0 && a !== a) {
    give(NaN, b);
    return;
  }
  const t = Math.tan(b);
  const s = Math.sinh(a);
  const beta = 1 + t * t;
  const rho = Math.sqrt(1 + s * s);
  const scale = 1 + beta * s * s;
  give((beta * rho * s) / scale, t / scale);
}

/** sin z = −i · sinh(i·z). */
export function csin(a: number, b: number): void {
  if (Math.abs(b) === Infinity && !Number.isFinite(a)) {
    give(NaN, Infinity);
    return;
  }
  csinh(-b, a);
  give(z[1], -z[0]);
}

/** cos z = cosh(i·z). */
export function ccos(a: number, b: number): void {
  ccosh(-b, a);
}

/** tan z = −i · tanh(i·z). */
export function ctan(a: number, b: number): void {
  ctanh(-b, a);
  give(z[1], -z[0]);
}

/** asinh by Kahan's formulas, exact on both sides of the cuts. */
export function casinh(a: number, b: number): void {
  casin(-b, a);
  give(z[1], -z[0]);
}

/** arcsin(a + bi) by Kahan's formulas, exact on both sides of the cuts. */
export function casin(a: number, b: number): void {
  if (b !== b && (a === 0 || Math.abs(a) === Infinity)) {
    give(a === 0 ? a : NaN, a === 0 ? NaN : Infinity);
    return;
  }
  if (Math.abs(a) === Infinity && Number.isFinite(b)) {
    give(withSignOf(Math.PI / 2, a), withSignOf(Infinity, b));
    return;
  }
  csqrt(1 - a, -b);
  const [p, q] = z;
  csqrt(1 + a, b);
  const [r, s] = z;
  give(Math.atan2(a, p * r - q * s), Math.asinh(p * s - q * r));
}

/** arccos(a + bi) by Kahan's formulas. */
export function cacos(a: number, b: number): void {
  if (b !== b && a === 0) give(Math.PI / 2, NaN);
  else if (Math.abs(a) === Infinity && !Number.isFinite(b)) {
    if (b !== b) give(NaN, -Infinity);
    else give(a > 0 ? Math.PI / 4 : (3 * Math.PI) / 4, -b);
  } else if (a !== a && Math.abs(b) === Infinity) give(NaN, -b);
  else finiteArccosine(a, b);
}

function finiteArccosine(a: number, b: number): void {
  csqrt(1 - a, -b);
  const [p, q] = z;
  csqrt(1 + a, b);
  const [r, s] = z;
  give(2 * Math.atan2(p, r), Math.asinh(r * q - s * p));
}

/** arccosh(a + bi) by Kahan's formulas, its real part never negative. */
export function cacosh(a: number, b: number): void {
  if (b !== b || (!Number.isFinite(a) && !Number.isFinite(b))) {
    // acosh z = ± i · acos z, on the side where the real part is not negative.
    cacos(a, b);
    const [re, im] = z;
    give(Math.abs(im), Number.isNaN(b) ? re : withSignOf(re, b));
    return;
  }
  csqrt(a - 1, b);
  const [p, q] = z;
  csqrt(a + 1, b);
  const [r, s] = z;
  give(Math.asinh(p * r + q * s), 2 * Math.atan2(q, r));
}

/** arctanh(a + bi), ¼ · log1p(4a / ((1 − a)² + b²)) and half an angle. */
export function catanh(a: number, b: number): void {
  if (Math.abs(b) === Infinity || Math.abs(a) === Infinity) {
    give(withSignOf(0, a), b === b ? withSignOf(Math.PI / 2, b) : NaN);
    return;
  }
  if (a === 0 && b !== b) {
    give(a, NaN);
    return;
  }
  const square = (1 - a) * (1 - a) + b * b;
  give(Math.log1p((4 * a) / square) / 4, Math.atan2(2 * b, (1 - a) * (1 + a) - b * b) / 2);
}

/** arctan z = −i · arctanh(i·z). */
export function catan(a: number, b: number): void {
  catanh(-b, a);
  give(z[1], b !== b && Math.abs(a) === Infinity ? 0 : -z[0]);
}

/** Powers as NumPy takes them: small whole exponents by multiplication, others by logarithms. */
export function cpower(a: number, b: number, c: number, d: number): void {
  if (c === 0 && d === 0) give(1, 0);
  else if (a === 0 && b === 0) {
    if (c > 0) give(0, 0);
    else give(NaN, NaN);
  } else if (d === 0 && Number.isInteger(c) && Math.abs(c) < 100) {
    // A one is no factor where it could meet an infinity.
    let [re, im] = c > 0 && c < 4 ? [a, b] : [1, 0];
    let [x, y] = [a, b];
    for (let rest = c > 0 && c < 4 ? c - 1 : Math.abs(c); rest > 0; rest = Math.floor(rest / 2)) {
      if (rest % 2 === 1) [re, im] = [re * x - im * y, re * y + im * x];
      [x, y] = [x * x - y * y, 2 * x * y];
    }
    if (c < 0) cdivide(1, 0, re, im);
    else give(re, im);
  } else {
    clog(a, b);
    const [x, y] = z;
    cexp(c * x - d * y, c * y + d * x);
  }
}

/** NumPy's sign of a complex number: it divided by its modulus. */
export function csign(a: number, b: number): void {
  const r = Math.hypot(a, b);
  if (r === 0) give(0, 0);
  else if (r === Infinity && Math.abs(a) !== Math.abs(b)) {
    if (Math.abs(a) === Infinity) give(Math.sign(a), 0);
    else give(0, Math.sign(b));
  } else give(a / r, b / r);
}
