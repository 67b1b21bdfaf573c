// Arithmetic that NumPy has for most dtypes; integers wrap around.
#include "targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/arithmetic_loops.cc"
#include <hwy/foreach_target.h>

#include "kernels/loop_templates.h"

#include <cmath>
#include <complex>

HWY_BEFORE_NAMESPACE();
namespace eigenscope {
namespace HWY_NAMESPACE {
namespace {

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
  HWY_INLINE std::complex<R> operator()(std::complex<R> a) const { return Divide<std::complex<R>>()({1, 0}, a); }
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
  EIGENSCOPE_INDEPENDENT
  for (int64_t i = 0; i < n; i++) {
    T x = a[i], l = low[i], h = high[i];
    if constexpr (std::is_floating_point_v<T>) {
      T raised = (x >= l) | (x != x) ? x : l;
      r[i] = (raised <= h) | (raised != raised) ? raised : h;
    } else {
      T raised = x < l ? l : x;
      r[i] = raised > h ? h : raised;
    }
  }
}

template <class T>
void add_where(Loops& loops, DType dtype) {
  loops.push_back({"where", 3, {DType::boolean, dtype, dtype}, dtype, where_loop<T>});
}

void list(Loops& loops) {
  each_integer([&]<class T>(T) {
    add_2<T, Add<T>>(loops, "add");
    add_2<T, Subtract<T>>(loops, "subtract");
    add_2<T, Multiply<T>>(loops, "multiply");
    add_1<T, Negative<T>>(loops, "negative");
    add_1<T, Positive<T>>(loops, "positive");
    add_1<T, Positive<T>>(loops, "conjugate");
    add_1<T, Square<T>>(loops, "square");
    add_1<T, Absolute<T>>(loops, "absolute");
    add_1<T, Sign<T>>(loops, "sign");
    for (const char* name : {"maximum", "fmax"}) add_2<T, Maximum<T>>(loops, name);
    for (const char* name : {"minimum", "fmin"}) add_2<T, Minimum<T>>(loops, name);
  });
  each<float, double>([&]<class T>(T) {
    add_2<T, Add<T>>(loops, "add");
    add_2<T, Subtract<T>>(loops, "subtract");
    add_2<T, Multiply<T>>(loops, "multiply");
    add_2<T, Divide<T>>(loops, "divide");
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
    add_where<T>(loops, dtype_of<T>());
    loops.push_back({"clip", 3, {dtype_of<T>(), dtype_of<T>(), dtype_of<T>()}, dtype_of<T>(), clip_loop<T>});
  });
  each<float, double>([&]<class T>(T) {
    add_where<T>(loops, dtype_of<T>());
    loops.push_back({"clip", 3, {dtype_of<T>(), dtype_of<T>(), dtype_of<T>()}, dtype_of<T>(), clip_loop<T>});
  });
  add_where<uint8_t>(loops, DType::boolean);
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
