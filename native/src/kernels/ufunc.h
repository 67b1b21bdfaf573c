// Elementwise functions over arrays of any strides and dtypes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "loops.h"
#include "strided.h"

namespace eigenscope {

constexpr int most_axes = 64, most_operands = 5;

/// Arrays of one shape, as JavaScript lays them out in one list of numbers.
struct Layout {
  int axes = 0, operands = 0;
  std::array<int64_t, most_axes> shape{};
  struct Operand {
    std::byte* data = nullptr;
    DType dtype = DType::f64;
    std::array<int64_t, most_axes> strides{};
  };
  std::array<Operand, most_operands> operand{};

  int64_t size() const;
  /// Drops axes of length 1, orders the others so that the last operand is walked forwards in memory, and joins those
  /// that lie end to end in all operands. At least one axis is left.
  void simplify();
  /// Only joins neighbours, in the order given.
  void join();
};

/// Takes a layout ([axes, operands, shape…, (dtype, offset, strides…) per operand]) and one typed array over the whole
/// buffer per operand; throws unless every element lies inside its buffer, aligned.
Layout parse_layout(Arguments& args);

/// Moves n items of `bytes` each (1, 2, 4, 8 or 16).
void move_items(const std::byte* from, int64_t from_step, std::byte* to, int64_t to_step, int64_t n, int64_t bytes);

}  // namespace eigenscope
