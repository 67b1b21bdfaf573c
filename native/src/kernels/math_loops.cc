// Exponentials, logarithms, hyperbolic and trigonometric functions of float64, eight at a time where the processor can;
// float32 is computed in float64 and rounded once. Reductions and polynomials are those of Sun's fdlibm, whose errors
// stay below one unit in the last place (hyperbolic functions and tan: two).
#include "targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/math_loops.cc"
#include <hwy/foreach_target.h>

#include "kernels/loop_templates.h"

#include <cmath>
#include <limits>

HWY_BEFORE_NAMESPACE();
namespace eigenscope {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

using D = hn::ScalableTag<double>;
using V = hn::Vec<D>;
using DI = hn::RebindToSigned<D>;

HWY_INLINE V all(double x) { return hn::Set(D(), x); }

// 1.5 · 2⁵²: adding it leaves the nearest integer in the lowest bits.
constexpr double magic = 6755399441055744.0;
constexpr double ln2_hi = 0x1.62e42fefa39efp-1, ln2_lo = 0x1.abc9e3b39803fp-56;

/// 2ᵏ for −1022 ≤ k ≤ 1023.
HWY_INLINE V power_of_2(hn::Vec<DI> k) {
  return hn::BitCast(D(), hn::ShiftLeft<52>(hn::Add(k, hn::Set(DI(), 1023))));
}

/// x = k · ln 2 + r + low, and exp(r) = 1 + r + tail with `low` in the tail as well.
struct Reduced {
  V r, tail;
  hn::Vec<DI> k;
};

/// exp(r) − 1 − r for |r| ≤ ln(2) / 2.
HWY_INLINE V exp_tail(V r, V low) {
  V r2 = hn::Mul(r, r), r4 = hn::Mul(r2, r2), r8 = hn::Mul(r4, r4);
  auto c = [](double a) { return all(a); };
  V a = hn::MulAdd(r, c(1.0 / 6), c(0.5));
  V b = hn::MulAdd(r, c(1.0 / 120), c(1.0 / 24));
  V e = hn::MulAdd(r, c(1.0 / 5040), c(1.0 / 720));
  V f = hn::MulAdd(r, c(1.0 / 362880), c(1.0 / 40320));
  V g = hn::MulAdd(r, c(1.0 / 39916800), c(1.0 / 3628800));
  V h = hn::MulAdd(r, c(1.0 / 6227020800), c(1.0 / 479001600));
  V near = hn::MulAdd(b, r2, a), middle = hn::MulAdd(f, r2, e), high = hn::MulAdd(h, r2, g);
  V q = hn::MulAdd(high, r8, hn::MulAdd(middle, r4, near));
  return hn::MulAdd(q, r2, low);
}

HWY_INLINE Reduced reduce_exp(V x) {
  V shifted = hn::MulAdd(x, all(1.44269504088896340736), all(magic));
  V k = hn::Sub(shifted, all(magic));
  V near = hn::NegMulAdd(k, all(ln2_hi), x);
  V r = hn::NegMulAdd(k, all(ln2_lo), near);
  V low = hn::NegMulAdd(k, all(ln2_lo), hn::Sub(near, r));
  return {r, exp_tail(r, low), hn::Sub(hn::BitCast(DI(), shifted), hn::BitCast(DI(), all(magic)))};
}

/// 1 + r + tail, rounded hardly more than once.
HWY_INLINE V one_plus(V r, V tail) {
  V s = hn::Add(all(1), r);
  V lost = hn::Sub(r, hn::Sub(s, all(1)));
  return hn::Add(s, hn::Add(lost, tail));
}

HWY_INLINE V clamp(V x, double low, double high) { return hn::Min(hn::Max(x, all(low)), all(high)); }
HWY_INLINE V keep_nan(V x, V result) { return hn::IfThenElse(hn::IsNaN(x), x, result); }

HWY_INLINE V scaled_by_power(V x, hn::Vec<DI> k) {
  // In two steps, since 2ᵏ alone may leave the range; the second rounds denormal results once.
  hn::Vec<DI> half = hn::ShiftRight<1>(k);
  return hn::Mul(hn::Mul(x, power_of_2(half)), power_of_2(hn::Sub(k, half)));
}

HWY_INLINE V exp_of(V x) {
  Reduced e = reduce_exp(clamp(x, -746, 710));
  return keep_nan(x, scaled_by_power(one_plus(e.r, e.tail), e.k));
}

HWY_INLINE V exp2_of(V x) {
  V within = clamp(x, -1076, 1025);
  V shifted = hn::Add(within, all(magic));
  V k = hn::Sub(shifted, all(magic));
  V f = hn::Sub(within, k);
  // f · ln 2 in two parts.
  V r = hn::Mul(f, all(ln2_hi));
  V low = hn::MulAdd(f, all(ln2_lo), hn::MulSub(f, all(ln2_hi), r));
  V e = one_plus(r, exp_tail(r, hn::MulAdd(low, r, low)));
  hn::Vec<DI> whole = hn::Sub(hn::BitCast(DI(), shifted), hn::BitCast(DI(), all(magic)));
  return keep_nan(x, scaled_by_power(e, whole));
}

struct TwoParts {
  V high, low;
};

/// a + t · (r + tail), where t is a power of 2.
HWY_INLINE TwoParts sum_with(V a, V t, const Reduced& e) {
  V b = hn::Mul(t, e.r);
  V s = hn::Add(a, b);
  V part = hn::Sub(s, a);
  V lost = hn::Add(hn::Sub(a, hn::Sub(s, part)), hn::Sub(b, part));
  V rest = hn::MulAdd(t, e.tail, lost);
  V high = hn::Add(s, rest);
  return {high, hn::Sub(rest, hn::Sub(high, s))};
}

/// (exp(x) − 1) / 4 for |x| ≤ 710.6: a quarter of what may overflow.
HWY_INLINE TwoParts quarter_expm1(V x) {
  Reduced e = reduce_exp(x);
  V t = power_of_2(hn::Sub(e.k, hn::Set(DI(), 2)));
  return sum_with(hn::Sub(t, all(0.25)), t, e);
}

/// n / d, rounded hardly more than once.
HWY_INLINE V quotient(const TwoParts& n, const TwoParts& d) {
  V inverse = hn::Div(all(1), d.high);
  V q = hn::Mul(n.high, inverse);
  V rest = hn::Add(hn::NegMulAdd(q, d.high, n.high), hn::NegMulAdd(q, d.low, n.low));
  return hn::MulAdd(rest, inverse, q);
}

/// The function is the identity there, and a quarter would lose bits.
HWY_INLINE hn::Mask<D> is_tiny(V x) { return hn::Lt(hn::Abs(x), all(1e-290)); }

HWY_INLINE V expm1_of(V x) {
  V result = hn::Mul(all(4), quarter_expm1(clamp(x, -60, 710)).high);
  return hn::IfThenElse(is_tiny(x), x, keep_nan(x, result));
}

HWY_INLINE V sinh_of(V x) {
  TwoParts e = quarter_expm1(hn::Min(hn::Abs(x), all(710.6)));
  // With m = exp(|x|) − 1: (m + m / (m + 1)) / 2, where the quotient of a large m is 1.
  TwoParts m = {hn::Mul(all(4), hn::Min(e.high, all(1e18))), hn::Mul(all(4), e.low)};
  V above = hn::Add(m.high, all(1));
  V q = quotient(m, {above, hn::Add(hn::Sub(m.high, hn::Sub(above, all(1))), m.low)});
  V half = hn::Mul(all(2), e.high), other = hn::Mul(all(0.5), q);
  V sum = hn::Add(half, other);
  V lost = hn::MulAdd(all(2), e.low, hn::Sub(other, hn::Sub(sum, half)));
  V result = hn::IfThenElse(hn::Lt(e.high, all(1e18)), hn::Add(sum, lost), half);
  result = hn::CopySign(result, x);
  return hn::IfThenElse(is_tiny(x), x, keep_nan(x, result));
}

HWY_INLINE V cosh_of(V x) {
  Reduced e = reduce_exp(hn::Min(hn::Abs(x), all(710.6)));
  V t = power_of_2(hn::Sub(e.k, hn::Set(DI(), 2)));
  V quarter = sum_with(t, t, e).high;
  return keep_nan(x, hn::Add(hn::Mul(all(2), quarter), hn::Div(all(0.125), quarter)));
}

HWY_INLINE V tanh_of(V x) {
  V size = hn::Min(hn::Abs(x), all(22));
  Reduced e = reduce_exp(hn::Add(size, size));
  V t = power_of_2(e.k);
  TwoParts m = sum_with(hn::Sub(t, all(1)), t, e);
  V above = hn::Add(m.high, all(2));
  V q = quotient(m, {above, hn::Add(hn::Sub(m.high, hn::Sub(above, all(2))), m.low)});
  V result = hn::CopySign(q, x);
  return hn::IfThenElse(hn::Eq(x, all(0)), x, keep_nan(x, result));
}

struct Mantissa {
  V k, f;  // x = 2ᵏ · (1 + f), √½ ≤ 1 + f < √2
};

HWY_INLINE Mantissa split(V x) {
  // Denormals are brought into the normal range first.
  auto small = hn::Lt(x, all(std::numeric_limits<double>::min()));
  V normal = hn::IfThenElse(small, hn::Mul(x, all(18014398509481984.0)), x);
  auto bits = hn::BitCast(DI(), normal);
  auto above = hn::Sub(bits, hn::Set(DI(), int64_t{0x3fe6a09e667f3bcd}));
  auto k = hn::ShiftRight<52>(above);
  auto m = hn::Sub(bits, hn::ShiftLeft<52>(k));
  V exponent = hn::Sub(hn::BitCast(D(), hn::Add(k, hn::BitCast(DI(), all(magic)))), all(magic));
  exponent = hn::IfThenElse(small, hn::Sub(exponent, all(54)), exponent);
  return {exponent, hn::Sub(hn::BitCast(D(), m), all(1))};
}

/// s · (f²/2 + R), so that log(1 + f) = f − (f²/2 − this).
HWY_INLINE V log_tail(V f, V half_square) {
  V s = hn::Div(f, hn::Add(all(2), f));
  V z = hn::Mul(s, s), w = hn::Mul(z, z);
  V t1 = hn::MulAdd(w, all(1.531383769920937332e-01), all(2.222219843214978396e-01));
  t1 = hn::Mul(w, hn::MulAdd(w, t1, all(3.999999999940941908e-01)));
  V t2 = hn::MulAdd(w, all(1.479819860511658591e-01), all(1.818357216161805012e-01));
  t2 = hn::MulAdd(w, t2, all(2.857142874366239149e-01));
  t2 = hn::Mul(z, hn::MulAdd(w, t2, all(6.666666666666735130e-01)));
  return hn::Mul(s, hn::Add(half_square, hn::Add(t1, t2)));
}

/// log's values outside 0 < x < ∞.
HWY_INLINE V log_edges(V x, V result) {
  constexpr double inf = std::numeric_limits<double>::infinity();
  result = hn::IfThenElse(hn::Eq(x, all(inf)), x, result);
  result = hn::IfThenElse(hn::Eq(x, all(0)), all(-inf), result);
  return keep_nan(x, hn::IfThenElse(hn::Lt(x, all(0)), all(std::numeric_limits<double>::quiet_NaN()), result));
}

constexpr double ln2_short = 6.93147180369123816490e-01, ln2_rest = 1.90821492927058770002e-10;

HWY_INLINE V log_of(V x) {
  Mantissa m = split(x);
  V half = hn::Mul(hn::Mul(all(0.5), m.f), m.f);
  V tail = hn::MulAdd(m.k, all(ln2_rest), log_tail(m.f, half));
  V result = hn::MulSub(m.k, all(ln2_short), hn::Sub(hn::Sub(half, tail), m.f));
  return log_edges(x, result);
}

/// log(1 + f) in two parts, the first with half the bits.
HWY_INLINE TwoParts log_in_parts(V f) {
  V half = hn::Mul(hn::Mul(all(0.5), f), f);
  V high = hn::Sub(f, half);
  high = hn::BitCast(D(), hn::And(hn::BitCast(DI(), high), hn::Set(DI(), int64_t(0xffffffff00000000u))));
  return {high, hn::Add(hn::Sub(hn::Sub(f, high), half), log_tail(f, half))};
}

HWY_INLINE V log2_of(V x) {
  Mantissa m = split(x);
  auto [high, low] = log_in_parts(m.f);
  V value = hn::Mul(high, all(1.44269504072144627571e+00));
  V rest = hn::MulAdd(hn::Add(low, high), all(1.67517131648865118353e-10), hn::Mul(low, all(1.44269504072144627571e+00)));
  V w = hn::Add(m.k, value);
  rest = hn::Add(rest, hn::Add(hn::Sub(m.k, w), value));
  return log_edges(x, hn::Add(rest, w));
}

HWY_INLINE V log10_of(V x) {
  Mantissa m = split(x);
  auto [high, low] = log_in_parts(m.f);
  V value = hn::Mul(high, all(4.34294481878168880939e-01));
  V y = hn::Mul(m.k, all(3.01029995663611771306e-01));
  V rest = hn::MulAdd(hn::Add(low, high), all(2.50829467116452752298e-11), hn::Mul(low, all(4.34294481878168880939e-01)));
  rest = hn::MulAdd(m.k, all(3.69423907715893078616e-13), rest);
  V w = hn::Add(y, value);
  rest = hn::Add(rest, hn::Add(hn::Sub(y, w), value));
  return log_edges(x, hn::Add(rest, w));
}

HWY_INLINE V log1p_of(V x) {
  V u = hn::Add(all(1), x);
  Mantissa m = split(u);
  auto near = hn::Eq(m.k, all(0));
  V f = hn::IfThenElse(near, x, m.f);
  // What 1 + x lost.
  V lost = hn::IfThenElse(hn::Ge(m.k, all(2)), hn::Sub(all(1), hn::Sub(u, x)), hn::Sub(x, hn::Sub(u, all(1))));
  V c = hn::IfThenElse(near, all(0), hn::Div(lost, u));
  V half = hn::Mul(hn::Mul(all(0.5), f), f);
  V tail = hn::Add(log_tail(f, half), hn::MulAdd(m.k, all(ln2_rest), c));
  V result = hn::MulSub(m.k, all(ln2_short), hn::Sub(hn::Sub(half, tail), f));
  return hn::IfThenElse(hn::Lt(hn::Abs(x), all(1e-17)), x, log_edges(u, result));
}

// ---- angles

struct Angle {
  V high, low;         // the angle less k quarter turns
  hn::Vec<DI> k;
};

/// Past this the C library takes over.
constexpr double largest_angle = 1e9;

HWY_INLINE Angle reduce_angle(V x) {
  constexpr double p1 = 0x1.921fb54442d18p0, p2 = 0x1.1a62633145c07p-54, p3 = -0x1.f1976b7ed8fbcp-110;
  V shifted = hn::MulAdd(x, all(0.63661977236758134308), all(magic));
  V k = hn::Sub(shifted, all(magic));
  V product = hn::Mul(k, all(p1));
  V product_low = hn::MulSub(k, all(p1), product);
  V near = hn::Sub(x, product);
  V a = hn::Sub(near, product_low);
  V a_low = hn::Sub(hn::Sub(near, a), product_low);
  // The next part may be larger than what is left, so its sum is taken without assuming an order.
  V next = hn::Mul(k, all(p2));
  V b = hn::Sub(a, next);
  V part = hn::Sub(b, a);
  V b_low = hn::Sub(hn::Sub(a, hn::Sub(b, part)), hn::Add(next, part));
  V next_low = hn::NegMulAdd(k, all(p3), hn::NegMulAdd(k, all(p2), next));
  V low = hn::Add(hn::Add(a_low, b_low), next_low);
  V high = hn::Add(b, low);
  return {high, hn::Sub(low, hn::Sub(high, b)), hn::BitCast(DI(), shifted)};
}

HWY_INLINE TwoParts sin_near_0(V x, V y) {
  V z = hn::Mul(x, x), w = hn::Mul(z, z), v = hn::Mul(z, x);
  V r = hn::MulAdd(z, all(2.75573137070700676789e-06), all(-1.98412698298579493134e-04));
  r = hn::MulAdd(z, r, all(8.33333333332248946124e-03));
  V s = hn::MulAdd(z, all(1.58969099521155010221e-10), all(-2.50507602534068634195e-08));
  r = hn::MulAdd(hn::Mul(z, w), s, r);
  V inner = hn::MulSub(z, hn::NegMulAdd(v, r, hn::Mul(all(0.5), y)), y);
  return {x, hn::MulSub(v, all(-1.66666666666666324348e-01), inner)};
}

HWY_INLINE TwoParts cos_near_0(V x, V y) {
  V z = hn::Mul(x, x), w2 = hn::Mul(z, z);
  V r = hn::MulAdd(z, all(2.48015872894767294178e-05), all(-1.38888888888741095749e-03));
  r = hn::MulAdd(z, r, all(4.16666666666666019037e-02));
  V s = hn::MulAdd(z, all(-1.13596475577881948265e-11), all(2.08757232129817482790e-09));
  s = hn::MulAdd(z, s, all(-2.75573143513906633035e-07));
  r = hn::Mul(z, hn::MulAdd(hn::Mul(w2, z), s, r));
  V half = hn::Mul(all(0.5), z);
  V w = hn::Sub(all(1), half);
  V low = hn::Sub(hn::Sub(all(1), w), half);
  return {w, hn::Add(low, hn::MulSub(z, r, hn::Mul(x, y)))};
}

/// Of sin(x) with turn 0, of cos(x) with turn 1.
HWY_INLINE V sin_of_turned(const Angle& angle, int64_t turn) {
  auto k = hn::Add(angle.k, hn::Set(DI(), turn));
  TwoParts s = sin_near_0(angle.high, angle.low), c = cos_near_0(angle.high, angle.low);
  auto odd = hn::Ne(hn::And(k, hn::Set(DI(), 1)), hn::Zero(DI()));
  V result = hn::IfThenElse(hn::RebindMask(D(), odd), hn::Add(c.high, c.low), hn::Add(s.high, s.low));
  V sign = hn::BitCast(D(), hn::ShiftLeft<62>(hn::And(k, hn::Set(DI(), 2))));
  return hn::Xor(result, sign);
}

HWY_INLINE TwoParts settled(const TwoParts& x) {
  V high = hn::Add(x.high, x.low);
  return {high, hn::Sub(x.low, hn::Sub(high, x.high))};
}

HWY_INLINE V tan_of(const Angle& angle) {
  TwoParts s = settled(sin_near_0(angle.high, angle.low)), c = settled(cos_near_0(angle.high, angle.low));
  auto odd = hn::RebindMask(D(), hn::Ne(hn::And(angle.k, hn::Set(DI(), 1)), hn::Zero(DI())));
  auto choose = [&](V one, V other) { return hn::IfThenElse(odd, one, other); };
  TwoParts n = {choose(c.high, s.high), choose(c.low, s.low)}, d = {choose(s.high, c.high), choose(s.low, c.low)};
  V q = quotient(n, d);
  return choose(hn::Neg(q), q);
}

template <double (*function)(double)>
HWY_INLINE V with_large_angles(V x, V result) {
  auto large = hn::Not(hn::Le(hn::Abs(x), all(largest_angle)));
  if (HWY_LIKELY(hn::AllFalse(D(), large))) return result;
  HWY_ALIGN double in[hn::MaxLanes(D())], out[hn::MaxLanes(D())];
  hn::Store(x, D(), in);
  hn::Store(result, D(), out);
  for (size_t i = 0; i < hn::Lanes(D()); i++) {
    if (!(std::fabs(in[i]) <= largest_angle)) out[i] = function(in[i]);
  }
  return hn::Load(D(), out);
}

// ---- the functions as loops know them: by vectors, and one by one where multiplication and addition are not fused

#define EIGENSCOPE_FUNCTION(Name, vector, scalar)             \
  struct Name {                                               \
    static HWY_INLINE V many(V x) { return vector; }          \
    static HWY_INLINE double one(double x) { return scalar; } \
  };
EIGENSCOPE_FUNCTION(Exp, exp_of(x), std::exp(x))
EIGENSCOPE_FUNCTION(Exp2, exp2_of(x), std::exp2(x))
EIGENSCOPE_FUNCTION(Expm1, expm1_of(x), std::expm1(x))
EIGENSCOPE_FUNCTION(Log, log_of(x), std::log(x))
EIGENSCOPE_FUNCTION(Log2, log2_of(x), std::log2(x))
EIGENSCOPE_FUNCTION(Log10, log10_of(x), std::log10(x))
EIGENSCOPE_FUNCTION(Log1p, log1p_of(x), std::log1p(x))
EIGENSCOPE_FUNCTION(Sinh, sinh_of(x), std::sinh(x))
EIGENSCOPE_FUNCTION(Cosh, cosh_of(x), std::cosh(x))
EIGENSCOPE_FUNCTION(Tanh, tanh_of(x), std::tanh(x))
#undef EIGENSCOPE_FUNCTION

double scalar_sin(double x) { return std::sin(x); }
double scalar_cos(double x) { return std::cos(x); }
double scalar_tan(double x) { return std::tan(x); }

struct Sin {
  static HWY_INLINE V many(V x) {
    V result = with_large_angles<scalar_sin>(x, sin_of_turned(reduce_angle(x), 0));
    return hn::IfThenElse(hn::Eq(x, all(0)), x, result);
  }
  static HWY_INLINE double one(double x) { return std::sin(x); }
};
struct Cos {
  static HWY_INLINE V many(V x) { return with_large_angles<scalar_cos>(x, sin_of_turned(reduce_angle(x), 1)); }
  static HWY_INLINE double one(double x) { return std::cos(x); }
};
struct Tan {
  static HWY_INLINE V many(V x) {
    V result = tan_of(reduce_angle(x));
    return hn::IfThenElse(hn::Eq(x, all(0)), x, with_large_angles<scalar_tan>(x, result));
  }
  static HWY_INLINE double one(double x) { return std::tan(x); }
};

#if HWY_NATIVE_FMA && HWY_TARGET != HWY_SCALAR
constexpr bool fused = true;
#else
constexpr bool fused = false;
#endif

template <class F>
void loop_of_doubles(const std::byte* const* in, std::byte* out, int64_t n) {
  auto* a = reinterpret_cast<const double*>(in[0]);
  auto* r = reinterpret_cast<double*>(out);
  if constexpr (fused) {
    const D d;
    const auto lanes = static_cast<int64_t>(hn::Lanes(d));
    int64_t i = 0;
    for (; i + lanes <= n; i += lanes) hn::StoreU(F::many(hn::LoadU(d, a + i)), d, r + i);
    if (i == n) return;
    HWY_ALIGN double rest[hn::MaxLanes(d)] = {};
    for (int64_t k = 0; k < n - i; k++) rest[k] = a[i + k];
    hn::Store(F::many(hn::Load(d, rest)), d, rest);
    for (int64_t k = 0; k < n - i; k++) r[i + k] = rest[k];
  } else {
    for (int64_t i = 0; i < n; i++) r[i] = F::one(a[i]);
  }
}

template <class F>
void loop_of_floats(const std::byte* const* in, std::byte* out, int64_t n) {
  auto* a = reinterpret_cast<const float*>(in[0]);
  auto* r = reinterpret_cast<float*>(out);
  if constexpr (fused) {
    const D d;
    const hn::Rebind<float, D> df;
    const auto lanes = static_cast<int64_t>(hn::Lanes(d));
    int64_t i = 0;
    for (; i + lanes <= n; i += lanes) {
      hn::StoreU(hn::DemoteTo(df, F::many(hn::PromoteTo(d, hn::LoadU(df, a + i)))), df, r + i);
    }
    if (i == n) return;
    HWY_ALIGN float rest[hn::MaxLanes(d)] = {};
    for (int64_t k = 0; k < n - i; k++) rest[k] = a[i + k];
    hn::StoreU(hn::DemoteTo(df, F::many(hn::PromoteTo(d, hn::LoadU(df, rest)))), df, rest);
    for (int64_t k = 0; k < n - i; k++) r[i + k] = rest[k];
  } else {
    for (int64_t i = 0; i < n; i++) r[i] = static_cast<float>(F::one(a[i]));
  }
}

struct Sqrt {
  template <class T>
  HWY_INLINE T operator()(T a) const {
    return std::sqrt(a);
  }
};
struct Floor {
  template <class T>
  HWY_INLINE T operator()(T a) const {
    return std::floor(a);
  }
};
struct Ceil {
  template <class T>
  HWY_INLINE T operator()(T a) const {
    return std::ceil(a);
  }
};
struct Trunc {
  template <class T>
  HWY_INLINE T operator()(T a) const {
    return std::trunc(a);
  }
};
struct Rint {
  template <class T>
  HWY_INLINE T operator()(T a) const {
    return std::rint(a);
  }
};
struct Radians {
  template <class T>
  HWY_INLINE T operator()(T a) const {
    return static_cast<T>(a * (3.14159265358979323846 / 180));
  }
};
struct Degrees {
  template <class T>
  HWY_INLINE T operator()(T a) const {
    return static_cast<T>(a * (180 / 3.14159265358979323846));
  }
};

void list(Loops& loops) {
  auto add = [&]<class F>(F, const char* name) {
    constexpr DType f64 = DType::f64, f32 = DType::f32;
    loops.push_back({name, 1, {f64, f64, f64}, f64, loop_of_doubles<F>, 8192});
    loops.push_back({name, 1, {f32, f32, f32}, f32, loop_of_floats<F>, 8192});
  };
  add(Exp{}, "exp");
  add(Exp2{}, "exp2");
  add(Expm1{}, "expm1");
  add(Log{}, "log");
  add(Log2{}, "log2");
  add(Log10{}, "log10");
  add(Log1p{}, "log1p");
  add(Sinh{}, "sinh");
  add(Cosh{}, "cosh");
  add(Tanh{}, "tanh");
  add(Sin{}, "sin");
  add(Cos{}, "cos");
  add(Tan{}, "tan");
  each<float, double>([&]<class T>(T) {
    add_1<T, Sqrt>(loops, "sqrt");
    add_1<T, Floor>(loops, "floor");
    add_1<T, Ceil>(loops, "ceil");
    add_1<T, Trunc>(loops, "trunc");
    add_1<T, Rint>(loops, "rint");
    add_1<T, Radians>(loops, "deg2rad");
    add_1<T, Degrees>(loops, "rad2deg");
  });
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace eigenscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace eigenscope {

HWY_EXPORT(list);

void add_math_loops(Loops& loops) { HWY_DYNAMIC_DISPATCH(list)(loops); }

}  // namespace eigenscope
#endif
