#include "targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "secular.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "secular.h"

HWY_BEFORE_NAMESPACE();
namespace eigenscope {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;
using D = hn::ScalableTag<double>;
using V = hn::Vec<D>;

/// d − λ, or d² − σ² without a difference of squares.
template <bool squares>
HWY_INLINE V apart(V d, V origin, V offset) {
  const V near = hn::Sub(hn::Sub(d, origin), offset);
  if constexpr (squares) {
    return hn::Mul(near, hn::Add(hn::Add(d, origin), offset));
  } else {
    return near;
  }
}
template <bool squares>
HWY_INLINE double apart(double d, double origin, double offset) {
  const double near = (d - origin) - offset;
  return squares ? near * ((d + origin) + offset) : near;
}

/// Σ z²/(d − λ) and Σ z²/(d − λ)².
template <bool squares>
void sums_of(const double* d, const double* z2, int64_t n, double origin, double offset, double* sum, double* slope) {
  const D tag;
  const int64_t lanes = static_cast<int64_t>(hn::Lanes(tag));
  const V from = hn::Set(tag, origin), by = hn::Set(tag, offset), one = hn::Set(tag, 1.0);
  V s0 = hn::Zero(tag), s1 = s0, t0 = s0, t1 = s0;
  int64_t j = 0;
  for (; j + 2 * lanes <= n; j += 2 * lanes) {
    const V a = hn::Div(one, apart<squares>(hn::LoadU(tag, d + j), from, by));
    const V b = hn::Div(one, apart<squares>(hn::LoadU(tag, d + j + lanes), from, by));
    const V p = hn::Mul(hn::LoadU(tag, z2 + j), a), q = hn::Mul(hn::LoadU(tag, z2 + j + lanes), b);
    s0 = hn::Add(s0, p);
    s1 = hn::Add(s1, q);
    t0 = hn::MulAdd(p, a, t0);
    t1 = hn::MulAdd(q, b, t1);
  }
  double s = hn::GetLane(hn::SumOfLanes(tag, hn::Add(s0, s1))), t = hn::GetLane(hn::SumOfLanes(tag, hn::Add(t0, t1)));
  for (; j < n; j++) {
    const double a = 1 / apart<squares>(d[j], origin, offset), p = z2[j] * a;
    s += p;
    t += p * a;
  }
  *sum = s;
  *slope = t;
}
void sums(bool squares, const double* d, const double* z2, int64_t n, double origin, double offset, double* sum,
          double* slope) {
  (squares ? sums_of<true> : sums_of<false>)(d, z2, n, origin, offset, sum, slope);
}

template <bool squares>
void weights_of(int64_t k, const double* d, const Root* roots, int64_t from, int64_t to, double* z) {
  const D tag;
  constexpr int kVectors = 4;
  const int64_t lanes = static_cast<int64_t>(hn::Lanes(tag));
  const V one = hn::Set(tag, 1.0), none = hn::Zero(tag);
  int64_t i = from;
  for (; i + kVectors * lanes <= to; i += kVectors * lanes) {
    V here[kVectors], product[kVectors];
    for (int v = 0; v < kVectors; v++) {
      here[v] = hn::LoadU(tag, d + i + v * lanes);
      product[v] = one;
    }
    for (int64_t j = 0; j < k; j++) {
      const V pole = hn::Set(tag, d[j]), origin = hn::Set(tag, roots[j].origin), by = hn::Set(tag, roots[j].offset);
      for (int v = 0; v < kVectors; v++) {
        // Where both are the same pole, its distance to the root stands alone.
        const V poles = apart<squares>(here[v], pole, none), distance = apart<squares>(here[v], origin, by);
        product[v] = hn::Mul(product[v], hn::Div(distance, hn::IfThenElse(hn::Eq(here[v], pole), one, poles)));
      }
    }
    for (int v = 0; v < kVectors; v++) hn::StoreU(hn::Sqrt(hn::Abs(product[v])), tag, z + i + v * lanes);
  }
  for (; i < to; i++) {
    double product = 1;
    for (int64_t j = 0; j < k; j++) {
      const double distance = apart<squares>(d[i], roots[j].origin, roots[j].offset);
      product *= j == i ? distance : distance / apart<squares>(d[i], d[j], 0.0);
    }
    z[i] = std::sqrt(std::abs(product));
  }
}
void weights(bool squares, int64_t k, const double* d, const Root* roots, int64_t from, int64_t to, double* z) {
  (squares ? weights_of<true> : weights_of<false>)(k, d, roots, from, to, z);
}

/// The quotients and their sum of squares.
template <bool squares>
double quotients_of(int64_t k, const double* d, const double* z, double origin, double offset, double* out) {
  const D tag;
  const int64_t lanes = static_cast<int64_t>(hn::Lanes(tag));
  const V from = hn::Set(tag, origin), by = hn::Set(tag, offset);
  V total = hn::Zero(tag);
  int64_t j = 0;
  for (; j + lanes <= k; j += lanes) {
    const V q = hn::Div(hn::LoadU(tag, z + j), apart<squares>(hn::LoadU(tag, d + j), from, by));
    total = hn::MulAdd(q, q, total);
    hn::StoreU(q, tag, out + j);
  }
  double sum = hn::GetLane(hn::SumOfLanes(tag, total));
  for (; j < k; j++) {
    out[j] = z[j] / apart<squares>(d[j], origin, offset);
    sum += out[j] * out[j];
  }
  return sum;
}
double quotients(bool squares, int64_t k, const double* d, const double* z, double origin, double offset, double* out) {
  return (squares ? quotients_of<true> : quotients_of<false>)(k, d, z, origin, offset, out);
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace eigenscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace eigenscope {

HWY_EXPORT(sums);
HWY_EXPORT(weights);
HWY_EXPORT(quotients);

namespace {

constexpr double kEps = std::numeric_limits<double>::epsilon();

struct Value {
  double f, left, left_slope, right, right_slope;
  /// What f may be of rounding alone.
  double noise;
};

/// One of the two equations, in terms of λ: of the root itself or of its square.
struct Equation {
  bool squares;
  int64_t k;
  const double *d, *z2;
  double inverse_rho;

  /// The function at origin + offset; `split` poles lie to the left of the root.
  Value at(int64_t split, double origin, double offset) const {
    Value v;
    const auto sum = HWY_DYNAMIC_DISPATCH(sums);
    sum(squares, d, z2, split, origin, offset, &v.left, &v.left_slope);
    sum(squares, d + split, z2 + split, k - split, origin, offset, &v.right, &v.right_slope);
    v.f = inverse_rho + v.left + v.right;
    v.noise = 4 * kEps * (inverse_rho + std::abs(v.left) + std::abs(v.right));
    return v;
  }

  /// How far a pole's λ lies beyond the root's.
  double beyond(int64_t pole, double origin, double offset) const {
    const double near = (d[pole] - origin) - offset;
    return squares ? near * ((d[pole] + origin) + offset) : near;
  }

  /// What a change of λ is for the root.
  double change(double root, double of_lambda) const {
    return squares ? of_lambda / (root + std::sqrt(std::max(0.0, root * root + of_lambda))) : of_lambda;
  }
};

/// The root of c·x² − a·x + b that belongs to the pole on the left (or, for what lies past the last pole, the other one).
double solve(double c, double a, double b, bool last) {
  const double root = std::sqrt(std::max(0.0, a * a - 4 * b * c));
  if (!last) return a <= 0 ? (a - root) / (2 * c) : 2 * b / (a + root);
  return a >= 0 ? (a + root) / (2 * c) : 2 * b / (a - root);
}

}  // namespace

Root secular_root(Secular kind, int64_t k, const double* d, const double* z2, double rho, int64_t i) {
  const Equation equation{kind == Secular::singular_values, k, d, z2, 1 / rho};
  if (k == 1) return {d[0], equation.change(d[0], rho * z2[0])};
  const bool last = i + 1 == k;
  // The poles p < q that rule here, and what the others add up to in the middle of where the root can be.
  const int64_t p = last ? k - 2 : i, q = p + 1, split = p + 1;
  const double gap = equation.beyond(q, d[p], 0);
  double origin, low, high, start;
  if (last) {
    double whole = 0;
    for (int64_t j = 0; j < k; j++) whole += z2[j];
    origin = d[q];
    low = 0;
    high = equation.change(origin, rho * whole * (1 + 8 * kEps));
    const double middle = rho * whole / 2, x = equation.change(origin, middle);
    const Value v = equation.at(split, origin, x);
    (v.f <= 0 ? low : high) = x;
    const double c = v.f - z2[p] / (-gap - middle) + z2[q] / middle;
    start = equation.change(origin, solve(c, -c * gap + z2[p] + z2[q], -z2[q] * gap, true));
  } else {
    const double middle = gap / 2, x = equation.change(d[p], middle);
    const Value v = equation.at(split, d[p], x);
    const double c = v.f + z2[p] / middle - z2[q] / (gap - middle);
    if (v.f >= 0) {
      origin = d[p];
      low = 0;
      high = x;
      start = equation.change(origin, solve(c, c * gap + z2[p] + z2[q], z2[p] * gap, false));
    } else {
      origin = d[q];
      low = equation.change(origin, -middle);
      high = 0;
      start = equation.change(origin, solve(c, -c * gap + z2[p] + z2[q], -z2[q] * gap, false));
    }
  }
  double x = start > low && start < high ? start : (low + high) / 2;
  double width = high - low;
  for (int step = 0; step < 200; step++) {
    const Value v = equation.at(split, origin, x);
    if (!(std::abs(v.f) > v.noise)) break;
    (v.f < 0 ? low : high) = x;
    if (high - low <= 2 * kEps * std::max(std::abs(low), std::abs(high))) break;
    const double left = equation.beyond(p, origin, x), right = equation.beyond(q, origin, x);
    const double c = v.f - left * v.left_slope - right * v.right_slope;
    const double a = (left + right) * v.f - left * right * (v.left_slope + v.right_slope);
    const double b = left * right * v.f;
    double change = c == 0 ? b / a : solve(c, a, b, last);
    if (!(v.f * change < 0)) change = -v.f / (v.left_slope + v.right_slope);
    double next = x + equation.change(origin + x, change);
    // Interpolation that creeps along is halved now and then.
    const bool slow = step % 4 == 3 && high - low > width / 4;
    if (step % 4 == 3) width = high - low;
    if (!(next > low && next < high) || slow) {
      // Between ends of one sign and different size, half of the digits instead of half of the way.
      const double small = std::min(std::abs(low), std::abs(high)), large = std::max(std::abs(low), std::abs(high));
      next = low * high > 0 && large > 16 * small ? std::copysign(std::sqrt(small) * std::sqrt(large), low) : (low + high) / 2;
    }
    if (next == x) break;
    x = next;
  }
  return {origin, x};
}

void secular_weights(Secular kind, int64_t k, const double* d, const Root* roots, int64_t from, int64_t to, double* z) {
  HWY_DYNAMIC_DISPATCH(weights)(kind == Secular::singular_values, k, d, roots, from, to, z);
}

double secular_quotients(Secular kind, int64_t k, const double* d, const double* z, const Root& root, double* out) {
  return HWY_DYNAMIC_DISPATCH(quotients)(kind == Secular::singular_values, k, d, z, root.origin, root.offset, out);
}

}  // namespace eigenscope
#endif
