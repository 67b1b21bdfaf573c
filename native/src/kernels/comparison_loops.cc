// Comparisons, logic and bits.
#include "targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/comparison_loops.cc"
#include <hwy/foreach_target.h>

#include "kernels/loop_templates.h"

#include <cmath>
#include <complex>

HWY_BEFORE_NAMESPACE();
namespace eigenscope {
namespace HWY_NAMESPACE {
namespace {

#define EIGENSCOPE_TEST(Name, expression, complex_expression)                            \
  struct Name {                                                                          \
    template <class T>                                                                   \
    HWY_INLINE uint8_t operator()(T a, T b) const {                                      \
      return expression;                                                                 \
    }                                                                                    \
    template <class R>                                                                   \
    HWY_INLINE uint8_t operator()(std::complex<R> x, std::complex<R> y) const {          \
      R a = x.real(), ai = x.imag(), b = y.real(), bi = y.imag();                        \
      return complex_expression;                                                         \
    }                                                                                    \
  };
EIGENSCOPE_TEST(Equal, a == b, (a == b) & (ai == bi))
EIGENSCOPE_TEST(NotEqual, a != b, (a != b) | (ai != bi))
// Complex numbers by real, then imaginary part; the real parts decide only where no imaginary part is NaN.
EIGENSCOPE_TEST(Less, a < b, ((a < b) & (ai == ai) & (bi == bi)) | ((a == b) & (ai < bi)))
EIGENSCOPE_TEST(LessEqual, a <= b, ((a < b) & (ai == ai) & (bi == bi)) | ((a == b) & (ai <= bi)))
EIGENSCOPE_TEST(And, (a != T(0)) & (b != T(0)), ((a != 0) | (ai != 0)) & ((b != 0) | (bi != 0)))
EIGENSCOPE_TEST(Or, (a != T(0)) | (b != T(0)), ((a != 0) | (ai != 0)) | ((b != 0) | (bi != 0)))
EIGENSCOPE_TEST(Xor, (a != T(0)) ^ (b != T(0)), ((a != 0) | (ai != 0)) ^ ((b != 0) | (bi != 0)))
#undef EIGENSCOPE_TEST

struct Not {
  template <class T>
  HWY_INLINE uint8_t operator()(T a) const {
    return a == T(0);
  }
};
struct IsNan {
  template <class T>
  HWY_INLINE uint8_t operator()(T a) const {
    return a != a;
  }
};
struct IsInf {
  template <class T>
  HWY_INLINE uint8_t operator()(T a) const {
    return std::fabs(a) == T(INFINITY);
  }
  template <class R>
  HWY_INLINE uint8_t operator()(std::complex<R> a) const {
    return (std::fabs(a.real()) == R(INFINITY)) | (std::fabs(a.imag()) == R(INFINITY));
  }
};
struct IsFinite {
  template <class T>
  HWY_INLINE uint8_t operator()(T a) const {
    return std::fabs(a) < T(INFINITY);
  }
  template <class R>
  HWY_INLINE uint8_t operator()(std::complex<R> a) const {
    return (std::fabs(a.real()) < R(INFINITY)) & (std::fabs(a.imag()) < R(INFINITY));
  }
};
struct SignBit {
  template <class T>
  HWY_INLINE uint8_t operator()(T a) const {
    return std::signbit(a);
  }
};

template <class T>
struct BitAnd {
  HWY_INLINE T operator()(T a, T b) const { return static_cast<T>(a & b); }
};
template <class T>
struct BitOr {
  HWY_INLINE T operator()(T a, T b) const { return static_cast<T>(a | b); }
};
template <class T>
struct BitXor {
  HWY_INLINE T operator()(T a, T b) const { return static_cast<T>(a ^ b); }
};
template <class T>
struct Invert {
  HWY_INLINE T operator()(T a) const { return static_cast<T>(~a); }
};
struct InvertBool {
  HWY_INLINE uint8_t operator()(uint8_t a) const { return a ^ 1; }
};

/// a > b is b < a.
template <class T, class F>
void turned_loop(const std::byte* const* in, std::byte* out, int64_t n) {
  const std::byte* turned[2] = {in[1], in[0]};
  loop_of_2<T, uint8_t, F>(turned, out, n);
}

template <class T>
void add_order(Loops& loops, DType dtype) {
  auto add = [&]<class F>(F, const char* name, const char* turned) {
    add_2<T, F, uint8_t>(loops, name, 32768, dtype, DType::boolean);
    loops.push_back({turned, 2, {dtype, dtype, dtype}, DType::boolean, turned_loop<T, F>});
  };
  add(Less{}, "less", "greater");
  add(LessEqual{}, "less_equal", "greater_equal");
}

template <class T>
void add_tests(Loops& loops, DType dtype) {
  auto add = [&]<class F>(F, const char* name) { add_2<T, F, uint8_t>(loops, name, 32768, dtype, DType::boolean); };
  add(Equal{}, "equal");
  add(NotEqual{}, "not_equal");
  add(And{}, "logical_and");
  add(Or{}, "logical_or");
  add(Xor{}, "logical_xor");
  add_1<T, Not, uint8_t>(loops, "logical_not", 32768, dtype, DType::boolean);
}

template <class T>
void add_kinds(Loops& loops) {
  auto add = [&]<class F>(F, const char* name) {
    add_1<T, F, uint8_t>(loops, name, 32768, dtype_of<T>(), DType::boolean);
  };
  add(IsNan{}, "isnan");
  add(IsInf{}, "isinf");
  add(IsFinite{}, "isfinite");
  if constexpr (!IsComplex<T>::value) add(SignBit{}, "signbit");
}

void list(Loops& loops) {
  each_integer([&]<class T>(T) {
    using U = Bits<T>;
    constexpr DType dtype = dtype_of<T>();
    add_tests<U>(loops, dtype);
    add_order<T>(loops, dtype);
    add_2<U, BitAnd<U>>(loops, "bitwise_and", 32768, dtype, dtype);
    add_2<U, BitOr<U>>(loops, "bitwise_or", 32768, dtype, dtype);
    add_2<U, BitXor<U>>(loops, "bitwise_xor", 32768, dtype, dtype);
    add_1<U, Invert<U>>(loops, "invert", 32768, dtype, dtype);
  });
  each<float, double, std::complex<float>, std::complex<double>>([&]<class T>(T) {
    add_tests<T>(loops, dtype_of<T>());
    add_order<T>(loops, dtype_of<T>());
    add_kinds<T>(loops);
  });
  using B = uint8_t;
  constexpr DType boolean = DType::boolean;
  add_tests<B>(loops, boolean);
  add_order<B>(loops, boolean);
  for (const char* name : {"bitwise_and", "multiply", "minimum", "fmin"}) {
    add_2<B, BitAnd<B>>(loops, name, 32768, boolean, boolean);
  }
  for (const char* name : {"bitwise_or", "add", "maximum", "fmax"}) {
    add_2<B, BitOr<B>>(loops, name, 32768, boolean, boolean);
  }
  add_2<B, BitXor<B>>(loops, "bitwise_xor", 32768, boolean, boolean);
  add_1<B, InvertBool>(loops, "invert", 32768, boolean, boolean);
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace eigenscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace eigenscope {

HWY_EXPORT(list);

void add_comparison_loops(Loops& loops) { HWY_DYNAMIC_DISPATCH(list)(loops); }

}  // namespace eigenscope
#endif
