#pragma once

#include <napi.h>

#include <memory>

#include "convert.h"

namespace flambeau {

struct Addon;
struct Overload;

// Positional values of a call, on their way into an operator.
struct Values {
  const napi_value* values;
  size_t count;
  uint64_t tensors;  // a bit for each value that is a tensor,
  uint64_t lists;    // or an array of tensors
  const napi_value* first = nullptr;  // the tensors of the first value, where that is a short array
  size_t firsts = 0;

  Mark mark(size_t i) const { return tensors >> i & 1 ? Mark::Tensor : lists >> i & 1 ? Mark::Tensors : Mark::Plain; }
};

// The way into an operator of a frequent signature without a stack of IValues.
class Unboxed {
 public:
  virtual ~Unboxed() = default;
  // False says that the values do not fit. Undefined stands for what is not given.
  virtual bool call(Addon& addon, napi_env env, const Overload& overload, const Values& values, at::Tensor& result) const = 0;
  // Null where the signature is none of those.
  static std::shared_ptr<const Unboxed> of(const Overload& overload);
};

}  // namespace flambeau
