// Draws of whole numbers.
#include <algorithm>
#include <bit>
#include <limits>
#include <string>

#include "draws.h"
#include "log_factorials.h"
#include "modules.h"

namespace eigenscope {

namespace {

double log_factorial(int64_t k) {
  if (k < kLogFactorials) return std::bit_cast<double>(kLogFactorial[k]);
  const double half_log_two_pi = 0.9189385332046728, x = static_cast<double>(k);
  return (x + 0.5) * std::log(x) - x + (half_log_two_pi + (1.0 / x) * (1 / 12.0 - 1 / (360.0 * x * x)));
}

template <class Bits>
class CountDraws : public Draws<Bits> {
  using Base = Draws<Bits>;

 public:
  using Base::Base;
  using Base::kLegacy;
  using Base::uniform;
  using Base::exponential;
  using Base::gamma;
  using Base::poisson;

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
  using Base::bits_;

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
};

// ---- JavaScript

/// randomCounts(state, name, out, a, b, c): as randomReals, of whole numbers
Napi::Value random_counts(Arguments& args) {
  return with_stream<CountDraws>(args, [&]<class D>(D& draws) -> Napi::Value {
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
  return with_stream<CountDraws>(args, [&]<class D>(D& draws) -> Napi::Value {
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

void define_count_distributions(Napi::Env env, Napi::Object exports) {
  define<random_counts>(env, exports, "randomCounts");
  define<random_multinomial>(env, exports, "randomMultinomial");
}

}  // namespace eigenscope
