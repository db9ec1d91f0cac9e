#include <torch/csrc/autograd/autograd.h>

#include "addon.h"
#include "callback.h"
#include "capture.h"
#include "device.h"
#include "exports.h"

namespace flambeau {

namespace {

using Info = Napi::CallbackInfo;
using Tensors = std::vector<at::Tensor>;

// What backward() and grad() take: [tensors], [gradients] or null, retainGraph or undefined, createGraph, [inputs].
struct Request {
  Request(Addon& addon, const Info& info)
      : outputs(fromArray(addon, info.Env(), info[0])),
        gradients(fromArray(addon, info.Env(), info[1])),
        create(info[3].ToBoolean()),
        inputs(fromArray(addon, info.Env(), info[4])) {
    if (info[2].IsBoolean()) retain = info[2].ToBoolean();
  }
  Tensors outputs, gradients;
  std::optional<bool> retain;
  bool create;
  Tensors inputs;
};

// Where JavaScript may be called by a thread that this one would wait for, this thread must be free to serve it: by a
// device's thread, by a pass under way that holds a lock of the graph, by another environment that waits for this one.
void execute(Addon& addon, napi_env env, const std::function<void()>& work) {
  Executor& executor = *addon.executor;
  if (addon.recorder) addon.recorder->passed();
  const bool elsewhere =
      executor.serving() || (Callback::any() && (executor.busy() || Callback::foreign(addon) || accelerator()));
  if (elsewhere && addon.onThread()) executor.pump(env, work);
  else work();
}

Napi::Value backward(Addon& addon, const Info& info) {
  addon.sweep();
  Request request(addon, info);
  execute(addon, info.Env(), [&] {
    torch::autograd::backward(request.outputs, request.gradients, request.retain, request.create, request.inputs);
  });
  return info.Env().Undefined();
}

class Backward : public Job {
 public:
  explicit Backward(Request request) : request_(std::move(request)) {}
  void work() override {
    torch::autograd::backward(request_.outputs, request_.gradients, request_.retain, request_.create, request_.inputs);
    request_.outputs.clear();
  }
  napi_value finish(Addon&, napi_env env) override { return Napi::Env(env).Undefined(); }

 private:
  Request request_;
};

Napi::Value backwardAsync(Addon& addon, const Info& info) {
  addon.sweep();
  return Napi::Value(info.Env(), addon.executor->submit(info.Env(), std::make_unique<Backward>(Request(addon, info))));
}

Napi::Value gradients(Addon& addon, const Info& info) {
  addon.sweep();
  Request request(addon, info);
  Tensors result;
  const bool unused = info[5].ToBoolean();
  execute(addon, info.Env(), [&] {
    result = torch::autograd::grad(request.outputs, request.inputs, request.gradients, request.retain, request.create, unused);
  });
  return Napi::Value(info.Env(), toArray(addon, info.Env(), result));
}

}  // namespace

void autogradEntries(Entries& entries) {
  entries.push_back({"backward", entry<backward>});
  entries.push_back({"backwardAsync", entry<backwardAsync>});
  entries.push_back({"gradients", entry<gradients>});
}

}  // namespace flambeau
