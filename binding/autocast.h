#pragma once

#include <c10/core/Device.h>
#include <c10/core/ScalarType.h>

#include <utility>
#include <vector>

namespace flambeau {

// The dtypes of autocast, which LibTorch's thread-local state does not carry to another thread as it does the rest.
class AutocastState {
 public:
  AutocastState();

  class Guard {
   public:
    explicit Guard(const AutocastState& state);
    ~Guard();

   private:
    std::vector<std::pair<c10::DeviceType, c10::ScalarType>> before_;
  };

 private:
  std::vector<std::pair<c10::DeviceType, c10::ScalarType>> dtypes_;  // of the kinds of devices where it is on
};

}  // namespace flambeau
