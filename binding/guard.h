#pragma once

#include <ATen/core/stack.h>

#include "schema.h"

namespace flambeau {

// What an operator should have checked of its arguments, and does not: without it LibTorch ends the process.
using Guard = void (*)(const torch::jit::Stack&);
Guard guardOf(const std::string& base);

// Tensors whose memory is not plain elements.
bool isOpaque(const at::Tensor& tensor);
// LibTorch's default kernels take opaque tensors for plain ones; throws where one would.
void refuseOpaque(const Overload& overload, const torch::jit::Stack& stack);

}  // namespace flambeau
