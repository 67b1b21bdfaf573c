// Elimination for matrices that lie on the stack of the machine.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "lapack_factors.h"
#include "small_places.h"

namespace eigenscope {

/// x := a⁻¹ · x for k columns; a becomes its LU factors. OpenBLAS 0.3.21 wakes its threads even for a 3 × 3 gesv, which
/// takes milliseconds where the cores are busy.
template <class T>
lapack::integer solve_in_place(int64_t n, int64_t k, T* a, T* x) {
  lapack::integer pivots[kMostSmall];
  const auto order = static_cast<lapack::integer>(n);
  const lapack::integer info = lapack::getf2(order, order, a, order, pivots);
  if (info != 0) return info;
  T reciprocal[kMostSmall];
  for (int64_t i = 0; i < n; i++) reciprocal[i] = T(1) / a[i * (n + 1)];
  for (int64_t c = 0; c < k; c++) {
    T* y = x + c * n;
    for (int64_t i = 0; i < n; i++) {
      if (pivots[i] != i + 1) std::swap(y[i], y[pivots[i] - 1]);
    }
    for (int64_t j = 0; j < n; j++) {
      const T factor = y[j];
      if (factor == T(0)) continue;
      for (int64_t i = j + 1; i < n; i++) y[i] -= a[j * n + i] * factor;
    }
    for (int64_t j = n - 1; j >= 0; j--) {
      const T factor = y[j] *= reciprocal[j];
      for (int64_t i = 0; i < j; i++) y[i] -= a[j * n + i] * factor;
    }
  }
  return 0;
}

/// Numbers so small that their reciprocals are past all others, multiplied by a power of two, which is returned.
template <class T>
Real<T> lift(T* a, int64_t count) {
  using R = Real<T>;
  R most = 0;
  for (int64_t i = 0; i < count; i++) most = std::max(most, std::abs(a[i]));
  if (most == R(0) || !(most < std::numeric_limits<R>::min() / std::numeric_limits<R>::epsilon())) return 1;
  const R factor = std::ldexp(R(1), sizeof(R) == 8 ? 600 : 60);
  for (int64_t i = 0; i < count; i++) a[i] *= factor;
  return factor;
}

}  // namespace eigenscope
