#pragma once

namespace eigenscope {

/// Before a long routine: gives BLAS one thread while the machine is overloaded, all of them again afterwards.
///
/// BLAS's threads wait for one another thousands of times in one factorisation. Where other programs hold the cores,
/// each wait costs a slice of the scheduler: an SVD of 0.2 s was seen to take minutes. A person's own OPENBLAS_NUM_THREADS
/// is left alone. Throws Stopped when the calling thread was asked to end: what is made of many routines ends between two.
void fit_threads();

/// How many threads a long routine may use now.
int blas_threads();

/// While one of these lives, every call of BLAS runs on the thread that makes it.
class BlasByItself {
 public:
  BlasByItself();
  BlasByItself(const BlasByItself&) = delete;
  BlasByItself& operator=(const BlasByItself&) = delete;
  ~BlasByItself();
};

}  // namespace eigenscope
