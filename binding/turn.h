#pragma once

#include <atomic>

#include "errors.h"
#include "handle.h"

namespace flambeau {

// A call that waits for a thread, and that its caller may still take back.
class Turn : public Resource {
 public:
  // Whether the call had not begun, and now never will.
  bool drop() { return claim(); }
  // On the thread that begins the call.
  void begin() {
    if (!claim()) throw Misuse("TORCH", "the call was dropped before it began");
  }

 private:
  bool claim() { return !claimed_.exchange(true); }
  std::atomic<bool> claimed_{false};
};

// The turn that a value stands for; null for undefined.
inline std::shared_ptr<Turn> turnOf(Addon& addon, napi_env env, const Napi::Value& value) {
  return value.IsUndefined() ? nullptr : resourceOf<Turn>(addon, env, value);
}

}  // namespace flambeau
