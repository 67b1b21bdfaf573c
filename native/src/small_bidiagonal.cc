#include "small_bidiagonal.h"

#include <cmath>
#include <limits>
#include <utility>

#include "small_reflectors.h"

namespace eigenscope {
namespace {

constexpr int64_t kRoom = kMostSmall * kMostSmall;

/// Of the triangle (f, g; 0, h) the smaller and the larger singular value.
template <class T>
std::pair<T, T> singular_values(T f, T g, T h) {
  const T fa = std::abs(f), ga = std::abs(g), ha = std::abs(h);
  const T least = std::min(fa, ha), most = std::max(fa, ha);
  if (least == T(0)) return {T(0), most == T(0) ? ga : length_of(most, ga)};
  const T as = 1 + least / most, at = (most - least) / most;
  if (ga < most) {
    const T au = (ga / most) * (ga / most);
    const T c = 2 / (std::sqrt(as * as + au) + std::sqrt(at * at + au));
    return {least * c, most / c};
  }
  const T au = most / ga;
  if (au == T(0)) return {(least * most) / ga, ga};
  const T c = 1 / (std::sqrt(1 + (as * au) * (as * au)) + std::sqrt(1 + (at * au) * (at * au)));
  return {2 * ((least * c) * au), ga / (c + c)};
}

/// The decomposition of (f, g; 0, h): rotations from the left and from the right take it to (most, 0; 0, least), with signs.
template <class T>
struct Triangle2 {
  T least, most, left_c, left_s, right_c, right_s;

  Triangle2(T f, T g, T h) {
    T ft = f, fa = std::abs(f), ht = h, ha = std::abs(h);
    int largest = 1;
    const bool swapped = ha > fa;
    if (swapped) {
      largest = 3;
      std::swap(ft, ht);
      std::swap(fa, ha);
    }
    const T ga = std::abs(g);
    T cl, sl, cr, sr;
    if (ga == T(0)) {
      least = ha;
      most = fa;
      cl = cr = 1;
      sl = sr = 0;
    } else {
      bool plain = true;
      if (ga > fa) {
        largest = 2;
        if (fa / ga < std::numeric_limits<T>::epsilon() / 2) {
          plain = false;
          most = ga;
          least = ha > 1 ? fa / (ga / ha) : (fa / ga) * ha;
          cl = 1;
          sl = ht / g;
          sr = 1;
          cr = ft / g;
        }
      }
      if (plain) {
        const T d = fa - ha;
        T l = d == fa ? T(1) : d / fa;
        const T m = g / ft;
        T t = 2 - l;
        const T mm = m * m, tt = t * t;
        const T s = std::sqrt(tt + mm), r = l == T(0) ? std::abs(m) : std::sqrt(l * l + mm);
        const T a = (s + r) / 2;
        least = ha / a;
        most = fa * a;
        if (mm == T(0)) {
          t = l == T(0) ? std::copysign(T(2), ft) * std::copysign(T(1), g) : g / std::copysign(d, ft) + m / t;
        } else {
          t = (m / (s + t) + m / (r + l)) * (1 + a);
        }
        l = std::sqrt(t * t + 4);
        cr = 2 / l;
        sr = t / l;
        cl = (cr + sr * m) / a;
        sl = (ht / ft) * sr / a;
      }
    }
    left_c = swapped ? sr : cl;
    left_s = swapped ? cr : sl;
    right_c = swapped ? sl : cr;
    right_s = swapped ? cl : sr;
    auto sign = [](T x) { return std::copysign(T(1), x); };
    const T whole = largest == 1   ? sign(right_c) * sign(left_c) * sign(f)
                    : largest == 2 ? sign(right_s) * sign(left_c) * sign(g)
                                   : sign(right_s) * sign(left_s) * sign(h);
    most = std::copysign(most, whole);
    least = std::copysign(least, whole * sign(f) * sign(h));
  }
};

/// Columns of singular vectors that the iteration turns; nothing without them.
template <class T>
struct Columns {
  T* cells;
  int64_t rows, lead;

  void turn(int64_t i, T c, T s) const {
    if (cells != nullptr) rotate(rows, cells + i * lead, cells + (i + 1) * lead, c, s);
  }
  void negate(int64_t i) const {
    for (int64_t k = 0; cells != nullptr && k < rows; k++) cells[i * lead + k] = -cells[i * lead + k];
  }
  void swap(int64_t i, int64_t j) const {
    if (cells != nullptr) std::swap_ranges(cells + i * lead, cells + i * lead + rows, cells + j * lead);
  }
};

/// One sweep without shift over [low, high] from the top, or from the bottom.
template <class T>
void sweep_unshifted(bool down, int64_t low, int64_t high, T* d, T* e, const Columns<T>& u, const Columns<T>& v) {
  T c = 1, before_c = 1, before_s = 0;
  if (down) {
    for (int64_t i = low; i < high; i++) {
      const Rotation<T> right(d[i] * c, e[i]);
      if (i > low) e[i - 1] = before_s * right.r;
      const Rotation<T> left(before_c * right.r, d[i + 1] * right.s);
      d[i] = left.r;
      v.turn(i, right.c, right.s);
      u.turn(i, left.c, left.s);
      c = right.c;
      before_c = left.c;
      before_s = left.s;
    }
    const T h = d[high] * c;
    d[high] = h * before_c;
    e[high - 1] = h * before_s;
    return;
  }
  for (int64_t i = high; i > low; i--) {
    const Rotation<T> left(d[i] * c, e[i - 1]);
    if (i < high) e[i] = before_s * left.r;
    const Rotation<T> right(before_c * left.r, d[i - 1] * left.s);
    d[i] = right.r;
    v.turn(i - 1, right.c, -right.s);
    u.turn(i - 1, left.c, -left.s);
    c = left.c;
    before_c = right.c;
    before_s = right.s;
  }
  const T h = d[low] * c;
  d[low] = h * before_c;
  e[low] = h * before_s;
}

template <class T>
void sweep_shifted(bool down, T shift, int64_t low, int64_t high, T* d, T* e, const Columns<T>& u, const Columns<T>& v) {
  const T end = d[down ? low : high];
  T f = (std::abs(end) - shift) * (std::copysign(T(1), end) + shift / end);
  if (down) {
    T g = e[low];
    for (int64_t i = low; i < high; i++) {
      const Rotation<T> right(f, g);
      if (i > low) e[i - 1] = right.r;
      f = right.c * d[i] + right.s * e[i];
      e[i] = right.c * e[i] - right.s * d[i];
      g = right.s * d[i + 1];
      d[i + 1] = right.c * d[i + 1];
      const Rotation<T> left(f, g);
      d[i] = left.r;
      f = left.c * e[i] + left.s * d[i + 1];
      d[i + 1] = left.c * d[i + 1] - left.s * e[i];
      if (i < high - 1) {
        g = left.s * e[i + 1];
        e[i + 1] = left.c * e[i + 1];
      }
      v.turn(i, right.c, right.s);
      u.turn(i, left.c, left.s);
    }
    e[high - 1] = f;
    return;
  }
  T g = e[high - 1];
  for (int64_t i = high; i > low; i--) {
    const Rotation<T> left(f, g);
    if (i < high) e[i] = left.r;
    f = left.c * d[i] + left.s * e[i - 1];
    e[i - 1] = left.c * e[i - 1] - left.s * d[i];
    g = left.s * d[i - 1];
    d[i - 1] = left.c * d[i - 1];
    const Rotation<T> right(f, g);
    d[i] = right.r;
    f = right.c * e[i - 1] + right.s * d[i - 1];
    d[i - 1] = right.c * d[i - 1] - right.s * e[i - 1];
    if (i > low + 1) {
      g = right.s * e[i - 2];
      e[i - 2] = right.c * e[i - 2];
    }
    v.turn(i - 1, right.c, -right.s);
    u.turn(i - 1, left.c, -left.s);
  }
  e[low] = f;
}

/// Whether a superdiagonal entry of [low, high] may be left out; it becomes 0. `least` is a bound for the smallest
/// singular value.
template <class T>
bool split(bool down, T tol, int64_t low, int64_t high, const T* d, T* e, T* least) {
  T& last = e[down ? high - 1 : low];
  if (std::abs(last) <= tol * std::abs(d[down ? high : low])) {
    last = 0;
    return true;
  }
  T mu = std::abs(d[down ? low : high]);
  *least = mu;
  for (int64_t step = 0; step < high - low; step++) {
    const int64_t k = down ? low + step : high - 1 - step;
    if (std::abs(e[k]) <= tol * mu) {
      e[k] = 0;
      return true;
    }
    mu = std::abs(d[down ? k + 1 : k]) * (mu / (mu + std::abs(e[k])));
    *least = std::min(*least, mu);
  }
  return false;
}

/// The iteration on an upper bidiagonal matrix: d becomes its singular values, in descending order.
template <class T>
bool iterate(int64_t n, T* d, T* e, const Columns<T>& u, const Columns<T>& v) {
  constexpr T eps = std::numeric_limits<T>::epsilon() / 2;
  // eps^(−1/8), between 10 and 100.
  constexpr T tol = (sizeof(T) == 8 ? T(98.7007) : T(10)) * eps;
  constexpr int kRounds = 6;
  T mu = std::abs(d[0]), threshold = mu;
  for (int64_t i = 1; i < n && threshold != T(0); i++) {
    mu = std::abs(d[i]) * (mu / (mu + std::abs(e[i - 1])));
    threshold = std::min(threshold, mu);
  }
  const T order = static_cast<T>(n);
  threshold = std::max(tol * (threshold / std::sqrt(order)), kRounds * order * order * std::numeric_limits<T>::min());
  bool down = true;
  int64_t high = n - 1, before_low = -1, before_high = -1;
  for (int64_t left = kRounds * n * n; high > 0;) {
    if (left < 0) return false;
    int64_t low = high;
    T largest = std::abs(d[high]);
    bool found = false;
    while (low > 0 && !found) {
      low--;
      if (std::abs(e[low]) <= threshold) {
        e[low] = 0;
        found = true;
      } else {
        largest = std::max(largest, std::max(std::abs(d[low]), std::abs(e[low])));
      }
    }
    if (found) {
      low++;
      if (low == high) {
        high--;
        continue;
      }
    }
    if (low == high - 1) {
      const Triangle2<T> pair(d[low], e[low], d[high]);
      d[low] = pair.most;
      e[low] = 0;
      d[high] = pair.least;
      v.turn(low, pair.right_c, pair.right_s);
      u.turn(low, pair.left_c, pair.left_s);
      high -= 2;
      continue;
    }
    if (low > before_high || high < before_low) down = std::abs(d[low]) >= std::abs(d[high]);
    T least = 0;
    if (split(down, tol, low, high, d, e, &least)) continue;
    before_low = low;
    before_high = high;
    T shift = 0;
    // Without a shift small singular values keep their digits.
    if (order * tol * (least / largest) > std::max(eps, T(0.01) * tol)) {
      shift = down ? singular_values(d[high - 1], e[high - 1], d[high]).first
                   : singular_values(d[low], e[low], d[low + 1]).first;
      const T start = std::abs(d[down ? low : high]);
      if (start > 0 && (shift / start) * (shift / start) < eps) shift = 0;
    }
    left -= high - low;
    if (shift == T(0)) {
      sweep_unshifted(down, low, high, d, e, u, v);
    } else {
      sweep_shifted(down, shift, low, high, d, e, u, v);
    }
    T& last = e[down ? high - 1 : low];
    if (std::abs(last) <= threshold) last = 0;
  }
  for (int64_t i = 0; i < n; i++) {
    if (d[i] > 0) continue;
    // Of a single one bdsdc gives the sign to U.
    if (d[i] < 0) (n == 1 ? u : v).negate(i);
    d[i] = std::abs(d[i]);
  }
  for (int64_t end = n - 1; end > 0; end--) {
    int64_t at = 0;
    for (int64_t i = 1; i <= end; i++) {
      if (d[i] <= d[at]) at = i;
    }
    if (at == end) continue;
    std::swap(d[at], d[end]);
    u.swap(at, end);
    v.swap(at, end);
  }
  return true;
}

/// Ones on the diagonal of the first columns.
template <class T>
void identity(int64_t rows, int64_t cols, T* a) {
  std::fill(a, a + rows * cols, T(0));
  for (int64_t i = 0; i < std::min(rows, cols); i++) a[i * (rows + 1)] = 1;
}

/// A (m × n, m ≥ n) = Q · B · Pᵀ: the reflectors of Q below the diagonal, those of P in `p` (n × n), in columns below the
/// subdiagonal.
template <class T>
void bidiagonalise(int64_t m, int64_t n, T* a, T* d, T* e, T* tauq, T* p, T* taup) {
  for (int64_t k = 0; k < n; k++) {
    T* column = a + k * m + k;
    tauq[k] = reflector_of(m - k, column);
    reflect(m - k, n - k - 1, column, tauq[k], column + m, m);
    d[k] = column[0];
    if (k + 1 == n) break;
    T* row = p + k * n + k + 1;
    for (int64_t j = k + 1; j < n; j++) row[j - k - 1] = a[j * m + k];
    taup[k] = reflector_of(n - k - 1, row);
    e[k] = row[0];
    reflect_from_right(m - k - 1, n - k - 1, row, taup[k], a + (k + 1) * m + k + 1, m);
  }
}

/// Where there are so many more rows than columns that gesdd works on the triangle of QR.
bool is_tall(int64_t m, int64_t n) { return m >= n * 11 / 6; }

/// A (m × n, m ≥ n) = X · diag(s) · Yᵀ; X and Y null without vectors. B lies `lower` where LAPACK has the transpose before
/// it: then Y has its left singular vectors.
template <class T>
bool decompose_tall(bool lower, int64_t m, int64_t n, T* a, T* s, T* x, int64_t x_cols, T* y) {
  Unset<T, kRoom> p;
  T e[kMostSmall], tauq[kMostSmall], taup[kMostSmall], c[kMostSmall], sn[kMostSmall];
  bidiagonalise(m, n, a, s, e, tauq, p.get(), taup);
  if (lower) {
    for (int64_t i = 0; i + 1 < n; i++) {
      const Rotation<T> turn(s[i], e[i]);
      s[i] = turn.r;
      e[i] = turn.s * s[i + 1];
      s[i + 1] *= turn.c;
      c[i] = turn.c;
      sn[i] = turn.s;
    }
  }
  const bool vectors = x != nullptr;
  if (vectors) {
    identity(m, x_cols, x);
    identity(n, n, y);
  }
  const Columns<T> left{lower ? y : x, n, lower ? n : m}, right{lower ? x : y, n, lower ? m : n};
  if (!iterate(n, s, e, left, right)) return false;
  if (!vectors) return true;
  if (lower) {
    for (int64_t i = n - 2; i >= 0; i--) {
      for (int64_t j = 0; j < n; j++) {
        T &upper = y[j * n + i], &below = y[j * n + i + 1];
        const T from = upper;
        upper = c[i] * from - sn[i] * below;
        below = c[i] * below + sn[i] * from;
      }
    }
  }
  apply_columns(false, m, x_cols, n, a, m, tauq, x, m);
  apply_columns(false, n, n, n - 1, p.get(), n, taup, y, n, 1);
  return true;
}

/// As `decompose_tall`, for matrices of any shape that have been scaled.
template <class T>
bool decompose(char job, int64_t m, int64_t n, T* a, T* s, T* u, T* v) {
  const bool wide = m < n, vectors = job != 'N';
  const int64_t rows = std::max(m, n), cols = std::min(m, n), x_cols = job == 'A' ? rows : cols;
  T *x = vectors ? (wide ? v : u) : nullptr, *y = vectors ? (wide ? u : v) : nullptr;
  Unset<T, kRoom> turned;
  if (wide) {
    for (int64_t i = 0; i < m; i++) {
      for (int64_t j = 0; j < n; j++) turned.get()[i * n + j] = a[j * m + i];
    }
    a = turned.get();
  }
  if (!is_tall(rows, cols)) return decompose_tall(wide, rows, cols, a, s, x, x_cols, y);
  Unset<T, kRoom> triangle, inner;
  T tau[kMostSmall];
  triangularise(rows, cols, a, rows, tau);
  for (int64_t j = 0; j < cols; j++) {
    for (int64_t i = 0; i < cols; i++) {
      // Of a wide matrix L is decomposed, not its transpose.
      triangle.get()[wide ? i * cols + j : j * cols + i] = i <= j ? a[j * rows + i] : T(0);
    }
  }
  T* small = vectors ? inner.get() : nullptr;
  if (!decompose_tall(false, cols, cols, triangle.get(), s, wide ? y : small, cols, wide ? small : y)) return false;
  if (!vectors) return true;
  identity(rows, x_cols, x);
  for (int64_t j = 0; j < cols; j++) std::copy_n(small + j * cols, cols, x + j * rows);
  apply_columns(false, rows, x_cols, cols, a, rows, tau, x, rows);
  return true;
}

}  // namespace

template <class T>
bool small_svd(char job, int64_t m, int64_t n, T* a, T* s, T* u, T* v) {
  const T least = std::sqrt(std::numeric_limits<T>::min()) / std::numeric_limits<T>::epsilon();
  T most = 0;
  for (int64_t i = 0; i < m * n; i++) most = std::max(most, std::abs(a[i]));
  if (most > 0 && (most < least || most > 1 / least)) {
    // By a power of two, so that nothing is rounded.
    int exponent = 0;
    std::frexp(most, &exponent);
    for (int64_t i = 0; i < m * n; i++) a[i] = std::ldexp(a[i], -exponent);
    if (!decompose(job, m, n, a, s, u, v)) return false;
    for (int64_t i = 0; i < std::min(m, n); i++) s[i] = std::ldexp(s[i], exponent);
    return true;
  }
  return decompose(job, m, n, a, s, u, v);
}

template bool small_svd(char, int64_t, int64_t, float*, float*, float*, float*);
template bool small_svd(char, int64_t, int64_t, double*, double*, double*, double*);

}  // namespace eigenscope
