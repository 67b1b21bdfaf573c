// The most that this machine's cores and memory give, to measure others by.
#include "targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "peak.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <cstdint>

HWY_BEFORE_NAMESPACE();
namespace eigenscope {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

/// `rounds` times twelve independent multiply-adds: more of them at a time than any processor finishes in their latency.
double multiply_adds(int64_t rounds) {
  const hn::ScalableTag<double> d;
  const auto x = hn::Set(d, 1.0 + 1e-9), y = hn::Set(d, 1e-9);
  auto a = hn::Set(d, 1.0), b = hn::Set(d, 1.1), c = hn::Set(d, 1.2), e = hn::Set(d, 1.3), f = hn::Set(d, 1.4),
       g = hn::Set(d, 1.5), h = hn::Set(d, 1.6), i = hn::Set(d, 1.7), j = hn::Set(d, 1.8), k = hn::Set(d, 1.9),
       l = hn::Set(d, 2.0), m = hn::Set(d, 2.1);
  for (int64_t r = 0; r < rounds; r++) {
    a = hn::MulAdd(a, x, y), b = hn::MulAdd(b, x, y), c = hn::MulAdd(c, x, y), e = hn::MulAdd(e, x, y);
    f = hn::MulAdd(f, x, y), g = hn::MulAdd(g, x, y), h = hn::MulAdd(h, x, y), i = hn::MulAdd(i, x, y);
    j = hn::MulAdd(j, x, y), k = hn::MulAdd(k, x, y), l = hn::MulAdd(l, x, y), m = hn::MulAdd(m, x, y);
  }
  const auto sum = hn::Add(hn::Add(hn::Add(a, b), hn::Add(c, e)),
                           hn::Add(hn::Add(hn::Add(f, g), hn::Add(h, i)), hn::Add(hn::Add(j, k), hn::Add(l, m))));
  return hn::GetLane(hn::SumOfLanes(d, sum));
}

double flops_of_a_round() { return 2.0 * 12 * static_cast<double>(hn::Lanes(hn::ScalableTag<double>())); }

void triad(const double* b, const double* c, double* a, int64_t n) {
  const hn::ScalableTag<double> d;
  const auto lanes = static_cast<int64_t>(hn::Lanes(d));
  const auto s = hn::Set(d, 3.0);
  for (int64_t i = 0; i + lanes <= n; i += lanes) {
    hn::StoreU(hn::MulAdd(s, hn::LoadU(d, c + i), hn::LoadU(d, b + i)), d, a + i);
  }
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace eigenscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <chrono>

#include "linalg_modules.h"
#include "threads.h"
#include "workspace.h"

namespace eigenscope {

HWY_EXPORT(multiply_adds);
HWY_EXPORT(flops_of_a_round);
HWY_EXPORT(triad);

namespace {

int team(Arguments& args) {
  const int64_t threads = args.count();
  if (threads < 1 || threads > 1024) args.range("threads must be between 1 and 1024");
  return static_cast<int>(threads);
}

/// Seconds from the last of the team's threads to begin until the last to end, without their start.
template <class F>
double seconds(int threads, F&& f) {
  using clock = std::chrono::steady_clock;
  std::atomic<int> there{0};
  clock::time_point began;
  run_team(threads, [&](int thread) {
    if (++there == threads) began = clock::now();
    while (there < threads) std::this_thread::yield();
    f(thread);
  });
  return std::chrono::duration<double>(clock::now() - began).count();
}

/// peakFlops(threads): multiplications and additions per second.
Napi::Value peak_flops(Arguments& args) {
  const int threads = team(args);
  // Long enough for the system to move threads that began on one core to two.
  constexpr int64_t rounds = 30000000;
  std::atomic<double> kept{0};
  const double took =
      seconds(threads, [&](int) { kept = HWY_DYNAMIC_DISPATCH(multiply_adds)(rounds); });
  return number(args, HWY_DYNAMIC_DISPATCH(flops_of_a_round)() * rounds * threads / took);
}

/// peakTriad(room, threads): bytes per second of a := b + s · c, the thirds of the room.
Napi::Value peak_triad(Arguments& args) {
  auto room = args.array<double>();
  const int threads = team(args);
  const auto n = static_cast<int64_t>(room.length) / 3;
  const int64_t step = (n + threads - 1) / threads;
  constexpr int times = 3;
  const double took = seconds(threads, [&](int thread) {
    const int64_t from = std::min(n, thread * step), count = std::min(step, n - from);
    for (int k = 0; k < times; k++) {
      HWY_DYNAMIC_DISPATCH(triad)(room.data + n + from, room.data + 2 * n + from, room.data + from, count);
    }
  });
  return number(args, 24.0 * static_cast<double>(n) * times / took);
}

Napi::Value vector_bits(Arguments& args) {
  return number(args, HWY_DYNAMIC_DISPATCH(flops_of_a_round)() / 24 * 64);
}

}  // namespace

void define_peak(Napi::Env env, Napi::Object exports) {
  define<peak_flops>(env, exports, "peakFlops");
  define<peak_triad>(env, exports, "peakTriad");
  define<vector_bits>(env, exports, "vectorBits");
}

}  // namespace eigenscope
#endif
