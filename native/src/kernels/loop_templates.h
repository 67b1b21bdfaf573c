// The shapes of loops, for the files that list them. Included once per instruction set, inside its namespace's guards.
#if defined(EIGENSCOPE_LOOP_TEMPLATES) == defined(HWY_TARGET_TOGGLE)
#ifdef HWY_TARGET_TOGGLE
#undef EIGENSCOPE_LOOP_TEMPLATES
#else
#define EIGENSCOPE_LOOP_TEMPLATES
#endif

#include <hwy/highway.h>

#include "kernels/loops.h"

HWY_BEFORE_NAMESPACE();
namespace eigenscope {
namespace HWY_NAMESPACE {

// Plain loops: compiled once per instruction set, they become vector code by themselves.

template <class A, class R, class F>
void loop_of_1(const std::byte* const* in, std::byte* out, int64_t n) {
  auto* a = reinterpret_cast<const A*>(in[0]);
  auto* r = reinterpret_cast<R*>(out);
  EIGENSCOPE_INDEPENDENT
  for (int64_t i = 0; i < n; i++) r[i] = F()(a[i]);
}

// Not inlined: several names may share a loop, or call it with its operands turned.
template <class T, class R, class F>
HWY_NOINLINE void loop_of_2(const std::byte* const* in, std::byte* out, int64_t n) {
  auto* a = reinterpret_cast<const T*>(in[0]);
  auto* b = reinterpret_cast<const T*>(in[1]);
  auto* r = reinterpret_cast<R*>(out);
  EIGENSCOPE_INDEPENDENT
  for (int64_t i = 0; i < n; i++) r[i] = F()(a[i], b[i]);
}

template <class T, class F, class R = T>
void add_1(Loops& loops, const char* name, int64_t least = 32768, DType dtype = dtype_of<T>(), DType out = dtype_of<R>()) {
  loops.push_back({name, 1, {dtype, dtype, dtype}, out, loop_of_1<T, R, F>, least});
}

template <class T, class F, class R = T>
void add_2(Loops& loops, const char* name, int64_t least = 32768, DType dtype = dtype_of<T>(), DType out = dtype_of<R>()) {
  loops.push_back({name, 2, {dtype, dtype, dtype}, out, loop_of_2<T, R, F>, least});
}

/// Calls f with a value of each of the types.
template <class... T, class F>
void each(F&& f) {
  (f(T{}), ...);
}

template <class F>
void each_integer(F&& f) {
  each<int8_t, int16_t, int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t>(f);
}

}  // namespace HWY_NAMESPACE
}  // namespace eigenscope
HWY_AFTER_NAMESPACE();

#endif
