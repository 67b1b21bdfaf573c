// One part of a list by value, so that several threads can sort the parts of a large list.
#pragma once

#include <cstddef>

namespace eigenscope {

/// The elements x with low ≤ x, and x < high unless it is the last part. NaN belongs to none.
template <class T>
struct Part {
  T low, high;
  bool last;
};

template <class T>
struct PartLoops {
  size_t (*count)(const T* x, size_t n, Part<T> part);
  /// Writes the part's elements to `out`, at most `room` (the list may be written meanwhile), and returns their number.
  size_t (*take)(const T* x, size_t n, Part<T> part, T* out, size_t room);
};

template <class T>
const PartLoops<T>& part_loops();

}  // namespace eigenscope
