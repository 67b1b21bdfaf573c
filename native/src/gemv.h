// Products of a matrix and a vector, which read the matrix once.
#pragma once

#include "gemm_kernels.h"

namespace eigenscope {

/// y := alpha · A · x + beta · y, or alpha · conj(A) · x: A (m, k) with its rows or its columns lying together, the elements
/// of x side by side, those of y `step` apart. y is not read where beta is 0. The same arguments give the same bits.
template <class T>
void gemv(Strided<T> a, bool conjugate, int64_t m, int64_t k, const Update<T>& update, const T* x, T* y, int64_t step,
          bool alone);

}  // namespace eigenscope
