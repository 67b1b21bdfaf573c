// Small systems in one call: gathered from their strides, solved on the stack of the machine, written row after row.
// Everything else about them (shapes, dtypes, words for what went wrong) stays in TypeScript.
#include "lapack_conditions.h"
#include "lapack_factors.h"
#include "linalg_modules.h"
#include "small_places.h"
#include "small_solve.h"
#include "workspace.h"

namespace eigenscope {
namespace {

using lapack::integer;

/// The 1-norm of a matrix.
template <class T>
Real<T> largest_column(const T* a, int64_t n) {
  Real<T> most = 0;
  for (int64_t j = 0; j < n; j++) {
    Real<T> sum = 0;
    for (int64_t i = 0; i < n; i++) sum += std::abs(a[j * n + i]);
    most = std::max(most, sum);
  }
  return most;
}

/// The work space of an estimate of a condition.
template <class T>
struct Estimate {
  Unset<T, 4 * kMostSmall> work;
  Unset<Real<T>, 2 * kMostSmall> rwork;
  integer iwork[kMostSmall];
  Real<T> rcond = 0;
};

/// The reciprocal condition from LU factors.
template <class T>
double condition(const T* lu, int64_t n, Real<T> anorm) {
  Estimate<T> e;
  const auto order = static_cast<integer>(n);
  lapack::gecon('1', order, lu, order, anorm, &e.rcond, e.work.get(), e.rwork.get(), e.iwork);
  return static_cast<double>(e.rcond);
}

/// smallInv(type, n, a, out, estimate): the reciprocal condition, or 0 where nobody asks for it; −1 for singular matrices.
Napi::Value small_inv(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    const int64_t n = small(args);
    auto a = parse_place<T>(args, n, n);
    T* out = parse_result<T>(args, n * n);
    const bool estimate = args.flag();
    T lu[kMostSmall * kMostSmall], inverse[kMostSmall * kMostSmall];
    gather(a, n, n, lu);
    const Real<T> anorm = estimate ? largest_column(lu, n) : 0;
    std::fill(inverse, inverse + n * n, T(0));
    for (int64_t i = 0; i < n; i++) inverse[i * (n + 1)] = T(1);
    if (solve_in_place(n, n, lu, inverse) > 0) return number(args, -1);
    scatter(inverse, n, n, out);
    return number(args, estimate ? condition(lu, n, anorm) : 0);
  });
}

Napi::Value small_solve(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    const int64_t n = small(args), k = small(args);
    auto a = parse_place<T>(args, n, n), b = parse_place<T>(args, n, k);
    T* out = parse_result<T>(args, n * k);
    T lu[kMostSmall * kMostSmall], x[kMostSmall * kMostSmall];
    gather(a, n, n, lu);
    gather(b, n, k, x);
    const integer info = solve_in_place(n, k, lu, x);
    if (info == 0) scatter(x, n, k, out);
    return number(args, info);
  });
}

/// What the entries of a matrix say of it.
struct Shape {
  int64_t below = 0, above = 0;
  bool symmetric = true, hermitian = true, permutation = true, positive = true;
};

template <class T>
Shape look_at(const T* a, int64_t n) {
  Shape found;
  uint32_t rows = 0;
  for (int64_t j = 0; j < n; j++) {
    int64_t filled = 0;
    for (int64_t i = 0; i < n; i++) {
      const T x = a[j * n + i];
      if (i == j && !(std::real(x) > 0 && std::imag(x) == 0)) found.positive = false;
      if (i == j && std::imag(x) != 0) found.hermitian = false;
      if (i < j) {
        const T other = a[i * n + j];
        if (x != other) found.symmetric = false;
        if (std::real(x) != std::real(other) || std::imag(x) != -std::imag(other)) found.hermitian = false;
      }
      if (x == T(0)) continue;
      filled++;
      if (i > j) found.below = std::max(found.below, i - j);
      if (i < j) found.above = std::max(found.above, j - i);
      if (x != T(1) || (rows >> i & 1) != 0) found.permutation = false;
      rows |= uint32_t{1} << i;
    }
    if (filled != 1) found.permutation = false;
  }
  return found;
}

constexpr double kSingular = -1, kElsewhere = -2;

/// x := a⁻¹ · x by what a is, and the reciprocal condition; kElsewhere for what is left to LAPACK's own routines.
template <class T>
double solve_system(bool looking, int64_t size, int64_t count, T* a, T* x) {
  using R = Real<T>;
  const auto n = static_cast<integer>(size), k = static_cast<integer>(count);
  const R anorm = largest_column(a, size);
  Estimate<T> e;
  if (looking) {
    const auto [below, above, symmetric, hermitian, permutation, positive] = look_at(a, size);
    if (below == 0 && above == 0) {
      R least = std::abs(a[0]), most = 0;
      for (int64_t i = 0; i < size; i++) {
        const T d = a[i * (size + 1)];
        least = std::min(least, std::abs(d));
        most = std::max(most, std::abs(d));
        if (d == T(0)) return kSingular;
        for (int64_t c = 0; c < count; c++) x[c * size + i] /= d;
      }
      return static_cast<double>(least / most);
    }
    if (permutation) return kElsewhere;
    if (below == 0 || above == 0) {
      const char uplo = below == 0 ? 'U' : 'L';
      if (lapack::trtrs(uplo, 'N', 'N', n, k, a, n, x, n) > 0) return kSingular;
      lapack::trcon(uplo, n, a, &e.rcond, e.work.get(), e.rwork.get(), e.iwork);
      return static_cast<double>(e.rcond);
    }
    const bool narrow = below + above == 2 ? size > 2 : (below + above + 1) * 4 <= size;
    if (narrow) return kElsewhere;
    if (hermitian || symmetric) {
      if (!hermitian || !positive || lapack::potrf('U', n, a, n) > 0) return kElsewhere;
      lapack::trtrs('U', 'C', 'N', n, k, a, n, x, n);
      lapack::trtrs('U', 'N', 'N', n, k, a, n, x, n);
      lapack::pocon('U', n, a, anorm, &e.rcond, e.work.get(), e.rwork.get(), e.iwork);
      return static_cast<double>(e.rcond);
    }
  }
  if (solve_in_place(size, count, a, x) > 0) return kSingular;
  return condition(a, size, anorm);
}

/// smallSystem(type, looking, n, k, a, b, out): a and b by their places. The reciprocal condition; −1 for singular
/// matrices, −2 for those that have routines of their own, −1000 for NaN and infinity in either.
Napi::Value small_system(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    const bool looking = args.flag();
    const int64_t n = small(args), k = small(args);
    auto a = parse_place<T>(args, n, n), b = parse_place<T>(args, n, k);
    T* out = parse_result<T>(args, n * k);
    Unset<T, kMostSmall * kMostSmall> lu, x;
    const bool finite = gather(a, n, n, lu.get());
    if (!gather(b, n, k, x.get()) || !finite) return number(args, kNotFinite);
    const double rcond = solve_system(looking, n, k, lu.get(), x.get());
    if (!(rcond < 0)) scatter(x.get(), n, k, out);
    return number(args, rcond);
  });
}

}  // namespace

void define_small(Napi::Env env, Napi::Object exports) {
  define<small_inv>(env, exports, "smallInv");
  define<small_solve>(env, exports, "smallSolve");
  define<small_system>(env, exports, "smallSystem");
}

}  // namespace eigenscope
