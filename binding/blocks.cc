#include "blocks.h"

#include <c10/core/impl/alloc_cpu.h>

#include <algorithm>
#include <bit>
#include <list>
#include <mutex>
#include <optional>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace flambeau {

namespace {

// Of what is free, the least lately used goes first.
constexpr size_t kKeptBytes = 64 << 20;

struct Block {
  void* memory;
  size_t size;
};

void* map(size_t size) {
#ifdef __linux__
  void* memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  return memory;
#else
  return c10::alloc_cpu(size);
#endif
}

void unmap(const Block& block) {
#ifdef __linux__
  munmap(block.memory, block.size);
#else
  c10::free_cpu(block.memory);
#endif
}

class Blocks {
 public:
  std::optional<Block> take(size_t size) {
    std::lock_guard<std::mutex> lock(mutex_);
    const auto found = std::find_if(free_.begin(), free_.end(), [&](const Block& block) { return block.size == size; });
    if (found == free_.end()) return std::nullopt;
    const Block block = *found;
    free_.erase(found);
    kept_ -= size;
    return block;
  }
  void keep(const Block& block) {
    std::list<Block> out;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      free_.push_front(block);
      for (kept_ += block.size; kept_ > kKeptBytes; kept_ -= out.front().size) out.splice(out.begin(), free_, std::prev(free_.end()));
    }
    for (const Block& old : out) unmap(old);
  }

 private:
  std::mutex mutex_;
  std::list<Block> free_;  // the last that came first
  size_t kept_ = 0;
};

// Never destroyed: memory may come back while the process ends.
Blocks& blocks() {
  static auto* const all = new Blocks;
  return *all;
}

}  // namespace

#ifdef __SANITIZE_ADDRESS__

// Without it the sanitizer would not see who touches memory that was let go of.
c10::DataPtr takeBlock(size_t bytes) {
  void* memory = c10::alloc_cpu(bytes);
  return {memory, memory, &c10::free_cpu, c10::kCPU};
}

#else

c10::DataPtr takeBlock(size_t bytes) {
  // In steps of a quarter at most, so that others of about the size fit too. What is not touched costs nothing.
  const size_t step = std::max<size_t>(std::bit_floor(bytes) / 4, 4096), size = (bytes + step - 1) / step * step;
  std::optional<Block> found = blocks().take(size);
  auto block = std::make_unique<Block>(found ? *found : Block{map(size), size});
  void* memory = block->memory;
  return {memory, block.release(), [](void* context) {
            const std::unique_ptr<Block> block(static_cast<Block*>(context));
            blocks().keep(*block);
          }, c10::kCPU};
}

#endif

}  // namespace flambeau
