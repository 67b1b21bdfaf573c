// Arithmetic that NumPy has for most dtypes; integers wrap around.
#include "targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/arithmetic_loops.cc"
#include <hwy/foreach_target.h>

#include "kernels/loop_templates.h"

#include <cmath>
#include <complex>
#include <cstring>

#include <hwy/cache_control.h>

HWY_BEFORE_NAMESPACE();
namespace eigenscope {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

/// What arithmetic on T is done in, so that integers wrap.
template <class T>
struct WrapOf {
  using type = T;
};
template <class T>
  requires std::is_integral_v<T>
struct WrapOf<T> {
  using type = std::conditional_t<(sizeof(T) < 8), uint32_t, uint64_t>;
};
template <class T>
using Wrap = typename WrapOf<T>::type;

template <class T>
struct Add {
  HWY_INLINE T operator()(T a, T b) const { return static_cast<T>(Wrap<T>(a) + Wrap<T>(b)); }
};
template <class T>
struct Subtract {
  HWY_INLINE T operator()(T a, T b) const { return static_cast<T>(Wrap<T>(a) - Wrap<T>(b)); }
};
template <class T>
struct Multiply {
  HWY_INLINE T operator()(T a, T b) const { return static_cast<T>(Wrap<T>(a) * Wrap<T>(b)); }
};
template <class R>
struct Multiply<std::complex<R>> {
  using T = std::complex<R>;
  HWY_INLINE T operator()(T a, T b) const {
    return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
  }
};
template <class T>
struct Divide {
  HWY_INLINE T operator()(T a, T b) const { return a / b; }
};
/// By Smith's method, as NumPy divides.
template <class R>
struct Divide<std::complex<R>> {
  using T = std::complex<R>;
  HWY_INLINE T operator()(T x, T y) const {
    R a = x.real(), b = x.imag(), c = y.real(), d = y.imag();
    R cc = std::fabs(c), dd = std::fabs(d);
    if (cc >= dd) {
      if (cc == 0 && dd == 0) return {a / cc, b / cc};
      R ratio = d / c, scale = R(1) / (c + d * ratio);
      return {(a + b * ratio) * scale, (b - a * ratio) * scale};
    }
    R ratio = c / d, scale = R(1) / (d + c * ratio);
    return {(a * ratio + b) * scale, (b * ratio - a) * scale};
  }
};
template <class T>
struct Negative {
  HWY_INLINE T operator()(T a) const {
    if constexpr (std::is_integral_v<T>) {
      return static_cast<T>(Wrap<T>(0) - Wrap<T>(a));
    } else {
      return -a;
    }
  }
};
template <class T>
struct Positive {
  HWY_INLINE T operator()(T a) const { return a; }
};
template <class T>
struct Absolute {
  HWY_INLINE T operator()(T a) const {
    if constexpr (std::is_floating_point_v<T>) {
      return std::fabs(a);
    } else {
      return a < T(0) ? Negative<T>()(a) : a;
    }
  }
};
template <class T>
struct Square {
  HWY_INLINE T operator()(T a) const { return Multiply<T>()(a, a); }
};
template <class T>
struct Reciprocal {
  HWY_INLINE T operator()(T a) const { return T(1) / a; }
};
template <class R>
struct Reciprocal<std::complex<R>> {
  /// With NumPy's signs of zeros, which are not those of 1 / a.
  HWY_INLINE std::complex<R> operator()(std::complex<R> z) const {
    const R a = z.real(), b = z.imag();
    if (std::fabs(b) <= std::fabs(a)) {
      const R ratio = b / a, size = a + b * ratio;
      return {R(1) / size, -ratio / size};
    }
    const R ratio = a / b, size = a * ratio + b;
    return {ratio / size, R(-1) / size};
  }
};
template <class T>
struct Sign {
  HWY_INLINE T operator()(T a) const {
    if constexpr (std::is_floating_point_v<T>) {
      return a > 0 ? T(1) : a < 0 ? T(-1) : a == 0 ? T(0) : a;
    } else {
      return static_cast<T>((a > T(0)) - (a < T(0)));
    }
  }
};
template <class R>
struct Conjugate {
  HWY_INLINE std::complex<R> operator()(std::complex<R> a) const { return {a.real(), -a.imag()}; }
};

// NaN wins where either is one; of equals the first is taken.
template <class T>
struct Maximum {
  HWY_INLINE T operator()(T a, T b) const {
    if constexpr (std::is_floating_point_v<T>) {
      return (a >= b) | (a != a) ? a : b;
    } else {
      return a >= b ? a : b;
    }
  }
};
template <class T>
struct Minimum {
  HWY_INLINE T operator()(T a, T b) const {
    if constexpr (std::is_floating_point_v<T>) {
      return (a <= b) | (a != a) ? a : b;
    } else {
      return a <= b ? a : b;
    }
  }
};
// NaN loses.
template <class T>
struct Fmax {
  HWY_INLINE T operator()(T a, T b) const { return (a >= b) | (b != b) ? a : b; }
};
template <class T>
struct Fmin {
  HWY_INLINE T operator()(T a, T b) const { return (a <= b) | (b != b) ? a : b; }
};

template <class T>
void where_loop(const std::byte* const* in, std::byte* out, int64_t n) {
  auto* flag = reinterpret_cast<const uint8_t*>(in[0]);
  auto* b = reinterpret_cast<const T*>(in[1]);
  auto* c = reinterpret_cast<const T*>(in[2]);
  auto* r = reinterpret_cast<T*>(out);
  EIGENSCOPE_INDEPENDENT
  for (int64_t i = 0; i < n; i++) {
    // Both are read, so that there is nothing to jump over.
    T yes = b[i], no = c[i];
    r[i] = flag[i] != 0 ? yes : no;
  }
}

template <class T>
void clip_loop(const std::byte* const* in, std::byte* out, int64_t n) {
  auto* a = reinterpret_cast<const T*>(in[0]);
  auto* low = reinterpret_cast<const T*>(in[1]);
  auto* high = reinterpret_cast<const T*>(in[2]);
  auto* r = reinterpret_cast<T*>(out);
  int64_t i = 0;
  if constexpr (std::is_floating_point_v<T>) {
    const hn::ScalableTag<T> d;
    const auto lanes = static_cast<int64_t>(hn::Lanes(d));
    for (; i + lanes <= n; i += lanes) {
      const auto x = hn::LoadU(d, a + i), l = hn::LoadU(d, low + i), h = hn::LoadU(d, high + i);
      const auto raised = hn::IfThenElse(hn::Lt(x, l), l, x);
      auto cut = hn::IfThenElse(hn::Gt(raised, h), h, raised);
      // A bound that is NaN wins; so does x by itself.
      cut = hn::IfThenElse(hn::IsNaN(l), l, hn::IfThenElse(hn::IsNaN(h), h, cut));
      hn::StoreU(cut, d, r + i);
    }
  }
  EIGENSCOPE_INDEPENDENT
  for (; i < n; i++) {
    T x = a[i], l = low[i], h = high[i];
    T raised = x < l ? l : x, cut = raised > h ? h : raised;
    if constexpr (std::is_floating_point_v<T>) cut = l != l ? l : h != h ? h : cut;
    r[i] = cut;
  }
}

/// Division of int64 by one positive number: where all dividends are below 2⁵², float64 has the quotient exactly before it
/// is rounded down, since one below a whole number is further from it than float64 can round.
template <bool modulo>
void divide_by_one(const std::byte* const* in, std::byte* out, int64_t n) {
  auto* a = reinterpret_cast<const int64_t*>(in[0]);
  auto* b = reinterpret_cast<const int64_t*>(in[1]);
  auto* r = reinterpret_cast<int64_t*>(out);
  constexpr int64_t most = int64_t{1} << 52;
  bool fits = n >= 16 && b[0] > 0 && b[0] < most && std::memcmp(b, b + 1, static_cast<size_t>(n - 1) * sizeof(int64_t)) == 0;
  if (fits) {
    uint64_t wide = 0;
    for (int64_t i = 0; i < n; i++) wide |= static_cast<uint64_t>(a[i] ^ (a[i] >> 63));
    fits = wide < static_cast<uint64_t>(most);
  }
  if (!fits) return (modulo ? integer_remainder : integer_floor_divide)(in, out, n);
  const hn::ScalableTag<double> d;
  const hn::RebindToSigned<decltype(d)> di;
  const auto lanes = static_cast<int64_t>(hn::Lanes(d));
  const auto divisor = static_cast<double>(b[0]);
  const auto by = hn::Set(d, divisor);
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    const auto x = hn::ConvertTo(d, hn::LoadU(di, a + i));
    const auto quotient = hn::Floor(hn::Div(x, by));
    hn::StoreU(hn::ConvertTo(di, modulo ? hn::Sub(x, hn::Mul(quotient, by)) : quotient), di, r + i);
  }
  for (; i < n; i++) {
    const double x = static_cast<double>(a[i]), quotient = std::floor(x / divisor);
    r[i] = static_cast<int64_t>(modulo ? x - quotient * divisor : quotient);
  }
}

template <class T>
void add_where(Loops& loops, DType dtype) {
  loops.push_back({"where", 3, {DType::boolean, dtype, dtype}, dtype, where_loop<T>});
}

// ---- results that go past the caches: sending each line as it is made keeps both threads reading, as blocks do not

template <class T, class F>
void streamed_of_2(const std::byte* const* in, std::byte* out, int64_t n) {
  const hn::ScalableTag<T> d;
  constexpr auto line = static_cast<int64_t>(64 / sizeof(T)), lanes = static_cast<int64_t>(hn::MaxLanes(d));
  auto* a = reinterpret_cast<const T*>(in[0]);
  auto* b = reinterpret_cast<const T*>(in[1]);
  auto* r = reinterpret_cast<T*>(out);
  int64_t i = 0;
  for (; i + line <= n; i += line) {
    for (int64_t k = 0; k < line; k += lanes) {
      hn::Stream(F()(hn::LoadU(d, a + i + k), hn::LoadU(d, b + i + k)), d, r + i + k);
    }
  }
  const hn::CappedTag<T, 1> one;
  for (; i < n; i++) hn::Store(F()(hn::Load(one, a + i), hn::Load(one, b + i)), one, r + i);
}

void list(Loops& loops) {
  each_integer([&]<class T>(T) {
    using U = Bits<T>;
    constexpr DType dtype = dtype_of<T>();
    add_2<U, Add<U>>(loops, "add", 32768, dtype, dtype);
    add_2<U, Subtract<U>>(loops, "subtract", 32768, dtype, dtype);
    add_2<U, Multiply<U>>(loops, "multiply", 32768, dtype, dtype);
    add_1<U, Negative<U>>(loops, "negative", 32768, dtype, dtype);
    add_1<U, Positive<U>>(loops, "positive", 32768, dtype, dtype);
    add_1<U, Positive<U>>(loops, "conjugate", 32768, dtype, dtype);
    add_1<U, Square<U>>(loops, "square", 32768, dtype, dtype);
    add_1<T, std::conditional_t<std::is_signed_v<T>, Absolute<T>, Positive<T>>>(loops, "absolute");
    add_1<T, Sign<T>>(loops, "sign");
    for (const char* name : {"maximum", "fmax"}) add_2<T, Maximum<T>>(loops, name);
    for (const char* name : {"minimum", "fmin"}) add_2<T, Minimum<T>>(loops, name);
  });
  each<float, double>([&]<class T>(T) {
    auto add = [&]<class Plain, class Streamed>(Plain, Streamed, const char* name) {
      add_2<T, Plain>(loops, name);
      loops.back().streamed = streamed_of_2<T, Streamed>;
    };
    add(Add<T>{}, [](auto a, auto b) HWY_ATTR { return hn::Add(a, b); }, "add");
    add(Subtract<T>{}, [](auto a, auto b) HWY_ATTR { return hn::Sub(a, b); }, "subtract");
    add(Multiply<T>{}, [](auto a, auto b) HWY_ATTR { return hn::Mul(a, b); }, "multiply");
    add(Divide<T>{}, [](auto a, auto b) HWY_ATTR { return hn::Div(a, b); }, "divide");
    add_1<T, Negative<T>>(loops, "negative");
    add_1<T, Positive<T>>(loops, "positive");
    add_1<T, Positive<T>>(loops, "conjugate");
    add_1<T, Square<T>>(loops, "square");
    add_1<T, Absolute<T>>(loops, "absolute");
    add_1<T, Absolute<T>>(loops, "fabs");
    add_1<T, Reciprocal<T>>(loops, "reciprocal");
    add_1<T, Sign<T>>(loops, "sign");
    add_2<T, Maximum<T>>(loops, "maximum");
    add_2<T, Minimum<T>>(loops, "minimum");
    add_2<T, Fmax<T>>(loops, "fmax");
    add_2<T, Fmin<T>>(loops, "fmin");
  });
  each<float, double>([&]<class R>(R) {
    using T = std::complex<R>;
    add_2<T, Add<T>>(loops, "add");
    add_2<T, Subtract<T>>(loops, "subtract");
    add_2<T, Multiply<T>>(loops, "multiply");
    add_2<T, Divide<T>>(loops, "divide");
    add_1<T, Negative<T>>(loops, "negative");
    add_1<T, Positive<T>>(loops, "positive");
    add_1<T, Square<T>>(loops, "square");
    add_1<T, Reciprocal<T>>(loops, "reciprocal");
    add_1<T, Conjugate<R>>(loops, "conjugate");
    add_where<T>(loops, dtype_of<T>());
  });
  each_integer([&]<class T>(T) {
    add_where<Bits<T>>(loops, dtype_of<T>());
    loops.push_back({"clip", 3, {dtype_of<T>(), dtype_of<T>(), dtype_of<T>()}, dtype_of<T>(), clip_loop<T>});
  });
  each<float, double>([&]<class T>(T) {
    add_where<std::conditional_t<sizeof(T) == 4, uint32_t, uint64_t>>(loops, dtype_of<T>());
    loops.push_back({"clip", 3, {dtype_of<T>(), dtype_of<T>(), dtype_of<T>()}, dtype_of<T>(), clip_loop<T>});
  });
  add_where<uint8_t>(loops, DType::boolean);
  loops.push_back({"floor_divide", 2, {DType::i64, DType::i64, DType::i64}, DType::i64, divide_by_one<false>});
  loops.push_back({"remainder", 2, {DType::i64, DType::i64, DType::i64}, DType::i64, divide_by_one<true>});
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace eigenscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace eigenscope {

HWY_EXPORT(list);

void add_arithmetic_loops(Loops& loops) { HWY_DYNAMIC_DISPATCH(list)(loops); }

}  // namespace eigenscope
#endif
