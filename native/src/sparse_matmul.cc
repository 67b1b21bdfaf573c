// Products of two sparse matrices in compressed rows (Gustavson: Two fast algorithms for sparse matrices, ACM TOMS 4,
// 1978), in every dtype. The columns of a row come out in the order in which SciPy leaves them.
#include "modules.h"
#include "sparse.h"

namespace eigenscope {

namespace {

/// A typed array's bytes with the dtype that its elements are read as.
struct Values {
  void* data;
  double bytes;
};

Values values_argument(Arguments& a) {
  auto bytes = a.array<uint8_t>();
  return {bytes.data, bytes.length};
}

struct Pattern {
  int64_t rows;
  const int32_t* indptr;
  const int32_t* indices;
  int64_t entries;
};

Pattern pattern_argument(Arguments& a, int64_t rows, int64_t cols) {
  auto indptr = a.array<int32_t>();
  auto indices = a.array<int32_t>();
  a.need(indptr, static_cast<double>(rows) + 1);
  if (!pointers_valid(indptr.data, rows, indices.length)) a.range("row pointers do not ascend inside the arrays");
  if (!indices_valid(indices.data, indptr.data[rows], cols)) a.range("a column index is out of range");
  return {rows, indptr.data, indices.data, indptr.data[rows]};
}

/// Entries of the product before zeros are left out, −1 when they exceed 2³¹ − 1.
int64_t count(const Pattern& left, const Pattern& right, int64_t cols) {
  std::vector<int32_t> seen(static_cast<size_t>(cols), -1);
  int64_t total = 0;
  for (int64_t i = 0; i < left.rows; i++) {
    for (int64_t p = left.indptr[i]; p < left.indptr[i + 1]; p++) {
      const int32_t k = left.indices[p];
      for (int64_t q = right.indptr[k]; q < right.indptr[k + 1]; q++) {
        int32_t& mark = seen[static_cast<size_t>(right.indices[q])];
        total += mark != static_cast<int32_t>(i);
        mark = static_cast<int32_t>(i);
      }
    }
    if (total > 2147483647) return -1;
  }
  return total;
}

/// csrMatmulCount(rows, mid, cols, aPtr, aIndices, bPtr, bIndices)
Napi::Value matmul_count(Arguments& a) {
  int64_t rows = a.count(), mid = a.count(), cols = a.count();
  Pattern left = pattern_argument(a, rows, mid);
  Pattern right = pattern_argument(a, mid, cols);
  return Napi::Number::New(a.env(), static_cast<double>(count(left, right, cols)));
}

/// Sums that come out as zero are left out. Returns how many entries there are, −1 when there is no room for them.
template <class T, bool logical>
int64_t fill(const Pattern& left, const T* x, const Pattern& right, const T* y, int64_t cols, int32_t* indptr,
             int32_t* indices, T* out, int64_t room) {
  std::vector<T> sums(static_cast<size_t>(cols), T{});
  std::vector<int32_t> next(static_cast<size_t>(cols), -1);
  int64_t at = 0;
  indptr[0] = 0;
  for (int64_t i = 0; i < left.rows; i++) {
    int32_t head = -2;
    for (int64_t p = left.indptr[i]; p < left.indptr[i + 1]; p++) {
      const T v = x[p];
      for (int64_t q = right.indptr[left.indices[p]]; q < right.indptr[left.indices[p] + 1]; q++) {
        int32_t col = right.indices[q];
        auto c = static_cast<size_t>(col);
        if constexpr (logical) {
          sums[c] = sums[c] != 0 || (v != 0 && y[q] != 0);
        } else if constexpr (std::is_integral_v<T>) {
          // Integers wrap around; in unsigned arithmetic that is no undefined behaviour.
          sums[c] = static_cast<T>(static_cast<uint64_t>(sums[c]) + static_cast<uint64_t>(v) * static_cast<uint64_t>(y[q]));
        } else {
          sums[c] += v * y[q];
        }
        if (next[c] == -1) {
          next[c] = head;
          head = col;
        }
      }
    }
    while (head != -2) {
      auto c = static_cast<size_t>(head);
      if (sums[c] != T{}) {
        if (at == room) return -1;
        indices[at] = head;
        out[at++] = sums[c];
      }
      head = next[c];
      next[c] = -1;
      sums[c] = T{};
    }
    indptr[i + 1] = static_cast<int32_t>(at);
  }
  return at;
}

template <class T, bool logical = false>
Napi::Value matmul_of(Arguments& a) {
  int64_t rows = a.count(), mid = a.count(), cols = a.count();
  Pattern left = pattern_argument(a, rows, mid);
  Values x = values_argument(a);
  Pattern right = pattern_argument(a, mid, cols);
  Values y = values_argument(a);
  auto indptr = a.array<int32_t>();
  auto indices = a.array<int32_t>();
  Values out = values_argument(a);
  constexpr double size = sizeof(T);
  if (x.bytes < size * static_cast<double>(left.entries) || y.bytes < size * static_cast<double>(right.entries)) {
    a.range("fewer values than entries");
  }
  a.need(indptr, static_cast<double>(rows) + 1);
  auto room = static_cast<int64_t>(std::min({indices.length, out.bytes / size, 2147483647.0}));
  int64_t found = fill<T, logical>(left, static_cast<const T*>(x.data), right, static_cast<const T*>(y.data), cols,
                                   indptr.data, indices.data, static_cast<T*>(out.data), room);
  if (found < 0) a.range("too little room for the product");
  return Napi::Number::New(a.env(), static_cast<double>(found));
}

/// csrMatmul(dtype, rows, mid, cols, aPtr, aIndices, aBytes, bPtr, bIndices, bBytes, cPtr, cIndices, cBytes) → entries
Napi::Value matmul(Arguments& a) {
  std::string dtype = a.text();
  if (dtype == "bool") return matmul_of<uint8_t, true>(a);
  if (dtype == "int8") return matmul_of<int8_t>(a);
  if (dtype == "int16") return matmul_of<int16_t>(a);
  if (dtype == "int32") return matmul_of<int32_t>(a);
  if (dtype == "int64") return matmul_of<int64_t>(a);
  if (dtype == "uint8") return matmul_of<uint8_t>(a);
  if (dtype == "uint16") return matmul_of<uint16_t>(a);
  if (dtype == "uint32") return matmul_of<uint32_t>(a);
  if (dtype == "uint64") return matmul_of<uint64_t>(a);
  if (dtype == "float32") return matmul_of<float>(a);
  if (dtype == "float64") return matmul_of<double>(a);
  if (dtype == "complex64") return matmul_of<std::complex<float>>(a);
  if (dtype == "complex128") return matmul_of<std::complex<double>>(a);
  a.fail("expected a dtype");
}

}  // namespace

void define_sparse_matmul(Napi::Env env, Napi::Object exports) {
  define<matmul_count>(env, exports, "csrMatmulCount");
  define<matmul>(env, exports, "csrMatmul");
}

}  // namespace eigenscope
