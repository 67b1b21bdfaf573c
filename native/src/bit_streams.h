// NumPy's two sources of random bits. Their state lies in memory that JavaScript sees; both go on from where the other
// left it.
#pragma once

#include <cstdint>
#include <cstring>

#if defined(_MSC_VER) && !defined(__clang__)
#include <intrin.h>
#endif

namespace eigenscope {

inline uint64_t multiply_high(uint64_t a, uint64_t b, uint64_t* low) {
#if defined(__SIZEOF_INT128__)
  __extension__ using wide = unsigned __int128;
  wide product = static_cast<wide>(a) * b;
  *low = static_cast<uint64_t>(product);
  return static_cast<uint64_t>(product >> 64);
#elif defined(_MSC_VER) && defined(_M_X64)
  uint64_t high;
  *low = _umul128(a, b, &high);
  return high;
#else
  *low = a * b;
  return __umulh(a, b);
#endif
}

/// The Mersenne Twister. State in 32-bit words: 624 of the key, the place in it, whether a normal draw is kept, and that.
class Twister {
 public:
  static constexpr size_t kLength = 624;
  static constexpr size_t kWords = kLength + 4;

  explicit Twister(uint32_t* state) : key_(state), at_(state[kLength]) {
    if (at_ > kLength) at_ = kLength;
    temper();
  }
  Twister(const Twister&) = delete;
  Twister& operator=(const Twister&) = delete;
  ~Twister() { key_[kLength] = at_; }

  uint32_t next32() {
    if (at_ == kLength) refill();
    return words_[at_++];
  }
  uint64_t next64() {
    uint64_t high = next32();
    return high << 32 | next32();
  }
  double next_double() {
    int32_t a = static_cast<int32_t>(next32() >> 5), b = static_cast<int32_t>(next32() >> 6);
    return (a * 67108864.0 + b) / 9007199254740992.0;
  }

  bool has_half() const { return false; }
  /// The next two draws of 32 bits, the first in the lower half.
  uint64_t next_pair() {
    uint64_t low = next32();
    return low | uint64_t(next32()) << 32;
  }

  /// How many whole doubles the current block still holds.
  size_t doubles_left() const { return (kLength - at_) / 2; }
  const uint32_t* words() const { return words_ + at_; }
  void skip(size_t words) { at_ += static_cast<uint32_t>(words); }

  bool take_kept(double* value) {
    if (key_[kLength + 1] == 0) return false;
    std::memcpy(value, key_ + kLength + 2, sizeof *value);
    key_[kLength + 1] = 0;
    return true;
  }
  void keep(double value) {
    key_[kLength + 1] = 1;
    std::memcpy(key_ + kLength + 2, &value, sizeof value);
  }

 private:
  static constexpr size_t kPeriod = 397;

  static uint32_t twist(uint32_t a, uint32_t b) {
    uint32_t y = (a & 0x80000000u) | (b & 0x7fffffffu);
    return (y >> 1) ^ ((0u - (y & 1u)) & 0x9908b0dfu);
  }

  void refill() {
    uint32_t* key = key_;
    // Two runs without a dependence inside a vector: 227 and 397 words lie between what is read and what is written.
    uint32_t next[kLength];
    for (size_t i = 0; i < kLength - kPeriod; i++) next[i] = key[i + kPeriod] ^ twist(key[i], key[i + 1]);
    for (size_t from = kLength - kPeriod; from < kLength - 1; from += kLength - kPeriod) {
      const size_t end = from + (kLength - kPeriod) < kLength - 1 ? from + (kLength - kPeriod) : kLength - 1;
      for (size_t i = from; i < end; i++) next[i] = next[i - (kLength - kPeriod)] ^ twist(key[i], key[i + 1]);
    }
    next[kLength - 1] = next[kPeriod - 1] ^ twist(key[kLength - 1], next[0]);
    std::memcpy(key, next, sizeof next);
    at_ = 0;
    temper();
  }

  void temper() {
    for (size_t i = 0; i < kLength; i++) {
      uint32_t y = key_[i];
      y ^= y >> 11;
      y ^= (y << 7) & 0x9d2c5680u;
      y ^= (y << 15) & 0xefc60000u;
      words_[i] = y ^ (y >> 18);
    }
  }

  uint32_t* key_;
  uint32_t at_;
  uint32_t words_[kLength];
};

/// PCG64 (O'Neill 2014, XSL-RR 128/64). State in 32-bit words, lowest first: 4 of the state, 4 of the increment, whether
/// half of a draw is kept, and that.
class Pcg64 {
 public:
  static constexpr size_t kWords = 10;

  explicit Pcg64(uint32_t* state) : words_(state) {
    low_ = state[0] | uint64_t(state[1]) << 32;
    high_ = state[2] | uint64_t(state[3]) << 32;
    inc_low_ = state[4] | uint64_t(state[5]) << 32;
    inc_high_ = state[6] | uint64_t(state[7]) << 32;
    has_half_ = state[8] != 0;
    half_ = state[9];
  }
  Pcg64(const Pcg64&) = delete;
  Pcg64& operator=(const Pcg64&) = delete;
  ~Pcg64() {
    words_[0] = static_cast<uint32_t>(low_);
    words_[1] = static_cast<uint32_t>(low_ >> 32);
    words_[2] = static_cast<uint32_t>(high_);
    words_[3] = static_cast<uint32_t>(high_ >> 32);
    words_[8] = has_half_ ? 1 : 0;
    words_[9] = half_;
  }

  uint64_t next64() {
    constexpr uint64_t kLow = 0x4385df649fccf645u, kHigh = 0x2360ed051fc65da4u;
    uint64_t low;
    uint64_t high = multiply_high(low_, kLow, &low) + low_ * kHigh + high_ * kLow;
    low_ = low + inc_low_;
    high_ = high + inc_high_ + (low_ < low ? 1 : 0);
    const uint64_t mixed = high_ ^ low_;
    const unsigned turn = static_cast<unsigned>(high_ >> 58);
    return mixed >> turn | mixed << ((64 - turn) & 63);
  }
  uint32_t next32() {
    if (has_half_) {
      has_half_ = false;
      return half_;
    }
    uint64_t next = next64();
    has_half_ = true;
    half_ = static_cast<uint32_t>(next >> 32);
    return static_cast<uint32_t>(next);
  }
  /// Whether half of a step is kept for the next 32 bits; while not, `next_pair` are the next two, lower half first.
  bool has_half() const { return has_half_; }
  uint64_t next_pair() { return next64(); }
  double next_double() { return static_cast<double>(next64() >> 11) * (1.0 / 9007199254740992.0); }

 private:
  uint32_t* words_;
  uint64_t low_, high_, inc_low_, inc_high_;
  bool has_half_;
  uint32_t half_;
};

}  // namespace eigenscope
