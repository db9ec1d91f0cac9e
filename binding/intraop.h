#pragma once

namespace flambeau {

// LibTorch keeps how many threads an operation may use for each thread that calls it. The addon's own follow what was set
// last, on whichever thread.
void setIntraOpThreads(int count);
void followIntraOpThreads();

}  // namespace flambeau
