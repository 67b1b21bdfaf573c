// Draws from NumPy's random streams, bit for bit. Compiled without contraction of a · b + c, which would round otherwise.
#include <atomic>
#include <bit>
#include <cmath>
#include <string>
#include <thread>
#include <type_traits>
#include <unordered_set>

#include "arguments.h"
#include "bit_streams.h"
#include "huge_pages.h"
#include "kernels/pool.h"
#include "modules.h"
#include "normal_draws.h"
#include "stream_arguments.h"
#include "strided.h"
#include "threads.h"
#include "ziggurat_tables.h"

namespace eigenscope {

namespace {

// ---- normal draws

/// Pairs of normal draws whose logarithms one thread takes while another draws.
constexpr int64_t kChunk = 1 << 13;

/// One attempt of the polar method: a point of the square into place, to stay there when it lies inside the circle.
inline bool attempt(const uint32_t* w, double* place) {
  auto unit = [](uint32_t a, uint32_t b) {
    return (static_cast<int32_t>(a >> 5) * 67108864.0 + static_cast<int32_t>(b >> 6)) / 9007199254740992.0;
  };
  const double x = 2.0 * unit(w[0], w[1]) - 1.0, y = 2.0 * unit(w[2], w[3]) - 1.0;
  place[0] = y;
  place[1] = x;
  const double r = x * x + y * y;
  return r < 1.0 && r != 0.0;
}

/// Points inside the circle, as (y, x).
void points(Twister& bits, double* out, int64_t pairs) {
  double spare[2];
  int64_t k = 0;
  while (k < pairs) {
    size_t ready = bits.doubles_left() / 2;
    if (ready == 0) {
      uint32_t w[4];
      for (uint32_t& word : w) word = bits.next32();
      if (attempt(w, spare)) {
        out[2 * k] = spare[0];
        out[2 * k + 1] = spare[1];
        k++;
      }
      continue;
    }
    const uint32_t* w = bits.words();
    size_t used = 0;
    for (; used < ready && k < pairs; used++) k += attempt(w + 4 * used, out + 2 * k) ? 1 : 0;
    bits.skip(4 * used);
  }
}

/// Points of the circle to normal draws, by Marsaglia's polar method.
void points_to_normals(double* out, int64_t pairs) {
  for (int64_t k = 0; k < pairs; k++) {
    const double y = out[2 * k], x = out[2 * k + 1];
    const double r = x * x + y * y;
    const double f = std::sqrt(-2.0 * std::log(r) / r);
    out[2 * k] = f * y;
    out[2 * k + 1] = f * x;
  }
}

void normals_by_pairs(Twister& bits, double* out, int64_t n) {
  if (n > 0 && bits.take_kept(out)) {
    out++;
    n--;
  }
  const int64_t pairs = n / 2;
  if (pairs < 2 * kChunk || cores() < 2) {
    points(bits, out, pairs);
    points_to_normals(out, pairs);
  } else {
    const int64_t chunks = (pairs + kChunk - 1) / kChunk;
    std::atomic<int64_t> drawn{0}, claimed{0};
    auto transform = [&](int64_t chunk) {
      points_to_normals(out + 2 * chunk * kChunk, std::min(kChunk, pairs - chunk * kChunk));
    };
    run_team(2, [&](int thread) {
      if (thread == 0) {
        for (int64_t chunk = 0; chunk < chunks; chunk++) {
          points(bits, out + 2 * chunk * kChunk, std::min(kChunk, pairs - chunk * kChunk));
          drawn = chunk + 1;
          drawn.notify_one();
        }
      }
      for (int64_t chunk = claimed++; chunk < chunks; chunk = claimed++) {
        for (int64_t ready = drawn; ready <= chunk; ready = drawn) drawn.wait(ready);
        transform(chunk);
      }
    });
  }
  if (n % 2 == 1) {
    double pair[2];
    points(bits, pair, 1);
    points_to_normals(pair, 1);
    out[n - 1] = pair[0];
    bits.keep(pair[1]);
  }
}

template <class Bits>
double normal_beyond(Bits& bits, unsigned layer, uint64_t magnitude, double x, bool* accepted) {
  using namespace ziggurat;
  *accepted = true;
  if (layer == 0) {
    for (;;) {
      const double xx = -kTailScale * std::log1p(-bits.next_double());
      const double yy = -std::log1p(-bits.next_double());
      if (yy + yy > xx * xx) return (magnitude >> 8 & 1) != 0 ? -(kTailStart + xx) : kTailStart + xx;
    }
  }
  const double above = std::bit_cast<double>(kHeight[layer - 1]), here = std::bit_cast<double>(kHeight[layer]);
  *accepted = (above - here) * bits.next_double() + here < std::exp(-0.5 * x * x);
  return x;
}

template <class Bits>
void normals_by_ziggurat(Bits& bits, double* out, int64_t n) {
  using namespace ziggurat;
  for (int64_t i = 0; i < n;) {
    const uint64_t r = bits.next64();
    const auto layer = static_cast<unsigned>(r & 0xff);
    const uint64_t magnitude = r >> 9 & 0x000fffffffffffffu;
    const uint64_t sign = (r >> 8 & 1) << 63;
    double x = static_cast<double>(static_cast<int64_t>(magnitude)) * std::bit_cast<double>(kWidth[layer]);
    x = std::bit_cast<double>(std::bit_cast<uint64_t>(x) ^ sign);
    if (magnitude < kCertain[layer]) {
      out[i++] = x;
      continue;
    }
    bool accepted;
    x = normal_beyond(bits, layer, magnitude, x, &accepted);
    if (accepted) out[i++] = x;
  }
}

// ---- whole numbers

inline uint64_t mask_of(uint64_t max) { return max == 0 ? 0 : ~uint64_t(0) >> std::countl_zero(max); }

template <class Bits>
uint32_t lemire32(Bits& bits, uint32_t max) {
  if (max == 0) return 0;
  if (max == 0xffffffffu) return bits.next32();
  const uint32_t count = max + 1;
  uint64_t product = uint64_t(bits.next32()) * count;
  auto low = static_cast<uint32_t>(product);
  if (low < count) {
    const uint32_t threshold = (0xffffffffu - max) % count;
    while (low < threshold) {
      product = uint64_t(bits.next32()) * count;
      low = static_cast<uint32_t>(product);
    }
  }
  return static_cast<uint32_t>(product >> 32);
}

template <class Bits>
uint64_t lemire64(Bits& bits, uint64_t max) {
  if (max <= 0xffffffffu) return lemire32(bits, static_cast<uint32_t>(max));
  if (max == ~uint64_t(0)) return bits.next64();
  const uint64_t count = max + 1;
  uint64_t low, high = multiply_high(bits.next64(), count, &low);
  if (low < count) {
    const uint64_t threshold = (~uint64_t(0) - max) % count;
    while (low < threshold) high = multiply_high(bits.next64(), count, &low);
  }
  return high;
}

template <class Bits>
uint64_t masked(Bits& bits, uint64_t max) {
  if (max == 0) return 0;
  const uint64_t mask = mask_of(max);
  for (;;) {
    uint64_t value = (max <= 0xffffffffu ? bits.next32() : bits.next64()) & mask;
    if (value <= max) return value;
  }
}

/// Small integers drawn several from each 32 bits, lowest first, as NumPy does for bool, 8- and 16-bit numbers.
template <class Bits>
class SmallDraws {
 public:
  SmallDraws(Bits& bits, unsigned width, bool lemire)
      : bits_(bits), width_(width), top_((1u << width) - 1), lemire_(lemire) {}

  /// What is drawn from now on lies in [0, max].
  void up_to(uint32_t max) {
    max_ = max;
    mask_ = static_cast<uint32_t>(mask_of(max));
  }

  uint32_t next() {
    if (max_ == 0) return 0;
    if (max_ == top_) return take();
    if (!lemire_) {
      for (;;) {
        uint32_t value = take() & mask_;
        if (value <= max_) return value;
      }
    }
    const uint32_t count = max_ + 1;
    uint32_t product = take() * count;
    if ((product & top_) < count) {
      const uint32_t threshold = (top_ - max_) % count;
      while ((product & top_) < threshold) product = take() * count;
    }
    return product >> width_;
  }

 private:
  uint32_t take() {
    if (left_ == 0) {
      buffer_ = bits_.next32();
      left_ = 32 / width_;
    } else {
      buffer_ >>= width_;
    }
    left_--;
    return buffer_ & top_;
  }

  Bits& bits_;
  unsigned width_;
  uint32_t top_;
  bool lemire_;
  uint32_t max_ = 0, mask_ = 0;
  uint32_t buffer_ = 0;
  unsigned left_ = 0;
};

constexpr int64_t kPairs = 256;

/// Numbers of at most 32 bits, a block of draws at a time: nearly always all of a block are taken.
template <class Bits, class T>
void lemire_many(Bits& bits, T* out, int64_t n, uint64_t from, uint32_t max) {
  const uint32_t count = max + 1, threshold = (0xffffffffu - max) % count;
  auto value = [=](uint32_t draw) { return static_cast<T>(from + ((uint64_t(draw) * count) >> 32)); };
  auto taken = [=](uint32_t draw) { return draw * count >= threshold; };
  T* const end = out + n;
  auto one = [&](uint32_t draw) {
    *out = value(draw);
    out += taken(draw) ? 1 : 0;
  };
  while (out < end && bits.has_half()) one(bits.next32());
  while (end - out > 1) {
    uint64_t block[kPairs];
    const auto pairs = static_cast<size_t>(std::min<int64_t>(kPairs, (end - out) / 2));
    bits.next_pairs(block, pairs);
    bool all = true;
    for (size_t k = 0; k < pairs; k++) {
      all &= taken(static_cast<uint32_t>(block[k])) & taken(static_cast<uint32_t>(block[k] >> 32));
    }
    if (all) {
      for (size_t k = 0; k < pairs; k++) {
        out[2 * k] = value(static_cast<uint32_t>(block[k]));
        out[2 * k + 1] = value(static_cast<uint32_t>(block[k] >> 32));
      }
      out += 2 * pairs;
      continue;
    }
    for (size_t k = 0; k < pairs; k++) {
      one(static_cast<uint32_t>(block[k]));
      one(static_cast<uint32_t>(block[k] >> 32));
    }
  }
  while (out < end) one(bits.next32());
}

template <class Bits, class T>
void masked_many(Bits& bits, T* out, int64_t n, uint64_t from, uint32_t max) {
  const auto mask = static_cast<uint32_t>(mask_of(max));
  T* const end = out + n;
  while (out < end && bits.has_half()) {
    const uint32_t value = bits.next32() & mask;
    *out = static_cast<T>(from + value);
    out += value <= max ? 1 : 0;
  }
  while (end - out > 1) {
    uint64_t block[kPairs];
    const auto pairs = static_cast<size_t>(std::min<int64_t>(kPairs, (end - out) / 2));
    bits.next_pairs(block, pairs);
    T* to = out;
    for (size_t k = 0; k < pairs; k++) {
      for (uint32_t draw : {static_cast<uint32_t>(block[k]), static_cast<uint32_t>(block[k] >> 32)}) {
        *to = static_cast<T>(from + (draw & mask));
        to += (draw & mask) <= max ? 1 : 0;
      }
    }
    out = to;
  }
  while (out < end) {
    const uint32_t value = bits.next32() & mask;
    *out = static_cast<T>(from + value);
    out += value <= max ? 1 : 0;
  }
}

template <class Bits, class T>
void integers(Bits& bits, T* out, int64_t n, uint64_t from, uint64_t max, bool lemire, bool boolean) {
  if constexpr (sizeof(T) <= 2) {
    SmallDraws<Bits> draws(bits, boolean ? 1 : sizeof(T) * 8, lemire);
    draws.up_to(static_cast<uint32_t>(max));
    for (int64_t i = 0; i < n; i++) out[i] = static_cast<T>(from + draws.next());
  } else if (max == 0) {
    for (int64_t i = 0; i < n; i++) out[i] = static_cast<T>(from);
  } else if (max < 0xffffffffu) {
    const auto most = static_cast<uint32_t>(max);
    lemire ? lemire_many(bits, out, n, from, most) : masked_many(bits, out, n, from, most);
  } else if (lemire) {
    for (int64_t i = 0; i < n; i++) out[i] = static_cast<T>(from + lemire64(bits, max));
  } else {
    for (int64_t i = 0; i < n; i++) out[i] = static_cast<T>(from + masked(bits, max));
  }
}

/// Each between bounds of its own.
template <class Bits, class T>
void integers_between(Bits& bits, T* out, int64_t n, const int64_t* from, const int64_t* max, bool lemire, bool boolean) {
  auto each = [&](auto&& draw) {
    for (int64_t i = 0; i < n; i++) {
      out[i] = static_cast<T>(static_cast<uint64_t>(from[i]) + draw(static_cast<uint64_t>(max[i])));
    }
  };
  if constexpr (sizeof(T) <= 2) {
    SmallDraws<Bits> draws(bits, boolean ? 1 : sizeof(T) * 8, lemire);
    each([&](uint64_t most) {
      draws.up_to(static_cast<uint32_t>(most));
      return draws.next();
    });
  } else if (lemire) {
    each([&](uint64_t most) { return lemire64(bits, most); });
  } else {
    each([&](uint64_t most) { return masked(bits, most); });
  }
}

// ---- order

/// NumPy's Fisher and Yates: from the last place down to `first`, each exchanged with one before it. The places are drawn
/// some way ahead, so that the memory they lie in is there when its turn comes.
template <class Bits, class T>
void shuffle(Bits& bits, T* x, int64_t n, int64_t first, bool lemire) {
  constexpr int64_t kAhead = 64;
  int64_t places[kAhead];
  int64_t i = n - 1;
  const int64_t last = std::max<int64_t>(first, 1);
  while (i >= last) {
    const int64_t count = std::min(kAhead, i - last + 1);
    if (lemire || i > 0xffffffff) {
      for (int64_t k = 0; k < count; k++) {
        const auto max = static_cast<uint64_t>(i - k);
        places[k] = static_cast<int64_t>(lemire ? lemire64(bits, max) : masked(bits, max));
      }
    } else {
      for (int64_t k = 0; k < count;) {
        // As long as the highest bit stays, so does the mask; a draw too large is drawn again.
        const auto max = static_cast<uint32_t>(i - k), mask = static_cast<uint32_t>(mask_of(max));
        const int64_t stop = std::min(count, i - static_cast<int64_t>(mask >> 1));
        uint32_t most = max;
        while (k < stop) {
          const uint32_t value = bits.next32() & mask;
          places[k] = value;
          const uint32_t taken = value <= most ? 1 : 0;
          k += taken;
          most -= taken;
        }
      }
    }
#if defined(__GNUC__)
    for (int64_t k = 0; k < count; k++) __builtin_prefetch(x + places[k], 1);
#endif
    for (int64_t k = 0; k < count; k++) std::swap(x[i - k], x[places[k]]);
    i -= count;
  }
}

/// Different numbers below `count`, by Floyd's method: each step adds one that is not there yet.
template <class Bits>
void sample(Bits& bits, int64_t* out, int64_t wanted, int64_t count) {
  std::unordered_set<uint64_t> seen;
  seen.reserve(static_cast<size_t>(wanted));
  for (int64_t j = count - wanted; j < count; j++) {
    uint64_t value = lemire64(bits, static_cast<uint64_t>(j));
    if (!seen.insert(value).second) seen.insert(value = static_cast<uint64_t>(j));
    *out++ = static_cast<int64_t>(value);
  }
}

// ---- JavaScript

/// randomDoubles(state, out, low, range): low + range · u; with low 0 and range 1 the draws themselves
Napi::Value random_doubles(Arguments& args) {
  return with_stream(args, [&](auto& bits) -> Napi::Value {
    auto out = args.array<double>();
    double low = args.number(), range = args.number();
    const auto n = static_cast<int64_t>(out.length);
    want_huge_pages(out.data, static_cast<size_t>(n) * sizeof(double));
    if constexpr (std::is_same_v<std::decay_t<decltype(bits)>, Pcg64>) {
      // PCG64 leaps ahead in no time, so threads draw their parts at once.
      const int64_t tasks = tasks_for(n, 65536), share = (n + tasks - 1) / tasks;
      on_pool(tasks, [&](int64_t task) {
        const int64_t first = task * share, count = std::min(n, first + share) - first;
        if (count > 0) bits.doubles_after(static_cast<uint64_t>(first), out.data + first, count, low, range);
      });
      bits.skip(static_cast<uint64_t>(n));
    } else if (low == 0 && range == 1) {
      for (int64_t i = 0; i < n; i++) out.data[i] = bits.next_double();
    } else {
      for (int64_t i = 0; i < n; i++) out.data[i] = low + range * bits.next_double();
    }
    return args.env().Undefined();
  });
}

/// randomNormals(state, out, standard, mean, deviation)
Napi::Value random_normals(Arguments& args) {
  return with_stream(args, [&](auto& bits) -> Napi::Value {
    auto out = args.array<double>();
    bool standard = args.flag();
    double mean = args.number(), deviation = args.number();
    const auto n = static_cast<int64_t>(out.length);
    want_huge_pages(out.data, static_cast<size_t>(n) * sizeof(double));
    normal_draws(bits, out.data, n);
    if (!standard) {
      for (int64_t i = 0; i < n; i++) out.data[i] = mean + deviation * out.data[i];
    }
    return args.env().Undefined();
  });
}

/// randomIntegers(state, dtype, out bytes, offset, count, from, max, lemire): from + draws in [0, max]; from, max bigints
Napi::Value random_integers(Arguments& args) {
  return with_stream(args, [&](auto& bits) -> Napi::Value {
    DType dtype = parse_dtype(args, args.value());
    Napi::Value bytes = args.value();
    int64_t offset = args.count(), n = args.count();
    auto* out = parse_strided(args, bytes, dtype, offset, {n}, {itemsize(dtype)}).data;
    Napi::Value from_value = args.value(), max_value = args.value();
    if (!from_value.IsBigInt() || !max_value.IsBigInt()) args.fail("expected a bigint");
    bool lossless = false;
    auto from = static_cast<uint64_t>(from_value.As<Napi::BigInt>().Int64Value(&lossless));
    uint64_t max = max_value.As<Napi::BigInt>().Uint64Value(&lossless);
    bool lemire = args.flag();
    want_huge_pages(out, static_cast<size_t>(n * itemsize(dtype)));
    with_dtype(dtype, [&]<class T>(T) {
      if constexpr (std::is_integral_v<T>) {
        integers(bits, reinterpret_cast<T*>(out), n, from, max, lemire, dtype == DType::boolean);
      }
    });
    return args.env().Undefined();
  });
}

/// randomIntegersBetween(state, dtype, out bytes, offset, from, max, lemire): from[i] + draws in [0, max[i]]
Napi::Value random_integers_between(Arguments& args) {
  return with_stream(args, [&](auto& bits) -> Napi::Value {
    DType dtype = parse_dtype(args, args.value());
    Napi::Value bytes = args.value();
    int64_t offset = args.count();
    auto from = args.array<int64_t>(), max = args.array<int64_t>();
    args.need(max, from.length);
    bool lemire = args.flag();
    auto n = static_cast<int64_t>(from.length);
    auto* out = parse_strided(args, bytes, dtype, offset, {n}, {itemsize(dtype)}).data;
    with_dtype(dtype, [&]<class T>(T) {
      if constexpr (std::is_integral_v<T>) {
        integers_between(bits, reinterpret_cast<T*>(out), n, from.data, max.data, lemire, dtype == DType::boolean);
      }
    });
    return args.env().Undefined();
  });
}

/// randomShuffle(state, bytes, offset, n, width, first, lemire): n elements of 1, 2, 4, 8 or 16 bytes
Napi::Value random_shuffle(Arguments& args) {
  return with_stream(args, [&](auto& bits) -> Napi::Value {
    Napi::Value bytes = args.value();
    int64_t offset = args.count(), n = args.count(), width = args.count(), first = args.count();
    bool lemire = args.flag();
    DType dtype = width == 1 ? DType::u8 : width == 2 ? DType::u16 : width == 4 ? DType::u32
                : width == 8 ? DType::u64 : DType::c128;
    if (itemsize(dtype) != width) args.range("no such width");
    auto* x = parse_strided(args, bytes, dtype, offset, {n}, {width}).data;
    with_dtype(dtype, [&]<class T>(T) { shuffle(bits, reinterpret_cast<T*>(x), n, first, lemire); });
    return args.env().Undefined();
  });
}

/// randomSample(state, out, count): as many different numbers below `count` as `out` has room for
Napi::Value random_sample(Arguments& args) {
  return with_stream(args, [&](auto& bits) -> Napi::Value {
    auto out = args.array<int64_t>();
    int64_t count = args.count();
    if (out.length > static_cast<double>(count)) args.range("more than there are");
    sample(bits, out.data, static_cast<int64_t>(out.length), count);
    return args.env().Undefined();
  });
}

}  // namespace

void normal_draws(Twister& bits, double* out, int64_t n) { normals_by_pairs(bits, out, n); }

void normal_draws(ModernTwister& bits, double* out, int64_t n) { normals_by_ziggurat(bits, out, n); }

void normal_draws(Pcg64& bits, double* out, int64_t n) { normals_by_ziggurat(bits, out, n); }

void normal_draws(OtherStream& bits, double* out, int64_t n) { normals_by_ziggurat(bits, out, n); }

void define_random(Napi::Env env, Napi::Object exports) {
  define<random_doubles>(env, exports, "randomDoubles");
  define<random_normals>(env, exports, "randomNormals");
  define<random_integers>(env, exports, "randomIntegers");
  define<random_integers_between>(env, exports, "randomIntegersBetween");
  define<random_shuffle>(env, exports, "randomShuffle");
  define<random_sample>(env, exports, "randomSample");
}

}  // namespace eigenscope
