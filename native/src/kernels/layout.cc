#include <algorithm>
#include <cmath>
#include <cstring>

#include "ufunc.h"

namespace eigenscope {
namespace {

int64_t entry_bytes(DType dtype) {
  int64_t size = itemsize(dtype);
  return dtype == DType::c64 || dtype == DType::c128 ? size / 2 : size;
}

int64_t bytes_of(napi_typedarray_type type, size_t length) {
  auto n = static_cast<int64_t>(length);
  switch (type) {
    case napi_int8_array:
    case napi_uint8_array:
    case napi_uint8_clamped_array:
      return n;
    case napi_int16_array:
    case napi_uint16_array:
      return 2 * n;
    case napi_int32_array:
    case napi_uint32_array:
    case napi_float32_array:
      return 4 * n;
    default:
      return 8 * n;
  }
}

class Numbers {
 public:
  Numbers(Arguments& args, const Span<double>& list) : args_(args), list_(list) {}

  int64_t next() {
    double x = at_ < static_cast<size_t>(list_.length) ? list_.data[at_++] : 0.5;
    if (!(std::fabs(x) <= 9007199254740992.0) || x != std::trunc(x)) args_.range("the layout has no integer there");
    return static_cast<int64_t>(x);
  }

 private:
  Arguments& args_;
  Span<double> list_;
  size_t at_ = 0;
};

}  // namespace

int64_t Layout::size() const {
  int64_t n = 1;
  for (int k = 0; k < axes; k++) n *= shape[static_cast<size_t>(k)];
  return n;
}

Layout parse_layout(Arguments& args) {
  Numbers numbers(args, args.array<double>());
  Layout layout;
  int64_t axes = numbers.next(), operands = numbers.next();
  if (axes < 0 || axes > most_axes || operands < 1 || operands > most_operands) args.range("axes or operands out of range");
  layout.axes = static_cast<int>(axes);
  layout.operands = static_cast<int>(operands);
  double size = 1;
  bool empty = false;
  for (int k = 0; k < layout.axes; k++) {
    int64_t n = numbers.next();
    if (n < 0) args.range("negative dimension");
    empty |= n == 0;
    size *= static_cast<double>(n);
    layout.shape[static_cast<size_t>(k)] = n;
  }
  if (!empty && size > 9007199254740992.0) args.range("too many elements");
  for (int i = 0; i < layout.operands; i++) {
    Layout::Operand& operand = layout.operand[static_cast<size_t>(i)];
    int64_t dtype = numbers.next();
    if (dtype < 0 || dtype > static_cast<int64_t>(DType::c128)) args.range("unknown dtype");
    operand.dtype = static_cast<DType>(dtype);
    int64_t offset = numbers.next(), unit = entry_bytes(operand.dtype);
    // Doubles: products of hostile numbers cannot wrap.
    double first = static_cast<double>(offset), last = first + static_cast<double>(itemsize(operand.dtype));
    bool aligned = offset % unit == 0;
    for (int k = 0; k < layout.axes; k++) {
      int64_t stride = numbers.next(), n = layout.shape[static_cast<size_t>(k)];
      operand.strides[static_cast<size_t>(k)] = n > 1 ? stride : 0;
      double reach = static_cast<double>(n - 1) * static_cast<double>(stride);
      (reach < 0 ? first : last) += reach;
      if (n > 1 && stride % unit != 0) aligned = false;
    }
    napi_typedarray_type type{};
    size_t length = 0;
    void* start = nullptr;
    if (napi_get_typedarray_info(args.env(), args.value(), &type, &length, &start, nullptr, nullptr) != napi_ok) {
      args.fail("expected a typed array");
    }
    if (empty) continue;
    if (first < 0 || last > static_cast<double>(bytes_of(type, length))) {
      args.range("the array reaches outside its buffer");
    }
    if (!aligned || reinterpret_cast<uintptr_t>(start) % static_cast<uintptr_t>(unit) != 0) {
      args.range("the array is not aligned");
    }
    operand.data = static_cast<std::byte*>(start) + offset;
  }
  return layout;
}

void Layout::join() {
  int kept = 0;
  for (int k = 0; k < axes; k++) {
    auto from = static_cast<size_t>(k);
    if (shape[from] == 1) continue;
    bool joined = kept > 0;
    for (int i = 0; i < operands && joined; i++) {
      auto& strides = operand[static_cast<size_t>(i)].strides;
      joined = strides[static_cast<size_t>(kept - 1)] == strides[from] * shape[from];
    }
    auto to = static_cast<size_t>(joined ? kept - 1 : kept++);
    shape[to] = joined ? shape[to] * shape[from] : shape[from];
    for (int i = 0; i < operands; i++) {
      auto& strides = operand[static_cast<size_t>(i)].strides;
      strides[to] = strides[from];
    }
  }
  if (kept == 0) {
    shape[0] = 1;
    for (int i = 0; i < operands; i++) operand[static_cast<size_t>(i)].strides[0] = 0;
    kept = 1;
  }
  axes = kept;
}

void Layout::simplify() {
  if (size() == 0 || (axes == 1 && shape[0] != 1)) return;
  std::array<int, most_axes> order{};
  int count = 0;
  auto stride = [&](int i, int k) { return std::abs(operand[static_cast<size_t>(i)].strides[static_cast<size_t>(k)]); };
  for (int k = 0; k < axes; k++) {
    if (shape[static_cast<size_t>(k)] != 1) order[static_cast<size_t>(count++)] = k;
  }
  // The last operand (the output) decides, then the others.
  auto after = [&](int a, int b) {
    for (int i = operands - 1; i >= 0; i--) {
      int64_t sa = stride(i, a), sb = stride(i, b);
      if (sa != 0 && sb != 0 && sa != sb) return sb > sa;
    }
    return a > b;
  };
  // Insertion sort: the comparison is not transitive when strides are 0, and C order must then survive.
  for (int i = 1; i < count; i++) {
    for (int j = i; j > 0 && after(order[static_cast<size_t>(j - 1)], order[static_cast<size_t>(j)]); j--) {
      std::swap(order[static_cast<size_t>(j - 1)], order[static_cast<size_t>(j)]);
    }
  }
  Layout sorted = *this;
  sorted.axes = count;
  for (int k = 0; k < count; k++) {
    auto to = static_cast<size_t>(k), from = static_cast<size_t>(order[to]);
    sorted.shape[to] = shape[from];
    for (int i = 0; i < operands; i++) {
      sorted.operand[static_cast<size_t>(i)].strides[to] = operand[static_cast<size_t>(i)].strides[from];
    }
  }
  *this = sorted;
  join();
}

namespace {

template <class T>
void move(const std::byte* from, int64_t from_step, std::byte* to, int64_t to_step, int64_t n) {
  for (int64_t i = 0; i < n; i++, from += from_step, to += to_step) std::memcpy(to, from, sizeof(T));
}

struct Sixteen {
  uint64_t half[2];
};

}  // namespace

void move_items(const std::byte* from, int64_t from_step, std::byte* to, int64_t to_step, int64_t n, int64_t bytes) {
  if (from_step == bytes && to_step == bytes) {
    std::memmove(to, from, static_cast<size_t>(n * bytes));
    return;
  }
  switch (bytes) {
    case 1:
      return move<uint8_t>(from, from_step, to, to_step, n);
    case 2:
      return move<uint16_t>(from, from_step, to, to_step, n);
    case 4:
      return move<uint32_t>(from, from_step, to, to_step, n);
    case 8:
      return move<uint64_t>(from, from_step, to, to_step, n);
    default:
      return move<Sixteen>(from, from_step, to, to_step, n);
  }
}

}  // namespace eigenscope
