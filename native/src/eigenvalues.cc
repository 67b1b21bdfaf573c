#include "blas_threads.h"
#include "modules.h"
#include "workspace.h"

namespace eigenscope {
namespace {

using lapack::integer;

template <class T>
Workspace syevd_workspace(char jobz, double n) {
  Workspace size;
  bool vectors = jobz == 'V' && n > 1;
  if constexpr (IsComplex<T>::value) {
    size.work = vectors ? 2 * n + n * n : n + 1;
    size.rwork = vectors ? 1 + 5 * n + 2 * n * n : std::max(1.0, n);
  } else {
    size.work = vectors ? 1 + 6 * n + 2 * n * n : 2 * n + 1;
  }
  size.iwork = vectors ? 3 + 5 * n : 1;
  return size;
}

Napi::Value syevd(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    char jobz = args.letter("NV"), uplo = args.letter("UL");
    auto n = args.dimension();
    auto a = args.array<T>();
    auto lda = args.dimension();
    auto w = args.array<Real<T>>();
    args.need(a, n, n, lda);
    args.need(w, n);
    if (n == 0) return number(args, 0);
    fit_threads();
    Workspace size = syevd_workspace<T>(jobz, n);
    T query{};
    Real<T> rquery = 0;
    integer iquery = 0;
    lapack::syevd(jobz, uplo, n, a.data, lda, w.data, &query, -1, &rquery, -1, &iquery, -1);
    integer lwork = work_length(args, size.work, query);
    integer lrwork = work_length(args, size.rwork, 0.0);
    integer liwork = work_length(args, size.iwork, 0.0);
    Scratch<T> work(lwork);
    Scratch<Real<T>> rwork(lrwork);
    Scratch<integer> iwork(liwork);
    return number(args, lapack::syevd(jobz, uplo, n, a.data, lda, w.data, work.get(), lwork, rwork.get(), lrwork,
                                      iwork.get(), liwork));
  });
}

Napi::Value syevd_size(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    char jobz = args.letter("NV");
    return to_object(args.env(), syevd_workspace<T>(jobz, args.number()));
  });
}

Napi::Value geev(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    using R = Real<T>;
    char jobvl = args.letter("NV"), jobvr = args.letter("NV");
    auto n = args.dimension();
    auto a = args.array<T>();
    auto lda = args.dimension();
    auto w = args.array<R>();
    auto vl = args.array<T>();
    auto ldvl = args.dimension();
    auto vr = args.array<T>();
    auto ldvr = args.dimension();
    args.need(a, n, n, lda);
    args.need(w, 2.0 * n);
    jobvl == 'V' ? args.need(vl, n, n, ldvl) : args.need(vl, 0, 0, ldvl);
    jobvr == 'V' ? args.need(vr, n, n, ldvr) : args.need(vr, 0, 0, ldvr);
    if (n == 0) return number(args, 0);
    fit_threads();
    T query{};
    integer info = 0;
    if constexpr (IsComplex<T>::value) {
      Scratch<R> rwork(2.0 * n);
      auto* pairs = reinterpret_cast<T*>(w.data);
      lapack::geev_complex(jobvl, jobvr, n, a.data, lda, pairs, vl.data, ldvl, vr.data, ldvr, &query, -1, rwork.get());
      integer lwork = work_length(args, 2.0 * n, query);
      Scratch<T> work(lwork);
      info = lapack::geev_complex(jobvl, jobvr, n, a.data, lda, pairs, vl.data, ldvl, vr.data, ldvr, work.get(), lwork,
                                  rwork.get());
    } else {
      Scratch<R> parts(2.0 * n);
      R *re = parts.get(), *im = parts.get() + n;
      lapack::geev<T>(jobvl, jobvr, n, a.data, lda, re, im, vl.data, ldvl, vr.data, ldvr, &query, -1);
      integer lwork = work_length(args, 4.0 * n, query);
      Scratch<T> work(lwork);
      std::fill(re, re + 2 * static_cast<size_t>(n), R(0));
      info = lapack::geev<T>(jobvl, jobvr, n, a.data, lda, re, im, vl.data, ldvl, vr.data, ldvr, work.get(), lwork);
      for (integer i = 0; i < n; i++) {
        w.data[2 * i] = re[i];
        w.data[2 * i + 1] = im[i];
      }
    }
    return number(args, info);
  });
}

}  // namespace

void define_eigenvalues(Napi::Env env, Napi::Object exports) {
  define<syevd>(env, exports, "syevd");
  define<syevd_size>(env, exports, "syevdWorkspace");
  define<geev>(env, exports, "geev");
}

}  // namespace eigenscope
