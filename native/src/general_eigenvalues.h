// Eigenproblems without symmetry in LAPACK's steps, on threads of our own. Each returns false, and has changed nothing, for a
// matrix that is better left to LAPACK: small, of which rows and columns can be split off, or near the ends of the range.
#pragma once

#include <cstdint>

#include "lapack.h"

namespace eigenscope {

/// geev: eigenvalues and, unless v is a null pointer, right eigenvectors of a (n × n, column after column), packed as LAPACK
/// packs them. info as LAPACK's.
template <class T>
bool eig_in_steps(int64_t n, const T* a, T* re, T* im, T* v, lapack::integer& info);

/// gees: a becomes its real Schur form, a = z · t · zᵀ.
template <class T>
bool schur_in_steps(int64_t n, T* a, T* re, T* im, T* z, lapack::integer& info);

/// gehrd and orghr: a becomes its Hessenberg form, a = q · h · qᵀ.
template <class T>
bool hessenberg_in_steps(int64_t n, T* a, T* q);

}  // namespace eigenscope
