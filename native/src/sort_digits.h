// Sorting by digits, for keys of 32 bits.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace eigenscope {

/// Stable sort by the 32 bits of each word from `first_bit` on, lowest digits first; the result lies in `x`.
template <class W>
void sort_by_digits(W* x, W* aside, int64_t n, int first_bit) {
  constexpr int digits = 3, widths[digits] = {11, 11, 10};
  constexpr uint32_t most = 1u << 11;
  std::vector<uint32_t> counts(digits * most, 0);
  uint32_t* const low = counts.data();
  uint32_t *const middle = low + most, *const high = middle + most;
  for (int64_t i = 0; i < n; i++) {
    const auto key = static_cast<uint32_t>(x[i] >> first_bit);
    low[key & 0x7ff]++;
    middle[key >> 11 & 0x7ff]++;
    high[key >> 22]++;
  }
  W* const home = x;
  int shift = first_bit;
  for (int digit = 0; digit < digits; digit++) {
    uint32_t* const count = low + static_cast<uint32_t>(digit) * most;
    const W mask = (W(1) << widths[digit]) - 1;
    // Nothing to do where all have the same digit.
    if (count[x[0] >> shift & mask] != static_cast<uint32_t>(n)) {
      uint32_t start = 0;
      for (uint32_t d = 0; d < most; d++) {
        const uint32_t here = count[d];
        count[d] = start;
        start += here;
      }
      for (int64_t i = 0; i < n; i++) aside[count[x[i] >> shift & mask]++] = x[i];
      std::swap(x, aside);
    }
    shift += widths[digit];
  }
  if (x != home) std::copy_n(x, n, home);
}

}  // namespace eigenscope
