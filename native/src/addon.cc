#include "linalg_modules.h"
#include "modules.h"

namespace {

Napi::Object init(Napi::Env env, Napi::Object exports) {
  eigenscope::define_blas(env, exports);
  eigenscope::define_systems(env, exports);
  eigenscope::define_least_squares(env, exports);
  eigenscope::define_eigenvalues(env, exports);
  eigenscope::define_singular_values(env, exports);
  eigenscope::define_copy(env, exports);
  eigenscope::define_tile(env, exports);
  eigenscope::define_statistics(env, exports);
  eigenscope::define_picture(env, exports);
  eigenscope::define_preview(env, exports);
  eigenscope::define_csv(env, exports);
  eigenscope::define_memory(env, exports);
  eigenscope::define_picking(env, exports);
  eigenscope::define_counting(env, exports);
  eigenscope::define_reduce(env, exports);
  eigenscope::define_ufunc(env, exports);
  eigenscope::define_elementary(env, exports);
  eigenscope::define_stop(env, exports);
  eigenscope::define_sparse_products(env, exports);
  eigenscope::define_sparse_matmul(env, exports);
  eigenscope::define_sparse_solvers(env, exports);
  eigenscope::define_sparse_factors(env, exports);
  eigenscope::define_sparse_eigenvalues(env, exports);
  eigenscope::define_pages(env, exports);
  eigenscope::define_peak(env, exports);
  eigenscope::define_factors(env, exports);
  eigenscope::define_bands(env, exports);
  eigenscope::define_pencils(env, exports);
  eigenscope::define_qr(env, exports);
  eigenscope::define_small(env, exports);
  eigenscope::define_small_factors(env, exports);
  eigenscope::define_small_functions(env, exports);
  eigenscope::define_small_spectra(env, exports);
  eigenscope::define_stacks(env, exports);
  eigenscope::define_sorting(env, exports);
  eigenscope::define_sorted_places(env, exports);
  eigenscope::define_selection(env, exports);
  eigenscope::define_sorted_lists(env, exports);
  eigenscope::define_random(env, exports);
  eigenscope::define_real_distributions(env, exports);
  eigenscope::define_count_distributions(env, exports);
  eigenscope::define_single_draws(env, exports);
  eigenscope::define_batched_products(env, exports);
  return exports;
}

}  // namespace

NODE_API_MODULE(NODE_GYP_MODULE_NAME, init)
