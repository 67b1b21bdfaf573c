// Products of many small matrices: a few rows of C at a time in registers, B read once for them.
#include "targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "batched_products.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "batched_products.h"
#include "some_lanes.h"

HWY_BEFORE_NAMESPACE();
namespace eigenscope {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

/// `rows` rows of C, `lanes` columns of it. `depth` is k where that is known beforehand, else 0: the steps then stand one
/// after the other, and the next matrix begins while the sums of this one are still on their way.
template <int rows, int depth, class D, class T, class Load, class Store>
HWY_INLINE void block(D d, const T* a, const T* b, T* c, int64_t k, int64_t m, Load load, Store store) {
  hn::Vec<D> sums[rows];
  for (int r = 0; r < rows; r++) sums[r] = hn::Zero(d);
  auto step = [&](int64_t p, int64_t width) HWY_ATTR {
    const auto v = load(b + p * m);
    for (int r = 0; r < rows; r++) sums[r] = hn::MulAdd(hn::Set(d, a[r * width + p]), v, sums[r]);
  };
  if constexpr (depth > 0) {
    HWY_UNROLL(8)
    for (int p = 0; p < depth; p++) step(p, depth);
  } else {
    for (int64_t p = 0; p < k; p++) step(p, k);
  }
  for (int r = 0; r < rows; r++) store(sums[r], c + r * m);
}

template <int depth, class D, class T, class Load, class Store>
HWY_INLINE void columns(D d, const T* a, const T* b, T* c, int64_t n, int64_t k, int64_t m, Load load, Store store) {
  int64_t i = 0;
  for (; i + 8 <= n; i += 8) block<8, depth>(d, a + i * k, b, c + i * m, k, m, load, store);
  for (; i + 4 <= n; i += 4) block<4, depth>(d, a + i * k, b, c + i * m, k, m, load, store);
  for (; i < n; i++) block<1, depth>(d, a + i * k, b, c + i * m, k, m, load, store);
}

template <int depth, class T>
void products_of(Stack<const T> a, Stack<const T> b, Stack<T> c, int64_t from, int64_t to, int64_t n, int64_t k,
                 int64_t m) {
  const hn::ScalableTag<T> d;
  using V = hn::Vec<decltype(d)>;
  const auto lanes = static_cast<int64_t>(hn::Lanes(d));
  for (int64_t q = from; q < to; q++) {
    const T* x = a.data + q * a.batch;
    const T* y = b.data + q * b.batch;
    T* z = c.data + q * c.batch;
    int64_t j = 0;
    for (; j + lanes <= m; j += lanes) {
      columns<depth>(
          d, x, y + j, z + j, n, k, m, [&](const T* p) HWY_ATTR { return hn::LoadU(d, p); },
          [&](V v, T* p) HWY_ATTR { hn::StoreU(v, d, p); });
    }
    if (j < m) {
      columns<depth>(
          d, x, y + j, z + j, n, k, m, [&](const T* p) HWY_ATTR { return load_some(m - j, p); },
          [&](V v, T* p) HWY_ATTR { store_some(v, m - j, p); });
    }
  }
}

template <class T>
void products(Stack<const T> a, Stack<const T> b, Stack<T> c, int64_t from, int64_t to, int64_t n, int64_t k,
              int64_t m) {
  (k == 8 ? products_of<8, T> : k == 4 ? products_of<4, T> : k == 3 ? products_of<3, T> : products_of<0, T>)(
      a, b, c, from, to, n, k, m);
}

SmallProducts<float> products_f32() { return products<float>; }
SmallProducts<double> products_f64() { return products<double>; }

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace eigenscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

#include <atomic>

#include "arguments.h"
#include "gemm.h"
#include "kernels/pool.h"
#include "lapack.h"
#include "modules.h"
#include "stop.h"

namespace eigenscope {

HWY_EXPORT(products_f32);
HWY_EXPORT(products_f64);

template <>
SmallProducts<float> small_products() {
  return HWY_DYNAMIC_DISPATCH(products_f32)();
}
template <>
SmallProducts<double> small_products() {
  return HWY_DYNAMIC_DISPATCH(products_f64)();
}

namespace {

/// Multiplications of one product up to which rows of C are made with one vector of columns at a time.
constexpr double kSmall = 13824;

/// matmulStack(type, count, n, k, m, a, aBatch, b, bBatch, c): C := A · B for every pair of two stacks whose matrices
/// lie row after row, `batch` elements apart (0: always the same one).
Napi::Value matmul_stack(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    const int64_t count = args.count();
    const auto n = args.dimension(), k = args.dimension(), m = args.dimension();
    auto a = args.array<T>();
    const int64_t a_batch = args.count();
    auto b = args.array<T>();
    const int64_t b_batch = args.count();
    auto c = args.array<T>();
    auto reach = [&](double batch, double size) { return count == 0 ? 0 : batch * static_cast<double>(count - 1) + size; };
    const double nk = static_cast<double>(n) * k, km = static_cast<double>(k) * m, nm = static_cast<double>(n) * m;
    args.need(a, reach(static_cast<double>(a_batch), nk));
    args.need(b, reach(static_cast<double>(b_batch), km));
    args.need(c, nm * static_cast<double>(count));
    if (count == 0 || n == 0 || m == 0 || k == 0) return args.env().Undefined();
    const int64_t size = int64_t(n) * m;
    if constexpr (!IsComplex<T>::value) {
      if (nk * m <= kSmall) {
        const auto loop = small_products<T>();
        const int64_t per = std::max<int64_t>(1, static_cast<int64_t>(65536 / (nk * m)));
        const int64_t tasks = (count + per - 1) / per;
        on_pool(tasks, [&](int64_t task) {
          loop({a.data, a_batch}, {b.data, b_batch}, {c.data, size}, task * per, std::min(count, (task + 1) * per), n,
               k, m);
        });
        return args.env().Undefined();
      }
    }
    // Row after row they are transposes: Cᵀ = Bᵀ · Aᵀ.
    const StopFlag stop = stop_flag();
    std::atomic<bool> no_memory{false};
    on_pool(count, [&](int64_t q) {
      if (asked(stop)) return;
      try {
        gemm<T>('N', 'N', m, n, k, T(1), b.data + q * b_batch, m, a.data + q * a_batch, k, T(0), c.data + q * size, m, true);
      } catch (const std::bad_alloc&) {
        no_memory = true;
      }
    });
    if (asked(stop)) throw Stopped();
    if (no_memory) throw std::bad_alloc();
    return args.env().Undefined();
  });
}

}  // namespace

void define_batched_products(Napi::Env env, Napi::Object exports) { define<matmul_stack>(env, exports, "matmulStack"); }

}  // namespace eigenscope
#endif
