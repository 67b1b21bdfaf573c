// Orthogonal factorisations and least squares.
#include <algorithm>
#include <limits>

#include "blas_threads.h"
#include "gelsd.h"
#include "gesdd.h"
#include "modules.h"
#include "qr.h"
#include "stop.h"
#include "threads.h"
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
    integer lwork = work_length(n, query);
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
    integer lwork = work_length(n, query);
    Scratch<T> work(lwork);
    return number(args, lapack::orgqr(m, n, k, a.data, lda, tau.data, work.get(), lwork));
  });
}

template <class T>
integer whole_gelsd(integer m, integer n, integer nrhs, T* a, integer lda, T* b, integer ldb, Real<T>* s, Real<T> rcond,
                    integer* rank, integer lwork, const Workspace& size) {
  Real<T> rquery[2] = {0, 0};
  integer iquery[2] = {0, 0};
  T query{};
  lapack::gelsd(m, n, nrhs, a, lda, b, ldb, s, rcond, rank, &query, -1, rquery, iquery);
  Scratch<T> work(lwork);
  Scratch<Real<T>> rwork(std::max(size.rwork, IsComplex<T>::value ? static_cast<double>(rquery[0]) * 1.001 : 0.0));
  Scratch<integer> iwork(std::max(size.iwork, static_cast<double>(iquery[0])));
  return lapack::gelsd(m, n, nrhs, a, lda, b, ldb, s, rcond, rank, work.get(), lwork, rwork.get(), iwork.get());
}

/// gelsd for matrices at least as tall as wide, whose numbers `gesdd_fits`: A = Q·R on threads of our own, the singular
/// values of R, and where none of them counts as zero, x from R itself; else gelsd takes R, with all that it needs.
template <class T>
integer gelsd_in_steps(integer m, integer n, integer nrhs, T* a, integer lda, T* b, integer ldb, T* s, T rcond,
                       integer* rank, integer lwork, const Workspace& size) {
  const StopFlag stop = stop_flag();
  const int threads = qr_worth_threads(m, n) ? std::min(8, blas_threads()) : 1;
  Scratch<T> triangles(static_cast<double>(kQrPanel) * (n + kQrPanel)), r(static_cast<double>(n) * n);
  {
    BlasByItself alone;
    block_qr<T>(m, n, a, lda, triangles.get(), threads);
    constexpr integer chunk = 96;
    in_parallel((nrhs + chunk - 1) / chunk, threads, [&](int64_t task) {
      const integer from = static_cast<integer>(task) * chunk;
      apply_block_q<T>(true, m, n, a, lda, triangles.get(), b + static_cast<int64_t>(from) * ldb, ldb,
                       std::min(chunk, nrhs - from));
    });
  }
  if (asked(stop)) throw Stopped();
  upper_triangle(n, a, lda, r.get());
  T unused = 0;
  const integer info = gesdd_in_parallel<T>('N', n, n, r.get(), n, s, &unused, 1, &unused, 1);
  if (info != 0) return info;
  const T least = (rcond <= 0 || rcond >= 1 ? std::numeric_limits<T>::epsilon() / 2 : rcond) * s[0];
  *rank = static_cast<integer>(std::count_if(s, s + n, [least](T x) { return x > least; }));
  if (*rank == n && lapack::trtrs('U', 'N', 'N', n, nrhs, a, lda, b, ldb) == 0) return 0;
  upper_triangle(n, a, lda, r.get());
  return whole_gelsd(n, n, nrhs, r.get(), n, b, ldb, s, rcond, rank, lwork, size);
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
    const Workspace size = gelsd_workspace<T>(m, n, nrhs);
    work_length(size.work, 0.0);
    work_length(size.iwork, 0.0);
    work_length(size.rwork, 0.0);
    // Of wide matrices it asks itself whether there is room for the square of the rows.
    if (m < n) to_integer(static_cast<double>(m) * m + 4.0 * m + std::max<double>(n, nrhs), "Work space");
    args.need(a, m, n, lda);
    args.need(b, std::max(m, n), nrhs, ldb);
    args.need(s, std::min(m, n));
    args.need(rank, 1);
    if (m == 0 || n == 0) {
      rank.data[0] = 0;
      return number(args, 0);
    }
    fit_threads();
    T query{};
    Real<T> rquery[2] = {0, 0};
    integer iquery[2] = {0, 0};
    integer found = 0;
    lapack::gelsd(m, n, nrhs, a.data, lda, b.data, ldb, s.data, rcond, &found, &query, -1, rquery, iquery);
    const integer lwork = work_length(size.work, query);
    integer info = 0;
    bool in_steps = false;
    if constexpr (!IsComplex<T>::value) {
      T unused = 0;
      in_steps = nrhs > 0 && gesdd_fits('N', m, n, a.data, lda) &&
                 static_cast<double>(lapack::lange('M', m, nrhs, b.data, ldb, &unused)) < (sizeof(T) == 8 ? 1e100 : 1e18);
      if (in_steps) {
        info = gelsd_in_steps<T>(m, n, nrhs, a.data, lda, b.data, ldb, s.data, rcond, &found, lwork, size);
      }
    }
    if (!in_steps) info = whole_gelsd<T>(m, n, nrhs, a.data, lda, b.data, ldb, s.data, rcond, &found, lwork, size);
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
