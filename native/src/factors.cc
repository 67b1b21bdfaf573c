// Schur and Hessenberg forms, LDLᴴ, pivoted QR and generalised eigenproblems.
#include "blas_threads.h"
#include "general_eigenvalues.h"
#include "lapack_conditions.h"
#include "lapack_factors.h"
#include "linalg_modules.h"
#include "workspace.h"

namespace eigenscope {
namespace {

using lapack::integer;

/// a → T in place, Z in z; w as pairs also for real a.
Napi::Value gees(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    using R = Real<T>;
    auto n = args.dimension();
    auto a = args.array<T>();
    auto w = args.array<R>();
    auto z = args.array<T>();
    args.need(a, static_cast<double>(n) * n);
    args.need(z, static_cast<double>(n) * n);
    args.need(w, 2.0 * n);
    if (n == 0) return number(args, 0);
    fit_threads();
    Scratch<T> values(2.0 * n);
    integer info = 0;
    bool done = false;
    if constexpr (!IsComplex<T>::value) {
      done = schur_in_steps<T>(n, a.data, values.get(), values.get() + n, z.data, info);
    }
    if (!done) {
      Scratch<R> rwork(n);
      T query{};
      lapack::gees('V', n, a.data, n, values.get(), z.data, n, &query, -1, rwork.get());
      const integer lwork = work_length(3.0 * n, query);
      Scratch<T> work(lwork);
      info = lapack::gees('V', n, a.data, n, values.get(), z.data, n, work.get(), lwork, rwork.get());
    }
    for (integer i = 0; i < n; i++) {
      if constexpr (IsComplex<T>::value) {
        w.data[2 * i] = values[i].real();
        w.data[2 * i + 1] = values[i].imag();
      } else {
        w.data[2 * i] = values[i];
        w.data[2 * i + 1] = values[n + i];
      }
    }
    return number(args, info);
  });
}

/// Moves the eigenvalues with select ≠ 0 to the top of a Schur form; count[0] receives how many there are.
Napi::Value trsen(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    auto n = args.dimension();
    auto select = args.array<int32_t>();
    auto t = args.array<T>();
    auto z = args.array<T>();
    auto count = args.array<int32_t>();
    args.need(select, n);
    args.need(t, static_cast<double>(n) * n);
    args.need(z, static_cast<double>(n) * n);
    args.need(count, 1);
    if (n == 0) return number(args, 0);
    Scratch<integer> chosen(n), iwork(n);
    for (integer i = 0; i < n; i++) chosen[i] = select.data[i] != 0;
    const integer lwork = work_length(2.0 * n, 0.0);
    Scratch<T> values(2.0 * n), work(lwork);
    integer found = 0;
    const integer info = lapack::trsen(chosen.get(), n, t.data, n, z.data, n, values.get(), &found, work.get(),
                                       lwork, iwork.get(), std::max<integer>(1, n));
    count.data[0] = static_cast<int32_t>(found);
    return number(args, info);
  });
}

/// a → H in place (entries below the subdiagonal cleared), Q in q.
Napi::Value hessenberg(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    auto n = args.dimension();
    auto a = args.array<T>();
    auto q = args.array<T>();
    args.need(a, static_cast<double>(n) * n);
    args.need(q, static_cast<double>(n) * n);
    if (n == 0) return number(args, 0);
    fit_threads();
    if constexpr (!IsComplex<T>::value) {
      if (hessenberg_in_steps<T>(n, a.data, q.data)) return number(args, 0);
    }
    Scratch<T> tau(n);
    T query{};
    lapack::gehrd(n, 1, n, a.data, n, tau.get(), &query, -1);
    const integer lwork = work_length(64.0 * n, query);
    Scratch<T> work(lwork);
    integer info = lapack::gehrd(n, 1, n, a.data, n, tau.get(), work.get(), lwork);
    if (info != 0) return number(args, info);
    const size_t order = static_cast<size_t>(n);
    std::copy(a.data, a.data + order * order, q.data);
    info = lapack::orghr(n, 1, n, q.data, n, tau.get(), work.get(), lwork);
    for (size_t j = 0; j < order; j++) {
      for (size_t i = j + 2; i < order; i++) a.data[j * order + i] = T(0);
    }
    return number(args, info);
  });
}

/// Bunch–Kaufman: sytrf, or hetrf with `hermitian`.
Napi::Value sytrf(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    char uplo = args.letter("UL");
    auto n = args.dimension();
    auto a = args.array<T>();
    auto ipiv = args.array<int32_t>();
    const bool hermitian = args.flag();
    args.need(a, static_cast<double>(n) * n);
    args.need(ipiv, n);
    if (n == 0) return number(args, 0);
    Pivots pivots(ipiv, n);
    const integer lwork = static_cast<integer>(std::min(64.0 * n, static_cast<double>(lapack::integer_max)));
    Scratch<T> work(lwork);
    const integer info = hermitian ? lapack::hetrf(uplo, n, a.data, n, pivots.get(), work.get(), lwork)
                                   : lapack::sytrf(uplo, n, a.data, n, pivots.get(), work.get(), lwork);
    pivots.store();
    return number(args, info);
  });
}

Napi::Value sytrs(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    char uplo = args.letter("UL");
    auto n = args.dimension(), nrhs = args.dimension();
    auto a = args.array<T>();
    auto ipiv = args.array<int32_t>();
    auto b = args.array<T>();
    const bool hermitian = args.flag();
    args.need(a, static_cast<double>(n) * n);
    args.need(ipiv, n);
    args.need(b, static_cast<double>(n) * nrhs);
    for (integer i = 0; i < n; i++) {
      if (ipiv.data[i] == 0 || std::abs(static_cast<double>(ipiv.data[i])) > n) args.range("pivot out of range");
    }
    if (n == 0 || nrhs == 0) return number(args, 0);
    Pivots pivots(ipiv, n);
    return number(args, hermitian ? lapack::hetrs(uplo, n, nrhs, a.data, n, pivots.get(), b.data, n)
                                  : lapack::sytrs(uplo, n, nrhs, a.data, n, pivots.get(), b.data, n));
  });
}

/// QR with column pivoting; jpvt receives the columns, counted from 1.
Napi::Value geqp3(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    auto m = args.dimension(), n = args.dimension();
    auto a = args.array<T>();
    auto jpvt = args.array<int32_t>();
    auto tau = args.array<T>();
    args.need(a, static_cast<double>(m) * n);
    args.need(jpvt, n);
    args.need(tau, std::min(m, n));
    if (m == 0 || n == 0) return number(args, 0);
    fit_threads();
    for (integer i = 0; i < n; i++) jpvt.data[i] = 0;
    Pivots pivots(jpvt, n);
    Scratch<Real<T>> rwork(2.0 * n);
    T query{};
    lapack::geqp3(m, n, a.data, m, pivots.get(), tau.data, &query, -1, rwork.get());
    const integer lwork = work_length(3.0 * n + 1, query);
    Scratch<T> work(lwork);
    const integer info = lapack::geqp3(m, n, a.data, m, pivots.get(), tau.data, work.get(), lwork, rwork.get());
    pivots.store();
    return number(args, info);
  });
}

/// a·x = w·b·x (itype 1), a·b·x = w·x (2), b·a·x = w·x (3); b positive definite. Vectors replace a.
Napi::Value sygvd(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    using R = Real<T>;
    auto itype = args.dimension();
    char jobz = args.letter("NV"), uplo = args.letter("UL");
    auto n = args.dimension();
    auto a = args.array<T>();
    auto b = args.array<T>();
    auto w = args.array<R>();
    if (itype < 1 || itype > 3) args.range("itype must be 1, 2 or 3");
    const double square = static_cast<double>(n) * n;
    const integer lwork = work_length(2 * square + 70.0 * n + 1, 0.0);
    const integer lrwork = work_length(2 * square + 5.0 * n + 1, 0.0);
    const integer liwork = work_length(5.0 * n + 3, 0.0);
    args.need(a, square);
    args.need(b, square);
    args.need(w, n);
    if (n == 0) return number(args, 0);
    fit_threads();
    Scratch<T> work(lwork);
    Scratch<R> rwork(lrwork);
    Scratch<integer> iwork(liwork);
    return number(args, lapack::sygvd(itype, jobz, uplo, n, a.data, n, b.data, n, w.data, work.get(), lwork, rwork.get(),
                                      lrwork, iwork.get(), liwork));
  });
}

/// Eigenvalues alpha / beta of the pencil (a, b): alpha as pairs, beta as LAPACK gives it; vl, vr null or n × n.
Napi::Value ggev(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    using R = Real<T>;
    auto n = args.dimension();
    auto a = args.array<T>();
    auto b = args.array<T>();
    auto alpha = args.array<R>();
    auto beta = args.array<T>();
    auto vl = args.array_or_null<T>();
    auto vr = args.array_or_null<T>();
    const double square = static_cast<double>(n) * n;
    args.need(a, square);
    args.need(b, square);
    args.need(alpha, 2.0 * n);
    args.need(beta, n);
    if (vl.data != nullptr) args.need(vl, square);
    if (vr.data != nullptr) args.need(vr, square);
    if (n == 0) return number(args, 0);
    fit_threads();
    Scratch<T> values(2.0 * n);
    Scratch<R> rwork(8.0 * n);
    const char left = vl.data == nullptr ? 'N' : 'V', right = vr.data == nullptr ? 'N' : 'V';
    T query{}, unused{};
    T *l = vl.data == nullptr ? &unused : vl.data, *r = vr.data == nullptr ? &unused : vr.data;
    lapack::ggev(left, right, n, a.data, n, b.data, n, values.get(), beta.data, l, n, r, n, &query, -1, rwork.get());
    const integer lwork = work_length(8.0 * n + 16, query);
    Scratch<T> work(lwork);
    const integer info = lapack::ggev(left, right, n, a.data, n, b.data, n, values.get(), beta.data, l, n, r, n,
                                      work.get(), lwork, rwork.get());
    for (integer i = 0; i < n; i++) {
      if constexpr (IsComplex<T>::value) {
        alpha.data[2 * i] = values[i].real();
        alpha.data[2 * i + 1] = values[i].imag();
      } else {
        alpha.data[2 * i] = values[i];
        alpha.data[2 * i + 1] = values[n + i];
      }
    }
    return number(args, info);
  });
}

/// The square root of an upper triangular matrix (real: with no negative number on its diagonal), in place (Björck and Hammarling, 1983). 1 where it does not exist.
Napi::Value sqrt_triangular(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    const int64_t n = args.dimension();
    auto a = args.array<T>();
    args.need(a, static_cast<double>(n) * static_cast<double>(n));
    bool missing = false;
    for (int64_t j = 0; j < n; j++) {
      T* column = a.data + j * n;
      column[j] = std::sqrt(column[j]);
      for (int64_t i = j - 1; i >= 0; i--) {
        T sum = column[i];
        for (int64_t k = i + 1; k < j; k++) sum -= a.data[k * n + i] * column[k];
        const T below = a.data[i * n + i] + column[j];
        if (below == T(0)) {
          missing = missing || sum != T(0);
          column[i] = T(0);
        } else {
          column[i] = sum / below;
        }
      }
    }
    return number(args, missing ? 1 : 0);
  });
}

/// sycon or hecon: the reciprocal condition from the factors of sytrf (hetrf) and the 1-norm of the matrix.
Napi::Value sycon(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    char uplo = args.letter("UL");
    auto n = args.dimension();
    auto a = args.array<T>();
    auto ipiv = args.array<int32_t>();
    const bool hermitian = args.flag();
    auto anorm = static_cast<Real<T>>(args.number());
    args.need(a, static_cast<double>(n) * n);
    args.need(ipiv, n);
    for (integer i = 0; i < n; i++) {
      if (ipiv.data[i] == 0 || std::abs(static_cast<double>(ipiv.data[i])) > n) args.range("pivot out of range");
    }
    Pivots pivots(ipiv, n);
    Scratch<T> work(2.0 * n);
    Scratch<integer> iwork(n);
    Real<T> rcond = 0;
    const integer info =
        hermitian ? lapack::hecon(uplo, n, a.data, pivots.get(), anorm, &rcond, work.get(), iwork.get())
                  : lapack::sycon(uplo, n, a.data, pivots.get(), anorm, &rcond, work.get(), iwork.get());
    return number(args, info == 0 ? static_cast<double>(rcond) : std::nan(""));
  });
}

/// A tridiagonal system: the three diagonals and b (n × nrhs) are overwritten. The reciprocal condition goes into rcond,
/// if somebody asks for it, from the 1-norm of the matrix.
Napi::Value gtsv(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    auto n = args.dimension(), nrhs = args.dimension();
    auto lower = args.array<T>();
    auto middle = args.array<T>();
    auto upper = args.array<T>();
    auto b = args.array<T>();
    auto anorm = static_cast<Real<T>>(args.number());
    auto rcond = args.array_or_null<double>();
    args.need(lower, std::max(0.0, n - 1.0));
    args.need(middle, n);
    args.need(upper, std::max(0.0, n - 1.0));
    args.need(b, static_cast<double>(n) * nrhs);
    if (n == 0 || nrhs == 0) return number(args, 0);
    if (rcond.data == nullptr) {
      return number(args, lapack::gtsv(n, nrhs, lower.data, middle.data, upper.data, b.data, n));
    }
    args.need(rcond, 1);
    Scratch<T> second(n), work(2.0 * n);
    Scratch<integer> pivots(n), iwork(n);
    const integer info =
        lapack::gttrf(n, lower.data, middle.data, upper.data, second.get(), pivots.get());
    if (info > 0) return number(args, info);
    lapack::gttrs(n, nrhs, lower.data, middle.data, upper.data, second.get(), pivots.get(), b.data);
    Real<T> found = 0;
    lapack::gtcon(n, lower.data, middle.data, upper.data, second.get(), pivots.get(), anorm, &found, work.get(),
                  iwork.get());
    rcond.data[0] = static_cast<double>(found);
    return number(args, 0);
  });
}

/// A banded system with kl diagonals below and ku above, in LAPACK's band storage of 2·kl + ku + 1 rows; rcond as gtsv.
Napi::Value gbsv(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    auto n = args.dimension(), kl = args.dimension(), ku = args.dimension(), nrhs = args.dimension();
    auto band = args.array<T>();
    auto b = args.array<T>();
    const integer rows = to_integer(2.0 * kl + ku + 1, "A band");
    auto anorm = static_cast<Real<T>>(args.number());
    auto rcond = args.array_or_null<double>();
    args.need(band, static_cast<double>(rows) * n);
    args.need(b, static_cast<double>(n) * nrhs);
    if (n == 0 || nrhs == 0) return number(args, 0);
    Scratch<integer> pivots(n);
    const integer info = lapack::gbsv(n, kl, ku, nrhs, band.data, rows, pivots.get(), b.data, n);
    if (info > 0 || rcond.data == nullptr) return number(args, info);
    args.need(rcond, 1);
    Scratch<T> work(3.0 * n);
    Scratch<Real<T>> rwork(n);
    Scratch<integer> iwork(n);
    Real<T> found = 0;
    lapack::gbcon(n, kl, ku, band.data, rows, pivots.get(), anorm, &found, work.get(), rwork.get(), iwork.get());
    rcond.data[0] = static_cast<double>(found);
    return number(args, 0);
  });
}

}  // namespace

void define_factors(Napi::Env env, Napi::Object exports) {
  define<gees>(env, exports, "gees");
  define<trsen>(env, exports, "trsen");
  define<hessenberg>(env, exports, "hessenberg");
  define<sytrf>(env, exports, "sytrf");
  define<sytrs>(env, exports, "sytrs");
  define<geqp3>(env, exports, "geqp3");
  define<sygvd>(env, exports, "sygvd");
  define<ggev>(env, exports, "ggev");
  define<sqrt_triangular>(env, exports, "sqrtTriangular");
  define<sycon>(env, exports, "sycon");
  define<gtsv>(env, exports, "gtsv");
  define<gbsv>(env, exports, "gbsv");
}

}  // namespace eigenscope
