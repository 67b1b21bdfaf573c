// What the addon cannot do for its size: memory that is not to be had, numbers past LAPACK's integers. Each names the size.
#pragma once

#include <cstddef>
#include <exception>
#include <new>
#include <string>

#include "lapack.h"

namespace eigenscope {

/// There is no memory of that size.
class OutOfMemory : public std::bad_alloc {
 public:
  explicit OutOfMemory(double bytes);
  const char* what() const noexcept override { return text_; }

 private:
  char text_[64];
};

inline constexpr std::align_val_t kLine{64};

/// Memory for `bytes`, which `::operator delete` with the same alignment gives back.
void* allocate(double bytes, std::align_val_t alignment = kLine);

/// LAPACK would count in integers that end before.
class PastIntegers : public std::exception {
 public:
  PastIntegers(double count, const char* what);
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  std::string text_;
};

/// Every count that LAPACK is told goes through here; `what` it is a count of.
lapack::integer to_integer(double count, const char* what);

}  // namespace eigenscope
