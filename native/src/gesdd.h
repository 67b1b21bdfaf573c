#pragma once

#include "lapack.h"

namespace eigenscope {

/// Whether `gesdd_in_parallel` is meant for this: large, not wide, within what it does.
template <class T>
bool gesdd_fits(char jobz, lapack::integer m, lapack::integer n, const T* a, lapack::integer lda);

/// gesdd for real m ≥ n with jobz N or S (A when square), the same steps as LAPACK's (QR first when tall, reduction to
/// bidiagonal form, divide and conquer, back-transformation) on threads of our own, which hardly ever wait: see
/// bidiagonal.h. Arguments and info as gesdd; work space is allocated here.
template <class T>
lapack::integer gesdd_in_parallel(char jobz, lapack::integer m, lapack::integer n, T* a, lapack::integer lda, T* s, T* u,
                                  lapack::integer ldu, T* vt, lapack::integer ldvt);

}  // namespace eigenscope
