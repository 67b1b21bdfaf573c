// C is cut into blocks, and they into tiles that registers hold (Goto, van de Geijn 2008; Van Zee, van de Geijn 2015). Panels
// of B for the whole width lie in the last cache, a block of A in each core's own.
#include "gemm.h"

#include <atomic>
#include <complex>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>
#include <vector>

#include "gemm_kernels.h"
#include "huge_pages.h"
#include "kernels/pool.h"
#include "stop.h"

namespace eigenscope {
namespace {

/// Depth, width and bytes of A of a block: a panel of B shall stay in the first cache, a block of A in the second.
constexpr int64_t kDepthBytes = 3072, kColumns = 2048, kBlockBytes = 600000;
/// Multiply-adds up to which nothing is packed that need not be, and from which on several threads gain.
constexpr double kDirect = 8e6, kThreaded = 5e5;

int64_t up(int64_t n, int64_t unit) { return (n + unit - 1) / unit * unit; }

/// `length` in equal pieces of at most `most`, multiples of `unit`.
int64_t piece(int64_t length, int64_t most, int64_t unit) {
  const int64_t pieces = std::max<int64_t>(1, (length + most - 1) / most);
  return std::max(unit, up((length + pieces - 1) / pieces, unit));
}

/// Room for packed panels, which are filled once and read often. It is kept for the next product.
class PanelRoom {
 public:
  explicit PanelRoom(int64_t bytes) {
    std::lock_guard lock(shelf().mutex);
    auto& kept = shelf().blocks;
    // The smallest that is large enough.
    auto best = kept.end();
    for (auto it = kept.begin(); it != kept.end(); ++it) {
      if (it->bytes >= bytes && (best == kept.end() || it->bytes < best->bytes)) best = it;
    }
    if (best != kept.end()) {
      block_ = *best;
      kept.erase(best);
      shelf().bytes -= block_.bytes;
    } else {
      block_.bytes = up(bytes, bytes < kHuge ? 4096 : kHuge);
      block_.data = ::operator new(static_cast<size_t>(block_.bytes), alignment());
      want_huge_pages(block_.data, static_cast<size_t>(block_.bytes));
    }
  }
  PanelRoom(const PanelRoom&) = delete;
  PanelRoom& operator=(const PanelRoom&) = delete;
  ~PanelRoom() {
    {
      std::lock_guard lock(shelf().mutex);
      if (shelf().bytes + block_.bytes <= kMostKept && shelf().blocks.size() < kMostBlocks) {
        shelf().blocks.push_back(block_);
        shelf().bytes += block_.bytes;
        return;
      }
    }
    ::operator delete(block_.data, alignment());
  }
  template <class R>
  R* get() const {
    return static_cast<R*>(block_.data);
  }

 private:
  static constexpr size_t kMostBlocks = 64;
  static constexpr int64_t kHuge = int64_t(1) << 21;
  static constexpr int64_t kMostKept = int64_t(64) << 20;
  struct Block {
    void* data = nullptr;
    int64_t bytes = 0;
  };
  struct Shelf {
    std::mutex mutex;
    std::vector<Block> blocks;
    int64_t bytes = 0;
    Shelf() { blocks.reserve(kMostBlocks); }
  };
  static Shelf& shelf() {
    static Shelf* the_one = new Shelf;  // threads of the pool may use it at exit
    return *the_one;
  }
  std::align_val_t alignment() const { return std::align_val_t(block_.bytes < kHuge ? 4096 : kHuge); }

  Block block_;
};

/// Waits for what another thread is doing at this moment.
template <class F>
void until(F&& done) {
  for (int spins = 0; !done(); spins++) {
    if (spins > 200) std::this_thread::yield();
  }
}

/// A room for each thread that is at work, which borrows it for one task.
class Rooms {
 public:
  Rooms(int count, int64_t bytes) : taken_(static_cast<size_t>(count)) {
    for (int i = 0; i < count; i++) rooms_.emplace_back(bytes);
  }
  template <class F>
  void with_one(F&& f) {
    size_t at = 0;
    until([&] {
      at = (at + 1) % rooms_.size();
      return !taken_[at].exchange(true);
    });
    f(rooms_[at]);
    taken_[at] = false;
  }

 private:
  std::deque<PanelRoom> rooms_;
  std::vector<std::atomic<bool>> taken_;
};

template <class T>
class Product {
  using R = Real<T>;
  static constexpr int64_t parts = IsComplex<T>::value ? 2 : 1;

 public:
  Product(Strided<T> a, bool conjugate_a, Strided<T> b, bool conjugate_b, int64_t m, int64_t n, int64_t k, T alpha,
          T beta, T* c, int64_t ldc, bool alone)
      : kernels_(gemm_kernels<T>()),
        a_(a),
        b_(b),
        conjugate_a_(conjugate_a),
        conjugate_b_(conjugate_b),
        m_(m),
        n_(n),
        k_(k),
        alpha_(alpha),
        beta_(beta),
        c_(c),
        ldc_(ldc),
        depth_(piece(k, kDepthBytes / static_cast<int64_t>(sizeof(T)), 1)),
        stop_(stop_flag()) {
    const double products = static_cast<double>(m) * static_cast<double>(n) * static_cast<double>(k) *
                            (IsComplex<T>::value ? 4 : 1) * static_cast<double>(sizeof(R)) / 8;
    threads_ = alone || products < kThreaded ? 1 : kernel_threads();
    // Complex rows of A must be taken apart, and B's conjugates be made.
    direct_a_ = !IsComplex<T>::value && a.across == 1 && products < kDirect;
    direct_b_ = !conjugate_b && products < kDirect && k <= depth_;
  }

  /// Only what lies on and below the diagonal.
  void lower_only() { lower_ = true; }

  void run() {
    columns_ = piece(n_, kColumns, kernels_.nr);
    for (int64_t j = 0; j < n_; j += columns_) slab(j, std::min(columns_, n_ - j));
    if (asked(stop_)) throw Stopped();
  }

 private:
  /// All rows of `width` columns of C from column j0 on.
  void slab(int64_t j0, int64_t width) {
    const int64_t phases = (k_ + depth_ - 1) / depth_;
    const int64_t mr = kernels_.mr, nr = kernels_.nr;
    // Blocks of rows as the second cache holds them, but enough of them for the threads; then shares of the columns.
    int64_t most = std::max(mr, kBlockBytes / static_cast<int64_t>(sizeof(T)) / depth_);
    if (threads_ > 1) most = std::min(most, std::max<int64_t>(mr, up((m_ + threads_ - 1) / threads_, mr)));
    const int64_t rows = piece(m_, most, mr), blocks = (m_ + rows - 1) / rows;
    int64_t shares = 1;
    if (threads_ > 1) {
      while (blocks * shares < 4 * threads_ && width / (shares * 2) >= 4 * nr) shares *= 2;
    }
    const int64_t share = up((width + shares - 1) / shares, nr);
    shares = (width + share - 1) / share;

    const int64_t tasks = blocks * shares;
    const int64_t pack_tasks = direct_b_ ? 0 : threads_ == 1 ? 1 : std::min<int64_t>(4 * threads_, (width + nr - 1) / nr);
    const int64_t pack_share = pack_tasks == 0 ? 0 : up((width + pack_tasks - 1) / pack_tasks, nr);
    const int64_t room = direct_b_ ? 0 : parts * up(width, nr) * depth_;
    std::unique_ptr<PanelRoom> packed;
    if (!direct_b_) packed = std::make_unique<PanelRoom>((phases > 1 ? 2 : 1) * room * static_cast<int64_t>(sizeof(R)));

    const int64_t packed_rows = up(direct_a_ ? std::min(mr, rows) : rows, mr);
    Rooms rooms(threads_, parts * packed_rows * depth_ * static_cast<int64_t>(sizeof(R)));

    struct Counters {
      std::atomic<int64_t> packed{0}, done{0};
    };
    std::vector<Counters> counters(static_cast<size_t>(threads_ > 1 ? phases : 0));
    std::vector<std::atomic<int64_t>> written(static_cast<size_t>(threads_ > 1 ? tasks : 0));
    // Tasks begin in order and wait only for earlier ones, so that the first unfinished one never waits.
    const int64_t in_phase = pack_tasks + tasks;
    auto one = [&](int64_t index) {
      if (asked(stop_)) return stopped(counters, written, index / in_phase, index % in_phase, pack_tasks);
      const int64_t phase = index / in_phase, p0 = phase * depth_, depth = std::min(depth_, k_ - p0);
      R* panels = direct_b_ ? nullptr : packed->template get<R>() + (phase % 2) * room;
      const auto at = static_cast<size_t>(phase);
      if (index % in_phase < pack_tasks) {
        const int64_t from = index % in_phase * pack_share;
        if (threads_ > 1 && phase >= 2) until([&] { return counters[at - 2].done == tasks; });
        if (from < width) {
          kernels_.pack_b({b_.data + (j0 + from) * b_.across + p0 * b_.along, b_.across, b_.along},
                          std::min(pack_share, width - from), depth, conjugate_b_, panels + from * depth * parts);
        }
        if (threads_ > 1) counters[at].packed++;
        return;
      }
      const int64_t task = index % in_phase - pack_tasks;
      if (threads_ > 1) {
        until([&] { return counters[at].packed == pack_tasks && written[static_cast<size_t>(task)] == phase; });
      }
      // The largest blocks of a lower triangle first.
      const int64_t i0 = (blocks - 1 - task / shares) * rows, from = task % shares * share;
      block(i0, std::min(rows, m_ - i0), j0, from, std::min(share, width - from), p0, depth, panels, rooms);
      if (threads_ > 1) {
        written[static_cast<size_t>(task)] = phase + 1;
        counters[at].done++;
      }
    };
    if (threads_ > 1) {
      on_pool(phases * in_phase, [&](int64_t index) { one(index); });
    } else {
      for (int64_t index = 0; index < phases * in_phase; index++) one(index);
    }
  }

  template <class Counters, class Written>
  static void stopped(Counters& counters, Written& written, int64_t phase, int64_t index, int64_t pack_tasks) {
    if (counters.empty()) return;
    // Others may be waiting.
    const auto at = static_cast<size_t>(phase);
    if (index < pack_tasks) {
      counters[at].packed++;
    } else {
      written[static_cast<size_t>(index - pack_tasks)] = phase + 1;
      counters[at].done++;
    }
  }

  void block(int64_t i0, int64_t rows, int64_t j0, int64_t from, int64_t columns, int64_t p0, int64_t depth,
             const R* panels, Rooms& rooms) {
    const int64_t below = lower_ ? i0 - j0 - from : kWhole;
    if (lower_ && i0 + rows <= j0 + from) return;
    const int64_t mr = kernels_.mr, nr = kernels_.nr;
    const Update<T> update{alpha_, p0 == 0 ? beta_ : T(1), p0 == 0 && beta_ == T(0)};
    Panels<R> x;
    if (direct_b_) {
      x.b = reinterpret_cast<const R*>(b_.data + (j0 + from) * b_.across + p0 * b_.along);
      x.b_panel = parts * nr * b_.across;
      x.b_step = parts * b_.along;
      x.b_across = parts * b_.across;
    } else {
      x.b = panels + from * depth * parts;
      x.b_panel = parts * nr * depth;
      x.b_step = parts * nr;
      x.b_across = parts;
    }
    T* c = c_ + i0 + (j0 + from) * ldc_;
    const Strided<T> a{a_.data + i0 * a_.across + p0 * a_.along, a_.across, a_.along};
    int64_t direct = 0;
    if (direct_a_) {
      direct = rows - rows % mr;
      x.a = reinterpret_cast<const R*>(a.data);
      x.a_panel = mr;
      x.a_step = a.along;
      if (direct > 0) kernels_.block(direct, columns, depth, x, update, below, c, ldc_);
    }
    if (direct == rows) return;
    rooms.with_one([&](PanelRoom& room) {
      kernels_.pack_a({a.data + direct * a.across, a.across, a.along}, rows - direct, depth, conjugate_a_, room.get<R>());
      x.a = room.get<R>();
      x.a_panel = parts * mr * depth;
      x.a_step = parts * mr;
      kernels_.block(rows - direct, columns, depth, x, update, below + (lower_ ? direct : 0), c + direct, ldc_);
    });
  }

  const GemmKernels<T>& kernels_;
  const Strided<T> a_, b_;
  const bool conjugate_a_, conjugate_b_;
  const int64_t m_, n_, k_;
  const T alpha_, beta_;
  T* const c_;
  const int64_t ldc_, depth_;
  int64_t columns_ = 0;
  const StopFlag stop_;
  int threads_ = 1;
  bool direct_a_ = false, direct_b_ = false, lower_ = false;
};

/// C := beta · C.
template <class T>
void scale(int64_t m, int64_t n, T beta, T* c, int64_t ldc) {
  for (int64_t j = 0; j < n; j++) {
    for (int64_t i = 0; i < m; i++) c[i + j * ldc] = beta == T(0) ? T(0) : beta * c[i + j * ldc];
  }
}

/// What lies above the diagonal becomes the mirror of what lies below.
template <class T>
void mirror(int64_t n, bool conjugate, T* c, int64_t ldc, bool alone) {
  constexpr int64_t side = 32;
  const int64_t strips = (n + side - 1) / side;
  auto strip = [&](int64_t s) {
    const int64_t j0 = s * side, j1 = std::min(n, j0 + side);
    for (int64_t i0 = 0; i0 <= j0; i0 += side) {
      for (int64_t j = j0; j < j1; j++) {
        for (int64_t i = i0; i < std::min(j, i0 + side); i++) {
          const T x = c[j + i * ldc];
          if constexpr (IsComplex<T>::value) {
            c[i + j * ldc] = conjugate ? std::conj(x) : x;
          } else {
            c[i + j * ldc] = x;
          }
        }
      }
    }
    if constexpr (IsComplex<T>::value) {
      if (conjugate) {
        for (int64_t j = j0; j < j1; j++) c[j + j * ldc] = c[j + j * ldc].real();
      }
    }
  };
  if (alone || n < 256) {
    for (int64_t s = 0; s < strips; s++) strip(s);
  } else {
    on_pool(strips, [&](int64_t s) { strip(s); });
  }
}

}  // namespace

template <class T>
void gemm(char ta, char tb, int64_t m, int64_t n, int64_t k, T alpha, const T* a, int64_t lda, const T* b, int64_t ldb,
          T beta, T* c, int64_t ldc, bool alone) {
  if (m <= 0 || n <= 0) return;
  if (k <= 0 || alpha == T(0)) return scale(m, n, beta, c, ldc);
  const Strided<T> left = ta == 'N' ? Strided<T>{a, 1, lda} : Strided<T>{a, lda, 1};
  const Strided<T> right = tb == 'N' ? Strided<T>{b, ldb, 1} : Strided<T>{b, 1, ldb};
  constexpr bool complex = IsComplex<T>::value;
  const bool conjugate_a = complex && ta == 'C', conjugate_b = complex && tb == 'C';
  Product<T> product(left, conjugate_a, right, conjugate_b, m, n, k, alpha, beta, c, ldc, alone);
  const bool with_itself = a == b && m == n && left.across == right.across && left.along == right.along;
  const bool mirrored = with_itself && beta == T(0) && std::imag(alpha) == 0 && !(conjugate_a && conjugate_b);
  if (mirrored) product.lower_only();
  product.run();
  if (mirrored) mirror(n, conjugate_a != conjugate_b, c, ldc, alone);
}

#define GEMM(T)                                                                                                        \
  template void gemm<T>(char, char, int64_t, int64_t, int64_t, T, const T*, int64_t, const T*, int64_t, T, T*, int64_t, \
                        bool);
GEMM(float)
GEMM(double)
GEMM(std::complex<float>)
GEMM(std::complex<double>)
#undef GEMM

}  // namespace eigenscope
