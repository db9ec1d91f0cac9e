#include <unordered_map>

#include "addon.h"
#include "convert.h"
#include "exports.h"
#include "graph.h"
#include "turn.h"

namespace flambeau {

namespace {

using Info = Napi::CallbackInfo;

constexpr int kDeepest = 64;  // graphs in graphs, lists in lists

[[noreturn]] void wrong(const std::string& where, const std::string& what) {
  throw Misuse("INVALID_VALUE", "the graph is not one: " + where + ": " + what);
}

uint32_t slotNumber(const Napi::Value& value, uint32_t slots, const std::string& where) {
  const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : -1;
  if (!(number >= 0 && number < slots) || number != std::trunc(number)) wrong(where, "a slot must be a number below " + std::to_string(slots));
  return static_cast<uint32_t>(number);
}

// What one of the list's elements takes.
Argument elementOf(const Argument& argument) {
  Argument element;
  element.name = argument.name;
  switch (argument.kind) {
    case Kind::TensorList: element.kind = Kind::Tensor; break;
    case Kind::OptionalTensorList:
      element.kind = Kind::Tensor;
      element.optional = true;
      break;
    case Kind::IntList: element.kind = Kind::Int; break;
    case Kind::FloatList: element.kind = Kind::Float; break;
    case Kind::BoolList: element.kind = Kind::Bool; break;
    case Kind::StringList: element.kind = Kind::String; break;
    case Kind::ScalarList: element.kind = Kind::Scalar; break;
    default:
      element.kind = Kind::Any;
      element.optional = true;
  }
  return element;
}

// Reads a specification: see src/graph/spec.ts.
class Builder {
 public:
  Builder(Addon& addon, napi_env env) : addon_(addon), env_(env) {}

  std::shared_ptr<Graph> graph(const Napi::Value& value, int depth = 0) {
    if (depth > kDeepest) wrong("graphs", "they are nested too deeply");
    if (!value.IsObject()) wrong("graph", "it must be an object");
    const auto spec = value.As<Napi::Object>();
    auto made = std::make_shared<Graph>();
    const double slots = spec.Get("slots").IsNumber() ? spec.Get("slots").As<Napi::Number>().DoubleValue() : -1;
    if (!(slots >= 0 && slots < 1 << 24)) wrong("slots", "it must be a number below 16777216");
    slots_ = made->slots = static_cast<uint32_t>(slots);
    each(spec.Get("inputs"), "inputs", [&](const Napi::Value& slot) { made->inputs.push_back(slotNumber(slot, slots_, "inputs")); });
    each(spec.Get("constants"), "constants", [&](const Napi::Value& entry) {
      const auto constant = object(entry, "constants");
      made->heldSlots.push_back(slotNumber(constant.Get("slot"), slots_, "constants"));
      made->held.push_back(tensorOf(addon_, env_, constant.Get("tensor")));
    });
    each(spec.Get("nodes"), "nodes", [&](const Napi::Value& node) { made->nodes.push_back(this->node(object(node, "nodes"), depth)); });
    slots_ = made->slots;
    Argument any;
    any.kind = Kind::Any;
    any.optional = true;
    each(spec.Get("outputs"), "outputs", [&](const Napi::Value& output) { made->outputs.push_back(operand(output, any, "outputs", 0)); });
    made->seal();
    return made;
  }

 private:
  template <typename F>
  void each(const Napi::Value& value, const std::string& where, F visit) {
    if (!value.IsArray()) wrong(where, "it must be an array");
    const auto array = value.As<Napi::Array>();
    for (uint32_t i = 0, length = array.Length(); i < length; i++) {
      Napi::HandleScope scope(env_);
      visit(array.Get(i));
    }
  }

  Napi::Object object(const Napi::Value& value, const std::string& where) {
    if (!value.IsObject()) wrong(where, "an element must be an object");
    return value.As<Napi::Object>();
  }

  std::shared_ptr<const Overload> overload(const std::string& target) {
    auto& known = overloads_[target];
    if (!known) {
      Operator& op = operatorAt(findOperator(target.find('.') == std::string::npos ? target + ".default" : target, true));
      known = std::make_shared<Overload>(op.overloads.at(0));
    }
    return known;
  }

  Node node(const Napi::Object& spec, int depth) {
    Node made;
    made.target = spec.Get("target").ToString();
    if (spec.Get("source").IsString()) made.source = spec.Get("source").ToString();
    const std::string space = made.target.substr(0, made.target.find("::"));
    const std::string name = made.target.substr(std::min(made.target.size(), space.size() + 2));
    if (space == "builtin") {
      made.builtin = builtinOf(name);
      if (!made.builtin) wrong(made.target, "there is no such builtin");
    } else if (space == "control") {
      static const std::unordered_map<std::string, Control> kinds = {
          {"call", Control::Call}, {"cond", Control::Cond}, {"while_loop", Control::WhileLoop}, {"map", Control::Map}, {"scan", Control::Scan}};
      const auto kind = kinds.find(name);
      if (kind == kinds.end()) wrong(made.target, "there is no such control flow");
      made.control = kind->second;
      const uint32_t slots = slots_;
      each(spec.Get("graphs"), "graphs", [&](const Napi::Value& graph) { made.graphs.push_back(this->graph(graph, depth + 1)); });
      slots_ = slots;
      if (made.graphs.size() != (made.control == Control::Cond || made.control == Control::WhileLoop ? 2 : 1)) wrong(made.target, "it has another number of graphs");
    } else {
      made.overload = overload(made.target);
    }
    size_t i = 0;
    each(spec.Get("args"), made.target, [&](const Napi::Value& value) { made.operands.push_back(argument(made, value, i++)); });
    while (made.overload && i < made.overload->arguments.size()) made.operands.push_back(argument(made, Napi::Env(env_).Undefined(), i++));
    each(spec.Get("outputs"), made.target, [&](const Napi::Value& slot) {
      made.outputs.push_back(slot.IsNull() ? -1 : int64_t{slotNumber(slot, slots_, made.target)});
    });
    return made;
  }

  Operand argument(const Node& node, const Napi::Value& value, size_t i) {
    Argument any;
    any.kind = Kind::Any;
    any.optional = true;
    if (node.overload && i >= node.overload->arguments.size()) wrong(node.target, "it has too many arguments");
    const Argument& wanted = node.overload ? node.overload->arguments[i] : any;
    if (!value.IsUndefined()) return operand(value, wanted, node.target, 0);
    if (!wanted.hasDefault) wrong(node.target, "argument '" + wanted.name + "' is missing");
    Operand made;
    made.kind = wanted.kind;
    made.constant = wanted.fallback;
    return made;
  }

  Operand operand(const Napi::Value& value, const Argument& argument, const std::string& where, int depth) {
    if (depth > kDeepest) wrong(where, "lists are nested too deeply");
    const auto spec = object(value, where);
    Operand made;
    made.kind = argument.kind;
    if (spec.Has("value")) {
      made.from = Operand::From::Slot;
      made.index = slotNumber(spec.Get("value"), slots_, where);
    } else if (spec.Has("list")) {
      made.from = Operand::From::List;
      const Argument element = elementOf(argument);
      each(spec.Get("list"), where, [&](const Napi::Value& part) { made.parts.push_back(operand(part, element, where, depth + 1)); });
    } else if (spec.Has("float")) {
      const double number = spec.Get("float").ToNumber().DoubleValue();
      if (argument.kind == Kind::Tensor) made.constant = wrappedNumber(number);
      else made.constant = number;
    } else {
      const Napi::Value constant = spec.Get("constant");
      if (constant.IsNull() || constant.IsUndefined()) {
        if (!argument.optional) wrong(where, "argument '" + argument.name + "' must not be null");
      } else if (!fromJs(addon_, env_, argument, constant, Mark::Plain, true, made.constant)) {
        wrong(where, "argument '" + argument.name + "' must be " + expected(argument, true) + ", not " + describe(env_, constant, Mark::Plain));
      }
    }
    return made;
  }

  Addon& addon_;
  napi_env env_;
  uint32_t slots_ = 0;
  std::unordered_map<std::string, std::shared_ptr<Overload>> overloads_;
};

Napi::Value create(Addon& addon, const Info& info) {
  std::shared_ptr<Graph> graph = Builder(addon, info.Env()).graph(info[0]);
  return Napi::Value(info.Env(), wrap(addon, info.Env(), std::shared_ptr<Resource>(std::move(graph))));
}

// The inputs of a run, with a mark for each: 0 number or boolean, 1 tensor, 2 number that is not whole by its type.
Values argumentsOf(Addon& addon, const Info& info) {
  const auto values = info[1].As<Napi::Array>(), marks = info[2].As<Napi::Array>();
  Values result;
  for (uint32_t i = 0; i < values.Length(); i++) {
    const Napi::Value value = values.Get(i);
    const uint32_t mark = marks.Get(i).ToNumber().Uint32Value();
    c10::Scalar scalar;
    if (mark == 1) result.emplace_back(tensorOf(addon, info.Env(), value));
    else if (!toScalar(info.Env(), value, scalar)) invalid("run(): input " + std::to_string(i) + " must be Tensor, number or boolean, not " + describe(info.Env(), value, Mark::Plain));
    else if (mark == 2) result.emplace_back(scalar.toDouble());
    else result.emplace_back(scalar);
  }
  return result;
}

napi_value resultsOf(Addon& addon, napi_env env, const Values& values) {
  napi_value array;
  check(env, napi_create_array_with_length(env, values.size(), &array));
  for (size_t i = 0; i < values.size(); i++) check(env, napi_set_element(env, array, static_cast<uint32_t>(i), toJs(addon, env, values[i], Kind::Any)));
  return array;
}

Napi::Value run(Addon& addon, const Info& info) {
  addon.sweep();
  const auto graph = resourceOf<Graph>(addon, info.Env(), info[0]);
  return Napi::Value(info.Env(), resultsOf(addon, info.Env(), graph->run(argumentsOf(addon, info))));
}

// The tensors behind info[1], info[2], ...
Values tensorsOf(Addon& addon, const Info& info) {
  Values values;
  values.reserve(info.Length());
  for (size_t i = 1; i < info.Length(); i++) values.emplace_back(tensorOf(addon, info.Env(), info[i]));
  return values;
}

// graphAccept(graph, ...tensors): graphAgain need not look closer at such.
Napi::Value accept(Addon& addon, const Info& info) {
  resourceOf<Graph>(addon, info.Env(), info[0])->accept(tensorsOf(addon, info));
  return info.Env().Undefined();
}

// graphAgain(graph, ...tensors): as graphRun, where the tensors are like those of graphAccept; otherwise undefined.
// One result that is a tensor comes without an array.
Napi::Value again(Addon& addon, const Info& info) {
  addon.sweep();
  const auto graph = resourceOf<Graph>(addon, info.Env(), info[0]);
  Values values = tensorsOf(addon, info);
  if (!graph->accepts(values)) return info.Env().Undefined();
  values = graph->run(std::move(values));
  if (values.size() != 1 || !values[0].isTensor()) return Napi::Value(info.Env(), resultsOf(addon, info.Env(), values));
  return Napi::Value(info.Env(), toJs(addon, info.Env(), values[0], Kind::Any));
}

class RunJob : public Job {
 public:
  RunJob(std::shared_ptr<Graph> graph, Values values) : graph_(std::move(graph)), values_(std::move(values)) {}
  void work() override { values_ = graph_->run(std::move(values_)); }
  napi_value finish(Addon& addon, napi_env env) override { return resultsOf(addon, env, values_); }

 private:
  std::shared_ptr<Graph> graph_;
  Values values_;
};

// graphRunAsync(graph, inputs, marks, turn or undefined)
Napi::Value runAsync(Addon& addon, const Info& info) {
  addon.sweep();
  auto job = std::make_unique<RunJob>(resourceOf<Graph>(addon, info.Env(), info[0]), argumentsOf(addon, info));
  return Napi::Value(info.Env(), addon.executor->submit(info.Env(), std::move(job), turnOf(addon, info.Env(), info[3])));
}

}  // namespace

void graphEntries(Entries& entries) {
  entries.push_back({"graphCreate", entry<create>});
  entries.push_back({"graphRun", entry<run>});
  entries.push_back({"graphAccept", entry<accept>});
  entries.push_back({"graphAgain", entry<again>});
  entries.push_back({"graphRunAsync", entry<runAsync>});
}

}  // namespace flambeau
