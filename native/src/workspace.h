// Sizes of LAPACK's work space. Its own queries are computed in 32-bit integers and wrap for large matrices without a
// word, so the smallest sizes are computed here in doubles, and a query only ever makes them larger.
#pragma once

#include <algorithm>
#include <cmath>

#include "arguments.h"
#include "scratch.h"

namespace eigenscope {

struct Workspace {
  double work = 1;
  double rwork = 0;
  double iwork = 0;
};

/// The length to hand to LAPACK: what the query asked for when it is plausible, at least `needed`.
template <class T>
lapack::integer work_length(double needed, T query) {
  const double limit = static_cast<double>(lapack::integer_max);
  to_integer(needed, "Work space");
  double asked = static_cast<double>(std::real(query));
  // In single precision the answer is rounded, possibly down.
  if constexpr (std::is_same_v<Real<T>, float>) asked = std::ceil(asked * (1 + 1.2e-7));
  if (!(asked >= needed)) asked = needed;
  return static_cast<lapack::integer>(std::max(1.0, std::min(asked, limit)));
}

inline Napi::Value to_object(Napi::Env env, const Workspace& size) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("work", size.work);
  object.Set("rwork", size.rwork);
  object.Set("iwork", size.iwork);
  return object;
}

inline Napi::Value number(Arguments& args, double value) { return Napi::Number::New(args.env(), value); }

/// LAPACK's pivots as JavaScript's 32-bit array and back.
class Pivots {
 public:
  Pivots(Span<int32_t> span, lapack::integer count) : span_(span), count_(count), wide_(lapack::ilp64 ? count : 0) {
    if constexpr (lapack::ilp64) {
      if (count > INT32_MAX) throw PastIntegers(static_cast<double>(count), "A list of pivots");
      for (lapack::integer i = 0; i < count; i++) wide_[static_cast<size_t>(i)] = span.data[i];
    }
  }
  lapack::integer* get() {
    if constexpr (lapack::ilp64) {
      return wide_.get();
    } else {
      return reinterpret_cast<lapack::integer*>(span_.data);
    }
  }
  void store() {
    if constexpr (lapack::ilp64) {
      for (lapack::integer i = 0; i < count_; i++) {
        span_.data[i] = static_cast<int32_t>(wide_[static_cast<size_t>(i)]);
      }
    }
  }

 private:
  Span<int32_t> span_;
  lapack::integer count_;
  Scratch<lapack::integer> wide_;
};

}  // namespace eigenscope
