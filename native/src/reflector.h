// What reductions on threads have in common: shares of rows, and Householder's reflectors.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace eigenscope {

struct Range {
  int64_t start, stop;
  int64_t size() const { return stop - start; }
};

/// What of a range lies at or beyond a place.
inline Range beyond(const Range& range, int64_t place) {
  return {std::min(range.stop, std::max(range.start, place)), range.stop};
}

/// The part of [start, stop) that belongs to one thread, in whole cache lines.
inline Range share(int64_t start, int64_t stop, int thread, int threads) {
  int64_t n = std::max<int64_t>(0, stop - start), step = ((n + threads - 1) / threads + 7) / 8 * 8;
  return {std::min(stop, start + thread * step), std::min(stop, start + (thread + 1) * step)};
}

/// I − tau·u·uᵀ takes (alpha, rest of length `norm`) to (beta, 0), with u = (1, rest · inverse).
template <class T>
struct Reflector {
  T beta, tau, inverse;

  Reflector(T alpha, double norm_squared) {
    // Squares this small have lost digits, and the reflector with them its orthogonality, or its inverse overflows; beside
    // the matrices that are let in such a rest is nothing.
    if (norm_squared < (sizeof(T) == 8 ? 1e-290 : 1e-70)) {
      beta = alpha;
      tau = 0;
      inverse = 0;
      return;
    }
    double whole = std::sqrt(static_cast<double>(alpha) * static_cast<double>(alpha) + norm_squared);
    beta = static_cast<T>(alpha >= 0 ? -whole : whole);
    tau = (beta - alpha) / beta;
    inverse = 1 / (alpha - beta);
  }
};

/// In double precision whatever the type: nothing overflows or vanishes on the way of single precision.
template <class T>
double sum_of_products(const T* x, const T* y, int64_t n) {
  constexpr int64_t lanes = 8;
  double sums[lanes] = {};
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    for (int64_t k = 0; k < lanes; k++) sums[k] += static_cast<double>(x[i + k]) * static_cast<double>(y[i + k]);
  }
  double sum = 0;
  for (; i < n; i++) sum += static_cast<double>(x[i]) * static_cast<double>(y[i]);
  for (double s : sums) sum += s;
  return sum;
}

template <class T>
double sum_of_squares(const T* x, int64_t n) {
  return sum_of_products(x, x, n);
}

}  // namespace eigenscope
