// A matrix seen from afar: regions down-sampled to pixels.
#include "targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tile.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <cmath>

#include "tile_rows.h"

HWY_BEFORE_NAMESPACE();
namespace eigenscope {
namespace HWY_NAMESPACE {
namespace {

// Plain loops: compiled once per instruction set, they become vector code by themselves.

template <class T>
HWY_INLINE double value_of(T x) {
  return static_cast<double>(x);
}
HWY_INLINE double value_of(std::complex<float> x) {
  double re = x.real(), im = x.imag();
  return std::sqrt(re * re + im * im);
}
HWY_INLINE double value_of(std::complex<double> x) { return std::hypot(x.real(), x.imag()); }

/// f(j, cell j) for n cells of a row
template <class T, class F>
HWY_INLINE void each_cell(const std::byte* row, int64_t step, int64_t n, F&& f) {
  if (step == sizeof(T)) {
    auto* x = reinterpret_cast<const T*>(row);
    for (int64_t j = 0; j < n; j++) f(j, value_of(x[j]));
  } else {
    for (int64_t j = 0; j < n; j++, row += step) f(j, value_of(*reinterpret_cast<const T*>(row)));
  }
}

template <class T>
void add(const std::byte* row, int64_t step, int64_t n, double* HWY_RESTRICT sums, double*) {
  each_cell<T>(row, step, n, [&](int64_t j, double x) HWY_ATTR { sums[j] += x; });
}

template <class T>
void add_numbers(const std::byte* row, int64_t step, int64_t n, double* HWY_RESTRICT sums,
                 double* HWY_RESTRICT counts) {
  each_cell<T>(row, step, n, [&](int64_t j, double x) HWY_ATTR {
    sums[j] += x == x ? x : 0.0;
    counts[j] += x == x ? 1.0 : 0.0;
  });
}

template <class T>
void largest(const std::byte* row, int64_t step, int64_t n, double* HWY_RESTRICT best,
             double* HWY_RESTRICT magnitudes) {
  each_cell<T>(row, step, n, [&](int64_t j, double x) HWY_ATTR {
    double m = std::fabs(x);
    bool more = m > magnitudes[j];
    best[j] = more ? x : best[j];
    magnitudes[j] = more ? m : magnitudes[j];
  });
}

template <class T>
void pick(const std::byte* row, int64_t step, const int64_t* HWY_RESTRICT at, int64_t n, double* HWY_RESTRICT out) {
  for (int64_t j = 0; j < n; j++) out[j] = value_of(*reinterpret_cast<const T*>(row + at[j] * step));
}

void rows_for(DType dtype, TileRows& rows) {
  with_dtype(dtype, [&](auto x) {
    using T = decltype(x);
    rows = {add<T>, add_numbers<T>, largest<T>, pick<T>};
  });
}

/// Pixels from a line of sums or of largest cells. Boxes have `least` cells or one more: the loop has no surprises.
void shrink_sums(const double* HWY_RESTRICT line, const TileAxis& axis, double* HWY_RESTRICT out) {
  const int64_t* start = axis.start.data();
  for (int64_t j = 0; j < axis.pixels; j++) {
    const double* x = line + start[j];
    double sum = x[0];
    for (int64_t c = 1; c < axis.least; c++) sum += x[c];
    out[j] = sum + (axis.more[static_cast<size_t>(j)] ? x[axis.least] : 0.0);
  }
}

void shrink_largest(const double* HWY_RESTRICT line, const double* HWY_RESTRICT magnitudes, const TileAxis& axis,
                    double* HWY_RESTRICT out) {
  for (int64_t j = 0; j < axis.pixels; j++) {
    int64_t at = axis.start[static_cast<size_t>(j)];
    double best = line[at], most = magnitudes[at];
    for (int64_t c = 1; c < axis.least; c++) {
      bool more = magnitudes[at + c] > most;
      best = more ? line[at + c] : best;
      most = more ? magnitudes[at + c] : most;
    }
    if (axis.more[static_cast<size_t>(j)] && magnitudes[at + axis.least] > most) best = line[at + axis.least];
    out[j] = best;
  }
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace eigenscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "job.h"
#include "modules.h"
#include "stop.h"
#include "threads.h"
#include "tile.h"

namespace eigenscope {
namespace {

HWY_EXPORT(rows_for);
HWY_EXPORT(shrink_sums);
HWY_EXPORT(shrink_largest);

/// Cells beyond which a tile is shared between threads.
constexpr double kParallelCells = 4e5;
constexpr int64_t kThreads = 4;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// One band of a tile's rows, with the lines it works on.
class Band {
 public:
  Band(const TileRequest& q, bool flipped, const TileAxis& rows, const TileAxis& cols)
      : q_(q), flipped_(flipped), rows_(rows), cols_(cols), pixels_(static_cast<size_t>(q.width)) {
    HWY_DYNAMIC_DISPATCH(rows_for)(q.matrix.dtype, read_);
  }

  void run(int64_t i0, int64_t i1) {
    if (q_.sample) return sample(i0, i1);
    // One cell more than there is: a box that ends there may look at it, and throws it away.
    line_.resize(static_cast<size_t>(q_.matrix.cols) + 1);
    other_.resize(line_.size());
    for (int64_t i = i0; i < i1; i++) {
      // Enlarged, neighbouring pixels show the same row.
      if (i == i0 || rows_.start[at(i)] != rows_.start[at(i - 1)] || rows_.count(i) != rows_.count(i - 1)) {
        q_.reduce == Reduce::mean ? mean(i) : absmax(i);
      }
      put(i);
    }
  }

 private:
  static size_t at(int64_t i) { return static_cast<size_t>(i); }

  const std::byte* row(int64_t r) const { return q_.matrix.data + r * q_.matrix.row_stride; }

  void each_row(int64_t i, TileRows::Fold fold) {
    for (int64_t r = rows_.start[at(i)]; r < rows_.start[at(i)] + rows_.count(i); r++) {
      fold(row(r), q_.matrix.col_stride, q_.matrix.cols, line_.data(), other_.data());
    }
  }

  void mean(int64_t i) {
    std::fill(line_.begin(), line_.end(), 0.0);
    each_row(i, read_.add);
    HWY_DYNAMIC_DISPATCH(shrink_sums)(line_.data(), cols_, pixels_.data());
    bool careful = false;
    for (int64_t j = 0; j < q_.width; j++) {
      pixels_[at(j)] /= static_cast<double>(rows_.count(i) * cols_.count(j));
      careful |= pixels_[at(j)] != pixels_[at(j)];
    }
    if (!careful) return;
    std::fill(line_.begin(), line_.end(), 0.0);
    std::fill(other_.begin(), other_.end(), 0.0);
    each_row(i, read_.add_numbers);
    counts_.resize(pixels_.size());
    HWY_DYNAMIC_DISPATCH(shrink_sums)(line_.data(), cols_, pixels_.data());
    HWY_DYNAMIC_DISPATCH(shrink_sums)(other_.data(), cols_, counts_.data());
    // No number at all: 0 / 0 is the NaN it has to be.
    for (int64_t j = 0; j < q_.width; j++) pixels_[at(j)] /= counts_[at(j)];
  }

  void absmax(int64_t i) {
    std::fill(line_.begin(), line_.end(), kNaN);
    std::fill(other_.begin(), other_.end(), -1.0);
    each_row(i, read_.largest);
    HWY_DYNAMIC_DISPATCH(shrink_largest)(line_.data(), other_.data(), cols_, pixels_.data());
  }

  /// At most two rows and four cells of each for a pixel: more along the axis whose neighbours share a cache line.
  void sample(int64_t i0, int64_t i1) {
    constexpr int64_t most_rows = 2, most_cols = 4;
    const int64_t taken = std::min(most_cols, cols_.least);
    std::vector<int64_t> cells(at(taken * q_.width));
    for (int64_t k = 0; k < taken; k++) {
      for (int64_t j = 0; j < q_.width; j++) {
        cells[at(k * q_.width + j)] = cols_.start[at(j)] + (2 * k + 1) * cols_.count(j) / (2 * taken);
      }
    }
    line_.resize(cells.size());
    const bool mean = q_.reduce == Reduce::mean;
    std::vector<int64_t> counts(at(q_.width));
    for (int64_t i = i0; i < i1; i++) {
      std::fill(pixels_.begin(), pixels_.end(), mean ? 0.0 : kNaN);
      std::fill(counts.begin(), counts.end(), 0);
      const int64_t lines = std::min(most_rows, rows_.count(i));
      for (int64_t l = 0; l < lines; l++) {
        int64_t r = rows_.start[at(i)] + (2 * l + 1) * rows_.count(i) / (2 * lines);
        read_.pick(row(r), q_.matrix.col_stride, cells.data(), taken * q_.width, line_.data());
        for (int64_t k = 0; k < taken; k++) {
          for (int64_t j = 0; j < q_.width; j++) {
            double x = line_[at(k * q_.width + j)];
            if (x != x) continue;
            double& pixel = pixels_[at(j)];
            counts[at(j)]++;
            if (mean) {
              pixel += x;
            } else if (pixel != pixel || std::fabs(x) > std::fabs(pixel)) {
              pixel = x;
            }
          }
        }
      }
      if (mean) {
        for (int64_t j = 0; j < q_.width; j++) {
          pixels_[at(j)] = counts[at(j)] == 0 ? kNaN : pixels_[at(j)] / static_cast<double>(counts[at(j)]);
        }
      }
      put(i);
    }
  }

  void put(int64_t i) {
    float* out = flipped_ ? q_.out + i : q_.out + i * q_.width;
    const int64_t step = flipped_ ? q_.height : 1;
    for (int64_t j = 0; j < q_.width; j++) out[j * step] = static_cast<float>(pixels_[at(j)]);
  }

  const TileRequest& q_;
  const bool flipped_;
  const TileAxis &rows_, &cols_;
  TileRows read_{};
  std::vector<double> line_, other_, pixels_, counts_;
};

void tile(TileRequest q) {
  // Walk along the axis that lies together in memory.
  bool flipped = std::abs(q.matrix.col_stride) > std::abs(q.matrix.row_stride) && q.matrix.rows > 1;
  if (flipped) {
    q.matrix = q.matrix.transposed();
    std::swap(q.width, q.height);
  }
  const TileAxis rows(q.matrix.rows, q.height), cols(q.matrix.cols, q.width);
  const double cells = q.sample ? 8.0 * static_cast<double>(q.width) * static_cast<double>(q.height)
                                : static_cast<double>(q.matrix.rows) * static_cast<double>(q.matrix.cols);
  const int64_t threads = cells > kParallelCells ? kThreads : 1;
  // More bands than threads: one that is held up leaves its work to the others.
  const int64_t bands = std::min(q.height, threads == 1 ? 1 : 4 * threads);
  const int64_t step = (q.height + bands - 1) / bands;
  in_parallel(bands, threads, [&](int64_t band) {
    int64_t i0 = band * step, i1 = std::min(q.height, i0 + step);
    if (i0 < i1) Band(q, flipped, rows, cols).run(i0, i1);
  });
}

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
  eyes_first();
  return Job::start(args.env(), std::move(keep), [request] {
    if (request.matrix.rows == 0 || request.matrix.cols == 0) {
      std::fill_n(request.out, request.width * request.height, std::numeric_limits<float>::quiet_NaN());
    } else {
      tile(request);
    }
  });
}

}  // namespace

void define_tile(Napi::Env env, Napi::Object exports) { define<tile_async>(env, exports, "tile"); }

}  // namespace eigenscope
#endif
