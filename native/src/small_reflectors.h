// Rotations and Householder's reflectors of small real matrices, with the signs that LAPACK gives them.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace eigenscope {

/// √(x² + y²), which neither overflows nor vanishes on the way.
template <class T>
T length_of(T x, T y) {
  const T sum = x * x + y * y;
  if (sum > std::numeric_limits<T>::min() / std::numeric_limits<T>::epsilon() && sum < std::numeric_limits<T>::max()) {
    return std::sqrt(sum);
  }
  return std::hypot(x, y);
}

template <class T>
T length_of(const T* x, int64_t n) {
  T sum = 0;
  for (int64_t i = 0; i < n; i++) sum += x[i] * x[i];
  if (sum > std::numeric_limits<T>::min() / std::numeric_limits<T>::epsilon() && sum < std::numeric_limits<T>::max()) {
    return std::sqrt(sum);
  }
  T most = 0;
  for (int64_t i = 0; i < n; i++) most = std::max(most, std::abs(x[i]));
  if (most == T(0)) return most;
  sum = 0;
  for (int64_t i = 0; i < n; i++) sum += (x[i] / most) * (x[i] / most);
  return most * std::sqrt(sum);
}

/// Takes (f, g) to (r, 0): c · f + s · g = r, with the sign of f.
template <class T>
struct Rotation {
  T c, s, r;

  Rotation(T f, T g) {
    if (g == T(0)) {
      c = 1;
      s = 0;
      r = f;
    } else if (f == T(0)) {
      c = 0;
      s = std::copysign(T(1), g);
      r = std::abs(g);
    } else {
      const T whole = length_of(f, g);
      c = std::abs(f) / whole;
      r = std::copysign(whole, f);
      s = g / r;
    }
  }
};

/// (x, y) := (c · x + s · y, c · y − s · x)
template <class T>
void rotate(int64_t n, T* x, T* y, T c, T s) {
  for (int64_t i = 0; i < n; i++) {
    const T from = x[i], other = y[i];
    x[i] = c * from + s * other;
    y[i] = c * other - s * from;
  }
}

/// Takes x (n) to (x[0], 0): leaves the new x[0] there and the reflector's vector, whose first entry is 1, behind it. Its tau.
template <class T>
T reflector_of(int64_t n, T* x) {
  if (n < 2) return 0;
  T rest = length_of(x + 1, n - 1);
  if (rest == T(0)) return 0;
  const T least = std::numeric_limits<T>::min() / std::numeric_limits<T>::epsilon();
  T beta = -std::copysign(length_of(x[0], rest), x[0]);
  int scaled = 0;
  while (std::abs(beta) < least && scaled < 20) {
    // The reciprocal below would not be finite.
    for (int64_t i = 0; i < n; i++) x[i] /= least;
    beta /= least;
    scaled++;
    if (std::abs(beta) < least) continue;
    rest = length_of(x + 1, n - 1);
    beta = -std::copysign(length_of(x[0], rest), x[0]);
  }
  const T tau = (beta - x[0]) / beta, factor = 1 / (x[0] - beta);
  for (int64_t i = 1; i < n; i++) x[i] *= factor;
  for (; scaled > 0; scaled--) beta *= least;
  x[0] = beta;
  return tau;
}

/// c (rows × cols, `lead` from column to column) := (I − tau · v · vᵀ) · c, v[0] being 1 whatever stands there.
template <class T>
void reflect(int64_t rows, int64_t cols, const T* v, T tau, T* c, int64_t lead) {
  if (tau == T(0)) return;
  for (int64_t j = 0; j < cols; j++) {
    T* column = c + j * lead;
    T sum = column[0];
    for (int64_t i = 1; i < rows; i++) sum += v[i] * column[i];
    sum *= tau;
    column[0] -= sum;
    for (int64_t i = 1; i < rows; i++) column[i] -= sum * v[i];
  }
}

/// c (rows × cols) := c · (I − tau · v · vᵀ)
template <class T>
void reflect_from_right(int64_t rows, int64_t cols, const T* v, T tau, T* c, int64_t lead) {
  if (tau == T(0)) return;
  for (int64_t i = 0; i < rows; i++) {
    T sum = c[i];
    for (int64_t j = 1; j < cols; j++) sum += v[j] * c[j * lead + i];
    sum *= tau;
    c[i] -= sum;
    for (int64_t j = 1; j < cols; j++) c[j * lead + i] -= sum * v[j];
  }
}

/// A = Q · R: the reflectors below R's diagonal.
template <class T>
void triangularise(int64_t m, int64_t n, T* a, int64_t lead, T* tau) {
  for (int64_t k = 0; k < std::min(m, n); k++) {
    T* column = a + k * lead + k;
    tau[k] = reflector_of(m - k, column);
    reflect(m - k, n - k - 1, column, tau[k], column + lead, lead);
  }
}

/// c (m × cols) := Q · c, or Qᵀ · c, for k reflectors that lie in columns, each `down` below the diagonal.
template <class T>
void apply_columns(bool transposed, int64_t m, int64_t cols, int64_t k, const T* a, int64_t lead, const T* tau, T* c,
                   int64_t ldc, int64_t down = 0) {
  for (int64_t step = 0; step < k; step++) {
    const int64_t j = transposed ? step : k - 1 - step, top = j + down;
    reflect(m - top, cols, a + j * lead + top, tau[j], c + top, ldc);
  }
}

}  // namespace eigenscope
