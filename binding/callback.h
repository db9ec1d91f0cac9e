#pragma once

#include <ATen/core/Tensor.h>
#include <napi.h>

#include <functional>
#include <vector>

namespace flambeau {

struct Addon;

// A JavaScript function that LibTorch calls. It runs on its own thread, whichever thread calls, and what it throws
// travels through LibTorch as a Thrown.
class Callback {
 public:
  Callback(Addon& addon, napi_env env, napi_value function);
  ~Callback();
  Callback(const Callback&) = delete;
  Callback& operator=(const Callback&) = delete;

  using Arguments = std::function<std::vector<napi_value>(napi_env)>;
  using Result = std::function<void(napi_env, napi_value)>;
  void call(const Arguments& arguments, const Result& result) const;

  // Whether any function waits to be called: then a graph that runs on a device's thread needs this one free.
  static bool any();
  // Whether one of them belongs to another environment than `addon`'s.
  static bool foreign(const Addon& addon);

  Addon& addon;

 private:
  napi_ref reference_ = nullptr;
};

// [handle, ...] with null for undefined tensors, and back.
napi_value toArray(Addon& addon, napi_env env, const std::vector<at::Tensor>& tensors);
std::vector<at::Tensor> fromArray(Addon& addon, napi_env env, napi_value array);

}  // namespace flambeau
