#include "stop.h"

#include <atomic>
#include <chrono>
#include <thread>

#include "arguments.h"
#include "modules.h"

namespace eigenscope {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

thread_local StopFlag watched = nullptr;

/// When a picture was last asked for; long ago at first.
std::atomic<Clock::rep> looked_at{0};
/// The next picture of a moving slider is asked for within this.
constexpr milliseconds kMoment{40};
/// Whatever is looked at, a routine makes a step after this.
constexpr milliseconds kLongest{100};

/// watchStop(flag | null): the caller keeps the memory until it watches something else.
Napi::Value watch_stop(Arguments& args) {
  auto flag = args.array_or_null<int32_t>();
  if (flag.data != nullptr) args.need(flag, 1);
  watched = flag.data;
  return args.env().Undefined();
}

}  // namespace

StopFlag stop_flag() { return watched; }

void eyes_first() { looked_at = Clock::now().time_since_epoch().count(); }

void stand_aside(StopFlag stop) {
  const Clock::time_point began = Clock::now();
  for (auto now = began; now - began < kLongest && !asked(stop); now = Clock::now()) {
    if (now.time_since_epoch() - Clock::duration(looked_at.load()) > kMoment) return;
    std::this_thread::sleep_for(milliseconds(5));
  }
}

void define_stop(Napi::Env env, Napi::Object exports) { define<watch_stop>(env, exports, "watchStop"); }

}  // namespace eigenscope
