#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/core/ivalue.h>

#include <memory>
#include <unordered_map>
#include <vector>

#include "schema.h"

namespace flambeau {

// The overload that writes the results of this one into tensors that it is given, and has a kernel of its own for them;
// null where there is none.
std::shared_ptr<const Overload> writingTwin(const Overload& overload);

// Memory of a graph's dead values, for its later calls to write into: fresh memory costs its first touch. One run has it
// at a time. Only for what is large, and on the CPU: other devices' allocators keep what is freed.
class Spares {
 public:
  // Before a run: what is known of results holds for arguments of the same types.
  void begin(const std::vector<c10::IValue>& arguments, size_t nodes);
  // Whether the run may gain by them: no result of a small graph is large.
  bool useful() const { return first_ || large_; }
  // After it.
  void end();
  // Puts tensors to write into on the stack; false where nothing fits, and the stack is as it was.
  bool offer(size_t node, std::vector<c10::IValue>& stack);
  // Looks at what a call made, to know the next time.
  void learn(size_t node, const std::vector<c10::IValue>& results);
  // Keeps the memory of a value that nobody else has.
  void keep(at::Tensor&& tensor);

 private:
  struct Result {
    int64_t bytes;
    c10::ScalarType type;
  };
  bool first_ = true;  // a run in which nothing is known yet: what it would keep could not be offered
  bool large_ = false;  // whether any result is
  std::vector<int64_t> types_;
  std::vector<std::vector<Result>> results_;  // of each node; empty where it is not known
  struct Shelf {
    size_t wanted = 0;  // how many results have this size
    size_t least = 0;   // how many lay there all the time of a run
    std::vector<c10::Storage> storages;
  };
  std::unordered_map<int64_t, Shelf> shelves_;  // by bytes
};

}  // namespace flambeau
