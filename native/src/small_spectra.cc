// Eigenvalues, singular values and least squares of small matrices in one call each, as `small.cc` has their systems.
#include <cmath>
#include <complex>
#include <iterator>
#include <limits>

#include "blas_threads.h"
#include "gelsd.h"
#include "linalg_modules.h"
#include "small_bidiagonal.h"
#include "small_places.h"
#include "small_schur.h"
#include "small_symmetric.h"
#include "workspace.h"

namespace eigenscope {
namespace {

using lapack::integer;

/// syevd or heevd of one triangle; v may be null. kNotFinite for NaN and infinity anywhere.
Napi::Value small_eigh(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    using R = Real<T>;
    const char uplo = args.letter("UL");
    const int64_t n = small(args);
    auto a = parse_place<T>(args, n, n);
    R* w = parse_result<R>(args, n);
    const bool vectors = args.flag();
    T* v = vectors ? parse_result<T>(args, n * n) : nullptr;
    Unset<T, kMostSmall * kMostSmall> matrix;
    // Large enough for every order up to kMostSmall, blocks included.
    constexpr int64_t length = 2 * kMostSmall * kMostSmall + 40 * kMostSmall + 8;
    Unset<T, length> work;
    R rwork[2 * kMostSmall * kMostSmall + 5 * kMostSmall + 8];
    integer iwork[5 * kMostSmall + 8];
    if (!gather(a, n, n, matrix.get())) return number(args, kNotFinite);
    if constexpr (!IsComplex<T>::value) {
      if (eigenscope::small_eigh(uplo, vectors, n, matrix.get(), w)) {
        if (vectors) scatter(matrix.get(), n, n, v);
        return number(args, 0);
      }
      gather(a, n, n, matrix.get());
    }
    const auto order = static_cast<integer>(n);
    BlasByItself alone;
    const integer info =
        lapack::syevd(vectors ? 'V' : 'N', uplo, order, matrix.get(), order, w, work.get(), length,
                      rwork, static_cast<integer>(std::size(rwork)), iwork, static_cast<integer>(std::size(iwork)));
    if (info == 0 && vectors) scatter(matrix.get(), n, n, v);
    return number(args, info);
  });
}

template <class T>
integer gesdd_query(int64_t key) {
  const char job = "NSA"[key % 4];
  const auto m = static_cast<integer>(key / 4 % 64), n = static_cast<integer>(key / 256);
  T query{}, unused{};
  Real<T> s = 0, rwork = 0;
  integer iwork = 0;
  lapack::gesdd(job, m, n, &unused, m, &s, &unused, m, &unused, n, &query, -1, &rwork, &iwork);
  return static_cast<integer>(std::real(query)) + 1;
}

/// gesdd of a matrix that is destroyed; u and vt column after column.
template <class T>
integer decompose(char job, int64_t m, int64_t n, T* a, Real<T>* s, T* u, T* vt) {
  const int64_t r = std::min(m, n), vt_rows = job == 'A' ? n : job == 'S' ? r : 1;
  Unset<Real<T>, IsComplex<T>::value ? 5 * kMostSmall * kMostSmall + 7 * kMostSmall : 1> rwork;
  integer iwork[8 * kMostSmall];
  const int64_t key = (n * 64 + m) * 4 + (job == 'N' ? 0 : job == 'S' ? 1 : 2);
  const double least = 4.0 * static_cast<double>(r * r) + 7.0 * static_cast<double>(r) + static_cast<double>(m + n);
  const integer lwork = kept_length<T>(key, least, gesdd_query<T>);
  Scratch<T> work(lwork);
  const auto rows = static_cast<integer>(m), cols = static_cast<integer>(n);
  BlasByItself alone;
  const integer info = lapack::gesdd(job, rows, cols, a, rows, s, u, rows, vt, static_cast<integer>(vt_rows), work.get(),
                                     lwork, rwork.get(), iwork);
  return std::any_of(s, s + r, [](Real<T> x) { return std::isnan(x); }) ? 1 : info;
}

/// Like small_eigh, for gesdd: job N, S or A; u (m × m or m × r) and vt row after row.
Napi::Value small_svd(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    using R = Real<T>;
    const char job = args.letter("NSA");
    const int64_t m = small(args), n = small(args), r = std::min(m, n);
    auto a = parse_place<T>(args, m, n);
    R* s = parse_result<R>(args, r);
    const int64_t u_cols = job == 'N' ? 0 : job == 'S' ? r : m, vt_rows = job == 'N' ? 0 : job == 'S' ? r : n;
    T* u_out = job == 'N' ? nullptr : parse_result<T>(args, m * u_cols);
    T* vt_out = job == 'N' ? nullptr : parse_result<T>(args, vt_rows * n);
    Unset<T, kMostSmall * kMostSmall> matrix, u, vt;
    if (!gather(a, m, n, matrix.get())) return number(args, kNotFinite);
    if constexpr (!IsComplex<T>::value) {
      // Row after row, Vᵀ is V column after column.
      if (eigenscope::small_svd(job, m, n, matrix.get(), s, job == 'N' ? nullptr : u.get(), vt_out)) {
        if (job != 'N') scatter(u.get(), m, u_cols, u_out);
        return number(args, 0);
      }
      gather(a, m, n, matrix.get());
    }
    const integer info = decompose(job, m, n, matrix.get(), s, u.get(), vt.get());
    if (info == 0 && job != 'N') {
      scatter(u.get(), m, u_cols, u_out);
      scatter(vt.get(), vt_rows, n, vt_out);
    }
    return number(args, info);
  });
}

template <class T>
integer geev_query(int64_t key) {
  const char job = key % 2 == 1 ? 'V' : 'N';
  const auto n = static_cast<integer>(key / 2);
  T query{}, unused{};
  [[maybe_unused]] Real<T> part = 0;
  if constexpr (IsComplex<T>::value) {
    lapack::geev_complex('N', job, n, &unused, n, &unused, &unused, 1, &unused, n, &query, -1, &part);
  } else {
    lapack::geev<T>('N', job, n, &unused, n, &part, &part, &unused, 1, &unused, n, &query, -1);
  }
  return static_cast<integer>(std::real(query));
}

/// One column of geev's packed vectors of a real matrix, whose eigenvalue has the imaginary part `im`, or the parts of it.
template <class T>
std::complex<T> packed_vector(const T* v, int64_t n, int64_t i, int64_t j, T im) {
  if (im > 0) return {v[j * n + i], v[(j + 1) * n + i]};
  if (im < 0) return {v[(j - 1) * n + i], -v[j * n + i]};
  return {v[j * n + i], T(0)};
}

/// geev: w and v (null without vectors) are complex, or where `kAllReal` is returned real numbers at the same places.
constexpr int kAllReal = -1;

Napi::Value small_eig(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    using R = Real<T>;
    const int64_t n = small(args);
    auto a = parse_place<T>(args, n, n);
    auto* w = parse_result<std::complex<R>>(args, n);
    const bool vectors = args.flag();
    auto* v = vectors ? parse_result<std::complex<R>>(args, n * n) : nullptr;
    Unset<T, kMostSmall * kMostSmall> matrix, found;
    if (!gather(a, n, n, matrix.get())) return number(args, kNotFinite);
    if constexpr (IsComplex<T>::value) {
      const auto order = static_cast<integer>(n);
      const integer lwork = kept_length<T>(2 * n + (vectors ? 1 : 0), 4.0 * static_cast<double>(n), geev_query<T>);
      Scratch<T> work(lwork);
      BlasByItself alone;
      T unused{};
      R rwork[2 * kMostSmall];
      const integer info = lapack::geev_complex('N', vectors ? 'V' : 'N', order, matrix.get(), order, w, &unused, 1, found.get(), order,
                                                work.get(), lwork, rwork);
      if (info == 0 && vectors) scatter(found.get(), n, n, v);
      return number(args, info);
    } else {
      R re[kMostSmall], im[kMostSmall];
      if (!eigenscope::small_eig(n, matrix.get(), re, im, vectors ? found.get() : nullptr)) {
        gather(a, n, n, matrix.get());
        const auto order = static_cast<integer>(n);
        const integer lwork = kept_length<T>(2 * n + (vectors ? 1 : 0), 4.0 * static_cast<double>(n), geev_query<T>);
        Scratch<T> work(lwork);
        BlasByItself alone;
        T unused{};
        const integer info = lapack::geev<T>('N', vectors ? 'V' : 'N', order, matrix.get(), order, re, im, &unused, 1,
                                             found.get(), order, work.get(), lwork);
        if (info != 0) return number(args, info);
      }
      if (std::all_of(im, im + n, [](R part) { return part == 0; })) {
        std::copy_n(re, n, reinterpret_cast<R*>(w));
        if (vectors) scatter(found.get(), n, n, reinterpret_cast<R*>(v));
        return number(args, kAllReal);
      }
      for (int64_t j = 0; j < n; j++) {
        w[j] = {re[j], im[j]};
        for (int64_t i = 0; vectors && i < n; i++) v[i * n + j] = packed_vector(found.get(), n, i, j, im[j]);
      }
      return number(args, 0);
    }
  });
}

/// smallPinv(type, m, n, a, atol, rcond, out) from gesdd: Vᴴ's rows divided by the singular values above atol + rcond · s[0],
/// the others left out; out (n, m) row after row. The rank; kNotFinite, kNotConverged.
constexpr int kNotConverged = -1;

Napi::Value small_pinv(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    using R = Real<T>;
    const int64_t m = small(args), n = small(args), r = std::min(m, n);
    auto a = parse_place<T>(args, m, n);
    const double atol = args.number(), rcond = args.number();
    T* out = parse_result<T>(args, n * m);
    Unset<T, kMostSmall * kMostSmall> matrix, u, vt;
    R s[kMostSmall];
    if (!gather(a, m, n, matrix.get())) return number(args, kNotFinite);
    bool found = false;
    if constexpr (!IsComplex<T>::value) {
      // V in the place of Vᵀ, turned below.
      found = eigenscope::small_svd('S', m, n, matrix.get(), s, u.get(), vt.get());
      if (!found) gather(a, m, n, matrix.get());
    }
    if (!found) {
      const integer info = decompose('S', m, n, matrix.get(), s, u.get(), vt.get());
      if (info != 0) return number(args, kNotConverged);
      Unset<T, kMostSmall * kMostSmall> turned;
      T* v = turned.get();
      for (int64_t k = 0; k < r; k++) {
        for (int64_t j = 0; j < n; j++) v[k * n + j] = conjugate(vt.get()[j * r + k]);
      }
      std::copy_n(v, n * r, vt.get());
    }
    const double cutoff = atol + rcond * static_cast<double>(s[0]);
    int64_t rank = 0;
    while (rank < r && static_cast<double>(s[rank]) > cutoff) rank++;
    std::fill(out, out + n * m, T(0));
    for (int64_t k = 0; k < rank; k++) {
      for (int64_t j = 0; j < n; j++) {
        const T factor = vt.get()[k * n + j] / s[k];
        for (int64_t i = 0; i < m; i++) out[j * m + i] += factor * conjugate(u.get()[k * m + i]);
      }
    }
    return number(args, static_cast<double>(rank));
  });
}

struct GelsdLengths {
  integer work = 0, rwork = 0;
};

/// Asked of LAPACK once for each size.
template <class T>
const GelsdLengths& gelsd_lengths(int64_t m, int64_t n, int64_t k) {
  thread_local std::unordered_map<int64_t, GelsdLengths> known;
  const int64_t key = (m * 64 + n) * 64 + k;
  const auto found = known.find(key);
  if (found != known.end()) return found->second;
  const Workspace least =
      gelsd_workspace<T>(static_cast<double>(m), static_cast<double>(n), static_cast<double>(k));
  T query{}, unused{};
  Real<T> s = 0, rquery[2] = {0, 0};
  integer rank = 0, iquery[2] = {0, 0};
  const auto rows = static_cast<integer>(m), most = static_cast<integer>(std::max(m, n));
  lapack::gelsd(rows, static_cast<integer>(n), static_cast<integer>(k), &unused, rows, &unused, most, &s, Real<T>(-1), &rank,
                &query, -1, rquery, iquery);
  GelsdLengths made;
  made.work = work_length(least.work, query);
  made.rwork = static_cast<integer>(std::max(least.rwork, std::ceil(static_cast<double>(rquery[0]) * 1.001))) + 1;
  return known.emplace(key, made).first->second;
}

/// By the singular value decomposition, as gelsd: b (m × k, `lead` from column to column) becomes x, and behind it what no
/// column of a reaches. False where the iteration did not converge.
template <class T>
bool solve_by_svd(int64_t m, int64_t n, int64_t k, T* a, T* b, int64_t lead, T* s, T rcond, integer* rank) {
  const int64_t r = std::min(m, n);
  T u[kMostSmall * kMostSmall], v[kMostSmall * kMostSmall], parts[kMostSmall];
  const int64_t cols = m > n ? m : r;
  if (!eigenscope::small_svd(m > n ? 'A' : 'S', m, n, a, s, u, v)) return false;
  const T limit = (rcond >= 0 ? rcond : std::numeric_limits<T>::epsilon()) * s[0];
  *rank = 0;
  while (*rank < r && s[*rank] > limit) (*rank)++;
  for (int64_t c = 0; c < k; c++) {
    T* x = b + c * lead;
    for (int64_t j = 0; j < cols; j++) {
      parts[j] = 0;
      for (int64_t i = 0; i < m; i++) parts[j] += u[j * m + i] * x[i];
    }
    std::fill(x, x + n, T(0));
    for (int64_t j = 0; j < *rank; j++) {
      const T factor = parts[j] / s[j];
      for (int64_t i = 0; i < n; i++) x[i] += factor * v[j * n + i];
    }
    for (int64_t j = n; j < m; j++) x[j] = parts[j];
  }
  return true;
}

/// gelsd: x (n, k) row after row, the singular values, and of each column the squared length of what is left (m > n). The
/// rank; kNotFinite for NaN and infinity, kNotConverged.
Napi::Value small_lstsq(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    using R = Real<T>;
    const int64_t m = small(args), n = small(args), k = small(args), tall = std::max(m, n);
    auto a = parse_place<T>(args, m, n);
    auto b = parse_place<T>(args, m, k);
    const auto rcond = static_cast<R>(args.number());
    T* x = parse_result<T>(args, n * k);
    R* s = parse_result<R>(args, std::min(m, n));
    R* residuals = parse_result<R>(args, m > n ? k : 0);
    Unset<T, kMostSmall * kMostSmall> matrix, right;
    if (!gather(a, m, n, matrix.get()) || !gather(b, m, k, right.get(), tall)) return number(args, kNotFinite);
    integer rank = 0, info = 0;
    bool done = false;
    if constexpr (!IsComplex<T>::value) {
      done = solve_by_svd(m, n, k, matrix.get(), right.get(), tall, s, rcond, &rank);
      if (!done) {
        gather(a, m, n, matrix.get());
        gather(b, m, k, right.get(), tall);
      }
    }
    if (!done) {
      const GelsdLengths& lengths = gelsd_lengths<T>(m, n, k);
      Scratch<T> work(lengths.work);
      Scratch<R> rwork(lengths.rwork);
      // 3·n·(levels of dlalsd's tree, one at most here) + 11·n.
      integer iwork[14 * kMostSmall + 1];
      BlasByItself alone;
      const auto rows = static_cast<integer>(m), cols = static_cast<integer>(n), sides = static_cast<integer>(k);
      info = lapack::gelsd(rows, cols, sides, matrix.get(), rows, right.get(), static_cast<integer>(tall), s, rcond, &rank,
                           work.get(), lengths.work, rwork.get(), iwork);
    }
    if (info != 0) return number(args, kNotConverged);
    for (int64_t j = 0; j < k; j++) {
      const T* column = right.get() + j * tall;
      for (int64_t i = 0; i < n; i++) x[i * k + j] = column[i];
      if (m <= n) continue;
      R sum = 0;
      for (int64_t i = n; i < m; i++) sum += std::norm(column[i]);
      residuals[j] = sum;
    }
    return number(args, static_cast<double>(rank));
  });
}

}  // namespace

void define_small_spectra(Napi::Env env, Napi::Object exports) {
  define<small_eigh>(env, exports, "smallEigh");
  define<small_svd>(env, exports, "smallSvd");
  define<small_eig>(env, exports, "smallEig");
  define<small_pinv>(env, exports, "smallPinv");
  define<small_lstsq>(env, exports, "smallLstsq");
}

}  // namespace eigenscope
