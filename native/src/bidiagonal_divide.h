#pragma once

#include "lapack.h"
#include "stop.h"

namespace eigenscope {

/// bdsdc of an upper bidiagonal matrix with vectors: B = U · diag(d) · VT, d descending, U and VT n × n, on threads that call
/// BLAS each by itself: the caller sees to BLAS using one thread per call meanwhile. e is overwritten. LAPACK's info.
/// Throws Stopped when `stop` asks for it.
///
/// LAPACK's own steps (lasdq for the smallest parts, lasd2 to find what needs no work), but for the secular equations and
/// the products, which all threads share where one part is left (Gu and Eisenstat, A divide-and-conquer algorithm for the
/// bidiagonal SVD, SIAM J. Matrix Anal. Appl. 16, 1995).
template <class T>
lapack::integer bdsdc_in_parallel(lapack::integer n, T* d, T* e, T* u, lapack::integer ldu, T* vt, lapack::integer ldvt,
                                  int threads, StopFlag stop);

}  // namespace eigenscope
