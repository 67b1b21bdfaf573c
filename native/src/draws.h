// What all distributions are made of, bit for bit as NumPy draws it: from PCG64 as its Generator does, from the Mersenne
// Twister as the legacy RandomState does. Where the two differ only in the logarithm they take, or in a sign that was
// mended later, both are written side by side. Compiled without contraction of a · b + c, which would round otherwise.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <type_traits>

#include "arguments.h"
#include "bit_streams.h"
#include "exponential_tables.h"
#include "normal_draws.h"
#include "stream_arguments.h"

namespace eigenscope {

/// log Γ(x) by Stirling's series from 7 upwards, after Zhang and Jin (1996).
inline double log_gamma(double x) {
  static constexpr double series[10] = {8.333333333333333e-02, -2.777777777777778e-03, 7.936507936507937e-04,
                                        -5.952380952380952e-04, 8.417508417508418e-04, -1.917526917526918e-03,
                                        6.410256410256410e-03, -2.955065359477124e-02, 1.796443723688307e-01,
                                        -1.39243221690590e+00};
  if (x == 1.0 || x == 2.0) return 0.0;
  const int64_t steps = x < 7.0 ? static_cast<int64_t>(7 - x) : 0;
  double above = x + static_cast<double>(steps);
  const double inverse_square = (1.0 / above) * (1.0 / above);
  const double log_two_pi = 1.8378770664093453e+00;
  double sum = series[9];
  for (int k = 8; k >= 0; k--) {
    sum *= inverse_square;
    sum += series[k];
  }
  double result = sum / above + 0.5 * log_two_pi + (above - 0.5) * std::log(above) - above;
  if (x < 7.0) {
    for (int64_t k = 1; k <= steps; k++) {
      result -= std::log(above - 1.0);
      above -= 1.0;
    }
  }
  return result;
}

/// Thrown where rejection goes on and on: parameters at the end of what doubles hold, for which nothing is accepted.
struct NothingAccepted {};

/// Draws over one stream.
template <class Bits>
class Draws {
 public:
  static constexpr bool kLegacy = std::is_same_v<Bits, Twister>;

  explicit Draws(Bits& bits) : bits_(bits) {}

  /// Before each draw: how many numbers it may take.
  void begin() { left_ = kMostNumbers; }

  double uniform() {
    if (--left_ < 0) throw NothingAccepted();
    return bits_.next_double();
  }

  double normal() {
    double x;
    normal_draws(bits_, &x, 1);
    return x;
  }

  double exponential() {
    if constexpr (kLegacy) {
      return -std::log(1.0 - uniform());
    } else {
      using namespace exponential_ziggurat;
      for (;;) {
        uint64_t r = bits_.next64() >> 3;
        const auto layer = static_cast<unsigned>(r & 0xff);
        r >>= 8;
        const double x = static_cast<double>(r) * std::bit_cast<double>(kWidth[layer]);
        if (r < kCertain[layer]) return x;
        if (layer == 0) return kTailStart - std::log1p(-uniform());
        const double above = std::bit_cast<double>(kHeight[layer - 1]), here = std::bit_cast<double>(kHeight[layer]);
        if ((above - here) * uniform() + here < std::exp(-x)) return x;
      }
    }
  }

  double exponential_by_inversion() { return -std::log1p(-uniform()); }

  /// Marsaglia and Tsang (2000) from shape 1 upwards, below it Ahrens and Dieter's GS (1974).
  double gamma(double shape) {
    if (shape == 1.0) return exponential();
    if (shape == 0.0) return 0.0;
    if (shape < 1.0) {
      for (;;) {
        const double u = uniform(), v = exponential();
        if (u <= 1.0 - shape) {
          const double x = std::pow(u, 1. / shape);
          if (x <= v) return x;
        } else {
          const double y = -std::log((1 - u) / shape);
          const double x = std::pow(1.0 - shape + shape * y, 1. / shape);
          if (x <= v + y) return x;
        }
      }
    }
    const double b = shape - 1. / 3., c = 1. / std::sqrt(9 * b);
    for (;;) {
      double x, v;
      do {
        x = normal();
        v = 1.0 + c * x;
      } while (v <= 0.0);
      v = v * v * v;
      const double u = uniform();
      if (u < 1.0 - 0.0331 * (x * x) * (x * x)) return b * v;
      if (std::log(u) < 0.5 * x * x + b * (1. - v + std::log(v))) return b * v;
    }
  }

  double chisquare(double df) { return 2.0 * gamma(df / 2.0); }

  /// By multiplication below 10, from there Hörmann's PTRS (1993).
  int64_t poisson(double lam) {
    if (lam == 0) return 0;
    if (lam < 10) {
      const double least = std::exp(-lam);
      int64_t count = 0;
      for (double product = uniform(); product > least; product *= uniform()) count++;
      return count;
    }
    if (!(lam >= 10)) return 0;
    const double root = std::sqrt(lam), log_lam = std::log(lam);
    const double b = 0.931 + 2.53 * root, a = -0.059 + 0.02483 * b;
    const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4), vr = 0.9277 - 3.6224 / (b - 2);
    for (;;) {
      const double u = uniform() - 0.5, v = uniform(), us = 0.5 - std::fabs(u);
      const auto k = static_cast<int64_t>(std::floor((2 * a / us + b) * u + lam + 0.43));
      if (us >= 0.07 && v <= vr) return k;
      if (k < 0 || (us < 0.013 && v > us)) continue;
      const auto x = static_cast<double>(k);
      if (std::log(v) + std::log(inverse_alpha) - std::log(a / (us * us) + b) <=
          -lam + x * log_lam - log_gamma(x + 1)) {
        return k;
      }
    }
  }

 protected:
  Bits& bits_;

 private:
  static constexpr int64_t kMostNumbers = 20'000'000;
  int64_t left_ = kMostNumbers;
};

// ---- JavaScript

/// A parameter: one number for all draws, or one for each.
struct Parameter {
  const double* data = nullptr;
  int64_t step = 0;
  double operator[](int64_t i) const { return data[i * step]; }
};

/// Calls f with the distributions D over the stream whose state comes first.
template <template <class> class D, class F>
Napi::Value with_stream(Arguments& args, F&& f) {
  return with_stream(args, [&](auto& bits) -> Napi::Value {
    D<std::remove_cvref_t<decltype(bits)>> draws(bits);
    return f(draws);
  });
}

inline Parameter parameter(Arguments& args, int64_t n) {
  auto values = args.array_or_null<double>();
  if (values.data == nullptr) return {};
  if (values.length != 1 && values.length != static_cast<double>(n)) args.range("a parameter has another length");
  return {values.data, values.length == 1 ? 0 : 1};
}

template <class D, class Draw>
void draw_each(Arguments& args, D& draws, int64_t n, Draw&& draw) {
  try {
    for (int64_t i = 0; i < n; i++) {
      draws.begin();
      draw(i);
    }
  } catch (const NothingAccepted&) {
    args.range("no draw is accepted");
  }
}

}  // namespace eigenscope
