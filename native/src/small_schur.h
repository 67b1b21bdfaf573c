// Eigenproblems of small real matrices without symmetry, on the stack of the machine: LAPACK's iteration, and its steps for
// columns one by one before and behind it.
#pragma once

#include <cstdint>

namespace eigenscope {

/// A = Z · T · Zᵀ in gees's steps: A (n × n, n ≤ kMostSmall) becomes T; z null for eigenvalues alone, which leave no T.
/// False where the iteration did not converge.
template <class T>
bool small_schur(int64_t n, T* a, T* re, T* im, T* z);

/// Eigenvalues and right eigenvectors of length 1 as geev gives and packs them; v null without vectors. A is destroyed.
template <class T>
bool small_eig(int64_t n, T* a, T* re, T* im, T* v);

}  // namespace eigenscope
