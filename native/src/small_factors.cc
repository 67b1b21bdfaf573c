// Factors of small matrices, and what is solved with them, in one call each: results lie as Python is shown them.
#include <cmath>
#include <limits>
#include <utility>

#include "lapack_factors.h"
#include "linalg_modules.h"
#include "small_bidiagonal.h"
#include "small_places.h"
#include "small_reflectors.h"
#include "small_schur.h"
#include "small_solve.h"
#include "small_symmetric.h"
#include "workspace.h"

namespace eigenscope {
namespace {

using lapack::integer;

constexpr int64_t kCells = kMostSmall * kMostSmall;

/// What is left to the general way: no result was written.
constexpr int kElsewhere = -1;

/// smallDet(type, n, a): the determinant of a real matrix by LU of its transpose.
Napi::Value small_det(Arguments& args) {
  return with_real_type(args.letter("sd"), [&]<class T>(T) -> Napi::Value {
    const int64_t n = small(args);
    auto a = parse_place<T>(args, n, n);
    T lu[kCells];
    integer pivots[kMostSmall];
    for (int64_t i = 0; i < n; i++) {
      for (int64_t j = 0; j < n; j++) lu[i * n + j] = a.at(i, j);
    }
    const auto order = static_cast<integer>(n);
    const T lifted = lift(lu, n * n);
    lapack::getf2(order, order, lu, order, pivots);
    double product = 1;
    for (int64_t i = 0; i < n; i++) {
      const auto x = static_cast<double>(lu[i * (n + 1)] / lifted);
      product *= pivots[i] == i + 1 ? x : -x;
    }
    return number(args, product);
  });
}

/// smallLu(type, m, n, a, p, l, u): the permutation as a matrix, and both triangles. kNotFinite.
Napi::Value small_lu(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    using R = Real<T>;
    const int64_t m = small(args), n = small(args), k = std::min(m, n);
    auto a = parse_place<T>(args, m, n);
    R* p = parse_result<R>(args, m * m);
    T *l = parse_result<T>(args, m * k), *u = parse_result<T>(args, k * n);
    Unset<T, kCells> room;
    T* lu = room.get();
    integer pivots[kMostSmall];
    if (!gather(a, m, n, lu)) return number(args, kNotFinite);
    lapack::getf2(static_cast<integer>(m), static_cast<integer>(n), lu, static_cast<integer>(m), pivots);
    int64_t rows[kMostSmall];
    for (int64_t i = 0; i < m; i++) rows[i] = i;
    for (int64_t i = 0; i < k; i++) std::swap(rows[i], rows[pivots[i] - 1]);
    std::fill(p, p + m * m, R(0));
    for (int64_t i = 0; i < m; i++) {
      p[rows[i] * m + i] = 1;
      for (int64_t j = 0; j < k; j++) l[i * k + j] = i > j ? lu[j * m + i] : i == j ? T(1) : T(0);
      for (int64_t j = 0; i < k && j < n; j++) u[i * n + j] = i <= j ? lu[j * m + i] : T(0);
    }
    return number(args, 0);
  });
}

/// x (k columns) := the solution with one triangle of a, or with its conjugate transpose.
template <class T>
void substitute(bool lower, bool transposed, int64_t n, int64_t k, const T* a, T* x) {
  auto entry = [&](int64_t i, int64_t j) { return transposed ? conjugate(a[i * n + j]) : a[j * n + i]; };
  for (int64_t c = 0; c < k; c++) {
    T* y = x + c * n;
    const bool forwards = lower != transposed;
    for (int64_t step = 0; step < n; step++) {
      const int64_t i = forwards ? step : n - 1 - step;
      T sum = y[i];
      for (int64_t j = forwards ? 0 : i + 1; j < (forwards ? i : n); j++) sum -= entry(i, j) * y[j];
      y[i] = sum / entry(i, i);
    }
  }
}

/// smallChoSolve(type, lower, n, k, c, b, out): with a Cholesky factor. 0; kElsewhere for zeros on its diagonal; kNotFinite.
Napi::Value small_cho_solve(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    const bool lower = args.flag();
    const int64_t n = small(args), k = small(args);
    auto c = parse_place<T>(args, n, n), b = parse_place<T>(args, n, k);
    T* out = parse_result<T>(args, n * k);
    Unset<T, kCells> factor, x;
    const bool finite = gather(c, n, n, factor.get());
    if (!gather(b, n, k, x.get()) || !finite) return number(args, kNotFinite);
    for (int64_t i = 0; i < n; i++) {
      if (factor.get()[i * (n + 1)] == T(0)) return number(args, kElsewhere);
    }
    substitute(lower, !lower, n, k, factor.get(), x.get());
    substitute(lower, lower, n, k, factor.get(), x.get());
    scatter(x.get(), n, k, out);
    return number(args, 0);
  });
}

/// smallQr(type, m, n, cols, a, q, r): Q (m × cols) and R (rows × n) row after row, rows being m or min(m, n) as cols is;
/// q null where R alone is asked for. 0; kNotFinite.
template <class T>
void small_qr_of(int64_t m, int64_t n, int64_t cols, T* a, T* q, T* r) {
  T tau[kMostSmall];
  triangularise(m, n, a, m, tau);
  for (int64_t i = 0; i < cols; i++) {
    for (int64_t j = 0; j < n; j++) r[i * n + j] = i <= j ? a[j * m + i] : T(0);
  }
  if (q == nullptr) return;
  T made[kCells];
  std::fill(made, made + m * cols, T(0));
  for (int64_t i = 0; i < std::min(m, cols); i++) made[i * (m + 1)] = 1;
  apply_columns(false, m, cols, std::min(m, n), a, m, tau, made, m);
  scatter(made, m, cols, q);
}

Napi::Value small_qr(Arguments& args) {
  return with_real_type(args.letter("sd"), [&]<class T>(T) -> Napi::Value {
    const int64_t m = small(args), n = small(args), cols = small(args);
    if (cols > m) args.range("more columns than rows");
    auto a = parse_place<T>(args, m, n);
    const bool vectors = args.flag();
    T* q = vectors ? parse_result<T>(args, m * cols) : nullptr;
    T* r = parse_result<T>(args, cols * n);
    T work[kCells];
    if (!gather(a, m, n, work)) return number(args, kNotFinite);
    small_qr_of(m, n, cols, work, q, r);
    return number(args, 0);
  });
}

/// smallPolar(type, left, m, n, a, u, p): a = u · p, or with `left` p · u, by the singular value decomposition.
Napi::Value small_polar(Arguments& args) {
  return with_real_type(args.letter("sd"), [&]<class T>(T) -> Napi::Value {
    const bool left = args.flag();
    const int64_t m = small(args), n = small(args), r = std::min(m, n), size = left ? m : n;
    auto a = parse_place<T>(args, m, n);
    T *u_out = parse_result<T>(args, m * n), *p_out = parse_result<T>(args, size * size);
    T work[kCells], u[kCells], v[kCells], s[kMostSmall];
    if (!gather(a, m, n, work)) return number(args, kNotFinite);
    if (!eigenscope::small_svd('S', m, n, work, s, u, v)) return number(args, kElsewhere);
    std::fill(u_out, u_out + m * n, T(0));
    std::fill(p_out, p_out + size * size, T(0));
    const T* side = left ? u : v;
    for (int64_t k = 0; k < r; k++) {
      for (int64_t i = 0; i < m; i++) {
        for (int64_t j = 0; j < n; j++) u_out[i * n + j] += u[k * m + i] * v[k * n + j];
      }
      for (int64_t i = 0; i < size; i++) {
        const T factor = side[k * size + i] * s[k];
        for (int64_t j = 0; j < size; j++) p_out[i * size + j] += factor * side[k * size + j];
      }
    }
    return number(args, 0);
  });
}

/// smallSchur(type, n, a, t, z): the real Schur form, both column after column.
Napi::Value small_schur_form(Arguments& args) {
  return with_real_type(args.letter("sd"), [&]<class T>(T) -> Napi::Value {
    const int64_t n = small(args);
    auto a = parse_place<T>(args, n, n);
    T *t = parse_result<T>(args, n * n), *z = parse_result<T>(args, n * n);
    T re[kMostSmall], im[kMostSmall];
    if (!gather(a, n, n, t)) return number(args, kNotFinite);
    if (!eigenscope::small_schur(n, t, re, im, z)) return number(args, kElsewhere);
    return number(args, 0);
  });
}

/// t := the square root of an upper triangle without negative eigenvalues (Björck, Hammarling, 1983); false where there is
/// none.
template <class T>
bool triangular_root(int64_t n, T* t) {
  for (int64_t j = 0; j < n; j++) {
    T* column = t + j * n;
    if (!(column[j] >= 0)) return false;
    column[j] = std::sqrt(column[j]);
    for (int64_t i = j - 1; i >= 0; i--) {
      T sum = column[i];
      for (int64_t k = i + 1; k < j; k++) sum -= t[k * n + i] * column[k];
      const T below = t[i * n + i] + column[j];
      if (below == T(0)) {
        if (sum != T(0)) return false;
        column[i] = 0;
      } else {
        column[i] = sum / below;
      }
    }
  }
  return true;
}

/// smallSqrtm(type, n, a, out): of a real matrix whose eigenvalues are real and not negative; kElsewhere for others.
Napi::Value small_sqrtm(Arguments& args) {
  return with_real_type(args.letter("sd"), [&]<class T>(T) -> Napi::Value {
    const int64_t n = small(args);
    auto a = parse_place<T>(args, n, n);
    T* out = parse_result<T>(args, n * n);
    T t[kCells], z[kCells], re[kMostSmall], im[kMostSmall];
    if (!gather(a, n, n, t)) return number(args, kNotFinite);
    if (!eigenscope::small_schur(n, t, re, im, z)) return number(args, kElsewhere);
    for (int64_t i = 0; i + 1 < n; i++) {
      if (t[i * n + i + 1] != T(0)) return number(args, kElsewhere);
    }
    if (!triangular_root(n, t)) return number(args, kElsewhere);
    // Z · T · Zᵀ, the product with the triangle in the place of Z.
    for (int64_t i = 0; i < n; i++) {
      T row[kMostSmall];
      for (int64_t j = 0; j < n; j++) {
        row[j] = 0;
        for (int64_t k = 0; k <= j; k++) row[j] += z[k * n + i] * t[j * n + k];
      }
      for (int64_t j = 0; j < n; j++) {
        T sum = 0;
        for (int64_t k = 0; k < n; k++) sum += row[k] * z[k * n + j];
        out[i * n + j] = sum;
      }
    }
    return number(args, 0);
  });
}

/// smallLdl(type, lower, n, a, l, d, order): sytrf's factors of a real matrix unpacked: the triangle with its rows where
/// they were, the blocks, and the order of rows that makes it one.
template <class T>
void unpack_ldl(bool lower, int64_t n, const T* packed, const integer* pivots, T* l, T* d, int64_t* order) {
  struct Step {
    int64_t first, size, exchanged;
  };
  Step steps[kMostSmall];
  int64_t count = 0;
  for (int64_t k = lower ? 0 : n - 1; lower ? k < n : k >= 0;) {
    const int64_t size = pivots[k] > 0 ? 1 : 2;
    steps[count++] = {lower ? k : k - size + 1, size, std::abs(static_cast<int64_t>(pivots[k])) - 1};
    k += lower ? size : -size;
  }
  int64_t rows[kMostSmall];
  std::fill(l, l + n * n, T(0));
  std::fill(d, d + n * n, T(0));
  for (int64_t i = 0; i < n; i++) {
    rows[i] = i;
    l[i * (n + 1)] = 1;
  }
  // From the block eliminated last to the first, each followed by its exchange of rows.
  for (int64_t at = count - 1; at >= 0; at--) {
    const auto [first, size, exchanged] = steps[at];
    const int64_t last = first + size - 1;
    for (int64_t k = first; k <= last; k++) {
      d[k * (n + 1)] = packed[k * (n + 1)];
      for (int64_t i = lower ? last + 1 : 0; i < (lower ? n : first); i++) l[i * n + k] = packed[k * n + i];
    }
    if (size == 2) {
      const T off = lower ? packed[first * n + last] : packed[last * n + first];
      d[first * n + last] = d[last * n + first] = off;
    }
    const int64_t own = lower ? last : first;
    if (exchanged == own) continue;
    for (int64_t k = lower ? first : 0; k < (lower ? n : last + 1); k++) std::swap(l[own * n + k], l[exchanged * n + k]);
    std::swap(rows[own], rows[exchanged]);
  }
  for (int64_t i = 0; i < n; i++) order[rows[i]] = i;
}

Napi::Value small_ldl(Arguments& args) {
  return with_real_type(args.letter("sd"), [&]<class T>(T) -> Napi::Value {
    const bool lower = args.flag();
    const int64_t n = small(args);
    auto a = parse_place<T>(args, n, n);
    T *l = parse_result<T>(args, n * n), *d = parse_result<T>(args, n * n);
    int64_t* order = parse_result<int64_t>(args, n);
    T packed[kCells], work[kCells];
    integer pivots[kMostSmall];
    if (!gather(a, n, n, packed)) return number(args, kNotFinite);
    lapack::sytrf(lower ? 'L' : 'U', static_cast<integer>(n), packed, static_cast<integer>(n), pivots, work, kCells);
    unpack_ldl(lower, n, packed, pivots, l, d, order);
    return number(args, 0);
  });
}

/// smallToeplitz(type, n, k, c, r, b, out): the solution with the matrix that has these for first column and row; 1 for
/// singular ones; kNotFinite.
Napi::Value small_toeplitz(Arguments& args) {
  return with_type(args.letter("dz"), [&]<class T>(T) -> Napi::Value {
    const int64_t n = small(args), k = small(args);
    auto c = parse_place<T>(args, n, 1), r = parse_place<T>(args, n, 1), b = parse_place<T>(args, n, k);
    T* out = parse_result<T>(args, n * k);
    Unset<T, kMostSmall> column, row;
    Unset<T, kCells> matrix, x;
    bool all = gather(c, n, 1, column.get());
    all = gather(r, n, 1, row.get()) && all;
    if (!gather(b, n, k, x.get()) || !all) return number(args, kNotFinite);
    for (int64_t j = 0; j < n; j++) {
      for (int64_t i = 0; i < n; i++) matrix.get()[j * n + i] = i >= j ? column.get()[i - j] : row.get()[j - i];
    }
    if (solve_in_place(n, k, matrix.get(), x.get()) > 0) return number(args, 1);
    scatter(x.get(), n, k, out);
    return number(args, 0);
  });
}

/// smallPencil(type, uplo, n, a, b, w, vectors, v): sygvd of the first kind for real matrices. 0, or n and the order of the
/// leading minor of b that is not positive; kElsewhere, kNotFinite.
template <class T>
int solve_pencil(bool lower, bool vectors, int64_t n, T* a, T* b, T* w) {
  const auto order = static_cast<integer>(n);
  const integer info = lapack::potrf(lower ? 'L' : 'U', order, b, order);
  if (info > 0) return static_cast<int>(n + info);
  for (int64_t j = 0; j < n; j++) {
    for (int64_t i = 0; i < j; i++) (lower ? a[j * n + i] : a[i * n + j]) = lower ? a[i * n + j] : a[j * n + i];
  }
  // C := F⁻¹ · A · F⁻ᵀ, F being L or Uᵀ: twice from the left, A being symmetric.
  for (int turn = 0; turn < 2; turn++) {
    substitute(lower, !lower, n, n, b, a);
    for (int64_t j = 0; j < n; j++) {
      for (int64_t i = 0; i < j; i++) std::swap(a[j * n + i], a[i * n + j]);
    }
  }
  if (!eigenscope::small_eigh(lower ? 'L' : 'U', vectors, n, a, w)) return kElsewhere;
  if (vectors) substitute(lower, lower, n, n, b, a);
  return 0;
}

Napi::Value small_pencil(Arguments& args) {
  return with_real_type(args.letter("sd"), [&]<class T>(T) -> Napi::Value {
    const char uplo = args.letter("UL");
    const int64_t n = small(args);
    auto a = parse_place<T>(args, n, n), b = parse_place<T>(args, n, n);
    auto* w = parse_result<T>(args, n);
    const bool vectors = args.flag();
    T* v = vectors ? parse_result<T>(args, n * n) : nullptr;
    T matrix[kCells], metric[kCells];
    const bool finite = gather(a, n, n, matrix);
    if (!gather(b, n, n, metric) || !finite) return number(args, kNotFinite);
    const int info = solve_pencil(uplo == 'L', vectors, n, matrix, metric, w);
    if (info == 0 && vectors) std::copy_n(matrix, n * n, v);
    return number(args, info);
  });
}

}  // namespace

void define_small_factors(Napi::Env env, Napi::Object exports) {
  define<small_det>(env, exports, "smallDet");
  define<small_lu>(env, exports, "smallLu");
  define<small_cho_solve>(env, exports, "smallChoSolve");
  define<small_qr>(env, exports, "smallQr");
  define<small_polar>(env, exports, "smallPolar");
  define<small_schur_form>(env, exports, "smallSchur");
  define<small_sqrtm>(env, exports, "smallSqrtm");
  define<small_ldl>(env, exports, "smallLdl");
  define<small_toeplitz>(env, exports, "smallToeplitz");
  define<small_pencil>(env, exports, "smallPencil");
}

}  // namespace eigenscope
