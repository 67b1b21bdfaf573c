// NumPy's sources of random bits. Their state lies in memory that JavaScript sees; both go on from where the other
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
  /// Draws of 32 bits two by two, the first in the lower half.
  void next_pairs(uint64_t* out, size_t n) {
    for (size_t i = 0; i < n; i++) {
      uint64_t low = next32();
      out[i] = low | uint64_t(next32()) << 32;
    }
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

/// The Twister under a Generator: the same numbers, to be drawn from as PCG64's are. One word of state more, which is empty.
class ModernTwister : public Twister {
 public:
  static constexpr size_t kWords = Twister::kWords + 1;
  using Twister::Twister;
};

/// PCG64's 128-bit linear congruence, as two halves.
struct Lcg {
  uint64_t low, high, inc_low, inc_high;
  static constexpr uint64_t kLow = 0x4385df649fccf645u, kHigh = 0x2360ed051fc65da4u;
  /// The multiplier of PCG64DXSM, of half the width.
  static constexpr uint64_t kCheap = 0xda942042e4dd58b5u;

  /// PCG64DXSM: what comes out is mixed, twice multiplied, of the state before the step.
  uint64_t next_dxsm() {
    uint64_t mixed = high;
    mixed ^= mixed >> 32;
    mixed *= kCheap;
    mixed ^= mixed >> 48;
    mixed *= low | 1;
    multiply(&low, &high, kCheap, 0);
    add(&low, &high, inc_low, inc_high);
    return mixed;
  }

  uint64_t next() {
    multiply(&low, &high, kLow, kHigh);
    add(&low, &high, inc_low, inc_high);
    const uint64_t mixed = high ^ low;
    const unsigned turn = static_cast<unsigned>(high >> 58);
    return mixed >> turn | mixed << ((64 - turn) & 63);
  }

  /// `steps` steps at once, by squaring the step.
  void advance(uint64_t steps) {
    uint64_t by_low = kLow, by_high = kHigh, plus_low = inc_low, plus_high = inc_high;
    for (; steps != 0; steps >>= 1) {
      if (steps & 1) {
        multiply(&low, &high, by_low, by_high);
        add(&low, &high, plus_low, plus_high);
      }
      // Twice x → x · by + plus.
      uint64_t more_low = plus_low, more_high = plus_high;
      multiply(&more_low, &more_high, by_low, by_high);
      add(&plus_low, &plus_high, more_low, more_high);
      multiply(&by_low, &by_high, by_low, by_high);
    }
  }

 private:
  static void multiply(uint64_t* low, uint64_t* high, uint64_t by_low, uint64_t by_high) {
    uint64_t product;
    const uint64_t top = multiply_high(*low, by_low, &product);
    *high = top + *low * by_high + *high * by_low;
    *low = product;
  }
  static void add(uint64_t* low, uint64_t* high, uint64_t more_low, uint64_t more_high) {
    *low += more_low;
    *high += more_high + (*low < more_low ? 1 : 0);
  }
};

/// PCG64 (O'Neill 2014, XSL-RR 128/64). State in 32-bit words, lowest first: 4 of the state, 4 of the increment, whether
/// half of a draw is kept, and that.
class Pcg64 {
 public:
  static constexpr size_t kWords = 10;

  explicit Pcg64(uint32_t* state) : words_(state) {
    auto word = [state](int i) { return state[i] | uint64_t(state[i + 1]) << 32; };
    lcg_ = {word(0), word(2), word(4), word(6)};
    has_half_ = state[8] != 0;
    half_ = state[9];
  }
  Pcg64(const Pcg64&) = delete;
  Pcg64& operator=(const Pcg64&) = delete;
  ~Pcg64() {
    words_[0] = static_cast<uint32_t>(lcg_.low);
    words_[1] = static_cast<uint32_t>(lcg_.low >> 32);
    words_[2] = static_cast<uint32_t>(lcg_.high);
    words_[3] = static_cast<uint32_t>(lcg_.high >> 32);
    words_[8] = has_half_ ? 1 : 0;
    words_[9] = half_;
  }

  uint64_t next64() { return lcg_.next(); }
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
  /// Whether half of a step is kept for the next 32 bits; while not, `next_pairs` are the next, lower halves first.
  bool has_half() const { return has_half_; }
  void next_pairs(uint64_t* out, size_t n) {
    Lcg at = lcg_;
    for (size_t i = 0; i < n; i++) out[i] = at.next();
    lcg_ = at;
  }
  /// n doubles as low + range · u, `skipped` draws from here; the stream itself stays where it is.
  void doubles_after(uint64_t skipped, double* out, int64_t n, double low, double range) const {
    Lcg at = lcg_;
    at.advance(skipped);
    if (low == 0 && range == 1) {
      for (int64_t i = 0; i < n; i++) out[i] = unit(at.next());
    } else {
      for (int64_t i = 0; i < n; i++) out[i] = low + range * unit(at.next());
    }
  }
  void skip(uint64_t draws) { lcg_.advance(draws); }
  double next_double() { return unit(next64()); }

 private:
  static double unit(uint64_t draw) { return static_cast<double>(draw >> 11) * (1.0 / 9007199254740992.0); }

  uint32_t* words_;
  Lcg lcg_;
  bool has_half_;
  uint32_t half_;
};

/// Four words of 64 bits by Philox with ten rounds (Salmon, Moraes, Dror and Shaw, 2011), a function of a counter and a key.
inline void philox(const uint64_t counter[4], const uint64_t key[2], uint64_t out[4]) {
  uint64_t x[4] = {counter[0], counter[1], counter[2], counter[3]}, k[2] = {key[0], key[1]};
  for (int round = 0; round < 10; round++) {
    uint64_t low0, low1;
    const uint64_t high0 = multiply_high(0xd2e7470ee14c6c93u, x[0], &low0);
    const uint64_t high1 = multiply_high(0xca5a826395121157u, x[2], &low1);
    x[0] = high1 ^ x[1] ^ k[0];
    x[1] = low1;
    x[2] = high0 ^ x[3] ^ k[1];
    x[3] = low0;
    k[0] += 0x9e3779b97f4a7c15u;
    k[1] += 0xbb67ae8584caa73bu;
  }
  std::memcpy(out, x, sizeof x);
}

/// The sources that are rarely asked for, told apart by the words of their state: whether half of a draw is kept and that
/// come first, then numbers of 64 bits. PCG64DXSM: the state and the increment (10 words, and one that is empty). SFC64
/// (Doty-Humphrey): its four numbers (10, and two). Philox: counter, key, what is ready and how many of it are taken (24).
class OtherStream {
 public:
  static constexpr size_t kDxsmWords = 11, kSfcWords = 12, kPhiloxWords = 24;

  OtherStream(uint32_t* state, size_t words) : words_(state), kind_(words) {
    std::memcpy(numbers_, words_ + 2, bytes());
    has_half_ = words_[0] != 0;
    half_ = words_[1];
  }
  OtherStream(const OtherStream&) = delete;
  OtherStream& operator=(const OtherStream&) = delete;
  ~OtherStream() {
    std::memcpy(words_ + 2, numbers_, bytes());
    words_[0] = has_half_ ? 1 : 0;
    words_[1] = half_;
  }

  uint64_t next64() {
    uint64_t* s = numbers_;
    if (kind_ == kDxsmWords) {
      Lcg lcg{s[0], s[1], s[2], s[3]};
      const uint64_t out = lcg.next_dxsm();
      s[0] = lcg.low;
      s[1] = lcg.high;
      return out;
    }
    if (kind_ == kSfcWords) {
      const uint64_t out = s[0] + s[1] + s[3]++;
      s[0] = s[1] ^ s[1] >> 11;
      s[1] = s[2] + (s[2] << 3);
      s[2] = (s[2] << 24 | s[2] >> 40) + out;
      return out;
    }
    uint64_t *ready = s + 6, *taken = s + 10;
    if (*taken >= 4) {
      for (int k = 0; k < 4 && ++s[k] == 0;) k++;
      philox(s, s + 4, ready);
      *taken = 0;
    }
    return ready[(*taken)++];
  }
  uint32_t next32() {
    if (has_half_) {
      has_half_ = false;
      return half_;
    }
    const uint64_t next = next64();
    has_half_ = true;
    half_ = static_cast<uint32_t>(next >> 32);
    return static_cast<uint32_t>(next);
  }
  bool has_half() const { return has_half_; }
  void next_pairs(uint64_t* out, size_t n) {
    for (size_t i = 0; i < n; i++) out[i] = next64();
  }
  double next_double() { return static_cast<double>(next64() >> 11) * (1.0 / 9007199254740992.0); }

 private:
  size_t bytes() const { return (kind_ == kPhiloxWords ? 11 : 4) * sizeof(uint64_t); }

  uint32_t* words_;
  size_t kind_;
  uint64_t numbers_[11];
  bool has_half_;
  uint32_t half_;
};

}  // namespace eigenscope
