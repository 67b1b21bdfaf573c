// LAPACK's routines for the steps of eigenproblems without symmetry, for real matrices.
#pragma once

#include "lapack_factors.h"

namespace eigenscope::lapack {

#define LAPACK_SCHUR(p, T)                                                                                            \
  extern "C" {                                                                                                        \
  void FORTRAN(p##lahqr)(I, I, I, I, I, T*, I, T*, T*, I, I, T*, I, integer*);                                        \
  void FORTRAN(p##gebak)(C, C, I, I, I, const T*, I, T*, I, integer*, length, length);                                \
  void FORTRAN(p##lanv2)(T*, T*, T*, T*, T*, T*, T*, T*, T*, T*);                                                     \
  void FORTRAN(p##lasy2)(I, I, I, I, I, const T*, I, const T*, I, const T*, I, T*, T*, I, T*, integer*);              \
  void FORTRAN(p##ormhr)(C, C, I, I, I, I, const T*, I, const T*, T*, I, T*, I, integer*, length, length);            \
  void FORTRAN(p##trevc3)(C, C, const integer*, I, T*, I, T*, I, T*, I, I, integer*, T*, I, integer*, length, length); \
  }                                                                                                                   \
  /* With vectors the whole Schur form, Z := Z · Q; from row ilo to row ihi it is to be found. */                      \
  inline integer lahqr(bool vectors, integer n, integer ilo, integer ihi, T* h, integer ldh, T* re, T* im, T* z,      \
                       integer ldz) {                                                                                 \
    integer info = 0, want = vectors, one = 1;                                                                        \
    FORTRAN(p##lahqr)(&want, &want, &n, &ilo, &ihi, h, &ldh, re, im, &one, &n, z, &ldz, &info);                       \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer lahqr(bool vectors, integer n, T* h, integer ldh, T* re, T* im, T* z, integer ldz) {                 \
    return lahqr(vectors, n, 1, n, h, ldh, re, im, z, ldz);                                                           \
  }                                                                                                                   \
  /* What gebal did is undone in n vectors. */                                                                        \
  inline void gebak(char job, integer n, integer ilo, integer ihi, const T* scale, T* v) {                            \
    integer info = 0;                                                                                                 \
    char side = 'R';                                                                                                  \
    FORTRAN(p##gebak)(&job, &side, &n, &ilo, &ihi, scale, &n, v, &n, &info, 1, 1);                                    \
  }                                                                                                                   \
  /* A 2 × 2 matrix in its standard form, its eigenvalues and the rotation (cos, sin). */                             \
  inline void lanv2(T& a, T& b, T& c, T& d, T* re, T* im, T& cos, T& sin) {                                           \
    FORTRAN(p##lanv2)(&a, &b, &c, &d, re, im, re + 1, im + 1, &cos, &sin);                                            \
  }                                                                                                                   \
  /* Solves the Sylvester equation of two blocks of a Schur form. */                                                   \
  inline void lasy2(I left, I right, I sign, I n1, I n2, const T* tl, I ldtl, const T* tr, I ldtr, const T* b, I ldb,  \
                    T* scale, T* x, I ldx, T* norm, integer* info) {                                                  \
    FORTRAN(p##lasy2)(left, right, sign, n1, n2, tl, ldtl, tr, ldtr, b, ldb, scale, x, ldx, norm, info);              \
  }                                                                                                                   \
  inline void ormhr(char side, char t, integer m, integer n, integer ilo, integer ihi, const T* a, integer lda,       \
                    const T* tau, T* c, integer ldc, T* work, integer lwork) {                                        \
    integer info = 0;                                                                                                 \
    FORTRAN(p##ormhr)(&side, &t, &m, &n, &ilo, &ihi, a, &lda, tau, c, &ldc, work, &lwork, &info, 1, 1);               \
  }                                                                                                                   \
  /* Right eigenvectors of a triangular matrix, those with `select`. */                                               \
  inline integer trevc3(const integer* select, integer n, T* t, integer ldt, T* vr, integer ldvr, integer most,       \
                        T* work, integer lwork) {                                                                     \
    integer info = 0, found = 0;                                                                                      \
    char side = 'R', howmny = 'S';                                                                                    \
    FORTRAN(p##trevc3)(&side, &howmny, select, &n, t, &ldt, vr, &ldvr, vr, &ldvr, &most, &found, work, &lwork, &info, \
                       1, 1);                                                                                         \
    return info;                                                                                                      \
  }

LAPACK_SCHUR(s, float)
LAPACK_SCHUR(d, double)

#undef LAPACK_SCHUR

}  // namespace eigenscope::lapack
