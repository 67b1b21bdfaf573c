#include "targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/flags.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>

#include "kernels/flags.h"

HWY_BEFORE_NAMESPACE();
namespace eigenscope {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

int64_t count(const uint8_t* flags, int64_t n) {
  const hn::ScalableTag<uint8_t> d;
  const hn::Repartition<uint64_t, decltype(d)> sums;
  const auto lanes = static_cast<int64_t>(hn::Lanes(d));
  const auto one = hn::Set(d, uint8_t{1});
  auto total = hn::Zero(sums);
  int64_t i = 0;
  while (i + lanes <= n) {
    // So few that no byte overflows.
    auto some = hn::Zero(d);
    for (const int64_t stop = std::min(n - lanes, i + 254 * lanes); i <= stop; i += lanes) {
      some = hn::Add(some, hn::Min(hn::LoadU(d, flags + i), one));
    }
    total = hn::Add(total, hn::SumsOf8(some));
  }
  auto found = static_cast<int64_t>(hn::GetLane(hn::SumOfLanes(sums, total)));
  for (; i < n; i++) found += flags[i] != 0;
  return found;
}

/// As many flags as d has lanes, one in each.
template <class D>
HWY_INLINE hn::Vec<D> spread(D d, const uint8_t* flags) {
  const hn::Rebind<uint8_t, D> bytes;
  if constexpr (sizeof(hn::TFromD<D>) == 8) {
    return hn::PromoteTo(d, hn::PromoteTo(hn::Rebind<uint32_t, D>(), hn::LoadU(bytes, flags)));
  } else {
    return hn::PromoteTo(d, hn::LoadU(bytes, flags));
  }
}

#if HWY_TARGET == HWY_AVX2
/// For every choice of four words of 8 bytes: their halves, those of the chosen first.
struct Chosen {
  alignas(32) int32_t halves[16][8] = {};
  constexpr Chosen() {
    for (int bits = 0; bits < 16; bits++) {
      int at = 0;
      for (int word = 0; word < 4; word++) {
        if ((bits >> word & 1) == 0) continue;
        halves[bits][at++] = 2 * word;
        halves[bits][at++] = 2 * word + 1;
      }
    }
  }
};
constexpr Chosen chosen;
#endif

/// Highway's own takes a table along for every call where it is called from more than one function.
template <class D, class V, class M>
HWY_INLINE V compress([[maybe_unused]] D d, V v, M set) {
#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX2
  if constexpr (sizeof(hn::TFromD<D>) == 8) {
#if HWY_TARGET == HWY_AVX3
    return V{_mm512_maskz_compress_epi64(set.raw, v.raw)};
#else
    const hn::Repartition<int32_t, D> words;
    const auto order = hn::Load(words, chosen.halves[_mm256_movemask_pd(_mm256_castsi256_pd(set.raw))]);
    return hn::BitCast(d, hn::TableLookupLanes(hn::BitCast(words, v), hn::IndicesFromVec(words, order)));
#endif
  }
#endif
  return hn::Compress(v, set);
}

/// Compresses many(i), a vector of what stands at i and behind it, by the flags.
template <class T, class Many, class One>
HWY_INLINE int64_t compressed(const uint8_t* flags, int64_t n, T* out, int64_t room, Many&& many, One&& one) {
  const hn::ScalableTag<T> d;
  const auto lanes = static_cast<int64_t>(hn::Lanes(d));
  const auto none = hn::Zero(d);
  int64_t at = 0, i = 0;
  // Whole vectors are written, of which only the first part counts.
  for (; i + lanes <= n && at + lanes <= room; i += lanes) {
    const auto set = hn::Ne(spread(d, flags + i), none);
    hn::StoreU(compress(d, many(i), set), d, out + at);
    at += static_cast<int64_t>(hn::CountTrue(d, set));
  }
  for (; i < n && at < room; i++) {
    if (flags[i] != 0) out[at++] = one(i);
  }
  return at;
}

int64_t places(const uint8_t* flags, int64_t n, int64_t first, int64_t* out, int64_t room) {
  const hn::ScalableTag<uint64_t> d;
  auto index = hn::Iota(d, static_cast<uint64_t>(first));
  const auto step = hn::Set(d, static_cast<uint64_t>(hn::Lanes(d)));
  return compressed(
      flags, n, reinterpret_cast<uint64_t*>(out), room,
      [&](int64_t) {
        const auto here = index;
        index = hn::Add(index, step);
        return here;
      },
      [&](int64_t i) { return static_cast<uint64_t>(first + i); });
}

template <class T>
int64_t keep(const uint8_t* flags, const T* items, int64_t n, T* out, int64_t room) {
  const hn::ScalableTag<T> d;
  return compressed(
      flags, n, out, room, [&](int64_t i) { return hn::LoadU(d, items + i); }, [&](int64_t i) { return items[i]; });
}

const FlagLoops* loops() {
  static constexpr FlagLoops made{count, places, keep<uint32_t>, keep<uint64_t>};
  return &made;
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace eigenscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace eigenscope {

HWY_EXPORT(loops);

const FlagLoops& flag_loops() { return *HWY_DYNAMIC_DISPATCH(loops)(); }

}  // namespace eigenscope
#endif
