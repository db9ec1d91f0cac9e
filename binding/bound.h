#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/core/ivalue.h>

#include <memory>
#include <vector>

namespace flambeau {

struct Node;

// A node's operator with its constants bound, for frequent signatures: called without a stack of IValues, with the
// tensors where they stand.
class Bound {
 public:
  virtual ~Bound() = default;
  virtual at::Tensor call(const std::vector<c10::IValue>& table, const std::vector<at::Tensor>& held) const = 0;
  // Null where the signature is none of those, or a value that is no tensor is only known when it runs.
  static std::shared_ptr<const Bound> of(const Node& node);
};

}  // namespace flambeau
