#include "spares.h"

#include <ATen/ATen.h>
#include <c10/core/CPUAllocator.h>

#include <algorithm>

namespace flambeau {

namespace {

constexpr int64_t kLeast = 64 << 10;  // bytes; less is quick to have

bool isLarge(const at::Tensor& tensor) {
  return tensor.defined() && tensor.layout() == c10::kStrided && tensor.device().is_cpu() && tensor.has_storage() &&
         static_cast<int64_t>(tensor.storage().nbytes()) >= kLeast;
}

}  // namespace

std::shared_ptr<const Overload> writingTwin(const Overload& overload) {
  const c10::FunctionSchema& schema = overload.handle.schema();
  const auto isPlain = [](const c10::Argument& a) { return !a.alias_info(); };
  const auto isResult = [&](const c10::Argument& a) { return isPlain(a) && a.type()->kind() == c10::TypeKind::TensorType; };
  const auto &arguments = schema.arguments(), &returns = schema.returns();
  if (returns.empty() || !std::all_of(arguments.begin(), arguments.end(), isPlain) ||
      !std::all_of(returns.begin(), returns.end(), isResult)) {
    return nullptr;
  }
  const auto same = [&](const c10::Argument& a, const c10::Argument& b) {
    return isPlain(b) && a.name() == b.name() && *a.type() == *b.type();
  };
  const auto isOut = [](const c10::Argument& a) { return a.is_out() && a.type()->kind() == c10::TypeKind::TensorType; };
  for (const Overload& other : operatorAt(findOperator(schema.name(), true)).overloads) {
    const auto& theirs = other.handle.schema().arguments();
    // Without a kernel of its own it computes elsewhere and copies.
    if (theirs.size() == arguments.size() + returns.size() && std::equal(arguments.begin(), arguments.end(), theirs.begin(), same) &&
        std::all_of(theirs.begin() + static_cast<std::ptrdiff_t>(arguments.size()), theirs.end(), isOut) &&
        other.handle.hasKernelForDispatchKey(c10::DispatchKey::CPU)) {
      return std::make_shared<Overload>(other);
    }
  }
  return nullptr;
}

void Spares::begin(const std::vector<c10::IValue>& arguments, size_t nodes) {
  const auto typeOf = [](const c10::IValue& value) {
    return value.isTensor() ? static_cast<int64_t>(value.toTensor().scalar_type()) : int64_t{-1};
  };
  first_ = results_.size() != nodes || types_.size() != arguments.size();
  for (size_t i = 0; !first_ && i < arguments.size(); i++) first_ = types_[i] != typeOf(arguments[i]);
  for (auto& [bytes, shelf] : shelves_) shelf.least = shelf.storages.size();
  if (!first_) return;
  types_.clear();
  for (const c10::IValue& value : arguments) types_.push_back(typeOf(value));
  results_.assign(nodes, {});
  shelves_.clear();
  large_ = false;
}

// What lay there all the time is too much.
void Spares::end() {
  for (auto& [bytes, shelf] : shelves_) shelf.storages.resize(shelf.storages.size() - std::min(shelf.least, shelf.storages.size()));
}

bool Spares::offer(size_t node, std::vector<c10::IValue>& stack) {
  const std::vector<Result>& results = results_[node];
  if (std::none_of(results.begin(), results.end(), [&](const Result& r) { return r.bytes >= kLeast && !shelves_[r.bytes].storages.empty(); })) {
    return false;
  }
  for (const Result& result : results) {
    c10::Storage storage;
    if (result.bytes >= kLeast) {
      Shelf& shelf = shelves_[result.bytes];
      if (!shelf.storages.empty()) {
        storage = std::move(shelf.storages.back());
        shelf.storages.pop_back();
        shelf.least = std::min(shelf.least, shelf.storages.size());
      }
    }
    // Of no elements: the call gives it the size and strides that it needs.
    stack.emplace_back(storage ? at::detail::make_tensor<c10::TensorImpl>(std::move(storage), c10::DispatchKeySet(c10::DispatchKey::CPU),
                                                                          c10::scalarTypeToTypeMeta(result.type))
                               : at::empty({0}, result.type));
  }
  return true;
}

void Spares::learn(size_t node, const std::vector<c10::IValue>& results) {
  std::vector<Result> learnt;
  bool large = false;
  for (const c10::IValue& result : results) {
    const at::Tensor& tensor = result.toTensor();
    if (!tensor.defined() || !tensor.device().is_cpu() || tensor.layout() != c10::kStrided) return;
    large = large || isLarge(tensor);
    learnt.push_back({static_cast<int64_t>(tensor.storage().nbytes()), tensor.scalar_type()});
  }
  std::vector<Result>& known = results_[node];
  const auto same = [](const Result& a, const Result& b) { return a.bytes == b.bytes && a.type == b.type; };
  if (!large || std::equal(known.begin(), known.end(), learnt.begin(), learnt.end(), same)) return;
  for (const Result& result : known) shelves_[result.bytes].wanted--;
  known = std::move(learnt);
  large_ = true;
  for (const Result& result : known) shelves_[result.bytes].wanted++;
}

void Spares::keep(at::Tensor&& tensor) {
  if (first_ || !isLarge(tensor) || tensor.use_count() != 1) return;
  const c10::Storage storage = tensor.storage();
  tensor.reset();
  if (storage.use_count() != 1 || !storage.resizable() || storage.allocator() != c10::GetCPUAllocator()) return;
  Shelf& shelf = shelves_[static_cast<int64_t>(storage.nbytes())];
  if (shelf.storages.size() < shelf.wanted) shelf.storages.push_back(storage);
}

}  // namespace flambeau
