#include <ATen/ATen.h>
#include <ATen/functorch/BatchedTensorImpl.h>
#include <ATen/functorch/DynamicLayer.h>
#include <ATen/functorch/TensorWrapper.h>
#include <c10/core/AutogradState.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/forward_grad.h>

#include <mutex>

#include "addon.h"
#include "convert.h"
#include "exports.h"

namespace flambeau {

namespace {

namespace ft = at::functorch;
using Info = Napi::CallbackInfo;

Napi::Value give(Addon& addon, const Info& info, at::Tensor tensor) {
  return Napi::Value(info.Env(), wrap(addon, info.Env(), std::move(tensor)));
}

int64_t integer(const Napi::Value& value) { return value.ToNumber().Int64Value(); }

// transformPush('vmap', batch size, 'error' | 'different' | 'same') or transformPush('grad' | 'jvp'): a layer of
// functorch through which every operator of this thread goes; gives its level.
Napi::Value push(Addon&, const Info& info) {
  const std::string kind = info[0].ToString();
  int64_t level;
  if (kind == "vmap") {
    const std::string randomness = info[2].ToString();
    const auto type = randomness == "same"        ? ft::RandomnessType::Same
                      : randomness == "different" ? ft::RandomnessType::Different
                                                  : ft::RandomnessType::Error;
    level = ft::initAndPushDynamicLayer(ft::TransformType::Vmap, c10::SymInt(integer(info[1])), type);
  } else if (kind == "grad") {
    level = ft::initAndPushDynamicLayer(ft::TransformType::Grad, std::nullopt, std::nullopt, c10::GradMode::is_enabled());
  } else {
    const bool forward = c10::AutogradState::get_tls_state().get_fw_grad_mode();
    level = ft::initAndPushDynamicLayer(ft::TransformType::Jvp, std::nullopt, std::nullopt, std::nullopt, forward);
  }
  return Napi::Number::New(info.Env(), static_cast<double>(level));
}

Napi::Value pop(Addon&, const Info& info) {
  ft::popDynamicLayerAndDeleteMetadata();
  return info.Env().Undefined();
}

// transformWrap(tensor, level, whether it requires a gradient there)
Napi::Value wrapAt(Addon& addon, const Info& info) {
  addon.sweep();
  at::Tensor tensor = ft::makeTensorWrapper(tensorOf(addon, info.Env(), info[0]), integer(info[1]));
  if (info[2].ToBoolean()) {
    const bool before = ft::getInplaceRequiresGradAllowed();
    ft::setInplaceRequiresGradAllowed(true);
    try {
      tensor.requires_grad_();
    } catch (...) {
      ft::setInplaceRequiresGradAllowed(before);
      throw;
    }
    ft::setInplaceRequiresGradAllowed(before);
  }
  return give(addon, info, std::move(tensor));
}

Napi::Value unwrapAt(Addon& addon, const Info& info) {
  addon.sweep();
  const at::Tensor& tensor = tensorOf(addon, info.Env(), info[0]);
  const auto* wrapper = ft::maybeGetTensorWrapper(tensor);
  return give(addon, info, wrapper && wrapper->level() == integer(info[1]) ? wrapper->value() : tensor);
}

// transformAddDim(tensor, dimension, level): its slices are what the function sees.
Napi::Value addDim(Addon& addon, const Info& info) {
  addon.sweep();
  return give(addon, info, ft::addBatchDim(tensorOf(addon, info.Env(), info[0]), integer(info[1]), integer(info[2])));
}

// transformRemoveDim(tensor, level, batch size, dimension of the result); null for the dimension says that the tensor
// must have none, and null is given where it has.
Napi::Value removeDim(Addon& addon, const Info& info) {
  addon.sweep();
  const at::Tensor& tensor = tensorOf(addon, info.Env(), info[0]);
  const auto* batched = ft::maybeGetBatchedImpl(tensor);
  const bool has = batched && batched->level() == integer(info[1]);
  if (info[3].IsNull()) return has ? info.Env().Null() : give(addon, info, tensor);
  const int64_t to = integer(info[3]);
  if (has) return give(addon, info, batched->value().movedim(batched->bdim(), to));
  // The function's result does not depend on the batch: the same for all.
  const int64_t at = c10::maybe_wrap_dim(to, tensor.dim() + 1);
  std::vector<int64_t> sizes = tensor.sizes().vec();
  sizes.insert(sizes.begin() + at, integer(info[2]));
  return give(addon, info, tensor.unsqueeze(at).expand(sizes));
}

// LibTorch has one level of forward mode for the whole process: threads share it while any of them is in it.
std::mutex dualMutex;
int64_t dualCount = 0;
uint64_t dualLevel = 0;

Napi::Value dualEnter(Addon&, const Info& info) {
  std::lock_guard<std::mutex> lock(dualMutex);
  if (dualCount == 0) dualLevel = torch::autograd::ForwardADLevel::get_next_idx();
  dualCount++;
  return Napi::Number::New(info.Env(), static_cast<double>(dualLevel));
}

Napi::Value dualExit(Addon&, const Info& info) {
  std::lock_guard<std::mutex> lock(dualMutex);
  if (dualCount > 0 && --dualCount == 0) torch::autograd::ForwardADLevel::release_idx(dualLevel);
  return info.Env().Undefined();
}

}  // namespace

void functorchEntries(Entries& entries) {
  entries.push_back({"transformPush", entry<push>});
  entries.push_back({"transformPop", entry<pop>});
  entries.push_back({"transformWrap", entry<wrapAt>});
  entries.push_back({"transformUnwrap", entry<unwrapAt>});
  entries.push_back({"transformAddDim", entry<addDim>});
  entries.push_back({"transformRemoveDim", entry<removeDim>});
  entries.push_back({"dualEnter", entry<dualEnter>});
  entries.push_back({"dualExit", entry<dualExit>});
}

}  // namespace flambeau
