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
    if (to == DType::boolean) return convert_all<From, uint8_t, true>;
    return with_dtype(to, [&]<class To>(To) -> LoopFunction { return convert_all<From, To, false>; });
  });
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace eigenscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace eigenscope {

HWY_EXPORT(conversion);

LoopFunction converter(DType from, DType to) {
  return from == to ? nullptr : HWY_DYNAMIC_DISPATCH(conversion)(from, to);
}

}  // namespace eigenscope
#endif
