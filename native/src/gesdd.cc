#include "gesdd.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

#include "bidiagonal.h"
#include "bidiagonal_divide.h"
#include "blas_threads.h"
#include "qr.h"
#include "scratch.h"
#include "stop.h"
#include "threads.h"

namespace eigenscope {
namespace {

using lapack::integer;

/// Below this LAPACK's own way is as fast.
constexpr integer kSmallest = 128;
constexpr integer kWorthThreads = 400;
/// More threads than this only wait for memory.
constexpr int kMostThreads = 8;

integer part(integer n, int thread, int threads, integer* start) {
  integer step = ((n + threads - 1) / threads + 7) / 8 * 8;
  *start = std::min(n, static_cast<integer>(thread) * step);
  return std::min(n, *start + step) - *start;
}

/// Calls f(first, count) for pieces of [start, start + count), as long as nobody asks to end.
template <class F>
void in_pieces(integer start, integer count, StopFlag stop, F&& f) {
  constexpr integer piece = 512;
  for (integer done = 0; done < count && !asked(stop); done += piece) {
    stand_aside(stop);
    f(start + done, std::min(piece, count - done));
  }
}

template <class T>
void to_columns(T* matrix, integer rows, integer from_row, integer cols, integer ld) {
  for (integer j = 0; j < cols; j++) {
    T* column = matrix + static_cast<int64_t>(j) * ld;
    std::fill(column + from_row, column + rows, T(0));
  }
}

/// m ≥ n, not much taller than wide; U is m × n.
template <class T>
integer decompose(char jobz, integer m, integer n, T* a, integer lda, T* s, T* u, integer ldu, T* vt, integer ldvt,
                  int threads) {
  const StopFlag stop = stop_flag();
  std::optional<BlasByItself> by_itself;
  if (threads == 1) by_itself.emplace();
  Scratch<T> e(n), tauq(n), taup(n);
  {
    BlasByItself alone;
    bidiagonalize<T>(m, n, a, lda, s, e.get(), tauq.get(), taup.get(), threads, stop);
  }
  const bool vectors = jobz != 'N';
  {
    integer info = 0;
    if (vectors) {
      BlasByItself alone;
      info = bdsdc_in_parallel<T>(n, s, e.get(), u, ldu, vt, ldvt, threads, stop);
    } else {
      Scratch<T> work(8.0 * n);
      Scratch<integer> iwork(8.0 * n);
      info = lapack::bdsdc('U', 'N', n, s, e.get(), u, 1, vt, 1, work.get(), iwork.get());
    }
    if (info != 0 || !vectors) return info;
  }
  if (asked(stop)) throw Stopped();
  to_columns(u, m, n, n, ldu);
  BlasByItself alone;
  run_team(threads, [&](int thread) {
    // Q from the left works on columns by themselves, P from the right on rows.
    integer start = 0, count = part(n, thread, threads, &start);
    if (count == 0) return;
    const integer lwork = 64 * (count + 66);
    Scratch<T> work(lwork);
    in_pieces(start, count, stop, [&](integer first, integer size) {
      lapack::ormbr('Q', 'L', 'N', m, size, n, a, lda, tauq.get(), u + static_cast<int64_t>(first) * ldu, ldu,
                    work.get(), lwork);
    });
    in_pieces(start, count, stop, [&](integer first, integer size) {
      lapack::ormbr('P', 'R', 'T', size, n, n, a, lda, taup.get(), vt + first, ldvt, work.get(), lwork);
    });
  });
  if (asked(stop)) throw Stopped();
  return 0;
}

}  // namespace

template <class T>
bool gesdd_fits(char jobz, integer m, integer n, const T* a, integer lda) {
  if (n < kSmallest || m < n || (jobz == 'A' && m != n)) return false;
  // Lengths are computed as plain sums of squares: only where those can neither overflow nor vanish.
  T unused = 0;
  double largest = lapack::lange('M', m, n, a, lda, &unused);
  return sizeof(T) == 8 ? largest > 1e-100 && largest < 1e100 : largest > 1e-18 && largest < 1e18;
}

template <class T>
integer gesdd_in_parallel(char jobz, integer m, integer n, T* a, integer lda, T* s, T* u, integer ldu, T* vt,
                          integer ldvt) {
  // The steps of smaller ones take less time than waiting for one another.
  const int threads = n < kWorthThreads ? 1 : std::min(kMostThreads, blas_threads());
  if (static_cast<double>(m) * 6 < static_cast<double>(n) * 11) {
    return decompose(jobz, m, n, a, lda, s, u, ldu, vt, ldvt, threads);
  }
  // Much taller than wide: A = Q·R first, then R.
  const StopFlag stop = stop_flag();
  const int team = qr_worth_threads(m, n) ? std::min(kMostThreads, blas_threads()) : 1;
  Scratch<T> triangles(static_cast<double>(kQrPanel) * (n + kQrPanel));
  {
    BlasByItself alone;
    block_qr<T>(m, n, a, lda, triangles.get(), team);
  }
  if (asked(stop)) throw Stopped();
  Scratch<T> r(static_cast<double>(n) * n);
  upper_triangle(n, a, lda, r.get());
  integer info = decompose(jobz, n, n, r.get(), n, s, u, ldu, vt, ldvt, threads);
  if (info != 0 || jobz == 'N') return info;
  to_columns(u, m, n, n, ldu);
  BlasByItself alone;
  run_team(team, [&](int thread) {
    integer start = 0, count = part(n, thread, team, &start);
    in_pieces(start, count, stop, [&](integer first, integer size) {
      apply_block_q<T>(false, m, n, a, lda, triangles.get(), u + static_cast<int64_t>(first) * ldu, ldu, size);
    });
  });
  if (asked(stop)) throw Stopped();
  return 0;
}

template bool gesdd_fits<float>(char, integer, integer, const float*, integer);
template bool gesdd_fits<double>(char, integer, integer, const double*, integer);
template integer gesdd_in_parallel<float>(char, integer, integer, float*, integer, float*, float*, integer, float*,
                                          integer);
template integer gesdd_in_parallel<double>(char, integer, integer, double*, integer, double*, double*, integer, double*,
                                           integer);

}  // namespace eigenscope
