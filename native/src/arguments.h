// Arguments of a call from JavaScript, taken one after another and checked before anything is computed.
#pragma once

#include <napi.h>

#include <complex>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "dtype.h"
#include "lapack.h"
#include "refusals.h"
#include "stop.h"

namespace eigenscope {

template <class T>
struct Span {
  T* data;
  /// In elements of T; a complex element is two entries of the typed array.
  double length;
};

class Arguments {
 public:
  explicit Arguments(const Napi::CallbackInfo& info) : info_(info) {}

  Napi::Env env() const { return info_.Env(); }
  Napi::Value value() { return info_[next_++]; }
  /// The last value is taken again.
  void back() { next_--; }

  /// A single letter out of `allowed`.
  char letter(std::string_view allowed);
  double number();
  bool flag();
  std::string text();
  /// An integer from 0 to 2^53.
  int64_t count();
  /// A dimension that LAPACK's integers can hold.
  lapack::integer dimension();

  /// A typed array of the element type that belongs to T; appended to `keep` when work outlives the call.
  template <class T>
  Span<T> array(std::vector<Napi::ObjectReference>* keep = nullptr) {
    const Memory memory = typed_array(array_type<Real<T>>(), keep);
    return {static_cast<T*>(memory.data), static_cast<double>(IsComplex<T>::value ? memory.length / 2 : memory.length)};
  }

  /// As `array`, or nothing for null.
  template <class T>
  Span<T> array_or_null() {
    if (nothing()) return {nullptr, 0};
    return array<T>();
  }

  /// Throws unless a column-major rows × cols matrix with leading dimension ld lies inside the span.
  template <class T>
  void need(const Span<T>& span, double rows, double cols, double ld) {
    need_matrix(span.length, rows, cols, ld);
  }
  template <class T>
  void need(const Span<T>& span, double count) {
    if (span.length < count) too_short(span.length, count);
  }

  [[noreturn]] void fail(const std::string& what);
  [[noreturn]] void range(const std::string& what);

 private:
  struct Memory {
    void* data;
    size_t length;
  };

  template <class R>
  static constexpr napi_typedarray_type array_type() {
    if constexpr (std::is_same_v<R, float>) return napi_float32_array;
    if constexpr (std::is_same_v<R, double>) return napi_float64_array;
    if constexpr (std::is_same_v<R, int32_t>) return napi_int32_array;
    if constexpr (std::is_same_v<R, uint32_t>) return napi_uint32_array;
    if constexpr (std::is_same_v<R, int64_t>) return napi_bigint64_array;
    return napi_uint8_array;
  }

  Memory typed_array(napi_typedarray_type wanted, std::vector<Napi::ObjectReference>* keep);
  /// Whether the next argument is null or missing; then it is taken.
  bool nothing();
  void need_matrix(double length, double rows, double cols, double ld);
  [[noreturn]] void too_short(double have, double needed);

  const Napi::CallbackInfo& info_;
  size_t next_ = 0;
};

/// Calls f with a value of the type that a LAPACK letter names.
template <class F>
auto with_type(char letter, F&& f) {
  switch (letter) {
    case 's':
      return f(float{});
    case 'd':
      return f(double{});
    case 'c':
      return f(std::complex<float>{});
    default:
      return f(std::complex<double>{});
  }
}

/// The same for the letters of real types, s and d.
template <class F>
auto with_real_type(char letter, F&& f) {
  return letter == 's' ? f(float{}) : f(double{});
}

/// The exception that is being handled as an error of JavaScript; what a person may meet has a code of the errors there.
[[noreturn]] void throw_to_javascript(Napi::Env env);

/// Keeps C++ exceptions from crossing into JavaScript's runtime.
template <Napi::Value (*function)(Arguments&)>
Napi::Value guarded(const Napi::CallbackInfo& info) {
  try {
    Arguments arguments(info);
    return function(arguments);
  } catch (...) {
    throw_to_javascript(info.Env());
  }
}

template <Napi::Value (*function)(Arguments&)>
void define(Napi::Env env, Napi::Object exports, const char* name) {
  exports.Set(name, Napi::Function::New<guarded<function>>(env, name));
}

}  // namespace eigenscope
