// Searching in sorted lists, and their runs of equal elements.
#include <algorithm>

#include "modules.h"
#include "sort_order.h"
#include "threads.h"

namespace eigenscope {

namespace {

template <class T>
void search_sorted(const T* list, int64_t n, const T* values, int64_t count, bool right, int64_t* out) {
  const int64_t per = 1 << 14, tasks = (count + per - 1) / per;
  in_parallel(tasks, kMostThreads, [&](int64_t task) {
    int64_t low = 0;
    for (int64_t i = task * per; i < std::min(count, (task + 1) * per); i++) {
      const T v = values[i];
      auto goes_on = [&](T x) { return right ? !before(v, x) : before(x, v); };
      int64_t first = 0, length = n;
      // Values in order continue where the last one was found.
      if (i > task * per && low < n && goes_on(list[low])) {
        first = low + 1;
        length = n - first;
      } else if (i > task * per && low > 0 && goes_on(list[low - 1])) {
        out[i] = low;
        continue;
      }
      while (length > 0) {
        const int64_t half = length / 2;
        const bool on = goes_on(list[first + half]);
        first = on ? first + half + 1 : first;
        length = on ? length - half - 1 : half;
      }
      out[i] = low = first;
    }
  });
}

template <class T>
bool same(T a, T b) {
  return !before(a, b) && !before(b, a);
}

/// Complex numbers with any NaN count as one value.
template <class T>
bool same_value(T a, T b) {
  if constexpr (is_complex<T>) {
    if (rank_of(a) > 0 && rank_of(b) > 0) return true;
  }
  return same(a, b);
}

// ---- JavaScript

/// searchSorted(dtype, list, listOffset, n, values, valuesOffset, count, right, out)
Napi::Value search_sorted_call(Arguments& args) {
  DType dtype = parse_dtype(args, args.value());
  Napi::Value list = args.value();
  int64_t list_offset = args.count(), n = args.count();
  Napi::Value values = args.value();
  int64_t values_offset = args.count(), count = args.count();
  bool right = args.flag();
  auto out = args.array<int64_t>();
  args.need(out, static_cast<double>(count));
  auto* sorted = elements(args, list, dtype, list_offset, n);
  auto* wanted = elements(args, values, dtype, values_offset, count);
  with_dtype(dtype, [&]<class T>(T) {
    search_sorted(reinterpret_cast<const T*>(sorted), n, reinterpret_cast<const T*>(wanted), count, right, out.data);
  });
  return args.env().Undefined();
}

/// runs(dtype, bytes, offset, n, starts): where equal elements of a sorted list begin; returns how many runs
Napi::Value runs_call(Arguments& args) {
  DType dtype = parse_dtype(args, args.value());
  Napi::Value bytes = args.value();
  int64_t offset = args.count(), n = args.count();
  auto* source = elements(args, bytes, dtype, offset, n);
  auto starts = args.array<int64_t>();
  args.need(starts, static_cast<double>(n));
  int64_t count = 0;
  with_dtype(dtype, [&]<class T>(T) {
    auto* x = reinterpret_cast<const T*>(source);
    for (int64_t i = 0; i < n; i++) {
      if (i == 0 || !same_value(x[i - 1], x[i])) starts.data[count++] = i;
    }
  });
  return Napi::Number::New(args.env(), static_cast<double>(count));
}

/// runOfEach(order, starts, runs, out): out[order[i]] = the run that place i belongs to
Napi::Value run_of_each_call(Arguments& args) {
  auto order = args.array<int64_t>();
  auto starts = args.array<int64_t>();
  int64_t count = args.count();
  auto out = args.array<int64_t>();
  args.need(starts, static_cast<double>(count));
  args.need(out, order.length);
  const auto n = static_cast<int64_t>(order.length);
  for (int64_t i = 0; i < n; i++) {
    if (order.data[i] < 0 || order.data[i] >= n) args.range("index out of range");
  }
  for (int64_t run = 0; run < count; run++) {
    const int64_t end = run + 1 < count ? std::min(starts.data[run + 1], n) : n;
    for (int64_t i = std::max<int64_t>(0, starts.data[run]); i < end; i++) out.data[order.data[i]] = run;
  }
  return args.env().Undefined();
}

}  // namespace

void define_sorted_lists(Napi::Env env, Napi::Object exports) {
  define<search_sorted_call>(env, exports, "searchSorted");
  define<runs_call>(env, exports, "runs");
  define<run_of_each_call>(env, exports, "runOfEach");
}

}  // namespace eigenscope
