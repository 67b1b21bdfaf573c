#include "small_symmetric.h"

#include <cmath>
#include <limits>
#include <utility>

#include "small_places.h"
#include "small_reflectors.h"

namespace eigenscope {
namespace {

/// A = Q · T · Qᵀ of the lower triangle: T's diagonals in d and e, and Q in place of A where it is asked for.
template <class T>
void tridiagonalise(bool vectors, int64_t n, T* a, T* d, T* e) {
  T tau[kMostSmall], x[kMostSmall];
  for (int64_t k = 0; k + 1 < n; k++) {
    const int64_t rest = n - k - 1;
    T *v = a + k * n + k + 1, *inner = a + (k + 1) * (n + 1);
    d[k] = a[k * (n + 1)];
    tau[k] = reflector_of(rest, v);
    e[k] = v[0];
    if (tau[k] == T(0)) continue;
    v[0] = 1;
    std::fill(x, x + rest, T(0));
    for (int64_t j = 0; j < rest; j++) {
      x[j] += inner[j * (n + 1)] * v[j];
      for (int64_t i = j + 1; i < rest; i++) {
        x[i] += inner[j * n + i] * v[j];
        x[j] += inner[j * n + i] * v[i];
      }
    }
    T sum = 0;
    for (int64_t i = 0; i < rest; i++) {
      x[i] *= tau[k];
      sum += x[i] * v[i];
    }
    const T half = tau[k] * sum / 2;
    for (int64_t i = 0; i < rest; i++) x[i] -= half * v[i];
    for (int64_t j = 0; j < rest; j++) {
      for (int64_t i = j; i < rest; i++) inner[j * n + i] -= v[i] * x[j] + x[i] * v[j];
    }
  }
  d[n - 1] = a[n * n - 1];
  if (!vectors) return;
  T q[kMostSmall * kMostSmall];
  std::fill(q, q + n * n, T(0));
  for (int64_t i = 0; i < n; i++) q[i * (n + 1)] = 1;
  for (int64_t k = n - 2; k >= 0; k--) {
    reflect(n - k - 1, n - k - 1, a + k * n + k + 1, tau[k], q + (k + 1) * (n + 1), n);
  }
  std::copy(q, q + n * n, a);
}

/// The rotation that takes (a, b; b, c) to (larger, 0; 0, smaller) in magnitude.
template <class T>
struct Pair {
  T first, second, c, s;

  Pair(T a, T b, T d) {
    const T sum = a + d, gap = a - d, twice = b + b, ab = std::abs(twice);
    const T most = std::abs(a) > std::abs(d) ? a : d, least = std::abs(a) > std::abs(d) ? d : a;
    const T root = length_of(gap, twice);
    bool negative = sum < 0;
    if (sum == T(0)) {
      first = root / 2;
      second = -root / 2;
    } else {
      first = (negative ? sum - root : sum + root) / 2;
      second = (most / first) * least - (b / first) * b;
    }
    const bool falling = gap < 0;
    const T cs = falling ? gap - root : gap + root;
    if (std::abs(cs) > ab) {
      const T t = -twice / cs;
      s = 1 / std::sqrt(1 + t * t);
      c = t * s;
    } else if (ab == T(0)) {
      c = 1;
      s = 0;
    } else {
      const T t = -cs / twice;
      c = 1 / std::sqrt(1 + t * t);
      s = t * c;
    }
    if (negative == falling) {
      const T t = c;
      c = -s;
      s = t;
    }
  }
};

/// The iteration on the unreduced block from `l` to `end`, downwards where l < end and upwards else.
template <class T>
class Block {
 public:
  Block(int64_t n, T* d, T* e, T* z) : n_(n), d_(d), e_(e), z_(z) {}

  bool iterate(int64_t l, int64_t end, int64_t* left) {
    const int64_t step = end >= l ? 1 : -1;
    // Beside which entry of the diagonal an entry of the other one lies.
    const int64_t side = step > 0 ? 0 : -1;
    const T eps = std::numeric_limits<T>::epsilon() / 2, eps2 = eps * eps;
    while ((end - l) * step >= 0) {
      int64_t m = l;
      for (; m != end; m += step) {
        const T size = e_[m + side] * e_[m + side];
        if (size <= (eps2 * std::abs(d_[m])) * std::abs(d_[m + step]) + std::numeric_limits<T>::min()) break;
      }
      if (m != end) e_[m + side] = 0;
      if (m == l) {
        l += step;
        continue;
      }
      if (m == l + step) {
        const int64_t low = std::min(l, m);
        const Pair<T> pair(d_[low], e_[low], d_[low + 1]);
        turn(low, pair.c, pair.s);
        d_[low] = pair.first;
        d_[low + 1] = pair.second;
        e_[low] = 0;
        l += 2 * step;
        continue;
      }
      if ((*left)-- <= 0) return false;
      sweep(l, m, step, side);
    }
    return true;
  }

 private:
  void turn(int64_t i, T c, T s) {
    if (z_ != nullptr) rotate(n_, z_ + i * n_, z_ + (i + 1) * n_, c, s);
  }

  void sweep(int64_t l, int64_t m, int64_t step, int64_t side) {
    T p = d_[l];
    T g = (d_[l + step] - p) / (2 * e_[l + side]);
    g = d_[m] - p + e_[l + side] / (g + std::copysign(length_of(g, T(1)), g));
    T s = 1, c = 1;
    p = 0;
    for (int64_t i = m - step; i != l - step; i -= step) {
      const T f = s * e_[i + side], b = c * e_[i + side];
      const Rotation<T> rotation(g, f);
      c = rotation.c;
      s = rotation.s;
      if (i != m - step) e_[i + step + side] = rotation.r;
      g = d_[i + step] - p;
      const T r = (d_[i] - g) * s + 2 * c * b;
      p = s * r;
      d_[i + step] = g + p;
      g = c * r - b;
      if (step > 0) {
        turn(i, c, -s);
      } else {
        turn(i - 1, c, s);
      }
    }
    d_[l] -= p;
    e_[l + side] = g;
  }

  const int64_t n_;
  T *d_, *e_, *z_;
};

/// Eigenvalues d of a tridiagonal matrix; z := z · Q, where it is not null.
template <class T>
bool iterate(int64_t n, T* d, T* e, T* z) {
  const T eps = std::numeric_limits<T>::epsilon() / 2;
  int64_t left = 30 * n;
  Block<T> block(n, d, e, z);
  for (int64_t begin = 0; begin < n;) {
    if (begin > 0) e[begin - 1] = 0;
    int64_t m = begin;
    for (; m + 1 < n; m++) {
      const T size = std::abs(e[m]);
      if (size == T(0)) break;
      if (size <= std::sqrt(std::abs(d[m])) * std::sqrt(std::abs(d[m + 1])) * eps) {
        e[m] = 0;
        break;
      }
    }
    if (m > begin) {
      const bool up = std::abs(d[m]) < std::abs(d[begin]);
      if (!block.iterate(up ? m : begin, up ? begin : m, &left)) return false;
    }
    begin = m + 1;
  }
  for (int64_t i = 0; i + 1 < n; i++) {
    int64_t at = i;
    for (int64_t j = i + 1; j < n; j++) at = d[j] < d[at] ? j : at;
    if (at == i) continue;
    std::swap(d[at], d[i]);
    if (z != nullptr) std::swap_ranges(z + at * n, z + (at + 1) * n, z + i * n);
  }
  return true;
}

}  // namespace

template <class T>
bool small_eigh(char uplo, bool vectors, int64_t n, T* a, T* w) {
  const T least = std::sqrt(std::numeric_limits<T>::min()) / std::numeric_limits<T>::epsilon();
  const bool upper = uplo == 'U';
  T most = 0;
  for (int64_t j = 0; j < n; j++) {
    for (int64_t i = upper ? 0 : j; i < (upper ? j + 1 : n); i++) most = std::max(most, std::abs(a[j * n + i]));
  }
  int exponent = 0;
  if (most > 0 && (most < least || most > 1 / least)) {
    std::frexp(most, &exponent);
    for (int64_t i = 0; i < n * n; i++) a[i] = std::ldexp(a[i], -exponent);
  }
  T e[kMostSmall];
  // From the upper triangle syevd begins at the other end.
  if (upper) std::reverse(a, a + n * n);
  tridiagonalise(vectors, n, a, w, e);
  if (upper) {
    if (vectors) std::reverse(a, a + n * n);
    std::reverse(w, w + n);
    std::reverse(e, e + n - 1);
  }
  if (!iterate(n, w, e, vectors ? a : nullptr)) return false;
  for (int64_t i = 0; exponent != 0 && i < n; i++) w[i] = std::ldexp(w[i], exponent);
  return true;
}

template bool small_eigh(char, bool, int64_t, float*, float*);
template bool small_eigh(char, bool, int64_t, double*, double*);

}  // namespace eigenscope
