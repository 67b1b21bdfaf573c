// Sparse LU factors, complete (Eigen's SparseLU, after SuperLU) and incomplete (Eigen's IncompleteLUT, after Saad), kept
// for solving again and again.
#define EIGEN_MPL2_ONLY
#define EIGEN_DONT_PARALLELIZE
#include <Eigen/SparseCore>
#include <Eigen/SparseLU>
#include <Eigen/IterativeLinearSolvers>

#include "modules.h"
#include "sparse.h"

namespace eigenscope {

namespace {

/// SparseLU makes its ordering by itself, without arguments.
thread_local bool natural_order = false;

struct ChosenOrdering {
  using PermutationType = Eigen::PermutationMatrix<Eigen::Dynamic, Eigen::Dynamic, int>;
  template <class M>
  void operator()(const M& matrix, PermutationType& permutation) {
    if (natural_order) {
      Eigen::NaturalOrdering<int>()(matrix, permutation);
      permutation.setIdentity(static_cast<int>(matrix.cols()));
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

struct Factors {
  virtual ~Factors() = default;
  virtual char type() const = 0;
};

template <class T>
constexpr char letter_of() {
  if constexpr (std::is_same_v<T, float>) return 's';
  if constexpr (std::is_same_v<T, double>) return 'd';
  if constexpr (std::is_same_v<T, std::complex<float>>) return 'c';
  return 'z';
}

template <class T>
struct FactorsOf : Factors {
  using Block = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic>;
  using View = Eigen::Map<Block>;

  char type() const override { return letter_of<T>(); }
  virtual int64_t size() const = 0;
  /// x := A⁻¹ x (N), A⁻ᵀ x (T) or A⁻ᴴ x (H), column by column.
  virtual void solve(View& x, char trans) = 0;
  virtual void parts(Columns<T>& l, Columns<T>& u, std::vector<int32_t>& perm_r, std::vector<int32_t>& perm_c) = 0;
};

template <class T>
using Sparse = Eigen::SparseMatrix<T, Eigen::ColMajor, int>;

template <class T>
class Complete : public FactorsOf<T> {
 public:
  using typename FactorsOf<T>::View;

  /// False when a pivot is zero.
  bool compute(const Sparse<T>& a, bool natural, double threshold) {
    natural_order = natural;
    if (threshold >= 0) lu_.setPivotThreshold(static_cast<Real<T>>(threshold));
    lu_.compute(a);
    return lu_.info() == Eigen::Success;
  }
  int64_t size() const override { return lu_.rows(); }
  void solve(View& x, char trans) override {
    typename FactorsOf<T>::Block result;
    if (trans == 'N') {
      result = lu_.solve(x);
    } else if (trans == 'T') {
      result = lu_.transpose().solve(x);
    } else {
      result = lu_.adjoint().solve(x);
    }
    x = result;
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
  Eigen::SparseLU<Sparse<T>, ChosenOrdering> lu_;
};

template <class T>
class Incomplete : public FactorsOf<T> {
 public:
  using typename FactorsOf<T>::View;

  bool compute(const Sparse<T>& a, double drop, int64_t fill) {
    lut_.setDroptol(static_cast<Real<T>>(drop));
    lut_.setFillfactor(static_cast<int>(std::min<int64_t>(fill, 1000000)));
    lut_.compute(a);
    const auto& lu = lut_.lu();
    for (int i = 0; i < lu.rows(); i++) {
      if (lu.coeff(i, i) == T(0)) return false;
    }
    return lut_.info() == Eigen::Success;
  }
  int64_t size() const override { return lut_.rows(); }
  void solve(View& x, char trans) override {
    typename FactorsOf<T>::Block y = lut_.inverse_permutation() * x;
    const auto& lu = lut_.lu();
    if (trans == 'N') {
      lu.template triangularView<Eigen::UnitLower>().solveInPlace(y);
      lu.template triangularView<Eigen::Upper>().solveInPlace(y);
    } else if (trans == 'T') {
      lu.template triangularView<Eigen::Upper>().transpose().solveInPlace(y);
      lu.template triangularView<Eigen::UnitLower>().transpose().solveInPlace(y);
    } else {
      lu.template triangularView<Eigen::Upper>().adjoint().solveInPlace(y);
      lu.template triangularView<Eigen::UnitLower>().adjoint().solveInPlace(y);
    }
    x = lut_.permutation() * y;
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
  struct Opened : Eigen::IncompleteLUT<T, int> {
    const auto& lu() const { return this->m_lu; }
    const auto& permutation() const { return this->m_P; }
    const auto& inverse_permutation() const { return this->m_Pinv; }
  };
  Opened lut_;
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

  /// new SparseLu(type, n, n, indptr, indices, data, natural, threshold, incomplete, drop, fill): compressed columns.
  explicit SparseLu(const Napi::CallbackInfo& info) : Napi::ObjectWrap<SparseLu>(info) {
    Napi::Object self = info.This().As<Napi::Object>();
    napi_type_tag_object(info.Env(), self, &kTag);
    Arguments a(info);
    try {
      with_type(a.letter("sdcz"), [&](auto zero) {
        using T = decltype(zero);
        auto m = csr_argument<T>(a, true);
        bool natural = a.flag();
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
        int n = static_cast<int>(m.rows);
        const Eigen::Map<const Sparse<T>> view(n, n, m.entries(), m.indptr, m.indices, m.data);
        const Sparse<T> own(view);
        if (incomplete) {
          auto made = std::make_unique<Incomplete<T>>();
          singular_ = !made->compute(own, drop, fill);
          factors_ = std::move(made);
        } else {
          auto made = std::make_unique<Complete<T>>();
          singular_ = !made->compute(own, natural, threshold);
          factors_ = std::move(made);
        }
      });
    } catch (const Napi::Error&) {
      throw;
    } catch (const std::bad_alloc&) {
      Napi::Error error = Napi::Error::New(info.Env(), "out of memory");
      error.Set("code", Napi::String::New(info.Env(), "ENOMEM"));
      throw error;
    } catch (const std::exception& error) {
      throw Napi::Error::New(info.Env(), error.what());
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
  FactorsOf<T>& factors(Arguments& a) {
    if (factors_ == nullptr || factors_->type() != letter_of<T>()) a.range("factors of another type");
    return static_cast<FactorsOf<T>&>(*factors_);
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
      typename FactorsOf<T>::View view(x.data, f.size(), columns);
      if (columns > 0) f.solve(view, trans);
    });
    return info.Env().Undefined();
  }

  template <class T>
  static Napi::Object columns(Napi::Env env, const Columns<T>& c) {
    Napi::Object object = Napi::Object::New(env);
    auto indptr = Napi::Int32Array::New(env, c.indptr.size());
    std::copy(c.indptr.begin(), c.indptr.end(), indptr.Data());
    auto indices = Napi::Int32Array::New(env, c.indices.size());
    std::copy(c.indices.begin(), c.indices.end(), indices.Data());
    object.Set("indptr", indptr);
    object.Set("indices", indices);
    size_t parts = IsComplex<T>::value ? 2 : 1;
    auto data = Napi::TypedArrayOf<Real<T>>::New(env, c.data.size() * parts);
    const auto* from = reinterpret_cast<const Real<T>*>(c.data.data());
    std::copy(from, from + c.data.size() * parts, data.Data());
    object.Set("data", data);
    return object;
  }

  /// parts(): L and U in compressed columns with Pr · A · Pc = L · U, and where the permutations take rows and columns
  Napi::Value parts(const Napi::CallbackInfo& info) {
    Arguments a(info);
    Napi::Object result = Napi::Object::New(info.Env());
    with_type(factors_ == nullptr ? 'd' : factors_->type(), [&](auto zero) {
      using T = decltype(zero);
      auto& f = factors<T>(a);
      Columns<T> l, u;
      std::vector<int32_t> perm_r, perm_c;
      f.parts(l, u, perm_r, perm_c);
      result.Set("l", columns(info.Env(), l));
      result.Set("u", columns(info.Env(), u));
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
  bool singular_ = false;
};

template <class T>
class LuOperator : public Operator<T> {
 public:
  explicit LuOperator(FactorsOf<T>& factors) : factors_(factors) {}
  int64_t rows() const override { return factors_.size(); }
  int64_t cols() const override { return factors_.size(); }
  void apply(const T* x, T* y) override {
    std::copy(x, x + factors_.size(), y);
    typename FactorsOf<T>::View view(y, factors_.size(), 1);
    factors_.solve(view, 'N');
  }

 private:
  FactorsOf<T>& factors_;
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
