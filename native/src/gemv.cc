#include "targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "gemv.cc"
#include <hwy/foreach_target.h>
#include <hwy/cache_control.h>
#include <hwy/highway.h>

#include "gemv.h"
#include "some_lanes.h"

HWY_BEFORE_NAMESPACE();
namespace eigenscope {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

template <class R>
using Vectors = hn::ScalableTag<R>;

#if HWY_TARGET == HWY_SCALAR

template <class T>
T times(T a, T x, bool) {
  return a * x;
}
template <class R>
std::complex<R> times(std::complex<R> a, std::complex<R> x, bool conjugate) {
  const R im = conjugate ? -a.imag() : a.imag();
  return {a.real() * x.real() - im * x.imag(), a.real() * x.imag() + im * x.real()};
}

template <class T>
void any_order(Strided<T> a, bool conjugate, int64_t m, int64_t k, const T* x, T* sums) {
  for (int64_t i = 0; i < m; i++) {
    T sum(0);
    for (int64_t p = 0; p < k; p++) sum += times(a.data[i * a.across + p * a.along], x[p], conjugate);
    sums[i] = sum;
  }
}
template <class T>
constexpr auto dots = any_order<T>;
template <class T>
constexpr auto columns = any_order<T>;

#else

/// Inner products of `rows` rows with x, two sums in turn for each so that one need not wait for the other.
template <int rows, class R>
HWY_INLINE void dots_of(const R* a, int64_t across, int64_t k, const R* x, R* sums) {
  const Vectors<R> d;
  using V = hn::Vec<decltype(d)>;
  const auto n = static_cast<int64_t>(hn::Lanes(d));
  constexpr int64_t ahead = 1024 / sizeof(R);
  V even[rows], odd[rows];
  for (int r = 0; r < rows; r++) even[r] = odd[r] = hn::Zero(d);
  int64_t p = 0;
  for (; p + 2 * n <= k; p += 2 * n) {
    const V x0 = hn::LoadU(d, x + p), x1 = hn::LoadU(d, x + p + n);
    for (int r = 0; r < rows; r++) {
      // The processor's own reading ahead ends where a page does.
      hwy::Prefetch(a + r * across + p + ahead);
      if (sizeof(V) >= 64) hwy::Prefetch(a + r * across + p + ahead + n);
      even[r] = hn::MulAdd(hn::LoadU(d, a + r * across + p), x0, even[r]);
      odd[r] = hn::MulAdd(hn::LoadU(d, a + r * across + p + n), x1, odd[r]);
    }
  }
  for (; p < k; p += n) {
    const bool whole = p + n <= k;
    const V x0 = whole ? hn::LoadU(d, x + p) : load_some(k - p, x + p);
    for (int r = 0; r < rows; r++) {
      const R* row = a + r * across + p;
      even[r] = hn::MulAdd(whole ? hn::LoadU(d, row) : load_some(k - p, row), x0, even[r]);
    }
  }
  for (int r = 0; r < rows; r++) sums[r] = hn::GetLane(hn::SumOfLanes(d, hn::Add(even[r], odd[r])));
}

/// The same for complex numbers: products with x, and with x whose parts are exchanged.
template <int rows, class R>
HWY_INLINE void dots_of(const std::complex<R>* a, int64_t across, int64_t k, const std::complex<R>* x, bool conjugate,
                        std::complex<R>* sums) {
  const Vectors<R> d;
  using V = hn::Vec<decltype(d)>;
  const auto n = static_cast<int64_t>(hn::Lanes(d));
  auto* y = reinterpret_cast<const R*>(x);
  V straight[rows], crossed[rows];
  for (int r = 0; r < rows; r++) straight[r] = crossed[r] = hn::Zero(d);
  for (int64_t p = 0; p < 2 * k; p += n) {
    const bool whole = p + n <= 2 * k;
    const V x0 = whole ? hn::LoadU(d, y + p) : load_some(2 * k - p, y + p), x1 = hn::Reverse2(d, x0);
    for (int r = 0; r < rows; r++) {
      auto* row = reinterpret_cast<const R*>(a + r * across) + p;
      const V v = whole ? hn::LoadU(d, row) : load_some(2 * k - p, row);
      straight[r] = hn::MulAdd(v, x0, straight[r]);
      crossed[r] = hn::MulAdd(v, x1, crossed[r]);
    }
  }
  HWY_ALIGN R s[hn::MaxLanes(d)], c[hn::MaxLanes(d)];
  for (int r = 0; r < rows; r++) {
    hn::Store(straight[r], d, s);
    hn::Store(crossed[r], d, c);
    R re = 0, re_im = 0, im = 0, im_re = 0;
    for (int64_t i = 0; i < n; i += 2) {
      re += s[i];
      re_im += s[i + 1];
      im += c[i];
      im_re += c[i + 1];
    }
    sums[r] = conjugate ? std::complex<R>(re + re_im, im - im_re) : std::complex<R>(re - re_im, im + im_re);
  }
}

template <class T>
void dots(Strided<T> a, bool conjugate, int64_t m, int64_t k, const T* x, T* sums) {
  auto some = [&]<int rows>(int64_t i) HWY_ATTR {
    if constexpr (sizeof(T) == sizeof(Real<T>)) {
      dots_of<rows>(a.data + i * a.across, a.across, k, x, sums + i);
    } else {
      dots_of<rows>(a.data + i * a.across, a.across, k, x, conjugate, sums + i);
    }
  };
  (void)conjugate;
  int64_t i = 0;
  for (; i + 4 <= m; i += 4) some.template operator()<4>(i);
  for (; i < m; i++) some.template operator()<1>(i);
}

/// sums := Σ x[p] · column p, some columns at a time, so that the sums are read and written less often.
template <int count, class T>
HWY_INLINE void add_columns(const T* a, int64_t along, bool conjugate, int64_t m, const T* x, T* sums) {
  using R = Real<T>;
  constexpr bool complex = sizeof(T) != sizeof(R);
  const Vectors<R> d;
  using V = hn::Vec<decltype(d)>;
  const auto n = static_cast<int64_t>(hn::Lanes(d));
  const int64_t length = m * static_cast<int64_t>(sizeof(T) / sizeof(R));
  V straight[count], crossed[count];
  for (int q = 0; q < count; q++) {
    const V re = hn::Set(d, std::real(x[q])), im = hn::Set(d, std::imag(x[q]));
    straight[q] = conjugate ? hn::OddEven(hn::Neg(re), re) : re;
    crossed[q] = conjugate ? im : hn::OddEven(im, hn::Neg(im));
  }
  auto* to = reinterpret_cast<R*>(sums);
  for (int64_t i = 0; i < length; i += n) {
    V sum = hn::LoadU(d, to + i);
    for (int q = 0; q < count; q++) {
      auto* from = reinterpret_cast<const R*>(a + q * along) + i;
      const V v = i + n <= length ? hn::LoadU(d, from) : load_some(length - i, from);
      sum = hn::MulAdd(v, straight[q], sum);
      if constexpr (complex) sum = hn::MulAdd(hn::Reverse2(d, v), crossed[q], sum);
    }
    hn::StoreU(sum, d, to + i);
  }
}

/// The sums have room for a vector more.
template <class T>
void columns(Strided<T> a, bool conjugate, int64_t m, int64_t k, const T* x, T* sums) {
  for (int64_t i = 0; i < m + static_cast<int64_t>(hn::Lanes(Vectors<Real<T>>())); i++) sums[i] = T(0);
  int64_t p = 0;
  if constexpr (sizeof(T) == sizeof(Real<T>)) {
    for (; p + 8 <= k; p += 8) add_columns<8>(a.data + p * a.along, a.along, conjugate, m, x + p, sums);
  }
  for (; p + 4 <= k; p += 4) add_columns<4>(a.data + p * a.along, a.along, conjugate, m, x + p, sums);
  for (; p < k; p++) add_columns<1>(a.data + p * a.along, a.along, conjugate, m, x + p, sums);
}

#endif

template <class T>
struct Loops {
  /// sums[i] := Σ op(a[i, p]) · x[p], for rows and for columns that lie together.
  void (*dots)(Strided<T> a, bool conjugate, int64_t m, int64_t k, const T* x, T* sums);
  void (*columns)(Strided<T> a, bool conjugate, int64_t m, int64_t k, const T* x, T* sums);
};

template <class T>
const void* loops() {
  static const Loops<T> the_ones{dots<T>, columns<T>};
  return &the_ones;
}
const void* loops_f32() { return loops<float>(); }
const void* loops_f64() { return loops<double>(); }
const void* loops_c64() { return loops<std::complex<float>>(); }
const void* loops_c128() { return loops<std::complex<double>>(); }

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace eigenscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <algorithm>
#include <vector>

#include "kernels/pool.h"
#include "scratch.h"

namespace eigenscope {

HWY_EXPORT(loops_f32);
HWY_EXPORT(loops_f64);
HWY_EXPORT(loops_c64);
HWY_EXPORT(loops_c128);

namespace {

template <class T>
using Loop = void (*)(Strided<T> a, bool conjugate, int64_t m, int64_t k, const T* x, T* sums);
template <class T>
struct Loops {
  Loop<T> dots, columns;
};

template <class T>
const Loops<T>& loops() {
  static const auto& the_ones = *static_cast<const Loops<T>*>([] {
    if constexpr (std::is_same_v<T, float>) return HWY_DYNAMIC_DISPATCH(loops_f32)();
    if constexpr (std::is_same_v<T, double>) return HWY_DYNAMIC_DISPATCH(loops_f64)();
    if constexpr (std::is_same_v<T, std::complex<float>>) return HWY_DYNAMIC_DISPATCH(loops_c64)();
    if constexpr (std::is_same_v<T, std::complex<double>>) return HWY_DYNAMIC_DISPATCH(loops_c128)();
  }());
  return the_ones;
}

/// Rows of one task at most; the sums of those whose columns lie together stay in the first cache.
constexpr int64_t kRows = 1024, kMostLanes = 16;
/// Few rows that are long are cut into pieces of this length, and so many columns make one. Threads or not: the sums are
/// the same on any number of them.
constexpr int64_t kFewRows = 256, kLong = 16384, kPiece = 8192, kPieceColumns = 128;
/// Bytes of a matrix from which on several threads gain, and of a task.
constexpr double kThreaded = 4e5, kTask = 6e4;

}  // namespace

template <class T>
void gemv(Strided<T> a, bool conjugate, int64_t m, int64_t k, const Update<T>& update, const T* x, T* y, int64_t step,
          bool alone) {
  const bool by_rows = a.along == 1;
  const Loop<T> loop = by_rows ? loops<T>().dots : loops<T>().columns;
  const int64_t long_rows = m < kFewRows && k > kLong ? kPiece : k;
  // Columns are read one after the other, as they lie, and parts of them by nobody else.
  const int64_t length = by_rows ? long_rows : std::min(long_rows, std::max(kPieceColumns, 8 * kLong / m));
  const int64_t pieces = (k + length - 1) / length;
  const double bytes = static_cast<double>(m) * static_cast<double>(k) * sizeof(T);
  const bool threaded = !alone && bytes > kThreaded && kernel_threads() > 1;
  int64_t rows = kRows;
  if (threaded && by_rows) {
    const auto worth = static_cast<int64_t>(kTask / (static_cast<double>(length) * sizeof(T))) + 1;
    rows = std::clamp((m + 4 * kernel_threads() - 1) / (4 * kernel_threads()), std::min(worth, kRows), kRows);
    rows = (rows + kMostLanes - 1) / kMostLanes * kMostLanes;
  }
  const int64_t blocks = (m + rows - 1) / rows;
  Scratch<T> parts(pieces > 1 ? static_cast<double>(pieces) * static_cast<double>(m) : 1);
  auto write = [&](int64_t i, T sum) {
    sum = update.alpha == T(1) ? sum : update.alpha * sum;
    y[i * step] = update.fresh ? sum : sum + update.beta * y[i * step];
  };
  auto one = [&](int64_t task) {
    const int64_t i = task % blocks * rows, piece = task / blocks, p = piece * length;
    const int64_t count = std::min(rows, m - i);
    alignas(64) Real<T> room[(kRows + kMostLanes) * sizeof(T) / sizeof(Real<T>)];
    T* sums = reinterpret_cast<T*>(room);
    loop({a.data + i * a.across + p * a.along, a.across, a.along}, conjugate, count, std::min(length, k - p), x + p, sums);
    for (int64_t r = 0; r < count; r++) {
      if (pieces == 1) {
        write(i + r, sums[r]);
      } else {
        parts[static_cast<size_t>(piece * m + i + r)] = sums[r];
      }
    }
  };
  if (threaded) {
    on_pool(blocks * pieces, [&](int64_t task) { one(task); });
  } else {
    for (int64_t task = 0; task < blocks * pieces; task++) one(task);
  }
  if (pieces == 1) return;
  for (int64_t i = 0; i < m; i++) {
    T sum = parts[static_cast<size_t>(i)];
    for (int64_t piece = 1; piece < pieces; piece++) sum += parts[static_cast<size_t>(piece * m + i)];
    write(i, sum);
  }
}

#define GEMV(T) \
  template void gemv<T>(Strided<T>, bool, int64_t, int64_t, const Update<T>&, const T*, T*, int64_t, bool);
GEMV(float)
GEMV(double)
GEMV(std::complex<float>)
GEMV(std::complex<double>)
#undef GEMV

}  // namespace eigenscope
#endif
