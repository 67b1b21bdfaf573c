#include "small_schur.h"

#include <cmath>
#include <limits>

#include "lapack_schur.h"
#include "small_places.h"
#include "small_reflectors.h"

namespace eigenscope {
namespace {

using lapack::integer;

/// Rows and columns from `low` to `high` are not triangular; the others were exchanged for these, or all were scaled.
template <class T>
struct Balance {
  integer low = 1, high = 1;
  T scale[kMostSmall];
};

/// A = Q · H · Qᵀ within the bounds; q is set, or null.
template <class T>
void reduce(int64_t n, const Balance<T>& balance, T* a, T* q) {
  T tau[kMostSmall], vectors[kMostSmall * kMostSmall];
  const int64_t low = balance.low - 1, high = balance.high - 1;
  for (int64_t k = low; k < high; k++) {
    T* column = a + k * n + k + 1;
    const int64_t rest = high - k;
    tau[k] = reflector_of(rest, column);
    T* v = vectors + k * n;
    v[0] = 1;
    for (int64_t i = 1; i < rest; i++) {
      v[i] = column[i];
      column[i] = 0;
    }
    reflect_from_right(high + 1, rest, v, tau[k], a + (k + 1) * n, n);
    reflect(rest, n - k - 1, v, tau[k], a + (k + 1) * n + k + 1, n);
  }
  if (q == nullptr) return;
  std::fill(q, q + n * n, T(0));
  for (int64_t i = 0; i < n; i++) q[i * (n + 1)] = 1;
  for (int64_t k = high - 1; k >= low; k--) {
    reflect(high - k, high - k, vectors + k * n, tau[k], q + (k + 1) * (n + 1), n);
  }
}

/// By a power of two, so that nothing is rounded, where squares would overflow or vanish; the exponent.
template <class T>
int scaled(int64_t n, T* a) {
  const T least = std::sqrt(std::numeric_limits<T>::min()) / std::numeric_limits<T>::epsilon();
  T most = 0;
  for (int64_t i = 0; i < n * n; i++) most = std::max(most, std::abs(a[i]));
  if (most == T(0) || (most >= least && most <= 1 / least)) return 0;
  int exponent = 0;
  std::frexp(most, &exponent);
  for (int64_t i = 0; i < n * n; i++) a[i] = std::ldexp(a[i], -exponent);
  return exponent;
}

template <class T>
void scale_back(int exponent, int64_t n, T* x) {
  for (int64_t i = 0; exponent != 0 && i < n; i++) x[i] = std::ldexp(x[i], exponent);
}

template <class T>
bool iterate(char job, int64_t n, Balance<T>& balance, T* a, T* re, T* im, T* z) {
  const auto order = static_cast<integer>(n);
  lapack::gebal(job, order, a, order, &balance.low, &balance.high, balance.scale);
  reduce(n, balance, a, z);
  for (int64_t i = 0; i < n; i++) {
    if (i + 1 >= balance.low && i + 1 <= balance.high) continue;
    re[i] = a[i * (n + 1)];
    im[i] = 0;
  }
  return lapack::lahqr(z != nullptr, order, balance.low, balance.high, a, order, re, im, z, order) == 0;
}

/// Columns of length 1; of a pair of conjugates so turned that the largest entry is real.
template <class T>
void normalise(int64_t n, const T* im, T* v) {
  for (int64_t j = 0; j < n; j++) {
    T* x = v + j * n;
    if (im[j] < 0) continue;
    if (im[j] == T(0)) {
      const T factor = 1 / length_of(x, n);
      for (int64_t i = 0; i < n; i++) x[i] *= factor;
      continue;
    }
    T* y = x + n;
    const T factor = 1 / length_of(length_of(x, n), length_of(y, n));
    int64_t at = 0;
    T most = -1;
    for (int64_t i = 0; i < n; i++) {
      x[i] *= factor;
      y[i] *= factor;
      const T size = x[i] * x[i] + y[i] * y[i];
      if (size > most) {
        most = size;
        at = i;
      }
    }
    const Rotation<T> turn(x[at], y[at]);
    rotate(n, x, y, turn.c, turn.s);
    y[at] = 0;
  }
}

}  // namespace

template <class T>
bool small_schur(int64_t n, T* a, T* re, T* im, T* z) {
  const int exponent = scaled(n, a);
  Balance<T> balance;
  if (!iterate('P', n, balance, a, re, im, z)) return false;
  if (z != nullptr) lapack::gebak('P', static_cast<integer>(n), balance.low, balance.high, balance.scale, z);
  scale_back(exponent, n, re);
  scale_back(exponent, n, im);
  scale_back(exponent, n * n, a);
  return true;
}

template <class T>
bool small_eig(int64_t n, T* a, T* re, T* im, T* v) {
  const int exponent = scaled(n, a);
  Balance<T> balance;
  if (!iterate('B', n, balance, a, re, im, v)) return false;
  if (v != nullptr) {
    const auto order = static_cast<integer>(n);
    T work[3 * kMostSmall];
    lapack::trevc(order, a, order, v, order, work, work);
    lapack::gebak('B', order, balance.low, balance.high, balance.scale, v);
    normalise(n, im, v);
  }
  scale_back(exponent, n, re);
  scale_back(exponent, n, im);
  return true;
}

template bool small_schur(int64_t, float*, float*, float*, float*);
template bool small_schur(int64_t, double*, double*, double*, double*);
template bool small_eig(int64_t, float*, float*, float*, float*);
template bool small_eig(int64_t, double*, double*, double*, double*);

}  // namespace eigenscope
