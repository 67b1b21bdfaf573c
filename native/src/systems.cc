// Linear systems: LU, Cholesky, triangular solves, condition estimates, norms.
#include "blas_threads.h"
#include "deep_stack.h"
#include "lapack_conditions.h"
#include "modules.h"
#include "workspace.h"

namespace eigenscope {
namespace {

using lapack::integer;

/// LU on threads needs room; up to this many multiplications one thread is as fast, and needs none.
template <class F>
void with_room(integer m, integer n, F&& f) {
  constexpr double alone = 6e7;
  if (blas_threads() == 1) {
    f();
  } else if (static_cast<double>(m) * n * std::min(m, n) < alone) {
    BlasByItself by_itself;
    f();
  } else {
    on_deep_stack(f);
  }
}

Napi::Value getrf(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    auto m = args.dimension(), n = args.dimension();
    auto a = args.array<T>();
    auto lda = args.dimension();
    auto ipiv = args.array<int32_t>();
    integer count = std::min(m, n);
    args.need(a, m, n, lda);
    args.need(ipiv, count);
    if (count == 0) return number(args, 0);
    fit_threads();
    Pivots pivots(ipiv, count);
    integer info = 0;
    with_room(m, n, [&] { info = lapack::getrf(m, n, a.data, lda, pivots.get()); });
    pivots.store();
    return number(args, info);
  });
}

/// getrs and getri follow pivots blindly: one out of range would write outside the matrix.
void check_pivots(Arguments& args, const Span<int32_t>& ipiv, integer n) {
  args.need(ipiv, n);
  for (integer i = 0; i < n; i++) {
    if (ipiv.data[i] < 1 || ipiv.data[i] > n) args.range("pivot out of range");
  }
}

Napi::Value getrs(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    char trans = args.letter("NTC");
    auto n = args.dimension(), nrhs = args.dimension();
    auto a = args.array<T>();
    auto lda = args.dimension();
    auto ipiv = args.array<int32_t>();
    auto b = args.array<T>();
    auto ldb = args.dimension();
    args.need(a, n, n, lda);
    check_pivots(args, ipiv, n);
    args.need(b, n, nrhs, ldb);
    if (n == 0 || nrhs == 0) return number(args, 0);
    Pivots pivots(ipiv, n);
    return number(args, lapack::getrs(trans, n, nrhs, a.data, lda, pivots.get(), b.data, ldb));
  });
}

Napi::Value getri(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    auto n = args.dimension();
    auto a = args.array<T>();
    auto lda = args.dimension();
    auto ipiv = args.array<int32_t>();
    args.need(a, n, n, lda);
    check_pivots(args, ipiv, n);
    if (n == 0) return number(args, 0);
    Pivots pivots(ipiv, n);
    fit_threads();
    T query{};
    lapack::getri(n, a.data, lda, pivots.get(), &query, -1);
    integer lwork = work_length(n, query);
    Scratch<T> work(lwork);
    integer info = 0;
    with_room(n, n, [&] { info = lapack::getri(n, a.data, lda, pivots.get(), work.get(), lwork); });
    return number(args, info);
  });
}

Napi::Value gesv(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    auto n = args.dimension(), nrhs = args.dimension();
    auto a = args.array<T>();
    auto lda = args.dimension();
    auto ipiv = args.array<int32_t>();
    auto b = args.array<T>();
    auto ldb = args.dimension();
    args.need(a, n, n, lda);
    args.need(ipiv, n);
    args.need(b, n, nrhs, ldb);
    if (n == 0) return number(args, 0);
    fit_threads();
    Pivots pivots(ipiv, n);
    integer info = 0;
    with_room(n, n, [&] { info = lapack::gesv(n, nrhs, a.data, lda, pivots.get(), b.data, ldb); });
    pivots.store();
    return number(args, info);
  });
}

Napi::Value gecon(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    char norm = args.letter("1I");
    auto n = args.dimension();
    auto a = args.array<T>();
    auto lda = args.dimension();
    auto anorm = static_cast<Real<T>>(args.number());
    args.need(a, n, n, lda);
    Scratch<T> work(4.0 * n);
    Scratch<Real<T>> rwork(2.0 * n);
    Scratch<integer> iwork(n);
    Real<T> rcond = 0;
    integer info = lapack::gecon(norm, n, a.data, std::max<integer>(1, lda), anorm, &rcond, work.get(), rwork.get(),
                                 iwork.get());
    return number(args, info == 0 ? static_cast<double>(rcond) : std::nan(""));
  });
}

/// The work space of an estimate of a condition.
template <class T>
struct Estimate {
  explicit Estimate(integer n) : work(4.0 * n), rwork(2.0 * n), iwork(n) {}
  Scratch<T> work;
  Scratch<Real<T>> rwork;
  Scratch<integer> iwork;
  Real<T> rcond = 0;

  Napi::Value told(Arguments& args, integer info) {
    return number(args, info == 0 ? static_cast<double>(rcond) : std::nan(""));
  }
};

Napi::Value trcon(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    char uplo = args.letter("UL");
    auto n = args.dimension();
    auto a = args.array<T>();
    args.need(a, n, n, n);
    Estimate<T> e(n);
    return e.told(args, lapack::trcon(uplo, n, a.data, &e.rcond, e.work.get(), e.rwork.get(), e.iwork.get()));
  });
}

Napi::Value pocon(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    char uplo = args.letter("UL");
    auto n = args.dimension();
    auto a = args.array<T>();
    auto anorm = static_cast<Real<T>>(args.number());
    args.need(a, n, n, n);
    Estimate<T> e(n);
    return e.told(args, lapack::pocon(uplo, n, a.data, anorm, &e.rcond, e.work.get(), e.rwork.get(), e.iwork.get()));
  });
}

Napi::Value potrf(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    char uplo = args.letter("UL");
    auto n = args.dimension();
    auto a = args.array<T>();
    auto lda = args.dimension();
    args.need(a, n, n, lda);
    fit_threads();
    return number(args, n == 0 ? 0 : lapack::potrf(uplo, n, a.data, lda));
  });
}

Napi::Value trtrs(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    char uplo = args.letter("UL"), trans = args.letter("NTC"), diag = args.letter("NU");
    auto n = args.dimension(), nrhs = args.dimension();
    auto a = args.array<T>();
    auto lda = args.dimension();
    auto b = args.array<T>();
    auto ldb = args.dimension();
    args.need(a, n, n, lda);
    args.need(b, n, nrhs, ldb);
    if (n == 0 || nrhs == 0) return number(args, 0);
    return number(args, lapack::trtrs(uplo, trans, diag, n, nrhs, a.data, lda, b.data, ldb));
  });
}

/// From getrf's factors: sign (two parts), log |det|, |det|; in the precision of the matrix and by the C library.
Napi::Value determinant(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    using R = Real<T>;
    auto n = args.dimension();
    auto a = args.array<T>();
    auto lda = args.dimension();
    auto ipiv = args.array<int32_t>();
    auto out = args.array<double>();
    args.need(a, n, n, lda);
    args.need(ipiv, n);
    args.need(out, 4);
    T sign(1);
    R log(0);
    for (integer i = 0; i < n; i++) {
      if (ipiv.data[i] != i + 1) sign = -sign;
      T x = a.data[static_cast<size_t>(i) * (static_cast<size_t>(lda) + 1)];
      R size = std::abs(x);
      if constexpr (IsComplex<T>::value) {
        sign *= x / size;
      } else if (x < 0) {
        sign = -sign;
      }
      log += std::log(size);
    }
    out.data[0] = std::real(sign);
    out.data[1] = std::imag(sign);
    out.data[2] = log;
    out.data[3] = std::exp(log);
    return args.env().Undefined();
  });
}

Napi::Value lange(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    char norm = args.letter("M1IF");
    auto m = args.dimension(), n = args.dimension();
    auto a = args.array<T>();
    auto lda = args.dimension();
    args.need(a, m, n, lda);
    if (m == 0 || n == 0) return number(args, 0);
    Scratch<Real<T>> work(norm == 'I' ? m : 1);
    return number(args, lapack::lange(norm, m, n, a.data, lda, work.get()));
  });
}

}  // namespace

void define_systems(Napi::Env env, Napi::Object exports) {
  define<getrf>(env, exports, "getrf");
  define<getrs>(env, exports, "getrs");
  define<getri>(env, exports, "getri");
  define<gesv>(env, exports, "gesv");
  define<gecon>(env, exports, "gecon");
  define<trcon>(env, exports, "trcon");
  define<pocon>(env, exports, "pocon");
  define<potrf>(env, exports, "potrf");
  define<trtrs>(env, exports, "trtrs");
  define<determinant>(env, exports, "determinant");
  define<lange>(env, exports, "lange");
}

}  // namespace eigenscope
