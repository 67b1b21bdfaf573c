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

/// A picture somebody looks at is being made: calls of `stand_aside` within the next moment wait.
void eyes_first();

/// Between two steps of a long routine, on each of its threads: leaves the cores to pictures that are being asked for one
/// after another, as a slider does, for a tenth of a second at most. Priorities alone do not do that: a thread that wakes
/// up waits for the slice of the one that computes, several times on the way of every picture.
void stand_aside(StopFlag stop);

/// Thrown when it was asked for; what the routine was to fill is of no use.
struct Stopped : std::exception {
  const char* what() const noexcept override { return "asked to stop"; }
};

}  // namespace eigenscope
