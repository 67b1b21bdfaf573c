// Work space that is kept for the next call: the system takes milliseconds to clear tens of megabytes of new memory.
#pragma once

#include <cstddef>
#include <mutex>
#include <new>
#include <utility>

namespace eigenscope {

template <class T>
class KeptScratch {
 public:
  explicit KeptScratch(double count) : bytes_(static_cast<size_t>(count * static_cast<double>(sizeof(T)))) {
    if (!(count * static_cast<double>(sizeof(T)) < 4.0e15)) throw std::bad_alloc();
    {
      std::lock_guard lock(shelf().mutex);
      Shelf& kept = shelf();
      if (kept.data != nullptr && kept.bytes >= bytes_) {
        data_ = std::exchange(kept.data, nullptr);
        bytes_ = kept.bytes;
      }
    }
    if (data_ == nullptr) data_ = ::operator new(bytes_ + 64, std::align_val_t{64});
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
    if (data_ != nullptr) ::operator delete(data_, std::align_val_t{64});
  }

  T* get() const { return static_cast<T*>(data_); }

 private:
  static constexpr size_t kMostKept = size_t(48) << 20;

  struct Shelf {
    std::mutex mutex;
    void* data = nullptr;
    size_t bytes = 0;
  };
  static Shelf& shelf() {
    static Shelf the_one;
    return the_one;
  }

  size_t bytes_;
  void* data_ = nullptr;
};

}  // namespace eigenscope
