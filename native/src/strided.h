// Matrices over shared memory as JavaScript describes them: any dtype, byte strides; checked to lie inside the buffer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "arguments.h"
#include "dtype.h"

namespace eigenscope {

DType parse_dtype(Arguments& args, const Napi::Value& name);
int64_t itemsize(DType dtype);

struct Matrix {
  const std::byte* data = nullptr;
  DType dtype = DType::f64;
  int64_t rows = 0, cols = 0, row_stride = 0, col_stride = 0;

  Matrix transposed() const { return {data, dtype, cols, rows, col_stride, row_stride}; }
};

struct Region {
  int64_t row0 = 0, row1 = 0, col0 = 0, col1 = 0;
};

/// The matrix that `description` (a NativeMatrix) describes; the buffer is appended to `keep`.
Matrix parse_matrix(Arguments& args, const Napi::Value& description, std::vector<Napi::ObjectReference>& keep);
/// The part of a matrix, checked to lie inside.
Matrix parse_region(Arguments& args, const Matrix& whole, const Napi::Value& region);

struct Strided {
  std::byte* data = nullptr;
  DType dtype = DType::f64;
  std::vector<int64_t> shape, strides;
};

std::vector<int64_t> parse_integers(Arguments& args, const Napi::Value& list);
/// n axes over a buffer, checked to lie inside.
Strided parse_strided(Arguments& args, const Napi::Value& bytes, DType dtype, int64_t offset,
                      std::vector<int64_t> shape, std::vector<int64_t> strides);

}  // namespace eigenscope
