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
/// As the loops of maximum and minimum: NaN wins, of equals the first.
template <int sign>
struct Further {
  template <class T>
  HWY_INLINE T operator()(T a, T b, int64_t) const {
    return (sign > 0 ? a >= b : a <= b) | (a != a) ? a : b;
  }
};
template <bool any>
struct Truth {
  template <class T>
  HWY_INLINE uint8_t operator()(uint8_t a, T b, int64_t) const {
    return any ? a | (b != T(0)) : a & (b != T(0));
  }
};

/// The same with vectors by hand: a chain of choices is none that compilers see through.
template <int sign, class T>
void columns_extreme(const std::byte* in, int64_t step, int64_t rows, const std::byte*, std::byte* out, int64_t n) {
  const hn::ScalableTag<T> d;
  using V = hn::Vec<decltype(d)>;
  const auto lanes = static_cast<int64_t>(hn::Lanes(d));
  auto* r = reinterpret_cast<T*>(out);
  auto row = [&](int64_t k) { return reinterpret_cast<const T*>(in + k * step); };
  auto pick = [](V a, V b) {
    auto first = sign > 0 ? hn::Ge(a, b) : hn::Le(a, b);
    return hn::IfThenElse(hn::Or(first, hn::IsNaN(a)), a, b);
  };
  for (int64_t k = 0; k < rows; k += 8) {
    const int64_t last = std::min<int64_t>(rows, k + 8);
    int64_t j = 0;
    for (; j + lanes <= n; j += lanes) {
      V best = hn::LoadU(d, r + j);
      for (int64_t i = k; i < last; i++) best = pick(best, hn::LoadU(d, row(i) + j));
      hn::StoreU(best, d, r + j);
    }
    for (; j < n; j++) {
      for (int64_t i = k; i < last; i++) r[j] = Further<sign>()(r[j], row(i)[j], j);
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
    if (name == "maximum") return columns_extreme<1, T>;
    if (name == "minimum") return columns_extreme<-1, T>;
    if (name == "logical_or") return columns_of<uint8_t, T, Truth<true>>;
    if (name == "logical_and") return columns_of<uint8_t, T, Truth<false>>;
    if (name == "away") return columns_away<T>;
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
      if (name == "add") return columns_of<int64_t, int64_t, AddTo>;
      if (name == "maximum") return columns_of<int64_t, int64_t, Further<1>>;
      return name == "minimum" ? columns_of<int64_t, int64_t, Further<-1>> : nullptr;
    default:
      return nullptr;
  }
}

// ---- products

/// What follows a product that is 0, infinite or NaN already: only signs and what makes it NaN still count.
template <class T>
T product_beyond(T all, const T* x, int64_t n) {
  bool spoilt = all != all;
  int64_t i = 0;
  for (; i < n && !spoilt; i += 4096) {
    int64_t stop = std::min(n, i + 4096);
    int bad = 0;
    uint32_t negative = 0;
    for (int64_t k = i; k < stop; k++) {
      T size = std::fabs(x[k]);
      bad |= all == 0 ? !(size < std::numeric_limits<T>::infinity()) : !(size > 0);
      negative += std::signbit(x[k]);
    }
    spoilt = bad != 0;
    if (negative % 2 == 1) all = -all;
  }
  return spoilt ? std::numeric_limits<T>::quiet_NaN() : all;
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

// ---- extremes

template <int sign, class V>
HWY_INLINE V further(V a, V b) {
  if constexpr (sign > 0) {
    return hn::Max(a, b);
  } else {
    return hn::Min(a, b);
  }
}

/// The extreme of n > 0 elements that are not NaN, and whether there was a NaN; with only NaN, an infinity.
template <int sign, class T>
HWY_INLINE T extreme_of(const T* x, int64_t n, bool* nan) {
  const hn::ScalableTag<T> d;
  using V = hn::Vec<decltype(d)>;
  const auto lanes = static_cast<int64_t>(hn::Lanes(d));
  constexpr bool floating = std::is_floating_point_v<T>;
  T none = sign > 0 ? std::numeric_limits<T>::lowest() : std::numeric_limits<T>::max();
  if constexpr (floating) none = sign > 0 ? -std::numeric_limits<T>::infinity() : std::numeric_limits<T>::infinity();
  V best0 = hn::Set(d, none), best1 = best0, best2 = best0, best3 = best0;
  auto seen = hn::Ne(best0, best0);
  int64_t i = 0;
  if constexpr (floating) {
    // Nearly always there is no NaN: all that is asked is whether there is one.
    for (; i + 4 * lanes <= n; i += 4 * lanes) {
      V a = hn::LoadU(d, x + i), b = hn::LoadU(d, x + i + lanes);
      V c = hn::LoadU(d, x + i + 2 * lanes), e = hn::LoadU(d, x + i + 3 * lanes);
      // A sum of both signs of infinity is a NaN as well: then the slow way looks again.
      seen = hn::Or(seen, hn::IsNaN(hn::Add(hn::Add(a, b), hn::Add(c, e))));
      best0 = further<sign>(best0, a);
      best1 = further<sign>(best1, b);
      best2 = further<sign>(best2, c);
      best3 = further<sign>(best3, e);
    }
    if (!hn::AllFalse(d, seen)) {
      best0 = best1 = best2 = best3 = hn::Set(d, none);
      seen = hn::Ne(best0, best0);
      i = 0;
    }
  }
  // NaN is replaced, so that it does not hide what comes after it.
  auto clean = [&](V v) {
    if constexpr (floating) {
      auto is_nan = hn::IsNaN(v);
      seen = hn::Or(seen, is_nan);
      return hn::IfThenElse(is_nan, hn::Set(d, none), v);
    } else {
      return v;
    }
  };
  for (; i + 4 * lanes <= n; i += 4 * lanes) {
    best0 = further<sign>(best0, clean(hn::LoadU(d, x + i)));
    best1 = further<sign>(best1, clean(hn::LoadU(d, x + i + lanes)));
    best2 = further<sign>(best2, clean(hn::LoadU(d, x + i + 2 * lanes)));
    best3 = further<sign>(best3, clean(hn::LoadU(d, x + i + 3 * lanes)));
  }
  V best = further<sign>(further<sign>(best0, best1), further<sign>(best2, best3));
  HWY_ALIGN T each[hn::MaxLanes(d)];
  hn::Store(best, d, each);
  T found = none;
  auto take = [&](T v) {
    if (v != v) {
      *nan = true;
    } else if (sign > 0 ? v > found : v < found) {
      found = v;
    }
  };
  *nan = !hn::AllFalse(d, seen);
  for (int64_t k = 0; k < lanes; k++) take(each[k]);
  for (; i < n; i++) take(x[i]);
  return found;
}

template <int sign, bool skip_nan, class T>
void extreme(const std::byte* in, int64_t n, const std::byte*, std::byte* result) {
  auto* x = reinterpret_cast<const T*>(in);
  bool nan = false;
  T found = extreme_of<sign>(x, n, &nan);
  if constexpr (std::is_floating_point_v<T>) {
    if (nan && !skip_nan) found = std::numeric_limits<T>::quiet_NaN();
    if (nan && skip_nan && std::all_of(x, x + n, [](T v) { return v != v; })) found = std::numeric_limits<T>::quiet_NaN();
  }
  *reinterpret_cast<T*>(result) = found;
}

template <class T>
int64_t first_equal(const T* x, int64_t n, T value) {
  const hn::ScalableTag<T> d;
  const auto lanes = static_cast<int64_t>(hn::Lanes(d));
  const auto wanted = hn::Set(d, value);
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    const intptr_t found = hn::FindFirstTrue(d, hn::Eq(hn::LoadU(d, x + i), wanted));
    if (found >= 0) return i + found;
  }
  while (i < n && x[i] != value) i++;
  return i;
}

template <int sign, class T>
int64_t place_of_extreme(const std::byte* in, int64_t n) {
  auto* x = reinterpret_cast<const T*>(in);
  constexpr int64_t block = 4096;
  int64_t where = 0;
  T best{};
  for (int64_t from = 0; from < n; from += block) {
    int64_t count = std::min(block, n - from);
    bool nan = false;
    T found = extreme_of<sign>(x + from, count, &nan);
    if (nan) return std::find_if(x + from, x + from + count, [](T v) { return v != v; }) - x;
    if (from == 0 || (sign > 0 ? found > best : found < best)) {
      best = found;
      where = from;
    }
  }
  return where + first_equal(x + where, std::min(n - where, block), best);
}

// ---- truth

template <bool wanted, class T>
void truth(const std::byte* in, int64_t n, const std::byte*, std::byte* result) {
  auto* x = reinterpret_cast<const T*>(in);
  constexpr int64_t block = 2048;
  bool found = false;
  for (int64_t from = 0; from < n && !found; from += block) {
    int64_t stop = std::min(n, from + block);
    int differing = 0;
    for (int64_t i = from; i < stop; i++) differing |= static_cast<int>((x[i] != T(0)) == wanted);
    found = differing != 0;
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
    if (name == "logical_or") return {truth<true, T>, DType::boolean, "logical_or"};
    if (name == "logical_and") return {truth<false, T>, DType::boolean, "logical_and"};
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
      if (name == "multiply") return {product<T>, dtype, "multiply"};
      if (name == "maximum") return {extreme<1, false, T>, dtype, "maximum"};
      if (name == "minimum") return {extreme<-1, false, T>, dtype, "minimum"};
      if (name == "fmax") return {extreme<1, true, T>, dtype, "fmax"};
      if (name == "fmin") return {extreme<-1, true, T>, dtype, "fmin"};
      return {};
    }
  });
}

ExtremeFunction place(int sign, DType dtype) {
  return with_dtype(dtype, [&]<class T>(T) -> ExtremeFunction {
    if constexpr (IsComplex<T>::value) {
      return nullptr;
    } else {
      return sign > 0 ? place_of_extreme<1, T> : place_of_extreme<-1, T>;
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
HWY_EXPORT(place);
HWY_EXPORT(columns);

Row find_row(std::string_view name, DType dtype) { return HWY_DYNAMIC_DISPATCH(row)(name, dtype); }
ColumnFunction find_columns(std::string_view name, DType dtype) { return HWY_DYNAMIC_DISPATCH(columns)(name, dtype); }
ExtremeFunction find_extreme(int sign, DType dtype) { return HWY_DYNAMIC_DISPATCH(place)(sign, dtype); }

}  // namespace eigenscope
#endif
