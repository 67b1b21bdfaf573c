// Products of compressed rows with vectors.
#include "targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "sparse_products.cc"
#include <hwy/foreach_target.h>
#include <hwy/cache_control.h>
#include <hwy/highway.h>

#include "sparse.h"

HWY_BEFORE_NAMESPACE();
namespace eigenscope {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

bool in_range(const int32_t* indices, int64_t count, int64_t cols) {
  const hn::ScalableTag<uint32_t> d;
  const int64_t lanes = static_cast<int64_t>(hn::Lanes(d));
  // As unsigned numbers negative indices are large.
  auto most = hn::Zero(d);
  const auto* from = reinterpret_cast<const uint32_t*>(indices);
  int64_t i = 0;
  for (; i + lanes <= count; i += lanes) most = hn::Max(most, hn::LoadU(d, from + i));
  uint32_t largest = hn::GetLane(hn::MaxOfLanes(d, most));
  for (; i < count; i++) largest = std::max(largest, from[i]);
  return count == 0 || static_cast<int64_t>(largest) < cols;
}

/// Σ data · x over `count` < 8 entries, written out: most rows of grids and graphs are that short and of few lengths.
template <class T>
HWY_INLINE T short_row(const T* data, const int32_t* indices, const T* x, int64_t count) {
  T sum{};
  switch (count) {
    case 7:
      sum = data[6] * x[indices[6]];
      [[fallthrough]];
    case 6:
      sum += data[5] * x[indices[5]];
      [[fallthrough]];
    case 5:
      sum += data[4] * x[indices[4]];
      [[fallthrough]];
    case 4:
      sum += data[3] * x[indices[3]];
      [[fallthrough]];
    case 3:
      sum += data[2] * x[indices[2]];
      [[fallthrough]];
    case 2:
      sum += data[1] * x[indices[1]];
      [[fallthrough]];
    case 1:
      sum += data[0] * x[indices[0]];
      break;
    default:
      break;
  }
  return sum;
}

/// How far ahead of their use entries and indices are asked for, in bytes: the processor's own prefetching stops at every
/// page and loses itself between the many streams of a product.
constexpr int64_t kAheadData = 4096, kAheadIndices = 2048;

template <bool ahead, class T>
HWY_INLINE void fetch(const T* data, const int32_t* indices) {
  if constexpr (ahead) {
    hwy::Prefetch(reinterpret_cast<const char*>(data) + kAheadData);
    hwy::Prefetch(reinterpret_cast<const char*>(indices) + kAheadIndices);
  }
}

/// The processor runs several short rows at once by itself, and gathering would cost more. `ahead`: the matrix lies in no
/// cache.
template <bool ahead, class T>
void rows_times_from(const Csr<T>& a, const T* x, T* y, int64_t row0, int64_t row1) {
  const hn::ScalableTag<T> d;
  const hn::RebindToSigned<decltype(d)> whole;
  const hn::Rebind<int32_t, decltype(d)> narrow;
  const int64_t lanes = static_cast<int64_t>(hn::Lanes(d));
  const int32_t* indices = a.indices;
  const T* data = a.data;
  int64_t at = a.indptr[row0];
  for (int64_t row = row0; row < row1; row++) {
    const int64_t end = a.indptr[row + 1];
    fetch<ahead>(data + at, indices + at);
    if (end - at < 8) {
      y[row] = short_row(data + at, indices + at, x, end - at);
      at = end;
      continue;
    }
    T sum{};
    if (end - at >= 2 * lanes && end - at >= 16) {
      auto sums = hn::Zero(d);
      for (; at + lanes <= end; at += lanes) {
        fetch<ahead>(data + at, indices + at);
        decltype(hn::Zero(whole)) places;
        if constexpr (sizeof(T) == 8) {
          places = hn::PromoteTo(whole, hn::LoadU(narrow, indices + at));
        } else {
          places = hn::LoadU(whole, indices + at);
        }
        sums = hn::MulAdd(hn::LoadU(d, data + at), hn::GatherIndex(d, x, places), sums);
      }
      sum = hn::GetLane(hn::SumOfLanes(d, sums));
    }
    for (; at + 8 <= end; at += 7) {
      fetch<ahead>(data + at, indices + at);
      sum += short_row(data + at, indices + at, x, 7);
    }
    y[row] = sum + short_row(data + at, indices + at, x, end - at);
    at = end;
  }
}

template <class T>
void rows_times(const Csr<T>& a, const T* x, T* y, int64_t row0, int64_t row1) {
  constexpr int64_t kCaches = int64_t{8} << 20;
  if (a.entries() * static_cast<int64_t>(sizeof(T) + 4) > kCaches) {
    rows_times_from<true>(a, x, y, row0, row1);
  } else {
    rows_times_from<false>(a, x, y, row0, row1);
  }
}

template <class T>
T dot_real(const T* x, const T* y, int64_t n) {
  const hn::ScalableTag<T> d;
  const int64_t lanes = static_cast<int64_t>(hn::Lanes(d));
  auto s0 = hn::Zero(d), s1 = hn::Zero(d);
  int64_t i = 0;
  for (; i + 2 * lanes <= n; i += 2 * lanes) {
    s0 = hn::MulAdd(hn::LoadU(d, x + i), hn::LoadU(d, y + i), s0);
    s1 = hn::MulAdd(hn::LoadU(d, x + i + lanes), hn::LoadU(d, y + i + lanes), s1);
  }
  T rest{};
  for (; i < n; i++) rest += x[i] * y[i];
  return hn::GetLane(hn::SumOfLanes(d, hn::Add(s0, s1))) + rest;
}

template <class T>
void add_scaled_real(T f, const T* x, T* y, int64_t n) {
  const hn::ScalableTag<T> d;
  const int64_t lanes = static_cast<int64_t>(hn::Lanes(d));
  const auto factor = hn::Set(d, f);
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes) hn::StoreU(hn::MulAdd(hn::LoadU(d, x + i), factor, hn::LoadU(d, y + i)), d, y + i);
  for (; i < n; i++) y[i] += f * x[i];
}

/// y −= f · x; returns y · y.
template <class T>
T subtract_dot_real(T f, const T* x, T* y, int64_t n) {
  const hn::ScalableTag<T> d;
  const int64_t lanes = static_cast<int64_t>(hn::Lanes(d));
  const auto factor = hn::Set(d, -f);
  auto s0 = hn::Zero(d), s1 = hn::Zero(d);
  int64_t i = 0;
  for (; i + 2 * lanes <= n; i += 2 * lanes) {
    const auto y0 = hn::MulAdd(hn::LoadU(d, x + i), factor, hn::LoadU(d, y + i));
    const auto y1 = hn::MulAdd(hn::LoadU(d, x + i + lanes), factor, hn::LoadU(d, y + i + lanes));
    hn::StoreU(y0, d, y + i);
    hn::StoreU(y1, d, y + i + lanes);
    s0 = hn::MulAdd(y0, y0, s0);
    s1 = hn::MulAdd(y1, y1, s1);
  }
  T rest{};
  for (; i < n; i++) {
    y[i] -= f * x[i];
    rest += y[i] * y[i];
  }
  return hn::GetLane(hn::SumOfLanes(d, hn::Add(s0, s1))) + rest;
}

/// x += f · p; p := g · p + r
template <class T>
void step_real(T f, T g, const T* r, T* p, T* x, int64_t n) {
  const hn::ScalableTag<T> d;
  const int64_t lanes = static_cast<int64_t>(hn::Lanes(d));
  const auto along = hn::Set(d, f), kept = hn::Set(d, g);
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    const auto direction = hn::LoadU(d, p + i);
    hn::StoreU(hn::MulAdd(direction, along, hn::LoadU(d, x + i)), d, x + i);
    hn::StoreU(hn::MulAdd(direction, kept, hn::LoadU(d, r + i)), d, p + i);
  }
  for (; i < n; i++) {
    x[i] += f * p[i];
    p[i] = g * p[i] + r[i];
  }
}

const SparseLoops* sparse_loops() {
  static constexpr SparseLoops loops{
      in_range, {rows_times<float>, dot_real<float>, add_scaled_real<float>, subtract_dot_real<float>, step_real<float>},
      {rows_times<double>, dot_real<double>, add_scaled_real<double>, subtract_dot_real<double>, step_real<double>}};
  return &loops;
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace eigenscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <atomic>

#include "kernels/pool.h"
#include "modules.h"

namespace eigenscope {

HWY_EXPORT(sparse_loops);

const SparseLoops& sparse_kernels() {
  static const SparseLoops* chosen = HWY_DYNAMIC_DISPATCH(sparse_loops)();
  return *chosen;
}

namespace {

/// Rows and entries per stretch: short enough that what was looked at and asked for ahead is still in the nearest cache.
constexpr int64_t kRows = 128, kEntries = 1024;
/// Below this many entries a second thread costs more than it brings.
constexpr int64_t kWorthThreads = 150000;

bool ascending(const int32_t* indptr, int64_t row0, int64_t row1) {
  bool all = true;
  for (int64_t row = row0; row < row1; row++) all &= indptr[row] <= indptr[row + 1];
  return all;
}

}  // namespace

bool pointers_valid(const int32_t* indptr, int64_t rows, double entries) {
  if (indptr[0] != 0) return false;
  return ascending(indptr, 0, rows) && static_cast<double>(indptr[rows]) <= entries;
}

bool indices_valid(const int32_t* indices, int64_t count, int64_t cols) { return sparse_kernels().in_range(indices, count, cols); }

template <class T>
void csr_times_unchecked(const Csr<T>& a, const T* x, T* y, int64_t row0, int64_t row1) {
  if constexpr (!IsComplex<T>::value) {
    sparse_kernels().of<T>().times(a, x, y, row0, row1);
  } else {
    for (int64_t row = row0; row < row1; row++) {
      Real<T> re = 0, im = 0;
      for (int64_t at = a.indptr[row]; at < a.indptr[row + 1]; at++) {
        const T v = a.data[at], w = x[a.indices[at]];
        re += v.real() * w.real() - v.imag() * w.imag();
        im += v.real() * w.imag() + v.imag() * w.real();
      }
      y[row] = T(re, im);
    }
  }
}

template <class T>
bool csr_times(const Csr<T>& a, double entries, const T* x, T* y, int64_t row0, int64_t row1) {
  if (a.indptr[row0] < 0) return false;
  for (int64_t row = row0; row < row1;) {
    const int64_t last = std::min(row1, row + kRows);
    if (!ascending(a.indptr, row, last) || a.indptr[last] > entries) return false;
    while (row < last) {
      int64_t end = last;
      while (end > row + 1 && a.indptr[end] - a.indptr[row] > kEntries) end = row + (end - row) / 2;
      if (!sparse_kernels().in_range(a.indices + a.indptr[row], a.indptr[end] - a.indptr[row], a.cols)) return false;
      csr_times_unchecked(a, x, y, row, end);
      row = end;
    }
  }
  return true;
}

template <class T>
T dot(const T* x, const T* y, int64_t n) {
  if constexpr (!IsComplex<T>::value) {
    return sparse_kernels().of<T>().dot(x, y, n);
  } else {
    Real<T> re = 0, im = 0;
    for (int64_t i = 0; i < n; i++) {
      re += x[i].real() * y[i].real() + x[i].imag() * y[i].imag();
      im += x[i].real() * y[i].imag() - x[i].imag() * y[i].real();
    }
    return T(re, im);
  }
}

template <class T>
void add_scaled(T f, const T* x, T* y, int64_t n) {
  if constexpr (!IsComplex<T>::value) {
    sparse_kernels().of<T>().add(f, x, y, n);
  } else {
    for (int64_t i = 0; i < n; i++) {
      y[i] += T(f.real() * x[i].real() - f.imag() * x[i].imag(), f.real() * x[i].imag() + f.imag() * x[i].real());
    }
  }
}

#define EIGENSCOPE_SPARSE(T)                                                                 \
  template void csr_times_unchecked<T>(const Csr<T>&, const T*, T*, int64_t, int64_t);       \
  template bool csr_times<T>(const Csr<T>&, double, const T*, T*, int64_t, int64_t);                 \
  template T dot<T>(const T*, const T*, int64_t);                                            \
  template void add_scaled<T>(T, const T*, T*, int64_t);
EIGENSCOPE_SPARSE(float)
EIGENSCOPE_SPARSE(double)
EIGENSCOPE_SPARSE(std::complex<float>)
EIGENSCOPE_SPARSE(std::complex<double>)
#undef EIGENSCOPE_SPARSE

std::vector<int64_t> row_parts(const int32_t* indptr, int64_t rows, int64_t parts) {
  std::vector<int64_t> bounds{0};
  double total = static_cast<double>(indptr[rows]) + static_cast<double>(rows);
  int64_t row = 0;
  for (int64_t p = 1; p < parts; p++) {
    double goal = total * static_cast<double>(p) / static_cast<double>(parts);
    int64_t low = row, high = rows;
    while (low < high) {
      int64_t middle = (low + high) / 2;
      if (static_cast<double>(indptr[middle]) + static_cast<double>(middle) < goal) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    row = low;
    bounds.push_back(row);
  }
  bounds.push_back(rows);
  return bounds;
}

namespace {

/// y := A · x, or Y := A · X for k columns that lie row after row. False when an index is out of range. The pointers are
/// looked at here, each thread's by itself; `entries` is how many the arrays hold.
template <class T>
bool product(const Csr<T>& a, double entries, const T* x, T* y, int64_t k) {
  int64_t work = static_cast<int64_t>(entries) * k;
  // More parts than threads, so that a thread that was held up does not hold up the product.
  int64_t parts = work < kWorthThreads ? 1 : std::min<int64_t>(4 * kernel_threads(), work / (kWorthThreads / 4));
  auto bounds = row_parts(a.indptr, a.rows, parts);
  std::atomic<bool> good{true};
  on_pool(parts, [&](int64_t part) {
    int64_t row0 = bounds[static_cast<size_t>(part)], row1 = bounds[static_cast<size_t>(part) + 1];
    if (k == 1) {
      if (!csr_times(a, entries, x, y, row0, row1)) good = false;
      return;
    }
    if (a.indptr[row0] < 0 || !ascending(a.indptr, row0, row1) || static_cast<double>(a.indptr[row1]) > entries) {
      good = false;
      return;
    }
    if (!sparse_kernels().in_range(a.indices + a.indptr[row0], a.indptr[row1] - a.indptr[row0], a.cols)) {
      good = false;
      return;
    }
    for (int64_t row = row0; row < row1; row++) {
      T* to = y + row * k;
      std::fill(to, to + k, T{});
      for (int64_t at = a.indptr[row]; at < a.indptr[row + 1]; at++) add_scaled(a.data[at], x + a.indices[at] * k, to, k);
    }
  });
  return good;
}

/// csrTimes(type, rows, cols, indptr, indices, data, x, y, k)
Napi::Value csr_times_js(Arguments& a) {
  return with_type(a.letter("sdcz"), [&](auto zero) -> Napi::Value {
    using T = decltype(zero);
    Csr<T> m;
    m.rows = a.count();
    m.cols = a.count();
    auto indptr = a.array<int32_t>();
    auto indices = a.array<int32_t>();
    auto data = a.array<T>();
    a.need(indptr, static_cast<double>(m.rows) + 1);
    m.indptr = indptr.data;
    m.indices = indices.data;
    m.data = data.data;
    auto x = a.array<T>();
    auto y = a.array<T>();
    int64_t k = a.count();
    a.need(x, static_cast<double>(m.cols) * static_cast<double>(k));
    a.need(y, static_cast<double>(m.rows) * static_cast<double>(k));
    return Napi::Boolean::New(a.env(), m.rows == 0 || k == 0 || product(m, std::min(indices.length, data.length), x.data, y.data, k));
  });
}

/// cscTimes(type, rows, cols, indptr, indices, data, x, y): y += A · x with A in compressed columns.
Napi::Value csc_times_js(Arguments& a) {
  return with_type(a.letter("sdcz"), [&](auto zero) -> Napi::Value {
    using T = decltype(zero);
    // The rows of the transpose are the columns.
    auto m = csr_argument<T>(a, true);
    auto x = a.array<T>();
    auto y = a.array<T>();
    a.need(x, static_cast<double>(m.rows));
    a.need(y, static_cast<double>(m.cols));
    for (int64_t col = 0; col < m.rows; col++) {
      const T f = x.data[col];
      for (int64_t at = m.indptr[col]; at < m.indptr[col + 1]; at++) {
        const T v = m.data[at];
        if constexpr (IsComplex<T>::value) {
          y.data[m.indices[at]] += T(v.real() * f.real() - v.imag() * f.imag(), v.real() * f.imag() + v.imag() * f.real());
        } else {
          y.data[m.indices[at]] += v * f;
        }
      }
    }
    return Napi::Boolean::New(a.env(), true);
  });
}

}  // namespace

void define_sparse_products(Napi::Env env, Napi::Object exports) {
  define<csr_times_js>(env, exports, "csrTimes");
  define<csc_times_js>(env, exports, "cscTimes");
}

}  // namespace eigenscope
#endif
