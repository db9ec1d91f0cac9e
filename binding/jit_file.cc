#include <caffe2/serialize/file_adapter.h>
#include <caffe2/serialize/inline_container.h>
#include <torch/csrc/jit/frontend/error_report.h>
#include <torch/csrc/jit/runtime/graph_iterator.h>
#include <torch/csrc/jit/serialization/import.h>

#include <cstring>
#include <sstream>

#include "addon.h"
#include "convert.h"
#include "device.h"
#include "exports.h"
#include "jit.h"

namespace flambeau {

namespace {

using Info = Napi::CallbackInfo;
using caffe2::serialize::PyTorchStreamReader;
using caffe2::serialize::ReadAdapterInterface;

class MemoryReader : public ReadAdapterInterface {
 public:
  MemoryReader(const uint8_t* data, size_t size) : bytes_(data, data + size) {}
  size_t size() const override { return bytes_.size(); }
  size_t read(uint64_t pos, void* buffer, size_t n, const char*) const override {
    if (pos >= bytes_.size()) return 0;
    n = std::min<size_t>(n, bytes_.size() - pos);
    std::memcpy(buffer, bytes_.data() + pos, n);
    return n;
  }

 private:
  std::vector<uint8_t> bytes_;
};

std::string firstLines(const std::string& text, size_t count) {
  size_t at = 0;
  while (count-- > 0 && at != std::string::npos) at = text.find('\n', at + (at > 0));
  return text.substr(0, at);
}

[[noreturn]] void refuseFile(const std::string& what) { throw Misuse("INVALID_FILE", "jit.load(): " + what); }

void requireShallow(PyTorchStreamReader& reader) {
  for (const std::string& name : reader.getAllRecords()) {
    const auto endsWith = [&](const std::string& end) { return name.size() >= end.size() && name.compare(name.size() - end.size(), end.size(), end) == 0; };
    const bool code = name.rfind("code/", 0) == 0 && endsWith(".py");
    if (!code && !endsWith(".pkl")) continue;
    const auto [data, size] = reader.getRecord(name);
    const std::string_view text{static_cast<const char*>(data.get()), size};
    if (code && !isShallow(text)) refuseFile("the code in " + name + " is nested too deeply");
    if (!code && !isShallowPickle(text)) refuseFile("the values in " + name + " are nested too deeply");
  }
}

// Says what else the archive is, where it is none of TorchScript.
void requireScript(const std::shared_ptr<ReadAdapterInterface>& bytes) {
  PyTorchStreamReader reader(bytes);
  if (reader.hasRecord("constants.pkl") && reader.hasRecord("data.pkl")) return requireShallow(reader);
  bool exported = reader.hasRecord("archive_format"), model = false;
  for (const std::string& name : reader.getAllRecords()) {
    exported = exported || name.find("serialized_exported_program") != std::string::npos;
    model = model || name.rfind("models/", 0) == 0 || name.rfind("data/aotinductor/", 0) == 0;
  }
  if (exported || model) refuseFile("the file is an archive of torch.export, not TorchScript; torch.export.load reads it");
  if (reader.hasRecord("data.pkl")) refuseFile("the file is a checkpoint, not TorchScript; torch.load reads it");
  refuseFile("the archive holds no TorchScript: it has no constants.pkl");
}

// The word after `lead` in a message, with what stands around it in quotes taken off.
std::string wordAfter(const std::string& text, const std::string& lead) {
  const size_t at = text.find(lead);
  if (at == std::string::npos) return "";
  const size_t start = text.find_first_not_of(" '\"", at + lead.size());
  if (start == std::string::npos) return "";
  std::string word = text.substr(start, text.find_first_of(" '\"\n,", start) - start);
  while (!word.empty() && word.back() == '.') word.pop_back();
  return word;
}

[[noreturn]] void explain(const std::exception& error) {
  const auto* torchError = dynamic_cast<const c10::Error*>(&error);
  std::string text = torchError ? torchError->what_without_backtrace() : error.what();
  text.erase(0, text.find_first_not_of(" \n"));
  std::string missing = wordAfter(text, "Unknown builtin op: ");
  if (missing.empty()) missing = wordAfter(text, "Unknown type name '__torch__.torch.classes.");
  if (!missing.empty()) {
    throw Misuse("UNKNOWN_OPERATOR", "jit.load(): the module needs " + missing + ", which no library here has registered. Load the library "
                                     "that has it first: torch.ops.loadLibrary(path)");
  }
  refuseFile("the file is damaged, or holds what this LibTorch cannot read: " + firstLines(text, 3));
}

struct Source {
  explicit Source(const Info& info) {
    if (info[0].IsString()) path = info[0].As<Napi::String>();
    else {
      const auto array = info[0].As<Napi::Uint8Array>();
      bytes = std::make_shared<MemoryReader>(array.Data(), array.ByteLength());
    }
    if (info[1].IsString()) {
      device = toDevice(info[1].As<Napi::String>());
      requireDevice(*device);
    }
    const auto names = info[2].As<Napi::Array>();
    for (uint32_t i = 0; i < names.Length(); i++) extra[names.Get(i).ToString()] = "";
  }

  torch::jit::Module load() {
    try {
      if (!bytes) bytes = std::make_shared<caffe2::serialize::FileAdapter>(path);
      requireScript(bytes);
      try {
        return torch::jit::load(bytes, device, extra);
      } catch (const torch::jit::ErrorReport&) {
        // Its text quotes the original source out of the file's debugging part. Where that is damaged too, the text
        // throws, which ends the process. Without that part it is safe to ask for.
        return torch::jit::load(bytes, device, extra, false);
      }
    } catch (const Misuse&) {
      throw;
    } catch (const std::bad_alloc&) {
      refuseFile("the file is damaged: it asks for more memory than there is");
    } catch (const std::exception& error) {
      const std::string text = error.what();
      const bool wantsGpu = text.find("CUDA") != std::string::npos;
      if (wantsGpu && (!accelerator() || text.find("invalid device ordinal") != std::string::npos)) {
        throw Misuse("DEVICE_UNAVAILABLE", "jit.load(): the file holds tensors of a GPU that is not here; load it with { mapLocation: 'cpu' }");
      }
      explain(error);
    }
  }

  std::string path;
  std::shared_ptr<ReadAdapterInterface> bytes;
  std::optional<c10::Device> device;
  torch::jit::ExtraFilesMap extra;
};

// [handle, { name: Buffer }]
napi_value loaded(Addon& addon, Napi::Env env, const torch::jit::Module& module, const torch::jit::ExtraFilesMap& extra) {
  auto object = std::make_shared<ScriptObject>(addon, module._ivalue());
  int64_t bytes = 0;
  const auto count = [&](const at::Tensor& tensor) { bytes += tensor.has_storage() ? static_cast<int64_t>(tensor.storage().nbytes()) : 0; };
  for (const at::Tensor& tensor : module.parameters()) count(tensor);
  for (const at::Tensor& tensor : module.buffers()) count(tensor);
  object->owns(bytes);
  auto files = Napi::Object::New(env);
  for (const auto& [name, text] : extra) {
    if (!text.empty()) files.Set(name, Napi::Buffer<char>::Copy(env, text.data(), text.size()));
  }
  auto result = Napi::Array::New(env, 2);
  result.Set(0u, Napi::Value(env, wrap(addon, env, std::shared_ptr<Resource>(std::move(object)))));
  result.Set(1u, files);
  return result;
}

// jitLoad(path or bytes, device or undefined, names of extra files)
Napi::Value load(Addon& addon, const Info& info) {
  addon.sweep();
  Source source(info);
  const auto module = source.load();
  return Napi::Value(info.Env(), loaded(addon, info.Env(), module, source.extra));
}

class LoadJob : public Job {
 public:
  explicit LoadJob(Source source) : source_(std::move(source)) {}
  void work() override {
    module_ = source_.load();
    source_.bytes.reset();
  }
  napi_value finish(Addon& addon, napi_env env) override { return loaded(addon, env, *module_, source_.extra); }

 private:
  Source source_;
  std::optional<torch::jit::Module> module_;
};

Napi::Value loadAsync(Addon& addon, const Info& info) {
  addon.sweep();
  return Napi::Value(info.Env(), addon.executor->submit(info.Env(), std::make_unique<LoadJob>(Source(info))));
}

// Layouts of oneDNN are written as nothing that can be read again.
void requireSaveable(const torch::jit::Module& module) {
  for (const auto& method : module.get_methods()) {
    auto graph = method.graph();
    torch::jit::DepthFirstGraphNodeIterator nodes(graph);
    while (const auto* node = nodes.next()) {
      if (node->kind() != c10::prim::ConstantMKLDNNTensor) continue;
      throw Misuse("INVALID_VALUE", "jit.save(): a module that was optimized for inference cannot be saved; save the module that it was made of");
    }
  }
}

struct Target {
  Target(Addon& addon, const Info& info) : module(resourceOf<ScriptObject>(addon, info.Env(), info[0])->module()) {
    requireSaveable(module);
    if (info[1].IsString()) path = info[1].As<Napi::String>();
    const auto files = info[2].As<Napi::Object>();
    const auto names = files.GetPropertyNames();
    for (uint32_t i = 0; i < names.Length(); i++) {
      const auto data = files.Get(names.Get(i)).As<Napi::Uint8Array>();
      extra[names.Get(i).ToString()] = std::string(reinterpret_cast<const char*>(data.Data()), data.ByteLength());
    }
  }

  void save() {
    if (!path.empty()) return module.save(path, extra);
    std::ostringstream stream;
    module.save(stream, extra);
    bytes = std::move(stream).str();
  }

  napi_value result(Napi::Env env) const {
    if (!path.empty()) return env.Undefined();
    return Napi::Buffer<char>::Copy(env, bytes.data(), bytes.size());
  }

  torch::jit::Module module;
  std::string path, bytes;
  torch::jit::ExtraFilesMap extra;
};

// jitSave(module, path or undefined, { name: bytes }): the bytes where there is no path.
Napi::Value save(Addon& addon, const Info& info) {
  Target target(addon, info);
  target.save();
  return Napi::Value(info.Env(), target.result(info.Env()));
}

class SaveJob : public Job {
 public:
  explicit SaveJob(Target target) : target_(std::move(target)) {}
  void work() override { target_.save(); }
  napi_value finish(Addon&, napi_env env) override { return target_.result(env); }

 private:
  Target target_;
};

Napi::Value saveAsync(Addon& addon, const Info& info) {
  return Napi::Value(info.Env(), addon.executor->submit(info.Env(), std::make_unique<SaveJob>(Target(addon, info))));
}

}  // namespace

void jitFileEntries(Entries& entries) {
  entries.push_back({"jitLoad", entry<load>});
  entries.push_back({"jitLoadAsync", entry<loadAsync>});
  entries.push_back({"jitSave", entry<save>});
  entries.push_back({"jitSaveAsync", entry<saveAsync>});
}

}  // namespace flambeau
