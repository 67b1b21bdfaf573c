#include "blas_threads.h"
#include "gesdd.h"
#include "modules.h"
#include "workspace.h"

namespace eigenscope {
namespace {

using lapack::integer;

template <class T>
Workspace gesdd_workspace(char jobz, double m, double n) {
  double mn = std::min(m, n), mx = std::max(m, n);
  Workspace size;
  size.iwork = std::max(1.0, 8 * mn);
  if constexpr (IsComplex<T>::value) {
    size.work = jobz == 'N' ? 2 * mn + mx : jobz == 'S' ? mn * mn + 3 * mn : mn * mn + 2 * mn + mx;
    size.rwork = jobz == 'N' ? 7 * mn : std::max(5 * mn * mn + 5 * mn, 2 * mx * mn + 2 * mn * mn + mn);
  } else {
    size.work = jobz == 'N'   ? 3 * mn + std::max(mx, 7 * mn)
                : jobz == 'S' ? 4 * mn * mn + 7 * mn
                              : 4 * mn * mn + 6 * mn + mx;
    // The paths of a matrix that is not much taller than wide need this much, which the manual leaves out.
    if (jobz != 'N') size.work = std::max(size.work, 3 * mn + std::max(mx, 3 * mn * mn + 4 * mn));
  }
  size.work = std::max(1.0, size.work);
  return size;
}

Napi::Value gesdd(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    char jobz = args.letter("NSA");
    auto m = args.dimension(), n = args.dimension();
    auto a = args.array<T>();
    auto lda = args.dimension();
    auto s = args.array<Real<T>>();
    auto u = args.array<T>();
    auto ldu = args.dimension();
    auto vt = args.array<T>();
    auto ldvt = args.dimension();
    integer r = std::min(m, n);
    const Workspace size = gesdd_workspace<T>(jobz, m, n);
    work_length(size.work, 0.0);
    work_length(size.rwork, 0.0);
    args.need(a, m, n, lda);
    args.need(s, r);
    jobz == 'N' ? args.need(u, 0, 0, ldu) : args.need(u, m, jobz == 'S' ? r : m, ldu);
    jobz == 'N' ? args.need(vt, 0, 0, ldvt) : args.need(vt, jobz == 'S' ? r : n, n, ldvt);
    if (r == 0) return number(args, 0);
    fit_threads();
    if constexpr (!IsComplex<T>::value) {
      if (gesdd_fits(jobz, m, n, a.data, lda)) {
        return number(args, gesdd_in_parallel(jobz, m, n, a.data, lda, s.data, u.data, ldu, vt.data, ldvt));
      }
    }
    T query{};
    Real<T> rquery = 0;
    integer iquery = 0;
    lapack::gesdd(jobz, m, n, a.data, lda, s.data, u.data, ldu, vt.data, ldvt, &query, -1, &rquery, &iquery);
    const integer lwork = work_length(size.work, query);
    Scratch<T> work(lwork);
    Scratch<Real<T>> rwork(size.rwork);
    Scratch<integer> iwork(size.iwork);
    return number(args, lapack::gesdd(jobz, m, n, a.data, lda, s.data, u.data, ldu, vt.data, ldvt, work.get(), lwork,
                                      rwork.get(), iwork.get()));
  });
}

Napi::Value gesdd_size(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    char jobz = args.letter("NSA");
    double m = args.number(), n = args.number();
    return to_object(args.env(), gesdd_workspace<T>(jobz, m, n));
  });
}

Napi::Value gesvd(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    char jobu = args.letter("NSA"), jobvt = args.letter("NSA");
    auto m = args.dimension(), n = args.dimension();
    auto a = args.array<T>();
    auto lda = args.dimension();
    auto s = args.array<Real<T>>();
    auto u = args.array<T>();
    auto ldu = args.dimension();
    auto vt = args.array<T>();
    auto ldvt = args.dimension();
    integer r = std::min(m, n);
    // Where vectors are wanted it asks itself whether there is room for a square, and would count past its integers.
    if (jobu != 'N' || jobvt != 'N') to_integer(static_cast<double>(r) * r + 6.0 * r + std::max(m, n), "Work space");
    args.need(a, m, n, lda);
    args.need(s, r);
    jobu == 'N' ? args.need(u, 0, 0, ldu) : args.need(u, m, jobu == 'S' ? r : m, ldu);
    jobvt == 'N' ? args.need(vt, 0, 0, ldvt) : args.need(vt, jobvt == 'S' ? r : n, n, ldvt);
    if (r == 0) return number(args, 0);
    fit_threads();
    double mn = r, mx = std::max(m, n);
    double needed = IsComplex<T>::value ? 2 * mn + mx : std::max(3 * mn + mx, 5 * mn);
    T query{};
    Real<T> rquery = 0;
    lapack::gesvd(jobu, jobvt, m, n, a.data, lda, s.data, u.data, ldu, vt.data, ldvt, &query, -1, &rquery);
    integer lwork = work_length(needed, query);
    Scratch<T> work(lwork);
    Scratch<Real<T>> rwork(5 * mn);
    return number(args, lapack::gesvd(jobu, jobvt, m, n, a.data, lda, s.data, u.data, ldu, vt.data, ldvt, work.get(),
                                      lwork, rwork.get()));
  });
}

}  // namespace

void define_singular_values(Napi::Env env, Napi::Object exports) {
  define<gesdd>(env, exports, "gesdd");
  define<gesdd_size>(env, exports, "gesddWorkspace");
  define<gesvd>(env, exports, "gesvd");
}

}  // namespace eigenscope
