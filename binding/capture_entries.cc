#include "addon.h"
#include "capture.h"
#include "convert.h"
#include "exports.h"

namespace flambeau {

namespace {

using Info = Napi::CallbackInfo;

std::vector<at::Tensor> tensorsOf(Addon& addon, const Info& info) {
  const auto array = info[0].As<Napi::Array>();
  std::vector<at::Tensor> tensors;
  for (uint32_t i = 0; i < array.Length(); i++) tensors.push_back(tensorOf(addon, info.Env(), array.Get(i)));
  return tensors;
}

Recorder& recorderOf(Addon& addon) {
  if (!addon.recorder) throw Misuse("CAPTURE", "no graph is being captured");
  return *addon.recorder;
}

Napi::Value begin(Addon& addon, const Info& info) {
  if (addon.recorder) throw Misuse("CAPTURE", "capture(): a graph is being captured already; captures do not nest");
  const auto names = info[1].As<Napi::Array>();
  std::vector<std::string> paths;
  for (uint32_t i = 0; i < names.Length(); i++) paths.push_back(names.Get(i).ToString());
  addon.recorder = std::make_unique<Recorder>(addon, tensorsOf(addon, info), paths);
  return info.Env().Undefined();
}

Napi::Value end(Addon& addon, const Info& info) {
  std::shared_ptr<Graph> graph = recorderOf(addon).finish(tensorsOf(addon, info));
  addon.recorder.reset();
  return Napi::Value(info.Env(), wrap(addon, info.Env(), std::shared_ptr<Resource>(std::move(graph))));
}

Napi::Value abandon(Addon& addon, const Info& info) {
  addon.recorder.reset();
  return info.Env().Undefined();
}

// captureSuspend(true) stops the recording for a while, captureSuspend(false) goes on; gives whether there is one.
Napi::Value suspend(Addon& addon, const Info& info) {
  if (addon.recorder) info[0].ToBoolean() ? addon.recorder->suspend() : addon.recorder->resume();
  return Napi::Boolean::New(info.Env(), addon.recorder != nullptr);
}

// The other way of graphCreate: a graph as its specification.
class Describer {
 public:
  Describer(Addon& addon, Napi::Env env) : addon_(addon), env_(env) {}

  Napi::Object graph(const Graph& graph) {
    auto spec = Napi::Object::New(env_);
    spec.Set("slots", graph.slots);
    spec.Set("inputs", list(graph.inputs, [&](uint32_t slot) { return Napi::Number::New(env_, slot); }));
    auto constants = Napi::Array::New(env_, graph.held.size());
    for (uint32_t i = 0; i < graph.held.size(); i++) {
      auto constant = Napi::Object::New(env_);
      constant.Set("slot", graph.heldSlots[i]);
      constant.Set("tensor", Napi::Value(env_, wrap(addon_, env_, graph.held[i])));
      constants.Set(i, constant);
    }
    spec.Set("constants", constants);
    spec.Set("nodes", list(graph.nodes, [&](const Node& node) { return this->node(graph, node); }));
    spec.Set("outputs", list(graph.outputs, [&](const Operand& output) { return operand(graph, output); }));
    spec.Set("gradients", list(graph.gradients, [&](const Gradient& gradient) {
      auto entry = Napi::Object::New(env_);
      entry.Set("parameter", graph.heldSlots[gradient.held]);
      entry.Set("value", gradient.slot < 0 ? env_.Null() : Napi::Number::New(env_, static_cast<double>(gradient.slot)));
      return entry;
    }));
    return spec;
  }

 private:
  template <typename T, typename F>
  Napi::Array list(const std::vector<T>& values, F make) {
    auto array = Napi::Array::New(env_, values.size());
    for (uint32_t i = 0; i < values.size(); i++) {
      Napi::HandleScope scope(env_);
      array.Set(i, make(values[i]));
    }
    return array;
  }

  Napi::Object node(const Graph& graph, const Node& node) {
    auto spec = Napi::Object::New(env_);
    spec.Set("target", node.target);
    spec.Set("args", list(node.operands, [&](const Operand& each) { return operand(graph, each); }));
    spec.Set("outputs", list(node.outputs, [&](int64_t slot) -> Napi::Value {
      return slot < 0 ? env_.Null() : Napi::Number::New(env_, static_cast<double>(slot)).As<Napi::Value>();
    }));
    if (!node.graphs.empty()) spec.Set("graphs", list(node.graphs, [&](const auto& inner) { return this->graph(*inner); }));
    if (!node.source.empty()) spec.Set("source", node.source);
    return spec;
  }

  Napi::Object operand(const Graph& graph, const Operand& operand) {
    auto spec = Napi::Object::New(env_);
    switch (operand.from) {
      case Operand::From::Slot: spec.Set("value", operand.index); break;
      case Operand::From::Held: spec.Set("value", graph.heldSlots[operand.index]); break;
      case Operand::From::List: spec.Set("list", list(operand.parts, [&](const Operand& part) { return this->operand(graph, part); })); break;
      case Operand::From::Constant: constant(spec, operand.constant, operand.kind);
    }
    return spec;
  }

  void constant(Napi::Object& spec, const c10::IValue& value, Kind kind) {
    const bool numbers = kind == Kind::Scalar || kind == Kind::Any;
    if (value.isDouble() && (numbers || kind == Kind::Float)) {
      spec.Set("float", value.toDouble());
    } else if (value.isList() && kind == Kind::ScalarList) {
      spec.Set("list", list(value.toListRef().vec(), [&](const c10::IValue& element) {
        auto part = Napi::Object::New(env_);
        constant(part, element, Kind::Scalar);
        return part;
      }));
    } else {
      spec.Set("constant", Napi::Value(env_, toJs(addon_, env_, value, kind)));
    }
  }

  Addon& addon_;
  Napi::Env env_;
};

Napi::Value describe(Addon& addon, const Info& info) {
  addon.sweep();
  return Describer(addon, info.Env()).graph(*resourceOf<Graph>(addon, info.Env(), info[0]));
}

}  // namespace

void captureEntries(Entries& entries) {
  entries.push_back({"captureBegin", entry<begin>});
  entries.push_back({"captureEnd", entry<end>});
  entries.push_back({"captureAbandon", entry<abandon>});
  entries.push_back({"captureSuspend", entry<suspend>});
  entries.push_back({"graphDescribe", entry<describe>});
}

}  // namespace flambeau
