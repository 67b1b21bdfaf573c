// Fortran BLAS and LAPACK as C++ overloads, one name for the four element types.
#pragma once

#include <complex>
#include <cstddef>
#include <cstdint>

#ifndef EIGENSCOPE_PREFIX
#define EIGENSCOPE_PREFIX
#endif
#ifndef EIGENSCOPE_SUFFIX
#define EIGENSCOPE_SUFFIX _
#endif
#define EIGENSCOPE_JOIN3(a, b, c) a##b##c
#define EIGENSCOPE_JOIN(a, b, c) EIGENSCOPE_JOIN3(a, b, c)
// The Fortran name of a routine, as the linked library spells it.
#define FORTRAN(name) EIGENSCOPE_JOIN(EIGENSCOPE_PREFIX, name, EIGENSCOPE_SUFFIX)

namespace eigenscope::lapack {

#ifdef EIGENSCOPE_ILP64
using integer = int64_t;
inline constexpr bool ilp64 = true;
inline constexpr int64_t integer_max = 9007199254740991;
#else
using integer = int32_t;
inline constexpr bool ilp64 = false;
inline constexpr int64_t integer_max = 2147483647;
#endif

using length = size_t;  // gfortran passes the length of every character argument at the end
using I = const integer*;
using C = const char*;

// Routines that take the same arguments for real and complex matrices.
#define LAPACK_COMMON(p, T, R)                                                                                       \
  extern "C" {                                                                                                        \
  void FORTRAN(p##gemm)(C, C, I, I, I, const T*, const T*, I, const T*, I, const T*, T*, I, length, length);         \
  void FORTRAN(p##getrf)(I, I, T*, I, integer*, integer*);                                                           \
  void FORTRAN(p##getrs)(C, I, I, const T*, I, const integer*, T*, I, integer*, length);                             \
  void FORTRAN(p##getri)(I, T*, I, const integer*, T*, I, integer*);                                                 \
  void FORTRAN(p##gesv)(I, I, T*, I, integer*, T*, I, integer*);                                                     \
  void FORTRAN(p##potrf)(C, I, T*, I, integer*, length);                                                             \
  void FORTRAN(p##trtrs)(C, C, C, I, I, const T*, I, T*, I, integer*, length, length, length);                       \
  R FORTRAN(p##lange)(C, I, I, const T*, I, R*, length);                                                             \
  void FORTRAN(p##geqrf)(I, I, T*, I, T*, T*, I, integer*);                                                          \
  }                                                                                                                   \
  inline void gemm(char ta, char tb, integer m, integer n, integer k, T alpha, const T* a, integer lda, const T* b,  \
                   integer ldb, T beta, T* c, integer ldc) {                                                          \
    FORTRAN(p##gemm)(&ta, &tb, &m, &n, &k, &alpha, a, &lda, b, &ldb, &beta, c, &ldc, 1, 1);                          \
  }                                                                                                                   \
  inline integer getrf(integer m, integer n, T* a, integer lda, integer* ipiv) {                                     \
    integer info = 0;                                                                                                 \
    FORTRAN(p##getrf)(&m, &n, a, &lda, ipiv, &info);                                                                 \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer getrs(char t, integer n, integer nrhs, const T* a, integer lda, const integer* ipiv, T* b,          \
                       integer ldb) {                                                                                 \
    integer info = 0;                                                                                                 \
    FORTRAN(p##getrs)(&t, &n, &nrhs, a, &lda, ipiv, b, &ldb, &info, 1);                                              \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer getri(integer n, T* a, integer lda, const integer* ipiv, T* work, integer lwork) {                  \
    integer info = 0;                                                                                                 \
    FORTRAN(p##getri)(&n, a, &lda, ipiv, work, &lwork, &info);                                                       \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer gesv(integer n, integer nrhs, T* a, integer lda, integer* ipiv, T* b, integer ldb) {                \
    integer info = 0;                                                                                                 \
    FORTRAN(p##gesv)(&n, &nrhs, a, &lda, ipiv, b, &ldb, &info);                                                      \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer potrf(char uplo, integer n, T* a, integer lda) {                                                    \
    integer info = 0;                                                                                                 \
    FORTRAN(p##potrf)(&uplo, &n, a, &lda, &info, 1);                                                                 \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer trtrs(char uplo, char t, char diag, integer n, integer nrhs, const T* a, integer lda, T* b,         \
                       integer ldb) {                                                                                 \
    integer info = 0;                                                                                                 \
    FORTRAN(p##trtrs)(&uplo, &t, &diag, &n, &nrhs, a, &lda, b, &ldb, &info, 1, 1, 1);                                \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline R lange(char norm, integer m, integer n, const T* a, integer lda, R* work) {                                \
    return FORTRAN(p##lange)(&norm, &m, &n, a, &lda, work, 1);                                                       \
  }                                                                                                                   \
  inline integer geqrf(integer m, integer n, T* a, integer lda, T* tau, T* work, integer lwork) {                    \
    integer info = 0;                                                                                                 \
    FORTRAN(p##geqrf)(&m, &n, a, &lda, tau, work, &lwork, &info);                                                    \
    return info;                                                                                                      \
  }

// Routines whose real form differs: other names, or no real work space (passed and ignored here).
#define LAPACK_REAL(p, T)                                                                                             \
  extern "C" {                                                                                                        \
  T FORTRAN(p##nrm2)(I, const T*, I);                                                                                \
  void FORTRAN(p##syrk)(C, C, I, I, const T*, const T*, I, const T*, T*, I, length, length);                         \
  void FORTRAN(p##gecon)(C, I, const T*, I, const T*, T*, T*, integer*, integer*, length);                           \
  void FORTRAN(p##orgqr)(I, I, I, T*, I, const T*, T*, I, integer*);                                                 \
  void FORTRAN(p##gelsd)(I, I, I, T*, I, T*, I, T*, const T*, integer*, T*, I, integer*, integer*);                  \
  void FORTRAN(p##syevd)(C, C, I, T*, I, T*, T*, I, integer*, I, integer*, length, length);                          \
  void FORTRAN(p##geev)(C, C, I, T*, I, T*, T*, T*, I, T*, I, T*, I, integer*, length, length);                      \
  void FORTRAN(p##gesdd)(C, I, I, T*, I, T*, T*, I, T*, I, T*, I, integer*, integer*, length);                       \
  void FORTRAN(p##gesvd)(C, C, I, I, T*, I, T*, T*, I, T*, I, T*, I, integer*, length, length);                      \
  void FORTRAN(p##bdsdc)(C, C, I, T*, T*, T*, I, T*, I, T*, integer*, T*, integer*, integer*, length, length);       \
  void FORTRAN(p##ormbr)(C, C, C, I, I, I, const T*, I, const T*, T*, I, T*, I, integer*, length, length, length);   \
  void FORTRAN(p##ormqr)(C, C, I, I, I, const T*, I, const T*, T*, I, T*, I, integer*, length, length);              \
  }                                                                                                                   \
  inline integer bdsdc(char uplo, char compq, integer n, T* d, T* e, T* u, integer ldu, T* vt, integer ldvt, T* work, \
                       integer* iwork) {                                                                              \
    integer info = 0, unused_integer = 0;                                                                             \
    T unused = 0;                                                                                                     \
    FORTRAN(p##bdsdc)(&uplo, &compq, &n, d, e, u, &ldu, vt, &ldvt, &unused, &unused_integer, work, iwork, &info, 1,  \
                      1);                                                                                             \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer ormbr(char vect, char side, char t, integer m, integer n, integer k, const T* a, integer lda,       \
                       const T* tau, T* c, integer ldc, T* work, integer lwork) {                                     \
    integer info = 0;                                                                                                 \
    FORTRAN(p##ormbr)(&vect, &side, &t, &m, &n, &k, a, &lda, tau, c, &ldc, work, &lwork, &info, 1, 1, 1);            \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer ormqr(char side, char t, integer m, integer n, integer k, const T* a, integer lda, const T* tau,    \
                       T* c, integer ldc, T* work, integer lwork) {                                                   \
    integer info = 0;                                                                                                 \
    FORTRAN(p##ormqr)(&side, &t, &m, &n, &k, a, &lda, tau, c, &ldc, work, &lwork, &info, 1, 1);                      \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline T nrm2(integer n, const T* x, integer incx) { return FORTRAN(p##nrm2)(&n, x, &incx); }                      \
  inline void syrk(char uplo, char t, integer n, integer k, T alpha, const T* a, integer lda, T beta, T* c,          \
                   integer ldc) {                                                                                     \
    if (t == 'C') t = 'T';                                                                                            \
    FORTRAN(p##syrk)(&uplo, &t, &n, &k, &alpha, a, &lda, &beta, c, &ldc, 1, 1);                                      \
  }                                                                                                                   \
  inline integer gecon(char norm, integer n, const T* a, integer lda, T anorm, T* rcond, T* work, T*,                \
                       integer* iwork) {                                                                              \
    integer info = 0;                                                                                                 \
    FORTRAN(p##gecon)(&norm, &n, a, &lda, &anorm, rcond, work, iwork, &info, 1);                                     \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer orgqr(integer m, integer n, integer k, T* a, integer lda, const T* tau, T* work, integer lwork) {   \
    integer info = 0;                                                                                                 \
    FORTRAN(p##orgqr)(&m, &n, &k, a, &lda, tau, work, &lwork, &info);                                                \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer gelsd(integer m, integer n, integer nrhs, T* a, integer lda, T* b, integer ldb, T* s, T rcond,      \
                       integer* rank, T* work, integer lwork, T*, integer* iwork) {                                   \
    integer info = 0;                                                                                                 \
    FORTRAN(p##gelsd)(&m, &n, &nrhs, a, &lda, b, &ldb, s, &rcond, rank, work, &lwork, iwork, &info);                 \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer syevd(char jobz, char uplo, integer n, T* a, integer lda, T* w, T* work, integer lwork, T*, integer,\
                       integer* iwork, integer liwork) {                                                              \
    integer info = 0;                                                                                                 \
    FORTRAN(p##syevd)(&jobz, &uplo, &n, a, &lda, w, work, &lwork, iwork, &liwork, &info, 1, 1);                      \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer gesdd(char jobz, integer m, integer n, T* a, integer lda, T* s, T* u, integer ldu, T* vt,           \
                       integer ldvt, T* work, integer lwork, T*, integer* iwork) {                                    \
    integer info = 0;                                                                                                 \
    FORTRAN(p##gesdd)(&jobz, &m, &n, a, &lda, s, u, &ldu, vt, &ldvt, work, &lwork, iwork, &info, 1);                 \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer gesvd(char jobu, char jobvt, integer m, integer n, T* a, integer lda, T* s, T* u, integer ldu,      \
                       T* vt, integer ldvt, T* work, integer lwork, T*) {                                             \
    integer info = 0;                                                                                                 \
    FORTRAN(p##gesvd)(&jobu, &jobvt, &m, &n, a, &lda, s, u, &ldu, vt, &ldvt, work, &lwork, &info, 1, 1);             \
    return info;                                                                                                      \
  }

#define LAPACK_COMPLEX(p, norm, T, R)                                                                                 \
  extern "C" {                                                                                                        \
  R FORTRAN(norm)(I, const T*, I);                                                                                   \
  void FORTRAN(p##herk)(C, C, I, I, const R*, const T*, I, const R*, T*, I, length, length);                         \
  void FORTRAN(p##gecon)(C, I, const T*, I, const R*, R*, T*, R*, integer*, length);                                 \
  void FORTRAN(p##ungqr)(I, I, I, T*, I, const T*, T*, I, integer*);                                                 \
  void FORTRAN(p##gelsd)(I, I, I, T*, I, T*, I, R*, const R*, integer*, T*, I, R*, integer*, integer*);              \
  void FORTRAN(p##heevd)(C, C, I, T*, I, R*, T*, I, R*, I, integer*, I, integer*, length, length);                   \
  void FORTRAN(p##geev)(C, C, I, T*, I, T*, T*, I, T*, I, T*, I, R*, integer*, length, length);                      \
  void FORTRAN(p##gesdd)(C, I, I, T*, I, R*, T*, I, T*, I, T*, I, R*, integer*, integer*, length);                   \
  void FORTRAN(p##gesvd)(C, C, I, I, T*, I, R*, T*, I, T*, I, T*, I, R*, integer*, length, length);                  \
  }                                                                                                                   \
  inline R nrm2(integer n, const T* x, integer incx) { return FORTRAN(norm)(&n, x, &incx); }                         \
  inline void syrk(char uplo, char t, integer n, integer k, R alpha, const T* a, integer lda, R beta, T* c,          \
                   integer ldc) {                                                                                     \
    if (t == 'T') t = 'C';                                                                                            \
    FORTRAN(p##herk)(&uplo, &t, &n, &k, &alpha, a, &lda, &beta, c, &ldc, 1, 1);                                      \
  }                                                                                                                   \
  inline integer gecon(char n1, integer n, const T* a, integer lda, R anorm, R* rcond, T* work, R* rwork,            \
                       integer*) {                                                                                    \
    integer info = 0;                                                                                                 \
    FORTRAN(p##gecon)(&n1, &n, a, &lda, &anorm, rcond, work, rwork, &info, 1);                                       \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer orgqr(integer m, integer n, integer k, T* a, integer lda, const T* tau, T* work, integer lwork) {   \
    integer info = 0;                                                                                                 \
    FORTRAN(p##ungqr)(&m, &n, &k, a, &lda, tau, work, &lwork, &info);                                                \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer gelsd(integer m, integer n, integer nrhs, T* a, integer lda, T* b, integer ldb, R* s, R rcond,      \
                       integer* rank, T* work, integer lwork, R* rwork, integer* iwork) {                             \
    integer info = 0;                                                                                                 \
    FORTRAN(p##gelsd)(&m, &n, &nrhs, a, &lda, b, &ldb, s, &rcond, rank, work, &lwork, rwork, iwork, &info);          \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer syevd(char jobz, char uplo, integer n, T* a, integer lda, R* w, T* work, integer lwork, R* rwork,   \
                       integer lrwork, integer* iwork, integer liwork) {                                              \
    integer info = 0;                                                                                                 \
    FORTRAN(p##heevd)(&jobz, &uplo, &n, a, &lda, w, work, &lwork, rwork, &lrwork, iwork, &liwork, &info, 1, 1);      \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer gesdd(char jobz, integer m, integer n, T* a, integer lda, R* s, T* u, integer ldu, T* vt,           \
                       integer ldvt, T* work, integer lwork, R* rwork, integer* iwork) {                              \
    integer info = 0;                                                                                                 \
    FORTRAN(p##gesdd)(&jobz, &m, &n, a, &lda, s, u, &ldu, vt, &ldvt, work, &lwork, rwork, iwork, &info, 1);          \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer gesvd(char jobu, char jobvt, integer m, integer n, T* a, integer lda, R* s, T* u, integer ldu,      \
                       T* vt, integer ldvt, T* work, integer lwork, R* rwork) {                                       \
    integer info = 0;                                                                                                 \
    FORTRAN(p##gesvd)(&jobu, &jobvt, &m, &n, a, &lda, s, u, &ldu, vt, &ldvt, work, &lwork, rwork, &info, 1, 1);      \
    return info;                                                                                                      \
  }

LAPACK_COMMON(s, float, float)
LAPACK_COMMON(d, double, double)
LAPACK_COMMON(c, std::complex<float>, float)
LAPACK_COMMON(z, std::complex<double>, double)
LAPACK_REAL(s, float)
LAPACK_REAL(d, double)
LAPACK_COMPLEX(c, scnrm2, std::complex<float>, float)
LAPACK_COMPLEX(z, dznrm2, std::complex<double>, double)

// geev returns real matrices' eigenvalues in two arrays; here they are always pairs.
template <class T>
integer geev(char jobvl, char jobvr, integer n, T* a, integer lda, T* wr, T* wi, T* vl, integer ldvl, T* vr,
             integer ldvr, T* work, integer lwork);
template <>
inline integer geev(char jobvl, char jobvr, integer n, float* a, integer lda, float* wr, float* wi, float* vl,
                    integer ldvl, float* vr, integer ldvr, float* work, integer lwork) {
  integer info = 0;
  FORTRAN(sgeev)(&jobvl, &jobvr, &n, a, &lda, wr, wi, vl, &ldvl, vr, &ldvr, work, &lwork, &info, 1, 1);
  return info;
}
template <>
inline integer geev(char jobvl, char jobvr, integer n, double* a, integer lda, double* wr, double* wi, double* vl,
                    integer ldvl, double* vr, integer ldvr, double* work, integer lwork) {
  integer info = 0;
  FORTRAN(dgeev)(&jobvl, &jobvr, &n, a, &lda, wr, wi, vl, &ldvl, vr, &ldvr, work, &lwork, &info, 1, 1);
  return info;
}
inline integer geev_complex(char jobvl, char jobvr, integer n, std::complex<float>* a, integer lda,
                            std::complex<float>* w, std::complex<float>* vl, integer ldvl, std::complex<float>* vr,
                            integer ldvr, std::complex<float>* work, integer lwork, float* rwork) {
  integer info = 0;
  FORTRAN(cgeev)(&jobvl, &jobvr, &n, a, &lda, w, vl, &ldvl, vr, &ldvr, work, &lwork, rwork, &info, 1, 1);
  return info;
}
inline integer geev_complex(char jobvl, char jobvr, integer n, std::complex<double>* a, integer lda,
                            std::complex<double>* w, std::complex<double>* vl, integer ldvl, std::complex<double>* vr,
                            integer ldvr, std::complex<double>* work, integer lwork, double* rwork) {
  integer info = 0;
  FORTRAN(zgeev)(&jobvl, &jobvr, &n, a, &lda, w, vl, &ldvl, vr, &ldvr, work, &lwork, rwork, &info, 1, 1);
  return info;
}

#undef LAPACK_COMMON
#undef LAPACK_REAL
#undef LAPACK_COMPLEX

}  // namespace eigenscope::lapack
