#pragma once

#include <napi.h>

#include <stdexcept>
#include <string>

namespace flambeau {

struct Addon;

// A misuse that the binding itself finds; `code` is a row of src/errors.ts.
class Misuse : public std::runtime_error {
 public:
  Misuse(const char* code, const std::string& message) : std::runtime_error(message), code(code) {}
  const char* code;
};

// A value thrown by JavaScript on its way through LibTorch's frames. The value waits in the environment's table.
class Thrown : public std::exception {
 public:
  explicit Thrown(uint64_t id) : id(id) {}
  const char* what() const noexcept override { return "an exception was thrown by a JavaScript callback"; }
  const uint64_t id;
};

[[noreturn]] void invalid(const std::string& message);

// Turns the C++ exception in flight into a pending JavaScript one.
void raise(Addon& addon, napi_env env) noexcept;

// The same as a value, for promises that are rejected later. `error` may be null: then nothing is known of it.
napi_value toError(Addon& addon, napi_env env, std::exception_ptr error) noexcept;

// Throws when a Node-API call failed; a pending JavaScript exception travels on as itself.
void check(napi_env env, napi_status status);

Addon& addonOf(napi_env env);
// What an entry does last: hands warnings on.
void leave(Addon& addon, napi_env env);

// The one guard around every entry: nothing of C++ gets past it.
template <Napi::Value (*F)(Addon&, const Napi::CallbackInfo&)>
napi_value entry(napi_env env, napi_callback_info raw) {
  Addon& addon = addonOf(env);
  try {
    Napi::CallbackInfo info(env, raw);
    const napi_value result = F(addon, info);
    leave(addon, env);
    return result;
  } catch (...) {
    raise(addon, env);
    return nullptr;
  }
}

}  // namespace flambeau
