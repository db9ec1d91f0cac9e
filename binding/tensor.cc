#include <ATen/ATen.h>
#include <ATen/TensorIndexing.h>
#include <torch/csrc/autograd/variable.h>

#include "addon.h"
#include "capture.h"
#include "convert.h"
#include "exports.h"

namespace flambeau {

namespace {

using Info = Napi::CallbackInfo;

// A reader of one property, by the raw API: x.shape and its like stand in hot loops.
template <napi_value (*F)(napi_env, const at::Tensor&)>
napi_value property(napi_env env, napi_callback_info info) {
  napi_value value;
  size_t count = 1;
  void* data;
  napi_get_cb_info(env, info, &count, &value, nullptr, &data);
  Addon& addon = *static_cast<Addon*>(data);
  try {
    return F(env, tensorOf(addon, env, value));
  } catch (...) {
    raise(addon, env);
    return nullptr;
  }
}

napi_value numbers(napi_env env, c10::IntArrayRef list) {
  napi_value result, element;
  check(env, napi_create_array_with_length(env, list.size(), &result));
  for (size_t i = 0; i < list.size(); i++) {
    check(env, napi_create_int64(env, list[i], &element));
    check(env, napi_set_element(env, result, static_cast<uint32_t>(i), element));
  }
  return result;
}

napi_value text(napi_env env, const std::string& value) {
  napi_value result;
  check(env, napi_create_string_utf8(env, value.data(), value.size(), &result));
  return result;
}

napi_value boolean(napi_env env, bool value) {
  napi_value result;
  check(env, napi_get_boolean(env, value, &result));
  return result;
}

napi_value shape(napi_env env, const at::Tensor& x) { return numbers(env, x.sizes()); }
napi_value strides(napi_env env, const at::Tensor& x) { return numbers(env, x.strides()); }
napi_value dim(napi_env env, const at::Tensor& x) { return int64ToJs(env, x.dim()); }
napi_value numel(napi_env env, const at::Tensor& x) { return int64ToJs(env, x.numel()); }
napi_value storageOffset(napi_env env, const at::Tensor& x) { return int64ToJs(env, x.storage_offset()); }
napi_value dtype(napi_env env, const at::Tensor& x) { return text(env, dtypeName(x.scalar_type())); }
napi_value device(napi_env env, const at::Tensor& x) { return text(env, x.device().str()); }
napi_value layout(napi_env env, const at::Tensor& x) { return text(env, layoutName(x.layout())); }
napi_value requiresGrad(napi_env env, const at::Tensor& x) { return boolean(env, x.requires_grad()); }
napi_value isLeaf(napi_env env, const at::Tensor& x) { return boolean(env, x.is_leaf()); }
napi_value isView(napi_env env, const at::Tensor& x) { return boolean(env, x.is_view()); }
napi_value isInference(napi_env env, const at::Tensor& x) { return boolean(env, x.is_inference()); }
napi_value retainsGrad(napi_env env, const at::Tensor& x) { return boolean(env, x.retains_grad()); }
napi_value outputNr(napi_env env, const at::Tensor& x) { return int64ToJs(env, x.output_nr()); }
napi_value version(napi_env env, const at::Tensor& x) { return int64ToJs(env, x._version()); }
napi_value gradFn(napi_env env, const at::Tensor& x) {
  napi_value none;
  if (const auto& node = x.grad_fn()) return text(env, node->name());
  check(env, napi_get_null(env, &none));
  return none;
}
napi_value storageBytes(napi_env env, const at::Tensor& x) {
  return int64ToJs(env, x.has_storage() ? static_cast<int64_t>(x.storage().nbytes()) : 0);
}
napi_value dataPointer(napi_env env, const at::Tensor& x) {
  napi_value result;
  check(env, napi_create_bigint_uint64(env, x.has_storage() ? reinterpret_cast<uint64_t>(x.storage().data()) : 0, &result));
  return result;
}

Napi::Value contiguous(Addon& addon, const Info& info) {
  const c10::IValue none;
  auto format = c10::MemoryFormat::Contiguous;
  const std::string name = info[1].IsString() ? info[1].As<Napi::String>().Utf8Value() : "contiguous_format";
  if (name == "channels_last") format = c10::MemoryFormat::ChannelsLast;
  else if (name == "channels_last_3d") format = c10::MemoryFormat::ChannelsLast3d;
  else if (name != "contiguous_format") invalid("isContiguous(): argument 'memoryFormat' must be 'contiguous_format', 'channels_last' or 'channels_last_3d', not '" + name + "'");
  return Napi::Boolean::New(info.Env(), tensorOf(addon, info.Env(), info[0]).is_contiguous(format));
}

Napi::Value grad(Addon& addon, const Info& info) {
  const at::Tensor& tensor = tensorOf(addon, info.Env(), info[0]);
  const at::Tensor& grad = tensor.grad();
  if (!grad.defined()) return info.Env().Null();
  return Napi::Value(info.Env(), wrap(addon, info.Env(), grad));
}

// gradsOf([tensors], scoped): [gradients or null, whether those that have one are of one device, dtype and layout]: what an
// optimizer asks of all its parameters in every step.
Napi::Value gradsOf(Addon& addon, const Info& info) {
  const Napi::Env env = info.Env();
  const bool scoped = info[1].ToBoolean();
  uint32_t length = 0;
  check(env, napi_get_array_length(env, info[0], &length));
  napi_value grads, item, none;
  check(env, napi_get_null(env, &none));
  check(env, napi_create_array_with_length(env, length, &grads));
  at::Tensor first;
  bool alike = true;
  for (uint32_t i = 0; i < length; i++) {
    check(env, napi_get_element(env, info[0], i, &item));
    const at::Tensor& grad = tensorOf(addon, env, item).grad();
    if (!grad.defined()) {
      check(env, napi_set_element(env, grads, i, none));
      continue;
    }
    if (!first.defined()) first = grad;
    alike = alike && grad.scalar_type() == first.scalar_type() && grad.device() == first.device() && grad.layout() == first.layout();
    check(env, napi_set_element(env, grads, i, scoped ? wrapScoped(addon, env, grad) : wrap(addon, env, grad)));
  }
  Napi::Array result = Napi::Array::New(env, 2);
  result.Set(0u, Napi::Value(env, grads));
  result.Set(1u, Napi::Boolean::New(env, alike));
  return result;
}

Napi::Value setGrad(Addon& addon, const Info& info) {
  at::Tensor tensor = tensorOf(addon, info.Env(), info[0]);
  if (addon.recorder) addon.recorder->gradientSet(tensor);
  if (info[1].IsNull() || info[1].IsUndefined()) {
    tensor.mutable_grad().reset();
    return info.Env().Undefined();
  }
  const at::Tensor& grad = tensorOf(addon, info.Env(), info[1]);
  if (grad.sizes() != tensor.sizes()) {
    invalid("grad: the gradient must have the tensor's shape " + c10::str(tensor.sizes()) + ", not " + c10::str(grad.sizes()));
  }
  if (grad.device() != tensor.device()) invalid("grad: the gradient must be on " + tensor.device().str() + ", not " + grad.device().str());
  if (grad.scalar_type() != tensor.scalar_type()) {
    invalid(std::string("grad: the gradient must have dtype ") + dtypeName(tensor.scalar_type()) + ", not " + dtypeName(grad.scalar_type()));
  }
  tensor.mutable_grad() = grad;
  return info.Env().Undefined();
}

Napi::Value setRequiresGrad(Addon& addon, const Info& info) {
  const at::Tensor& tensor = tensorOf(addon, info.Env(), info[0]);
  const bool value = info[1].ToBoolean();
  if (!value && !tensor.is_leaf()) {
    invalid("requiresGrad_(): only a leaf can stop requiring its gradient; take x.detach() of a computed tensor");
  }
  if (value && !torch::autograd::isDifferentiableType(tensor.scalar_type())) {
    invalid(std::string("requiresGrad_(): only tensors of floating point and complex dtype can require gradients, not ") + dtypeName(tensor.scalar_type()));
  }
  tensor.set_requires_grad(value);
  return info.Env().Undefined();
}

Napi::Value retainGrad(Addon& addon, const Info& info) {
  tensorOf(addon, info.Env(), info[0]).retain_grad();
  return info.Env().Undefined();
}

// The tensor without its graph: what x.data is in PyTorch.
Napi::Value variableData(Addon& addon, const Info& info) {
  return Napi::Value(info.Env(), wrap(addon, info.Env(), tensorOf(addon, info.Env(), info[0]).variable_data()));
}

Napi::Value setData(Addon& addon, const Info& info) {
  tensorOf(addon, info.Env(), info[0]).set_data(tensorOf(addon, info.Env(), info[1]));
  return info.Env().Undefined();
}

Napi::Value isSame(Addon& addon, const Info& info) {
  return Napi::Boolean::New(info.Env(), tensorOf(addon, info.Env(), info[0]).is_same(tensorOf(addon, info.Env(), info[1])));
}

Napi::Value item(Addon& addon, const Info& info) {
  return Napi::Value(info.Env(), toJs(info.Env(), tensorOf(addon, info.Env(), info[0]).item()));
}

Napi::Value dispose(Addon& addon, const Info& info) {
  const Napi::Env env = info.Env();
  Slot* slot = trySlot(addon, env, info[0]);
  if (!slot) return env.Undefined();
  // An External gives its slot back when it is collected; an id has no other end than this.
  if (info[0].IsExternal()) addon.clear(slot);
  else addon.drop(slot);
  return env.Undefined();
}

// The end of a scope: every id in the array goes.
Napi::Value disposeAll(Addon& addon, const Info& info) {
  const auto ids = info[0].As<Napi::Float64Array>();
  for (size_t i = 0; i < ids.ElementLength(); i++) {
    if (Slot* slot = addon.handles.find(ids[i])) addon.drop(slot);
  }
  return info.Env().Undefined();
}

// A scoped id becomes a handle that the collector looks after.
Napi::Value promote(Addon& addon, const Info& info) {
  const at::Tensor tensor = tensorOf(addon, info.Env(), info[0]);
  Slot* slot = trySlot(addon, info.Env(), info[0]);
  napi_value result = wrap(addon, info.Env(), tensor);
  if (!info[0].IsExternal()) addon.drop(slot);
  return Napi::Value(info.Env(), result);
}

// An index as a flat list: kind, then what the kind needs. 0 null, 1 ellipsis, 2 integer, 3 boolean, 4 slice
// (start, stop, step; null where open), 5 tensor, 6 slice of everything.
std::vector<at::indexing::TensorIndex> readIndex(Addon& addon, napi_env env, const napi_value* flat, size_t length) {
  std::vector<at::indexing::TensorIndex> result;
  result.reserve(4);
  const auto element = [&](size_t i) { return i < length ? flat[i] : nullptr; };
  const auto integer = [&](size_t i) {
    int64_t value = 0;
    check(env, napi_get_value_int64(env, element(i), &value));
    return value;
  };
  const auto optional = [&](size_t i) {
    int64_t value;
    return napi_get_value_int64(env, element(i), &value) == napi_ok ? std::optional<c10::SymInt>(value) : std::nullopt;
  };
  for (size_t i = 0; i < length;) {
    switch (integer(i)) {
      case 0: result.emplace_back(at::indexing::None); i += 1; break;
      case 1: result.emplace_back(at::indexing::Ellipsis); i += 1; break;
      case 2: result.emplace_back(integer(i + 1)); i += 2; break;
      case 3: {
        bool value = false;
        napi_get_value_bool(env, element(i + 1), &value);
        result.emplace_back(value);
        i += 2;
        break;
      }
      case 6: result.emplace_back(at::indexing::Slice()); i += 1; break;
      case 4: result.emplace_back(at::indexing::Slice(optional(i + 1), optional(i + 2), optional(i + 3))); i += 4; break;
      default: result.emplace_back(tensorOf(addon, env, element(i + 1))); i += 2; break;
    }
  }
  return result;
}

std::vector<napi_value> elements(napi_env env, napi_value array) {
  uint32_t length = 0;
  check(env, napi_get_array_length(env, array, &length));
  std::vector<napi_value> result(length);
  for (uint32_t i = 0; i < length; i++) check(env, napi_get_element(env, array, i, &result[i]));
  return result;
}

at::Tensor indexed(Addon& addon, napi_env env, const at::Tensor& tensor, uint32_t flags, const napi_value* values, size_t count) {
  if (flags & 4) return tensor.index(readIndex(addon, env, values, count));
  if (flags & 2) {
    const at::Tensor& index = tensorOf(addon, env, values[0]);
    return index.dim() > 0 ? at::index(tensor, {index}) : tensor.index({index});
  }
  int64_t integer;
  if (napi_get_value_int64(env, values[0], &integer) != napi_ok) {
    const auto flat = elements(env, values[0]);
    return tensor.index(readIndex(addon, env, flat.data(), flat.size()));
  }
  if (tensor.dim() == 0) TORCH_CHECK_INDEX(false, "invalid index of a 0-dim tensor. Use `tensor.item()`");
  return at::select(tensor, 0, integer);
}

constexpr size_t kInline = 16;

// at(handle, flags, integer or flat array): 1 in a scope, 2 for a handle, 4 for the elements of a flat list, 16 at most
napi_value indexAt(napi_env env, napi_callback_info raw) {
  napi_value values[2 + kInline];
  size_t count = 2 + kInline;
  void* data;
  napi_get_cb_info(env, raw, &count, values, nullptr, &data);
  Addon& addon = *static_cast<Addon*>(data);
  try {
    addon.sweep();
    uint32_t flags = 0;
    napi_get_value_uint32(env, values[1], &flags);
    if (count < 3 || count > 2 + kInline) invalid("at(): wrong number of arguments");
    at::Tensor result = indexed(addon, env, tensorOf(addon, env, values[0]), flags, values + 2, count - 2);
    return flags & 1 ? wrapScoped(addon, env, std::move(result)) : wrap(addon, env, std::move(result));
  } catch (...) {
    raise(addon, env);
    return nullptr;
  }
}

// set(handle, flat array, handle or number, whether the value is a handle)
Napi::Value indexSet(Addon& addon, const Info& info) {
  const Napi::Env env = info.Env();
  at::Tensor tensor = tensorOf(addon, env, info[0]);
  const auto flat = elements(env, info[1]);
  const auto index = readIndex(addon, env, flat.data(), flat.size());
  if (info[3].ToBoolean()) {
    tensor.index_put_(index, tensorOf(addon, env, info[2]));
  } else {
    c10::Scalar scalar;
    if (!toScalar(env, info[2], scalar)) invalid("set(): argument 'value' must be Tensor or number, not " + describe(env, info[2], Mark::Plain));
    tensor.index_put_(index, scalar);
  }
  return env.Undefined();
}

}  // namespace

void tensorEntries(Entries& entries) {
  entries.push_back({"shape", property<shape>});
  entries.push_back({"strides", property<strides>});
  entries.push_back({"dim", property<dim>});
  entries.push_back({"numel", property<numel>});
  entries.push_back({"storageOffset", property<storageOffset>});
  entries.push_back({"storageBytes", property<storageBytes>});
  entries.push_back({"dataPointer", property<dataPointer>});
  entries.push_back({"dtype", property<dtype>});
  entries.push_back({"device", property<device>});
  entries.push_back({"layout", property<layout>});
  entries.push_back({"requiresGrad", property<requiresGrad>});
  entries.push_back({"isLeaf", property<isLeaf>});
  entries.push_back({"isView", property<isView>});
  entries.push_back({"isInference", property<isInference>});
  entries.push_back({"retainsGrad", property<retainsGrad>});
  entries.push_back({"outputNr", property<outputNr>});
  entries.push_back({"version", property<version>});
  entries.push_back({"gradFn", property<gradFn>});
  entries.push_back({"isContiguous", entry<contiguous>});
  entries.push_back({"grad", entry<grad>});
  entries.push_back({"gradsOf", entry<gradsOf>});
  entries.push_back({"setGrad", entry<setGrad>});
  entries.push_back({"setRequiresGrad", entry<setRequiresGrad>});
  entries.push_back({"retainGrad", entry<retainGrad>});
  entries.push_back({"data", entry<variableData>});
  entries.push_back({"setData", entry<setData>});
  entries.push_back({"isSame", entry<isSame>});
  entries.push_back({"item", entry<item>});
  entries.push_back({"dispose", entry<dispose>});
  entries.push_back({"disposeAll", entry<disposeAll>});
  entries.push_back({"promote", entry<promote>});
  entries.push_back({"at", indexAt});
  entries.push_back({"set", entry<indexSet>});
}

}  // namespace flambeau
