#include "graph.h"

#include <ATen/ATen.h>
#include <ATen/ScalarOps.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <unordered_set>

#include "convert.h"
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

// The held tensors stand in slots for whoever writes a graph, and beside the table for who runs it.
void Graph::resolveHeld() {
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
  std::vector<bool> known(slots, false);
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
  }
  resolve(resolve, outputs);
  eachSlot(outputs, [&](const Operand& o) { TORCH_CHECK(known[o.index], "output slot ", o.index, " is never written"); });
}

// Which held tensors nodes write to, by themselves or by a view of them.
void Graph::findWritten() {
  std::vector<int64_t> viewed(slots, -1);  // the held tensor that a slot may be a view of
  const auto heldOf = [&](const Operand& o) {
    if (o.from == Operand::From::Held) return int64_t{o.index};
    return o.from == Operand::From::Slot ? viewed[o.index] : int64_t{-1};
  };
  for (const Node& node : nodes) {
    if (!node.graphs.empty()) {
      exclusive_ = exclusive_ || std::any_of(node.graphs.begin(), node.graphs.end(), [](const auto& g) { return g->exclusive_; });
      continue;
    }
    const auto write = [&](const Operand& o) {
      if (const int64_t held = heldOf(o); held >= 0) written_.push_back(static_cast<uint32_t>(held));
    };
    if (node.overload) {
      for (const size_t i : writtenBy(node)) {
        write(node.operands[i]);
        for (const Operand& part : node.operands[i].parts) write(part);
      }
    }
    const bool views = node.builtin || (node.overload && std::any_of(node.overload->handle.schema().returns().begin(),
                                                                     node.overload->handle.schema().returns().end(),
                                                                     [](const c10::Argument& a) { return a.alias_info() != nullptr; }));
    if (!views || node.operands.empty()) continue;
    for (const int64_t slot : node.outputs) {
      if (slot >= 0) viewed[static_cast<size_t>(slot)] = heldOf(node.operands[0]);
    }
  }
  std::sort(written_.begin(), written_.end());
  written_.erase(std::unique(written_.begin(), written_.end()), written_.end());
  exclusive_ = exclusive_ || !written_.empty() || !gradients.empty();
}

// From the end: who reads a slot last lets it go.
void Graph::endSlots() {
  std::vector<bool> wanted(slots, false);
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
          // Values are not moved into a bound call.
          if (operand->last && node->bound) node->ends.push_back(operand->index);
        }
        self(self, operand->parts);
      }
    };
    mark(mark, node->operands);
  }
}

void Graph::seal() {
  resolveHeld();
  findWritten();
  for (Node& node : nodes) {
    if (node.overload) node.writing = writingTwin(*node.overload);
    node.bound = Bound::of(node);
  }
  endSlots();
  placed_ = std::any_of(nodes.begin(), nodes.end(), [](const Node& n) { return n.target.rfind("aten::as_strided", 0) == 0; });
}

// A captured graph takes tensors like its examples. What reads memory by its strides finds them as they were.
at::Tensor Graph::fit(const at::Tensor& tensor, const Expected& like) const {
  if (tensor.layout() != c10::kStrided || tensor.scalar_type() != like.type || tensor.sizes() != c10::IntArrayRef(like.sizes) ||
      tensor.device() != like.device) {
    const auto text = [](c10::ScalarType type, c10::IntArrayRef sizes, const c10::Device& device) {
      return c10::str(dtypeName(type), " of shape ", sizes, " on ", device);
    };
    throw Misuse("INVALID_VALUE", "the captured function's argument " + like.path + " must be " + text(like.type, like.sizes, like.device) +
                                      ", as it was captured" + (source.empty() ? "" : " " + source) + ", not " +
                                      text(tensor.scalar_type(), tensor.sizes(), tensor.device()) +
                                      ": a graph has its shapes in it, so capture it again");
  }
  if (tensor.strides() == c10::IntArrayRef(like.strides) && (!placed_ || tensor.storage_offset() == like.offset)) return tensor;
  const int64_t extent = at::detail::computeStorageNbytes(like.sizes, like.strides, 1, static_cast<size_t>(like.offset));
  return at::empty({extent}, tensor.options()).as_strided(like.sizes, like.strides, like.offset).copy_(tensor);
}

c10::IValue Graph::read(const Operand& operand, Values& table) const {
  switch (operand.from) {
    case Operand::From::Constant: return operand.constant;
    case Operand::From::Held: return held[operand.index];
    case Operand::From::Slot: {
      c10::IValue& value = table[operand.index];
      c10::IValue result = operand.last ? std::move(value) : value;
      if (operand.kind == Kind::Float && result.isInt()) return static_cast<double>(result.toInt());
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
  if (node.bound) {
    stack.emplace_back(node.bound->call(table, held));
    store(node, table, stack);
    return;
  }
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
  store(node, table, stack);
}

void Graph::store(const Node& node, Values& table, Values& stack) const {
  const size_t count = std::min(node.outputs.size(), stack.size());
  for (size_t i = 0; i < count; i++) {
    if (node.outputs[i] >= 0) table[static_cast<size_t>(node.outputs[i])] = std::move(stack[i]);
  }
  for (const uint32_t slot : node.ends) table[slot] = c10::IValue();
}

// As above, where no gradients are recorded: into the memory of values that are dead.
void Graph::runNode(size_t index, Values& table, Values& stack, Spares& spares) const {
  const Node& node = nodes[index];
  std::vector<at::Tensor> dying;
  for (const Operand& operand : node.operands) {
    if (operand.last && table[operand.index].isTensor()) dying.push_back(table[operand.index].toTensor());
  }
  if (!node.writing) {
    runNode(node, table, stack);
  } else {
    stack.clear();
    for (const Operand& operand : node.operands) stack.push_back(read(operand, table));
    if (node.overload->guard) node.overload->guard(stack);
    (spares.offer(index, stack) ? node.writing : node.overload)->handle.callBoxed(stack);
    spares.learn(index, stack);
    store(node, table, stack);
  }
  stack.clear();
  for (at::Tensor& tensor : dying) spares.keep(std::move(tensor));
}

void Graph::execute(Values& table, Spares* spares) const {
  Values stack;
  for (size_t i = 0; i < nodes.size(); i++) {
    const Node& node = nodes[i];
    try {
      if (spares) runNode(i, table, stack, *spares);
      else runNode(node, table, stack);
    } catch (c10::Error& error) {
      error.add_context("in " + node.target + (node.source.empty() ? "" : ", written " + node.source));
      throw;
    }
  }
}

std::unique_ptr<Spares> Graph::takeSpares(const Values& arguments) const {
  std::unique_ptr<Spares> taken;
  {
    std::lock_guard<std::mutex> lock(sparesMutex_);
    if (!spares_.empty()) {
      taken = std::move(spares_.back());
      spares_.pop_back();
    }
  }
  if (!taken) taken = std::make_unique<Spares>();
  taken->begin(arguments, nodes.size());
  return taken;
}

void Graph::accept(const Values& arguments) {
  accepted_.clear();
  for (const c10::IValue& value : arguments) {
    const at::Tensor& tensor = value.toTensor();
    accepted_.push_back({{tensor.sizes().begin(), tensor.sizes().end()}, tensor.scalar_type(), tensor.device()});
  }
}

bool Graph::accepts(const Values& arguments) const {
  return arguments.size() == accepted_.size() &&
         std::equal(arguments.begin(), arguments.end(), accepted_.begin(), [](const c10::IValue& value, const Accepted& like) {
           const at::Tensor& tensor = value.toTensor();
           return tensor.scalar_type() == like.type && tensor.device() == like.device && tensor.sizes() == c10::IntArrayRef(like.sizes);
         });
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
  for (size_t i = 0; i < inputs.size(); i++) {
    if (i < expected.size()) arguments[i] = fit(arguments[i].toTensor(), expected[i]);
    table[inputs[i]] = std::move(arguments[i]);
  }
  if (grad) {
    execute(table, nullptr);
  } else {
    // Nothing is recorded, so autograd and its bookkeeping of views need not look at each call.
    at::AutoDispatchBelowADInplaceOrView guard;
    std::unique_ptr<Spares> spares = takeSpares(table);
    execute(table, spares->useful() ? spares.get() : nullptr);
    spares->end();
    std::lock_guard<std::mutex> lock(sparesMutex_);
    spares_.push_back(std::move(spares));
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

std::vector<at::Tensor> Graph::runTensors(std::vector<at::Tensor> inputs) const {
  std::vector<at::Tensor> results;
  for (const c10::IValue& value : run(Values(inputs.begin(), inputs.end()))) appendTensors(value, results);
  return results;
}

}  // namespace flambeau
