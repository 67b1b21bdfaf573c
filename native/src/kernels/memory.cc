// What an engine that manages large buffers itself must know of them: whether anyone still holds one, and that its
// pages should be large.
#include <algorithm>
#include <cstdint>
#include <cstring>

#include "arguments.h"
#include "loops.h"
#include "modules.h"
#include "pool.h"
#include "strided.h"

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace eigenscope {
namespace {

struct Watch {
  napi_env env;
  napi_ref object;
};

/// watch(object): something that tells whether the object was collected, without keeping it.
Napi::Value watch(Arguments& args) {
  auto* made = new Watch{args.env(), nullptr};
  if (napi_create_reference(args.env(), args.value(), 0, &made->object) != napi_ok) {
    delete made;
    args.fail("expected an object");
  }
  return Napi::External<Watch>::New(args.env(), made, [](Napi::Env env, Watch* gone) {
    napi_delete_reference(env, gone->object);
    delete gone;
  });
}

Napi::Value is_held(Arguments& args) {
  Napi::Value value = args.value();
  if (!value.IsExternal()) args.fail("expected a watch");
  Watch* watch = value.As<Napi::External<Watch>>().Data();
  napi_value found = nullptr;
  if (napi_get_reference_value(args.env(), watch->object, &found) != napi_ok) args.fail("expected a watch");
  return Napi::Boolean::New(args.env(), found != nullptr);
}

/// Asks for large pages: a fresh buffer is then ready in a few steps instead of thousands. Returns how far the first one
/// is, or in a buffer without room for two the first multiple of 64, since vectors that cross lines of the cache take
/// twice as long.
Napi::Value use_large_pages(Arguments& args) {
  auto bytes = args.array<uint8_t>();
  auto start = reinterpret_cast<uintptr_t>(bytes.data);
  constexpr uintptr_t large = uintptr_t{2} << 20;
#if defined(__linux__)
  constexpr uintptr_t page = 4096;
  uintptr_t first = (start + page - 1) / page * page, last = (start + static_cast<uintptr_t>(bytes.length)) / page * page;
  // It is only advice: a kernel without large pages does as before.
  if (last > first && last - first >= 64 * page) madvise(reinterpret_cast<void*>(first), last - first, MADV_HUGEPAGE);
#endif
  const uintptr_t unit = bytes.length >= 2 * static_cast<double>(large) ? large : 64;
  return Napi::Number::New(args.env(), static_cast<double>((unit - start % unit) % unit));
}

/// n words of 8 bytes.
void fill_words(uint8_t* to, uint64_t word, int64_t n) {
#if defined(__GNUC__) && defined(__x86_64__)
  // Long stretches by the processor itself: it does not read what it overwrites, and leaves it in the caches.
  if (n >= 8192) {
    asm volatile("rep stosq" : "+D"(to), "+c"(n) : "a"(word) : "memory");
    return;
  }
#endif
  for (int64_t i = 0; i < n; i++) std::memcpy(to + 8 * i, &word, 8);
}

/// fill(bytes, pattern): the pattern of 1, 2, 4, 8 or 16 bytes over and over.
Napi::Value fill(Arguments& args) {
  auto bytes = args.array<uint8_t>(), pattern = args.array<uint8_t>();
  auto n = static_cast<int64_t>(bytes.length), unit = static_cast<int64_t>(pattern.length);
  if (unit < 1 || unit > 16 || (unit & (unit - 1)) != 0 || n % unit != 0) args.range("a pattern of another length");
  uint64_t words[2];
  for (int64_t i = 0; i < 16; i++) reinterpret_cast<uint8_t*>(words)[i] = pattern.data[i % unit];
  // Stretches begin at multiples of 16 bytes, so the pattern begins anew in each.
  int64_t tasks = tasks_for(n, int64_t{1} << 18), share = ((n + tasks - 1) / tasks + 4095) / 4096 * 4096;
  on_pool((n + share - 1) / share, [&](int64_t task) {
    uint8_t* to = bytes.data + task * share;
    int64_t count = std::min(n - task * share, share), whole = count / 16;
    if (n >= streamed_bytes && reinterpret_cast<uintptr_t>(to) % 64 == 0) {
      alignas(64) uint8_t block[1024];
      for (int64_t i = 0; i < 64; i++) std::memcpy(block + 16 * i, words, 16);
      for (int64_t done = 0; done < 16 * whole; done += 1024) {
        stream_bytes(block, to + done, std::min<int64_t>(1024, 16 * whole - done));
      }
    } else if (words[0] == words[1]) {
      fill_words(to, words[0], 2 * whole);
    } else {
      for (int64_t i = 0; i < whole; i++) std::memcpy(to + 16 * i, words, 16);
    }
    std::memcpy(to + 16 * whole, words, static_cast<size_t>(count - 16 * whole));
  });
  return args.env().Undefined();
}

/// ramp(dtype, bytes, first, step, wholeFirst, wholeStep): first + i · step, as NumPy fills ranges.
Napi::Value ramp(Arguments& args) {
  DType dtype = parse_dtype(args, args.value());
  auto bytes = args.array<uint8_t>();
  double first = args.number(), step = args.number();
  Napi::Value whole_first = args.value(), whole_step = args.value();
  if (!whole_first.IsBigInt() || !whole_step.IsBigInt()) args.fail("expected a bigint");
  bool lossless = false;
  auto from = static_cast<uint64_t>(whole_first.As<Napi::BigInt>().Int64Value(&lossless));
  auto by = static_cast<uint64_t>(whole_step.As<Napi::BigInt>().Int64Value(&lossless));
  if (reinterpret_cast<uintptr_t>(bytes.data) % static_cast<uintptr_t>(itemsize(dtype)) != 0) args.range("not aligned");
  int64_t n = static_cast<int64_t>(bytes.length) / itemsize(dtype);
  // Whole lines of the cache per task.
  int64_t tasks = tasks_for(n, 65536), share = ((n + tasks - 1) / tasks + 63) / 64 * 64;
  with_dtype(dtype, [&]<class T>(T) {
    if constexpr (!IsComplex<T>::value) {
      auto* out = reinterpret_cast<T*>(bytes.data);
      constexpr int64_t block = 1024 / static_cast<int64_t>(sizeof(T));
      using Position = std::conditional_t<std::is_integral_v<T>, uint64_t, double>;
      // What is added to the first of a block.
      Position along[block];
      for (int64_t k = 0; k < block; k++) {
        along[k] = std::is_integral_v<T> ? static_cast<Position>(static_cast<uint64_t>(k) * by) : static_cast<Position>(k);
      }
      auto write = [&](T* to, int64_t begin, int64_t count) {
        if constexpr (std::is_integral_v<T>) {
          const uint64_t origin = from + static_cast<uint64_t>(begin) * by;
          for (int64_t k = 0; k < count; k++) to[k] = static_cast<T>(origin + along[k]);
        } else {
          const auto origin = static_cast<double>(begin);
          for (int64_t k = 0; k < count; k++) {
            to[k] = static_cast<T>(first) + static_cast<T>(origin + along[k]) * static_cast<T>(step);
          }
        }
      };
      const bool streams = static_cast<int64_t>(bytes.length) >= streamed_bytes && reinterpret_cast<uintptr_t>(out) % 64 == 0;
      on_pool(tasks, [&](int64_t task) {
        const int64_t begin = std::min(n, task * share), end = std::min(n, begin + share);
        alignas(64) T made[block];
        for (int64_t i = begin; i < end; i += block) {
          const int64_t count = std::min(block, end - i);
          write(streams ? made : out + i, i, count);
          if (streams) stream_bytes(made, out + i, count * static_cast<int64_t>(sizeof(T)));
        }
      });
    }
  });
  return args.env().Undefined();
}

}  // namespace

void define_memory(Napi::Env env, Napi::Object exports) {
  define<watch>(env, exports, "watch");
  define<is_held>(env, exports, "isHeld");
  define<fill>(env, exports, "fill");
  define<ramp>(env, exports, "ramp");
  define<use_large_pages>(env, exports, "useLargePages");
}

}  // namespace eigenscope
