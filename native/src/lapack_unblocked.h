// LAPACK's routines for columns one by one: its blocked ones call them for small matrices, after asking for block sizes.
#pragma once

#include "lapack.h"

namespace eigenscope::lapack {

#define LAPACK_UNBLOCKED(p, T)                                                                                        \
  extern "C" {                                                                                                        \
  void FORTRAN(p##geqr2)(I, I, T*, I, T*, T*, integer*);                                                             \
  void FORTRAN(p##gebd2)(I, I, T*, I, T*, T*, T*, T*, T*, integer*);                                                 \
  void FORTRAN(p##orm2r)(C, C, I, I, I, T*, I, const T*, T*, I, T*, integer*, length, length);                       \
  void FORTRAN(p##orml2)(C, C, I, I, I, T*, I, const T*, T*, I, T*, integer*, length, length);                       \
  void FORTRAN(p##lalsd)(C, I, I, I, T*, T*, T*, I, const T*, integer*, T*, integer*, integer*, length);             \
  }                                                                                                                   \
  inline void geqr2(integer m, integer n, T* a, integer lda, T* tau, T* work) {                                      \
    integer info = 0;                                                                                                 \
    FORTRAN(p##geqr2)(&m, &n, a, &lda, tau, work, &info);                                                            \
  }                                                                                                                   \
  inline void gebd2(integer m, integer n, T* a, integer lda, T* d, T* e, T* tauq, T* taup, T* work) {                 \
    integer info = 0;                                                                                                 \
    FORTRAN(p##gebd2)(&m, &n, a, &lda, d, e, tauq, taup, work, &info);                                               \
  }                                                                                                                   \
  inline void orm2r(char trans, integer m, integer n, integer k, T* a, integer lda, const T* tau, T* c, integer ldc,  \
                    T* work) {                                                                                        \
    const char side = 'L';                                                                                            \
    integer info = 0;                                                                                                 \
    FORTRAN(p##orm2r)(&side, &trans, &m, &n, &k, a, &lda, tau, c, &ldc, work, &info, 1, 1);                          \
  }                                                                                                                   \
  inline void orml2(char trans, integer m, integer n, integer k, T* a, integer lda, const T* tau, T* c, integer ldc,  \
                    T* work) {                                                                                        \
    const char side = 'L';                                                                                            \
    integer info = 0;                                                                                                 \
    FORTRAN(p##orml2)(&side, &trans, &m, &n, &k, a, &lda, tau, c, &ldc, work, &info, 1, 1);                          \
  }                                                                                                                   \
  inline integer lalsd(integer smlsiz, integer n, integer nrhs, T* d, T* e, T* b, integer ldb, T rcond,               \
                       integer* rank, T* work, integer* iwork) {                                                      \
    const char uplo = 'U';                                                                                            \
    integer info = 0;                                                                                                 \
    FORTRAN(p##lalsd)(&uplo, &smlsiz, &n, &nrhs, d, e, b, &ldb, &rcond, rank, work, iwork, &info, 1);                \
    return info;                                                                                                      \
  }

LAPACK_UNBLOCKED(s, float)
LAPACK_UNBLOCKED(d, double)

#undef LAPACK_UNBLOCKED

}  // namespace eigenscope::lapack
