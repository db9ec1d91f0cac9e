#pragma once

#include <c10/core/ScalarType.h>

#include <string>

#include "convert.h"
#include "errors.h"

namespace flambeau {

[[noreturn]] inline void wrong(const std::string& what) { throw Misuse("INVALID_VALUE", "the JSON is wrong: " + what); }

// Calls with a zero of the C++ type whose elements JSON has a form for.
template <typename F>
void byType(c10::ScalarType type, F call) {
  switch (type) {
    case c10::kBool: return call(bool{});
    case c10::kByte: return call(uint8_t{});
    case c10::kUInt16: return call(uint16_t{});
    case c10::kUInt32: return call(uint32_t{});
    case c10::kUInt64: return call(uint64_t{});
    case c10::kChar: return call(int8_t{});
    case c10::kShort: return call(int16_t{});
    case c10::kInt: return call(int32_t{});
    case c10::kLong: return call(int64_t{});
    case c10::kFloat: return call(float{});
    case c10::kDouble: return call(double{});
    default: throw Misuse("INVALID_VALUE", std::string("JSON has no form for elements of ") + dtypeName(type) + "; send them as binary data");
  }
}

}  // namespace flambeau
