// The places of elements in sorted order: pairs of value and place, sorted by Highway.
#include <hwy/contrib/sort/vqsort.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "huge_pages.h"
#include "modules.h"
#include "scratch.h"
#include "sort_columns.h"
#include "sort_digits.h"
#include "sort_order.h"
#include "threads.h"

namespace eigenscope {

namespace {

/// (value, index) packed so that one comparison orders by value and, among equals, by index.
template <class K>
struct Pairs;
template <>
struct Pairs<uint32_t> {
  using type = uint64_t;
  static type make(uint32_t key, uint64_t index) { return uint64_t(key) << 32 | index; }
  static int64_t index(type pair) { return static_cast<int64_t>(pair & 0xffffffffu); }
};
template <>
struct Pairs<uint64_t> {
  using type = hwy::uint128_t;
  static type make(uint64_t key, uint64_t index) {
    type pair;
    pair.hi = key;
    pair.lo = index;
    return pair;
  }
  static int64_t index(const type& pair) { return static_cast<int64_t>(pair.lo); }
};

/// Keys that divide a list into parts of about equal length, from a sample of it.
template <class K>
std::vector<K> edges_of(std::vector<K>& sample, int64_t parts) {
  std::sort(sample.begin(), sample.end());
  std::vector<K> edges;
  for (int64_t p = 1; p < parts && !sample.empty(); p++) {
    const K k = sample[sample.size() * static_cast<size_t>(p) / static_cast<size_t>(parts)];
    // The smallest key there is divides nothing off.
    if (k > (edges.empty() ? K(0) : edges.back())) edges.push_back(k);
  }
  return edges;
}

/// Up to this length elements are moved one by one.
constexpr int64_t kFew = 24;

template <class T>
void argsort_in_parts(const T* x, int64_t* out, int64_t n) {
  using K = KeyOf<T>;
  using P = Pairs<K>;
  // Keys, not values, give NaN its place; in the sample it would say nothing.
  std::vector<K> sample;
  uint64_t state = kFirstState;
  for (int64_t i = 512 * parts_for(n); i > 0; i--) {
    const K k = key_of(x[next_place(state, n)]);
    if (k != ~K(0)) sample.push_back(k);
  }
  const std::vector<K> edges = edges_of(sample, parts_for(n));
  const auto parts = static_cast<int64_t>(edges.size()) + 1;
  auto low = [&](int64_t p) { return p == 0 ? K(0) : edges[static_cast<size_t>(p - 1)]; };
  // The last edge is inclusive.
  auto high = [&](int64_t p) { return p == parts - 1 ? ~K(0) : static_cast<K>(edges[static_cast<size_t>(p)] - 1); };
  std::vector<int64_t> start(static_cast<size_t>(parts) + 1, 0);
  in_parallel(parts, kMostThreads, [&](int64_t p) {
    const K a = low(p), width = static_cast<K>(high(p) - a);
    int64_t count = 0;
    for (int64_t i = 0; i < n; i++) count += static_cast<K>(key_of(x[i]) - a) <= width;
    start[static_cast<size_t>(p) + 1] = count;
  });
  std::partial_sum(start.begin(), start.end(), start.begin());
  in_parallel(parts, kMostThreads, [&](int64_t p) {
    const K a = low(p), width = static_cast<K>(high(p) - a);
    const int64_t first = start[static_cast<size_t>(p)], count = start[static_cast<size_t>(p) + 1] - first;
    // One place more: every pair is written, and kept when it belongs here.
    Scratch<typename P::type> pairs(static_cast<double>(count + 1));
    want_huge_pages(pairs.get(), static_cast<size_t>(count + 1) * sizeof(typename P::type));
    auto* pair = pairs.get();
    auto* const end = pair + count;
    for (int64_t i = 0; i < n; i++) {
      const K key = key_of(x[i]);
      *pair = P::make(key, static_cast<uint64_t>(i));
      pair += static_cast<K>(key - a) <= width && pair < end ? 1 : 0;
    }
    if constexpr (sizeof(typename P::type) == 8) {
      Scratch<uint64_t> aside(static_cast<double>(count + 1));
      if (count > 0) sort_by_digits(pairs.get(), aside.get(), count, 32);
    } else {
      hwy::Sorter sorter;
      sorter(pairs.get(), static_cast<size_t>(count), hwy::SortAscending());
    }
    for (int64_t k = 0; k < count; k++) out[first + k] = P::index(pairs[static_cast<size_t>(k)]);
  });
}

/// The places of at most 24 keys, moved one by one.
template <class K>
void argsort_few(const K* keys, int64_t* out, int64_t n) {
  for (int64_t i = 0; i < n; i++) {
    int64_t j = i;
    for (; j > 0 && keys[i] < keys[out[j - 1]]; j--) out[j] = out[j - 1];
    out[j] = i;
  }
}

/// Rows [from, to) of n elements, on this thread.
template <class T>
void argsort_some(const T* x, int64_t* out, int64_t from, int64_t to, int64_t n) {
  if constexpr (is_complex<T>) {
    for (int64_t r = from; r < to; r++) {
      const T* row = x + r * n;
      std::iota(out + r * n, out + (r + 1) * n, int64_t(0));
      std::stable_sort(out + r * n, out + (r + 1) * n, [row](int64_t i, int64_t j) { return before(row[i], row[j]); });
    }
  } else if (n <= kFew) {
    KeyOf<T> keys[kFew];
    for (int64_t r = from; r < to; r++) {
      std::transform(x + r * n, x + (r + 1) * n, keys, [](T v) { return key_of(v); });
      argsort_few(keys, out + r * n, n);
    }
  } else {
    using P = Pairs<KeyOf<T>>;
    hwy::Sorter sorter;
    Scratch<typename P::type> pairs(static_cast<double>(n));
    for (int64_t r = from; r < to; r++) {
      const T* row = x + r * n;
      for (int64_t i = 0; i < n; i++) {
        pairs[static_cast<size_t>(i)] = P::make(key_of(row[i]), static_cast<uint64_t>(i));
      }
      sorter(pairs.get(), static_cast<size_t>(n), hwy::SortAscending());
      for (int64_t i = 0; i < n; i++) out[r * n + i] = P::index(pairs[static_cast<size_t>(i)]);
    }
  }
}

template <class T>
void argsort_rows(const T* x, int64_t* out, int64_t rows, int64_t n) {
  if constexpr (!is_complex<T>) {
    if (n >= kParallel) {
      for (int64_t r = 0; r < rows; r++) argsort_in_parts(x + r * n, out + r * n, n);
      return;
    }
  }
  const int64_t per = std::max<int64_t>(1, (1 << 14) / std::max<int64_t>(1, n));
  const int64_t tasks = (rows + per - 1) / per;
  in_parallel(tasks, rows * n < kParallel / 8 ? 1 : kMostThreads, [&](int64_t task) {
    argsort_some(x, out, task * per, std::min(rows, (task + 1) * per), n);
  });
}

template <class T>
void argsort_columns(const T* x, int64_t* out, int64_t outer, int64_t n, int64_t inner) {
  each_columns<T>(outer, n, inner, [&](int64_t first, int64_t columns) {
    Scratch<T> block(static_cast<double>(columns * n));
    Scratch<int64_t> order(static_cast<double>(columns * n));
    gather(x + first, n, inner, columns, block.get());
    argsort_some(block.get(), order.get(), 0, columns, n);
    scatter(order.get(), n, inner, columns, out + first);
  });
}

/// argsortAxis(dtype, bytes, offset, outer, n, inner, out)
Napi::Value argsort_axis(Arguments& args) {
  DType dtype = parse_dtype(args, args.value());
  Napi::Value bytes = args.value();
  int64_t offset = args.count(), outer = args.count(), n = args.count(), inner = args.count();
  const int64_t count = counted(args, outer, n, inner);
  auto* source = elements(args, bytes, dtype, offset, count);
  auto out = args.array<int64_t>();
  args.need(out, static_cast<double>(count));
  if (count == 0) return args.env().Undefined();
  want_huge_pages(out.data, static_cast<size_t>(count) * sizeof(int64_t));
  with_dtype(dtype, [&]<class T>(T) {
    auto sort = [&]<class W>(const W* x) {
      inner == 1 ? argsort_rows(x, out.data, outer, n) : argsort_columns(x, out.data, outer, n, inner);
    };
    auto* x = reinterpret_cast<const T*>(source);
    [[maybe_unused]] auto sort_as = [&]<class W>(W) {
      Scratch<W> wide(static_cast<double>(count));
      std::copy_n(x, count, wide.get());
      sort(wide.get());
    };
    if constexpr (sizeof(T) == 8 || is_complex<T>) {
      sort(x);
    } else if (n > int64_t(0xffffffff)) {
      // A place has no room beside a key of 32 bits.
      sort_as(std::conditional_t<std::is_floating_point_v<T>, double, int64_t>{});
    } else if constexpr (is_narrow<T>) {
      sort_as(int32_t{});
    } else {
      sort(x);
    }
  });
  return args.env().Undefined();
}

}  // namespace

void define_sorted_places(Napi::Env env, Napi::Object exports) {
  define<argsort_axis>(env, exports, "argsortAxis");
}

}  // namespace eigenscope
