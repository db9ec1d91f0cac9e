#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/core/ivalue.h>

#include <vector>

#include "handle.h"

namespace flambeau {

// What takes tensors and gives tensors, on any thread: a graph, a method of TorchScript, a compiled package.
class Runnable : public Resource {
 public:
  // Throws what the model throws, and Misuse where a result is no tensor.
  virtual std::vector<at::Tensor> runTensors(std::vector<at::Tensor> inputs) const = 0;
};

// The tensors of a result: of tuples, lists and the values of dicts, in order.
void appendTensors(const c10::IValue& value, std::vector<at::Tensor>& tensors);

}  // namespace flambeau
