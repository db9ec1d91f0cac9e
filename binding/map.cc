#include <ATen/ATen.h>
#include <ATen/MapAllocator.h>
#include <c10/util/safe_numerics.h>

#include <cstring>

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

using View = std::pair<void*, size_t>;

View bytesOf(napi_env env, napi_value array) {
  napi_typedarray_type type;
  View view;
  napi_value buffer;
  size_t offset;
  check(env, napi_get_typedarray_info(env, array, &type, &view.second, &view.first, &buffer, &offset));
  if (type != napi_uint8_array) invalid("copy: the array is not one of bytes");
  return view;
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

// The part of a storage that a typed array of bytes is copied to or from.
std::pair<void*, View> part(Addon& addon, const Info& info) {
  const napi_env env = info.Env();
  const at::Storage& storage = storageOf(addon, env, info[0]);
  const View view = bytesOf(env, info[2]);
  const int64_t offset = info[1].As<Napi::Number>().Int64Value();
  const auto limit = static_cast<int64_t>(storage.nbytes());
  const auto size = static_cast<int64_t>(view.second);
  if (!storage.device().is_cpu()) invalid("copy: the storage is not on the CPU");
  if (offset < 0 || offset > limit || size > limit - offset) invalid("copy: it reaches beyond its storage");
  return {size ? static_cast<char*>(storage.mutable_data()) + offset : nullptr, view};
}

// copyTo(x, offset, bytes) and copyFrom(x, offset, bytes): bytes into the storage of x, and out of it.
Napi::Value copyTo(Addon& addon, const Info& info) {
  const auto [memory, view] = part(addon, info);
  if (view.second) std::memcpy(memory, view.first, view.second);
  return info.Env().Undefined();
}

Napi::Value copyFrom(Addon& addon, const Info& info) {
  const auto [memory, view] = part(addon, info);
  if (view.second) std::memcpy(view.first, memory, view.second);
  return info.Env().Undefined();
}

// What an ArrayBuffer in place keeps alive, until it is given back or collected.
struct Lent {
  at::Storage storage;
  // Bytes that V8 was told not to count: as those of an ArrayBuffer, and as those of a tensor.
  int64_t buffer, tensor;
};

// V8 counts the bytes of an ArrayBuffer as its own, and collects everything, again and again, where there are many; these
// are LibTorch's, and no collection frees them.
void count(napi_env env, int64_t bytes) {
  int64_t counted;
  napi_adjust_external_memory(env, bytes, &counted);
}

// lend(x, offset, bytes, whether x is to be disposed): a part of the storage of x as an ArrayBuffer in place. Only for files
// to be read into it and written from it; an ArrayBuffer of all of it may be larger than V8 allows. Where x is disposed
// without V8's help, V8 need not know of it before the memory is given back; what other tensors keep then, it hears of.
Napi::Value lendPart(Addon& addon, const Info& info) {
  const Napi::Env env = info.Env();
  const at::Storage& storage = storageOf(addon, env, info[0]);
  if (!storage.device().is_cpu()) invalid("lend: the storage is not on the CPU");
  const int64_t offset = info[1].As<Napi::Number>().Int64Value();
  const int64_t size = info[2].As<Napi::Number>().Int64Value();
  const auto limit = static_cast<int64_t>(storage.nbytes());
  if (offset < 0 || size < 0 || offset > limit || size > limit - offset) invalid("lend: it reaches beyond its storage");
  return Napi::Value(env, lend(env, storage, offset, size, info[3].ToBoolean() ? size : 0));
}

// giveBack(buffer): takes the memory away from an ArrayBuffer now. Node finalizes one only when the program waits: a loop
// that does not would keep all of them.
Napi::Value giveBack(Addon& addon, const Info& info) {
  const Napi::Env env = info.Env();
  void* lent = nullptr;
  if (napi_remove_wrap(env, info[0], &lent) != napi_ok || !lent) return env.Undefined();
  // Out of what the finalizer deletes, and alive until nothing points to it.
  const Lent given = std::exchange(*static_cast<Lent*>(lent), {at::Storage(), 0, 0});
  // In this order: V8 collects by how far its count is above the lowest that it has seen.
  count(env, given.buffer);
  check(env, napi_detach_arraybuffer(env, info[0]));
  count(env, given.tensor);
  return env.Undefined();
}

// detach(buffer): frees an ArrayBuffer of V8's now, which nothing may read any more.
Napi::Value detach(Addon&, const Info& info) {
  // Where it cannot be, it is collected as others are.
  napi_detach_arraybuffer(info.Env(), info[0]);
  return info.Env().Undefined();
}

}  // namespace

napi_value lend(napi_env env, const at::Storage& storage, int64_t offset, int64_t size, int64_t tensor) {
  if (size == 0) return Napi::ArrayBuffer::New(env, 0);
  napi_value result;
  auto* lent = new Lent{storage, 0, 0};
  // Where it fails, Node may have finalized it already: it is not deleted here.
  check(env, napi_create_external_arraybuffer(
                 env, static_cast<char*>(storage.mutable_data()) + offset, size,
                 [](napi_env env, void*, void* hint) {
                   const std::unique_ptr<Lent> lent(static_cast<Lent*>(hint));
                   count(env, lent->buffer + lent->tensor);
                 },
                 lent, &result));
  count(env, -size - tensor);
  lent->buffer = size;
  lent->tensor = tensor;
  check(env, napi_wrap(env, result, lent, nullptr, nullptr, nullptr));
  return result;
}

bool inRegion(const c10::StorageImpl& storage) { return storage.data_ptr().get_deleter() == releaseRegion; }

void mapEntries(Entries& entries) {
  entries.push_back({"mapFile", entry<mapFile>});
  entries.push_back({"allocate", entry<allocate>});
  entries.push_back({"region", entry<region>});
  entries.push_back({"over", entry<over>});
  entries.push_back({"storage", entry<storage>});
  entries.push_back({"storageKey", entry<storageKey>});
  entries.push_back({"copyTo", entry<copyTo>});
  entries.push_back({"copyFrom", entry<copyFrom>});
  entries.push_back({"lend", entry<lendPart>});
  entries.push_back({"giveBack", entry<giveBack>});
  entries.push_back({"detach", entry<detach>});
}

}  // namespace flambeau
