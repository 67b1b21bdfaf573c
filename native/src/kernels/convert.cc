// Conversions between all dtypes, of elements side by side.
#include "targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/convert.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "kernels/convert.h"
#include "kernels/loops.h"

HWY_BEFORE_NAMESPACE();
namespace eigenscope {
namespace HWY_NAMESPACE {
namespace {

// Plain loops: compiled once per instruction set, they become vector code by themselves.

template <class From, class To, bool to_bool>
void convert_all(const std::byte* const* in, std::byte* out, int64_t n) {
  auto* a = reinterpret_cast<const From*>(in[0]);
  auto* r = reinterpret_cast<To*>(out);
  for (int64_t i = 0; i < n; i++) r[i] = convert<To, to_bool>(a[i]);
}

LoopFunction conversion(DType from, DType to) {
  return with_dtype(from, [&]<class From>(From) -> LoopFunction {
    if (to == DType::boolean) return convert_all<Bits<From>, uint8_t, true>;
    return with_dtype(to, [&]<class To>(To) -> LoopFunction {
      // Integers wrap: a sign is looked at where there is more room than before, or a fraction.
      constexpr bool whole = std::is_integral_v<From> && std::is_integral_v<To>;
      using A = std::conditional_t<whole && sizeof(To) <= sizeof(From), Bits<From>, From>;
      return convert_all<A, std::conditional_t<whole, Bits<To>, To>, false>;
    });
  });
}

void stream(const void* from, void* to, int64_t bytes) {
  const hwy::HWY_NAMESPACE::ScalableTag<uint8_t> d;
  const auto lanes = static_cast<int64_t>(hwy::HWY_NAMESPACE::Lanes(d));
  auto* a = static_cast<const uint8_t*>(from);
  auto* r = static_cast<uint8_t*>(to);
  int64_t i = 0;
  for (; i + lanes <= bytes; i += lanes) {
    hwy::HWY_NAMESPACE::Stream(hwy::HWY_NAMESPACE::LoadU(d, a + i), d, r + i);
  }
  for (; i < bytes; i++) r[i] = a[i];
}

using Stream = void (*)(const void*, void*, int64_t);
Stream streaming() { return stream; }

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace eigenscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace eigenscope {

HWY_EXPORT(conversion);
HWY_EXPORT(streaming);

void stream_bytes(const void* from, void* to, int64_t bytes) {
  // Chosen once: a piece is short.
  static const auto run = HWY_DYNAMIC_DISPATCH(streaming)();
  run(from, to, bytes);
}

LoopFunction converter(DType from, DType to) {
  return from == to ? nullptr : HWY_DYNAMIC_DISPATCH(conversion)(from, to);
}

}  // namespace eigenscope
#endif
