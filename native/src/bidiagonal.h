#pragma once

#include "lapack.h"
#include "stop.h"

namespace eigenscope {

/// Sums of products and combinations of columns that lie `stride` elements apart; the loops of the reduction below.
template <class T>
struct ColumnLoops {
  /// out[q] = Σ a[r + q·stride] · x[r], r < n, for q < columns
  void (*dots)(const T* a, int64_t stride, int64_t columns, const T* x, int64_t n, T* out);
  /// y[r] += Σ a[r + q·stride] · f[q]
  void (*combine)(const T* a, int64_t stride, int64_t columns, const T* f, T* y, int64_t n);
  /// The same for four columns, while the four that follow are fetched from afar.
  void (*combine_ahead)(const T* a, int64_t stride, const T* f, T* y, int64_t n);
  /// y += S · x for what eight columns of the lower triangle of S know: a is on the diagonal, n rows lie from there on, and
  /// up to a vector more may be read and written.
  void (*symmetric)(const T* a, int64_t stride, int64_t n, const T* x, T* y);
};

const ColumnLoops<float>& column_loops(float);
const ColumnLoops<double>& column_loops(double);

/// Reduces an m × n matrix (m ≥ n, column-major) to upper bidiagonal form as LAPACK's gebrd does, with the same result:
/// A = Q · B · Pᵀ, reflectors in A, diagonals in d (n) and e (n − 1). On `threads` threads, each calling BLAS by itself:
/// the caller sees to BLAS using one thread per call meanwhile. Throws Stopped when `stop` asks for it.
///
/// gebrd reads the matrix twice for every column: for Aᵀu, and, once that has given v, for Av. Here both are done while
/// a few columns lie in the nearest cache (Howell, Demmel, Fulton, Hammarling, Marmol: Cache efficient bidiagonalization
/// using BLAS 2.5 operators, ACM TOMS 34, 2008), and the threads meet twice per column.
template <class T>
void bidiagonalize(int64_t m, int64_t n, T* a, int64_t lda, T* d, T* e, T* tauq, T* taup, int threads,
                   StopFlag stop);

}  // namespace eigenscope
