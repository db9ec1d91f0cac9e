#include "saved.h"

#include <torch/csrc/autograd/engine.h>
#include <torch/csrc/autograd/saved_variable_hooks.h>

#include "addon.h"
#include "callback.h"
#include "exports.h"

namespace flambeau {

namespace {

using Info = Napi::CallbackInfo;

thread_local std::shared_ptr<const SavedHooks> current;

class Kept : public torch::autograd::SavedVariableHooks {
 public:
  explicit Kept(std::shared_ptr<const SavedHooks> hooks) : hooks_(std::move(hooks)) {}
  ~Kept() override {
    if (value_) hooks_->pack->addon.bury(value_);
  }

  void call_pack_hook(const at::Tensor& tensor) override {
    Callback& pack = *hooks_->pack;
    pack.call([&](napi_env env) { return std::vector<napi_value>{wrap(pack.addon, env, tensor)}; },
              [&](napi_env env, napi_value value) {
                // An array around it: a reference needs an object.
                napi_value box;
                check(env, napi_create_array_with_length(env, 1, &box));
                check(env, napi_set_element(env, box, 0, value));
                check(env, napi_create_reference(env, box, 1, &value_));
              });
  }

  at::Tensor call_unpack_hook() override {
    Callback& unpack = *hooks_->unpack;
    at::Tensor tensor;
    unpack.call(
        [&](napi_env env) {
          napi_value box, value;
          check(env, napi_get_reference_value(env, value_, &box));
          check(env, napi_get_element(env, box, 0, &value));
          return std::vector<napi_value>{value};
        },
        [&](napi_env env, napi_value value) { tensor = tensorOf(unpack.addon, env, value); });
    return tensor;
  }

 private:
  std::shared_ptr<const SavedHooks> hooks_;
  napi_ref value_ = nullptr;
};

class HookedEngine : public torch::autograd::Engine {
 public:
  std::unique_ptr<torch::autograd::SavedVariableHooks> get_default_saved_variable_hooks() override {
    return current ? std::make_unique<Kept>(current) : nullptr;
  }
};

// setSavedHooks(pack, unpack), setSavedHooks(null)
Napi::Value set(Addon& addon, const Info& info) {
  if (!info[0].IsFunction()) {
    current = nullptr;
  } else {
    current = std::make_shared<const SavedHooks>(SavedHooks{std::make_shared<Callback>(addon, info.Env(), info[0]),
                                                            std::make_shared<Callback>(addon, info.Env(), info[1])});
  }
  return info.Env().Undefined();
}

}  // namespace

std::shared_ptr<const SavedHooks> savedHooks() { return current; }
void setSavedHooks(std::shared_ptr<const SavedHooks> hooks) { current = std::move(hooks); }

void useSavedHooks() {
  torch::autograd::set_default_engine_stub([]() -> torch::autograd::Engine& {
    // Never taken down: its devices' threads may outlive everything else.
    static auto* engine = new HookedEngine;
    return *engine;
  });
}

void savedEntries(Entries& entries) { entries.push_back({"setSavedHooks", entry<set>}); }

}  // namespace flambeau
