// Banded and tridiagonal matrices: positive definite systems and symmetric eigenproblems. A band lies in kd + 1 rows, one
// column after another, as LAPACK has it.
#include <limits>

#include "blas_threads.h"
#include "lapack_bands.h"
#include "linalg_modules.h"
#include "workspace.h"

namespace eigenscope {
namespace {

using lapack::integer;

/// The room of a band; its rows must be an integer of LAPACK's.
double band_room(integer n, integer kd) {
  return static_cast<double>(to_integer(1.0 + kd, "A band")) * static_cast<double>(n);
}

/// Cholesky's factor in place of the band.
Napi::Value pbtrf(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    char uplo = args.letter("UL");
    auto n = args.dimension(), kd = args.dimension();
    auto band = args.array<T>();
    args.need(band, band_room(n, kd));
    if (n == 0) return number(args, 0);
    fit_threads();
    return number(args, lapack::pbtrf(uplo, n, kd, band.data));
  });
}

Napi::Value pbtrs(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    char uplo = args.letter("UL");
    auto n = args.dimension(), kd = args.dimension(), nrhs = args.dimension();
    auto band = args.array<T>();
    auto b = args.array<T>();
    args.need(band, band_room(n, kd));
    args.need(b, static_cast<double>(n) * nrhs);
    if (n == 0 || nrhs == 0) return number(args, 0);
    fit_threads();
    return number(args, lapack::pbtrs(uplo, n, kd, nrhs, band.data, b.data));
  });
}

/// A tridiagonal system: d, e and b are overwritten.
Napi::Value ptsv(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    auto n = args.dimension(), nrhs = args.dimension();
    auto d = args.array<Real<T>>();
    auto e = args.array<T>();
    auto b = args.array<T>();
    args.need(d, n);
    args.need(e, std::max(0.0, n - 1.0));
    args.need(b, static_cast<double>(n) * nrhs);
    if (n == 0 || nrhs == 0) return number(args, 0);
    return number(args, lapack::ptsv(n, nrhs, d.data, e.data, b.data));
  });
}

/// The whole spectrum of a band, which is destroyed; z (n × n) null without vectors.
Napi::Value sbevd(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    using R = Real<T>;
    char uplo = args.letter("UL");
    auto n = args.dimension(), kd = args.dimension();
    auto band = args.array<T>();
    auto w = args.array<R>();
    auto z = args.array_or_null<T>();
    const bool vectors = z.data != nullptr;
    const double square = static_cast<double>(n) * n;
    args.need(band, band_room(n, kd));
    args.need(w, n);
    if (vectors) args.need(z, square);
    if (n == 0) return number(args, 0);
    const integer lwork = work_length(vectors ? 2 * square + 5.0 * n + 1 : 2.0 * n, 0.0);
    const integer liwork = work_length(vectors ? 5.0 * n + 3 : 1.0, 0.0);
    const bool complex = IsComplex<T>::value;
    fit_threads();
    Scratch<T> work(lwork);
    Scratch<R> rwork(complex ? lwork : 1.0);
    Scratch<integer> iwork(liwork);
    T unused{};
    return number(args, lapack::sbevd(vectors ? 'V' : 'N', uplo, n, kd, band.data, w.data, vectors ? z.data : &unused,
                                      vectors ? n : 1, work.get(), lwork, rwork.get(), complex ? lwork : 1, iwork.get(),
                                      liwork));
  });
}

/// Which eigenvalues: those in (low, high] for V, the first-th to the last-th, counted from 1, for I.
template <class R>
struct Part {
  explicit Part(Arguments& args)
      : range(args.letter("AVI")), low(static_cast<R>(args.number())), high(static_cast<R>(args.number())),
        first(args.dimension()), last(args.dimension()) {}
  char range;
  R low, high;
  integer first, last;
  double most(integer n) const { return range == 'I' ? static_cast<double>(last) - static_cast<double>(first) + 1 : n; }
  void check(Arguments& args, integer n) const {
    if (range == 'I' && (first < 1 || last > n || first > last)) args.range("no such eigenvalues");
  }
};

/// A part of the spectrum of a band, which is destroyed; z (n × as many as there may be) null without vectors. found[0]
/// receives how many there are.
Napi::Value sbevx(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    using R = Real<T>;
    char uplo = args.letter("UL");
    const Part<R> part(args);
    auto n = args.dimension(), kd = args.dimension();
    auto band = args.array<T>();
    auto w = args.array<R>();
    auto z = args.array_or_null<T>();
    auto found = args.array<int32_t>();
    const bool vectors = z.data != nullptr;
    const double square = static_cast<double>(n) * n;
    args.need(band, band_room(n, kd));
    args.need(w, n);
    args.need(found, 1);
    part.check(args, n);
    if (vectors) args.need(z, n * part.most(n));
    if (n == 0) return number(args, 0);
    fit_threads();
    Scratch<T> q(vectors ? square : 1.0), work(n);
    Scratch<R> rwork(7.0 * n);
    Scratch<integer> iwork(5.0 * n), ifail(n);
    integer m = 0;
    T unused{};
    const integer info =
        lapack::sbevx(vectors ? 'V' : 'N', part.range, uplo, n, kd, band.data, q.get(), vectors ? n : 1, part.low,
                      part.high, part.first, part.last, 2 * std::numeric_limits<R>::min(), &m, w.data,
                      vectors ? z.data : &unused, vectors ? n : 1, work.get(), rwork.get(), iwork.get(), ifail.get());
    found.data[0] = static_cast<int32_t>(m);
    return number(args, info);
  });
}

template <class T>
struct Tridiagonal {
  integer n;
  T* d;
  T* e;
  T* w;
  /// Null without vectors.
  T* z;
  T tolerance;
  integer found = 0;
  /// Whether it is the vectors that were not found.
  bool of_vectors = false;
  T unused{};

  T* vectors() { return z == nullptr ? &unused : z; }
  char job() const { return z == nullptr ? 'N' : 'V'; }
  integer rows() const { return z == nullptr ? 1 : n; }

  integer whole(char driver) {
    std::copy(d, d + n, w);
    found = n;
    if (driver == 'F') return lapack::sterf(n, w, e);
    if (driver == 'V') {
      Scratch<T> work(2.0 * n);
      return lapack::stev(job(), n, w, e, vectors(), rows(), work.get());
    }
    const double square = static_cast<double>(n) * n;
    const integer lwork = work_length(z == nullptr ? 1.0 : square + 4.0 * n + 1, 0.0);
    const integer liwork = work_length(z == nullptr ? 1.0 : 5.0 * n + 3, 0.0);
    Scratch<T> work(lwork);
    Scratch<integer> iwork(liwork);
    return lapack::stevd(job(), n, w, e, vectors(), rows(), work.get(), lwork, iwork.get(), liwork);
  }

  /// Bisection, and inverse iteration; with vectors the eigenvalues come block by block.
  integer bisected(const Part<T>& part) {
    Scratch<integer> iblock(n), isplit(n), iwork(3.0 * n);
    Scratch<T> work(5.0 * n);
    integer info = lapack::stebz(part.range, z == nullptr ? 'E' : 'B', n, part.low, part.high, part.first, part.last,
                                 tolerance, d, e, &found, w, iblock.get(), isplit.get(), work.get(), iwork.get());
    if (info != 0 || z == nullptr || found == 0) return info;
    of_vectors = true;
    Scratch<integer> ifail(found);
    return lapack::stein(n, d, e, found, w, iblock.get(), isplit.get(), z, work.get(), iwork.get(), ifail.get());
  }

  integer represented(const Part<T>& part) {
    const integer lwork = work_length(18.0 * n, 0.0), liwork = work_length(10.0 * n, 0.0);
    Scratch<T> longer(n), work(lwork);
    Scratch<integer> isuppz(2.0 * n), iwork(liwork);
    std::copy(e, e + (n - 1), longer.get());
    longer[static_cast<size_t>(n - 1)] = 0;
    return lapack::stemr(job(), part.range, n, d, longer.get(), part.low, part.high, part.first, part.last, &found, w,
                         vectors(), rows(), static_cast<integer>(part.most(n)), isuppz.get(), work.get(), lwork,
                         iwork.get(), liwork);
  }
};

/// A symmetric tridiagonal matrix by stev (V), stevd (D), sterf (F), stebz and stein (B) or stemr (R). d and e may be
/// overwritten; found receives how many eigenvalues there are, and whether an error is of the vectors.
Napi::Value tridiagonal(Arguments& args) {
  const auto of_type = [&]<class T>(T) -> Napi::Value {
    char driver = args.letter("VDFBR");
    const Part<T> part(args);
    auto tolerance = static_cast<T>(args.number());
    auto n = args.dimension();
    auto d = args.array<T>();
    auto e = args.array<T>();
    auto w = args.array<T>();
    auto z = args.array_or_null<T>();
    auto found = args.array<int32_t>();
    args.need(d, n);
    args.need(e, std::max(0.0, n - 1.0));
    args.need(w, n);
    args.need(found, 2);
    part.check(args, n);
    if (z.data != nullptr) args.need(z, n * part.most(n));
    if (n == 0) return number(args, 0);
    fit_threads();
    Tridiagonal<T> matrix{n, d.data, e.data, w.data, z.data, tolerance};
    const integer info = driver == 'B'   ? matrix.bisected(part)
                         : driver == 'R' ? matrix.represented(part)
                                         : matrix.whole(driver);
    found.data[0] = static_cast<int32_t>(matrix.found);
    found.data[1] = matrix.of_vectors ? 1 : 0;
    return number(args, info);
  };
  return args.letter("sd") == 's' ? of_type(float{}) : of_type(double{});
}

}  // namespace

void define_bands(Napi::Env env, Napi::Object exports) {
  define<pbtrf>(env, exports, "pbtrf");
  define<pbtrs>(env, exports, "pbtrs");
  define<ptsv>(env, exports, "ptsv");
  define<sbevd>(env, exports, "sbevd");
  define<sbevx>(env, exports, "sbevx");
  define<tridiagonal>(env, exports, "tridiagonal");
}

}  // namespace eigenscope
