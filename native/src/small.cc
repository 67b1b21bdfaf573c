// Small systems in one call: gathered from their strides, solved on the stack of the machine, written row after row.
// Everything else about them (shapes, dtypes, words for what went wrong) stays in TypeScript.
#include "lapack_factors.h"
#include "linalg_modules.h"
#include "small_places.h"
#include "workspace.h"

namespace eigenscope {
namespace {

using lapack::integer;

/// x := a⁻¹ · x for k columns; a becomes its LU factors. OpenBLAS 0.3.21 wakes its threads even for a 3 × 3 gesv, which
/// takes milliseconds where the cores are busy.
template <class T>
integer solve_in_place(int64_t n, int64_t k, T* a, T* x) {
  integer pivots[kMostSmall];
  const auto order = static_cast<integer>(n);
  const integer info = lapack::getf2(order, order, a, order, pivots);
  if (info != 0) return info;
  T reciprocal[kMostSmall];
  for (int64_t i = 0; i < n; i++) reciprocal[i] = T(1) / a[i * (n + 1)];
  for (int64_t c = 0; c < k; c++) {
    T* y = x + c * n;
    for (int64_t i = 0; i < n; i++) {
      if (pivots[i] != i + 1) std::swap(y[i], y[pivots[i] - 1]);
    }
    for (int64_t j = 0; j < n; j++) {
      const T factor = y[j];
      if (factor == T(0)) continue;
      for (int64_t i = j + 1; i < n; i++) y[i] -= a[j * n + i] * factor;
    }
    for (int64_t j = n - 1; j >= 0; j--) {
      const T factor = y[j] *= reciprocal[j];
      for (int64_t i = 0; i < j; i++) y[i] -= a[j * n + i] * factor;
    }
  }
  return 0;
}

Napi::Value small_inv(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    const int64_t n = small(args);
    auto a = parse_place<T>(args, n, n);
    T* out = parse_result<T>(args, n * n);
    T lu[kMostSmall * kMostSmall], inverse[kMostSmall * kMostSmall];
    gather(a, n, n, lu);
    std::fill(inverse, inverse + n * n, T(0));
    for (int64_t i = 0; i < n; i++) inverse[i * (n + 1)] = T(1);
    const integer info = solve_in_place(n, n, lu, inverse);
    if (info == 0) scatter(inverse, n, n, out);
    return number(args, info);
  });
}

Napi::Value small_solve(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    const int64_t n = small(args), k = small(args);
    auto a = parse_place<T>(args, n, n), b = parse_place<T>(args, n, k);
    T* out = parse_result<T>(args, n * k);
    T lu[kMostSmall * kMostSmall], x[kMostSmall * kMostSmall];
    gather(a, n, n, lu);
    gather(b, n, k, x);
    const integer info = solve_in_place(n, k, lu, x);
    if (info == 0) scatter(x, n, k, out);
    return number(args, info);
  });
}

}  // namespace

void define_small(Napi::Env env, Napi::Object exports) {
  define<small_inv>(env, exports, "smallInv");
  define<small_solve>(env, exports, "smallSolve");
}

}  // namespace eigenscope
