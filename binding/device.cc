#include "device.h"

#include <ATen/Context.h>
#include <ATen/DeviceAccelerator.h>
#include <c10/core/CachingDeviceAllocator.h>
#include <c10/core/Stream.h>

#ifdef _WIN32
#include <windows.h>
#else
#include <dlfcn.h>
#endif

#include "addon.h"
#include "convert.h"
#include "exports.h"

namespace flambeau {

std::optional<c10::DeviceType> accelerator() {
  const auto type = at::accelerator::getAccelerator(false);
  if (!type || at::accelerator::deviceCount() == 0) return std::nullopt;
  return type;
}

c10::DeviceIndex currentDevice() { return at::accelerator::getDeviceIndex(); }

void requireDevice(c10::Device device) {
  if (device.is_cpu() || device.is_meta()) return;
  const auto type = accelerator();
  if (!type || *type != device.type()) {
    throw Misuse("DEVICE_UNAVAILABLE", "device '" + device.str() + "' is not available: this LibTorch on this machine has " +
                                           (type ? c10::DeviceTypeName(*type, true) : std::string("no accelerator")) +
                                           " beside 'cpu'; `npx flambeau doctor` says what is missing");
  }
  const auto count = at::accelerator::deviceCount();
  if (device.has_index() && device.index() >= count) {
    throw Misuse("DEVICE_UNAVAILABLE", "device '" + device.str() + "' does not exist: there are " + std::to_string(count));
  }
}

namespace {

using Info = Napi::CallbackInfo;

c10::DeviceIndex indexOf(const Info& info, size_t at) {
  if (info[at].IsNumber()) {
    const int64_t index = info[at].As<Napi::Number>().Int64Value();
    if (index < 0 || index >= at::accelerator::deviceCount()) {
      throw Misuse("DEVICE_UNAVAILABLE", "device " + std::to_string(index) + " does not exist: there are " +
                                             std::to_string(at::accelerator::deviceCount()));
    }
    return static_cast<c10::DeviceIndex>(index);
  }
  return currentDevice();
}

void requireAccelerator() {
  if (!accelerator()) throw Misuse("DEVICE_UNAVAILABLE", "no accelerator is available; `npx flambeau doctor` says what is missing");
}

// The accelerator's type as a string, or null.
Napi::Value type(Addon&, const Info& info) {
  const auto found = accelerator();
  if (!found) return info.Env().Null();
  return Napi::String::New(info.Env(), c10::DeviceTypeName(*found, true));
}

Napi::Value count(Addon&, const Info& info) {
  return Napi::Number::New(info.Env(), accelerator() ? at::accelerator::deviceCount() : 0);
}

Napi::Value current(Addon&, const Info& info) {
  requireAccelerator();
  return Napi::Number::New(info.Env(), currentDevice());
}

Napi::Value setCurrent(Addon&, const Info& info) {
  requireAccelerator();
  at::accelerator::setDeviceIndex(indexOf(info, 0));
  return info.Env().Undefined();
}

Napi::Value synchronize(Addon&, const Info& info) {
  requireAccelerator();
  at::accelerator::synchronizeDevice(indexOf(info, 0));
  return info.Env().Undefined();
}

class Synchronize : public Job {
 public:
  explicit Synchronize(c10::DeviceIndex index) : index_(index) {}
  void work() override { at::accelerator::synchronizeDevice(index_); }
  napi_value finish(Addon&, napi_env env) override { return Napi::Env(env).Undefined(); }

 private:
  c10::DeviceIndex index_;
};

Napi::Value synchronizeAsync(Addon& addon, const Info& info) {
  requireAccelerator();
  return Napi::Value(info.Env(), addon.executor->submit(info.Env(), std::make_unique<Synchronize>(indexOf(info, 0))));
}

// The accelerator's caching allocator, or null while nothing was ever allocated: before that it answers no question.
c10::DeviceAllocator* allocator() {
  const auto type = accelerator();
  if (!type) return nullptr;
  c10::DeviceAllocator* found = at::getDeviceAllocator(*type);
  return found->initialized() ? found : nullptr;
}

Napi::Value emptyCache(Addon&, const Info& info) {
  if (auto* found = allocator()) found->emptyCache();
  return info.Env().Undefined();
}

// { allocated, reserved, peakAllocated, peakReserved } in bytes.
Napi::Value memory(Addon&, const Info& info) {
  requireAccelerator();
  const auto index = indexOf(info, 0);
  auto* found = allocator();
  const auto stats = found ? found->getDeviceStats(index) : c10::CachingDeviceAllocator::DeviceStats();
  constexpr size_t kAll = 0;  // StatType::AGGREGATE
  auto result = Napi::Object::New(info.Env());
  result.Set("allocated", static_cast<double>(stats.allocated_bytes[kAll].current));
  result.Set("reserved", static_cast<double>(stats.reserved_bytes[kAll].current));
  result.Set("peakAllocated", static_cast<double>(stats.allocated_bytes[kAll].peak));
  result.Set("peakReserved", static_cast<double>(stats.reserved_bytes[kAll].peak));
  return result;
}

// The name comes from the driver itself: LibTorch's own way to it needs CUDA's headers.
Napi::Value deviceName(Addon&, const Info& info) {
  requireAccelerator();
  const int index = indexOf(info, 0);
  char name[256] = "";
#ifdef _WIN32
  HMODULE driver = LoadLibraryA("nvcuda.dll");
  const auto symbol = [&](const char* symbol) { return reinterpret_cast<void*>(GetProcAddress(driver, symbol)); };
#else
  void* driver = dlopen("libcuda.so.1", RTLD_LAZY | RTLD_LOCAL);
  const auto symbol = [&](const char* symbol) { return dlsym(driver, symbol); };
#endif
  if (!driver) throw Misuse("DEVICE_UNAVAILABLE", "the NVIDIA driver's library cannot be loaded");
  const auto initialize = reinterpret_cast<int (*)(unsigned)>(symbol("cuInit"));
  const auto get = reinterpret_cast<int (*)(int*, int)>(symbol("cuDeviceGet"));
  const auto getName = reinterpret_cast<int (*)(char*, int, int)>(symbol("cuDeviceGetName"));
  int device = 0;
  if (!initialize || !get || !getName || initialize(0) || get(&device, index) || getName(name, sizeof name, device)) {
    throw Misuse("DEVICE_UNAVAILABLE", "the NVIDIA driver does not tell the name of device " + std::to_string(index));
  }
  return Napi::String::New(info.Env(), name);
}

Napi::Value resetPeak(Addon&, const Info& info) {
  requireAccelerator();
  const auto index = indexOf(info, 0);
  if (auto* found = allocator()) found->resetPeakStats(index);
  return info.Env().Undefined();
}

}  // namespace

void deviceEntries(Entries& entries) {
  entries.push_back({"acceleratorType", entry<type>});
  entries.push_back({"deviceCount", entry<count>});
  entries.push_back({"currentDevice", entry<current>});
  entries.push_back({"setDevice", entry<setCurrent>});
  entries.push_back({"synchronize", entry<synchronize>});
  entries.push_back({"synchronizeAsync", entry<synchronizeAsync>});
  entries.push_back({"emptyCache", entry<emptyCache>});
  entries.push_back({"deviceMemory", entry<memory>});
  entries.push_back({"deviceName", entry<deviceName>});
  entries.push_back({"resetPeakMemory", entry<resetPeak>});
}

}  // namespace flambeau
