// Pictures of 8-bit channels down-sampled by area.
#include "targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "picture.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <vector>

#include "picture.h"

HWY_BEFORE_NAMESPACE();
namespace eigenscope {
namespace HWY_NAMESPACE {
namespace {

void add_bytes(const uint8_t* HWY_RESTRICT x, float weight, float* HWY_RESTRICT sums, int64_t n) {
  for (int64_t j = 0; j < n; j++) sums[j] += weight * static_cast<float>(x[j]);
}

HWY_INLINE uint8_t rounded(float x) {
  return static_cast<uint8_t>(x <= 0 ? 0 : x >= 255 ? 255 : x + 0.5f);
}

template <int channels>
void shrink_line(const float* line, const Boxes& boxes, int64_t width, uint8_t* out) {
  for (int64_t j = 0; j < width; j++, out += 4) {
    auto i = static_cast<size_t>(j);
    const float* x = line + boxes.start[i] * channels;
    const float* weight = boxes.weight.data() + boxes.first[i];
    int64_t n = boxes.count(j);
    float sums[channels] = {};
    for (int64_t c = 0; c < n; c++) {
      for (int k = 0; k < channels; k++) sums[k] += weight[c] * x[c * channels + k];
    }
    for (int k = 0; k < 3; k++) out[k] = rounded(sums[channels >= 3 ? k : 0]);
    out[3] = channels == 4 ? rounded(sums[channels - 1]) : 255;
  }
}

void picture(const PictureRequest& q) {
  const Matrix& a = q.matrix;
  Boxes rows = area_boxes(a.rows, q.height), cols = area_boxes(a.cols, q.width);
  int64_t n = a.cols * q.channels;
  bool together = (q.channels == 1 || q.channel_stride == 1) && a.col_stride == q.channels;
  std::vector<float> line(static_cast<size_t>(n));
  std::vector<uint8_t> gathered(together ? 0 : static_cast<size_t>(n));
  for (int64_t i = 0; i < q.height; i++) {
    std::fill(line.begin(), line.end(), 0.0f);
    auto box = static_cast<size_t>(i);
    for (int64_t k = 0; k < rows.count(i); k++) {
      auto* row = reinterpret_cast<const uint8_t*>(a.data + (rows.start[box] + k) * a.row_stride);
      if (!together) {
        for (int64_t j = 0; j < a.cols; j++) {
          for (int64_t c = 0; c < q.channels; c++) {
            gathered[static_cast<size_t>(j * q.channels + c)] = row[j * a.col_stride + c * q.channel_stride];
          }
        }
        row = gathered.data();
      }
      add_bytes(row, rows.weight[static_cast<size_t>(rows.first[box] + k)], line.data(), n);
    }
    uint8_t* out = q.out + i * q.width * 4;
    if (q.channels == 1) shrink_line<1>(line.data(), cols, q.width, out);
    if (q.channels == 3) shrink_line<3>(line.data(), cols, q.width, out);
    if (q.channels == 4) shrink_line<4>(line.data(), cols, q.width, out);
  }
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace eigenscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "job.h"
#include "modules.h"

namespace eigenscope {
namespace {

HWY_EXPORT(picture);

Napi::Value picture_async(Arguments& args) {
  std::vector<Napi::ObjectReference> keep;
  Napi::Value description = args.value();
  Matrix whole = parse_matrix(args, description, keep);
  PictureRequest request;
  request.channels = args.count();
  double channel_stride = args.number();
  if (itemsize(whole.dtype) != 1) args.range("a picture has 8 bits per channel");
  if (request.channels != 1 && request.channels != 3 && request.channels != 4) args.range("1, 3 or 4 channels");
  if (!(std::fabs(channel_stride) < 9e15)) args.range("channel stride");
  request.channel_stride = static_cast<int64_t>(channel_stride);
  // The last channel must lie inside the buffer like the first.
  auto object = description.As<Napi::Object>();
  if (request.channels > 1 && whole.rows > 0 && whole.cols > 0) {
    double offset = object.Get("offset").As<Napi::Number>().DoubleValue();
    std::vector<int64_t> shape{whole.rows, whole.cols, request.channels};
    parse_strided(args, object.Get("bytes"), whole.dtype, static_cast<int64_t>(offset), shape,
                  {whole.row_stride, whole.col_stride, request.channel_stride});
  }
  request.matrix = parse_region(args, whole, args.value());
  request.width = args.count();
  request.height = args.count();
  auto out = args.array<uint8_t>(&keep);
  if (request.width < 1 || request.height < 1 || request.width > 65536 || request.height > 65536) {
    args.range("size out of range");
  }
  args.need(out, 4.0 * static_cast<double>(request.width) * static_cast<double>(request.height));
  request.out = out.data;
  return Job::start(args.env(), std::move(keep), [request] {
    if (request.matrix.rows > 0 && request.matrix.cols > 0) HWY_DYNAMIC_DISPATCH(picture)(request);
  });
}

}  // namespace

void define_picture(Napi::Env env, Napi::Object exports) { define<picture_async>(env, exports, "picture"); }

}  // namespace eigenscope
#endif
