#include "intraop.h"

#include <ATen/Parallel.h>

#include <atomic>

namespace flambeau {

namespace {

std::atomic<int> wanted{0};
thread_local int followed = -1;

}  // namespace

void setIntraOpThreads(int count) {
  at::set_num_threads(count);
  wanted = followed = count;
}

void followIntraOpThreads() {
  const int count = wanted;
  if (count == followed) return;
  // Without a wish, so many as LibTorch would take; MKL must be told too.
  if (count == 0) at::init_num_threads();
  else at::set_num_threads(count);
  followed = count;
}

}  // namespace flambeau
