// Loops that vector instructions do not help: divisions of integers, shifts, and functions of the C library.
#include <algorithm>
#include <bit>
#include <cmath>
#include <complex>
#include <cstring>
#include <limits>
#include <numeric>

#include "bit_streams.h"
#include "loops.h"

namespace eigenscope {
namespace {

constexpr int64_t slow = 8192, slower = 2048;

template <class T, auto f>
void loop_1(const std::byte* const* in, std::byte* out, int64_t n) {
  auto* a = reinterpret_cast<const T*>(in[0]);
  auto* r = reinterpret_cast<T*>(out);
  for (int64_t i = 0; i < n; i++) r[i] = static_cast<T>(f(a[i]));
}

template <class T, auto f>
void loop_2(const std::byte* const* in, std::byte* out, int64_t n) {
  auto* a = reinterpret_cast<const T*>(in[0]);
  auto* b = reinterpret_cast<const T*>(in[1]);
  auto* r = reinterpret_cast<T*>(out);
  for (int64_t i = 0; i < n; i++) r[i] = static_cast<T>(f(a[i], b[i]));
}

template <class T>
constexpr bool is_minus_one(T b) {
  return std::is_signed_v<T> && b == T(-1);
}
template <class T>
constexpr T minus(T a) {
  using U = std::make_unsigned_t<T>;
  return static_cast<T>(U(0) - static_cast<U>(a));
}

// Division by 0 is 0, as in NumPy; the smallest number divided by −1 wraps around to itself.
template <class T>
T floor_divide(T a, T b) {
  if (b == 0) return 0;
  if (is_minus_one(b)) return minus(a);
  T q = static_cast<T>(a / b);
  if constexpr (std::is_signed_v<T>) {
    if (a % b != 0 && (a < 0) != (b < 0)) q--;
  }
  return q;
}
template <class T>
T remainder(T a, T b) {
  if (b == 0 || is_minus_one(b)) return 0;
  T r = static_cast<T>(a % b);
  if constexpr (std::is_signed_v<T>) {
    if (r != 0 && (r < 0) != (b < 0)) r = static_cast<T>(r + b);
  }
  return r;
}
template <class T>
T fmod_of(T a, T b) {
  return b == 0 || is_minus_one(b) ? T(0) : static_cast<T>(a % b);
}
/// Modulo the dtype's range; who calls has refused negative exponents.
template <class T>
T power_of(T a, T b) {
  uint64_t result = 1, base = static_cast<uint64_t>(a);
  for (auto rest = static_cast<std::make_unsigned_t<T>>(b); rest != 0; rest = static_cast<decltype(rest)>(rest >> 1)) {
    if (rest & 1) result *= base;
    base *= base;
  }
  return static_cast<T>(result);
}

/// Division of many numbers by one positive one: multiplication by its inverse (Granlund and Montgomery, 1994), exact for
/// dividends below 2⁶³. Of negative ones ⌊a / b⌋ = ~⌊~a / b⌋.
struct Divisor {
  uint64_t inverse;
  int shift;

  explicit Divisor(uint64_t b) {
    int bits = b > 1 ? 64 - std::countl_zero(b - 1) : 0;
    // ⌈2^(63 + bits) / b⌉, by long division.
    uint64_t rest = 0, quotient = 0;
    for (int k = 63 + bits; k >= 0; k--) {
      rest = 2 * rest + (k == 63 + bits ? 1 : 0);
      quotient = 2 * quotient + (rest >= b ? 1 : 0);
      if (rest >= b) rest -= b;
    }
    inverse = quotient + (rest > 0 ? 1 : 0);
    shift = bits;
  }

  int64_t floor(int64_t a) const {
    const int64_t sign = a >> 63;
    uint64_t low, high = multiply_high(static_cast<uint64_t>(a ^ sign), inverse, &low);
    // The product less its last 63 + shift bits.
    uint64_t quotient = shift == 0 ? high << 1 | low >> 63 : high >> (shift - 1);
    return static_cast<int64_t>(quotient) ^ sign;
  }
};

template <class T, bool modulo>
void divide_loop(const std::byte* const* in, std::byte* out, int64_t n) {
  auto* a = reinterpret_cast<const T*>(in[0]);
  auto* b = reinterpret_cast<const T*>(in[1]);
  auto* r = reinterpret_cast<T*>(out);
  constexpr bool fits = !std::is_same_v<T, uint64_t>;
  if (fits && n > 16 && b[0] > 0 && std::memcmp(b, b + 1, static_cast<size_t>(n - 1) * sizeof(T)) == 0) {
    const auto d = static_cast<int64_t>(b[0]);
    const Divisor by(static_cast<uint64_t>(d));
    for (int64_t i = 0; i < n; i++) {
      const auto x = static_cast<int64_t>(a[i]);
      const int64_t q = by.floor(x);
      r[i] = static_cast<T>(modulo ? x - q * d : q);
    }
    return;
  }
  for (int64_t i = 0; i < n; i++) r[i] = modulo ? remainder(a[i], b[i]) : floor_divide(a[i], b[i]);
}

template <class T>
T left_shift(T a, T b) {
  constexpr int bits = 8 * sizeof(T);
  return b >= 0 && b < T(bits < 128 ? bits : 127) ? static_cast<T>(static_cast<std::make_unsigned_t<T>>(a) << b) : T(0);
}
template <class T>
T right_shift(T a, T b) {
  constexpr int bits = 8 * sizeof(T);
  if (b >= 0 && b < T(bits)) return static_cast<T>(a >> b);
  return a < 0 ? T(-1) : T(0);
}
template <class T>
T reciprocal(T a) {
  // What x86 makes of 1 / 0 as a number, which NumPy hands on: other widths and unsigned ones get 0.
  if (a == 0) return std::is_signed_v<T> && sizeof(T) >= 4 ? std::numeric_limits<T>::lowest() : T(0);
  return static_cast<T>(is_minus_one(a) ? minus(T(1)) : T(1) / a);
}
template <class T>
T gcd(T a, T b) {
  using U = std::make_unsigned_t<T>;
  U x = a < 0 ? static_cast<U>(minus(a)) : static_cast<U>(a), y = b < 0 ? static_cast<U>(minus(b)) : static_cast<U>(b);
  while (y != 0) {
    U r = static_cast<U>(x % y);
    x = y;
    y = r;
  }
  return static_cast<T>(x);
}
template <class T>
T lcm(T a, T b) {
  using U = std::make_unsigned_t<T>;
  auto x = static_cast<U>(a < 0 ? minus(a) : a), y = static_cast<U>(b < 0 ? minus(b) : b);
  auto g = static_cast<U>(gcd(a, b));
  return g == 0 ? T(0) : static_cast<T>(static_cast<uint64_t>(x / g) * static_cast<uint64_t>(y));
}
template <class T>
T same(T a) {
  return a;
}

// Floats are computed in double precision and rounded once.

double float_floor_divide(double a, double b) {
  if (b == 0) return a / b;
  double mod = std::fmod(a, b);
  double quotient = (a - mod) / b;
  if (mod != 0 && (b < 0) != (mod < 0)) quotient -= 1;
  if (quotient == 0) return std::copysign(0.0, a / b);
  double floor = std::floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}
double float_remainder(double a, double b) {
  double mod = std::fmod(a, b);
  if (mod == 0) return std::copysign(0.0, b);
  return (b < 0) != (mod < 0) ? mod + b : mod;
}
double float_fmod(double a, double b) { return std::fmod(a, b); }
double hypotenuse(double a, double b) { return std::hypot(a, b); }
double logaddexp(double a, double b) {
  if (a == b) return a + 0.693147180559945309417;
  double difference = a - b;
  if (difference > 0) return a + std::log1p(std::exp(-difference));
  return difference <= 0 ? b + std::log1p(std::exp(difference)) : std::numeric_limits<double>::quiet_NaN();
}
double logaddexp2(double a, double b) {
  constexpr double ln2 = 0.693147180559945309417;
  return logaddexp(a * ln2, b * ln2) / ln2;
}
double copysign(double a, double b) { return std::copysign(a, b); }
double heaviside(double a, double b) { return a < 0 ? 0 : a > 0 ? 1 : a == 0 ? b : a; }
template <class T>
T nextafter(T a, T b) {
  return std::nextafter(a, b);
}

template <class R>
R modulus(std::complex<R> a) {
  return std::hypot(a.real(), a.imag());
}
template <class R>
void absolute_complex(const std::byte* const* in, std::byte* out, int64_t n) {
  auto* a = reinterpret_cast<const std::complex<R>*>(in[0]);
  auto* r = reinterpret_cast<R*>(out);
  for (int64_t i = 0; i < n; i++) r[i] = modulus(a[i]);
}

template <class T>
void add_one(Loops& loops, const char* name, LoopFunction run, int64_t least) {
  loops.push_back({name, 1, {dtype_of<T>(), dtype_of<T>(), dtype_of<T>()}, dtype_of<T>(), run, least});
}
template <class T>
void add_two(Loops& loops, const char* name, LoopFunction run, int64_t least) {
  loops.push_back({name, 2, {dtype_of<T>(), dtype_of<T>(), dtype_of<T>()}, dtype_of<T>(), run, least});
}

template <class T>
void add_integers(Loops& loops) {
  add_two<T>(loops, "floor_divide", divide_loop<T, false>, slow);
  add_two<T>(loops, "remainder", divide_loop<T, true>, slow);
  add_two<T>(loops, "fmod", loop_2<T, fmod_of<T>>, slow);
  add_two<T>(loops, "power", loop_2<T, power_of<T>>, slow);
  add_two<T>(loops, "left_shift", loop_2<T, left_shift<T>>, slow);
  add_two<T>(loops, "right_shift", loop_2<T, right_shift<T>>, slow);
  add_two<T>(loops, "gcd", loop_2<T, gcd<T>>, slower);
  add_two<T>(loops, "lcm", loop_2<T, lcm<T>>, slower);
  add_one<T>(loops, "reciprocal", loop_1<T, reciprocal<T>>, slow);
  for (const char* name : {"floor", "ceil", "trunc"}) add_one<T>(loops, name, loop_1<T, same<T>>, slow);
}

template <class T>
void add_floats(Loops& loops) {
  add_two<T>(loops, "floor_divide", loop_2<T, float_floor_divide>, slower);
  add_two<T>(loops, "remainder", loop_2<T, float_remainder>, slower);
  add_two<T>(loops, "fmod", loop_2<T, float_fmod>, slower);
  add_two<T>(loops, "hypot", loop_2<T, hypotenuse>, slower);
  add_two<T>(loops, "logaddexp", loop_2<T, logaddexp>, slower);
  add_two<T>(loops, "logaddexp2", loop_2<T, logaddexp2>, slower);
  add_two<T>(loops, "copysign", loop_2<T, copysign>, slow);
  add_two<T>(loops, "heaviside", loop_2<T, heaviside>, slow);
  add_two<T>(loops, "nextafter", loop_2<T, nextafter<T>>, slower);
  using C = std::complex<T>;
  loops.push_back(
      {"absolute", 1, {dtype_of<C>(), dtype_of<C>(), dtype_of<C>()}, dtype_of<T>(), absolute_complex<T>, slower});
}

}  // namespace

void integer_floor_divide(const std::byte* const* in, std::byte* out, int64_t n) { divide_loop<int64_t, false>(in, out, n); }
void integer_remainder(const std::byte* const* in, std::byte* out, int64_t n) { divide_loop<int64_t, true>(in, out, n); }

void add_other_loops(Loops& loops) {
  add_integers<int8_t>(loops);
  add_integers<int16_t>(loops);
  add_integers<int32_t>(loops);
  add_integers<int64_t>(loops);
  add_integers<uint8_t>(loops);
  add_integers<uint16_t>(loops);
  add_integers<uint32_t>(loops);
  add_integers<uint64_t>(loops);
  add_floats<float>(loops);
  add_floats<double>(loops);
}

}  // namespace eigenscope
