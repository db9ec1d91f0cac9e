#include "autocast.h"

#include <ATen/autocast_mode.h>

#include "addon.h"
#include "convert.h"
#include "exports.h"

namespace flambeau {

namespace {

using Info = Napi::CallbackInfo;

c10::DeviceType typeOf(const Napi::Value& value) { return c10::Device(value.ToString().Utf8Value()).type(); }

Napi::Value set(Addon&, const Info& info) {
  const c10::DeviceType device = typeOf(info[0]);
  at::autocast::set_autocast_enabled(device, info[1].ToBoolean());
  if (info[2].IsString()) at::autocast::set_autocast_dtype(device, toDtype(info[2].As<Napi::String>()));
  return info.Env().Undefined();
}

Napi::Value setCache(Addon&, const Info& info) {
  at::autocast::set_autocast_cache_enabled(info[0].ToBoolean());
  if (info[1].ToBoolean()) at::autocast::clear_cache();
  return info.Env().Undefined();
}

Napi::Value state(Addon&, const Info& info) {
  const c10::DeviceType device = typeOf(info[0]);
  auto result = Napi::Object::New(info.Env());
  result.Set("enabled", at::autocast::is_autocast_enabled(device));
  result.Set("dtype", dtypeName(at::autocast::get_autocast_dtype(device)));
  return result;
}

}  // namespace

AutocastState::AutocastState() {
  for (const auto device : {c10::DeviceType::CPU, c10::DeviceType::CUDA}) {
    if (at::autocast::is_autocast_enabled(device)) dtypes_.emplace_back(device, at::autocast::get_autocast_dtype(device));
  }
}

AutocastState::Guard::Guard(const AutocastState& state) {
  for (const auto& [device, dtype] : state.dtypes_) {
    before_.emplace_back(device, at::autocast::get_autocast_dtype(device));
    at::autocast::set_autocast_dtype(device, dtype);
  }
}

AutocastState::Guard::~Guard() {
  for (const auto& [device, dtype] : before_) at::autocast::set_autocast_dtype(device, dtype);
  // Weights that were cast on this thread may change before the next job.
  if (!before_.empty()) at::autocast::clear_cache();
}

void autocastEntries(Entries& entries) {
  entries.push_back({"setAutocast", entry<set>});
  entries.push_back({"setAutocastCache", entry<setCache>});
  entries.push_back({"autocastState", entry<state>});
}

}  // namespace flambeau
