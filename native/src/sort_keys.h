// Sorting signed integers: the keys that numbers of every kind are sorted by.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace eigenscope {

/// What the keys were: signed integers are their own.
enum class KeyKind { whole, natural, real };

template <class T>
constexpr KeyKind kKeyKind =
    std::is_floating_point_v<T> ? KeyKind::real : std::is_signed_v<T> ? KeyKind::whole : KeyKind::natural;

/// The key that numbers of 4 or 8 bytes are sorted by.
template <class T>
using SortKey = std::conditional_t<sizeof(T) == 4, int32_t, int64_t>;

/// Loops over keys, int32_t or int64_t, for the processor that runs them. None of them allocates, and none reads or
/// writes elsewhere, whatever other threads do to the keys meanwhile.
template <class K>
struct KeyLoops {
  /// The keys of n numbers; every NaN has the largest. Both may be the same memory.
  void (*encode)(const void* numbers, K* x, size_t n, KeyKind kind);
  /// Writes the numbers over their keys.
  void (*decode)(K* x, size_t n, KeyKind kind);
  /// Sorts n keys, on this thread.
  void (*sort)(K* x, size_t n);
  /// Brings the keys smaller than `pivot` to the front; returns how many there are.
  size_t (*split)(K* x, size_t n, K pivot);
};

template <class K>
const KeyLoops<K>& key_loops();

}  // namespace eigenscope
