// Loops over elements side by side in memory, one per operation and dtype; a loop's output may be one of its inputs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <complex>
#include <string_view>
#include <type_traits>
#include <vector>

#include "dtype.h"

namespace eigenscope {

using LoopFunction = void (*)(const std::byte* const* in, std::byte* out, int64_t n);

/// T, of integers the unsigned one of the same size: one loop serves both where signs are not looked at.
template <class T>
using Bits = typename std::conditional_t<std::is_integral_v<T>, std::make_unsigned<T>, std::type_identity<T>>::type;

struct Loop {
  const char* name;
  int inputs;
  DType in[3];
  DType out;
  LoopFunction run;
  /// Elements that make a second thread worth waking.
  int64_t least = 32768;
  /// The same past the caches, to a multiple of 64; null where the results of `run` are to be sent there.
  LoopFunction streamed = nullptr;
};

using Loops = std::vector<Loop>;

/// The loop of a function that works on numbers of a dtype (that of its last input), or null.
const Loop* find_loop(std::string_view name, DType dtype);

/// The loop that converts; null when the dtypes are the same.
LoopFunction converter(DType from, DType to);

/// From this size on results go past the caches, which would have to read what is about to be overwritten.
constexpr int64_t streamed_bytes = int64_t{12} << 20;
/// Copies bytes past the caches; `to` is a multiple of 64.
void stream_bytes(const void* from, void* to, int64_t bytes);

template <class T>
constexpr DType dtype_of() {
  if constexpr (std::is_same_v<T, int8_t>) return DType::i8;
  if constexpr (std::is_same_v<T, int16_t>) return DType::i16;
  if constexpr (std::is_same_v<T, int32_t>) return DType::i32;
  if constexpr (std::is_same_v<T, int64_t>) return DType::i64;
  if constexpr (std::is_same_v<T, uint8_t>) return DType::u8;
  if constexpr (std::is_same_v<T, uint16_t>) return DType::u16;
  if constexpr (std::is_same_v<T, uint32_t>) return DType::u32;
  if constexpr (std::is_same_v<T, uint64_t>) return DType::u64;
  if constexpr (std::is_same_v<T, float>) return DType::f32;
  if constexpr (std::is_same_v<T, double>) return DType::f64;
  if constexpr (std::is_same_v<T, std::complex<float>>) return DType::c64;
  return DType::c128;
}

/// Of int64, whatever the numbers.
void integer_floor_divide(const std::byte* const* in, std::byte* out, int64_t n);
void integer_remainder(const std::byte* const* in, std::byte* out, int64_t n);

// What each file of loops has for the processor at hand.
void add_arithmetic_loops(Loops& loops);
void add_comparison_loops(Loops& loops);
void add_math_loops(Loops& loops);
void add_inverse_loops(Loops& loops);
void add_other_loops(Loops& loops);

// An element may be written where it was read, but never where another one is read.
#if defined(__clang__)
#define EIGENSCOPE_INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define EIGENSCOPE_INDEPENDENT _Pragma("GCC ivdep")
#elif defined(_MSC_VER)
#define EIGENSCOPE_INDEPENDENT __pragma(loop(ivdep))
#else
#define EIGENSCOPE_INDEPENDENT
#endif

}  // namespace eigenscope
