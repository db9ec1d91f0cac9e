#pragma once

#include <ATen/core/Tensor.h>
#include <c10/core/Allocator.h>

#include <cstdint>
#include <string>
#include <vector>

namespace flambeau {

class Workers;

// Where an array stands in a text of JSON, brackets included.
struct JsonSpan {
  int64_t element;
  size_t start, end;
};

// A document of which the large arrays are left out.
struct JsonSplit {
  std::string text;  // with null in their places
  std::vector<JsonSpan> spans;
};

struct JsonText {
  c10::DataPtr data;
  size_t size = 0;
};

// Leaves out the arrays under `field` in the elements of the array under `list` of the outermost object. Throws where
// brackets are wrong or nested deeper than `depth`, or where what is left is longer than `limit`.
JsonSplit splitJson(const char* data, size_t size, const std::string& list, const std::string& field, size_t depth, size_t limit);
// Reads an array of numbers or booleans, flat or nested as the sizes are, into a tensor. With `workers`, a large one is
// shared among them.
at::Tensor readJson(const char* data, size_t size, const std::vector<int64_t>& sizes, c10::ScalarType type, Workers* workers);
// The elements, row by row, as one flat array, or nested as the sizes are. What JSON cannot say, NaN and the infinities,
// is null. In one text, or in several that belong together where `workers` write it.
std::vector<JsonText> writeJson(const at::Tensor& tensor, bool nested, Workers* workers);

}  // namespace flambeau
