#pragma once

#include <c10/core/Allocator.h>

#include <cstddef>

namespace flambeau {

// Large memory for what comes and goes, as the bodies of requests do. Not initialized. What is let go of is kept for the
// next, up to a bound: fresh memory costs a fault for each page, and malloc's, between what stays longer, falls to pieces.
c10::DataPtr takeBlock(size_t bytes);

}  // namespace flambeau
