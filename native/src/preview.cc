// Rank-k pictures at screen size, fast enough for a slider.
//
// D_h · A_k · D_w = (D_h · U_k) · S_k · (V_k · D_w): the down-sampling is applied once to the factors. A new k adds or
// takes away only the ranks between it and the nearest k whose picture is still kept.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <memory>
#include <vector>

#include "boxes.h"
#include "job.h"
#include "modules.h"
#include "rank_update.h"
#include "scratch.h"
#include "stop.h"
#include "strided.h"
#include "threads.h"

namespace eigenscope {
namespace {

/// Ranks are prepared in groups of this many, when they are first needed.
constexpr int64_t kGroup = 128;
/// Pictures on the way are kept for the next jump, within this many bytes.
constexpr double kKeptBytes = 160e6;
/// After this many ranks added and taken away, rounding is wiped out by starting from a kept picture.
constexpr int64_t kMostSteps = 8192;
/// Work beyond this many multiplications is shared between threads.
constexpr double kParallelWork = 1e8;

struct Factor {
  Matrix u, s, vh, a;
  bool has_original = false;
};

struct Plane {
  explicit Plane(int64_t count) : pixels(static_cast<double>(count)) {}
  Scratch<float> pixels;
};

template <class T>
double load(const Matrix& a, int64_t i, int64_t j) {
  return static_cast<double>(*reinterpret_cast<const T*>(a.data + i * a.row_stride + j * a.col_stride));
}

double element(const Matrix& a, int64_t i, int64_t j) {
  return a.dtype == DType::f32 ? load<float>(a, i, j) : load<double>(a, i, j);
}

/// sums += weight · n elements
template <class T>
void add_weighted(const std::byte* p, int64_t step, float weight, float* __restrict sums, int64_t n) {
  if (step == sizeof(T)) {
    auto* x = reinterpret_cast<const T*>(p);
    for (int64_t j = 0; j < n; j++) sums[j] += weight * static_cast<float>(x[j]);
  } else {
    for (int64_t j = 0; j < n; j++, p += step) {
      sums[j] += weight * static_cast<float>(*reinterpret_cast<const T*>(p));
    }
  }
}

/// A line of cells to pixels.
template <class T>
void shrink_line(const std::byte* p, int64_t step, const Boxes& boxes, float* out, int64_t width) {
  for (int64_t j = 0; j < width; j++) {
    auto i = static_cast<size_t>(j);
    const float* weight = boxes.weight.data() + boxes.first[i];
    int64_t n = boxes.count(j);
    const std::byte* x = p + boxes.start[i] * step;
    float sum = 0;
    for (int64_t c = 0; c < n; c++, x += step) sum += weight[c] * static_cast<float>(*reinterpret_cast<const T*>(x));
    out[j] = sum;
  }
}

/// One channel's picture of one region at one size.
class View {
 public:
  View(const Factor& factor, const Region& region, int64_t width, int64_t height, bool area, int64_t keep)
      : factor_(factor),
        region_(region),
        width_(width),
        height_(height),
        rank_(factor.u.cols),
        rows_(area ? area_boxes(region.row1 - region.row0, height) : cell_boxes(region.row1 - region.row0, height)),
        cols_(area ? area_boxes(region.col1 - region.col0, width) : cell_boxes(region.col1 - region.col0, width)),
        u_(static_cast<double>(height) * static_cast<double>(rank_)),
        v_(static_cast<double>(width) * static_cast<double>(rank_)),
        prepared_(static_cast<size_t>((rank_ + kGroup - 1) / kGroup), false),
        current_(width * height),
        step_(std::max<int64_t>(64, (rank_ + keep) / std::max<int64_t>(1, keep))),
        keep_(keep) {
    clear();
  }

  int64_t pixels() const { return width_ * height_; }
  const float* current() const { return current_.pixels.get(); }

  /// Makes `current` the picture of rank k.
  void show(int64_t k, int64_t threads) {
    if (k == k_ && steps_ <= kMostSteps) return;
    start_near(k);
    while (k_ != k) {
      // In stages that end where a picture is to be kept.
      int64_t next = k;
      if (k_ < k) next = std::min(k, (k_ / step_ + 1) * step_);
      if (k_ > k) next = std::max(k, (k_ - 1) / step_ * step_);
      add(std::min(k_, next), std::max(k_, next), next > k_ ? 1.0f : -1.0f, threads);
      steps_ += std::abs(next - k_);
      k_ = next;
      if (k_ % step_ == 0 && k_ > 0 && steps_ <= kMostSteps && !kept_.contains(k_) &&
          static_cast<int64_t>(kept_.size()) < keep_) {
        auto plane = std::make_unique<Plane>(pixels());
        std::copy_n(current(), pixels(), plane->pixels.get());
        kept_.emplace(k_, std::move(plane));
      }
    }
  }

  /// The down-sampled matrix itself.
  const float* original(int64_t threads) {
    if (!original_) {
      auto plane = std::make_unique<Plane>(pixels());
      with_dtype(factor_.a.dtype, [&]<class T>(T) {
        if constexpr (!IsComplex<T>::value) down_sample<T>(plane->pixels.get(), threads);
      });
      original_ = std::move(plane);
    }
    return original_->pixels.get();
  }

 private:
  void clear() {
    std::fill_n(current_.pixels.get(), pixels(), 0.0f);
    k_ = 0;
    steps_ = 0;
  }

  /// Sets `current` to whatever known picture is nearest to rank k.
  void start_near(int64_t k) {
    int64_t from_current = steps_ <= kMostSteps ? std::abs(k - k_) : rank_ + 1;
    const Plane* best = nullptr;
    int64_t best_k = 0, best_distance = k;  // from nothing
    for (auto& [at, plane] : kept_) {
      if (std::abs(k - at) < best_distance) {
        best_distance = std::abs(k - at);
        best_k = at;
        best = plane.get();
      }
    }
    if (from_current <= best_distance) return;
    if (best == nullptr) {
      clear();
    } else {
      std::copy_n(best->pixels.get(), pixels(), current_.pixels.get());
      k_ = best_k;
      steps_ = 0;
    }
  }

  void add(int64_t k0, int64_t k1, float sign, int64_t threads) {
    prepare(k0, k1, threads);
    double work = static_cast<double>(k1 - k0) * static_cast<double>(pixels());
    int64_t parts = work > kParallelWork ? threads : 1;
    int64_t rows = (height_ + parts - 1) / parts;
    in_parallel(parts, parts, [&](int64_t part) {
      int64_t i0 = part * rows, i1 = std::min(height_, i0 + rows);
      if (i0 >= i1) return;
      rank_update(i1 - i0, width_, k1 - k0, sign, u_.get() + i0 * rank_ + k0, rank_, v_.get() + k0 * width_, width_,
                  current_.pixels.get() + i0 * width_, width_);
    });
  }

  void prepare(int64_t k0, int64_t k1, int64_t threads) {
    std::vector<int64_t> groups;
    for (int64_t g = k0 / kGroup; g * kGroup < k1; g++) {
      if (!prepared_[static_cast<size_t>(g)]) groups.push_back(g);
    }
    in_parallel(static_cast<int64_t>(groups.size()), threads, [&](int64_t i) {
      int64_t g0 = groups[static_cast<size_t>(i)] * kGroup, g1 = std::min(rank_, g0 + kGroup);
      factor_.u.dtype == DType::f32 ? prepare_left<float>(g0, g1) : prepare_left<double>(g0, g1);
      factor_.vh.dtype == DType::f32 ? prepare_right<float>(g0, g1) : prepare_right<double>(g0, g1);
    });
    for (int64_t g : groups) prepared_[static_cast<size_t>(g)] = true;
  }

  /// The rows of U · S to pixels.
  template <class T>
  void prepare_left(int64_t k0, int64_t k1) {
    const Matrix& u = factor_.u;
    float scale[kGroup];
    for (int64_t k = k0; k < k1; k++) scale[k - k0] = static_cast<float>(element(factor_.s, k, 0));
    for (int64_t i = 0; i < height_; i++) {
      auto box = static_cast<size_t>(i);
      float* sums = u_.get() + i * rank_ + k0;
      std::fill_n(sums, k1 - k0, 0.0f);
      for (int64_t r = 0; r < rows_.count(i); r++) {
        const std::byte* p = u.data + (region_.row0 + rows_.start[box] + r) * u.row_stride + k0 * u.col_stride;
        add_weighted<T>(p, u.col_stride, rows_.weight[static_cast<size_t>(rows_.first[box] + r)], sums, k1 - k0);
      }
      for (int64_t k = 0; k < k1 - k0; k++) sums[k] *= scale[k];
    }
  }

  /// The columns of Vh to pixels.
  template <class T>
  void prepare_right(int64_t k0, int64_t k1) {
    const Matrix& vh = factor_.vh;
    for (int64_t k = k0; k < k1; k++) {
      shrink_line<T>(vh.data + k * vh.row_stride + region_.col0 * vh.col_stride, vh.col_stride, cols_,
                     v_.get() + k * width_, width_);
    }
  }

  template <class T>
  void down_sample(float* out, int64_t threads) {
    const Matrix& a = factor_.a;
    int64_t n = region_.col1 - region_.col0;
    int64_t parts = static_cast<double>(n) * static_cast<double>(region_.row1 - region_.row0) > 1e6 ? threads : 1;
    int64_t rows = (height_ + parts - 1) / parts;
    in_parallel(parts, parts, [&](int64_t part) {
      std::vector<float> line(static_cast<size_t>(n));
      for (int64_t i = part * rows; i < std::min(height_, (part + 1) * rows); i++) {
        auto box = static_cast<size_t>(i);
        std::fill(line.begin(), line.end(), 0.0f);
        for (int64_t r = 0; r < rows_.count(i); r++) {
          const std::byte* p =
              a.data + (region_.row0 + rows_.start[box] + r) * a.row_stride + region_.col0 * a.col_stride;
          add_weighted<T>(p, a.col_stride, rows_.weight[static_cast<size_t>(rows_.first[box] + r)], line.data(), n);
        }
        shrink_line<float>(reinterpret_cast<const std::byte*>(line.data()), sizeof(float), cols_, out + i * width_,
                           width_);
      }
    });
  }

  const Factor& factor_;
  Region region_;
  int64_t width_, height_, rank_;
  Boxes rows_, cols_;
  Scratch<float> u_, v_;
  std::vector<bool> prepared_;
  Plane current_;
  int64_t k_ = 0, steps_ = 0;
  int64_t step_, keep_;
  std::map<int64_t, std::unique_ptr<Plane>> kept_;
  std::unique_ptr<Plane> original_;
};

/// Two jobs on one preview would meet in its pictures.
class Busy {
 public:
  explicit Busy(std::atomic<bool>& flag) : flag_(flag) {}
  ~Busy() { flag_ = false; }

 private:
  std::atomic<bool>& flag_;
};

struct Frame {
  Region region;
  int64_t width, height, k;
};

class Preview : public Napi::ObjectWrap<Preview> {
 public:
  static void define_class(Napi::Env env, Napi::Object exports) {
    exports.Set("Preview", DefineClass(env, "Preview",
                                       {InstanceMethod<&Preview::values>("values"),
                                        InstanceMethod<&Preview::rgba>("rgba"),
                                        InstanceMethod<&Preview::close>("close")}));
  }

  explicit Preview(const Napi::CallbackInfo& info) : Napi::ObjectWrap<Preview>(info) {
    Arguments args(info);
    Napi::Value list = args.value();
    if (!list.IsArray()) args.fail("expected the channels");
    auto channels = list.As<Napi::Array>();
    if (channels.Length() < 1 || channels.Length() > 16) args.range("between 1 and 16 channels");
    for (uint32_t i = 0; i < channels.Length(); i++) {
      Napi::Value item = channels.Get(i);
      if (!item.IsObject()) args.fail("expected a channel");
      auto channel = item.As<Napi::Object>();
      Factor f;
      f.u = parse_matrix(args, channel.Get("u"), keep_);
      f.s = parse_matrix(args, channel.Get("s"), keep_);
      f.vh = parse_matrix(args, channel.Get("vh"), keep_);
      f.has_original = !channel.Get("a").IsNull();
      if (f.has_original) f.a = parse_matrix(args, channel.Get("a"), keep_);
      for (const Matrix* m : {&f.u, &f.s, &f.vh}) {
        if (m->dtype != DType::f32 && m->dtype != DType::f64) args.range("factors of float32 or float64");
      }
      if (f.s.rows != f.u.cols || f.s.cols != 1 || f.vh.rows != f.u.cols) args.range("factors that fit together");
      if (f.has_original && (f.a.rows != f.u.rows || f.a.cols != f.vh.cols)) args.range("an original that fits");
      if (f.has_original && (f.a.dtype == DType::c64 || f.a.dtype == DType::c128)) args.range("a real original");
      if (i > 0) {
        const Factor& first = factors_.front();
        if (f.u.rows != first.u.rows || f.vh.cols != first.vh.cols || f.u.cols != first.u.cols) {
          args.range("channels of one size and rank");
        }
      }
      factors_.push_back(f);
    }
    area_ = args.flag();
  }

 private:
  Napi::Value values(const Napi::CallbackInfo& info) {
    Arguments args(info);
    Frame frame = parse_frame(args);
    bool residual = args.flag();
    auto channel = static_cast<size_t>(args.count());
    auto out = checked_out<float>(args, frame, 1);
    if (channel >= factors_.size()) args.range("no such channel");
    if (residual && !factors_[channel].has_original) args.range("the original is missing");
    auto largest = std::make_shared<float>(0.0f);
    return Job::start(
        info.Env(), hold(info, std::move(out.keep)),
        [this, frame, residual, channel, data = out.data, largest] {
          Busy until_done(busy_);
          prepare_views(frame);
          View& view = *views_[channel];
          view.show(frame.k, kThreads);
          const float* x = view.current();
          int64_t n = view.pixels();
          if (residual) {
            const float* a = view.original(kThreads);
            for (int64_t i = 0; i < n; i++) data[i] = a[i] - x[i];
          } else {
            std::copy_n(x, n, data);
          }
          *largest = largest_magnitude(data, n);
        },
        [largest](Napi::Env env) { return Napi::Number::New(env, *largest); });
  }

  Napi::Value rgba(const Napi::CallbackInfo& info) {
    Arguments args(info);
    Frame frame = parse_frame(args);
    std::string mode = args.text();
    bool difference = args.flag();
    auto out = checked_out<uint8_t>(args, frame, 4);
    bool grey = mode == "grey";
    if (!grey && mode != "rgb" && mode != "ycbcr") args.fail("expected rgb, ycbcr or grey");
    size_t needed = grey ? 1 : 3;
    if (factors_.size() != needed) args.range("as many channels as the mode has");
    if (difference) {
      for (const Factor& f : factors_) {
        if (!f.has_original) args.range("the original is missing");
      }
    }
    return Job::start(info.Env(), hold(info, std::move(out.keep)),
                      [this, frame, grey, ycbcr = mode == "ycbcr", difference, data = out.data] {
                        Busy until_done(busy_);
                        prepare_views(frame);
                        PixelRequest request{};
                        for (size_t c = 0; c < factors_.size(); c++) {
                          views_[c]->show(frame.k, kThreads);
                          request.planes[c] = views_[c]->current();
                          if (difference) request.originals[c] = views_[c]->original(kThreads);
                        }
                        request.ycbcr = ycbcr;
                        request.grey = grey;
                        request.pixels = frame.width * frame.height;
                        request.out = data;
                        to_pixels(request);
                      });
  }

  Napi::Value close(const Napi::CallbackInfo& info) {
    // Nothing may run meanwhile; the caller keeps the order.
    if (!busy_) views_.clear();
    return info.Env().Undefined();
  }

  Frame parse_frame(Arguments& args) {
    eyes_first();
    if (busy_) args.range("one call at a time");
    Matrix whole;
    whole.rows = factors_[0].u.rows;
    whole.cols = factors_[0].vh.cols;
    Napi::Value value = args.value();
    parse_region(args, whole, value);
    auto object = value.As<Napi::Object>();
    auto at = [&](const char* name) { return object.Get(name).As<Napi::Number>().Int64Value(); };
    Frame frame{{at("row0"), at("row1"), at("col0"), at("col1")}, args.count(), args.count(), args.count()};
    if (frame.width < 1 || frame.height < 1 || frame.width > 65536 || frame.height > 65536) {
      args.range("size out of range");
    }
    if (frame.region.row0 == frame.region.row1 || frame.region.col0 == frame.region.col1) args.range("empty region");
    if (frame.k > factors_[0].u.cols) args.range("k exceeds the rank");
    return frame;
  }

  template <class T>
  struct Out {
    T* data;
    std::vector<Napi::ObjectReference> keep;
  };

  template <class T>
  Out<T> checked_out(Arguments& args, const Frame& frame, double parts) {
    Out<T> out;
    auto span = args.array<T>(&out.keep);
    args.need(span, parts * static_cast<double>(frame.width) * static_cast<double>(frame.height));
    out.data = span.data;
    return out;
  }

  /// What a job must keep alive: its result and this object. From here on no other call may come.
  std::vector<Napi::ObjectReference> hold(const Napi::CallbackInfo& info, std::vector<Napi::ObjectReference> keep) {
    busy_ = true;
    keep.push_back(Napi::Persistent(info.This().As<Napi::Object>()));
    return keep;
  }

  void prepare_views(const Frame& f) {
    const Region& r = f.region;
    bool same = !views_.empty() && width_ == f.width && height_ == f.height && region_.row0 == r.row0 &&
                region_.row1 == r.row1 && region_.col0 == r.col0 && region_.col1 == r.col1;
    if (same) return;
    views_.clear();
    region_ = r;
    width_ = f.width;
    height_ = f.height;
    double plane = 4.0 * static_cast<double>(f.width) * static_cast<double>(f.height);
    auto keep = static_cast<int64_t>(kKeptBytes / plane / static_cast<double>(factors_.size()));
    keep = std::max<int64_t>(1, std::min<int64_t>(24, keep));
    std::vector<std::unique_ptr<View>> views;
    for (const Factor& factor : factors_) {
      views.push_back(std::make_unique<View>(factor, r, f.width, f.height, area_, keep));
    }
    views_ = std::move(views);
  }

  static constexpr int64_t kThreads = 2;

  std::vector<Factor> factors_;
  std::vector<Napi::ObjectReference> keep_;
  bool area_ = false;
  std::atomic<bool> busy_{false};
  Region region_;
  int64_t width_ = 0, height_ = 0;
  std::vector<std::unique_ptr<View>> views_;
};

}  // namespace

void define_preview(Napi::Env env, Napi::Object exports) { Preview::define_class(env, exports); }

}  // namespace eigenscope
