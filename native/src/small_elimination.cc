// Gaussian elimination with partial pivoting on rows that stay in the first cache, right-hand sides beside them.
#include "targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "small_elimination.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <cmath>
#include <limits>

#include "small_elimination.h"

HWY_BEFORE_NAMESPACE();
namespace eigenscope {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

template <class T>
int64_t lanes() {
  return static_cast<int64_t>(hn::Lanes(hn::ScalableTag<T>()));
}

template <class T>
int64_t filled(int64_t n) {
  return (n + lanes<T>() - 1) / lanes<T>() * lanes<T>();
}

/// n entries, then zeros to the end of the last vector.
template <class T>
HWY_INLINE void load_row(const T* from, int64_t n, T* to) {
  const hn::ScalableTag<T> d;
  int64_t j = 0;
  for (; j + lanes<T>() <= n; j += lanes<T>()) hn::StoreU(hn::LoadU(d, from + j), d, to + j);
  if (j < n) hn::StoreU(hn::MaskedLoad(hn::FirstN(d, static_cast<size_t>(n - j)), d, from + j), d, to + j);
}

template <class T>
HWY_INLINE void store_row(const T* from, int64_t n, T* to) {
  const hn::ScalableTag<T> d;
  int64_t j = 0;
  for (; j + lanes<T>() <= n; j += lanes<T>()) hn::StoreU(hn::LoadU(d, from + j), d, to + j);
  if (j < n) hn::BlendedStore(hn::LoadU(d, from + j), hn::FirstN(d, static_cast<size_t>(n - j)), d, to + j);
}

/// to −= factor · from in the vectors of [begin, end).
template <class T>
HWY_INLINE void subtract(T factor, const T* from, T* to, int64_t begin, int64_t end) {
  const hn::ScalableTag<T> d;
  const auto f = hn::Set(d, factor);
  for (int64_t j = begin; j < end; j += lanes<T>()) {
    hn::StoreU(hn::NegMulAdd(f, hn::LoadU(d, from + j), hn::LoadU(d, to + j)), d, to + j);
  }
}

template <class T>
HWY_INLINE void scale(T factor, T* row, int64_t begin, int64_t end) {
  const hn::ScalableTag<T> d;
  const auto f = hn::Set(d, factor);
  for (int64_t j = begin; j < end; j += lanes<T>()) hn::StoreU(hn::Mul(f, hn::LoadU(d, row + j)), d, row + j);
}

/// Makes the first n columns of the rows upper triangular (what lies below is not cleared); keeps each pivot and its
/// reciprocal. How many pivots were found before one was 0. `sign` changes with every exchange of rows.
template <class T>
HWY_INLINE int64_t eliminate(T* rows, int64_t n, int64_t width, T* pivots, T* reciprocals, T* sign) {
  const hn::ScalableTag<T> d;
  for (int64_t k = 0; k < n; k++) {
    T best = std::abs(rows[k * width + k]);
    int64_t at = k;
    for (int64_t i = k + 1; i < n; i++) {
      const T size = std::abs(rows[i * width + k]);
      at = size > best ? i : at;
      best = size > best ? size : best;
    }
    if (best == T(0)) return k;
    const int64_t begin = k / lanes<T>() * lanes<T>();
    T* top = rows + k * width;
    if (at != k) {
      T* other = rows + at * width;
      for (int64_t j = begin; j < width; j += lanes<T>()) {
        const auto x = hn::LoadU(d, top + j), y = hn::LoadU(d, other + j);
        hn::StoreU(y, d, top + j);
        hn::StoreU(x, d, other + j);
      }
      *sign = -*sign;
    }
    pivots[k] = top[k];
    if (best < std::numeric_limits<T>::min()) {
      // The reciprocal of the smallest numbers is not finite; a multiple of the equation has the same solution.
      scale(T(sizeof(T) == 8 ? 0x1p60 : 0x1p30), top, begin, width);
    }
    const T reciprocal = reciprocals[k] = T(1) / top[k];
    const int64_t from = (k + 1) / lanes<T>() * lanes<T>();
    for (int64_t i = k + 1; i < n; i++) {
      T* row = rows + i * width;
      subtract(row[k] * reciprocal, top, row, from, width);
    }
  }
  return n;
}

template <class T>
int64_t solve(Stack<const T> a, Stack<const T> b, T* x, int64_t from, int64_t to, int64_t n, int64_t k) {
  const hn::ScalableTag<T> d;
  const int64_t half = filled<T>(n), width = half + filled<T>(k);
  alignas(64) T rows[kSmallOrder * 2 * kSmallOrder];
  T pivots[kSmallOrder], reciprocals[kSmallOrder];
  for (int64_t q = from; q < to; q++) {
    const T* matrix = a.data + q * a.batch;
    for (int64_t i = 0; i < n; i++) {
      T* row = rows + i * width;
      load_row(matrix + i * n, n, row);
      if (b.data != nullptr) {
        load_row(b.data + q * b.batch + i * k, k, row + half);
      } else {
        for (int64_t j = half; j < width; j += lanes<T>()) {
          const auto distance = hn::Sub(hn::Iota(d, static_cast<T>(j - half)), hn::Set(d, static_cast<T>(i)));
          hn::StoreU(hn::IfThenElseZero(hn::Eq(distance, hn::Zero(d)), hn::Set(d, T(1))), d, row + j);
        }
      }
    }
    T sign = 1;
    if (eliminate(rows, n, width, pivots, reciprocals, &sign) < n) return q;
    for (int64_t p = n - 1; p >= 0; p--) {
      T* row = rows + p * width;
      scale(reciprocals[p], row, half, width);
      for (int64_t i = 0; i < p; i++) subtract(rows[i * width + p], row, rows + i * width, half, width);
      store_row(row + half, k, x + (q * n + p) * k);
    }
  }
  return -1;
}

template <class T>
void pivots(const T* a, T* found, int64_t from, int64_t to, int64_t n) {
  const int64_t width = filled<T>(n);
  alignas(64) T rows[kSmallOrder * kSmallOrder];
  T reciprocals[kSmallOrder];
  for (int64_t q = from; q < to; q++) {
    for (int64_t i = 0; i < n; i++) load_row(a + (q * n + i) * n, n, rows + i * width);
    T* out = found + (q - from) * (n + 1);
    T sign = 1;
    const int64_t count = eliminate(rows, n, width, out, reciprocals, &sign);
    for (int64_t i = count; i < n; i++) out[i] = T(0);
    out[n] = sign;
  }
}

SmallElimination<float> elimination_f32() { return {solve<float>, pivots<float>}; }
SmallElimination<double> elimination_f64() { return {solve<double>, pivots<double>}; }

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace eigenscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace eigenscope {

HWY_EXPORT(elimination_f32);
HWY_EXPORT(elimination_f64);

template <>
SmallElimination<float> small_elimination() {
  return HWY_DYNAMIC_DISPATCH(elimination_f32)();
}
template <>
SmallElimination<double> small_elimination() {
  return HWY_DYNAMIC_DISPATCH(elimination_f64)();
}

}  // namespace eigenscope
#endif
