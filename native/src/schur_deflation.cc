#include <cmath>
#include <limits>

#include "schur_steps.h"

namespace eigenscope {
namespace {

using lapack::integer;

/// Up to this order LAPACK's double-shift iteration is as fast.
constexpr int64_t kSmall = 40;

/// The window: T = Vᵀ · H · V, and a spike left of it, `s` times the first row of V.
template <class T>
class Window {
 public:
  Window(const Iteration<T>& it, int64_t top, int64_t bottom, int64_t width)
      : it_(it),
        top_(top),
        bottom_(bottom),
        n_(std::min(width, bottom - top + 1)),
        first_(bottom - n_ + 1),
        room_(static_cast<double>(n_) * (2.0 * static_cast<double>(n_) + 5)),
        t_(room_.get()),
        v_(t_ + n_ * n_),
        re_(v_ + n_ * n_),
        im_(re_ + n_),
        w_(im_ + n_) {
    s_ = first_ == top ? T(0) : it.at(first_, first_ - 1);
  }

  Deflated<T> run() {
    Deflated<T> out;
    if (n_ == 1) return single();
    for (int64_t j = 0; j < n_; j++) {
      const int64_t rows = std::min(n_, j + 2);
      std::copy_n(&it_.at(first_, first_ + j), rows, t_ + j * n_);
      std::fill(t_ + j * n_ + rows, t_ + (j + 1) * n_, T(0));
      std::fill_n(v_ + j * n_, n_, T(0));
      v_[j * n_ + j] = 1;
    }
    missing_ = solve();
    const int64_t left = sort_out();
    out.found = n_ - left;
    const T spike = left == 0 ? T(0) : s_;
    if (left < n_ && left > 0) order(left);
    diagonal_eigenvalues(n_, t_, n_, re_, im_);
    out.re.assign(re_ + missing_, re_ + left);
    out.im.assign(im_ + missing_, im_ + left);
    if (left < n_ || spike == T(0)) write_back(left, spike);
    return out;
  }

 private:
  T& t(int64_t i, int64_t j) { return t_[j * n_ + i]; }
  T& v(int64_t i, int64_t j) { return v_[j * n_ + i]; }
  static constexpr T eps() { return std::numeric_limits<T>::epsilon(); }
  T tiny() const { return std::numeric_limits<T>::min() * (static_cast<T>(it_.n) / eps()); }

  Deflated<T> single() {
    Deflated<T> out;
    const T at = it_.at(bottom_, bottom_);
    if (std::abs(s_) <= std::max(tiny(), eps() * std::abs(at))) {
      out.found = 1;
      if (first_ > top_) it_.at(first_, first_ - 1) = 0;
    } else {
      out.re = {at};
      out.im = {T(0)};
    }
    return out;
  }

  int64_t solve() {
    if (n_ > kSmall) {
      Crew alone(1);
      return iterate(Iteration<T>{n_, t_, n_, v_, n_, n_, alone, it_.stop});
    }
    const integer n = static_cast<integer>(n_);
    return lapack::lahqr(true, n, t_, n, re_, im_, v_, n);
  }

  bool exchange(int64_t i) { return exchange_with_next(n_, t_, n_, v_, n_, i); }

  /// Moves the block that begins in row `from` up to row `to`, or as far as it goes.
  void move_up(int64_t from, int64_t to) {
    while (from > to) {
      const int64_t before = from - (from > to + 1 && t(from - 1, from - 2) != T(0) ? 2 : 1);
      if (!exchange(before)) return;
      from = before;
    }
  }

  /// Eigenvalues whose entry of the spike is nothing stay at the end, the others go to the front. Returns how many those are.
  int64_t sort_out() {
    int64_t left = n_;
    for (int64_t to = missing_; to < left;) {
      const bool pair = left > 1 && t(left - 1, left - 2) != T(0);
      const int64_t at = left - 1;
      T size = std::abs(t(at, at)), entry = std::abs(s_ * v(0, at));
      if (pair) {
        size += std::sqrt(std::abs(t(at, at - 1))) * std::sqrt(std::abs(t(at - 1, at)));
        entry = std::max(entry, std::abs(s_ * v(0, at - 1)));
      } else if (size == T(0)) {
        size = std::abs(s_);
      }
      if (entry <= std::max(tiny(), eps() * size)) {
        left -= pair ? 2 : 1;
      } else {
        move_up(pair ? at - 1 : at, to);
        to += pair ? 2 : 1;
      }
    }
    return left;
  }

  /// Larger eigenvalues first, which is more accurate where a matrix is graded.
  void order(int64_t left) {
    auto size_at = [&](int64_t i, bool pair) {
      const T size = std::abs(t(i, i));
      return pair ? size + std::sqrt(std::abs(t(i + 1, i))) * std::sqrt(std::abs(t(i, i + 1))) : size;
    };
    auto pair_at = [&](int64_t i) { return i + 1 < left && t(i + 1, i) != T(0); };
    for (int64_t end = left; end > missing_;) {
      int64_t last_swap = missing_;
      for (int64_t i = missing_;;) {
        const bool pair = pair_at(i);
        const int64_t k = i + (pair ? 2 : 1);
        if (k >= end) break;
        const bool next = pair_at(k);
        if (size_at(i, pair) >= size_at(k, next) || !exchange(i)) {
          i = k;
        } else {
          i += next ? 2 : 1;
          last_swap = i;
        }
      }
      end = last_swap;
    }
  }

  /// The spike becomes one entry again, T a Hessenberg matrix, and both go where they came from.
  void write_back(int64_t left, T spike) {
    const integer n = static_cast<integer>(n_);
    if (left > 1 && spike != T(0)) {
      T* u = w_;
      for (int64_t i = 0; i < left; i++) u[i] = v(0, i);
      reflect(left, u);
      std::vector<T> tau(static_cast<size_t>(n_)), work(static_cast<size_t>(64 * n_));
      const integer length = static_cast<integer>(work.size());
      lapack::gehrd(n, 1, static_cast<integer>(left), t_, n, tau.data(), work.data(), length);
      lapack::ormhr('R', 'N', n, static_cast<integer>(left), 1, static_cast<integer>(left), t_, n, tau.data(), v_, n,
                    work.data(), length);
    }
    if (first_ > top_) it_.at(first_, first_ - 1) = spike == T(0) ? T(0) : spike * v(0, 0);
    for (int64_t j = 0; j < n_; j++) std::copy_n(t_ + j * n_, std::min(n_, j + 2), &it_.at(first_, first_ + j));
    it_.spread(v_, n_, first_, bottom_ + 1, first_, bottom_ + 1, top_, bottom_);
  }

  /// T := H·T·H, V := V·H for the reflector H that leaves of u its first entry only.
  void reflect(int64_t left, T* u) {
    double sum = 0;
    for (int64_t i = 1; i < left; i++) sum += static_cast<double>(u[i]) * static_cast<double>(u[i]);
    if (sum == 0) return;
    const double alpha = static_cast<double>(u[0]), length = std::sqrt(alpha * alpha + sum);
    const double beta = alpha >= 0 ? -length : length;
    const T tau = static_cast<T>((beta - alpha) / beta), inverse = static_cast<T>(1 / (alpha - beta));
    u[0] = 1;
    for (int64_t i = 1; i < left; i++) u[i] *= inverse;
    for (int64_t j = 0; j < n_; j++) {
      T* column = t_ + j * n_;
      T dot = 0;
      for (int64_t i = 0; i < left; i++) dot += u[i] * column[i];
      dot *= tau;
      for (int64_t i = 0; i < left; i++) column[i] -= dot * u[i];
    }
    std::vector<T> sums(static_cast<size_t>(n_));
    for (T* x : {t_, v_}) {
      const int64_t rows = x == t_ ? left : n_;
      std::fill(sums.begin(), sums.end(), T(0));
      for (int64_t j = 0; j < left; j++) {
        for (int64_t i = 0; i < rows; i++) sums[static_cast<size_t>(i)] += u[j] * x[j * n_ + i];
      }
      for (int64_t j = 0; j < left; j++) {
        for (int64_t i = 0; i < rows; i++) x[j * n_ + i] -= tau * u[j] * sums[static_cast<size_t>(i)];
      }
    }
  }

  const Iteration<T>& it_;
  const int64_t top_, bottom_, n_, first_;
  Scratch<T> room_;
  T *t_, *v_, *re_, *im_, *w_;
  T s_;
  int64_t missing_ = 0;
};

}  // namespace

template <class T>
Deflated<T> deflate(const Iteration<T>& it, int64_t top, int64_t bottom, int64_t width) {
  return Window<T>(it, top, bottom, width).run();
}

template Deflated<float> deflate(const Iteration<float>&, int64_t, int64_t, int64_t);
template Deflated<double> deflate(const Iteration<double>&, int64_t, int64_t, int64_t);

}  // namespace eigenscope
