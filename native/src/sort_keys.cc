// Quicksort a vector at a time, and sorting networks for what is short.
#include "targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "sort_keys.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <hwy/contrib/sort/vqsort.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>
#include <utility>

#include "first_lanes.h"
#include "sort_keys.h"

HWY_BEFORE_NAMESPACE();
namespace eigenscope {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

template <class K>
using Keys = hn::ScalableTag<K>;

template <class K>
constexpr K kMost = std::numeric_limits<K>::max();

template <class K>
constexpr size_t kLanes = hn::MaxLanes(Keys<K>());

// ---- splitting

/// Brings vectors to both ends of a room that closes: the keys under the pivot upwards from `low`, the others downwards from
/// `high`. Whole vectors are written, so there must be room for two.
///
/// Compressed in a register and stored plainly: stores that compress take half as long again on Zen 5, and a hundred
/// cycles on Zen 4.
template <class K>
struct Ends {
  using D = Keys<K>;
  using V = hn::Vec<D>;
  V pivot;
  K *low, *high;

  /// Of a vector the lanes of `lower` and of `upper`; what is in neither does not count.
  template <class M>
  HWY_INLINE void write(V v, M lower, M upper, size_t lowers, size_t uppers) {
    const D d;
    const size_t lanes = hn::Lanes(d);
    if constexpr (kByTable<K>) {
      const auto both = by_table(d, v, lower);
      hn::StoreU(both, d, low);
      hn::StoreU(both, d, high - lanes);
    } else {
      hn::StoreU(compressed(v, lower), d, low);
      hn::StoreU(hn::Reverse(d, compressed(v, upper)), d, high - lanes);
    }
    low += lowers;
    high -= uppers;
  }

  HWY_INLINE void write(V v) {
    const D d;
    const auto under = hn::Lt(v, pivot);
    const size_t count = hn::CountTrue(d, under);
    write(v, under, hn::Not(under), count, hn::Lanes(d) - count);
  }
};

/// Up to this many keys are split with the upper ones aside.
constexpr size_t kAside = 1024;

/// The lower keys of n ≥ lanes stay, the upper ones go aside and come back behind them. Without a branch that depends on n
/// but for the lengths of two loops: lists are short here, and a wrong guess costs as much as five vectors.
template <class K>
HWY_INLINE size_t split_aside(K* x, size_t n, K pivot) {
  const Keys<K> d;
  const size_t lanes = hn::Lanes(d);
  constexpr size_t room = kAside + 4 * kLanes<K>;
  HWY_ALIGN K aside[room];
  // The rest that fills no vector: the last lanes of the last vector, the others count as neither.
  const size_t rest = n % lanes;
  const auto tail = hn::LoadU(d, x + n - lanes);
  const auto valid = hn::Not(hn::Lt(hn::Iota(d, 0), hn::Set(d, static_cast<K>(lanes - rest))));
  const auto lower = hn::And(valid, hn::Lt(tail, hn::Set(d, pivot)));
  HWY_ALIGN K first[2 * kLanes<K>];
  const size_t lowers = hn::CountTrue(d, lower);
  // Neither goes before the upper ones.
  Ends<K> kept{hn::Set(d, pivot), first, aside + room};
  kept.write(tail, lower, hn::AndNot(lower, valid), lowers, rest - lowers);
  Ends<K> ends{hn::Set(d, pivot), x, kept.high};
  const K* const end = x + (n - rest);
  for (const K* from = x; from != end; from += lanes) ends.write(hn::LoadU(d, from));
  K* low = ends.low;
  const auto left = static_cast<size_t>(x + n - low);
  if (left >= lanes) {
    hn::StoreU(hn::Load(d, first), d, low);
  } else {
    std::memcpy(low, first, lowers * sizeof(K));
  }
  low += lowers;
  // Back in whole vectors, the last one of them up to the end.
  const auto uppers = static_cast<size_t>(x + n - low);
  if (uppers >= lanes) {
    const K* from = ends.high;
    for (K* to = low; to < x + n - lanes; to += lanes, from += lanes) hn::StoreU(hn::LoadU(d, from), d, to);
    hn::StoreU(hn::LoadU(d, aside + room - lanes), d, x + n - lanes);
  } else {
    std::memcpy(low, ends.high, uppers * sizeof(K));
  }
  return static_cast<size_t>(low - x);
}

/// In place: the ends are kept aside, so that there is room at both; what is read next comes from the side that has less
/// of it.
template <class K>
size_t split(K* x, size_t n, K pivot) {
  const Keys<K> d;
  const size_t lanes = hn::Lanes(d);
  if (n < lanes) return static_cast<size_t>(std::partition(x, x + n, [pivot](K key) { return key < pivot; }) - x);
  if (n <= kAside) return split_aside(x, n, pivot);
  // Two blocks are held in registers.
  constexpr size_t kAtOnce = kLanes<K> * sizeof(K) == 64 ? 8 : 4;
  const auto block = static_cast<ptrdiff_t>(kAtOnce * lanes);
  HWY_ALIGN K edges[3 * kAtOnce * kLanes<K>];
  // The rest that fills no block goes with the last one.
  const size_t first = kAtOnce * lanes, last = first + n % first;
  std::memcpy(edges, x, first * sizeof(K));
  std::memcpy(edges + first, x + n - last, last * sizeof(K));
  const K *from = x + first, *to = x + n - last;
  Ends<K> ends{hn::Set(d, pivot), x, x + n};
  using V = hn::Vec<Keys<K>>;
  V now[kAtOnce], next[kAtOnce];
  auto read = [&](V* v) HWY_ATTR {
    // All ones where the right has less: a branch would be guessed wrong half the time, and compilers make one of ?:.
    const ptrdiff_t right = ((ends.high - to) - (from - ends.low)) >> (sizeof(ptrdiff_t) * 8 - 1);
    const K* const at = from + ((to - from - block) & right);
    to -= block & right;
    from += block & ~right;
    HWY_UNROLL(8)
    for (size_t k = 0; k < kAtOnce; k++) v[k] = hn::LoadU(d, at + k * lanes);
  };
  auto write = [&](const V* v) HWY_ATTR {
    HWY_UNROLL(8)
    for (size_t k = 0; k < kAtOnce; k++) ends.write(v[k]);
  };
  read(now);
  // The next block is on its way while one is written: there is room for it at either side.
  while (from != to) {
    read(next);
    write(now);
    std::copy_n(next, kAtOnce, now);
  }
  write(now);
  const K *kept = edges, *const end = edges + first + last;
  for (; end - kept >= static_cast<ptrdiff_t>(3 * lanes); kept += lanes) ends.write(hn::Load(d, kept));
  const auto left = static_cast<size_t>(end - kept);
  std::memcpy(ends.low, kept, left * sizeof(K));
  return static_cast<size_t>(ends.low - x) + split_aside(ends.low, left, pivot);
}

// ---- short lists

// Measured on Zen 5, with AVX-512 and with AVX2. Intel's processors, where it was not, should lose nothing by it: to them
// permuting and storing plainly costs no more than a store that compresses.
#if HWY_TARGET <= HWY_AVX2 && HWY_ARCH_X86

/// The lane i ^ step in lane i.
template <size_t step, class D, class V>
HWY_INLINE V flipped(D d, V v) {
  constexpr size_t bytes = step * sizeof(hn::TFromD<D>);
  if constexpr (step == 1) {
    return hn::Reverse2(d, v);
  } else if constexpr (bytes == 8) {
    return hn::Shuffle1032(v);
  } else if constexpr (bytes == 16) {
    return hn::SwapAdjacentBlocks(v);
  } else {
    return hn::ConcatLowerUpper(d, v, v);
  }
}

/// Lanes i with i & step from `odd`, the others from `even`.
template <size_t step, class D, class V>
HWY_INLINE V chosen(D d, V even, V odd) {
  constexpr size_t bytes = step * sizeof(hn::TFromD<D>);
  if constexpr (step == 1) {
    return hn::OddEven(odd, even);
  } else if constexpr (bytes == 8) {
    const hn::Repartition<int64_t, D> wide;
    return hn::BitCast(d, hn::OddEven(hn::BitCast(wide, odd), hn::BitCast(wide, even)));
  } else if constexpr (bytes == 16) {
    return hn::OddEvenBlocks(odd, even);
  } else {
    return hn::ConcatUpperLower(d, odd, even);
  }
}

/// Groups of `width` lanes turned round.
template <size_t width, class D, class V>
HWY_INLINE V mirrored(D d, V v) {
  if constexpr (width == 2) {
    return hn::Reverse2(d, v);
  } else if constexpr (width == 4) {
    return hn::Reverse4(d, v);
  } else if constexpr (width == 8) {
    return hn::Reverse8(d, v);
  } else {
    return hn::Reverse(d, v);
  }
}

template <class V>
HWY_INLINE void order(V& a, V& b) {
  const V lower = hn::Min(a, b);
  b = hn::Max(a, b);
  a = lower;
}

struct Step {
  unsigned char a, b;
};

/// Green's network of 16, and the ones of 8 and of 4 with the fewest steps: The Art of Computer Programming, 5.3.4.
constexpr Step kSixteen[] = {
    {0, 1},   {2, 3},   {4, 5},   {6, 7},   {8, 9},   {10, 11}, {12, 13}, {14, 15}, {0, 2},  {1, 3},  {4, 6},   {5, 7},
    {8, 10},  {9, 11},  {12, 14}, {13, 15}, {0, 4},   {1, 5},   {2, 6},   {3, 7},   {8, 12}, {9, 13}, {10, 14}, {11, 15},
    {0, 8},   {1, 9},   {2, 10},  {3, 11},  {4, 12},  {5, 13},  {6, 14},  {7, 15},  {5, 10}, {6, 9},  {3, 12},  {13, 14},
    {4, 8},   {7, 11},  {1, 2},   {1, 4},   {7, 13},  {2, 8},   {11, 14}, {2, 4},   {5, 6},  {9, 10}, {11, 13}, {3, 8},
    {7, 12},  {6, 8},   {10, 12}, {3, 5},   {7, 9},   {3, 4},   {5, 6},   {7, 8},   {9, 10}, {11, 12}, {6, 7},  {8, 9}};
constexpr Step kEight[] = {{0, 2}, {1, 3}, {4, 6}, {5, 7}, {0, 4}, {1, 5}, {2, 6}, {3, 7}, {0, 1}, {2, 3},
                           {4, 5}, {6, 7}, {2, 4}, {3, 5}, {1, 4}, {3, 6}, {1, 2}, {3, 4}, {5, 6}};
constexpr Step kFour[] = {{0, 2}, {1, 3}, {0, 1}, {2, 3}, {1, 2}};

template <size_t rows>
constexpr auto& network() {
  if constexpr (rows == 16) {
    return kSixteen;
  } else if constexpr (rows == 8) {
    return kEight;
  } else {
    return kFour;
  }
}

template <size_t rows, class V, size_t... k>
HWY_INLINE void sort_lanes(V* v, std::index_sequence<k...>) {
  (order(v[network<rows>()[k].a], v[network<rows>()[k].b]), ...);
}

/// Of bitonic lists that run down the columns each is sorted.
template <size_t rows, class V>
HWY_INLINE void clean_down(V* v) {
  HWY_UNROLL(4)
  for (size_t step = rows / 2; step > 0; step /= 2) {
    HWY_UNROLL(16)
    for (size_t r = 0; r < rows; r++) {
      if ((r & step) == 0) order(v[r], v[r + step]);
    }
  }
}

/// Lanes i and i + step of every row in order.
template <size_t rows, size_t step, class D, class V>
HWY_INLINE void clean_across(D d, V* v) {
  HWY_UNROLL(16)
  for (size_t r = 0; r < rows; r++) {
    const V other = flipped<step>(d, v[r]);
    v[r] = chosen<step>(d, hn::Min(v[r], other), hn::Max(v[r], other));
  }
}

/// Rows of vectors whose columns, one behind the other, are pairs of sorted lists of width / 2 columns each: merges them.
template <size_t rows, size_t width, class D, class V>
HWY_INLINE void merge_columns(D d, V* v) {
  // The first list against the second one read backwards: what is left in each half belongs there.
  HWY_UNROLL(8)
  for (size_t r = 0; r < rows / 2; r++) {
    const V a = v[r], b = mirrored<width>(d, v[rows - 1 - r]);
    const V lower = hn::Min(a, b), upper = hn::Max(a, b);
    v[r] = chosen<width / 2>(d, lower, upper);
    v[rows - 1 - r] = mirrored<width>(d, chosen<width / 2>(d, upper, lower));
  }
  if constexpr (width > 8) clean_across<rows, 4>(d, v);
  if constexpr (width > 4) clean_across<rows, 2>(d, v);
  if constexpr (width > 2) clean_across<rows, 1>(d, v);
  clean_down<rows>(v);
}

/// Squares of `lanes` rows turned over their diagonals.
template <size_t rows, size_t step, class D, class V>
HWY_INLINE void turn(D d, V* v) {
  HWY_UNROLL(16)
  for (size_t r = 0; r < rows; r++) {
    if ((r & step) == 0) {
      const V a = v[r], b = v[r + step];
      v[r] = chosen<step>(d, a, flipped<step>(d, b));
      v[r + step] = chosen<step>(d, flipped<step>(d, a), b);
    }
  }
}

/// Writes the first n keys of rows of which those a `parts`-th of all apart follow each other.
template <size_t lanes, size_t rows, size_t parts, class V, class K>
HWY_INLINE void store_some(const V* v, K* x, size_t n) {
  const hn::CappedTag<K, lanes> d;
  HWY_UNROLL(16)
  for (size_t k = 0; k < rows; k++) {
    const V row = v[k % parts * (rows / parts) + k / parts];
    if (n < (k + 1) * lanes) {
      HWY_ALIGN K last[lanes];
      hn::Store(row, d, last);
      std::memcpy(x + k * lanes, last, (n - k * lanes) * sizeof(K));
      return;
    }
    hn::StoreU(row, d, x + k * lanes);
  }
}

/// Sorts n ≤ rows · lanes keys: columns first, which are then merged.
template <size_t lanes, size_t rows, class K>
HWY_NOINLINE void sort_few(K* x, size_t n) {
  const hn::CappedTag<K, lanes> d;
  using V = hn::Vec<decltype(d)>;
  V v[rows];
  HWY_UNROLL(16)
  for (size_t r = 0; r < rows; r++) {
    const auto inside = hn::Lt(hn::Iota(d, static_cast<K>(r * lanes)), hn::Set(d, static_cast<K>(n)));
    v[r] = hn::IfThenElse(inside, hn::MaskedLoad(inside, d, x + r * lanes), hn::Set(d, kMost<K>));
  }
  sort_lanes<rows>(v, std::make_index_sequence<sizeof(network<rows>()) / sizeof(Step)>());
  merge_columns<rows, 2>(d, v);
  merge_columns<rows, 4>(d, v);
  if constexpr (lanes > 4) merge_columns<rows, 8>(d, v);
  if constexpr (lanes > 8) merge_columns<rows, 16>(d, v);
  turn<rows, 1>(d, v);
  turn<rows, 2>(d, v);
  if constexpr (lanes > 4) turn<rows, 4>(d, v);
  if constexpr (lanes > 8) turn<rows, 8>(d, v);
  // Row r has what stands at place r of every column's part of `lanes`.
  store_some<lanes, rows, rows / lanes>(v, x, n);
}

/// What one network sorts.
template <class K>
constexpr size_t kFew = 16 * kLanes<K>;

/// A sorted list of kFew keys and one of up to as many behind it: merges them.
template <class K>
HWY_NOINLINE void merge_few(K* x, size_t n) {
  const Keys<K> d;
  using V = hn::Vec<Keys<K>>;
  constexpr size_t lanes = kLanes<K>, rows = 16;
  HWY_ALIGN K upper[kFew<K>];
  V v[rows];
  HWY_UNROLL(16)
  for (size_t r = 0; r < rows; r++) {
    const size_t at = kFew<K> + (rows - 1 - r) * lanes;
    const auto inside = hn::Lt(hn::Iota(d, static_cast<K>(at)), hn::Set(d, static_cast<K>(n)));
    const V other = hn::Reverse(d, hn::IfThenElse(inside, hn::MaskedLoad(inside, d, x + at), hn::Set(d, kMost<K>)));
    v[r] = hn::LoadU(d, x + r * lanes);
    hn::Store(hn::Max(v[r], other), d, upper + r * lanes);
    v[r] = hn::Min(v[r], other);
  }
  auto clean = [&]() HWY_ATTR {
    // Lists that run along the rows.
    clean_down<rows>(v);
    if constexpr (lanes > 8) clean_across<rows, 8>(d, v);
    if constexpr (lanes > 4) clean_across<rows, 4>(d, v);
    clean_across<rows, 2>(d, v);
    clean_across<rows, 1>(d, v);
  };
  clean();
  HWY_UNROLL(16)
  for (size_t r = 0; r < rows; r++) hn::StoreU(v[r], d, x + r * lanes);
  HWY_UNROLL(16)
  for (size_t r = 0; r < rows; r++) v[r] = hn::Load(d, upper + r * lanes);
  clean();
  store_some<lanes, rows, 1>(v, x + kFew<K>, n - kFew<K>);
}

template <class K>
HWY_INLINE void sort_up_to_few(K* x, size_t n) {
  constexpr size_t lanes = kLanes<K>, half = lanes < 8 ? lanes : 8;
  if (n <= 16) {
    sort_few<4, 4>(x, n);
  } else if (n <= 8 * half) {
    sort_few<half, 8>(x, n);
  } else {
    sort_few<lanes, 16>(x, n);
  }
}

/// What networks sort.
template <class K>
constexpr size_t kNetwork = 2 * kFew<K>;

template <class K>
HWY_NOINLINE void sort_by_network(K* x, size_t n) {
  if (n <= kFew<K>) {
    sort_up_to_few(x, n);
    return;
  }
  sort_few<kLanes<K>, 16>(x, kFew<K>);
  sort_up_to_few(x + kFew<K>, n - kFew<K>);
  merge_few(x, n);
}

// ---- sorting

/// About the middle of n > kNetwork keys: of three places, or of three times three, the middle ones in each lane, and of three
/// lanes the middle one.
template <class K>
K middle_of(const K* x, size_t n, uint64_t& state) {
  const Keys<K> d;
  const size_t lanes = hn::Lanes(d);
  auto some = [&]() HWY_ATTR {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return hn::LoadU(d, x + ((state >> 32) * (n - lanes) >> 32));
  };
  auto between = [](auto a, auto b, auto c) HWY_ATTR {
    return hn::Max(hn::Min(a, b), hn::Min(hn::Max(a, b), c));
  };
  auto three = [&]() HWY_ATTR {
    const auto a = some(), b = some(), c = some();
    return between(a, b, c);
  };
  auto found = three();
  if (n > 8 * kNetwork<K>) {
    const auto second = three(), third = three();
    found = between(found, second, third);
  }
  return hn::GetLane(between(found, flipped<1>(d, found), flipped<2>(d, found)));
}

template <class K>
void sort_on(K* x, size_t n, int levels, uint64_t& state) {
  while (n > kNetwork<K>) {
    if (levels-- == 0) {
      // Whatever the list was made for: never much longer than n log n.
      std::make_heap(x, x + n);
      std::sort_heap(x, x + n);
      return;
    }
    const K pivot = middle_of(x, n, state);
    size_t low = split(x, n, pivot);
    if (low == 0) {
      // The pivot is the smallest: its equals are done.
      if (pivot == kMost<K>) return;
      low = split(x, n, static_cast<K>(pivot + 1));
    } else {
      sort_on(x, low, levels, state);
    }
    x += low;
    n -= low;
  }
  sort_by_network(x, n);
}

template <class K>
void sort(K* x, size_t n) {
  int levels = 8;
  for (size_t left = n; left > 0; left /= 2) levels += 2;
  uint64_t state = n;
  sort_on(x, n, levels, state);
}

#else

/// Highway's own, where our networks have not been measured: it takes its time to begin.
template <class K>
void sort(K* x, size_t n) {
  if (n < 64) {
    std::sort(x, x + n);
    return;
  }
  static thread_local hwy::Sorter sorter;
  sorter(x, n, hwy::SortAscending());
}

#endif

// ---- keys

/// Infinity and NaN as the integers that their bits are.
template <class K>
constexpr K kInfinity = sizeof(K) == 4 ? K(0x7f800000) : K(0x7ff0000000000000);
template <class K>
constexpr K kNaN = kInfinity<K> | kInfinity<K> >> 1;

/// Real numbers of falling magnitude, the negative ones, as integers that rise; and back.
template <class K>
HWY_INLINE K turned(K bits) {
  return bits ^ ((bits >> (sizeof(K) * 8 - 1)) & kMost<K>);
}

template <class K>
void encode(const void* numbers, K* x, size_t n, KeyKind kind) {
  const auto* from = static_cast<const unsigned char*>(numbers);
  auto bits = [from](size_t i) HWY_ATTR {
    K value;
    std::memcpy(&value, from + i * sizeof(K), sizeof(K));
    return value;
  };
  if (kind == KeyKind::real) {
    for (size_t i = 0; i < n; i++) x[i] = (bits(i) & kMost<K>) > kInfinity<K> ? kNaN<K> : turned(bits(i));
  } else if (kind == KeyKind::natural) {
    for (size_t i = 0; i < n; i++) x[i] = bits(i) ^ std::numeric_limits<K>::min();
  } else if (numbers != x) {
    std::memcpy(x, numbers, n * sizeof(K));
  }
}

template <class K>
void decode(K* x, size_t n, KeyKind kind) {
  if (kind == KeyKind::real) {
    for (size_t i = 0; i < n; i++) x[i] = turned(x[i]);
  } else if (kind == KeyKind::natural) {
    for (size_t i = 0; i < n; i++) x[i] ^= std::numeric_limits<K>::min();
  }
}

template <class K>
const KeyLoops<K>* loops_of() {
  static constexpr KeyLoops<K> loops{encode<K>, decode<K>, sort<K>, split<K>};
  return &loops;
}

const KeyLoops<int32_t>* loops_i32() { return loops_of<int32_t>(); }
const KeyLoops<int64_t>* loops_i64() { return loops_of<int64_t>(); }

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace eigenscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace eigenscope {

HWY_EXPORT(loops_i32);
HWY_EXPORT(loops_i64);

template <>
const KeyLoops<int32_t>& key_loops() {
  return *HWY_DYNAMIC_DISPATCH(loops_i32)();
}
template <>
const KeyLoops<int64_t>& key_loops() {
  return *HWY_DYNAMIC_DISPATCH(loops_i64)();
}

}  // namespace eigenscope
#endif
