#include "graph.h"

#include <ATen/ATen.h>
#include <ATen/ScalarOps.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <unordered_set>

#include "errors.h"
#include "guard.h"

namespace flambeau {

namespace {

template <typename F>
void eachSlot(const std::vector<Operand>& operands, F visit) {
  for (const Operand& operand : operands) {
    if (operand.from == Operand::From::Slot) visit(operand);
    eachSlot(operand.parts, visit);
  }
}

template <typename T, typename Read>
c10::IValue listOf(const Values& parts, Read read) {
  c10::List<T> list;
  list.reserve(parts.size());
  for (const c10::IValue& part : parts) list.push_back(read(part));
  return list;
}

int64_t integer(const c10::IValue& value) {
  if (value.isInt()) return value.toInt();
  if (value.isBool()) return value.toBool();
  return value.toSymInt().guard_int(__FILE__, __LINE__);
}

double number(const c10::IValue& value) {
  return value.isDouble() ? value.toDouble() : static_cast<double>(integer(value));
}

c10::IValue generic(const c10::TypePtr& type, const Values& parts) {
  c10::impl::GenericList list(type);
  list.reserve(parts.size());
  for (const c10::IValue& part : parts) list.push_back(part);
  return list;
}

// A list as an argument of this kind wants it.
c10::IValue pack(Kind kind, const Values& parts) {
  switch (kind) {
    case Kind::TensorList: return listOf<at::Tensor>(parts, [](const auto& v) { return v.toTensor(); });
    case Kind::OptionalTensorList:
      return listOf<std::optional<at::Tensor>>(
          parts, [](const auto& v) { return v.isNone() ? std::nullopt : std::optional<at::Tensor>(v.toTensor()); });
    case Kind::IntList: return listOf<int64_t>(parts, integer);
    case Kind::FloatList: return listOf<double>(parts, number);
    case Kind::BoolList: return listOf<bool>(parts, [](const auto& v) { return v.toBool(); });
    case Kind::StringList: return listOf<std::string>(parts, [](const auto& v) { return v.toStringRef(); });
    case Kind::ScalarList: return generic(c10::NumberType::get(), parts);
    default: return generic(c10::AnyType::get(), parts);
  }
}

}  // namespace

at::Tensor wrappedNumber(const c10::Scalar& value) {
  at::Tensor tensor = c10::scalar_to_tensor(value);
  tensor.unsafeGetTensorImpl()->set_wrapped_number(true);
  return tensor;
}

std::vector<size_t> writtenBy(const Node& node) {
  std::vector<size_t> places;
  if (!node.overload) return places;
  const auto& schema = node.overload->handle.schema();
  // Running statistics, of which these schemas say nothing.
  static const std::unordered_set<std::string> hidden = {"aten::batch_norm",          "aten::_batch_norm_impl_index", "aten::native_batch_norm",
                                                         "aten::cudnn_batch_norm",    "aten::miopen_batch_norm",      "aten::instance_norm"};
  if (hidden.count(schema.name())) return {3, 4};
  for (size_t i = 0; i < schema.arguments().size(); i++) {
    const auto* alias = schema.arguments()[i].alias_info();
    const auto isWrite = [](const c10::AliasInfo& info) { return info.isWrite(); };
    if (alias && (isWrite(*alias) || std::any_of(alias->containedTypes().begin(), alias->containedTypes().end(), isWrite))) places.push_back(i);
  }
  return places;
}

void Graph::seal() {
  // The held tensors stand in slots for whoever writes a graph, and beside the table for who runs it.
  std::vector<int64_t> heldAt(slots, -1);
  for (size_t i = 0; i < heldSlots.size(); i++) heldAt.at(heldSlots[i]) = static_cast<int64_t>(i);
  const auto resolve = [&](auto& self, std::vector<Operand>& operands) -> void {
    for (Operand& operand : operands) {
      if (operand.from == Operand::From::Slot) {
        TORCH_CHECK(operand.index < slots, "slot ", operand.index, " is beyond the table of ", slots);
        if (heldAt[operand.index] >= 0) {
          operand.from = Operand::From::Held;
          operand.index = static_cast<uint32_t>(heldAt[operand.index]);
        }
      }
      self(self, operand.parts);
    }
  };
  std::vector<bool> known(slots, false), wanted(slots, false);
  for (const uint32_t slot : inputs) known.at(slot) = true;
  for (Node& node : nodes) {
    resolve(resolve, node.operands);
    eachSlot(node.operands, [&](const Operand& o) {
      TORCH_CHECK(known[o.index], node.target, ": slot ", o.index, " is read before it is written");
    });
    for (const int64_t slot : node.outputs) {
      TORCH_CHECK(slot < static_cast<int64_t>(slots), node.target, ": slot ", slot, " is beyond the table of ", slots);
      if (slot >= 0) known[static_cast<size_t>(slot)] = true;
    }
    if (!node.overload) {
      exclusive_ = exclusive_ || std::any_of(node.graphs.begin(), node.graphs.end(), [](const auto& g) { return g->exclusive_; });
      continue;
    }
    for (const size_t i : writtenBy(node)) {
      const auto note = [&](const Operand& o) {
        if (o.from == Operand::From::Held) written_.push_back(o.index);
      };
      note(node.operands[i]);
      for (const Operand& part : node.operands[i].parts) note(part);
    }
  }
  resolve(resolve, outputs);
  eachSlot(outputs, [&](const Operand& o) { TORCH_CHECK(known[o.index], "output slot ", o.index, " is never written"); });
  std::sort(written_.begin(), written_.end());
  written_.erase(std::unique(written_.begin(), written_.end()), written_.end());
  exclusive_ = exclusive_ || !written_.empty() || !gradients.empty();

  // From the end: who reads a slot last lets it go.
  eachSlot(outputs, [&](const Operand& o) { wanted[o.index] = true; });
  for (const Gradient& gradient : gradients) {
    if (gradient.slot >= 0) wanted.at(static_cast<size_t>(gradient.slot)) = true;
  }
  for (auto node = nodes.rbegin(); node != nodes.rend(); ++node) {
    node->ends.clear();
    for (const int64_t slot : node->outputs) {
      if (slot >= 0 && !wanted[static_cast<size_t>(slot)]) node->ends.push_back(static_cast<uint32_t>(slot));
    }
    const auto mark = [&](auto& self, std::vector<Operand>& operands) -> void {
      for (auto operand = operands.rbegin(); operand != operands.rend(); ++operand) {
        if (operand->from == Operand::From::Slot) {
          operand->last = !wanted[operand->index];
          wanted[operand->index] = true;
        }
        self(self, operand->parts);
      }
    };
    mark(mark, node->operands);
  }
}

c10::IValue Graph::read(const Operand& operand, Values& table) const {
  switch (operand.from) {
    case Operand::From::Constant: return operand.constant;
    case Operand::From::Held: return held[operand.index];
    case Operand::From::Slot: {
      c10::IValue& value = table[operand.index];
      c10::IValue result = operand.last ? std::move(value) : value;
      if (operand.kind == Kind::Float && result.isInt()) return static_cast<double>(result.toInt());
      if (operand.kind == Kind::Tensor && result.isScalar()) return wrappedNumber(result.toScalar());
      return result;
    }
    case Operand::From::List: {
      Values parts;
      parts.reserve(operand.parts.size());
      for (const Operand& part : operand.parts) parts.push_back(read(part, table));
      return pack(operand.kind, parts);
    }
  }
  return {};
}

void Graph::runNode(const Node& node, Values& table, Values& stack) const {
  stack.clear();
  for (const Operand& operand : node.operands) stack.push_back(read(operand, table));
  if (node.overload) {
    if (node.overload->guard) node.overload->guard(stack);
    node.overload->handle.callBoxed(stack);
  } else if (node.builtin) {
    c10::IValue result = node.builtin(stack);
    stack.clear();
    stack.push_back(std::move(result));
  } else {
    stack = runControl(node, std::move(stack));
  }
  const size_t count = std::min(node.outputs.size(), stack.size());
  for (size_t i = 0; i < count; i++) {
    if (node.outputs[i] >= 0) table[static_cast<size_t>(node.outputs[i])] = std::move(stack[i]);
  }
  for (const uint32_t slot : node.ends) table[slot] = c10::IValue();
}

void Graph::execute(Values& table) const {
  Values stack;
  for (const Node& node : nodes) {
    try {
      runNode(node, table, stack);
    } catch (c10::Error& error) {
      error.add_context("in " + node.target + (node.source.empty() ? "" : ", written " + node.source));
      throw;
    }
  }
}

bool Graph::needsGrad(const Values& arguments) const {
  if (!differentiable || !c10::GradMode::is_enabled()) return false;
  const auto requires_ = [](const at::Tensor& tensor) { return tensor.defined() && tensor.requires_grad(); };
  return std::any_of(held.begin(), held.end(), requires_) ||
         std::any_of(arguments.begin(), arguments.end(), [&](const auto& v) { return v.isTensor() && requires_(v.toTensor()); });
}

Values Graph::run(Values arguments) const {
  TORCH_CHECK_VALUE(arguments.size() == inputs.size(), "the graph takes ", inputs.size(), " inputs, not ", arguments.size());
  std::unique_lock<std::mutex> lock(mutex_, std::defer_lock);
  if (exclusive_) lock.lock();
  const bool grad = needsGrad(arguments);
  Values table(slots);
  for (size_t i = 0; i < inputs.size(); i++) table[inputs[i]] = std::move(arguments[i]);
  if (grad) {
    execute(table);
  } else {
    // Nothing is recorded, so autograd and its bookkeeping of views need not look at each call.
    at::AutoDispatchBelowADInplaceOrView guard;
    execute(table);
    for (const uint32_t index : written_) {
      if (!held[index].is_inference()) held[index].unsafeGetTensorImpl()->bump_version();
    }
  }
  Values results;
  results.reserve(outputs.size());
  for (const Operand& output : outputs) results.push_back(read(output, table));
  for (const Gradient& gradient : gradients) {
    held[gradient.held].mutable_grad() =
        gradient.slot < 0 ? at::Tensor() : table[static_cast<size_t>(gradient.slot)].toTensor();
  }
  return results;
}

}  // namespace flambeau
