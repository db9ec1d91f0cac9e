#pragma once

#include <c10/core/Device.h>

#include <optional>

namespace flambeau {

// The accelerator that this build of LibTorch has and this machine can use.
std::optional<c10::DeviceType> accelerator();
c10::DeviceIndex currentDevice();
// Throws, with what is there, when a tensor cannot be made on the device.
void requireDevice(c10::Device device);

}  // namespace flambeau
