// The QR iteration for eigenproblems without symmetry, on threads of our own that call BLAS each by itself: the caller sees
// to BLAS using one thread per call meanwhile. Throws Stopped when `stop` asks for it.
#pragma once

#include <cstdint>

#include "stop.h"

namespace eigenscope {

/// The real Schur form of a Hessenberg matrix, A = Z · T · Zᵀ, as hseqr computes it: multishift QR with aggressive early
/// deflation (Braman, Byers, Mathias, SIAM J. Matrix Anal. Appl. 23, 2002). h (n × n, zero below the subdiagonal) becomes T,
/// whose 2 × 2 blocks are standardised, z := z · Q.
///
/// With z a null pointer only the eigenvalues are computed, and of h no more than its diagonal blocks are of use.
/// LAPACK's info: 0, or how many leading eigenvalues were not found.
template <class T>
int64_t schur_form(int64_t n, T* h, int64_t ldh, T* re, T* im, T* z, int64_t ldz, int threads, StopFlag stop);

}  // namespace eigenscope
