// More of LAPACK: factorisations of SciPy's room, and the pieces that blocked routines of our own are made of.
#pragma once

#include "lapack.h"

namespace eigenscope::lapack {

#define LAPACK_FACTORS(p, T, R)                                                                                       \
  extern "C" {                                                                                                        \
  void FORTRAN(p##getf2)(I, I, T*, I, integer*, integer*);                                                           \
  void FORTRAN(p##geqrt)(I, I, I, T*, I, T*, I, T*, integer*);                                                       \
  void FORTRAN(p##larfb)(C, C, C, C, I, I, I, const T*, I, const T*, I, T*, I, T*, I, length, length, length,        \
                         length);                                                                                     \
  void FORTRAN(p##gemv)(C, I, I, const T*, const T*, I, const T*, I, const T*, T*, I, length);                        \
  void FORTRAN(p##trtri)(C, C, I, T*, I, integer*, length, length);                                                  \
  void FORTRAN(p##trmm)(C, C, C, C, I, I, const T*, const T*, I, T*, I, length, length, length, length);             \
  void FORTRAN(p##trsm)(C, C, C, C, I, I, const T*, const T*, I, T*, I, length, length, length, length);             \
  void FORTRAN(p##gehrd)(I, I, I, T*, I, T*, T*, I, integer*);                                                       \
  void FORTRAN(p##gebal)(C, I, T*, I, integer*, integer*, R*, integer*, length);                                     \
  void FORTRAN(p##sytrf)(C, I, T*, I, integer*, T*, I, integer*, length);                                            \
  void FORTRAN(p##sytrs)(C, I, I, const T*, I, const integer*, T*, I, integer*, length);                             \
  void FORTRAN(p##potrs)(C, I, I, const T*, I, T*, I, integer*, length);                                             \
  void FORTRAN(p##gtsv)(I, I, T*, T*, T*, T*, I, integer*);                                                          \
  void FORTRAN(p##gbsv)(I, I, I, I, T*, I, integer*, T*, I, integer*);                                               \
  void FORTRAN(p##trsyl)(C, C, I, I, I, const T*, I, const T*, I, T*, I, R*, integer*, length, length);              \
  }                                                                                                                   \
  inline integer getf2(integer m, integer n, T* a, integer lda, integer* ipiv) {                                     \
    integer info = 0;                                                                                                 \
    FORTRAN(p##getf2)(&m, &n, a, &lda, ipiv, &info);                                                                 \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer geqrt(integer m, integer n, integer nb, T* a, integer lda, T* t, integer ldt, T* work) {            \
    integer info = 0;                                                                                                 \
    FORTRAN(p##geqrt)(&m, &n, &nb, a, &lda, t, &ldt, work, &info);                                                   \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline void larfb(char side, char trans, char direct, char storev, integer m, integer n, integer k, const T* v,    \
                    integer ldv, const T* t, integer ldt, T* c, integer ldc, T* work, integer ldwork) {              \
    FORTRAN(p##larfb)(&side, &trans, &direct, &storev, &m, &n, &k, v, &ldv, t, &ldt, c, &ldc, work, &ldwork, 1, 1, 1, \
                      1);                                                                                             \
  }                                                                                                                   \
  inline void gemv(char t, integer m, integer n, T alpha, const T* a, integer lda, const T* x, T beta, T* y) {        \
    const integer one = 1;                                                                                            \
    FORTRAN(p##gemv)(&t, &m, &n, &alpha, a, &lda, x, &one, &beta, y, &one, 1);                                        \
  }                                                                                                                   \
  inline integer trtri(char uplo, char diag, integer n, T* a, integer lda) {                                         \
    integer info = 0;                                                                                                 \
    FORTRAN(p##trtri)(&uplo, &diag, &n, a, &lda, &info, 1, 1);                                                       \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline void trmm(char side, char uplo, char t, char diag, integer m, integer n, T alpha, const T* a, integer lda,  \
                   T* b, integer ldb) {                                                                               \
    FORTRAN(p##trmm)(&side, &uplo, &t, &diag, &m, &n, &alpha, a, &lda, b, &ldb, 1, 1, 1, 1);                         \
  }                                                                                                                   \
  inline void trsm(char side, char uplo, char t, char diag, integer m, integer n, T alpha, const T* a, integer lda,  \
                   T* b, integer ldb) {                                                                               \
    FORTRAN(p##trsm)(&side, &uplo, &t, &diag, &m, &n, &alpha, a, &lda, b, &ldb, 1, 1, 1, 1);                         \
  }                                                                                                                   \
  inline integer gehrd(integer n, integer ilo, integer ihi, T* a, integer lda, T* tau, T* work, integer lwork) {     \
    integer info = 0;                                                                                                 \
    FORTRAN(p##gehrd)(&n, &ilo, &ihi, a, &lda, tau, work, &lwork, &info);                                            \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer gebal(char job, integer n, T* a, integer lda, integer* ilo, integer* ihi, R* scale) {               \
    integer info = 0;                                                                                                 \
    FORTRAN(p##gebal)(&job, &n, a, &lda, ilo, ihi, scale, &info, 1);                                                 \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer sytrf(char uplo, integer n, T* a, integer lda, integer* ipiv, T* work, integer lwork) {             \
    integer info = 0;                                                                                                 \
    FORTRAN(p##sytrf)(&uplo, &n, a, &lda, ipiv, work, &lwork, &info, 1);                                             \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer sytrs(char uplo, integer n, integer nrhs, const T* a, integer lda, const integer* ipiv, T* b,       \
                       integer ldb) {                                                                                 \
    integer info = 0;                                                                                                 \
    FORTRAN(p##sytrs)(&uplo, &n, &nrhs, a, &lda, ipiv, b, &ldb, &info, 1);                                           \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer potrs(char uplo, integer n, integer nrhs, const T* a, integer lda, T* b, integer ldb) {             \
    integer info = 0;                                                                                                 \
    FORTRAN(p##potrs)(&uplo, &n, &nrhs, a, &lda, b, &ldb, &info, 1);                                                 \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer gtsv(integer n, integer nrhs, T* dl, T* d, T* du, T* b, integer ldb) {                              \
    integer info = 0;                                                                                                 \
    FORTRAN(p##gtsv)(&n, &nrhs, dl, d, du, b, &ldb, &info);                                                          \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer gbsv(integer n, integer kl, integer ku, integer nrhs, T* ab, integer ldab, integer* ipiv, T* b,     \
                      integer ldb) {                                                                                  \
    integer info = 0;                                                                                                 \
    FORTRAN(p##gbsv)(&n, &kl, &ku, &nrhs, ab, &ldab, ipiv, b, &ldb, &info);                                          \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer trsyl(char ta, char tb, integer isgn, integer m, integer n, const T* a, integer lda, const T* b,    \
                       integer ldb, T* c, integer ldc, R* scale) {                                                    \
    integer info = 0;                                                                                                 \
    FORTRAN(p##trsyl)(&ta, &tb, &isgn, &m, &n, a, &lda, b, &ldb, c, &ldc, scale, &info, 1, 1);                       \
    return info;                                                                                                      \
  }

#define LAPACK_FACTORS_REAL(p, T)                                                                                     \
  extern "C" {                                                                                                        \
  using p##_select = integer (*)(const T*, const T*);                                                                \
  void FORTRAN(p##gees)(C, C, p##_select, I, T*, I, integer*, T*, T*, T*, I, T*, I, integer*, integer*, length,      \
                        length);                                                                                      \
  void FORTRAN(p##trsen)(C, C, const integer*, I, T*, I, T*, I, T*, T*, integer*, T*, T*, T*, I, integer*, I,        \
                         integer*, length, length);                                                                   \
  void FORTRAN(p##trexc)(C, I, T*, I, T*, I, integer*, integer*, T*, integer*, length);                               \
  void FORTRAN(p##trevc)(C, C, const integer*, I, T*, I, T*, I, T*, I, I, integer*, T*, integer*, length, length);    \
  void FORTRAN(p##orghr)(I, I, I, T*, I, const T*, T*, I, integer*);                                                 \
  void FORTRAN(p##geqp3)(I, I, T*, I, integer*, T*, T*, I, integer*);                                                \
  void FORTRAN(p##sygvd)(I, C, C, I, T*, I, T*, I, T*, T*, I, integer*, I, integer*, length, length);                \
  void FORTRAN(p##ggev)(C, C, I, T*, I, T*, I, T*, T*, T*, T*, I, T*, I, T*, I, integer*, length, length);           \
  }                                                                                                                   \
  inline integer hetrf(char uplo, integer n, T* a, integer lda, integer* ipiv, T* work, integer lwork) {             \
    return sytrf(uplo, n, a, lda, ipiv, work, lwork);                                                                 \
  }                                                                                                                   \
  inline integer hetrs(char uplo, integer n, integer nrhs, const T* a, integer lda, const integer* ipiv, T* b,       \
                       integer ldb) {                                                                                 \
    return sytrs(uplo, n, nrhs, a, lda, ipiv, b, ldb);                                                                \
  }                                                                                                                   \
  inline integer gees(char jobvs, integer n, T* a, integer lda, T* w, T* vs, integer ldvs, T* work, integer lwork,   \
                      T*) {                                                                                           \
    integer info = 0, sdim = 0;                                                                                       \
    char sort = 'N';                                                                                                  \
    FORTRAN(p##gees)(&jobvs, &sort, nullptr, &n, a, &lda, &sdim, w, w + n, vs, &ldvs, work, &lwork, nullptr, &info,  \
                     1, 1);                                                                                           \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer trsen(const integer* select, integer n, T* t, integer ldt, T* q, integer ldq, T* w, integer* count, \
                       T* work, integer lwork, integer* iwork, integer liwork) {                                      \
    integer info = 0;                                                                                                 \
    char job = 'N', compq = 'V';                                                                                      \
    T s = 0, sep = 0;                                                                                                 \
    FORTRAN(p##trsen)(&job, &compq, select, &n, t, &ldt, q, &ldq, w, w + n, count, &s, &sep, work, &lwork, iwork,    \
                      &liwork, &info, 1, 1);                                                                          \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer trexc(integer n, T* t, integer ldt, T* q, integer ldq, integer from, integer to, T* work) {          \
    integer info = 0;                                                                                                 \
    char compq = 'V';                                                                                                 \
    FORTRAN(p##trexc)(&compq, &n, t, &ldt, q, &ldq, &from, &to, work, &info, 1);                                      \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer trevc(integer n, T* t, integer ldt, T* vr, integer ldvr, T* work, T*) {                              \
    integer info = 0, found = 0;                                                                                      \
    char side = 'R', howmny = 'B';                                                                                    \
    FORTRAN(p##trevc)(&side, &howmny, nullptr, &n, t, &ldt, vr, &ldvr, vr, &ldvr, &n, &found, work, &info, 1, 1);     \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer orghr(integer n, integer ilo, integer ihi, T* a, integer lda, const T* tau, T* work,                \
                       integer lwork) {                                                                               \
    integer info = 0;                                                                                                 \
    FORTRAN(p##orghr)(&n, &ilo, &ihi, a, &lda, tau, work, &lwork, &info);                                            \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer geqp3(integer m, integer n, T* a, integer lda, integer* jpvt, T* tau, T* work, integer lwork,       \
                       T*) {                                                                                          \
    integer info = 0;                                                                                                 \
    FORTRAN(p##geqp3)(&m, &n, a, &lda, jpvt, tau, work, &lwork, &info);                                              \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer sygvd(integer itype, char jobz, char uplo, integer n, T* a, integer lda, T* b, integer ldb, T* w,   \
                       T* work, integer lwork, T*, integer, integer* iwork, integer liwork) {                         \
    integer info = 0;                                                                                                 \
    FORTRAN(p##sygvd)(&itype, &jobz, &uplo, &n, a, &lda, b, &ldb, w, work, &lwork, iwork, &liwork, &info, 1, 1);     \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer ggev(char jobvl, char jobvr, integer n, T* a, integer lda, T* b, integer ldb, T* alpha, T* beta,    \
                      T* vl, integer ldvl, T* vr, integer ldvr, T* work, integer lwork, T*) {                         \
    integer info = 0;                                                                                                 \
    FORTRAN(p##ggev)(&jobvl, &jobvr, &n, a, &lda, b, &ldb, alpha, alpha + n, beta, vl, &ldvl, vr, &ldvr, work,       \
                     &lwork, &info, 1, 1);                                                                            \
    return info;                                                                                                      \
  }

#define LAPACK_FACTORS_COMPLEX(p, T, R)                                                                               \
  extern "C" {                                                                                                        \
  using p##_select = integer (*)(const T*);                                                                          \
  void FORTRAN(p##gees)(C, C, p##_select, I, T*, I, integer*, T*, T*, I, T*, I, R*, integer*, integer*, length,      \
                        length);                                                                                      \
  void FORTRAN(p##trsen)(C, C, const integer*, I, T*, I, T*, I, T*, integer*, R*, R*, T*, I, integer*, length,       \
                         length);                                                                                     \
  void FORTRAN(p##trexc)(C, I, T*, I, T*, I, I, I, integer*, length);                                                 \
  void FORTRAN(p##trevc)(C, C, const integer*, I, T*, I, T*, I, T*, I, I, integer*, T*, R*, integer*, length,         \
                         length);                                                                                     \
  void FORTRAN(p##unghr)(I, I, I, T*, I, const T*, T*, I, integer*);                                                 \
  void FORTRAN(p##geqp3)(I, I, T*, I, integer*, T*, T*, I, R*, integer*);                                            \
  void FORTRAN(p##hegvd)(I, C, C, I, T*, I, T*, I, R*, T*, I, R*, I, integer*, I, integer*, length, length);         \
  void FORTRAN(p##ggev)(C, C, I, T*, I, T*, I, T*, T*, T*, I, T*, I, T*, I, R*, integer*, length, length);           \
  void FORTRAN(p##hetrf)(C, I, T*, I, integer*, T*, I, integer*, length);                                            \
  void FORTRAN(p##hetrs)(C, I, I, const T*, I, const integer*, T*, I, integer*, length);                             \
  }                                                                                                                   \
  inline integer hetrf(char uplo, integer n, T* a, integer lda, integer* ipiv, T* work, integer lwork) {             \
    integer info = 0;                                                                                                 \
    FORTRAN(p##hetrf)(&uplo, &n, a, &lda, ipiv, work, &lwork, &info, 1);                                             \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer hetrs(char uplo, integer n, integer nrhs, const T* a, integer lda, const integer* ipiv, T* b,       \
                       integer ldb) {                                                                                 \
    integer info = 0;                                                                                                 \
    FORTRAN(p##hetrs)(&uplo, &n, &nrhs, a, &lda, ipiv, b, &ldb, &info, 1);                                           \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer gees(char jobvs, integer n, T* a, integer lda, T* w, T* vs, integer ldvs, T* work, integer lwork,   \
                      R* rwork) {                                                                                     \
    integer info = 0, sdim = 0;                                                                                       \
    char sort = 'N';                                                                                                  \
    FORTRAN(p##gees)(&jobvs, &sort, nullptr, &n, a, &lda, &sdim, w, vs, &ldvs, work, &lwork, rwork, nullptr, &info,  \
                     1, 1);                                                                                           \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer trsen(const integer* select, integer n, T* t, integer ldt, T* q, integer ldq, T* w, integer* count, \
                       T* work, integer lwork, integer*, integer) {                                                   \
    integer info = 0;                                                                                                 \
    char job = 'N', compq = 'V';                                                                                      \
    R s = 0, sep = 0;                                                                                                 \
    FORTRAN(p##trsen)(&job, &compq, select, &n, t, &ldt, q, &ldq, w, count, &s, &sep, work, &lwork, &info, 1, 1);    \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer trexc(integer n, T* t, integer ldt, T* q, integer ldq, integer from, integer to, T*) {               \
    integer info = 0;                                                                                                 \
    char compq = 'V';                                                                                                 \
    FORTRAN(p##trexc)(&compq, &n, t, &ldt, q, &ldq, &from, &to, &info, 1);                                            \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer trevc(integer n, T* t, integer ldt, T* vr, integer ldvr, T* work, R* rwork) {                        \
    integer info = 0, found = 0;                                                                                      \
    char side = 'R', howmny = 'B';                                                                                    \
    FORTRAN(p##trevc)(&side, &howmny, nullptr, &n, t, &ldt, vr, &ldvr, vr, &ldvr, &n, &found, work, rwork, &info, 1,  \
                      1);                                                                                             \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer orghr(integer n, integer ilo, integer ihi, T* a, integer lda, const T* tau, T* work,                \
                       integer lwork) {                                                                               \
    integer info = 0;                                                                                                 \
    FORTRAN(p##unghr)(&n, &ilo, &ihi, a, &lda, tau, work, &lwork, &info);                                            \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer geqp3(integer m, integer n, T* a, integer lda, integer* jpvt, T* tau, T* work, integer lwork,       \
                       R* rwork) {                                                                                    \
    integer info = 0;                                                                                                 \
    FORTRAN(p##geqp3)(&m, &n, a, &lda, jpvt, tau, work, &lwork, rwork, &info);                                       \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer sygvd(integer itype, char jobz, char uplo, integer n, T* a, integer lda, T* b, integer ldb, R* w,   \
                       T* work, integer lwork, R* rwork, integer lrwork, integer* iwork, integer liwork) {            \
    integer info = 0;                                                                                                 \
    FORTRAN(p##hegvd)(&itype, &jobz, &uplo, &n, a, &lda, b, &ldb, w, work, &lwork, rwork, &lrwork, iwork, &liwork,   \
                      &info, 1, 1);                                                                                   \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer ggev(char jobvl, char jobvr, integer n, T* a, integer lda, T* b, integer ldb, T* alpha, T* beta,    \
                      T* vl, integer ldvl, T* vr, integer ldvr, T* work, integer lwork, R* rwork) {                   \
    integer info = 0;                                                                                                 \
    FORTRAN(p##ggev)(&jobvl, &jobvr, &n, a, &lda, b, &ldb, alpha, beta, vl, &ldvl, vr, &ldvr, work, &lwork, rwork,   \
                     &info, 1, 1);                                                                                    \
    return info;                                                                                                      \
  }

LAPACK_FACTORS(s, float, float)
LAPACK_FACTORS(d, double, double)
LAPACK_FACTORS(c, std::complex<float>, float)
LAPACK_FACTORS(z, std::complex<double>, double)
LAPACK_FACTORS_REAL(s, float)
LAPACK_FACTORS_REAL(d, double)
LAPACK_FACTORS_COMPLEX(c, std::complex<float>, float)
LAPACK_FACTORS_COMPLEX(z, std::complex<double>, double)

#undef LAPACK_FACTORS
#undef LAPACK_FACTORS_REAL
#undef LAPACK_FACTORS_COMPLEX

}  // namespace eigenscope::lapack
