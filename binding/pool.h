#pragma once

#include <cstddef>

namespace flambeau {

// Small CPU tensors get their memory from blocks that each thread keeps. Called once a process.
void usePool();
// Asks for large pages where memory is about to be written for the first time: one fault for each 2 MiB, not 512.
void useHugePages(void* pointer, size_t bytes);

}  // namespace flambeau
