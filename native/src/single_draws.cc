// Draws in single precision, bit for bit as NumPy's Generator makes them for dtype float32.
#include <array>

#include "draws.h"
#include "modules.h"
#include "ziggurat_tables.h"

namespace eigenscope {

namespace {

/// A ziggurat with shorter draws. Its numbers are those of the long one rounded, but for a few that NumPy rounded the
/// other way.
struct Ziggurat {
  std::array<float, 256> width, height;
  std::array<uint32_t, 256> certain;

  Ziggurat(const uint64_t* widths, const uint64_t* heights, const uint64_t* sure, int fewer_bits) {
    const double scale = std::ldexp(1.0, fewer_bits);
    for (size_t k = 0; k < 256; k++) {
      width[k] = static_cast<float>(std::bit_cast<double>(widths[k]) * scale);
      height[k] = static_cast<float>(std::bit_cast<double>(heights[k]));
      certain[k] = static_cast<uint32_t>(std::nearbyint(static_cast<double>(sure[k]) / scale));
    }
  }
};

const Ziggurat& normal_layers() {
  static const Ziggurat layers(ziggurat::kWidth, ziggurat::kHeight, ziggurat::kCertain, 29);
  return layers;
}

const Ziggurat& exponential_layers() {
  static const Ziggurat layers = [] {
    Ziggurat made(exponential_ziggurat::kWidth, exponential_ziggurat::kHeight, exponential_ziggurat::kCertain, 30);
    made.width[226] = std::nextafter(made.width[226], 1.0f);
    made.height[128] = std::nextafter(made.height[128], 0.0f);
    made.height[154] = std::nextafter(made.height[154], 1.0f);
    made.height[171] = std::nextafter(made.height[171], 0.0f);
    return made;
  }();
  return layers;
}

template <class Bits>
class SingleDraws {
 public:
  explicit SingleDraws(Bits& bits) : bits_(bits) {}

  void begin() { left_ = kMostNumbers; }

  float uniform() {
    if (--left_ < 0) throw NothingAccepted();
    return static_cast<float>(bits_.next32() >> 8) * (1.0f / 16777216.0f);
  }

  float normal() {
    for (;;) {
      const uint32_t r = bits_.next32();
      const unsigned layer = r & 0xff;
      const uint32_t magnitude = r >> 9;
      float x = static_cast<float>(magnitude) * normal_.width[layer];
      if (r & 0x100) x = -x;
      if (magnitude < normal_.certain[layer]) return x;
      if (layer == 0) {
        for (;;) {
          const float beyond = -static_cast<float>(ziggurat::kTailScale) * std::log1p(-uniform());
          const float y = -std::log1p(-uniform());
          if (y + y <= beyond * beyond) continue;
          const float tail = static_cast<float>(ziggurat::kTailStart) + beyond;
          return (magnitude >> 8) & 1 ? -tail : tail;
        }
      }
      const float above = normal_.height[layer - 1], here = normal_.height[layer];
      if (static_cast<double>((above - here) * uniform() + here) < std::exp(-0.5 * x * x)) return x;
    }
  }

  float exponential() {
    for (;;) {
      const uint32_t r = bits_.next32() >> 1;
      const unsigned layer = r & 0xff;
      const float x = static_cast<float>(r >> 8) * exponential_.width[layer];
      if ((r >> 8) < exponential_.certain[layer]) return x;
      if (layer == 0) return static_cast<float>(exponential_ziggurat::kTailStart) - std::log1p(-uniform());
      const float above = exponential_.height[layer - 1], here = exponential_.height[layer];
      if ((above - here) * uniform() + here < std::exp(-x)) return x;
    }
  }

  float exponential_by_inversion() { return static_cast<float>(-std::log1p(-static_cast<double>(uniform()))); }

  /// As in double precision.
  float gamma(float shape) {
    if (shape == 1.0f) return exponential();
    if (shape == 0.0f) return 0.0f;
    if (shape < 1.0f) {
      for (;;) {
        const float u = uniform(), v = exponential();
        if (u <= 1.0f - shape) {
          const float x = std::pow(u, 1.0f / shape);
          if (x <= v) return x;
        } else {
          const float y = -std::log((1.0f - u) / shape);
          const float x = std::pow(1.0f - shape + shape * y, 1.0f / shape);
          if (x <= v + y) return x;
        }
      }
    }
    const float b = shape - 1.0f / 3.0f, c = 1.0f / std::sqrt(9.0f * b);
    for (;;) {
      float x, v;
      do {
        x = normal();
        v = 1.0f + c * x;
      } while (v <= 0.0f);
      v = v * v * v;
      const float u = uniform();
      if (u < 1.0f - 0.0331f * (x * x) * (x * x)) return b * v;
      if (std::log(u) < 0.5f * x * x + b * (1.0f - v + std::log(v))) return b * v;
    }
  }

 private:
  static constexpr int64_t kMostNumbers = 20'000'000;
  Bits& bits_;
  const Ziggurat& normal_ = normal_layers();
  const Ziggurat& exponential_ = exponential_layers();
  int64_t left_ = kMostNumbers;
};

/// randomSingles(state, name, out, shape): `shape`, of gamma, has one value or as many as `out`
Napi::Value random_singles(Arguments& args) {
  return with_stream<SingleDraws>(args, [&](auto& draws) -> Napi::Value {
    const std::string name = args.text();
    auto out = args.array<float>();
    const auto n = static_cast<int64_t>(out.length);
    const Parameter shape = parameter(args, n);
    auto fill = [&](auto&& draw) { draw_each(args, draws, n, [&](int64_t i) { out.data[i] = draw(i); }); };
    if (name == "uniform") fill([&](int64_t) { return draws.uniform(); });
    else if (name == "normal") fill([&](int64_t) { return draws.normal(); });
    else if (name == "exponential") fill([&](int64_t) { return draws.exponential(); });
    else if (name == "exponential_inv") fill([&](int64_t) { return draws.exponential_by_inversion(); });
    else if (name == "gamma" && shape.data) fill([&](int64_t i) { return draws.gamma(static_cast<float>(shape[i])); });
    else args.fail("no such distribution: " + name);
    return args.env().Undefined();
  });
}

}  // namespace

void define_single_draws(Napi::Env env, Napi::Object exports) { define<random_singles>(env, exports, "randomSingles"); }

}  // namespace eigenscope
