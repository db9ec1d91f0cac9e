#include "errors.h"

#include <c10/util/Exception.h>

#include "addon.h"

namespace flambeau {

void invalid(const std::string& message) { throw Misuse("INVALID_ARGUMENT", message); }

Addon& addonOf(napi_env env) {
  void* data = nullptr;
  napi_get_instance_data(env, &data);
  return *static_cast<Addon*>(data);
}

void leave(Addon& addon, napi_env env) { addon.leave(env); }

void check(napi_env env, napi_status status) {
  if (status == napi_ok) return;
  if (status == napi_cannot_run_js || status == napi_closing) throw Misuse("CLOSED", "the environment is shutting down");
  // Before any other call, which would clear it.
  const napi_extended_error_info* info = nullptr;
  napi_get_last_error_info(env, &info);
  const std::string message = info && info->error_message ? info->error_message : "status " + std::to_string(status);
  bool pending = false;
  napi_is_exception_pending(env, &pending);
  if (pending) throw Napi::Error::New(env);
  throw Misuse("NODE_API", "a Node-API call failed: " + message);
}

namespace {

struct Text {
  const char* code;
  std::string message;
  std::string nativeStack;
};

// c10 hides the message of an error that crossed threads or libraries behind a prefix and a trace; keep them apart. Where
// no kernel fits, the message ends in a table of all that are registered, a hundred lines of file names.
Text describe(const char* code, const c10::Error& error) {
  std::string message = error.what_without_backtrace();
  std::string stack = error.backtrace() ? error.backtrace()->get() : std::string();
  const size_t list = message.find(" is only available for these backends: [");
  const size_t table = list == std::string::npos ? list : message.find("\n\n", list);
  if (table != std::string::npos) {
    stack = message.substr(table + 2) + "\n" + stack;
    message.resize(table);
  }
  return {code, std::move(message), std::move(stack)};
}

napi_value build(Addon& addon, napi_env env, const Text& text) {
  napi_value message = Napi::String::New(env, text.message);
  if (addon.makeError.IsEmpty()) return Napi::Error::New(env, text.message).Value();
  napi_value arguments[3] = {Napi::String::New(env, text.code), message, Napi::String::New(env, text.nativeStack)};
  napi_value undefined, result;
  napi_get_undefined(env, &undefined);
  if (napi_call_function(env, undefined, addon.makeError.Value(), 3, arguments, &result) == napi_ok) return result;
  napi_value thrown;
  napi_get_and_clear_last_exception(env, &thrown);
  return thrown;
}

}  // namespace

napi_value toError(Addon& addon, napi_env env, std::exception_ptr error) noexcept {
  try {
    std::rethrow_exception(error);
  } catch (const Napi::Error& e) {
    return e.Value();
  } catch (const Thrown& e) {
    return addon.takeThrown(env, e.id);
  } catch (const Misuse& e) {
    return build(addon, env, {e.code, e.what(), ""});
  } catch (const c10::OutOfMemoryError& e) {
    return build(addon, env, describe("OUT_OF_MEMORY", e));
  } catch (const c10::IndexError& e) {
    return build(addon, env, describe("INDEX_OUT_OF_RANGE", e));
  } catch (const c10::NotImplementedError& e) {
    return build(addon, env, describe("NOT_IMPLEMENTED", e));
  } catch (const c10::TypeError& e) {
    return build(addon, env, describe("INVALID_ARGUMENT", e));
  } catch (const c10::ValueError& e) {
    return build(addon, env, describe("INVALID_VALUE", e));
  } catch (const c10::LinAlgError& e) {
    return build(addon, env, describe("LINALG", e));
  } catch (const c10::Error& e) {
    return build(addon, env, describe("TORCH", e));
  } catch (const std::bad_alloc&) {
    return build(addon, env, {"OUT_OF_MEMORY", "out of memory", ""});
  } catch (const std::exception& e) {
    return build(addon, env, {"TORCH", e.what(), ""});
  } catch (...) {
    return build(addon, env, {"TORCH", "an unknown C++ exception", ""});
  }
}

void raise(Addon& addon, napi_env env) noexcept {
  bool pending = false;
  napi_is_exception_pending(env, &pending);
  if (pending) return;
  napi_throw(env, toError(addon, env, std::current_exception()));
}

}  // namespace flambeau
