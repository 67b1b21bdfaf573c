// Sparse LU factors, complete (Eigen's SparseLU, after SuperLU) and incomplete (Eigen's IncompleteLUT, after Saad), kept
// for solving again and again.
#define EIGEN_MPL2_ONLY
#define EIGEN_DONT_PARALLELIZE
#include <Eigen/SparseCore>
#include <Eigen/SparseLU>
#include <Eigen/OrderingMethods>
#include <Eigen/IterativeLinearSolvers>

#include "modules.h"
#include "sparse.h"

namespace eigenscope {

namespace {

/// The order in which columns are eliminated.
enum class Order {
  /// Theirs.
  natural,
  /// Whatever the pivots turn out to be: COLAMD.
  columns,
  /// For pivots from the diagonal: minimum degree of A + Aᵀ, half the entries or less.
  symmetric
};

/// SparseLU makes its ordering by itself, without arguments.
thread_local Order order = Order::columns;

struct ChosenOrdering {
  using PermutationType = Eigen::PermutationMatrix<Eigen::Dynamic, Eigen::Dynamic, int>;
  template <class M>
  void operator()(const M& matrix, PermutationType& permutation) {
    if (order == Order::natural) {
      permutation.setIdentity(static_cast<int>(matrix.cols()));
    } else if (order == Order::symmetric) {
      PermutationType backward;
      Eigen::AMDOrdering<int>()(matrix, backward);
      permutation = backward.inverse();
    } else {
      Eigen::COLAMDOrdering<int>()(matrix, permutation);
    }
  }
};

/// Compressed columns that own their memory.
template <class T>
struct Columns {
  std::vector<int32_t> indptr{0};
  std::vector<int32_t> indices;
  std::vector<T> data;

  void add(int32_t row, T value) {
    indices.push_back(row);
    data.push_back(value);
  }
  void close() { indptr.push_back(static_cast<int32_t>(indices.size())); }
};

/// What factors are computed in: single precision costs as much as double here and gains nothing but rounding.
template <class T>
using Wide = std::conditional_t<IsComplex<T>::value, std::complex<double>, double>;

template <class T>
using Sparse = Eigen::SparseMatrix<T, Eigen::ColMajor, int>;

/// Whether the largest of a column is on its diagonal and stays there: |a_jj| ≥ Σ |a_ij| for i ≠ j, which elimination
/// keeps, and entries that mirror each other. Then partial pivoting takes the diagonal in any symmetric order.
template <class T>
bool keeps_diagonal(const Csr<T>& m) {
  const auto n = static_cast<size_t>(m.rows);
  // Walking down the columns meets the mirror images of a column's entries in their order.
  std::vector<int32_t> next(m.indptr, m.indptr + n);
  for (int64_t j = 0; j < m.rows; j++) {
    Real<T> diagonal = 0, others = 0;
    for (int32_t at = m.indptr[j]; at < m.indptr[j + 1]; at++) {
      const int32_t i = m.indices[at];
      if (at > m.indptr[j] && m.indices[at - 1] >= i) return false;
      (i == j ? diagonal : others) += std::abs(m.data[at]);
      if (i > j) continue;
      auto& mirror = next[static_cast<size_t>(i)];
      if (mirror == m.indptr[i + 1] || m.indices[mirror] != j) {
        // Entries above the diagonal of column i lie before its mirror images.
        while (mirror < m.indptr[i + 1] && m.indices[mirror] < i) mirror++;
        if (mirror == m.indptr[i + 1] || m.indices[mirror] != j) return false;
      }
      mirror++;
    }
    if (!(diagonal >= others)) return false;
  }
  for (size_t j = 0; j < n; j++) {
    if (next[j] != m.indptr[j + 1]) return false;
  }
  return true;
}

template <class T>
Sparse<Wide<T>> widened(const Csr<T>& m) {
  const auto n = static_cast<int>(m.rows);
  Sparse<Wide<T>> own(n, n);
  own.resizeNonZeros(m.entries());
  std::copy(m.indptr, m.indptr + n + 1, own.outerIndexPtr());
  std::copy(m.indices, m.indices + m.entries(), own.innerIndexPtr());
  std::copy(m.data, m.data + m.entries(), own.valuePtr());
  return own;
}

struct Factors {
  virtual ~Factors() = default;
  /// Whether the numbers are complex.
  virtual bool complex() const = 0;
  virtual int64_t size() const = 0;
};

template <class T>
struct FactorsOf : Factors {
  bool complex() const override { return IsComplex<T>::value; }
  /// x := A⁻¹ x (N), A⁻ᵀ x (T) or A⁻ᴴ x (H); `work` has as many elements as x.
  virtual void solve(T* x, T* work, char trans) = 0;
  virtual void parts(Columns<T>& l, Columns<T>& u, std::vector<int32_t>& perm_r, std::vector<int32_t>& perm_c) = 0;
};

template <bool conjugated, class T>
T taken(T x) {
  if constexpr (conjugated) return conjugate(x);
  return x;
}

template <class T>
class Complete : public FactorsOf<T> {
 public:
  /// False when a pivot is zero.
  bool compute(const Sparse<T>& a, Order chosen, double threshold) {
    order = chosen;
    lu_.isSymmetric(chosen == Order::symmetric);
    if (threshold >= 0) lu_.setPivotThreshold(threshold);
    lu_.compute(a);
    return lu_.info() == Eigen::Success;
  }
  int64_t size() const override { return lu_.rows(); }
  void solve(T* x, T* work, char trans) override {
    const auto n = static_cast<size_t>(size());
    const int* rows = lu_.rowsPermutation().indices().data();
    const int* cols = lu_.colsPermutation().indices().data();
    if (trans == 'N') {
      for (size_t i = 0; i < n; i++) work[rows[i]] = x[i];
      lower(work, x);
      upper(work);
      for (size_t i = 0; i < n; i++) x[i] = work[cols[i]];
      return;
    }
    for (size_t i = 0; i < n; i++) work[cols[i]] = x[i];
    if (trans == 'H' && IsComplex<T>::value) {
      transposed<true>(work);
    } else {
      transposed<false>(work);
    }
    for (size_t i = 0; i < n; i++) x[i] = work[rows[i]];
  }
  void parts(Columns<T>& l, Columns<T>& u, std::vector<int32_t>& perm_r, std::vector<int32_t>& perm_c) override {
    const auto& both = lu_.matrixL().m_mapL;
    const auto upper = lu_.matrixU();
    using Both = std::decay_t<decltype(both)>;
    using Above = std::decay_t<decltype(upper.m_mapU)>;
    for (int j = 0; j < static_cast<int>(lu_.cols()); j++) {
      for (typename Above::InnerIterator it(upper.m_mapU, j); it; ++it) {
        if (it.value() != T(0)) u.add(static_cast<int32_t>(it.row()), it.value());
      }
      l.add(j, T(1));
      for (typename Both::InnerIterator it(both, j); it; ++it) {
        auto row = static_cast<int32_t>(it.row());
        if (it.value() == T(0)) continue;
        (row <= j ? u : l).add(row, it.value());
      }
      u.close();
      l.close();
    }
    copy(lu_.rowsPermutation(), perm_r);
    copy(lu_.colsPermutation(), perm_c);
  }

 private:
  template <class P>
  static void copy(const P& permutation, std::vector<int32_t>& out) {
    out.assign(permutation.indices().data(), permutation.indices().data() + permutation.indices().size());
  }

  /// Columns that share their rows: a dense block whose upper square holds parts of L and U, as SuperLU keeps them.
  struct Supernode {
    int64_t first, columns, below, stride;
    const T* square;
    /// The rows below the square.
    const int* rows;

    const T* column(int64_t c) const { return square + c * stride; }
  };
  template <class L>
  static Supernode supernode(const L& l, int64_t k) {
    const int64_t first = l.supToCol()[k], columns = l.supToCol()[k + 1] - first;
    const int64_t rows = l.rowIndexPtr()[first], values = l.colIndexPtr()[first];
    return {first, columns, l.rowIndexPtr()[first + 1] - rows - columns, l.colIndexPtr()[first + 1] - values,
            l.valuePtr() + values, l.rowIndex() + rows + columns};
  }

  /// x := L⁻¹ x
  void lower(T* x, T* sums) const {
    const auto l = lu_.matrixL();
    for (int64_t k = 0; k <= l.m_mapL.nsuper(); k++) {
      const Supernode s = supernode(l.m_mapL, k);
      if (s.columns == 1) {
        const T f = x[s.first];
        const T* values = s.square + 1;
        for (int64_t i = 0; i < s.below; i++) x[s.rows[i]] -= f * values[i];
        continue;
      }
      std::fill(sums, sums + s.below, T(0));
      for (int64_t c = 0; c < s.columns; c++) {
        const T* column = s.column(c);
        const T f = x[s.first + c];
        for (int64_t i = c + 1; i < s.columns; i++) x[s.first + i] -= f * column[i];
        for (int64_t i = 0; i < s.below; i++) sums[i] += f * column[s.columns + i];
      }
      for (int64_t i = 0; i < s.below; i++) x[s.rows[i]] -= sums[i];
    }
  }

  /// x := U⁻¹ x
  void upper(T* x) const {
    const auto u = lu_.matrixU();
    const int* pointers = u.m_mapU.outerIndexPtr();
    const int* rows = u.m_mapU.innerIndexPtr();
    const T* values = u.m_mapU.valuePtr();
    for (int64_t k = u.m_mapL.nsuper(); k >= 0; k--) {
      const Supernode s = supernode(u.m_mapL, k);
      for (int64_t c = s.columns - 1; c >= 0; c--) {
        const T* column = s.column(c);
        const T f = x[s.first + c] /= column[c];
        for (int64_t i = 0; i < c; i++) x[s.first + i] -= f * column[i];
        for (int at = pointers[s.first + c]; at < pointers[s.first + c + 1]; at++) x[rows[at]] -= f * values[at];
      }
    }
  }

  /// x := L⁻ᵀ U⁻ᵀ x, or conjugated
  template <bool conjugated>
  void transposed(T* x) const {
    const auto u = lu_.matrixU();
    const int* pointers = u.m_mapU.outerIndexPtr();
    const int* rows = u.m_mapU.innerIndexPtr();
    const T* values = u.m_mapU.valuePtr();
    const int64_t last = u.m_mapL.nsuper();
    for (int64_t k = 0; k <= last; k++) {
      const Supernode s = supernode(u.m_mapL, k);
      for (int64_t c = 0; c < s.columns; c++) {
        const T* column = s.column(c);
        T sum = x[s.first + c];
        for (int at = pointers[s.first + c]; at < pointers[s.first + c + 1]; at++) {
          sum -= taken<conjugated>(values[at]) * x[rows[at]];
        }
        for (int64_t i = 0; i < c; i++) sum -= taken<conjugated>(column[i]) * x[s.first + i];
        x[s.first + c] = sum / taken<conjugated>(column[c]);
      }
    }
    for (int64_t k = last; k >= 0; k--) {
      const Supernode s = supernode(u.m_mapL, k);
      for (int64_t c = s.columns - 1; c >= 0; c--) {
        const T* column = s.column(c);
        T sum = x[s.first + c];
        for (int64_t i = c + 1; i < s.columns; i++) sum -= taken<conjugated>(column[i]) * x[s.first + i];
        for (int64_t i = 0; i < s.below; i++) sum -= taken<conjugated>(column[s.columns + i]) * x[s.rows[i]];
        x[s.first + c] = sum;
      }
    }
  }

  Eigen::SparseLU<Sparse<T>, ChosenOrdering> lu_;
};

template <class T>
class Incomplete : public FactorsOf<T> {
 public:
  bool compute(const Sparse<T>& a, double drop, int64_t fill) {
    lut_.setDroptol(drop);
    lut_.setFillfactor(static_cast<int>(std::min<int64_t>(fill, 1000000)));
    lut_.compute(a);
    const Rows lu = rows();
    diagonal_.resize(static_cast<size_t>(lu.n));
    for (int i = 0; i < lu.n; i++) {
      const int* at = std::find(lu.columns + lu.pointers[i], lu.columns + lu.pointers[i + 1], i);
      const auto place = static_cast<int>(at - lu.columns);
      if (place == lu.pointers[i + 1] || *at != i || lu.values[place] == T(0)) return false;
      diagonal_[static_cast<size_t>(i)] = place;
    }
    return lut_.info() == Eigen::Success;
  }
  int64_t size() const override { return lut_.rows(); }
  void solve(T* x, T* work, char trans) override {
    const int n = rows().n;
    const int* order = lut_.inverse_permutation().indices().data();
    for (int i = 0; i < n; i++) work[order[i]] = x[i];
    if (trans == 'N') {
      plain(work);
    } else if (trans == 'H' && IsComplex<T>::value) {
      transposed<true>(work);
    } else {
      transposed<false>(work);
    }
    for (int i = 0; i < n; i++) x[i] = work[order[i]];
  }
  void parts(Columns<T>& l, Columns<T>& u, std::vector<int32_t>& perm_r, std::vector<int32_t>& perm_c) override {
    const Sparse<T> columns(lut_.lu());
    for (int j = 0; j < columns.cols(); j++) {
      l.add(j, T(1));
      for (typename Sparse<T>::InnerIterator it(columns, j); it; ++it) {
        (it.row() <= j ? u : l).add(static_cast<int32_t>(it.row()), it.value());
      }
      u.close();
      l.close();
    }
    const auto& p = lut_.inverse_permutation().indices();
    perm_r.assign(p.data(), p.data() + p.size());
    perm_c = perm_r;
  }

 private:
  /// L without its ones, the diagonal, the rest of U, row by row; neither part is in order.
  struct Rows {
    int n;
    const int* pointers;
    const int* columns;
    const T* values;
  };
  Rows rows() const {
    const auto& lu = lut_.lu();
    return {static_cast<int>(lu.rows()), lu.outerIndexPtr(), lu.innerIndexPtr(), lu.valuePtr()};
  }

  void plain(T* x) const {
    const Rows m = rows();
    for (int i = 0; i < m.n; i++) {
      T sum = x[i];
      for (int at = m.pointers[i]; at < diagonal_[static_cast<size_t>(i)]; at++) sum -= m.values[at] * x[m.columns[at]];
      x[i] = sum;
    }
    for (int i = m.n - 1; i >= 0; i--) {
      const int diagonal = diagonal_[static_cast<size_t>(i)];
      T sum = x[i];
      for (int at = diagonal + 1; at < m.pointers[i + 1]; at++) sum -= m.values[at] * x[m.columns[at]];
      x[i] = sum / m.values[diagonal];
    }
  }

  template <bool conjugated>
  void transposed(T* x) const {
    const Rows m = rows();
    for (int i = 0; i < m.n; i++) {
      const int diagonal = diagonal_[static_cast<size_t>(i)];
      const T f = x[i] /= taken<conjugated>(m.values[diagonal]);
      for (int at = diagonal + 1; at < m.pointers[i + 1]; at++) {
        x[m.columns[at]] -= f * taken<conjugated>(m.values[at]);
      }
    }
    for (int i = m.n - 1; i >= 0; i--) {
      const T f = x[i];
      for (int at = m.pointers[i]; at < diagonal_[static_cast<size_t>(i)]; at++) {
        x[m.columns[at]] -= f * taken<conjugated>(m.values[at]);
      }
    }
  }

  struct Opened : Eigen::IncompleteLUT<T, int> {
    const auto& lu() const { return this->m_lu; }
    const auto& inverse_permutation() const { return this->m_Pinv; }
  };
  Opened lut_;
  /// Where the diagonal lies among the values.
  std::vector<int> diagonal_;
};

/// Solves for vectors of T with factors of its wide type.
template <class T>
class Solver {
 public:
  explicit Solver(FactorsOf<Wide<T>>& factors)
      : factors_(factors),
        n_(static_cast<size_t>(factors.size())),
        work_(n_),
        wide_(std::is_same_v<T, Wide<T>> ? 0 : n_) {}

  void solve(T* x, char trans) {
    if constexpr (std::is_same_v<T, Wide<T>>) {
      factors_.solve(x, work_.data(), trans);
    } else {
      std::copy(x, x + n_, wide_.data());
      factors_.solve(wide_.data(), work_.data(), trans);
      std::transform(wide_.begin(), wide_.end(), x, [](const Wide<T>& value) { return static_cast<T>(value); });
    }
  }

 private:
  FactorsOf<Wide<T>>& factors_;
  size_t n_;
  std::vector<Wide<T>> work_, wide_;
};

const napi_type_tag kTag{0x6569'67656e73'636fULL, 0x7370'61727365'6c75ULL};

class SparseLu : public Napi::ObjectWrap<SparseLu> {
 public:
  static void define_class(Napi::Env env, Napi::Object exports) {
    exports.Set("SparseLu", DefineClass(env, "SparseLu",
                                        {InstanceMethod<&SparseLu::solve>("solve"),
                                         InstanceMethod<&SparseLu::parts>("parts"),
                                         InstanceAccessor<&SparseLu::singular>("singular")}));
  }

  /// new SparseLu(type, n, n, indptr, indices, data, order, threshold, incomplete, drop, fill): compressed columns;
  /// order 'natural', 'columns', 'symmetric', or '' for what suits the matrix.
  explicit SparseLu(const Napi::CallbackInfo& info) : Napi::ObjectWrap<SparseLu>(info) {
    Napi::Object self = info.This().As<Napi::Object>();
    napi_type_tag_object(info.Env(), self, &kTag);
    Arguments a(info);
    try {
      with_type(a.letter("sdcz"), [&](auto zero) {
        using T = decltype(zero);
        auto m = csr_argument<T>(a, true);
        std::string wished = a.text();
        double threshold = a.number();
        bool incomplete = a.flag();
        double drop = a.number();
        int64_t fill = a.count();
        if (m.rows != m.cols || m.rows < 1 || m.rows > 2147483646) a.range("a square matrix");
        // Structurally empty rows and columns are no case for the factorisation itself.
        std::vector<char> rows(static_cast<size_t>(m.rows), 0);
        singular_ = false;
        for (int64_t j = 0; j < m.rows; j++) singular_ |= m.indptr[j] == m.indptr[j + 1];
        for (int64_t at = 0; at < m.entries(); at++) rows[static_cast<size_t>(m.indices[at])] = 1;
        for (char there : rows) singular_ |= there == 0;
        if (singular_) return;
        single_ = std::is_same_v<Real<T>, float>;
        const Sparse<Wide<T>> own = widened(m);
        if (incomplete) {
          auto made = std::make_unique<Incomplete<Wide<T>>>();
          singular_ = !made->compute(own, drop, fill);
          factors_ = std::move(made);
        } else {
          auto made = std::make_unique<Complete<Wide<T>>>();
          bool symmetric = wished == "symmetric" || (wished.empty() && keeps_diagonal(m));
          Order chosen = symmetric ? Order::symmetric : wished == "natural" ? Order::natural : Order::columns;
          singular_ = !made->compute(own, chosen, threshold);
          factors_ = std::move(made);
        }
      });
    } catch (...) {
      throw_to_javascript(info.Env());
    }
    if (singular_) factors_.reset();
  }

  static SparseLu& from(Arguments& a, Napi::Value value) {
    bool ours = false;
    if (!value.IsObject() || napi_check_object_type_tag(a.env(), value, &kTag, &ours) != napi_ok || !ours) {
      a.fail("expected a SparseLu");
    }
    return *Unwrap(value.As<Napi::Object>());
  }

  template <class T>
  FactorsOf<Wide<T>>& factors(Arguments& a) {
    if (factors_ == nullptr || factors_->complex() != IsComplex<T>::value || single_ != std::is_same_v<Real<T>, float>) {
      a.range("factors of another type");
    }
    return static_cast<FactorsOf<Wide<T>>&>(*factors_);
  }

 private:
  /// solve(type, x, columns, trans): in place, column after column
  Napi::Value solve(const Napi::CallbackInfo& info) {
    Arguments a(info);
    with_type(a.letter("sdcz"), [&](auto zero) {
      using T = decltype(zero);
      auto& f = factors<T>(a);
      auto x = a.array<T>();
      int64_t columns = a.count();
      char trans = a.letter("NTH");
      a.need(x, static_cast<double>(f.size()) * static_cast<double>(columns));
      Solver<T> solver(f);
      for (int64_t j = 0; j < columns; j++) solver.solve(x.data + j * f.size(), trans);
    });
    return info.Env().Undefined();
  }

  template <class T, class W>
  static Napi::Object columns(Napi::Env env, const Columns<W>& c) {
    Napi::Object object = Napi::Object::New(env);
    auto indptr = Napi::Int32Array::New(env, c.indptr.size());
    std::copy(c.indptr.begin(), c.indptr.end(), indptr.Data());
    auto indices = Napi::Int32Array::New(env, c.indices.size());
    std::copy(c.indices.begin(), c.indices.end(), indices.Data());
    object.Set("indptr", indptr);
    object.Set("indices", indices);
    size_t parts = IsComplex<T>::value ? 2 : 1;
    auto data = Napi::TypedArrayOf<Real<T>>::New(env, c.data.size() * parts);
    const auto* from = reinterpret_cast<const Real<W>*>(c.data.data());
    std::transform(from, from + c.data.size() * parts, data.Data(), [](Real<W> x) { return static_cast<Real<T>>(x); });
    object.Set("data", data);
    return object;
  }

  /// parts(): L and U in compressed columns with Pr · A · Pc = L · U, and where the permutations take rows and columns
  Napi::Value parts(const Napi::CallbackInfo& info) {
    Arguments a(info);
    Napi::Object result = Napi::Object::New(info.Env());
    const bool is_complex = factors_ != nullptr && factors_->complex();
    with_type(is_complex ? (single_ ? 'c' : 'z') : single_ ? 's' : 'd', [&](auto zero) {
      using T = decltype(zero);
      auto& f = factors<T>(a);
      Columns<Wide<T>> l, u;
      std::vector<int32_t> perm_r, perm_c;
      f.parts(l, u, perm_r, perm_c);
      result.Set("l", columns<T>(info.Env(), l));
      result.Set("u", columns<T>(info.Env(), u));
      auto integers = [&](const std::vector<int32_t>& values) {
        auto made = Napi::Int32Array::New(info.Env(), values.size());
        std::copy(values.begin(), values.end(), made.Data());
        return made;
      };
      result.Set("permR", integers(perm_r));
      result.Set("permC", integers(perm_c));
    });
    return result;
  }

  Napi::Value singular(const Napi::CallbackInfo& info) { return Napi::Boolean::New(info.Env(), singular_); }

  std::unique_ptr<Factors> factors_;
  /// Whether results are rounded to single precision.
  bool single_ = false;
  bool singular_ = false;
};

template <class T>
class LuOperator : public Operator<T> {
 public:
  explicit LuOperator(FactorsOf<Wide<T>>& factors) : solver_(factors), size_(factors.size()) {}
  int64_t rows() const override { return size_; }
  int64_t cols() const override { return size_; }
  void apply(const T* x, T* y) override {
    std::copy(x, x + size_, y);
    solver_.solve(y, 'N');
  }

 private:
  Solver<T> solver_;
  int64_t size_;
};

}  // namespace

template <class T>
std::unique_ptr<Operator<T>> lu_operator(Arguments& a, Napi::Value object) {
  return std::make_unique<LuOperator<T>>(SparseLu::from(a, object).factors<T>(a));
}

template std::unique_ptr<Operator<float>> lu_operator(Arguments&, Napi::Value);
template std::unique_ptr<Operator<double>> lu_operator(Arguments&, Napi::Value);
template std::unique_ptr<Operator<std::complex<float>>> lu_operator(Arguments&, Napi::Value);
template std::unique_ptr<Operator<std::complex<double>>> lu_operator(Arguments&, Napi::Value);

void define_sparse_factors(Napi::Env env, Napi::Object exports) { SparseLu::define_class(env, exports); }

}  // namespace eigenscope
