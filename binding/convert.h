#pragma once

#include <ATen/core/ivalue.h>
#include <c10/core/Device.h>
#include <c10/core/Scalar.h>
#include <napi.h>

#include <string>

#include "schema.h"

namespace flambeau {

struct Addon;

// How a JavaScript value was marked on the other side, where telling tensors apart is cheap.
enum class Mark : uint8_t { Plain, Tensor, Tensors };

// Converts by the schema's kind. False means that the value does not fit; only a broken handle throws.
bool fromJs(Addon& addon, napi_env env, const Argument& argument, napi_value value, Mark mark, bool numbersAsTensors,
            c10::IValue& result);
napi_value toJs(Addon& addon, napi_env env, const c10::IValue& value, Kind kind);

bool toScalar(napi_env env, napi_value value, c10::Scalar& result);
c10::Device toDevice(const std::string& name);
c10::ScalarType toDtype(const std::string& name);
const char* dtypeName(c10::ScalarType type);
const char* layoutName(c10::Layout layout);
const char* memoryFormatName(c10::MemoryFormat format);
napi_value toJs(napi_env env, const c10::Scalar& value);
napi_value int64ToJs(napi_env env, int64_t value);
// Whether a tensor lives in the memory of a JavaScript array, which goes with its environment. In data.cc.
bool inJavaScript(const at::Tensor& tensor);

std::string stringOf(napi_env env, napi_value value);

// For messages: what an argument takes, and what came instead.
std::string expected(const Argument& argument, bool numbersAsTensors);
std::string describe(napi_env env, napi_value value, Mark mark);

}  // namespace flambeau
