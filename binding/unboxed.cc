#include "unboxed.h"

#include <ATen/ATen.h>
#include <ATen/core/dispatch/Dispatcher.h>

#include <tuple>
#include <utility>

#include "addon.h"
#include "schema.h"

namespace flambeau {

namespace {

using OptionalTensor = std::optional<at::Tensor>;

// What one value is read with.
struct From {
  Addon& addon;
  napi_env env;
  const Overload& overload;
  const Values& values;

  napi_value at(size_t i) const { return values.values[i]; }
  bool given(size_t i) const {
    if (i >= values.count) return false;
    if (values.mark(i) != Mark::Plain) return true;
    napi_valuetype type;
    napi_typeof(env, at(i), &type);
    return type != napi_undefined;
  }
  bool number(size_t i, double& value) const {
    return values.mark(i) == Mark::Plain && napi_get_value_double(env, at(i), &value) == napi_ok;
  }
};

bool whole(double number, int64_t& result) {
  if (!(number >= -9007199254740991.0 && number <= 9007199254740991.0)) return false;
  result = static_cast<int64_t>(number);
  return static_cast<double>(result) == number;
}

// Other scalars (bigint, boolean, complex) go the general way.
bool scalar(const From& from, size_t i, at::Scalar& result) {
  double number;
  int64_t integer;
  if (!from.number(i, number)) return false;
  // -0 is whole, but an int would lose its sign.
  const bool isInt = whole(number, integer) && !(number == 0 && std::signbit(number));
  result = isInt ? at::Scalar(integer) : at::Scalar(number);
  return true;
}

bool isNull(const From& from, size_t i) {
  napi_valuetype type;
  napi_typeof(from.env, from.at(i), &type);
  return type == napi_null;
}

// An argument of C++ type `T`: read() from JavaScript, fallback() from the schema's default, get() for the call.
template <typename T>
struct Reader;

template <typename T, Kind K>
struct Base {
  static constexpr Kind kind = K;
  static constexpr bool optional = false;
  T value{};
  T& get() { return value; }
};

template <>
struct Reader<const at::Tensor&> {
  static constexpr Kind kind = Kind::Tensor;
  static constexpr bool optional = false;
  const at::Tensor* value = nullptr;
  at::Tensor number;
  bool read(const From& from, size_t i) {
    at::Scalar plain;
    if (from.values.mark(i) == Mark::Tensor) {
      value = &tensorOf(from.addon, from.env, from.at(i));
      return true;
    }
    if (!from.overload.numbersAsTensors || !scalar(from, i, plain)) return false;
    number = at::scalar_to_tensor(plain);
    number.unsafeGetTensorImpl()->set_wrapped_number(true);
    value = &number;
    return true;
  }
  bool fallback(const c10::IValue&) { return false; }
  const at::Tensor& get() { return *value; }
};

template <>
struct Reader<at::Tensor&> : Reader<const at::Tensor&> {
  at::Tensor& get() { return const_cast<at::Tensor&>(*value); }
};

template <>
struct Reader<const OptionalTensor&> : Base<OptionalTensor, Kind::Tensor> {
  static constexpr bool optional = true;
  bool read(const From& from, size_t i) {
    if (from.values.mark(i) != Mark::Tensor) return from.values.mark(i) == Mark::Plain && isNull(from, i);
    value = tensorOf(from.addon, from.env, from.at(i));
    return true;
  }
  bool fallback(const c10::IValue& none) { return none.isNone(); }
};

template <>
struct Reader<const at::Scalar&> : Base<at::Scalar, Kind::Scalar> {
  bool read(const From& from, size_t i) { return scalar(from, i, value); }
  bool fallback(const c10::IValue& from) {
    value = from.toScalar();
    return true;
  }
};

template <>
struct Reader<int64_t> : Base<int64_t, Kind::Int> {
  bool read(const From& from, size_t i) {
    double number;
    return from.number(i, number) && whole(number, value);
  }
  bool fallback(const c10::IValue& from) {
    value = from.toInt();
    return true;
  }
};

template <>
struct Reader<c10::SymInt> : Reader<int64_t> {
  c10::SymInt get() { return value; }
};

template <>
struct Reader<std::optional<c10::SymInt>> : Base<std::optional<c10::SymInt>, Kind::Int> {
  static constexpr bool optional = true;
  bool read(const From& from, size_t i) {
    double number;
    int64_t integer;
    if (!from.number(i, number)) return from.values.mark(i) == Mark::Plain && isNull(from, i);
    if (!whole(number, integer)) return false;
    value = c10::SymInt(integer);
    return true;
  }
  bool fallback(const c10::IValue& none) { return none.isNone(); }
};

template <>
struct Reader<double> : Base<double, Kind::Float> {
  bool read(const From& from, size_t i) { return from.number(i, value); }
  bool fallback(const c10::IValue& from) {
    value = from.toDouble();
    return true;
  }
};

template <>
struct Reader<bool> : Base<bool, Kind::Bool> {
  bool read(const From& from, size_t i) {
    return from.values.mark(i) == Mark::Plain && napi_get_value_bool(from.env, from.at(i), &value) == napi_ok;
  }
  bool fallback(const c10::IValue& from) {
    value = from.toBool();
    return true;
  }
};

// Options that calls of the short way never give: dtype, layout, device.
template <typename T, Kind K>
struct Absent : Base<T, K> {
  static constexpr bool optional = true;
  bool read(const From&, size_t) { return false; }
  bool fallback(const c10::IValue& none) { return none.isNone(); }
};
template <>
struct Reader<std::optional<at::ScalarType>> : Absent<std::optional<at::ScalarType>, Kind::Dtype> {};
template <>
struct Reader<std::optional<at::Layout>> : Absent<std::optional<at::Layout>, Kind::Layout> {};
template <>
struct Reader<std::optional<at::Device>> : Absent<std::optional<at::Device>, Kind::Device> {};
template <>
struct Reader<std::optional<at::MemoryFormat>> : Absent<std::optional<at::MemoryFormat>, Kind::MemoryFormat> {};
template <>
struct Reader<std::optional<bool>> : Absent<std::optional<bool>, Kind::Bool> {};

// A list of integers: an array, one number for all, or numbers that follow each other as in x.view(2, 3).
struct Integers {
  c10::SmallVector<int64_t, 6> list;

  bool read(const From& from, size_t i) {
    const Argument& argument = from.overload.arguments[i];
    if (from.values.mark(i) != Mark::Plain) return false;
    double number;
    int64_t integer;
    if (from.number(i, number)) {
      const size_t last = from.overload.spread ? from.values.count : i + 1;
      if (!from.overload.spread && argument.length < 1) return false;
      for (size_t k = i; k < last; k++) {
        if (!from.number(k, number) || !whole(number, integer)) return false;
        list.push_back(integer);
      }
      for (int64_t k = 1; last == i + 1 && k < argument.length; k++) list.push_back(integer);
      return argument.length < 1 || static_cast<int64_t>(list.size()) == argument.length;
    }
    uint32_t length;
    if (from.overload.spread && from.values.count > i + 1) return false;
    if (napi_get_array_length(from.env, from.at(i), &length) != napi_ok) return false;
    if (argument.length > 1 && length != argument.length) return false;
    for (uint32_t k = 0; k < length; k++) {
      napi_value element;
      if (napi_get_element(from.env, from.at(i), k, &element) != napi_ok) return false;
      if (napi_get_value_double(from.env, element, &number) != napi_ok || !whole(number, integer)) return false;
      list.push_back(integer);
    }
    return true;
  }
  bool fallback(const c10::IValue& from) {
    if (!from.isIntList()) return false;
    for (const int64_t value : from.toIntVector()) list.push_back(value);
    return true;
  }
};

template <>
struct Reader<at::IntArrayRef> : Integers {
  static constexpr Kind kind = Kind::IntList;
  static constexpr bool optional = false;
  at::IntArrayRef get() { return list; }
};

template <>
struct Reader<c10::SymIntArrayRef> : Integers {
  static constexpr Kind kind = Kind::IntList;
  static constexpr bool optional = false;
  c10::SymIntArrayRef get() { return c10::fromIntArrayRefSlow(list); }
};

template <>
struct Reader<at::OptionalIntArrayRef> : Integers {
  static constexpr Kind kind = Kind::IntList;
  static constexpr bool optional = true;
  bool none = false;
  bool read(const From& from, size_t i) {
    if (from.values.mark(i) != Mark::Plain) return false;
    none = isNull(from, i);
    return none || Integers::read(from, i);
  }
  bool fallback(const c10::IValue& value) {
    none = value.isNone();
    return none || Integers::fallback(value);
  }
  at::OptionalIntArrayRef get() { return none ? at::OptionalIntArrayRef() : at::OptionalIntArrayRef(list); }
};

struct Tensors {
  static constexpr Kind kind = Kind::TensorList;
  static constexpr bool optional = false;
  c10::SmallVector<at::Tensor, 4> list;
  bool read(const From& from, size_t i) {
    if (from.values.mark(i) != Mark::Tensors) return false;
    if (i == 0 && from.values.first) {
      for (size_t k = 0; k < from.values.firsts; k++) list.push_back(tensorOf(from.addon, from.env, from.values.first[k]));
      return true;
    }
    uint32_t length = 0;
    if (napi_get_array_length(from.env, from.at(i), &length) != napi_ok) return false;
    for (uint32_t k = 0; k < length; k++) {
      napi_value element;
      if (napi_get_element(from.env, from.at(i), k, &element) != napi_ok) return false;
      Slot* slot = trySlot(from.addon, from.env, element);
      if (!slot || !slot->tensor.defined()) return false;
      list.push_back(slot->tensor);
    }
    return true;
  }
  bool fallback(const c10::IValue&) { return false; }
};

template <>
struct Reader<at::TensorList> : Tensors {
  at::TensorList get() { return list; }
};

template <>
struct Reader<const at::ITensorListRef&> : Tensors {
  at::ITensorListRef get() { return at::ITensorListRef(at::TensorList(list)); }
};

template <typename F>
class Typed;

template <typename R, typename... A>
class Typed<R(A...)> : public Unboxed {
 public:
  explicit Typed(const c10::OperatorHandle& handle) : handle_(handle.typed<R(A...)>()) {}

  bool call(Addon& addon, napi_env env, const Overload& overload, const Values& values, at::Tensor& result) const override {
    if (!overload.spread && values.count > overload.positional) return false;
    return run(From{addon, env, overload, values}, result, std::index_sequence_for<A...>());
  }

  static bool fits(const Overload& overload) {
    return overload.arguments.size() == sizeof...(A) && fits(overload, std::index_sequence_for<A...>());
  }

 private:
  template <size_t... I>
  static bool fits(const Overload& overload, std::index_sequence<I...>) {
    return ((overload.arguments[I].kind == Reader<A>::kind && overload.arguments[I].optional == Reader<A>::optional) && ...);
  }

  template <typename T>
  static bool fill(const From& from, size_t i, Reader<T>& reader) {
    if (i < from.overload.positional && from.given(i)) return reader.read(from, i);
    const Argument& argument = from.overload.arguments[i];
    return argument.hasDefault && reader.fallback(argument.fallback);
  }

  template <size_t... I>
  bool run(const From& from, at::Tensor& result, std::index_sequence<I...>) const {
    std::tuple<Reader<A>...> readers;
    if (!(fill<A>(from, I, std::get<I>(readers)) && ...)) return false;
    result = handle_.call(std::get<I>(readers).get()...);
    return true;
  }

  c10::TypedOperatorHandle<R(A...)> handle_;
};

using T = at::Tensor;
using In = const at::Tensor&;
using Number = const at::Scalar&;
using Dtype = std::optional<at::ScalarType>;

template <typename... F>
std::shared_ptr<const Unboxed> firstOf(const Overload& overload) {
  std::shared_ptr<const Unboxed> found;
  const auto attempt = [&](auto* type) {
    using Candidate = std::remove_pointer_t<decltype(type)>;
    if (found || !Candidate::fits(overload)) return;
    try {
      found = std::make_shared<Candidate>(overload.handle);
    } catch (const c10::Error&) {
      // The kernel's C++ type is another one: int for SymInt, say.
    }
  };
  (attempt(static_cast<Typed<F>*>(nullptr)), ...);
  return found;
}

}  // namespace

std::shared_ptr<const Unboxed> Unboxed::of(const Overload& overload) {
  if (overload.name.rfind("aten::", 0) != 0 || !overload.singleTensor || overload.hasOut) return nullptr;
  // Guards look at a stack. That of cat is against empty lists, which are never marked as tensors.
  if (overload.guard && overload.base != "cat") return nullptr;
  return firstOf<T(In), T(In, In), T(In, In, Number), T(In, Number), T(In, Number, Number), T(In, In, In),
                 T(In, In, const OptionalTensor&), T(In, In, In, Number, Number), T(In, In, In, Number),
                 T(In, int64_t), T(In, int64_t, int64_t), T(In, int64_t, c10::SymInt), T(In, int64_t, bool),
                 T(In, int64_t, std::optional<c10::SymInt>, std::optional<c10::SymInt>, c10::SymInt),
                 T(In, c10::SymIntArrayRef), T(In, at::IntArrayRef), T(In, c10::SymIntArrayRef, bool),
                 T(In, Dtype), T(In, int64_t, Dtype), T(In, at::OptionalIntArrayRef, bool, Dtype),
                 T(In, at::OptionalIntArrayRef, bool), T(In, at::IntArrayRef, bool, Dtype), T(In, double, bool),
                 T(In, bool), T(In, std::optional<at::MemoryFormat>),
                 T(at::TensorList, int64_t), T(const at::ITensorListRef&, int64_t),
                 T(c10::SymIntArrayRef, Dtype, std::optional<at::Layout>, std::optional<at::Device>, std::optional<bool>),
                 T(c10::SymIntArrayRef, Dtype, std::optional<at::Layout>, std::optional<at::Device>, std::optional<bool>,
                   std::optional<at::MemoryFormat>),
                 T&(T&), T&(T&, In), T&(T&, In, Number), T&(T&, Number), T&(T&, Number, Number), T&(T&, In, In, Number)>(overload);
}

}  // namespace flambeau
