#pragma once

namespace eigenscope {

/// Before a long routine: gives BLAS one thread while the machine is overloaded, all of them again afterwards.
///
/// BLAS's threads wait for one another thousands of times in one factorisation. Where other programs hold the cores,
/// each wait costs a slice of the scheduler: an SVD of 0.2 s was seen to take minutes. A person's own OPENBLAS_NUM_THREADS
/// is left alone.
void fit_threads();

}  // namespace eigenscope
