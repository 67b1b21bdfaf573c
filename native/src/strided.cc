#include "strided.h"

#include <array>
#include <string>
#include <utility>

namespace eigenscope {
namespace {

constexpr std::array<std::pair<const char*, int64_t>, 13> dtypes{{{"bool", 1},
                                                                   {"int8", 1},
                                                                   {"int16", 2},
                                                                   {"int32", 4},
                                                                   {"int64", 8},
                                                                   {"uint8", 1},
                                                                   {"uint16", 2},
                                                                   {"uint32", 4},
                                                                   {"uint64", 8},
                                                                   {"float32", 4},
                                                                   {"float64", 8},
                                                                   {"complex64", 8},
                                                                   {"complex128", 16}}};

int64_t entry_size(DType dtype) {
  int64_t size = itemsize(dtype);
  return dtype == DType::c64 || dtype == DType::c128 ? size / 2 : size;
}

int64_t integer(Arguments& args, const Napi::Value& value) {
  double n = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : 0.5;
  if (!(n >= -9007199254740992.0 && n <= 9007199254740992.0) || n != static_cast<double>(static_cast<int64_t>(n))) {
    args.range("expected an integer");
  }
  return static_cast<int64_t>(n);
}

int64_t field(Arguments& args, const Napi::Object& object, const char* name) { return integer(args, object.Get(name)); }

/// Throws unless every element lies inside `bytes` and is aligned. Doubles: products of hostile numbers cannot wrap.
void check_extent(Arguments& args, const Napi::Value& bytes, DType dtype, int64_t offset,
                  const std::vector<int64_t>& shape, const std::vector<int64_t>& strides, std::byte** data) {
  napi_typedarray_type type{};
  size_t length = 0;
  void* start = nullptr;
  if (napi_get_typedarray_info(args.env(), bytes, &type, &length, &start, nullptr, nullptr) != napi_ok ||
      type != napi_uint8_array) {
    args.fail("expected the bytes of a buffer");
  }
  double first = static_cast<double>(offset), last = first + static_cast<double>(itemsize(dtype));
  bool empty = false;
  int64_t unit = entry_size(dtype);
  bool aligned = (reinterpret_cast<uintptr_t>(start) + static_cast<uintptr_t>(offset)) % static_cast<uintptr_t>(unit) == 0;
  for (size_t axis = 0; axis < shape.size(); axis++) {
    if (shape[axis] < 0) args.range("negative dimension");
    if (shape[axis] == 0) empty = true;
    double reach = static_cast<double>(shape[axis] - 1) * static_cast<double>(strides[axis]);
    (reach < 0 ? first : last) += reach;
    if (shape[axis] > 1 && strides[axis] % unit != 0) aligned = false;
  }
  *data = static_cast<std::byte*>(start);
  if (empty) return;
  if (first < 0 || last > static_cast<double>(length)) args.range("the array reaches outside its buffer");
  if (!aligned) args.range("the array is not aligned");
  *data += offset;
}

}  // namespace

DType parse_dtype(Arguments& args, const Napi::Value& name) {
  if (name.IsString()) {
    std::string text = name.As<Napi::String>().Utf8Value();
    for (size_t i = 0; i < dtypes.size(); i++) {
      if (text == dtypes[i].first) return static_cast<DType>(i);
    }
  }
  args.fail("unknown dtype");
}

int64_t itemsize(DType dtype) { return dtypes[static_cast<size_t>(dtype)].second; }

Matrix parse_matrix(Arguments& args, const Napi::Value& description, std::vector<Napi::ObjectReference>& keep) {
  if (!description.IsObject()) args.fail("expected a matrix");
  auto object = description.As<Napi::Object>();
  Matrix matrix;
  matrix.dtype = parse_dtype(args, object.Get("dtype"));
  matrix.rows = field(args, object, "rows");
  matrix.cols = field(args, object, "cols");
  matrix.row_stride = field(args, object, "rowStride");
  matrix.col_stride = field(args, object, "colStride");
  Napi::Value bytes = object.Get("bytes");
  std::byte* data = nullptr;
  check_extent(args, bytes, matrix.dtype, field(args, object, "offset"), {matrix.rows, matrix.cols},
               {matrix.row_stride, matrix.col_stride}, &data);
  matrix.data = data;
  keep.push_back(Napi::Persistent(bytes.As<Napi::Object>()));
  return matrix;
}

Matrix parse_region(Arguments& args, const Matrix& whole, const Napi::Value& region) {
  if (!region.IsObject()) args.fail("expected a region");
  auto object = region.As<Napi::Object>();
  Region r{field(args, object, "row0"), field(args, object, "row1"), field(args, object, "col0"),
           field(args, object, "col1")};
  if (r.row0 < 0 || r.row0 > r.row1 || r.row1 > whole.rows || r.col0 < 0 || r.col0 > r.col1 || r.col1 > whole.cols) {
    args.range("region outside the matrix");
  }
  Matrix part = whole;
  part.rows = r.row1 - r.row0;
  part.cols = r.col1 - r.col0;
  if (part.rows > 0 && part.cols > 0) part.data += r.row0 * whole.row_stride + r.col0 * whole.col_stride;
  return part;
}

std::vector<int64_t> parse_integers(Arguments& args, const Napi::Value& list) {
  if (!list.IsArray()) args.fail("expected an array of integers");
  auto array = list.As<Napi::Array>();
  if (array.Length() > 64) args.range("too many axes");
  std::vector<int64_t> numbers(array.Length());
  for (uint32_t i = 0; i < numbers.size(); i++) numbers[i] = integer(args, array.Get(i));
  return numbers;
}

Strided parse_strided(Arguments& args, const Napi::Value& bytes, DType dtype, int64_t offset,
                      std::vector<int64_t> shape, std::vector<int64_t> strides) {
  if (shape.size() != strides.size()) args.range("shape and strides differ in length");
  Strided result{nullptr, dtype, std::move(shape), std::move(strides)};
  check_extent(args, bytes, dtype, offset, result.shape, result.strides, &result.data);
  return result;
}

}  // namespace eigenscope
