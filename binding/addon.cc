#include "addon.h"

#include <ATen/Context.h>
#include <c10/core/InferenceMode.h>

#include "capture.h"
#include "exports.h"
#include "guard.h"
#include "intraop.h"
#include "map.h"
#include "pool.h"
#include "saved.h"

namespace flambeau {

// V8 is told in steps: a call for each small tensor would cost more than the tensor.
constexpr int64_t kTellStep = 1 << 16;
// A handle's own cost: slot, TensorImpl, storage record.
constexpr int64_t kHandleBytes = 512;

Addon::Addon(napi_env env) : env(env), executor(std::make_unique<Executor>(*this)) { followIntraOpThreads(); }

Addon::~Addon() = default;

Slot* Addon::hold(at::Tensor tensor) {
  Slot* slot = handles.acquire();
  tensors_++;
  int64_t change = kHandleBytes;
  if (tensor.has_storage()) {
    auto* storage = tensor.unsafeGetTensorImpl()->unsafe_storage().unsafeGetStorageImpl();
    if (storage && tensor.device().type() != c10::DeviceType::Meta) {
      auto [entry, fresh] = storages_.emplace(storage, Bytes{0, 0});
      if (fresh) {
        entry->second.bytes = inRegion(*storage) ? 0 : static_cast<int64_t>(storage->sym_nbytes().maybe_as_int().value_or(0));
        bytes_ += entry->second.bytes;
        change += entry->second.bytes;
      }
      entry->second.handles++;
      slot->storage = storage;
    }
  }
  if (isOpaque(tensor)) opaque = true;
  slot->tensor = std::move(tensor);
  account(change);
  return slot;
}

void Addon::clear(Slot* slot) {
  if (slot->storage) {
    const auto entry = storages_.find(slot->storage);
    slot->storage = nullptr;
    if (entry != storages_.end() && --entry->second.handles == 0) {
      const int64_t bytes = entry->second.bytes;
      storages_.erase(entry);
      bytes_ -= bytes;
      account(-bytes);
    }
  }
  if (slot->tensor.defined()) {
    tensors_--;
    account(-kHandleBytes);
    // Destroyed last: a graph behind it may run destructors of its own.
    at::Tensor tensor = std::move(slot->tensor);
  }
  slot->generator = at::Generator();
  slot->resource.reset();
}

void Addon::drop(Slot* slot) {
  clear(slot);
  handles.release(slot);
}

// V8 collects its young generation after so many bytes of its own. A tensor has few of them there and many here, so a
// loop would fill memory far beyond the processor's caches, and fault in page after page, before V8 looks.
void Addon::collectYoung() {
  const int64_t before = young_;
  napi_value undefined, result;
  if (!collector.IsEmpty() && napi_get_undefined(env, &undefined) == napi_ok) {
    napi_call_function(env, undefined, collector.Value(), 0, nullptr, &result);
  }
  // Where most of it lives on, looking costs more than it brings: look less often.
  youngLimit_ = young_ * 2 > before ? std::min(youngLimit_ * 2, kYoungLimit * 16) : kYoungLimit;
  young_ = 0;
}

void Addon::account(int64_t change) {
  young_ = std::max<int64_t>(0, young_ + change);
  told_ += change;
  if (told_ < kTellStep && told_ > -kTellStep) return;
  const int64_t step = told_;
  told_ = 0;
  int64_t adjusted;
  if (env) napi_adjust_external_memory(env, step, &adjusted);
}

uint64_t Addon::keepThrown(napi_env env, napi_value value) {
  // Boxed in an array, because a reference to a thrown string or null is not allowed.
  napi_value box;
  napi_ref reference;
  check(env, napi_create_array_with_length(env, 1, &box));
  check(env, napi_set_element(env, box, 0, value));
  check(env, napi_create_reference(env, box, 1, &reference));
  const uint64_t id = nextThrown_++;
  thrown_[id] = reference;
  return id;
}

napi_value Addon::takeThrown(napi_env env, uint64_t id) {
  napi_value box = nullptr, value = nullptr;
  const auto entry = thrown_.find(id);
  if (entry != thrown_.end()) {
    napi_get_reference_value(env, entry->second, &box);
    napi_get_element(env, box, 0, &value);
    napi_delete_reference(env, entry->second);
    thrown_.erase(entry);
  } else {
    napi_get_undefined(env, &value);
  }
  return value;
}

void Warnings::process(const c10::Warning& warning) {
  std::lock_guard<std::mutex> lock(mutex_);
  texts_.push_back(warning.msg());
  any_.store(true, std::memory_order_relaxed);
}

void Warnings::deliver(napi_env env) {
  // While an exception travels, JavaScript cannot be called: the next entry does it.
  bool pending = false;
  if (warn.IsEmpty() || napi_is_exception_pending(env, &pending) != napi_ok || pending) return;
  std::vector<std::string> texts;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    texts.swap(texts_);
    any_.store(false, std::memory_order_relaxed);
  }
  for (const std::string& text : texts) {
    napi_value undefined, message, result;
    if (napi_get_undefined(env, &undefined) != napi_ok) return;
    if (napi_create_string_utf8(env, text.data(), text.size(), &message) != napi_ok) return;
    napi_call_function(env, undefined, warn.Value(), 1, &message, &result);
  }
}

void Addon::bury(napi_ref reference) {
  std::lock_guard<std::mutex> lock(buryMutex_);
  buried_.push_back(reference);
  graves_.store(true, std::memory_order_relaxed);
}

void Addon::sweepNow() {
  std::vector<napi_ref> dead;
  {
    std::lock_guard<std::mutex> lock(buryMutex_);
    dead.swap(buried_);
    graves_.store(false, std::memory_order_relaxed);
  }
  for (napi_ref reference : dead) napi_delete_reference(env, reference);
}

namespace {

void cleanup(void* data) {
  auto* addon = static_cast<Addon*>(data);
  // No thread may work for an environment that is gone.
  addon->executor->stop();
}

}  // namespace

Napi::Object initialize(Napi::Env env, Napi::Object exports) {
  // Wrong indices of a sparse tensor would lead its kernels out of the memory. Once: a worker changes nothing.
  static std::once_flag once;
  std::call_once(once, [] {
    at::globalContext().setCheckSparseTensorInvariants(true);
    usePool();
    useSavedHooks();
  });
  auto* addon = new Addon(env);
  c10::WarningUtils::set_warning_handler(&addon->warnings);
  napi_set_instance_data(
      env, addon,
      [](node_api_basic_env, void* data, void*) {
        auto* addon = static_cast<Addon*>(data);
        addon->inference.reset();
        addon->makeError.SuppressDestruct();
        addon->complex.SuppressDestruct();
        addon->collector.SuppressDestruct();
        addon->where.SuppressDestruct();
        addon->recorder.reset();
        addon->warnings.warn.SuppressDestruct();
        c10::WarningUtils::set_warning_handler(nullptr);
        addon->env = nullptr;
        addon->unref();
      },
      nullptr);
  napi_add_env_cleanup_hook(env, cleanup, addon);
  for (const auto& [name, callback] : entries()) {
    napi_value function;
    check(env, napi_create_function(env, name, NAPI_AUTO_LENGTH, callback, addon, &function));
    exports.Set(name, Napi::Value(env, function));
  }
  return exports;
}

}  // namespace flambeau

NAPI_MODULE_INIT() {
  try {
    return flambeau::initialize(env, Napi::Object(env, exports));
  } catch (const Napi::Error& error) {
    error.ThrowAsJavaScriptException();
    return nullptr;
  }
}
