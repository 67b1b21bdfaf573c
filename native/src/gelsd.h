// The work space of gelsd.
#pragma once

#include <algorithm>
#include <cmath>

#include "workspace.h"

namespace eigenscope {

template <class T>
Workspace gelsd_workspace(double m, double n, double nrhs) {
  // ilaenv's SMLSIZ, as LAPACK ships it.
  const double leaf = 25;
  double least = std::min(m, n), most = std::max(m, n);
  double levels = least == 0 ? 0 : std::max(0.0, std::floor(std::log2(least / (leaf + 1))) + 1);
  Workspace size;
  size.iwork = std::max(1.0, 3 * least * levels + 11 * least);
  double square = (leaf + 1) * (leaf + 1);
  if constexpr (IsComplex<T>::value) {
    size.work = std::max(1.0, 2 * least + std::max(most, least * nrhs));
    size.rwork = std::max(1.0, 10 * least + 2 * least * leaf + 8 * least * levels + 3 * leaf * nrhs +
                                   std::max(square, least * (1 + nrhs) + 2 * nrhs));
  } else {
    size.work = std::max(1.0, 12 * least + 2 * least * leaf + 8 * least * levels + least * nrhs + square + most);
  }
  return size;
}

}  // namespace eigenscope
