#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/core/ivalue.h>

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "bound.h"
#include "runnable.h"
#include "schema.h"
#include "spares.h"

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
  std::shared_ptr<const Overload> writing;  // its twin that writes into tensors that it is given, or null
  std::shared_ptr<const Bound> bound;       // a quicker way to call it, or null
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

// What an input must be like: the nodes of a captured graph have its shape in them.
struct Expected {
  std::string path;  // [0].mask
  std::vector<int64_t> sizes, strides;
  int64_t offset;
  c10::ScalarType type;
  c10::Device device;
};

// What an input was like in a call that whoever holds the graph had checked.
struct Accepted {
  c10::SmallVector<int64_t, 5> sizes;
  c10::ScalarType type;
  c10::Device device;
};

// A program of operators over a table of values: loaded from a file, or captured from a run. It may run on several
// threads at once, unless it changes tensors that it holds.
class Graph : public Runnable {
 public:
  uint32_t slots = 0;
  std::vector<uint32_t> inputs;
  std::vector<Expected> expected;  // one for each input, or empty
  std::string source;              // where it was captured
  std::vector<at::Tensor> held;  // parameters, buffers and constants, shared with whoever else has them
  std::vector<uint32_t> heldSlots;
  std::vector<Node> nodes;
  std::vector<Operand> outputs;
  std::vector<Gradient> gradients;
  bool differentiable = true;

  // Once all of the above is there.
  void seal();
  Values run(Values arguments) const;
  std::vector<at::Tensor> runTensors(std::vector<at::Tensor> inputs) const override;
  // Notes the types and sizes of a call's inputs, all of them tensors; whether those of another are the same.
  void accept(const Values& arguments);
  bool accepts(const Values& arguments) const;

 private:
  void runNode(const Node& node, Values& table, Values& stack) const;
  void runNode(size_t index, Values& table, Values& stack, Spares& spares) const;
  void store(const Node& node, Values& table, Values& stack) const;
  c10::IValue read(const Operand& operand, Values& table) const;
  at::Tensor fit(const at::Tensor& tensor, const Expected& expected) const;
  void resolveHeld();
  void findWritten();
  void endSlots();
  bool needsGrad(const Values& arguments) const;
  void execute(Values& table, Spares* spares) const;
  std::unique_ptr<Spares> takeSpares(const Values& arguments) const;

  std::vector<uint32_t> written_;  // held tensors that nodes write to
  std::vector<Accepted> accepted_;  // of the one environment that holds the graph
  bool exclusive_ = false;
  bool placed_ = false;  // nodes have places in memory in them
  mutable std::mutex mutex_;
  mutable std::mutex sparesMutex_;
  mutable std::vector<std::unique_ptr<Spares>> spares_;  // as many as runs at the same time
};

// A number where a tensor is wanted: it does not count for the dtype of a result.
at::Tensor wrappedNumber(const c10::Scalar& value);
// The places of the arguments that a node writes to.
std::vector<size_t> writtenBy(const Node& node);
// Runs what a node of control flow says: its operands, its graphs.
Values runControl(const Node& node, Values operands);

}  // namespace flambeau
