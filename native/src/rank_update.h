#pragma once

#include <cstdint>

namespace eigenscope {

/// C := C + sign · A · B, row-major float32: C (rows, cols), A (rows, ranks), B (ranks, cols), on the calling thread.
void rank_update(int64_t rows, int64_t cols, int64_t ranks, float sign, const float* a, int64_t lda, const float* b,
                 int64_t ldb, float* c, int64_t ldc);

/// The largest magnitude of n numbers, NaN passed over.
float largest_magnitude(const float* x, int64_t n);

struct PixelRequest {
  /// One plane for grey, otherwise three; each `pixels` long.
  const float* planes[3];
  /// The planes of the original, for a difference; otherwise null.
  const float* originals[3];
  /// Whether the planes hold Y, Cb, Cr.
  bool ycbcr;
  bool grey;
  int64_t pixels;
  uint8_t* out;
};

/// Planes of 0 … 255 to RGBA.
void to_pixels(const PixelRequest& request);

}  // namespace eigenscope
