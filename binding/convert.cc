#include "convert.h"

#include <ATen/core/List.h>
#include <ATen/ScalarOps.h>
#include <c10/core/Layout.h>
#include <c10/core/MemoryFormat.h>
#include <c10/core/ScalarType.h>

#include <cmath>

#include "addon.h"

namespace flambeau {

namespace {

constexpr double kSafe = 9007199254740991.0;

napi_valuetype typeOf(napi_env env, napi_value value) {
  napi_valuetype type = napi_undefined;
  napi_typeof(env, value, &type);
  return type;
}

bool isArray(napi_env env, napi_value value) {
  bool result = false;
  napi_is_array(env, value, &result);
  return result;
}

bool toInt(napi_env env, napi_value value, int64_t& result) {
  double number;
  if (napi_get_value_double(env, value, &number) == napi_ok) {
    if (!(number >= -9223372036854775808.0 && number < 9223372036854775808.0) || number != std::trunc(number)) return false;
    result = static_cast<int64_t>(number);
    return true;
  }
  bool lossless = false;
  return napi_get_value_bigint_int64(env, value, &result, &lossless) == napi_ok && lossless;
}

bool toFloat(napi_env env, napi_value value, double& result) {
  if (napi_get_value_double(env, value, &result) == napi_ok) return true;
  int64_t integer;
  if (!toInt(env, value, integer)) return false;
  result = static_cast<double>(integer);
  return true;
}

bool toComplex(napi_env env, napi_value value, c10::complex<double>& result) {
  if (typeOf(env, value) != napi_object) return false;
  napi_value re, im;
  double parts[2];
  if (napi_get_named_property(env, value, "re", &re) != napi_ok || napi_get_value_double(env, re, &parts[0]) != napi_ok) return false;
  if (napi_get_named_property(env, value, "im", &im) != napi_ok || napi_get_value_double(env, im, &parts[1]) != napi_ok) return false;
  result = {parts[0], parts[1]};
  return true;
}

// Reads every element of an array with `read`, which says whether an element fits.
template <typename Read>
bool each(napi_env env, napi_value array, Read read) {
  if (!isArray(env, array)) return false;
  uint32_t length = 0;
  check(env, napi_get_array_length(env, array, &length));
  for (uint32_t i = 0; i < length; i++) {
    napi_value element;
    check(env, napi_get_element(env, array, i, &element));
    if (!read(element)) return false;
  }
  return true;
}

// Whether an argument of a fixed length may be left empty: where that is its default.
bool mayBeEmpty(const Argument& argument) {
  return argument.optional || (argument.hasDefault && argument.fallback.isList() && argument.fallback.toListRef().empty());
}

template <typename T, typename Read>
bool toList(napi_env env, napi_value value, const Argument& argument, Read read, c10::IValue& result) {
  const int64_t length = argument.length;
  c10::List<T> list;
  T single{};
  if (isArray(env, value)) {
    const bool fits = each(env, value, [&](napi_value element) {
      if (!read(element, single)) return false;
      list.push_back(single);
      return true;
    });
    if (!fits) return false;
    // Kernels read as many as the schema says, and not all of them look whether they are there.
    const auto count = static_cast<int64_t>(list.size());
    if (length > 1 && count != length && !(count == 0 && mayBeEmpty(argument))) {
      if (count != 1) return false;
      for (int64_t i = 1; i < length; i++) list.push_back(single);
    }
  } else {
    if (length < 1 || !read(value, single)) return false;
    for (int64_t i = 0; i < length; i++) list.push_back(single);
  }
  result = std::move(list);
  return true;
}

bool toTensors(Addon& addon, napi_env env, napi_value value, bool optional, c10::IValue& result) {
  c10::List<at::Tensor> list;
  c10::List<std::optional<at::Tensor>> optionals;
  const bool fits = each(env, value, [&](napi_value element) {
    const napi_valuetype type = typeOf(env, element);
    if (type == napi_null || type == napi_undefined) {
      if (optional) optionals.push_back(std::nullopt);
      return optional;
    }
    if (type != napi_external && type != napi_number) return false;
    const at::Tensor& tensor = tensorOf(addon, env, element);
    if (optional) optionals.push_back(tensor);
    else list.push_back(tensor);
    return true;
  });
  if (!fits) return false;
  result = optional ? c10::IValue(std::move(optionals)) : c10::IValue(std::move(list));
  return true;
}

bool fromName(napi_env env, Kind kind, napi_value value, c10::IValue& result) {
  if (typeOf(env, value) != napi_string) return false;
  const std::string name = stringOf(env, value);
  switch (kind) {
    case Kind::Dtype: result = toDtype(name); return true;
    case Kind::Device: result = toDevice(name); return true;
    case Kind::Layout:
      for (const auto layout : {c10::Layout::Strided, c10::Layout::Sparse, c10::Layout::SparseCsr, c10::Layout::SparseCsc,
                                c10::Layout::SparseBsr, c10::Layout::SparseBsc, c10::Layout::Jagged, c10::Layout::Mkldnn}) {
        if (name == layoutName(layout)) {
          result = layout;
          return true;
        }
      }
      invalid("unknown layout '" + name + "'");
    case Kind::MemoryFormat:
      if (name == "contiguous_format") result = c10::MemoryFormat::Contiguous;
      else if (name == "preserve_format") result = c10::MemoryFormat::Preserve;
      else if (name == "channels_last") result = c10::MemoryFormat::ChannelsLast;
      else if (name == "channels_last_3d") result = c10::MemoryFormat::ChannelsLast3d;
      else invalid("unknown memory format '" + name + "'");
      return true;
    default: return false;
  }
}

bool fromAny(Addon& addon, napi_env env, napi_value value, Mark mark, c10::IValue& result, int depth = 0) {
  if (depth > 64) return false;  // an array may contain itself
  if (mark == Mark::Tensor) {
    result = tensorOf(addon, env, value);
    return true;
  }
  if (mark == Mark::Tensors) return toTensors(addon, env, value, false, result);
  c10::Scalar scalar;
  if (toScalar(env, value, scalar)) {
    result = scalar;
    return true;
  }
  if (typeOf(env, value) == napi_string) {
    result = stringOf(env, value);
    return true;
  }
  c10::impl::GenericList list(c10::AnyType::get());
  const bool fits = each(env, value, [&](napi_value element) {
    c10::IValue item;
    if (!fromAny(addon, env, element, Mark::Plain, item, depth + 1)) return false;
    list.push_back(std::move(item));
    return true;
  });
  if (fits) result = std::move(list);
  return fits;
}

}  // namespace

std::string stringOf(napi_env env, napi_value value) {
  size_t length = 0;
  check(env, napi_get_value_string_utf8(env, value, nullptr, 0, &length));
  std::string result(length, '\0');
  check(env, napi_get_value_string_utf8(env, value, result.data(), length + 1, &length));
  return result;
}

bool toScalar(napi_env env, napi_value value, c10::Scalar& result) {
  double number;
  if (napi_get_value_double(env, value, &number) == napi_ok) {
    // -0 is whole, but an int would lose its sign.
    const bool whole = number == std::trunc(number) && std::fabs(number) <= kSafe && !(number == 0 && std::signbit(number));
    result = whole ? c10::Scalar(static_cast<int64_t>(number)) : c10::Scalar(number);
    return true;
  }
  bool boolean;
  if (napi_get_value_bool(env, value, &boolean) == napi_ok) {
    result = c10::Scalar(boolean);
    return true;
  }
  int64_t integer;
  bool lossless = false;
  if (napi_get_value_bigint_int64(env, value, &integer, &lossless) == napi_ok) {
    if (lossless) {
      result = c10::Scalar(integer);
      return true;
    }
    uint64_t big;
    napi_get_value_bigint_uint64(env, value, &big, &lossless);
    if (lossless) result = c10::Scalar(big);
    return lossless;
  }
  c10::complex<double> complex;
  if (!toComplex(env, value, complex)) return false;
  result = c10::Scalar(complex);
  return true;
}

bool fromJs(Addon& addon, napi_env env, const Argument& argument, napi_value value, Mark mark, bool numbersAsTensors,
            c10::IValue& result) {
  if (mark == Mark::Tensor) {
    if (argument.kind != Kind::Tensor && argument.kind != Kind::Any) return false;
    result = tensorOf(addon, env, value);
    return true;
  }
  if (mark == Mark::Tensors) {
    if (argument.kind == Kind::TensorList) return toTensors(addon, env, value, false, result);
    if (argument.kind == Kind::OptionalTensorList) return toTensors(addon, env, value, true, result);
    return argument.kind == Kind::Any && fromAny(addon, env, value, mark, result);
  }
  if (argument.optional || argument.kind == Kind::Generator) {
    const napi_valuetype type = typeOf(env, value);
    if (type == napi_null) {
      result = c10::IValue();
      return argument.optional;
    }
  }
  int64_t integer;
  double number;
  switch (argument.kind) {
    case Kind::Tensor: {
      c10::Scalar scalar;
      if (!numbersAsTensors || !toScalar(env, value, scalar)) return false;
      at::Tensor tensor = at::scalar_to_tensor(scalar);
      tensor.unsafeGetTensorImpl()->set_wrapped_number(true);
      result = std::move(tensor);
      return true;
    }
    case Kind::TensorList:
    case Kind::OptionalTensorList: {
      // Only an array without any tensor comes unmarked.
      uint32_t length = 1;
      if (!isArray(env, value)) return false;
      check(env, napi_get_array_length(env, value, &length));
      return (length == 0 || argument.kind == Kind::OptionalTensorList) &&
             toTensors(addon, env, value, argument.kind == Kind::OptionalTensorList, result);
    }
    case Kind::Scalar: {
      c10::Scalar scalar;
      if (!toScalar(env, value, scalar)) return false;
      result = scalar;
      return true;
    }
    case Kind::Int:
      if (!toInt(env, value, integer)) return false;
      result = integer;
      return true;
    case Kind::Float:
      if (!toFloat(env, value, number)) return false;
      result = number;
      return true;
    case Kind::Bool: {
      bool boolean;
      if (napi_get_value_bool(env, value, &boolean) != napi_ok) return false;
      result = boolean;
      return true;
    }
    case Kind::Complex: {
      c10::complex<double> complex;
      if (!toComplex(env, value, complex)) return false;
      result = complex;
      return true;
    }
    case Kind::String:
      if (typeOf(env, value) != napi_string) return false;
      result = stringOf(env, value);
      return true;
    case Kind::IntList:
      return toList<int64_t>(env, value, argument, [&](napi_value v, int64_t& r) { return toInt(env, v, r); }, result);
    case Kind::FloatList:
      return toList<double>(env, value, argument, [&](napi_value v, double& r) { return toFloat(env, v, r); }, result);
    case Kind::BoolList:
      return toList<bool>(
          env, value, argument, [&](napi_value v, bool& r) { return napi_get_value_bool(env, v, &r) == napi_ok; }, result);
    case Kind::ScalarList: {
      c10::impl::GenericList list(c10::NumberType::get());
      const bool fits = each(env, value, [&](napi_value v) {
        c10::Scalar scalar;
        if (!toScalar(env, v, scalar)) return false;
        list.push_back(scalar);
        return true;
      });
      if (fits) result = std::move(list);
      return fits;
    }
    case Kind::StringList:
      return toList<std::string>(
          env, value, argument,
          [&](napi_value v, std::string& r) {
            if (typeOf(env, v) != napi_string) return false;
            r = stringOf(env, v);
            return true;
          },
          result);
    case Kind::Dtype:
    case Kind::Layout:
    case Kind::MemoryFormat:
    case Kind::Device: return fromName(env, argument.kind, value, result);
    case Kind::Generator: {
      void* pointer = nullptr;
      if (napi_get_value_external(env, value, &pointer) != napi_ok) return false;
      Slot* slot = addon.handles.find(pointer);
      if (!slot || !slot->generator.defined()) return false;
      result = slot->generator;
      return true;
    }
    case Kind::Any: return fromAny(addon, env, value, mark, result);
    case Kind::QScheme:  // no operator takes one
    case Kind::Unsupported: return false;
  }
  return false;
}

std::string expected(const Argument& argument, bool numbersAsTensors) {
  static const char* const names[] = {"Tensor", "array of Tensors", "array of Tensors or null", "number", "array of numbers",
                                      "integer", "array of integers", "number", "array of numbers", "boolean", "array of booleans",
                                      "Complex", "string", "array of strings", "dtype", "layout", "memory format", "device",
                                      "Generator", "quantization scheme", "value", "value of a type that cannot be passed from JavaScript"};
  std::string text = names[static_cast<size_t>(argument.kind)];
  if (argument.kind == Kind::Tensor && numbersAsTensors) text += " or number";
  const bool fixed = argument.length > 1 && (argument.kind == Kind::IntList || argument.kind == Kind::FloatList || argument.kind == Kind::BoolList);
  if (fixed) text.insert(text.find("of ") + 3, std::to_string(argument.length) + " ");
  if (argument.kind == Kind::IntList && argument.length > 0) text = "integer or " + text;
  if (argument.optional) text += " or null";
  return text;
}

std::string describe(napi_env env, napi_value value, Mark mark) {
  if (mark == Mark::Tensor) return "Tensor";
  if (mark == Mark::Tensors) return "array of Tensors";
  switch (typeOf(env, value)) {
    case napi_undefined: return "undefined";
    case napi_null: return "null";
    case napi_boolean: return "boolean";
    case napi_number: {
      double number = 0;
      napi_get_value_double(env, value, &number);
      return number == std::trunc(number) ? "number" : "number with a fraction";
    }
    case napi_string: return "string";
    case napi_symbol: return "symbol";
    case napi_function: return "function";
    case napi_bigint: return "bigint";
    case napi_external: return "Generator";
    default: return isArray(env, value) ? "array" : "object";
  }
}

napi_value int64ToJs(napi_env env, int64_t value) {
  napi_value result;
  if (value >= -9007199254740991 && value <= 9007199254740991) check(env, napi_create_int64(env, value, &result));
  else check(env, napi_create_bigint_int64(env, value, &result));
  return result;
}

napi_value toJs(napi_env env, const c10::Scalar& value) {
  napi_value result;
  if (value.isBoolean()) {
    check(env, napi_get_boolean(env, value.toBool(), &result));
  } else if (value.isComplex()) {
    const auto complex = value.toComplexDouble();
    napi_value arguments[2];
    check(env, napi_create_double(env, complex.real(), &arguments[0]));
    check(env, napi_create_double(env, complex.imag(), &arguments[1]));
    check(env, napi_new_instance(env, addonOf(env).complex.Value(), 2, arguments, &result));
  } else if (value.isFloatingPoint()) {
    check(env, napi_create_double(env, value.toDouble(), &result));
  } else if (value.type() == c10::ScalarType::UInt64 && value.toUInt64() > 9007199254740991ull) {
    check(env, napi_create_bigint_uint64(env, value.toUInt64(), &result));
  } else {
    result = int64ToJs(env, value.toLong());
  }
  return result;
}

napi_value toJs(Addon& addon, napi_env env, const c10::IValue& value, Kind kind) {
  napi_value result;
  const auto string = [&](const std::string& text) {
    check(env, napi_create_string_utf8(env, text.data(), text.size(), &result));
    return result;
  };
  if (value.isTensor()) {
    if (value.toTensor().defined()) return wrap(addon, env, value.toTensor());
    check(env, napi_get_null(env, &result));
    return result;
  }
  if (value.isNone()) {
    check(env, napi_get_null(env, &result));
    return result;
  }
  if (kind == Kind::Dtype && value.isInt()) return string(dtypeName(value.toScalarType()));
  if (kind == Kind::QScheme && value.isInt()) return string(c10::toString(value.toQScheme()));
  if (kind == Kind::Layout && value.isInt()) return string(layoutName(value.toLayout()));
  if (kind == Kind::MemoryFormat && value.isInt()) return string(memoryFormatName(value.toMemoryFormat()));
  if (value.isScalar()) return toJs(env, value.toScalar());
  if (value.isString()) return string(value.toStringRef());
  if (value.isDevice()) return string(value.toDevice().str());
  if (value.isGenerator()) return wrap(addon, env, value.toGenerator());
  if (value.isList() || value.isTuple()) {
    const auto elements = value.isList() ? value.toListRef().vec() : std::vector<c10::IValue>(value.toTupleRef().elements());
    check(env, napi_create_array_with_length(env, elements.size(), &result));
    for (size_t i = 0; i < elements.size(); i++) {
      check(env, napi_set_element(env, result, static_cast<uint32_t>(i), toJs(addon, env, elements[i], Kind::Any)));
    }
    return result;
  }
  if (value.isSymInt()) return int64ToJs(env, value.toSymInt().guard_int(__FILE__, __LINE__));
  throw Misuse("UNSUPPORTED", "the operator returns a " + value.tagKind() + ", which JavaScript cannot hold");
}

}  // namespace flambeau
