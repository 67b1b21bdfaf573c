// Small matrices in one call: gathered from their strides, solved on the stack of the machine, written row after row.
// Everything else about them (shapes, dtypes, words for what went wrong) stays in TypeScript.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <unordered_map>

#include "blas_threads.h"
#include "lapack_factors.h"
#include "linalg_modules.h"
#include "workspace.h"

namespace eigenscope {
namespace {

using lapack::integer;

constexpr int64_t kMost = 32;
constexpr int kNotFinite = -1000;

/// A matrix (or vector) by its place in a typed array, strides in entries of it (a complex number is two).
template <class T>
struct Place {
  Real<T>* data = nullptr;
  int64_t start = 0, row = 0, col = 0;

  const T& at(int64_t i, int64_t j) const { return *reinterpret_cast<const T*>(data + start + i * row + j * col); }
};

template <class T>
Place<T> parse_place(Arguments& args, int64_t rows, int64_t cols) {
  auto span = args.array<Real<T>>();
  Place<T> place{span.data, args.count(), 0, 0};
  const double row = args.number(), col = args.number();
  double low = static_cast<double>(place.start), high = low + (IsComplex<T>::value ? 2 : 1);
  for (double reach : {row * static_cast<double>(rows - 1), col * static_cast<double>(cols - 1)}) {
    (reach < 0 ? low : high) += reach;
  }
  if (!(low >= 0 && high <= span.length)) args.range("matrix outside of its memory");
  place.row = static_cast<int64_t>(row);
  place.col = static_cast<int64_t>(col);
  return place;
}

/// Room for a result that is written row after row.
template <class T>
T* parse_result(Arguments& args, int64_t count) {
  auto span = args.array<Real<T>>();
  const int64_t start = args.count();
  if (static_cast<double>(start) + static_cast<double>(count) * (IsComplex<T>::value ? 2 : 1) > span.length) {
    args.range("result outside of its memory");
  }
  return reinterpret_cast<T*>(span.data + start);
}

int64_t small(Arguments& args) {
  const int64_t n = args.count();
  if (n < 1 || n > kMost) args.range("not a small matrix");
  return n;
}

template <class T>
bool finite(const T& x) {
  if constexpr (IsComplex<T>::value) {
    return std::isfinite(x.real()) && std::isfinite(x.imag());
  } else {
    return std::isfinite(x);
  }
}

template <class T>
bool gather(const Place<T>& from, int64_t rows, int64_t cols, T* to) {
  bool all = true;
  for (int64_t j = 0; j < cols; j++) {
    for (int64_t i = 0; i < rows; i++) {
      const T& x = from.at(i, j);
      all = all && finite(x);
      to[j * rows + i] = x;
    }
  }
  return all;
}

template <class T>
void scatter(const T* from, int64_t rows, int64_t cols, T* to) {
  for (int64_t i = 0; i < rows; i++) {
    for (int64_t j = 0; j < cols; j++) to[i * cols + j] = from[j * rows + i];
  }
}

/// Lengths of work space, asked of LAPACK once for each size.
template <class T>
integer kept_length(int64_t key, double least, integer (*ask)(int64_t)) {
  thread_local std::unordered_map<int64_t, integer> known;
  auto found = known.find(key);
  if (found != known.end()) return found->second;
  integer length = std::max(static_cast<integer>(least), ask(key));
  known.emplace(key, length);
  return length;
}

/// x := a⁻¹ · x for k columns; a becomes its LU factors. OpenBLAS 0.3.21 wakes its threads even for a 3 × 3 gesv, which
/// takes milliseconds where the cores are busy.
template <class T>
integer solve_in_place(int64_t n, int64_t k, T* a, T* x) {
  integer pivots[kMost];
  const auto order = static_cast<integer>(n);
  const integer info = lapack::getf2(order, order, a, order, pivots);
  if (info != 0) return info;
  T reciprocal[kMost];
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

Napi::Value small_inv(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    const int64_t n = small(args);
    auto a = parse_place<T>(args, n, n);
    T* out = parse_result<T>(args, n * n);
    T lu[kMost * kMost], inverse[kMost * kMost];
    gather(a, n, n, lu);
    std::fill(inverse, inverse + n * n, T(0));
    for (int64_t i = 0; i < n; i++) inverse[i * (n + 1)] = T(1);
    const integer info = solve_in_place(n, n, lu, inverse);
    if (info == 0) scatter(inverse, n, n, out);
    return number(args, info);
  });
}

Napi::Value small_solve(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    const int64_t n = small(args), k = small(args);
    auto a = parse_place<T>(args, n, n), b = parse_place<T>(args, n, k);
    T* out = parse_result<T>(args, n * k);
    T lu[kMost * kMost], x[kMost * kMost];
    gather(a, n, n, lu);
    gather(b, n, k, x);
    const integer info = solve_in_place(n, k, lu, x);
    if (info == 0) scatter(x, n, k, out);
    return number(args, info);
  });
}

/// syevd or heevd of one triangle; v may be null. kNotFinite for NaN and infinity anywhere.
Napi::Value small_eigh(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    using R = Real<T>;
    const char uplo = args.letter("UL");
    const int64_t n = small(args);
    auto a = parse_place<T>(args, n, n);
    R* w = parse_result<R>(args, n);
    const bool vectors = args.flag();
    T* v = vectors ? parse_result<T>(args, n * n) : nullptr;
    T matrix[kMost * kMost];
    // Large enough for every order up to kMost, blocks included.
    T work[2 * kMost * kMost + 40 * kMost + 8];
    R rwork[2 * kMost * kMost + 5 * kMost + 8];
    integer iwork[5 * kMost + 8];
    if (!gather(a, n, n, matrix)) return number(args, kNotFinite);
    const auto order = static_cast<integer>(n);
    BlasByItself alone;
    const integer info =
        lapack::syevd(vectors ? 'V' : 'N', uplo, order, matrix, order, w, work, static_cast<integer>(std::size(work)),
                      rwork, static_cast<integer>(std::size(rwork)), iwork, static_cast<integer>(std::size(iwork)));
    if (info == 0 && vectors) scatter(matrix, n, n, v);
    return number(args, info);
  });
}

template <class T>
integer gesdd_query(int64_t key) {
  const char job = "NSA"[key % 4];
  const auto m = static_cast<integer>(key / 4 % 64), n = static_cast<integer>(key / 256);
  T query{}, unused{};
  Real<T> s = 0, rwork = 0;
  integer iwork = 0;
  lapack::gesdd(job, m, n, &unused, m, &s, &unused, m, &unused, n, &query, -1, &rwork, &iwork);
  return static_cast<integer>(std::real(query)) + 1;
}

/// Like small_eigh, for gesdd: job N, S or A; u (m × m or m × r) and vt row after row.
Napi::Value small_svd(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    using R = Real<T>;
    const char job = args.letter("NSA");
    const int64_t m = small(args), n = small(args), r = std::min(m, n);
    auto a = parse_place<T>(args, m, n);
    R* s = parse_result<R>(args, r);
    const int64_t u_cols = job == 'N' ? 0 : job == 'S' ? r : m, vt_rows = job == 'N' ? 0 : job == 'S' ? r : n;
    T* u_out = job == 'N' ? nullptr : parse_result<T>(args, m * u_cols);
    T* vt_out = job == 'N' ? nullptr : parse_result<T>(args, vt_rows * n);
    T matrix[kMost * kMost], u[kMost * kMost], vt[kMost * kMost];
    R rwork[5 * kMost * kMost + 7 * kMost];
    integer iwork[8 * kMost];
    if (!gather(a, m, n, matrix)) return number(args, kNotFinite);
    const int64_t key = (n * 64 + m) * 4 + (job == 'N' ? 0 : job == 'S' ? 1 : 2);
    const double least = 4.0 * static_cast<double>(r * r) + 7.0 * static_cast<double>(r) + static_cast<double>(m + n);
    const integer lwork = kept_length<T>(key, least, gesdd_query<T>);
    Scratch<T> work(lwork);
    const auto rows = static_cast<integer>(m), cols = static_cast<integer>(n);
    BlasByItself alone;
    integer info = lapack::gesdd(job, rows, cols, matrix, rows, s, u, rows, vt,
                                 static_cast<integer>(std::max<int64_t>(1, vt_rows)), work.get(), lwork, rwork, iwork);
    for (int64_t i = 0; i < r; i++) {
      if (std::isnan(s[i])) info = 1;
    }
    if (info == 0 && job != 'N') {
      scatter(u, m, u_cols, u_out);
      scatter(vt, vt_rows, n, vt_out);
    }
    return number(args, info);
  });
}

}  // namespace

void define_small(Napi::Env env, Napi::Object exports) {
  define<small_inv>(env, exports, "smallInv");
  define<small_solve>(env, exports, "smallSolve");
  define<small_eigh>(env, exports, "smallEigh");
  define<small_svd>(env, exports, "smallSvd");
}

}  // namespace eigenscope
