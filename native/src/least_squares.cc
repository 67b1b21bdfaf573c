// Orthogonal factorisations and least squares.
#include "blas_threads.h"
#include "modules.h"
#include "workspace.h"

namespace eigenscope {
namespace {

using lapack::integer;

Napi::Value geqrf(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    auto m = args.dimension(), n = args.dimension();
    auto a = args.array<T>();
    auto lda = args.dimension();
    auto tau = args.array<T>();
    args.need(a, m, n, lda);
    args.need(tau, std::min(m, n));
    if (m == 0 || n == 0) return number(args, 0);
    fit_threads();
    T query{};
    lapack::geqrf(m, n, a.data, lda, tau.data, &query, -1);
    integer lwork = work_length(args, n, query);
    Scratch<T> work(lwork);
    return number(args, lapack::geqrf(m, n, a.data, lda, tau.data, work.get(), lwork));
  });
}

Napi::Value orgqr(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    auto m = args.dimension(), n = args.dimension(), k = args.dimension();
    auto a = args.array<T>();
    auto lda = args.dimension();
    auto tau = args.array<T>();
    if (n > m || k > n) args.range("orgqr needs m ≥ n ≥ k");
    args.need(a, m, n, lda);
    args.need(tau, k);
    if (m == 0 || n == 0) return number(args, 0);
    fit_threads();
    T query{};
    lapack::orgqr(m, n, k, a.data, lda, tau.data, &query, -1);
    integer lwork = work_length(args, n, query);
    Scratch<T> work(lwork);
    return number(args, lapack::orgqr(m, n, k, a.data, lda, tau.data, work.get(), lwork));
  });
}

template <class T>
Workspace gelsd_workspace(double m, double n, double nrhs) {
  // ilaenv's SMLSIZ, as LAPACK ships it.
  const double leaf = 25;
  double least = std::min(m, n), most = std::max(m, n);
  double levels = least == 0 ? 0 : std::max(0.0, std::floor(std::log2(least / (leaf + 1))) + 1);
  Workspace size;
  size.iwork = std::max(1.0, 3 * least * levels + 11 * least);
  double square = (leaf + 1) * (leaf + 1);
  if constexpr (IsComplex<T>::value) {
    size.work = std::max(1.0, 2 * least + std::max(most, least * nrhs));
    size.rwork = std::max(1.0, 10 * least + 2 * least * leaf + 8 * least * levels + 3 * leaf * nrhs +
                                   std::max(square, least * (1 + nrhs) + 2 * nrhs));
  } else {
    size.work = std::max(1.0, 12 * least + 2 * least * leaf + 8 * least * levels + least * nrhs + square + most);
  }
  return size;
}

Napi::Value gelsd(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    auto m = args.dimension(), n = args.dimension(), nrhs = args.dimension();
    auto a = args.array<T>();
    auto lda = args.dimension();
    auto b = args.array<T>();
    auto ldb = args.dimension();
    auto s = args.array<Real<T>>();
    auto rcond = static_cast<Real<T>>(args.number());
    auto rank = args.array<int32_t>();
    args.need(a, m, n, lda);
    args.need(b, std::max(m, n), nrhs, ldb);
    args.need(s, std::min(m, n));
    args.need(rank, 1);
    if (m == 0 || n == 0) {
      rank.data[0] = 0;
      return number(args, 0);
    }
    fit_threads();
    Workspace size = gelsd_workspace<T>(m, n, nrhs);
    T query{};
    Real<T> rquery[2] = {0, 0};
    integer iquery[2] = {0, 0};
    integer found = 0;
    lapack::gelsd(m, n, nrhs, a.data, lda, b.data, ldb, s.data, rcond, &found, &query, -1, rquery, iquery);
    integer lwork = work_length(args, size.work, query);
    work_length(args, size.iwork, 0.0);
    work_length(args, size.rwork, 0.0);
    Scratch<T> work(lwork);
    Scratch<Real<T>> rwork(std::max(size.rwork, IsComplex<T>::value ? static_cast<double>(rquery[0]) * 1.001 : 0.0));
    Scratch<integer> iwork(std::max(size.iwork, static_cast<double>(iquery[0])));
    integer info = lapack::gelsd(m, n, nrhs, a.data, lda, b.data, ldb, s.data, rcond, &found, work.get(), lwork,
                                 rwork.get(), iwork.get());
    rank.data[0] = static_cast<int32_t>(found);
    return number(args, info);
  });
}

Napi::Value gelsd_size(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    double m = args.number(), n = args.number(), nrhs = args.number();
    return to_object(args.env(), gelsd_workspace<T>(m, n, nrhs));
  });
}

}  // namespace

void define_least_squares(Napi::Env env, Napi::Object exports) {
  define<geqrf>(env, exports, "geqrf");
  define<orgqr>(env, exports, "orgqr");
  define<gelsd>(env, exports, "gelsd");
  define<gelsd_size>(env, exports, "gelsdWorkspace");
}

}  // namespace eigenscope
