// How JavaScript asks a routine of ours that runs to end early.
#pragma once

#include <cstdint>
#include <exception>

namespace eigenscope {

/// A cell in shared memory: anything but zero asks to end.
using StopFlag = const volatile int32_t*;

/// The cell that this thread of JavaScript watches, or nullptr.
StopFlag stop_flag();

inline bool asked(StopFlag flag) { return flag != nullptr && *flag != 0; }

/// Thrown when it was asked for; what the routine was to fill is of no use.
struct Stopped : std::exception {
  const char* what() const noexcept override { return "asked to stop"; }
};

}  // namespace eigenscope
