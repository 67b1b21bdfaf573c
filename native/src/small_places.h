// Small matrices by their places in typed arrays: gathered from their strides, and written row after row.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <unordered_map>

#include "arguments.h"
#include "lapack.h"

namespace eigenscope {

/// Rows and columns of a small matrix at most.
constexpr int64_t kMostSmall = 32;
constexpr int kNotFinite = -1000;

/// A matrix (or vector) by its place in a typed array, strides in entries of it (a complex number is two).
template <class T>
struct Place {
  Real<T>* data = nullptr;
  int64_t start = 0, row = 0, col = 0;

  const T& at(int64_t i, int64_t j) const { return *reinterpret_cast<const T*>(data + start + i * row + j * col); }
};

template <class T>
Place<T> parse_place(Arguments& args, int64_t rows, int64_t cols) {
  auto span = args.array<Real<T>>();
  Place<T> place{span.data, args.count(), 0, 0};
  const double row = args.number(), col = args.number();
  double low = static_cast<double>(place.start), high = low + (IsComplex<T>::value ? 2 : 1);
  for (double reach : {row * static_cast<double>(rows - 1), col * static_cast<double>(cols - 1)}) {
    (reach < 0 ? low : high) += reach;
  }
  if (!(low >= 0 && high <= span.length)) args.range("matrix outside of its memory");
  place.row = static_cast<int64_t>(row);
  place.col = static_cast<int64_t>(col);
  return place;
}

/// Room for a result that is written row after row.
template <class T>
T* parse_result(Arguments& args, int64_t count) {
  auto span = args.array<Real<T>>();
  const int64_t start = args.count();
  if (static_cast<double>(start) + static_cast<double>(count) * (IsComplex<T>::value ? 2 : 1) > span.length) {
    args.range("result outside of its memory");
  }
  return reinterpret_cast<T*>(span.data + start);
}

inline int64_t small(Arguments& args) {
  const int64_t n = args.count();
  if (n < 1 || n > kMostSmall) args.range("not a small matrix");
  return n;
}

template <class T>
bool finite(const T& x) {
  if constexpr (IsComplex<T>::value) {
    return std::isfinite(x.real()) && std::isfinite(x.imag());
  } else {
    return std::isfinite(x);
  }
}

template <class T>
T conjugate(T x) {
  if constexpr (IsComplex<T>::value) {
    return std::conj(x);
  } else {
    return x;
  }
}

/// Room on the stack that nobody clears: complex numbers begin as zeros otherwise.
template <class T, int64_t count>
class Unset {
 public:
  T* get() { return reinterpret_cast<T*>(bytes_); }

 private:
  alignas(T) unsigned char bytes_[static_cast<size_t>(count) * sizeof(T)];
};

/// Column after column, `lead` from one to the next; false for NaN and infinity.
template <class T>
bool gather(const Place<T>& from, int64_t rows, int64_t cols, T* to, int64_t lead = 0) {
  if (lead == 0) lead = rows;
  bool all = true;
  for (int64_t j = 0; j < cols; j++) {
    for (int64_t i = 0; i < rows; i++) {
      const T& x = from.at(i, j);
      all = all && finite(x);
      to[j * lead + i] = x;
    }
  }
  return all;
}

template <class T>
void scatter(const T* from, int64_t rows, int64_t cols, T* to) {
  for (int64_t i = 0; i < rows; i++) {
    for (int64_t j = 0; j < cols; j++) to[i * cols + j] = from[j * rows + i];
  }
}

/// Lengths of work space, asked of LAPACK once for each size.
template <class T>
lapack::integer kept_length(int64_t key, double least, lapack::integer (*ask)(int64_t)) {
  thread_local std::unordered_map<int64_t, lapack::integer> known;
  auto found = known.find(key);
  if (found != known.end()) return found->second;
  const lapack::integer length = std::max(static_cast<lapack::integer>(least), ask(key));
  known.emplace(key, length);
  return length;
}

}  // namespace eigenscope
