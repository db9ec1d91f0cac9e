#include "bound.h"

#include <ATen/ATen.h>
#include <ATen/core/dispatch/Dispatcher.h>

#include <string_view>
#include <tuple>
#include <utility>

#include "graph.h"

namespace flambeau {

namespace {

using Table = std::vector<c10::IValue>;
using Tensors = std::vector<at::Tensor>;
using OptionalTensor = std::optional<at::Tensor>;

// An argument of C++ type `T`: bind() takes what is known beforehand, get() gives it to the call.
template <typename T>
struct Place;

template <>
struct Place<const at::Tensor&> {
  static constexpr Kind kind = Kind::Tensor;
  static constexpr bool optional = false;
  Operand::From from;
  uint32_t index;
  at::Tensor constant;
  bool bind(const Operand& operand) {
    from = operand.from;
    index = operand.index;
    if (from == Operand::From::Constant && operand.constant.isTensor()) constant = operand.constant.toTensor();
    return from == Operand::From::Slot || from == Operand::From::Held || constant.defined();
  }
  const at::Tensor& get(const Table& table, const Tensors& held) const {
    return from == Operand::From::Slot ? table[index].toTensor() : from == Operand::From::Held ? held[index] : constant;
  }
};

template <>
struct Place<const OptionalTensor&> {
  static constexpr Kind kind = Kind::Tensor;
  static constexpr bool optional = true;
  Place<const at::Tensor&> tensor;
  bool none = false;
  bool bind(const Operand& operand) {
    none = operand.from == Operand::From::Constant && operand.constant.isNone();
    return none || tensor.bind(operand);
  }
  OptionalTensor get(const Table& table, const Tensors& held) const {
    if (none) return std::nullopt;
    const at::Tensor& value = tensor.get(table, held);
    return value.defined() ? OptionalTensor(value) : std::nullopt;
  }
};

// Anything else is a constant of the graph. `Stored` keeps it, and turns into T.
template <typename Stored, Kind K, bool Optional = false>
struct Constant {
  static constexpr Kind kind = K;
  static constexpr bool optional = Optional;
  Stored value{};
  template <typename Read>
  bool take(const Operand& operand, Read read) {
    if (operand.from != Operand::From::Constant) return false;
    if (operand.constant.isNone()) return Optional;
    value = read(operand.constant);
    return true;
  }
  const Stored& get(const Table&, const Tensors&) const { return value; }
};

template <>
struct Place<const at::Scalar&> : Constant<at::Scalar, Kind::Scalar> {
  bool bind(const Operand& o) { return o.constant.isScalar() && take(o, [](const auto& v) { return v.toScalar(); }); }
};
template <>
struct Place<int64_t> : Constant<int64_t, Kind::Int> {
  bool bind(const Operand& o) { return o.constant.isInt() && take(o, [](const auto& v) { return v.toInt(); }); }
};
template <>
struct Place<c10::SymInt> : Place<int64_t> {};
template <>
struct Place<std::optional<c10::SymInt>> : Constant<std::optional<c10::SymInt>, Kind::Int, true> {
  bool bind(const Operand& o) {
    return (o.constant.isNone() || o.constant.isInt()) && take(o, [](const auto& v) { return c10::SymInt(v.toInt()); });
  }
};
template <>
struct Place<std::optional<int64_t>> : Constant<std::optional<int64_t>, Kind::Int, true> {
  bool bind(const Operand& o) {
    return (o.constant.isNone() || o.constant.isInt()) && take(o, [](const auto& v) { return v.toInt(); });
  }
};
template <>
struct Place<double> : Constant<double, Kind::Float> {
  bool bind(const Operand& o) { return o.constant.isDouble() && take(o, [](const auto& v) { return v.toDouble(); }); }
};
template <>
struct Place<std::optional<double>> : Constant<std::optional<double>, Kind::Float, true> {
  bool bind(const Operand& o) {
    return (o.constant.isNone() || o.constant.isDouble()) && take(o, [](const auto& v) { return v.toDouble(); });
  }
};
template <>
struct Place<bool> : Constant<bool, Kind::Bool> {
  bool bind(const Operand& o) { return o.constant.isBool() && take(o, [](const auto& v) { return v.toBool(); }); }
};
template <>
struct Place<std::string_view> : Constant<std::string, Kind::String> {
  bool bind(const Operand& o) { return o.constant.isString() && take(o, [](const auto& v) { return v.toStringRef(); }); }
};
template <>
struct Place<std::optional<at::ScalarType>> : Constant<std::optional<at::ScalarType>, Kind::Dtype, true> {
  bool bind(const Operand& o) {
    return (o.constant.isNone() || o.constant.isInt()) && take(o, [](const auto& v) { return v.toScalarType(); });
  }
};

using Integers = std::vector<int64_t>;
template <>
struct Place<at::IntArrayRef> : Constant<Integers, Kind::IntList> {
  bool bind(const Operand& o) { return o.constant.isIntList() && take(o, [](const auto& v) { return v.toIntVector(); }); }
};
template <>
struct Place<c10::SymIntArrayRef> : Place<at::IntArrayRef> {
  c10::SymIntArrayRef get(const Table&, const Tensors&) const { return c10::fromIntArrayRefSlow(value); }
};
template <>
struct Place<at::OptionalIntArrayRef> : Constant<std::optional<Integers>, Kind::IntList, true> {
  bool bind(const Operand& o) {
    return (o.constant.isNone() || o.constant.isIntList()) && take(o, [](const auto& v) { return v.toIntVector(); });
  }
  at::OptionalIntArrayRef get(const Table&, const Tensors&) const {
    return value ? at::OptionalIntArrayRef(*value) : at::OptionalIntArrayRef();
  }
};

template <typename F>
class Typed;

template <typename... A>
class Typed<at::Tensor(A...)> : public Bound {
 public:
  explicit Typed(const c10::OperatorHandle& handle) : handle_(handle.typed<at::Tensor(A...)>()) {}

  static bool fits(const Overload& overload) {
    size_t i = 0;
    const auto same = [&](Kind kind, bool optional) {
      const Argument& argument = overload.arguments[i++];
      return argument.kind == kind && argument.optional == optional;
    };
    return overload.arguments.size() == sizeof...(A) && (same(Place<A>::kind, Place<A>::optional) && ...);
  }

  bool bind(const std::vector<Operand>& operands) {
    return std::apply(
        [&](auto&... places) {
          size_t i = 0;
          return (places.bind(operands[i++]) && ...);
        },
        places_);
  }

  at::Tensor call(const Table& table, const Tensors& held) const override {
    return std::apply([&](const auto&... places) { return handle_.call(places.get(table, held)...); }, places_);
  }

 private:
  c10::TypedOperatorHandle<at::Tensor(A...)> handle_;
  std::tuple<Place<A>...> places_;
};

template <typename... F>
std::shared_ptr<const Bound> firstOf(const Node& node) {
  std::shared_ptr<const Bound> found;
  const auto attempt = [&](auto* type) {
    using Candidate = std::remove_pointer_t<decltype(type)>;
    if (found || !Candidate::fits(*node.overload)) return;
    try {
      auto made = std::make_shared<Candidate>(node.overload->handle);
      if (made->bind(node.operands)) found = std::move(made);
    } catch (const c10::Error&) {
      // The kernel's C++ type is another one: int for SymInt, say.
    }
  };
  (attempt(static_cast<Typed<F>*>(nullptr)), ...);
  return found;
}

}  // namespace

std::shared_ptr<const Bound> Bound::of(const Node& node) {
  // Guards look at a stack.
  if (!node.overload || node.overload->guard || node.overload->name.rfind("aten::", 0) != 0) return nullptr;
  const auto& schema = node.overload->handle.schema();
  const auto isWritten = [](const c10::Argument& a) { return a.alias_info() && a.alias_info()->isWrite(); };
  if (!node.overload->singleTensor || std::any_of(schema.arguments().begin(), schema.arguments().end(), isWritten)) return nullptr;
  using T = at::Tensor;
  using In = const at::Tensor&;
  using Maybe = const OptionalTensor&;
  using Number = const at::Scalar&;
  using Dtype = std::optional<at::ScalarType>;
  using Sizes = c10::SymIntArrayRef;
  using Dims = at::IntArrayRef;
  using MaybeInt = std::optional<c10::SymInt>;
  return firstOf<T(In), T(In, In), T(In, In, Number), T(In, Number), T(In, Number, Number), T(In, In, In), T(In, In, Maybe),
                 T(In, In, In, Number, Number), T(In, In, Maybe, Sizes, Sizes, Sizes, c10::SymInt),
                 T(In, Dims, Dims, Dims, Dims, bool), T(In, Dims, Dims, Dims, bool, bool, std::optional<int64_t>),
                 T(In, Sizes, Maybe, Maybe, double, bool), T(In, Maybe, Maybe, Maybe, Maybe, bool, double, double, bool),
                 T(In, In, In, Maybe, double, bool, std::optional<double>, bool), T(In, In, c10::SymInt, bool, bool),
                 T(In, double, bool), T(In, std::string_view), T(In, Dtype), T(In, int64_t), T(In, int64_t, Dtype),
                 T(In, int64_t, int64_t), T(In, int64_t, c10::SymInt), T(In, int64_t, MaybeInt, MaybeInt, c10::SymInt),
                 T(In, Sizes), T(In, Dims), T(In, Sizes, bool), T(In, at::OptionalIntArrayRef, bool),
                 T(In, at::OptionalIntArrayRef, bool, Dtype), T(In, Dims, bool, Dtype)>(node);
}

}  // namespace flambeau
