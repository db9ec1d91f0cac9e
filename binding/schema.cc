#include "schema.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

#include "errors.h"
#include "guard.h"
#include "unboxed.h"

namespace flambeau {

namespace {

constexpr uint32_t kCapacity = 1 << 15;
std::atomic<Operator*> table[kCapacity];
std::mutex mutex;

std::string camelCase(const std::string& name) {
  std::string result;
  for (size_t i = 0; i < name.size(); i++) {
    if (name[i] == '_' && i > 0 && i + 1 < name.size()) {
      result += static_cast<char>(std::toupper(name[++i]));
    } else {
      result += name[i];
    }
  }
  return result;
}

Kind kindOfList(const c10::Type& element) {
  switch (element.kind()) {
    case c10::TypeKind::TensorType: return Kind::TensorList;
    case c10::TypeKind::NumberType: return Kind::ScalarList;
    case c10::TypeKind::IntType:
    case c10::TypeKind::SymIntType: return Kind::IntList;
    case c10::TypeKind::FloatType: return Kind::FloatList;
    case c10::TypeKind::BoolType: return Kind::BoolList;
    case c10::TypeKind::StringType: return Kind::StringList;
    case c10::TypeKind::OptionalType:
      if (element.containedType(0)->kind() == c10::TypeKind::TensorType) return Kind::OptionalTensorList;
      [[fallthrough]];
    default: return Kind::Unsupported;
  }
}

// `real` tells dtype, layout and memory format apart, which arrive as plain int otherwise.
Kind kindOf(const c10::Type& type) {
  switch (type.kind()) {
    case c10::TypeKind::TensorType: return Kind::Tensor;
    case c10::TypeKind::NumberType: return Kind::Scalar;
    case c10::TypeKind::IntType:
    case c10::TypeKind::SymIntType: return Kind::Int;
    case c10::TypeKind::FloatType:
    case c10::TypeKind::SymFloatType: return Kind::Float;
    case c10::TypeKind::BoolType:
    case c10::TypeKind::SymBoolType: return Kind::Bool;
    case c10::TypeKind::ComplexType: return Kind::Complex;
    case c10::TypeKind::StringType: return Kind::String;
    case c10::TypeKind::ScalarTypeType: return Kind::Dtype;
    case c10::TypeKind::LayoutType: return Kind::Layout;
    case c10::TypeKind::MemoryFormatType: return Kind::MemoryFormat;
    case c10::TypeKind::QSchemeType: return Kind::QScheme;
    case c10::TypeKind::DeviceObjType: return Kind::Device;
    case c10::TypeKind::GeneratorType: return Kind::Generator;
    case c10::TypeKind::ListType: return kindOfList(*type.containedType(0));
    case c10::TypeKind::VarType:
    case c10::TypeKind::AnyType: return Kind::Any;
    default: return Kind::Unsupported;
  }
}

const std::unordered_set<std::string>& numbersAsTensors() {
  static const std::unordered_set<std::string> names = {
      "add", "sub", "subtract", "mul", "multiply", "div", "divide", "true_divide", "floor_divide",
      "fmod", "remainder", "copy", "copy_", "add_", "sub_", "subtract_", "mul_", "multiply_", "div_", "divide_",
      "true_divide_", "floor_divide_"};
  return names;
}

// Whether `a` is tried after `b` for an argument in the same place, as PyTorch sorts its Python signatures.
bool triedLater(const Argument& a, const Argument& b) {
  if (a.kind == Kind::Scalar && b.kind == Kind::Tensor) return true;
  if (a.kind == Kind::IntList && b.kind == Kind::Int) return true;
  if (a.kind == Kind::TensorList && (b.kind == Kind::IntList || b.kind == Kind::FloatList || b.kind == Kind::ScalarList)) {
    return true;
  }
  return a.kind == Kind::Int && b.kind == Kind::Tensor;
}

bool triedLater(const Overload& a, const Overload& b) {
  bool later = false;
  const size_t count = std::min(a.arguments.size(), b.arguments.size());
  for (size_t i = 0; i < count; i++) {
    // A default that nobody asked for: bernoulli(x, { out }) is that of the probabilities, not that of p = 0.5.
    if (i == b.positional && i < a.positional && a.arguments[i].hasDefault) return true;
    if (triedLater(a.arguments[i], b.arguments[i])) later = true;
    else if (a.arguments[i].kind != b.arguments[i].kind) return false;
  }
  return later;
}

bool hasNames(const c10::FunctionSchema& schema) {
  // Named dimensions are strings in a list called so; their overloads are left to the raw door.
  const std::string& overload = schema.overload_name();
  if (overload.find("Dimname") != std::string::npos || overload.find("dimname") != std::string::npos) return true;
  for (const auto& argument : schema.arguments()) {
    if (argument.name() == "names" || argument.real_type()->str().find("Dimname") != std::string::npos) return true;
  }
  return overload == "names" || overload.rfind("names_", 0) == 0;
}

// Operator names by base name, read once: a scan of thousands of names for each lookup would make importing slow.
std::unordered_map<std::string, std::vector<c10::OperatorName>> byBase;
std::unordered_map<std::string, uint32_t> known;

const std::vector<c10::OperatorName>& overloadsOf(const std::string& base) {
  if (byBase.empty()) {
    for (const c10::OperatorName& name : c10::Dispatcher::singleton().getAllOpNames()) byBase[name.name].push_back(name);
  }
  return byBase[base];
}

uint32_t store(std::unique_ptr<Operator> made) {
  static uint32_t next = 0;
  TORCH_CHECK(next < kCapacity, "too many operators");
  table[next].store(made.release(), std::memory_order_release);
  return next++;
}

}  // namespace

Overload::Overload(const c10::OperatorHandle& handle) : handle(handle) {
  const c10::FunctionSchema& schema = handle.schema();
  name = schema.overload_name().empty() ? schema.name() : schema.name() + "." + schema.overload_name();
  base = schema.name().substr(schema.name().find("::") + 2);
  for (const c10::Argument& from : schema.arguments()) {
    Argument argument;
    argument.name = from.name();
    argument.camel = camelCase(from.name());
    const c10::Type* type = from.real_type().get();
    if (type->kind() == c10::TypeKind::OptionalType) {
      argument.optional = true;
      type = type->containedType(0).get();
    }
    argument.kind = kindOf(*type);
    argument.hasDefault = from.default_value().has_value();
    if (argument.hasDefault) argument.fallback = *from.default_value();
    argument.keywordOnly = from.kwarg_only();
    argument.out = from.is_out();
    if (from.N()) argument.length = *from.N();
    if (argument.out) {
      hasOut = true;
      outs++;
    }
    if (!argument.keywordOnly) positional = arguments.size() + 1;
    if (from.name() == "self" && self < 0) self = static_cast<int>(arguments.size());
    arguments.push_back(std::move(argument));
  }
  size_t lists = 0, others = 0;
  for (size_t i = 0; i < positional; i++) {
    if (static_cast<int>(i) == self && arguments[i].kind == Kind::Tensor) continue;
    if (arguments[i].kind == Kind::IntList) lists++;
    else others++;
  }
  spread = lists == 1 && others == 0;
  numbersAsTensors = flambeau::numbersAsTensors().count(base) > 0;
  for (size_t i = 0; i < std::min<size_t>(positional, 64); i++) {
    const Argument& argument = arguments[i];
    if (argument.kind == Kind::Tensor || argument.kind == Kind::Any) mayBeTensors |= uint64_t{1} << i;
    if (argument.kind == Kind::Tensor && !argument.optional && !argument.hasDefault && !numbersAsTensors) {
      mustBeTensors |= uint64_t{1} << i;
    }
  }
  bool named = !schema.returns().empty();
  std::string joined;
  for (const c10::Argument& from : schema.returns()) {
    const c10::Type* type = from.real_type().get();
    if (type->kind() == c10::TypeKind::OptionalType) type = type->containedType(0).get();
    returns.push_back(kindOf(*type));
    if (from.name().empty()) named = false;
    joined += (joined.empty() ? "" : ",") + camelCase(from.name());
  }
  if (named && returns.size() > 1) returnNames = joined;
  if (schema.name().rfind("aten::", 0) == 0) guard = guardOf(base);
  singleTensor = returns.size() == 1 && returns[0] == Kind::Tensor;
  if (singleTensor && schema.returns()[0].alias_info() && schema.returns()[0].alias_info()->isWrite() && self >= 0) {
    const auto* alias = schema.arguments()[static_cast<size_t>(self)].alias_info();
    if (alias && alias->isWrite()) aliased = self;
  }
}

Operator& operatorAt(uint32_t index) {
  Operator* found = index < kCapacity ? table[index].load(std::memory_order_acquire) : nullptr;
  if (!found) invalid("no operator has the index " + std::to_string(index));
  return *found;
}

uint32_t findOperator(const std::string& name, bool raw) {
  std::lock_guard<std::mutex> lock(mutex);
  const std::string key = (raw ? "raw " : "") + name;
  if (const auto found = known.find(key); found != known.end()) return found->second;

  auto made = std::make_unique<Operator>();
  made->name = name;
  made->raw = raw;
  const size_t dot = name.find('.');
  const std::string base = name.substr(0, dot);
  const std::string overload = dot == std::string::npos ? "" : name.substr(dot + 1);
  auto& dispatcher = c10::Dispatcher::singleton();
  if (dot != std::string::npos) {
    const auto handle = dispatcher.findSchema({base, overload == "default" ? "" : overload});
    if (handle) made->overloads.emplace_back(*handle);
  } else {
    std::vector<c10::OperatorName> names = overloadsOf(base);
    std::sort(names.begin(), names.end(),
              [](const auto& a, const auto& b) { return a.overload_name < b.overload_name; });
    std::vector<Overload> sorted;
    for (const auto& candidate : names) {
      const auto handle = dispatcher.findSchema(candidate);
      if (!handle || hasNames(handle->schema())) continue;
      Overload next(*handle);
      // In place where the order is only partial: before the first one that must come after it.
      auto place = std::find_if(sorted.begin(), sorted.end(), [&](const Overload& o) { return triedLater(o, next); });
      sorted.insert(place, std::move(next));
    }
    made->overloads = std::move(sorted);
  }
  if (made->overloads.empty()) {
    throw Misuse("UNKNOWN_OPERATOR", "no operator is called '" + name +
                                         "'; torch.ops.names() lists those that there are, and a library of custom "
                                         "operators is loaded by torch.ops.loadLibrary(path)");
  }
  made->aliased = made->overloads[0].aliased;
  for (Overload& o : made->overloads) {
    o.unboxed = Unboxed::of(o);
    if (!o.singleTensor) made->singleTensor = false;
    if (o.aliased != made->aliased) made->aliased = -1;
  }
  return known[key] = store(std::move(made));
}

void refreshOperators() {
  std::lock_guard<std::mutex> lock(mutex);
  byBase.clear();
  known.clear();  // a base name may have more overloads now; indices already handed out stay valid
}

std::vector<std::string> operatorNames() {
  std::vector<std::string> result;
  for (const c10::OperatorName& name : c10::Dispatcher::singleton().getAllOpNames()) {
    if (c10::Dispatcher::singleton().findSchema(name)) {
      result.push_back(name.overload_name.empty() ? name.name : name.name + "." + name.overload_name);
    }
  }
  std::sort(result.begin(), result.end());
  return result;
}

std::string schemaText(const std::string& name) {
  std::string text;
  for (const Overload& overload : operatorAt(findOperator(name, true)).overloads) {
    text += (text.empty() ? "" : "\n") + c10::toString(overload.handle.schema());
  }
  return text;
}

std::vector<std::string> unsupportedArguments() {
  std::vector<std::string> result;
  for (const std::string& name : operatorNames()) {
    const auto dot = name.find('.');
    const auto handle = c10::Dispatcher::singleton().findSchema(
        {name.substr(0, dot), dot == std::string::npos ? "" : name.substr(dot + 1)});
    for (const Argument& argument : Overload(*handle).arguments) {
      if (argument.kind == Kind::Unsupported) result.push_back(name + " " + argument.name);
    }
  }
  return result;
}

}  // namespace flambeau
