#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "barrier.h"
#include "lapack_tridiagonal.h"
#include "scratch.h"
#include "secular.h"
#include "threads.h"
#include "tridiagonal.h"

namespace eigenscope {
namespace {

using lapack::integer;

/// Up to this order QL iterations take less time than another cut.
constexpr int64_t kLeaf = 28;
/// Vectors that one thread computes at a time.
constexpr int64_t kVectors = 128;

/// Which rows of a vector are not zero before two halves become one.
enum Home : uint8_t { kUpper, kBoth, kLower };

template <class T>
class Divide {
 public:
  Divide(int64_t n, T* d, T* e, T* z, int64_t* order, T* work, int threads, StopFlag stop)
      : n_(n),
        threads_(threads),
        z_(z),
        order_(order),
        d_(n),
        e_(n),
        part_(n),
        poles_(n),
        squares_(n),
        signed_(n),
        weights_(n),
        grouped_poles_(n),
        grouped_weights_(n),
        roots_(n),
        sorted_(n),
        accepted_(n),
        place_(n),
        home_(n),
        copy_(work),
        barrier_(threads),
        stop_(stop) {
    for (int64_t i = 0; i < n; i++) {
      d_[i] = static_cast<double>(d[i]);
      e_[i] = i + 1 < n ? static_cast<double>(e[i]) : 0;
    }
  }

  void run(int thread) {
    Local local(n_);
    const int64_t step = (n_ + threads_ - 1) / threads_, from = std::min(n_, thread * step);
    std::fill(z_ + from * n_, z_ + std::min(n_, from + step) * n_, T(0));
    if (thread == 0) cut_all(0, n_);
    barrier_.wait();
    // Parts by themselves while there is one for each thread, then all threads on one part.
    std::vector<Part> parts{{0, n_}};
    std::vector<std::vector<Part>> levels;
    while (static_cast<int64_t>(parts.size()) < threads_ && parts[0].size() > 2 * kLeaf) {
      levels.push_back(parts);
      std::vector<Part> halves;
      for (const Part& one : parts) {
        halves.push_back({one.from, one.middle()});
        halves.push_back({one.middle(), one.to});
      }
      parts = halves;
    }
    const int64_t count = static_cast<int64_t>(parts.size());
    for (int64_t i = next_++; i < count; i = next_++) solve(parts[static_cast<size_t>(i)], local);
    barrier_.wait();
    for (auto level = levels.rbegin(); level != levels.rend(); ++level) {
      for (const Part& one : *level) merge(shared_, one, local, thread, threads_, &barrier_);
    }
  }

  int64_t info() const { return info_; }
  double value(int64_t j) const { return d_[j]; }

 private:
  struct Part {
    int64_t from, to;
    int64_t size() const { return to - from; }
    int64_t middle() const { return (from + to) / 2; }
    bool leaf() const { return size() <= kLeaf; }
  };

  /// Two halves on their way to one: k vectors to compute, of which `upper` live in the upper half, and so on.
  struct Node {
    int64_t k = 0, upper = 0, both = 0, lower = 0;
    double rho = 0;
    T *top = nullptr, *bottom = nullptr, *rest = nullptr;
    std::atomic<int64_t> next{0};
  };

  struct Local {
    Scratch<T> vectors;
    Scratch<double> work;
    explicit Local(int64_t n) : vectors(static_cast<double>(n) * kVectors), work(static_cast<double>(n)) {}
  };

  T* column(int64_t j) { return z_ + j * n_; }

  /// T = the halves + |e|·v·vᵀ at every cut.
  void cut_all(int64_t from, int64_t to) {
    const Part part{from, to};
    if (part.leaf()) return;
    const int64_t middle = part.middle();
    d_[middle - 1] -= std::abs(e_[middle - 1]);
    d_[middle] -= std::abs(e_[middle - 1]);
    cut_all(from, middle);
    cut_all(middle, to);
  }

  void solve(const Part& part, Local& local) {
    if (info_ != 0 || asked(stop_)) return;
    if (part.leaf()) {
      leaf(part);
      return;
    }
    solve({part.from, part.middle()}, local);
    solve({part.middle(), part.to}, local);
    Node node;
    merge(node, part, local, 0, 1, nullptr);
  }

  void leaf(const Part& part) {
    T d[kLeaf], e[kLeaf], work[2 * kLeaf];
    const int64_t size = part.size();
    for (int64_t i = 0; i < size; i++) {
      d[i] = static_cast<T>(d_[part.from + i]);
      e[i] = static_cast<T>(e_[part.from + i]);
    }
    const integer info = lapack::steqr('I', static_cast<integer>(size), d, e, column(part.from) + part.from,
                                       static_cast<integer>(n_), work);
    if (info != 0) info_ = info;
    for (int64_t i = 0; i < size; i++) {
      d_[part.from + i] = static_cast<double>(d[i]);
      order_[part.from + i] = part.from + i;
    }
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
    const int64_t k = node.k, from = part.from, middle = part.middle(), size = part.size();
    if (k == 0) {
      meet();
      return;
    }
    const int64_t above = middle - from, below = part.to - middle;
    for (int64_t g = thread; g < size; g += threads) {
      const T* source = column(accepted_[from + g]);
      if (g >= k) {
        std::copy(source + from, source + part.to, node.rest + (g - k) * size);
        continue;
      }
      if (g < node.upper + node.both) std::copy(source + from, source + middle, node.top + g * above);
      if (g >= node.upper) std::copy(source + middle, source + part.to, node.bottom + (g - node.upper) * below);
    }
    const int64_t step = (k + threads - 1) / threads;
    const int64_t first = std::min(k, thread * step), last = std::min(k, first + step);
    const double *poles = poles_.get() + from;
    Root* roots = roots_.get() + from;
    for (int64_t i = first; i < last; i++) roots[i] = secular_root(Secular::eigenvalues, k, poles, squares_.get() + from, node.rho, i);
    meet();
    double* weights = weights_.get() + from;
    secular_weights(Secular::eigenvalues, k, poles, roots, first, last, weights);
    meet();
    if (thread == 0) {
      for (int64_t i = 0; i < k; i++) {
        const int64_t at = from + place_[from + i];
        grouped_poles_[at] = poles[i];
        grouped_weights_[at] = std::copysign(weights[i], signed_[from + i]);
      }
    }
    meet();
    const integer ld = static_cast<integer>(n_);
    for (int64_t j = node.next.fetch_add(kVectors); j < size; j = node.next.fetch_add(kVectors)) {
      const int64_t stop = std::min(size, j + kVectors), computed = std::min(k, stop) - j;
      for (int64_t q = std::max(j, k); q < stop; q++) {
        std::copy_n(node.rest + (q - k) * size, size, column(from + q) + from);
      }
      if (computed <= 0) continue;
      T* vectors = local.vectors.get();
      for (int64_t q = 0; q < computed; q++) {
        double* work = local.work.get();
        const double length = std::sqrt(secular_quotients(Secular::eigenvalues, k, grouped_poles_.get() + from,
                                                          grouped_weights_.get() + from, roots[j + q], work));
        for (int64_t i = 0; i < k; i++) vectors[q * k + i] = static_cast<T>(work[i] / length);
      }
      product(above, computed, node.upper + node.both, node.top, vectors, k, column(from + j) + from, ld);
      product(below, computed, node.both + node.lower, node.bottom, vectors + node.upper, k, column(from + j) + middle,
              ld);
    }
    meet();
    if (thread == 0) finish(node, part);
  }

  static void product(int64_t rows, int64_t cols, int64_t inner, const T* a, const T* b, int64_t ldb, T* c, integer ldc) {
    if (inner == 0) {
      for (int64_t j = 0; j < cols; j++) std::fill_n(c + j * ldc, rows, T(0));
      return;
    }
    lapack::gemm('N', 'N', static_cast<integer>(rows), static_cast<integer>(cols), static_cast<integer>(inner), T(1), a,
                 static_cast<integer>(rows), b, static_cast<integer>(ldb), T(0), c, ldc);
  }

  /// Finds which of the vectors stay as they are, as LAPACK's laed2 does, and lists the others by where they live.
  void deflate(Node& node, const Part& part) {
    const int64_t from = part.from, middle = part.middle(), to = part.to;
    node.k = 0;
    if (asked(stop_) || info_ != 0) return;
    const double cut = e_[middle - 1];
    const double turn = cut < 0 ? -std::sqrt(0.5) : std::sqrt(0.5);
    double largest = 0, most = 0;
    for (int64_t j = from; j < to; j++) {
      part_[j] = j < middle ? std::sqrt(0.5) * static_cast<double>(column(j)[middle - 1])
                            : turn * static_cast<double>(column(j)[middle]);
      home_[j] = j < middle ? kUpper : kLower;
      largest = std::max(largest, std::abs(d_[j]));
      most = std::max(most, std::abs(part_[j]));
    }
    const double rho = 2 * std::abs(cut);
    const double limit = 4 * static_cast<double>(std::numeric_limits<T>::epsilon()) * std::max(largest, most);
    int64_t* sorted = sorted_.get() + from;
    std::merge(order_ + from, order_ + middle, order_ + middle, order_ + to, sorted,
               [this](int64_t a, int64_t b) { return d_[a] < d_[b]; });
    if (rho * most <= limit) {
      std::copy_n(sorted, part.size(), order_ + from);
      return;
    }
    int64_t k = 0, settled = 0, last = -1;
    int64_t* accepted = accepted_.get() + from;
    // From behind, in the same list: those that need no work.
    auto settle = [&](int64_t j) { accepted[part.size() - ++settled] = j; };
    auto accept = [&](int64_t j) { accepted[k++] = j; };
    for (int64_t i = 0; i < part.size(); i++) {
      const int64_t next = sorted[i];
      if (rho * std::abs(part_[next]) <= limit) {
        settle(next);
      } else if (last < 0) {
        last = next;
      } else if (!rotate(last, next, part, limit)) {
        accept(last);
        last = next;
      } else {
        settle(last);
        last = next;
      }
    }
    accept(last);
    node.k = k;
    node.rho = rho;
    node.next = 0;
    list(node, part);
  }

  /// Turns two vectors with neighbouring values so that the first needs no work, where that changes T by nothing.
  bool rotate(int64_t p, int64_t q, const Part& part, double limit) {
    const double length = std::hypot(part_[p], part_[q]), c = part_[q] / length, s = -part_[p] / length;
    if (std::abs((d_[q] - d_[p]) * c * s) > limit) return false;
    part_[q] = length;
    part_[p] = 0;
    if (home_[p] != home_[q]) home_[q] = kBoth;
    T *x = column(p), *y = column(q);
    const T ct = static_cast<T>(c), st = static_cast<T>(s);
    for (int64_t i = part.from; i < part.to; i++) {
      const T xi = x[i], yi = y[i];
      x[i] = ct * xi + st * yi;
      y[i] = ct * yi - st * xi;
    }
    const double dp = d_[p], dq = d_[q];
    d_[p] = dp * c * c + dq * s * s;
    d_[q] = dp * s * s + dq * c * c;
    return true;
  }

  void list(Node& node, const Part& part) {
    const int64_t from = part.from, k = node.k, above = part.middle() - from, below = part.to - part.middle();
    int64_t counts[3] = {0, 0, 0};
    for (int64_t i = 0; i < k; i++) counts[home_[accepted_[from + i]]]++;
    node.upper = counts[kUpper];
    node.both = counts[kBoth];
    node.lower = counts[kLower];
    int64_t next[3] = {0, node.upper, node.upper + node.both};
    for (int64_t i = 0; i < k; i++) {
      const int64_t j = accepted_[from + i];
      poles_[from + i] = d_[j];
      signed_[from + i] = part_[j];
      squares_[from + i] = part_[j] * part_[j];
      place_[from + i] = next[home_[j]]++;
    }
    // Columns in the order of their groups; sorted_ is free now.
    for (int64_t i = 0; i < k; i++) sorted_[from + place_[from + i]] = accepted_[from + i];
    std::copy_n(sorted_.get() + from, k, accepted_.get() + from);
    node.top = copy_ + from * n_;
    node.bottom = node.top + above * (node.upper + node.both);
    node.rest = node.bottom + below * (node.both + node.lower);
  }

  /// Values beside the columns they belong to now, and their order.
  void finish(Node& node, const Part& part) {
    const int64_t from = part.from, k = node.k, size = part.size();
    for (int64_t i = k; i < size; i++) weights_[from + i] = d_[accepted_[from + i]];
    for (int64_t i = 0; i < k; i++) weights_[from + i] = roots_[from + i].value();
    std::copy_n(weights_.get() + from, size, d_.get() + from);
    int64_t* settled = sorted_.get() + from;
    for (int64_t i = 0; i < size; i++) settled[i] = from + i;
    auto smaller = [this](int64_t a, int64_t b) { return d_[a] < d_[b]; };
    std::sort(settled + k, settled + size, smaller);
    std::merge(settled, settled + k, settled + k, settled + size, order_ + from, smaller);
  }

  const int64_t n_;
  const int threads_;
  T* z_;
  int64_t* order_;
  Scratch<double> d_, e_, part_, poles_, squares_, signed_, weights_, grouped_poles_, grouped_weights_;
  Scratch<Root> roots_;
  Scratch<int64_t> sorted_, accepted_, place_;
  Scratch<uint8_t> home_;
  T* copy_;
  Barrier barrier_;
  Node shared_;
  std::atomic<int64_t> next_{0}, info_{0};
  const StopFlag stop_;
};

}  // namespace

template <class T>
int64_t divide_and_conquer(int64_t n, T* d, T* e, T* z, int64_t* order, T* work, int threads, StopFlag stop) {
  T norm = 0;
  for (int64_t i = 0; i < n; i++) norm = std::max({norm, std::abs(d[i]), i + 1 < n ? std::abs(e[i]) : T(0)});
  if (norm == T(0)) {
    std::fill_n(z, n * n, T(0));
    for (int64_t i = 0; i < n; i++) {
      z[i * (n + 1)] = 1;
      order[i] = i;
    }
    return 0;
  }
  for (int64_t i = 0; i < n; i++) {
    d[i] /= norm;
    if (i + 1 < n) e[i] /= norm;
  }
  Divide<T> divide(n, d, e, z, order, work, threads, stop);
  run_team(threads, [&](int thread) { divide.run(thread); });
  if (asked(stop)) throw Stopped();
  for (int64_t j = 0; j < n; j++) d[j] = static_cast<T>(divide.value(j) * static_cast<double>(norm));
  return divide.info();
}

template int64_t divide_and_conquer<float>(int64_t, float*, float*, float*, int64_t*, float*, int, StopFlag);
template int64_t divide_and_conquer<double>(int64_t, double*, double*, double*, int64_t*, double*, int, StopFlag);

}  // namespace eigenscope
