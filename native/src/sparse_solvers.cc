// Krylov methods for A · x = b. Each stops and counts as SciPy's method of the same name does.
#include "barrier.h"
#include "kernels/pool.h"
#include "modules.h"
#include "sparse.h"
#include "threads.h"

#include <chrono>
#include <limits>
#include <thread>

namespace eigenscope {

namespace {

template <class T>
struct Problem {
  int64_t n;
  std::unique_ptr<Operator<T>> a;
  /// The preconditioner, an approximation of the inverse of A; null: none.
  std::unique_ptr<Operator<T>> m;
  const T* b;
  T* x;
  bool zero_start;
  Real<T> rtol, atol;
  int64_t maxiter;
  Napi::Value callback;
  /// ‖r‖ before each iteration, as the method knows it.
  std::vector<double> history;

  void precondition(const T* r, T* z) const {
    if (m == nullptr) {
      std::copy(r, r + n, z);
    } else {
      m->apply(r, z);
    }
  }
  void residual(T* r) {
    if (zero_start) {
      std::copy(b, b + n, r);
      return;
    }
    a->apply(x, r);
    for (int64_t i = 0; i < n; i++) r[i] = b[i] - r[i];
  }
  /// x lies in memory that JavaScript sees.
  void call() { call_with({}); }
  void call_with(const std::vector<napi_value>& values) {
    if (!callback.IsFunction()) return;
    Napi::HandleScope scope(callback.Env());
    callback.As<Napi::Function>().Call(values);
  }
};

struct Outcome {
  int64_t info;
  int64_t iterations;
};

template <class T>
Outcome cg(Problem<T>& s) {
  const auto n = static_cast<size_t>(s.n);
  std::vector<T> r(n), z(s.m == nullptr ? 0 : n), p(n), q(n);
  s.residual(r.data());
  T before{};
  for (int64_t iteration = 0; iteration < s.maxiter; iteration++) {
    Real<T> size = norm2(r.data(), s.n);
    s.history.push_back(static_cast<double>(size));
    if (size < s.atol) return {0, iteration};
    if (!std::isfinite(size)) return {s.maxiter, iteration};
    if (s.m != nullptr) s.m->apply(r.data(), z.data());
    const T* zs = s.m == nullptr ? r.data() : z.data();
    T rho = s.m == nullptr ? T(size * size) : dot(r.data(), zs, s.n);
    if (iteration == 0) {
      std::copy(zs, zs + s.n, p.data());
    } else {
      T beta = rho / before;
      for (size_t i = 0; i < n; i++) p[i] = p[i] * beta + zs[i];
    }
    s.a->apply(p.data(), q.data());
    T alpha = rho / dot(p.data(), q.data(), s.n);
    add_scaled(alpha, p.data(), s.x, s.n);
    add_scaled(-alpha, q.data(), r.data(), s.n);
    before = rho;
    s.call();
  }
  return {s.maxiter, s.maxiter};
}

/// Tells when turns take much longer than the best of them: then other programs have the processors, and threads that wait
/// for each other wait for those programs.
class Crowding {
 public:
  /// To be called once a turn.
  bool grows() {
    auto now = Clock::now();
    auto took = now - last_;
    last_ = now;
    best_ = std::min(best_, took);
    if (took > 3 * best_ + std::chrono::microseconds(100)) slow_++;
    return slow_ > 6;
  }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point last_ = Clock::now();
  Clock::duration best_ = std::chrono::hours(1);
  int slow_ = 0;
};

/// The same for a real matrix in rows without a preconditioner: the threads share the rows and meet three times an
/// iteration. Where processors are short, the first goes on alone.
template <class T>
Outcome cg_team(Problem<T>& s, const Csr<T>& a, int threads) {
  const auto n = static_cast<size_t>(s.n);
  std::vector<T> r(n), p(n), q(n);
  s.residual(r.data());
  p = r;
  auto bounds = row_parts(a.indptr, a.rows, threads);
  struct alignas(128) Part {
    T value[2];
  };
  std::vector<Part> parts(static_cast<size_t>(threads));
  auto total = [&](int which) {
    T sum{};
    for (const Part& part : parts) sum += part.value[which];
    return sum;
  };
  const auto& loops = sparse_kernels().of<T>();
  constexpr int64_t kBlock = 1024;
  Barrier barrier(threads);
  Outcome outcome{s.maxiter, s.maxiter};
  Crowding crowding;
  bool leaving = false;
  run_team(threads, [&](int t) {
    int64_t low = bounds[static_cast<size_t>(t)], high = bounds[static_cast<size_t>(t) + 1], own = high - low;
    auto& mine = parts[static_cast<size_t>(t)].value;
    bool alone = false;
    auto meet = [&] {
      if (!alone) barrier.wait();
    };
    mine[0] = dot(r.data() + low, r.data() + low, own);
    barrier.wait();
    T rho = total(0);
    for (int64_t iteration = 0; iteration < s.maxiter; iteration++) {
      if (t == 0) s.history.push_back(static_cast<double>(std::sqrt(rho)));
      if (std::sqrt(rho) < s.atol) {
        if (t == 0) outcome = {0, iteration};
        break;
      }
      if (!std::isfinite(rho)) break;
      // What was just made is still near when it is multiplied.
      T along{};
      for (int64_t row = low; row < high; row += kBlock) {
        const int64_t end = std::min(high, row + kBlock);
        loops.times(a, p.data(), q.data(), row, end);
        along += loops.dot(p.data() + row, q.data() + row, end - row);
      }
      mine[1] = along;
      meet();
      T alpha = rho / total(1);
      mine[0] = loops.subtract_dot(alpha, q.data() + low, r.data() + low, own);
      meet();
      T next = total(0);
      loops.step(alpha, next / rho, r.data() + low, p.data() + low, s.x + low, own);
      rho = next;
      if (alone) continue;
      if (t == 0) leaving = crowding.grows();
      barrier.wait();
      if (!leaving) continue;
      if (t != 0) return;
      alone = true;
      low = 0;
      own = high = s.n;
      for (Part& part : parts) part = {};
    }
  });
  return outcome;
}

template <class T>
Outcome conjugate_gradients(Problem<T>& s) {
  if constexpr (!IsComplex<T>::value) {
    const Csr<T>* a = csr_of(*s.a);
    int threads = std::min(8, kernel_threads());
    if (a != nullptr && s.m == nullptr && !s.callback.IsFunction() && threads > 1 && a->entries() > 20000) {
      return cg_team(s, *a, threads);
    }
  }
  return cg(s);
}

template <class T>
Outcome bicgstab(Problem<T>& s) {
  const auto n = static_cast<size_t>(s.n);
  std::vector<T> r(n), shadow, p(n), v(n), t(n), ph(n), sh(n);
  s.residual(r.data());
  shadow = r;
  const Real<T> eps = std::numeric_limits<Real<T>>::epsilon();
  const Real<T> tiny = eps * eps;
  T before{}, omega{}, alpha{};
  for (int64_t iteration = 0; iteration < s.maxiter; iteration++) {
    Real<T> size = norm2(r.data(), s.n);
    s.history.push_back(static_cast<double>(size));
    if (size < s.atol) return {0, iteration};
    if (!std::isfinite(size)) return {s.maxiter, iteration};
    T rho = dot(shadow.data(), r.data(), s.n);
    if (std::abs(rho) < tiny) return {-10, iteration};
    if (iteration == 0) {
      p = r;
    } else {
      if (std::abs(omega) < tiny) return {-11, iteration};
      T beta = (rho / before) * (alpha / omega);
      for (size_t i = 0; i < n; i++) p[i] = (p[i] - omega * v[i]) * beta + r[i];
    }
    s.precondition(p.data(), ph.data());
    s.a->apply(ph.data(), v.data());
    T rv = dot(shadow.data(), v.data(), s.n);
    if (rv == T{}) return {-11, iteration};
    alpha = rho / rv;
    add_scaled(-alpha, v.data(), r.data(), s.n);
    size = norm2(r.data(), s.n);
    if (size < s.atol) {
      add_scaled(alpha, ph.data(), s.x, s.n);
      s.history.push_back(static_cast<double>(size));
      return {0, iteration + 1};
    }
    s.precondition(r.data(), sh.data());
    s.a->apply(sh.data(), t.data());
    omega = dot(t.data(), r.data(), s.n) / dot(t.data(), t.data(), s.n);
    add_scaled(alpha, ph.data(), s.x, s.n);
    add_scaled(omega, sh.data(), s.x, s.n);
    add_scaled(-omega, t.data(), r.data(), s.n);
    before = rho;
    s.call();
  }
  return {s.maxiter, s.maxiter};
}

/// c and s with [c s; −conj(s) c] · [f; g] = [r; 0] (LAPACK's lartg).
template <class T>
void rotation(T f, T g, Real<T>& c, T& s, T& r) {
  using R = Real<T>;
  if (g == T{}) {
    c = 1;
    s = T{};
    r = f;
    return;
  }
  if (f == T{}) {
    c = 0;
    s = conjugate(g) / T(std::abs(g));
    r = T(std::abs(g));
    return;
  }
  R fa = std::abs(f), size = std::hypot(fa, std::abs(g));
  T phase = f / T(fa);
  c = fa / size;
  s = phase * conjugate(g) / T(size);
  r = phase * T(size);
}

/// `kind` of the callback: 0 none, 1 legacy, 2 pr_norm, 3 x.
template <class T>
Outcome gmres(Problem<T>& s, int64_t restart, int kind) {
  using R = Real<T>;
  const auto n = static_cast<size_t>(s.n);
  const R eps = std::numeric_limits<R>::epsilon();
  const R bnorm = norm2(s.b, s.n);
  std::vector<T> w(n), av(n), r(n);
  const auto m = static_cast<size_t>(restart);
  std::vector<std::vector<T>> v(m + 1, std::vector<T>());
  std::vector<std::vector<T>> h(m, std::vector<T>(m + 1));
  std::vector<R> cs(m);
  std::vector<T> sn(m), rhs(m + 1), y(m);
  s.precondition(s.b, w.data());
  const R mbnorm = norm2(w.data(), s.n);
  R factor = 1, ptol = mbnorm * std::min(R(1), s.atol / bnorm), presid = 0, rnorm = 0;
  int64_t inner = 0;
  s.residual(r.data());
  rnorm = norm2(r.data(), s.n);
  s.history.push_back(static_cast<double>(rnorm));
  if (rnorm < s.atol) return {0, 0};
  for (int64_t iteration = 0; iteration < s.maxiter; iteration++) {
    v[0].resize(n);
    s.precondition(r.data(), v[0].data());
    R size = norm2(v[0].data(), s.n);
    for (T& e : v[0]) e *= T(1 / size);
    std::fill(rhs.begin(), rhs.end(), T{});
    rhs[0] = T(size);
    bool breakdown = false;
    size_t col = 0;
    for (;; col++) {
      s.a->apply(v[col].data(), av.data());
      s.precondition(av.data(), w.data());
      R h0 = norm2(w.data(), s.n);
      auto& column = h[col];
      for (size_t k = 0; k <= col; k++) {
        column[k] = dot(v[k].data(), w.data(), s.n);
        add_scaled(-column[k], v[k].data(), w.data(), s.n);
      }
      R h1 = norm2(w.data(), s.n);
      column[col + 1] = T(h1);
      v[col + 1] = w;
      if (h1 <= eps * h0) {
        column[col + 1] = T{};
        breakdown = true;
      } else {
        for (T& e : v[col + 1]) e *= T(1 / h1);
      }
      for (size_t k = 0; k < col; k++) {
        T n0 = column[k], n1 = column[k + 1];
        column[k] = T(cs[k]) * n0 + sn[k] * n1;
        column[k + 1] = -conjugate(sn[k]) * n0 + T(cs[k]) * n1;
      }
      T length;
      rotation(column[col], column[col + 1], cs[col], sn[col], length);
      column[col] = length;
      column[col + 1] = T{};
      T next = -conjugate(sn[col]) * rhs[col];
      rhs[col] = T(cs[col]) * rhs[col];
      rhs[col + 1] = next;
      presid = std::abs(next);
      inner++;
      s.history.push_back(static_cast<double>(presid));
      if (kind == 1 || kind == 2) {
        Napi::HandleScope scope(s.callback.Env());
        s.call_with({Napi::Number::New(s.callback.Env(), static_cast<double>(presid / bnorm))});
      }
      if (kind == 1 && inner == s.maxiter) break;
      if (presid <= ptol || breakdown) break;
      // The last column that there is room for.
      if (col + 1 == m) break;
      if (!std::isfinite(presid)) break;
    }
    if (h[col][col] == T{}) rhs[col] = T{};
    std::copy(rhs.begin(), rhs.begin() + static_cast<std::ptrdiff_t>(col) + 1, y.begin());
    for (size_t k = col; k > 0; k--) {
      if (y[k] == T{}) continue;
      y[k] /= h[k][k];
      for (size_t i = 0; i < k; i++) y[i] -= y[k] * h[k][i];
    }
    if (y[0] != T{}) y[0] /= h[0][0];
    for (size_t k = 0; k <= col; k++) add_scaled(y[k], v[k].data(), s.x, s.n);
    s.a->apply(s.x, r.data());
    for (size_t i = 0; i < n; i++) r[i] = s.b[i] - r[i];
    rnorm = norm2(r.data(), s.n);
    if (kind == 1 && inner == s.maxiter) return {rnorm <= s.atol ? 0 : s.maxiter, inner};
    if (kind == 3) s.call();
    if (rnorm <= s.atol || breakdown || !std::isfinite(rnorm)) break;
    factor = presid <= ptol ? std::max(eps, R(0.25) * factor) : std::min(R(1), R(1.5) * factor);
    ptol = presid * std::min(factor, s.atol / rnorm);
  }
  return {rnorm <= s.atol ? 0 : s.maxiter, inner};
}

/// Paige and Saunders 1975, real symmetric (or complex, where inner products are not conjugated, as in SciPy).
/// info −1: the preconditioner is not positive definite, −2: the matrix or the preconditioner is not symmetric.
template <class T>
Outcome minres(Problem<T>& s, Real<T> shift) {
  using R = Real<T>;
  const auto n = static_cast<size_t>(s.n);
  const R eps = std::numeric_limits<R>::epsilon();
  std::vector<T> r1(n), r2, y(n), v(n), w(n), w1(n), w2(n), next(n);
  s.residual(r1.data());
  s.precondition(r1.data(), y.data());
  R beta1 = std::real(dot(r1.data(), y.data(), s.n));
  if (beta1 < 0) return {-1, 0};
  if (beta1 == 0) return {0, 0};
  beta1 = std::sqrt(beta1);
  s.history.push_back(static_cast<double>(beta1));
  R oldb = 0, beta = beta1, dbar = 0, epsln = 0, phibar = beta1, tnorm2 = 0, gmax = 0;
  R gmin = std::numeric_limits<R>::max(), cs = -1, sn = 0;
  int stop = 0;
  r2 = r1;
  int64_t iteration = 0;
  while (iteration < s.maxiter) {
    iteration++;
    for (size_t i = 0; i < n; i++) v[i] = y[i] * T(1 / beta);
    s.a->apply(v.data(), y.data());
    if (shift != 0) add_scaled(T(-shift), v.data(), y.data(), s.n);
    if (iteration >= 2) add_scaled(T(-beta / oldb), r1.data(), y.data(), s.n);
    R alfa = std::real(dot(v.data(), y.data(), s.n));
    add_scaled(T(-alfa / beta), r2.data(), y.data(), s.n);
    r1.swap(r2);
    r2 = y;
    s.precondition(r2.data(), y.data());
    oldb = beta;
    beta = std::real(dot(r2.data(), y.data(), s.n));
    if (beta < 0) return {-2, iteration};
    beta = std::sqrt(beta);
    tnorm2 += alfa * alfa + oldb * oldb + beta * beta;
    if (iteration == 1 && beta / beta1 <= 10 * eps) stop = -1;
    R oldeps = epsln, delta = cs * dbar + sn * alfa, gbar = sn * dbar - cs * alfa;
    epsln = sn * beta;
    dbar = -cs * beta;
    R root = std::hypot(gbar, dbar);
    R gamma = std::max(std::hypot(gbar, beta), eps);
    cs = gbar / gamma;
    sn = beta / gamma;
    R phi = cs * phibar;
    phibar = sn * phibar;
    w1.swap(w2);
    w2.swap(w);
    // Here w1 is the w2 of the last round, w2 its w, and w is free.
    for (size_t i = 0; i < n; i++) w[i] = (v[i] - T(oldeps) * w1[i] - T(delta) * w2[i]) * T(1 / gamma);
    add_scaled(T(phi), w.data(), s.x, s.n);
    gmax = std::max(gmax, gamma);
    gmin = std::min(gmin, gamma);
    R anorm = std::sqrt(tnorm2), ynorm = norm2(s.x, s.n);
    R infinity = std::numeric_limits<R>::infinity();
    R test1 = ynorm == 0 || anorm == 0 ? infinity : phibar / (anorm * ynorm);
    R test2 = anorm == 0 ? infinity : root / anorm;
    s.history.push_back(static_cast<double>(phibar));
    if (stop == 0) {
      if (1 + test2 <= 1) stop = 2;
      if (1 + test1 <= 1) stop = 1;
      if (iteration >= s.maxiter) stop = 6;
      if (gmax / gmin >= R(0.1) / eps) stop = 4;
      if (anorm * ynorm * eps >= beta1) stop = 3;
      if (test2 <= s.rtol) stop = 2;
      if (test1 <= s.rtol) stop = 1;
    }
    s.call();
    if (stop != 0 || !std::isfinite(phibar)) break;
  }
  return {iteration > 0 && (stop == 6 || stop == 0) ? s.maxiter : 0, iteration};
}

/// krylov(method, type, A, M | null, b, x, zeroStart, rtol, atol, maxiter, callback | null, extra, kind)
/// → { info, iterations, history }; x is updated in place. `extra`: restart of gmres, shift of minres.
Napi::Value krylov(Arguments& a) {
  std::string method = a.text();
  return with_type(a.letter("sdcz"), [&](auto zero) -> Napi::Value {
    using T = decltype(zero);
    Problem<T> s{};
    s.a = operator_argument<T>(a);
    s.n = s.a->rows();
    Napi::Value m = a.value();
    if (!m.IsNull()) {
      a.back();
      s.m = operator_argument<T>(a);
    }
    auto b = a.array<T>();
    auto x = a.array<T>();
    if (s.a->cols() != s.n || (s.m != nullptr && (s.m->rows() != s.n || s.m->cols() != s.n))) {
      a.range("square operators of one size");
    }
    a.need(b, static_cast<double>(s.n));
    a.need(x, static_cast<double>(s.n));
    s.b = b.data;
    s.x = x.data;
    s.zero_start = a.flag();
    s.rtol = static_cast<Real<T>>(a.number());
    s.atol = static_cast<Real<T>>(a.number());
    s.maxiter = a.count();
    s.callback = a.value();
    double extra = a.number();
    auto kind = static_cast<int>(a.count());
    Outcome outcome{};
    if (method == "cg") {
      outcome = conjugate_gradients(s);
    } else if (method == "bicgstab") {
      outcome = bicgstab(s);
    } else if (method == "gmres") {
      if (!(extra >= 1 && extra <= static_cast<double>(std::max<int64_t>(1, s.n)))) a.range("restart");
      outcome = gmres(s, static_cast<int64_t>(extra), kind);
    } else if (method == "minres") {
      outcome = minres(s, static_cast<Real<T>>(extra));
    } else {
      a.fail("expected cg, bicgstab, gmres or minres");
    }
    Napi::Object result = Napi::Object::New(a.env());
    result.Set("info", static_cast<double>(outcome.info));
    result.Set("iterations", static_cast<double>(outcome.iterations));
    auto history = Napi::Float64Array::New(a.env(), s.history.size());
    std::copy(s.history.begin(), s.history.end(), history.Data());
    result.Set("history", history);
    return result;
  });
}

}  // namespace

void define_sparse_solvers(Napi::Env env, Napi::Object exports) { define<krylov>(env, exports, "krylov"); }

}  // namespace eigenscope
