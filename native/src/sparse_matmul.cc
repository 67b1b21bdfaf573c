// Products of two sparse matrices in compressed rows (Gustavson: Two fast algorithms for sparse matrices, ACM TOMS 4,
// 1978), in every dtype. The columns of a row come out in the order in which SciPy leaves them.
#include <atomic>

#include "kernels/pool.h"
#include "modules.h"
#include "sparse.h"
#include "threads.h"

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

/// Multiplications from which a second thread is worth its start.
constexpr int64_t kWorthThreads = 100000;

/// Shares of the rows with about as many entries each, one where the whole is little work.
std::vector<int64_t> shares(const Pattern& left, const Pattern& right, int64_t cols) {
  const int64_t mean = left.entries == 0 ? 0 : right.entries / std::max<int64_t>(1, right.rows) + 1;
  // Each thread has columns of its own to clear.
  const int64_t work = left.entries * mean, threads = kernel_threads();
  const bool many = work >= kWorthThreads && work >= cols;
  return row_parts(left.indptr, left.rows, many ? threads : 1);
}

/// counts[i + 1]: entries of row i of the product before zeros are left out.
void count_rows(const Pattern& left, const Pattern& right, int64_t cols, int64_t from, int64_t to, int32_t* counts) {
  std::vector<int32_t> seen(static_cast<size_t>(cols), -1);
  for (int64_t i = from; i < to; i++) {
    int32_t found = 0;
    for (int64_t p = left.indptr[i]; p < left.indptr[i + 1]; p++) {
      const int32_t k = left.indices[p];
      for (int64_t q = right.indptr[k]; q < right.indptr[k + 1]; q++) {
        int32_t& mark = seen[static_cast<size_t>(right.indices[q])];
        found += mark != static_cast<int32_t>(i);
        mark = static_cast<int32_t>(i);
      }
    }
    counts[i + 1] = found;
  }
}

/// csrMatmulCount(rows, mid, cols, aPtr, aIndices, bPtr, bIndices, cPtr): where each row of the product begins when no
/// zeros are left out. Their number, −1 when it exceeds 2³¹ − 1.
Napi::Value matmul_count(Arguments& a) {
  int64_t rows = a.count(), mid = a.count(), cols = a.count();
  Pattern left = pattern_argument(a, rows, mid);
  Pattern right = pattern_argument(a, mid, cols);
  auto indptr = a.array<int32_t>();
  a.need(indptr, static_cast<double>(rows) + 1);
  const auto bounds = shares(left, right, cols);
  const auto parts = static_cast<int64_t>(bounds.size()) - 1;
  in_parallel(parts, parts, [&](int64_t part) {
    const auto at = static_cast<size_t>(part);
    count_rows(left, right, cols, bounds[at], bounds[at + 1], indptr.data);
  });
  int64_t total = 0;
  indptr.data[0] = 0;
  for (int64_t i = 0; i < rows; i++) {
    total += indptr.data[i + 1];
    if (total > 2147483647) return Napi::Number::New(a.env(), -1);
    indptr.data[i + 1] = static_cast<int32_t>(total);
  }
  return Napi::Number::New(a.env(), static_cast<double>(total));
}

/// Rows [from, to) of the product, each from its place on. Sums that come out as zero are left out: kept[i] is how many
/// entries row i has. False when there is no room for them.
template <class T, bool logical>
bool fill(const Pattern& left, const T* x, const Pattern& right, const T* y, int64_t cols, int64_t from, int64_t to,
          const int32_t* indptr, int32_t* indices, T* out, int64_t room, int32_t* kept) {
  std::vector<T> sums(static_cast<size_t>(cols), T{});
  std::vector<int32_t> next(static_cast<size_t>(cols), -1);
  for (int64_t i = from; i < to; i++) {
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
    // Others may have changed the memory since the rows were counted.
    const int64_t first = std::clamp<int64_t>(indptr[i], 0, room), last = std::clamp<int64_t>(indptr[i + 1], first, room);
    int64_t at = first;
    while (head != -2) {
      auto c = static_cast<size_t>(head);
      if (sums[c] != T{}) {
        if (at == last) return false;
        indices[at] = head;
        out[at++] = sums[c];
      }
      head = next[c];
      next[c] = -1;
      sums[c] = T{};
    }
    kept[i] = static_cast<int32_t>(at - first);
  }
  return true;
}

/// Closes the gaps that zeros left. How many entries there are.
template <class T>
int64_t close_gaps(int64_t rows, int32_t* indptr, int32_t* indices, T* out, const std::vector<int32_t>& kept) {
  int64_t to = 0, from = indptr[0];
  indptr[0] = 0;
  for (int64_t i = 0; i < rows; i++) {
    const int64_t count = kept[static_cast<size_t>(i)], following = indptr[i + 1];
    if (from != to) {
      std::copy(indices + from, indices + from + count, indices + to);
      std::copy(out + from, out + from + count, out + to);
    }
    to += count;
    from = following;
    indptr[i + 1] = static_cast<int32_t>(to);
  }
  return to;
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
  std::vector<int32_t> kept(static_cast<size_t>(rows)), starts(indptr.data, indptr.data + rows + 1);
  const auto bounds = shares(left, right, cols);
  const auto parts = static_cast<int64_t>(bounds.size()) - 1;
  std::atomic<bool> good{true};
  in_parallel(parts, parts, [&](int64_t part) {
    const auto at = static_cast<size_t>(part);
    if (!fill<T, logical>(left, static_cast<const T*>(x.data), right, static_cast<const T*>(y.data), cols, bounds[at],
                          bounds[at + 1], starts.data(), indices.data, static_cast<T*>(out.data), room, kept.data())) {
      good = false;
    }
  });
  if (!good || !pointers_valid(starts.data(), rows, static_cast<double>(room))) a.range("too little room for the product");
  int64_t found = close_gaps(rows, starts.data(), indices.data, static_cast<T*>(out.data), kept);
  std::copy(starts.begin(), starts.end(), indptr.data);
  return Napi::Number::New(a.env(), static_cast<double>(found));
}

/// csrMatmul(dtype, rows, mid, cols, aPtr, aIndices, aBytes, bPtr, bIndices, bBytes, cPtr, cIndices, cBytes) → entries;
/// cPtr as csrMatmulCount left it.
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
