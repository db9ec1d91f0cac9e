#include <mutex>
#include <unordered_map>

#include "addon.h"
#include "convert.h"
#include "exports.h"

namespace flambeau {

namespace {

// Tensors on their way from one worker to another. A ticket is taken once.
std::mutex mutex;
std::unordered_map<uint64_t, at::Tensor> travelling;
uint64_t nextTicket = 1;

Napi::Value share(Addon& addon, const Napi::CallbackInfo& info) {
  at::Tensor tensor = tensorOf(addon, info.Env(), info[0]);
  if (!tensor.is_leaf()) invalid("share(): a tensor with a graph belongs to its thread; share x.detach()");
  if (inJavaScript(tensor)) {
    invalid("share(): the tensor lives in the memory of a JavaScript array, which ends with its worker; share x.clone()");
  }
  std::lock_guard<std::mutex> lock(mutex);
  const uint64_t ticket = nextTicket++;
  travelling.emplace(ticket, std::move(tensor));
  return Napi::Number::New(info.Env(), static_cast<double>(ticket));
}

Napi::Value receive(Addon& addon, const Napi::CallbackInfo& info) {
  at::Tensor tensor;
  {
    std::lock_guard<std::mutex> lock(mutex);
    const auto found = info[0].IsNumber() ? travelling.find(static_cast<uint64_t>(info[0].As<Napi::Number>().Int64Value())) : travelling.end();
    if (found == travelling.end()) throw Misuse("INVALID_ARGUMENT", "receive(): this shared tensor was received already, or was never shared in this process");
    tensor = std::move(found->second);
    travelling.erase(found);
  }
  return Napi::Value(info.Env(), wrap(addon, info.Env(), std::move(tensor)));
}

}  // namespace

void shareEntries(Entries& entries) {
  entries.push_back({"share", entry<share>});
  entries.push_back({"receive", entry<receive>});
}

}  // namespace flambeau
