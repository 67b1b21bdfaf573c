// A symmetric eigenproblem in LAPACK's steps, on threads that call BLAS each by itself: the caller sees to BLAS using one
// thread per call meanwhile. Throws Stopped when `stop` asks for it.
#pragma once

#include <cstdint>

#include "stop.h"

namespace eigenscope {

/// Rows and columns that the matrix of a reduction lies in: columns begin on cache lines, in different sets of the cache.
int64_t padded_rows(int64_t n);
int64_t padded_columns(int64_t n);

/// Reduces a symmetric matrix, of which the lower triangle is read, to tridiagonal form as sytrd does: A = Q · T · Qᵀ, the
/// reflectors below the subdiagonal of A, diagonals in d (n) and e (n − 1). A has padded_rows(n) rows and
/// padded_columns(n) columns, zero past n; its largest entry should be near 1.
template <class T>
void tridiagonalize(int64_t n, T* a, T* d, T* e, T* tau, int threads, StopFlag stop);

/// Z := Q · Z for reflectors that lie below the subdiagonal of A, as `tridiagonalize` and gehrd leave them; A's diagonal and
/// what is above it are overwritten. Of an `identity` Z only what the reflectors reach is looked at.
template <class T>
void apply_reflectors(int64_t n, T* a, int64_t lda, const T* tau, T* z, int64_t ldz, bool identity, int threads,
                      StopFlag stop);

/// Eigenvalues and vectors of a tridiagonal matrix by divide and conquer (Cuppen 1981; Gu and Eisenstat, SIAM J. Matrix
/// Anal. Appl. 16, 1995; LAPACK's stedc): T = Z · diag(d) · Zᵀ. Column j of Z (n × n) belongs to d[j]; order[i] is the
/// place of the i-th smallest. e is overwritten, work has room for n × n. LAPACK's info.
template <class T>
int64_t divide_and_conquer(int64_t n, T* d, T* e, T* z, int64_t* order, T* work, int threads, StopFlag stop);

}  // namespace eigenscope
