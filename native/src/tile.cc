// A matrix seen from afar: regions down-sampled to pixels.
#include "targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tile.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <cmath>
#include <limits>
#include <vector>

#include "boxes.h"
#include "tile.h"

HWY_BEFORE_NAMESPACE();
namespace eigenscope {
namespace HWY_NAMESPACE {
namespace {

// Plain loops: compiled once per instruction set, they become vector code by themselves.

template <class T>
HWY_INLINE double value_of(T x) {
  return static_cast<double>(x);
}
HWY_INLINE double value_of(std::complex<float> x) { return std::hypot(x.real(), x.imag()); }
HWY_INLINE double value_of(std::complex<double> x) { return std::hypot(x.real(), x.imag()); }

/// sums[j] += cell j of a row
template <class T>
void add_row(const std::byte* row, int64_t step, double* HWY_RESTRICT sums, int64_t n) {
  if (step == sizeof(T)) {
    auto* x = reinterpret_cast<const T*>(row);
    for (int64_t j = 0; j < n; j++) sums[j] += value_of(x[j]);
  } else {
    for (int64_t j = 0; j < n; j++, row += step) sums[j] += value_of(*reinterpret_cast<const T*>(row));
  }
}

HWY_INLINE double larger(double best, double x) {
  // A NaN in `best` means nothing was seen yet; a NaN in x is passed over.
  return std::fabs(x) > std::fabs(best) || best != best ? x : best;
}

template <class T>
void largest_of_row(const std::byte* row, int64_t step, double* HWY_RESTRICT best, int64_t n) {
  if (step == sizeof(T)) {
    auto* x = reinterpret_cast<const T*>(row);
    for (int64_t j = 0; j < n; j++) best[j] = larger(best[j], value_of(x[j]));
  } else {
    for (int64_t j = 0; j < n; j++, row += step) best[j] = larger(best[j], value_of(*reinterpret_cast<const T*>(row)));
  }
}

template <class T>
double careful_mean(const Matrix& a, int64_t r0, int64_t r1, int64_t c0, int64_t c1) {
  double sum = 0;
  int64_t count = 0;
  for (int64_t r = r0; r < r1; r++) {
    const std::byte* p = a.data + r * a.row_stride + c0 * a.col_stride;
    for (int64_t c = c0; c < c1; c++, p += a.col_stride) {
      double x = value_of(*reinterpret_cast<const T*>(p));
      if (x != x) continue;
      sum += x;
      count++;
    }
  }
  return count == 0 ? std::numeric_limits<double>::quiet_NaN() : sum / static_cast<double>(count);
}

/// At most `most` of the numbers start … stop, evenly spread.
template <class F>
HWY_INLINE void spread(int64_t start, int64_t stop, int64_t most, F&& f) {
  int64_t n = stop - start;
  if (n <= most) {
    for (int64_t i = start; i < stop; i++) f(i);
  } else {
    for (int64_t k = 0; k < most; k++) f(start + (2 * k + 1) * n / (2 * most));
  }
}

template <class T>
void sample(const TileRequest& q, bool flipped) {
  const Matrix& a = q.matrix;
  // More along the axis whose neighbours share a cache line.
  int64_t most_rows = 2, most_cols = 4;
  for (int64_t i = 0; i < q.height; i++) {
    int64_t r0 = cell_edge(i, a.rows, q.height), r1 = std::max(r0 + 1, cell_edge(i + 1, a.rows, q.height));
    for (int64_t j = 0; j < q.width; j++) {
      int64_t c0 = cell_edge(j, a.cols, q.width), c1 = std::max(c0 + 1, cell_edge(j + 1, a.cols, q.width));
      double sum = 0, best = std::numeric_limits<double>::quiet_NaN();
      int64_t count = 0;
      spread(r0, r1, most_rows, [&](int64_t r) {
        spread(c0, c1, most_cols, [&](int64_t c) {
          double x = value_of(*reinterpret_cast<const T*>(a.data + r * a.row_stride + c * a.col_stride));
          if (x == x) {
            sum += x;
            count++;
            best = larger(best, x);
          }
        });
      });
      double value = q.reduce == Reduce::absmax ? best
                     : count == 0               ? std::numeric_limits<double>::quiet_NaN()
                                                : sum / static_cast<double>(count);
      q.out[flipped ? j * q.height + i : i * q.width + j] = static_cast<float>(value);
    }
  }
}

template <class T>
void reduce(const TileRequest& q, bool flipped) {
  const Matrix& a = q.matrix;
  const bool mean = q.reduce == Reduce::mean;
  // Enough columns for the row buffer to stay in the nearest cache.
  constexpr int64_t block = 2048;
  std::vector<double> line(block);
  for (int64_t i = 0; i < q.height; i++) {
    int64_t r0 = cell_edge(i, a.rows, q.height), r1 = std::max(r0 + 1, cell_edge(i + 1, a.rows, q.height));
    int64_t j = 0;
    while (j < q.width) {
      // As many whole pixels as fit the buffer, at least one.
      int64_t first = cell_edge(j, a.cols, q.width);
      int64_t stop = j + 1;
      auto right = [&](int64_t k) { return std::max(cell_edge(k, a.cols, q.width) + 1, cell_edge(k + 1, a.cols, q.width)); };
      int64_t end = right(j);
      while (stop < q.width && right(stop) - first <= block) end = right(stop++);
      int64_t n = end - first;
      if (n > static_cast<int64_t>(line.size())) line.resize(static_cast<size_t>(n));
      std::fill_n(line.begin(), n, mean ? 0.0 : std::numeric_limits<double>::quiet_NaN());
      for (int64_t r = r0; r < r1; r++) {
        const std::byte* row = a.data + r * a.row_stride + first * a.col_stride;
        mean ? add_row<T>(row, a.col_stride, line.data(), n) : largest_of_row<T>(row, a.col_stride, line.data(), n);
      }
      for (; j < stop; j++) {
        int64_t c0 = cell_edge(j, a.cols, q.width), c1 = right(j);
        const double* x = line.data() + (c0 - first);
        double value = mean ? 0 : std::numeric_limits<double>::quiet_NaN();
        if (mean) {
          for (int64_t c = 0; c < c1 - c0; c++) value += x[c];
          value /= static_cast<double>((c1 - c0) * (r1 - r0));
          if (value != value) value = careful_mean<T>(a, r0, r1, c0, c1);
        } else {
          for (int64_t c = 0; c < c1 - c0; c++) value = larger(value, x[c]);
        }
        q.out[flipped ? j * q.height + i : i * q.width + j] = static_cast<float>(value);
      }
    }
  }
}

void tile(const TileRequest& request) {
  TileRequest q = request;
  // Walk along the axis that lies together in memory.
  bool flipped = std::abs(q.matrix.col_stride) > std::abs(q.matrix.row_stride) && q.matrix.rows > 1;
  if (flipped) {
    q.matrix = q.matrix.transposed();
    std::swap(q.width, q.height);
  }
  with_dtype(q.matrix.dtype, [&](auto x) {
    using T = decltype(x);
    q.sample ? sample<T>(q, flipped) : reduce<T>(q, flipped);
  });
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

HWY_EXPORT(tile);

Napi::Value tile_async(Arguments& args) {
  std::vector<Napi::ObjectReference> keep;
  TileRequest request;
  Matrix whole = parse_matrix(args, args.value(), keep);
  request.matrix = parse_region(args, whole, args.value());
  request.width = args.count();
  request.height = args.count();
  std::string reduce = args.text();
  if (reduce != "mean" && reduce != "absmax") args.fail("expected mean or absmax");
  request.reduce = reduce == "mean" ? Reduce::mean : Reduce::absmax;
  request.sample = args.flag();
  auto out = args.array<float>(&keep);
  if (request.width < 1 || request.height < 1 || request.width > 65536 || request.height > 65536) {
    args.range("size out of range");
  }
  args.need(out, static_cast<double>(request.width) * static_cast<double>(request.height));
  request.out = out.data;
  return Job::start(args.env(), std::move(keep), [request] {
    if (request.matrix.rows == 0 || request.matrix.cols == 0) {
      std::fill_n(request.out, request.width * request.height, std::numeric_limits<float>::quiet_NaN());
    } else {
      HWY_DYNAMIC_DISPATCH(tile)(request);
    }
  });
}

}  // namespace

void define_tile(Napi::Env env, Napi::Object exports) { define<tile_async>(env, exports, "tile"); }

}  // namespace eigenscope
#endif
