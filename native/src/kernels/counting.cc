// How often each number occurs, and how many fall into each bin.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

#include "arguments.h"
#include "modules.h"
#include "pool.h"
#include "strided.h"

namespace eigenscope {
namespace {

constexpr int64_t least = 32768;

/// Calls count(from, to, totals) for stretches of n elements, each thread with totals of its own where there is room, and
/// adds them up.
template <class F>
void counted_apart(int64_t n, int64_t* totals, int64_t bins, F&& count) {
  // Clearing and adding the totals must not take longer than the counting that they save.
  const int64_t tasks = bins > n / 8 ? 1 : std::min<int64_t>(kernel_threads(), tasks_for(n, least));
  if (tasks == 1) return count(int64_t{0}, n, totals);
  std::vector<int64_t> apart(static_cast<size_t>(tasks * bins), 0);
  on_pool(tasks, [&](int64_t task) { count(n * task / tasks, n * (task + 1) / tasks, apart.data() + task * bins); });
  for (int64_t task = 0; task < tasks; task++) {
    for (int64_t k = 0; k < bins; k++) totals[k] += apart[static_cast<size_t>(task * bins + k)];
  }
}

/// Adds 1 to totals[place(i)] for i in [from, to). Four lists take turns where they are short: what is added to one bin
/// again and again does not wait for itself.
template <class F>
void count_places(int64_t from, int64_t to, int64_t* totals, int64_t bins, F&& place) {
  constexpr int64_t lists = 4, most = 4096;
  int64_t i = from;
  if (bins <= most && to - from > 4 * bins) {
    std::vector<int32_t> short_totals(static_cast<size_t>(lists * bins));
    int32_t *a = short_totals.data(), *b = a + bins, *c = b + bins, *d = c + bins;
    while (i + lists <= to) {
      std::fill(short_totals.begin(), short_totals.end(), 0);
      for (const int64_t stop = std::min(to - lists, i + (int64_t{1} << 30)); i <= stop; i += lists) {
        a[place(i)]++;
        b[place(i + 1)]++;
        c[place(i + 2)]++;
        d[place(i + 3)]++;
      }
      for (int64_t k = 0; k < bins; k++) totals[k] += int64_t{a[k]} + b[k] + c[k] + d[k];
    }
  }
  for (; i < to; i++) totals[place(i)]++;
}

/// Adds the weights as NumPy does, in blocks of their own.
template <class F>
void add_weights(const double* weights, int64_t n, double* totals, int64_t bins, int64_t block, F&& place) {
  if (n <= block) {
    for (int64_t i = 0; i < n; i++) totals[place(i)] += weights[i];
    return;
  }
  std::vector<double> some(static_cast<size_t>(bins));
  for (int64_t from = 0; from < n; from += block) {
    std::fill(some.begin(), some.end(), 0.0);
    for (int64_t i = from; i < std::min(n, from + block); i++) some[static_cast<size_t>(place(i))] += weights[i];
    for (int64_t k = 0; k < bins; k++) totals[k] += some[static_cast<size_t>(k)];
  }
}

/// Where the totals go: whole numbers, or the sums of weights.
struct Totals {
  int64_t* counts = nullptr;
  double* sums = nullptr;
  const double* weights = nullptr;
  int64_t bins = 0;
};

Totals parse_totals(Arguments& args, int64_t n) {
  auto weights = args.array_or_null<double>();
  Totals made;
  if (weights.data == nullptr) {
    auto counts = args.array<int64_t>();
    made.counts = counts.data;
    made.bins = static_cast<int64_t>(counts.length);
  } else {
    args.need(weights, static_cast<double>(n));
    auto sums = args.array<double>();
    made.sums = sums.data;
    made.weights = weights.data;
    made.bins = static_cast<int64_t>(sums.length);
  }
  return made;
}

/// countNumbers(dtype, bytes, weights, totals): totals[x] += 1, or += its weight, for every integer x; others are skipped
Napi::Value count_numbers(Arguments& args) {
  DType dtype = parse_dtype(args, args.value());
  auto bytes = args.array<uint8_t>();
  const int64_t n = static_cast<int64_t>(bytes.length) / itemsize(dtype);
  if (reinterpret_cast<uintptr_t>(bytes.data) % static_cast<uintptr_t>(itemsize(dtype)) != 0) args.range("not aligned");
  Totals t = parse_totals(args, n);
  with_dtype(dtype, [&]<class T>(T) {
    if constexpr (std::is_integral_v<T>) {
      auto* x = reinterpret_cast<const T*>(bytes.data);
      const auto bins = static_cast<uint64_t>(t.bins);
      // One place more, for numbers that another thread may have put there since they were looked at.
      auto place = [=](int64_t i) {
        const auto k = static_cast<uint64_t>(static_cast<int64_t>(x[i]));
        return static_cast<int64_t>(k < bins ? k : bins);
      };
      if (t.weights != nullptr) {
        std::vector<double> sums(static_cast<size_t>(t.bins) + 1, 0.0);
        add_weights(t.weights, n, sums.data(), t.bins + 1, std::numeric_limits<int64_t>::max(), place);
        for (int64_t k = 0; k < t.bins; k++) t.sums[k] += sums[static_cast<size_t>(k)];
        return;
      }
      std::vector<int64_t> counts(static_cast<size_t>(t.bins) + 1, 0);
      counted_apart(n, counts.data(), t.bins + 1, [&](int64_t from, int64_t to, int64_t* totals) {
        count_places(from, to, totals, t.bins + 1, place);
      });
      for (int64_t k = 0; k < t.bins; k++) t.counts[k] += counts[static_cast<size_t>(k)];
    } else {
      args.range("an integer dtype");
    }
  });
  return args.env().Undefined();
}

/// countInBins(values, edges, even, weights, totals): one total per bin; all bins but the last are half open. Where the
/// edges are even, a value's bin is computed and mended by the edges; otherwise it is searched for.
Napi::Value count_in_bins(Arguments& args) {
  auto values = args.array<double>(), edges = args.array<double>();
  const bool even = args.flag();
  const auto n = static_cast<int64_t>(values.length), bins = static_cast<int64_t>(edges.length) - 1;
  Totals t = parse_totals(args, n);
  if (bins < 1 || t.bins != bins) args.range("edges of another number of bins");
  const double *x = values.data, *edge = edges.data, low = edge[0], high = edge[bins];
  // Behind the last bin is one for what lies in none.
  std::vector<double> upper(edge + 1, edge + bins + 1);
  upper.back() = std::numeric_limits<double>::infinity();
  auto run = [&](auto&& place) {
    if (t.weights != nullptr) {
      std::vector<double> sums(static_cast<size_t>(bins) + 1, 0.0);
      constexpr int64_t block = 65536;
      add_weights(t.weights, n, sums.data(), bins + 1, even ? block : std::numeric_limits<int64_t>::max(), place);
      for (int64_t k = 0; k < bins; k++) t.sums[k] += sums[static_cast<size_t>(k)];
      return;
    }
    std::vector<int64_t> counts(static_cast<size_t>(bins) + 1, 0);
    counted_apart(n, counts.data(), bins + 1, [&](int64_t from, int64_t to, int64_t* totals) {
      count_places(from, to, totals, bins + 1, place);
    });
    for (int64_t k = 0; k < bins; k++) t.counts[k] += counts[static_cast<size_t>(k)];
  };
  if (even) {
    const double norm = static_cast<double>(bins) / (high - low), last = static_cast<double>(bins - 1);
    const double* above = upper.data();
    run([=](int64_t i) {
      const double v = x[i];
      const bool inside = v >= low && v <= high;
      // Compared so that what is no number becomes 0 as well.
      double at = (v - low) * norm;
      at = at > 0 ? at : 0;
      auto k = static_cast<int64_t>(at < last ? at : last);
      // Rounding may put a value beside its bin; the edges decide.
      k += static_cast<int64_t>(v >= above[k]) - static_cast<int64_t>(v < edge[k]);
      return inside ? k : bins;
    });
  } else {
    run([=](int64_t i) {
      const double v = x[i];
      if (!(v >= low && v <= high)) return bins;
      int64_t first = 0, length = bins;
      while (length > 1) {
        const int64_t half = length / 2;
        first = edge[first + half] <= v ? first + half : first;
        length -= half;
      }
      return first;
    });
  }
  return args.env().Undefined();
}

}  // namespace

void define_counting(Napi::Env env, Napi::Object exports) {
  define<count_numbers>(env, exports, "countNumbers");
  define<count_in_bins>(env, exports, "countInBins");
}

}  // namespace eigenscope
