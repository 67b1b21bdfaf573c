// Symmetric eigenproblems of small real matrices, on the stack of the machine.
#pragma once

#include <cstdint>

namespace eigenscope {

/// A = V · diag(w) · Vᵀ, w ascending, in syevd's steps and with its signs, for n ≤ kMostSmall. Of A (n × n) one triangle is
/// read; with `vectors` V replaces it, else it is destroyed. False where the iteration did not converge.
///
/// Up to 25 rows syevd itself iterates with implicit shifts (Dubrulle, Martin, Wilkinson, Numer. Math. 12, 1968).
template <class T>
bool small_eigh(char uplo, bool vectors, int64_t n, T* a, T* w);

}  // namespace eigenscope
