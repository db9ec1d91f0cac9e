#include <ATen/DeviceAccelerator.h>
#include <c10/core/Layout.h>
#include <c10/core/ScalarType.h>

#include <unordered_map>

#include "convert.h"
#include "device.h"
#include "errors.h"

namespace flambeau {

namespace {

const std::unordered_map<std::string, c10::ScalarType>& dtypes() {
  using c10::ScalarType;
  static const std::unordered_map<std::string, ScalarType> table = {
      {"uint8", ScalarType::Byte},
      {"int8", ScalarType::Char},
      {"int16", ScalarType::Short},
      {"int32", ScalarType::Int},
      {"int64", ScalarType::Long},
      {"float16", ScalarType::Half},
      {"float32", ScalarType::Float},
      {"float64", ScalarType::Double},
      {"complex32", ScalarType::ComplexHalf},
      {"complex64", ScalarType::ComplexFloat},
      {"complex128", ScalarType::ComplexDouble},
      {"bool", ScalarType::Bool},
      {"qint8", ScalarType::QInt8},
      {"quint8", ScalarType::QUInt8},
      {"qint32", ScalarType::QInt32},
      {"bfloat16", ScalarType::BFloat16},
      {"float8_e5m2", ScalarType::Float8_e5m2},
      {"float8_e4m3fn", ScalarType::Float8_e4m3fn},
      {"float8_e5m2fnuz", ScalarType::Float8_e5m2fnuz},
      {"float8_e4m3fnuz", ScalarType::Float8_e4m3fnuz},
      {"float8_e8m0fnu", ScalarType::Float8_e8m0fnu},
      {"uint16", ScalarType::UInt16},
      {"uint32", ScalarType::UInt32},
      {"uint64", ScalarType::UInt64},
  };
  return table;
}

}  // namespace

c10::ScalarType toDtype(const std::string& name) {
  const auto found = dtypes().find(name);
  if (found == dtypes().end()) invalid("unknown dtype '" + name + "'; expected one such as 'float32', 'int64' or 'bool'");
  return found->second;
}

const char* dtypeName(c10::ScalarType type) {
  for (const auto& [name, value] : dtypes()) {
    if (value == type) return name.c_str();
  }
  return c10::toString(type);
}

const char* layoutName(c10::Layout layout) {
  switch (layout) {
    case c10::Layout::Strided: return "strided";
    case c10::Layout::Sparse: return "sparse_coo";
    case c10::Layout::SparseCsr: return "sparse_csr";
    case c10::Layout::SparseCsc: return "sparse_csc";
    case c10::Layout::SparseBsr: return "sparse_bsr";
    case c10::Layout::SparseBsc: return "sparse_bsc";
    case c10::Layout::Jagged: return "jagged";
    default: return "_mkldnn";
  }
}

const char* memoryFormatName(c10::MemoryFormat format) {
  switch (format) {
    case c10::MemoryFormat::Preserve: return "preserve_format";
    case c10::MemoryFormat::ChannelsLast: return "channels_last";
    case c10::MemoryFormat::ChannelsLast3d: return "channels_last_3d";
    default: return "contiguous_format";
  }
}

c10::Device toDevice(const std::string& name) {
  if (name == "auto") {
    const auto best = accelerator();
    return best ? c10::Device(*best, currentDevice()) : c10::Device(c10::kCPU);
  }
  c10::Device device(c10::kCPU);
  try {
    device = c10::Device(name);
  } catch (const c10::Error&) {
    invalid("unknown device '" + name + "'; expected 'cpu', 'cuda', 'cuda:<index>', 'meta' or 'auto'");
  }
  requireDevice(device);
  // What runs on another thread later would ask that thread for its current device.
  if (!device.has_index() && !device.is_cpu() && !device.is_meta()) device.set_index(currentDevice());
  return device;
}

}  // namespace flambeau
