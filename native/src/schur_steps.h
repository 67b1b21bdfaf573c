// What the parts of the QR iteration share.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <exception>
#include <vector>

#include "lapack_schur.h"
#include "scratch.h"
#include "stop.h"

namespace eigenscope {

/// Threads that wait, spinning, for tasks which one of them hands out.
class Crew {
 public:
  explicit Crew(int threads) : threads_(threads) {}
  int threads() const { return threads_; }

  /// Calls f(0) … f(tasks − 1), each once, on all of the crew. The first exception is rethrown.
  template <class F>
  void run(int64_t tasks, const F& f) {
    if (threads_ == 1 || tasks < 2) {
      for (int64_t i = 0; i < tasks; i++) f(i);
      return;
    }
    context_ = &f;
    call_ = [](const void* context, int64_t i) { (*static_cast<const F*>(context))(i); };
    hand_out(tasks);
  }
  /// What the others do until the first of them leaves.
  void work();
  void leave();

 private:
  void hand_out(int64_t tasks);
  void take();

  const int threads_;
  const void* context_ = nullptr;
  void (*call_)(const void*, int64_t) = nullptr;
  int64_t tasks_ = 0;
  alignas(64) std::atomic<int64_t> next_{0};
  alignas(64) std::atomic<int> round_{0};
  alignas(64) std::atomic<int> busy_{0};
  bool over_ = false;
  /// The first exception of a task; the crew is of no use after it.
  std::atomic<bool> failed_{false};
  std::exception_ptr failure_;
};

/// A matrix in the middle of the iteration.
template <class T>
struct Iteration {
  int64_t n;
  T* h;
  int64_t ldh;
  /// A null pointer when only eigenvalues are wanted.
  T* z;
  int64_t ldz, rows_z;
  Crew& crew;
  StopFlag stop;

  T& at(int64_t i, int64_t j) const { return h[j * ldh + i]; }

  /// Rows and columns [begin, end) of what has been changed within rows and columns `inside` ⊇ [begin, end) only:
  /// h := Uᵀ · h · U outside of it, z := z · U, and of h what the active block [top, bottom] needs, or all of it.
  void spread(const T* u, int64_t ldu, int64_t begin, int64_t end, int64_t inside_begin, int64_t inside_end, int64_t top,
              int64_t bottom) const;
};

/// Shifts and how many eigenvalues were found.
template <class T>
struct Deflated {
  int64_t found = 0;
  /// Eigenvalues of the window that were not.
  std::vector<T> re, im;
};

/// Aggressive early deflation in the last `width` rows of the active block [top, bottom].
template <class T>
Deflated<T> deflate(const Iteration<T>& it, int64_t top, int64_t bottom, int64_t width);

/// Exchanges the diagonal block of a real Schur form t (n × n) that begins in row i with the one below it, as laexc does:
/// t := Qᵀ · t · Q, v := v · Q. False, and nothing is done, where the two are too close to be exchanged.
template <class T>
bool exchange_with_next(int64_t n, T* t, int64_t ldt, T* v, int64_t ldv, int64_t i);

/// The iteration on a crew; rows_z rows of z are multiplied.
template <class T>
int64_t iterate(const Iteration<T>& it);

/// Eigenvalues of a standardised quasi-triangular matrix.
template <class T>
void diagonal_eigenvalues(int64_t n, const T* t, int64_t ldt, T* re, T* im);

}  // namespace eigenscope
