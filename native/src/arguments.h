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
  char letter(std::string_view allowed) {
    size_t length = 0;
    char text[4] = {0, 0, 0, 0};
    Napi::Value v = value();
    if (napi_get_value_string_latin1(env(), v, text, sizeof text, &length) != napi_ok || length != 1 ||
        allowed.find(text[0]) == std::string_view::npos) {
      fail("expected one letter of " + std::string(allowed));
    }
    return text[0];
  }

  double number() {
    double result = 0;
    Napi::Value v = value();
    if (napi_get_value_double(env(), v, &result) != napi_ok) fail("expected a number");
    return result;
  }

  bool flag() {
    bool result = false;
    Napi::Value v = value();
    if (napi_get_value_bool(env(), v, &result) != napi_ok) fail("expected a boolean");
    return result;
  }

  std::string text() {
    Napi::Value v = value();
    if (!v.IsString()) fail("expected a string");
    return v.As<Napi::String>().Utf8Value();
  }

  /// An integer from 0 to 2^53.
  int64_t count() {
    double n = number();
    if (!(n >= 0 && n <= 9007199254740992.0) || n != static_cast<double>(static_cast<int64_t>(n))) {
      fail("expected a non-negative integer");
    }
    return static_cast<int64_t>(n);
  }

  /// A dimension that LAPACK's integers can hold.
  lapack::integer dimension() {
    int64_t n = count();
    if (n > lapack::integer_max) range("dimension " + std::to_string(n) + " exceeds the limit of LAPACK's integers");
    return static_cast<lapack::integer>(n);
  }

  /// A typed array of the element type that belongs to T; appended to `keep` when work outlives the call.
  template <class T>
  Span<T> array(std::vector<Napi::ObjectReference>* keep = nullptr) {
    napi_typedarray_type type{};
    size_t length = 0;
    void* data = nullptr;
    Napi::Value v = value();
    if (napi_get_typedarray_info(env(), v, &type, &length, &data, nullptr, nullptr) != napi_ok ||
        type != array_type<Real<T>>()) {
      fail("expected another typed array");
    }
    if (keep != nullptr) keep->push_back(Napi::Persistent(v.As<Napi::Object>()));
    return {static_cast<T*>(data), static_cast<double>(IsComplex<T>::value ? length / 2 : length)};
  }

  /// As `array`, or nothing for null.
  template <class T>
  Span<T> array_or_null() {
    Napi::Value v = info_[next_];
    if (v.IsNull() || v.IsUndefined()) {
      next_++;
      return {nullptr, 0};
    }
    return array<T>();
  }

  /// Throws unless a column-major rows × cols matrix with leading dimension ld lies inside the span.
  template <class T>
  void need(const Span<T>& span, double rows, double cols, double ld) {
    if (ld < rows || ld < 1) range("leading dimension " + std::to_string(static_cast<int64_t>(ld)) + " is too small");
    double needed = cols > 0 && rows > 0 ? ld * (cols - 1) + rows : 0;
    if (span.length < needed) too_short(span.length, needed);
  }
  template <class T>
  void need(const Span<T>& span, double count) {
    if (span.length < count) too_short(span.length, count);
  }

  [[noreturn]] void fail(const std::string& what) {
    throw Napi::TypeError::New(env(), "native argument " + std::to_string(next_ == 0 ? 0 : next_ - 1) + ": " + what);
  }
  [[noreturn]] void range(const std::string& what) { throw Napi::RangeError::New(env(), "native: " + what); }

 private:
  template <class R>
  static constexpr napi_typedarray_type array_type() {
    if constexpr (std::is_same_v<R, float>) return napi_float32_array;
    if constexpr (std::is_same_v<R, double>) return napi_float64_array;
    if constexpr (std::is_same_v<R, int32_t>) return napi_int32_array;
    if constexpr (std::is_same_v<R, uint32_t>) return napi_uint32_array;
    if constexpr (std::is_same_v<R, int64_t>) return napi_bigint64_array;
    return napi_uint8_array;
  }

  [[noreturn]] void too_short(double have, double needed) {
    range("array of " + std::to_string(static_cast<int64_t>(have)) + " elements where " +
          std::to_string(static_cast<int64_t>(needed)) + " are needed");
  }

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

/// Keeps C++ exceptions from crossing into JavaScript's runtime.
template <Napi::Value (*function)(Arguments&)>
Napi::Value guarded(const Napi::CallbackInfo& info) {
  try {
    Arguments arguments(info);
    return function(arguments);
  } catch (const Napi::Error&) {
    throw;
  } catch (const std::bad_alloc&) {
    Napi::Error error = Napi::Error::New(info.Env(), "out of memory");
    error.Set("code", Napi::String::New(info.Env(), "ENOMEM"));
    throw error;
  } catch (const Stopped& stopped) {
    Napi::Error error = Napi::Error::New(info.Env(), stopped.what());
    error.Set("code", Napi::String::New(info.Env(), "cancelled"));
    throw error;
  } catch (const std::exception& error) {
    throw Napi::Error::New(info.Env(), error.what());
  }
}

template <Napi::Value (*function)(Arguments&)>
void define(Napi::Env env, Napi::Object exports, const char* name) {
  exports.Set(name, Napi::Function::New<guarded<function>>(env, name));
}

}  // namespace eigenscope
