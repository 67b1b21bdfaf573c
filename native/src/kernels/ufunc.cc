#include "ufunc.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <memory>
#include <string>

#include <hwy/cache_control.h>

#include "faults.h"
#include "modules.h"
#include "pool.h"

namespace eigenscope {
namespace {

/// Elements worked on at a time: few enough for all buffers to stay in the nearest cache.
constexpr int64_t piece = 1024;
/// Bytes of results that are made before they are sent past the caches.
constexpr int64_t streamed_piece = 1024;
/// Elements of a task whose results go past the caches.
constexpr int64_t streamed_share = 32 * piece;
/// Rows shorter than this are gathered several at a time.
constexpr int64_t short_row = 32;

/// Room for one operand's piece, as it lies and as the loop wants it.
struct Buffers {
  alignas(64) std::byte raw[most_operands][piece * 16];
  alignas(64) std::byte typed[most_operands][piece * 16];
};

struct Job {
  const Loop* loop;
  Layout layout;
  bool masked;
  /// The result goes past the caches.
  bool streams = false;
  /// Per input and, last, for the output; null where the dtypes agree.
  std::array<LoopFunction, most_operands> convert{};
};

/// Where an iteration stands: the index along each axis and each operand's address.
class Place {
 public:
  Place(const Layout& layout, int64_t position) : layout_(layout) {
    for (int k = layout.axes - 1; k >= 0; k--) {
      auto axis = static_cast<size_t>(k);
      index_[axis] = position % layout.shape[axis];
      position /= layout.shape[axis];
    }
    for (int i = 0; i < layout.operands; i++) {
      auto& operand = layout.operand[static_cast<size_t>(i)];
      at_[static_cast<size_t>(i)] = operand.data;
      for (int k = 0; k < layout.axes; k++) {
        at_[static_cast<size_t>(i)] += index_[static_cast<size_t>(k)] * operand.strides[static_cast<size_t>(k)];
      }
    }
  }

  std::byte* at(int operand) const { return at_[static_cast<size_t>(operand)]; }
  int64_t left_in_row() const { return layout_.shape[last()] - index_[last()]; }

  /// At most to the row's end.
  void forward(int64_t n) {
    size_t axis = last();
    index_[axis] += n;
    move(axis, n);
    while (index_[axis] == layout_.shape[axis] && axis > 0) {
      move(axis, -layout_.shape[axis]);
      index_[axis] = 0;
      axis--;
      index_[axis]++;
      move(axis, 1);
    }
  }

 private:
  size_t last() const { return static_cast<size_t>(layout_.axes - 1); }
  void move(size_t axis, int64_t n) {
    for (int i = 0; i < layout_.operands; i++) {
      at_[static_cast<size_t>(i)] += n * layout_.operand[static_cast<size_t>(i)].strides[axis];
    }
  }

  const Layout& layout_;
  std::array<int64_t, most_axes> index_{};
  std::array<std::byte*, most_operands> at_{};
};

class Worker {
 public:
  Worker(const Job& job, Buffers& buffers) : job_(job), buffers_(buffers) {}

  void run(int64_t from, int64_t to) {
    const Layout& layout = job_.layout;
    Place place(layout, from);
    int64_t row = layout.shape[static_cast<size_t>(layout.axes - 1)];
    bool rows_together = row < short_row && layout.axes > 1;
    while (from < to) {
      int64_t n = std::min(to - from, piece);
      if (rows_together) {
        several_rows(place, n);
      } else {
        n = std::min(n, place.left_in_row());
        within_row(place, n);
        place.forward(n);
      }
      from += n;
    }
  }

 private:
  int inputs() const { return job_.loop->inputs; }
  int target() const { return job_.layout.operands - 1; }
  const Layout::Operand& operand(int i) const { return job_.layout.operand[static_cast<size_t>(i)]; }
  int64_t step(int i) const { return operand(i).strides[static_cast<size_t>(job_.layout.axes - 1)]; }
  std::byte* raw(int i) { return buffers_.raw[i]; }
  std::byte* typed(int i) { return buffers_.typed[i]; }

  void within_row(const Place& place, int64_t n) {
    const std::byte* in[3];
    for (int i = 0; i < inputs(); i++) {
      int64_t bytes = itemsize(operand(i).dtype);
      if (step(i) == 0) {
        in[i] = repeated(i, place.at(i), n);
      } else if (step(i) == bytes || n == 1) {
        in[i] = converted(i, place.at(i), n);
      } else {
        move_items(place.at(i), step(i), raw(i), bytes, n, bytes);
        in[i] = converted(i, raw(i), n);
      }
    }
    int out = target();
    int64_t bytes = itemsize(operand(out).dtype);
    bool direct = !job_.masked && (step(out) == bytes || n == 1);
    if (direct && job_.streams && reinterpret_cast<uintptr_t>(place.at(out)) % 64 == 0) {
      if (job_.loop->streamed != nullptr && job_.convert[static_cast<size_t>(out)] == nullptr) {
        job_.loop->streamed(in, place.at(out), n);
        return;
      }
      // Short pieces, so that reading goes on while the results are on their way.
      int64_t part = streamed_piece / bytes;
      for (int64_t at = 0; at < n; at += part) {
        const std::byte* some[3];
        for (int i = 0; i < inputs(); i++) {
          some[i] = in[i];
          if (step(i) == 0) continue;
          int64_t width = itemsize(job_.loop->in[i]);
          some[i] += at * width;
          for (int64_t k = 0; k < part * width; k += 64) hwy::Prefetch(some[i] + 2 * part * width + k);
        }
        int64_t count = std::min(part, n - at);
        stream_bytes(computed(some, count, nullptr), place.at(out) + at * bytes, count * bytes);
      }
      return;
    }
    if (direct && job_.convert[static_cast<size_t>(out)] == nullptr) {
      job_.loop->run(in, place.at(out), n);
      return;
    }
    const std::byte* made = computed(in, n, direct ? place.at(out) : nullptr);
    if (!direct) give(place, made, 0, n);
  }

  /// Pieces of short rows are brought together, so that the loop has something to do.
  void several_rows(Place& place, int64_t n) {
    const std::byte* in[3];
    Place start = place;
    for (int64_t done = 0; done < n;) {
      int64_t part = std::min(n - done, place.left_in_row());
      for (int i = 0; i < inputs(); i++) {
        int64_t bytes = itemsize(operand(i).dtype);
        move_items(place.at(i), step(i), raw(i) + done * bytes, bytes, part, bytes);
      }
      place.forward(part);
      done += part;
    }
    for (int i = 0; i < inputs(); i++) in[i] = converted(i, raw(i), n);
    const std::byte* made = computed(in, n, nullptr);
    for (int64_t done = 0; done < n;) {
      int64_t part = std::min(n - done, start.left_in_row());
      give(start, made, done, part);
      start.forward(part);
      done += part;
    }
  }

  /// The loop's result as the output's dtype, at `to` or in a buffer.
  const std::byte* computed(const std::byte* const* in, int64_t n, std::byte* to) {
    int out = target();
    LoopFunction change = job_.convert[static_cast<size_t>(out)];
    std::byte* made = change == nullptr && to != nullptr ? to : typed(out);
    job_.loop->run(in, made, n);
    if (change == nullptr) return made;
    std::byte* changed = to != nullptr ? to : raw(out);
    const std::byte* from[1] = {made};
    change(from, changed, n);
    return changed;
  }

  /// Elements `first` … of a piece to the output from `place` on.
  void give(const Place& place, const std::byte* made, int64_t first, int64_t n) {
    int out = target();
    int64_t bytes = itemsize(operand(out).dtype);
    if (!job_.masked) {
      move_items(made + first * bytes, bytes, place.at(out), step(out), n, bytes);
      return;
    }
    const std::byte* flag = place.at(inputs());
    std::byte* to = place.at(out);
    made += first * bytes;
    for (int64_t i = 0; i < n; i++, flag += step(inputs()), to += step(out), made += bytes) {
      if (*flag != std::byte{0}) std::memcpy(to, made, static_cast<size_t>(bytes));
    }
  }

  const std::byte* converted(int i, const std::byte* from, int64_t n) {
    LoopFunction change = job_.convert[static_cast<size_t>(i)];
    if (change == nullptr) return from;
    const std::byte* in[1] = {from};
    change(in, typed(i), n);
    return typed(i);
  }

  /// One element n times over; it stays in the buffer for as long as it is the same one.
  const std::byte* repeated(int i, const std::byte* from, int64_t n) {
    DType dtype = job_.loop->in[i];
    int64_t bytes = itemsize(dtype);
    auto& kept = kept_[static_cast<size_t>(i)];
    if (kept.from == from && kept.count >= n) return typed(i);
    LoopFunction change = job_.convert[static_cast<size_t>(i)];
    std::byte one[16];
    if (change == nullptr) {
      std::memcpy(one, from, static_cast<size_t>(bytes));
    } else {
      const std::byte* in[1] = {from};
      change(in, one, 1);
    }
    move_items(one, 0, typed(i), bytes, n, bytes);
    // An output that is also an input may change under us.
    kept = {overlaps_output(i) ? nullptr : from, n};
    return typed(i);
  }

  bool overlaps_output(int i) const { return operand(i).data == operand(target()).data; }

  struct Kept {
    const std::byte* from = nullptr;
    int64_t count = 0;
  };

  const Job& job_;
  Buffers& buffers_;
  std::array<Kept, most_operands> kept_{};
};

Loops& all_loops() {
  static Loops loops = [] {
    Loops made;
    add_arithmetic_loops(made);
    add_comparison_loops(made);
    add_math_loops(made);
    add_inverse_loops(made);
    add_other_loops(made);
    return made;
  }();
  return loops;
}

/// ufuncLoop(name, dtype): the number of the loop, or -1
Napi::Value ufunc_loop(Arguments& args) {
  std::string name = args.text();
  DType dtype = parse_dtype(args, args.value());
  const Loop* loop = find_loop(name, dtype);
  return Napi::Number::New(args.env(), loop == nullptr ? -1.0 : static_cast<double>(loop - all_loops().data()));
}

/// ufunc(loop, masked, layout, inputs…, mask?, output): what the processor noticed, as `Faults` says it
Napi::Value ufunc(Arguments& args) {
  int64_t number = args.count();
  if (number >= static_cast<int64_t>(all_loops().size())) args.range("unknown loop");
  const bool masked = args.flag();
  // Made in its place: a layout has room for many axes, and takes longer to copy than small arrays to add.
  Job job{&all_loops()[static_cast<size_t>(number)], parse_layout(args), masked};
  Layout& layout = job.layout;
  if (layout.operands != job.loop->inputs + (job.masked ? 2 : 1)) args.range("another number of operands");
  if (job.masked && layout.operand[static_cast<size_t>(job.loop->inputs)].dtype != DType::boolean) {
    args.range("a mask of another dtype");
  }
  if (layout.size() == 0) return Napi::Number::New(args.env(), 0);
  for (int i = 0; i < job.loop->inputs; i++) {
    auto k = static_cast<size_t>(i);
    job.convert[k] = converter(layout.operand[k].dtype, job.loop->in[i]);
  }
  auto out = static_cast<size_t>(layout.operands - 1);
  job.convert[out] = converter(job.loop->out, layout.operand[out].dtype);
  layout.simplify();
  int64_t size = layout.size();
  job.streams = size * itemsize(layout.operand[out].dtype) >= streamed_bytes;
  for (int i = 0; i + 1 < layout.operands; i++) {
    if (layout.operand[static_cast<size_t>(i)].data == layout.operand[out].data) job.streams = false;
  }
  int64_t tasks = tasks_for(size, job.loop->least);
  // Whole pieces per task, so that threads do not share lines of a cache more than once.
  int64_t share = ((size + tasks - 1) / tasks + piece - 1) / piece * piece;
  // What goes past the caches is fastest where all threads are in the same part of memory.
  if (job.streams) share = std::min(share, streamed_share);
  std::atomic<int> noticed{0};
  on_pool(
      (size + share - 1) / share,
      [&](int64_t task) {
        static thread_local std::unique_ptr<Buffers> buffers;
        if (!buffers) buffers.reset(new Buffers);
        Faults faults;
        Worker(job, *buffers).run(task * share, std::min(size, (task + 1) * share));
        noticed |= faults.now();
      },
      job.streams);
  return Napi::Number::New(args.env(), noticed.load());
}

}  // namespace

const Loop* find_loop(std::string_view name, DType dtype) {
  for (const Loop& loop : all_loops()) {
    if (loop.in[loop.inputs - 1] == dtype && loop.name == name) return &loop;
  }
  return nullptr;
}

void define_ufunc(Napi::Env env, Napi::Object exports) {
  define<ufunc_loop>(env, exports, "ufuncLoop");
  define<ufunc>(env, exports, "ufunc");
}

}  // namespace eigenscope
