#include "shelves.h"

#include <c10/core/impl/alloc_cpu.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <mutex>
#include <utility>

namespace flambeau::shelves {

namespace {

constexpr int kLeastLog = 16, kMostLog = 27;

struct Size {
  size_t bytes, shelf;
};

// The least one that is no less than `bytes`.
Size sizeOf(size_t bytes) {
  const int log = static_cast<int>(std::bit_width(bytes)) - 1;
  const size_t step = size_t{1} << (log - 2), quarters = (bytes + step - 1) / step;
  return {quarters * step, static_cast<size_t>(log - kLeastLog) * 4 + quarters - 4};
}

// Lies in the block itself.
struct Kept {
  Kept *newer, *older;
  uint64_t since;
};

struct Shelf {
  Kept *newest = nullptr, *oldest = nullptr;
};

class Shelves {
 public:
  Kept* take(Size size) {
    std::lock_guard<std::mutex> lock(mutex_);
    Shelf& shelf = shelves_[size.shelf];
    Kept* block = shelf.newest;
    if (!block) return nullptr;
    shelf.newest = block->older;
    (block->older ? block->older->newer : shelf.oldest) = nullptr;
    kept_ -= size.bytes;
    return block;
  }
  void put(Kept* block, Size size) {
    Kept* out = nullptr;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      Shelf& shelf = shelves_[size.shelf];
      *block = {nullptr, shelf.newest, now_++};
      (block->older ? block->older->newer : shelf.oldest) = block;
      shelf.newest = block;
      kept_ += size.bytes;
      out = overLimit(limit_);
    }
    release(out);
  }
  void clear() {
    Kept* out = nullptr;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      out = overLimit(0);
    }
    release(out);
  }
  void setLimit(size_t bytes) {
    Kept* out = nullptr;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      limit_ = bytes;
      out = overLimit(limit_);
    }
    release(out);
  }

 private:
  // The oldest blocks until no more than `limit` is kept, in a row.
  Kept* overLimit(size_t limit) {
    const auto since = [](const Shelf& shelf) { return shelf.oldest ? shelf.oldest->since : UINT64_MAX; };
    Kept* out = nullptr;
    while (kept_ > limit) {
      auto& shelf = *std::min_element(shelves_.begin(), shelves_.end(), [&](auto& a, auto& b) { return since(a) < since(b); });
      Kept* block = shelf.oldest;
      shelf.oldest = block->newer;
      (block->newer ? block->newer->older : shelf.newest) = nullptr;
      const auto index = static_cast<size_t>(&shelf - shelves_.data());
      kept_ -= (index % 4 + 4) << (index / 4 + kLeastLog - 2);
      block->older = std::exchange(out, block);
    }
    return out;
  }
  static void release(Kept* row) {
    while (row) c10::free_cpu(std::exchange(row, row->older));
  }

  std::mutex mutex_;
  std::array<Shelf, (kMostLog - kLeastLog + 1) * 4> shelves_;
  size_t kept_ = 0, limit_ = size_t{1} << 28;
  uint64_t now_ = 0;
};

// Never destroyed: tensors may outlive everything.
Shelves& all() {
  static auto* const shelves = new Shelves;
  return *shelves;
}

}  // namespace

// What malloc gives is a little more than what it was asked for.
bool isLarge(size_t bytes) { return bytes >= size_t{1} << kLeastLog && bytes < size_t{5} << (kMostLog - 2); }

size_t roundUp(size_t bytes) { return sizeOf(bytes).bytes; }

void* take(size_t bytes) { return all().take(sizeOf(bytes)); }

void put(void* block, size_t bytes) {
  // The last size that it has room for.
  const size_t step = std::bit_floor(bytes) / 4;
  all().put(static_cast<Kept*>(block), sizeOf(bytes / step * step));
}

void clear() { all().clear(); }

void setLimit(size_t bytes) { all().setLimit(bytes); }

}  // namespace flambeau::shelves
