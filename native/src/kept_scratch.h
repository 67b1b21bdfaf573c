// Work space that is kept for the next call: the system takes milliseconds to clear tens of megabytes of new memory.
#pragma once

#include <mutex>
#include <utility>

#include "refusals.h"

namespace eigenscope {

template <class T>
class KeptScratch {
 public:
  explicit KeptScratch(double count) : bytes_((count + 1) * static_cast<double>(sizeof(T))) {
    {
      std::lock_guard lock(shelf().mutex);
      Shelf& kept = shelf();
      if (kept.data != nullptr && kept.bytes >= bytes_) {
        data_ = std::exchange(kept.data, nullptr);
        bytes_ = kept.bytes;
      }
    }
    if (data_ == nullptr) data_ = allocate(bytes_);
  }
  KeptScratch(const KeptScratch&) = delete;
  KeptScratch& operator=(const KeptScratch&) = delete;
  ~KeptScratch() {
    {
      std::lock_guard lock(shelf().mutex);
      Shelf& kept = shelf();
      if (bytes_ <= kMostKept && (kept.data == nullptr || kept.bytes < bytes_)) {
        std::swap(data_, kept.data);
        kept.bytes = bytes_;
      }
    }
    ::operator delete(data_, kLine);
  }

  T* get() const { return static_cast<T*>(data_); }

 private:
  static constexpr double kMostKept = 48.0 * (1 << 20);

  struct Shelf {
    std::mutex mutex;
    void* data = nullptr;
    double bytes = 0;
  };
  static Shelf& shelf() {
    static Shelf the_one;
    return the_one;
  }

  double bytes_;
  void* data_ = nullptr;
};

}  // namespace eigenscope
