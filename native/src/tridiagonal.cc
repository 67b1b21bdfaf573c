#include "tridiagonal.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <vector>

#include "barrier.h"
#include "bidiagonal.h"
#include "reflector.h"
#include "scratch.h"
#include "threads.h"

namespace eigenscope {
namespace {

using lapack::integer;

/// Columns between two updates of the rest of the matrix; each block of as many columns belongs to one thread, in whose
/// cache it stays.
constexpr int64_t kPanel = 32;
/// Columns of the kernel.
constexpr int64_t kGroup = 8;

int64_t rounded_up(int64_t n, int64_t to) { return (n + to - 1) / to * to; }

/// The matrix as it stands is A − V·Wᵀ − W·Vᵀ: of a panel's reflectors v, and w that makes A − v·wᵀ − w·vᵀ their product
/// with A from both sides.
template <class T>
class SymmetricReduction {
 public:
  SymmetricReduction(int64_t n, T* a, T* d, T* e, T* tau, int threads, StopFlag stop)
      : n_(n),
        lda_(padded_rows(n)),
        threads_(threads),
        a_(a),
        d_(d),
        e_(e),
        tau_(tau),
        panel_(static_cast<double>(lda_) * 3 * kPanel),
        x_(static_cast<double>(lda_)),
        y_(static_cast<double>(lda_) * threads),
        mine_(static_cast<size_t>(threads)),
        loops_(column_loops(T{})),
        barrier_(threads),
        stop_(stop) {
    std::fill_n(panel_.get(), lda_ * 3 * kPanel, T(0));
    std::fill_n(x_.get(), lda_, T(0));
  }

  void run(int thread) {
    for (int64_t i0 = 0; i0 < n_; i0 += kPanel) {
      const int64_t i1 = std::min(n_, i0 + kPanel);
      panel(i0, i1, thread);
      barrier_.wait();
      update_rest(i1, thread);
      if (thread == 0) stopped_ = asked(stop_);
      barrier_.wait();
      if (stopped_) return;
      stand_aside(stop_);
    }
  }

  bool stopped() const { return stopped_; }

 private:
  /// What one thread found, for the others to add up; each on cache lines of its own.
  struct alignas(128) Found {
    T v[kPanel], w[kPanel];
    double norm, energy;
  };

  T* column(int64_t j) { return a_ + j * lda_; }
  // V, W, and V once more: the rest is updated with [V W] · [W V]ᵀ.
  T* v(int64_t k) { return panel_.get() + k * lda_; }
  T* w(int64_t k) { return panel_.get() + (kPanel + k) * lda_; }
  T* partial(int thread) { return y_.get() + thread * lda_; }

  /// There and back again, so that the threads' shares of a triangle are alike.
  bool owns(int64_t block, int thread) const {
    const int64_t place = block % (2 * threads_);
    return thread == (place < threads_ ? place : 2 * threads_ - 1 - place);
  }

  void panel(int64_t i0, int64_t i1, int thread) {
    const Range rows = share(i0, n_, thread, threads_);
    Found& mine = mine_[static_cast<size_t>(thread)];
    T row_of_v[kPanel], row_of_w[kPanel], g[kPanel], h[kPanel];
    T last_of_w = 0;
    for (int64_t i = i0; i < i1; i++) {
      const int64_t k = i - i0;
      // Column i as it stands, the length of what is to vanish, and Vᵀ and Wᵀ times that.
      for (int64_t q = 0; q < k; q++) {
        row_of_v[q] = -v(q)[i];
        row_of_w[q] = q + 1 == k ? -last_of_w : -w(q)[i];
      }
      const Range below = beyond(rows, i), under = beyond(rows, i + 2);
      T* x = x_.get();
      std::copy(column(i) + below.start, column(i) + below.stop, x + below.start);
      loops_.combine(v(0) + below.start, lda_, k, row_of_w, x + below.start, below.size());
      loops_.combine(w(0) + below.start, lda_, k, row_of_v, x + below.start, below.size());
      if (below.start == i && below.size() > 0) {
        d_[i] = x[i];
        x[i] = 0;
      }
      if (i + 1 == n_) break;
      if (below.start <= i + 1 && i + 1 < below.stop) {
        alpha_ = x[i + 1];
        x[i + 1] = 0;
      }
      mine.norm = sum_of_squares(x + under.start, under.size());
      loops_.dots(v(0) + under.start, lda_, k, x + under.start, under.size(), mine.v);
      loops_.dots(w(0) + under.start, lda_, k, x + under.start, under.size(), mine.w);
      barrier_.wait();

      double norm = 0;
      for (auto& one : mine_) norm += one.norm;
      const Reflector<T> h_i(alpha_, norm);
      // Wᵀv and Vᵀv.
      T products = 0;
      for (int64_t q = 0; q < k; q++) {
        T of_v = 0, of_w = 0;
        for (auto& one : mine_) {
          of_v += one.v[q];
          of_w += one.w[q];
        }
        h[q] = -(v(q)[i + 1] + h_i.inverse * of_v);
        g[q] = -(w(q)[i + 1] + h_i.inverse * of_w);
        products += h[q] * g[q];
      }
      T *own = v(k), *again = v(2 * kPanel + k);
      for (int64_t r = under.start; r < under.stop; r++) own[r] = again[r] = column(i)[r] = x[r] * h_i.inverse;
      const bool first = below.start <= i + 1 && i + 1 < below.stop;
      if (first) {
        own[i + 1] = again[i + 1] = 1;
        column(i)[i + 1] = h_i.beta;
        e_[i] = h_i.beta;
        tau_[i] = h_i.tau;
      }
      multiply(i + 1, thread);
      mine.energy = sum_of_products(partial(thread) + i + 2, x + i + 2, n_ - i - 2);
      barrier_.wait();

      // w = τ·(A·v − V·(Wᵀv) − W·(Vᵀv)) + α·v with α = −τ/2 · wᵀv; A·v is the product with x, and the column that v's
      // leading 1 stands for.
      double energy = 0;
      T at_first = 0;
      for (auto& one : mine_) energy += one.energy;
      for (int t = 0; t < threads_; t++) at_first += partial(t)[i + 1];
      const T *next = column(i + 1), inverse = h_i.inverse, tau = h_i.tau;
      const T ends = next[i + 1] + 2 * inverse * at_first - 2 * products;
      const T whole = ends + static_cast<T>(static_cast<double>(inverse) * (static_cast<double>(inverse) * energy));
      const T alpha = -tau / 2 * tau * whole;
      T* to = w(k);
      const Range from = beyond(rows, i + 1);
      for (int64_t r = from.start; r < from.stop; r++) {
        T sum = partial(0)[r];
        for (int t = 1; t < threads_; t++) sum += partial(t)[r];
        to[r] = next[r] + sum * inverse;
      }
      loops_.combine(v(0) + from.start, lda_, k, g, to + from.start, from.size());
      loops_.combine(w(0) + from.start, lda_, k, h, to + from.start, from.size());
      for (int64_t r = from.start; r < from.stop; r++) to[r] = tau * to[r] + alpha * own[r];
      // The next column needs one entry that may be another thread's.
      T sum = next[i + 1] + inverse * at_first;
      for (int64_t q = 0; q < k; q++) sum += v(q)[i + 1] * g[q] + w(q)[i + 1] * h[q];
      last_of_w = tau * sum + alpha;
    }
  }

  /// This thread's part of S·x, where S is what begins at `from` and x is zero up to there.
  void multiply(int64_t from, int thread) {
    T* y = partial(thread);
    const int64_t start = from / kGroup * kGroup;
    std::fill(y + start, y + lda_, T(0));
    for (int64_t block = start / kPanel; block * kPanel < n_; block++) {
      if (!owns(block, thread)) continue;
      const int64_t stop = std::min(n_, (block + 1) * kPanel);
      for (int64_t j = std::max(start, block * kPanel); j < stop; j += kGroup) {
        loops_.symmetric(column(j) + j, lda_, n_ - j, x_.get() + j, y + j);
      }
    }
  }

  void update_rest(int64_t i1, int thread) {
    for (int64_t j = i1; j < n_; j += kPanel) {
      if (!owns(j / kPanel, thread)) continue;
      lapack::gemm('N', 'T', static_cast<integer>(n_ - j), static_cast<integer>(std::min(kPanel, n_ - j)),
                   static_cast<integer>(2 * kPanel), T(-1), v(0) + j, static_cast<integer>(lda_), w(0) + j,
                   static_cast<integer>(lda_), T(1), column(j) + j, static_cast<integer>(lda_));
    }
  }

  const int64_t n_, lda_;
  const int threads_;
  T *a_, *d_, *e_, *tau_;
  Scratch<T> panel_, x_, y_;
  std::vector<Found> mine_;
  const ColumnLoops<T>& loops_;
  Barrier barrier_;
  const StopFlag stop_;
  T alpha_ = 0;
  /// Written by the first thread between two barriers that all of them pass.
  bool stopped_ = false;
};

/// Block reflectors I − V·T·Vᵀ as whole rectangles: V with its ones and zeros written out, so that products are all.
constexpr int64_t kBlock = 64;
constexpr int64_t kColumns = 128;

template <class T>
void triangle(int64_t rows, int64_t k, const T* v, int64_t ldv, const T* tau, T* t) {
  T products[kBlock * kBlock];
  lapack::gemm('T', 'N', static_cast<integer>(k), static_cast<integer>(k), static_cast<integer>(rows), T(1), v,
               static_cast<integer>(ldv), v, static_cast<integer>(ldv), T(0), products, static_cast<integer>(kBlock));
  for (int64_t j = 0; j < k; j++) {
    T* column = t + j * kBlock;
    std::fill_n(column, kBlock, T(0));
    for (int64_t q = 0; q < j; q++) {
      const T factor = -tau[j] * products[j * kBlock + q];
      for (int64_t i = 0; i <= q; i++) column[i] += t[q * kBlock + i] * factor;
    }
    column[j] = tau[j];
  }
}

}  // namespace

int64_t padded_rows(int64_t n) { return rounded_up(n, 16) + 16; }
int64_t padded_columns(int64_t n) { return rounded_up(n, kGroup); }

template <class T>
void tridiagonalize(int64_t n, T* a, T* d, T* e, T* tau, int threads, StopFlag stop) {
  SymmetricReduction<T> reduction(n, a, d, e, tau, threads, stop);
  run_team(threads, [&](int thread) { reduction.run(thread); });
  if (reduction.stopped()) throw Stopped();
}

template <class T>
void apply_reflectors(int64_t n, T* a, int64_t lda, const T* tau, T* z, int64_t ldz, bool identity, int threads,
                      StopFlag stop) {
  const int64_t count = n - 1, blocks = (count + kBlock - 1) / kBlock, parts = (n + kColumns - 1) / kColumns;
  if (count <= 0) return;
  Scratch<T> triangles(static_cast<double>(blocks) * kBlock * kBlock);
  std::atomic<int64_t> next_block{0}, next_part{0};
  Barrier barrier(threads);
  run_team(threads, [&](int thread) {
    (void)thread;
    for (int64_t b = next_block++; b < blocks; b = next_block++) {
      const int64_t i0 = b * kBlock, i1 = std::min(count, i0 + kBlock);
      for (int64_t i = i0; i < i1; i++) {
        std::fill(a + i * lda + i0 + 1, a + i * lda + i + 1, T(0));
        a[i * lda + i + 1] = 1;
      }
      triangle(n - i0 - 1, i1 - i0, a + i0 * lda + i0 + 1, lda, tau + i0, triangles.get() + b * kBlock * kBlock);
    }
    barrier.wait();
    Scratch<T> work(2.0 * kBlock * kColumns);
    T *w = work.get(), *tw = w + kBlock * kColumns;
    // Of the identity the last columns take most work.
    for (int64_t part = next_part++; part < parts; part = next_part++) {
      const int64_t j = (parts - 1 - part) * kColumns;
      const integer cols = static_cast<integer>(std::min(kColumns, n - j));
      for (int64_t b = blocks - 1; b >= 0 && !asked(stop); b--) {
        stand_aside(stop);
        const int64_t i0 = b * kBlock;
        if (identity && j + cols <= i0 + 1) continue;
        const integer k = static_cast<integer>(std::min(kBlock, count - i0)), rows = static_cast<integer>(n - i0 - 1);
        const integer ldv = static_cast<integer>(lda), ldc = static_cast<integer>(ldz);
        const T* v = a + i0 * lda + i0 + 1;
        T* c = z + j * ldz + i0 + 1;
        const integer wide = static_cast<integer>(kBlock);
        lapack::gemm('T', 'N', k, cols, rows, T(1), v, ldv, c, ldc, T(0), w, wide);
        lapack::gemm('N', 'N', k, cols, k, T(1), triangles.get() + b * kBlock * kBlock, wide, w, wide, T(0), tw, wide);
        lapack::gemm('N', 'N', rows, cols, k, T(-1), v, ldv, tw, wide, T(1), c, ldc);
      }
    }
  });
  if (asked(stop)) throw Stopped();
}

template void tridiagonalize<float>(int64_t, float*, float*, float*, float*, int, StopFlag);
template void tridiagonalize<double>(int64_t, double*, double*, double*, double*, int, StopFlag);
template void apply_reflectors<float>(int64_t, float*, int64_t, const float*, float*, int64_t, bool, int, StopFlag);
template void apply_reflectors<double>(int64_t, double*, int64_t, const double*, double*, int64_t, bool, int, StopFlag);

}  // namespace eigenscope
