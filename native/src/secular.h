// The secular equation of a rank-one change, and what follows from its roots.
#pragma once

#include <cstdint>

namespace eigenscope {

/// A root as an offset from the pole next to it, so that its distances to all poles keep their digits.
struct Root {
  double origin, offset;
  double value() const { return origin + offset; }
};

/// Which equation: of eigenvalues, 1/rho + Σ z²[j] / (d[j] − λ) = 0, or of singular values,
/// 1/rho + Σ z²[j] / (d[j]² − σ²) = 0 with d ≥ 0.
enum class Secular { eigenvalues, singular_values };

/// Root i (of k): the one right of d[i]; rho > 0, d ascending, no two alike, no z² zero (R.-C. Li, Solving secular
/// equations stably and efficiently, LAPACK Working Note 89, 1993).
Root secular_root(Secular kind, int64_t k, const double* d, const double* z2, double rho, int64_t i);

/// For i in [from, to): the z that has exactly these roots, signs left to the caller (Löwner; Gu and Eisenstat 1995).
void secular_weights(Secular kind, int64_t k, const double* d, const Root* roots, int64_t from, int64_t to, double* z);

/// out[i] = z[i] / (d[i] − root), or z[i] / (d[i]² − root²); returns the sum of squares.
double secular_quotients(Secular kind, int64_t k, const double* d, const double* z, const Root& root, double* out);

}  // namespace eigenscope
