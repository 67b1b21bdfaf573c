// The first step of an eigenproblem without symmetry, on threads that call BLAS each by itself: the caller sees to BLAS
// using one thread per call meanwhile. Throws Stopped when `stop` asks for it.
#pragma once

#include <cstdint>

#include "stop.h"

namespace eigenscope {

/// Reduces a matrix n × n to Hessenberg form as gehrd does, with the same result: A = Q · H · Qᵀ, H above and the
/// reflectors below the subdiagonal of A, n factors in tau. Entries should be neither near the largest number nor near the
/// smallest.
template <class T>
void reduce_to_hessenberg(int64_t n, T* a, int64_t lda, T* tau, int threads, StopFlag stop);

/// Q (n × n) of what `reduce_to_hessenberg` left, of which the diagonal and what is above it are overwritten (orghr).
template <class T>
void hessenberg_vectors(int64_t n, T* a, int64_t lda, const T* tau, T* q, int64_t ldq, int threads, StopFlag stop);

}  // namespace eigenscope
