// The k-th smallest element, and lists divided by it.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "kernels/pool.h"
#include "modules.h"
#include "scratch.h"
#include "sort_keys.h"
#include "sort_order.h"
#include "sort_parts.h"
#include "threads.h"

namespace eigenscope {

namespace {

/// Calls f with each block of a stretch, few enough numbers for the nearest cache.
template <class T, class F>
void each_block(const T* x, int64_t from, int64_t to, F&& f) {
  constexpr int64_t block = 4096;
  for (int64_t i = from; i < to; i += block) f(x + i, static_cast<size_t>(std::min(block, to - i)));
}

struct Before {
  template <class T>
  bool operator()(T a, T b) const {
    return before(a, b);
  }
};

template <class T>
void select_pair(const T* x, int64_t n, int64_t k, T* out);

/// From a sample come two values that very likely enclose the place; only what lies between them is looked at again. False
/// where they did not, or where most of the list does.
template <class T>
bool select_between(const T* x, int64_t n, int64_t k, T* out) {
  std::vector<T> sample;
  const int64_t wanted = std::min<int64_t>(1 << 14, n / 16);
  uint64_t state = kFirstState;
  for (int64_t i = 0; i < wanted; i++) {
    T v = x[next_place(state, n)];
    if (v != v) return false;
    sample.push_back(v);
  }
  const double at = static_cast<double>(k) / static_cast<double>(n) * static_cast<double>(wanted);
  // Four standard deviations of the place of a value in the sample.
  const auto margin = static_cast<int64_t>(2 * std::sqrt(static_cast<double>(wanted))) + 1;
  const int64_t low_at = static_cast<int64_t>(at) - margin, high_at = static_cast<int64_t>(at) + margin;
  T least;
  if constexpr (std::is_floating_point_v<T>) {
    least = -std::numeric_limits<T>::infinity();
  } else {
    least = std::numeric_limits<T>::lowest();
  }
  Part<T> inner{least, T(0), true};
  auto nth = [&](int64_t place, int64_t behind) {
    std::nth_element(sample.data() + behind, sample.data() + place, sample.data() + sample.size(), Before());
    return sample[static_cast<size_t>(place)];
  };
  if (low_at >= 0) inner.low = nth(low_at, 0);
  if (high_at < wanted) inner = {inner.low, nth(high_at, std::max<int64_t>(0, low_at)), false};
  const Part<T> under{least, inner.low, false};
  const auto& loops = part_loops<T>();
  const int64_t chunks = parts_for(n);
  auto edge = [&](int64_t c) { return n * c / chunks; };
  struct Counts {
    size_t below = 0, inside = 0;
  };
  std::vector<Counts> counts(static_cast<size_t>(chunks));
  on_pool(chunks, [&](int64_t c) {
    Counts found;
    each_block(x, edge(c), edge(c + 1), [&](const T* some, size_t count) {
      found.below += loops.count(some, count, under);
      found.inside += loops.count(some, count, inner);
    });
    counts[static_cast<size_t>(c)] = found;
  });
  size_t below = 0, inside = 0;
  for (const Counts& c : counts) {
    below += c.below;
    inside += c.inside;
  }
  const auto place = static_cast<size_t>(k);
  if (place < below || place + (k + 1 < n ? 1 : 0) >= below + inside || inside > static_cast<size_t>(n) / 2) return false;
  Scratch<T> middle(static_cast<double>(inside));
  std::vector<size_t> start(1, 0);
  for (const Counts& c : counts) start.push_back(start.back() + c.inside);
  on_pool(chunks, [&](int64_t c) {
    const auto p = static_cast<size_t>(c);
    const size_t taken = loops.take(x + edge(c), static_cast<size_t>(edge(c + 1) - edge(c)), inner, middle.get() + start[p],
                                    counts[p].inside);
    // Another thread may have changed the list meanwhile: nothing is left that was not written.
    std::fill(middle.get() + start[p] + taken, middle.get() + start[p + 1], inner.low);
  });
  select_pair<T>(middle.get(), static_cast<int64_t>(inside), static_cast<int64_t>(place - below), out);
  return true;
}

/// The values that sorting would put at places k and k + 1 (`out[1]` only when there is one), NaN last.
template <class T>
void select_pair(const T* x, int64_t n, int64_t k, T* out) {
  if constexpr (!is_complex<T> && sizeof(T) >= 4) {
    if (n >= kParallel / 4 && select_between(x, n, k, out)) return;
  }
  std::vector<T> all(x, x + n);
  std::nth_element(all.data(), all.data() + k, all.data() + n, Before());
  out[0] = all[static_cast<size_t>(k)];
  if (k + 1 < n) out[1] = *std::min_element(all.begin() + k + 1, all.end(), Before());
}

// ---- around the k-th smallest

/// A key that very likely has the k-th smallest of n close behind it or close before it, on the side with more of them.
template <class K>
K pivot_near(const KeyLoops<K>& loops, const K* x, size_t n, size_t k, uint64_t& state) {
  constexpr size_t sampled = 64;
  K sample[sampled];
  for (K& key : sample) key = x[next_place(state, static_cast<int64_t>(n))];
  loops.sort(sample, sampled);
  const size_t at = k * sampled / n, margin = 6;
  return sample[k < n / 2 ? std::min(at + margin, sampled - 1) : at - std::min(at, margin)];
}

/// Brings the k-th smallest of n keys to its place, the smaller ones before it and the larger ones behind it.
template <class K>
void select_keys(const KeyLoops<K>& loops, K* x, size_t n, size_t k) {
  uint64_t state = n;
  for (int left = 100; n > 256; left--) {
    if (left == 0) {
      // Whatever the list was made for.
      std::nth_element(x, x + k, x + n);
      return;
    }
    const K pivot = pivot_near(loops, x, n, k, state);
    size_t low = loops.split(x, n, pivot);
    if (low == 0) {
      // The pivot is the smallest: its equals are in their places.
      if (pivot == std::numeric_limits<K>::max()) return;
      low = loops.split(x, n, pivot + 1);
      if (k < low) return;
    }
    if (k < low) {
      n = low;
    } else {
      x += low;
      n -= low;
      k -= low;
    }
  }
  loops.sort(x, n);
}

/// `from` into `to`: what is not larger than the k-th smallest, that one, what is not smaller; NaN last.
template <class T>
void partition_row(const T* from, T* to, int64_t n, int64_t k) {
  using K = SortKey<T>;
  const auto& loops = key_loops<K>();
  auto* keys = reinterpret_cast<K*>(to);
  const int64_t chunks = parts_for(n);
  auto each = [&](auto&& f) {
    on_pool(chunks, [&](int64_t c) {
      const int64_t start = n * c / chunks;
      f(start, static_cast<size_t>(n * (c + 1) / chunks - start));
    });
  };
  each([&](int64_t start, size_t count) { loops.encode(from + start, keys + start, count, kKeyKind<T>); });
  select_keys(loops, keys, static_cast<size_t>(n), static_cast<size_t>(k));
  each([&](int64_t start, size_t count) { loops.decode(keys + start, count, kKeyKind<T>); });
}

/// The places of the elements in such an order.
template <class T>
void argpartition_row(const T* x, int64_t* out, int64_t n, int64_t k) {
  T pair[2];
  select_pair(x, n, k, pair);
  const T value = pair[0];
  const auto& loops = part_loops<T>();
  const int64_t chunks = parts_for(n);
  auto edge = [&](int64_t c) { return n * c / chunks; };
  auto length = [&](int64_t c) { return static_cast<size_t>(edge(c + 1) - edge(c)); };
  std::vector<Sides> found(static_cast<size_t>(chunks));
  on_pool(chunks, [&](int64_t c) { found[static_cast<size_t>(c)] = loops.sides(x + edge(c), length(c), value); });
  // Behind one another: all that go before the value, all that are level with it, all that go behind it.
  std::vector<SideLists> lists(static_cast<size_t>(chunks));
  int64_t* at = out;
  for (size_t side = 0; side < 3; side++) {
    for (int64_t c = 0; c < chunks; c++) {
      const auto p = static_cast<size_t>(c);
      const size_t level = length(c) - found[p].before - found[p].behind;
      const size_t room = side == 0 ? found[p].before : side == 1 ? level : found[p].behind;
      lists[p].out[side] = at;
      lists[p].room[side] = room;
      at += room;
    }
  }
  on_pool(chunks, [&](int64_t c) {
    loops.places(x + edge(c), length(c), value, edge(c), lists[static_cast<size_t>(c)]);
  });
}

// ---- JavaScript

/// selectPair(dtype, bytes, offset, n, k, out): elements k and k + 1 of the sorted list into out's bytes
Napi::Value select_pair_call(Arguments& args) {
  DType dtype = parse_dtype(args, args.value());
  Napi::Value bytes = args.value();
  int64_t offset = args.count(), n = args.count(), k = args.count();
  auto* source = elements(args, bytes, dtype, offset, n);
  auto* out = elements(args, args.value(), dtype, 0, 2);
  if (k >= n) args.range("place out of range");
  with_dtype(dtype, [&]<class T>(T) {
    auto* x = reinterpret_cast<const T*>(source);
    auto* pair = reinterpret_cast<T*>(out);
    if constexpr (is_narrow<T>) {
      Scratch<int32_t> wide(static_cast<double>(n));
      std::copy_n(x, n, wide.get());
      int32_t found[2] = {pair[0], pair[1]};
      select_pair<int32_t>(wide.get(), n, k, found);
      for (int i = 0; i < 2; i++) pair[i] = static_cast<T>(found[i]);
    } else {
      select_pair(x, n, k, pair);
    }
  });
  return args.env().Undefined();
}

/// partitionRows(dtype, from, fromOffset, to, toOffset, rows, n, k): real numbers of 4 or 8 bytes
Napi::Value partition_rows(Arguments& args) {
  DType dtype = parse_dtype(args, args.value());
  Napi::Value from = args.value();
  int64_t from_offset = args.count();
  Napi::Value to = args.value();
  int64_t to_offset = args.count();
  int64_t rows = args.count(), n = args.count(), k = args.count();
  const int64_t count = counted(args, rows, n, 1);
  auto* source = elements(args, from, dtype, from_offset, count);
  auto* target = elements(args, to, dtype, to_offset, count);
  if (k >= n) args.range("place out of range");
  with_dtype(dtype, [&]<class T>(T) {
    if constexpr (!is_complex<T> && sizeof(T) >= 4) {
      for (int64_t r = 0; r < rows; r++) {
        partition_row(reinterpret_cast<const T*>(source) + r * n, reinterpret_cast<T*>(target) + r * n, n, k);
      }
    } else {
      args.range("real numbers of 4 or 8 bytes");
    }
  });
  return args.env().Undefined();
}

/// argpartitionRows(dtype, bytes, offset, rows, n, k, out)
Napi::Value argpartition_rows(Arguments& args) {
  DType dtype = parse_dtype(args, args.value());
  Napi::Value bytes = args.value();
  int64_t offset = args.count(), rows = args.count(), n = args.count(), k = args.count();
  const int64_t count = counted(args, rows, n, 1);
  auto* source = elements(args, bytes, dtype, offset, count);
  auto out = args.array<int64_t>();
  args.need(out, static_cast<double>(count));
  if (k >= n) args.range("place out of range");
  with_dtype(dtype, [&]<class T>(T) {
    if constexpr (!is_complex<T> && sizeof(T) >= 4) {
      for (int64_t r = 0; r < rows; r++) argpartition_row(reinterpret_cast<const T*>(source) + r * n, out.data + r * n, n, k);
    } else {
      args.range("real numbers of 4 or 8 bytes");
    }
  });
  return args.env().Undefined();
}

}  // namespace

void define_selection(Napi::Env env, Napi::Object exports) {
  define<select_pair_call>(env, exports, "selectPair");
  define<partition_rows>(env, exports, "partitionRows");
  define<argpartition_rows>(env, exports, "argpartitionRows");
}

}  // namespace eigenscope
