// Sums of products and combinations of columns.
#include "targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "column_loops.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "bidiagonal.h"

// Into the second-level cache: the first holds the columns being worked on.
#if defined(__GNUC__) || defined(__clang__)
#define EIGENSCOPE_FETCH(p) __builtin_prefetch(p, 0, 2)
#else
#define EIGENSCOPE_FETCH(p) (void)(p)
#endif

HWY_BEFORE_NAMESPACE();
namespace eigenscope {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

template <class T, int count>
HWY_INLINE void dots_of(const T* a, int64_t stride, const T* x, int64_t n, T* out) {
  const hn::ScalableTag<T> d;
  using V = hn::Vec<decltype(d)>;
  const int64_t lanes = static_cast<int64_t>(hn::Lanes(d));
  V sums[count][2];
  for (int q = 0; q < count; q++) sums[q][0] = sums[q][1] = hn::Zero(d);
  int64_t r = 0;
  for (; r + 2 * lanes <= n; r += 2 * lanes) {
    const V x0 = hn::LoadU(d, x + r), x1 = hn::LoadU(d, x + r + lanes);
    for (int q = 0; q < count; q++) {
      sums[q][0] = hn::MulAdd(hn::LoadU(d, a + q * stride + r), x0, sums[q][0]);
      sums[q][1] = hn::MulAdd(hn::LoadU(d, a + q * stride + r + lanes), x1, sums[q][1]);
    }
  }
  T rest[count] = {};
  for (; r < n; r++) {
    for (int q = 0; q < count; q++) rest[q] += a[q * stride + r] * x[r];
  }
  for (int q = 0; q < count; q++) {
    out[q] = hn::GetLane(hn::SumOfLanes(d, hn::Add(sums[q][0], sums[q][1]))) + rest[q];
  }
}

template <class T>
void dots(const T* a, int64_t stride, int64_t columns, const T* x, int64_t n, T* out) {
  int64_t q = 0;
  for (; q + 4 <= columns; q += 4) dots_of<T, 4>(a + q * stride, stride, x, n, out + q);
  for (; q < columns; q++) dots_of<T, 1>(a + q * stride, stride, x, n, out + q);
}

template <class T, int count, bool ahead = false>
HWY_INLINE void combine_of(const T* a, int64_t stride, const T* f, T* y, int64_t n) {
  const hn::ScalableTag<T> d;
  using V = hn::Vec<decltype(d)>;
  const int64_t lanes = static_cast<int64_t>(hn::Lanes(d));
  V factors[count];
  for (int q = 0; q < count; q++) factors[q] = hn::Set(d, f[q]);
  int64_t r = 0;
  for (; r + 2 * lanes <= n; r += 2 * lanes) {
    V y0 = hn::LoadU(d, y + r), y1 = hn::LoadU(d, y + r + lanes);
    for (int q = 0; q < count; q++) {
      y0 = hn::MulAdd(hn::LoadU(d, a + q * stride + r), factors[q], y0);
      y1 = hn::MulAdd(hn::LoadU(d, a + q * stride + r + lanes), factors[q], y1);
    }
    if constexpr (ahead) {
      for (int q = 0; q < count; q++) {
        const T* next = a + (q + count) * stride + r;
        for (int64_t line = 0; line < 2 * lanes; line += 64 / static_cast<int64_t>(sizeof(T))) {
          EIGENSCOPE_FETCH(next + line);
        }
      }
    }
    hn::StoreU(y0, d, y + r);
    hn::StoreU(y1, d, y + r + lanes);
  }
  for (; r < n; r++) {
    T sum = y[r];
    for (int q = 0; q < count; q++) sum += a[q * stride + r] * f[q];
    y[r] = sum;
  }
}

template <class T>
void combine(const T* a, int64_t stride, int64_t columns, const T* f, T* y, int64_t n) {
  int64_t q = 0;
  for (; q + 4 <= columns; q += 4) combine_of<T, 4>(a + q * stride, stride, f + q, y, n);
  for (; q < columns; q++) combine_of<T, 1>(a + q * stride, stride, f + q, y, n);
}

template <class T>
void combine_ahead(const T* a, int64_t stride, const T* f, T* y, int64_t n) {
  combine_of<T, 4, true>(a, stride, f, y, n);
}

/// Each entry below the diagonal is read once, for its row and for its column.
template <class T, int count>
HWY_INLINE void symmetric_of(const T* a, int64_t stride, int64_t n, const T* x, T* y) {
  const hn::ScalableTag<T> d;
  using V = hn::Vec<decltype(d)>;
  const int64_t lanes = static_cast<int64_t>(hn::Lanes(d));
  V factors[count], sums[count];
  for (int q = 0; q < count; q++) {
    factors[q] = hn::Set(d, x[q]);
    sums[q] = hn::Zero(d);
  }
  int64_t r = 0;
  for (; r < count; r += lanes) {
    const V at = hn::Iota(d, static_cast<T>(r)), here = hn::LoadU(d, x + r);
    V out = hn::LoadU(d, y + r);
    for (int q = 0; q < count; q++) {
      const V diagonal = hn::Set(d, static_cast<T>(q)), all = hn::LoadU(d, a + q * stride + r);
      out = hn::MulAdd(hn::IfThenElseZero(hn::Ge(at, diagonal), all), factors[q], out);
      sums[q] = hn::MulAdd(hn::IfThenElseZero(hn::Gt(at, diagonal), all), here, sums[q]);
    }
    hn::StoreU(out, d, y + r);
  }
  for (; r < n; r += lanes) {
    const V here = hn::LoadU(d, x + r);
    V even = hn::LoadU(d, y + r), odd = hn::Zero(d);
    for (int q = 0; q < count; q += 2) {
      const V a0 = hn::LoadU(d, a + q * stride + r), a1 = hn::LoadU(d, a + (q + 1) * stride + r);
      even = hn::MulAdd(a0, factors[q], even);
      odd = hn::MulAdd(a1, factors[q + 1], odd);
      sums[q] = hn::MulAdd(a0, here, sums[q]);
      sums[q + 1] = hn::MulAdd(a1, here, sums[q + 1]);
    }
    hn::StoreU(hn::Add(even, odd), d, y + r);
  }
  for (int q = 0; q < count; q++) y[q] += hn::GetLane(hn::SumOfLanes(d, sums[q]));
}

template <class T>
void symmetric(const T* a, int64_t stride, int64_t n, const T* x, T* y) {
  // As many columns as there are registers for.
  constexpr int count = HWY_TARGET <= HWY_AVX3 ? 8 : 4;
  for (int q = 0; q < 8; q += count) symmetric_of<T, count>(a + q * (stride + 1), stride, n - q, x + q, y + q);
}

const ColumnLoops<float>* loops_f32() {
  static constexpr ColumnLoops<float> loops{dots<float>, combine<float>, combine_ahead<float>, symmetric<float>};
  return &loops;
}
const ColumnLoops<double>* loops_f64() {
  static constexpr ColumnLoops<double> loops{dots<double>, combine<double>, combine_ahead<double>,
                                             symmetric<double>};
  return &loops;
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace eigenscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace eigenscope {

HWY_EXPORT(loops_f32);
HWY_EXPORT(loops_f64);

const ColumnLoops<float>& column_loops(float) { return *HWY_DYNAMIC_DISPATCH(loops_f32)(); }
const ColumnLoops<double>& column_loops(double) { return *HWY_DYNAMIC_DISPATCH(loops_f64)(); }

}  // namespace eigenscope
#endif
