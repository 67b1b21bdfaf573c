#include "hessenberg.h"

#include <algorithm>
#include <atomic>
#include <vector>

#include "barrier.h"
#include "bidiagonal.h"
#include "gemm.h"
#include "reflector.h"
#include "scratch.h"
#include "threads.h"
#include "tridiagonal.h"

namespace eigenscope {
namespace {

/// Columns between two updates of the rest of the matrix.
constexpr int64_t kPanel = 32;
/// Rows or columns that a thread brings up to date at a time.
constexpr int64_t kChunk = 96;
/// Rows and columns of a part of a product with a vector, whose sums stay in the nearest cache.
constexpr int64_t kRows = 1024, kGroup = 32;

/// Of a panel's reflectors, whose product is Q = I − V·T·Vᵀ, and of A as it was before them, Y = A·V·T: the matrix as it
/// stands is (I − V·Tᵀ·Vᵀ)·(A − Y·Vᵀ). Each thread has rows of its own, and the threads meet twice for every column.
template <class T>
class Reduction {
 public:
  Reduction(int64_t n, T* a, int64_t lda, T* tau, int threads, StopFlag stop)
      : n_(n),
        lda_(lda),
        ldv_(padded_rows(n)),
        threads_(threads),
        a_(a),
        tau_(tau),
        panel_(2.0 * kPanel * static_cast<double>(ldv_)),
        x_(2.0 * static_cast<double>(ldv_)),
        parts_(static_cast<size_t>(threads)),
        loops_(column_loops(T{})),
        barrier_(threads),
        stop_(stop) {}

  void run(int thread) {
    Scratch<T> work(2.0 * kPanel * kChunk);
    Part& mine = parts_[static_cast<size_t>(thread)];
    for (int64_t k0 = 0; k0 + 2 < n_; k0 += kPanel) {
      const int64_t count = std::min(kPanel, n_ - 2 - k0);
      for (int64_t i = 0; i < count; i++) column(k0, i, thread, mine);
      if (thread == 0) {
        next_ = 0;
        stopped_ = asked(stop_);
      }
      barrier_.wait();
      if (stopped_) return;
      update(k0, count, mine.t, work.get());
      barrier_.wait();
      stand_aside(stop_);
    }
    if (thread == 0) std::fill(tau_ + std::max<int64_t>(0, n_ - 2), tau_ + n_, T(0));
  }

  bool stopped() const { return stopped_; }

 private:
  /// What one thread found for the others to add up, on cache lines of its own, and its copy of T.
  struct alignas(128) Part {
    T w[kPanel], c[kPanel];
    double norm;
    T t[kPanel * kPanel];
  };

  T* a(int64_t i, int64_t j) { return a_ + j * lda_ + i; }
  T* v(int64_t k) { return panel_.get() + k * ldv_; }
  T* y(int64_t k) { return panel_.get() + (kPanel + k) * ldv_; }

  /// Reflector i of the panel that begins with column k0.
  void column(int64_t k0, int64_t i, int thread, Part& mine) {
    const int64_t j = k0 + i;
    const Range rows = share(k0 + 1, n_, thread, threads_), below = beyond(rows, j + 2);
    const int64_t s = rows.start, count = rows.size();
    const bool first = rows.start <= j + 1 && j + 1 < rows.stop;
    // A thread that is ahead writes the next column while another one reads this.
    T* x = x_.get() + (j % 2) * ldv_;
    T f[kPanel], c[kPanel];
    std::copy(a(s, j), a(s, j) + count, x + s);
    if (i > 0) {
      // The last reflector begins with its 1 in this row.
      for (int64_t q = 0; q < i; q++) f[q] = q + 1 == i ? T(-1) : -v(q)[j];
      loops_.combine(y(0) + s, ldv_, i, f, x + s, count);
      loops_.dots(v(0) + s, ldv_, i, x + s, count, mine.w);
      barrier_.wait();
      T w[kPanel] = {};
      for (const Part& one : parts_) {
        for (int64_t q = 0; q < i; q++) w[q] += one.w[q];
      }
      for (int64_t q = 0; q < i; q++) {
        T sum = 0;
        for (int64_t p = 0; p <= q; p++) sum += mine.t[q * kPanel + p] * w[p];
        f[q] = -sum;
      }
      loops_.combine(v(0) + s, ldv_, i, f, x + s, count);
    }
    mine.norm = sum_of_squares(x + below.start, below.size());
    loops_.dots(v(0) + below.start, ldv_, i, x + below.start, below.size(), mine.c);
    if (first) alpha_ = x[j + 1];
    barrier_.wait();

    double norm = 0;
    for (const Part& one : parts_) norm += one.norm;
    const Reflector<T> h(alpha_, norm);
    for (int64_t q = 0; q < i; q++) {
      T sum = 0;
      for (const Part& one : parts_) sum += one.c[q];
      c[q] = v(q)[j + 1] + h.inverse * sum;
    }
    T *own = v(i), *at = a(0, j);
    for (int64_t r = rows.start; r < std::min(rows.stop, j + 1); r++) {
      own[r] = 0;
      at[r] = x[r];
    }
    if (first) {
      own[j + 1] = 1;
      at[j + 1] = h.beta;
      tau_[j] = h.tau;
    }
    for (int64_t r = below.start; r < below.stop; r++) own[r] = at[r] = x[r] * h.inverse;

    // A·v is the column that v's 1 stands for, and the product with what follows.
    T* to = y(i);
    for (int64_t r0 = s; r0 < rows.stop; r0 += kRows) {
      const int64_t length = std::min(kRows, rows.stop - r0);
      T* sums = to + r0;
      std::fill_n(sums, length, T(0));
      // There and back again: what was read last is still in the second cache.
      const int64_t groups = (n_ - j - 2 + kGroup - 1) / kGroup;
      for (int64_t g = 0; g < groups; g++) {
        const int64_t q = j + 2 + (j % 2 == 0 ? g : groups - 1 - g) * kGroup;
        loops_.combine(a(r0, q), lda_, std::min(kGroup, n_ - q), x + q, sums, length);
      }
      const T* next = a(r0, j + 1);
      for (int64_t r = 0; r < length; r++) sums[r] = next[r] + h.inverse * sums[r];
    }
    for (int64_t q = 0; q < i; q++) f[q] = -c[q];
    loops_.combine(y(0) + s, ldv_, i, f, to + s, count);
    for (int64_t r = rows.start; r < rows.stop; r++) to[r] *= h.tau;
    for (int64_t p = 0; p < i; p++) {
      T sum = 0;
      for (int64_t q = p; q < i; q++) sum += mine.t[q * kPanel + p] * c[q];
      mine.t[i * kPanel + p] = -h.tau * sum;
    }
    std::fill(mine.t + i * kPanel + i, mine.t + (i + 1) * kPanel, T(0));
    mine.t[i * kPanel + i] = h.tau;
  }

  /// What the panel's reflectors do to the rows above it, and to the columns behind it.
  void update(int64_t k0, int64_t count, const T* t, T* w) {
    const int64_t begin = k0 + 1, length = n_ - begin, behind = k0 + count;
    const int64_t above = (begin + kChunk - 1) / kChunk, right = (n_ - behind + kChunk - 1) / kChunk;
    T* tw = w + kPanel * kChunk;
    const T* reflectors = v(0) + begin;
    for (int64_t task = next_++; task < above + right; task = next_++) {
      if (task < right) {
        const int64_t j = behind + task * kChunk, columns = std::min(kChunk, n_ - j);
        T* to = a(begin, j);
        gemm<T>('N', 'T', length, columns, count, T(-1), y(0) + begin, ldv_, v(0) + j, ldv_, T(1), to, lda_, true);
        gemm<T>('T', 'N', count, columns, length, T(1), reflectors, ldv_, to, lda_, T(0), w, kPanel, true);
        gemm<T>('T', 'N', count, columns, count, T(1), t, kPanel, w, kPanel, T(0), tw, kPanel, true);
        gemm<T>('N', 'N', length, columns, count, T(-1), reflectors, ldv_, tw, kPanel, T(1), to, lda_, true);
      } else {
        const int64_t r = (task - right) * kChunk, rows = std::min(kChunk, begin - r);
        T* to = a(r, begin);
        gemm<T>('N', 'N', rows, count, length, T(1), to, lda_, reflectors, ldv_, T(0), w, kChunk, true);
        gemm<T>('N', 'N', rows, count, count, T(1), w, kChunk, t, kPanel, T(0), tw, kChunk, true);
        gemm<T>('N', 'T', rows, length, count, T(-1), tw, kChunk, reflectors, ldv_, T(1), to, lda_, true);
      }
    }
  }

  const int64_t n_, lda_, ldv_;
  const int threads_;
  T *a_, *tau_;
  Scratch<T> panel_, x_;
  std::vector<Part> parts_;
  const ColumnLoops<T>& loops_;
  Barrier barrier_;
  const StopFlag stop_;
  T alpha_ = 0;
  std::atomic<int64_t> next_{0};
  /// Written by the first thread before a barrier that all of them pass.
  bool stopped_ = false;
};

}  // namespace

template <class T>
void reduce_to_hessenberg(int64_t n, T* a, int64_t lda, T* tau, int threads, StopFlag stop) {
  Reduction<T> reduction(n, a, lda, tau, threads, stop);
  run_team(threads, [&](int thread) { reduction.run(thread); });
  if (reduction.stopped()) throw Stopped();
}

template <class T>
void hessenberg_vectors(int64_t n, T* a, int64_t lda, const T* tau, T* q, int64_t ldq, int threads, StopFlag stop) {
  for (int64_t j = 0; j < n; j++) {
    std::fill_n(q + j * ldq, n, T(0));
    q[j * ldq + j] = 1;
  }
  apply_reflectors<T>(n, a, lda, tau, q, ldq, true, threads, stop);
}

template void reduce_to_hessenberg<float>(int64_t, float*, int64_t, float*, int, StopFlag);
template void reduce_to_hessenberg<double>(int64_t, double*, int64_t, double*, int, StopFlag);
template void hessenberg_vectors<float>(int64_t, float*, int64_t, const float*, float*, int64_t, int, StopFlag);
template void hessenberg_vectors<double>(int64_t, double*, int64_t, const double*, double*, int64_t, int, StopFlag);

}  // namespace eigenscope
