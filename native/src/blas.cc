#include <atomic>
#include <chrono>
#include <cstdlib>
#include <mutex>
#include <sstream>
#include <thread>

#include "blas_threads.h"
#include "gemm.h"
#include "modules.h"
#include "stop.h"
#include "workspace.h"

// OpenBLAS's own functions carry the suffix without the leading Fortran underscore.
#define OPENBLAS_NAME3(a, b, c) a##b##c
#define OPENBLAS_NAME(a, b, c) OPENBLAS_NAME3(a, b, c)
#ifdef EIGENSCOPE_SUFFIXED
#define OPENBLAS(name) OPENBLAS_NAME(EIGENSCOPE_PREFIX, name, 64_)
#else
#define OPENBLAS(name) OPENBLAS_NAME(EIGENSCOPE_PREFIX, name, )
#endif
extern "C" {
char* OPENBLAS(openblas_get_config)(void);
char* OPENBLAS(openblas_get_corename)(void);
int OPENBLAS(openblas_get_num_threads)(void);
void OPENBLAS(openblas_set_num_threads)(int);
}

namespace eigenscope {
namespace {

/// One place decides how many threads BLAS uses, for all threads of the process.
class Threads {
 public:
  /// As many as BLAS began with, or were set.
  int all() {
    std::lock_guard lock(mutex_);
    return begin();
  }
  int chosen() {
    std::lock_guard lock(mutex_);
    begin();
    return chosen_;
  }
  void fix(int threads) {
    std::lock_guard lock(mutex_);
    fixed_ = true;
    all_ = chosen_ = threads;
    apply();
  }
  void choose(double load, double cores) {
    std::lock_guard lock(mutex_);
    if (fixed_) return;
    begin();
    chosen_ = load > 2.5 * cores ? 1 : all_;
    apply();
  }
  void by_itself(int change) {
    std::lock_guard lock(mutex_);
    begin();
    by_themselves_ += change;
    apply();
  }

 private:
  int begin() {
    if (all_ == 0) all_ = chosen_ = OPENBLAS(openblas_get_num_threads)();
    return all_;
  }
  void apply() {
    int threads = by_themselves_ > 0 ? 1 : chosen_;
    if (threads != OPENBLAS(openblas_get_num_threads)()) OPENBLAS(openblas_set_num_threads)(threads);
  }

  std::mutex mutex_;
  int all_ = 0, chosen_ = 0, by_themselves_ = 0;
  bool fixed_ = false;
};

Threads& threads() {
  static Threads the_one;
  return the_one;
}

Napi::Value blas(Arguments& args) {
  std::string config = OPENBLAS(openblas_get_config)();
  bool wide = config.find("USE64BITINT") != std::string::npos;
  if (wide != lapack::ilp64) args.range("the OpenBLAS that was loaded has another integer size than the one built for");
  std::istringstream words(config);
  std::string name, version;
  words >> name >> version;
  Napi::Object result = Napi::Object::New(args.env());
  result.Set("name", name);
  result.Set("config", config);
  result.Set("version", version);
  result.Set("core", std::string(OPENBLAS(openblas_get_corename)()));
  result.Set("threads", threads().all());
  result.Set("ilp64", lapack::ilp64);
  result.Set("integerMax", static_cast<double>(lapack::integer_max));
  return result;
}

Napi::Value set_threads(Arguments& args) {
  int64_t count = args.count();
  if (count < 1 || count > 1024) args.range("threads must be between 1 and 1024");
  threads().fix(static_cast<int>(count));
  return args.env().Undefined();
}

Napi::Value gemm(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    char ta = args.letter("NTC"), tb = args.letter("NTC");
    auto m = args.dimension(), n = args.dimension(), k = args.dimension();
    auto alpha = static_cast<T>(static_cast<Real<T>>(args.number()));
    auto a = args.array<T>();
    auto lda = args.dimension();
    auto b = args.array<T>();
    auto ldb = args.dimension();
    auto beta = static_cast<T>(static_cast<Real<T>>(args.number()));
    auto c = args.array<T>();
    auto ldc = args.dimension();
    ta == 'N' ? args.need(a, m, k, lda) : args.need(a, k, m, lda);
    tb == 'N' ? args.need(b, k, n, ldb) : args.need(b, n, k, ldb);
    args.need(c, m, n, ldc);
    if (static_cast<double>(m) * n * k > 1e7) fit_threads();
    eigenscope::gemm<T>(ta, tb, m, n, k, alpha, a.data, lda, b.data, ldb, beta, c.data, ldc);
    return args.env().Undefined();
  });
}

Napi::Value syrk(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    char uplo = args.letter("UL"), t = args.letter("NTC");
    auto n = args.dimension(), k = args.dimension();
    auto alpha = static_cast<Real<T>>(args.number());
    auto a = args.array<T>();
    auto lda = args.dimension();
    auto beta = static_cast<Real<T>>(args.number());
    auto c = args.array<T>();
    auto ldc = args.dimension();
    t == 'N' ? args.need(a, n, k, lda) : args.need(a, k, n, lda);
    args.need(c, n, n, ldc);
    if (n > 0) lapack::syrk(uplo, t, n, k, alpha, a.data, lda, beta, c.data, ldc);
    return args.env().Undefined();
  });
}

Napi::Value nrm2(Arguments& args) {
  return with_type(args.letter("sdcz"), [&]<class T>(T) -> Napi::Value {
    auto n = args.dimension();
    auto x = args.array<T>();
    auto incx = args.dimension();
    if (incx < 1) args.range("incx must be positive");
    args.need(x, n == 0 ? 0.0 : (n - 1.0) * incx + 1);
    return number(args, lapack::nrm2(n, x.data, incx));
  });
}

}  // namespace

void fit_threads() {
  if (asked(stop_flag())) throw Stopped();
#if !defined(_WIN32)
  using clock = std::chrono::steady_clock;
  static const bool set_outside = std::getenv("OPENBLAS_NUM_THREADS") != nullptr ||
                                  std::getenv("GOTO_NUM_THREADS") != nullptr ||
                                  std::getenv("OMP_NUM_THREADS") != nullptr;
  static std::atomic<clock::rep> looked{0};
  if (set_outside) return;
  clock::rep now = clock::now().time_since_epoch().count(), last = looked;
  if (last != 0 && now - last < clock::duration(std::chrono::milliseconds(500)).count()) return;
  looked = now;
  double load[1] = {0};
  if (getloadavg(load, 1) == 1) threads().choose(load[0], std::max(1u, std::thread::hardware_concurrency()));
#endif
}

int blas_threads() { return threads().chosen(); }

BlasByItself::BlasByItself() { threads().by_itself(1); }
BlasByItself::~BlasByItself() { threads().by_itself(-1); }

void define_blas(Napi::Env env, Napi::Object exports) {
  define<blas>(env, exports, "blas");
  define<set_threads>(env, exports, "setThreads");
  define<gemm>(env, exports, "gemm");
  define<syrk>(env, exports, "syrk");
  define<nrm2>(env, exports, "nrm2");
}

}  // namespace eigenscope
