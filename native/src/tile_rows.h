// What a tile's vector code and the code around it share.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "boxes.h"
#include "strided.h"

namespace eigenscope {

/// Rows of cells of one dtype, folded into lines of doubles.
struct TileRows {
  using Fold = void (*)(const std::byte* row, int64_t step, int64_t n, double* line, double* other);
  /// line[j] += cell j
  Fold add;
  /// line[j] += cell j and other[j] += 1 where cell j is a number
  Fold add_numbers;
  /// line[j] = the cell of largest magnitude so far, other[j] that magnitude
  Fold largest;
  /// out[j] = cell at[j]
  void (*pick)(const std::byte* row, int64_t step, const int64_t* at, int64_t n, double* out);
};

/// The cells of an axis dealt out to pixels: each gets `least` or one more; when there are too few, pixels repeat cells.
struct TileAxis {
  TileAxis(int64_t cells, int64_t count) : pixels(count), least(std::max<int64_t>(1, cells / count)) {
    for (int64_t i = 0; i < count; i++) {
      int64_t first = cell_edge(i, cells, count);
      start.push_back(first);
      more.push_back(std::max(first + 1, cell_edge(i + 1, cells, count)) - first > least);
    }
  }

  int64_t count(int64_t i) const { return least + (more[static_cast<size_t>(i)] ? 1 : 0); }

  int64_t pixels, least;
  std::vector<int64_t> start;
  std::vector<char> more;
};

}  // namespace eigenscope
