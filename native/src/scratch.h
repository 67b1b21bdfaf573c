// Uninitialised, aligned memory for work space.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>

namespace eigenscope {

template <class T>
class Scratch {
 public:
  explicit Scratch(double count) {
    double bytes = count * static_cast<double>(sizeof(T));
    if (!(bytes < 4.0e15)) throw std::bad_alloc();
    data_ = static_cast<T*>(::operator new(static_cast<size_t>(bytes) + sizeof(T), std::align_val_t{64}));
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { ::operator delete(data_, std::align_val_t{64}); }

  T* get() const { return data_; }
  T& operator[](size_t i) const { return data_[i]; }

 private:
  T* data_;
};

}  // namespace eigenscope
