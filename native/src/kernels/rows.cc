#include "targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/rows.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "kernels/loops.h"
#include "kernels/rows.h"

HWY_BEFORE_NAMESPACE();
namespace eigenscope {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

// ---- sums in NumPy's order: halves of halves down to blocks of 128, eight partial sums in each

struct Plain {
  template <class T>
  HWY_INLINE T one(T x) const {
    return x;
  }
  template <class V>
  HWY_INLINE V many(V x) const {
    return x;
  }
};

template <class T>
struct SquaredDistance {
  T centre;
  HWY_INLINE T one(T x) const { return (x - centre) * (x - centre); }
  template <class V>
  HWY_INLINE V many(V x) const {
    V away = hn::Sub(x, hn::Set(hn::DFromV<V>(), centre));
    return hn::Mul(away, away);
  }
};

/// Eight partial sums of n numbers, n a multiple of 8.
template <class T, class F>
HWY_INLINE void eight_sums(const T* x, int64_t n, const F& f, T* HWY_RESTRICT sums) {
  const hn::CappedTag<T, 8> d;
  constexpr int64_t lanes = hn::MaxLanes(d);
  hn::Vec<decltype(d)> part[8 / lanes];
  for (int64_t k = 0; k < 8 / lanes; k++) part[k] = f.many(hn::LoadU(d, x + k * lanes));
  for (int64_t i = 8; i < n; i += 8) {
    for (int64_t k = 0; k < 8 / lanes; k++) part[k] = hn::Add(part[k], f.many(hn::LoadU(d, x + i + k * lanes)));
  }
  for (int64_t k = 0; k < 8 / lanes; k++) hn::StoreU(part[k], d, sums + k * lanes);
}

template <class T, class F>
T pairwise(const T* x, int64_t n, const F& f) {
  if (n < 8) {
    T sum = T(-0.0);
    for (int64_t i = 0; i < n; i++) sum += f.one(x[i]);
    return sum;
  }
  if (n <= 128) {
    T r[8];
    int64_t whole = n - n % 8;
    eight_sums(x, whole, f, r);
    T sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
    for (int64_t i = whole; i < n; i++) sum += f.one(x[i]);
    return sum;
  }
  int64_t half = pairwise_half(n, false);
  return pairwise(x, half, f) + pairwise(x + half, n - half, f);
}

template <class R>
std::complex<R> pairwise_complex(const std::complex<R>* z, int64_t n) {
  auto* x = reinterpret_cast<const R*>(z);
  if (n < 4) {
    R re = R(-0.0), im = R(-0.0);
    for (int64_t i = 0; i < n; i++) {
      re += x[2 * i];
      im += x[2 * i + 1];
    }
    return {re, im};
  }
  if (n <= 64) {
    R r[8];
    int64_t whole = n - n % 4;
    eight_sums(x, 2 * whole, Plain(), r);
    R re = (r[0] + r[2]) + (r[4] + r[6]), im = (r[1] + r[3]) + (r[5] + r[7]);
    for (int64_t i = whole; i < n; i++) {
      re += x[2 * i];
      im += x[2 * i + 1];
    }
    return {re, im};
  }
  int64_t half = pairwise_half(n, true);
  auto a = pairwise_complex(z, half), b = pairwise_complex(z + half, n - half);
  return {a.real() + b.real(), a.imag() + b.imag()};
}

template <class T>
void sum_floats(const std::byte* in, int64_t n, const std::byte*, std::byte* result) {
  *reinterpret_cast<T*>(result) = pairwise(reinterpret_cast<const T*>(in), n, Plain());
}
template <class T>
void sum_complex(const std::byte* in, int64_t n, const std::byte*, std::byte* result) {
  *reinterpret_cast<T*>(result) = pairwise_complex(reinterpret_cast<const T*>(in), n);
}
template <class T>
void sum_away(const std::byte* in, int64_t n, const std::byte* centre, std::byte* result) {
  SquaredDistance<T> f{*reinterpret_cast<const T*>(centre)};
  *reinterpret_cast<T*>(result) = pairwise(reinterpret_cast<const T*>(in), n, f);
}

template <class T>
void sum_integers(const std::byte* in, int64_t n, const std::byte*, std::byte* result) {
  auto* x = reinterpret_cast<const T*>(in);
  uint64_t sum = 0;
  for (int64_t i = 0; i < n; i++) sum += static_cast<uint64_t>(static_cast<int64_t>(x[i]));
  *reinterpret_cast<uint64_t*>(result) = sum;
}

// ---- down columns: several rows at a time, so that the results are loaded and stored once for all of them

template <class R, class T, class F>
HWY_INLINE void down(const std::byte* in, int64_t step, int64_t rows, std::byte* out, int64_t n, const F& f) {
  auto* r = reinterpret_cast<R*>(out);
  int64_t k = 0;
  auto row = [&](int64_t i) { return reinterpret_cast<const T*>(in + (k + i) * step); };
  for (; k + 8 <= rows; k += 8) {
    const T *a = row(0), *b = row(1), *c = row(2), *d = row(3), *e = row(4), *g = row(5), *h = row(6), *m = row(7);
    EIGENSCOPE_INDEPENDENT
    for (int64_t j = 0; j < n; j++) {
      R x = f(f(f(f(r[j], a[j], j), b[j], j), c[j], j), d[j], j);
      r[j] = f(f(f(f(x, e[j], j), g[j], j), h[j], j), m[j], j);
    }
  }
  for (; k < rows; k++) {
    const T* a = row(0);
    EIGENSCOPE_INDEPENDENT
    for (int64_t j = 0; j < n; j++) r[j] = f(r[j], a[j], j);
  }
}

struct AddTo {
  template <class T>
  HWY_INLINE T operator()(T a, T b, int64_t) const {
    if constexpr (std::is_integral_v<T>) {
      return static_cast<T>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b));
    } else {
      return a + b;
    }
  }
};
struct MultiplyBy {
  template <class T>
  HWY_INLINE T operator()(T a, T b, int64_t) const {
    return a * b;
  }
};
struct OrWith {
  HWY_INLINE uint8_t operator()(uint8_t a, uint8_t b, int64_t) const { return a | (b != 0); }
};
struct AndWith {
  HWY_INLINE uint8_t operator()(uint8_t a, uint8_t b, int64_t) const { return a & (b != 0); }
};
/// Whether any element of a column is not 0, or none is: a bit for each column while the rows are walked.
template <bool any, class T>
void columns_truth(const std::byte* in, int64_t step, int64_t rows, const std::byte*, std::byte* out, int64_t n) {
  const hn::ScalableTag<T> d;
  const auto lanes = static_cast<int64_t>(hn::Lanes(d));
  auto* r = reinterpret_cast<uint8_t*>(out);
  auto row = [&](int64_t k) { return reinterpret_cast<const T*>(in + k * step); };
  const auto none = hn::Zero(d);
  for (int64_t k = 0; k < rows; k += 16) {
    const int64_t last = std::min<int64_t>(rows, k + 16);
    int64_t j = 0;
    for (; j + lanes <= n; j += lanes) {
      auto found = hn::Ne(none, none);
      for (int64_t i = k; i < last; i++) {
        const auto v = hn::LoadU(d, row(i) + j);
        found = hn::Or(found, any ? hn::Ne(v, none) : hn::Eq(v, none));
      }
      if (hn::AllFalse(d, found)) continue;
      uint8_t bits[8] = {};
      hn::StoreMaskBits(d, found, bits);
      for (int64_t c = 0; c < lanes; c++) {
        const auto bit = static_cast<uint8_t>(bits[c / 8] >> (c % 8) & 1);
        r[j + c] = any ? r[j + c] | bit : r[j + c] & (bit ^ 1);
      }
    }
    for (; j < n; j++) {
      for (int64_t i = k; i < last; i++) {
        const bool set = row(i)[j] != T(0);
        r[j] = any ? r[j] | set : r[j] & set;
      }
    }
  }
}

template <class R, class T, class F>
void columns_of(const std::byte* in, int64_t step, int64_t rows, const std::byte*, std::byte* out, int64_t n) {
  down<R, T>(in, step, rows, out, n, F());
}
template <class T>
void columns_of_two(const std::byte* in, int64_t step, int64_t rows, const std::byte*, std::byte* out, int64_t n) {
  down<T, T>(in, step, rows, out, 2 * n, AddTo());
}
template <class T>
void columns_away(const std::byte* in, int64_t step, int64_t rows, const std::byte* centre, std::byte* out, int64_t n) {
  auto* c = reinterpret_cast<const T*>(centre);
  down<T, T>(in, step, rows, out, n, [c](T a, T b, int64_t j) { return a + (b - c[j]) * (b - c[j]); });
}

ColumnFunction columns(std::string_view name, DType dtype) {
  auto floats = [&]<class T>(T) -> ColumnFunction {
    if (name == "add") return columns_of<T, T, AddTo>;
    if (name == "multiply") return columns_of<T, T, MultiplyBy>;
    if (name == "logical_or") return columns_truth<true, T>;
    if (name == "logical_and") return columns_truth<false, T>;
    if (name == "away") return columns_away<T>;
    return nullptr;
  };
  auto truths = [&]<class T>(T) -> ColumnFunction {
    if (name == "logical_or") return columns_truth<true, T>;
    if (name == "logical_and") return columns_truth<false, T>;
    return nullptr;
  };
  switch (dtype) {
    case DType::f64:
      return floats(double());
    case DType::f32:
      return floats(float());
    case DType::c128:
      return name == "add" ? columns_of_two<double> : nullptr;
    case DType::c64:
      return name == "add" ? columns_of_two<float> : nullptr;
    case DType::i64:
      return name == "add" ? columns_of<int64_t, int64_t, AddTo> : truths(uint64_t());
    case DType::u64:
      return truths(uint64_t());
    case DType::i32:
    case DType::u32:
      return truths(uint32_t());
    case DType::boolean:
    case DType::i8:
    case DType::u8:
      if (name == "logical_or") return columns_of<uint8_t, uint8_t, OrWith>;
      return name == "logical_and" ? columns_of<uint8_t, uint8_t, AndWith> : nullptr;
    default:
      return nullptr;
  }
}

// ---- products

/// What follows a product that is 0, infinite or NaN already: only signs and what makes it NaN still count.
template <class T>
T product_beyond(T all, const T* x, int64_t n) {
  const hn::ScalableTag<T> d;
  const auto lanes = static_cast<int64_t>(hn::Lanes(d));
  constexpr T endless = std::numeric_limits<T>::infinity();
  const bool zero = all == 0;
  // 0 times what is not finite and an infinity times 0 are NaN.
  const auto limit = hn::Set(d, zero ? endless : T(0));
  bool spoilt = all != all, negative = false;
  int64_t i = 0;
  while (i + lanes <= n && !spoilt) {
    auto signs = hn::Zero(d);
    auto fine = hn::Eq(signs, signs);
    for (const int64_t stop = std::min(n - lanes, i + 4096); i <= stop; i += lanes) {
      const auto v = hn::LoadU(d, x + i);
      signs = hn::Xor(signs, v);
      fine = hn::And(fine, zero ? hn::Lt(hn::Abs(v), limit) : hn::Gt(hn::Abs(v), limit));
    }
    spoilt = !hn::AllTrue(d, fine);
    HWY_ALIGN T each[hn::MaxLanes(d)];
    hn::Store(signs, d, each);
    for (int64_t k = 0; k < lanes; k++) negative ^= std::signbit(each[k]);
  }
  for (; i < n && !spoilt; i++) {
    spoilt = zero ? !(std::fabs(x[i]) < endless) : !(std::fabs(x[i]) > 0);
    negative ^= std::signbit(x[i]);
  }
  if (spoilt) return std::numeric_limits<T>::quiet_NaN();
  return negative ? -all : all;
}

template <class T>
void product(const std::byte* in, int64_t n, const std::byte*, std::byte* result) {
  auto* x = reinterpret_cast<const T*>(in);
  if constexpr (std::is_floating_point_v<T>) {
    // Many partial products are quick, but where one could leave the range, the order decides what comes out: then it
    // is NumPy's. It could not as long as the factors above 1 alone stay finite, and those below 1 alone normal.
    constexpr int64_t lanes = 16, block = 256;
    T part[lanes], large[lanes], small[lanes];
    std::fill_n(part, lanes, T(1));
    std::fill_n(large, lanes, T(1));
    std::fill_n(small, lanes, T(1));
    int64_t i = 0;
    bool safe = true;
    while (safe && i + lanes <= n) {
      int64_t stop = std::min(n - lanes, i + block);
      for (; i <= stop; i += lanes) {
        for (int64_t k = 0; k < lanes; k++) {
          T v = x[i + k], size = std::fabs(v);
          part[k] *= v;
          large[k] *= size > 1 ? size : T(1);
          small[k] *= size < 1 ? size : T(1);
        }
      }
      T most = 1, least = 1;
      for (int64_t k = 0; k < lanes; k++) {
        most *= large[k];
        least *= small[k];
      }
      safe = most < std::numeric_limits<T>::max() && least > std::numeric_limits<T>::min();
    }
    T all = 1;
    if (safe) {
      for (T p : part) all *= p;
    } else {
      i = 0;
    }
    while (i < n) {
      for (int64_t stop = std::min(n, i + 256); i < stop; i++) all *= x[i];
      if (all == 0 || !(std::fabs(all) < std::numeric_limits<T>::infinity())) {
        all = product_beyond(all, x + i, n - i);
        break;
      }
    }
    *reinterpret_cast<T*>(result) = all;
  } else {
    using U = std::conditional_t<(sizeof(T) < 8), uint32_t, uint64_t>;
    U all = 1;
    for (int64_t i = 0; i < n; i++) all *= static_cast<U>(x[i]);
    *reinterpret_cast<T*>(result) = static_cast<T>(all);
  }
}

template <class R>
void product_complex(const std::byte* in, int64_t n, const std::byte*, std::byte* result) {
  auto* x = reinterpret_cast<const R*>(in);
  R re = 1, im = 0;
  for (int64_t i = 0; i < n; i++) {
    R a = x[2 * i], b = x[2 * i + 1], c = re * a - im * b;
    im = re * b + im * a;
    re = c;
  }
  reinterpret_cast<R*>(result)[0] = re;
  reinterpret_cast<R*>(result)[1] = im;
}

// ---- truth

template <bool wanted, class T>
void truth(const std::byte* in, int64_t n, const std::byte*, std::byte* result) {
  // Complex numbers are true by either part.
  using R = Real<T>;
  constexpr int64_t parts = sizeof(T) / sizeof(R);
  auto* x = reinterpret_cast<const R*>(in);
  bool found = false;
  int64_t i = 0;
  if constexpr (parts == 1 || wanted) {
    const hn::ScalableTag<R> d;
    const auto lanes = static_cast<int64_t>(hn::Lanes(d));
    const auto none = hn::Zero(d);
    const int64_t entries = n * parts;
    // Short stretches first: what is looked for is often near.
    for (int64_t stretch = 4 * lanes; i + lanes <= entries && !found; stretch = std::min<int64_t>(2 * stretch, 4096)) {
      auto seen = hn::Ne(none, none);
      for (const int64_t stop = std::min(entries - lanes, i + stretch - lanes); i <= stop; i += lanes) {
        const auto v = hn::LoadU(d, x + i);
        seen = hn::Or(seen, wanted ? hn::Ne(v, none) : hn::Eq(v, none));
      }
      found = !hn::AllFalse(d, seen);
    }
    for (; i < entries && !found; i++) found = (x[i] != R(0)) == wanted;
  } else {
    for (; i < n && !found; i++) found = x[2 * i] == R(0) && x[2 * i + 1] == R(0);
  }
  *reinterpret_cast<uint8_t*>(result) = found == wanted;
}

Row row(std::string_view name, DType dtype) {
  if (name == "away") {
    if (dtype == DType::f64) return {sum_away<double>, dtype, "add", true};
    if (dtype == DType::f32) return {sum_away<float>, dtype, "add", true};
    return {};
  }
  return with_dtype(dtype, [&]<class T>(T) -> Row {
    if (name == "logical_or") return {truth<true, Bits<T>>, DType::boolean, "logical_or"};
    if (name == "logical_and") return {truth<false, Bits<T>>, DType::boolean, "logical_and"};
    if constexpr (IsComplex<T>::value) {
      if (name == "add") return {sum_complex<T>, dtype, "add", true};
      if (name == "multiply") return {product_complex<Real<T>>, dtype, "multiply"};
      return {};
    } else {
      constexpr bool floating = std::is_floating_point_v<T>;
      if (name == "add") {
        if constexpr (floating) {
          return {sum_floats<T>, dtype, "add", true};
        } else {
          bool is_unsigned = std::is_unsigned_v<T> && dtype != DType::boolean;
          return {sum_integers<T>, is_unsigned ? DType::u64 : DType::i64, "add"};
        }
      }
      if (dtype == DType::boolean) return {};
      if (name == "multiply") return {product<Bits<T>>, dtype, "multiply"};
      return {};
    }
  });
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace eigenscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace eigenscope {

HWY_EXPORT(row);
HWY_EXPORT(columns);

Row find_row(std::string_view name, DType dtype) {
  Row extreme = find_extreme_row(name, dtype);
  return extreme.run != nullptr ? extreme : HWY_DYNAMIC_DISPATCH(row)(name, dtype);
}
ColumnFunction find_columns(std::string_view name, DType dtype) {
  ColumnFunction extreme = find_extreme_columns(name, dtype);
  return extreme != nullptr ? extreme : HWY_DYNAMIC_DISPATCH(columns)(name, dtype);
}

}  // namespace eigenscope
#endif
