#include "arguments.h"

#include <cstdio>

namespace eigenscope {

char Arguments::letter(std::string_view allowed) {
  size_t length = 0;
  char text[4] = {0, 0, 0, 0};
  Napi::Value v = value();
  if (napi_get_value_string_latin1(env(), v, text, sizeof text, &length) != napi_ok || length != 1 ||
      allowed.find(text[0]) == std::string_view::npos) {
    fail("expected one letter of " + std::string(allowed));
  }
  return text[0];
}

double Arguments::number() {
  double result = 0;
  Napi::Value v = value();
  if (napi_get_value_double(env(), v, &result) != napi_ok) fail("expected a number");
  return result;
}

bool Arguments::flag() {
  bool result = false;
  Napi::Value v = value();
  if (napi_get_value_bool(env(), v, &result) != napi_ok) fail("expected a boolean");
  return result;
}

std::string Arguments::text() {
  Napi::Value v = value();
  if (!v.IsString()) fail("expected a string");
  return v.As<Napi::String>().Utf8Value();
}

int64_t Arguments::count() {
  double n = number();
  if (!(n >= 0 && n <= 9007199254740992.0) || n != static_cast<double>(static_cast<int64_t>(n))) {
    fail("expected a non-negative integer");
  }
  return static_cast<int64_t>(n);
}

lapack::integer Arguments::dimension() { return to_integer(static_cast<double>(count()), "A dimension"); }

Arguments::Memory Arguments::typed_array(napi_typedarray_type wanted, std::vector<Napi::ObjectReference>* keep) {
  napi_typedarray_type type{};
  Memory memory{nullptr, 0};
  Napi::Value v = value();
  if (napi_get_typedarray_info(env(), v, &type, &memory.length, &memory.data, nullptr, nullptr) != napi_ok ||
      type != wanted) {
    fail("expected another typed array");
  }
  if (keep != nullptr) keep->push_back(Napi::Persistent(v.As<Napi::Object>()));
  return memory;
}

bool Arguments::nothing() {
  Napi::Value v = info_[next_];
  if (!v.IsNull() && !v.IsUndefined()) return false;
  next_++;
  return true;
}

void Arguments::need_matrix(double length, double rows, double cols, double ld) {
  if (ld < rows || ld < 1) range("leading dimension " + std::to_string(static_cast<int64_t>(ld)) + " is too small");
  const double needed = cols > 0 && rows > 0 ? ld * (cols - 1) + rows : 0;
  if (length < needed) too_short(length, needed);
}

void Arguments::fail(const std::string& what) {
  throw Napi::TypeError::New(env(), "native argument " + std::to_string(next_ == 0 ? 0 : next_ - 1) + ": " + what);
}

void Arguments::range(const std::string& what) { throw Napi::RangeError::New(env(), "native: " + what); }

void Arguments::too_short(double have, double needed) {
  range("array of " + std::to_string(static_cast<int64_t>(have)) + " elements where " +
        std::to_string(static_cast<int64_t>(needed)) + " are needed");
}

void throw_to_javascript(Napi::Env env) {
  auto coded = [&](const char* message, const char* code) {
    Napi::Error error = Napi::Error::New(env, message);
    error.Set("code", Napi::String::New(env, code));
    return error;
  };
  try {
    throw;
  } catch (const Napi::Error&) {
    throw;
  } catch (const OutOfMemory& refused) {
    throw coded(refused.what(), "memory");
  } catch (const std::bad_alloc&) {
    throw coded("Unable to allocate the work space of a routine", "memory");
  } catch (const PastIntegers& refused) {
    throw coded(refused.what(), "linalg");
  } catch (const Stopped& stopped) {
    throw coded(stopped.what(), "cancelled");
  } catch (const std::exception& error) {
    throw Napi::Error::New(env, error.what());
  }
}

// ---- refusals

OutOfMemory::OutOfMemory(double bytes) {
  const char* const units[] = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  int unit = 0;
  for (; bytes >= 999.5 && unit < 6; unit++) bytes /= 1024;
  const int digits = unit == 0 || bytes >= 99.95 ? 0 : bytes >= 9.995 ? 1 : 2;
  std::snprintf(text_, sizeof text_, "Unable to allocate %.*f %s of work space", digits, bytes, units[unit]);
}

void* allocate(double bytes, std::align_val_t alignment) {
  // More than an address holds; what is not a number ends here too.
  if (!(bytes < 4.0e15)) throw OutOfMemory(bytes);
  void* made = ::operator new(static_cast<size_t>(bytes), alignment, std::nothrow);
  if (made == nullptr) throw OutOfMemory(bytes);
  return made;
}

namespace {

std::string grouped(double count) {
  const std::string digits = std::to_string(static_cast<int64_t>(std::min(count, 9.0e18)));
  std::string text;
  for (size_t at = 0; at < digits.size(); at++) {
    if (at > 0 && (digits.size() - at) % 3 == 0) text += ',';
    text += digits[at];
  }
  return text;
}

}  // namespace

PastIntegers::PastIntegers(double count, const char* what)
    : text_(std::string(what) + " of " + grouped(count) + " is past the integers of the installed LAPACK, which end at " +
            grouped(static_cast<double>(lapack::integer_max))) {}

lapack::integer to_integer(double count, const char* what) {
  if (!(count <= static_cast<double>(lapack::integer_max))) throw PastIntegers(count, what);
  return static_cast<lapack::integer>(count);
}

}  // namespace eigenscope
