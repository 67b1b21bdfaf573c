// Flags of one byte, any of which but 0 means set: counted, and turned into places, a vector at a time.
#pragma once

#include <cstdint>

namespace eigenscope {

struct FlagLoops {
  int64_t (*count)(const uint8_t* flags, int64_t n);
  /// Writes first + i for every flag i that is set, at most `room` of them, and nothing behind; returns how many.
  int64_t (*places)(const uint8_t* flags, int64_t n, int64_t first, int64_t* out, int64_t room);
  /// Writes the items of 4 or 8 bytes whose flag is set, likewise.
  int64_t (*keep4)(const uint8_t* flags, const uint32_t* items, int64_t n, uint32_t* out, int64_t room);
  int64_t (*keep8)(const uint8_t* flags, const uint64_t* items, int64_t n, uint64_t* out, int64_t room);
};

const FlagLoops& flag_loops();

}  // namespace eigenscope
