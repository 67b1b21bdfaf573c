// Reductions of n elements side by side.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "dtype.h"

namespace eigenscope {

/// Writes the reduction of n elements to `result`; "away" is the sum of squared distances from *centre.
using RowFunction = void (*)(const std::byte* in, int64_t n, const std::byte* centre, std::byte* result);

struct Row {
  RowFunction run = nullptr;
  DType out = DType::f64;
  /// The elementwise function that joins the reductions of two parts.
  const char* join = nullptr;
  /// Parts must be halves as the pairwise sum takes them.
  bool pairwise = false;
};

/// The reduction of a dtype by its ufunc's name; `run` is null when there is none.
Row find_row(std::string_view name, DType dtype);

/// out[j] = out[j] ∘ in[0][j] ∘ in[1][j] …, one row after the other, rows `step` bytes apart; "away" adds the squared
/// distances from centre[j].
using ColumnFunction = void (*)(const std::byte* in, int64_t step, int64_t rows, const std::byte* centre, std::byte* out,
                                int64_t n);
/// Null where rows are joined one by one.
ColumnFunction find_columns(std::string_view name, DType dtype);

/// The first position of the largest (sign 1) or smallest (−1) element, or of the first NaN.
using ExtremeFunction = int64_t (*)(const std::byte* in, int64_t n);
ExtremeFunction find_extreme(int sign, DType dtype);

/// What find_row and find_columns have for maximum, minimum, fmax and fmin.
Row find_extreme_row(std::string_view name, DType dtype);
ColumnFunction find_extreme_columns(std::string_view name, DType dtype);

/// As ExtremeFunction down each of n columns, rows `step` bytes apart; null where the dtype has none.
using ColumnPlaces = void (*)(const std::byte* in, int64_t step, int64_t rows, int64_t* places, int64_t n);
ColumnPlaces find_extreme_places(int sign, DType dtype);

/// Where a pairwise sum of n elements is cut: at this position, in elements.
inline int64_t pairwise_half(int64_t n, bool complex) {
  int64_t lanes = complex ? 4 : 8, half = n / 2;
  return half - half % lanes;
}

}  // namespace eigenscope
