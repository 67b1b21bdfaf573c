// Functions of small matrices in one call: scaling, Padé approximants and squaring on the stack of the machine.
#include "lapack_factors.h"
#include "linalg_modules.h"
#include "small_places.h"
#include "small_solve.h"
#include "workspace.h"

namespace eigenscope {
namespace {

using lapack::integer;

template <class T>
struct Room {
  Unset<T, kMostSmall * kMostSmall> cells;
  T* get() { return cells.get(); }
};

/// to := a · b, column after column.
template <class T>
void product(int64_t n, const T* a, const T* b, T* to) {
  for (int64_t j = 0; j < n; j++) {
    T* column = to + j * n;
    std::fill(column, column + n, T(0));
    for (int64_t k = 0; k < n; k++) {
      const T factor = b[j * n + k];
      const T* from = a + k * n;
      for (int64_t i = 0; i < n; i++) column[i] += from[i] * factor;
    }
  }
}

template <class T>
void add_scaled(int64_t size, Real<T> factor, const T* a, T* to) {
  for (int64_t i = 0; i < size; i++) to[i] += factor * a[i];
}

/// Coefficients of the diagonal Padé approximant of eˣ.
template <class R>
void coefficients(int degree, R* b) {
  b[0] = 1;
  for (int k = 1; k <= degree; k++) {
    b[k] = b[k - 1] * static_cast<R>(degree - k + 1) / static_cast<R>((2 * degree - k + 1) * k);
  }
}

/// a := eᵃ (Higham, SIAM J. Matrix Anal. Appl. 26, 2005); false where the denominator is singular.
template <class T>
bool exponential(int64_t n, T* a) {
  using R = Real<T>;
  const int64_t size = n * n;
  double norm = 0;
  for (int64_t j = 0; j < n; j++) {
    double sum = 0;
    for (int64_t i = 0; i < n; i++) sum += std::abs(a[j * n + i]);
    norm = std::max(norm, sum);
  }
  constexpr struct {
    int degree;
    double bound;
  } steps[] = {{3, 1.495585217958292e-2}, {5, 2.53939833006323e-1}, {7, 9.504178996162932e-1}, {9, 2.097847961257068}};
  constexpr double largest = 5.371920351148152;
  int degree = 13, squarings = 0;
  for (const auto& step : steps) {
    if (norm <= step.bound) {
      degree = step.degree;
      break;
    }
  }
  if (degree == 13) {
    squarings = static_cast<int>(std::clamp(std::ceil(std::log2(norm / largest)), 0.0, 1030.0));
    const R scale = static_cast<R>(std::ldexp(1.0, -squarings));
    for (int64_t i = 0; i < size; i++) a[i] *= scale;
  }
  R b[14];
  coefficients(degree, b);
  Room<T> square, power, next, odd, even;
  product(n, a, a, square.get());
  std::fill(odd.get(), odd.get() + size, T(0));
  std::fill(even.get(), even.get() + size, T(0));
  for (int64_t i = 0; i < n; i++) {
    even.get()[i * (n + 1)] = b[0];
    odd.get()[i * (n + 1)] = b[1];
  }
  if (degree < 13) {
    T *current = power.get(), *other = next.get();
    std::copy(square.get(), square.get() + size, current);
    for (int k = 2; k < degree; k += 2) {
      if (k > 2) {
        product(n, current, square.get(), other);
        std::swap(current, other);
      }
      add_scaled(size, b[k], current, even.get());
      add_scaled(size, b[k + 1], current, odd.get());
    }
  } else {
    Room<T> fourth, sixth;
    product(n, square.get(), square.get(), fourth.get());
    product(n, fourth.get(), square.get(), sixth.get());
    auto combined = [&](int at, T* to) {
      add_scaled(size, b[at], sixth.get(), to);
      add_scaled(size, b[at - 2], fourth.get(), to);
      add_scaled(size, b[at - 4], square.get(), to);
    };
    for (int side : {0, 1}) {
      T* sum = side == 0 ? even.get() : odd.get();
      std::fill(power.get(), power.get() + size, T(0));
      combined(12 + side, power.get());
      product(n, sixth.get(), power.get(), next.get());
      add_scaled(size, R(1), next.get(), sum);
      combined(6 + side, sum);
    }
  }
  // u = a · odd; (even − u)⁻¹ · (even + u).
  product(n, a, odd.get(), power.get());
  for (int64_t i = 0; i < size; i++) {
    const T u = power.get()[i], v = even.get()[i];
    a[i] = v + u;
    next.get()[i] = v - u;
  }
  if (solve_in_place(n, n, next.get(), a) > 0) return false;
  for (int k = 0; k < squarings; k++) {
    product(n, a, a, power.get());
    std::copy(power.get(), power.get() + size, a);
  }
  return true;
}

/// smallExpm(type, n, a, out): 0, or 1 where the general way has to try; −1000 for NaN and infinity.
Napi::Value small_expm(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    const int64_t n = small(args);
    auto a = parse_place<T>(args, n, n);
    T* out = parse_result<T>(args, n * n);
    Room<T> work;
    if (!gather(a, n, n, work.get())) return number(args, kNotFinite);
    if (!exponential(n, work.get())) return number(args, 1);
    scatter(work.get(), n, n, out);
    return number(args, 0);
  });
}

}  // namespace

void define_small_functions(Napi::Env env, Napi::Object exports) { define<small_expm>(env, exports, "smallExpm"); }

}  // namespace eigenscope
