#include <ATen/ATen.h>
#include <ATen/MapAllocator.h>
#include <c10/util/safe_numerics.h>

#include "addon.h"
#include "capture.h"
#include "convert.h"
#include "exports.h"
#include "map.h"

namespace flambeau {

namespace {

using Info = Napi::CallbackInfo;

at::Tensor bytesOver(at::Storage storage) {
  c10::impl::ExcludeDispatchKeyGuard guard(kModeKeys);
  const auto size = static_cast<int64_t>(storage.nbytes());
  at::Tensor tensor = at::empty({0}, at::TensorOptions(c10::kByte).device(storage.device()));
  return tensor.set_(std::move(storage), 0, {size}, {1});
}

const at::Storage& storageOf(Addon& addon, napi_env env, napi_value value) {
  const at::Tensor& tensor = tensorOf(addon, env, value);
  if (!tensor.has_storage()) invalid("storage: the tensor has none");
  return tensor.storage();
}

std::vector<int64_t> integers(napi_env env, napi_value array) {
  uint32_t length = 0;
  check(env, napi_get_array_length(env, array, &length));
  std::vector<int64_t> values(length);
  for (uint32_t i = 0; i < length; i++) {
    napi_value element;
    check(env, napi_get_element(env, array, i, &element));
    check(env, napi_get_value_int64(env, element, &values[i]));
  }
  return values;
}

// The memory that a storage lies in, kept for it. A deleter of its own tells such storages from others.
void releaseRegion(void* context) { delete static_cast<at::Storage*>(context); }

// mapFile(path, bytes): the file's bytes, private to this process, read when they are used.
Napi::Value mapFile(Addon& addon, const Info& info) {
  const std::string path = info[0].As<Napi::String>();
  const int64_t size = info[1].As<Napi::Number>().Int64Value();
  size_t actual = 0;
  at::DataPtr data;
  if (size > 0) data = at::MapAllocator::makeDataPtr(path, 0, size, &actual);
  auto whole = std::make_unique<at::Storage>(at::Storage::use_byte_size_t(), size, std::move(data), nullptr, false);
  void* start = whole->mutable_data();
  at::Storage mapped(at::Storage::use_byte_size_t(), size, at::DataPtr(start, whole.release(), releaseRegion, c10::kCPU), nullptr, false);
  return Napi::Value(info.Env(), wrap(addon, info.Env(), bytesOver(std::move(mapped))));
}

// allocate(bytes): memory of its own, not initialized.
Napi::Value allocate(Addon& addon, const Info& info) {
  addon.sweep();
  c10::impl::ExcludeDispatchKeyGuard guard(kModeKeys);
  at::Tensor tensor = at::empty({info[0].As<Napi::Number>().Int64Value()}, at::TensorOptions(c10::kByte));
  return Napi::Value(info.Env(), wrap(addon, info.Env(), std::move(tensor)));
}

// region(x, offset, bytes): a part of a storage as a storage of its own, over the same memory.
Napi::Value region(Addon& addon, const Info& info) {
  const at::Storage& whole = storageOf(addon, info.Env(), info[0]);
  const int64_t offset = info[1].As<Napi::Number>().Int64Value();
  const int64_t size = info[2].As<Napi::Number>().Int64Value();
  const auto limit = static_cast<int64_t>(whole.nbytes());
  if (offset < 0 || size < 0 || offset > limit || size > limit - offset) invalid("region: it reaches beyond its storage");
  if (!whole.device().is_cpu()) invalid("region: the storage is not on the CPU");
  void* start = whole.nbytes() ? static_cast<char*>(whole.mutable_data()) + offset : nullptr;
  at::Storage part(at::Storage::use_byte_size_t(), size, at::DataPtr(start, new at::Storage(whole), releaseRegion, c10::kCPU), nullptr, false);
  return Napi::Value(info.Env(), wrap(addon, info.Env(), bytesOver(std::move(part))));
}

// over(storage, dtype or a tensor to be changed, sizes, strides, offset): a tensor in a storage, which must hold it.
Napi::Value over(Addon& addon, const Info& info) {
  addon.sweep();
  const Napi::Env env = info.Env();
  const at::Storage& storage = storageOf(addon, env, info[0]);
  const auto sizes = integers(env, info[2]);
  const auto strides = integers(env, info[3]);
  const int64_t offset = info[4].As<Napi::Number>().Int64Value();
  c10::impl::ExcludeDispatchKeyGuard guard(kModeKeys);
  at::Tensor tensor = info[1].IsString() ? at::empty({0}, at::TensorOptions(toDtype(info[1].As<Napi::String>())).device(storage.device()))
                                         : tensorOf(addon, env, info[1]);
  if (sizes.size() != strides.size()) invalid("a tensor has as many strides as sizes");
  if (offset < 0) invalid("a tensor begins before its storage");
  uint64_t last = offset, count = 1;
  bool empty = false;
  for (size_t i = 0; i < sizes.size(); i++) {
    if (sizes[i] < 0 || strides[i] < 0) invalid("a tensor has a negative size or stride");
    empty = empty || sizes[i] == 0;
  }
  for (size_t i = 0; !empty && i < sizes.size(); i++) {
    uint64_t step;
    if (c10::mul_overflows(count, static_cast<uint64_t>(sizes[i]), &count) ||
        c10::mul_overflows(static_cast<uint64_t>(sizes[i] - 1), static_cast<uint64_t>(strides[i]), &step) || c10::add_overflows(last, step, &last) ||
        std::max(count, last) > (uint64_t{1} << 62)) {
      invalid("a tensor is too large");
    }
  }
  if (!empty && last >= storage.nbytes() / tensor.element_size()) invalid("a tensor reaches beyond its storage");
  tensor.set_(storage, empty ? 0 : offset, sizes, strides);
  return Napi::Value(env, wrap(addon, env, std::move(tensor)));
}

// storage(x): the bytes of the storage of x, whatever part of it x is.
Napi::Value storage(Addon& addon, const Info& info) {
  return Napi::Value(info.Env(), wrap(addon, info.Env(), bytesOver(storageOf(addon, info.Env(), info[0]))));
}

// storageKey(x): the same for tensors that share a storage.
Napi::Value storageKey(Addon& addon, const Info& info) {
  const auto* impl = storageOf(addon, info.Env(), info[0]).unsafeGetStorageImpl();
  return Napi::BigInt::New(info.Env(), static_cast<uint64_t>(reinterpret_cast<uintptr_t>(impl)));
}

// memory(x): the storage of x as an ArrayBuffer in place. Only for files to be read into it and written from it.
Napi::Value memory(Addon& addon, const Info& info) {
  const Napi::Env env = info.Env();
  const at::Storage& storage = storageOf(addon, env, info[0]);
  if (!storage.device().is_cpu()) invalid("memory: the storage is not on the CPU");
  if (storage.nbytes() == 0) return Napi::ArrayBuffer::New(env, 0);
  void* data = storage.mutable_data();
  napi_value result;
  auto* kept = new at::Storage(storage);
  const napi_status status = napi_create_external_arraybuffer(
      env, data, kept->nbytes(), [](napi_env, void*, void* hint) { delete static_cast<at::Storage*>(hint); }, kept, &result);
  if (status != napi_ok) delete kept;
  check(env, status);
  return Napi::Value(env, result);
}

}  // namespace

bool inRegion(const c10::StorageImpl& storage) { return storage.data_ptr().get_deleter() == releaseRegion; }

void mapEntries(Entries& entries) {
  entries.push_back({"mapFile", entry<mapFile>});
  entries.push_back({"allocate", entry<allocate>});
  entries.push_back({"region", entry<region>});
  entries.push_back({"over", entry<over>});
  entries.push_back({"storage", entry<storage>});
  entries.push_back({"storageKey", entry<storageKey>});
  entries.push_back({"memory", entry<memory>});
}

}  // namespace flambeau
