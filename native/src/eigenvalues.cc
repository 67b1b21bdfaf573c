#include "blas_threads.h"
#include "general_eigenvalues.h"
#include "kept_scratch.h"
#include "kernels/pool.h"
#include "modules.h"
#include "stop.h"
#include "tridiagonal.h"
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

/// Below this LAPACK's own way is as fast.
constexpr integer kInSteps = 128;
/// Below this the threads' meetings take longer than what they share.
constexpr integer kWorthThreads = 200;
/// More threads than this only wait for memory.
constexpr int kMostThreads = 8;

/// Row after row from column after column or back, in blocks on threads; of the columns, `order` says which come.
template <class T>
void turned(const T* from, int64_t n, T* to, const int64_t* order = nullptr) {
  constexpr int64_t block = 32;
  on_pool((n + block - 1) / block, [&](int64_t task) {
    const int64_t i0 = task * block, i1 = std::min(n, i0 + block);
    for (int64_t j0 = 0; j0 < n; j0 += block) {
      const int64_t j1 = std::min(n, j0 + block);
      for (int64_t i = i0; i < i1; i++) {
        for (int64_t j = j0; j < j1; j++) to[i * n + j] = from[(order == nullptr ? j : order[j]) * n + i];
      }
    }
  });
}

/// One triangle of a matrix that lies row after row becomes the lower one of padded columns, zeros past n. Returns the
/// size of its largest entry.
template <class T>
double lower_columns(char uplo, int64_t n, const T* from, T* to) {
  constexpr int64_t block = 32;
  const int64_t lda = padded_rows(n), columns = padded_columns(n), tasks = (columns + block - 1) / block;
  Scratch<T> largest(static_cast<double>(tasks));
  on_pool(tasks, [&](int64_t task) {
    const int64_t j0 = task * block, j1 = std::min(n, j0 + block);
    T most = 0;
    for (int64_t j = j0; j < std::min(columns, j0 + block); j++) {
      std::fill(to + j * lda + (j < n ? n : 0), to + (j + 1) * lda, T(0));
    }
    for (int64_t i0 = j0; i0 < n && j0 < n; i0 += block) {
      const int64_t i1 = std::min(n, i0 + block);
      for (int64_t j = j0; j < j1; j++) {
        T* column = to + j * lda;
        for (int64_t i = std::max(i0, j); i < i1; i++) {
          column[i] = uplo == 'U' ? from[j * n + i] : from[i * n + j];
          most = std::max(most, std::abs(column[i]));
        }
      }
    }
    largest[static_cast<size_t>(task)] = most;
  });
  return static_cast<double>(*std::max_element(largest.get(), largest.get() + tasks));
}

/// eigh's steps on threads of our own: tridiagonal form, divide and conquer, back-transformation. a and v lie row after
/// row; like LAPACK, with the matrix scaled where squares of its entries could overflow or vanish.
template <class T>
integer eigh_in_steps(char uplo, integer order, const T* a, T* w, T* v) {
  const StopFlag stop = stop_flag();
  const int64_t n = order, lda = padded_rows(n), length = lda * padded_columns(n);
  const int threads = n < kWorthThreads ? 1 : std::min(kMostThreads, blas_threads());
  KeptScratch<T> room(static_cast<double>(length) + static_cast<double>(n) * static_cast<double>(n));
  T *matrix = room.get(), *z = matrix + length;
  Scratch<T> off(order), tau(order);
  Scratch<int64_t> ascending(order);
  const double largest = lower_columns(uplo, n, a, matrix);
  int exponent = 0;
  if (largest > 0 && (largest < 1e-4 || largest > 1e4)) {
    std::frexp(largest, &exponent);
    for (int64_t j = 0; j < n; j++) {
      for (int64_t i = j; i < n; i++) matrix[j * lda + i] = std::ldexp(matrix[j * lda + i], -exponent);
    }
  }
  BlasByItself alone;
  tridiagonalize<T>(n, matrix, w, off.get(), tau.get(), threads, stop);
  // The result's memory is work space meanwhile.
  const int64_t info = divide_and_conquer<T>(n, w, off.get(), z, ascending.get(), v, threads, stop);
  if (info != 0) return static_cast<integer>(info);
  apply_reflectors<T>(n, matrix, lda, tau.get(), z, n, false, threads, stop);
  turned(z, n, v, ascending.get());
  for (int64_t j = 0; j < n; j++) off[static_cast<size_t>(j)] = std::ldexp(w[ascending[static_cast<size_t>(j)]], exponent);
  std::copy_n(off.get(), n, w);
  return 0;
}

/// eigh(type, uplo, n, a, w, v): syevd with vectors; a and v lie row after row, of a one triangle is read.
Napi::Value eigh(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    const char uplo = args.letter("UL");
    const auto n = args.dimension();
    auto a = args.array<T>();
    auto w = args.array<Real<T>>();
    auto v = args.array<T>();
    const double square = static_cast<double>(n) * n;
    const Workspace size = syevd_workspace<T>('V', n);
    const integer lwork = work_length(size.work + 64.0 * n, 0.0);
    const integer lrwork = work_length(size.rwork, 0.0), liwork = work_length(size.iwork, 0.0);
    args.need(a, square);
    args.need(w, n);
    args.need(v, square);
    if (n == 0) return number(args, 0);
    fit_threads();
    if constexpr (!IsComplex<T>::value) {
      if (n >= kInSteps) return number(args, eigh_in_steps(uplo, n, a.data, w.data, v.data));
    }
    // The result's memory holds the matrix meanwhile.
    turned(a.data, n, v.data);
    integer info = 0;
    {
      KeptScratch<T> work(lwork);
      Scratch<Real<T>> rwork(lrwork);
      Scratch<integer> iwork(liwork);
      info = lapack::syevd('V', uplo, n, v.data, n, w.data, work.get(), lwork, rwork.get(), lrwork, iwork.get(), liwork);
    }
    if (info != 0) return number(args, info);
    KeptScratch<T> columns(square);
    std::copy(v.data, v.data + static_cast<int64_t>(n) * n, columns.get());
    turned(columns.get(), n, v.data);
    return number(args, info);
  });
}

Napi::Value syevd(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    char jobz = args.letter("NV"), uplo = args.letter("UL");
    auto n = args.dimension();
    auto a = args.array<T>();
    auto lda = args.dimension();
    auto w = args.array<Real<T>>();
    const Workspace size = syevd_workspace<T>(jobz, n);
    const integer lrwork = work_length(size.rwork, 0.0), liwork = work_length(size.iwork, 0.0);
    work_length(size.work, 0.0);
    args.need(a, n, n, lda);
    args.need(w, n);
    if (n == 0) return number(args, 0);
    fit_threads();
    T query{};
    Real<T> rquery = 0;
    integer iquery = 0;
    lapack::syevd(jobz, uplo, n, a.data, lda, w.data, &query, -1, &rquery, -1, &iquery, -1);
    const integer lwork = work_length(size.work, query);
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
    [[maybe_unused]] auto finish = [&](const R* re, const R* im) {
      for (integer i = 0; i < n; i++) {
        w.data[2 * i] = re[i];
        w.data[2 * i + 1] = im[i];
      }
      return number(args, info);
    };
    if constexpr (IsComplex<T>::value) {
      Scratch<R> rwork(2.0 * n);
      auto* pairs = reinterpret_cast<T*>(w.data);
      lapack::geev_complex(jobvl, jobvr, n, a.data, lda, pairs, vl.data, ldvl, vr.data, ldvr, &query, -1, rwork.get());
      integer lwork = work_length(2.0 * n, query);
      Scratch<T> work(lwork);
      info = lapack::geev_complex(jobvl, jobvr, n, a.data, lda, pairs, vl.data, ldvl, vr.data, ldvr, work.get(), lwork,
                                  rwork.get());
    } else {
      Scratch<R> parts(2.0 * n);
      R *re = parts.get(), *im = parts.get() + n;
      const bool packed = lda == n && (jobvr == 'N' || ldvr == n) && jobvl == 'N';
      if (packed && eig_in_steps<T>(n, a.data, re, im, jobvr == 'V' ? vr.data : nullptr, info)) return finish(re, im);
      lapack::geev<T>(jobvl, jobvr, n, a.data, lda, re, im, vl.data, ldvl, vr.data, ldvr, &query, -1);
      integer lwork = work_length(4.0 * n, query);
      Scratch<T> work(lwork);
      std::fill(re, re + 2 * static_cast<size_t>(n), R(0));
      info = lapack::geev<T>(jobvl, jobvr, n, a.data, lda, re, im, vl.data, ldvl, vr.data, ldvr, work.get(), lwork);
      return finish(re, im);
    }
    return number(args, info);
  });
}

/// complexVectors(type, n, vr, w, out): the vectors of a real matrix as geev packs them, two real columns for a conjugate
/// pair, become n × n complex numbers, row after row. w as pairs.
Napi::Value complex_vectors(Arguments& args) {
  return with_type(args.letter("sd"), [&]<class T>(T) -> Napi::Value {
    if constexpr (!IsComplex<T>::value) {
      const int64_t n = args.dimension();
      auto vr = args.array<T>();
      auto w = args.array<T>();
      auto out = args.array<std::complex<T>>();
      const double square = static_cast<double>(n) * static_cast<double>(n);
      args.need(vr, square);
      args.need(w, 2.0 * static_cast<double>(n));
      args.need(out, square);
      constexpr int64_t block = 32;
      on_pool((n + block - 1) / block, [&](int64_t task) {
        const int64_t i0 = task * block, i1 = std::min(n, i0 + block);
        for (int64_t j = 0; j < n; j++) {
          const T im = w.data[2 * j + 1];
          // Where a pair is cut by the matrix's edge there is no other column to read.
          const bool first = im > 0 && j + 1 < n, second = im < 0 && j > 0;
          const T* real = vr.data + (second ? j - 1 : j) * n;
          const T* imaginary = vr.data + (first ? j + 1 : j) * n;
          for (int64_t i = i0; i < i1; i++) {
            out.data[i * n + j] = {real[i], first ? imaginary[i] : second ? -imaginary[i] : T(0)};
          }
        }
      });
    }
    return args.env().Undefined();
  });
}

}  // namespace

void define_eigenvalues(Napi::Env env, Napi::Object exports) {
  define<eigh>(env, exports, "eigh");
  define<syevd>(env, exports, "syevd");
  define<syevd_size>(env, exports, "syevdWorkspace");
  define<geev>(env, exports, "geev");
  define<complex_vectors>(env, exports, "complexVectors");
}

}  // namespace eigenscope
