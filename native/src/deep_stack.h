// A thread with room for routines that need more of a stack than a caller may have: OpenBLAS's LU keeps a table for all
// threads that it could ever use on each level of its recursion, 4.7 MB together where that is 64.
#pragma once

#include <cstddef>
#include <type_traits>

#if defined(_WIN32)
#include <process.h>
#include <windows.h>
#else
#include <pthread.h>
#endif

namespace eigenscope {

inline constexpr size_t kDeepStack = size_t(32) << 20;

/// Calls f, which must not throw, on such a thread, or here where there is none to be had.
template <class F>
void on_deep_stack(F&& f) {
  using Function = std::remove_reference_t<F>;
#if defined(_WIN32)
  auto start = [](void* context) -> unsigned {
    (*static_cast<Function*>(context))();
    return 0;
  };
  const auto thread = reinterpret_cast<HANDLE>(_beginthreadex(nullptr, static_cast<unsigned>(kDeepStack), start, &f,
                                                              STACK_SIZE_PARAM_IS_A_RESERVATION, nullptr));
  if (thread == nullptr) {
    f();
    return;
  }
  WaitForSingleObject(thread, INFINITE);
  CloseHandle(thread);
#else
  auto start = [](void* context) -> void* {
    (*static_cast<Function*>(context))();
    return nullptr;
  };
  pthread_attr_t attributes;
  pthread_t thread;
  pthread_attr_init(&attributes);
  const bool started = pthread_attr_setstacksize(&attributes, kDeepStack) == 0 &&
                       pthread_create(&thread, &attributes, start, &f) == 0;
  pthread_attr_destroy(&attributes);
  if (started) {
    pthread_join(thread, nullptr);
  } else {
    f();
  }
#endif
}

}  // namespace eigenscope
