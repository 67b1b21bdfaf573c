// Reductions and running reductions along axes, over arrays of any strides.
#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "modules.h"
#include "pool.h"
#include "rows.h"
#include "ufunc.h"

namespace eigenscope {
namespace {

constexpr int64_t piece = 1024;

struct Reduction {
  Layout layout;
  Row row;
  LoopFunction join = nullptr;
  /// For columns: brings the input to the result's dtype.
  LoopFunction convert = nullptr;
  bool has_centre = false;
  /// Columns of squared distances.
  LoopFunction subtract = nullptr, multiply = nullptr;
  /// Columns of rows side by side.
  ColumnFunction down = nullptr;

  int last() const { return layout.axes - 1; }
  const Layout::Operand& input() const { return layout.operand[0]; }
  const Layout::Operand& centre() const { return layout.operand[1]; }
  const Layout::Operand& output() const { return layout.operand[static_cast<size_t>(layout.operands - 1)]; }
};

/// Sums of halves that may be taken at the same time, added as the pairwise sum adds them.
void joined_halves(const Reduction& r, int64_t n, std::byte* result) {
  struct Part {
    int64_t start, length;
    std::byte sum[16];
  };
  std::vector<Part> parts;
  bool complex = r.row.out == DType::c64 || r.row.out == DType::c128;
  int64_t bytes = itemsize(r.input().dtype);
  int64_t least = std::max<int64_t>(65536, n / 16);
  auto cut = [&](auto& self, int64_t start, int64_t length) -> void {
    if (length < 2 * least) {
      parts.push_back({start, length, {}});
      return;
    }
    int64_t half = pairwise_half(length, complex);
    self(self, start, half);
    self(self, start + half, length - half);
  };
  cut(cut, 0, n);
  const std::byte* centre = r.has_centre ? r.centre().data : nullptr;
  on_pool(static_cast<int64_t>(parts.size()), [&](int64_t i) {
    Part& part = parts[static_cast<size_t>(i)];
    r.row.run(r.input().data + part.start * bytes, part.length, centre, part.sum);
  });
  size_t next = 0;
  auto add = [&](auto& self, int64_t length, std::byte* to) -> void {
    if (length < 2 * least) {
      std::memcpy(to, parts[next++].sum, 16);
      return;
    }
    alignas(16) std::byte first[16], second[16];
    int64_t half = pairwise_half(length, complex);
    self(self, half, first);
    self(self, length - half, second);
    const std::byte* in[2] = {first, second};
    r.join(in, to, 1);
  };
  alignas(16) std::byte whole[16];
  add(add, n, whole);
  const std::byte* in[2] = {result, whole};
  r.join(in, result, 1);
}

/// Parts in any number, joined in their order.
void joined_parts(const Reduction& r, int64_t n, std::byte* result) {
  // Products keep their order: parts could leave the range where the whole does not.
  bool ordered = std::string_view(r.row.join) == "multiply" && r.row.out >= DType::f32;
  int64_t bytes = itemsize(r.input().dtype), tasks = ordered ? 1 : tasks_for(n, 65536), share = (n + tasks - 1) / tasks;
  struct alignas(16) Part {
    std::byte value[16];
  };
  std::vector<Part> parts(static_cast<size_t>(tasks));
  on_pool(tasks, [&](int64_t i) {
    int64_t from = i * share, count = std::min(n, from + share) - from;
    if (count > 0) r.row.run(r.input().data + from * bytes, count, nullptr, parts[static_cast<size_t>(i)].value);
  });
  for (int64_t i = 0; i < tasks && i * share < n; i++) {
    const std::byte* in[2] = {result, parts[static_cast<size_t>(i)].value};
    r.join(in, result, 1);
  }
}

/// Walks axes [axis, end) in order, `split` only from `from` to `to`, and calls f with every operand's address.
template <class F>
void walk(const Reduction& r, int axis, int end, int split, int64_t from, int64_t to,
          std::array<std::byte*, 3> at, F&& f) {
  if (axis == end) {
    f(at);
    return;
  }
  auto k = static_cast<size_t>(axis);
  int64_t begin = axis == split ? from : 0, stop = axis == split ? to : r.layout.shape[k];
  for (int64_t i = begin; i < stop; i++) {
    std::array<std::byte*, 3> here = at;
    for (size_t j = 0; j < static_cast<size_t>(r.layout.operands); j++) here[j] += i * r.layout.operand[j].strides[k];
    walk(r, axis + 1, end, split, from, to, here, f);
  }
}

std::array<std::byte*, 3> start_of(const Reduction& r) {
  return {r.layout.operand[0].data, r.layout.operand[1].data, r.layout.operand[2].data};
}

/// The longest of the first `end` axes along which results lie, or −1.
int axis_to_split(const Reduction& r, int end) {
  int best = -1;
  for (int k = 0; k < end; k++) {
    auto axis = static_cast<size_t>(k);
    if (r.output().strides[axis] == 0) continue;
    if (best < 0 || r.layout.shape[axis] > r.layout.shape[static_cast<size_t>(best)]) best = k;
  }
  return best;
}

/// Results that are found before they are joined to what is there.
constexpr int64_t kTogether = 64;

void rows(const Reduction& r) {
  int last = r.last();
  int64_t n = r.layout.shape[static_cast<size_t>(last)], bytes = itemsize(r.row.out);
  auto out = static_cast<size_t>(r.layout.operands - 1);
  // The innermost axis along which results lie side by side; what joins them then takes many at a time.
  int side = last - 1;
  if (side < 0 || r.output().strides[static_cast<size_t>(side)] != bytes) side = last;
  int split = axis_to_split(r, last);
  auto part = [&](int64_t from, int64_t to) {
    walk(r, 0, side, split, from, to, start_of(r), [&](std::array<std::byte*, 3> at) {
      alignas(64) std::byte values[kTogether * 16];
      auto k = static_cast<size_t>(side);
      bool many = side < last;
      int64_t begin = many && side == split ? from : 0, end = !many ? 1 : side == split ? to : r.layout.shape[k];
      int64_t step = many ? r.input().strides[k] : 0, apart = many && r.has_centre ? r.centre().strides[k] : 0;
      for (int64_t i = begin; i < end; i += kTogether) {
        int64_t count = std::min(kTogether, end - i);
        for (int64_t j = 0; j < count; j++) {
          r.row.run(at[0] + (i + j) * step, n, r.has_centre ? at[1] + (i + j) * apart : nullptr, values + j * bytes);
        }
        std::byte* to_join = at[out] + i * bytes;
        const std::byte* in[2] = {to_join, values};
        r.join(in, to_join, count);
      }
    });
  };
  if (split < 0) {
    part(0, 0);
    return;
  }
  int64_t length = r.layout.shape[static_cast<size_t>(split)];
  int64_t tasks = std::min(length, tasks_for(r.layout.size(), 65536)), share = (length + tasks - 1) / tasks;
  on_pool(tasks, [&](int64_t task) {
    part(std::min(length, task * share), std::min(length, (task + 1) * share));
  });
}

struct ColumnBuffers {
  alignas(64) std::byte a[piece * 16], b[piece * 16], centre[piece * 16];
};

/// out[j] = out[j] ∘ in[j], row after row, for a stretch of columns that stays in the nearest cache.
void columns(const Reduction& r) {
  int last = r.last();
  auto k = static_cast<size_t>(last), out = static_cast<size_t>(r.layout.operands - 1);
  int64_t width = r.layout.shape[k];
  int64_t in_bytes = itemsize(r.input().dtype), bytes = itemsize(r.output().dtype);
  int64_t in_step = r.input().strides[k], out_step = r.output().strides[k];
  auto stretch = [&](int64_t from, int64_t n, int split, int64_t first, int64_t end) {
    static thread_local std::unique_ptr<ColumnBuffers> kept;
    if (!kept) kept.reset(new ColumnBuffers);
    ColumnBuffers& buffers = *kept;
    if (r.down != nullptr && last > 0) {
      // The rows that follow one another in one result, taken together.
      auto rows = static_cast<size_t>(last - 1);
      if (r.output().strides[rows] == 0 && (!r.has_centre || r.centre().strides[rows] == 0)) {
        walk(r, 0, last - 1, split, first, end, start_of(r), [&](const std::array<std::byte*, 3>& at) {
          r.down(at[0] + from * in_bytes, r.input().strides[rows], r.layout.shape[rows],
                 r.has_centre ? at[1] + from * in_bytes : nullptr, at[out] + from * bytes, n);
        });
        return;
      }
    }
    walk(r, 0, last, split, first, end, start_of(r), [&](const std::array<std::byte*, 3>& at) {
      const std::byte* x = at[0] + from * in_step;
      if (in_step != in_bytes) {
        move_items(x, in_step, buffers.a, in_bytes, n, in_bytes);
        x = buffers.a;
      }
      if (r.convert != nullptr) {
        const std::byte* in[1] = {x};
        r.convert(in, buffers.b, n);
        x = buffers.b;
      }
      if (r.has_centre) {
        int64_t step = r.centre().strides[k];
        const std::byte* centre = at[1] + from * step;
        if (step != in_bytes) {
          move_items(centre, step, buffers.centre, in_bytes, n, in_bytes);
          centre = buffers.centre;
        }
        const std::byte* apart[2] = {x, centre};
        r.subtract(apart, buffers.b, n);
        const std::byte* twice[2] = {buffers.b, buffers.b};
        r.multiply(twice, buffers.b, n);
        x = buffers.b;
      }
      std::byte* to = at[out] + from * out_step;
      if (out_step == bytes) {
        const std::byte* in[2] = {to, x};
        r.join(in, to, n);
      } else {
        for (int64_t i = 0; i < n; i++) {
          const std::byte* in[2] = {to + i * out_step, x + i * bytes};
          r.join(in, to + i * out_step, 1);
        }
      }
    });
  };
  int64_t tasks = tasks_for(r.layout.size(), 65536);
  // By columns where they are many, else along another axis of results.
  // Wide stretches, since every row is another place in memory.
  int64_t threads = std::min<int64_t>(tasks, kernel_threads());
  int64_t share = std::min(piece, std::max<int64_t>(64, ((width + threads - 1) / threads + 63) / 64 * 64));
  int64_t stretches = (width + share - 1) / share;
  int split = stretches >= threads ? -1 : axis_to_split(r, last);
  if (split < 0) {
    on_pool(stretches, [&](int64_t i) { stretch(i * share, std::min(share, width - i * share), -1, 0, 0); });
    return;
  }
  int64_t length = r.layout.shape[static_cast<size_t>(split)];
  tasks = std::min(tasks, length);
  int64_t part = (length + tasks - 1) / tasks;
  on_pool(tasks, [&](int64_t task) {
    int64_t from = std::min(length, task * part), to = std::min(length, (task + 1) * part);
    for (int64_t at = 0; at < width; at += piece) stretch(at, std::min(piece, width - at), split, from, to);
  });
}

LoopFunction loop_or_fail(Arguments& args, const char* name, DType dtype) {
  const Loop* loop = find_loop(name, dtype);
  if (loop == nullptr) args.range("no such reduction");
  return loop->run;
}

Napi::Value has_reduction(Arguments& args) {
  std::string name = args.text();
  DType dtype = parse_dtype(args, args.value());
  return Napi::Boolean::New(args.env(), find_row(name, dtype).run != nullptr);
}

/// reduce(name, layout, input, centre?, output): output ∘= input along the axes in which the output does not move.
/// The axes are walked in the order given, so that sums have NumPy's bits.
Napi::Value reduce(Arguments& args) {
  std::string name = args.text();
  Reduction r;
  r.layout = parse_layout(args);
  r.has_centre = name == "away";
  if (r.layout.operands != (r.has_centre ? 3 : 2)) args.range("another number of operands");
  r.row = find_row(name, r.input().dtype);
  if (r.row.run == nullptr || r.row.out != r.output().dtype) args.range("no such reduction");
  if (r.has_centre && r.centre().dtype != r.input().dtype) args.range("a centre of another dtype");
  r.join = loop_or_fail(args, r.row.join, r.row.out);
  r.convert = converter(r.input().dtype, r.row.out);
  if (r.has_centre) {
    r.subtract = loop_or_fail(args, "subtract", r.row.out);
    r.multiply = loop_or_fail(args, "multiply", r.row.out);
  }
  if (r.layout.size() == 0) return args.env().Undefined();
  r.layout.join();
  auto k = static_cast<size_t>(r.last());
  int64_t n = r.layout.shape[k];
  bool by_rows = r.output().strides[k] == 0 || n == 1;
  if (r.input().strides[k] == itemsize(r.input().dtype) && r.output().strides[k] == itemsize(r.output().dtype) &&
      (!r.has_centre || r.centre().strides[k] == itemsize(r.input().dtype))) {
    r.down = find_columns(name, r.input().dtype);
  }
  if (by_rows && n > 1 && r.input().strides[k] != itemsize(r.input().dtype)) args.range("rows with gaps");
  if (by_rows && r.layout.axes == 1) {
    r.row.pairwise ? joined_halves(r, n, r.output().data) : joined_parts(r, n, r.output().data);
  } else {
    by_rows ? rows(r) : columns(r);
  }
  return args.env().Undefined();
}

// ---- running reductions

/// Rows of n, several at a time: each waits for its own last sum only.
template <class T, bool product>
void run_along(const std::byte* in, std::byte* out, int64_t in_row, int64_t out_row, int64_t rows, int64_t n) {
  using U = std::conditional_t<std::is_integral_v<T>, uint64_t, T>;
  auto join = [](T a, T b) -> T {
    if constexpr (IsComplex<T>::value && product) {
      return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
    } else if constexpr (product) {
      return static_cast<T>(static_cast<U>(a) * static_cast<U>(b));
    } else {
      return static_cast<T>(static_cast<U>(a) + static_cast<U>(b));
    }
  };
  auto go = [&]<int64_t together>(std::integral_constant<int64_t, together>) {
    const T* x[together];
    T* r[together];
    T last[together];
    for (int64_t k = 0; k < together; k++) {
      x[k] = reinterpret_cast<const T*>(in + k * in_row);
      r[k] = reinterpret_cast<T*>(out + k * out_row);
      r[k][0] = last[k] = x[k][0];
    }
    for (int64_t i = 1; i < n; i++) {
      for (int64_t k = 0; k < together; k++) r[k][i] = last[k] = join(last[k], x[k][i]);
    }
    in += together * in_row;
    out += together * out_row;
    rows -= together;
  };
  while (rows >= 4) go(std::integral_constant<int64_t, 4>());
  while (rows > 0) go(std::integral_constant<int64_t, 1>());
}

/// accumulate(product, length, width, blocks, input, output): for each of `blocks` C-contiguous matrices of
/// length × width, running sums or products down the columns.
Napi::Value accumulate(Arguments& args) {
  bool product = args.flag();
  DType dtype = parse_dtype(args, args.value());
  int64_t blocks = args.count(), length = args.count(), width = args.count();
  double needed = static_cast<double>(blocks) * static_cast<double>(length) * static_cast<double>(width) *
                  static_cast<double>(itemsize(dtype));
  auto in = args.array<uint8_t>(), out = args.array<uint8_t>();
  if (needed > 9007199254740992.0) args.range("too many elements");
  args.need(in, needed);
  args.need(out, needed);
  auto* from = reinterpret_cast<std::byte*>(in.data);
  auto* to = reinterpret_cast<std::byte*>(out.data);
  auto unit = static_cast<uintptr_t>(itemsize(dtype));
  if (dtype == DType::c64 || dtype == DType::c128) unit /= 2;
  if (reinterpret_cast<uintptr_t>(from) % unit != 0 || reinterpret_cast<uintptr_t>(to) % unit != 0) {
    args.range("not aligned");
  }
  if (needed == 0) return args.env().Undefined();
  int64_t bytes = itemsize(dtype), row = width * bytes, block = length * row;
  int64_t tasks = tasks_for(blocks * length * width, 65536);
  if (width == 1) {
    with_dtype(dtype, [&]<class T>(T) {
      tasks = std::min(tasks, blocks);
      int64_t share = (blocks + tasks - 1) / tasks;
      on_pool(tasks, [&](int64_t task) {
        int64_t first = task * share, count = std::min(blocks, first + share) - first;
        if (count <= 0) return;
        auto run = product ? run_along<T, true> : run_along<T, false>;
        run(from + first * block, to + first * block, block, block, count, length);
      });
    });
    return args.env().Undefined();
  }
  LoopFunction join = loop_or_fail(args, product ? "multiply" : "add", dtype);
  int64_t share = std::min<int64_t>(piece, std::max<int64_t>(64, ((width + tasks - 1) / tasks + 63) / 64 * 64));
  int64_t stretches = (width + share - 1) / share;
  on_pool(blocks * stretches, [&](int64_t task) {
    int64_t at = task / stretches * block, column = task % stretches * share, n = std::min(share, width - column);
    const std::byte* x = from + at + column * bytes;
    std::byte* r = to + at + column * bytes;
    std::memmove(r, x, static_cast<size_t>(n * bytes));
    for (int64_t i = 1; i < length; i++) {
      const std::byte* pair[2] = {r, x + row};
      x += row;
      r += row;
      join(pair, r, n);
    }
  });
  return args.env().Undefined();
}

// ---- places of extremes

int64_t place_in_parts(const std::byte* x, DType dtype, int64_t n, int64_t tasks, int sign, ExtremeFunction find) {
  int64_t bytes = itemsize(dtype), share = (n + tasks - 1) / tasks;
  std::vector<int64_t> places(static_cast<size_t>(tasks), -1);
  on_pool(tasks, [&](int64_t task) {
    int64_t from = task * share, count = std::min(n, from + share) - from;
    if (count > 0) places[static_cast<size_t>(task)] = from + find(x + from * bytes, count);
  });
  return with_dtype(dtype, [&]<class T>(T) -> int64_t {
    if constexpr (!IsComplex<T>::value) {
      auto* value = reinterpret_cast<const T*>(x);
      int64_t best = places[0];
      for (int64_t place : places) {
        if (place < 0 || value[best] != value[best]) break;
        T v = value[place];
        if (v != v || (sign > 0 ? v > value[best] : v < value[best])) best = place;
      }
      return best;
    }
    return 0;
  });
}

/// argExtreme(sign, dtype, outer, n, inner, input, out): the positions of the largest (1) or smallest (−1) elements along
/// the middle axis of outer × n × inner elements; where that is not the last one, only of float64 and int64.
Napi::Value arg_extreme(Arguments& args) {
  int sign = args.number() > 0 ? 1 : -1;
  DType dtype = parse_dtype(args, args.value());
  int64_t outer = args.count(), n = args.count(), inner = args.count();
  auto in = args.array<uint8_t>();
  auto out = args.array<int64_t>();
  double results = static_cast<double>(outer) * static_cast<double>(inner);
  double needed = results * static_cast<double>(n) * static_cast<double>(itemsize(dtype));
  args.need(in, needed);
  args.need(out, results);
  ExtremeFunction find = find_extreme(sign, dtype);
  ColumnPlaces down = find_extreme_places(sign, dtype);
  if (find == nullptr || n < 1 || (inner != 1 && down == nullptr)) args.range("no extreme of these");
  if (reinterpret_cast<uintptr_t>(in.data) % static_cast<uintptr_t>(itemsize(dtype)) != 0) args.range("not aligned");
  if (needed == 0) return args.env().Undefined();
  auto* x = reinterpret_cast<const std::byte*>(in.data);
  int64_t bytes = itemsize(dtype), tasks = tasks_for(outer * n * inner, 65536);
  if (inner != 1) {
    // Stretches of columns as wide as memory likes to be read, and as many as there are threads.
    int64_t share = std::min<int64_t>(512, std::max<int64_t>(64, ((inner + tasks - 1) / tasks + 63) / 64 * 64));
    int64_t stretches = (inner + share - 1) / share;
    on_pool(outer * stretches, [&](int64_t task) {
      int64_t row = task / stretches, column = task % stretches * share, count = std::min(share, inner - column);
      down(x + (row * n * inner + column) * bytes, inner * bytes, n, out.data + row * inner + column, count);
    });
    return args.env().Undefined();
  }
  if (outer == 1 && tasks > 1) {
    out.data[0] = place_in_parts(x, dtype, n, tasks, sign, find);
    return args.env().Undefined();
  }
  tasks = std::min(outer, tasks);
  int64_t share = (outer + tasks - 1) / tasks;
  on_pool(tasks, [&](int64_t task) {
    for (int64_t i = task * share; i < std::min(outer, (task + 1) * share); i++) out.data[i] = find(x + i * n * bytes, n);
  });
  return args.env().Undefined();
}

}  // namespace

void define_reduce(Napi::Env env, Napi::Object exports) {
  define<has_reduction>(env, exports, "hasReduction");
  define<reduce>(env, exports, "reduce");
  define<accumulate>(env, exports, "accumulate");
  define<arg_extreme>(env, exports, "argExtreme");
}

}  // namespace eigenscope
