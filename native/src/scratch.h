// Uninitialised, aligned memory for work space.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "refusals.h"

namespace eigenscope {

template <class T>
class Scratch {
 public:
  explicit Scratch(double count) : data_(static_cast<T*>(allocate((count + 1) * static_cast<double>(sizeof(T))))) {}
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { ::operator delete(data_, kLine); }

  T* get() const { return data_; }
  T& operator[](size_t i) const { return data_[i]; }

 private:
  T* data_;
};

/// `count` zeros in a vector.
template <class T>
std::vector<T> zeros(double count) {
  const double bytes = count * static_cast<double>(sizeof(T));
  if (!(bytes < 4.0e15)) throw OutOfMemory(bytes);
  try {
    return std::vector<T>(static_cast<size_t>(count));
  } catch (const std::bad_alloc&) {
    throw OutOfMemory(bytes);
  }
}

}  // namespace eigenscope
