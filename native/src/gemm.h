// Matrix products of our own.
#pragma once

#include <cstdint>

namespace eigenscope {

/// C := alpha · op(A) · op(B) + beta · C, column after column as in BLAS: op(A) is m × k, op(B) k × n, C m × n, and op is
/// nothing for 'N', the transpose for 'T', the conjugate transpose for 'C'. C is not read where beta is 0.
///
/// The same arguments give the same bits, on any number of threads. With alpha real and beta 0, op(A) · op(A)ᵀ of one
/// matrix is exactly symmetric, op(A) · op(A)ᴴ exactly Hermitian. It runs on the kernels'
/// threads (kernels/pool.h), or where those are at work already, as in a team's own task, on the calling one `alone`, which
/// is not stopped: the team sees to that.
///
/// @throws Stopped when the calling thread was asked to end, std::bad_alloc; C is of no use then.
template <class T>
void gemm(char ta, char tb, int64_t m, int64_t n, int64_t k, T alpha, const T* a, int64_t lda, const T* b, int64_t ldb,
          T beta, T* c, int64_t ldc, bool alone = false);

}  // namespace eigenscope
