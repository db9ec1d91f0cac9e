#include <torch/csrc/autograd/function_hook.h>
#include <torch/csrc/autograd/variable.h>

#include <map>

#include "addon.h"
#include "callback.h"
#include "exports.h"

namespace flambeau {

namespace {

using Info = Napi::CallbackInfo;

// registerHook(handle, function): its number. The function takes a gradient and may return another.
Napi::Value registerHook(Addon& addon, const Info& info) {
  const at::Tensor& tensor = tensorOf(addon, info.Env(), info[0]);
  auto callback = std::make_shared<Callback>(addon, info.Env(), info[1]);
  const unsigned number = tensor.register_hook([callback](at::Tensor gradient) {
    at::Tensor replaced;
    callback->call([&](napi_env env) { return std::vector<napi_value>{wrap(callback->addon, env, gradient)}; },
                   [&](napi_env env, napi_value value) {
                     if (Slot* slot = trySlot(callback->addon, env, value)) replaced = slot->tensor;
                   });
    return replaced;
  });
  return Napi::Number::New(info.Env(), number);
}

Napi::Value removeHook(Addon& addon, const Info& info) {
  tensorOf(addon, info.Env(), info[0]).remove_hook(info[1].As<Napi::Number>().Uint32Value());
  return info.Env().Undefined();
}

// LibTorch has one place for functions that run after a gradient was accumulated; this fills it with any number.
struct Accumulated : public torch::autograd::PostAccumulateGradHook {
  void operator()(const at::Tensor& tensor) override {
    // A copy, because a callback may remove itself.
    const auto now = callbacks;
    for (const auto& [number, callback] : now) {
      callback->call([&](napi_env env) { return std::vector<napi_value>{wrap(callback->addon, env, tensor)}; },
                     [](napi_env, napi_value) {});
    }
  }
  std::map<uint32_t, std::shared_ptr<Callback>> callbacks;
  uint32_t next = 0;
};

Napi::Value registerAccumulated(Addon& addon, const Info& info) {
  const at::Tensor& tensor = tensorOf(addon, info.Env(), info[0]);
  if (!tensor.is_leaf() || !tensor.requires_grad()) {
    invalid("registerPostAccumulateGradHook(): only a leaf that requires its gradient accumulates one");
  }
  auto* hooks = dynamic_cast<Accumulated*>(torch::autograd::impl::post_acc_grad_hooks(tensor).get());
  if (!hooks) {
    auto made = std::make_unique<Accumulated>();
    hooks = made.get();
    torch::autograd::impl::set_post_acc_grad_hooks(tensor, std::move(made));
  }
  hooks->callbacks[hooks->next] = std::make_shared<Callback>(addon, info.Env(), info[1]);
  return Napi::Number::New(info.Env(), hooks->next++);
}

Napi::Value removeAccumulated(Addon& addon, const Info& info) {
  const at::Tensor& tensor = tensorOf(addon, info.Env(), info[0]);
  auto* hooks = dynamic_cast<Accumulated*>(torch::autograd::impl::post_acc_grad_hooks(tensor).get());
  if (hooks) hooks->callbacks.erase(info[1].As<Napi::Number>().Uint32Value());
  return info.Env().Undefined();
}

}  // namespace

void hookEntries(Entries& entries) {
  entries.push_back({"registerHook", entry<registerHook>});
  entries.push_back({"removeHook", entry<removeHook>});
  entries.push_back({"registerAccumulated", entry<registerAccumulated>});
  entries.push_back({"removeAccumulated", entry<removeAccumulated>});
}

}  // namespace flambeau
