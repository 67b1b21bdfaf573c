// The inner loops of the slider: a matrix product of its own, because BLAS would make it wait behind a running job.
#include "targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "rank_update.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>

#include "rank_update.h"
#include "scratch.h"

HWY_BEFORE_NAMESPACE();
namespace eigenscope {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;
using D = hn::ScalableTag<float>;
using V = hn::Vec<D>;

// As many accumulators as the registers hold: 32 with AVX-512, 16 before.
constexpr int kVectors = HWY_TARGET <= HWY_AVX3 ? 4 : 2;
constexpr int kRows = 6;
constexpr int64_t kDepth = 256;

/// rows × (kVectors vectors) of C, `panel` holding B's columns side by side.
template <int rows>
HWY_INLINE void tile(const float* a, int64_t lda, const float* panel, int64_t depth, float sign, float* c,
                     int64_t ldc) {
  const D d;
  const int64_t n = static_cast<int64_t>(hn::Lanes(d));
  V sums[rows][kVectors];
  for (int i = 0; i < rows; i++) {
    for (int v = 0; v < kVectors; v++) sums[i][v] = hn::Zero(d);
  }
  for (int64_t k = 0; k < depth; k++, panel += kVectors * n) {
    V b[kVectors];
    for (int v = 0; v < kVectors; v++) b[v] = hn::Load(d, panel + v * n);
    for (int i = 0; i < rows; i++) {
      const V x = hn::Set(d, a[i * lda + k]);
      for (int v = 0; v < kVectors; v++) sums[i][v] = hn::MulAdd(x, b[v], sums[i][v]);
    }
  }
  const V s = hn::Set(d, sign);
  for (int i = 0; i < rows; i++) {
    for (int v = 0; v < kVectors; v++) {
      float* p = c + i * ldc + v * n;
      hn::StoreU(hn::MulAdd(s, sums[i][v], hn::LoadU(d, p)), d, p);
    }
  }
}

HWY_INLINE void rows_of(int rows, const float* a, int64_t lda, const float* panel, int64_t depth, float sign, float* c,
                        int64_t ldc) {
  switch (rows) {
    case 1:
      return tile<1>(a, lda, panel, depth, sign, c, ldc);
    case 2:
      return tile<2>(a, lda, panel, depth, sign, c, ldc);
    case 3:
      return tile<3>(a, lda, panel, depth, sign, c, ldc);
    case 4:
      return tile<4>(a, lda, panel, depth, sign, c, ldc);
    case 5:
      return tile<5>(a, lda, panel, depth, sign, c, ldc);
    default:
      return tile<kRows>(a, lda, panel, depth, sign, c, ldc);
  }
}

void update(int64_t rows, int64_t cols, int64_t ranks, float sign, const float* a, int64_t lda, const float* b,
            int64_t ldb, float* c, int64_t ldc) {
  const D d;
  const int64_t wide = kVectors * static_cast<int64_t>(hn::Lanes(d));
  Scratch<float> panel(static_cast<double>(kDepth * wide));
  Scratch<float> edge(static_cast<double>(kRows * wide));
  for (int64_t k0 = 0; k0 < ranks; k0 += kDepth) {
    int64_t depth = std::min(kDepth, ranks - k0);
    for (int64_t j0 = 0; j0 < cols; j0 += wide) {
      int64_t n = std::min(wide, cols - j0);
      for (int64_t k = 0; k < depth; k++) {
        const float* from = b + (k0 + k) * ldb + j0;
        float* to = panel.get() + k * wide;
        std::copy_n(from, n, to);
        std::fill(to + n, to + wide, 0.0f);
      }
      for (int64_t i0 = 0; i0 < rows; i0 += kRows) {
        int m = static_cast<int>(std::min<int64_t>(kRows, rows - i0));
        const float* part = a + i0 * lda + k0;
        float* out = c + i0 * ldc + j0;
        if (n == wide) {
          rows_of(m, part, lda, panel.get(), depth, sign, out, ldc);
        } else {
          std::fill_n(edge.get(), m * wide, 0.0f);
          rows_of(m, part, lda, panel.get(), depth, sign, edge.get(), wide);
          for (int i = 0; i < m; i++) {
            for (int64_t j = 0; j < n; j++) out[i * ldc + j] += edge.get()[i * wide + j];
          }
        }
      }
    }
  }
}

float magnitude(const float* x, int64_t n) {
  constexpr int64_t lanes = 16;
  float best[lanes] = {};
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    for (int64_t k = 0; k < lanes; k++) {
      float v = x[i + k] < 0 ? -x[i + k] : x[i + k];
      best[k] = v > best[k] ? v : best[k];
    }
  }
  for (; i < n; i++) {
    float v = x[i] < 0 ? -x[i] : x[i];
    best[0] = v > best[0] ? v : best[0];
  }
  return *std::max_element(best, best + lanes);
}

struct Colour {
  V r, g, b;
};

HWY_INLINE Colour load(const float* const* planes, const PixelRequest& q, int64_t i) {
  const D d;
  V x = hn::LoadU(d, planes[0] + i);
  if (q.grey) return {x, x, x};
  V y = hn::LoadU(d, planes[1] + i), z = hn::LoadU(d, planes[2] + i);
  if (!q.ycbcr) return {x, y, z};
  // JFIF: BT.601, full range.
  const V middle = hn::Set(d, 128.0f);
  V cb = hn::Sub(y, middle), cr = hn::Sub(z, middle);
  return {hn::MulAdd(hn::Set(d, 1.402f), cr, x),
          hn::NegMulAdd(hn::Set(d, 0.714136286f), cr, hn::NegMulAdd(hn::Set(d, 0.344136286f), cb, x)),
          hn::MulAdd(hn::Set(d, 1.772f), cb, x)};
}

HWY_INLINE V clamped(V x) {
  const D d;
  return hn::Min(hn::Max(x, hn::Zero(d)), hn::Set(d, 255.0f));
}

void pixels_block(const PixelRequest& q, int64_t i, uint8_t* out) {
  const D d;
  const hn::Rebind<uint8_t, D> d8;
  Colour c = load(q.planes, q, i);
  if (q.originals[0] != nullptr) {
    Colour o = load(q.originals, q, i);
    const V eight = hn::Set(d, 8.0f), middle = hn::Set(d, 128.0f);
    // What is seen is compared: the rank-k picture as it would be shown.
    c.r = hn::MulAdd(eight, hn::Sub(o.r, clamped(c.r)), middle);
    c.g = hn::MulAdd(eight, hn::Sub(o.g, clamped(c.g)), middle);
    c.b = hn::MulAdd(eight, hn::Sub(o.b, clamped(c.b)), middle);
  }
  auto byte = [&](V x) HWY_ATTR { return hn::DemoteTo(d8, hn::NearestInt(clamped(x))); };
  hn::StoreInterleaved4(byte(c.r), byte(c.g), byte(c.b), hn::Set(d8, 255), d8, out);
}

void pixels(const PixelRequest& q) {
  const D d;
  const int64_t n = static_cast<int64_t>(hn::Lanes(d));
  int64_t i = 0;
  for (; i + n <= q.pixels; i += n) pixels_block(q, i, q.out + 4 * i);
  if (i == q.pixels) return;
  // The last few go through buffers a vector wide.
  HWY_ALIGN float rest[6][HWY_MAX_BYTES / 4] = {};
  HWY_ALIGN uint8_t out[HWY_MAX_BYTES * 4];
  PixelRequest tail = q;
  for (int p = 0; p < (q.grey ? 1 : 3); p++) {
    std::copy(q.planes[p] + i, q.planes[p] + q.pixels, rest[p]);
    tail.planes[p] = rest[p];
    if (q.originals[0] != nullptr) {
      std::copy(q.originals[p] + i, q.originals[p] + q.pixels, rest[3 + p]);
      tail.originals[p] = rest[3 + p];
    }
  }
  pixels_block(tail, 0, out);
  std::copy_n(out, 4 * (q.pixels - i), q.out + 4 * i);
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace eigenscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace eigenscope {

HWY_EXPORT(update);
HWY_EXPORT(magnitude);
HWY_EXPORT(pixels);

void rank_update(int64_t rows, int64_t cols, int64_t ranks, float sign, const float* a, int64_t lda, const float* b,
                 int64_t ldb, float* c, int64_t ldc) {
  HWY_DYNAMIC_DISPATCH(update)(rows, cols, ranks, sign, a, lda, b, ldb, c, ldc);
}

float largest_magnitude(const float* x, int64_t n) { return HWY_DYNAMIC_DISPATCH(magnitude)(x, n); }

void to_pixels(const PixelRequest& request) { HWY_DYNAMIC_DISPATCH(pixels)(request); }

}  // namespace eigenscope
#endif
