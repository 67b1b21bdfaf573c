// A few eigenvalues of a large operator by Stewart's Krylov-Schur method (SIAM J. Matrix Anal. Appl. 23, 2001). For
// Hermitian operators it is the Lanczos method with thick restarts (Wu, Simon, same journal 22, 2000).
#include <limits>
#include <numeric>

#include "blas_threads.h"
#include "gemm.h"
#include "lapack_factors.h"
#include "modules.h"
#include "scratch.h"
#include "sparse.h"

namespace eigenscope {

namespace {

using lapack::integer;

struct Request {
  integer n, k, ncv;
  int64_t maxiter;
  double tol;
  std::string which;
};

/// Eigenvalues as (re, im) pairs and their vectors of n elements each, one after another.
template <class V>
struct Found {
  int64_t converged = 0;
  int64_t iterations = 0;
  std::vector<std::complex<Real<V>>> values;
  std::vector<V> vectors;
};

/// Column after column.
template <class T>
struct Dense {
  Dense(int64_t rows, int64_t columns) : rows(rows), data(zeros<T>(static_cast<double>(rows) * static_cast<double>(columns))) {}
  T* column(int64_t j) { return data.data() + j * rows; }
  T& operator()(int64_t i, int64_t j) { return data[static_cast<size_t>(i + j * rows)]; }

  int64_t rows;
  std::vector<T> data;
};

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

template <class T>
class KrylovSchur {
  using R = Real<T>;
  using Complex = std::complex<R>;

 public:
  KrylovSchur(Operator<T>& op, const Request& request, bool hermitian)
      : op_(op),
        r_(request),
        hermitian_(hermitian),
        n_(request.n),
        m_(request.ncv),
        v_(n_, m_ + 1),
        h_(m_ + 1, m_),
        t_(m_, m_),
        u_(m_, m_),
        last_(static_cast<size_t>(m_)),
        values_(static_cast<size_t>(m_)) {}

  /// Returns whether the process went on to its end; then `finish` has what was found.
  bool run(const T* v0) {
    std::copy(v0, v0 + n_, v_.column(0));
    scale(v_.column(0), lapack::nrm2(n_, v_.column(0), 1));
    for (integer start = 0;;) {
      fit_threads();
      for (integer j = start; j < m_; j++) {
        if (!extend(j)) return false;
      }
      if (!decompose()) return false;
      iterations_++;
      converged_ = count_converged();
      if (converged_ >= r_.k || iterations_ >= r_.maxiter) return true;
      start = restart();
    }
  }

  template <class V>
  void finish(Found<V>& found) {
    found.iterations = iterations_;
    found.converged = converged_;
    found.values.assign(values_.begin(), values_.begin() + converged_);
    found.vectors.resize(static_cast<size_t>(n_) * static_cast<size_t>(converged_));
    if (converged_ == 0) return;
    if constexpr (std::is_same_v<V, T>) {
      if (!hermitian_) eigenvectors_of_t();
      gemm<T>('N', 'N', n_, converged_, m_, T(1), v_.column(0), n_, u_.column(0), m_, T(0), found.vectors.data(), n_);
    } else {
      eigenvectors_of_t();
      Dense<T> parts(n_, m_);
      gemm<T>('N', 'N', n_, m_, m_, T(1), v_.column(0), n_, u_.column(0), m_, T(0), parts.column(0), n_);
      for (integer j = 0; j < converged_; j++) {
        V* to = found.vectors.data() + static_cast<int64_t>(j) * n_;
        const R sign = values_[static_cast<size_t>(j)].imag() < 0 ? R(-1) : R(1);
        if (values_[static_cast<size_t>(j)].imag() == 0) {
          std::copy(parts.column(j), parts.column(j) + n_, to);
        } else {
          const T* re = parts.column(sign > 0 ? j : j - 1);
          for (integer i = 0; i < n_; i++) to[i] = V(re[i], sign * re[n_ + i]);
        }
      }
    }
    for (integer j = 0; j < converged_; j++) {
      V* x = found.vectors.data() + static_cast<int64_t>(j) * n_;
      const R size = lapack::nrm2(n_, x, 1);
      for (integer i = 0; i < n_; i++) x[i] /= size;
    }
  }

 private:
  static constexpr R kEps = std::numeric_limits<R>::epsilon();
  const R floor_ = std::pow(kEps, R(2) / R(3));

  static constexpr char kAdjoint = IsComplex<T>::value ? 'C' : 'T';

  void scale(T* x, R size) {
    const R factor = 1 / size;
    for (integer i = 0; i < n_; i++) x[i] *= factor;
  }

  /// w := w − V · Vᴴ · w over the first j columns; what was taken is added to `taken`.
  void orthogonalise(T* w, integer j, T* taken) {
    coefficients_.resize(static_cast<size_t>(m_) + 1);
    lapack::gemv(kAdjoint, n_, j, T(1), v_.column(0), n_, w, T(0), coefficients_.data());
    lapack::gemv('N', n_, j, T(-1), v_.column(0), n_, coefficients_.data(), T(1), w);
    if (taken == nullptr) return;
    for (integer i = 0; i < j; i++) taken[i] += coefficients_[static_cast<size_t>(i)];
  }

  /// The next column of V and of H. False when the operator gave what is no number.
  bool extend(integer j) {
    T* w = v_.column(j + 1);
    op_.apply(v_.column(j), w);
    const R whole = lapack::nrm2(n_, w, 1);
    if (!std::isfinite(whole)) return false;
    R before = whole, size = 0;
    // Once more where much was taken away, which leaves rounding behind (Daniel, Gragg, Kaufman, Stewart).
    for (int time = 0; time < 3; time++) {
      orthogonalise(w, j + 1, h_.column(j));
      size = lapack::nrm2(n_, w, 1);
      if (size > R(0.717) * before || !(size > kEps * whole)) break;
      before = size;
    }
    // All the room is used up: what is left is rounding.
    if (j + 1 >= n_) {
      std::fill(w, w + n_, T(0));
      h_(j + 1, j) = T(0);
    } else if (!(size > kEps * whole)) {
      h_(j + 1, j) = T(0);
      start_anew(w, j + 1);
    } else {
      h_(j + 1, j) = T(size);
      scale(w, size);
    }
    return true;
  }

  /// An invariant subspace was found: goes on from any direction outside it.
  void start_anew(T* w, integer j) {
    auto uniform = [&] {
      seed_ ^= seed_ << 13;
      seed_ ^= seed_ >> 7;
      seed_ ^= seed_ << 17;
      return static_cast<R>(static_cast<double>(seed_ >> 11) * 0x1p-53 - 0.5);
    };
    for (integer i = 0; i < n_; i++) {
      if constexpr (IsComplex<T>::value) {
        const R re = uniform();
        w[i] = T(re, uniform());
      } else {
        w[i] = uniform();
      }
    }
    for (int twice = 0; twice < 2; twice++) orthogonalise(w, j, nullptr);
    scale(w, lapack::nrm2(n_, w, 1));
  }

  /// H = U · T · Uᴴ, the wanted eigenvalues first. False when LAPACK's iteration did not converge.
  bool decompose() {
    for (integer j = 0; j < m_; j++) std::copy(h_.column(j), h_.column(j) + m_, t_.column(j));
    if (!(hermitian_ ? decompose_hermitian() : decompose_general())) return false;
    for (integer j = 0; j < m_; j++) {
      T sum{};
      for (integer i = 0; i < m_; i++) sum += h_(m_, i) * u_(i, j);
      last_[static_cast<size_t>(j)] = sum;
    }
    return true;
  }

  bool decompose_hermitian() {
    const auto m = static_cast<size_t>(m_);
    std::vector<R> w(m), rwork(IsComplex<T>::value ? 1 + 5 * m + 2 * m * m : 1);
    std::vector<T> work(1 + 6 * m + 2 * m * m);
    std::vector<integer> iwork(3 + 5 * m);
    const integer info =
        lapack::syevd('V', 'L', m_, t_.column(0), m_, w.data(), work.data(), static_cast<integer>(work.size()),
                      rwork.data(), static_cast<integer>(rwork.size()), iwork.data(), static_cast<integer>(iwork.size()));
    if (info != 0) return false;
    std::vector<integer> order(m);
    std::iota(order.begin(), order.end(), integer(0));
    if (r_.which == "BE") {
      // From both ends in turn, the upper one first.
      for (integer i = 0; i < m_; i++) order[static_cast<size_t>(i)] = i % 2 == 0 ? m_ - 1 - i / 2 : i / 2;
    } else {
      std::stable_sort(order.begin(), order.end(), [&](integer i, integer j) {
        return rank_of(Complex(w[static_cast<size_t>(i)]), r_.which) > rank_of(Complex(w[static_cast<size_t>(j)]), r_.which);
      });
    }
    for (integer j = 0; j < m_; j++) {
      const integer from = order[static_cast<size_t>(j)];
      values_[static_cast<size_t>(j)] = w[static_cast<size_t>(from)];
      std::copy(t_.column(from), t_.column(from) + m_, u_.column(j));
    }
    std::fill(t_.data.begin(), t_.data.end(), T(0));
    for (integer j = 0; j < m_; j++) t_(j, j) = T(values_[static_cast<size_t>(j)].real());
    return true;
  }

  bool decompose_general() {
    const auto m = static_cast<size_t>(m_);
    std::vector<T> w(2 * m), work(64 * m);
    std::vector<R> rwork(m);
    const integer info = lapack::gees('V', m_, t_.column(0), m_, w.data(), u_.column(0), m_, work.data(),
                                      static_cast<integer>(work.size()), gees_work(rwork));
    if (info != 0) return false;
    // The most wanted of those that are left goes to the front, with its conjugate.
    for (integer i = 0; i < m_; i += width(i)) {
      integer best = i;
      for (integer j = i + width(i); j < m_; j += width(j)) {
        if (rank_of(value(j), r_.which) > rank_of(value(best), r_.which)) best = j;
      }
      // Neighbours that are too close to change places stay where they are.
      if (best > i) lapack::trexc(m_, t_.column(0), m_, u_.column(0), m_, best + 1, i + 1, work.data());
    }
    for (integer i = 0; i < m_; i += width(i)) {
      values_[static_cast<size_t>(i)] = value(i);
      if (width(i) == 2) values_[static_cast<size_t>(i) + 1] = std::conj(value(i));
    }
    return true;
  }

  static auto gees_work(std::vector<R>& rwork) {
    if constexpr (IsComplex<T>::value) return rwork.data();
    else return static_cast<T*>(nullptr);
  }

  /// 2 where a real T has a block for a conjugate pair.
  integer width(integer i) {
    if constexpr (!IsComplex<T>::value) {
      if (!hermitian_ && i + 1 < m_ && t_(i + 1, i) != T(0)) return 2;
    }
    return 1;
  }
  /// The eigenvalue of the block at i, of a pair the one above the real axis.
  Complex value(integer i) {
    if constexpr (IsComplex<T>::value) {
      return t_(i, i);
    } else {
      return width(i) == 1 ? Complex(t_(i, i))
                           : Complex(t_(i, i), std::sqrt(std::abs(t_(i, i + 1))) * std::sqrt(std::abs(t_(i + 1, i))));
    }
  }

  integer count_converged() {
    // What rounding leaves of T cannot be told from zero; putting a general T in order takes many rotations.
    const R rotations = hermitian_ ? R(1) : static_cast<R>(m_);
    R noise = 0;
    for (const Complex& w : values_) noise = std::max(noise, kEps * rotations * std::abs(w));
    integer count = 0;
    while (count < r_.k) {
      R rest = std::abs(last_[static_cast<size_t>(count)]);
      if (width(count) == 2) rest = std::hypot(rest, std::abs(last_[static_cast<size_t>(count) + 1]));
      const R size = std::abs(values_[static_cast<size_t>(count)]);
      if (!(rest <= std::max(noise, R(r_.tol) * std::max(floor_, size)))) break;
      count += width(count);
    }
    return std::min(count, r_.k);
  }

  /// V and H for the subspace that is kept; returns its size.
  integer restart() {
    // As ARPACK does: each value that has converged makes room for one more, so that the others come sooner.
    integer keep = r_.k + std::min<integer>(converged_, (m_ - r_.k) / 2);
    if (keep == 1 && m_ > 3) keep = m_ / 2;
    keep = std::min<integer>(m_ - 1, keep);
    // A pair stays together.
    if (width(keep - 1) == 2) keep += keep < m_ - 1 ? 1 : -1;
    // A strip of rows after another, so that what is new needs little memory beside what it replaces.
    const integer strip = 2048;
    Dense<T> kept(std::min(strip, n_), keep);
    for (integer i = 0; i < n_; i += strip) {
      const integer rows = std::min<integer>(strip, n_ - i);
      gemm<T>('N', 'N', rows, keep, m_, T(1), v_.column(0) + i, n_, u_.column(0), m_, T(0), kept.column(0),
              static_cast<integer>(kept.rows));
      for (integer j = 0; j < keep; j++) std::copy(kept.column(j), kept.column(j) + rows, v_.column(j) + i);
    }
    std::copy(v_.column(m_), v_.column(m_) + n_, v_.column(keep));
    std::fill(h_.data.begin(), h_.data.end(), T(0));
    for (integer j = 0; j < keep; j++) {
      for (integer i = 0; i < keep; i++) h_(i, j) = t_(i, j);
      h_(keep, j) = last_[static_cast<size_t>(j)];
    }
    return keep;
  }

  /// U becomes the coordinates of the eigenvectors in V: of a pair the real and the imaginary part.
  void eigenvectors_of_t() {
    const auto m = static_cast<size_t>(m_);
    std::vector<T> work(3 * m);
    std::vector<R> rwork(m);
    lapack::trevc(m_, t_.column(0), m_, u_.column(0), m_, work.data(), rwork.data());
  }

  Operator<T>& op_;
  const Request& r_;
  bool hermitian_;
  integer n_, m_;
  Dense<T> v_, h_, t_, u_;
  /// The row below T: how far each of its columns is from an invariant subspace.
  std::vector<T> last_;
  std::vector<Complex> values_;
  std::vector<T> coefficients_;
  integer converged_ = 0;
  int64_t iterations_ = 0;
  uint64_t seed_ = 88172645463325252ULL;
};

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
  size_t count = found.vectors.size() * (IsComplex<V>::value ? 2 : 1);
  auto vectors = Napi::TypedArrayOf<R>::New(env, count);
  const auto* from = reinterpret_cast<const R*>(found.vectors.data());
  std::copy(from, from + count, vectors.Data());
  result.Set("vectors", vectors);
  return result;
}

template <class V, class T>
Napi::Value solve(Arguments& a, Operator<T>& op, const T* v0, const Request& r, bool hermitian) {
  Found<V> found;
  KrylovSchur<T> process(op, r, hermitian);
  if (process.run(v0)) process.finish(found);
  return to_object(a.env(), found);
}

/// partialEigen(type, symmetric, A, v0, k, ncv, maxiter, tol, which) → { converged, iterations, values, vectors }
Napi::Value partial_eigen(Arguments& a) {
  return with_type(a.letter("sdcz"), [&](auto zero) -> Napi::Value {
    using T = decltype(zero);
    bool hermitian = a.flag();
    auto op = operator_argument<T>(a);
    auto v0 = a.array<T>();
    Request r;
    int64_t n = op->rows(), k = a.count(), ncv = a.count();
    r.maxiter = a.count();
    r.tol = a.number();
    r.which = a.text();
    if (op->cols() != n) a.range("a square operator");
    a.need(v0, static_cast<double>(n));
    int64_t least = IsComplex<T>::value || hermitian ? k + 1 : k + 2;
    if (k < 1 || ncv < least || ncv > n) a.range("0 < k < ncv <= n");
    // What the routines for the projected matrix are told of their work space, the Hermitian one's the largest.
    const double steps = static_cast<double>(ncv);
    to_integer(static_cast<double>(n), "A dimension");
    to_integer(hermitian ? 1 + 6 * steps + 2 * steps * steps : 64 * steps, "Work space");
    constexpr std::string_view known[] = {"LM", "SM", "LA", "SA", "BE", "LR", "SR", "LI", "SI"};
    if (std::find(std::begin(known), std::end(known), r.which) == std::end(known)) {
      a.fail("expected LM, SM, LA, SA, BE, LR, SR, LI or SI");
    }
    r.n = static_cast<integer>(n);
    r.k = static_cast<integer>(k);
    r.ncv = static_cast<integer>(ncv);
    if constexpr (IsComplex<T>::value) {
      return solve<T>(a, *op, v0.data, r, hermitian);
    } else {
      if (hermitian) return solve<T>(a, *op, v0.data, r, true);
      return solve<std::complex<T>>(a, *op, v0.data, r, false);
    }
  });
}

}  // namespace

void define_sparse_eigenvalues(Napi::Env env, Napi::Object exports) {
  define<partial_eigen>(env, exports, "partialEigen");
}

}  // namespace eigenscope
