// How n cells fall onto a number of pixels.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace eigenscope {

/// One pixel's cells [start, start + weights), as a range in a shared list of weights that add up to 1.
struct Boxes {
  std::vector<int64_t> start;
  /// weights of pixel i: weight[first[i]] … weight[first[i + 1]]
  std::vector<int64_t> first;
  std::vector<float> weight;

  int64_t count(int64_t i) const { return first[static_cast<size_t>(i) + 1] - first[static_cast<size_t>(i)]; }
};

/// First cell of pixel i of `pixels` over `n` cells, when every cell belongs to one pixel.
inline int64_t cell_edge(int64_t i, int64_t n, int64_t pixels) {
  return static_cast<int64_t>((static_cast<double>(i) * static_cast<double>(n)) / static_cast<double>(pixels));
}

/// Whole cells, equally weighted; a pixel smaller than a cell takes the cell it lies in.
inline Boxes cell_boxes(int64_t n, int64_t pixels) {
  Boxes boxes;
  boxes.first.push_back(0);
  for (int64_t i = 0; i < pixels; i++) {
    int64_t a = cell_edge(i, n, pixels), b = std::max(a + 1, cell_edge(i + 1, n, pixels));
    boxes.start.push_back(a);
    boxes.weight.insert(boxes.weight.end(), static_cast<size_t>(b - a), 1.0f / static_cast<float>(b - a));
    boxes.first.push_back(static_cast<int64_t>(boxes.weight.size()));
  }
  return boxes;
}

/// By area, the cells at the edges in part.
inline Boxes area_boxes(int64_t n, int64_t pixels) {
  Boxes boxes;
  boxes.first.push_back(0);
  double scale = static_cast<double>(n) / static_cast<double>(pixels);
  for (int64_t i = 0; i < pixels; i++) {
    double from = static_cast<double>(i) * scale, to = from + scale;
    auto a = std::min(n - 1, static_cast<int64_t>(from + 1e-9));
    auto b = std::max(a + 1, std::min(n, static_cast<int64_t>(std::ceil(to - 1e-9))));
    boxes.start.push_back(a);
    double total = 0;
    size_t begin = boxes.weight.size();
    for (int64_t c = a; c < b; c++) {
      double covered = std::min(to, static_cast<double>(c + 1)) - std::max(from, static_cast<double>(c));
      covered = std::max(covered, 1e-12);
      total += covered;
      boxes.weight.push_back(static_cast<float>(covered));
    }
    for (size_t k = begin; k < boxes.weight.size(); k++) {
      boxes.weight[k] = static_cast<float>(static_cast<double>(boxes.weight[k]) / total);
    }
    boxes.first.push_back(static_cast<int64_t>(boxes.weight.size()));
  }
  return boxes;
}

}  // namespace eigenscope
