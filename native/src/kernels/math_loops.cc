// Exponentials, logarithms, hyperbolic and trigonometric functions of float64, eight at a time where the processor can;
// float32 is computed in float64 and rounded once. Reductions and polynomials are those of Sun's fdlibm, whose errors
// stay below one unit in the last place (hyperbolic functions and tan: two).
#include "targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/math_loops.cc"
#include <hwy/foreach_target.h>

#include "kernels/loop_templates.h"
#include "kernels/vector_math.h"

HWY_BEFORE_NAMESPACE();
namespace eigenscope {
namespace HWY_NAMESPACE {
namespace {

HWY_INLINE V exp_of(V x) {
  Reduced e = reduce_exp(clamp(x, -746, 710));
  return keep_nan(x, scaled_by_power(one_plus(e.r, e.tail), e.k, e.turns));
}

HWY_INLINE V exp2_of(V x) {
  V within = clamp(x, -1076, 1025);
  V shifted = hn::Add(within, all(magic));
  V k = hn::Sub(shifted, all(magic));
  V f = hn::Sub(within, k);
  // f · ln 2 in two parts.
  V r = hn::Mul(f, all(ln2_hi));
  V low = hn::MulAdd(f, all(ln2_lo), hn::MulSub(f, all(ln2_hi), r));
  V e = one_plus(r, exp_tail(r, low));
  hn::Vec<DI> whole = hn::Sub(hn::BitCast(DI(), shifted), hn::BitCast(DI(), all(magic)));
  return keep_nan(x, scaled_by_power(e, whole, k));
}

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

HWY_INLINE V log_of(V x) {
  Mantissa m = split(x);
  V half = hn::Mul(hn::Mul(all(0.5), m.f), m.f);
  V tail = hn::MulAdd(m.k, all(ln2_rest), log_tail(m.f, half));
  V result = hn::MulSub(m.k, all(ln2_short), hn::Sub(hn::Sub(half, tail), m.f));
  return log_edges(odd_for_log(x), x, result, [](double a) { return std::log(a); });
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
  return log_edges(odd_for_log(x), x, hn::Add(rest, w), [](double a) { return std::log2(a); });
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
  return log_edges(odd_for_log(x), x, hn::Add(rest, w), [](double a) { return std::log10(a); });
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

/// The C library's, where the reduction above would lose too much.
template <double (*function)(double)>
HWY_INLINE V with_large_angles(V x, V result) {
  return patched(hn::Not(hn::Le(hn::Abs(x), all(largest_angle))), x, result, function);
}

// ---- the same for float32

HWY_INLINE V short_exp2(V x) {
  V within = clamp(x, -160, 130);
  V shifted = hn::Add(within, all(magic));
  V r = hn::Mul(hn::Sub(within, hn::Sub(shifted, all(magic))), all(ln2_hi));
  V power = power_of_2(hn::Sub(hn::BitCast(DI(), shifted), hn::BitCast(DI(), all(magic))));
  return keep_nan(x, hn::MulAdd(power, short_expm1_tail(r), power));
}

/// For |x| < 700.
HWY_INLINE V short_expm1_within(V x) {
  ShortReduced e = short_reduce(x);
  return hn::MulAdd(e.power, e.tail, hn::Sub(e.power, all(1)));
}
HWY_INLINE V short_expm1(V x) {
  V result = short_expm1_within(clamp(x, -30, 90));
  return hn::IfThenElse(hn::Eq(x, all(0)), x, keep_nan(x, result));
}
HWY_INLINE V short_sinh(V x) {
  V m = short_expm1_within(hn::Min(hn::Abs(x), all(92)));
  V half = hn::Mul(all(0.5), hn::Add(m, hn::Div(m, hn::Add(m, all(1)))));
  return keep_nan(x, hn::CopySign(half, x));
}
HWY_INLINE V short_cosh(V x) {
  ShortReduced e = short_reduce(hn::Min(hn::Abs(x), all(92)));
  V half = hn::Mul(all(0.5), hn::MulAdd(e.power, e.tail, e.power));
  return keep_nan(x, hn::Add(half, hn::Div(all(0.25), half)));
}
HWY_INLINE V short_tanh(V x) {
  V size = hn::Min(hn::Abs(x), all(20));
  V m = short_expm1_within(hn::Add(size, size));
  return keep_nan(x, hn::CopySign(hn::Div(m, hn::Add(m, all(2))), x));
}

/// k · by_turn + log(1 + f) · by_log: logarithms to any base.
template <class F>
HWY_INLINE V short_log(V x, double by_turn, double by_log, F function) {
  Mantissa m = split(x);
  V near = hn::Mul(short_log_near_1(m.f), all(by_log));
  return log_edges(odd_for_log(x), x, hn::MulAdd(m.k, all(by_turn), near), function);
}
HWY_INLINE V short_log1p(V x) {
  auto near = hn::And(hn::Gt(x, all(-0.29)), hn::Lt(x, all(0.41)));
  V u = hn::Add(all(1), x);
  Mantissa m = split(u);
  V k = hn::IfThenZeroElse(near, m.k);
  V result = hn::MulAdd(k, all(ln2_hi), short_log_near_1(hn::IfThenElse(near, x, m.f)));
  result = hn::IfThenElse(hn::Eq(x, all(0)), x, result);
  return log_edges(odd_for_log(u), u, result, [](double a) { return std::log(a); });
}

struct ShortAngle {
  V sin, cos;
  hn::Vec<DI> k;
};

HWY_INLINE ShortAngle short_angle(V x) {
  V shifted = hn::MulAdd(x, all(0.63661977236758134308), all(magic));
  V k = hn::Sub(shifted, all(magic));
  V r = hn::NegMulAdd(k, all(0x1.1a62633145c07p-54), hn::NegMulAdd(k, all(0x1.921fb54442d18p0), x));
  V z = hn::Mul(r, r), w = hn::Mul(z, z);
  V s = hn::MulAdd(hn::MulAdd(z, all(2.7249314054698804e-06), all(-0.00019840082012765537)), w,
                   hn::MulAdd(z, all(0.008333331865959415), all(-0.16666666663832763)));
  V c = hn::MulAdd(hn::MulAdd(z, all(2.4799855304504668e-05), all(-0.0013888885068618752)), w,
                   hn::MulAdd(z, all(0.041666666637161585), all(-0.4999999999996353)));
  c = hn::MulAdd(hn::Mul(w, w), all(-2.723650327085515e-07), c);
  return {hn::MulAdd(hn::Mul(r, z), s, r), hn::MulAdd(z, c, all(1)), hn::BitCast(DI(), shifted)};
}

HWY_INLINE hn::Mask<D> is_odd(hn::Vec<DI> k) {
  return hn::RebindMask(D(), hn::Ne(hn::And(k, hn::Set(DI(), 1)), hn::Zero(DI())));
}

HWY_INLINE V short_sin_of_turned(const ShortAngle& angle, int64_t turn) {
  auto k = hn::Add(angle.k, hn::Set(DI(), turn));
  V result = hn::IfThenElse(is_odd(k), angle.cos, angle.sin);
  return hn::Xor(result, hn::BitCast(D(), hn::ShiftLeft<62>(hn::And(k, hn::Set(DI(), 2)))));
}
HWY_INLINE V short_tan(const ShortAngle& angle) {
  auto odd = is_odd(angle.k);
  return hn::Div(hn::IfThenElse(odd, hn::Neg(angle.cos), angle.sin), hn::IfThenElse(odd, angle.sin, angle.cos));
}

// ---- the functions as loops know them: by vectors, and one by one where multiplication and addition are not fused

#define EIGENSCOPE_FUNCTION(Name, vector, short_vector, scalar) \
  struct Name {                                                 \
    static HWY_INLINE V many(V x) { return vector; }            \
    static HWY_INLINE V few(V x) { return short_vector; }       \
    static HWY_INLINE double one(double x) { return scalar; }   \
  };
EIGENSCOPE_FUNCTION(Exp, exp_of(x), short_exp(x), std::exp(x))
EIGENSCOPE_FUNCTION(Exp2, exp2_of(x), short_exp2(x), std::exp2(x))
EIGENSCOPE_FUNCTION(Expm1, expm1_of(x), short_expm1(x), std::expm1(x))
EIGENSCOPE_FUNCTION(Log, log_of(x), short_log(x, ln2_hi, 1, [](double a) { return std::log(a); }), std::log(x))
EIGENSCOPE_FUNCTION(Log2, log2_of(x),
                    short_log(x, 1, 1.44269504088896340736, [](double a) { return std::log2(a); }), std::log2(x))
EIGENSCOPE_FUNCTION(Log10, log10_of(x),
                    short_log(x, 0.30102999566398119521, 0.43429448190325182765,
                              [](double a) { return std::log10(a); }),
                    std::log10(x))
EIGENSCOPE_FUNCTION(Log1p, log1p_of(x), short_log1p(x), std::log1p(x))
EIGENSCOPE_FUNCTION(Sinh, sinh_of(x), short_sinh(x), std::sinh(x))
EIGENSCOPE_FUNCTION(Cosh, cosh_of(x), short_cosh(x), std::cosh(x))
EIGENSCOPE_FUNCTION(Tanh, tanh_of(x), short_tanh(x), std::tanh(x))
#undef EIGENSCOPE_FUNCTION

double scalar_sin(double x) { return std::sin(x); }
double scalar_cos(double x) { return std::cos(x); }
double scalar_tan(double x) { return std::tan(x); }

struct Sin {
  static HWY_INLINE V many(V x) {
    V result = with_large_angles<scalar_sin>(x, sin_of_turned(reduce_angle(x), 0));
    return hn::IfThenElse(hn::Eq(x, all(0)), x, result);
  }
  static HWY_INLINE V few(V x) {
    V result = with_large_angles<scalar_sin>(x, short_sin_of_turned(short_angle(x), 0));
    return hn::IfThenElse(hn::Eq(x, all(0)), x, result);
  }
  static HWY_INLINE double one(double x) { return std::sin(x); }
};
struct Cos {
  static HWY_INLINE V many(V x) { return with_large_angles<scalar_cos>(x, sin_of_turned(reduce_angle(x), 1)); }
  static HWY_INLINE V few(V x) { return with_large_angles<scalar_cos>(x, short_sin_of_turned(short_angle(x), 1)); }
  static HWY_INLINE double one(double x) { return std::cos(x); }
};
struct Tan {
  static HWY_INLINE V many(V x) {
    V result = tan_of(reduce_angle(x));
    return hn::IfThenElse(hn::Eq(x, all(0)), x, with_large_angles<scalar_tan>(x, result));
  }
  static HWY_INLINE V few(V x) {
    V result = with_large_angles<scalar_tan>(x, short_tan(short_angle(x)));
    return hn::IfThenElse(hn::Eq(x, all(0)), x, result);
  }
  static HWY_INLINE double one(double x) { return std::tan(x); }
};

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
