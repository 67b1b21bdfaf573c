// What sorting and searching share: NumPy's order of values, and how long lists are cut for several threads.
#pragma once

#include <algorithm>
#include <complex>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <vector>

#include "arguments.h"
#include "strided.h"
#include "threads.h"

namespace eigenscope {

constexpr int64_t kParallel = 1 << 17;
constexpr int64_t kMostThreads = 8;

inline int64_t parts_for(int64_t n) {
  return n < kParallel ? 1 : std::min({cores(), kMostThreads, n / (kParallel / 2)});
}

template <class T>
constexpr bool is_complex = IsComplex<T>::value;
template <class T>
constexpr bool is_narrow = !is_complex<T> && sizeof(T) <= 2;

/// NumPy's order of complex numbers: with a NaN last, by the part that is not.
template <class R>
int rank_of(std::complex<R> z) {
  return (z.real() != z.real() ? 2 : 0) + (z.imag() != z.imag() ? 1 : 0);
}

/// Ascending, NaN last.
template <class T>
bool before(T a, T b) {
  if constexpr (is_complex<T>) {
    int p = rank_of(a), q = rank_of(b);
    if (p != q) return p < q;
    if (a.real() != b.real() && p < 2) return a.real() < b.real();
    return a.imag() < b.imag();
  } else if constexpr (std::is_floating_point_v<T>) {
    return a < b || (b != b && a == a);
  } else {
    return a < b;
  }
}

// ---- keys: unsigned integers in the order of the values

template <class T>
using KeyOf = std::conditional_t<sizeof(T) <= 4, uint32_t, uint64_t>;

template <class T>
KeyOf<T> key_of(T x) {
  using K = KeyOf<T>;
  if constexpr (std::is_floating_point_v<T>) {
    constexpr K sign = K(1) << (sizeof(K) * 8 - 1);
    K bits;
    std::memcpy(&bits, &x, sizeof bits);
    // −0 equals 0, and one NaN another.
    if (bits == sign) bits = 0;
    if (x != x) return ~K(0);
    return (bits & sign) != 0 ? ~bits : bits | sign;
  } else if constexpr (std::is_signed_v<T>) {
    return static_cast<K>(static_cast<std::make_unsigned_t<K>>(x) ^ (K(1) << (sizeof(K) * 8 - 1)));
  } else {
    return static_cast<K>(x);
  }
}

// ---- samples

constexpr uint64_t kFirstState = 0x9e3779b97f4a7c15u;

/// A place in a list, at random: strides would see little of a list with a pattern.
inline int64_t next_place(uint64_t& state, int64_t n) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return static_cast<int64_t>((state >> 20) % static_cast<uint64_t>(n));
}

// ---- JavaScript

/// Contiguous elements of a buffer, checked to lie inside.
inline std::byte* elements(Arguments& args, const Napi::Value& bytes, DType dtype, int64_t offset, int64_t count) {
  return parse_strided(args, bytes, dtype, offset, {count}, {itemsize(dtype)}).data;
}

inline int64_t counted(Arguments& args, int64_t outer, int64_t n, int64_t inner) {
  if (static_cast<double>(outer) * static_cast<double>(n) * static_cast<double>(inner) > 9e15) {
    args.range("too many elements");
  }
  return outer * n * inner;
}

}  // namespace eigenscope
