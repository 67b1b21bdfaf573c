#pragma once

#include "strided.h"

namespace eigenscope {

enum class Reduce { mean, absmax };

struct TileRequest {
  Matrix matrix;
  int64_t width = 0, height = 0;
  Reduce reduce = Reduce::mean;
  bool sample = false;
  float* out = nullptr;
};

}  // namespace eigenscope
