// The parts of the addon that linear algebra has for itself.
#pragma once

#include <napi.h>

namespace eigenscope {

void define_bands(Napi::Env env, Napi::Object exports);
void define_factors(Napi::Env env, Napi::Object exports);
void define_pages(Napi::Env env, Napi::Object exports);
void define_peak(Napi::Env env, Napi::Object exports);
void define_pencils(Napi::Env env, Napi::Object exports);
void define_qr(Napi::Env env, Napi::Object exports);
void define_small(Napi::Env env, Napi::Object exports);
void define_small_factors(Napi::Env env, Napi::Object exports);
void define_small_functions(Napi::Env env, Napi::Object exports);
void define_small_spectra(Napi::Env env, Napi::Object exports);
void define_stacks(Napi::Env env, Napi::Object exports);

}  // namespace eigenscope
