// LAPACK's estimates of reciprocal conditions from factors that are there already, and the factors of tridiagonal systems.
#pragma once

#include "lapack.h"

namespace eigenscope::lapack {

#define LAPACK_CONDITIONS(p, T)                                                                                       \
  extern "C" {                                                                                                        \
  void FORTRAN(p##gttrf)(I, T*, T*, T*, T*, integer*, integer*);                                                     \
  void FORTRAN(p##gttrs)(C, I, I, const T*, const T*, const T*, const T*, const integer*, T*, I, integer*, length);  \
  }                                                                                                                   \
  inline integer gttrf(integer n, T* dl, T* d, T* du, T* du2, integer* ipiv) {                                        \
    integer info = 0;                                                                                                 \
    FORTRAN(p##gttrf)(&n, dl, d, du, du2, ipiv, &info);                                                              \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline void gttrs(integer n, integer nrhs, const T* dl, const T* d, const T* du, const T* du2, const integer* ipiv, \
                    T* b) {                                                                                           \
    integer info = 0;                                                                                                 \
    FORTRAN(p##gttrs)("N", &n, &nrhs, dl, d, du, du2, ipiv, b, &n, &info, 1);                                        \
  }

LAPACK_CONDITIONS(s, float)
LAPACK_CONDITIONS(d, double)
LAPACK_CONDITIONS(c, std::complex<float>)
LAPACK_CONDITIONS(z, std::complex<double>)

#define LAPACK_CONDITIONS_REAL(p, T)                                                                                  \
  extern "C" {                                                                                                        \
  void FORTRAN(p##trcon)(C, C, C, I, const T*, I, T*, T*, integer*, integer*, length, length, length);               \
  void FORTRAN(p##pocon)(C, I, const T*, I, const T*, T*, T*, integer*, integer*, length);                           \
  void FORTRAN(p##sycon)(C, I, const T*, I, const integer*, const T*, T*, T*, integer*, integer*, length);           \
  void FORTRAN(p##gbcon)(C, I, I, I, const T*, I, const integer*, const T*, T*, T*, integer*, integer*, length);     \
  void FORTRAN(p##gtcon)(C, I, const T*, const T*, const T*, const T*, const integer*, const T*, T*, T*, integer*,   \
                         integer*, length);                                                                           \
  }                                                                                                                   \
  inline integer trcon(char uplo, integer n, const T* a, T* rcond, T* work, T*, integer* iwork) {                     \
    integer info = 0;                                                                                                 \
    FORTRAN(p##trcon)("1", &uplo, "N", &n, a, &n, rcond, work, iwork, &info, 1, 1, 1);                               \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer pocon(char uplo, integer n, const T* a, T anorm, T* rcond, T* work, T*, integer* iwork) {            \
    integer info = 0;                                                                                                 \
    FORTRAN(p##pocon)(&uplo, &n, a, &n, &anorm, rcond, work, iwork, &info, 1);                                       \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer sycon(char uplo, integer n, const T* a, const integer* ipiv, T anorm, T* rcond, T* work,            \
                       integer* iwork) {                                                                              \
    integer info = 0;                                                                                                 \
    FORTRAN(p##sycon)(&uplo, &n, a, &n, ipiv, &anorm, rcond, work, iwork, &info, 1);                                 \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer hecon(char uplo, integer n, const T* a, const integer* ipiv, T anorm, T* rcond, T* work,            \
                       integer* iwork) {                                                                              \
    return sycon(uplo, n, a, ipiv, anorm, rcond, work, iwork);                                                        \
  }                                                                                                                   \
  inline integer gbcon(integer n, integer kl, integer ku, const T* ab, integer ldab, const integer* ipiv, T anorm,   \
                       T* rcond, T* work, T*, integer* iwork) {                                                       \
    integer info = 0;                                                                                                 \
    FORTRAN(p##gbcon)("1", &n, &kl, &ku, ab, &ldab, ipiv, &anorm, rcond, work, iwork, &info, 1);                     \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer gtcon(integer n, const T* dl, const T* d, const T* du, const T* du2, const integer* ipiv, T anorm,  \
                       T* rcond, T* work, integer* iwork) {                                                           \
    integer info = 0;                                                                                                 \
    FORTRAN(p##gtcon)("1", &n, dl, d, du, du2, ipiv, &anorm, rcond, work, iwork, &info, 1);                          \
    return info;                                                                                                      \
  }

LAPACK_CONDITIONS_REAL(s, float)
LAPACK_CONDITIONS_REAL(d, double)

#define LAPACK_CONDITIONS_COMPLEX(p, T, R)                                                                            \
  extern "C" {                                                                                                        \
  void FORTRAN(p##trcon)(C, C, C, I, const T*, I, R*, T*, R*, integer*, length, length, length);                     \
  void FORTRAN(p##pocon)(C, I, const T*, I, const R*, R*, T*, R*, integer*, length);                                 \
  void FORTRAN(p##sycon)(C, I, const T*, I, const integer*, const R*, R*, T*, integer*, length);                     \
  void FORTRAN(p##hecon)(C, I, const T*, I, const integer*, const R*, R*, T*, integer*, length);                     \
  void FORTRAN(p##gbcon)(C, I, I, I, const T*, I, const integer*, const R*, R*, T*, R*, integer*, length);           \
  void FORTRAN(p##gtcon)(C, I, const T*, const T*, const T*, const T*, const integer*, const R*, R*, T*, integer*,   \
                         length);                                                                                     \
  }                                                                                                                   \
  inline integer trcon(char uplo, integer n, const T* a, R* rcond, T* work, R* rwork, integer*) {                     \
    integer info = 0;                                                                                                 \
    FORTRAN(p##trcon)("1", &uplo, "N", &n, a, &n, rcond, work, rwork, &info, 1, 1, 1);                               \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer pocon(char uplo, integer n, const T* a, R anorm, R* rcond, T* work, R* rwork, integer*) {            \
    integer info = 0;                                                                                                 \
    FORTRAN(p##pocon)(&uplo, &n, a, &n, &anorm, rcond, work, rwork, &info, 1);                                       \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer sycon(char uplo, integer n, const T* a, const integer* ipiv, R anorm, R* rcond, T* work,            \
                       integer*) {                                                                                    \
    integer info = 0;                                                                                                 \
    FORTRAN(p##sycon)(&uplo, &n, a, &n, ipiv, &anorm, rcond, work, &info, 1);                                        \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer hecon(char uplo, integer n, const T* a, const integer* ipiv, R anorm, R* rcond, T* work,            \
                       integer*) {                                                                                    \
    integer info = 0;                                                                                                 \
    FORTRAN(p##hecon)(&uplo, &n, a, &n, ipiv, &anorm, rcond, work, &info, 1);                                        \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer gbcon(integer n, integer kl, integer ku, const T* ab, integer ldab, const integer* ipiv, R anorm,   \
                       R* rcond, T* work, R* rwork, integer*) {                                                       \
    integer info = 0;                                                                                                 \
    FORTRAN(p##gbcon)("1", &n, &kl, &ku, ab, &ldab, ipiv, &anorm, rcond, work, rwork, &info, 1);                     \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer gtcon(integer n, const T* dl, const T* d, const T* du, const T* du2, const integer* ipiv, R anorm,  \
                       R* rcond, T* work, integer*) {                                                                 \
    integer info = 0;                                                                                                 \
    FORTRAN(p##gtcon)("1", &n, dl, d, du, du2, ipiv, &anorm, rcond, work, &info, 1);                                 \
    return info;                                                                                                      \
  }

LAPACK_CONDITIONS_COMPLEX(c, std::complex<float>, float)
LAPACK_CONDITIONS_COMPLEX(z, std::complex<double>, double)

#undef LAPACK_CONDITIONS
#undef LAPACK_CONDITIONS_REAL
#undef LAPACK_CONDITIONS_COMPLEX

}  // namespace eigenscope::lapack
