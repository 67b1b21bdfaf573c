// C is cut into blocks, and they into tiles that registers hold (Goto, van de Geijn 2008; Van Zee, van de Geijn 2015). Panels
// of B for the whole width lie in the last cache, a block of A in each core's own.
#include "gemm.h"

#include <atomic>
#include <complex>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>
#include <vector>

#include "gemm_kernels.h"
#include "gemv.h"
#include "huge_pages.h"
#include "kernels/pool.h"
#include "refusals.h"
#include "stop.h"

namespace eigenscope {
namespace {

/// Depth, width and bytes of A of a block: a panel of B shall stay in the first cache, a block of A in the second.
constexpr int64_t kDepthBytes = 3072, kColumns = 2048, kBlockBytes = 450000;
/// Up to this size of a step of A, all threads pack it together.
constexpr double kSharedBytes = 2.5e6;
/// Multiply-adds (of 64 bits, real) up to which one thread packs nothing that need not be, and from which on several gain.
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
      block_.data = allocate(static_cast<double>(block_.bytes), alignment());
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
    for (int i = 0; i < count; i++) rooms_.push_back(std::make_unique<PanelRoom>(bytes));
  }
  template <class F>
  void with_one(F&& f) {
    size_t at = 0;
    until([&] {
      at = (at + 1) % rooms_.size();
      return !taken_[at].exchange(true);
    });
    f(*rooms_[at]);
    taken_[at] = false;
  }

 private:
  std::vector<std::unique_ptr<PanelRoom>> rooms_;
  std::vector<std::atomic<bool>> taken_;
};

/// `length` things in equal parts, as far as whole ones go.
struct Parts {
  int64_t length, count;
  int64_t begin(int64_t i) const { return i * length / count; }
};

template <class T>
class Product {
  using R = Real<T>;
  static constexpr int64_t parts = IsComplex<T>::value ? 2 : 1;
  static constexpr auto size = static_cast<int64_t>(sizeof(T));

 public:
  Product(Strided<T> a, bool conjugate_a, Strided<T> b, bool conjugate_b, int64_t m, int64_t n, int64_t k,
          const Update<T>& update, T* c, int64_t ldc, bool alone)
      : kernels_(gemm_kernels<T>()),
        mr_(kernels_.mr),
        nr_(kernels_.nr),
        a_(a),
        b_(b),
        conjugate_a_(conjugate_a),
        conjugate_b_(conjugate_b),
        m_(m),
        n_(n),
        k_(k),
        update_(update),
        c_(c),
        ldc_(ldc),
        depth_(piece(k, kDepthBytes / size, 1)),
        stop_(alone ? nullptr : stop_flag()) {
    const double work = static_cast<double>(m) * static_cast<double>(n) * static_cast<double>(k) * (size / 8.0) * parts;
    threads_ = alone || work < kThreaded ? 1 : kernel_threads();
    const bool direct = threads_ == 1 && work < kDirect;
    // Complex rows of A must be taken apart, and B's conjugates be made.
    if (direct && a.across == 1 && !IsComplex<T>::value) {
      a_from_ = From::where_it_lies;
    } else if (threads_ > 1 && static_cast<double>(m) * depth_ * size <= kSharedBytes) {
      a_from_ = From::shared_panels;
    }
    direct_b_ = direct && !conjugate_b;
  }

  /// Only what lies on and below the diagonal.
  void lower_only() { lower_ = true; }

  void run() {
    const int64_t columns = piece(n_, kColumns, nr_);
    for (int64_t j = 0; j < n_; j += columns) {
      threads_ == 1 ? alone(j, std::min(columns, n_ - j)) : together(j, std::min(columns, n_ - j));
    }
    if (asked(stop_)) throw Stopped();
  }

 private:
  /// Where a block of A is read: in the matrix, in panels packed for all threads, or packed by the thread for itself.
  enum class From { where_it_lies, shared_panels, own_panels };

  int64_t bytes_of(int64_t rows, int64_t unit) const { return up(rows, unit) * depth_ * size; }
  /// Rows of A as the second cache holds them, in panels.
  int64_t block_panels() const { return std::max<int64_t>(1, kBlockBytes / (size * depth_ * mr_)); }

  /// All rows of `width` columns of C from column j on.
  void alone(int64_t j, int64_t width) {
    std::unique_ptr<PanelRoom> room_b, room_a;
    if (!direct_b_) room_b = std::make_unique<PanelRoom>(bytes_of(width, nr_));
    const int64_t most = block_panels() * mr_;
    for (int64_t p = 0; p < k_; p += depth_) {
      const int64_t depth = std::min(depth_, k_ - p);
      if (!direct_b_) pack_b(j, width, p, depth, room_b->template get<R>());
      for (int64_t i = 0; i < m_ && !asked(stop_); i += most) {
        const int64_t rows = std::min(most, m_ - i), own = rows_to_pack(rows);
        if (own > 0 && !room_a) room_a = std::make_unique<PanelRoom>(bytes_of(own, mr_));
        block(i, rows, j, 0, width, p, depth, nullptr, room_b ? room_b->template get<R>() : nullptr,
              [&](auto&& use) { use(*room_a); });
      }
    }
  }

  void together(int64_t j, int64_t width) {
    const int64_t phases = (k_ + depth_ - 1) / depth_;
    const int64_t panels = (m_ + mr_ - 1) / mr_, wide = (width + nr_ - 1) / nr_;
    const bool shared_a = a_from_ == From::shared_panels;
    int64_t blocks = (panels + block_panels() - 1) / block_panels(), shares = 1;
    if (a_from_ == From::own_panels) {
      // Whoever takes a share of the columns only packs the same rows again.
      blocks = std::min(panels, up(std::max<int64_t>(blocks, 4 * threads_), threads_));
      while (blocks * shares < 2 * threads_ && wide >= 4 * shares) shares *= 2;
    } else {
      // Of a triangle half of the blocks are empty, and some half so.
      const int64_t wanted = (lower_ ? 16 : 6) * threads_;
      while (blocks * shares < wanted && wide >= 2 * shares) shares *= 2;
      while (blocks * shares < 2 * threads_ && blocks < panels) blocks++;
    }
    const Parts rows{panels, blocks}, columns{wide, shares};
    const Parts pack_a{panels, shared_a ? std::min<int64_t>(panels, 3 * threads_) : 0};
    const Parts pack_b{wide, std::min<int64_t>(wide, 3 * threads_)};
    const int64_t packs = pack_a.count + pack_b.count, tasks = blocks * shares;

    // Panels of one step of depth are read while those of the next are packed.
    const int64_t room_a = shared_a ? bytes_of(m_, mr_) : 0, room_b = bytes_of(width, nr_);
    PanelRoom packed((room_a + room_b) * std::min<int64_t>(phases, 2));
    Rooms rooms(shared_a ? 0 : threads_, bytes_of((panels + blocks - 1) / blocks * mr_, mr_));

    // Tasks begin in their order and wait for earlier ones only, so that one of those at work never waits.
    struct Phase {
      std::atomic<int64_t> packed{0}, done{0};
    };
    std::vector<Phase> phase(static_cast<size_t>(phases));
    std::vector<std::atomic<int64_t>> written(static_cast<size_t>(tasks));
    auto one = [&](int64_t index) {
      const auto at = static_cast<size_t>(index / (packs + tasks));
      const auto step = static_cast<int64_t>(at), p = step * depth_, depth = std::min(depth_, k_ - p);
      R* panels_a = packed.get<R>() + (step % 2) * (room_a + room_b) / static_cast<int64_t>(sizeof(R));
      R* panels_b = panels_a + room_a / static_cast<int64_t>(sizeof(R));
      int64_t task = index % (packs + tasks);
      if (task < packs) {
        if (at >= 2) until([&] { return phase[at - 2].done == tasks; });
        if (!asked(stop_)) {
          if (task < pack_a.count) {
            const int64_t i = pack_a.begin(task) * mr_, end = std::min(m_, pack_a.begin(task + 1) * mr_);
            kernels_.pack_a(part(a_, i, p), end - i, depth, conjugate_a_, panels_a + i * depth * parts);
          } else {
            task -= pack_a.count;
            const int64_t from = pack_b.begin(task) * nr_, end = std::min(width, pack_b.begin(task + 1) * nr_);
            this->pack_b(j + from, end - from, p, depth, panels_b + from * depth * parts);
          }
        }
        phase[at].packed++;
        return;
      }
      task -= packs;
      auto& mine = written[static_cast<size_t>(task)];
      until([&] { return phase[at].packed == packs && mine == step; });
      if (!asked(stop_)) {
        // The largest blocks of a lower triangle first.
        const int64_t b = blocks - 1 - task / shares, i = rows.begin(b) * mr_;
        const int64_t from = columns.begin(task % shares) * nr_;
        const int64_t end = std::min(width, columns.begin(task % shares + 1) * nr_);
        block(i, std::min(m_, rows.begin(b + 1) * mr_) - i, j, from, end - from, p, depth,
              panels_a + i * depth * parts, panels_b + from * depth * parts,
              [&](auto&& use) { rooms.with_one(use); });
      }
      mine = step + 1;
      phase[at].done++;
    };
    on_pool_in_order(phases * (packs + tasks), [&](int64_t index) { one(index); });
  }

  static Strided<T> part(const Strided<T>& x, int64_t i, int64_t p) {
    return {x.data + i * x.across + p * x.along, x.across, x.along};
  }

  void pack_b(int64_t j, int64_t width, int64_t p, int64_t depth, R* to) const {
    kernels_.pack_b(part(b_, j, p), width, depth, conjugate_b_, to);
  }

  /// Of a block of rows, how many the thread packs for itself; a vector that is not whole cannot be read where it lies.
  int64_t rows_to_pack(int64_t rows) const {
    if (a_from_ == From::where_it_lies) return rows % kernels_.lanes == 0 ? 0 : rows % mr_;
    return a_from_ == From::own_panels ? rows : 0;
  }

  /// `rows` rows from row i on, `width` columns from column j + from on, of one step of depth.
  template <class Borrow>
  void block(int64_t i, int64_t rows, int64_t j, int64_t from, int64_t width, int64_t p, int64_t depth,
             const R* panels_a, const R* panels_b, Borrow&& borrow) const {
    const int64_t below = lower_ ? i - j - from : kWhole;
    if (lower_ && i + rows <= j + from) return;
    const Update<T> update = p == 0 ? update_ : Update<T>{update_.alpha, T(1), false};
    Panels<R> x;
    if (direct_b_) {
      x.b = reinterpret_cast<const R*>(part(b_, j + from, p).data);
      x.b_panel = parts * nr_ * b_.across;
      x.b_step = parts * b_.along;
      x.b_across = parts * b_.across;
    } else {
      x.b = panels_b;
      x.b_panel = parts * nr_ * depth;
      x.b_step = parts * nr_;
      x.b_across = parts;
    }
    T* c = c_ + i + (j + from) * ldc_;
    const int64_t own = rows_to_pack(rows), others = rows - own;
    if (others > 0) {
      const bool lies = a_from_ == From::where_it_lies;
      x.a = lies ? reinterpret_cast<const R*>(part(a_, i, p).data) : panels_a;
      x.a_panel = lies ? mr_ : parts * mr_ * depth;
      x.a_step = lies ? a_.along : parts * mr_;
      kernels_.block(others, width, depth, x, update, below, c, ldc_);
    }
    if (own == 0) return;
    borrow([&](PanelRoom& room) {
      kernels_.pack_a(part(a_, i + others, p), own, depth, conjugate_a_, room.get<R>());
      x.a = room.get<R>();
      x.a_panel = parts * mr_ * depth;
      x.a_step = parts * mr_;
      kernels_.block(own, width, depth, x, update, lower_ ? below + others : kWhole, c + others, ldc_);
    });
  }

  const GemmKernels<T>& kernels_;
  const int64_t mr_, nr_;
  const Strided<T> a_, b_;
  const bool conjugate_a_, conjugate_b_;
  const int64_t m_, n_, k_;
  const Update<T> update_;
  T* const c_;
  const int64_t ldc_, depth_;
  const StopFlag stop_;
  int threads_ = 1;
  From a_from_ = From::own_panels;
  bool direct_b_ = false, lower_ = false;
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

/// y := alpha · op(A) · x + beta · y, where x may lie anyhow and be conjugated.
template <class T>
void with_vector(Strided<T> a, bool conjugate_a, int64_t m, int64_t k, const Update<T>& update, const T* x, int64_t step_x,
                 bool conjugate_x, T* y, int64_t step_y, bool alone) {
  std::vector<T> copy;
  if (step_x != 1 || conjugate_x) {
    copy.resize(static_cast<size_t>(k));
    for (int64_t p = 0; p < k; p++) {
      copy[static_cast<size_t>(p)] = x[p * step_x];
      if constexpr (IsComplex<T>::value) {
        if (conjugate_x) copy[static_cast<size_t>(p)] = std::conj(x[p * step_x]);
      }
    }
    x = copy.data();
  }
  gemv(a, conjugate_a, m, k, update, x, y, step_y, alone);
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
  const Update<T> update{alpha, beta, beta == T(0)};
  const bool with_itself = a == b && m == n && left.across == right.across && left.along == right.along;
  const bool mirrored = with_itself && beta == T(0) && std::imag(alpha) == 0 && !(conjugate_a && conjugate_b);
  if (n == 1) {
    with_vector(left, conjugate_a, m, k, update, b, right.along, conjugate_b, c, 1, alone);
  } else if (m == 1) {
    with_vector(right, conjugate_b, n, k, update, a, left.along, conjugate_a, c, ldc, alone);
  } else {
    Product<T> product(left, conjugate_a, right, conjugate_b, m, n, k, update, c, ldc, alone);
    if (mirrored) product.lower_only();
    product.run();
  }
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
