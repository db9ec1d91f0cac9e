#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/core/ivalue.h>

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "handle.h"
#include "schema.h"

namespace flambeau {

class Graph;
using Values = std::vector<c10::IValue>;

// Where an argument of a node comes from.
struct Operand {
  enum class From : uint8_t { Constant, Slot, Held, List };
  From from = From::Constant;
  bool last = false;  // nobody reads the slot afterwards
  uint32_t index = 0;  // of the slot, or of the held tensor
  Kind kind = Kind::Any;  // what the argument takes
  c10::IValue constant;
  std::vector<Operand> parts;  // of a list
};

// Arithmetic of numbers, and elements of lists: what a graph needs and the dispatcher does not hold.
using Builtin = c10::IValue (*)(const Values&);
Builtin builtinOf(const std::string& name);  // null where there is none

enum class Control : uint8_t { None, Call, Cond, WhileLoop, Map, Scan };

struct Node {
  std::string target;  // aten::add.Tensor, builtin::mul, control::cond
  std::shared_ptr<const Overload> overload;
  Builtin builtin = nullptr;
  Control control = Control::None;
  std::vector<Operand> operands;
  std::vector<int64_t> outputs;  // the slot of each result, -1 where unused
  std::vector<uint32_t> ends;    // slots of which this is the last reader or the only writer
  std::vector<std::shared_ptr<Graph>> graphs;
  std::string source;  // where its author wrote it
};

// What else a run leaves behind: the gradient of a held tensor, or none.
struct Gradient {
  uint32_t held;
  int64_t slot;  // -1: none
};

// A program of operators over a table of values: loaded from a file, or captured from a run. It may run on several
// threads at once, unless it changes tensors that it holds.
class Graph : public Resource {
 public:
  uint32_t slots = 0;
  std::vector<uint32_t> inputs;
  std::vector<at::Tensor> held;  // parameters, buffers and constants, shared with whoever else has them
  std::vector<uint32_t> heldSlots;
  std::vector<Node> nodes;
  std::vector<Operand> outputs;
  std::vector<Gradient> gradients;
  bool differentiable = true;

  // Once all of the above is there.
  void seal();
  Values run(Values arguments) const;

 private:
  void runNode(const Node& node, Values& table, Values& stack) const;
  c10::IValue read(const Operand& operand, Values& table) const;
  bool needsGrad(const Values& arguments) const;
  void execute(Values& table) const;

  std::vector<uint32_t> written_;  // held tensors that nodes write to
  bool exclusive_ = false;
  mutable std::mutex mutex_;
};

// A number where a tensor is wanted: it does not count for the dtype of a result.
at::Tensor wrappedNumber(const c10::Scalar& value);
// The places of the arguments that a node writes to.
std::vector<size_t> writtenBy(const Node& node);
// Runs what a node of control flow says: its operands, its graphs.
Values runControl(const Node& node, Values operands);

}  // namespace flambeau
