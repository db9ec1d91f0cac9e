#include <torch/csrc/inductor/aoti_package/model_package_loader.h>

#include <cstdlib>

#include "addon.h"
#include "callback.h"
#include "capture.h"
#include "exports.h"
#include "runnable.h"
#include "turn.h"

namespace flambeau {

namespace {

using Info = Napi::CallbackInfo;
using Tensors = std::vector<at::Tensor>;

// A model that was compiled to native code.
struct Package : public Runnable {
  Package(const std::string& path, const std::string& model, size_t runners, c10::DeviceIndex device)
      : loader(path, model, false, runners, device) {}
  std::vector<at::Tensor> runTensors(std::vector<at::Tensor> inputs) const override { return loader.boxed_run(std::move(inputs)); }
  // It has a lock, or a queue of runners, of its own.
  mutable torch::inductor::AOTIModelPackageLoader loader;
};

class Load : public Job {
 public:
  explicit Load(const Info& info)
      : path_(info[0].ToString()),
        model_(info[1].ToString()),
        runners_(info[2].ToNumber().Uint32Value()),
        device_(static_cast<c10::DeviceIndex>(info[3].ToNumber().Int32Value())) {}
  void work() override { package_ = std::make_shared<Package>(path_, model_, runners_, device_); }
  napi_value finish(Addon& addon, napi_env env) override { return wrap(addon, env, std::shared_ptr<Resource>(std::move(package_))); }

 private:
  std::string path_, model_;
  size_t runners_;
  c10::DeviceIndex device_;
  std::shared_ptr<Package> package_;
};

class Run : public Job {
 public:
  Run(Addon& addon, const Info& info)
      : package_(resourceOf<Package>(addon, info.Env(), info[0])), tensors_(fromArray(addon, info.Env(), info[1])) {}
  void work() override { tensors_ = package_->loader.boxed_run(std::move(tensors_)); }
  napi_value finish(Addon& addon, napi_env env) override { return toArray(addon, env, tensors_); }

 private:
  std::shared_ptr<Package> package_;
  Tensors tensors_;
};

Napi::Value load(Addon& addon, const Info& info) {
  Load job(info);
  job.work();
  return Napi::Value(info.Env(), job.finish(addon, info.Env()));
}

Napi::Value loadAsync(Addon& addon, const Info& info) {
  return Napi::Value(info.Env(), addon.executor->submit(info.Env(), std::make_unique<Load>(info)));
}

Napi::Value run(Addon& addon, const Info& info) {
  addon.sweep();
  if (addon.recorder) throw Misuse("CAPTURE", "compiled code cannot be recorded: run it outside of capture()");
  Run job(addon, info);
  job.work();
  return Napi::Value(info.Env(), job.finish(addon, info.Env()));
}

Napi::Value runAsync(Addon& addon, const Info& info) {
  addon.sweep();
  return Napi::Value(info.Env(), addon.executor->submit(info.Env(), std::make_unique<Run>(addon, info), turnOf(addon, info.Env(), info[2])));
}

// Turns on the checks of its own that compiled code has, for what runs for the first time from now on.
Napi::Value checkInputs(Addon&, const Info& info) {
#ifdef _WIN32
  _putenv_s("AOTI_RUNTIME_CHECK_INPUTS", "1");
#else
  setenv("AOTI_RUNTIME_CHECK_INPUTS", "1", 1);
#endif
  return info.Env().Undefined();
}

Napi::Array toStrings(Napi::Env env, const std::vector<std::string>& texts) {
  auto array = Napi::Array::New(env, texts.size());
  for (uint32_t i = 0; i < texts.size(); i++) array.Set(i, texts[i]);
  return array;
}

// The structures of arguments and results.
Napi::Value callSpec(Addon& addon, const Info& info) {
  return toStrings(info.Env(), resourceOf<Package>(addon, info.Env(), info[0])->loader.get_call_spec());
}

Napi::Value constants(Addon& addon, const Info& info) {
  return toStrings(info.Env(), resourceOf<Package>(addon, info.Env(), info[0])->loader.get_constant_fqns());
}

// setConstants(package, [names], [tensors]): all of them or some; the package copies.
Napi::Value setConstants(Addon& addon, const Info& info) {
  const auto package = resourceOf<Package>(addon, info.Env(), info[0]);
  const auto names = info[1].As<Napi::Array>();
  const Tensors tensors = fromArray(addon, info.Env(), info[2]);
  std::unordered_map<std::string, at::Tensor> map;
  for (uint32_t i = 0; i < names.Length(); i++) map[names.Get(i).ToString()] = tensors.at(i).detach();
  package->loader.load_constants(map, false, false);
  return info.Env().Undefined();
}

}  // namespace

void aotiEntries(Entries& entries) {
  entries.push_back({"aotiLoad", entry<load>});
  entries.push_back({"aotiLoadAsync", entry<loadAsync>});
  entries.push_back({"aotiRun", entry<run>});
  entries.push_back({"aotiRunAsync", entry<runAsync>});
  entries.push_back({"aotiCheckInputs", entry<checkInputs>});
  entries.push_back({"aotiCallSpec", entry<callSpec>});
  entries.push_back({"aotiConstants", entry<constants>});
  entries.push_back({"aotiSetConstants", entry<setConstants>});
}

}  // namespace flambeau
