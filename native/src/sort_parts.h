// One part of a list by value, so that several threads can sort the parts of a large list.
#pragma once

#include <cstddef>
#include <cstdint>

namespace eigenscope {

/// How many elements go before a value and how many behind it. NaN goes behind all but itself.
struct Sides {
  size_t before = 0, behind = 0;
};

/// Where the places of elements before a value, level with it and behind it are written, and for how many there is room.
struct SideLists {
  int64_t* out[3];
  size_t room[3];
};

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
  Sides (*sides)(const T* x, size_t n, T value);
  /// Lists the places of n elements, of which the first has the place `first`.
  void (*places)(const T* x, size_t n, T value, int64_t first, SideLists lists);
};

template <class T>
const PartLoops<T>& part_loops();

}  // namespace eigenscope
