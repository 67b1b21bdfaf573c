// Linear operators as JavaScript describes them.
#include "sparse.h"

#include <cstring>

#include "blas_threads.h"
#include "gemm.h"
#include "threads.h"

namespace eigenscope {

namespace {

constexpr int64_t kWorthThreads = 150000;

template <class T>
class CsrOperator : public Operator<T> {
 public:
  explicit CsrOperator(Csr<T> a)
      : a_(a),
        threads_(a.entries() < kWorthThreads ? 1 : cores()),
        bounds_(row_parts(a.indptr, a.rows, threads_)) {}
  int64_t rows() const override { return a_.rows; }
  int64_t cols() const override { return a_.cols; }
  const Csr<T>& matrix() const { return a_; }
  void apply(const T* x, T* y) override {
    in_parallel(threads_, threads_, [&](int64_t part) {
      auto p = static_cast<size_t>(part);
      csr_times_unchecked(a_, x, y, bounds_[p], bounds_[p + 1]);
    });
  }

 private:
  Csr<T> a_;
  int64_t threads_;
  std::vector<int64_t> bounds_;
};

/// Rows that lie one after another.
template <class T>
class DenseOperator : public Operator<T> {
 public:
  DenseOperator(int64_t rows, int64_t cols, const T* data) : rows_(rows), cols_(cols), data_(data) {}
  int64_t rows() const override { return rows_; }
  int64_t cols() const override { return cols_; }
  void apply(const T* x, T* y) override {
    gemm<T>('T', 'N', rows_, 1, cols_, T(1), data_, cols_, x, cols_, T(0), y, rows_);
  }

 private:
  int64_t rows_, cols_;
  const T* data_;
};

template <class T>
class IdentityOperator : public Operator<T> {
 public:
  explicit IdentityOperator(int64_t n) : n_(n) {}
  int64_t rows() const override { return n_; }
  int64_t cols() const override { return n_; }
  void apply(const T* x, T* y) override { std::copy(x, x + n_, y); }

 private:
  int64_t n_;
};

/// B · A
template <class T>
class ProductOperator : public Operator<T> {
 public:
  ProductOperator(std::unique_ptr<Operator<T>> b, std::unique_ptr<Operator<T>> a)
      : b_(std::move(b)), a_(std::move(a)), middle_(static_cast<size_t>(a_->rows())) {}
  int64_t rows() const override { return b_->rows(); }
  int64_t cols() const override { return a_->cols(); }
  void apply(const T* x, T* y) override {
    a_->apply(x, middle_.data());
    b_->apply(middle_.data(), y);
  }

 private:
  std::unique_ptr<Operator<T>> b_, a_;
  std::vector<T> middle_;
};

/// A function of JavaScript that reads the array x and fills the array y.
template <class T>
class FunctionOperator : public Operator<T> {
 public:
  FunctionOperator(Napi::Function f, int64_t rows, int64_t cols, T* x, T* y)
      : f_(f), rows_(rows), cols_(cols), x_(x), y_(y) {}
  int64_t rows() const override { return rows_; }
  int64_t cols() const override { return cols_; }
  void apply(const T* x, T* y) override {
    Napi::HandleScope scope(f_.Env());
    std::copy(x, x + cols_, x_);
    f_.Call({});
    std::copy(y_, y_ + rows_, y);
  }

 private:
  Napi::Function f_;
  int64_t rows_, cols_;
  T *x_, *y_;
};

template <class T>
Span<T> array_of(Arguments& a, Napi::Object object, const char* name) {
  napi_typedarray_type type{};
  size_t length = 0;
  void* data = nullptr;
  Napi::Value v = object.Get(name);
  constexpr napi_typedarray_type wanted = std::is_same_v<Real<T>, float>    ? napi_float32_array
                                          : std::is_same_v<Real<T>, double> ? napi_float64_array
                                                                            : napi_int32_array;
  if (napi_get_typedarray_info(a.env(), v, &type, &length, &data, nullptr, nullptr) != napi_ok || type != wanted) {
    a.fail(std::string("expected another typed array as ") + name);
  }
  return {static_cast<T*>(data), static_cast<double>(IsComplex<T>::value ? length / 2 : length)};
}

int64_t count_of(Arguments& a, Napi::Object object, const char* name) {
  Napi::Value v = object.Get(name);
  double n = v.IsNumber() ? v.As<Napi::Number>().DoubleValue() : -1;
  if (!(n >= 0 && n <= 2147483647) || n != std::floor(n)) a.fail(std::string("expected a count as ") + name);
  return static_cast<int64_t>(n);
}

template <class T>
std::unique_ptr<Operator<T>> parse(Arguments& a, Napi::Value value, int depth) {
  if (!value.IsObject() || depth > 4) a.fail("expected an operator");
  auto object = value.As<Napi::Object>();
  Napi::Value name = object.Get("kind");
  std::string kind = name.IsString() ? name.As<Napi::String>().Utf8Value() : "";
  if (kind == "lu") return lu_operator<T>(a, object.Get("lu"));
  if (kind == "product") {
    auto b = parse<T>(a, object.Get("b"), depth + 1);
    auto inner = parse<T>(a, object.Get("a"), depth + 1);
    if (b->cols() != inner->rows()) a.range("operators that fit together");
    return std::make_unique<ProductOperator<T>>(std::move(b), std::move(inner));
  }
  int64_t rows = count_of(a, object, "rows");
  if (kind == "identity") return std::make_unique<IdentityOperator<T>>(rows);
  int64_t cols = count_of(a, object, "cols");
  if (kind == "csr") {
    auto indptr = array_of<int32_t>(a, object, "indptr");
    auto indices = array_of<int32_t>(a, object, "indices");
    auto data = array_of<T>(a, object, "data");
    a.need(indptr, static_cast<double>(rows) + 1);
    if (!pointers_valid(indptr.data, rows, std::min(indices.length, data.length))) {
      a.range("row pointers do not ascend inside the arrays");
    }
    Csr<T> m{rows, cols, indptr.data, indices.data, data.data};
    if (!indices_valid(m.indices, m.entries(), cols)) a.range("a column index is out of range");
    return std::make_unique<CsrOperator<T>>(m);
  }
  if (kind == "dense") {
    auto data = array_of<T>(a, object, "data");
    a.need(data, static_cast<double>(rows) * static_cast<double>(cols));
    return std::make_unique<DenseOperator<T>>(rows, cols, data.data);
  }
  if (kind == "function") {
    Napi::Value f = object.Get("apply");
    if (!f.IsFunction()) a.fail("expected a function as apply");
    auto x = array_of<T>(a, object, "x");
    auto y = array_of<T>(a, object, "y");
    a.need(x, static_cast<double>(cols));
    a.need(y, static_cast<double>(rows));
    return std::make_unique<FunctionOperator<T>>(f.As<Napi::Function>(), rows, cols, x.data, y.data);
  }
  a.fail("expected an operator of another kind than '" + kind + "'");
}

}  // namespace

template <class T>
std::unique_ptr<Operator<T>> operator_argument(Arguments& a) {
  return parse<T>(a, a.value(), 0);
}

template <class T>
const Csr<T>* csr_of(const Operator<T>& op) {
  const auto* csr = dynamic_cast<const CsrOperator<T>*>(&op);
  return csr == nullptr ? nullptr : &csr->matrix();
}

#define EIGENSCOPE_OPERATORS(T)                                          \
  template std::unique_ptr<Operator<T>> operator_argument<T>(Arguments&); \
  template const Csr<T>* csr_of<T>(const Operator<T>&);
EIGENSCOPE_OPERATORS(float)
EIGENSCOPE_OPERATORS(double)
EIGENSCOPE_OPERATORS(std::complex<float>)
EIGENSCOPE_OPERATORS(std::complex<double>)
#undef EIGENSCOPE_OPERATORS

}  // namespace eigenscope
