// The C++ side of bench/jit.mjs: jit FOLDER THREADS. Answers "name count" with seconds, with LibTorch and nothing between.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/jit/serialization/import.h>

#include <chrono>
#include <iostream>
#include <map>

int main(int, char** arguments) {
  at::set_num_threads(std::stoi(arguments[2]));
  const std::string folder = arguments[1];
  std::map<std::string, torch::jit::Module> models;
  std::map<std::string, at::Tensor> inputs = {{"resnet18", at::ones({1, 3, 224, 224})}, {"mlp", at::ones({1, 784})}};
  for (const auto& [name, input] : inputs) models[name] = torch::jit::load(folder + "/" + name + ".pt");
  std::cout << "ready" << std::endl;
  std::string name;
  int count;
  while (std::cin >> name >> count) {
    c10::InferenceMode guard;
    auto& model = models[name];
    const auto& input = inputs[name];
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < count; i++) model.forward({input});
    std::cout << std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() << std::endl;
  }
}
