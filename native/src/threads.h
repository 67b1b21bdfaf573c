// Short bursts of threads for work that would otherwise be noticed.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace eigenscope {

/// The processors there are, at least one; asking the system each time would read a file.
inline int64_t cores() {
  static const int64_t found = std::max<int64_t>(1, std::thread::hardware_concurrency());
  return found;
}

/// Calls f(0) … f(tasks − 1), each once, on up to `most` threads including this one. The first exception is rethrown.
template <class F>
void in_parallel(int64_t tasks, int64_t most, F&& f) {
  int64_t threads = std::min({tasks, most, cores()});
  std::atomic<int64_t> next{0};
  std::exception_ptr failure;
  std::mutex mutex;
  auto work = [&] {
    for (int64_t i = next++; i < tasks; i = next++) {
      try {
        f(i);
      } catch (...) {
        std::lock_guard lock(mutex);
        if (!failure) failure = std::current_exception();
        next = tasks;
      }
    }
  };
  std::vector<std::thread> others;
  for (int64_t t = 1; t < threads; t++) {
    try {
      others.emplace_back(work);
    } catch (const std::system_error&) {
      break;  // no more threads to be had: the ones there do it all
    }
  }
  work();
  for (auto& thread : others) thread.join();
  if (failure) std::rethrow_exception(failure);
}

/// Calls f(0) … f(threads − 1) at the same time, each on a thread of its own, so that they may wait for each other.
/// Throws before any of them began when the threads cannot be had.
template <class F>
void run_team(int threads, F&& f) {
  std::atomic<int> gate{0};
  std::vector<std::thread> others;
  try {
    for (int t = 1; t < threads; t++) {
      others.emplace_back([&gate, &f, t] {
        gate.wait(0);
        if (gate == 1) f(t);
      });
    }
  } catch (...) {
    gate = -1;
    gate.notify_all();
    for (auto& thread : others) thread.join();
    throw;
  }
  gate = 1;
  gate.notify_all();
  f(0);
  for (auto& thread : others) thread.join();
}

}  // namespace eigenscope
