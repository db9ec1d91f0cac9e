#include "callback.h"

#include <c10/core/GradMode.h>

#include <atomic>

#include "addon.h"

namespace flambeau {

namespace {
std::atomic<int64_t> waiting{0};
}

bool Callback::foreign(const Addon& addon) {
  return waiting.load(std::memory_order_relaxed) > addon.callbacks.load(std::memory_order_relaxed);
}

bool Callback::any() { return waiting.load(std::memory_order_relaxed) > 0; }

Callback::Callback(Addon& addon, napi_env env, napi_value function) : addon(addon) {
  napi_valuetype type;
  check(env, napi_typeof(env, function, &type));
  if (type != napi_function) invalid("a function is expected");
  check(env, napi_create_reference(env, function, 1, &reference_));
  addon.ref();
  addon.callbacks++;
  waiting++;
}

Callback::~Callback() {
  waiting--;
  addon.callbacks--;
  addon.bury(reference_);
  addon.unref();
}

void Callback::call(const Arguments& arguments, const Result& result) const {
  // The mode of the pass that calls, on whatever thread it runs; and that again afterwards.
  const bool recording = c10::GradMode::is_enabled();
  addon.executor->callback([&](napi_env env) {
    const c10::AutoGradMode mode(recording);
    Napi::HandleScope scope(env);
    napi_value function, undefined, value;
    check(env, napi_get_reference_value(env, reference_, &function));
    check(env, napi_get_undefined(env, &undefined));
    const std::vector<napi_value> values = arguments(env);
    const napi_status status = napi_call_function(env, undefined, function, values.size(), values.data(), &value);
    if (status == napi_ok) return result(env, value);
    bool pending = false;
    napi_is_exception_pending(env, &pending);
    if (!pending) check(env, status);
    napi_value thrown;
    check(env, napi_get_and_clear_last_exception(env, &thrown));
    throw Thrown(addon.keepThrown(env, thrown));
  });
}

napi_value toArray(Addon& addon, napi_env env, const std::vector<at::Tensor>& tensors) {
  napi_value array;
  check(env, napi_create_array_with_length(env, tensors.size(), &array));
  for (size_t i = 0; i < tensors.size(); i++) {
    napi_value element;
    if (tensors[i].defined()) element = wrap(addon, env, tensors[i]);
    else check(env, napi_get_null(env, &element));
    check(env, napi_set_element(env, array, static_cast<uint32_t>(i), element));
  }
  return array;
}

std::vector<at::Tensor> fromArray(Addon& addon, napi_env env, napi_value array) {
  std::vector<at::Tensor> tensors;
  bool isArray = false;
  napi_is_array(env, array, &isArray);
  if (!isArray) return tensors;
  uint32_t length = 0;
  check(env, napi_get_array_length(env, array, &length));
  for (uint32_t i = 0; i < length; i++) {
    napi_value element;
    napi_valuetype type;
    check(env, napi_get_element(env, array, i, &element));
    check(env, napi_typeof(env, element, &type));
    if (type == napi_null || type == napi_undefined) tensors.emplace_back();
    else tensors.push_back(tensorOf(addon, env, element));
  }
  return tensors;
}

}  // namespace flambeau
