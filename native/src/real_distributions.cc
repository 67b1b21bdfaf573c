// Draws of real numbers.
#include <limits>
#include <numbers>
#include <string>

#include "draws.h"
#include "modules.h"

namespace eigenscope {

namespace {

constexpr double kPi = std::numbers::pi;

/// An angle brought into [−π, π].
double wrapped(double angle) {
  const double size = std::fmod(std::fabs(angle) + kPi, 2 * kPi) - kPi;
  return angle < 0 ? -size : size;
}

template <class Bits>
class RealDraws : public Draws<Bits> {
  using Base = Draws<Bits>;

 public:
  using Base::Base;
  using Base::kLegacy;
  using Base::uniform;
  using Base::normal;
  using Base::exponential;
  using Base::gamma;
  using Base::chisquare;
  using Base::poisson;

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
};

// ---- JavaScript

/// randomReals(state, name, out, a, b, c): parameters have one value or as many as `out`
Napi::Value random_reals(Arguments& args) {
  return with_stream<RealDraws>(args, [&]<class D>(D& draws) -> Napi::Value {
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

}  // namespace

void define_real_distributions(Napi::Env env, Napi::Object exports) {
  define<random_reals>(env, exports, "randomReals");
}

}  // namespace eigenscope
