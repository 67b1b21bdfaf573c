// How one number becomes another: as C casts, where C leaves it open as x86-64 and NumPy do.
#pragma once

#include <complex>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "dtype.h"

namespace eigenscope {

/// A floating-point number as an integer: truncated; NaN and what does not fit become the smallest number. Types below
/// 32 bits go by way of int32, uint32 by way of int64.
template <class To, class From>
inline To truncate(From given) {
  double x = static_cast<double>(given);
  if constexpr (sizeof(To) <= 4 && !std::is_same_v<To, uint32_t>) {
    bool fits = x > -2147483649.0 && x < 2147483648.0;
    int32_t whole = fits ? static_cast<int32_t>(x) : std::numeric_limits<int32_t>::min();
    return static_cast<To>(whole);
  } else {
    constexpr double top = 9223372036854775808.0;
    if constexpr (std::is_same_v<To, uint64_t>) {
      if (x >= top) return x < 2 * top ? static_cast<uint64_t>(x) : 0;
    }
    int64_t whole = x >= -top && x < top ? static_cast<int64_t>(x) : std::numeric_limits<int64_t>::min();
    return static_cast<To>(whole);
  }
}

template <class To, bool to_bool, class From>
inline To convert(From x) {
  if constexpr (IsComplex<From>::value) {
    if constexpr (IsComplex<To>::value) {
      return To(static_cast<Real<To>>(x.real()), static_cast<Real<To>>(x.imag()));
    } else if constexpr (to_bool) {
      return x.real() != 0 || x.imag() != 0;
    } else {
      return convert<To, false>(x.real());
    }
  } else if constexpr (to_bool) {
    return x != From(0);
  } else if constexpr (IsComplex<To>::value) {
    return To(static_cast<Real<To>>(x), 0);
  } else if constexpr (std::is_floating_point_v<From> && std::is_integral_v<To>) {
    return truncate<To>(x);
  } else {
    return static_cast<To>(x);
  }
}

}  // namespace eigenscope
