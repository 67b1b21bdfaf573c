// Gaussian elimination of many small real matrices.
#pragma once

#include <cstdint>

#include "batched_products.h"

namespace eigenscope {

/// The largest order, and the largest number of right-hand sides.
inline constexpr int64_t kSmallOrder = 32;

template <class T>
struct SmallElimination {
  /// x := A⁻¹ · B for matrices [from, to) of the stacks, A (n, n), B (n, k) or the identity where b.data is null.
  /// The first singular matrix, or −1.
  int64_t (*solve)(Stack<const T> a, Stack<const T> b, T* x, int64_t from, int64_t to, int64_t n, int64_t k);
  /// The n pivots of each matrix, then 1 or −1 for an even or odd number of exchanged rows. All pivots are 0 from the
  /// one on where elimination ends.
  void (*pivots)(const T* a, T* pivots, int64_t from, int64_t to, int64_t n);
};

template <class T>
SmallElimination<T> small_elimination();

}  // namespace eigenscope
