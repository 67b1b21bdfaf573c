// Which instruction sets the kernels are compiled for: the baseline, AVX2 and AVX-512 on x86, all that Highway knows
// elsewhere. The sets between them gain little and double the size of the addon.
#pragma once

#include <hwy/detect_targets.h>

#undef HWY_DISABLED_TARGETS
#if defined(__x86_64__) || defined(_M_X64)
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_SSE4 | HWY_AVX3_DL | 0x7FLL)
#elif defined(__aarch64__) || defined(_M_ARM64)
// Vectors of unknown size cannot lie in arrays, as the kernels keep them.
#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128)
#else
#define HWY_DISABLED_TARGETS 0
#endif
