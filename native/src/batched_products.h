// Products of many small matrices.
#pragma once

#include <cstdint>

namespace eigenscope {

/// count matrices lie `batch` elements apart; row after row without gaps.
template <class T>
struct Stack {
  T* data;
  int64_t batch;
};

/// C := A · B for matrices [from, to) of the stacks: A (n, k), B (k, m).
template <class T>
using SmallProducts = void (*)(Stack<const T> a, Stack<const T> b, Stack<T> c, int64_t from, int64_t to, int64_t n,
                               int64_t k, int64_t m);

template <class T>
SmallProducts<T> small_products();

}  // namespace eigenscope
