#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>
#include <napi.h>

#include <deque>
#include <memory>
#include <vector>

namespace flambeau {

struct Addon;

// Anything else that JavaScript holds: graphs, modules.
class Resource {
 public:
  virtual ~Resource() = default;
};

// What a JavaScript handle stands for. Slots live in slabs of one environment, so that a pointer out of an External
// is checked by its address alone, and a scoped id by its index and generation.
struct Slot {
  at::Tensor tensor;
  at::Generator generator;
  std::shared_ptr<Resource> resource;
  c10::StorageImpl* storage = nullptr;  // accounted under this key; never followed
  uint32_t index = 0;
  uint32_t generation = 0;  // odd while in use
  Slot* next = nullptr;
};

class Handles {
 public:
  Slot* acquire();
  void release(Slot* slot);
  Slot* find(const void* pointer) const;
  Slot* find(double id) const;

  static double idOf(const Slot& slot) { return slot.index + 4294967296.0 * (slot.generation & 0x1fffff); }

  size_t live() const { return live_; }

 private:
  static constexpr size_t kSlab = 1024;
  std::vector<std::unique_ptr<Slot[]>> slabs_;
  std::vector<std::pair<uintptr_t, uintptr_t>> ranges_;  // sorted by address
  Slot* free_ = nullptr;
  size_t live_ = 0;
};

// A tensor as JavaScript holds it: an External whose finalizer runs inside garbage collection...
napi_value wrap(Addon& addon, napi_env env, at::Tensor tensor);
// ...or, within a scope, an id that the scope frees.
napi_value wrapScoped(Addon& addon, napi_env env, at::Tensor tensor);
napi_value wrap(Addon& addon, napi_env env, at::Generator generator);
napi_value wrap(Addon& addon, napi_env env, std::shared_ptr<Resource> resource);

[[noreturn]] void throwDisposed();

// The slot behind a handle (External or id); throws what `what` names when it is none, or is disposed.
Slot& slotOf(Addon& addon, napi_env env, napi_value value);
const at::Tensor& tensorOf(Addon& addon, napi_env env, napi_value value);
// Null when the value is no handle at all.
Slot* trySlot(Addon& addon, napi_env env, napi_value value);

// The resource behind a handle, which is one of T.
template <typename T>
std::shared_ptr<T> resourceOf(Addon& addon, napi_env env, napi_value value) {
  auto found = std::dynamic_pointer_cast<T>(slotOf(addon, env, value).resource);
  if (!found) throwDisposed();
  return found;
}

}  // namespace flambeau
