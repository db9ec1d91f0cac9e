#include <ATen/ATen.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <torch/library.h>

// LibTorch has no batching rule for these operators, so that vmap would call them once for each sample. Python's vmap takes
// them apart into operators that have one, in Python; here it is done in C++, from the same formulas.

namespace flambeau {

namespace {

using at::Scalar;
using at::Tensor;
using Weight = std::optional<Tensor>;

int64_t channelOf(const Tensor& self) { return self.dim() < 2 ? 0 : 1; }

// The weights of the classes, with the dimensions of the scores.
Tensor alongChannel(const Tensor& weight, const Tensor& self) {
  std::vector<int64_t> shape(self.dim(), 1);
  shape[channelOf(self)] = weight.size(0);
  return weight.reshape(shape);
}

std::tuple<Tensor, Tensor> nllForward(const Tensor& given, const Tensor& target, const Weight& weight, int64_t reduction,
                                      c10::SymInt ignored) {
  const int64_t channel = channelOf(given);
  const Tensor counted = target.ne(Scalar(ignored));
  const Tensor index = at::where(counted, target, Scalar(0)).unsqueeze(channel);
  const bool weighted = weight && weight->defined();
  const Tensor scales = weighted ? alongChannel(*weight, given) : Tensor();
  const Tensor self = weighted ? given * scales : given;
  const Tensor each = at::where(counted, self.gather(channel, index).squeeze(channel).neg(), Scalar(0));
  if (reduction == at::Reduction::None && given.dim() > 1) return {each, at::zeros({}, given.options())};
  const Tensor total =
      weighted ? at::where(counted, scales.expand_as(given).gather(channel, index).squeeze(channel), Scalar(0)).sum()
               : counted.sum().to(given.scalar_type());
  if (reduction == at::Reduction::None) return {each, total};
  const Tensor sum = each.sum();
  return {reduction == at::Reduction::Mean ? sum / total : sum, total};
}

Tensor nllBackward(const Tensor& given, const Tensor& self, const Tensor& targets, const Weight& weight, int64_t reduction,
                   c10::SymInt ignored, const Tensor& total) {
  const int64_t channel = channelOf(self);
  const Tensor target = (self.dim() == 1 && targets.dim() > 0 ? targets.select(0, 0) : targets).unsqueeze(channel);
  const Tensor counted = target.ne(Scalar(ignored));
  const Tensor ones = at::zeros_like(self).scatter(channel, at::where(counted, target, Scalar(0)), Scalar(-1));
  Tensor grad = reduction == at::Reduction::Mean ? given / total : given;
  if (grad.dim() > 0 && self.dim() > grad.dim()) grad = grad.unsqueeze(channel);
  if (weight && weight->defined()) grad = grad * alongChannel(*weight, self);
  return ones * at::where(counted, grad, Scalar(0));
}

// The gradient of a loss of differences, scaled as the reduction asks.
Tensor scaled(const Tensor& grad, const Tensor& self, int64_t reduction) {
  return reduction == at::Reduction::Mean ? grad / static_cast<double>(self.numel()) : grad;
}

Tensor mseBackward(const Tensor& grad, const Tensor& self, const Tensor& target, int64_t reduction) {
  return (self - target) * 2 * scaled(grad, self, reduction);
}

Tensor smoothL1Backward(const Tensor& grad, const Tensor& self, const Tensor& target, int64_t reduction, double beta) {
  const Tensor x = self - target;
  return scaled(grad, self, reduction) * at::where(x.abs().lt(beta), x / beta, x.sign());
}

Tensor huberBackward(const Tensor& grad, const Tensor& self, const Tensor& target, int64_t reduction, double delta) {
  return scaled(grad, self, reduction) * (self - target).clamp(-delta, delta);
}

// A release of LibTorch that has a rule keeps it.
template <typename F>
void rule(torch::Library& library, const char* name, F* kernel) {
  const auto known = c10::Dispatcher::singleton().findSchema({std::string("aten::") + name, ""});
  if (known && !known->hasKernelForDispatchKey(c10::DispatchKey::FuncTorchBatched)) library.impl(name, kernel);
}

}  // namespace

TORCH_LIBRARY_IMPL(aten, FuncTorchBatched, library) {
  rule(library, "nll_loss_forward", nllForward);
  rule(library, "nll_loss2d_forward", nllForward);
  rule(library, "nll_loss_backward", nllBackward);
  rule(library, "nll_loss2d_backward", nllBackward);
  rule(library, "mse_loss_backward", mseBackward);
  rule(library, "smooth_l1_loss_backward", smoothL1Backward);
  rule(library, "huber_loss_backward", huberBackward);
}

}  // namespace flambeau
