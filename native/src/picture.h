#pragma once

#include "boxes.h"
#include "strided.h"

namespace eigenscope {

struct PictureRequest {
  Matrix matrix;
  int64_t channels = 1, channel_stride = 0, width = 0, height = 0;
  uint8_t* out = nullptr;
};

}  // namespace eigenscope
