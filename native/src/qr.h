// QR factorisation on threads of our own.
#pragma once

#include <algorithm>
#include <cstdint>

#include "lapack.h"

namespace eigenscope {

/// Columns of one block of reflectors.
inline constexpr lapack::integer kQrPanel = 48;

/// Below this many multiplications one thread takes as long.
inline bool qr_worth_threads(double m, double n) { return m * n * n > 4e6; }

/// a (m × n) → R above its diagonal, the reflectors below as geqrf leaves them; t (kQrPanel × min(m, n)) their triangles as
/// geqrt makes them. The threads call BLAS each by itself: the caller sees to BLAS using one thread per call meanwhile.
template <class T>
void block_qr(lapack::integer m, lapack::integer n, T* a, lapack::integer lda, T* t, int threads);

/// c := Q · c, or Qᴴ · c with `adjoint`, for columns of c, on the calling thread; k = min(m, n) of what was factorised.
template <class T>
void apply_block_q(bool adjoint, lapack::integer m, lapack::integer k, const T* a, lapack::integer lda, const T* t, T* c,
                   lapack::integer ldc, lapack::integer columns);

/// r (n × n) := the upper triangle of a, zeros below.
template <class T>
void upper_triangle(lapack::integer n, const T* a, lapack::integer lda, T* r) {
  for (lapack::integer j = 0; j < n; j++) {
    const T* from = a + static_cast<int64_t>(j) * lda;
    T* to = r + static_cast<int64_t>(j) * n;
    std::copy(from, from + j + 1, to);
    std::fill(to + j + 1, to + n, T(0));
  }
}

}  // namespace eigenscope
