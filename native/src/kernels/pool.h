// The threads that array kernels run on: started once, asleep between kernels.
#pragma once

#include <cstdint>
#include <type_traits>

namespace eigenscope {

/// How many threads a kernel may use now; BLAS's limit holds for kernels too.
int kernel_threads();

/// Calls run(context, 0) … run(context, tasks − 1), each once, on this thread and on idle ones; returns when all are
/// done. The calls must not throw. While another thread's kernel has the pool, this thread does all of them itself.
/// Each thread begins with a stretch of its own; with `in_order` all take the next one, and a call may wait for earlier
/// ones.
void run_on_pool(int64_t tasks, bool in_order, void (*run)(void*, int64_t), void* context);

template <class F>
void on_pool(int64_t tasks, F&& f, bool in_order = false) {
  run_on_pool(
      tasks, in_order, [](void* context, int64_t task) { (*static_cast<std::remove_reference_t<F>*>(context))(task); }, &f);
}

template <class F>
void on_pool_in_order(int64_t tasks, F&& f) {
  on_pool(tasks, f, true);
}

/// Into how many tasks to split work of `size` steps when a thread is worth at least `least` of them.
inline int64_t tasks_for(int64_t size, int64_t least) {
  int64_t threads = size < 2 * least ? 1 : kernel_threads();
  if (threads == 1) return 1;
  // More tasks than threads, so that a thread that was held up does not hold up the kernel.
  int64_t most = size / least;
  return most < 4 * threads ? most : 4 * threads;
}

}  // namespace eigenscope
