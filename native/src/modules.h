// Each part of the addon adds its functions to the exports.
#pragma once

#include <napi.h>

namespace eigenscope {

void define_blas(Napi::Env env, Napi::Object exports);
void define_systems(Napi::Env env, Napi::Object exports);
void define_least_squares(Napi::Env env, Napi::Object exports);
void define_eigenvalues(Napi::Env env, Napi::Object exports);
void define_singular_values(Napi::Env env, Napi::Object exports);
void define_copy(Napi::Env env, Napi::Object exports);
void define_tile(Napi::Env env, Napi::Object exports);
void define_statistics(Napi::Env env, Napi::Object exports);
void define_picture(Napi::Env env, Napi::Object exports);
void define_preview(Napi::Env env, Napi::Object exports);
void define_csv(Napi::Env env, Napi::Object exports);
void define_memory(Napi::Env env, Napi::Object exports);
void define_picking(Napi::Env env, Napi::Object exports);
void define_counting(Napi::Env env, Napi::Object exports);
void define_reduce(Napi::Env env, Napi::Object exports);
void define_ufunc(Napi::Env env, Napi::Object exports);
void define_elementary(Napi::Env env, Napi::Object exports);
void define_stop(Napi::Env env, Napi::Object exports);
void define_sparse_products(Napi::Env env, Napi::Object exports);
void define_sparse_matmul(Napi::Env env, Napi::Object exports);
void define_sparse_solvers(Napi::Env env, Napi::Object exports);
void define_sparse_factors(Napi::Env env, Napi::Object exports);
void define_sparse_eigenvalues(Napi::Env env, Napi::Object exports);
void define_sorting(Napi::Env env, Napi::Object exports);
void define_sorted_places(Napi::Env env, Napi::Object exports);
void define_selection(Napi::Env env, Napi::Object exports);
void define_sorted_lists(Napi::Env env, Napi::Object exports);
void define_random(Napi::Env env, Napi::Object exports);
void define_real_distributions(Napi::Env env, Napi::Object exports);
void define_count_distributions(Napi::Env env, Napi::Object exports);
void define_single_draws(Napi::Env env, Napi::Object exports);
void define_batched_products(Napi::Env env, Napi::Object exports);

}  // namespace eigenscope
