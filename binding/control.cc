#include <ATen/ATen.h>
#include <ATen/autocast_mode.h>
#include <ATen/core/List.h>
#include <c10/core/GradMode.h>

#include "convert.h"
#include "graph.h"

namespace flambeau {

namespace {

Values partsOf(const c10::IValue& value) {
  if (value.isTuple()) {
    const auto& elements = value.toTupleRef().elements();
    return Values(elements.begin(), elements.end());
  }
  if (value.isList()) return value.toListRef().vec();
  return value.isNone() ? Values{} : Values{value};
}

bool isTrue(const c10::IValue& value) {
  return value.isTensor() ? value.toTensor().item().toBool() : value.toBool();
}

void append(Values& to, const Values& from) { to.insert(to.end(), from.begin(), from.end()); }

// [pred, operands]
Values cond(const Node& node, Values in) {
  return node.graphs.at(isTrue(in.at(0)) ? 0 : 1)->run(partsOf(in.at(1)));
}

// [carried, additional]: the body gives what is carried anew.
Values whileLoop(const Node& node, Values in) {
  Values carried = partsOf(in.at(0));
  const Values additional = partsOf(in.at(1));
  const auto arguments = [&] {
    Values all = carried;
    append(all, additional);
    return all;
  };
  while (isTrue(node.graphs.at(0)->run(arguments()).at(0))) carried = node.graphs.at(1)->run(arguments());
  return carried;
}

int64_t lengthOf(const Values& sliced) {
  TORCH_CHECK_VALUE(!sliced.empty(), "there is nothing to go through");
  const int64_t length = sliced[0].toTensor().size(0);
  for (const c10::IValue& value : sliced) {
    TORCH_CHECK_VALUE(value.toTensor().size(0) == length, "what is gone through has ", length, " rows here and ",
                      value.toTensor().size(0), " there");
  }
  return length;
}

void row(Values& to, const Values& sliced, int64_t i) {
  for (const c10::IValue& value : sliced) to.emplace_back(at::select(value.toTensor(), 0, i));
}

Values stacked(const std::vector<std::vector<at::Tensor>>& columns) {
  Values results;
  for (const auto& column : columns) results.emplace_back(at::stack(column));
  return results;
}

void collect(std::vector<std::vector<at::Tensor>>& columns, const Values& from, size_t first) {
  columns.resize(from.size() - first);
  for (size_t i = first; i < from.size(); i++) columns[i - first].push_back(from[i].toTensor());
}

// [sliced, additional]: each row alone.
Values map(const Node& node, Values in) {
  const Values sliced = partsOf(in.at(0)), additional = partsOf(in.at(1));
  std::vector<std::vector<at::Tensor>> columns;
  for (int64_t i = 0, length = lengthOf(sliced); i < length; i++) {
    Values arguments;
    row(arguments, sliced, i);
    append(arguments, additional);
    collect(columns, node.graphs.at(0)->run(std::move(arguments)), 0);
  }
  return stacked(columns);
}

// [carried, sliced, additional]: gives what is carried at the end, then what each step gave, stacked.
Values scan(const Node& node, Values in) {
  Values carried = partsOf(in.at(0));
  const Values sliced = partsOf(in.at(1)), additional = partsOf(in.at(2));
  std::vector<std::vector<at::Tensor>> columns;
  for (int64_t i = 0, length = lengthOf(sliced); i < length; i++) {
    Values arguments = carried;
    row(arguments, sliced, i);
    append(arguments, additional);
    Values results = node.graphs.at(0)->run(std::move(arguments));
    TORCH_CHECK_VALUE(results.size() >= carried.size(), "a step gives less than is carried");
    collect(columns, results, carried.size());
    results.resize(carried.size());
    carried = std::move(results);
  }
  append(carried, stacked(columns));
  return carried;
}

// [options, operands]: in a mode of autograd, or of autocast.
Values call(const Node& node, Values in) {
  const Values options = partsOf(in.at(0));
  Values operands = partsOf(in.at(1));
  const Graph& body = *node.graphs.at(0);
  const std::string mode = options.at(0).toStringRef();
  if (mode == "set_grad") {
    at::AutoGradMode guard(options.at(1).toBool() && c10::GradMode::is_enabled());
    return body.run(std::move(operands));
  }
  TORCH_CHECK_NOT_IMPLEMENTED(mode == "autocast", "graphs cannot be called in the mode '", mode, "'");
  const auto device = c10::Device(options.at(1).toStringRef()).type();
  const auto dtype = toDtype(options.at(2).toStringRef());
  struct Restore {
    c10::DeviceType device;
    bool enabled = at::autocast::is_autocast_enabled(device);
    c10::ScalarType dtype = at::autocast::get_autocast_dtype(device);
    ~Restore() {
      at::autocast::set_autocast_enabled(device, enabled);
      at::autocast::set_autocast_dtype(device, dtype);
      if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
    }
  } restore{device};
  at::autocast::increment_nesting();
  at::autocast::set_autocast_enabled(device, options.at(3).toBool());
  at::autocast::set_autocast_dtype(device, dtype);
  return body.run(std::move(operands));
}

}  // namespace

Values runControl(const Node& node, Values operands) {
  switch (node.control) {
    case Control::Cond: return cond(node, std::move(operands));
    case Control::WhileLoop: return whileLoop(node, std::move(operands));
    case Control::Map: return map(node, std::move(operands));
    case Control::Scan: return scan(node, std::move(operands));
    case Control::Call: return call(node, std::move(operands));
    case Control::None: return {};
  }
  return {};
}

}  // namespace flambeau
