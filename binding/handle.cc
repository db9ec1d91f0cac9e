#include "handle.h"

#include <algorithm>

#include "addon.h"

namespace flambeau {

Slot* Handles::acquire() {
  if (!free_) {
    auto slab = std::make_unique<Slot[]>(kSlab);
    const auto first = reinterpret_cast<uintptr_t>(slab.get());
    const auto range = std::make_pair(first, first + kSlab * sizeof(Slot));
    ranges_.insert(std::upper_bound(ranges_.begin(), ranges_.end(), range), range);
    for (size_t i = kSlab; i-- > 0;) {
      slab[i].index = static_cast<uint32_t>(slabs_.size() * kSlab + i);
      slab[i].next = free_;
      free_ = &slab[i];
    }
    slabs_.push_back(std::move(slab));
  }
  Slot* slot = free_;
  free_ = slot->next;
  slot->generation++;
  live_++;
  return slot;
}

void Handles::release(Slot* slot) {
  slot->generation++;
  slot->next = free_;
  free_ = slot;
  live_--;
}

Slot* Handles::find(const void* pointer) const {
  const auto address = reinterpret_cast<uintptr_t>(pointer);
  auto range = std::upper_bound(ranges_.begin(), ranges_.end(), std::make_pair(address, UINTPTR_MAX));
  if (range == ranges_.begin()) return nullptr;
  --range;
  if (address >= range->second || (address - range->first) % sizeof(Slot) != 0) return nullptr;
  auto* slot = const_cast<Slot*>(static_cast<const Slot*>(pointer));
  return slot->generation & 1 ? slot : nullptr;
}

Slot* Handles::find(double id) const {
  if (!(id >= 4294967296.0 && id < 9007199254740992.0)) return nullptr;
  const auto bits = static_cast<uint64_t>(id);
  const auto index = static_cast<uint32_t>(bits);
  if (index >= slabs_.size() * kSlab) return nullptr;
  Slot& slot = slabs_[index / kSlab][index % kSlab];
  return (slot.generation & 1) && (slot.generation & 0x1fffff) == bits >> 32 ? &slot : nullptr;
}

namespace {

// Runs inside garbage collection: frees, counts, and touches nothing of JavaScript.
void finalize(node_api_basic_env env, void* data, void* hint) {
  auto* addon = static_cast<Addon*>(hint);
  addon->drop(static_cast<Slot*>(data));
  addon->unref();
}

napi_value external(Addon& addon, napi_env env, Slot* slot) {
  napi_value result;
  addon.ref();
  const napi_status status = napi_create_external(env, slot, finalize, &addon, &result);
  if (status != napi_ok) {
    addon.drop(slot);
    addon.unref();
    check(env, status);
  }
  return result;
}

}  // namespace

napi_value wrap(Addon& addon, napi_env env, at::Tensor tensor) {
  return external(addon, env, addon.hold(std::move(tensor)));
}

napi_value wrapScoped(Addon& addon, napi_env env, at::Tensor tensor) {
  napi_value result;
  check(env, napi_create_double(env, Handles::idOf(*addon.hold(std::move(tensor))), &result));
  return result;
}

napi_value wrap(Addon& addon, napi_env env, at::Generator generator) {
  Slot* slot = addon.handles.acquire();
  slot->generator = std::move(generator);
  return external(addon, env, slot);
}

napi_value wrap(Addon& addon, napi_env env, std::shared_ptr<Resource> resource) {
  Slot* slot = addon.handles.acquire();
  slot->resource = std::move(resource);
  return external(addon, env, slot);
}

void throwDisposed() { throw Misuse("DISPOSED", "this object has been disposed"); }

Slot* trySlot(Addon& addon, napi_env env, napi_value value) {
  void* pointer = nullptr;
  if (napi_get_value_external(env, value, &pointer) == napi_ok) return addon.handles.find(pointer);
  double id;
  if (napi_get_value_double(env, value, &id) == napi_ok) return addon.handles.find(id);
  return nullptr;
}

Slot& slotOf(Addon& addon, napi_env env, napi_value value) {
  Slot* slot = trySlot(addon, env, value);
  if (!slot) throw Misuse("DISPOSED", "this tensor has been disposed, or is of another worker");
  return *slot;
}

const at::Tensor& tensorOf(Addon& addon, napi_env env, napi_value value) {
  const at::Tensor& tensor = slotOf(addon, env, value).tensor;
  if (!tensor.defined()) throw Misuse("DISPOSED", "this tensor has been disposed");
  return tensor;
}

}  // namespace flambeau
