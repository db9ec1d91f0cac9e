#pragma once

#include <cstddef>

namespace flambeau {

// CPU tensors get their memory from blocks that are kept when others let go of them: small ones by each thread, large ones
// by all. Called once a process.
void usePool();
// Asks for large pages where memory is about to be written for the first time: one fault for each 2 MiB, not 512.
void useHugePages(void* pointer, size_t bytes);

}  // namespace flambeau
