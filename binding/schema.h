#pragma once

#include <ATen/core/dispatch/Dispatcher.h>

#include <memory>
#include <string>
#include <vector>

namespace flambeau {

class Unboxed;

// What an argument takes or a result gives, read once from the schema.
enum class Kind : uint8_t {
  Tensor, TensorList, OptionalTensorList,
  Scalar, ScalarList,
  Int, IntList, Float, FloatList, Bool, BoolList, Complex, String, StringList,
  Dtype, Layout, MemoryFormat, Device, Generator, QScheme,
  Any, Unsupported,
};

struct Argument {
  std::string name;   // as the schema spells it
  std::string camel;  // as the public API spells it
  Kind kind = Kind::Unsupported;
  bool optional = false;
  bool hasDefault = false;
  bool keywordOnly = false;
  bool out = false;
  int64_t length = -1;  // of a list that a single value may stand for
  c10::IValue fallback;
};

struct Overload {
  explicit Overload(const c10::OperatorHandle& handle);
  // Whether values of which these are tensors cannot be its own.
  bool refuses(uint64_t tensors) const { return (tensors & ~mayBeTensors) != 0 || (mustBeTensors & ~tensors) != 0; }

  c10::OperatorHandle handle;
  std::string name;  // aten::add.Tensor
  std::string base;  // add
  std::vector<Argument> arguments;
  std::vector<Kind> returns;
  std::string returnNames;     // "values,indices", empty without names
  size_t positional = 0;       // arguments before the *
  int self = -1;               // where a method puts `this`
  bool spread = false;         // x.view(2, 3)
  bool numbersAsTensors = false;
  bool hasOut = false;
  size_t outs = 0;             // how many arguments an `out` option stands for
  int aliased = -1;            // an in-place operator gives back this argument
  bool singleTensor = false;
  uint64_t mayBeTensors = 0;   // a bit for each place that takes a tensor,
  uint64_t mustBeTensors = 0;  // or nothing else
  std::shared_ptr<const Unboxed> unboxed;
  void (*guard)(const std::vector<c10::IValue>&) = nullptr;  // of guard.cc, where LibTorch forgets to look
};

// All overloads under one public name, in PyTorch's order of trial; or a single one.
struct Operator {
  std::string name;
  bool raw = false;  // options are spelled as in the schema
  bool singleTensor = true;
  int aliased = -1;
  std::vector<Overload> overloads;
};

// Process-wide and immutable once made.
Operator& operatorAt(uint32_t index);
// `aten::add` has all overloads, `aten::add.Tensor` that one, `aten::add.default` the unnamed one.
uint32_t findOperator(const std::string& name, bool raw);
// After a library of custom operators was loaded.
void refreshOperators();
std::vector<std::string> operatorNames();
std::string schemaText(const std::string& name);
// Schemas with an argument type that has no case in convert.cc.
std::vector<std::string> unsupportedArguments();

}  // namespace flambeau
