#include <algorithm>
#include <atomic>
#include <mutex>

#include "addon.h"
#include "convert.h"
#include "exports.h"
#include "guard.h"
#include "schema.h"
#include "unboxed.h"

namespace flambeau {

namespace {

using Stack = std::vector<c10::IValue>;

// The flags of a call by name: fourteen bits that mark tensors, fourteen that mark arrays of tensors, and one for "in a
// scope". A short call has all in one number: four bits, four bits, one, and then the operator.
constexpr uint32_t kMarks = 14;
constexpr uint32_t kShort = 4;

// Names of options, interned, because comparing numbers is cheaper than comparing strings. Sets are only ever added.
using Names = std::vector<std::string>;
constexpr uint32_t kOptionSets = 1 << 14;
std::atomic<const Names*> optionSets[kOptionSets];
std::mutex optionMutex;

const Names& optionSetAt(uint32_t set) {
  const Names* names = set < kOptionSets ? optionSets[set].load(std::memory_order_acquire) : nullptr;
  if (!names) invalid("unknown option set");
  return *names;
}

struct Input : Values {
  size_t named = 0;  // behind the positional ones
  const Names* names = nullptr;
};

// Why an overload was not chosen; the one that got furthest makes the message.
struct Failure {
  size_t at = 0;
  std::string argument;
  std::vector<std::string> wanted;
  std::string got;
  std::string other;

  void type(size_t index, const std::string& name, const std::string& want, const std::string& came) {
    if (index < at || !other.empty()) return;
    if (index > at || name != argument) wanted.clear();
    at = index;
    argument = name;
    got = came;
    if (std::find(wanted.begin(), wanted.end(), want) == wanted.end()) wanted.push_back(want);
  }
};

bool isUndefined(napi_env env, napi_value value) {
  napi_valuetype type;
  napi_typeof(env, value, &type);
  return type == napi_undefined;
}

// Which value stands for argument `i`, and whether one does.
bool find(napi_env env, const Operator& op, const Overload& overload, const Input& input, size_t i, size_t& at) {
  if (i < input.count && i < overload.positional) {
    at = i;
    return input.mark(i) != Mark::Plain || !isUndefined(env, input.values[i]);
  }
  const Argument& argument = overload.arguments[i];
  for (size_t k = 0; k < input.named; k++) {
    const std::string& name = (*input.names)[k];
    if (name == (op.raw ? argument.name : argument.camel) || (name == "input" && argument.name == "self")) {
      at = input.count + k;
      return true;
    }
  }
  return false;
}

size_t distance(const std::string& a, const std::string& b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); j++) row[j] = j;
  for (size_t i = 1; i <= a.size(); i++) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); j++) {
      const size_t above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

// An option that no overload has, with the nearest that there is.
std::string unknownOption(const Operator& op, const Input& input) {
  for (size_t k = 0; k < input.named; k++) {
    const std::string& name = (*input.names)[k];
    if (name == "out") continue;
    std::string nearest;
    size_t best = 3;
    bool known = false;
    for (const Overload& overload : op.overloads) {
      for (const Argument& argument : overload.arguments) {
        const std::string& candidate = op.raw ? argument.name : argument.camel;
        if (candidate == name || (name == "input" && argument.name == "self")) known = true;
        const size_t d = distance(name, candidate);
        if (d < best) {
          best = d;
          nearest = candidate;
        }
      }
    }
    if (!known) return "unknown option '" + name + "'" + (nearest.empty() ? "" : "; did you mean '" + nearest + "'?");
  }
  return "";
}

// The common case: positional values only, each of which fits. False says nothing more than that it did not work out.
bool fillPlain(Addon& addon, napi_env env, const Operator& op, const Overload& overload, const Values& input, Stack& stack) {
  if (input.count > overload.positional || overload.spread || (overload.hasOut && !op.raw)) return false;
  stack.clear();
  stack.reserve(overload.arguments.size());
  for (size_t i = 0; i < overload.arguments.size(); i++) {
    const Argument& argument = overload.arguments[i];
    const Mark mark = i < input.count ? input.mark(i) : Mark::Plain;
    if (mark == Mark::Tensor && argument.kind == Kind::Tensor) {
      stack.emplace_back(tensorOf(addon, env, input.values[i]));
      continue;
    }
    if (i < input.count && (mark != Mark::Plain || !isUndefined(env, input.values[i]))) {
      c10::IValue value;
      if (!fromJs(addon, env, argument, input.values[i], mark, overload.numbersAsTensors, value)) return false;
      stack.push_back(std::move(value));
    } else if (argument.hasDefault) {
      stack.push_back(argument.fallback);
    } else {
      return false;
    }
  }
  return true;
}

// Fills the stack for one overload; false, and a note of why, where the arguments do not fit.
bool fill(Addon& addon, napi_env env, const Operator& op, const Overload& overload, const Input& input, bool numbers,
          Stack& stack, Failure& failure) {
  stack.clear();
  const bool spread = overload.spread && input.count > 0;
  size_t taken = 0, used = 0;
  size_t outs = SIZE_MAX;
  for (size_t k = 0; k < input.named; k++) {
    if ((*input.names)[k] == "out") outs = input.count + k;
  }
  if (!op.raw && overload.hasOut != (outs != SIZE_MAX)) return false;
  size_t outIndex = 0;
  for (size_t i = 0; i < overload.arguments.size(); i++) {
    const Argument& argument = overload.arguments[i];
    c10::IValue value;
    // x.view(2, 3): the numbers that follow are the list.
    if (spread && argument.kind == Kind::IntList && i < input.count && input.mark(i) == Mark::Plain) {
      napi_valuetype type;
      napi_typeof(env, input.values[i], &type);
      if (type == napi_number && (argument.length < 1 || input.count > i + 1)) {
        c10::List<int64_t> list;
        Argument one;
        one.kind = Kind::Int;
        for (size_t k = i; k < input.count; k++) {
          c10::IValue item;
          if (!fromJs(addon, env, one, input.values[k], input.mark(k), false, item)) {
            failure.type(k, argument.camel, "array of integers, or integers", describe(env, input.values[k], input.mark(k)));
            return false;
          }
          list.push_back(item.toInt());
          taken = k + 1;
        }
        stack.emplace_back(std::move(list));
        continue;
      }
    }
    if (argument.out && outs != SIZE_MAX && overload.outs > 1) {
      napi_value element;
      uint32_t length = 0;
      if (input.mark(outs) != Mark::Tensors || napi_get_array_length(env, input.values[outs], &length) != napi_ok ||
          length != overload.outs) {
        failure.type(i, "out", "array of " + std::to_string(overload.outs) + " Tensors", describe(env, input.values[outs], input.mark(outs)));
        return false;
      }
      check(env, napi_get_element(env, input.values[outs], static_cast<uint32_t>(outIndex++), &element));
      stack.emplace_back(tensorOf(addon, env, element));
      used += outIndex == 1;
      continue;
    }
    size_t at;
    bool found = find(env, op, overload, input, i, at);
    if (!found && argument.out && outs != SIZE_MAX) {
      at = outs;
      found = true;
    }
    if (found) {
      if (at < input.count) taken = std::max(taken, at + 1);
      else used++;
      if (!fromJs(addon, env, argument, input.values[at], input.mark(at), numbers, value)) {
        failure.type(i, argument.name == "self" ? "input" : op.raw ? argument.name : argument.camel,
                     expected(argument, numbers),
                     describe(env, input.values[at], input.mark(at)));
        return false;
      }
      stack.push_back(std::move(value));
    } else if (argument.hasDefault) {
      if (i < input.count && i < overload.positional) taken = std::max(taken, i + 1);
      stack.push_back(argument.fallback);
    } else {
      failure.type(i, argument.name == "self" ? "input" : op.raw ? argument.name : argument.camel, expected(argument, false), "");
      return false;
    }
  }
  if (taken < input.count) {
    // Trailing undefined values are arguments that a wrapper passed on and nobody gave.
    for (size_t k = std::max(taken, overload.positional); k < input.count; k++) {
      if (input.mark(k) == Mark::Plain && isUndefined(env, input.values[k])) continue;
      if (failure.wanted.empty()) {
        failure.other = "takes at most " + std::to_string(overload.positional) + " positional arguments, not " +
                        std::to_string(input.count);
      }
      return false;
    }
  }
  if (used < input.named) {
    if (failure.wanted.empty() && failure.other.empty()) failure.other = "does not take these options together";
    return false;
  }
  return true;
}

[[noreturn]] void refuse(const Operator& op, const Input& input, const Failure& failure) {
  const std::string title = (op.raw ? op.name : op.overloads[0].base) + "(): ";
  const std::string option = unknownOption(op, input);
  if (!option.empty()) invalid(title + option);
  if (failure.wanted.empty()) {
    invalid(title + (failure.other.empty() ? "has no overload with an 'out' argument" : failure.other));
  }
  std::string wanted;
  for (const std::string& want : failure.wanted) {
    if (wanted.find(want) == std::string::npos) wanted += (wanted.empty() ? "" : " or ") + want;
  }
  const std::string where = title + "argument '" + failure.argument + "' (position " + std::to_string(failure.at + 1) + ") ";
  if (failure.got.empty()) invalid(where + "is missing; it must be " + wanted);
  invalid(where + "must be " + wanted + ", not " + failure.got);
}

const Overload& choose(Addon& addon, napi_env env, const Operator& op, const Input& input, Stack& stack) {
  if (input.named == 0) {
    for (const Overload& overload : op.overloads) {
      if (fillPlain(addon, env, op, overload, input, stack)) return overload;
    }
  }
  Failure failure;
  for (const Overload& overload : op.overloads) {
    if (fill(addon, env, op, overload, input, overload.numbersAsTensors, stack, failure)) return overload;
  }
  refuse(op, input, failure);
}

// [index of the overload, result, ...]: the other side knows what the results are called.
napi_value results(Addon& addon, napi_env env, const Operator& op, const Overload& overload, const Stack& stack) {
  napi_value array, index;
  check(env, napi_create_array_with_length(env, stack.size() + 1, &array));
  check(env, napi_create_uint32(env, static_cast<uint32_t>(&overload - op.overloads.data()), &index));
  check(env, napi_set_element(env, array, 0, index));
  for (size_t i = 0; i < stack.size(); i++) {
    const Kind kind = i < overload.returns.size() ? overload.returns[i] : Kind::Any;
    check(env, napi_set_element(env, array, static_cast<uint32_t>(i + 1), toJs(addon, env, stack[i], kind)));
  }
  return array;
}

void guard(const Addon& addon, const Overload& overload, const Stack& stack) {
  if (overload.guard) overload.guard(stack);
  if (addon.opaque) refuseOpaque(overload, stack);
}

// Without a stack, where all is given by place and the signature is a frequent one. False leaves the choice to choose():
// an overload must not be passed over because it has no such signature.
bool runUnboxed(Addon& addon, napi_env env, const Operator& op, const Values& values, at::Tensor& result) {
  if (addon.opaque) return false;
  for (const Overload& overload : op.overloads) {
    if (overload.hasOut) continue;
    if (overload.unboxed && overload.unboxed->call(addon, env, overload, values, result)) return true;
    if (!overload.refuses(values.tensors)) return false;
  }
  return false;
}

napi_value finish(Addon& addon, napi_env env, const Operator& op, at::Tensor tensor, bool scoped) {
  if (op.aliased >= 0 || !tensor.defined()) return nullptr;
  return scoped ? wrapScoped(addon, env, std::move(tensor)) : wrap(addon, env, std::move(tensor));
}

napi_value run(Addon& addon, napi_env env, const Operator& op, const Input& input, bool scoped) {
  Stack stack;
  const Overload& overload = choose(addon, env, op, input, stack);
  guard(addon, overload, stack);
  overload.handle.callBoxed(stack);
  if (!op.singleTensor) return results(addon, env, op, overload, stack);
  return finish(addon, env, op, std::move(stack[0].toTensor()), scoped);
}

// call(flags and operator, ...at most four values)
napi_value call(napi_env env, napi_callback_info info) {
  napi_value values[1 + kShort];
  size_t count = 1 + kShort;
  void* data;
  napi_get_cb_info(env, info, &count, values, nullptr, &data);
  Addon& addon = *static_cast<Addon*>(data);
  try {
    addon.sweep();
    uint32_t head = UINT32_MAX;
    napi_get_value_uint32(env, values[0], &head);
    const Operator& op = operatorAt(head >> 9);
    if (count < 1 || count > 1 + kShort) invalid("call(): wrong number of arguments");
    const bool scoped = head >> 8 & 1;
    const Input input{{values + 1, count - 1, head & 15, head >> 4 & 15}};
    at::Tensor result;
    const napi_value value = runUnboxed(addon, env, op, input, result)
                                 ? finish(addon, env, op, std::move(result), scoped)
                                 : run(addon, env, op, input, scoped);
    addon.leave(env);
    return value;
  } catch (...) {
    raise(addon, env);
    return nullptr;
  }
}

// callList(flags and operator, second value, ...tensors of the first): a short list without an array.
napi_value callList(napi_env env, napi_callback_info info) {
  constexpr size_t kFixed = 2, kMost = 3;
  napi_value values[kFixed + kMost];
  size_t count = kFixed + kMost;
  void* data;
  napi_get_cb_info(env, info, &count, values, nullptr, &data);
  Addon& addon = *static_cast<Addon*>(data);
  try {
    addon.sweep();
    uint32_t head = UINT32_MAX;
    napi_get_value_uint32(env, values[0], &head);
    const Operator& op = operatorAt(head >> 9);
    if (count <= kFixed || count > kFixed + kMost) invalid("callList(): wrong number of arguments");
    const bool scoped = head >> 8 & 1;
    napi_value given[] = {nullptr, values[1]};
    Input input{{given, 2, 0, 1, values + kFixed, count - kFixed}};
    at::Tensor result;
    napi_value value;
    if (runUnboxed(addon, env, op, input, result)) {
      value = finish(addon, env, op, std::move(result), scoped);
    } else {
      check(env, napi_create_array_with_length(env, input.firsts, &given[0]));
      for (uint32_t i = 0; i < input.firsts; i++) check(env, napi_set_element(env, given[0], i, input.first[i]));
      value = run(addon, env, op, input, scoped);
    }
    addon.leave(env);
    return value;
  } catch (...) {
    raise(addon, env);
    return nullptr;
  }
}

// callNamed(operator, flags, option set, ...values)
napi_value callNamed(napi_env env, napi_callback_info info) {
  constexpr size_t kFixed = 3;
  napi_value values[kFixed + kMarks];
  size_t count = kFixed + kMarks;
  void* data;
  napi_get_cb_info(env, info, &count, values, nullptr, &data);
  Addon& addon = *static_cast<Addon*>(data);
  try {
    addon.sweep();
    uint32_t index = UINT32_MAX, flags = 0, set = 0;
    napi_get_value_uint32(env, values[0], &index);
    napi_get_value_uint32(env, values[1], &flags);
    napi_get_value_uint32(env, values[2], &set);
    const Operator& op = operatorAt(index);
    if (count < kFixed || count > kFixed + kMarks) invalid("callNamed(): wrong number of arguments");
    constexpr uint32_t mask = (1u << kMarks) - 1;
    Input input{{values + kFixed, count - kFixed, flags & mask, flags >> kMarks & mask}};
    input.names = &optionSetAt(set);
    input.named = input.names->size();
    if (input.named > input.count) invalid("callNamed(): fewer values than options");
    input.count -= input.named;
    const napi_value value = run(addon, env, op, input, flags >> (2 * kMarks) & 1);
    addon.leave(env);
    return value;
  } catch (...) {
    raise(addon, env);
    return nullptr;
  }
}

// The names of options of one kind of call, as a number.
Napi::Value optionSet(Addon&, const Napi::CallbackInfo& info) {
  Names names;
  for (uint32_t i = 0; i < info[0].As<Napi::Array>().Length(); i++) {
    names.push_back(info[0].As<Napi::Array>().Get(i).As<Napi::String>().Utf8Value());
  }
  std::lock_guard<std::mutex> lock(optionMutex);
  for (uint32_t i = 0; i < kOptionSets; i++) {
    const Names* known = optionSets[i].load();
    if (known && *known != names) continue;
    if (!known) optionSets[i].store(new Names(std::move(names)), std::memory_order_release);
    return Napi::Number::New(info.Env(), i);
  }
  invalid("too many different sets of options");
}

class CallJob : public Job {
 public:
  CallJob(const Operator& op, const Overload& overload, Stack stack)
      : op_(op), overload_(overload), stack_(std::move(stack)) {}
  void work() override { overload_.handle.callBoxed(stack_); }
  napi_value finish(Addon& addon, napi_env env) override { return results(addon, env, op_, overload_, stack_); }

 private:
  const Operator& op_;
  const Overload& overload_;
  Stack stack_;
};

// callMany(operator, tensors, lists, option set or -1, values, async): any number of values, as an array.
Napi::Value callMany(Addon& addon, const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Operator& op = operatorAt(info[0].As<Napi::Number>().Uint32Value());
  const auto array = info[4].As<Napi::Array>();
  std::vector<napi_value> values(array.Length());
  for (uint32_t i = 0; i < values.size(); i++) values[i] = array.Get(i);
  Input input{{values.data(), values.size(), static_cast<uint64_t>(info[1].As<Napi::Number>().Int64Value()),
               static_cast<uint64_t>(info[2].As<Napi::Number>().Int64Value())}};
  const int32_t set = info[3].As<Napi::Number>().Int32Value();
  if (set >= 0) {
    input.names = &optionSetAt(static_cast<uint32_t>(set));
    input.named = input.names->size();
    if (input.named > input.count) invalid("callMany(): fewer values than options");
    input.count -= input.named;
  }
  addon.sweep();
  Stack stack;
  const Overload& overload = choose(addon, env, op, input, stack);
  guard(addon, overload, stack);
  if (info[5].ToBoolean()) {
    return Napi::Value(env, addon.executor->submit(env, std::make_unique<CallJob>(op, overload, std::move(stack))));
  }
  overload.handle.callBoxed(stack);
  return Napi::Value(env, results(addon, env, op, overload, stack));
}

// { index, singleTensor, aliased, self, overloads: [{ name, returns, names, arguments }] }
Napi::Value describeOperator(Addon&, const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const uint32_t index = findOperator(info[0].As<Napi::String>(), info[1].ToBoolean());
  const Operator& op = operatorAt(index);
  auto overloads = Napi::Array::New(env, op.overloads.size());
  for (uint32_t i = 0; i < op.overloads.size(); i++) {
    const Overload& overload = op.overloads[i];
    auto names = Napi::Array::New(env, overload.arguments.size());
    for (uint32_t k = 0; k < overload.arguments.size(); k++) {
      names.Set(k, op.raw ? overload.arguments[k].name : overload.arguments[k].camel);
    }
    std::string kinds;
    for (const Kind kind : overload.returns) {
      kinds += kind == Kind::Tensor ? 'T' : kind == Kind::TensorList || kind == Kind::OptionalTensorList ? 'L' : kind == Kind::Generator ? 'G' : 'V';
    }
    auto entry = Napi::Object::New(env);
    entry.Set("name", overload.name);
    entry.Set("returns", kinds);
    entry.Set("names", overload.returnNames);
    entry.Set("arguments", names);
    entry.Set("self", overload.self);
    overloads.Set(i, entry);
  }
  auto result = Napi::Object::New(env);
  result.Set("index", index);
  result.Set("singleTensor", op.singleTensor);
  result.Set("aliased", op.aliased);
  // where(condition) has no self, and where.self(condition, self, other) says where it stands.
  const auto with = std::find_if(op.overloads.begin(), op.overloads.end(), [](const Overload& o) { return o.self >= 0; });
  result.Set("self", with == op.overloads.end() ? -1 : with->self);
  result.Set("overloads", overloads);
  return result;
}

Napi::Value strings(Napi::Env env, const std::vector<std::string>& list) {
  auto result = Napi::Array::New(env, list.size());
  for (uint32_t i = 0; i < list.size(); i++) result.Set(i, list[i]);
  return result;
}

Napi::Value names(Addon&, const Napi::CallbackInfo& info) { return strings(info.Env(), operatorNames()); }
Napi::Value unsupported(Addon&, const Napi::CallbackInfo& info) { return strings(info.Env(), unsupportedArguments()); }
Napi::Value schema(Addon&, const Napi::CallbackInfo& info) {
  return Napi::String::New(info.Env(), schemaText(info[0].As<Napi::String>()));
}

}  // namespace

void callEntries(Entries& entries) {
  entries.push_back({"call", call});
  entries.push_back({"callList", callList});
  entries.push_back({"callNamed", callNamed});
  entries.push_back({"callMany", entry<callMany>});
  entries.push_back({"optionSet", entry<optionSet>});
  entries.push_back({"describeOperator", entry<describeOperator>});
  entries.push_back({"operatorNames", entry<names>});
  entries.push_back({"schema", entry<schema>});
  entries.push_back({"unsupportedArguments", entry<unsupported>});
}

}  // namespace flambeau
