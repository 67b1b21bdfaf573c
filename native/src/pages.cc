// Memory that is not filled, because the pages of a file take its place.
#include <atomic>
#include <cstdint>
#include <mutex>

#if defined(__linux__)
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#endif

#include "arguments.h"
#include "linalg_modules.h"

namespace eigenscope {
namespace {

#if defined(__linux__) && defined(__GLIBC__)

constexpr uintptr_t kPage = 4096;
/// Where the system can map a file by large pages, it needs the memory at a multiple of them.
constexpr uintptr_t kLargePage = uintptr_t(1) << 21;

/// Where files lie in memory. A program that shortens such a file takes its pages away, and touching them would end the
/// process: zeros take their place instead.
struct Mapped {
  std::atomic<uintptr_t> from{0}, to{0};
};
constexpr size_t kMostMapped = 1024;
Mapped mapped[kMostMapped];
struct sigaction before;

void page_is_gone(int number, siginfo_t* info, void* context) {
  const auto at = reinterpret_cast<uintptr_t>(info->si_addr);
  for (const Mapped& file : mapped) {
    if (at < file.from || at >= file.to) continue;
    void* page = reinterpret_cast<void*>(at / kPage * kPage);
    if (mmap(page, kPage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == page) return;
  }
  if ((before.sa_flags & SA_SIGINFO) != 0) {
    before.sa_sigaction(number, info, context);
  } else if (before.sa_handler != SIG_DFL && before.sa_handler != SIG_IGN) {
    before.sa_handler(number);
  } else {
    // The instruction is tried again and the signal ends the process, as it would have.
    signal(number, SIG_DFL);
  }
}

void remember(uintptr_t from, uintptr_t to) {
  static std::mutex mutex;
  static size_t next = 0;
  std::lock_guard lock(mutex);
  if (next == 0) {
    struct sigaction action {};
    action.sa_sigaction = page_is_gone;
    action.sa_flags = SA_SIGINFO | SA_NODEFER;
    sigaction(SIGBUS, &action, &before);
  }
  Mapped& place = mapped[next++ % kMostMapped];
  place.to = 0;
  place.from = from;
  place.to = to;
}

/// Whether this is a mapping of its own that the C library made for one allocation and gives back whole. Its sizes stand
/// right before the memory, on the same page.
bool own_mapping(uintptr_t data, double length) {
  if (data % kPage != 2 * sizeof(size_t)) return false;
  const size_t size = reinterpret_cast<const size_t*>(data)[-1];
  constexpr size_t is_mapped = 2, flags = 7;
  return (size & is_mapped) != 0 && static_cast<double>(size & ~flags) >= length;
}

#endif

/// mapFile(bytes, fd, length): lays a file's first `length` bytes over a fresh buffer that begins with `bytes`, from its
/// first whole large page on; changes stay in memory. Where in the buffer the file begins, or −1 where that cannot be done: then nothing has.
Napi::Value map_file(Arguments& args) {
  auto bytes = args.array<uint8_t>();
  const auto fd = static_cast<int>(args.count());
  const double length = static_cast<double>(args.count());
#if defined(__linux__) && defined(__GLIBC__)
  const auto data = reinterpret_cast<uintptr_t>(bytes.data);
  const uintptr_t from = (data + kLargePage - 1) / kLargePage * kLargePage;
  const uintptr_t size = (static_cast<uintptr_t>(length) + kPage - 1) / kPage * kPage;
  struct stat about {};
  if (length > 0 && own_mapping(data, static_cast<double>(from - data + size)) &&
      fstat(fd, &about) == 0 && S_ISREG(about.st_mode) && static_cast<double>(about.st_size) >= length) {
    void* want = reinterpret_cast<void*>(from);
    if (mmap(want, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED, fd, 0) == want) {
      remember(from, from + size);
      return Napi::Number::New(args.env(), static_cast<double>(from - data));
    }
  }
#else
  (void)bytes, (void)fd, (void)length;
#endif
  return Napi::Number::New(args.env(), -1);
}

}  // namespace

void define_pages(Napi::Env env, Napi::Object exports) {
  define<map_file>(env, exports, "mapFile");
}

}  // namespace eigenscope
