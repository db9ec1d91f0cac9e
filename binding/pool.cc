#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <c10/core/impl/alloc_cpu.h>

#include <cstdlib>

#include "pool.h"
#include "shelves.h"

#ifdef __linux__
#include <sys/mman.h>
#endif
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
#include <malloc.h>
#define FLAMBEAU_POOL
#endif

namespace flambeau {

void useHugePages(void* pointer, size_t bytes) {
#ifdef MADV_HUGEPAGE
  constexpr uintptr_t kPage = 2 << 20;
  if (bytes < 2 * kPage) return;
  const uintptr_t first = (reinterpret_cast<uintptr_t>(pointer) + kPage - 1) / kPage * kPage;
  const uintptr_t last = (reinterpret_cast<uintptr_t>(pointer) + bytes) / kPage * kPage;
  // A hint: where the kernel does not take it, nothing is lost.
  if (last > first) madvise(reinterpret_cast<void*>(first), last - first, MADV_HUGEPAGE);
#else
  (void)pointer;
  (void)bytes;
#endif
}

#ifdef FLAMBEAU_POOL

namespace {

// glibc makes an aligned block by cutting a larger one in three, and puts the parts together again when it is freed,
// which costs more than a small operator's own work. So each thread keeps small blocks, up to a bound, for the next
// tensor. Every block comes from malloc and may be freed by any thread.
constexpr size_t kStep = 64;  // LibTorch's alignment
constexpr size_t kLargest = 1024;
constexpr size_t kKeptBytes = 256 << 10;  // of each size

struct Block {
  Block* next;
};

struct Cache {
  Block* free[kLargest / kStep] = {};
  uint32_t count[kLargest / kStep] = {};
  bool closed = false;

  ~Cache() {
    closed = true;
    for (Block*& list : free) {
      while (list) std::free(std::exchange(list, list->next));
    }
  }
};

// A thread's last tensors may outlive its cache.
thread_local Cache cache;

void release(void* pointer) {
  if (!pointer) return;
  const size_t bytes = malloc_usable_size(pointer), index = bytes / kStep - 1;
  if (shelves::isLarge(bytes)) return shelves::put(pointer, bytes);
  if (index >= kLargest / kStep || cache.closed || cache.count[index] * (index + 1) * kStep >= kKeptBytes) {
    return c10::free_cpu(pointer);
  }
  auto* block = static_cast<Block*>(pointer);
  block->next = std::exchange(cache.free[index], block);
  cache.count[index]++;
}

class Pool final : public c10::Allocator {
 public:
  c10::DataPtr allocate(size_t bytes) override {
    void* pointer = take(bytes);
    return {pointer, pointer, &release, c10::DeviceType::CPU};
  }
  c10::DeleterFnPtr raw_deleter() const override { return &release; }
  void copy_data(void* to, const void* from, size_t count) const override { default_copy_data(to, from, count); }

 private:
  static void* fresh(size_t bytes) {
    void* pointer;
    try {
      pointer = c10::alloc_cpu(bytes);
    } catch (const c10::Error&) {
      shelves::clear();
      pointer = c10::alloc_cpu(bytes);
    }
    useHugePages(pointer, bytes);
    return pointer;
  }
  static void* takeLarge(size_t bytes) {
    void* block = shelves::take(bytes);
    return block ? block : fresh(shelves::roundUp(bytes));
  }
  static void* take(size_t bytes) {
    if (bytes == 0 || bytes > kLargest) return shelves::isLarge(bytes) ? takeLarge(bytes) : fresh(bytes);
    const size_t index = (bytes - 1) / kStep;
    if (Block* block = cache.free[index]) {
      cache.free[index] = block->next;
      cache.count[index]--;
      return block;
    }
    return c10::alloc_cpu((index + 1) * kStep);
  }
};

}  // namespace

void usePool() {
  static Pool pool;
  // Whoever set an allocator of his own keeps it.
  if (c10::GetCPUAllocator() == c10::GetDefaultCPUAllocator()) c10::SetCPUAllocator(&pool);
}

#else

void usePool() {}

#endif

}  // namespace flambeau
