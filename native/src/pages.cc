// Fresh memory: the system hands it out page by page as it is first touched, which costs as much as filling it.
#include <cstdint>

#if defined(__linux__)
#include <sys/mman.h>
#endif

#include "arguments.h"
#include "linalg_modules.h"

namespace eigenscope {
namespace {

/// Asks for pages of 2 MiB under an array that was just made (NumPy does the same); says nothing where there are none.
Napi::Value huge_pages(Arguments& args) {
  auto bytes = args.array<uint8_t>();
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  constexpr uintptr_t page = 4096;
  const auto first = reinterpret_cast<uintptr_t>(bytes.data);
  const uintptr_t from = (first + page - 1) / page * page;
  const uintptr_t to = (first + static_cast<uintptr_t>(bytes.length)) / page * page;
  if (to > from) madvise(reinterpret_cast<void*>(from), to - from, MADV_HUGEPAGE);
#else
  (void)bytes;
#endif
  return args.env().Undefined();
}

}  // namespace

void define_pages(Napi::Env env, Napi::Object exports) { define<huge_pages>(env, exports, "hugePages"); }

}  // namespace eigenscope
