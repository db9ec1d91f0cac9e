#pragma once

#include <c10/util/Exception.h>
#include <c10/util/flat_hash_map.h>
#include <napi.h>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

#include "errors.h"
#include "executor.h"
#include "handle.h"

namespace c10 {
class InferenceMode;
}

namespace flambeau {

class Recorder;

// Takes LibTorch's warnings of one environment's threads. They are handed on when the work that raised them is done: a
// kernel, or a destructor inside of garbage collection, is no place to call JavaScript from.
class Warnings : public c10::WarningHandler {
 public:
  void process(const c10::Warning& warning) override;
  bool any() const { return any_.load(std::memory_order_relaxed); }
  void deliver(napi_env env);

  Napi::FunctionReference warn;

 private:
  std::mutex mutex_;
  std::vector<std::string> texts_;
  std::atomic<bool> any_{false};
};

// All native state of one environment (the main thread's or a worker's).
struct Addon {
  explicit Addon(napi_env env);
  ~Addon();

  napi_env env;
  const std::thread::id thread = std::this_thread::get_id();
  Handles handles;
  Napi::FunctionReference makeError;
  Napi::FunctionReference complex;  // the class for complex numbers
  std::unique_ptr<c10::InferenceMode> inference;
  std::unique_ptr<Executor> executor;
  std::unique_ptr<Recorder> recorder;  // while a graph is captured
  Napi::FunctionReference where;       // says where the program stands
  Warnings warnings;
  bool opaque = false;  // whether an opaque tensor was ever held
  std::atomic<int64_t> callbacks{0};  // functions of this environment that LibTorch may call

  // Handles outlive the environment's own cleanup, so the last one deletes the addon.
  void ref() { references_++; }
  void unref() {
    if (--references_ == 0) delete this;
  }

  Slot* hold(at::Tensor tensor);
  void drop(Slot* slot);
  // Frees what a slot holds and keeps the slot, for dispose().
  void clear(Slot* slot);
  int64_t tensors() const { return tensors_; }
  int64_t bytes() const { return bytes_; }

  // What JavaScript threw inside a callback, kept until the C++ exception reaches an entry.
  uint64_t keepThrown(napi_env env, napi_value value);
  napi_value takeThrown(napi_env env, uint64_t id);

  // References may be dropped by any thread and inside garbage collection; they are deleted at the next entry.
  void bury(napi_ref reference);
  // What every entry that makes tensors does first.
  void sweep() {
    if (graves_.load(std::memory_order_relaxed)) sweepNow();
    if (young_ > youngLimit_) collectYoung();
  }
  // Memory that hangs on young handles and that none of them counts: what a graph behind a result keeps.
  void presume(int64_t bytes) { young_ += bytes; }
  // What every entry does last.
  void leave(napi_env env) {
    if (warnings.any()) warnings.deliver(env);
  }
  Napi::FunctionReference collector;  // collects the young generation

  bool onThread() const { return std::this_thread::get_id() == thread; }

 private:
  static constexpr int64_t kYoungLimit = 2 << 20;
  void account(int64_t change);
  void sweepNow();
  void collectYoung();

  struct Bytes {
    int64_t handles;
    int64_t bytes;
  };
  ska::flat_hash_map<c10::StorageImpl*, Bytes> storages_;
  int64_t tensors_ = 0;
  int64_t bytes_ = 0;
  int64_t told_ = 0;
  int64_t young_ = 0;
  int64_t youngLimit_ = kYoungLimit;
  std::atomic<size_t> references_{1};
  std::unordered_map<uint64_t, napi_ref> thrown_;
  uint64_t nextThrown_ = 1;
  std::mutex buryMutex_;
  std::vector<napi_ref> buried_;
  std::atomic<bool> graves_{false};
};

}  // namespace flambeau
