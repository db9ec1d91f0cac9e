// The same operators called by a C++ program that uses LibTorch directly: export.mjs compiles and runs it.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>

#include <chrono>
#include <functional>
#include <iostream>
#include <string>

using at::Tensor;

struct Norm {
  explicit Norm(int64_t n) : weight(at::ones({n})), bias(at::zeros({n})), mean(at::zeros({n})), variance(at::ones({n})) {}
  Tensor operator()(const Tensor& x) const { return at::batch_norm(x, weight, bias, mean, variance, false, 0.1, 1e-5, true); }
  Tensor weight, bias, mean, variance;
};

struct Conv {
  Conv(int64_t in, int64_t out, int64_t kernel, int64_t step)
      : weight(at::randn({out, in, kernel, kernel}) * 0.05), stride(step), padding(kernel / 2), norm(out) {}
  Tensor operator()(const Tensor& x) const { return norm(at::conv2d(x, weight, {}, stride, padding)); }
  Tensor weight;
  int64_t stride, padding;
  Norm norm;
};

struct Block {
  Block(int64_t in, int64_t out, int64_t step) : first(in, out, 3, step), second(out, out, 3, 1), skip(in, out, 1, step), plain(step == 1 && in == out) {}
  Tensor operator()(const Tensor& x) const {
    Tensor y = second(first(x).relu_());
    return y.add_(plain ? x : skip(x)).relu_();
  }
  Conv first, second, skip;
  bool plain;
};

int main(int, char** argv) {
  at::set_num_threads(std::stoi(argv[1]));
  c10::AutoGradMode grad(false);
  const Tensor w1 = at::randn({512, 784}), b1 = at::randn({512}), w2 = at::randn({256, 512}), b2 = at::randn({256}),
               w3 = at::randn({10, 256}), b3 = at::randn({10}), row = at::ones({1, 784});
  const auto mlp = [&] { return at::linear(at::linear(at::linear(row, w1, b1).relu(), w2, b2).relu(), w3, b3); };

  const Conv stem(3, 64, 7, 2);
  std::vector<Block> blocks;
  int64_t in = 64;
  for (const int64_t out : {64, 128, 256, 512}) {
    blocks.emplace_back(in, out, out == 64 ? 1 : 2);
    blocks.emplace_back(out, out, 1);
    in = out;
  }
  const Tensor head = at::randn({1000, 512}), bias = at::zeros({1000}), image = at::ones({1, 3, 224, 224});
  const auto resnet = [&] {
    Tensor x = at::max_pool2d(stem(image).relu_(), 3, 2, 1);
    for (const Block& block : blocks) x = block(x);
    return at::linear(at::adaptive_avg_pool2d(x, {1, 1}).flatten(1), head, bias);
  };

  std::cout << "ready" << std::endl;
  std::string name;
  int64_t count;
  while (std::cin >> name >> count) {
    const std::function<Tensor()> run = name == "mlp" ? std::function<Tensor()>(mlp) : std::function<Tensor()>(resnet);
    const auto start = std::chrono::steady_clock::now();
    for (int64_t i = 0; i < count; i++) run();
    std::cout << std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() << std::endl;
  }
}
