// Elementary functions of the C library itself: a random stream promises its bits, and the logarithm that makes them
// must be the one every other program on this machine uses.
#include <cmath>

#include "arguments.h"
#include "modules.h"

namespace eigenscope {

namespace {

/// x := log(x), element by element.
Napi::Value log_in_place(Arguments& a) {
  auto x = a.array<double>();
  int64_t n = static_cast<int64_t>(x.length);
  for (int64_t i = 0; i < n; i++) x.data[i] = std::log(x.data[i]);
  return a.env().Undefined();
}

}  // namespace

void define_elementary(Napi::Env env, Napi::Object exports) { define<log_in_place>(env, exports, "log"); }

}  // namespace eigenscope
