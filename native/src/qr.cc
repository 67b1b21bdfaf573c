// QR factorisation on threads of our own. LAPACK's geqrf leaves the panels to one thread while the others wait; here one
// thread prepares the next panel while the others bring the rest of the matrix up to date.
#include <algorithm>
#include <atomic>
#include <complex>

#include "barrier.h"
#include "blas_threads.h"
#include "lapack_factors.h"
#include "linalg_modules.h"
#include "qr.h"
#include "threads.h"
#include "workspace.h"

namespace eigenscope {
namespace {

using lapack::integer;

constexpr integer kPanel = kQrPanel;
/// Columns (or rows of Q) that one thread takes at a time.
constexpr integer kChunk = 96;
constexpr int kMostThreads = 8;

/// Block reflectors I − V·T·Vᴴ: V below the diagonal of a, T (kPanel × k) in t.
template <class T>
struct Reflectors {
  integer m, k;
  const T* a;
  integer lda;
  const T* t;

  integer width(integer i) const { return std::min(kPanel, k - i); }
  const T* v(integer i) const { return a + static_cast<int64_t>(i) * lda + i; }
  const T* triangle(integer i) const { return t + static_cast<int64_t>(i) * kPanel; }
};

}  // namespace

template <class T>
void block_qr(integer m, integer n, T* a, integer lda, T* t, int threads) {
  const integer k = std::min(m, n);
  const Reflectors<T> h{m, k, a, lda, t};
  auto column = [&](integer j) { return a + static_cast<int64_t>(j) * lda; };
  std::atomic<integer> next{0};
  Barrier barrier(threads);
  run_team(threads, [&](int thread) {
    Scratch<T> work(static_cast<double>(std::max(kChunk, kPanel)) * kPanel);
    auto panel = [&](integer i) {
      const integer nb = h.width(i);
      lapack::geqrt(m - i, nb, nb, column(i) + i, lda, t + static_cast<int64_t>(i) * kPanel, kPanel, work.get());
    };
    auto update = [&](integer i, integer from, integer count) {
      const integer nb = h.width(i);
      lapack::larfb('L', IsComplex<T>::value ? 'C' : 'T', 'F', 'C', m - i, count, nb, h.v(i), lda, h.triangle(i), kPanel,
                    column(from) + i, lda, work.get(), count);
    };
    if (thread == 0) panel(0);
    for (integer i = 0; i < k; i += kPanel) {
      const integer after = i + h.width(i);
      if (thread == 0) next = std::min(n, after + (after < k ? h.width(after) : 0));
      barrier.wait();
      if (thread == 0 && after < k) {
        update(i, after, h.width(after));
        panel(after);
      }
      for (integer j = next.fetch_add(kChunk); j < n; j = next.fetch_add(kChunk)) {
        update(i, j, std::min(kChunk, n - j));
      }
      barrier.wait();
    }
  });
}

template <class T>
void apply_block_q(bool adjoint, integer m, integer k, const T* a, integer lda, const T* t, T* c, integer ldc,
                   integer columns) {
  const Reflectors<T> h{m, k, a, lda, t};
  const integer blocks = (k + kPanel - 1) / kPanel;
  Scratch<T> work(static_cast<double>(columns) * kPanel);
  for (integer b = 0; b < blocks; b++) {
    const integer i = (adjoint ? b : blocks - 1 - b) * kPanel;
    lapack::larfb('L', !adjoint ? 'N' : IsComplex<T>::value ? 'C' : 'T', 'F', 'C', m - i, columns, h.width(i), h.v(i), lda,
                  h.triangle(i), kPanel, c + i, ldc, work.get(), columns);
  }
}

template void block_qr<float>(integer, integer, float*, integer, float*, int);
template void block_qr<double>(integer, integer, double*, integer, double*, int);
template void apply_block_q<float>(bool, integer, integer, const float*, integer, const float*, float*, integer, integer);
template void apply_block_q<double>(bool, integer, integer, const double*, integer, const double*, double*, integer,
                                    integer);

namespace {

/// Q (m × cols) row after row: each thread carries rows of Qᴴ, which begin as the identity's, through the reflectors.
template <class T>
void form_q(const Reflectors<T>& h, integer cols, T* q, int threads) {
  const integer chunks = (cols + kChunk - 1) / kChunk;
  const integer last = (h.k - 1) / kPanel * kPanel;
  in_parallel(chunks, threads, [&](int64_t chunk) {
    // The rows that take most work come first.
    const integer from = static_cast<integer>(chunks - 1 - chunk) * kChunk, count = std::min(kChunk, cols - from);
    Scratch<T> rows(static_cast<double>(count) * h.m), work(static_cast<double>(kChunk) * kPanel);
    std::fill(rows.get(), rows.get() + static_cast<int64_t>(count) * h.m, T(0));
    for (integer j = 0; j < count; j++) rows[static_cast<size_t>(static_cast<int64_t>(from + j) * count + j)] = T(1);
    for (integer i = last; i >= 0; i -= kPanel) {
      // Later reflectors leave these rows of the identity alone.
      if (i >= from + count) continue;
      lapack::larfb('R', IsComplex<T>::value ? 'C' : 'T', 'F', 'C', count, h.m - i, h.width(i), h.v(i), h.lda,
                    h.triangle(i), kPanel, rows.get() + static_cast<int64_t>(i) * count, count, work.get(), count);
    }
    for (integer i0 = 0; i0 < h.m; i0++) {
      const T* from_row = rows.get() + static_cast<int64_t>(i0) * count;
      T* to = q + static_cast<int64_t>(i0) * cols + from;
      for (integer j = 0; j < count; j++) {
        if constexpr (IsComplex<T>::value) {
          to[j] = std::conj(from_row[j]);
        } else {
          to[j] = from_row[j];
        }
      }
    }
  });
}

/// The upper triangle, row after row, zeros below.
template <class T>
void write_r(integer rows, integer k, integer n, const T* a, integer lda, T* r, int threads) {
  constexpr integer block = 32;
  in_parallel((rows + block - 1) / block, threads, [&](int64_t part) {
    const integer i0 = static_cast<integer>(part) * block, i1 = std::min(rows, i0 + block);
    for (integer i = i0; i < i1; i++) std::fill_n(r + static_cast<int64_t>(i) * n, std::min(i, n), T(0));
    for (integer j0 = i0 / block * block; j0 < n; j0 += block) {
      const integer j1 = std::min(n, j0 + block);
      for (integer i = i0; i < i1; i++) {
        T* to = r + static_cast<int64_t>(i) * n;
        for (integer j = std::max(j0, i); j < j1; j++) to[j] = i < k ? a[static_cast<int64_t>(j) * lda + i] : T(0);
      }
    }
  });
}

/// a (m × n, column after column, destroyed) → R (rows × n) and Q (m × cols), both row after row; either may be absent.
Napi::Value qr(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    auto m = args.dimension(), n = args.dimension();
    auto a = args.array<T>();
    auto cols = args.dimension();
    auto q = args.array_or_null<T>();
    auto rows = args.dimension();
    auto r = args.array_or_null<T>();
    const integer k = std::min(m, n);
    args.need(a, m, n, std::max<integer>(1, m));
    if (q.data != nullptr) args.need(q, static_cast<double>(m) * cols);
    if (r.data != nullptr) args.need(r, static_cast<double>(rows) * n);
    if (k == 0 || cols > m || rows > m) args.range("qr needs a matrix with rows and columns");
    fit_threads();
    const int threads = std::min(kMostThreads, blas_threads());
    Scratch<T> t(static_cast<double>(kPanel) * (k + kPanel));
    BlasByItself alone;
    block_qr<T>(m, n, a.data, m, t.get(), threads);
    if (r.data != nullptr) write_r<T>(rows, k, n, a.data, m, r.data, threads);
    if (q.data != nullptr) form_q<T>({m, k, a.data, m, t.get()}, cols, q.data, threads);
    return args.env().Undefined();
  });
}

}  // namespace

void define_qr(Napi::Env env, Napi::Object exports) { define<qr>(env, exports, "qr"); }

}  // namespace eigenscope
