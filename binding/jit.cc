#include "jit.h"

#include <c10/core/GradMode.h>
#include <torch/csrc/jit/frontend/error_report.h>
#include <torch/csrc/jit/runtime/jit_exception.h>
#include <torch/csrc/jit/serialization/python_print.h>

#include "addon.h"
#include "convert.h"
#include "exports.h"
#include "turn.h"

namespace flambeau {

namespace {

using Info = Napi::CallbackInfo;
using c10::IValue;
using torch::jit::Module;
using torch::jit::Stack;

bool isHooked(const torch::jit::ObjectPtr& object) {
  const auto type = object->type();
  return type->is_module() && (!type->getForwardHooks().empty() || !type->getForwardPreHooks().empty());
}

torch::jit::Function& functionOf(const torch::jit::ObjectPtr& object, const std::string& name) {
  const auto type = object->type();
  if (torch::jit::Function* found = type->findMethod(name)) return *found;
  std::string known;
  for (const auto* method : type->methods()) known += (known.empty() ? "" : ", ") + method->name();
  throw Misuse("INVALID_VALUE", type->name()->name() + " has no method '" + name + "'" + (known.empty() ? "; it has none" : "; it has " + known));
}

std::shared_ptr<ScriptObject> objectOf(Addon& addon, const Info& info) { return resourceOf<ScriptObject>(addon, info.Env(), info[0]); }

Napi::Array strings(Napi::Env env, const std::vector<std::string>& list) {
  auto result = Napi::Array::New(env, list.size());
  for (uint32_t i = 0; i < list.size(); i++) result.Set(i, list[i]);
  return result;
}

std::vector<std::string> stringsOf(const Napi::Value& value) {
  std::vector<std::string> list;
  const auto array = value.As<Napi::Array>();
  for (uint32_t i = 0; i < array.Length(); i++) list.push_back(array.Get(i).ToString());
  return list;
}

}  // namespace

ScriptObject::~ScriptObject() { owns(-bytes_); }

void ScriptObject::owns(int64_t bytes) {
  int64_t adjusted;
  if (bytes != 0 && addon_.env) napi_adjust_external_memory(addon_.env, bytes, &adjusted);
  bytes_ += bytes;
}

Module ScriptObject::module() const {
  if (!object->type()->is_module()) invalid(object->type()->annotation_str() + " is no module");
  return Module(object);
}

ScriptMethod::ScriptMethod(torch::jit::ObjectPtr owner, const std::string& name)
    : object(std::move(owner)), hooked(name.empty() && isHooked(object)), function(functionOf(object, name.empty() ? "forward" : name)) {
  if (object->type()->is_module()) parameters_ = static_cast<int64_t>(Module(object).parameters().size());
}

int64_t ScriptMethod::kept(const Stack& stack) const {
  if (!c10::GradMode::is_enabled()) return 0;
  int64_t bytes = 0;
  for (const IValue& value : stack) {
    // A sparse tensor has no size in bytes.
    if (value.isTensor() && value.toTensor().defined() && value.toTensor().has_storage()) bytes += static_cast<int64_t>(value.toTensor().nbytes());
  }
  return bytes * parameters_;
}

IValue ScriptMethod::run(Stack& stack) const {
  try {
    if (hooked) return Module(object)(Stack(stack.begin() + 1, stack.end()));
    function.run(stack);
    if (stack.empty()) return IValue();
    IValue result = std::move(stack.back());
    if (!result.isFuture()) return result;
    result.toFuture()->waitAndThrow();
    return result.toFuture()->value();
  } catch (...) {
    rethrowScript();
  }
}

std::vector<at::Tensor> ScriptMethod::runTensors(std::vector<at::Tensor> inputs) const {
  Stack stack{object};
  for (at::Tensor& input : inputs) stack.emplace_back(std::move(input));
  std::vector<at::Tensor> results;
  appendTensors(run(stack), results);
  return results;
}

void rethrowScript() {
  try {
    throw;
  } catch (const c10::Error&) {
    throw;
  } catch (const Misuse&) {
    throw;
  } catch (const torch::jit::ErrorReport&) {
    // Its text may end the process: see jit_file.cc.
    throw Misuse("TORCH", "TorchScript cannot compile what the method needs");
  } catch (const std::runtime_error& error) {
    // The interpreter puts what happened behind where it happened, and forgets of what kind it was.
    const std::string text = error.what();
    const std::string head = "The following operation failed in the TorchScript interpreter.\n";
    if (text.compare(0, head.size(), head) != 0) throw;
    size_t at = text.rfind("\nRuntimeError: ");
    const auto* raised = dynamic_cast<const torch::jit::JITException*>(&error);
    if (at == std::string::npos && raised) at = text.rfind("\n" + raised->getPythonClassName().value_or("") + ": ");
    if (at == std::string::npos) at = text.rfind("\ntorch.jit.Error: ");
    if (at == std::string::npos) throw;
    const size_t colon = text.find(": ", at);
    std::string reason = text.substr(colon + 2);
    while (!reason.empty() && reason.back() == '\n') reason.pop_back();
    const bool memory = reason.find("out of memory") != std::string::npos || reason.find("not enough memory") != std::string::npos;
    throw Misuse(memory ? "OUT_OF_MEMORY" : "TORCH", reason + "\n" + text.substr(head.size(), at - head.size()));
  }
}

napi_value wrapObject(Addon& addon, napi_env env, torch::jit::ObjectPtr object) {
  return wrap(addon, env, std::shared_ptr<Resource>(std::make_shared<ScriptObject>(addon, std::move(object))));
}

void fillStack(Addon& addon, napi_env env, const std::string& name, const c10::FunctionSchema& schema, const Napi::Array& values, Stack& stack) {
  const auto& arguments = schema.arguments();
  const size_t first = stack.size();  // the object itself
  size_t count = values.Length(), positional = 0;
  while (first + positional < arguments.size() && !arguments[first + positional].kwarg_only()) positional++;
  const std::string title = name + "(): ";
  const auto where = [&](size_t i) { return title + "argument '" + arguments[first + i].name() + "'"; };

  Napi::Object named;
  size_t used = 0, given = 0;
  if (count > 0) {
    const Napi::Value last = values.Get(static_cast<uint32_t>(count - 1));
    const bool wanted = count <= positional && takesObject(arguments[first + count - 1].type());
    if (!wanted && last.IsObject() && !last.IsArray() && !last.IsExternal() && !last.IsFunction()) {
      napi_value prototype, base;
      check(env, napi_get_prototype(env, last, &prototype));
      check(env, napi_get_prototype(env, Napi::Object::New(env), &base));
      bool same = false;
      check(env, napi_strict_equals(env, prototype, base, &same));
      if (same || Napi::Value(env, prototype).IsNull()) {
        named = last.As<Napi::Object>();
        count--;
        const auto keys = named.GetPropertyNames();
        for (uint32_t i = 0; i < keys.Length(); i++) given += !named.Get(keys.Get(i)).IsUndefined();
      }
    }
  }
  while (count > positional && values.Get(static_cast<uint32_t>(count - 1)).IsUndefined()) count--;
  if (count > positional) {
    invalid(title + "takes at most " + std::to_string(positional) + " positional arguments, not " + std::to_string(count));
  }
  stack.reserve(arguments.size());
  for (size_t i = 0; first + i < arguments.size(); i++) {
    const c10::Argument& argument = arguments[first + i];
    Napi::Value value = Napi::Env(env).Undefined();
    if (i < count) value = values.Get(static_cast<uint32_t>(i));
    if (!named.IsEmpty() && named.HasOwnProperty(argument.name())) {
      const Napi::Value option = named.Get(argument.name());
      if (!option.IsUndefined()) {
        if (!value.IsUndefined()) invalid(where(i) + " is given by place and by name");
        value = option;
        used++;
      }
    }
    if (!value.IsUndefined()) stack.push_back(toScript(addon, env, value, argument.type(), where(i)));
    else if (argument.default_value()) stack.push_back(*argument.default_value());
    else invalid(where(i) + " (position " + std::to_string(i + 1) + ") is missing; it must be " + argument.type()->annotation_str());
  }
  if (used < given) {
    std::string known;
    for (size_t i = first; i < arguments.size(); i++) known += (known.empty() ? "'" : ", '") + arguments[i].name() + "'";
    const auto keys = named.GetPropertyNames();
    for (uint32_t i = 0; i < keys.Length(); i++) {
      const std::string key = keys.Get(i).ToString();
      const bool is = std::any_of(arguments.begin() + static_cast<ptrdiff_t>(first), arguments.end(), [&](const auto& a) { return a.name() == key; });
      if (!is) invalid(title + "unknown argument '" + key + "'; " + (known.empty() ? "it takes none" : "it takes " + known));
    }
  }
}

namespace {

// jitMethod(object, name): '' is forward with its hooks.
Napi::Value method(Addon& addon, const Info& info) {
  auto made = std::make_shared<ScriptMethod>(objectOf(addon, info)->object, info[1].As<Napi::String>());
  return Napi::Value(info.Env(), wrap(addon, info.Env(), std::shared_ptr<Resource>(std::move(made))));
}

Stack stackOf(Addon& addon, const Info& info, const ScriptMethod& method) {
  Stack stack{method.object};
  fillStack(addon, info.Env(), method.function.name(), method.function.getSchema(), info[1].As<Napi::Array>(), stack);
  return stack;
}

// jitRun(method, values)
Napi::Value run(Addon& addon, const Info& info) {
  addon.sweep();
  const auto method = resourceOf<ScriptMethod>(addon, info.Env(), info[0]);
  Stack stack = stackOf(addon, info, *method);
  addon.presume(method->kept(stack));
  return Napi::Value(info.Env(), fromScript(addon, info.Env(), method->run(stack)));
}

class ScriptJob : public Job {
 public:
  ScriptJob(std::shared_ptr<ScriptMethod> method, Stack stack) : method_(std::move(method)), stack_(std::move(stack)) {}
  void work() override {
    result_ = method_->run(stack_);
    stack_.clear();
  }
  napi_value finish(Addon& addon, napi_env env) override { return fromScript(addon, env, result_); }

 private:
  std::shared_ptr<ScriptMethod> method_;
  Stack stack_;
  IValue result_;
};

// jitRunAsync(method, values, turn or undefined)
Napi::Value runAsync(Addon& addon, const Info& info) {
  addon.sweep();
  auto method = resourceOf<ScriptMethod>(addon, info.Env(), info[0]);
  Stack stack = stackOf(addon, info, *method);
  addon.presume(method->kept(stack));
  auto job = std::make_unique<ScriptJob>(std::move(method), std::move(stack));
  return Napi::Value(info.Env(), addon.executor->submit(info.Env(), std::move(job), turnOf(addon, info.Env(), info[2])));
}

// A number that two handles of the same tensor or object have in common.
Napi::Value identity(Addon& addon, const Info& info) {
  const Slot& slot = slotOf(addon, info.Env(), info[0]);
  const auto held = std::dynamic_pointer_cast<ScriptObject>(slot.resource);
  const void* address = held ? static_cast<const void*>(held->object.get()) : slot.tensor.unsafeGetTensorImpl();
  return Napi::Number::New(info.Env(), static_cast<double>(reinterpret_cast<uintptr_t>(address)));
}

// { name, module, methods, attributes: [{ name, kind, type }] }
Napi::Value describeObject(Addon& addon, const Info& info) {
  const Napi::Env env = info.Env();
  const auto object = objectOf(addon, info)->object;
  const auto type = object->type();
  auto attributes = Napi::Array::New(env);
  const auto add = [&](const std::string& name, const char* kind, const c10::TypePtr& of) {
    auto entry = Napi::Object::New(env);
    entry.Set("name", name);
    entry.Set("kind", kind);
    entry.Set("type", of->annotation_str());
    attributes.Set(attributes.Length(), entry);
  };
  for (size_t i = 0; i < type->numAttributes(); i++) {
    const auto of = type->getAttribute(i);
    // As Python sees it: a parameter is one only where it is there, and every other tensor is a buffer.
    const bool tensor = object->getSlot(i).isTensor() && object->getSlot(i).toTensor().defined();
    const bool parameter = type->is_module() && type->is_parameter(i);
    const char* kind = of->is_module()                                                               ? "module"
                       : parameter && tensor                                             ? "parameter"
                       : tensor && !parameter && of->isSubtypeOf(*c10::TensorType::get()) ? "buffer"
                                                                                                     : "attribute";
    add(type->getAttributeName(i), kind, of);
  }
  for (size_t i = 0; i < type->numConstants(); i++) add(type->getConstantName(i), "constant", type->getConstant(i).type());
  std::vector<std::string> methods;
  for (const auto* each : type->methods()) methods.push_back(each->name());
  auto result = Napi::Object::New(env);
  result.Set("name", type->name() ? type->name()->name() : "");
  result.Set("module", type->is_module());
  result.Set("methods", strings(env, methods));
  result.Set("attributes", attributes);
  return result;
}

Napi::Value get(Addon& addon, const Info& info) {
  addon.sweep();
  const auto object = objectOf(addon, info)->object;
  const std::string name = info[1].As<Napi::String>();
  const torch::jit::Object view(object);
  if (!view.hasattr(name)) throw Misuse("INVALID_VALUE", "getAttr(): " + object->type()->annotation_str() + " has no attribute '" + name + "'");
  return Napi::Value(info.Env(), fromScript(addon, info.Env(), view.attr(name)));
}

Napi::Value set(Addon& addon, const Info& info) {
  const auto object = objectOf(addon, info)->object;
  const auto type = object->type();
  const std::string name = info[1].As<Napi::String>();
  const std::string where = "setAttr(): attribute '" + name + "'";
  if (type->hasConstant(name)) throw Misuse("INVALID_VALUE", where + " is a constant");
  const auto slot = type->findAttributeSlot(name);
  if (!slot) throw Misuse("INVALID_VALUE", "setAttr(): " + type->annotation_str() + " has no attribute '" + name + "'");
  object->setSlot(*slot, toScript(addon, info.Env(), info[2], type->getAttribute(*slot), where));
  return info.Env().Undefined();
}

Napi::Value train(Addon& addon, const Info& info) {
  objectOf(addon, info)->module().train(info[1].ToBoolean());
  return info.Env().Undefined();
}

// jitText(object, method, 'graph' | 'code' | 'schema')
Napi::Value text(Addon& addon, const Info& info) {
  const auto object = objectOf(addon, info)->object;
  torch::jit::Function& function = functionOf(object, info[1].As<Napi::String>());
  const std::string kind = info[2].As<Napi::String>();
  std::string result;
  if (kind == "schema") {
    result = c10::toString(function.getSchema());
  } else if (!function.isGraphFunction()) {
    throw Misuse("UNSUPPORTED", "the method '" + function.name() + "' is written in C++");
  } else if (kind == "graph") {
    result = torch::jit::toGraphFunction(function).graph()->toString();
  } else {
    std::vector<IValue> constants;
    torch::jit::PrintDepsTable table;
    torch::jit::PythonPrint printer(constants, table);
    printer.printMethod(function);
    result = printer.str();
  }
  return Napi::String::New(info.Env(), result);
}

// jitFreeze(module, preserved, numerics)
Napi::Value freeze(Addon& addon, const Info& info) {
  addon.sweep();
  const Module frozen = torch::jit::freeze(objectOf(addon, info)->module(), stringsOf(info[1]), info[2].ToBoolean());
  return Napi::Value(info.Env(), wrapObject(addon, info.Env(), frozen._ivalue()));
}

// jitOptimize(frozen module, methods other than forward)
Napi::Value optimize(Addon& addon, const Info& info) {
  addon.sweep();
  Module module = objectOf(addon, info)->module();
  const Module optimized = torch::jit::optimize_for_inference(module, stringsOf(info[1]));
  return Napi::Value(info.Env(), wrapObject(addon, info.Env(), optimized._ivalue()));
}

}  // namespace

void jitEntries(Entries& entries) {
  entries.push_back({"jitMethod", entry<method>});
  entries.push_back({"jitRun", entry<run>});
  entries.push_back({"jitRunAsync", entry<runAsync>});
  entries.push_back({"jitDescribe", entry<describeObject>});
  entries.push_back({"jitIdentity", entry<identity>});
  entries.push_back({"jitGet", entry<get>});
  entries.push_back({"jitSet", entry<set>});
  entries.push_back({"jitTrain", entry<train>});
  entries.push_back({"jitText", entry<text>});
  entries.push_back({"jitFreeze", entry<freeze>});
  entries.push_back({"jitOptimize", entry<optimize>});
}

}  // namespace flambeau
