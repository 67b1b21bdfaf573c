// LAPACK of banded and tridiagonal matrices: positive definite systems and symmetric eigenproblems.
#pragma once

#include "lapack.h"

namespace eigenscope::lapack {

#define LAPACK_BANDS(p, T, R)                                                                                         \
  extern "C" {                                                                                                        \
  void FORTRAN(p##pbtrf)(C, I, I, T*, I, integer*, length);                                                           \
  void FORTRAN(p##pbtrs)(C, I, I, I, const T*, I, T*, I, integer*, length);                                           \
  void FORTRAN(p##ptsv)(I, I, R*, T*, T*, I, integer*);                                                               \
  }                                                                                                                   \
  inline integer pbtrf(char uplo, integer n, integer kd, T* ab) {                                                     \
    integer info = 0;                                                                                                 \
    const integer ldab = kd + 1;                                                                                      \
    FORTRAN(p##pbtrf)(&uplo, &n, &kd, ab, &ldab, &info, 1);                                                           \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer pbtrs(char uplo, integer n, integer kd, integer nrhs, const T* ab, T* b) {                           \
    integer info = 0;                                                                                                 \
    const integer ldab = kd + 1;                                                                                      \
    FORTRAN(p##pbtrs)(&uplo, &n, &kd, &nrhs, ab, &ldab, b, &n, &info, 1);                                             \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer ptsv(integer n, integer nrhs, R* d, T* e, T* b) {                                                    \
    integer info = 0;                                                                                                 \
    FORTRAN(p##ptsv)(&n, &nrhs, d, e, b, &n, &info);                                                                  \
    return info;                                                                                                      \
  }

#define LAPACK_BANDS_REAL(p, T)                                                                                       \
  extern "C" {                                                                                                        \
  void FORTRAN(p##sbevd)(C, C, I, I, T*, I, T*, T*, I, T*, I, integer*, I, integer*, length, length);                 \
  void FORTRAN(p##sbevx)(C, C, C, I, I, T*, I, T*, I, const T*, const T*, I, I, const T*, integer*, T*, T*, I, T*,    \
                         integer*, integer*, integer*, length, length, length);                                       \
  void FORTRAN(p##stev)(C, I, T*, T*, T*, I, T*, integer*, length);                                                   \
  void FORTRAN(p##stevd)(C, I, T*, T*, T*, I, T*, I, integer*, I, integer*, length);                                  \
  void FORTRAN(p##sterf)(I, T*, T*, integer*);                                                                        \
  void FORTRAN(p##stebz)(C, C, I, const T*, const T*, I, I, const T*, const T*, const T*, integer*, integer*, T*,     \
                         integer*, integer*, T*, integer*, integer*, length, length);                                 \
  void FORTRAN(p##stein)(I, const T*, const T*, I, const T*, const integer*, const integer*, T*, I, T*, integer*,     \
                         integer*, integer*);                                                                         \
  void FORTRAN(p##stemr)(C, C, I, T*, T*, const T*, const T*, I, I, integer*, T*, T*, I, I, integer*, integer*, T*,   \
                         I, integer*, I, integer*, length, length);                                                   \
  }                                                                                                                   \
  inline integer sbevd(char jobz, char uplo, integer n, integer kd, T* ab, T* w, T* z, integer ldz, T* work,          \
                       integer lwork, T*, integer, integer* iwork, integer liwork) {                                  \
    integer info = 0;                                                                                                 \
    const integer ldab = kd + 1;                                                                                      \
    FORTRAN(p##sbevd)(&jobz, &uplo, &n, &kd, ab, &ldab, w, z, &ldz, work, &lwork, iwork, &liwork, &info, 1, 1);       \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer sbevx(char jobz, char range, char uplo, integer n, integer kd, T* ab, T* q, integer ldq, T vl, T vu, \
                       integer il, integer iu, T abstol, integer* m, T* w, T* z, integer ldz, T*, T* rwork,           \
                       integer* iwork, integer* ifail) {                                                              \
    integer info = 0;                                                                                                 \
    const integer ldab = kd + 1;                                                                                      \
    FORTRAN(p##sbevx)(&jobz, &range, &uplo, &n, &kd, ab, &ldab, q, &ldq, &vl, &vu, &il, &iu, &abstol, m, w, z, &ldz,  \
                      rwork, iwork, ifail, &info, 1, 1, 1);                                                           \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer stev(char jobz, integer n, T* d, T* e, T* z, integer ldz, T* work) {                                 \
    integer info = 0;                                                                                                 \
    FORTRAN(p##stev)(&jobz, &n, d, e, z, &ldz, work, &info, 1);                                                       \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer stevd(char jobz, integer n, T* d, T* e, T* z, integer ldz, T* work, integer lwork, integer* iwork,   \
                       integer liwork) {                                                                              \
    integer info = 0;                                                                                                 \
    FORTRAN(p##stevd)(&jobz, &n, d, e, z, &ldz, work, &lwork, iwork, &liwork, &info, 1);                              \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer sterf(integer n, T* d, T* e) {                                                                       \
    integer info = 0;                                                                                                 \
    FORTRAN(p##sterf)(&n, d, e, &info);                                                                               \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer stebz(char range, char order, integer n, T vl, T vu, integer il, integer iu, T abstol, const T* d,   \
                       const T* e, integer* m, T* w, integer* iblock, integer* isplit, T* work, integer* iwork) {     \
    integer info = 0, nsplit = 0;                                                                                     \
    FORTRAN(p##stebz)(&range, &order, &n, &vl, &vu, &il, &iu, &abstol, d, e, m, &nsplit, w, iblock, isplit, work,     \
                      iwork, &info, 1, 1);                                                                            \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer stein(integer n, const T* d, const T* e, integer m, const T* w, const integer* iblock,               \
                       const integer* isplit, T* z, T* work, integer* iwork, integer* ifail) {                        \
    integer info = 0;                                                                                                 \
    FORTRAN(p##stein)(&n, d, e, &m, w, iblock, isplit, z, &n, work, iwork, ifail, &info);                             \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer stemr(char jobz, char range, integer n, T* d, T* e, T vl, T vu, integer il, integer iu, integer* m,  \
                       T* w, T* z, integer ldz, integer nzc, integer* isuppz, T* work, integer lwork,                 \
                       integer* iwork, integer liwork) {                                                              \
    integer info = 0, tryrac = 1;                                                                                     \
    FORTRAN(p##stemr)(&jobz, &range, &n, d, e, &vl, &vu, &il, &iu, m, w, z, &ldz, &nzc, isuppz, &tryrac, work,        \
                      &lwork, iwork, &liwork, &info, 1, 1);                                                           \
    return info;                                                                                                      \
  }

#define LAPACK_BANDS_COMPLEX(p, T, R)                                                                                 \
  extern "C" {                                                                                                        \
  void FORTRAN(p##hbevd)(C, C, I, I, T*, I, R*, T*, I, T*, I, R*, I, integer*, I, integer*, length, length);          \
  void FORTRAN(p##hbevx)(C, C, C, I, I, T*, I, T*, I, const R*, const R*, I, I, const R*, integer*, R*, T*, I, T*,    \
                         R*, integer*, integer*, integer*, length, length, length);                                   \
  }                                                                                                                   \
  inline integer sbevd(char jobz, char uplo, integer n, integer kd, T* ab, R* w, T* z, integer ldz, T* work,          \
                       integer lwork, R* rwork, integer lrwork, integer* iwork, integer liwork) {                     \
    integer info = 0;                                                                                                 \
    const integer ldab = kd + 1;                                                                                      \
    FORTRAN(p##hbevd)(&jobz, &uplo, &n, &kd, ab, &ldab, w, z, &ldz, work, &lwork, rwork, &lrwork, iwork, &liwork,     \
                      &info, 1, 1);                                                                                   \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer sbevx(char jobz, char range, char uplo, integer n, integer kd, T* ab, T* q, integer ldq, R vl, R vu, \
                       integer il, integer iu, R abstol, integer* m, R* w, T* z, integer ldz, T* work, R* rwork,      \
                       integer* iwork, integer* ifail) {                                                              \
    integer info = 0;                                                                                                 \
    const integer ldab = kd + 1;                                                                                      \
    FORTRAN(p##hbevx)(&jobz, &range, &uplo, &n, &kd, ab, &ldab, q, &ldq, &vl, &vu, &il, &iu, &abstol, m, w, z, &ldz,  \
                      work, rwork, iwork, ifail, &info, 1, 1, 1);                                                     \
    return info;                                                                                                      \
  }

LAPACK_BANDS(s, float, float)
LAPACK_BANDS(d, double, double)
LAPACK_BANDS(c, std::complex<float>, float)
LAPACK_BANDS(z, std::complex<double>, double)
LAPACK_BANDS_REAL(s, float)
LAPACK_BANDS_REAL(d, double)
LAPACK_BANDS_COMPLEX(c, std::complex<float>, float)
LAPACK_BANDS_COMPLEX(z, std::complex<double>, double)

#undef LAPACK_BANDS
#undef LAPACK_BANDS_REAL
#undef LAPACK_BANDS_COMPLEX

}  // namespace eigenscope::lapack
