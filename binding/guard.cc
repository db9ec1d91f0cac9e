#include "guard.h"

#include <ATen/ATen.h>
#include <ATen/core/dispatch/Dispatcher.h>

#include <limits>
#include <unordered_map>

namespace flambeau {

namespace {

using torch::jit::Stack;

// cat of nothing asks the first tensor for its dtype where the result is quantized.
void notEmpty(const Stack& stack) {
  TORCH_CHECK(!stack[0].isTensorList() || !stack[0].toTensorVector().empty(), "expected a non-empty list of Tensors");
}

// (input, hx, ...) of an LSTM cell: hx is the state and the cell's state.
void twoStates(const Stack& stack) {
  TORCH_CHECK(stack[1].toTensorVector().size() == 2, "hx must be two tensors: the hidden state and the cell state");
}

// Its absolute value is no int64, and halving it never ends.
void invertible(const Stack& stack) {
  TORCH_CHECK(stack[1].toInt() != std::numeric_limits<int64_t>::min(), "the exponent is out of range");
}

// The functional forms of copy_ and resize_ read memory that sparse tensors do not have.
void strided(const Stack& stack) {
  for (const c10::IValue& value : stack) {
    TORCH_CHECK_NOT_IMPLEMENTED(!value.isTensor() || !value.toTensor().defined() || value.toTensor().has_storage(),
                                "implemented for strided tensors only; the operator in place takes others");
  }
}

// (input, weight, bias, N, C, HxW, group, eps): the sizes are the caller's word, and memory is read by them.
void groups(const Stack& stack) {
  const at::Tensor& input = stack[0].toTensor();
  const int64_t n = stack[3].toInt(), c = stack[4].toInt(), rest = stack[5].toInt(), group = stack[6].toInt();
  TORCH_CHECK(group > 0, "group must be positive");
  TORCH_CHECK(input.dim() >= 2 && input.size(0) == n && input.size(1) == c && n >= 0 && c >= 0 && rest >= 0 &&
                  (input.numel() == 0 || rest == input.numel() / (n * c)),
              "N, C and HxW must be the sizes of the input");
}

// Row exchanges of a factorization: LAPACK goes to the rows that they name.
void pivots(const at::Tensor& factors, const at::Tensor& list) {
  TORCH_CHECK(factors.dim() >= 2 && list.dim() == factors.dim() - 1, "the pivots must have one dimension less than the factors");
  const auto rows = factors.size(-2);
  TORCH_CHECK(list.sizes().slice(0, list.dim() - 1) == factors.sizes().slice(0, factors.dim() - 2) &&
                  list.size(-1) == std::min(rows, factors.size(-1)),
              "the pivots must be ", std::min(rows, factors.size(-1)), " for each of the factors");
  // On a device this would be a wait for it.
  if (!list.is_cpu() || list.numel() == 0) return;
  at::NoGradGuard guard;
  const auto places = list.to(c10::kLong).abs();
  TORCH_CHECK(places.min().item<int64_t>() >= 1 && places.max().item<int64_t>() <= rows, "a pivot is not a row: they count from 1");
}

template <size_t Factors>
void factorized(const Stack& stack) {
  pivots(stack[Factors].toTensor(), stack[Factors + 1].toTensor());
}

void unpacked(const Stack& stack) {
  // Where the pivots stay as they are, their values do not matter.
  if (stack[3].toBool()) factorized<0>(stack);
}

// (input, hx, params, has_biases, num_layers, dropout, train, bidirectional, batch_first): one kernel of the CPU reads
// states and weights by the sizes of the input alone.
void recurrent(const Stack& stack) {
  if (!stack[1].isTensorList()) return;  // packed sequences go another way
  const at::Tensor& input = stack[0].toTensor();
  const auto states = stack[1].toTensorVector(), params = stack[2].toTensorVector();
  const bool biases = stack[3].toBool(), batchFirst = stack[8].toBool();
  const int64_t layers = stack[4].toInt(), directions = stack[7].toBool() ? 2 : 1;
  TORCH_CHECK(states.size() == 2, "hx must be two tensors: the hidden state and the cell state");
  TORCH_CHECK(input.dim() == 3 && states[0].dim() == 3 && states[1].dim() == 3, "input and states must have three dimensions");
  const int64_t batch = input.size(batchFirst ? 0 : 1), cell = states[1].size(2), hidden = states[0].size(2);
  for (const at::Tensor& state : states) {
    TORCH_CHECK(state.size(0) == layers * directions && state.size(1) == batch, "the states must be of ", layers * directions,
                " layers and a batch of ", batch, ", not of ", state.sizes());
  }
  const bool projected = hidden != cell;
  const auto each = static_cast<int64_t>(2 + (biases ? 2 : 0) + (projected ? 1 : 0));
  TORCH_CHECK(static_cast<int64_t>(params.size()) == layers * directions * each, "the parameters must be ", each, " for each layer and direction");
  int64_t features = input.size(2);
  for (int64_t i = 0; i < layers * directions; i++) {
    if (i > 0 && i % directions == 0) features = hidden * directions;
    const auto first = static_cast<size_t>(i * each);
    TORCH_CHECK(params[first].sizes() == at::IntArrayRef({4 * cell, features}) && params[first + 1].sizes() == at::IntArrayRef({4 * cell, hidden}),
                "the weights of layer ", i / directions, " must be of sizes ", 4 * cell, "x", features, " and ", 4 * cell, "x", hidden);
    TORCH_CHECK(!biases || (params[first + 2].sizes() == at::IntArrayRef({4 * cell}) && params[first + 3].sizes() == at::IntArrayRef({4 * cell})),
                "the biases of layer ", i / directions, " must be of ", 4 * cell);
    TORCH_CHECK(!projected || params[first + each - 1].sizes() == at::IntArrayRef({hidden, cell}), "the projection of layer ", i / directions,
                " must be of sizes ", hidden, "x", cell);
  }
}

const std::unordered_map<std::string, Guard>& guards() {
  static const std::unordered_map<std::string, Guard> all = {
      {"cat", notEmpty},
      {"concat", notEmpty},
      {"concatenate", notEmpty},
      {"copy", strided},
      {"linalg_ldl_solve", factorized<0>},
      {"linalg_lu_solve", factorized<0>},
      {"linalg_matrix_power", invertible},
      {"lstm", recurrent},
      {"lu_solve", factorized<1>},
      {"lu_unpack", unpacked},
      {"matrix_power", invertible},
      {"native_group_norm", groups},
      {"quantized_lstm_cell", twoStates},
      {"resize", strided},
  };
  return all;
}

}  // namespace

Guard guardOf(const std::string& base) {
  const auto found = guards().find(base);
  return found == guards().end() ? nullptr : found->second;
}

bool isOpaque(const at::Tensor& tensor) { return tensor.is_quantized() || tensor.is_mkldnn(); }

void refuseOpaque(const Overload& overload, const Stack& stack) {
  if (!overload.handle.hasKernelForDispatchKey(c10::DispatchKey::CompositeExplicitAutogradNonFunctional)) return;
  const auto look = [&](const at::Tensor& tensor) {
    if (!tensor.defined() || !isOpaque(tensor)) return;
    const auto key = tensor.is_mkldnn() ? c10::DispatchKey::MkldnnCPU
                     : tensor.is_cuda() ? c10::DispatchKey::QuantizedCUDA
                                        : c10::DispatchKey::QuantizedCPU;
    TORCH_CHECK_NOT_IMPLEMENTED(overload.handle.hasKernelForDispatchKey(key), overload.name, " is not implemented for ",
                                tensor.is_mkldnn() ? "tensors of layout mkldnn; take x.to_dense()"
                                                   : "quantized tensors; take x.dequantize()");
  };
  for (const c10::IValue& value : stack) {
    if (value.isTensor()) look(value.toTensor());
    else if (value.isTensorList()) {
      for (const at::Tensor& tensor : value.toTensorVector()) look(tensor);
    }
  }
}

}  // namespace flambeau
