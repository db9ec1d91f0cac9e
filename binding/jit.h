#pragma once

#include <ATen/core/ivalue.h>
#include <ATen/core/jit_type.h>
#include <napi.h>
#include <torch/csrc/jit/api/module.h>

#include <string>
#include <string_view>

#include "runnable.h"

namespace flambeau {

// An object of TorchScript as JavaScript holds it: a module, or an instance of another class.
class ScriptObject : public Resource {
 public:
  ScriptObject(Addon& addon, torch::jit::ObjectPtr object) : object(std::move(object)), addon_(addon) {}
  ~ScriptObject() override;

  // Tells V8 of memory that goes when this does.
  void owns(int64_t bytes);
  torch::jit::Module module() const;

  const torch::jit::ObjectPtr object;

 private:
  Addon& addon_;
  int64_t bytes_ = 0;
};

// A method with the object that it belongs to, looked up once. Without a name: forward with the hooks around it.
class ScriptMethod : public Runnable {
 public:
  ScriptMethod(torch::jit::ObjectPtr object, const std::string& name);
  c10::IValue run(torch::jit::Stack& stack) const;
  std::vector<at::Tensor> runTensors(std::vector<at::Tensor> inputs) const override;
  // About what the graph behind a result keeps: something like its inputs for each parameter.
  int64_t kept(const torch::jit::Stack& stack) const;

  const torch::jit::ObjectPtr object;
  const bool hooked;
  torch::jit::Function& function;

 private:
  int64_t parameters_ = 0;
};

napi_value wrapObject(Addon& addon, napi_env env, torch::jit::ObjectPtr object);

// A JavaScript value as the type wants it. `where` is what messages call it: forward(): argument 'x'.
c10::IValue toScript(Addon& addon, napi_env env, napi_value value, const c10::TypePtr& type, const std::string& where, int depth = 0);
// Whether a plain object stands for a value of this type.
bool takesObject(const c10::TypePtr& type);
// The other way. Tensors are Externals, lists and tuples arrays; all else that is no primitive is { kind, ... }.
napi_value fromScript(Addon& addon, napi_env env, const c10::IValue& value);

// Fills the stack behind the object itself from positional values, of which the last may name others.
void fillStack(Addon& addon, napi_env env, const std::string& name, const c10::FunctionSchema& schema, const Napi::Array& values,
               torch::jit::Stack& stack);

// Whether the parser, which calls itself for each operator and bracket, gets through the code on a thread's stack.
bool isShallow(std::string_view code);
// The same of the values of a pickle.
bool isShallowPickle(std::string_view pickle);

// What TorchScript threw, with its reason first.
[[noreturn]] void rethrowScript();

}  // namespace flambeau
