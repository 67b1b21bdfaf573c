// Limits and moments of a region.
#include "targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "statistics.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "statistics.h"

HWY_BEFORE_NAMESPACE();
namespace eigenscope {
namespace HWY_NAMESPACE {
namespace {

constexpr int64_t kBlock = 512;
constexpr int64_t kLanes = 8;

template <class T>
HWY_INLINE double value_of(T x) {
  return static_cast<double>(x);
}
HWY_INLINE double value_of(std::complex<float> x) { return std::hypot(x.real(), x.imag()); }
HWY_INLINE double value_of(std::complex<double> x) { return std::hypot(x.real(), x.imag()); }

/// A piece of a row as doubles, where vector code can go through it.
using Load = void (*)(const std::byte* p, int64_t step, double* HWY_RESTRICT out, int64_t n);

template <class T>
void load(const std::byte* p, int64_t step, double* HWY_RESTRICT out, int64_t n) {
  if (step == sizeof(T)) {
    auto* x = reinterpret_cast<const T*>(p);
    for (int64_t j = 0; j < n; j++) out[j] = value_of(x[j]);
  } else {
    for (int64_t j = 0; j < n; j++, p += step) out[j] = value_of(*reinterpret_cast<const T*>(p));
  }
}

Load load_of(DType dtype) {
  return with_dtype(dtype, [](auto x) -> Load { return load<decltype(x)>; });
}

/// Calls f(block, n) for all cells, at most kBlock at a time, padded with NaN to whole lanes.
template <class F>
HWY_INLINE void blocks(const Matrix& a, int64_t row_step, F&& f) {
  const Load load = load_of(a.dtype);
  double block[kBlock];
  for (int64_t i = 0; i < a.rows; i += row_step) {
    const std::byte* row = a.data + i * a.row_stride;
    for (int64_t j = 0; j < a.cols; j += kBlock) {
      int64_t n = std::min(kBlock, a.cols - j);
      load(row + j * a.col_stride, a.col_stride, block, n);
      int64_t padded = (n + kLanes - 1) / kLanes * kLanes;
      for (int64_t k = n; k < padded; k++) block[k] = std::numeric_limits<double>::quiet_NaN();
      f(block, n, padded);
    }
  }
}

struct Limits {
  double low[kLanes], high[kLanes];
  int64_t nan = 0, inf = 0;

  Limits() {
    std::fill_n(low, kLanes, std::numeric_limits<double>::infinity());
    std::fill_n(high, kLanes, -std::numeric_limits<double>::infinity());
  }

  HWY_INLINE void add(const double* HWY_RESTRICT x, int64_t n, int64_t padded) {
    constexpr double top = std::numeric_limits<double>::max();
    int64_t finite[kLanes] = {}, numbers[kLanes] = {};
    for (int64_t i = 0; i < padded; i += kLanes) {
      for (int64_t k = 0; k < kLanes; k++) {
        double v = x[i + k];
        bool fine = std::fabs(v) <= top;
        low[k] = fine && v < low[k] ? v : low[k];
        high[k] = fine && v > high[k] ? v : high[k];
        finite[k] += fine;
        numbers[k] += v == v;
      }
    }
    int64_t all_finite = 0, all_numbers = 0;
    for (int64_t k = 0; k < kLanes; k++) {
      all_finite += finite[k];
      all_numbers += numbers[k];
    }
    nan += n - all_numbers;
    inf += all_numbers - all_finite;
  }

  double min() const { return *std::min_element(low, low + kLanes); }
  double max() const { return *std::max_element(high, high + kLanes); }
};

Matrix along_memory(const Matrix& a) {
  return std::abs(a.col_stride) > std::abs(a.row_stride) && a.rows > 1 ? a.transposed() : a;
}

void range(const RangeRequest& q) {
  Matrix a = along_memory(q.matrix);
  int64_t row_step = 1;
  if (q.sample) {
    // About a million cells: whole stretches of evenly spaced rows; of very long rows their evenly spaced cells.
    double wanted = 1 << 20, cells = static_cast<double>(a.rows) * static_cast<double>(a.cols);
    double thin = std::max(1.0, cells / wanted);
    row_step = std::max<int64_t>(1, std::min(static_cast<int64_t>(thin), std::max<int64_t>(1, a.rows / 64)));
    auto col_step = std::max<int64_t>(1, static_cast<int64_t>(thin / static_cast<double>(row_step)));
    a.cols = (a.cols + col_step - 1) / col_step;
    a.col_stride *= col_step;
  }
  Limits limits;
  blocks(a, row_step, [&](const double* block, int64_t n, int64_t padded) { limits.add(block, n, padded); });
  double low = limits.min(), high = limits.max();
  bool any = low <= high;
  double nan = std::numeric_limits<double>::quiet_NaN();
  *q.out = {any ? low : nan, any ? high : nan, any ? std::max(std::fabs(low), std::fabs(high)) : nan,
            static_cast<double>(limits.nan), static_cast<double>(limits.inf)};
}

/// Adds up many numbers with a second word for what the first loses.
struct Sum {
  double high = 0, low = 0;
  HWY_INLINE void add(double x) {
    double sum = high + x;
    // Neither infinite nor NaN may leave its trace in the correction.
    double lost = std::fabs(high) >= std::fabs(x) ? (high - sum) + x : (x - sum) + high;
    if (lost == lost) low += lost;
    high = sum;
  }
  double total() const { return high + low; }
};

void statistics(const StatisticsRequest& q) {
  Matrix a = along_memory(q.matrix);
  double count = static_cast<double>(a.rows) * static_cast<double>(a.cols);
  double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
  double low = infinity, high = -infinity;
  double numbers = 0;
  Sum sum, squares;
  double mean = nan;
  blocks(a, 1, [&](const double* block, int64_t, int64_t padded) {
    double sums[kLanes] = {}, lows[kLanes], highs[kLanes];
    int64_t counts[kLanes] = {};
    std::fill_n(lows, kLanes, infinity);
    std::fill_n(highs, kLanes, -infinity);
    for (int64_t i = 0; i < padded; i += kLanes) {
      for (int64_t k = 0; k < kLanes; k++) {
        double v = block[i + k];
        sums[k] += v == v ? v : 0.0;
        counts[k] += v == v;
        lows[k] = v < lows[k] ? v : lows[k];
        highs[k] = v > highs[k] ? v : highs[k];
      }
    }
    double part = ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
    sum.add(part);
    for (int64_t k = 0; k < kLanes; k++) {
      numbers += static_cast<double>(counts[k]);
      low = std::min(low, lows[k]);
      high = std::max(high, highs[k]);
    }
  });
  bool any = numbers > 0;
  if (any) mean = sum.total() / numbers;
  blocks(a, 1, [&](const double* block, int64_t, int64_t padded) {
    double sums[kLanes] = {};
    for (int64_t i = 0; i < padded; i += kLanes) {
      for (int64_t k = 0; k < kLanes; k++) {
        double v = block[i + k], d = v - mean;
        sums[k] += v == v ? d * d : 0.0;
      }
    }
    squares.add(((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7])));
  });
  *q.out = {count,
            count - numbers,
            sum.total(),
            mean,
            any ? std::sqrt(squares.total() / numbers) : nan,
            any ? low : nan,
            any ? high : nan};
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

HWY_EXPORT(range);
HWY_EXPORT(statistics);

template <size_t n>
Napi::Value numbers(Napi::Env env, const std::array<double, n>& values) {
  auto result = Napi::Float64Array::New(env, n);
  std::copy(values.begin(), values.end(), result.Data());
  return result;
}

Napi::Value range_async(Arguments& args) {
  std::vector<Napi::ObjectReference> keep;
  Matrix whole = parse_matrix(args, args.value(), keep);
  auto out = std::make_shared<std::array<double, 5>>();
  RangeRequest request{parse_region(args, whole, args.value()), args.flag(), out.get()};
  return Job::start(
      args.env(), std::move(keep), [request] { HWY_DYNAMIC_DISPATCH(range)(request); },
      [out](Napi::Env env) { return numbers(env, *out); });
}

Napi::Value statistics_async(Arguments& args) {
  std::vector<Napi::ObjectReference> keep;
  Matrix whole = parse_matrix(args, args.value(), keep);
  auto out = std::make_shared<std::array<double, 7>>();
  StatisticsRequest request{parse_region(args, whole, args.value()), out.get()};
  return Job::start(
      args.env(), std::move(keep), [request] { HWY_DYNAMIC_DISPATCH(statistics)(request); },
      [out](Napi::Env env) { return numbers(env, *out); });
}

}  // namespace

void define_statistics(Napi::Env env, Napi::Object exports) {
  define<range_async>(env, exports, "range");
  define<statistics_async>(env, exports, "statistics");
}

}  // namespace eigenscope
#endif
