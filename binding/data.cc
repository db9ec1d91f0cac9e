#include <ATen/ATen.h>
#include <ATen/TracerMode.h>

#include <algorithm>
#include <cstring>

#include "addon.h"
#include "capture.h"
#include "convert.h"
#include "exports.h"
#include "pool.h"

namespace flambeau {

namespace {

using Info = Napi::CallbackInfo;

struct View {
  void* data;
  size_t length;  // elements
  c10::ScalarType type;
  napi_value buffer;
};

View viewOf(napi_env env, napi_value value) {
  napi_typedarray_type kind;
  View view{};
  size_t offset;
  check(env, napi_get_typedarray_info(env, value, &kind, &view.length, &view.data, &view.buffer, &offset));
  switch (kind) {
    case napi_int8_array: view.type = c10::kChar; break;
    case napi_uint8_array:
    case napi_uint8_clamped_array: view.type = c10::kByte; break;
    case napi_int16_array: view.type = c10::kShort; break;
    case napi_uint16_array: view.type = c10::kUInt16; break;
    case napi_int32_array: view.type = c10::kInt; break;
    case napi_uint32_array: view.type = c10::kUInt32; break;
    case napi_float32_array: view.type = c10::kFloat; break;
    case napi_float64_array: view.type = c10::kDouble; break;
    case napi_bigint64_array: view.type = c10::kLong; break;
    case napi_biguint64_array: view.type = c10::kUInt64; break;
    default: view.type = c10::kHalf; break;  // Float16Array
  }
  return view;
}

std::vector<int64_t> sizesOf(napi_env env, napi_value array) {
  uint32_t length = 0;
  check(env, napi_get_array_length(env, array, &length));
  std::vector<int64_t> sizes(length);
  for (uint32_t i = 0; i < length; i++) {
    napi_value element;
    check(env, napi_get_element(env, array, i, &element));
    check(env, napi_get_value_int64(env, element, &sizes[i]));
  }
  return sizes;
}

// The bytes of a typed array read as `dtype`; the array holds exactly as many elements as the sizes say.
void checkLength(const View& view, c10::ScalarType type, const std::vector<int64_t>& sizes) {
  const auto bytes = view.length * c10::elementSize(view.type);
  int64_t count = 1;
  for (const int64_t size : sizes) {
    if (size < 0) invalid("fromTypedArray(): argument 'shape' must not have negative sizes");
    if (__builtin_mul_overflow(count, size, &count)) invalid("fromTypedArray(): argument 'shape' is too large");
  }
  int64_t wanted;
  if (__builtin_mul_overflow(count, static_cast<int64_t>(c10::elementSize(type)), &wanted)) invalid("fromTypedArray(): argument 'shape' is too large");
  if (static_cast<size_t>(wanted) != bytes) {
    invalid("fromTypedArray(): argument 'shape' asks for " + std::to_string(wanted) + " bytes, but the array has " + std::to_string(bytes));
  }
}

c10::ScalarType typeOr(const Napi::Value& value, c10::ScalarType other) {
  return value.IsString() ? toDtype(value.As<Napi::String>()) : other;
}

// copyIn(typed array, shape, dtype of the bytes): a tensor with its own memory.
Napi::Value copyIn(Addon& addon, const Info& info) {
  addon.sweep();
  const Napi::Env env = info.Env();
  const View view = viewOf(env, info[0]);
  const auto type = typeOr(info[2], view.type);
  const auto sizes = sizesOf(env, info[1]);
  checkLength(view, type, sizes);
  // While a graph is captured or traced, what is copied in is a constant of it; while a function is transformed, one for it.
  static const c10::DispatchKeySet kLayers({c10::DispatchKey::FuncTorchDynamicLayerFrontMode, c10::DispatchKey::FuncTorchDynamicLayerBackMode});
  c10::impl::ExcludeDispatchKeyGuard guard(kModeKeys | kLayers);
  const at::tracer::impl::NoTracerDispatchMode untraced;
  at::Tensor tensor = at::empty(sizes, at::TensorOptions(type));
  if (view.length) std::memcpy(tensor.mutable_data_ptr(), view.data, tensor.nbytes());
  return Napi::Value(env, wrap(addon, env, std::move(tensor)));
}

// The owner of a tensor in the memory of a JavaScript array.
struct Loan {
  Addon* addon;
  napi_ref reference;
};

void giveBack(void* context) {
  auto* loan = static_cast<Loan*>(context);
  loan->addon->bury(loan->reference);
  loan->addon->unref();
  delete loan;
}

// shareIn(typed array, shape, dtype): the tensor lives in the array's memory and keeps it alive.
Napi::Value shareIn(Addon& addon, const Info& info) {
  addon.sweep();
  const Napi::Env env = info.Env();
  const View view = viewOf(env, info[0]);
  const auto type = typeOr(info[2], view.type);
  const auto sizes = sizesOf(env, info[1]);
  checkLength(view, type, sizes);
  if (reinterpret_cast<uintptr_t>(view.data) % c10::elementSize(type) != 0) {
    invalid("fromTypedArray(): the array's memory is not aligned to its element");
  }
  napi_ref reference;
  check(env, napi_create_reference(env, view.buffer, 1, &reference));
  addon.ref();
  auto* loan = new Loan{&addon, reference};
  at::Tensor tensor = at::for_blob(view.length ? view.data : static_cast<void*>(loan), sizes)
                          .context(loan, giveBack)
                          .options(at::TensorOptions(type))
                          .make_tensor();
  return Napi::Value(env, wrap(addon, env, std::move(tensor)));
}

at::Tensor resolved(const at::Tensor& tensor) {
  at::NoGradGuard guard;
  if (tensor.is_quantized()) invalid("toTypedArray(): a quantized tensor has no plain values; call dequantize() or intRepr() first");
  at::Tensor result = tensor.detach();
  if (result.layout() != c10::kStrided) result = result.to_dense();
  if (result.is_conj()) result = result.resolve_conj();
  if (result.is_neg()) result = result.resolve_neg();
  if (result.device().type() == c10::kMeta) invalid("toTypedArray(): a tensor on 'meta' has no values");
  return result.to(c10::kCPU).contiguous();
}

// By LibTorch's threads: memory that is touched for the first time takes one of them longer than the copy itself.
void copyBytes(void* to, const void* from, size_t bytes) {
  const auto asTensor = [&](void* data) { return at::from_blob(data, {static_cast<int64_t>(bytes)}, at::kByte); };
  if (bytes) asTensor(to).copy_(asTensor(const_cast<void*>(from)));
}

napi_value buffer(napi_env env, const at::Tensor& tensor) {
  napi_value result;
  void* data;
  check(env, napi_create_arraybuffer(env, tensor.nbytes(), &data, &result));
  useHugePages(data, tensor.nbytes());
  copyBytes(data, tensor.const_data_ptr(), tensor.nbytes());
  return result;
}

// The elements in order as an ArrayBuffer, from any layout, stride and device.
Napi::Value copyOut(Addon& addon, const Info& info) {
  if (addon.recorder) addon.recorder->refuseReading();
  return Napi::Value(info.Env(), buffer(info.Env(), resolved(tensorOf(addon, info.Env(), info[0]))));
}

class CopyOut : public Job {
 public:
  explicit CopyOut(at::Tensor tensor) : tensor_(std::move(tensor)) {}
  void work() override { tensor_ = resolved(tensor_); }
  napi_value finish(Addon&, napi_env env) override { return buffer(env, tensor_); }

 private:
  at::Tensor tensor_;
};

Napi::Value copyOutAsync(Addon& addon, const Info& info) {
  auto job = std::make_unique<CopyOut>(tensorOf(addon, info.Env(), info[0]));
  return Napi::Value(info.Env(), addon.executor->submit(info.Env(), std::move(job)));
}

}  // namespace

bool inJavaScript(const at::Tensor& tensor) {
  if (!tensor.defined()) return false;
  const auto any = [](std::initializer_list<at::Tensor> parts) { return std::any_of(parts.begin(), parts.end(), inJavaScript); };
  switch (tensor.layout()) {
    case c10::kSparse: return any({tensor._indices(), tensor._values()});
    case c10::kSparseCsr:
    case c10::kSparseBsr: return any({tensor.crow_indices(), tensor.col_indices(), tensor.values()});
    case c10::kSparseCsc:
    case c10::kSparseBsc: return any({tensor.ccol_indices(), tensor.row_indices(), tensor.values()});
    default: break;
  }
  if (tensor.has_storage() && tensor.storage().data_ptr().get_deleter() == giveBack) return true;
  return tensor.is_leaf() && inJavaScript(tensor.grad());
}

void dataEntries(Entries& entries) {
  entries.push_back({"copyIn", entry<copyIn>});
  entries.push_back({"shareIn", entry<shareIn>});
  entries.push_back({"copyOut", entry<copyOut>});
  entries.push_back({"copyOutAsync", entry<copyOutAsync>});
}

}  // namespace flambeau
