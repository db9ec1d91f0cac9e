#pragma once

#include <c10/core/ScalarType.h>
#include <c10/util/ArrayRef.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

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

// How elements in a row lie in arrays of arrays.
class Levels {
 public:
  explicit Levels(c10::IntArrayRef sizes) {
    int64_t length = 1;
    for (size_t dim = sizes.size(); dim-- > 0;) lengths_.push_back(length *= sizes[dim]);
  }
  // The elements of an innermost array.
  int64_t row() const { return lengths_.empty() ? 1 : lengths_.front(); }
  // How many arrays end before an element, or begin with it.
  size_t at(int64_t element) const {
    size_t count = 0;
    while (count < lengths_.size() && element % lengths_[count] == 0) count++;
    return count;
  }

 private:
  std::vector<int64_t> lengths_;  // with all that is in them, the innermost first
};

}  // namespace flambeau
