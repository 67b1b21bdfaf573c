// Inverse trigonometric and hyperbolic functions, cube roots and powers of vectors; float32 is computed in float64 and
// rounded once. Reductions and polynomials of arcs are those of Sun's fdlibm.
#include "targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/inverse_loops.cc"
#include <hwy/foreach_target.h>

#include <cstring>

#include "kernels/vector_math.h"

HWY_BEFORE_NAMESPACE();
namespace eigenscope {
namespace HWY_NAMESPACE {
namespace {

constexpr double pi_hi = 0x1.921fb54442d18p1, pi_lo = 0x1.1a62633145c07p-53;

HWY_INLINE V choose(hn::Mask<D> yes, V one, V other) { return hn::IfThenElse(yes, one, other); }

/// The angle of the point (x, y) with x, y ≥ 0, in two parts: multiples of a quarter turn and what is left.
HWY_INLINE TwoParts first_quadrant(V y, V x) {
  // Near an axis, or near the diagonal, which is turned onto one.
  auto steep = hn::Gt(y, hn::Mul(x, all(16.0 / 7)));
  auto diagonal = hn::AndNot(steep, hn::Gt(y, hn::Mul(x, all(7.0 / 16))));
  V n = choose(steep, hn::Neg(x), choose(diagonal, hn::Sub(y, x), y));
  V d = choose(steep, y, choose(diagonal, hn::Add(y, x), x));
  V t = hn::Div(n, d);
  V z = hn::Mul(t, t), w = hn::Mul(z, z), v = hn::Mul(w, w);
  V a = hn::MulAdd(w, all(1.62858201153657823623e-02), all(4.97687799461593236017e-02));
  V b = hn::MulAdd(w, all(6.66107313738753120669e-02), all(9.09088713343650656196e-02));
  V c = hn::MulAdd(w, all(1.42857142725034663711e-01), all(3.33333333333329318027e-01));
  V odd = hn::MulAdd(hn::MulAdd(a, v, b), v, c);
  V e = hn::MulAdd(w, all(-3.65315727442169155270e-02), all(-5.83357013379057348645e-02));
  V f = hn::MulAdd(w, all(-7.69187620504482999495e-02), all(-1.11111104054623557880e-01));
  V even = hn::MulAdd(hn::MulAdd(e, v, f), w, all(-1.99999999998764832476e-01));
  V series = hn::MulAdd(even, w, hn::Mul(odd, z));
  V base = hn::IfThenElseZero(steep, all(pi_hi / 2)), rest = hn::IfThenElseZero(steep, all(pi_lo / 2));
  base = choose(diagonal, all(pi_hi / 4), base);
  rest = choose(diagonal, all(pi_lo / 4), rest);
  V high = hn::Add(base, t);
  // base is 0 or the larger one.
  V lost = hn::Add(hn::Sub(base, high), t);
  return {high, hn::Add(lost, hn::NegMulAdd(t, series, rest))};
}

HWY_INLINE V arctan_of(V x) {
  V size = hn::Abs(x);
  // Where 1 is far from the tangent, ∞ is as good as 2¹⁰⁰.
  TwoParts angle = first_quadrant(hn::Min(size, all(0x1p100)), all(1));
  V result = hn::CopySign(hn::Add(angle.high, angle.low), x);
  return hn::IfThenElse(hn::Lt(size, all(1e-9)), x, keep_nan(x, result));
}

HWY_INLINE V arctan2_of(V y, V x) {
  V up = hn::Abs(y), along = hn::Abs(x);
  V largest = all(std::numeric_limits<double>::infinity());
  auto both = hn::And(hn::Eq(up, largest), hn::Eq(along, largest));
  V unit = all(1);
  up = choose(both, unit, up);
  along = choose(both, unit, along);
  // Sums of huge numbers must not overflow; the smaller one is then nothing.
  auto huge = hn::Gt(hn::Max(up, along), all(0x1p1000));
  up = choose(huge, hn::Mul(up, all(0.125)), up);
  along = choose(huge, hn::Mul(along, all(0.125)), along);
  TwoParts angle = first_quadrant(up, along);
  auto none = hn::Eq(up, all(0));
  V high = hn::IfThenZeroElse(none, angle.high), low = hn::IfThenZeroElse(none, angle.low);
  // The sign of x, also of a zero.
  auto left = hn::Lt(hn::CopySign(unit, x), all(0));
  V turned = hn::Sub(all(pi_hi), high);
  V lost = hn::Sub(hn::Sub(all(pi_hi), turned), high);
  V other = hn::Add(turned, hn::Add(lost, hn::Sub(all(pi_lo), low)));
  V result = hn::CopySign(choose(left, other, hn::Add(high, low)), y);
  result = choose(hn::IsNaN(x), x, keep_nan(y, result));
  return choose(both, hn::CopySign(choose(left, all(pi_hi * 0.75), all(pi_hi / 4)), y), result);
}

/// (arcsin(√z) − √z) / √z for 0 ≤ z ≤ ¼.
HWY_INLINE V arcsin_rest(V z) {
  V p = hn::MulAdd(z, all(3.47933107596021167570e-05), all(7.91534994289814532176e-04));
  p = hn::MulAdd(z, p, all(-4.00555345006794114027e-02));
  p = hn::MulAdd(z, p, all(2.01212532134862925881e-01));
  p = hn::MulAdd(z, p, all(-3.25565818622400915405e-01));
  p = hn::Mul(z, hn::MulAdd(z, p, all(1.66666666666666657415e-01)));
  V q = hn::MulAdd(z, all(7.70381505559019352791e-02), all(-6.88283971605453293030e-01));
  q = hn::MulAdd(z, q, all(2.02094576023350569471e+00));
  q = hn::MulAdd(z, q, all(-2.40339491173441421878e+00));
  return hn::Div(p, hn::MulAdd(z, q, all(1)));
}

struct Arc {
  hn::Mask<D> far;
  V size, s, rest;  // arcsin of the smaller leg: s + rest
};

HWY_INLINE Arc arc_of(V x) {
  V size = hn::Abs(x);
  auto far = hn::Ge(size, all(0.5));
  V z = choose(far, hn::Mul(all(0.5), hn::Sub(all(1), size)), hn::Mul(size, size));
  V root = hn::Sqrt(z);
  V s = choose(far, root, size);
  // What the root lost.
  V lost = hn::Div(hn::NegMulAdd(root, root, z), hn::Add(root, root));
  lost = hn::IfThenElseZero(hn::And(far, hn::Ne(z, all(0))), lost);
  return {far, size, s, hn::MulAdd(s, arcsin_rest(z), lost)};
}

HWY_INLINE V arcsin_of(V x) {
  Arc a = arc_of(x);
  V twice = hn::Add(a.s, a.s);
  V high = hn::Sub(all(pi_hi / 2), twice);
  V lost = hn::Sub(hn::Sub(all(pi_hi / 2), high), twice);
  V far = hn::Add(high, hn::Add(lost, hn::NegMulAdd(all(2), a.rest, all(pi_lo / 2))));
  V result = hn::CopySign(choose(a.far, far, hn::Add(a.s, a.rest)), x);
  return hn::IfThenElse(hn::Lt(a.size, all(1e-9)), x, result);
}

HWY_INLINE V arccos_of(V x) {
  Arc a = arc_of(x);
  auto left = hn::Lt(x, all(0));
  // base − taken, less rest, each in its own way for the middle and both ends.
  V base = choose(a.far, hn::IfThenElseZero(left, all(pi_hi)), all(pi_hi / 2));
  V base_low = choose(a.far, hn::IfThenElseZero(left, all(pi_lo)), all(pi_lo / 2));
  V scale = choose(a.far, all(2), all(1));
  auto adds = hn::Xor(hn::RebindMask(D(), left), hn::RebindMask(D(), a.far));
  V taken = hn::Mul(scale, a.s), rest = hn::Mul(scale, a.rest);
  // Added where the middle is left of 0, or the far end is right of it.
  taken = choose(adds, hn::Neg(taken), taken);
  rest = choose(adds, hn::Neg(rest), rest);
  V high = hn::Sub(base, taken);
  V lost = hn::Sub(hn::Sub(base, high), taken);
  return hn::Add(high, hn::Add(lost, hn::Sub(base_low, rest)));
}

HWY_INLINE V arcsinh_of(V x) {
  V size = hn::Abs(x);
  auto huge = hn::Gt(size, all(0x1p60));
  V t = hn::Min(size, all(0x1p60));
  V square = hn::Mul(t, t);
  V inner = hn::Add(t, hn::Div(square, hn::Add(all(1), hn::Sqrt(hn::Add(square, all(1))))));
  V result = hn::Add(log1p_of(choose(huge, size, inner)), hn::IfThenElseZero(huge, all(ln2_hi)));
  return hn::IfThenElse(hn::Lt(size, all(1e-9)), x, keep_nan(x, hn::CopySign(result, x)));
}

HWY_INLINE V arccosh_of(V x) {
  auto huge = hn::Gt(x, all(0x1p60));
  V t = hn::Sub(hn::Min(x, all(0x1p60)), all(1));
  V inner = hn::Add(t, hn::Sqrt(hn::MulAdd(t, t, hn::Add(t, t))));
  V result = hn::Add(log1p_of(choose(huge, x, inner)), hn::IfThenElseZero(huge, all(ln2_hi)));
  return hn::IfThenElse(hn::Ge(x, all(1)), result, all(std::numeric_limits<double>::quiet_NaN()));
}

HWY_INLINE V arctanh_of(V x) {
  V size = hn::Abs(x);
  V inner = hn::Div(hn::Add(size, size), hn::Sub(all(1), size));
  V result = hn::CopySign(hn::Mul(all(0.5), log1p_of(inner)), x);
  return hn::IfThenElse(hn::Lt(size, all(1e-9)), x, result);
}

HWY_INLINE V cbrt_of(V x) {
  V size = hn::Abs(x);
  auto tiny = hn::Lt(size, all(std::numeric_limits<double>::min()));
  size = choose(tiny, hn::Mul(size, all(0x1p54)), size);
  Mantissa m = split(size);
  // The exponent as 3 · thirds + left, left being −1, 0 or 1.
  V thirds = hn::Sub(hn::MulAdd(m.k, all(1.0 / 3), all(magic)), all(magic));
  V left = hn::NegMulAdd(thirds, all(3), m.k);
  V whole = hn::Add(m.f, all(1));
  V w2 = hn::Mul(whole, whole);
  V a = hn::MulAdd(whole, all(-2.4668647417873153), all(1.995341481913526));
  V b = hn::MulAdd(whole, all(-1.8620663942011886), all(2.754857752141042));
  V c = hn::MulAdd(whole, all(-0.10484262703707782), all(0.683577431562695));
  V inverse = hn::MulAdd(hn::MulAdd(c, w2, b), w2, a);
  auto up = hn::Gt(left, all(0)), down = hn::Lt(left, all(0));
  inverse = hn::Mul(inverse, choose(up, all(0.7937005259840998), choose(down, all(1.2599210498948732), all(1))));
  V scaled = hn::Mul(whole, choose(up, all(2), choose(down, all(0.5), all(1))));
  // One step of third order towards scaled^(−1/3), then one of Newton's for the root, its residue in full.
  V e = hn::NegMulAdd(hn::Mul(scaled, inverse), hn::Mul(inverse, inverse), all(1));
  V better = hn::MulAdd(hn::MulAdd(hn::MulAdd(e, all(14.0 / 81), all(2.0 / 9)), e, all(1.0 / 3)), e, all(0));
  inverse = hn::MulAdd(inverse, better, inverse);
  V square = hn::Mul(inverse, inverse);
  V root = hn::Mul(scaled, square);
  V r2 = hn::Mul(root, root), r2_low = hn::MulSub(root, root, r2);
  V residue = hn::NegMulAdd(r2_low, root, hn::NegMulAdd(r2, root, scaled));
  root = hn::MulAdd(hn::Mul(residue, square), all(1.0 / 3), root);
  thirds = hn::Sub(thirds, hn::IfThenElseZero(tiny, all(18)));
  auto shift = hn::Sub(hn::BitCast(DI(), hn::Add(thirds, all(magic))), hn::BitCast(DI(), all(magic)));
  V result = hn::CopySign(hn::Mul(root, power_of_2(shift)), x);
  // 0, infinities and NaN are their own roots.
  auto itself = hn::Or(hn::Eq(x, all(0)), hn::Not(hn::Lt(size, all(std::numeric_limits<double>::infinity()))));
  return choose(itself, x, result);
}

/// log(x) in two parts, to 2⁻⁶⁵ or so, of a positive normal number.
HWY_INLINE TwoParts log_in_full(V x) {
  Mantissa m = split(x);
  V d = hn::Add(m.f, all(2)), d_low = hn::Sub(m.f, hn::Sub(d, all(2)));
  V inverse = hn::Div(all(1), d);
  V s = hn::Mul(m.f, inverse);
  V s_low = hn::Mul(hn::NegMulAdd(s, d_low, hn::NegMulAdd(s, d, m.f)), inverse);
  V z = hn::Mul(s, s);
  V z_low = hn::MulAdd(hn::Add(s, s), s_low, hn::MulSub(s, s, z));
  // log(1 + f) = 2 s (1 + z / 3 + z² / 5 + …): the first term of the sum in two parts as well.
  V w = hn::Mul(z, z), w2 = hn::Mul(w, w);
  V a = hn::MulAdd(z, all(0.14285714285714282), all(0.2));
  V b = hn::MulAdd(z, all(0.09090909089822495), all(0.11111111111114234));
  V c = hn::MulAdd(z, all(0.06666648198981917), all(0.07692307881454075));
  V e = hn::MulAdd(z, all(0.05228097555200746), all(0.05883409510814777));
  V high = hn::MulAdd(hn::MulAdd(w, all(0.0538181075750563), e), w, c);
  V t = hn::Mul(z, hn::MulAdd(high, w2, hn::MulAdd(b, w, a)));
  V third = all(0x1.5555555555555p-2);
  V q = hn::Add(third, t), q_low = hn::Add(hn::Add(hn::Sub(third, q), t), all(0x1.5555555555555p-56));
  V u = hn::Mul(z, q), u_low = hn::MulAdd(z, q_low, hn::MulAdd(z_low, q, hn::MulSub(z, q, u)));
  V v = hn::Mul(s, u), v_low = hn::MulAdd(s, u_low, hn::MulAdd(s_low, u, hn::MulSub(s, u, v)));
  V l = hn::Add(s, v), l_low = hn::Add(hn::Add(hn::Sub(s, l), v), hn::Add(v_low, s_low));
  l = hn::Add(l, l);
  V turns = hn::Mul(m.k, all(ln2_short));
  V sum = hn::Add(turns, l);
  V rest = hn::Add(hn::Add(hn::Sub(turns, sum), l), hn::MulAdd(m.k, all(ln2_rest), hn::Add(l_low, l_low)));
  V whole = hn::Add(sum, rest);
  return {whole, hn::Sub(rest, hn::Sub(whole, sum))};
}

/// Nearest whole number; huge ones are whole.
HWY_INLINE V nearest(V y) { return hn::Round(y); }

/// The sign and the gaps of xʸ for a negative x, given |x|ʸ.
HWY_INLINE V signed_power(V x, V y, V result) {
  auto negative = hn::Lt(x, all(0));
  if (HWY_LIKELY(hn::AllFalse(D(), negative))) return result;
  V half = hn::Mul(y, all(0.5));
  auto whole = hn::Eq(nearest(y), y), even = hn::Eq(nearest(half), half);
  V other = choose(even, result, hn::Neg(result));
  other = choose(whole, other, all(std::numeric_limits<double>::quiet_NaN()));
  return choose(negative, other, result);
}

template <class F>
HWY_INLINE V patched_pair(hn::Mask<D> odd, V x, V y, V result, F function) {
  if (HWY_LIKELY(hn::AllFalse(D(), odd))) return result;
  HWY_ALIGN double exponents[hn::MaxLanes(D())];
  hn::Store(y, D(), exponents);
  // The lanes come one after the other, and with them their exponents.
  HWY_ALIGN double bases[hn::MaxLanes(D())], out[hn::MaxLanes(D())], flags[hn::MaxLanes(D())];
  hn::Store(x, D(), bases);
  hn::Store(result, D(), out);
  hn::Store(hn::IfThenElseZero(odd, all(1)), D(), flags);
  for (size_t i = 0; i < hn::Lanes(D()); i++) {
    if (flags[i] != 0) out[i] = function(bases[i], exponents[i]);
  }
  return hn::Load(D(), out);
}

HWY_INLINE V power_edges(V x, V y, V result) {
  result = choose(hn::Eq(y, all(2)), hn::Mul(x, x), signed_power(x, y, result));
  auto odd = hn::Or(odd_for_log(hn::Abs(x)), hn::Not(hn::Lt(hn::Abs(y), all(std::numeric_limits<double>::infinity()))));
  return patched_pair(odd, x, y, result, [](double a, double b) { return std::pow(a, b); });
}

HWY_INLINE V power_of(V x, V y) {
  TwoParts l = log_in_full(hn::Abs(x));
  V p = hn::Mul(y, l.high), p_low = hn::MulAdd(y, l.low, hn::MulSub(y, l.high, p));
  p_low = hn::IfThenElseZero(hn::Lt(hn::Abs(p), all(800)), p_low);
  p = clamp(p, -746, 710);
  V shifted = hn::MulAdd(p, all(1.44269504088896340736), all(magic));
  V k = hn::Sub(shifted, all(magic));
  V near = hn::NegMulAdd(k, all(ln2_hi), p);
  V r = hn::NegMulAdd(k, all(ln2_lo), near);
  V low = hn::Add(hn::NegMulAdd(k, all(ln2_lo), hn::Sub(near, r)), p_low);
  // Of a large product the low part is large enough to count more than once.
  V settled = hn::Add(r, low);
  low = hn::Sub(low, hn::Sub(settled, r));
  r = settled;
  hn::Vec<DI> turns = hn::Sub(hn::BitCast(DI(), shifted), hn::BitCast(DI(), all(magic)));
  return power_edges(x, y, scaled_by_power(one_plus(r, exp_tail(r, hn::MulAdd(low, r, low))), turns, k));
}

HWY_INLINE V short_power(V x, V y) {
  Mantissa m = split(hn::Abs(x));
  V half = hn::Mul(hn::Mul(all(0.5), m.f), m.f);
  V tail = hn::MulAdd(m.k, all(ln2_rest), log_tail(m.f, half));
  V l = hn::MulSub(m.k, all(ln2_short), hn::Sub(hn::Sub(half, tail), m.f));
  return power_edges(x, y, short_exp(hn::Mul(y, l)));
}

#define EIGENSCOPE_FUNCTION(Name, vector, scalar)             \
  struct Name {                                               \
    static HWY_INLINE V many(V x) { return vector; }          \
    static HWY_INLINE V few(V x) { return vector; }           \
    static HWY_INLINE double one(double x) { return scalar; } \
  };
EIGENSCOPE_FUNCTION(Arctan, arctan_of(x), std::atan(x))
EIGENSCOPE_FUNCTION(Arcsin, arcsin_of(x), std::asin(x))
EIGENSCOPE_FUNCTION(Arccos, arccos_of(x), std::acos(x))
EIGENSCOPE_FUNCTION(Arcsinh, arcsinh_of(x), std::asinh(x))
EIGENSCOPE_FUNCTION(Arccosh, arccosh_of(x), std::acosh(x))
EIGENSCOPE_FUNCTION(Arctanh, arctanh_of(x), std::atanh(x))
EIGENSCOPE_FUNCTION(Cbrt, cbrt_of(x), std::cbrt(x))
#undef EIGENSCOPE_FUNCTION

struct Power {
  static HWY_INLINE V many(V x, V y) { return power_of(x, y); }
  static HWY_INLINE V few(V x, V y) { return short_power(x, y); }
  static HWY_INLINE double one(double a, double b) { return b == 2 ? a * a : std::pow(a, b); }
};
struct Arctan2 {
  static HWY_INLINE V many(V y, V x) { return arctan2_of(y, x); }
  static HWY_INLINE V few(V y, V x) { return arctan2_of(y, x); }
  static HWY_INLINE double one(double a, double b) { return std::atan2(a, b); }
};

/// Two inputs, each n numbers of T; the last ones by way of buffers.
template <class T, class F>
void loop_of_pairs(const std::byte* const* in, std::byte* out, int64_t n) {
  auto* a = reinterpret_cast<const T*>(in[0]);
  auto* b = reinterpret_cast<const T*>(in[1]);
  auto* r = reinterpret_cast<T*>(out);
  if constexpr (fused) {
    const D d;
    const hn::Rebind<T, D> dt;
    const auto lanes = static_cast<int64_t>(hn::Lanes(d));
    auto step = [&](const T* x, const T* y, T* to) {
      if constexpr (std::is_same_v<T, double>) {
        hn::StoreU(F::many(hn::LoadU(d, x), hn::LoadU(d, y)), d, to);
      } else {
        V p = hn::PromoteTo(d, hn::LoadU(dt, x)), q = hn::PromoteTo(d, hn::LoadU(dt, y));
        hn::StoreU(hn::DemoteTo(dt, F::few(p, q)), dt, to);
      }
    };
    if constexpr (std::is_same_v<F, Power>) {
      // Squares, by far the commonest of powers.
      if (n > 1 && b[0] == 2 && std::memcmp(b, b + 1, static_cast<size_t>(n - 1) * sizeof(T)) == 0) {
        for (int64_t i = 0; i < n; i++) r[i] = a[i] * a[i];
        return;
      }
    }
    int64_t i = 0;
    for (; i + lanes <= n; i += lanes) step(a + i, b + i, r + i);
    if (i == n) return;
    HWY_ALIGN T x[hn::MaxLanes(d)] = {}, y[hn::MaxLanes(d)] = {};
    for (int64_t k = 0; k < n - i; k++) {
      x[k] = a[i + k];
      y[k] = b[i + k];
    }
    step(x, y, x);
    for (int64_t k = 0; k < n - i; k++) r[i + k] = x[k];
  } else {
    for (int64_t i = 0; i < n; i++) r[i] = static_cast<T>(F::one(a[i], b[i]));
  }
}

void list(Loops& loops) {
  constexpr DType f64 = DType::f64, f32 = DType::f32;
  auto add = [&]<class F>(F, const char* name) {
    loops.push_back({name, 1, {f64, f64, f64}, f64, loop_of_doubles<F>, 8192});
    loops.push_back({name, 1, {f32, f32, f32}, f32, loop_of_floats<F>, 8192});
  };
  add(Arctan{}, "arctan");
  add(Arcsin{}, "arcsin");
  add(Arccos{}, "arccos");
  add(Arcsinh{}, "arcsinh");
  add(Arccosh{}, "arccosh");
  add(Arctanh{}, "arctanh");
  add(Cbrt{}, "cbrt");
  auto add_pair = [&]<class F>(F, const char* name) {
    loops.push_back({name, 2, {f64, f64, f64}, f64, loop_of_pairs<double, F>, 8192});
    loops.push_back({name, 2, {f32, f32, f32}, f32, loop_of_pairs<float, F>, 8192});
  };
  add_pair(Power{}, "power");
  add_pair(Power{}, "float_power");
  add_pair(Arctan2{}, "arctan2");
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace eigenscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace eigenscope {

HWY_EXPORT(list);

void add_inverse_loops(Loops& loops) { HWY_DYNAMIC_DISPATCH(list)(loops); }

}  // namespace eigenscope
#endif
