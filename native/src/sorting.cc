// Sorting: Highway's vectorised quicksort, the parts of large lists on several threads, NaN last.
#include <hwy/contrib/sort/vqsort.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <numeric>
#include <type_traits>
#include <vector>

#include "arguments.h"
#include "huge_pages.h"
#include "modules.h"
#include "scratch.h"
#include "sort_parts.h"
#include "strided.h"
#include "threads.h"

namespace eigenscope {

namespace {

constexpr int64_t kParallel = 1 << 17;
constexpr int64_t kMostThreads = 8;

int64_t parts_for(int64_t n) {
  int64_t cores = std::max<int64_t>(1, std::thread::hardware_concurrency());
  return n < kParallel ? 1 : std::min({cores, kMostThreads, n / (kParallel / 2)});
}

template <class T>
constexpr bool is_complex = IsComplex<T>::value;
template <class T>
constexpr bool is_narrow = !is_complex<T> && sizeof(T) <= 2;

/// NumPy's order of complex numbers: with a NaN last, by the part that is not.
template <class R>
int rank_of(std::complex<R> z) {
  return (z.real() != z.real() ? 2 : 0) + (z.imag() != z.imag() ? 1 : 0);
}

/// Ascending, NaN last.
template <class T>
bool before(T a, T b) {
  if constexpr (is_complex<T>) {
    int p = rank_of(a), q = rank_of(b);
    if (p != q) return p < q;
    if (a.real() != b.real() && p < 2) return a.real() < b.real();
    return a.imag() < b.imag();
  } else if constexpr (std::is_floating_point_v<T>) {
    return a < b || (b != b && a == a);
  } else {
    return a < b;
  }
}

// ---- keys: unsigned integers in the order of the values

template <class T>
using KeyOf = std::conditional_t<sizeof(T) <= 4, uint32_t, uint64_t>;

template <class T>
KeyOf<T> key_of(T x) {
  using K = KeyOf<T>;
  if constexpr (std::is_floating_point_v<T>) {
    constexpr K sign = K(1) << (sizeof(K) * 8 - 1);
    K bits;
    std::memcpy(&bits, &x, sizeof bits);
    // −0 equals 0, and one NaN another.
    if (bits == sign) bits = 0;
    if (x != x) return ~K(0);
    return (bits & sign) != 0 ? ~bits : bits | sign;
  } else if constexpr (std::is_signed_v<T>) {
    return static_cast<K>(static_cast<std::make_unsigned_t<K>>(x) ^ (K(1) << (sizeof(K) * 8 - 1)));
  } else {
    return static_cast<K>(x);
  }
}

/// Values that divide a list into parts of about equal length, from a sample of it.
template <class T>
std::vector<T> splitters(const T* x, int64_t n, int64_t parts) {
  std::vector<T> sample;
  const int64_t wanted = 512 * parts;
  // A stride that is not a divisor of rows or powers of two sees more of a patterned list.
  uint64_t state = 0x9e3779b97f4a7c15u;
  for (int64_t i = 0; i < wanted; i++) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    T v = x[static_cast<int64_t>((state >> 33) % static_cast<uint64_t>(n))];
    if constexpr (std::is_floating_point_v<T>) {
      if (v != v) continue;
    }
    sample.push_back(v);
  }
  std::sort(sample.begin(), sample.end());
  std::vector<T> found;
  for (int64_t p = 1; p < parts && !sample.empty(); p++) {
    T v = sample[sample.size() * static_cast<size_t>(p) / static_cast<size_t>(parts)];
    if (found.empty() || found.back() < v) found.push_back(v);
  }
  return found;
}

template <class T>
std::vector<Part<T>> parts_of(const T* x, int64_t n, int64_t parts) {
  std::vector<Part<T>> found;
  T low;
  if constexpr (std::is_floating_point_v<T>) {
    low = -std::numeric_limits<T>::infinity();
  } else {
    low = std::numeric_limits<T>::lowest();
  }
  for (T high : splitters(x, n, parts)) {
    found.push_back({low, high, false});
    low = high;
  }
  found.push_back({low, low, true});
  return found;
}

// ---- sorting values

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

/// Stable sort by the 32 bits of each word from `first_bit` on, lowest digits first; the result lies in `x`.
template <class W>
void sort_by_digits(W* x, W* aside, int64_t n, int first_bit) {
  constexpr int digits = 3, widths[digits] = {11, 11, 10};
  constexpr uint32_t most = 1u << 11;
  std::vector<uint32_t> counts(digits * most, 0);
  uint32_t* const low = counts.data();
  uint32_t *const middle = low + most, *const high = middle + most;
  for (int64_t i = 0; i < n; i++) {
    const auto key = static_cast<uint32_t>(x[i] >> first_bit);
    low[key & 0x7ff]++;
    middle[key >> 11 & 0x7ff]++;
    high[key >> 22]++;
  }
  W* const home = x;
  int shift = first_bit;
  for (int digit = 0; digit < digits; digit++) {
    uint32_t* const count = low + static_cast<uint32_t>(digit) * most;
    const W mask = (W(1) << widths[digit]) - 1;
    // Nothing to do where all have the same digit.
    if (count[x[0] >> shift & mask] != static_cast<uint32_t>(n)) {
      uint32_t start = 0;
      for (uint32_t d = 0; d < most; d++) {
        const uint32_t here = count[d];
        count[d] = start;
        start += here;
      }
      for (int64_t i = 0; i < n; i++) aside[count[x[i] >> shift & mask]++] = x[i];
      std::swap(x, aside);
    }
    shift += widths[digit];
  }
  if (x != home) std::copy_n(x, n, home);
}

/// From here on digits are quicker than comparing.
constexpr int64_t kDigits = 1 << 12;

template <class T>
void sort_short_numbers(T* x, int64_t n) {
  Scratch<uint32_t> words(static_cast<double>(n)), aside(static_cast<double>(n));
  for (int64_t i = 0; i < n; i++) {
    uint32_t bits;
    std::memcpy(&bits, x + i, sizeof bits);
    if constexpr (std::is_floating_point_v<T>) {
      if (x[i] != x[i]) bits = 0x7fc00000u;
      bits ^= (0u - (bits >> 31)) | 0x80000000u;
    } else if constexpr (std::is_signed_v<T>) {
      bits ^= 0x80000000u;
    }
    words[static_cast<size_t>(i)] = bits;
  }
  sort_by_digits(words.get(), aside.get(), n, 0);
  for (int64_t i = 0; i < n; i++) {
    uint32_t bits = words[static_cast<size_t>(i)];
    if constexpr (std::is_floating_point_v<T>) {
      bits ^= (bits >> 31 == 1 ? 0u : 0x7fffffffu) | 0x80000000u;
    } else if constexpr (std::is_signed_v<T>) {
      bits ^= 0x80000000u;
    }
    std::memcpy(x + i, &bits, sizeof bits);
  }
}

/// Sorts numbers of 4 or 8 bytes. Floats go as integers in the same order: Highway 1.0's sort of floats turns infinities
/// into the largest finite number. NaN comes last.
template <class T>
void sort_numbers(const hwy::Sorter& sorter, T* x, int64_t n) {
  if constexpr (sizeof(T) == 4) {
    if (n >= kDigits && n <= int64_t(0xffffffff)) {
      sort_short_numbers(x, n);
      return;
    }
  }
  if constexpr (std::is_floating_point_v<T>) {
    using I = std::conditional_t<sizeof(T) == 4, int32_t, int64_t>;
    // The compiler may not take floats for integers: each is copied.
    auto turned = [](I bits) { return bits ^ ((bits >> (sizeof(I) * 8 - 1)) & std::numeric_limits<I>::max()); };
    for (int64_t i = 0; i < n; i++) {
      const T value = x[i] != x[i] ? std::numeric_limits<T>::quiet_NaN() : x[i];
      I bits;
      std::memcpy(&bits, &value, sizeof bits);
      bits = turned(bits);
      std::memcpy(x + i, &bits, sizeof bits);
    }
    sorter(reinterpret_cast<I*>(x), static_cast<size_t>(n), hwy::SortAscending());
    for (int64_t i = 0; i < n; i++) {
      I bits;
      std::memcpy(&bits, x + i, sizeof bits);
      bits = turned(bits);
      std::memcpy(x + i, &bits, sizeof bits);
    }
  } else {
    sorter(x, static_cast<size_t>(n), hwy::SortAscending());
  }
}

template <class T>
void sort_row(const hwy::Sorter& sorter, T* x, int64_t n) {
  if (n < 2) return;
  if constexpr (is_complex<T>) {
    std::sort(x, x + n, before<T>);
  } else if constexpr (sizeof(T) == 1) {
    if (n < 64) std::sort(x, x + n);
    else sort_narrow(x, n);
  } else if constexpr (sizeof(T) == 2) {
    if (n > 1 << 15) sort_narrow(x, n);
    else sorter(x, static_cast<size_t>(n), hwy::SortAscending());
  } else {
    if (n <= 16) std::sort(x, x + n, before<T>);
    else sort_numbers(sorter, x, n);
  }
}

/// `from` into `to`, which is other memory: each thread gathers the elements of one range of values and sorts them.
template <class T>
void sort_in_parts(const T* from, T* to, int64_t n) {
  const auto parts = parts_of(from, n, parts_for(n));
  const auto& loops = part_loops<T>();
  const auto length = static_cast<int64_t>(parts.size());
  std::vector<size_t> start(parts.size() + 1, 0);
  in_parallel(length, kMostThreads, [&](int64_t p) {
    start[static_cast<size_t>(p) + 1] = loops.count(from, static_cast<size_t>(n), parts[static_cast<size_t>(p)]);
  });
  std::partial_sum(start.begin(), start.end(), start.begin());
  in_parallel(length, kMostThreads, [&](int64_t p) {
    auto k = static_cast<size_t>(p);
    size_t count = loops.take(from, static_cast<size_t>(n), parts[k], to + start[k], start[k + 1] - start[k]);
    sort_numbers(hwy::Sorter(), to + start[k], static_cast<int64_t>(count));
  });
  if constexpr (std::is_floating_point_v<T>) {
    std::fill(to + start.back(), to + n, std::numeric_limits<T>::quiet_NaN());
  }
}

/// Complex numbers: halves on two threads, merged.
template <class T>
void sort_complex(T* x, int64_t n) {
  const int64_t middle = n / 2;
  in_parallel(2, 2, [&](int64_t p) {
    std::sort(p == 0 ? x : x + middle, p == 0 ? x + middle : x + n, before<T>);
  });
  std::inplace_merge(x, x + middle, x + n, before<T>);
}

/// Copies `from` to `to` (unless they are the same memory) and sorts each of `rows` rows of n elements.
template <class T>
void sort_rows(const T* from, T* to, int64_t rows, int64_t n) {
  const bool copied = from != to;
  if (n >= kParallel && parts_for(n) > 1) {
    for (int64_t r = 0; r < rows; r++) {
      const T* source = from + r * n;
      T* row = to + r * n;
      if constexpr (is_complex<T>) {
        if (copied) std::copy_n(source, n, row);
        sort_complex(row, n);
      } else if constexpr (is_narrow<T>) {
        if (copied) std::copy_n(source, n, row);
        sort_narrow(row, n);
      } else if (copied) {
        sort_in_parts(source, row, n);
      } else {
        Scratch<T> aside(static_cast<double>(n));
        want_huge_pages(aside.get(), static_cast<size_t>(n) * sizeof(T));
        sort_in_parts<T>(row, aside.get(), n);
        std::copy_n(aside.get(), n, row);
      }
    }
    return;
  }
  const int64_t per = std::max<int64_t>(1, (1 << 15) / std::max<int64_t>(1, n));
  const int64_t tasks = (rows + per - 1) / per;
  in_parallel(tasks, rows * n < kParallel / 4 ? 1 : kMostThreads, [&](int64_t task) {
    hwy::Sorter sorter;
    for (int64_t r = task * per; r < std::min(rows, (task + 1) * per); r++) {
      if (copied) std::copy_n(from + r * n, n, to + r * n);
      sort_row(sorter, to + r * n, n);
    }
  });
}

// ---- along an inner axis

/// Columns that are gathered, sorted and scattered together, so that memory is read in whole lines.
template <class T>
constexpr int64_t kColumns = std::max<int64_t>(8, 128 / static_cast<int64_t>(sizeof(T)));

/// Calls f(first element, columns) for every group of neighbouring columns of `outer` blocks of n × inner elements.
template <class T, class F>
void each_columns(int64_t outer, int64_t n, int64_t inner, F&& f) {
  const int64_t groups = (inner + kColumns<T> - 1) / kColumns<T>;
  in_parallel(outer * groups, outer * n * inner < kParallel / 4 ? 1 : kMostThreads, [&](int64_t task) {
    const int64_t column = task % groups * kColumns<T>;
    f(task / groups * n * inner + column, std::min(kColumns<T>, inner - column));
  });
}

template <class T>
void gather(const T* from, int64_t n, int64_t inner, int64_t columns, T* to) {
  for (int64_t i = 0; i < n; i++) {
    for (int64_t c = 0; c < columns; c++) to[c * n + i] = from[i * inner + c];
  }
}

template <class T>
void scatter(const T* from, int64_t n, int64_t inner, int64_t columns, T* to) {
  for (int64_t i = 0; i < n; i++) {
    for (int64_t c = 0; c < columns; c++) to[i * inner + c] = from[c * n + i];
  }
}

template <class T>
void sort_columns(const T* from, T* to, int64_t outer, int64_t n, int64_t inner) {
  each_columns<T>(outer, n, inner, [&](int64_t first, int64_t columns) {
    Scratch<T> block(static_cast<double>(columns * n));
    gather(from + first, n, inner, columns, block.get());
    hwy::Sorter sorter;
    for (int64_t c = 0; c < columns; c++) sort_row(sorter, block.get() + c * n, n);
    scatter(block.get(), n, inner, columns, to + first);
  });
}

// ---- sorting indices

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

template <class T>
void argsort_in_parts(const T* x, int64_t* out, int64_t n) {
  using K = KeyOf<T>;
  using P = Pairs<K>;
  // Splitting the keys, not the values, gives NaN its place.
  std::vector<K> edges;
  for (T v : splitters(x, n, parts_for(n))) {
    K k = key_of(v);
    // The smallest key there is divides nothing off.
    if (k > (edges.empty() ? K(0) : edges.back())) edges.push_back(k);
  }
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

/// Rows [from, to) of n elements, on this thread.
template <class T>
void argsort_some(const T* x, int64_t* out, int64_t from, int64_t to, int64_t n) {
  if constexpr (!is_complex<T>) {
    if (n > 24 && (sizeof(T) > 4 || n <= int64_t(0xffffffff))) {
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
      return;
    }
  }
  for (int64_t r = from; r < to; r++) {
    const T* row = x + r * n;
    std::iota(out + r * n, out + (r + 1) * n, int64_t(0));
    std::stable_sort(out + r * n, out + (r + 1) * n, [row](int64_t i, int64_t j) { return before(row[i], row[j]); });
  }
}

template <class T>
void argsort_rows(const T* x, int64_t* out, int64_t rows, int64_t n) {
  if constexpr (!is_complex<T>) {
    if (n >= kParallel && (sizeof(T) > 4 || n <= int64_t(0xffffffff))) {
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

// ---- the k-th smallest

/// The values that sorting would put at places k and k + 1 (`out[1]` only when there is one), NaN last.
template <class T>
void select_pair(const T* x, int64_t n, int64_t k, T* out) {
  const bool pair = k + 1 < n;
  if constexpr (!is_complex<T> && sizeof(T) >= 4) {
    if (n >= kParallel / 4) {
      // A sample gives two values that very likely enclose the place; only what lies between them is sorted.
      std::vector<T> sample;
      uint64_t state = 0x9e3779b97f4a7c15u;
      for (int i = 0; i < 4096; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        T v = x[static_cast<int64_t>((state >> 33) % static_cast<uint64_t>(n))];
        if (v == v) sample.push_back(v);
      }
      std::sort(sample.begin(), sample.end());
      if (sample.size() == 4096) {
        const double at = static_cast<double>(k) / static_cast<double>(n) * 4096;
        const auto low_at = static_cast<int64_t>(at) - 160, high_at = static_cast<int64_t>(at) + 160;
        Part<T> whole{};
        if constexpr (std::is_floating_point_v<T>) whole.low = -std::numeric_limits<T>::infinity();
        else whole.low = std::numeric_limits<T>::lowest();
        Part<T> inner{low_at < 0 ? whole.low : sample[static_cast<size_t>(low_at)], T(0), true};
        if (high_at < 4096) inner = {inner.low, sample[static_cast<size_t>(high_at)], false};
        const auto& loops = part_loops<T>();
        size_t below = 0, inside = 0;
        const Part<T> under{whole.low, inner.low, false};
        const int64_t chunks = parts_for(n);
        std::vector<std::array<size_t, 2>> counts(static_cast<size_t>(chunks));
        auto edge = [&](int64_t c) { return n * c / chunks; };
        in_parallel(chunks, kMostThreads, [&](int64_t c) {
          const auto length = static_cast<size_t>(edge(c + 1) - edge(c));
          counts[static_cast<size_t>(c)] = {loops.count(x + edge(c), length, under),
                                            loops.count(x + edge(c), length, inner)};
        });
        for (auto& [a, b] : counts) {
          below += a;
          inside += b;
        }
        const auto place = static_cast<size_t>(k);
        if (place >= below && place + (pair ? 1 : 0) < below + inside) {
          Scratch<T> middle(static_cast<double>(inside));
          std::vector<size_t> start(1, 0);
          for (auto& [a, b] : counts) start.push_back(start.back() + b);
          in_parallel(chunks, kMostThreads, [&](int64_t c) {
            const auto p = static_cast<size_t>(c);
            loops.take(x + edge(c), static_cast<size_t>(edge(c + 1) - edge(c)), inner, middle.get() + start[p], counts[p][1]);
          });
          // Another thread may have changed the list meanwhile: only what was written is looked at.
          std::nth_element(middle.get(), middle.get() + (place - below), middle.get() + inside, before<T>);
          if (pair) std::nth_element(middle.get() + (place - below) + 1, middle.get() + (place - below) + 1, middle.get() + inside, before<T>);
          out[0] = middle[place - below];
          if (pair) out[1] = middle[place - below + 1];
          return;
        }
      }
    }
  }
  std::vector<T> all(x, x + n);
  std::nth_element(all.begin(), all.begin() + k, all.end(), before<T>);
  out[0] = all[static_cast<size_t>(k)];
  if (pair) out[1] = *std::min_element(all.begin() + k + 1, all.end(), before<T>);
}

// ---- around the k-th smallest

/// How many elements of a stretch are smaller than, equal to and larger than a value; the others are NaN.
struct Sides {
  size_t below = 0, equal = 0, above = 0;
};

template <class T>
struct Around {
  Part<T> below, equal, above;

  explicit Around(T v) {
    constexpr bool floating = std::is_floating_point_v<T>;
    const T least = floating ? -std::numeric_limits<T>::infinity() : std::numeric_limits<T>::lowest();
    const T most = floating ? std::numeric_limits<T>::infinity() : std::numeric_limits<T>::max();
    below = {least, v, false};
    if (v == most) {
      equal = {v, v, true};
      above = {v, v, false};
    } else {
      T next;
      if constexpr (floating) {
        next = std::nextafter(v, most);
      } else {
        next = static_cast<T>(v + 1);
      }
      equal = {v, next, false};
      above = {next, next, true};
    }
  }
};

/// `from` into `to`, which is other memory: what is smaller than the k-th smallest, what equals it, what is larger.
template <class T>
void partition_row(const T* from, T* to, int64_t n, int64_t k) {
  T pair[2];
  select_pair(from, n, k, pair);
  const T v = pair[0];
  const auto& loops = part_loops<T>();
  const int64_t chunks = parts_for(n);
  auto edge = [&](int64_t c) { return n * c / chunks; };
  constexpr int64_t kBlock = 4096;
  if (v != v) {
    // Only NaN from here on.
    Part<T> all{std::numeric_limits<T>::lowest(), T(0), true};
    if constexpr (std::is_floating_point_v<T>) all.low = -std::numeric_limits<T>::infinity();
    const size_t numbers = loops.take(from, static_cast<size_t>(n), all, to, static_cast<size_t>(n));
    std::fill(to + numbers, to + n, v);
    return;
  }
  const Around<T> parts(v);
  std::vector<Sides> sides(static_cast<size_t>(chunks));
  auto each_block = [&](int64_t c, auto&& f) {
    for (int64_t i = edge(c); i < edge(c + 1); i += kBlock) f(from + i, static_cast<size_t>(std::min(kBlock, edge(c + 1) - i)));
  };
  in_parallel(chunks, kMostThreads, [&](int64_t c) {
    Sides found;
    each_block(c, [&](const T* x, size_t count) {
      found.below += loops.count(x, count, parts.below);
      found.equal += loops.count(x, count, parts.equal);
      found.above += loops.count(x, count, parts.above);
    });
    sides[static_cast<size_t>(c)] = found;
  });
  Sides whole;
  for (const Sides& s : sides) whole = {whole.below + s.below, whole.equal + s.equal, whole.above + s.above};
  in_parallel(chunks, kMostThreads, [&](int64_t c) {
    size_t below = 0, equal = whole.below, above = whole.below + whole.equal;
    for (int64_t p = 0; p < c; p++) {
      below += sides[static_cast<size_t>(p)].below;
      equal += sides[static_cast<size_t>(p)].equal;
      above += sides[static_cast<size_t>(p)].above;
    }
    // Never more than was counted, whatever another thread does to the list.
    Sides left = sides[static_cast<size_t>(c)];
    auto take = [&](const T* x, size_t count, const Part<T>& part, size_t& at, size_t& room) {
      const size_t taken = loops.take(x, count, part, to + at, room);
      at += taken;
      room -= taken;
    };
    each_block(c, [&](const T* x, size_t count) {
      take(x, count, parts.below, below, left.below);
      take(x, count, parts.equal, equal, left.equal);
      take(x, count, parts.above, above, left.above);
    });
  });
  if constexpr (std::is_floating_point_v<T>) {
    std::fill(to + whole.below + whole.equal + whole.above, to + n, std::numeric_limits<T>::quiet_NaN());
  }
}

/// The places of the elements in such an order.
template <class T>
void argpartition_row(const T* x, int64_t* out, int64_t n, int64_t k) {
  T pair[2];
  select_pair(x, n, k, pair);
  const T v = pair[0];
  const int64_t chunks = parts_for(n);
  auto edge = [&](int64_t c) { return n * c / chunks; };
  std::vector<std::array<int64_t, 3>> counts(static_cast<size_t>(chunks));
  // 0 before, 1 level, 2 behind; NaN is behind everything but itself.
  auto side = [v](T a) { return before(a, v) ? 0 : before(v, a) ? 2 : 1; };
  in_parallel(chunks, kMostThreads, [&](int64_t c) {
    int64_t found[3] = {0, 0, 0};
    for (int64_t i = edge(c); i < edge(c + 1); i++) {
      const bool less = before(x[i], v), more = before(v, x[i]);
      found[0] += less ? 1 : 0;
      found[2] += more ? 1 : 0;
    }
    found[1] = edge(c + 1) - edge(c) - found[0] - found[2];
    counts[static_cast<size_t>(c)] = {found[0], found[1], found[2]};
  });
  int64_t first[3] = {0, 0, 0};
  for (const auto& found : counts) {
    first[1] += found[0];
    first[2] += found[0] + found[1];
  }
  in_parallel(chunks, kMostThreads, [&](int64_t c) {
    int64_t at[3] = {first[0], first[1], first[2]}, end[3];
    for (int64_t p = 0; p < c; p++) {
      for (size_t s = 0; s < 3; s++) at[s] += counts[static_cast<size_t>(p)][s];
    }
    for (size_t s = 0; s < 3; s++) end[s] = at[s] + counts[static_cast<size_t>(c)][s];
    constexpr int64_t kBlock = 1024;
    int64_t lists[3][kBlock + 1];
    for (int64_t i = edge(c); i < edge(c + 1); i += kBlock) {
      // All three are written, one goes on: there is nothing to guess.
      int64_t held[3] = {0, 0, 0};
      for (int64_t j = i; j < std::min(edge(c + 1), i + kBlock); j++) {
        const int s = side(x[j]);
        lists[0][held[0]] = lists[1][held[1]] = lists[2][held[2]] = j;
        held[0] += s == 0 ? 1 : 0;
        held[1] += s == 1 ? 1 : 0;
        held[2] += s == 2 ? 1 : 0;
      }
      for (size_t s = 0; s < 3; s++) {
        const int64_t count = std::min(held[s], end[s] - at[s]);
        std::copy_n(lists[s], count, out + at[s]);
        at[s] += count;
      }
    }
  });
}

// ---- searching in sorted lists

template <class T>
void search_sorted(const T* list, int64_t n, const T* values, int64_t count, bool right, int64_t* out) {
  const int64_t per = 1 << 14, tasks = (count + per - 1) / per;
  in_parallel(tasks, kMostThreads, [&](int64_t task) {
    int64_t low = 0;
    for (int64_t i = task * per; i < std::min(count, (task + 1) * per); i++) {
      const T v = values[i];
      auto goes_on = [&](T x) { return right ? !before(v, x) : before(x, v); };
      int64_t first = 0, length = n;
      // Values in order continue where the last one was found.
      if (i > task * per && low < n && goes_on(list[low])) {
        first = low + 1;
        length = n - first;
      } else if (i > task * per && low > 0 && goes_on(list[low - 1])) {
        out[i] = low;
        continue;
      }
      while (length > 0) {
        const int64_t half = length / 2;
        const bool on = goes_on(list[first + half]);
        first = on ? first + half + 1 : first;
        length = on ? length - half - 1 : half;
      }
      out[i] = low = first;
    }
  });
}

template <class T>
bool same(T a, T b) {
  return !before(a, b) && !before(b, a);
}

/// Complex numbers with any NaN count as one value.
template <class T>
bool same_value(T a, T b) {
  if constexpr (is_complex<T>) {
    if (rank_of(a) > 0 && rank_of(b) > 0) return true;
  }
  return same(a, b);
}

// ---- JavaScript

/// Contiguous elements of a buffer, checked to lie inside.
std::byte* elements(Arguments& args, const Napi::Value& bytes, DType dtype, int64_t offset, int64_t count) {
  return parse_strided(args, bytes, dtype, offset, {count}, {itemsize(dtype)}).data;
}

int64_t counted(Arguments& args, int64_t outer, int64_t n, int64_t inner) {
  if (static_cast<double>(outer) * static_cast<double>(n) * static_cast<double>(inner) > 9e15) {
    args.range("too many elements");
  }
  return outer * n * inner;
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
    auto* x = reinterpret_cast<const T*>(source);
    inner == 1 ? argsort_rows(x, out.data, outer, n) : argsort_columns(x, out.data, outer, n, inner);
  });
  return args.env().Undefined();
}

/// selectPair(dtype, bytes, offset, n, k, out): elements k and k + 1 of the sorted list into out's bytes
Napi::Value select_pair_call(Arguments& args) {
  DType dtype = parse_dtype(args, args.value());
  Napi::Value bytes = args.value();
  int64_t offset = args.count(), n = args.count(), k = args.count();
  auto* source = elements(args, bytes, dtype, offset, n);
  auto* out = elements(args, args.value(), dtype, 0, 2);
  if (k >= n) args.range("place out of range");
  with_dtype(dtype,
             [&]<class T>(T) { select_pair(reinterpret_cast<const T*>(source), n, k, reinterpret_cast<T*>(out)); });
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

/// searchSorted(dtype, list, listOffset, n, values, valuesOffset, count, right, out)
Napi::Value search_sorted_call(Arguments& args) {
  DType dtype = parse_dtype(args, args.value());
  Napi::Value list = args.value();
  int64_t list_offset = args.count(), n = args.count();
  Napi::Value values = args.value();
  int64_t values_offset = args.count(), count = args.count();
  bool right = args.flag();
  auto out = args.array<int64_t>();
  args.need(out, static_cast<double>(count));
  auto* sorted = elements(args, list, dtype, list_offset, n);
  auto* wanted = elements(args, values, dtype, values_offset, count);
  with_dtype(dtype, [&]<class T>(T) {
    search_sorted(reinterpret_cast<const T*>(sorted), n, reinterpret_cast<const T*>(wanted), count, right, out.data);
  });
  return args.env().Undefined();
}

/// runs(dtype, bytes, offset, n, starts): where equal elements of a sorted list begin; returns how many runs
Napi::Value runs_call(Arguments& args) {
  DType dtype = parse_dtype(args, args.value());
  Napi::Value bytes = args.value();
  int64_t offset = args.count(), n = args.count();
  auto* source = elements(args, bytes, dtype, offset, n);
  auto starts = args.array<int64_t>();
  args.need(starts, static_cast<double>(n));
  int64_t count = 0;
  with_dtype(dtype, [&]<class T>(T) {
    auto* x = reinterpret_cast<const T*>(source);
    for (int64_t i = 0; i < n; i++) {
      if (i == 0 || !same_value(x[i - 1], x[i])) starts.data[count++] = i;
    }
  });
  return Napi::Number::New(args.env(), static_cast<double>(count));
}

/// runOfEach(order, starts, runs, out): out[order[i]] = the run that place i belongs to
Napi::Value run_of_each_call(Arguments& args) {
  auto order = args.array<int64_t>();
  auto starts = args.array<int64_t>();
  int64_t count = args.count();
  auto out = args.array<int64_t>();
  args.need(starts, static_cast<double>(count));
  args.need(out, order.length);
  const auto n = static_cast<int64_t>(order.length);
  for (int64_t i = 0; i < n; i++) {
    if (order.data[i] < 0 || order.data[i] >= n) args.range("index out of range");
  }
  for (int64_t run = 0; run < count; run++) {
    const int64_t end = run + 1 < count ? std::min(starts.data[run + 1], n) : n;
    for (int64_t i = std::max<int64_t>(0, starts.data[run]); i < end; i++) out.data[order.data[i]] = run;
  }
  return args.env().Undefined();
}

}  // namespace

void define_sorting(Napi::Env env, Napi::Object exports) {
  define<sort_axis>(env, exports, "sortAxis");
  define<argsort_axis>(env, exports, "argsortAxis");
  define<select_pair_call>(env, exports, "selectPair");
  define<partition_rows>(env, exports, "partitionRows");
  define<argpartition_rows>(env, exports, "argpartitionRows");
  define<search_sorted_call>(env, exports, "searchSorted");
  define<runs_call>(env, exports, "runs");
  define<run_of_each_call>(env, exports, "runOfEach");
}

}  // namespace eigenscope
