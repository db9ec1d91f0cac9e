#include <torch/csrc/jit/frontend/tracer.h>

#include "addon.h"
#include "callback.h"
#include "capture.h"
#include "convert.h"
#include "exports.h"
#include "jit.h"

namespace flambeau {

namespace {

using Info = Napi::CallbackInfo;
using c10::IValue;
using torch::jit::Module;
using torch::jit::Stack;
using Unit = std::shared_ptr<torch::jit::CompilationUnit>;

constexpr int kDeepest = 64;

// A module of TorchScript with the parameters, buffers and submodules of a tree:
// { name, training, parameters: [[name, handle]], buffers: [[name, handle]], children: [[name, tree]] }
Module moduleOf(Addon& addon, Napi::Env env, const Unit& unit, const Napi::Object& tree, int depth) {
  if (depth > kDeepest) invalid("trace(): the modules are nested too deeply");
  Module module("__torch__." + tree.Get("name").ToString().Utf8Value(), unit, true);
  module.register_attribute("training", c10::BoolType::get(), tree.Get("training").ToBoolean().Value());
  const auto each = [&](const char* list, const auto& visit) {
    const auto array = tree.Get(list).As<Napi::Array>();
    for (uint32_t i = 0; i < array.Length(); i++) {
      Napi::HandleScope scope(env);
      const auto pair = array.Get(i).As<Napi::Object>();
      visit(pair.Get(0u).ToString().Utf8Value(), pair.Get(1u));
    }
  };
  each("parameters", [&](const std::string& name, const Napi::Value& handle) { module.register_parameter(name, tensorOf(addon, env, handle), false); });
  each("buffers", [&](const std::string& name, const Napi::Value& handle) { module.register_buffer(name, tensorOf(addon, env, handle)); });
  each("children", [&](const std::string& name, const Napi::Value& child) {
    module.register_module(name, moduleOf(addon, env, unit, child.As<Napi::Object>(), depth + 1));
  });
  return module;
}

// What can be traced: tensors, in arrays, which are tuples, and in plain objects, which are dicts.
IValue traceable(Addon& addon, Napi::Env env, const Napi::Value& value, const std::string& where, int depth = 0) {
  if (depth > kDeepest) invalid(where.substr(0, where.find('[')) + " is nested too deeply");
  if (value.IsArray()) {
    const auto array = value.As<Napi::Array>();
    std::vector<IValue> items;
    for (uint32_t i = 0; i < array.Length(); i++) items.push_back(traceable(addon, env, array.Get(i), where + "[" + std::to_string(i) + "]", depth + 1));
    return c10::ivalue::Tuple::create(std::move(items));
  }
  const bool plain = value.IsObject() && !value.IsExternal() && !value.IsFunction() && value.As<Napi::Object>().Get("_handle").IsUndefined();
  if (!plain) return toScript(addon, env, value, c10::TensorType::get(), where);
  return toScript(addon, env, value, c10::DictType::create(c10::StringType::get(), c10::TensorType::get()), where);
}

// jitTrace(tree, inputs, names, strict, function): the function takes and gives what fromScript makes.
Napi::Value trace(Addon& addon, const Info& info) {
  addon.sweep();
  const Napi::Env env = info.Env();
  if (addon.recorder) throw Misuse("CAPTURE", "capture(): a trace cannot be taken while a graph is captured");
  if (torch::jit::tracer::isTracing()) throw Misuse("INVALID_VALUE", "trace(): a trace is being taken already; traces do not nest");
  const auto unit = std::make_shared<torch::jit::CompilationUnit>();
  Module module = moduleOf(addon, env, unit, info[0].As<Napi::Object>(), 0);
  const auto values = info[1].As<Napi::Array>(), names = info[2].As<Napi::Array>();
  Stack inputs;
  for (uint32_t i = 0; i < values.Length(); i++) inputs.push_back(traceable(addon, env, values.Get(i), "trace(): input " + std::to_string(i)));
  std::vector<std::string> called;
  for (uint32_t i = 0; i < names.Length(); i++) called.push_back(names.Get(i).ToString());

  const Callback function(addon, env, info[4]);
  const auto run = [&](Stack given) -> Stack {
    IValue result;
    const auto lower = [&](napi_env) {
      std::vector<napi_value> arguments;
      for (const IValue& each : given) arguments.push_back(fromScript(addon, env, each));
      return arguments;
    };
    function.call(lower, [&](napi_env, napi_value value) { result = traceable(addon, env, Napi::Value(env, value), "trace(): the result"); });
    return {result};
  };
  const auto nameOf = [](const at::Tensor&) { return std::string(); };
  const auto [state, outputs] = torch::jit::tracer::trace(std::move(inputs), run, nameOf, info[3].ToBoolean(), false, &module, called);
  module.type()->addMethod(unit->create_function(c10::QualifiedName(*module.type()->name(), "forward"), state->graph));
  return Napi::Value(env, wrapObject(addon, env, module._ivalue()));
}

}  // namespace

void jitTraceEntries(Entries& entries) { entries.push_back({"jitTrace", entry<trace>}); }

}  // namespace flambeau
