#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/version.h>

#include <memory>
#include <type_traits>

#include "addon.h"
#include "callback.h"
#include "exports.h"

namespace flambeau {

namespace {

using Info = Napi::CallbackInfo;
using torch::autograd::Node;
using torch::autograd::variable_list;

using NodePointer = std::decay_t<decltype(std::declval<torch::autograd::Edge>().function)>;

// A function written in JavaScript, as a node of the graph.
class JavaScriptNode : public Node {
 public:
  JavaScriptNode(Addon& addon, napi_env env, napi_value backward, std::string name)
      : callback_(addon, env, backward), name_(std::move(name)) {}

  std::string name() const override { return name_ + "Backward"; }

  void remember(const variable_list& inputs, const std::vector<std::optional<at::Tensor>>& outputs,
                const variable_list& saved, bool materialize) {
    for (const auto& input : inputs) inputs_.emplace_back(input);
    for (const auto& output : outputs) outputs_.emplace_back(output ? torch::autograd::VariableInfo(*output) : torch::autograd::VariableInfo());
    for (const auto& tensor : saved) {
      const bool isOutput = tensor.defined() && tensor.grad_fn().get() == this;
      saved_.emplace_back(tensor, isOutput);
    }
    materialize_ = materialize;
  }

  variable_list apply(variable_list&& gradients) override {
    variable_list saved, result;
    c10::OptionalDeviceGuard guard;
    {
      // Not while JavaScript runs, which may go through this node itself.
      std::lock_guard<std::mutex> lock(mutex_);
      if (released_) {
        TORCH_CHECK(false, "Trying to backward through the graph a second time (or directly access saved tensors after "
                           "they have already been freed). Specify retainGraph: true if you need to.");
      }
      for (const auto& variable : saved_) saved.push_back(variable.unpack(getptr()));
    }
    for (size_t i = 0; materialize_ && i < gradients.size(); i++) {
      if (!gradients[i].defined()) gradients[i] = outputs_[i].zeros(guard);
    }
    Addon& addon = callback_.addon;
    callback_.call(
        [&](napi_env env) { return std::vector<napi_value>{toArray(addon, env, gradients), toArray(addon, env, saved)}; },
        [&](napi_env env, napi_value value) { result = fromArray(addon, env, value); });
    if (result.size() != inputs_.size()) {
      invalid(name_ + ": backward() must return a gradient (or null) for each of the " + std::to_string(inputs_.size()) +
              " tensors that forward() took, not " + std::to_string(result.size()));
    }
    return result;
  }

  void release_variables() override {
    std::lock_guard<std::mutex> lock(mutex_);
    saved_.clear();
    released_ = true;
  }

 private:
  Callback callback_;
  std::string name_;
  std::vector<torch::autograd::VariableInfo> inputs_, outputs_;
  std::vector<torch::autograd::SavedVariable> saved_;
  bool materialize_ = true;
  bool released_ = false;
};

// Nodes are held by intrusive_ptr since LibTorch 2.13. Before, they need LibTorch's deleter, which does not recurse.
template <typename... A>
NodePointer makeNode(A&&... arguments) {
#if TORCH_VERSION_MINOR >= 13
  return c10::make_intrusive<JavaScriptNode>(std::forward<A>(arguments)...);
#else
  return NodePointer(new JavaScriptNode(std::forward<A>(arguments)...), torch::autograd::deleteNode);
#endif
}

std::unordered_set<at::TensorImpl*> implementations(const variable_list& tensors) {
  std::unordered_set<at::TensorImpl*> result;
  for (const auto& tensor : tensors) result.insert(tensor.unsafeGetTensorImpl());
  return result;
}

// applyFunction({ name, inputs, outputs, saved, nonDifferentiable, dirty, materialize, backward }): the outputs with
// their history. `backward` takes [gradients] and [saved], and returns [gradients].
Napi::Value applyFunction(Addon& addon, const Info& info) {
  const Napi::Env env = info.Env();
  const auto request = info[0].As<Napi::Object>();
  const auto list = [&](const char* name) { return fromArray(addon, env, request.Get(name)); };
  const variable_list inputs = list("inputs"), outputs = list("outputs"), dirty = list("dirty");
  const bool executable = c10::GradMode::is_enabled() && torch::autograd::any_variable_requires_grad(inputs);

  NodePointer node;
  JavaScriptNode* raw = nullptr;
  if (executable) {
    node = makeNode(addon, env, request.Get("backward"), request.Get("name").As<Napi::String>().Utf8Value());
    raw = static_cast<JavaScriptNode*>(node.get());
    raw->set_next_edges(torch::autograd::collect_next_edges(inputs));
    raw->clear_input_metadata();
  }
  for (const auto& tensor : dirty) {
    if (tensor.defined()) tensor.unsafeGetTensorImpl()->bump_version();
  }
  std::vector<std::optional<at::Tensor>> raws(outputs.begin(), outputs.end());
#if TORCH_VERSION_MINOR >= 14
  NodePointer attached = node;
#endif
  const auto wrapped = torch::autograd::_wrap_outputs(
      inputs, implementations(list("nonDifferentiable")), implementations(dirty), raws, node,
      [](const variable_list&, const variable_list&) -> variable_list {
        TORCH_CHECK_NOT_IMPLEMENTED(false, "forward-mode differentiation of a custom Function is not implemented");
      },
      {}, [](const at::Tensor& x) { return x.view_as(x); }, false
#if TORCH_VERSION_MINOR >= 14
      ,
      attached
#endif
  );
  if (raw) raw->remember(inputs, wrapped, list("saved"), request.Get("materialize").ToBoolean());
  variable_list result;
  for (const auto& tensor : wrapped) result.push_back(tensor.value_or(at::Tensor()));
  return Napi::Value(env, toArray(addon, env, result));
}

}  // namespace

void functionEntries(Entries& entries) { entries.push_back({"applyFunction", entry<applyFunction>}); }

}  // namespace flambeau
