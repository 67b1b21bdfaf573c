// Exchanging diagonal blocks of a real Schur form (Bai and Demmel, Linear Algebra Appl. 186, 1993; LAPACK's laexc): all that
// two blocks need is gathered in one small matrix, which then is applied to the rest at once.
#include <algorithm>
#include <cmath>
#include <limits>

#include "schur_chase.h"
#include "schur_steps.h"

namespace eigenscope {
namespace {

using lapack::integer;

/// 4 × 4 at most, columns of four.
template <class T>
struct Little {
  T at[16] = {};
  T& operator()(int64_t i, int64_t j) { return at[4 * j + i]; }
  T operator()(int64_t i, int64_t j) const { return at[4 * j + i]; }
};

/// Each of n lines of n numbers := line · (I − tau·u·uᵀ); lines lie `across` apart, the numbers of one `along`.
template <class T>
void reflect(T* m, int64_t across, int64_t along, int64_t n, const T* u, T tau) {
  for (int64_t i = 0; i < n; i++) {
    T* line = m + i * across;
    T sum = 0;
    for (int64_t j = 0; j < n; j++) sum += line[j * along] * u[j];
    sum *= tau;
    for (int64_t j = 0; j < n; j++) line[j * along] -= sum * u[j];
  }
}
/// m := m · (I − tau·u·uᵀ), and that from the left, in the first n rows and columns.
template <class T>
void reflect_columns(Little<T>& m, int64_t n, const T* u, T tau) {
  reflect(m.at, 1, 4, n, u, tau);
}
template <class T>
void reflect_rows(Little<T>& m, int64_t n, const T* u, T tau) {
  reflect(m.at, 4, 1, n, u, tau);
}

/// A 2 × 2 block in rows i and i + 1 of d (n × n) takes its standard form.
template <class T>
void standardise(Little<T>& d, Little<T>& g, int64_t n, int64_t i) {
  T re[2], im[2], cos, sin;
  lapack::lanv2(d(i, i), d(i, i + 1), d(i + 1, i), d(i + 1, i + 1), re, im, cos, sin);
  auto turn = [&](T& x, T& y) {
    const T z = cos * x + sin * y;
    y = cos * y - sin * x;
    x = z;
  };
  for (int64_t j = i + 2; j < n; j++) turn(d(i, j), d(i + 1, j));
  for (int64_t k = 0; k < i; k++) turn(d(k, i), d(k, i + 1));
  for (int64_t k = 0; k < n; k++) turn(g(k, i), g(k, i + 1));
}

/// What exchanges the blocks of d, p rows and then q: d := gᵀ · d · g. False where d would lose more than roundings.
template <class T>
bool exchange(Little<T>& d, Little<T>& g, int64_t p, int64_t q) {
  const int64_t n = p + q;
  for (int64_t i = 0; i < 4; i++) g(i, i) = 1;
  if (n == 2) {
    const T a = d(0, 0), c = d(1, 1), x = d(0, 1), y = c - a, length = std::hypot(x, y);
    // Equal ones that are not coupled are exchanged already.
    const T cos = length == T(0) ? T(1) : x / length, sin = length == T(0) ? T(0) : y / length;
    g(0, 0) = g(1, 1) = cos;
    g(1, 0) = sin;
    g(0, 1) = -sin;
    d(0, 0) = c;
    d(1, 1) = a;
    return true;
  }
  T norm = 0;
  for (int64_t j = 0; j < n; j++) {
    for (int64_t i = 0; i < n; i++) norm = std::max(norm, std::abs(d(i, j)));
  }
  const T eps = std::numeric_limits<T>::epsilon();
  const T nothing = std::max(10 * eps * norm, std::numeric_limits<T>::min() / eps);
  // A11·X − X·A22 = scale·A12.
  T x[4] = {}, scale = 0, size = 0;
  const integer no = 0, minus = -1, rows = static_cast<integer>(p), columns = static_cast<integer>(q), four = 4, two = 2;
  integer info = 0;
  lapack::lasy2(&no, &no, &minus, &rows, &columns, &d.at[0], &four, &d.at[5 * p], &four, &d.at[4 * p], &four, &scale, x, &two,
                &size, &info);
  // The first q columns of g span what (−X, scale·I) does.
  Little<T> w;
  for (int64_t j = 0; j < q; j++) {
    for (int64_t i = 0; i < p; i++) w(i, j) = -x[2 * j + i];
    w(p + j, j) = scale;
  }
  Little<T> result = d;
  for (int64_t k = 0; k < q; k++) {
    T u[4] = {}, sum = 0, most = 0;
    for (int64_t i = k; i < n; i++) most = std::max(most, std::abs(w(i, k)));
    if (!(most > 0)) return false;
    for (int64_t i = k + 1; i < n; i++) sum += w(i, k) / most * (w(i, k) / most);
    const T alpha = w(k, k) / most, length = std::sqrt(alpha * alpha + sum);
    if (sum == T(0)) continue;
    const T beta = alpha >= 0 ? -length : length, tau = (beta - alpha) / beta;
    u[k] = 1;
    for (int64_t i = k + 1; i < n; i++) u[i] = w(i, k) / most / (alpha - beta);
    reflect_rows(w, n, u, tau);
    reflect_rows(result, n, u, tau);
    reflect_columns(result, n, u, tau);
    reflect_columns(g, n, u, tau);
  }
  for (int64_t j = 0; j < q; j++) {
    for (int64_t i = q; i < n; i++) {
      if (!(std::abs(result(i, j)) <= nothing)) return false;
      result(i, j) = 0;
    }
  }
  d = result;
  if (q == 2) standardise(d, g, n, 0);
  if (p == 2) standardise(d, g, n, q);
  return true;
}

}  // namespace

template <class T>
bool exchange_with_next(int64_t n, T* t, int64_t ldt, T* v, int64_t ldv, int64_t i) {
  auto rows = [&](int64_t k) -> int64_t { return k + 1 < n && t[k * ldt + k + 1] != T(0) ? 2 : 1; };
  const int64_t p = rows(i), q = rows(i + p), count = p + q;
  Little<T> d, g;
  for (int64_t c = 0; c < count; c++) std::copy_n(t + (i + c) * ldt + i, count, &d.at[4 * c]);
  if (!exchange(d, g, p, q)) return false;
  for (int64_t c = 0; c < count; c++) std::copy_n(&d.at[4 * c], count, t + (i + c) * ldt + i);
  for (int64_t j = i + count; j < n; j++) {
    T *x = t + j * ldt + i, y[4];
    for (int64_t r = 0; r < count; r++) {
      y[r] = 0;
      for (int64_t c = 0; c < count; c++) y[r] += g(c, r) * x[c];
    }
    std::copy_n(y, count, x);
  }
  mix_columns(t + i * ldt, ldt, i, g.at, count);
  mix_columns(v + i * ldv, ldv, n, g.at, count);
  return true;
}

template bool exchange_with_next(int64_t, float*, int64_t, float*, int64_t, int64_t);
template bool exchange_with_next(int64_t, double*, int64_t, double*, int64_t, int64_t);

}  // namespace eigenscope
