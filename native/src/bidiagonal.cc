#include "bidiagonal.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "barrier.h"
#include "reflector.h"
#include "scratch.h"
#include "threads.h"

namespace eigenscope {
namespace {

/// Columns between two updates of the rest of the matrix.
constexpr int64_t kPanel = 32;

/// The matrix as it stands is A − P·Qᵀ: reflector k adds u to P and y to Q, then x to P and v to Q.
template <class T>
class Reduction {
 public:
  Reduction(int64_t m, int64_t n, T* a, int64_t lda, T* d, T* e, T* tauq, T* taup, int threads,
            StopFlag stop)
      : m_(m),
        n_(n),
        lda_(lda),
        threads_(threads),
        ldp_((m + 7) / 8 * 8 + 8),
        ldq_((n + 7) / 8 * 8 + 8),
        a_(a),
        d_(d),
        e_(e),
        tauq_(tauq),
        taup_(taup),
        p_(static_cast<double>(ldp_) * 2 * kPanel),
        q_(static_cast<double>(ldq_) * 2 * kPanel),
        c_(static_cast<double>(m)),
        w_(static_cast<double>(ldp_) * threads),
        y_(static_cast<double>(n)),
        r_(static_cast<double>(n)),
        mine_(static_cast<size_t>(threads)),
        loops_(column_loops(T{})),
        barrier_(threads),
        stop_(stop) {}

  void run(int thread) {
    for (int64_t i0 = 0; i0 < n_; i0 += kPanel) {
      int64_t i1 = std::min(n_, i0 + kPanel);
      panel(i0, i1, thread);
      update_rest(i0, i1, thread);
      if (thread == 0) stopped_ = asked(stop_);
      barrier_.wait();
      if (stopped_) return;
      stand_aside(stop_);
    }
  }

  bool stopped() const { return stopped_; }

 private:
  static constexpr int64_t kMost = 2 * kPanel;

  /// What one thread found, for the others to add up; each on cache lines of its own.
  struct alignas(128) Found {
    T left[kMost], right[kMost + 1];
    double left_norm, right_norm;
  };

  T* column(int64_t j) { return a_ + j * lda_; }
  T* p(int64_t q) { return p_.get() + q * ldp_; }
  T* q(int64_t k) { return q_.get() + k * ldq_; }

  void panel(int64_t i0, int64_t i1, int thread) {
    const Range rows = share(i0, m_, thread, threads_);
    Found& mine = mine_[static_cast<size_t>(thread)];
    T* w = w_.get() + thread * ldp_;
    T h[kMost + 1], row_of_q[kMost], row_of_p[kMost], g[kMost];
    Reflector<T> right(0, 0);
    for (int64_t i = i0; i < i1; i++) {
      const int64_t known = 2 * (i - i0);
      const Range below = beyond(rows, i);
      if (known > 0) finish_x(i - 1, known - 1, below, right, h);

      // Column i as it stands, its length, and Pᵀ times it.
      for (int64_t k = 0; k + 1 < known; k++) row_of_q[k] = -q(k)[i];
      if (known > 0) row_of_q[known - 1] = -1;  // v begins with 1
      T* c = c_.get();
      std::copy(column(i) + below.start, column(i) + below.stop, c + below.start);
      loops_.combine(p(0) + below.start, ldp_, known, row_of_q, c + below.start, below.size());
      const Range under = beyond(rows, i + 1);
      mine.left_norm = sum_of_squares(c + under.start, under.size());
      loops_.dots(p(0) + under.start, ldp_, known, c + under.start, under.size(), mine.left);
      barrier_.wait();

      double norm = 0;
      for (auto& one : mine_) norm += one.left_norm;
      const Reflector<T> left(c[i], norm);
      for (int64_t k = 0; k < known; k++) {
        T sum = 0;
        for (auto& one : mine_) sum += one.left[k];
        row_of_p[k] = -p(k)[i];
        g[k] = row_of_p[k] - sum * left.inverse;
      }
      if (rows.start <= i && i < rows.stop) {
        p(known)[i] = 1;
        d_[i] = left.beta;
        tauq_[i] = left.tau;
      }
      for (int64_t r = under.start; r < under.stop; r++) p(known)[r] = column(i)[r] = c[r] * left.inverse;
      if (i + 1 == n_) {
        if (thread == 0) taup_[i] = 0;
        continue;
      }

      // y = tau · (Aᵀu), the row r = A[i, :] − y, and A · r: one look at the columns.
      const Range cols = share(i + 1, n_, thread, threads_);
      T *y = y_.get(), *r = r_.get();
      for (int64_t j = cols.start; j < cols.stop; j++) y[j] = r[j] = column(j)[i];
      loops_.combine(q(0) + cols.start, ldq_, known, g, y + cols.start, cols.size());
      loops_.combine(q(0) + cols.start, ldq_, known, row_of_p, r + cols.start, cols.size());
      std::fill(w + i + 1, w + m_, T(0));
      const int64_t height = m_ - i - 1;
      for (int64_t j = cols.start; j < cols.stop; j += 4) {
        int64_t count = std::min<int64_t>(4, cols.stop - j);
        T sums[4];
        loops_.dots(column(j) + i + 1, lda_, count, c + i + 1, height, sums);
        for (int64_t k = 0; k < count; k++) {
          y[j + k] = left.tau * (y[j + k] + left.inverse * sums[k]);
          r[j + k] -= y[j + k];
          column(j + k)[i] = r[j + k];
          sums[k] = j + k == i + 1 ? T(0) : r[j + k];
        }
        if (j + 8 <= cols.stop) {
          loops_.combine_ahead(column(j) + i + 1, lda_, sums, w + i + 1, height);
        } else {
          loops_.combine(column(j) + i + 1, lda_, count, sums, w + i + 1, height);
        }
      }
      std::copy(y + cols.start, y + cols.stop, q(known) + cols.start);
      const Range after_first = beyond(cols, i + 2);
      mine.right_norm = sum_of_squares(r + after_first.start, after_first.size());
      loops_.dots(q(0) + after_first.start, ldq_, known + 1, r + after_first.start, after_first.size(), mine.right);
      barrier_.wait();

      norm = 0;
      for (auto& one : mine_) norm += one.right_norm;
      right = Reflector<T>(r[i + 1], norm);
      for (int64_t k = 0; k <= known; k++) {
        T sum = 0;
        for (auto& one : mine_) sum += one.right[k];
        h[k] = -(q(k)[i + 1] + sum * right.inverse);
      }
      T* v = q(known + 1);
      for (int64_t j = cols.start; j < cols.stop; j++) {
        v[j] = j == i + 1 ? T(1) : r[j] * right.inverse;
        if (j > i + 1) column(j)[i] = v[j];
      }
      if (thread == 0) {
        e_[i] = right.beta;
        taup_[i] = right.tau;
      }
    }
    if (i1 < n_) finish_x(i1 - 1, 2 * (i1 - i0) - 1, beyond(rows, i1), right, h);
    barrier_.wait();
    if (thread == 0) {
      for (int64_t i = i0; i < i1; i++) {
        column(i)[i] = d_[i];
        if (i + 1 < n_) column(i + 1)[i] = e_[i];
      }
    }
  }

  /// x = taup · (A·v − P·(Qᵀv)) for some rows, now that v is known.
  void finish_x(int64_t i, int64_t at, const Range& rows, const Reflector<T>& right, const T* h) {
    T* x = p(at);
    const T* next = column(i + 1);
    for (int64_t r = rows.start; r < rows.stop; r++) {
      T sum = 0;
      for (int t = 0; t < threads_; t++) sum += w_.get()[t * ldp_ + r];
      x[r] = next[r] + sum * right.inverse;
    }
    loops_.combine(p(0) + rows.start, ldp_, at, h, x + rows.start, rows.size());
    for (int64_t r = rows.start; r < rows.stop; r++) x[r] *= right.tau;
  }

  void update_rest(int64_t i0, int64_t i1, int thread) {
    const Range cols = share(i1, n_, thread, threads_);
    if (cols.size() == 0 || m_ <= i1) return;
    using lapack::integer;
    lapack::gemm('N', 'T', static_cast<integer>(m_ - i1), static_cast<integer>(cols.size()),
                 static_cast<integer>(2 * (i1 - i0)), T(-1), p(0) + i1, static_cast<integer>(ldp_), q(0) + cols.start,
                 static_cast<integer>(ldq_), T(1), column(cols.start) + i1, static_cast<integer>(lda_));
  }

  const int64_t m_, n_, lda_;
  const int threads_;
  const int64_t ldp_, ldq_;
  T *a_, *d_, *e_, *tauq_, *taup_;
  Scratch<T> p_, q_, c_, w_, y_, r_;
  std::vector<Found> mine_;
  const ColumnLoops<T>& loops_;
  Barrier barrier_;
  const StopFlag stop_;
  /// Written by the first thread between two barriers that all of them pass.
  bool stopped_ = false;
};

}  // namespace

template <class T>
void bidiagonalize(int64_t m, int64_t n, T* a, int64_t lda, T* d, T* e, T* tauq, T* taup, int threads,
                   StopFlag stop) {
  Reduction<T> reduction(m, n, a, lda, d, e, tauq, taup, threads, stop);
  run_team(threads, [&](int thread) { reduction.run(thread); });
  if (reduction.stopped()) throw Stopped();
}

template void bidiagonalize<float>(int64_t, int64_t, float*, int64_t, float*, float*, float*, float*, int,
                                   StopFlag);
template void bidiagonalize<double>(int64_t, int64_t, double*, int64_t, double*, double*, double*, double*, int,
                                    StopFlag);

}  // namespace eigenscope
