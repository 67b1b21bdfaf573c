#include "stop.h"

#include "arguments.h"
#include "modules.h"

namespace eigenscope {
namespace {

thread_local StopFlag watched = nullptr;

/// watchStop(flag | null): the caller keeps the memory until it watches something else.
Napi::Value watch_stop(Arguments& args) {
  auto flag = args.array_or_null<int32_t>();
  if (flag.data != nullptr) args.need(flag, 1);
  watched = flag.data;
  return args.env().Undefined();
}

}  // namespace

StopFlag stop_flag() { return watched; }

void define_stop(Napi::Env env, Napi::Object exports) { define<watch_stop>(env, exports, "watchStop"); }

}  // namespace eigenscope
