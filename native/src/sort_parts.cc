// The parts of a list by value: counted and gathered a vector at a time.
#include "targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "sort_parts.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <cstdint>
#include <cstring>
#include <type_traits>

#include "first_lanes.h"
#include "sort_parts.h"

HWY_BEFORE_NAMESPACE();
namespace eigenscope {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

template <class T>
HWY_INLINE bool inside(T x, const Part<T>& part) {
  return x >= part.low && (part.last || x < part.high);
}

/// v ≥ low; Highway compares whole numbers by < alone.
template <class V>
HWY_INLINE auto at_least(V v, V low) {
  if constexpr (hwy::IsFloat<hn::TFromV<V>>()) {
    return hn::Ge(v, low);
  } else {
    return hn::Not(hn::Lt(v, low));
  }
}

template <class T>
size_t count(const T* x, size_t n, Part<T> part) {
  const hn::ScalableTag<T> d;
  const size_t lanes = hn::Lanes(d);
  const auto low = hn::Set(d, part.low), high = hn::Set(d, part.high);
  size_t found = 0, i = 0;
  if (part.last) {
    for (; i + lanes <= n; i += lanes) found += hn::CountTrue(d, at_least(hn::LoadU(d, x + i), low));
  } else {
    for (; i + lanes <= n; i += lanes) {
      const auto v = hn::LoadU(d, x + i);
      found += hn::CountTrue(d, hn::And(at_least(v, low), hn::Lt(v, high)));
    }
  }
  for (; i < n; i++) found += inside(x[i], part) ? 1 : 0;
  return found;
}

template <class T>
size_t take(const T* x, size_t n, Part<T> part, T* out, size_t room) {
  const hn::ScalableTag<T> d;
  const size_t lanes = hn::Lanes(d);
  const auto low = hn::Set(d, part.low), high = hn::Set(d, part.high);
  // CompressStore writes whole vectors: it may not touch what another thread writes behind `out`.
  constexpr size_t kRoom = 2048;
  HWY_ALIGN T buffer[kRoom + HWY_MAX_BYTES / sizeof(T)];
  size_t held = 0, written = 0, i = 0;
  auto flush = [&] {
    const size_t fits = held < room - written ? held : room - written;
    std::memcpy(out + written, buffer, fits * sizeof(T));
    written += fits;
    held = 0;
  };
  for (; i + lanes <= n; i += lanes) {
    const auto v = hn::LoadU(d, x + i);
    auto mask = at_least(v, low);
    if (!part.last) mask = hn::And(mask, hn::Lt(v, high));
    // Some processors take very long over a store that compresses, none over the two steps.
    hn::StoreU(first_lanes(v, mask), d, buffer + held);
    held += hn::CountTrue(d, mask);
    if (held >= kRoom) flush();
  }
  flush();
  for (; i < n; i++) {
    if (inside(x[i], part) && written < room) out[written++] = x[i];
  }
  return written;
}

/// Which elements go before a value, and which behind it.
template <class T>
struct Around {
  using D = hn::ScalableTag<T>;
  using V = hn::Vec<D>;
  T value;
  bool nan = value != value;

  HWY_INLINE auto before(V v) const {
    const auto pivot = hn::Set(D(), value);
    if constexpr (std::is_floating_point_v<T>) {
      if (nan) return hn::Eq(v, v);
    }
    return hn::Lt(v, pivot);
  }
  HWY_INLINE auto behind(V v) const {
    const auto pivot = hn::Set(D(), value);
    if constexpr (std::is_floating_point_v<T>) {
      if (nan) return hn::Lt(v, v);
      return hn::Not(hn::Le(v, pivot));
    } else {
      return hn::Lt(pivot, v);
    }
  }
  HWY_INLINE size_t side(T x) const {
    if (nan) return x == x ? 0 : 1;
    return x < value ? 0 : x == value ? 1 : 2;
  }
};

template <class T>
Sides sides(const T* x, size_t n, T value) {
  const hn::ScalableTag<T> d;
  const size_t lanes = hn::Lanes(d);
  const Around<T> around{value};
  Sides found;
  size_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    const auto v = hn::LoadU(d, x + i);
    found.before += hn::CountTrue(d, around.before(v));
    found.behind += hn::CountTrue(d, around.behind(v));
  }
  for (; i < n; i++) {
    const size_t side = around.side(x[i]);
    found.before += side == 0 ? 1 : 0;
    found.behind += side == 2 ? 1 : 0;
  }
  return found;
}

template <class T>
void places(const T* x, size_t n, T value, int64_t first, SideLists lists) {
  const hn::ScalableTag<T> d;
  const hn::RebindToUnsigned<decltype(d)> du;
  using U = hn::TFromD<decltype(du)>;
  const size_t lanes = hn::Lanes(d);
  const Around<T> around{value};
  const auto steps = hn::Iota(du, 0);
  constexpr size_t block = 1024;
  HWY_ALIGN U held[3][block + HWY_MAX_BYTES / sizeof(U)];
  for (size_t from = 0; from < n; from += block) {
    const size_t count = n - from < block ? n - from : block;
    size_t size[3] = {0, 0, 0}, i = 0;
    for (; i + lanes <= count; i += lanes) {
      const auto v = hn::LoadU(d, x + from + i);
      const auto at = hn::Add(steps, hn::Set(du, static_cast<U>(i)));
      const auto before = around.before(v), behind = around.behind(v);
      const size_t early = hn::CountTrue(d, before), late = hn::CountTrue(d, behind);
      hn::StoreU(first_lanes(at, hn::RebindMask(du, before)), du, held[0] + size[0]);
      hn::StoreU(first_lanes(at, hn::RebindMask(du, behind)), du, held[2] + size[2]);
      size[0] += early;
      size[2] += late;
      if (early + late == lanes) continue;
      hn::StoreU(first_lanes(at, hn::RebindMask(du, hn::Not(hn::Or(before, behind)))), du, held[1] + size[1]);
      size[1] += lanes - early - late;
    }
    for (; i < count; i++) {
      const size_t side = around.side(x[from + i]);
      held[side][size[side]++] = static_cast<U>(i);
    }
    for (size_t side = 0; side < 3; side++) {
      const size_t written = size[side] < lists.room[side] ? size[side] : lists.room[side];
      int64_t* out = lists.out[side];
      for (size_t j = 0; j < written; j++) out[j] = first + static_cast<int64_t>(from + held[side][j]);
      lists.out[side] += written;
      lists.room[side] -= written;
    }
  }
}

template <class T>
const PartLoops<T>* loops_of() {
  static constexpr PartLoops<T> loops{count<T>, take<T>, sides<T>, places<T>};
  return &loops;
}

const PartLoops<float>* loops_f32() { return loops_of<float>(); }
const PartLoops<double>* loops_f64() { return loops_of<double>(); }
const PartLoops<int32_t>* loops_i32() { return loops_of<int32_t>(); }
const PartLoops<uint32_t>* loops_u32() { return loops_of<uint32_t>(); }
const PartLoops<int64_t>* loops_i64() { return loops_of<int64_t>(); }
const PartLoops<uint64_t>* loops_u64() { return loops_of<uint64_t>(); }

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace eigenscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace eigenscope {

HWY_EXPORT(loops_f32);
HWY_EXPORT(loops_f64);
HWY_EXPORT(loops_i32);
HWY_EXPORT(loops_u32);
HWY_EXPORT(loops_i64);
HWY_EXPORT(loops_u64);

template <>
const PartLoops<float>& part_loops() {
  return *HWY_DYNAMIC_DISPATCH(loops_f32)();
}
template <>
const PartLoops<double>& part_loops() {
  return *HWY_DYNAMIC_DISPATCH(loops_f64)();
}
template <>
const PartLoops<int32_t>& part_loops() {
  return *HWY_DYNAMIC_DISPATCH(loops_i32)();
}
template <>
const PartLoops<uint32_t>& part_loops() {
  return *HWY_DYNAMIC_DISPATCH(loops_u32)();
}
template <>
const PartLoops<int64_t>& part_loops() {
  return *HWY_DYNAMIC_DISPATCH(loops_i64)();
}
template <>
const PartLoops<uint64_t>& part_loops() {
  return *HWY_DYNAMIC_DISPATCH(loops_u64)();
}

}  // namespace eigenscope
#endif
