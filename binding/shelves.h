#pragma once

#include <cstddef>

namespace flambeau {

// Large blocks of malloc's that nobody uses any more, kept for all threads. glibc gives such blocks back to the system, or
// what lies at the end of its heap, and then each page of the next one costs a fault: a layer or a request would pay that
// again and again.
namespace shelves {

bool isLarge(size_t bytes);
// The size of the block to ask malloc for where there is none on the shelves: there are four between a power of two and the
// next, so that a block fits others of about its size. Pages that nobody touches cost nothing.
size_t roundUp(size_t bytes);
// A block of at least so many bytes, or null.
void* take(size_t bytes);
// Takes a block that has so many bytes; it frees the least lately used where too much is kept.
void put(void* block, size_t bytes);
void clear();
// How much is kept at most.
void setLimit(size_t bytes);

}  // namespace shelves

}  // namespace flambeau
