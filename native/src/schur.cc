#include "schur.h"

#include <cmath>
#include <limits>
#include <utility>

#include "barrier.h"
#include "gemm.h"
#include "schur_chase.h"
#include "schur_steps.h"
#include "threads.h"

namespace eigenscope {

using lapack::integer;

namespace {

/// Up to this order LAPACK's double-shift iteration is as fast.
constexpr int64_t kSmall = 40;
/// Rows or columns that one thread multiplies at a time.
constexpr int64_t kChunk = 128;

/// Shifts of a sweep and rows of the deflation's window, for an active block of this size.
int64_t shifts_for(int64_t size) {
  if (size < 60) return 4;
  if (size < 150) return 10;
  if (size < 400) return 24;
  if (size < 900) return 32;
  if (size < 3000) return 64;
  return 128;
}
int64_t window_for(int64_t size) { return shifts_for(size) * 3 / 2; }

/// Subdiagonal entries that are nothing beside their neighbours become zero, where that changes eigenvalues by no more than
/// a rounding error (Ahues and Tisseur, 1997).
template <class T>
void split(const Iteration<T>& it, int64_t top, int64_t bottom) {
  const T eps = std::numeric_limits<T>::epsilon();
  const T tiny = std::numeric_limits<T>::min() * (static_cast<T>(it.n) / eps);
  for (int64_t k = top; k < bottom; k++) {
    T& below = it.at(k + 1, k);
    if (below == T(0)) continue;
    const T size = std::abs(below);
    if (size <= tiny) {
      below = 0;
      continue;
    }
    const T a = it.at(k, k), d = it.at(k + 1, k + 1), beside = std::abs(it.at(k, k + 1));
    T sum = std::abs(a) + std::abs(d);
    if (sum == T(0)) {
      if (k > top) sum += std::abs(it.at(k, k - 1));
      if (k + 2 <= bottom) sum += std::abs(it.at(k + 2, k + 1));
    }
    if (size > eps * sum) continue;
    const T most = std::max(size, beside), least = std::min(size, beside);
    const T larger = std::max(std::abs(d), std::abs(a - d)), smaller = std::min(std::abs(d), std::abs(a - d));
    const T whole = larger + most;
    if (least * (most / whole) <= std::max(tiny, eps * (smaller * (larger / whole)))) below = 0;
  }
}

/// Pairs of shifts: conjugates side by side, real ones with real ones.
template <class T>
void pair_up(std::vector<T>& re, std::vector<T>& im) {
  std::vector<T> x, y, real;
  for (size_t i = 0; i < re.size(); i++) {
    if (im[i] == T(0)) {
      real.push_back(re[i]);
    } else if (im[i] > 0) {
      x.insert(x.end(), {re[i], re[i]});
      y.insert(y.end(), {im[i], -im[i]});
    }
  }
  x.insert(x.begin(), real.begin(), real.end());
  y.insert(y.begin(), real.size(), T(0));
  // Of an odd number of real ones the first, which is the least wanted, is left over.
  if (real.size() % 2 == 1) {
    x.erase(x.begin());
    y.erase(y.begin());
  }
  re.swap(x);
  im.swap(y);
}

/// Exceptional shifts, when nothing has been found for long.
template <class T>
void unusual_shifts(const Iteration<T>& it, int64_t top, int64_t bottom, int64_t count, std::vector<T>& re,
                    std::vector<T>& im) {
  re.clear();
  im.clear();
  for (int64_t i = bottom; i >= std::max(bottom - count + 2, top + 2); i -= 2) {
    const T size = std::abs(it.at(i, i - 1)) + std::abs(it.at(i - 1, i - 2));
    T a = T(0.75) * size + it.at(i, i), b = size, c = T(-0.4375) * size, d = a, cos, sin, x[2], y[2];
    lapack::lanv2(a, b, c, d, x, y, cos, sin);
    re.insert(re.end(), {x[0], x[1]});
    im.insert(im.end(), {y[0], y[1]});
  }
  if (re.empty()) {
    re = {it.at(bottom, bottom), it.at(bottom, bottom)};
    im = {T(0), T(0)};
  }
}

/// Eigenvalues of the last `count` rows and columns of the active block.
template <class T>
void trailing_shifts(const Iteration<T>& it, int64_t bottom, int64_t count, std::vector<T>& re, std::vector<T>& im) {
  const int64_t first = bottom - count + 1;
  std::vector<T> copy(static_cast<size_t>(count * count));
  for (int64_t j = 0; j < count; j++) std::copy_n(&it.at(first, first + j), count, copy.data() + j * count);
  std::vector<T> x(static_cast<size_t>(count)), y(static_cast<size_t>(count));
  const integer order = static_cast<integer>(count);
  const integer missing = lapack::lahqr(false, order, copy.data(), order, x.data(), y.data(), static_cast<T*>(nullptr), 1);
  re.assign(x.begin() + missing, x.end());
  im.assign(y.begin() + missing, y.end());
}

/// One sweep through the active block [top, bottom] with shifts in pairs.
template <class T>
class Sweep {
 public:
  Sweep(const Iteration<T>& it, int64_t top, int64_t bottom, const std::vector<T>& re, const std::vector<T>& im)
      : it_(it),
        top_(top),
        bottom_(bottom),
        size_(bottom - top + 1),
        bulges_(static_cast<int64_t>(re.size()) / 2),
        width_(std::max<int64_t>(6 * bulges_, 24)),
        ld_((width_ + 2 + 7) / 8 * 8 + kChasePadding),
        room_(2.0 * static_cast<double>(ld_) * static_cast<double>(width_ + 4)),
        re_(re),
        im_(im) {}

  void run() {
    const int64_t chain = 3 * (bulges_ - 1), steps = size_ - 1 + chain;
    for (int64_t s = 0; s < steps && !asked(it_.stop);) {
      // Rows that are changed, of the active block.
      const int64_t from = std::max<int64_t>(0, s - chain);
      const bool all = size_ - from <= width_;
      const int64_t to = all ? size_ : from + width_, end = all ? steps : to - 2;
      window(from, to, s, end);
      s = end;
    }
  }

 private:
  void window(int64_t from, int64_t to, int64_t begin, int64_t end) {
    const int64_t count = to - from + 2;
    T *h = room_.get(), *u = h + ld_ * (width_ + 4);
    for (int64_t j = 0; j < count + 2; j++) {
      std::fill_n(h + j * ld_, count + kChasePadding, T(0));
      std::fill_n(u + j * ld_, count + kChasePadding, T(0));
    }
    // What lies before and after them belongs to the window where it belongs to the active block.
    const int64_t first = std::max<int64_t>(0, from - 1), last = std::min(size_, to + 1);
    for (int64_t j = first; j < last; j++) {
      std::copy_n(&it_.at(top_ + first, top_ + j), last - first, h + (j - from + 1) * ld_ + first - from + 1);
    }
    for (int64_t j = 0; j < count; j++) u[j * ld_ + j] = 1;
    Chase<T> w;
    w.h = h;
    w.u = u;
    w.ld = ld_;
    w.rows = count;
    w.top = from;
    w.size = size_;
    w.begin = begin;
    w.end = end;
    w.bulges = bulges_;
    w.re = re_.data();
    w.im = im_.data();
    chase(w);
    for (int64_t j = first; j < last; j++) {
      std::copy_n(h + (j - from + 1) * ld_ + first - from + 1, last - first, &it_.at(top_ + first, top_ + j));
    }
    it_.spread(u + ld_ + 1, ld_, top_ + from, top_ + to, top_ + first, top_ + last, top_, bottom_);
  }

  const Iteration<T>& it_;
  const int64_t top_, bottom_, size_, bulges_, width_, ld_;
  Scratch<T> room_;
  const std::vector<T>&re_, &im_;
};

}  // namespace

void Crew::hand_out(int64_t tasks) {
  tasks_ = tasks;
  next_.store(0, std::memory_order_relaxed);
  busy_.store(threads_ - 1, std::memory_order_relaxed);
  round_.fetch_add(1, std::memory_order_release);
  take();
  for (int spins = 0; busy_.load(std::memory_order_acquire) != 0; spins++) wait_a_moment(spins);
  if (failed_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

void Crew::take() {
  try {
    for (int64_t i = next_++; i < tasks_; i = next_++) call_(context_, i);
  } catch (...) {
    // The others may still be at work on what the tasks belong to.
    next_ = tasks_;
    if (!failed_.exchange(true)) failure_ = std::current_exception();
  }
}

void Crew::work() {
  for (int seen = 0;;) {
    for (int spins = 0; round_.load(std::memory_order_acquire) == seen; spins++) wait_a_moment(spins);
    seen++;
    if (over_) return;
    take();
    busy_.fetch_sub(1, std::memory_order_release);
  }
}

void Crew::leave() {
  over_ = true;
  round_.fetch_add(1, std::memory_order_release);
}

template <class T>
void Iteration<T>::spread(const T* u, int64_t ldu, int64_t begin, int64_t end, int64_t inside_begin, int64_t inside_end,
                          int64_t top, int64_t bottom) const {
  const bool whole = z != nullptr;
  const int64_t k = end - begin, first_row = whole ? 0 : top, stop_column = whole ? n : bottom + 1;
  auto pieces = [](int64_t length) { return std::max<int64_t>(0, (length + kChunk - 1) / kChunk); };
  const int64_t left = pieces(stop_column - inside_end), right = pieces(inside_begin - first_row);
  const int64_t all = whole ? pieces(rows_z) : 0;
  crew.run(left + right + all, [&](int64_t task) {
    thread_local std::vector<T> room;
    if (room.size() < static_cast<size_t>(k * kChunk)) room.resize(static_cast<size_t>(k * kChunk));
    T* w = room.data();
    if (task < left) {
      const int64_t j = inside_end + task * kChunk, columns = std::min(kChunk, stop_column - j);
      T* c = h + j * ldh + begin;
      gemm<T>('T', 'N', k, columns, k, T(1), u, ldu, c, ldh, T(0), w, k, true);
      for (int64_t q = 0; q < columns; q++) std::copy_n(w + q * k, k, c + q * ldh);
      return;
    }
    const bool of_z = task >= left + right;
    const int64_t place = task - left - (of_z ? right : 0);
    const int64_t i = (of_z ? 0 : first_row) + place * kChunk, rows = std::min(kChunk, (of_z ? rows_z : inside_begin) - i);
    const int64_t ldc = of_z ? ldz : ldh;
    T* c = (of_z ? z : h) + begin * ldc + i;
    gemm<T>('N', 'N', rows, k, k, T(1), c, ldc, u, ldu, T(0), w, rows, true);
    for (int64_t q = 0; q < k; q++) std::copy_n(w + q * rows, rows, c + q * ldc);
  });
}

template <class T>
void diagonal_eigenvalues(int64_t n, const T* t, int64_t ldt, T* re, T* im) {
  for (int64_t i = 0; i < n; i++) {
    const T* d = t + i * ldt + i;
    re[i] = d[0];
    im[i] = 0;
    if (i + 1 < n && d[1] != T(0)) {
      re[i + 1] = d[ldt + 1];
      im[i] = std::sqrt(std::abs(d[1])) * std::sqrt(std::abs(d[ldt]));
      im[i + 1] = -im[i];
      i++;
    }
  }
}

template <class T>
int64_t iterate(const Iteration<T>& it) {
  constexpr int64_t kWider = 5, kUnusual = 6;
  const int64_t n = it.n;
  const int64_t most_wide = (n - 1) / 3, usual = std::min(most_wide, window_for(n));
  const int64_t shifts = std::min(shifts_for(n), (n - 3) / 6) / 2 * 2;
  int64_t wide = most_wide, bottom = n - 1, fewer = -1, in_vain = 1;
  for (int64_t round = 0; round < 30 * std::max<int64_t>(10, n); round++) {
    if (bottom < 0) return 0;
    if (asked(it.stop)) throw Stopped();
    stand_aside(it.stop);
    int64_t top = bottom;
    while (top > 0 && it.at(top, top - 1) != T(0)) top--;
    const int64_t size = bottom - top + 1, limit = std::min(size, most_wide);
    // After some rounds in vain wider windows, then ones of other widths.
    wide = std::min(limit, in_vain < kWider ? usual : 2 * wide);
    if (wide < most_wide) {
      if (wide >= size - 1) {
        wide = size;
      } else {
        const int64_t w = bottom - wide + 1;
        if (std::abs(it.at(w, w - 1)) > std::abs(it.at(w - 1, w - 2))) wide++;
      }
    }
    if (in_vain < kWider) {
      fewer = -1;
    } else if (fewer >= 0 || wide >= limit) {
      fewer++;
      if (wide - fewer < 2) fewer = 0;
      wide -= fewer;
    }
    Deflated<T> d = deflate(it, top, bottom, wide);
    bottom -= d.found;
    // Where much was found it pays to look again.
    if (d.found == 0 || (100 * d.found <= 14 * wide && bottom - top + 1 > std::min<int64_t>(75, most_wide))) {
      int64_t count = std::min(shifts, std::max<int64_t>(2, bottom - top)) / 2 * 2;
      if (in_vain % kUnusual == 0) {
        unusual_shifts(it, top, bottom, count, d.re, d.im);
      } else if (static_cast<int64_t>(d.re.size()) <= count / 2) {
        trailing_shifts(it, bottom, std::min(count, bottom - top + 1), d.re, d.im);
      }
      // The last of them, where there are more: they belong to what converges next.
      pair_up(d.re, d.im);
      const auto have = static_cast<int64_t>(d.re.size());
      if (have == 0) {
        d.re.assign(2, it.at(bottom, bottom));
        d.im.assign(2, T(0));
      } else if (have > count) {
        d.re.erase(d.re.begin(), d.re.begin() + (have - count));
        d.im.erase(d.im.begin(), d.im.begin() + (have - count));
      }
      if (d.re.size() == 2 && d.im[1] == T(0)) {
        const T last = it.at(bottom, bottom);
        d.re[0] = d.re[1] = std::abs(d.re[1] - last) < std::abs(d.re[0] - last) ? d.re[1] : d.re[0];
      }
      Sweep<T>(it, top, bottom, d.re, d.im).run();
      split(it, top, bottom);
    }
    in_vain = d.found > 0 ? 1 : in_vain + 1;
  }
  return bottom + 1;
}

template <class T>
int64_t schur_form(int64_t n, T* h, int64_t ldh, T* re, T* im, T* z, int64_t ldz, int threads, StopFlag stop) {
  Crew crew(threads);
  const Iteration<T> it{n, h, ldh, z, ldz, n, crew, stop};
  int64_t info = 0;
  std::exception_ptr failure;
  run_team(threads, [&](int thread) {
    if (thread != 0) return crew.work();
    try {
      info = n > kSmall ? iterate(it)
                        : lapack::lahqr(z != nullptr, static_cast<integer>(n), h, static_cast<integer>(ldh), re, im, z,
                                        static_cast<integer>(ldz));
    } catch (...) {
      failure = std::current_exception();
    }
    crew.leave();
  });
  if (failure) std::rethrow_exception(failure);
  diagonal_eigenvalues(n, h, ldh, re, im);
  return info;
}

#define SCHUR(T)                                                                                                     \
  template int64_t schur_form<T>(int64_t, T*, int64_t, T*, T*, T*, int64_t, int, StopFlag);                          \
  template int64_t iterate<T>(const Iteration<T>&);                                                                  \
  template void diagonal_eigenvalues<T>(int64_t, const T*, int64_t, T*, T*);                                         \
  template struct Iteration<T>;
SCHUR(float)
SCHUR(double)
#undef SCHUR

}  // namespace eigenscope
