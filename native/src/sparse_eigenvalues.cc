// A few eigenvalues of a large operator: Spectra's implicitly restarted Lanczos and Arnoldi methods for real operators,
// and Stewart's Krylov-Schur method (SIAM J. Matrix Anal. Appl. 23, 2001) for complex ones, which Spectra lacks.
#define EIGEN_MPL2_ONLY
#define EIGEN_DONT_PARALLELIZE
#include <Eigen/Core>
#include <Eigen/Eigenvalues>
#include <Spectra/GenEigsSolver.h>
#include <Spectra/SymEigsSolver.h>

#include <limits>

#include "modules.h"
#include "sparse.h"

namespace eigenscope {

namespace {

template <class T>
using Block = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic>;

struct Request {
  int64_t n, k, ncv, maxiter;
  double tol;
  std::string which;
};

/// k eigenvalues as (re, im) pairs and their vectors, column after column, as (re, im) pairs where they are complex.
template <class V>
struct Found {
  int64_t converged = 0;
  int64_t iterations = 0;
  std::vector<std::complex<Real<V>>> values;
  Block<V> vectors;
};

Spectra::SortRule rule(Arguments& a, const std::string& which) {
  if (which == "LM") return Spectra::SortRule::LargestMagn;
  if (which == "SM") return Spectra::SortRule::SmallestMagn;
  if (which == "LA") return Spectra::SortRule::LargestAlge;
  if (which == "SA") return Spectra::SortRule::SmallestAlge;
  if (which == "BE") return Spectra::SortRule::BothEnds;
  if (which == "LR") return Spectra::SortRule::LargestReal;
  if (which == "SR") return Spectra::SortRule::SmallestReal;
  if (which == "LI") return Spectra::SortRule::LargestImag;
  if (which == "SI") return Spectra::SortRule::SmallestImag;
  a.fail("expected LM, SM, LA, SA, BE, LR, SR, LI or SI");
}

template <class T>
struct SpectraOperator {
  using Scalar = T;
  Operator<T>* op;
  Eigen::Index rows() const { return op->rows(); }
  Eigen::Index cols() const { return op->cols(); }
  void perform_op(const T* x, T* y) const { op->apply(x, y); }
};

template <class T>
Found<T> symmetric(Arguments& a, Operator<T>& op, const T* v0, const Request& r) {
  SpectraOperator<T> wrapped{&op};
  Spectra::SymEigsSolver<SpectraOperator<T>> solver(wrapped, r.k, r.ncv);
  solver.init(v0);
  Found<T> found;
  found.converged = solver.compute(rule(a, r.which), r.maxiter, static_cast<T>(r.tol), Spectra::SortRule::SmallestAlge);
  found.iterations = solver.num_iterations();
  auto values = solver.eigenvalues();
  for (Eigen::Index i = 0; i < values.size(); i++) found.values.emplace_back(values[i], T(0));
  found.vectors = solver.eigenvectors();
  return found;
}

template <class T>
Found<std::complex<T>> general(Arguments& a, Operator<T>& op, const T* v0, const Request& r) {
  SpectraOperator<T> wrapped{&op};
  Spectra::GenEigsSolver<SpectraOperator<T>> solver(wrapped, r.k, r.ncv);
  solver.init(v0);
  Found<std::complex<T>> found;
  found.converged = solver.compute(rule(a, r.which), r.maxiter, static_cast<T>(r.tol), rule(a, r.which));
  found.iterations = solver.num_iterations();
  auto values = solver.eigenvalues();
  found.values.assign(values.data(), values.data() + values.size());
  found.vectors = solver.eigenvectors();
  return found;
}

/// How much an eigenvalue is wanted: the larger the sooner.
template <class R>
R rank_of(std::complex<R> w, const std::string& which) {
  if (which == "LM") return std::abs(w);
  if (which == "SM") return -std::abs(w);
  if (which == "LR" || which == "LA") return w.real();
  if (which == "SR" || which == "SA") return -w.real();
  if (which == "LI") return std::abs(w.imag());
  return -std::abs(w.imag());
}

/// Swaps the neighbours i and i + 1 on the diagonal of an upper triangular T; U takes part in the rotation.
template <class C>
void swap_neighbours(Block<C>& t, Block<C>& u, Eigen::Index i) {
  const C first = t(i, i), second = t(i + 1, i + 1);
  Eigen::JacobiRotation<C> g;
  g.makeGivens(t(i, i + 1), second - first);
  t.applyOnTheLeft(i, i + 1, g.adjoint());
  t.applyOnTheRight(i, i + 1, g);
  u.applyOnTheRight(i, i + 1, g);
  t(i + 1, i) = C(0);
  t(i, i) = second;
  t(i + 1, i + 1) = first;
}

template <class C>
Found<C> krylov_schur(Operator<C>& op, const C* v0, const Request& r) {
  using R = Real<C>;
  const R eps = std::numeric_limits<R>::epsilon();
  const R floor = std::pow(eps, R(2) / R(3));
  const Eigen::Index n = r.n, m = r.ncv, k = r.k;
  Block<C> v = Block<C>::Zero(n, m + 1);
  Block<C> h = Block<C>::Zero(m + 1, m);
  v.col(0) = Eigen::Map<const Eigen::Matrix<C, Eigen::Dynamic, 1>>(v0, n).normalized();
  Eigen::Index start = 0;
  Found<C> found;
  Block<C> t, u;
  uint64_t seed = 88172645463325252ULL;
  auto uniform = [&] {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return static_cast<R>(static_cast<double>(seed >> 11) * 0x1p-53 - 0.5);
  };
  for (int64_t iteration = 1;; iteration++) {
    for (Eigen::Index j = start; j < m; j++) {
      Eigen::Matrix<C, Eigen::Dynamic, 1> w(n);
      op.apply(v.col(j).data(), w.data());
      R before = w.norm();
      // Once more removes what rounding left of the first time (Daniel, Gragg, Kaufman, Stewart).
      for (int twice = 0; twice < 2; twice++) {
        Eigen::Matrix<C, Eigen::Dynamic, 1> c = v.leftCols(j + 1).adjoint() * w;
        w.noalias() -= v.leftCols(j + 1) * c;
        h.col(j).head(j + 1) += c;
      }
      R size = w.norm();
      if (!(size > eps * before)) {
        // An invariant subspace: go on from any direction outside it.
        h(j + 1, j) = C(0);
        if (j + 1 < n) {
          for (Eigen::Index i = 0; i < n; i++) w[i] = C(uniform(), uniform());
          for (int twice = 0; twice < 2; twice++) w -= v.leftCols(j + 1) * (v.leftCols(j + 1).adjoint() * w).eval();
          v.col(j + 1) = w.normalized();
        } else {
          v.col(j + 1).setZero();
        }
      } else {
        h(j + 1, j) = C(size);
        v.col(j + 1) = w / size;
      }
    }
    Eigen::ComplexSchur<Block<C>> schur(h.topRows(m).eval());
    if (schur.info() != Eigen::Success) return found;
    t = schur.matrixT();
    u = schur.matrixU();
    for (Eigen::Index i = 0; i < m; i++) {
      Eigen::Index best = i;
      for (Eigen::Index j = i + 1; j < m; j++) {
        if (rank_of(t(j, j), r.which) > rank_of(t(best, best), r.which)) best = j;
      }
      for (Eigen::Index j = best; j > i; j--) swap_neighbours(t, u, j - 1);
    }
    Eigen::Matrix<C, 1, Eigen::Dynamic> last = h.row(m) * u;
    Eigen::Index converged = 0;
    while (converged < k && std::abs(last[converged]) <= R(r.tol) * std::max(floor, std::abs(t(converged, converged)))) {
      converged++;
    }
    found.converged = converged;
    found.iterations = iteration;
    if (converged >= k || iteration >= r.maxiter) break;
    Eigen::Index keep = std::min(m - 1, k + std::max<Eigen::Index>(1, (m - k) / 2));
    Block<C> kept = v.leftCols(m) * u.leftCols(keep);
    v.leftCols(keep) = kept;
    v.col(keep) = v.col(m).eval();
    h.setZero();
    h.topLeftCorner(keep, keep) = t.topLeftCorner(keep, keep);
    h.row(keep).head(keep) = last.head(keep);
    start = keep;
  }
  const Eigen::Index count = found.converged;
  Block<C> y = Block<C>::Zero(m, count);
  for (Eigen::Index j = 0; j < count; j++) {
    y(j, j) = C(1);
    for (Eigen::Index i = j - 1; i >= 0; i--) {
      C sum = -t(i, j);
      for (Eigen::Index l = i + 1; l < j; l++) sum -= t(i, l) * y(l, j);
      C gap = t(i, i) - t(j, j);
      R least = eps * std::max(std::abs(t(j, j)), floor);
      if (std::abs(gap) < least) gap = C(least);
      y(i, j) = sum / gap;
    }
    found.values.push_back(t(j, j));
  }
  found.vectors = v.leftCols(m) * (u * y);
  found.vectors.colwise().normalize();
  return found;
}

template <class V>
Napi::Value to_object(Napi::Env env, const Found<V>& found) {
  using R = Real<V>;
  Napi::Object result = Napi::Object::New(env);
  result.Set("converged", static_cast<double>(found.converged));
  result.Set("iterations", static_cast<double>(found.iterations));
  auto values = Napi::TypedArrayOf<R>::New(env, found.values.size() * 2);
  for (size_t i = 0; i < found.values.size(); i++) {
    values[2 * i] = found.values[i].real();
    values[2 * i + 1] = found.values[i].imag();
  }
  result.Set("values", values);
  size_t count = static_cast<size_t>(found.vectors.size()) * (IsComplex<V>::value ? 2 : 1);
  auto vectors = Napi::TypedArrayOf<R>::New(env, count);
  const auto* from = reinterpret_cast<const R*>(found.vectors.data());
  std::copy(from, from + count, vectors.Data());
  result.Set("vectors", vectors);
  return result;
}

/// partialEigen(type, symmetric, A, v0, k, ncv, maxiter, tol, which) → { converged, iterations, values, vectors }
Napi::Value partial_eigen(Arguments& a) {
  return with_type(a.letter("sdcz"), [&](auto zero) -> Napi::Value {
    using T = decltype(zero);
    bool is_symmetric = a.flag();
    auto op = operator_argument<T>(a);
    auto v0 = a.array<T>();
    Request r;
    r.n = op->rows();
    r.k = a.count();
    r.ncv = a.count();
    r.maxiter = a.count();
    r.tol = a.number();
    r.which = a.text();
    if (op->cols() != r.n) a.range("a square operator");
    a.need(v0, static_cast<double>(r.n));
    int64_t least = IsComplex<T>::value || is_symmetric ? r.k + 1 : r.k + 2;
    if (r.k < 1 || r.ncv < least || r.ncv > r.n) a.range("0 < k < ncv <= n");
    rule(a, r.which);
    if constexpr (IsComplex<T>::value) {
      return to_object(a.env(), krylov_schur<T>(*op, v0.data, r));
    } else if (is_symmetric) {
      return to_object(a.env(), symmetric<T>(a, *op, v0.data, r));
    } else {
      return to_object(a.env(), general<T>(a, *op, v0.data, r));
    }
  });
}

}  // namespace

void define_sparse_eigenvalues(Napi::Env env, Napi::Object exports) {
  define<partial_eigen>(env, exports, "partialEigen");
}

}  // namespace eigenscope
