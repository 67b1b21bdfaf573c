// Standard normal draws from a stream, as NumPy takes them from it.
#pragma once

#include "bit_streams.h"

namespace eigenscope {

/// By the polar method; the second of a pair is kept for the next call.
void normal_draws(Twister& bits, double* out, int64_t n);
/// By the ziggurat.
void normal_draws(ModernTwister& bits, double* out, int64_t n);
void normal_draws(Pcg64& bits, double* out, int64_t n);
void normal_draws(OtherStream& bits, double* out, int64_t n);

}  // namespace eigenscope
