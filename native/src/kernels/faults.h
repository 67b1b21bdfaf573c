// What a processor notes while it computes with floating-point numbers.
#pragma once

#include <cfenv>

#if defined(__x86_64__) || defined(_M_X64)
#include <immintrin.h>
#endif

namespace eigenscope {

/// From its making on, which faults this thread's processor has met: 1 a division by zero, 2 an overflow, 8 an operation
/// without a result. Loops whose results are selected, not computed, may meet more or fewer than the function has.
class Faults {
 public:
#if defined(__x86_64__) || defined(_M_X64)
  // Vectors note here alone; the functions of <cfenv> ask the old unit too, which takes longer.
  Faults() { _mm_setcsr(_mm_getcsr() & ~0x3fu); }
  int now() const {
    const unsigned met = _mm_getcsr();
    return (met & 0x04 ? 1 : 0) | (met & 0x08 ? 2 : 0) | (met & 0x01 ? 8 : 0);
  }
#else
  Faults() { std::feclearexcept(FE_ALL_EXCEPT); }
  int now() const {
    const int met = std::fetestexcept(FE_DIVBYZERO | FE_OVERFLOW | FE_INVALID);
    return (met & FE_DIVBYZERO ? 1 : 0) | (met & FE_OVERFLOW ? 2 : 0) | (met & FE_INVALID ? 8 : 0);
  }
#endif
};

}  // namespace eigenscope
