// The pieces that divide and conquer is made of.
#pragma once

#include "lapack.h"

namespace eigenscope::lapack {

#define LAPACK_TRIDIAGONAL(p, T)                                                                                      \
  extern "C" {                                                                                                        \
  void FORTRAN(p##steqr)(C, I, T*, T*, T*, I, T*, integer*, length);                                                 \
  void FORTRAN(p##lasdq)(C, I, I, I, I, I, T*, T*, T*, I, T*, I, T*, I, T*, integer*, length);                       \
  void FORTRAN(p##lasd2)(I, I, I, integer*, T*, T*, const T*, const T*, T*, I, T*, I, T*, T*, I, T*, I, integer*,    \
                         integer*, integer*, integer*, integer*, integer*);                                          \
  void FORTRAN(p##lamrg)(I, I, const T*, I, I, integer*);                                                            \
  }                                                                                                                   \
  inline integer steqr(char compz, integer n, T* d, T* e, T* z, integer ldz, T* work) {                               \
    integer info = 0;                                                                                                 \
    FORTRAN(p##steqr)(&compz, &n, d, e, z, &ldz, work, &info, 1);                                                     \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer lasdq(integer sqre, integer n, T* d, T* e, T* vt, integer ldvt, T* u, integer ldu, T* work) {        \
    integer info = 0;                                                                                                 \
    const integer columns = n + sqre, none = 0;                                                                       \
    FORTRAN(p##lasdq)("U", &sqre, &n, &columns, &n, &none, d, e, vt, &ldvt, u, &ldu, u, &ldu, work, &info, 1);        \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline integer lasd2(integer nl, integer nr, integer sqre, integer* k, T* d, T* z, T alpha, T beta, T* u,           \
                       integer ldu, T* vt, integer ldvt, T* dsigma, T* u2, integer ldu2, T* vt2, integer ldvt2,       \
                       integer* idxp, integer* idx, integer* idxc, integer* idxq, integer* coltyp) {                  \
    integer info = 0;                                                                                                 \
    FORTRAN(p##lasd2)(&nl, &nr, &sqre, k, d, z, &alpha, &beta, u, &ldu, vt, &ldvt, dsigma, u2, &ldu2, vt2, &ldvt2,    \
                      idxp, idx, idxc, idxq, coltyp, &info);                                                          \
    return info;                                                                                                      \
  }                                                                                                                   \
  inline void lamrg(integer n1, integer n2, const T* a, integer step1, integer step2, integer* index) {               \
    FORTRAN(p##lamrg)(&n1, &n2, a, &step1, &step2, index);                                                            \
  }

LAPACK_TRIDIAGONAL(s, float)
LAPACK_TRIDIAGONAL(d, double)

#undef LAPACK_TRIDIAGONAL

}  // namespace eigenscope::lapack
