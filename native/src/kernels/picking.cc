// Elements picked by flags or by their places, over gapless memory.
#include <algorithm>
#include <atomic>
#include <cstring>
#include <vector>

#include "arguments.h"
#include "flags.h"
#include "modules.h"
#include "pool.h"
#include "strided.h"

namespace eigenscope {
namespace {

constexpr int64_t least = 32768;

/// Flags in stretches of whole words, and how many are set before each.
struct Stretches {
  int64_t tasks, share;
  std::vector<int64_t> before;
};

Stretches count_stretches(const uint8_t* flags, int64_t n) {
  Stretches s{tasks_for(n, least), 0, {}};
  s.share = (n + s.tasks - 1) / s.tasks;
  s.before.assign(static_cast<size_t>(s.tasks) + 1, 0);
  on_pool(s.tasks, [&](int64_t task) {
    int64_t from = std::min(n, task * s.share), to = std::min(n, from + s.share);
    s.before[static_cast<size_t>(task) + 1] = flag_loops().count(flags + from, to - from);
  });
  for (size_t k = 1; k < s.before.size(); k++) s.before[k] += s.before[k - 1];
  return s;
}

/// countFlags(flags): how many are set
Napi::Value count_flags(Arguments& args) {
  auto flags = args.array<uint8_t>();
  Stretches s = count_stretches(flags.data, static_cast<int64_t>(flags.length));
  return Napi::Number::New(args.env(), static_cast<double>(s.before.back()));
}

/// Calls f(first flag, flags, place in the result, room there) for every stretch.
template <class F>
void each_stretch(const uint8_t* flags, int64_t n, int64_t room, F&& f) {
  Stretches s = count_stretches(flags, n);
  on_pool(s.tasks, [&](int64_t task) {
    int64_t from = std::min(n, task * s.share), to = std::min(n, from + s.share);
    int64_t at = s.before[static_cast<size_t>(task)], end = std::min(room, s.before[static_cast<size_t>(task) + 1]);
    if (at < end) f(from, to - from, at, end - at);
  });
}

/// Calls put(place in the result, place of the flag) for every set flag, at most as often as there is room.
template <class F>
void each_set(const uint8_t* flags, int64_t n, int64_t room, F&& put) {
  each_stretch(flags, n, room, [&](int64_t from, int64_t length, int64_t at, int64_t left) {
    // The places of a block first: without a guess at every flag.
    constexpr int64_t block = 512;
    int64_t places[block];
    for (int64_t i = from; i < from + length; i += block) {
      const int64_t held =
          flag_loops().places(flags + i, std::min(block, from + length - i), i, places, std::min(block, left));
      for (int64_t k = 0; k < held; k++) put(at + k, places[k]);
      at += held;
      left -= held;
    }
  });
}

/// placesOfFlags(flags, shape, list per axis…): the indices of those that are set, in C order
Napi::Value places_of_flags(Arguments& args) {
  auto flags = args.array<uint8_t>();
  auto shape = parse_integers(args, args.value());
  double size = 1;
  for (int64_t length : shape) size *= static_cast<double>(length);
  if (size != flags.length || shape.empty()) args.range("flags of another shape");
  std::vector<Span<int64_t>> lists;
  int64_t room = INT64_MAX;
  for (size_t k = 0; k < shape.size(); k++) {
    lists.push_back(args.array<int64_t>());
    room = std::min(room, static_cast<int64_t>(lists.back().length));
  }
  const auto n = static_cast<int64_t>(flags.length);
  if (shape.size() == 1) {
    each_stretch(flags.data, n, room, [&](int64_t from, int64_t length, int64_t at, int64_t left) {
      flag_loops().places(flags.data + from, length, from, lists[0].data + at, left);
    });
  } else if (shape.size() == 2) {
    int64_t *rows = lists[0].data, *columns = lists[1].data, width = std::max<int64_t>(1, shape[1]);
    each_set(flags.data, n, room, [=](int64_t at, int64_t place) {
      rows[at] = place / width;
      columns[at] = place % width;
    });
  } else {
    each_set(flags.data, n, room, [&](int64_t at, int64_t place) {
      for (size_t k = shape.size(); k-- > 0;) {
        lists[k].data[at] = place % shape[k];
        place /= shape[k];
      }
    });
  }
  return args.env().Undefined();
}

template <int64_t width>
struct Item {
  std::byte bytes[width];
};

/// Calls f with an item of so many bytes, or with nothing where they must be copied by number.
template <class F>
void with_width(int64_t width, F&& f) {
  switch (width) {
    case 1:
      return f(Item<1>());
    case 2:
      return f(Item<2>());
    case 4:
      return f(Item<4>());
    case 8:
      return f(Item<8>());
    case 16:
      return f(Item<16>());
    default:
      return f(nullptr);
  }
}

/// keepFlagged(from, flags, width, to): items of `width` bytes whose flag is set, one behind the other
Napi::Value keep_flagged(Arguments& args) {
  auto from = args.array<uint8_t>(), flags = args.array<uint8_t>();
  int64_t width = args.count();
  auto to = args.array<uint8_t>();
  if (width < 1) args.range("items of no width");
  args.need(from, flags.length * static_cast<double>(width));
  const int64_t room = static_cast<int64_t>(to.length) / width;
  const auto address = reinterpret_cast<uintptr_t>(from.data) | reinterpret_cast<uintptr_t>(to.data);
  if ((width == 4 || width == 8) && address % static_cast<uintptr_t>(width) == 0) {
    each_stretch(flags.data, static_cast<int64_t>(flags.length), room,
                 [&](int64_t first, int64_t length, int64_t at, int64_t left) {
                   const uint8_t *set = flags.data + first, *items = from.data + first * width;
                   uint8_t* out = to.data + at * width;
                   if (width == 4) {
                     flag_loops().keep4(set, reinterpret_cast<const uint32_t*>(items), length,
                                        reinterpret_cast<uint32_t*>(out), left);
                   } else {
                     flag_loops().keep8(set, reinterpret_cast<const uint64_t*>(items), length,
                                        reinterpret_cast<uint64_t*>(out), left);
                   }
                 });
    return args.env().Undefined();
  }
  with_width(width, [&]<class T>(T) {
    if constexpr (std::is_same_v<T, std::nullptr_t>) {
      each_set(flags.data, static_cast<int64_t>(flags.length), room, [&](int64_t at, int64_t place) {
        std::memcpy(to.data + at * width, from.data + place * width, static_cast<size_t>(width));
      });
    } else {
      auto* items = reinterpret_cast<const T*>(from.data);
      auto* out = reinterpret_cast<T*>(to.data);
      each_set(flags.data, static_cast<int64_t>(flags.length), room, [=](int64_t at, int64_t place) { out[at] = items[place]; });
    }
  });
  return args.env().Undefined();
}

/// Places counted from 0, and a first one that is none (or -1); negative ones count from the end.
int64_t first_outside(const int64_t* places, int64_t n, int64_t length) {
  for (int64_t i = 0; i < n; i += 4096) {
    const int64_t stop = std::min(n, i + 4096);
    int bad = 0;
    for (int64_t k = i; k < stop; k++) bad |= (places[k] < -length) | (places[k] >= length);
    if (bad == 0) continue;
    for (int64_t k = i; k < stop; k++) {
      if (places[k] < -length || places[k] >= length) return k;
    }
  }
  return -1;
}

struct Picking {
  Span<uint8_t> whole, part;
  Span<int64_t> places;
  int64_t outer, length, width, count;
};

/// (whole, outer, length, width, places, part): `whole` has outer × length items of `width` bytes, `part` outer × places.
Picking parse_picking(Arguments& args) {
  Picking p{};
  p.whole = args.array<uint8_t>();
  p.outer = args.count();
  p.length = args.count();
  p.width = args.count();
  p.places = args.array<int64_t>();
  p.part = args.array<uint8_t>();
  p.count = static_cast<int64_t>(p.places.length);
  const double item = static_cast<double>(p.outer) * static_cast<double>(p.width);
  args.need(p.whole, item * static_cast<double>(p.length));
  args.need(p.part, item * p.places.length);
  return p;
}

/// takeItems(from, outer, length, width, places, to): the position of the first place outside, or −1 when all is done
Napi::Value take_items(Arguments& args) {
  Picking p = parse_picking(args);
  int64_t tasks = tasks_for(p.count, least), share = (p.count + tasks - 1) / std::max<int64_t>(1, tasks);
  std::atomic<int64_t> bad{INT64_MAX};
  on_pool(tasks, [&](int64_t task) {
    int64_t from = std::min(p.count, task * share), to = std::min(p.count, from + share);
    int64_t found = first_outside(p.places.data + from, to - from, p.length);
    if (found < 0) return;
    int64_t known = bad;
    while (from + found < known && !bad.compare_exchange_weak(known, from + found)) {
    }
  });
  if (bad != INT64_MAX) return Napi::Number::New(args.env(), static_cast<double>(bad));
  // By places where they are many, by rows of places where those are.
  const bool by_rows = p.outer >= 4 * kernel_threads();
  const int64_t all = p.outer * p.count;
  tasks = std::min(by_rows ? p.outer : p.count, tasks_for(all * std::max<int64_t>(1, p.width / 8), least));
  if (tasks == 0) return Napi::Number::New(args.env(), -1);
  share = ((by_rows ? p.outer : p.count) + tasks - 1) / tasks;
  auto stretch = [&](int64_t task, auto&& one) {
    const int64_t begin = task * share;
    if (by_rows) {
      for (int64_t r = begin; r < std::min(p.outer, begin + share); r++) one(r, 0, p.count);
    } else {
      for (int64_t r = 0; r < p.outer; r++) one(r, std::min(p.count, begin), std::min(p.count, begin + share));
    }
  };
  // A list that is changed meanwhile must not lead outside.
  auto place_of = [&](int64_t i) {
    int64_t k = p.places.data[i];
    k += k < 0 ? p.length : 0;
    return static_cast<uint64_t>(k) < static_cast<uint64_t>(p.length) ? k : 0;
  };
  with_width(p.width, [&]<class T>(T) {
    on_pool(tasks, [&](int64_t task) {
      stretch(task, [&](int64_t row, int64_t from, int64_t to) {
        const uint8_t* source = p.whole.data + row * p.length * p.width;
        uint8_t* target = p.part.data + row * p.count * p.width;
        if constexpr (std::is_same_v<T, std::nullptr_t>) {
          for (int64_t i = from; i < to; i++) {
            std::memcpy(target + i * p.width, source + place_of(i) * p.width, static_cast<size_t>(p.width));
          }
        } else {
          auto* items = reinterpret_cast<const T*>(source);
          auto* out = reinterpret_cast<T*>(target);
          for (int64_t i = from; i < to; i++) out[i] = items[place_of(i)];
        }
      });
    });
  });
  return Napi::Number::New(args.env(), -1);
}

/// putItems(to, outer, length, width, places, from): as takeItems, the other way; of equal places the last one counts
Napi::Value put_items(Arguments& args) {
  Picking p = parse_picking(args);
  const int64_t bad = first_outside(p.places.data, p.count, p.length);
  if (bad >= 0) return Napi::Number::New(args.env(), static_cast<double>(bad));
  // Each thread writes to its own part of every row, wherever the list leads: of equal places the last one still counts.
  int64_t threads = p.count < least || p.length < least ? 1 : std::min<int64_t>(kernel_threads(), 4);
  with_width(p.width, [&]<class T>(T) {
    on_pool(threads, [&](int64_t thread) {
      const int64_t first = p.length * thread / threads, end = p.length * (thread + 1) / threads;
      for (int64_t row = 0; row < p.outer; row++) {
        uint8_t* target = p.whole.data + row * p.length * p.width;
        const uint8_t* source = p.part.data + row * p.count * p.width;
        auto place_of = [&](int64_t i) {
          int64_t k = p.places.data[i];
          return k + (k < 0 ? p.length : 0);
        };
        if constexpr (std::is_same_v<T, std::nullptr_t>) {
          for (int64_t i = 0; i < p.count; i++) {
            const int64_t k = place_of(i);
            if (k < first || k >= end) continue;
            std::memcpy(target + k * p.width, source + i * p.width, static_cast<size_t>(p.width));
          }
        } else {
          // What belongs to others goes where nobody looks: there is nothing to guess.
          T elsewhere;
          auto* out = reinterpret_cast<T*>(target);
          auto* items = reinterpret_cast<const T*>(source);
          for (int64_t i = 0; i < p.count; i++) {
            const int64_t k = place_of(i);
            T* to = k >= first && k < end ? out + k : &elsewhere;
            *to = items[i];
          }
        }
      }
    });
  });
  return Napi::Number::New(args.env(), -1);
}

}  // namespace

void define_picking(Napi::Env env, Napi::Object exports) {
  define<count_flags>(env, exports, "countFlags");
  define<places_of_flags>(env, exports, "placesOfFlags");
  define<keep_flagged>(env, exports, "keepFlagged");
  define<take_items>(env, exports, "takeItems");
  define<put_items>(env, exports, "putItems");
}

}  // namespace eigenscope
