#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <c10/core/DefaultDtype.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/anomaly_mode.h>
#include <torch/version.h>

#include "addon.h"
#include "convert.h"
#include "device.h"
#include "exports.h"
#include "intraop.h"
#include "schema.h"
#include "shelves.h"
#include "turn.h"

#ifndef _WIN32
#include <dlfcn.h>
#endif

namespace flambeau {

namespace {

using Info = Napi::CallbackInfo;

// setUp({ makeError, Complex, collectYoung, warn, where, kept }): what the binding needs of the other side.
Napi::Value setUp(Addon& addon, const Info& info) {
  const auto options = info[0].As<Napi::Object>();
  addon.makeError = Napi::Persistent(options.Get("makeError").As<Napi::Function>());
  addon.warnings.warn = Napi::Persistent(options.Get("warn").As<Napi::Function>());
  addon.where = Napi::Persistent(options.Get("where").As<Napi::Function>());
  addon.collector = Napi::Persistent(options.Get("collectYoung").As<Napi::Function>());
  addon.complex = Napi::Persistent(options.Get("Complex").As<Napi::Function>());
  shelves::setLimit(static_cast<size_t>(options.Get("kept").As<Napi::Number>().Int64Value()));
  return info.Env().Undefined();
}

Napi::Value setGradEnabled(Addon&, const Info& info) {
  c10::GradMode::set_enabled(info[0].ToBoolean());
  return info.Env().Undefined();
}

Napi::Value isGradEnabled(Addon&, const Info& info) { return Napi::Boolean::New(info.Env(), c10::GradMode::is_enabled()); }

Napi::Value setInferenceMode(Addon& addon, const Info& info) {
  const bool enabled = info[0].ToBoolean();
  if (enabled && !addon.inference) addon.inference = std::make_unique<c10::InferenceMode>();
  if (!enabled) addon.inference.reset();
  return info.Env().Undefined();
}

Napi::Value isInferenceMode(Addon&, const Info& info) { return Napi::Boolean::New(info.Env(), c10::InferenceMode::is_enabled()); }

Napi::Value setAnomaly(Addon&, const Info& info) {
  torch::autograd::AnomalyMode::set_enabled(info[0].ToBoolean(), info[1].ToBoolean());
  return info.Env().Undefined();
}

Napi::Value setChecksSparse(Addon&, const Info& info) {
  at::globalContext().setCheckSparseTensorInvariants(info[0].ToBoolean().Value());
  return info.Env().Undefined();
}

Napi::Value checksSparse(Addon&, const Info& info) {
  // A plain bool in older releases.
  return Napi::Boolean::New(info.Env(), std::optional<bool>(at::globalContext().checkSparseTensorInvariants()).value_or(false));
}

Napi::Value setNumThreads(Addon&, const Info& info) {
  const double count = info[0].IsNumber() ? info[0].As<Napi::Number>().DoubleValue() : 0;
  if (!(count >= 1 && count <= 4096) || count != std::trunc(count)) invalid("setNumThreads(): argument 'n' must be a whole number from 1 on");
  setIntraOpThreads(static_cast<int>(count));
  return info.Env().Undefined();
}

Napi::Value getNumThreads(Addon&, const Info& info) { return Napi::Number::New(info.Env(), at::get_num_threads()); }

Napi::Value setExecutorThreads(Addon& addon, const Info& info) {
  const double count = info[0].IsNumber() ? info[0].As<Napi::Number>().DoubleValue() : 0;
  if (!(count >= 1 && count <= 1024) || count != std::trunc(count)) invalid("setAsyncThreads(): argument 'n' must be a whole number from 1 on");
  addon.executor->setThreads(static_cast<size_t>(count));
  return info.Env().Undefined();
}

Napi::Value setDefaultDtype(Addon&, const Info& info) {
  const auto type = toDtype(info[0].As<Napi::String>());
  if (!c10::isFloatingType(type)) invalid(std::string("setDefaultDtype(): the default must be a floating point dtype, not ") + dtypeName(type));
  c10::set_default_dtype(c10::scalarTypeToTypeMeta(type));
  return info.Env().Undefined();
}

Napi::Value getDefaultDtype(Addon&, const Info& info) {
  return Napi::String::New(info.Env(), dtypeName(c10::typeMetaToScalarType(c10::get_default_dtype())));
}

uint64_t seedOf(const Napi::Value& value, const char* function) {
  if (value.IsBigInt()) {
    bool lossless;
    return value.As<Napi::BigInt>().Uint64Value(&lossless);
  }
  const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : NAN;
  if (number != std::trunc(number) || std::fabs(number) > 9007199254740991.0) {
    invalid(std::string(function) + "(): argument 'seed' must be a whole number or a bigint");
  }
  return static_cast<uint64_t>(static_cast<int64_t>(number));
}

at::Generator generatorOf(Addon& addon, const Info& info, size_t index) {
  Slot& slot = slotOf(addon, info.Env(), info[index]);
  if (!slot.generator.defined()) invalid("the value is not a Generator");
  return slot.generator;
}

Napi::Value manualSeed(Addon&, const Info& info) {
  at::manual_seed(seedOf(info[0], "manualSeed"));
  return info.Env().Undefined();
}

Napi::Value makeGenerator(Addon& addon, const Info& info) {
  const c10::Device device = toDevice(info[0].IsString() ? info[0].As<Napi::String>().Utf8Value() : "cpu");
  at::Generator generator = device.is_cpu()
                                ? at::detail::createCPUGenerator()
                                : at::globalContext().getAcceleratorHooksInterface(device.type()).getNewGenerator(device.has_index() ? device.index() : currentDevice());
  return Napi::Value(info.Env(), wrap(addon, info.Env(), std::move(generator)));
}

Napi::Value defaultGenerator(Addon& addon, const Info& info) {
  const c10::Device device = toDevice(info[0].IsString() ? info[0].As<Napi::String>().Utf8Value() : "cpu");
  return Napi::Value(info.Env(), wrap(addon, info.Env(), at::globalContext().defaultGenerator(device)));
}

Napi::Value generatorSeed(Addon& addon, const Info& info) {
  at::Generator generator = generatorOf(addon, info, 0);
  std::lock_guard<std::mutex> lock(generator.mutex());
  if (!info[1].IsUndefined()) generator.set_current_seed(seedOf(info[1], "manualSeed"));
  return Napi::BigInt::New(info.Env(), generator.current_seed());
}

Napi::Value generatorFresh(Addon& addon, const Info& info) {
  at::Generator generator = generatorOf(addon, info, 0);
  std::lock_guard<std::mutex> lock(generator.mutex());
  return Napi::BigInt::New(info.Env(), generator.seed());
}

Napi::Value generatorState(Addon& addon, const Info& info) {
  at::Generator generator = generatorOf(addon, info, 0);
  std::lock_guard<std::mutex> lock(generator.mutex());
  if (info[1].IsUndefined()) return Napi::Value(info.Env(), wrap(addon, info.Env(), generator.get_state()));
  generator.set_state(tensorOf(addon, info.Env(), info[1]));
  return info.Env().Undefined();
}

Napi::Value generatorDevice(Addon& addon, const Info& info) {
  return Napi::String::New(info.Env(), generatorOf(addon, info, 0).device().str());
}

Napi::Value memoryStats(Addon& addon, const Info& info) {
  auto result = Napi::Object::New(info.Env());
  result.Set("tensors", static_cast<double>(addon.tensors()));
  result.Set("bytes", static_cast<double>(addon.bytes()));
  return result;
}

Napi::Value version(Addon&, const Info& info) { return Napi::String::New(info.Env(), TORCH_VERSION); }

// Custom operators register themselves when their library is loaded.
Napi::Value loadLibrary(Addon&, const Info& info) {
#ifdef _WIN32
  invalid("loadLibrary(): not supported on Windows yet");
#else
  const std::string path = info[0].As<Napi::String>();
  if (!dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL)) throw Misuse("LIBRARY_LOAD_FAILED", std::string("loadLibrary(): ") + dlerror());
#endif
  refreshOperators();
  return info.Env().Undefined();
}

Napi::Value setDeterministic(Addon&, const Info& info) {
  at::globalContext().setDeterministicAlgorithms(info[0].ToBoolean(), info[1].ToBoolean());
  return info.Env().Undefined();
}

Napi::Value deterministic(Addon&, const Info& info) {
  const auto& context = at::globalContext();
  auto result = Napi::Object::New(info.Env());
  result.Set("enabled", context.deterministicAlgorithms());
  result.Set("warnOnly", context.deterministicAlgorithmsWarnOnly());
  return result;
}

// matmulPrecision(), matmulPrecision('high')
Napi::Value matmulPrecision(Addon&, const Info& info) {
  auto& context = at::globalContext();
  if (info[0].IsString()) context.setFloat32MatmulPrecision(info[0].ToString().Utf8Value());
  const auto precision = context.float32MatmulPrecision();
  return Napi::String::New(info.Env(), precision == at::Float32MatmulPrecision::HIGHEST ? "highest"
                                       : precision == at::Float32MatmulPrecision::HIGH  ? "high"
                                                                                        : "medium");
}

Napi::Value setFlushDenormal(Addon&, const Info& info) {
  return Napi::Boolean::New(info.Env(), at::globalContext().setFlushDenormal(info[0].ToBoolean()));
}

Napi::Value halt(Addon& addon, const Info& info) {
  addon.executor->halt();
  return info.Env().Undefined();
}

Napi::Value makeTurn(Addon& addon, const Info& info) {
  return Napi::Value(info.Env(), wrap(addon, info.Env(), std::shared_ptr<Resource>(std::make_shared<Turn>())));
}

Napi::Value dropTurn(Addon& addon, const Info& info) {
  return Napi::Boolean::New(info.Env(), resourceOf<Turn>(addon, info.Env(), info[0])->drop());
}

}  // namespace

void runtimeEntries(Entries& entries) {
  entries.push_back({"setDeterministic", entry<setDeterministic>});
  entries.push_back({"deterministic", entry<deterministic>});
  entries.push_back({"matmulPrecision", entry<matmulPrecision>});
  entries.push_back({"setFlushDenormal", entry<setFlushDenormal>});
  entries.push_back({"halt", entry<halt>});
  entries.push_back({"makeTurn", entry<makeTurn>});
  entries.push_back({"dropTurn", entry<dropTurn>});
  entries.push_back({"setUp", entry<setUp>});
  entries.push_back({"setGradEnabled", entry<setGradEnabled>});
  entries.push_back({"isGradEnabled", entry<isGradEnabled>});
  entries.push_back({"setInferenceMode", entry<setInferenceMode>});
  entries.push_back({"isInferenceMode", entry<isInferenceMode>});
  entries.push_back({"setAnomaly", entry<setAnomaly>});
  entries.push_back({"setChecksSparse", entry<setChecksSparse>});
  entries.push_back({"checksSparse", entry<checksSparse>});
  entries.push_back({"setNumThreads", entry<setNumThreads>});
  entries.push_back({"getNumThreads", entry<getNumThreads>});
  entries.push_back({"setExecutorThreads", entry<setExecutorThreads>});
  entries.push_back({"setDefaultDtype", entry<setDefaultDtype>});
  entries.push_back({"getDefaultDtype", entry<getDefaultDtype>});
  entries.push_back({"manualSeed", entry<manualSeed>});
  entries.push_back({"makeGenerator", entry<makeGenerator>});
  entries.push_back({"defaultGenerator", entry<defaultGenerator>});
  entries.push_back({"generatorSeed", entry<generatorSeed>});
  entries.push_back({"generatorFresh", entry<generatorFresh>});
  entries.push_back({"generatorState", entry<generatorState>});
  entries.push_back({"generatorDevice", entry<generatorDevice>});
  entries.push_back({"memoryStats", entry<memoryStats>});
  entries.push_back({"torchVersion", entry<version>});
  entries.push_back({"loadLibrary", entry<loadLibrary>});
}

}  // namespace flambeau
