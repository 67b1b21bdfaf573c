#include "bidiagonal_divide.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <vector>

#include "barrier.h"
#include "kept_scratch.h"
#include "lapack_tridiagonal.h"
#include "scratch.h"
#include "secular.h"
#include "threads.h"

namespace eigenscope {
namespace {

using lapack::integer;

/// LAPACK's SMLSIZ: up to this order QR iterations take less time than another cut.
constexpr int64_t kLeaf = 25;
/// Vectors that one thread computes at a time.
constexpr int64_t kVectors = 96;

template <class T>
class BidiagonalDivide {
 public:
  BidiagonalDivide(int64_t n, T* d, T* e, T* u, int64_t ldu, T* vt, int64_t ldvt, int threads, StopFlag stop)
      : n_(n),
        ldu_(ldu),
        ldvt_(ldvt),
        threads_(threads),
        d_(d),
        e_(e),
        u_(u),
        vt_(vt),
        z_(n + 1.0),
        dsigma_(n + 1.0),
        poles_(n),
        squares_(n),
        weights_(n),
        roots_(n),
        indices_(5.0 * static_cast<double>(n) + 5),
        copies_(static_cast<double>(n) * static_cast<double>(n) + (n + 1.0) * (n + 1.0)),
        barrier_(threads),
        stop_(stop) {}

  void run(int thread) {
    Local local(n_);
    const int64_t step = (n_ + threads_ - 1) / threads_, from = std::min(n_, thread * step), to = std::min(n_, from + step);
    for (int64_t j = from; j < to; j++) {
      for (T* column : {u_ + j * ldu_, vt_ + j * ldvt_}) {
        std::fill_n(column, n_, T(0));
        column[j] = 1;
      }
    }
    barrier_.wait();
    // Parts by themselves while there is one for each thread, then all threads on one part.
    std::vector<Part> parts{{0, n_, 0}};
    std::vector<std::vector<Part>> levels;
    while (static_cast<int64_t>(parts.size()) < threads_ && parts[0].size > 2 * kLeaf) {
      levels.push_back(parts);
      std::vector<Part> halves;
      for (const Part& one : parts) {
        halves.push_back(one.left());
        halves.push_back(one.right());
      }
      parts = halves;
    }
    const int64_t count = static_cast<int64_t>(parts.size());
    for (int64_t i = next_++; i < count; i = next_++) solve(parts[static_cast<size_t>(i)], local);
    barrier_.wait();
    for (auto level = levels.rbegin(); level != levels.rend(); ++level) {
      for (const Part& one : *level) merge(shared_, one, local, thread, threads_, &barrier_);
    }
    if (thread == 0) descend();
    barrier_.wait();
    sort(from, to, local);
  }

  integer info() const { return info_; }

 private:
  /// Rows [from, from + size) and as many columns, or one more.
  struct Part {
    int64_t from, size, extra;
    int64_t above() const { return size / 2; }
    int64_t below() const { return size - above() - 1; }
    Part left() const { return {from, above(), 1}; }
    Part right() const { return {from + above() + 1, below(), extra}; }
  };

  /// Two halves on their way to one; `types` as lasd2 counts them: columns that live above, below and in both halves.
  struct Node {
    int64_t k = 0, types[3] = {0, 0, 0};
    T scale = 1;
    std::atomic<int64_t> next{0};
  };

  struct Local {
    Scratch<T> left, right;
    Scratch<double> work;
    explicit Local(int64_t n)
        : left(static_cast<double>(n) * kVectors), right(static_cast<double>(n) * kVectors), work(static_cast<double>(n)) {}
  };

  T* u(int64_t i, int64_t j) { return u_ + j * ldu_ + i; }
  T* vt(int64_t i, int64_t j) { return vt_ + j * ldvt_ + i; }
  T* u2(const Part& part) { return copies_.get() + part.from * n_; }
  T* vt2(const Part& part) { return copies_.get() + n_ * n_ + part.from * (n_ + 1); }
  /// lasd2's lists of integers.
  integer* list(int which, const Part& part) { return indices_.get() + which * (n_ + 1) + part.from; }
  enum List { kQ, kP, kIdx, kC, kType };

  void solve(const Part& part, Local& local) {
    if (info_ != 0 || asked(stop_)) return;
    if (part.size > kLeaf) {
      solve(part.left(), local);
      solve(part.right(), local);
      Node node;
      merge(node, part, local, 0, 1, nullptr);
      return;
    }
    T work[4 * kLeaf + 8];
    const integer info = lapack::lasdq(static_cast<integer>(part.extra), static_cast<integer>(part.size), d_ + part.from,
                                       e_ + part.from, vt(part.from, part.from), static_cast<integer>(ldvt_),
                                       u(part.from, part.from), static_cast<integer>(ldu_), work);
    if (info != 0) info_ = info;
    for (int64_t i = 0; i < part.size; i++) list(kQ, part)[i] = static_cast<integer>(i + 1);
  }

  void merge(Node& node, const Part& part, Local& local, int thread, int threads, Barrier* barrier) {
    auto meet = [&] {
      if (barrier != nullptr) barrier->wait();
    };
    if (thread == 0) {
      stand_aside(stop_);
      deflate(node, part);
    }
    meet();
    const int64_t k = node.k, from = part.from;
    if (k == 0) {
      meet();
      return;
    }
    constexpr Secular kind = Secular::singular_values;
    const int64_t step = (k + threads - 1) / threads;
    const int64_t first = std::min(k, thread * step), last = std::min(k, first + step);
    double *poles = poles_.get() + from, *squares = squares_.get() + from, *weights = weights_.get() + from;
    Root* roots = roots_.get() + from;
    for (int64_t i = first; i < last; i++) roots[i] = secular_root(kind, k, poles, squares, 1.0, i);
    meet();
    secular_weights(kind, k, poles, roots, first, last, weights);
    meet();
    if (thread == 0) group(part, k);
    meet();
    for (int64_t j = node.next.fetch_add(kVectors); j < k; j = node.next.fetch_add(kVectors)) {
      const int64_t count = std::min(kVectors, k - j);
      T *left = local.left.get(), *right = local.right.get();
      double* work = local.work.get();
      for (int64_t q = 0; q < count; q++) {
        const double length = std::sqrt(secular_quotients(kind, k, poles, squares, roots[j + q], work));
        for (int64_t i = 0; i < k; i++) right[q * k + i] = static_cast<T>(work[i] / length);
        double sum = 1;
        work[0] = -1;
        for (int64_t i = 1; i < k; i++) {
          work[i] *= poles[i];
          sum += work[i] * work[i];
        }
        const double size = std::sqrt(sum);
        for (int64_t i = 0; i < k; i++) left[q * k + i] = static_cast<T>(work[i] / size);
      }
      left_vectors(node, part, j, count, left);
      right_vectors(node, part, j, count, right);
    }
    meet();
    if (thread == 0) finish(node, part);
  }

  void deflate(Node& node, const Part& part) {
    node.k = 0;
    if (asked(stop_) || info_ != 0) return;
    const int64_t above = part.above(), middle = part.from + above, columns = part.size + part.extra;
    T alpha = d_[middle], beta = e_[middle], scale = std::max(std::abs(alpha), std::abs(beta));
    T* d = d_ + part.from;
    d[above] = 0;
    for (int64_t i = 0; i < part.size; i++) scale = std::max(scale, std::abs(d[i]));
    if (scale == T(0)) scale = 1;
    for (int64_t i = 0; i < part.size; i++) d[i] /= scale;
    node.scale = scale;
    integer found = 0;
    integer* types = list(kType, part);
    const integer info = lapack::lasd2(
        static_cast<integer>(above), static_cast<integer>(part.below()), static_cast<integer>(part.extra), &found, d,
        z_.get() + part.from, alpha / scale, beta / scale, u(part.from, part.from), static_cast<integer>(ldu_),
        vt(part.from, part.from), static_cast<integer>(ldvt_), dsigma_.get() + part.from, u2(part),
        static_cast<integer>(part.size), vt2(part), static_cast<integer>(columns), list(kP, part), list(kIdx, part),
        list(kC, part), list(kQ, part), types);
    if (info != 0) {
      info_ = info;
      return;
    }
    const int64_t k = found;
    for (int i = 0; i < 3; i++) node.types[i] = types[i];
    const T* z = z_.get() + part.from;
    if (k == 1) {
      // One vector is left, and no equation.
      d[0] = std::abs(z[0]);
      for (int64_t j = 0; j < columns; j++) *vt(part.from, part.from + j) = vt2(part)[j * columns];
      for (int64_t i = 0; i < part.size; i++) *u(part.from + i, part.from) = z[0] > 0 ? u2(part)[i] : -u2(part)[i];
      order(node, part, 1);
      return;
    }
    for (int64_t i = 0; i < k; i++) {
      poles_[part.from + i] = static_cast<double>(dsigma_[part.from + i]);
      squares_[part.from + i] = static_cast<double>(z[i]) * static_cast<double>(z[i]);
    }
    // A row that both halves use, beside the rows of the lower half.
    const int64_t row = node.types[0];
    for (int64_t j = above + 1; row > 0 && j < columns; j++) vt2(part)[j * columns + row] = vt2(part)[j * columns];
    node.next = 0;
    node.k = k;
  }

  /// Poles and weights in the order of lasd2's groups; the squares of z are not needed any more.
  void group(const Part& part, int64_t k) {
    const integer* groups = list(kC, part);
    for (int64_t i = 0; i < k; i++) {
      const int64_t at = part.from + (i == 0 ? 0 : groups[i] - 1);
      squares_[part.from + i] = std::copysign(weights_[at], static_cast<double>(z_[at]));
    }
    for (int64_t i = 0; i < k; i++) {
      const int64_t at = part.from + (i == 0 ? 0 : groups[i] - 1);
      poles_[part.from + i] = static_cast<double>(dsigma_[at]);
    }
  }

  static void product(bool turned, int64_t rows, int64_t cols, int64_t inner, const T* a, int64_t lda, const T* b,
                      int64_t ldb, T* c, int64_t ldc, bool add) {
    if (inner > 0 && rows > 0 && cols > 0) {
      lapack::gemm(turned ? 'T' : 'N', 'N', static_cast<integer>(rows), static_cast<integer>(cols),
                   static_cast<integer>(inner), T(1), a, static_cast<integer>(lda), b, static_cast<integer>(ldb),
                   T(add ? 1 : 0), c, static_cast<integer>(ldc));
    } else if (!add) {
      for (int64_t j = 0; j < cols; j++) std::fill_n(c + j * ldc, rows, T(0));
    }
  }

  void left_vectors(Node& node, const Part& part, int64_t j, int64_t count, const T* q) {
    const int64_t k = node.k, above = part.above(), below = part.below(), ld = part.size, to = part.from + j;
    const auto [upper, lower, both] = node.types;
    const T* from = u2(part);
    if (k == 2) {
      product(false, part.size, count, k, from, ld, q, k, u(part.from, to), ldu_, false);
      return;
    }
    const int64_t dense = 1 + upper + lower;
    product(false, above, count, upper, from + ld, ld, q + 1, k, u(part.from, to), ldu_, false);
    product(false, above, count, both, from + dense * ld, ld, q + dense, k, u(part.from, to), ldu_, true);
    for (int64_t i = 0; i < count; i++) *u(part.from + above, to + i) = q[i * k];
    product(false, below, count, lower + both, from + (1 + upper) * ld + above + 1, ld, q + 1 + upper, k,
            u(part.from + above + 1, to), ldu_, false);
  }

  void right_vectors(Node& node, const Part& part, int64_t j, int64_t count, T* q) {
    const int64_t k = node.k, above = part.above() + 1, columns = part.size + part.extra, to = part.from + j;
    const auto [upper, lower, both] = node.types;
    const T* from = vt2(part);
    const int64_t dense = 1 + upper + lower;
    product(true, count, above, 1 + upper, q, k, from, columns, vt(to, part.from), ldvt_, false);
    product(true, count, above, both, q + dense, k, from + dense, columns, vt(to, part.from), ldvt_, true);
    for (int64_t i = 0; i < count; i++) q[i * k + upper] = q[i * k];
    product(true, count, columns - above, 1 + lower + both, q + upper, k, from + above * columns + upper, columns,
            vt(to, part.from + above), ldvt_, false);
  }

  void finish(Node& node, const Part& part) {
    for (int64_t i = 0; i < node.k; i++) d_[part.from + i] = static_cast<T>(roots_[part.from + i].value());
    order(node, part, node.k);
  }

  void order(const Node& node, const Part& part, int64_t k) {
    for (int64_t i = 0; i < part.size; i++) d_[part.from + i] *= node.scale;
    lapack::lamrg(static_cast<integer>(k), static_cast<integer>(part.size - k), d_ + part.from, 1, -1, list(kQ, part));
  }

  /// What the merges left is ascending but for roundings.
  void descend() {
    integer* places = list(kIdx, {0, n_, 0});
    for (int64_t i = 0; i < n_; i++) places[i] = static_cast<integer>(i);
    std::stable_sort(places, places + n_, [this](integer a, integer b) { return d_[a] > d_[b]; });
  }

  /// Descending, as bdsdc leaves them: columns of U by way of a copy, each column of VT by itself.
  void sort(int64_t from, int64_t to, Local& local) {
    const integer* places = list(kIdx, {0, n_, 0});
    T *copy = copies_.get(), *column = local.left.get();
    for (int64_t j = from; j < to; j++) std::copy_n(u(0, j), n_, copy + j * n_);
    for (int64_t j = from; j < to; j++) {
      T* own = vt(0, j);
      std::copy_n(own, n_, column);
      for (int64_t i = 0; i < n_; i++) own[i] = column[places[i]];
    }
    barrier_.wait();
    for (int64_t j = from; j < to; j++) std::copy_n(copy + places[j] * n_, n_, u(0, j));
    if (from == 0 && to > 0) {
      std::copy_n(d_, n_, column);
      for (int64_t j = 0; j < n_; j++) d_[j] = column[places[j]];
    }
  }

  const int64_t n_, ldu_, ldvt_;
  const int threads_;
  T *d_, *e_, *u_, *vt_;
  Scratch<T> z_, dsigma_;
  Scratch<double> poles_, squares_, weights_;
  Scratch<Root> roots_;
  Scratch<integer> indices_;
  KeptScratch<T> copies_;
  Barrier barrier_;
  Node shared_;
  std::atomic<int64_t> next_{0};
  std::atomic<integer> info_{0};
  const StopFlag stop_;
};

}  // namespace

template <class T>
integer bdsdc_in_parallel(integer n, T* d, T* e, T* u, integer ldu, T* vt, integer ldvt, int threads, StopFlag stop) {
  T norm = 0;
  for (integer i = 0; i < n; i++) norm = std::max({norm, std::abs(d[i]), i + 1 < n ? std::abs(e[i]) : T(0)});
  const T scale = norm == T(0) ? T(1) : norm;
  // As bdsdc: an exact zero would be a pole twice.
  const T least = static_cast<T>(0.9) * std::numeric_limits<T>::epsilon() / 2;
  for (integer i = 0; i < n; i++) {
    d[i] /= scale;
    if (i + 1 < n) e[i] /= scale;
    if (norm != T(0) && std::abs(d[i]) < least) d[i] = std::copysign(least, d[i]);
  }
  BidiagonalDivide<T> divide(n, d, e, u, ldu, vt, ldvt, threads, stop);
  run_team(threads, [&](int thread) { divide.run(thread); });
  if (asked(stop)) throw Stopped();
  for (integer i = 0; i < n; i++) d[i] *= scale;
  return divide.info();
}

template integer bdsdc_in_parallel<float>(integer, float*, float*, float*, integer, float*, integer, int, StopFlag);
template integer bdsdc_in_parallel<double>(integer, double*, double*, double*, integer, double*, integer, int, StopFlag);

}  // namespace eigenscope
