#include "general_eigenvalues.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <vector>

#include "blas_threads.h"
#include "gemm.h"
#include "hessenberg.h"
#include "kept_scratch.h"
#include "lapack_schur.h"
#include "schur.h"
#include "scratch.h"
#include "threads.h"
#include "tridiagonal.h"

namespace eigenscope {
namespace {

using lapack::integer;

/// Below this LAPACK's own way is as fast, and its results stay what people know them to be.
constexpr int64_t kInSteps = 200;
/// Below this the threads' meetings take longer than what they share.
constexpr int64_t kWorthThreads = 300;
/// More threads than this only wait for memory.
constexpr int kMostThreads = 8;
/// Eigenvectors that one thread computes at a time.
constexpr int64_t kVectors = 48;

int threads_for(int64_t n) { return n < kWorthThreads ? 1 : std::min(kMostThreads, blas_threads()); }

/// Where squares of entries neither overflow nor vanish.
template <class T>
bool in_range(int64_t n, const T* a) {
  T largest = 0;
  for (int64_t i = 0; i < n * n; i++) largest = std::max(largest, std::abs(a[i]));
  return sizeof(T) == 8 ? largest > T(1e-60) && largest < T(1e60) : largest > T(1e-8) && largest < T(1e8);
}

/// Rows of a matrix whose columns begin on cache lines, in different sets of the cache.
int64_t leading(int64_t n) {
  const int64_t rows = padded_rows(n);
  return rows % 512 == 0 ? rows + 16 : rows;
}

template <class T>
void copy_columns(int64_t n, const T* from, int64_t ld_from, T* to, int64_t ld_to) {
  for (int64_t j = 0; j < n; j++) std::copy_n(from + j * ld_from, n, to + j * ld_to);
}

/// What lies on and above the subdiagonal, zeros below.
template <class T>
void copy_hessenberg(int64_t n, const T* from, int64_t ld_from, T* to, int64_t ld_to) {
  for (int64_t j = 0; j < n; j++) {
    const int64_t rows = std::min(n, j + 2);
    std::copy_n(from + j * ld_from, rows, to + j * ld_to);
    std::fill(to + j * ld_to + rows, to + j * ld_to + n, T(0));
  }
}

/// Column j of v, or columns j and j + 1 of a conjugate pair, get length 1; of a pair the largest component becomes real.
template <class T>
void normalise(int64_t n, T* x, T* y) {
  const integer order = static_cast<integer>(n);
  if (y == nullptr) {
    const T scale = 1 / lapack::nrm2(order, x, 1);
    for (int64_t i = 0; i < n; i++) x[i] *= scale;
    return;
  }
  const T scale = 1 / std::hypot(lapack::nrm2(order, x, 1), lapack::nrm2(order, y, 1));
  int64_t at = 0;
  T most = -1;
  for (int64_t i = 0; i < n; i++) {
    x[i] *= scale;
    y[i] *= scale;
    const T size = x[i] * x[i] + y[i] * y[i];
    if (size > most) {
      most = size;
      at = i;
    }
  }
  const T length = std::hypot(x[at], y[at]);
  const T cos = length == T(0) ? T(1) : x[at] / length, sin = length == T(0) ? T(0) : y[at] / length;
  for (int64_t i = 0; i < n; i++) {
    const T z = cos * x[i] + sin * y[i];
    y[i] = cos * y[i] - sin * x[i];
    x[i] = z;
  }
  y[at] = 0;
}

/// The eigenvectors of diag(scale) · Z · T · Zᵀ · diag(scale)⁻¹; `room` has room for as much as t.
template <class T>
void vectors_of(int64_t n, T* t, const T* z, int64_t ld, const T* im, const T* scale, T* room, T* v, int threads,
                StopFlag stop) {
  // Pairs stay together; the last ones take most work.
  std::vector<int64_t> begin{0};
  while (begin.back() < n) {
    int64_t next = std::min(n, begin.back() + kVectors);
    if (next < n && im[next] < 0) next++;
    begin.push_back(next);
  }
  const auto parts = static_cast<int64_t>(begin.size()) - 1;
  in_parallel(parts, threads, [&](int64_t part) {
    if (asked(stop)) return;
    stand_aside(stop);
    const auto index = static_cast<size_t>(parts - 1 - part);
    const int64_t from = begin[index], to = begin[index + 1], count = to - from;
    std::vector<integer> select(static_cast<size_t>(to), 0);
    std::fill(select.begin() + from, select.end(), 1);
    Scratch<T> work(3.0 * static_cast<double>(to));
    // Of the triangle they see no more than what is above and left of them.
    T* x = room + from * ld;
    const integer rows = static_cast<integer>(to), wide = static_cast<integer>(ld);
    lapack::trevc3(select.data(), rows, t, wide, x, wide, static_cast<integer>(count), work.get(), 3 * rows);
    T* out = v + from * n;
    gemm<T>('N', 'N', n, count, to, T(1), z, ld, x, ld, T(0), out, n, true);
    for (int64_t j = 0; j < count; j++) {
      for (int64_t i = 0; i < n; i++) out[j * n + i] *= scale[i];
    }
    for (int64_t j = 0; j < count; j++) {
      const bool pair = im[from + j] > 0;
      normalise(n, out + j * n, pair ? out + (j + 1) * n : nullptr);
      if (pair) j++;
    }
  });
  if (asked(stop)) throw Stopped();
}

}  // namespace

template <class T>
bool eig_in_steps(int64_t n, const T* a, T* re, T* im, T* v, integer& info) {
  if (n < kInSteps || !in_range(n, a)) return false;
  const StopFlag stop = stop_flag();
  const int64_t ld = leading(n), square = ld * n;
  KeptScratch<T> room(static_cast<double>(v == nullptr ? 1 : 3) * static_cast<double>(square));
  T* matrix = room.get();
  copy_columns(n, a, n, matrix, ld);
  Scratch<T> scale(static_cast<double>(n)), tau(static_cast<double>(n));
  integer first = 0, last = 0;
  lapack::gebal('B', static_cast<integer>(n), matrix, static_cast<integer>(ld), &first, &last, scale.get());
  if (first != 1 || last != n) return false;
  const int threads = threads_for(n);
  BlasByItself alone;
  reduce_to_hessenberg<T>(n, matrix, ld, tau.get(), threads, stop);
  T *h = matrix, *z = nullptr;
  if (v == nullptr) {
    for (int64_t j = 0; j + 2 < n; j++) std::fill(matrix + j * ld + j + 2, matrix + j * ld + n, T(0));
  } else {
    h = matrix + square;
    z = h + square;
    copy_hessenberg(n, matrix, ld, h, ld);
    hessenberg_vectors<T>(n, matrix, ld, tau.get(), z, ld, threads, stop);
  }
  info = static_cast<integer>(schur_form<T>(n, h, ld, re, im, z, ld, threads, stop));
  if (info == 0 && v != nullptr) vectors_of(n, h, z, ld, im, scale.get(), matrix, v, threads, stop);
  return true;
}

template <class T>
bool schur_in_steps(int64_t n, T* a, T* re, T* im, T* z, integer& info) {
  if (n < kInSteps || !in_range(n, a)) return false;
  const StopFlag stop = stop_flag();
  const int64_t ld = leading(n), square = ld * n;
  KeptScratch<T> room(3.0 * static_cast<double>(square));
  T *matrix = room.get(), *h = matrix + square, *q = h + square;
  copy_columns(n, a, n, matrix, ld);
  Scratch<T> scale(static_cast<double>(n)), tau(static_cast<double>(n));
  integer first = 0, last = 0;
  lapack::gebal('P', static_cast<integer>(n), matrix, static_cast<integer>(ld), &first, &last, scale.get());
  if (first != 1 || last != n) return false;
  const int threads = threads_for(n);
  BlasByItself alone;
  reduce_to_hessenberg<T>(n, matrix, ld, tau.get(), threads, stop);
  copy_hessenberg(n, matrix, ld, h, ld);
  hessenberg_vectors<T>(n, matrix, ld, tau.get(), q, ld, threads, stop);
  info = static_cast<integer>(schur_form<T>(n, h, ld, re, im, q, ld, threads, stop));
  copy_columns(n, h, ld, a, n);
  copy_columns(n, q, ld, z, n);
  return true;
}

template <class T>
bool hessenberg_in_steps(int64_t n, T* a, T* q) {
  if (n < kInSteps || !in_range(n, a)) return false;
  const StopFlag stop = stop_flag();
  const int64_t ld = leading(n);
  KeptScratch<T> room(static_cast<double>(ld) * static_cast<double>(n));
  T* matrix = room.get();
  copy_columns(n, a, n, matrix, ld);
  Scratch<T> tau(static_cast<double>(n));
  const int threads = threads_for(n);
  BlasByItself alone;
  reduce_to_hessenberg<T>(n, matrix, ld, tau.get(), threads, stop);
  copy_hessenberg(n, matrix, ld, a, n);
  hessenberg_vectors<T>(n, matrix, ld, tau.get(), q, n, threads, stop);
  return true;
}

#define GENERAL(T)                                                                \
  template bool eig_in_steps<T>(int64_t, const T*, T*, T*, T*, integer&);         \
  template bool schur_in_steps<T>(int64_t, T*, T*, T*, T*, integer&);             \
  template bool hessenberg_in_steps<T>(int64_t, T*, T*);
GENERAL(float)
GENERAL(double)
#undef GENERAL

}  // namespace eigenscope
