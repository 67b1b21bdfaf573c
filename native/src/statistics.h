#pragma once

#include <array>

#include "strided.h"

namespace eigenscope {

struct RangeRequest {
  Matrix matrix;
  bool sample = false;
  /// min, max, absmax, nan, inf
  std::array<double, 5>* out = nullptr;
};

struct StatisticsRequest {
  Matrix matrix;
  /// count, nan, sum, mean, std, min, max
  std::array<double, 7>* out = nullptr;
};

}  // namespace eigenscope
