// LAPACK of pairs of matrices: the generalised Schur form and its order.
#pragma once

#include "lapack.h"

namespace eigenscope::lapack {

#define LAPACK_PENCILS_REAL(p, T)                                                                                     \
  extern "C" {                                                                                                        \
  void FORTRAN(p##gges)(C, C, C, const void*, I, T*, I, T*, I, integer*, T*, T*, T*, T*, I, T*, I, T*, I, integer*,   \
                        integer*, length, length, length);                                                            \
  void FORTRAN(p##tgsen)(I, I, I, const integer*, I, T*, I, T*, I, T*, T*, T*, T*, I, T*, I, integer*, T*, T*, T*,    \
                         T*, I, integer*, I, integer*);                                                               \
  }                                                                                                                   \
  inline integer gges(integer n, T* a, T* b, T* alpha, T* beta, T* q, T* z, T* work, integer lwork, T*,               \
                      integer* bwork) {                                                                               \
    integer info = 0, sdim = 0;                                                                                       \
    FORTRAN(p##gges)("V", "V", "N", nullptr, &n, a, &n, b, &n, &sdim, alpha, alpha + n, beta, q, &n, z, &n, work,     \
                     &lwork, bwork, &info, 1, 1, 1);                                                                  \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer tgsen(const integer* select, integer n, T* a, T* b, T* alpha, T* beta, T* q, T* z, integer* m,       \
                       T* work, integer lwork, integer* iwork) {                                                      \
    integer info = 0, ijob = 0, want = 1, liwork = 1;                                                                 \
    T pl = 0, pr = 0, dif[2] = {0, 0};                                                                                \
    FORTRAN(p##tgsen)(&ijob, &want, &want, select, &n, a, &n, b, &n, alpha, alpha + n, beta, q, &n, z, &n, m, &pl,    \
                      &pr, dif, work, &lwork, iwork, &liwork, &info);                                                 \
    return info;                                                                                                      \
  }

#define LAPACK_PENCILS_COMPLEX(p, T, R)                                                                               \
  extern "C" {                                                                                                        \
  void FORTRAN(p##gges)(C, C, C, const void*, I, T*, I, T*, I, integer*, T*, T*, T*, I, T*, I, T*, I, R*, integer*,   \
                        integer*, length, length, length);                                                            \
  void FORTRAN(p##tgsen)(I, I, I, const integer*, I, T*, I, T*, I, T*, T*, T*, I, T*, I, integer*, R*, R*, R*, T*, I, \
                         integer*, I, integer*);                                                                      \
  void FORTRAN(p##unmqr)(C, C, I, I, I, const T*, I, const T*, T*, I, T*, I, integer*, length, length);               \
  }                                                                                                                   \
  inline integer gges(integer n, T* a, T* b, T* alpha, T* beta, T* q, T* z, T* work, integer lwork, R* rwork,         \
                      integer* bwork) {                                                                               \
    integer info = 0, sdim = 0;                                                                                       \
    FORTRAN(p##gges)("V", "V", "N", nullptr, &n, a, &n, b, &n, &sdim, alpha, beta, q, &n, z, &n, work, &lwork, rwork, \
                     bwork, &info, 1, 1, 1);                                                                          \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer tgsen(const integer* select, integer n, T* a, T* b, T* alpha, T* beta, T* q, T* z, integer* m,       \
                       T* work, integer lwork, integer* iwork) {                                                      \
    integer info = 0, ijob = 0, want = 1, liwork = 1;                                                                 \
    R pl = 0, pr = 0, dif[2] = {0, 0};                                                                                \
    FORTRAN(p##tgsen)(&ijob, &want, &want, select, &n, a, &n, b, &n, alpha, beta, q, &n, z, &n, m, &pl, &pr, dif,     \
                      work, &lwork, iwork, &liwork, &info);                                                           \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer ormqr(char side, char t, integer m, integer n, integer k, const T* a, integer lda, const T* tau,     \
                       T* c, integer ldc, T* work, integer lwork) {                                                   \
    integer info = 0;                                                                                                 \
    FORTRAN(p##unmqr)(&side, &t, &m, &n, &k, a, &lda, tau, c, &ldc, work, &lwork, &info, 1, 1);                       \
    return info;                                                                                                      \
  }

LAPACK_PENCILS_REAL(s, float)
LAPACK_PENCILS_REAL(d, double)
LAPACK_PENCILS_COMPLEX(c, std::complex<float>, float)
LAPACK_PENCILS_COMPLEX(z, std::complex<double>, double)

#undef LAPACK_PENCILS_REAL
#undef LAPACK_PENCILS_COMPLEX

}  // namespace eigenscope::lapack
