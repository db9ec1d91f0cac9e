#pragma once

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/stack.h>
#include <c10/core/StorageImpl.h>
#include <c10/core/TensorImpl.h>

#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "graph.h"

namespace flambeau {

struct Addon;

// Makes a graph of what runs on this thread: every operator below autograd, so that the backward pass and the
// optimizer's step are nodes like any other. It hears of them as a dispatch mode, which is how LibTorch lets tracers in.
class Recorder {
 public:
  Recorder(Addon& addon, const std::vector<at::Tensor>& inputs, const std::vector<std::string>& paths);
  ~Recorder();

  // Stops and goes on: what is made in between is there before the graph runs.
  void suspend();
  void resume();

  [[noreturn]] void refuseReading();
  void record(const c10::OperatorHandle& op, torch::jit::Stack* stack);
  // A program set the gradient of a tensor, or took it away.
  void gradientSet(const at::Tensor& tensor);
  void passed() { differentiable_ = false; }  // a backward pass
  std::shared_ptr<Graph> finish(const std::vector<at::Tensor>& outputs);

 private:
  // A tensor is known by its address, or by its place in memory: autograd makes new ones of the same place.
  struct Place {
    std::vector<int64_t> sizes, strides;
    int64_t offset;
    c10::ScalarType type;
    bool conj, neg;
    uint32_t slot;
    bool operator==(const Place& o) const {
      return offset == o.offset && type == o.type && conj == o.conj && neg == o.neg && sizes == o.sizes && strides == o.strides;
    }
  };
  struct Memory {
    c10::weak_intrusive_ptr<c10::StorageImpl> storage;  // so that no other takes its address
    bool outside;  // there before the graph runs
    std::vector<Place> places;
  };
  struct Known {
    c10::weak_intrusive_ptr<c10::TensorImpl> impl;
    uint32_t slot;
  };

  static Place placeOf(const at::Tensor& tensor);
  uint32_t newSlot() { return graph_->slots++; }
  void know(const at::Tensor& tensor, uint32_t slot, bool outside);
  int64_t find(const at::Tensor& tensor) const;  // -1 where it is not known
  uint32_t slotOf(const at::Tensor& tensor);
  uint32_t restride(const at::Tensor& tensor, const Memory& memory);
  Operand operand(const c10::IValue& value, Kind kind);
  std::shared_ptr<const Overload> overloadOf(const c10::OperatorHandle& op);
  int64_t result(const c10::IValue& value, const std::vector<const c10::TensorImpl*>& given, std::vector<Node>& after);
  std::string where();
  void keepGradients();
  void shorten();

  Addon& addon_;
  bool active_ = false;
  bool differentiable_ = true;
  std::shared_ptr<Graph> graph_ = std::make_shared<Graph>();
  std::unordered_map<const c10::TensorImpl*, Known> known_;
  std::unordered_map<const c10::StorageImpl*, Memory> memory_;
  std::unordered_map<std::string, std::shared_ptr<const Overload>> overloads_;
  std::vector<at::Tensor> leaves_, set_;
  std::recursive_mutex mutex_;
};

// The dispatch keys by which a mode hears of operators.
extern const c10::DispatchKeySet kModeKeys;

}  // namespace flambeau
