// Sorting: Highway's vectorised quicksort, the parts of large lists on several threads, NaN last.
#include <hwy/contrib/sort/vqsort.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <numeric>
#include <type_traits>
#include <vector>

#include "huge_pages.h"
#include "modules.h"
#include "scratch.h"
#include "sort_columns.h"
#include "sort_digits.h"
#include "sort_order.h"
#include "sort_parts.h"
#include "threads.h"

namespace eigenscope {

namespace {

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
