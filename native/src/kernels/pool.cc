#include "pool.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <system_error>
#include <thread>

#include "blas_threads.h"
#include "threads.h"

#if defined(_WIN32)
#include <windows.h>
#else
#include <dlfcn.h>
#endif
#if defined(__linux__)
#include <sched.h>
#include <unistd.h>
#endif

#if defined(__x86_64__) || defined(_M_X64)
#include <immintrin.h>
#endif

namespace eigenscope {
namespace {

void pause() {
#if defined(__x86_64__) || defined(_M_X64)
  _mm_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

/// The code of sleeping threads must stay when the worker that loaded the addon ends.
void stay_loaded() {
#if defined(_WIN32)
  HMODULE self;
  GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN,
                     reinterpret_cast<LPCWSTR>(&stay_loaded), &self);
#else
  Dl_info info;
  if (dladdr(reinterpret_cast<void*>(&stay_loaded), &info) != 0) dlopen(info.dli_fname, RTLD_NOW | RTLD_NODELETE);
#endif
}

#if defined(__linux__)
/// Takes a thread that is ready to run off the processor that this one keeps busy: the scheduler may have woken it there,
/// and looks for a free one only after some milliseconds.
void take_elsewhere(pid_t thread) {
  cpu_set_t all;
  if (sched_getaffinity(thread, sizeof all, &all) != 0) return;
  const int here = sched_getcpu();
  if (here < 0 || here >= CPU_SETSIZE || !CPU_ISSET(here, &all) || CPU_COUNT(&all) < 2) return;
  cpu_set_t others = all;
  CPU_CLR(here, &others);
  if (sched_setaffinity(thread, sizeof others, &others) == 0) sched_setaffinity(thread, sizeof all, &all);
}
#endif

class Pool {
 public:
  void run(int64_t tasks, int threads, bool in_order, void (*run)(void*, int64_t), void* context) {
    std::unique_lock lock(busy_, std::try_to_lock);
    if (!lock.owns_lock()) {
      for (int64_t i = 0; i < tasks; i++) run(context, i);
      return;
    }
    start(threads - 1);
    run_ = run;
    context_ = context;
    places_ = std::min(threads, started_ + 1);
    // Each thread begins with a stretch of its own, the same one whenever the work is the same: what it left in its
    // cache is still there.
    for (int place = 0; place < places_; place++) {
      stretches_[place].next = in_order ? 0 : tasks * place / places_;
      stretches_[place].end = !in_order ? tasks * (place + 1) / places_ : place == 0 ? tasks : 0;
    }
    open_ = true;
    epoch_++;
    epoch_.notify_all();
    const auto began = std::chrono::steady_clock::now();
    bool all_there = false;
    work(0, [&] {
      if (all_there || std::chrono::steady_clock::now() - began < kWakingUp) return;
      all_there = true;
      fetch_missing();
    });
    open_ = false;
    // Only threads that came in time are waited for: one that wakes late finds the job closed.
    for (int spins = 0; inside_ != 0; spins++) {
      if (spins < 4000) {
        pause();
      } else {
        std::this_thread::yield();
      }
    }
  }

 private:
  void start(int wanted) {
    static const bool stays = (stay_loaded(), true);
    (void)stays;
    while (started_ < std::min(wanted, most_threads - 1)) {
      try {
        std::thread([this, place = started_ + 1] { wait_for_work(place); }).detach();
      } catch (const std::system_error&) {
        return;  // no more threads to be had: the ones there do it all
      }
      started_++;
    }
  }

  void wait_for_work(int place) {
    uint64_t seen = 0;
    Stretch& mine = stretches_[place];
#if defined(__linux__)
    mine.thread = gettid();
#endif
    for (;;) {
      // Kernels often follow one another at once: a moment awake saves waking up. A longer one is for what has nothing to
      // do here, such as a collection of garbage between two of them.
      for (int spins = 0; spins < 2000 && epoch_ == seen; spins++) pause();
      for (int spins = 0; spins < 1000 && epoch_ == seen; spins++) std::this_thread::yield();
      epoch_.wait(seen);
      seen = epoch_;
      mine.seen = seen;
      // Seen open after coming in, so the job's owner sees this thread inside before it returns.
      inside_++;
      if (open_ && place < places_) work(place, [] {});
      inside_--;
    }
  }

  /// Threads that were woken and do not run.
  void fetch_missing() {
#if defined(__linux__)
    for (int place = 1; place < places_; place++) {
      const Stretch& theirs = stretches_[place];
      if (theirs.seen != epoch_ && theirs.thread != 0) take_elsewhere(theirs.thread);
    }
#endif
  }

  /// Calls `after` when a task is done.
  template <class F>
  void work(int place, F&& after) {
    // Then what others have left, so that one that was held up does not hold up the kernel.
    for (int k = 0; k < places_; k++) {
      Stretch& stretch = stretches_[(place + k) % places_];
      for (int64_t i = stretch.next++; i < stretch.end; i = stretch.next++) {
        run_(context_, i);
        after();
      }
    }
  }

  static constexpr int most_threads = 256;
  /// A thread that sleeps takes part after this time, wherever the scheduler has put it well.
  static constexpr std::chrono::microseconds kWakingUp{60};
  /// What a thread begins with, and who it is.
  struct alignas(64) Stretch {
    std::atomic<int64_t> next{0};
    int64_t end = 0;
    std::atomic<uint64_t> seen{0};
    std::atomic<int> thread{0};
  };

  std::mutex busy_;
  std::atomic<uint64_t> epoch_{0};
  std::atomic<bool> open_{false};
  std::atomic<int> inside_{0};
  Stretch stretches_[most_threads];
  void (*run_)(void*, int64_t) = nullptr;
  void* context_ = nullptr;
  std::atomic<int> places_{0};
  int started_ = 0;
};

}  // namespace

int kernel_threads() {
  return std::min(static_cast<int>(cores()), std::max(1, blas_threads()));
}

void run_on_pool(int64_t tasks, bool in_order, void (*run)(void*, int64_t), void* context) {
  int threads = static_cast<int>(std::min<int64_t>(tasks, kernel_threads()));
  if (threads <= 1) {
    for (int64_t i = 0; i < tasks; i++) run(context, i);
    return;
  }
  // Never destroyed: its threads outlive whatever is torn down at exit.
  static Pool* pool = new Pool;
  pool->run(tasks, threads, in_order, run, context);
}

}  // namespace eigenscope
