#include <ATen/core/enum_type.h>

#include "addon.h"
#include "convert.h"
#include "jit.h"

namespace flambeau {

namespace {

using c10::IValue;
using c10::TypeKind;
using c10::TypePtr;

constexpr int kDeepest = 64;  // an array may contain itself

napi_valuetype typeOf(napi_env env, napi_value value) {
  napi_valuetype type = napi_undefined;
  napi_typeof(env, value, &type);
  return type;
}

bool isMissing(napi_env env, napi_value value) {
  const napi_valuetype type = typeOf(env, value);
  return type == napi_undefined || type == napi_null;
}

napi_value property(napi_env env, napi_value object, const char* name) {
  napi_value result;
  check(env, napi_get_named_property(env, object, name, &result));
  return result;
}

napi_value global(napi_env env, const char* name) {
  napi_value result;
  check(env, napi_get_global(env, &result));
  return property(env, result, name);
}

bool isArray(napi_env env, napi_value value) {
  bool result = false;
  napi_is_array(env, value, &result);
  return result;
}

bool isInstance(napi_env env, napi_value value, const char* constructor) {
  bool result = false;
  check(env, napi_instanceof(env, value, global(env, constructor), &result));
  return result;
}

// The slot behind a Tensor, Generator or ScriptObject; null for any other value.
Slot* owned(Addon& addon, napi_env env, napi_value value) {
  if (typeOf(env, value) != napi_object) return nullptr;
  const napi_value handle = property(env, value, "_handle");
  const napi_valuetype type = typeOf(env, handle);
  if (type == napi_undefined) return nullptr;
  if (type == napi_null) throw Misuse("DISPOSED", "this object has been disposed");
  return &slotOf(addon, env, handle);
}

// Any iterable but a string, as an array; null where it is none.
napi_value arrayOf(napi_env env, napi_value value) {
  if (typeOf(env, value) != napi_object) return nullptr;
  if (isArray(env, value)) return value;
  napi_value method;
  check(env, napi_get_property(env, value, property(env, global(env, "Symbol"), "iterator"), &method));
  if (typeOf(env, method) != napi_function) return nullptr;
  const napi_value constructor = global(env, "Array");
  napi_value result;
  check(env, napi_call_function(env, constructor, property(env, constructor, "from"), 1, &value, &result));
  return result;
}

template <typename F>
void eachElement(napi_env env, napi_value array, F visit) {
  uint32_t length = 0;
  check(env, napi_get_array_length(env, array, &length));
  for (uint32_t i = 0; i < length; i++) {
    Napi::HandleScope scope(env);
    napi_value element;
    check(env, napi_get_element(env, array, i, &element));
    visit(i, element);
  }
}

napi_value keysOf(napi_env env, napi_value object) {
  napi_value keys;
  check(env, napi_get_all_property_names(env, object, napi_key_own_only, static_cast<napi_key_filter>(napi_key_enumerable | napi_key_skip_symbols),
                                         napi_key_numbers_to_strings, &keys));
  return keys;
}

std::string described(Addon& addon, napi_env env, napi_value value) {
  if (typeOf(env, value) == napi_object && !isArray(env, value)) {
    Slot* slot = owned(addon, env, value);
    if (slot) return slot->tensor.defined() ? "Tensor" : slot->generator.defined() ? "Generator" : "ScriptObject";
    for (const char* name : {"Map", "Set", "Date", "Promise"}) {
      if (isInstance(env, value, name)) return name;
    }
  }
  return describe(env, value, Mark::Plain);
}

[[noreturn]] void wrong(Addon& addon, napi_env env, const std::string& where, const std::string& wanted, napi_value value) {
  invalid(where + " must be " + wanted + ", not " + described(addon, env, value));
}

// By the name of a dtype, layout or memory format where TorchScript has a number.
bool numberByName(napi_env env, napi_value value, IValue& result) {
  if (typeOf(env, value) != napi_string) return false;
  for (const Kind kind : {Kind::Dtype, Kind::Layout, Kind::MemoryFormat}) {
    Argument argument;
    argument.kind = kind;
    try {
      if (fromJs(addonOf(env), env, argument, value, Mark::Plain, false, result)) return true;
    } catch (const Misuse&) {
      // Not one of these.
    }
  }
  return false;
}

struct Reader {
  Addon& addon;
  napi_env env;

  IValue plain(Kind kind, napi_value value, const char* wanted, const std::string& where) {
    static const std::vector<Argument> arguments = [] {
      std::vector<Argument> all;
      for (uint8_t i = 0; i <= static_cast<uint8_t>(Kind::Any); i++) {
        all.emplace_back();
        all.back().kind = static_cast<Kind>(i);
      }
      return all;
    }();
    IValue result;
    if (!fromJs(addon, env, arguments[static_cast<size_t>(kind)], value, Mark::Plain, false, result)) wrong(addon, env, where, wanted, value);
    return result;
  }

  IValue list(napi_value value, const TypePtr& element, const std::string& wanted, const std::string& where, int depth) {
    const napi_value array = owned(addon, env, value) ? nullptr : arrayOf(env, value);
    if (!array) wrong(addon, env, where, wanted, value);
    c10::impl::GenericList result(element);
    eachElement(env, array, [&](uint32_t i, napi_value each) {
      result.push_back(toScript(addon, env, each, element, where + "[" + std::to_string(i) + "]", depth + 1));
    });
    return result;
  }

  IValue dict(napi_value value, const TypePtr& key, const TypePtr& item, const std::string& wanted, const std::string& where, int depth) {
    if (typeOf(env, value) != napi_object || owned(addon, env, value)) wrong(addon, env, where, wanted, value);
    c10::impl::GenericDict result(key, item);
    const auto insert = [&](napi_value name, napi_value each) {
      const std::string at = where + (typeOf(env, name) == napi_string ? "['" + stringOf(env, name) + "']" : "[key]");
      result.insert(toScript(addon, env, name, key, where + " (a key)", depth + 1), toScript(addon, env, each, item, at, depth + 1));
    };
    if (isInstance(env, value, "Map")) {
      eachElement(env, arrayOf(env, value), [&](uint32_t, napi_value entry) {
        napi_value name, each;
        check(env, napi_get_element(env, entry, 0, &name));
        check(env, napi_get_element(env, entry, 1, &each));
        insert(name, each);
      });
      return result;
    }
    if (arrayOf(env, value)) wrong(addon, env, where, wanted, value);
    eachElement(env, keysOf(env, value), [&](uint32_t, napi_value name) {
      napi_value each;
      check(env, napi_get_property(env, value, name, &each));
      insert(name, each);
    });
    return result;
  }

  // By place, or a named tuple by name.
  IValue tuple(napi_value value, const c10::TupleTypePtr& type, const std::string& where, int depth) {
    const auto& elements = type->elements();
    const auto schema = type->schema();
    const bool isOwned = owned(addon, env, value) != nullptr;
    const napi_value array = isOwned ? nullptr : arrayOf(env, value);
    std::vector<IValue> items;
    if (array) {
      uint32_t length = 0;
      check(env, napi_get_array_length(env, array, &length));
      if (length != elements.size()) {
        invalid(where + " must be " + type->annotation_str() + ", of " + std::to_string(elements.size()) + " elements, not of " + std::to_string(length));
      }
      eachElement(env, array, [&](uint32_t i, napi_value each) {
        items.push_back(toScript(addon, env, each, elements[i], where + "[" + std::to_string(i) + "]", depth + 1));
      });
    } else if (schema && typeOf(env, value) == napi_object && !isOwned) {
      for (size_t i = 0; i < elements.size(); i++) {
        const std::string& name = schema->arguments()[i].name();
        items.push_back(toScript(addon, env, property(env, value, name.c_str()), elements[i], where + "." + name, depth + 1));
      }
    } else {
      wrong(addon, env, where, "array, for " + type->annotation_str(), value);
    }
    if (!schema) return c10::ivalue::Tuple::create(std::move(items));
    return c10::ivalue::Tuple::createNamed(std::move(items), type);
  }

  IValue object(napi_value value, const TypePtr& type, const std::string& where) {
    Slot* slot = owned(addon, env, value);
    const auto held = slot ? std::dynamic_pointer_cast<ScriptObject>(slot->resource) : nullptr;
    const std::string wanted = "ScriptObject of the class " + type->annotation_str();
    if (!held) wrong(addon, env, where, wanted, value);
    if (!held->object->type()->isSubtypeOf(*type)) invalid(where + " must be " + wanted + ", not of " + held->object->type()->annotation_str());
    return held->object;
  }

  IValue enumeration(napi_value value, const c10::EnumTypePtr& type, const std::string& where) {
    std::string names;
    const std::string given = typeOf(env, value) == napi_string ? stringOf(env, value) : "";
    for (const auto& [name, item] : type->enumNamesValues()) {
      if (name == given) return IValue(c10::make_intrusive<c10::ivalue::EnumHolder>(type, name, item));
      names += (names.empty() ? "'" : ", '") + name + "'";
    }
    wrong(addon, env, where, "one of " + names, value);
  }

  // What Python would make of the value: the type of a list or dict is that of its elements, where they agree.
  IValue any(napi_value value, const std::string& where, int depth) {
    if (isMissing(env, value)) return IValue();
    if (Slot* slot = owned(addon, env, value)) {
      if (slot->tensor.defined()) return slot->tensor;
      if (slot->generator.defined()) return slot->generator;
      if (const auto held = std::dynamic_pointer_cast<ScriptObject>(slot->resource)) return held->object;
    }
    c10::Scalar scalar;
    if (toScalar(env, value, scalar)) return scalar;
    if (typeOf(env, value) == napi_string) return stringOf(env, value);
    if (typeOf(env, value) != napi_object) wrong(addon, env, where, "a value that TorchScript knows", value);
    if (!isInstance(env, value, "Map") && arrayOf(env, value)) {
      std::vector<IValue> items;
      eachElement(env, arrayOf(env, value), [&](uint32_t i, napi_value each) {
        items.push_back(any(each, where + "[" + std::to_string(i) + "]", depthOf(depth, where)));
      });
      const TypePtr element = unified(items);
      c10::impl::GenericList result(element);
      for (IValue& item : items) result.push_back(std::move(item));
      return result;
    }
    const bool isMap = isInstance(env, value, "Map");
    const IValue loose = dict(value, isMap ? TypePtr(c10::IntType::get()) : TypePtr(c10::StringType::get()), c10::AnyType::get(), "Map", where, depth + 1);
    std::vector<IValue> items;
    for (const auto& entry : loose.toGenericDict()) items.push_back(entry.value());
    c10::impl::GenericDict result(loose.toGenericDict().keyType(), unified(items));
    for (const auto& entry : loose.toGenericDict()) result.insert(entry.key(), entry.value());
    return result;
  }

  static int depthOf(int depth, const std::string& where) {
    if (depth > kDeepest) invalid(where.substr(0, where.find('[')) + " is nested too deeply, or contains itself");
    return depth + 1;
  }

  static TypePtr unified(const std::vector<IValue>& items) {
    if (items.empty()) return c10::TensorType::get();
    const auto typeOfItem = [](const IValue& item) { return item.isTensor() ? TypePtr(c10::TensorType::get()) : item.type(); };
    const TypePtr first = typeOfItem(items[0]);
    for (const IValue& item : items) {
      if (*typeOfItem(item) != *first) return c10::AnyType::get();
    }
    return first;
  }
};

IValue unionOf(Addon& addon, napi_env env, napi_value value, const TypePtr& type, at::ArrayRef<TypePtr> types, const std::string& where, int depth) {
  for (const TypePtr& each : types) {
    try {
      return toScript(addon, env, value, each, where, depth + 1);
    } catch (const Misuse& error) {
      if (std::string(error.code) == "DISPOSED") throw;
    }
  }
  wrong(addon, env, where, type->annotation_str(), value);
}

}  // namespace

bool takesObject(const TypePtr& type) {
  switch (type->kind()) {
    case TypeKind::DictType:
    case TypeKind::AnyType:
    case TypeKind::ClassType:
    case TypeKind::InterfaceType: return true;
    case TypeKind::TupleType: return type->expectRef<c10::TupleType>().schema() != nullptr;
    case TypeKind::OptionalType:
    case TypeKind::UnionType: {
      const auto types = type->containedTypes();
      return std::any_of(types.begin(), types.end(), takesObject);
    }
    default: return false;
  }
}

IValue toScript(Addon& addon, napi_env env, napi_value value, const TypePtr& type, const std::string& where, int depth) {
  Reader::depthOf(depth, where);
  Reader read{addon, env};
  switch (type->kind()) {
    case TypeKind::TensorType: {
      Slot* slot = owned(addon, env, value);
      if (!slot || !slot->tensor.defined()) wrong(addon, env, where, "Tensor", value);
      return slot->tensor;
    }
    case TypeKind::IntType:
    case TypeKind::SymIntType:
    case TypeKind::ScalarTypeType:
    case TypeKind::LayoutType:
    case TypeKind::MemoryFormatType: {
      IValue result;
      return numberByName(env, value, result) ? result : read.plain(Kind::Int, value, "int", where);
    }
    case TypeKind::FloatType:
    case TypeKind::SymFloatType: return read.plain(Kind::Float, value, "number", where);
    case TypeKind::BoolType:
    case TypeKind::SymBoolType: return read.plain(Kind::Bool, value, "boolean", where);
    case TypeKind::StringType: return read.plain(Kind::String, value, "string", where);
    case TypeKind::NumberType: return read.plain(Kind::Scalar, value, "number", where);
    case TypeKind::DeviceObjType: return read.plain(Kind::Device, value, "device", where);
    case TypeKind::ComplexType: {
      double real;
      if (napi_get_value_double(env, value, &real) == napi_ok) return c10::complex<double>(real, 0);
      return read.plain(Kind::Complex, value, "Complex or number", where);
    }
    case TypeKind::NoneType:
      if (!isMissing(env, value)) wrong(addon, env, where, "null", value);
      return IValue();
    case TypeKind::GeneratorType: {
      Slot* slot = owned(addon, env, value);
      if (!slot || !slot->generator.defined()) wrong(addon, env, where, "Generator", value);
      return slot->generator;
    }
    case TypeKind::OptionalType: {
      if (isMissing(env, value)) return IValue();
      return toScript(addon, env, value, type->expectRef<c10::OptionalType>().getElementType(), where, depth + 1);
    }
    case TypeKind::UnionType: return unionOf(addon, env, value, type, type->containedTypes(), where, depth);
    case TypeKind::ListType: {
      const TypePtr element = type->expectRef<c10::ListType>().getElementType();
      return read.list(value, element, "array, for " + type->annotation_str(), where, depth);
    }
    case TypeKind::DictType: {
      const auto& dict = type->expectRef<c10::DictType>();
      const bool named = dict.getKeyType()->kind() == TypeKind::StringType;
      return read.dict(value, dict.getKeyType(), dict.getValueType(), (named ? "plain object or Map, for " : "Map, for ") + type->annotation_str(), where, depth);
    }
    case TypeKind::TupleType: return read.tuple(value, type->expect<c10::TupleType>(), where, depth);
    case TypeKind::EnumType: return read.enumeration(value, type->expect<c10::EnumType>(), where);
    case TypeKind::ClassType:
    case TypeKind::InterfaceType: return read.object(value, type, where);
    case TypeKind::AnyType: return read.any(value, where, depth);
    default: throw Misuse("UNSUPPORTED", where + " is a " + type->annotation_str() + ", which cannot be passed from JavaScript");
  }
}

napi_value fromScript(Addon& addon, napi_env env, const IValue& value) {
  const auto array = [&](const auto& items) {
    auto result = Napi::Array::New(env, items.size());
    uint32_t i = 0;
    for (const IValue& item : items) {
      Napi::HandleScope scope(env);
      result.Set(i++, Napi::Value(env, fromScript(addon, env, item)));
    }
    return result;
  };
  const auto tagged = [&](const char* kind) {
    auto result = Napi::Object::New(env);
    result.Set("kind", kind);
    return result;
  };
  if (value.isTuple()) {
    const auto& tuple = value.toTupleRef();
    const std::vector<IValue> items(tuple.elements().begin(), tuple.elements().end());
    const auto schema = tuple.type()->schema();
    if (!schema) return array(items);
    auto result = tagged("tuple");
    std::string names;
    for (const auto& argument : schema->arguments()) names += (names.empty() ? "" : ",") + argument.name();
    result.Set("names", names);
    result.Set("values", array(items));
    return result;
  }
  if (value.isList()) return array(value.toListRef());
  if (value.isGenericDict()) {
    std::vector<IValue> keys, items;
    for (const auto& entry : value.toGenericDict()) {
      keys.push_back(entry.key());
      items.push_back(entry.value());
    }
    auto result = tagged("dict");
    result.Set("named", value.toGenericDict().keyType()->kind() == TypeKind::StringType);
    result.Set("keys", array(keys));
    result.Set("values", array(items));
    return result;
  }
  if (value.isObject()) {
    auto result = tagged("object");
    result.Set("module", value.toObjectRef().type()->is_module());
    result.Set("handle", Napi::Value(env, wrapObject(addon, env, value.toObject())));
    return result;
  }
  if (value.isGenerator()) {
    auto result = tagged("generator");
    result.Set("handle", Napi::Value(env, wrap(addon, env, value.toGenerator())));
    return result;
  }
  if (value.isEnum()) return Napi::String::New(env, value.toEnumHolder()->name());
  if (value.isFuture()) {
    value.toFuture()->waitAndThrow();
    return fromScript(addon, env, value.toFuture()->value());
  }
  return toJs(addon, env, value, Kind::Any);
}

}  // namespace flambeau
