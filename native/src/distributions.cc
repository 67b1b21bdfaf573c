// Draws from distributions, bit for bit as NumPy makes them: from PCG64 as its Generator does, from the Mersenne Twister as
// the legacy RandomState does. Where the two differ only in the logarithm they take, or in a sign that was mended later,
// both are written side by side. Compiled without contraction of a · b + c, which would round otherwise.
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <string>
#include <type_traits>
#include <vector>

#include "arguments.h"
#include "bit_streams.h"
#include "exponential_tables.h"
#include "log_factorials.h"
#include "modules.h"
#include "normal_draws.h"

namespace eigenscope {

namespace {

constexpr double kPi = std::numbers::pi;

double log_factorial(int64_t k) {
  if (k < kLogFactorials) return std::bit_cast<double>(kLogFactorial[k]);
  const double half_log_two_pi = 0.9189385332046728, x = static_cast<double>(k);
  return (x + 0.5) * std::log(x) - x + (half_log_two_pi + (1.0 / x) * (1 / 12.0 - 1 / (360.0 * x * x)));
}

/// log Γ(x) by Stirling's series from 7 upwards, after Zhang and Jin (1996).
double log_gamma(double x) {
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

/// An angle brought into [−π, π].
double wrapped(double angle) {
  const double size = std::fmod(std::fabs(angle) + kPi, 2 * kPi) - kPi;
  return angle < 0 ? -size : size;
}

/// Thrown where rejection goes on and on: parameters at the end of what doubles hold, for which nothing is accepted.
struct NothingAccepted {};

/// The distributions over one stream.
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

  /// Jöhnk (1964) when both shapes are at most 1, else a quotient of gammas.
  double beta(double a, double b) {
    if (a > 1.0 || b > 1.0) {
      const double x = gamma(a), y = gamma(b);
      return x / (x + y);
    }
    if constexpr (!kLegacy) {
      if (a < 3e-103 && b < 3e-103) return (a + b) * uniform() < a;
    }
    for (;;) {
      const double u = uniform(), v = uniform();
      const double x = std::pow(u, 1.0 / a), y = std::pow(v, 1.0 / b), both = x + y;
      if (both > 1.0) continue;
      double log_x = std::log(u) / a, log_y = std::log(v) / b;
      if constexpr (kLegacy) {
        if (both > 0) return x / both;
        const double most = log_x > log_y ? log_x : log_y;
        log_x -= most;
        log_y -= most;
        return std::exp(log_x - std::log(std::exp(log_x) + std::exp(log_y)));
      } else {
        if (u + v <= 0.0) continue;
        if (x > 0 && y > 0) return x / both;
        const double gap = log_x - log_y;
        return gap > 0 ? std::exp(-std::log1p(std::exp(-gap))) : std::exp(gap - std::log1p(std::exp(gap)));
      }
    }
  }

  double chisquare(double df) { return 2.0 * gamma(df / 2.0); }

  double noncentral_chisquare(double df, double nonc) {
    if constexpr (!kLegacy) {
      if (std::isnan(nonc)) return std::numeric_limits<double>::quiet_NaN();
    }
    if (nonc == 0) return chisquare(df);
    if (1 < df) {
      const double rest = chisquare(df - 1), n = normal() + std::sqrt(nonc);
      return rest + n * n;
    }
    const int64_t more = poisson(nonc / 2.0);
    const double made = chisquare(df + 2 * static_cast<double>(more));
    return std::isnan(nonc) ? std::numeric_limits<double>::quiet_NaN() : made;
  }

  double f(double above, double below) {
    const double x = chisquare(above) * below, y = chisquare(below) * above;
    return x / y;
  }

  double noncentral_f(double above, double below, double nonc) {
    const double t = noncentral_chisquare(above, nonc) * below;
    return t / (chisquare(below) * above);
  }

  double standard_cauchy() {
    const double x = normal(), y = normal();
    return x / y;
  }

  double standard_t(double df) {
    const double above = normal(), below = gamma(df / 2);
    return std::sqrt(df / 2) * above / std::sqrt(below);
  }

  double pareto(double a) {
    if constexpr (kLegacy) return std::exp(exponential() / a) - 1;
    else return std::expm1(exponential() / a);
  }

  double weibull(double a) { return a == 0.0 ? 0.0 : std::pow(exponential(), 1. / a); }

  double power(double a) {
    if constexpr (kLegacy) return std::pow(1 - std::exp(-exponential()), 1. / a);
    else return std::pow(-std::expm1(-exponential()), 1. / a);
  }

  double laplace(double loc, double scale) {
    for (;;) {
      const double u = uniform();
      if (u >= 0.5) return loc - scale * std::log(2.0 - u - u);
      if (u > 0.0) return loc + scale * std::log(u + u);
    }
  }

  double gumbel(double loc, double scale) {
    for (;;) {
      const double u = 1.0 - uniform();
      if (u < 1.0) return loc - scale * std::log(-std::log(u));
    }
  }

  double logistic(double loc, double scale) {
    for (;;) {
      const double u = uniform();
      if (u > 0.0) return loc + scale * std::log(u / (1.0 - u));
    }
  }

  double lognormal(double mean, double sigma) { return std::exp(mean + sigma * normal()); }

  double rayleigh(double mode) {
    if constexpr (kLegacy) return mode * std::sqrt(-2.0 * std::log1p(-uniform()));
    else return mode * std::sqrt(2.0 * exponential());
  }

  /// The inverse Gaussian distribution, after Michael, Schucany and Haas (1976).
  double wald(double mean, double scale) {
    double y = normal();
    y = mean * y * y;
    double x;
    if constexpr (kLegacy) {
      const double half = mean / (2 * scale);
      x = mean + half * (y - std::sqrt(4 * scale * y + y * y));
    } else {
      const double d = 1 + std::sqrt(1 + 4 * scale / y);
      x = mean * (1 - 2 / d);
    }
    return uniform() <= mean / (mean + x) ? x : mean * mean / x;
  }

  double triangular(double left, double mode, double right) {
    const double base = right - left, to_mode = mode - left;
    const double u = uniform();
    if (u <= to_mode / base) return left + std::sqrt(u * (to_mode * base));
    return right - std::sqrt((1.0 - u) * ((right - mode) * base));
  }

  /// Best and Fisher (1979).
  double vonmises(double mu, double kappa) {
    if (std::isnan(kappa)) return std::numeric_limits<double>::quiet_NaN();
    if (kappa < 1e-8) return kPi * (2 * uniform() - 1);
    double s;
    if (kappa < 1e-5) {
      s = 1. / kappa + kappa;
    } else {
      if constexpr (!kLegacy) {
        if (kappa > 1e6) {
          double angle = mu + std::sqrt(1. / kappa) * normal();
          if (angle < -kPi) angle += 2 * kPi;
          if (angle > kPi) angle -= 2 * kPi;
          return angle;
        }
      }
      const double r = 1 + std::sqrt(1 + 4 * kappa * kappa);
      const double rho = (r - std::sqrt(2 * r)) / (2 * kappa);
      s = (1 + rho * rho) / (2 * rho);
    }
    // So narrow that its formulas overflow: nothing but its centre is left, and nothing would ever be accepted.
    if (!std::isfinite(s)) return wrapped(mu);
    double w;
    for (;;) {
      const double z = std::cos(kPi * uniform());
      w = (1 + s * z) / (s + z);
      const double y = kappa * (s - w), v = uniform();
      if (y * (2 - y) - v >= 0 || std::log(y / v) + 1 - y >= 0) break;
    }
    double angle = std::acos(w);
    if (uniform() < 0.5) angle = -angle;
    return wrapped(angle + mu);
  }

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

  int64_t negative_binomial(double n, double p) { return poisson(((1 - p) / p) * gamma(n)); }

  int64_t binomial(int64_t n, double p) {
    if (n == 0 || p == 0.0) return 0;
    const double q = p <= 0.5 ? p : 1.0 - p;
    const int64_t k =
        q * static_cast<double>(n) <= 30.0 ? binomial_by_inversion(n, q) : binomial_btpe(n, q);
    return p <= 0.5 ? k : n - k;
  }

  int64_t geometric(double p) {
    if (p >= 0.333333333333333333333333) {
      int64_t x = 1;
      double sum = p, product = p;
      const double q = 1.0 - p, u = uniform();
      while (u > sum) {
        product *= q;
        sum += product;
        x++;
      }
      return x;
    }
    if constexpr (kLegacy) {
      return static_cast<int64_t>(std::ceil(std::log1p(-uniform()) / std::log(1 - p)));
    } else {
      const double z = std::ceil(-exponential() / std::log1p(-p));
      return z >= 9.223372036854776e+18 ? std::numeric_limits<int64_t>::max() : static_cast<int64_t>(z);
    }
  }

  /// Devroye (1986).
  int64_t zipf(double a) {
    constexpr auto most = static_cast<double>(std::numeric_limits<int64_t>::max());
    if constexpr (!kLegacy) {
      if (a >= 1025) return 1;
    }
    const double less = a - 1.0, b = std::pow(2.0, less);
    const double least = kLegacy ? 0 : std::pow(most, -less);
    for (;;) {
      double u = uniform();
      u = kLegacy ? 1.0 - u : u * least + (1 - u);
      const double v = uniform(), x = std::floor(std::pow(u, -1.0 / less));
      if (x > most || x < 1.0) continue;
      const double t = std::pow(1.0 + 1.0 / x, less);
      if (v * x * (t - 1.0) / (b - 1.0) <= t / b) return x == most ? std::numeric_limits<int64_t>::max() : static_cast<int64_t>(x);
    }
  }

  /// Kemp's LK (1981).
  int64_t logseries(double p) {
    const double r = kLegacy ? std::log(1.0 - p) : std::log1p(-p);
    for (;;) {
      const double v = uniform();
      if (v >= p) return 1;
      const double u = uniform();
      const double q = kLegacy ? 1.0 - std::exp(r * u) : -std::expm1(r * u);
      if (v <= q * q) {
        const double made = std::floor(1 + std::log(v) / std::log(q));
        if (made < 1 || v == 0.0) continue;
        return static_cast<int64_t>(made);
      }
      return v >= q ? 1 : 2;
    }
  }

  int64_t hypergeometric(int64_t good, int64_t bad, int64_t sample) {
    if constexpr (kLegacy) {
      if (sample > 10) return ratio_of_uniforms(good, bad, sample);
      return sample > 0 ? legacy_urn(good, bad, sample) : 0;
    } else {
      if (sample >= 10 && sample <= good + bad - 10) return ratio_of_uniforms(good, bad, sample);
      return urn(good, bad, sample);
    }
  }

 private:
  int64_t binomial_by_inversion(int64_t n, double p) {
    const auto trials = static_cast<double>(n);
    const double q = 1.0 - p;
    const double none = std::exp(trials * (kLegacy ? std::log(q) : std::log1p(-p)));
    const double mean = trials * p;
    const auto bound = static_cast<int64_t>(std::min(trials, mean + 10.0 * std::sqrt(mean * q + 1)));
    int64_t x = 0;
    double px = none, u = uniform();
    while (u > px) {
      x++;
      if (x > bound) {
        x = 0;
        px = none;
        u = uniform();
      } else {
        u -= px;
        px = (static_cast<double>(n - x + 1) * p * px) / (static_cast<double>(x) * q);
      }
    }
    return x;
  }

  /// Kachitvichyanukul and Schmeiser (1988). The last two terms of Stirling's correction have the paper's wrong sign in
  /// the streams that are compared here.
  int64_t binomial_btpe(int64_t n, double p) {
    const auto trials = static_cast<double>(n);
    const double r = std::min(p, 1.0 - p), q = 1.0 - r;
    const double fm = trials * r + r;
    const auto m = static_cast<int64_t>(std::floor(fm));
    const auto mode = static_cast<double>(m);
    const double p1 = std::floor(2.195 * std::sqrt(trials * r * q) - 4.6 * q) + 0.5;
    const double xm = mode + 0.5, xl = xm - p1, xr = xm + p1;
    const double c = 0.134 + 20.5 / (15.3 + mode);
    double a = (fm - xl) / (fm - xl * r);
    const double laml = a * (1.0 + a / 2.0);
    a = (xr - fm) / (xr * q);
    const double lamr = a * (1.0 + a / 2.0);
    const double p2 = p1 * (1.0 + 2.0 * c), p3 = p2 + c / laml, p4 = p3 + c / lamr;
    const double nrq = trials * r * q;
    for (;;) {
      const double u = uniform() * p4;
      double v = uniform();
      if (u <= p1) return static_cast<int64_t>(std::floor(xm - p1 * v + u));
      int64_t y;
      if (u <= p2) {
        const double x = xl + (u - p1) / c;
        v = v * c + 1.0 - std::fabs(mode - x + 0.5) / p1;
        if (v > 1.0) continue;
        y = static_cast<int64_t>(std::floor(x));
      } else if (v == 0.0) {
        continue;
      } else if (u <= p3) {
        y = static_cast<int64_t>(std::floor(xl + std::log(v) / laml));
        if (y < 0) continue;
        v = v * (u - p2) * laml;
      } else {
        y = static_cast<int64_t>(std::floor(xr - std::log(v) / lamr));
        if (y > n) continue;
        v = v * (u - p3) * lamr;
      }
      const int64_t away = y > m ? y - m : m - y;
      const auto k = static_cast<double>(away);
      if (away <= 20 || k >= nrq / 2.0 - 1) {
        if (v <= quotient(y, m, r / q, trials)) return y;
        continue;
      }
      const double rho = (k / nrq) * ((k * (k / 3.0 + 0.625) + 0.16666666666666666) / nrq + 0.5);
      const double t = -k * k / (2 * nrq);
      const double log_v = std::log(v);
      if (log_v < t - rho) return y;
      if (log_v > t + rho) continue;
      if (log_v <= stirling(y, m, n, xm, r, q)) return y;
    }
  }

  /// The density at y over that at the mode m, by recursion.
  static double quotient(int64_t y, int64_t m, double s, double trials) {
    const double a = s * (trials + 1);
    double made = 1.0;
    for (int64_t i = m + 1; i <= y; i++) made *= a / static_cast<double>(i) - s;
    for (int64_t i = y + 1; i <= m; i++) made /= a / static_cast<double>(i) - s;
    return made;
  }

  static double stirling(int64_t y, int64_t m, int64_t n, double xm, double r, double q) {
    const double x1 = static_cast<double>(y) + 1, f1 = static_cast<double>(m) + 1;
    const double z = static_cast<double>(n) + 1 - static_cast<double>(m);
    const double w = static_cast<double>(n) - static_cast<double>(y) + 1;
    auto term = [](double x) {
      const double square = x * x;
      return (13680. - (462. - (132. - (99. - 140. / square) / square) / square) / square) / x / 166320.;
    };
    return xm * std::log(f1 / x1) + (static_cast<double>(n - m) + 0.5) * std::log(z / w) +
           static_cast<double>(y - m) * std::log(w * r / (x1 * q)) + term(f1) + term(z) + term(x1) + term(w);
  }

  uint64_t interval(uint64_t max) {
    if (max == 0) return 0;
    const uint64_t mask = ~uint64_t(0) >> std::countl_zero(max);
    for (;;) {
      const uint64_t value = (max <= 0xffffffffu ? bits_.next32() : bits_.next64()) & mask;
      if (value <= max) return value;
    }
  }

  /// One draw after the other out of the urn.
  int64_t urn(int64_t good, int64_t bad, int64_t sample) {
    const int64_t total = good + bad;
    int64_t left = sample > total / 2 ? total - sample : sample;
    int64_t all = total, good_left = good;
    while (left > 0 && good_left > 0 && all > good_left) {
      all--;
      if (static_cast<int64_t>(interval(static_cast<uint64_t>(all))) < good_left) good_left--;
      left--;
    }
    if (all == good_left) good_left -= left;
    return sample > total / 2 ? good_left : good - good_left;
  }

  int64_t legacy_urn(int64_t good, int64_t bad, int64_t sample) {
    const int64_t d1 = bad + good - sample;
    const auto d2 = static_cast<double>(std::min(bad, good));
    double y = d2;
    int64_t k = sample;
    while (y > 0.0) {
      const double u = uniform();
      y -= static_cast<double>(static_cast<int64_t>(std::floor(u + y / static_cast<double>(d1 + k))));
      if (--k == 0) break;
    }
    const auto z = static_cast<int64_t>(d2 - y);
    return good > bad ? sample - z : z;
  }

  /// Stadlober's HRUA (1989).
  int64_t ratio_of_uniforms(int64_t good, int64_t bad, int64_t sample) {
    constexpr double d1 = 1.7155277699214135, d2 = 0.8989161620588988;
    const int64_t fewer = std::min(good, bad), more = std::max(good, bad), size = good + bad;
    const int64_t m = std::min(sample, size - sample);
    const double population = static_cast<double>(size), drawn = static_cast<double>(m);
    const double p = static_cast<double>(fewer) / population;
    const double q = kLegacy ? 1.0 - p : static_cast<double>(more) / population;
    const double a = drawn * p + 0.5;
    const double spread =
        kLegacy ? (population - drawn) * static_cast<double>(sample) * p * q / static_cast<double>(size - 1)
                : (population - drawn) * drawn * p * q / static_cast<double>(size - 1);
    const double c = std::sqrt(spread + 0.5), h = d1 * c + d2;
    const auto mode = static_cast<int64_t>(
        std::floor(static_cast<double>(m + 1) * static_cast<double>(fewer + 1) / static_cast<double>(size + 2)));
    auto sum = [&](int64_t k) {
      if constexpr (kLegacy) {
        return log_gamma(static_cast<double>(k + 1)) + log_gamma(static_cast<double>(fewer - k + 1)) +
               log_gamma(static_cast<double>(m - k + 1)) + log_gamma(static_cast<double>(more - m + k + 1));
      } else {
        return log_factorial(k) + log_factorial(fewer - k) + log_factorial(m - k) + log_factorial(more - m + k);
      }
    };
    const double g = sum(mode);
    const double bound = std::min(static_cast<double>(std::min(m, fewer)) + 1, std::floor(a + 16 * c));
    int64_t k;
    for (;;) {
      const double u = uniform(), v = uniform(), x = a + h * (v - 0.5) / u;
      if (x < 0.0 || x >= bound) continue;
      k = static_cast<int64_t>(std::floor(x));
      const double t = g - sum(k);
      if (u * (4.0 - u) - 3.0 <= t) break;
      if (u * (u - t) >= 1) continue;
      if (2.0 * std::log(u) <= t) break;
    }
    if (good > bad) k = m - k;
    return m < sample ? good - k : k;
  }

  static constexpr int64_t kMostNumbers = 20'000'000;
  int64_t left_ = kMostNumbers;
  Bits& bits_;
};

// ---- JavaScript

/// A parameter: one number for all draws, or one for each.
struct Parameter {
  const double* data = nullptr;
  int64_t step = 0;
  double operator[](int64_t i) const { return data[i * step]; }
};

template <class F>
Napi::Value with_stream(Arguments& args, F&& f) {
  auto state = args.array<uint32_t>();
  if (state.length == Twister::kWords) {
    Twister bits(state.data);
    Draws<Twister> draws(bits);
    return f(draws);
  }
  if (state.length != Pcg64::kWords) args.range("no state of a random stream");
  Pcg64 bits(state.data);
  Draws<Pcg64> draws(bits);
  return f(draws);
}

Parameter parameter(Arguments& args, int64_t n) {
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

/// randomReals(state, name, out, a, b, c): parameters have one value or as many as `out`
Napi::Value random_reals(Arguments& args) {
  return with_stream(args, [&]<class D>(D& draws) -> Napi::Value {
    const std::string name = args.text();
    auto out = args.array<double>();
    const auto n = static_cast<int64_t>(out.length);
    const Parameter a = parameter(args, n), b = parameter(args, n), c = parameter(args, n);
    auto fill = [&](int needed, auto&& draw) {
      if ((needed > 0 && !a.data) || (needed > 1 && !b.data) || (needed > 2 && !c.data)) args.range("a parameter is missing");
      draw_each(args, draws, n, [&](int64_t i) { out.data[i] = draw(i); });
    };
    if (name == "exponential") fill(0, [&](int64_t) { return draws.exponential(); });
    else if (name == "exponential_inv") fill(0, [&](int64_t) { return draws.exponential_by_inversion(); });
    else if (name == "standard_cauchy") fill(0, [&](int64_t) { return draws.standard_cauchy(); });
    else if (name == "gamma") fill(1, [&](int64_t i) { return draws.gamma(a[i]); });
    else if (name == "chisquare") fill(1, [&](int64_t i) { return draws.chisquare(a[i]); });
    else if (name == "standard_t") fill(1, [&](int64_t i) { return draws.standard_t(a[i]); });
    else if (name == "pareto") fill(1, [&](int64_t i) { return draws.pareto(a[i]); });
    else if (name == "weibull") fill(1, [&](int64_t i) { return draws.weibull(a[i]); });
    else if (name == "power") fill(1, [&](int64_t i) { return draws.power(a[i]); });
    else if (name == "rayleigh") fill(1, [&](int64_t i) { return draws.rayleigh(a[i]); });
    else if (name == "beta") fill(2, [&](int64_t i) { return draws.beta(a[i], b[i]); });
    else if (name == "f") fill(2, [&](int64_t i) { return draws.f(a[i], b[i]); });
    else if (name == "noncentral_chisquare") fill(2, [&](int64_t i) { return draws.noncentral_chisquare(a[i], b[i]); });
    else if (name == "laplace") fill(2, [&](int64_t i) { return draws.laplace(a[i], b[i]); });
    else if (name == "gumbel") fill(2, [&](int64_t i) { return draws.gumbel(a[i], b[i]); });
    else if (name == "logistic") fill(2, [&](int64_t i) { return draws.logistic(a[i], b[i]); });
    else if (name == "lognormal") fill(2, [&](int64_t i) { return draws.lognormal(a[i], b[i]); });
    else if (name == "wald") fill(2, [&](int64_t i) { return draws.wald(a[i], b[i]); });
    else if (name == "vonmises") fill(2, [&](int64_t i) { return draws.vonmises(a[i], b[i]); });
    else if (name == "noncentral_f") fill(3, [&](int64_t i) { return draws.noncentral_f(a[i], b[i], c[i]); });
    else if (name == "triangular") fill(3, [&](int64_t i) { return draws.triangular(a[i], b[i], c[i]); });
    else args.fail("no such distribution: " + name);
    return args.env().Undefined();
  });
}

/// randomCounts(state, name, out, a, b, c): as randomReals, of whole numbers
Napi::Value random_counts(Arguments& args) {
  return with_stream(args, [&]<class D>(D& draws) -> Napi::Value {
    const std::string name = args.text();
    auto out = args.array<int64_t>();
    const auto n = static_cast<int64_t>(out.length);
    const Parameter a = parameter(args, n), b = parameter(args, n), c = parameter(args, n);
    auto fill = [&](int needed, auto&& draw) {
      if (!a.data || (needed > 1 && !b.data) || (needed > 2 && !c.data)) args.range("a parameter is missing");
      draw_each(args, draws, n, [&](int64_t i) { out.data[i] = draw(i); });
    };
    auto whole = [](double x) { return static_cast<int64_t>(x); };
    if (name == "poisson") fill(1, [&](int64_t i) { return draws.poisson(a[i]); });
    else if (name == "geometric") fill(1, [&](int64_t i) { return draws.geometric(a[i]); });
    else if (name == "zipf") fill(1, [&](int64_t i) { return draws.zipf(a[i]); });
    else if (name == "logseries") fill(1, [&](int64_t i) { return draws.logseries(a[i]); });
    else if (name == "binomial") fill(2, [&](int64_t i) { return draws.binomial(whole(a[i]), b[i]); });
    else if (name == "negative_binomial") fill(2, [&](int64_t i) { return draws.negative_binomial(a[i], b[i]); });
    else if (name == "hypergeometric")
      fill(3, [&](int64_t i) { return draws.hypergeometric(whole(a[i]), whole(b[i]), whole(c[i])); });
    else args.fail("no such distribution: " + name);
    return args.env().Undefined();
  });
}

/// randomMultinomial(state, out, trials, shares): rows of counts, trials one or one for each row
Napi::Value random_multinomial(Arguments& args) {
  return with_stream(args, [&]<class D>(D& draws) -> Napi::Value {
    auto out = args.array<int64_t>();
    auto trials = args.array<double>();
    auto shares = args.array<double>();
    const auto d = static_cast<int64_t>(shares.length);
    if (d < 1) args.range("there are no shares");
    const int64_t rows = static_cast<int64_t>(out.length) / d;
    if (trials.length != 1 && trials.length != static_cast<double>(rows)) args.range("trials have another length");
    draw_each(args, draws, rows, [&](int64_t row) {
      int64_t* counts = out.data + row * d;
      auto left = static_cast<int64_t>(trials.data[trials.length == 1 ? 0 : row]);
      double rest = 1.0;
      for (int64_t j = 0; j < d; j++) counts[j] = 0;
      for (int64_t j = 0; j < d - 1; j++) {
        counts[j] = draws.binomial(left, shares.data[j] / rest);
        left -= counts[j];
        if (left <= 0) break;
        rest -= shares.data[j];
      }
      if (left > 0) counts[d - 1] = left;
    });
    return args.env().Undefined();
  });
}

}  // namespace

void define_distributions(Napi::Env env, Napi::Object exports) {
  define<random_reals>(env, exports, "randomReals");
  define<random_counts>(env, exports, "randomCounts");
  define<random_multinomial>(env, exports, "randomMultinomial");
}

}  // namespace eigenscope
