#include "capture.h"

#include <ATen/ATen.h>
#include <ATen/autocast_mode.h>
#include <c10/core/impl/LocalDispatchKeySet.h>

#include <algorithm>
#include <unordered_set>

#include "addon.h"
#include "mode.h"

namespace flambeau {

namespace {

bool hasMemory(const at::Tensor& tensor) {
  return tensor.has_storage() && tensor.layout() == c10::kStrided && tensor.unsafeGetTensorImpl()->unsafe_storage().unsafeGetStorageImpl();
}

const c10::StorageImpl* memoryOf(const at::Tensor& tensor) {
  return tensor.unsafeGetTensorImpl()->unsafe_storage().unsafeGetStorageImpl();
}

Operand slotOperand(uint32_t slot, Kind kind) {
  Operand made;
  made.from = Operand::From::Slot;
  made.kind = kind;
  made.index = slot;
  return made;
}

}  // namespace

Recorder::Recorder(Addon& addon, const std::vector<at::Tensor>& inputs, const std::vector<std::string>& paths) : addon_(addon) {
  graph_->source = where();
  for (size_t i = 0; i < inputs.size(); i++) {
    const at::Tensor& input = inputs[i];
    if (input.layout() != c10::kStrided || input.unsafeGetTensorImpl()->is_nested()) {
      throw Misuse("CAPTURE", "capture(): argument " + paths[i] + " is sparse or nested; graphs take dense tensors");
    }
    for (size_t k = 0; k < i; k++) {
      if (inputs[k].is_same(input)) {
        throw Misuse("CAPTURE", "capture(): arguments " + paths[k] + " and " + paths[i] + " are the same tensor, so the graph could not tell them apart; give a clone");
      }
    }
    graph_->expected.push_back({paths[i], input.sizes().vec(), input.strides().vec(), input.storage_offset(), input.scalar_type(), input.device()});
    const uint32_t slot = newSlot();
    graph_->inputs.push_back(slot);
    know(input, slot, false);
  }
  resume();
}

Recorder::~Recorder() { suspend(); }

void Recorder::suspend() {
  if (active_) popMode();
  active_ = false;
  at::autocast::clear_cache();
}

void Recorder::resume() {
  // A weight that autocast cast before is no constant, and one that it casts now belongs to the run.
  at::autocast::clear_cache();
  if (!active_) pushMode(this);
  active_ = true;
}

Recorder::Place Recorder::placeOf(const at::Tensor& tensor) {
  return {tensor.sizes().vec(), tensor.strides().vec(), tensor.storage_offset(), tensor.scalar_type(), tensor.is_conj(), tensor.is_neg(), 0};
}

void Recorder::know(const at::Tensor& tensor, uint32_t slot, bool outside) {
  known_.insert_or_assign(tensor.unsafeGetTensorImpl(), Known{c10::weak_intrusive_ptr<c10::TensorImpl>(tensor.getIntrusivePtr()), slot});
  if (!hasMemory(tensor)) return;
  const auto storage = tensor.storage().getWeakStorageImpl();
  const auto [entry, fresh] = memory_.try_emplace(memoryOf(tensor), Memory{storage, outside, {}});
  Place place = placeOf(tensor);
  place.slot = slot;
  entry->second.places.push_back(std::move(place));
}

int64_t Recorder::find(const at::Tensor& tensor) const {
  if (const auto found = known_.find(tensor.unsafeGetTensorImpl()); found != known_.end()) return found->second.slot;
  if (!hasMemory(tensor)) return -1;
  const auto memory = memory_.find(memoryOf(tensor));
  if (memory == memory_.end()) return -1;
  const auto& places = memory->second.places;
  // The newest first: a place may have been another tensor's before.
  const auto place = std::find(places.rbegin(), places.rend(), placeOf(tensor));
  return place == places.rend() ? -1 : int64_t{place->slot};
}

uint32_t Recorder::slotOf(const at::Tensor& tensor) {
  if (tensor.requires_grad() && tensor.is_leaf() && !known_.count(tensor.unsafeGetTensorImpl())) leaves_.push_back(tensor);
  if (const int64_t found = find(tensor); found >= 0) {
    const auto slot = static_cast<uint32_t>(found);
    known_.try_emplace(tensor.unsafeGetTensorImpl(), Known{c10::weak_intrusive_ptr<c10::TensorImpl>(tensor.getIntrusivePtr()), slot});
    return slot;
  }
  if (hasMemory(tensor)) {
    const auto memory = memory_.find(memoryOf(tensor));
    if (memory != memory_.end() && !memory->second.outside) return restride(tensor, memory->second);
  }
  const uint32_t slot = newSlot();
  graph_->held.push_back(tensor);
  graph_->heldSlots.push_back(slot);
  know(tensor, slot, true);
  return slot;
}

// A view that came about without an operator: x.data, say, of a part.
uint32_t Recorder::restride(const at::Tensor& tensor, const Memory& memory) {
  const auto base = std::find_if(memory.places.begin(), memory.places.end(), [&](const Place& p) {
    return p.type == tensor.scalar_type() && p.conj == tensor.is_conj() && p.neg == tensor.is_neg();
  });
  if (base == memory.places.end()) throw Misuse("CAPTURE", "capture(): a tensor is a view of another dtype that no operator made" + where());
  static const auto op = c10::Dispatcher::singleton().findSchemaOrThrow("aten::as_strided", "");
  Node node;
  node.overload = overloadOf(op);
  node.target = "aten::as_strided.default";
  Operand sizes, strides, offset;
  sizes.constant = tensor.sizes().vec();
  strides.constant = tensor.strides().vec();
  offset.constant = tensor.storage_offset();
  sizes.kind = strides.kind = Kind::IntList;
  offset.kind = Kind::Int;
  node.operands = {slotOperand(base->slot, Kind::Tensor), sizes, strides, offset};
  const uint32_t slot = newSlot();
  node.outputs = {slot};
  graph_->nodes.push_back(std::move(node));
  know(tensor, slot, false);
  return slot;
}

Operand Recorder::operand(const c10::IValue& value, Kind kind) {
  if (value.isTensor() && value.toTensor().defined()) return slotOperand(slotOf(value.toTensor()), kind);
  Operand made;
  made.kind = kind;
  const bool list = value.isList() && (kind == Kind::TensorList || kind == Kind::OptionalTensorList || kind == Kind::Any);
  const auto elements = list ? value.toListRef() : c10::ArrayRef<c10::IValue>();
  if (std::any_of(elements.begin(), elements.end(), [](const auto& e) { return e.isTensor(); })) {
    made.from = Operand::From::List;
    for (const c10::IValue& element : elements) made.parts.push_back(operand(element, Kind::Tensor));
  } else {
    made.constant = value;
  }
  return made;
}

std::shared_ptr<const Overload> Recorder::overloadOf(const c10::OperatorHandle& op) {
  auto& known = overloads_[c10::toString(op.operator_name())];
  if (!known) known = std::make_shared<Overload>(op);
  return known;
}

// The slot of a result; -1 where it is one of the arguments, or nothing that a graph follows.
int64_t Recorder::result(const c10::IValue& value, const std::vector<const c10::TensorImpl*>& given, std::vector<Node>& after) {
  if (value.isTensor() && value.toTensor().defined()) {
    const at::Tensor& tensor = value.toTensor();
    if (std::find(given.begin(), given.end(), tensor.unsafeGetTensorImpl()) != given.end()) return -1;
    const uint32_t slot = newSlot();
    know(tensor, slot, false);
    return slot;
  }
  if (!value.isTensorList() && !value.isOptionalTensorList()) return -1;
  const uint32_t list = newSlot();
  int64_t i = 0;
  for (const c10::IValue& element : value.toListRef()) {
    const int64_t slot = result(element, given, after);
    Operand index;
    index.constant = i++;
    Node node;
    node.target = "builtin::getitem";
    node.builtin = builtinOf("getitem");
    node.operands = {slotOperand(list, Kind::Any), index};
    node.outputs = {slot};
    if (slot >= 0) after.push_back(std::move(node));
  }
  return list;
}

void Recorder::refuseReading() {
  const std::string place = where();
  throw Misuse("CAPTURE", "capture(): the value of a tensor is read" + (place.empty() ? "" : " " + place) +
                              ". A graph is recorded once, and what comes of a value would be the same in every run; return "
                              "the tensor and read it outside");
}

void Recorder::record(const c10::OperatorHandle& op, torch::jit::Stack* stack) {
  static const std::unordered_set<std::string> reading = {"aten::_local_scalar_dense", "aten::equal"};
  const c10::FunctionSchema& schema = op.schema();
  if (reading.count(schema.name())) {
    refuseReading();
  }
  Node node;
  std::vector<Node> after;
  std::vector<const c10::TensorImpl*> given;
  const size_t count = schema.arguments().size();
  const size_t first = stack->size() - count;
  {
    std::lock_guard<std::recursive_mutex> lock(mutex_);
    node.overload = overloadOf(op);
    node.target = schema.name() + "." + (schema.overload_name().empty() ? "default" : schema.overload_name());
    node.source = where();
    for (size_t i = 0; i < count; i++) {
      const c10::IValue& value = (*stack)[first + i];
      node.operands.push_back(operand(value, node.overload->arguments[i].kind));
      if (value.isTensor() && value.toTensor().defined()) given.push_back(value.toTensor().unsafeGetTensorImpl());
      if (value.isTensorList() || value.isOptionalTensorList()) {
        for (const c10::IValue& element : value.toListRef()) {
          if (element.isTensor() && element.toTensor().defined()) given.push_back(element.toTensor().unsafeGetTensorImpl());
        }
      }
    }
  }
  {
    c10::impl::ExcludeDispatchKeyGuard guard(kModeKeys);
    op.callBoxed(*stack);
  }
  std::lock_guard<std::recursive_mutex> lock(mutex_);
  const size_t results = schema.returns().size();
  for (size_t i = 0; i < results; i++) {
    node.outputs.push_back(result((*stack)[stack->size() - results + i], given, after));
  }
  graph_->nodes.push_back(std::move(node));
  for (Node& each : after) graph_->nodes.push_back(std::move(each));
}

std::string Recorder::where() {
  if (!addon_.onThread() || addon_.where.IsEmpty()) return "";
  napi_env env = addon_.env;
  Napi::HandleScope scope(env);
  napi_value undefined, result;
  if (napi_get_undefined(env, &undefined) != napi_ok) return "";
  if (napi_call_function(env, undefined, addon_.where.Value(), 0, nullptr, &result) != napi_ok) {
    napi_value thrown;
    napi_get_and_clear_last_exception(env, &thrown);
    return "";
  }
  return Napi::Value(env, result).ToString();
}

void Recorder::gradientSet(const at::Tensor& tensor) {
  std::lock_guard<std::recursive_mutex> lock(mutex_);
  const auto same = [&](const at::Tensor& other) { return other.is_same(tensor); };
  if (std::none_of(set_.begin(), set_.end(), same)) set_.push_back(tensor);
}

// What backward passes left in the gradients of tensors outside is what every run leaves there.
void Recorder::keepGradients() {
  const auto has = [](const std::vector<at::Tensor>& list, const at::Tensor& tensor) {
    return std::any_of(list.begin(), list.end(), [&](const at::Tensor& other) { return other.is_same(tensor); });
  };
  const auto inside = [&](const at::Tensor& grad) {
    if (!grad.defined()) return false;
    const auto memory = hasMemory(grad) ? memory_.find(memoryOf(grad)) : memory_.end();
    return memory != memory_.end() ? !memory->second.outside : find(grad) >= 0;
  };
  std::vector<at::Tensor> all = set_;
  for (const at::Tensor& leaf : leaves_) {
    if (!has(all, leaf)) all.push_back(leaf);
  }
  for (const at::Tensor& tensor : all) {
    const at::Tensor& grad = tensor.grad();
    const bool made = inside(grad);
    if (made && !has(set_, tensor)) {
      throw Misuse("CAPTURE", "capture(): a parameter had no gradient before, so a second run would add to the first one's. Call "
                              "zeroGrad() inside of the function");
    }
    if (!made && (grad.defined() || !has(set_, tensor))) continue;
    const auto held = std::find_if(graph_->held.begin(), graph_->held.end(), [&](const at::Tensor& other) { return other.is_same(tensor); });
    const auto index = static_cast<uint32_t>(held - graph_->held.begin());
    if (held == graph_->held.end()) {
      graph_->held.push_back(tensor);
      graph_->heldSlots.push_back(newSlot());
    }
    graph_->gradients.push_back({index, made ? int64_t{slotOf(grad)} : -1});
  }
}

// Leaves out what nobody needs: results that nobody reads, and the new faces that autograd gives to the same tensor.
void Recorder::shorten() {
  std::vector<Node>& nodes = graph_->nodes;
  const bool reshapes = std::any_of(nodes.begin(), nodes.end(), [](const Node& n) { return n.overload && n.overload->handle.hasTag(at::Tag::inplace_view); });
  std::vector<uint32_t> same(graph_->slots);
  for (uint32_t i = 0; i < same.size(); i++) same[i] = i;
  const auto rename = [&](auto& self, std::vector<Operand>& operands) -> void {
    for (Operand& operand : operands) {
      if (operand.from == Operand::From::Slot) operand.index = same[operand.index];
      self(self, operand.parts);
    }
  };
  for (Node& node : nodes) {
    rename(rename, node.operands);
    if (graph_->differentiable || reshapes || (node.target != "aten::detach.default" && node.target != "aten::alias.default")) continue;
    if (node.outputs[0] >= 0) same[static_cast<size_t>(node.outputs[0])] = node.operands[0].index;
  }
  rename(rename, graph_->outputs);
  for (Gradient& gradient : graph_->gradients) {
    if (gradient.slot >= 0) gradient.slot = same[static_cast<size_t>(gradient.slot)];
  }

  std::vector<bool> wanted(graph_->slots, false);
  const auto want = [&](auto& self, const std::vector<Operand>& operands) -> void {
    for (const Operand& operand : operands) {
      if (operand.from == Operand::From::Slot) wanted[operand.index] = true;
      self(self, operand.parts);
    }
  };
  want(want, graph_->outputs);
  for (const Gradient& gradient : graph_->gradients) {
    if (gradient.slot >= 0) wanted[static_cast<size_t>(gradient.slot)] = true;
  }
  std::vector<Node> kept;
  for (auto node = nodes.rbegin(); node != nodes.rend(); ++node) {
    bool needed = std::any_of(node->outputs.begin(), node->outputs.end(), [&](int64_t slot) { return slot >= 0 && wanted[static_cast<size_t>(slot)]; });
    if (node->overload && !needed) {
      const c10::OperatorHandle& op = node->overload->handle;
      // Random numbers count too: those that follow would be others.
      needed = op.hasTag(at::Tag::nondeterministic_seeded) || op.schema().returns().empty() || !writtenBy(*node).empty();
    }
    if (!needed) continue;
    want(want, node->operands);
    kept.push_back(std::move(*node));
  }
  std::reverse(kept.begin(), kept.end());
  nodes = std::move(kept);
}

std::shared_ptr<Graph> Recorder::finish(const std::vector<at::Tensor>& outputs) {
  suspend();
  std::lock_guard<std::recursive_mutex> lock(mutex_);
  for (const at::Tensor& output : outputs) graph_->outputs.push_back(slotOperand(slotOf(output), Kind::Tensor));
  keepGradients();
  graph_->differentiable = differentiable_;
  shorten();
  graph_->seal();
  return graph_;
}

}  // namespace flambeau
