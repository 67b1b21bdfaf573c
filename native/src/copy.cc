// Strided copies with conversion, the scan for numbers that are not finite, and single cells.
#include "copy.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "kernels/convert.h"
#include "kernels/loops.h"
#include "kernels/pool.h"
#include "modules.h"
#include "strided.h"

namespace eigenscope {
namespace {

struct Axis {
  int64_t n, from, to;
};

/// How elements of one dtype become another's. Few lines of code per pair of dtypes: there are 182 of them.
struct Conversion {
  int64_t from_size, to_size;
  /// Elements side by side on both sides; null where they are only moved.
  LoopFunction together;
  void (*apart)(const std::byte* from, int64_t from_step, std::byte* to, int64_t to_step, int64_t n);
  /// The copy is so large that it goes past the caches, and it lies apart from what is copied.
  bool streams = false;

  void line(const std::byte* from, int64_t from_step, std::byte* to, int64_t to_step, int64_t n) const {
    if (to_step == to_size && n >= 128) {
      if (from_step == 0) return repeated(from, to, n);
      if (streams && from_step == from_size && n * to_size >= 1024) return stream(from, to, n);
    }
    if (from_step != from_size || to_step != to_size) return apart(from, from_step, to, to_step, n);
    if (together != nullptr) return together(&from, to, n);
    std::memmove(to, from, static_cast<size_t>(n * to_size));
  }

 private:
  static constexpr int64_t block = 1024;

  void stream(const std::byte* from, std::byte* to, int64_t n) const {
    const auto head = static_cast<int64_t>((64 - reinterpret_cast<uintptr_t>(to) % 64) % 64);
    if (together == nullptr) {
      std::memcpy(to, from, static_cast<size_t>(head));
      return stream_bytes(from + head, to + head, n * to_size - head);
    }
    if (head != 0) return together(&from, to, n);
    alignas(64) std::byte made[block];
    const int64_t part = block / to_size;
    for (int64_t i = 0; i < n; i += part) {
      const int64_t count = std::min(part, n - i);
      const std::byte* some = from + i * from_size;
      together(&some, made, count);
      stream_bytes(made, to + i * to_size, count * to_size);
    }
  }

  /// One element n times over.
  void repeated(const std::byte* from, std::byte* to, int64_t n) const {
    alignas(64) std::byte made[block];
    const int64_t part = block / to_size;
    apart(from, 0, made, to_size, std::min(part, n));
    const bool past = streams && reinterpret_cast<uintptr_t>(to) % 64 == 0;
    for (int64_t i = 0; i < n; i += part) {
      const auto bytes = std::min(part, n - i) * to_size;
      if (past) stream_bytes(made, to + i * to_size, bytes);
      else std::memcpy(to + i * to_size, made, static_cast<size_t>(bytes));
    }
  }
};

template <class From, class To, bool to_bool>
void convert_apart(const std::byte* from, int64_t from_step, std::byte* to, int64_t to_step, int64_t n) {
  for (int64_t i = 0; i < n; i++, from += from_step, to += to_step) {
    *reinterpret_cast<To*>(to) = convert<To, to_bool>(*reinterpret_cast<const From*>(from));
  }
}

Conversion conversion(DType from, DType to) {
  Conversion made{itemsize(from), itemsize(to), converter(from, to), nullptr, false};
  made.apart = with_dtype(from, [&]<class From>(From) -> decltype(made.apart) {
    if (to == DType::boolean) return convert_apart<From, uint8_t, true>;
    return with_dtype(to, [&]<class To>(To) -> decltype(made.apart) { return convert_apart<From, To, false>; });
  });
  return made;
}

/// Both axes by blocks, so that neither side's cache lines are fetched more than once.
void copy_plane(const Conversion& c, const std::byte* from, std::byte* to, const Axis& outer, const Axis& inner) {
  constexpr int64_t block = 32;
  for (int64_t i0 = 0; i0 < outer.n; i0 += block) {
    int64_t i1 = std::min(outer.n, i0 + block);
    for (int64_t j0 = 0; j0 < inner.n; j0 += block) {
      int64_t n = std::min(inner.n - j0, block);
      for (int64_t i = i0; i < i1; i++) {
        c.line(from + i * outer.from + j0 * inner.from, inner.from, to + i * outer.to + j0 * inner.to, inner.to, n);
      }
    }
  }
}

void copy_axes(const Conversion& c, const std::byte* from, std::byte* to, const std::vector<Axis>& axes, size_t axis) {
  if (axis + 1 == axes.size()) {
    c.line(from, axes[axis].from, to, axes[axis].to, axes[axis].n);
    return;
  }
  if (axis + 2 == axes.size() && axes[axis].from != 0 && std::abs(axes[axis].from) < std::abs(axes[axis + 1].from)) {
    copy_plane(c, from, to, axes[axis], axes[axis + 1]);
    return;
  }
  for (int64_t i = 0; i < axes[axis].n; i++) {
    copy_axes(c, from + i * axes[axis].from, to + i * axes[axis].to, axes, axis + 1);
  }
}

Napi::Value copy(Arguments& args) {
  Napi::Value from_bytes = args.value();
  DType from_dtype = parse_dtype(args, args.value());
  int64_t from_offset = args.count();
  auto from_strides = parse_integers(args, args.value());
  Napi::Value to_bytes = args.value();
  DType to_dtype = parse_dtype(args, args.value());
  int64_t to_offset = args.count();
  auto to_strides = parse_integers(args, args.value());
  auto shape = parse_integers(args, args.value());
  Strided from = parse_strided(args, from_bytes, from_dtype, from_offset, shape, std::move(from_strides));
  Strided to = parse_strided(args, to_bytes, to_dtype, to_offset, std::move(shape), std::move(to_strides));
  copy_strided(from, to);
  return args.env().Undefined();
}

// ---- finiteness

template <class R>
struct Bits;
template <>
struct Bits<float> {
  using type = uint32_t;
  static constexpr type exponent = 0x7f800000u;
};
template <>
struct Bits<double> {
  using type = uint64_t;
  static constexpr type exponent = 0x7ff0000000000000u;
};

template <class R>
bool finite(const std::byte* p) {
  typename Bits<R>::type bits;
  std::memcpy(&bits, p, sizeof bits);
  return (bits & Bits<R>::exponent) != Bits<R>::exponent;
}

/// Whether n reals side by side are all finite. x − x is 0 for a finite x and NaN for every other.
template <class R>
bool all_finite(const R* x, int64_t n) {
  constexpr int64_t block = 4096, lanes = 16;
  int64_t i = 0;
  while (i + lanes <= n) {
    int64_t stop = std::min(i + block, i + (n - i) / lanes * lanes);
    R sums[lanes] = {};
    for (; i < stop; i += lanes) {
      for (int64_t j = 0; j < lanes; j++) sums[j] += x[i + j] - x[i + j];
    }
    R sum = 0;
    for (R s : sums) sum += s;
    if (!(sum == 0)) return false;
  }
  for (; i < n; i++) {
    if (!finite<R>(reinterpret_cast<const std::byte*>(x + i))) return false;
  }
  return true;
}

/// Position, in row-major order, of the first element with a part that is not finite; −1 for none.
template <class T>
double first_nonfinite_in(const std::byte* data, const Strided& a, size_t axis) {
  using R = Real<T>;
  constexpr int64_t parts = sizeof(T) / sizeof(R);
  if (axis + 1 >= a.shape.size()) {
    int64_t n = a.shape.empty() ? 1 : a.shape[axis];
    int64_t step = a.shape.empty() ? 0 : a.strides[axis];
    if (step == sizeof(T) && all_finite(reinterpret_cast<const R*>(data), n * parts)) return -1;
    for (int64_t i = 0; i < n; i++, data += step) {
      for (int64_t part = 0; part < parts; part++) {
        if (!finite<R>(data + part * static_cast<int64_t>(sizeof(R)))) return static_cast<double>(i);
      }
    }
    return -1;
  }
  double below = 1;
  for (size_t k = axis + 1; k < a.shape.size(); k++) below *= static_cast<double>(a.shape[k]);
  for (int64_t i = 0; i < a.shape[axis]; i++, data += a.strides[axis]) {
    double found = first_nonfinite_in<T>(data, a, axis + 1);
    if (found >= 0) return static_cast<double>(i) * below + found;
  }
  return -1;
}

Napi::Value first_nonfinite(Arguments& args) {
  Napi::Value bytes = args.value();
  DType dtype = parse_dtype(args, args.value());
  int64_t offset = args.count();
  auto shape = parse_integers(args, args.value());
  auto strides = parse_integers(args, args.value());
  Strided a = parse_strided(args, bytes, dtype, offset, std::move(shape), std::move(strides));
  double found = -1;
  bool empty = std::find(a.shape.begin(), a.shape.end(), 0) != a.shape.end();
  if (!empty) {
    // In the order of memory first, which is fast whatever the order of the axes; nearly always that is all.
    std::vector<size_t> order(a.shape.size());
    for (size_t i = 0; i < order.size(); i++) order[i] = i;
    std::stable_sort(order.begin(), order.end(),
                     [&](size_t i, size_t j) { return std::abs(a.strides[i]) > std::abs(a.strides[j]); });
    Strided sorted{a.data, dtype, {}, {}};
    for (size_t i : order) {
      if (a.shape[i] == 1) continue;
      if (!sorted.shape.empty() && sorted.strides.back() == a.strides[i] * a.shape[i]) {
        sorted.shape.back() *= a.shape[i];
        sorted.strides.back() = a.strides[i];
      } else {
        sorted.shape.push_back(a.shape[i]);
        sorted.strides.push_back(a.strides[i]);
      }
    }
    found = with_dtype(dtype, [&]<class T>(T) -> double {
      if constexpr (std::is_floating_point_v<Real<T>>) {
        if (first_nonfinite_in<T>(sorted.data, sorted, 0) < 0) return -1;
        return first_nonfinite_in<T>(a.data, a, 0);
      }
      return -1;
    });
  }
  return Napi::Number::New(args.env(), found);
}

// ---- integer products

template <class T, bool boolean>
void multiply(const T* a, const T* b, T* c, int64_t n, int64_t k, int64_t m) {
  using U = std::conditional_t<boolean, T, std::make_unsigned_t<T>>;
  auto* out = reinterpret_cast<U*>(c);
  std::fill_n(out, n * m, U(0));
  // Blocks of b that stay in a near cache.
  constexpr int64_t depth = 64, width = 512;
  for (int64_t p0 = 0; p0 < k; p0 += depth) {
    for (int64_t j0 = 0; j0 < m; j0 += width) {
      int64_t p1 = std::min(k, p0 + depth), j1 = std::min(m, j0 + width);
      for (int64_t i = 0; i < n; i++) {
        U* line = out + i * m;
        for (int64_t p = p0; p < p1; p++) {
          auto x = static_cast<U>(a[i * k + p]);
          auto* row = reinterpret_cast<const U*>(b + p * m);
          for (int64_t j = j0; j < j1; j++) {
            if constexpr (boolean) {
              line[j] = static_cast<U>(line[j] | (x & row[j]));
            } else {
              line[j] = static_cast<U>(line[j] + static_cast<U>(static_cast<uint64_t>(x) * row[j]));
            }
          }
        }
      }
    }
  }
}

Napi::Value matmul_integer(Arguments& args) {
  DType dtype = parse_dtype(args, args.value());
  int64_t n = args.count(), k = args.count(), m = args.count();
  auto a = args.array<uint8_t>(), b = args.array<uint8_t>(), c = args.array<uint8_t>();
  auto item = static_cast<double>(itemsize(dtype));
  auto size = [&](int64_t rows, int64_t cols) { return item * static_cast<double>(rows) * static_cast<double>(cols); };
  args.need(a, size(n, k));
  args.need(b, size(k, m));
  args.need(c, size(n, m));
  for (auto* p : {a.data, b.data, c.data}) {
    if (reinterpret_cast<uintptr_t>(p) % static_cast<uintptr_t>(itemsize(dtype)) != 0) args.range("not aligned");
  }
  with_dtype(dtype, [&]<class T>(T) {
    if constexpr (std::is_integral_v<T>) {
      auto *x = reinterpret_cast<const T*>(a.data), *y = reinterpret_cast<const T*>(b.data);
      auto* z = reinterpret_cast<T*>(c.data);
      dtype == DType::boolean ? multiply<T, true>(x, y, z, n, k, m) : multiply<T, false>(x, y, z, n, k, m);
    } else {
      args.range("an integer dtype");
    }
  });
  return args.env().Undefined();
}

// ---- cells

Napi::Value cells(Arguments& args) {
  std::vector<Napi::ObjectReference> keep;
  Matrix whole = parse_matrix(args, args.value(), keep);
  Matrix a = parse_region(args, whole, args.value());
  auto values = args.array<double>();
  auto imag = args.array_or_null<double>();
  double count = static_cast<double>(a.rows) * static_cast<double>(a.cols);
  args.need(values, count);
  if (imag.data != nullptr) args.need(imag, count);
  with_dtype(a.dtype, [&]<class T>(T) {
    double *re = values.data, *im = imag.data;
    for (int64_t i = 0; i < a.rows; i++) {
      const std::byte* p = a.data + i * a.row_stride;
      for (int64_t j = 0; j < a.cols; j++, p += a.col_stride) {
        const T& x = *reinterpret_cast<const T*>(p);
        if constexpr (IsComplex<T>::value) {
          *re++ = x.real();
          if (im != nullptr) *im++ = x.imag();
        } else {
          *re++ = static_cast<double>(x);
          if (im != nullptr) *im++ = 0;
        }
      }
    }
  });
  return args.env().Undefined();
}

}  // namespace

/// Whether no byte is read that is written.
static bool lie_apart(const std::vector<Axis>& axes, const Strided& from, const Strided& to, const Conversion& how) {
  const std::byte *from_low = from.data, *from_high = from.data + how.from_size;
  const std::byte *to_low = to.data, *to_high = to.data + how.to_size;
  for (const Axis& axis : axes) {
    const int64_t reach = (axis.n - 1) * axis.from, other = (axis.n - 1) * axis.to;
    (reach < 0 ? from_low : from_high) += reach;
    (other < 0 ? to_low : to_high) += other;
  }
  return from_high <= to_low || to_high <= from_low;
}

void copy_strided(const Strided& from, const Strided& to) {
  std::vector<Axis> axes;
  for (size_t i = 0; i < to.shape.size(); i++) {
    if (to.shape[i] == 0) return;
    if (to.shape[i] > 1) axes.push_back({to.shape[i], from.strides[i], to.strides[i]});
  }
  // Walk the destination in the order of its memory, and join axes that lie end to end on both sides.
  std::stable_sort(axes.begin(), axes.end(), [](const Axis& a, const Axis& b) { return std::abs(a.to) > std::abs(b.to); });
  std::vector<Axis> joined;
  for (const Axis& axis : axes) {
    if (!joined.empty() && joined.back().from == axis.from * axis.n && joined.back().to == axis.to * axis.n) {
      joined.back() = {joined.back().n * axis.n, axis.from, axis.to};
    } else {
      joined.push_back(axis);
    }
  }
  if (joined.empty()) joined.push_back({1, 0, 0});
  int64_t size = 1;
  for (const Axis& axis : joined) size *= axis.n;
  Conversion how = conversion(from.dtype, to.dtype);
  how.streams = size * how.to_size >= streamed_bytes && lie_apart(joined, from, to, how);
  // Blocks of 32 rows stay whole.
  Axis& first = joined.front();
  int64_t tasks = tasks_for(size, 65536), share = ((first.n + tasks - 1) / tasks + 31) / 32 * 32;
  on_pool((first.n + share - 1) / share, [&](int64_t task) {
    std::vector<Axis> part = joined;
    part.front().n = std::min(share, first.n - task * share);
    const std::byte* source = from.data + task * share * first.from;
    std::byte* target = to.data + task * share * first.to;
    copy_axes(how, source, target, part, 0);
  });
}

void define_copy(Napi::Env env, Napi::Object exports) {
  define<copy>(env, exports, "copy");
  define<first_nonfinite>(env, exports, "firstNonfinite");
  define<matmul_integer>(env, exports, "matmulInteger");
  define<cells>(env, exports, "cells");
}

}  // namespace eigenscope
