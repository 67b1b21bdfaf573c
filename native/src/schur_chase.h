// The inner part of a sweep of the QR iteration: bulges chased through a window.
#pragma once

#include <cstdint>

namespace eigenscope {

/// A window of a Hessenberg matrix and the bulges in it, each 3 × 3 and three rows below the one above it.
///
/// Row and column 1 of h and u stand for row and column `top` of the active block, which has `size` rows; a row and a
/// column before and after those that the bulges reach belong to h. Rows and columns are padded with zeros (kChasePadding).
template <class T>
struct Chase {
  T *h, *u;
  int64_t ld;
  /// Rows of h and u that are in use.
  int64_t rows;
  int64_t top, size;
  /// Steps [begin, end): in step s the lowest bulge begins in row s, and one that would begin above row 0 is still to come.
  int64_t begin, end;
  int64_t bulges;
  /// A pair of shifts for each bulge, the highest bulge's first.
  const T *re, *im;
};

/// Rows that columns of h and u are longer than they need be.
inline constexpr int64_t kChasePadding = 64;

/// Carries out the steps: h := Uᵀ · h · U within the window, u := u · U.
template <class T>
void chase(const Chase<T>& window);

/// x := x · g for `count` ≤ 4 columns x of that many rows, g in columns of four.
template <class T>
void mix_columns(T* x, int64_t ld, int64_t rows, const T* g, int64_t count);

}  // namespace eigenscope
