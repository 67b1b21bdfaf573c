// Factorisations and systems of whole stacks of matrices, in one call and on all threads. Stacks lie row after row,
// matrix after matrix; `batch` entries lie between neighbours, 0 for one matrix that is used for all.
#include <algorithm>
#include <atomic>
#include <cmath>

#include "blas_threads.h"
#include "kernels/pool.h"
#include "lapack_factors.h"
#include "linalg_modules.h"
#include "small_elimination.h"
#include "small_solve.h"
#include "stop.h"
#include "threads.h"
#include "workspace.h"

namespace eigenscope {
namespace {

using lapack::integer;

/// Column after column from row after row, or back with rows and cols exchanged.
template <class T>
void turn(const T* from, int64_t rows, int64_t cols, T* to) {
  constexpr int64_t block = 16;
  for (int64_t i0 = 0; i0 < rows; i0 += block) {
    const int64_t i1 = std::min(rows, i0 + block);
    for (int64_t j0 = 0; j0 < cols; j0 += block) {
      const int64_t j1 = std::min(cols, j0 + block);
      for (int64_t j = j0; j < j1; j++) {
        for (int64_t i = i0; i < i1; i++) to[j * rows + i] = from[i * cols + j];
      }
    }
  }
}

/// Calls f(from, to) for shares of a stack on threads; `steps` is about what one matrix costs in multiplications.
template <class F>
void in_shares(int64_t count, double steps, F&& f) {
  constexpr double worth = 1 << 17;
  const int64_t per = std::max<int64_t>(1, static_cast<int64_t>(worth / std::max(1.0, steps)));
  const int64_t tasks = (count + per - 1) / per;
  const StopFlag stop = stop_flag();
  BlasByItself alone;
  in_parallel(tasks, std::min<int64_t>(tasks, blas_threads()), [&](int64_t task) {
    if (!asked(stop)) f(task * per, std::min(count, (task + 1) * per));
  });
  if (asked(stop)) throw Stopped();
}

/// The same for kernels that neither call BLAS nor throw.
template <class F>
void in_light_shares(int64_t count, double steps, F&& f) {
  constexpr double worth = 1 << 17;
  const int64_t per = std::max<int64_t>(1, static_cast<int64_t>(worth / std::max(1.0, steps)));
  const int64_t tasks = (count + per - 1) / per;
  on_pool(tasks, [&](int64_t task) { f(task * per, std::min(count, (task + 1) * per)); });
}

template <class T>
Span<T> parse_stack(Arguments& args, int64_t count, double size, int64_t* batch) {
  auto span = args.array<T>();
  *batch = args.count();
  args.need(span, count == 0 ? 0 : static_cast<double>(*batch) * static_cast<double>(count - 1) + size);
  return span;
}

/// Keeps the smallest of the numbers it is given.
class First {
 public:
  void found(int64_t at) {
    int64_t known = at_;
    while (at < known && !at_.compare_exchange_weak(known, at)) {
    }
  }
  /// Counted from 1; 0 for none.
  double number() const { return at_ == kNone ? 0 : static_cast<double>(at_ + 1); }

 private:
  static constexpr int64_t kNone = INT64_MAX;
  std::atomic<int64_t> at_{kNone};
};

/// solveStack(type, count, n, k, a, aBatch, b | null, bBatch, x): x := a⁻¹ · b, of the identity for null. The first
/// singular matrix counted from 1, or 0.
Napi::Value solve_stack(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    const int64_t count = args.count();
    const integer n = args.dimension(), k = args.dimension();
    const double square = static_cast<double>(n) * n, side = static_cast<double>(n) * k;
    int64_t a_batch = 0, b_batch = 0;
    auto a = parse_stack<T>(args, count, square, &a_batch);
    auto b = args.array_or_null<T>();
    b_batch = args.count();
    if (b.data != nullptr && count > 0) args.need(b, static_cast<double>(b_batch) * static_cast<double>(count - 1) + side);
    if (b.data == nullptr && k != n) args.range("the identity is square");
    auto x = args.array<T>();
    args.need(x, side * static_cast<double>(count));
    if (count == 0 || n == 0 || k == 0) return number(args, 0);
    First singular;
    const double steps = square * (static_cast<double>(n) / 3 + k) + 64;
    if constexpr (!IsComplex<T>::value) {
      // One alone is left to LAPACK, whose roundings are NumPy's.
      if (count > 1 && n <= kSmallOrder && k <= kSmallOrder) {
        const auto solve = small_elimination<T>().solve;
        in_light_shares(count, steps, [&](int64_t from, int64_t to) {
          const int64_t at = solve({a.data, a_batch}, {b.data, b_batch}, x.data, from, to, n, k);
          if (at >= 0) singular.found(at);
        });
        return number(args, singular.number());
      }
    }
    fit_threads();
    in_shares(count, steps, [&](int64_t from, int64_t to) {
      Scratch<T> lu(square), right(side);
      Scratch<integer> pivots(n);
      for (int64_t q = from; q < to; q++) {
        turn(a.data + q * a_batch, n, n, lu.get());
        if (b.data != nullptr) {
          turn(b.data + q * b_batch, n, k, right.get());
        } else {
          std::fill_n(right.get(), static_cast<size_t>(side), T(0));
          for (integer i = 0; i < n; i++) right[static_cast<size_t>(i) * (static_cast<size_t>(n) + 1)] = T(1);
        }
        if (lapack::gesv(n, k, lu.get(), n, pivots.get(), right.get(), n) > 0) {
          singular.found(q);
          return;
        }
        turn(right.get(), k, n, x.data + q * n * k);
      }
    });
    return number(args, singular.number());
  });
}

/// determinantStack(type, count, n, a, sign, log, size | null): sign (of the type), log |det| and sign · |det|.
Napi::Value determinant_stack(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    using R = Real<T>;
    const int64_t count = args.count();
    const integer n = args.dimension();
    const double square = static_cast<double>(n) * n;
    auto a = args.array<T>();
    auto signs = args.array<T>();
    auto logs = args.array<R>();
    auto sizes = args.array_or_null<T>();
    args.need(a, square * static_cast<double>(count));
    args.need(signs, static_cast<double>(count));
    args.need(logs, static_cast<double>(count));
    if (sizes.data != nullptr) args.need(sizes, static_cast<double>(count));
    if (count == 0) return args.env().Undefined();
    // As NumPy: the logarithms are added up, also where only the product is wanted.
    auto write = [&](int64_t q, T sign, bool singular, auto pivot) {
      R log(0);
      for (integer i = 0; i < n && !singular; i++) {
        const T x = pivot(i);
        const R size = std::abs(x);
        if constexpr (IsComplex<T>::value) {
          sign *= x / size;
        } else if (x < 0) {
          sign = -sign;
        }
        log += std::log(size);
      }
      if (singular) {
        sign = T(0);
        log = -std::numeric_limits<R>::infinity();
      }
      signs.data[q] = sign;
      logs.data[q] = log;
      if (sizes.data != nullptr) sizes.data[q] = sign * std::exp(log);
    };
    const double steps = square * n / 3 + 64.0 * n + 64;
    if constexpr (!IsComplex<T>::value) {
      if (count > 1 && n <= kSmallOrder) {
        const auto pivots = small_elimination<T>().pivots;
        in_light_shares(count, steps, [&](int64_t from, int64_t to) {
          constexpr int64_t piece = 16;
          T found[piece * (kSmallOrder + 1)];
          for (int64_t q0 = from; q0 < to; q0 += piece) {
            const int64_t q1 = std::min(to, q0 + piece);
            pivots(a.data, found, q0, q1, n);
            for (int64_t q = q0; q < q1; q++) {
              const T* own = found + (q - q0) * (n + 1);
              write(q, own[n], n > 0 && own[n - 1] == T(0), [&](integer i) { return own[i]; });
            }
          }
        });
        return args.env().Undefined();
      }
    }
    fit_threads();
    in_shares(count, steps, [&](int64_t from, int64_t to) {
      Scratch<T> lu(square);
      Scratch<integer> pivots(n);
      for (int64_t q = from; q < to; q++) {
        turn(a.data + q * n * n, n, n, lu.get());
        const Real<T> lifted = lift(lu.get(), static_cast<int64_t>(n) * n);
        const bool singular = n > 0 && lapack::getrf(n, n, lu.get(), n, pivots.get()) > 0;
        T sign(1);
        for (integer i = 0; i < n; i++) {
          if (pivots[static_cast<size_t>(i)] != i + 1) sign = -sign;
        }
        write(q, sign, singular,
              [&](integer i) { return lu[static_cast<size_t>(i) * (static_cast<size_t>(n) + 1)] / lifted; });
      }
    });
    return args.env().Undefined();
  });
}

/// One triangle of a, zeros in the other one.
template <class T>
void one_triangle(const T* a, T* out, int64_t n, bool upper, int64_t from, int64_t to) {
  for (int64_t i = from; i < to; i++) {
    const int64_t first = upper ? i : 0, last = upper ? n : i + 1;
    std::fill(out + i * n, out + i * n + first, T(0));
    std::copy(a + i * n + first, a + i * n + last, out + i * n + first);
    std::fill(out + i * n + last, out + (i + 1) * n, T(0));
  }
}

/// choleskyStack(type, upper, count, n, a, out): potrf of one triangle, zeros in the other. [matrix, info] of the first
/// that is not positive definite, both counted from 1, or null.
Napi::Value cholesky_stack(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    const bool upper = args.flag();
    const int64_t count = args.count();
    const integer n = args.dimension();
    const double square = static_cast<double>(n) * n;
    auto a = args.array<T>();
    auto out = args.array<T>();
    args.need(a, square * static_cast<double>(count));
    args.need(out, square * static_cast<double>(count));
    if (count == 0 || n == 0) return args.env().Null();
    fit_threads();
    First failed;
    std::atomic<int64_t> order{0};
    const int64_t size = static_cast<int64_t>(n) * n;
    auto factor = [&](int64_t q) {
      // Row after row, the lower triangle is LAPACK's upper one: a̅ = Uᴴ·U there means a = L·Lᴴ here.
      const integer info = lapack::potrf(upper ? 'L' : 'U', n, out.data + q * size, n);
      if (info > 0) {
        failed.found(q);
        if (failed.number() == static_cast<double>(q + 1)) order = info;
      }
    };
    if (count == 1 && n > 256) {
      constexpr int64_t rows = 64;
      on_pool((n + rows - 1) / rows, [&](int64_t task) {
        one_triangle(a.data, out.data, n, upper, task * rows, std::min<int64_t>(n, (task + 1) * rows));
      });
      factor(0);
    } else {
      in_shares(count, square * n / 3 + 500, [&](int64_t from, int64_t to) {
        for (int64_t q = from; q < to; q++) {
          one_triangle(a.data + q * size, out.data + q * size, n, upper, 0, n);
          factor(q);
        }
      });
    }
    if (failed.number() == 0) return args.env().Null();
    Napi::Array found = Napi::Array::New(args.env(), 2);
    found.Set(uint32_t{0}, failed.number());
    found.Set(uint32_t{1}, static_cast<double>(order));
    return found;
  });
}

/// eighStack(type, uplo, count, n, a, w, v | null): syevd of each. The first that did not converge from 1, or 0.
Napi::Value eigh_stack(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    using R = Real<T>;
    const char uplo = args.letter("UL");
    const int64_t count = args.count();
    const integer n = args.dimension();
    const double square = static_cast<double>(n) * n, all = square * static_cast<double>(count);
    auto a = args.array<T>();
    auto w = args.array<R>();
    auto v = args.array_or_null<T>();
    // Enough for every form of the routine, blocks included.
    const integer lwork = work_length(2 * square + 70.0 * n + 8, 0.0);
    const integer lrwork = work_length(2 * square + 5.0 * n + 8, 0.0);
    const integer liwork = work_length(5.0 * n + 8, 0.0);
    args.need(a, all);
    args.need(w, static_cast<double>(n) * static_cast<double>(count));
    if (v.data != nullptr) args.need(v, all);
    if (count == 0 || n == 0) return number(args, 0);
    fit_threads();
    const char job = v.data == nullptr ? 'N' : 'V';
    First failed;
    in_shares(count, 9 * square * n + 2000, [&](int64_t from, int64_t to) {
      Scratch<T> matrix(square), work(lwork);
      Scratch<R> rwork(IsComplex<T>::value ? lrwork : 1);
      Scratch<integer> iwork(liwork);
      const int64_t size = static_cast<int64_t>(n) * n;
      for (int64_t q = from; q < to; q++) {
        turn(a.data + q * size, n, n, matrix.get());
        if (lapack::syevd(job, uplo, n, matrix.get(), n, w.data + q * n, work.get(), lwork, rwork.get(), lrwork,
                          iwork.get(), liwork) != 0) {
          failed.found(q);
          return;
        }
        if (v.data != nullptr) turn(matrix.get(), n, n, v.data + q * size);
      }
    });
    return number(args, failed.number());
  });
}

/// svdStack(type, job, count, m, n, a, s, u | null, vt | null): gesdd of each, job N, S or A. The first that did not
/// converge from 1, or 0.
Napi::Value svd_stack(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    using R = Real<T>;
    const char job = args.letter("NSA");
    const int64_t count = args.count();
    const integer m = args.dimension(), n = args.dimension(), r = std::min(m, n);
    auto a = args.array<T>();
    auto s = args.array<R>();
    auto u = args.array_or_null<T>();
    auto vt = args.array_or_null<T>();
    const int64_t u_cols = job == 'A' ? m : r, vt_rows = job == 'A' ? n : r;
    const double sizes = static_cast<double>(count), rows = m, cols = n;
    const double inner = static_cast<double>(r) * r, longest = std::max(rows, cols), least = 4 * inner + 7.0 * r + longest;
    const double lrwork = std::max(7.0 * r, std::max(5 * inner + 5.0 * r, 2 * longest * r + 2 * inner + r));
    work_length(least, 0.0);
    if (IsComplex<T>::value) work_length(lrwork, 0.0);
    args.need(a, rows * cols * sizes);
    args.need(s, static_cast<double>(r) * sizes);
    if (job != 'N') {
      args.need(u, rows * static_cast<double>(u_cols) * sizes);
      args.need(vt, static_cast<double>(vt_rows) * cols * sizes);
    }
    if (count == 0 || r == 0) return number(args, 0);
    fit_threads();
    T query{}, unused{};
    R squery = 0, rquery = 0;
    integer iquery = 0;
    lapack::gesdd(job, m, n, &unused, m, &squery, &unused, m, &unused, std::max<integer>(1, static_cast<integer>(vt_rows)),
                  &query, -1, &rquery, &iquery);
    const integer lwork = work_length(least, query);
    First failed;
    in_shares(count, 20 * rows * cols * r + 4000, [&](int64_t from, int64_t to) {
      Scratch<T> matrix(rows * cols), left(rows * static_cast<double>(u_cols)), right(cols * static_cast<double>(vt_rows)),
          work(lwork);
      Scratch<R> rwork(IsComplex<T>::value ? lrwork : 1);
      Scratch<integer> iwork(8.0 * r);
      for (int64_t q = from; q < to; q++) {
        turn(a.data + q * m * n, m, n, matrix.get());
        R* values = s.data + q * r;
        integer info = lapack::gesdd(job, m, n, matrix.get(), m, values, left.get(), m, right.get(),
                                     static_cast<integer>(vt_rows), work.get(), lwork, rwork.get(), iwork.get());
        // Some drivers report success and leave NaN.
        for (integer i = 0; i < r; i++) info = std::isnan(values[i]) ? 1 : info;
        if (info != 0) {
          failed.found(q);
          return;
        }
        if (job == 'N') continue;
        turn(left.get(), u_cols, m, u.data + q * m * u_cols);
        turn(right.get(), n, vt_rows, vt.data + q * vt_rows * n);
      }
    });
    return number(args, failed.number());
  });
}

/// qrStack(type, count, m, n, a, qCols, q | null, rRows, r): geqrf and orgqr of each; R with zeros below its diagonal.
Napi::Value qr_stack(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    const int64_t count = args.count();
    const integer m = args.dimension(), n = args.dimension(), k = std::min(m, n);
    auto a = args.array<T>();
    const integer q_cols = args.dimension();
    auto q = args.array_or_null<T>();
    const integer r_rows = args.dimension();
    auto r = args.array<T>();
    const double sizes = static_cast<double>(count);
    args.need(a, static_cast<double>(m) * n * sizes);
    if (q.data != nullptr) args.need(q, static_cast<double>(m) * q_cols * sizes);
    args.need(r, static_cast<double>(r_rows) * n * sizes);
    if (q_cols > m || q_cols < k || r_rows < k || r_rows > m) args.range("qr of another shape");
    if (count == 0 || m == 0 || n == 0) return args.env().Undefined();
    fit_threads();
    const integer widest = std::max(n, q_cols), lwork = work_length(64.0 * widest, 0.0);
    in_shares(count, 3.0 * m * n * k + 1000, [&](int64_t from, int64_t to) {
      Scratch<T> matrix(static_cast<double>(m) * widest), tau(k), work(lwork);
      for (int64_t i = from; i < to; i++) {
        turn(a.data + i * m * n, m, n, matrix.get());
        lapack::geqrf(m, n, matrix.get(), m, tau.get(), work.get(), lwork);
        T* out = r.data + i * r_rows * n;
        for (integer row = 0; row < r_rows; row++) {
          for (integer col = 0; col < n; col++) {
            *out++ = row <= col ? matrix[static_cast<size_t>(static_cast<int64_t>(col) * m + row)] : T(0);
          }
        }
        if (q.data == nullptr) continue;
        lapack::orgqr(m, q_cols, k, matrix.get(), m, tau.get(), work.get(), lwork);
        turn(matrix.get(), q_cols, m, q.data + i * m * q_cols);
      }
    });
    return args.env().Undefined();
  });
}

}  // namespace

void define_stacks(Napi::Env env, Napi::Object exports) {
  define<solve_stack>(env, exports, "solveStack");
  define<determinant_stack>(env, exports, "determinantStack");
  define<cholesky_stack>(env, exports, "choleskyStack");
  define<eigh_stack>(env, exports, "eighStack");
  define<svd_stack>(env, exports, "svdStack");
  define<qr_stack>(env, exports, "qrStack");
}

}  // namespace eigenscope
