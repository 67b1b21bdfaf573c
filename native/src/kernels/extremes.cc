// The largest and smallest elements and their places, along rows and down columns.
#include "targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/extremes.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>
#include <limits>

#include "kernels/loops.h"
#include "kernels/rows.h"

HWY_BEFORE_NAMESPACE();
namespace eigenscope {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

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
HWY_NOINLINE T extreme_of(const T* x, int64_t n, bool* nan) {
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
  for (; i + lanes <= n; i += lanes) best0 = further<sign>(best0, clean(hn::LoadU(d, x + i)));
  // What is left over is looked at together with some that were seen before.
  if (i < n && lanes <= n) {
    best1 = further<sign>(best1, clean(hn::LoadU(d, x + n - lanes)));
    i = n;
  }
  V best = further<sign>(further<sign>(best0, best1), further<sign>(best2, best3));
  HWY_ALIGN T each[hn::MaxLanes(d)];
  hn::Store(best, d, each);
  T found = none;
  auto take = [&](T v) { found = (sign > 0 ? v > found : v < found) ? v : found; };
  *nan = !hn::AllFalse(d, seen);
  for (int64_t k = 0; k < lanes; k++) take(each[k]);
  for (; i < n; i++) {
    *nan = *nan || x[i] != x[i];
    take(x[i]);
  }
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
  for (; i + 4 * lanes <= n; i += 4 * lanes) {
    const auto a = hn::Eq(hn::LoadU(d, x + i), wanted), b = hn::Eq(hn::LoadU(d, x + i + lanes), wanted);
    const auto c = hn::Eq(hn::LoadU(d, x + i + 2 * lanes), wanted), e = hn::Eq(hn::LoadU(d, x + i + 3 * lanes), wanted);
    if (!hn::AllFalse(d, hn::Or(hn::Or(a, b), hn::Or(c, e)))) break;
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

// ---- down columns

/// As the loops of maximum and minimum: NaN wins, of equals the first.
template <int sign, class V>
HWY_INLINE V pick(V a, V b) {
  const auto first = sign > 0 ? hn::Ge(a, b) : hn::Le(a, b);
  return hn::IfThenElse(hn::Or(first, hn::IsNaN(a)), a, b);
}
template <int sign, class T>
HWY_INLINE bool goes_before(T a, T b) {
  return (sign > 0 ? a > b : a < b) || (a != a && b == b);
}

/// Several rows at a time, so that the results are loaded and stored once for all of them.
template <int sign, class T>
void columns_extreme(const std::byte* in, int64_t step, int64_t rows, const std::byte*, std::byte* out, int64_t n) {
  const hn::ScalableTag<T> d;
  using V = hn::Vec<decltype(d)>;
  const auto lanes = static_cast<int64_t>(hn::Lanes(d));
  auto* r = reinterpret_cast<T*>(out);
  auto row = [&](int64_t k) { return reinterpret_cast<const T*>(in + k * step); };
  for (int64_t k = 0; k < rows; k += 8) {
    const int64_t last = std::min<int64_t>(rows, k + 8);
    int64_t j = 0;
    for (; j + lanes <= n; j += lanes) {
      const V before = hn::LoadU(d, r + j);
      V best = before;
      if constexpr (std::is_floating_point_v<T>) {
        // As in extreme_of: a sum tells whether there may be a NaN. Of equal elements the processor takes the second.
        V sum = before;
        for (int64_t i = k; i < last; i++) {
          const V next = hn::LoadU(d, row(i) + j);
          best = further<sign>(next, best);
          sum = hn::Add(sum, next);
        }
        if (HWY_UNLIKELY(!hn::AllFalse(d, hn::IsNaN(sum)))) {
          best = before;
          for (int64_t i = k; i < last; i++) best = pick<sign>(best, hn::LoadU(d, row(i) + j));
        }
      } else {
        for (int64_t i = k; i < last; i++) best = further<sign>(best, hn::LoadU(d, row(i) + j));
      }
      hn::StoreU(best, d, r + j);
    }
    for (; j < n; j++) {
      for (int64_t i = k; i < last; i++) {
        if (goes_before<sign>(row(i)[j], r[j])) r[j] = row(i)[j];
      }
    }
  }
}

/// The places of the extremes of n neighbouring columns, in float64 or int64: the best so far and its row side by side.
template <int sign, class T>
void columns_places(const std::byte* in, int64_t step, int64_t rows, int64_t* places, int64_t n) {
  const hn::ScalableTag<T> d;
  const hn::Rebind<int64_t, decltype(d)> di;
  const auto lanes = static_cast<int64_t>(hn::Lanes(d));
  auto row = [&](int64_t k) { return reinterpret_cast<const T*>(in + k * step); };
  constexpr int64_t most = 512;
  HWY_ALIGN T best[most];
  for (int64_t first = 0; first < n; first += most) {
    const int64_t count = std::min(most, n - first);
    std::copy_n(row(0) + first, count, best);
    std::fill_n(places + first, count, 0);
    for (int64_t k = 1; k < rows; k += 4) {
      const int64_t last = std::min<int64_t>(rows, k + 4);
      int64_t j = 0;
      for (; j + lanes <= count; j += lanes) {
        auto value = hn::Load(d, best + j);
        auto place = hn::LoadU(di, places + first + j);
        for (int64_t i = k; i < last; i++) {
          const auto v = hn::LoadU(d, row(i) + first + j);
          auto better = sign > 0 ? hn::Gt(v, value) : hn::Lt(v, value);
          if constexpr (std::is_floating_point_v<T>) {
            better = hn::Or(better, hn::AndNot(hn::IsNaN(value), hn::IsNaN(v)));
          }
          value = hn::IfThenElse(better, v, value);
          place = hn::IfThenElse(hn::RebindMask(di, better), hn::Set(di, i), place);
        }
        hn::Store(value, d, best + j);
        hn::StoreU(place, di, places + first + j);
      }
      for (; j < count; j++) {
        for (int64_t i = k; i < last; i++) {
          if (!goes_before<sign>(row(i)[first + j], best[j])) continue;
          best[j] = row(i)[first + j];
          places[first + j] = i;
        }
      }
    }
  }
}

Row row(std::string_view name, DType dtype) {
  return with_dtype(dtype, [&]<class T>(T) -> Row {
    if constexpr (!IsComplex<T>::value) {
      if (dtype == DType::boolean) return {};
      if (name == "maximum") return {extreme<1, false, T>, dtype, "maximum"};
      if (name == "minimum") return {extreme<-1, false, T>, dtype, "minimum"};
      constexpr bool skips = std::is_floating_point_v<T>;
      if (name == "fmax") return {extreme<1, skips, T>, dtype, "fmax"};
      if (name == "fmin") return {extreme<-1, skips, T>, dtype, "fmin"};
    }
    return {};
  });
}

ColumnFunction columns(int sign, DType dtype) {
  auto of = [&]<class T>(T) -> ColumnFunction { return sign > 0 ? columns_extreme<1, T> : columns_extreme<-1, T>; };
  if (dtype == DType::f64) return of(double());
  if (dtype == DType::f32) return of(float());
  if (dtype == DType::i64) return of(int64_t());
  return nullptr;
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

ColumnPlaces places(int sign, DType dtype) {
  if (dtype == DType::f64) return sign > 0 ? columns_places<1, double> : columns_places<-1, double>;
  if (dtype == DType::i64) return sign > 0 ? columns_places<1, int64_t> : columns_places<-1, int64_t>;
  return nullptr;
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace eigenscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace eigenscope {

HWY_EXPORT(row);
HWY_EXPORT(columns);
HWY_EXPORT(place);
HWY_EXPORT(places);

Row find_extreme_row(std::string_view name, DType dtype) { return HWY_DYNAMIC_DISPATCH(row)(name, dtype); }
ColumnFunction find_extreme_columns(std::string_view name, DType dtype) {
  if (name != "maximum" && name != "minimum") return nullptr;
  return HWY_DYNAMIC_DISPATCH(columns)(name == "maximum" ? 1 : -1, dtype);
}
ExtremeFunction find_extreme(int sign, DType dtype) { return HWY_DYNAMIC_DISPATCH(place)(sign, dtype); }
ColumnPlaces find_extreme_places(int sign, DType dtype) { return HWY_DYNAMIC_DISPATCH(places)(sign, dtype); }

}  // namespace eigenscope
#endif
