// The inner loops of matrix products: packing of panels, and tiles of C held in registers.
#pragma once

#include <cstdint>

#include "dtype.h"

namespace eigenscope {

/// A matrix of any layout: element (i, j) lies at data[i · across + j · along].
template <class T>
struct Strided {
  const T* data;
  int64_t across, along;
};

/// What a block of C is made of. Of A (rows × depth) a panel holds `mr` rows, of B (depth × columns) `nr` columns;
/// panels lie `a_panel` and `b_panel` numbers apart. The rows of a panel of A lie together, those of the next step of
/// depth `a_step` numbers on; b_step and b_across are the same for B. Complex numbers are pairs of numbers in B, and in A's
/// panels all real parts come before all imaginary ones.
template <class R>
struct Panels {
  const R* a;
  int64_t a_panel, a_step;
  const R* b;
  int64_t b_panel, b_step, b_across;
};

/// How a block of C is written: C := alpha · A · B + beta · C, or without reading C when `fresh`.
template <class T>
struct Update {
  T alpha, beta;
  bool fresh;
};

/// The loops for elements of T.
template <class T>
struct GemmKernels {
  using R = Real<T>;
  /// Rows of a panel of A, columns of a panel of B, and numbers of a vector: rows are read as many at a time.
  int64_t mr, nr, lanes;
  /// Packs rows [0, m) of a matrix m × k into panels of mr rows, missing ones zero.
  void (*pack_a)(Strided<T> from, int64_t m, int64_t k, bool conjugate, R* to);
  /// The same for panels of nr rows; of a Bᵀ that is, whose rows are columns of B.
  void (*pack_b)(Strided<T> from, int64_t n, int64_t k, bool conjugate, R* to);
  /// A block m × n of C, column after column, ldc elements apart. Tiles above the diagonal are left out, where the block's
  /// first element lies `below` rows below it.
  void (*block)(int64_t m, int64_t n, int64_t k, const Panels<R>& panels, const Update<T>& update, int64_t below, T* c,
                int64_t ldc);
};

/// `below` of a block that is wanted whole.
inline constexpr int64_t kWhole = int64_t(1) << 60;

template <class T>
const GemmKernels<T>& gemm_kernels();

}  // namespace eigenscope
