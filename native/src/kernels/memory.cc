// What an engine that manages large buffers itself must know of them: whether anyone still holds one, and that its
// pages should be large.
#include <cstdint>

#include "arguments.h"
#include "modules.h"

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

/// Asks for large pages: a fresh buffer is then ready in a few steps instead of thousands.
Napi::Value use_large_pages(Arguments& args) {
  auto bytes = args.array<uint8_t>();
#if defined(__linux__)
  constexpr uintptr_t page = 4096;
  auto first = (reinterpret_cast<uintptr_t>(bytes.data) + page - 1) / page * page;
  auto last = (reinterpret_cast<uintptr_t>(bytes.data) + static_cast<uintptr_t>(bytes.length)) / page * page;
  // It is only advice: a kernel without large pages does as before.
  if (last > first) madvise(reinterpret_cast<void*>(first), last - first, MADV_HUGEPAGE);
#endif
  return args.env().Undefined();
}

}  // namespace

void define_memory(Napi::Env env, Napi::Object exports) {
  define<watch>(env, exports, "watch");
  define<is_held>(env, exports, "isHeld");
  define<use_large_pages>(env, exports, "useLargePages");
}

}  // namespace eigenscope
