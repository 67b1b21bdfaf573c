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

#include "sort_keys.h"

#ifndef EIGENSCOPE_SORT_KEYS_ONCE
#define EIGENSCOPE_SORT_KEYS_ONCE
namespace eigenscope {
namespace {

/// For every mask of so many lanes: the lanes that are in it, then the others, four bits each and the first ones lowest;
/// of lanes of two parts, the parts.
template <size_t lanes, size_t parts>
struct Spreads {
  uint32_t of[size_t(1) << lanes]{};

  constexpr Spreads() {
    for (size_t mask = 0; mask < size_t(1) << lanes; mask++) {
      size_t at = 0;
      for (size_t wanted : {size_t(1), size_t(0)}) {
        for (size_t lane = 0; lane < lanes; lane++) {
          if ((mask >> lane & 1) != wanted) continue;
          for (size_t part = 0; part < parts; part++) of[mask] |= static_cast<uint32_t>(lane * parts + part) << 4 * at++;
        }
      }
    }
  }
};

template <size_t lanes, size_t parts>
constexpr Spreads<lanes, parts> kSpreads;

}  // namespace
}  // namespace eigenscope
#endif

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

/// Whether one table turns a vector into its lower and its upper keys; Highway's own table would be copied at every call.
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX2
template <class K>
constexpr bool kByTable = kLanes<K> <= 8;
#else
template <class K>
constexpr bool kByTable = false;
#endif

/// The lanes of a mask first, the others behind them.
template <class D, class V, class M>
HWY_INLINE V by_table(D d, V v, M mask) {
  constexpr size_t lanes = hn::MaxLanes(d);
  uint8_t bits[8];
  hn::StoreMaskBits(d, mask, bits);
  // Four lanes of eight bytes are moved as eight of four.
  constexpr bool wide = lanes == 8;
  const std::conditional_t<wide, hn::RebindToUnsigned<D>, hn::Repartition<uint32_t, D>> du;
  HWY_ALIGN static constexpr hn::TFromD<decltype(du)> kShifts[] = {0, 4, 8, 12, 16, 20, 24, 28};
  const auto packed = hn::Set(du, kSpreads<lanes, wide ? 1 : 2>.of[bits[0]]);
  const auto places = hn::And(packed >> hn::Load(du, kShifts), hn::Set(du, 7));
  return hn::BitCast(d, hn::TableLookupLanes(hn::BitCast(du, v), hn::IndicesFromVec(du, places)));
}

/// The lanes of a mask first.
template <class V, class M>
HWY_INLINE V compressed(V v, M mask) {
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3
  // What is behind them comes from the vector itself: the instruction waits for the register it writes to, even where it
  // clears the rest, and would wait for the vector before.
  return V{_mm512_mask_compress_epi32(v.raw, mask.raw, v.raw)};
#else
  return hn::Compress(v, mask);
#endif
}

/// The keys under the pivot first and the others behind them, each side written whole: at `left` the lower ones are in
/// their places, at `right` the upper ones end where they should. The two may not overlap.
///
/// Compressed in a register and stored plainly: stores that compress take half as long again on Zen 5, and a hundred
/// cycles on Zen 4.
template <class D, class V>
HWY_INLINE size_t spread(D d, V v, V pivot, hn::TFromD<D>* left, hn::TFromD<D>* right) {
  const auto under = hn::Lt(v, pivot);
  if constexpr (kByTable<hn::TFromD<D>>) {
    const auto both = by_table(d, v, under);
    hn::StoreU(both, d, left);
    hn::StoreU(both, d, right);
  } else {
    hn::StoreU(compressed(v, under), d, left);
    hn::StoreU(hn::Reverse(d, compressed(v, hn::Not(under))), d, right);
  }
  return hn::CountTrue(d, under);
}

/// n < lanes keys, and larger ones behind them.
template <class D, class K>
HWY_INLINE auto load_some(D d, const K* x, size_t n) {
  HWY_ALIGN K room[hn::MaxLanes(D())];
  hn::Store(hn::Set(d, kMost<K>), d, room);
  std::memcpy(room, x, n * sizeof(K));
  return hn::Load(d, room);
}

/// Up to this many keys are split with the upper ones aside.
constexpr size_t kAside = 2048;

/// The lower keys stay, the upper ones go aside, downwards, and come back behind them.
template <class K>
HWY_INLINE size_t split_aside(K* x, size_t n, K pivot) {
  const Keys<K> d;
  const size_t lanes = hn::Lanes(d);
  const auto p = hn::Set(d, pivot);
  constexpr size_t room = kAside + 4 * kLanes<K>;
  HWY_ALIGN K aside[room];
  K *low = x, *high = aside + room, *const end = x + n / lanes * lanes;
  for (const K* from = x; from != end; from += lanes) {
    const size_t under = spread(d, hn::LoadU(d, from), p, low, high - lanes);
    low += under;
    high -= lanes - under;
  }
  for (const K* from = end; from != x + n; from++) {
    const K key = *from;
    const bool under = key < pivot;
    *low = key;
    high[-1] = key;
    low += under ? 1 : 0;
    high -= under ? 0 : 1;
  }
  std::memcpy(low, high, static_cast<size_t>(aside + room - high) * sizeof(K));
  return static_cast<size_t>(low - x);
}

/// In place: the ends are kept aside, so that there is room at both; what is read next comes from the side that has less
/// of it.
template <class K>
size_t split(K* x, size_t n, K pivot) {
  if (n <= kAside) return split_aside(x, n, pivot);
  const Keys<K> d;
  const size_t lanes = hn::Lanes(d);
  constexpr size_t kAtOnce = 8;
  const auto block = static_cast<ptrdiff_t>(kAtOnce * lanes);
  const auto p = hn::Set(d, pivot);
  HWY_ALIGN K ends[3 * kAtOnce * kLanes<K>];
  // The rest that fills no block goes with the last one.
  const size_t first = kAtOnce * lanes, last = first + n % first;
  std::memcpy(ends, x, first * sizeof(K));
  std::memcpy(ends + first, x + n - last, last * sizeof(K));
  const K *from = x + first, *to = x + n - last;
  K *low = x, *high = x + n;
  auto write = [&](auto v) HWY_ATTR {
    const size_t count = spread(d, v, p, low, high - lanes);
    low += count;
    high -= lanes - count;
  };
  while (from != to) {
    // All ones where the right has less: a branch would be guessed wrong half the time, and compilers make one of ?:.
    const ptrdiff_t right = ((high - to) - (from - low)) >> (sizeof(ptrdiff_t) * 8 - 1);
    const K* const next = from + ((to - from - block) & right);
    to -= block & right;
    from += block & ~right;
    decltype(hn::Zero(d)) v[kAtOnce];
    for (size_t k = 0; k < kAtOnce; k++) v[k] = hn::LoadU(d, next + k * lanes);
    for (size_t k = 0; k < kAtOnce; k++) write(v[k]);
  }
  const K *kept = ends, *const end = ends + first + last;
  // While there is room for the whole vectors of both sides.
  for (; end - kept >= static_cast<ptrdiff_t>(2 * lanes); kept += lanes) write(hn::Load(d, kept));
  const auto left = static_cast<size_t>(end - kept);
  std::memcpy(low, kept, left * sizeof(K));
  return static_cast<size_t>(low - x) + split_aside(low, left, pivot);
}

// ---- short lists

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
  auto across = [&](auto step) HWY_ATTR {
    HWY_UNROLL(16)
    for (size_t r = 0; r < rows; r++) {
      const V other = flipped<step.value>(d, v[r]);
      v[r] = chosen<step.value>(d, hn::Min(v[r], other), hn::Max(v[r], other));
    }
  };
  if constexpr (width > 8) across(std::integral_constant<size_t, 4>());
  if constexpr (width > 4) across(std::integral_constant<size_t, 2>());
  if constexpr (width > 2) across(std::integral_constant<size_t, 1>());
  HWY_UNROLL(4)
  for (size_t step = rows / 2; step > 0; step /= 2) {
    HWY_UNROLL(16)
    for (size_t r = 0; r < rows; r++) {
      if ((r & step) == 0) order(v[r], v[r + step]);
    }
  }
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

/// Sorts n ≤ rows · lanes keys: columns first, which are then merged.
template <size_t lanes, size_t rows, class K>
HWY_NOINLINE void sort_few(K* x, size_t n) {
  const hn::CappedTag<K, lanes> d;
  using V = hn::Vec<decltype(d)>;
  V v[rows];
  HWY_UNROLL(16)
  for (size_t r = 0; r < rows; r++) {
    if (n >= (r + 1) * lanes) {
      v[r] = hn::LoadU(d, x + r * lanes);
    } else {
      v[r] = n > r * lanes ? load_some(d, x + r * lanes, n - r * lanes) : hn::Set(d, kMost<K>);
    }
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
  HWY_UNROLL(16)
  for (size_t r = 0; r < rows; r++) {
    // Row r has what stands at place r of every column's part of `lanes`.
    const size_t at = r % lanes * rows + r / lanes * lanes;
    if (n >= at + lanes) {
      hn::StoreU(v[r], d, x + at);
    } else if (n > at) {
      HWY_ALIGN K last[lanes];
      hn::Store(v[r], d, last);
      std::memcpy(x + at, last, (n - at) * sizeof(K));
    }
  }
}

/// What one network sorts.
template <class K>
constexpr size_t kFew = 16 * kLanes<K>;

template <class K>
HWY_INLINE void sort_by_network(K* x, size_t n) {
  constexpr size_t lanes = kLanes<K>, half = lanes < 8 ? lanes : 8;
  if (n <= 16) {
    sort_few<4, 4>(x, n);
  } else if (n <= 8 * half) {
    sort_few<half, 8>(x, n);
  } else {
    sort_few<lanes, 16>(x, n);
  }
}

// ---- sorting

/// About the middle of n > kFew keys: the middle ones of three, or of three times three, places, and of those the middle.
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
  if (n > 16 * kFew<K>) {
    const auto second = three(), third = three();
    found = between(found, second, third);
  }
  HWY_ALIGN K sample[kLanes<K>];
  hn::Store(found, d, sample);
  sort_few<4, 4>(sample, lanes);
  return sample[lanes / 2];
}

template <class K>
void sort_on(K* x, size_t n, int levels, uint64_t& state) {
  while (n > kFew<K>) {
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
      x += low;
      n -= low;
    } else if (low < n - low) {
      sort_on(x, low, levels, state);
      x += low;
      n -= low;
    } else {
      sort_on(x + low, n - low, levels, state);
      n = low;
    }
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

/// Highway's own, where our networks have not been measured.
template <class K>
void sort(K* x, size_t n) {
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
