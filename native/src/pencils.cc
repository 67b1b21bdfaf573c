// The generalised Schur form of a pair of matrices and its order; beside it, balancing and products with reflectors.
#include "blas_threads.h"
#include "lapack_factors.h"
#include "lapack_pencils.h"
#include "linalg_modules.h"
#include "workspace.h"

namespace eigenscope {
namespace {

using lapack::integer;

/// Eigenvalues α as pairs (re, im), whatever the type of the matrices.
template <class T>
void pairs_of(integer n, const T* values, Real<T>* pairs) {
  for (integer i = 0; i < n; i++) {
    if constexpr (IsComplex<T>::value) {
      pairs[2 * i] = values[i].real();
      pairs[2 * i + 1] = values[i].imag();
    } else {
      pairs[2 * i] = values[i];
      pairs[2 * i + 1] = values[n + i];
    }
  }
}

/// (a, b) → (S, T) in place with a = Q·S·Zᴴ, b = Q·T·Zᴴ; alpha as pairs, beta as LAPACK gives it.
Napi::Value gges(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    using R = Real<T>;
    auto n = args.dimension();
    auto a = args.array<T>();
    auto b = args.array<T>();
    auto alpha = args.array<R>();
    auto beta = args.array<T>();
    auto q = args.array<T>();
    auto z = args.array<T>();
    const double square = static_cast<double>(n) * n;
    for (const auto& matrix : {a, b, q, z}) args.need(matrix, square);
    args.need(alpha, 2.0 * n);
    args.need(beta, n);
    if (n == 0) return number(args, 0);
    fit_threads();
    Scratch<T> values(2.0 * n);
    Scratch<R> rwork(8.0 * n);
    Scratch<integer> bwork(n);
    const integer lwork = work_length(64.0 * n + 16, 0.0);
    Scratch<T> work(lwork);
    const integer info = lapack::gges(n, a.data, b.data, values.get(), beta.data, q.data, z.data, work.get(), lwork,
                                      rwork.get(), bwork.get());
    pairs_of(n, values.get(), alpha.data);
    return number(args, info);
  });
}

/// Moves the eigenvalues with select ≠ 0 to the top of a generalised Schur form.
Napi::Value tgsen(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    auto n = args.dimension();
    auto select = args.array<int32_t>();
    auto a = args.array<T>();
    auto b = args.array<T>();
    auto alpha = args.array<Real<T>>();
    auto beta = args.array<T>();
    auto q = args.array<T>();
    auto z = args.array<T>();
    const double square = static_cast<double>(n) * n;
    for (const auto& matrix : {a, b, q, z}) args.need(matrix, square);
    args.need(select, n);
    args.need(alpha, 2.0 * n);
    args.need(beta, n);
    if (n == 0) return number(args, 0);
    Scratch<integer> chosen(n);
    for (integer i = 0; i < n; i++) chosen[static_cast<size_t>(i)] = select.data[i] != 0;
    const integer lwork = work_length(4.0 * n + 16, 0.0);
    Scratch<T> values(2.0 * n), work(lwork);
    integer found = 0, iwork = 0;
    const integer info = lapack::tgsen(chosen.get(), n, a.data, b.data, values.get(), beta.data, q.data, z.data, &found,
                                       work.get(), lwork, &iwork);
    pairs_of(n, values.get(), alpha.data);
    return number(args, info);
  });
}

/// Balances a in place; ends receives ilo and ihi, counted from 1, scale the exchanges and factors.
Napi::Value gebal(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    char job = args.letter("NPSB");
    auto n = args.dimension();
    auto a = args.array<T>();
    auto ends = args.array<int32_t>();
    auto scale = args.array<Real<T>>();
    args.need(a, static_cast<double>(n) * n);
    args.need(ends, 2);
    args.need(scale, n);
    if (n == 0) return number(args, 0);
    integer first = 1, last = n;
    const integer info = lapack::gebal(job, n, a.data, n, &first, &last, scale.data);
    ends.data[0] = static_cast<int32_t>(first);
    ends.data[1] = static_cast<int32_t>(last);
    return number(args, info);
  });
}

/// c := Q·c (L) or c·Q (R), of the k reflectors that geqrf left in the first columns of a; c is m × n.
Napi::Value ormqr(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    char side = args.letter("LR");
    auto m = args.dimension(), n = args.dimension(), k = args.dimension();
    auto a = args.array<T>();
    auto tau = args.array<T>();
    auto c = args.array<T>();
    const integer order = side == 'L' ? m : n;
    if (k > order) args.range("more reflectors than rows");
    args.need(a, static_cast<double>(order) * k);
    args.need(tau, k);
    args.need(c, static_cast<double>(m) * n);
    if (m == 0 || n == 0 || k == 0) return number(args, 0);
    fit_threads();
    const integer lwork = work_length(64.0 * (side == 'L' ? n : m) + 65.0 * 64, 0.0);
    Scratch<T> work(lwork);
    return number(args, lapack::ormqr(side, 'N', m, n, k, a.data, order, tau.data, c.data, m, work.get(), lwork));
  });
}

}  // namespace

void define_pencils(Napi::Env env, Napi::Object exports) {
  define<gges>(env, exports, "gges");
  define<tgsen>(env, exports, "tgsen");
  define<gebal>(env, exports, "gebal");
  define<ormqr>(env, exports, "ormqr");
}

}  // namespace eigenscope
