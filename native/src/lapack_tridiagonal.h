// The pieces that a symmetric eigenproblem is made of.
#pragma once

#include "lapack.h"

namespace eigenscope::lapack {

#define LAPACK_TRIDIAGONAL(p, T)                                                                                      \
  extern "C" {                                                                                                        \
  void FORTRAN(p##sytrd)(C, I, T*, I, T*, T*, T*, T*, I, integer*, length);                                          \
  void FORTRAN(p##stedc)(C, I, T*, T*, T*, I, T*, I, integer*, I, integer*, length);                                 \
  void FORTRAN(p##ormtr)(C, C, C, I, I, const T*, I, const T*, T*, I, T*, I, integer*, length, length, length);      \
  }                                                                                                                   \
  inline integer sytrd(char uplo, integer n, T* a, integer lda, T* d, T* e, T* tau, T* work, integer lwork) {        \
    integer info = 0;                                                                                                 \
    FORTRAN(p##sytrd)(&uplo, &n, a, &lda, d, e, tau, work, &lwork, &info, 1);                                        \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer stedc(char compz, integer n, T* d, T* e, T* z, integer ldz, T* work, integer lwork, integer* iwork, \
                       integer liwork) {                                                                              \
    integer info = 0;                                                                                                 \
    FORTRAN(p##stedc)(&compz, &n, d, e, z, &ldz, work, &lwork, iwork, &liwork, &info, 1);                            \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer ormtr(char side, char uplo, char t, integer m, integer n, const T* a, integer lda, const T* tau,    \
                       T* c, integer ldc, T* work, integer lwork) {                                                   \
    integer info = 0;                                                                                                 \
    FORTRAN(p##ormtr)(&side, &uplo, &t, &m, &n, a, &lda, tau, c, &ldc, work, &lwork, &info, 1, 1, 1);                \
    return info;                                                                                                      \
  }

LAPACK_TRIDIAGONAL(s, float)
LAPACK_TRIDIAGONAL(d, double)

#undef LAPACK_TRIDIAGONAL

}  // namespace eigenscope::lapack
