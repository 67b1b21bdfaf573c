// Singular value decompositions of small real matrices, on the stack of the machine.
#pragma once

#include <cstdint>

#include "small_places.h"

namespace eigenscope {

/// A = U · diag(s) · Vᵀ in gesdd's steps and with its signs, for m, n ≤ kMostSmall: job N, S or A. A is destroyed; U
/// (m × m or m × r) and V (n × n or n × r) column after column. False where the iteration did not converge.
///
/// Up to 25 columns gesdd itself iterates with implicit shifts (Demmel, Kahan, SIAM J. Sci. Stat. Comput. 11, 1990).
template <class T>
bool small_svd(char job, int64_t m, int64_t n, T* a, T* s, T* u, T* v);

}  // namespace eigenscope
