// Random streams as JavaScript hands them over: the words of their state.
#pragma once

#include <cstdint>
#include <type_traits>

#include "arguments.h"
#include "bit_streams.h"

namespace eigenscope {

/// Calls f with the stream whose state comes first among the arguments: 628 words are the Twister's, 629 its under a
/// Generator, 10 are PCG64's, and three other numbers are those of the rarer sources.
template <class F>
Napi::Value with_stream(Arguments& args, F&& f) {
  auto state = args.array<uint32_t>();
  auto with = [&]<class Bits>(std::type_identity<Bits>) -> Napi::Value {
    Bits bits(state.data);
    return f(bits);
  };
  if (state.length == Twister::kWords) return with(std::type_identity<Twister>());
  if (state.length == ModernTwister::kWords) return with(std::type_identity<ModernTwister>());
  const auto words = static_cast<size_t>(state.length);
  if (words == OtherStream::kDxsmWords || words == OtherStream::kSfcWords || words == OtherStream::kPhiloxWords) {
    OtherStream bits(state.data, words);
    return f(bits);
  }
  if (state.length != Pcg64::kWords) args.range("no state of a random stream");
  return with(std::type_identity<Pcg64>());
}

}  // namespace eigenscope
