// Neighbouring columns taken together, so that memory is read in whole lines.
#pragma once

#include <algorithm>
#include <cstdint>

#include "sort_order.h"
#include "threads.h"

namespace eigenscope {

/// Columns that are gathered, sorted and scattered together, so that memory is read in whole lines.
template <class T>
constexpr int64_t kColumns = std::max<int64_t>(8, 128 / static_cast<int64_t>(sizeof(T)));

/// Calls f(first element, columns) for every group of neighbouring columns of `outer` blocks of n × inner elements.
template <class T, class F>
void each_columns(int64_t outer, int64_t n, int64_t inner, F&& f) {
  const int64_t groups = (inner + kColumns<T> - 1) / kColumns<T>;
  in_parallel(outer * groups, outer * n * inner < kParallel / 4 ? 1 : kMostThreads, [&](int64_t task) {
    const int64_t column = task % groups * kColumns<T>;
    f(task / groups * n * inner + column, std::min(kColumns<T>, inner - column));
  });
}

template <class T>
void gather(const T* from, int64_t n, int64_t inner, int64_t columns, T* to) {
  for (int64_t i = 0; i < n; i++) {
    for (int64_t c = 0; c < columns; c++) to[c * n + i] = from[i * inner + c];
  }
}

template <class T>
void scatter(const T* from, int64_t n, int64_t inner, int64_t columns, T* to) {
  for (int64_t i = 0; i < n; i++) {
    for (int64_t c = 0; c < columns; c++) to[i * inner + c] = from[c * n + i];
  }
}

}  // namespace eigenscope
