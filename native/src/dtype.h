// The types of array elements.
#pragma once

#include <complex>
#include <cstdint>
#include <type_traits>

namespace eigenscope {

enum class DType { boolean, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64, c64, c128 };

template <class T>
struct IsComplex : std::false_type {};
template <class R>
struct IsComplex<std::complex<R>> : std::true_type {};

template <class T>
struct RealOf {
  using type = T;
};
template <class R>
struct RealOf<std::complex<R>> {
  using type = R;
};
template <class T>
using Real = typename RealOf<T>::type;

/// Calls f with a value of the element type of a dtype (bool as uint8_t).
template <class F>
auto with_dtype(DType dtype, F&& f) {
  switch (dtype) {
    case DType::i8:
      return f(int8_t{});
    case DType::i16:
      return f(int16_t{});
    case DType::i32:
      return f(int32_t{});
    case DType::i64:
      return f(int64_t{});
    case DType::u16:
      return f(uint16_t{});
    case DType::u32:
      return f(uint32_t{});
    case DType::u64:
      return f(uint64_t{});
    case DType::f32:
      return f(float{});
    case DType::f64:
      return f(double{});
    case DType::c64:
      return f(std::complex<float>{});
    case DType::c128:
      return f(std::complex<double>{});
    default:
      return f(uint8_t{});
  }
}

}  // namespace eigenscope
