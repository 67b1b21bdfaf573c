// Sparse matrices in compressed rows, and linear operators that the iterative methods know only by their products.
#pragma once

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdint>
#include <memory>
#include <vector>

#include "arguments.h"

namespace eigenscope {

template <class T>
T conjugate(T x) {
  if constexpr (IsComplex<T>::value) {
    return std::conj(x);
  } else {
    return x;
  }
}

/// rows + 1 pointers into `indices` and `data`; compressed columns are the rows of the transpose.
template <class T>
struct Csr {
  int64_t rows = 0;
  int64_t cols = 0;
  const int32_t* indptr = nullptr;
  const int32_t* indices = nullptr;
  const T* data = nullptr;

  int64_t entries() const { return rows == 0 ? 0 : indptr[rows]; }
};

/// Whether row pointers ascend inside the arrays. The indices are not looked at.
bool pointers_valid(const int32_t* indptr, int64_t rows, double entries);
/// Whether every index is a column.
bool indices_valid(const int32_t* indices, int64_t count, int64_t cols);

/// Typed arrays may be shared and changed by anyone, so that every call looks at the pointers again.
template <class T>
Csr<T> csr_argument(Arguments& a, bool check_indices) {
  Csr<T> m;
  m.rows = a.count();
  m.cols = a.count();
  auto indptr = a.array<int32_t>();
  auto indices = a.array<int32_t>();
  auto data = a.array<T>();
  a.need(indptr, static_cast<double>(m.rows) + 1);
  if (!pointers_valid(indptr.data, m.rows, std::min(indices.length, data.length))) {
    a.range("row pointers do not ascend inside the arrays");
  }
  m.indptr = indptr.data;
  m.indices = indices.data;
  m.data = data.data;
  if (check_indices && !indices_valid(m.indices, m.entries(), m.cols)) a.range("a column index is out of range");
  return m;
}

/// y := A · x for the rows row0 … row1 − 1, with `entries` in the arrays. False when an index was no column or the pointers
/// do not ascend: then y is not to be used.
template <class T>
bool csr_times(const Csr<T>& a, double entries, const T* x, T* y, int64_t row0, int64_t row1);
/// The same where the indices are known to be columns.
template <class T>
void csr_times_unchecked(const Csr<T>& a, const T* x, T* y, int64_t row0, int64_t row1);

/// Boundaries that give each of `parts` about as many entries and rows.
std::vector<int64_t> row_parts(const int32_t* indptr, int64_t rows, int64_t parts);

template <class T>
class Operator {
 public:
  virtual ~Operator() = default;
  virtual int64_t rows() const = 0;
  virtual int64_t cols() const = 0;
  virtual void apply(const T* x, T* y) = 0;
};

/// From { kind: 'csr' | 'dense' | 'lu' | 'function' | 'product' | 'identity', … }; lives as long as the call.
template <class T>
std::unique_ptr<Operator<T>> operator_argument(Arguments& a);

/// The solver of a SparseLu object as an operator; throws for another type or object.
template <class T>
std::unique_ptr<Operator<T>> lu_operator(Arguments& a, Napi::Value object);

template <class T>
const Csr<T>* csr_of(const Operator<T>& op);

/// What is compiled for each instruction set, of one real type.
template <class T>
struct RealLoops {
  void (*times)(const Csr<T>&, const T*, T*, int64_t, int64_t);
  T (*dot)(const T*, const T*, int64_t);
  void (*add)(T, const T*, T*, int64_t);
  /// y −= f · x; returns y · y.
  T (*subtract_dot)(T f, const T* x, T* y, int64_t n);
  /// x += f · p; p := g · p + r
  void (*step)(T f, T g, const T* r, T* p, T* x, int64_t n);
};
struct SparseLoops {
  bool (*in_range)(const int32_t*, int64_t, int64_t);
  RealLoops<float> single;
  RealLoops<double> twice;

  template <class T>
  const RealLoops<T>& of() const {
    if constexpr (std::is_same_v<T, float>) {
      return single;
    } else {
      return twice;
    }
  }
};
const SparseLoops& sparse_kernels();

/// Σ conj(x) · y
template <class T>
T dot(const T* x, const T* y, int64_t n);
/// y += f · x
template <class T>
void add_scaled(T f, const T* x, T* y, int64_t n);
/// √(Σ |x|²)
template <class T>
Real<T> norm2(const T* x, int64_t n) {
  return std::sqrt(std::real(dot(x, x, n)));
}

}  // namespace eigenscope
