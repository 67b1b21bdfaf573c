// Vectors that are not whole, read and written without a look at what lies beside them, which may be another thread's or
// nobody's. Included once per instruction set, inside its namespace's guards.
#if defined(EIGENSCOPE_SOME_LANES) == defined(HWY_TARGET_TOGGLE)
#ifdef HWY_TARGET_TOGGLE
#undef EIGENSCOPE_SOME_LANES
#else
#define EIGENSCOPE_SOME_LANES
#endif

#include <hwy/highway.h>

#include <cstdint>

HWY_BEFORE_NAMESPACE();
namespace eigenscope {
namespace HWY_NAMESPACE {

/// The first n < lanes numbers, the others zero.
template <class R>
HWY_INLINE hwy::HWY_NAMESPACE::Vec<hwy::HWY_NAMESPACE::ScalableTag<R>> load_some(int64_t n, const R* from) {
  namespace hn = hwy::HWY_NAMESPACE;
  const hn::ScalableTag<R> d;
#if HWY_MEM_OPS_MIGHT_FAULT
  HWY_ALIGN R part[hn::MaxLanes(d)] = {};
  for (int64_t i = 0; i < n; i++) part[i] = from[i];
  return hn::Load(d, part);
#else
  return hn::MaskedLoad(hn::FirstN(d, static_cast<size_t>(n)), d, from);
#endif
}

/// Writes the first n < lanes numbers.
template <class R, class V>
HWY_INLINE void store_some(V v, int64_t n, R* to) {
  namespace hn = hwy::HWY_NAMESPACE;
  const hn::ScalableTag<R> d;
#if HWY_MEM_OPS_MIGHT_FAULT
  HWY_ALIGN R part[hn::MaxLanes(d)];
  hn::Store(v, d, part);
  for (int64_t i = 0; i < n; i++) to[i] = part[i];
#else
  hn::BlendedStore(v, hn::FirstN(d, static_cast<size_t>(n)), d, to);
#endif
}

}  // namespace HWY_NAMESPACE
}  // namespace eigenscope
HWY_AFTER_NAMESPACE();
#endif
