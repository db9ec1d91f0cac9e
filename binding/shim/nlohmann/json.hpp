#pragma once

#include <string>

// LibTorch's headers of functorch name this library and do not bring it. They use it to write layers down, which nobody
// here does, so declarations are enough.
namespace nlohmann {

class json {
 public:
  json() = default;
  template <typename T>
  json(const T&) {}
  static json parse(const std::string& text);
  std::string dump() const;
  template <typename T>
  T get() const;
};

}  // namespace nlohmann
