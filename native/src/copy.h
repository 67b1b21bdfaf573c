#pragma once

#include "strided.h"

namespace eigenscope {

/// Copies every element of `from` to the same place of `to` (same shape), converting between dtypes.
void copy_strided(const Strided& from, const Strided& to);

}  // namespace eigenscope
