#include <ATen/core/List.h>

#include <cmath>
#include <limits>
#include <unordered_map>

#include "graph.h"

namespace flambeau {

namespace {

bool isFloat(const c10::IValue& value) { return value.isDouble(); }

int64_t toInteger(const c10::IValue& value) {
  if (value.isInt()) return value.toInt();
  if (value.isBool()) return value.toBool();
  if (value.isDouble()) return static_cast<int64_t>(value.toDouble());
  return value.toSymInt().guard_int(__FILE__, __LINE__);
}

double toNumber(const c10::IValue& value) {
  return value.isDouble() ? value.toDouble() : static_cast<double>(toInteger(value));
}

bool toTruth(const c10::IValue& value) {
  if (value.isTensor()) return value.toTensor().item().toBool();
  return value.isDouble() ? value.toDouble() != 0 : toInteger(value) != 0;
}

// Python's arithmetic: whole numbers stay whole, and are checked, since sizes of memory come of them.
template <typename Whole, typename Real>
c10::IValue arithmetic(const Values& v, Whole whole, Real real) {
  if (isFloat(v.at(0)) || isFloat(v.at(1))) return real(toNumber(v[0]), toNumber(v[1]));
  int64_t result;
  TORCH_CHECK_VALUE(!whole(toInteger(v[0]), toInteger(v[1]), &result), "a number of the graph is beyond 64 bits");
  return result;
}

int64_t floorDivide(int64_t a, int64_t b) {
  TORCH_CHECK_VALUE(b != 0, "division by zero");
  TORCH_CHECK_VALUE(b != -1 || a != std::numeric_limits<int64_t>::min(), "a number of the graph is beyond 64 bits");
  const int64_t quotient = a / b;
  return quotient - ((a % b != 0 && (a < 0) != (b < 0)) ? 1 : 0);
}

c10::IValue add(const Values& v) {
  return arithmetic(v, [](auto a, auto b, auto* r) { return __builtin_add_overflow(a, b, r); }, [](double a, double b) { return a + b; });
}
c10::IValue sub(const Values& v) {
  return arithmetic(v, [](auto a, auto b, auto* r) { return __builtin_sub_overflow(a, b, r); }, [](double a, double b) { return a - b; });
}
c10::IValue mul(const Values& v) {
  return arithmetic(v, [](auto a, auto b, auto* r) { return __builtin_mul_overflow(a, b, r); }, [](double a, double b) { return a * b; });
}
c10::IValue floordiv(const Values& v) {
  return arithmetic(v, [](auto a, auto b, auto* r) { *r = floorDivide(a, b); return false; }, [](double a, double b) { return std::floor(a / b); });
}
c10::IValue mod(const Values& v) {
  return arithmetic(v, [](auto a, auto b, auto* r) { *r = a - floorDivide(a, b) * b; return false; },
                    [](double a, double b) { return a - std::floor(a / b) * b; });
}
c10::IValue truediv(const Values& v) { return toNumber(v.at(0)) / toNumber(v.at(1)); }
c10::IValue power(const Values& v) {
  if (isFloat(v.at(0)) || isFloat(v.at(1)) || toInteger(v[1]) < 0) return std::pow(toNumber(v[0]), toNumber(v[1]));
  int64_t base = toInteger(v[0]), result = 1;
  bool over = false;
  for (int64_t k = toInteger(v[1]); k > 0; k >>= 1) {
    if (k & 1) over = over || __builtin_mul_overflow(result, base, &result);
    if (k > 1) over = over || __builtin_mul_overflow(base, base, &base);
  }
  TORCH_CHECK_VALUE(!over, "a number of the graph is beyond 64 bits");
  return result;
}
c10::IValue neg(const Values& v) { return isFloat(v.at(0)) ? c10::IValue(-v[0].toDouble()) : sub({int64_t{0}, v[0]}); }
c10::IValue absolute(const Values& v) { return toNumber(v.at(0)) < 0 ? neg(v) : v[0]; }

template <typename F>
c10::IValue compare(const Values& v, F with) {
  if (isFloat(v.at(0)) || isFloat(v.at(1))) return with(toNumber(v[0]), toNumber(v[1]));
  return with(toInteger(v[0]), toInteger(v[1]));
}
c10::IValue eq(const Values& v) { return compare(v, [](auto a, auto b) { return a == b; }); }
c10::IValue ne(const Values& v) { return compare(v, [](auto a, auto b) { return a != b; }); }
c10::IValue lt(const Values& v) { return compare(v, [](auto a, auto b) { return a < b; }); }
c10::IValue le(const Values& v) { return compare(v, [](auto a, auto b) { return a <= b; }); }
c10::IValue gt(const Values& v) { return compare(v, [](auto a, auto b) { return a > b; }); }
c10::IValue ge(const Values& v) { return compare(v, [](auto a, auto b) { return a >= b; }); }
c10::IValue least(const Values& v) { return toNumber(v.at(1)) < toNumber(v.at(0)) ? v[1] : v[0]; }
c10::IValue greatest(const Values& v) { return toNumber(v.at(1)) > toNumber(v.at(0)) ? v[1] : v[0]; }

template <typename Logical, typename Bitwise>
c10::IValue logic(const Values& v, Logical logical, Bitwise bitwise) {
  if (v.at(0).isBool() && v.at(1).isBool()) return logical(v[0].toBool(), v[1].toBool());
  return bitwise(toInteger(v[0]), toInteger(v[1]));
}
c10::IValue both(const Values& v) {
  return logic(v, [](bool a, bool b) { return a && b; }, [](int64_t a, int64_t b) { return a & b; });
}
c10::IValue either(const Values& v) {
  return logic(v, [](bool a, bool b) { return a || b; }, [](int64_t a, int64_t b) { return a | b; });
}
c10::IValue opposite(const Values& v) { return !toTruth(v.at(0)); }
c10::IValue choice(const Values& v) { return toTruth(v.at(0)) ? v.at(1) : v.at(2); }

c10::IValue toFloat(const Values& v) { return toNumber(v.at(0)); }
c10::IValue toInt(const Values& v) { return toInteger(v.at(0)); }
c10::IValue toBool(const Values& v) { return toTruth(v.at(0)); }
template <double (*F)(double)>
c10::IValue whole(const Values& v) {
  return isFloat(v.at(0)) ? static_cast<int64_t>(F(v[0].toDouble())) : toInteger(v[0]);
}
c10::IValue squareRoot(const Values& v) { return std::sqrt(toNumber(v.at(0))); }

c10::IValue toTensor(const Values& v) { return v.at(0).isTensor() ? v[0] : c10::IValue(wrappedNumber(v[0].toScalar())); }

c10::IValue getitem(const Values& v) {
  const int64_t index = toInteger(v.at(1));
  const auto of = [&](auto list) -> c10::IValue {
    const auto size = static_cast<int64_t>(list.size());
    const int64_t at = index < 0 ? index + size : index;
    TORCH_CHECK_INDEX(at >= 0 && at < size, "element ", index, " of a list of ", size);
    return list[static_cast<size_t>(at)];
  };
  return v[0].isTuple() ? of(v[0].toTupleRef().elements()) : of(v[0].toListRef());
}

}  // namespace

Builtin builtinOf(const std::string& name) {
  static const std::unordered_map<std::string, Builtin> table = {
      {"add", add}, {"sub", sub}, {"mul", mul}, {"floordiv", floordiv}, {"mod", mod}, {"truediv", truediv},
      {"pow", power}, {"neg", neg}, {"abs", absolute}, {"eq", eq}, {"ne", ne}, {"lt", lt}, {"le", le}, {"gt", gt},
      {"ge", ge}, {"and", both}, {"or", either}, {"not", opposite}, {"min", least}, {"max", greatest},
      {"float", toFloat}, {"int", toInt}, {"bool", toBool}, {"ceil", whole<std::ceil>}, {"floor", whole<std::floor>},
      {"trunc", whole<std::trunc>}, {"round", whole<std::nearbyint>}, {"sqrt", squareRoot}, {"ite", choice},
      {"tensor", toTensor}, {"getitem", getitem}};
  const auto found = table.find(name);
  return found == table.end() ? nullptr : found->second;
}

}  // namespace flambeau
