#include "targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "schur_chase.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cmath>

#include "schur_chase.h"

HWY_BEFORE_NAMESPACE();
namespace eigenscope {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

/// The reflectors I − t·v·vᵀ of one step, v = (1, v2, v3), and their factors t, t·v2, t·v3.
constexpr int64_t kMost = 128;
template <class T>
struct Reflectors {
  alignas(64) T v2[kMost], v3[kMost], t1[kMost], t2[kMost], t3[kMost];
};

/// Takes (x0, x1, x2) to (beta, 0, 0).
template <class T>
T reflector(T x0, T x1, T x2, int64_t p, Reflectors<T>& out) {
  const T most = std::max(std::abs(x1), std::abs(x2));
  if (most == T(0)) {
    out.v2[p] = out.v3[p] = out.t1[p] = out.t2[p] = out.t3[p] = T(0);
    return x0;
  }
  // Squares of what is near the ends of the range would leave it.
  const T whole = std::max(most, std::abs(x0));
  constexpr double range = sizeof(T) == 8 ? 1e150 : 1e15;
  const bool far = whole < T(1 / range) || whole > T(range);
  const T unit = far ? whole : T(1);
  const T a = x0 / unit, b = x1 / unit, c = x2 / unit;
  const T length = std::sqrt(a * a + b * b + c * c);
  const T beta = a >= 0 ? -length : length;
  const T inverse = T(1) / (a - beta), t = (beta - a) / beta;
  out.v2[p] = b * inverse;
  out.v3[p] = c * inverse;
  out.t1[p] = t;
  out.t2[p] = t * out.v2[p];
  out.t3[p] = t * out.v3[p];
  return beta * unit;
}

/// The first column of (H − s1)·(H − s2), scaled, for the leading rows h of a block.
template <class T>
void first_column(const T* h, int64_t ld, int64_t rows, const T* re, const T* im, T* v) {
  auto at = [&](int64_t i, int64_t j) { return h[j * ld + i]; };
  const T h31 = rows > 2 ? at(2, 0) : T(0);
  const T s = std::abs(at(0, 0) - re[1]) + std::abs(im[1]) + std::abs(at(1, 0)) + std::abs(h31);
  v[0] = v[1] = v[2] = T(0);
  if (s == T(0)) return;
  const T h21 = at(1, 0) / s, h31s = h31 / s;
  v[0] = (at(0, 0) - re[0]) * ((at(0, 0) - re[1]) / s) - im[0] * (im[1] / s) + at(0, 1) * h21;
  v[1] = h21 * (at(0, 0) + at(1, 1) - re[0] - re[1]);
  if (rows > 2) {
    v[0] += at(0, 2) * h31s;
    v[1] += at(1, 2) * h31s;
    v[2] = h31s * (at(0, 0) + at(2, 2) - re[0] - re[1]) + h21 * at(2, 1);
  }
}

/// Three columns from the right: rows [0, rows) and up to a vector more, which are zero or of no use.
template <class T>
HWY_INLINE void from_right(T* x, int64_t ld, int64_t rows, const Reflectors<T>& r, int64_t p) {
  const hn::ScalableTag<T> d;
  const auto lanes = static_cast<int64_t>(hn::Lanes(d));
  const auto v2 = hn::Set(d, r.v2[p]), v3 = hn::Set(d, r.v3[p]);
  const auto t1 = hn::Set(d, r.t1[p]), t2 = hn::Set(d, r.t2[p]), t3 = hn::Set(d, r.t3[p]);
  T *y = x + ld, *z = y + ld;
  for (int64_t i = 0; i < rows; i += lanes) {
    const auto x0 = hn::LoadU(d, x + i), x1 = hn::LoadU(d, y + i), x2 = hn::LoadU(d, z + i);
    const auto sum = hn::MulAdd(t3, x2, hn::MulAdd(t2, x1, hn::Mul(t1, x0)));
    hn::StoreU(hn::Sub(x0, sum), d, x + i);
    hn::StoreU(hn::NegMulAdd(v2, sum, x1), d, y + i);
    hn::StoreU(hn::NegMulAdd(v3, sum, x2), d, z + i);
  }
}

template <class T>
void run(const Chase<T>& w) {
  // What belongs to bulges that lie below each other lies together in a column: as many of them as a vector has lanes.
#if HWY_TARGET == HWY_SCALAR
  using Some = hn::ScalableTag<T>;
#else
  using Some = hn::CappedTag<T, 8>;
#endif
  const Some d;
  const auto lanes = static_cast<int64_t>(hn::Lanes(d));
  const int64_t ld = w.ld, last = w.size - 2;
  Reflectors<T> r;
  T beta[kMost];
  for (int64_t s = w.begin; s < w.end; s++) {
    // Bulge p begins in row s − 3·(bulges − 1 − p).
    const int64_t zero = s - 3 * (w.bulges - 1);
    const int64_t first = zero >= 0 ? 0 : (-zero + 2) / 3;
    const int64_t stop = std::min(w.bulges, (last - zero) / 3 + 1), count = stop - first;
    if (count <= 0) continue;
    auto place = [&](int64_t p) { return zero + 3 * p - w.top + 1; };
    for (int64_t p = first; p < stop; p++) {
      const int64_t at = place(p), q = p - first;
      if (zero + 3 * p == 0) {
        T v[3];
        first_column(w.h + at * ld + at, ld, w.size, w.re + 2 * p, w.im + 2 * p, v);
        reflector(v[0], v[1], v[2], q, r);
      } else {
        const T* x = w.h + (at - 1) * ld + at;
        beta[q] = reflector(x[0], x[1], zero + 3 * p == last ? T(0) : x[2], q, r);
      }
    }
    for (int64_t q = count; q < count + lanes; q++) r.v2[q] = r.v3[q] = r.t1[q] = r.t2[q] = r.t3[q] = T(0);

    for (int64_t g = 0; g < count; g += lanes) {
      const auto v2 = hn::LoadU(d, r.v2 + g), v3 = hn::LoadU(d, r.v3 + g);
      const auto t1 = hn::LoadU(d, r.t1 + g), t2 = hn::LoadU(d, r.t2 + g), t3 = hn::LoadU(d, r.t3 + g);
      const int64_t at = place(first + g);
      T* x = w.h + at * ld + at;
      for (int64_t j = at; j < w.rows; j++, x += ld) {
        hn::Vec<Some> x0, x1, x2;
        hn::LoadInterleaved3(d, x, x0, x1, x2);
        const auto sum = hn::MulAdd(t3, x2, hn::MulAdd(t2, x1, hn::Mul(t1, x0)));
        hn::StoreInterleaved3(hn::Sub(x0, sum), hn::NegMulAdd(v2, sum, x1), hn::NegMulAdd(v3, sum, x2), d, x);
      }
    }
    for (int64_t p = first; p < stop; p++) {
      if (zero + 3 * p == 0) continue;
      T* x = w.h + (place(p) - 1) * ld + place(p);
      x[0] = beta[p - first];
      x[1] = T(0);
      if (zero + 3 * p != last) x[2] = T(0);
    }
    // Rows that no bulge has reached yet are the identity's.
    const int64_t reached = std::min(w.rows, place(w.bulges - 1) + 3);
    for (int64_t p = first; p < stop; p++) {
      const int64_t at = place(p);
      from_right(w.h + at * ld, ld, std::min(w.rows, at + 4), r, p - first);
      from_right(w.u + at * ld, ld, reached, r, p - first);
    }
  }
}

template <int count, class T>
void mix(T* x, int64_t ld, int64_t rows, const T* g) {
  const hn::ScalableTag<T> d;
  using V = hn::Vec<decltype(d)>;
  const auto lanes = static_cast<int64_t>(hn::Lanes(d));
  int64_t i = 0;
  for (; i + lanes <= rows; i += lanes) {
    V from[count];
    for (int q = 0; q < count; q++) from[q] = hn::LoadU(d, x + q * ld + i);
    for (int j = 0; j < count; j++) {
      V sum = hn::Mul(from[0], hn::Set(d, g[4 * j]));
      for (int q = 1; q < count; q++) sum = hn::MulAdd(from[q], hn::Set(d, g[4 * j + q]), sum);
      hn::StoreU(sum, d, x + j * ld + i);
    }
  }
  for (; i < rows; i++) {
    T from[count];
    for (int q = 0; q < count; q++) from[q] = x[q * ld + i];
    for (int j = 0; j < count; j++) {
      T sum = from[0] * g[4 * j];
      for (int q = 1; q < count; q++) sum += from[q] * g[4 * j + q];
      x[j * ld + i] = sum;
    }
  }
}

template <class T>
void mix_any(T* x, int64_t ld, int64_t rows, const T* g, int64_t count) {
  if (count == 2) return mix<2>(x, ld, rows, g);
  if (count == 3) return mix<3>(x, ld, rows, g);
  mix<4>(x, ld, rows, g);
}

void mix_f32(float* x, int64_t ld, int64_t rows, const float* g, int64_t count) { mix_any(x, ld, rows, g, count); }
void mix_f64(double* x, int64_t ld, int64_t rows, const double* g, int64_t count) { mix_any(x, ld, rows, g, count); }
void chase_f32(const Chase<float>& window) { run(window); }
void chase_f64(const Chase<double>& window) { run(window); }

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace eigenscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace eigenscope {

HWY_EXPORT(chase_f32);
HWY_EXPORT(chase_f64);
HWY_EXPORT(mix_f32);
HWY_EXPORT(mix_f64);

template <>
void chase(const Chase<float>& window) {
  HWY_DYNAMIC_DISPATCH(chase_f32)(window);
}
template <>
void chase(const Chase<double>& window) {
  HWY_DYNAMIC_DISPATCH(chase_f64)(window);
}
template <>
void mix_columns(float* x, int64_t ld, int64_t rows, const float* g, int64_t count) {
  HWY_DYNAMIC_DISPATCH(mix_f32)(x, ld, rows, g, count);
}
template <>
void mix_columns(double* x, int64_t ld, int64_t rows, const double* g, int64_t count) {
  HWY_DYNAMIC_DISPATCH(mix_f64)(x, ld, rows, g, count);
}

}  // namespace eigenscope
#endif
