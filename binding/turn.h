#pragma once

#include <atomic>
#include <chrono>

#include "errors.h"
#include "handle.h"

namespace flambeau {

// A call that waits for a thread, and that its caller may still take back.
class Turn : public Resource {
 public:
  // Whether the call had not begun, and now never will.
  bool drop() { return claim(); }
  // Whether it was taken back; in a call that has not begun.
  bool dropped() const { return claimed_.load(); }
  // On the thread that begins the call.
  void begin() {
    if (!claim()) throw Misuse("TORCH", "the call was dropped before it began");
    began_ = Clock::now().time_since_epoch().count();
  }
  // Milliseconds since the call began; -1 where it has not.
  double runsMs() const {
    const Clock::rep began = began_;
    if (began == 0) return -1;
    return std::chrono::duration<double, std::milli>(Clock::now().time_since_epoch() - Clock::duration(began)).count();
  }

 private:
  using Clock = std::chrono::steady_clock;
  bool claim() { return !claimed_.exchange(true); }
  std::atomic<bool> claimed_{false};
  std::atomic<Clock::rep> began_{0};
};

// The turn that a value stands for; null for undefined.
inline std::shared_ptr<Turn> turnOf(Addon& addon, napi_env env, const Napi::Value& value) {
  return value.IsUndefined() ? nullptr : resourceOf<Turn>(addon, env, value);
}

}  // namespace flambeau
