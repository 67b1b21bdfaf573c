// Sorting: numbers as integer keys in vectors, long lists on several threads, NaN last.
#include <algorithm>
#include <cstring>
#include <limits>
#include <numeric>
#include <type_traits>
#include <vector>

#include "huge_pages.h"
#include "kept_scratch.h"
#include "kernels/pool.h"
#include "modules.h"
#include "scratch.h"
#include "sort_columns.h"
#include "sort_keys.h"
#include "sort_order.h"
#include "threads.h"

namespace eigenscope {

namespace {

template <class T>
void sort_narrow(T* x, int64_t n) {
  using U = std::make_unsigned_t<T>;
  constexpr U flip = std::is_signed_v<T> ? U(1) << (sizeof(T) * 8 - 1) : 0;
  std::vector<int64_t> counts(size_t(1) << (sizeof(T) * 8), 0);
  for (int64_t i = 0; i < n; i++) counts[static_cast<U>(static_cast<U>(x[i]) ^ flip)]++;
  T* out = x;
  for (size_t v = 0; v < counts.size(); v++) {
    out = std::fill_n(out, counts[v], static_cast<T>(static_cast<U>(static_cast<U>(v) ^ flip)));
  }
}

/// Numbers of 4 or 8 bytes, on this thread.
template <class T>
void sort_numbers(const T* from, T* to, int64_t n) {
  using K = SortKey<T>;
  const auto& loops = key_loops<K>();
  const auto count = static_cast<size_t>(n);
  auto* keys = reinterpret_cast<K*>(to);
  loops.encode(from, keys, count, kKeyKind<T>);
  loops.sort(keys, count);
  loops.decode(keys, count, kKeyKind<T>);
}

template <class T>
void sort_row(const T* from, T* to, int64_t n) {
  if constexpr (!is_complex<T> && sizeof(T) >= 4) {
    sort_numbers(from, to, n);
  } else {
    if (from != to) std::copy_n(from, n, to);
    if constexpr (is_complex<T>) {
      std::sort(to, to + n, before<T>);
    } else if (n < 32) {
      std::sort(to, to + n);
    } else if (sizeof(T) == 1 || n > 1 << 13) {
      sort_narrow(to, n);
    } else {
      int32_t wide[1 << 13];
      std::copy_n(to, n, wide);
      key_loops<int32_t>().sort(wide, static_cast<size_t>(n));
      std::transform(wide, wide + n, to, [](int32_t x) { return static_cast<T>(x); });
    }
  }
}

// ---- long lists

/// From so many elements on a second thread is worth waking.
constexpr int64_t kLong = 1 << 15;

/// Keys that divide a list into parts of about equal length, from a sample of it. One that is met more than once has a
/// part of its own, which needs no sorting.
template <class K>
std::vector<K> edges_of(const K* sample, int64_t count, int64_t parts) {
  std::vector<K> edges;
  for (int64_t p = 1; p < parts; p++) {
    const K edge = sample[count * p / parts];
    if (edges.empty() || edge > edges.back()) {
      edges.push_back(edge);
    } else if (edge == edges.back() && edge < std::numeric_limits<K>::max()) {
      edges.push_back(edge + 1);
    }
  }
  return edges;
}

/// Splits n keys by all the edges; `ends` gets where each part ends.
template <class K>
void split_by(const KeyLoops<K>& loops, K* x, size_t from, size_t to, const K* edges, size_t count, uint32_t* ends) {
  if (count == 0) {
    *ends = static_cast<uint32_t>(to);
    return;
  }
  const size_t half = count / 2, middle = from + loops.split(x + from, to - from, edges[half]);
  split_by(loops, x, from, middle, edges, half, ends);
  split_by(loops, x, middle, to, edges + half + 1, count - half - 1, ends + half + 1);
}

/// A part of about so many bytes stays in the cache of one processor while it is sorted.
constexpr int64_t kPartBytes = int64_t(1) << 19;

/// Long lists on all threads. Blocks are divided by value aside, each in a cache, into the same parts; then each part is
/// brought together in its place and sorted there. So the list goes through memory twice, not once for every halving.
template <class T>
void sort_long(const T* from, T* to, int64_t n) {
  using K = SortKey<T>;
  const auto& loops = key_loops<K>();
  auto* keys = reinterpret_cast<K*>(to);
  const int64_t threads = kernel_threads();
  const int64_t block = std::clamp<int64_t>(n / (8 * threads), 4096, kPartBytes / 2 / static_cast<int64_t>(sizeof(K)));
  const int64_t blocks = (n + block - 1) / block;
  const int64_t wanted = std::clamp<int64_t>(n * static_cast<int64_t>(sizeof(K)) / kPartBytes, 4 * threads, 256);
  const int64_t sampled = 32 * wanted;
  KeptScratch<K> room(static_cast<double>(n + sampled));
  K *const aside = room.get(), *const sample = aside + n;
  want_huge_pages(aside, static_cast<size_t>(n) * sizeof(K));
  uint64_t state = kFirstState;
  for (int64_t i = 0; i < sampled; i++) loops.encode(from + next_place(state, n), sample + i, 1, kKeyKind<T>);
  loops.sort(sample, static_cast<size_t>(sampled));
  const std::vector<K> edges = edges_of(sample, sampled, wanted);
  const auto parts = static_cast<int64_t>(edges.size()) + 1;
  std::vector<uint32_t> ends(static_cast<size_t>(blocks * parts));
  on_pool(blocks, [&](int64_t b) {
    K* const x = aside + b * block;
    const auto count = static_cast<size_t>(std::min(block, n - b * block));
    loops.encode(from + b * block, x, count, kKeyKind<T>);
    split_by(loops, x, 0, count, edges.data(), edges.size(), ends.data() + b * parts);
  });
  std::vector<int64_t> start(static_cast<size_t>(parts) + 1, 0);
  auto first = [&](int64_t b, int64_t p) { return p == 0 ? 0 : ends[static_cast<size_t>(b * parts + p - 1)]; };
  auto last = [&](int64_t b, int64_t p) { return ends[static_cast<size_t>(b * parts + p)]; };
  for (int64_t p = 0; p < parts; p++) {
    int64_t& end = start[static_cast<size_t>(p) + 1];
    end = start[static_cast<size_t>(p)];
    for (int64_t b = 0; b < blocks; b++) end += last(b, p) - first(b, p);
  }
  on_pool(parts, [&](int64_t p) {
    const auto k = static_cast<size_t>(p);
    K *const x = keys + start[k], *end = x;
    for (int64_t b = 0; b < blocks; b++) end = std::copy(aside + b * block + first(b, p), aside + b * block + last(b, p), end);
    const bool equal = p > 0 && p < parts - 1 && edges[k] == edges[k - 1] + 1;
    if (!equal) loops.sort(x, static_cast<size_t>(end - x));
    loops.decode(x, static_cast<size_t>(end - x), kKeyKind<T>);
  });
}

/// More than so much is not taken for work space: longer lists are halved by value first, in place.
constexpr int64_t kMostAside = int64_t(1) << 30;

template <class K>
void sort_halves(K* x, int64_t n) {
  const auto& loops = key_loops<K>();
  while (n > kMostAside / static_cast<int64_t>(sizeof(K))) {
    K sample[511];
    uint64_t state = static_cast<uint64_t>(n);
    for (K& one : sample) one = x[next_place(state, n)];
    loops.sort(sample, std::size(sample));
    const K pivot = sample[std::size(sample) / 2];
    auto low = static_cast<int64_t>(loops.split(x, static_cast<size_t>(n), pivot));
    if (low > 0) {
      sort_halves(x, low);
    } else if (pivot == std::numeric_limits<K>::max()) {
      return;
    } else {
      low = static_cast<int64_t>(loops.split(x, static_cast<size_t>(n), pivot + 1));
    }
    x += low;
    n -= low;
  }
  sort_long<K>(x, x, n);
}

template <class T>
void sort_longest(const T* from, T* to, int64_t n) {
  using K = SortKey<T>;
  const auto& loops = key_loops<K>();
  auto* keys = reinterpret_cast<K*>(to);
  const int64_t block = 1 << 16;
  auto each = [&](auto&& f) {
    on_pool((n + block - 1) / block, [&](int64_t b) { f(b * block, static_cast<size_t>(std::min(block, n - b * block))); });
  };
  each([&](int64_t at, size_t count) { loops.encode(from + at, keys + at, count, kKeyKind<T>); });
  sort_halves(keys, n);
  each([&](int64_t at, size_t count) { loops.decode(keys + at, count, kKeyKind<T>); });
}

/// Complex numbers: halves on two threads, merged.
template <class T>
void sort_complex(T* x, int64_t n) {
  const int64_t middle = n / 2;
  on_pool(2, [&](int64_t p) {
    std::sort(p == 0 ? x : x + middle, p == 0 ? x + middle : x + n, before<T>);
  });
  std::inplace_merge(x, x + middle, x + n, before<T>);
}

/// A row that all threads work on, or more than the caches hold.
template <class T>
void sort_long_row(const T* from, T* to, int64_t n) {
  if constexpr (!is_complex<T> && sizeof(T) >= 4) {
    n * static_cast<int64_t>(sizeof(T)) > kMostAside ? sort_longest(from, to, n) : sort_long(from, to, n);
  } else {
    if (from != to) std::copy_n(from, n, to);
    if constexpr (is_complex<T>) {
      sort_complex(to, n);
    } else {
      sort_narrow(to, n);
    }
  }
}

/// Sorts each of `rows` rows of n elements of `from` into `to`, which may be the same memory.
template <class T>
void sort_rows(const T* from, T* to, int64_t rows, int64_t n) {
  const int64_t threads = kernel_threads();
  if ((threads > 1 && rows < 2 * threads && n >= kLong) || n * static_cast<int64_t>(sizeof(T)) > 8 * kPartBytes) {
    for (int64_t r = 0; r < rows; r++) sort_long_row(from + r * n, to + r * n, n);
    return;
  }
  const int64_t per = std::max<int64_t>(1, kLong / 4 / std::max<int64_t>(1, n));
  const int64_t tasks = (rows + per - 1) / per;
  auto some = [&](int64_t task) {
    for (int64_t r = task * per; r < std::min(rows, (task + 1) * per); r++) sort_row(from + r * n, to + r * n, n);
  };
  if (rows * n < kLong) {
    for (int64_t task = 0; task < tasks; task++) some(task);
  } else if constexpr (is_narrow<T>) {
    // The pool takes nothing that may fail for want of memory.
    in_parallel(tasks, kMostThreads, some);
  } else {
    on_pool(tasks, some);
  }
}

// ---- along an inner axis

template <class T>
void sort_columns(const T* from, T* to, int64_t outer, int64_t n, int64_t inner) {
  each_columns<T>(outer, n, inner, [&](int64_t first, int64_t columns) {
    Scratch<T> block(static_cast<double>(columns * n));
    gather(from + first, n, inner, columns, block.get());
    for (int64_t c = 0; c < columns; c++) sort_row<T>(block.get() + c * n, block.get() + c * n, n);
    scatter(block.get(), n, inner, columns, to + first);
  });
}

/// sortAxis(dtype, from, fromOffset, to, toOffset, outer, n, inner)
Napi::Value sort_axis(Arguments& args) {
  DType dtype = parse_dtype(args, args.value());
  Napi::Value from = args.value();
  int64_t from_offset = args.count();
  Napi::Value to = args.value();
  int64_t to_offset = args.count();
  int64_t outer = args.count(), n = args.count(), inner = args.count();
  const int64_t count = counted(args, outer, n, inner);
  auto* source = elements(args, from, dtype, from_offset, count);
  auto* target = elements(args, to, dtype, to_offset, count);
  if (count == 0) return args.env().Undefined();
  if (source != target) want_huge_pages(target, static_cast<size_t>(count * itemsize(dtype)));
  with_dtype(dtype, [&]<class T>(T) {
    auto* x = reinterpret_cast<const T*>(source);
    auto* y = reinterpret_cast<T*>(target);
    inner == 1 ? sort_rows(x, y, outer, n) : sort_columns(x, y, outer, n, inner);
  });
  return args.env().Undefined();
}

}  // namespace

void define_sorting(Napi::Env env, Napi::Object exports) {
  define<sort_axis>(env, exports, "sortAxis");
}

}  // namespace eigenscope
