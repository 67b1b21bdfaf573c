// The lanes of a mask brought to the front of a vector. Included once per instruction set, inside its namespace's guards.
#ifndef EIGENSCOPE_SPREADS
#define EIGENSCOPE_SPREADS

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace eigenscope {

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

}  // namespace eigenscope
#endif

#if defined(EIGENSCOPE_FIRST_LANES) == defined(HWY_TARGET_TOGGLE)
#ifdef HWY_TARGET_TOGGLE
#undef EIGENSCOPE_FIRST_LANES
#else
#define EIGENSCOPE_FIRST_LANES
#endif

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace eigenscope {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// Whether one table turns a vector into its lower and its upper keys; Highway's own table would be copied at every call.
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX2
template <class K>
constexpr bool kByTable = hn::MaxLanes(hn::ScalableTag<K>()) <= 8;
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

/// The lanes of a mask of unsigned integers first.
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

/// The lanes of a mask first; what is behind them says nothing.
template <class V, class M>
HWY_INLINE V first_lanes(V v, M mask) {
  const hn::DFromV<V> d;
  if constexpr (kByTable<hn::TFromD<hn::DFromV<V>>>) {
    return by_table(d, v, mask);
  } else {
    const hn::RebindToUnsigned<decltype(d)> du;
    return hn::BitCast(d, compressed(hn::BitCast(du, v), hn::RebindMask(du, mask)));
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace eigenscope
HWY_AFTER_NAMESPACE();
#endif
