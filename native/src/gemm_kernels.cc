#include "targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "gemm_kernels.cc"
#include <hwy/foreach_target.h>
#include <hwy/cache_control.h>
#include <hwy/highway.h>

#include <algorithm>

#include "gemm_kernels.h"
#include "some_lanes.h"

HWY_BEFORE_NAMESPACE();
namespace eigenscope {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

// A tile of C is `vectors` vectors tall and `columns` wide: as many sums as the registers hold beside what is multiplied.
#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_NEON
constexpr int kVectors = 3, kColumns = 8, kComplexVectors = 3, kComplexColumns = 4;
#elif HWY_TARGET == HWY_AVX2
constexpr int kVectors = 3, kColumns = 4, kComplexVectors = 2, kComplexColumns = 2;
#else
constexpr int kVectors = 2, kColumns = 4, kComplexVectors = 1, kComplexColumns = 4;
#endif

template <class R>
using Vectors = hn::ScalableTag<R>;
template <class R>
HWY_INLINE int64_t lanes() {
  return static_cast<int64_t>(hn::Lanes(Vectors<R>()));
}

template <class R>
struct TileArguments {
  int64_t k;
  const R* a;
  int64_t a_step;
  const R* b;
  int64_t b_step, b_across;
  int64_t rows;
  /// The panel of B that comes after this one, or this one where none does.
  const R* next;
};

/// Brings a line into the second cache: what streams through the first one until it is needed would drive it out there.
HWY_INLINE void bring_near(const void* line) {
#if HWY_COMPILER_GCC || HWY_COMPILER_CLANG
  __builtin_prefetch(line, 0, 2);
#else
  hwy::Prefetch(line);
#endif
}

/// The lines of a tile of C, one call for each.
template <int columns, class T, class F>
HWY_INLINE void each_line(const T* c, int64_t ldc, int64_t rows, F&& f) {
  constexpr int64_t line = 64 / sizeof(T);
  for (int j = 0; j < columns; j++) {
    for (int64_t i = 0; i < rows; i += line) f(c + j * ldc + i);
  }
}

/// What the compiler must put in its place: a call would leave the sums in memory.
#if HWY_COMPILER_GCC || HWY_COMPILER_CLANG
#define EIGENSCOPE_IN_PLACE __attribute__((always_inline))
#else
#define EIGENSCOPE_IN_PLACE
#endif

/// Calls `step` k times, in order. What comes from far is asked for meanwhile: the next panel of B and C's tile, which goes
/// into the second cache at the beginning and into the first one during the last steps.
template <int columns, class R, class T, class Step>
HWY_INLINE void steps(const TileArguments<R>& x, const T* c, int64_t ldc, Step&& step) {
  const bool deep = x.k > 64;
  if (deep) each_line<columns>(c, ldc, x.rows, [](const T* line) HWY_ATTR { bring_near(line); });
  const int64_t lines = deep ? columns * ((x.rows * static_cast<int64_t>(sizeof(T)) + 63) / 64) : 0;
  const int64_t late = x.k - std::min(x.k, lines);
  const R* next = x.next;
  int64_t p = 0;
  for (; p < late; p++, next += x.b_step) {
    bring_near(next);
    step();
  }
  if (!deep) return;
  each_line<columns>(c, ldc, x.rows, [&](const T* line) HWY_ATTR EIGENSCOPE_IN_PLACE {
    hwy::Prefetch(line);
    if (p++ < x.k) step();
  });
}

/// The sums of each element run over k in order, whatever the tile's size: equal numbers give equal bits anywhere in C.
template <class R, int vectors, int columns>
HWY_NOINLINE void tile(const TileArguments<R>& x, const Update<R>& update, R* c, int64_t ldc) {
  const Vectors<R> d;
  using V = hn::Vec<decltype(d)>;
  const int64_t n = lanes<R>();
  V sums[columns][vectors];
#pragma GCC unroll 8
  for (int j = 0; j < columns; j++) {
#pragma GCC unroll 4
    for (int v = 0; v < vectors; v++) sums[j][v] = hn::Zero(d);
  }
  const R* a = x.a;
  const R* b = x.b;
  steps<columns>(x, c, ldc, [&]() HWY_ATTR EIGENSCOPE_IN_PLACE {
    V left[vectors];
#pragma GCC unroll 4
    for (int v = 0; v < vectors; v++) left[v] = hn::LoadU(d, a + v * n);
#pragma GCC unroll 8
    for (int j = 0; j < columns; j++) {
      const V right = hn::Set(d, b[j * x.b_across]);
#pragma GCC unroll 4
      for (int v = 0; v < vectors; v++) sums[j][v] = hn::MulAdd(left[v], right, sums[j][v]);
    }
    a += x.a_step, b += x.b_step;
  });
  const V alpha = hn::Set(d, update.alpha), beta = hn::Set(d, update.beta);
  const int64_t last = x.rows - (vectors - 1) * n;
#pragma GCC unroll 8
  for (int j = 0; j < columns; j++) {
#pragma GCC unroll 4
    for (int v = 0; v < vectors; v++) {
      R* to = c + j * ldc + v * n;
      V sum = hn::Mul(alpha, sums[j][v]);
      if (v + 1 < vectors || last == n) {
        if (!update.fresh) sum = hn::MulAdd(beta, hn::LoadU(d, to), sum);
        hn::StoreU(sum, d, to);
      } else {
        if (!update.fresh) sum = hn::MulAdd(beta, load_some(last, to), sum);
        store_some(sum, last, to);
      }
    }
  }
}

/// The same for complex numbers: A's real and imaginary parts are vectors of their own, and so are those of the sums.
template <class R, int vectors, int columns>
HWY_NOINLINE void complex_tile(const TileArguments<R>& x, const Update<std::complex<R>>& update, std::complex<R>* c,
                               int64_t ldc) {
  const Vectors<R> d;
  using V = hn::Vec<decltype(d)>;
  const int64_t n = lanes<R>();
  V re[columns][vectors], im[columns][vectors];
#pragma GCC unroll 8
  for (int j = 0; j < columns; j++) {
#pragma GCC unroll 4
    for (int v = 0; v < vectors; v++) re[j][v] = im[j][v] = hn::Zero(d);
  }
  const R* a = x.a;
  const R* b = x.b;
  // The imaginary parts lie behind the panel's real ones.
  const int64_t imaginary = x.a_step / 2;
  steps<columns>(x, c, ldc, [&]() HWY_ATTR EIGENSCOPE_IN_PLACE {
    V left[vectors], turned[vectors];
#pragma GCC unroll 4
    for (int v = 0; v < vectors; v++) {
      left[v] = hn::LoadU(d, a + v * n);
      turned[v] = hn::LoadU(d, a + imaginary + v * n);
    }
#pragma GCC unroll 8
    for (int j = 0; j < columns; j++) {
      const V right = hn::Set(d, b[j * x.b_across]), up = hn::Set(d, b[j * x.b_across + 1]);
#pragma GCC unroll 4
      for (int v = 0; v < vectors; v++) {
        re[j][v] = hn::MulAdd(left[v], right, re[j][v]);
        im[j][v] = hn::MulAdd(left[v], up, im[j][v]);
      }
#pragma GCC unroll 4
      for (int v = 0; v < vectors; v++) {
        re[j][v] = hn::NegMulAdd(turned[v], up, re[j][v]);
        im[j][v] = hn::MulAdd(turned[v], right, im[j][v]);
      }
    }
    a += x.a_step, b += x.b_step;
  });
  const bool scaled = update.alpha != std::complex<R>(1);
  const V ar = hn::Set(d, update.alpha.real()), ai = hn::Set(d, update.alpha.imag());
  const V br = hn::Set(d, update.beta.real()), bi = hn::Set(d, update.beta.imag());
  const int64_t last = x.rows - (vectors - 1) * n;
  HWY_ALIGN R part[2 * hn::MaxLanes(d)];
#pragma GCC unroll 8
  for (int j = 0; j < columns; j++) {
#pragma GCC unroll 4
    for (int v = 0; v < vectors; v++) {
      R* to = reinterpret_cast<R*>(c + j * ldc + v * n);
      V x0 = re[j][v], y0 = im[j][v];
      if (scaled) {
        const V t = hn::NegMulAdd(ai, y0, hn::Mul(ar, x0));
        y0 = hn::MulAdd(ai, x0, hn::Mul(ar, y0));
        x0 = t;
      }
      const bool some = v + 1 == vectors && last != n;
      R* at = some ? part : to;
      if (!update.fresh) {
        if (some) std::copy_n(to, 2 * last, part);
        V p, q;
        hn::LoadInterleaved2(d, at, p, q);
        x0 = hn::NegMulAdd(bi, q, hn::MulAdd(br, p, x0));
        y0 = hn::MulAdd(bi, p, hn::MulAdd(br, q, y0));
      }
      hn::StoreInterleaved2(x0, y0, d, at);
      if (some) std::copy_n(part, 2 * last, to);
    }
  }
}

template <class T>
using Tile = void (*)(const TileArguments<Real<T>>&, const Update<T>&, T*, int64_t);

template <class T>
struct Shape {
  static constexpr int parts = 1, vectors = kVectors, columns = kColumns;
  template <int v, int c>
  static constexpr Tile<T> tile_of() {
    return tile<T, v, c>;
  }
};
template <class R>
struct Shape<std::complex<R>> {
  static constexpr int parts = 2, vectors = kComplexVectors, columns = kComplexColumns;
  template <int v, int c>
  static constexpr Tile<std::complex<R>> tile_of() {
    return complex_tile<R, v, c>;
  }
};

/// How many columns the tile for `left` columns has.
template <int most>
HWY_INLINE int columns_of(int64_t left) {
  if (left >= most) return most;
  if (most > 4 && left >= 4) return 4;
  return most > 2 && left >= 2 ? 2 : 1;
}

template <class T, int vectors>
HWY_INLINE Tile<T> tile_of(int columns) {
  using S = Shape<T>;
  if (columns == S::columns) return S::template tile_of<vectors, S::columns>();
  if constexpr (S::columns > 4) {
    if (columns == 4) return S::template tile_of<vectors, 4>();
  }
  if constexpr (S::columns > 2) {
    if (columns == 2) return S::template tile_of<vectors, 2>();
  }
  return S::template tile_of<vectors, 1>();
}

template <class T, class R = Real<T>>
void block(int64_t m, int64_t n, int64_t k, const Panels<R>& panels, const Update<T>& update, int64_t below, T* c,
           int64_t ldc) {
  using S = Shape<T>;
  const int64_t wide = lanes<R>(), mr = S::vectors * wide;
  for (int64_t j = 0; j < n;) {
    const int columns = columns_of<S::columns>(n - j);
    const R* b = panels.b + j / S::columns * panels.b_panel + j % S::columns * panels.b_across;
    // Only panels are read in the order they lie in.
    const R* next = panels.b_across == S::parts && j + columns < n ? b + panels.b_panel : b;
    const int64_t first = std::max<int64_t>(0, j - below);
    for (int64_t i = first - first % mr; i < m; i += mr) {
      const int64_t rows = std::min(mr, m - i), vectors = (rows + wide - 1) / wide;
      const TileArguments<R> x{
          k, panels.a + i / mr * panels.a_panel, panels.a_step, b, panels.b_step, panels.b_across, rows, next};
      Tile<T> run = tile_of<T, 1>(columns);
      if constexpr (S::vectors >= 2) {
        if (vectors == 2) run = tile_of<T, 2>(columns);
      }
      if constexpr (S::vectors >= 3) {
        if (vectors == 3) run = tile_of<T, 3>(columns);
      }
      run(x, update, c + i + j * ldc, ldc);
    }
    j += columns;
  }
}

// ---- packing

/// `count` rows of depth k, each step of depth of them side by side, `width` apart; the rest is zero.
template <class R>
void pack_panel(const R* from, int64_t across, int64_t along, int64_t count, int64_t k, int64_t width, R* to) {
  if (along == 1) {
    int64_t i = 0;
#if HWY_TARGET != HWY_SCALAR
    {
      // Squares as large as a vector are turned in registers, one of 128 bits or, of float64, of 256.
      constexpr int64_t square = (sizeof(R) == 8 && HWY_MAX_BYTES >= 32 ? 32 : 16) / sizeof(R);
      const hn::CappedTag<R, square> d;
      for (; i + square <= count; i += square) {
        const R* x = from + i * across;
        int64_t p = 0;
        if constexpr (sizeof(R) == 8 && square == 4) {
          for (; p + 4 <= k; p += 4) {
            const auto r0 = hn::LoadU(d, x + p), r1 = hn::LoadU(d, x + across + p);
            const auto r2 = hn::LoadU(d, x + 2 * across + p), r3 = hn::LoadU(d, x + 3 * across + p);
            const auto l01 = hn::InterleaveLower(d, r0, r1), u01 = hn::InterleaveUpper(d, r0, r1);
            const auto l23 = hn::InterleaveLower(d, r2, r3), u23 = hn::InterleaveUpper(d, r2, r3);
            R* y = to + p * width + i;
            hn::StoreU(hn::ConcatLowerLower(d, l23, l01), d, y);
            hn::StoreU(hn::ConcatLowerLower(d, u23, u01), d, y + width);
            hn::StoreU(hn::ConcatUpperUpper(d, l23, l01), d, y + 2 * width);
            hn::StoreU(hn::ConcatUpperUpper(d, u23, u01), d, y + 3 * width);
          }
        } else if constexpr (sizeof(R) == 8) {
          for (; p + 2 <= k; p += 2) {
            const auto r0 = hn::LoadU(d, x + p), r1 = hn::LoadU(d, x + across + p);
            hn::StoreU(hn::InterleaveLower(d, r0, r1), d, to + p * width + i);
            hn::StoreU(hn::InterleaveUpper(d, r0, r1), d, to + (p + 1) * width + i);
          }
        } else {
          const hn::RepartitionToWide<decltype(d)> dw;
          for (; p + 4 <= k; p += 4) {
            const auto r0 = hn::LoadU(d, x + p), r1 = hn::LoadU(d, x + across + p);
            const auto r2 = hn::LoadU(d, x + 2 * across + p), r3 = hn::LoadU(d, x + 3 * across + p);
            const auto l01 = hn::BitCast(dw, hn::InterleaveLower(d, r0, r1));
            const auto l23 = hn::BitCast(dw, hn::InterleaveLower(d, r2, r3));
            const auto u01 = hn::BitCast(dw, hn::InterleaveUpper(d, r0, r1));
            const auto u23 = hn::BitCast(dw, hn::InterleaveUpper(d, r2, r3));
            R* y = to + p * width + i;
            hn::StoreU(hn::BitCast(d, hn::InterleaveLower(dw, l01, l23)), d, y);
            hn::StoreU(hn::BitCast(d, hn::InterleaveUpper(dw, l01, l23)), d, y + width);
            hn::StoreU(hn::BitCast(d, hn::InterleaveLower(dw, u01, u23)), d, y + 2 * width);
            hn::StoreU(hn::BitCast(d, hn::InterleaveUpper(dw, u01, u23)), d, y + 3 * width);
          }
        }
        for (; p < k; p++) {
          for (int64_t q = 0; q < square; q++) to[p * width + i + q] = x[q * across + p];
        }
      }
    }
#endif
    for (; i < count; i++) {
      for (int64_t p = 0; p < k; p++) to[p * width + i] = from[i * across + p];
    }
    for (; i < width; i++) {
      for (int64_t p = 0; p < k; p++) to[p * width + i] = R(0);
    }
    return;
  }
  const Vectors<R> dv;
  const int64_t wide = lanes<R>();
  // Steps of depth lie far apart, where the processor does not look by itself.
  constexpr int64_t ahead = 8;
  for (int64_t p = 0; p < k; p++, from += along, to += width) {
    int64_t i = 0;
    if (across == 1) {
      for (; i + wide <= count; i += wide) {
        if (p + ahead < k) hwy::Prefetch(from + ahead * along + i);
        hn::StoreU(hn::LoadU(dv, from + i), dv, to + i);
      }
    }
    for (; i < count; i++) to[i] = from[i * across];
    for (; i < width; i++) to[i] = R(0);
  }
}

/// Of a panel of pairs, where `width` pairs follow each other at every step of depth.
template <class R>
void negate_every_second(R* to, int64_t count) {
  for (int64_t i = 1; i < count; i += 2) to[i] = -to[i];
}

template <class T, class R = Real<T>>
void pack_a(Strided<T> from, int64_t m, int64_t k, bool conjugate, R* to) {
  using S = Shape<T>;
  const int64_t width = S::vectors * lanes<R>();
  for (int64_t i = 0; i < m; i += width, to += S::parts * width * k) {
    const T* x = from.data + i * from.across;
    const int64_t count = std::min(width, m - i);
    if constexpr (S::parts == 1) {
      pack_panel(x, from.across, from.along, count, k, width, to);
    } else {
      if (from.along == 1) {
        // Real and imaginary parts are one step of depth each.
        pack_panel(reinterpret_cast<const R*>(x), 2 * from.across, 1, count, 2 * k, width, to);
      } else {
        const Vectors<R> d;
        const int64_t wide = lanes<R>();
        for (int64_t p = 0; p < k; p++) {
          R* re = to + 2 * p * width;
          R* im = re + width;
          const T* y = x + p * from.along;
          int64_t q = 0;
          if (from.across == 1) {
            for (; q + wide <= count; q += wide) {
              hn::Vec<decltype(d)> u, v;
              hn::LoadInterleaved2(d, reinterpret_cast<const R*>(y + q), u, v);
              hn::StoreU(u, d, re + q);
              hn::StoreU(v, d, im + q);
            }
          }
          for (; q < count; q++) {
            re[q] = y[q * from.across].real();
            im[q] = y[q * from.across].imag();
          }
          for (; q < width; q++) re[q] = im[q] = R(0);
        }
      }
      if (conjugate) {
        for (int64_t p = 0; p < k; p++) {
          R* im = to + (2 * p + 1) * width;
          for (int64_t q = 0; q < width; q++) im[q] = -im[q];
        }
      }
    }
  }
}

template <class T, class R = Real<T>>
void pack_b(Strided<T> from, int64_t n, int64_t k, bool conjugate, R* to) {
  using S = Shape<T>;
  constexpr int64_t width = S::columns;
  for (int64_t j = 0; j < n; j += width, to += S::parts * width * k) {
    const T* x = from.data + j * from.across;
    const int64_t count = std::min<int64_t>(width, n - j);
    if constexpr (S::parts == 1) {
      pack_panel(x, from.across, from.along, count, k, width, to);
    } else {
      T* pairs = reinterpret_cast<T*>(to);
      for (int64_t q = 0; q < width; q++) {
        for (int64_t p = 0; p < k; p++) pairs[p * width + q] = q < count ? x[q * from.across + p * from.along] : T(0);
      }
      if (conjugate) negate_every_second(to, 2 * width * k);
    }
  }
}

template <class T>
const GemmKernels<T>* kernels() {
  static const GemmKernels<T> the_ones{
      Shape<T>::vectors * lanes<Real<T>>(), Shape<T>::columns, lanes<Real<T>>(), pack_a<T>, pack_b<T>, block<T>};
  return &the_ones;
}
const GemmKernels<float>* kernels_f32() { return kernels<float>(); }
const GemmKernels<double>* kernels_f64() { return kernels<double>(); }
const GemmKernels<std::complex<float>>* kernels_c64() { return kernels<std::complex<float>>(); }
const GemmKernels<std::complex<double>>* kernels_c128() { return kernels<std::complex<double>>(); }

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace eigenscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace eigenscope {

HWY_EXPORT(kernels_f32);
HWY_EXPORT(kernels_f64);
HWY_EXPORT(kernels_c64);
HWY_EXPORT(kernels_c128);

template <>
const GemmKernels<float>& gemm_kernels<float>() {
  static const auto& kernels = *HWY_DYNAMIC_DISPATCH(kernels_f32)();
  return kernels;
}
template <>
const GemmKernels<double>& gemm_kernels<double>() {
  static const auto& kernels = *HWY_DYNAMIC_DISPATCH(kernels_f64)();
  return kernels;
}
template <>
const GemmKernels<std::complex<float>>& gemm_kernels<std::complex<float>>() {
  static const auto& kernels = *HWY_DYNAMIC_DISPATCH(kernels_c64)();
  return kernels;
}
template <>
const GemmKernels<std::complex<double>>& gemm_kernels<std::complex<double>>() {
  static const auto& kernels = *HWY_DYNAMIC_DISPATCH(kernels_c128)();
  return kernels;
}

}  // namespace eigenscope
#endif
