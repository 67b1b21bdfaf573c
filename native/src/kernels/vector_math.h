// Exponentials and logarithms of vectors, which other functions are made of. Included once per instruction set, inside its
// namespace's guards.
#if defined(EIGENSCOPE_VECTOR_MATH) == defined(HWY_TARGET_TOGGLE)
#ifdef HWY_TARGET_TOGGLE
#undef EIGENSCOPE_VECTOR_MATH
#else
#define EIGENSCOPE_VECTOR_MATH
#endif

#include <hwy/highway.h>

#include <cmath>
#include <limits>

#include "kernels/loops.h"

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
  /// The same as k.
  V turns;
};

/// exp(r) − 1 − r for |r| ≤ ln(2) / 2: r² times the polynomial of degree 9 that errs least.
HWY_INLINE V exp_tail(V r, V low) {
  V r2 = hn::Mul(r, r), r4 = hn::Mul(r2, r2), r8 = hn::Mul(r4, r4);
  auto c = [](double a) { return all(a); };
  V a = hn::MulAdd(r, c(0.16666666666666669), c(0.5));
  V b = hn::MulAdd(r, c(0.008333333333330062), c(0.04166666666662413));
  V e = hn::MulAdd(r, c(0.00019841269863053618), c(0.0013888888917213717));
  V f = hn::MulAdd(r, c(2.7557268459997064e-06), c(2.4801521295954376e-05));
  V g = hn::MulAdd(r, c(2.510038549551032e-08), c(2.7620088445409746e-07));
  V near = hn::MulAdd(b, r2, a), middle = hn::MulAdd(f, r2, e);
  V q = hn::MulAdd(g, r8, hn::MulAdd(middle, r4, near));
  return hn::MulAdd(q, r2, low);
}

HWY_INLINE Reduced reduce_exp(V x) {
  V shifted = hn::MulAdd(x, all(1.44269504088896340736), all(magic));
  V k = hn::Sub(shifted, all(magic));
  V near = hn::NegMulAdd(k, all(ln2_hi), x);
  V r = hn::NegMulAdd(k, all(ln2_lo), near);
  V low = hn::NegMulAdd(k, all(ln2_lo), hn::Sub(near, r));
  return {r, exp_tail(r, low), hn::Sub(hn::BitCast(DI(), shifted), hn::BitCast(DI(), all(magic))), k};
}

/// 1 + r + tail, rounded hardly more than once.
HWY_INLINE V one_plus(V r, V tail) {
  V s = hn::Add(all(1), r);
  V lost = hn::Sub(r, hn::Sub(s, all(1)));
  return hn::Add(s, hn::Add(lost, tail));
}

HWY_INLINE V clamp(V x, double low, double high) { return hn::Min(hn::Max(x, all(low)), all(high)); }
HWY_INLINE V keep_nan(V x, V result) { return hn::IfThenElse(hn::IsNaN(x), x, result); }

/// x · 2ᵏ, given k as both kinds of number.
HWY_INLINE V scaled_by_power(V x, hn::Vec<DI> k, V turns) {
#if HWY_TARGET == HWY_AVX3
  (void)k;
  return V{_mm512_scalef_pd(x.raw, turns.raw)};
#else
  (void)turns;
  // In two steps, since 2ᵏ alone may leave the range; the second rounds denormal results once.
  hn::Vec<DI> half = hn::ShiftRight<1>(k);
  return hn::Mul(hn::Mul(x, power_of_2(half)), power_of_2(hn::Sub(k, half)));
#endif
}

/// Lanes that the vectors are not made for go to the C library, one by one.
template <class F>
HWY_INLINE V patched(hn::Mask<D> odd, V x, V result, F function) {
  if (HWY_LIKELY(hn::AllFalse(D(), odd))) return result;
  HWY_ALIGN double in[hn::MaxLanes(D())], out[hn::MaxLanes(D())], flags[hn::MaxLanes(D())];
  hn::Store(x, D(), in);
  hn::Store(result, D(), out);
  hn::Store(hn::IfThenElseZero(odd, all(1)), D(), flags);
  for (size_t i = 0; i < hn::Lanes(D()); i++) {
    if (flags[i] != 0) out[i] = function(in[i]);
  }
  return hn::Load(D(), out);
}

/// A logarithm's values where x is not positive, normal and finite: those of denormal numbers by the C library.
template <class F>
HWY_INLINE V log_edges(hn::Mask<D> odd, V x, V result, F function) {
  if (HWY_LIKELY(hn::AllFalse(D(), odd))) return result;
  constexpr double inf = std::numeric_limits<double>::infinity();
  auto denormal = hn::And(odd, hn::And(hn::Gt(x, all(0)), hn::Lt(x, all(inf))));
  // Infinity and NaN stay, 0 becomes −∞, the rest NaN.
  V edges = hn::IfThenElse(hn::Eq(x, all(0)), all(-inf), all(std::numeric_limits<double>::quiet_NaN()));
  edges = hn::IfThenElse(hn::Or(hn::Eq(x, all(inf)), hn::IsNaN(x)), x, edges);
  return patched(denormal, x, hn::IfThenElse(odd, edges, result), function);
}

/// Neither positive, normal nor finite.
HWY_INLINE hn::Mask<D> odd_for_log(V x) {
  return hn::Not(hn::And(hn::Ge(x, all(std::numeric_limits<double>::min())),
                         hn::Lt(x, all(std::numeric_limits<double>::infinity()))));
}

struct TwoParts {
  V high, low;
};

/// n / d, rounded hardly more than once.
HWY_INLINE V quotient(const TwoParts& n, const TwoParts& d) {
  V inverse = hn::Div(all(1), d.high);
  V q = hn::Mul(n.high, inverse);
  V rest = hn::Add(hn::NegMulAdd(q, d.high, n.high), hn::NegMulAdd(q, d.low, n.low));
  return hn::MulAdd(rest, inverse, q);
}

struct Mantissa {
  V k, f;  // x = 2ᵏ · (1 + f), √½ ≤ 1 + f < √2
};

/// Of a positive, normal, finite number.
HWY_INLINE Mantissa split(V x) {
  auto bits = hn::BitCast(DI(), x);
  auto k = hn::ShiftRight<52>(hn::Sub(bits, hn::Set(DI(), int64_t{0x3fe6a09e667f3bcd})));
  auto m = hn::Sub(bits, hn::ShiftLeft<52>(k));
  V exponent = hn::Sub(hn::BitCast(D(), hn::Add(k, hn::BitCast(DI(), all(magic)))), all(magic));
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

constexpr double ln2_short = 6.93147180369123816490e-01, ln2_rest = 1.90821492927058770002e-10;

HWY_INLINE V log1p_of(V x) {
  V u = hn::Add(all(1), x);
  auto odd = odd_for_log(u);
  Mantissa m = split(u);
  auto near = hn::Eq(m.k, all(0));
  V f = hn::IfThenElse(near, x, m.f);
  // What 1 + x lost.
  V lost = hn::IfThenElse(hn::Ge(m.k, all(2)), hn::Sub(all(1), hn::Sub(u, x)), hn::Sub(x, hn::Sub(u, all(1))));
  V c = hn::IfThenElse(near, all(0), hn::Div(lost, u));
  V half = hn::Mul(hn::Mul(all(0.5), f), f);
  V tail = hn::Add(log_tail(f, half), hn::MulAdd(m.k, all(ln2_rest), c));
  V result = hn::MulSub(m.k, all(ln2_short), hn::Sub(hn::Sub(half, tail), f));
  result = hn::IfThenElse(hn::Lt(hn::Abs(x), all(1e-17)), x, result);
  return log_edges(odd, u, result, [](double a) { return std::log(a); });
}

// ---- for float32: in double precision, but only as far as the 24 bits of a result need

/// exp(r) − 1 for |r| ≤ ln(2) / 2, to 4 · 10⁻¹² of it.
HWY_INLINE V short_expm1_tail(V r) {
  V r2 = hn::Mul(r, r), r4 = hn::Mul(r2, r2);
  V a = hn::MulAdd(r, all(0.4999999999995507), all(0.9999999999955055));
  V b = hn::MulAdd(r, all(0.041666666786337556), all(0.1666666678638044));
  V c = hn::MulAdd(r, all(0.001388883909064138), all(0.008333283518768105));
  V e = hn::MulAdd(r, all(2.4867883453521802e-05), all(0.00019907582591325134));
  return hn::Mul(r, hn::MulAdd(hn::MulAdd(e, r2, c), r4, hn::MulAdd(b, r2, a)));
}

struct ShortReduced {
  V power, tail;  // exp(x) = power · (1 + tail)
};

/// For |x| < 700.
HWY_INLINE ShortReduced short_reduce(V x) {
  V shifted = hn::MulAdd(x, all(1.44269504088896340736), all(magic));
  V r = hn::NegMulAdd(hn::Sub(shifted, all(magic)), all(ln2_hi), x);
  return {power_of_2(hn::Sub(hn::BitCast(DI(), shifted), hn::BitCast(DI(), all(magic)))), short_expm1_tail(r)};
}

HWY_INLINE V short_exp(V x) {
  ShortReduced e = short_reduce(clamp(x, -110, 90));
  return keep_nan(x, hn::MulAdd(e.power, e.tail, e.power));
}

/// log(1 + f) for √½ ≤ 1 + f < √2, to 10⁻¹² of it.
HWY_INLINE V short_log_near_1(V f) {
  V s = hn::Div(f, hn::Add(all(2), f));
  V z = hn::Mul(s, s), w = hn::Mul(z, z);
  V a = hn::MulAdd(z, all(0.19999999396220844), all(0.3333333333368934));
  V b = hn::MulAdd(z, all(0.11095668714032891), all(0.14285877767516472));
  V t = hn::MulAdd(hn::MulAdd(w, all(0.09681942493316599), b), w, a);
  V s2 = hn::Add(s, s);
  return hn::MulAdd(hn::Mul(s2, z), t, s2);
}

// ---- loops

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
      hn::StoreU(hn::DemoteTo(df, F::few(hn::PromoteTo(d, hn::LoadU(df, a + i)))), df, r + i);
    }
    if (i == n) return;
    HWY_ALIGN float rest[hn::MaxLanes(d)] = {};
    for (int64_t k = 0; k < n - i; k++) rest[k] = a[i + k];
    hn::StoreU(hn::DemoteTo(df, F::few(hn::PromoteTo(d, hn::LoadU(df, rest)))), df, rest);
    for (int64_t k = 0; k < n - i; k++) r[i + k] = rest[k];
  } else {
    for (int64_t i = 0; i < n; i++) r[i] = static_cast<float>(F::one(a[i]));
  }
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace eigenscope
HWY_AFTER_NAMESPACE();
#endif
